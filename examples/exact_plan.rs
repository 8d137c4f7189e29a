//! The best plan of five people there is, by trying every set that could beat the planner's: for graphs of a few hundred people.
//!
//! `exact_plan FILE…` prints the worth of the planner's five, of the best five, and the share. Sets are tried three people deep;
//! of the pairs that complete them only those are looked at closely that could be better: a pair brings at most the people
//! whom one of the two completes and those whom both touch, and nobody can be worth more than where the people touched are
//! spread over the communities in proportion to their size.

use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;

use isthmus::campaign::Campaign;
use isthmus::campaign::plan::{Audience, Limit, PlanSettings, Touches, plan};
use isthmus::people::PersonId;
use isthmus::progress::Progress;
use isthmus::session::{self, WalkSettings};
use rayon::prelude::*;

/// People of a plan; the last two are tried as pairs.
const K: u32 = 5;

struct Exact<'a> {
    audience: &'a Audience,
    /// Whom a plan may pick, most connections first.
    candidates: Vec<PersonId>,
    /// People whom both candidates of a pair are tied to, and who count.
    both: Vec<Vec<u16>>,
    /// People who count.
    people: f64,
}

impl<'a> Exact<'a> {
    fn new(audience: &'a Audience) -> Self {
        let counts = |j: u32| audience.weight[audience.community[j as usize] as usize] > 0.0;
        let n = audience.community.len() as u32;
        let mut candidates: Vec<PersonId> = (0..n)
            .map(PersonId)
            .filter(|p| audience.eligible[p.index()])
            .collect();
        candidates.sort_by_key(|p| std::cmp::Reverse(audience.ties.connections(p.index())));
        let row = |p: &PersonId| audience.ties.row(p.index()).0;
        let both = candidates.iter().map(|a| {
            let in_both = |b: &PersonId| {
                let others = row(b).iter();
                let common = others.filter(|j| counts(**j) && row(a).binary_search(j).is_ok());
                common.count() as u16
            };
            candidates.iter().map(in_both).collect()
        });
        Self {
            audience,
            both: both.collect(),
            people: (0..n).filter(|j| counts(*j)).count() as f64,
            candidates,
        }
    }

    /// So many people have to be touched enough for a worth of `worth`, however they are spread.
    fn needed(&self, worth: f64) -> f64 {
        self.people * libm::pow(worth / self.people, 1.0 / self.audience.spread)
    }

    /// The best worth above `known`, or `known`.
    fn best(&self, known: f64) -> f64 {
        let firsts = (0..self.candidates.len()).into_par_iter();
        let bests = firsts.map(|a| {
            let mut best = known;
            let mut touches = Touches::new(self.audience);
            touches.add(self.audience, self.candidates[a]);
            for b in a + 1..self.candidates.len() {
                touches.add(self.audience, self.candidates[b]);
                for c in b + 1..self.candidates.len() {
                    touches.add(self.audience, self.candidates[c]);
                    self.complete(&mut touches, c + 1, &mut best);
                    touches.remove(self.audience, self.candidates[c]);
                }
                touches.remove(self.audience, self.candidates[b]);
            }
            best
        });
        bests.reduce(|| known, f64::max)
    }

    /// Tries every pair from place `from` on that could make `touches` better than `best`.
    fn complete(&self, touches: &mut Touches, from: usize, best: &mut f64) {
        let audience = self.audience;
        *best = best.max(touches.worth(audience));
        let enough = f64::from(touches.total(audience).enough);
        let missing = (self.needed(*best) - enough - 1e-6).max(0.0) as u16;
        // Whom one of a pair would complete alone.
        let completes: Vec<u16> = (self.candidates[from..].iter())
            .map(|p| {
                let others = audience.ties.row(p.index()).0.iter();
                let last = others.filter(|j| touches.of(PersonId(**j)) + 1 == audience.touchpoints);
                last.count() as u16
            })
            .collect();
        for (x, one) in completes.iter().enumerate() {
            let both = &self.both[from + x][from..];
            for y in x + 1..completes.len() {
                if one + completes[y] + both[y] <= missing {
                    continue;
                }
                let pair = [self.candidates[from + x], self.candidates[from + y]];
                for person in pair {
                    touches.add(audience, person);
                }
                *best = best.max(touches.worth(audience));
                for person in pair {
                    touches.remove(audience, person);
                }
            }
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let progress = Progress::new();
    let settings = WalkSettings::default();
    let sources = isthmus::files::read_all(&paths)?;
    let conversation = session::read(&sources, &settings.import, &progress)?;
    let results = session::analyse(&Arc::new(conversation), &settings, &progress)?;
    let campaign = Campaign {
        plan: PlanSettings {
            limit: Limit::People(K),
            ..PlanSettings::default()
        },
        ..Campaign::default()
    };
    let audience = Audience::new(&results.graph, &results.analysis, &campaign);
    let ours = plan(&audience, &progress)?.worth;
    let best = Exact::new(&audience).best(ours);
    println!("{ours:.6}\t{best:.6}\t{:.4}", ours / best);
    Ok(())
}
