//! The posts behind a person's ties: which count, for which community, and in which order.

use isthmus::analysis::{Communities, CommunityId, PersonPosts, person_posts};
use isthmus::people::{
    Addressed, ConversationGraph, PersonId, Posts, TieKind, TieKinds, TieSettings, build,
};
use isthmus::progress::Progress;

/// Who wrote a post, when, and whom it addresses how.
type Row<'a> = (&'a str, Option<i64>, &'a [(&'a str, TieKind)]);

/// Ana, Ben and Cleo are one community; Dora and Emil another.
fn world(rows: &[Row<'_>]) -> (Posts, ConversationGraph, Communities) {
    let mut posts = Posts::default();
    for name in ["ana", "ben", "cleo", "dora", "emil"] {
        posts.account(name).expect("a handle");
    }
    for (number, (author, time, addressed)) in rows.iter().enumerate() {
        let author = posts.account(author).expect("a handle");
        let addressed: Vec<Addressed> = addressed
            .iter()
            .map(|(name, kind)| Addressed {
                account: posts.account(name).expect("a handle"),
                kind: *kind,
            })
            .collect();
        posts.push(author, *time, &format!("text {number}"), &addressed);
    }
    let graph = build(&posts, &TieSettings::default(), &Progress::new()).expect("nobody cancels");
    let home = |i: usize| Some(CommunityId(u32::from(i >= 3)));
    let communities = Communities {
        of: (0..graph.n_people()).map(home).collect(),
        ..Communities::default()
    };
    (posts, graph, communities)
}

fn of_ana(world: &(Posts, ConversationGraph, Communities), kinds: TieKinds) -> PersonPosts {
    let (posts, graph, communities) = world;
    let ana = graph.find("ana").expect("there");
    person_posts((posts, graph), communities, kinds, ana, &Progress::new()).expect("nobody cancels")
}

/// The posts kept for a community: which, written by the person or not.
fn kept(found: &PersonPosts, community: u32) -> (u32, Vec<(u32, bool)>) {
    let behind = found.behind(CommunityId(community)).expect("posts");
    let latest = behind.latest.iter().map(|tie| (tie.post, tie.by_person));
    (behind.posts, latest.collect())
}

#[test]
fn posts_in_both_directions_count_for_the_community_of_the_other() {
    use TieKind::{Mention, Reply, Repost};
    let world = world(&[
        ("ana", Some(10), &[("ben", Reply), ("dora", Mention)]),
        ("ben", Some(30), &[("ana", Reply)]),
        ("dora", Some(20), &[("emil", Reply)]),
        ("emil", Some(40), &[("ana", Repost), ("ben", Mention)]),
        ("ana", None, &[]),
        ("ana", Some(50), &[("ana", Reply)]),
        ("ana", Some(5), &[("ben", Mention), ("cleo", Mention)]),
    ]);
    let found = of_ana(&world, TieKinds::EVERY);
    // Newest first; a post without a time is older than all others.
    assert_eq!(found.latest, [5, 0, 6, 4]);
    assert_eq!(kept(&found, 0), (3, vec![(1, false), (0, true), (6, true)]));
    assert_eq!(kept(&found, 1), (2, vec![(3, false), (0, true)]));
    let dora = world.1.find("dora").expect("there");
    let last = found.behind(CommunityId(1)).expect("posts").latest[1];
    assert_eq!((last.other, last.kind), (dora, Mention));

    let replies = TieKinds::NONE.with(Reply, true);
    let found = of_ana(&world, replies);
    assert_eq!(kept(&found, 0).0, 2);
    assert_eq!(found.behind(CommunityId(1)), None);
}

#[test]
fn a_repost_is_behind_no_tie_with_those_whom_the_text_names() {
    use TieKind::{Mention, Repost};
    let world = world(&[("ana", Some(1), &[("dora", Repost), ("ben", Mention)])]);
    let found = of_ana(&world, TieKinds::EVERY);
    assert_eq!(found.behind(CommunityId(0)), None);
    assert_eq!(kept(&found, 1), (1, vec![(0, true)]));
}

#[test]
fn of_many_posts_the_latest_five_are_kept_and_all_are_counted() {
    let addressed: &[(&str, TieKind)] = &[("ben", TieKind::Reply)];
    let rows: Vec<_> = (0..40i64)
        .map(|i| ("ana", Some(i * 7 % 40), addressed))
        .collect();
    let found = of_ana(&world(&rows), TieKinds::EVERY);
    let newest: Vec<u32> = (35..40)
        .rev()
        .map(|time| (0..40).find(|i| i * 7 % 40 == time).expect("one"))
        .collect();
    assert_eq!(found.latest, newest);
    let (n, latest) = kept(&found, 0);
    assert_eq!(n, 40);
    assert_eq!(
        latest.iter().map(|(post, _)| *post).collect::<Vec<_>>(),
        newest
    );
    assert_eq!(found.person, PersonId(0));
}

#[test]
fn everything_by_and_to_a_person_is_listed_newest_first_and_counted_by_kind() {
    use TieKind::{Mention, Quote, Reply, Repost};
    let world = world(&[
        ("ana", Some(10), &[("ben", Reply), ("dora", Mention)]),
        ("ben", Some(30), &[("ana", Reply), ("ana", Mention)]),
        ("dora", Some(20), &[("emil", Reply)]),
        ("emil", None, &[("ana", Repost), ("ben", Mention)]),
        ("ana", Some(30), &[("ana", Reply)]),
        ("cleo", Some(40), &[("ben", Quote)]),
        ("ana", Some(5), &[("ben", Quote), ("cleo", Quote)]),
    ]);
    let found = of_ana(&world, TieKinds::EVERY);
    // Of two of the same time the later in the file is first; what has no time comes last.
    assert_eq!(found.around, [4, 1, 0, 6, 3]);
    // A post counts once for each whom it addresses, with its strongest kind: Ben answers Ana, and does not also name her.
    // What Ana answers herself is nothing given.
    let [repost, quote, reply, mention, tie] = found.kinds.given;
    assert_eq!(
        (repost, quote, reply, mention, tie),
        (0.0, 2.0, 1.0, 1.0, 0.0)
    );
    let [repost, quote, reply, mention, tie] = found.kinds.received;
    assert_eq!(
        (repost, quote, reply, mention, tie),
        (1.0, 0.0, 1.0, 0.0, 0.0)
    );
    assert!(found.kinds.mutual == 0.0 && !found.kinds.is_empty());
}
