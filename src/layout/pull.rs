//! What bodies feel of their threads: thousands of threads at a time, in vector instructions where the machine has them.
//!
//! The same on every machine: vector instructions round as the plain ones do, and each body's threads are added up in their order.

use std::ops::Range;

use super::force::ln;
use super::vector::{Vectored, vectored};
use super::web::Web;

/// The threads of some bodies that follow each other, and all memory that takes; used again from step to step.
#[derive(Debug, Default)]
pub(super) struct Pull {
    /// Along x: first how far the other end is, then how strongly it pulls there.
    x: Vec<f32>,
    y: Vec<f32>,
    /// First the strength of the thread, then that over its length: how stiff it is.
    stiff: Vec<f32>,
    /// Number of the first thread.
    first: usize,
}

impl Pull {
    /// Works out the pull of all threads of `bodies` (body `i` of `web` is at `at[i]`).
    pub(super) fn weigh(&mut self, web: &Web, at: &[[f32; 2]], bodies: Range<usize>) {
        let threads = web.offsets[bodies.start] as usize..web.offsets[bodies.end] as usize;
        self.first = threads.start;
        self.stiff.clear();
        self.stiff.extend_from_slice(&web.strength[threads]);
        self.x.resize(self.stiff.len(), 0.0);
        self.y.resize(self.stiff.len(), 0.0);
        let (mut x, mut y) = (self.x.as_mut_slice(), self.y.as_mut_slice());
        for i in bodies {
            let [px, py] = at[i];
            let others = web.row(i).0;
            let (row_x, rest_x) = x.split_at_mut(others.len());
            let (row_y, rest_y) = y.split_at_mut(others.len());
            for ((x, y), &other) in row_x.iter_mut().zip(row_y).zip(others) {
                let [ox, oy] = at[other as usize];
                (*x, *y) = (ox - px, oy - py);
            }
            (x, y) = (rest_x, rest_y);
        }
        vectored(Weigh(self));
    }

    /// Sum of what the threads of body `i` pull along x and y, and of how stiff they are.
    pub(super) fn of(&self, web: &Web, i: usize) -> [f32; 3] {
        let range = web.offsets[i] as usize - self.first..web.offsets[i + 1] as usize - self.first;
        let threads = self.x[range.clone()]
            .iter()
            .zip(&self.y[range.clone()])
            .zip(&self.stiff[range]);
        threads.fold([0.0, 0.0, 1e-9], |[fx, fy, stiff], ((x, y), s)| {
            [fx + x, fy + y, stiff + s]
        })
    }
}

/// Turns ways and strengths into pulls.
struct Weigh<'a>(&'a mut Pull);

impl Vectored for Weigh<'_> {
    type Gives = ();

    #[expect(
        clippy::inline_always,
        reason = "vector instructions are for what stands in this very function"
    )]
    #[inline(always)]
    fn work(self) {
        let Pull { x, y, stiff, .. } = self.0;
        for ((x, y), s) in x.iter_mut().zip(y).zip(stiff) {
            let d = (*x * *x + *y * *y).sqrt() + 1e-3;
            *s = *s * ln(1.0 + d) / d;
            *x *= *s;
            *y *= *s;
        }
    }
}
