//! Where the open work is kept, and the jobs that put it on the disk: none of them runs on the window's thread.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::grouping::Grouped;
use super::kept;
use super::work::Finished;
use crate::files::DataFolder;
use crate::problem::Problem;
use crate::progress::Progress;
use crate::project::{
    self, Change, ENDING, Held, Kept, Opened, Project, ProjectError, ReadOnly, Store,
};
use crate::session::Results;

/// The folder of work without a name, inside the data folder.
const UNNAMED: &str = "unnamed";

/// The file of the open work, and what is not in it yet: shared with whoever writes.
#[derive(Debug, Default)]
pub(super) struct Keeper {
    /// `None` until something was changed, and where nothing may be changed.
    store: Mutex<Option<Store>>,
    /// What was changed and is not on the disk yet, in order.
    pending: Mutex<VecDeque<Change>>,
}

impl Keeper {
    pub(super) fn of(store: Option<Store>) -> Arc<Self> {
        Arc::new(Self {
            store: Mutex::new(store),
            pending: Mutex::default(),
        })
    }

    fn pending(&self) -> MutexGuard<'_, VecDeque<Change>> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Remembers that `change` is to be put on the disk, after all others.
    pub(super) fn add(&self, change: Change) {
        self.pending().push_back(change);
    }

    /// Gives what is not on the disk yet to `other`.
    pub(super) fn hand_over(&self, other: &Self) {
        let mut rest = std::mem::take(&mut *self.pending());
        other.pending().append(&mut rest);
    }

    /// Everything that was changed is on the disk.
    pub(super) fn is_done(&self) -> bool {
        self.pending().is_empty()
    }

    /// Begins the file where there is none yet, with all of `project` but its posts; then puts on the disk what was changed, one change after the
    /// other. What the disk refuses stays remembered.
    pub(super) fn write(&self, begin: Option<(&Path, &Project)>) -> Result<(), Problem> {
        let mut store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        if let (None, Some((path, project))) = (&*store, begin) {
            let about = |error: ProjectError| error.about(path);
            *store = Some(Store::create(path, project).map_err(about)?);
        }
        let Some(store) = &mut *store else {
            return Ok(());
        };
        loop {
            let change = self.pending().front().cloned();
            let Some(change) = change else { return Ok(()) };
            if let Err(error) = store.commit(&change) {
                return Err(error.about(store.path()));
            }
            self.pending().pop_front();
        }
    }

    /// Puts posts, people and ties into the file.
    pub(super) fn put_base(&self, results: &Results, progress: &Progress) -> Result<(), Problem> {
        let with: &project::WithStore<'_> = &|use_it| {
            let mut store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
            store.as_mut().map_or(Ok(()), use_it)
        };
        Store::put_base(with, results, progress).map_err(|error| match error {
            ProjectError::Cancelled(cancelled) => cancelled.into(),
            error => Problem::new(error.to_string(), error.advice()),
        })
    }

    /// There is no file to put anything into.
    pub(super) fn has_no_file(&self) -> bool {
        self.store
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .is_none()
    }

    /// Opens the file again, which was closed.
    pub(super) fn open_again(&self, path: &Path, project: &Project) -> Result<(), ProjectError> {
        let opened = project::open_again(path, project)?;
        *self.store.lock().unwrap_or_else(PoisonError::into_inner) = Some(opened);
        Ok(())
    }

    /// Closes the file.
    pub(super) fn close(&self) -> Result<(), Problem> {
        let mut store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        store.take().map_or(Ok(()), |store| {
            let path = store.path().to_owned();
            store.close().map_err(|error| error.about(&path))
        })
    }
}

