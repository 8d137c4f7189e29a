//! How often one person addressed others and was addressed, by kind of tie.

use super::patience::check_at;
use crate::people::{ConversationGraph, PersonId, TieKind};
use crate::progress::{Cancelled, Progress};

/// Interactions of one person, by kind, in the order of [`TieKind::ALL`]: how often, or the weight in the file; ≥ 0.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct KindCounts {
    /// From the person to others.
    pub given: [f64; TieKind::ALL.len()],
    /// From others to the person.
    pub received: [f64; TieKind::ALL.len()],
    /// Of ties without direction.
    pub mutual: f64,
}

impl KindCounts {
    /// Whether there are none at all.
    pub fn is_empty(&self) -> bool {
        let ways = self.given.iter().chain(&self.received);
        ways.chain([&self.mutual]).all(|count| *count <= 0.0)
    }
}

/// Adds up the interactions of `person` of the kinds that count; what they addressed to themselves is none.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// O(interactions).
pub fn kind_counts(
    graph: &ConversationGraph,
    person: PersonId,
    progress: &Progress,
) -> Result<KindCounts, Cancelled> {
    let mut counts = KindCounts::default();
    for (at, row) in graph.interactions.iter().enumerate() {
        check_at(progress, at)?;
        if row.from == row.to || (row.from != person && row.to != person) {
            continue;
        }
        if !row.directed {
            counts.mutual += row.count;
            continue;
        }
        let way = if row.from == person {
            &mut counts.given
        } else {
            &mut counts.received
        };
        if let Some(slot) = way.get_mut(row.kind as usize) {
            *slot += row.count;
        }
    }
    Ok(counts)
}
