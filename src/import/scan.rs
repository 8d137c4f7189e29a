//! Text becomes records: separators, quotes, line breaks inside quotes, and quotes that never close.
//!
//! Our own scanner rather than a general CSV reader, because it has to notice when a quote that nobody closed has swallowed
//! the lines below, give those lines back, and still count lines right.

use memchr::{memchr, memchr_iter, memchr3};

use super::numbers::trimmed;

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

/// One row. Its cells are places in the text, so that reading a row copies and allocates nothing.
#[derive(Debug, Clone, Default)]
pub(super) struct Record<'a> {
    text: &'a str,
    cells: Vec<Cell>,
    /// What stands in cells whose text is not the file's own: quotes that were doubled are single here.
    copied: String,
    /// Line on which it begins, from 1.
    pub line: u64,
    /// Byte at which it begins.
    pub start: usize,
}

/// Where a cell stands: in the text, or in `copied` where `from` has [`COPIED`].
#[derive(Debug, Clone, Copy)]
struct Cell {
    from: usize,
    to: usize,
}

const COPIED: usize = 1 << (usize::BITS - 1);

/// Cells of one record that are kept; no table has so many columns. A place takes 16 times the separator that makes it.
const MOST_KEPT: usize = 1 << 20;

impl Record<'_> {
    /// Number of cells.
    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    /// A cell; empty where the row is too short.
    pub(super) fn get(&self, i: usize) -> &str {
        let found = match self.cells.get(i) {
            Some(cell) if cell.from & COPIED == 0 => self.text.get(cell.from..cell.to),
            Some(cell) => self.copied.get(cell.from & !COPIED..cell.to),
            None => None,
        };
        found.unwrap_or_default()
    }

    /// The cells in order.
    pub(super) fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|i| self.get(i))
    }

    /// True when no cell holds anything.
    pub(super) fn is_blank(&self) -> bool {
        self.cells().all(|cell| trimmed(cell).is_empty())
    }

    fn clear(&mut self) {
        self.copied.clear();
        self.cells.clear();
    }

    fn push(&mut self, from: usize, to: usize) {
        if self.cells.len() < MOST_KEPT {
            self.cells.push(Cell { from, to });
        }
    }

    /// Ends a quoted cell that began at `first` and whose last part is `from..quote`; parts before it were copied behind
    /// byte `before` of what is copied.
    fn end_quoted(&mut self, (first, from, quote): (usize, usize, usize), before: usize) {
        if first == from {
            return self.push(from, quote);
        }
        let part = self.text.get(from..quote).unwrap_or_default();
        self.copied.push_str(part);
        self.push(before | COPIED, self.copied.len());
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
    /// Rows that begin here or later are somebody else's.
    until: usize,
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
    /// Nothing in it is quoted, so that it stands on one line.
    plain: bool,
}

impl<'a> Scanner<'a> {
    /// Begins at byte `at`, which is on `line`.
    pub(super) fn new(text: &'a str, separator: Separator, at: usize, line: u64) -> Self {
        Self {
            text,
            at,
            until: text.len(),
            line,
            separator,
            returns_break: memchr(b'\n', text.as_bytes()).is_none(),
            width: None,
            repaired: 0,
            made_here: false,
        }
    }

    /// The same scanner for the rows that begin from byte `at`, which is on `line`, and before byte `until`.
    pub(super) fn part(&self, at: usize, line: u64, until: usize) -> Self {
        Self {
            at,
            line,
            until: until.min(self.text.len()),
            repaired: 0,
            ..self.clone()
        }
    }

