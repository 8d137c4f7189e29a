//! Commands about communities: what they are called, their colour, which are one, which are shown, how many there are.

use std::sync::{Arc, Weak};

use super::App;
use crate::analysis::{Community, CommunityId, Resolution};
use crate::app::command::Tab;
use crate::campaign::{CommunityLook, EditError, MapChoices, community_of};
use crate::render::COLOUR_NAMES;
use crate::session::Results;

/// The longest name of a community, in letters.
const LONGEST_NAME: usize = 80;

/// Whom the card of a community is about.
pub(super) struct Card {
    /// The facts in which the community has this number.
    of: Weak<Results>,
    id: CommunityId,
    /// The key of the member by whom it is named.
    member: String,
}

impl App {
    fn community(&self, id: CommunityId) -> Option<&Community> {
        let map = self.model.map.as_ref()?;
        map.results.analysis.communities.list.get(id.index())
    }

    /// The key of the member by whom a community is named.
    pub(super) fn member_of(&self, id: CommunityId) -> Option<String> {
        let member = self.community(id)?.member;
        let people = &self.model.map.as_ref()?.results.graph.people;
        Some(people.get(member.index())?.key.to_string())
    }

    pub(super) fn name_of(&self, id: CommunityId) -> String {
        let community = self.community(id).filter(|c| !c.small);
        community.map_or_else(|| "a small group".to_owned(), |c| c.name.clone())
    }

    fn is_small(&self, id: CommunityId) -> bool {
        self.community(id).is_some_and(|c| c.small)
    }

    /// Whether `member` is in community `id` now.
    fn is_in(&self, member: &str, id: CommunityId) -> bool {
        let map = self.model.map.as_ref();
        map.is_some_and(|map| {
            let communities = &map.results.analysis.communities;
            community_of(member, &map.results.graph, communities) == Some(id)
        })
    }

    /// The card is about the same people when communities have other numbers: it follows the member by whom the community is
    /// named, and closes where that person is in none. O(log n), and only then.
    pub(super) fn follow_card(&mut self) {
        let shown = self.model.community;
        let results = self
            .model
            .map
            .as_ref()
            .map(|map| Arc::downgrade(&map.results));
        let (Some(id), Some(results)) = (shown, results) else {
            self.card = None;
            if shown.is_some() {
                self.show_community(None);
            }
            return;
        };
        match &self.card {
            Some(card) if card.of.ptr_eq(&results) && card.id == id => return,
            Some(card) if card.id == id => {
                let map = self.model.map.as_ref();
                let now = map.and_then(|map| {
                    let communities = &map.results.analysis.communities;
                    community_of(&card.member, &map.results.graph, communities)
                });
                self.model.community = now;
                if now.is_none() {
                    self.show_community(None);
                }
            }
            _ => {}
        }
        let Some(id) = self.model.community else {
            self.card = None;
            return;
        };
        self.card = self.member_of(id).map(|member| Card {
            of: results,
            id,
            member,
        });
    }

    /// Shows the card of a community.
    pub(super) fn show_community(&mut self, id: Option<CommunityId>) {
        self.model.community = id.filter(|id| self.community(*id).is_some());
        match (self.model.community, self.model.tab) {
            (Some(_), _) => self.model.tab = Tab::Community,
            (None, Tab::Community) => self.model.tab = Tab::default(),
            _ => {}
        }
    }

    pub(super) fn set_community_shown(
        &mut self,
        id: CommunityId,
        shown: bool,
    ) -> Result<(), EditError> {
        let Some(member) = self.member_of(id) else {
            return Ok(());
        };
        let mut map = self.model.campaign.map.clone();
        let hidden = &mut map.filter.hidden;
        if shown {
            hidden.retain(|member| !self.is_in(member, id));
            map.filter.small_groups &= !self.is_small(id);
        } else if !hidden.iter().any(|member| self.is_in(member, id)) {
            hidden.insert(member);
        }
        let verb = if shown { "show" } else { "hide" };
        self.choose_shown(map, format!("{verb} {}", self.name_of(id)))
    }

