//! The islands of a picture: where people stand dense, each peak with the slopes round it; between them lies water.

use libm::{atan2f, cosf, powf, sinf};
use rayon::prelude::*;

use super::plane::{Complex, Plane};
use super::raster::Raster;
use super::web::{Sums, Web};

/// Number of nobody's island: open water.
pub(super) const WATER: u32 = u32::MAX;
/// Blur of the density in which peaks are looked for, in cells.
const BLUR: f32 = 1.5;
/// Density, over the mean of the grid, from which on there is land.
const LAND: f32 = 3.0;
/// Two peaks with a saddle higher than this share of the lower one are one island.
const SADDLE: f32 = 0.7;
/// Share of somebody's ties that lead to one island, from which on they stand at its shore rather than in the water.
const ASHORE: f32 = 0.5;
/// Where the shore is, in standard deviations of an island's people.
const SHORE: f32 = 1.5;

/// Which island everybody stands on.
pub(super) struct Isles {
    /// By body; [`WATER`] for those between islands.
    pub(super) of: Vec<u32>,
    count: usize,
}

/// Middle and spread of the people of an island.
#[derive(Debug, Clone, Copy, Default)]
struct Shape {
    weight: f32,
    middle: [f32; 2],
    xx: f32,
    xy: f32,
    yy: f32,
}

impl Isles {
    /// Finds the islands of a picture on a grid of `width` · `height` cells. O(n + cells log cells).
    ///
    /// # Source
    /// Vincent and Soille, *Watersheds in digital spaces* (1991), from the peaks down, joining what is hardly parted.
    pub(super) fn find(at: &[[f32; 2]], room: &[f32], plane: &mut Plane) -> Self {
        let raster = Raster::over(at, plane.width, plane.height, 0.02);
        let density = blurred(&raster.sums(at, room), plane);
        let mean = density.iter().sum::<f32>() / density.len() as f32;
        let mut order: Vec<u32> = (0..density.len() as u32)
            .filter(|&i| density[i as usize] > LAND * mean)
            .collect();
        order.par_sort_unstable_by(|&a, &b| {
            let (a_density, b_density) = (density[a as usize], density[b as usize]);
            b_density.total_cmp(&a_density).then(a.cmp(&b))
        });
        let mut basins = Basins::new(density.len());
        for cell in order {
            basins.flood(cell as usize, &raster, &density);
        }
        let (mut number, mut count) = (vec![WATER; basins.peak.len()], 0);
        let of = at
            .iter()
            .map(|&p| {
                let label = basins.label[raster.cell_of(p)];
                if label == WATER {
                    return WATER;
                }
                let number = &mut number[basins.root(label) as usize];
                if *number == WATER {
                    *number = count;
                    count += 1;
                }
                *number
            })
            .collect();
        Self {
            of,
            count: count as usize,
        }
    }

    /// Brings those in the water who belong to one island, by their ties, to its shore.
    pub(super) fn land(&mut self, at: &mut [[f32; 2]], web: &Web) {
        let shapes = self.shapes(at, &web.mass);
        let mut sums = Sums::new(self.count);
        let before = self.of.clone();
        for i in (0..at.len()).filter(|&i| before[i] == WATER) {
            let (others, strength) = web.row(i);
            let mut all = 0.0;
            for (&other, &s) in others.iter().zip(strength) {
                all += s;
                let isle = before[other as usize];
                if isle != WATER {
                    sums.add(isle, s);
                }
            }
            let strongest = sums.touched.iter().copied().max_by(|&a, &b| {
                let (sa, sb) = (sums.of[a as usize], sums.of[b as usize]);
                sa.total_cmp(&sb).then(b.cmp(&a))
            });
            if let Some(isle) = strongest
                && sums.of[isle as usize] >= ASHORE * all
            {
                self.of[i] = isle;
                at[i] = shapes[isle as usize].ashore(at[i]);
            }
            sums.clear();
        }
    }

