//! What has changed from one file to the next: who came and went, which communities are the same, which bridges are new.
//!
//! Both conversations are read and analysed; everything here is told by keys, since a [`crate::people::PersonId`] means
//! something in one graph only. Pure: no files, no clock, and the same two maps always give the same changes.

mod bridges;
mod communities;
mod likeness;
mod looks;
mod people;
mod words;

pub use bridges::{NEW_AT, OLD_AT};
pub use likeness::{Likeness, Warning};
pub use looks::looks_carried;

use serde::{Deserialize, Serialize};

use crate::analysis::Analysis;
use crate::campaign::{Campaign, Status};
use crate::people::{ConversationGraph, thousands};

/// How sure somebody's community has to be in both files before it is said that they moved, as in
/// [`crate::analysis::Communities::sure`]: four of five runs, which is as many as are made where nobody asks for more.
pub const SURE: f32 = 0.8;

/// People who came or went that are told of with name and community: the others only count.
pub const TOLD: usize = 100;

/// One of the two maps.
#[derive(Debug, Clone, Copy)]
pub struct Snapshot<'a> {
    /// What it is called: the name of the file.
    pub title: &'a str,
    /// Who talks with whom.
    pub graph: &'a ConversationGraph,
    /// Communities and bridges.
    pub analysis: &'a Analysis,
    /// Earliest and latest post, seconds since 1970 UTC; `None` where nobody knows.
    pub time_range: Option<(i64, i64)>,
}

/// The same figure in both files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Both<T> {
    /// In the file before.
    pub before: T,
    /// In the new one.
    pub after: T,
}

/// Everything that has changed.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Changes {
    /// What the files are called.
    pub titles: Both<String>,
    /// People, in all.
    pub people: Both<u64>,
    /// Ties, in all.
    pub ties: Both<u64>,
    /// Communities that are not small groups.
    pub communities: Both<u64>,
    /// People who are in both files.
    pub stayed: u64,
    /// Whether the two files can be compared at all.
    pub likeness: Likeness,
    /// Who is in the new file only.
    pub new: People,
    /// Who is in the file before only.
    pub gone: People,
    /// Who sits in another community now, most connections first.
    pub moved: Vec<Moved>,
    /// What became of each community: those of the new file by size, then those that are gone by size.
    pub matched: Vec<CommunityChange>,
    /// Bridges that were none before, best first.
    pub new_bridges: Vec<BridgeChange>,
    /// Bridges that are none any more, best first.
    pub lost_bridges: Vec<BridgeChange>,
    /// The people of the outreach list, in the order of work.
    pub list: Vec<Listed>,
}

/// People who came or went.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct People {
    /// The keys of all of them, in order.
    pub keys: Vec<Box<str>>,
    /// Those with most connections, at most [`TOLD`]; of equals the first by key.
    pub first: Vec<Someone>,
}

impl People {
    fn has(&self, person: &str) -> bool {
        let at = self.keys.binary_search_by(|key| (**key).cmp(person));
        at.is_ok()
    }
}

/// Somebody in one of the files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Someone {
    /// The key.
    pub person: String,
    /// The display name.
    pub name: String,
    /// What their community is called there.
    pub community: String,
    /// Different people tied to there.
    pub connections: u32,
}

/// Somebody who left a community that is still there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// The key.
    pub person: String,
    /// The display name in the new file.
    pub name: String,
    /// What their community is called in each file.
    pub community: Both<String>,
    /// Different people tied to in the new file.
    pub connections: u32,
}

/// A community as one of the files has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommunityThen {
    /// What it is called.
    pub name: String,
    /// The key of [`crate::analysis::Community::member`].
    pub member: String,
    /// Members.
    pub people: u32,
}

/// What became of a community.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It is in both files.
    Same,
    /// It is new.
    New,
    /// It is gone.
    Gone,
    /// It was a part of one that was there before.
    SplitOff,
    /// It has become a part of another one.
    Merged,
}

/// A community, or two that have to do with each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommunityChange {
    /// What became of it.
    pub fate: Fate,
    /// The one of the file before; of [`Fate::SplitOff`] the one it was a part of.
    pub before: Option<CommunityThen>,
    /// The one of the new file; of [`Fate::Merged`] the one it is a part of now.
    pub after: Option<CommunityThen>,
    /// People who are in both of them.
    pub shared: u64,
}

/// A bridge in one of the files and not in the other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BridgeChange {
    /// Who, with community and connections in the file in which they are a bridge.
    pub who: Someone,
    /// Bridge rank, 1 is best; `None`: not in that file, or no bridge at all.
    pub rank: Both<Option<u32>>,
    /// Bridge score, in damped ties; 0 for people who are not in that file.
    pub score: Both<f64>,
}

