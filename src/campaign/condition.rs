//! The conditions of a filter one by one: which are set, each alone, and all but one.

use super::filter::{Analysed, Filter};

/// One thing that a filter may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Condition {
    /// Communities that are not shown.
    Hidden,
    /// Small groups are not shown.
    SmallGroups,
    /// Only some communities.
    Communities,
    /// Only ties of some kinds.
    Kinds,
    /// Only ties with enough interactions.
    LeastInteractions,
    /// Only people with enough connections.
    LeastConnections,
    /// Only people with some reach.
    Reach,
    /// Only posts of a time.
    Time,
    /// Only posts with some words.
    Words,
    /// Only posts in some languages.
    Languages,
    /// Only posts of some platforms.
    Platforms,
    /// Only ties across communities.
    Across,
    /// Only the largest part.
    LargestPart,
    /// Only people near some.
    Near,
    /// Only people who stand so with the list.
    Listed,
}

impl Condition {
    /// All, in the order in which the window shows them.
    pub const ALL: [Self; 15] = [
        Self::Hidden,
        Self::SmallGroups,
        Self::Communities,
        Self::Kinds,
        Self::LeastInteractions,
        Self::LeastConnections,
        Self::Reach,
        Self::Time,
        Self::Words,
        Self::Languages,
        Self::Platforms,
        Self::Across,
        Self::LargestPart,
        Self::Near,
        Self::Listed,
    ];

    /// Whether it is about communities that were hidden by hand, which the panel of communities and the legend tell of too.
    pub fn is_hiding(self) -> bool {
        matches!(self, Self::Hidden | Self::SmallGroups)
    }
}

impl Filter {
    /// Whether this condition is set.
    pub fn asks(&self, condition: Condition) -> bool {
        match condition {
            Condition::Hidden => !self.hidden.is_empty(),
            Condition::SmallGroups => self.small_groups,
            Condition::Communities => !self.communities.is_empty(),
            Condition::Kinds => self.kinds.is_some(),
            Condition::LeastInteractions => self.least_interactions.is_some(),
            Condition::LeastConnections => self.least_connections.is_some(),
            Condition::Reach => self.reach.is_some(),
            Condition::Time => self.time.is_some(),
            Condition::Words => !self.words.trim().is_empty(),
            Condition::Languages => !self.languages.is_empty(),
            Condition::Platforms => !self.platforms.is_empty(),
            Condition::Across => self.across,
            Condition::LargestPart => self.largest_part,
            Condition::Near => self.near.is_some(),
            Condition::Listed => !self.listed.is_empty(),
        }
    }

    /// The conditions that are set, in the order in which the window shows them.
    pub fn conditions(&self) -> impl Iterator<Item = Condition> + '_ {
        (Condition::ALL.into_iter()).filter(|condition| self.asks(*condition))
    }

    /// Whether it asks for more than that some communities are hidden.
    pub fn narrows(&self) -> bool {
        self.conditions().any(|condition| !condition.is_hiding())
    }

    /// This condition as it is set, and no other.
    #[must_use]
    pub fn only(&self, condition: Condition) -> Self {
        let mut only = Self::default();
        only.take(self, condition);
        only
    }

    /// The same without this condition.
    #[must_use]
    pub fn without(&self, condition: Condition) -> Self {
        let mut rest = self.clone();
        rest.take(&Self::default(), condition);
        rest
    }

    /// What an analysis of the part depends on: the conditions, but for communities that were hidden by hand. Those are hidden of
    /// whatever was analysed.
    #[must_use]
    pub fn narrowing(&self) -> Self {
        Self {
            isolated: None,
            dims: false,
            analysed: Analysed::default(),
            ..(self.without(Condition::Hidden)).without(Condition::SmallGroups)
        }
    }

    /// Sets this condition as it is set in `other`.
    pub fn take(&mut self, other: &Self, condition: Condition) {
        match condition {
            Condition::Hidden => self.hidden.clone_from(&other.hidden),
            Condition::SmallGroups => self.small_groups = other.small_groups,
            Condition::Communities => self.communities.clone_from(&other.communities),
            Condition::Kinds => self.kinds = other.kinds,
            Condition::LeastInteractions => self.least_interactions = other.least_interactions,
            Condition::LeastConnections => self.least_connections = other.least_connections,
            Condition::Reach => self.reach = other.reach,
            Condition::Time => self.time = other.time,
            Condition::Words => self.words.clone_from(&other.words),
            Condition::Languages => self.languages.clone_from(&other.languages),
            Condition::Platforms => self.platforms.clone_from(&other.platforms),
            Condition::Across => self.across = other.across,
            Condition::LargestPart => self.largest_part = other.largest_part,
            Condition::Near => self.near.clone_from(&other.near),
            Condition::Listed => self.listed.clone_from(&other.listed),
        }
    }
}
