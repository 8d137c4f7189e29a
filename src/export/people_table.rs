//! Rows and columns of the table of everybody, as CSV or for the clipboard.

use super::csv::{harmless, number};
use crate::explore::{Column, Everybody, Value};
use crate::people::PersonId;
use crate::progress::{Cancelled, Progress};

/// Rows written between two looks at the stop sign.
const AT_A_TIME: usize = 1 << 12;

/// `people` in their order under the names of `columns`, in UTF-8, `separator` between cells. Empty cells: unknown or not measured.
/// Words are made harmless for spreadsheets; numbers have a point.
///
/// # Errors
/// [`Cancelled`] only.
pub fn bytes(
    everybody: &Everybody<'_>,
    columns: &[Column],
    people: &[PersonId],
    separator: u8,
    progress: &Progress,
) -> Result<Vec<u8>, Cancelled> {
    const ROOM: &str = "memory takes every row";
    let mut table = ::csv::WriterBuilder::new()
        .delimiter(separator)
        .from_writer(Vec::new());
    let header = columns.iter().map(|column| column.header());
    table.write_record(header).expect(ROOM);
    for part in people.chunks(AT_A_TIME) {
        for person in part {
            for column in columns {
                let written = match everybody.value(*column, *person) {
                    Value::Nothing => table.write_field(""),
                    Value::Text(text) => table.write_field(harmless(text).as_bytes()),
                    Value::Number(value) => table.write_field(number(value)),
                };
                written.expect(ROOM);
            }
            table.write_record(None::<&[u8]>).expect(ROOM);
        }
        progress.advance(part.len() as u64)?;
    }
    Ok(table.into_inner().expect(ROOM))
}
