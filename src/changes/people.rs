//! Who is in both files, who in one only, who sits in another community now, and what became of the list.

use super::communities::Matching;
use super::{Both, Listed, Moved, People, SURE, Snapshot, Someone, Standing, TOLD};
use crate::campaign::Campaign;
use crate::people::{ConversationGraph, PersonId};

/// The people of both files.
pub(super) struct Join {
    /// Each with both numbers, in the order of the keys.
    pub(super) pairs: Vec<(PersonId, PersonId)>,
}

impl Join {
    /// Finds them. O(n): both graphs have their people in the order of the keys.
    pub(super) fn of(before: &ConversationGraph, after: &ConversationGraph) -> Self {
        let mut pairs = Vec::new();
        let mut others = before.people.iter().zip(0..).peekable();
        for (person, now) in after.people.iter().zip(0..) {
            while others
                .next_if(|(other, _)| other.key < person.key)
                .is_some()
            {}
            if let Some((_, then)) = others.next_if(|(other, _)| other.key == person.key) {
                pairs.push((PersonId(then), PersonId(now)));
            }
        }
        Self { pairs }
    }
}

impl Snapshot<'_> {
    /// Somebody of this file.
    pub(super) fn someone(&self, id: PersonId) -> Someone {
        let person = &self.graph.people[id.index()];
        Someone {
            person: person.key.to_string(),
            name: person.name.to_string(),
            community: self.analysis.communities.name_of(id).to_owned(),
            connections: self.connections(id),
        }
    }

    /// Different people that somebody of this file is tied to.
    pub(super) fn connections(&self, id: PersonId) -> u32 {
        self.graph.ties.connections(id.index()) as u32
    }

    fn standing(&self, key: &str) -> Option<Standing> {
        let at = self.graph.find(key)?.index();
        let bridges = &self.analysis.bridges;
        Some(Standing {
            connections: *bridges.connections.get(at)?,
            connections_across: *bridges.connections_across.get(at)?,
            communities_reached: *bridges.communities_reached.get(at)?,
            score: *bridges.score.get(at)?,
            rank: *bridges.rank.get(at)?,
        })
    }
}

/// Everybody of `snapshot` but those who `stayed`, who come in the order of their numbers.
pub(super) fn without(snapshot: &Snapshot<'_>, stayed: impl Iterator<Item = PersonId>) -> People {
    let mut stayed = stayed.peekable();
    let all = (0..snapshot.graph.n_people() as u32).map(PersonId);
    let others: Vec<PersonId> = all.filter(|id| stayed.next_if_eq(id).is_none()).collect();
    let mut first = others.clone();
    first.sort_by_key(|id| std::cmp::Reverse(snapshot.connections(*id))); // stable: equals by key
    first.truncate(TOLD);
    People {
        keys: (others.iter())
            .map(|id| snapshot.graph.people[id.index()].key.clone())
            .collect(),
        first: first.into_iter().map(|id| snapshot.someone(id)).collect(),
    }
}

/// Who left a community that is still there for another one, where both files are sure of theirs. Nobody moves who goes with a
/// part that split off, or whose community became a part of another one.
pub(super) fn moved(
    before: &Snapshot<'_>,
    after: &Snapshot<'_>,
    both: &Join,
    matching: &Matching,
) -> Vec<Moved> {
    let [then, now] = [before, after].map(|snapshot| &snapshot.analysis.communities);
    let mut moved = Vec::new();
    for &(was, is) in &both.pairs {
        let (Some(from), Some(to)) = (then.of[was.index()], now.of[is.index()]) else {
            continue;
        };
        let sure = then.sure[was.index()].min(now.sure[is.index()]) >= SURE;
        let large = !then.list[from.index()].small && !now.list[to.index()].small;
        let left = matching.after_of(from).is_some_and(|same| same != to);
        if sure && large && left && !matching.split_off(from, to) {
            let who = after.someone(is);
            moved.push(Moved {
                person: who.person,
                name: who.name,
                community: Both {
                    before: then.name_of(was).to_owned(),
                    after: who.community,
                },
                connections: who.connections,
            });
        }
    }
    moved.sort_by_key(|moved| std::cmp::Reverse(moved.connections)); // stable: equals by key
    moved
}

/// The people of the list, in the order of work.
pub(super) fn listed(
    before: &Snapshot<'_>,
    after: &Snapshot<'_>,
    campaign: &Campaign,
) -> Vec<Listed> {
    let entries = campaign.outreach_list.entries().iter();
    entries
        .map(|entry| Listed {
            person: entry.person.clone(),
            name: entry.name.clone(),
            status: entry.status,
            standing: Both {
                before: before.standing(&entry.person),
                after: after.standing(&entry.person),
            },
        })
        .collect()
}
