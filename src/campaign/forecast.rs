//! What might come of contacting people: scenarios of who joins, played many times, each an assumption and none a promise.
//!
//! Complex contagion on the ties, w interactions strong, at a strength p0:
//!
//! ```text
//! tie is live in a run with     p = 1 − (1 − p0)^w
//! person joins when             active neighbours over live ties ≥ max(2, 15 % of their connections)
//! active from the start         the people of the set
//! ```
//!
//! Whether a tie is live follows from seed, run and tie alone: what is compared meets the same chance, a tie that is live at
//! a weak strength is live at a stronger one too, and nothing need be stored.

use std::sync::atomic::{AtomicU32, Ordering};

use rayon::prelude::*;

use crate::analysis::{Communities, CommunityId};
use crate::people::{PersonId, Ties, thousands};
use crate::progress::{Cancelled, Progress};

/// p0 of the scenarios: how likely one interaction carries the message on. Weak, middling, strong; assumptions all.
pub const STRENGTHS: [f64; 3] = [0.05, 0.15, 0.30];
/// A run takes off when at least this share of the people with ties joins, in hundredths.
pub const TAKES_OFF_PERCENT: usize = 5;
/// Communities whose joining people are counted one by one: the largest.
const COUNTED_COMMUNITIES: usize = 24;
/// A draw is a number below this: the upper half of a hash, without its lowest bit, so that the bound itself fits too.
const DRAWS: f64 = (1u64 << 31) as f64;
/// Ties looked at between two looks at the stop sign: well under a millisecond.
const TIES_AT_A_TIME: usize = 1 << 15;

/// How the scenarios are played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ForecastSettings {
    /// Runs at each strength, ≥ 1.
    pub runs: u32,
    /// Everything random starts here.
    pub seed: u64,
}

impl ForecastSettings {
    /// 300 runs from `seed`.
    pub fn new(seed: u64) -> Self {
        Self { runs: 300, seed }
    }
}

/// What came of one set of people at one strength. People of the set itself are never counted as joining.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// p0: how likely one interaction carries the message on, in this scenario.
    pub strength: f64,
    /// People who joined, by run: the same place is the same chance for every set and strength.
    pub joined: Vec<u32>,
    /// In at least half of the runs at least so many join.
    pub median: u32,
    /// In at least 80 of 100 runs no fewer than this join …
    pub low: u32,
    /// … and no more than this.
    pub high: u32,
    /// Runs in which at least [`TAKES_OFF_PERCENT`] of the people with ties join.
    pub took_off: u32,
    /// Of the largest communities, by number: how many of their people join in the middle run of each.
    pub by_community: Vec<(CommunityId, u32)>,
}

/// What came of each set of people: one [`Outcome`] for each of [`STRENGTHS`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Forecast {
    /// By set, then by strength.
    pub sets: Vec<Vec<Outcome>>,
}

/// Plays `settings.runs` runs at each strength, for each of `sets`: the people who carry the message from the start, those
/// already contacted among them. Unknown people and repetitions are passed over.
///
/// The numbers are the same for any number of threads. Progress counts runs: three strengths, each `settings.runs`.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// O(runs · sets · ties of those who join); memory 4 bytes a tie's end, and up to 12 a person for each thread.
pub fn forecast(
    ties: &Ties,
    communities: &Communities,
    sets: &[Vec<PersonId>],
    settings: ForecastSettings,
    progress: &Progress,
) -> Result<Forecast, Cancelled> {
    let sets: Vec<Vec<u32>> = sets.iter().map(|set| known(set, ties)).collect();
    let with_ties = (0..ties.n_people()).filter(|&i| ties.connections(i) > 0);
    let scenario = Scenario {
        ties,
        of: &communities.of,
        n_counted: communities.n_large().min(COUNTED_COMMUNITIES),
        seed: settings.seed,
        takes_off: (with_ties.count() * TAKES_OFF_PERCENT).div_ceil(100).max(1) as u32,
    };
    let mut forecast = Forecast {
        sets: sets.iter().map(|_| Vec::new()).collect(),
    };
    for strength in STRENGTHS {
        let bounds = live_bounds(ties, strength, progress)?;
        let runs = scenario.runs(&bounds, &sets, settings.runs.max(1), progress)?;
        for (k, outcomes) in forecast.sets.iter_mut().enumerate() {
            let of_set: Vec<&Run> = runs.iter().filter_map(|run| run.get(k)).collect();
            outcomes.push(scenario.outcome(strength, &of_set));
        }
    }
    Ok(forecast)
}

