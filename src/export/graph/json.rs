//! The JSON of graphology: `Graph.from(json)` takes it, and sigma and Gephi Lite show it.

use std::borrow::Cow;
use std::io::{self, Write as _};

use serde::Serialize;
use serde::ser::{SerializeMap as _, Serializer};
use serde_json::json;

use super::person::{GraphPerson, Value};
use super::{Direction, DrawnGraph, counted, creator, weight};
use crate::progress::Progress;

/// One person.
#[derive(Serialize)]
struct PersonRow<'a> {
    key: Cow<'a, str>,
    attributes: PersonAttributes<'a>,
}

/// First those by which sigma draws.
struct PersonAttributes<'a>(GraphPerson<'a>);

impl Serialize for PersonAttributes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let person = &self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("label", person.name)?;
        // sigma refuses a graph in which somebody has no place: whom the map does not show is hidden there too.
        let [x, y] = person.place.unwrap_or_default();
        map.serialize_entry("x", &x)?;
        map.serialize_entry("y", &y)?;
        if person.place.is_none() {
            map.serialize_entry("hidden", &true)?;
        }
        map.serialize_entry("size", &person.size)?;
        map.serialize_entry("color", &person.colour.hex())?;
        for (name, value) in person.known() {
            match value {
                Value::Text(text) => map.serialize_entry(name, text)?,
                Value::Whole(whole) => map.serialize_entry(name, &whole)?,
                Value::Number(number) => map.serialize_entry(name, &number)?,
            }
        }
        map.end()
    }
}

/// One tie.
#[derive(Serialize)]
struct TieRow<'a> {
    key: String,
    source: Cow<'a, str>,
    target: Cow<'a, str>,
    attributes: TieAttributes,
    undirected: bool,
}

#[derive(Serialize)]
struct TieAttributes {
    kind: &'static str,
    weight: f64,
}

/// A line for the head, for each person and for each tie, and nothing more in memory than one of them. Several ties of two
/// people stand beside each other: `multi` says so.
pub(super) fn write(
    drawn: &DrawnGraph<'_>,
    progress: &Progress,
    out: &mut Vec<u8>,
) -> io::Result<()> {
    let options =
        json!({"allowSelfLoops": false, "multi": true, "type": Direction::of(drawn.graph).word()});
    let attributes = json!({
        "creator": creator(),
        "resolution": drawn.analysis.communities.resolution,
        "seed": drawn.seed,
    });
    write!(
        out,
        "{{\"options\":{options},\n\"attributes\":{attributes},\n\"nodes\":["
    )?;
    for person in counted(drawn.people(), progress) {
        let (number, person) = person?;
        let row = PersonRow {
            key: drawn.id(person.person),
            attributes: PersonAttributes(person),
        };
        write_row(number, &row, out)?;
    }
    write!(out, "\n],\n\"edges\":[")?;
    for tie in counted(drawn.graph.interactions.iter(), progress) {
        let (number, tie) = tie?;
        let row = TieRow {
            key: number.to_string(),
            source: drawn.id(tie.from),
            target: drawn.id(tie.to),
            attributes: TieAttributes {
                kind: tie.kind.word(),
                weight: weight(tie),
            },
            undirected: !tie.directed,
        };
        write_row(number, &row, out)?;
    }
    writeln!(out, "\n]}}")
}

fn write_row(number: usize, row: &impl Serialize, out: &mut Vec<u8>) -> io::Result<()> {
    out.write_all(if number == 0 { b"\n" } else { b",\n" })?;
    Ok(serde_json::to_writer(out, row)?)
}
