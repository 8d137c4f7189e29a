//! What `isthmus inspect` says, in plain lines.

use std::fmt::Write as _;

use crate::import::{ImportReport, Preview, Role};
use crate::problem::Problem;
use crate::session::Outlook;

/// The whole text about one file.
pub(super) fn preview(preview: &Preview) -> String {
    let mut text = String::new();
    // Writing into a String cannot fail.
    describe(&mut text, preview).expect("memory takes text");
    text
}

fn describe(text: &mut String, preview: &Preview) -> std::fmt::Result {
    writeln!(text, "{}: {}", preview.file, preview.format)?;
    writeln!(text, "  why          {}", preview.why)?;
    writeln!(text, "  encoding     {}", preview.encoding)?;
    if !preview.separator.is_empty() {
        writeln!(text, "  separator    {}", preview.separator)?;
    }
    if preview.rows_above_header > 0 {
        writeln!(
            text,
            "  label rows   {} above the header",
            preview.rows_above_header
        )?;
    }
    writeln!(
        text,
        "  to come      {} people, {} ties",
        preview.people, preview.ties
    )?;
    counts(text, &preview.report)?;
    for warning in &preview.warnings {
        writeln!(text, "  note         {warning}")?;
    }
    if let Some(sentence) = preview.report.not_found_words() {
        writeln!(text, "  note         {sentence}")?;
    }
    if preview.people == 0 && preview.roles_open && !preview.first_rows.is_empty() {
        let example = preview.columns.first().map_or("", |c| c.name.as_str());
        writeln!(
            text,
            "  try          --column ROLE=COLUMN, for example --column author=\"{example}\""
        )?;
    }
    columns(text, preview)?;
    writeln!(text, "  first rows")?;
    for row in &preview.first_rows {
        let cells: Vec<String> = row
            .iter()
            .map(|cell| cell.chars().take(24).collect())
            .collect();
        writeln!(text, "    {}", cells.join(" | "))?;
    }
    Ok(())
}

/// What several files come to when they are joined.
pub(super) fn together(outlook: &Result<Outlook, Problem>) -> String {
    let mut text = String::from("all files together\n");
    let outlook = match outlook {
        Ok(outlook) => outlook,
        Err(problem) => {
            return format!(
                "{text}  note         {}. {}\n",
                problem.what, problem.advice
            );
        }
    };
    // Writing into a String cannot fail.
    writeln!(
        text,
        "  to come      {} people, {} ties",
        outlook.people, outlook.ties
    )
    .and_then(|()| counts(&mut text, &outlook.report))
    .expect("memory takes text");
    text
}

/// What becomes of the rows.
fn counts(text: &mut String, report: &ImportReport) -> std::fmt::Result {
    writeln!(
        text,
        "  rows         {} read, {} posts, {} duplicates removed, {} left out",
        report.rows_read,
        report.posts,
        report.duplicates_removed,
        report.rows_left_out()
    )?;
    for left_out in &report.left_out {
        writeln!(
            text,
            "  left out     {} × {} (first: {})",
            left_out.count, left_out.reason, left_out.first
        )?;
    }
    let kinds: Vec<String> = report
        .tie_kinds
        .iter()
        .map(|(kind, n)| format!("{n} {}", kind.word()))
        .collect();
    if !kinds.is_empty() {
        writeln!(text, "  kinds        {}", kinds.join(", "))?;
    }
    if let Some((first, last)) = report.time_range {
        writeln!(text, "  dates        {} to {}", day(first), day(last))?;
    }
    match report.handles_merged {
        0 => Ok(()),
        1 => writeln!(text, "  merged       1 handle written in more than one way"),
        n => writeln!(
            text,
            "  merged       {n} handles written in more than one way"
        ),
    }
}

/// The day of a moment, in UTC.
fn day(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds).map_or_else(
        |_| "unknown".to_owned(),
        |time| time.strftime("%Y-%m-%d").to_string(),
    )
}

fn columns(text: &mut String, preview: &Preview) -> std::fmt::Result {
    writeln!(text, "  columns")?;
    for column in &preview.columns {
        let role = column.role.map_or("–", Role::word);
        writeln!(text, "    {role:<12} {}", column.name)?;
        if column.role.is_some() {
            writeln!(
                text,
                "                 {}; e.g. {}",
                column.why,
                column.samples.join(" | ")
            )?;
        }
    }
    Ok(())
}
