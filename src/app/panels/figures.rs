//! Numbers as a person reads them.

/// `12345` as `12,345`.
pub(in crate::app) use crate::render::thousands as whole;

/// A count with its word: `1 person`, `12 people`.
pub(in crate::app) use crate::people::counted;

/// A count of people with its word.
pub(in crate::app) fn people(n: u64) -> String {
    counted(n, "person", "people")
}

/// Large figures in few letters: `980`, `12.3k`, `4.5M`. Negative and unknown values give `0`.
pub(in crate::app) fn short(value: f64) -> String {
    let scaled = |divisor: f64, unit: &str| {
        let scaled = value / divisor;
        let digits = usize::from(scaled < 99.95);
        format!("{scaled:.digits$}{unit}")
    };
    if value >= 999.5e6 {
        scaled(1e9, "B")
    } else if value >= 999.5e3 {
        scaled(1e6, "M")
    } else if value >= 9_999.5 {
        scaled(1e3, "k")
    } else {
        whole(value.max(0.0).round() as u64)
    }
}

/// Reach in full, or that nobody knows it.
pub(in crate::app) fn reach(value: Option<f64>) -> String {
    value.map_or_else(
        || "unknown".to_owned(),
        |reach| whole(reach.max(0.0).round() as u64),
    )
}

/// A measure with three digits or so: `123`, `12.3`, `1.23`.
pub(in crate::app) fn amount(value: f64) -> String {
    let digits = match value.abs() {
        size if size >= 99.95 => 0,
        size if size >= 9.995 => 1,
        _ => 2,
    };
    format!("{value:.digits$}")
}

/// The day of a moment, in UTC: `1 Mar 2026`; seconds since 1970.
pub(in crate::app) fn day(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds).map_or_else(
        |_| "an unknown day".to_owned(),
        |time| time.strftime("%-d %b %Y").to_string(),
    )
}

/// A share of one as `80 %`.
pub(in crate::app) fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::{amount, people, reach, short, whole};

    #[test]
    fn figures_read_as_people_write_them() {
        assert_eq!(whole(0), "0");
        assert_eq!(whole(999), "999");
        assert_eq!(whole(1_234_567), "1,234,567");
        assert_eq!(people(1), "1 person");
        assert_eq!(people(1200), "1,200 people");
        assert_eq!(short(980.0), "980");
        assert_eq!(short(9_999.0), "9,999");
        assert_eq!(short(9_999.6), "10.0k");
        assert_eq!(short(123_456.0), "123k");
        assert_eq!(short(999_600.0), "1.0M");
        assert_eq!(short(-3.0), "0");
        assert_eq!(reach(None), "unknown");
        assert_eq!(amount(0.126), "0.13");
        assert_eq!(amount(12.34), "12.3");
        assert_eq!(amount(1234.4), "1234");
    }
}
