//! What is asked of the table of everybody, and keeping its rows in step with map, filter and selection.

use std::path::PathBuf;
use std::sync::Arc;

use eframe::egui;

use super::App;
use super::list::no_map;
use crate::app::command::{Drawer, PathPurpose, TableCommand};
use crate::app::exports::{Export, PeopleTable};
use crate::app::tabled::{self, NewRows, RowsOrder};
use crate::app::tasks::Lane;
use crate::app::work::Finished;
use crate::explore::{Column, Statuses, statuses};
use crate::problem::Problem;
use crate::session::Results;

/// What the rows of the table were ordered with last.
#[derive(Default)]
pub(super) struct Tabling {
    ordered: Option<Arc<RowsOrder>>,
    /// What the rows that are shown were made with.
    made: Option<Arc<RowsOrder>>,
}

impl App {
    /// Carries it out.
    pub(super) fn ask_table(
        &mut self,
        asked: TableCommand,
        ctx: &egui::Context,
    ) -> Result<(), Problem> {
        let table = &mut self.model.table;
        match asked {
            TableCommand::SortBy(order) => table.order = order,
            TableCommand::SetFilter(text) => table.filter = text,
            TableCommand::ShowSelectedOnly(only) => {
                table.selected_only = only;
                self.model.drawer = Some(Drawer::People);
            }
            TableCommand::SetColumns(columns) => self.set_columns(columns),
            TableCommand::Copy => self.write_table(None)?,
            TableCommand::ExportDialog => self.ask_for_path(PathPurpose::SaveTable, ctx),
            TableCommand::Export(path) => self.write_table(Some(path))?,
        }
        Ok(())
    }

    fn set_columns(&mut self, columns: Vec<Column>) {
        let headers = columns.iter().map(|column| column.header().to_owned());
        self.preferences.table_columns = headers.collect();
        self.unsaved_preferences = true;
        self.model.table.columns = columns;
    }

    /// Nothing of the table is about the map that is open now.
    pub(super) fn forget_table(&mut self) {
        self.tasks.cancel(Lane::Table);
        self.tabling = Tabling::default();
        self.model.table.forget_map();
    }

    /// Orders other rows where those that are shown, or on their way, are not what the model asks for.
    pub(super) fn follow_table(&mut self, ctx: &egui::Context) {
        if self.model.drawer != Some(Drawer::People) {
            if self.tasks.runs(Lane::Table) {
                self.tasks.cancel(Lane::Table);
                self.tabling.ordered = self.tabling.made.clone();
                self.model.table.is_behind = false;
            }
            return;
        }
        let Some(results) = self.shown_results() else {
            return;
        };
        let wanted = self.wanted_rows(&results);
        let ordered = self.tabling.ordered.as_ref();
        if ordered.is_some_and(|ordered| ordered.is_same(&wanted)) {
            return;
        }
        let wanted = Arc::new(wanted);
        self.tabling.ordered = Some(wanted.clone());
        self.model.table.is_behind = true;
        let table = &self.model.table;
        let made = self.tabling.made.as_ref();
        let same_order = made.is_some_and(|made| made.is_same_order(&wanted));
        let known = table.rows.clone().filter(|_| same_order);
        let facts = table.facts.clone();
        self.start(ctx, Lane::Table, false, move |progress, _| {
            let about = (&*wanted, &*results);
            let new = tabled::make(about, known.as_deref(), facts, progress)?;
            Ok(Finished::Tabled(Box::new(new)))
        });
    }

    fn wanted_rows(&self, results: &Arc<Results>) -> RowsOrder {
        let (model, on) = (&self.model, Arc::downgrade(results));
        let table = &model.table;
        // Where statuses decide nothing, nothing changes with the list.
        let by_status = table.order.column == Column::Status;
        let campaign = if by_status { self.follows.version() } else { 0 };
        let ordered = self.tabling.ordered.as_ref();
        let known =
            ordered.filter(|ordered| ordered.campaign == campaign && ordered.on.ptr_eq(&on));
        let statuses = match known {
            Some(known) => known.statuses.clone(),
            None if by_status => Arc::new(self.statuses()),
            None => Arc::default(),
        };
        RowsOrder {
            part: model.part.clone(),
            hidden: model.hidden.clone(),
            order: table.order,
            filter: table.filter.clone(),
            only: table.selected_only.then(|| model.selected.clone()),
            campaign,
            statuses,
            on,
        }
    }

    fn statuses(&self) -> Statuses {
        let map = self.model.map.as_ref();
        let list = &self.model.campaign.outreach_list;
        map.map_or_else(Statuses::new, |map| statuses(&map.results.graph, list))
    }

    /// The rows have come.
    pub(super) fn take_rows(&mut self, new: NewRows) {
        self.tabling.made = self.tabling.ordered.clone();
        let table = &mut self.model.table;
        table.is_behind = false;
        table.facts = Some(new.facts);
        let before = table.rows.replace(new.rows);
        self.discard(before);
    }

    /// Writes the rows that are shown, to a file, or for the clipboard.
    fn write_table(&mut self, path: Option<PathBuf>) -> Result<(), Problem> {
        let results = self.shown_results().ok_or_else(no_map)?;
        if let Some(path) = &path {
            self.must_not_be_read(path)?;
        }
        let table = &self.model.table;
        let rows = table.rows.clone().ok_or_else(|| {
            Problem::new(
                "There is no table yet",
                "Open the people table below the map first",
            )
        })?;
        self.exports.push_back(Export::People(Box::new(PeopleTable {
            path,
            results,
            rows,
            columns: table.columns.clone(),
            facts: table.facts.clone(),
            statuses: self.statuses(),
            selected: self.model.selected.clone(),
        })));
        Ok(())
    }
}
