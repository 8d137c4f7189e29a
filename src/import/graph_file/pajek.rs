//! Pajek networks (`.net`, `.paj`): people by number, ties in sections that begin with a star.

use super::super::{ImportError, tie_list};
use super::attributes::{Meaning, TieFacts};
use super::gathered::{Gathered, number, square};
use super::text::{Lines, words};
use crate::people::TieKind;
use crate::progress::Progress;

/// What the lines of a section are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    /// `1 "Ana" 0.5 0.5 0.5`.
    Vertices,
    /// `1 2 3`: from, to, weight.
    Pairs { directed: bool },
    /// `1 2 3 4`: from 1 to each of the others.
    Lists { directed: bool },
    /// One row of weights a line.
    Matrix,
    /// The number of a community for each person, in order.
    Partition,
    /// Anything else.
    Other,
}

struct Reader<'g, 'f> {
    graph: &'g mut Gathered<'f>,
    /// People promised; with two modes also how many of them are rows.
    n: u64,
    n_rows: u64,
    section: Section,
    kind: Option<TieKind>,
    /// Rows of the section so far.
    row: u64,
    cells: Vec<(u32, u32, f64, u64)>,
    /// A `*Partition` or `*Vector` waits for its `*Vertices`.
    next_vertices: Section,
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
    let mut reader = Reader {
        graph,
        n: 0,
        n_rows: 0,
        section: Section::Other,
        kind: None,
        row: 0,
        cells: Vec::new(),
        next_vertices: Section::Vertices,
    };
    let mut lines = Lines::of(text, progress);
    while let Some(line) = lines.next()? {
        let line = line.trim();
        if line.is_empty() || line.starts_with('%') {
            continue;
        }
        if let Some(head) = line.strip_prefix('*') {
            if !reader.begin(head, text.len()) {
                let file = reader.graph.file;
                reader.graph.warn(format!(
                    "{file} holds several networks; only the first was read"
                ));
                break;
            }
        } else {
            reader.line(line, lines.number);
        }
    }
    reader.finish_matrix();
    Ok(())
}

impl Reader<'_, '_> {
    /// Begins a section; false where a second network begins.
    fn begin(&mut self, head: &str, file_bytes: usize) -> bool {
        self.finish_matrix();
        self.row = 0;
        let words = words(head, false);
        let name = words.first().map_or(String::new(), |w| w.to_lowercase());
        // `*Arcs :2 "reply"` names a relation.
        self.kind = words.iter().skip(1).find_map(|w| tie_list::kind_of(w));
        self.section = match name.as_str() {
            "vertices" if self.next_vertices != Section::Vertices => {
                std::mem::replace(&mut self.next_vertices, Section::Vertices)
            }
            "vertices" if self.n > 0 => return false,
            "vertices" => {
                let figure = |i: usize| words.get(i).and_then(|w| w.parse::<u64>().ok());
                self.n = figure(1).unwrap_or(0);
                self.n_rows = figure(2).unwrap_or(0).min(self.n);
                self.graph.promised(self.n, file_bytes);
                Section::Vertices
            }
            "arcs" => Section::Pairs { directed: true },
            "edges" => Section::Pairs { directed: false },
            "arcslist" => Section::Lists { directed: true },
            "edgeslist" => Section::Lists { directed: false },
            "matrix" => Section::Matrix,
            "partition" => {
                self.next_vertices = Section::Partition;
                Section::Other
            }
            "vector" | "permutation" | "cluster" | "hierarchy" => {
                self.next_vertices = Section::Other;
                Section::Other
            }
            _ => Section::Other,
        };
        true
    }

    fn line(&mut self, line: &str, place: u64) {
        self.row += 1;
        match self.section {
            Section::Vertices => self.vertex(line, place),
            Section::Pairs { directed } => self.pair(line, directed, place),
            Section::Lists { directed } => self.list(line, directed, place),
            Section::Matrix => self.matrix_row(line, place),
            Section::Partition => {
                if let Some(person) = self.known(self.row) {
                    self.graph
                        .tell_meaning(person, Meaning::Community(0), "partition", line);
                }
            }
            Section::Other => {}
        }
    }

