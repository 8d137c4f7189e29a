//! What a person says of who belongs together: communities that are split, people who belong to another community.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Communities, CommunityId, Partition, leiden};
use crate::people::{ConversationGraph, PersonId, Ties};
use crate::progress::{Cancelled, Progress};

/// A community that is split into the communities that its people form among themselves.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Split {
    /// One member, by key.
    pub of: String,
    /// One member of each part, by key: what was found when it was split.
    pub parts: Vec<String>,
}

/// What a person says of who belongs together, besides which communities are one. People by key; a community by one of its members.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ByHand {
    /// Communities that are split, one after the other.
    pub splits: Vec<Split>,
    /// Who belongs elsewhere: to the community in which the other one was found.
    pub moved: BTreeMap<String, String>,
}

impl ByHand {
    /// Nothing was said.
    pub fn is_empty(&self) -> bool {
        self.splits.is_empty() && self.moved.is_empty()
    }

    /// The place of the newest split of which one of `members` leads a part.
    pub fn split_of(&self, is_member: impl Fn(&str) -> bool) -> Option<usize> {
        let of_member = |split: &Split| split.parts.iter().any(|part| is_member(part));
        self.splits.iter().rposition(of_member)
    }

    /// The same without the split at this place, and without those of its parts.
    #[must_use]
    pub fn without_split(&self, place: usize) -> Self {
        let mut left = self.clone();
        let mut gone: BTreeSet<String> = BTreeSet::new();
        for (at, split) in self.splits.iter().enumerate().skip(place) {
            if at == place || gone.contains(&split.of) {
                gone.extend(split.parts.iter().cloned());
                left.splits.retain(|other| other != split);
            }
        }
        left
    }

    /// The same under other keys; what names somebody for whom there is none is left out.
    #[must_use]
    pub fn under_keys(&self, key_of: impl Fn(&str) -> Option<String>) -> Self {
        let splits = self.splits.iter().filter_map(|split| {
            let parts: Vec<String> = split.parts.iter().filter_map(|part| key_of(part)).collect();
            // Any part leads to the whole.
            let of = key_of(&split.of).or_else(|| parts.first().cloned())?;
            Some(Split { of, parts })
        });
        let moved = self.moved.iter();
        Self {
            splits: splits.collect(),
            moved: moved
                .filter_map(|(person, to)| Some((key_of(person)?, key_of(to)?)))
                .collect(),
        }
    }

    /// Every key that it names somebody by.
    pub fn keys(&self) -> impl Iterator<Item = &String> {
        let splits = self
            .splits
            .iter()
            .flat_map(|s| s.parts.iter().chain([&s.of]));
        splits.chain(self.moved.iter().flat_map(|(person, to)| [person, to]))
    }
}

/// The people who lead the parts that community `id` falls into by the ties among its own people, the largest part first; none where
/// it does not fall apart.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// [`leiden()`] on its people, and O(n).
pub fn parts_of(
    graph: &ConversationGraph,
    communities: &Communities,
    (id, seed): (CommunityId, u64),
    progress: &Progress,
) -> Result<Vec<PersonId>, Cancelled> {
    let label = |c: &Option<CommunityId>| c.map_or(Partition::NOWHERE, |c| c.0);
    let whole = Partition {
        of: communities.of.iter().map(label).collect(),
        sizes: communities.list.iter().map(|c| c.people).collect(),
    };
    let Some(labels) = parted(&graph.ties, &whole, (id.0, seed), progress)? else {
        return Ok(Vec::new());
    };
    let mut parts: BTreeMap<u32, (u32, PersonId)> = BTreeMap::new();
    for (person, part) in labels {
        let person = PersonId(person);
        let (people, leads) = parts.entry(part).or_insert((0, person));
        *people += 1;
        if graph.ties.connections(person.index()) > graph.ties.connections(leads.index()) {
            *leads = person;
        }
    }
    let mut parts: Vec<(u32, PersonId)> = parts.into_values().collect();
    parts.sort_by_key(|(people, leads)| (std::cmp::Reverse(*people), *leads));
    Ok(parts.into_iter().map(|(_, leads)| leads).collect())
}

/// `partition` as the person wants it: communities split first, then those of `joined` made one, then people moved.
pub(super) fn changed(
    graph: &ConversationGraph,
    partition: &Partition,
    (by_hand, joined, seed): (&ByHand, &[[PersonId; 2]], u64),
    progress: &Progress,
) -> Result<Partition, Cancelled> {
    let mut partition = partition.clone();
    for split in &by_hand.splits {
        partition = split_one(graph, partition, split, seed, progress)?;
    }
    if !joined.is_empty() {
        partition = partition.joined(joined);
    }
    Ok(moved(graph, partition, &by_hand.moved))
}

