//! Makes a picture as dense everywhere as it is on average: people flow from where it is crowded to where it is empty.
//!
//! Water counts as density too, most of it near land: so islands grow as large as their people need, strips of water between
//! them stay, and wide empty seas shrink.
//!
//! # Source
//! Gastner, Seguy and More, *Fast flow-based algorithm for creating density-equalizing map projections*, PNAS 115 (2018).

use libm::sqrtf;
use rayon::prelude::*;

use super::plane::{Complex, Plane};
use super::raster::Raster;
use super::repulsion::bounds;
use crate::progress::{Cancelled, Progress};

/// Share of water in the mean density.
const WATER: f32 = 0.97;
/// How far the water of an island reaches, as a share of the picture's width.
const REACH: f32 = 0.06;
/// Crowds count no more than so many times the mean where water is laid out.
const CROWD: f32 = 8.0;
/// Water in the open sea, beside that near land.
const OPEN: f32 = 0.1;
/// Blur of the density, in cells.
const BLUR: f32 = 1.0;
/// Steps of everybody's way.
const STEPS: usize = 6;
/// Share of the grid that stays free on every side.
const MARGIN: f32 = 0.08;
/// People in one piece of shared work.
const PIECE: usize = 4096;

/// Grids and transforms, kept from pass to pass.
pub(super) struct Flow {
    plane: Plane,
    mixed: Vec<Complex>,
    water: Vec<Complex>,
    /// In each cell: the flow of mass along both axes, and the density.
    field: Vec<[f32; 3]>,
}

impl Flow {
    /// For grids of `width` · `height` cells, multiples of 16.
    pub(super) fn new(width: usize, height: usize) -> Self {
        let empty = vec![Complex::default(); width * height];
        Self {
            plane: Plane::new(width, height),
            mixed: empty.clone(),
            water: empty,
            field: vec![[0.0; 3]; width * height],
        }
    }

    /// One pass: everybody, with the room they need, goes the share `part` of the way to even density.
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub(super) fn pass(
        &mut self,
        at: &mut [[f32; 2]],
        room: &[f32],
        part: f32,
        progress: &Progress,
    ) -> Result<(), Cancelled> {
        let raster = Raster::over(at, self.plane.width, self.plane.height, MARGIN);
        let density = density(&raster, at, room);
        progress.check()?;
        self.mix(&density);
        progress.check()?;
        self.solve();
        progress.check()?;
        let (field, dt) = (&self.field, part / STEPS as f32);
        let drift = |p: &mut [f32; 2]| {
            let mut here = raster.in_cells(*p);
            for step in 0..STEPS {
                let t = step as f32 * dt;
                let v = velocity(&raster, field, here, t);
                let half = [here[0] + v[0] * dt * 0.5, here[1] + v[1] * dt * 0.5];
                let v = velocity(&raster, field, half, t + dt * 0.5);
                here = [here[0] + v[0] * dt, here[1] + v[1] * dt];
            }
            let there = raster.out_of_cells(here);
            if there.iter().all(|c| c.is_finite()) {
                *p = there;
            }
        };
        at.par_chunks_mut(PIECE).for_each(|piece| {
            if !progress.is_cancelled() {
                piece.iter_mut().for_each(drift);
            }
        });
        progress.check()
    }

    /// People and water, as a spectrum.
    fn mix(&mut self, density: &[f32]) {
        for (w, &d) in self.water.iter_mut().zip(density) {
            *w = Complex::new(d.min(CROWD), 0.0);
        }
        self.plane.there(&mut self.water);
        let reach = REACH * self.plane.width as f32;
        self.plane.blur(&mut self.water, reach);
        self.plane.back(&mut self.water);
        let mut all = 0.0;
        for w in &mut self.water {
            w.re = sqrtf(w.re.max(0.0)) + OPEN;
            all += w.re;
        }
        let mean = all / self.water.len() as f32;
        for ((mixed, w), &d) in self.mixed.iter_mut().zip(&self.water).zip(density) {
            *mixed = Complex::new((1.0 - WATER) * d + WATER * w.re / mean, 0.0);
        }
        self.plane.there(&mut self.mixed);
    }

    /// The flow whose divergence is what each cell has too much: J = ∇φ, ∇²φ = ρ − 1.
    fn solve(&mut self) {
        let (width, height) = (self.plane.width, self.plane.height);
        self.plane.blur(&mut self.mixed, BLUR);
        let (fx, fy) = (Plane::frequencies(width), Plane::frequencies(height));
        // Both parts of the flow in one transform: x as real, y as imaginary numbers. The water's memory is free by now.
        self.water
            .par_chunks_mut(height)
            .zip(self.mixed.par_chunks(height))
            .zip(&fx)
            .for_each(|((flow, density), &kx)| {
                for ((j, d), &ky) in flow.iter_mut().zip(density).zip(&fy) {
                    let k2 = kx * kx + ky * ky;
                    *j = if k2 == 0.0 {
                        Complex::default()
                    } else {
                        let phi = -d / k2;
                        Complex::new(0.0, kx) * phi + Complex::new(-ky, 0.0) * phi
                    };
                }
            });
        self.plane.back(&mut self.mixed);
        self.plane.back(&mut self.water);
        for ((field, d), j) in self.field.iter_mut().zip(&self.mixed).zip(&self.water) {
            *field = [j.re, j.im, d.re.max(1e-3)];
        }
    }
}

