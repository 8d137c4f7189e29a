//! Small marks at the shoulders of a dot: who is on the outreach list and how far the talk is, who is pinned.

use eframe::egui::{Painter, Pos2, Shape, Stroke, Vec2};

use super::super::changed::Changed;
use super::super::model::{Model, OpenMap};
use super::super::selection::Selection;
use super::look;
use super::overlay::{MOST_LOOKED_AT, MOST_MARKS, Overlay};
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
    /// In the new file only.
    New,
    /// In another community than in the file before.
    Moved,
}

impl Mark {
    /// What it means, in the legend's words.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Listed(status) => status.words(),
            Self::Pinned => "pinned",
            Self::New => "new since last time",
            Self::Moved => "moved from another community",
        }
    }

    /// Draws it round `at`.
    pub(super) fn draw(self, painter: &Painter, at: Pos2, theme: Theme) {
        match self {
            Self::Listed(status) => status_mark(painter, at, status, theme),
            Self::Pinned => pin(painter, at, theme),
            Self::New => rays(painter, at, 2.0, theme),
            Self::Moved => arrow(painter, at, theme),
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
    pub(super) fn marks(&self, model: &Model) -> Vec<Mark> {
        let pinned = !model.pinned.is_empty();
        let changed = model.changes_shown();
        let new = changed.is_some_and(|changed| !changed.new.is_empty());
        let moved = changed.is_some_and(|changed| !changed.moved.is_empty());
        let listed = self.in_use.iter().copied().map(Mark::Listed);
        let others = [
            (pinned, Mark::Pinned),
            (new, Mark::New),
            (moved, Mark::Moved),
        ];
        let others = others.into_iter().filter(|(shown, _)| *shown);
        listed.chain(others.map(|(_, mark)| mark)).collect()
    }
}

impl Overlay<'_> {
    /// Every mark there is.
    pub(super) fn marks(&self, model: &Model, on_list: &OnList, pointed_at: Option<PersonId>) {
        if let Some(changed) = model.changes_shown() {
            self.change_marks(changed);
        }
        self.list_marks(on_list);
        self.pins(&model.pinned, &model.selected, pointed_at);
    }

    /// Rays round everybody who is new, an arrow at the foot of everybody who moved.
    fn change_marks(&self, changed: &Changed) {
        let every = changed.new.len().div_ceil(MOST_LOOKED_AT).max(1);
        for (dot, at) in self.in_sight(changed.new.iter().copied().step_by(every)) {
            rays(self.painter, at, self.sight.radius(dot.radius), self.theme);
        }
        let moved = changed.moved.iter().take(MOST_MARKS);
        for (dot, at) in self.in_sight(moved.map(|(person, _)| *person)) {
            let off = (self.sight.radius(dot.radius) + 6.5) * std::f32::consts::FRAC_1_SQRT_2;
            arrow(self.painter, at + Vec2::splat(off), self.theme);
        }
    }

    /// A small mark at the shoulder of everybody who is on the outreach list.
    fn list_marks(&self, on_list: &OnList) {
        for &(person, status) in on_list.people.iter().take(MOST_MARKS) {
            for (dot, at) in self.in_sight(std::iter::once(person)) {
                let off = (self.sight.radius(dot.radius) + 6.5) * std::f32::consts::FRAC_1_SQRT_2;
                status_mark(self.painter, at + Vec2::new(off, -off), status, self.theme);
            }
        }
    }

    /// A pin at the other shoulder of everybody who is pinned, where the dot is large enough or pointed at or selected.
    fn pins(
        &self,
        pinned: &[(PersonId, [f32; 2])],
        selected: &Selection,
        pointed_at: Option<PersonId>,
    ) {
        for (dot, at) in self.in_sight(pinned.iter().map(|(person, _)| *person)) {
            let radius = self.sight.radius(dot.radius);
            let meant = || pointed_at == Some(dot.person) || selected.has(dot.person);
            if radius >= SMALLEST_PINNED || meant() {
                let off = (radius + 8.0) * std::f32::consts::FRAC_1_SQRT_2;
                pin(self.painter, at + Vec2::new(-off, -off), self.theme);
            }
        }
    }
}

/// Four short rays round a dot of this radius: no ring, so that nobody takes it for a bridge or for the selection.
fn rays(painter: &Painter, at: Pos2, radius: f32, theme: Theme) {
    let colours = palette(theme);
    let (ink, ground) = (look::opaque(colours.text), look::opaque(colours.ground));
    for stroke in [Stroke::new(3.2, ground), Stroke::new(1.4, ink)] {
        for way in [Vec2::X, Vec2::Y, -Vec2::X, -Vec2::Y] {
            let (from, to) = (at + way * (radius + 1.5), at + way * (radius + 5.0));
            painter.line_segment([from, to], stroke);
        }
    }
}

/// A small arrow to the right.
fn arrow(painter: &Painter, at: Pos2, theme: Theme) {
    let colours = palette(theme);
    let (ink, ground) = (look::opaque(colours.text), look::opaque(colours.ground));
    let tip = at + Vec2::new(4.0, 0.0);
    painter.circle_filled(at, 5.6, ground);
    for from in [
        at + Vec2::new(-4.0, 0.0),
        tip + Vec2::new(-3.0, -2.6),
        tip + Vec2::new(-3.0, 2.6),
    ] {
        painter.line_segment([from, tip], Stroke::new(1.4, ink));
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
