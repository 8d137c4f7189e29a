//! Finds the person who adds most to a set, again and again, without looking at everybody's ties each time.

use super::audience::Audience;
use super::objective::Objective;
use super::touches::Touches;
use crate::people::PersonId;
use crate::progress::{Cancelled, Progress};

/// What a candidate may cost, and whether the gain counts for each unit of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Price {
    pub(super) most: f64,
    pub(super) by_cost: bool,
}

impl Price {
    /// People are counted, not paid.
    pub(super) const ANY: Self = Self {
        most: f64::INFINITY,
        by_cost: false,
    };
}

/// A person and what they would add.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Candidate {
    pub(super) person: PersonId,
    pub(super) gain: f64,
    /// What candidates are ordered by: the gain, or the gain for each unit of cost.
    pub(super) rate: f64,
}

impl Candidate {
    /// Whether this one comes before `other`: more for its cost, then the smaller number.
    fn is_before(&self, other: &Self) -> bool {
        let order = other.rate.total_cmp(&self.rate);
        order.then(self.person.cmp(&other.person)).is_lt()
    }
}

/// Where no community counts, nothing is kept.
const NO_SLOT: u32 = u32::MAX;
/// Candidates between two looks at how good the best one is by now.
const BLOCK: usize = 256;
/// Whoever costs nothing counts as costing this: the gain then decides among those.
const LEAST_COST: f64 = 1e-9;
/// Bounds are rounded: they bound only with this to spare.
const SLACK: f64 = 1.0 + 1e-9;

/// A set of people on one audience, and for each person how many people of each community they would touch for the first
/// time, for the second, and so on.
///
/// Memory O(m + communities a person is tied to, added up). Adding or removing a person costs O(connections of their
/// connections); finding the best candidate O(candidates), and O(communities touched) for those who may be it.
#[derive(Debug, Clone)]
pub(super) struct Search<'a> {
    audience: &'a Audience,
    pub(super) touches: Touches,
    m: usize,
    /// Where the slots of each person begin.
    offsets: Vec<u32>,
    /// The community of each slot.
    community: Vec<u32>,
    /// For each slot, the neighbours in its community who count and are touched 0, 1 … m−1 times.
    people: Vec<u32>,
    /// For each end of a tie: the slot of the neighbour in which this person stands.
    slot_at: Vec<u32>,
    /// Whom a plan may pick, most connections first, then by number.
    candidates: Vec<u32>,
    /// Where each person stands among the candidates; behind all of them for others.
    rank: Vec<u32>,
    /// For each candidate, the sum of `people` over their slots; at the end a place that nobody reads.
    sums: Vec<u32>,
    /// The set.
    set: Vec<PersonId>,
}

impl<'a> Search<'a> {
    /// Nobody chosen. O(n log n + m).
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub(super) fn new(
        audience: &'a Audience,
        objective: &Objective,
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let ties = &*audience.ties;
        let n = ties.n_people();
        let mut candidates: Vec<u32> = (0..n as u32)
            .filter(|i| audience.eligible[*i as usize])
            .collect();
        candidates.sort_by_key(|i| std::cmp::Reverse(ties.connections(*i as usize)));
        let mut rank = vec![candidates.len() as u32; n];
        for (at, &i) in candidates.iter().enumerate() {
            rank[i as usize] = at as u32;
        }
        let m = audience.touchpoints as usize;
        let mut search = Self {
            audience,
            touches: Touches::new(audience),
            m,
            sums: vec![0; (candidates.len() + 1) * m],
            rank,
            set: Vec::new(),
            offsets: vec![0],
            community: Vec::new(),
            people: Vec::new(),
            slot_at: vec![NO_SLOT; ties.neighbours.len()],
            candidates,
        };
        progress.check()?;
        search.make_slots(objective, progress)?;
        Ok(search)
    }

    fn make_slots(&mut self, objective: &Objective, progress: &Progress) -> Result<(), Cancelled> {
        let ties = &*self.audience.ties;
        let n = ties.n_people();
        // People come in order, so that of each row the ends are reached one after the other.
        let mut next: Vec<u32> = ties.offsets.clone();
        let mut slot_of = vec![NO_SLOT; self.audience.weight.len()];
        for i in 0..n {
            if i.is_multiple_of(1 << 13) {
                progress.check()?;
            }
            let first = self.community.len();
            for &j in ties.row(i).0 {
                let c = self.audience.community[j as usize];
                let at = next[j as usize] as usize;
                next[j as usize] += 1;
                if !objective.counts(c) {
                    continue;
                }
                let slot = &mut slot_of[c as usize];
                if *slot == NO_SLOT {
                    *slot = self.community.len() as u32;
                    self.community.push(c);
                }
                self.slot_at[at] = *slot;
            }
            for c in &self.community[first..] {
                slot_of[*c as usize] = NO_SLOT;
            }
            self.offsets.push(self.community.len() as u32);
        }
        self.people = vec![0; self.community.len() * self.m];
        for j in 0..n {
            if j.is_multiple_of(1 << 13) {
                progress.check()?;
            }
            if self.counts(j) {
                self.shift(j, None, Some(self.touches.times[j]));
            }
        }
        Ok(())
    }

    /// Whether it counts that `j` is touched.
    fn counts(&self, j: usize) -> bool {
        !self.touches.chosen[j] && !self.audience.lit[j]
    }

