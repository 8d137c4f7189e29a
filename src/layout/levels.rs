//! Coarse webs from fine ones: bodies that belong together become one body of the next level.

use std::collections::VecDeque;
use std::ops::Range;

use rayon::prelude::*;

use super::random::Random;
use super::web::{Sums, Web};
use crate::progress::{Cancelled, Progress};

/// Bodies between two looks at whether anybody still waits.
const LOOKED: usize = 1 << 16;

/// Bundles bodies that belong together, each range of bodies by itself: one round of local moving for modularity (resolution 1),
/// with a queue. Ranges are worked on at the same time.
///
/// Returns the bundle of each body, numbered range by range, and the range of bundles that came from each range.
///
/// # Errors
/// [`Cancelled`] only.
/// # Source
/// Blondel et al., *Fast unfolding of communities in large networks* (2008); the queue after Traag et al., *From Louvain to
/// Leiden* (2019). Leiden's refinement is left out: these bundles are only a start for the forces.
pub(super) fn bundles(
    web: &Web,
    ranges: &[Range<usize>],
    seed: u64,
    progress: &Progress,
) -> Result<(Vec<u32>, Vec<Range<usize>>), Cancelled> {
    let mut all = 0.0;
    for i in 0..web.len() {
        if i.is_multiple_of(LOOKED) {
            progress.check()?;
        }
        all += weight(web, i);
    }
    let found: Result<Vec<(Vec<u32>, usize)>, Cancelled> = ranges
        .par_iter()
        .enumerate()
        .map(|(r, range)| {
            progress.check()?;
            let mut random = Random::new(seed, r as u64);
            let moving = Moving::new(web, range.clone(), all);
            moving.settle(&mut random, progress)
        })
        .collect();
    let mut bundle_of = Vec::with_capacity(web.len());
    let mut bundles = Vec::with_capacity(ranges.len());
    let mut first = 0;
    for (label, n) in found? {
        bundle_of.extend(label.iter().map(|l| first as u32 + l));
        bundles.push(first..first + n);
        first += n;
    }
    Ok((bundle_of, bundles))
}

/// Strength of all threads of body `i`, those inside it counted twice.
fn weight(web: &Web, i: usize) -> f64 {
    let own: f64 = web.row(i).1.iter().map(|&s| f64::from(s)).sum();
    own + 2.0 * f64::from(web.inside[i])
}

/// The bodies of one range on their way between bundles. Bodies and bundles are counted from the range's first body.
struct Moving<'a> {
    web: &'a Web,
    range: Range<usize>,
    label: Vec<u32>,
    weight: Vec<f64>,
    /// Weight of each bundle.
    total: Vec<f64>,
    /// Weight of the whole web.
    all: f64,
    sums: Sums,
}

impl<'a> Moving<'a> {
    /// Each body in a bundle of its own.
    fn new(web: &'a Web, range: Range<usize>, all: f64) -> Self {
        let weight: Vec<f64> = range.clone().map(|i| weight(web, i)).collect();
        Self {
            web,
            label: (0..range.len() as u32).collect(),
            sums: Sums::new(range.len()),
            range,
            total: weight.clone(),
            weight,
            all: all.max(f64::MIN_POSITIVE),
        }
    }

    /// Moves bodies until none gains; returns the bundle of each, and how many there are.
    fn settle(
        mut self,
        random: &mut Random,
        progress: &Progress,
    ) -> Result<(Vec<u32>, usize), Cancelled> {
        let n = self.range.len();
        let mut queue: VecDeque<u32> = random.order(n).into();
        let mut queued = vec![true; n];
        // Moves always gain, so this ends; the limit is for gains that rounding makes up.
        let (mut visits, limit) = (0usize, 40 * n);
        while let Some(i) = queue.pop_front() {
            queued[i as usize] = false;
            visits += 1;
            if visits.is_multiple_of(2048) {
                progress.check()?;
            }
            if visits > limit {
                break;
            }
            let Some(to) = self.visit(i as usize) else {
                continue;
            };
            for &other in self.web.row(self.range.start + i as usize).0 {
                let Some(other) = self.here(other) else {
                    continue;
                };
                if self.label[other] != to && !queued[other] {
                    queued[other] = true;
                    queue.push_back(other as u32);
                }
            }
        }
        let n_bundles = renumber(&mut self.label);
        Ok((self.label, n_bundles))
    }

    /// The number within the range of a body of the web.
    fn here(&self, body: u32) -> Option<usize> {
        let body = body as usize;
        self.range.contains(&body).then(|| body - self.range.start)
    }

    /// Moves body `i` to the bundle where modularity gains most; returns that bundle if it is another one.
    fn visit(&mut self, i: usize) -> Option<u32> {
        let (others, strength) = self.web.row(self.range.start + i);
        for (&other, &s) in others.iter().zip(strength) {
            if let Some(other) = self.here(other) {
                self.sums.add(self.label[other], s);
            }
        }
        let own = self.label[i];
        self.total[own as usize] -= self.weight[i];
        let gain = |l: u32| {
            let l = l as usize;
            f64::from(self.sums.of[l]) - self.weight[i] * self.total[l] / self.all
        };
        let (mut best, mut best_gain) = (own, gain(own));
        for &l in &self.sums.touched {
            let gain = gain(l);
            if gain > best_gain + 1e-9 {
                (best, best_gain) = (l, gain);
            }
        }
        self.sums.clear();
        self.total[best as usize] += self.weight[i];
        self.label[i] = best;
        (best != own).then_some(best)
    }
}

/// Numbers labels by first appearance; returns how many there are. Labels are below `label.len()`.
fn renumber(label: &mut [u32]) -> usize {
    let mut number = vec![u32::MAX; label.len()];
    let mut next = 0;
    for l in label {
        let number = &mut number[*l as usize];
        if *number == u32::MAX {
            *number = next;
            next += 1;
        }
        *l = *number;
    }
    next as usize
}
