//! A project in which nobody can be named: people go by numbers drawn by chance, and posts, names, notes and history are left out.

use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::Arc;

use super::Project;
use crate::analysis::{Analysis, Betweenness, Bridges, Communities, CommunityId};
use crate::campaign::{Campaign, Entry, History, MapChoices, OutreachList, PlanSettings};
use crate::layout::Positions;
use crate::people::{ConversationGraph, Interaction, Person, PersonId, Posts, SameAccounts, Ties};
use crate::progress::Progress;
use crate::session::{Conversation, Results};

/// Who becomes whom.
struct Numbers {
    /// The new person of each old one.
    new_of: Vec<u32>,
    /// The old person of each new one.
    old_of: Vec<u32>,
}

impl Numbers {
    /// In an order by chance, so that a number says nothing about the place of a handle in the alphabet.
    fn drawn(n: usize) -> Self {
        let chance = RandomState::new();
        let mut old_of: Vec<u32> = (0..n as u32).collect();
        old_of.sort_by_cached_key(|person| (chance.hash_one(person), *person));
        let mut new_of = vec![0; n];
        for (&old, new) in old_of.iter().zip(0..) {
            if let Some(slot) = new_of.get_mut(old as usize) {
                *slot = new;
            }
        }
        Self { new_of, old_of }
    }

    fn now(&self, person: PersonId) -> PersonId {
        PersonId(self.new_of.get(person.index()).copied().unwrap_or_default())
    }

    fn column<T: Copy>(&self, of: &[T]) -> Vec<T> {
        self.old_of
            .iter()
            .filter_map(|&old| of.get(old as usize).copied())
            .collect()
    }
}

/// The key of new person `number`: of equal length, so that keys are in order.
fn key(number: u32) -> String {
    format!("person-{:07}", number + 1)
}

/// `project` with people as numbers; without posts, history, log of files, names and notes.
pub(super) fn nameless(project: &Project) -> Project {
    let Some(results) = &project.results else {
        return Project {
            title: "Nameless project".to_owned(),
            kept: project.kept,
            ..Project::default()
        };
    };
    let graph = &results.graph;
    let numbers = Numbers::drawn(graph.n_people());
    let key_of = |old: &str| graph.find(old).map(|person| key(numbers.now(person).0));
    let layouts = project
        .layouts
        .iter()
        .filter(|(number, _)| **number == project.campaign.map.layout);
    let layouts: BTreeMap<u64, Arc<Positions>> = layouts
        .map(|(_, positions)| {
            (
                0,
                Arc::new(Positions {
                    xy: numbers.column(&positions.xy),
                }),
            )
        })
        .collect();
    Project {
        title: "Nameless project".to_owned(),
        paths: Vec::new(),
        results: Some(Arc::new(nameless_results(results, &numbers))),
        layouts,
        campaign: nameless_campaign(&project.campaign, key_of),
        history: History::default(),
        selections: BTreeMap::new(),
        selection_names: BTreeMap::new(),
        view: project.view,
        log: Vec::new(),
        kept: project.kept,
        changes: None,
        delete_after: project.delete_after.clone(),
    }
}

fn nameless_campaign(campaign: &Campaign, key_of: impl Fn(&str) -> Option<String>) -> Campaign {
    let entries = campaign.outreach_list.entries().iter().filter_map(|entry| {
        let person = key_of(&entry.person)?;
        let status = entry.status;
        Some(Entry {
            status,
            ..Entry::new(person.clone(), person)
        })
    });
    let people = |keys: &std::collections::BTreeSet<String>| {
        keys.iter().filter_map(|key| key_of(key)).collect()
    };
    let plan = &campaign.plan;
    let map = &campaign.map;
    let pair = |[a, b]: &[String; 2]| Some([key_of(a)?, key_of(b)?]);
    Campaign {
        outreach_list: OutreachList::of_entries(entries),
        plan: PlanSettings {
            contacted: people(&plan.contacted),
            excluded: people(&plan.excluded),
            pinned: people(&plan.pinned),
            pick_from: plan.pick_from.as_ref().map(people),
            weights: (plan.weights.iter())
                .filter_map(|(key, weight)| Some((key_of(key)?, *weight)))
                .collect(),
            costs: crate::campaign::plan::Costs {
                of: (plan.costs.of.iter())
                    .filter_map(|(key, cost)| Some((key_of(key)?, *cost)))
                    .collect(),
                ..plan.costs.clone()
            },
            ..plan.clone()
        },
        map: MapChoices {
            joined: map.joined.iter().filter_map(pair).collect(),
            by_hand: map.by_hand.under_keys(&key_of),
            same: SameAccounts::default(), // the people stay as they are, without their accounts
            looks: (map.looks.iter())
                .filter_map(|(key, look)| Some((key_of(key)?, look.clone())))
                .collect(),
            filter: map.filter.under_keys(&key_of),
            kept_filters: (map.kept_filters.iter())
                .map(|(name, filter)| (name.clone(), filter.under_keys(&key_of)))
                .collect(),
            pinned: (map.pinned.iter())
                .filter_map(|(key, at)| Some((key_of(key)?, *at)))
                .collect(),
            layout: 0,
            ..map.clone()
        },
    }
}