    /// Makes long islands round; areas stay.
    pub(super) fn round(&self, at: &mut [[f32; 2]], room: &[f32]) {
        let turns: Vec<_> = self
            .shapes(at, room)
            .iter()
            .map(|shape| (shape.middle, shape.rounding()))
            .collect();
        at.par_iter_mut()
            .zip(&self.of)
            .with_min_len(4096)
            .for_each(|(p, &isle)| {
                if let Some((middle, [a, b, c, d])) = turns.get(isle as usize) {
                    let (dx, dy) = (p[0] - middle[0], p[1] - middle[1]);
                    *p = [middle[0] + a * dx + b * dy, middle[1] + c * dx + d * dy];
                }
            });
    }

    fn shapes(&self, at: &[[f32; 2]], weight: &[f32]) -> Vec<Shape> {
        let mut shapes = vec![Shape::default(); self.count];
        let on_land = || {
            let people = self.of.iter().zip(at.iter().zip(weight));
            people.filter(|(isle, _)| **isle != WATER)
        };
        for (&isle, (p, &w)) in on_land() {
            let shape = &mut shapes[isle as usize];
            shape.weight += w;
            shape.middle = [shape.middle[0] + w * p[0], shape.middle[1] + w * p[1]];
        }
        for shape in &mut shapes {
            shape.middle = shape.middle.map(|c| c / shape.weight);
        }
        for (&isle, (p, &w)) in on_land() {
            let shape = &mut shapes[isle as usize];
            let (dx, dy) = (p[0] - shape.middle[0], p[1] - shape.middle[1]);
            let w = w / shape.weight;
            shape.xx += w * dx * dx;
            shape.xy += w * dx * dy;
            shape.yy += w * dy * dy;
        }
        shapes
    }
}

impl Shape {
    /// A place no farther out than the shore, in the same direction.
    fn ashore(&self, p: [f32; 2]) -> [f32; 2] {
        let (dx, dy) = (p[0] - self.middle[0], p[1] - self.middle[1]);
        let d = (dx * dx + dy * dy).sqrt();
        let shore = SHORE * (self.xx + self.yy).sqrt();
        if d <= shore {
            return p;
        }
        [
            self.middle[0] + dx / d * shore,
            self.middle[1] + dy / d * shore,
        ]
    }

    /// The matrix, row by row, that makes the island as long as wide without changing its area.
    fn rounding(&self) -> [f32; 4] {
        let mean = 0.5 * (self.xx + self.yy);
        let half = 0.5 * (self.xx - self.yy);
        let apart = (half * half + self.xy * self.xy).sqrt();
        let (long, wide) = (mean + apart, (mean - apart).max(1e-4 * (mean + apart)));
        if long <= 0.0 {
            return [1.0, 0.0, 0.0, 1.0];
        }
        let angle = 0.5 * atan2f(2.0 * self.xy, self.xx - self.yy);
        let (sin, cos) = (sinf(angle), cosf(angle));
        let shrink = powf(wide / long, 0.25);
        let grow = 1.0 / shrink;
        let cross = cos * sin * (shrink - grow);
        [
            cos * cos * shrink + sin * sin * grow,
            cross,
            cross,
            sin * sin * shrink + cos * cos * grow,
        ]
    }
}

/// What is flooded so far, from the peaks down.
struct Basins {
    /// By cell.
    label: Vec<u32>,
    /// Which basin each one was joined to; itself where it was not.
    joined: Vec<u32>,
    peak: Vec<f32>,
}

impl Basins {
    fn new(n_cells: usize) -> Self {
        Self {
            label: vec![WATER; n_cells],
            joined: Vec::new(),
            peak: Vec::new(),
        }
    }

    fn root(&mut self, mut basin: u32) -> u32 {
        while self.joined[basin as usize] != basin {
            let above = self.joined[self.joined[basin as usize] as usize];
            self.joined[basin as usize] = above;
            basin = above;
        }
        basin
    }

