//! Commands about people's privacy: forgetting somebody, and for how long a project is kept.

use std::sync::Arc;

use eframe::egui;

use super::App;
use crate::app::days::day_in;
use crate::app::grouping::Grouped;
use crate::app::keeping::{Keeper, OpenedProject};
use crate::app::kept;
use crate::app::model::Sheet;
use crate::app::tasks::Lane;
use crate::app::work::Finished;
use crate::files::DataFolder;
use crate::people::PersonId;
use crate::problem::Problem;
use crate::progress::Progress;
use crate::project::{self, Change, Opened, Project};

/// Everything that forgetting somebody needs.
struct Forgetting {
    project: Project,
    key: String,
    /// Where the project is; there may be no file yet.
    path: std::path::PathBuf,
    keeper: Arc<Keeper>,
    begun: bool,
    folder: DataFolder,
}

impl App {
    pub(super) fn show_sheet(&mut self, sheet: Sheet, shown: bool) {
        let open = shown && self.model.map.is_some();
        self.model.sheet = open.then_some(sheet);
    }

    pub(super) fn set_delete_after(&mut self, day: Option<String>) {
        self.model.delete_after.clone_from(&day);
        self.surely_keep(Change::DeleteAfter(day));
    }

    /// Says so where the day has passed after which the open project should be deleted.
    pub(super) fn remind(&mut self) {
        let today = day_in(0);
        let Some(day) = self.model.delete_after.as_ref().filter(|day| **day < today) else {
            return;
        };
        let what = format!("This project was to be deleted after {day}");
        let advice = "Delete its file, or choose a later day under File, Project…";
        self.model.problems.push(Problem::new(what, advice));
    }

    pub(super) fn ask_to_forget(&mut self, person: Option<PersonId>) {
        self.model.to_forget = person.filter(|_| self.model.map.is_some());
        self.model.sheet = self.model.to_forget.map(|_| Sheet::Forget);
    }

    pub(super) fn forget(&mut self, person: PersonId, ctx: &egui::Context) -> Result<(), Problem> {
        self.ask_to_forget(None);
        self.may_change(None)?;
        let map = self.model.map.as_ref();
        let key = map.and_then(|map| {
            Some(
                map.results
                    .graph
                    .people
                    .get(person.index())?
                    .key
                    .to_string(),
            )
        });
        let Some(key) = key else { return Ok(()) };
        self.flush_work();
        self.tasks.cancel(Lane::Base);
        self.tasks.wait(Lane::Base);
        self.set_paused(false);
        self.restore_places();
        let forgetting = Forgetting {
            project: self.project_now(self.keeping.kept),
            key: key.clone(),
            path: self.keeping.path.clone(),
            keeper: self.keeping.keeper.clone(),
            begun: self.keeping.begun,
            folder: self.around.data_folder.clone(),
        };
        self.preferences.forget(&key);
        self.unsaved_preferences = true;
        self.keeping.forgets = true;
        self.start(ctx, Lane::Walk, true, move |progress, _| {
            forgetting.forget(progress)
        });
        Ok(())
    }
}

impl Forgetting {
    /// Forgets, and writes the file anew: what is not in the new one is nowhere any more.
    fn forget(self, progress: &Progress) -> Result<Finished, Problem> {
        let Self {
            project,
            key,
            path,
            keeper,
            begun,
            folder,
        } = self;
        let about = |error: project::ProjectError| error.about(&path);
        let mut left = project::forget(&project, &key, progress).map_err(Problem::from)?;
        left.log.push(project::LogEntry {
            at: project.log.last().map_or(0, |entry| entry.at),
            what: "One person was forgotten".to_owned(),
            seconds: None,
        });
        folder.remove(&kept::list_name(&project.paths, &project.title))?;
        let mut store = None;
        if begun {
            keeper.close()?;
            let saved =
                project::save(&path, &left, progress).and_then(|()| project::remove_backups(&path));
            if let Err(error) = saved {
                keeper.open_again(&path, &project).map_err(about)?;
                return Err(about(error));
            }
            store = Some(project::open_again(&path, &left).map_err(about)?);
        }
        let facts = left
            .results
            .clone()
            .map(|results| Grouped::of(results, &left.campaign.map));
        Ok(Finished::ProjectOpened(Box::new(OpenedProject {
            path,
            opened: Opened {
                project: left,
                store,
                read_only: None,
                warnings: Vec::new(),
                ended_unexpectedly: false,
            },
            facts,
        })))
    }
}
