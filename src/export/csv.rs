//! People, ties, communities and the outreach list as CSV.

use std::io::{self, Write};

use super::list::{self, Cell, HEADER};
use crate::analysis::Analysis;
use crate::campaign::Campaign;
use crate::layout::Positions;
use crate::people::{ConversationGraph, PersonId};

/// The bytes some spreadsheets want at the start to know that a file is UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A text cell that no spreadsheet takes for a formula: `'` before `= + - @`, tab and carriage return.
pub(super) fn harmless(text: &str) -> std::borrow::Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}").into()
    } else {
        text.into()
    }
}

fn writer<W: Write>(out: W) -> ::csv::Writer<W> {
    ::csv::WriterBuilder::new().from_writer(out)
}

/// `value` if known, else an empty cell. Whole numbers without a point.
fn number_or_empty(value: Option<f64>) -> String {
    value.map_or_else(String::new, number)
}

/// The shortest decimal that reads back as `value`, with a point.
pub(super) fn number(value: f64) -> String {
    format!("{value}")
}

/// One row a person: `person,name,community,community_name,reach,posts,connections,connections_across,communities_reached,
/// bridge_score,bridge_rank,betweenness,stability,x,y,component`. Empty cells: unknown reach; community and place of people
/// without ties; betweenness where it was not measured.
///
/// # Errors
/// What `out` says.
pub fn people(
    graph: &ConversationGraph,
    analysis: &Analysis,
    positions: &Positions,
    out: impl Write,
) -> io::Result<()> {
    let mut rows = writer(out);
    rows.write_record([
        "person",
        "name",
        "community",
        "community_name",
        "reach",
        "posts",
        "connections",
        "connections_across",
        "communities_reached",
        "bridge_score",
        "bridge_rank",
        "betweenness",
        "stability",
        "x",
        "y",
        "component",
    ])?;
    let bridges = &analysis.bridges;
    for (i, person) in graph.people.iter().enumerate() {
        let id = PersonId(i as u32);
        let community = analysis.communities.of[i];
        let place = positions.of(i);
        rows.write_record([
            &*harmless(&person.key),
            &*harmless(&person.name),
            &community.map_or_else(String::new, |c| c.0.to_string()),
            &*harmless(analysis.communities.name_of(id)),
            &number_or_empty(person.reach),
            &person.posts.to_string(),
            &bridges.connections[i].to_string(),
            &bridges.connections_across[i].to_string(),
            &bridges.communities_reached[i].to_string(),
            &number(bridges.score[i]),
            &bridges.rank[i].to_string(),
            &number_or_empty(analysis.betweenness.as_ref().map(|b| b.value[i])),
            &number(bridges.stability[i]),
            &place.map_or_else(String::new, |p| p[0].to_string()),
            &place.map_or_else(String::new, |p| p[1].to_string()),
            &analysis.components.of[i].to_string(),
        ])?;
    }
    rows.flush()
}

/// One row a direction and kind: `from,to,kind,count`; undirected ties once.
///
/// # Errors
/// What `out` says.
pub fn ties(graph: &ConversationGraph, out: impl Write) -> io::Result<()> {
    let mut rows = writer(out);
    rows.write_record(["from", "to", "kind", "count"])?;
    for row in &graph.interactions {
        let key = |id: PersonId| harmless(&graph.people[id.index()].key);
        rows.write_record([
            &*key(row.from),
            &*key(row.to),
            row.kind.word(),
            &number(row.count),
        ])?;
    }
    rows.flush()
}

/// One row a community: `community,name,words,people,reach,ties_inside,ties_outside`.
///
/// # Errors
/// What `out` says.
pub fn communities(analysis: &Analysis, out: impl Write) -> io::Result<()> {
    let mut rows = writer(out);
    rows.write_record([
        "community",
        "name",
        "words",
        "people",
        "reach",
        "ties_inside",
        "ties_outside",
    ])?;
    for (number_of, community) in analysis.communities.list.iter().enumerate() {
        rows.write_record([
            &number_of.to_string(),
            &*harmless(&community.name),
            &*harmless(&community.words.join(" ")),
            &community.people.to_string(),
            &number(community.reach),
            &community.ties_inside.to_string(),
            &community.ties_outside.to_string(),
        ])?;
    }
    rows.flush()
}

/// The outreach list, in the order of work: `position,person,name,community,reach,connections,connections_across,
/// communities_reached,bridge_score,why,status,note`. A person who is not in this graph keeps their row, with empty figures.
///
/// `byte_order_mark`: begin with the bytes by which Excel knows UTF-8.
///
/// # Errors
/// What `out` says.
pub fn outreach_list(
    campaign: &Campaign,
    graph: &ConversationGraph,
    analysis: &Analysis,
    byte_order_mark: bool,
    mut out: impl Write,
) -> io::Result<()> {
    if byte_order_mark {
        out.write_all(BYTE_ORDER_MARK)?;
    }
    write_table(
        &HEADER,
        list::rows(campaign, graph, analysis, None),
        b',',
        out,
    )
}

/// A table for the clipboard: tabs between cells, so that a spreadsheet takes it in cell by cell; texts as harmless as in CSV.
///
/// # Errors
/// What `out` says.
pub fn tab_separated<const N: usize>(
    header: &[&str; N],
    rows: impl Iterator<Item = [Cell; N]>,
    out: impl Write,
) -> io::Result<()> {
    write_table(header, rows, b'\t', out)
}

/// As [`tab_separated`], for texts in any number of columns; every row has as many as the header.
///
/// # Errors
/// What `out` says.
pub fn tab_separated_rows(
    header: &[String],
    rows: impl IntoIterator<Item = Vec<String>>,
    out: impl Write,
) -> io::Result<()> {
    let mut table = ::csv::WriterBuilder::new()
        .delimiter(b'\t')
        .from_writer(out);
    table.write_record(header)?;
    for cells in rows {
        table.write_record(cells.iter().map(|cell| harmless(cell).into_owned()))?;
    }
    table.flush()
}

fn write_table<const N: usize>(
    header: &[&str; N],
    rows: impl Iterator<Item = [Cell; N]>,
    separator: u8,
    out: impl Write,
) -> io::Result<()> {
    let mut table = ::csv::WriterBuilder::new()
        .delimiter(separator)
        .from_writer(out);
    table.write_record(header)?;
    for cells in rows {
        table.write_record(cells.each_ref().map(text_of).iter().map(|cell| &**cell))?;
    }
    table.flush()
}

/// What CSV has of a cell.
fn text_of(cell: &Cell) -> std::borrow::Cow<'_, str> {
    match cell {
        Cell::Empty => "".into(),
        Cell::Text(text) => harmless(text),
        Cell::Number(value) => number(*value).into(),
    }
}
