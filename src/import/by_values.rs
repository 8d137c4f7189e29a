//! Roles that no header tells: what the values of the columns say.

use std::collections::HashSet;

use super::Role;
use super::columns::Casting;
use super::detect::ADDRESSING;
use super::formats;
use super::numbers::is_missing;
use crate::people::key_of;

/// The longest prose is the text.
pub(super) fn cast_text_by_values(casting: &mut Casting<'_>) {
    if !casting.is_open(Role::Text) {
        return;
    }
    let text = (0..casting.table.columns.len())
        .filter(|&i| casting.roles.role_of(i).is_none() && casting.facts_of(i).is_prose())
        .max_by_key(|&i| (casting.facts_of(i).mean_chars(), std::cmp::Reverse(i)));
    if let Some(i) = text {
        casting
            .roles
            .give(Role::Text, i, "its values read like posts");
    }
}

/// The first column of dates is the time.
pub(super) fn cast_time_by_values(casting: &mut Casting<'_>) {
    let time = (0..casting.table.columns.len()).find(|&i| {
        let f = casting.facts_of(i);
        casting.roles.role_of(i).is_none() && f.mostly(f.written_dates, 90)
    });
    if let Some(i) = time {
        casting.roles.give(Role::Time, i, "its values are dates");
    }
}

/// Handles begin with @, or are single words that differ from row to row and come back now and then; under a header that
/// says nothing they must also be addressed somewhere else in the table.
pub(super) fn cast_author_by_values(casting: &mut Casting<'_>) {
    const WORDS: [&str; 14] = [
        "author", "user", "handle", "screen", "account", "konto", "profil", "sender", "auteur",
        "autor", "usuario", "nutzer", "name", "channel",
    ];
    let free: Vec<usize> = (0..casting.table.columns.len())
        .filter(|&i| casting.roles.role_of(i).is_none() && casting.fits(Role::Author, i))
        .collect();
    let f = |i: usize| casting.facts_of(i);
    let named = |i: usize| {
        let header = casting
            .table
            .columns
            .get(i)
            .map(|c| formats::plain(c))
            .unwrap_or_default();
        casting.table.has_header && WORDS.iter().any(|w| header.contains(w))
    };
    let by_sign = free
        .iter()
        .copied()
        .find(|&i| f(i).mostly(f(i).at_signs, 80) && f(i).mostly(f(i).single_words, 90));
    let by_header = || {
        free.iter()
            .copied()
            .find(|&i| named(i) && !f(i).mostly(f(i).numeric, 90) && !f(i).is_prose())
    };
    let by_values = || {
        free.iter()
            .copied()
            .filter(|&i| {
                !casting.table.has_header
                    && f(i).is_names()
                    && f(i).distinct > 1
                    && f(i).distinct * 20 >= f(i).filled
            })
            .max_by_key(|&i| (f(i).distinct, std::cmp::Reverse(i)))
    };
    let by_talk = || {
        let known = free
            .iter()
            .copied()
            .filter(|&i| f(i).is_names() && f(i).distinct > 2 && is_talked_to(casting, i));
        known.max_by_key(|&i| (f(i).filled, f(i).distinct, std::cmp::Reverse(i)))
    };
    if let Some(i) = by_sign
        .or_else(by_header)
        .or_else(by_values)
        .or_else(by_talk)
    {
        casting
            .roles
            .give(Role::Author, i, "its values look like handles");
    }
}

/// The different values of column `i`, as keys.
fn keys(casting: &Casting<'_>, i: usize) -> HashSet<String> {
    let cells = casting.table.sample.iter().filter_map(|row| row.get(i));
    cells
        .filter(|cell| !is_missing(cell))
        .map(|cell| key_of(cell))
        .collect()
}

/// Whether what stands in `column` comes again as an @name in the texts, or as the values of another column of names.
fn is_talked_to(casting: &Casting<'_>, column: usize) -> bool {
    let people = keys(casting, column);
    let Some(text) = casting.roles.first(Role::Text) else {
        return false;
    };
    let (mut named, mut known) = (0, 0);
    for cell in casting.table.sample.iter().filter_map(|row| row.get(text)) {
        for word in cell.split_whitespace().filter(|w| w.starts_with('@')) {
            let word = word.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '_');
            named += 1;
            known += usize::from(people.contains(&key_of(word)));
        }
    }
    if known > 1 && known * 2 > named {
        return true;
    }
    (0..casting.table.columns.len())
        .any(|other| other != column && share_people(casting, other, &people))
}

/// Whether column `i` holds names, most of them from `people`.
fn share_people(casting: &Casting<'_>, i: usize, people: &HashSet<String>) -> bool {
    let facts = casting.facts_of(i);
    if !facts.is_names() || facts.distinct < 3 {
        return false;
    }
    let values = keys(casting, i);
    values.intersection(people).count() * 2 > values.len()
}

/// A further column that holds the authors of other rows tells whom a post answers.
pub(super) fn cast_reply_by_values(casting: &mut Casting<'_>) {
    if ADDRESSING.iter().any(|role| casting.roles.has(*role)) || !casting.is_open(Role::ReplyTo) {
        return;
    }
    let Some(author) = casting.roles.first(Role::Author) else {
        return;
    };
    let people = keys(casting, author);
    let found = (0..casting.table.columns.len())
        .find(|&i| casting.roles.role_of(i).is_none() && share_people(casting, i, &people));
    if let Some(i) = found {
        let why = "it names the authors of other rows";
        casting.roles.give(Role::ReplyTo, i, why);
    }
}