/// Room in each cell, 1 on average.
fn density(raster: &Raster, at: &[[f32; 2]], room: &[f32]) -> Vec<f32> {
    let all: f32 = room.iter().sum();
    let mut density = vec![0f32; raster.width * raster.height];
    let scale = density.len() as f32 / all.max(f32::MIN_POSITIVE);
    for (&p, &room) in at.iter().zip(room) {
        let (first, [dx, dy]) = raster.around(raster.in_cells(p));
        let amount = room * scale;
        density[first] += amount * (1.0 - dx) * (1.0 - dy);
        density[first + 1] += amount * dx * (1.0 - dy);
        density[first + raster.width] += amount * (1.0 - dx) * dy;
        density[first + raster.width + 1] += amount * dx * dy;
    }
    density
}

/// How fast, in cells, somebody at `p` moves when the share `t` of the way is behind.
fn velocity(raster: &Raster, field: &[[f32; 3]], p: [f32; 2], t: f32) -> [f32; 2] {
    let (first, [dx, dy]) = raster.around(p);
    let (a, b) = (field[first], field[first + 1]);
    let below = first + raster.width;
    let (c, d) = (field[below], field[below + 1]);
    let mixed = |k: usize| {
        let above = a[k] + (b[k] - a[k]) * dx;
        above + (c[k] + (d[k] - c[k]) * dx - above) * dy
    };
    let density = mixed(2) * (1.0 - t) + t;
    [mixed(0) / density, mixed(1) / density]
}

/// How crowded a picture is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Crowding {
    /// Room needed over room there is, where somebody stands: six tenths of all people have it less crowded.
    pub(super) here: f32,
    /// Share of the picture that all people would take if each had the room they need.
    pub(super) land: f32,
}

/// People in a cell, on average, where crowding is measured.
const A_CELL: f32 = 6.0;
/// Share of the people at the edge of the picture that do not count for its size: half of it on every side.
const EDGE: usize = 100;

/// People who are asked how crowded it is, about.
const ASKED: usize = 1 << 16;

impl Crowding {
    /// For at least one person. O(n).
    pub(super) fn of(at: &[[f32; 2]], room: &[f32]) -> Self {
        let n = at.len();
        let (low, high) = bounds(at);
        let size = [(high[0] - low[0]).max(1e-9), (high[1] - low[1]).max(1e-9)];
        let cells = sqrtf(n as f32 / A_CELL / (size[0] * size[1]));
        let count = |k: usize| ((size[k] * cells) as usize).clamp(1, 4096);
        let raster = Raster::over(at, count(0), count(1), 0.0);
        let sums = raster.sums(at, room);
        let area = raster.cell * raster.cell;
        // Not everybody needs to be asked.
        let some: Vec<[f32; 2]> = at.iter().copied().step_by(n / ASKED + 1).collect();
        let n = some.len();
        let mut here: Vec<f32> = some
            .iter()
            .map(|&p| sums[raster.cell_of(p)] / area)
            .collect();
        let here = *here.select_nth_unstable_by(n * 6 / 10, f32::total_cmp).1;
        let extent = |k: usize| {
            let mut along: Vec<f32> = some.iter().map(|p| p[k]).collect();
            let edge = n / EDGE / 2;
            let low = *along.select_nth_unstable_by(edge, f32::total_cmp).1;
            let high = *along.select_nth_unstable_by(n - 1 - edge, f32::total_cmp).1;
            (high - low).max(1e-9)
        };
        let picture = extent(0) * extent(1);
        let all: f32 = room.iter().sum();
        Self {
            here: here.max(1e-9),
            land: all / (here.max(1e-9) * picture),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::random::Random;
    use super::*;

    /// Nine tenths of the people in a small disc, the others all over.
    fn crowded(n: usize) -> Vec<[f32; 2]> {
        let mut random = Random::new(1, 1);
        let mut place = |i: usize| {
            let [x, y] = random.in_disc();
            if i.is_multiple_of(10) {
                [x * 100.0, y * 100.0]
            } else {
                [x * 10.0 + 30.0, y * 10.0]
            }
        };
        (0..n).map(&mut place).collect()
    }

    #[test]
    fn crowds_spread_and_land_grows() {
        let mut at = crowded(4000);
        let room = vec![1.0; at.len()];
        let before = Crowding::of(&at, &room);
        let mut flow = Flow::new(128, 96);
        for _ in 0..4 {
            flow.pass(&mut at, &room, 1.0, &Progress::new())
                .expect("nobody cancels");
        }
        let after = Crowding::of(&at, &room);
        assert!(
            after.land > 2.0 * before.land,
            "{before:?} became {after:?}"
        );
        assert!(at.iter().flatten().all(|c| c.is_finite()));
    }

    #[test]
    fn people_keep_their_neighbours() {
        let mut at = crowded(4000);
        let room = vec![1.0; at.len()];
        let left = |at: &[[f32; 2]]| -> Vec<bool> {
            let people = (0..at.len()).filter(|i| !i.is_multiple_of(10));
            people.map(|i| at[i][0] < 30.0).collect()
        };
        let before = left(&at);
        Flow::new(128, 96)
            .pass(&mut at, &room, 1.0, &Progress::new())
            .expect("nobody cancels");
        let middle: f32 = {
            let crowd: Vec<f32> = (0..at.len())
                .filter(|i| !i.is_multiple_of(10))
                .map(|i| at[i][0])
                .collect();
            crowd.iter().sum::<f32>() / crowd.len() as f32
        };
        let after: Vec<bool> = (0..at.len())
            .filter(|i| !i.is_multiple_of(10))
            .map(|i| at[i][0] < middle)
            .collect();
        let same = before.iter().zip(&after).filter(|(a, b)| a == b).count();
        assert!(same * 100 > before.len() * 93, "{same} of {}", before.len());
    }
}
