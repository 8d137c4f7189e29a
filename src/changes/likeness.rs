//! Whether the two files can be compared: a changed query looks like a changed world.

use serde::{Deserialize, Serialize};

use super::people::Join;
use super::{Both, Snapshot};
use crate::people::{ConversationGraph, PersonId};

/// Under this share of people in both files, one in five, another query is the likelier reason. Whoever posts once only seldom
/// comes back, in any conversation; but those who keep it going do, and with those whom they address they are more than this.
const OTHER_QUERY: f64 = 0.2;
/// A file with so many times the people of the other one was asked for more widely, or for longer.
const OTHER_SIZE: u64 = 3;
/// A file that covers so many times the days of the other one has more people for that reason alone.
const OTHER_LENGTH: i64 = 2;
/// From this share of the shorter time on, both files are about the same days.
const SAME_DAYS: f64 = 0.5;
/// Seconds of a day: shorter times are rounded up to one.
const DAY: i64 = 86_400;

/// How alike the two files are.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Likeness {
    /// People in both files, as a share of the smaller file, 0..=1; 1 where nobody is in one of them.
    pub people: f64,
    /// People who post in both files, as a share of those who post in the file with fewer of them, 0..=1; 1 where nobody posts.
    pub authors: f64,
    /// People who post.
    pub n_authors: Both<u64>,
    /// People, in all.
    pub n_people: Both<u64>,
    /// Earliest and latest post, seconds since 1970 UTC.
    pub times: Both<Option<(i64, i64)>>,
}

/// Why a comparison needs care.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    /// So few people are in both files, as a share of the smaller, that another question was asked.
    OtherPeople(f64),
    /// One file has so many times the people of the other.
    OtherSize(Both<u64>),
    /// The new file ends, in seconds since 1970 UTC, before the other does.
    Older(Both<i64>),
    /// So much of the shorter time is in both files, 0..=1.
    SameDays(f64),
    /// The files cover so many days.
    OtherLength(Both<u64>),
    /// One file, or both, has no times.
    NoTimes,
}

impl Likeness {
    pub(super) fn of(before: &Snapshot<'_>, after: &Snapshot<'_>, both: &Join) -> Self {
        let [then, now] = [before.graph, after.graph];
        let posts = |graph: &ConversationGraph, id: PersonId| graph.people[id.index()].posts > 0;
        let authors = |graph: &ConversationGraph| {
            graph
                .people
                .iter()
                .filter(|person| person.posts > 0)
                .count() as u64
        };
        let stayed = both.pairs.iter();
        let again = stayed.filter(|(was, is)| posts(then, *was) && posts(now, *is));
        let n_people = Both {
            before: then.n_people() as u64,
            after: now.n_people() as u64,
        };
        let n_authors = Both {
            before: authors(then),
            after: authors(now),
        };
        Self {
            people: share_of_smaller(both.pairs.len() as u64, n_people),
            authors: share_of_smaller(again.count() as u64, n_authors),
            n_authors,
            n_people,
            times: Both {
                before: before.time_range,
                after: after.time_range,
            },
        }
    }

    /// What needs care, the most important first.
    pub fn warnings(&self) -> Vec<Warning> {
        let mut warnings = Vec::new();
        if self.people < OTHER_QUERY {
            warnings.push(Warning::OtherPeople(self.people));
        }
        let Both { before, after } = self.n_people;
        let (least, most) = (before.min(after), before.max(after));
        if least > 0 && most >= least * OTHER_SIZE {
            warnings.push(Warning::OtherSize(self.n_people));
        }
        let (Some(then), Some(now)) = (self.times.before, self.times.after) else {
            warnings.push(Warning::NoTimes);
            return warnings;
        };
        if now.1 < then.1 {
            warnings.push(Warning::Older(Both {
                before: then.1,
                after: now.1,
            }));
        }
        let shared = overlap(then, now);
        if shared >= SAME_DAYS {
            warnings.push(Warning::SameDays(shared));
        }
        let (long, short) = (
            seconds(then).max(seconds(now)),
            seconds(then).min(seconds(now)),
        );
        if long / OTHER_LENGTH >= short {
            warnings.push(Warning::OtherLength(Both {
                before: days(then),
                after: days(now),
            }));
        }
        warnings
    }
}

fn share_of_smaller(both: u64, of: Both<u64>) -> f64 {
    match of.before.min(of.after) {
        0 => 1.0,
        smaller => both as f64 / smaller as f64,
    }
}

/// How long a time is, at least a day; damaged files may claim any times.
fn seconds((first, last): (i64, i64)) -> i64 {
    last.saturating_sub(first).max(DAY)
}

/// So many days, begun ones too.
fn days(time: (i64, i64)) -> u64 {
    seconds(time).div_euclid(DAY).unsigned_abs() + u64::from(seconds(time) % DAY > 0)
}

/// The share of the shorter time that is in both, 0..=1.
fn overlap(a: (i64, i64), b: (i64, i64)) -> f64 {
    let shared = a.1.min(b.1).saturating_sub(a.0.max(b.0));
    if shared < 0 {
        return 0.0;
    }
    let shorter = seconds(a).min(seconds(b));
    let shared = if a == b { seconds(a) } else { shared }; // also where that is one moment
    (shared as f64 / shorter as f64).min(1.0)
}
