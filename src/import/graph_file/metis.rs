//! METIS graphs: one line for each person, with the numbers of those tied to them.

use super::super::ImportError;
use super::attributes::TieFacts;
use super::gathered::{Gathered, number};
use super::text::Lines;
use crate::progress::Progress;

/// The first line that is no comment: people, ties, and what stands before and between the numbers of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Header {
    n: u64,
    m: u64,
    /// Numbers at the start of each line that are about the person.
    n_own: usize,
    weighted: bool,
}

/// True for text that is a METIS graph: its first line promises the lines and numbers that follow.
pub(super) fn is_metis(text: &str) -> bool {
    let mut lines = text.lines().filter(|l| !l.trim_start().starts_with('%'));
    let Some(header) = lines.next().and_then(header) else {
        return false;
    };
    let (mut rows, mut filled_rows, mut ends, mut in_range) = (0u64, 0u64, 0u64, 0u64);
    let mut lengths = std::collections::BTreeSet::new();
    for line in lines {
        rows += 1;
        let mut n_words = 0;
        for (i, word) in line.split_ascii_whitespace().enumerate() {
            let Ok(k) = word.parse::<i64>() else {
                return false;
            };
            n_words += 1;
            if i >= header.n_own && (!header.weighted || (i - header.n_own).is_multiple_of(2)) {
                ends += 1;
                in_range += u64::from(k >= 1 && k as u64 <= header.n);
            }
        }
        if n_words > 0 {
            filled_rows = rows;
            if lengths.len() < 3 {
                lengths.insert(n_words);
            }
        }
    }
    let promised = ends == header.m.saturating_mul(2) && filled_rows <= header.n;
    // Where a number was lost or is wrong, the count of the lines still tells; lists of ties have lines of one length.
    let ragged = lengths.len() > 1 && rows >= header.n && filled_rows <= header.n;
    header.n > 0 && (promised || (ragged && in_range * 5 >= ends * 4))
}

fn header(line: &str) -> Option<Header> {
    let words: Vec<&str> = line.split_ascii_whitespace().collect();
    if !(2..=4).contains(&words.len()) {
        return None;
    }
    let figure = |i: usize| words.get(i).map_or(Some(0), |w| w.parse::<u64>().ok());
    let (n, m, format, n_weights) = (figure(0)?, figure(1)?, figure(2)?, figure(3)?);
    let digits = [format / 100, format / 10 % 10, format % 10];
    if digits.iter().any(|d| *d > 1) || n_weights > 100 {
        return None;
    }
    let n_weights = if digits[1] == 1 { n_weights.max(1) } else { 0 };
    Some(Header {
        n,
        m,
        n_own: (n_weights + digits[0]) as usize,
        weighted: digits[2] == 1,
    })
}

/// Reads the whole file. Each tie stands in the lines of both people and counts once.
///
/// # Errors
/// [`ImportError::Cancelled`] only.
pub(super) fn read(
    graph: &mut Gathered<'_>,
    text: &str,
    progress: &Progress,
) -> Result<(), ImportError> {
    let mut lines = Lines::of(text, progress);
    let mut known = None;
    let mut row = 0u64;
    let mut listed = Vec::new();
    while let Some(line) = lines.next()? {
        if line.trim_start().starts_with('%') {
            continue;
        }
        let Some(Header {
            n, n_own, weighted, ..
        }) = known
        else {
            known = header(line);
            if let Some(header) = known {
                graph.promised(header.n, text.len());
            }
            continue;
        };
        row += 1;
        let mut words = line.split_ascii_whitespace().skip(n_own);
        while let Some(word) = words.next() {
            let weight = if weighted {
                words.next().unwrap_or_default()
            } else {
                ""
            };
            let facts = TieFacts::weighing(weight);
            let ends = number(word, n).and_then(|k| Ok((number(&row.to_string(), n)?, k)));
            match (ends, facts.count()) {
                (Ok((a, b)), Ok(w)) => listed.push(Listed::of(a, b, w, lines.number)),
                (Err(reason), _) | (_, Err(reason)) => graph.leave_out(reason, lines.number),
            }
        }
    }
    once(graph, listed);
    Ok(())
}

/// A tie as one of its two people lists it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Listed {
    low: u64,
    high: u64,
    by_high: bool,
    weight: f64,
    line: u64,
}

impl Listed {
    /// The tie that `a` lists to `b`.
    pub(super) fn of(a: u64, b: u64, weight: f64, line: u64) -> Self {
        Self {
            low: a.min(b),
            high: a.max(b),
            by_high: a > b,
            weight,
            line,
        }
    }
}

/// Adds ties that may be listed in both directions: each once, as often as the more talkative of the two lists it.
pub(super) fn once(graph: &mut Gathered<'_>, mut listed: Vec<Listed>) {
    listed.sort_by_key(|l| (l.low, l.high, l.by_high)); // stable: ties of one pair stay in file order
    for pair in listed.chunk_by(|a, b| (a.low, a.high) == (b.low, b.high)) {
        let n_low = pair.partition_point(|l| !l.by_high);
        let (by_low, by_high) = pair.split_at(n_low);
        let longer = if by_low.len() >= by_high.len() {
            by_low
        } else {
            by_high
        };
        for tie in longer {
            let ends = (
                graph.person(&tie.low.to_string()),
                graph.person(&tie.high.to_string()),
            );
            if let (Some(from), Some(to)) = ends {
                graph.tie_between((from, to), &TieFacts::of(tie.weight), false, tie.line);
            }
        }
    }
}
