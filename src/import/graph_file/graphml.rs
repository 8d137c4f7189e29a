//! GraphML, with the shapes and labels that yEd puts into it.

use std::collections::{BTreeMap, BTreeSet};

use super::super::ImportError;
use super::attributes::{Meaning, TieFacts, is_kept_default, is_number};
use super::gathered::Gathered;
use super::xml::{Happening, Tag, Xml};
use crate::progress::Progress;

/// People whom one tie may join; more make too many pairs to mean anything.
const MOST_ENDS: usize = 20;

/// A declared key: what it is called, whose it is, and its value where none is written.
#[derive(Debug, Clone, Default)]
struct Key {
    name: String,
    of_people: bool,
    of_ties: bool,
    is_number: bool,
    default: Option<String>,
}

/// An element that is open.
#[derive(Debug)]
enum Open {
    /// With the direction that held outside.
    Graph(bool),
    Person {
        person: Option<usize>,
        told: Vec<String>,
    },
    Tie {
        from: String,
        to: String,
        facts: Box<TieFacts>,
        told: Vec<String>,
        line: u64,
    },
    /// A tie of several people.
    Group(Vec<String>, u64),
    Key(String),
    Data(String),
    Other,
}

struct Reader<'g, 'f> {
    graph: &'g mut Gathered<'f>,
    directed: bool,
    keys: BTreeMap<String, Key>,
    /// The ids of keys that have a default.
    with_default: BTreeSet<String>,
    open: Vec<Open>,
    /// The text since the last mark.
    text: String,
}

/// Reads the whole file.
///
/// # Errors
/// [`ImportError::Broken`] where it is no XML or breaks off, [`ImportError::Cancelled`].
pub(super) fn read(
    graph: &mut Gathered<'_>,
    text: &str,
    progress: &Progress,
) -> Result<(), ImportError> {
    graph.y_up = true;
    let mut xml = Xml::of(text, graph.file, "GraphML", progress);
    let mut reader = Reader {
        graph,
        directed: false,
        keys: BTreeMap::new(),
        with_default: BTreeSet::new(),
        open: Vec::new(),
        text: String::new(),
    };
    loop {
        match xml.next()? {
            Happening::Start(tag) => {
                reader.text.clear();
                let open = reader.start(&tag, &mut xml);
                reader.open.push(open);
            }
            Happening::End(name) => {
                let text = std::mem::take(&mut reader.text);
                reader.end(&name, &text);
            }
            Happening::Text(text) => reader.text.push_str(&text),
            Happening::Over => return Ok(()),
        }
    }
}

