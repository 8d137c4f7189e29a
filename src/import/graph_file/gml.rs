//! GML: nested lists of keys and values in square brackets.

use std::borrow::Cow;

use super::super::ImportError;
use super::super::error::Place;
use super::attributes::TieFacts;
use super::gathered::Gathered;
use super::text::Places;
use crate::progress::Progress;

/// Deeper brackets are no graph.
const DEEPEST: usize = 1000;

/// A sign of the text, with where it begins.
#[derive(Debug, Clone, PartialEq)]
enum Token<'t> {
    /// A key, or a value without quotes.
    Word(&'t str),
    /// A value in quotes, with its entities read.
    Quoted(Cow<'t, str>),
    Open,
    Close,
}

struct Tokens<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Tokens<'t> {
    /// The next sign and where it begins; `None` at the end; an open quote runs to the end.
    fn next(&mut self) -> Option<(Token<'t>, usize)> {
        loop {
            let rest = self.text.get(self.at..)?;
            let bare = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
            self.at += rest.len() - bare.len();
            if !bare.starts_with('#') {
                break;
            }
            self.at += bare.find('\n').unwrap_or(bare.len());
        }
        let start = self.at;
        let rest = self.text.get(start..)?;
        let first = rest.chars().next()?;
        let token = match first {
            '[' => Token::Open,
            ']' => Token::Close,
            '"' => {
                let inside = rest.get(1..).unwrap_or_default();
                let end = inside.find('"').unwrap_or(inside.len());
                self.at = (start + end + 2).min(self.text.len());
                let value = inside.get(..end).unwrap_or_default();
                return Some((
                    Token::Quoted(html_escape::decode_html_entities(value)),
                    start,
                ));
            }
            _ => {
                let ends = |c: char| c.is_whitespace() || matches!(c, '[' | ']' | '"');
                let end = rest.find(ends).unwrap_or(rest.len());
                self.at = start + end;
                return Some((Token::Word(rest.get(..end).unwrap_or_default()), start));
            }
        };
        self.at = start + 1;
        Some((token, start))
    }
}

/// True for text that begins like GML: keys and values, then `graph [`.
pub(super) fn is_gml(text: &str) -> bool {
    let mut tokens = Tokens { text, at: 0 };
    for _ in 0..20 {
        let Some((Token::Word(key), _)) = tokens.next() else {
            return false;
        };
        let value = tokens.next();
        if key.eq_ignore_ascii_case("graph") {
            return matches!(value, Some((Token::Open, _)));
        }
        let is_key = key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        if !is_key || !matches!(value, Some((Token::Word(_) | Token::Quoted(_), _))) {
            return false;
        }
    }
    false
}

/// What one bracket is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Block {
    File,
    Graph,
    Person,
    Tie,
    /// How a person is drawn.
    Graphics,
    Other,
}

/// A bracket that is open, with what was read in it so far.
#[derive(Debug, Default)]
struct Row<'t> {
    fields: Vec<(&'t str, Cow<'t, str>)>,
    at: usize,
}

struct Reader<'g, 'f, 't> {
    graph: &'g mut Gathered<'f>,
    open: Vec<Block>,
    row: Row<'t>,
    directed: bool,
    n_unnamed: u64,
    places: Places<'t>,
}

/// Reads the whole file.
///
/// # Errors
/// [`ImportError::Broken`] where brackets do not close, [`ImportError::Cancelled`].
pub(super) fn read(
    graph: &mut Gathered<'_>,
    text: &str,
    progress: &Progress,
) -> Result<(), ImportError> {
    let mut tokens = Tokens { text, at: 0 };
    let mut reader = Reader {
        graph,
        open: vec![Block::File],
        row: Row::default(),
        directed: false,
        n_unnamed: 0,
        places: Places::of(text),
    };
    let (mut n_tokens, mut told) = (0u32, 0);
    while let Some((token, at)) = tokens.next() {
        n_tokens += 1;
        if n_tokens.is_multiple_of(4096) {
            progress.advance((at - told) as u64)?;
            told = at;
        }
        match token {
            Token::Word(key) => match tokens.next() {
                Some((Token::Open, _)) => reader.begin(key, at)?,
                Some((Token::Word(value), _)) => reader.field(key, value.into()),
                Some((Token::Quoted(value), _)) => reader.field(key, value),
                Some((Token::Close, place)) => reader.end(place)?,
                None => return Err(reader.broken("it breaks off in the middle", at)),
            },
            Token::Open => reader.begin("", at)?,
            Token::Close => reader.end(at)?,
            Token::Quoted(_) => {}
        }
    }
    if reader.open.len() > 1 {
        return Err(reader.broken("it breaks off in the middle", text.len()));
    }
    Ok(progress.advance((text.len() - told) as u64)?)
}

