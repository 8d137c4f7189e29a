//! Coarse webs from fine ones, and the way back: each level starts near its best places.

use std::collections::VecDeque;

use super::force::{Heat, Motion};
use super::random::Random;
use super::web::Web;
use crate::progress::{Cancelled, Progress};

/// Below this many bodies a web is laid out from random places at once.
const COARSEST: usize = 40;
/// Steps of a coarse level: so many body-steps in all, within the range below. Ten times as many cost a second at 100,000
/// people and changed neither purity nor the share of neighbours kept.
const BODY_STEPS: usize = 20_000;
/// Fewest and most steps of a coarse level.
const STEPS: (usize, usize) = (30, 300);
/// A level that keeps more than this share of its bodies is not worth having.
const STALLED: f32 = 0.8;

/// Bundles bodies that belong together: one round of local moving for modularity (resolution 1), with a queue.
///
/// Returns the bundle of each body and how many there are.
///
/// # Errors
/// [`Cancelled`] only.
/// # Source
/// Blondel et al., *Fast unfolding of communities in large networks* (2008); the queue after Traag et al., *From Louvain to
/// Leiden* (2019). Leiden's refinement is left out: these bundles are only a start for the forces.
pub(super) fn bundle(
    web: &Web,
    random: &mut Random,
    progress: &Progress,
) -> Result<(Vec<u32>, usize), Cancelled> {
    let n = web.len();
    let mut moving = Moving::new(web);
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
        let Some(to) = moving.visit(i as usize) else {
            continue;
        };
        for &other in web.row(i as usize).0 {
            let other = other as usize;
            if moving.label[other] != to && !queued[other] {
                queued[other] = true;
                queue.push_back(other as u32);
            }
        }
    }
    let mut label = moving.label;
    let n_bundles = renumber(&mut label);
    Ok((label, n_bundles))
}

/// Bodies on their way between bundles.
struct Moving<'a> {
    web: &'a Web,
    label: Vec<u32>,
    /// Strength of all threads of each body.
    weight: Vec<f64>,
    /// The same for each bundle.
    total: Vec<f64>,
    /// The same for the web.
    all: f64,
    /// Strength from the visited body into each bundle; zeros between visits.
    sum: Vec<f32>,
    touched: Vec<u32>,
}

impl<'a> Moving<'a> {
    /// Each body in a bundle of its own.
    fn new(web: &'a Web) -> Self {
        let n = web.len();
        let weight: Vec<f64> = (0..n)
            .map(|i| {
                let own: f64 = web.row(i).1.iter().map(|&s| f64::from(s)).sum();
                own + 2.0 * f64::from(web.inside[i])
            })
            .collect();
        Self {
            web,
            label: (0..n as u32).collect(),
            total: weight.clone(),
            all: weight.iter().sum::<f64>().max(f64::MIN_POSITIVE),
            weight,
            sum: vec![0.0; n],
            touched: Vec::new(),
        }
    }

    /// Moves body `i` to the bundle where modularity gains most; returns that bundle if it is another one.
    fn visit(&mut self, i: usize) -> Option<u32> {
        let (others, strength) = self.web.row(i);
        for (&other, &s) in others.iter().zip(strength) {
            let l = self.label[other as usize];
            if self.sum[l as usize] == 0.0 {
                self.touched.push(l);
            }
            self.sum[l as usize] += s;
        }
        let own = self.label[i];
        self.total[own as usize] -= self.weight[i];
        let gain = |l: u32| {
            let l = l as usize;
            f64::from(self.sum[l]) - self.weight[i] * self.total[l] / self.all
        };
        let (mut best, mut best_gain) = (own, gain(own));
        for &l in &self.touched {
            if gain(l) > best_gain + 1e-9 {
                (best, best_gain) = (l, gain(l));
            }
        }
        for l in self.touched.drain(..) {
            self.sum[l as usize] = 0.0;
        }
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

/// A web with its places after all coarser levels have come to rest; the finest level has not moved yet.
#[derive(Debug)]
pub(super) struct Settled {
    /// The web itself.
    pub(super) web: Web,
    /// Where its bodies are.
    pub(super) motion: Motion,
    /// How hot the finest level starts: hotter where nothing was laid out before it.
    pub(super) heat: f32,
}

/// Lays out the coarser levels of `web`, coarsest first.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// O(m) for the bundles, then O(n log n) an iteration; the coarse levels together cost about what the finest does.
pub(super) fn settle(
    web: Web,
    random: &mut Random,
    progress: &Progress,
) -> Result<Settled, Cancelled> {
    let mut fine: Vec<(Web, Vec<u32>)> = Vec::new();
    let mut web = web;
    while web.len() > COARSEST {
        let (bundle_of, n_bundles) = bundle(&web, random, progress)?;
        if n_bundles as f32 > STALLED * web.len() as f32 {
            break;
        }
        let coarser = web.bundled(&bundle_of, n_bundles);
        fine.push((web, bundle_of));
        web = coarser;
    }
    let mut motion = Motion::scattered(&web, random);
    let mut heat = Heat::SCATTERED;
    while let Some((finer, bundle_of)) = fine.pop() {
        let n = web.len();
        motion.rest(
            &web,
            (BODY_STEPS / n.max(1)).clamp(STEPS.0, STEPS.1),
            heat,
            progress,
        )?;
        motion = motion.refined(&web, &finer, &bundle_of, random);
        web = finer;
        heat = Heat::REFINED;
    }
    Ok(Settled { web, motion, heat })
}
