//! A file's text becomes a table: separator, label rows above, header, and where the rows begin.

use std::borrow::Cow;
use std::collections::HashSet;

use super::decode::{Decoded, decode};
use super::error::ImportError;
use super::facts::is_sentence;
use super::formats;
use super::numbers;
use super::rows::Rows;
use super::scan::{Next, Record, Scanner, Separator};
use crate::progress::Progress;

/// Rows that the guesses look at.
pub(super) const N_SAMPLE: usize = 600;
/// Label rows stand above the header, never more than these.
const N_ABOVE: usize = 40;
/// More columns than any spreadsheet has or matrix needs: such a text is no table, and guessing at it would fill the memory.
const MOST_COLUMNS: usize = 200_000;
/// Cells that the guesses look at, all rows together.
const MOST_CELLS: usize = 4_000_000;

/// No row of posts is shorter on average, as far as making room for them goes.
const SHORTEST: usize = 64;

/// One file as a table.
#[derive(Debug, Clone)]
pub(super) struct Table<'a> {
    /// The file's name.
    pub file: &'a str,
    /// Its text.
    pub text: Cow<'a, str>,
    /// The encoding in words.
    pub encoding: &'static str,
    /// Whether some bytes could not be decoded.
    pub damaged: bool,
    /// What stands between cells.
    pub separator: Separator,
    /// The headers; "column 1", … where the file has none.
    pub columns: Vec<String>,
    /// Whether the file has a header.
    pub has_header: bool,
    /// Rows above the header, comments included.
    pub rows_above: u64,
    /// The first rows, at most [`N_SAMPLE`].
    pub sample: Vec<Vec<String>>,
    /// The text was written by this program from cells.
    pub made_here: bool,
    start: usize,
    start_line: u64,
    /// Where the sample ends.
    sample_end: usize,
}

/// Text in which a table is to be found.
struct Found<'a> {
    text: Cow<'a, str>,
    separator: Separator,
    at: usize,
    line: u64,
    rows_above: u64,
    made_here: bool,
}

impl<'a> Table<'a> {
    /// Decodes a file and finds its table.
    ///
    /// # Errors
    /// [`ImportError`] for files that are empty, no text, or have no columns, and when cancelled.
    pub(super) fn open(
        file: &'a str,
        bytes: &'a [u8],
        progress: &Progress,
    ) -> Result<Self, ImportError> {
        let Decoded {
            text,
            encoding,
            damaged,
        } = decode(bytes, file, progress)?;
        let (start, line, above, named) = skip_comments(&text);
        let separator = match named {
            Some(separator) => separator,
            None => guess_separator(text.get(start..).unwrap_or_default()).ok_or_else(|| {
                ImportError::NoColumns {
                    file: file.to_owned(),
                }
            })?,
        };
        let found = Found {
            text,
            separator,
            at: start,
            line,
            rows_above: above,
            made_here: false,
        };
        Self::of_text(file, found, (encoding, damaged))
    }

    /// The table in rows that came as cells.
    ///
    /// # Errors
    /// [`ImportError::NoColumns`] where no row has two cells.
    pub(super) fn of_rows(file: &'a str, rows: &'a Rows) -> Result<Self, ImportError> {
        let found = Found {
            text: Cow::Borrowed(&rows.text),
            separator: Separator::Byte(b','),
            at: 0,
            line: rows.first_row,
            rows_above: 0,
            made_here: true,
        };
        let table = Self::of_text(file, found, (rows.encoding, false))?;
        if table.columns.len() < 2 {
            return Err(ImportError::NoColumns {
                file: file.to_owned(),
            });
        }
        Ok(table)
    }

