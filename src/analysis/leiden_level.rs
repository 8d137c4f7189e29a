//! The graph one level of the Leiden method works on: people at the bottom, groups of them above.

use rayon::prelude::*;

use super::partition::grouped;
use super::patience::check_at;
use crate::people::Ties;
use crate::progress::{Cancelled, Progress};

/// One end of a tie: the place at the other end and the weight. Eight bytes, since waiting for memory is what takes time;
/// sums are made in 64 bits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arc {
    pub(super) to: u32,
    pub(super) weight: f32,
}

/// Pieces in which a level is added up: each needs a number for every place above.
const PIECES: usize = 8;

/// Places and the weights between them, as compressed sparse rows; what lies inside a place counts in its strength only.
#[derive(Debug)]
pub(super) struct Level {
    offsets: Vec<u32>,
    arcs: Vec<Arc>,
    /// Strength of all people in each place, inner ties counted from both ends.
    pub(super) strength: Vec<f64>,
}

impl Level {
    /// The bottom level: people with ties, and who they are.
    pub(super) fn from_ties(
        ties: &Ties,
        progress: &Progress,
    ) -> Result<(Self, Vec<u32>), Cancelled> {
        let people: Vec<u32> = (0..ties.n_people() as u32)
            .filter(|&i| ties.connections(i as usize) > 0)
            .collect();
        let mut place = vec![0u32; ties.n_people()];
        for (new, &person) in people.iter().enumerate() {
            place[person as usize] = new as u32;
        }
        let mut level = Self::empty(people.len());
        level.arcs.reserve_exact(ties.neighbours.len());
        for (i, &person) in people.iter().enumerate() {
            check_at(progress, i)?;
            let (neighbours, strength) = ties.row(person as usize);
            let row = neighbours.iter().zip(strength);
            level.arcs.extend(row.map(|(&j, &t)| Arc {
                to: place[j as usize],
                weight: t as f32,
            }));
            level.strength.push(strength.iter().sum());
            level.offsets.push(level.arcs.len() as u32);
        }
        Ok((level, people))
    }

    fn empty(n: usize) -> Self {
        let mut offsets = Vec::with_capacity(n + 1);
        offsets.push(0);
        Self {
            offsets,
            arcs: Vec::new(),
            strength: Vec::with_capacity(n),
        }
    }

    /// Number of places.
    pub(super) fn n(&self) -> usize {
        self.strength.len()
    }

    /// The neighbours of a place, without itself.
    pub(super) fn row(&self, i: usize) -> &[Arc] {
        &self.arcs[self.offsets[i] as usize..self.offsets[i + 1] as usize]
    }

    /// The same level with its places in this order. O(n + m).
    pub(super) fn reordered(&self, order: &[u32], progress: &Progress) -> Result<Self, Cancelled> {
        let mut place = vec![0u32; self.n()];
        for (new, &old) in order.iter().enumerate() {
            place[old as usize] = new as u32;
        }
        let mut level = Self::empty(self.n());
        level.arcs.reserve_exact(self.arcs.len());
        for (i, &old) in order.iter().enumerate() {
            check_at(progress, i)?;
            let row = self.row(old as usize).iter();
            level.arcs.extend(row.map(|arc| Arc {
                to: place[arc.to as usize],
                ..*arc
            }));
            level.strength.push(self.strength[old as usize]);
            level.offsets.push(level.arcs.len() as u32);
        }
        Ok(level)
    }

    /// The level above: one place for each of the `n` labels in `label`. O(n + m).
    pub(super) fn aggregate(
        &self,
        label: &[u32],
        n: usize,
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let (offsets, places) = grouped(label, n);
        let each = n.div_ceil(PIECES).max(1);
        let pieces: Vec<Self> = (0..n.div_ceil(each))
            .into_par_iter()
            .map(|piece| {
                let mut above = Self::empty(each);
                let mut sum = vec![0.0f64; n];
                let mut touched: Vec<u32> = Vec::new();
                for group in piece * each..((piece + 1) * each).min(n) {
                    check_at(progress, group)?;
                    let places = &places[offsets[group]..offsets[group + 1]];
                    self.add_up(group, places, label, (&mut sum, &mut touched), &mut above);
                }
                Ok(above)
            })
            .collect::<Result<_, Cancelled>>()?;
        let mut above = Self::empty(n);
        above
            .arcs
            .reserve_exact(pieces.iter().map(|p| p.arcs.len()).sum());
        for piece in pieces {
            let first = above.arcs.len() as u32;
            above
                .offsets
                .extend(piece.offsets[1..].iter().map(|end| first + end));
            above.arcs.extend(piece.arcs);
            above.strength.extend(piece.strength);
        }
        Ok(above)
    }

    /// Appends `group`, which holds `places`, to the level above.
    fn add_up(
        &self,
        group: usize,
        places: &[u32],
        label: &[u32],
        (sum, touched): (&mut [f64], &mut Vec<u32>),
        above: &mut Self,
    ) {
        let mut strength = 0.0;
        for &i in places {
            strength += self.strength[i as usize];
            for arc in self.row(i as usize) {
                let other = label[arc.to as usize];
                if sum[other as usize] == 0.0 {
                    touched.push(other);
                }
                sum[other as usize] += f64::from(arc.weight);
            }
        }
        for other in touched.drain(..) {
            let w = std::mem::take(&mut sum[other as usize]);
            if other as usize != group {
                let weight = w as f32;
                above.arcs.push(Arc { to: other, weight });
            }
        }
        above.strength.push(strength);
        above.offsets.push(above.arcs.len() as u32);
    }
}
