//! Languages, platforms and tones of posts, and what accounts say of themselves, as columns and back.

use rusqlite::Connection;

use super::arrays::{self, Part, Strings, numbers, pack, pack_strings};
use crate::people::{FactColumns, Posts, Restored};

const LANGUAGE: &str = "facts/language";
const LANGUAGES: &str = "facts/languages";
const PLATFORM: &str = "facts/platform";
const PLATFORMS: &str = "facts/platforms";
const SENTIMENT: &str = "facts/sentiment";
const BIO: &str = "accounts/bio";

/// The columns of what is told of `posts`; a column of which nothing is known is left out.
pub(super) fn fact_parts(posts: &Posts) -> Vec<Part> {
    let facts = posts.fact_columns();
    let texts =
        |name, texts: &[Box<str>]| pack_strings(name, texts.iter().map(|text| Some(text.as_ref())));
    let mut parts = Vec::new();
    for (names, words, name, of) in [
        (LANGUAGES, &facts.languages, LANGUAGE, &facts.language),
        (PLATFORMS, &facts.platforms, PLATFORM, &facts.platform),
    ] {
        if !words.is_empty() {
            parts.extend(texts(names, words));
            parts.extend(pack(name, of));
        }
    }
    parts.extend(pack(SENTIMENT, &facts.sentiment));
    parts
}

/// The column of what accounts say of themselves; none where nobody says anything.
pub(super) fn bio_parts(posts: &Posts) -> Vec<Part> {
    let bios = posts.accounts.iter().map(|account| account.bio.as_deref());
    if bios.clone().all(|bio| bio.is_none()) {
        return Vec::new();
    }
    pack_strings(BIO, bios)
}

/// What each account says of itself, where the file tells; `None` where that is damaged.
pub(super) fn bios(db: &Connection, n_accounts: usize) -> Option<Vec<Option<Box<str>>>> {
    let bios = Strings::read(db, BIO)?;
    let bios: Vec<Option<Box<str>>> = bios.iter().map(|bio| bio.map(Into::into)).collect();
    (bios.is_empty() || bios.len() == n_accounts).then_some(bios)
}

/// Takes in what is told of the posts; false where that is damaged.
pub(super) fn facts_into(db: &Connection, restored: &mut Restored) -> bool {
    let there = |name: &str| arrays::parts(db, name).is_none_or(|parts| !parts.is_empty());
    if ![LANGUAGE, PLATFORM, SENTIMENT].into_iter().any(there) {
        return true; // nothing is told, or the file is of before
    }
    columns(db).is_some_and(|columns| restored.facts(columns))
}

fn columns(db: &Connection) -> Option<FactColumns> {
    let words = |name: &str| -> Option<Vec<Box<str>>> {
        let words = Strings::read(db, name)?;
        words.iter().map(|word| word.map(Into::into)).collect()
    };
    Some(FactColumns {
        languages: words(LANGUAGES)?,
        language: numbers(db, LANGUAGE)?,
        platforms: words(PLATFORMS)?,
        platform: numbers(db, PLATFORM)?,
        sentiment: numbers(db, SENTIMENT)?,
    })
}
