//! Which map is open: a new one takes the place of the one before, comes to nothing, or is closed.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use eframe::egui;

use super::App;
use crate::analysis::SizeBy;
use crate::app::closer::Closer;
use crate::app::command::RankBy;
use crate::app::grouping::Grouped;
use crate::app::model::{OpenMap, Sheet};
use crate::app::planning::ShownPlan;
use crate::app::tasks::Lane;
use crate::app::work::{Finished, NewMap};
use crate::campaign::{Campaign, History};
use crate::layout::Positions;
use crate::session;
use crate::system;

/// All that belongs to one open map.
pub(super) struct Before {
    map: Option<OpenMap>,
    layouts: BTreeMap<u64, Arc<Positions>>,
    shown_layout: u64,
    plan: Option<Arc<ShownPlan>>,
    /// The list, what was done to it, and where it is kept; `None` where the new map has the same list.
    lists: Option<Lists>,
}

/// What the person decided, and where it is kept.
struct Lists {
    campaign: Campaign,
    history: History,
    selections: BTreeMap<u8, Vec<String>>,
    name: Option<PathBuf>,
}

impl App {
    pub(super) fn show_new_map(&mut self, new: NewMap) {
        self.model.problems.clear(); // they were about what was open before
        self.flush_list();
        let Grouped {
            found,
            results,
            looks,
        } = new.facts;
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
            found,
            looks,
        };
        let same_list = self.list_name.as_ref() == Some(&new.list_name);
        let model = &mut self.model;
        let mut before = Before {
            map: model.map.replace(map),
            lists: None,
            layouts: std::mem::take(&mut self.layouts),
            shown_layout: self.shown_layout,
            plan: model.plan.take(),
        };
        // The same file again: the list in the window is newer than the one that was read from disk.
        if !same_list {
            before.lists = Some(Lists {
                campaign: std::mem::replace(&mut model.campaign, new.campaign),
                history: std::mem::take(&mut model.history),
                selections: std::mem::take(&mut model.selections),
                name: self.list_name.replace(new.list_name),
            });
            model.problems.extend(new.campaign_problem);
        }
        self.shown_layout = model.campaign.map.layout;
        self.before = Some(Box::new(before));
        self.forget_view();
        match &self.model.map {
            Some(map) if new.goes_on => self.map_view.go_on_with(&map.results.conversation),
            _ => self.map_view.fit_all(),
        }
        if !new.paths.is_empty() {
            self.preferences.opened(&new.paths);
            self.model.recent.clone_from(&self.preferences.recent);
            self.unsaved_preferences = true;
        }
    }

    /// Takes in better facts about the people of the map that is open. Communities are other ones.
    pub(super) fn refined(&mut self, facts: Grouped, ctx: &egui::Context) {
        self.show_facts(facts);
        self.forget_groups();
        let model = &mut self.model;
        let Some(map) = &mut model.map else {
            return;
        };
        map.ranking = Arc::new(session::by_bridge_rank(&map.results.analysis));
        map.sizes = map.results.sizes.clone();
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
        model.picture = None;
        model.size_by = SizeBy::Reach;
        model.rank_by = RankBy::BridgeScore;
        self.panels.find.clear();
        self.panels.list_status = None;
        self.choose_anew();
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
        model.plan = before.plan;
        self.layouts = before.layouts;
        self.shown_layout = before.shown_layout;
        if let Some(lists) = before.lists {
            model.campaign = lists.campaign;
            model.history = lists.history;
            model.selections = lists.selections;
            self.list_name = lists.name;
        }
        if let Some(map) = &mut model.map {
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
        self.map_view.fit_all();
        let model = &mut self.model;
        model.campaign = Campaign::default();
        model.history = History::default();
        model.selections.clear();
        model.problems.clear();
        self.list_name = None;
        "Map closed".clone_into(&mut model.said);
        let seen = self.map_view.forget_map();
        let layouts = std::mem::take(&mut self.layouts);
        let thrown_away = (model.map.take(), self.before.take(), layouts, seen);
        self.shown_layout = 0;
        self.choose_anew();
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
