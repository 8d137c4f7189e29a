//! Why a file could not be read at all.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::problem::Problem;
use crate::progress::Cancelled;

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The file's name.
    pub file: String,
    /// Line, from 1, counting every line break, also those inside quotes. In sheets the row as the program shows it, in
    /// columnar tables the row below the header, from 1. 0 where no line is meant.
    pub line: u64,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 0 {
            return f.write_str(&self.file);
        }
        write!(f, "line {} of {}", self.line, self.file)
    }
}

/// What a file is that is no table of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foreign {
    /// A picture, film, sound or PDF.
    Picture,
    /// A spreadsheet of Excel or `LibreOffice`.
    Workbook,
    /// A ZIP or other archive.
    Archive,
    /// JSON, one object or one a line.
    Json,
    /// XML or a web page.
    Markup,
    /// A file of a graph program: GEXF, `GraphML`, GML, DOT, Pajek, …
    Graph,
    /// A table for data programs: Parquet, Arrow, `SQLite`.
    Database,
    /// Bytes that are no text.
    Bytes,
}

impl Foreign {
    /// True for what is opened where it stands in nothing else.
    pub(super) fn is_opened(self) -> bool {
        match self {
            Self::Workbook
            | Self::Archive
            | Self::Json
            | Self::Markup
            | Self::Graph
            | Self::Database => true,
            Self::Picture | Self::Bytes => false,
        }
    }
}

impl Foreign {
    /// What it is not, or lacks, behind "the file is JSON, ".
    fn lacking(self) -> &'static str {
        match self {
            Self::Json | Self::Markup | Self::Graph => "but none in which posts or ties are known",
            Self::Workbook | Self::Archive | Self::Database => "but of a kind that is not read",
            Self::Picture | Self::Bytes => "not a file of posts or ties",
        }
    }
}

impl fmt::Display for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Picture => "a picture, film, sound or PDF",
            Self::Workbook => "a spreadsheet workbook",
            Self::Archive => "a compressed archive",
            Self::Json => "JSON",
            Self::Markup => "XML or a web page",
            Self::Graph => "in the format of a graph program (GEXF, GraphML, GML, DOT, Pajek, …)",
            Self::Database => "a database table",
            Self::Bytes => "binary data",
        })
    }
}

/// What a file of a platform holds instead of posts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holding {
    /// Numbers of posts by hour or day.
    Counts,
    /// Lists that people made of others.
    Lists,
    /// Accounts, without anything that they wrote.
    Accounts,
    /// Which posts or accounts are no longer public.
    Compliance,
}

impl fmt::Display for Holding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Counts => "counts of posts over time",
            Self::Lists => "lists that people made of others",
            Self::Accounts => "accounts",
            Self::Compliance => "notes on which posts or accounts were deleted",
        })
    }
}

