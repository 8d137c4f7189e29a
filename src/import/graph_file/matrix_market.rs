//! Matrix Market: a matrix of ties, as a list of its cells or as all of them, column by column.

use super::super::ImportError;
use super::super::error::Place;
use super::attributes::{Meaning, TieFacts};
use super::gathered::{Gathered, most_promised, number, square, wrong_weight};
use super::metis::{Listed, once};
use super::text::Lines;
use crate::progress::Progress;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Symmetry {
    General,
    Symmetric,
    /// The other half has the opposite sign: a direction.
    Skew,
}

struct Reader<'g, 'f> {
    graph: &'g mut Gathered<'f>,
    pattern: bool,
    symmetry: Symmetry,
    rows: u64,
    columns: u64,
    listed: Vec<Listed>,
}

/// Reads the whole file.
///
/// # Errors
/// [`ImportError::Broken`] where the first lines are not as they should be, [`ImportError::Cancelled`].
pub(super) fn read(
    graph: &mut Gathered<'_>,
    text: &str,
    progress: &Progress,
) -> Result<(), ImportError> {
    let file = graph.file.to_owned();
    let broken = |reason: &str, line: u64| ImportError::Broken {
        format: "Matrix Market",
        reason: reason.to_owned(),
        at: Place {
            file: file.clone(),
            line,
        },
    };
    let mut lines = Lines::of(text, progress);
    let banner = lines.next()?.unwrap_or_default().to_lowercase();
    let says = |word: &str| banner.split_ascii_whitespace().any(|w| w == word);
    if says("complex") || says("hermitian") {
        return Err(broken("its weights are complex numbers", 1));
    }
    let sizes = loop {
        match lines.next()? {
            Some(line) if line.trim().is_empty() || line.starts_with('%') => {}
            Some(line) => break figures(line),
            None => {
                return Err(broken(
                    "it has no line with the size of the matrix",
                    lines.number,
                ));
            }
        }
    };
    let as_list = !says("array");
    let (rows, columns) = match sizes.as_slice() {
        [rows, columns, _] if as_list => (*rows, *columns),
        [rows, columns] if !as_list => (*rows, *columns),
        _ => {
            return Err(broken(
                "the size of the matrix cannot be read",
                lines.number,
            ));
        }
    };
    let symmetry = if says("symmetric") {
        Symmetry::Symmetric
    } else if says("skew-symmetric") {
        Symmetry::Skew
    } else {
        Symmetry::General
    };
    let mut reader = Reader {
        graph,
        pattern: says("pattern"),
        symmetry,
        rows,
        columns,
        listed: Vec::new(),
    };
    reader.people(text.len());
    if as_list {
        reader.list(&mut lines, sizes.get(2).copied().unwrap_or(0))
    } else {
        reader.array(&mut lines)
    }
}

fn figures(line: &str) -> Vec<u64> {
    let words = line.split_ascii_whitespace();
    words.map_while(|w| w.parse().ok()).collect()
}

impl Reader<'_, '_> {
    fn is_square(&self) -> bool {
        self.rows == self.columns
    }

    /// Rows and columns are the same people in a square, else two kinds of people.
    fn people(&mut self, file_bytes: usize) {
        if self.is_square() {
            return self.graph.promised(self.rows, file_bytes);
        }
        if self.rows.saturating_add(self.columns) > most_promised(file_bytes) {
            return; // made by their ties
        }
        for row in 1..=self.rows {
            self.row_person(row);
        }
        for column in 1..=self.columns {
            self.column_person(column);
        }
    }

    fn row_person(&mut self, row: u64) -> Option<usize> {
        if self.is_square() {
            return self.graph.person(&row.to_string());
        }
        self.named("r", "Row", row)
    }

    fn column_person(&mut self, column: u64) -> Option<usize> {
        if self.is_square() {
            return self.graph.person(&column.to_string());
        }
        self.named("c", "Column", column)
    }

