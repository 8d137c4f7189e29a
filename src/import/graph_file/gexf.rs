//! GEXF 1.1 to 1.3, the format of Gephi: elements by their local names, since six namespaces are in use.

use std::collections::{BTreeSet, HashMap};

use super::super::ImportError;
use super::attributes::{Meaning, TieFacts, is_kept_default, is_number};
use super::gathered::Gathered;
use super::xml::{Happening, Tag, Xml};
use crate::progress::Progress;

/// A declared attribute: what it is called, and its value where none is written.
#[derive(Debug, Clone, Default)]
struct Declared {
    title: String,
    is_number: bool,
    default: Option<String>,
}

/// Attributes by id.
#[derive(Debug, Default)]
struct Declarations {
    all: HashMap<String, Declared>,
    with_default: BTreeSet<String>,
}

/// A person or tie whose element is open, with the attributes told in it.
#[derive(Debug)]
enum Open {
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
}

struct Reader<'g, 'f> {
    graph: &'g mut Gathered<'f>,
    directed: bool,
    of_people: Declarations,
    of_ties: Declarations,
    /// Whether attributes of ties are declared now, and the id of the one that is open.
    declaring_ties: bool,
    declaring: Option<String>,
    open: Vec<Open>,
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
    let mut xml = Xml::of(text, graph.file, "GEXF", progress);
    let mut reader = Reader {
        graph,
        directed: false,
        of_people: Declarations::default(),
        of_ties: Declarations::default(),
        declaring_ties: false,
        declaring: None,
        open: Vec::new(),
        text: String::new(),
    };
    loop {
        match xml.next()? {
            Happening::Start(tag) => {
                reader.text.clear();
                reader.start(&tag, &mut xml);
            }
            Happening::End(name) => reader.end(&name),
            Happening::Text(text) => reader.text.push_str(&text),
            Happening::Over => return Ok(()),
        }
    }
}

impl Reader<'_, '_> {
    fn start(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) {
        let text = |name: &str| tag.get(name).map(std::borrow::Cow::into_owned);
        match tag.name() {
            "graph" => {
                let kind = text("defaultedgetype").unwrap_or_default();
                self.directed = kind.eq_ignore_ascii_case("directed");
            }
            "attributes" => {
                self.declaring_ties = text("class").is_some_and(|c| c.eq_ignore_ascii_case("edge"));
            }
            "attribute" => {
                let id = text("id").unwrap_or_default();
                let title = text("title").unwrap_or_else(|| id.clone());
                let declared = Declared {
                    title,
                    is_number: text("type").is_some_and(|kind| is_number(&kind)),
                    default: None,
                };
                self.declarations().all.insert(id.clone(), declared);
                self.declaring = Some(id);
            }
            "node" => self.person(tag, xml.line()),
            "edge" => self.tie(tag, xml.line()),
            "attvalue" => {
                let id = text("for").or_else(|| text("id")).unwrap_or_default();
                self.value(id, &text("value").unwrap_or_default());
            }
            "color" | "position" => self.drawn(tag),
            _ => {}
        }
    }

    fn declarations(&mut self) -> &mut Declarations {
        if self.declaring_ties {
            &mut self.of_ties
        } else {
            &mut self.of_people
        }
    }

    fn person(&mut self, tag: &Tag<'_>, line: u64) {
        let person = self.graph.listed(&tag.get("id").unwrap_or_default(), line);
        if let (Some(person), Some(label)) = (person, tag.get("label")) {
            self.graph
                .tell_meaning(person, Meaning::Name(0), "label", &label);
        }
        self.open.push(Open::Person {
            person,
            told: Vec::new(),
        });
    }

    fn tie(&mut self, tag: &Tag<'_>, line: u64) {
        let mut facts = TieFacts::default();
        for field in ["label", "type", "kind", "weight"] {
            if let Some(value) = tag.get(field) {
                facts.tell(field, &value);
            }
        }
        let end = |name: &str| tag.get(name).unwrap_or_default().into_owned();
        self.open.push(Open::Tie {
            from: end("source"),
            to: end("target"),
            facts: Box::new(facts),
            told: Vec::new(),
            line,
        });
    }

    fn value(&mut self, id: String, value: &str) {
        match self.open.last_mut() {
            Some(Open::Person { person, told }) => {
                let declared = self.of_people.all.get(&id);
                let title = declared.map_or(&id, |d| &d.title);
                match *person {
                    Some(person) if declared.is_some_and(|d| d.is_number) => {
                        self.graph.tell_number(person, title, value);
                    }
                    Some(person) => self.graph.tell(person, title, value),
                    None => {}
                }
                told.push(id);
            }
            Some(Open::Tie { facts, told, .. }) => {
                let title = self.of_ties.all.get(&id).map_or(&id, |d| &d.title);
                facts.tell(title, value);
                told.push(id);
            }
            None => {}
        }
    }

    /// Colour and position, in any namespace.
    fn drawn(&mut self, tag: &Tag<'_>) {
        let Some(Open::Person {
            person: Some(person),
            ..
        }) = self.open.last()
        else {
            return;
        };
        let parts = [
            ("x", Meaning::X),
            ("y", Meaning::Y),
            ("r", Meaning::Part(0)),
            ("g", Meaning::Part(1)),
            ("b", Meaning::Part(2)),
            ("hex", Meaning::Colour),
        ];
        for (field, meaning) in parts {
            if let Some(value) = tag.get(field) {
                self.graph.tell_meaning(*person, meaning, field, &value);
            }
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "default" => {
                let text = std::mem::take(&mut self.text);
                let id = self.declaring.clone();
                let known = self.declarations();
                if let Some(id) = id
                    && let Some(declared) = known.all.get_mut(&id)
                    && is_kept_default(&text, known.with_default.len())
                {
                    declared.default = Some(text);
                    known.with_default.insert(id);
                }
            }
            "creator" if self.open.is_empty() => self.graph.created_by(&self.text),
            "attribute" => self.declaring = None,
            "node" | "edge" => self.close(),
            _ => {}
        }
    }

    /// Fills in the defaults of what was not told, and hands over a tie.
    fn close(&mut self) {
        match self.open.pop() {
            Some(Open::Person {
                person: Some(person),
                told,
            }) => {
                for (title, default) in missing(&self.of_people, &told) {
                    self.graph.tell(person, title, default);
                }
            }
            Some(Open::Tie {
                from,
                to,
                mut facts,
                told,
                line,
            }) => {
                for (title, default) in missing(&self.of_ties, &told) {
                    // A weight that stands in the tie itself wins over the default of an attribute.
                    if facts
                        .fields()
                        .all(|(_, field)| !field.eq_ignore_ascii_case(title))
                    {
                        facts.tell(title, default);
                    }
                }
                self.graph.tie((&from, &to), &facts, self.directed, line);
            }
            Some(Open::Person { person: None, .. }) | None => {}
        }
    }
}

/// Attributes with a default that were not told, by id.
fn missing<'d>(
    declared: &'d Declarations,
    told: &[String],
) -> impl Iterator<Item = (&'d str, &'d str)> {
    let untold = declared.with_default.iter().filter(|id| !told.contains(id));
    untold.filter_map(|id| {
        let found = declared.all.get(id)?;
        Some((found.title.as_str(), found.default.as_deref()?))
    })
}
