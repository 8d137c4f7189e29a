//! The words of a post that may name a community.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfkc_quick};
use unicode_segmentation::UnicodeSegmentation as _;

/// Longer words are no words, in bytes.
const LONGEST: usize = 60;

/// Calls `each` with every word of `text`, in order, repeats included.
///
/// NFKC, lower case, words by UAX #29, hashtags whole with their #; no links, e-mail addresses, handles, bare numbers,
/// single letters, nor "RT". Runs of Han, Kana, Thai, Lao, Khmer and Myanmar, which have no spaces, give their 2- to
/// 4-grams. O(length).
pub fn for_each_word(text: &str, mut each: impl FnMut(&str)) {
    let text = without_cut_word(text);
    // Which NFKC makes three dots of.
    let cuts = text.contains('…');
    let is_normal = text.is_ascii() || is_nfkc_quick(text.chars()) == IsNormalized::Yes;
    let text: Cow<str> = if is_normal {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfkc().collect())
    };
    let mut lower = String::new();
    for chunk in text.split_whitespace() {
        if is_link(chunk) {
            continue;
        }
        let mut rest = chunk;
        while let Some(at) = rest.find(['#', '@']) {
            let (before, marked) = rest.split_at(at);
            let mark_is_hash = marked.starts_with('#');
            let name = &marked[1..];
            let end = name.find(|c| !is_name_char(c)).unwrap_or(name.len());
            if mark_is_hash {
                words_of(before, &mut lower, &mut each);
                // Whoever quotes cuts too: “… at home #hom…” via somebody.
                if !(cuts && name[end..].starts_with("...")) {
                    hashtag(&marked[..=end], &mut lower, &mut each);
                }
            } else if before.ends_with(char::is_alphanumeric) {
                rest = ""; // an e-mail address
                break;
            } else {
                words_of(before, &mut lower, &mut each);
            }
            rest = &name[end..];
            if !mark_is_hash {
                // Handles of the fediverse and of Bluesky: @ana@example.social, @ana.example.social.
                let tail = |c: char| !(is_name_char(c) || matches!(c, '@' | '.' | '-'));
                rest = &rest[rest.find(tail).unwrap_or(rest.len())..];
            }
        }
        words_of(rest, &mut lower, &mut each);
    }
}

/// The text without the word, link or hashtag that a trailing "…" cuts, as in posts passed on at full length.
fn without_cut_word(text: &str) -> &str {
    let text = text.trim_end();
    if !text.ends_with('…') {
        return text;
    }
    let last = text.rfind(char::is_whitespace).unwrap_or(text.len());
    &text[..last]
}

/// Whether a word comes from a script without spaces, so that its grams are counted.
pub(super) fn is_gram(word: &str) -> bool {
    word.chars().all(is_unspaced)
}

fn is_link(chunk: &str) -> bool {
    chunk.contains("://") || starts_with_ignoring_case(chunk, "www.")
}

fn starts_with_ignoring_case(text: &str, start: &str) -> bool {
    text.get(..start.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(start))
}

fn is_name_char(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || is_mark(c)
}

/// Combining marks of scripts whose hashtags need them, and the joiners between.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}')
        || (!c.is_ascii() && unicode_normalization::char::is_combining_mark(c))
}

fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '々' | '〇'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}'
        | '\u{e00}'..='\u{e7f}' | '\u{e80}'..='\u{eff}' | '\u{1780}'..='\u{17ff}' | '\u{1000}'..='\u{109f}')
}

fn hashtag(marked: &str, lower: &mut String, each: &mut impl FnMut(&str)) {
    if marked.len() > 2 && marked.len() <= LONGEST && marked.chars().any(char::is_alphabetic) {
        to_lower(marked, lower);
        each(lower);
    }
}

fn words_of(segment: &str, lower: &mut String, each: &mut impl FnMut(&str)) {
    if segment.is_empty() {
        return;
    }
    if segment.is_ascii() || !segment.chars().any(is_unspaced) {
        spaced(segment, lower, each);
        return;
    }
    let mut rest = segment;
    while !rest.is_empty() {
        let start = rest.find(is_unspaced).unwrap_or(rest.len());
        spaced(&rest[..start], lower, each);
        rest = &rest[start..];
        let end = rest.find(|c| !is_unspaced(c)).unwrap_or(rest.len());
        grams(&rest[..end], each);
        rest = &rest[end..];
    }
}

fn spaced(segment: &str, lower: &mut String, each: &mut impl FnMut(&str)) {
    let mut of_word = |word: &str| {
        let letters = word.chars().filter(|c| c.is_alphabetic()).take(2).count();
        if letters < 2 || word.len() > LONGEST || word.eq_ignore_ascii_case("rt") {
            return;
        }
        to_lower(word, lower);
        each(lower);
    };
    match plain(segment) {
        Some(word) => of_word(word),
        None => segment.unicode_words().for_each(of_word),
    }
}

/// The word of a segment that is one of plain letters and figures between marks, as most are: what UAX #29 says, without
/// its tables.
fn plain(segment: &str) -> Option<&str> {
    let is_mark = |c: char| c.is_ascii_punctuation() && c != '_';
    let word = segment.trim_matches(is_mark);
    (!word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric())).then_some(word)
}

fn grams(run: &str, each: &mut impl FnMut(&str)) {
    let starts: Vec<usize> = (run.char_indices().map(|(at, _)| at))
        .chain([run.len()])
        .collect();
    for length in 2..=4 {
        for window in starts.windows(length + 1) {
            each(&run[window[0]..window[length]]);
        }
    }
}

fn to_lower(word: &str, lower: &mut String) {
    lower.clear();
    if word.is_ascii() {
        lower.push_str(word);
        lower.make_ascii_lowercase();
    } else {
        // Phones write it’s, keyboards it's: one word.
        lower.push_str(&word.to_lowercase().replace('’', "'"));
    }
}

#[cfg(test)]
mod tests {
    use unicode_segmentation::UnicodeSegmentation as _;

    use super::{for_each_word, plain};

    #[test]
    fn a_hashtag_that_is_cut_is_none_wherever_it_stands() {
        let words = |text: &str| {
            let mut words = Vec::new();
            for_each_word(text, |word| words.push(word.to_owned()));
            words
        };
        let quoted = words("“Rolls at home #homesushi #hom…” via @ana, well… yes");
        assert_eq!(
            quoted,
            ["rolls", "at", "home", "#homesushi", "via", "well", "yes"]
        );
    }

    #[test]
    fn a_plain_word_is_what_the_standard_says() {
        let letters = ["a", "B", "7", "_", "'", ".", ",", ":", "-", "$", "é"];
        let mut texts = vec![String::new()];
        let mut n_plain = 0;
        for _ in 0..5 {
            texts = (texts.iter())
                .flat_map(|text| letters.iter().map(move |letter| format!("{text}{letter}")))
                .collect();
            for text in &texts {
                if let Some(word) = plain(text) {
                    n_plain += 1;
                    assert!(text.unicode_words().eq([word]), "{text}");
                }
            }
        }
        assert!(n_plain > 1000, "{n_plain}");
    }
}
