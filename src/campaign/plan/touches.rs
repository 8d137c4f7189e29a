//! Who is touched how often by a set of people: kept up to date as the set changes.

use super::audience::Audience;
use crate::people::PersonId;

/// How many people are touched. People of the set, and those contacted already, are not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Touched {
    /// By nobody.
    pub not: u32,
    /// At least once, but not often enough.
    pub some: u32,
    /// By at least as many as asked for.
    pub enough: u32,
}

impl Touched {
    /// Touched at least once.
    pub fn touched(self) -> u32 {
        self.some + self.enough
    }

    /// Everybody counted.
    pub fn people(self) -> u32 {
        self.not + self.touched()
    }
}

impl std::ops::Add for Touched {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            not: self.not + other.not,
            some: self.some + other.some,
            enough: self.enough + other.enough,
        }
    }
}

/// A set of people and whom it touches.
///
/// Adding or removing a person costs O(their connections); everything else is read off.
#[derive(Debug, Clone, PartialEq)]
pub struct Touches {
    /// τ: people of the set, or contacted already, whom each person is tied to.
    pub(super) times: Vec<u32>,
    /// Who is in the set.
    pub(super) chosen: Vec<bool>,
    /// People of each community who are touched 0, 1 … m−1 times, and m times or more: m + 1 numbers a community.
    pub(super) people: Vec<u32>,
    n_chosen: usize,
}

impl Touches {
    /// Nobody chosen; those contacted already touch. O(n + their connections).
    pub fn new(audience: &Audience) -> Self {
        let n = audience.community.len();
        let steps = audience.touchpoints as usize + 1;
        let mut touches = Self {
            times: vec![0; n],
            chosen: vec![false; n],
            people: vec![0; audience.weight.len() * steps],
            n_chosen: 0,
        };
        for (i, _) in audience.lit.iter().enumerate().filter(|(_, lit)| **lit) {
            for &j in audience.ties.row(i).0 {
                touches.times[j as usize] += 1;
            }
        }
        for (i, &c) in audience.community.iter().enumerate() {
            if !audience.lit[i] {
                let at = place(audience, c, touches.times[i]);
                touches.people[at] += 1;
            }
        }
        touches
    }

    /// Whether `person` is in the set.
    pub fn has(&self, person: PersonId) -> bool {
        self.chosen.get(person.index()).copied().unwrap_or(false)
    }

    /// People in the set.
    pub fn len(&self) -> usize {
        self.n_chosen
    }

    /// Nobody is in the set.
    pub fn is_empty(&self) -> bool {
        self.n_chosen == 0
    }

    /// How often `person` is touched.
    pub fn of(&self, person: PersonId) -> u32 {
        self.times.get(person.index()).copied().unwrap_or(0)
    }

    /// Puts `person` into the set; whoever is in it, or was contacted already, changes nothing.
    pub fn add(&mut self, audience: &Audience, person: PersonId) {
        let i = person.index();
        if i >= self.chosen.len() || self.chosen[i] || audience.lit[i] {
            return;
        }
        self.chosen[i] = true;
        self.n_chosen += 1;
        let own = place(audience, audience.community[i], self.times[i]);
        self.people[own] -= 1;
        for &j in audience.ties.row(i).0 {
            self.touch(audience, j as usize, true);
        }
    }

    /// Takes `person` out of the set.
    pub fn remove(&mut self, audience: &Audience, person: PersonId) {
        let i = person.index();
        if !self.has(person) {
            return;
        }
        self.chosen[i] = false;
        self.n_chosen -= 1;
        let own = place(audience, audience.community[i], self.times[i]);
        self.people[own] += 1;
        for &j in audience.ties.row(i).0 {
            self.touch(audience, j as usize, false);
        }
    }

    fn touch(&mut self, audience: &Audience, j: usize, more: bool) {
        let before = self.times[j];
        let after = if more { before + 1 } else { before - 1 };
        self.times[j] = after;
        if self.chosen[j] || audience.lit[j] {
            return;
        }
        let c = audience.community[j];
        let (from, to) = (place(audience, c, before), place(audience, c, after));
        self.people[from] -= 1;
        self.people[to] += 1;
    }

    /// The people of community `c`; of people without ties for [`Audience::n_communities`].
    pub fn in_community(&self, audience: &Audience, c: usize) -> Touched {
        let steps = audience.touchpoints as usize + 1;
        match self.people.get(c * steps..(c + 1) * steps) {
            Some([not, some @ .., enough]) => Touched {
                not: *not,
                some: some.iter().sum(),
                enough: *enough,
            },
            _ => Touched::default(),
        }
    }

    /// Everybody, small groups and people without ties included. O(communities).
    pub fn total(&self, audience: &Audience) -> Touched {
        let all = (0..audience.weight.len()).map(|c| self.in_community(audience, c));
        all.fold(Touched::default(), std::ops::Add::add)
    }

    /// F: what the plan is worth, `Σ_c ω_c · n_c · (T_c/n_c)^β`. O(communities).
    pub fn worth(&self, audience: &Audience) -> f64 {
        let communities = audience.weight.iter().zip(&audience.members).enumerate();
        let worth = communities.map(|(c, (weight, members))| {
            let enough = self.in_community(audience, c).enough;
            if enough == 0 || *weight <= 0.0 {
                return 0.0;
            }
            let n = f64::from(*members);
            weight * n * libm::pow(f64::from(enough) / n, audience.spread)
        });
        worth.sum()
    }
}

/// Where people of community `c` who are touched `times` are counted.
fn place(audience: &Audience, c: u32, times: u32) -> usize {
    let m = audience.touchpoints;
    c as usize * (m as usize + 1) + times.min(m) as usize
}
