//! How often a reader lands on each person who follows ties at random.

use rayon::prelude::*;

use crate::people::Ties;
use crate::progress::{Cancelled, Progress};

/// Share of steps that follow a tie; the others start anywhere.
const DAMPING: f64 = 0.85;

/// `PageRank` on weighted undirected ties: one value a person, together 1.
///
/// A tie is followed in proportion to its strength, with probability 0.85; otherwise, and always from people without ties,
/// the reader goes on anywhere, everybody alike. Iterated until the values change by less than 10⁻¹³ in all.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// O(n + m) a step, at most 500 steps, usually under 150.
/// # Source
/// Page, Brin, Motwani, Winograd (1999). Checked against igraph: `tests/golden/analysis/`.
pub fn page_rank(ties: &Ties, progress: &Progress) -> Result<Vec<f64>, Cancelled> {
    let n = ties.n_people();
    let share = 1.0 / n.max(1) as f64;
    let strength: Vec<f64> = (0..n).map(|i| ties.row(i).1.iter().sum()).collect();
    let mut rank = vec![share; n];
    for _ in 0..500 {
        progress.check()?;
        let sent: Vec<f64> = rank
            .iter()
            .zip(&strength)
            .map(|(rank, strength)| {
                if *strength > 0.0 {
                    rank / strength
                } else {
                    0.0
                }
            })
            .collect();
        let lost = (rank.iter().zip(&strength))
            .filter(|(_, strength)| **strength <= 0.0)
            .fold(0.0, |sum, (rank, _)| sum + rank);
        let anywhere = (1.0 - DAMPING + DAMPING * lost) * share;
        // Each row is added by one thread in its own order: the same sums for any number of threads.
        let next: Vec<f64> = (0..n)
            .into_par_iter()
            .with_min_len(4096)
            .map(|i| {
                let got: f64 = ties.of(i).map(|(j, t)| t * sent[j as usize]).sum();
                anywhere + DAMPING * got
            })
            .collect();
        let change: f64 = next.iter().zip(&rank).map(|(a, b)| (a - b).abs()).sum();
        rank = next;
        if change < 1e-13 {
            break;
        }
    }
    Ok(rank)
}
