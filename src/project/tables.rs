//! What people edit as rows, and back: the list, the steps of the history, choices about the map, selections, the log.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::types::Value;

use super::LogEntry;
use super::rows::{Row, Table};
use crate::campaign::{CommunityLook, Entry, MapChoices, OutreachList, Status, Step};

pub(super) const ENTRY: Table = Table {
    name: "entry",
    columns: &["person", "name", "status", "note"],
};
pub(super) const LOOK: Table = Table {
    name: "look",
    columns: &["member", "name", "colour"],
};
pub(super) const JOINED: Table = Table {
    name: "joined",
    columns: &["a", "b"],
};
pub(super) const HIDDEN: Table = Table {
    name: "hidden",
    columns: &["member"],
};
pub(super) const PIN: Table = Table {
    name: "pin",
    columns: &["person", "x", "y"],
};
pub(super) const SELECTION: Table = Table {
    name: "selection",
    columns: &["slot", "person"],
};
pub(super) const STEP: Table = Table {
    name: "step",
    columns: &["words", "done", "back", "undone"],
};
pub(super) const LOG: Table = Table {
    name: "log",
    columns: &["at", "what", "seconds"],
};

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// The text of a cell; `None` for a cell of another type.
fn as_text(cell: Option<Value>) -> Option<String> {
    match cell {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    }
}

pub(super) fn entry_row(entry: &Entry) -> Row {
    vec![
        text(&entry.person),
        text(&entry.name),
        text(entry.status.words()),
        text(&entry.note),
    ]
}

/// The list, and how many rows say nothing that can be used.
pub(super) fn list_of(rows: Vec<Row>) -> (OutreachList, u64) {
    let n = rows.len();
    let entries = rows.into_iter().filter_map(|row| {
        let mut cells = row.into_iter();
        Some(Entry {
            person: as_text(cells.next()).filter(|person| !person.is_empty())?,
            name: as_text(cells.next())?,
            status: Status::from_words(&as_text(cells.next())?)?,
            note: as_text(cells.next())?,
        })
    });
    let list = OutreachList::of_entries(entries);
    let n_lost = (n - list.len()) as u64;
    (list, n_lost)
}

pub(super) fn step_row(step: &Step, undone: bool) -> Row {
    let json =
        |edit| serde_json::to_string(edit).expect("an edit is made of texts and finite numbers");
    vec![
        text(&step.words),
        Value::Text(json(&step.done)),
        Value::Text(json(&step.back)),
        Value::Integer(i64::from(undone)),
    ]
}

/// The steps, and how many of the last were taken back; `None` where one of them cannot be read.
pub(super) fn steps_of(rows: Vec<Row>) -> Option<(Vec<Step>, usize)> {
    let (mut steps, mut n_undone) = (Vec::with_capacity(rows.len()), 0);
    for row in rows {
        let mut cells = row.into_iter();
        steps.push(Step {
            words: as_text(cells.next())?,
            done: serde_json::from_str(&as_text(cells.next())?).ok()?,
            back: serde_json::from_str(&as_text(cells.next())?).ok()?,
        });
        match cells.next() {
            Some(Value::Integer(0)) if n_undone == 0 => {}
            Some(Value::Integer(1)) => n_undone += 1,
            _ => return None,
        }
    }
    Some((steps, n_undone))
}

/// The rows of what was decided about the map, by table.
pub(super) fn map_rows(map: &MapChoices) -> [(Table, Vec<Row>); 4] {
    let looks = map.looks.iter().map(|(member, look)| {
        let name = look.name.as_deref().map_or(Value::Null, text);
        let colour = look
            .colour
            .map_or(Value::Null, |colour| Value::Integer(colour.into()));
        vec![text(member), name, colour]
    });
    let joined = map.joined.iter().map(|[a, b]| vec![text(a), text(b)]);
    let hidden = map.filter.hidden.iter().map(|member| vec![text(member)]);
    let pins = map.pinned.iter().map(|(person, at)| {
        let [x, y] = at.map(|v| Value::Real(v.into()));
        vec![text(person), x, y]
    });
    [
        (LOOK, looks.collect()),
        (JOINED, joined.collect()),
        (HIDDEN, hidden.collect()),
        (PIN, pins.collect()),
    ]
}

pub(super) fn looks_of(rows: Vec<Row>) -> BTreeMap<String, CommunityLook> {
    let look = |row: Row| {
        let mut cells = row.into_iter();
        let member = as_text(cells.next())?;
        let name = as_text(cells.next());
        let colour = match cells.next() {
            Some(Value::Integer(colour)) => u8::try_from(colour).ok(),
            _ => None,
        };
        Some((member, CommunityLook { name, colour }))
    };
    rows.into_iter().filter_map(look).collect()
}

pub(super) fn joined_of(rows: Vec<Row>) -> BTreeSet<[String; 2]> {
    let pair = |row: Row| {
        let mut cells = row.into_iter();
        Some([as_text(cells.next())?, as_text(cells.next())?])
    };
    rows.into_iter().filter_map(pair).collect()
}

pub(super) fn hidden_of(rows: Vec<Row>) -> BTreeSet<String> {
    let member = |row: Row| as_text(row.into_iter().next());
    rows.into_iter().filter_map(member).collect()
}

pub(super) fn pins_of(rows: Vec<Row>) -> BTreeMap<String, [f32; 2]> {
    let pin = |row: Row| {
        let mut cells = row.into_iter();
        let person = as_text(cells.next())?;
        let (Some(Value::Real(x)), Some(Value::Real(y))) = (cells.next(), cells.next()) else {
            return None;
        };
        let at = [x as f32, y as f32];
        at.iter().all(|v| v.is_finite()).then_some((person, at))
    };
    rows.into_iter().filter_map(pin).collect()
}

pub(super) fn selection_rows(selections: &BTreeMap<u8, Vec<String>>) -> Vec<Row> {
    let rows = selections.iter().flat_map(|(slot, people)| {
        let slot = i64::from(*slot);
        people
            .iter()
            .map(move |person| vec![Value::Integer(slot), text(person)])
    });
    rows.collect()
}

pub(super) fn selections_of(rows: Vec<Row>) -> BTreeMap<u8, Vec<String>> {
    let mut selections: BTreeMap<u8, Vec<String>> = BTreeMap::new();
    for row in rows {
        let mut cells = row.into_iter();
        if let (Some(Value::Integer(slot)), Some(person)) = (cells.next(), as_text(cells.next()))
            && let Ok(slot) = u8::try_from(slot)
        {
            selections.entry(slot).or_default().push(person);
        }
    }
    selections
}

pub(super) fn log_row(entry: &LogEntry) -> Row {
    vec![
        Value::Integer(entry.at),
        text(&entry.what),
        entry.seconds.map_or(Value::Null, Value::Real),
    ]
}

pub(super) fn log_of(rows: Vec<Row>) -> Vec<LogEntry> {
    let entry = |row: Row| {
        let mut cells = row.into_iter();
        let Some(Value::Integer(at)) = cells.next() else {
            return None;
        };
        let what = as_text(cells.next())?;
        let seconds = match cells.next() {
            Some(Value::Real(seconds)) => Some(seconds),
            _ => None,
        };
        Some(LogEntry { at, what, seconds })
    };
    rows.into_iter().filter_map(entry).collect()
}
