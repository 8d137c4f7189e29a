//! How often long loops look at the stop sign.

use crate::progress::{Cancelled, Progress};

/// Rows of ties looked at between two looks: about a millisecond, and the look costs nothing beside them.
const ROWS: usize = 1 << 13;

/// Looks at the stop sign when `row` is a multiple of 8192: for loops over people and their ties.
///
/// # Errors
/// [`Cancelled`] when nobody waits any more.
pub(super) fn check_at(progress: &Progress, row: usize) -> Result<(), Cancelled> {
    if row.is_multiple_of(ROWS) {
        progress.check()
    } else {
        Ok(())
    }
}
