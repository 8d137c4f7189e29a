//! Commands about the outreach list, and exporting.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use eframe::egui;

use super::App;
use super::choices::Way;
use super::hiding;
use crate::app::Command;
use crate::app::command::{PathPurpose, Table, TableCommand};
use crate::app::dialog;
use crate::app::exports::{self, Export, TableRows};
use crate::app::model::PathPrompt;
use crate::app::tasks::Lane;
use crate::app::work::Finished;
use crate::campaign::{Campaign, Edit, EditError, Entry};
use crate::export::list::ListFormat;
use crate::files;
use crate::people::PersonId;
use crate::problem::Problem;
use crate::project::ENDING;

/// Rows of the table of bridges that are copied.
const COPIED_BRIDGES: usize = 100;
/// People who are put on the list at once, at most: nobody writes to more, and more would stop the window.
const MOST_ADDED: usize = 20_000;

impl App {
    pub(super) fn edit(&mut self, edit: Edit) -> Result<(), EditError> {
        self.may_change(Some(&edit))?;
        let of_map = edit.changes_map();
        let words = self.model.history.run(&mut self.model.campaign, edit)?;
        self.changed(Way::Edit, of_map, format!("Done: {words}"));
        Ok(())
    }

    pub(super) fn undo(&mut self) -> Result<(), EditError> {
        self.may_change(None)?;
        let of_map = self.model.history.last().is_some_and(Edit::changes_map);
        if let Some(words) = self.model.history.undo(&mut self.model.campaign)? {
            self.changed(Way::Undo, of_map, format!("Undone: {words}"));
        }
        Ok(())
    }

    pub(super) fn redo(&mut self) -> Result<(), EditError> {
        self.may_change(None)?;
        let of_map = self.model.history.next().is_some_and(Edit::changes_map);
        if let Some(words) = self.model.history.redo(&mut self.model.campaign)? {
            self.changed(Way::Redo, of_map, format!("Done again: {words}"));
        }
        Ok(())
    }

    /// The campaign has changed: what hangs on the map, or on list and plan, follows.
    pub(super) fn changed(&mut self, way: Way, of_map: bool, said: String) {
        self.model.said = said;
        if of_map {
            self.choices_changed(way);
        } else {
            self.follows.campaign_changed();
        }
    }

    pub(super) fn add_to_list(&mut self, people: &[PersonId]) -> Result<(), EditError> {
        let Some(map) = &self.model.map else {
            return Ok(());
        };
        if people.len() > MOST_ADDED {
            self.model.problems.push(too_many());
            return Ok(());
        }
        let list = &self.model.campaign.outreach_list;
        let mut entries: Vec<(usize, Entry)> = Vec::new();
        let mut seen: BTreeSet<PersonId> = BTreeSet::new();
        for id in people {
            let Some(person) = map.results.graph.people.get(id.index()) else {
                continue;
            };
            if seen.insert(*id) && !list.has(&person.key) {
                entries.push((usize::MAX, Entry::new(&*person.key, &*person.name)));
            }
        }
        if entries.is_empty() {
            "Already on the list".clone_into(&mut self.model.said);
            return Ok(());
        }
        self.model.history.close_step();
        self.edit(Edit::Insert(entries))
    }

    pub(super) fn toggle_on_list(&mut self, person: PersonId) -> Result<(), EditError> {
        let key = self
            .model
            .map
            .as_ref()
            .and_then(|m| m.results.graph.people.get(person.index()))
            .map(|p| p.key.to_string());
        match key {
            Some(key) if self.model.campaign.outreach_list.has(&key) => {
                self.edit(Edit::Remove(vec![key]))
            }
            _ => self.add_to_list(&[person]),
        }
    }

    /// Gives changed preferences and choices about columns to the disk, one writer at a time.
    pub(super) fn keep_preferences(&mut self, ctx: &egui::Context) {
        let changed = self.unsaved_preferences || self.unsaved_columns.is_some();
        if !changed || self.tasks.runs(Lane::Remember) {
            return;
        }
        let (folder, config) = (
            self.around.data_folder.clone(),
            self.around.config_folder.clone(),
        );
        let preferences = self.unsaved_preferences.then(|| self.preferences.clone());
        let columns = self.unsaved_columns.take();
        self.unsaved_preferences = false;
        self.start(ctx, Lane::Remember, false, move |_, _| {
            if let Some(columns) = columns {
                columns.save(&folder)?;
            }
            if let Some(preferences) = preferences {
                preferences.save(&config, &folder)?;
            }
            Ok(Finished::Kept)
        });
    }

