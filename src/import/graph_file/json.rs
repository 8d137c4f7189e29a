//! Graphs as JSON: graphology, node-link (networkx, d3, sigma), Cytoscape `.cyjs`, CX and CX2, JSON Graph Format.

use std::cell::Cell;
use std::collections::HashMap;
use std::fmt;
use std::io::{self, Read};
use std::rc::Rc;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::super::ImportError;
use super::super::error::Place;
use super::super::tie_list;
use super::attributes::is_kept_default;
use super::gathered::Gathered;
use super::json_rows::{End, RawTie, ends_of, facts_of, fields, id_of, text_of};
use super::json_scan::Shape;
use crate::progress::Progress;

/// Everything read so far. Ties wait until all people are known: d3 names people by their place in the list.
pub(super) struct Reader<'g, 'f> {
    graph: &'g mut Gathered<'f>,
    shape: Shape,
    /// What the file says of all ties.
    directed: Option<bool>,
    /// People in file order.
    people: Vec<Option<usize>>,
    /// Whether any of them has an id.
    with_ids: bool,
    ties: Vec<RawTie>,
    /// CX2: short names of attributes, for people and for ties.
    short: [HashMap<String, String>; 2],
    /// CX2: values of attributes where none is written, for people and for ties.
    defaults: [Vec<(String, String)>; 2],
    line: Rc<Cell<u64>>,
}

/// Reads the whole file.
///
/// # Errors
/// [`ImportError::Broken`] where it is no JSON or breaks off, [`ImportError::Cancelled`].
pub(super) fn read(
    graph: &mut Gathered<'_>,
    (text, shape): (&str, Shape),
    progress: &Progress,
) -> Result<(), ImportError> {
    graph.y_up = shape == Shape::Graphology;
    let line = Rc::new(Cell::new(1));
    let file = graph.file.to_owned();
    let counted = Counted {
        text: text.as_bytes(),
        line: Rc::clone(&line),
        untold: 0,
        progress: progress.clone(),
    };
    let mut reader = Reader {
        graph,
        shape,
        directed: None,
        people: Vec::new(),
        with_ids: false,
        ties: Vec::new(),
        short: [HashMap::new(), HashMap::new()],
        defaults: [Vec::new(), Vec::new()],
        line,
    };
    let what = if shape == Shape::CytoscapeList {
        What::Mixed
    } else {
        What::Top
    };
    let mut json = serde_json::Deserializer::from_reader(counted);
    let part = Part {
        reader: &mut reader,
        what,
    };
    if let Err(error) = part.deserialize(&mut json) {
        progress.check()?;
        let reason = if error.is_eof() {
            "it breaks off in the middle"
        } else if error.to_string().contains("recursion") {
            "its lists are nested too deep"
        } else {
            "it is no valid JSON"
        };
        return Err(ImportError::Broken {
            format: "JSON",
            reason: reason.to_owned(),
            at: Place {
                file,
                line: error.line() as u64,
            },
        });
    }
    reader.finish();
    Ok(())
}

/// Gives the bytes one by one, as the parser asks for them, and counts lines: so each row knows its place.
struct Counted<'t> {
    text: &'t [u8],
    line: Rc<Cell<u64>>,
    untold: u64,
    progress: Progress,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let (Some(place), Some((byte, rest))) = (buffer.first_mut(), self.text.split_first())
        else {
            return Ok(0);
        };
        *place = *byte;
        self.text = rest;
        self.line.set(self.line.get() + u64::from(*byte == b'\n'));
        self.untold += 1;
        if self.untold >= 1 << 16 {
            self.progress
                .advance(self.untold)
                .map_err(io::Error::other)?;
            self.untold = 0;
        }
        Ok(1)
    }
}

/// What a part of the file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    /// An object with people and ties under known names, or a list of such objects.
    Top,
    People,
    Ties,
    /// People and ties in one list.
    Mixed,
    /// Names and defaults of attributes (CX2).
    Declarations,
    /// One attribute of one person a row (CX).
    PersonAttributes,
    /// Positions, one a row (CX).
    Places,
}

struct Part<'a, 'g, 'f> {
    reader: &'a mut Reader<'g, 'f>,
    what: What,
}

