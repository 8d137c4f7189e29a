//! Why a file could not be read at all.

use std::fmt;

use serde::Serialize;

use crate::problem::Problem;
use crate::progress::Cancelled;

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file's name.
    pub file: String,
    /// Line, from 1, counting every line break, also those inside quotes.
    pub line: u64,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} of {}", self.line, self.file)
    }
}

/// Why a file could not be read at all. One bad row is no such error.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ImportError {
    /// Nothing in the file.
    #[error("the file is empty")]
    Empty,
    /// Stopped by the person.
    #[error("{0}")]
    Cancelled(#[from] Cancelled),
}

impl ImportError {
    /// What the person can do about it.
    pub fn advice(&self) -> &'static str {
        match self {
            Self::Empty => {
                "Export it again from your monitoring tool and check that it holds posts"
            }
            Self::Cancelled(_) => "Open the file again when you want it",
        }
    }
}

impl From<ImportError> for Problem {
    fn from(error: ImportError) -> Self {
        Self::new(error.to_string(), error.advice())
    }
}
