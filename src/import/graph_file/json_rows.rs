//! One person or one tie of a graph in JSON, whatever the program calls its parts.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::attributes::TieFacts;

/// How a tie names a person.
#[derive(Debug, Clone)]
pub(super) enum End {
    /// By id.
    Text(Box<str>),
    /// By a number: an id, or a place in the list.
    Number(Box<str>),
}

impl End {
    /// As written.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Number(text) => text,
        }
    }
}

/// A tie as it stands in the file.
#[derive(Debug, Clone)]
pub(super) struct RawTie {
    /// Where it starts.
    pub from: End,
    /// Where it ends.
    pub to: End,
    /// What is said of it.
    pub facts: TieFacts,
    /// The line where it ends.
    pub line: u64,
}

/// A word, number or truth value as text; `None` for nothing, lists and objects.
pub(super) fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(yes.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The id of a person's row.
pub(super) fn id_of(row: &Map<String, Value>) -> Option<String> {
    let found = ["id", "key", "@id"].iter().find_map(|k| row.get(*k));
    let found = found.or_else(|| row.get("data")?.get("id"))?;
    match found {
        // networkx writes ids of several parts as lists.
        Value::Array(_) => Some(found.to_string()),
        _ => text_of(found),
    }
}

/// Calls `each` with every field that holds one value, also those inside `attributes`, `data`, `position` and the like; and
/// whether it is a number.
pub(super) fn fields(row: &Map<String, Value>, depth: u8, each: &mut impl FnMut(&str, &str, bool)) {
    for (key, value) in row {
        match value {
            Value::Object(inside) if depth > 0 => {
                let opens = matches!(
                    key.as_str(),
                    "attributes"
                        | "data"
                        | "metadata"
                        | "position"
                        | "viz"
                        | "v"
                        | "properties"
                        | "color"
                );
                if opens {
                    fields(inside, depth - 1, each);
                }
            }
            Value::String(text) => each(key, text, false),
            Value::Number(_) | Value::Bool(_) => {
                each(key, &value.to_string(), value.is_number());
            }
            _ => {}
        }
    }
}

/// Both ends of a tie's row: `source` and `target`, `from` and `to`, `s` and `t`, or the first two of a list.
pub(super) fn ends_of(row: &Value) -> Option<(End, End)> {
    if let Some(list) = row.as_array() {
        return Some((end(list.first()?)?, end(list.get(1)?)?));
    }
    let pair = |row: &Value| {
        [("source", "target"), ("from", "to"), ("s", "t")]
            .iter()
            .find_map(|(from, to)| Some((end(row.get(from)?)?, end(row.get(to)?)?)))
    };
    pair(row).or_else(|| pair(row.get("data")?))
}

fn end(value: &Value) -> Option<End> {
    match value {
        Value::String(text) => Some(End::Text(text.as_str().into())),
        Value::Number(number) => Some(End::Number(number.to_string().into())),
        // d3 puts the people themselves in place of their numbers once it has drawn them.
        Value::Object(person) => id_of(person)
            .or_else(|| person.get("name").and_then(text_of))
            .map(|id| End::Text(id.into())),
        Value::Array(_) => Some(End::Text(value.to_string().into())),
        _ => None,
    }
}

/// What a tie's row says besides its ends.
pub(super) fn facts_of(
    row: &Value,
    short: &HashMap<String, String>,
    defaults: &[(String, String)],
) -> TieFacts {
    let mut facts = TieFacts::default();
    for (name, default) in defaults {
        facts.tell(name, default);
    }
    if let Some(weight) = row.as_array().and_then(|list| text_of(list.get(2)?)) {
        facts.tell("value", &weight);
    }
    if let Some(row) = row.as_object() {
        fields(row, 3, &mut |field, value, _| {
            // In CX `i` is the interaction.
            let field = match field {
                "i" => "interaction",
                "n" | "key" | "id" => return,
                _ => short.get(field).map_or(field, String::as_str),
            };
            facts.tell(field, value);
        });
    }
    facts
}
