//! What typed words find in a text: case and accents do not matter, and beginnings of words count more.

use unicode_normalization::char::decompose_canonical;

/// `text` in lower case, without the accents of Latin, Greek and Cyrillic letters.
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars() {
        if may_have_accent(letter) {
            decompose_canonical(letter, |part| {
                if !is_accent(part) {
                    folded.extend(part.to_lowercase());
                }
            });
        } else {
            folded.extend(letter.to_lowercase());
        }
    }
    folded
}

fn is_accent(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}

/// Letters of other scripts are not taken apart: their marks are no ornaments.
fn may_have_accent(letter: char) -> bool {
    matches!(letter, '\u{c0}'..='\u{52f}' | '\u{1e00}'..='\u{1fff}')
}

/// How well a text is found by words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Match {
    /// Each of them begins a word of it.
    Beginnings,
    /// Each of them is in it somewhere.
    Anywhere,
}

/// Whether every word of `wanted` (folded) stands in `text`, and how well; no words stand everywhere.
pub(super) fn words_in(text: &str, wanted: &str) -> Option<Match> {
    let text = fold(text);
    let begins = |word: &str| {
        let mut starts = text.match_indices(word).map(|(at, _)| at);
        starts.any(|at| {
            let before = text.get(..at).and_then(|before| before.chars().next_back());
            before.is_none_or(|letter| !letter.is_alphanumeric())
        })
    };
    let mut words = wanted.split_whitespace();
    if words.clone().all(begins) {
        return Some(Match::Beginnings);
    }
    words
        .all(|word| text.contains(word))
        .then_some(Match::Anywhere)
}

#[cfg(test)]
mod tests {
    use super::{Match, fold, words_in};

    #[test]
    fn case_and_accents_do_not_matter_but_marks_of_other_scripts_do() {
        assert_eq!(fold("Şébnem ÇELİK Łódź"), "sebnem celik łodz");
        assert_eq!(fold("cafe\u{301}"), "cafe");
        assert_eq!(fold("Ἀθῆναι"), "αθηναι");
        assert_eq!(fold("ガ"), "ガ");
        assert_ne!(fold("カ"), fold("ガ"));
    }

    #[test]
    fn every_word_must_be_there_and_beginnings_are_better() {
        assert_eq!(
            words_in("Show the whole map", "map sh"),
            Some(Match::Beginnings)
        );
        assert_eq!(
            words_in("Show the whole map", "hole ap"),
            Some(Match::Anywhere)
        );
        assert_eq!(words_in("Show the whole map", "map list"), None);
        assert_eq!(words_in("Who lies between?", ""), Some(Match::Beginnings));
        assert_eq!(
            words_in("Isolate Café-Freunde", "freunde cafe"),
            Some(Match::Beginnings)
        );
    }
}
