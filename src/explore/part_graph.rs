//! A conversation graph of what is shown: the same people, with the shown ties alone.

use std::sync::Arc;

use rayon::prelude::*;

use super::filter::Subject;
use super::part::ShownPart;
use crate::campaign::Filter;
use crate::people::{ConversationGraph, Interaction, TieKinds, Ties, chosen_interactions};
use crate::progress::{Cancelled, Progress};

/// Interactions, or people, that one core goes through at a time.
const ROWS_AT_A_TIME: usize = 1 << 13;

/// The graph of `part`, which `filter` lets through of `subject`: the same people under the same numbers, with the interactions that count
/// and the ties that are shown. Self ties stay counted as they are.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// O(people + ties · log ties), and O(posts · log posts) where posts are chosen.
pub fn part_graph(
    subject: &Subject<'_>,
    (part, filter): (&ShownPart, &Filter),
    progress: &Progress,
) -> Result<ConversationGraph, Cancelled> {
    let graph = subject.graph;
    let kinds = filter.kinds.unwrap_or(TieKinds::EVERY);
    let is_shown = |row: &Interaction| {
        kinds.has(row.kind) && part.between(&graph.ties, row.from, row.to).is_some()
    };
    let interactions = match &part.posts {
        Some(chosen) => chosen_interactions(
            subject.posts,
            subject.kinds,
            (chosen, &graph.person_of_account),
            progress,
        )?,
        None => graph.interactions.clone(),
    };
    let shown: Result<Vec<Vec<Interaction>>, Cancelled> = interactions
        .par_chunks(ROWS_AT_A_TIME)
        .map(|rows| {
            progress.check()?;
            Ok(rows.iter().filter(|row| is_shown(row)).copied().collect())
        })
        .collect();
    let interactions = shown?.concat();
    let n = graph.n_people();
    let ties = Ties::of_interactions(n, &interactions, progress)?;
    let mut people = Vec::with_capacity(n);
    for some in graph.people.chunks(ROWS_AT_A_TIME) {
        progress.check()?;
        people.extend_from_slice(some);
    }
    Ok(ConversationGraph {
        people,
        interactions,
        ties: Arc::new(ties),
        self_ties: graph.self_ties,
        person_of_account: graph.person_of_account.clone(),
        joined: graph.joined.clone(),
    })
}
