//! Dates as exports write them, in whatever shape and language.

use jiff::civil;
use jiff::tz::Offset;

pub(super) use super::date_order::{DateEvidence, DateOrder, Numeric};
use super::handles::is_damaged_id;
use super::numbers::trimmed;

/// What one cell says of a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    /// Seconds since 1970 UTC.
    At(i64),
    /// Three numbers whose order only the whole column can tell.
    Numeric(Numeric),
}

/// Reads one cell; `None` when it tells no date. Times without a zone are taken as UTC.
pub(super) fn parse(cell: &str) -> Option<Moment> {
    let cell = trimmed(cell);
    if let Some(at) = of_fixed_places(cell.as_bytes()) {
        return Some(Moment::At(at));
    }
    let cell = cell.trim_matches(['"', '\'']).trim();
    if cell.len() < 5 || cell.len() > 64 || is_damaged_id(cell) {
        return None;
    }
    if cell.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && cell.bytes().filter(|b| *b == b'.').count() <= 1
    {
        return of_number(cell).map(Moment::At);
    }
    if let Some(at) = of_fixed_places(cell.as_bytes()) {
        return Some(Moment::At(at));
    }
    let (before, clock, after) = take_clock(cell);
    let mut parts = Parts::default();
    parts.take(before);
    parts.take(after);
    let clock_secs = clock.secs - parts.offset_secs.or(clock.offset_secs).unwrap_or(0);
    parts.moment(clock_secs, clock.twelve_hours)
}

/// `2025-11-14T08:00:00`, with a space or a T, with or without parts of seconds, in UTC: what most exports write. `None` for
/// everything else, which the long way reads.
fn of_fixed_places(cell: &[u8]) -> Option<i64> {
    let (date, rest) = cell.split_first_chunk::<19>()?;
    let rest = match rest.split_first() {
        Some((b'.', part)) => {
            let digits = part.iter().take_while(|b| b.is_ascii_digit()).count();
            part.get(digits..).filter(|_| digits > 0)?
        }
        _ => rest,
    };
    if !matches!(rest, b"" | b"Z" | b"+0000" | b"+00:00") {
        return None;
    }
    let digits = |from: usize, to: usize| {
        date.get(from..to)?.iter().try_fold(0i64, |n, b| {
            b.is_ascii_digit().then(|| n * 10 + i64::from(b - b'0'))
        })
    };
    let is_shape = date[4] == b'-'
        && date[7] == b'-'
        && matches!(date[10], b' ' | b'T')
        && date[13] == b':'
        && date[16] == b':';
    let (year, month, day) = (digits(0, 4)?, digits(5, 7)?, digits(8, 10)?);
    let (hours, minutes, secs) = (digits(11, 13)?, digits(14, 16)?, digits(17, 19)?);
    if !is_shape || hours > 24 || minutes > 59 || secs > 60 {
        return None;
    }
    let midnight = days(year as i16, month as i16, day as i16)?;
    Some(midnight + hours * 3600 + minutes * 60 + secs)
}

/// True when the cell tells the time of day.
pub(super) fn has_clock(cell: &str) -> bool {
    let bytes = cell.as_bytes();
    bytes
        .windows(3)
        .any(|w| matches!(w, [a, b':', c] if a.is_ascii_digit() && c.is_ascii_digit()))
}

/// Unix seconds, milliseconds or microseconds, 20251114[080000], or a spreadsheet's day number.
fn of_number(cell: &str) -> Option<i64> {
    let whole = cell.split('.').next().unwrap_or_default();
    let n: i64 = whole.parse().ok()?;
    match whole.len() {
        14 | 8
            if (19_000_000..=21_001_231)
                .contains(&(n / if whole.len() == 14 { 1_000_000 } else { 1 })) =>
        {
            let (date, clock) = if whole.len() == 14 {
                (n / 1_000_000, n % 1_000_000)
            } else {
                (n, 0)
            };
            let midnight = days(
                (date / 10_000) as i16,
                (date / 100 % 100) as i16,
                (date % 100) as i16,
            )?;
            Some(midnight + clock / 10_000 * 3600 + clock / 100 % 100 * 60 + clock % 100)
        }
        9 | 10 if is_unix_secs(n) => Some(n),
        12 | 13 if is_unix_secs(n / 1000) => Some(n / 1000),
        15 | 16 if is_unix_secs(n / 1_000_000) => Some(n / 1_000_000),
        5 if (30_000..=60_000).contains(&n) => {
            // Days since 1899-12-30, the day numbers of spreadsheets.
            let day: f64 = cell.parse().ok()?;
            Some(((day - 25_569.0) * 86_400.0).round() as i64)
        }
        _ => None,
    }
}

/// 1990 to 2100.
pub(super) fn is_unix_secs(n: i64) -> bool {
    (631_152_000..=4_102_444_800).contains(&n)
}

#[derive(Debug, Default, Clone, Copy)]
struct Clock {
    secs: i64,
    offset_secs: Option<i64>,
    twelve_hours: bool,
}

