//! Commands about where people stand: pinning, pausing, and laying out what is open once more.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use eframe::egui;

use super::App;
use crate::app::model::LayoutNow;
use crate::app::tasks::Lane;
use crate::app::work::{self, Link};
use crate::layout::Positions;
use crate::people::PersonId;
use crate::progress::Stage;
use crate::session::{Earlier, Start};

/// Where everybody stood, and who was pinned.
pub(super) struct LaidOut {
    positions: Option<Arc<Positions>>,
    pinned: Vec<(PersonId, [f32; 2])>,
}

impl App {
    /// What a new map begins from; `None` before anybody stands anywhere.
    pub(super) fn earlier(&self) -> Option<Earlier> {
        let map = self.model.map.as_ref()?;
        Some(Earlier {
            graph: map.results.graph.clone(),
            positions: map.positions.clone()?,
            pinned: self.model.pinned.clone(),
        })
    }

    pub(super) fn pin(&mut self, person: PersonId, at: [f32; 2], ctx: &egui::Context) {
        self.model.pinned.retain(|(p, _)| *p != person);
        self.model.pinned.push((person, at));
        let positions = self.model.map.as_ref().and_then(|m| m.positions.clone());
        if let Some(positions) = positions {
            self.moved(positions);
            self.make_way(ctx);
        }
    }

    pub(super) fn unpin(&mut self, person: PersonId, ctx: &egui::Context) {
        self.model.pinned.retain(|(p, _)| *p != person);
        self.make_way(ctx);
    }

    /// Parts those who stand on each other now, from where everybody is; a layout that runs does so by itself.
    fn make_way(&mut self, ctx: &egui::Context) {
        if self.tasks.runs(Lane::Walk) {
            return;
        }
        let start = Start {
            positions: self.model.map.as_ref().and_then(|m| m.positions.clone()),
            pinned: self.model.pinned.clone(),
            is_final: false,
        };
        self.lay_out(start, None, ctx);
    }

    /// Lays the open map out from nothing.
    pub(super) fn lay_out_again(&mut self, ctx: &egui::Context) {
        let Some(map) = &self.model.map else {
            return;
        };
        if self.tasks.runs(Lane::Walk) {
            return;
        }
        self.laid_out = Some(LaidOut {
            positions: map.positions.clone(),
            pinned: std::mem::take(&mut self.model.pinned),
        });
        self.map_view.fit_all();
        self.lay_out(Start::default(), Some("Map laid out again"), ctx);
    }

    fn lay_out(&mut self, start: Start, said: Option<&'static str>, ctx: &egui::Context) {
        let Some(map) = &self.model.map else {
            return;
        };
        let mut results = (*map.results).clone();
        self.set_paused(false);
        // One of its own, as for a new map.
        self.link = Link::default();
        let link = self.link.clone();
        self.start(ctx, Lane::Walk, true, move |progress, outbox| {
            work::lay_out(&mut results, &start, &link, (progress, outbox), said)
        });
    }

    /// Brings everybody back to where they stood before a layout that came to nothing.
    pub(super) fn restore_places(&mut self) {
        let Some(before) = self.laid_out.take() else {
            return;
        };
        self.model.pinned = before.pinned;
        if let Some(map) = &mut self.model.map {
            map.positions = before.positions;
            map.positions_version += 1;
        }
    }

    /// Shows people in these places, but for those who are pinned.
    pub(super) fn moved(&mut self, positions: Arc<Positions>) {
        let Some(map) = &mut self.model.map else {
            return;
        };
        let mut positions = positions;
        if !self.model.pinned.is_empty() {
            let moved = Arc::make_mut(&mut positions);
            for (person, at) in &self.model.pinned {
                if let Some(place) = moved.xy.get_mut(person.index()) {
                    *place = *at;
                }
            }
        }
        map.positions = Some(positions);
        map.positions_version += 1;
    }

    pub(super) fn pause_layout(&mut self) {
        if self.tasks.runs(Lane::Walk) {
            self.set_paused(self.model.layout != LayoutNow::Paused);
        }
    }

    pub(super) fn set_paused(&mut self, paused: bool) {
        self.link.pause.store(paused, Ordering::Relaxed);
        self.model.layout = self.layout_now();
    }

    /// What the layout does: it can be paused before it begins.
    pub(super) fn layout_now(&self) -> LayoutNow {
        let walk = self.tasks.standing_of(Lane::Walk);
        if walk.is_some() && self.link.pause.load(Ordering::Relaxed) {
            return LayoutNow::Paused;
        }
        let runs = walk.is_some_and(|walk| walk.stage == Stage::Layout);
        if runs && self.model.map.is_some() {
            LayoutNow::Runs
        } else {
            LayoutNow::Rests
        }
    }
}
