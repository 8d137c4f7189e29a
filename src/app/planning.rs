//! Plans, the list's meter and advice as the window shows them, each with what it was made from.

use std::collections::BTreeMap;
use std::sync::{Arc, Weak};

use crate::analysis::{Analysis, Communities, CommunityId};
use crate::campaign::plan::{Audience, Choice, Limit, Meter, Plan, PlanSettings, Swap, Touched};
use crate::campaign::{Campaign, Status};
use crate::people::{ConversationGraph, PersonId, counted, thousands};
use crate::progress::Standing;
use crate::session::Results;

use super::command::Among;

/// What a plan depends on besides the map.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Basis {
    /// What the organizer asks.
    pub settings: PlanSettings,
    /// People of the list who were contacted or are left in peace, by key.
    pub statuses: BTreeMap<String, Status>,
}

impl Basis {
    /// That of `campaign`. O(settings + list).
    pub fn of(campaign: &Campaign) -> Self {
        let entries = campaign.outreach_list.entries().iter();
        let told = entries.filter(|entry| entry.status != Status::ToContact);
        Self {
            settings: campaign.plan.clone(),
            statuses: told.map(|e| (e.person.clone(), e.status)).collect(),
        }
    }
}

/// How many people are touched.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TouchCounts {
    /// Everybody.
    pub all: Touched,
    /// Each community that is no small group, largest first.
    pub communities: Vec<(CommunityId, Touched)>,
    /// All small groups together; `None` where there are none.
    pub small: Option<Touched>,
}

impl TouchCounts {
    /// `each`: the people of the community with this number. O(communities).
    pub(super) fn of(
        communities: &Communities,
        all: Touched,
        each: impl Fn(usize) -> Touched,
    ) -> Self {
        let mut counts = Self {
            all,
            ..Self::default()
        };
        for (at, community) in communities.list.iter().enumerate() {
            if community.small {
                counts.small = Some(counts.small.unwrap_or_default() + each(at));
            } else {
                let id = CommunityId(at as u32);
                counts.communities.push((id, each(at)));
            }
        }
        counts
    }
}

/// How many people a plan may pick, and how many it may not, each by the first reason that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MayBePicked {
    /// Who may.
    pub people: u32,
    /// Contacted already.
    pub contacted: u32,
    /// Never picked, declined, or not to be contacted.
    pub left_alone: u32,
    /// Of communities from which nobody is picked.
    pub elsewhere: u32,
    /// With too much reach.
    pub large: u32,
    /// With too few connections.
    pub few_connections: u32,
}

impl MayBePicked {
    /// Counts everybody. O(n).
    pub(super) fn count(
        graph: &ConversationGraph,
        analysis: &Analysis,
        (audience, settings): (&Audience, &PlanSettings),
    ) -> Self {
        let mut counts = Self::default();
        let from = settings.picked_from(graph, &analysis.communities);
        let from = from.as_ref();
        for (i, person) in graph.people.iter().enumerate() {
            let community = analysis.communities.of.get(i).copied().flatten();
            let count = if audience.eligible[i] {
                &mut counts.people
            } else if audience.lit[i] {
                &mut counts.contacted
            } else if !audience.may_contact[i] {
                &mut counts.left_alone
            } else if !from.is_none_or(|from| community.is_some_and(|c| from.contains(&c))) {
                &mut counts.elsewhere
            } else if matches!((settings.reach_cap, person.reach), (Some(cap), Some(r)) if r > cap)
            {
                &mut counts.large
            } else {
                &mut counts.few_connections
            };
            *count += 1;
        }
        counts
    }

    /// "Only 7 people may be picked: 412 have fewer than 3 connections, 5 were contacted already".
    pub fn words(&self, settings: &PlanSettings) -> String {
        let least = settings.least_connections.max(1);
        let cap = settings.reach_cap.unwrap_or(0.0).max(0.0).round() as u64;
        let reasons = [
            (
                self.few_connections,
                format!("with too few connections (fewer than {least})"),
            ),
            (
                self.large,
                format!("with too much reach (over {})", thousands(cap)),
            ),
            (self.elsewhere, "in other communities".to_owned()),
            (self.contacted, "contacted already".to_owned()),
            (self.left_alone, "never to be picked".to_owned()),
        ];
        let reasons = reasons.into_iter().filter(|(n, _)| *n > 0);
        let reasons: Vec<String> = reasons
            .map(|(n, why)| format!("{} {why}", thousands(u64::from(n))))
            .collect();
        let only = match self.people {
            0 => "Nobody may be picked".to_owned(),
            n => format!(
                "Only {} may be picked",
                counted(u64::from(n), "person", "people")
            ),
        };
        if reasons.is_empty() {
            only
        } else {
            format!("{only}. Of the others: {}", reasons.join(", "))
        }
    }
}

/// A plan, what it was made with, and the map it belongs to.
#[derive(Debug, Clone)]
pub struct ShownPlan {
    /// Whom to ask.
    pub plan: Plan,
    /// Who may be asked and who should hear.
    pub audience: Arc<Audience>,
    /// The settings and statuses it was made with.
    pub basis: Arc<Basis>,
    /// The map it belongs to.
    pub of: Weak<Results>,
    /// Whom it touches.
    pub counts: TouchCounts,
    /// Who may be picked.
    pub may_be_picked: MayBePicked,
}

impl ShownPlan {
    /// Why there are fewer people than were asked for, where that is so.
    pub fn why_short(&self) -> Option<String> {
        let Limit::People(asked) = self.basis.settings.limit else {
            return None;
        };
        if self.plan.picks.len() >= asked as usize {
            return None;
        }
        Some(if self.may_be_picked.people < asked {
            self.may_be_picked.words(&self.basis.settings)
        } else {
            "More people would add nothing to these".to_owned()
        })
    }
}

/// The outreach list and whom it touches.
#[derive(Debug, Clone)]
pub struct ListMeter {
    /// The counts, kept edit by edit.
    pub meter: Meter,
    /// The settings and statuses it was made with.
    pub basis: Arc<Basis>,
    /// The map it belongs to.
    pub of: Weak<Results>,
    /// What it says.
    pub counts: TouchCounts,
    /// Who would add most to the list, best first.
    pub next: Vec<Choice>,
    /// The list has changed since `next` was found.
    pub next_is_old: bool,
}

impl ListMeter {
    /// Counts again, after the list has changed. O(communities).
    pub(super) fn count(&mut self, communities: &Communities) {
        let (audience, touches) = (self.meter.audience(), self.meter.touches());
        self.counts = TouchCounts::of(communities, touches.total(audience), |c| {
            touches.in_community(audience, c)
        });
        self.next_is_old = true;
    }
}

/// Who could stand in for somebody.
#[derive(Debug, Clone, PartialEq)]
pub struct Instead {
    /// Among whom.
    pub among: Among,
    /// For whom.
    pub out: PersonId,
    /// Those who add most, best first; `None` while they are looked for.
    pub choices: Option<Vec<Choice>>,
}

/// What the planner says when it is asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Advice {
    /// Where the plan stands that is being made.
    pub proposing: Option<Standing>,
    /// Who could stand in for somebody, while that is shown.
    pub instead: Option<Instead>,
    /// Swaps that would help the list, best first; `None` until somebody asks, and once the list has changed.
    pub swaps: Option<Vec<Swap>>,
    /// Swaps are being looked for.
    pub looks_for_swaps: bool,
    /// Ways are being compared, scenarios played, or waves looked for.
    pub compares: bool,
}
