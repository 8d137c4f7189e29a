//! GraphML with typed keys; places, size and colour under the names that Gephi knows.

use std::io::{self, Write};

use super::person::{GraphPerson, ValueKind};
use super::xml::{Escaped, id_of};
use super::{Direction, DrawnGraph, counted, creator, weight};
use crate::people::Interaction;
use crate::progress::Progress;

/// How people are drawn: keys with their types.
const LOOKS: [(&str, &str); 7] = [
    ("label", "string"),
    ("x", "double"),
    ("y", "double"),
    ("size", "double"),
    ("r", "int"),
    ("g", "int"),
    ("b", "int"),
];

/// What is said of the file as a whole.
const OF_ALL: [(&str, &str); 3] = [
    ("creator", "string"),
    ("seed", "long"),
    ("resolution", "double"),
];

/// What is said of a tie.
const OF_TIES: [(&str, &str); 2] = [("kind", "string"), ("weight", "double")];

pub(super) fn write(
    drawn: &DrawnGraph<'_>,
    progress: &Progress,
    out: &mut Vec<u8>,
) -> io::Result<()> {
    head(drawn, out)?;
    for person in counted(drawn.people(), progress) {
        let (_, person) = person?;
        write_person(drawn, &person, out)?;
    }
    let mixed = Direction::of(drawn.graph) == Direction::Mixed;
    for tie in counted(drawn.graph.interactions.iter(), progress) {
        write_tie(drawn, tie?, mixed, out)?;
    }
    writeln!(out, "  </graph>\n</graphml>")
}

/// Everything before the people.
fn head(drawn: &DrawnGraph<'_>, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        r#"<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">"#
    )?;
    let mut key = |of: &str, name: &str, kind: &str| {
        // Gephi calls a column by the id, others by the name: no name is used twice, so they can be the same.
        writeln!(
            out,
            r#"  <key id="{name}" for="{of}" attr.name="{name}" attr.type="{kind}"/>"#
        )
    };
    for (name, kind) in OF_ALL {
        key("graph", name, kind)?;
    }
    for (name, kind) in LOOKS {
        key("node", name, kind)?;
    }
    for (name, kind) in drawn.attributes() {
        let kind = match kind {
            ValueKind::Text => "string",
            ValueKind::Whole => "int",
            ValueKind::Number => "double",
        };
        key("node", name, kind)?;
    }
    for (name, kind) in OF_TIES {
        key("edge", name, kind)?;
    }
    // GraphML wants a default, also where only some ties have a direction.
    let direction = match Direction::of(drawn.graph) {
        Direction::Undirected => Direction::Undirected.word(),
        Direction::Directed | Direction::Mixed => Direction::Directed.word(),
    };
    writeln!(
        out,
        r#"  <graph edgedefault="{direction}">
    <data key="creator">{}</data>
    <data key="seed">{}</data>
    <data key="resolution">{}</data>"#,
        creator(),
        drawn.seed,
        drawn.analysis.communities.resolution
    )
}

fn write_person(
    drawn: &DrawnGraph<'_>,
    person: &GraphPerson<'_>,
    out: &mut impl Write,
) -> io::Result<()> {
    let id = id_of(drawn, person.person);
    writeln!(out, r#"    <node id="{}">"#, Escaped(&id))?;
    let mut data = |name: &str, value: &dyn std::fmt::Display| {
        writeln!(out, r#"      <data key="{name}">{value}</data>"#)
    };
    data("label", &Escaped(person.name))?;
    if let Some([x, y]) = person.place {
        data("x", &x)?;
        data("y", &y)?;
    }
    data("size", &person.size)?;
    let colour = person.colour;
    for (name, part) in [("r", colour.0), ("g", colour.1), ("b", colour.2)] {
        data(name, &part)?;
    }
    for (name, value) in person.known() {
        data(name, &value)?;
    }
    writeln!(out, "    </node>")
}

/// One tie for each direction and kind, as `ties.csv` has them: GraphML allows several between two people, and their ids keep
/// them apart.
fn write_tie(
    drawn: &DrawnGraph<'_>,
    (number, tie): (usize, &Interaction),
    mixed: bool,
    out: &mut impl Write,
) -> io::Result<()> {
    let [from, to] = [tie.from, tie.to].map(|end| id_of(drawn, end));
    write!(
        out,
        r#"    <edge id="{number}" source="{}" target="{}""#,
        Escaped(&from),
        Escaped(&to)
    )?;
    if mixed && !tie.directed {
        write!(out, r#" directed="false""#)?;
    }
    writeln!(
        out,
        r#">
      <data key="kind">{}</data>
      <data key="weight">{}</data>
    </edge>"#,
        tie.kind.word(),
        weight(tie)
    )
}
