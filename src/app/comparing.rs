//! Old way against new way, scenarios and outreach waves: what the window shows of them, and the long jobs that make them.

use std::sync::Arc;

use super::plan_work::{PlanOrder, Planned};
use super::planning::{ShownPlan, TouchCounts};
use super::work::Finished;
use crate::campaign::plan::{Audience, Plan, old_ways, outcome};
use crate::campaign::{self, Outcome, USUAL_WAVE, Wave};
use crate::people::PersonId;
use crate::problem::Problem;
use crate::progress::{Progress, Stage};
use crate::render::TouchedPeople;
use crate::session::{self, Results};

/// One way to choose people, and what it brings.
#[derive(Debug, Clone)]
pub struct Rival {
    /// What it is called: "The plan", "Top reach".
    pub name: &'static str,
    /// The same where a column is narrow.
    pub short: &'static str,
    /// Its people and whom they touch.
    pub plan: Plan,
    /// How many, by community.
    pub counts: TouchCounts,
    /// Whom they touch, for the map.
    pub touched: Arc<TouchedPeople>,
    /// What comes of it in the scenarios, by strength; empty until they were played.
    pub outcomes: Vec<Outcome>,
}

/// Ways to choose as many people, beside each other.
#[derive(Debug, Clone)]
pub struct Compared {
    /// The plan first, then the list where somebody is on it, then the old ways.
    pub rivals: Vec<Rival>,
    /// Who may be asked and who should hear.
    pub audience: Arc<Audience>,
    /// The list that was compared.
    pub list: Vec<PersonId>,
}

impl Compared {
    /// How the plan does beside the others, fair also where an old way is better.
    pub fn words(&self) -> String {
        let Some((own, others)) = self.rivals.split_first() else {
            return String::new();
        };
        let enough = |rival: &Rival| rival.plan.touched.enough;
        let best = others
            .iter()
            .filter(|r| r.name != LIST)
            .max_by_key(|r| enough(r));
        let Some(best) = best else {
            return String::new();
        };
        let often = match own.plan.touchpoints {
            1 => "",
            2 => " at least twice",
            _ => " often enough",
        };
        let (ours, theirs) = (enough(own), enough(best));
        let figure = |n: u32| crate::people::thousands(u64::from(n));
        let (name, lower) = (best.name, best.name.to_lowercase());
        match ours.cmp(&theirs) {
            std::cmp::Ordering::Greater => format!(
                "The plan touches {} people{often}, the best of the old ways ({lower}) {}",
                figure(ours),
                figure(theirs)
            ),
            std::cmp::Ordering::Equal => {
                format!(
                    "The plan touches as many people{often} as {lower}: {}",
                    figure(ours)
                )
            }
            std::cmp::Ordering::Less => format!(
                "{name} wins here: it touches {} people{often}, the plan {}. The plan spreads them over the communities",
                figure(theirs),
                figure(ours)
            ),
        }
    }
}

const PLAN: &str = "The plan";
const LIST: &str = "My list";

/// Puts the plan that is shown, the list and the old ways beside each other, all with as many people as the plan.
pub(super) fn compare(
    order: &PlanOrder,
    (shown, list): (&Arc<ShownPlan>, Vec<PersonId>),
    progress: &Progress,
) -> Result<Finished, Problem> {
    progress.begin(Stage::Plan, 0)?;
    let (graph, analysis) = (&*order.results.graph, &*order.results.analysis);
    let audience = shown.audience.clone();
    let mut chosen = vec![((PLAN, "Plan"), shown.plan.clone())];
    if !list.is_empty() {
        chosen.push(((LIST, "List"), outcome(&audience, &list)));
    }
    progress.check()?;
    let k = shown.plan.picks.len();
    for (way, plan) in old_ways(graph, analysis, &audience, k) {
        chosen.push(((way.words(), way.short()), plan));
    }
    let mut rivals = Vec::new();
    for ((name, short), plan) in chosen {
        progress.check()?;
        let of = |c: usize| plan.by_community.get(c).copied().unwrap_or_default();
        rivals.push(Rival {
            name,
            short,
            counts: TouchCounts::of(&analysis.communities, plan.touched, of),
            touched: Arc::new(TouchedPeople::of_plan(&audience, &plan, name)),
            plan,
            outcomes: Vec::new(),
        });
    }
    let compared = Compared {
        rivals,
        audience,
        list,
    };
    Ok(Planned::Compared(compared).into())
}

/// Plays the scenarios for every rival, under the same chance.
pub(super) fn play(
    results: &Results,
    compared: &Compared,
    progress: &Progress,
) -> Result<Finished, Problem> {
    let plans: Vec<&Plan> = compared.rivals.iter().map(|rival| &rival.plan).collect();
    let played = session::scenarios(results, &compared.audience, &plans, progress)?;
    let mut compared = compared.clone();
    for (rival, outcomes) in compared.rivals.iter_mut().zip(played) {
        rival.outcomes = outcomes;
    }
    Ok(Planned::Compared(compared).into())
}

/// Whom of `list` to write to together.
pub(super) fn suggest_waves(
    results: &Results,
    list: &[PersonId],
    progress: &Progress,
) -> Result<Finished, Problem> {
    progress.begin(Stage::Plan, 0)?;
    let conversation = (&*results.graph, &results.conversation.posts);
    let communities = &results.analysis.communities;
    let waves: Vec<Wave> = campaign::waves(list, conversation, communities, USUAL_WAVE, progress)?;
    Ok(Planned::Waves(waves).into())
}