    fn of_text(
        file: &'a str,
        found: Found<'a>,
        (encoding, damaged): (&'static str, bool),
    ) -> Result<Self, ImportError> {
        let scanner_at = |at: usize, line: u64| {
            let mut scanner = Scanner::new(&found.text, found.separator, at, line);
            scanner.made_here = found.made_here;
            scanner
        };
        let mut scanner = scanner_at(found.at, found.line);
        let top = read_rows(&mut scanner, N_ABOVE + 1);
        let header = find_header(&top);
        let width = match header {
            Some(at) => top.get(at).map_or(0, |r| r.cells.len()),
            None => usual_width(&top),
        };
        if width > MOST_COLUMNS {
            return Err(ImportError::NoColumns {
                file: file.to_owned(),
            });
        }
        let (columns, begin) = match header.and_then(|at| top.get(at).map(|row| (at, row))) {
            Some((at, row)) => (named_columns(&row.cells), top.get(at).map(|r| r.end)),
            None => ((1..=width).map(|i| format!("column {i}")).collect(), None),
        };
        let (start, start_line) = begin.unwrap_or((found.at, found.line));
        let mut scanner = scanner_at(start, start_line);
        scanner.width = Some(width);
        let sample = read_rows(&mut scanner, N_SAMPLE)
            .into_iter()
            .map(|r| r.cells)
            .collect();
        let sample_end = scanner.at();
        Ok(Self {
            file,
            encoding,
            damaged,
            separator: found.separator,
            columns,
            has_header: header.is_some(),
            rows_above: found.rows_above + header.unwrap_or(0) as u64,
            sample,
            made_here: found.made_here,
            start,
            start_line,
            sample_end,
            text: found.text,
        })
    }

    /// How many of its headers some export has.
    pub(super) fn n_known_headers(&self) -> usize {
        if self.has_header {
            known_cells(&self.columns)
        } else {
            0
        }
    }

    /// True for a table that names its columns and has no row.
    pub(super) fn is_only_header(&self) -> bool {
        self.has_header && self.sample.is_empty()
    }

    /// A scanner at the first row below the header.
    pub(super) fn rows(&self) -> Scanner<'_> {
        let mut scanner = Scanner::new(&self.text, self.separator, self.start, self.start_line);
        scanner.width = Some(self.columns.len());
        scanner.made_here = self.made_here;
        scanner
    }

    /// About how many rows there are, by the length of those in the sample; rather a few more.
    pub(super) fn likely_rows(&self) -> usize {
        let bytes = self.text.len().saturating_sub(self.start);
        let sampled = self.sample_end.saturating_sub(self.start).max(1);
        let rows = self.sample.len() as f64 * (bytes as f64 / sampled as f64);
        (rows * 1.05).min((bytes / SHORTEST) as f64) as usize
    }

    /// True for a row that repeats the header, as in files that were put together from parts.
    pub(super) fn repeats_header(&self, record: &Record<'_>) -> bool {
        self.has_header
            && record.len() == self.columns.len()
            && record
                .cells()
                .zip(&self.columns)
                .all(|(cell, column)| numbers::trimmed(cell) == column)
    }
}

struct Row {
    cells: Vec<String>,
    /// Byte and line behind it.
    end: (usize, u64),
}

fn read_rows(scanner: &mut Scanner<'_>, n: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut record = Record::default();
    let mut n_cells = 0;
    while rows.len() < n && n_cells < MOST_CELLS {
        match scanner.next(&mut record) {
            Next::End => break,
            Next::Unbalanced => {}
            Next::Row => {
                n_cells += record.len();
                let cells = record.cells().take(MOST_COLUMNS + 1);
                rows.push(Row {
                    cells: cells.map(str::to_owned).collect(),
                    end: (scanner.at(), scanner.line()),
                });
            }
        }
    }
    rows
}

/// Past `# comments`, `% comments` and `sep=;` at the top: byte, line, lines skipped, the separator named.
fn skip_comments(text: &str) -> (usize, u64, u64, Option<Separator>) {
    let (mut at, mut line, mut skipped) = (0, 1, 0);
    let mut named = None;
    for row in text.split_inclusive('\n').take(1000) {
        let bare = row.trim();
        let is_comment = match bare.strip_prefix(['#', '%', '/']) {
            Some(rest) => rest.is_empty() || rest.starts_with([' ', '\t', '#', '%', '/']),
            None => false,
        };
        let names = bare
            .strip_prefix("sep=")
            .or_else(|| {
                bare.strip_prefix("\"sep=")
                    .and_then(|r| r.strip_suffix('"'))
            })
            .and_then(|s| s.bytes().next().filter(|_| s.len() == 1));
        if let Some(byte) = names.filter(|_| line == 1) {
            named = Some(Separator::Byte(byte));
        } else if !(is_comment || (bare.is_empty() && skipped > 0)) {
            break;
        }
        skipped += u64::from(!bare.is_empty());
        at += row.len();
        line += 1;
    }
    if at >= text.len() {
        return (0, 1, 0, None);
    }
    (at, line, skipped, named)
}