/// Where the open work is kept.
#[derive(Debug, Default)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each says of one thing whether it is so"
)]
pub(super) struct Keeping {
    /// The file; it may not be there yet.
    pub(super) path: PathBuf,
    /// The person gave it a name.
    pub(super) named: bool,
    pub(super) keeper: Arc<Keeper>,
    /// Something was changed that is worth a file, and there is none yet.
    pub(super) wanted: bool,
    /// The file was begun, or is being.
    pub(super) begun: bool,
    /// Somebody is being forgotten: nothing may be changed meanwhile.
    pub(super) forgets: bool,
    /// Why nothing may be changed.
    pub(super) read_only: Option<ReadOnly>,
    /// What of the posts is in it.
    pub(super) kept: Kept,
    /// The disk refused the last change: nothing is tried again until something changes, or somebody asks.
    pub(super) refused: bool,
    /// The facts that are in the file, or are being put there.
    pub(super) base: Option<Arc<Results>>,
    /// Save everything there, once what is pending is on the disk.
    pub(super) save_as: Option<(PathBuf, Kept)>,
    /// Where the posts were read from.
    pub(super) sources: Vec<PathBuf>,
}

/// Whether `path` is a project, by its name or its content.
pub(super) fn is_project(path: &Path) -> bool {
    has_ending(path) || project::is_project(path)
}

fn has_ending(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case(ENDING))
}

/// Where work on these files is kept while it has no name: `unnamed/NAME-HASH.isthmus`, inside the data folder.
fn unnamed(paths: &[PathBuf], title: &str) -> PathBuf {
    let name = kept::list_name(paths, title).with_extension(ENDING);
    Path::new(UNNAMED).join(name.file_name().unwrap_or_default())
}

/// Makes the folder that work without a name is kept in.
pub(super) fn make_room(folder: &DataFolder, path: &Path) -> Result<(), Problem> {
    let name = Path::new(UNNAMED).join(path.file_name().unwrap_or_default());
    folder.place(&name).map(drop)
}

/// Whether `path` is work without a name.
pub(super) fn is_unnamed(folder: &DataFolder, path: &Path) -> bool {
    unnamed_files(folder).iter().any(|known| known == path)
}

/// `paths` in full, so that they still lead there from another folder.
pub(super) fn in_full(paths: &[PathBuf]) -> Vec<PathBuf> {
    let full = |path: &PathBuf| path.canonicalize().unwrap_or_else(|_| path.clone());
    paths.iter().map(full).collect()
}

/// Every file of work without a name.
fn unnamed_files(folder: &DataFolder) -> Vec<PathBuf> {
    let files = folder.files_in(Path::new(UNNAMED));
    files.into_iter().filter(|path| has_ending(path)).collect()
}

/// What was done with the same files before.
#[derive(Debug, Default)]
pub(super) struct EarlierWork {
    pub(super) path: PathBuf,
    pub(super) project: Project,
    pub(super) store: Option<Store>,
    pub(super) read_only: Option<ReadOnly>,
    pub(super) problem: Option<Problem>,
}

/// Work without a name on these files, where there is any: a project, or a list as earlier versions kept it. Nothing is opened where
/// it is `open` already.
pub(super) fn earlier_work(
    folder: &DataFolder,
    paths: &[PathBuf],
    title: &str,
    open: Option<&Path>,
) -> EarlierWork {
    let path = folder.path_of(&unnamed(paths, title)).unwrap_or_default();
    if open == Some(&path) {
        return EarlierWork {
            path,
            ..EarlierWork::default()
        };
    }
    if path.exists() {
        return unnamed_work(folder, path);
    }
    // Work that was begun with other files and updated with these.
    let is_updated = |other: &PathBuf| {
        let peeked = project::peek(other).ok();
        open != Some(other)
            && peeked.is_some_and(|peeked| !paths.is_empty() && peeked.paths == in_full(paths))
    };
    if let Some(updated) = unnamed_files(folder).into_iter().find(is_updated) {
        return unnamed_work(folder, updated);
    }
    let (campaign, problem) = kept::load_list(folder, &kept::list_name(paths, title));
    EarlierWork {
        path,
        project: Project {
            campaign,
            ..Project::default()
        },
        problem,
        ..EarlierWork::default()
    }
}

