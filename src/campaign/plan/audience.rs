//! Who may be asked and who should hear, on one map: the settings of a plan with every key looked up.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::settings::{Limit, PlanSettings};
use crate::analysis::{Analysis, CommunityId};
use crate::campaign::{Campaign, Status};
use crate::people::{ConversationGraph, Person, PersonId, Ties};

/// What a plan depends on. Two equal ones give the same plan. O(n) memory besides the shared ties.
#[derive(Debug, Clone, PartialEq)]
pub struct Audience {
    /// Who talks with whom.
    pub ties: Arc<Ties>,
    /// The community of each person, by number; [`Audience::n_communities`] for people without ties.
    pub community: Vec<u32>,
    /// Members of each community, with one more place for people without ties.
    pub members: Vec<u32>,
    /// ω of each community, with a 0 for people without ties: how much it counts that its people are touched.
    pub weight: Vec<f64>,
    /// Who carries the message already: counted from the start, never picked and never counted as touched.
    pub lit: Vec<bool>,
    /// Whom a plan may pick.
    pub eligible: Vec<bool>,
    /// Whom nobody has to leave in peace: what the plans of the old way pick from.
    pub may_contact: Vec<bool>,
    /// What each person costs; empty where people are counted.
    pub cost: Vec<f64>,
    /// Who must be in, by number.
    pub pinned: Vec<PersonId>,
    /// How many people.
    pub limit: Limit,
    /// m.
    pub touchpoints: u32,
    /// β.
    pub spread: f64,
}

impl Audience {
    /// Everybody may be asked and every community counts once; `community` by person, from 0.
    pub fn of_everybody(
        ties: Arc<Ties>,
        community: Vec<u32>,
        touchpoints: u32,
        spread: f64,
    ) -> Self {
        let n = ties.n_people();
        let n_communities = community.iter().max().map_or(0, |c| *c as usize + 1);
        let mut members = vec![0; n_communities + 1];
        for &c in &community {
            members[c as usize] += 1;
        }
        let mut weight = vec![1.0; n_communities];
        weight.push(0.0);
        Self {
            ties,
            community,
            members,
            weight,
            lit: vec![false; n],
            eligible: vec![true; n],
            may_contact: vec![true; n],
            cost: Vec::new(),
            pinned: Vec::new(),
            limit: Limit::People(PlanSettings::MOST_PEOPLE),
            touchpoints,
            spread,
        }
    }

    /// What `campaign` asks, on this map. Small groups never count. The statuses of the list say who was contacted
    /// (contacted, answered, ambassador) and who is left in peace (declined, do not contact). O(n).
    pub fn new(graph: &ConversationGraph, analysis: &Analysis, campaign: &Campaign) -> Self {
        let settings = &campaign.plan;
        let communities = &analysis.communities;
        let nowhere = communities.list.len() as u32;
        let community: Vec<u32> = (communities.of.iter())
            .map(|c| c.map_or(nowhere, |c| c.0))
            .collect();
        let mut audience = Self::of_everybody(
            graph.ties.clone(),
            community,
            settings
                .touchpoints
                .clamp(1, PlanSettings::MOST_TOUCHPOINTS),
            settings.spread.clamp(0.25, 1.0),
        );
        audience.members.resize(nowhere as usize + 1, 0);
        let weights = settings.weighed(graph, communities);
        let picked_from = settings.picked_from(graph, communities);
        let ordinary = communities.list.iter().zip(0..).map(|(community, number)| {
            let asked = weights.get(&CommunityId(number)).copied();
            if community.small {
                0.0
            } else {
                asked.unwrap_or(1.0).max(0.0)
            }
        });
        audience.weight = ordinary.chain([0.0]).collect();
        audience.limit = settings.limit;
        audience.look_up(graph, campaign);
        for (i, person) in graph.people.iter().enumerate() {
            audience.eligible[i] = audience.may_contact[i]
                && graph.ties.connections(i) >= settings.least_connections.max(1) as usize
                && under(settings.reach_cap, person)
                && is_in(picked_from.as_ref(), communities.of[i]);
        }
        if matches!(settings.limit, Limit::Budget(_)) {
            let cost = graph.people.iter().map(|p| settings.costs.of_person(p));
            audience.cost = cost.collect();
        }
        let pinned = settings.pinned.iter().filter_map(|key| graph.find(key));
        audience.pinned = pinned.filter(|p| audience.may_contact[p.index()]).collect();
        audience.pinned.sort_unstable();
        audience
    }

    /// Who was contacted and who is left in peace, by the settings and the list.
    fn look_up(&mut self, graph: &ConversationGraph, campaign: &Campaign) {
        let find = |key: &String| graph.find(key).map(PersonId::index);
        let settings = &campaign.plan;
        for i in settings.contacted.iter().filter_map(find) {
            self.lit[i] = true;
        }
        for i in settings.excluded.iter().filter_map(find) {
            self.may_contact[i] = false;
        }
        for entry in campaign.outreach_list.entries() {
            let Some(i) = find(&entry.person) else {
                continue;
            };
            match entry.status {
                Status::ToContact => {}
                Status::Contacted | Status::Answered | Status::Ambassador => self.lit[i] = true,
                Status::Declined | Status::DoNotContact => self.may_contact[i] = false,
            }
        }
        for (may, lit) in self.may_contact.iter_mut().zip(&self.lit) {
            *may &= !lit;
        }
    }

    /// Communities, small groups included.
    pub fn n_communities(&self) -> usize {
        self.weight.len() - 1
    }

    /// The most people a plan may hold; a budget does not bound it.
    pub fn most_people(&self) -> usize {
        match self.limit {
            Limit::People(n) => n.min(PlanSettings::MOST_PEOPLE) as usize,
            Limit::Budget(_) => PlanSettings::MOST_PEOPLE as usize,
        }
    }

    /// What `person` costs: 1 where people are counted.
    pub fn cost_of(&self, person: PersonId) -> f64 {
        self.cost.get(person.index()).copied().unwrap_or(1.0)
    }
}

fn under(cap: Option<f64>, person: &Person) -> bool {
    cap.is_none_or(|cap| person.reach.is_none_or(|reach| reach <= cap))
}

fn is_in(chosen: Option<&BTreeSet<CommunityId>>, community: Option<CommunityId>) -> bool {
    chosen.is_none_or(|chosen| community.is_some_and(|c| chosen.contains(&c)))
}
