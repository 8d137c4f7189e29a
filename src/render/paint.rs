//! One band of rows and what can be painted on it: lines and discs with soft edges, blended in order.

use std::f32::consts::TAU;

use super::{DotInk, Rgb};

/// A straight line in pixels, cut to the picture.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stroke {
    from: [f32; 2],
    to: [f32; 2],
    colour: [f32; 3],
    /// Of one pixel that the line covers wholly; lines thinner than a pixel are fainter instead, so they do not flicker.
    opacity: f32,
    half_width: f32,
}

impl Stroke {
    /// `None` when it is outside a picture of `far` pixels, or its numbers are none.
    pub(super) fn new(
        [from, to]: [[f32; 2]; 2],
        colour: Rgb,
        opacity: f32,
        width: f32,
        far: [f32; 2],
    ) -> Option<Self> {
        let margin = width + 1.0;
        let (from, to) = cut(from, to, margin, far)?;
        Some(Self {
            from,
            to,
            colour: colour.floats(),
            opacity: opacity * width.min(1.0),
            half_width: width.max(1.0) / 2.0,
        })
    }

    pub(super) fn opacity(&self) -> f32 {
        self.opacity
    }

    /// First and last row it may touch.
    pub(super) fn rows(&self) -> [f32; 2] {
        // Up to 45° a line is thicker by √2 measured straight up.
        let reach = self.half_width * 1.5 + 1.0;
        [
            self.from[1].min(self.to[1]) - reach,
            self.from[1].max(self.to[1]) + reach,
        ]
    }
}

/// The part of a line inside the picture and `margin` round it (Liang, Barsky 1984), in f64: far outside, f32 is too coarse.
fn cut(from: [f32; 2], to: [f32; 2], margin: f32, far: [f32; 2]) -> Option<([f32; 2], [f32; 2])> {
    let (mut start, mut end) = (0f64, 1f64);
    let delta = [0, 1].map(|k| f64::from(to[k]) - f64::from(from[k]));
    for k in [0, 1] {
        let (low, high) = (-f64::from(margin), f64::from(far[k]) + f64::from(margin));
        let (at, d) = (f64::from(from[k]), delta[k]);
        if !at.is_finite() || !d.is_finite() {
            return None;
        }
        if d == 0.0 {
            if at < low || at > high {
                return None;
            }
            continue;
        }
        let (t, u) = ((low - at) / d, (high - at) / d);
        start = start.max(t.min(u));
        end = end.min(t.max(u));
    }
    let point = |t: f64| [0, 1].map(|k| (f64::from(from[k]) + t * delta[k]) as f32);
    (start < end).then(|| (point(start), point(end)))
}

/// A dot in pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Disc {
    at: [f32; 2],
    radius: f32,
    fill: [f32; 3],
    rim: [f32; 3],
    rim_width: f32,
    dashes: Option<f32>,
    ring: Option<Ring>,
}

#[derive(Debug, Clone, Copy)]
struct Ring {
    colour: [f32; 3],
    /// From the centre to the middle of the line.
    radius: f32,
    half_width: f32,
    halo_radius: f32,
    halo: f32,
}

impl Disc {
    /// A dot of `radius_pt` at pixel `at`. `None` when its numbers are none.
    pub(super) fn new(
        at: [f32; 2],
        radius_pt: f32,
        ink: &DotInk,
        hollow: bool,
        ring: Option<Rgb>,
        scale: f32,
    ) -> Option<Self> {
        let radius = radius_pt * scale;
        // A dash and a gap are about 5 points long together; fewer than 6 pairs no longer look dashed.
        let pairs = (TAU * radius_pt / 5.0).round();
        (at.iter().all(|v| v.is_finite()) && radius.is_finite()).then(|| Self {
            at,
            radius,
            fill: ink.fill.floats(),
            rim: ink.rim.floats(),
            rim_width: ink.rim_pt * scale,
            dashes: (hollow).then_some(if radius_pt < 2.5 { 0.0 } else { pairs.max(6.0) }),
            ring: ring.map(|colour| Ring {
                colour: colour.floats(),
                radius: radius + (DotInk::RING_GAP_PT + DotInk::RING_PT / 2.0) * scale,
                half_width: DotInk::RING_PT * scale / 2.0,
                halo_radius: radius + ink.halo_pt * scale,
                halo: ink.halo,
            }),
        })
    }

