//! What a filter lets through, against a recount that goes through posts and pairs one by one, as the definition of `Filter` says it.

use std::collections::BTreeSet;
use std::sync::Arc;

use isthmus::analysis::{Communities, Community, CommunityId};
use isthmus::campaign::{
    Condition, Entry, Filter, Listed, Near, OutreachList, ReachRange, Status, TimeSpan,
};
use isthmus::explore::{self, part_graph, shown_part};
use isthmus::people::{
    Addressed, GivenTie, PersonId, Posts, TieKind, TieKinds, TieSettings, build,
};
use isthmus::progress::Progress;
use isthmus::session;
use proptest::prelude::*;

const TEXTS: [&str; 6] = [
    "Rice and eel",
    "RICÉ, no eel at all",
    "Sushi on Sunday",
    "réponse: SUSHI with rice",
    "",
    "price of sushi",
];
const LANGUAGES: [&str; 3] = ["en", "es", ""];
const PLATFORMS: [&str; 3] = ["Twitter", "Reddit", ""];

mod naive;

use naive::{Recount, World, found, recount};

/// Both recounts say the same; interactions to the last digits that a logarithm leaves.
fn agree(world: &World, filter: &Filter) -> Result<(), TestCaseError> {
    let part = world.part(filter);
    let (ours, naive) = (found(world, &part), recount(world, filter));
    prop_assert_eq!(&ours.people, &naive.people, "people of {:?}", filter);
    prop_assert_eq!(&ours.posts, &naive.posts, "posts of {:?}", filter);
    let pairs = |of: &Recount| of.ties.keys().cloned().collect::<Vec<_>>();
    prop_assert_eq!(pairs(&ours), pairs(&naive), "ties of {:?}", filter);
    for (pair, n) in &ours.ties {
        prop_assert!((n - naive.ties[pair]).abs() < 1e-9 * n, "{:?} {}", pair, n);
    }
    let counts = part.counts;
    prop_assert_eq!(counts.people, naive.people.len() as u64);
    prop_assert_eq!(counts.ties, naive.ties.len() as u64);
    let tied: BTreeSet<&String> = naive.ties.keys().flat_map(|(a, b)| [a, b]).collect();
    prop_assert_eq!(counts.tied, tied.len() as u64);
    prop_assert_eq!(counts.all_people, world.graph.n_people() as u64);
    let chosen = naive
        .posts
        .as_ref()
        .map_or(world.posts.posts.len(), |posts| {
            posts.iter().filter(|chosen| **chosen).count()
        });
    prop_assert_eq!(counts.posts, chosen as u64);
    Ok(())
}

const PEOPLE: u32 = 14;

type MadePost = (u32, Vec<(u32, usize)>, Option<i64>, (usize, usize, usize));
type MadeTie = (u32, u32, f64, bool);
type MadePerson = (Option<u32>, u32, Option<usize>);

/// Builds a conversation; whoever has ties is in one of four communities, the last two of them small.
fn world(made: &[MadePost], given: &[MadeTie], people: &[MadePerson], kinds: TieKinds) -> World {
    let mut posts = Posts::default();
    for (i, (reach, ..)) in people.iter().enumerate() {
        let account = posts.own_account(&format!("p{i:02}")).expect("a handle");
        if let Some(reach) = reach {
            posts.tell_reach(account, f64::from(*reach), None);
        }
    }
    for (author, addressed, time, (text, language, platform)) in made {
        let addressed: Vec<Addressed> = addressed
            .iter()
            .map(|(account, kind)| Addressed {
                account: *account,
                kind: TieKind::ALL[*kind],
            })
            .collect();
        posts.push(*author, *time, TEXTS[*text], &addressed);
        let number = posts.posts.len() - 1;
        posts.tell_language(number, LANGUAGES[*language]);
        posts.tell_platform(number, PLATFORMS[*platform]);
    }
    for (from, to, count, directed) in given {
        posts.given_ties.push(GivenTie {
            from: *from,
            to: *to,
            kind: TieKind::Tie,
            count: *count,
            directed: *directed,
        });
    }
    let settings = TieSettings { kinds };
    let graph = build(&posts, &settings, &Progress::new()).expect("nobody cancels");
    let of: Vec<Option<CommunityId>> = people
        .iter()
        .enumerate()
        .map(|(i, (_, home, _))| (graph.ties.connections(i) > 0).then_some(CommunityId(*home)))
        .collect();
    let list: Vec<Community> = (0..4)
        .map(|id| Community {
            alternatives: Vec::new(),
            evidence: Vec::new(),
            name: format!("community {id}"),
            words: Vec::new(),
            people: of.iter().filter(|c| **c == Some(CommunityId(id))).count() as u32,
            reach: 0.0,
            ties_inside: 0,
            ties_outside: 0,
            member: PersonId(0),
            colour: None,
            small: id > 1,
        })
        .collect();
    let entries = people.iter().enumerate().filter_map(|(i, (.., status))| {
        let key = format!("p{i:02}");
        let mut entry = Entry::new(key.clone(), key);
        entry.status = Status::ALL[(*status)?];
        Some(entry)
    });
    World {
        communities: Communities {
            sure: vec![1.0; of.len()],
            of,
            list,
            ..Communities::default()
        },
        list: OutreachList::of_entries(entries),
        posts,
        graph,
        kinds,
    }
}

