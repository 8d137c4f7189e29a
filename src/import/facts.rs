//! What the values of a column look like: the check on every guess that a header suggests.

use std::collections::HashSet;

use super::dates;
use super::handles::{address, is_damaged_id};
use super::numbers::{self, is_missing};

/// What the first rows tell of one column. Shares are of the filled cells.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    /// Rows looked at.
    pub rows: usize,
    /// Cells that hold something.
    pub filled: usize,
    /// Different values.
    pub distinct: usize,
    /// Cells that are a count or number.
    pub numeric: usize,
    /// Cells that are whole numbers of any length.
    pub digits: usize,
    /// Unix times.
    pub unix: usize,
    /// Dates, unix times included.
    pub dates: usize,
    /// Dates that are more than a number.
    pub written_dates: usize,
    /// 0, 1, true, false, yes, no.
    pub flags: usize,
    /// Cells that begin with @.
    pub at_signs: usize,
    /// Cells that are one word: no white space, and no sentence of a script that needs none.
    pub single_words: usize,
    /// Web addresses.
    pub addresses: usize,
    /// Names of web sites: words with a dot between letters, as in `example.com`.
    pub sites: usize,
    /// Ids damaged by a spreadsheet.
    pub damaged: usize,
    /// Letters and signs of all filled cells.
    pub chars: usize,
}

/// True for a cell that reads like a sentence: four words, or a dozen signs of a script that puts no space between words.
pub(super) fn is_sentence(cell: &str) -> bool {
    let unspaced = |c: char| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}');
    cell.split_whitespace().count() >= 4 || cell.chars().filter(|c| unspaced(*c)).count() >= 12
}

fn is_site(cell: &str) -> bool {
    let name_and_end = cell.rsplit_once('.');
    name_and_end.is_some_and(|(name, end)| {
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.');
        !name.is_empty()
            && name.chars().all(plain)
            && (2..=6).contains(&end.len())
            && end.bytes().all(|b| b.is_ascii_lowercase())
    })
}

impl Facts {
    /// Looks at column `i` of the sample rows.
    pub(super) fn of(sample: &[Vec<String>], i: usize) -> Self {
        let mut facts = Self {
            rows: sample.len(),
            ..Self::default()
        };
        let mut distinct = HashSet::new();
        let (mut long_ids, mut rounded) = (0, 0);
        for cell in sample.iter().filter_map(|row| row.get(i)) {
            if is_missing(cell) {
                continue;
            }
            let cell = cell.trim();
            facts.look_at(cell);
            if cell.len() >= 17 && cell.bytes().all(|b| b.is_ascii_digit()) {
                long_ids += 1;
                rounded += usize::from(cell.bytes().skip(15).all(|b| b == b'0'));
            }
            distinct.insert(cell);
        }
        facts.distinct = distinct.len();
        if long_ids >= 3 && rounded * 10 > long_ids * 9 {
            // Fifteen digits and then zeros: a spreadsheet kept what it could.
            facts.damaged += rounded;
        }
        facts
    }

    fn look_at(&mut self, cell: &str) {
        self.filled += 1;
        self.chars += cell.chars().count();
        self.numeric +=
            usize::from(numbers::count(cell).is_some() || numbers::weight(cell, true).is_some());
        self.digits += usize::from(cell.bytes().all(|b| b.is_ascii_digit()));
        let is_number = cell.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        if dates::parse(cell).is_some() {
            self.dates += 1;
            self.written_dates += usize::from(!is_number);
            self.unix += usize::from(is_number && cell.len() >= 9);
        }
        self.flags += usize::from(
            ["0", "1", "true", "false", "yes", "no", "t", "f", "y", "n"]
                .iter()
                .any(|flag| cell.eq_ignore_ascii_case(flag)),
        );
        self.at_signs += usize::from(cell.starts_with('@'));
        let is_word = !cell.contains(char::is_whitespace) && !is_sentence(cell);
        self.single_words += usize::from(is_word);
        self.addresses += usize::from(address(cell).is_some());
        self.sites += usize::from(is_site(cell));
        self.damaged += usize::from(is_damaged_id(cell));
    }

    /// Whether at least `percent` of the filled cells are `part`.
    pub(super) fn mostly(&self, part: usize, percent: usize) -> bool {
        self.filled > 0 && part * 100 >= self.filled * percent
    }

    /// Whether every row says the same.
    pub(super) fn is_constant(&self) -> bool {
        self.distinct == 1 && self.filled >= 5
    }

    /// Mean number of letters and signs.
    pub(super) fn mean_chars(&self) -> usize {
        self.chars / self.filled.max(1)
    }

    /// Whether the cells read like sentences.
    pub(super) fn is_prose(&self) -> bool {
        self.filled > 0
            && self.mean_chars() >= 15
            && self.single_words * 2 < self.filled
            && !self.mostly(self.dates, 50)
    }

    /// Whether the cells could be handles or names.
    pub(super) fn is_names(&self) -> bool {
        self.filled > 0
            && self.mean_chars() <= 40
            && self.mostly(self.single_words, 90)
            && !self.mostly(self.numeric, 10)
            && !self.mostly(self.dates, 50)
            && !self.mostly(self.flags, 90)
            && !self.mostly(self.addresses, 50)
    }
}
