//! Cells of workbooks and columnar tables become text that the readers of tables take.

use super::ImportError;
use super::unpack::Budget;

/// A table written out: one line feed behind each row, commas between cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rows {
    /// The cells.
    pub text: String,
    /// What it comes from, in words, where text files tell their encoding.
    pub encoding: &'static str,
    /// The number of the first row as its program shows it: 1 for sheets, 0 for tables whose header is no row.
    pub first_row: u64,
}

/// Writes rows from cells that come in order.
#[derive(Debug, Default)]
pub(super) struct RowsWriter {
    text: String,
    row: u64,
    column: u64,
}

impl RowsWriter {
    /// Puts `cell` at `row` and `column`, both from 0. Cells before one that was written already are dropped: no program
    /// writes such.
    ///
    /// # Errors
    /// [`ImportError::TooMuchInside`].
    pub(super) fn cell(
        &mut self,
        row: u64,
        column: u64,
        cell: &str,
        budget: &mut Budget,
    ) -> Result<(), ImportError> {
        if cell.is_empty() || (row, column) < (self.row, self.column) {
            return Ok(());
        }
        let commas = if row > self.row {
            column
        } else {
            column - self.column
        };
        budget.take(row - self.row + commas)?;
        while self.row < row {
            self.end_row();
        }
        while self.column < column {
            self.text.push(',');
            self.column += 1;
        }
        let before = self.text.len();
        if cell.contains(['"', ',', '\n', '\r']) || cell.starts_with([' ', '#', '%', '/']) {
            self.text.push('"');
            for (i, part) in cell.split('"').enumerate() {
                if i > 0 {
                    self.text.push_str("\"\"");
                }
                self.text.push_str(part);
            }
            self.text.push('"');
        } else {
            self.text.push_str(cell);
        }
        budget.take((self.text.len() - before) as u64)
    }

    fn end_row(&mut self) {
        self.text.push('\n');
        self.row += 1;
        self.column = 0;
    }

    /// Everything written; `None` when that is nothing.
    pub(super) fn finish(mut self, encoding: &'static str, first_row: u64) -> Option<Rows> {
        if self.text.trim().is_empty() {
            return None;
        }
        self.end_row();
        Some(Rows {
            text: self.text,
            encoding,
            first_row,
        })
    }
}

/// A number as text, without `.0`. Beyond what a float holds exactly it is written as spreadsheets show it, so that ids
/// which were damaged so are told as such.
pub(super) fn number(value: f64) -> String {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.is_finite() && value.abs() >= EXACT {
        let text = format!("{value:E}");
        return match text.split_once('E') {
            Some((mantissa, exponent)) if !mantissa.contains('.') => {
                format!("{mantissa}.0E+{exponent}")
            }
            Some((mantissa, exponent)) => format!("{mantissa}E+{exponent}"),
            None => text,
        };
    }
    format!("{value}")
}
