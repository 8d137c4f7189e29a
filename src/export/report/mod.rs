//! The report for a client: one HTML page with both pictures of the map, the tables, the plan and the method, in plain words.
//!
//! It needs no network, no script and no other file, and prints on A4. What it says follows from the results alone: the same
//! results give the same bytes, and its dates are those of the posts.

mod changes;
mod communities;
mod map;
mod method;
mod page;
mod people;
mod plan;
mod summary;

use std::sync::Arc;

use crate::analysis::{Analysis, AnalysisSettings, DotSizes};
use crate::campaign::plan::Plan;
use crate::campaign::{Campaign, LogEntry, Outcome, Wave};
use crate::changes::Changes;
use crate::import::ImportReport;
use crate::layout::Positions;
use crate::people::{ConversationGraph, PersonId};
use crate::problem::Problem;
use crate::progress::{Progress, Stage};
use crate::render::{PartStyle, TouchedPeople};

use page::{Page, attribute};

/// Best bridges on the page.
pub const BRIDGES: u32 = 25;

/// Everything the page is made from.
#[derive(Debug, Clone)]
pub struct Report<'a> {
    /// On top: what the conversation is called.
    pub title: &'a str,
    /// Names of the files read.
    pub files: &'a [String],
    /// Who talks with whom.
    pub graph: &'a ConversationGraph,
    /// Communities and bridges.
    pub analysis: &'a Analysis,
    /// What became of every row.
    pub import: &'a ImportReport,
    /// Where everybody stands on the map.
    pub positions: &'a Positions,
    /// How large the dots are.
    pub sizes: &'a DotSizes,
    /// What the analysis was made with.
    pub settings: AnalysisSettings,
    /// The outreach list. Its notes stay out of the page: they are the organizer's own.
    pub campaign: &'a Campaign,
    /// Whom the list, or the plan, touches beside other ways to choose as many; `None`: not on the page.
    pub comparison: Option<&'a Comparison>,
    /// What has changed since the file before; `None`: not on the page.
    pub changes: Option<&'a Changes>,
    /// Whom to write to together; empty: not on the page.
    pub waves: &'a [Wave],
    /// What was done, oldest first; empty: not on the page.
    pub log: &'a [LogEntry],
    /// The part of the map that the window showed; `None`: all of it.
    pub part: Option<&'a ReportedPart>,
}

/// What a filter let through when the report was asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportedPart {
    /// The part, and what it is called.
    pub style: PartStyle,
    /// The analysis is of the part alone, and so is the page; else both are of the whole conversation.
    pub is_analysed: bool,
}

/// Several ways to choose the same number of people, and what comes of each.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Comparison {
    /// The first is one's own: the outreach list, or the plan where nobody is on it.
    pub ways: Vec<Way>,
}

/// One way to choose people.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// What it is called: "The outreach list", "Top reach".
    pub name: String,
    /// The people, and whom they touch.
    pub plan: Plan,
    /// For a picture of whom they touch; `None`: none.
    pub touches: Option<Arc<TouchedPeople>>,
    /// What comes of it in the scenarios, by strength; empty: not played.
    pub outcomes: Vec<Outcome>,
}

/// The bytes of the page.
///
/// # Errors
/// A [`Problem`] when the work was cancelled.
pub fn report(report: &Report<'_>, progress: &Progress) -> Result<Vec<u8>, Problem> {
    progress.begin(Stage::Render, 0)?;
    let everyone = map::everyone(report, progress)?;
    let bridges = map::bridges(report, progress)?;
    let touches = map::touches(report, progress)?;
    progress.check()?;
    let mut page = Page::default();
    page.raw("<!DOCTYPE html>\n");
    page.open("html", r#"lang="en""#);
    head(&mut page, report);
    page.open("body", "");
    summary::header(&mut page, report);
    page.open("main", "");
    summary::in_short(&mut page, report);
    changes::section(&mut page, report);
    map::section(&mut page, report, &everyone);
    communities::section(&mut page, report);
    people::bridges(&mut page, report, &bridges);
    progress.check()?;
    people::list(&mut page, report);
    people::plan(&mut page, report);
    plan::waves(&mut page, report);
    plan::comparison(&mut page, report, &touches);
    plan::scenarios(&mut page, report);
    method::method(&mut page, report);
    method::data(&mut page, report);
    method::done(&mut page, report);
    page.close();
    method::footer(&mut page);
    Ok(page.finish().into_bytes())
}

fn head(page: &mut Page, report: &Report<'_>) {
    page.open("head", "");
    page.empty("meta", r#"charset="utf-8""#);
    page.empty(
        "meta",
        r#"name="viewport" content="width=device-width, initial-scale=1""#,
    );
    page.empty("meta", r#"name="robots" content="noindex""#);
    let version = format!("Isthmus {}", env!("CARGO_PKG_VERSION"));
    page.empty(
        "meta",
        &format!(r#"name="generator" {}"#, attribute("content", &version)),
    );
    let title = crate::render::shorten(report.title, 120);
    page.line(
        "title",
        "",
        &format!("{title}: who joins this conversation"),
    );
    page.open("style", "");
    page.raw("\n");
    page.raw(include_str!("report.css"));
    page.close();
    page.close();
}

impl Report<'_> {
    /// The best bridges, best first, at most [`BRIDGES`]: those with a score.
    fn best_bridges(&self) -> Vec<PersonId> {
        let bridges = &self.analysis.bridges;
        let mut best: Vec<(u32, PersonId)> = (bridges.rank.iter().zip(0..))
            .filter(|&(&rank, i)| rank <= BRIDGES && bridges.score[i as usize] > 0.0)
            .map(|(&rank, i)| (rank, PersonId(i)))
            .collect();
        best.sort_unstable();
        best.into_iter().map(|(_, person)| person).collect()
    }

    /// Names of the communities that sentences may hold.
    fn community_names(&self) -> Vec<&str> {
        let list = self.analysis.communities.list.iter();
        list.filter(|c| !c.small).map(|c| c.name.as_str()).collect()
    }

    /// The part that the page is about; `None`: the whole conversation.
    fn analysed_part(&self) -> Option<&PartStyle> {
        let part = self.part.filter(|part| part.is_analysed)?;
        Some(&part.style)
    }

    /// Whether the page has something on the outreach list.
    fn has_list(&self) -> bool {
        !self.campaign.outreach_list.is_empty()
    }

    /// The comparison, where there is one with people in it.
    fn compared(&self) -> Option<&Comparison> {
        let has_people = |way: &Way| !way.plan.picks.is_empty();
        let own = |comparison: &&Comparison| comparison.ways.first().is_some_and(has_people);
        self.comparison.filter(own)
    }

    /// One's own way.
    fn own(&self) -> Option<&Plan> {
        let way = self.compared()?.ways.first()?;
        Some(&way.plan)
    }

    /// The plan, where it is the proposal since nobody is on the list.
    fn proposed(&self) -> Option<&Plan> {
        self.own().filter(|_| !self.has_list())
    }

    /// Whether scenarios were played.
    fn has_scenarios(&self) -> bool {
        let compared = self.compared();
        compared.is_some_and(|c| c.ways.iter().any(|way| !way.outcomes.is_empty()))
    }
}