impl Reader<'_, '_> {
    fn start(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Open {
        let text = |name: &str| tag.get(name).unwrap_or_default().into_owned();
        match tag.name() {
            "key" => {
                let (id, of) = (text("id"), text("for"));
                let name = tag.get("attr.name").map_or_else(|| id.clone(), Into::into);
                let all = of.is_empty() || of == "all";
                let key = Key {
                    name,
                    of_people: all || of == "node",
                    of_ties: all || of == "edge",
                    is_number: is_number(&text("attr.type")),
                    default: None,
                };
                self.keys.insert(id.clone(), key);
                Open::Key(id)
            }
            "graph" => {
                let before = self.directed;
                self.directed = text("edgedefault").trim().eq_ignore_ascii_case("directed");
                Open::Graph(before)
            }
            "node" => Open::Person {
                person: self.graph.listed(&text("id"), xml.line()),
                told: Vec::new(),
            },
            "edge" => {
                let mut facts = TieFacts::default();
                facts.tell("directed", &text("directed"));
                Open::Tie {
                    from: text("source"),
                    to: text("target"),
                    facts: Box::new(facts),
                    told: Vec::new(),
                    line: xml.line(),
                }
            }
            "hyperedge" => Open::Group(Vec::new(), xml.line()),
            "endpoint" => {
                if let Some(Open::Group(ends, _)) = self.open.last_mut() {
                    ends.push(text("node"));
                }
                Open::Other
            }
            "data" => Open::Data(text("key")),
            "Geometry" | "Fill" => {
                self.drawn(tag);
                Open::Other
            }
            _ => Open::Other,
        }
    }

    /// The person or tie whose element is the innermost open one.
    fn owner(&mut self) -> Option<&mut Open> {
        self.open
            .iter_mut()
            .rev()
            .find(|o| matches!(o, Open::Person { .. } | Open::Tie { .. } | Open::Graph(_)))
    }

    /// How yEd draws a person. Its y grows downwards, unlike that of other writers.
    fn drawn(&mut self, tag: &Tag<'_>) {
        let Some(Open::Person {
            person: Some(person),
            ..
        }) = self.owner()
        else {
            return;
        };
        let person = *person;
        if let Some(x) = tag.get("x") {
            self.graph.tell_meaning(person, Meaning::X, "x", &x);
        }
        if let Some(y) = tag.get("y").and_then(|y| y.trim().parse::<f64>().ok()) {
            let y = (-y).to_string();
            self.graph.tell_meaning(person, Meaning::Y, "y", &y);
        }
        if let Some(colour) = tag.get("color") {
            self.graph
                .tell_meaning(person, Meaning::Colour, "color", &colour);
        }
    }

    fn end(&mut self, name: &str, text: &str) {
        match self.open.pop() {
            Some(Open::Graph(before)) => self.directed = before,
            Some(Open::Person {
                person: Some(person),
                told,
            }) => {
                for key in missing((&self.keys, &self.with_default), &told, |key| key.of_people) {
                    self.graph.tell(person, &key.0, &key.1);
                }
            }
            Some(Open::Tie {
                from,
                to,
                mut facts,
                told,
                line,
            }) => {
                for key in missing((&self.keys, &self.with_default), &told, |key| key.of_ties) {
                    facts.tell(&key.0, &key.1);
                }
                self.graph.tie((&from, &to), &facts, self.directed, line);
            }
            Some(Open::Group(ends, line)) => self.group(&ends, line),
            Some(Open::Data(id)) => self.data(id, text),
            Some(Open::Other) if name == "default" => {
                if let Some(Open::Key(id)) = self.open.last()
                    && let Some(key) = self.keys.get_mut(id)
                    && is_kept_default(text, self.with_default.len())
                {
                    key.default = Some(text.to_owned());
                    self.with_default.insert(id.clone());
                }
            }
            Some(Open::Other) if matches!(name, "NodeLabel" | "EdgeLabel") => self.label(text),
            _ => {}
        }
    }

    fn data(&mut self, id: String, text: &str) {
        let key = self.keys.get(&id);
        let name = key.map_or(&id, |key| &key.name).clone();
        let is_number = key.is_some_and(|key| key.is_number);
        match self.open.last_mut() {
            Some(Open::Person { person, told }) => {
                told.push(id);
                match *person {
                    Some(person) if is_number => self.graph.tell_number(person, &name, text),
                    Some(person) => self.graph.tell(person, &name, text),
                    None => {}
                }
            }
            Some(Open::Tie { facts, told, .. }) => {
                told.push(id);
                facts.tell(&name, text);
            }
            Some(Open::Graph(_)) if name == "creator" => self.graph.created_by(text),
            _ => {}
        }
    }

    /// The label in a shape of yEd.
    fn label(&mut self, text: &str) {
        match self.owner() {
            Some(Open::Person {
                person: Some(person),
                ..
            }) => {
                let person = *person;
                self.graph.tell(person, "label", text);
            }
            Some(Open::Tie { facts, .. }) => facts.tell("label", text),
            _ => {}
        }
    }

    /// Everybody in it is tied to everybody else.
    fn group(&mut self, ends: &[String], line: u64) {
        if ends.len() > MOST_ENDS {
            return self.graph.leave_out("a tie of more than 20 people", line);
        }
        for (i, from) in ends.iter().enumerate() {
            for to in ends.iter().skip(i + 1) {
                self.graph
                    .tie((from, to), &TieFacts::default(), false, line);
            }
        }
    }
}

/// Names and defaults of the keys that were not told.
fn missing(
    (keys, with_default): (&BTreeMap<String, Key>, &BTreeSet<String>),
    told: &[String],
    wanted: impl Fn(&Key) -> bool,
) -> Vec<(String, String)> {
    let untold = with_default.iter().filter(|id| !told.contains(id));
    untold
        .filter_map(|id| keys.get(id))
        .filter(|key| wanted(key))
        .filter_map(|key| Some((key.name.clone(), key.default.clone()?)))
        .collect()
}
