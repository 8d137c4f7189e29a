//! Files made by hand: communities, bridges and times as a test wants them.

use std::sync::Arc;

use isthmus::analysis::{Analysis, Bridges, Communities, Community, CommunityId};
use isthmus::changes::Snapshot;
use isthmus::people::{ConversationGraph, Person, PersonId, Ties};

/// One file, made by hand.
#[derive(Debug, Clone)]
pub(super) struct World {
    pub(super) graph: ConversationGraph,
    pub(super) analysis: Analysis,
    pub(super) time_range: Option<(i64, i64)>,
}

/// Fewer members are a small group.
const LARGE: usize = 3;
const DAY: i64 = 86_400;

impl World {
    /// Communities by name with their members, who are tied in a ring; `alone` have no ties. The first names of `bridges` are
    /// the best, with a score each.
    pub(super) fn new(groups: &[(&str, &[&str])], alone: &[&str], bridges: &[(&str, f64)]) -> Self {
        let mut keys: Vec<&str> = groups.iter().flat_map(|(_, g)| g.iter().copied()).collect();
        keys.extend(alone);
        keys.sort_unstable();
        let at = |key: &str| keys.binary_search(&key).expect("somebody of this world");
        let mut groups: Vec<(&str, Vec<usize>)> = groups
            .iter()
            .map(|(name, g)| (*name, g.iter().map(|key| at(key)).collect()))
            .collect();
        for (_, group) in &mut groups {
            group.sort_unstable();
        }
        groups.sort_by_key(|(_, group)| (std::cmp::Reverse(group.len()), group[0]));
        let mut of = vec![None; keys.len()];
        let mut pairs = Vec::new();
        for ((_, group), number) in groups.iter().zip(0..) {
            for (i, &person) in group.iter().enumerate() {
                of[person] = Some(CommunityId(number));
                pairs.push((person as u32, group[(i + 1) % group.len()] as u32, 1.0));
            }
        }
        let list = groups.iter().map(|(name, group)| community(name, group));
        let analysis = Analysis {
            communities: Communities {
                sure: vec![1.0; keys.len()],
                of,
                list: list.collect(),
                modularity: 0.5,
                resolution: 1.0,
            },
            bridges: ranked(&keys, bridges),
            ..Analysis::default()
        };
        Self {
            graph: ConversationGraph {
                people: keys.iter().map(|key| person(key)).collect(),
                ties: Arc::new(Ties::from_pairs(keys.len(), &pairs)),
                ..ConversationGraph::default()
            },
            analysis,
            time_range: Some((0, 10 * DAY)),
        }
    }

    pub(super) fn at(mut self, first: i64, last: i64) -> Self {
        self.time_range = Some((first * DAY, last * DAY));
        self
    }

    pub(super) fn unsure(mut self, key: &str, sure: f32) -> Self {
        let id = self.graph.find(key).expect("somebody of this world");
        self.analysis.communities.sure[id.index()] = sure;
        self
    }

    pub(super) fn snapshot(&self) -> Snapshot<'_> {
        Snapshot {
            title: "a file",
            graph: &self.graph,
            analysis: &self.analysis,
            time_range: self.time_range,
        }
    }
}

fn person(key: &str) -> Person {
    Person {
        key: key.into(),
        handle: key.into(),
        name: key.to_uppercase().into(),
        reach: None,
        posts: 1,
        given_community: None,
        given_place: None,
        given_colour: None,
    }
}

fn community(name: &str, group: &[usize]) -> Community {
    Community {
        name: name.to_owned(),
        words: Vec::new(),
        alternatives: Vec::new(),
        evidence: Vec::new(),
        people: group.len() as u32,
        reach: 0.0,
        ties_inside: group.len() as u64,
        ties_outside: 0,
        member: PersonId(group[0] as u32),
        colour: None,
        small: group.len() < LARGE,
    }
}

/// The named ones first, everybody else behind them with a score of 0.
fn ranked(keys: &[&str], best: &[(&str, f64)]) -> Bridges {
    let score = |key: &&str| best.iter().find(|b| b.0 == *key).map_or(0.0, |b| b.1);
    let mut order: Vec<usize> = (0..keys.len()).collect();
    let place = |i: usize| best.iter().position(|b| b.0 == keys[i]);
    order.sort_by_key(|&i| (place(i).unwrap_or(best.len()), i));
    let mut rank = vec![0; keys.len()];
    for (r, &i) in order.iter().enumerate() {
        rank[i] = r as u32 + 1;
    }
    let n = keys.len();
    Bridges {
        score: keys.iter().map(score).collect(),
        rank,
        connections: vec![2; n],
        connections_across: keys.iter().map(|key| score(key) as u32).collect(),
        communities_reached: vec![1; n],
        ..Bridges::default()
    }
}
