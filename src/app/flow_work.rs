//! The map of communities as background work: what it was ordered with, and how it is made.

use std::collections::BTreeSet;
use std::sync::{Arc, Weak};

use super::work::Finished;
use crate::analysis::CommunityId;
use crate::explore::{FlowQuestion, ShownPart, flow_map};
use crate::layout::Positions;
use crate::people::ConversationGraph;
use crate::problem::Problem;
use crate::progress::Progress;
use crate::session::Results;

/// What a map of communities is made from.
#[derive(Debug, Clone)]
pub(super) struct FlowOrder {
    pub(super) results: Arc<Results>,
    pub(super) positions: Arc<Positions>,
    pub(super) part: Option<Arc<ShownPart>>,
    pub(super) hidden: BTreeSet<CommunityId>,
}

/// What a map of communities was ordered with, without keeping any of it in memory.
#[derive(Debug, Clone)]
pub(super) struct FlowKey {
    results: Weak<Results>,
    graph: Weak<ConversationGraph>,
    positions: Weak<Positions>,
    part: Option<Weak<ShownPart>>,
    hidden: BTreeSet<CommunityId>,
    /// People in each community.
    sizes: Vec<u32>,
}

impl FlowOrder {
    /// What tells it from others. O(communities).
    pub(super) fn key(&self) -> FlowKey {
        let list = &self.results.analysis.communities.list;
        FlowKey {
            results: Arc::downgrade(&self.results),
            graph: Arc::downgrade(&self.results.graph),
            positions: Arc::downgrade(&self.positions),
            part: self.part.as_ref().map(Arc::downgrade),
            hidden: self.hidden.clone(),
            sizes: list.iter().map(|community| community.people).collect(),
        }
    }
}

impl FlowKey {
    /// Whether it is for the same. Compared by what they share, not by what is in it: people by the million are compared in no
    /// time.
    pub(super) fn is_of(&self, other: &Self) -> bool {
        self.positions.ptr_eq(&other.positions) && self.counts_as(other)
    }

    /// Whether bubbles and flows are the same but for where they stand.
    pub(super) fn counts_as(&self, other: &Self) -> bool {
        let part = match (&self.part, &other.part) {
            (None, None) => true,
            (Some(one), Some(other)) => one.ptr_eq(other),
            _ => false,
        };
        part && self.results.ptr_eq(&other.results) && self.hidden == other.hidden
    }

    /// Whether communities have the same numbers in both: then what is shown may stay until the new one is there.
    pub(super) fn numbers_as(&self, other: &Self) -> bool {
        self.graph.ptr_eq(&other.graph) && self.sizes == other.sizes
    }
}

/// Makes it.
pub(super) fn make(order: &FlowOrder, progress: &Progress) -> Result<Finished, Problem> {
    let question = FlowQuestion {
        graph: &order.results.graph,
        analysis: &order.results.analysis,
        places: &order.positions.xy,
        people: order.part.as_ref().map(|part| part.people.as_slice()),
        hidden: &order.hidden,
    };
    Ok(Finished::Flows(Arc::new(flow_map(&question, progress)?)))
}
