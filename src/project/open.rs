//! Opening a project file: looked at without touching it, read as far as it goes, and only a whole one opened for changes.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::{Connection, OpenFlags};

use super::held::{Held, backup_of, companions, remove_companions};
use super::rows::{Told, from_json, n_damaged, told, told_or_damage};
use super::save::{Grouping, WHOLE};
use super::store::Store;
use super::{
    APPLICATION_ID, Kept, LogEntry, Project, ProjectError, VERSION, base, posts, schema, tables,
};
use crate::analysis::{self, SizeBy};
use crate::campaign::{
    Campaign, Filter, History, KeptFilters, MapChoices, OutreachList, PlanSettings,
};
use crate::import::ImportReport;
use crate::layout::Positions;
use crate::people::joined_accounts;
use crate::progress::{Cancelled, Progress, Stage};
use crate::session::{self, Conversation, Results, Seconds, WalkSettings};

/// With which every database of this kind begins.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// Why a project can be looked at, but not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadOnly {
    /// Another window has it open.
    InUse,
    /// The system lets us not write beside it.
    Folder,
    /// It is damaged, and stays as it is.
    Damaged,
}

impl ReadOnly {
    /// What the window says of it.
    pub fn words(self) -> &'static str {
        match self {
            Self::InUse => "Open in another window, so nothing can be changed here",
            Self::Folder => "Its folder cannot be written, so nothing can be changed here",
            Self::Damaged => "The file is damaged and is not changed; what is left of it is shown",
        }
    }
}

/// A project that was opened.
#[derive(Debug)]
pub struct Opened {
    /// What it holds.
    pub project: Project,
    /// Takes its changes; `None` where it may only be looked at.
    pub store: Option<Store>,
    /// Why it may only be looked at.
    pub read_only: Option<ReadOnly>,
    /// What is missing or was damaged, a sentence each.
    pub warnings: Vec<String>,
    /// Whoever had it open before ended without closing it.
    pub ended_unexpectedly: bool,
}

/// Whether the file begins as a project does: by its content, whatever it is called. False where it cannot be read.
pub fn is_project(path: &Path) -> bool {
    let mut start = [0u8; 16];
    let read = fs::File::open(path).and_then(|mut file| file.read_exact(&mut start));
    read.is_ok() && start == MAGIC
}

/// Opens the project file at `path`: for changes where nothing speaks against it, else to be looked at. A file that is damaged, newer or
/// something else is not touched.
///
/// # Errors
/// [`ProjectError`] where there is nothing to show.
/// # Cost
/// O(file), unpacked by all cores; no analysis and no layout, unless what they found is damaged.
pub fn open(path: &Path, for_changes: bool, progress: &Progress) -> Result<Opened, ProjectError> {
    open_parts(path, for_changes, true, progress)
}

/// As [`open`] for changes, without posts, people, ties and layouts: for whoever makes them anew.
///
/// # Errors
/// As [`open`].
pub fn open_decisions(path: &Path) -> Result<Opened, ProjectError> {
    open_parts(path, true, false, &Progress::new())
}

fn open_parts(
    path: &Path,
    for_changes: bool,
    all: bool,
    progress: &Progress,
) -> Result<Opened, ProjectError> {
    check_start(path)?;
    progress.begin(Stage::Read, 0)?;
    let (held, mut read_only) = match for_changes.then(|| Held::take(path)) {
        Some(Ok(held)) => (Some(held), None),
        Some(Err(ProjectError::InUse)) => (None, Some(ReadOnly::InUse)),
        Some(Err(_)) => (None, Some(ReadOnly::Folder)),
        None => (None, None),
    };
    let (project, warnings, version) = {
        let db = look_at(path)?;
        let version = check_version(&db)?;
        let mut damage = check_pages(&db);
        let project = read(&db, all, &mut damage, progress)?;
        db.close().map_err(|(_, error)| error)?;
        (project, damage, version)
    };
    let ended_unexpectedly = held.as_ref().is_some_and(Held::was_left);
    if !warnings.is_empty() {
        read_only = Some(ReadOnly::Damaged);
    }
    let store = match held.filter(|_| read_only.is_none()) {
        Some(held) => {
            if version < VERSION {
                bring_up_to_date(path, version)?;
            }
            Some(Store::attach(path, held, &project)?)
        }
        None => None,
    };
    Ok(Opened {
        project,
        store,
        read_only,
        warnings,
        ended_unexpectedly,
    })
}

