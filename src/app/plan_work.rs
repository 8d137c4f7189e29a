//! The planner's long jobs: a plan, the list's meter, who else, and swaps.

use std::sync::Arc;

use super::command::Among;
use super::comparing::Compared;
use super::planning::{Basis, ListMeter, MayBePicked, ShownPlan, TouchCounts};
use super::work::Finished;
use crate::campaign::plan::{Audience, Choice, Meter, Plan, Swap, outcome, plan};
use crate::campaign::{Campaign, Status, Wave};
use crate::people::{ConversationGraph, PersonId};
use crate::problem::Problem;
use crate::progress::{Progress, Stage};
use crate::session::Results;

/// People offered who could stand in for somebody.
const ALTERNATIVES: usize = 5;
/// People named as the next best.
const NEXT: usize = 3;
/// Swaps suggested at a time.
const SWAPS: usize = 5;

/// What the planner found.
pub(super) enum Planned {
    /// Whom to ask.
    Plan(ShownPlan),
    /// The plan that was shown, with somebody in another's place.
    Replaced(ShownPlan),
    /// Whom the list touches.
    Meter(ListMeter),
    /// Who would add most to the list.
    Next(Vec<Choice>),
    /// Who could stand in for somebody.
    Instead(Among, PersonId, Vec<Choice>),
    /// Swaps that would help the list.
    Swaps(Vec<Swap>),
    /// The plan beside the old ways.
    Compared(Compared),
    /// Whom of the list to write to together.
    Waves(Vec<Wave>),
}

impl From<Planned> for Finished {
    fn from(planned: Planned) -> Self {
        Self::Planned(Box::new(planned))
    }
}

/// What the planner needs: the map and the campaign as it was when the person asked.
pub(super) struct PlanOrder {
    pub(super) results: Arc<Results>,
    pub(super) campaign: Campaign,
    pub(super) basis: Arc<Basis>,
}

impl PlanOrder {
    fn audience(&self) -> Arc<Audience> {
        let results = &self.results;
        let audience = Audience::new(&results.graph, &results.analysis, &self.campaign);
        Arc::new(audience)
    }

    /// The meter of the list.
    fn meter(&self) -> Meter {
        let mut meter = Meter::new(self.audience());
        meter.set(&carriers(&self.results.graph, &self.campaign));
        meter
    }
}

/// The people of the list who carry the message, or will: all but those who are left in peace, in order. Those contacted already
/// are lit once the audience knows of it; until then the counts are the same for people of the set.
pub(super) fn carriers(graph: &ConversationGraph, campaign: &Campaign) -> Vec<PersonId> {
    let entries = campaign.outreach_list.entries().iter();
    let carry = entries.filter(|e| !matches!(e.status, Status::Declined | Status::DoNotContact));
    carry
        .filter_map(|entry| graph.find(&entry.person))
        .collect()
}

/// Finds the people of a plan.
pub(super) fn propose(order: &PlanOrder, progress: &Progress) -> Result<Finished, Problem> {
    let audience = order.audience();
    let proposed = plan(&audience, progress)?;
    let results = &order.results;
    let may_be_picked = MayBePicked::count(
        &results.graph,
        &results.analysis,
        (&audience, &order.basis.settings),
    );
    let shown = ShownPlan {
        counts: counts_of(results, &proposed),
        plan: proposed,
        audience,
        basis: order.basis.clone(),
        of: Arc::downgrade(results),
        may_be_picked,
    };
    Ok(Planned::Plan(shown).into())
}

fn counts_of(results: &Results, plan: &Plan) -> TouchCounts {
    let of = |c: usize| plan.by_community.get(c).copied().unwrap_or_default();
    TouchCounts::of(&results.analysis.communities, plan.touched, of)
}

/// The plan after `swaps`, each of somebody for another.
pub(super) fn replaced(
    shown: &ShownPlan,
    results: &Results,
    swaps: &[(PersonId, PersonId)],
) -> Finished {
    let mut people = shown.plan.people();
    for (out, new) in swaps {
        let at = people.iter().position(|person| person == out);
        if let Some(at) = at.filter(|_| !people.contains(new)) {
            people[at] = *new;
        }
    }
    let plan = outcome(&shown.audience, &people);
    let shown = ShownPlan {
        counts: counts_of(results, &plan),
        plan,
        ..shown.clone()
    };
    Planned::Replaced(shown).into()
}

/// Looks up whom the list touches.
pub(super) fn look_up_list(order: &PlanOrder) -> Finished {
    let mut meter = ListMeter {
        meter: order.meter(),
        basis: order.basis.clone(),
        of: Arc::downgrade(&order.results),
        counts: TouchCounts::default(),
        next: Vec::new(),
        next_is_old: true,
    };
    meter.count(&order.results.analysis.communities);
    Planned::Meter(meter).into()
}

/// Who would add most to the list.
pub(super) fn next_best(meter: &Meter, progress: &Progress) -> Result<Finished, Problem> {
    let next = meter.next_best(NEXT, &[], progress)?;
    Ok(Planned::Next(next).into())
}

/// Who could stand in for `out` in a plan.
pub(super) fn instead_in_plan(
    shown: &ShownPlan,
    out: PersonId,
    progress: &Progress,
) -> Result<Finished, Problem> {
    progress.begin(Stage::Plan, 0)?;
    let mut meter = Meter::new(shown.audience.clone());
    meter.set(&shown.plan.people());
    let choices = meter.alternatives(out, ALTERNATIVES, progress)?;
    Ok(Planned::Instead(Among::Plan, out, choices).into())
}

/// Who could stand in for `out` on the list.
pub(super) fn instead_on_list(
    order: &PlanOrder,
    out: PersonId,
    progress: &Progress,
) -> Result<Finished, Problem> {
    progress.begin(Stage::Plan, 0)?;
    let choices = order.meter().alternatives(out, ALTERNATIVES, progress)?;
    Ok(Planned::Instead(Among::List, out, choices).into())
}

/// Swaps that would help the list.
pub(super) fn swaps(order: &PlanOrder, progress: &Progress) -> Result<Finished, Problem> {
    progress.begin(Stage::Plan, 0)?;
    let swaps = order.meter().swaps(SWAPS, progress)?;
    Ok(Planned::Swaps(swaps).into())
}
