//! The words of newcomers for what is called otherwise here: a command is found by either.

use super::matching::{Match, words_in};
use crate::explore::kin_words;

/// What people type, and the words by which the same is called here.
const SAME: [(&str, &str); 19] = [
    ("group", "communit"),
    ("groups", "communities"),
    ("circle", "communit"),
    ("topic", "about"),
    ("topics", "about"),
    ("theme", "about"),
    ("csv", "export list"),
    ("spreadsheet", "table"),
    ("download", "export"),
    ("contacts", "list"),
    ("shortlist", "list"),
    ("outreach", "list"),
    ("messages", "posts"),
    ("comments", "posts"),
    ("texts", "posts"),
    ("timeline", "time"),
    ("calendar", "time"),
    ("dates", "time"),
    ("pdf", "map"),
];

/// Whether what is called `label` is found by `wanted` (folded), in the words that stand there or in those that mean the same; the
/// former are better.
pub(super) fn called(label: &str, wanted: &str) -> Option<Match> {
    if let Some(how) = words_in(label, wanted) {
        return Some(how);
    }
    let mut words = wanted.split_whitespace();
    let has = |word: &str| {
        let same = SAME.iter().filter(|(typed, _)| *typed == word);
        let same = same.map(|(_, ours)| *ours);
        std::iter::once(word)
            .chain(same)
            .any(|word| words_in(label, word).is_some())
            || kin_words(word).any(|kin| words_in(label, kin).is_some())
    };
    // Of small words only the others are looked for.
    let is_there = |word: &str| word.len() < 4 && !is_known(word) || has(word);
    let known = wanted.split_whitespace().any(is_known);
    (known && words.all(is_there)).then_some(Match::Anywhere)
}

/// Whether `word` is a word of newcomers.
fn is_known(word: &str) -> bool {
    SAME.iter().any(|(typed, _)| *typed == word) || kin_words(word).next().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_newcomers_find_what_is_called_otherwise() {
        for (label, typed) in [
            ("What are the communities about?", "groups"),
            ("What are the communities about?", "topics"),
            ("Export list…", "csv"),
            ("Export list…", "download csv"),
            ("Open the posts", "messages"),
            ("Open the time line", "timeline"),
            ("About episode, #foodnews, giveaway", "media"),
            ("About episode, #foodnews, giveaway", "press"),
            ("About episode, #foodnews, giveaway", "about the press"),
        ] {
            assert_eq!(
                called(label, typed),
                Some(Match::Anywhere),
                "{label} {typed}"
            );
        }
        assert_eq!(called("Export list…", "list"), Some(Match::Beginnings));
        assert_eq!(called("Export list…", "rice"), None);
        assert_eq!(called("Export list…", "csv rice"), None);
    }
}
