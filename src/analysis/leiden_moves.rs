//! The local moves of the Leiden method: from community to community.

use super::leiden_level::Level;
use super::patience::Patience;
use super::random::Random;
use crate::progress::{Cancelled, Progress};

/// A move has to gain more than this share of the mover's strength, so that the rounding of 32-bit weights can't move
/// anybody to and fro.
const LEAST_GAIN: f64 = 1e-6;

/// What is made as large as possible: modularity.
#[derive(Debug, Clone, Copy)]
pub(super) struct Objective {
    /// All strength, from both ends.
    pub(super) total: f64,
    /// γ.
    pub(super) resolution: f64,
}

impl Objective {
    /// Weight expected by chance between places of these strengths.
    pub(super) fn expected(self, a: f64, b: f64) -> f64 {
        self.resolution * a * b / self.total
    }
}

/// Moves places; owns the scratch space, which is as large as the bottom level and used again on every level.
#[derive(Debug)]
pub(super) struct Mover {
    /// Weight from the place at hand to each community; all 0 between visits.
    weight_to: Vec<f64>,
    /// Communities with weight, in order of the row.
    touched: Vec<u32>,
    /// A ring of places to visit, each at most once.
    queue: Vec<u32>,
    queued: Vec<bool>,
    /// Strength of each community.
    volume: Vec<f64>,
    /// Places in each community.
    size: Vec<u32>,
    /// Communities without places.
    empty: Vec<u32>,
    patience: Patience,
    /// Weight gained by moves since the caller set it to 0; times 2 / total it is the modularity added.
    pub(super) gained: f64,
}

impl Mover {
    /// Scratch for levels of up to `n` places.
    pub(super) fn new(n: usize) -> Self {
        Self {
            weight_to: vec![0.0; n],
            touched: Vec::new(),
            queue: Vec::with_capacity(n),
            queued: vec![false; n],
            volume: vec![0.0; n],
            size: vec![0; n],
            empty: Vec::new(),
            patience: Patience::default(),
            gained: 0.0,
        }
    }

    /// Fast local moves: visits places from a queue and moves each to the community that gains most (or to an empty one),
    /// until the queue is empty; neighbours of a moved place that live elsewhere are queued again.
    ///
    /// `community`: a label under n for each place.
    pub(super) fn move_locally(
        &mut self,
        level: &Level,
        community: &mut [u32],
        objective: Objective,
        random: &mut Random,
        progress: &Progress,
    ) -> Result<(), Cancelled> {
        let n = level.n();
        self.weigh(level, community, n);
        self.empty.clear();
        let empty = (0..n as u32).rev().filter(|&c| self.size[c as usize] == 0);
        self.empty.extend(empty);
        random.order(n, &mut self.queue);
        self.queued[..n].fill(true);
        let (mut head, mut waiting) = (0, n);
        while waiting > 0 {
            let place = self.queue[head] as usize;
            head = if head + 1 == n { 0 } else { head + 1 };
            waiting -= 1;
            self.queued[place] = false;
            let row = level.row(place);
            self.patience.count(row.len(), progress)?;
            let Some(new) = self.best_move(level, place, community, objective) else {
                continue;
            };
            self.settle(level, place, community, new);
            for arc in row {
                let j = arc.to as usize;
                if !self.queued[j] && community[j] != new {
                    self.queued[j] = true;
                    let end = head + waiting;
                    self.queue[if end >= n { end - n } else { end }] = j as u32;
                    waiting += 1;
                }
            }
        }
        Ok(())
    }

    /// Volume and size of the `k` communities.
    fn weigh(&mut self, level: &Level, community: &[u32], k: usize) {
        self.volume[..k].fill(0.0);
        self.size[..k].fill(0);
        for (&c, &strength) in community.iter().zip(&level.strength) {
            self.volume[c as usize] += strength;
            self.size[c as usize] += 1;
        }
    }

    /// The community that `place` should move to, if moving gains.
    fn best_move(
        &mut self,
        level: &Level,
        place: usize,
        community: &[u32],
        objective: Objective,
    ) -> Option<u32> {
        for arc in level.row(place) {
            let c = community[arc.to as usize];
            let sum = &mut self.weight_to[c as usize];
            if *sum == 0.0 {
                self.touched.push(c);
            }
            *sum += f64::from(arc.weight);
        }
        let home = community[place];
        let strength = level.strength[place];
        let stay = self.weight_to[home as usize]
            - objective.expected(strength, self.volume[home as usize] - strength);
        let mut best = (home, stay + LEAST_GAIN * strength);
        if best.1 < 0.0
            && self.size[home as usize] > 1
            && let Some(&alone) = self.empty.last()
        {
            best = (alone, 0.0);
        }
        let scale = objective.resolution * strength / objective.total;
        for &c in &self.touched {
            let w = std::mem::take(&mut self.weight_to[c as usize]);
            let gain = w - scale * self.volume[c as usize];
            if gain > best.1 && c != home {
                best = (c, gain);
            }
        }
        self.touched.clear();
        if best.0 == home {
            return None;
        }
        self.gained += best.1 - stay;
        Some(best.0)
    }

    fn settle(&mut self, level: &Level, place: usize, community: &mut [u32], new: u32) {
        let strength = level.strength[place];
        let old = std::mem::replace(&mut community[place], new) as usize;
        let new = new as usize;
        if self.size[new] == 0 {
            self.empty.pop(); // `best_move` took the last one
        }
        self.volume[new] += strength;
        self.size[new] += 1;
        self.volume[old] -= strength;
        self.size[old] -= 1;
        if self.size[old] == 0 {
            self.volume[old] = 0.0; // no rounding dust for whoever moves in
            self.empty.push(old as u32);
        }
    }
}
