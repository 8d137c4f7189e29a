//! The calendar cut into hours, days, weeks, months: where each begins, in any time zone.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

/// Steps of a time line that is looked at as a whole, at most.
const FIT: i64 = 150;
/// More of them, where the next longer step would leave fewer bars than [`FEW`]: 25 weeks tell less than 180 days.
const FIT_STILL: i64 = 210;
/// Fewer bars hardly show a course.
const FEW: i64 = 30;
/// Steps of a time line, at most: a file may claim any year.
const MOST: i64 = 5_000;
/// Seconds of an hour.
const HOUR: i64 = 3_600;
/// Seconds of a day of 24 hours.
const DAY: i64 = 24 * HOUR;

/// How long one bar of a time line lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeStep {
    /// An hour.
    Hour,
    /// A quarter of a day.
    SixHours,
    /// A day, from midnight.
    Day,
    /// A week, from Monday.
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
}

impl TimeStep {
    /// All, shortest first.
    pub const ALL: [Self; 6] = [
        Self::Hour,
        Self::SixHours,
        Self::Day,
        Self::Week,
        Self::Month,
        Self::Year,
    ];

    /// About how many seconds it lasts.
    fn secs(self) -> i64 {
        match self {
            Self::Hour => HOUR,
            Self::SixHours => 6 * HOUR,
            Self::Day => DAY,
            Self::Week => 7 * DAY,
            Self::Month => 30 * DAY,
            Self::Year => 365 * DAY,
        }
    }

    /// The shortest of which under 150 lie between two moments, in seconds since 1970: so many bars can be told apart; or a shorter one, of
    /// which under 210 do, where fewer than 30 bars would be left.
    pub fn fitting(first: i64, last: i64) -> Self {
        let span = last.saturating_sub(first);
        let bars = |step: &Self| span / step.secs();
        let fitting = (Self::ALL.iter()).position(|step| bars(step) < FIT);
        let Some(place) = fitting else {
            return Self::Year;
        };
        let shorter = place.checked_sub(1).and_then(|place| Self::ALL.get(place));
        let shorter =
            shorter.filter(|step| bars(step) < FIT_STILL && bars(&Self::ALL[place]) < FEW);
        *shorter.unwrap_or(&Self::ALL[place])
    }

    /// Whether a time line from one moment to another can have steps so short.
    pub fn is_possible(self, first: i64, last: i64) -> bool {
        self == Self::Year || last.saturating_sub(first) / self.secs() < MOST
    }

    /// The beginning of the step in which `time` lies.
    fn floor(self, time: DateTime) -> Option<DateTime> {
        let date = time.date();
        let day = |date: Date| date.at(0, 0, 0, 0);
        match self {
            Self::Hour => Some(date.at(time.hour(), 0, 0, 0)),
            Self::SixHours => Some(date.at(time.hour() / 6 * 6, 0, 0, 0)),
            Self::Day => Some(day(date)),
            Self::Week => {
                let since = i64::from(date.weekday().to_monday_zero_offset());
                date.checked_sub(Span::new().days(since)).ok().map(day)
            }
            Self::Month => Some(day(date.first_of_month())),
            Self::Year => Some(day(date.first_of_year())),
        }
    }

    /// The beginning of the step behind the one that begins at `start`.
    fn next(self, start: DateTime) -> Option<DateTime> {
        let span = match self {
            Self::Hour => Span::new().hours(1),
            Self::SixHours => Span::new().hours(6),
            Self::Day => Span::new().days(1),
            Self::Week => Span::new().weeks(1),
            Self::Month => Span::new().months(1),
            Self::Year => Span::new().years(1),
        };
        start.checked_add(span).ok()
    }

    /// Where each step from the moment `first` to the moment `last` begins, and the end of the last: seconds since 1970, rising; at
    /// least two. Both moments lie in the calendar ([`in_calendar`]). Where clocks are put forward or back, a step is so much
    /// shorter or longer. O(steps).
    pub(super) fn starts(self, (first, last): (i64, i64), zone: &TimeZone) -> Vec<i64> {
        let moment = |time: DateTime| {
            let moment = zone.to_timestamp(time).ok()?;
            Some(moment.as_second())
        };
        let begin = Timestamp::from_second(first)
            .ok()
            .and_then(|time| self.floor(time.to_zoned(zone.clone()).datetime()));
        let mut starts = Vec::new();
        let mut at = begin;
        while let Some(time) = at {
            let Some(start) = moment(time) else { break };
            // An hour that is skipped begins with the one behind it.
            if starts.last().is_none_or(|before| *before < start) {
                starts.push(start);
            }
            if start > last {
                break;
            }
            at = self.next(time);
        }
        if starts.first().is_none_or(|start| *start > first) {
            starts.insert(0, first);
        }
        if starts.last().is_none_or(|end| *end <= last) {
            starts.push(last.saturating_add(1)); // the end of the calendar
        }
        starts
    }
}

