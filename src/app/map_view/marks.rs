//! Small marks at the shoulder of a dot: who is on the outreach list, and how far the talk is.

use eframe::egui::{Painter, Pos2, Shape, Stroke, Vec2};

use super::super::model::{Model, OpenMap};
use super::look;
use super::overlay::{MOST_MARKS, Overlay};
use crate::campaign::{OutreachList, Status};
use crate::people::PersonId;
use crate::render::{Theme, palette};

/// People of this map who are on the list; found again only when list or map have changed.
#[derive(Default)]
pub(super) struct OnList {
    list: OutreachList,
    revision: u64,
    people: Vec<(PersonId, Status)>,
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
        self.list = list.clone();
        self.revision = revision;
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
}

/// Draws the mark of `status` round `at`, on a ground of its own.
pub(super) fn status_mark(painter: &Painter, at: Pos2, status: Status, theme: Theme) {
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
