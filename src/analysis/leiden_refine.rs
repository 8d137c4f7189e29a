//! The refinement of the Leiden method: communities fall into well-connected parts, which become the places of the next level.
//!
//! Merges stay within a community, so communities are refined at the same time, each with a random stream of its own: the parts
//! are the same for any number of threads.

use rayon::prelude::*;

use super::leiden_level::Level;
use super::leiden_moves::Objective;
use super::partition::grouped;
use super::patience::Patience;
use super::random::Random;
use crate::progress::{Cancelled, Progress};

/// Randomness of the merges, θ of the paper, in units of strength: its authors' default.
const THETA: f64 = 0.01;

/// Places in one piece of shared work, at least.
const PIECE: usize = 1 << 12;

/// What all communities read.
struct Shared<'a> {
    level: &'a Level,
    community: &'a [u32],
    /// Number of each place among the members of its community.
    local: Vec<u32>,
    objective: Objective,
    progress: &'a Progress,
}

/// One community while it is refined, and scratch space used again for the next. Places are numbered among its members.
#[derive(Default)]
struct Parts {
    /// Weight from the place at hand to each part; all 0 between visits.
    weight_to: Vec<f64>,
    touched: Vec<u32>,
    /// Strength of each part.
    volume: Vec<f64>,
    /// Places in each part.
    size: Vec<u32>,
    /// Weight from each part to the rest of the community.
    cut: Vec<f64>,
    order: Vec<u32>,
    /// Parts the place at hand may join, with their running sum of chances.
    chances: Vec<(u32, f64)>,
    patience: Patience,
}

/// Starts from single places and merges those well connected to their community into parts of it, at random among the parts that
/// gain, with chances `exp(gain / θ)`. Returns a label under n for each place.
///
/// `community`: labels `0..k`, in which all merges stay.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// O(n + m), shared among threads.
pub(super) fn refine(
    level: &Level,
    community: &[u32],
    k: usize,
    objective: Objective,
    random: &mut Random,
    progress: &Progress,
) -> Result<Vec<u32>, Cancelled> {
    let (starts, members) = grouped(community, k);
    let mut local = vec![0u32; level.n()];
    for range in starts.windows(2) {
        for (number, &place) in members[range[0]..range[1]].iter().enumerate() {
            local[place as usize] = number as u32;
        }
    }
    let shared = Shared {
        level,
        community,
        local,
        objective,
        progress,
    };
    let seed = random.next();
    let mut found = vec![0u32; level.n()];
    let done: Result<Vec<()>, Cancelled> = pieces(&starts, &mut found)
        .into_par_iter()
        .map(|(range, mut found)| {
            let mut parts = Parts::default();
            for c in range {
                let members = &members[starts[c]..starts[c + 1]];
                let (part, rest) = std::mem::take(&mut found).split_at_mut(members.len());
                found = rest;
                parts.refine(&shared, members, part, Random::new(seed, c as u64))?;
            }
            Ok(())
        })
        .collect();
    done?;
    let mut part = vec![0u32; level.n()];
    for range in starts.windows(2) {
        let members = &members[range[0]..range[1]];
        for (&place, &to) in members.iter().zip(&found[range[0]..range[1]]) {
            part[place as usize] = members[to as usize];
        }
    }
    Ok(part)
}

/// Ranges of communities with at least [`PIECE`] places each, and the part of `found` that is theirs.
fn pieces<'a>(
    starts: &[usize],
    mut found: &'a mut [u32],
) -> Vec<(std::ops::Range<usize>, &'a mut [u32])> {
    let k = starts.len() - 1;
    let (mut pieces, mut first) = (Vec::new(), 0);
    for end in 1..=k {
        let n = starts[end] - starts[first];
        if n >= PIECE || end == k {
            let (mine, rest) = std::mem::take(&mut found).split_at_mut(n);
            pieces.push((first..end, mine));
            (found, first) = (rest, end);
        }
    }
    pieces
}

