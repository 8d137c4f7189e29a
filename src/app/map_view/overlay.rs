//! What lies lightly on the map: lit ties, selection rings, the box and the lasso.

use eframe::egui::{CornerRadius, Painter, Pos2, Rect, Shape, Stroke, StrokeKind};

use super::super::selection::Selection;
use super::lit::Lighting;
use super::look;
use super::places::Places;
use super::sight::Sight;
use crate::people::PersonId;
use crate::render::{Bends, Dot, DotInk, Light, Theme, curve, palette};

/// How much the rest fades while the ties of the person under the pointer are lit, of 255.
const DEEP_VEIL: u8 = 178;
/// The same while those of the selection are: the map stays readable.
const THIN_VEIL: u8 = DEEP_VEIL / 2;
/// More ties than this are faint: many faint ties tell more than a solid fan.
const MANY_TIES: usize = 150;
/// Rings and marks drawn at most in one frame.
pub(super) const MOST_MARKS: usize = 2000;
/// Of a larger selection, people in sight are looked at, so many at most.
const MOST_LOOKED_AT: usize = 20_000;
/// More people than these are ringed finely.
const MANY_RINGS: usize = 60;
/// Points round a lit person that stay clear for the ring.
const RING_GAP: f32 = 3.0;

/// One frame's way of drawing over the map.
pub(super) struct Overlay<'a> {
    pub(super) painter: &'a Painter,
    pub(super) sight: &'a Sight,
    pub(super) places: &'a Places,
    pub(super) theme: Theme,
    /// Somebody who is held elsewhere than `places` says: being dragged, or just let go.
    pub(super) held: Option<(PersonId, [f32; 2])>,
}

impl Overlay<'_> {
    /// Where dot `i` is on the screen.
    pub(super) fn pos(&self, i: usize) -> Option<Pos2> {
        let dot = self.places.scene.dots.get(i)?;
        let at = match self.held {
            Some((person, at)) if person == dot.person => at,
            _ => self.places.of(i)?,
        };
        Some(self.sight.screen_from_map(at))
    }

    /// Fades the map, then draws what is lit.
    pub(super) fn light(&self, Lighting { lit, by_pointer }: Lighting<'_>) {
        let veil = if by_pointer { DEEP_VEIL } else { THIN_VEIL };
        let ground = palette(self.theme).ground;
        let room = self.sight.rect;
        self.painter
            .rect_filled(room, CornerRadius::ZERO, look::veil(ground, veil));
        let alpha = if lit.ties.len() > MANY_TIES { 120 } else { 190 };
        let bends = Bends::of(&self.places.scene);
        self.painter.extend(lit.ties.iter().filter_map(|tie| {
            let ends = [self.pos(tie.a)?, self.pos(tie.b)?];
            let width = (0.9 + 0.3 * tie.strength as f32).min(3.0);
            let stroke = Stroke::new(width, look::veil(tie.colour, alpha));
            let flat = ends.map(<[f32; 2]>::from);
            let control = bends.control(&self.places.scene, [tie.a, tie.b], flat);
            if control.is_none() {
                return Some(Shape::line_segment(ends, stroke));
            }
            let points = curve(flat, control).map(|[_, to]| Pos2::from(to));
            let points = std::iter::once(ends[0]).chain(points).collect();
            Some(Shape::line(points, stroke))
        }));
        let seen = room.expand(20.0);
        let others = lit.others.iter().map(|&(_, dot)| dot);
        for i in others.chain(lit.centres.iter().copied()) {
            let Some(at) = self.pos(i).filter(|at| seen.contains(*at)) else {
                continue;
            };
            if let Some(dot) = self.places.scene.dots.get(i) {
                self.dot(dot, at);
            }
        }
    }

    /// A ring round the person under the pointer.
    pub(super) fn ring_of(&self, i: usize) {
        if let (Some(dot), Some(at)) = (self.places.scene.dots.get(i), self.pos(i)) {
            self.ring(at, self.sight.radius(dot.radius), 2.0);
        }
    }

    /// One dot in its full colour, however dim the map has it.
    fn dot(&self, dot: &Dot, at: Pos2) {
        let radius = self.sight.radius(dot.radius);
        let bright = Dot {
            light: Light::Lit,
            ..*dot
        };
        let ink = DotInk::of(&bright, palette(self.theme), radius);
        self.painter
            .circle_filled(at, radius, look::opaque(ink.fill));
        if ink.rim_pt > 0.4 {
            let stroke = Stroke::new(ink.rim_pt, look::opaque(ink.rim));
            self.painter
                .circle_stroke(at, radius - ink.rim_pt / 2.0, stroke);
        }
    }

    fn ring(&self, at: Pos2, radius: f32, width: f32) {
        let ink = look::opaque(palette(self.theme).text);
        self.painter
            .circle_stroke(at, radius + RING_GAP, Stroke::new(width, ink));
    }

    /// A ring round everybody who is selected.
    pub(super) fn selection(&self, selected: &Selection) {
        let ground = look::veil(palette(self.theme).ground, 200);
        let ringed = if selected.len() <= MOST_LOOKED_AT {
            self.in_sight(selected.iter().copied())
        } else {
            // Of very many, whoever is in sight: not everybody again for each picture.
            let (room, sight) = (self.sight.rect, self.sight);
            let (low, high) = (
                sight.map_from_screen(room.min),
                sight.map_from_screen(room.max),
            );
            let there = self.places.some_in_box(low, high, MOST_LOOKED_AT);
            self.in_sight(there.into_iter().filter(|person| selected.has(*person)))
        };
        let many = ringed.len() > MANY_RINGS;
        for (dot, at) in ringed {
            let radius = self.sight.radius(dot.radius);
            if many {
                // Among many, wide rings would hide those between them.
                let ink = look::opaque(palette(self.theme).text);
                self.painter
                    .circle_stroke(at, radius, Stroke::new(1.2, ink));
                continue;
            }
            self.painter
                .circle_stroke(at, radius + RING_GAP, Stroke::new(4.5, ground));
            self.ring(at, radius, 2.0);
        }
    }

    /// Those of `people` who are shown and within the room, with their places.
    pub(super) fn in_sight(&self, people: impl Iterator<Item = PersonId>) -> Vec<(Dot, Pos2)> {
        let room = self.sight.rect.expand(16.0);
        people
            .filter_map(|person| {
                let i = self.places.dot_of(person)?;
                let at = self.pos(i).filter(|at| room.contains(*at))?;
                Some((*self.places.scene.dots.get(i)?, at))
            })
            .take(MOST_MARKS)
            .collect()
    }

    /// The box being drawn.
    pub(super) fn selection_box(&self, from: Pos2, to: Pos2) {
        let ink = palette(self.theme).text;
        self.painter.rect(
            Rect::from_two_pos(from, to),
            CornerRadius::same(2),
            look::veil(ink, 22),
            Stroke::new(1.0, look::veil(ink, 190)),
            StrokeKind::Inside,
        );
    }

    /// The lasso being drawn.
    pub(super) fn lasso(&self, line: &[Pos2]) {
        let stroke = Stroke::new(1.5, look::veil(palette(self.theme).text, 200));
        let mut closed = line.to_vec();
        closed.extend(line.first());
        self.painter
            .extend(Shape::dashed_line(&closed, stroke, 6.0, 4.0));
    }
}
