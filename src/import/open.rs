//! Each plain file goes to the reader that knows its shape: graph files and JSON are read at once, tables are opened.

use super::detect::detect;
use super::formats::TableKind;
use super::scan::Separator;
use super::table::Table;
use super::told::{Into, Told};
use super::unpack::{Content, Plain};
use super::{ImportError, ImportReport, ImportSettings, decode, graph_file, json, posts_table};
use crate::people::Posts;
use crate::progress::Progress;

/// Everything read so far.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// Accounts, posts, ties.
    pub posts: Posts,
    /// What became of every row.
    pub report: ImportReport,
    /// Posts met so far.
    pub seen: posts_table::Seen,
    /// What JSON files told of accounts and posts that others speak of.
    pub joins: json::Joins,
}

impl Gathered {
    /// Nothing yet.
    pub(super) fn new(keep_texts: bool) -> Self {
        let mut gathered = Self::default();
        if !keep_texts {
            gathered.posts = gathered.posts.without_texts();
        }
        gathered
    }

    /// Where the readers put what they read.
    pub(super) fn slots(&mut self) -> Into<'_> {
        Into {
            posts: &mut self.posts,
            report: &mut self.report,
            seen: &mut self.seen,
            joins: &mut self.joins,
        }
    }
}

/// What a plain file turned out to be.
#[derive(Debug)]
pub(super) enum Opened<'a> {
    /// A table, not read yet.
    Table(Table<'a>),
    /// A graph file or JSON, already read.
    Told(Told),
}

/// Opens a plain file.
///
/// # Errors
/// [`ImportError`] when it is nothing that can be read.
pub(super) fn open<'a>(
    plain: &'a Plain<'_>,
    into: &mut Into<'_>,
    progress: &Progress,
) -> Result<Opened<'a>, ImportError> {
    let bytes = match &plain.content {
        Content::Rows(rows) => return Table::of_rows(&plain.name, rows).map(Opened::Table),
        Content::Bytes(bytes) => bytes,
    };
    if let Some(told) = graph_file::read(&plain.name, bytes, into, progress)? {
        return Ok(Opened::Told(told));
    }
    if looks_like_json(bytes)
        && let Some(told) = json::read(&plain.name, bytes, into, progress)?
    {
        return Ok(Opened::Told(told));
    }
    Table::open(&plain.name, bytes, progress).map(Opened::Table)
}

/// True when the first sign that can be seen opens an object or a list, in any encoding, or a script that names one.
fn looks_like_json(bytes: &[u8]) -> bool {
    let marks =
        |b: &&u8| !matches!(b, 0 | 0xef | 0xbb | 0xbf | 0xfe | 0xff) && !b.is_ascii_whitespace();
    let first = bytes.iter().take(1 << 16).find(marks);
    // Archives of Twitter begin so.
    matches!(first, Some(b'{' | b'[')) || bytes.starts_with(b"window.")
}

/// The encoding of a structured file in words.
pub(super) fn encoding_of(plain: &Plain<'_>) -> &'static str {
    match &plain.content {
        Content::Rows(rows) => rows.encoding,
        Content::Bytes(bytes) => decode::encoding_of(bytes),
    }
}

/// The tables to read: sheets beside sheets with a known header need one too, and a part of an export that has no header
/// borrows that of the part that has.
pub(super) fn settle<'a>(
    tables: &mut Vec<(Table<'a>, &'a Plain<'a>)>,
    unpacked_notes: &mut Vec<String>,
    settings: &ImportSettings,
) {
    let of_network = |table: &Table<'_>| table.columns.iter().any(|c| c.starts_with("Vertex"));
    let books_where = |holds: &dyn Fn(&Table<'_>) -> bool| -> Vec<usize> {
        let held = tables.iter().filter(|(table, _)| holds(table));
        held.filter_map(|(_, plain)| plain.workbook).collect()
    };
    let known = books_where(&|table| table.n_known_headers() >= 2);
    // Workbooks of NodeXL hold many sheets of measures beside people and ties.
    let networks = books_where(&|table| table.columns.iter().any(|c| c == "Vertex 1"));
    let mut passed = Vec::new();
    tables.retain(|(table, plain)| {
        let Some(book) = plain.workbook else {
            return true;
        };
        if table.sample.is_empty() {
            return false;
        }
        let stays = (!known.contains(&book) || table.n_known_headers() >= 2)
            && (!networks.contains(&book) || of_network(table));
        if !stays {
            passed.push(plain.name.clone());
        }
        stays
    });
    for name in passed {
        unpacked_notes.push(format!(
            "{name} was not read: it has no columns that are known"
        ));
    }
    lend_headers(tables, settings);
}

fn lend_headers(tables: &mut [(Table<'_>, &Plain<'_>)], settings: &ImportSettings) {
    if tables.iter().all(|(table, _)| table.has_header) {
        return;
    }
    let of_posts = |table: &Table<'_>| {
        table.has_header && detect(table, settings).is_ok_and(|r| r.kind == TableKind::Posts)
    };
    let lenders: Vec<(Separator, Vec<String>)> = tables
        .iter()
        .filter(|(table, _)| of_posts(table))
        .map(|(table, _)| (table.separator, table.columns.clone()))
        .collect();
    for (table, _) in tables.iter_mut().filter(|(table, _)| !table.has_header) {
        let lender = lenders.iter().find(|(separator, columns)| {
            *separator == table.separator && columns.len() == table.columns.len()
        });
        if let Some((_, columns)) = lender {
            table.columns.clone_from(columns);
            table.has_header = true;
        }
    }
}