impl Parts {
    fn refine(
        &mut self,
        shared: &Shared<'_>,
        members: &[u32],
        part: &mut [u32],
        mut random: Random,
    ) -> Result<(), Cancelled> {
        let (level, n) = (shared.level, members.len());
        for (i, part) in part.iter_mut().enumerate() {
            *part = i as u32;
        }
        if n < 2 {
            return Ok(());
        }
        self.begin(shared, members)?;
        let whole: f64 = self.volume.iter().sum();
        let mut order = std::mem::take(&mut self.order);
        random.order(n, &mut order);
        for &i in &order {
            let i = i as usize;
            let place = members[i] as usize;
            let strength = level.strength[place];
            let alone = part[i] as usize == i && self.size[i] == 1;
            let expected = shared.objective.expected(strength, whole - strength);
            if !alone || self.cut[i] < expected {
                continue;
            }
            self.patience
                .count(level.row(place).len(), shared.progress)?;
            if let Some((new, w)) = self.random_merge(shared, (i, place), part, whole, &mut random)
            {
                part[i] = new;
                let new = new as usize;
                self.size[new] += 1;
                self.size[i] = 0;
                self.volume[new] += strength;
                self.cut[new] += self.cut[i] - 2.0 * w;
            }
        }
        self.order = order;
        Ok(())
    }

    /// Every place is a part of its own.
    fn begin(&mut self, shared: &Shared<'_>, members: &[u32]) -> Result<(), Cancelled> {
        let n = members.len();
        self.weight_to.resize(n.max(self.weight_to.len()), 0.0);
        self.size.clear();
        self.size.resize(n, 1);
        self.volume.clear();
        self.cut.clear();
        let home = shared.community[members[0] as usize];
        for &place in members {
            let row = shared.level.row(place as usize);
            self.patience.count(row.len(), shared.progress)?;
            self.volume.push(shared.level.strength[place as usize]);
            let within = row
                .iter()
                .filter(|arc| shared.community[arc.to as usize] == home);
            let cut = within.fold(0.0, |sum, arc| sum + f64::from(arc.weight));
            self.cut.push(cut);
        }
        Ok(())
    }

    /// The part that member `i`, which is `place`, joins and the weight to it; `None` when it stays alone.
    fn random_merge(
        &mut self,
        shared: &Shared<'_>,
        (i, place): (usize, usize),
        part: &[u32],
        whole: f64,
        random: &mut Random,
    ) -> Option<(u32, f64)> {
        let home = shared.community[place];
        for arc in shared.level.row(place) {
            if shared.community[arc.to as usize] == home {
                let p = part[shared.local[arc.to as usize] as usize];
                let sum = &mut self.weight_to[p as usize];
                if *sum == 0.0 {
                    self.touched.push(p);
                }
                *sum += f64::from(arc.weight);
            }
        }
        let strength = shared.level.strength[place];
        self.chances.clear();
        self.chances.push((i as u32, 0.0));
        let mut best = 0.0f64;
        for &p in &self.touched {
            let volume = self.volume[p as usize];
            if self.cut[p as usize] >= shared.objective.expected(volume, whole - volume) {
                let gain = self.weight_to[p as usize] - shared.objective.expected(strength, volume);
                if gain >= 0.0 {
                    self.chances.push((p, gain));
                    best = best.max(gain);
                }
            }
        }
        let mut sum = 0.0;
        for chance in &mut self.chances {
            // Relative to the best, so that nothing overflows; the best itself counts 1.
            sum += libm::exp((chance.1 - best) / THETA);
            chance.1 = sum;
        }
        let drawn = random.unit() * sum;
        let at = self.chances.partition_point(|chance| chance.1 <= drawn);
        let new = self.chances[at.min(self.chances.len() - 1)].0;
        let w = self.weight_to[new as usize];
        for p in self.touched.drain(..) {
            self.weight_to[p as usize] = 0.0;
        }
        (new as usize != i).then_some((new, w))
    }
}
