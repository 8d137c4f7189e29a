//! Words looked for in texts, letter case and marks aside: whether all of them are there, and where.

use std::ops::Range;

use super::fold::{fold, fold_into, fold_letter};
use memchr::memmem::Finder;

/// What somebody looks for in texts: all of some words, wherever they stand, also inside of others.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    words: Vec<Finder<'static>>,
}

impl Wanted {
    /// The words of `typed`, which spaces part.
    pub fn new(typed: &str) -> Self {
        let folded = fold(typed);
        let word = |word: &str| Finder::new(word.as_bytes()).into_owned();
        Self {
            words: folded.split_whitespace().map(word).collect(),
        }
    }

    /// Nothing is looked for: every text has that.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether every word stands in `text`; `room` is room to work in. O(letters · words).
    pub fn is_in(&self, text: &str, room: &mut String) -> bool {
        if self.words.is_empty() {
            return true;
        }
        room.clear();
        fold_into(text, room);
        self.words
            .iter()
            .all(|word| word.find(room.as_bytes()).is_some())
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
            let len = word.needle().len();
            for at in word.find_iter(folded.as_bytes()) {
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
    fn places_are_those_of_the_text_as_it_is_written() {
        let text = "Crème BRÛLÉE, crème";
        let marked = |typed: &str| -> Vec<&str> {
            let places = Wanted::new(typed).places(text);
            places.into_iter().map(|range| &text[range]).collect()
        };
        assert_eq!(marked("creme"), ["Crème", "crème"]);
        assert_eq!(marked("brulee"), ["BRÛLÉE"]);
        assert_eq!(marked("lee e, ee"), ["LÉE,"]);
        assert_eq!(marked(""), [""; 0]);
        // İ becomes two letters, one of which is a mark: it is marked as a whole.
        let wanted = Wanted::new("i");
        assert_eq!(wanted.places("İ").first(), Some(&(0..2)));
        assert!(wanted.is_in("İ", &mut String::new()));
    }
}
