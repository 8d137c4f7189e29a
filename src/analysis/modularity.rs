//! How much more people tie inside their communities than chance would have it.

use super::Partition;
use super::patience::check_at;
use crate::people::Ties;
use crate::progress::{Cancelled, Progress};

/// Modularity `Q = Σ_c (in_c / 2m − γ (S_c / 2m)²)` of a grouping, on the strengths of `ties`.
///
/// `in_c` counts strength inside community c from both ends, `S_c` is the strength of its members, 2m all strength from
/// both ends; γ is `resolution`. People who belong nowhere count as communities of their own. `−1 < Q < 1` at γ = 1; 0
/// without ties.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// O(n + m).
/// # Source
/// Newman and Girvan (2004); γ after Reichardt and Bornholdt (2006). Checked against igraph: `tests/golden/analysis/`.
pub fn modularity(
    ties: &Ties,
    partition: &Partition,
    resolution: f64,
    progress: &Progress,
) -> Result<f64, Cancelled> {
    let mut inside = 0.0;
    let mut total = 0.0;
    let mut volume = vec![0.0; partition.n()];
    let mut alone = 0.0;
    for (i, &home) in partition.of.iter().enumerate() {
        check_at(progress, i)?;
        let mut strength = 0.0;
        for (j, t) in ties.of(i) {
            strength += t;
            if home != Partition::NOWHERE && partition.of[j as usize] == home {
                inside += t;
            }
        }
        total += strength;
        match volume.get_mut(home as usize) {
            Some(volume) => *volume += strength,
            None => alone += strength * strength,
        }
    }
    if total <= 0.0 {
        return Ok(0.0);
    }
    let squares = volume.iter().fold(alone, |sum, v| sum + v * v);
    Ok(inside / total - resolution * squares / (total * total))
}
