//! Any list of JSON objects with an author and a text: laid out as a table, for the rules and aliases of tables.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write as _;

use super::super::detect::{self, detect};
use super::super::formats::TableKind;
use super::super::report::LeftOut;
use super::super::table::Table;
use super::super::told::{Into, Told};
use super::super::{
    ImportError, ImportReport, ImportSettings, PreviewColumn, Role, learn, posts_table, tie_list,
};
use super::node::Node;
use super::shape::{collected, for_each_record_of_any};
use super::split::Piece;
use crate::progress::Progress;

/// Columns that are looked at: what a list of objects has more is no posts.
const MOST_COLUMNS: usize = 500;
/// Levels of objects that become dotted columns; what lies deeper stays JSON in a cell.
const DEEPEST: usize = 6;
/// Bytes of a list that stay in a cell.
const LONGEST_LIST: usize = 20_000;

/// Records as a table, and the line of the file for each line of the table.
#[derive(Debug, Default)]
struct Layout {
    columns: Vec<String>,
    by_name: HashMap<String, usize>,
    rows: Vec<(Vec<(usize, String)>, u64)>,
    left_out: Vec<(&'static str, u64)>,
}

/// Reads a list of objects by the rules of tables. `None` when there are no objects with two members in it.
///
/// # Errors
/// [`ImportError`] where no member names the authors.
pub(super) fn read(
    file: &str,
    pieces: &[Piece<'_>],
    into: &mut Into<'_>,
    progress: &Progress,
) -> Result<Option<Told>, ImportError> {
    let layout = layout(pieces, progress)?;
    if layout.columns.len() < 2 || layout.rows.is_empty() {
        return Ok(None);
    }
    let (text, lines) = layout.as_text();
    let table = Table::open(file, text.as_bytes(), progress)?;
    let reading = detect(&table, &ImportSettings::default()).map_err(|failed| failed.1)?;
    // Members bear names: ties without one that says so are some other record with ids in it.
    if reading.kind == TableKind::Ties && reading.why == detect::TIES_BY_VALUES {
        return Ok(None);
    }
    let mut report = ImportReport::default();
    for warning in &reading.warnings {
        report.warn(warning.clone());
    }
    match reading.kind {
        TableKind::Posts => {
            let mut lessons = learn::Lessons::default();
            let pupil = lessons.learn(&table, &reading, progress)?;
            let of_table = pupil.finish(&lessons);
            posts_table::read(
                &table,
                &reading,
                (&lessons, &of_table),
                into.seen,
                (into.posts, &mut report),
                progress,
            )?;
        }
        TableKind::Ties => tie_list::read(&table, &reading, into.posts, &mut report, progress)?,
        TableKind::People => {
            tie_list::read_people(&table, &reading, into.posts, &mut report, progress)?;
        }
        TableKind::Matrix => return Ok(None),
    }
    for (reason, line) in &layout.left_out {
        into.report.leave_out(reason, file, *line);
    }
    into.report.add_format(&reading.title);
    add(report, &lines, into.report);
    let columns = table.columns.iter().enumerate().map(|(i, name)| {
        let role = reading.roles.role_of(i);
        PreviewColumn {
            name: name.clone(),
            role: role.map(|(role, _): (Role, _)| role),
            why: role.map_or_else(String::new, |(_, why)| why.to_owned()),
            samples: layout.samples(i),
        }
    });
    Ok(Some(Told {
        title: reading.title.clone(),
        why: format!("JSON, a list of objects: {}", reading.why),
        columns: columns.collect(),
        first_rows: (0..layout.rows.len().min(8))
            .map(|n| layout.row(n))
            .collect(),
    }))
}

/// Adds what was counted in the table, with its lines turned into those of the file.
fn add(report: ImportReport, lines: &[(u64, u64)], into: &mut ImportReport) {
    into.rows_read += report.rows_read;
    into.posts += report.posts;
    into.duplicates_removed += report.duplicates_removed;
    if let Some((first, last)) = report.time_range {
        into.widen_time(Some(first));
        into.widen_time(Some(last));
    }
    for warning in report.warnings {
        into.warn(warning);
    }
    for mut left in report.left_out {
        let at = lines.partition_point(|(of_table, _)| *of_table <= left.first.line);
        left.first.line = at
            .checked_sub(1)
            .and_then(|i| lines.get(i))
            .map_or(1, |l| l.1);
        match into
            .left_out
            .iter_mut()
            .find(|known| known.reason == left.reason)
        {
            Some(known) => known.count += left.count,
            None => into.left_out.push(LeftOut { ..left }),
        }
    }
}

fn layout(pieces: &[Piece<'_>], progress: &Progress) -> Result<Layout, ImportError> {
    let mut layout = Layout::default();
    for piece in pieces {
        progress.check()?;
        let Some(node) = Node::read(piece.text, None) else {
            let reason = if piece.cut_off {
                "cut off by the end of the file"
            } else {
                "no valid JSON"
            };
            layout.left_out.push((reason, piece.line));
            continue;
        };
        for_each_record_of_any(&node, &mut |record| {
            let record = unwrapped(collected(record));
            if !record.is_object() {
                return layout.left_out.push(("no object", piece.line));
            }
            let mut cells = Vec::new();
            layout.flatten(record, &mut String::new(), 0, &mut cells);
            if cells.is_empty() {
                layout.left_out.push(("an empty object", piece.line));
            } else {
                layout.rows.push((cells, piece.line));
            }
        });
    }
    Ok(layout)
}

/// Layers that searches and streams wrap round a result.
const MOST_LAYERS: usize = 4;

/// The object inside what searches (`_source`) and streams (`chunk_result`, `data`) wrap round their results.
fn unwrapped<'n, 'a>(node: &'n Node<'a>) -> &'n Node<'a> {
    let mut inner = node;
    for _ in 0..MOST_LAYERS {
        let is_only = matches!(inner, Node::Object(members) if members.len() == 1);
        let layers = ["_source", "chunk_result", "data"];
        let layer = layers
            .into_iter()
            .filter(|name| is_only || *name != "data")
            .map(|name| inner.get(name))
            .find(|value| value.is_object());
        let Some(layer) = layer else { break };
        inner = layer;
    }
    inner
}

impl Layout {
    fn flatten(
        &mut self,
        node: &Node<'_>,
        path: &mut String,
        depth: usize,
        cells: &mut Vec<(usize, String)>,
    ) {
        match node {
            Node::Object(members) if depth < DEEPEST => {
                let length = path.len();
                for (name, value) in members {
                    if length > 0 {
                        path.push('.');
                    }
                    path.push_str(name);
                    self.flatten(value, path, depth + 1, cells);
                    path.truncate(length);
                }
            }
            Node::Null => {}
            value => {
                if let Some(column) = self.column(path) {
                    cells.push((column, cell(value).into_owned()));
                }
            }
        }
    }

    fn column(&mut self, path: &str) -> Option<usize> {
        if let Some(&known) = self.by_name.get(path) {
            return Some(known);
        }
        if self.columns.len() >= MOST_COLUMNS || path.is_empty() {
            return None;
        }
        self.columns.push(path.to_owned());
        self.by_name.insert(path.to_owned(), self.columns.len() - 1);
        Some(self.columns.len() - 1)
    }

    /// The table as delimited text, and for each record its line there and in the file.
    fn as_text(&self) -> (String, Vec<(u64, u64)>) {
        let mut text = String::new();
        let mut lines = Vec::with_capacity(self.rows.len());
        let mut line = 1;
        push_row(&mut text, self.columns.iter().map(String::as_str));
        line += line_breaks(&text, 0);
        for (n, (_, of_file)) in self.rows.iter().enumerate() {
            lines.push((line, *of_file));
            let from = text.len();
            let row = self.row(n);
            push_row(&mut text, row.iter().map(String::as_str));
            line += line_breaks(&text, from);
        }
        (text, lines)
    }

    fn row(&self, n: usize) -> Vec<String> {
        let mut row = vec![String::new(); self.columns.len()];
        for (column, value) in self
            .rows
            .get(n)
            .map_or(&[][..], |(cells, _)| cells.as_slice())
        {
            if let Some(cell) = row.get_mut(*column) {
                cell.clone_from(value);
            }
        }
        row
    }

    fn samples(&self, column: usize) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let cells = self.rows.iter().take(100).flat_map(|(cells, _)| cells);
        for (_, value) in cells.filter(|(at, _)| *at == column) {
            let short: String = value.chars().take(60).collect();
            if found.len() < 3 && !short.is_empty() && !found.contains(&short) {
                found.push(short);
            }
        }
        found
    }
}

fn line_breaks(text: &str, from: usize) -> u64 {
    let new = text.as_bytes().get(from..).unwrap_or_default();
    new.iter().filter(|b| **b == b'\n').count() as u64
}

fn push_row<'c>(text: &mut String, cells: impl Iterator<Item = &'c str>) {
    for (i, cell) in cells.enumerate() {
        if i > 0 {
            text.push(',');
        }
        if cell.is_empty() {
            continue;
        }
        text.push('"');
        for c in cell.chars().filter(|c| !matches!(c, '\r' | '\0')) {
            if c == '"' {
                text.push('"');
            }
            text.push(c);
        }
        text.push('"');
    }
    text.push('\n');
}

/// A value as a cell; lists and what lies too deep as JSON.
fn cell<'n>(node: &'n Node<'_>) -> Cow<'n, str> {
    match node {
        Node::Text(text) => Cow::Borrowed(text),
        Node::Null => Cow::Borrowed(""),
        node => {
            let mut text = String::new();
            push_json(node, &mut text);
            Cow::Owned(text)
        }
    }
}

fn push_json(node: &Node<'_>, text: &mut String) {
    if text.len() > LONGEST_LIST {
        return;
    }
    // Writing into a string cannot fail; `write!` only has to say so.
    let written = match node {
        Node::Null => write!(text, "null"),
        Node::Bool(value) => write!(text, "{value}"),
        Node::Whole(value) => write!(text, "{value}"),
        Node::Large(value) => write!(text, "{value}"),
        Node::Real(value) => write!(text, "{value}"),
        Node::Text(value) => {
            text.push_str(&serde_json::Value::from(value.as_ref()).to_string());
            Ok(())
        }
        Node::List(items) => {
            text.push('[');
            for (i, item) in items.iter().enumerate() {
                text.push_str(if i > 0 { "," } else { "" });
                push_json(item, text);
            }
            text.push(']');
            Ok(())
        }
        Node::Object(members) => {
            text.push('{');
            for (i, (name, value)) in members.iter().enumerate() {
                text.push_str(if i > 0 { "," } else { "" });
                push_json(&Node::Text(Cow::Borrowed(name)), text);
                text.push(':');
                push_json(value, text);
            }
            text.push('}');
            Ok(())
        }
    };
    written.expect("strings take everything");
}
