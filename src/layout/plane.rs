//! Fourier transforms of a rectangle of numbers, on all cores.

use std::sync::Arc;

use libm::expf;
use rayon::prelude::*;
pub(super) use rustfft::num_complex::Complex32 as Complex;
use rustfft::{Fft, FftPlannerScalar};

/// Lines in one piece of shared work, and the side of the squares that are turned over at once.
const TILE: usize = 16;

/// The transforms of a rectangle of `width` · `height` numbers, both multiples of 16, and the memory they need.
///
/// A spectrum lies turned over: frequency `u` along the rows and `v` along the columns at `u * height + v`.
pub(super) struct Plane {
    pub(super) width: usize,
    pub(super) height: usize,
    /// Along rows: there and back.
    rows: [Arc<dyn Fft<f32>>; 2],
    /// Along columns: there and back.
    columns: [Arc<dyn Fft<f32>>; 2],
    spare: Vec<Complex>,
}

impl Plane {
    pub(super) fn new(width: usize, height: usize) -> Self {
        debug_assert!(width.is_multiple_of(TILE) && height.is_multiple_of(TILE));
        // Without vector instructions: they would make the last digits differ between machines.
        let mut planner = FftPlannerScalar::new();
        let mut both = |n| [planner.plan_fft_forward(n), planner.plan_fft_inverse(n)];
        Self {
            width,
            height,
            rows: both(width),
            columns: both(height),
            spare: vec![Complex::default(); width * height],
        }
    }

    /// Numbers become their spectrum. O(n log n).
    pub(super) fn there(&mut self, values: &mut Vec<Complex>) {
        self.there_from(values, self.height);
    }

    /// The same for numbers that are zero from row `used` on, a multiple of 16.
    pub(super) fn there_from(&mut self, values: &mut Vec<Complex>, used: usize) {
        lines(&self.rows[0], &mut values[..used * self.width]);
        turn(values, &mut self.spare, self.width);
        std::mem::swap(values, &mut self.spare);
        lines(&self.columns[0], values);
    }

    /// A spectrum becomes numbers, times `width * height`. O(n log n).
    pub(super) fn back(&mut self, spectrum: &mut Vec<Complex>) {
        self.back_to(spectrum, self.height);
    }

    /// The same where only the first `wanted` rows are asked for; the others mean nothing.
    pub(super) fn back_to(&mut self, spectrum: &mut Vec<Complex>, wanted: usize) {
        lines(&self.columns[1], spectrum);
        turn(spectrum, &mut self.spare, self.height);
        std::mem::swap(spectrum, &mut self.spare);
        lines(&self.rows[1], &mut spectrum[..wanted * self.width]);
    }

    /// Multiplies a spectrum so that what comes back is blurred by `cells` (standard deviation), and no longer scaled.
    pub(super) fn blur(&self, spectrum: &mut [Complex], cells: f32) {
        let scale = 1.0 / (self.width * self.height) as f32;
        let kept = |n: usize| -> Vec<f32> {
            let frequencies = Self::frequencies(n).into_iter();
            frequencies
                .map(|k| expf(-0.5 * cells * cells * k * k))
                .collect()
        };
        let (along, across) = (kept(self.width), kept(self.height));
        spectrum
            .par_chunks_mut(self.height)
            .zip(&along)
            .for_each(|(column, along)| {
                for (value, across) in column.iter_mut().zip(&across) {
                    *value *= along * across * scale;
                }
            });
    }

    /// The frequency of each entry along an axis of `n` numbers, in radians a number.
    pub(super) fn frequencies(n: usize) -> Vec<f32> {
        let frequency = |k: usize| {
            let k = if k <= n / 2 {
                k as f32
            } else {
                k as f32 - n as f32
            };
            std::f32::consts::TAU * k / n as f32
        };
        (0..n).map(frequency).collect()
    }
}

/// Transforms every line.
fn lines(transform: &Arc<dyn Fft<f32>>, values: &mut [Complex]) {
    let room = transform.get_inplace_scratch_len();
    values.par_chunks_mut(transform.len() * TILE).for_each_init(
        || vec![Complex::default(); room],
        |room, lines| transform.process_with_scratch(lines, room),
    );
}

/// Rows of `width` numbers become columns.
fn turn(from: &[Complex], to: &mut [Complex], width: usize) {
    let height = from.len() / width;
    to.par_chunks_mut(height * TILE)
        .enumerate()
        .for_each(|(band, rows)| {
            for first in (0..height).step_by(TILE) {
                for x in 0..TILE {
                    for y in first..first + TILE {
                        rows[x * height + y] = from[y * width + band * TILE + x];
                    }
                }
            }
        });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back_gives_the_same_numbers() {
        let (width, height) = (48, 32);
        let number = |i: usize| Complex::new((i * 7 % 11) as f32, (i % 5) as f32);
        let mut values: Vec<Complex> = (0..width * height).map(number).collect();
        let mut plane = Plane::new(width, height);
        plane.there(&mut values);
        plane.back(&mut values);
        for (i, v) in values.iter().enumerate() {
            let was = number(i);
            let now = v / (width * height) as f32;
            assert!((now - was).norm() < 1e-4, "{i}: {was} became {now}");
        }
    }

    #[test]
    fn a_wave_is_one_frequency_where_the_layout_says() {
        let (width, height) = (32, 16);
        let wave = |i: usize| {
            let (x, y) = ((i % width) as f32, (i / width) as f32);
            let phase = std::f32::consts::TAU * (3.0 * x / width as f32 + 2.0 * y / height as f32);
            Complex::new(libm::cosf(phase), libm::sinf(phase))
        };
        let mut values: Vec<Complex> = (0..width * height).map(wave).collect();
        Plane::new(width, height).there(&mut values);
        for (i, v) in values.iter().enumerate() {
            let wanted = if i == 3 * height + 2 {
                (width * height) as f32
            } else {
                0.0
            };
            assert!((v.norm() - wanted).abs() < 1e-2, "{i}: {v}");
        }
    }
}
