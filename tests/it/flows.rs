//! The map of communities: bubbles and flows against counting by brute force, and nothing but what is shown counts.

use std::collections::{BTreeMap, BTreeSet};

use isthmus::analysis::{Analysis, AnalysisSettings, Community, CommunityId, analyse};
use isthmus::explore::{FlowMap, FlowQuestion, flow_map};
use isthmus::people::{Addressed, ConversationGraph, PersonId, Posts, TieKind, TieSettings, build};
use isthmus::progress::Progress;

/// A made-up conversation of `blocks` communities with some talk across, and everybody's place.
struct World {
    graph: ConversationGraph,
    analysis: Analysis,
    places: Vec<[f32; 2]>,
}

/// Numbers that look thrown: the same for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) % n
    }
}

fn world(blocks: u64, members: u64, seed: u64) -> World {
    let mut dice = Dice(seed);
    let mut posts = Posts::default();
    let n = blocks * members;
    let accounts: Vec<_> = (0..n)
        .map(|i| posts.account(&format!("p{i:04}")).expect("a handle"))
        .collect();
    let kinds = [TieKind::Reply, TieKind::Mention, TieKind::Repost];
    for post in 0..n * 14 {
        let from = dice.below(n);
        let block = from / members;
        let to = match dice.below(9) {
            0 => dice.below(n),
            1 => ((block + 1) % blocks) * members + dice.below(members),
            _ => block * members + dice.below(members),
        };
        if from == to {
            continue;
        }
        let addressed = Addressed {
            account: accounts[to as usize],
            kind: kinds[dice.below(3) as usize],
        };
        let text = format!("word{block} post {post}");
        posts.push(
            accounts[from as usize],
            Some(1_780_000_000),
            &text,
            &[addressed],
        );
    }
    let graph = build(&posts, &TieSettings::default(), &Progress::new()).expect("nobody cancels");
    let settings = AnalysisSettings::default();
    let analysis = analyse(&graph, &posts, &settings, &Progress::new())
        .expect("nobody cancels")
        .0;
    let places = (0..graph.n_people())
        .map(|_| [dice.below(1000) as f32, dice.below(700) as f32])
        .collect();
    World {
        graph,
        analysis,
        places,
    }
}

impl World {
    fn flows(&self, people: Option<&[bool]>, hidden: &BTreeSet<CommunityId>) -> FlowMap {
        let question = FlowQuestion {
            graph: &self.graph,
            analysis: &self.analysis,
            places: &self.places,
            people,
            hidden,
        };
        flow_map(&question, &Progress::new()).expect("nobody cancels")
    }

    fn of(&self, person: usize) -> Option<CommunityId> {
        self.analysis.communities.of[person]
    }

    fn list(&self) -> &[Community] {
        &self.analysis.communities.list
    }
}

/// What one pair has by counting everything.
#[derive(Debug, Default, Clone, PartialEq)]
struct Counted {
    ties: u64,
    strength: f64,
    there: f64,
    back: f64,
    people: BTreeSet<usize>,
}

/// By the two communities, the smaller number first.
fn by_hand(
    world: &World,
    shown: impl Fn(usize) -> bool,
    hidden: &BTreeSet<CommunityId>,
) -> BTreeMap<(CommunityId, CommunityId), Counted> {
    let home = |i: usize| {
        let id = world.of(i)?;
        let named = !world.list()[id.index()].small && !hidden.contains(&id);
        (named && shown(i)).then_some(id)
    };
    let mut pairs: BTreeMap<_, Counted> = BTreeMap::new();
    for (a, b, strength) in world.graph.ties.pairs() {
        let (a, b) = (a as usize, b as usize);
        let (Some(one), Some(other)) = (home(a), home(b)) else {
            continue;
        };
        if one != other {
            let pair = pairs.entry((one.min(other), one.max(other))).or_default();
            pair.ties += 1;
            pair.strength += strength;
            pair.people.extend([a, b]);
        }
    }
    for row in &world.graph.interactions {
        let ends = (home(row.from.index()), home(row.to.index()));
        let (Some(from), Some(to)) = ends else {
            continue;
        };
        if from < to {
            pairs.entry((from, to)).or_default().there += row.count;
        } else if to < from {
            pairs.entry((to, from)).or_default().back += row.count;
        }
    }
    pairs
}