impl<'de> DeserializeSeed<'de> for Part<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Part<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a part of a graph")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let reader = self.reader;
        while let Some(key) = map.next_key::<String>()? {
            // JSON Graph Format lists people under their ids.
            if self.what == What::People {
                let mut value = map.next_value::<Value>()?;
                if let Some(fields) = value.as_object_mut() {
                    fields.entry("id").or_insert_with(|| key.into());
                }
                reader.person(&value);
                continue;
            }
            let what = match key.as_str() {
                _ if self.what != What::Top => None,
                "nodes" => Some(What::People),
                "edges" | "links" => Some(What::Ties),
                "elements" => {
                    map.next_value_seed(Elements(&mut *reader))?;
                    continue;
                }
                "g" | "graph" | "network" => Some(What::Top),
                "attributeDeclarations" => Some(What::Declarations),
                "nodeAttributes" => Some(What::PersonAttributes),
                "cartesianLayout" => Some(What::Places),
                "directed" | "type" | "options" | "settings" | "graphSettings" => {
                    let value = map.next_value::<Value>()?;
                    reader.says_direction(&value);
                    continue;
                }
                "attributes" if reader.shape == Shape::Graphology => {
                    let value = map.next_value::<Value>()?;
                    let creator = value.get("creator").and_then(Value::as_str);
                    reader.graph.created_by(creator.unwrap_or_default());
                    continue;
                }
                _ => None,
            };
            match what {
                Some(what) => map.next_value_seed(Part {
                    reader: &mut *reader,
                    what,
                })?,
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let reader = self.reader;
        if self.what == What::Top {
            while list
                .next_element_seed(Part {
                    reader: &mut *reader,
                    what: What::Top,
                })?
                .is_some()
            {}
            return Ok(());
        }
        while let Some(row) = list.next_element::<Value>()? {
            match self.what {
                What::People => reader.person(&row),
                What::Ties => reader.tie(&row),
                What::Mixed => reader.either(&row),
                What::Declarations => reader.declare(&row),
                What::PersonAttributes => reader.attribute(&row),
                What::Places => reader.place(&row),
                What::Top => {}
            }
        }
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }
    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }
    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }
    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }
    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

/// What Cytoscape calls elements: people and ties apart, or all in one list.
struct Elements<'a, 'g, 'f>(&'a mut Reader<'g, 'f>);

impl<'de> DeserializeSeed<'de> for Elements<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Elements<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("people and ties")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        let what = What::Top;
        Part {
            reader: self.0,
            what,
        }
        .visit_map(map)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<(), A::Error> {
        let what = What::Mixed;
        Part {
            reader: self.0,
            what,
        }
        .visit_seq(list)
    }
}

impl Reader<'_, '_> {
    fn says_direction(&mut self, value: &Value) {
        let told = match value {
            Value::Bool(directed) => Some(*directed),
            Value::String(word) => tie_list::direction(word),
            Value::Object(options) => options
                .get("type")
                .and_then(Value::as_str)
                .and_then(tie_list::direction),
            _ => None,
        };
        self.directed = told.or(self.directed);
    }

    fn person(&mut self, row: &Value) {
        let line = self.line.get();
        let own = row.as_object().and_then(id_of).or_else(|| text_of(row));
        self.with_ids |= own.is_some();
        let id = own.or_else(|| {
            // d3 knows people by name, and by their place in the list.
            let name = ["name", "n", "label"]
                .iter()
                .find_map(|k| text_of(row.get(k)?))?;
            Some(if self.graph.knows(&name) {
                format!("{name} ({})", self.people.len())
            } else {
                name
            })
        });
        let person = self.graph.listed(&id.unwrap_or_default(), line);
        self.people.push(person);
        let (Some(person), Some(row)) = (person, row.as_object()) else {
            return;
        };
        for (name, default) in &self.defaults[0] {
            self.graph.tell(person, name, default);
        }
        let (graph, short) = (&mut *self.graph, &self.short[0]);
        fields(row, 3, &mut |field, value, is_number| {
            // In CX `n` is the name; in Cytoscape the group of every person is "nodes".
            let field = match field {
                "n" => "name",
                "group" if value == "nodes" => return,
                _ => short.get(field).map_or(field, String::as_str),
            };
            if is_number {
                graph.tell_number(person, field, value);
            } else {
                graph.tell(person, field, value);
            }
        });
    }

