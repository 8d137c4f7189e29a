//! What typed words find in a text: case and accents do not matter, and beginnings of words count more.

pub(super) use crate::explore::fold;

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
    use super::{Match, words_in};

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
