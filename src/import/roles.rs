//! What a column can mean.

use serde::{Deserialize, Serialize};

/// The part a column plays. The words are those of `--column ROLE=COLUMN`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The handle of who wrote the post.
    Author,
    /// The platform's number or id of who wrote the post.
    AuthorId,
    /// The display name of who wrote the post.
    Name,
    /// Followers, or the audience figure.
    Reach,
    /// The text of the post.
    Text,
    /// When it was posted.
    Time,
    /// Whom or what it answers: a handle, a status URL, an id of a post or of a person.
    ReplyTo,
    /// Whom or what it passes on.
    RepostOf,
    /// Whom or what it quotes.
    QuoteOf,
    /// Whom it names.
    Mentions,
    /// The post's own address.
    Url,
    /// Its language.
    Language,
    /// The platform.
    Platform,
    /// Its tone.
    Sentiment,
    /// The post's own id.
    PostId,
    /// Post, reply, repost, …
    PostKind,
    /// Where a tie starts.
    Source,
    /// Where a tie ends.
    Target,
    /// How strong a tie is.
    Weight,
    /// The kind of a tie.
    Kind,
    /// A person's id in a table of people.
    Id,
    /// A person's name in a table of people.
    Label,
    /// A person's community in a table of people.
    Community,
}

impl Role {
    /// Every role, in the order menus show them.
    pub const ALL: [Self; 23] = [
        Self::Author,
        Self::AuthorId,
        Self::Name,
        Self::Reach,
        Self::Text,
        Self::Time,
        Self::ReplyTo,
        Self::RepostOf,
        Self::QuoteOf,
        Self::Mentions,
        Self::Url,
        Self::Language,
        Self::Platform,
        Self::Sentiment,
        Self::PostId,
        Self::PostKind,
        Self::Source,
        Self::Target,
        Self::Weight,
        Self::Kind,
        Self::Id,
        Self::Label,
        Self::Community,
    ];

    /// The word on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Author => "author",
            Self::AuthorId => "author_id",
            Self::Name => "name",
            Self::Reach => "reach",
            Self::Text => "text",
            Self::Time => "time",
            Self::ReplyTo => "reply_to",
            Self::RepostOf => "repost_of",
            Self::QuoteOf => "quote_of",
            Self::Mentions => "mentions",
            Self::Url => "url",
            Self::Language => "language",
            Self::Platform => "platform",
            Self::Sentiment => "sentiment",
            Self::PostId => "post_id",
            Self::PostKind => "post_kind",
            Self::Source => "source",
            Self::Target => "target",
            Self::Weight => "weight",
            Self::Kind => "kind",
            Self::Id => "id",
            Self::Label => "label",
            Self::Community => "community",
        }
    }

    /// The role that `word` names.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|role| role.word().eq_ignore_ascii_case(word.trim()))
    }
}

/// A role that the person gave to a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnChoice {
    /// The role.
    pub role: Role,
    /// The column's header; empty: no column plays this role.
    pub column: String,
}