/// Whether a moment, in seconds since 1970, has a date in every time zone.
pub(super) fn in_calendar(time: i64) -> bool {
    let first = Timestamp::MIN.as_second() + 2 * DAY;
    let last = Timestamp::MAX.as_second() - 2 * DAY;
    (first..=last).contains(&time)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2 March 2026, a Monday, at midnight UTC.
    const MONDAY: i64 = 20_514 * DAY;

    #[test]
    fn the_shortest_step_that_fits_is_chosen() {
        let fitting = |secs| TimeStep::fitting(MONDAY, MONDAY + secs);
        assert_eq!(fitting(0), TimeStep::Hour);
        assert_eq!(fitting(149 * HOUR), TimeStep::Hour);
        assert_eq!(fitting(179 * HOUR), TimeStep::Hour); // 30 bars of six hours begin at 180
        assert_eq!(fitting(180 * HOUR), TimeStep::SixHours);
        assert_eq!(fitting(40 * DAY), TimeStep::Day);
        assert_eq!(fitting(200 * DAY), TimeStep::Day);
        assert_eq!(fitting(365 * DAY), TimeStep::Week);
        assert_eq!(fitting(10 * 365 * DAY), TimeStep::Month);
        assert_eq!(TimeStep::fitting(MONDAY, i64::MAX), TimeStep::Year);
        assert!(!TimeStep::Hour.is_possible(0, 365 * DAY));
        assert!(TimeStep::Year.is_possible(i64::MIN, i64::MAX));
    }

    #[test]
    fn from_two_days_to_seventeen_years_there_are_bars_enough_and_not_too_many() {
        for days in 2..17 * 365 {
            let last = MONDAY + days * DAY;
            let step = TimeStep::fitting(MONDAY, last);
            let bars = step.starts((MONDAY, last), &TimeZone::UTC).len() - 1;
            assert!(
                (28..=212).contains(&bars),
                "{days} days: {bars} of {step:?}"
            );
        }
    }

    #[test]
    fn days_weeks_and_months_begin_where_the_calendar_says() {
        let wednesday = MONDAY + 2 * DAY + 5 * HOUR;
        let starts = |step: TimeStep, last| step.starts((wednesday, last), &TimeZone::UTC);
        assert_eq!(
            starts(TimeStep::Day, wednesday + DAY),
            [MONDAY + 2 * DAY, MONDAY + 3 * DAY, MONDAY + 4 * DAY]
        );
        assert_eq!(
            starts(TimeStep::Week, wednesday),
            [MONDAY, MONDAY + 7 * DAY]
        );
        // March 2026 begins on the Sunday before and has 31 days.
        assert_eq!(
            starts(TimeStep::Month, wednesday),
            [MONDAY - DAY, MONDAY + 30 * DAY]
        );
        assert_eq!(
            starts(TimeStep::SixHours, wednesday + 2 * HOUR),
            [0, 6, 12].map(|hour| MONDAY + 2 * DAY + hour * HOUR)
        );
        // 2026 is no leap year, and 2 March its 61st day.
        assert_eq!(
            starts(TimeStep::Year, wednesday),
            [MONDAY - 60 * DAY, MONDAY + 305 * DAY]
        );
    }

    #[test]
    fn days_have_23_or_25_hours_where_clocks_change() {
        // Clocks that are put forward at 1:00 UTC on the last Sunday of March, and back on the last of October.
        let zone = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").expect("a zone");
        let lengths = |noon: i64, step: TimeStep| -> Vec<i64> {
            let starts = step.starts((noon - DAY, noon + DAY), &zone);
            starts
                .windows(2)
                .map(|pair| (pair[1] - pair[0]) / HOUR)
                .collect()
        };
        let march = MONDAY + 27 * DAY + 12 * HOUR; // Sunday, 29 March 2026
        let october = MONDAY + 237 * DAY + 12 * HOUR; // Sunday, 25 October 2026
        assert_eq!(lengths(march, TimeStep::Day), [24, 23, 24]);
        assert_eq!(lengths(october, TimeStep::Day), [24, 25, 24]);
        for noon in [march, october] {
            let starts = TimeStep::Hour.starts((noon - DAY, noon + DAY), &zone);
            assert!(starts.windows(2).all(|pair| pair[0] < pair[1]));
            assert!(starts[0] <= noon - DAY && *starts.last().expect("many") > noon + DAY);
        }
    }

    #[test]
    fn the_ends_of_the_calendar_are_reached_and_not_passed() {
        for time in [Timestamp::MIN, Timestamp::MAX].map(Timestamp::as_second) {
            assert!(!in_calendar(time));
        }
        let last = Timestamp::MAX.as_second() - 2 * DAY;
        assert!(in_calendar(last));
        for step in TimeStep::ALL {
            let starts = step.starts((last, last), &TimeZone::UTC);
            assert!(starts.len() >= 2 && starts[0] <= last, "{step:?}");
            assert!(starts.last().is_some_and(|end| *end > last), "{step:?}");
        }
    }
}
