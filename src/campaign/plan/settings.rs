//! What the organizer asks of a plan: how many people, who may be asked, and who should hear.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::{Communities, CommunityId};
use crate::campaign::community_of;
use crate::campaign::file::PlanV2;
use crate::people::{ConversationGraph, Person};

/// How many people a plan may hold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Limit {
    /// So many people.
    People(u32),
    /// As many as this amount pays for, in the unit of [`Costs`]; finite, ≥ 0.
    Budget(f64),
}

/// What it costs to win a person, in any one unit: money, or hours. Finite, ≥ 0.
#[derive(Debug, Clone, PartialEq)]
pub struct Costs {
    /// For everybody.
    pub each: f64,
    /// Besides, for each thousand of known reach: large accounts ask for more.
    pub per_thousand_reach: f64,
    /// For these people, by key, instead of what the two above say.
    pub of: BTreeMap<String, f64>,
}

impl Default for Costs {
    fn default() -> Self {
        Self {
            each: 1.0,
            per_thousand_reach: 0.0,
            of: BTreeMap::new(),
        }
    }
}

impl Costs {
    /// What `person` costs: their own cost, or the usual one.
    pub fn of_person(&self, person: &Person) -> f64 {
        let own = self.of.get(&*person.key).copied();
        let usual = self.each + self.per_thousand_reach * person.reach.unwrap_or(0.0) / 1000.0;
        own.unwrap_or(usual).max(0.0)
    }
}

/// What the organizer asks of a plan. People are named by key, so that it means the same after the graph was made again.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(into = "PlanV2", from = "PlanV2")]
pub struct PlanSettings {
    /// How many people.
    pub limit: Limit,
    /// What people cost; only a budget looks at it.
    pub costs: Costs,
    /// m: by how many people of the plan somebody has to be touched, 1..=[`PlanSettings::MOST_TOUCHPOINTS`].
    pub touchpoints: u32,
    /// β: 1 reaches most people, wherever they are; smaller spreads them more evenly over the communities. 0.25..=1.
    pub spread: f64,
    /// Nobody with more reach than this is picked; unknown reach is under every cap.
    pub reach_cap: Option<f64>,
    /// Nobody with fewer connections is picked.
    pub least_connections: u32,
    /// Contacted already: they carry the message, and are not picked.
    pub contacted: BTreeSet<String>,
    /// Never picked: the own brand, people who asked not to be contacted, competitors.
    pub excluded: BTreeSet<String>,
    /// Picked whatever they bring, within the limit.
    pub pinned: BTreeSet<String>,
    /// People are picked from these communities alone, each named by a member's key; `None`: from all.
    pub pick_from: Option<BTreeSet<String>>,
    /// ω: how much a community counts, by a member's key; 1 where nothing stands, 0: its people need not hear. Finite, ≥ 0.
    pub weights: BTreeMap<String, f64>,
}

impl PlanSettings {
    /// The most touchpoints that can be asked for.
    pub const MOST_TOUCHPOINTS: u32 = 9;
    /// The most people that can be asked for.
    pub const MOST_PEOPLE: u32 = 500;

    /// The communities of now whose people may be picked; `None`: all. O(chosen · log n).
    pub fn picked_from(
        &self,
        graph: &ConversationGraph,
        communities: &Communities,
    ) -> Option<BTreeSet<CommunityId>> {
        let home = |member: &String| community_of(member, graph, communities);
        let chosen = self.pick_from.as_ref()?;
        Some(chosen.iter().filter_map(home).collect())
    }

    /// How much the communities of now count, where that is not 1. Where two members sit in one community by now, the first by key says it.
    /// O(weights · log n).
    pub fn weighed(
        &self,
        graph: &ConversationGraph,
        communities: &Communities,
    ) -> BTreeMap<CommunityId, f64> {
        let mut weights = BTreeMap::new();
        for (member, weight) in &self.weights {
            if let Some(id) = community_of(member, graph, communities) {
                weights.entry(id).or_insert(*weight);
            }
        }
        weights
    }
}

impl Default for PlanSettings {
    fn default() -> Self {
        Self {
            limit: Limit::People(20),
            costs: Costs::default(),
            touchpoints: 2,
            spread: 0.75,
            reach_cap: None,
            least_connections: 3,
            contacted: BTreeSet::new(),
            excluded: BTreeSet::new(),
            pinned: BTreeSet::new(),
            pick_from: None,
            weights: BTreeMap::new(),
        }
    }
}
