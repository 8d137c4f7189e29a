//! Bodies and the threads between them: what forces act on. A body is one person, or a bundle of people on a coarser level.

use rayon::prelude::*;

use crate::progress::{Cancelled, Progress};

/// Bodies as compressed sparse rows of 32-bit numbers, packed for the inner loops.
#[derive(Debug, Clone, Default)]
pub(super) struct Web {
    /// n + 1 offsets into `others` and `strength`.
    pub(super) offsets: Vec<u32>,
    /// The other end of each thread.
    pub(super) others: Vec<u32>,
    /// Strength of each thread, > 0.
    pub(super) strength: Vec<f32>,
    /// Strength of the threads inside each body.
    pub(super) inside: Vec<f32>,
    /// How much each body repels: 1 + connections of a person, summed for a bundle.
    pub(super) mass: Vec<f32>,
}

impl Web {
    /// Number of bodies.
    pub(super) fn len(&self) -> usize {
        self.mass.len()
    }

    /// The threads of body `i`.
    pub(super) fn row(&self, i: usize) -> (&[u32], &[f32]) {
        let range = self.offsets[i] as usize..self.offsets[i + 1] as usize;
        (&self.others[range.clone()], &self.strength[range])
    }

    /// A web from rows that pieces of shared work made, in their order.
    fn from_rows(rows: Vec<Rows>, progress: &Progress) -> Result<Self, Cancelled> {
        let mut web = Self {
            offsets: vec![0],
            ..Self::default()
        };
        for row in rows {
            progress.check()?;
            let first = web.others.len() as u32;
            web.offsets.extend(row.ends.iter().map(|end| first + end));
            web.others.extend(row.others);
            web.strength.extend(row.strength);
            web.inside.extend(row.inside);
            web.mass.extend(row.mass);
        }
        Ok(web)
    }

    /// The web of `n` bodies whose rows `row` gives: mass, strength inside, and threads pushed by the closure. Rows are made by
    /// all cores.
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub(super) fn build(
        n: usize,
        row: impl Fn(usize, &mut dyn FnMut(u32, f32)) -> (f32, f32) + Sync,
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let pieces: Result<Vec<Rows>, Cancelled> = (0..n.div_ceil(PIECE))
            .into_par_iter()
            .map(|piece| {
                progress.check()?;
                let mut rows = Rows::default();
                for i in piece * PIECE..((piece + 1) * PIECE).min(n) {
                    let (others, strength) = (&mut rows.others, &mut rows.strength);
                    let mut thread = |other, s| {
                        others.push(other);
                        strength.push(s);
                    };
                    let (mass, inside) = row(i, &mut thread);
                    rows.ends.push(rows.others.len() as u32);
                    rows.mass.push(mass);
                    rows.inside.push(inside);
                }
                Ok(rows)
            })
            .collect();
        Self::from_rows(pieces?, progress)
    }

    /// The same web with its bodies in another order: body `k` is the one that was `order[k]`. O(n + m).
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub(super) fn in_order(&self, order: &[u32], progress: &Progress) -> Result<Self, Cancelled> {
        let mut place = vec![0; order.len()];
        for (k, &i) in order.iter().enumerate() {
            place[i as usize] = k as u32;
        }
        let row = |k: usize, thread: &mut dyn FnMut(u32, f32)| {
            let i = order[k] as usize;
            let (others, strength) = self.row(i);
            for (&other, &s) in others.iter().zip(strength) {
                thread(place[other as usize], s);
            }
            (self.mass[i], self.inside[i])
        };
        Self::build(order.len(), row, progress)
    }

    /// The web whose bodies are the bundles of this one: `bundle_of[i]` in `0..n_bundles`. O(n + m).
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub(super) fn bundled(
        &self,
        bundle_of: &[u32],
        n_bundles: usize,
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let (starts, members) = by_label(bundle_of, n_bundles);
        let length = n_bundles.div_ceil(BUNDLED_IN).max(1);
        let pieces: Result<Vec<Rows>, Cancelled> = (0..n_bundles.div_ceil(length))
            .into_par_iter()
            .map(|piece| {
                let mut sums = Sums::new(n_bundles);
                let mut rows = Rows::default();
                for bundle in piece * length..((piece + 1) * length).min(n_bundles) {
                    if bundle.is_multiple_of(LOOKED) {
                        progress.check()?;
                    }
                    let members = &members[starts[bundle] as usize..starts[bundle + 1] as usize];
                    self.bundle(bundle, members, bundle_of, &mut sums, &mut rows);
                }
                Ok(rows)
            })
            .collect();
        Self::from_rows(pieces?, progress)
    }

    fn bundle(
        &self,
        bundle: usize,
        members: &[u32],
        bundle_of: &[u32],
        sums: &mut Sums,
        rows: &mut Rows,
    ) {
        let (mut mass, mut inside) = (0.0, 0.0);
        for &i in members {
            let i = i as usize;
            mass += self.mass[i];
            inside += self.inside[i];
            let (others, strength) = self.row(i);
            for (&other, &s) in others.iter().zip(strength) {
                let to = bundle_of[other as usize];
                if to as usize == bundle {
                    inside += s * 0.5;
                } else {
                    sums.add(to, s);
                }
            }
        }
        for to in sums.touched.drain(..) {
            rows.others.push(to);
            let sum = std::mem::take(&mut sums.of[to as usize]);
            rows.strength.push(sum);
        }
        rows.ends.push(rows.others.len() as u32);
        rows.mass.push(mass);
        rows.inside.push(inside);
    }
}

/// Bodies whose rows one piece of shared work makes.
const PIECE: usize = 8192;
/// Pieces in which bundles are added up: each needs a number for every bundle.
const BUNDLED_IN: usize = 16;
/// Bundles between two looks at whether anybody still waits.
const LOOKED: usize = 256;

/// Rows of some bodies, on their way into a web.
#[derive(Default)]
struct Rows {
    /// Where the threads of each body end.
    ends: Vec<u32>,
    others: Vec<u32>,
    strength: Vec<f32>,
    inside: Vec<f32>,
    mass: Vec<f32>,
}

/// Strength from one place into each label; zeros between uses.
pub(super) struct Sums {
    pub(super) of: Vec<f32>,
    pub(super) touched: Vec<u32>,
}

impl Sums {
    pub(super) fn new(n_labels: usize) -> Self {
        Self {
            of: vec![0.0; n_labels],
            touched: Vec::new(),
        }
    }

    /// Adds `strength` > 0.
    pub(super) fn add(&mut self, label: u32, strength: f32) {
        let sum = &mut self.of[label as usize];
        if *sum == 0.0 {
            self.touched.push(label);
        }
        *sum += strength;
    }

    /// Zeros again.
    pub(super) fn clear(&mut self) {
        for label in self.touched.drain(..) {
            self.of[label as usize] = 0.0;
        }
    }
}

/// Who carries which label: `(starts, members)`, the members of label `l` at `starts[l]..starts[l + 1]`, in order.
pub(super) fn by_label(label_of: &[u32], n_labels: usize) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0u32; n_labels + 1];
    for &label in label_of {
        starts[label as usize + 1] += 1;
    }
    for label in 0..n_labels {
        starts[label + 1] += starts[label];
    }
    let mut fill = starts.clone();
    let mut members = vec![0u32; label_of.len()];
    for (i, &label) in label_of.iter().enumerate() {
        let at = &mut fill[label as usize];
        members[*at as usize] = i as u32;
        *at += 1;
    }
    (starts, members)
}
