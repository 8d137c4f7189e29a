//! Handles as people paste them: out of messages, spreadsheets and browsers, in any order.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::people::{Address, ConversationGraph, PersonId, key_of};
use crate::progress::{Cancelled, Progress};

/// What surrounds a handle in running text and is no part of it.
const AROUND: [char; 19] = [
    '"', '\'', '“', '”', '„', '‘', '’', '«', '»', '(', ')', '[', ']', '<', '>', '{', '}', ':', '.',
];

/// The keys that `text` names, in order, each once. Handles are separated by line breaks, commas, semicolons, tabs or blanks;
/// @, capitals and addresses of profiles are understood; lines that begin with # are left out.
///
/// ```
/// let text = "# friends\n@Ana, https://x.com/ben\nana";
/// assert_eq!(isthmus::campaign::handles_in(text), ["ana", "ben"]);
/// ```
pub fn handles_in(text: &str) -> Vec<String> {
    let mut seen = HashSet::new();
    let keys = lines(text)
        .flat_map(|line| line.split(is_between))
        .flat_map(str::split_whitespace)
        .map(bare_key);
    keys.filter(|key| !key.is_empty() && seen.insert(key.clone()))
        .collect()
}

/// Whom a text names on one map.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Named {
    /// People of the map in the order of the text, each once.
    pub people: Vec<PersonId>,
    /// What names nobody of the map, or several people, as written; each once.
    pub unknown: Vec<String>,
}

/// Whom `text` names among the people of `graph`: as [`handles_in`], but a line, or what stands between commas, may also be
/// a key with blanks in it or exactly the name of one person.
///
/// # Errors
/// [`Cancelled`] only.
///
/// # Cost
/// O(text + people).
pub fn people_in(
    text: &str,
    graph: &ConversationGraph,
    progress: &Progress,
) -> Result<Named, Cancelled> {
    let names = Names::of(text, graph, progress)?;
    let mut named = Collected::default();
    for line in lines(text) {
        progress.check()?;
        if let Some(person) = names.find(line) {
            named.add(person);
            continue;
        }
        for piece in line.split(is_between).map(str::trim) {
            if let Some(person) = names.find(piece) {
                named.add(person);
            } else {
                named.words_of(piece, graph);
            }
        }
    }
    Ok(named.named)
}

/// The key of a person as a cell or a line names them: a handle, the address of a profile, or a key.
pub fn key_in(cell: &str) -> String {
    let cell = cell.trim();
    if !cell.contains('/') {
        return key_of(cell);
    }
    let small = cell.to_lowercase();
    let with_scheme = if small.contains("://") {
        Cow::Borrowed(&small)
    } else {
        Cow::Owned(format!("https://{small}"))
    };
    let address = Address::of(&with_scheme).and_then(|address| address.handle);
    key_of(address.unwrap_or(&small))
}

/// The lines that are no remarks.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.split(['\n', '\r', '\u{2028}', '\u{b}']).map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn is_between(c: char) -> bool {
    matches!(c, ',' | ';' | '\t' | '，' | '、' | '；')
}

/// The key of a word, whatever surrounds it.
fn bare_key(word: &str) -> String {
    key_in(word.trim_matches(AROUND))
}

/// People by what the lines of one text may call them.
struct Names<'g> {
    graph: &'g ConversationGraph,
    /// `None` for a name that several people bear.
    by_name: HashMap<String, Option<PersonId>>,
}

impl<'g> Names<'g> {
    fn of(
        text: &str,
        graph: &'g ConversationGraph,
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let pieces = lines(text).flat_map(|line| {
            let pieces = line.split(is_between).map(str::trim);
            std::iter::once(line).chain(pieces)
        });
        let no_key = |piece: &&str| graph.find(&key_in(piece)).is_none();
        let asked: HashSet<&str> = pieces.filter(no_key).collect();
        progress.check()?;
        let mut by_name = HashMap::new();
        for (person, number) in graph.people.iter().zip(0..) {
            if asked.contains(&*person.name) {
                by_name
                    .entry(person.name.to_string())
                    .and_modify(|known| *known = None)
                    .or_insert(Some(PersonId(number)));
            }
        }
        Ok(Self { graph, by_name })
    }

    fn find(&self, piece: &str) -> Option<PersonId> {
        let by_key = self.graph.find(&key_in(piece));
        by_key.or_else(|| self.by_name.get(piece).copied().flatten())
    }
}

/// What was found so far.
#[derive(Default)]
struct Collected {
    named: Named,
    people: HashSet<PersonId>,
    unknown: HashSet<String>,
}

impl Collected {
    fn add(&mut self, person: PersonId) {
        if self.people.insert(person) {
            self.named.people.push(person);
        }
    }

    fn leave_out(&mut self, written: &str) {
        if self.unknown.insert(key_of(written)) {
            self.named.unknown.push(written.to_owned());
        }
    }

    /// The words of a piece of which the whole is nobody; the whole where it looks like a name and no word is anybody.
    fn words_of(&mut self, piece: &str, graph: &ConversationGraph) {
        let find = |word: &str| graph.find(&bare_key(word));
        let found = piece.split_whitespace().any(|word| find(word).is_some());
        if !found && looks_like_name(piece) {
            return self.leave_out(piece);
        }
        for word in piece.split_whitespace() {
            match find(word) {
                Some(person) => self.add(person),
                None if bare_key(word).is_empty() => {}
                None => self.leave_out(word),
            }
        }
    }
}

/// Several words of which each begins with a capital, or in a script that has none.
fn looks_like_name(piece: &str) -> bool {
    let begins = |word: &str| {
        let first = word.chars().next();
        first.is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
    };
    piece.split_whitespace().nth(1).is_some() && piece.split_whitespace().all(begins)
}
