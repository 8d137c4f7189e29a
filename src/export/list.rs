//! The outreach list and the best bridges as cells: what CSV, workbook and clipboard write alike.

use std::io;
use std::path::Path;

use super::{csv, xlsx};
use crate::analysis::{Analysis, why};
use crate::campaign::{Campaign, Entry, Status};
use crate::people::{ConversationGraph, PersonId, Posts};

/// What a list is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListFormat {
    /// CSV.
    Csv,
    /// CSV that begins with the bytes by which Excel knows UTF-8.
    CsvForExcel,
    /// A workbook, XLSX.
    Workbook,
}

impl ListFormat {
    /// What the ending of `path` says; `None` where it says neither CSV nor workbook.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?;
        if ending.eq_ignore_ascii_case("csv") {
            Some(Self::Csv)
        } else if ending.eq_ignore_ascii_case("xlsx") {
            Some(Self::Workbook)
        } else {
            None
        }
    }
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing: what it would tell is unknown.
    Empty,
    /// Words as they are; whoever writes them sees to it that no spreadsheet takes them for a formula.
    Text(String),
    /// A number.
    Number(f64),
}

/// The header of the outreach list.
pub const HEADER: [&str; 12] = [
    "position",
    "person",
    "name",
    "community",
    "reach",
    "connections",
    "connections_across",
    "communities_reached",
    "bridge_score",
    "why",
    "status",
    "note",
];

/// The header of a table of bridges: that of the list up to why.
pub const BRIDGES_HEADER: [&str; 10] = match HEADER.first_chunk() {
    Some(first) => *first,
    None => panic!("the list has more columns"),
};

/// The outreach list in the order of work, under [`HEADER`]; only those with `status` where one is given, each with the place
/// they have on the whole list. A person who is not in this graph keeps their row, with empty figures.
pub fn rows<'a>(
    campaign: &'a Campaign,
    graph: &'a ConversationGraph,
    analysis: &'a Analysis,
    status: Option<Status>,
) -> impl Iterator<Item = [Cell; 12]> + 'a {
    let entries = campaign.outreach_list.entries().iter().enumerate();
    entries
        .filter(move |(_, entry)| status.is_none_or(|status| entry.status == status))
        .map(|(at, entry)| row(at + 1, entry, graph, analysis))
}

fn row(
    position: usize,
    entry: &Entry,
    graph: &ConversationGraph,
    analysis: &Analysis,
) -> [Cell; 12] {
    let [
        community,
        reach,
        connections,
        across,
        communities,
        score,
        why,
    ] = graph.find(&entry.person).map_or_else(
        || {
            let mut unknown = [const { Cell::Empty }; 7];
            unknown[6] = Cell::Text("Not in the file that is open now".to_owned());
            unknown
        },
        |id| facts(graph, analysis, id),
    );
    [
        Cell::Number(position as f64),
        Cell::Text(entry.person.clone()),
        Cell::Text(entry.name.clone()),
        community,
        reach,
        connections,
        across,
        communities,
        score,
        why,
        Cell::Text(entry.status.words().to_owned()),
        Cell::Text(entry.note.clone()),
    ]
}

/// `people` in their order, under [`BRIDGES_HEADER`].
pub fn bridges<'a>(
    people: &'a [PersonId],
    graph: &'a ConversationGraph,
    analysis: &'a Analysis,
) -> impl Iterator<Item = [Cell; 10]> + 'a {
    let known = people.iter().enumerate();
    let known = known.filter_map(|(at, id)| Some((at, *id, graph.people.get(id.index())?)));
    known.map(|(at, id, person)| {
        let [
            community,
            reach,
            connections,
            across,
            communities,
            score,
            why,
        ] = facts(graph, analysis, id);
        [
            Cell::Number((at + 1) as f64),
            Cell::Text(person.key.to_string()),
            Cell::Text(person.name.to_string()),
            community,
            reach,
            connections,
            across,
            communities,
            score,
            why,
        ]
    })
}

/// From community to why.
fn facts(graph: &ConversationGraph, analysis: &Analysis, id: PersonId) -> [Cell; 7] {
    let (bridges, i) = (&analysis.bridges, id.index());
    let reach = graph.people[i].reach;
    [
        Cell::Text(analysis.communities.name_of(id).to_owned()),
        reach.map_or(Cell::Empty, Cell::Number),
        Cell::Number(bridges.connections[i].into()),
        Cell::Number(bridges.connections_across[i].into()),
        Cell::Number(bridges.communities_reached[i].into()),
        Cell::Number(bridges.score[i]),
        Cell::Text(why(graph, analysis, id)),
    ]
}

/// The outreach list as the bytes of a file. `posts`: where the addresses of profiles are known from.
///
/// # Errors
/// Where a workbook cannot hold it: more than 1,048,575 people.
pub fn file(
    format: ListFormat,
    campaign: &Campaign,
    (graph, analysis, posts): (&ConversationGraph, &Analysis, &Posts),
) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    match format {
        ListFormat::Csv | ListFormat::CsvForExcel => {
            let for_excel = format == ListFormat::CsvForExcel;
            csv::outreach_list(campaign, graph, analysis, for_excel, &mut bytes)?;
        }
        ListFormat::Workbook => {
            let profile = |key: &str| posts.profile(key);
            bytes = xlsx::outreach_list(rows(campaign, graph, analysis, None), profile)?;
        }
    }
    Ok(bytes)
}
