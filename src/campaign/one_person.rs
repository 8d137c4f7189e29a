//! Several accounts that become one person: what becomes of the list and of what was decided about the map.

use std::collections::BTreeSet;

use super::{Campaign, Edit, Entry, Status};

/// The edit by which the people `others` become one person with `keeps` (key and name): what the list and the map say of them is said
/// of that one person afterwards. Whoever is on the list stays at the first of their places; their notes stand one behind the other, and of
/// their statuses the one that is furthest counts. O(list + choices).
pub fn one_person(
    campaign: &Campaign,
    (keeps, name): (&str, &str),
    others: &[String],
    words: String,
) -> Edit {
    let gone: BTreeSet<&str> = others.iter().map(String::as_str).collect();
    let is_theirs = |entry: &Entry| entry.person == keeps || gone.contains(entry.person.as_str());
    let mut list: Vec<Entry> = Vec::new();
    let mut at: Option<usize> = None;
    // Their own note first, whoever stands first.
    let entries = campaign.outreach_list.entries();
    let mut theirs: Vec<&Entry> = entries.iter().filter(|entry| is_theirs(entry)).collect();
    theirs.sort_by_key(|entry| entry.person != keeps);
    let notes = theirs.iter().map(|entry| entry.note.trim());
    let notes: Vec<&str> = notes.filter(|note| !note.is_empty()).collect();
    for entry in entries {
        if !is_theirs(entry) {
            list.push(entry.clone());
        } else if at.is_none() {
            at = Some(list.len());
            list.push(Entry {
                person: keeps.to_owned(),
                name: name.to_owned(),
                status: theirs
                    .iter()
                    .map(|e| e.status)
                    .max()
                    .unwrap_or(Status::ToContact),
                note: notes.join("\n"),
            });
        }
    }
    let mut map = campaign.map.clone();
    map.same.join(keeps, others.iter().map(String::as_str));
    for other in others {
        map.pinned.remove(other);
        map.by_hand.moved.remove(other);
    }
    let map = Box::new(map);
    Edit::SetPeople { map, list, words }
}