fn nameless_results(results: &Results, numbers: &Numbers) -> Results {
    let graph = nameless_graph(&results.graph, numbers);
    let analysis = nameless_analysis(&results.analysis, numbers);
    Results {
        conversation: Arc::new(Conversation {
            files: Vec::new(),
            posts: Posts::default(),
            report: crate::import::ImportReport {
                left_out: Vec::new(),
                handles_not_found: Vec::new(),
                warnings: Vec::new(),
                ..results.conversation.report.clone()
            },
            seconds: 0.0,
        }),
        settings: crate::session::WalkSettings {
            import: crate::import::ImportSettings {
                keep_texts: false,
                ..crate::import::ImportSettings::default()
            },
            ties: results.settings.ties,
            analysis: crate::analysis::AnalysisSettings {
                joined: std::collections::BTreeSet::new(),
                by_hand: crate::analysis::ByHand::default(),
                ..results.settings.analysis.clone()
            },
            same: SameAccounts::default(),
        },
        graph: Arc::new(graph),
        analysis: Arc::new(analysis),
        sizes: results.sizes.clone(),
        seconds: results.seconds,
    }
}

fn nameless_graph(graph: &ConversationGraph, numbers: &Numbers) -> ConversationGraph {
    let people = numbers.old_of.iter().zip(0u32..).filter_map(|(&old, new)| {
        let person = graph.people.get(old as usize)?;
        let key = key(new);
        Some(Person {
            handle: key.as_str().into(),
            name: key.as_str().into(),
            key: key.into(),
            given_community: None,
            ..person.clone()
        })
    });
    let mut interactions: Vec<Interaction> = (graph.interactions.iter())
        .map(|i| Interaction {
            from: numbers.now(i.from),
            to: numbers.now(i.to),
            ..*i
        })
        .collect();
    interactions.sort_by_key(|i| (i.from, i.to, i.kind));
    let n = graph.n_people();
    let ties = Ties::of_interactions(n, &interactions, &Progress::new())
        .expect("nobody else knows this progress, so nobody cancels it");
    ConversationGraph {
        people: people.collect(),
        interactions,
        ties: Arc::new(ties),
        self_ties: graph.self_ties,
        person_of_account: Vec::new(),
        joined: Vec::new(),
    }
}

fn nameless_analysis(analysis: &Analysis, numbers: &Numbers) -> Analysis {
    let (communities, bridges) = (&analysis.communities, &analysis.bridges);
    let list = communities
        .list
        .iter()
        .zip(0u32..)
        .map(|(community, number)| {
            let mut community = community.clone();
            // Words and the name come from posts, and the name may be somebody's.
            community.name = format!("Community {}", CommunityId(number).0 + 1);
            community.words.clear();
            community.alternatives.clear();
            community.evidence.clear();
            community.member = numbers.now(community.member);
            community
        });
    Analysis {
        communities: Communities {
            of: numbers.column(&communities.of),
            sure: numbers.column(&communities.sure),
            list: list.collect(),
            ..*communities
        },
        bridges: Bridges {
            score: numbers.column(&bridges.score),
            rank: numbers.column(&bridges.rank),
            stability: numbers.column(&bridges.stability),
            runs: bridges.runs,
            connections: numbers.column(&bridges.connections),
            connections_across: numbers.column(&bridges.connections_across),
            communities_reached: numbers.column(&bridges.communities_reached),
            strength: numbers.column(&bridges.strength),
            strength_outside: numbers.column(&bridges.strength_outside),
        },
        components: crate::analysis::Components {
            of: numbers.column(&analysis.components.of),
            sizes: analysis.components.sizes.clone(),
        },
        betweenness: analysis.betweenness.as_ref().map(|b| Betweenness {
            value: numbers.column(&b.value),
            sources: b.sources,
            error: numbers.column(&b.error),
        }),
        thin_data: analysis.thin_data,
        flows: analysis.flows.clone(),
    }
}
