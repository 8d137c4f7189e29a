//! The people who together give as many others as possible enough touches: greedy searches, then swaps.
//!
//! For the true aim alone a first touch is worth nothing, so that a greedy search for it would begin blindly. So three greedy
//! searches follow surrogates in which the first touches count much, less, and hardly; the best set by the true aim is
//! improved by swaps. A plan for k people begins from the one for k − 1 too, and is never worse.

use super::audience::Audience;
use super::objective::Objective;
use super::search::{Candidate, Price, Search};
use super::settings::Limit;
use crate::people::PersonId;
use crate::progress::{Cancelled, Progress, Stage};

/// How much the first touches count in the three surrogates, as a share of 1/m.
const FIRST_TOUCH: [f64; 3] = [1.0, 0.6, 0.0];
/// Instead of nothing at all: decides among equals.
const HARDLY: f64 = 1e-6;
/// Rounds of swaps at most.
const ROUNDS: usize = 5;
/// Of longer plans, only those who are needed least are tried, at most so many.
const SWAPPED: usize = 64;
/// Up to so many people, the best greedy search is improved by swaps as well as the plan that grew from a shorter one.
const TWO_WAYS: usize = 24;
/// So many different people are tried as the first one…
const FIRST_PEOPLE: usize = 64;
/// …of plans of so many people at most: in short plans the first person decides most.
const SHORT: usize = 8;
/// A swap has to add more than this share: rounding is no reason.
const WORTH_IT: f64 = 1e-9;

/// A set of people and its worth, by the true aim and by the aim that also looks at first touches.
#[derive(Debug, Clone, Default)]
struct Found {
    people: Vec<PersonId>,
    worth: f64,
    finer: f64,
}

impl Found {
    /// Whether this is better than `other`.
    fn beats(&self, other: &Self) -> bool {
        let by = self.worth.total_cmp(&other.worth);
        by.then(self.finer.total_cmp(&other.finer)).is_gt()
    }

    /// The better one; the first of equals.
    fn or(self, other: Self) -> Self {
        if other.beats(&self) { other } else { self }
    }
}

/// The best people to ask, as far as a search of seconds finds them; who must be in is in. Fewer than the limit where more would
/// only take away.
///
/// # Errors
/// [`Cancelled`] only.
///
/// # Cost
/// k people: three greedy searches of k steps and about k²/2 tries of a swap; see [`Search`] for what one costs. Memory O(m).
///
/// # Source
/// The aim and the surrogates: `touches` and `objective`. Greedy with swaps after Nemhauser, Wolsey & Fisher, *An analysis of
/// approximations for maximizing submodular set functions*, Math. Programming 14 (1978); for m ≥ 2 the aim is not submodular,
/// and there is no guarantee.
pub(super) fn best_people(
    audience: &Audience,
    progress: &Progress,
) -> Result<Vec<PersonId>, Cancelled> {
    let mut planner = Planner::new(audience, progress)?;
    let found = match audience.limit {
        Limit::People(_) => planner.by_number()?,
        Limit::Budget(budget) => planner.by_budget(budget)?,
    };
    Ok(planner.in_order(&found.people))
}

struct Planner<'a> {
    audience: &'a Audience,
    progress: &'a Progress,
    search: Search<'a>,
    aim: Objective,
    finer: Objective,
    surrogates: Vec<Objective>,
}

impl<'a> Planner<'a> {
    fn new(audience: &'a Audience, progress: &'a Progress) -> Result<Self, Cancelled> {
        // A step of each greedy search, then one of the plan.
        let steps = audience.most_people() * (FIRST_TOUCH.len() + 1);
        progress.begin(Stage::Plan, steps as u64)?;
        let per_touch = 1.0 / f64::from(audience.touchpoints);
        let aim = Objective::aim(audience);
        Ok(Self {
            search: Search::new(audience, &aim, progress)?,
            aim,
            finer: Objective::aim_and_surrogate(audience, per_touch),
            surrogates: (FIRST_TOUCH.iter())
                .map(|share| Objective::surrogate(audience, (share * per_touch).max(HARDLY)))
                .collect(),
            audience,
            progress,
        })
    }

