//! The graph one level of the Leiden method works on: people at the bottom, groups of them above.

use super::partition::grouped;
use crate::people::Ties;
use crate::progress::{Cancelled, Progress};

/// Places and the weights between them, as compressed sparse rows; what lies inside a place counts in its strength only.
#[derive(Debug)]
pub(super) struct Level {
    offsets: Vec<u32>,
    to: Vec<u32>,
    weight: Vec<f64>,
    /// Strength of all people in each place, inner ties counted from both ends.
    pub(super) strength: Vec<f64>,
}

impl Level {
    /// The bottom level: people with ties, and who they are.
    pub(super) fn from_ties(ties: &Ties) -> (Self, Vec<u32>) {
        let people: Vec<u32> = (0..ties.n_people() as u32)
            .filter(|&i| ties.connections(i as usize) > 0)
            .collect();
        let mut place = vec![0u32; ties.n_people()];
        for (new, &person) in people.iter().enumerate() {
            place[person as usize] = new as u32;
        }
        let mut level = Self::empty(people.len());
        level.to.reserve_exact(ties.neighbours.len());
        level.weight.reserve_exact(ties.neighbours.len());
        for &person in &people {
            let (neighbours, strength) = ties.row(person as usize);
            level
                .to
                .extend(neighbours.iter().map(|&j| place[j as usize]));
            level.weight.extend_from_slice(strength);
            level.strength.push(strength.iter().sum());
            level.offsets.push(level.to.len() as u32);
        }
        (level, people)
    }

    fn empty(n: usize) -> Self {
        let mut offsets = Vec::with_capacity(n + 1);
        offsets.push(0);
        Self {
            offsets,
            to: Vec::new(),
            weight: Vec::new(),
            strength: Vec::with_capacity(n),
        }
    }

    /// Number of places.
    pub(super) fn n(&self) -> usize {
        self.strength.len()
    }

    /// The neighbours of a place, without itself, and the weights to them.
    pub(super) fn row(&self, i: usize) -> (&[u32], &[f64]) {
        let range = self.offsets[i] as usize..self.offsets[i + 1] as usize;
        (&self.to[range.clone()], &self.weight[range])
    }

    /// The same level with its places in this order. O(n + m).
    pub(super) fn reordered(&self, order: &[u32]) -> Self {
        let mut place = vec![0u32; self.n()];
        for (new, &old) in order.iter().enumerate() {
            place[old as usize] = new as u32;
        }
        let mut level = Self::empty(self.n());
        level.to.reserve_exact(self.to.len());
        level.weight.reserve_exact(self.weight.len());
        for &old in order {
            let (to, weight) = self.row(old as usize);
            level.to.extend(to.iter().map(|&j| place[j as usize]));
            level.weight.extend_from_slice(weight);
            level.strength.push(self.strength[old as usize]);
            level.offsets.push(level.to.len() as u32);
        }
        level
    }

    /// The level above: one place for each of the `n` labels in `label`. O(n + m).
    pub(super) fn aggregate(
        &self,
        label: &[u32],
        n: usize,
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let (offsets, places) = grouped(label, n);
        let mut above = Self::empty(n);
        let mut sum = vec![0.0f64; n];
        let mut touched: Vec<u32> = Vec::new();
        for group in 0..n {
            if group % 4096 == 0 {
                progress.check()?;
            }
            let mut strength = 0.0;
            for &i in &places[offsets[group]..offsets[group + 1]] {
                strength += self.strength[i as usize];
                let (to, weight) = self.row(i as usize);
                for (&j, &w) in to.iter().zip(weight) {
                    let other = label[j as usize];
                    if sum[other as usize] == 0.0 {
                        touched.push(other);
                    }
                    sum[other as usize] += w;
                }
            }
            for other in touched.drain(..) {
                let w = std::mem::take(&mut sum[other as usize]);
                if other as usize != group {
                    above.to.push(other);
                    above.weight.push(w);
                }
            }
            above.strength.push(strength);
            above.offsets.push(above.to.len() as u32);
        }
        Ok(above)
    }
}
