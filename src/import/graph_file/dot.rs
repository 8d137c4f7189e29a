//! DOT, the language of Graphviz.

use std::borrow::Cow;
use std::collections::HashSet;

use super::super::ImportError;
use super::super::error::Place;
use super::attributes::{Meaning, TieFacts, is_kept_default};
use super::dot_tokens::{Token, Tokens};
use super::gathered::Gathered;
use super::text::Places;
use crate::progress::Progress;

/// Deeper groups are no graph.
const DEEPEST: usize = 100;
/// Ties that groups may make by being tied to groups, in one file: `{a b} -> {c d}` makes four.
const MOST_BY_GROUPS: usize = 1_000_000;

type Attributes<'t> = Vec<(Cow<'t, str>, Cow<'t, str>)>;

/// What `node [...]` and `edge [...]` said inside the braces that are open.
#[derive(Debug, Clone, Default)]
struct Defaults<'t> {
    people: Attributes<'t>,
    ties: Attributes<'t>,
}

struct Reader<'g, 'f, 't> {
    graph: &'g mut Gathered<'f>,
    tokens: Tokens<'t>,
    places: Places<'t>,
    text: &'t str,
    /// `strict`: a pair is tied once.
    strict: Option<HashSet<(usize, usize)>>,
    by_groups: usize,
    progress: Progress,
    told: usize,
}

/// True for text that begins like DOT.
pub(super) fn is_dot(text: &str) -> bool {
    let mut tokens = Tokens::of(text);
    if tokens.is_word("strict") {
        tokens.next();
    }
    if !tokens.is_word("graph") && !tokens.is_word("digraph") {
        return false;
    }
    tokens.next();
    tokens.is('{') || (tokens.id().is_some() && tokens.is('{'))
}

/// Reads the whole file, all its graphs.
///
/// # Errors
/// [`ImportError::Broken`] where braces do not close or a sign stands where none can, [`ImportError::Cancelled`].
pub(super) fn read(
    graph: &mut Gathered<'_>,
    text: &str,
    progress: &Progress,
) -> Result<(), ImportError> {
    graph.y_up = true;
    let mut reader = Reader {
        graph,
        tokens: Tokens::of(text),
        places: Places::of(text),
        text,
        strict: None,
        by_groups: 0,
        progress: progress.clone(),
        told: 0,
    };
    while reader.tokens.peek().is_some() {
        let strict = reader.tokens.is_word("strict");
        if strict {
            reader.tokens.next();
        }
        reader.strict = strict.then(HashSet::new);
        if !reader.tokens.is_word("graph") && !reader.tokens.is_word("digraph") {
            return Err(reader.broken("a graph was expected"));
        }
        reader.tokens.next();
        reader.tokens.id();
        if !reader.tokens.take('{') {
            return Err(reader.broken("the brace of the graph is missing"));
        }
        reader.statements(Defaults::default(), 0)?;
    }
    Ok(())
}

impl<'t> Reader<'_, '_, 't> {
    fn broken(&mut self, reason: &str) -> ImportError {
        let at = if self.tokens.peek().is_none() {
            self.text.len()
        } else {
            self.tokens.start
        };
        ImportError::Broken {
            format: "DOT",
            reason: reason.to_owned(),
            at: Place {
                file: self.graph.file.to_owned(),
                line: self.places.line(at),
            },
        }
    }

    fn line(&mut self) -> u64 {
        self.places.line(self.tokens.start)
    }

    /// Reads up to and with the closing brace; returns the people named inside.
    fn statements(
        &mut self,
        mut defaults: Defaults<'t>,
        depth: usize,
    ) -> Result<Vec<usize>, ImportError> {
        if depth > DEEPEST {
            return Err(self.broken("its groups are nested too deep"));
        }
        let mut members = Vec::new();
        loop {
            if self.tokens.start - self.told > 1 << 16 {
                self.progress
                    .advance((self.tokens.start - self.told) as u64)?;
                self.told = self.tokens.start;
            }
            if self.tokens.take('}') {
                return Ok(members);
            }
            if self.tokens.take(';') || self.tokens.take(',') {
                continue;
            }
            if self.tokens.peek().is_none() {
                return Err(self.broken("it breaks off in the middle"));
            }
            self.statement(&mut defaults, depth, &mut members)?;
        }
    }

