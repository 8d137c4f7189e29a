//! How often long loops look at the stop sign.

use crate::progress::{Cancelled, Progress};

/// Neighbours looked at between two looks of [`Patience`]: well under a millisecond.
const NEIGHBOURS: usize = 1 << 15;

/// Counts work, and looks at the stop sign now and then: for walks whose rows are of any length.
#[derive(Debug, Default)]
pub(super) struct Patience {
    seen: usize,
}

impl Patience {
    /// Counts the `neighbours` of one more place.
    ///
    /// # Errors
    /// [`Cancelled`] when nobody waits any more.
    pub(super) fn count(
        &mut self,
        neighbours: usize,
        progress: &Progress,
    ) -> Result<(), Cancelled> {
        self.seen += neighbours + 1;
        if self.seen >= NEIGHBOURS {
            self.seen = 0;
            progress.check()?;
        }
        Ok(())
    }
}

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