fn unnamed_work(folder: &DataFolder, path: PathBuf) -> EarlierWork {
    match project::open_decisions(&path) {
        Ok(opened) if opened.read_only != Some(ReadOnly::Damaged) => EarlierWork {
            path,
            project: opened.project,
            store: opened.store,
            read_only: opened.read_only,
            problem: None,
        },
        Ok(opened) => {
            let what = opened.warnings.first().cloned().unwrap_or_default();
            let advice = "It was put aside untouched; what is left of it is here";
            let aside = put_aside(folder, &path).err();
            EarlierWork {
                project: opened.project,
                problem: Some(aside.unwrap_or(Problem::new(what, advice))),
                path,
                ..EarlierWork::default()
            }
        }
        Err(error) => EarlierWork {
            problem: Some(put_aside(folder, &path).err().unwrap_or(error.about(&path))),
            path,
            ..EarlierWork::default()
        },
    }
}

/// Puts damaged work aside, so that new work does not take its place.
fn put_aside(folder: &DataFolder, path: &Path) -> Result<(), Problem> {
    let name = path.file_name().map(PathBuf::from).unwrap_or_default();
    folder
        .put_aside(&PathBuf::from(UNNAMED).join(name))
        .map(drop)
}

/// A project file that somebody opened, ready to be shown.
pub(super) struct OpenedProject {
    pub(super) path: PathBuf,
    pub(super) opened: Opened,
    /// With the names and colours that the person gave; `None` where only a list is left.
    pub(super) facts: Option<Grouped>,
}

/// Opens the project at `path`.
pub(super) fn open(path: &Path, progress: &Progress) -> Result<Finished, Problem> {
    let opened = project::open(path, true, progress).map_err(|error| error.about(path))?;
    let choices = &opened.project.campaign.map;
    let results = opened.project.results.clone();
    let facts = results.map(|results| Grouped::of(results, choices));
    Ok(Finished::ProjectOpened(Box::new(OpenedProject {
        path: path.to_owned(),
        opened,
        facts,
    })))
}

/// A project that was saved under a name.
pub(super) struct SavedAs {
    pub(super) path: PathBuf,
    pub(super) kept: Kept,
    /// `None` for one without names: work goes on with names.
    pub(super) store: Option<Store>,
}

/// Saves `project` at `path` and opens it for changes.
pub(super) fn save_as(
    path: PathBuf,
    project: &Project,
    progress: &Progress,
) -> Result<Finished, Problem> {
    let about = |error: ProjectError| error.about(&path);
    project::save(&path, project, progress).map_err(about)?;
    let kept = project.kept;
    let store = if kept == Kept::Nameless {
        None
    } else {
        Some(project::open_again(&path, project).map_err(about)?)
    };
    Ok(Finished::SavedAs(Box::new(SavedAs { path, kept, store })))
}

/// Work that was open when the program ended unexpectedly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftWork {
    /// The file it is kept in.
    pub path: PathBuf,
    /// What it was made from.
    pub title: String,
    /// People on its list.
    pub n_listed: usize,
}

/// Projects among `recent`, and work without a name, that were open when the program ended unexpectedly.
pub(super) fn left_work(folder: &DataFolder, recent: &[PathBuf]) -> Vec<LeftWork> {
    let unnamed = unnamed_files(folder);
    let projects = unnamed.iter().chain(recent).filter(|path| has_ending(path));
    let left = projects.filter(|path| path.exists() && Held::is_left(path));
    let left = left.filter_map(|path| {
        let peeked = project::peek(path).ok()?;
        Some(LeftWork {
            path: path.clone(),
            title: peeked.title,
            n_listed: peeked.n_listed,
        })
    });
    left.collect()
}

/// Says that nobody wants to be asked about `path` any more: what is in it stays.
pub(super) fn let_lie(path: &Path) -> Result<(), Problem> {
    Held::take(path)
        .map(drop)
        .map_err(|error| error.about(path))
}
