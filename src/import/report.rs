//! What became of every row: used, a duplicate, or left out with its place and reason.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::Place;
use crate::people::{Posts, TieKind, strongest};

/// Posts that one core goes through at a time.
const POSTS_AT_A_TIME: usize = 1 << 14;

/// Rows left out for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Why, a short phrase: "no author", "totals row", "weight is not a number".
    pub reason: String,
    /// How many rows.
    pub count: u64,
    /// The first of them.
    pub first: Place,
}

impl LeftOut {
    /// Counts one row more that is left out for `reason`.
    pub(super) fn count_in(all: &mut Vec<Self>, reason: &str, file: &str, line: u64) {
        match all.iter_mut().find(|l| l.reason == reason) {
            Some(known) => known.count += 1,
            None => all.push(Self {
                reason: reason.to_owned(),
                count: 1,
                first: Place {
                    file: file.to_owned(),
                    line,
                },
            }),
        }
    }
}

/// What was read and what was left out. `rows_read` = posts (or ties of graph files) + duplicates + rows left out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ImportReport {
    /// The format in words; of several files, each different one joined with " + ".
    pub format: String,
    /// Rows below the header; blank lines are no rows, nor are the rows of a table of people that were used.
    pub rows_read: u64,
    /// Posts used; 0 for graph files.
    pub posts: u64,
    /// Rows left out, by reason, most first.
    pub left_out: Vec<LeftOut>,
    /// The same post again.
    pub duplicates_removed: u64,
    /// Handles that differ only in letter case or marks and were taken for one person.
    pub handles_merged: u64,
    /// Earliest and latest post, seconds since 1970 UTC.
    pub time_range: Option<(i64, i64)>,
    /// How often somebody addressed somebody else, by kind, strongest first; kinds that do not occur are absent. Within one
    /// post a target counts once, with its strongest kind; of ties that the file states, each row counts once.
    pub tie_kinds: Vec<(TieKind, u64)>,
    /// Handles of one's own brand ([`super::ImportSettings::left_out_handles`]) that nobody in the files bears.
    pub handles_not_found: Vec<String>,
    /// Things the person should know, a sentence each.
    pub warnings: Vec<String>,
}

impl ImportReport {
    /// Rows left out, all reasons together.
    pub fn rows_left_out(&self) -> u64 {
        self.left_out.iter().map(|l| l.count).sum()
    }

    /// A sentence on handles that were to be left out and are nobody's; `None` where all were found.
    pub fn not_found_words(&self) -> Option<String> {
        if self.handles_not_found.is_empty() {
            return None;
        }
        let handles = self.handles_not_found.join(", ");
        Some(format!(
            "Nobody here is called {handles}, so nobody was left out by that name"
        ))
    }

    /// Counts a row as read and left out.
    pub(super) fn leave_out(&mut self, reason: &str, file: &str, line: u64) {
        self.rows_read += 1;
        LeftOut::count_in(&mut self.left_out, reason, file, line);
    }

    /// Adds the rows left out of a part of the file that stands behind everything counted here so far.
    pub(super) fn leave_out_all(&mut self, left_out: Vec<LeftOut>) {
        for new in left_out {
            self.rows_read += new.count;
            match self.left_out.iter_mut().find(|l| l.reason == new.reason) {
                Some(known) => known.count += new.count,
                None => self.left_out.push(new),
            }
        }
    }

    /// Adds a warning once.
    pub(super) fn warn(&mut self, sentence: String) {
        if !self.warnings.contains(&sentence) {
            self.warnings.push(sentence);
        }
    }

    /// Names one more format.
    pub(super) fn add_format(&mut self, title: &str) {
        if self.format.is_empty() {
            title.clone_into(&mut self.format);
        } else if !self.format.split(" + ").any(|known| known == title) {
            self.format.push_str(" + ");
            self.format.push_str(title);
        }
    }

    /// Widens the time range to hold `time`.
    pub(super) fn widen_time(&mut self, time: Option<i64>) {
        if let Some(t) = time {
            self.time_range = Some(
                self.time_range
                    .map_or((t, t), |(a, b)| (a.min(t), b.max(t))),
            );
        }
    }
}

/// Counts ties by kind; see [`ImportReport::tie_kinds`]. O(posts and ties).
pub(super) fn tie_kinds(posts: &Posts) -> Vec<(TieKind, u64)> {
    let counted = posts.posts.par_chunks(POSTS_AT_A_TIME).map(|posts_here| {
        let mut counts = TieKind::ALL.map(|_| 0);
        let mut targets = Vec::new();
        for post in posts_here {
            strongest(posts.addressed(post), &mut targets);
            let others = targets.iter().filter(|t| t.account != post.author);
            others.for_each(|target| count(&mut counts, target.kind));
        }
        counts
    });
    let mut counts = counted.reduce(
        || TieKind::ALL.map(|_| 0),
        |one, other| std::array::from_fn(|i| one[i] + other[i]),
    );
    let given = posts.given_ties.iter().filter(|tie| tie.from != tie.to);
    given.for_each(|tie| count(&mut counts, tie.kind));
    let by_kind = TieKind::ALL.into_iter().zip(counts);
    by_kind.filter(|(_, n)| *n > 0).collect()
}

fn count(counts: &mut [u64; TieKind::ALL.len()], kind: TieKind) {
    let place = TieKind::ALL.iter().position(|known| *known == kind);
    if let Some(n) = place.and_then(|place| counts.get_mut(place)) {
        *n += 1;
    }
}
