//! Colours that stay: however finely people are grouped, a community has the colour that most of its people have where the map is
//! grouped as at first.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Weak};

use super::Results;
use crate::analysis::{self, AnalysisSettings, ByHand, Communities, CommunityId};
use crate::people::ConversationGraph;
use crate::progress::{Cancelled, Progress};

/// Colours that communities may have: the places of the palette.
const PLACES: u8 = 12;

/// The communities of a map as it is grouped at first: their numbers are their colours, and other groupings take after them. So a colour
/// follows from the file and from how people are grouped now, not from how they were grouped meanwhile.
#[derive(Debug)]
pub struct Home {
    graph: Weak<ConversationGraph>,
    of: Vec<Option<CommunityId>>,
}

impl Home {
    /// Whether people are grouped as at first: then the colour of a community is the one of its number.
    pub fn is_first(settings: &AnalysisSettings) -> bool {
        Self::first(settings) == *settings
    }

    /// The same settings, for people who are grouped as at first.
    fn first(settings: &AnalysisSettings) -> AnalysisSettings {
        AnalysisSettings {
            resolution: AnalysisSettings::default().resolution,
            communities_from_file: false,
            joined: BTreeSet::new(),
            by_hand: ByHand::default(),
            ..settings.clone()
        }
    }

    /// Of the map of `results`: what it has, where it is grouped as at first, else that is found now.
    ///
    /// # Errors
    /// [`Cancelled`] only.
    /// # Cost
    /// O(n), or another analysis.
    pub fn of(results: &Results, progress: &Progress) -> Result<Self, Cancelled> {
        let now = &results.settings.analysis;
        let of = if Self::is_first(now) {
            results.analysis.communities.of.clone()
        } else {
            let (first, posts) = (Self::first(now), &results.conversation.posts);
            let (graph, aside) = (&results.graph, progress.aside());
            let (analysis, _) = analysis::analyse(graph, posts, &first, &aside)?;
            analysis.communities.of
        };
        Ok(Self {
            graph: Arc::downgrade(&results.graph),
            of,
        })
    }

    /// Whether it is about the people of `results`.
    pub fn is_of(&self, results: &Results) -> bool {
        self.graph.ptr_eq(&Arc::downgrade(&results.graph))
    }

    /// Gives the communities of `results` their colours.
    ///
    /// # Cost
    /// O(n log n).
    pub fn colour(&self, results: &mut Results) {
        let places = places(&self.of, &results.analysis.communities);
        let list = &mut Arc::make_mut(&mut results.analysis).communities.list;
        for (community, place) in list.iter_mut().zip(places) {
            community.colour = place;
        }
    }
}

/// The colour of each community, `None` where that is the one of its number. The twelve largest have one each; first those of which most
/// people stood together, or into which most of the people of another one came, then the others by size.
fn places(home: &[Option<CommunityId>], now: &Communities) -> Vec<Option<u8>> {
    let mut shared: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    let mut size: BTreeMap<u32, u32> = BTreeMap::new();
    for (was, is) in home.iter().zip(&now.of) {
        let Some(was) = was else { continue };
        *size.entry(was.0).or_default() += 1;
        if let Some(is) = is {
            *shared.entry((is.0, was.0)).or_default() += 1;
        }
    }
    let is_coloured = |id: u32| {
        let community = now.list.get(id as usize);
        id < u32::from(PLACES) && community.is_some_and(|community| !community.small)
    };
    let most_of = |part: u32, whole: u32| u64::from(part) * 2 > u64::from(whole);
    let mut pairs: Vec<(u32, u32, u32)> = shared
        .into_iter()
        .filter(|((is, was), people)| {
            let now = now
                .list
                .get(*is as usize)
                .map_or(0, |community| community.people);
            let then = size.get(was).copied().unwrap_or(0);
            let close = most_of(*people, now) || most_of(*people, then);
            is_coloured(*is) && *was < u32::from(PLACES) && close
        })
        .map(|((is, was), people)| (people, is, was))
        .collect();
    pairs.sort_by_key(|(people, is, was)| (std::cmp::Reverse(*people), *is, *was));
    let mut colour: BTreeMap<u32, u8> = BTreeMap::new();
    let mut taken: BTreeSet<u8> = BTreeSet::new();
    for (_, is, was) in pairs {
        let place = was as u8; // below `PLACES`
        if !colour.contains_key(&is) && taken.insert(place) {
            colour.insert(is, place);
        }
    }
    let ids = 0..now.list.len() as u32;
    for id in ids.clone().filter(|id| is_coloured(*id)) {
        let free = (0..PLACES).find(|place| !taken.contains(place));
        if !colour.contains_key(&id)
            && let Some(place) = free
        {
            taken.insert(place);
            colour.insert(id, place);
        }
    }
    ids.map(|id| {
        colour
            .get(&id)
            .copied()
            .filter(|place| u32::from(*place) != id)
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Community;
    use crate::people::PersonId;

    fn grouped(sizes: &[u32]) -> Communities {
        let list = sizes.iter().map(|people| Community {
            name: String::new(),
            words: Vec::new(),
            alternatives: Vec::new(),
            evidence: Vec::new(),
            people: *people,
            reach: 0.0,
            ties_inside: 0,
            ties_outside: 0,
            member: PersonId(0),
            colour: None,
            small: false,
        });
        let of = sizes.iter().zip(0..);
        let of = of.flat_map(|(people, c)| vec![Some(CommunityId(c)); *people as usize]);
        Communities {
            of: of.collect(),
            list: list.collect(),
            ..Communities::default()
        }
    }

    /// People of community 0, 1 … at home, so many of each.
    fn home(runs: &[(u32, usize)]) -> Vec<Option<CommunityId>> {
        let people = runs.iter();
        people
            .flat_map(|(c, n)| vec![Some(CommunityId(*c)); *n])
            .collect()
    }

    #[test]
    fn as_at_first_every_colour_is_the_one_of_its_number() {
        let of = home(&[(0, 5), (1, 4), (2, 3)]);
        assert_eq!(places(&of, &grouped(&[5, 4, 3])), [None, None, None]);
    }

    #[test]
    fn the_larger_part_keeps_the_colour_and_the_rest_gets_a_free_one() {
        // Community 0 of ten people falls into seven and three; 1 of eight is the largest now.
        let of = home(&[(1, 8), (0, 7), (0, 3)]);
        assert_eq!(places(&of, &grouped(&[8, 7, 3])), [Some(1), Some(0), None]);
    }

    #[test]
    fn two_that_became_one_have_the_colour_of_the_larger() {
        let of = home(&[(1, 6), (2, 5), (0, 7)]);
        assert_eq!(places(&of, &grouped(&[11, 7])), [Some(1), Some(0)]);
    }
}
