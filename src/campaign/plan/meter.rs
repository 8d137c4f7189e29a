//! The touchpoint meter: what the list brings while it is edited by hand, and who would add most to it.

use std::sync::Arc;

use rayon::prelude::*;

use super::audience::Audience;
use super::objective::Objective;
use super::touches::Touches;
use crate::people::PersonId;
use crate::progress::{Cancelled, Progress};

/// Candidates between two looks at how good the best ones are by now.
const BLOCK: usize = 2048;
/// Candidates that one thread looks at at a time.
const PIECE: usize = 256;

/// Somebody who would add to the list.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Choice {
    /// Who.
    pub person: PersonId,
    /// By how many more people are touched often enough; negative where whoever is picked leaves those counted.
    pub enough: i64,
    /// People touched for the first time.
    pub first: u32,
    /// By how much the worth of the list grows, first touches counted as a thousandth.
    pub gain: f64,
}

/// One person of the list for another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Swap {
    /// Who is on the list.
    pub out: PersonId,
    /// Who would do better.
    pub new: PersonId,
    /// By how many more people are touched often enough.
    pub enough: i64,
    /// By how much the worth of the list grows; > 0.
    pub gain: f64,
}

/// A list and whom it touches, kept up to date edit by edit.
///
/// An edit costs O(connections of whoever comes or goes). Memory O(n).
#[derive(Debug, Clone)]
pub struct Meter {
    audience: Arc<Audience>,
    touches: Touches,
    people: Vec<PersonId>,
    /// Whom a plan may pick, most connections first, then by number.
    candidates: Arc<Vec<u32>>,
}

/// Counts while one candidate is looked at: people of each community touched 0, 1 … m−1 times.
struct Scratch {
    people: Vec<u32>,
    seen: Vec<u32>,
}

impl Meter {
    /// An empty list. O(n log n).
    pub fn new(audience: Arc<Audience>) -> Self {
        let n = audience.community.len() as u32;
        let mut candidates: Vec<u32> = (0..n).filter(|i| audience.eligible[*i as usize]).collect();
        candidates.sort_by_key(|i| std::cmp::Reverse(audience.ties.connections(*i as usize)));
        Self {
            touches: Touches::new(&audience),
            people: Vec::new(),
            candidates: Arc::new(candidates),
            audience,
        }
    }

    /// What is asked.
    pub fn audience(&self) -> &Arc<Audience> {
        &self.audience
    }

    /// Whom the list touches.
    pub fn touches(&self) -> &Touches {
        &self.touches
    }

    /// The list, in order.
    pub fn people(&self) -> &[PersonId] {
        &self.people
    }

    /// The list is now `people`: those who came and went are counted.
    pub fn set(&mut self, people: &[PersonId]) {
        if self.people == people {
            return;
        }
        let mut wanted = people.to_vec();
        wanted.sort_unstable();
        for person in std::mem::take(&mut self.people) {
            if wanted.binary_search(&person).is_err() {
                self.touches.remove(&self.audience, person);
            }
        }
        for person in people {
            self.touches.add(&self.audience, *person);
        }
        self.people = people.to_vec();
    }

    /// The `n` people who would add most, best first; nobody who adds nothing at all. `but`: not these.
    ///
    /// # Errors
    /// [`Cancelled`] only.
    /// # Cost
    /// O(ties of those with most connections), O(m) at worst, on all cores.
    pub fn next_best(
        &self,
        n: usize,
        but: &[PersonId],
        progress: &Progress,
    ) -> Result<Vec<Choice>, Cancelled> {
        let mut objective = self.objective();
        objective.look(&self.touches);
        self.best(&objective, (n, but), progress)
    }

    fn objective(&self) -> Objective {
        Objective::aim_and_surrogate(&self.audience, 1.0 / f64::from(self.audience.touchpoints))
    }