    /// Files without a `*Vertices` may name anybody.
    fn end(&mut self, token: &str) -> Result<usize, &'static str> {
        let n = if self.n == 0 {
            u64::from(u32::MAX)
        } else {
            self.n
        };
        let k = number(token, n)?;
        self.graph
            .person(&k.to_string())
            .ok_or("the number of a person is not a number")
    }

    fn known(&mut self, k: u64) -> Option<usize> {
        (k <= self.n).then(|| self.graph.person(&k.to_string()))?
    }

    fn vertex(&mut self, line: &str, place: u64) {
        let words = words(line, false);
        let person = match self.end(words.first().copied().unwrap_or_default()) {
            Ok(person) => person,
            Err(reason) => return self.graph.leave_out(reason, place),
        };
        if let Some(label) = words.get(1) {
            self.graph
                .tell_meaning(person, Meaning::Name(0), "label", label);
        }
        for (at, meaning) in [(2, Meaning::X), (3, Meaning::Y)] {
            if let Some(value) = words.get(at) {
                self.graph.tell_meaning(person, meaning, "place", value);
            }
        }
        // Behind the numbers stand pairs: `ic Red` is the colour inside.
        if let Some(at) = words.iter().skip(2).position(|w| *w == "ic")
            && let Some(colour) = words.get(at + 3)
        {
            self.graph
                .tell_meaning(person, Meaning::Colour, "ic", colour);
        }
    }

    fn pair(&mut self, line: &str, directed: bool, place: u64) {
        let words = words(line, false);
        let end = |at: usize| words.get(at).copied().unwrap_or_default();
        match self.end(end(0)).and_then(|a| Ok((a, self.end(end(1))?))) {
            Ok(ends) => {
                let facts = TieFacts::weighing(end(2)).with_kind(self.kind);
                self.graph.tie_between(ends, &facts, directed, place);
            }
            Err(reason) => self.graph.leave_out(reason, place),
        }
    }

    fn list(&mut self, line: &str, directed: bool, place: u64) {
        let words = words(line, false);
        let from = match self.end(words.first().copied().unwrap_or_default()) {
            Ok(from) => from,
            Err(reason) => return self.graph.leave_out(reason, place),
        };
        let facts = TieFacts::default().with_kind(self.kind);
        for word in words.iter().skip(1) {
            match self.end(word) {
                Ok(to) => self.graph.tie_between((from, to), &facts, directed, place),
                Err(reason) => self.graph.leave_out(reason, place),
            }
        }
    }

    fn matrix_row(&mut self, line: &str, place: u64) {
        let (first, n_rows, n_columns) = self.shape();
        for (column, word) in words(line, false).into_iter().enumerate() {
            if self.row > n_rows || column as u64 >= n_columns {
                let reason = "the number of a person is out of range";
                self.graph.leave_out(reason, place);
                continue;
            }
            match word.parse::<f64>() {
                Ok(0.0) => {}
                Ok(w) if w > 0.0 && w.is_finite() => {
                    let cell = (
                        self.row as u32 - 1,
                        (first + column as u64) as u32,
                        w,
                        place,
                    );
                    self.cells.push(cell);
                }
                wrong => {
                    let reason = super::gathered::wrong_weight(wrong.ok());
                    self.graph.leave_out(reason, place);
                }
            }
        }
    }

    /// The first column's person from 0, rows, columns of a matrix: with two modes the rows' people come first.
    fn shape(&self) -> (u64, u64, u64) {
        if self.n_rows > 0 && self.n_rows < self.n {
            (self.n_rows, self.n_rows, self.n - self.n_rows)
        } else {
            (0, self.n, self.n)
        }
    }

    fn finish_matrix(&mut self) {
        let cells = std::mem::take(&mut self.cells);
        let most = cells.iter().map(|c| c.0.max(c.1)).max();
        let Some(most) = most else { return };
        let people: Vec<Option<usize>> = (0..=u64::from(most)).map(|k| self.known(k + 1)).collect();
        square(self.graph, &cells, (&people, &people));
    }
}