    /// Puts preferences and chosen roles on disk now: when the window closes.
    pub(super) fn flush_preferences(&mut self) {
        self.tasks.wait(Lane::Remember);
        let columns = self.unsaved_columns.take();
        let preferences = std::mem::take(&mut self.unsaved_preferences);
        let (folder, config) = (&self.around.data_folder, &self.around.config_folder);
        let saved = [
            columns.map(|columns| columns.save(folder)),
            preferences.then(|| self.preferences.save(config, folder)),
        ];
        // Nobody sees a message any more: a terminal may.
        for problem in saved.into_iter().flatten().filter_map(Result::err) {
            eprintln!("{problem}");
        }
    }

    pub(super) fn ask_for_path(&mut self, purpose: PathPurpose, ctx: &egui::Context) {
        let suggested = self.suggested_path(purpose);
        if !self.around.file_dialogs {
            self.model.path_prompt = Some(PathPrompt { purpose, suggested });
            return;
        }
        self.start(ctx, Lane::Dialog, false, move |_, _| {
            Ok(dialog::ask_for_path(purpose, &suggested))
        });
    }

    /// Where such a file would go: beside the file the map was made from, or in the home folder; named after the map.
    pub(super) fn suggested_path(&self, purpose: PathPurpose) -> PathBuf {
        let hides = self.model.name_mask.hides();
        let title = match &self.model.map {
            Some(_) if hides && purpose == PathPurpose::SaveProject => "Conversation",
            Some(_) if hides => hiding::TITLE,
            Some(map) => map.title.as_str(),
            None => "isthmus",
        };
        let stem: String = title
            .rsplit_once('.')
            .map_or(title, |(stem, _)| stem)
            .chars()
            .filter(|c| *c != '/')
            .collect();
        let name = match purpose {
            PathPurpose::Open
            | PathPurpose::OpenFolder
            | PathPurpose::Update
            | PathPurpose::OpenList => return PathBuf::new(),
            PathPurpose::SaveList { .. } => format!("{stem} - outreach list.csv"),
            PathPurpose::SaveGraph => format!("{stem} - graph.gexf"),
            PathPurpose::SaveTable => format!("{stem} - people.csv"),
            PathPurpose::SaveReport => format!("{stem} - report.html"),
            PathPurpose::SaveProject => format!("{stem}.{ENDING}"),
            PathPurpose::SaveWorkbook => format!("{stem} - outreach list.xlsx"),
            PathPurpose::SaveMap => {
                format!("{stem} - map.{}", self.model.map_export.format.ending())
            }
        };
        let opened = self
            .model
            .recent
            .first()
            .filter(|path| path.ends_with(title));
        let folder = opened.and_then(|path| path.parent()).map(Path::to_owned);
        folder
            .or_else(std::env::home_dir)
            .unwrap_or_default()
            .join(name)
    }

    pub(super) fn chosen(&mut self, purpose: PathPurpose, paths: Vec<PathBuf>) {
        let paths: Vec<PathBuf> = paths.into_iter().map(from_home).collect();
        if paths.is_empty() {
            return;
        }
        match purpose {
            PathPurpose::Open | PathPurpose::OpenFolder => {
                self.inbox.push(Command::OpenPaths(paths));
            }
            PathPurpose::Update => self.inbox.push(Command::UpdateWith(paths)),
            PathPurpose::SaveList { for_excel } => {
                self.inbox.extend(
                    paths
                        .into_iter()
                        .map(|path| Command::ExportList { path, for_excel }),
                );
            }
            PathPurpose::SaveWorkbook => {
                let export = |path| Command::ExportList {
                    path: as_workbook(path),
                    for_excel: false,
                };
                self.inbox.extend(paths.into_iter().map(export));
            }
            PathPurpose::OpenList => {
                self.inbox
                    .extend(paths.into_iter().map(Command::ImportList));
            }
            PathPurpose::SaveMap => self.inbox.extend(paths.into_iter().map(Command::ExportMap)),
            PathPurpose::SaveProject => self.inbox.extend(paths.into_iter().map(Command::SaveAs)),
            PathPurpose::SaveGraph => {
                self.inbox
                    .extend(paths.into_iter().map(Command::ExportGraph));
            }
            PathPurpose::SaveTable => {
                let export = |path| Command::Table(TableCommand::Export(path));
                self.inbox.extend(paths.into_iter().map(export));
            }
            PathPurpose::SaveReport => {
                self.inbox
                    .extend(paths.into_iter().map(Command::ExportReport));
            }
        }
    }

