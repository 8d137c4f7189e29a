//! Texts as they are compared where somebody types: case and accents do not matter.

use unicode_normalization::char::decompose_canonical;

/// `text` in lower case, without the accents of Latin, Greek and Cyrillic letters. O(letters).
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// As [`fold`], into the same memory again and again.
pub(super) fn fold_into(text: &str, folded: &mut String) {
    folded.clear();
    if text.is_ascii() {
        folded.push_str(text);
        folded.make_ascii_lowercase();
        return;
    }
    for letter in text.chars() {
        if letter.is_ascii() {
            folded.push(letter.to_ascii_lowercase());
        } else if may_have_accent(letter) {
            decompose_canonical(letter, |part| {
                if !is_accent(part) {
                    folded.extend(part.to_lowercase());
                }
            });
        } else if !is_accent(letter) {
            folded.extend(letter.to_lowercase());
        }
    }
}

fn is_accent(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}

/// Letters of other scripts are not taken apart: their marks are no ornaments.
fn may_have_accent(letter: char) -> bool {
    matches!(letter, '\u{c0}'..='\u{52f}' | '\u{1e00}'..='\u{1fff}')
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
    fn case_and_accents_do_not_matter_but_marks_of_other_scripts_do() {
        assert_eq!(fold("Şébnem ÇELİK Łódź"), "sebnem celik łodz");
        assert_eq!(fold("cafe\u{301}"), "cafe");
        assert_eq!(fold("Ἀθῆναι"), "αθηναι");
        assert_eq!(fold("ガ"), "ガ");
        assert_ne!(fold("カ"), fold("ガ"));
        assert_eq!(place("José Núñez", "nunez"), Some("jose ".len()));
        assert_eq!(place("plain JOSE", "jose"), Some(6));
    }
}