fn split_one(
    graph: &ConversationGraph,
    partition: Partition,
    split: &Split,
    seed: u64,
    progress: &Progress,
) -> Result<Partition, Cancelled> {
    let mut members = std::iter::once(&split.of).chain(&split.parts);
    let Some(member) = members.find_map(|key| graph.find(key)) else {
        return Ok(partition);
    };
    let Some(&home) = partition.of.get(member.index()) else {
        return Ok(partition);
    };
    let Some(parts) = parted(&graph.ties, &partition, (home, seed), progress)? else {
        return Ok(partition);
    };
    let (mut labels, n) = (partition.of, partition.sizes.len() as u32);
    let mut n_labels = n;
    for (person, part) in parts {
        n_labels = n_labels.max(n + part + 1);
        if let Some(label) = labels.get_mut(person as usize) {
            *label = n + part;
        }
    }
    Ok(Partition::numbered(&labels, n_labels as usize))
}

/// Everybody of `moved` in the community in which the other one was found.
fn moved(
    graph: &ConversationGraph,
    partition: Partition,
    moved: &BTreeMap<String, String>,
) -> Partition {
    let of = |key: &str| {
        let person = graph.find(key)?;
        let label = partition.of.get(person.index()).copied();
        Some((person, label.filter(|label| *label != Partition::NOWHERE)?))
    };
    let moves: Vec<(PersonId, u32)> = moved
        .iter()
        .filter_map(|(person, to)| Some((of(person)?.0, of(to)?.1)))
        .collect();
    if moves.is_empty() {
        return partition;
    }
    let mut labels = partition.of.clone();
    for (person, to) in moves {
        if let Some(label) = labels.get_mut(person.index()) {
            *label = to;
        }
    }
    Partition::numbered(&labels, partition.n())
}

/// Into which parts the people of community `home` fall by the ties among them: each with the number of their part, in their order.
/// `None` where they do not: parts that would be small groups go to the part they are tied to most.
fn parted(
    ties: &Ties,
    partition: &Partition,
    (home, seed): (u32, u64),
    progress: &Progress,
) -> Result<Option<Vec<(u32, u32)>>, Cancelled> {
    if home == Partition::NOWHERE {
        return Ok(None);
    }
    let people = (0u32..).zip(&partition.of);
    let members: Vec<u32> = people
        .filter(|(_, of)| **of == home)
        .map(|(i, _)| i)
        .collect();
    let inside = ties_among(ties, &members, partition.of.len(), progress)?;
    let parts = leiden(&inside, 1.0, seed, progress)?;
    let all: u64 = partition.sizes.iter().map(|size| u64::from(*size)).sum();
    let is_large = |size: &u32| !Partition::is_small(*size, all);
    if parts.sizes.iter().filter(|size| is_large(size)).count() < 2 {
        return Ok(None);
    }
    let large: Vec<bool> = parts.sizes.iter().map(is_large).collect();
    let own = absorbed(&inside, &parts, &large);
    let label = |of: &u32| own.get(*of as usize).copied().unwrap_or(0);
    Ok(Some(
        members
            .into_iter()
            .zip(parts.of.iter().map(label))
            .collect(),
    ))
}

/// The ties that `members`, in ascending order, have among themselves; numbered by their place.
fn ties_among(
    ties: &Ties,
    members: &[u32],
    n: usize,
    progress: &Progress,
) -> Result<Ties, Cancelled> {
    let mut place = vec![u32::MAX; n];
    for (at, member) in (0u32..).zip(members) {
        place[*member as usize] = at;
    }
    let mut inside = Ties {
        offsets: vec![0],
        ..Ties::default()
    };
    for (at, member) in members.iter().enumerate() {
        if at.is_multiple_of(1 << 12) {
            progress.check()?;
        }
        for (other, strength) in ties.of(*member as usize) {
            let other = place.get(other as usize).copied().unwrap_or(u32::MAX);
            if other != u32::MAX {
                inside.neighbours.push(other);
                inside.strength.push(strength);
            }
        }
        inside.offsets.push(inside.neighbours.len() as u32);
    }
    Ok(inside)
}

/// By part, the large part that it belongs to: itself, or the one to which its people are tied most; the first where to none.
fn absorbed(inside: &Ties, parts: &Partition, large: &[bool]) -> Vec<u32> {
    let is_large = |part: u32| large.get(part as usize).copied().unwrap_or(false);
    let first = large.iter().position(|large| *large).unwrap_or(0) as u32;
    let mut tied: BTreeMap<(u32, u32), f64> = BTreeMap::new();
    for (person, &part) in parts.of.iter().enumerate() {
        if part == Partition::NOWHERE || is_large(part) {
            continue;
        }
        for (other, strength) in inside.of(person) {
            if let Some(&to) = parts.of.get(other as usize).filter(|to| is_large(**to)) {
                *tied.entry((part, to)).or_default() += strength;
            }
        }
    }
    let mut own: Vec<u32> = (0..parts.n() as u32).collect();
    let mut best = vec![0.0; parts.n()];
    for (part, own) in own
        .iter_mut()
        .enumerate()
        .filter(|(part, _)| !is_large(*part as u32))
    {
        debug_assert!(!large[part]);
        *own = first;
    }
    for ((part, to), strength) in tied {
        let part = part as usize;
        if strength > best[part] {
            (best[part], own[part]) = (strength, to);
        }
    }
    own
}
