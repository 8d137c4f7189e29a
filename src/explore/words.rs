//! Words looked for in texts, letter case and marks aside: whether all of them are there, and where.
//!
//! There is one rule for all who ask: the count that finding shows, the filter, the lists of posts, and the marks in their texts.

use std::ops::Range;

use memchr::memmem::Finder;
use unicode_normalization::char::is_combining_mark;

use super::fold::{fold, fold_into, fold_letter, is_unspaced};

/// Fewer letters stand in nearly every text.
const LEAST_LETTERS: usize = 2;

/// What somebody looks for in texts: all of some words, each where a word begins with it.
///
/// A word begins behind everything that is no letter and no digit, so that “rice” finds “Ricecake” and “#rice”, but not “price”. Where
/// a script has no spaces, a word may begin anywhere: “太郎” finds “寿司太郎”, and “sushi” finds “今日sushi”. What is typed with a mark
/// before it, as “#rice” or “@ana”, is found with that mark alone.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    words: Vec<Word>,
}

#[derive(Debug, Clone)]
struct Word {
    finder: Finder<'static>,
    /// Whether it may begin anywhere: its first letter is of a script without spaces, or no letter at all.
    anywhere: bool,
    /// Whether there is enough of it to be worth a look through everything.
    is_enough: bool,
}

impl Word {
    /// `word`: folded, not empty.
    fn of(word: &str) -> Self {
        let is_free = |letter: char| is_unspaced(letter) || !is_of_word(letter);
        Self {
            finder: Finder::new(word.as_bytes()).into_owned(),
            anywhere: word.chars().next().is_none_or(is_free),
            is_enough: word.chars().count() >= LEAST_LETTERS || word.chars().any(is_unspaced),
        }
    }

    /// Where it begins a word of `text`, which is folded; in order.
    fn begins<'a>(&'a self, text: &'a str) -> impl Iterator<Item = usize> + 'a {
        let mut from = 0;
        std::iter::from_fn(move || {
            loop {
                let at = from + self.finder.find(text.as_bytes().get(from..)?)?;
                from = at + 1; // one that begins within this one may be the first that begins a word
                if self.anywhere || may_begin(text, at) {
                    return Some(at);
                }
            }
        })
    }
}

/// Whether a letter is a part of a word: also a mark that is written within one.
fn is_of_word(letter: char) -> bool {
    if letter.is_ascii() {
        return letter.is_ascii_alphanumeric();
    }
    letter.is_alphanumeric() || is_combining_mark(letter)
}

/// Whether a word may begin at byte `at` of `text`: no word that spaces end reaches up to it.
fn may_begin(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|text| text.chars().next_back());
    before.is_none_or(|letter| !is_of_word(letter) || is_unspaced(letter))
}

/// Whether a word of `text` begins with `word`; both folded.
pub(super) fn begins_word(text: &str, word: &str) -> bool {
    word.is_empty() || Word::of(word).begins(text).next().is_some()
}

impl Wanted {
    /// The words of `typed`, which spaces part.
    pub fn new(typed: &str) -> Self {
        let folded = fold(typed);
        Self {
            words: folded.split_whitespace().map(Word::of).collect(),
        }
    }

    /// Nothing is looked for: every text has that.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether something is looked for that does not stand in nearly every text: each word has two letters or more, or one of a script
    /// without spaces.
    pub fn is_enough(&self) -> bool {
        !self.words.is_empty() && self.words.iter().all(|word| word.is_enough)
    }

    /// Whether every word stands in `text`; `room` is room to work in. O(letters · words).
    pub fn is_in(&self, text: &str, room: &mut String) -> bool {
        if self.words.is_empty() {
            return true;
        }
        room.clear();
        fold_into(text, room);
        (self.words.iter()).all(|word| word.begins(room).next().is_some())
    }

