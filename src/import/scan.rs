//! Text becomes records: separators, quotes, line breaks inside quotes, and quotes that never close.
//!
//! Our own scanner rather than a general CSV reader, because it has to notice when a quote that nobody closed has swallowed
//! the lines below, give those lines back, and still count lines right.

/// What stands between two cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Separator {
    /// One byte: comma, semicolon, tab, pipe.
    Byte(u8),
    /// Any run of spaces and tabs.
    Spaces,
}

impl Separator {
    /// The separator in words.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Byte(b',') => "comma",
            Self::Byte(b';') => "semicolon",
            Self::Byte(b'\t') => "tab",
            Self::Byte(b'|') => "pipe",
            Self::Byte(_) => "one character",
            Self::Spaces => "spaces",
        }
    }
}

/// One row: all its cells in one string, so that reading a row allocates nothing.
#[derive(Debug, Clone, Default)]
pub(super) struct Record {
    text: String,
    ends: Vec<usize>,
    /// Line on which it begins, from 1.
    pub line: u64,
    /// Byte at which it begins.
    pub start: usize,
}

impl Record {
    /// Number of cells.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// A cell; empty where the row is too short.
    pub(super) fn get(&self, i: usize) -> &str {
        let from = match i.checked_sub(1) {
            Some(before) => self.ends.get(before).copied(),
            None => Some(0),
        };
        match (from, self.ends.get(i)) {
            (Some(from), Some(&to)) => self.text.get(from..to).unwrap_or_default(),
            _ => "",
        }
    }

    /// The cells in order.
    pub(super) fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|i| self.get(i))
    }

    /// True when no cell holds anything.
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }
}

/// What the scanner found next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// A row, now in the record.
    Row,
    /// A line whose quote never closes and that makes no row of the right width.
    Unbalanced,
    /// The end of the text.
    End,
}

/// No text of a post is longer: a quote that stays open for more was never meant to be one.
const LONGEST_QUOTED: usize = 1 << 20;

/// Nor does one hold more quotes that nobody doubled. Without this bound a file of opening quotes takes quadratic time.
const MOST_BARE_QUOTES: usize = 100;

/// Walks through a text record by record.
#[derive(Debug, Clone)]
pub(super) struct Scanner<'a> {
    text: &'a str,
    at: usize,
    line: u64,
    separator: Separator,
    /// Carriage returns end rows: only in texts without any line feed.
    returns_break: bool,
    /// Cells of a whole row, once known: what tells a swallowed line from a long one.
    pub width: Option<usize>,
    /// Rows rescued from a quote that never closed.
    pub repaired: u64,
    /// The rows were written by this program: all quotes close, and each row counts as one line.
    pub made_here: bool,
}

/// How one record was written.
#[derive(Debug, Clone, Copy, Default)]
struct Written {
    end: usize,
    irregular: bool,
    unterminated: bool,
}

impl<'a> Scanner<'a> {
    /// Begins at byte `at`, which is on `line`.
    pub(super) fn new(text: &'a str, separator: Separator, at: usize, line: u64) -> Self {
        Self {
            text,
            at,
            line,
            separator,
            returns_break: !text.as_bytes().contains(&b'\n'),
            width: None,
            repaired: 0,
            made_here: false,
        }
    }

    /// The byte at which the next record begins.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// The line on which the next record begins.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// Reads the next row that is not blank into `record`.
    pub(super) fn next(&mut self, record: &mut Record) -> Next {
        loop {
            if self.at >= self.text.len() {
                return Next::End;
            }
            let (start, line) = (self.at, self.line);
            let mut written = self.read(record, false);
            let mut next = Next::Row;
            if self.is_suspicious(written, record) {
                let many = record.clone();
                let one_line = self.read(record, true);
                if Some(record.len()) == self.width {
                    written = one_line;
                    self.repaired += 1;
                } else if written.unterminated {
                    written = one_line;
                    next = Next::Unbalanced;
                } else {
                    *record = many;
                }
            }
            self.at = written.end;
            self.line += if self.made_here {
                1
            } else {
                self.breaks(start, written.end)
            };
            record.start = start;
            record.line = line;
            if next == Next::Unbalanced || !record.is_blank() {
                return next;
            }
        }
    }

    /// A record over several lines that is not plainly what its writer meant.
    fn is_suspicious(&self, written: Written, record: &Record) -> bool {
        if self.made_here {
            return false;
        }
        let wrong_width = self.width.is_some_and(|w| w != record.len());
        written.unterminated
            || ((written.irregular || wrong_width) && self.breaks(self.at, written.end) > 1)
    }

    fn breaks(&self, from: usize, to: usize) -> u64 {
        let mark = if self.returns_break { b'\r' } else { b'\n' };
        let bytes = self.text.as_bytes().get(from..to).unwrap_or_default();
        bytes.iter().map(|b| u64::from(*b == mark)).sum()
    }

