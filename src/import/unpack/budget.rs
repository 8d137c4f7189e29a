//! How much may come out of one source, so that a small hostile file cannot fill the memory.

use crate::import::{ImportError, Source};

/// The most bytes that come out of one source, however large it is.
const MOST_BYTES: u64 = 8 << 30;
/// How many times its own size a source may hold: text of real exports packs to a tenth, hardly ever to a fiftieth.
const MOST_TIMES: u64 = 200;
/// What any source may hold, however small it is.
const ALWAYS: u64 = 64 << 20;
/// The most files in one source, those in inner archives included.
const MOST_FILES: usize = 10_000;

/// What may still come out of one source: at most 200 times its size and 64 MiB, at most 8 GiB, at most 10,000 files.
#[derive(Debug, Clone)]
pub(in crate::import) struct Budget {
    file: String,
    limit: u64,
    left: u64,
    files_left: usize,
}

impl Budget {
    /// The budget of a whole source.
    pub(in crate::import) fn new(source: &Source) -> Self {
        let packed = source.bytes.len() as u64;
        let limit = packed
            .saturating_mul(MOST_TIMES)
            .saturating_add(ALWAYS)
            .min(MOST_BYTES);
        Self {
            file: source.name.clone(),
            limit,
            left: limit,
            files_left: MOST_FILES,
        }
    }

    /// Takes `n` bytes.
    ///
    /// # Errors
    /// [`ImportError::TooMuchInside`] when that is more than there may be.
    pub(in crate::import) fn take(&mut self, n: u64) -> Result<(), ImportError> {
        match self.left.checked_sub(n) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => Err(ImportError::TooMuchInside {
                limit_mb: self.limit >> 20,
                file: self.file.clone(),
            }),
        }
    }

    /// Takes `n` files.
    ///
    /// # Errors
    /// [`ImportError::TooManyInside`] when that are more than there may be.
    pub(in crate::import) fn take_files(&mut self, n: usize) -> Result<(), ImportError> {
        match self.files_left.checked_sub(n) {
            Some(left) => {
                self.files_left = left;
                Ok(())
            }
            None => Err(ImportError::TooManyInside {
                most: MOST_FILES,
                file: self.file.clone(),
            }),
        }
    }
}
