//! Parquet, Arrow and Feather files become a table of text.
//!
//! Panics of the readers on damaged files are caught and told as damage. Rows count from 1, the first below the header.

use std::io::Cursor;

use arrow::array::{Array as _, ArrayRef, AsArray as _, RecordBatch};
use arrow::datatypes::{DataType, Float32Type, Float64Type, Schema};
use arrow::error::ArrowError;
use arrow::ipc::reader::{FileReader, StreamReader};
use arrow::util::display::{ArrayFormatter, FormatOptions};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::ImportError;
use super::arrow_size;
use super::guard::guarded;
use super::rows::{Rows, RowsWriter, number};
use super::unpack::Budget;
use crate::progress::{Cancelled, Progress};

/// Rows read at once.
const ROWS_AT_ONCE: usize = 4096;

/// The three ways in which columnar tables lie on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    Parquet,
    File,
    Stream,
}

fn layout(bytes: &[u8]) -> Option<Layout> {
    if bytes.starts_with(b"PAR1") {
        Some(Layout::Parquet)
    } else if bytes.starts_with(b"ARROW1") {
        Some(Layout::File)
    } else if bytes.starts_with(b"\xff\xff\xff\xff") && bytes.get(7) == Some(&0) {
        // A message of less than 16 MB follows; no text begins so.
        Some(Layout::Stream)
    } else {
        None
    }
}

/// True for bytes that begin like Parquet, Arrow or Feather.
pub(super) fn is_columnar(bytes: &[u8]) -> bool {
    layout(bytes).is_some()
}

/// Reads the whole table. Lists of names become one cell, joined with `|`.
///
/// # Errors
/// [`ImportError::Damaged`], [`ImportError::NothingInside`], [`ImportError::TooMuchInside`], [`ImportError::Cancelled`].
pub(super) fn read(
    file: &str,
    bytes: &[u8],
    budget: &mut Budget,
    progress: &Progress,
) -> Result<Rows, ImportError> {
    let Some(layout) = layout(bytes) else {
        return Err(ImportError::damaged(
            "table",
            &"its beginning is missing",
            file,
        ));
    };
    let (encoding, what) = match layout {
        Layout::Parquet => ("Parquet", "Parquet file"),
        Layout::File | Layout::Stream => ("Arrow", "Arrow file"),
    };
    let read = guarded(|| {
        let mut table = Table {
            writer: RowsWriter::default(),
            rows: 0,
            budget,
            progress,
        };
        match layout {
            Layout::Parquet => table.parquet(bytes)?,
            Layout::File => {
                arrow_size::check_file(bytes, table.budget)?;
                let reader = FileReader::try_new(Cursor::new(bytes), None)?;
                let schema = reader.schema();
                table.batches(&schema, reader)?;
            }
            Layout::Stream => {
                arrow_size::check_stream(bytes, table.budget)?;
                let reader = StreamReader::try_new(Cursor::new(bytes), None)?;
                let schema = reader.schema();
                table.batches(&schema, reader)?;
            }
        }
        Ok(table.writer.finish(encoding, 0))
    });
    match read {
        Some(Ok(Some(rows))) => Ok(rows),
        Some(Ok(None)) => Err(ImportError::NothingInside {
            file: file.to_owned(),
        }),
        Some(Err(Failed::Told(error))) => Err(error),
        Some(Err(Failed::Damaged(detail))) => Err(ImportError::damaged(what, &detail, file)),
        None => {
            let detail = "its parts do not fit together";
            Err(ImportError::damaged(what, &detail, file))
        }
    }
}

/// Why a table could not be read.
pub(super) enum Failed {
    /// What is wrong with the file.
    Damaged(String),
    /// Anything else.
    Told(ImportError),
}

impl From<ArrowError> for Failed {
    fn from(error: ArrowError) -> Self {
        Self::Damaged(error.to_string())
    }
}

impl From<parquet::errors::ParquetError> for Failed {
    fn from(error: parquet::errors::ParquetError) -> Self {
        Self::Damaged(error.to_string())
    }
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

/// The text so far.
struct Table<'t> {
    writer: RowsWriter,
    rows: u64,
    budget: &'t mut Budget,
    progress: &'t Progress,
}

