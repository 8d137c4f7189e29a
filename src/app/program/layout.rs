//! Commands about where people stand: pinning, pausing, and laying out what is open once more.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use eframe::egui;

use super::App;
use super::choices::Asked;
use super::filters::is_of_part;
use crate::app::model::LayoutNow;
use crate::app::tasks::Lane;
use crate::app::work::{self, Link};
use crate::campaign::{EditError, MapChoices};
use crate::layout::Positions;
use crate::people::PersonId;
use crate::progress::Stage;
use crate::project::Change;
use crate::session::{Earlier, Start};

/// So much room the places of layouts that are not shown may take, in bytes: of large maps fewer are kept.
const KEPT_BYTES: usize = 256 << 20;

/// A layout of the open map that runs: what stood there before, and the step that asked for it.
pub(super) struct LaidOut {
    positions: Option<Arc<Positions>>,
    pinned: BTreeMap<String, [f32; 2]>,
    layout: u64,
    asked: Option<Asked>,
}

/// Whoever is not in the part that was laid out stays where they stood: they come back when the filter is lifted. O(people).
fn keep_places(positions: &mut Arc<Positions>, before: Option<&Positions>) {
    let Some(before) = before else { return };
    let places = &mut Arc::make_mut(positions).xy;
    for (place, stood) in places.iter_mut().zip(&before.xy) {
        if !place.iter().all(|at| at.is_finite()) {
            *place = *stood;
        }
    }
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

    /// The choices with the next layout: one that no step leads to yet.
    fn choices_laid_out(&self) -> MapChoices {
        let mut map = self.model.campaign.map.clone();
        let kept = self.layouts.keys().next_back().copied().unwrap_or(0);
        map.layout = map.layout.max(kept).saturating_add(1);
        map
    }

    /// The key and the name of somebody on the open map.
    fn known(&self, person: PersonId) -> Option<(String, String)> {
        let people = &self.model.map.as_ref()?.results.graph.people;
        let person = people.get(person.index())?;
        Some((person.key.to_string(), person.name.to_string()))
    }

    pub(super) fn pin(
        &mut self,
        person: PersonId,
        at: [f32; 2],
        ctx: &egui::Context,
    ) -> Result<(), EditError> {
        let Some((key, name)) = self.known(person) else {
            return Ok(());
        };
        if !at.iter().all(|x| x.is_finite()) {
            return Ok(());
        }
        let before = self.laid_out_now();
        let mut map = self.choices_laid_out();
        map.pinned.insert(key, at);
        self.choose(map, format!("move {name}"))?;
        let positions = self.model.map.as_ref().and_then(|m| m.positions.clone());
        if let Some(positions) = positions {
            self.moved(positions);
            self.make_way(before, ctx);
        }
        Ok(())
    }

    pub(super) fn unpin(&mut self, person: PersonId, ctx: &egui::Context) -> Result<(), EditError> {
        let Some((key, name)) = self.known(person) else {
            return Ok(());
        };
        let before = self.laid_out_now();
        let mut map = self.choices_laid_out();
        if map.pinned.remove(&key).is_some() {
            self.choose(map, format!("unpin {name}"))?;
            self.make_way(before, ctx);
        }
        Ok(())
    }

    /// How everybody stands now.
    fn laid_out_now(&self) -> LaidOut {
        let choices = &self.model.campaign.map;
        LaidOut {
            positions: self.model.map.as_ref().and_then(|m| m.positions.clone()),
            pinned: choices.pinned.clone(),
            layout: choices.layout,
            asked: None,
        }
    }

    /// Parts those who stand on each other now, from where everybody is; a layout that runs does so by itself.
    fn make_way(&mut self, before: LaidOut, ctx: &egui::Context) {
        self.shown_layout = self.model.campaign.map.layout;
        if self.tasks.runs(Lane::Walk) {
            return;
        }
        let start = Start {
            positions: self.model.map.as_ref().and_then(|m| m.positions.clone()),
            pinned: self.model.pinned.clone(),
            is_final: false,
        };
        self.lay_out(before, start, None, ctx);
    }

    /// Lays the open map out from nothing.
    pub(super) fn lay_out_again(&mut self, ctx: &egui::Context) -> Result<(), EditError> {
        if self.model.map.is_none() || self.tasks.runs(Lane::Walk) {
            return Ok(());
        }
        let before = self.laid_out_now();
        let mut map = self.choices_laid_out();
        map.pinned.clear();
        self.choose(map, "lay out the map again".to_owned())?;
        self.shown_layout = self.model.campaign.map.layout;
        self.map_view.fit_all();
        let said = Some("Map laid out again");
        self.lay_out(before, Start::default(), said, ctx);
        Ok(())
    }

    /// Lays a map out that was opened without places.
    pub(super) fn lay_out_from(
        &mut self,
        start: Start,
        said: Option<&'static str>,
        ctx: &egui::Context,
    ) {
        let before = self.laid_out_now();
        self.lay_out(before, start, said, ctx);
    }

    fn lay_out(
        &mut self,
        before: LaidOut,
        start: Start,
        said: Option<&'static str>,
        ctx: &egui::Context,
    ) {
        let Some(map) = &self.model.map else {
            return;
        };
        let mut results = (*map.results).clone();
        self.laid_out = Some(LaidOut {
            asked: self.choosing.last(),
            ..before
        });
        self.set_paused(false);
        // One of its own, as for a new map.
        self.link = Link::default();
        let link = self.link.clone();
        self.start(ctx, Lane::Walk, true, move |progress, outbox| {
            work::lay_out(&mut results, &start, &link, (progress, outbox), said)
        });
    }

    /// Brings everybody back to where they stood before a layout that came to nothing, and takes back what asked for it.
    pub(super) fn restore_places(&mut self) {
        let Some(before) = self.laid_out.take() else {
            return;
        };
        self.take_back(before.asked, |map| {
            map.layout = before.layout;
            map.pinned = before.pinned;
        });
        self.shown_layout = self.model.campaign.map.layout;
        self.show_places(before.positions);
    }

    /// Whether the newest step asked for the layout that runs.
    pub(super) fn layout_was_asked_last(&self) -> bool {
        let asked = self.laid_out.as_ref().and_then(|laid_out| laid_out.asked);
        asked.is_some_and(|asked| asked.is_newest(&self.model.history))
    }

    /// Everybody has come to rest: the one place where the places of a layout are kept, to come back to.
    pub(super) fn layout_rests(&mut self) {
        let Some(positions) = self.model.map.as_ref().and_then(|m| m.positions.clone()) else {
            return;
        };
        let shown = self.model.campaign.map.layout;
        let bytes = size_of::<[f32; 2]>() * positions.xy.len().max(1);
        self.shown_layout = shown;
        self.also_keep(Change::Layout(shown, positions.clone()));
        self.layouts.insert(shown, positions);
        let most = (KEPT_BYTES / bytes).max(2);
        while self.layouts.len() > most {
            // The first one stays: it is what the file gives.
            let oldest = self.layouts.keys().find(|kept| ![0, shown].contains(kept));
            let Some(oldest) = oldest.copied() else {
                return;
            };
            self.layouts.remove(&oldest);
        }
    }

    /// Shows the layout that the campaign names now, where it is another one than is shown: from what is kept, else people go
    /// there from where they stand.
    pub(super) fn follow_layout(&mut self, ctx: &egui::Context) {
        let wanted = self.model.campaign.map.layout;
        if wanted == self.shown_layout {
            return;
        }
        let before = LaidOut {
            layout: self.shown_layout,
            ..self.laid_out_now()
        };
        self.shown_layout = wanted;
        if self.laid_out.take().is_some() {
            self.set_paused(false);
            self.tasks.cancel(Lane::Walk);
        }
        if let Some(kept) = self.layouts.get(&wanted) {
            self.show_places(Some(kept.clone()));
        } else if before.positions.is_some() {
            self.make_way(before, ctx);
        }
    }

    fn show_places(&mut self, positions: Option<Arc<Positions>>) {
        if let Some(map) = &mut self.model.map {
            map.positions = positions;
            map.positions_version += 1;
        }
    }

    /// Shows people in these places, but for those who are pinned.
    pub(super) fn moved(&mut self, positions: Arc<Positions>) {
        let Some(map) = &mut self.model.map else {
            return;
        };
        let mut positions = positions;
        if is_of_part(map) {
            keep_places(&mut positions, map.positions.as_deref());
        }
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
