//! What every body feels of all others: Barnes-Hut over buckets in Morton order.
//!
//! The tree is implicit: sixteen bodies in a bucket, four boxes under each box. A whole bucket walks the tree once and then
//! adds up one plain list, which the compiler turns into vector instructions.

use rayon::prelude::*;

use super::vector::{Vectored, vectored};

/// Bodies in a bucket, and the width of the inner loop.
const BUCKET: usize = 16;
/// Bodies above which the work is shared among threads.
pub(super) const SHARED: usize = 3000;
/// Boxes farther away than their side / `OPENING` count as one point. 1.0, 1.3 and 1.6 gave the same pictures.
const OPENING: f32 = 1.6;
/// Steps after which bodies are sorted anew; between, boxes are only refitted.
const SORT_EVERY: u32 = 8;

#[derive(Debug, Clone, Copy)]
struct Cell {
    x: f32,
    y: f32,
    mass: f32,
    low: [f32; 2],
    high: [f32; 2],
    side: f32,
}

impl Cell {
    const EMPTY: Self = Self {
        x: 0.0,
        y: 0.0,
        mass: 0.0,
        low: [f32::MAX; 2],
        high: [f32::MIN; 2],
        side: 0.0,
    };

    fn add(&mut self, x: f32, y: f32, mass: f32, low: [f32; 2], high: [f32; 2]) {
        self.x += x * mass;
        self.y += y * mass;
        self.mass += mass;
        self.low = [self.low[0].min(low[0]), self.low[1].min(low[1])];
        self.high = [self.high[0].max(high[0]), self.high[1].max(high[1])];
    }

    fn closed(mut self) -> Self {
        self.x /= self.mass;
        self.y /= self.mass;
        self.side = (self.high[0] - self.low[0]).max(self.high[1] - self.low[1]);
        self
    }
}

/// The tree and all memory it needs, kept from step to step.
#[derive(Debug, Default)]
pub(super) struct Repulsion {
    order: Vec<u32>,
    x: Vec<f32>,
    y: Vec<f32>,
    mass: Vec<f32>,
    cells: Vec<Vec<Cell>>,
    felt: Vec<[f32; 2]>,
    place: Vec<u32>,
    keys: Vec<(u64, u32)>,
    steps: u32,
}

/// The list that one bucket adds up.
#[derive(Default)]
struct Seen {
    x: Vec<f32>,
    y: Vec<f32>,
    mass: Vec<f32>,
    open: Vec<(u8, u32)>,
}

impl Seen {
    fn clear(&mut self) {
        self.x.clear();
        self.y.clear();
        self.mass.clear();
        self.open.clear();
    }

    fn push(&mut self, x: f32, y: f32, mass: f32) {
        self.x.push(x);
        self.y.push(y);
        self.mass.push(mass);
    }
}

impl Repulsion {
    /// Computes what every body feels: the sum over all others of mass · (here − there) / distance².
    pub(super) fn feel(&mut self, at: &[[f32; 2]], mass: &[f32]) {
        let n = at.len();
        let fresh = self.order.len() != n;
        if fresh || self.steps < 4 || self.steps.is_multiple_of(SORT_EVERY) {
            self.sort(at);
        }
        self.steps = if fresh { 1 } else { self.steps + 1 };
        for (k, &i) in self.order.iter().enumerate() {
            let i = i as usize;
            (self.x[k], self.y[k], self.mass[k]) = (at[i][0], at[i][1], mass[i]);
        }
        self.fit();
        let mut felt = std::mem::take(&mut self.felt);
        if n > SHARED {
            felt.par_chunks_mut(BUCKET)
                .with_min_len(16)
                .enumerate()
                .for_each_init(Seen::default, |seen, (b, out)| self.bucket(b, seen, out));
        } else {
            let mut seen = Seen::default();
            for (b, out) in felt.chunks_mut(BUCKET).enumerate() {
                self.bucket(b, &mut seen, out);
            }
        }
        self.felt = felt;
    }

    /// What body `i` felt at the last [`Repulsion::feel`].
    pub(super) fn felt(&self, i: usize) -> [f32; 2] {
        self.felt[self.place[i] as usize]
    }

    fn sort(&mut self, at: &[[f32; 2]]) {
        let n = at.len();
        in_space(at, &mut self.keys);
        self.order.clear();
        self.order.extend(self.keys.iter().map(|k| k.1));
        self.place.resize(n, 0);
        for (k, &i) in self.order.iter().enumerate() {
            self.place[i as usize] = k as u32;
        }
        self.x.resize(n, 0.0);
        self.y.resize(n, 0.0);
        self.mass.resize(n, 0.0);
        self.felt.resize(n, [0.0; 2]);
    }

    /// Boxes bottom up, in memory kept from the last step.
    fn fit(&mut self) {
        let n = self.x.len();
        let mut width = n.div_ceil(BUCKET);
        let mut level = 0;
        loop {
            if self.cells.len() == level {
                self.cells.push(Vec::new());
            }
            let (below, above) = self.cells.split_at_mut(level);
            let cells = &mut above[0];
            cells.clear();
            if let Some(below) = below.last() {
                cells.extend(below.chunks(4).map(|four| {
                    let mut cell = Cell::EMPTY;
                    for c in four {
                        cell.add(c.x, c.y, c.mass, c.low, c.high);
                    }
                    cell.closed()
                }));
            } else {
                cells.extend((0..width).map(|b| {
                    let mut cell = Cell::EMPTY;
                    for k in b * BUCKET..((b + 1) * BUCKET).min(n) {
                        let at = [self.x[k], self.y[k]];
                        cell.add(at[0], at[1], self.mass[k], at, at);
                    }
                    cell.closed()
                }));
            }
            level += 1;
            if width <= 1 {
                break;
            }
            width = width.div_ceil(4);
        }
        self.cells.truncate(level);
    }