/// Opens the file at `path`, which was just saved and holds `project`, for changes.
///
/// # Errors
/// [`ProjectError::InUse`] when somebody was quicker, or what the disk says.
pub fn open_again(path: &Path, project: &Project) -> Result<Store, ProjectError> {
    Store::attach(path, Held::take(path)?, project)
}

/// What a project is about, without the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peeked {
    /// What the window calls it.
    pub title: String,
    /// Where its posts were read from.
    pub paths: Vec<PathBuf>,
    /// People on its list.
    pub n_listed: usize,
}

/// What the project at `path` is about, without the rest.
///
/// # Errors
/// As [`open`].
pub fn peek(path: &Path) -> Result<Peeked, ProjectError> {
    check_start(path)?;
    let db = look_at(path)?;
    check_version(&db)?;
    let title = told(&db, "title").value().unwrap_or_default();
    Ok(Peeked {
        title,
        paths: from_json(told(&db, "paths").value()).unwrap_or_default(),
        n_listed: tables::ENTRY.read(&db).0.len(),
    })
}

/// Takes the backups away that were made of the project at `path` before it was brought up to date.
///
/// # Errors
/// What the disk says.
pub fn remove_backups(path: &Path) -> Result<(), ProjectError> {
    (1..=VERSION).try_for_each(|version| remove_if_there(&backup_of(path, version)))
}

/// Takes the project file at `path` away, with everything beside it: its lock, what the database kept, backups of earlier versions.
///
/// # Errors
/// [`ProjectError::InUse`] when somebody has it open, or what the disk says.
pub fn remove(path: &Path) -> Result<(), ProjectError> {
    let held = Held::take(path)?;
    remove_companions(path)?;
    remove_backups(path)?;
    remove_if_there(path)?;
    drop(held);
    Ok(())
}

fn remove_if_there(path: &Path) -> Result<(), ProjectError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// Refuses what is no database at all.
fn check_start(path: &Path) -> Result<(), ProjectError> {
    let about = fs::metadata(path).map_err(ProjectError::Unreadable)?;
    if about.is_dir() {
        return Err(ProjectError::NotAProject);
    }
    if about.len() == 0 {
        return Err(ProjectError::Empty);
    }
    if is_project(path) {
        Ok(())
    } else {
        // Somebody without the right to read it gets that said.
        fs::File::open(path).map_err(ProjectError::Unreadable)?;
        Err(ProjectError::NotAProject)
    }
}

/// A connection that changes nothing, not even beside the file where nobody works on it.
fn look_at(path: &Path) -> Result<Connection, ProjectError> {
    let is_resting = companions(path)
        .iter()
        .all(|companion| fs::metadata(companion).map_or(0, |about| about.len()) == 0);
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = if is_resting && let Some(address) = address_of(path) {
        Connection::open_with_flags(address, flags | OpenFlags::SQLITE_OPEN_URI)?
    } else {
        Connection::open_with_flags(path, flags)?
    };
    db.pragma_update(None, "trusted_schema", "OFF")?;
    db.pragma_update(None, "cell_size_check", "ON")?;
    Ok(db)
}

/// The path as an address that says that nobody changes the file meanwhile; `None` for a path that is not text.
fn address_of(path: &Path) -> Option<String> {
    let full = fs::canonicalize(path).ok()?;
    let mut address = "file:".to_owned();
    for c in full.to_str()?.chars() {
        match c {
            '%' => address.push_str("%25"),
            '?' => address.push_str("%3f"),
            '#' => address.push_str("%23"),
            '\\' => address.push('/'),
            c => address.push(c),
        }
    }
    address.push_str("?immutable=1");
    Some(address)
}

fn check_version(db: &Connection) -> Result<i32, ProjectError> {
    let damaged = |error: rusqlite::Error| match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::NotADatabase) => ProjectError::NotAProject,
        _ => ProjectError::Damaged(error.to_string()),
    };
    let number = |name| db.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    if number("application_id").map_err(damaged)? != APPLICATION_ID {
        return Err(ProjectError::NotAProject);
    }
    match number("user_version").map_err(damaged)? {
        version if version > VERSION => Err(ProjectError::Newer(version)),
        version if version < 1 => Err(ProjectError::NotAProject),
        version => Ok(version),
    }
}