    /// Where the words stand in `text`: bytes, in order, apart from each other. O(letters · words).
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        if self.words.is_empty() {
            return Vec::new();
        }
        // Of each byte of the folded text, where the letter begins that it comes from, and where that ends.
        let (mut folded, mut from): (String, Vec<(usize, usize)>) = (String::new(), Vec::new());
        for (at, letter) in text.char_indices() {
            fold_letter(letter, &mut folded);
            from.resize(folded.len(), (at, at + letter.len_utf8()));
        }
        let mut found: Vec<Range<usize>> = Vec::new();
        for word in &self.words {
            let len = word.finder.needle().len();
            for at in word.begins(&folded) {
                let ends = (from.get(at), from.get((at + len).saturating_sub(1)));
                if let (Some((start, _)), Some((_, end))) = ends {
                    found.push(*start..*end);
                }
            }
        }
        found.sort_unstable_by_key(|range| (range.start, range.end));
        let mut apart: Vec<Range<usize>> = Vec::new();
        for range in found {
            match apart.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => apart.push(range),
            }
        }
        apart
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_in(typed: &str, text: &str) -> bool {
        Wanted::new(typed).is_in(text, &mut String::new())
    }

    #[test]
    fn all_words_must_be_there_in_any_order() {
        assert!(is_in("rice SUPERB", "The superb Rice of Ana"));
        assert!(is_in("sup ri", "The superb rice"));
        assert!(!is_in("rice bad", "The superb rice"));
        assert!(is_in("  ", "anything"));
        assert!(is_in("creme BRÛLÉE", "une Crème brulee"));
        assert!(is_in("寿司", "東京の寿司屋"));
        assert!(is_in("カ", "ガ") && !is_in("ガ", "カ"));
    }

    #[test]
    fn words_are_found_where_they_begin_and_anywhere_where_nothing_parts_them() {
        let found = [
            ("rice", "Ricecake, please"),
            ("rice", "more #RICE"),
            ("rice", "ana_rice"),
            ("rice", "price of rice"),
            ("#rice", "and#rice"),
            ("@ana", "thanks @Ana!"),
            ("🎉", "yum🎉"),
            ("sushi", "今日はsushiを食べた"),
            ("太郎", "寿司太郎です"),
            ("음식", "한국 음식"),
            ("a-a", "xa-a-a"),
            ("ते", "वह ते"),
        ];
        for (typed, text) in found {
            assert!(is_in(typed, text), "{typed} in {text}");
        }
        let missing = [
            ("rice", "the price of tuna"),
            ("#rice", "rice"),
            ("음식", "한국음식"),
            ("ते", "नमस्ते"), // behind a mark that is written within the word
            ("5", "15"),
        ];
        for (typed, text) in missing {
            assert!(!is_in(typed, text), "{typed} in {text}");
        }
    }

    #[test]
    fn a_single_letter_is_enough_only_where_it_is_a_word() {
        for enough in ["ri", "ri 寿", "寿", "#r", "42"] {
            assert!(Wanted::new(enough).is_enough(), "{enough}");
        }
        for little in ["", " ", "r", "rice r", "#"] {
            assert!(!Wanted::new(little).is_enough(), "{little}");
        }
    }

    #[test]
    fn places_are_those_of_the_text_as_it_is_written() {
        let text = "Crème BRÛLÉE, crème";
        let marked = |typed: &str| -> Vec<&str> {
            let places = Wanted::new(typed).places(text);
            places.into_iter().map(|range| &text[range]).collect()
        };
        assert_eq!(marked("creme"), ["Crème", "crème"]);
        assert_eq!(marked("brulee"), ["BRÛLÉE"]);
        assert_eq!(marked("brulee, rème"), ["BRÛLÉE,"]);
        assert_eq!(marked("brul br"), ["BRÛL"]);
        assert_eq!(marked(""), [""; 0]);
        // İ becomes two letters, one of which is a mark: it is marked as a whole.
        let wanted = Wanted::new("i");
        assert_eq!(wanted.places("İ").first(), Some(&(0..2)));
        assert!(wanted.is_in("İ", &mut String::new()));
    }
}
