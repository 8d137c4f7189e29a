//! Commands about the file of the open work: every change goes into it as it happens; opening, saving under a name, closing.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use eframe::egui;

use super::App;
use super::list::no_map;
use crate::app::Command;
use crate::app::closer::Closer;
use crate::app::keeping::{self, Keeper, Keeping, LeftWork, OpenedProject, SavedAs};
use crate::app::model::{OpenMap, ProjectState};
use crate::app::tasks::Lane;
use crate::app::work::Finished;
use crate::campaign::{Edit, EditError};
use crate::problem::Problem;
use crate::project::{self, Change, ENDING, Kept, LogEntry, Project, View};
use crate::session::{self, Start};

impl App {
    /// Refuses a change where the project may only be looked at. What is shown of the map is no change of it.
    pub(super) fn may_change(&self, edit: Option<&Edit>) -> Result<(), EditError> {
        if self.keeping.read_only.is_none() && !self.keeping.forgets {
            return Ok(());
        }
        let now = &self.model.campaign.map;
        match edit {
            Some(Edit::SetMap { map, .. }) if map.is_but_for_filter(now) => Ok(()),
            _ => Err(EditError::ReadOnly),
        }
    }

    /// Gives to the disk what has changed: a job at a time, so that changes stay in their order.
    pub(super) fn keep_work(&mut self, ctx: &egui::Context) {
        let happened = self.model.history.take_happened();
        if self.model.map.is_none() {
            return;
        }
        if self.keeping.read_only.is_some() {
            self.save_next(ctx);
            return;
        }
        if !happened.is_empty() {
            self.keeping.refused = false;
        }
        if self.keeping.begun {
            for one in happened {
                self.keeping.keeper.add(Change::Happened(one));
            }
            self.keep_facts(ctx);
        } else if !happened.is_empty() || self.keeping.wanted {
            self.begin_file(ctx);
            return;
        }
        if self.keeping.refused || self.tasks.runs(Lane::Keep) {
            return;
        }
        if self.keeping.keeper.is_done() {
            self.save_next(ctx);
        } else {
            let keeper = self.keeping.keeper.clone();
            self.start(ctx, Lane::Keep, false, move |_, _| {
                keeper.write(None).map(|()| Finished::Kept)
            });
        }
    }

    /// Saves under a name what somebody wished to.
    fn save_next(&mut self, ctx: &egui::Context) {
        if self.tasks.runs(Lane::Keep) {
            return;
        }
        if let Some((path, kept)) = self.keeping.save_as.take() {
            let project = self.project_now(kept);
            self.start(ctx, Lane::Keep, true, move |progress, _| {
                keeping::save_as(path, &project, progress)
            });
        }
    }

    /// Begins the file of work that has no name yet, with everything as it is now.
    fn begin_file(&mut self, ctx: &egui::Context) {
        if self.tasks.runs(Lane::Keep) || self.keeping.refused {
            self.keeping.wanted = true;
            return;
        }
        self.keeping.wanted = false;
        self.keeping.begun = true;
        let project = Project {
            results: None,
            ..self.project_now(self.keeping.kept)
        };
        let (keeper, path) = (self.keeping.keeper.clone(), self.keeping.path.clone());
        let folder = self.around.data_folder.clone();
        self.start(ctx, Lane::Keep, false, move |_, _| {
            keeping::make_room(&folder, &path)?;
            keeper
                .write(Some((&path, &project)))
                .map(|()| Finished::Kept)
        });
    }

    /// Puts the facts of the open map into the file, once they are all there, and again when they are other ones.
    fn keep_facts(&mut self, ctx: &egui::Context) {
        let walks = self.tasks.standing_of(Lane::Walk);
        let walks = walks.is_some_and(|walk| walk.stage != crate::progress::Stage::Layout);
        let Some(map) = self.model.map.as_ref().filter(|_| !walks) else {
            return;
        };
        let in_file = self.keeping.base.as_ref();
        if in_file.is_some_and(|base| Arc::ptr_eq(base, &map.found))
            || self.tasks.runs(Lane::Base)
            // What was there before has to go first.
            || (in_file.is_none()
                && (self.tasks.runs(Lane::Keep) || !self.keeping.keeper.is_done()))
        {
            return;
        }
        let found = map.found.clone();
        let is_first = self.keeping.base.replace(found.clone()).is_none();
        let keeper = self.keeping.keeper.clone();
        if is_first {
            self.start(ctx, Lane::Base, false, move |progress, _| {
                keeper.put_base(&found, progress).map(|()| Finished::Kept)
            });
        } else {
            keeper.add(Change::Analysis(found));
        }
    }