/// What the database itself finds wrong with its pages.
fn check_pages(db: &Connection) -> Vec<String> {
    let found = db.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0));
    match found {
        Ok(word) if word == "ok" => Vec::new(),
        _ => vec!["Pages of the file are damaged".to_owned()],
    }
}

/// Copies an older file beside itself, then brings its tables to [`VERSION`].
fn bring_up_to_date(path: &Path, version: i32) -> Result<(), ProjectError> {
    let mut db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    // Into the copy goes also what a program that ended unexpectedly left beside the file.
    db.pragma_update(None, "wal_checkpoint", "TRUNCATE")?;
    fs::copy(path, backup_of(path, version))?;
    let changes = db.transaction()?;
    schema::migrate(&changes, version)?;
    changes.commit()?;
    db.close().map_err(|(_, error)| error.into())
}

/// What people edit, as it stands in the file.
#[derive(Debug, Default)]
pub(super) struct Edited {
    pub(super) campaign: Campaign,
    pub(super) history: History,
    pub(super) selections: BTreeMap<u8, Vec<String>>,
    pub(super) log: Vec<LogEntry>,
    /// What is missing, a sentence each.
    pub(super) damage: Vec<String>,
}

/// Reads what people edit.
pub(super) fn edited(db: &Connection) -> Edited {
    let mut damage = Vec::new();
    let mut lost = |n: u64, what: &str| {
        if n > 0 {
            damage.push(format!("Of {what}, {n} could not be read"));
        }
    };
    let (rows, mut n_lost) = tables::ENTRY.read(db);
    let (outreach_list, unusable): (OutreachList, u64) = tables::list_of(rows);
    n_lost += unusable;
    lost(n_lost, "the people on the list");
    let mut table = |table: super::rows::Table, what: &str| {
        let (rows, n_lost) = table.read(db);
        lost(n_lost, what);
        rows
    };
    let looks = tables::looks_of(table(tables::LOOK, "the names and colours of communities"));
    let joined = tables::joined_of(table(tables::JOINED, "the merged communities"));
    let hidden = tables::hidden_of(table(tables::HIDDEN, "the hidden communities"));
    let pinned = tables::pins_of(table(tables::PIN, "the people who were put somewhere"));
    let selections = tables::selections_of(table(tables::SELECTION, "the kept selections"));
    let log = tables::log_of(table(tables::LOG, "what was done"));
    let (steps, n_lost) = tables::STEP.read(db);
    let steps = tables::steps_of(steps).filter(|_| n_lost == 0);
    if steps.is_none() {
        damage.push("What was done cannot be undone any more".to_owned());
    }
    let (steps, n_undone) = steps.unwrap_or_default();
    let mut choice = |name: &str, what: &str| told_or_damage(db, name, what, &mut damage);
    let plan: Option<PlanSettings> = from_json(choice("plan", "The settings of the plan"));
    let resolution = from_json(choice("resolution", "How finely people are grouped"));
    let isolated = from_json(choice("isolated", "The community that was lit"));
    let small_groups = from_json(choice(
        "small_groups_hidden",
        "Whether small groups are shown",
    ));
    let (filter, kept_filters) = filters(db, &mut damage);
    let mut choice = |name: &str, what: &str| told_or_damage(db, name, what, &mut damage);
    let layout = choice("layout", "Which layout was shown").and_then(|text| text.parse().ok());
    let grouping = Grouping::read(db, &mut damage);
    let usual = MapChoices::default();
    let map = MapChoices {
        resolution: resolution.unwrap_or(usual.resolution),
        joined,
        by_hand: grouping.by_hand,
        by_file: grouping.by_file,
        same: grouping.same,
        looks,
        filter: Filter {
            hidden,
            isolated: isolated.flatten(),
            small_groups: small_groups.unwrap_or_default(),
            ..filter
        },
        kept_filters,
        pinned,
        layout: layout.unwrap_or(usual.layout),
    };
    Edited {
        campaign: Campaign {
            outreach_list,
            plan: plan.unwrap_or_default(),
            map,
        },
        history: History::of_steps(steps, n_undone),
        selections,
        log,
        damage,
    }
}