/// The separator under which the first rows have most cells alike.
fn guess_separator(text: &str) -> Option<Separator> {
    let mut end = text.len().min(1 << 17);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let part = text.get(..end).unwrap_or(text);
    let mut best: Option<(f64, Separator)> = None;
    for separator in [b',', b'\t', b';', b'|'].map(Separator::Byte) {
        let score = likeness(part, separator);
        if score > best.map_or(0.25, |(s, _)| s + 1e-9) {
            best = Some((score, separator));
        }
    }
    if best.is_none_or(|(score, _)| score < 0.45)
        && likeness(part, Separator::Spaces) > best.map_or(0.4, |(s, _)| s)
    {
        return Some(Separator::Spaces);
    }
    best.map(|(_, separator)| separator)
}

/// How much alike the rows are under a separator: 0 for one column, near 1 for many columns everywhere.
fn likeness(text: &str, separator: Separator) -> f64 {
    let mut scanner = Scanner::new(text, separator, 0, 1);
    let rows = read_rows(&mut scanner, 120);
    let width = usual_width(&rows);
    if width < 2 {
        return 0.0;
    }
    let cells: usize = rows.iter().map(|r| r.cells.len()).sum();
    // Empty cells at the end are often not written.
    let alike: usize = rows
        .iter()
        .map(|r| r.cells.len())
        .filter(|n| *n == width)
        .sum();
    let known = rows
        .iter()
        .take(N_ABOVE)
        .map(|r| known_cells(&r.cells))
        .max()
        .unwrap_or(0);
    alike as f64 / cells.max(1) as f64 * (1.0 - 1.0 / width as f64) + 0.2 * known.min(4) as f64
}

/// The number of cells that most cells stand in rows of; of several, the larger.
fn usual_width(rows: &[Row]) -> usize {
    let mut by_width = std::collections::BTreeMap::new();
    for row in rows {
        *by_width.entry(row.cells.len()).or_insert(0usize) += row.cells.len();
    }
    by_width
        .into_iter()
        .max_by_key(|(width, cells)| (*cells, *width))
        .map_or(0, |(width, _)| width)
}

fn known_cells(cells: &[String]) -> usize {
    let distinct: HashSet<&str> = cells.iter().map(|c| c.trim()).collect();
    distinct.iter().filter(|c| formats::is_known(c)).count()
}

/// Which of the first rows is the header; label rows above it are fewer cells wide.
fn find_header(rows: &[Row]) -> Option<usize> {
    if is_matrix_top(rows) {
        return Some(0);
    }
    let filled = |row: &Row| row.cells.iter().filter(|c| !c.trim().is_empty()).count();
    let best = rows
        .iter()
        .take(N_ABOVE)
        .enumerate()
        .map(|(at, row)| (known_cells(&row.cells), at))
        .max_by_key(|&(known, at)| (known, std::cmp::Reverse(at)))?;
    let (known, at) = best;
    let row = rows.get(at)?;
    let n_filled = filled(row);
    let narrow_above = rows
        .iter()
        .take(at)
        .all(|above| filled(above) * 10 <= n_filled * 7);
    let is_header = n_filled >= 2
        && match at {
            0 => known >= 2 || (known == 1 && one_word_is_enough(rows)),
            _ => (known >= 2 && narrow_above) || known >= 5,
        };
    if is_header {
        return Some(at);
    }
    // No known word: the first whole row is a header when what stands below it is of another kind.
    let width = usual_width(rows);
    let first = rows
        .iter()
        .position(|r| r.cells.len() == width && filled(r) * 2 > width)?;
    looks_like_header(rows, first).then_some(first)
}