    /// Takes in the next lower cell: a peak of its own, or part of the highest basin it touches.
    fn flood(&mut self, cell: usize, raster: &Raster, density: &[f32]) {
        let (x, y) = (cell % raster.width, cell / raster.width);
        let mut near = [WATER; 8];
        let mut n = 0;
        for v in y.saturating_sub(1)..=(y + 1).min(raster.height - 1) {
            for u in x.saturating_sub(1)..=(x + 1).min(raster.width - 1) {
                let label = self.label[v * raster.width + u];
                if label == WATER {
                    continue;
                }
                let root = self.root(label);
                if !near[..n].contains(&root) {
                    near[n] = root;
                    n += 1;
                }
            }
        }
        let height = |basins: &Self, basin: u32| basins.peak[basin as usize];
        let touched = near[..n].iter().copied();
        let Some(highest) = touched.max_by(|&a, &b| {
            let by_height = height(self, a).total_cmp(&height(self, b));
            by_height.then(b.cmp(&a))
        }) else {
            self.label[cell] = self.joined.len() as u32;
            self.joined.push(self.joined.len() as u32);
            self.peak.push(density[cell]);
            return;
        };
        self.label[cell] = highest;
        for &basin in &near[..n] {
            if basin != highest && density[cell] > SADDLE * height(self, basin) {
                self.joined[basin as usize] = highest;
            }
        }
    }
}

/// The density without its finest grain.
fn blurred(density: &[f32], plane: &mut Plane) -> Vec<f32> {
    let mut values: Vec<Complex> = density.iter().map(|&d| Complex::new(d, 0.0)).collect();
    plane.there(&mut values);
    plane.blur(&mut values, BLUR);
    plane.back(&mut values);
    values.into_iter().map(|v| v.re).collect()
}

#[cfg(test)]
mod tests {
    use super::super::random::Random;
    use super::*;

    /// Three crowds of 300 people, ten apart, the second one long, and 30 people in the water.
    fn three() -> Vec<[f32; 2]> {
        let mut random = Random::new(3, 3);
        let mut place = |i: usize| {
            let [x, y] = random.in_disc();
            match i {
                0..300 => [x, y],
                300..600 => [x * 3.0 + 10.0, y * 0.5],
                600..900 => [x + 5.0, y + 10.0],
                _ => [x * 8.0 + 5.0, y * 8.0 + 4.0],
            }
        };
        (0..930).map(&mut place).collect()
    }

    #[test]
    fn each_crowd_is_an_island() {
        let at = three();
        let isles = Isles::find(&at, &vec![1.0; 930], &mut Plane::new(128, 128));
        let isle_of = |crowd: std::ops::Range<usize>| {
            let mut count = std::collections::BTreeMap::new();
            for i in crowd {
                *count.entry(isles.of[i]).or_insert(0) += 1;
            }
            let most = count.into_iter().max_by_key(|c| c.1).expect("people");
            assert!(most.1 > 200 && most.0 != WATER, "{most:?}");
            most.0
        };
        let found = [isle_of(0..300), isle_of(300..600), isle_of(600..900)];
        assert!(found[0] != found[1] && found[1] != found[2] && found[0] != found[2]);
        let swimming = isles.of[900..].iter().filter(|i| **i == WATER).count();
        assert!(swimming > 15, "{swimming} of 30 in the water");
    }

    #[test]
    fn long_islands_become_round_and_keep_their_area() {
        let mut at = three();
        let room = vec![1.0; 930];
        let isles = Isles::find(&at, &room, &mut Plane::new(128, 128));
        let area = |s: &Shape| s.xx * s.yy - s.xy * s.xy;
        let before: Vec<f32> = isles.shapes(&at, &room).iter().map(area).collect();
        isles.round(&mut at, &room);
        for (shape, before) in isles.shapes(&at, &room).iter().zip(before) {
            assert!((shape.xx / shape.yy - 1.0).abs() < 0.01, "{shape:?}");
            assert!((area(shape) / before - 1.0).abs() < 0.01, "{shape:?}");
        }
    }
}