fn worlds() -> impl Strategy<Value = World> {
    let post = (
        0..PEOPLE,
        proptest::collection::vec((0..PEOPLE, 0usize..4), 0..4),
        proptest::option::of(0i64..100),
        (0..TEXTS.len(), 0..LANGUAGES.len(), 0..PLATFORMS.len()),
    );
    let tie = (0..PEOPLE, 0..PEOPLE, 0.5f64..4.0, any::<bool>());
    let person = (
        proptest::option::of(0u32..100),
        0u32..4,
        proptest::option::of(0usize..Status::ALL.len()),
    );
    let kinds = prop_oneof![
        3 => Just(TieKinds::EVERY),
        1 => (0u8..32).prop_map(kinds_of),
    ];
    (
        proptest::collection::vec(post, 0..30),
        proptest::collection::vec(tie, 0..6),
        proptest::collection::vec(person, PEOPLE as usize),
        kinds,
    )
        .prop_map(|(posts, ties, people, kinds)| world(&posts, &ties, &people, kinds))
}

fn kinds_of(bits: u8) -> TieKinds {
    let has = |kind: &TieKind| bits & (1 << *kind as u8) != 0;
    TieKind::ALL.into_iter().filter(has).collect()
}

fn keys(of: BTreeSet<u32>) -> BTreeSet<String> {
    of.into_iter().map(|i| format!("p{i:02}")).collect()
}

fn some_people(most: usize) -> impl Strategy<Value = BTreeSet<String>> {
    // One of them is on no map.
    proptest::collection::btree_set(0..=PEOPLE, 1..=most).prop_map(keys)
}

/// A filter that sets every condition; the test takes those that it wants.
fn full_filters() -> impl Strategy<Value = Filter> {
    let people = (some_people(3), some_people(4), some_people(2), 1u8..=2);
    let ties = ((0u8..32).prop_map(kinds_of), 1u8..5, 1u32..4);
    let bound = || proptest::option::of(0u32..100);
    let reach = (bound(), bound(), any::<bool>());
    let words = prop_oneof![
        Just("rice"),
        Just("SUSHI Rice"),
        Just("eel"),
        Just("ÉPONSE"),
        Just("nobody says")
    ];
    let texts = |of: &'static [&'static str]| {
        proptest::collection::btree_set(proptest::sample::select(of).prop_map(str::to_owned), 1..3)
    };
    let posts = (
        0i64..100,
        1i64..60,
        words,
        texts(&["en", "es", "fr"]),
        texts(&["Twitter", "Reddit"]),
    );
    let listed = proptest::collection::btree_set(0usize..7, 1..4);
    (people, ties, reach, posts, listed).prop_map(|(people, ties, reach, posts, listed)| {
        let how = |i: usize| Status::ALL.get(i).map_or(Listed::Not, |s| Listed::As(*s));
        Filter {
            hidden: people.0,
            communities: people.1,
            near: Some(Near {
                people: people.2,
                steps: people.3,
            }),
            kinds: Some(ties.0),
            least_interactions: Some(f64::from(ties.1) / 2.0),
            least_connections: Some(ties.2),
            reach: Some(ReachRange {
                from: reach.0.map(f64::from),
                to: reach.1.map(f64::from),
                unknown: reach.2,
            }),
            time: Some(TimeSpan {
                from: posts.0,
                until: posts.0 + posts.1,
            }),
            words: posts.2.to_owned(),
            languages: posts.3,
            platforms: posts.4,
            listed: listed.into_iter().map(how).collect(),
            small_groups: true,
            across: true,
            largest_part: true,
            ..Filter::default()
        }
    })
}