/// With a single known word in the first row: nothing below, a long one, or texts or numbers below. A short one may be somebody's name.
fn one_word_is_enough(rows: &[Row]) -> bool {
    let Some((head, below)) = rows.split_first() else {
        return false;
    };
    let is_long = |cell: &String| cell.trim().len() >= 6 && formats::is_known(cell);
    let is_text = |i: usize| {
        let cells = below.iter().filter_map(|r| r.cells.get(i));
        let (n, long) = cells.fold((0, 0), |(n, long), c| {
            let is_long = c.split_whitespace().count() >= 3;
            (n + 1, long + usize::from(is_long))
        });
        n > 0 && long * 2 > n
    };
    below.is_empty()
        || head.cells.iter().any(is_long)
        || (0..head.cells.len()).any(is_text)
        || looks_like_header(rows, 0)
}

/// True when row `at` names columns rather than filling them.
fn looks_like_header(rows: &[Row], at: usize) -> bool {
    let Some(row) = rows.get(at) else {
        return false;
    };
    let below: Vec<&Row> = rows.iter().skip(at + 1).collect();
    let cells: Vec<&str> = row.cells.iter().map(|c| c.trim()).collect();
    let short_names = cells.iter().all(|c| {
        c.chars().count() <= 60
            && numbers::weight(c, false).is_none()
            && !c.starts_with('@')
            && !c.contains("://")
    });
    let distinct: HashSet<&&str> = cells.iter().filter(|c| !c.is_empty()).collect();
    let n_filled = cells.iter().filter(|c| !c.is_empty()).count();
    if below.is_empty() || !short_names || distinct.len() != n_filled {
        return false;
    }
    let seen_below = |i: usize, cell: &str| {
        below
            .iter()
            .any(|r| r.cells.get(i).is_some_and(|c| c.trim() == cell))
    };
    let numbers_below = |i: usize| {
        let filled = || {
            below
                .iter()
                .filter_map(|r| r.cells.get(i))
                .filter(|c| !numbers::is_missing(c))
        };
        let n = filled().count();
        n > 0
            && filled()
                .filter(|c| numbers::weight(c, true).is_some())
                .count()
                * 10
                >= n * 9
    };
    if cells
        .iter()
        .enumerate()
        .any(|(i, c)| !c.is_empty() && numbers_below(i))
    {
        return true;
    }
    let prose_below = |i: usize| {
        let filled = || below.iter().filter_map(|r| r.cells.get(i));
        filled().filter(|c| is_sentence(c)).count() * 10 > filled().count() * 6
    };
    if cells
        .iter()
        .enumerate()
        .any(|(i, c)| !c.is_empty() && !is_sentence(c) && prose_below(i))
    {
        return true;
    }
    cells.len() > 3
        && !cells
            .iter()
            .enumerate()
            .any(|(i, c)| !c.is_empty() && seen_below(i, c))
}

/// True when the first row names the same as the first column: a square of ties.
fn is_matrix_top(rows: &[Row]) -> bool {
    let Some((head, below)) = rows.split_first() else {
        return false;
    };
    let Some((corner, names)) = head.cells.split_first() else {
        return false;
    };
    if names.len() < 2 || below.len() < names.len().min(N_ABOVE) {
        return false;
    }
    numbers::weight(corner, false).is_none()
        && below
            .iter()
            .zip(names)
            .all(|(row, name)| row.cells.first().is_some_and(|c| c.trim() == name.trim()))
}

/// Letters of a header that are kept: names are compared and shown many times.
const LONGEST_NAME: usize = 500;

/// Headers without surrounding marks; columns without a name get their number.
fn named_columns(cells: &[String]) -> Vec<String> {
    cells
        .iter()
        .enumerate()
        .map(|(i, cell)| {
            let name = cell.trim().trim_matches('\u{feff}').trim();
            if name.is_empty() {
                format!("column {}", i + 1)
            } else {
                name.chars().take(LONGEST_NAME).collect()
            }
        })
        .collect()
}