    fn reach(&self) -> f32 {
        let ring = self.ring.map_or(0.0, |ring| {
            ring.halo_radius.max(ring.radius + ring.half_width)
        });
        self.radius.max(ring) + 1.0
    }

    /// First and last row it may touch.
    pub(super) fn rows(&self) -> [f32; 2] {
        [self.at[1] - self.reach(), self.at[1] + self.reach()]
    }

    /// Whether any of it is in a picture of `far` pixels.
    pub(super) fn is_in(&self, far: [f32; 2]) -> bool {
        let reach = self.reach();
        (0..2).all(|k| self.at[k] > -reach && self.at[k] < far[k] + reach)
    }
}

/// Some rows of the picture, in numbers 0..=255 without rounding, so that hundreds of faint ties add up as they should.
pub(super) struct Band<'a> {
    pixels: &'a mut Vec<[f32; 3]>,
    width: usize,
    rows: usize,
    top: f32,
}

impl<'a> Band<'a> {
    /// The band for `bytes` that begins at row `top`, filled with `ground`; `room` is memory of the band before.
    pub(super) fn new(
        room: &'a mut Vec<[f32; 3]>,
        width: usize,
        top: usize,
        bytes: &[u8],
        ground: Rgb,
    ) -> Self {
        let rows = bytes.len() / 4 / width.max(1);
        room.clear();
        room.resize(width * rows, ground.floats());
        Self {
            pixels: room,
            width,
            rows,
            top: top as f32,
        }
    }

    /// Rounds the band into `bytes`.
    pub(super) fn write(&self, bytes: &mut [u8]) {
        for (out, pixel) in bytes.chunks_exact_mut(4).zip(self.pixels.iter()) {
            for (byte, value) in out.iter_mut().zip(pixel) {
                *byte = (value + 0.5) as u8;
            }
        }
    }

    /// Paints a line: along its longer direction pixel by pixel, across it with the share of each pixel that it covers.
    pub(super) fn stroke(&mut self, line: &Stroke) {
        let d = [line.to[0] - line.from[0], line.to[1] - line.from[1]];
        let along = usize::from(d[1].abs() > d[0].abs());
        let across = 1 - along;
        if d[along] == 0.0 {
            return;
        }
        let slope = d[across] / d[along];
        let half = line.half_width * (1.0 + slope * slope).sqrt();
        let (start, end) = (
            line.from[along].min(line.to[along]),
            line.from[along].max(line.to[along]),
        );
        // In pixels of this band; `limit[0]` is its width, `limit[1]` its rows.
        let origin = [0.0, self.top];
        let limit = [self.width as f32, self.rows as f32];
        let mut first = start - origin[along];
        let mut last = end - origin[along];
        if slope != 0.0 && along == 0 {
            // Only where the line is in the rows of this band; 2 pixels more than needed for rounding.
            let reach = |row: f32| line.from[0] + (row - line.from[1]) / slope;
            let (t, u) = (reach(self.top - half), reach(self.top + limit[1] + half));
            first = first.max(t.min(u) - 2.0);
            last = last.min(t.max(u) + 2.0);
        }
        let first = first.floor().max(0.0);
        let last = last.ceil().min(limit[along]);
        let mut step = first;
        while step < last {
            let centre = line.from[across] - origin[across]
                + (step + 0.5 + origin[along] - line.from[along]) * slope;
            // The first and the last pixel are covered in part.
            let head = (step + 1.0 + origin[along] - start).min(1.0);
            let tail = (end - step - origin[along]).min(1.0);
            let share = line.opacity * head.min(tail).max(0.0);
            self.across(
                along,
                step as usize,
                [centre - half, centre + half],
                line.colour,
                share,
            );
            step += 1.0;
        }
    }

