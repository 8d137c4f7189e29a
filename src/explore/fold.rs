//! Letters as they are compared: without case, marks and forms, so that what is typed plainly finds what is written elaborately.

use unicode_normalization::char::decompose_compatible;

/// `text` as it is compared: compatibility forms taken apart (full width, ligatures), lower case, without the marks of Latin, Greek,
/// Cyrillic, Hebrew and Arabic letters, letters with a stroke as plain ones, control letters as spaces.
///
/// Marks of other scripts are no ornaments and stay; taken apart they follow their letter, so that カ finds ガ. O(length).
///
/// # Source
/// Unicode Standard Annex #15 (compatibility decomposition); which letters with a stroke are plain is ours.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// As [`fold`], behind what stands in `folded` already.
pub fn fold_into(text: &str, folded: &mut String) {
    if text.is_ascii() {
        let from = folded.len();
        folded.push_str(text);
        if let Some(new) = folded.get_mut(from..) {
            new.make_ascii_lowercase();
        }
        if text.bytes().any(|byte| byte.is_ascii_control()) {
            let plain: String = (folded.get(from..).unwrap_or_default().chars())
                .map(|letter| if letter.is_control() { ' ' } else { letter })
                .collect();
            folded.truncate(from);
            folded.push_str(&plain);
        }
        return;
    }
    for letter in text.chars() {
        if letter.is_ascii() {
            fold_ascii(letter, folded);
        } else {
            fold_letter(letter, folded);
        }
    }
}

/// One letter, as [`fold_into`] has it.
pub(super) fn fold_letter(letter: char, folded: &mut String) {
    if letter.is_ascii() {
        fold_ascii(letter, folded);
    } else if is_plain(letter) {
        folded.push(letter);
    } else {
        decompose_compatible(letter, |part| fold_part(part, folded));
    }
}

fn fold_ascii(letter: char, folded: &mut String) {
    if letter.is_control() {
        folded.push(' ');
    } else {
        folded.push(letter.to_ascii_lowercase());
    }
}

/// Han letters, by far the most that are neither taken apart nor have a case.
fn is_plain(letter: char) -> bool {
    matches!(letter, '\u{4e00}'..='\u{9fff}')
}

fn fold_part(part: char, folded: &mut String) {
    if part.is_ascii() {
        return fold_ascii(part, folded);
    }
    if is_dropped(part) {
        return;
    }
    for lower in part.to_lowercase() {
        match lower {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ħ' => folded.push('h'),
            'ı' => folded.push('i'),
            'ŧ' => folded.push('t'),
            'ς' => folded.push('σ'),
            '’' => folded.push('\''),
            lower if lower.is_control() => folded.push(' '),
            lower if is_dropped(lower) => {} // the dot that a Turkish İ leaves
            lower => folded.push(lower),
        }
    }
}

/// Marks of scripts in which they are left out in quick writing, and letters that nobody sees.
fn is_dropped(part: char) -> bool {
    matches!(part,
        '\u{300}'..='\u{36f}'
        | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}'
        | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}'
        | '\u{fe0e}' | '\u{fe0f}' | '\u{feff}')
}

/// Whether words are written without spaces between them in the script of `letter`, so that a word may begin anywhere.
pub fn is_unspaced(letter: char) -> bool {
    matches!(letter,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '々' | '〇' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Where `wanted` (folded) stands in `text`. Plain ASCII, by far the most, is compared in place.
pub fn place(text: &str, wanted: &str) -> Option<usize> {
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

#[cfg(test)]
mod tests {
    use super::{fold, place};

    #[test]
    fn what_is_typed_plainly_is_what_is_written_elaborately() {
        let same = [
            ("Müller", "muller"),
            ("STRASSE", "straße"),
            ("Łódź", "lodz"),
            ("İstanbul", "istanbul"),
            ("ｓｕｓｈｉ", "SUSHI"),
            ("ﬁsh", "fish"),
            ("Ἀθῆναι", "αθηναι"),
            ("ΟΔΟΣ", "οδος"),
            ("مُحَمَّد", "محمد"),
            ("أحمد", "احمد"),
            ("שָׁלוֹם", "שלום"),
            ("ﾊﾞﾅﾅ", "バナナ"),
            ("cafe\u{301}", "café"),
            ("❤\u{fe0f}", "❤"),
            ("a\tb", "a b"),
        ];
        for (written, typed) in same {
            assert_eq!(fold(written), fold(typed), "{written}");
        }
        assert_ne!(fold("ガ"), fold("カ"));
        assert_ne!(
            fold("กา"),
            fold("ก่า"),
            "tone marks of Thai are no ornaments"
        );
    }

    #[test]
    fn a_place_is_one_in_the_folded_text() {
        assert_eq!(place("José Núñez", "nunez"), Some("jose ".len()));
        assert_eq!(place("plain JOSE", "jose"), Some(6));
        assert_eq!(
            place("ガム", "カ"),
            Some(0),
            "a plain letter finds the one with a mark"
        );
    }
}
