//! What some people are together: their reach, and the communities they spread over.

use crate::analysis::{Analysis, CommunityId};
use crate::people::{ConversationGraph, PersonId};
use crate::progress::{Cancelled, Progress};

/// People gone through between two looks at the stop sign.
const AT_A_TIME: usize = 1 << 14;

/// What some people are together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SetFacts {
    /// Their known reach, added up.
    pub reach: f64,
    /// People whose reach nobody knows.
    pub unknown: usize,
    /// People in each community, most first; `None`: without ties.
    pub communities: Vec<(u64, Option<CommunityId>)>,
}

impl SetFacts {
    /// Counts. O(people + communities log communities).
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub fn of(
        graph: &ConversationGraph,
        analysis: &Analysis,
        people: &[PersonId],
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let (mut reach, mut unknown, mut without) = (0.0, 0, 0);
        let communities = &analysis.communities;
        let mut counts = vec![0u64; communities.list.len()];
        for part in people.chunks(AT_A_TIME) {
            progress.check()?;
            for id in part {
                match graph.people.get(id.index()).and_then(|person| person.reach) {
                    Some(known) => reach += known,
                    None => unknown += 1,
                }
                let of = communities.of.get(id.index()).copied().flatten();
                match of.and_then(|of| counts.get_mut(of.index())) {
                    Some(count) => *count += 1,
                    None => without += 1,
                }
            }
        }
        let all = counts.into_iter().zip(0..);
        let all = all.map(|(n, id)| (n, Some(CommunityId(id))));
        let mut communities: Vec<_> = all.chain([(without, None)]).collect();
        communities.retain(|(n, _)| *n > 0);
        communities.sort_by_key(|&(n, community)| (std::cmp::Reverse(n), community));
        Ok(Self {
            reach,
            unknown,
            communities,
        })
    }
}
