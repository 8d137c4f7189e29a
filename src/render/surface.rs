//! What names, legend and title are drawn on: pixels, an SVG or a PDF.

use super::text::{TextInk, Typesetter};
use super::{Pixels, Rgb};

/// How a text is drawn. Lengths in points.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextStyle {
    /// Size of the letters.
    pub(super) size: f32,
    pub(super) colour: Rgb,
    /// Colour and width of what surrounds the letters.
    pub(super) halo: Option<(Rgb, f32)>,
    /// How much thicker than the font has them the letters are.
    pub(super) weight: f32,
}

/// How opaque the halo round letters is.
pub(super) const HALO: f32 = 0.88;
/// How opaque a card is.
pub(super) const CARD: f32 = 0.92;

/// Draws in points.
pub(super) trait Surface {
    /// Width and height of `text` in letters of `size`.
    fn measure(&mut self, text: &str, size: f32) -> [f32; 2];

    /// `text` with its left upper corner at `at`.
    fn text(&mut self, text: &str, at: [f32; 2], style: TextStyle);

    /// A disc.
    fn disc(&mut self, centre: [f32; 2], radius: f32, colour: Rgb);

    /// A circle's line, `width` wide with its middle at `radius`.
    fn ring(&mut self, centre: [f32; 2], radius: f32, width: f32, colour: Rgb);

    /// A rounded card, nearly opaque, with a hairline round it: colours of both.
    fn card(&mut self, at: [f32; 2], size: [f32; 2], corner: f32, fill_and_line: (Rgb, Rgb));

    /// A hairline to the right.
    fn rule(&mut self, from: [f32; 2], length: f32, colour: Rgb);
}

/// A picture of pixels.
pub(super) struct OnPixels<'a> {
    pub(super) pixels: &'a mut Pixels,
    /// Pixels a point.
    pub(super) scale: f32,
    pub(super) type_setter: &'a mut Typesetter,
}

impl Surface for OnPixels<'_> {
    fn measure(&mut self, text: &str, size: f32) -> [f32; 2] {
        let s = self.scale;
        self.type_setter.measure(text, size * s).map(|v| v / s)
    }

    fn text(&mut self, text: &str, at: [f32; 2], style: TextStyle) {
        let s = self.scale;
        let ink = TextInk {
            colour: style.colour,
            halo: style.halo.map(|(colour, width)| (colour, width * s)),
            weight: style.weight * s,
        };
        let at = at.map(|v| v * s);
        self.type_setter
            .draw(self.pixels, text, at, style.size * s, ink);
    }

    fn disc(&mut self, centre: [f32; 2], radius: f32, colour: Rgb) {
        let [x, y] = centre.map(|v| v * self.scale);
        let r = radius * self.scale;
        for row in (y - r).floor() as i32 - 1..=(y + r).ceil() as i32 {
            for column in (x - r).floor() as i32 - 1..=(x + r).ceil() as i32 {
                let (dx, dy) = (column as f32 + 0.5 - x, row as f32 + 0.5 - y);
                let cover = (r + 0.5 - (dx * dx + dy * dy).sqrt()).clamp(0.0, 1.0);
                self.pixels.blend(column, row, colour, cover);
            }
        }
    }

    fn ring(&mut self, centre: [f32; 2], radius: f32, width: f32, colour: Rgb) {
        let [x, y] = centre.map(|v| v * self.scale);
        let (r, half) = (radius * self.scale, width * self.scale / 2.0);
        let reach = r + half;
        for row in (y - reach).floor() as i32 - 1..=(y + reach).ceil() as i32 {
            for column in (x - reach).floor() as i32 - 1..=(x + reach).ceil() as i32 {
                let (dx, dy) = (column as f32 + 0.5 - x, row as f32 + 0.5 - y);
                let off = ((dx * dx + dy * dy).sqrt() - r).abs();
                let cover = (half + 0.5 - off).clamp(0.0, 1.0);
                self.pixels.blend(column, row, colour, cover);
            }
        }
    }

    fn card(&mut self, at: [f32; 2], size: [f32; 2], corner: f32, (fill, hairline): (Rgb, Rgb)) {
        let s = self.scale;
        let low = at.map(|v| v * s);
        let high = [(at[0] + size[0]) * s, (at[1] + size[1]) * s];
        let centre = [0, 1].map(|k| f32::midpoint(low[k], high[k]));
        let half = [0, 1].map(|k| (high[k] - low[k]) / 2.0);
        let corner = corner * s;
        let line = s.max(1.0);
        for y in low[1].floor() as i32..high[1].ceil() as i32 {
            for x in low[0].floor() as i32..high[0].ceil() as i32 {
                let qx = (x as f32 + 0.5 - centre[0]).abs() - half[0] + corner;
                let qy = (y as f32 + 0.5 - centre[1]).abs() - half[1] + corner;
                let out = (qx.max(0.0) * qx.max(0.0) + qy.max(0.0) * qy.max(0.0)).sqrt();
                let inside = corner - out - qx.max(qy).min(0.0);
                let cover = (inside + 0.5).clamp(0.0, 1.0);
                let edge = cover * (line + 0.5 - inside).clamp(0.0, 1.0);
                self.pixels.blend(x, y, fill, CARD * cover);
                self.pixels.blend(x, y, hairline, edge);
            }
        }
    }

    fn rule(&mut self, from: [f32; 2], length: f32, colour: Rgb) {
        let s = self.scale;
        let y = (from[1] * s) as i32;
        let thick = s.round().max(1.0) as i32;
        for row in y..y + thick {
            for x in (from[0] * s) as i32..((from[0] + length) * s) as i32 {
                self.pixels.blend(x, row, colour, 1.0);
            }
        }
    }
}

impl Pixels {
    /// Lays `share` (0..=1) of `colour` over the pixel at `x`, `y`; outside the picture nothing happens.
    pub(super) fn blend(&mut self, x: i32, y: i32, colour: Rgb, share: f32) {
        if x < 0 || y < 0 || x as u32 >= self.width || y as u32 >= self.height {
            return;
        }
        let at = (y as usize * self.width as usize + x as usize) * 4;
        let Some([colours @ .., opaque]) = self.rgba.get_mut(at..at + 4) else {
            return;
        };
        let share = share.clamp(0.0, 1.0);
        // On what is see-through the new colour counts for more than its share.
        let (part, whole) = if *opaque == 255 {
            (share, 255.0)
        } else {
            let old = f32::from(*opaque) / 255.0;
            let whole = share + old * (1.0 - share);
            (if whole > 0.0 { share / whole } else { 0.0 }, whole * 255.0)
        };
        for (byte, new) in colours.iter_mut().zip(colour.floats()) {
            let old = f32::from(*byte);
            *byte = (old + (new - old) * part + 0.5) as u8;
        }
        *opaque = (whole + 0.5) as u8;
    }
}
