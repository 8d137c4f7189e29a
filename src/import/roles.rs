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
    /// What its author, or a person, says of themselves.
    Bio,
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
    pub const ALL: [Self; 24] = [
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
        Self::Bio,
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
            Self::Bio => "bio",
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

    /// True for what several columns may tell together: whom a post addresses.
    pub fn is_shared(self) -> bool {
        matches!(
            self,
            Self::ReplyTo | Self::RepostOf | Self::QuoteOf | Self::Mentions
        )
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

/// What the person decided about the columns of every table that has one and the same header.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct HeaderChoices {
    /// The names of the columns, in file order: which tables this is about.
    pub header: Vec<String>,
    /// Roles that the person gave; several columns may play the same one.
    pub roles: Vec<ColumnChoice>,
    /// Columns that play no role, whatever their name or their values suggest.
    pub unused: Vec<String>,
}

impl HeaderChoices {
    /// No choice yet for tables with this header.
    pub fn new(header: Vec<String>) -> Self {
        Self {
            header,
            ..Self::default()
        }
    }

    /// True while nothing was decided.
    pub fn is_empty(&self) -> bool {
        self.roles.is_empty() && self.unused.is_empty()
    }

    /// Gives `column` a role, or takes its role away with `None`. `now` holds the role of each column of the header as it
    /// was read last.
    ///
    /// Whom a post addresses may stand in several columns: those that say it already go on doing so. Any other role moves
    /// to the column chosen last, and a role taken from its only column is played by none.
    pub fn choose(&mut self, column: &str, role: Option<Role>, now: &[Option<Role>]) {
        let before = self
            .header
            .iter()
            .zip(now)
            .find(|(name, _)| *name == column)
            .and_then(|(_, role)| *role);
        let others = |wanted: Role| -> Vec<String> {
            let playing = self.header.iter().zip(now);
            playing
                .filter(|(name, role)| **role == Some(wanted) && *name != column)
                .map(|(name, _)| name.clone())
                .collect()
        };
        let (staying, left) = (role.map(others), before.map(others));
        self.unused.retain(|c| c != column);
        self.roles.retain(|c| c.column != column);
        if let Some(role) = role {
            if role.is_shared() {
                self.roles
                    .retain(|c| c.role != role || !c.column.is_empty());
                for other in staying.unwrap_or_default() {
                    if self.roles.iter().all(|c| c.column != other) {
                        self.roles.push(ColumnChoice {
                            role,
                            column: other,
                        });
                    }
                }
            } else {
                self.roles.retain(|c| c.role != role);
            }
            let column = column.to_owned();
            self.roles.push(ColumnChoice { role, column });
            return;
        }
        self.unused.push(column.to_owned());
        if let (Some(role), Some(true)) = (before, left.map(|l| l.is_empty())) {
            self.roles.retain(|c| c.role != role);
            self.roles.push(ColumnChoice {
                role,
                column: String::new(),
            });
        }
    }
}
