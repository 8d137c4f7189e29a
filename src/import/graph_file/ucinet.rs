//! UCINET DL: a header of words and figures, labels, then ties as lists or as a matrix.

use super::super::ImportError;
use super::super::error::Place;
use super::attributes::{Meaning, TieFacts};
use super::gathered::{Gathered, most_promised, number, square, wrong_weight};
use super::text::{Lines, words};
use crate::people::key_of;
use crate::progress::Progress;

/// How the data is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Full,
    Upper,
    Lower,
    Edges,
    Nodes,
}

#[derive(Debug, Clone)]
struct Header {
    n_rows: u64,
    n_columns: u64,
    /// True where rows and columns are different people.
    two_modes: bool,
    format: Format,
    embedded: bool,
    diagonal: bool,
    row_labels: Vec<String>,
    column_labels: Vec<String>,
}

/// Reads the whole file.
///
/// # Errors
/// [`ImportError::Broken`] where the header tells no number of people, [`ImportError::Cancelled`].
pub(super) fn read(
    graph: &mut Gathered<'_>,
    text: &str,
    progress: &Progress,
) -> Result<(), ImportError> {
    let mut lines = Lines::of(text, progress);
    let broken = |graph: &Gathered<'_>, reason: &str, line: u64| ImportError::Broken {
        format: "UCINET DL",
        reason: reason.to_owned(),
        at: Place {
            file: graph.file.to_owned(),
            line,
        },
    };
    let Some(header) = header(&mut lines)? else {
        return Err(broken(
            graph,
            "its header does not say how many people there are",
            1,
        ));
    };
    let mut reader = Reader {
        rows: Vec::new(),
        columns: Vec::new(),
        graph,
        header,
    };
    reader.people(text.len());
    match reader.header.format {
        Format::Edges | Format::Nodes => reader.lists(&mut lines),
        Format::Full | Format::Upper | Format::Lower => reader.matrix(&mut lines),
    }
}

/// Reads up to and with `DATA:`; `None` when no number of people was told.
fn header(lines: &mut Lines<'_>) -> Result<Option<Header>, ImportError> {
    let mut header = Header {
        n_rows: 0,
        n_columns: 0,
        two_modes: false,
        format: Format::Full,
        embedded: false,
        diagonal: true,
        row_labels: Vec::new(),
        column_labels: Vec::new(),
    };
    // Which list of labels the next lines fill: rows, columns, both.
    let mut labels: Option<(bool, bool)> = None;
    let mut first = true;
    while let Some(line) = lines.next()? {
        let mut line = line.trim_matches(['\u{feff}', ' ', '\t', '\r']);
        if first
            && line
                .get(..2)
                .is_some_and(|dl| dl.eq_ignore_ascii_case("dl"))
        {
            line = line.get(2..).unwrap_or_default();
        }
        first = false;
        let lower = line.to_ascii_lowercase();
        let bare = lower.trim();
        if bare.starts_with("data:") || bare == "data" {
            break;
        }
        let is_labels = bare.contains("labels");
        if is_labels && bare.contains("embedded") {
            header.embedded = true;
            labels = None;
        } else if is_labels {
            let (rows, columns) = (bare.contains("row"), bare.contains("col"));
            let other = bare.contains("matrix") || bare.contains("level");
            labels = (!other).then_some((rows || !columns, columns || !rows));
            if let Some((_, rest)) = line.split_once(':') {
                take_labels(&mut header, labels, rest);
            }
        } else if labels.is_some() {
            take_labels(&mut header, labels, line);
        } else {
            figures(&mut header, bare);
        }
    }
    let known = header.n_rows > 0 && header.n_columns > 0;
    Ok(known.then_some(header))
}

