//! Bytes become posts: what the file is, which column plays which role, what was left out and why.

mod error;
mod report;
mod roles;

pub use error::{ImportError, Place};
pub use report::{ImportReport, LeftOut};
pub use roles::{ColumnChoice, Role};

use crate::people::Posts;
use crate::progress::Progress;

/// One file's bytes, with the name a person knows it by.
#[derive(Debug, Clone)]
pub struct Source {
    /// File name, for messages and for telling formats that only names tell apart. Never opened here.
    pub name: String,
    /// The whole file.
    pub bytes: Vec<u8>,
}

/// What the person decided about the import; the default lets the program guess everything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportSettings {
    /// Roles that the person gave to columns (`--column author="Author Handle"`); they win over the guess.
    /// A role given to an empty column name is switched off.
    pub columns: Vec<ColumnChoice>,
}

/// What one file is, before anything is built: shown in the import window and by `isthmus inspect`.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Preview {
    /// The file's name.
    pub file: String,
    /// The recognised format, in words: "Brandwatch posts", "Posts table", "Tie list", …
    pub format: String,
    /// Why it was taken for that, one sentence.
    pub why: String,
    /// Encoding in words: "UTF-8", "UTF-16 LE", "Windows-1252".
    pub encoding: String,
    /// The separator in words: "comma", "tab", …
    pub separator: String,
    /// Label rows above the header.
    pub rows_above_header: u64,
    /// Every column, in file order.
    pub columns: Vec<PreviewColumn>,
    /// The first rows as read, at most 8, each as long as `columns`.
    pub first_rows: Vec<Vec<String>>,
    /// What would be left out.
    pub report: ImportReport,
    /// People to come.
    pub people: u64,
    /// Ties to come (pairs of people).
    pub ties: u64,
    /// Things the person should know, a sentence each ("63 % of people have no known reach").
    pub warnings: Vec<String>,
}

/// One column of a previewed file.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct PreviewColumn {
    /// Its header, or "column 3" where the file has none.
    pub name: String,
    /// The role it plays, if any.
    pub role: Option<Role>,
    /// Why it was given that role, a short phrase.
    pub why: String,
    /// Up to three different values, cut to 60 characters.
    pub samples: Vec<String>,
}

/// Reads all `sources` into one conversation.
///
/// Files that belong together (a table of people and a table of ties, parts of one export) are joined; the same post in
/// two files counts once. A bad row is counted with its place and reason in the report, never fatal.
///
/// # Errors
/// [`ImportError`] where a file as a whole cannot be read (empty, a picture, no column that names an author), or
/// [`ImportError::Cancelled`].
///
/// # Cost
/// O(bytes); memory about twice the text.
pub fn read(
    sources: &[Source],
    settings: &ImportSettings,
    progress: &Progress,
) -> Result<(Posts, ImportReport), ImportError> {
    let _ = (sources, settings, progress);
    Err(ImportError::Empty)
}

/// Looks at each source as [`read`] would and tells what it sees.
///
/// # Errors
/// As [`read`].
pub fn preview(
    sources: &[Source],
    settings: &ImportSettings,
    progress: &Progress,
) -> Result<Vec<Preview>, ImportError> {
    let _ = (sources, settings, progress);
    Err(ImportError::Empty)
}
