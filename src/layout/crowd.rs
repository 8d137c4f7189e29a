//! Moves round things apart until none covers another: the dots of a picture in which everybody has room already.
//!
//! Everybody looks at their neighbours and computes their own step from the places of the last round, so the result does
//! not depend on who is computed first. Things of like size share a grid: a search meets few that are too far away.

use rayon::prelude::*;

use super::vector::{Vectored, vectored};
use crate::progress::Progress;

/// Things above which the work is shared among threads.
const SHARED: usize = 2000;
/// Things in one piece of shared work.
const PIECE: usize = 512;
/// Share of the step that would part two alone; with six neighbours in a dense crowd, more than 0.66 swings.
const STEP: f32 = 0.6;
/// Share of the last step that is taken again: a crowd that has to spread does so in a third of the rounds.
const CARRY: f32 = 0.75;
/// Free water between two dots, in map units.
pub(super) const GAP: f32 = 0.6;

/// Deepest overlap of two dots that may stay, in map units: half of the gap between them is still water.
pub(super) const TOUCH: f32 = 0.5 * GAP;
/// One person in so many may be left with a deeper overlap: some corners never come to rest.
pub(super) const FEW: usize = 2000;

/// Round things that shall not cover each other.
#[derive(Debug)]
pub(super) struct Crowd {
    /// Places.
    pub(super) xy: Vec<[f32; 2]>,
    radius: Vec<f32>,
    ease: Vec<f32>,
    last: Vec<[f32; 2]>,
    classes: Vec<Class>,
}

/// Things whose radii differ by less than a factor two, sorted by cell.
#[derive(Debug, Default)]
struct Class {
    things: Vec<u32>,
    reach: f32,
    low: [f32; 2],
    cell: f32,
    columns: usize,
    rows: usize,
    start: Vec<u32>,
    cell_of: Vec<u32>,
    fill: Vec<u32>,
    spots: Spots,
}

/// Things by cell, each of their figures a list of its own.
#[derive(Debug, Default)]
struct Spots {
    x: Vec<f32>,
    y: Vec<f32>,
    radius: Vec<f32>,
    ease: Vec<f32>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Spot {
    x: f32,
    y: f32,
    radius: f32,
    ease: f32,
}

/// Places, or steps, of some things.
type Places<'p> = &'p mut [[f32; 2]];

impl Crowd {
    /// * `radius`: of each thing, with its share of the gap, > 0.
    /// * `ease`: how easily each thing moves against others; 0 for what must stay.
    pub(super) fn new(xy: Vec<[f32; 2]>, radius: Vec<f32>, ease: Vec<f32>) -> Self {
        let least = radius.iter().copied().fold(f32::MAX, f32::min).max(1e-3);
        let mut classes: Vec<Class> = Vec::new();
        for (i, &r) in radius.iter().enumerate() {
            let (mut class, mut limit) = (0, least * 2.0);
            while r > limit && class < 24 {
                limit *= 2.0;
                class += 1;
            }
            if classes.len() <= class {
                classes.resize_with(class + 1, Class::default);
            }
            let class = &mut classes[class];
            class.things.push(i as u32);
            class.reach = class.reach.max(r);
        }
        classes.retain(|class| !class.things.is_empty());
        Self {
            last: vec![[0.0; 2]; xy.len()],
            xy,
            radius,
            ease,
            classes,
        }
    }

    /// One round. Returns how many things it met that overlap deeper than `touch`, in map units.
    /// Means nothing when cancelled on the way.
    pub(super) fn part(&mut self, touch: f32, progress: &Progress) -> usize {
        let (xy, radius, ease) = (&mut self.xy, &self.radius, &self.ease);
        let shared = xy.len() > SHARED;
        if shared {
            let sort = |class: &mut Class| class.sort(xy, radius, ease);
            self.classes.par_iter_mut().for_each(sort);
        } else {
            for class in &mut self.classes {
                class.sort(xy, radius, ease);
            }
        }
        // Everybody looks at copies in the grids, so all can move at once.
        let classes = &self.classes;
        let piece = |(c, (xy, last)): (usize, (Places<'_>, Places<'_>))| {
            let mut deep = 0;
            if progress.is_cancelled() {
                return deep;
            }
            for (k, (p, last)) in xy.iter_mut().zip(last).enumerate() {
                let i = c * PIECE + k;
                let me = Spot {
                    x: p[0],
                    y: p[1],
                    radius: radius[i],
                    ease: ease[i],
                };
                let [x, y, deepest] = pushed(classes, me);
                deep += usize::from(deepest > touch);
                // Nobody drifts on through open water.
                let carry = if me.ease > 0.0 && deepest > 0.0 {
                    CARRY
                } else {
                    0.0
                };
                *last = cut([x + carry * last[0], y + carry * last[1]], me.radius);
                *p = [p[0] + last[0], p[1] + last[1]];
            }
            deep
        };
        if shared {
            let last = self.last.par_chunks_mut(PIECE);
            let pieces = xy.par_chunks_mut(PIECE).zip(last);
            pieces.enumerate().map(piece).sum()
        } else {
            let pieces = xy.chunks_mut(PIECE).zip(self.last.chunks_mut(PIECE));
            pieces.enumerate().map(piece).sum()
        }
    }
}

/// No step is longer than `most`: in a heap the pushes of all others add up.
fn cut(step: [f32; 2], most: f32) -> [f32; 2] {
    let length = (step[0] * step[0] + step[1] * step[1]).sqrt();
    if length <= most {
        return step;
    }
    step.map(|c| c * most / length)
}

/// The step of one thing away from all it overlaps, and the deepest overlap.
fn pushed(classes: &[Class], me: Spot) -> [f32; 3] {
    vectored(Push { classes, me })
}

/// Things looked at together.
const LANES: usize = 8;

struct Push<'a> {
    classes: &'a [Class],
    me: Spot,
}

