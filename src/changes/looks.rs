//! Names and colours stay with their communities when their numbers change.

use std::collections::{BTreeMap, BTreeSet};

use super::Snapshot;
use super::communities::Matching;
use super::people::Join;
use crate::analysis::{Community, CommunityId};
use crate::campaign::{CommunityLook, MapChoices, community_of};

/// Colours that communities may have: the places of the palette.
const PLACES: u8 = 12;

/// The looks for the new map, in the place of those of `choices`: a community that was there before keeps the name that the
/// person gave it, and its colour; a new one whose colour is taken gets one that is free. Looks by people who had no community
/// before wait for them, as they did; other looks of communities that are gone end with them, since the member by whom they are
/// named may sit anywhere now.
///
/// # Cost
/// O(n log n).
pub fn looks_carried(
    before: &Snapshot<'_>,
    after: &Snapshot<'_>,
    choices: &MapChoices,
) -> BTreeMap<String, CommunityLook> {
    let both = Join::of(before.graph, after.graph);
    let matching = Matching::of(before, after, &both);
    let [then, now] = [before, after].map(|snapshot| &snapshot.analysis.communities);
    let given = choices.looks_of(before.graph, then);
    let mut looks: BTreeMap<CommunityId, CommunityLook> = BTreeMap::new();
    let mut places: BTreeMap<CommunityId, u8> = BTreeMap::new();
    for (at, community) in then.list.iter().enumerate() {
        let id = CommunityId(at as u32);
        let Some(same) = matching.after_of(id) else {
            continue;
        };
        let look = given.get(&id).cloned().unwrap_or_default();
        let place = look
            .colour
            .or(community.colour)
            .or_else(|| place_of(community, id));
        if let Some(place) = place.filter(|_| !now.list[same.index()].small) {
            places.insert(same, place);
        }
        if let Some(name) = look.name {
            looks.entry(same).or_default().name = Some(name);
        }
    }
    give_free_places(&now.list, &mut places);
    for (&id, &place) in &places {
        if place_of(&now.list[id.index()], id) != Some(place) {
            looks.entry(id).or_default().colour = Some(place);
        }
    }
    let waits = |member: &str| community_of(member, before.graph, then).is_none();
    let kept = choices.looks.iter().filter(|(member, _)| waits(member));
    let mut all: BTreeMap<String, CommunityLook> = kept
        .map(|(member, look)| (member.clone(), look.clone()))
        .collect();
    for (id, look) in looks {
        let member = now.list[id.index()].member;
        all.insert(after.graph.people[member.index()].key.to_string(), look);
    }
    all
}

/// The colour of a community by its number.
fn place_of(community: &Community, id: CommunityId) -> Option<u8> {
    let place = u8::try_from(id.0).ok().filter(|place| *place < PLACES);
    place.filter(|_| !community.small)
}

/// Gives those communities a free colour whose own is that of another one now, as long as there are any.
fn give_free_places(list: &[Community], places: &mut BTreeMap<CommunityId, u8>) {
    let mut taken: BTreeSet<u8> = places.values().copied().collect();
    let mut without = Vec::new();
    for (at, community) in list.iter().enumerate() {
        let id = CommunityId(at as u32);
        let Some(own) = place_of(community, id).filter(|_| !places.contains_key(&id)) else {
            continue;
        };
        if taken.insert(own) {
            places.insert(id, own);
        } else {
            without.push(id);
        }
    }
    let free: Vec<u8> = (0..PLACES).filter(|place| !taken.contains(place)).collect();
    places.extend(without.into_iter().zip(free));
}
