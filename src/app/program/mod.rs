//! The running window: takes in finished work, carries out commands, draws. The only place that changes the model.

mod list;
mod view;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use eframe::egui;

use super::command::{Command, PathPurpose, RankBy};
use super::kept::Preferences;
use super::map_view::MapView;
use super::model::{Model, OpenMap, PathPrompt, Working};
use super::panels::{self, PanelState};
use super::tasks::{Lane, Outbox, Tasks};
use super::work::{self, Finished, MapOrder, NewMap, PauseSwitch, PositionsSlot, SceneOrder};
use crate::analysis::SizeBy;
use crate::campaign::{Campaign, History};
use crate::files::DataFolder;
use crate::layout::Positions;
use crate::people::PersonId;
use crate::problem::Problem;
use crate::progress::Progress;
use crate::session::{self, WalkSettings};

/// People named when the whole map is in sight; the map view names more when zoomed in.
const LABELS: u32 = 30;

/// The window's program.
pub struct App {
    model: Model,
    inbox: Vec<Command>,
    panels: PanelState,
    map_view: MapView,
    tasks: Tasks<Finished>,
    slot: PositionsSlot,
    pause: PauseSwitch,
    preferences: Preferences,
    data_folder: DataFolder,
    /// Where the open map's list is kept.
    list_name: Option<PathBuf>,
    /// The list has changed since it was last given to the disk.
    unsaved: bool,
    /// The preferences have changed since they were last given to the disk.
    unsaved_preferences: bool,
    /// What the newest scene was ordered with.
    scene_order: Option<SceneOrder>,
    /// What stood there before the map that is still being laid out: comes back when that is cancelled.
    before: Option<Box<Before>>,
}

/// All that belongs to one open map.
struct Before {
    map: Option<OpenMap>,
    campaign: Campaign,
    history: History,
    pinned: Vec<(PersonId, [f32; 2])>,
    list_name: Option<PathBuf>,
}

impl App {
    /// Makes the program, with what it shall do first and the folder where it keeps lists and choices.
    pub fn new(
        cc: &eframe::CreationContext<'_>,
        first: Vec<Command>,
        data_folder: DataFolder,
    ) -> Self {
        let preferences = Preferences::load(&data_folder);
        let model = Model {
            theme_choice: preferences.theme,
            recent: preferences.recent.clone(),
            saved: true,
            ..Model::default()
        };
        Self {
            model,
            inbox: first,
            panels: PanelState::default(),
            map_view: MapView::new(cc),
            tasks: Tasks::new(),
            slot: PositionsSlot::default(),
            pause: PauseSwitch::default(),
            preferences,
            data_folder,
            list_name: None,
            unsaved: false,
            unsaved_preferences: false,
            scene_order: None,
            before: None,
        }
    }

    /// What is on the screen.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Asks for something, as a menu or a test does.
    pub fn ask(&mut self, command: Command) {
        self.inbox.push(command);
    }

    /// Takes in finished work, then what was asked for, then orders what the picture needs.
    fn step(&mut self, ctx: &egui::Context) {
        for (lane, result) in self.tasks.poll() {
            match result {
                Ok(finished) => self.take_in(finished, ctx),
                Err(problem) => self.failed(lane, problem),
            }
        }
        for command in std::mem::take(&mut self.inbox) {
            if let Err(problem) = self.run(command, ctx) {
                self.model.problems.push(problem);
            }
        }
        self.follow_theme(ctx);
        self.keep_list(ctx);
        self.keep_preferences(ctx);
        self.order_scene(ctx);
        let working = self.tasks.standing().map(|standing| Working {
            standing,
            can_cancel: true,
        });
        if working.is_some() {
            // The bar of the status line moves although nothing else asks for a picture.
            ctx.request_repaint_after(std::time::Duration::from_millis(100));
        }
        self.model.working = working;
        self.model.saved = !self.unsaved && !self.tasks.runs(Lane::Keep);
    }

    /// Starts background work that may bring back parts on the way.
    fn start(
        &mut self,
        ctx: &egui::Context,
        lane: Lane,
        shown: bool,
        work: impl FnOnce(&Progress, &Outbox<Finished>) -> Result<Finished, Problem> + Send + 'static,
    ) {
        let ctx = ctx.clone();
        self.tasks
            .start(lane, shown, move || ctx.request_repaint(), work);
    }