    fn statement(
        &mut self,
        defaults: &mut Defaults<'t>,
        depth: usize,
        members: &mut Vec<usize>,
    ) -> Result<(), ImportError> {
        for word in ["graph", "node", "edge"] {
            if self.tokens.is_word(word) {
                self.tokens.next();
                if self.tokens.take('=') {
                    self.tokens.id();
                    return Ok(());
                }
                let told = self.attributes()?;
                match word {
                    "node" => set(&mut defaults.people, told),
                    "edge" => set(&mut defaults.ties, told),
                    _ => {}
                }
                return Ok(());
            }
        }
        let (first, is_group) = self.end(defaults, depth)?;
        if !is_group && self.tokens.take('=') {
            self.tokens.id();
            return Ok(()); // an attribute of the graph: the name before it is nobody
        }
        let mut chain = vec![self.people(first, defaults)];
        let mut directed = Vec::new();
        while let Some(&Token::Tie(is_directed)) = self.tokens.peek() {
            self.tokens.next();
            directed.push(is_directed);
            let (next, _) = self.end(defaults, depth)?;
            chain.push(self.people(next, defaults));
        }
        let line = self.line();
        let told = self.attributes()?;
        if directed.is_empty() {
            for (key, value) in &told {
                for &person in chain.iter().flatten() {
                    if !is_group {
                        self.tell(person, key, value);
                    }
                }
            }
        } else {
            let mut facts = TieFacts::default();
            for (key, value) in defaults.ties.iter().chain(&told) {
                facts.tell(key, value);
            }
            for (pair, &directed) in chain.windows(2).zip(&directed) {
                if let [from, to] = pair {
                    self.tie_all(from, to, &facts, directed, line)?;
                }
            }
        }
        members.extend(chain.into_iter().flatten());
        Ok(())
    }

    /// One end of a tie: a name (with its port) or a group of people.
    fn end(
        &mut self,
        defaults: &Defaults<'t>,
        depth: usize,
    ) -> Result<(End<'t>, bool), ImportError> {
        let named = self.tokens.is_word("subgraph");
        if named {
            self.tokens.next();
            self.tokens.id();
        }
        if self.tokens.take('{') {
            let people = self.statements(defaults.clone(), depth + 1)?;
            return Ok((End::Group(people), true));
        }
        if named {
            return Ok((End::Group(Vec::new()), true));
        }
        let Some(id) = self.tokens.id() else {
            self.tokens.next();
            return Err(self.broken("a sign stands where a name was expected"));
        };
        while self.tokens.take(':') {
            self.tokens.id(); // the port
        }
        Ok((End::Name(id), false))
    }

    fn people(&mut self, end: End<'t>, defaults: &Defaults<'t>) -> Vec<usize> {
        let id = match end {
            End::Group(mut people) => {
                let mut seen = HashSet::new();
                people.retain(|p| seen.insert(*p));
                return people;
            }
            End::Name(id) => id,
        };
        let is_new = !self.graph.knows(&id);
        let line = self.line();
        let Some(person) = self.graph.listed(&id, line) else {
            return Vec::new();
        };
        if is_new {
            for (key, value) in &defaults.people {
                self.tell(person, key, value);
            }
        }
        vec![person]
    }

    fn tell(&mut self, person: usize, key: &str, value: &str) {
        match key.to_ascii_lowercase().as_str() {
            "pos" => {
                let mut parts = value.trim_end_matches('!').split(',');
                for meaning in [Meaning::X, Meaning::Y] {
                    let part = parts.next().unwrap_or_default();
                    self.graph.tell_meaning(person, meaning, key, part);
                }
            }
            "label" => {
                // `\N` is the name itself, `\n`, `\l`, `\r` end a line.
                if !value.contains("\\N") {
                    let label = value
                        .replace("\\n", " ")
                        .replace("\\l", " ")
                        .replace("\\r", " ");
                    self.graph.tell(person, key, &label);
                }
            }
            _ => self.graph.tell(person, key, value),
        }
    }

    /// `[a=1, b=2][c=3]`.
    fn attributes(&mut self) -> Result<Attributes<'t>, ImportError> {
        let mut told = Attributes::new();
        while self.tokens.take('[') {
            while !self.tokens.take(']') {
                if self.tokens.take(',') || self.tokens.take(';') {
                    continue;
                }
                let Some(key) = self.tokens.id() else {
                    return Err(self.broken("it breaks off in the middle"));
                };
                let value = if self.tokens.take('=') {
                    self.tokens.id().unwrap_or_default()
                } else {
                    "true".into()
                };
                told.push((key, value));
            }
        }
        Ok(told)
    }

    fn tie_all(
        &mut self,
        from: &[usize],
        to: &[usize],
        facts: &TieFacts,
        directed: bool,
        line: u64,
    ) -> Result<(), ImportError> {
        if from.len() > 1 || to.len() > 1 {
            self.by_groups = self
                .by_groups
                .saturating_add(from.len().saturating_mul(to.len()));
            if self.by_groups > MOST_BY_GROUPS {
                return Err(
                    self.broken("its groups make more than a million ties with one another")
                );
            }
        }
        for &a in from {
            for &b in to {
                let pair = if directed {
                    (a, b)
                } else {
                    (a.min(b), a.max(b))
                };
                if self.strict.as_mut().is_none_or(|seen| seen.insert(pair)) {
                    self.graph.tie_between((a, b), facts, directed, line);
                }
            }
        }
        Ok(())
    }
}

enum End<'t> {
    Name(Cow<'t, str>),
    Group(Vec<usize>),
}

/// Later words for the same attribute win. Groups copy what holds inside them, so there must not be many.
fn set<'t>(known: &mut Attributes<'t>, told: Attributes<'t>) {
    for (key, value) in told {
        let has_room = is_kept_default(&value, known.len());
        match known.iter_mut().find(|k| k.0 == key) {
            Some(old) if is_kept_default(&value, 0) => old.1 = value,
            None if has_room => known.push((key, value)),
            _ => {}
        }
    }
}
