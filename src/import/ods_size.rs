//! How large the sheets of an `OpenDocument` workbook become, before its reader makes room for them.
//!
//! The reader makes a dense table of each sheet and writes out what the file only says to be repeated: cells, rows, spaces.
//! A workbook of two kilobytes could fill any memory so; and in a sheet that the file cuts off it would look for the end for
//! ever. Source: `OpenDocument` 1.3, part 3, 9.1 and 19.

use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::ImportError;
use super::unpack::Budget;

/// Bytes that one cell of the dense table takes.
const CELL: u64 = 32;

/// Why a workbook is not to be read.
#[derive(Debug)]
pub(super) enum Refused {
    /// Its sheets become larger than what is left.
    TooLarge(ImportError),
    /// It ends in the middle of a sheet.
    CutOff,
}

impl From<ImportError> for Refused {
    fn from(error: ImportError) -> Self {
        Self::TooLarge(error)
    }
}

/// What the cells of one sheet take. Empty cells and rows count only where a filled one follows.
#[derive(Debug, Default)]
struct Sheet {
    rows: u64,
    width: u64,
    text: u64,
}

/// The row that is open.
#[derive(Debug, Default)]
struct Row {
    repeated: u64,
    /// Cells so far, and those up to the last filled one.
    cells: u64,
    filled: u64,
    text: u64,
}

/// The cell that is open.
#[derive(Debug, Default)]
struct Cell {
    repeated: u64,
    text: u64,
}

/// Looks through the sheets of the workbook in `bytes`, of which every part fits into memory.
///
/// # Errors
/// [`Refused::TooLarge`] when they become larger than what is left of `budget`, [`Refused::CutOff`]. What is no XML is no error
/// here: the reader says it better.
pub(super) fn check(bytes: &[u8], budget: &Budget) -> Result<(), Refused> {
    let mut content = Vec::new();
    let Ok(mut zip) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        return Ok(());
    };
    let Ok(mut part) = zip.by_name("content.xml") else {
        return Ok(());
    };
    if part.read_to_end(&mut content).is_err() {
        return Ok(());
    }
    check_sheets(&String::from_utf8_lossy(&content), budget)
}

fn check_sheets(content: &str, budget: &Budget) -> Result<(), Refused> {
    let mut reader = Reader::from_str(content);
    reader.config_mut().expand_empty_elements = true;
    // As the workbook's reader does.
    reader.config_mut().check_end_names = false;
    let mut in_sheet = false;
    let (mut passed, mut sheet) = (0_u64, Sheet::default());
    let (mut rows, mut row, mut cell) = (0_u64, Row::default(), Cell::default());
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => match tag.local_name().into_inner() {
                "table" => {
                    passed = passed.saturating_add(sheet.cost());
                    (sheet, rows) = (Sheet::default(), 0);
                    in_sheet = true;
                }
                "table-row" => {
                    row = Row {
                        repeated: times(&tag, "number-rows-repeated"),
                        ..Row::default()
                    };
                }
                "table-cell" | "covered-table-cell" => {
                    // A value that is written in the mark itself fills the cell, too.
                    let value = tag.len() as u64;
                    let filled = tag.attributes().flatten().any(|a| {
                        let name = a.key.local_name().into_inner();
                        name == "value-type" || name.ends_with("value") || name == "formula"
                    });
                    cell = Cell {
                        repeated: times(&tag, "number-columns-repeated"),
                        text: if filled { value } else { 0 },
                    };
                }
                "s" => cell.text = cell.text.saturating_add(times(&tag, "c")),
                _ => {}
            },
            Ok(Event::Text(text)) => cell.text += text.len() as u64,
            Ok(Event::CData(text)) => cell.text += text.len() as u64,
            Ok(Event::GeneralRef(_)) => cell.text += 4,
            Ok(Event::End(tag)) => match tag.local_name().into_inner() {
                "table" => in_sheet = false,
                "table-cell" | "covered-table-cell" => row.add(&std::mem::take(&mut cell)),
                "table-row" => {
                    let row = std::mem::take(&mut row);
                    rows = rows.saturating_add(row.repeated);
                    sheet.add(&row, rows);
                    budget.clone().take(passed.saturating_add(sheet.cost()))?;
                }
                _ => {}
            },
            Ok(Event::Eof) if in_sheet => return Err(Refused::CutOff),
            Ok(Event::Eof) | Err(_) => {
                // A cell that never ends was made, too.
                let open = cell.text.saturating_add(row.text);
                let all = passed.saturating_add(sheet.cost()).saturating_add(open);
                return Ok(budget.clone().take(all)?);
            }
            Ok(_) => {}
        }
    }
}

impl Row {
    fn add(&mut self, cell: &Cell) {
        self.cells = self.cells.saturating_add(cell.repeated);
        if cell.text > 0 {
            self.filled = self.cells;
            let text = cell.repeated.saturating_mul(cell.text);
            self.text = self.text.saturating_add(text);
        }
    }
}

impl Sheet {
    /// Adds a row behind which the sheet has `rows` rows.
    fn add(&mut self, row: &Row, rows: u64) {
        if row.filled > 0 {
            self.rows = rows;
            self.width = self.width.max(row.filled);
            let text = row.repeated.saturating_mul(row.text);
            self.text = self.text.saturating_add(text);
        }
    }

    fn cost(&self) -> u64 {
        let cells = self.rows.saturating_mul(self.width);
        cells.saturating_mul(CELL).saturating_add(self.text)
    }
}

/// How often `tag` says that it is repeated.
fn times(tag: &BytesStart<'_>, name: &str) -> u64 {
    let mut found = tag.attributes();
    found
        .with_checks(false)
        .flatten()
        .find(|a| a.key.local_name().into_inner() == name)
        .and_then(|a| a.value.trim().parse().ok())
        .unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Source;

    fn fits(rows: &str) -> bool {
        let budget = Budget::new(&Source {
            name: "b.ods".to_owned(),
            bytes: Vec::new(),
        });
        let content = format!("<c xmlns:t=\"t\"><t:table>{rows}</t:table></c>");
        check_sheets(&content, &budget).is_ok()
    }

    #[test]
    fn a_sheet_that_never_ends_is_refused() {
        let budget = Budget::new(&Source {
            name: "b.ods".to_owned(),
            bytes: Vec::new(),
        });
        let check = |content: &str| check_sheets(content, &budget);
        let sheet = "<table:table table:name=\"a\"><table:table-row/>";
        assert!(matches!(check(sheet), Err(Refused::CutOff)));
        let closed_by_another = format!("<b>{sheet}</b>");
        assert!(matches!(check(&closed_by_another), Err(Refused::CutOff)));
        assert!(check(&format!("<b>{sheet}</table:table></b>")).is_ok());
    }

    #[test]
    fn only_what_is_filled_counts() {
        let cell = |x: &str| format!("<t:table-cell {x}><t:p>abc</t:p></t:table-cell>");
        let row = |cells: &str, x: &str| format!("<t:table-row {x}>{cells}</t:table-row>");
        let many = "t:number-rows-repeated=\"1000000\"";
        let empty = "<t:table-cell t:number-columns-repeated=\"16384\"/>";
        assert!(fits(&row(&cell(""), "")));
        assert!(fits(&(row(&cell(""), "") + &row(empty, many))));
        assert!(!fits(&row(&cell("t:number-columns-repeated=\"9\""), many)));
        assert!(!fits(
            &(row(empty, many) + &row(&(empty.to_owned() + &cell("")), ""))
        ));
        assert!(!fits(&row(
            "<t:table-cell><t:s t:c=\"4000000000\"/></t:table-cell>",
            ""
        )));
    }
}