    /// Remembers a change that is no step of the history, where there is a file to put it into.
    pub(super) fn also_keep(&mut self, change: Change) {
        if self.keeping.begun && self.keeping.read_only.is_none() {
            self.keeping.keeper.add(change);
        }
    }

    /// As [`App::also_keep`]; where there is no file yet, it is worth one.
    pub(super) fn surely_keep(&mut self, change: Change) {
        self.also_keep(change);
        self.keeping.wanted |= !self.keeping.begun;
        self.keeping.refused = false;
    }

    /// Writes down that something was done: counts, never people.
    pub(super) fn note_done(&mut self, what: String, seconds: Option<f64>) {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        let at = since.map_or(0, |since| since.as_secs() as i64);
        let entry = LogEntry { at, what, seconds };
        self.model.log.push(entry.clone());
        self.also_keep(Change::Log(entry));
    }

    /// Everything that is open, as a project.
    pub(super) fn project_now(&self, kept: Kept) -> Project {
        let model = &self.model;
        let map = model.map.as_ref();
        Project {
            title: map.map(|map| map.title.clone()).unwrap_or_default(),
            paths: self.keeping.sources.clone(),
            results: map.map(|map| map.found.clone()),
            layouts: self.layouts.clone(),
            campaign: model.campaign.clone(),
            history: model.history.clone(),
            selections: model.selections.clone(),
            selection_names: model.selection_names.clone(),
            view: View {
                camera: self.map_view.looks_at(),
            },
            log: model.log.clone(),
            kept,
            changes: self.changes_to_keep(),
            delete_after: model.delete_after.clone(),
        }
    }

    /// The disk refused what was changed; the next change tries again.
    pub(super) fn refused(&mut self) {
        self.keeping.refused = true;
        if self.keeping.begun && self.keeping.keeper.has_no_file() {
            (self.keeping.begun, self.keeping.wanted) = (false, true);
        }
    }

    fn changes_to_keep(&self) -> Option<String> {
        let changed = self.model.changes.as_ref()?;
        serde_json::to_string(&changed.changes).ok()
    }

    /// Puts on the disk now what is not there yet: before another map takes its place, and when the window closes.
    pub(super) fn flush_work(&mut self) {
        let happened = self.model.history.take_happened();
        if self.model.map.is_none() || self.keeping.read_only.is_some() {
            return;
        }
        self.tasks.wait(Lane::Keep);
        let has_changed = !happened.is_empty() || self.keeping.wanted;
        let begin = (has_changed && !self.keeping.begun).then(|| Project {
            results: None,
            ..self.project_now(self.keeping.kept)
        });
        self.keeping.begun |= begin.is_some();
        let keeper = self.keeping.keeper.clone();
        if begin.is_none() && self.keeping.begun {
            let all = happened.into_iter().map(Change::Happened);
            all.for_each(|change| keeper.add(change));
            let camera = self.map_view.looks_at();
            keeper.add(Change::View(View { camera }));
        }
        let path = self.keeping.path.clone();
        let has_room = match &begin {
            Some(_) => keeping::make_room(&self.around.data_folder, &path),
            None => Ok(()),
        };
        let written = has_room
            .and_then(|()| keeper.write(begin.as_ref().map(|project| (path.as_path(), project))));
        if let Err(problem) = written {
            self.keeping.refused = true;
            self.model.problems.push(problem);
        }
    }

    /// Closes the file when the window closes. Nobody sees a message any more: a terminal may.
    pub(super) fn close_work(&mut self) {
        self.flush_work();
        self.tasks.cancel(Lane::Base);
        self.tasks.wait(Lane::Base);
        for problem in &self.model.problems {
            eprintln!("{problem}");
        }
        if let Err(problem) = self.keeping.keeper.close() {
            eprintln!("{problem}");
        }
    }

    /// Gives work a name, where it has none; named work is always saved.
    pub(super) fn save(&mut self, ctx: &egui::Context) -> Result<(), Problem> {
        if self.model.map.is_none() {
            return Err(no_map());
        }
        if !self.keeping.named {
            self.inbox.push(Command::ShowSaveAs(true));
            return Ok(());
        }
        self.keeping.refused = false;
        self.keep_work(ctx);
        "Every change is saved as it is made".clone_into(&mut self.model.said);
        Ok(())
    }

