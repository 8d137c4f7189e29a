//! What one file is, before anything is built.

use super::detect::{Reading, detect};
use super::scan::{Next, Record};
use super::table::Table;
use super::{
    ImportError, ImportReport, ImportSettings, Preview, PreviewColumn, Source, check_choices,
    read_tables,
};
use crate::people::{self, TieSettings};
use crate::progress::Progress;

/// Rows shown.
const N_ROWS: usize = 8;
/// Letters of a value shown.
const N_LETTERS: usize = 60;

/// Looks at each source; see [`super::preview`].
pub(super) fn preview(
    sources: &[Source],
    settings: &ImportSettings,
    progress: &Progress,
) -> Result<Vec<Preview>, ImportError> {
    let mut tables = Vec::new();
    for source in sources {
        progress.check()?;
        tables.push(Table::open(&source.name, &source.bytes)?);
    }
    check_choices(&tables, settings)?;
    let mut previews = Vec::new();
    for table in tables {
        previews.push(of_table(table, settings, progress)?);
    }
    Ok(previews)
}

fn of_table(
    table: Table<'_>,
    settings: &ImportSettings,
    progress: &Progress,
) -> Result<Preview, ImportError> {
    let (reading, problem) = match detect(&table, settings) {
        Ok(reading) => (reading, None),
        Err(failed) => (failed.0, Some(failed.1)),
    };
    let mut preview = Preview {
        file: table.file.to_owned(),
        format: reading.title.clone(),
        why: reading.why.clone(),
        encoding: table.encoding.to_owned(),
        separator: table.separator.words().to_owned(),
        rows_above_header: table.rows_above,
        columns: columns(&table, &reading),
        first_rows: first_rows(&table),
        report: ImportReport::default(),
        people: 0,
        ties: 0,
        warnings: Vec::new(),
    };
    // A file whose columns the program cannot tell is still shown, so that the person can.
    if let Some(error) = problem {
        preview
            .warnings
            .push(format!("{error}. {}", error.advice()));
        return Ok(preview);
    }
    match read_tables(&[(table, reading)], false, progress) {
        Ok((posts, report)) => {
            let graph = people::build(&posts, &TieSettings::default());
            preview.people = graph.n_people() as u64;
            preview.ties = graph.ties.n_ties() as u64;
            preview.warnings.clone_from(&report.warnings);
            preview.report = report;
        }
        Err(error @ ImportError::Cancelled(_)) => return Err(error),
        Err(error) => preview
            .warnings
            .push(format!("{error}. {}", error.advice())),
    }
    Ok(preview)
}

fn columns(table: &Table<'_>, reading: &Reading) -> Vec<PreviewColumn> {
    let of_column = |(i, name): (usize, &String)| {
        let role = reading.roles.role_of(i);
        PreviewColumn {
            name: name.clone(),
            role: role.map(|(role, _)| role),
            why: role.map_or_else(String::new, |(_, why)| why.to_owned()),
            samples: samples(table, i),
        }
    };
    table.columns.iter().enumerate().map(of_column).collect()
}

/// Up to three different values of a column.
fn samples(table: &Table<'_>, column: usize) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for cell in table.sample.iter().filter_map(|row| row.get(column)) {
        let cell = cell.trim();
        if cell.is_empty() {
            continue;
        }
        let short: String = cell.chars().take(N_LETTERS).collect();
        if !found.contains(&short) {
            found.push(short);
        }
        if found.len() == 3 {
            break;
        }
    }
    found
}

fn first_rows(table: &Table<'_>) -> Vec<Vec<String>> {
    let mut scanner = table.rows();
    let mut record = Record::default();
    let mut rows = Vec::new();
    while rows.len() < N_ROWS {
        match scanner.next(&mut record) {
            Next::End => break,
            Next::Unbalanced => {}
            Next::Row => rows.push(
                (0..table.columns.len())
                    .map(|i| record.get(i).to_owned())
                    .collect(),
            ),
        }
    }
    rows
}