/// The conditions of `full` whose bits are set.
fn some_of(full: &Filter, bits: u16) -> Filter {
    let mut filter = Filter::default();
    for (at, condition) in Condition::ALL.into_iter().enumerate() {
        if bits & (1 << at) != 0 {
            filter.take(full, condition);
        }
    }
    filter
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn every_condition_alone_is_what_a_naive_recount_finds(world in worlds(), full in full_filters()) {
        prop_assert_eq!(full.conditions().count(), Condition::ALL.len());
        for condition in Condition::ALL {
            let filter = full.only(condition);
            prop_assert_eq!(filter.conditions().collect::<Vec<_>>(), vec![condition]);
            agree(&world, &filter)?;
        }
        agree(&world, &Filter::default())?;
    }

    #[test]
    fn conditions_together_are_what_a_naive_recount_finds(
        world in worlds(),
        full in full_filters(),
        few in proptest::collection::vec((0usize..15, 0usize..15, 0usize..15), 4),
        many in 0u16..(1 << 15),
    ) {
        for (a, b, c) in few {
            agree(&world, &some_of(&full, 1 << a | 1 << b | 1 << c))?;
        }
        agree(&world, &some_of(&full, many))?;
    }

    #[test]
    fn one_condition_more_never_shows_more(world in worlds(), full in full_filters(), bits in 0u16..(1 << 15), more in 0usize..15) {
        // The largest part of fewer people may be another one.
        prop_assume!(Condition::ALL[more] == Condition::LargestPart || !some_of(&full, bits).largest_part);
        let (few, most) = (world.part(&some_of(&full, bits | 1 << more)), world.part(&some_of(&full, bits)));
        for (narrow, wide) in few.people.iter().zip(&most.people) {
            prop_assert!(!narrow || *wide);
        }
    }

    #[test]
    fn what_each_condition_hides_alone_is_what_it_hides_without_the_others(world in worlds(), full in full_filters(), bits in 0u16..(1 << 15)) {
        let filter = some_of(&full, bits);
        let alone = explore::hides_alone(&world.subject(), &filter, &Progress::new()).expect("nobody cancels");
        prop_assert_eq!(alone.len(), filter.conditions().count());
        for (condition, n) in alone {
            let shown = recount(&world, &filter.only(condition)).people.len() as u64;
            prop_assert_eq!(n, world.graph.n_people() as u64 - shown);
        }
    }

    #[test]
    fn the_graph_of_a_part_has_the_shown_ties_and_no_others(world in worlds(), full in full_filters(), bits in 0u16..(1 << 15)) {
        let filter = some_of(&full, bits);
        let part = world.part(&filter);
        let graph = part_graph(&world.subject(), (&part, &filter), &Progress::new()).expect("nobody cancels");
        prop_assert_eq!(graph.people.len(), world.graph.people.len());
        for i in 0..graph.n_people() {
            let own: Vec<(u32, f64)> = graph.ties.of(i).collect();
            let shown: Vec<(u32, f64)> = part.ties_of(&world.graph.ties, i).collect();
            prop_assert_eq!(own, shown);
        }
        let kinds = filter.kinds.unwrap_or(TieKinds::EVERY);
        prop_assert!(graph.interactions.iter().all(|row| kinds.has(row.kind)));
        let own = part.of_its_own_graph();
        for i in 0..graph.n_people() {
            prop_assert_eq!(own.ties_of(&graph.ties, i).count(), graph.ties.connections(i));
        }
    }
}

