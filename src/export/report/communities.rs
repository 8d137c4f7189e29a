//! The table of communities.

use super::Report;
use super::page::Page;
use crate::analysis::{Community, CommunityId};
use crate::people::{counted, thousands};
use crate::render::shorten;

/// Large communities with a row of their own.
const MOST_COMMUNITIES: usize = 24;
/// Words told of a community.
const WORDS: usize = 6;

/// Every community with its people, reach and ties.
pub(super) fn section(page: &mut Page, report: &Report<'_>) {
    page.open("section", r#"id="communities""#);
    page.line("h2", "", "Communities");
    page.paragraph(
        "A community is a group of people who talk mostly among themselves. Each is named after the words that its people use \
         and others do not; where there are no words, after the person with most ties.",
    );
    let all = &report.analysis.communities.list;
    let large: Vec<(usize, &Community)> =
        all.iter().enumerate().filter(|(_, c)| !c.small).collect();
    page.open("div", r#"class="scroll""#);
    page.open("table", "");
    page.line("caption", "", "Communities, the largest first");
    page.head(&[
        ("Community", false),
        ("People", true),
        ("Known reach", true),
        ("Ties inside", true),
        ("Ties to others", true),
    ]);
    page.open("tbody", "");
    let most = large.first().map_or(0.0, |(_, c)| f64::from(c.people));
    for &(at, community) in large.iter().take(MOST_COMMUNITIES) {
        let colour = report.colour(CommunityId(at as u32));
        page.open("tr", "");
        page.open("th", r#"scope="row""#);
        page.swatch(colour);
        page.name(&community.name, "who");
        let words: Vec<&str> = community
            .words
            .iter()
            .map(String::as_str)
            .take(WORDS)
            .collect();
        if !words.is_empty() {
            page.open("span", r#"class="why""#);
            page.line("bdi", "", &shorten(&words.join(", "), 160));
            page.close();
        }
        page.close();
        let people = thousands(u64::from(community.people));
        page.bar(&people, f64::from(community.people), most, Some(colour));
        page.number(community.reach.max(0.0).round() as u64);
        page.number(community.ties_inside);
        page.number(community.ties_outside);
        page.close();
    }
    rest(page, report);
    for _ in 0..4 {
        page.close();
    }
}

/// Rows for those who have none of their own.
fn rest(page: &mut Page, report: &Report<'_>) {
    let all = &report.analysis.communities.list;
    let large = all.iter().filter(|c| !c.small);
    let more: Vec<&Community> = large.skip(MOST_COMMUNITIES).collect();
    let small: Vec<&Community> = all.iter().filter(|c| c.small).collect();
    let groups = [
        (more, "more community", "more communities"),
        (small, "small group", "small groups"),
    ];
    for (group, one, many) in groups {
        if group.is_empty() {
            continue;
        }
        page.open("tr", "");
        let words = counted(group.len() as u64, one, many);
        page.line("th", r#"scope="row" class="weak""#, &words);
        page.number(group.iter().map(|c| u64::from(c.people)).sum());
        let reach: f64 = group.iter().map(|c| c.reach.max(0.0)).sum();
        page.number(reach.round() as u64);
        page.number(group.iter().map(|c| c.ties_inside).sum());
        page.number(group.iter().map(|c| c.ties_outside).sum());
        page.close();
    }
    let alone = report.graph.n_isolates();
    if alone > 0 {
        page.open("tr", "");
        page.line("th", r#"scope="row" class="weak""#, "People without ties");
        page.number(alone as u64);
        for _ in 0..3 {
            page.figure("");
        }
        page.close();
    }
}
