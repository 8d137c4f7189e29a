//! What is asked of the table of everybody.

use std::path::PathBuf;

use crate::app::model::Model;
use crate::app::tabled::Order;
use crate::explore::Column;

/// What is asked of the table of everybody.
#[derive(Debug, Clone, PartialEq)]
pub enum TableCommand {
    /// Sort its rows by this.
    SortBy(Order),
    /// Show only people with this in their name or handle; empty: everybody.
    SetFilter(String),
    /// Show only people who are selected, or everybody.
    ShowSelectedOnly(bool),
    /// Show these columns, from the left.
    SetColumns(Vec<Column>),
    /// Put its rows on the clipboard: the selected ones of them where there are any, else all.
    Copy,
    /// Ask where to save its rows, then save them there.
    ExportDialog,
    /// Save its rows there.
    Export(PathBuf),
}

impl TableCommand {
    /// Label and tooltip.
    pub(in crate::app) fn words(&self) -> (&'static str, &'static str) {
        match self {
            Self::SortBy(_) => ("Sort", "Sort the table of everybody by this"),
            Self::SetFilter(_) => ("Search", "Only people with this in their name or handle"),
            Self::ShowSelectedOnly(true) => (
                "Show selected rows only",
                "Leave everybody else out of the table",
            ),
            Self::ShowSelectedOnly(false) => ("Show all rows", "Everybody is in the table again"),
            Self::SetColumns(_) => ("Columns", "What the table tells of everybody"),
            Self::Copy => (
                "Copy the people as a table",
                "The selected rows, or else all, for a spreadsheet, cell by cell",
            ),
            Self::ExportDialog | Self::Export(_) => (
                "Export people as CSV…",
                "Save the rows and columns that the table shows, in its order",
            ),
        }
    }

    /// What menu and palette call it now.
    pub(in crate::app) fn title(&self, _model: &Model) -> String {
        self.words().0.to_owned()
    }

    /// Whether it would do anything now.
    pub(in crate::app) fn is_possible(&self, model: &Model) -> bool {
        let rows = model.table.rows.as_ref();
        model.map.is_some()
            && match self {
                Self::Copy | Self::ExportDialog | Self::Export(_) => {
                    rows.is_some_and(|rows| !rows.people.is_empty())
                }
                _ => true,
            }
    }
}
