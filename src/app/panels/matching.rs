//! What typed words find in a text: case and accents do not matter, and beginnings of words count more.

pub(super) use crate::explore::fold;

/// Where `wanted` (folded) stands in `text`. Plain ASCII, by far the most, is compared in place.
pub(super) fn place(text: &str, wanted: &str) -> Option<usize> {
    if wanted.is_empty() {
        return Some(0);
    }
    if text.is_ascii() {
        let (text, wanted) = (text.as_bytes(), wanted.as_bytes());
        return text
            .windows(wanted.len())
            .position(|part| part.eq_ignore_ascii_case(wanted));
    }
    fold(text).find(wanted)
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
    use super::{Match, fold, place, words_in};

    #[test]
    fn case_and_accents_do_not_matter_but_marks_of_other_scripts_do() {
        assert_eq!(fold("Şébnem ÇELİK Łódź"), "sebnem celik łodz");
        assert_eq!(fold("cafe\u{301}"), "cafe");
        assert_eq!(fold("Ἀθῆναι"), "αθηναι");
        assert_eq!(fold("ガ"), "ガ");
        assert_ne!(fold("カ"), fold("ガ"));
        assert_eq!(place("José Núñez", "nunez"), Some("jose ".len()));
        assert_eq!(place("plain JOSE", "jose"), Some(6));
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
