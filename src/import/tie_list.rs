//! Lists of ties, one a row, and tables of people that go with them.

use super::Role;
use super::detect::Reading;
use super::numbers;
use super::report::ImportReport;
use super::scan::{Next, Record};
use super::table::Table;
use crate::people::{AccountId, GivenTie, Posts, TieKind};
use crate::progress::{Cancelled, Progress};

/// The kind of tie that a word in a cell names: "retweet", "Replies to", "MENTIONS".
pub(super) fn kind_of(cell: &str) -> Option<TieKind> {
    let word: String = cell
        .chars()
        .filter(|c| c.is_alphabetic())
        .flat_map(char::to_lowercase)
        .collect();
    let word = word.strip_prefix("is").unwrap_or(&word);
    Some(match word {
        "repost" | "reposts" | "reposted" | "retweet" | "retweets" | "retweeted" | "rt"
        | "share" | "shared" | "reblog" | "boost" | "via" | "forward" | "forwarded"
        | "mentionsinretweet" => TieKind::Repost,
        "quote" | "quotes" | "quoted" | "quotetweet" | "quotepost" => TieKind::Quote,
        "re" | "reply" | "replies" | "replied" | "repliesto" | "replyto" | "comment"
        | "comments" | "answer" | "antwort" | "kommentar" | "inreplyto" => TieKind::Reply,
        "mention" | "mentions" | "mt" | "mentioned" | "erwähnung" => TieKind::Mention,
        "tie" => TieKind::Tie,
        _ => return None,
    })
}

/// Whether a cell says that its tie has a direction.
pub(super) fn direction(cell: &str) -> Option<bool> {
    match cell.trim().to_ascii_lowercase().as_str() {
        "directed" | "arc" => Some(true),
        "undirected" | "mutual" => Some(false),
        _ => None,
    }
}

/// Why a weight makes no tie.
pub(super) fn wrong_weight(weight: Option<f64>) -> &'static str {
    match weight {
        None => "weight is not a number",
        Some(w) if w.is_nan() => "weight is not a number",
        Some(w) if w.is_infinite() => "weight is infinite",
        Some(w) if w < 0.0 => "weight is negative",
        Some(_) => "weight is 0",
    }
}

/// Reads a list of ties.
///
/// # Errors
/// [`Cancelled`] only.
pub(super) fn read(
    table: &Table<'_>,
    reading: &Reading,
    posts: &mut Posts,
    report: &mut ImportReport,
    progress: &Progress,
) -> Result<(), Cancelled> {
    let roles = &reading.roles;
    let (source, target) = (roles.first(Role::Source), roles.first(Role::Target));
    let decimal_comma = table.separator.words() == "semicolon";
    for_each_row(table, report, progress, |record, report| {
        if matches!(record.get(0), "#" | "%") || record.get(0).starts_with("# ") {
            return; // a comment between the ties
        }
        let end = |column: Option<usize>| column.map_or("", |i| record.get(i));
        let count = match roles.first(Role::Weight).map(|i| record.get(i)) {
            // Not said is once; said wrongly is no tie.
            Some(cell) if !cell.trim().is_empty() => match numbers::weight(cell, decimal_comma) {
                Some(w) if w > 0.0 && w.is_finite() => w,
                wrong => return report.leave_out(wrong_weight(wrong), table.file, record.line),
            },
            _ => 1.0,
        };
        let (Some(from), Some(to)) = (person(posts, end(source)), person(posts, end(target)))
        else {
            return report.leave_out("one end of the tie is empty", table.file, record.line);
        };
        let kind = roles.first(Role::Kind).and_then(|i| kind_of(record.get(i)));
        let directed = roles.directed.and_then(|i| direction(record.get(i)));
        report.rows_read += 1;
        posts.given_ties.push(GivenTie {
            from,
            to,
            kind: kind.or(roles.kind).unwrap_or(TieKind::Tie),
            count,
            directed: directed.unwrap_or(true),
        });
    })
}

fn person(posts: &mut Posts, cell: &str) -> Option<AccountId> {
    if cell.trim().is_empty() {
        return None;
    }
    let cell = bare(cell);
    posts.account(super::handles::handle_in_cell(cell).unwrap_or(cell))
}

/// A cell without the `'` that exports put before what a spreadsheet would take for a formula.
fn bare(cell: &str) -> &str {
    let rest = cell.strip_prefix('\'');
    let is_guarded = |rest: &&str| rest.starts_with(['=', '+', '-', '@', '\t', '\r']);
    rest.filter(is_guarded).unwrap_or(cell)
}

/// Reads a table of people: who they are called, whom they reach, which community the file gives them.
///
/// # Errors
/// [`Cancelled`] only.
pub(super) fn read_people(
    table: &Table<'_>,
    reading: &Reading,
    posts: &mut Posts,
    report: &mut ImportReport,
    progress: &Progress,
) -> Result<(), Cancelled> {
    let roles = &reading.roles;
    for_each_row(table, report, progress, |record, report| {
        let cell = |role| {
            roles
                .first(role)
                .map(|i| record.get(i).trim())
                .map(bare)
                .filter(|c| !c.is_empty())
        };
        let Some(id) = cell(Role::Id).and_then(|id| posts.own_account(id)) else {
            return report.leave_out("no id", table.file, record.line);
        };
        if let Some(label) = cell(Role::Label) {
            posts.tell_name(id, &html_escape::decode_html_entities(label), None);
        }
        if let Some(reach) = cell(Role::Reach).and_then(numbers::count) {
            posts.tell_reach(id, reach, None);
        }
        if let Some(community) = cell(Role::Community).filter(|c| !numbers::is_missing(c)) {
            posts.tell_community(id, community);
        }
        if let Some(bio) = cell(Role::Bio).filter(|c| !numbers::is_missing(c)) {
            posts.tell_bio(id, &html_escape::decode_html_entities(bio), None);
        }
    })
}

/// Calls `each` with every row of a table, telling progress and leaving out what is no row.
pub(super) fn for_each_row(
    table: &Table<'_>,
    report: &mut ImportReport,
    progress: &Progress,
    mut each: impl FnMut(&Record<'_>, &mut ImportReport),
) -> Result<(), Cancelled> {
    let mut scanner = table.rows();
    let mut record = Record::default();
    let (mut told, mut rows) = (scanner.at(), 0u32);
    loop {
        match scanner.next(&mut record) {
            Next::End => break,
            Next::Unbalanced => {
                report.leave_out("a quote that never closes", table.file, record.line);
            }
            Next::Row if table.repeats_header(&record) => {}
            Next::Row => each(&record, report),
        }
        rows += 1;
        if rows.is_multiple_of(500) {
            progress.advance((scanner.at() - told) as u64)?;
            told = scanner.at();
        }
    }
    warn_of_repaired(scanner.repaired, table.file, report);
    progress.advance((scanner.at() - told) as u64)
}

/// Tells that rows were rescued from quotes that never closed.
pub(super) fn warn_of_repaired(n: u64, file: &str, report: &mut ImportReport) {
    if n == 0 {
        return;
    }
    let (rows, quotes) = if n == 1 {
        ("row", "a quote")
    } else {
        ("rows", "quotes")
    };
    report.warn(format!(
        "{n} {rows} of {file} had {quotes} that never closed and were read line by line"
    ));
}
