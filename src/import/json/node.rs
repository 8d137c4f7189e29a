//! One JSON value, with its strings borrowed from the file, and only the members that somebody will ask for.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// The longest record that is read, in bytes: what is longer is no post, and would need many times its size as a tree.
pub(super) const LONGEST_RECORD: usize = 64 << 20;

/// A JSON value. Members keep their order; of two with one name the first is found.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) enum Node<'a> {
    /// `null`
    #[default]
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A whole number.
    Whole(i64),
    /// A whole number beyond `i64`.
    Large(u64),
    /// Any other number.
    Real(f64),
    /// A string.
    Text(Cow<'a, str>),
    /// A list.
    List(Vec<Node<'a>>),
    /// An object.
    Object(Vec<(Cow<'a, str>, Node<'a>)>),
}

static NULL: Node<'static> = Node::Null;

impl<'a> Node<'a> {
    /// Reads one value; members whose names are not in `wanted` are left out at every depth. `None` wants all.
    ///
    /// What Python and cut texts leave behind (`NaN`, halves of surrogate pairs, bare control characters) is mended.
    /// `None` when it is no JSON, nested deeper than 127 levels, or longer than [`LONGEST_RECORD`].
    pub(super) fn read(text: &'a str, wanted: Option<&'static Names>) -> Option<Self> {
        if text.len() > LONGEST_RECORD {
            return None;
        }
        read_strictly(text, wanted).or_else(|| {
            let mended = mend(text)?;
            read_strictly(&mended, wanted).map(Node::into_owned)
        })
    }

    /// The member `name`; null where there is none.
    pub(super) fn get(&self, name: &str) -> &Node<'a> {
        let Node::Object(members) = self else {
            return null();
        };
        members
            .iter()
            .find(|(key, _)| is_same(key, name))
            .map_or(null(), |(_, value)| value)
    }

    /// The member of a member, as in `post.author.handle`.
    pub(super) fn at(&self, path: &str) -> &Node<'a> {
        path.split('.').fold(self, |node, name| node.get(name))
    }

    /// True when there is such a member and it is not null.
    pub(super) fn has(&self, path: &str) -> bool {
        *self.at(path) != Node::Null
    }

    /// True for an object.
    pub(super) fn is_object(&self) -> bool {
        matches!(self, Node::Object(_))
    }

    /// The items of a list; none of anything else.
    pub(super) fn items(&self) -> &[Node<'a>] {
        match self {
            Node::List(items) => items,
            _ => &[],
        }
    }

    /// The members of an object, in their order; none of anything else.
    pub(super) fn members(&self) -> &[(Cow<'a, str>, Node<'a>)] {
        match self {
            Node::Object(members) => members,
            _ => &[],
        }
    }

    /// A string that is not empty.
    pub(super) fn text(&self) -> Option<Cow<'a, str>> {
        match self {
            Node::Text(Cow::Borrowed(text)) if !text.is_empty() => Some(Cow::Borrowed(text)),
            Node::Text(Cow::Owned(text)) if !text.is_empty() => Some(Cow::Owned(text.clone())),
            _ => None,
        }
    }

    /// A string, looked at only.
    pub(super) fn as_str(&self) -> &str {
        match self {
            Node::Text(text) => text,
            _ => "",
        }
    }

    /// An id: a string or a whole number.
    pub(super) fn id(&self) -> Option<Cow<'a, str>> {
        match self {
            Node::Whole(n) => Some(Cow::Owned(n.to_string())),
            Node::Large(n) => Some(Cow::Owned(n.to_string())),
            _ => self.text(),
        }
    }

    /// A count, finite and ≥ 0; also one written as a string.
    pub(super) fn count(&self) -> Option<f64> {
        let value = match self {
            Node::Whole(n) => *n as f64,
            Node::Large(n) => *n as f64,
            Node::Real(n) => *n,
            Node::Text(text) => return super::super::numbers::count(text),
            _ => return None,
        };
        (value.is_finite() && value >= 0.0).then_some(value)
    }

    /// `true`
    pub(super) fn is_true(&self) -> bool {
        *self == Node::Bool(true)
    }

    /// The same value, borrowing nothing.
    fn into_owned(self) -> Node<'static> {
        match self {
            Node::Null => Node::Null,
            Node::Bool(b) => Node::Bool(b),
            Node::Whole(n) => Node::Whole(n),
            Node::Large(n) => Node::Large(n),
            Node::Real(n) => Node::Real(n),
            Node::Text(text) => Node::Text(Cow::Owned(text.into_owned())),
            Node::List(items) => Node::List(items.into_iter().map(Node::into_owned).collect()),
            Node::Object(members) => Node::Object(
                members
                    .into_iter()
                    .map(|(key, value)| (Cow::Owned(key.into_owned()), value.into_owned()))
                    .collect(),
            ),
        }
    }
}

fn null<'n, 'a>() -> &'n Node<'a> {
    &NULL
}

fn read_strictly<'a>(text: &'a str, wanted: Option<&'static Names>) -> Option<Node<'a>> {
    let mut json = serde_json::Deserializer::from_str(text);
    let node = Wanted(wanted).deserialize(&mut json).ok()?;
    json.end().ok()?;
    Some(node)
}

/// Equality of names, most of which differ in their first letter: millions are compared.
fn is_same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.as_bytes().first() == other.as_bytes().first() && one == other
}

/// Lengths of names that are told apart.
const LENGTHS: usize = 40;