    fn bucket(&self, b: usize, seen: &mut Seen, out: &mut [[f32; 2]]) {
        self.look(b, seen);
        let first = b * BUCKET;
        vectored(AddUp {
            here: (&self.x[first..], &self.y[first..]),
            seen,
            out,
        });
    }

    /// Fills `seen` with what bucket `b` sees: near bodies one by one, far boxes as points.
    fn look(&self, b: usize, seen: &mut Seen) {
        let here = &self.cells[0][b];
        let far = 1.0 / (OPENING * OPENING);
        seen.clear();
        seen.open.push((self.cells.len() as u8 - 1, 0));
        while let Some((level, at)) = seen.open.pop() {
            let cells = &self.cells[level as usize];
            let cell = &cells[at as usize];
            let dx = (here.low[0] - cell.x).max(cell.x - here.high[0]).max(0.0);
            let dy = (here.low[1] - cell.y).max(cell.y - here.high[1]).max(0.0);
            if cell.side * cell.side * far < dx * dx + dy * dy {
                seen.push(cell.x, cell.y, cell.mass);
            } else if level == 0 {
                let first = at as usize * BUCKET;
                let range = first..(first + BUCKET).min(self.x.len());
                seen.x.extend_from_slice(&self.x[range.clone()]);
                seen.y.extend_from_slice(&self.y[range.clone()]);
                seen.mass.extend_from_slice(&self.mass[range]);
            } else {
                let below = self.cells[level as usize - 1].len() as u32;
                let children = at * 4..(at * 4 + 4).min(below);
                seen.open.extend(children.map(|child| (level - 1, child)));
            }
        }
        while !seen.x.len().is_multiple_of(BUCKET) {
            seen.push(1e15, 1e15, 0.0);
        }
    }
}

/// What the bodies of one bucket feel of all that it sees.
struct AddUp<'a> {
    here: (&'a [f32], &'a [f32]),
    seen: &'a Seen,
    out: &'a mut [[f32; 2]],
}

impl Vectored for AddUp<'_> {
    type Gives = ();

    #[expect(
        clippy::inline_always,
        reason = "vector instructions are for what stands in this very function"
    )]
    #[inline(always)]
    fn work(self) {
        let Self { here, seen, out } = self;
        for ((felt, &px), &py) in out.iter_mut().zip(here.0).zip(here.1) {
            let (mut fx, mut fy) = ([0f32; BUCKET], [0f32; BUCKET]);
            let (xs, _) = seen.x.as_chunks::<BUCKET>();
            let (ys, _) = seen.y.as_chunks::<BUCKET>();
            let (masses, _) = seen.mass.as_chunks::<BUCKET>();
            for ((sx, sy), sm) in xs.iter().zip(ys).zip(masses) {
                for q in 0..BUCKET {
                    let (dx, dy) = (px - sx[q], py - sy[q]);
                    let s = sm[q] / (dx * dx + dy * dy + 1e-4);
                    fx[q] += dx * s;
                    fy[q] += dy * s;
                }
            }
            *felt = [fx.iter().sum(), fy.iter().sum()];
        }
    }
}

/// Smallest and largest corner of all bodies; zeros when there are none.
pub(super) fn bounds(at: &[[f32; 2]]) -> ([f32; 2], [f32; 2]) {
    let Some(&first) = at.first() else {
        return ([0.0; 2], [0.0; 2]);
    };
    at.iter().fold((first, first), |(low, high), p| {
        (
            [low[0].min(p[0]), low[1].min(p[1])],
            [high[0].max(p[0]), high[1].max(p[1])],
        )
    })
}

/// Fills `keys` with all numbers of places in Morton order: who stands side by side follows one another, mostly. O(n log n).
pub(super) fn in_space(at: &[[f32; 2]], keys: &mut Vec<(u64, u32)>) {
    let (low, high) = bounds(at);
    let scale = 1_048_575.0 / (high[0] - low[0]).max(high[1] - low[1]).max(1e-20);
    let key = |(i, p): (u32, &[f32; 2])| {
        let (u, v) = ((p[0] - low[0]) * scale, (p[1] - low[1]) * scale);
        (spaced(u as u64) | (spaced(v as u64) << 1), i)
    };
    keys.clear();
    keys.extend((0..).zip(at).map(key));
    if at.len() > SHARED {
        keys.par_sort_unstable();
    } else {
        keys.sort_unstable();
    }
}

/// Spreads the low 32 bits apart, one free bit between each two.
fn spaced(v: u64) -> u64 {
    let v = (v | (v << 16)) & 0x0000_FFFF_0000_FFFF;
    let v = (v | (v << 8)) & 0x00FF_00FF_00FF_00FF;
    let v = (v | (v << 4)) & 0x0F0F_0F0F_0F0F_0F0F;
    let v = (v | (v << 2)) & 0x3333_3333_3333_3333;
    (v | (v << 1)) & 0x5555_5555_5555_5555
}