/// What was shown of the map, and the filters that were kept. Files that were written before there were filters have neither; one of the
/// two alone is damage.
fn filters(db: &Connection, damage: &mut Vec<String>) -> (Filter, KeptFilters) {
    let names = ["filter", "kept_filters"];
    if names.iter().all(|name| told(db, name) == Told::Nothing) {
        return (Filter::default(), KeptFilters::new());
    }
    let [filter, kept] = names;
    let filter = told_or_damage(db, filter, "What was shown of the map", damage);
    let kept = told_or_damage(db, kept, "The kept filters", damage);
    (
        from_json(filter).unwrap_or_default(),
        from_json(kept).unwrap_or_default(),
    )
}

/// Reads everything, as far as it goes; what is missing goes into `damage`.
fn read(
    db: &Connection,
    all: bool,
    damage: &mut Vec<String>,
    progress: &Progress,
) -> Result<Project, ProjectError> {
    let mut edited = edited(db);
    damage.append(&mut edited.damage);
    let n_lost = n_damaged(db);
    if n_lost > 0 {
        damage.push(format!(
            "{n_lost} of the file's own notes about itself are damaged"
        ));
    }
    progress.check()?;
    let mut text = |name: &str, what: &str| told_or_damage(db, name, what, damage);
    let title = text("title", "The title").unwrap_or_else(|| "Project".to_owned());
    let paths: Vec<PathBuf> =
        from_json(text("paths", "Where the posts came from")).unwrap_or_default();
    let kept: Kept = from_json(text("kept", "What of the posts is kept")).unwrap_or_default();
    let view = from_json(text("view", "How the map was last looked at")).unwrap_or_default();
    let mut maybe = |name: &str, what: &str| match told(db, name) {
        Told::Value(value) => Some(value),
        Told::Nothing => None,
        Told::Damaged => {
            damage.push(format!("{what} could not be read"));
            None
        }
    };
    let selection_names = from_json(maybe("selection_names", "What kept selections are called"));
    let changes = maybe("changes", "What changed with the last update");
    let delete_after = maybe(
        "delete_after",
        "The day after which the file should be deleted",
    );
    let is_whole = maybe(WHOLE, "Whether everything is there").is_some();
    let results = if is_whole && all {
        results(db, kept, damage, progress)?.map(Arc::new)
    } else {
        None
    };
    let layouts = results
        .as_ref()
        .map(|results| layouts(db, results.graph.n_people(), damage));
    let nothing = results.is_none() && edited.campaign == Campaign::default();
    if nothing && let Some(first) = damage.first() {
        return Err(ProjectError::Damaged(first.clone()));
    }
    Ok(Project {
        title,
        paths,
        results,
        layouts: layouts.unwrap_or_default(),
        campaign: edited.campaign,
        history: edited.history,
        selections: edited.selections,
        selection_names: selection_names.unwrap_or_default(),
        view,
        log: edited.log,
        kept,
        changes,
        delete_after,
    })
}

fn layouts(db: &Connection, n: usize, damage: &mut Vec<String>) -> BTreeMap<u64, Arc<Positions>> {
    let (bases, mut n_lost) = layout_bases(db);
    let (layouts, lost) = base::layouts(db, &bases, n);
    n_lost += lost.len();
    if n_lost > 0 {
        damage.push(format!(
            "Of the layouts of the map, {n_lost} could not be read"
        ));
    }
    layouts
}

/// Every layout of `n` people that is told from layout `base`.
pub(super) fn told_from(db: &Connection, base: u64, n: usize) -> Vec<(u64, Arc<Positions>)> {
    let (bases, _) = layout_bases(db);
    if bases.iter().all(|(_, from)| *from != Some(base)) {
        return Vec::new();
    }
    let (mut layouts, _) = base::layouts(db, &bases, n);
    let told = bases.iter().filter(|(_, from)| *from == Some(base));
    told.filter_map(|(number, _)| Some((*number, layouts.remove(number)?)))
        .collect()
}

