//! Which map is open: a new one takes the place of the one before, comes to nothing, or is closed.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use eframe::egui;

use super::App;
use super::update::Compares;
use crate::analysis::SizeBy;
use crate::app::announcing::NewMap;
use crate::app::changed::Changed;
use crate::app::closer::Closer;
use crate::app::command::RankBy;
use crate::app::grouping::Grouped;
use crate::app::keeping::{self, Keeper, Keeping};
use crate::app::model::{OpenMap, ProjectState, Sheet};
use crate::app::planning::ShownPlan;
use crate::app::tasks::Lane;
use crate::app::work::{Finished, Looks};
use crate::campaign::{Campaign, History};
use crate::layout::Positions;
use crate::people::{counted, thousands};
use crate::project::{Change, LogEntry};
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
    /// What an update changes although the list is the same: the title, where the posts come from, how communities look.
    updated: Option<(String, Vec<PathBuf>, Looks)>,
    compares: Compares,
    changes: Option<Arc<Changed>>,
}

/// What the person decided, and where it is kept.
struct Lists {
    campaign: Campaign,
    history: History,
    selections: BTreeMap<u8, Vec<String>>,
    selection_names: BTreeMap<u8, String>,
    log: Vec<LogEntry>,
    delete_after: Option<String>,
    keeping: Keeping,
}

impl App {
    pub(super) fn show_new_map(&mut self, new: NewMap) {
        self.model.problems.clear(); // they were about what was open before
        self.flush_work();
        let Grouped {
            found,
            results,
            looks,
            ..
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
        let updates = new.update.is_some();
        let same_work = self.model.map.is_some() && (self.keeping.path == new.work.path || updates);
        let changes = self.model.changes.clone();
        let compares = std::mem::take(&mut self.compares);
        self.forget_changes();
        let model = &mut self.model;
        let mut before = Before {
            map: model.map.replace(map),
            lists: None,
            layouts: std::mem::take(&mut self.layouts),
            shown_layout: self.shown_layout,
            updated: None,
            plan: model.plan.take(),
            compares,
            changes,
        };
        // The same file again: the list in the window is newer than the one that was read from disk.
        if let Some((past, looks)) = new.update {
            let title = before.map.as_ref().map(|map| map.title.clone());
            let sources = self.keep_update(keeping::in_full(&new.paths));
            let looks_before = self.model.campaign.map.looks.clone();
            before.updated = title.map(|title| (title, sources, looks_before));
            self.compares.past = Some(past);
            self.carry_looks(looks);
        } else if same_work {
            self.keeping.base = None;
            self.also_keep(Change::Changes(None));
        } else {
            let keeping = Keeping {
                begun: new.work.store.is_some(),
                path: new.work.path,
                keeper: Keeper::of(new.work.store),
                read_only: new.work.read_only,
                sources: keeping::in_full(&new.paths),
                ..Keeping::default()
            };
            before.lists = Some(Lists {
                campaign: std::mem::take(&mut model.campaign),
                history: std::mem::take(&mut model.history),
                selections: std::mem::take(&mut model.selections),
                selection_names: std::mem::take(&mut model.selection_names),
                log: std::mem::take(&mut model.log),
                delete_after: model.delete_after.take(),
                keeping: std::mem::replace(&mut self.keeping, keeping),
            });
            model.problems.extend(new.work.problem);
            self.take_decisions(new.work.project);
        }
        self.also_keep(Change::DropBase);
        self.note_read();
        let model = &mut self.model;
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

    /// Writes down what was read.
    fn note_read(&mut self) {
        let Some(map) = &self.model.map else { return };
        let (results, report) = (&map.found, &map.found.conversation.report);
        let what = format!(
            "Read {} as {}, {} left out; {} and {}",
            counted(report.rows_read, "row", "rows"),
            report.format,
            thousands(report.rows_left_out()),
            counted(results.graph.n_people() as u64, "person", "people"),
            counted(results.graph.ties.n_ties() as u64, "tie", "ties"),
        );
        let seconds = results.seconds.read + results.seconds.build;
        self.note_done(what, Some(seconds));
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
        self.forget_asking();
        self.forget_flows();
        self.ranked_by = RankBy::BridgeScore;
        let model = &mut self.model;
        model.pasted = None;
        model.sheet = model.sheet.filter(|sheet| {
            !matches!(
                sheet,
                Sheet::Report
                    | Sheet::MapExport
                    | Sheet::Paste
                    | Sheet::SaveAs
                    | Sheet::Project
                    | Sheet::Forget
            )
        });
        model.selected.clear();
        model.selected_facts = None;
        model.picture = None;
        model.size_by = SizeBy::Reach;
        model.rank_by = RankBy::BridgeScore;
        self.panels.find.clear();
        self.panels.list_status = None;
        self.forget_table();
        self.tasks.cancel(Lane::Select);
        self.tasks.cancel(Lane::SelectedFacts);
        self.choose_anew();
    }

    /// Brings back what stood there before the map that was never finished.
    pub(super) fn restore_before(&mut self) {
        let Some(before) = self.before.take() else {
            return;
        };
        if let Some((title, paths, looks)) = before.updated {
            self.carry_looks(looks);
            self.keeping.sources.clone_from(&paths);
            self.also_keep(Change::Sources(title, paths));
        }
        self.flush_work();
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
            model.selection_names = lists.selection_names;
            model.log = lists.log;
            model.delete_after = lists.delete_after;
            self.keeping = lists.keeping;
        }
        self.forget_changes();
        self.model.changes = before.changes;
        self.compares = before.compares;
        let hides = self.model.name_mask.hides();
        if let Some(map) = &mut self.model.map {
            map.scene = map.scene.take().filter(|_| !hides); // it may be of before they were hidden
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
        self.flush_work();
        self.forget_view();
        self.forget_changes();
        self.map_view.fit_all();
        let model = &mut self.model;
        model.campaign = Campaign::default();
        model.history = History::default();
        model.selections.clear();
        model.selection_names.clear();
        model.problems.clear();
        model.log.clear();
        model.delete_after = None;
        model.project = ProjectState::default();
        let keeping = std::mem::take(&mut self.keeping);
        "Map closed".clone_into(&mut model.said);
        let seen = self.map_view.forget_map();
        let layouts = std::mem::take(&mut self.layouts);
        let thrown_away = (model.map.take(), self.before.take(), layouts, seen, keeping);
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
