//! GEXF 1.3 with places, sizes and colours, as Gephi reads it.

use std::io::{self, Write};

use super::person::{GraphPerson, ValueKind};
use super::xml::{Escaped, id_of};
use super::{Direction, DrawnGraph, counted, creator, weight};
use crate::people::Interaction;
use crate::progress::Progress;

pub(super) fn write(
    drawn: &DrawnGraph<'_>,
    progress: &Progress,
    out: &mut Vec<u8>,
) -> io::Result<()> {
    head(drawn, out)?;
    writeln!(out, "    <nodes>")?;
    for person in counted(drawn.people(), progress) {
        let (_, person) = person?;
        write_person(drawn, &person, out)?;
    }
    writeln!(out, "    </nodes>\n    <edges>")?;
    let mixed = Direction::of(drawn.graph) == Direction::Mixed;
    for tie in counted(drawn.graph.interactions.iter(), progress) {
        write_tie(drawn, tie?, mixed, out)?;
    }
    writeln!(out, "    </edges>\n  </graph>\n</gexf>")
}

/// Everything before the people. This is the one pair of namespaces of 1.3 that Gephi and networkx both know; there is no
/// date, since the same graph gives the same bytes.
fn head(drawn: &DrawnGraph<'_>, out: &mut impl Write) -> io::Result<()> {
    // Where only some ties have a direction each says so: beside a default, Gephi would drop those that differ from it.
    let default = match Direction::of(drawn.graph) {
        Direction::Mixed => String::new(),
        direction => format!(r#" defaultedgetype="{}""#, direction.word()),
    };
    writeln!(
        out,
        r#"<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
  <meta>
    <creator>{}</creator>
    <description>seed {}, resolution {}</description>
  </meta>
  <graph{default} mode="static">
    <attributes class="node" mode="static">"#,
        creator(),
        drawn.seed,
        drawn.analysis.communities.resolution
    )?;
    for (name, kind) in drawn.attributes() {
        let kind = match kind {
            ValueKind::Text => "string",
            ValueKind::Whole => "integer",
            ValueKind::Number => "double",
        };
        writeln!(
            out,
            r#"      <attribute id="{name}" title="{name}" type="{kind}"/>"#
        )?;
    }
    writeln!(out, "    </attributes>")
}

fn write_person(
    drawn: &DrawnGraph<'_>,
    person: &GraphPerson<'_>,
    out: &mut impl Write,
) -> io::Result<()> {
    let (id, name) = (id_of(drawn, person.person), Escaped(person.name));
    writeln!(out, r#"      <node id="{}" label="{name}">"#, Escaped(&id))?;
    writeln!(out, "        <attvalues>")?;
    for (field, value) in person.known() {
        writeln!(
            out,
            r#"          <attvalue for="{field}" value="{value}"/>"#
        )?;
    }
    writeln!(out, "        </attvalues>")?;
    if let Some([x, y]) = person.place {
        writeln!(out, r#"        <viz:position x="{x}" y="{y}" z="0"/>"#)?;
    }
    let colour = person.colour;
    writeln!(
        out,
        r#"        <viz:size value="{}"/>
        <viz:color r="{}" g="{}" b="{}"/>
      </node>"#,
        person.size, colour.0, colour.1, colour.2
    )
}

/// One tie for each direction and kind, as `ties.csv` has them. Those of two people stand beside each other with different
/// `kind`s: so Gephi keeps them apart, and without `kind` it would add up what was said in different ways. The label says the
/// same to programs that pass over `kind`, such as networkx.
fn write_tie(
    drawn: &DrawnGraph<'_>,
    (number, tie): (usize, &Interaction),
    mixed: bool,
    out: &mut impl Write,
) -> io::Result<()> {
    let [from, to] = [tie.from, tie.to].map(|end| id_of(drawn, end));
    write!(
        out,
        r#"      <edge id="{number}" source="{}" target="{}""#,
        Escaped(&from),
        Escaped(&to)
    )?;
    let kind = tie.kind.word();
    if mixed {
        let direction = if tie.directed {
            Direction::Directed
        } else {
            Direction::Undirected
        };
        write!(out, r#" type="{}""#, direction.word())?;
    }
    writeln!(
        out,
        r#" label="{kind}" kind="{kind}" weight="{}"/>"#,
        weight(tie)
    )
}
