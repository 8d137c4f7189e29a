//! How handles are written: their keys, what surrounds them, and in which capitals.

use super::print::Printing;

/// True for marks that cannot be seen and that exports scatter round handles: bidi marks, joiners, BOM, NUL.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
        || c.is_control()
}

/// `handle` without what surrounds it: spaces, invisible marks, one leading @ (half or full width).
pub(super) fn written(handle: &str) -> &str {
    let bare = handle.strip_prefix('@').unwrap_or(handle);
    if is_plain(bare) {
        return bare;
    }
    let bare = |c: char| c.is_whitespace() || is_invisible(c);
    let trimmed = handle.trim_matches(bare);
    trimmed
        .strip_prefix(['@', '＠'])
        .unwrap_or(trimmed)
        .trim_matches(bare)
}

/// True for a handle with nothing to take off: both ends are letters, digits or `_` of ASCII.
fn is_plain(handle: &str) -> bool {
    let is_word = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
    let bytes = handle.as_bytes();
    bytes.first().is_some_and(is_word) && bytes.last().is_some_and(is_word)
}

/// The handle as written, without what surrounds it; its key is added to `key`.
pub(crate) fn spelled<'a>(handle: &'a str, key: &mut String) -> &'a str {
    let written = written(handle);
    if written.is_ascii() {
        let from = key.len();
        key.push_str(written);
        if let Some(added) = key.get_mut(from..) {
            added.make_ascii_lowercase();
        }
    } else {
        key.push_str(&written.to_lowercase());
    }
    written
}

/// Marks ways to write a handle that are no pattern of capitals.
const NO_PATTERN: u64 = 1 << 63;

/// In which way a handle is written, among the ways that have the same key: a bit for each capital, from the lowest, or where
/// that does not tell it, a fingerprint with [`NO_PATTERN`].
pub(crate) fn capitals(written: &str, key: &str, printing: &Printing) -> u64 {
    if written == key {
        return 0;
    }
    if !written.is_ascii() || written.len() > 63 {
        return printing.short(written) | NO_PATTERN;
    }
    let bit = |(i, byte): (usize, u8)| u64::from(byte.is_ascii_uppercase()) << i;
    written.bytes().enumerate().map(bit).sum()
}

/// Of two ways to write a handle, whether `one` comes before `other` by letter; `None` where that does not tell it.
pub(super) fn capitals_first(one: u64, other: u64) -> Option<bool> {
    let differ = one ^ other;
    let first = differ & differ.wrapping_neg(); // capitals come before small letters
    ((one | other) & NO_PATTERN == 0).then_some(one & first != 0)
}

/// The key of a handle: without surrounding spaces, invisible marks and the leading @, in lower case.
///
/// ```
/// assert_eq!(isthmus::people::key_of(" @Ana_Sushi\u{200f}"), "ana_sushi");
/// ```
pub fn key_of(handle: &str) -> String {
    let mut key = String::new();
    spelled(handle, &mut key);
    key
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn patterns_of_capitals_stand_in_the_order_of_letters(
            key in "[a-z0-9_]{1,70}",
            one in proptest::collection::vec(any::<bool>(), 70),
            other in proptest::collection::vec(any::<bool>(), 70),
        ) {
            let written = |capital: &[bool]| -> String {
                let letters = key.chars().zip(capital);
                letters.map(|(c, up)| if *up { c.to_ascii_uppercase() } else { c }).collect()
            };
            let (one, other) = (written(&one), written(&other));
            let printing = Printing::default();
            let of = |written: &str| capitals(written, &key, &printing);
            prop_assert_eq!(of(&one) == of(&other), one == other);
            if let Some(first) = capitals_first(of(&one), of(&other)) {
                prop_assert_eq!(first, one < other);
            } else {
                prop_assert!(key.len() > 63);
            }
        }
    }
}
