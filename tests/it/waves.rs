//! Outreach waves: people who touch the same others are written to together.

use isthmus::analysis::{Communities, Community, CommunityId};
use isthmus::campaign::{USUAL_WAVE, Wave, waves};
use isthmus::people::{self, Addressed, ConversationGraph, PersonId, Posts, TieKind, TieSettings};
use isthmus::progress::Progress;

/// Monday, 2 March 2026, 17:30 UTC.
const MONDAY_EVENING: i64 = 20_514 * 86_400 + 17 * 3600 + 1800;

/// A conversation of ties, each written once by its first person; `times`: how often, on the same evening.
struct Made {
    posts: Posts,
    graph: ConversationGraph,
    communities: Communities,
}

fn made(ties: &[(&str, &str)], time: Option<i64>, times: usize) -> Made {
    let mut posts = Posts::default();
    for (from, to) in ties.iter().flat_map(|tie| std::iter::repeat_n(tie, times)) {
        let author = posts.account(from).expect("a handle");
        let account = posts.account(to).expect("a handle");
        let kind = TieKind::Reply;
        posts.push(author, time, "", &[Addressed { account, kind }]);
    }
    let graph =
        people::build(&posts, &TieSettings::default(), &Progress::new()).expect("nobody cancels");
    // The first letter is the community: a 0, b 1, all others a small group.
    let of = graph.people.iter().map(|person| {
        let letter = person.key.as_bytes()[0];
        Some(CommunityId(u32::from(letter.clamp(b'a', b'c') - b'a')))
    });
    let community = |(name, small): (&str, bool)| Community {
        name: name.to_owned(),
        words: Vec::new(),
        alternatives: Vec::new(),
        evidence: Vec::new(),
        people: 5,
        reach: 0.0,
        ties_inside: 0,
        ties_outside: 0,
        small,
        member: PersonId(0),
        colour: None,
    };
    Made {
        communities: Communities {
            of: of.collect(),
            sure: Vec::new(),
            list: [("Foodies", false), ("News", false), ("", true)]
                .map(community)
                .to_vec(),
            ..Communities::default()
        },
        posts,
        graph,
    }
}

fn waves_of(made: &Made, list: &[&str], size: usize) -> Vec<Wave> {
    let list: Vec<PersonId> = list
        .iter()
        .map(|key| made.graph.find(key).expect("there"))
        .collect();
    let progress = Progress::new();
    waves(
        &list,
        (&made.graph, &made.posts),
        &made.communities,
        size,
        &progress,
    )
    .expect("nobody cancels")
}

fn names(made: &Made, waves: &[Wave]) -> Vec<String> {
    let name = |person: &PersonId| made.graph.people[person.index()].key.to_string();
    waves
        .iter()
        .map(|wave| wave.people.iter().map(name).collect::<Vec<_>>().join(" "))
        .collect()
}

/// Three of Foodies who talk with the same four, three of News with the same three.
const TWO_CIRCLES: [(&str, &str); 21] = [
    ("ana", "af1"),
    ("ana", "af2"),
    ("ana", "af3"),
    ("ana", "af4"),
    ("abe", "af1"),
    ("abe", "af2"),
    ("abe", "af3"),
    ("abe", "af4"),
    ("amy", "af1"),
    ("amy", "af2"),
    ("amy", "af3"),
    ("amy", "af4"),
    ("ben", "bn1"),
    ("ben", "bn2"),
    ("ben", "bn3"),
    ("bea", "bn1"),
    ("bea", "bn2"),
    ("bea", "bn3"),
    ("bob", "bn1"),
    ("bob", "bn2"),
    ("bob", "bn3"),
];

#[test]
fn those_who_touch_the_same_people_are_in_one_wave() {
    let made = made(&TWO_CIRCLES, None, 1);
    let found = waves_of(
        &made,
        &["ana", "ben", "abe", "bea", "amy", "bob"],
        USUAL_WAVE,
    );
    assert_eq!(names(&made, &found), ["ana abe amy", "ben bea bob"]);
    let figures = |wave: &Wave| (wave.touched, wave.touched_twice, wave.window);
    assert_eq!(figures(&found[0]), (4, 4, None));
    assert_eq!(figures(&found[1]), (3, 3, None));
    assert_eq!(
        found[0].words(&made.communities),
        "4 people are tied to at least two of them, in Foodies"
    );
}

