//! What a layout depends on, and what it gives: who stands where.

use std::sync::Arc;

use crate::people::Ties;

/// Everything a layout depends on. Two equal requests give the same positions, for any number of threads.
#[derive(Debug, Clone, PartialEq)]
pub struct LayoutRequest {
    /// Who is tied to whom.
    pub ties: Arc<Ties>,
    /// A group number for each person (communities); `u32::MAX` for people without ties.
    pub group: Arc<Vec<u32>>,
    /// Component number of each person, 0 the largest.
    pub component: Arc<Vec<u32>>,
    /// Radius of each dot in map units: dots shall not cover each other.
    pub radius: Arc<Vec<f32>>,
    /// Everything random starts here.
    pub seed: u64,
    /// Where people stand now, so that the map does not jump; `None`: from nothing.
    pub start: Option<Arc<Positions>>,
    /// People whom the user put somewhere: they stay there. By person number.
    pub pinned: Vec<(u32, [f32; 2])>,
}

/// Where everybody stands, in map units (y grows downwards), centred on 0,0.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Positions {
    /// By person number; NaN for people without ties.
    pub xy: Vec<[f32; 2]>,
}

impl Positions {
    /// Where person `i` stands; `None` for people without ties.
    pub fn of(&self, i: usize) -> Option<[f32; 2]> {
        self.xy
            .get(i)
            .copied()
            .filter(|p| p[0].is_finite() && p[1].is_finite())
    }

    /// Smallest and largest corner of everybody's place; `None` when nobody has one.
    pub fn bounds(&self) -> Option<([f32; 2], [f32; 2])> {
        let mut places = self
            .xy
            .iter()
            .filter(|p| p[0].is_finite() && p[1].is_finite());
        let first = *places.next()?;
        Some(places.fold((first, first), |(low, high), p| {
            (
                [low[0].min(p[0]), low[1].min(p[1])],
                [high[0].max(p[0]), high[1].max(p[1])],
            )
        }))
    }
}
