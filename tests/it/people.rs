//! The tie rules: who is tied to whom after a post.

use isthmus::people;
use isthmus::people::{
    Addressed, ConversationGraph, GivenTie, Posts, TieKind, TieKinds, TieSettings, Ties, key_of,
};
use isthmus::progress::Progress;
use proptest::prelude::*;

/// The graph of these posts.
fn build(posts: &Posts, settings: TieSettings) -> ConversationGraph {
    people::build(posts, &settings, &Progress::new()).expect("nobody cancels")
}

/// Posts as `(author, [(kind, target)])`.
fn posts(written: &[(&str, &[(TieKind, &str)])]) -> Posts {
    let mut posts = Posts::default();
    for (author, targets) in written {
        let author = posts.account(author).expect("a handle");
        let addressed: Vec<Addressed> = targets
            .iter()
            .map(|(kind, target)| Addressed {
                account: posts.account(target).expect("a handle"),
                kind: *kind,
            })
            .collect();
        posts.push(author, None, "", &addressed);
    }
    posts
}

fn rows(graph: &ConversationGraph) -> Vec<String> {
    let key = |id: isthmus::people::PersonId| &*graph.people[id.index()].key;
    graph
        .interactions
        .iter()
        .map(|i| {
            format!(
                "{} {} {} {}",
                key(i.from),
                i.kind.word(),
                key(i.to),
                i.count
            )
        })
        .collect()
}

fn check(written: &[(&str, &[(TieKind, &str)])], expected: &[&str]) {
    assert_eq!(
        rows(&build(&posts(written), TieSettings::default())),
        expected
    );
}

#[test]
fn a_target_counts_once_a_post_with_its_strongest_kind() {
    use TieKind::{Mention, Quote, Reply};
    check(
        &[(
            "ana",
            &[(Mention, "ben"), (Reply, "Ben"), (Mention, "@BEN")],
        )],
        &["ana reply ben 1"],
    );
    check(
        &[
            ("ana", &[(Reply, "ben"), (Quote, "ben")]),
            ("ana", &[(Quote, "ben")]),
        ],
        &["ana quote ben 2"],
    );
}

#[test]
fn a_repost_gives_only_the_repost_tie() {
    use TieKind::{Mention, Repost};
    check(
        &[(
            "ana",
            &[(Mention, "cleo"), (Repost, "ben"), (Mention, "dan")],
        )],
        &["ana repost ben 1"],
    );
}

#[test]
fn people_only_addressed_become_people_with_unknown_reach() {
    let graph = build(
        &posts(&[("ana", &[(TieKind::Mention, "zoe")])]),
        TieSettings::default(),
    );
    let zoe = &graph.people[graph.find("zoe").expect("a person").index()];
    assert_eq!((zoe.reach, zoe.posts), (None, 0));
}

#[test]
fn self_ties_are_counted_not_drawn() {
    let graph = build(
        &posts(&[("ana", &[(TieKind::Reply, "Ana"), (TieKind::Mention, "ben")])]),
        TieSettings::default(),
    );
    assert_eq!((graph.self_ties, graph.ties.n_ties()), (1, 1));
}

#[test]
fn a_kind_that_is_switched_off_makes_no_tie_and_no_weaker_one_takes_its_place() {
    let written = posts(&[(
        "ana",
        &[
            (TieKind::Reply, "ben"),
            (TieKind::Mention, "ben"),
            (TieKind::Mention, "cleo"),
        ],
    )]);
    let settings = TieSettings {
        kinds: TieKinds::EVERY.with(TieKind::Reply, false),
    };
    let graph = build(&written, settings);
    assert_eq!(rows(&graph), ["ana mention cleo 1"]);
    assert_eq!(graph.n_people(), 3, "Ben stays a person");
}

#[test]
fn undirected_ties_count_once_and_strength_is_damped() {
    let mut posts = Posts::default();
    let (a, b) = (
        posts.account("b").expect("a handle"),
        posts.account("a").expect("a handle"),
    );
    let tie = |from, to, count| GivenTie {
        from,
        to,
        kind: TieKind::Tie,
        count,
        directed: false,
    };
    posts.given_ties.extend([tie(a, b, 2.0), tie(b, a, 5.0)]);
    let graph = build(&posts, TieSettings::default());
    assert_eq!(rows(&graph), ["b tie a 7"], "the ends as first listed");
    assert_eq!(graph.ties.row(0), (&[1u32][..], &[3.0][..]), "log2(1 + 7)");
}