    fn named(&mut self, letter: &str, word: &str, k: u64) -> Option<usize> {
        let person = self.graph.person(&format!("{letter}{k}"))?;
        let name = format!("{word} {k}");
        self.graph
            .tell_meaning(person, Meaning::Name(0), "label", &name);
        Some(person)
    }

    fn list(&mut self, lines: &mut Lines<'_>, promised: u64) -> Result<(), ImportError> {
        let mut n_cells = 0;
        while let Some(line) = lines.next()? {
            let mut words = line.split_ascii_whitespace();
            let Some(row) = words.next().filter(|w| !w.starts_with('%')) else {
                continue;
            };
            n_cells += 1;
            let column = words.next().unwrap_or_default();
            let ends = number(row, self.rows).and_then(|r| Ok((r, number(column, self.columns)?)));
            let facts = match words.next() {
                _ if self.pattern => TieFacts::default(),
                Some(weight) => TieFacts::weighing(weight),
                None => {
                    self.graph.leave_out("no weight", lines.number);
                    continue;
                }
            };
            match (ends, facts.count()) {
                (Ok((row, column)), Ok(weight)) => self.cell(row, column, weight, lines.number),
                (Err(reason), _) | (_, Err(reason)) => self.graph.leave_out(reason, lines.number),
            }
        }
        once(self.graph, std::mem::take(&mut self.listed));
        if n_cells != promised {
            self.graph.warn(format!(
                "The header of {} promises {promised} rows, but there are {n_cells}",
                self.graph.file
            ));
        }
        Ok(())
    }

    fn cell(&mut self, row: u64, column: u64, weight: f64, line: u64) {
        if self.symmetry == Symmetry::Symmetric && self.is_square() {
            self.listed.push(Listed::of(row, column, weight, line));
        } else if let (Some(from), Some(to)) = (self.row_person(row), self.column_person(column)) {
            self.graph
                .tie_between((from, to), &TieFacts::of(weight), true, line);
        }
    }

    fn array(&mut self, lines: &mut Lines<'_>) -> Result<(), ImportError> {
        let (mut row, mut column) = (self.first_row(0), 0u64);
        let mut cells: Vec<(u32, u32, f64, u64)> = Vec::new();
        while let Some(line) = lines.next()? {
            for word in line.split_ascii_whitespace() {
                if word.starts_with('%') {
                    break;
                }
                if row >= self.rows || column >= self.columns {
                    let reason = "the number of a person is out of range";
                    self.graph.leave_out(reason, lines.number);
                    continue;
                }
                match word.parse::<f64>() {
                    Ok(0.0) => {}
                    Ok(w) if w > 0.0 && w.is_finite() => {
                        cells.push((row as u32, column as u32, w, lines.number));
                    }
                    wrong => self.graph.leave_out(wrong_weight(wrong.ok()), lines.number),
                }
                row += 1;
                if row >= self.rows {
                    column += 1;
                    row = self.first_row(column);
                }
            }
        }
        if self.symmetry == Symmetry::General && self.is_square() {
            let most = cells.iter().map(|c| u64::from(c.0.max(c.1)) + 1).max();
            let people: Vec<Option<usize>> = (1..=most.unwrap_or(0))
                .map(|k| self.row_person(k))
                .collect();
            square(self.graph, &cells, (&people, &people));
            return Ok(());
        }
        for (row, column, weight, line) in cells {
            self.cell(u64::from(row) + 1, u64::from(column) + 1, weight, line);
        }
        once(self.graph, std::mem::take(&mut self.listed));
        Ok(())
    }

    /// Where a column begins: symmetric matrices are written from the diagonal down.
    fn first_row(&self, column: u64) -> u64 {
        match self.symmetry {
            Symmetry::General => 0,
            Symmetry::Symmetric => column,
            Symmetry::Skew => column + 1,
        }
    }
}
