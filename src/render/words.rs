//! Names and numbers as a person reads them: cut to length, cleaned of what would break a line, with separators.

use unicode_segmentation::UnicodeSegmentation as _;

pub use crate::people::thousands;

/// A round number of the legend: 0.02, 250, 10,000, 1.5M.
pub(super) fn round_number(value: f64) -> String {
    if value >= 1e6 {
        let millions = (value / 1e5).round() / 10.0;
        format!("{millions}M")
    } else if value > 0.0 && value < 10.0 {
        format!("{value}") // round numbers have few digits: 0.02, 5
    } else {
        thousands(value.max(0.0).round() as u64)
    }
}

/// `text` on one line, at most `most` graphemes (what a reader counts as one letter, an emoji with all its parts being one);
/// what is cut ends in `…`. Control letters, and those that turn the direction of whatever follows, become spaces or go.
pub fn shorten(text: &str, most: usize) -> String {
    // 8 letters a grapheme are enough for any script; names made of hundreds of stacked accents would run off their line.
    const DEEPEST: usize = 8;
    let mut clean = String::new();
    // Texts may be as long as a post; what lies far behind the cut needs no look.
    for grapheme in text.graphemes(true).take(4 * most + 64) {
        if grapheme
            .chars()
            .all(|c| c.is_whitespace() || c.is_control())
        {
            if !clean.is_empty() && !clean.ends_with(' ') {
                clean.push(' ');
            }
        } else {
            let letters = grapheme
                .chars()
                .filter(|c| !turns_direction(*c) && !c.is_control());
            clean.extend(letters.take(DEEPEST));
        }
    }
    // Counted only now: what was taken out may have kept two graphemes apart.
    let clean = clean.trim();
    if clean.graphemes(true).count() <= most {
        return clean.to_owned();
    }
    let kept: String = clean.graphemes(true).take(most.saturating_sub(1)).collect();
    kept.trim_end().to_owned() + "…"
}

fn turns_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}
