//! Bytes become posts: what the file is, which column plays which role, what was left out and why.

mod arrow_size;
mod batch;
mod blocks;
mod by_values;
mod columnar;
mod columns;
mod date_order;
mod dates;
mod decode;
mod detect;
mod error;
mod facts;
mod formats;
mod graph_file;
mod guard;
mod handles;
mod in_turn;
mod json;
mod learn;
mod list;
mod matrix;
mod numbers;
mod ods_size;
mod open;
mod own_brand;
mod post_facts;
mod posts_table;
mod preview;
mod report;
mod roles;
mod rows;
mod scan;
mod seen;
mod table;
mod tie_columns;
mod tie_list;
mod told;
mod unpack;
mod workbook;
mod xls_size;

pub use error::{Foreign, Holding, ImportError, Place};
pub use graph_file::CREATOR;
pub use list::{Listed, ListedPeople, read_list};
pub use report::{ImportReport, LeftOut};
pub use roles::{ColumnChoice, HeaderChoices, Role};

use crate::people::Posts;
use crate::progress::{Progress, Stage};

use detect::{Reading, detect};
use formats::TableKind;
use open::{Gathered, Opened};
use table::Table;
use unpack::{Plain, Unpacked};

/// One file's bytes, with the name a person knows it by.
#[derive(Debug, Clone)]
pub struct Source {
    /// File name, for messages and for telling formats that only names tell apart. Never opened here. With a folder before
    /// it ("export/posts.csv") it was found in that folder rather than chosen by itself, and may be left out.
    pub name: String,
    /// The whole file.
    pub bytes: Vec<u8>,
}

/// What the person decided about the import; the default lets the program guess everything.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct ImportSettings {
    /// Roles that the person gave to columns (`--column author="Author Handle"`); they win over the guess.
    /// A role given to an empty column name is switched off.
    pub columns: Vec<ColumnChoice>,
    /// What the person decided for tables with a certain header; wins over `columns`.
    pub by_header: Vec<HeaderChoices>,
    /// Handles of one's own brand: their posts and ties are left out, and so are ties to them.
    pub left_out_handles: Vec<String>,
    /// Whether the texts of posts are kept: they name communities and can be shown. Without them a large file takes a
    /// fraction of the memory.
    pub keep_texts: bool,
}