    pub(super) fn take_path(&mut self, path: PathBuf) {
        if let Some(prompt) = self.model.path_prompt.take() {
            self.chosen(prompt.purpose, vec![path]);
        }
    }

    pub(super) fn export_list(&mut self, path: PathBuf, for_excel: bool) -> Result<(), Problem> {
        let results = self.shown_results().ok_or_else(no_map)?;
        self.must_not_be_read(&path)?;
        self.exports.push_back(Export::List {
            path,
            campaign: Box::new(self.shown_campaign()),
            results,
            for_excel,
        });
        Ok(())
    }

    /// Puts the rows of a table on the clipboard.
    pub(super) fn copy_table(&mut self, table: Table) -> Result<(), Problem> {
        let Some(map) = &self.model.map else {
            return Err(no_map());
        };
        let results = self.shown_results().ok_or_else(no_map)?;
        let (rows, campaign) = match table {
            Table::List(status) => (TableRows::List(status), self.shown_campaign()),
            Table::Bridges => {
                let first = map.ranking.iter().take(COPIED_BRIDGES).copied();
                (TableRows::Bridges(first.collect()), Campaign::default())
            }
            Table::Changes if self.model.name_mask.hides() => return Ok(()), // they name people
            Table::Changes => match &self.model.changes {
                Some(changes) => (TableRows::Changes(changes.clone()), Campaign::default()),
                None => return Ok(()),
            },
        };
        self.exports.push_back(Export::Table {
            rows,
            campaign: Box::new(campaign),
            results,
        });
        Ok(())
    }

    /// Refuses to write over a file that was opened: the person's own export would be gone.
    pub(super) fn must_not_be_read(&self, path: &Path) -> Result<(), Problem> {
        let read = &self.model.recent;
        if read.iter().any(|opened| files::is_same_file(opened, path)) {
            let what = "This file was opened here, so it is not written over";
            let problem = Problem::new(what, "Give what is exported a name of its own");
            return Err(problem.about(path.display().to_string()));
        }
        Ok(())
    }

    /// Writes the next file that was asked for: one after the other, since a second wish does not take back the first.
    pub(super) fn export_next(&mut self, ctx: &egui::Context) {
        if self.tasks.runs(Lane::Export) {
            return;
        }
        if let Some(export) = self.exports.pop_front() {
            self.start(ctx, Lane::Export, true, move |progress, _| {
                exports::export(&export, progress)
            });
        }
    }

    pub(super) fn dismiss(&mut self, at: usize) {
        if at < self.model.problems.len() {
            self.model.problems.remove(at);
        }
    }
}

/// `path` with the ending of a workbook, where it has none by which a list is written.
fn as_workbook(path: PathBuf) -> PathBuf {
    if ListFormat::of(&path).is_some() {
        return path;
    }
    let mut name = path.into_os_string();
    name.push(".xlsx");
    PathBuf::from(name)
}

fn too_many() -> Problem {
    Problem::new(
        "More than 20,000 people do not go on the list at once",
        "Select fewer, for example the best bridges among them",
    )
}

pub(super) fn no_map() -> Problem {
    Problem::new(
        "There is no map to export yet",
        "Open a file first, or try the sushi sample",
    )
}

/// `path` with a leading `~` as the home folder, as people write it.
pub(super) fn from_home(path: PathBuf) -> PathBuf {
    match (path.strip_prefix("~"), std::env::home_dir()) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => path,
    }
}