/// Why a file could not be read at all. One bad row is no such error.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ImportError {
    /// No file was given.
    #[error("no file was given")]
    NoFile,
    /// Nothing in the file.
    #[error("the file is empty")]
    Empty {
        /// The file's name.
        file: String,
    },
    /// Nothing that holds posts or ties.
    #[error("the file is {what}, {}", .what.lacking())]
    NotText {
        /// What it is.
        what: Foreign,
        /// The file's name.
        file: String,
    },
    /// Data of a platform, but no posts.
    #[error("the file holds {holds}, not posts")]
    NoPosts {
        /// What it holds.
        holds: Holding,
        /// The file's name.
        file: String,
    },
    /// The names of columns, and nothing below them.
    #[error("the file names its columns but has no rows below them")]
    NoRows {
        /// The file's name.
        file: String,
    },
    /// Text, but no columns in it.
    #[error("the file holds text but no columns")]
    NoColumns {
        /// The file's name.
        file: String,
    },
    /// No column tells who wrote the posts, and none holds ties.
    #[error("no column names who wrote the posts; the columns are {}", listed(.columns))]
    NoAuthor {
        /// The columns seen.
        columns: Vec<String>,
        /// The file's name.
        file: String,
    },
    /// There are authors, but nothing that they wrote and nobody whom they addressed.
    #[error("no column holds a text or names somebody addressed; the columns are {}", listed(.columns))]
    NoText {
        /// The columns seen.
        columns: Vec<String>,
        /// The file's name.
        file: String,
    },
    /// A list of people without a column that names them.
    #[error("no column holds handles; the columns are {}", listed(.columns))]
    NoHandles {
        /// The columns seen.
        columns: Vec<String>,
        /// The file's name.
        file: String,
    },
    /// A list of people with nobody on it.
    #[error("nobody stands on this list")]
    NobodyListed {
        /// The file's name.
        file: String,
    },
    /// The person named a column that no file has.
    #[error("there is no column \"{column}\"; the columns are {}", listed(.columns))]
    UnknownColumn {
        /// The column asked for.
        column: String,
        /// The columns there are.
        columns: Vec<String>,
    },
    /// The file breaks off, or is not written as its format wants it, so that nothing behind that place can be trusted.
    #[error("the {format} file cannot be read to its end: {reason} ({at})")]
    Broken {
        /// The format in words: "GEXF", "JSON", …
        format: &'static str,
        /// What is wrong, a short phrase: "it breaks off in the middle".
        reason: String,
        /// Where.
        at: Place,
    },
    /// A file of a graph program with nothing in it.
    #[error("the {format} file holds no people and no ties")]
    NoPeople {
        /// The format in words.
        format: &'static str,
        /// The file's name.
        file: String,
    },
    /// Every row was left out.
    #[error("none of the {rows} rows could be used; the first was left out because of: {reason}")]
    NothingUsable {
        /// Rows in the files.
        rows: u64,
        /// Why the most were left out.
        reason: String,
        /// The file's name.
        file: String,
    },
    /// An archive, workbook or columnar table that breaks off or contradicts itself.
    #[error("the {what} is damaged or incomplete ({detail})")]
    Damaged {
        /// What it is: "archive", "workbook", "Parquet file".
        what: &'static str,
        /// What its reader says.
        detail: String,
        /// The file's name.
        file: String,
    },
    /// Encrypted.
    #[error("the file is protected by a password")]
    Locked {
        /// The file's name.
        file: String,
    },
    /// An archive or workbook without anything to read.
    #[error("there is nothing to read inside the file")]
    NothingInside {
        /// The file's name.
        file: String,
    },
    /// More comes out of the file than out of any honest file of its size.
    #[error("more than {limit_mb} MB would come out of the file, too much for its size")]
    TooMuchInside {
        /// What may come out of it, in MB (2^20 bytes).
        limit_mb: u64,
        /// The file's name.
        file: String,
    },
    /// More files than are read.
    #[error("there are more than {most} files inside the file")]
    TooManyInside {
        /// How many are read.
        most: usize,
        /// The file's name.
        file: String,
    },
    /// Archives in archives in archives.
    #[error("it is an archive inside an archive inside an archive")]
    NestedTooDeep {
        /// The innermost one that was seen.
        file: String,
    },
    /// Stopped by the person.
    #[error("{0}")]
    Cancelled(#[from] Cancelled),
}

impl ImportError {
    /// A damaged `what`, with at most 120 letters of what its reader says.
    pub(super) fn damaged(what: &'static str, detail: &impl fmt::Display, file: &str) -> Self {
        let detail = detail.to_string();
        let words: Vec<&str> = detail.split_whitespace().collect();
        Self::Damaged {
            what,
            detail: words.join(" ").chars().take(120).collect(),
            file: file.to_owned(),
        }
    }

