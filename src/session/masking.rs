//! Results and campaign under other names: whoever is shown these, or a file made from these, cannot tell who anybody is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Conversation, Results, WalkSettings};
use crate::analysis::{Analysis, AnalysisSettings, ByHand};
use crate::campaign::plan::Costs;
use crate::campaign::{
    Campaign, CommunityLook, Edit, Entry, Filter, MapChoices, OutreachList, PlanSettings,
};
use crate::import::{ImportReport, ImportSettings, LeftOut, Place};
use crate::people::{ConversationGraph, JoinedAccount, Person, PersonId, SameAccounts};

/// What people are called where their names are hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum NameMask {
    /// As they are.
    #[default]
    Shown,
    /// By the first letters of their names.
    Initials,
    /// By a number.
    Numbers,
}

impl NameMask {
    /// Whether names are hidden.
    pub fn hides(self) -> bool {
        self != Self::Shown
    }
}

/// What the key of somebody on the map begins with.
const ON_MAP: &str = "person-";

/// What the key of somebody begins with who is on the list or in a plan, but not on the map.
const ELSEWHERE: &str = "elsewhere-";

/// Letters of a name that are shown as initials, at most.
const INITIALS: usize = 4;

/// Digits in a key, at least.
const DIGITS: usize = 6;

/// The key of the person with this number, from 0, of `n`: of equal length, so that keys stay in order.
fn key_of_number(begin: &str, number: usize, n: usize) -> String {
    let digits = DIGITS.max(n.max(1).ilog10() as usize + 1);
    format!("{begin}{:0digits$}", number + 1)
}

/// The number, from 0, in a key made by [`key_of_number`].
fn number_in(begin: &str, key: &str) -> Option<usize> {
    let number: usize = key.strip_prefix(begin)?.parse().ok()?;
    number.checked_sub(1)
}

/// What somebody is called instead of `name`; `number`: theirs, from 0.
fn called(name: &str, number: usize, mask: NameMask) -> String {
    let mut letters = String::new();
    if mask == NameMask::Initials {
        let firsts = name
            .split_whitespace()
            .filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()));
        for first in firsts.take(INITIALS) {
            if !letters.is_empty() {
                letters.push(' ');
            }
            letters.extend(first.to_uppercase());
            letters.push('.');
        }
    }
    if letters.is_empty() {
        format!("Person {}", number + 1)
    } else {
        letters
    }
}

/// `results` with everybody under another name: keys that stand in the same order, no texts, no addresses, communities by number.
/// Everything else is as it was, so the picture is the same. As they are for [`NameMask::Shown`].
///
/// # Cost
/// O(people + posts).
pub fn masked(results: &Results, mask: NameMask) -> Results {
    if !mask.hides() {
        return results.clone();
    }
    let graph = masked_graph(&results.graph, mask);
    let (settings, conversation) = (&results.settings, &results.conversation);
    let n = results.graph.n_people();
    let key_of = |account: usize| {
        let person = results.graph.person_of_account.get(account);
        person.map(|person| key_of_number(ON_MAP, person.index(), n))
    };
    let files = (1..=conversation.files.len()).map(|number| format!("File {number}"));
    Results {
        conversation: Arc::new(Conversation {
            files: files.collect(),
            posts: conversation.posts.under_keys(key_of),
            report: masked_report(&conversation.report),
            seconds: conversation.seconds,
        }),
        settings: WalkSettings {
            import: ImportSettings::default(),
            ties: settings.ties,
            analysis: AnalysisSettings {
                joined: BTreeSet::new(),
                by_hand: ByHand::default(),
                ..settings.analysis.clone()
            },
            same: SameAccounts::default(),
        },
        graph: Arc::new(graph),
        analysis: Arc::new(masked_analysis(&results.analysis)),
        sizes: results.sizes.clone(),
        seconds: results.seconds,
    }
}

fn masked_graph(graph: &ConversationGraph, mask: NameMask) -> ConversationGraph {
    let people = graph.people.iter().enumerate().map(|(number, person)| {
        let key = key_of_number(ON_MAP, number, graph.n_people());
        Person {
            handle: key.as_str().into(),
            key: key.into(),
            name: called(&person.name, number, mask).into(),
            given_community: None,
            ..*person
        }
    });
    ConversationGraph {
        people: people.collect(),
        interactions: graph.interactions.clone(),
        ties: graph.ties.clone(),
        self_ties: graph.self_ties,
        person_of_account: graph.person_of_account.clone(),
        joined: masked_accounts(graph),
    }
}

