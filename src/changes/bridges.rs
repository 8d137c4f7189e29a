//! Who is a bridge in one file and none in the other.

use super::people::Join;
use super::{Both, BridgeChange, Snapshot};
use crate::people::PersonId;

/// A new bridge is among the best so many now …
pub const NEW_AT: u32 = 25;
/// … and was not among the best so many before; a lost one the other way round. Ranks waver by chance, most of all near a
/// bound: with one bound for both files, many would come and go who have only changed places.
pub const OLD_AT: u32 = 50;

/// New bridges and lost ones, best first.
pub(super) fn bridges(
    before: &Snapshot<'_>,
    after: &Snapshot<'_>,
    both: &Join,
) -> (Vec<BridgeChange>, Vec<BridgeChange>) {
    let now_of = |was: PersonId| {
        let at = both.pairs.binary_search_by_key(&was, |pair| pair.0).ok()?;
        both.pairs.get(at).map(|pair| pair.1)
    };
    // Both sides of a pair are in the order of the keys.
    let then_of = |is: PersonId| {
        let at = both.pairs.binary_search_by_key(&is, |pair| pair.1).ok()?;
        both.pairs.get(at).map(|pair| pair.0)
    };
    let change = |who, was: Option<PersonId>, is: Option<PersonId>| BridgeChange {
        who,
        rank: Both {
            before: was.and_then(|was| rank(before, was)),
            after: is.and_then(|is| rank(after, is)),
        },
        score: Both {
            before: was.map_or(0.0, |was| before.analysis.bridges.score[was.index()]),
            after: is.map_or(0.0, |is| after.analysis.bridges.score[is.index()]),
        },
    };
    let new = best(after).into_iter();
    let new = new.map(|is| change(after.someone(is), then_of(is), Some(is)));
    let lost = best(before).into_iter();
    let lost = lost.map(|was| change(before.someone(was), Some(was), now_of(was)));
    let is_none = |rank: Option<u32>| rank.is_none_or(|rank| rank > OLD_AT);
    (
        new.filter(|bridge| is_none(bridge.rank.before)).collect(),
        lost.filter(|bridge| is_none(bridge.rank.after)).collect(),
    )
}

/// The best bridges of a file, best first.
fn best(snapshot: &Snapshot<'_>) -> Vec<PersonId> {
    let people = (0..snapshot.analysis.bridges.rank.len() as u32).map(PersonId);
    let mut best: Vec<(u32, PersonId)> = people
        .filter_map(|id| Some((rank(snapshot, id)?, id)))
        .filter(|(rank, _)| *rank <= NEW_AT)
        .collect();
    best.sort_unstable();
    best.into_iter().map(|(_, id)| id).collect()
}

/// Somebody's place among the bridges; `None` for whoever is none.
fn rank(snapshot: &Snapshot<'_>, id: PersonId) -> Option<u32> {
    let bridges = &snapshot.analysis.bridges;
    (bridges.score[id.index()] > 0.0).then(|| bridges.rank[id.index()])
}
