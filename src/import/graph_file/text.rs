//! Lines and words of the plain-text graph formats, with their places.

use crate::progress::{Cancelled, Progress};

/// Lines after which progress is told.
const TELL_EVERY: u64 = 1000;

/// The lines of a text, numbered from 1, telling progress on the way.
#[derive(Debug)]
pub(super) struct Lines<'t> {
    rest: std::str::Lines<'t>,
    /// The number of the line given last.
    pub number: u64,
    untold: u64,
    progress: Progress,
}

impl<'t> Lines<'t> {
    /// All lines of `text`.
    pub(super) fn of(text: &'t str, progress: &Progress) -> Self {
        Self {
            rest: text.lines(),
            number: 0,
            untold: 0,
            progress: progress.clone(),
        }
    }

    /// The next line; `None` at the end.
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub(super) fn next(&mut self) -> Result<Option<&'t str>, Cancelled> {
        let line = self.rest.next();
        self.untold += line.map_or(0, |l| l.len() as u64 + 1);
        self.number += u64::from(line.is_some());
        if line.is_none() || self.number.is_multiple_of(TELL_EVERY) || self.untold > 1 << 16 {
            self.progress.advance(self.untold)?;
            self.untold = 0;
        }
        Ok(line)
    }
}

/// The words of a line, split at spaces, and at commas where `commas`; quoted words stay together, without their quotes.
pub(super) fn words(line: &str, commas: bool) -> Vec<&str> {
    let splits = |c: char| c.is_whitespace() || (commas && c == ',');
    let mut found = Vec::new();
    let mut quotes = Quotes::default();
    let mut rest = line.trim_matches(splits);
    while !rest.is_empty() {
        let (word, behind) = match quotes.open(rest, splits) {
            Some(parts) => parts,
            None => rest.split_at(rest.find(splits).unwrap_or(rest.len())),
        };
        found.push(word);
        rest = behind.trim_start_matches(splits);
    }
    found
}

/// The cells of a line, split at each comma; quoted cells stay together, without their quotes.
pub(super) fn cells(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut quotes = Quotes::default();
    let mut rest = line;
    loop {
        let bare = rest.trim_start();
        let (cell, behind) = match quotes.open(bare, |c| c == ',') {
            Some(parts) => parts,
            None => rest.split_at(rest.find(',').unwrap_or(rest.len())),
        };
        found.push(cell.trim());
        match behind.trim_start().strip_prefix(',') {
            Some(next) => rest = next,
            None => return found,
        }
    }
}

/// Which quotes never close in the rest of a line: known once, so that a line of quotes is not searched at each of them.
#[derive(Debug, Default)]
struct Quotes {
    unclosed: Vec<char>,
}

impl Quotes {
    /// What stands in the quotes that `text` begins with, and what stands behind them. A quote closes before a separator
    /// or the end; one that never closes is a sign like others.
    fn open<'t>(
        &mut self,
        text: &'t str,
        splits: impl Fn(char) -> bool,
    ) -> Option<(&'t str, &'t str)> {
        let is_open = |c: &char| matches!(c, '"' | '\'') && !self.unclosed.contains(c);
        let quote = text.chars().next().filter(is_open)?;
        let inside = text.get(1..)?;
        let found = inside.match_indices(quote).find_map(|(at, _)| {
            let behind = inside.get(at + 1..)?;
            let next = behind.chars().next();
            let closes = next.is_none_or(|c| splits(c) || c.is_whitespace());
            closes.then_some((inside.get(..at)?, behind))
        });
        if found.is_none() {
            self.unclosed.push(quote);
        }
        found
    }
}

/// Counts lines up to places that only grow: for formats that are not read line by line.
#[derive(Debug)]
pub(super) struct Places<'t> {
    text: &'t [u8],
    at: usize,
    line: u64,
}

impl<'t> Places<'t> {
    /// Begins at the first line of `text`.
    pub(super) fn of(text: &'t str) -> Self {
        Self {
            text: text.as_bytes(),
            at: 0,
            line: 1,
        }
    }

    /// The line of the byte at `offset`, from 1. Each byte is counted once as long as offsets grow.
    pub(super) fn line(&mut self, offset: usize) -> u64 {
        let offset = offset.min(self.text.len());
        if offset < self.at {
            (self.at, self.line) = (0, 1);
        }
        let passed = self.text.get(self.at..offset).unwrap_or_default();
        for byte in passed {
            self.line += u64::from(*byte == b'\n');
        }
        self.at = offset;
        self.line
    }
}