    pub(super) fn save_as(&mut self, path: PathBuf) -> Result<(), Problem> {
        if self.model.map.is_none() {
            return Err(no_map());
        }
        let path = with_ending(path);
        self.must_not_be_read(&path)?;
        self.model.sheet = None;
        self.keeping.refused = false;
        self.keeping.save_as = Some((path, self.model.save_kept));
        Ok(())
    }

    /// A project was saved: work goes on in it, and what has no name is taken away.
    pub(super) fn saved_as(&mut self, saved: SavedAs) {
        let SavedAs { path, kept, store } = saved;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        self.model.said = format!("Saved as {name}");
        let Some(store) = store else {
            self.model.said = format!("{name} saved without names; work goes on with names");
            return;
        };
        let new = Keeping {
            path: path.clone(),
            named: true,
            keeper: Keeper::of(Some(store)),
            begun: true,
            kept,
            base: self.model.map.as_ref().map(|map| map.found.clone()),
            sources: self.keeping.sources.clone(),
            ..Keeping::default()
        };
        let before = std::mem::replace(&mut self.keeping, new);
        // What was changed while it was saved.
        before.keeper.hand_over(&self.keeping.keeper);
        self.tasks.cancel(Lane::Base);
        self.start_closing(before);
        self.opened_lately(path);
        self.note_done("Saved as a project".to_owned(), None);
    }

    /// Closes a file that is no longer worked on; one without a name has one now, and goes.
    fn start_closing(&mut self, before: Keeping) {
        let nothing = || ();
        self.tasks.start(Lane::Close, false, nothing, move |_, _| {
            before.keeper.close()?;
            if before.begun && !before.named && before.read_only.is_none() {
                let path = &before.path;
                project::remove(path).map_err(|error| error.about(path))?;
            }
            Ok(Finished::Kept)
        });
    }

    pub(super) fn opened_lately(&mut self, path: PathBuf) {
        self.preferences.opened(&[path]);
        self.model.recent.clone_from(&self.preferences.recent);
        self.unsaved_preferences = true;
    }

    /// Shows a project as it was left.
    pub(super) fn show_project(&mut self, new: OpenedProject, ctx: &egui::Context) {
        let OpenedProject {
            path,
            opened,
            facts,
        } = new;
        let named = !keeping::is_unnamed(&self.around.data_folder, &path);
        let there = opened.project;
        let Some(facts) = facts else {
            self.open_sources(&there, opened.warnings, &path);
            return;
        };
        self.model.problems.clear();
        self.flush_work();
        self.tasks.cancel(Lane::Walk);
        self.building = None;
        self.laid_out = None;
        self.set_paused(false);
        let layout = there.campaign.map.layout;
        let positions = there.layouts.get(&layout).cloned();
        let ranking = Arc::new(session::by_bridge_rank(&facts.results.analysis));
        let map = OpenMap {
            sizes: facts.results.sizes.clone(),
            positions_version: self
                .model
                .map
                .as_ref()
                .map_or(0, |m| m.positions_version + 1),
            positions: positions.clone(),
            scene: None,
            scene_version: self.model.map.as_ref().map_or(0, |m| m.scene_version + 1),
            title: there.title.clone(),
            ranking,
            closer: Closer::default(),
            results: facts.results,
            found: facts.found.clone(),
            looks: facts.looks,
        };
        let keeping = Keeping {
            begun: opened.store.is_some(),
            path: path.clone(),
            named,
            read_only: opened.read_only,
            kept: there.kept,
            base: Some(facts.found),
            sources: there.paths.clone(),
            keeper: Keeper::of(opened.store),
            ..Keeping::default()
        };
        let before = std::mem::replace(&mut self.keeping, keeping);
        let thrown_away = (self.model.map.replace(map), self.before.take(), before);
        self.discard(thrown_away);
        self.forget_changes();
        self.take_decisions(there.clone());
        self.show_kept_changes(there.changes.as_deref());
        self.layouts = there.layouts;
        self.shown_layout = layout;
        self.forget_view();
        self.map_view.fit_all();
        if let Some(camera) = there.view.camera {
            self.map_view.look_from(camera);
        }
        let name = path.file_name().filter(|_| named);
        let title = name.map_or(self.model.map_title().into(), |name| name.to_string_lossy());
        self.model.said = format!("{title} is as you left it");
        for warning in opened.warnings {
            let advice =
                "The file was not changed; Save as… keeps what is left of it under a new name";
            let problem = Problem::new(warning, advice).about(path.display().to_string());
            self.model.problems.push(problem);
        }
        if named {
            self.opened_lately(path);
        }
        self.remind();
        self.find_fonts(ctx);
        if positions.is_none() {
            self.lay_out_opened(ctx);
        }
    }

