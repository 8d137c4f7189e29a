//! Who is lit while the map plays: their dots in full colour, all else faded.

use eframe::egui::{CornerRadius, Shape};

use super::look;
use super::overlay::Overlay;
use crate::people::PersonId;
use crate::render::{Dot, DotInk, Light, palette};

/// How much the rest fades, of 255.
const VEIL: u8 = 200;
/// Dots lit in one picture, at most: of more people, every so-manieth.
const MOST_LIT: usize = 8_000;

impl Overlay<'_> {
    /// Fades the map and lights `people`. O(lit people).
    pub(super) fn light_people(&self, people: &[PersonId]) {
        let colours = palette(self.theme);
        let veil = look::veil(colours.ground, VEIL);
        self.painter
            .rect_filled(self.sight.rect, CornerRadius::ZERO, veil);
        let seen = self.sight.rect.expand(20.0);
        let every = people.len().div_ceil(MOST_LIT).max(1);
        let lit = people.iter().step_by(every).filter_map(|person| {
            let i = self.places.dot_of(*person)?;
            let at = self.pos(i).filter(|at| seen.contains(*at))?;
            let dot = Dot {
                light: Light::Lit,
                ..*self.places.scene.dots.get(i)?
            };
            let radius = self.sight.radius(dot.radius).max(1.6);
            let fill = DotInk::of(&dot, colours, radius).fill;
            Some(Shape::circle_filled(at, radius, look::opaque(fill)))
        });
        self.painter.extend(lit);
    }
}
