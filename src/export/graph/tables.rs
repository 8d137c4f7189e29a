//! People and ties as two tables with the headers that the spreadsheet import of Gephi knows.

use std::borrow::Cow;
use std::io;

use super::person::Value;
use super::{DrawnGraph, counted, weight};
use crate::export::csv::{harmless, number};
use crate::progress::Progress;

/// `Id,Label`, everybody's figures, and how they are drawn: `x,y,size,color`. Empty cells: unknown.
pub(super) fn people(
    drawn: &DrawnGraph<'_>,
    progress: &Progress,
    out: &mut Vec<u8>,
) -> io::Result<()> {
    let mut rows = ::csv::Writer::from_writer(out);
    let attributes = drawn.attributes();
    let names = attributes.iter().map(|(name, _)| *name);
    let header = ["Id", "Label"].into_iter().chain(names);
    rows.write_record(header.chain(["x", "y", "size", "color"]))?;
    for person in counted(drawn.people(), progress) {
        let (_, person) = person?;
        let coordinate = |which: usize| {
            let value = person.place.map(|place| place[which].to_string());
            value.unwrap_or_default().into()
        };
        let looks: [Cow<'_, str>; 4] = [
            coordinate(0),
            coordinate(1),
            person.size.to_string().into(),
            person.colour.hex().into(),
        ];
        let id = drawn.id(person.person);
        let cells = [harmless(&id), harmless(person.name)].into_iter();
        let figures = person.first(attributes.len()).map(cell);
        for field in cells.chain(figures).chain(looks) {
            rows.write_field(&*field)?;
        }
        rows.write_record(None::<&[u8]>)?;
    }
    rows.flush()
}

/// `Source,Target,Type,Kind,Weight`: one row a direction and kind, undirected ties once. Gephi keeps rows of different kinds
/// apart.
pub(super) fn ties(
    drawn: &DrawnGraph<'_>,
    progress: &Progress,
    out: &mut Vec<u8>,
) -> io::Result<()> {
    let mut rows = ::csv::Writer::from_writer(out);
    rows.write_record(["Source", "Target", "Type", "Kind", "Weight"])?;
    for tie in counted(drawn.graph.interactions.iter(), progress) {
        let (_, tie) = tie?;
        let direction = if tie.directed {
            "Directed"
        } else {
            "Undirected"
        };
        let [from, to] = [tie.from, tie.to].map(|end| drawn.id(end));
        rows.write_record([
            &*harmless(&from),
            &*harmless(&to),
            direction,
            tie.kind.word(),
            &number(weight(tie)),
        ])?;
    }
    rows.flush()
}

fn cell(value: Option<Value<'_>>) -> Cow<'_, str> {
    match value {
        None => "".into(),
        Some(Value::Text(text)) => harmless(text),
        Some(Value::Whole(whole)) => whole.to_string().into(),
        Some(Value::Number(value)) => number(value).into(),
    }
}
