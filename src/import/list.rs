//! A list of people with status and note: an outreach list of ours, or any table with a column of handles.

use super::decode::decode;
use super::formats::{aliases, plain};
use super::numbers::trimmed;
use super::scan::{Next, Record, Scanner, Separator};
use super::table::Table;
use super::unpack::{self, Content, Plain};
use super::{ImportError, Role, Source};
use crate::progress::{Progress, Stage};

/// Headers of handles besides those of authors, most trusted first: the first is our own.
const PERSON: [&str; 5] = ["person", "people", "handles", "profile_url", "link"];
/// Headers of statuses.
const STATUS: [&str; 4] = ["status", "state", "stage", "progress"];
/// Headers of notes.
const NOTE: [&str; 8] = [
    "note", "notes", "comment", "comments", "remark", "remarks", "notiz", "notizen",
];

/// One row of a list of people, as written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listed {
    /// A handle, the address of a profile, or a key; never empty.
    pub person: String,
    /// The display name; empty where the list tells none.
    pub name: String,
    /// How far the talk is; empty where the list does not tell.
    pub status: String,
    /// The note; empty where there is none.
    pub note: String,
}

/// A list of people as read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListedPeople {
    /// Its rows, in order.
    pub rows: Vec<Listed>,
    /// Rows that name nobody.
    pub without_person: u64,
}

/// Reads a list of people: CSV, a workbook, or one handle a line. The first sheet or file with a column of handles counts.
/// The `'` that our own CSV writes before `= + - @` is taken off again.
///
/// # Errors
/// [`ImportError`] where there is no such column, nobody in it, or the file cannot be read.
pub fn read_list(source: &Source, progress: &Progress) -> Result<ListedPeople, ImportError> {
    progress.begin(Stage::Read, source.bytes.len() as u64)?;
    let unpacked = unpack::unpack(std::slice::from_ref(source), progress)?;
    let mut failed = None;
    for file in &unpacked.plain {
        match of_file(file, progress) {
            Ok(list) if list.rows.is_empty() => {
                failed.get_or_insert(ImportError::NobodyListed {
                    file: file.name.clone(),
                });
            }
            Ok(list) => return Ok(list),
            Err(error @ ImportError::Cancelled(_)) => return Err(error),
            Err(error) => {
                failed.get_or_insert(error);
            }
        }
    }
    let nothing = || ImportError::NothingInside {
        file: source.name.clone(),
    };
    Err(failed.unwrap_or_else(nothing))
}

fn of_file(file: &Plain<'_>, progress: &Progress) -> Result<ListedPeople, ImportError> {
    let table = match &file.content {
        Content::Rows(rows) => Table::of_rows(&file.name, rows),
        Content::Bytes(bytes) => Table::open(&file.name, bytes, progress),
    };
    match table {
        // Names have blanks in them: that makes no columns.
        Ok(table) if table.separator == Separator::Spaces => one_a_line(file, progress),
        Ok(table) => of_table(&table, progress),
        Err(ImportError::NoColumns { .. }) => one_a_line(file, progress),
        Err(error) => Err(error),
    }
}

/// Which column says what.
struct Columns {
    person: usize,
    name: Option<usize>,
    status: Option<usize>,
    note: Option<usize>,
}

impl Columns {
    fn of(header: &[String]) -> Option<Self> {
        let header: Vec<String> = header.iter().map(|name| plain(name)).collect();
        let find = |word: &str| {
            let word = plain(word);
            header.iter().position(|name| *name == word)
        };
        let authors = aliases(Role::Author).iter().map(String::as_str);
        let (first, others) = PERSON.split_first()?;
        let person = std::iter::once(*first)
            .chain(authors)
            .chain(others.iter().copied())
            .find_map(find)?;
        let names = aliases(Role::Name).iter().map(String::as_str);
        let mut names = std::iter::once("name").chain(names);
        Some(Self {
            person,
            name: names.find_map(|word| find(word).filter(|at| *at != person)),
            status: STATUS.into_iter().find_map(find),
            note: NOTE.into_iter().find_map(find),
        })
    }
}

fn of_table(table: &Table<'_>, progress: &Progress) -> Result<ListedPeople, ImportError> {
    let (mut columns, mut rows_above) = (Columns::of(&table.columns), 0);
    if columns.is_none() && !table.has_header {
        // Words that no export has may still name columns of a list.
        columns = table.sample.first().and_then(|first| Columns::of(first));
        rows_above = 1;
    }
    let Some(columns) = columns else {
        return Err(ImportError::NoHandles {
            columns: table.columns.clone(),
            file: table.file.to_owned(),
        });
    };
    let mut list = ListedPeople::default();
    each_row(table.rows(), progress, |record| {
        let cell = |at: Option<usize>| at.map_or("", |at| record.get(at));
        if rows_above > 0 {
            rows_above -= 1;
        } else if !table.repeats_header(record) {
            let cells = [
                Some(columns.person),
                columns.name,
                columns.status,
                columns.note,
            ];
            list.add(cells.map(cell));
        }
    })?;
    Ok(list)
}

/// A column of handles alone, with a header or without.
fn one_a_line(file: &Plain<'_>, progress: &Progress) -> Result<ListedPeople, ImportError> {
    let mut list = ListedPeople::default();
    let mut add = |at: usize, cell: &str| {
        let is_header = at == 0 && Columns::of(&[cell.to_owned()]).is_some();
        if !is_header && !cell.trim_start().starts_with('#') {
            list.add([cell, "", "", ""]);
        }
    };
    match &file.content {
        Content::Rows(rows) => {
            let scanner = Scanner::new(&rows.text, Separator::Byte(b','), 0, 1);
            let mut at = 0;
            each_row(scanner, progress, |record| {
                add(at, record.get(0));
                at += 1;
            })?;
        }
        Content::Bytes(bytes) => {
            let text = decode(bytes, &file.name, progress)?.text;
            let lines = text.lines().filter(|line| !line.trim().is_empty());
            for (at, line) in lines.enumerate() {
                add(at, line.trim().trim_matches('"'));
            }
        }
    }
    Ok(list)
}

fn each_row<'a>(
    mut scanner: Scanner<'a>,
    progress: &Progress,
    mut take: impl FnMut(&Record<'a>),
) -> Result<(), ImportError> {
    let mut record = Record::default();
    loop {
        match scanner.next(&mut record) {
            Next::End => return Ok(()),
            Next::Unbalanced => {}
            Next::Row => take(&record),
        }
        progress.check()?;
    }
}

impl ListedPeople {
    fn add(&mut self, cells: [&str; 4]) {
        let [person, name, status, note] = cells.map(|cell| as_meant(trimmed(cell)).to_owned());
        if person.is_empty() {
            self.without_person += 1;
            return;
        }
        self.rows.push(Listed {
            person,
            name,
            status,
            note,
        });
    }
}

/// `cell` without the `'` that keeps a spreadsheet from taking it for a formula.
fn as_meant(cell: &str) -> &str {
    let bare = cell.strip_prefix('\'');
    bare.filter(|bare| bare.starts_with(['=', '+', '-', '@', '\t', '\r']))
        .unwrap_or(cell)
}
