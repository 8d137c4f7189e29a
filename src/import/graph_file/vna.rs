//! VNA, the tables of `NetDraw`: sections for people, how they are drawn, and ties.

use super::super::formats::plain;
use super::super::{ImportError, numbers};
use super::attributes::TieFacts;
use super::gathered::Gathered;
use super::text::{Lines, words};
use crate::progress::Progress;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    /// People and what is known of them, or how they are drawn.
    People,
    Ties,
    Other,
}

/// Reads the whole file.
///
/// # Errors
/// [`ImportError::Cancelled`] only.
pub(super) fn read(
    graph: &mut Gathered<'_>,
    text: &str,
    progress: &Progress,
) -> Result<(), ImportError> {
    let mut section = Section::Other;
    let mut columns: Option<Vec<String>> = None;
    let mut lines = Lines::of(text, progress);
    while let Some(line) = lines.next()? {
        let line = line.trim_matches(['\u{feff}', ' ', '\t', '\r']);
        if line.is_empty() {
            continue;
        }
        if let Some(name) = line.strip_prefix('*') {
            section = match plain(name).as_str() {
                "nodedata" | "nodeproperties" => Section::People,
                "tiedata" => Section::Ties,
                _ => Section::Other,
            };
            columns = None;
            continue;
        }
        let commas = line.contains(',');
        let cells = words(line, commas);
        let Some(columns) = &columns else {
            columns = Some(cells.into_iter().map(str::to_owned).collect());
            continue;
        };
        match section {
            Section::People => person(graph, columns, &cells, lines.number),
            Section::Ties => tie(graph, columns, &cells, lines.number),
            Section::Other => {}
        }
    }
    Ok(())
}

fn person(graph: &mut Gathered<'_>, columns: &[String], cells: &[&str], line: u64) {
    let Some(person) = graph.listed(cells.first().unwrap_or(&""), line) else {
        return;
    };
    for (field, value) in columns.iter().zip(cells).skip(1) {
        let field = if plain(field) == "shortlabel" {
            "label"
        } else {
            field
        };
        if field != "color" {
            graph.tell(person, field, value);
        } else if let Ok(bgr) = value.parse::<u32>() {
            // NetDraw writes the number of the colour in Windows: blue, green, red.
            let [_, b, g, r] = bgr.to_be_bytes();
            graph.tell(person, "color", &format!("{r},{g},{b}"));
        }
    }
}

/// Behind the two ends each column is a relation with its strength; a known word for weight wins, else a single number.
fn tie(graph: &mut Gathered<'_>, columns: &[String], cells: &[&str], line: u64) {
    let mut facts = TieFacts::default();
    for (field, value) in columns.iter().zip(cells).skip(2) {
        facts.tell(field, value);
    }
    if let (3, Some(cell)) = (columns.len(), cells.get(2))
        && numbers::weight(cell, false).is_some()
    {
        facts.tell("weight", cell);
    }
    let end = |i: usize| cells.get(i).copied().unwrap_or_default();
    graph.tie((end(0), end(1)), &facts, true, line);
}
