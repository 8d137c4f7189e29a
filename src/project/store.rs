//! An open project: every change is one transaction, and on the disk when it returns.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::{Connection, OpenFlags, Transaction};

use super::arrays;
use super::held::Held;
use super::open::told_from;
use super::rows::{tell, untell};
use super::save::{Group, WHOLE, groups, json, write_figures, write_layout, write_settings};
use super::{Kept, LogEntry, Project, ProjectError, View, tables};
use crate::campaign::{Campaign, Happened, History};
use crate::layout::Positions;
use crate::progress::{Progress, Stage};
use crate::session::Results;

/// Pages of the log of the database before they are moved into the file, 8 KiB each.
const LOG_PAGES: u32 = 1000;

/// One change of a project.
#[derive(Debug, Clone)]
pub enum Change {
    /// Something happened to the campaign.
    Happened(Happened),
    /// People stand here in this layout.
    Layout(u64, Arc<Positions>),
    /// Communities and scores were made again, with other settings.
    Analysis(Arc<Results>),
    /// The posts come from these files from now on, and the window calls the map so.
    Sources(String, Vec<PathBuf>),
    /// Posts, people, ties, scores and layouts are to be made anew: what the file has of them goes.
    DropBase,
    /// A selection was kept under this number, by key.
    Selection(u8, Vec<String>),
    /// What kept selections are called, those that have a name.
    SelectionNames(BTreeMap<u8, String>),
    /// The map was last looked at so.
    View(View),
    /// Something was done.
    Log(LogEntry),
    /// What changed with the last update, as JSON; `None`: nothing to be told any more.
    Changes(Option<String>),
    /// The day after which the file should be deleted.
    DeleteAfter(Option<String>),
}

/// Lets somebody use an open project for a moment.
pub type WithStore<'a> =
    dyn Fn(&mut dyn FnMut(&mut Store) -> Result<(), ProjectError>) -> Result<(), ProjectError> + 'a;

/// A project file that is open for changes.
#[derive(Debug)]
pub struct Store {
    db: Connection,
    path: PathBuf,
    kept: Kept,
    is_whole: bool,
    campaign: Campaign,
    history: History,
    /// The layout that was kept last: the next one is told from it where that is shorter.
    last_layout: Option<(u64, Arc<Positions>)>,
    selections: BTreeMap<u8, Vec<String>>,
    n_log: usize,
    /// The last change came to nothing, so what is remembered here may be ahead of the file: read it again first.
    is_ahead: bool,
    // Last, so that the file is closed before somebody else may have it.
    held: Held,
}

impl Store {
    /// Begins the project file at `path` with everything that people edit; posts, people and ties follow with [`Store::put_base`].
    /// A project that is there is replaced.
    ///
    /// # Errors
    /// As [`super::save`].
    pub fn create(path: &Path, project: &Project) -> Result<Self, ProjectError> {
        let light = Project {
            results: None,
            layouts: BTreeMap::new(),
            ..project.clone()
        };
        super::save(path, &light, &Progress::new())?;
        let mut store = Self::attach(path, Held::take(path)?, &light)?;
        for (number, positions) in &project.layouts {
            store.commit(&Change::Layout(*number, positions.clone()))?;
        }
        Ok(store)
    }

    /// Opens the file at `path`, which holds `project`, for changes.
    pub(super) fn attach(path: &Path, held: Held, project: &Project) -> Result<Self, ProjectError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(path, flags)?;
        db.pragma_update(None, "journal_mode", "WAL")?;
        // FULL: a commit waits until the disk has it, so that a power cut takes back nothing that was said to be saved.
        db.pragma_update(None, "synchronous", "FULL")?;
        db.pragma_update(None, "wal_autocheckpoint", LOG_PAGES)?;
        // What is deleted is written over, so that nothing of it stays behind in the file.
        db.pragma_update(None, "secure_delete", "ON")?;
        Ok(Self {
            db,
            path: path.to_owned(),
            kept: project.kept,
            is_whole: project.results.is_some(),
            campaign: project.campaign.clone(),
            history: project.history.clone(),
            last_layout: (project.layouts.last_key_value())
                .map(|(number, positions)| (*number, positions.clone())),
            selections: project.selections.clone(),
            n_log: project.log.len(),
            is_ahead: false,
            held,
        })
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether posts, people and ties are all in the file.
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// What of the posts goes into the file.
    pub fn kept(&self) -> Kept {
        self.kept
    }