/// The people of `set` who are in the graph, each once.
fn known(set: &[PersonId], ties: &Ties) -> Vec<u32> {
    let mut people: Vec<u32> = set.iter().map(|person| person.0).collect();
    people.retain(|&person| (person as usize) < ties.n_people());
    people.sort_unstable();
    people.dedup();
    people
}

/// By end of each tie: the tie is live when its draw is below this. O(m), on all cores.
fn live_bounds(ties: &Ties, p0: f64, progress: &Progress) -> Result<Vec<u32>, Cancelled> {
    let stays_dead = libm::log1p(-p0.clamp(0.0, 1.0));
    let bound = |strength: f64| {
        let w = libm::exp2(strength) - 1.0;
        let p = -libm::expm1(w * stays_dead);
        (p * DRAWS).round() as u32
    };
    // Most ties are one interaction strong; their bound is asked for again and again.
    let (once, of_once) = (1.0f64, bound(1.0));
    let parts: Result<Vec<Vec<u32>>, Cancelled> = ties
        .strength
        .par_chunks(TIES_AT_A_TIME)
        .map(|strengths| {
            progress.check()?;
            let bounds = strengths.iter().map(|&strength| {
                if strength.to_bits() == once.to_bits() {
                    of_once
                } else {
                    bound(strength)
                }
            });
            Ok(bounds.collect())
        })
        .collect();
    Ok(parts?.concat())
}

/// What came of one set in one run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Run {
    joined: u32,
    by_community: Vec<u32>,
}

/// A run's number, and what came of each set in it.
type Numbered = (u32, Vec<Run>);

/// What all runs share.
struct Scenario<'a> {
    ties: &'a Ties,
    of: &'a [Option<CommunityId>],
    n_counted: usize,
    seed: u64,
    takes_off: u32,
}

/// What a thread plays a run with; of both lists only what a run touched is put back.
struct Scratch {
    /// By person: active neighbours over live ties so far; [`ACTIVE`] for those who joined.
    heard: Vec<u32>,
    /// Who has heard or is active.
    touched: Vec<u32>,
    /// Who is active, in the order of joining.
    active: Vec<u32>,
}

/// Stands for "active" where a count is meant.
const ACTIVE: u32 = u32::MAX;

