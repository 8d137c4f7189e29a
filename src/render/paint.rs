//! One band of rows and what can be painted on it: lines and discs with soft edges, blended in order.

use std::f32::consts::TAU;

use super::raster::SeenLand;
use super::{DotInk, Rgb};

/// Red, green, blue and how opaque, in 0..=255 without rounding: four are blended in one instruction. On a ground that is
/// opaque the last stays 255; on none the colours are those over black, as much of them as there is.
type Ink = [f32; 4];

fn unrounded(colour: Rgb) -> Ink {
    let [r, g, b] = colour.floats();
    [r, g, b, 255.0]
}

/// A straight line in pixels, cut to the picture.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stroke {
    from: [f32; 2],
    to: [f32; 2],
    colour: Ink,
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
            colour: unrounded(colour),
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
    fill: Ink,
    rim: Ink,
    rim_width: f32,
    dashes: Option<f32>,
    /// How opaque the disc is, and how much of its rim it has.
    opacity: f32,
    rim_share: f32,
    ring: Option<Ring>,
}

#[derive(Debug, Clone, Copy)]
struct Ring {
    colour: Ink,
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
        (at.iter().all(|v| v.is_finite()) && radius.is_finite()).then(|| Self {
            at,
            radius,
            fill: unrounded(ink.fill),
            rim: unrounded(ink.rim),
            rim_width: ink.rim_pt * scale,
            opacity: 1.0,
            rim_share: 1.0,
            dashes: hollow.then(|| DotInk::dashes(radius_pt)),
            ring: ring.map(|colour| Ring {
                colour: unrounded(colour),
                radius: radius + (DotInk::RING_GAP_PT + DotInk::RING_PT / 2.0) * scale,
                half_width: DotInk::RING_PT * scale / 2.0,
                halo_radius: radius + ink.halo_pt * scale,
                halo: ink.halo,
            }),
        })
    }

    /// The same dot among very many; see [`super::Crowd`].
    pub(super) fn in_crowd(self, opacity: f32, share: f32) -> Self {
        Self {
            opacity,
            rim_share: 1.0 - share,
            ..self
        }
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
    pixels: &'a mut Vec<Ink>,
    width: usize,
    rows: usize,
    top: f32,
}

impl<'a> Band<'a> {
    /// The band for `bytes` that begins at row `top`, filled with `ground` or see-through; `room` is memory of the band before.
    pub(super) fn new(
        room: &'a mut Vec<Ink>,
        width: usize,
        top: usize,
        bytes: &[u8],
        ground: Option<Rgb>,
    ) -> Self {
        let rows = bytes.len() / 4 / width.max(1);
        room.clear();
        room.resize(width * rows, ground.map_or([0.0; 4], unrounded));
        Self {
            pixels: room,
            width,
            rows,
            top: top as f32,
        }
    }

    /// Lays the land over the ground; `line` is memory for one row.
    pub(super) fn land(&mut self, seen: &SeenLand<'_>, line: &mut Vec<Option<[f32; 4]>>) {
        line.resize(self.width, None);
        for (row, pixels) in self.pixels.chunks_exact_mut(self.width).enumerate() {
            let down = (self.top + row as f32) * seen.step;
            let from = [seen.first[0], seen.first[1] + down];
            seen.land.row(from, seen.step, line);
            for (pixel, land) in pixels.iter_mut().zip(line.iter()) {
                if let Some([r, g, b, opaque]) = *land {
                    over(pixel, [r, g, b, 255.0], opaque / 255.0);
                }
            }
        }
    }

    /// Rounds the band into `bytes`; with `see_through` the colours are divided by how opaque they are.
    pub(super) fn write(&self, bytes: &mut [u8], see_through: bool) {
        for (out, pixel) in bytes.chunks_exact_mut(4).zip(self.pixels.iter()) {
            let share = if see_through { pixel[3] / 255.0 } else { 1.0 };
            let whole = if share > 0.0 { 1.0 / share } else { 0.0 };
            for (byte, value) in out.iter_mut().zip(pixel).take(3) {
                *byte = (value * whole + 0.5) as u8;
            }
            if see_through {
                out[3] = (pixel[3] + 0.5) as u8;
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
        // From here on in pixels of this band: its left upper corner is 0, 0.
        let origin = [0.0, self.top];
        let from = [line.from[0], line.from[1] - self.top];
        let (start, end) = (
            line.from[along].min(line.to[along]) - origin[along],
            line.from[along].max(line.to[along]) - origin[along],
        );
        let (mut first, mut last) = (start, end + 1.0);
        if slope != 0.0 && along == 0 {
            // Only where the line is in the rows of this band; 2 pixels more than needed for rounding.
            let reach = |row: f32| from[0] + (row - from[1]) / slope;
            let (t, u) = (reach(-half), reach(self.rows as f32 + half));
            first = first.max(t.min(u) - 2.0);
            last = last.min(t.max(u) + 2.0);
        }
        let limit = [self.width as i32, self.rows as i32];
        let stride = [1, self.width];
        // As many pixels as a line of this thickness can touch, always the same: the last one often gets nothing, but the
        // processor foresees the length of the loop.
        let thickness = (2.0 * half) as i32 + 2;
        let middle = from[across] + (0.5 - from[along]) * slope;
        // `as` cuts off what is behind the point. All in 32 bits and without `f32::min`: half the time of the plain way.
        for step in (first as i32).max(0)..limit[along].min(last as i32) {
            let at = step as f32;
            // The first and the last pixel are covered in part.
            let share = line.opacity * overlap([at, at + 1.0], [start, end]);
            let centre = middle + at * slope;
            let reach = [centre - half, centre + half];
            let begin = (reach[0] as i32).max(0);
            let row = step as usize * stride[along];
            for place in begin..limit[across].min(begin + thickness) {
                let at = place as f32;
                let index = row + place as usize * stride[across];
                if let Some(pixel) = self.pixels.get_mut(index) {
                    over(pixel, line.colour, share * overlap([at, at + 1.0], reach));
                }
            }
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
    fn paint(&self, pixel: &mut Ink, [dx, dy]: [f32; 2], distance: f32) {
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
            let colour = {
                let mut mixed = self.fill;
                over(&mut mixed, self.rim, rim * self.rim_share);
                mixed
            };
            over(pixel, colour, covered * self.opacity);
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
    let pixels = (DotInk::DASH / 2.0 - from_middle) * TAU * distance / pairs;
    (pixels + 0.5).clamp(0.0, 1.0)
}

fn clip(low: f32, high: f32, limit: usize) -> std::ops::Range<usize> {
    let start = low.floor().clamp(0.0, limit as f32) as usize;
    let end = high.ceil().clamp(0.0, limit as f32) as usize;
    start..end.max(start)
}

/// How much of the pixel `one` is in `other`. (Compared by hand: `f32::min` looks for NaN, and here is none.)
fn overlap(one: [f32; 2], other: [f32; 2]) -> f32 {
    let low = if one[0] > other[0] { one[0] } else { other[0] };
    let high = if one[1] < other[1] { one[1] } else { other[1] };
    if high > low { high - low } else { 0.0 }
}

fn over(pixel: &mut Ink, colour: Ink, share: f32) {
    for (value, new) in pixel.iter_mut().zip(colour) {
        *value += (new - *value) * share;
    }
}
