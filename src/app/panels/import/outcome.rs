//! What becomes of the rows of files, in a few lines: for the import window, and for the report of the open map.

use eframe::egui::{Grid, Label, RichText, Ui};

use crate::app::panels::figures;
use crate::import::ImportReport;
use crate::people::TieKind;

/// Draws the lines. `salt` tells apart those of several reports.
pub(super) fn outcome_ui(ui: &mut Ui, report: &ImportReport, salt: &str) {
    Grid::new(salt)
        .num_columns(2)
        .spacing([14.0, 2.0])
        .min_row_height(20.0)
        .show(ui, |ui| {
            for (what, words) in lines(report) {
                ui.label(RichText::new(what).small().weak());
                ui.add(Label::new(words).wrap());
                ui.end_row();
            }
        });
}

/// Each line: what it is about, and what it says.
fn lines(report: &ImportReport) -> Vec<(&'static str, String)> {
    let mut lines = vec![("Rows", rows(report))];
    if let Some((first, last)) = report.time_range {
        let (first, last) = (figures::day(first), figures::day(last));
        let words = if first == last {
            first
        } else {
            format!("{first} to {last}")
        };
        lines.push(("Dates", words));
    }
    if !report.tie_kinds.is_empty() {
        let kinds = report.tie_kinds.iter();
        let kinds: Vec<String> = kinds.map(|(kind, n)| kind_words(*kind, *n)).collect();
        lines.push(("Who addresses whom", kinds.join("  ·  ")));
    }
    if report.handles_merged > 0 {
        let n = figures::counted(report.handles_merged, "handle", "handles");
        let words = format!("{n} written in more than one way, each taken for one person");
        lines.push(("Taken together", words));
    }
    if report.duplicates_removed > 0 {
        let rows = figures::counted(report.duplicates_removed, "row", "rows");
        lines.push((
            "Duplicates",
            format!("{rows} with a post that is there already"),
        ));
    }
    for (at, reason) in report.left_out.iter().enumerate() {
        let what = if at == 0 { "Left out" } else { "" };
        let words = format!(
            "{} × {}, first in {}",
            figures::whole(reason.count),
            reason.reason,
            reason.first
        );
        lines.push((what, words));
    }
    lines
}

fn rows(report: &ImportReport) -> String {
    let read = figures::counted(report.rows_read, "row", "rows");
    if report.posts == 0 {
        return format!("{read} read");
    }
    let posts = figures::counted(report.posts, "post", "posts");
    format!("{read} read  ·  {posts} used")
}

/// `12 replies`.
fn kind_words(kind: TieKind, n: u64) -> String {
    let (one, many) = match kind {
        TieKind::Repost => ("repost", "reposts"),
        TieKind::Quote => ("quote", "quotes"),
        TieKind::Reply => ("reply", "replies"),
        TieKind::Mention => ("mention", "mentions"),
        TieKind::Tie => ("tie", "ties"),
    };
    figures::counted(n, one, many)
}
