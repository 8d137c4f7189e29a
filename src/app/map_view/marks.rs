//! Small marks at the shoulders of a dot: who is on the outreach list and how far the talk is, who is pinned.

use eframe::egui::{Painter, Pos2, Shape, Stroke, Vec2};

use super::super::model::{Model, OpenMap};
use super::look;
use super::overlay::{MOST_MARKS, Overlay};
use crate::campaign::{OutreachList, Status};
use crate::people::PersonId;
use crate::render::{Theme, palette};

/// Dots smaller than this many points are marked as pinned only when they are pointed at or selected.
const SMALLEST_PINNED: f32 = 4.0;

/// A mark, for the map and its legend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// On the outreach list.
    Listed(Status),
    /// Kept in place.
    Pinned,
}

impl Mark {
    /// What it means, in the legend's words.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Listed(status) => status.words(),
            Self::Pinned => "pinned",
        }
    }

    /// Draws it round `at`.
    pub(super) fn draw(self, painter: &Painter, at: Pos2, theme: Theme) {
        match self {
            Self::Listed(status) => status_mark(painter, at, status, theme),
            Self::Pinned => pin(painter, at, theme),
        }
    }
}

/// People of this map who are on the list; found again only when list or map have changed.
#[derive(Default)]
pub(super) struct OnList {
    list: OutreachList,
    revision: u64,
    people: Vec<(PersonId, Status)>,
    in_use: Vec<Status>,
}

impl OnList {
    /// Finds them again where list or map are other ones.
    pub(super) fn renew(&mut self, model: &Model, map: &OpenMap, revision: u64) {
        let list = &model.campaign.outreach_list;
        if self.revision == revision && self.list == *list {
            return;
        }
        let graph = &map.results.graph;
        self.people = list
            .entries()
            .iter()
            .filter_map(|entry| Some((graph.find(&entry.person)?, entry.status)))
            .collect();
        let has = |status: &Status| self.people.iter().any(|(_, s)| s == status);
        self.in_use = Status::ALL.into_iter().filter(has).collect();
        self.list = list.clone();
        self.revision = revision;
    }

    /// The marks that are on this map, in the order of work.
    pub(super) fn marks(&self, pinned: bool) -> Vec<Mark> {
        let listed = self.in_use.iter().copied().map(Mark::Listed);
        listed.chain(pinned.then_some(Mark::Pinned)).collect()
    }
}

impl Overlay<'_> {
    /// A small mark at the shoulder of everybody who is on the outreach list.
    pub(super) fn list_marks(&self, on_list: &OnList) {
        for &(person, status) in on_list.people.iter().take(MOST_MARKS) {
            for (dot, at) in self.in_sight(std::iter::once(person)) {
                let off = (self.sight.radius(dot.radius) + 6.5) * std::f32::consts::FRAC_1_SQRT_2;
                status_mark(self.painter, at + Vec2::new(off, -off), status, self.theme);
            }
        }
    }

    /// A pin at the other shoulder of everybody who is pinned, where the dot is large enough or pointed at or selected.
    pub(super) fn pins(
        &self,
        pinned: &[(PersonId, [f32; 2])],
        selected: &[PersonId],
        pointed_at: Option<PersonId>,
    ) {
        let selected = selected.get(..MOST_MARKS).unwrap_or(selected);
        for (dot, at) in self.in_sight(pinned.iter().map(|(person, _)| *person)) {
            let radius = self.sight.radius(dot.radius);
            let meant = || pointed_at == Some(dot.person) || selected.contains(&dot.person);
            if radius >= SMALLEST_PINNED || meant() {
                let off = (radius + 8.0) * std::f32::consts::FRAC_1_SQRT_2;
                pin(self.painter, at + Vec2::new(-off, -off), self.theme);
            }
        }
    }
}

/// A pin with its head up, leaning a little.
fn pin(painter: &Painter, at: Pos2, theme: Theme) {
    let colours = palette(theme);
    let (ink, ground) = (look::opaque(colours.dim_text), look::opaque(colours.ground));
    let (head, tip) = (at + Vec2::new(-0.8, -1.4), at + Vec2::new(2.2, 4.0));
    painter.line_segment([head, tip], Stroke::new(3.4, ground));
    painter.circle_filled(head, 4.2, ground);
    painter.line_segment([head, tip], Stroke::new(1.2, ink));
    painter.circle_filled(head, 2.7, ink);
}

/// Draws the mark of `status` round `at`, on a ground of its own.
fn status_mark(painter: &Painter, at: Pos2, status: Status, theme: Theme) {
    let colour = look::opaque(look::status(status, theme));
    let ground = look::opaque(palette(theme).ground);
    let line = Stroke::new(1.3, ground);
    painter.circle_filled(at, 5.6, ground);
    match status {
        Status::ToContact => {
            painter.circle_stroke(at, 3.4, Stroke::new(1.8, colour));
        }
        Status::Contacted => {
            painter.circle_stroke(at, 3.4, Stroke::new(1.8, colour));
            painter.circle_filled(at, 1.7, colour);
        }
        Status::Answered => {
            painter.circle_filled(at, 4.2, colour);
        }
        Status::Ambassador => {
            painter.circle_filled(at, 4.4, colour);
            let tick = vec![
                at + Vec2::new(-2.0, 0.1),
                at + Vec2::new(-0.6, 1.6),
                at + Vec2::new(2.1, -1.6),
            ];
            painter.add(Shape::line(tick, line));
        }
        Status::Declined => {
            painter.circle_filled(at, 4.2, colour);
            painter.add(Shape::line_segment(
                [at - Vec2::new(2.2, 0.0), at + Vec2::new(2.2, 0.0)],
                line,
            ));
        }
        Status::DoNotContact => {
            painter.circle_filled(at, 4.2, colour);
            for slope in [-1.8, 1.8] {
                let half = Vec2::new(1.8, slope);
                painter.add(Shape::line_segment([at - half, at + half], line));
            }
        }
    }
}
