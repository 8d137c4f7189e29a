//! Whether the day or the month comes first in a date of three numbers: the whole column decides.

use super::dates::{Moment, days, full_year};

/// A date of three numbers, the time of day already read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Numeric {
    /// As written.
    pub first: u8,
    /// As written.
    pub second: u8,
    /// A full year, or two digits of it (or the day, where the year comes first).
    pub third: i16,
    /// The time of day in UTC, in seconds since midnight.
    pub clock_secs: i64,
    /// The time of day was written with am or pm.
    pub twelve_hours: bool,
}

/// The order of the three numbers of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum DateOrder {
    /// 14/11/2025
    #[default]
    Dmy,
    /// 11/14/2025
    Mdy,
    /// 25/11/14
    Ymd,
}

impl Numeric {
    /// Seconds since 1970 UTC when the numbers stand in `order`; where that is no date, in whichever order is one.
    pub(super) fn at(self, order: DateOrder) -> Option<i64> {
        self.strictly(order)
            .or_else(|| self.strictly(DateOrder::Dmy))
            .or_else(|| self.strictly(DateOrder::Mdy))
            .or_else(|| self.strictly(DateOrder::Ymd))
    }

    fn strictly(self, order: DateOrder) -> Option<i64> {
        let (a, b, c) = (i16::from(self.first), i16::from(self.second), self.third);
        let (year, month, day) = match order {
            DateOrder::Dmy => (c, b, a),
            DateOrder::Mdy => (c, a, b),
            DateOrder::Ymd if c < 100 => (a, b, c),
            DateOrder::Ymd => return None,
        };
        days(full_year(year), month, day).map(|midnight| midnight + self.clock_secs)
    }
}

/// What a column of dates tells about the order of its numbers.
#[derive(Debug, Clone, Default)]
pub(super) struct DateEvidence {
    n: u64,
    day_first: u64,
    month_first: u64,
    year_first: u64,
    twelve_hours: u64,
    short: u64,
    firsts: u128,
    thirds: u128,
    day_first_span: Option<(i64, i64)>,
    month_first_span: Option<(i64, i64)>,
}

impl DateEvidence {
    /// Takes one cell into account.
    pub(super) fn add(&mut self, moment: Moment) {
        let Moment::Numeric(date) = moment else {
            return;
        };
        self.n += 1;
        self.twelve_hours += u64::from(date.twelve_hours);
        self.day_first += u64::from((13..=31).contains(&date.first) && date.second <= 12);
        self.month_first += u64::from((13..=31).contains(&date.second));
        if date.third < 100 {
            self.short += 1;
            self.year_first += u64::from(date.first > 31);
            self.firsts |= 1 << date.first.min(127);
            self.thirds |= 1 << date.third.clamp(0, 127);
        }
        widen(&mut self.day_first_span, date.strictly(DateOrder::Dmy));
        widen(&mut self.month_first_span, date.strictly(DateOrder::Mdy));
    }

    /// Takes everything into account that `other` did.
    pub(super) fn add_all(&mut self, other: &Self) {
        self.n += other.n;
        self.day_first += other.day_first;
        self.month_first += other.month_first;
        self.year_first += other.year_first;
        self.twelve_hours += other.twelve_hours;
        self.short += other.short;
        self.firsts |= other.firsts;
        self.thirds |= other.thirds;
        for (span, more) in [
            (&mut self.day_first_span, other.day_first_span),
            (&mut self.month_first_span, other.month_first_span),
        ] {
            widen(span, more.map(|(first, _)| first));
            widen(span, more.map(|(_, last)| last));
        }
    }

    /// The order of the column, and whether nothing in it decides between day and month.
    pub(super) fn order(&self) -> (DateOrder, bool) {
        let year_varies_least = self.firsts.count_ones() < self.thirds.count_ones();
        if self.short == self.n && self.n > 0 {
            // Two digits each: the number that changes least is the year.
            let years = self.year_first > 0
                || (self.month_first == 0
                    && self.n > 2
                    && year_varies_least
                    && self.firsts.count_ones() <= 3);
            if years {
                return (DateOrder::Ymd, false);
            }
        }
        if self.day_first != self.month_first {
            let order = if self.day_first > self.month_first {
                DateOrder::Dmy
            } else {
                DateOrder::Mdy
            };
            return (order, false);
        }
        let order = if self.twelve_hours * 2 > self.n {
            DateOrder::Mdy
        } else {
            self.narrower()
        };
        (order, self.n > 0)
    }

    /// An export covers weeks rather than years: the order under which its posts lie closer together.
    fn narrower(&self) -> DateOrder {
        let width = |span: Option<(i64, i64)>| span.map_or(i64::MAX, |(a, b)| b - a);
        if width(self.month_first_span) < width(self.day_first_span) {
            DateOrder::Mdy
        } else {
            DateOrder::Dmy
        }
    }
}

fn widen(span: &mut Option<(i64, i64)>, at: Option<i64>) {
    if let Some(at) = at {
        *span = Some(span.map_or((at, at), |(a, b)| (a.min(at), b.max(at))));
    }
}

#[cfg(test)]
mod tests {
    use super::super::dates::parse;
    use super::*;

    fn order_of(cells: &[&str]) -> (DateOrder, bool) {
        let mut evidence = DateEvidence::default();
        for cell in cells {
            evidence.add(parse(cell).expect("a date"));
        }
        evidence.order()
    }

    #[test]
    fn the_whole_column_decides() {
        assert_eq!(
            order_of(&["03/04/2025", "14/04/2025"]),
            (DateOrder::Dmy, false)
        );
        assert_eq!(
            order_of(&["03/04/2025", "04/14/2025"]),
            (DateOrder::Mdy, false)
        );
        assert_eq!(
            order_of(&["11/01/2025", "11/02/2025", "11/09/2025"]),
            (DateOrder::Mdy, true)
        );
        assert_eq!(
            order_of(&["01/11/2025", "02/11/2025"]),
            (DateOrder::Dmy, true)
        );
        assert_eq!(
            order_of(&["23-11-16 18:40", "24-11-16 09:00", "25-11-16 10:00"]),
            (DateOrder::Dmy, false)
        );
        assert_eq!(
            order_of(&["16-11-23", "16-11-24", "16-12-25"]),
            (DateOrder::Ymd, false)
        );
    }
}
