//! Which community of the new file is which of the one before: by the members they share.
//!
//! Two communities are compared by the people with ties in both files alone: who came or went says nothing on whether a group
//! is the same one. Of the pairs that share enough, the most alike are matched first, each community once (greedy).
//!
//! Source: Greene, Doyle and Cunningham, *Tracking the evolution of communities in dynamic social networks*, ASONAM 2010, for
//! matching by the Jaccard index of members and for the events (born, died, split, merged). The threshold is ours.

use super::people::Join;
use super::{CommunityChange, CommunityThen, Fate, Snapshot};
use crate::analysis::{Communities, CommunityId};
use crate::people::PersonId;

/// Two communities may be one from this Jaccard index on, in tenths: of one that fell into three equal parts (a third each) the
/// best is still the same community, of one that fell into four none is.
const LEAST_ALIKE: u64 = 3;
/// They share at least this many people, or all of the smaller one: two who know each other are no community that goes on.
const LEAST_SHARED: u64 = 3;
/// They share at least one in so many members of the smaller one, newcomers included: fewer stay together by chance.
const ONE_IN: u64 = 10;

/// Two communities with people in both.
#[derive(Debug, Clone, Copy)]
struct Overlap {
    before: CommunityId,
    after: CommunityId,
    shared: u64,
    /// People with ties in both files who are in at least one of the two.
    either: u64,
    /// The first of those shared, by key: different for every pair.
    first: PersonId,
    /// They share enough to have to do with each other.
    counts: bool,
}

/// What became of the communities of the file before.
pub(super) struct Matching {
    /// By community before: the same one in the new file, and who are in both.
    same: Vec<Option<(CommunityId, u64)>>,
    /// By community after: the one it split off from.
    from: Vec<Option<(CommunityId, u64)>>,
    /// By community before: the one that it became a part of.
    into: Vec<Option<(CommunityId, u64)>>,
    /// By community after: whether it is the same as one before.
    known: Vec<bool>,
}

impl Matching {
    /// Matches the communities. O(n log n).
    pub(super) fn of(before: &Snapshot<'_>, after: &Snapshot<'_>, both: &Join) -> Self {
        let [then, now] = [before, after].map(|snapshot| &snapshot.analysis.communities);
        let (mut overlaps, in_before, in_after) = overlaps(then, now, both);
        // No two pairs share their first person, so that the order does not depend on which file comes first.
        overlaps.sort_unstable_by(|a, b| {
            let (x, y) = (a.shared * b.either, b.shared * a.either);
            y.cmp(&x)
                .then(b.shared.cmp(&a.shared))
                .then(a.first.cmp(&b.first))
        });
        let mut matching = Self {
            same: vec![None; then.list.len()],
            from: vec![None; now.list.len()],
            into: vec![None; then.list.len()],
            known: vec![false; now.list.len()],
        };
        for pair in &overlaps {
            let (b, a) = (pair.before.index(), pair.after.index());
            let alike = pair.counts && pair.shared * 10 >= pair.either * LEAST_ALIKE;
            if alike && matching.same[b].is_none() && !matching.known[a] {
                matching.same[b] = Some((pair.after, pair.shared));
                matching.known[a] = true;
            }
        }
        for pair in overlaps.iter().filter(|pair| pair.counts) {
            let (b, a) = (pair.before.index(), pair.after.index());
            if !matching.known[a] && pair.shared * 2 > in_after[a] {
                matching.from[a] = Some((pair.before, pair.shared));
            }
            if matching.same[b].is_none() && pair.shared * 2 > in_before[b] {
                matching.into[b] = Some((pair.after, pair.shared));
            }
        }
        matching
    }

    /// The community of the new file that is the same as `before`.
    pub(super) fn after_of(&self, before: CommunityId) -> Option<CommunityId> {
        self.same[before.index()].map(|(after, _)| after)
    }

    /// Whether `after` was a part of `before`.
    pub(super) fn split_off(&self, before: CommunityId, after: CommunityId) -> bool {
        self.from[after.index()].is_some_and(|(from, _)| from == before)
    }

    /// One row for each community that is more than a small group in a file, in the order of [`super::Changes::matched`].
    pub(super) fn rows(&self, before: &Snapshot<'_>, after: &Snapshot<'_>) -> Vec<CommunityChange> {
        let [then, now] = [before, after].map(|snapshot| &snapshot.analysis.communities.list);
        let mut before_of = vec![None; now.len()];
        for (b, same) in (0..).zip(&self.same) {
            if let Some((after, shared)) = *same {
                before_of[after.index()] = Some((CommunityId(b), shared));
            }
        }
        let row = |fate, b: Option<CommunityId>, a: Option<CommunityId>, shared| CommunityChange {
            fate,
            before: b.map(|b| before.community(b)),
            after: a.map(|a| after.community(a)),
            shared,
        };
        let mut rows = Vec::new();
        for (at, community) in now.iter().enumerate() {
            let a = CommunityId(at as u32);
            let was_large = |b: CommunityId| !then[b.index()].small;
            match (before_of[at], self.from[at]) {
                (Some((b, shared)), _) if !community.small || was_large(b) => {
                    rows.push(row(Fate::Same, Some(b), Some(a), shared));
                }
                _ if community.small => {}
                (None, Some((b, shared))) => {
                    rows.push(row(Fate::SplitOff, Some(b), Some(a), shared));
                }
                _ => rows.push(row(Fate::New, None, Some(a), 0)),
            }
        }
        for (at, community) in then.iter().enumerate() {
            if community.small || self.same[at].is_some() {
                continue;
            }
            let b = CommunityId(at as u32);
            rows.push(match self.into[at] {
                Some((a, shared)) => row(Fate::Merged, Some(b), Some(a), shared),
                None => row(Fate::Gone, Some(b), None, 0),
            });
        }
        rows
    }
}

impl Snapshot<'_> {
    fn community(&self, id: CommunityId) -> CommunityThen {
        let community = &self.analysis.communities.list[id.index()];
        CommunityThen {
            name: community.name.clone(),
            member: self.graph.people[community.member.index()].key.to_string(),
            people: community.people,
        }
    }
}

/// Every two communities with people in both, and by community of each file how many have ties in both files.
fn overlaps(
    then: &Communities,
    now: &Communities,
    both: &Join,
) -> (Vec<Overlap>, Vec<u64>, Vec<u64>) {
    let mut people: Vec<(CommunityId, CommunityId, PersonId)> = (both.pairs.iter())
        .filter_map(|&(was, is)| Some((then.of[was.index()]?, now.of[is.index()]?, was)))
        .collect();
    people.sort_unstable();
    let (mut in_before, mut in_after) = (vec![0; then.list.len()], vec![0; now.list.len()]);
    for (before, after, _) in &people {
        in_before[before.index()] += 1u64;
        in_after[after.index()] += 1u64;
    }
    let overlap = |shares: &[(CommunityId, CommunityId, PersonId)]| {
        let (before, after, first) = shares[0];
        let shared = shares.len() as u64;
        let sizes = [
            then.list[before.index()].people,
            now.list[after.index()].people,
        ];
        let smaller = u64::from(sizes[0].min(sizes[1]));
        Overlap {
            before,
            after,
            shared,
            either: in_before[before.index()] + in_after[after.index()] - shared,
            first,
            counts: shared >= LEAST_SHARED.min(smaller) && shared * ONE_IN >= smaller,
        }
    };
    let overlaps = people.chunk_by(|x, y| (x.0, x.1) == (y.0, y.1));
    (overlaps.map(overlap).collect(), in_before, in_after)
}