impl<'t> Reader<'_, '_, 't> {
    fn broken(&mut self, reason: &str, at: usize) -> ImportError {
        ImportError::Broken {
            format: "GML",
            reason: reason.to_owned(),
            at: Place {
                file: self.graph.file.to_owned(),
                line: self.places.line(at),
            },
        }
    }

    fn begin(&mut self, key: &str, at: usize) -> Result<(), ImportError> {
        if self.open.len() > DEEPEST {
            return Err(self.broken("its brackets are nested too deep", at));
        }
        let inside = self.open.last().copied().unwrap_or(Block::File);
        let block = match (inside, key.to_ascii_lowercase().as_str()) {
            (Block::File, "graph") => Block::Graph,
            (Block::Graph, "node") => Block::Person,
            (Block::Graph, "edge") => Block::Tie,
            (Block::Person, "graphics") => Block::Graphics,
            _ => Block::Other,
        };
        if matches!(block, Block::Person | Block::Tie) {
            self.row = Row {
                fields: Vec::new(),
                at,
            };
        }
        self.open.push(block);
        Ok(())
    }

    fn field(&mut self, key: &'t str, value: Cow<'t, str>) {
        match self.open.last() {
            Some(Block::Graph) if key.eq_ignore_ascii_case("directed") => {
                self.directed = value.trim() == "1" || value.eq_ignore_ascii_case("true");
            }
            Some(Block::Person | Block::Tie) => self.row.fields.push((key, value)),
            Some(Block::Graphics) if matches!(key, "x" | "y" | "fill") => {
                let key = if key == "fill" { "color" } else { key };
                self.row.fields.push((key, value));
            }
            _ => {}
        }
    }

    fn end(&mut self, at: usize) -> Result<(), ImportError> {
        let closed = self.open.pop().unwrap_or(Block::File);
        if self.open.is_empty() {
            return Err(self.broken("a bracket closes that was never opened", at));
        }
        let row = match closed {
            Block::Person | Block::Tie => std::mem::take(&mut self.row),
            _ => return Ok(()),
        };
        if closed == Block::Person {
            self.person(&row);
        } else {
            self.tie(&row);
        }
        Ok(())
    }

    fn person(&mut self, row: &Row<'_>) {
        let field = |name: &str| {
            let mut fields = row.fields.iter();
            fields
                .find(|f| f.0.eq_ignore_ascii_case(name))
                .map(|f| f.1.trim())
                .filter(|v| !v.is_empty())
        };
        // Some writers give no ids: then nobody can be tied, but everybody is there.
        let label = field("label").or_else(|| field("name"));
        let id = field("id").or_else(|| label.filter(|l| !self.graph.knows(l)));
        let id = id.map_or_else(
            || {
                self.n_unnamed += 1;
                format!("unnamed {}", self.n_unnamed)
            },
            str::to_owned,
        );
        let line = self.places.line(row.at);
        if let Some(person) = self.graph.listed(&id, line) {
            for (key, value) in &row.fields {
                self.graph.tell(person, key, value);
            }
        }
    }

    fn tie(&mut self, row: &Row<'_>) {
        let mut facts = TieFacts::default();
        let (mut from, mut to) = ("", "");
        for (key, value) in &row.fields {
            match key.to_ascii_lowercase().as_str() {
                "source" => from = value,
                "target" => to = value,
                _ => facts.tell(key, value),
            }
        }
        let line = self.places.line(row.at);
        self.graph.tie((from, to), &facts, self.directed, line);
    }
}