    /// Everybody's places are missing: people are laid out as in a new map.
    fn lay_out_opened(&mut self, ctx: &egui::Context) {
        let start = Start {
            positions: None,
            pinned: self.model.pinned.clone(),
            is_final: false,
        };
        self.lay_out_from(start, Some("Map laid out again"), ctx);
    }

    /// What the person decided, with what was done to it.
    pub(super) fn take_decisions(&mut self, there: Project) {
        let model = &mut self.model;
        model.campaign = there.campaign;
        model.history = there.history;
        model.selections = there.selections;
        model.selection_names = there.selection_names;
        model.log = there.log;
        model.delete_after = there.delete_after;
        self.follows.campaign_changed();
    }

    /// A project whose posts were not written before it ended: they are read again from where they came, and the list comes back with them.
    fn open_sources(&mut self, there: &Project, warnings: Vec<String>, path: &std::path::Path) {
        let all_there = there.paths.iter().all(|path| path.exists());
        if warnings.is_empty() && all_there {
            self.inbox.push(if there.paths.is_empty() {
                Command::OpenSample
            } else {
                Command::OpenPaths(there.paths.clone())
            });
            return;
        }
        let what = warnings.into_iter().next();
        let what = what.unwrap_or_else(|| "The posts are not in this project".to_owned());
        let from: Vec<String> = there
            .paths
            .iter()
            .map(|p| p.display().to_string())
            .collect();
        let advice = match from.as_slice() {
            [] => "Open a backup of it, or the export it was made from".to_owned(),
            from => format!(
                "Open {} again; the list comes back with it",
                from.join(", ")
            ),
        };
        let problem = Problem::new(what, advice).about(path.display().to_string());
        self.model.problems.push(problem);
    }

    /// Looks, in the background, for work that was open when the program ended unexpectedly.
    pub(super) fn look_for_left_work(&mut self, ctx: &egui::Context) {
        let (folder, recent) = (
            self.around.data_folder.clone(),
            self.preferences.recent.clone(),
        );
        self.start(ctx, Lane::Left, false, move |_, _| {
            Ok(Finished::Left(keeping::left_work(&folder, &recent)))
        });
    }

    /// Opens what was left, or lets it lie: then nobody asks again, and nothing of it is lost.
    pub(super) fn take_up(&mut self, left: &LeftWork, wanted: bool) -> Result<(), Problem> {
        self.model.left.retain(|other| other.path != left.path);
        if wanted {
            self.inbox.push(Command::OpenPaths(vec![left.path.clone()]));
            return Ok(());
        }
        keeping::let_lie(&left.path)
    }

    /// What the panels see of the file.
    pub(super) fn show_keeping(&mut self) {
        let keeping = &self.keeping;
        let is_open = self.model.map.is_some();
        let writes = self.tasks.runs(Lane::Keep) || self.tasks.runs(Lane::Base);
        let name = keeping.path.file_name().filter(|_| keeping.named);
        let begun = is_open && keeping.begun;
        let state = &mut self.model.project;
        let same_name = state.name.as_deref().map(std::ffi::OsStr::new) == name;
        if !same_name {
            state.name = name.map(|name| name.to_string_lossy().into_owned());
        }
        *state = ProjectState {
            name: state.name.take(),
            read_only: keeping.read_only.filter(|_| is_open),
            begun,
            kept: keeping.kept,
        };
        let all = keeping.keeper.is_done() && !keeping.wanted && !keeping.refused;
        self.model.saved = all && !writes && keeping.save_as.is_none();
    }
}

fn with_ending(path: PathBuf) -> PathBuf {
    if path.extension().is_some_and(|ending| ending == ENDING) {
        return path;
    }
    let mut name = path.into_os_string();
    name.push(".");
    name.push(ENDING);
    PathBuf::from(name)
}
