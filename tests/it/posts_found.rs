//! Posts in the order of their time, and those that are looked for, beside what a plain search gives.

use isthmus::analysis::{Communities, CommunityId};
use isthmus::explore::{FoundPosts, ShownPart, Wanted, Writers, find_posts, newest_first};
use isthmus::people::{Addressed, ConversationGraph, PersonId, Posts, TieKind, TieSettings, build};
use isthmus::progress::Progress;

/// A conversation made by chance: who, when, to whom, what.
pub(super) struct World {
    pub(super) posts: Posts,
    pub(super) graph: ConversationGraph,
    pub(super) communities: Communities,
    /// As made: author, time, addressed person, text.
    pub(super) rows: Vec<(PersonId, Option<i64>, Option<PersonId>, String)>,
}

/// The next number of a sequence that is always the same.
pub(super) fn next(state: &mut u64) -> u64 {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

pub(super) fn world(n_people: u64, n_posts: u64) -> World {
    let (mut posts, mut seed) = (Posts::default(), 7);
    let handle = |i: u64| format!("p{i:04}");
    let accounts: Vec<u32> = (0..n_people)
        .map(|i| posts.account(&handle(i)).expect("a handle"))
        .collect();
    let mut made = Vec::new();
    for i in 0..n_posts {
        let author = next(&mut seed) % n_people;
        let to = next(&mut seed) % (2 * n_people); // every other post addresses nobody
        let to = Some(to).filter(|to| *to < n_people && *to != author);
        let time = 1_770_000_000 + (next(&mut seed) % 9_000_000) as i64;
        let time = (!next(&mut seed).is_multiple_of(10)).then_some(time / 50 * 50); // some at the same moment
        let word = ["Rice", "sêa", "EEL", "tuna"][(next(&mut seed) % 4) as usize];
        let text = format!("{word} and number {i}");
        let addressed = to.map(|to| Addressed {
            account: accounts[to as usize],
            kind: TieKind::Reply,
        });
        let addressed: Vec<Addressed> = addressed.into_iter().collect();
        posts.push(accounts[author as usize], time, &text, &addressed);
        made.push((author, time, to, text));
    }
    let graph = build(&posts, &TieSettings::default(), &Progress::new()).expect("nobody cancels");
    let id = |i: u64| graph.find(&handle(i)).expect("there");
    let rows = made
        .into_iter()
        .map(|(author, time, to, text)| (id(author), time, to.map(id), text));
    let rows = rows.collect();
    let home = |i: usize| (!i.is_multiple_of(5)).then_some(CommunityId(i as u32 % 5));
    let communities = Communities {
        of: (0..graph.n_people()).map(home).collect(),
        ..Communities::default()
    };
    World {
        posts,
        graph,
        communities,
        rows,
    }
}

fn find(world: &World, part: Option<&ShownPart>, writers: &Writers, words: &str) -> FoundPosts {
    let progress = Progress::new();
    let order = newest_first(&world.posts, &progress).expect("nobody cancels");
    find_posts(
        (&world.posts, &world.graph),
        &world.communities,
        part,
        (&order, writers, &Wanted::new(words)),
        &progress,
    )
    .expect("nobody cancels")
}

#[test]
fn every_post_newest_first_and_without_a_time_last() {
    // More than are put in order at a time, and no power of two of it.
    let world = world(300, 70_001);
    let order = newest_first(&world.posts, &Progress::new()).expect("nobody cancels");
    let mut expected: Vec<u32> = (0..70_001).collect();
    expected.sort_by(|a, b| {
        let time = |at: &u32| world.rows[*at as usize].1.unwrap_or(i64::MIN);
        time(b).cmp(&time(a)).then(b.cmp(a))
    });
    assert!(order == expected);
    assert!(newest_first(&Posts::default(), &Progress::new()) == Ok(Vec::new()));
}

#[test]
fn whoever_they_are_of_and_whatever_they_say() {
    let world = world(60, 40_000);
    let some = vec![PersonId(3), PersonId(41)];
    let part = ShownPart {
        people: (0..world.graph.n_people()).map(|i| i % 3 > 0).collect(),
        posts: Some((0..world.rows.len()).map(|at| at % 4 != 1).collect()),
        ..ShownPart::default()
    };
    let all = [
        Writers::Anybody,
        Writers::Of(some.clone()),
        Writers::Around(some.clone()),
        Writers::Community(CommunityId(2)),
        Writers::Of(Vec::new()),
        Writers::Of(vec![PersonId(9_999)]),
    ];
    let order = newest_first(&world.posts, &Progress::new()).expect("nobody cancels");
    for writers in all {
        for part in [None, Some(&part)] {
            let is_looked_at = |at: &&u32| {
                let (author, _, to, _) = &world.rows[**at as usize];
                let shown = part.is_none_or(|part| {
                    part.people[author.index()]
                        && part.posts.as_ref().expect("given")[**at as usize]
                });
                let meant = match &writers {
                    Writers::Anybody => true,
                    Writers::Of(people) => people.contains(author),
                    Writers::Around(people) => {
                        people.contains(author) || to.is_some_and(|to| people.contains(&to))
                    }
                    Writers::Community(id) => {
                        author.index() % 5 > 0 && author.index() % 5 == id.index()
                    }
                };
                shown && meant
            };
            let looked_at: Vec<u32> = order.iter().filter(is_looked_at).copied().collect();
            let found = find(&world, part, &writers, "");
            assert_eq!(found.n_looked_at, looked_at.len(), "{writers:?}");
            assert!(found.posts == looked_at, "{writers:?}");
            // Letter case and accents aside, all words, in any order, each where a word begins with it.
            let found = find(&world, part, &writers, " 7  SEA ");
            let has = |at: &&u32| {
                let text = &world.rows[**at as usize].3;
                text.contains("sêa") && text.contains(" 7")
            };
            let expected: Vec<u32> = looked_at.iter().filter(has).copied().collect();
            assert!(found.posts == expected, "{writers:?}");
            assert_eq!(found.n_looked_at, looked_at.len());
        }
    }
}

#[test]
fn what_nobody_waits_for_stops() {
    let world = world(30, 100);
    let progress = Progress::new();
    progress.cancel();
    assert!(newest_first(&world.posts, &progress).is_err());
    let order: Vec<u32> = (0..100).collect();
    let found = find_posts(
        (&world.posts, &world.graph),
        &world.communities,
        None,
        (&order, &Writers::Anybody, &Wanted::default()),
        &progress,
    );
    assert!(found.is_err());
}
