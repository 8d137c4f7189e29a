//! Where the open work is kept, and the jobs that put it on the disk: none of them runs on the window's thread.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::kept;
use crate::campaign::Campaign;
use crate::files::DataFolder;
use crate::problem::Problem;
use crate::progress::Progress;
use crate::project::{self, Change, ENDING, Held, Kept, Opened, Project, ProjectError, ReadOnly, Store};
use crate::session::Results;

/// An open project file, for the jobs that write it one after the other.
pub(super) type Shared = Arc<Mutex<Store>>;

/// The folder of work without a name, inside the data folder.
const UNNAMED: &str = "unnamed";

/// Where the open work is kept.
#[derive(Debug, Default)]
pub(super) struct Keeping {
    /// The file; it may not be there yet.
    pub(super) path: PathBuf,
    /// The person gave it a name.
    pub(super) named: bool,
    /// `None` until something was changed, and where nothing may be changed.
    pub(super) store: Option<Shared>,
    /// Why nothing may be changed.
    pub(super) read_only: Option<ReadOnly>,
    /// What was changed and is not on the disk yet, in order.
    pub(super) pending: Vec<Change>,
    /// The disk refused the last change: nothing is tried again until something changes, or somebody asks.
    pub(super) refused: bool,
    /// Posts, people and ties are being put into the file, or are there.
    pub(super) base_begun: bool,
    /// Save everything there, once what is pending is on the disk.
    pub(super) save_as: Option<(PathBuf, Kept)>,
}

impl Keeping {
    /// The name of the file, where the person gave it one.
    pub(super) fn name(&self) -> Option<String> {
        let name = self.path.file_name().filter(|_| self.named)?;
        Some(name.to_string_lossy().into_owned())
    }

    /// Everything that was changed is on the disk.
    pub(super) fn is_saved(&self) -> bool {
        self.pending.is_empty() && !self.refused && self.save_as.is_none()
    }
}

/// Whether `path` is a project, by its name or its content.
pub(super) fn is_project(path: &Path) -> bool {
    let named = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(ENDING));
    named || project::is_project(path)
}

/// Where work on these files is kept while it has no name: `unnamed/NAME-HASH.isthmus`.
pub(super) fn unnamed(folder: &DataFolder, paths: &[PathBuf], title: &str) -> Result<PathBuf, Problem> {
    let name = kept::list_name(paths, title).with_extension(ENDING);
    let name = name.file_name().map(PathBuf::from).unwrap_or_default();
    folder.place(&PathBuf::from(UNNAMED).join(name))
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

/// Work without a name on these files, where there is any: a project, or a list as earlier versions kept it.
pub(super) fn earlier_work(folder: &DataFolder, paths: &[PathBuf], title: &str) -> EarlierWork {
    let path = match unnamed(folder, paths, title) {
        Ok(path) => path,
        Err(problem) => {
            return EarlierWork {
                problem: Some(problem),
                ..EarlierWork::default()
            };
        }
    };
    if !path.exists() {
        let (campaign, problem) = kept::load_list(folder, &kept::list_name(paths, title));
        return EarlierWork {
            path,
            project: Project {
                campaign,
                ..Project::default()
            },
            problem,
            ..EarlierWork::default()
        };
    }
    match project::open(&path, true, &Progress::new()) {
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
                project: Project {
                    campaign: opened.project.campaign,
                    history: opened.project.history,
                    ..Project::default()
                },
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
    folder.put_aside(&PathBuf::from(UNNAMED).join(name))
}

/// A project file that somebody opened.
pub(super) fn open(path: &Path, progress: &Progress) -> Result<Opened, Problem> {
    project::open(path, true, progress).map_err(|error| error.about(path))
}

/// Begins the file with everything that people edit.
pub(super) fn begin(path: &Path, project: &Project) -> Result<Shared, Problem> {
    let store = Store::create(path, project).map_err(|error| error.about(path))?;
    Ok(Arc::new(Mutex::new(store)))
}

/// Puts posts, people and ties into the file.
pub(super) fn put_base(store: &Shared, results: &Results, progress: &Progress) -> Result<(), Problem> {
    match Store::put_base(store, results, progress) {
        Ok(()) => Ok(()),
        Err(ProjectError::Cancelled(cancelled)) => Err(cancelled.into()),
        Err(error) => Err(error.about(locked(store).path())),
    }
}

/// What could not be put on the disk, and why.
#[derive(Debug)]
pub(super) struct NotKept {
    pub(super) rest: Vec<Change>,
    pub(super) problem: Problem,
}

/// Makes `changes` one after the other, each on the disk before the next.
pub(super) fn commit(store: &Shared, changes: Vec<Change>) -> Option<NotKept> {
    let mut store = locked(store);
    let mut left = changes.into_iter();
    while let Some(change) = left.next() {
        if let Err(error) = store.commit(&change) {
            let problem = error.about(store.path());
            return Some(NotKept {
                rest: std::iter::once(change).chain(left).collect(),
                problem,
            });
        }
    }
    None
}

/// Saves `project` at `path` and opens it for changes; one without names is only saved, since work goes on with names.
pub(super) fn save_as(path: &Path, project: &Project, progress: &Progress) -> Result<Option<Shared>, Problem> {
    let about = |error: ProjectError| error.about(path);
    project::save(path, project, progress).map_err(about)?;
    if project.kept == Kept::Nameless {
        return Ok(None);
    }
    let opened = project::open_again(path, project).map_err(about)?;
    Ok(Some(Arc::new(Mutex::new(opened))))
}

/// Closes the file; takes it away where it is work without a name that got one, or of which nothing is left to keep.
pub(super) fn close(store: Shared, is_wanted: bool) -> Result<(), Problem> {
    let Some(store) = Arc::into_inner(store) else {
        return Ok(()); // a job that still writes closes it
    };
    let store = store.into_inner().unwrap_or_else(PoisonError::into_inner);
    let path = store.path().to_owned();
    let closed = store.close().map_err(|error| error.about(&path));
    if !is_wanted {
        project::remove(&path).map_err(|error| error.about(&path))?;
    }
    closed
}

pub(super) fn locked(store: &Shared) -> std::sync::MutexGuard<'_, Store> {
    store.lock().unwrap_or_else(PoisonError::into_inner)
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
    let unnamed = folder.files_in(Path::new(UNNAMED));
    let projects = unnamed.iter().chain(recent);
    let projects = projects.filter(|path| path.extension().is_some_and(|e| e == ENDING));
    let left = projects.filter(|path| path.exists() && Held::is_left(path));
    let left = left.filter_map(|path| {
        let opened = project::peek(path).ok()?;
        Some(LeftWork {
            path: path.clone(),
            title: opened.0,
            n_listed: opened.1,
        })
    });
    left.collect()
}

/// Whether there is anything in `campaign` that would be missed.
pub(super) fn is_worth_keeping(campaign: &Campaign) -> bool {
    *campaign != Campaign::default()
}
