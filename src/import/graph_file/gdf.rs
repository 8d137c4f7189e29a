//! GDF, the tables of GUESS and of many collectors of posts: `nodedef>` and `edgedef>` with typed columns.

use super::super::ImportError;
use super::attributes::TieFacts;
use super::gathered::Gathered;
use super::text::{Lines, cells};
use crate::progress::Progress;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    People,
    Ties,
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
    graph.y_up = true;
    let mut section = Section::People;
    let mut columns: Vec<String> = Vec::new();
    let mut lines = Lines::of(text, progress);
    while let Some(line) = lines.next()? {
        let line = line.trim_matches(['\u{feff}', ' ', '\t', '\r']);
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some((begun, header)) = header(line) {
            section = begun;
            columns = names(header);
            continue;
        }
        let cells = cells(line);
        let named = columns
            .iter()
            .map(String::as_str)
            .zip(cells.iter().copied());
        match section {
            Section::People => {
                let Some(person) = graph.listed(cells.first().unwrap_or(&""), lines.number) else {
                    continue;
                };
                for (field, value) in named.skip(1) {
                    graph.tell(person, field, value);
                }
            }
            Section::Ties => {
                let mut facts = TieFacts::default();
                for (field, value) in named.skip(2) {
                    facts.tell(field, value);
                }
                let end = |i: usize| cells.get(i).copied().unwrap_or_default();
                graph.tie((end(0), end(1)), &facts, false, lines.number);
            }
        }
    }
    Ok(())
}

fn header(line: &str) -> Option<(Section, &str)> {
    let (word, rest) = line.split_once('>')?;
    match word.trim().to_ascii_lowercase().as_str() {
        "nodedef" => Some((Section::People, rest)),
        "edgedef" => Some((Section::Ties, rest)),
        _ => None,
    }
}

/// `name VARCHAR, label VARCHAR(32) default 'x'`: the first word of each column.
fn names(header: &str) -> Vec<String> {
    let name = |cell: &str| {
        let word = cell.split_whitespace().next().unwrap_or_default();
        word.trim_matches(['"', '\'']).to_owned()
    };
    header.split(',').map(name).collect()
}
