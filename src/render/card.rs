//! The legend as a card: measured first, so that the map can make room for it, then drawn.

use super::surface::{Surface, TextStyle};
use super::text::Typesetter;
use super::{Camera, Legend, LegendCommunity, Palette, Rgb, thousands};

// Everything in points, at the picture's scale.
const PAD: f32 = 16.0;
const CORNER: f32 = 8.0;
const WIDEST: f32 = 330.0;
const NARROWEST: f32 = 150.0;
const TEXT: f32 = 13.0;
const SMALL: f32 = 11.5;
const ROW: f32 = 21.0;
const SMALL_ROW: f32 = 16.5;
const SWATCH: f32 = 5.0;
/// From the left edge of the swatches to the names.
const INDENT: f32 = 20.0;
/// Between a name and its number of people.
const GUTTER: f32 = 18.0;
/// Above and below a separating line.
const SEPARATOR: f32 = 10.0;
/// Between the examples of sizes.
const BETWEEN_SIZES: f32 = 18.0;

/// The legend, broken into lines. Lengths in points.
pub(super) struct Card {
    communities: Vec<(Rgb, String, String)>,
    size: Vec<String>,
    examples: Vec<(String, f32)>,
    notes: Vec<String>,
    /// Largest radius that an example of a size may have.
    largest: f32,
    /// Width and height.
    pub(super) size_pt: [f32; 2],
}

impl Card {
    /// Lays out `legend` in at most `room` points; `camera` tells how large the examples of sizes are at most. `None` when
    /// there is nothing to say or no room to say it.
    pub(super) fn new(
        legend: &Legend,
        camera: Camera,
        room: [f32; 2],
        scale: f32,
        type_setter: &mut Typesetter,
    ) -> Option<Self> {
        let inner = (room[0] - 2.0 * PAD).min(WIDEST - 2.0 * PAD);
        if inner < NARROWEST - 2.0 * PAD {
            return None;
        }
        let largest = legend
            .sizes
            .iter()
            .map(|(_, radius)| camera.radius_px(*radius))
            .fold(0.0, f32::max)
            .min(28.0);
        let mut measure =
            |text: &str, size: f32| type_setter.measure(text, size * scale)[0] / scale;
        let names = legend
            .communities
            .iter()
            .map(|line| INDENT + GUTTER + measure(&line.name, TEXT) + measure(&count(line), SMALL));
        let width = names
            .fold(NARROWEST - 2.0 * PAD, f32::max)
            .max(measure(&legend.size, SMALL))
            .ceil() // a hair more, so that rounding cuts no name
            .min(inner);
        let mut wrap = |text: &String| type_setter.wrap(text, SMALL * scale, width * scale);
        let mut card = Self {
            size: wrap(&legend.size),
            notes: legend.notes.iter().flat_map(&mut wrap).collect(),
            communities: Vec::new(),
            examples: legend.sizes.clone(),
            largest,
            size_pt: [width + 2.0 * PAD, 0.0],
        };
        let free = room[1] - card.height();
        let lines = (free.max(0.0) / ROW) as usize;
        for line in shown(&legend.communities, lines) {
            let people = count(&line);
            let taken = type_setter.measure(&people, SMALL * scale)[0] / scale;
            let name_width = width - INDENT - GUTTER - taken;
            let name = type_setter.fit(&line.name, TEXT * scale, name_width * scale);
            card.communities.push((line.colour, name, people));
        }
        card.size_pt[1] = card.height();
        (card.size_pt[1] > 2.0 * PAD && card.size_pt[1] <= room[1]).then_some(card)
    }

    fn height(&self) -> f32 {
        let mut parts = Vec::new();
        if !self.communities.is_empty() {
            parts.push(self.communities.len() as f32 * ROW);
        }
        let examples = if self.examples.is_empty() {
            0.0
        } else {
            2.0 * self.largest + SMALL_ROW + 6.0
        };
        if !self.size.is_empty() {
            parts.push(self.size.len() as f32 * SMALL_ROW + examples);
        }
        if !self.notes.is_empty() {
            parts.push(self.notes.len() as f32 * SMALL_ROW);
        }
        let separators = parts.len().saturating_sub(1) as f32 * 2.0 * SEPARATOR;
        parts.iter().sum::<f32>() + separators + 2.0 * PAD
    }

