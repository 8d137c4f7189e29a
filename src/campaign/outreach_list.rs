//! People in the order of work, each with a status and a note.

use std::collections::HashSet;

/// How far the talk with a person is.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    serde::Serialize,
    serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Nobody has written yet.
    #[default]
    ToContact,
    /// Somebody has written.
    Contacted,
    /// The person has answered.
    Answered,
    /// The person said yes to carry the message.
    Ambassador,
    /// The person said no.
    Declined,
    /// Nobody may write to this person.
    DoNotContact,
}

impl Status {
    /// Every status, in the order of work.
    pub const ALL: [Self; 6] = [
        Self::ToContact,
        Self::Contacted,
        Self::Answered,
        Self::Ambassador,
        Self::Declined,
        Self::DoNotContact,
    ];

    /// The words in the window and in files.
    pub fn words(self) -> &'static str {
        match self {
            Self::ToContact => "to contact",
            Self::Contacted => "contacted",
            Self::Answered => "answered",
            Self::Ambassador => "ambassador",
            Self::Declined => "declined",
            Self::DoNotContact => "do not contact",
        }
    }

    /// The status that `words` name, as files and people write it: `Do not contact`, `do_not_contact`.
    pub fn from_words(words: &str) -> Option<Self> {
        let plain = words.replace(['_', '-'], " ").to_lowercase();
        let plain = plain.trim();
        Self::ALL.into_iter().find(|status| status.words() == plain)
    }
}

/// One person on the list.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Entry {
    /// The person's key: the list outlives the graph it was made from.
    pub person: String,
    /// The display name when the person was added.
    pub name: String,
    /// How far the talk is.
    pub status: Status,
    /// The organizer's own words.
    pub note: String,
}

impl Entry {
    /// A person newly on the list.
    pub fn new(person: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            person: person.into(),
            name: name.into(),
            status: Status::ToContact,
            note: String::new(),
        }
    }
}

/// People in the order of work. Nobody stands in it twice.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OutreachList {
    entries: Vec<Entry>,
    /// The keys of `entries`: panels ask for everybody on the screen or in the selection, in every frame.
    keys: HashSet<String>,
}

impl OutreachList {
    /// The list with these entries, in order; whoever stands twice keeps the first.
    pub fn of_entries(entries: impl Iterator<Item = Entry>) -> Self {
        let mut list = Self::default();
        list.put_in(entries.map(|entry| (usize::MAX, entry)).collect());
        list
    }

    /// The entries, in order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Where `person` stands, from 0. O(1) for those who are not on the list, else O(place).
    pub fn place_of(&self, person: &str) -> Option<usize> {
        if !self.has(person) {
            return None;
        }
        self.entries.iter().position(|e| e.person == person)
    }

    /// Whether `person` is on the list. O(1).
    pub fn has(&self, person: &str) -> bool {
        self.keys.contains(person)
    }

    /// People on the list.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Nobody is on the list.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entry at place `at`, to change its status or note; its person stays.
    pub(super) fn entry_mut(&mut self, at: usize) -> Option<&mut Entry> {
        self.entries.get_mut(at)
    }

    /// Moves the entry at place `from` to place `to`; places past the end mean the end.
    pub(super) fn shift(&mut self, from: usize, to: usize) {
        let entry = self.entries.remove(from);
        self.entries.insert(to.min(self.entries.len()), entry);
    }

    /// Puts `new` in, each at its place, ascending; places past the end mean the end. Whoever is on the list is left out.
    /// O(entries).
    pub(super) fn put_in(&mut self, new: Vec<(usize, Entry)>) {
        let mut old = std::mem::take(&mut self.entries).into_iter();
        let mut entries = Vec::with_capacity(old.len() + new.len());
        for (at, entry) in new {
            if self.keys.insert(entry.person.clone()) {
                entries.extend(old.by_ref().take(at.saturating_sub(entries.len())));
                entries.push(entry);
            }
        }
        entries.extend(old);
        self.entries = entries;
    }

    /// Takes `people` out and returns them with the places they had, ascending. O(entries).
    pub(super) fn take_out(&mut self, people: &HashSet<&str>) -> Vec<(usize, Entry)> {
        let all = std::mem::take(&mut self.entries).into_iter().enumerate();
        let (taken, kept): (Vec<_>, Vec<_>) =
            all.partition(|(_, entry)| people.contains(entry.person.as_str()));
        self.entries = kept.into_iter().map(|(_, entry)| entry).collect();
        for (_, entry) in &taken {
            self.keys.remove(&entry.person);
        }
        taken
    }
}
