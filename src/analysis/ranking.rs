//! Scores of several runs become one ranking.

use rayon::prelude::*;

use super::bridges::{BridgeSettings, Bridging, Flows, PersonScore};
use super::{Bridges, Partition};
use crate::people::Ties;
use crate::progress::{Cancelled, Progress};

/// Twice the length of the outreach list: who is among the first 50 in most runs stands firm on the list of 25.
const TOP: usize = 50;

/// Scores everybody in every run and ranks them by the mean; plain counts come from `runs[shown]`.
///
/// Also returns the flows of the shown run. O(runs · (m log communities + n log n)).
///
/// # Errors
/// [`Cancelled`] only.
pub(super) fn rank_bridges(
    ties: &Ties,
    runs: &[Partition],
    shown: usize,
    progress: &Progress,
) -> Result<(Bridges, Flows), Cancelled> {
    let n = ties.n_people();
    let mut mean = vec![0.0f64; n];
    let mut times_on_top = vec![0u32; n];
    let mut counts: Vec<PersonScore> = Vec::new();
    let mut shown_flows = Flows::default();
    let share = 1.0 / runs.len().max(1) as f64;
    // One run after the other, each on all cores: the sums are added in the order of the runs, and only one is in memory.
    for (number, run) in runs.iter().enumerate() {
        let flows = Flows::of(ties, run, progress)?;
        let is_target: Vec<bool> = run.small().into_iter().map(|small| !small).collect();
        let bridging = Bridging {
            ties,
            grouping: (run, &*is_target),
            flows: &flows,
            settings: BridgeSettings::default(),
        };
        let scores = bridging.scores(progress)?;
        for (mean, person) in mean.iter_mut().zip(&scores) {
            *mean += person.score;
        }
        for person in top(ties, &scores) {
            times_on_top[person as usize] += 1;
        }
        if number == shown {
            counts = scores;
            shown_flows = flows;
        }
        progress.advance(1)?;
    }
    for mean in &mut mean {
        *mean *= share;
    }
    let rank = ranks(ties, &mean, &counts);
    progress.check()?;
    let bridges = Bridges {
        rank,
        score: mean,
        // Divided once: a tenth added ten times is not one.
        stability: times_on_top
            .into_iter()
            .map(|times| f64::from(times) / runs.len().max(1) as f64)
            .collect(),
        runs: runs.len() as u32,
        connections: (0..n).map(|i| ties.connections(i) as u32).collect(),
        connections_across: counts.iter().map(|p| p.connections_across).collect(),
        communities_reached: counts.iter().map(|p| p.communities_reached).collect(),
        strength: counts.iter().map(|p| p.strength).collect(),
        strength_outside: counts.iter().map(|p| p.strength_outside).collect(),
    };
    Ok((bridges, shown_flows))
}

/// The order of the ranking: score, then strength outside, then connections, all largest first, then the person's number,
/// which follows the key.
fn order(
    ties: &Ties,
    (score, outside): (&[f64], &[PersonScore]),
    a: u32,
    b: u32,
) -> std::cmp::Ordering {
    let (i, j) = (a as usize, b as usize);
    (score[j].total_cmp(&score[i]))
        .then_with(|| {
            outside[j]
                .strength_outside
                .total_cmp(&outside[i].strength_outside)
        })
        .then_with(|| ties.connections(j).cmp(&ties.connections(i)))
        .then_with(|| a.cmp(&b))
}

/// The first [`TOP`] people of one run; who joins nothing is not among them.
fn top(ties: &Ties, scores: &[PersonScore]) -> Vec<u32> {
    let score: Vec<f64> = scores.iter().map(|p| p.score).collect();
    let mut people: Vec<u32> = (0..scores.len() as u32)
        .filter(|&i| score[i as usize] > 0.0)
        .collect();
    let compare = |a: &u32, b: &u32| order(ties, (&score, scores), *a, *b);
    if people.len() > TOP {
        people.select_nth_unstable_by(TOP, compare);
        people.truncate(TOP);
    }
    people
}

/// The rank of everybody, from 1, all different.
fn ranks(ties: &Ties, score: &[f64], counts: &[PersonScore]) -> Vec<u32> {
    let mut people: Vec<u32> = (0..score.len() as u32).collect();
    people.par_sort_unstable_by(|a, b| order(ties, (score, counts), *a, *b));
    let mut rank = vec![0u32; people.len()];
    for (place, &person) in people.iter().enumerate() {
        rank[person as usize] = place as u32 + 1;
    }
    rank
}

/// Whether ties are so few that the ranking is weak: half of the people with ties have a strength under 3.
pub(super) fn is_thin(ties: &Ties, strength: &[f64]) -> bool {
    let mut strengths: Vec<f64> = (0..strength.len())
        .filter(|&i| ties.connections(i) > 0)
        .map(|i| strength[i])
        .collect();
    if strengths.is_empty() {
        return false;
    }
    let half = strengths.len() / 2;
    let is_even = strengths.len().is_multiple_of(2);
    let (below, &mut upper, _) = strengths.select_nth_unstable_by(half, f64::total_cmp);
    let lower = below.iter().copied().max_by(f64::total_cmp);
    let median = match lower {
        Some(lower) if is_even => f64::midpoint(lower, upper),
        _ => upper,
    };
    median < 3.0
}