    /// The set as it stands, valued.
    fn found(&mut self, people: Vec<PersonId>) -> Found {
        self.search.become_set(&people);
        self.aim.look(&self.search.touches);
        self.finer.look(&self.search.touches);
        Found {
            worth: self.aim.worth(),
            finer: self.finer.worth(),
            people,
        }
    }

    /// As many people as asked for.
    fn by_number(&mut self) -> Result<Found, Cancelled> {
        let most = self.audience.most_people();
        let pinned: Vec<PersonId> = self.audience.pinned.iter().copied().take(most).collect();
        let mut greedy = Vec::new();
        for surrogate in 0..self.surrogates.len() {
            greedy.push(self.greedy(surrogate, &pinned, most)?);
        }
        let short = self.led_by_each(&pinned, most)?;
        let mut plan = self.found(pinned.clone());
        for k in pinned.len() + 1..=most {
            let longer = self.one_more(&plan);
            if longer.people.len() == plan.people.len() && greedy.iter().all(|g| g.len() < k) {
                break; // nobody is left
            }
            let mut starts = Found::default();
            let of_k = |people: &Vec<PersonId>| people.get(..k).map(<[PersonId]>::to_vec);
            for people in greedy.iter().chain(&short).filter_map(of_k) {
                starts = starts.or(self.found(people));
            }
            let grown = self.improved(longer.clone(), f64::INFINITY)?;
            // Equal worth: the longer set, which leaves no wish unfulfilled.
            let mut best = grown.or(longer);
            if best.worth < plan.worth {
                best = plan;
            }
            if k <= TWO_WAYS {
                let other = self.improved(starts.clone(), f64::INFINITY)?;
                best = best.or(other);
            }
            plan = best.or(starts);
            self.progress.advance(1)?;
        }
        Ok(plan)
    }

    /// `from` with the person who adds most, even where that is less than nothing; `from` where nobody is left.
    fn one_more(&mut self, from: &Found) -> Found {
        let mut people = from.people.clone();
        self.search.become_set(&people);
        self.finer.look(&self.search.touches);
        let next = self.search.best(&self.finer, 1, Price::ANY);
        people.extend(next.first().map(|c| c.person));
        self.found(people)
    }

    /// The people a surrogate picks one after the other, `pinned` first.
    fn greedy(
        &mut self,
        surrogate: usize,
        pinned: &[PersonId],
        most: usize,
    ) -> Result<Vec<PersonId>, Cancelled> {
        let mut people = pinned.to_vec();
        self.search.become_set(&people);
        while people.len() < most {
            self.progress.advance(1)?;
            let Some(next) = self.next_of(surrogate, Price::ANY) else {
                break;
            };
            self.search.add(next.person);
            people.push(next.person);
        }
        Ok(people)
    }

    /// Plans of up to [`SHORT`] people that begin with each of the best first people, and go on with whoever adds most to the
    /// true aim, or else to first touches.
    fn led_by_each(
        &mut self,
        pinned: &[PersonId],
        most: usize,
    ) -> Result<Vec<Vec<PersonId>>, Cancelled> {
        let most = most.min(SHORT);
        if pinned.len() >= most {
            return Ok(Vec::new());
        }
        self.search.become_set(pinned);
        let surrogate = &mut self.surrogates[0];
        surrogate.look(&self.search.touches);
        let firsts = self.search.best(surrogate, FIRST_PEOPLE, Price::ANY);
        let mut plans = Vec::new();
        for first in firsts {
            let mut people = pinned.to_vec();
            let mut next = Some(first);
            self.search.become_set(pinned);
            while let Some(person) = next.map(|c| c.person) {
                self.progress.check()?;
                self.search.add(person);
                people.push(person);
                self.finer.look(&self.search.touches);
                let more = people.len() < most;
                let best = more.then(|| self.search.best(&self.finer, 1, Price::ANY));
                next = best.and_then(|best| best.first().copied());
            }
            plans.push(people);
        }
        Ok(plans)
    }

    fn next_of(&mut self, surrogate: usize, price: Price) -> Option<Candidate> {
        let objective = &mut self.surrogates[surrogate];
        objective.look(&self.search.touches);
        self.search.best(objective, 1, price).first().copied()
    }

