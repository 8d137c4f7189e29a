//! The map of communities as background work: what it was ordered with, and how it is made.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::work::Finished;
use crate::analysis::CommunityId;
use crate::explore::{FlowQuestion, ShownPart, flow_map};
use crate::layout::Positions;
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

impl PartialEq for FlowOrder {
    /// By what they share, not by what is in it: people by the million are compared in no time.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.positions, &other.positions) && self.counts_as(other)
    }
}

impl FlowOrder {
    /// Whether bubbles and flows are the same but for where they stand.
    pub(super) fn counts_as(&self, other: &Self) -> bool {
        let part = match (&self.part, &other.part) {
            (None, None) => true,
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            _ => false,
        };
        part && Arc::ptr_eq(&self.results, &other.results) && self.hidden == other.hidden
    }

    /// Whether communities have the same numbers in both: then what is shown may stay until the new one is there.
    pub(super) fn numbers_as(&self, other: &Self) -> bool {
        let sizes = |order: &Self| -> Vec<u32> {
            let list = &order.results.analysis.communities.list;
            list.iter().map(|community| community.people).collect()
        };
        let graphs = [self, other].map(|order| &order.results.graph);
        Arc::ptr_eq(graphs[0], graphs[1]) && sizes(self) == sizes(other)
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
