//! What every body feels of all others, by a mesh: masses are laid on a grid, and the grid is folded with the force of one mass.
//!
//! For many bodies this is several times quicker than a tree; what is finer than a cell is smoothed away.

use rayon::prelude::*;

use super::plane::{Complex, Plane};
use super::repulsion::bounds;

/// Pieces in which masses are laid on the grid: fixed, so that sums do not depend on the number of threads.
const PIECES: usize = 4;
/// Bodies in one piece of shared reading.
const READ: usize = 4096;
/// Softening, in cells, squared.
const SOFT: f32 = 0.25;

/// The grid and all memory it needs, kept from step to step.
pub(super) struct Mesh {
    side: usize,
    /// Twice as wide and high as the grid, so that the picture does not feel itself round the corner.
    plane: Plane,
    kernel: Vec<Complex>,
    values: Vec<Complex>,
    pieces: Vec<Vec<f32>>,
    felt: Vec<[f32; 2]>,
}

/// Where a body lies on the grid: its middle cell, and its share in the cell before, the middle one and the one after.
struct Spot {
    cell: [usize; 2],
    x: [f32; 3],
    y: [f32; 3],
}

/// The square that the grid covers.
#[derive(Clone, Copy)]
struct Square {
    low: [f32; 2],
    cells_a_unit: f32,
}

impl Square {
    fn spot(self, p: [f32; 2]) -> Spot {
        let along = |k: usize| {
            let u = (p[k] - self.low[k]) * self.cells_a_unit + 1.0;
            let cell = (u + 0.5).floor();
            let d = u - cell;
            let shares = [
                0.5 * (0.5 - d) * (0.5 - d),
                0.75 - d * d,
                0.5 * (0.5 + d) * (0.5 + d),
            ];
            (cell as usize, shares)
        };
        let ((column, x), (row, y)) = (along(0), along(1));
        Spot {
            cell: [column, row],
            x,
            y,
        }
    }
}

impl Mesh {
    /// A mesh of `side` · `side` cells, a multiple of 16; more than two.
    pub(super) fn new(side: usize) -> Self {
        let n = 2 * side;
        let mut plane = Plane::new(n, n);
        let signed = |k: usize| {
            if k < side {
                k as f32
            } else {
                k as f32 - n as f32
            }
        };
        let of_one_mass = |i: usize| {
            let (x, y) = (signed(i % n), signed(i / n));
            let r = x * x + y * y + SOFT;
            Complex::new(x / r, y / r)
        };
        let mut kernel: Vec<Complex> = (0..n * n).map(of_one_mass).collect();
        plane.there(&mut kernel);
        Self {
            side,
            plane,
            kernel,
            values: vec![Complex::default(); n * n],
            pieces: vec![vec![0.0; side * side]; PIECES],
            felt: Vec::new(),
        }
    }

    /// Computes what every body feels: the sum over all others of mass · (here − there) / distance².
    pub(super) fn feel(&mut self, at: &[[f32; 2]], mass: &[f32]) {
        let (low, high) = bounds(at);
        let side = ((high[0] - low[0]).max(high[1] - low[1]) * 1.0001).max(1e-20);
        let square = Square {
            low,
            cells_a_unit: (self.side as f32 - 3.0) / side,
        };
        self.lay(at, mass, square);
        self.plane.there_from(&mut self.values, self.side);
        self.values
            .par_iter_mut()
            .zip(&self.kernel)
            .with_min_len(READ)
            .for_each(|(v, k)| *v *= *k);
        self.plane.back_to(&mut self.values, self.side);
        let n = 2 * self.side;
        let scale = square.cells_a_unit / (n * n) as f32;
        let values = &self.values;
        self.felt.resize(at.len(), [0.0; 2]);
        self.felt
            .par_iter_mut()
            .zip(at)
            .with_min_len(READ)
            .for_each(|(felt, &p)| {
                let spot = square.spot(p);
                let mut sum = Complex::default();
                for (r, share) in spot.y.iter().enumerate() {
                    let first = (spot.cell[1] + r - 1) * n + spot.cell[0] - 1;
                    let row = &values[first..first + 3];
                    sum += (row[0] * spot.x[0] + row[1] * spot.x[1] + row[2] * spot.x[2]) * share;
                }
                *felt = [sum.re * scale, sum.im * scale];
            });
    }

    /// What body `i` felt at the last [`Mesh::feel`].
    pub(super) fn felt(&self, i: usize) -> [f32; 2] {
        self.felt[i]
    }

    fn lay(&mut self, at: &[[f32; 2]], mass: &[f32], square: Square) {
        let (side, n) = (self.side, 2 * self.side);
        let length = at.len().div_ceil(PIECES).max(1);
        for grid in &mut self.pieces {
            grid.fill(0.0);
        }
        self.pieces
            .par_iter_mut()
            .zip(at.par_chunks(length).zip(mass.par_chunks(length)))
            .for_each(|(grid, (at, mass))| {
                for (&p, &mass) in at.iter().zip(mass) {
                    let spot = square.spot(p);
                    for (r, share) in spot.y.iter().enumerate() {
                        let first = (spot.cell[1] + r - 1) * side + spot.cell[0] - 1;
                        let row = &mut grid[first..first + 3];
                        for (cell, along) in row.iter_mut().zip(spot.x) {
                            *cell += mass * share * along;
                        }
                    }
                }
            });
        let pieces = &self.pieces;
        self.values
            .par_chunks_mut(n)
            .enumerate()
            .for_each(|(y, row)| {
                row.fill(Complex::default());
                if y < side {
                    for (x, value) in row.iter_mut().take(side).enumerate() {
                        value.re = pieces.iter().map(|piece| piece[y * side + x]).sum();
                    }
                }
            });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_some_cells_apart_feel_what_the_formula_says() {
        // Eight by eight bodies, each about 12 cells from the next.
        let at: Vec<[f32; 2]> = (0..64)
            .map(|i| [(i % 8 * 10 + i % 3) as f32, (i / 8 * 10 + i % 4) as f32])
            .collect();
        let mass: Vec<f32> = (0..64).map(|i| 1.0 + (i % 7) as f32).collect();
        let mut mesh = Mesh::new(96);
        mesh.feel(&at, &mass);
        for (i, p) in at.iter().enumerate() {
            let (mut exact, mut size) = ([0f32; 2], 0f32);
            for (q, m) in at.iter().zip(&mass) {
                let (dx, dy) = (p[0] - q[0], p[1] - q[1]);
                let d2 = dx * dx + dy * dy;
                if d2 > 0.0 {
                    exact = [exact[0] + m * dx / d2, exact[1] + m * dy / d2];
                    size += m / d2.sqrt();
                }
            }
            let felt = mesh.felt(i);
            let error = (felt[0] - exact[0]).hypot(felt[1] - exact[1]) / size;
            assert!(error < 0.01, "body {i}: {error} of all forces");
        }
    }
}
