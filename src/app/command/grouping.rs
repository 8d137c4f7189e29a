//! What is asked of who belongs to which community, and of which accounts are one person.

use crate::analysis::CommunityId;
use crate::app::model::Model;
use crate::people::PersonId;

/// What is asked of who belongs to which community, and of which accounts are one person. People and communities by number.
#[derive(Debug, Clone, PartialEq)]
pub enum GroupCommand {
    /// Split this community into those that its people form among themselves.
    Split(CommunityId),
    /// Take back the split that this community came from.
    TakeSplitBack(CommunityId),
    /// Put this person into this community.
    Move(PersonId, CommunityId),
    /// Put this person back to where they were found.
    MoveBack(PersonId),
    /// Make these one person.
    MakeOne(Vec<PersonId>),
    /// Make the accounts of this person people of their own again.
    TakeApart(PersonId),
    /// Take the communities that the file gives (true), or find them.
    ByFile(bool),
}

impl GroupCommand {
    /// Nobody has more accounts in one conversation: larger selections are no single person.
    pub(in crate::app) const MOST_ACCOUNTS: usize = 12;

    /// Label and tooltip.
    pub(in crate::app) fn words(&self) -> (&'static str, &'static str) {
        match self {
            Self::Split(_) => (
                "Split",
                "Into the communities that its people form among themselves",
            ),
            Self::TakeSplitBack(_) => ("Take the split back", "One community, as it was found"),
            Self::Move(..) => ("Move to", "Count this person to another community"),
            Self::MoveBack(_) => (
                "Back to where they were found",
                "Into the community that their ties speak for",
            ),
            Self::MakeOne(_) => (
                "Make them one person",
                "Their accounts count as one: ties, posts and notes together, under the name of the one with most connections",
            ),
            Self::TakeApart(_) => (
                "Take the accounts apart",
                "Each account is a person of its own again",
            ),
            Self::ByFile(true) => (
                "Communities from the file",
                "Those that the file's own column gives",
            ),
            Self::ByFile(false) => (
                "Find communities",
                "By who is tied to whom, not by the file's own column",
            ),
        }
    }

    /// What menu and palette call it now.
    pub(in crate::app) fn title(&self, model: &Model) -> String {
        let community = |id: &CommunityId| {
            let map = model.map.as_ref()?;
            let list = &map.results.analysis.communities.list;
            list.get(id.index()).map(|community| community.name.clone())
        };
        let person = |id: &PersonId| {
            let map = model.map.as_ref()?;
            let person = map.results.graph.people.get(id.index());
            person.map(|person| person.name.to_string())
        };
        let named = match self {
            Self::Split(id) => community(id).map(|name| format!("Split {name}")),
            Self::TakeSplitBack(id) => {
                community(id).map(|name| format!("Take the split of {name} back"))
            }
            Self::Move(who, to) => person(who)
                .zip(community(to))
                .map(|(who, to)| format!("Move {who} to {to}")),
            Self::MoveBack(who) => {
                person(who).map(|who| format!("Move {who} back to where they were found"))
            }
            Self::MakeOne(people) if people.len() > 1 => {
                Some(format!("Make the {} selected one person", people.len()))
            }
            Self::TakeApart(who) => {
                person(who).map(|who| format!("Take the accounts of {who} apart"))
            }
            Self::MakeOne(_) | Self::ByFile(_) => None,
        };
        named.unwrap_or_else(|| self.words().0.to_owned())
    }

    /// Whether it would do anything now.
    pub(in crate::app) fn is_possible(&self, model: &Model) -> bool {
        let Some(map) = &model.map else {
            return false;
        };
        let communities = &map.results.analysis.communities;
        let graph = &map.results.graph;
        match self {
            Self::Split(id) => {
                let community = communities.list.get(id.index());
                let is_large = community.is_some_and(|c| !c.small && c.people > 1);
                is_large && !model.is_joined(*id)
            }
            Self::TakeSplitBack(id) => model.split_of(*id).is_some(),
            Self::Move(person, to) => {
                let now = communities.of.get(person.index()).copied().flatten();
                let is_there = communities.list.get(to.index()).is_some();
                now.is_some_and(|now| now != *to) && is_there
            }
            Self::MoveBack(person) => {
                let person = graph.people.get(person.index());
                let moved = &model.campaign.map.by_hand.moved;
                person.is_some_and(|person| moved.contains_key(&*person.key))
            }
            Self::MakeOne(people) => {
                (2..=Self::MOST_ACCOUNTS).contains(&people.len())
                    && !map.results.conversation.posts.is_empty()
            }
            Self::TakeApart(person) => graph.also(*person).next().is_some(),
            Self::ByFile(by_file) => {
                let now = model.campaign.map.by_file;
                now != *by_file && (now || map.results.conversation.posts.tells_communities())
            }
        }
    }

    /// What is meant by it where somebody asked who sees hidden names; `None`: nothing. Masked people and communities have the same
    /// numbers.
    #[allow(clippy::unnecessary_wraps, reason = "one shape for all")]
    pub(in crate::app) fn meant(self) -> Option<Self> {
        Some(self)
    }
}
