//! At which hours people post: what tells when to write to them.

use super::{ConversationGraph, PersonId, Posts};
use crate::progress::{Cancelled, Progress};

/// Posts looked at between two looks at the stop sign.
const POSTS_AT_A_TIME: usize = 1 << 14;
/// Seconds of a day.
const DAY: i64 = 86_400;

/// Posts by the hour of the day in UTC, of weekdays and of Saturdays and Sundays apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HourCounts {
    /// Monday to Friday, by hour from midnight.
    pub weekdays: [u64; 24],
    /// Saturday and Sunday, by hour from midnight.
    pub weekends: [u64; 24],
}

/// How many days the posts of a conversation span, from the first to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DaysSpanned {
    /// Mondays to Fridays.
    pub weekdays: u64,
    /// Saturdays and Sundays.
    pub weekends: u64,
}

impl HourCounts {
    /// Counts a post of this moment, in seconds since 1970 UTC.
    fn count(&mut self, time: i64) {
        let hour = (time.rem_euclid(DAY) / 3600) as usize;
        let hours = if is_weekend(time.div_euclid(DAY)) {
            &mut self.weekends
        } else {
            &mut self.weekdays
        };
        hours[hour] += 1;
    }

    /// All posts counted.
    pub fn total(&self) -> u64 {
        self.weekdays.iter().chain(&self.weekends).sum()
    }
}

/// Whether the day so many days after 1 January 1970, a Thursday, is a Saturday or Sunday.
fn is_weekend(day: i64) -> bool {
    (day + 3).rem_euclid(7) >= 5
}

/// When the people of each group post, in one pass over the posts; posts without a time are passed over. With it, the days
/// that the whole conversation spans.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// O(posts · groups of their author + people + sizes of the groups).
pub fn hours_of(
    groups: &[Vec<PersonId>],
    posts: &Posts,
    graph: &ConversationGraph,
    progress: &Progress,
) -> Result<(Vec<HourCounts>, DaysSpanned), Cancelled> {
    let mut counts = vec![HourCounts::default(); groups.len()];
    let n = graph.n_people();
    let (starts, members) = groups_by_person(n, groups);
    progress.check()?;
    let mut span: Option<(i64, i64)> = None;
    for part in posts.posts.chunks(POSTS_AT_A_TIME) {
        progress.check()?;
        for post in part {
            let Some(time) = post.time() else { continue };
            let day = time.div_euclid(DAY);
            span = Some(span.map_or((day, day), |(a, b)| (a.min(day), b.max(day))));
            let Some(author) = graph.person_of_account.get(post.author as usize) else {
                continue;
            };
            let Some(&[from, to]) = starts.get(author.index()..author.index() + 2) else {
                continue;
            };
            for &group in &members[from as usize..to as usize] {
                counts[group as usize].count(time);
            }
        }
    }
    Ok((counts, span.map_or_else(DaysSpanned::default, days_of)))
}

/// The groups of each person: where those of each begin, and the end of the last; then their numbers.
fn groups_by_person(n: usize, groups: &[Vec<PersonId>]) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0u32; n + 1];
    let known = |person: &&PersonId| person.index() < n;
    for person in groups.iter().flatten().filter(known) {
        starts[person.index() + 1] += 1;
    }
    for i in 0..n {
        starts[i + 1] += starts[i];
    }
    let mut fill = starts.clone();
    let mut members = vec![0u32; starts.last().map_or(0, |end| *end as usize)];
    for (number, group) in groups.iter().enumerate() {
        for person in group.iter().filter(known) {
            let at = &mut fill[person.index()];
            members[*at as usize] = number as u32;
            *at += 1;
        }
    }
    (starts, members)
}

/// The days from the first to the last, both included.
fn days_of((first, last): (i64, i64)) -> DaysSpanned {
    let days = (last - first + 1) as u64;
    let whole = days / 7;
    let rest = (0..(days % 7) as i64).filter(|k| is_weekend(first + k));
    let weekends = whole * 2 + rest.count() as u64;
    DaysSpanned {
        weekdays: days - weekends,
        weekends,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2 March 2026, a Monday, in days since 1970.
    const MONDAY: i64 = 20_514;

    #[test]
    fn saturdays_and_sundays_are_weekends_also_before_1970() {
        assert_eq!(
            (0..7).map(|k| is_weekend(MONDAY + k)).collect::<Vec<_>>(),
            [false, false, false, false, false, true, true]
        );
        // 27 December 1969 was a Saturday: five days before Thursday, 1 January 1970.
        assert!(is_weekend(-5) && is_weekend(-4) && !is_weekend(-6) && !is_weekend(-3));
    }

    #[test]
    fn days_are_counted_with_both_ends() {
        let of = |first, last| {
            let days = days_of((first, last));
            (days.weekdays, days.weekends)
        };
        assert_eq!(of(MONDAY, MONDAY), (1, 0));
        assert_eq!(of(MONDAY + 5, MONDAY + 6), (0, 2));
        assert_eq!(of(MONDAY, MONDAY + 20), (15, 6));
        assert_eq!(of(MONDAY + 4, MONDAY + 7), (2, 2), "Friday to Monday");
    }
}
