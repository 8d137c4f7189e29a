//! A layout request made safe: every number present, finite and in range.

use super::request::LayoutRequest;
use super::web::{Web, by_label};
use crate::people::Ties;

/// Radius of a dot where the request gives none that makes sense.
const PLAIN_RADIUS: f32 = 1.0;
/// Largest radius that counts: a wrong number must not push everybody else off the map.
const LARGEST_RADIUS: f32 = 1000.0;
/// Range of a tie's strength that counts; `log2(1 + w)` of real data lies well within.
const STRENGTH: (f64, f64) = (1e-3, 64.0);

/// What all parts of the layout read.
pub(super) struct Ground<'a> {
    /// Who is tied to whom.
    pub(super) ties: &'a Ties,
    /// Radius of each dot, `0.01..=1000`.
    pub(super) radius: Vec<f32>,
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
    pub(super) fn new(request: &'a LayoutRequest) -> Self {
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
        let (starts, members) = by_label(&component, n + 1);
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
        Self {
            ties,
            radius: radius.collect(),
            group: group.collect(),
            components,
            local,
            component,
            seed: request.seed,
        }
    }

    /// Number of people, with and without ties.
    pub(super) fn n_people(&self) -> usize {
        self.ties.n_people()
    }

    /// Component `c` as a web; body k is its k-th person.
    pub(super) fn web(&self, c: usize) -> Web {
        let mut web = Web::default();
        for &i in &self.components[c] {
            let threads = self.ties.of(i as usize).filter_map(|(other, strength)| {
                let same = *self.component.get(other as usize)? == c as u32;
                same.then(|| (self.local[other as usize], plain(strength)))
            });
            web.push(
                1.0 + self.ties.connections(i as usize) as f32,
                [0.0; 2],
                threads,
            );
        }
        web
    }

    /// Radii of the people of component `c`.
    pub(super) fn radii(&self, c: usize) -> Vec<f32> {
        self.components[c]
            .iter()
            .map(|&i| self.radius[i as usize])
            .collect()
    }
}

fn plain(strength: f64) -> f32 {
    if strength.is_finite() {
        strength.clamp(STRENGTH.0, STRENGTH.1) as f32
    } else {
        1.0
    }
}