/// What the measures say of somebody in one file.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Standing {
    /// Different people tied to.
    pub connections: u32,
    /// Of those, people outside the own community.
    pub connections_across: u32,
    /// Communities tied to more than expected.
    pub communities_reached: u32,
    /// Bridge score, in damped ties.
    pub score: f64,
    /// Bridge rank, 1 is best.
    pub rank: u32,
}

/// Somebody on the outreach list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Listed {
    /// The key.
    pub person: String,
    /// The name on the list.
    pub name: String,
    /// How far the talk is.
    pub status: Status,
    /// What the measures say in each file; `None` where the person is not in it.
    pub standing: Both<Option<Standing>>,
}

/// The people of the list who are in both files, added up.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Sums {
    /// People who are in both files.
    pub people: u64,
    /// Their connections.
    pub connections: Both<u64>,
    /// Their connections across communities.
    pub connections_across: Both<u64>,
    /// Their bridge scores.
    pub score: Both<f64>,
}

/// What has changed from `before` to `after`, and what became of the people on the list of `campaign`.
///
/// # Cost
/// O(n log n + list · log n), n the people of both.
pub fn changes(before: &Snapshot<'_>, after: &Snapshot<'_>, campaign: &Campaign) -> Changes {
    let both = people::Join::of(before.graph, after.graph);
    let matching = communities::Matching::of(before, after, &both);
    let size = |snapshot: &Snapshot<'_>| snapshot.graph.n_people() as u64;
    let (new_bridges, lost_bridges) = bridges::bridges(before, after, &both);
    Changes {
        titles: Both {
            before: before.title.to_owned(),
            after: after.title.to_owned(),
        },
        people: Both {
            before: size(before),
            after: size(after),
        },
        ties: Both {
            before: before.graph.ties.n_ties() as u64,
            after: after.graph.ties.n_ties() as u64,
        },
        communities: Both {
            before: before.analysis.communities.n_large() as u64,
            after: after.analysis.communities.n_large() as u64,
        },
        stayed: both.pairs.len() as u64,
        likeness: Likeness::of(before, after, &both),
        new: people::without(after, both.pairs.iter().map(|pair| pair.1)),
        gone: people::without(before, both.pairs.iter().map(|pair| pair.0)),
        moved: people::moved(before, after, &both, &matching),
        matched: matching.rows(before, after),
        new_bridges,
        lost_bridges,
        list: people::listed(before, after, campaign),
    }
}

impl Changes {
    /// Whether nothing has changed at all.
    pub fn is_empty(&self) -> bool {
        self.new.keys.is_empty()
            && self.gone.keys.is_empty()
            && self.moved.is_empty()
            && self.new_bridges.is_empty()
            && self.lost_bridges.is_empty()
            && self.ties.before == self.ties.after
            && self.matched.iter().all(|row| row.fate == Fate::Same)
    }

    /// Whether the person with this key is in the new file only. O(log n).
    pub fn is_new(&self, person: &str) -> bool {
        self.new.has(person)
    }

    /// Whether the person with this key is in the file before only. O(log n).
    pub fn is_gone(&self, person: &str) -> bool {
        self.gone.has(person)
    }

    /// A bridge's rank in both files in words: `none` for whoever is in that file and no bridge there.
    pub fn rank_words(&self, bridge: &BridgeChange) -> Both<String> {
        let words = |rank: Option<u32>, is_absent: bool, absent: &str| match rank {
            Some(rank) => thousands(rank.into()),
            None if is_absent => absent.to_owned(),
            None => "none".to_owned(),
        };
        let key = &bridge.who.person;
        Both {
            before: words(bridge.rank.before, self.is_new(key), "new"),
            after: words(bridge.rank.after, self.is_gone(key), "gone"),
        }
    }

    /// Where the person with this key was, if they moved. O(moved).
    pub fn was_in(&self, person: &str) -> Option<&str> {
        let moved = self.moved.iter().find(|moved| moved.person == person)?;
        Some(&moved.community.before)
    }

    /// Rows of [`Changes::matched`] with this fate.
    pub fn n_of(&self, fate: Fate) -> usize {
        self.matched.iter().filter(|row| row.fate == fate).count()
    }

    /// The people of the list who are in both files, added up: of the others there is nothing to compare.
    pub fn sums(&self) -> Sums {
        let mut sums = Sums::default();
        for listed in &self.list {
            let (Some(before), Some(after)) = (listed.standing.before, listed.standing.after)
            else {
                continue;
            };
            sums.people += 1;
            sums.connections.before += u64::from(before.connections);
            sums.connections.after += u64::from(after.connections);
            sums.connections_across.before += u64::from(before.connections_across);
            sums.connections_across.after += u64::from(after.connections_across);
            sums.score.before += before.score;
            sums.score.after += after.score;
        }
        sums
    }

    /// Looks up the people of the list again, which has changed since.
    pub fn follow(&mut self, before: &Snapshot<'_>, after: &Snapshot<'_>, campaign: &Campaign) {
        self.list = people::listed(before, after, campaign);
    }
}