fn agrees(
    world: &World,
    map: &FlowMap,
    shown: impl Fn(usize) -> bool,
    hidden: &BTreeSet<CommunityId>,
) {
    let expected = by_hand(world, &shown, hidden);
    assert_eq!(map.flows.len(), expected.len());
    for flow in &map.flows {
        let [one, other] = flow.bubbles.map(|at| map.bubbles[at].community);
        let counted = &expected[&(one, other)];
        assert_eq!(flow.ties, counted.ties);
        assert!((flow.strength - counted.strength).abs() < 1e-9 * counted.strength);
        assert_eq!(flow.interactions, [counted.there, counted.back]);
        assert_eq!(flow.undirected, 0.0);
        assert_eq!(flow.people as usize, counted.people.len());
    }
    let falls = map
        .flows
        .windows(2)
        .all(|two| two[0].strength >= two[1].strength);
    assert!(falls, "strongest first");
    for bubble in &map.bubbles {
        let members: Vec<usize> = (0..world.graph.n_people())
            .filter(|i| world.of(*i) == Some(bubble.community) && shown(*i))
            .collect();
        assert_eq!(bubble.people as usize, members.len());
        for axis in 0..2 {
            let sum: f64 = members
                .iter()
                .map(|i| f64::from(world.places[*i][axis]))
                .sum();
            let mean = sum / members.len() as f64;
            assert!((f64::from(bubble.centre[axis]) - mean).abs() < 1e-3);
        }
    }
}

#[test]
fn bubbles_and_flows_are_what_counting_everything_gives() {
    for seed in [1, 7, 23] {
        let world = world(6, 40, seed);
        let hidden = BTreeSet::new();
        let map = world.flows(None, &hidden);
        assert!(map.bubbles.len() >= 4 && map.flows.len() >= 4, "{seed}");
        agrees(&world, &map, |_| true, &hidden);
    }
}

#[test]
fn only_what_is_shown_is_counted() {
    let world = world(6, 40, 5);
    let shown: Vec<bool> = (0..world.graph.n_people()).map(|i| i % 3 != 1).collect();
    let hidden = BTreeSet::from([CommunityId(1)]);
    let map = world.flows(Some(&shown), &hidden);
    assert!(map.bubble_of(CommunityId(1)).is_none());
    assert!(map.bubble_of(CommunityId(0)).is_some());
    agrees(&world, &map, |i| shown[i], &hidden);
    let nobody = vec![false; world.graph.n_people()];
    let empty = world.flows(Some(&nobody), &BTreeSet::new());
    assert!(empty.bubbles.is_empty() && empty.flows.is_empty());
}

#[test]
fn the_bridges_of_a_flow_are_those_with_the_largest_surplus_into_the_other_side() {
    let world = world(5, 50, 11);
    let map = world.flows(None, &BTreeSet::new());
    let mut some = 0;
    for flow in &map.flows {
        let both = flow.bubbles.map(|at| map.bubbles[at].community);
        let mut expected: Vec<(PersonId, f64)> = Vec::new();
        for i in 0..world.graph.n_people() {
            let person = PersonId(i as u32);
            let away = match world.of(i) {
                Some(id) if id == both[0] => both[1],
                Some(id) if id == both[1] => both[0],
                _ => continue,
            };
            let parts = isthmus::analysis::bridge_parts(&world.graph, &world.analysis, person);
            let surplus = parts.iter().find(|part| part.community == away);
            expected.extend(
                surplus
                    .filter(|p| p.surplus > 0.0)
                    .map(|p| (person, p.surplus)),
            );
        }
        expected.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        expected.truncate(5);
        assert_eq!(flow.bridges, expected);
        some += expected.len();
    }
    assert!(some > 5, "{some}");
}

#[test]
fn no_bubble_covers_another_and_everybody_is_in_one_or_counted() {
    let world = world(7, 30, 3);
    let map = world.flows(None, &BTreeSet::new());
    for (i, a) in map.bubbles.iter().enumerate() {
        for b in &map.bubbles[i + 1..] {
            let off = [a.at[0] - b.at[0], a.at[1] - b.at[1]];
            let distance = (off[0] * off[0] + off[1] * off[1]).sqrt();
            assert!(distance > a.radius + b.radius, "{a:?} {b:?}");
        }
    }
    let left = map.not_drawn;
    let drawn: u32 = map.bubbles.iter().map(|bubble| bubble.people).sum();
    let others = left.in_small_groups + left.in_communities + left.without_ties;
    assert_eq!((drawn + others) as usize, world.graph.n_people());
}

#[test]
fn the_same_for_any_number_of_threads_and_cancel_is_heard() {
    let world = world(6, 60, 2);
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    let alone = alone
        .expect("a pool")
        .install(|| world.flows(None, &BTreeSet::new()));
    let many = rayon::ThreadPoolBuilder::new().num_threads(5).build();
    let many = many
        .expect("a pool")
        .install(|| world.flows(None, &BTreeSet::new()));
    assert_eq!(alone, many);
    let progress = Progress::new();
    progress.cancel();
    let question = FlowQuestion {
        graph: &world.graph,
        analysis: &world.analysis,
        places: &world.places,
        people: None,
        hidden: &BTreeSet::new(),
    };
    assert!(flow_map(&question, &progress).is_err());
}
