//! Numbers as exports write them: `1.2K`, `48,2K`, `12,345`, `2.310`, `48210.0`, decimal commas.

/// `cell.trim()`, at once for cells that begin and end with a letter or mark of ASCII.
pub(super) fn trimmed(cell: &str) -> &str {
    match cell.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => cell,
        _ => cell.trim(),
    }
}

/// True for the ways exports write "nothing here".
pub(super) fn is_missing(cell: &str) -> bool {
    const WAYS: [&str; 17] = [
        "-",
        "--",
        "–",
        "—",
        "NA",
        "N/A",
        "n/a",
        "#N/A",
        "NaN",
        "nan",
        "NULL",
        "null",
        "None",
        "\\N",
        "undefined",
        "[]",
        "{}",
    ];
    // Asked of every cell of a file: most answer by their first letter and their last.
    let may_be_missing = |b: &u8| matches!(b, 0..=b' ' | b'-' | b'N' | b'n' | b'#' | b'\\' | b'u' | b'[' | b'{' | 128..);
    let may_be_trimmed = |b: &u8| matches!(b, 0..=b' ' | 128..);
    match cell.as_bytes() {
        [] => return true,
        [first, ..] if !may_be_missing(first) => return false,
        [_, .., last] if cell.len() > 9 && !may_be_trimmed(last) => return false,
        _ => {}
    }
    let cell = cell.trim();
    cell.is_empty() || (cell.len() <= 9 && WAYS.contains(&cell))
}

/// How many people: a whole or rounded figure, finite and ≥ 0; `None` when the cell tells none.
///
/// A single point or comma before exactly three digits separates thousands (`2.310`, `12,345`), elsewhere decimals.
pub(super) fn count(cell: &str) -> Option<f64> {
    if cell.len() <= 15 && !cell.is_empty() && cell.bytes().all(|b| b.is_ascii_digit()) {
        // Every whole number of so many digits is exact.
        let whole = cell.bytes().fold(0u64, |n, b| n * 10 + u64::from(b - b'0'));
        return Some(whole as f64);
    }
    if is_missing(cell) {
        return None;
    }
    let bare = without_marks(cell);
    let (digits, factor) = magnitude(&bare);
    let value = number_with_marks(digits, digits.len() == bare.len())? * factor;
    (value.is_finite() && value >= 0.0).then_some(value)
}

/// The weight of a tie, of any sign, or not finite: the caller says what it accepts. `None` when it is no number.
///
/// A point is a decimal point. A comma is a decimal comma where `decimal_comma` says so or where three digits do not follow.
pub(super) fn weight(cell: &str, decimal_comma: bool) -> Option<f64> {
    let bare = without_marks(cell);
    if let Ok(value) = bare.parse::<f64>() {
        return Some(value);
    }
    let (points, commas) = (bare.matches('.').count(), bare.matches(',').count());
    let last_comma = bare.rfind(',')?;
    let decimals = bare.len() - last_comma - 1;
    let comma_is_decimal = commas == 1
        && if points > 0 {
            bare.rfind('.') < Some(last_comma)
        } else {
            decimal_comma || decimals != 3
        };
    let plain = if comma_is_decimal {
        bare.replace('.', "").replace(',', ".")
    } else {
        bare.replace(',', "")
    };
    plain.parse().ok()
}

/// Without spaces of any width, apostrophes, the quotes that some exports put round numbers, and the brace behind a weight
/// in `{'weight': 2}`.
fn without_marks(cell: &str) -> String {
    cell.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’' | '"' | '\u{202f}' | '+' | '}'))
        .collect()
}

/// The digits, and what the letters behind them multiply by. An unknown ending stays on the digits, which then are none.
fn magnitude(bare: &str) -> (&str, f64) {
    let end = bare.trim_end_matches(|c: char| c.is_alphabetic() || c == '.');
    let ending = bare.get(end.len()..).unwrap_or_default();
    let factor = match ending.trim_matches('.').to_lowercase().as_str() {
        "k" | "tsd" | "mil" => 1e3,
        "m" | "mio" | "mln" | "mm" => 1e6,
        "b" | "bn" | "mrd" => 1e9,
        "万" | "萬" => 1e4,
        "億" | "亿" => 1e8,
        _ => return (bare, 1.0),
    };
    (end, factor)
}

fn number_with_marks(digits: &str, thousands_possible: bool) -> Option<f64> {
    if !digits.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',')) {
        return None;
    }
    let marks: Vec<(usize, char)> = digits
        .char_indices()
        .filter(|(_, c)| matches!(c, '.' | ','))
        .collect();
    let plain = match marks.as_slice() {
        [] => digits.to_owned(),
        [(at, _)] => {
            let (before, after) = (*at, digits.len() - at - 1);
            let thousands = thousands_possible
                && after == 3
                && (1..=3).contains(&before)
                && !digits.starts_with('0')
                && digits.bytes().skip(*at + 1).all(|b| b.is_ascii_digit());
            if thousands {
                digits.replace(['.', ','], "")
            } else {
                digits.replace(',', ".")
            }
        }
        [first, .., last] if first.1 == last.1 => digits.replace(['.', ','], ""),
        [.., last] => {
            let other = if last.1 == '.' { ',' } else { '.' };
            digits.replace(other, "").replace(',', ".")
        }
    };
    plain.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_in_every_dress() {
        for (cell, expected) in [
            ("48210", Some(48210.0)),
            ("48210.0", Some(48210.0)),
            ("12,345", Some(12345.0)),
            ("2.310", Some(2310.0)),
            ("1.234.567", Some(1_234_567.0)),
            ("1,234.5", Some(1234.5)),
            ("1.234,5", Some(1234.5)),
            ("1.2K", Some(1200.0)),
            ("48,2K", Some(48200.0)),
            ("1.234K", Some(1234.0)),
            ("3,1 Mio.", Some(3_100_000.0)),
            ("12\u{202f}345", Some(12345.0)),
            ("4.8e4", Some(48000.0)),
            ("0", Some(0.0)),
            ("", None),
            ("-", None),
            ("NA", None),
            ("-5", None),
            ("inf", None),
            ("about 5", None),
            ("5 %", None),
        ] {
            assert_eq!(count(cell), expected, "{cell:?}");
        }
    }

    #[test]
    fn weights_keep_their_point() {
        assert_eq!(weight("2.310", false), Some(2.31));
        assert_eq!(weight("1,5", false), Some(1.5));
        assert_eq!(weight("1,500", true), Some(1.5));
        assert_eq!(weight("1,500", false), Some(1500.0));
        assert_eq!(weight("-2", false), Some(-2.0));
        assert_eq!(weight("many", false), None);
    }
}
