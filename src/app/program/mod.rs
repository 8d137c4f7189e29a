//! The running window: takes in finished work, carries out commands, draws. The only place that changes the model.

mod accounts;
mod cancelling;
mod choices;
mod closer;
mod communities;
mod comparing;
mod filters;
mod flows;
mod graph;
mod guide;
pub(super) mod hiding;
mod import;
mod keeping;
mod layout;
mod list;
mod list_in;
mod map_export;
mod maps;
mod opening;
mod plan;
mod posts;
mod privacy;
mod questions;
mod report;
mod selections;
mod sets;
mod tables;
mod times;
mod update;
mod view;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use eframe::egui;

use self::accounts::Joining;
use self::choices::Choosing;
use self::filters::Filtering;
use self::hiding::Hiding;
use self::layout::LaidOut;
use self::maps::Before;
use self::plan::Follows;
use self::questions::Asking;
use self::sets::FoundOut;
use self::tables::Tabling;
use self::update::Compares;
use super::Renderer;
use super::closer::Wish;
use super::command::{Command, PathPurpose, RankBy};
use super::exports::Export;
use super::flow_work::FlowKey;
use super::fonts::Letters;
use super::frames::FrameLog;
use super::keeping::Keeping;
use super::kept::{KeptColumns, Preferences};
use super::map_view::MapView;
use super::model::{Model, PathPrompt, PendingImport, Sheet, Working};
use super::one_person::Stood;
use super::painters::Painters;
use super::panels::{self, PanelState};
use super::tabled::Tabled;
use super::tasks::{Lane, Outbox, Tasks};
use super::work::{self, Finished, Link, SceneOrder};
use crate::files::DataFolder;
use crate::import::ImportSettings;
use crate::layout::Positions;
use crate::problem::Problem;
use crate::progress::Progress;
use crate::session::Home;

/// People named when the whole map is in sight; the map view names more when zoomed in.
const LABELS: u32 = 30;

/// What the program finds around it; tests give it surroundings of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surroundings {
    /// Where it keeps lists and projects.
    pub data_folder: DataFolder,
    /// Where it keeps settings.
    pub config_folder: DataFolder,
    /// Whether to ask the desktop: for its file dialogs, without which a field for a typed path is shown, and for how much it
    /// wants things to move.
    pub file_dialogs: bool,
}

/// The window's program.
pub struct App {
    model: Model,
    inbox: Vec<Command>,
    panels: PanelState,
    map_view: MapView,
    tasks: Tasks<Finished>,
    /// To the newest walk.
    link: Link,
    preferences: Preferences,
    around: Surroundings,
    /// Where the open work is kept.
    keeping: Keeping,
    /// The preferences have changed since they were last given to the disk.
    unsaved_preferences: bool,
    /// The size of text in the last picture, in percent.
    text_seen: u16,
    /// What the newest scene was ordered with.
    scene_order: Option<SceneOrder>,
    /// What the table of the open map is in the order of; what the person asked for may still be on its way.
    ranked_by: RankBy,
    /// What the previews in the import window were made with; what the person chose last may still be on its way.
    looked_with: ImportSettings,
    /// The import that the map is being built from: comes back when that fails.
    building: Option<PendingImport>,
    /// What the person chose for columns, kept for the next file with the same header.
    kept_columns: KeptColumns,
    /// Those, where they have changed since they were last given to the disk.
    unsaved_columns: Option<KeptColumns>,
    /// What the window's fonts are made for.
    letters: Letters,
    /// Files to be written after the one that is being written.
    exports: VecDeque<Export>,
    /// What stood there before the map that is still being laid out: comes back when that is cancelled.
    before: Option<Box<Before>>,
    /// Where everybody stood before the open map is laid out again: comes back when that is cancelled.
    laid_out: Option<LaidOut>,
    /// Where everybody stood in each layout of the open map, by [`crate::campaign::MapChoices::layout`].
    layouts: BTreeMap<u64, Arc<Positions>>,
    /// The layout that is shown, or on its way.
    shown_layout: u64,
    /// How far the open map is from what the campaign says of it.
    choosing: Choosing,
    /// The map with other accounts as one person that is being made.
    joining: Option<Joining>,
    /// Where people stood before accounts were made one person or taken apart.
    stood: Option<Stood>,
    /// By what communities keep their colours.
    home: Option<Arc<Home>>,
    /// Who finds out what is shown.
    filtering: Filtering,
    /// What was ordered last for somebody who looks closer.
    wish: Option<Wish>,
    /// What the rows of the table of everybody were ordered with.
    tabling: Tabling,
    /// The selection that was last found out about.
    found_out: FoundOut,
    /// What the newest map of communities was ordered with.
    flow_order: Option<FlowKey>,
    /// Whom the card of a community is about.
    card: Option<communities::Card>,
    /// The map and the campaign that plan and meter were last brought up to.
    follows: Follows,
    /// What somebody looks for, and what was asked.
    asking: Asking,
    /// The map before, where the open one takes its place.
    compares: Compares,
    /// Everything under other names, while names are hidden.
    hiding: Hiding,
    /// Who makes the scenes.
    painters: Arc<Painters>,
    /// How long pictures take, where somebody measures.
    frames: Option<FrameLog>,
}