/// Every layout with the one it is told from, by number, and how many rows are damaged.
fn layout_bases(db: &Connection) -> (Vec<(u64, Option<u64>)>, usize) {
    let Ok(mut select) = db.prepare("SELECT number, base, sum FROM layout ORDER BY number") else {
        return (Vec::new(), 1);
    };
    let rows = select.query_map([], |row| {
        let (number, base): (i64, Option<i64>) = (row.get(0)?, row.get(1)?);
        let cell = base.map_or(
            rusqlite::types::Value::Null,
            rusqlite::types::Value::Integer,
        );
        let is_right = row.get::<_, i64>(2)? == super::rows::sum_of(number, &vec![cell]);
        Ok(is_right.then_some((number as u64, base.map(|base| base as u64))))
    });
    let Ok(rows) = rows else {
        return (Vec::new(), 1);
    };
    let rows: Vec<Option<(u64, Option<u64>)>> = rows.map(|row| row.ok().flatten()).collect();
    let n = rows.len();
    let right: Vec<_> = rows.into_iter().flatten().collect();
    let n_lost = n - right.len();
    (right, n_lost)
}

/// Posts, people, ties and scores; what is damaged is made again from what is not, where that goes.
fn results(
    db: &Connection,
    kept: Kept,
    damage: &mut Vec<String>,
    progress: &Progress,
) -> Result<Option<Results>, Cancelled> {
    let mut text = |name: &str, what: &str| told_or_damage(db, name, what, damage);
    let settings: WalkSettings = from_json(text("settings", "The settings")).unwrap_or_default();
    let report: ImportReport =
        from_json(text("report", "What became of every row")).unwrap_or_default();
    let files: Vec<String> = from_json(text("files", "The names of the files")).unwrap_or_default();
    let figures: Option<base::Figures> = from_json(text("figures", "The figures of the map"));
    let posts = posts::posts(db, kept == Kept::Everything, figures.as_ref());
    match &posts {
        None => damage.push("The posts could not be read".to_owned()),
        Some(read) => {
            if read.n_lost > 0 {
                let n = read.n_lost;
                damage.push(format!("{n} posts and ties of the file could not be read"));
            }
            if !read.facts_are_whole {
                damage.push("Languages, platforms and tones of posts could not be read".to_owned());
            }
        }
    }
    progress.check()?;
    let posts = posts.map(|read| read.posts);
    let fits = |graph: &crate::people::ConversationGraph| {
        let n = posts.as_ref().map_or(0, |posts| posts.accounts.len());
        graph.person_of_account.len() == n || posts.is_none()
    };
    let graph = figures
        .as_ref()
        .and_then(|figures| base::graph(db, figures))
        .filter(fits);
    progress.check()?;
    let has_posts = posts.is_some();
    let conversation = Arc::new(Conversation {
        files,
        posts: posts.unwrap_or_default(),
        report,
        seconds: 0.0,
    });
    let Some(mut graph) = graph else {
        damage.push("People and ties could not be read".to_owned());
        if !has_posts {
            return Ok(None);
        }
        damage.push("They were put together again from the posts".to_owned());
        return session::analyse(&conversation, &settings, progress).map(Some);
    };
    if !has_posts {
        graph.person_of_account.clear();
    }
    let accounts = &conversation.posts.accounts;
    graph.joined = joined_accounts(accounts, &graph.people, &graph.person_of_account);
    let found = figures
        .as_ref()
        .and_then(|figures| base::analysis(db, figures, &graph));
    let analysis = if let Some(analysis) = found {
        analysis
    } else {
        damage.push("Communities and scores could not be read; they were found again".to_owned());
        analysis::analyse(&graph, &conversation.posts, &settings.analysis, progress)?.0
    };
    progress.check()?;
    Ok(Some(Results {
        sizes: Arc::new(analysis::dot_sizes(&graph, &analysis, SizeBy::Reach)),
        conversation,
        settings,
        graph: Arc::new(graph),
        analysis: Arc::new(analysis),
        seconds: Seconds::default(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_of_an_older_file_is_made_before_it_is_brought_up_to_date() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.isthmus");
        let project = Project {
            title: "posts.csv".to_owned(),
            ..Project::default()
        };
        super::super::save(&path, &project, &Progress::new()).expect("room");
        let before = fs::read(&path).expect("a file");
        bring_up_to_date(&path, 1).expect("room");
        assert_eq!(fs::read(backup_of(&path, 1)).expect("a copy"), before);
        assert_eq!(peek(&path).expect("a project").title, "posts.csv");
        remove_backups(&path).expect("it can go");
        assert!(!backup_of(&path, 1).exists());
    }
}
