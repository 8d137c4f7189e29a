//! Workbooks of spreadsheet programs become one table of text for each visible sheet.
//!
//! Panics of the reader on damaged files are caught and told as damage.

use std::io::{self, Cursor, Read, Seek, SeekFrom};

use calamine::{
    Data, DataRef, ExcelDateTime, Ods, OdsError, Range, Reader as _, Sheet, SheetType,
    SheetVisible, Xls, XlsError, Xlsb, XlsbError, Xlsx, XlsxError,
};

use super::ImportError;
use super::guard::guarded;
use super::ods_size;
use super::rows::{Rows, RowsWriter, number};
use super::unpack::Budget;
use super::xls_size;
use crate::progress::{Cancelled, Progress};

/// Cells between two looks at the stop sign.
const CELLS_BETWEEN_CHECKS: u32 = 4096;

/// The kinds of workbooks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Excel since 2007.
    Xlsx,
    /// Excel since 2007, binary.
    Xlsb,
    /// Excel until 2003.
    Xls,
    /// `LibreOffice` and its kin.
    Ods,
}

/// What a workbook holds.
#[derive(Debug, Default)]
pub(super) struct Workbook {
    /// The visible sheets that hold anything, by name, in order.
    pub sheets: Vec<(String, Rows)>,
    /// The names of hidden sheets.
    pub hidden: Vec<String>,
}

/// Reads all visible sheets. Numbers lose their `.0`, dates become ISO text.
///
/// # Errors
/// [`ImportError::Damaged`], [`ImportError::Locked`], [`ImportError::NothingInside`], [`ImportError::TooMuchInside`],
/// [`ImportError::Cancelled`].
pub(super) fn read(
    file: &str,
    bytes: &[u8],
    kind: Kind,
    budget: &mut Budget,
    progress: &Progress,
) -> Result<Workbook, ImportError> {
    let read = guarded(|| {
        let source = Watched {
            bytes: Cursor::new(bytes),
            progress,
        };
        let work = Work {
            budget: &mut *budget,
            progress,
        };
        match kind {
            Kind::Xlsx => {
                measure(bytes, work.budget, progress)?;
                xlsx(source, work)
            }
            Kind::Xlsb => {
                measure(bytes, work.budget, progress)?;
                xlsb(source, work)
            }
            Kind::Ods => {
                measure(bytes, work.budget, progress)?;
                ods_size::check(bytes, work.budget).map_err(|what| match what {
                    ods_size::Refused::TooLarge(error) => Failed::Told(error),
                    ods_size::Refused::CutOff => {
                        Failed::Damaged("it ends in the middle of a sheet".to_owned())
                    }
                })?;
                ods(source, work)
            }
            Kind::Xls => {
                xls_size::check(bytes).map_err(|what| match what {
                    xls_size::Refused::Locked => Failed::Locked,
                    xls_size::Refused::Damaged(detail) => Failed::Damaged(detail.to_owned()),
                })?;
                xls(source, work)
            }
        }
    });
    let broken = |detail: &str| ImportError::damaged("workbook", &detail, file);
    let book = match read {
        Some(Ok(book)) => book,
        Some(Err(_)) if progress.is_cancelled() => return Err(Cancelled.into()),
        Some(Err(Failed::Told(error))) => return Err(error),
        Some(Err(Failed::Locked)) => {
            return Err(ImportError::Locked {
                file: file.to_owned(),
            });
        }
        Some(Err(Failed::Damaged(detail))) => return Err(broken(&detail)),
        None => return Err(broken("its parts do not fit together")),
    };
    if book.sheets.is_empty() {
        return Err(ImportError::NothingInside {
            file: file.to_owned(),
        });
    }
    Ok(book)
}

/// Why a workbook could not be read.
enum Failed {
    Locked,
    Damaged(String),
    Told(ImportError),
}

impl From<ImportError> for Failed {
    fn from(error: ImportError) -> Self {
        Self::Told(error)
    }
}

impl From<Cancelled> for Failed {
    fn from(cancelled: Cancelled) -> Self {
        Self::Told(cancelled.into())
    }
}

macro_rules! failed_from {
    ($($error:ident),*) => {$(
        impl From<$error> for Failed {
            fn from(error: $error) -> Self {
                match error {
                    $error::Password => Self::Locked,
                    error => Self::Damaged(error.to_string()),
                }
            }
        }
    )*};
}
failed_from!(XlsxError, XlsbError, XlsError, OdsError);

/// What the sheets are read with.
struct Work<'w> {
    budget: &'w mut Budget,
    progress: &'w Progress,
}

/// Bytes that stop coming when nobody waits any more.
struct Watched<'b> {
    bytes: Cursor<&'b [u8]>,
    progress: &'b Progress,
}

impl Read for Watched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.progress.check().map_err(io::Error::other)?;
        self.bytes.read(buffer)
    }
}

impl Seek for Watched<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}

/// Unpacks every part once and throws it away: the reader keeps parts in memory without asking how large they become, and
/// what the archive says of their sizes may be a lie.
fn measure(bytes: &[u8], budget: &mut Budget, progress: &Progress) -> Result<(), Failed> {
    let damaged = |error: zip::result::ZipError| Failed::Damaged(error.to_string());
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    budget.take_files(zip.len())?;
    let mut block = vec![0; 256 << 10];
    for i in 0..zip.len() {
        let mut part = zip.by_index(i).map_err(damaged)?;
        if part.is_dir() || part.name().is_ok_and(|name| name.starts_with("xl/media/")) {
            continue;
        }
        loop {
            progress.check()?;
            match part.read(&mut block) {
                Ok(0) => break,
                Ok(n) => budget.take(n as u64)?,
                Err(error) => return Err(Failed::Damaged(error.to_string())),
            }
        }
    }
    Ok(())
}

