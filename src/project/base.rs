//! People, ties, communities and scores as columns, and back.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::arrays::{Part, Strings, numbers, pack, pack_strings};
use crate::analysis::{
    Analysis, Betweenness, Bridges, Communities, Community, CommunityId, Components, Flows,
    Partition, WordUse,
};
use crate::layout::Positions;
use crate::people::{ConversationGraph, Interaction, Person, PersonId, TieKind, Ties};
use crate::progress::Progress;
use crate::session::Results;

/// Stands where there is no number.
const NONE: u32 = u32::MAX;

/// A community as it is kept: as the analysis found it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct KeptCommunity {
    name: String,
    words: Vec<String>,
    /// Absent in files of before.
    #[serde(default)]
    alternatives: Vec<String>,
    /// Absent in files of before.
    #[serde(default)]
    evidence: Vec<WordUse>,
    people: u32,
    reach: f64,
    ties_inside: u64,
    ties_outside: u64,
    member: u32,
    small: bool,
    /// As it keeps it from another grouping.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    colour: Option<u8>,
}

/// Figures of the analysis and of the graph.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Figures {
    pub(super) people: usize,
    pub(super) accounts: usize,
    pub(super) posts: usize,
    pub(super) given_ties: usize,
    /// As [`crate::people::Posts::exported_here`].
    pub(super) exported_here: bool,
    self_ties: u64,
    communities: Vec<KeptCommunity>,
    modularity: f64,
    resolution: f64,
    runs: u32,
    thin_data: bool,
    components: Vec<u32>,
    /// People that betweenness was counted from; `None`: it was not measured.
    betweenness_sources: Option<u32>,
}

impl Figures {
    pub(super) fn of(results: &Results) -> Self {
        let (graph, analysis) = (&results.graph, &results.analysis);
        let posts = &results.conversation.posts;
        let communities = analysis.communities.list.iter().map(|c| KeptCommunity {
            name: c.name.clone(),
            words: c.words.clone(),
            alternatives: c.alternatives.clone(),
            evidence: c.evidence.clone(),
            people: c.people,
            reach: c.reach,
            ties_inside: c.ties_inside,
            ties_outside: c.ties_outside,
            member: c.member.0,
            small: c.small,
            colour: c.colour,
        });
        Self {
            people: graph.n_people(),
            accounts: posts.accounts.len(),
            posts: posts.posts.len(),
            given_ties: posts.given_ties.len(),
            exported_here: posts.exported_here,
            self_ties: graph.self_ties,
            communities: communities.collect(),
            modularity: analysis.communities.modularity,
            resolution: analysis.communities.resolution,
            runs: analysis.bridges.runs,
            thin_data: analysis.thin_data,
            components: analysis.components.sizes.clone(),
            betweenness_sources: analysis.betweenness.as_ref().map(|b| b.sources),
        }
    }
}

/// The columns of people and ties.
pub(super) fn graph_parts(graph: &ConversationGraph) -> Vec<Part> {
    let people = &graph.people;
    let text = |name, of: fn(&Person) -> Option<&str>| pack_strings(name, people.iter().map(of));
    let reach: Vec<f64> = people.iter().map(|p| p.reach.unwrap_or(f64::NAN)).collect();
    let posts: Vec<u32> = people.iter().map(|p| p.posts).collect();
    let place = |p: &Person| p.given_place.unwrap_or([f32::NAN; 2]);
    let colour = |p: &Person| {
        p.given_colour
            .map_or(NONE, |[r, g, b]| u32::from_be_bytes([0, r, g, b]))
    };
    let rows = &graph.interactions;
    let column = |of: fn(&Interaction) -> u32| rows.iter().map(of).collect::<Vec<u32>>();
    let count: Vec<f64> = rows.iter().map(|i| i.count).collect();
    let kind: Vec<u8> = rows.iter().map(|i| i.kind as u8).collect();
    let directed: Vec<u8> = rows.iter().map(|i| u8::from(i.directed)).collect();
    let accounts: Vec<u32> = graph.person_of_account.iter().map(|p| p.0).collect();
    let mut parts = text("people/key", |p| Some(&p.key));
    parts.extend(text("people/handle", |p| Some(&p.handle)));
    parts.extend(text("people/name", |p| Some(&p.name)));
    parts.extend(text("people/given_community", |p| {
        p.given_community.as_deref()
    }));
    parts.extend(pack("people/reach", &reach));
    parts.extend(pack("people/posts", &posts));
    parts.extend(pack(
        "people/given_place",
        &people.iter().map(place).collect::<Vec<_>>(),
    ));
    parts.extend(pack(
        "people/given_colour",
        &people.iter().map(colour).collect::<Vec<_>>(),
    ));
    parts.extend(pack("ties/from", &column(|i| i.from.0)));
    parts.extend(pack("ties/to", &column(|i| i.to.0)));
    parts.extend(pack("ties/kind", &kind));
    parts.extend(pack("ties/count", &count));
    parts.extend(pack("ties/directed", &directed));
    parts.extend(pack("people/of_account", &accounts));
    parts
}

