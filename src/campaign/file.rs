//! How a campaign is kept on disk: a small JSON document with a version, apart from the working types.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Deserializer, Serialize};

use super::Campaign;
use super::map_choices::MapChoices;
use super::outreach_list::{Entry, OutreachList, Status};
use super::plan::{Costs, Limit, PlanSettings};
use crate::analysis::Resolution;

/// The version this program writes; it reads this one and earlier ones.
const VERSION: u32 = 3;

/// Version 1 had no plan, version 2 no choices about the map.
#[derive(Serialize, Deserialize)]
struct CampaignV3 {
    isthmus_campaign: u32,
    outreach_list: Vec<EntryV1>,
    #[serde(default)]
    plan: PlanV2,
    #[serde(default)]
    map: MapChoices,
}

#[derive(Serialize, Deserialize)]
struct EntryV1 {
    person: String,
    name: String,
    #[serde(default)]
    status: Status,
    #[serde(default)]
    note: String,
}

/// What a plan shall do; whatever is missing is as at first.
#[derive(Serialize, Deserialize)]
#[serde(default)]
pub(super) struct PlanV2 {
    people: Option<u32>,
    budget: Option<f64>,
    cost_each: f64,
    cost_per_thousand_reach: f64,
    cost_of: BTreeMap<String, f64>,
    touchpoints: u32,
    spread: f64,
    reach_cap: Option<f64>,
    least_connections: u32,
    contacted: BTreeSet<String>,
    excluded: BTreeSet<String>,
    pinned: BTreeSet<String>,
    #[serde(deserialize_with = "members")]
    pick_from: Option<BTreeSet<String>>,
    weights: BTreeMap<String, f64>,
}

/// Members of communities. Earlier versions kept numbers of communities, which mean nothing any more: they are let go, and with them the choice.
fn members<'de, D: Deserializer<'de>>(kept: D) -> Result<Option<BTreeSet<String>>, D::Error> {
    let kept = Option::<Vec<serde_json::Value>>::deserialize(kept)?;
    let Some(kept) = kept else { return Ok(None) };
    let n = kept.len();
    let members = kept.into_iter().filter_map(|member| match member {
        serde_json::Value::String(member) => Some(member),
        _ => None,
    });
    let members: BTreeSet<String> = members.collect();
    Ok((members.len() == n).then_some(members))
}

impl Default for PlanV2 {
    fn default() -> Self {
        Self::from(&PlanSettings::default())
    }
}

impl From<&PlanSettings> for PlanV2 {
    fn from(plan: &PlanSettings) -> Self {
        let (people, budget) = match plan.limit {
            Limit::People(people) => (Some(people), None),
            Limit::Budget(budget) => (None, Some(finite_or(budget, 0.0))),
        };
        Self {
            people,
            budget,
            cost_each: finite_or(plan.costs.each, 1.0),
            cost_per_thousand_reach: finite_or(plan.costs.per_thousand_reach, 0.0),
            cost_of: finite(&plan.costs.of),
            touchpoints: plan.touchpoints,
            spread: finite_or(plan.spread, 0.75),
            reach_cap: plan.reach_cap.filter(|cap| cap.is_finite()),
            least_connections: plan.least_connections,
            contacted: plan.contacted.clone(),
            excluded: plan.excluded.clone(),
            pinned: plan.pinned.clone(),
            pick_from: plan.pick_from.clone(),
            weights: finite(&plan.weights),
        }
    }
}

impl From<PlanSettings> for PlanV2 {
    fn from(plan: PlanSettings) -> Self {
        Self::from(&plan)
    }
}

/// JSON knows finite numbers alone: anything else would make the document, and the list in it, unreadable.
fn finite_or(value: f64, usual: f64) -> f64 {
    if value.is_finite() { value } else { usual }
}

fn finite<K: Clone + Ord>(values: &BTreeMap<K, f64>) -> BTreeMap<K, f64> {
    let finite = values.iter().filter(|(_, value)| value.is_finite());
    finite.map(|(key, value)| (key.clone(), *value)).collect()
}

impl From<PlanV2> for PlanSettings {
    fn from(kept: PlanV2) -> Self {
        let limit = match (kept.budget, kept.people) {
            (Some(budget), _) => Limit::Budget(budget.max(0.0)),
            (None, Some(people)) => Limit::People(people),
            (None, None) => Self::default().limit,
        };
        Self {
            limit,
            costs: Costs {
                each: kept.cost_each.max(0.0),
                per_thousand_reach: kept.cost_per_thousand_reach.max(0.0),
                of: kept.cost_of,
            },
            touchpoints: kept.touchpoints.clamp(1, Self::MOST_TOUCHPOINTS),
            spread: kept.spread.clamp(0.25, 1.0),
            reach_cap: kept.reach_cap,
            least_connections: kept.least_connections,
            contacted: kept.contacted,
            excluded: kept.excluded,
            pinned: kept.pinned,
            pick_from: kept.pick_from,
            weights: kept.weights,
        }
    }
}

/// Why a kept campaign could not be read.
#[derive(Debug, thiserror::Error)]
pub enum CampaignFileError {
    /// Not such a document, or damaged.
    #[error("the kept outreach list is damaged ({0})")]
    Damaged(#[from] serde_json::Error),
    /// Written by a later program.
    #[error("the kept outreach list is of version {0}, newer than this program")]
    Newer(u32),
}

impl CampaignFileError {
    /// What the person can do about it.
    pub fn advice(&self) -> &'static str {
        match self {
            Self::Damaged(_) => {
                "It was put aside untouched beside the new one; a new list is begun"
            }
            Self::Newer(_) => {
                "Open the file with the newer Isthmus; the list was put aside untouched"
            }
        }
    }
}

/// The document for `campaign`.
pub fn to_json(campaign: &Campaign) -> String {
    let entries = campaign.outreach_list.entries().iter().map(|e| EntryV1 {
        person: e.person.clone(),
        name: e.name.clone(),
        status: e.status,
        note: e.note.clone(),
    });
    let document = CampaignV3 {
        isthmus_campaign: VERSION,
        outreach_list: entries.collect(),
        plan: PlanV2::from(&campaign.plan),
        map: campaign.map.clone(),
    };
    serde_json::to_string_pretty(&document).expect("strings and enums always become JSON")
}

/// The campaign in `document`.
///
/// # Errors
/// [`CampaignFileError`] when it is no such document or a newer one.
pub fn from_json(document: &str) -> Result<Campaign, CampaignFileError> {
    #[derive(Deserialize)]
    struct Version {
        isthmus_campaign: u32,
    }
    let version: Version = serde_json::from_str(document)?;
    if version.isthmus_campaign > VERSION {
        return Err(CampaignFileError::Newer(version.isthmus_campaign));
    }
    let document: CampaignV3 = serde_json::from_str(document)?;
    // Whoever stands twice in a file that was edited by hand keeps the first entry.
    let entries = document.outreach_list.into_iter().map(|e| Entry {
        person: e.person,
        name: e.name,
        status: e.status,
        note: e.note,
    });
    let outreach_list = OutreachList::of_entries(entries);
    Ok(Campaign {
        outreach_list,
        plan: document.plan.into(),
        map: sound(document.map),
    })
}

/// `map`, where a file that was edited by hand says what cannot be.
fn sound(mut map: MapChoices) -> MapChoices {
    if let Resolution::Fixed(resolution) = map.resolution
        && !(resolution > 0.0 && resolution.is_finite())
    {
        map.resolution = MapChoices::default().resolution;
    }
    map
}
