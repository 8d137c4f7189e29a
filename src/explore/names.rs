//! Folded names of some people, one behind the other, and what is known of each before a letter of it is read.
//!
//! Of each person the letters stand as bits, of each byte whether a word begins there: most people are passed over, and most classes
//! told, by those alone.

use super::fold::fold_into;

/// Letters of a name that are looked at: longer ones are no names.
const LONGEST: usize = 200;
/// Between a handle and a name.
pub(super) const BETWEEN: u8 = b'\t';

/// The letters of a text as bits: one for each letter of Latin, each digit and each mark of handles, others share the rest. What is
/// contained in another text has no bit that the other has not.
pub(super) fn letters_of(text: &str) -> u64 {
    text.chars().fold(0, |bits, letter| bits | bit_of(letter))
}

fn bit_of(letter: char) -> u64 {
    own_bit(letter).unwrap_or_else(|| match letter {
        letter if letter.is_ascii() => 0, // other marks between words
        letter => 1 << (39 + (letter as u32).wrapping_mul(0x9e37_79b1) % 25),
    })
}

/// The bit of a letter that shares it with no other.
fn own_bit(letter: char) -> Option<u64> {
    let at = match letter {
        'a'..='z' => letter as u32 - 'a' as u32,
        '0'..='9' => 26 + letter as u32 - '0' as u32,
        '_' => 36,
        '.' => 37,
        '-' => 38,
        _ => return None,
    };
    Some(1 << at)
}

/// The bit that says by itself whether `word` stands in a text: it is one letter, and no other has that bit.
pub(super) fn telling_bit(word: &str) -> Option<u64> {
    let mut letters = word.chars();
    let letter = letters.next()?;
    own_bit(letter).filter(|_| letters.next().is_none())
}

/// Whether a letter or digit begins `text`.
pub(super) fn begins_with_letter(text: &[u8]) -> bool {
    let Some(first) = text.first() else {
        return false;
    };
    if first.is_ascii() {
        return first.is_ascii_alphanumeric();
    }
    let first = text.get(..bytes_of(*first)).unwrap_or_default();
    let letter = str::from_utf8(first).ok().and_then(|l| l.chars().next());
    letter.is_some_and(char::is_alphanumeric)
}

/// Bytes of the letter that begins with the byte `first`.
pub(super) fn bytes_of(first: u8) -> usize {
    match first {
        0..0xc0 => 1,
        0xc0..0xe0 => 2,
        0xe0..0xf0 => 3,
        _ => 4,
    }
}

/// Up to eight bytes with which a text begins, the first lowest: two texts are told apart by all of them at once.
#[derive(Debug, Clone, Copy)]
pub(super) struct Beginning {
    bytes: u64,
    mask: u64,
}

impl Beginning {
    pub(super) fn of(text: &[u8]) -> Self {
        let (mut bytes, mut mask) = (0, 0);
        for (at, byte) in text.iter().take(8).enumerate() {
            bytes |= u64::from(*byte) << (8 * at);
            mask |= 0xff << (8 * at);
        }
        Self { bytes, mask }
    }

    /// Whether a text of which these are the first bytes begins so.
    pub(super) fn begins(&self, text: u128) -> bool {
        (text as u64 ^ self.bytes) & self.mask == 0
    }
}

/// A text that is looked for at many places.
#[derive(Debug)]
pub(super) struct Opening {
    text: Vec<u8>,
    beginning: Beginning,
}

impl Opening {
    /// `text`: folded, no tab and no line break in it.
    pub(super) fn of(text: &str) -> Self {
        Self {
            text: text.as_bytes().to_vec(),
            beginning: Beginning::of(text.as_bytes()),
        }
    }

    /// Its bytes.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether it stands at byte `at` of `entry`. Where it is short that is told without reading it byte by byte: the line break
    /// behind an entry is no part of it.
    pub(super) fn stands_at(&self, entry: Entry<'_>, at: usize) -> bool {
        match entry.ahead(at) {
            Some(ahead) if !self.beginning.begins(ahead) => false,
            Some(_) if self.text.len() <= 8 => true,
            _ => entry.rest(at).starts_with(&self.text),
        }
    }
}

/// Some people's names.
#[derive(Debug, Clone)]
pub(super) struct Names {
    /// Of each the folded handle, where the name is another a tab and that, and a line break.
    text: String,
    /// Where each begins, and the end of the last.
    starts: Vec<u32>,
    /// The letters of each, as bits.
    letters: Vec<u64>,
    /// Of each byte of `text` a bit: whether a letter is there, and none that belongs to a word stands before it.
    begins: Vec<u64>,
}

/// The names of one person.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry<'a> {
    text: &'a str,
    begins: &'a [u64],
    from: usize,
    until: usize,
}