    fn tie(&mut self, row: &Value) {
        let line = self.line.get();
        let Some((from, to)) = ends_of(row) else {
            return self.graph.leave_out("one end of the tie is empty", line);
        };
        let facts = facts_of(row, &self.short[1], &self.defaults[1]);
        self.ties.push(RawTie {
            from,
            to,
            facts,
            line,
        });
    }

    /// A person or a tie, whichever it is.
    fn either(&mut self, row: &Value) {
        let is_tie = row
            .get("data")
            .is_some_and(|d| d.get("source").is_some() || d.get("target").is_some())
            || row.get("group").and_then(Value::as_str) == Some("edges");
        if is_tie {
            self.tie(row);
        } else {
            self.person(row);
        }
    }

    /// CX2: `{"nodes": {"name": {"a": "n", "v": "…"}}, "edges": …}`.
    fn declare(&mut self, row: &Value) {
        for (of, which) in ["nodes", "edges"].iter().enumerate() {
            let Some(declared) = row.get(which).and_then(Value::as_object) else {
                continue;
            };
            for (name, about) in declared {
                if let Some(alias) = about.get("a").and_then(Value::as_str) {
                    self.short[of].insert(alias.to_owned(), name.clone());
                }
                if let Some(default) = about.get("v").and_then(text_of)
                    && is_kept_default(&default, self.defaults[of].len())
                {
                    self.defaults[of].push((name.clone(), default));
                }
            }
        }
    }

    /// CX: `{"po": 1, "n": "followers", "v": "12"}`.
    fn attribute(&mut self, row: &Value) {
        let text = |key: &str| row.get(key).and_then(text_of);
        if let (Some(id), Some(name), Some(value)) = (text("po"), text("n"), text("v"))
            && let Some(person) = self.graph.person(&id)
        {
            self.graph.tell(person, &name, &value);
        }
    }

    /// CX: `{"node": 1, "x": 1.5, "y": 2.5}`.
    fn place(&mut self, row: &Value) {
        let text = |key: &str| row.get(key).and_then(text_of);
        if let Some(person) = text("node").and_then(|id| self.graph.person(&id)) {
            for field in ["x", "y"] {
                self.graph
                    .tell(person, field, &text(field).unwrap_or_default());
            }
        }
    }

    /// Hands over the ties, now that everybody is known.
    fn finish(&mut self) {
        let ties = std::mem::take(&mut self.ties);
        let default = match self.shape {
            Shape::NodeLink => false,
            Shape::Graphology | Shape::Cytoscape | Shape::CytoscapeList | Shape::Cx => true,
        };
        let directed = self.directed.unwrap_or(default);
        let ends = || ties.iter().flat_map(|t| [&t.from, &t.to]);
        let is_id = |end: &End| self.graph.knows(end.text());
        let is_place = |end: &End| {
            let place = end.text().parse::<usize>();
            place.is_ok_and(|place| place < self.people.len())
        };
        // Numbers name places in the list where nobody has an id, or where they are places but not all of them ids.
        let by_place = !self.people.is_empty()
            && ends().all(|end| matches!(end, End::Number(_)))
            && (!self.with_ids || (ends().all(is_place) && !ends().all(is_id)));
        for tie in &ties {
            if !by_place {
                let ends = (tie.from.text(), tie.to.text());
                self.graph.tie(ends, &tie.facts, directed, tie.line);
                continue;
            }
            let at = |end: &End| match end.text().parse::<i64>() {
                Ok(k) if k < 0 => Err("the number of a person is negative"),
                Ok(k) => self
                    .people
                    .get(k as usize)
                    .copied()
                    .flatten()
                    .ok_or("the number of a person is out of range"),
                Err(_) => Err("the number of a person is not a number"),
            };
            match at(&tie.from).and_then(|from| Ok((from, at(&tie.to)?))) {
                Ok(ends) => self.graph.tie_between(ends, &tie.facts, directed, tie.line),
                Err(reason) => self.graph.leave_out(reason, tie.line),
            }
        }
    }
}