    /// The whole text.
    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    /// True where a line feed outside quotes always ends a row.
    pub(super) fn lines_end_rows(&self) -> bool {
        !self.returns_break
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
    pub(super) fn next(&mut self, record: &mut Record<'a>) -> Next {
        loop {
            if self.at >= self.until {
                return Next::End;
            }
            let (start, line) = (self.at, self.line);
            let mut next = Next::Row;
            let mut written = match self.read_regular(record) {
                Some(written) => written,
                None => self.read(record, false),
            };
            let mut breaks = self.breaks(start, written);
            if self.is_suspicious(written, record, breaks) {
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
                breaks = self.breaks(start, written);
            }
            self.at = written.end;
            self.line += if self.made_here { 1 } else { breaks };
            record.start = start;
            record.line = line;
            if next == Next::Unbalanced || !record.is_blank() {
                return next;
            }
        }
    }

    /// A record over several lines that is not plainly what its writer meant.
    fn is_suspicious(&self, written: Written, record: &Record<'_>, breaks: u64) -> bool {
        if self.made_here {
            return false;
        }
        let wrong_width = self.width.is_some_and(|w| w != record.len());
        written.unterminated || ((written.irregular || wrong_width) && breaks > 1)
    }

    /// Line breaks from `start` to the end of what was written there.
    fn breaks(&self, start: usize, written: Written) -> u64 {
        let bytes = self.text.as_bytes();
        if written.plain {
            let last = written.end.checked_sub(1).and_then(|last| bytes.get(last));
            return u64::from(last == Some(&b'\n'));
        }
        let mark = if self.returns_break { b'\r' } else { b'\n' };
        let bytes = bytes.get(start..written.end).unwrap_or_default();
        memchr_iter(mark, bytes).count() as u64
    }

    /// Reads one record as [`Scanner::read`] does, many bytes at a time; `None` where anything about it is unusual.
    fn read_regular(&self, record: &mut Record<'a>) -> Option<Written> {
        let Separator::Byte(separator) = self.separator else {
            return None;
        };
        if self.returns_break || matches!(separator, b'"' | b' ' | b'\r' | b'\n') {
            return None;
        }
        record.clear();
        record.text = self.text;
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        let mut plain = true;
        loop {
            if bytes.get(at) == Some(&b'"') {
                plain = false;
                at = regular_quoted(bytes, at, separator, record)?;
            } else {
                let end = end_of_plain(bytes, at, separator);
                record.push(at, end);
                at = end;
            }
            match bytes.get(at) {
                Some(&byte) if byte == separator => at += 1,
                None | Some(b'\n') => break,
                Some(_) if bytes.get(at + 1) == Some(&b'\n') => {
                    at += 1; // past the return of a Windows line end
                    break;
                }
                Some(_) => return None,
            }
        }
        Some(Written {
            end: (at + 1).min(bytes.len()),
            plain,
            ..Written::default()
        })
    }

    /// Reads one record; with `one_line` no quote reaches over a line break.
    fn read(&self, record: &mut Record<'a>, one_line: bool) -> Written {
        record.clear();
        record.text = self.text;
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

    /// Notes an unquoted cell that begins at `at`; returns where it ends.
    fn plain(&self, at: usize, record: &mut Record<'_>) -> usize {
        let bytes = self.text.as_bytes();
        let mut end = at;
        while let Some(&byte) = bytes.get(end) {
            if self.is_separator(byte) || (matches!(byte, b'\n' | b'\r') && self.ends_record(end)) {
                break;
            }
            end += 1;
        }
        record.push(at, end);
        end
    }

    /// Notes a quoted cell whose quote stands at `at`; returns where it ends, or `None` when the quote never closes.
    fn quoted(
        &self,
        at: usize,
        record: &mut Record<'_>,
        one_line: bool,
        written: &mut Written,
    ) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let limit = if self.made_here {
            bytes.len()
        } else {
            bytes.len().min(at + LONGEST_QUOTED)
        };
        let before = record.copied.len();
        let mut from = at + 1;
        let mut search = from;
        let mut bare_quotes = 0;
        loop {
            let window = bytes.get(search..limit).unwrap_or_default();
            let found = if one_line {
                memchr3(b'"', b'\n', b'\r', window)
            } else {
                memchr(b'"', window)
            };
            let found = found.map(|p| search + p);
            let is_quote = |q: &usize| bytes.get(*q) == Some(&b'"');
            let Some(quote) = found.filter(|q| is_quote(q) && bare_quotes < MOST_BARE_QUOTES)
            else {
                record.copied.truncate(before);
                written.unterminated = true;
                return None;
            };
            if bytes.get(quote + 1) == Some(&b'"') {
                let part = self.text.get(from..=quote).unwrap_or_default();
                record.copied.push_str(part);
                from = quote + 2;
                search = from;
                continue;
            }
            if let Some(end) = self.after_closing(quote + 1) {
                record.end_quoted((at + 1, from, quote), before);
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

/// Notes the quoted cell whose quote stands at `at`, if it is closed as rules say; returns where it ends.
fn regular_quoted(
    bytes: &[u8],
    at: usize,
    separator: u8,
    record: &mut Record<'_>,
) -> Option<usize> {
    let limit = bytes.len().min(at + LONGEST_QUOTED);
    let before = record.copied.len();
    let mut from = at + 1;
    loop {
        let quote = from + memchr(b'"', bytes.get(from..limit)?)?;
        let next = bytes.get(quote + 1);
        let ends = match next {
            None | Some(b'\n') => true,
            Some(b'\r') => bytes.get(quote + 2) == Some(&b'\n'),
            Some(&byte) => byte == separator,
        };
        if ends {
            record.end_quoted((at + 1, from, quote), before);
            return Some(quote + 1);
        }
        if next != Some(&b'"') {
            return None;
        }
        let part = record.text.get(from..=quote)?;
        record.copied.push_str(part);
        from = quote + 2;
    }
}

/// The first separator, line feed or return from `at` on, eight bytes at a time; the length of `bytes` where there is none.
fn end_of_plain(bytes: &[u8], at: usize, separator: u8) -> usize {
    const EACH: u64 = 0x0101_0101_0101_0101;
    // Marks zero bytes; above the lowest zero byte it may mark others, so only the lowest mark counts.
    let zeros = |word: u64| word.wrapping_sub(EACH) & !word & (EACH << 7);
    let mut at = at;
    for _ in 0..8 {
        let word = bytes.get(at..at + 8).and_then(|w| w.try_into().ok());
        let Some(word) = word.map(u64::from_le_bytes) else {
            break;
        };
        let marks = zeros(word ^ (EACH * u64::from(separator)))
            | zeros(word ^ (EACH * u64::from(b'\n')))
            | zeros(word ^ (EACH * u64::from(b'\r')));
        if marks != 0 {
            return at + (marks.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    at + memchr3(separator, b'\n', b'\r', rest).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]

        #[test]
        fn the_quick_way_reads_what_the_careful_way_reads(
            text in "([ab\"\",;\n\r ]|\r\n|\"[ab,\n]{0,9}\"|é|long enough for words){0,60}",
            separator in prop_oneof![Just(b','), Just(b';'), Just(b' '), Just(b'"'), Just(b'a')],
        ) {
            let mut scanner = Scanner::new(&text, Separator::Byte(separator), 0, 1);
            let (mut quick, mut careful) = (Record::default(), Record::default());
            while scanner.at < text.len() {
                let slow = scanner.read(&mut careful, false);
                if let Some(fast) = scanner.read_regular(&mut quick) {
                    prop_assert_eq!(fast.end, slow.end);
                    prop_assert!(!slow.irregular && !slow.unterminated);
                    prop_assert!(quick.cells().eq(careful.cells()));
                    let at = scanner.at;
                    prop_assert_eq!(scanner.breaks(at, fast), scanner.breaks(at, slow));
                }
                scanner.at = slow.end;
            }
        }
    }

    #[test]
    fn plain_cells_end_where_they_should() {
        for n in 0..200 {
            let mut bytes = vec![b'\x2d'; 200]; // one above the separator: what a careless search would take for it
            assert_eq!(end_of_plain(&bytes, 3, b','), 200);
            for end in *b",\n\r" {
                bytes[n] = end;
                assert_eq!(end_of_plain(&bytes, 0, b','), n);
                assert_eq!(end_of_plain(&bytes, n, b','), n);
            }
        }
    }
}
