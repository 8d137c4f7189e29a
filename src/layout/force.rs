//! The energy of a picture and the steps that lower it.
//!
//! `LinLog` as users know it from `ForceAtlas2`: bodies repel with mass · mass / distance, threads pull with
//! strength · ln(1 + distance), a little gravity holds all together. The energy adds up exactly when bodies are bundled.

use rayon::prelude::*;

use super::mesh::Mesh;
use super::pull::Pull;
use super::random::Random;
use super::repulsion::{Repulsion, SHARED, bounds};
use super::web::Web;
use crate::progress::{Cancelled, Progress};

/// How strongly bodies repel.
pub(super) const REPULSION: f32 = 2.0;
/// How strongly bodies fall to the middle.
pub(super) const GRAVITY: f32 = 1.0;
/// Share of the step that would cancel the force if nothing else moved.
const STEP: f32 = 0.7;
/// Bodies in one piece of shared work: fixed, so that results do not depend on the number of threads.
const CHUNK: usize = 512;

/// The longest step, as a share of the picture's side.
pub(super) struct Heat;

impl Heat {
    /// From random places.
    pub(super) const SCATTERED: f32 = 0.1;
    /// From the places of a coarser level.
    pub(super) const REFINED: f32 = 0.02;
    /// Kept to the end.
    const LEAST: f32 = 2e-4;
}

/// Bodies from which on a mesh is quicker than a tree: measured in `docs/layout.md`.
const MESH_FROM: usize = 25_000;
/// Bodies up to which the mesh has so many cells along a side; more above.
const MESH_SIDES: (usize, usize, usize) = (300_000, 512, 768);

/// Where the bodies of a web are, and how they moved last.
pub(super) struct Motion {
    /// Places, in the web's own units.
    pub(super) at: Vec<[f32; 2]>,
    last: Vec<[f32; 2]>,
    next: Vec<[f32; 2]>,
    repulsion: Repulsed,
}

/// How bodies find out what they feel.
enum Repulsed {
    Tree(Repulsion),
    Mesh(Box<Mesh>),
}

impl Repulsed {
    fn felt(&self, i: usize) -> [f32; 2] {
        match self {
            Self::Tree(tree) => tree.felt(i),
            Self::Mesh(mesh) => mesh.felt(i),
        }
    }
}

impl Motion {
    /// All bodies at random places of a disc.
    pub(super) fn scattered(web: &Web, random: &mut Random) -> Self {
        let mass: f32 = web.mass.iter().sum();
        let radius = (REPULSION * mass).sqrt();
        let places = (0..web.len()).map(|_| random.in_disc().map(|c| c * radius));
        Self::from_places(places.collect())
    }

    fn from_places(at: Vec<[f32; 2]>) -> Self {
        let n = at.len();
        let (few, side, larger) = MESH_SIDES;
        let repulsion = if n < MESH_FROM {
            Repulsed::Tree(Repulsion::default())
        } else {
            Repulsed::Mesh(Box::new(Mesh::new(if n <= few { side } else { larger })))
        };
        Self {
            last: vec![[0.0; 2]; n],
            next: vec![[0.0; 2]; n],
            at,
            repulsion,
        }
    }

    /// The bodies of the finer web, each near its bundle, in a disc that follows the bundle's share of the picture.
    pub(super) fn refined(
        &self,
        web: &Web,
        finer: &Web,
        bundle_of: &[u32],
        random: &mut Random,
    ) -> Self {
        let area = self.area_of_mass(web);
        let places = bundle_of.iter().take(finer.len()).map(|&b| {
            let b = b as usize;
            let radius = 0.35 * (area * web.mass[b]).sqrt();
            let [dx, dy] = random.in_disc();
            [self.at[b][0] + dx * radius, self.at[b][1] + dy * radius]
        });
        Self::from_places(places.collect())
    }

    /// Square units of the picture that one unit of mass takes.
    pub(super) fn area_of_mass(&self, web: &Web) -> f32 {
        let (low, high) = bounds(&self.at);
        let mass: f32 = web.mass.iter().sum();
        ((high[0] - low[0]) * (high[1] - low[1])).max(REPULSION * mass) / mass.max(1.0)
    }

    /// Runs `steps` steps, cooling from `heat` to the end.
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub(super) fn rest(
        &mut self,
        web: &Web,
        steps: usize,
        heat: f32,
        progress: &Progress,
    ) -> Result<(), Cancelled> {
        for step in 0..steps {
            self.step(web, cooled(heat, step, steps), progress);
            progress.check()?;
        }
        Ok(())
    }