impl App {
    /// Makes the program, with what it shall do first.
    pub fn new(
        cc: &eframe::CreationContext<'_>,
        first: Vec<Command>,
        around: Surroundings,
    ) -> Self {
        Self::drawn_by(cc, first, around, Renderer::Auto)
    }

    /// Makes the program with a map that is drawn by whom `renderer` names.
    pub fn drawn_by(
        cc: &eframe::CreationContext<'_>,
        first: Vec<Command>,
        around: Surroundings,
        renderer: Renderer,
    ) -> Self {
        let loaded = Preferences::load(&around.config_folder, &around.data_folder);
        let preferences = loaded.preferences;
        let kept_columns = KeptColumns::load(&around.data_folder);
        let model = Model {
            theme_choice: preferences.theme,
            motion: preferences.motion,
            panel_widths: preferences.panel_widths,
            map_cards: preferences.map_cards,
            timing: Self::timing(preferences.zone),
            recent: preferences.recent.clone(),
            table: Tabled {
                columns: Tabled::columns_of(&preferences.table_columns),
                ..Tabled::default()
            },
            offers_tour: !preferences.knows_tour,
            saved: true,
            problems: loaded.problem.into_iter().collect(),
            ..Model::default()
        };
        let mut app = Self {
            model,
            inbox: first,
            panels: PanelState::default(),
            map_view: MapView::with_renderer(cc, renderer),
            tasks: Tasks::new(),
            link: Link::default(),
            preferences,
            around,
            keeping: Keeping::default(),
            unsaved_preferences: loaded.taken_over,
            text_seen: view::text_now(&cc.egui_ctx),
            scene_order: None,
            ranked_by: RankBy::BridgeScore,
            looked_with: ImportSettings::default(),
            building: None,
            kept_columns,
            unsaved_columns: None,
            letters: Letters::default(),
            exports: VecDeque::new(),
            before: None,
            laid_out: None,
            layouts: BTreeMap::new(),
            shown_layout: 0,
            choosing: Choosing::default(),
            joining: None,
            stood: None,
            home: None,
            filtering: Filtering::default(),
            wish: None,
            tabling: Tabling::default(),
            found_out: FoundOut::default(),
            flow_order: None,
            card: None,
            follows: Follows::default(),
            asking: Asking::default(),
            compares: Compares::default(),
            hiding: Hiding::default(),
            painters: Arc::new(Painters::new()),
            frames: FrameLog::wanted(),
        };
        app.write_as_kept(&cc.egui_ctx);
        app.ask_the_system(&cc.egui_ctx);
        app.look_for_left_work(&cc.egui_ctx);
        app
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
        while let Some((lane, result)) = self.tasks.next() {
            match result {
                Ok(finished) => self.take_in(finished, ctx),
                Err(problem) => self.failed(lane, problem),
            }
        }
        self.choosing.new_moment();
        for command in std::mem::take(&mut self.inbox) {
            if let Err(problem) = self.run(command, ctx) {
                self.model.problems.push(problem);
            }
        }
        self.follow_theme(ctx);
        self.follow_text(ctx);
        self.follow_choices(ctx);
        self.follow_filter(ctx);
        self.follow_campaign(ctx);
        self.follow_changes(ctx);
        self.follow_answer(ctx);
        self.keep_work(ctx);
        self.keep_preferences(ctx);
        self.follow_names(ctx);
        self.export_next(ctx);
        self.order_scene(ctx);
        self.look_closer(ctx);
        self.follow_table(ctx);
        self.follow_selected(ctx);
        self.follow_play(ctx);
        self.follow_flows(ctx);
        self.follow_tour();
        let shown = self.model.map.is_some() && self.map_view.shows_newest();
        self.link.shown.store(shown, Ordering::Relaxed);
        let working = self.tasks.standing().map(|standing| Working { standing });
        if working.is_some() {
            // The bar of the status line moves although nothing else asks for a picture.
            // The numbers of background work move on without anybody touching the window. Not more often: where the CPU draws,
            // each picture takes time from the work.
            ctx.request_repaint_after(std::time::Duration::from_millis(200));
        }
        self.model.working = working;
        self.model.layout = self.layout_now();
        self.show_keeping();
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
    #[allow(
        clippy::too_many_lines,
        reason = "one line for each command, and no other place to look for it"
    )]
    fn run(&mut self, command: Command, ctx: &egui::Context) -> Result<(), Problem> {
        match command {
            Command::OpenDialog => self.ask_for_path(PathPurpose::Open, ctx),
            Command::OpenFolderDialog => self.ask_for_path(PathPurpose::OpenFolder, ctx),
            Command::OpenPaths(paths) => self.look_at(paths, false, ctx),
            Command::UpdateDialog => self.ask_for_path(PathPurpose::Update, ctx),
            Command::UpdateWith(paths) => self.update_with(paths, ctx)?,
            Command::OpenSample => self.open_sample(ctx),
            Command::ChooseColumn {
                header,
                column,
                role,
            } => self.choose_column(header, &column, role, ctx),
            Command::ForgetColumns(header) => self.forget_columns(&header, ctx),
            Command::LeaveOut(handles) => self.leave_out(handles, ctx),
            Command::BuildMap => self.build_pending(ctx),
            Command::CloseImport => self.close_import(),
            Command::CloseMap => self.close_map(),
            Command::Save => self.save(ctx)?,
            Command::ShowSaveAs(shown) => self.show_sheet(Sheet::SaveAs, shown),
            Command::SetKept(kept) => self.model.save_kept = kept,
            Command::SaveAsDialog => self.ask_for_path(PathPurpose::SaveProject, ctx),
            Command::SaveAs(path) => self.save_as(path)?,
            Command::ShowProject(shown) => self.show_sheet(Sheet::Project, shown),
            Command::SetDeleteAfter(day) => self.set_delete_after(day),
            Command::AskToForget(person) => self.ask_to_forget(person),
            Command::Forget(person) => self.forget(person, ctx)?,
            Command::TakeUp(left, wanted) => self.take_up(&left, wanted)?,
            Command::Quit => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
            Command::ShowReport(shown) => {
                let open = shown && self.model.map.is_some();
                self.model.sheet = open.then_some(Sheet::Report);
            }
            Command::ShowPalette(shown) => self.model.sheet = shown.then_some(Sheet::Palette),
            Command::ShowKeys(shown) => self.model.sheet = shown.then_some(Sheet::Keys),
            Command::ShowCommunities(shown) => self.model.communities_closed = !shown,
            Command::ShowDrawer(drawer) => self.model.drawer = drawer,
            Command::ShowCommunity(community) => self.show_community(community),
            Command::Filter(asked) => self.ask_filter(asked, ctx)?,
            Command::Group(asked) => self.ask_group(asked, ctx)?,
            Command::Table(asked) => self.ask_table(asked, ctx)?,
            Command::Selection(asked) => self.ask_selection(asked, ctx)?,
            Command::Ask(asked) => self.ask_question(asked, ctx)?,
            Command::Time(asked) => self.ask_time(asked, ctx)?,
            Command::Read(asked) => self.ask_posts(asked, ctx)?,
            Command::Guide(asked) => self.ask_guide(asked, ctx)?,
            Command::Flow(asked) => self.ask_flows(asked, ctx)?,
            Command::ShowPairs(shown) => self.show_pairs(shown),
            Command::SetText(size) => view::set_text(size, ctx),
            Command::SetNameMask(mask) => self.set_name_mask(mask),
            Command::Select(people) => self.select(people),
            Command::SelectMore(people) => self.select_more(people),
            Command::ToggleSelected(person) => self.toggle_selected(person),
            Command::ShowPerson(person) => self.show_person(person),
            Command::FitAll => self.map_view.fit_all(),
            Command::FitSelection => self.fly_to_selection(),
            Command::SetPicture(picture) => self.set_picture(picture),
            Command::SetSizeBy(by) => self.model.size_by = by,
            Command::Isolate(community) => self.isolate(community)?,
            Command::SetCommunityShown(community, shown) => {
                self.set_community_shown(community, shown)?;
            }
            Command::SetSmallGroupsShown(shown) => self.set_small_groups_shown(shown)?,
            Command::NameCommunity(community, name) => self.name_community(community, &name)?,
            Command::ColourCommunity(community, colour) => {
                self.colour_community(community, colour)?;
            }
            Command::MergeCommunities(a, b) => self.merge_communities(a, b)?,
            Command::PartCommunity(community) => self.part_community(community)?,
            Command::SetResolution(resolution) => self.set_resolution(resolution)?,
            Command::StoreSelection(number) => self.store_selection(number)?,
            Command::RecallSelection(number) => self.recall_selection(number, ctx),
            Command::SetTheme(choice) => self.set_theme(choice),
            Command::SetMotion(choice) => self.set_motion(choice),
            Command::SetPanelWidth(panel, width) => self.set_panel_width(panel, width),
            Command::PutLegend(corner) => self.put_legend(corner),
            Command::ShowOverview(shown) => self.show_overview(shown),
            Command::Pin(person, at) => self.pin(person, at, ctx)?,
            Command::Unpin(person) => self.unpin(person, ctx)?,
            Command::PauseLayout => self.pause_layout(),
            Command::LayOutAgain => self.lay_out_again(ctx)?,
            Command::ShowTab(tab) => self.model.tab = tab,
            Command::RankBy(by) => self.rank_by(by, ctx),
            Command::Find => self.model.find_requests += 1,
            Command::Edit(edit) => self.edit(edit)?,
            Command::AddToList(people) => self.add_to_list(&people)?,
            Command::ToggleOnList(person) => self.toggle_on_list(person)?,
            Command::CloseStep => self.model.history.close_step(),
            Command::Undo => self.undo()?,
            Command::Redo => self.redo()?,
            Command::Plan(asked) => self.ask_planner(asked, ctx)?,
            Command::ExportListDialog { for_excel } => {
                self.ask_for_path(PathPurpose::SaveList { for_excel }, ctx);
            }
            Command::ExportWorkbookDialog => self.ask_for_path(PathPurpose::SaveWorkbook, ctx),
            Command::CopyTable(table) => self.copy_table(table)?,
            Command::ShowPaste(shown) => self.show_paste(shown),
            Command::LookUpHandles(text) => self.look_up_handles(text, ctx),
            Command::ImportListDialog => self.ask_for_path(PathPurpose::OpenList, ctx),
            Command::ImportList(path) => self.import_list(path, ctx)?,
            Command::ExportList { path, for_excel } => self.export_list(path, for_excel)?,
            Command::ShowMapExport(shown) => {
                let open = shown && self.model.map.is_some();
                self.model.sheet = open.then_some(Sheet::MapExport);
            }
            Command::SetMapExport(chosen) => self.set_map_export(*chosen),
            Command::CopyMap => self.copy_map()?,
            Command::ExportMapDialog => self.ask_for_path(PathPurpose::SaveMap, ctx),
            Command::ExportMap(path) => self.export_map(path)?,
            Command::ExportGraphDialog => self.ask_for_path(PathPurpose::SaveGraph, ctx),
            Command::ExportGraph(path) => self.export_graph(path)?,
            Command::ExportReportDialog => self.ask_for_path(PathPurpose::SaveReport, ctx),
            Command::ExportReport(path) => self.export_report(path)?,
            Command::TakePath(path) => self.take_path(path),
            Command::ClosePathPrompt => self.model.path_prompt = None,
            Command::Cancel => self.cancel(),
            Command::DismissProblem(at) => self.dismiss(at),
        }
        Ok(())
    }

    fn take_in(&mut self, finished: Finished, ctx: &egui::Context) {
        match finished {
            Finished::Looked(pending) => self.show_import(pending),
            Finished::Counted(outlook) => {
                if let Some(pending) = &mut self.model.import {
                    pending.together = Some(outlook);
                }
            }
            Finished::Analysed(new) => {
                let files = self.building.take();
                self.discard(files);
                self.show_new_map(*new);
                self.find_fonts(ctx);
            }
            Finished::Refined(facts, looks) => {
                self.refined(facts, ctx);
                if let Some(looks) = looks {
                    self.carry_looks(looks);
                }
                self.find_fonts(ctx);
            }
            Finished::Regrouped(new) => self.regrouped(*new, ctx),
            Finished::NewPeople(new) => self.take_people(*new, ctx),
            Finished::Parts(parts) => self.split(&parts),
            Finished::Moved => {
                if let Some(positions) = work::take(&self.link.slot) {
                    self.moved(positions);
                }
            }
            Finished::Arranged(positions, said) => {
                self.moved(positions);
                self.layout_rests();
                let before = (self.before.take(), self.laid_out.take());
                self.discard(before);
                if let Some(said) = said {
                    said.clone_into(&mut self.model.said);
                }
            }
            Finished::Hidden(hidden) => self.hidden(*hidden),
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
                    self.ranked_by = by;
                }
            }
            Finished::Closer(found) => {
                if let Some(map) = &mut self.model.map {
                    map.closer.take_in(found);
                }
            }
            Finished::Tabled(new) => self.take_rows(*new),
            Finished::Selected(selection) => self.selected(selection),
            Finished::SelectedFacts(facts) => self.model.selected_facts = Some(Arc::new(*facts)),
            Finished::Found(found) => self.found(found, ctx),
            Finished::Answered(answer, again) => self.answered(*answer, again),
            Finished::Flows(flows) => self.model.flows = Some(flows),
            Finished::Changed(changed) => self.take_changes(*changed),
            Finished::Filtered(filtered) => self.filtered(filtered),
            Finished::Measured(betweenness) => self.measured(&betweenness, ctx),
            Finished::Planned(planned) => self.planned(*planned),
            Finished::Exported(said) => {
                self.note_done(said.clone(), None);
                self.model.said = said;
            }
            Finished::Copied(pixels) => self.copied(&pixels, ctx),
            Finished::CopiedTable { text, said } => {
                ctx.copy_text(text);
                self.model.said = said;
            }
            Finished::ListRead(list) => self.take_list(list),
            Finished::Named(pasted) => self.model.pasted = Some(Arc::new(pasted)),
            Finished::Kept => {}
            Finished::ProjectOpened(project) => self.show_project(*project, ctx),
            Finished::SavedAs(saved) => self.saved_as(*saved),
            Finished::Left(left) => self.model.left = left,
            Finished::Motion(reduced) => self.model.system_reduces_motion = reduced,
            Finished::Fonts(fonts) => self.use_fonts(fonts, ctx),
            Finished::Chosen(purpose, paths) => self.chosen(purpose, paths),
            Finished::NoDialog(purpose) => {
                let suggested = self.suggested_path(purpose);
                self.model.path_prompt = Some(PathPrompt { purpose, suggested });
            }
        }
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, frame: &mut eframe::Frame) {
        self.step(ctx);
        if let Some(frames) = &mut self.frames {
            let drawn = (self.map_view.shows_map(), self.map_view.n_drawn());
            frames.note(ctx, frame, &self.model, drawn);
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui, _: &mut eframe::Frame) {
        self.draw(|app, inbox| {
            let Self {
                model,
                panels,
                map_view,
                ..
            } = app;
            panels::window_ui(ui, model, panels, inbox, &mut |ui, inbox| {
                map_view.ui(ui, model, inbox);
            });
        });
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }

    fn on_exit(&mut self, _: Option<&eframe::glow::Context>) {
        self.close_work();
        self.flush_preferences();
        self.tasks.cancel_all();
        if let Some(Err(problem)) = self.frames.as_ref().map(FrameLog::write) {
            // The window is gone: a terminal is where whoever measures looks.
            eprintln!("{problem}");
        }
    }
}