impl Default for ImportSettings {
    fn default() -> Self {
        Self {
            columns: Vec::new(),
            by_header: Vec::new(),
            left_out_handles: Vec::new(),
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
    /// The separator in words: "comma", "tab", …; empty where the file is no delimited text.
    pub separator: String,
    /// Label rows above the header.
    pub rows_above_header: u64,
    /// Whether the file names its columns.
    pub has_header: bool,
    /// Whether its columns can be given other roles: those of tables can, what graph files and JSON hold is said by their
    /// format.
    pub roles_open: bool,
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
    /// Everything the person should know, a sentence each ("63 % of people have no known reach"): those of the report too.
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
/// Archives are unpacked in memory (zip, gzip, zstd, bzip2, one inside another), the sheets of workbooks and columnar tables
/// are read as tables. Files that belong together (a table of people and a table of ties, parts of one export) are joined;
/// the same post in two files counts once. A bad row is counted with its place and reason in the report, never fatal; so is
/// a file that stands in an archive or a folder with others and cannot be used.
///
/// # Errors
/// [`ImportError`] where a file as a whole cannot be read (empty, a picture, no column that names an author), or
/// [`ImportError::Cancelled`].
///
/// # Cost
/// O(bytes unpacked), tables of text by all cores; memory about 150 bytes a post and 200 a person besides the file, and the
/// texts where they are kept. What is unpacked from one source is at most 200 times its size and 64 MiB, and at most 8 GiB.
/// The result is the same for any number of cores.
pub fn read(
    sources: &[Source],
    settings: &ImportSettings,
    progress: &Progress,
) -> Result<(Posts, ImportReport), ImportError> {
    let mut unpacked = unpack_all(sources, progress)?;
    let mut gathered = Gathered::new(settings.keep_texts);
    let (mut tables, mut n_told) = (Vec::new(), 0);
    let plain = std::mem::take(&mut unpacked.plain);
    for file in &plain {
        progress.check()?;
        match open::open(file, &mut gathered.slots(), progress) {
            Ok(Opened::Table(table)) => tables.push((table, file)),
            Ok(Opened::Told(told)) => {
                gathered.report.add_format(&told.title);
                n_told += 1;
            }
            Err(error) => pass(error, file, &mut unpacked)?,
        }
    }
    if n_told == 0 {
        check_choices(&tables, settings)?;
    }
    open::settle(&mut tables, &mut unpacked.notes, settings);
    let mut read = Vec::new();
    for (table, file) in tables {
        match detect(&table, settings) {
            Ok(reading) => read.push((table, reading)),
            Err(failed) => pass(failed.1, file, &mut unpacked)?,
        }
    }
    if plain.len() > 1 {
        // Two maps in one: neither is the whole.
        gathered.posts.exported_here = false;
    }
    if let (0, 0, Some(error)) = (n_told, read.len(), unpacked.passed.first.take()) {
        return Err(error);
    }
    for sentence in unpacked
        .notes
        .iter()
        .cloned()
        .chain(unpacked.passed.sentences())
    {
        gathered.report.warn(sentence);
    }
    read_tables(&read, &mut gathered, progress)?;
    let first = plain.first().map_or("", |file| file.name.as_str());
    let (posts, mut report) = conclude(gathered, &read, first, settings)?;
    if let Some(sentence) = report.not_found_words() {
        report.warn(sentence);
    }
    Ok((posts, report))
}

/// Unpacks the sources, and counts progress in unpacked bytes from then on.
fn unpack_all<'a>(sources: &'a [Source], progress: &Progress) -> Result<Unpacked<'a>, ImportError> {
    if sources.is_empty() {
        return Err(ImportError::NoFile);
    }
    let mut unpacked = unpack::unpack(sources, progress)?;
    if unpacked.plain.is_empty() {
        return Err(unpacked
            .passed
            .first
            .take()
            .unwrap_or_else(|| ImportError::NothingInside {
                file: sources.first().map_or_else(String::new, |s| s.name.clone()),
            }));
    }
    progress.begin(Stage::Read, unpacked.n_bytes())?;
    Ok(unpacked)
}

/// Leaves a file out that stood among others; what the person chose by itself has to be right.
fn pass(
    error: ImportError,
    file: &Plain<'_>,
    unpacked: &mut Unpacked<'_>,
) -> Result<(), ImportError> {
    if file.chosen || matches!(error, ImportError::Cancelled(_)) {
        return Err(error);
    }
    unpacked.passed.add(&file.name, error);
    Ok(())
}

/// The text of a file, whatever its encoding: for short files that hold handles.
///
/// # Errors
/// [`ImportError`] when it is empty or no text.
pub fn text(source: &Source, progress: &Progress) -> Result<String, ImportError> {
    let decoded = decode::decode(&source.bytes, &source.name, progress)?;
    Ok(decoded.text.into_owned())
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
fn check_choices(
    tables: &[(Table<'_>, &Plain<'_>)],
    settings: &ImportSettings,
) -> Result<(), ImportError> {
    for choice in settings.columns.iter().filter(|c| !c.column.is_empty()) {
        let known = tables
            .iter()
            .any(|(t, _)| columns::find_column(&t.columns, &choice.column).is_some());
        if !known {
            return Err(ImportError::UnknownColumn {
                column: choice.column.clone(),
                columns: tables.iter().flat_map(|(t, _)| t.columns.clone()).collect(),
            });
        }
    }
    Ok(())
}

/// Reads tables whose columns are known: people first, then ties and posts in the order of the files.
fn read_tables(
    tables: &[(Table<'_>, Reading)],
    gathered: &mut Gathered,
    progress: &Progress,
) -> Result<(), ImportError> {
    let Gathered {
        posts,
        report,
        seen,
        ..
    } = gathered;
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
                tie_list::read_people(table, reading, posts, report, progress)?;
                None
            }
            TableKind::Ties | TableKind::Matrix => None,
        });
    }
    for ((table, reading), pupil) in tables.iter().zip(pupils) {
        match (reading.kind, pupil) {
            (TableKind::Posts, Some(pupil)) => {
                let of_table = pupil.finish(&lessons);
                posts_table::read(
                    table,
                    reading,
                    (&lessons, &of_table),
                    seen,
                    (posts, report),
                    progress,
                )?;
            }
            (TableKind::Ties, _) => {
                tie_list::read(table, reading, posts, report, progress)?;
            }
            (TableKind::Matrix, _) => matrix::read(table, posts, report, progress)?,
            (TableKind::Posts | TableKind::People, _) => {}
        }
    }
    Ok(())
}

/// What only the whole can tell: who meant whom in other files, what is missing, and whether anything is left. `first` is
/// the name of the first file.
fn conclude(
    mut gathered: Gathered,
    tables: &[(Table<'_>, Reading)],
    first: &str,
    settings: &ImportSettings,
) -> Result<(Posts, ImportReport), ImportError> {
    json::finish(&mut gathered.slots());
    let Gathered {
        mut posts,
        mut report,
        ..
    } = gathered;
    own_brand::leave_out(&settings.left_out_handles, first, &mut posts, &mut report);
    report
        .left_out
        .sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.reason.cmp(&b.reason)));
    report.handles_merged = posts.handles_merged();
    report.tie_kinds = report::tie_kinds(&posts);
    if posts.is_empty() {
        return Err(match report.left_out.first() {
            Some(most) => ImportError::NothingUsable {
                rows: report.rows_read,
                reason: most.reason.clone(),
                file: first.to_owned(),
            },
            None if tables.iter().any(|(table, _)| table.is_only_header()) => ImportError::NoRows {
                file: first.to_owned(),
            },
            None => ImportError::Empty {
                file: first.to_owned(),
            },
        });
    }
    warn_of_gaps(&posts, tables, &mut report);
    Ok((posts, report))
}

/// Says where reach or ties are missing.
fn warn_of_gaps(posts: &Posts, tables: &[(Table<'_>, Reading)], report: &mut ImportReport) {
    let n = posts.accounts.len();
    let unknown = posts.accounts.iter().filter(|a| a.reach.is_none()).count();
    let has_column = tables.iter().any(|(_, r)| r.roles.has(Role::Reach));
    let percent = (unknown as f64 / n as f64 * 100.0).round();
    if unknown == n {
        report
            .warn("The reach of nobody is known: no column was recognised as followers".to_owned());
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
}
