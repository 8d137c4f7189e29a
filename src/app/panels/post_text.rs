//! The text of a post as it is read in a list: on one line of words, cut, with what was looked for marked.

use std::ops::Range;

use eframe::egui::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{Align, FontId, TextStyle, Ui};

use crate::app::theme::Colours;
use crate::explore::Wanted;

/// Bytes of a text that are looked at for a row: more is not seen anyway.
const LOOKED_AT: usize = 20_000;
/// Letters of a text in a row.
const LETTERS: usize = 700;
/// Letters before the first word that was looked for, where a text does not begin near it.
const BEFORE: usize = 60;
/// Letters of a text that is shown as a whole; texts are longer only by mistake.
pub(super) const WHOLE: usize = 6_000;

/// What a row shows of `text`: all white space as one space, cut; from the first word on that was looked for, where that stands
/// late.
pub(super) fn excerpt(text: &str, wanted: &Wanted) -> String {
    let seen = text
        .get(..text.floor_char_boundary(LOOKED_AT))
        .unwrap_or(text);
    let words = || seen.split_whitespace();
    let mut flat = String::with_capacity(seen.len().min(4 * LETTERS));
    for word in words() {
        if !flat.is_empty() {
            flat.push(' ');
        }
        flat.push_str(word);
        if wanted.is_empty() && flat.len() > 4 * LETTERS {
            break;
        }
    }
    let first = wanted.places(&flat).first().map_or(0, |place| place.start);
    let start = flat
        .get(..first)
        .and_then(|before| before.char_indices().rev().nth(BEFORE))
        .map_or(0, |(at, _)| at);
    // A text that is short enough is shown from its beginning.
    let start = if flat.chars().count() <= 2 * BEFORE {
        0
    } else {
        start
    };
    let rest = flat.get(start..).unwrap_or(&flat);
    let cut = rest.char_indices().nth(LETTERS).map(|(at, _)| at);
    let begin = if start > 0 { "…" } else { "" };
    match cut {
        Some(at) => format!("{begin}{}…", rest.get(..at).unwrap_or(rest)),
        None => format!("{begin}{rest}"),
    }
}

/// The whole of `text`, or what is shown of one that is much too long.
pub(super) fn whole(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(WHOLE) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or(text)),
        None => text.to_owned(),
    }
}

/// `text` ready to be laid out `width` points wide, in so many lines at most, with `wanted` marked.
pub(super) fn marked(
    ui: &Ui,
    text: &str,
    wanted: &Wanted,
    (width, rows): (f32, usize),
    colours: &Colours,
) -> LayoutJob {
    let font = TextStyle::Body.resolve(ui.style());
    let places = wanted.places(text);
    let mut job = job_of(text, &places, &font, colours);
    job.wrap = TextWrapping {
        max_width: width,
        max_rows: rows,
        ..TextWrapping::default()
    };
    job
}

fn job_of(text: &str, places: &[Range<usize>], font: &FontId, colours: &Colours) -> LayoutJob {
    let plain = TextFormat {
        font_id: font.clone(),
        color: colours.text,
        valign: Align::Center,
        ..TextFormat::default()
    };
    let marked = TextFormat {
        background: colours.accent_soft,
        color: colours.accent,
        ..plain.clone()
    };
    let mut job = LayoutJob::default();
    let mut at = 0;
    for place in places {
        job.append(text.get(at..place.start).unwrap_or(""), 0.0, plain.clone());
        job.append(text.get(place.clone()).unwrap_or(""), 0.0, marked.clone());
        at = place.end;
    }
    job.append(text.get(at..).unwrap_or(""), 0.0, plain);
    job
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_one_line_that_begins_near_what_was_looked_for() {
        let none = Wanted::default();
        assert_eq!(excerpt("one\n two\t three ", &none), "one two three");
        let long = "word ".repeat(400);
        let cut = excerpt(&long, &none);
        assert_eq!(cut.chars().count(), LETTERS + 1);
        assert!(cut.starts_with("word word") && cut.ends_with('…'));
        let late = format!("{long}needle and more");
        let found = excerpt(&late, &Wanted::new("NEEDLE"));
        assert!(
            found.starts_with('…') && found.ends_with("needle and more"),
            "{found}"
        );
        assert_eq!(found.chars().count(), 2 + BEFORE + "needle and more".len());
        assert_eq!(
            excerpt("a short needle", &Wanted::new("needle")),
            "a short needle"
        );
    }

    #[test]
    fn texts_that_are_much_too_long_are_cut() {
        assert_eq!(whole(" a\nb "), "a\nb");
        assert_eq!(whole(&"é".repeat(WHOLE + 5)).chars().count(), WHOLE + 1);
    }
}
