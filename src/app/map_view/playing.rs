//! Who is lit while the map plays: their dots in full colour, all else faded.

use eframe::egui::{CornerRadius, Mesh, Rect, Shape, Vec2};

use super::look;
use super::overlay::Overlay;
use crate::people::PersonId;
use crate::render::{Dot, DotInk, Light, palette};

/// How much the rest fades, of 255.
const VEIL: u8 = 200;
/// Dots lit in one picture, at most: of more people, every so-manieth.
const MOST_LIT: usize = 5_000;
/// Dots up to this many points are squares of the same area, all in one shape: nobody sees that, and thousands cost little.
const SMALL: f32 = 2.4;
/// Only where more than this many are lit.
const MANY: usize = 1_000;
/// Side of the square with the area of a circle of radius 1: the root of π.
const SIDE: f32 = 1.772_453_9;

impl Overlay<'_> {
    /// Fades the map and lights `people`. O(lit people).
    pub(super) fn light_people(&self, people: &[PersonId]) {
        let colours = palette(self.theme);
        let veil = look::veil(colours.ground, VEIL);
        self.painter
            .rect_filled(self.sight.rect, CornerRadius::ZERO, veil);
        let seen = self.sight.rect.expand(20.0);
        let every = people.len().div_ceil(MOST_LIT).max(1);
        let mut small = Mesh::default();
        let mut large = Vec::new();
        for person in people.iter().step_by(every) {
            let Some(i) = self.places.dot_of(*person) else {
                continue;
            };
            let (Some(dot), Some(at)) = (self.places.scene.dots.get(i), self.pos(i)) else {
                continue;
            };
            if !seen.contains(at) {
                continue;
            }
            let radius = self.sight.radius(dot.radius).max(1.6);
            if radius <= SMALL && people.len() > MANY {
                let square = Rect::from_center_size(at, Vec2::splat(radius * SIDE));
                small.add_colored_rect(square, look::opaque(dot.colour));
                continue;
            }
            let dot = Dot {
                light: Light::Lit,
                ..*dot
            };
            let fill = DotInk::of(&dot, colours, radius).fill;
            large.push(Shape::circle_filled(at, radius, look::opaque(fill)));
        }
        self.painter.add(small);
        self.painter.extend(large);
    }
}