    /// Swaps people of `from` for others as long as that is better, and the costs stay within `budget`.
    fn improved(&mut self, from: Found, budget: f64) -> Result<Found, Cancelled> {
        let mut people = from.people.clone();
        self.search.become_set(&people);
        let mut spent: f64 = people.iter().map(|p| self.audience.cost_of(*p)).sum();
        for _ in 0..ROUNDS {
            let mut swapped = false;
            for at in self.least_useful(&people) {
                self.progress.check()?;
                let old = people[at];
                self.search.remove(old);
                self.finer.look(&self.search.touches);
                let own = self.search.gain(&self.finer, old);
                let old_cost = self.audience.cost_of(old);
                let price = Price {
                    most: budget - spent + old_cost,
                    by_cost: false,
                };
                let best = self.search.best(&self.finer, 1, price);
                let better = best
                    .first()
                    .filter(|c| c.gain > own + WORTH_IT * own.abs().max(1.0));
                if let Some(new) = better {
                    people[at] = new.person;
                    spent += self.audience.cost_of(new.person) - old_cost;
                    swapped = true;
                }
                self.search.add(people[at]);
            }
            if !swapped {
                break;
            }
        }
        let improved = self.found(people);
        Ok(from.or(improved))
    }

    /// The places of those who may be swapped: all who are not pinned; of more than [`SWAPPED`] those whom fewest people
    /// need for their last touch, and the fewer the longer the plan is.
    fn least_useful(&self, people: &[PersonId]) -> Vec<usize> {
        let free = |p: &PersonId| self.audience.pinned.binary_search(p).is_err();
        let mut places: Vec<usize> = (0..people.len()).filter(|at| free(&people[*at])).collect();
        if places.len() <= SWAPPED {
            return places;
        }
        let touches = &self.search.touches;
        let needed_by = |at: &usize| {
            let others = self.audience.ties.row(people[*at].index()).0.iter();
            let needs = |j: &&u32| touches.times[**j as usize] == self.audience.touchpoints;
            others.filter(needs).count()
        };
        places.sort_by_cached_key(needed_by);
        places.truncate(SWAPPED * SWAPPED / people.len());
        places.sort_unstable();
        places
    }

    /// As many people as `budget` pays for: each surrogate picks by gain, and by gain for each unit of cost.
    fn by_budget(&mut self, budget: f64) -> Result<Found, Cancelled> {
        let mut pinned = Vec::new();
        let mut left = budget;
        for &person in &self.audience.pinned {
            let cost = self.audience.cost_of(person);
            if cost <= left {
                left -= cost;
                pinned.push(person);
            }
        }
        let mut best = self.found(pinned.clone());
        for surrogate in 0..self.surrogates.len() {
            for by_cost in [true, false] {
                let spent = self.spend(surrogate, by_cost, (pinned.clone(), left))?;
                let spent = self.found(spent);
                let improved = self.improved(spent, budget)?;
                best = best.or(improved);
            }
        }
        Ok(best)
    }

    /// Adds people as long as `left` pays for anybody who adds something.
    fn spend(
        &mut self,
        surrogate: usize,
        by_cost: bool,
        (mut people, mut left): (Vec<PersonId>, f64),
    ) -> Result<Vec<PersonId>, Cancelled> {
        self.search.become_set(&people);
        while people.len() < self.audience.most_people() {
            self.progress.check()?;
            let price = Price {
                most: left,
                by_cost,
            };
            let next = self.next_of(surrogate, price).filter(|c| c.gain > 0.0);
            let Some(next) = next else {
                break;
            };
            left -= self.audience.cost_of(next.person);
            self.search.add(next.person);
            people.push(next.person);
        }
        Ok(people)
    }

    /// `people` in the order in which each adds most to those before; equals by number.
    fn in_order(&mut self, people: &[PersonId]) -> Vec<PersonId> {
        let mut left = people.to_vec();
        left.sort_unstable();
        self.search.become_set(&[]);
        let mut order = Vec::with_capacity(left.len());
        while !left.is_empty() {
            self.finer.look(&self.search.touches);
            let gains = left.iter().map(|p| self.search.gain(&self.finer, *p));
            let best = gains
                .enumerate()
                .reduce(|best, next| if next.1 > best.1 { next } else { best })
                .map_or(0, |(at, _)| at);
            let person = left.remove(best);
            self.search.add(person);
            order.push(person);
        }
        order
    }
}