#[test]
fn rows_of_the_sparse_matrix_are_sorted_and_mirrored() {
    let ties = Ties::from_pairs(
        4,
        &[
            (2, 0, 1.0),
            (0, 3, 1.0),
            (3, 3, 9.0),
            (1, 0, 3.0),
            (0, 2, 2.0),
        ],
    );
    assert_eq!(ties.row(0), (&[1u32, 2, 3][..], &[2.0, 2.0, 1.0][..]));
    assert_eq!(
        ties.pairs().collect::<Vec<_>>(),
        [(0, 1, 2.0), (0, 2, 2.0), (0, 3, 1.0)]
    );
    assert_eq!(ties.row(3), (&[0u32][..], &[1.0][..]));
}

#[test]
fn keys_forget_case_at_and_invisible_marks() {
    for written in [
        "Ana_Sushi",
        " @ana_sushi ",
        "\u{200f}@Ana_Sushi\u{feff}",
        "＠ANA_SUSHI",
        "@\u{2066}ana_sushi\u{2069}",
    ] {
        assert_eq!(key_of(written), "ana_sushi", "{written:?}");
    }
    assert_eq!(key_of("@"), "");
    assert_eq!(key_of("寿司太郎"), "寿司太郎");
}

type Written = Vec<(String, Vec<(usize, String)>)>;

fn built(written: &Written) -> ConversationGraph {
    let mut made = Posts::default();
    for (author, targets) in written {
        let author = made.account(author).expect("a handle");
        let addressed: Vec<Addressed> = targets
            .iter()
            .map(|(kind, t)| Addressed {
                account: made.account(t).expect("a handle"),
                kind: TieKind::ALL[*kind],
            })
            .collect();
        made.push(author, None, "", &addressed);
    }
    build(&made, TieSettings::default())
}

#[test]
fn what_two_people_have_in_common_is_found_strongest_first() {
    use isthmus::people::PersonId;
    // 0 and 1 know 2, 3 and 4 both; the weaker of the two ties counts. 5 knows 0 alone.
    let pairs = [
        (0, 2, 1.0),
        (1, 2, 1.0),
        (0, 3, 9.0),
        (1, 3, 3.0),
        (0, 4, 1.0),
        (1, 4, 50.0),
        (0, 5, 7.0),
    ];
    let ties = Ties::from_pairs(6, &pairs);
    let both = ties.tied_to_both(PersonId(0), PersonId(1));
    let people: Vec<u32> = both.iter().map(|(person, _)| person.0).collect();
    assert_eq!(people, [3, 2, 4]);
    // log2(1 + 3)
    assert!((both[0].1 - 2.0).abs() < 1e-12, "{both:?}");
    assert_eq!(ties.between(PersonId(0), PersonId(1)), None);
    assert_eq!(ties.between(PersonId(3), PersonId(1)), Some(2.0));
    assert_eq!(ties.between(PersonId(3), PersonId(99)), None);
    assert_eq!(ties.tied_to_both(PersonId(0), PersonId(99)), []);
}

#[test]
fn interactions_between_two_people_are_counted_in_both_directions() {
    let graph = build(
        &posts(&[
            ("ana", &[(TieKind::Reply, "ben")]),
            ("ana", &[(TieKind::Mention, "ben")]),
            ("ben", &[(TieKind::Reply, "ana"), (TieKind::Reply, "cleo")]),
        ]),
        TieSettings::default(),
    );
    let id = |key: &str| graph.find(key).expect("in the posts");
    let between = |a: &str, b: &str| graph.interactions_between(id(a), id(b)) as u32;
    assert_eq!(between("ana", "ben"), 3);
    assert_eq!(between("ben", "ana"), 3);
    assert_eq!(between("cleo", "ben"), 1);
    assert_eq!(between("ana", "cleo"), 0);
    assert_eq!(between("ana", "ana"), 0);
}

proptest! {
    #[test]
    fn shuffled_posts_give_the_same_graph(
        (written, shuffled) in prop::collection::vec(("[a-h]", prop::collection::vec((0usize..4, "[a-h]"), 0..4)), 0..30)
            .prop_flat_map(|w| (Just(w.clone()), Just(w).prop_shuffle())),
    ) {
        let (a, b) = (built(&written), built(&shuffled));
        prop_assert_eq!(rows(&a), rows(&b));
        prop_assert_eq!(&a.ties, &b.ties);
        prop_assert_eq!(a.self_ties, b.self_ties);
    }
}
