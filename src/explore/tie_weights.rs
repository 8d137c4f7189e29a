//! How strong ties are where only some interactions count: recounted from the posts, or from the graph.

use std::sync::atomic::{AtomicU32, Ordering};

use rayon::prelude::*;

use super::filter::Subject;
use crate::campaign::Filter;
use crate::people::{Interaction, PersonId, TieKind, TieKinds, Ties, strongest};
use crate::progress::{Cancelled, Progress};

/// Posts, or people, that one core goes through at a time.
const AT_A_TIME: usize = 1 << 12;

/// How strong each tie is under `filter`, by its place in [`Ties::neighbours`]; 0: it does not let the tie through. `None` where it
/// asks nothing of ties, nor of the posts behind them: then they are as strong as in the graph.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// O(ties · log ties), and O(posts · log ties) where posts are chosen; on all cores.
pub(super) fn strengths(
    subject: &Subject<'_>,
    chosen: Option<&[bool]>,
    filter: &Filter,
    progress: &Progress,
) -> Result<Option<Vec<f64>>, Cancelled> {
    if chosen.is_none() && !filter.is_on_ties() {
        return Ok(None);
    }
    let ties = &*subject.graph.ties;
    let narrowed = chosen.is_some() || filter.kinds.is_some();
    let kinds = filter.kinds.unwrap_or(TieKinds::EVERY);
    let least = filter.least_interactions;
    let weights = match (chosen, narrowed || least.is_some()) {
        (Some(chosen), _) => Some(of_posts(subject, chosen, kinds, progress)?),
        (None, true) => Some(of_graph(subject, kinds, progress)?),
        (None, false) => None,
    };
    let home = |i: usize| subject.communities.of.get(i).copied().flatten();
    let mut strengths = vec![0.0; ties.neighbours.len()];
    let rows = rows_of(ties, &mut strengths);
    let filled: Result<(), Cancelled> =
        rows.into_par_iter().chunks(AT_A_TIME).try_for_each(|rows| {
            progress.check()?;
            for (i, row) in rows {
                let first = ties.offsets[i] as usize;
                let (neighbours, as_in_graph) = ties.row(i);
                for (k, slot) in row.iter_mut().enumerate() {
                    let j = neighbours[k] as usize;
                    // Weights are counted at the smaller person only; the rest is copied below.
                    let weight = weights.as_ref().map(|weights| weights[first + k]);
                    let is_enough = weight.is_none_or(|weight| {
                        weight > 0.0 && least.is_none_or(|least| weight >= least)
                    });
                    let joins = !filter.across || home(i) != home(j);
                    if j > i && is_enough && joins {
                        *slot = match weight {
                            Some(weight) if narrowed => libm::log2(1.0 + weight),
                            _ => as_in_graph[k],
                        };
                    }
                }
            }
            Ok(())
        });
    filled?;
    mirror(ties, &mut strengths, progress)?;
    Ok(Some(strengths))
}

/// The rows of all people in `values`, which stand as [`Ties::neighbours`] do.
fn rows_of<'a, T>(ties: &Ties, values: &'a mut [T]) -> Vec<(usize, &'a mut [T])> {
    let mut rest = values;
    let mut rows = Vec::with_capacity(ties.n_people());
    for i in 0..ties.n_people() {
        let (row, behind) = rest.split_at_mut(ties.connections(i));
        rows.push((i, row));
        rest = behind;
    }
    rows
}

/// Copies what stands in the row of each tie's smaller person to that of the larger one. O(ties).
fn mirror(ties: &Ties, values: &mut [f64], progress: &Progress) -> Result<(), Cancelled> {
    // Rows are sorted, and smaller people come first: each row is filled from its beginning.
    let mut next: Vec<u32> = ties.offsets.clone();
    for i in 0..ties.n_people() {
        if i.is_multiple_of(AT_A_TIME) {
            progress.check()?;
        }
        let row = ties.offsets[i] as usize..ties.offsets[i + 1] as usize;
        for at in row {
            let j = ties.neighbours[at] as usize;
            if j > i {
                values[next[j] as usize] = values[at];
                next[j] += 1;
            }
        }
    }
    Ok(())
}

