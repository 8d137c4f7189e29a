//! What of the map is shown: conditions on people, ties and posts, all of which must hold.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Status;
use crate::people::TieKinds;

/// People whose reach lies between two bounds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReachRange {
    /// At least this; `None`: no lower bound.
    pub from: Option<f64>,
    /// At most this; `None`: no upper bound.
    pub to: Option<f64>,
    /// Also people whose reach is unknown.
    pub unknown: bool,
}

impl Default for ReachRange {
    fn default() -> Self {
        Self {
            from: None,
            to: None,
            unknown: true,
        }
    }
}

/// A span of time in seconds since 1970 UTC, without its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeSpan {
    /// The first second in it.
    pub from: i64,
    /// The first second behind it.
    pub until: i64,
}

/// Everybody within so many ties of some people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Near {
    /// The people, by key; they are shown too.
    pub people: BTreeSet<String>,
    /// How many ties away, 1 or 2.
    pub steps: u8,
}

/// What the analysis is made of while a filter is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Analysed {
    /// All people and ties, shown or not.
    #[default]
    Whole,
    /// Only what is shown.
    Shown,
}

/// Where people stand with the outreach list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Listed {
    /// Not on it.
    Not,
    /// On it, with this status.
    As(Status),
}

/// What is shown. Each condition that is set narrows what the others leave; those that are not set say nothing.
///
/// First **posts** are chosen (`time`, `words`, `languages`, `platforms`), then **ties** are left (`kinds`, `least_interactions`, `across`):
/// of ties that posts make, only the interactions of chosen posts count; ties that the file itself states have no posts and are left only
/// where nothing is asked of posts. Then **people** are shown: whoever is in a shown community, has the `reach`, the status and the
/// `least_connections` over ties that are left (whoever is at their other ends), and is `near` over ties that are left; and, where
/// anything is asked of posts or ties, has a tie that is left. Where only posts are asked about, it is enough to have written a chosen
/// one. A tie is shown where it is left and both its people are shown. Last comes `largest_part`: of the people who are shown those who are tied together in the largest
/// group (of equal ones that with the first person by key).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a condition that is set or not"
)]
pub struct Filter {
    /// Communities that are not shown, each by one member's key.
    pub hidden: BTreeSet<String>,
    /// Small groups are not shown, whichever they are.
    pub small_groups: bool,
    /// The one community that is lit.
    pub isolated: Option<String>,
    /// Only these communities, each by one member's key; empty: all.
    pub communities: BTreeSet<String>,
    /// Only ties of these kinds.
    pub kinds: Option<TieKinds>,
    /// Only ties with at least so many interactions (or so much weight), both directions and all shown kinds together.
    pub least_interactions: Option<f64>,
    /// Only people tied to at least so many others, over shown ties.
    pub least_connections: Option<u32>,
    /// Only people with this reach.
    pub reach: Option<ReachRange>,
    /// Only posts of this time; posts without a time are not in it.
    pub time: Option<TimeSpan>,
    /// Only posts with all of these words, each where a word begins with it, letter case and marks aside; empty: all.
    pub words: String,
    /// Only posts in these languages, as the file writes them; empty: all.
    pub languages: BTreeSet<String>,
    /// Only posts of these platforms, as the file writes them; empty: all.
    pub platforms: BTreeSet<String>,
    /// Only ties between people of different communities.
    pub across: bool,
    /// Only the largest part in which all are tied together.
    pub largest_part: bool,
    /// Only people near these.
    pub near: Option<Near>,
    /// Only people who stand so with the outreach list; empty: all.
    pub listed: BTreeSet<Listed>,
    /// What is not shown is dimmed instead of hidden.
    pub dims: bool,
    /// What the analysis is made of.
    pub analysed: Analysed,
}

impl Filter {
    /// Whether anything is asked of posts.
    pub fn is_on_posts(&self) -> bool {
        self.time.is_some()
            || !self.words.trim().is_empty()
            || !self.languages.is_empty()
            || !self.platforms.is_empty()
    }

    /// Whether anything is asked of ties themselves.
    pub fn asks_ties(&self) -> bool {
        self.kinds.is_some() || self.least_interactions.is_some() || self.across
    }

    /// Whether anything is asked of ties or of the posts behind them.
    pub fn is_on_ties(&self) -> bool {
        self.is_on_posts() || self.asks_ties()
    }

    /// Every key by which it names somebody.
    pub fn keys(&self) -> impl Iterator<Item = &String> {
        let near = self.near.iter().flat_map(|near| &near.people);
        (self.hidden.iter())
            .chain(&self.communities)
            .chain(&self.isolated)
            .chain(near)
    }

    /// The same with people under other keys; those for whom `key_of` says nothing are left out.
    #[must_use]
    pub fn under_keys(&self, key_of: impl Fn(&str) -> Option<String>) -> Self {
        let keys = |of: &BTreeSet<String>| of.iter().filter_map(|key| key_of(key)).collect();
        let near = |near: &Near| Near {
            people: keys(&near.people),
            steps: near.steps,
        };
        Self {
            hidden: keys(&self.hidden),
            communities: keys(&self.communities),
            isolated: self.isolated.as_deref().and_then(&key_of),
            near: self.near.as_ref().map(near),
            ..self.clone()
        }
    }
}

/// Filters that the person kept, by name.
pub type KeptFilters = BTreeMap<String, Filter>;
