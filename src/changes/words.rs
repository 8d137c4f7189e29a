//! What has changed, in sentences.

use super::{Both, Changes, Fate, Warning};
use crate::people::{counted, thousands};

impl Fate {
    /// What became of a community, in the words of a table.
    pub fn words(self) -> &'static str {
        match self {
            Self::Same => "still there",
            Self::New => "new",
            Self::Gone => "gone",
            Self::SplitOff => "split off",
            Self::Merged => "merged",
        }
    }
}

impl Changes {
    /// All in one sentence, without its full stop.
    pub fn words(&self) -> String {
        if self.is_empty() {
            return "Nothing has changed: the same people, ties, communities and bridges"
                .to_owned();
        }
        let people = |n: u64| counted(n, "person", "people");
        let mut parts = vec![
            format!("{} stayed", people(self.stayed)),
            format!("{} new", thousands(self.new.keys.len() as u64)),
            format!("{} gone", thousands(self.gone.keys.len() as u64)),
        ];
        if !self.moved.is_empty() {
            let n = self.moved.len() as u64;
            parts.push(format!("{} moved to another community", thousands(n)));
        }
        format!(
            "{}; {}, {}",
            parts.join(", "),
            counted(self.new_bridges.len() as u64, "new bridge", "new bridges"),
            counted(self.lost_bridges.len() as u64, "lost", "lost"),
        )
    }

    /// Why this comparison needs care, a sentence each, without full stops; the most important first.
    pub fn warnings(&self) -> Vec<String> {
        let warnings = self.likeness.warnings();
        warnings
            .iter()
            .map(|warning| self.warning_words(warning))
            .collect()
    }

    fn warning_words(&self, warning: &Warning) -> String {
        match *warning {
            Warning::OtherPeople(share) => {
                let smaller_is_new = self.people.after < self.people.before;
                let percent = format!("{:.0} %", share * 100.0);
                let found = if smaller_is_new {
                    format!("Only {percent} of the people in the new file were there last time")
                } else {
                    format!("Only {percent} of last time's people are in the new file")
                };
                format!("{found}: this looks like another query, so compare with care")
            }
            Warning::OtherSize(Both { before, after }) => format!(
                "The new file has {} people, the one before {}: this looks like a wider or a narrower query, so compare shares, \
                 not counts",
                thousands(after),
                thousands(before)
            ),
            Warning::Older(Both { before, after }) => format!(
                "The new file is older than the one before: its posts end on {}, those before on {}, so new and gone may \
                 have to be read the other way round",
                day(after),
                day(before)
            ),
            Warning::SameDays(share) => format!(
                "Both files cover the same days for {:.0} % of the shorter one: what differs there is what was asked for, not what \
                 people did",
                share * 100.0
            ),
            Warning::OtherLength(Both { before, after }) => format!(
                "The new file covers {}, the one before {}: a longer time alone brings more people",
                counted(after, "day", "days"),
                counted(before, "day", "days")
            ),
            Warning::NoTimes => {
                "Not both files say when people posted, so nobody can tell which one is newer"
                    .to_owned()
            }
        }
    }

    /// What became of the people on the list, in one sentence without its full stop; `None` where nobody is on it.
    pub fn list_words(&self) -> Option<String> {
        if self.list.is_empty() {
            return None;
        }
        let sums = self.sums();
        let gone = self
            .list
            .iter()
            .filter(|l| l.standing.after.is_none())
            .count() as u64;
        let there = self.list.len() as u64 - gone;
        let mut words = format!(
            "Of {} on the list, {} in the new file",
            counted(self.list.len() as u64, "person", "people"),
            counted(there, "is", "are")
        );
        if sums.people > 0 {
            let Both { before, after } = sums.connections_across;
            let across = counted(after, "connection", "connections");
            let then = thousands(before);
            words =
                format!("{words}; those in both have {across} across communities, {then} before");
        }
        Some(words)
    }
}

/// The day of a moment, in UTC: `1 Mar 2026`.
fn day(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds).map_or_else(
        |_| "an unknown day".to_owned(),
        |time| time.strftime("%-d %b %Y").to_string(),
    )
}
