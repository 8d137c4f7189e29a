//! What became of every row: used, a duplicate, or left out with its place and reason.

use serde::Serialize;

use super::Place;

/// Rows left out for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// Why, a short phrase: "no author", "totals row", "weight is not a number".
    pub reason: String,
    /// How many rows.
    pub count: u64,
    /// The first of them.
    pub first: Place,
}

/// What was read and what was left out. `rows_read` = posts (or ties of graph files) + duplicates + rows left out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ImportReport {
    /// The format in words; of several files, each different one joined with " + ".
    pub format: String,
    /// Rows below the header; blank lines are no rows.
    pub rows_read: u64,
    /// Posts used; 0 for graph files.
    pub posts: u64,
    /// Rows left out, by reason, most first.
    pub left_out: Vec<LeftOut>,
    /// The same post again.
    pub duplicates_removed: u64,
    /// Handles that differ only in letter case or marks and were taken for one person.
    pub handles_merged: u64,
    /// Earliest and latest post, seconds since 1970 UTC.
    pub time_range: Option<(i64, i64)>,
    /// Things the person should know, a sentence each.
    pub warnings: Vec<String>,
}

impl ImportReport {
    /// Rows left out, all reasons together.
    pub fn rows_left_out(&self) -> u64 {
        self.left_out.iter().map(|l| l.count).sum()
    }
}