    /// Reads one record; with `one_line` no quote reaches over a line break.
    fn read(&self, record: &mut Record, one_line: bool) -> Written {
        record.clear();
        let mut written = Written {
            end: self.at,
            ..Written::default()
        };
        let bytes = self.text.as_bytes();
        let mut at = self.skip_run(self.at);
        loop {
            at = match bytes.get(at) {
                Some(b'"') => self
                    .quoted(at, record, one_line, &mut written)
                    .unwrap_or_else(|| self.plain(at, record)),
                _ => self.plain(at, record),
            };
            record.ends.push(record.text.len());
            match bytes.get(at) {
                Some(b'\n' | b'\r') | None => break,
                Some(_) => at = self.skip_run(at + 1),
            }
            if self.separator == Separator::Spaces
                && matches!(bytes.get(at), None | Some(b'\n' | b'\r'))
            {
                break;
            }
        }
        while bytes.get(at) == Some(&b'\r') && !self.returns_break {
            at += 1;
        }
        written.end = (at + 1).min(self.text.len());
        written
    }

    /// Past the rest of a run of spaces, where runs separate.
    fn skip_run(&self, at: usize) -> usize {
        if self.separator != Separator::Spaces {
            return at;
        }
        let rest = self.text.as_bytes().get(at..).unwrap_or_default();
        at + rest
            .iter()
            .take_while(|b| matches!(b, b' ' | b'\t'))
            .count()
    }

    fn is_separator(&self, byte: u8) -> bool {
        match self.separator {
            Separator::Byte(b) => b == byte,
            Separator::Spaces => matches!(byte, b' ' | b'\t'),
        }
    }

    /// True where a record ends: a line feed, returns before one, or a lone return in texts without line feeds.
    fn ends_record(&self, at: usize) -> bool {
        let bytes = self.text.as_bytes();
        match bytes.get(at) {
            None | Some(b'\n') => true,
            Some(b'\r') => {
                let rest = bytes.get(at..).unwrap_or_default();
                self.returns_break || rest.iter().find(|b| **b != b'\r') == Some(&b'\n')
            }
            Some(_) => false,
        }
    }

    /// Copies an unquoted cell that begins at `at`; returns where it ends.
    fn plain(&self, at: usize, record: &mut Record) -> usize {
        let bytes = self.text.as_bytes();
        let mut end = at;
        while let Some(&byte) = bytes.get(end) {
            if self.is_separator(byte) || (matches!(byte, b'\n' | b'\r') && self.ends_record(end)) {
                break;
            }
            end += 1;
        }
        record
            .text
            .push_str(self.text.get(at..end).unwrap_or_default());
        end
    }

    /// Copies a quoted cell whose quote stands at `at`; returns where it ends, or `None` when the quote never closes.
    fn quoted(
        &self,
        at: usize,
        record: &mut Record,
        one_line: bool,
        written: &mut Written,
    ) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let before = record.text.len();
        let limit = if self.made_here {
            bytes.len()
        } else {
            bytes.len().min(at + LONGEST_QUOTED)
        };
        let mut from = at + 1;
        let mut search = from;
        let mut bare_quotes = 0;
        loop {
            let window = bytes.get(search..limit).unwrap_or_default();
            let stop = |b: &u8| *b == b'"' || (one_line && (*b == b'\n' || *b == b'\r'));
            let found = window.iter().position(stop).map(|p| search + p);
            let is_quote = |q: &usize| bytes.get(*q) == Some(&b'"');
            let Some(quote) = found.filter(|q| is_quote(q) && bare_quotes < MOST_BARE_QUOTES)
            else {
                record.text.truncate(before);
                written.unterminated = true;
                return None;
            };
            if bytes.get(quote + 1) == Some(&b'"') {
                record
                    .text
                    .push_str(self.text.get(from..=quote).unwrap_or_default());
                from = quote + 2;
                search = from;
                continue;
            }
            if let Some(end) = self.after_closing(quote + 1) {
                record
                    .text
                    .push_str(self.text.get(from..quote).unwrap_or_default());
                return Some(end);
            }
            written.irregular = true;
            bare_quotes += 1;
            search = quote + 1;
        }
    }

    /// Where a cell ends whose closing quote stands right before `at`; `None` when the quote cannot be the closing one.
    fn after_closing(&self, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = at;
        if self.separator != Separator::Spaces {
            while bytes.get(at) == Some(&b' ') {
                at += 1;
            }
        }
        match bytes.get(at) {
            None => Some(at),
            Some(&b) if self.is_separator(b) => Some(at),
            Some(b'\n' | b'\r') if self.ends_record(at) => Some(at),
            Some(_) => None,
        }
    }
}