/// The interactions of the chosen posts, by place of the tie in the row of its smaller person.
fn of_posts(
    subject: &Subject<'_>,
    chosen: &[bool],
    kinds: TieKinds,
    progress: &Progress,
) -> Result<Vec<f64>, Cancelled> {
    let Subject { graph, posts, .. } = *subject;
    let ties = &*graph.ties;
    let person_of = |account: u32| graph.person_of_account.get(account as usize).copied();
    // Whole numbers: whoever adds first, the sum is the same.
    let counts: Vec<AtomicU32> = (0..ties.neighbours.len())
        .into_par_iter()
        .map(|_| AtomicU32::new(0))
        .collect();
    let counted: Result<(), Cancelled> = (posts.posts.par_chunks(AT_A_TIME))
        .zip(chosen.par_chunks(AT_A_TIME))
        .try_for_each(|(part, chosen)| {
            progress.check()?;
            let mut targets = Vec::new();
            for (post, _) in part.iter().zip(chosen).filter(|(_, chosen)| **chosen) {
                let Some(from) = person_of(post.author) else {
                    continue;
                };
                strongest(posts.addressed(post), &mut targets);
                for target in targets
                    .iter()
                    .filter(|target| counts_as(subject, kinds, target.kind))
                {
                    let to = person_of(target.account);
                    let place = to.and_then(|to| place_of(ties, from, to));
                    if let Some(count) = place.and_then(|place| counts.get(place)) {
                        count.fetch_add(1, Ordering::Relaxed);
                    }
                }
            }
            Ok(())
        });
    counted?;
    progress.check()?;
    let weights = counts
        .into_par_iter()
        .map(|count| f64::from(count.into_inner()));
    Ok(weights.collect())
}

/// Whether ties of this kind count: on the map, and under the filter.
fn counts_as(subject: &Subject<'_>, kinds: TieKinds, kind: TieKind) -> bool {
    subject.kinds.has(kind) && kinds.has(kind)
}

/// Where the tie between two people stands in the row of the smaller; `None` where they are not tied.
fn place_of(ties: &Ties, a: PersonId, b: PersonId) -> Option<usize> {
    let (small, large) = (a.min(b), a.max(b));
    if small == large || large.index() >= ties.n_people() {
        return None;
    }
    let (neighbours, _) = ties.row(small.index());
    let at = neighbours.binary_search(&large.0).ok()?;
    Some(ties.offsets[small.index()] as usize + at)
}

/// The interactions of these kinds in the graph, by place of the tie in the row of its smaller person; added up in the order in which
/// the graph adds them up.
fn of_graph(
    subject: &Subject<'_>,
    kinds: TieKinds,
    progress: &Progress,
) -> Result<Vec<f64>, Cancelled> {
    let graph = subject.graph;
    let ties = &*graph.ties;
    let starts = starts(&graph.interactions, ties.n_people(), progress)?;
    let sum = |from: usize, to: u32, mut weight: f64| {
        let rows = graph.interactions.get(starts[from]..starts[from + 1]);
        let rows = rows.unwrap_or_default();
        let first = rows.partition_point(|row| row.to.0 < to);
        let rows = rows.get(first..).unwrap_or_default();
        for row in rows.iter().take_while(|row| row.to.0 == to) {
            if kinds.has(row.kind) {
                weight += row.count;
            }
        }
        weight
    };
    let mut weights = vec![0.0; ties.neighbours.len()];
    let added: Result<(), Cancelled> = rows_of(ties, &mut weights)
        .into_par_iter()
        .chunks(AT_A_TIME)
        .try_for_each(|rows| {
            progress.check()?;
            for (i, row) in rows {
                let (neighbours, _) = ties.row(i);
                for (slot, &j) in row.iter_mut().zip(neighbours) {
                    if j as usize > i {
                        *slot = sum(j as usize, i as u32, sum(i, j, 0.0));
                    }
                }
            }
            Ok(())
        });
    added?;
    Ok(weights)
}

/// Where the interactions of each of `n` people begin, and the end of the last.
fn starts(
    interactions: &[Interaction],
    n: usize,
    progress: &Progress,
) -> Result<Vec<usize>, Cancelled> {
    let mut starts = vec![0; n + 1];
    for rows in interactions.chunks(AT_A_TIME) {
        progress.check()?;
        for row in rows {
            if let Some(count) = starts.get_mut(row.from.index() + 1) {
                *count += 1;
            }
        }
    }
    for i in 0..n {
        starts[i + 1] += starts[i];
    }
    Ok(starts)
}
