//! What the person decides about the map: names, colours and merges of communities, what is shown, who stands where.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::filter::{Filter, KeptFilters};
use crate::analysis::{AnalysisSettings, ByHand, Communities, CommunityId, Resolution};
use crate::people::{ConversationGraph, SameAccounts};

/// How the person wants a community to look; what is `None` stays as the program has it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CommunityLook {
    /// What it is called.
    pub name: Option<String>,
    /// Its colour: a place among the twelve of the palette.
    pub colour: Option<u8>,
}

/// What the person decided about the map. Communities are named by one member's key ([`crate::analysis::Community::member`]):
/// numbers change with the resolution and with every new file, people stay. Where that member sits now, the choice holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct MapChoices {
    /// How finely people are grouped.
    pub resolution: Resolution,
    /// Pairs of communities that are one, each by one member.
    pub joined: BTreeSet<[String; 2]>,
    /// Communities that are split, and people who were moved.
    pub by_hand: ByHand,
    /// The communities are those that the file gives.
    pub by_file: bool,
    /// Accounts that are one person.
    pub same: SameAccounts,
    /// Names and colours, by a member.
    pub looks: BTreeMap<String, CommunityLook>,
    /// What is shown.
    pub filter: Filter,
    /// Filters that were kept under a name.
    pub kept_filters: KeptFilters,
    /// People whom the person put somewhere, with their places, in map units.
    pub pinned: BTreeMap<String, [f32; 2]>,
    /// Which layout is shown: 0 is the first, each later one was asked for or follows from a pin.
    pub layout: u64,
}

impl Default for MapChoices {
    fn default() -> Self {
        Self {
            resolution: Resolution::Fixed(1.0),
            joined: BTreeSet::new(),
            by_hand: ByHand::default(),
            by_file: false,
            same: SameAccounts::default(),
            looks: BTreeMap::new(),
            filter: Filter::default(),
            kept_filters: KeptFilters::new(),
            pinned: BTreeMap::new(),
            layout: 0,
        }
    }
}

impl MapChoices {
    /// Puts what they say of communities into `settings`.
    pub fn put_into(&self, settings: &mut AnalysisSettings) {
        settings.resolution = self.resolution;
        settings.communities_from_file = self.by_file;
        settings.joined.clone_from(&self.joined);
        settings.by_hand.clone_from(&self.by_hand);
    }

    /// Whether they say of communities what `settings` do.
    pub fn agree_with(&self, settings: &AnalysisSettings) -> bool {
        (self.resolution, self.by_file) == (settings.resolution, settings.communities_from_file)
            && (&self.joined, &self.by_hand) == (&settings.joined, &settings.by_hand)
    }

    /// Whether `other` says the same but for what is shown.
    pub fn is_but_for_filter(&self, other: &Self) -> bool {
        let mut same = other.clone();
        same.filter.clone_from(&self.filter);
        same == *self
    }

    /// The look of each community of `communities`, where the person gave one. Where two looks meet in one community, the one
    /// by its own [`crate::analysis::Community::member`] counts, else the first by key. O(looks · log n).
    pub fn looks_of(
        &self,
        graph: &ConversationGraph,
        communities: &Communities,
    ) -> BTreeMap<CommunityId, CommunityLook> {
        let mut looks: BTreeMap<CommunityId, (bool, CommunityLook)> = BTreeMap::new();
        for (member, look) in &self.looks {
            let Some(id) = community_of(member, graph, communities) else {
                continue;
            };
            let own = communities.list.get(id.index()).is_some_and(|c| {
                let person = graph.people.get(c.member.index());
                person.is_some_and(|person| *person.key == **member)
            });
            let known = looks.get(&id);
            if known.is_none_or(|(by_own, _)| own && !by_own) {
                looks.insert(id, (own, look.clone()));
            }
        }
        let plain = looks.into_iter().map(|(id, (_, look))| (id, look));
        plain.collect()
    }
}

/// The community in which `member` is; `None` for somebody unknown or without ties. O(log n).
pub fn community_of(
    member: &str,
    graph: &ConversationGraph,
    communities: &Communities,
) -> Option<CommunityId> {
    let person = graph.find(member)?;
    communities.of.get(person.index()).copied().flatten()
}