    /// What the forces make as small as they can. O(n²): for few bodies.
    pub(super) fn energy(&self, web: &Web) -> f64 {
        let mut energy = 0.0;
        for (i, p) in self.at.iter().enumerate() {
            let distance = |q: &[f32; 2]| {
                let (dx, dy) = (q[0] - p[0], q[1] - p[1]);
                (dx * dx + dy * dy).sqrt() + 1e-3
            };
            let (others, strength) = web.row(i);
            for (&other, &s) in others.iter().zip(strength) {
                let d = distance(&self.at[other as usize]);
                // Each thread is met from both ends.
                energy += 0.5 * f64::from(s * ((1.0 + d) * ln(1.0 + d) - d));
            }
            for (q, &mass) in self.at[i + 1..].iter().zip(&web.mass[i + 1..]) {
                energy -= f64::from(REPULSION * web.mass[i] * mass * ln(distance(q)));
            }
            energy += f64::from(GRAVITY * web.mass[i] * distance(&[0.0; 2]));
        }
        energy
    }

    /// One step of every body, none longer than `heat` times the side of the picture. Means nothing when cancelled on the way.
    pub(super) fn step(&mut self, web: &Web, heat: f32, progress: &Progress) {
        if web.len() < 2 {
            return;
        }
        match &mut self.repulsion {
            Repulsed::Tree(tree) => tree.feel(&self.at, &web.mass),
            Repulsed::Mesh(mesh) => mesh.feel(&self.at, &web.mass),
        }
        let (low, high) = bounds(&self.at);
        let longest = (high[0] - low[0]).max(high[1] - low[1]).max(1e-3) * heat;
        let mut next = std::mem::take(&mut self.next);
        let piece = |pull: &mut Pull, (c, out): (usize, &mut [[f32; 2]])| {
            if progress.is_cancelled() {
                return;
            }
            let first = c * CHUNK;
            pull.weigh(web, &self.at, first..first + out.len());
            for (i, step) in (first..).zip(out) {
                *step = self.wanted(web, i, pull.of(web, i), longest);
            }
        };
        if web.len() > SHARED {
            let pieces = next.par_chunks_mut(CHUNK).enumerate();
            pieces.for_each_init(Pull::default, piece);
        } else {
            let mut pull = Pull::default();
            for part in next.chunks_mut(CHUNK).enumerate() {
                piece(&mut pull, part);
            }
        }
        for (p, step) in self.at.iter_mut().zip(&next) {
            *p = [p[0] + step[0], p[1] + step[1]];
        }
        self.next = std::mem::replace(&mut self.last, next);
    }

    /// The step of body `i`, whom threads pull by `pull`: force over stiffness, halved where it turns back, cut to `longest`.
    fn wanted(&self, web: &Web, i: usize, pull: [f32; 3], longest: f32) -> [f32; 2] {
        let [px, py] = self.at[i];
        let [mut fx, mut fy, mut stiffness] = pull;
        let gravity = GRAVITY * web.mass[i] / ((px * px + py * py).sqrt() + 1e-3);
        stiffness += gravity;
        let felt = self.repulsion.felt(i);
        let charge = REPULSION * web.mass[i];
        fx += charge * felt[0] - gravity * px;
        fy += charge * felt[1] - gravity * py;
        let (mut sx, mut sy) = (STEP * fx / stiffness, STEP * fy / stiffness);
        let last = self.last[i];
        if last[0] * sx + last[1] * sy < 0.0 {
            (sx, sy) = (sx * 0.5, sy * 0.5);
        }
        let length = (sx * sx + sy * sy).sqrt();
        if !length.is_finite() {
            return [0.0; 2];
        }
        let cut = if length > longest {
            longest / length
        } else {
            1.0
        };
        [sx * cut, sy * cut]
    }
}

/// How hot step `step` of `steps` is.
pub(super) fn cooled(heat: f32, step: usize, steps: usize) -> f32 {
    let left = 1.0 - step as f32 / steps as f32;
    heat * left * left + Heat::LEAST
}

/// Natural logarithm of a positive, normal number, to 2e-6; in plain arithmetic, so the same on every machine, and quicker
/// than a library's.
#[expect(
    clippy::inline_always,
    reason = "loops with it become vector instructions only as a whole"
)]
#[inline(always)]
pub(super) fn ln(v: f32) -> f32 {
    let bits = v.to_bits();
    let exponent = (bits >> 23) as i32 - 127;
    let m = f32::from_bits((bits & 0x007F_FFFF) | 0x3F80_0000);
    // ln m = 2 artanh t, t in 0..1/3 for m in 1..2
    let t = (m - 1.0) / (m + 1.0);
    let u = t * t;
    let series = 1.0 + u * (1.0 / 3.0 + u * (0.2 + u * (1.0 / 7.0 + u * (1.0 / 9.0))));
    exponent as f32 * std::f32::consts::LN_2 + 2.0 * t * series
}
