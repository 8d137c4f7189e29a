//! What `isthmus inspect` says, in plain lines.

use std::fmt::Write as _;

use crate::import::Preview;

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
    let report = &preview.report;
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
    for warning in &preview.warnings {
        writeln!(text, "  note         {warning}")?;
    }
    writeln!(text, "  columns")?;
    for column in &preview.columns {
        let role = column.role.map_or("–", |role| role.word());
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