/// The columns of communities, bridges, components and betweenness.
pub(super) fn analysis_parts(analysis: &Analysis) -> Vec<Part> {
    let (communities, bridges) = (&analysis.communities, &analysis.bridges);
    let of: Vec<u32> = communities
        .of
        .iter()
        .map(|c| c.map_or(NONE, |c| c.0))
        .collect();
    let mut parts = pack("analysis/community", &of);
    parts.extend(pack("analysis/sure", &communities.sure));
    parts.extend(pack("analysis/bridge_score", &bridges.score));
    parts.extend(pack("analysis/bridge_rank", &bridges.rank));
    parts.extend(pack("analysis/stability", &bridges.stability));
    parts.extend(pack("analysis/connections", &bridges.connections));
    parts.extend(pack(
        "analysis/connections_across",
        &bridges.connections_across,
    ));
    parts.extend(pack(
        "analysis/communities_reached",
        &bridges.communities_reached,
    ));
    parts.extend(pack("analysis/strength", &bridges.strength));
    parts.extend(pack("analysis/strength_outside", &bridges.strength_outside));
    parts.extend(pack("analysis/component", &analysis.components.of));
    if let Some(betweenness) = &analysis.betweenness {
        parts.extend(pack("analysis/betweenness", &betweenness.value));
        parts.extend(pack("analysis/betweenness_error", &betweenness.error));
    }
    parts
}

/// People and ties; `None` where a column is damaged or they do not fit together.
pub(super) fn graph(db: &Connection, figures: &Figures) -> Option<ConversationGraph> {
    let n = figures.people;
    let people = people(db, n)?;
    if !people.windows(2).all(|pair| pair[0].key < pair[1].key) {
        return None;
    }
    let interactions = interactions(db, n)?;
    let accounts: Vec<u32> = numbers(db, "people/of_account")?;
    if accounts.iter().any(|&person| person as usize >= n) {
        return None;
    }
    let ties = Ties::of_interactions(n, &interactions, &Progress::new()).ok()?;
    Some(ConversationGraph {
        people,
        interactions,
        ties: Arc::new(ties),
        self_ties: figures.self_ties,
        person_of_account: accounts.into_iter().map(PersonId).collect(),
        joined: Vec::new(), // told by the accounts
    })
}

