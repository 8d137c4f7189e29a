//! People in the order of work, each with a status and a note.

/// How far the talk with a person is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize,
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
}

/// One person on the list.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    pub(super) entries: Vec<Entry>,
}

impl OutreachList {
    /// The entries, in order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Where `person` stands, from 0.
    pub fn place_of(&self, person: &str) -> Option<usize> {
        self.entries.iter().position(|e| e.person == person)
    }

    /// Whether `person` is on the list.
    pub fn has(&self, person: &str) -> bool {
        self.place_of(person).is_some()
    }

    /// People on the list.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Nobody is on the list.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}