    /// Makes one change; it is on the disk when this returns. One transaction.
    ///
    /// # Errors
    /// [`ProjectError`]: no room, no right, the disk is gone; the file is as it was before, and the change may be tried again.
    /// [`ProjectError::Apart`]: the edit does not fit what the file holds.
    pub fn commit(&mut self, change: &Change) -> Result<(), ProjectError> {
        if self.is_ahead {
            self.read_again()?;
        }
        self.is_ahead = true;
        match change {
            Change::Happened(happened) => self.happened(happened)?,
            Change::Layout(number, positions) => self.keep_layout(*number, positions)?,
            Change::Analysis(results) => self.keep_analysis(results)?,
            Change::Sources(title, paths) => self.keep_sources(title, paths)?,
            Change::DropBase => self.drop_base()?,
            Change::Selection(slot, people) => self.keep_selection(*slot, people)?,
            Change::SelectionNames(names) => {
                let names = (!names.is_empty()).then(|| json(names));
                tell_or_not(&self.db, "selection_names", names.as_deref())?;
            }
            Change::View(view) => tell(&self.db, "view", &json(view))?,
            Change::Log(entry) => {
                tables::LOG.put(&self.db, self.n_log, &tables::log_row(entry))?;
                self.n_log += 1;
            }
            Change::Changes(changes) => tell_or_not(&self.db, "changes", changes.as_deref())?,
            Change::DeleteAfter(day) => tell_or_not(&self.db, "delete_after", day.as_deref())?,
        }
        self.is_ahead = false;
        Ok(())
    }

    /// Posts, people, ties and scores of `results` into the file, piece by piece: each is put there by a call of `with`, so that whoever wants to
    /// commit between two pieces waits for one of them at most. Nothing happens where they are there already.
    ///
    /// # Errors
    /// As [`Store::commit`], and [`ProjectError::Cancelled`].
    pub fn put_base(
        with: &WithStore<'_>,
        results: &Results,
        progress: &Progress,
    ) -> Result<(), ProjectError> {
        let (mut is_whole, mut kept) = (false, Kept::default());
        with(&mut |store| {
            (is_whole, kept) = (store.is_whole, store.kept);
            Ok(())
        })?;
        if is_whole {
            return Ok(());
        }
        let groups = groups(results, kept == Kept::Everything);
        progress.begin(Stage::Write, groups.len() as u64)?;
        for group in groups {
            let parts = group.parts(results);
            with(&mut |store| {
                let changes = store.db.transaction()?;
                arrays::put(&changes, &parts)?;
                Ok(changes.commit()?)
            })?;
            progress.advance(1)?;
        }
        with(&mut |store| {
            let changes = store.db.transaction()?;
            write_figures(&changes, results)?;
            tell(&changes, WHOLE, "yes")?;
            changes.commit()?;
            store.is_whole = true;
            Ok(())
        })
    }

    fn drop_base(&mut self) -> Result<(), ProjectError> {
        let changes = self.db.transaction()?;
        untell(&changes, WHOLE)?;
        arrays::remove(&changes, "")?;
        changes.execute("DELETE FROM layout", [])?;
        changes.commit()?;
        self.is_whole = false;
        self.last_layout = None;
        Ok(())
    }

    fn happened(&mut self, happened: &Happened) -> Result<(), ProjectError> {
        if *happened == Happened::CloseStep {
            self.history.close_step();
            return Ok(());
        }
        let before = self.campaign.clone();
        let steps_before = self.history.mark();
        self.history.repeat(&mut self.campaign, happened)?;
        self.history.take_happened();
        let changes = self.db.transaction()?;
        write_campaign(&changes, &before, &self.campaign)?;
        write_steps(&changes, &self.history, steps_before)?;
        changes.commit()?;
        Ok(())
    }

    fn keep_layout(&mut self, number: u64, positions: &Arc<Positions>) -> Result<(), ProjectError> {
        let changes = self.db.transaction()?;
        // Layouts told from the one that is written now are told in full first.
        for (other, there) in told_from(&changes, number, positions.xy.len()) {
            write_layout(&changes, other, &there, None)?;
        }
        let base = self.last_layout.as_ref();
        write_layout(&changes, number, positions, base.map(|(n, xy)| (*n, &**xy)))?;
        changes.commit()?;
        self.last_layout = Some((number, positions.clone()));
        Ok(())
    }

