//! The report for a client on its way out.

use std::path::PathBuf;

use super::App;
use super::hiding;
use super::list::no_map;
use crate::app::exports::{Export, ReportPage};
use crate::export::report::ReportedPart;
use crate::problem::Problem;

impl App {
    /// Writes the report to `path`; without an ending of its own the name gets one, so that a browser knows what it is.
    pub(super) fn export_report(&mut self, path: PathBuf) -> Result<(), Problem> {
        let Some(map) = &self.model.map else {
            return Err(no_map());
        };
        let Some(positions) = map.positions.clone() else {
            return Err(Problem::new(
                "The map is not laid out yet, and the report shows it",
                "Try again in a moment",
            ));
        };
        let path = if path.extension().is_some() {
            path
        } else {
            path.with_extension("html")
        };
        self.must_not_be_read(&path)?;
        let page = ReportPage {
            path,
            results: self.shown_results().ok_or_else(no_map)?,
            positions,
            campaign: self.shown_campaign(),
            title: if self.model.name_mask.hides() {
                hiding::TITLE.to_owned()
            } else {
                without_ending(&map.title).to_owned()
            },
            // They name files and people.
            log: if self.model.name_mask.hides() {
                Vec::new()
            } else {
                self.model.log.clone()
            },
            part: self.part_style().map(|style| ReportedPart {
                is_analysed: self.redone().is_some(),
                style,
            }),
            changes: (self.model.changes.clone()).filter(|_| !self.model.name_mask.hides()),
        };
        self.exports.push_back(Export::Report(Box::new(page)));
        Ok(())
    }
}

/// The title of a map that is named after a file, without what only a computer reads.
fn without_ending(title: &str) -> &str {
    title.rsplit_once('.').map_or(title, |(stem, _)| stem)
}
