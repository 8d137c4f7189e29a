//! The two kinds of moves of the Leiden method: between communities, and inside them.

use super::leiden_level::Level;
use super::random::Random;
use crate::progress::{Cancelled, Progress};

/// Randomness of the merges in the refinement, θ of the paper, in units of strength: its authors' default.
const THETA: f64 = 0.01;

/// A move has to gain more than this share of the mover's strength, so that the rounding of 32-bit weights can't move
/// anybody to and fro.
const LEAST_GAIN: f64 = 1e-6;

/// Neighbours looked at between two looks at the stop sign: well under a millisecond.
const PATIENCE: usize = 1 << 15;

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
    fn expected(self, a: f64, b: f64) -> f64 {
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
    /// Weight from each refined part to the rest of its community.
    cut: Vec<f64>,
    order: Vec<u32>,
    /// Refined parts the place at hand may join, with their running sum of chances.
    chances: Vec<(u32, f64)>,
    seen: usize,
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
            cut: vec![0.0; n],
            order: Vec::with_capacity(n),
            chances: Vec::new(),
            seen: 0,
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
            self.pause(row.len(), progress)?;
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

    /// Refinement: starts from single places and merges those well connected to their community into parts of it, at random
    /// among the parts that gain, with chances `exp(gain / θ)`. Returns a label under n for each place.
    ///
    /// `community`: labels `0..k`, in which all merges stay.
    pub(super) fn refine(
        &mut self,
        level: &Level,
        community: &[u32],
        k: usize,
        objective: Objective,
        random: &mut Random,
        progress: &Progress,
    ) -> Result<Vec<u32>, Cancelled> {
        let n = level.n();
        self.weigh(level, community, k);
        let whole = self.volume[..k].to_vec();
        // From here on volume and size are those of the parts.
        self.volume[..n].copy_from_slice(&level.strength);
        self.size[..n].fill(1);
        let mut part: Vec<u32> = (0..n as u32).collect();
        for (i, &home) in community.iter().enumerate() {
            let row = level.row(i);
            self.pause(row.len(), progress)?;
            self.cut[i] = (row.iter())
                .filter(|arc| community[arc.to as usize] == home)
                .fold(0.0, |sum, arc| sum + f64::from(arc.weight));
        }
        let mut order = std::mem::take(&mut self.order);
        random.order(n, &mut order);
        for &place in &order {
            let place = place as usize;
            let whole = whole[community[place] as usize];
            let strength = level.strength[place];
            let alone = part[place] as usize == place && self.size[place] == 1;
            if !alone || self.cut[place] < objective.expected(strength, whole - strength) {
                continue;
            }
            self.pause(level.row(place).len(), progress)?;
            if let Some((new, w)) =
                self.random_merge(level, place, community, &part, whole, objective, random)
            {
                part[place] = new;
                let new = new as usize;
                self.size[new] += 1;
                self.size[place] = 0;
                self.volume[new] += strength;
                self.cut[new] += self.cut[place] - 2.0 * w;
            }
        }
        self.order = order;
        Ok(part)
    }

    /// The part that `place` joins and the weight to it; `None` when it stays alone.
    #[expect(
        clippy::too_many_arguments,
        reason = "the inner loop of the refinement, apart so that it can be read"
    )]
    fn random_merge(
        &mut self,
        level: &Level,
        place: usize,
        community: &[u32],
        part: &[u32],
        whole: f64,
        objective: Objective,
        random: &mut Random,
    ) -> Option<(u32, f64)> {
        for arc in level.row(place) {
            if community[arc.to as usize] == community[place] {
                let p = part[arc.to as usize];
                let sum = &mut self.weight_to[p as usize];
                if *sum == 0.0 {
                    self.touched.push(p);
                }
                *sum += f64::from(arc.weight);
            }
        }
        self.chances.clear();
        self.chances.push((place as u32, 0.0));
        let mut best = 0.0f64;
        for &p in &self.touched {
            let volume = self.volume[p as usize];
            if self.cut[p as usize] >= objective.expected(volume, whole - volume) {
                let gain =
                    self.weight_to[p as usize] - objective.expected(level.strength[place], volume);
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
        (new as usize != place).then_some((new, w))
    }

    /// Counts work and looks at the stop sign now and then.
    fn pause(&mut self, work: usize, progress: &Progress) -> Result<(), Cancelled> {
        self.seen += work + 1;
        if self.seen >= PATIENCE {
            self.seen = 0;
            progress.check()?;
        }
        Ok(())
    }
}
