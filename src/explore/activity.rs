//! Posts over time, in bars that are few enough to be seen.

/// Seconds of a day.
const DAY: i64 = 86_400;
/// Days that a bar may stand for: a day, a week, four weeks, fifty-two weeks.
const DAYS: [i64; 4] = [1, 7, 28, 364];
/// Bars that are drawn at most, where a longer step leaves fewer.
const MOST: i64 = 120;
/// Bars at most, whatever the dates say; what lies further from the latest is left out.
const EVER: i64 = 2_000;

/// How many posts fall into each day, week, or several of these, in UTC.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Activity {
    /// Days since 1970 at which the first bar begins; weeks begin on Mondays.
    pub first_day: i64,
    /// Days that each bar stands for: 1, 7, 28 or 364.
    pub days: i64,
    /// Posts in each; the first and the last are not 0. Empty where no post has a time.
    pub counts: Vec<u32>,
    /// Posts with a time that are so much older than the others that they are left out.
    pub left_out: u64,
}

impl Activity {
    /// Counts posts by their `times`, in seconds since 1970 UTC. O(n).
    pub fn of(times: Vec<i64>) -> Self {
        let days: Vec<i64> = times.into_iter().map(|time| time.div_euclid(DAY)).collect();
        let (Some(&first), Some(&last)) = (days.iter().min(), days.iter().max()) else {
            return Self::default();
        };
        let span = last.saturating_sub(first);
        let enough = |days: &i64| span / days < MOST;
        let step = DAYS.into_iter().find(enough).unwrap_or(DAYS[3]);
        // The 1st of January 1970 was a Thursday: weeks begin three days before.
        let offset = if step == 1 { 0 } else { 3 };
        let bar = |day: i64| day.saturating_add(offset).div_euclid(step);
        let (last, first) = (bar(last), bar(first));
        let first = first.max(last.saturating_sub(EVER - 1));
        let mut counts = vec![0u32; (last - first + 1) as usize];
        let mut left_out = 0;
        for day in days {
            let place = usize::try_from(bar(day) - first);
            match place.ok().and_then(|place| counts.get_mut(place)) {
                Some(count) => *count += 1,
                None => left_out += 1,
            }
        }
        let empty = counts.iter().take_while(|n| **n == 0).count();
        counts.drain(..empty);
        Self {
            first_day: (first + empty as i64) * step - offset,
            days: step,
            counts,
            left_out,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Activity, DAY};

    #[test]
    fn a_bar_is_a_day_or_a_week_from_monday() {
        assert_eq!(Activity::of(Vec::new()), Activity::default());
        // 1 June 2026 is day 20,605, a Monday.
        let day = |n: i64| (20_605 + n) * DAY;
        let few = Activity::of(vec![day(0), day(0) + DAY - 1, day(2), day(1) - 2]);
        assert_eq!((few.first_day, few.days), (20_605, 1));
        assert_eq!(few.counts, [3, 0, 1]);
        let long = Activity::of(vec![day(2), day(6), day(7), day(200), day(-1)]);
        assert_eq!((long.first_day, long.days), (20_598, 7));
        assert_eq!(&long.counts[..3], [1, 2, 1]);
        assert_eq!(long.counts.len(), 30);
        assert_eq!(long.counts.iter().sum::<u32>(), 5);
    }

    #[test]
    fn impossible_times_do_no_harm() {
        let wild = Activity::of(vec![i64::MIN, 0, i64::MAX, i64::MAX - 5]);
        assert_eq!(
            (wild.counts.len(), wild.counts[0], wild.left_out),
            (1, 2, 2)
        );
    }
}
