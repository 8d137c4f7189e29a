//! What the report for a client is made from: the list beside other ways to choose as many people, scenarios, waves.

use std::sync::Arc;

use super::Results;
use crate::campaign::plan::{self, Audience, Limit, OldWay, Plan};
use crate::campaign::{self, Campaign, LogEntry, USUAL_WAVE, Wave};
use crate::changes::Changes;
use crate::export::report::{self, Comparison, Report, ReportedPart, Way};
use crate::layout::Positions;
use crate::people::PersonId;
use crate::problem::Problem;
use crate::progress::{Cancelled, Progress, Stage};
use crate::render::TouchedPeople;

/// What a report is asked about.
#[derive(Debug, Clone, Copy)]
pub struct ReportOrder<'a> {
    /// The map.
    pub results: &'a Results,
    /// Where everybody stands on it.
    pub positions: &'a Positions,
    /// The list.
    pub campaign: &'a Campaign,
    /// On top of the page.
    pub title: &'a str,
    /// The plan for what `campaign` asks, where it was made already.
    pub proposed: Option<&'a Plan>,
    /// What was done, oldest first.
    pub log: &'a [LogEntry],
    /// What has changed since the file before; `None`: not on the page.
    pub changes: Option<&'a Changes>,
    /// The part of the map that was shown; `None`: all of it.
    pub part: Option<&'a ReportedPart>,
}

/// The bytes of the report.
///
/// # Errors
/// A [`Problem`] when the work was cancelled.
pub fn report(order: &ReportOrder<'_>, progress: &Progress) -> Result<Vec<u8>, Problem> {
    let results = order.results;
    let comparison = comparison(order, progress)?;
    let report = Report {
        title: order.title,
        files: &results.conversation.files,
        graph: &results.graph,
        analysis: &results.analysis,
        import: &results.conversation.report,
        positions: order.positions,
        sizes: &results.sizes,
        settings: results.settings.analysis.clone(),
        campaign: order.campaign,
        comparison: comparison.as_ref(),
        changes: order.changes,
        waves: &waves(order, progress)?,
        log: order.log,
        part: order.part,
    };
    report::report(&report, progress)
}

fn waves(order: &ReportOrder<'_>, progress: &Progress) -> Result<Vec<Wave>, Cancelled> {
    let results = order.results;
    let (graph, posts) = (&*results.graph, &results.conversation.posts);
    let communities = &results.analysis.communities;
    let list = order.campaign.to_contact(graph);
    campaign::waves(&list, (graph, posts), communities, USUAL_WAVE, progress)
}

/// The list, or a plan where nobody is on it, beside other ways to choose as many; `None` where that is nobody.
fn comparison(
    order: &ReportOrder<'_>,
    progress: &Progress,
) -> Result<Option<Comparison>, Cancelled> {
    let results = order.results;
    let (graph, analysis) = (&*results.graph, &*results.analysis);
    progress.begin(Stage::Plan, 0)?;
    let mut audience = Audience::new(graph, analysis, order.campaign);
    let list = order.campaign.to_contact(graph);
    if !list.is_empty() {
        // As many as are on the list, so that both can be compared.
        audience.limit = Limit::People(list.len() as u32);
        audience.cost.clear();
    }
    let proposed = match order.proposed {
        Some(plan) => plan.clone(),
        None => plan::plan(&audience, progress)?,
    };
    let k = if list.is_empty() {
        proposed.picks.len()
    } else {
        list.len()
    };
    if k == 0 {
        return Ok(None);
    }
    let mut chosen = Vec::new();
    if list.is_empty() {
        chosen.push(("The plan", proposed));
    } else {
        let same = proposed.picks.len() == k && list.iter().all(|p| holds(&proposed, *p));
        chosen.push(("The outreach list", plan::outcome(&audience, &list)));
        // A plan holds no more than so many; fewer would be no fair match.
        if !same && proposed.picks.len() == k {
            chosen.push(("A plan for as many", proposed));
        }
    }
    for (way, plan) in plan::old_ways(graph, analysis, &audience, k) {
        // The list may be one of them: it would be compared with itself.
        let own = &chosen[0].1;
        let same = plan.picks.len() == k && plan.picks.iter().all(|p| holds(own, p.person));
        if !same && !plan.picks.is_empty() {
            chosen.push((way.words(), plan));
        }
    }
    progress.check()?;
    with_scenarios(results, &audience, chosen, progress).map(Some)
}

fn holds(plan: &Plan, person: PersonId) -> bool {
    plan.picks.iter().any(|pick| pick.person == person)
}

/// The ways with what comes of each in the scenarios; whoever was contacted already carries the message in all of them.
fn with_scenarios(
    results: &Results,
    audience: &Audience,
    chosen: Vec<(&'static str, Plan)>,
    progress: &Progress,
) -> Result<Comparison, Cancelled> {
    let plans: Vec<&Plan> = chosen.iter().map(|(_, plan)| plan).collect();
    let outcomes = super::scenarios(results, audience, &plans, progress)?;
    let ways = chosen.into_iter().zip(outcomes);
    Ok(Comparison {
        ways: ways
            .enumerate()
            .map(|(at, ((name, plan), outcomes))| Way {
                name: name.to_owned(),
                // One's own, and the old way, which is the one that people know.
                touches: (at == 0 || name == OldWay::Reach.words())
                    .then(|| Arc::new(TouchedPeople::of_plan(audience, &plan, name))),
                plan,
                outcomes,
            })
            .collect(),
    })
}