/// The other accounts of people, as `person-000012-2`.
fn masked_accounts(graph: &ConversationGraph) -> Vec<JoinedAccount> {
    let n = graph.n_people();
    let mut people: Vec<PersonId> = graph.joined.iter().map(|account| account.person).collect();
    people.sort_unstable();
    let mut accounts: Vec<JoinedAccount> = Vec::new();
    let (mut before, mut number) = (None, 1);
    for person in people {
        number = if before == Some(person) {
            number + 1
        } else {
            2
        };
        before = Some(person);
        let key = key_of_number(ON_MAP, person.index(), n);
        let key = format!("{key}-{number}");
        accounts.push(JoinedAccount {
            handle: key.as_str().into(),
            key: key.into(),
            person,
        });
    }
    accounts.sort_unstable_by(|a, b| a.key.cmp(&b.key));
    accounts
}

/// Names and words of communities come from handles, texts and what somebody typed: all of them go.
fn masked_analysis(analysis: &Analysis) -> Analysis {
    let mut masked = analysis.clone();
    for (community, number) in masked.communities.list.iter_mut().zip(1u32..) {
        community.name = format!("Community {number}");
        community.words.clear();
        community.alternatives.clear();
        community.evidence.clear();
    }
    masked
}

/// Counts stay; sentences and the names of files go.
fn masked_report(report: &ImportReport) -> ImportReport {
    let left_out = report.left_out.iter().map(|left_out| LeftOut {
        reason: left_out.reason.clone(),
        count: left_out.count,
        first: Place {
            file: "a file".to_owned(),
            line: left_out.first.line,
        },
    });
    ImportReport {
        left_out: left_out.collect(),
        handles_not_found: Vec::new(),
        warnings: Vec::new(),
        ..report.clone()
    }
}

/// A campaign under other names, and the way back to the true ones.
#[derive(Debug, Clone, Default)]
pub struct MaskedCampaign {
    /// What may be shown.
    pub campaign: Campaign,
    /// Keys of the campaign that nobody on the map has, in order.
    elsewhere: Vec<String>,
    /// Notes that are written since names are hidden, by true key, with what stood there before.
    written: BTreeMap<String, String>,
}

/// `campaign` as it may be shown beside the [`masked`] people of `graph`. Notes may name people, so they are left out, but for
/// what was `written` since names are hidden: by true key, with what stood there before, which stays hidden.
///
/// # Cost
/// O(keys · log n).
pub fn masked_campaign(
    campaign: &Campaign,
    graph: &ConversationGraph,
    mask: NameMask,
    written: &BTreeMap<String, String>,
) -> MaskedCampaign {
    let mut masking = MaskedCampaign {
        elsewhere: keys_in(campaign)
            .filter(|key| graph.find(key).is_none())
            .cloned()
            .collect(),
        written: written.clone(),
        campaign: Campaign::default(),
    };
    masking.elsewhere.sort_unstable();
    masking.elsewhere.dedup();
    let key = |key: &String| masking.shown_key(key, graph);
    let keys = |keys: &BTreeSet<String>| keys.iter().map(key).collect();
    let entries = campaign.outreach_list.entries().iter().map(|entry| Entry {
        person: key(&entry.person),
        name: masking.shown_name(entry, graph, mask),
        status: entry.status,
        note: masking.shown_note(entry),
    });
    let (plan, map) = (&campaign.plan, &campaign.map);
    let costs = plan
        .costs
        .of
        .iter()
        .map(|(person, cost)| (key(person), *cost));
    let looks = map.looks.iter().map(|(member, look)| {
        let colour = look.colour;
        (key(member), CommunityLook { name: None, colour })
    });
    let shown = Campaign {
        outreach_list: OutreachList::of_entries(entries),
        plan: PlanSettings {
            contacted: keys(&plan.contacted),
            excluded: keys(&plan.excluded),
            pinned: keys(&plan.pinned),
            costs: Costs {
                of: costs.collect(),
                ..plan.costs
            },
            ..plan.clone()
        },
        map: MapChoices {
            joined: (map.joined.iter())
                .map(|pair| pair.each_ref().map(key))
                .collect(),
            by_hand: map.by_hand.under_keys(|of| Some(key(&of.to_owned()))),
            same: SameAccounts::default(), // whose accounts they are stands on the map
            looks: looks.collect(),
            filter: masked_filter(&map.filter, key),
            kept_filters: (map.kept_filters.values().enumerate())
                .map(|(at, filter)| (kept_name(at), masked_filter(filter, key)))
                .collect(),
            pinned: (map.pinned.iter())
                .map(|(person, at)| (key(person), *at))
                .collect(),
            ..map.clone()
        },
    };
    masking.campaign = shown;
    masking
}