    pub(super) fn set_small_groups_shown(&mut self, shown: bool) -> Result<(), EditError> {
        let mut map = self.model.campaign.map.clone();
        map.filter.small_groups = !shown;
        if shown {
            let small = |key: &String| {
                let communities = self.model.map.as_ref().map(|map| {
                    let communities = &map.results.analysis.communities;
                    community_of(key, &map.results.graph, communities)
                });
                communities.flatten().is_some_and(|id| self.is_small(id))
            };
            map.filter.hidden.retain(|key| !small(key));
        }
        let verb = if shown { "show" } else { "hide" };
        self.choose_shown(map, format!("{verb} small groups"))
    }

    pub(super) fn isolate(&mut self, id: Option<CommunityId>) -> Result<(), EditError> {
        let mut map = self.model.campaign.map.clone();
        let words = match id {
            None => "light all communities".to_owned(),
            Some(id) => format!("isolate {}", self.name_of(id)),
        };
        if self.model.isolated == id && id.is_some() {
            return Ok(());
        }
        map.filter.isolated = id.and_then(|id| self.member_of(id));
        if id.is_some() && self.model.community.is_some() {
            self.model.community = id; // what is read is what is lit
        }
        self.choose_shown(map, words)
    }

    pub(super) fn name_community(&mut self, id: CommunityId, name: &str) -> Result<(), EditError> {
        let letters = name.chars().filter(|letter| !letter.is_control());
        let name: String = letters.take(LONGEST_NAME).collect();
        let name = name.trim();
        let before = self.name_of(id);
        let words = if name.is_empty() {
            format!("take back the name {before}")
        } else {
            format!("rename {before} to {name}")
        };
        if name == before {
            return Ok(());
        }
        let name = (!name.is_empty()).then(|| name.to_owned());
        self.set_look(id, words, |look| look.name = name)
    }

    pub(super) fn colour_community(
        &mut self,
        id: CommunityId,
        colour: Option<u8>,
    ) -> Result<(), EditError> {
        let name = colour.and_then(|place| COLOUR_NAMES.get(usize::from(place)));
        let words = format!("colour {} {}", self.name_of(id), name.unwrap_or(&"by size"));
        self.set_look(id, words, |look| look.colour = colour)
    }

    /// Changes how a community looks. The look is kept by its own member, so that those of others who sit there now are theirs
    /// again once they are apart.
    fn set_look(
        &mut self,
        id: CommunityId,
        words: String,
        change: impl FnOnce(&mut CommunityLook),
    ) -> Result<(), EditError> {
        let (Some(member), Some(map)) = (self.member_of(id), &self.model.map) else {
            return Ok(());
        };
        let mut choices = self.model.campaign.map.clone();
        let worn = choices.looks_of(&map.results.graph, &map.results.analysis.communities);
        let mut look = worn.get(&id).cloned().unwrap_or_default();
        change(&mut look);
        choices.looks.remove(&member);
        let others = choices.looks.keys().any(|key| self.is_in(key, id));
        // A plain look hides those of others.
        if others || look != CommunityLook::default() {
            choices.looks.insert(member, look);
        }
        self.choose(choices, words).map(|_| ())
    }

    pub(super) fn merge_communities(
        &mut self,
        a: CommunityId,
        b: CommunityId,
    ) -> Result<(), EditError> {
        let (Some(one), Some(other)) = (self.member_of(a), self.member_of(b)) else {
            return Ok(());
        };
        if a == b {
            return Ok(());
        }
        let mut map = self.model.campaign.map.clone();
        let mut pair = [one, other];
        pair.sort_unstable();
        map.joined.insert(pair);
        let words = format!("merge {} and {}", self.name_of(a), self.name_of(b));
        self.choose(map, words).map(|_| ())
    }

    /// Takes back every merge that community `id` is made of.
    pub(super) fn part_community(&mut self, id: CommunityId) -> Result<(), EditError> {
        let mut map = self.model.campaign.map.clone();
        let here = |pair: &[String; 2]| pair.iter().any(|member| self.is_in(member, id));
        map.joined.retain(|pair| !here(pair));
        let words = format!("take apart {}", self.name_of(id));
        self.choose(map, words).map(|_| ())
    }

    pub(super) fn set_resolution(&mut self, resolution: Resolution) -> Result<(), EditError> {
        let words = match resolution {
            Resolution::Auto => "automatic communities",
            Resolution::Fixed(wanted) if wanted > self.model.resolution() => "finer communities",
            Resolution::Fixed(_) => "coarser communities",
        };
        let map = MapChoices {
            resolution,
            ..self.model.campaign.map.clone()
        };
        self.choose(map, words.to_owned()).map(|_| ())
    }
}
