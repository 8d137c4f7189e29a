//! The parts of a person's bridge score, and what they say in one sentence.

use std::fmt::Write as _;

use super::bridges::{BridgeSettings, Bridging};
use super::{Analysis, BridgePart, CommunityId};
use crate::people::{ConversationGraph, PersonId, counted, thousands};

/// Communities named in a sentence; the others are counted.
const MOST_NAMED: usize = 4;

/// The parts of `person`'s bridge score in the shown run, strongest community first, home included.
///
/// Cost: O(k log k) for k connections; nothing else is looked at, so that a table can ask for every row.
pub fn bridge_parts(
    graph: &ConversationGraph,
    analysis: &Analysis,
    person: PersonId,
) -> Vec<BridgePart> {
    if person.index() >= graph.ties.n_people() {
        return Vec::new();
    }
    let mut parts: Vec<BridgePart> = Bridging {
        ties: &graph.ties,
        grouping: &analysis.communities,
        flows: &analysis.flows,
        settings: BridgeSettings::default(),
    }
    .shares(person.index())
    .into_iter()
    .map(|share| BridgePart {
        community: CommunityId(share.community),
        connections: share.connections,
        strength: share.strength,
        expected: share.expected,
        surplus: share.surplus,
        through: PersonId(share.through),
    })
    .collect();
    parts.sort_by(|a, b| b.strength.total_cmp(&a.strength));
    parts
}

/// Through whom `person` is tied to `community`: the members with the strongest ties to them, at most `n`, strongest first, then
/// by number, with the damped strength.
///
/// Cost: O(k log k) for k connections.
pub fn go_betweens(
    graph: &ConversationGraph,
    analysis: &Analysis,
    person: PersonId,
    community: CommunityId,
    n: usize,
) -> Vec<(PersonId, f64)> {
    if person.index() >= graph.ties.n_people() {
        return Vec::new();
    }
    let of = &analysis.communities.of;
    let mut all: Vec<(PersonId, f64)> = (graph.ties.of(person.index()))
        .filter(|(other, _)| of.get(*other as usize).copied().flatten() == Some(community))
        .map(|(other, strength)| (PersonId(other), strength))
        .collect();
    all.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    all.truncate(n);
    all
}

/// Why this person, one sentence without its full stop: "Talks with 41 people in 4 communities besides their own: 18 in
/// Foodies, 12 in News, 7 in Chefs, 4 in Local".
///
/// Counts come from the shown run. Cost: as [`bridge_parts`].
pub fn why(graph: &ConversationGraph, analysis: &Analysis, person: PersonId) -> String {
    let parts = bridge_parts(graph, analysis, person);
    if parts.is_empty() {
        return "No ties in this conversation".to_owned();
    }
    let home = analysis
        .communities
        .of
        .get(person.index())
        .copied()
        .flatten();
    let list = &analysis.communities.list;
    let is_small = |c: CommunityId| list[c.index()].small;
    let away = || parts.iter().filter(|part| Some(part.community) != home);
    let n_away: u32 = away().map(|part| part.connections).sum();
    if n_away == 0 {
        let n: u32 = parts.iter().map(|part| part.connections).sum();
        let own = home.map_or("community", |c| group_word(is_small(c)));
        return format!("Talks with {}, all in their own {own}", people(n));
    }
    let own = match home {
        Some(home) if is_small(home) => "their own group",
        _ => "their own",
    };
    let mut named: Vec<(u32, &str)> = away()
        .filter(|part| !is_small(part.community))
        .map(|part| (part.connections, list[part.community.index()].name.as_str()))
        .collect();
    let in_small: u32 = away()
        .filter(|part| is_small(part.community))
        .map(|part| part.connections)
        .sum();
    let n_large = named.len();
    if n_large == 0 {
        return format!(
            "Talks with {} in small groups besides {own}",
            people(n_away)
        );
    }
    named.sort_by_key(|(n, _)| std::cmp::Reverse(*n)); // stable: equal ones by size of the community
    let communities = counted(n_large as u64, "community", "communities");
    let mut sentence = format!("Talks with {} in {communities}", people(n_away));
    if n_large == 1 && in_small == 0 {
        write_to(
            &mut sentence,
            format_args!(" besides {own}: {}", named[0].1),
        );
        return sentence;
    }
    if in_small > 0 {
        sentence.push_str(" and small groups");
    }
    write_to(&mut sentence, format_args!(" besides {own}: "));
    sentence.push_str(&listed(&named, in_small));
    sentence
}

/// "18 in Foodies, 12 in News, 9 in 3 others, 2 in small groups"; with semicolons where a name has commas itself.
fn listed(named: &[(u32, &str)], in_small: u32) -> String {
    // "1 other" would take as many letters as its name.
    let n_named = if named.len() == MOST_NAMED + 1 {
        named.len()
    } else {
        named.len().min(MOST_NAMED)
    };
    let (shown, others) = named.split_at(n_named);
    let mut items: Vec<String> = shown
        .iter()
        .map(|(n, name)| format!("{} in {name}", thousands(u64::from(*n))))
        .collect();
    if !others.is_empty() {
        let n: u32 = others.iter().map(|(n, _)| n).sum();
        let n_others = counted(others.len() as u64, "other", "others");
        items.push(format!("{} in {n_others}", thousands(u64::from(n))));
    }
    if in_small > 0 {
        items.push(format!(
            "{} in small groups",
            thousands(u64::from(in_small))
        ));
    }
    let has_comma = shown.iter().any(|(_, name)| name.contains(','));
    items.join(if has_comma { "; " } else { ", " })
}

fn group_word(small: bool) -> &'static str {
    if small { "small group" } else { "community" }
}

fn people(n: u32) -> String {
    counted(u64::from(n), "person", "people")
}

fn write_to(out: &mut String, words: std::fmt::Arguments) {
    out.write_fmt(words)
        .expect("writing to a string cannot fail");
}
