//! What a set of people is worth, and what one more would add.
//!
//! ```text
//! worth = Σ over terms of factor · Σ_c ω_c · n_c · (U_c/n_c)^β      U_c = Σ_{j in c, not chosen, not lit} g(τ_j)
//! ```
//! The true aim F has g = 0 below m touches and 1 from m on. Since a first touch alone adds nothing to it, the search also
//! looks at *surrogates*, where each of the first touches counts a little: g(τ) = a·τ below m.

use super::audience::Audience;
use super::settings::PlanSettings;
use super::touches::Touches;

const STEPS: usize = PlanSettings::MOST_TOUCHPOINTS as usize + 1;

/// One sum over the communities, with what it is made from at the moment.
#[derive(Debug, Clone)]
struct Term {
    factor: f64,
    /// What somebody counts who is touched 0, 1 … m times.
    g: [f64; STEPS],
    /// U of each community.
    amount: Vec<f64>,
    /// `factor · ω · n^(1−β) · U^β` of each community.
    worth: Vec<f64>,
    /// No step into a community is worth more a unit of U than this.
    slope: Vec<f64>,
    /// The smallest step of g.
    least_step: f64,
    /// The largest of `slope`.
    steepest: f64,
}

/// A weighted sum of terms over one audience.
#[derive(Debug, Clone)]
pub(super) struct Objective {
    terms: Vec<Term>,
    /// `ω · n^(1−β)` of each community; 0 where nothing counts.
    scale: Vec<f64>,
    /// Communities that count.
    counting: Vec<u32>,
    spread: f64,
    touchpoints: usize,
}

impl Objective {
    /// The surrogate whose first touches count `a` each, `a = 1/m` at most.
    pub(super) fn surrogate(audience: &Audience, a: f64) -> Self {
        Self::of(audience, &[(1.0, Some(a))])
    }

    /// The true aim alone.
    pub(super) fn aim(audience: &Audience) -> Self {
        Self::of(audience, &[(1.0, None)])
    }

    /// The true aim, and a thousandth of the surrogate to choose among equals.
    pub(super) fn aim_and_surrogate(audience: &Audience, a: f64) -> Self {
        Self::of(audience, &[(1.0, None), (0.001, Some(a))])
    }

    fn of(audience: &Audience, terms: &[(f64, Option<f64>)]) -> Self {
        let m = audience.touchpoints as usize;
        let n_communities = audience.weight.len();
        let terms = terms.iter().map(|&(factor, a)| {
            let mut g = [0.0; STEPS];
            for (t, g) in g.iter_mut().enumerate().take(m) {
                *g = a.map_or(0.0, |a| a * t as f64);
            }
            g[m] = 1.0;
            let steps = g[..=m].windows(2).map(|g| g[1] - g[0]);
            Term {
                factor,
                g,
                amount: vec![0.0; n_communities],
                worth: vec![0.0; n_communities],
                slope: vec![0.0; n_communities],
                least_step: steps.filter(|s| *s > 0.0).fold(1.0, f64::min),
                steepest: 0.0,
            }
        });
        let scale: Vec<f64> = (audience.weight.iter().zip(&audience.members))
            .map(|(weight, n)| weight * libm::pow(f64::from(*n), 1.0 - audience.spread))
            .collect();
        Self {
            terms: terms.collect(),
            counting: (0..n_communities as u32)
                .filter(|c| scale[*c as usize] > 0.0)
                .collect(),
            scale,
            spread: audience.spread,
            touchpoints: m,
        }
    }

    /// Whether it matters that people of community `c` are touched.
    pub(super) fn counts(&self, c: u32) -> bool {
        self.scale[c as usize] > 0.0
    }

    /// Takes in what `touches` says now. O(communities that count).
    pub(super) fn look(&mut self, touches: &Touches) {
        let m = self.touchpoints;
        for term in &mut self.terms {
            term.steepest = 0.0;
        }
        for &c in &self.counting {
            let c = c as usize;
            let people = &touches.people[c * (m + 1)..(c + 1) * (m + 1)];
            for term in &mut self.terms {
                let amount: f64 = (people.iter().zip(&term.g))
                    .map(|(n, g)| f64::from(*n) * g)
                    .sum();
                let scale = term.factor * self.scale[c];
                let power = libm::pow(amount, self.spread);
                // (U + Δ)^β − U^β is at most β·U^(β−1)·Δ, and at most Δ^β, which is at most Δ·δ^(β−1) for Δ ≥ δ.
                let first = libm::pow(term.least_step, self.spread - 1.0);
                let here = if amount > 0.0 {
                    self.spread * power / amount
                } else {
                    first
                };
                term.amount[c] = amount;
                term.worth[c] = scale * power;
                term.slope[c] = scale * here.min(first);
                term.steepest = term.steepest.max(term.slope[c]);
            }
        }
    }

    /// What it is worth now.
    pub(super) fn worth(&self) -> f64 {
        let terms = self.terms.iter();
        terms
            .map(|term| {
                (self.counting.iter())
                    .map(|c| term.worth[*c as usize])
                    .sum::<f64>()
            })
            .sum()
    }

    /// No person with so many connections adds more than this.
    pub(super) fn bound_for(&self, connections: usize) -> f64 {
        let steepest: f64 = self.terms.iter().map(|term| term.steepest).sum();
        steepest * connections as f64
    }

    /// No person adds more than this who touches `people` by 0, 1 … m−1 touches so far, of whatever communities that count.
    pub(super) fn bound_of_sums(&self, people: &[u32]) -> f64 {
        let terms = self.terms.iter();
        terms.map(|term| term.steepest * term.step(people)).sum()
    }

    /// No person adds more than this who touches `people` of community `c` by 0, 1 … m−1 touches so far.
    pub(super) fn bound(&self, c: u32, people: &[u32]) -> f64 {
        let terms = self.terms.iter();
        terms
            .map(|term| term.slope[c as usize] * term.step(people))
            .sum()
    }

    /// What touching `people` of community `c` once more adds, when besides somebody who is touched `leaves` times is no
    /// longer counted there.
    pub(super) fn gain(&self, c: u32, people: &[u32], leaves: Option<u32>) -> f64 {
        let terms = self.terms.iter();
        let gains = terms.map(|term| {
            let left = leaves.map_or(0.0, |t| term.g[(t as usize).min(self.touchpoints)]);
            let step = term.step(people) - left;
            #[allow(clippy::float_cmp, reason = "nothing changes exactly")]
            if step == 0.0 {
                return 0.0;
            }
            let amount = (term.amount[c as usize] + step).max(0.0);
            let scale = term.factor * self.scale[c as usize];
            scale * libm::pow(amount, self.spread) - term.worth[c as usize]
        });
        gains.sum()
    }
}

impl Term {
    /// By how much U grows when each of `people`, touched 0, 1 … m−1 times, is touched once more.
    fn step(&self, people: &[u32]) -> f64 {
        let steps = people.iter().zip(self.g.windows(2));
        steps.map(|(n, g)| f64::from(*n) * (g[1] - g[0])).sum()
    }
}
