//! All of the analysis in order: communities, their names, bridges, betweenness.

use std::collections::BTreeMap;
use std::time::Instant;

use super::betweenness::betweenness;
use super::certainty::certainty;
use super::communities::{Runs, group};
use super::components::components;
use super::modularity::modularity;
use super::names::name_communities;
use super::patience::check_at;
use super::ranking::{is_thin, rank_bridges};
use super::{
    Analysis, AnalysisSeconds, AnalysisSettings, Communities, Community, CommunityId, Partition,
};
use crate::people::{ConversationGraph, PersonId, Posts};
use crate::progress::{Cancelled, Progress, Stage};

/// Finds communities, names them from `posts`, and scores the bridges.
///
/// With [`AnalysisSettings::communities_from_file`] the file's communities are the only run; people with ties whom it puts
/// nowhere form one extra community, "No community in the file".
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// `runs` times [`super::leiden`], on as many cores; the rest is O(m + words), and betweenness as asked for.
pub fn analyse(
    graph: &ConversationGraph,
    posts: &Posts,
    settings: &AnalysisSettings,
    progress: &Progress,
) -> Result<(Analysis, AnalysisSeconds), Cancelled> {
    analyse_showing(graph, posts, settings, progress, |_| Ok(()))
}

/// As [`analyse`]; and where there are more runs than cores, `first` gets what the first ones say, to be shown until the others
/// are done: what those may still change is which run is shown, and the scores.
///
/// # Errors
/// [`Cancelled`], and what `first` returns.
pub fn analyse_showing(
    graph: &ConversationGraph,
    posts: &Posts,
    settings: &AnalysisSettings,
    progress: &Progress,
    mut first: impl FnMut(Analysis) -> Result<(), Cancelled>,
) -> Result<(Analysis, AnalysisSeconds), Cancelled> {
    let mut seconds = AnalysisSeconds::default();
    let start = Instant::now();
    let first_runs = |runs: Runs| {
        let aside = progress.aside();
        let communities = describe(graph, posts, &runs, &aside)?;
        let (bridges, flows) = rank_bridges(&graph.ties, &runs.partitions, runs.shown, &aside)?;
        first(Analysis {
            thin_data: is_thin(&graph.ties, &bridges.strength),
            communities,
            bridges,
            components: components(&graph.ties, &aside)?,
            betweenness: None,
            flows,
        })
    };
    let runs = group(graph, settings, progress, first_runs)?;
    let components = components(&graph.ties, progress)?;
    let communities = describe(graph, posts, &runs, progress)?;
    seconds.communities = start.elapsed().as_secs_f64();

    let start = Instant::now();
    progress.begin(Stage::Bridges, runs.partitions.len() as u64)?;
    let (bridges, flows) = rank_bridges(&graph.ties, &runs.partitions, runs.shown, progress)?;
    seconds.bridges = start.elapsed().as_secs_f64();

    let start = Instant::now();
    let betweenness = betweenness(&graph.ties, settings.betweenness, settings.seed, progress)?;
    seconds.betweenness = start.elapsed().as_secs_f64();
    let analysis = Analysis {
        thin_data: is_thin(&graph.ties, &bridges.strength),
        communities,
        bridges,
        components,
        betweenness,
        flows,
    };
    Ok((analysis, seconds))
}

/// Communities that are found again as they were exported have the names that they had: the texts which gave them are gone.
fn name_as_exported(graph: &ConversationGraph, shown: &Partition, list: &mut [Community]) {
    let mut bearers: BTreeMap<&str, u32> = BTreeMap::new();
    // What the first member of each community brings, while all others bring the same.
    let mut name_of: Vec<Option<Option<&str>>> = vec![None; list.len()];
    for (person, &home) in graph.people.iter().zip(&shown.of) {
        let given = person.given_community.as_deref();
        if let Some(name) = given {
            *bearers.entry(name).or_default() += 1;
        }
        if let Some(known) = name_of.get_mut(home as usize) {
            *known = Some(known.unwrap_or(given).filter(|name| given == Some(*name)));
        }
    }
    for (community, name) in list.iter_mut().zip(name_of) {
        let same = name
            .flatten()
            .filter(|name| bearers.get(name) == Some(&community.people));
        if let Some(name) = same {
            name.clone_into(&mut community.name);
        }
    }
}

/// The shown communities with their counts and names.
fn describe(
    graph: &ConversationGraph,
    posts: &Posts,
    runs: &Runs,
    progress: &Progress,
) -> Result<Communities, Cancelled> {
    let shown = runs.shown();
    let nobody = PersonId(u32::MAX);
    let names = name_communities(graph, posts, shown, progress)?;
    let mut list: Vec<Community> = (names.into_iter().zip(&shown.sizes).zip(shown.small()))
        .map(|((name, &people), small)| Community {
            name: name.chosen,
            words: name
                .words
                .iter()
                .map(|counted| counted.word.clone())
                .collect(),
            alternatives: name.alternatives,
            evidence: name.words,
            people,
            reach: 0.0,
            ties_inside: 0,
            ties_outside: 0,
            member: nobody,
            colour: None,
            small,
        })
        .collect();
    if let Some(given) = &runs.given_names {
        // A part of a community that the file gives has none: it is called after its words.
        let given = given.iter().map(|name| (!name.is_empty()).then_some(name));
        for (community, name) in list.iter_mut().zip(given) {
            if let Some(name) = name {
                community.name.clone_from(name);
            }
        }
    } else if posts.exported_here {
        name_as_exported(graph, shown, &mut list);
    }
    for (i, person) in graph.people.iter().enumerate() {
        check_at(progress, i)?;
        let home = shown.of[i];
        let Some(community) = list.get_mut(home as usize) else {
            continue;
        };
        let reach = person.reach.filter(|reach| reach.is_finite());
        community.reach += reach.unwrap_or(0.0);
        let most =
            (community.member != nobody).then(|| graph.ties.connections(community.member.index()));
        if most.is_none_or(|most| graph.ties.connections(i) > most) {
            community.member = PersonId(i as u32);
        }
        for &j in graph.ties.row(i).0 {
            if shown.of[j as usize] != home {
                community.ties_outside += 1;
            } else if i < j as usize {
                community.ties_inside += 1;
            }
        }
    }
    let of = |&c: &u32| (c != Partition::NOWHERE).then_some(CommunityId(c));
    Ok(Communities {
        of: shown.of.iter().map(of).collect(),
        sure: certainty(&runs.partitions, runs.shown, progress)?,
        list,
        modularity: modularity(&graph.ties, shown, 1.0, progress)?,
        resolution: runs.resolution,
    })
}
