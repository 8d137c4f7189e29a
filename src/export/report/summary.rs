//! The top of the page: what it is about, the figures that count, and what they say.

use super::page::{Page, of_100};
use super::{Report, ReportedPart, people};
use crate::analysis::why;
use crate::export::map::days;
use crate::people::{counted, thousands};
use crate::render::shorten;

/// Names of files written out; of more only the number is told.
const MOST_FILES: usize = 6;
/// Letters of what a part is called, at most.
const LONGEST_PART: usize = 200;

/// The title, the days and the files.
pub(super) fn header(page: &mut Page, report: &Report<'_>) {
    page.open("header", "");
    page.line("p", r#"class="kicker""#, "Conversation report");
    page.open("h1", "");
    page.name(report.title, "");
    page.close();
    let mut facts = vec![counted(report.graph.n_people() as u64, "person", "people")];
    if report.import.posts > 0 {
        facts.push(counted(report.import.posts, "post", "posts"));
    }
    facts.extend(report.import.time_range.and_then(days));
    page.line("p", r#"class="facts""#, &facts.join(" · "));
    if let Some(part) = report.part {
        page.line("p", r#"class="facts""#, &part_sentence(part));
    }
    files(page, report);
    page.open("nav", r#"aria-label="On this page""#);
    page.open("ul", "");
    for (id, words) in parts(report) {
        page.open("li", "");
        page.line("a", &format!(r##"href="#{id}""##), words);
        page.close();
    }
    page.close();
    page.close();
    page.close();
}

/// What part of the conversation the page is about, or that it is about all of it.
fn part_sentence(part: &ReportedPart) -> String {
    let words = shorten(&part.style.words, LONGEST_PART);
    if !part.is_analysed {
        return format!(
            "The window showed a part ({words}); this page is about the whole conversation."
        );
    }
    let counts = part.style.part.counts;
    format!(
        "This page is about a part of the conversation: {words}. {} of {} are in it; communities, bridges and scores know \
         nothing of the others.",
        thousands(counts.people),
        counted(counts.all_people, "person", "people")
    )
}

/// The parts of the page, by the ids of their sections.
fn parts(report: &Report<'_>) -> Vec<(&'static str, &'static str)> {
    let all = [
        (report.changes.is_some(), "changes", "What has changed"),
        (true, "map", "The map"),
        (true, "communities", "Communities"),
        (true, "bridges", "Bridges"),
        (report.has_list(), "list", "Outreach list"),
        (report.proposed().is_some(), "plan", "Plan"),
        (!report.waves.is_empty(), "waves", "Waves"),
        (
            report.compared().is_some(),
            "comparison",
            "Old way and new way",
        ),
        (report.has_scenarios(), "scenarios", "Scenarios"),
        (true, "method", "Method and limits"),
        (true, "data", "The data"),
    ];
    let shown = all.into_iter().filter(|(shown, ..)| *shown);
    shown.map(|(_, id, words)| (id, words)).collect()
}

fn files(page: &mut Page, report: &Report<'_>) {
    if report.files.is_empty() {
        return;
    }
    page.open("p", r#"class="files""#);
    page.text("From ");
    for (at, file) in report.files.iter().take(MOST_FILES).enumerate() {
        if at > 0 {
            page.text(", ");
        }
        page.name(&shorten(file, 60), "");
    }
    if report.files.len() > MOST_FILES {
        page.text(&format!(
            " and {} more files",
            report.files.len() - MOST_FILES
        ));
    }
    page.close();
}

/// The figures, and what they say.
pub(super) fn in_short(page: &mut Page, report: &Report<'_>) {
    page.open("section", r#"id="summary""#);
    page.line("h2", "", "In short");
    let communities = &report.analysis.communities;
    page.open("dl", r#"class="tiles""#);
    let alone = report.graph.n_isolates();
    let tile = |page: &mut Page, n: u64, words: &str| {
        page.open("div", "");
        page.line("dt", "", words);
        page.line("dd", "", &thousands(n));
        page.close();
    };
    tile(page, report.graph.n_people() as u64, "people");
    tile(
        page,
        (report.graph.n_people() - alone) as u64,
        "who talk with each other",
    );
    tile(page, report.graph.ties.n_ties() as u64, "ties between them");
    tile(page, communities.n_large() as u64, "communities");
    tile(
        page,
        report.best_bridges().len() as u64,
        "bridges named here",
    );
    page.close();
    page.open("ul", r#"class="points""#);
    largest(page, report);
    best(page, report);
    plan(page, report);
    page.close();
    if report.analysis.thin_data {
        page.open("div", r#"class="note careful""#);
        page.paragraph(
            "Thin data: most people here have one or two ties, so the order of the bridges is weak. More posts, or a longer \
             time, would make it firmer.",
        );
        page.close();
    }
    page.close();
}

/// What the largest community is.
fn largest(page: &mut Page, report: &Report<'_>) {
    let communities = &report.analysis.communities;
    let Some(first) = communities.list.first().filter(|c| !c.small) else {
        return;
    };
    let tied = (report.graph.n_people() - report.graph.n_isolates()) as u64;
    page.open("li", "");
    page.text("The largest community is ");
    page.name(&first.name, "who");
    page.text(&format!(
        " with {}: {} of those who talk with anybody.",
        counted(u64::from(first.people), "person", "people"),
        of_100(u64::from(first.people), tied)
    ));
    page.close();
}

/// Who the best bridge is, and why.
fn best(page: &mut Page, report: &Report<'_>) {
    let Some(&best) = report.best_bridges().first() else {
        page.line(
            "li",
            "",
            "Nobody here talks across communities much more than their own community does.",
        );
        return;
    };
    page.open("li", "");
    page.text("The best bridge is ");
    page.person(&report.graph.people[best.index()]);
    page.text(": ");
    let reason = why(report.graph, report.analysis, best);
    page.sentence(&people::lower_first(&reason), &report.community_names());
    page.text(".");
    page.close();
}

/// What the people on the list touch.
fn plan(page: &mut Page, report: &Report<'_>) {
    let Some(way) = report
        .compared()
        .and_then(|comparison| comparison.ways.first())
    else {
        return;
    };
    page.open("li", "");
    page.text(&format!(
        "{}: {}.",
        way.name,
        people::lower_first(&way.plan.words())
    ));
    page.close();
}