    fn keep_analysis(&mut self, results: &Results) -> Result<(), ProjectError> {
        if !self.is_whole {
            return Ok(()); // written with everything else, which comes later
        }
        let parts = Group::Analysis.parts(results);
        let changes = self.db.transaction()?;
        arrays::remove(&changes, "analysis/")?;
        arrays::put(&changes, &parts)?;
        write_figures(&changes, results)?;
        changes.commit()?;
        Ok(())
    }

    fn keep_sources(&mut self, title: &str, paths: &[PathBuf]) -> Result<(), ProjectError> {
        let changes = self.db.transaction()?;
        tell(&changes, "title", title)?;
        tell(&changes, "paths", &json(&paths))?;
        changes.commit()?;
        Ok(())
    }

    fn keep_selection(&mut self, slot: u8, people: &[String]) -> Result<(), ProjectError> {
        let before = tables::selection_rows(&self.selections);
        if people.is_empty() {
            self.selections.remove(&slot);
        } else {
            self.selections.insert(slot, people.to_vec());
        }
        let changes = self.db.transaction()?;
        tables::SELECTION.change(&changes, &before, &tables::selection_rows(&self.selections))?;
        changes.commit()?;
        Ok(())
    }

    fn read_again(&mut self) -> Result<(), ProjectError> {
        let edited = super::open::edited(&self.db);
        if !edited.damage.is_empty() {
            return Err(ProjectError::Apart);
        }
        self.campaign = edited.campaign;
        self.history = edited.history;
        self.selections = edited.selections;
        self.n_log = edited.log.len();
        self.is_ahead = false;
        Ok(())
    }

    /// Closes the file: what stands in the log of the database is moved into it, and nothing stays beside it.
    ///
    /// # Errors
    /// [`ProjectError`] when the disk does not let us; everything is in the log then, and found there at the next opening.
    pub fn close(self) -> Result<(), ProjectError> {
        let Self { db, held, .. } = self;
        let closed = db.pragma_update(None, "wal_checkpoint", "TRUNCATE");
        let closed = closed.and(db.close().map_err(|(_, error)| error));
        drop(held);
        closed.map_err(Into::into)
    }
}

/// Writes what is not the same in two campaigns.
fn write_campaign(db: &Transaction<'_>, before: &Campaign, now: &Campaign) -> rusqlite::Result<()> {
    if before.outreach_list != now.outreach_list {
        let rows = |campaign: &Campaign| {
            let entries = campaign.outreach_list.entries().iter();
            entries.map(tables::entry_row).collect::<Vec<_>>()
        };
        tables::ENTRY.change(db, &rows(before), &rows(now))?;
    }
    if before.map != now.map {
        let (before, now) = (tables::map_rows(&before.map), tables::map_rows(&now.map));
        for ((table, before), (_, now)) in before.iter().zip(&now) {
            table.change(db, before, now)?;
        }
    }
    if before.plan != now.plan || before.map != now.map {
        write_settings(db, now)?;
    }
    Ok(())
}

/// Writes what is not the same in the steps since so many could be taken back and done again: the last one done, the first one undone, and no more
/// of them than there are.
fn write_steps(
    db: &Transaction<'_>,
    history: &History,
    before: (usize, usize),
) -> rusqlite::Result<()> {
    let (n_done, n_undone) = history.mark();
    if let Some(step) = history.last_step() {
        tables::STEP.put(db, n_done - 1, &tables::step_row(step, false))?;
    }
    if let Some(step) = history.next_step() {
        tables::STEP.put(db, n_done, &tables::step_row(step, true))?;
    }
    if n_done + n_undone < before.0 + before.1 {
        // Those that were taken back may have moved up.
        for (step, place) in history.steps().zip(0..).skip(n_done) {
            tables::STEP.put(db, place, &tables::step_row(step, true))?;
        }
        tables::STEP.cut(db, n_done + n_undone)?;
    }
    Ok(())
}

fn tell_or_not(db: &Connection, name: &str, value: Option<&str>) -> rusqlite::Result<()> {
    match value {
        Some(value) => tell(db, name, value),
        None => untell(db, name),
    }
}