/// Splits a cell into what stands before the time of day, the time of day, and what stands behind.
fn take_clock(cell: &str) -> (&str, Clock, &str) {
    let bytes = cell.as_bytes();
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    let Some(colon) =
        (1..bytes.len()).find(|&i| bytes.get(i) == Some(&b':') && digit(i - 1) && digit(i + 1))
    else {
        return (cell, Clock::default(), "");
    };
    let start = if colon >= 2 && digit(colon - 2) {
        colon - 2
    } else {
        colon - 1
    };
    let mut at = start;
    let hours = take_number(bytes, &mut at);
    at += 1;
    let minutes = take_number(bytes, &mut at);
    let mut secs = 0;
    if bytes.get(at) == Some(&b':') && digit(at + 1) {
        at += 1;
        secs = take_number(bytes, &mut at);
        if matches!(bytes.get(at), Some(b'.' | b',')) && digit(at + 1) {
            at += 1;
            take_number(bytes, &mut at);
        }
    }
    let mut clock = Clock {
        secs: hours.min(24) * 3600 + minutes.min(59) * 60 + secs.min(60),
        ..Clock::default()
    };
    let rest = cell.get(at..).unwrap_or_default();
    let rest = half_of_day(rest, hours, &mut clock);
    let rest = offset(rest, &mut clock);
    (cell.get(..start).unwrap_or_default(), clock, rest)
}

fn take_number(bytes: &[u8], at: &mut usize) -> i64 {
    let mut n: i64 = 0;
    while let Some(b) = bytes.get(*at).filter(|b| b.is_ascii_digit()) {
        n = n.saturating_mul(10).saturating_add(i64::from(b - b'0'));
        *at += 1;
    }
    n
}

/// Takes `AM`, `p.m.` off the front of what follows the minutes.
fn half_of_day<'a>(rest: &'a str, hours: i64, clock: &mut Clock) -> &'a str {
    let bare = rest.trim_start();
    for (mark, is_pm) in [("a.m.", false), ("p.m.", true), ("am", false), ("pm", true)] {
        let head = bare.get(..mark.len()).unwrap_or_default();
        let tail = bare.get(mark.len()..).unwrap_or_default();
        if head.eq_ignore_ascii_case(mark) && !tail.starts_with(char::is_alphabetic) {
            clock.twelve_hours = true;
            if is_pm && hours < 12 {
                clock.secs += 12 * 3600;
            } else if !is_pm && hours == 12 {
                clock.secs -= 12 * 3600;
            }
            return tail;
        }
    }
    rest
}

/// Takes `+0200`, `-05:00` off the front of what follows the time of day.
fn offset<'a>(rest: &'a str, clock: &mut Clock) -> &'a str {
    let bare = rest.trim_start();
    let sign = match bare.as_bytes().first() {
        Some(b'+') => 1,
        Some(b'-') => -1,
        _ => return rest,
    };
    let bytes = bare.as_bytes();
    let mut at = 1;
    let first = take_number(bytes, &mut at);
    let n_digits = at - 1;
    let (hours, minutes) = match n_digits {
        4 => (first / 100, first % 100),
        1 | 2 if bytes.get(at) == Some(&b':') => {
            at += 1;
            (first, take_number(bytes, &mut at))
        }
        2 => (first, 0),
        _ => return rest,
    };
    if hours > 14 || minutes > 59 {
        return rest;
    }
    clock.offset_secs = Some(sign * (hours * 3600 + minutes * 60));
    bare.get(at..).unwrap_or_default()
}

/// The numbers and words of a date, in order.
#[derive(Debug, Default)]
struct Parts {
    numbers: [(i32, u8); 3],
    n_numbers: usize,
    too_many: bool,
    month: Option<i16>,
    offset_secs: Option<i64>,
}

impl Parts {
    fn take(&mut self, text: &str) {
        let kind = |c: char| {
            if c.is_ascii_digit() {
                1
            } else {
                2 * u8::from(c.is_alphabetic())
            }
        };
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let this = kind(first);
            let end = rest.find(|c| kind(c) != this).unwrap_or(rest.len());
            let (token, tail) = rest.split_at(end);
            match this {
                1 => self.number(token),
                2 => self.word(token),
                _ => {}
            }
            rest = tail;
        }
    }

    fn number(&mut self, token: &str) {
        match (self.numbers.get_mut(self.n_numbers), token.parse::<i32>()) {
            (Some(slot), Ok(n)) => {
                *slot = (n, token.len().min(9) as u8);
                self.n_numbers += 1;
            }
            _ => self.too_many = true,
        }
    }

    fn word(&mut self, token: &str) {
        if let Some(secs) = zone(token) {
            self.offset_secs = Some(secs);
        } else if let Some(month) = month(token) {
            self.month = Some(month);
        }
    }

    fn moment(&self, clock_secs: i64, twelve_hours: bool) -> Option<Moment> {
        if self.too_many {
            return None;
        }
        let [(a, a_len), (b, b_len), (c, c_len)] = self.numbers;
        let small = |n: i32| i16::try_from(n).ok();
        if let Some(month) = self.month {
            let (day, year) = match self.n_numbers {
                2 if a_len == 4 => (b, a),
                2 if b_len == 4 || b_len == 2 => (a, b),
                _ => return None,
            };
            let midnight = days(full_year(small(year)?), month, small(day)?)?;
            return Some(Moment::At(midnight + clock_secs));
        }
        if self.n_numbers != 3 {
            return None;
        }
        if a_len == 4 {
            let midnight = days(small(a)?, small(b)?, small(c)?)?;
            return Some(Moment::At(midnight + clock_secs));
        }
        if a_len > 2 || b_len > 2 || !(c_len == 2 || c_len == 4) {
            return None;
        }
        let date = Numeric {
            first: u8::try_from(a).ok()?,
            second: u8::try_from(b).ok()?,
            third: small(c)?,
            clock_secs,
            twelve_hours,
        };
        date.at(DateOrder::Dmy).map(|_| Moment::Numeric(date))
    }
}