/// Stands for words that somebody looks for: they may name somebody.
const HIDDEN_WORDS: &str = "…";

/// `filter` by masked keys, and without the words that it looks for.
fn masked_filter(filter: &Filter, key: impl Fn(&String) -> String) -> Filter {
    let mut masked = filter.under_keys(|of| Some(key(&of.to_owned())));
    if !masked.words.trim().is_empty() {
        HIDDEN_WORDS.clone_into(&mut masked.words);
    }
    masked
}

/// What the kept filter at this place is called while names are hidden: its own name may name somebody.
fn kept_name(at: usize) -> String {
    format!("Filter {:02}", at + 1)
}

/// Every key that a campaign names somebody by.
fn keys_in(campaign: &Campaign) -> impl Iterator<Item = &String> {
    let (plan, map) = (&campaign.plan, &campaign.map);
    let listed = campaign.outreach_list.entries().iter();
    let planned = [&plan.contacted, &plan.excluded, &plan.pinned];
    (listed.map(|entry| &entry.person))
        .chain(planned.into_iter().flatten())
        .chain(plan.costs.of.keys())
        .chain(map.joined.iter().flatten())
        .chain(map.by_hand.keys())
        .chain(map.looks.keys())
        .chain(map.filter.keys())
        .chain(map.kept_filters.values().flat_map(Filter::keys))
        .chain(map.pinned.keys())
}

impl MaskedCampaign {
    fn shown_key(&self, key: &String, graph: &ConversationGraph) -> String {
        match graph.find(key) {
            Some(person) => key_of_number(ON_MAP, person.index(), graph.n_people()),
            None => key_of_number(ELSEWHERE, self.place_elsewhere(key), self.elsewhere.len()),
        }
    }

    fn place_elsewhere(&self, key: &String) -> usize {
        let place = self.elsewhere.binary_search(key);
        place.unwrap_or(self.elsewhere.len())
    }

    fn shown_name(&self, entry: &Entry, graph: &ConversationGraph, mask: NameMask) -> String {
        match graph.find(&entry.person) {
            Some(person) => called(&entry.name, person.index(), mask),
            None if mask == NameMask::Initials => {
                called(&entry.name, self.place_elsewhere(&entry.person), mask)
            }
            None => format!(
                "Person elsewhere {}",
                self.place_elsewhere(&entry.person) + 1
            ),
        }
    }

    /// What was written since names are hidden.
    fn shown_note(&self, entry: &Entry) -> String {
        let new = self.written.get(&entry.person).and_then(|hidden| {
            let new = entry.note.strip_prefix(hidden)?;
            if hidden.is_empty() {
                return Some(new);
            }
            new.strip_prefix(' ')
        });
        new.unwrap_or_default().to_owned()
    }

    /// The true key of whom is shown under `key`; a key that was typed stays as it is.
    fn true_key(&self, key: &str, graph: &ConversationGraph) -> String {
        let on_map = number_in(ON_MAP, key).and_then(|number| graph.people.get(number));
        let elsewhere = number_in(ELSEWHERE, key).and_then(|number| self.elsewhere.get(number));
        match (on_map, elsewhere) {
            (Some(person), _) => person.key.to_string(),
            (None, Some(known)) => known.clone(),
            (None, None) => key.to_owned(),
        }
    }

