//! Old way against new way: as many people by reach, by connections and by bridge score, and what each set brings.

use super::audience::Audience;
use super::outcome::{Plan, outcome};
use crate::analysis::Analysis;
use crate::people::{ConversationGraph, PersonId};

/// A way to choose people without a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OldWay {
    /// The largest accounts: what the listening suites rank by.
    Reach,
    /// Those tied to most people.
    Connections,
    /// The best bridges, one by one.
    BridgeScore,
}

impl OldWay {
    /// Every way, in the order they are shown.
    pub const ALL: [Self; 3] = [Self::Reach, Self::Connections, Self::BridgeScore];

    /// What the window and the report call it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Reach => "Top reach",
            Self::Connections => "Top connections",
            Self::BridgeScore => "Top bridge score",
        }
    }

    /// The same in one word, for a narrow column.
    pub fn short(self) -> &'static str {
        match self {
            Self::Reach => "Reach",
            Self::Connections => "Ties",
            Self::BridgeScore => "Bridge",
        }
    }
}

/// The `k` people of `way`, best first, whatever reach, connections or community a plan asks for; whoever was contacted already or is
/// left in peace is not among them. Equals by number. Fewer where reach is known of fewer. O(n log n).
pub fn old_way(
    graph: &ConversationGraph,
    analysis: &Analysis,
    audience: &Audience,
    way: OldWay,
    k: usize,
) -> Vec<PersonId> {
    let value = |i: usize| match way {
        OldWay::Reach => graph.people[i].reach,
        OldWay::Connections => Some(graph.ties.connections(i) as f64),
        OldWay::BridgeScore => Some(-f64::from(analysis.bridges.rank[i])),
    };
    let mut people: Vec<(f64, u32)> = (0..graph.n_people())
        .filter(|&i| audience.may_contact[i])
        .filter_map(|i| Some((value(i)?, i as u32)))
        .collect();
    people.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    people
        .into_iter()
        .take(k)
        .map(|(_, i)| PersonId(i))
        .collect()
}

/// What as many people as `k` bring in each of the old ways, in the order of [`OldWay::ALL`]. O(n log n).
pub fn old_ways(
    graph: &ConversationGraph,
    analysis: &Analysis,
    audience: &Audience,
    k: usize,
) -> Vec<(OldWay, Plan)> {
    let ways = OldWay::ALL.iter().map(|&way| {
        let people = old_way(graph, analysis, audience, way, k);
        (way, outcome(audience, &people))
    });
    ways.collect()
}
