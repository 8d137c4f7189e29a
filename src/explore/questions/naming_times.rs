//! The day or week that somebody names.

use super::When;
use crate::explore::fold::fold;

/// The day or week that `text` names: "the second week", "week 2", "the last day".
pub(super) fn when(text: &str) -> Option<When> {
    let text = fold(text);
    let words: Vec<&str> = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let is_week = |word: &str| word == "week" || word == "weeks";
    let unit = words
        .iter()
        .position(|word| is_week(word) || *word == "day" || *word == "days")?;
    let week = is_week(words.get(unit)?);
    let before = unit.checked_sub(1).and_then(|at| words.get(at));
    if before.is_some_and(|word| ["last", "final", "latest"].contains(word)) {
        return Some(if week { When::LastWeek } else { When::LastDay });
    }
    let number = before
        .and_then(|word| ordinal(word))
        .or_else(|| words.get(unit + 1).and_then(|word| word.parse().ok()))?;
    let number = u32::max(number, 1);
    Some(if week {
        When::Week(number)
    } else {
        When::Day(number)
    })
}

/// The number that "second", "2nd" or "2" says.
fn ordinal(word: &str) -> Option<u32> {
    const NAMES: [&str; 10] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth",
    ];
    if let Some(at) = NAMES.iter().position(|name| *name == word) {
        return Some(at as u32 + 1);
    }
    let digits = word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    digits.parse().ok()
}
