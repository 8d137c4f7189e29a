//! How sure it is that somebody belongs to their community: whether the other runs say the same.

use rayon::prelude::*;

use super::Partition;
use super::patience::check_at;
use crate::progress::{Cancelled, Progress};

/// For each person the share of the runs that put them into the community of the run `shown`, 0..=1; 1 for people in none.
///
/// Communities of another run have numbers of their own: each of them stands for the shown community that most of its people
/// are in, the first of equals. So a run that only splits a community finer agrees with it, and one that joins two agrees with
/// the larger.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// O(n log n) a run, runs at the same time.
pub(super) fn certainty(
    runs: &[Partition],
    shown: usize,
    progress: &Progress,
) -> Result<Vec<f32>, Cancelled> {
    let home = &runs[shown].of;
    let agreed: Vec<Vec<bool>> = runs
        .par_iter()
        .map(|run| agreed(home, run, progress))
        .collect::<Result<_, Cancelled>>()?;
    let share = |i: usize| {
        if home[i] == Partition::NOWHERE {
            return 1.0;
        }
        let times = agreed.iter().filter(|run| run[i]).count();
        times as f32 / runs.len() as f32
    };
    Ok((0..home.len()).into_par_iter().map(share).collect())
}

/// For each person whether their community in `run` stands for their community in `home`.
fn agreed(home: &[u32], run: &Partition, progress: &Progress) -> Result<Vec<bool>, Cancelled> {
    let mut both: Vec<(u32, u32)> = Vec::with_capacity(home.len());
    for (i, (&here, &there)) in home.iter().zip(&run.of).enumerate() {
        check_at(progress, i)?;
        if here != Partition::NOWHERE && there != Partition::NOWHERE {
            both.push((there, here));
        }
    }
    both.sort_unstable();
    progress.check()?;
    // By community of the run: the shown one that it stands for, and how many people they share.
    let mut stands_for = vec![(Partition::NOWHERE, 0); run.n()];
    for same in both.chunk_by(|a, b| a == b) {
        let (there, here) = same[0];
        let best = &mut stands_for[there as usize];
        if same.len() > best.1 {
            *best = (here, same.len());
        }
    }
    let agrees = home.iter().zip(&run.of).map(|(&here, &there)| {
        let stands_for = stands_for.get(there as usize);
        stands_for.is_some_and(|best| best.0 == here)
    });
    Ok(agrees.collect())
}

#[cfg(test)]
mod tests {
    use super::certainty;
    use crate::analysis::Partition;
    use crate::progress::Progress;

    #[test]
    fn a_run_that_splits_agrees_and_one_that_moves_somebody_does_not() {
        const NONE: u32 = Partition::NOWHERE;
        let shown = [0, 0, 0, 0, 1, 1, 1, NONE];
        let split = [2, 2, 1, 1, 0, 0, 0, NONE];
        let moved = [1, 1, 1, 0, 0, 0, 0, NONE];
        let runs: Vec<Partition> = [shown, split, moved]
            .iter()
            .map(|of| Partition::numbered(of, 3))
            .collect();
        let sure = certainty(&runs, 0, &Progress::new()).expect("nobody cancels");
        let third = 2.0 / 3.0;
        assert_eq!(sure, [1.0, 1.0, 1.0, third, 1.0, 1.0, 1.0, 1.0]);
    }
}