    /// What the person can do about it.
    pub fn advice(&self) -> &'static str {
        match self {
            Self::NoFile => "Choose the file that your monitoring tool exported",
            Self::Empty { .. } | Self::NoRows { .. } => {
                "Export it again from your monitoring tool and check that it holds posts"
            }
            Self::NotText { what, .. } => match what {
                Foreign::Workbook => "Open it in your spreadsheet program and save it as CSV UTF-8",
                Foreign::Archive => "Unpack it and open the file inside, or pack it as ZIP",
                Foreign::Json | Foreign::Markup => {
                    "Choose the file that holds the posts, or export them as CSV instead"
                }
                Foreign::Graph => {
                    "Export the ties from that program as a CSV with the columns Source, Target and Weight"
                }
                Foreign::Database => "Save the table as CSV UTF-8",
                Foreign::Picture | Foreign::Bytes => {
                    "Choose the file that your monitoring tool exported"
                }
            },
            Self::NoPosts { holds, .. } => match holds {
                Holding::Counts => "Fetch the posts themselves: a search instead of its counts",
                Holding::Lists => "Fetch the posts of the lists' members and open those",
                Holding::Accounts => "Fetch the posts of these accounts and open those",
                Holding::Compliance => "Open the posts that these notes are about",
            },
            Self::NoColumns { .. } => {
                "Choose a file with one post a line and its values separated by commas, semicolons or tabs"
            }
            Self::NoAuthor { .. } => {
                "Say which column holds the handle of the author, or export with authors included"
            }
            Self::NoText { .. } => {
                "Say which column holds the text, or the person whom a post answers"
            }
            Self::NoHandles { .. } => {
                "Write \"person\" above the column of handles, or paste the handles instead"
            }
            Self::NobodyListed { .. } => "Choose a list with a handle in each row",
            Self::UnknownColumn { .. } => "Write the column as it stands in the header of the file",
            Self::Broken { .. } => {
                "Save or download it again, completely, from the program that wrote it"
            }
            Self::NoPeople { .. } => {
                "Look at it in the program that wrote it, and save it again with its people and ties"
            }
            Self::NothingUsable { .. } => "Look at the roles of the columns and correct them",
            Self::Damaged { .. } => "Copy or download it again, then open it again",
            Self::Locked { .. } => "Save it without a password, then open it again",
            Self::NothingInside { .. } => "Export it again and check that it holds posts",
            Self::TooMuchInside { .. }
            | Self::TooManyInside { .. }
            | Self::NestedTooDeep { .. } => {
                "If you trust it, unpack it yourself and open the files that hold the posts"
            }
            Self::Cancelled(_) => "Open the file again when you want it",
        }
    }

    /// The flag by which the command line does what [`ImportError::advice`] says.
    pub fn flag(&self) -> Option<&'static str> {
        match self {
            Self::NoAuthor { .. } | Self::NothingUsable { .. } => {
                Some("--column author=\"Author Handle\"")
            }
            Self::NoText { .. } => {
                Some("--column text=\"Full Text\" or --column reply_to=\"Reply To\"")
            }
            _ => None,
        }
    }

    /// The file it is about, where it is about one.
    pub fn file(&self) -> Option<&str> {
        match self {
            Self::Empty { file }
            | Self::NoRows { file }
            | Self::NotText { file, .. }
            | Self::NoPosts { file, .. }
            | Self::NoColumns { file }
            | Self::NoAuthor { file, .. }
            | Self::NoText { file, .. }
            | Self::NoHandles { file, .. }
            | Self::NobodyListed { file }
            | Self::NothingUsable { file, .. }
            | Self::NoPeople { file, .. }
            | Self::Damaged { file, .. }
            | Self::Locked { file }
            | Self::NothingInside { file }
            | Self::TooMuchInside { file, .. }
            | Self::TooManyInside { file, .. }
            | Self::NestedTooDeep { file } => Some(file),
            Self::Broken { at, .. } => Some(&at.file),
            Self::NoFile | Self::UnknownColumn { .. } | Self::Cancelled(_) => None,
        }
    }
}

/// The first columns of a file in words, at most 40 of them.
fn listed(columns: &[String]) -> String {
    let shown: Vec<String> = columns
        .iter()
        .take(40)
        .map(|c| format!("\"{c}\""))
        .collect();
    let more = columns.len().saturating_sub(shown.len());
    let words = shown.join(", ");
    if more > 0 {
        return format!("{words} and {more} more");
    }
    words
}

impl From<ImportError> for Problem {
    fn from(error: ImportError) -> Self {
        let mut problem = Self::new(error.to_string(), error.advice());
        problem.flag = error.flag();
        match error.file() {
            Some(file) => problem.about(file),
            None => problem,
        }
    }
}