/// Years of two digits, from 1970 to 2069, as whole ones.
pub(super) fn full_year(year: i16) -> i16 {
    match year {
        0..70 => 2000 + year,
        70..100 => 1900 + year,
        _ => year,
    }
}

/// Seconds from 1970 to midnight UTC of that day; `None` where there is no such day.
pub(super) fn days(year: i16, month: i16, day: i16) -> Option<i64> {
    if !(1900..=2199).contains(&year) {
        return None;
    }
    let date = civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    let midnight = Offset::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok()?;
    Some(midnight.as_second())
}

/// The offset of a named zone, in seconds east of UTC. Names that mean several zones are read as North America does.
fn zone(word: &str) -> Option<i64> {
    let hours = match word {
        "UTC" | "GMT" | "Z" | "z" | "WET" => 0.0,
        "EST" | "CDT" => -5.0,
        "EDT" => -4.0,
        "CST" | "MDT" => -6.0,
        "MST" | "PDT" => -7.0,
        "PST" => -8.0,
        "CET" | "BST" | "MEZ" | "WEST" => 1.0,
        "CEST" | "MESZ" | "EET" => 2.0,
        "EEST" | "MSK" => 3.0,
        "IST" => 5.5,
        "JST" | "KST" => 9.0,
        "AEST" => 10.0,
        "AEDT" => 11.0,
        _ => return None,
    };
    Some((hours * 3600.0) as i64)
}

/// The month that a word names in the languages exports are written in.
fn month(word: &str) -> Option<i16> {
    const BEGINNINGS: [&[&str]; 12] = [
        &["jan", "ene", "gen"],
        &["feb", "fév", "fev"],
        &["mar", "mär", "maa"],
        &["apr", "abr", "avr"],
        &["may", "mai", "mag", "mei"],
        &["jun", "juin", "giu"],
        &["jul", "juil", "lug"],
        &["aug", "ago", "aoû", "aou"],
        &["sep", "set"],
        &["oct", "okt", "ott", "out"],
        &["nov"],
        &["dec", "dez", "dic", "déc"],
    ];
    let word = word.to_lowercase();
    BEGINNINGS
        .iter()
        .position(|of_month| of_month.iter().any(|b| word.starts_with(b)))
        .map(|i| i as i16 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(cell: &str) -> Option<i64> {
        match parse(cell)? {
            Moment::At(at) => Some(at),
            Moment::Numeric(date) => date.at(DateOrder::Dmy),
        }
    }

    #[test]
    fn every_shape_is_the_same_moment() {
        // 2025-11-14T08:00:00Z, from `date -u -d 2025-11-14T08:00:00Z +%s`
        for cell in [
            "2025-11-14 08:00:00.0",
            "2025-11-14T08:00:00.000Z",
            "2025-11-14T08:00:00.000+0000",
            "2025-11-14T09:00:00+01:00",
            "2025-11-14T03:00:00-05:00",
            "2025/11/14 08:00",
            "2025-11-14 03:00:00 EST",
            "14-Nov-2025 08:00AM",
            "14-Nov-25 08:00 a.m.",
            "14/11/2025 08:00",
            "14.11.2025 08:00",
            "14-11-25 08:00",
            "11/14/2025 8:00 AM",
            "Nov 14, 2025 8:00 AM",
            "14 November 2025 08:00",
            "14. November 2025, 08:00",
            "14 novembre 2025 08:00",
            "Fri Nov 14 08:00:00 +0000 2025",
            "Fri Nov 14 16:00:00 +0800 2025",
            "Fri, 14 Nov 2025 08:00:00 GMT",
            "1763107200",
            "1763107200.5",
            "1763107200000",
            "20251114080000",
            "2025年11月14日 08:00",
        ] {
            assert_eq!(at(cell), Some(1_763_107_200), "{cell}");
        }
        assert_eq!(at("2025-11-14"), Some(1_763_078_400));
        assert_eq!(at("12:00 AM, 14 Nov 2025"), Some(1_763_078_400));
    }

    #[test]
    fn what_is_no_date() {
        for cell in [
            "",
            "yesterday",
            "2025",
            "2025-13-40",
            "99/99/9999",
            "12:30",
            "1990000000000000000",
            "ana 12 ben",
            "1.2.3.4",
            "9.06E+17",
        ] {
            assert_eq!(parse(cell), None, "{cell}");
        }
    }
}
