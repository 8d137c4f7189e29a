//! The outreach list as a workbook: a header that stays, filters, numbers as numbers, everything else as text.

use std::borrow::Cow;
use std::io;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Url, Workbook, Worksheet, XlsxError,
};

use super::list::{Cell, HEADER};

/// Letters that a cell holds, as Excel counts them: in units of UTF-16.
const MOST_LETTERS: usize = 32_767;
/// Links that a sheet holds.
const MOST_LINKS: usize = 65_530;
/// Width of each column, in letters.
const WIDTHS: [f64; 12] = [
    11.0, 24.0, 26.0, 30.0, 11.0, 14.0, 21.0, 22.0, 14.0, 70.0, 16.0, 44.0,
];
/// The column of keys, which lead to profiles.
const PERSON: usize = 1;

/// The rows of the list as a workbook with one sheet. `profile` tells where a person's profile is, by key.
///
/// The same rows give the same bytes: the day it was made is written as 1 January 2000.
///
/// # Errors
/// Where a sheet does not hold so many rows.
pub(super) fn outreach_list(
    rows: impl Iterator<Item = [Cell; 12]>,
    profile: impl Fn(&str) -> Option<String>,
) -> io::Result<Vec<u8>> {
    book(rows, profile).map_err(io::Error::other)
}

fn book(
    rows: impl Iterator<Item = [Cell; 12]>,
    profile: impl Fn(&str) -> Option<String>,
) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let sheet = book.add_worksheet().set_name("Outreach list")?;
    let bold = Format::new().set_bold();
    for ((column, name), width) in (0..).zip(HEADER).zip(WIDTHS) {
        sheet.write_string_with_format(0, column, name, &bold)?;
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    let mut writer = CellWriter::new(sheet);
    let mut last = 0;
    for (row, cells) in (1..).zip(rows) {
        for ((column, cell), at) in (0..).zip(&cells).zip(0..) {
            let link = match cell {
                Cell::Text(key) if at == PERSON => profile(key),
                _ => None,
            };
            writer.write((row, column), cell, link)?;
        }
        last = row;
    }
    let last_column = HEADER.len() as u16 - 1;
    sheet.autofilter(0, 0, last, last_column)?;
    book.save_to_buffer()
}

/// Writes cells one by one.
struct CellWriter<'s> {
    sheet: &'s mut Worksheet,
    /// Text stays text, also when somebody changes it and it begins with a sign of formulas.
    text: Format,
    link: Format,
    n_links: usize,
}

impl<'s> CellWriter<'s> {
    fn new(sheet: &'s mut Worksheet) -> Self {
        let text = Format::new().set_quote_prefix();
        Self {
            sheet,
            link: Format::new()
                .set_hyperlink()
                .set_align(FormatAlign::General),
            text,
            n_links: 0,
        }
    }

    fn write(
        &mut self,
        (row, column): (u32, u16),
        cell: &Cell,
        link: Option<String>,
    ) -> Result<(), XlsxError> {
        match cell {
            Cell::Number(value) if value.is_finite() => {
                self.sheet.write_number(row, column, *value)?;
            }
            Cell::Empty | Cell::Number(_) => {}
            Cell::Text(text) => {
                let text = fitting(text);
                if let Some(link) = link.filter(|_| self.n_links < MOST_LINKS) {
                    self.n_links += 1;
                    let link = Url::new(link).set_text(text);
                    self.sheet
                        .write_url_with_format(row, column, link, &self.link)?;
                } else if text.starts_with(['=', '+', '-', '@']) {
                    self.sheet
                        .write_string_with_format(row, column, text, &self.text)?;
                } else {
                    self.sheet.write_string(row, column, text)?;
                }
            }
        }
        Ok(())
    }
}

/// `text` cut with `…` where a cell does not hold it, and without the two signs that no XML file may hold.
fn fitting(text: &str) -> Cow<'_, str> {
    let forbidden = |c: char| matches!(c, '\u{fffe}' | '\u{ffff}');
    let text = if text.contains(forbidden) {
        Cow::Owned(text.replace(forbidden, "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    };
    if text.len() <= MOST_LETTERS || text.encode_utf16().count() <= MOST_LETTERS {
        return text;
    }
    let mut left = MOST_LETTERS - 1;
    let fits = |c: &char| {
        let enough = left >= c.len_utf16();
        left = left.saturating_sub(c.len_utf16());
        enough
    };
    let mut cut: String = text.chars().take_while(fits).collect();
    cut.push('…');
    cut.into()
}

#[cfg(test)]
mod tests {
    use super::{MOST_LETTERS, fitting};

    #[test]
    fn what_a_cell_does_not_hold_is_cut() {
        let whole = "a".repeat(MOST_LETTERS);
        assert_eq!(fitting(&whole), whole);
        let cut = fitting(&"a".repeat(MOST_LETTERS + 1)).into_owned();
        assert_eq!(cut.len(), MOST_LETTERS - 1 + '…'.len_utf8());
        assert!(cut.ends_with("a…"));
        // A sushi roll is two units of UTF-16, and is not cut in half.
        let rolls = fitting(&"🍣".repeat(MOST_LETTERS)).into_owned();
        assert_eq!(rolls.chars().count(), MOST_LETTERS / 2 + 1);
        assert_eq!(rolls.encode_utf16().count(), MOST_LETTERS);
        assert_eq!(fitting("a\u{ffff}b"), "a\u{fffd}b");
    }
}