impl Names {
    /// Of handles and names.
    pub(super) fn of<'a>(names: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut all = Self {
            text: String::new(),
            starts: vec![0],
            letters: Vec::new(),
            begins: Vec::new(),
        };
        let mut name_folded = String::new();
        for (handle, name) in names {
            let from = all.text.len();
            fold_into(first_letters(handle), &mut all.text);
            name_folded.clear();
            fold_into(first_letters(name), &mut name_folded);
            if all.text.get(from..) != Some(name_folded.as_str()) {
                all.text.push(BETWEEN.into());
                all.text.push_str(&name_folded);
            }
            all.note(from);
            all.text.push('\n');
            all.starts.push(all.text.len() as u32);
        }
        all.text.shrink_to_fit();
        all.starts.shrink_to_fit();
        all.letters.shrink_to_fit();
        all.begins.shrink_to_fit();
        all
    }

    /// Notes what is known of the entry that begins at byte `from` and is the last.
    fn note(&mut self, from: usize) {
        self.begins.resize(self.text.len() / 64 + 1, 0);
        let (mut bits, mut within) = (0, false);
        let entry = self.text.get(from..).unwrap_or_default();
        for (at, letter) in entry.char_indices() {
            if !within && let Some(word) = self.begins.get_mut((from + at) / 64) {
                *word |= 1 << ((from + at) % 64);
            }
            within = letter.is_alphanumeric();
            bits |= bit_of(letter);
        }
        self.letters.push(bits);
    }

    /// Bytes it uses.
    pub(super) fn bytes(&self) -> usize {
        let wide = self.letters.capacity() + self.begins.capacity();
        self.text.capacity() + self.starts.capacity() * 4 + wide * 8
    }

    /// All names.
    pub(super) fn text(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// Where the entry in place `at` begins; behind the last: where all end.
    pub(super) fn start(&self, at: usize) -> Option<usize> {
        self.starts.get(at).map(|start| *start as usize)
    }

    /// The letters of each, as [`letters_of`] has them.
    pub(super) fn letters(&self) -> &[u64] {
        &self.letters
    }

    /// The names of the person in place `at`.
    pub(super) fn entry(&self, at: usize) -> Entry<'_> {
        let from = self.start(at).unwrap_or(0);
        let until = self.start(at + 1).map_or(from, |end| end.max(1) - 1);
        Entry {
            text: &self.text,
            begins: &self.begins,
            from,
            until,
        }
    }
}

impl<'a> Entry<'a> {
    /// Handle and name, a tab between where they differ.
    pub(super) fn bytes(self) -> &'a [u8] {
        let bytes = self.text.as_bytes();
        bytes.get(self.from..self.until).unwrap_or_default()
    }

    /// Where it begins and where it ends.
    pub(super) fn ends(self) -> (usize, usize) {
        (self.from, self.until)
    }

    /// Whether the name begins at byte `at`, and another handle stands before it.
    pub(super) fn is_name_at(self, at: usize) -> bool {
        let before = at.checked_sub(1).filter(|before| *before >= self.from);
        before.is_some_and(|before| self.text.as_bytes().get(before) == Some(&BETWEEN))
    }

    /// The entry from byte `at` on.
    pub(super) fn rest(self, at: usize) -> &'a [u8] {
        let bytes = self.text.as_bytes();
        bytes.get(at..self.until).unwrap_or_default()
    }

    /// The handle or the name, from byte `at` on.
    pub(super) fn name_from(self, at: usize) -> &'a str {
        let rest = self.rest(at);
        let end = memchr::memchr(BETWEEN, rest).unwrap_or(rest.len());
        self.text.get(at..at + end).unwrap_or_default()
    }

    /// The next sixteen bytes from byte `at` on, the first lowest, also those of who comes next; `None` at the end of all.
    pub(super) fn ahead(self, at: usize) -> Option<u128> {
        let bytes = self.text.as_bytes().get(at..at + 16)?;
        bytes.try_into().ok().map(u128::from_le_bytes)
    }

    /// Where words begin.
    pub(super) fn begins(self) -> Begins<'a> {
        let at = self.from / 64;
        let bits = self.begins.get(at).copied().unwrap_or(0) & (u64::MAX << (self.from % 64));
        Begins {
            flags: self.begins,
            at,
            bits,
            until: self.until,
        }
    }
}

/// The places at which words of an entry begin.
pub(super) struct Begins<'a> {
    flags: &'a [u64],
    at: usize,
    bits: u64,
    until: usize,
}

impl Iterator for Begins<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        while self.bits == 0 {
            self.at += 1;
            if self.at * 64 >= self.until {
                return None;
            }
            self.bits = *self.flags.get(self.at)?;
        }
        let place = self.at * 64 + self.bits.trailing_zeros() as usize;
        self.bits &= self.bits - 1;
        (place < self.until).then_some(place)
    }
}

/// The first letters of a name, of which the folded form stays small too.
fn first_letters(name: &str) -> &str {
    let end = name.floor_char_boundary(LONGEST);
    name.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Names, letters_of, telling_bit};

    #[test]
    fn words_begin_where_no_letter_stands_before() {
        let long = format!("{}_x", "ab".repeat(60));
        let names = Names::of([("ana_б", "Ana Ö.b"), ("寿司 太", ""), (&long, &long)].into_iter());
        let begins = |at: usize| -> Vec<&str> {
            let entry = names.entry(at);
            entry.begins().map(|at| entry.name_from(at)).collect()
        };
        // A mark behind a letter begins nothing, the name behind the tab does.
        assert_eq!(begins(0), ["ana_б", "б", "ana o.b", "o.b", "b"]);
        assert_eq!(begins(1), ["寿司 太", "太"]);
        assert_eq!(begins(2), [long.as_str(), "x"]);
        assert_eq!(names.entry(2).bytes(), long.as_bytes());
    }

    #[test]
    fn a_bit_that_tells_is_had_by_one_letter_only() {
        let plain: Vec<char> = ('\0'..='\u{fff}').filter(|c| *c != 'a').collect();
        let others: String = plain.into_iter().collect();
        let bit = telling_bit("a").expect("a letter of its own");
        assert_eq!(letters_of(&others) & bit, 0);
        assert_eq!(letters_of("xay") & bit, bit);
        for none in ["", "ab", "é", "寿", " ", "#"] {
            assert_eq!(telling_bit(none), None, "{none}");
        }
    }
}
