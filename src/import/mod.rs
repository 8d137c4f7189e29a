//! Bytes become posts: what the file is, which column plays which role, what was left out and why.

mod batch;
mod blocks;
mod columns;
mod dates;
mod decode;
mod detect;
mod error;
mod facts;
mod formats;
mod graph_file;
mod handles;
mod json;
mod learn;
mod matrix;
mod numbers;
mod posts_table;
mod preview;
mod report;
mod roles;
mod scan;
mod seen;
mod table;
mod tie_columns;
mod tie_list;
mod told;

pub use error::{Foreign, ImportError, Place};
pub use report::{ImportReport, LeftOut};
pub use roles::{ColumnChoice, Role};

use crate::people::Posts;
use crate::progress::Progress;

use detect::{Reading, detect};
use formats::TableKind;
use table::Table;

/// One file's bytes, with the name a person knows it by.
#[derive(Debug, Clone)]
pub struct Source {
    /// File name, for messages and for telling formats that only names tell apart. Never opened here.
    pub name: String,
    /// The whole file.
    pub bytes: Vec<u8>,
}

/// What the person decided about the import; the default lets the program guess everything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportSettings {
    /// Roles that the person gave to columns (`--column author="Author Handle"`); they win over the guess.
    /// A role given to an empty column name is switched off.
    pub columns: Vec<ColumnChoice>,
    /// Whether the texts of posts are kept: they name communities and can be shown. Without them a large file takes a
    /// fraction of the memory.
    pub keep_texts: bool,
}

impl Default for ImportSettings {
    fn default() -> Self {
        Self {
            columns: Vec::new(),
            keep_texts: true,
        }
    }
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
/// O(bytes), by all cores; memory about 150 bytes a post and 200 a person besides the file, and the texts where they are
/// kept. The result is the same for any number of cores.
pub fn read(
    sources: &[Source],
    settings: &ImportSettings,
    progress: &Progress,
) -> Result<(Posts, ImportReport), ImportError> {
    if sources.is_empty() {
        return Err(ImportError::NoFile);
    }
    let mut tables = Vec::new();
    for source in sources {
        progress.check()?;
        tables.push(Table::open(&source.name, &source.bytes)?);
    }
    check_choices(&tables, settings)?;
    let mut read = Vec::new();
    for table in tables {
        let reading = detect(&table, settings).map_err(|failed| failed.1)?;
        read.push((table, reading));
    }
    read_tables(&read, settings.keep_texts, progress)
}

/// Looks at each source, alone, as [`read`] would and tells what it sees.
///
/// A file whose columns cannot be told apart is shown all the same, with the problem as a warning, so that the person can
/// choose the columns.
///
/// # Errors
/// [`ImportError`] where a file is empty, no table of text, or does not have a column that the settings name.
///
/// # Cost
/// As [`read`], and building the graph once.
pub fn preview(
    sources: &[Source],
    settings: &ImportSettings,
    progress: &Progress,
) -> Result<Vec<Preview>, ImportError> {
    preview::preview(sources, settings, progress)
}

/// Every column that the person names has to be in one of the files.
fn check_choices(tables: &[Table<'_>], settings: &ImportSettings) -> Result<(), ImportError> {
    for choice in settings.columns.iter().filter(|c| !c.column.is_empty()) {
        let known = tables
            .iter()
            .any(|t| columns::find_column(&t.columns, &choice.column).is_some());
        if !known {
            return Err(ImportError::UnknownColumn {
                column: choice.column.clone(),
                columns: tables.iter().flat_map(|t| t.columns.clone()).collect(),
            });
        }
    }
    Ok(())
}

/// Reads tables whose columns are known: people first, then ties and posts in the order of the files.
fn read_tables(
    tables: &[(Table<'_>, Reading)],
    keep_texts: bool,
    progress: &Progress,
) -> Result<(Posts, ImportReport), ImportError> {
    let (mut posts, mut report) = (Posts::default(), ImportReport::default());
    if !keep_texts {
        posts = posts.without_texts();
    }
    let mut lessons = learn::Lessons::default();
    let mut pupils = Vec::new();
    for (table, reading) in tables {
        report.add_format(&reading.title);
        for warning in &reading.warnings {
            report.warn(warning.clone());
        }
        if table.damaged {
            report.warn(format!(
                "Some letters of {} are damaged: they are no {}",
                table.file, table.encoding
            ));
        }
        pupils.push(match reading.kind {
            TableKind::Posts => Some(lessons.learn(table, reading, progress)?),
            TableKind::People => {
                tie_list::read_people(table, reading, &mut posts, &mut report, progress)?;
                None
            }
            TableKind::Ties | TableKind::Matrix => None,
        });
    }
    let mut seen = posts_table::Seen::default();
    for ((table, reading), pupil) in tables.iter().zip(pupils) {
        match (reading.kind, pupil) {
            (TableKind::Posts, Some(pupil)) => {
                let of_table = pupil.finish(&lessons);
                posts_table::read(
                    table,
                    reading,
                    (&lessons, &of_table),
                    &mut seen,
                    (&mut posts, &mut report),
                    progress,
                )?;
            }
            (TableKind::Ties, _) => {
                tie_list::read(table, reading, &mut posts, &mut report, progress)?;
            }
            (TableKind::Matrix, _) => matrix::read(table, &mut posts, &mut report, progress)?,
            (TableKind::Posts | TableKind::People, _) => {}
        }
    }
    conclude(tables, &posts, &mut report)?;
    Ok((posts, report))
}

/// What only the whole can tell: what is missing, and whether anything is left.
fn conclude(
    tables: &[(Table<'_>, Reading)],
    posts: &Posts,
    report: &mut ImportReport,
) -> Result<(), ImportError> {
    report
        .left_out
        .sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.reason.cmp(&b.reason)));
    report.handles_merged = posts.handles_merged();
    let file = || {
        tables
            .first()
            .map_or(String::new(), |(t, _)| t.file.to_owned())
    };
    if posts.is_empty() {
        return Err(match report.left_out.first() {
            Some(most) => ImportError::NothingUsable {
                rows: report.rows_read,
                reason: most.reason.clone(),
                file: file(),
            },
            None => ImportError::Empty { file: file() },
        });
    }
    let n = posts.accounts.len();
    let unknown = posts.accounts.iter().filter(|a| a.reach.is_none()).count();
    let has_column = tables.iter().any(|(_, r)| r.roles.has(Role::Reach));
    let percent = (unknown as f64 / n as f64 * 100.0).round();
    if unknown == n {
        report.warn("The reach of nobody is known: the file has no column of followers".to_owned());
    } else if (has_column || unknown * 2 > n) && percent >= 1.0 {
        report.warn(format!("{percent} % of people have no known reach"));
    }
    let addresses = posts.posts.iter().any(|p| !posts.addressed(p).is_empty());
    if posts.given_ties.is_empty() && !addresses {
        let columns = if posts.posts.is_empty() {
            "the file lists people only, so open it together with the posts or ties"
        } else {
            "there are no @names, replies or reposts in it, so the map will have people but no ties"
        };
        report.warn(format!("No post here addresses anybody: {columns}"));
    }
    Ok(())
}
