//! What lies lightly on the map: the ties of the person under the pointer, selection rings, list marks.

use eframe::egui::{CornerRadius, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2};

use super::look;
use super::places::Places;
use super::sight::Sight;
use crate::campaign::Status;
use crate::people::{PersonId, Ties};
use crate::render::{Dot, DotInk, Light, Theme, palette};

/// How much the rest fades while a person's ties are lit, of 255.
const VEIL: u8 = 178;
/// More ties than this are not told apart anyway, and would cost the window its smoothness. The strongest are shown.
const MOST_TIES: usize = 1200;
/// Rings and marks drawn at most in one frame.
const MOST_MARKS: usize = 2000;
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
    fn pos(&self, i: usize) -> Option<Pos2> {
        let dot = self.places.scene.dots.get(i)?;
        let at = match self.held {
            Some((person, at)) if person == dot.person => at,
            _ => self.places.of(i)?,
        };
        Some(self.sight.screen_from_map(at))
    }

    /// Fades the map, then draws dot `i` with its ties and the people they lead to. Returns those people, strongest tie first.
    pub(super) fn light_person(&self, i: usize, ties: &Ties) -> Vec<PersonId> {
        let (Some(dot), Some(centre)) = (self.places.scene.dots.get(i), self.pos(i)) else {
            return Vec::new();
        };
        let ground = palette(self.theme).ground;
        let room = self.sight.rect;
        self.painter
            .rect_filled(room, CornerRadius::ZERO, look::veil(ground, VEIL));
        let others = self.others(dot.person, ties);
        let seen = room.expand(20.0);
        self.painter
            .extend(others.iter().map(|&(_, j, strength, to)| {
                let colour = self
                    .places
                    .scene
                    .dots
                    .get(j)
                    .map_or(dot.colour, |o| o.colour);
                let width = (0.9 + 0.3 * strength as f32).min(3.0);
                // Many faint ties tell more than a solid fan.
                let alpha = if others.len() > 150 { 120 } else { 190 };
                Shape::line_segment([centre, to], Stroke::new(width, look::veil(colour, alpha)))
            }));
        for &(_, j, _, to) in others.iter().filter(|o| seen.contains(o.3)) {
            if let Some(other) = self.places.scene.dots.get(j) {
                self.dot(other, to);
            }
        }
        self.dot(dot, centre);
        self.ring(centre, self.sight.radius(dot.radius), 2.0);
        others.into_iter().map(|(person, ..)| person).collect()
    }

    /// The people of the scene whom `person` is tied to: who, which dot, how strongly, where on the screen.
    fn others(&self, person: PersonId, ties: &Ties) -> Vec<(PersonId, usize, f64, Pos2)> {
        if person.index() >= ties.n_people() {
            return Vec::new();
        }
        let mut others: Vec<(PersonId, usize, f64, Pos2)> = ties
            .of(person.index())
            .filter_map(|(other, strength)| {
                let other = PersonId(other);
                let j = self.places.dot_of(other)?;
                Some((other, j, strength, self.pos(j)?))
            })
            .collect();
        others.sort_unstable_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
        others.truncate(MOST_TIES);
        others
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
    pub(super) fn selection(&self, selected: &[PersonId]) {
        let ground = look::veil(palette(self.theme).ground, 200);
        for (dot, at) in self.in_sight(selected.iter().copied()) {
            let radius = self.sight.radius(dot.radius);
            self.painter
                .circle_stroke(at, radius + RING_GAP, Stroke::new(4.5, ground));
            self.ring(at, radius, 2.0);
        }
    }

    /// A small mark at the shoulder of everybody who is on the outreach list.
    pub(super) fn list_marks(&self, on_list: &[(PersonId, Status)]) {
        for &(person, status) in on_list.iter().take(MOST_MARKS) {
            for (dot, at) in self.in_sight(std::iter::once(person)) {
                let off = (self.sight.radius(dot.radius) + 6.5) * std::f32::consts::FRAC_1_SQRT_2;
                self.mark(at + Vec2::new(off, -off), status);
            }
        }
    }

    fn mark(&self, at: Pos2, status: Status) {
        let colour = look::opaque(look::status(status, self.theme));
        let ground = look::opaque(palette(self.theme).ground);
        let line = Stroke::new(1.3, ground);
        self.painter.circle_filled(at, 5.6, ground);
        match status {
            Status::ToContact => {
                self.painter
                    .circle_stroke(at, 3.4, Stroke::new(1.8, colour));
            }
            Status::Contacted => {
                self.painter
                    .circle_stroke(at, 3.4, Stroke::new(1.8, colour));
                self.painter.circle_filled(at, 1.7, colour);
            }
            Status::Answered => {
                self.painter.circle_filled(at, 4.2, colour);
            }
            Status::Ambassador => {
                self.painter.circle_filled(at, 4.4, colour);
                let tick = vec![
                    at + Vec2::new(-2.0, 0.1),
                    at + Vec2::new(-0.6, 1.6),
                    at + Vec2::new(2.1, -1.6),
                ];
                self.painter.add(Shape::line(tick, line));
            }
            Status::Declined => {
                self.painter.circle_filled(at, 4.2, colour);
                self.painter.add(Shape::line_segment(
                    [at - Vec2::new(2.2, 0.0), at + Vec2::new(2.2, 0.0)],
                    line,
                ));
            }
            Status::DoNotContact => {
                self.painter.circle_filled(at, 4.2, colour);
                for slope in [-1.8, 1.8] {
                    let half = Vec2::new(1.8, slope);
                    self.painter
                        .add(Shape::line_segment([at - half, at + half], line));
                }
            }
        }
    }

    /// Those of `people` who are shown and within the room, with their places.
    fn in_sight(&self, people: impl Iterator<Item = PersonId>) -> Vec<(Dot, Pos2)> {
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