impl Scenario<'_> {
    /// All runs at one strength, in order; in each one result a set.
    fn runs(
        &self,
        bounds: &[u32],
        sets: &[Vec<u32>],
        n_runs: u32,
        progress: &Progress,
    ) -> Result<Vec<Vec<Run>>, Cancelled> {
        let next = AtomicU32::new(0);
        // One piece a thread, each with scratch of its own, takes the next run while there is one: runs differ in length.
        let threads = rayon::current_num_threads().min(n_runs as usize);
        let pieces: Result<Vec<Vec<Numbered>>, Cancelled> = (0..threads)
            .into_par_iter()
            .with_max_len(1)
            .map(|_| {
                let mut scratch = Scratch {
                    heard: vec![0; self.ties.n_people()],
                    touched: Vec::new(),
                    active: Vec::new(),
                };
                let mut done = Vec::new();
                loop {
                    let run = next.fetch_add(1, Ordering::Relaxed);
                    if run >= n_runs {
                        return Ok(done);
                    }
                    let results: Result<Vec<Run>, Cancelled> = sets
                        .iter()
                        .map(|set| self.play(bounds, set, run, &mut scratch, progress))
                        .collect();
                    done.push((run, results?));
                    progress.advance(1)?;
                }
            })
            .collect();
        let mut runs: Vec<Numbered> = pieces?.into_iter().flatten().collect();
        runs.sort_unstable_by_key(|(run, _)| *run);
        Ok(runs.into_iter().map(|(_, results)| results).collect())
    }

    /// One run for one set.
    fn play(
        &self,
        bounds: &[u32],
        set: &[u32],
        run: u32,
        scratch: &mut Scratch,
        progress: &Progress,
    ) -> Result<Run, Cancelled> {
        let key = mixed(self.seed ^ mixed(u64::from(run).wrapping_add(GOLDEN)));
        for &person in set {
            scratch.heard[person as usize] = ACTIVE;
        }
        scratch.active.extend_from_slice(set);
        let (mut at, mut seen) = (0, 0);
        while let Some(&person) = scratch.active.get(at) {
            at += 1;
            let (from, to) = self.range(person);
            // A popular person may have a million ties.
            for from in (from..to).step_by(TIES_AT_A_TIME) {
                let part = from..to.min(from + TIES_AT_A_TIME);
                seen += part.len();
                if seen >= TIES_AT_A_TIME {
                    seen = 0;
                    progress.check()?;
                }
                self.tell(
                    person,
                    key,
                    (&self.ties.neighbours[part.clone()], &bounds[part]),
                    scratch,
                );
            }
        }
        Ok(self.put_back(set.len(), scratch))
    }

    /// `person`, who is active, tells those at the other end of live ties; whoever has heard from enough joins.
    fn tell(
        &self,
        person: u32,
        key: u64,
        (neighbours, bounds): (&[u32], &[u32]),
        scratch: &mut Scratch,
    ) {
        for (&other, &bound) in neighbours.iter().zip(bounds) {
            // The draw first: it asks no memory, and most ties are not live.
            if draw(key, person, other) >= bound {
                continue;
            }
            let heard = &mut scratch.heard[other as usize];
            if *heard == ACTIVE {
                continue;
            }
            if *heard == 0 {
                scratch.touched.push(other);
            }
            *heard += 1;
            let (from, to) = self.range(other);
            if *heard >= needs(to - from) {
                *heard = ACTIVE;
                scratch.active.push(other);
            }
        }
    }

    fn range(&self, person: u32) -> (usize, usize) {
        let i = person as usize;
        (
            self.ties.offsets[i] as usize,
            self.ties.offsets[i + 1] as usize,
        )
    }

    /// Counts who joined beyond the first `n_set` and makes the scratch ready for the next run.
    fn put_back(&self, n_set: usize, scratch: &mut Scratch) -> Run {
        let joined = scratch.active.get(n_set..).unwrap_or_default();
        let mut run = Run {
            joined: joined.len() as u32,
            by_community: vec![0; self.n_counted],
        };
        for &person in joined {
            let community = self.of.get(person as usize).copied().flatten();
            if let Some(n) = community.and_then(|c| run.by_community.get_mut(c.index())) {
                *n += 1;
            }
        }
        for &person in scratch.touched.iter().chain(&scratch.active) {
            scratch.heard[person as usize] = 0;
        }
        scratch.touched.clear();
        scratch.active.clear();
        run
    }

    /// What `runs` say together.
    fn outcome(&self, strength: f64, runs: &[&Run]) -> Outcome {
        let joined: Vec<u32> = runs.iter().map(|run| run.joined).collect();
        let mut sorted = joined.clone();
        sorted.sort_unstable();
        let tenth = sorted.len() / 10;
        let at = |place: usize| sorted.get(place).copied().unwrap_or_default();
        let by_community = (0..self.n_counted).map(|c| {
            let here = runs.iter().map(|run| run.by_community[c]).collect();
            (CommunityId(c as u32), middle(here))
        });
        Outcome {
            strength,
            median: middle(joined.clone()),
            low: at(tenth),
            high: at((sorted.len().saturating_sub(1)).saturating_sub(tenth)),
            took_off: joined.iter().filter(|n| **n >= self.takes_off).count() as u32,
            by_community: by_community.collect(),
            joined,
        }
    }
}