    /// Tells the neighbours of `j` that `j` is touched `after` times instead of `before`; `None`: does not count.
    fn shift(&mut self, j: usize, before: Option<u32>, after: Option<u32>) {
        let m = self.m;
        let ties = &*self.audience.ties;
        let step = |times: Option<u32>| times.map(|t| t as usize).filter(|t| *t < m);
        let (before, after) = (step(before), step(after));
        if before.is_none() && after.is_none() {
            return;
        }
        let ends = ties.offsets[j] as usize..ties.offsets[j + 1] as usize;
        for (&slot, &i) in self.slot_at[ends.clone()]
            .iter()
            .zip(&ties.neighbours[ends])
        {
            if slot == NO_SLOT {
                return; // the community of `j` does not count, for any neighbour
            }
            let (slot, sum) = (slot as usize * m, self.rank[i as usize] as usize * m);
            if let Some(t) = before {
                self.people[slot + t] -= 1;
                self.sums[sum + t] = self.sums[sum + t].wrapping_sub(1);
            }
            if let Some(t) = after {
                self.people[slot + t] += 1;
                self.sums[sum + t] = self.sums[sum + t].wrapping_add(1);
            }
        }
    }

    /// Puts `person` into the set.
    pub(super) fn add(&mut self, person: PersonId) {
        let (audience, i) = (self.audience, person.index());
        if self.touches.has(person) || audience.lit[i] {
            return;
        }
        self.shift(i, Some(self.touches.times[i]), None);
        for &j in audience.ties.row(i).0 {
            let j = j as usize;
            if self.counts(j) {
                let times = self.touches.times[j];
                self.shift(j, Some(times), Some(times + 1));
            }
        }
        self.touches.add(audience, person);
        self.set.push(person);
    }

    /// Takes `person` out of the set.
    pub(super) fn remove(&mut self, person: PersonId) {
        let (audience, i) = (self.audience, person.index());
        if !self.touches.has(person) {
            return;
        }
        self.touches.remove(audience, person);
        self.set.retain(|p| *p != person);
        for &j in audience.ties.row(i).0 {
            let j = j as usize;
            // `person` counts again, but nobody has been told so yet.
            if self.counts(j) {
                let times = self.touches.times[j];
                self.shift(j, Some(times + 1), Some(times));
            }
        }
        self.shift(i, None, Some(self.touches.times[i]));
    }

    /// Makes the set `people`.
    pub(super) fn become_set(&mut self, people: &[PersonId]) {
        for person in self.set.clone() {
            if !people.contains(&person) {
                self.remove(person);
            }
        }
        for person in people {
            self.add(*person);
        }
    }

    /// What `person`, who is not in the set, would add.
    pub(super) fn gain(&self, objective: &Objective, person: PersonId) -> f64 {
        let i = person.index();
        let own = self.audience.community[i];
        let times = self.touches.times[i];
        let mut gain = 0.0;
        let mut at_home = false;
        for (c, people) in self.slots(i) {
            let leaves = (c == own).then_some(times);
            at_home |= leaves.is_some();
            gain += objective.gain(c, people, leaves);
        }
        if !at_home && objective.counts(own) {
            gain += objective.gain(own, &[], Some(times));
        }
        gain
    }

    fn slots(&self, i: usize) -> impl Iterator<Item = (u32, &[u32])> {
        let range = self.offsets[i] as usize..self.offsets[i + 1] as usize;
        let people = self.people[range.start * self.m..range.end * self.m].chunks_exact(self.m);
        self.community[range].iter().copied().zip(people)
    }

    /// The `n` candidates that add most, best first, within `price`. Those who would add nothing are
    /// among them where there are no others.
    pub(super) fn best(&self, objective: &Objective, n: usize, price: Price) -> Vec<Candidate> {
        let cheapest = if price.by_cost {
            (self.audience.cost.iter().copied())
                .fold(f64::INFINITY, f64::min)
                .max(LEAST_COST)
        } else {
            1.0
        };
        let mut best: Vec<Candidate> = Vec::with_capacity(n + 1);
        let mut bar = f64::NEG_INFINITY;
        let sums = self.sums.chunks_exact(self.m);
        for (at, (&i, sums)) in self.candidates.iter().zip(sums).enumerate() {
            if at.is_multiple_of(BLOCK) {
                let most = self.audience.ties.connections(i as usize);
                if objective.bound_for(most) * SLACK < bar * cheapest {
                    break;
                }
            }
            let person = PersonId(i);
            let cost = self.audience.cost_of(person);
            let unit = if price.by_cost {
                cost.max(LEAST_COST)
            } else {
                1.0
            };
            // From cheap to dear: hardly anybody comes through the first of these.
            if objective.bound_of_sums(sums) * SLACK < bar * unit
                || self.touches.chosen[i as usize]
                || cost > price.most
                || self.bound(objective, i as usize) * SLACK < bar * unit
            {
                continue;
            }
            let gain = self.gain(objective, person);
            keep(
                &mut best,
                Candidate {
                    person,
                    gain,
                    rate: gain / unit,
                },
                n,
            );
            if let Some(last) = best.get(n - 1) {
                bar = last.rate;
            }
        }
        best
    }

    /// No more than this is added by person `i`.
    fn bound(&self, objective: &Objective, i: usize) -> f64 {
        let slots = self.slots(i);
        slots.map(|(c, people)| objective.bound(c, people)).sum()
    }
}

/// Puts `new` in its place among the `n` best.
fn keep(best: &mut Vec<Candidate>, new: Candidate, n: usize) {
    let at = best.partition_point(|c| c.is_before(&new));
    if at < n {
        best.insert(at, new);
        best.truncate(n);
    }
}
