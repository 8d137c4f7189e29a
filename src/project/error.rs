//! Why a project file cannot be opened or written.

use std::io;
use std::path::Path;

use crate::campaign::EditError;
use crate::problem::Problem;
use crate::progress::Cancelled;

/// Why a project file cannot be opened or written; the file is as it was before.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    /// Nothing in it.
    #[error("the project file is empty")]
    Empty,
    /// Some other file.
    #[error("this is no project file of Isthmus")]
    NotAProject,
    /// Written by a later program.
    #[error("the project file is of version {0}, newer than this program")]
    Newer(i32),
    /// Neither people nor a list could be read.
    #[error("the project file is damaged, and nothing in it can be read ({0})")]
    Damaged(String),
    /// The system does not let us.
    #[error("the project file cannot be read ({0})")]
    Unreadable(io::Error),
    /// The system does not let us write.
    #[error("the project file cannot be written ({0})")]
    Unwritable(io::Error),
    /// No room on the disk.
    #[error("the disk is full")]
    DiskFull,
    /// What the database says.
    #[error("the project file cannot be written ({0})")]
    Database(rusqlite::Error),
    /// Another window has it open.
    #[error("the project is open in another window")]
    InUse,
    /// An edit that does not fit what the file holds.
    #[error("the project file holds something else than the window shows")]
    Apart,
    /// As [`ProjectError::Apart`]: a change that cannot be made there.
    #[error("the project file holds something else than the window shows ({0})")]
    Refused(#[from] EditError),
    /// Nobody waits any more.
    #[error("the work was cancelled")]
    Cancelled(#[from] Cancelled),
}

impl ProjectError {
    /// What the person can do about it.
    pub fn advice(&self) -> &'static str {
        match self {
            Self::Empty | Self::NotAProject => {
                "Choose a file that ends with .isthmus and was saved by this program"
            }
            Self::Newer(_) => "Open it with the newer Isthmus; nothing in it was changed",
            Self::Damaged(_) => {
                "Nothing in it was changed; open a copy from a backup, or the export it was made from"
            }
            Self::Unreadable(_) => "Check that you may read it and that the disk is still there",
            Self::Unwritable(_) => "Choose a folder where you may write and that has room",
            Self::DiskFull => {
                "Make room; what was done is kept in the window and is written with the next change"
            }
            Self::Database(_) => {
                "What was done is kept in the window; save it under another name with Save as…"
            }
            Self::InUse => "Close it there first, or save under another name",
            Self::Apart | Self::Refused(_) => "Save under another name with Save as…",
            Self::Cancelled(_) => "Start it again when you want it; nothing was changed",
        }
    }

    /// The problem, about the file at `path`.
    pub fn about(self, path: &Path) -> Problem {
        Problem::new(self.to_string(), self.advice()).about(path.display().to_string())
    }
}

impl From<rusqlite::Error> for ProjectError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::DiskFull,
            Some(rusqlite::ErrorCode::NotADatabase) => Self::NotAProject,
            _ => Self::Database(error),
        }
    }
}

impl From<io::Error> for ProjectError {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::StorageFull {
            Self::DiskFull
        } else {
            Self::Unwritable(error)
        }
    }
}