    fn best(
        &self,
        objective: &Objective,
        (n, but): (usize, &[PersonId]),
        progress: &Progress,
    ) -> Result<Vec<Choice>, Cancelled> {
        let mut best: Vec<Choice> = Vec::new();
        for block in self.candidates.chunks(BLOCK) {
            progress.check()?;
            let most = block
                .first()
                .map_or(0, |i| self.audience.ties.connections(*i as usize));
            let bar = best.get(n.wrapping_sub(1)).map_or(0.0, |c| c.gain);
            if objective.bound_for(most) * (1.0 + 1e-9) < bar {
                break;
            }
            let found: Vec<Vec<Choice>> = block
                .par_chunks(PIECE)
                .map_init(
                    || self.scratch(),
                    |scratch, piece| {
                        let free = piece.iter().map(|i| PersonId(*i));
                        let free = free.filter(|p| !self.touches.has(*p) && !but.contains(p));
                        let choices = free.map(|p| self.choice(objective, p, scratch));
                        choices.filter(|c| c.gain > bar).collect()
                    },
                )
                .collect();
            best.extend(found.into_iter().flatten());
            best.sort_by(|a, b| b.gain.total_cmp(&a.gain).then(a.person.cmp(&b.person)));
            best.truncate(n);
        }
        Ok(best)
    }

    fn scratch(&self) -> Scratch {
        let m = self.audience.touchpoints as usize;
        Scratch {
            people: vec![0; self.audience.weight.len() * m],
            seen: Vec::new(),
        }
    }

    /// What `person`, who is not on the list, would add.
    fn choice(&self, objective: &Objective, person: PersonId, scratch: &mut Scratch) -> Choice {
        let audience = &*self.audience;
        let m = audience.touchpoints as usize;
        let i = person.index();
        let (mut first, mut enough) = (0, 0i64);
        for &j in audience.ties.row(i).0 {
            let j = j as usize;
            let times = self.touches.times[j] as usize;
            if times >= m || self.touches.chosen[j] || audience.lit[j] {
                continue;
            }
            first += u32::from(times == 0);
            enough += i64::from(times + 1 == m);
            let c = audience.community[j];
            let people = &mut scratch.people[c as usize * m..(c as usize + 1) * m];
            if people.iter().all(|n| *n == 0) {
                scratch.seen.push(c);
            }
            people[times] += 1;
        }
        let (own, times) = (audience.community[i], self.touches.times[i]);
        enough -= i64::from(times as usize >= m);
        if !scratch.seen.contains(&own) {
            scratch.seen.push(own);
        }
        let mut gain = 0.0;
        for c in scratch.seen.drain(..) {
            let people = &mut scratch.people[c as usize * m..(c as usize + 1) * m];
            if objective.counts(c) {
                gain += objective.gain(c, people, (c == own).then_some(times));
            }
            people.fill(0);
        }
        Choice {
            person,
            enough,
            first,
            gain,
        }
    }

    /// Who could stand in for `out`, who declined: the `n` people who add most to the rest of the list.
    ///
    /// # Errors
    /// [`Cancelled`] only.
    /// # Cost
    /// As [`Meter::next_best`].
    pub fn alternatives(
        &self,
        out: PersonId,
        n: usize,
        progress: &Progress,
    ) -> Result<Vec<Choice>, Cancelled> {
        let mut without = self.clone();
        let rest: Vec<PersonId> = self.people.iter().copied().filter(|p| *p != out).collect();
        without.set(&rest);
        without.next_best(n, &[out], progress)
    }

    /// The `n` swaps that help the list most, best first, each of another person of the list.
    ///
    /// # Errors
    /// [`Cancelled`] only.
    /// # Cost
    /// As [`Meter::next_best`], for each person of the list.
    pub fn swaps(&self, n: usize, progress: &Progress) -> Result<Vec<Swap>, Cancelled> {
        let mut meter = self.clone();
        let mut objective = self.objective();
        let mut swaps = Vec::new();
        for &out in &self.people {
            if !self.touches.has(out) || self.audience.pinned.contains(&out) {
                continue;
            }
            meter.touches.remove(&self.audience, out);
            objective.look(&meter.touches);
            let own = meter.choice(&objective, out, &mut meter.scratch());
            let best = meter.best(&objective, (1, &[out]), progress)?;
            if let Some(new) = best.first().filter(|c| c.gain > own.gain + 1e-9) {
                swaps.push(Swap {
                    out,
                    new: new.person,
                    enough: new.enough - own.enough,
                    gain: new.gain - own.gain,
                });
            }
            meter.touches.add(&self.audience, out);
        }
        swaps.sort_by(|a, b| b.gain.total_cmp(&a.gain).then(a.out.cmp(&b.out)));
        swaps.truncate(n);
        Ok(swaps)
    }
}
