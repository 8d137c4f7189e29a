//! A layout request made safe: every number present, finite and in range.

use super::crowd::GAP;
use super::request::LayoutRequest;
use super::web::{Web, by_label};
use crate::people::Ties;
use crate::progress::{Cancelled, Progress};

/// Radius of a dot where the request gives none that makes sense.
const PLAIN_RADIUS: f32 = 1.0;
/// Largest radius that counts: a wrong number must not push everybody else off the map.
const LARGEST_RADIUS: f32 = 1000.0;
/// Range of a tie's strength that counts; `log2(1 + w)` of real data lies well within.
const STRENGTH: (f64, f64) = (1e-3, 64.0);

/// Area of the hexagon round a circle, over the square of its diameter.
const HEXAGON: f32 = 0.866_025_4;
/// Room of the smallest dots, as a share of the mean, for few and for many people: a picture of many small dots and some huge
/// ones shall be even too, and where few stand their dots shall be large.
const LEAST: [f32; 2] = [1.3, 2.2];
/// From how many people on they are many.
const MANY: usize = 5_000;
/// Share of the distance in a perfect lattice that two people keep.
const KEPT: f32 = 0.92;

/// What all parts of the layout read.
pub(super) struct Ground<'a> {
    /// Who is tied to whom.
    pub(super) ties: &'a Ties,
    /// Radius of each dot, `0.01..=1000`.
    pub(super) radius: Vec<f32>,
    /// Room that each person needs in a sea, in square map units: that of their dot, but at least that of most people.
    pub(super) room: Vec<f32>,
    /// Group of each person; `u32::MAX` where none is known.
    pub(super) group: Vec<u32>,
    /// People with ties by component, the largest component first; people in order of their numbers.
    pub(super) components: Vec<Vec<u32>>,
    /// Place of each person in its component; `u32::MAX` for people without ties.
    pub(super) local: Vec<u32>,
    /// Component of each person, numbered as in `components`.
    component: Vec<u32>,
    /// Everything random starts here.
    pub(super) seed: u64,
}

impl<'a> Ground<'a> {
    /// # Errors
    /// [`Cancelled`] only.
    pub(super) fn new(request: &'a LayoutRequest, progress: &Progress) -> Result<Self, Cancelled> {
        let ties = &*request.ties;
        let n = ties.n_people();
        let radius = (0..n).map(|i| {
            let r = request.radius.get(i).copied().unwrap_or(PLAIN_RADIUS);
            if r.is_finite() && r > 0.0 {
                r.clamp(0.01, LARGEST_RADIUS)
            } else {
                PLAIN_RADIUS
            }
        });
        let group = (0..n).map(|i| request.group.get(i).copied().unwrap_or(u32::MAX));
        // People without ties and unknown components come last, as one label that is not laid out.
        let component: Vec<u32> = (0..n)
            .map(|i| {
                let known = request
                    .component
                    .get(i)
                    .copied()
                    .filter(|&c| (c as usize) < n);
                if ties.connections(i) == 0 {
                    n as u32
                } else {
                    known.unwrap_or(0)
                }
            })
            .collect();
        progress.check()?;
        let (starts, members) = by_label(&component, n + 1);
        progress.check()?;
        let mut components: Vec<Vec<u32>> = (0..n)
            .map(|c| members[starts[c] as usize..starts[c + 1] as usize].to_vec())
            .filter(|people| !people.is_empty())
            .collect();
        components.sort_by_key(|people| std::cmp::Reverse(people.len())); // stable: equal sizes keep their order
        let (mut local, mut component) = (vec![u32::MAX; n], vec![u32::MAX; n]);
        for (c, people) in components.iter().enumerate() {
            for (k, &i) in people.iter().enumerate() {
                local[i as usize] = k as u32;
                component[i as usize] = c as u32;
            }
        }
        progress.check()?;
        let radius: Vec<f32> = radius.collect();
        Ok(Self {
            ties,
            room: rooms(&radius, &local),
            radius,
            group: group.collect(),
            components,
            local,
            component,
            seed: request.seed,
        })
    }

    /// Number of people, with and without ties.
    pub(super) fn n_people(&self) -> usize {
        self.ties.n_people()
    }

    /// Component `c` as a web; body k is its k-th person.
    pub(super) fn web(&self, c: usize, progress: &Progress) -> Result<Web, Cancelled> {
        let order: Vec<u32> = (0..self.components[c].len() as u32).collect();
        self.web_in(c, &order, progress)
    }

    /// Component `c` as a web; body k is its person number `order[k]`.
    pub(super) fn web_in(
        &self,
        c: usize,
        order: &[u32],
        progress: &Progress,
    ) -> Result<Web, Cancelled> {
        let people = &self.components[c];
        let mut place = vec![0u32; people.len()];
        for (k, &l) in order.iter().enumerate() {
            place[l as usize] = k as u32;
        }
        let row = |k: usize, thread: &mut dyn FnMut(u32, f32)| {
            let i = people[order[k] as usize] as usize;
            for (other, strength) in self.ties.of(i) {
                if self.component.get(other as usize) == Some(&(c as u32)) {
                    let l = self.local[other as usize];
                    thread(place[l as usize], plain(strength));
                }
            }
            (1.0 + self.ties.connections(i) as f32, 0.0)
        };
        Web::build(order.len(), row, progress)
    }

    /// How far from each dot's middle others shall stay, by person: its radius and half of the gap.
    pub(super) fn kept_free(&self) -> Vec<f32> {
        self.radius.iter().map(|r| r + GAP * 0.5).collect()
    }

    /// Half of the room that person `i` shall keep free of others in a sea, in map units.
    pub(super) fn reach(&self, i: usize) -> f32 {
        let own = self.radius[i] + GAP * 0.5;
        own.max(KEPT * 0.5 * (self.room[i] / HEXAGON).sqrt())
    }

    /// False where component `c` is surely no pair, star, path or ring: somebody has few connections, but not few enough.
    pub(super) fn may_have_shape(&self, c: usize) -> bool {
        let people = &self.components[c];
        let hub = people.len() - 1;
        let fits = |&i: &u32| {
            matches!(self.ties.connections(i as usize), 1 | 2)
                || self.ties.connections(i as usize) == hub
        };
        people.iter().all(fits)
    }

    /// Radii of the people of component `c`.
    pub(super) fn radii(&self, c: usize) -> Vec<f32> {
        self.components[c]
            .iter()
            .map(|&i| self.radius[i as usize])
            .collect()
    }
}

/// As [`Ground::room`] says.
fn rooms(radius: &[f32], local: &[u32]) -> Vec<f32> {
    let room = |r: f32| {
        let side = 2.0 * r + GAP;
        HEXAGON * side * side
    };
    let tied = || {
        let people = radius.iter().zip(local);
        people.filter(|(_, l)| **l != u32::MAX).map(|(&r, _)| r)
    };
    let all: f64 = tied().map(|r| f64::from(room(r))).sum();
    let n = tied().count();
    let least = LEAST[usize::from(n >= MANY)] * (all / n.max(1) as f64) as f32;
    radius.iter().map(|&r| room(r).max(least)).collect()
}

fn plain(strength: f64) -> f32 {
    if strength.is_finite() {
        strength.clamp(STRENGTH.0, STRENGTH.1) as f32
    } else {
        1.0
    }
}