    /// Draws the card with its left upper corner at `at` (points). `camera` is the picture's.
    pub(super) fn draw(
        &self,
        surface: &mut dyn Surface,
        at: [f32; 2],
        camera: Camera,
        colours: &Palette,
    ) {
        surface.card(at, self.size_pt, CORNER, (colours.card, colours.hairline));
        let mut pen = Pen {
            surface,
            colours,
            left: at[0] + PAD,
            width: self.size_pt[0] - 2.0 * PAD,
            y: at[1] + PAD,
        };
        for (colour, name, people) in &self.communities {
            pen.community(*colour, name, people);
        }
        if !self.size.is_empty() {
            pen.separate(!self.communities.is_empty());
            for line in &self.size {
                pen.note(line);
            }
            if !self.examples.is_empty() {
                pen.sizes(&self.examples, self.largest, camera);
            }
        }
        if !self.notes.is_empty() {
            pen.separate(!(self.communities.is_empty() && self.size.is_empty()));
            for line in &self.notes {
                pen.note(line);
            }
        }
    }
}

fn count(line: &LegendCommunity) -> String {
    thousands(u64::from(line.people))
}

/// The lines that fit; where some do not, the last one says how many.
fn shown(lines: &[LegendCommunity], room: usize) -> Vec<LegendCommunity> {
    if lines.len() <= room {
        return lines.to_vec();
    }
    let kept = room.saturating_sub(1);
    let mut shown: Vec<LegendCommunity> = lines.iter().take(kept).cloned().collect();
    let rest = lines.get(kept..).unwrap_or_default();
    if let (true, Some(last)) = (room > 0, rest.last()) {
        shown.push(LegendCommunity {
            community: None,
            colour: last.colour,
            name: format!("{} more", rest.len()),
            people: rest.iter().map(|line| line.people).sum(),
        });
    }
    shown
}

/// Draws one line of the card after the other.
struct Pen<'a> {
    surface: &'a mut dyn Surface,
    colours: &'a Palette,
    left: f32,
    width: f32,
    /// Top of the next line.
    y: f32,
}

impl Pen<'_> {
    fn text(&mut self, text: &str, x: f32, middle: f32, size: f32, colour: Rgb) {
        let height = self.surface.measure(text, size)[1];
        let style = TextStyle {
            size,
            colour,
            halo: None,
            weight: 0.35,
        };
        self.surface.text(text, [x, middle - height / 2.0], style);
    }

    fn width_of(&mut self, text: &str, size: f32) -> f32 {
        self.surface.measure(text, size)[0]
    }

    fn community(&mut self, colour: Rgb, name: &str, people: &str) {
        let middle = self.y + ROW / 2.0;
        self.surface
            .disc([self.left + SWATCH, middle], SWATCH, colour);
        self.text(name, self.left + INDENT, middle, TEXT, self.colours.text);
        let x = self.left + self.width - self.width_of(people, SMALL);
        self.text(people, x, middle, SMALL, self.colours.dim_text);
        self.y += ROW;
    }

    fn separate(&mut self, something_above: bool) {
        if !something_above {
            return;
        }
        self.y += SEPARATOR;
        let from = [self.left, self.y];
        self.surface.rule(from, self.width, self.colours.hairline);
        self.y += SEPARATOR;
    }

    fn note(&mut self, text: &str) {
        let middle = self.y + SMALL_ROW / 2.0;
        self.text(text, self.left, middle, SMALL, self.colours.dim_text);
        self.y += SMALL_ROW;
    }

    /// Dots as large as on the map, each over its number.
    fn sizes(&mut self, examples: &[(String, f32)], largest: f32, camera: Camera) {
        self.y += 6.0;
        let mut x = self.left;
        for (label, radius) in examples {
            let radius = camera.radius_px(*radius).min(largest);
            let label_width = self.width_of(label, SMALL);
            let column = (2.0 * radius).max(label_width);
            if x + column > self.left + self.width + 0.5 {
                break;
            }
            let middle = [x + column / 2.0, self.y + 2.0 * largest - radius];
            self.surface.disc(middle, radius, self.colours.other);
            let below = self.y + 2.0 * largest + SMALL_ROW / 2.0 + 1.0;
            self.text(
                label,
                x + (column - label_width) / 2.0,
                below,
                SMALL,
                self.colours.dim_text,
            );
            x += column + BETWEEN_SIZES;
        }
        self.y += 2.0 * largest + SMALL_ROW;
    }
}
