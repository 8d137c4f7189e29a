//! Which map is open: a new one takes the place of the one before, comes to nothing, or is closed.

use std::path::PathBuf;
use std::sync::Arc;

use eframe::egui;

use super::App;
use super::update::Compares;
use crate::analysis::SizeBy;
use crate::app::changed::Changed;
use crate::app::closer::Closer;
use crate::app::command::RankBy;
use crate::app::model::{OpenMap, Sheet};
use crate::app::planning::ShownPlan;
use crate::app::tasks::Lane;
use crate::app::work::{Finished, Looks, NewMap};
use crate::campaign::{Campaign, History};
use crate::people::PersonId;
use crate::session::{self, Results};
use crate::system;

/// All that belongs to one open map.
pub(super) struct Before {
    map: Option<OpenMap>,
    pinned: Vec<(PersonId, [f32; 2])>,
    plan: Option<Arc<ShownPlan>>,
    /// The list, what was done to it, and where it is kept; `None` where the new map has the same list.
    lists: Option<(Campaign, History, Option<PathBuf>)>,
    /// What an update changes although the list is the same: how communities look, and where the list is kept.
    kept: Option<(Looks, Option<PathBuf>)>,
    compares: Compares,
    changes: Option<Arc<Changed>>,
}

impl App {
    pub(super) fn show_new_map(&mut self, new: NewMap) {
        self.model.problems.clear(); // they were about what was open before
        self.flush_list();
        let results = new.results;
        let ranking = Arc::new(session::by_bridge_rank(&results.analysis));
        let map = OpenMap {
            sizes: results.sizes.clone(),
            positions: None,
            positions_version: 0,
            scene: None,
            scene_version: self.model.map.as_ref().map_or(0, |m| m.scene_version + 1),
            title: new.title,
            ranking,
            closer: Closer::default(),
            results,
        };
        let same_list = self.list_name.as_ref() == Some(&new.list_name) || new.update.is_some();
        let changes = self.model.changes.clone();
        let compares = std::mem::take(&mut self.compares);
        self.forget_changes();
        let model = &mut self.model;
        let mut before = Before {
            map: model.map.replace(map),
            lists: None,
            kept: None,
            pinned: std::mem::take(&mut model.pinned),
            plan: model.plan.take(),
            compares,
            changes,
        };
        let goes_on = new.start.is_some();
        model.pinned = new.start.map_or_else(Vec::new, |start| start.pinned);
        // The same file again: the list in the window is newer than the one that was read from disk.
        if !same_list {
            before.lists = Some((
                std::mem::replace(&mut model.campaign, new.campaign),
                std::mem::take(&mut model.history),
                self.list_name.replace(new.list_name),
            ));
            model.problems.extend(new.campaign_problem);
        } else if let Some((past, looks)) = new.update {
            before.kept = Some((model.campaign.map.looks.clone(), self.list_name.clone()));
            self.compares.past = Some(past);
            // Another list that is kept for the new file already is not written over: this one stays where it is.
            if new.campaign == Campaign::default() && new.campaign_problem.is_none() {
                self.list_name = Some(new.list_name);
                self.unsaved = true;
            }
            self.carry_looks(looks);
        }
        self.before = Some(Box::new(before));
        self.forget_view();
        match &self.model.map {
            Some(map) if goes_on => self.map_view.go_on_with(&map.results.conversation),
            _ => self.map_view.fit_all(),
        }
        if !new.paths.is_empty() {
            self.preferences.opened(&new.paths);
            self.model.recent.clone_from(&self.preferences.recent);
            self.unsaved_preferences = true;
        }
    }

    /// Takes in better facts about the people of the map that is open. Communities are other ones: what names them is forgotten.
    pub(super) fn refined(&mut self, results: Arc<Results>, ctx: &egui::Context) {
        let model = &mut self.model;
        let Some(map) = &mut model.map else {
            return;
        };
        map.ranking = Arc::new(session::by_bridge_rank(&results.analysis));
        map.sizes = results.sizes.clone();
        map.results = results;
        map.closer = Closer::default();
        self.wish = None;
        self.tasks.cancel(Lane::Closer);
        model.hidden.clear();
        model.isolated = None;
        self.ranked_by = RankBy::BridgeScore;
        if model.rank_by != RankBy::BridgeScore {
            let by = model.rank_by;
            self.rank_by(by, ctx);
        }
    }

    /// View state that names people or communities means nothing for another map.
    pub(super) fn forget_view(&mut self) {
        self.scene_order = None;
        self.tasks.cancel(Lane::Scene);
        self.tasks.cancel(Lane::Order);
        self.tasks.cancel(Lane::Names);
        self.tasks.cancel(Lane::List); // it was for the list that was open
        self.tasks.cancel(Lane::Closer);
        self.wish = None;
        self.ranked_by = RankBy::BridgeScore;
        let model = &mut self.model;
        model.pasted = None;
        model.sheet = model
            .sheet
            .filter(|sheet| !matches!(sheet, Sheet::Report | Sheet::MapExport | Sheet::Paste));
        model.selected.clear();
        model.hidden.clear();
        model.isolated = None;
        model.picture = None;
        model.size_by = SizeBy::Reach;
        model.rank_by = RankBy::BridgeScore;
        self.panels.find.clear();
        self.panels.list_status = None;
    }

    /// Brings back what stood there before the map that was never finished.
    pub(super) fn restore_before(&mut self) {
        let Some(before) = self.before.take() else {
            return;
        };
        self.flush_list();
        let scene_version = self.model.map.as_ref().map_or(0, |m| m.scene_version);
        let model = &mut self.model;
        model.map = before.map;
        model.pinned = before.pinned;
        model.plan = before.plan;
        if let Some((campaign, history, list_name)) = before.lists {
            model.campaign = campaign;
            model.history = history;
            self.list_name = list_name;
        }
        self.forget_changes();
        self.model.changes = before.changes;
        self.compares = before.compares;
        if let Some((looks, list_name)) = before.kept {
            self.carry_looks(looks);
            self.list_name = list_name;
        }
        if let Some(map) = &mut self.model.map {
            map.scene_version = scene_version + 1;
            map.positions_version += 1;
        }
        self.forget_view();
        self.map_view.fit_all();
    }

    /// Closes the map. Its list is on disk, and comes back with the file.
    pub(super) fn close_map(&mut self) {
        if self.model.map.is_none() {
            return;
        }
        self.set_paused(false);
        self.tasks.cancel(Lane::Walk);
        self.building = None;
        self.laid_out = None;
        self.flush_list();
        self.forget_view();
        self.forget_changes();
        self.map_view.fit_all();
        let model = &mut self.model;
        model.pinned.clear();
        model.campaign = Campaign::default();
        model.history = History::default();
        model.problems.clear();
        self.list_name = None;
        "Map closed".clone_into(&mut model.said);
        let seen = self.map_view.forget_map();
        let thrown_away = (model.map.take(), self.before.take(), seen);
        self.discard(thrown_away);
    }

    /// Throws something large away in the background: a map of a million people takes longer than a frame to free.
    pub(super) fn discard<T: Send + 'static>(&mut self, large: T) {
        self.tasks.start(
            Lane::Discard,
            false,
            || (),
            move |_, _| {
                drop(large);
                system::give_memory_back();
                Ok(Finished::Kept)
            },
        );
    }
}