    /// One step of a line: the pixels from `low` to `high` across it.
    fn across(
        &mut self,
        along: usize,
        step: usize,
        [low, high]: [f32; 2],
        colour: [f32; 3],
        share: f32,
    ) {
        let limit = if along == 0 { self.rows } else { self.width } as f32;
        let (begin, end) = (low.floor().max(0.0), high.min(limit));
        let (mut index, stride) = if along == 0 {
            (begin as usize * self.width + step, self.width)
        } else {
            (step * self.width + begin as usize, 1)
        };
        let mut at = begin;
        while at < end {
            let covered = high.min(at + 1.0) - low.max(at);
            if let Some(pixel) = self.pixels.get_mut(index) {
                over(pixel, colour, share * covered);
            }
            index += stride;
            at += 1.0;
        }
    }

    /// Paints a dot: halo, then the disc with its rim or dashes, then the ring.
    pub(super) fn disc(&mut self, disc: &Disc) {
        let reach = disc.reach();
        let (x, y) = (disc.at[0], disc.at[1] - self.top);
        let row_range = clip(y - reach, y + reach, self.rows);
        let columns = clip(x - reach, x + reach, self.width);
        for row in row_range {
            let dy = row as f32 + 0.5 - y;
            let line = row * self.width;
            let Some(pixels) = self
                .pixels
                .get_mut(line + columns.start..line + columns.end)
            else {
                continue;
            };
            for (pixel, column) in pixels.iter_mut().zip(columns.clone()) {
                let dx = column as f32 + 0.5 - x;
                let distance = (dx * dx + dy * dy).sqrt();
                if distance < reach {
                    disc.paint(pixel, [dx, dy], distance);
                }
            }
        }
    }
}

impl Disc {
    fn paint(&self, pixel: &mut [f32; 3], [dx, dy]: [f32; 2], distance: f32) {
        if let Some(ring) = self.ring {
            let beyond = (ring.halo_radius - distance) / (ring.halo_radius - self.radius);
            let glow = beyond.clamp(0.0, 1.0);
            over(pixel, self.fill, ring.halo * glow * glow);
        }
        let covered = (self.radius + 0.5 - distance).clamp(0.0, 1.0);
        if covered > 0.0 {
            let mut rim = (distance - (self.radius - self.rim_width) + 0.5).clamp(0.0, 1.0);
            if let Some(pairs) = self.dashes.filter(|pairs| *pairs > 0.0 && rim > 0.0) {
                rim *= dash(libm::atan2f(dy, dx), pairs, distance);
            }
            let colour = [0, 1, 2].map(|k| self.fill[k] + (self.rim[k] - self.fill[k]) * rim);
            over(pixel, colour, covered);
        }
        if let Some(ring) = self.ring {
            let off = (distance - ring.radius).abs();
            over(
                pixel,
                ring.colour,
                (ring.half_width + 0.5 - off).clamp(0.0, 1.0),
            );
        }
    }
}

/// 1 on a dash, 0 in a gap, soft between: dashes take 62 % of the way round.
fn dash(angle: f32, pairs: f32, distance: f32) -> f32 {
    let turn = (angle / TAU + 1.0) * pairs;
    let from_middle = (turn - turn.floor() - 0.5).abs();
    let pixels = (0.31 - from_middle) * TAU * distance / pairs;
    (pixels + 0.5).clamp(0.0, 1.0)
}

fn clip(low: f32, high: f32, limit: usize) -> std::ops::Range<usize> {
    let start = low.floor().clamp(0.0, limit as f32) as usize;
    let end = high.ceil().clamp(0.0, limit as f32) as usize;
    start..end.max(start)
}

fn over(pixel: &mut [f32; 3], colour: [f32; 3], share: f32) {
    for (value, new) in pixel.iter_mut().zip(colour) {
        *value += (new - *value) * share;
    }
}
