//! How time is shown: in which zone, in which steps, and where the map that plays stands.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::explore::TimeStep;

/// The clock by which times are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum ZoneChoice {
    /// That of Greenwich.
    #[default]
    Utc,
    /// That of this computer.
    System,
}

/// How fast the map plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Pace {
    /// A step a second.
    Slow,
    /// Two steps a second.
    #[default]
    Steady,
    /// Five steps a second.
    Fast,
}

impl Pace {
    /// All, slowest first.
    pub const ALL: [Self; 3] = [Self::Slow, Self::Steady, Self::Fast];

    /// Seconds that a step is shown.
    pub fn secs(self) -> f64 {
        match self {
            Self::Slow => 1.0,
            Self::Steady => 0.5,
            Self::Fast => 0.2,
        }
    }
}

/// Where the map stands that plays.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Play {
    /// Number of the step of the time line that is lit.
    pub step: usize,
    /// It stays there until it goes on.
    pub paused: bool,
    /// When the next step is due, by the window's clock in seconds.
    pub due: f64,
}

/// How time is shown.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Timing {
    /// How long a bar lasts; `None`: what fits the span.
    pub step: Option<TimeStep>,
    /// The clock by which times are shown.
    pub zone: ZoneChoice,
    /// The zone of this computer; `None` where it does not tell.
    pub system_zone: Option<TimeZone>,
    /// How fast the map plays.
    pub pace: Pace,
    /// Where the map stands that plays; `None` while it does not.
    pub play: Option<Play>,
}

impl Timing {
    /// The zone in which times are shown.
    pub fn zone(&self) -> TimeZone {
        match (self.zone, &self.system_zone) {
            (ZoneChoice::System, Some(zone)) => zone.clone(),
            _ => TimeZone::UTC,
        }
    }

    /// What the zone of `choice` is called: `UTC`, `Europe/Lisbon`; `None` where it is not known.
    pub fn zone_name(&self, choice: ZoneChoice) -> Option<&str> {
        match choice {
            ZoneChoice::Utc => Some("UTC"),
            ZoneChoice::System => {
                let zone = self.system_zone.as_ref()?;
                Some(zone.iana_name().unwrap_or("This computer's time"))
            }
        }
    }

    /// A moment in seconds since 1970, as `format` says; empty for moments outside the calendar.
    pub fn written(&self, seconds: i64, format: &str) -> String {
        Timestamp::from_second(seconds).map_or_else(
            |_| String::new(),
            |time| time.to_zoned(self.zone()).strftime(format).to_string(),
        )
    }

    /// Day and minute: `28 May 2026, 14:03`.
    pub fn moment(&self, seconds: i64) -> String {
        self.written(seconds, "%-d %b %Y, %H:%M")
    }

    /// The day: `28 May 2026`.
    pub fn day(&self, seconds: i64) -> String {
        self.written(seconds, "%-d %b %Y")
    }

    /// From when to when a step lasts that begins at `from` and ends at `until`: `Week of 2 Mar 2026`, `March 2026`.
    pub fn step_words(&self, step: TimeStep, (from, until): (i64, i64)) -> String {
        match step {
            TimeStep::Hour | TimeStep::SixHours => {
                let end = self.written(until, "%H:%M");
                format!("{} to {end}", self.moment(from))
            }
            TimeStep::Day => self.written(from, "%a %-d %b %Y"),
            TimeStep::Week => format!("Week of {}", self.day(from)),
            TimeStep::Month => self.written(from, "%B %Y"),
            TimeStep::Year => self.written(from, "%Y"),
        }
    }

    /// A span of time, its end left out: `2 Mar 2026 to 8 Mar 2026`; with hours where it does not begin or end at midnight.
    pub fn span_words(&self, from: i64, until: i64) -> String {
        let at_midnight = |time: i64| self.written(time, "%H:%M:%S") == "00:00:00";
        if !at_midnight(from) || !at_midnight(until) {
            return format!("{} to {}", self.moment(from), self.moment(until));
        }
        let (first, last) = (self.day(from), self.day(until.saturating_sub(1)));
        if first == last {
            first
        } else {
            format!("{first} to {last}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2 March 2026, a Monday, at midnight UTC.
    const MONDAY: i64 = 20_514 * 86_400;

    #[test]
    fn times_are_written_by_the_chosen_clock() {
        let mut timing = Timing::default();
        assert_eq!(timing.moment(MONDAY), "2 Mar 2026, 00:00");
        assert_eq!(timing.zone_name(ZoneChoice::Utc), Some("UTC"));
        assert_eq!(timing.zone_name(ZoneChoice::System), None);
        timing.zone = ZoneChoice::System;
        assert_eq!(
            timing.moment(MONDAY),
            "2 Mar 2026, 00:00",
            "nobody knows better"
        );
        timing.system_zone = TimeZone::posix("EST5EDT,M3.2.0,M11.1.0").ok();
        assert_eq!(timing.moment(MONDAY), "1 Mar 2026, 19:00");
        assert_eq!(timing.written(i64::MAX, "%Y"), "");
    }

    #[test]
    fn steps_and_spans_in_words() {
        let timing = Timing::default();
        let day = 86_400;
        let words = |step, secs| timing.step_words(step, (MONDAY, MONDAY + secs));
        assert_eq!(
            words(TimeStep::SixHours, 6 * 3600),
            "2 Mar 2026, 00:00 to 06:00"
        );
        assert_eq!(words(TimeStep::Day, day), "Mon 2 Mar 2026");
        assert_eq!(words(TimeStep::Week, 7 * day), "Week of 2 Mar 2026");
        assert_eq!(words(TimeStep::Month, 31 * day), "March 2026");
        assert_eq!(words(TimeStep::Year, 365 * day), "2026");
        let span = |from, until| timing.span_words(MONDAY + from, MONDAY + until);
        assert_eq!(span(0, day), "2 Mar 2026");
        assert_eq!(span(0, 7 * day), "2 Mar 2026 to 8 Mar 2026");
        assert_eq!(span(3600, day), "2 Mar 2026, 01:00 to 3 Mar 2026, 00:00");
    }
}
