//! How large the packed parts of an Arrow file say they are, before its reader makes room for them.
//!
//! Each packed part begins with its unpacked size, which the reader believes. Source: the Arrow columnar format,
//! "Serialization and Interprocess Communication".

use arrow::ipc::{self, MessageHeader, RecordBatch};

use super::columnar::Failed;
use super::unpack::Budget;

/// Looks through all batches of an Arrow or Feather file.
///
/// # Errors
/// [`Failed`] when the parts are larger than `budget` or cannot be followed.
pub(super) fn check_file(bytes: &[u8], budget: &mut Budget) -> Result<(), Failed> {
    let tail = bytes
        .len()
        .checked_sub(10)
        .and_then(|at| bytes.get(at..))
        .ok_or_else(cut_off)?;
    let length = i32_at(tail, 0).and_then(|n| usize::try_from(n).ok());
    let footer = length
        .and_then(|n| (bytes.len() - 10).checked_sub(n))
        .and_then(|at| bytes.get(at..bytes.len() - 10))
        .filter(|_| tail.ends_with(b"ARROW1"))
        .ok_or_else(cut_off)?;
    let footer = ipc::root_as_footer(footer).map_err(|error| Failed::Damaged(error.to_string()))?;
    let blocks = footer.recordBatches().into_iter().flatten();
    for block in footer.dictionaries().into_iter().flatten().chain(blocks) {
        let at = usize::try_from(block.offset()).map_err(|_error| cut_off())?;
        let head = usize::try_from(block.metaDataLength()).map_err(|_error| cut_off())?;
        let body = usize::try_from(block.bodyLength()).map_err(|_error| cut_off())?;
        // The reader makes room for all of the block before it reads it.
        if at.saturating_add(head).saturating_add(body) > bytes.len() {
            return Err(cut_off());
        }
        check_message(bytes, at, budget)?;
    }
    Ok(())
}

/// Looks through all messages of an Arrow stream.
///
/// # Errors
/// As [`check_file`].
pub(super) fn check_stream(bytes: &[u8], budget: &mut Budget) -> Result<(), Failed> {
    let mut at = 0;
    while at < bytes.len() {
        match check_message(bytes, at, budget)? {
            Some(next) if next > at => at = next,
            _ => break,
        }
    }
    Ok(())
}

/// Looks at the message at `at`; where the next one begins, or `None` at the end of a stream.
fn check_message(bytes: &[u8], at: usize, budget: &mut Budget) -> Result<Option<usize>, Failed> {
    let marked = i32_at(bytes, at) == Some(-1);
    let head = if marked { at.saturating_add(4) } else { at };
    let Some(length) = i32_at(bytes, head) else {
        return Ok(None);
    };
    let length = usize::try_from(length).map_err(|_error| cut_off())?;
    if length == 0 {
        return Ok(None);
    }
    let from = head.saturating_add(4);
    let body = from.saturating_add(length);
    let message = bytes.get(from..body).ok_or_else(cut_off)?;
    let message =
        ipc::root_as_message(message).map_err(|error| Failed::Damaged(error.to_string()))?;
    let batch = match message.header_type() {
        MessageHeader::RecordBatch => message.header_as_record_batch(),
        MessageHeader::DictionaryBatch => message
            .header_as_dictionary_batch()
            .and_then(|dictionary| dictionary.data()),
        _ => None,
    };
    if let Some(batch) = batch {
        check_batch(batch, bytes.get(body..).unwrap_or_default(), budget)?;
    }
    let size = usize::try_from(message.bodyLength()).map_err(|_error| cut_off())?;
    let end = body.saturating_add(size);
    if end > bytes.len() {
        return Err(cut_off());
    }
    Ok(Some(end))
}

fn check_batch(batch: RecordBatch<'_>, body: &[u8], budget: &mut Budget) -> Result<(), Failed> {
    // Rows cost the reader of the text something even where they hold nothing.
    budget.take(u64::try_from(batch.length()).map_err(|_error| cut_off())?)?;
    if batch.compression().is_none() {
        return Ok(());
    }
    let mut budget_of_parts = budget.clone();
    for part in batch.buffers().into_iter().flatten() {
        if part.length() == 0 {
            continue;
        }
        let at = usize::try_from(part.offset()).map_err(|_error| cut_off())?;
        let size = body
            .get(at..at.saturating_add(8))
            .and_then(|b| b.try_into().ok().map(i64::from_le_bytes))
            .ok_or_else(cut_off)?;
        // -1: the part is not packed.
        if size > 0 {
            budget_of_parts.take(size as u64)?;
        }
    }
    Ok(())
}

fn cut_off() -> Failed {
    Failed::Damaged("its end is missing".to_owned())
}

fn i32_at(bytes: &[u8], at: usize) -> Option<i32> {
    let part = bytes.get(at..at.checked_add(4)?)?;
    part.try_into().ok().map(i32::from_le_bytes)
}