impl Vectored for Push<'_> {
    type Gives = [f32; 3];

    #[expect(
        clippy::inline_always,
        reason = "vector instructions are for what stands in this very function"
    )]
    #[inline(always)]
    fn work(self) -> [f32; 3] {
        let Self { classes, me } = self;
        let mut sum = [0f32; 3];
        for class in classes {
            let range = me.radius + class.reach;
            let columns = class.column(me.x - range)..=class.column(me.x + range);
            for row in class.row(me.y - range)..=class.row(me.y + range) {
                let mut first = class.start[row * class.columns + columns.start()] as usize;
                let end = class.start[row * class.columns + columns.end() + 1] as usize;
                while first < end {
                    let few = (end - first).min(LANES);
                    me.meet(&class.spots, first, few, &mut sum);
                    first += few;
                }
            }
        }
        sum
    }
}

impl Spot {
    /// Adds to `sum` how the next `few` things from `first` push this one, and the deepest overlap. Most are too far away: that
    /// is found out for all at once.
    #[expect(clippy::inline_always, reason = "as for the loops round it")]
    #[inline(always)]
    fn meet(self, spots: &Spots, first: usize, few: usize, sum: &mut [f32; 3]) {
        let (mut dx, mut dy, mut apart, mut d2) =
            ([0f32; LANES], [0f32; LANES], [0f32; LANES], [0f32; LANES]);
        let lanes = |list: &[f32]| -> [f32; LANES] {
            // The lists have room for a whole row of lanes at their end.
            list[first..first + LANES].try_into().unwrap_or_default()
        };
        let (x, y, radius) = (lanes(&spots.x), lanes(&spots.y), lanes(&spots.radius));
        let mut near = false;
        for q in 0..LANES {
            (dx[q], dy[q]) = (self.x - x[q], self.y - y[q]);
            apart[q] = self.radius + radius[q];
            d2[q] = dx[q] * dx[q] + dy[q] * dy[q];
            near |= d2[q] < apart[q] * apart[q];
        }
        if !near {
            return;
        }
        for q in 0..few {
            if d2[q] < apart[q] * apart[q] && d2[q] > 0.0 {
                let d = d2[q].sqrt();
                let share = self.ease / (self.ease + spots.ease[first + q]).max(1e-9);
                let push = STEP * share * (apart[q] - d) / d;
                sum[0] += dx[q] * push;
                sum[1] += dy[q] * push;
                sum[2] = sum[2].max(apart[q] - d);
            }
        }
    }
}

impl Class {
    fn column(&self, x: f32) -> usize {
        (((x - self.low[0]) / self.cell).max(0.0) as usize).min(self.columns - 1)
    }

    fn row(&self, y: f32) -> usize {
        (((y - self.low[1]) / self.cell).max(0.0) as usize).min(self.rows - 1)
    }

    /// Sorts the things by cell, by counting.
    fn sort(&mut self, xy: &[[f32; 2]], radius: &[f32], ease: &[f32]) {
        let (mut low, mut high) = ([f32::MAX; 2], [f32::MIN; 2]);
        for &i in &self.things {
            let [x, y] = xy[i as usize];
            low = [low[0].min(x), low[1].min(y)];
            high = [high[0].max(x), high[1].max(y)];
        }
        let size = [high[0] - low[0], high[1] - low[1]];
        self.low = low;
        // Cells as wide as two of the largest, but never many more cells than things.
        let n = self.things.len();
        self.cell = (self.reach * 2.0)
            .max((size[0] * size[1] / (4 * n + 16) as f32).sqrt())
            .max(size[0].max(size[1]) / (4 * n + 16) as f32);
        self.columns = (size[0] / self.cell) as usize + 1;
        self.rows = (size[1] / self.cell) as usize + 1;
        self.start.clear();
        self.start.resize(self.columns * self.rows + 1, 0);
        self.cell_of.clear();
        for &i in &self.things {
            let [x, y] = xy[i as usize];
            let cell = self.row(y) * self.columns + self.column(x);
            self.cell_of.push(cell as u32);
            self.start[cell + 1] += 1;
        }
        for cell in 1..self.start.len() {
            self.start[cell] += self.start[cell - 1];
        }
        self.fill.clone_from(&self.start);
        let spots = &mut self.spots;
        for list in [
            &mut spots.x,
            &mut spots.y,
            &mut spots.radius,
            &mut spots.ease,
        ] {
            list.resize(n + LANES, 0.0);
        }
        for (&i, &cell) in self.things.iter().zip(&self.cell_of) {
            let at = &mut self.fill[cell as usize];
            let (i, k) = (i as usize, *at as usize);
            [spots.x[k], spots.y[k]] = xy[i];
            (spots.radius[k], spots.ease[k]) = (radius[i], ease[i]);
            *at += 1;
        }
    }
}