/// Splits sheets into those to read and the names of hidden ones.
fn visible(sheets: &[Sheet]) -> (Vec<String>, Vec<String>) {
    let tables = sheets.iter().filter(|s| s.typ == SheetType::WorkSheet);
    let (shown, hidden): (Vec<&Sheet>, Vec<&Sheet>) =
        tables.partition(|s| s.visible == SheetVisible::Visible);
    let names = |sheets: Vec<&Sheet>| sheets.into_iter().map(|s| s.name.clone()).collect();
    (names(shown), names(hidden))
}

/// Sheets that are read cell by cell, so that a sheet of two far corners costs two cells.
macro_rules! cell_by_cell {
    ($name:ident, $book:ident, $encoding:literal) => {
        fn $name(source: Watched<'_>, work: Work<'_>) -> Result<Workbook, Failed> {
            let mut book = $book::new(source)?;
            let (shown, hidden) = visible(book.sheets_metadata());
            let mut sheets = Vec::new();
            for name in shown {
                let mut writer = RowsWriter::default();
                let mut cells = book.worksheet_cells_reader(&name)?;
                let mut n = 0u32;
                while let Some(cell) = cells.next_cell()? {
                    n = n.wrapping_add(1);
                    if n.is_multiple_of(CELLS_BETWEEN_CHECKS) {
                        work.progress.check()?;
                    }
                    let (row, column) = cell.get_position();
                    let (row, column) = (u64::from(row), u64::from(column));
                    match cell.get_value() {
                        DataRef::String(text) => writer.cell(row, column, text, work.budget)?,
                        DataRef::SharedString(text) => {
                            writer.cell(row, column, text, work.budget)?;
                        }
                        other => {
                            let text = text_of(&Data::from(other.clone()));
                            writer.cell(row, column, &text, work.budget)?;
                        }
                    }
                }
                sheets.extend(writer.finish($encoding, 1).map(|rows| (name, rows)));
            }
            Ok(Workbook { sheets, hidden })
        }
    };
}
cell_by_cell!(xlsx, Xlsx, "Excel workbook");
cell_by_cell!(xlsb, Xlsb, "Excel workbook");

fn xls(source: Watched<'_>, mut work: Work<'_>) -> Result<Workbook, Failed> {
    let mut book = Xls::new(source)?;
    let (shown, hidden) = visible(book.sheets_metadata());
    let mut sheets = Vec::new();
    for name in shown {
        let range = book.worksheet_range(&name)?;
        let rows = of_range(&range, &mut work, "Excel workbook")?;
        sheets.extend(rows.map(|rows| (name, rows)));
    }
    Ok(Workbook { sheets, hidden })
}

fn ods(source: Watched<'_>, mut work: Work<'_>) -> Result<Workbook, Failed> {
    let mut book = Ods::new(source)?;
    let (shown, hidden) = visible(book.sheets_metadata());
    let mut sheets = Vec::new();
    for name in shown {
        let range = book.worksheet_range(&name)?;
        let rows = of_range(&range, &mut work, "OpenDocument workbook")?;
        sheets.extend(rows.map(|rows| (name, rows)));
    }
    Ok(Workbook { sheets, hidden })
}

fn of_range(
    range: &Range<Data>,
    work: &mut Work<'_>,
    encoding: &'static str,
) -> Result<Option<Rows>, Failed> {
    let budget = &mut *work.budget;
    let mut writer = RowsWriter::default();
    let (top, left) = range.start().unwrap_or_default();
    for (row, cells) in range.rows().enumerate() {
        if row.is_multiple_of(64) {
            work.progress.check()?;
        }
        for (column, cell) in cells.iter().enumerate() {
            let place = (u64::from(top) + row as u64, u64::from(left) + column as u64);
            match cell {
                Data::Empty => {}
                Data::String(text) => writer.cell(place.0, place.1, text, budget)?,
                other => writer.cell(place.0, place.1, &text_of(other), budget)?,
            }
        }
    }
    Ok(writer.finish(encoding, 1))
}

/// A cell as text: what a person would see, but dates as ISO and numbers unrounded.
fn text_of(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(value) => value.to_string(),
        Data::Float(value) => number(*value),
        Data::Bool(value) => value.to_string(),
        Data::DateTime(moment) => moment_text(moment),
    }
}

/// `2025-11-14 08:37:00`; a day without its clock at midnight, a clock without its day before the first day.
fn moment_text(moment: &ExcelDateTime) -> String {
    let value = moment.as_f64();
    // Beyond the year 9999 the number was never a date.
    if !(0.0..2_958_466.0).contains(&value) {
        return number(value);
    }
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    let clock = format!("{hour:02}:{minute:02}:{second:02}");
    if value < 1.0 || moment.is_duration() {
        return clock;
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    match (hour, minute, second, milli) {
        (0, 0, 0, 0) => date,
        _ => format!("{date} {clock}"),
    }
}