/// `N=24 NM=1 FORMAT = EDGELIST1, DIAGONAL ABSENT`.
fn figures(header: &mut Header, line: &str) {
    let splits = |c: char| c.is_whitespace() || matches!(c, '=' | ',' | ':');
    let mut words = line.split(splits).filter(|w| !w.is_empty());
    while let Some(word) = words.next() {
        let mut figure = || {
            words
                .next()
                .and_then(|w| w.parse::<u64>().ok())
                .unwrap_or(0)
        };
        match word {
            "n" => {
                header.n_rows = figure();
                header.n_columns = header.n_rows;
            }
            "nr" => {
                header.n_rows = figure();
                header.two_modes = true;
            }
            "nc" => {
                header.n_columns = figure();
                header.two_modes = true;
            }
            "nm" => {
                figure();
            }
            "absent" => header.diagonal = false,
            "fullmatrix" | "fm" => header.format = Format::Full,
            "upperhalf" | "uh" => header.format = Format::Upper,
            "lowerhalf" | "lh" => header.format = Format::Lower,
            "edgelist1" | "el1" => header.format = Format::Edges,
            "edgelist2" | "el2" => {
                header.format = Format::Edges;
                header.two_modes = true;
            }
            "nodelist1" | "nl1" => header.format = Format::Nodes,
            "nodelist2" | "nl2" => {
                header.format = Format::Nodes;
                header.two_modes = true;
            }
            _ => {}
        }
    }
}

fn take_labels(header: &mut Header, which: Option<(bool, bool)>, line: &str) {
    let Some((rows, columns)) = which else { return };
    let found: Vec<String> = words(line, true).into_iter().map(str::to_owned).collect();
    let free = |known: &[String], n: u64| n.saturating_sub(known.len() as u64) as usize;
    if rows {
        let n = free(&header.row_labels, header.n_rows);
        header.row_labels.extend(found.iter().take(n).cloned());
    }
    if columns {
        let n = free(&header.column_labels, header.n_columns);
        header.column_labels.extend(found.into_iter().take(n));
    }
}

struct Reader<'g, 'f> {
    graph: &'g mut Gathered<'f>,
    header: Header,
    /// People by number from 1, as far as labels or data named them.
    rows: Vec<Option<usize>>,
    columns: Vec<Option<usize>>,
}

impl Reader<'_, '_> {
    /// Makes the people of the labels, or of the numbers.
    fn people(&mut self, file_bytes: usize) {
        if self.header.embedded {
            return;
        }
        let rows = std::mem::take(&mut self.header.row_labels);
        let columns = std::mem::take(&mut self.header.column_labels);
        let most = most_promised(file_bytes);
        if self.header.n_rows.saturating_add(self.header.n_columns) > most {
            self.graph.warn(format!(
                "The header of {} promises {} people, more than such a file holds; only people with ties were read",
                self.graph.file, self.header.n_rows
            ));
        }
        let two = self.header.two_modes;
        let n_rows = self.header.n_rows.min(most);
        for k in 0..n_rows {
            let person = self.labelled(rows.get(k as usize), k + 1, if two { "r" } else { "" });
            self.rows.push(person);
        }
        if !two {
            self.columns.clone_from(&self.rows);
            return;
        }
        for k in 0..self.header.n_columns.min(most) {
            let person = self.labelled(columns.get(k as usize), k + 1, "c");
            self.columns.push(person);
        }
    }

    /// The person of a label; of its number where the label is missing or another person's.
    fn labelled(&mut self, label: Option<&String>, k: u64, letter: &str) -> Option<usize> {
        let label = label.map(|l| l.trim()).filter(|l| !key_of(l).is_empty());
        match label {
            Some(label) if !self.graph.knows(label) => {
                let person = self.graph.person(label)?;
                self.graph
                    .tell_meaning(person, Meaning::Name(0), "label", label);
                Some(person)
            }
            _ => self.graph.person(&format!("{letter}{k}")),
        }
    }