    /// What is meant by `edit`, which somebody asked for who sees [`MaskedCampaign::campaign`] beside the masked people of `graph`;
    /// `now`: the true campaign.
    pub fn true_edit(&self, edit: Edit, now: &Campaign, graph: &ConversationGraph) -> Edit {
        let key = |key: &String| self.true_key(key, graph);
        let keys = |keys: &[String]| keys.iter().map(key).collect();
        match edit {
            Edit::Insert(entries) => {
                let entries = entries.into_iter();
                Edit::Insert(
                    entries
                        .map(|(at, entry)| (at, self.true_entry(entry, graph)))
                        .collect(),
                )
            }
            Edit::Remove(people) => Edit::Remove(keys(&people)),
            Edit::Replace { person, by } => Edit::Replace {
                person: key(&person),
                by: self.true_entry(by, graph),
            },
            Edit::Order(people) => Edit::Order(keys(&people)),
            Edit::Move { person, to } => Edit::Move {
                person: key(&person),
                to,
            },
            Edit::SetStatus { person, status } => Edit::SetStatus {
                person: key(&person),
                status,
            },
            Edit::SetNote { person, note } => {
                let person = key(&person);
                let list = &now.outreach_list;
                let entry = list.place_of(&person).and_then(|at| list.entries().get(at));
                let stood = entry.map_or("", |entry| &entry.note);
                let hidden = self.written.get(&person).map_or(stood, String::as_str);
                let space = if hidden.is_empty() || note.is_empty() {
                    ""
                } else {
                    " "
                };
                Edit::SetNote {
                    note: format!("{hidden}{space}{note}"),
                    person,
                }
            }
            Edit::SetPlan(plan) => Edit::SetPlan(Box::new(self.true_plan(*plan, graph))),
            // Nobody asks for it who sees masked people: they are named by number.
            Edit::SetPeople { .. } => Edit::Order(Vec::new()),
            Edit::SetMap { map, words } => Edit::SetMap {
                map: Box::new(self.true_map(&map, &now.map, graph)),
                words,
            },
        }
    }

    fn true_entry(&self, entry: Entry, graph: &ConversationGraph) -> Entry {
        let person = self.true_key(&entry.person, graph);
        let known = graph
            .find(&person)
            .and_then(|id| graph.people.get(id.index()));
        let name = match known {
            Some(known) => known.name.to_string(),
            None if number_in(ELSEWHERE, &entry.person).is_some() => person.clone(),
            None => entry.name,
        };
        Entry {
            person,
            name,
            ..entry
        }
    }

    fn true_plan(&self, plan: PlanSettings, graph: &ConversationGraph) -> PlanSettings {
        let key = |key: &String| self.true_key(key, graph);
        let keys = |keys: &BTreeSet<String>| keys.iter().map(key).collect();
        let costs = plan
            .costs
            .of
            .iter()
            .map(|(person, cost)| (key(person), *cost));
        PlanSettings {
            contacted: keys(&plan.contacted),
            excluded: keys(&plan.excluded),
            pinned: keys(&plan.pinned),
            costs: Costs {
                of: costs.collect(),
                ..plan.costs
            },
            ..plan
        }
    }

    /// What is meant by a filter that somebody asked for who sees masked values; `now`: the true one that is set.
    pub fn true_filter(&self, seen: &Filter, now: &Filter, graph: &ConversationGraph) -> Filter {
        let mut meant = seen.under_keys(|of| Some(self.true_key(of, graph)));
        if meant.words == HIDDEN_WORDS {
            meant.words.clone_from(&now.words);
        }
        meant
    }

    /// The true name of the kept filter that is shown as `seen`, among those of `now`.
    pub fn true_filter_name(&self, seen: &str, now: &MapChoices) -> Option<String> {
        let place = (0..now.kept_filters.len()).find(|at| kept_name(*at) == seen)?;
        now.kept_filters.keys().nth(place).cloned()
    }

    /// Names of communities are not shown, so those of `now` stay.
    fn true_map(
        &self,
        map: &MapChoices,
        now: &MapChoices,
        graph: &ConversationGraph,
    ) -> MapChoices {
        let key = |key: &String| self.true_key(key, graph);
        let looks = map.looks.iter().map(|(member, look)| {
            let member = key(member);
            let known = now.looks.get(&member).and_then(|look| look.name.clone());
            let name = look.name.clone().or(known);
            let colour = look.colour;
            (member, CommunityLook { name, colour })
        });
        MapChoices {
            joined: (map.joined.iter())
                .map(|pair| pair.each_ref().map(key))
                .collect(),
            by_hand: now.by_hand.clone(),
            same: now.same.clone(),
            looks: looks.collect(),
            filter: self.true_filter(&map.filter, &now.filter, graph),
            kept_filters: now.kept_filters.clone(),
            pinned: (map.pinned.iter())
                .map(|(person, at)| (key(person), *at))
                .collect(),
            ..map.clone()
        }
    }
}