fn people(db: &Connection, n: usize) -> Option<Vec<Person>> {
    let strings = |name| Strings::read(db, name).filter(|strings| strings.iter().len() == n);
    let (keys, handles) = (strings("people/key")?, strings("people/handle")?);
    let (names, given) = (strings("people/name")?, strings("people/given_community")?);
    let reach: Vec<f64> = column(db, "people/reach", n)?;
    let posts: Vec<u32> = column(db, "people/posts", n)?;
    let places: Vec<[f32; 2]> = column(db, "people/given_place", n)?;
    let colours: Vec<u32> = column(db, "people/given_colour", n)?;
    let rows = keys
        .iter()
        .zip(handles.iter())
        .zip(names.iter())
        .zip(given.iter())
        .enumerate();
    let person = |(i, (((key, handle), name), given)): (usize, _)| {
        let given: Option<&str> = given;
        Some(Person {
            key: Option::<&str>::filter(key, |key| !key.is_empty())?.into(),
            handle: Option::<&str>::unwrap_or_default(handle).into(),
            name: Option::<&str>::unwrap_or_default(name).into(),
            reach: reach.get(i).copied().filter(|reach| reach.is_finite()),
            posts: posts.get(i).copied()?,
            given_community: given.map(Into::into),
            given_place: places
                .get(i)
                .copied()
                .filter(|p| p[0].is_finite() && p[1].is_finite()),
            given_colour: colours.get(i).filter(|c| **c != NONE).map(|c| {
                let [_, r, g, b] = c.to_be_bytes();
                [r, g, b]
            }),
        })
    };
    rows.map(person).collect()
}

fn interactions(db: &Connection, n: usize) -> Option<Vec<Interaction>> {
    let from: Vec<u32> = numbers(db, "ties/from")?;
    let m = from.len();
    let to: Vec<u32> = column(db, "ties/to", m)?;
    let kind: Vec<u8> = column(db, "ties/kind", m)?;
    let count: Vec<f64> = column(db, "ties/count", m)?;
    let directed: Vec<u8> = column(db, "ties/directed", m)?;
    let row = |i: usize| {
        let (from, to) = (from[i], to[i]);
        let fits = (from as usize) < n && (to as usize) < n && from != to;
        let count = Some(count[i]).filter(|c| fits && c.is_finite() && *c > 0.0)?;
        Some(Interaction {
            from: PersonId(from),
            to: PersonId(to),
            kind: TieKind::ALL.get(kind[i] as usize).copied()?,
            count,
            directed: directed[i] != 0,
        })
    };
    (0..m).map(row).collect() // all columns have m rows
}

/// A column with exactly `n` rows.
fn column<T: super::arrays::Plain>(db: &Connection, name: &str, n: usize) -> Option<Vec<T>> {
    numbers(db, name).filter(|rows: &Vec<T>| rows.len() == n)
}

/// Communities and scores of `graph`; `None` where a column is damaged or they do not fit together.
pub(super) fn analysis(
    db: &Connection,
    figures: &Figures,
    graph: &ConversationGraph,
) -> Option<Analysis> {
    let n = graph.n_people();
    let communities = communities(db, figures, n)?;
    let label = |c: &Option<CommunityId>| c.map_or(Partition::NOWHERE, |c| c.0);
    let partition = Partition {
        of: communities.of.iter().map(label).collect(),
        sizes: communities.list.iter().map(|c| c.people).collect(),
    };
    let flows = Flows::of(&graph.ties, &partition, &Progress::new()).ok()?;
    let betweenness = match figures.betweenness_sources {
        Some(sources) => Some(Betweenness {
            value: column(db, "analysis/betweenness", n)?,
            sources,
            error: column(db, "analysis/betweenness_error", n)?,
        }),
        None => None,
    };
    let component: Vec<u32> = column(db, "analysis/component", n)?;
    if component
        .iter()
        .any(|&c| c as usize >= figures.components.len())
    {
        return None;
    }
    Some(Analysis {
        communities,
        bridges: bridges(db, figures, n)?,
        components: Components {
            of: component,
            sizes: figures.components.clone(),
        },
        betweenness,
        thin_data: figures.thin_data,
        flows,
    })
}

