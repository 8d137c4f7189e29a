//! Text, numbers and ids as XML holds them.

use std::borrow::Cow;
use std::fmt;

use super::DrawnGraph;
use super::person::Value;
use crate::people::{PersonId, key_of};

/// Text between marks or in an attribute. What XML 1.0 forbids is left out; tabs and ends of lines are written as numbers,
/// since a reader makes spaces of them in attributes.
pub(super) struct Escaped<'a>(pub(super) &'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some((at, sign)) = rest.char_indices().find(|(_, c)| is_special(*c)) {
            out.write_str(rest.get(..at).unwrap_or_default())?;
            match sign {
                '<' => out.write_str("&lt;")?,
                '>' => out.write_str("&gt;")?,
                '&' => out.write_str("&amp;")?,
                '"' => out.write_str("&quot;")?,
                '\t' | '\n' | '\r' => write!(out, "&#{};", sign as u32)?,
                _ => {}
            }
            rest = rest.get(at + sign.len_utf8()..).unwrap_or_default();
        }
        out.write_str(rest)
    }
}

/// True for what cannot stand in XML as it is.
fn is_special(sign: char) -> bool {
    matches!(sign, '<' | '>' | '&' | '"' | '\t' | '\n' | '\r') || is_forbidden(sign)
}

/// True for what cannot stand in XML 1.0 in any way.
fn is_forbidden(sign: char) -> bool {
    matches!(sign, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

impl fmt::Display for Value<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => Escaped(text).fmt(out),
            Self::Whole(whole) => whole.fmt(out),
            Self::Number(number) => number.fmt(out),
        }
    }
}

/// The id of a person. One that XML cannot hold gets their number too, since what is left of it may be the id of somebody else.
pub(super) fn id_of<'a>(drawn: &DrawnGraph<'a>, person: PersonId) -> Cow<'a, str> {
    let id = drawn.id(person);
    if !id.contains(is_forbidden) {
        return id;
    }
    let mut id = id.replace(is_forbidden, "");
    id.extend(["~", &person.0.to_string()]);
    while drawn.graph.find(&key_of(&id)).is_some() {
        id.push('~');
    }
    id.into()
}