impl Table<'_> {
    fn parquet(&mut self, bytes: &[u8]) -> Result<(), Failed> {
        let owned = bytes::Bytes::copy_from_slice(bytes);
        let builder = ParquetRecordBatchReaderBuilder::try_new(owned)?;
        let schema = builder.schema().clone();
        self.batches(&schema, builder.with_batch_size(ROWS_AT_ONCE).build()?)
    }

    fn batches(
        &mut self,
        schema: &Schema,
        batches: impl Iterator<Item = Result<RecordBatch, ArrowError>>,
    ) -> Result<(), Failed> {
        // What data programs keep for themselves: the numbers of the rows.
        let kept: Vec<usize> = (0..schema.fields().len())
            .filter(|&i| !schema.field(i).name().starts_with("__index_level_"))
            .collect();
        for (column, &i) in kept.iter().enumerate() {
            let name = schema.field(i).name();
            self.writer.cell(0, column as u64, name, self.budget)?;
        }
        for batch in batches {
            self.progress.check()?;
            let batch = batch?;
            let columns: Vec<&ArrayRef> = kept
                .iter()
                .filter_map(|&i| batch.columns().get(i))
                .collect();
            self.batch(&columns, batch.num_rows())?;
        }
        Ok(())
    }

    fn batch(&mut self, columns: &[&ArrayRef], n_rows: usize) -> Result<(), Failed> {
        let options = FormatOptions::new().with_null("").with_display_error(false);
        let cells = columns
            .iter()
            .map(|column| Cells::of(column, &options))
            .collect::<Result<Vec<_>, ArrowError>>()?;
        // Rows of nothing take no room in the file, but time here.
        self.budget.take(n_rows as u64)?;
        let mut text = String::new();
        for row in 0..n_rows {
            if row.is_multiple_of(256) {
                self.progress.check()?;
            }
            self.rows += 1;
            for (column, cells) in cells.iter().enumerate() {
                text.clear();
                cells.write(row, &options, &mut text)?;
                self.writer
                    .cell(self.rows, column as u64, &text, self.budget)?;
            }
        }
        Ok(())
    }
}

/// One column of a batch.
enum Cells<'a> {
    /// Whole numbers stay whole: `1990000000000000000.0` is an id, as damaged as it may be.
    Floats(Vec<Option<f64>>),
    /// Text that its writer did not call text.
    Bytes(Vec<Option<&'a [u8]>>),
    /// Lists, one array an element.
    Lists(Vec<Option<ArrayRef>>),
    Other(ArrayFormatter<'a>),
}

impl<'a> Cells<'a> {
    fn of(column: &'a ArrayRef, options: &FormatOptions<'a>) -> Result<Self, ArrowError> {
        Ok(match column.data_type() {
            DataType::Float32 => {
                let floats = column.as_primitive::<Float32Type>().iter();
                Self::Floats(floats.map(|f| f.map(f64::from)).collect())
            }
            DataType::Float64 => {
                Self::Floats(column.as_primitive::<Float64Type>().iter().collect())
            }
            DataType::Binary => Self::Bytes(column.as_binary::<i32>().iter().collect()),
            DataType::LargeBinary => Self::Bytes(column.as_binary::<i64>().iter().collect()),
            DataType::BinaryView => Self::Bytes(column.as_binary_view().iter().collect()),
            DataType::List(_) => Self::Lists(column.as_list::<i32>().iter().collect()),
            DataType::LargeList(_) => Self::Lists(column.as_list::<i64>().iter().collect()),
            DataType::FixedSizeList(_, _) => {
                Self::Lists(column.as_fixed_size_list().iter().collect())
            }
            _ => Self::Other(ArrayFormatter::try_new(column.as_ref(), options)?),
        })
    }

    fn write(
        &self,
        row: usize,
        options: &FormatOptions<'_>,
        text: &mut String,
    ) -> Result<(), ArrowError> {
        match self {
            Self::Floats(values) => {
                if let Some(value) = values.get(row).copied().flatten().filter(|v| !v.is_nan()) {
                    text.push_str(&number(value));
                }
                Ok(())
            }
            Self::Bytes(values) => {
                if let Some(value) = values.get(row).copied().flatten() {
                    text.push_str(&String::from_utf8_lossy(value));
                }
                Ok(())
            }
            Self::Lists(lists) => match lists.get(row) {
                Some(Some(list)) => join(list, options, text),
                _ => Ok(()),
            },
            Self::Other(formatter) => formatter.value(row).write(text),
        }
    }
}

/// The items of one list, joined with `|`; items that hold one themselves, or are empty, stay out.
fn join(list: &ArrayRef, options: &FormatOptions<'_>, text: &mut String) -> Result<(), ArrowError> {
    let items = ArrayFormatter::try_new(list.as_ref(), options)?;
    for i in (0..list.len()).filter(|&i| list.is_valid(i)) {
        let item = items.value(i).try_to_string()?;
        if item.trim().is_empty() || item.contains('|') {
            continue;
        }
        if !text.is_empty() {
            text.push('|');
        }
        text.push_str(&item);
    }
    Ok(())
}