/// The sample as the window opens it, with some people on the list.
fn sample() -> World {
    let progress = Progress::new();
    let settings = session::WalkSettings::default();
    let conversation =
        session::read(&[session::sample()], &settings.import, &progress).expect("the sample");
    let conversation = Arc::new(conversation);
    let results = session::analyse(&conversation, &settings, &progress).expect("nobody cancels");
    let best = session::by_bridge_rank(&results.analysis);
    let people = best.iter().take(12).zip(Status::ALL.into_iter().cycle());
    let entries = people.map(|(person, status)| {
        let key = &*results.graph.people[person.index()].key;
        let mut entry = Entry::new(key, key);
        entry.status = status;
        entry
    });
    World {
        list: OutreachList::of_entries(entries),
        kinds: settings.ties.kinds,
        communities: results.analysis.communities.clone(),
        graph: (*results.graph).clone(),
        posts: conversation.posts.clone(),
    }
}

#[test]
fn the_sample_under_every_condition_is_what_a_naive_recount_finds() {
    let world = sample();
    let member = |id: usize| {
        let member = world.communities.list[id].member;
        world.graph.people[member.index()].key.to_string()
    };
    let times: Vec<i64> = world
        .posts
        .posts
        .iter()
        .filter_map(isthmus::people::Post::time)
        .collect();
    let (first, last) = (times.iter().min(), times.iter().max());
    let (first, last) = (*first.expect("times"), *last.expect("times"));
    let full = Filter {
        hidden: [member(1)].into(),
        small_groups: true,
        communities: [member(0), member(1), member(2)].into(),
        kinds: Some([TieKind::Reply, TieKind::Mention].into_iter().collect()),
        least_interactions: Some(2.0),
        least_connections: Some(3),
        reach: Some(ReachRange {
            from: Some(500.0),
            to: Some(20_000.0),
            unknown: false,
        }),
        time: Some(TimeSpan {
            from: first + (last - first) / 4,
            until: last - (last - first) / 4,
        }),
        words: "Rice".to_owned(),
        languages: world
            .posts
            .languages()
            .iter()
            .take(1)
            .map(ToString::to_string)
            .collect(),
        platforms: world
            .posts
            .platforms()
            .iter()
            .take(1)
            .map(ToString::to_string)
            .collect(),
        across: true,
        largest_part: true,
        near: Some(Near {
            people: [member(0)].into(),
            steps: 1,
        }),
        listed: Status::ALL.map(Listed::As).into(),
        ..Filter::default()
    };
    let mut hid = 0;
    for condition in full.conditions() {
        let filter = full.only(condition);
        agree(&world, &filter).unwrap_or_else(|error| panic!("{condition:?}: {error}"));
        hid += usize::from(world.part(&filter).counts.hidden_people() > 0);
    }
    assert!(
        hid >= 10,
        "only {hid} conditions hide anybody in the sample"
    );
    for pair in Condition::ALL.windows(2) {
        let filter = full.only(pair[0]);
        let mut both = filter.clone();
        both.take(&full, pair[1]);
        agree(&world, &both).unwrap_or_else(|error| panic!("{pair:?}: {error}"));
    }
}

#[test]
fn words_are_found_whatever_their_case_and_accents_and_all_must_be_there() {
    let people: Vec<MadePerson> = vec![(None, 0, None); PEOPLE as usize];
    let posts: Vec<MadePost> = (0..TEXTS.len())
        .map(|text| (text as u32, vec![(13, 3)], Some(text as i64), (text, 0, 0)))
        .collect();
    let world = world(&posts, &[], &people, TieKinds::EVERY);
    let chosen = |words: &str| -> Vec<usize> {
        let filter = Filter {
            words: words.to_owned(),
            ..Filter::default()
        };
        let posts = world.part(&filter).posts.expect("asked of posts");
        (0..posts.len()).filter(|n| posts[*n]).collect()
    };
    // Read off TEXTS by hand: no word of "price" begins with "rice".
    assert_eq!(chosen("rice"), [0, 1, 3]);
    assert_eq!(chosen("  RIĆE  sushi "), [3]);
    assert_eq!(chosen("pri su"), [5]);
    assert_eq!(chosen("eel all"), [1]);
    assert_eq!(chosen("REPONSE"), [3]);
    assert_eq!(chosen("tuna"), [0usize; 0]);
}

#[test]
fn a_cancelled_filter_says_so() {
    let world = sample();
    let progress = Progress::new();
    progress.cancel();
    let filter = Filter {
        words: "rice".to_owned(),
        ..Filter::default()
    };
    assert!(shown_part(&world.subject(), &filter, &progress).is_err());
}
