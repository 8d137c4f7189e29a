//! Telegram's export names authors by display name and the addressed by @handle: who is who, by how they answer.
//!
//! Each handle is weighed against each author: a message that begins with the handle and answers the author's message, a
//! display name that spells the handle, and an author who answers a message in which the handle is named. The best pairs
//! are joined, each handle and author once; a pair that is no better than another stays apart.

use std::collections::{BTreeMap, BTreeSet};

use super::super::handles::{self, HandleMarks};
use super::draft::{Draft, Item, To};
use super::join::Known;
use crate::people::{TieKind, key_of};

/// What a name that spells the handle weighs.
const SPELLED: u32 = 10;
/// A word of the name that is a part of the handle: `Nate` in `nori_nate`.
const PART: u32 = 3;
/// An answer that begins with the handle.
const ANSWERED: u32 = 2;
/// A word of the name at one end of the handle, or an answer to a message that names the handle.
const HINT: u32 = 1;
/// The least that joins a pair.
const ENOUGH: u32 = 2;

/// Learns which handle belongs to which author.
pub(super) fn learn(items: &[Vec<Item<'_>>], known: &mut Known) {
    let mut handles: BTreeMap<String, String> = BTreeMap::new();
    let mut weights: BTreeMap<(String, u32), u32> = BTreeMap::new();
    let mut named_in: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut authors = BTreeSet::new();
    let drafts = || {
        items.iter().flatten().filter_map(|item| match item {
            Item::Post(draft, _) => Some(draft),
            _ => None,
        })
    };
    for draft in drafts() {
        authors.extend(known.number_of(&draft.author));
        let named: Vec<String> = names_of(draft).map(key_of).collect();
        for handle in names_of(draft) {
            let bare = handle.trim_start_matches('@').to_owned();
            handles.entry(key_of(handle)).or_insert(bare);
        }
        if let Some(id) = draft.id.as_deref().filter(|_| !named.is_empty()) {
            named_in.insert(id, named);
        }
    }
    for draft in drafts() {
        let Some(answered) = answered(draft) else {
            continue;
        };
        let author = known.number_of(&draft.author);
        let target = known.author_of(answered);
        let first = handles::addressed_first(&draft.text, HandleMarks::default()).map(key_of);
        if let (Some(first), Some(target)) = (first, target)
            && Some(target) != author
            && handles.contains_key(&first)
        {
            *weights.entry((first, target)).or_default() += ANSWERED;
        }
        let (Some(author), Some(named)) = (author, named_in.get(answered)) else {
            continue;
        };
        for handle in named {
            *weights.entry((handle.clone(), author)).or_default() += HINT;
        }
    }
    for (number, name) in known.names().filter(|(n, _)| authors.contains(n)) {
        for (key, handle) in &handles {
            let likeness = likeness(handle, name);
            if likeness > 0 {
                *weights.entry((key.clone(), number)).or_default() += likeness;
            }
        }
    }
    for (handle, person) in pairs(weights) {
        known.call(&handle, person);
    }
}

fn names_of<'d>(draft: &'d Draft<'_>) -> impl Iterator<Item = &'d str> {
    draft.mentions.iter().filter_map(|to| match to {
        To::Handle(handle) => Some(handle.as_ref()),
        _ => None,
    })
}

/// The id of the message that a draft answers.
fn answered<'d>(draft: &'d Draft<'_>) -> Option<&'d str> {
    let reply = draft.aims.iter().find(|aim| aim.kind == TieKind::Reply)?;
    reply.ways.iter().find_map(|way| match way {
        To::Post(id) => Some(id.as_ref()),
        _ => None,
    })
}

/// The pairs that are joined, best first.
fn pairs(weights: BTreeMap<(String, u32), u32>) -> Vec<(String, u32)> {
    let mut open: Vec<((String, u32), u32)> = weights
        .into_iter()
        .filter(|(_, weight)| *weight >= ENOUGH)
        .collect();
    open.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let mut joined = Vec::new();
    let mut taken = (BTreeSet::new(), BTreeSet::new());
    let is_free = |pair: &(String, u32), taken: &(BTreeSet<String>, BTreeSet<u32>)| {
        !taken.0.contains(&pair.0) && !taken.1.contains(&pair.1)
    };
    for rank in open.chunk_by(|a, b| a.1 == b.1) {
        let free: Vec<&(String, u32)> = rank
            .iter()
            .map(|(pair, _)| pair)
            .filter(|pair| is_free(pair, &taken))
            .collect();
        for pair in &free {
            let rivals = free
                .iter()
                .filter(|other| other.0 == pair.0 || other.1 == pair.1);
            if rivals.count() == 1 {
                joined.push((*pair).clone());
            }
        }
        for pair in free {
            taken.0.insert(pair.0.clone());
            taken.1.insert(pair.1);
        }
    }
    joined
}

/// How much a display name looks like a handle.
fn likeness(handle: &str, name: &str) -> u32 {
    let whole = plain(handle);
    if whole == plain(name) || whole == plain(&name.replace('&', "and")) {
        return SPELLED;
    }
    let parts = parts(handle);
    let words = name.split(|c: char| !c.is_alphanumeric());
    let words = words.flat_map(|word| [plain(word), in_latin(word)]);
    let words: BTreeSet<String> = words.filter(|word| word.chars().count() >= 3).collect();
    words
        .iter()
        .map(|word| {
            if parts.contains(word) {
                PART
            } else {
                u32::from(whole.starts_with(word.as_str()) || whole.ends_with(word.as_str())) * HINT
            }
        })
        .sum()
}

fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// `kitchen`, `paolo` of `KitchenPaolo`; `nori`, `nate` of `nori_nate`.
fn parts(handle: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    let mut part = String::new();
    let mut was_small = false;
    for c in handle.chars() {
        let begins = c.is_uppercase() && was_small;
        if (begins || !c.is_alphabetic()) && !part.is_empty() {
            all.insert(std::mem::take(&mut part));
        }
        was_small = c.is_lowercase();
        if c.is_alphabetic() {
            part.extend(c.to_lowercase());
        }
    }
    all.insert(part);
    all
}

/// The kana of a word in Latin letters (Hepburn, single signs only), since handles are Latin. Empty when there are none.
fn in_latin(word: &str) -> String {
    const SOUNDS: [&str; 46] = [
        "a", "i", "u", "e", "o", "ka", "ki", "ku", "ke", "ko", "sa", "shi", "su", "se", "so", "ta",
        "chi", "tsu", "te", "to", "na", "ni", "nu", "ne", "no", "ha", "hi", "fu", "he", "ho", "ma",
        "mi", "mu", "me", "mo", "ya", "yu", "yo", "ra", "ri", "ru", "re", "ro", "wa", "wo", "n",
    ];
    const HIRAGANA: &str = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん";
    let sound = |c: char| {
        // Katakana lie 0x60 above hiragana.
        let lower =
            char::from_u32((c as u32).wrapping_sub(0x60)).filter(|_| ('ァ'..='ヶ').contains(&c));
        let at = HIRAGANA
            .chars()
            .position(|kana| kana == lower.unwrap_or(c))?;
        SOUNDS.get(at).copied()
    };
    word.chars().filter_map(sound).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_look_like_handles() {
        for (handle, name, expected) in [
            ("BlueFinWatch", "BlueFin Watch", SPELLED),
            ("forkandblade", "Fork & Blade", SPELLED),
            ("KitchenPaolo", "Paolo Reyes", PART),
            ("reef_ruth", "Ruth Adeyemi", PART),
            ("ginza_hana", "銀座はな🌸", PART),
            ("soyboybob", "Bob \"Soy\" Hart", 2 * HINT),
            ("tomato", "Tom", HINT),
            ("ana", "Ben", 0),
        ] {
            assert_eq!(likeness(handle, name), expected, "{handle}");
        }
    }

    #[test]
    fn a_pair_that_is_no_better_than_another_stays_apart() {
        let weights = |all: &[(&str, u32, u32)]| {
            all.iter()
                .map(|(h, n, w)| (((*h).to_owned(), *n), *w))
                .collect()
        };
        assert_eq!(pairs(weights(&[("a", 1, 2), ("a", 2, 2)])), []);
        assert_eq!(
            pairs(weights(&[
                ("a", 1, 5),
                ("a", 2, 2),
                ("b", 1, 4),
                ("b", 2, 3)
            ])),
            [("a".to_owned(), 1), ("b".to_owned(), 2)]
        );
        assert_eq!(pairs(weights(&[("a", 1, 1)])), []);
    }
}
