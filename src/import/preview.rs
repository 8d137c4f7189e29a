//! What one file is, before anything is built.

use super::detect::{Reading, detect};
use super::formats::TableKind;
use super::open::{self, Gathered, Opened};
use super::scan::{Next, Record};
use super::table::Table;
use super::told::Told;
use super::unpack::Plain;
use super::{
    ImportError, ImportReport, ImportSettings, Preview, PreviewColumn, Source, check_choices,
    conclude, pass, read_tables, unpack_all,
};
use crate::people::{self, Posts, TieSettings};
use crate::problem::Problem;
use crate::progress::Progress;

/// Rows shown.
const N_ROWS: usize = 8;
/// Letters of a value shown.
const N_LETTERS: usize = 60;

/// Most files that are shown one by one; archives may hold thousands.
const MOST_SHOWN: usize = 100;

/// Looks at each source; see [`super::preview`].
pub(super) fn preview(
    sources: &[Source],
    settings: &ImportSettings,
    progress: &Progress,
) -> Result<Vec<Preview>, ImportError> {
    let mut unpacked = unpack_all(sources, progress)?;
    let plain = std::mem::take(&mut unpacked.plain);
    let (mut tables, mut previews) = (Vec::new(), Vec::new());
    for file in plain.iter().take(MOST_SHOWN) {
        progress.check()?;
        let mut gathered = Gathered::new(false);
        match open::open(file, &mut gathered.slots(), progress) {
            Ok(Opened::Table(table)) => tables.push((table, file)),
            Ok(Opened::Told(told)) => {
                previews.push(of_told(file, told, gathered, settings, progress)?);
            }
            Err(error) => pass(error, file, &mut unpacked)?,
        }
    }
    if previews.is_empty() {
        check_choices(&tables, settings)?;
    }
    open::settle(&mut tables, &mut unpacked.notes, settings);
    for (table, _) in tables {
        previews.push(of_table(table, settings, progress)?);
    }
    let place = |p: &Preview| plain.iter().position(|file| file.name == p.file);
    previews.sort_by_key(place);
    if plain.len() > MOST_SHOWN {
        let more = plain.len() - MOST_SHOWN;
        let sentence = format!("{more} more files will be read that are not shown here");
        unpacked.notes.push(sentence);
    }
    let sentences = unpacked.passed.sentences();
    match (previews.first_mut(), unpacked.passed.first) {
        (Some(first), _) => first
            .warnings
            .extend(unpacked.notes.into_iter().chain(sentences)),
        (None, Some(error)) => return Err(error),
        (None, None) => {}
    }
    Ok(previews)
}

/// A graph file or JSON, which is read already.
fn of_told(
    file: &Plain<'_>,
    told: Told,
    mut gathered: Gathered,
    settings: &ImportSettings,
    progress: &Progress,
) -> Result<Preview, ImportError> {
    gathered.report.add_format(&told.title);
    let preview = Preview {
        file: file.name.clone(),
        format: told.title,
        why: told.why,
        encoding: open::encoding_of(file).to_owned(),
        separator: String::new(),
        rows_above_header: 0,
        has_header: true,
        roles_open: false,
        columns: told.columns,
        first_rows: told.first_rows,
        report: ImportReport::default(),
        people: 0,
        ties: 0,
        warnings: Vec::new(),
    };
    let read = conclude(gathered, &[], &file.name, settings);
    concluded(preview, read, progress)
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
    let separator = if table.made_here {
        ""
    } else {
        table.separator.words()
    };
    let preview = Preview {
        file: table.file.to_owned(),
        format: reading.title.clone(),
        why: reading.why.clone(),
        encoding: table.encoding.to_owned(),
        separator: separator.to_owned(),
        rows_above_header: table.rows_above,
        has_header: table.has_header,
        roles_open: reading.kind != TableKind::Matrix,
        columns: columns(&table, &reading),
        first_rows: first_rows(&table),
        report: ImportReport::default(),
        people: 0,
        ties: 0,
        warnings: Vec::new(),
    };
    // A file whose columns the program cannot tell is still shown, so that the person can.
    if let Some(error) = problem {
        return concluded(preview, Err(error), progress);
    }
    let (file, tables) = (table.file, [(table, reading)]);
    let mut gathered = Gathered::new(false);
    let read = read_tables(&tables, &mut gathered, progress)
        .and_then(|()| conclude(gathered, &tables, file, settings));
    concluded(preview, read, progress)
}

/// The preview with what the reading of the file came to; that it came to nothing is a warning.
fn concluded(
    mut preview: Preview,
    read: Result<(Posts, ImportReport), ImportError>,
    progress: &Progress,
) -> Result<Preview, ImportError> {
    match read {
        Ok((posts, report)) => {
            let graph = people::build(&posts, &TieSettings::default(), progress)?;
            preview.people = graph.n_people() as u64;
            preview.ties = graph.ties.n_ties() as u64;
            preview.warnings.clone_from(&report.warnings);
            preview.report = report;
        }
        Err(error @ ImportError::Cancelled(_)) => return Err(error),
        Err(error) => preview.warnings.push(in_window(error)),
    }
    Ok(preview)
}

/// An error as a sentence above the columns it is about, which need not be listed again.
fn in_window(error: ImportError) -> String {
    let what = match error {
        ImportError::NoAuthor { .. } => Some("No column names who wrote the posts"),
        ImportError::NoText { .. } => Some("No column holds a text or names somebody addressed"),
        _ => None,
    };
    let problem = Problem::from(error);
    let what = what.map_or(problem.what, str::to_owned);
    format!("{what}. {}", problem.advice)
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
