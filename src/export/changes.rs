//! What has changed as a table: one row a person who is told of.

use super::list::Cell;
use crate::changes::{Both, Changes, Someone};

/// The header of the table.
pub const HEADER: [&str; 9] = [
    "what",
    "person",
    "name",
    "status",
    "community_before",
    "community",
    "connections",
    "bridge_rank_before",
    "bridge_rank",
];

/// New bridges, lost ones, the list, people who moved, who are new, who are gone.
pub fn rows(changes: &Changes) -> impl Iterator<Item = [Cell; 9]> + '_ {
    let new = changes.new_bridges.iter().map(|b| ("new bridge", b, true));
    let lost = changes
        .lost_bridges
        .iter()
        .map(|b| ("lost bridge", b, false));
    let bridges = new.chain(lost).map(|(what, bridge, is_new)| {
        let mut row = someone(what, &bridge.who, is_new);
        (row[7], row[8]) = (rank(bridge.rank.before), rank(bridge.rank.after));
        row
    });
    let listed = changes.list.iter().map(|listed| {
        let Both { before, after } = listed.standing;
        [
            text("on the list"),
            text(&listed.person),
            text(&listed.name),
            text(listed.status.words()),
            Cell::Empty,
            Cell::Empty,
            after.map_or(Cell::Empty, |s| Cell::Number(s.connections.into())),
            rank(before.map(|s| s.rank)),
            rank(after.map(|s| s.rank)),
        ]
    });
    let moved = changes.moved.iter().map(|moved| {
        let mut row = [const { Cell::Empty }; 9];
        row[0] = text("moved");
        row[1] = text(&moved.person);
        row[2] = text(&moved.name);
        row[4] = text(&moved.community.before);
        row[5] = text(&moved.community.after);
        row[6] = Cell::Number(moved.connections.into());
        row
    });
    let new = changes.new.first.iter();
    let new = new.map(|who| someone("new", who, true));
    let gone = changes.gone.first.iter();
    let gone = gone.map(|who| someone("gone", who, false));
    bridges.chain(listed).chain(moved).chain(new).chain(gone)
}

/// Somebody of the new file, or of the one before.
fn someone(what: &str, who: &Someone, of_new: bool) -> [Cell; 9] {
    let mut row = [const { Cell::Empty }; 9];
    row[0] = text(what);
    row[1] = text(&who.person);
    row[2] = text(&who.name);
    row[if of_new { 5 } else { 4 }] = text(&who.community);
    row[6] = Cell::Number(who.connections.into());
    row
}

fn text(words: &str) -> Cell {
    Cell::Text(words.to_owned())
}

fn rank(rank: Option<u32>) -> Cell {
    rank.map_or(Cell::Empty, |rank| Cell::Number(rank.into()))
}
