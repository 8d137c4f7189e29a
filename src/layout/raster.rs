//! How dense a picture is, on a grid of square cells laid over it.

use super::repulsion::bounds;

/// Where the cells lie.
#[derive(Debug, Clone, Copy)]
pub(super) struct Raster {
    pub(super) width: usize,
    pub(super) height: usize,
    low: [f32; 2],
    /// Side of a cell, in the picture's units.
    pub(super) cell: f32,
}

impl Raster {
    /// A grid of `width` · `height` cells with the picture in its middle; `margin`: share of the grid that stays free on
    /// every side, below 0.5.
    pub(super) fn over(at: &[[f32; 2]], width: usize, height: usize, margin: f32) -> Self {
        let (low, high) = bounds(at);
        let used = 1.0 - 2.0 * margin;
        let cell = ((high[0] - low[0]) / (width as f32 * used))
            .max((high[1] - low[1]) / (height as f32 * used))
            .max(1e-9);
        let corner = |k: usize, n: usize| (low[k] + high[k] - cell * n as f32) * 0.5;
        Self {
            width,
            height,
            low: [corner(0, width), corner(1, height)],
            cell,
        }
    }

    /// A place in cells from the grid's corner.
    pub(super) fn in_cells(&self, p: [f32; 2]) -> [f32; 2] {
        [
            (p[0] - self.low[0]) / self.cell,
            (p[1] - self.low[1]) / self.cell,
        ]
    }

    /// The place at so many cells from the grid's corner.
    pub(super) fn out_of_cells(&self, p: [f32; 2]) -> [f32; 2] {
        [
            self.low[0] + p[0] * self.cell,
            self.low[1] + p[1] * self.cell,
        ]
    }

    /// The cell that holds a place, row by row; the nearest one for places beyond the grid.
    pub(super) fn cell_of(&self, p: [f32; 2]) -> usize {
        let [x, y] = self.in_cells(p);
        let column = (x.max(0.0) as usize).min(self.width - 1);
        let row = (y.max(0.0) as usize).min(self.height - 1);
        row * self.width + column
    }

    /// What lies in each cell.
    pub(super) fn sums(&self, at: &[[f32; 2]], of: &[f32]) -> Vec<f32> {
        let mut sums = vec![0.0; self.width * self.height];
        for (&p, &v) in at.iter().zip(of) {
            sums[self.cell_of(p)] += v;
        }
        sums
    }

    /// The cell at the upper left of the four round a place, given in cells, and how far the place lies from its middle, along
    /// both axes; within the grid for places beyond it.
    pub(super) fn around(&self, [x, y]: [f32; 2]) -> (usize, [f32; 2]) {
        let u = (x - 0.5).clamp(0.0, self.width as f32 - 1.001);
        let v = (y - 0.5).clamp(0.0, self.height as f32 - 1.001);
        let (column, row) = (u as usize, v as usize);
        let first = row * self.width + column;
        (first, [u - column as f32, v - row as f32])
    }
}
