//! How often each person lies on a shortest path between two others.

use rayon::prelude::*;

use super::patience::Patience;
use super::random::Random;
use super::{Betweenness, BetweennessMode};
use crate::people::Ties;
use crate::progress::{Cancelled, Progress, Stage};

/// Sources of the sampled mode: at 10,000 people a rank correlation of 0.96 with the exact values.
const SAMPLED_SOURCES: usize = 256;

/// Sums are made in this many fixed blocks of sources, then added in order: the same for any number of threads.
const BLOCKS: usize = 24;

/// Betweenness of everybody: direction and weight of ties are ignored, every tie has length 1.
///
/// * `mode`: sampled draws 256 people with ties by `seed` without putting back (all of them where there are fewer: then it is
///   exact) and scales up; exact starts from everybody. `None` gives `None`.
///
/// Values are unweighted, undirected, each pair counted once, not normalised: `0.0..=(n−1)(n−2)/2`. The standard error of a
/// sampled value comes from the spread over the sources, with the correction for a finite number of people.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// Time O(sources · (n + m)), memory O(n) for each of 24 blocks.
/// # Source
/// Brandes, *A faster algorithm for betweenness centrality*, J. Math. Sociol. 25 (2001); sampling after Brandes and Pich
/// (2007). Checked against igraph and `NetworkX`: `tests/golden/analysis/`.
pub fn betweenness(
    ties: &Ties,
    mode: BetweennessMode,
    seed: u64,
    progress: &Progress,
) -> Result<Option<Betweenness>, Cancelled> {
    let n = ties.n_people();
    let mut sources: Vec<u32> = (0..n as u32)
        .filter(|&i| ties.connections(i as usize) > 0)
        .collect();
    let tied = sources.len();
    match mode {
        BetweennessMode::None => return Ok(None),
        BetweennessMode::Exact => {}
        BetweennessMode::Sampled => {
            if tied > SAMPLED_SOURCES {
                Random::new(seed, 0xB37).shuffle(&mut sources);
                sources.truncate(SAMPLED_SOURCES);
                sources.sort_unstable();
            }
        }
    }
    progress.begin(Stage::Betweenness, sources.len() as u64)?;
    let exact = sources.len() == tied;
    let per_block = sources.len().div_ceil(BLOCKS).max(1);
    let blocks: Vec<(Vec<f64>, Vec<f64>)> = sources
        .par_chunks(per_block)
        .map(|block| sum_of(ties, block, !exact, progress))
        .collect::<Result<_, Cancelled>>()?;
    let (mut sum, mut squares) = (vec![0.0; n], vec![0.0; n]);
    for (block_sum, block_squares) in &blocks {
        add(&mut sum, block_sum);
        add(&mut squares, block_squares);
    }
    let k = sources.len().max(1) as f64;
    let scale = tied as f64 / k / 2.0; // each pair is met from both ends
    let error = if exact {
        vec![0.0; n]
    } else {
        let left = (tied as f64 - k) / (tied as f64 - 1.0);
        let spread = |sum: f64, squares: f64| (squares - sum * sum / k).max(0.0) / (k - 1.0);
        (sum.iter().zip(&squares))
            .map(|(&sum, &squares)| scale * libm::sqrt(k * spread(sum, squares) * left))
            .collect()
    };
    Ok(Some(Betweenness {
        value: sum.iter().map(|sum| sum * scale).collect(),
        sources: if exact { n as u32 } else { k as u32 },
        error,
    }))
}

fn add(sum: &mut [f64], block: &[f64]) {
    for (sum, value) in sum.iter_mut().zip(block) {
        *sum += value;
    }
}

/// Dependencies on everybody, added over the sources, and their squares where asked for.
fn sum_of(
    ties: &Ties,
    sources: &[u32],
    with_squares: bool,
    progress: &Progress,
) -> Result<(Vec<f64>, Vec<f64>), Cancelled> {
    let n = ties.n_people();
    let mut sum = vec![0.0f64; n];
    let mut squares = vec![0.0f64; if with_squares { n } else { 0 }];
    let mut walk = Walk::new(n);
    for &source in sources {
        walk.from(ties, source, progress)?;
        for &i in walk.order.iter().skip(1) {
            let value = walk.dependency[i as usize];
            sum[i as usize] += value;
            if with_squares {
                squares[i as usize] += value * value;
            }
        }
        progress.advance(1)?;
    }
    Ok((sum, squares))
}

/// Scratch of one walk over all shortest paths from one person.
struct Walk {
    /// People in the order they are met.
    order: Vec<u32>,
    distance: Vec<u32>,
    /// Shortest paths to each person. Exact up to 2⁵³, which real conversations stay far below.
    paths: Vec<f64>,
    dependency: Vec<f64>,
}

impl Walk {
    fn new(n: usize) -> Self {
        Self {
            order: Vec::with_capacity(n),
            distance: vec![u32::MAX; n],
            paths: vec![0.0; n],
            dependency: vec![0.0; n],
        }
    }

    fn from(&mut self, ties: &Ties, source: u32, progress: &Progress) -> Result<(), Cancelled> {
        for i in self.order.drain(..) {
            self.distance[i as usize] = u32::MAX;
            self.paths[i as usize] = 0.0;
            self.dependency[i as usize] = 0.0;
        }
        self.order.push(source);
        self.distance[source as usize] = 0;
        self.paths[source as usize] = 1.0;
        let (mut head, mut patience) = (0, Patience::default());
        while let Some(&i) = self.order.get(head) {
            head += 1;
            let (next, paths) = (self.distance[i as usize] + 1, self.paths[i as usize]);
            let neighbours = ties.row(i as usize).0;
            patience.count(neighbours.len(), progress)?;
            for &j in neighbours {
                let j = j as usize;
                if self.distance[j] == u32::MAX {
                    self.distance[j] = next;
                    self.order.push(j as u32);
                }
                if self.distance[j] == next {
                    self.paths[j] += paths;
                }
            }
        }
        for &i in self.order.iter().rev() {
            let (next, paths) = (self.distance[i as usize] + 1, self.paths[i as usize]);
            let neighbours = ties.row(i as usize).0;
            patience.count(neighbours.len(), progress)?;
            let mut dependency = 0.0;
            for &j in neighbours {
                let j = j as usize;
                if self.distance[j] == next {
                    dependency += (1.0 + self.dependency[j]) / self.paths[j];
                }
            }
            self.dependency[i as usize] = dependency * paths;
        }
        Ok(())
    }
}
