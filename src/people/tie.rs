//! The kinds of ties, in order of strength.

use serde::{Deserialize, Serialize};

/// How one person addressed another. Earlier kinds are stronger: within one post a target counts once, with its strongest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TieKind {
    /// Passed a post on unchanged.
    Repost,
    /// Passed a post on with words of their own.
    Quote,
    /// Answered a post.
    Reply,
    /// Named the person in a text.
    Mention,
    /// The file does not say.
    Tie,
}

impl TieKind {
    /// Every kind, strongest first.
    pub const ALL: [Self; 5] = [
        Self::Repost,
        Self::Quote,
        Self::Reply,
        Self::Mention,
        Self::Tie,
    ];

    /// The word in files and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Repost => "repost",
            Self::Quote => "quote",
            Self::Reply => "reply",
            Self::Mention => "mention",
            Self::Tie => "tie",
        }
    }

    /// The kind that `word` names, in any case.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.word().eq_ignore_ascii_case(word.trim()))
    }
}

/// A set of tie kinds: those that count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TieKinds(u8);

impl TieKinds {
    /// Every kind counts.
    pub const EVERY: Self = Self(0b1_1111);
    /// No kind counts.
    pub const NONE: Self = Self(0);

    /// Whether `kind` counts.
    pub fn has(self, kind: TieKind) -> bool {
        self.0 & (1 << kind as u8) != 0
    }

    /// The set with `kind` switched on or off.
    #[must_use]
    pub fn with(self, kind: TieKind, on: bool) -> Self {
        let bit = 1 << kind as u8;
        Self(if on { self.0 | bit } else { self.0 & !bit })
    }
}

impl Default for TieKinds {
    fn default() -> Self {
        Self::EVERY
    }
}

impl FromIterator<TieKind> for TieKinds {
    fn from_iter<I: IntoIterator<Item = TieKind>>(kinds: I) -> Self {
        kinds
            .into_iter()
            .fold(Self::NONE, |set, kind| set.with(kind, true))
    }
}