/// Names of members, most others of which are told apart by their length and first letter.
#[derive(Debug)]
pub(super) struct Names {
    names: &'static [&'static str],
    /// By length: a bit for the low bits of each first letter.
    firsts: [u32; LENGTHS],
}

impl Names {
    pub(super) const fn new(names: &'static [&'static str]) -> Self {
        let mut firsts = [0; LENGTHS];
        let mut i = 0;
        while i < names.len() {
            let (length, first) = length_and_first(names[i]);
            firsts[length] |= first;
            i += 1;
        }
        Self { names, firsts }
    }

    fn has(&self, name: &str) -> bool {
        let (length, first) = length_and_first(name);
        self.firsts[length] & first != 0 && self.names.iter().any(|known| is_same(known, name))
    }
}

const fn length_and_first(name: &str) -> (usize, u32) {
    let bytes = name.as_bytes();
    let length = if bytes.len() < LENGTHS {
        bytes.len()
    } else {
        LENGTHS - 1
    };
    let first = if bytes.is_empty() { 0 } else { bytes[0] & 31 };
    (length, 1 << first)
}

#[derive(Clone, Copy)]
struct Wanted(Option<&'static Names>);

impl Wanted {
    fn wants(self, name: &str) -> bool {
        self.0.is_none_or(|names| names.has(name))
    }
}

impl<'de> DeserializeSeed<'de> for Wanted {
    type Value = Node<'de>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Node<'de>, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Wanted {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Node::Whole(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        Ok(i64::try_from(value).map_or(Node::Large(value), Node::Whole))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Node::Real(value))
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok(Node::Text(Cow::Borrowed(value)))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Node::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(self)? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::with_capacity(8);
        while let Some(key) = object.next_key_seed(Name)? {
            if self.wants(&key) {
                members.push((key, object.next_value_seed(self)?));
            } else {
                object.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Node::Object(members))
    }
}

/// The name of a member, borrowed where it holds no escape.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_borrowed_str<E: Error>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name.to_owned()))
    }
}

/// `text` with what strict JSON forbids but programs write; `None` when there is nothing to mend.
fn mend(text: &str) -> Option<String> {
    let mut mended = String::with_capacity(text.len());
    let mut rest = text;
    let mut in_string = false;
    let mut changed = false;
    while let Some(c) = rest.chars().next() {
        let mut step = c.len_utf8();
        match (in_string, c) {
            (_, '"') => {
                in_string = !in_string;
                mended.push(c);
            }
            (true, '\\') => match surrogates(rest) {
                Some((n, true)) => {
                    step = n;
                    mended.push_str(rest.get(..n).unwrap_or_default());
                }
                Some((n, false)) => {
                    step = n;
                    changed = true;
                    mended.push_str("\\ufffd");
                }
                None => {
                    let next = rest.chars().nth(1).map_or(0, char::len_utf8);
                    step += next;
                    mended.push_str(rest.get(..step).unwrap_or_default());
                }
            },
            (true, c) if c < ' ' => {
                changed = true;
                mended.push_str(if c == '\0' { "" } else { " " });
            }
            (false, 'N' | 'I' | '-') => {
                let word = ["NaN", "Infinity", "-Infinity"];
                match word.iter().find(|word| rest.starts_with(**word)) {
                    Some(word) => {
                        step = word.len();
                        changed = true;
                        mended.push_str("null");
                    }
                    None => mended.push(c),
                }
            }
            (false, '\0') => changed = true,
            (_, c) => mended.push(c),
        }
        rest = rest.get(step..).unwrap_or_default();
    }
    changed.then_some(mended)
}

/// The length of a `\uD8xx…` escape at the start, and whether its other half follows; `None` for other escapes.
fn surrogates(text: &str) -> Option<(usize, bool)> {
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u32::from_str_radix(digits, 16).ok()
    };
    match unit(0)? {
        0xd800..=0xdbff => match unit(6) {
            Some(0xdc00..=0xdfff) => Some((12, true)),
            _ => Some((6, false)),
        },
        0xdc00..=0xdfff => Some((6, false)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_write_is_read() {
        let read = |text: &'static str| Node::read(text, None);
        assert_eq!(
            read(r#"{"a":{"b":[1,"x"]},"c":18446744073709551615}"#)
                .map(|n| (n.at("a.b").items().len(), n.get("c").id())),
            Some((2, Some("18446744073709551615".into())))
        );
        assert_eq!(
            read(r#"{"t":"cut \ud83c","n":NaN,"i":-Infinity}"#)
                .map(|n| (n.get("t").text(), n.has("n"))),
            Some((Some("cut \u{fffd}".into()), false))
        );
        assert_eq!(
            read("{\"t\":\"\\ud83c\\udf63\t!\"}").and_then(|n| n.get("t").text()),
            Some("🍣 !".into())
        );
        assert_eq!(read(r#"{"t":"x"} {"#), None);
        assert_eq!(Node::read(&"[".repeat(1_000_000), None), None);
    }

    #[test]
    fn only_what_is_wanted_is_kept() {
        static WANTED: Names = Names::new(&["b", "c"]);
        let node = Node::read(r#"{"a":1,"b":{"a":2,"c":3}}"#, Some(&WANTED));
        assert_eq!(
            node.map(|n| (n.has("a"), n.has("b.a"), n.at("b.c").count())),
            Some((false, false, Some(3.0)))
        );
    }
}