fn communities(db: &Connection, figures: &Figures, n: usize) -> Option<Communities> {
    let of: Vec<u32> = column(db, "analysis/community", n)?;
    let mut sizes = vec![0u32; figures.communities.len()];
    for &c in of.iter().filter(|c| **c != NONE) {
        *sizes.get_mut(c as usize)? += 1;
    }
    let fits =
        |(kept, size): (&KeptCommunity, &u32)| kept.people == *size && (kept.member as usize) < n;
    if !figures.communities.iter().zip(&sizes).all(fits) {
        return None;
    }
    let list = figures.communities.iter().map(|kept| Community {
        name: kept.name.clone(),
        words: kept.words.clone(),
        alternatives: kept.alternatives.clone(),
        evidence: kept.evidence.clone(),
        people: kept.people,
        reach: kept.reach,
        ties_inside: kept.ties_inside,
        ties_outside: kept.ties_outside,
        member: PersonId(kept.member),
        colour: kept.colour.filter(|colour| *colour < 12),
        small: kept.small,
    });
    Some(Communities {
        of: of
            .into_iter()
            .map(|c| (c != NONE).then_some(CommunityId(c)))
            .collect(),
        sure: column(db, "analysis/sure", n)?,
        list: list.collect(),
        modularity: figures.modularity,
        resolution: figures.resolution,
    })
}

fn bridges(db: &Connection, figures: &Figures, n: usize) -> Option<Bridges> {
    let rank: Vec<u32> = column(db, "analysis/bridge_rank", n)?;
    let mut seen = vec![false; n];
    for &rank in &rank {
        let seen = seen.get_mut((rank as usize).checked_sub(1)?)?;
        if std::mem::replace(seen, true) {
            return None;
        }
    }
    Some(Bridges {
        score: column(db, "analysis/bridge_score", n)?,
        rank,
        stability: column(db, "analysis/stability", n)?,
        runs: figures.runs,
        connections: column(db, "analysis/connections", n)?,
        connections_across: column(db, "analysis/connections_across", n)?,
        communities_reached: column(db, "analysis/communities_reached", n)?,
        strength: column(db, "analysis/strength", n)?,
        strength_outside: column(db, "analysis/strength_outside", n)?,
    })
}

/// The columns of layout `number`: where everybody stands, or, where fewer than half moved since `base`, who moved and to where.
pub(super) fn layout_parts(
    number: u64,
    positions: &Positions,
    base: Option<&Positions>,
) -> (bool, Vec<Part>) {
    let same = |a: &[f32; 2], b: &[f32; 2]| a.map(f32::to_bits) == b.map(f32::to_bits);
    if let Some(base) = base.filter(|base| base.xy.len() == positions.xy.len()) {
        let rows = positions.xy.iter().zip(&base.xy).zip(0u32..);
        let moved: Vec<(u32, [f32; 2])> = rows
            .filter(|((now, before), _)| !same(now, before))
            .map(|((now, _), i)| (i, *now))
            .collect();
        if moved.len() * 2 < positions.xy.len() {
            let (who, at): (Vec<u32>, Vec<[f32; 2]>) = moved.into_iter().unzip();
            let mut parts = pack(&format!("layout/{number}/who"), &who);
            parts.extend(pack(&format!("layout/{number}/xy"), &at));
            return (true, parts);
        }
    }
    (false, pack(&format!("layout/{number}/xy"), &positions.xy))
}

/// Every layout that can be read, of those in `bases` (number, and the layout it is told from), for `n` people; and the numbers of
/// those that cannot.
pub(super) fn layouts(
    db: &Connection,
    bases: &[(u64, Option<u64>)],
    n: usize,
) -> (BTreeMap<u64, Arc<Positions>>, Vec<u64>) {
    let (mut layouts, mut lost) = (BTreeMap::<u64, Arc<Positions>>::new(), Vec::new());
    for &(number, base) in bases {
        let read = match base {
            None => column(db, &format!("layout/{number}/xy"), n),
            Some(base) => layouts.get(&base).and_then(|base| moved(db, number, base)),
        };
        match read {
            Some(xy) => {
                layouts.insert(number, Arc::new(Positions { xy }));
            }
            None => lost.push(number),
        }
    }
    (layouts, lost)
}

fn moved(db: &Connection, number: u64, base: &Positions) -> Option<Vec<[f32; 2]>> {
    let who: Vec<u32> = numbers(db, &format!("layout/{number}/who"))?;
    let at: Vec<[f32; 2]> = column(db, &format!("layout/{number}/xy"), who.len())?;
    let mut xy = base.xy.clone();
    for (person, at) in who.into_iter().zip(at) {
        *xy.get_mut(person as usize)? = at;
    }
    Some(xy)
}