    /// The switchboard: one line for each command.
    fn run(&mut self, command: Command, ctx: &egui::Context) -> Result<(), Problem> {
        match command {
            Command::OpenDialog => self.ask_for_path(PathPurpose::Open, ctx),
            Command::OpenPaths(paths) => self.look_at_paths(paths, ctx),
            Command::OpenSample => self.open_sample(ctx),
            Command::ChooseColumn(choice) => self.choose_column(choice, ctx),
            Command::BuildMap => self.build_pending(ctx),
            Command::CloseImport => self.model.import = None,
            Command::Select(people) => self.select(people),
            Command::SelectMore(people) => self.select_more(people),
            Command::ToggleSelected(person) => self.toggle_selected(person),
            Command::ShowPerson(person) => self.show_person(person),
            Command::FitAll => self.map_view.fit_all(),
            Command::FitSelection => self.fly_to_selection(),
            Command::SetPicture(picture) => self.model.picture = Some(picture),
            Command::SetSizeBy(by) => self.model.size_by = by,
            Command::Isolate(community) => self.model.isolated = community,
            Command::SetCommunityShown(community, shown) => {
                self.set_community_shown(community, shown);
            }
            Command::SetTheme(choice) => self.set_theme(choice),
            Command::Pin(person, at) => self.pin(person, at),
            Command::Unpin(person) => self.model.pinned.retain(|(p, _)| *p != person),
            Command::PauseLayout => self.pause_layout(),
            Command::ShowTab(tab) => self.model.tab = tab,
            Command::RankBy(by) => self.rank_by(by, ctx),
            Command::Find => self.model.find_requests += 1,
            Command::Edit(edit) => self.edit(edit)?,
            Command::AddToList(people) => self.add_to_list(&people)?,
            Command::ToggleOnList(person) => self.toggle_on_list(person)?,
            Command::CloseStep => self.model.history.close_step(),
            Command::Undo => self.undo()?,
            Command::Redo => self.redo()?,
            Command::ExportListDialog { for_excel } => {
                self.ask_for_path(PathPurpose::SaveList { for_excel }, ctx)
            }
            Command::ExportList { path, for_excel } => self.export_list(path, for_excel, ctx)?,
            Command::ExportMapDialog => self.ask_for_path(PathPurpose::SaveMap, ctx),
            Command::ExportMap(path) => self.export_map(path, ctx)?,
            Command::TakePath(path) => self.take_path(path),
            Command::ClosePathPrompt => self.model.path_prompt = None,
            Command::Cancel => self.cancel(),
            Command::DismissProblem(at) => self.dismiss(at),
        }
        Ok(())
    }

    fn take_in(&mut self, finished: Finished, ctx: &egui::Context) {
        match finished {
            Finished::Looked(pending) => self.model.import = Some(pending),
            Finished::Analysed(new) => {
                self.show_new_map(*new);
                self.find_fonts(ctx);
            }
            Finished::Moved => {
                if let Some(positions) = work::take(&self.slot) {
                    self.moved(positions);
                }
            }
            Finished::Arranged(positions) => {
                self.moved(positions);
                self.before = None;
                "Map ready".clone_into(&mut self.model.said);
            }
            Finished::Scene(scene, sizes) => {
                if let Some(map) = &mut self.model.map {
                    map.scene = Some(scene);
                    map.sizes = sizes;
                    map.scene_version += 1;
                }
            }
            Finished::Ranked(by, ranking) => {
                if let Some(map) = self.model.map.as_mut().filter(|_| self.model.rank_by == by) {
                    map.ranking = ranking;
                }
            }
            Finished::Measured(betweenness) => self.measured(betweenness, ctx),
            Finished::Exported(said) => self.model.said = said,
            Finished::Kept => {}
            Finished::Fonts(fonts) => {
                if let Some(fonts) = fonts {
                    ctx.set_fonts(fonts);
                }
            }
            Finished::Chosen(purpose, paths) => self.chosen(purpose, paths),
            Finished::NoDialog(purpose) => {
                let suggested = self.suggested_path(purpose);
                self.model.path_prompt = Some(PathPrompt { purpose, suggested });
            }
        }
    }

    fn failed(&mut self, lane: Lane, problem: Problem) {
        if lane == Lane::Keep {
            self.unsaved = true; // the next change tries again; closing the window tries once more
        }
        if lane == Lane::Walk {
            self.set_paused(false);
            self.restore_before();
        }
        self.model.problems.push(problem);
    }

    // --- opening ---

    fn look_at_paths(&mut self, paths: Vec<PathBuf>, ctx: &egui::Context) {
        self.model.path_prompt = None;
        self.start(ctx, Lane::Import, true, move |progress, _| {
            work::look_at_paths(paths, progress)
        });
    }