/// The lower middle of `values`: at least half of them are no smaller, and at least half no larger.
fn middle(mut values: Vec<u32>) -> u32 {
    values.sort_unstable();
    let place = values.len().saturating_sub(1) / 2;
    values.get(place).copied().unwrap_or_default()
}

/// How many active people somebody with so many connections must hear from before they join: two, or 15 % where that is more.
fn needs(connections: usize) -> u32 {
    (connections * 15).div_ceil(100).max(2) as u32
}

/// The step of `SplitMix64`, 2⁶⁴ by the golden ratio.
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// The number that the tie of `a` and `b` draws in the run of `key`, below 2³¹: as `SplitMix64` (Steele, Lea, Flood 2014)
/// gives it when started at the run and asked for the number of the tie.
fn draw(key: u64, a: u32, b: u32) -> u32 {
    let tie = u64::from(a.min(b)) << 32 | u64::from(a.max(b));
    (mixed(key.wrapping_add(tie.wrapping_mul(GOLDEN))) >> 33) as u32
}

fn mixed(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

impl Outcome {
    /// What the scenario assumes, a phrase: "if 5 of 100 exchanges carry the message on".
    pub fn assumption(&self) -> String {
        let percent = (self.strength * 100.0).round() as u64;
        format!("if {percent} of 100 exchanges carry the message on")
    }

    /// What came of it, a sentence without its full stop: "In 300 runs of this scenario half of the time at least 212 more
    /// people join (80 of 100 runs: 40 to 390); it takes off in 12 of 100 runs". Show [`Outcome::assumption`] with it: the
    /// figures are about the scenario, and say nothing of what will happen.
    pub fn words(&self) -> String {
        let runs = thousands(self.joined.len() as u64);
        let figure = |n: u32| thousands(u64::from(n));
        let half = match self.median {
            0 => "half of the time or more nobody else joins".to_owned(),
            1 => "half of the time at least 1 more person joins".to_owned(),
            n => format!("half of the time at least {} more people join", figure(n)),
        };
        let between = if self.low == self.high {
            figure(self.low)
        } else {
            format!("{} to {}", figure(self.low), figure(self.high))
        };
        format!(
            "In {runs} runs of this scenario {half} (80 of 100 runs: {between}); {}",
            self.take_off_words()
        )
    }

    /// How often it takes off: "it takes off in 12 of 100 runs".
    fn take_off_words(&self) -> String {
        let runs = self.joined.len().max(1) as u64;
        let per_100 = (u64::from(self.took_off) * 100 + runs / 2) / runs;
        match (self.took_off, per_100) {
            (0, _) => "it never takes off".to_owned(),
            (_, 0) => "it takes off in fewer than 1 of 100 runs".to_owned(),
            (n, 100) if u64::from(n) < runs => "it takes off in nearly all runs".to_owned(),
            (_, 100) => "it always takes off".to_owned(),
            (_, n) => format!("it takes off in {n} of 100 runs"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_active_people_or_fifteen_in_a_hundred_are_enough() {
        // 15 % of 13 is 1.95, of 14 it is 2.1: three from there on.
        for (connections, enough) in [
            (1, 2),
            (2, 2),
            (13, 2),
            (14, 3),
            (20, 3),
            (21, 4),
            (100, 15),
        ] {
            assert_eq!(needs(connections), enough, "{connections} connections");
        }
    }

    #[test]
    fn draws_are_spread_evenly_and_a_tie_draws_the_same_from_both_ends() {
        let key = mixed(5);
        let n = 40_000u32;
        let below = (0..n).filter(|&i| draw(key, i, i + 7) < (0.3 * DRAWS) as u32);
        // Standard error of a share of 0.3 among 40,000: 0.0023.
        let share = below.count() as f64 / f64::from(n);
        assert!((share - 0.3).abs() < 4.0 * 0.0023, "{share}");
        assert_eq!(draw(key, 3, 9), draw(key, 9, 3));
        assert_ne!(draw(key, 3, 9), draw(mixed(6), 3, 9));
    }
}