#[test]
fn of_those_who_share_people_the_own_community_comes_first_then_whoever_shares_more() {
    // Ben shares three people with Ana, Abe two and Amy one: but Abe and Amy are of her community.
    let ties = [
        ("ana", "x1"),
        ("ana", "x2"),
        ("ana", "x3"),
        ("ben", "x1"),
        ("ben", "x2"),
        ("ben", "x3"),
        ("amy", "x1"),
        ("abe", "x1"),
        ("abe", "x2"),
    ];
    let made = made(&ties, None, 1);
    let found = waves_of(&made, &["ana", "ben", "amy", "abe"], 3);
    // A wave of three is full; Ben shares with it and finds room, since it may grow to eight.
    assert_eq!(names(&made, &found), ["ana abe amy ben"]);
    // Nobody outside small groups is touched twice, so no community has a name to tell.
    assert_eq!(
        found[0].words(&made.communities),
        "3 people are tied to at least two of them"
    );
}

#[test]
fn those_who_share_nobody_wait_at_the_end_with_their_community() {
    let mut ties = TWO_CIRCLES.to_vec();
    ties.extend([("a7", "z1"), ("b7", "z2"), ("a8", "z3"), ("a9", "a8")]);
    let made = made(&ties, None, 1);
    let list = ["b7", "ana", "a7", "abe", "a8", "a9", "amy"];
    let found = waves_of(&made, &list, 3);
    // A8 and A9 are both on the list: that they talk with each other touches nobody.
    assert_eq!(names(&made, &found), ["ana abe amy", "b7", "a7 a8 a9"]);
    assert_eq!(
        found[1].words(&made.communities),
        "1 person is tied to one of them, nobody to two"
    );
    assert_eq!((found[2].touched, found[2].touched_twice), (2, 0));
}

#[test]
fn a_wave_has_no_more_people_than_asked_for() {
    // Twelve who all talk with the same two.
    let handles: Vec<String> = (10..22).map(|k| format!("a{k}")).collect();
    let ties: Vec<(&str, &str)> = handles
        .iter()
        .flat_map(|h| [(h.as_str(), "x"), (h.as_str(), "y")])
        .collect();
    let made = made(&ties, None, 1);
    let list: Vec<&str> = handles.iter().map(String::as_str).collect();
    let sizes = |size| {
        waves_of(&made, &list, size)
            .iter()
            .map(|w| w.people.len())
            .collect::<Vec<_>>()
    };
    assert_eq!(sizes(5), [5, 5, 2]);
    assert_eq!(sizes(1), [3, 3, 3, 3], "three at least");
    assert_eq!(sizes(50), [8, 4], "eight at most");
    // Two waves of five, and one is left over, who joins the first that has room.
    assert_eq!(
        waves_of(&made, &list[..11], 5)
            .iter()
            .map(|w| w.people.len())
            .collect::<Vec<_>>(),
        [6, 5]
    );
}

#[test]
fn the_best_hours_are_those_of_the_wave_and_of_whom_it_touches() {
    let made = made(&TWO_CIRCLES, Some(MONDAY_EVENING), 2);
    let found = waves_of(&made, &["ana", "abe", "amy", "ben"], USUAL_WAVE);
    // 24 posts of Ana, Abe and Amy, all between 17 and 18; the first window that holds them begins at 15.
    let window = found[0].window.expect("24 posts are enough");
    assert_eq!(
        (window.words().as_str(), window.posts, window.of),
        ("weekdays 15 to 18 UTC", 24, 24)
    );
    assert!(found[1].window.is_none(), "Ben has six posts");
    assert_eq!(
        found[0].words(&made.communities),
        "4 people are tied to at least two of them, in Foodies; they post most on weekdays 15 to 18 UTC"
    );
}

#[test]
fn nobody_on_the_list_gives_no_wave_and_a_cancelled_one_stops() {
    let made = made(&TWO_CIRCLES, None, 1);
    assert!(waves_of(&made, &[], USUAL_WAVE).is_empty());
    let strangers = [PersonId(900), PersonId(0), PersonId(0)];
    let progress = Progress::new();
    let found = waves(
        &strangers,
        (&made.graph, &made.posts),
        &made.communities,
        5,
        &progress,
    );
    assert_eq!(
        found.expect("nobody cancels").len(),
        1,
        "one known person, once"
    );
    progress.cancel();
    assert!(
        waves(
            &strangers,
            (&made.graph, &made.posts),
            &made.communities,
            5,
            &progress
        )
        .is_err()
    );
}