    fn end(&mut self, word: &str, is_column: bool) -> Result<usize, &'static str> {
        if self.header.embedded {
            return self.graph.person(word).ok_or("one end of the tie is empty");
        }
        let (n, people) = if is_column {
            (self.header.n_columns, &self.columns)
        } else {
            (self.header.n_rows, &self.rows)
        };
        let k = number(word, n)?;
        let known = people.get(k as usize - 1).copied().flatten();
        known.ok_or("the number of a person is out of range")
    }

    fn lists(&mut self, lines: &mut Lines<'_>) -> Result<(), ImportError> {
        let directed = !self.header.two_modes;
        while let Some(line) = lines.next()? {
            let cells = words(line, true);
            let Some(first) = cells.first().filter(|c| **c != "!") else {
                continue;
            };
            let from = match self.end(first, false) {
                Ok(from) => from,
                Err(reason) => {
                    self.graph.leave_out(reason, lines.number);
                    continue;
                }
            };
            let is_edge = self.header.format == Format::Edges;
            if is_edge && cells.len() < 2 {
                self.graph
                    .leave_out("one end of the tie is empty", lines.number);
            }
            let n_targets = if is_edge { 1 } else { cells.len() };
            let facts = match cells.get(2) {
                Some(weight) if is_edge => TieFacts::weighing(weight),
                _ => TieFacts::default(),
            };
            for target in cells.iter().skip(1).take(n_targets) {
                match self.end(target, true) {
                    Ok(to) => self
                        .graph
                        .tie_between((from, to), &facts, directed, lines.number),
                    Err(reason) => self.graph.leave_out(reason, lines.number),
                }
            }
        }
        Ok(())
    }

    fn matrix(&mut self, lines: &mut Lines<'_>) -> Result<(), ImportError> {
        let (n_rows, n_columns) = (self.header.n_rows, self.header.n_columns);
        let mut columns_named = !self.header.embedded;
        let (mut row, mut column) = self.settled(0);
        let mut row_named = columns_named;
        let mut cells: Vec<(u32, u32, f64, u64)> = Vec::new();
        while let Some(line) = lines.next()? {
            for word in words(line, true) {
                if !columns_named {
                    self.columns.push(self.graph.person(word));
                    columns_named = self.columns.len() as u64 >= n_columns;
                    continue;
                }
                if row >= n_rows {
                    if self.header.embedded {
                        continue; // a second matrix repeats its labels; it has no numbers of its own here
                    }
                    (row, column) = self.settled(0); // the next matrix of the same people
                }
                if !row_named {
                    self.rows.push(self.graph.person(word));
                    row_named = true;
                    continue;
                }
                match word.parse::<f64>() {
                    Ok(0.0) => {}
                    Ok(w) if w > 0.0 && w.is_finite() => {
                        cells.push((row as u32, column as u32, w, lines.number));
                    }
                    wrong => self.graph.leave_out(wrong_weight(wrong.ok()), lines.number),
                }
                column += 1;
                if column >= self.end_column(row, n_columns) {
                    (row, column) = self.settled(row + 1);
                    row_named = !self.header.embedded;
                }
            }
        }
        self.ties_of_matrix(&cells);
        Ok(())
    }

    /// The first cell from `row` on: without a diagonal, half a matrix has a row with nothing in it.
    fn settled(&self, row: u64) -> (u64, u64) {
        let row = match self.header.format {
            _ if self.header.embedded => row,
            Format::Lower if row == 0 && !self.header.diagonal => 1,
            Format::Upper if self.first_column(row) >= self.header.n_columns => self.header.n_rows,
            _ => row,
        };
        (row, self.first_column(row))
    }

    fn first_column(&self, row: u64) -> u64 {
        match self.header.format {
            Format::Upper => row + u64::from(!self.header.diagonal),
            _ => 0,
        }
    }

    fn end_column(&self, row: u64, n_columns: u64) -> u64 {
        match self.header.format {
            Format::Lower => row + u64::from(self.header.diagonal),
            _ => n_columns,
        }
    }

    fn ties_of_matrix(&mut self, cells: &[(u32, u32, f64, u64)]) {
        if matches!(self.header.format, Format::Full) {
            return square(self.graph, cells, (&self.rows, &self.columns));
        }
        for &(row, column, weight, line) in cells {
            let from = self.rows.get(row as usize).copied().flatten();
            let to = self.columns.get(column as usize).copied().flatten();
            match (from, to) {
                (Some(from), Some(to)) => {
                    self.graph
                        .tie_between((from, to), &TieFacts::of(weight), false, line);
                }
                _ => self.graph.leave_out("one end of the tie is empty", line),
            }
        }
    }
}
