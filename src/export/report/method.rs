//! The end of the page: how everything was found, what it cannot say, what was read and with which settings.

use super::Report;
use super::page::Page;
use crate::analysis::BridgeSettings;
use crate::people::{counted, thousands};
use crate::render::shorten;

/// Entries of the log that are told.
const MOST_DONE: usize = 60;
/// Reasons and warnings told one by one.
const MOST_REASONS: usize = 12;

/// How everything was found, in plain words.
pub(super) fn method(page: &mut Page, report: &Report<'_>) {
    page.open("section", r#"id="method""#);
    page.line("h2", "", "Method and limits");
    page.open("dl", r#"class="terms""#);
    let term = |page: &mut Page, term: &str, text: &str| {
        page.line("dt", "", term);
        page.line("dd", "", text);
    };
    term(
        page,
        "Tie",
        "Two people are tied when one replied to, passed on, quoted or named the other in these posts, or when the file states \
         a tie. The more often, the stronger the tie, but each further time adds less. That two people follow each other is \
         not known here and is no tie.",
    );
    term(
        page,
        "Community",
        "People are grouped so that there are many more ties inside the groups than chance would give (the Leiden method on \
         modularity). The search is run several times from different starts and the best grouping is shown. Communities have \
         no sharp edges: a person between two of them may stand in either.",
    );
    let settings = BridgeSettings::default();
    term(
        page,
        "Bridge score",
        &format!(
            "For each other community: how much stronger a person’s ties into it are than {} times what the rest of their own \
             community would send there. These surpluses are squared, added up, and divided by the strength of all of the \
             person’s ties (and {} more, so that a few chance ties make no bridge). The score is the mean over all runs. It \
             rises with many ties across that are a real part of what the person does; it knows nothing of followers, opinion or \
             influence.",
            settings.lambda, settings.a
        ),
    );
    term(
        page,
        "Reach",
        "Followers, or the audience figure of the export. Where the file does not tell it, it is unknown: it is not guessed and \
         not counted as nothing. The reach of a community is the sum of what is known; people who follow several of them are \
         counted several times.",
    );
    if report.compared().is_some() {
        term(
            page,
            "Touched",
            "A person is touched by somebody who is chosen when the two are tied in these posts. It means that a message may well \
             come to them that way, not that it does, and nothing about what they think of it.",
        );
    }
    if report.has_scenarios() {
        term(
            page,
            "Scenarios",
            "Each tie carries the message in a run with the assumed likelihood for each exchange that made it; every way to choose \
             people meets the same chance. The rule is a common assumption in research on how behaviour spreads, and none of its \
             numbers was measured on this conversation.",
        );
    }
    term(
        page,
        "What this cannot say",
        "The report knows only the posts that were exported: who talks elsewhere, reads silently or was not found by the search \
         is missing. It counts conversation, not agreement; two people who quarrel are tied as well as two friends. It \
         promises no result.",
    );
    page.close();
    page.close();
}

/// What was read, what was left out, and the settings.
pub(super) fn data(page: &mut Page, report: &Report<'_>) {
    page.open("section", r#"id="data""#);
    page.line("h2", "", "The data");
    let import = report.import;
    let used = if import.posts > 0 {
        counted(import.posts, "post", "posts")
    } else {
        let not_used = import.duplicates_removed + import.rows_left_out();
        counted(import.rows_read.saturating_sub(not_used), "tie", "ties")
    };
    let duplicates = match import.duplicates_removed {
        0 => "no duplicates".to_owned(),
        n => counted(n, "duplicate", "duplicates"),
    };
    let read = format!(
        "{} read: {used}, {duplicates}, {} left out.",
        counted(import.rows_read, "row was", "rows were"),
        thousands(import.rows_left_out())
    );
    page.paragraph(&read);
    left_out(page, report);
    warnings(page, report);
    page.line("h3", "", "Settings");
    settings(page, report);
    page.close();
}

/// Every reason for which rows were left out.
fn left_out(page: &mut Page, report: &Report<'_>) {
    let reasons = &report.import.left_out;
    if reasons.is_empty() {
        return;
    }
    page.open("div", r#"class="scroll""#);
    page.open("table", "");
    page.line("caption", "", "Rows left out");
    page.head(&[
        ("Reason", false),
        ("Rows", true),
        ("The first of them", false),
    ]);
    page.open("tbody", "");
    for reason in reasons.iter().take(MOST_REASONS) {
        page.open("tr", "");
        page.line("th", r#"scope="row""#, &reason.reason);
        page.number(reason.count);
        page.open("td", "");
        page.name(&reason.first.to_string(), "");
        page.close();
        page.close();
    }
    let more = reasons.iter().skip(MOST_REASONS);
    if reasons.len() > MOST_REASONS {
        page.open("tr", "");
        page.line("th", r#"scope="row""#, "Other reasons");
        page.number(more.map(|reason| reason.count).sum());
        page.line("td", "", "");
        page.close();
    }
    for _ in 0..3 {
        page.close();
    }
}

fn warnings(page: &mut Page, report: &Report<'_>) {
    let import = report.import;
    let not_found = import.not_found_words();
    let warnings: Vec<&str> = import
        .warnings
        .iter()
        .chain(&not_found)
        .map(String::as_str)
        .collect();
    if warnings.is_empty() {
        return;
    }
    page.line("h3", "", "Noted while reading");
    page.open("ul", r#"class="points""#);
    for warning in warnings.into_iter().take(MOST_REASONS) {
        page.open("li", "");
        page.line("bdi", "", &shorten(warning, 300));
        page.close();
    }
    page.close();
}

/// With what everything was made.
fn settings(page: &mut Page, report: &Report<'_>) {
    let (import, communities) = (report.import, &report.analysis.communities);
    let mut lines = vec![("Format", import.format.clone())];
    let kinds: Vec<String> = import
        .tie_kinds
        .iter()
        .map(|(kind, n)| format!("{} {}", thousands(*n), kind.word()))
        .collect();
    if !kinds.is_empty() {
        lines.push(("Exchanges", kinds.join(", ")));
    }
    if import.handles_merged > 0 {
        let merged = counted(import.handles_merged, "handle", "handles");
        lines.push((
            "Written in several ways",
            merged + ", taken for one person each",
        ));
    }
    if report.graph.self_ties > 0 {
        lines.push((
            "To themselves",
            thousands(report.graph.self_ties) + ", not counted as ties",
        ));
    }
    lines.extend([
        (
            "Communities",
            if report.settings.communities_from_file {
                "as the file gives them".to_owned()
            } else {
                format!("found here, resolution {}", communities.resolution)
            },
        ),
        ("Modularity", format!("{:.3}", communities.modularity)),
        ("Runs", report.settings.runs.to_string()),
        ("Seed", report.settings.seed.to_string()),
        (
            "Made with",
            format!("Isthmus {}", env!("CARGO_PKG_VERSION")),
        ),
    ]);
    page.open("dl", r#"class="settings""#);
    for (term, value) in lines {
        page.line("dt", "", term);
        page.line("dd", "", &shorten(&value, 200));
    }
    page.close();
    page.paragraph("The same files and settings give the same report.");
}

/// What was done, day by day.
pub(super) fn done(page: &mut Page, report: &Report<'_>) {
    if report.log.is_empty() {
        return;
    }
    page.open("section", r#"id="done""#);
    page.line("h2", "", "What was done");
    page.open("dl", r#"class="terms""#);
    let skipped = report.log.len().saturating_sub(MOST_DONE);
    for entry in report.log.iter().skip(skipped) {
        page.line("dt", "", &entry.day());
        page.line("dd", "", &entry.what);
    }
    page.close();
    if skipped > 0 {
        let earlier = counted(skipped as u64, "earlier entry", "earlier entries");
        page.line("p", "", &format!("{earlier} left out"));
    }
    page.close();
}

/// The last words.
pub(super) fn footer(page: &mut Page) {
    page.open("footer", "");
    page.paragraph(
        "This page names people who wrote in public. Pass it on only to those who need it, and write to nobody who asked not to \
         be written to.",
    );
    page.close();
}