    fn choose_column(&mut self, choice: crate::import::ColumnChoice, ctx: &egui::Context) {
        let Some(pending) = &self.model.import else {
            return;
        };
        let (sources, paths, mut settings) = (
            pending.sources.clone(),
            pending.paths.clone(),
            pending.settings.clone(),
        );
        // A column plays one part: the newest choice about the role or the column replaces what was said before.
        settings.columns.retain(|c| {
            c.role != choice.role && (c.column.is_empty() || c.column != choice.column)
        });
        settings.columns.push(choice);
        self.start(ctx, Lane::Import, true, move |progress, _| {
            work::look_at(sources, paths, settings, progress)
        });
    }

    fn build_pending(&mut self, ctx: &egui::Context) {
        let Some(pending) = self.model.import.take() else {
            return;
        };
        let title = pending
            .sources
            .first()
            .map_or_else(String::new, |s| s.name.clone());
        let settings = WalkSettings {
            import: pending.settings,
            ..WalkSettings::default()
        };
        self.build(
            MapOrder {
                sources: pending.sources,
                paths: pending.paths,
                title,
                settings,
                data_folder: self.data_folder.clone(),
            },
            ctx,
        );
    }

    fn open_sample(&mut self, ctx: &egui::Context) {
        let order = MapOrder {
            sources: Arc::new(vec![session::sample()]),
            paths: Vec::new(),
            title: "Sushi sample".to_owned(),
            settings: WalkSettings::default(),
            data_folder: self.data_folder.clone(),
        };
        self.build(order, ctx);
    }

    fn build(&mut self, order: MapOrder, ctx: &egui::Context) {
        self.restore_before();
        self.set_paused(false);
        let (slot, pause) = (self.slot.clone(), self.pause.clone());
        self.start(ctx, Lane::Walk, true, move |progress, outbox| {
            work::build_map(order, &slot, &pause, progress, outbox)
        });
    }

    fn show_new_map(&mut self, new: NewMap) {
        self.flush_list();
        drop(work::take(&self.slot)); // positions of another map
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
            results,
        };
        let model = &mut self.model;
        self.before = Some(Box::new(Before {
            map: model.map.replace(map),
            campaign: std::mem::replace(&mut model.campaign, new.campaign),
            history: std::mem::take(&mut model.history),
            pinned: std::mem::take(&mut model.pinned),
            list_name: self.list_name.replace(new.list_name),
        }));
        model.problems.extend(new.campaign_problem);
        self.forget_view();
        if !new.paths.is_empty() {
            self.preferences.opened(&new.paths);
            self.model.recent.clone_from(&self.preferences.recent);
            self.unsaved_preferences = true;
        }
    }

    /// View state that names people or communities means nothing for another map.
    fn forget_view(&mut self) {
        self.scene_order = None;
        self.tasks.cancel(Lane::Scene);
        self.tasks.cancel(Lane::Order);
        let model = &mut self.model;
        model.selected.clear();
        model.hidden.clear();
        model.isolated = None;
        model.picture = None;
        model.size_by = SizeBy::Reach;
        model.rank_by = RankBy::BridgeScore;
        self.map_view.fit_all();
    }

    /// Brings back what stood there before the map that was never finished.
    fn restore_before(&mut self) {
        let Some(before) = self.before.take() else {
            return;
        };
        self.flush_list();
        let scene_version = self.model.map.as_ref().map_or(0, |m| m.scene_version);
        let model = &mut self.model;
        model.map = before.map;
        model.campaign = before.campaign;
        model.history = before.history;
        model.pinned = before.pinned;
        self.list_name = before.list_name;
        if let Some(map) = &mut model.map {
            map.scene_version = scene_version + 1;
            map.positions_version += 1;
        }
        self.forget_view();
    }

    fn moved(&mut self, positions: Arc<Positions>) {
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

    fn cancel(&mut self) {
        self.set_paused(false);
        self.tasks.cancel(Lane::Import);
        self.tasks.cancel(Lane::Export);
        self.tasks.cancel(Lane::Order);
        if self.tasks.runs(Lane::Walk) {
            self.tasks.cancel(Lane::Walk);
            self.restore_before();
        }
        "Cancelled".clone_into(&mut self.model.said);
    }

    fn pause_layout(&mut self) {
        if self.tasks.runs(Lane::Walk) || self.model.layout_paused {
            self.set_paused(!self.model.layout_paused);
        }
    }

    fn set_paused(&mut self, paused: bool) {
        self.pause.store(paused, Ordering::Relaxed);
        self.model.layout_paused = paused;
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _: &mut eframe::Frame) {
        self.step(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _: &mut eframe::Frame) {
        let Self {
            model,
            panels,
            map_view,
            inbox,
            ..
        } = self;
        panels::window_ui(ui, model, panels, inbox, &mut |ui, inbox| {
            map_view.ui(ui, model, inbox)
        });
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }

    fn on_exit(&mut self, _: Option<&eframe::glow::Context>) {
        self.flush_list();
        self.tasks.cancel_all();
    }
}
