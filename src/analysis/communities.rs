//! Which communities are shown: found at a resolution, found at the best of several, or given by the file.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::{
    AnalysisSettings, Partition, Resolution, adjusted_mutual_information, by_hand, leiden,
    modularity,
};
use crate::people::{ConversationGraph, PersonId};
use crate::progress::{Cancelled, Progress, Stage};

/// What the slider and "auto" choose from: fewer, larger … more, smaller.
pub const RESOLUTIONS: [f64; 6] = [0.5, 0.7, 1.0, 1.4, 2.0, 2.8];

/// Plain modularity's place among them.
const PLAIN: usize = 2;

/// What people with ties are called whom the file puts nowhere.
const NOT_IN_FILE: &str = "No community in the file";

/// All runs at one resolution, and which is shown.
#[derive(Debug)]
pub(super) struct Runs {
    pub(super) partitions: Vec<Partition>,
    pub(super) shown: usize,
    pub(super) resolution: f64,
    /// Names by community of the shown run, where the file gives them.
    pub(super) given_names: Option<Vec<String>>,
}

impl Runs {
    pub(super) fn shown(&self) -> &Partition {
        &self.partitions[self.shown]
    }

    /// Every run as the person wants it: what they split, what is one for them, whom they moved.
    fn changed(
        mut self,
        graph: &ConversationGraph,
        settings: &AnalysisSettings,
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let joined = joined_people(graph, &settings.joined);
        if joined.is_empty() && settings.by_hand.is_empty() {
            return Ok(self);
        }
        let before = self.shown().clone();
        let wanted = (&settings.by_hand, joined.as_slice(), settings.seed);
        let runs = self.partitions.par_iter();
        let changed = runs.map(|run| by_hand::changed(graph, run, wanted, &progress.aside()));
        self.partitions = changed.collect::<Result<_, Cancelled>>()?;
        if let Some(names) = self.given_names.take() {
            self.given_names = Some(names_kept(&names, &before, self.shown()));
        }
        Ok(self)
    }
}

/// The names of communities that were other ones `before`: each keeps the one that most of its people had, if no larger one does;
/// empty for the others.
fn names_kept(names: &[String], before: &Partition, now: &Partition) -> Vec<String> {
    let mut shared: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    for (&was, &is) in before.of.iter().zip(&now.of) {
        if is != Partition::NOWHERE && was != Partition::NOWHERE {
            *shared.entry((is, was)).or_default() += 1;
        }
    }
    let mut most: Vec<Option<(u32, u32)>> = vec![None; now.n()];
    for ((is, was), people) in shared {
        if let Some(most) = most.get_mut(is as usize)
            && most.is_none_or(|(known, _)| people > known)
        {
            *most = Some((people, was));
        }
    }
    let mut given: BTreeSet<u32> = BTreeSet::new();
    let name = |most: Option<(u32, u32)>| {
        let (_, was) = most?;
        let name = names.get(was as usize).filter(|_| given.insert(was));
        name.cloned()
    };
    most.into_iter()
        .map(name)
        .map(Option::unwrap_or_default)
        .collect()
}

/// Finds or takes the communities that `settings` ask for. Runs take one core each. Where there are more runs of one
/// resolution than cores, `first` gets those that are done after one round.
///
/// # Errors
/// [`Cancelled`] only.
pub(super) fn group(
    graph: &ConversationGraph,
    settings: &AnalysisSettings,
    progress: &Progress,
    mut first: impl FnMut(Runs) -> Result<(), Cancelled>,
) -> Result<Runs, Cancelled> {
    if settings.communities_from_file {
        progress.begin(Stage::Communities, 1)?;
        return from_file(graph).changed(graph, settings, progress);
    }
    let n_runs = u64::from(settings.runs.max(1));
    let fixed = match settings.resolution {
        Resolution::Fixed(r) if r.is_finite() && r > 0.0 => Some(r),
        Resolution::Fixed(_) => Some(1.0),
        Resolution::Auto => None,
    };
    let resolutions = fixed.map_or(RESOLUTIONS.to_vec(), |r| vec![r]);
    progress.begin(Stage::Communities, n_runs * resolutions.len() as u64)?;
    let jobs: Vec<(f64, u64)> = resolutions
        .iter()
        .flat_map(|&r| (0..n_runs).map(move |run| (r, run)))
        .collect();
    let round = rayon::current_num_threads();
    let early = if resolutions.len() == 1 && jobs.len() > round {
        round
    } else {
        0
    };
    let mut found = found(graph, settings.seed, &jobs[..early], progress)?;
    if early > 0 {
        let runs = best_of(found.clone(), resolutions[0]);
        first(runs.changed(graph, settings, progress)?)?;
    }
    found.extend(self::found(graph, settings.seed, &jobs[early..], progress)?);
    let mut found = found.into_iter();
    let tried = resolutions.into_iter().map(|resolution| {
        let runs = found.by_ref().take(n_runs as usize);
        best_of(runs.collect(), resolution)
    });
    most_agreed(tried.collect(), progress)?.changed(graph, settings, progress)
}

/// The pairs of people whom `joined` names; pairs with somebody who is not here say nothing.
fn joined_people(graph: &ConversationGraph, joined: &BTreeSet<[String; 2]>) -> Vec<[PersonId; 2]> {
    let pair = |[a, b]: &[String; 2]| Some([graph.find(a)?, graph.find(b)?]);
    joined.iter().filter_map(pair).collect()
}

/// One run for each resolution and number of `jobs`, with its quality.
fn found(
    graph: &ConversationGraph,
    seed: u64,
    jobs: &[(f64, u64)],
    progress: &Progress,
) -> Result<Vec<(f64, Partition)>, Cancelled> {
    jobs.par_iter()
        .with_max_len(1) // runs take about equally long: one by one keeps all cores busy
        .map(|&(resolution, run)| {
            let seed = seed.wrapping_add(run.wrapping_mul(0x9E37_79B9));
            let partition = leiden(&graph.ties, resolution, seed, progress)?;
            let quality = modularity(&graph.ties, &partition, resolution, progress)?;
            progress.advance(1)?;
            Ok((quality, partition))
        })
        .collect()
}

/// Runs of one resolution; the one with the best quality is shown.
fn best_of(found: Vec<(f64, Partition)>, resolution: f64) -> Runs {
    let (mut shown, mut best) = (0, f64::NEG_INFINITY);
    for (number, &(quality, _)) in found.iter().enumerate() {
        if quality > best {
            (shown, best) = (number, quality);
        }
    }
    Runs {
        partitions: found.into_iter().map(|(_, run)| run).collect(),
        shown,
        resolution,
        given_names: None,
    }
}

/// The resolution whose runs agree best with one another among those with 5 to 40 communities; 1.0 where there is none.
fn most_agreed(mut tried: Vec<Runs>, progress: &Progress) -> Result<Runs, Cancelled> {
    if tried.len() == 1 {
        return Ok(tried.swap_remove(0));
    }
    let agreement: Vec<f64> = tried
        .par_iter()
        .map(|tried| {
            let large = tried
                .shown()
                .small()
                .iter()
                .filter(|small| !**small)
                .count();
            if !(5..=40).contains(&large) {
                return Ok(f64::NEG_INFINITY);
            }
            let mut sum = 0.0;
            for (i, a) in tried.partitions.iter().enumerate() {
                for b in &tried.partitions[i + 1..] {
                    progress.check()?;
                    sum += adjusted_mutual_information(a, b);
                }
            }
            Ok(sum)
        })
        .collect::<Result<_, Cancelled>>()?;
    let mut best: Option<usize> = None;
    for (place, &a) in agreement.iter().enumerate() {
        if a > f64::NEG_INFINITY && best.is_none_or(|b| a > agreement[b]) {
            best = Some(place);
        }
    }
    Ok(tried.swap_remove(best.unwrap_or(PLAIN)))
}

/// The communities that the file gives to people with ties; who has none there gets one extra community together, so that
/// nobody is put among people the file did not name. One run.
fn from_file(graph: &ConversationGraph) -> Runs {
    let given = |i: usize| {
        let name = graph.people[i].given_community.as_deref().map(str::trim);
        name.filter(|name| !name.is_empty()).unwrap_or(NOT_IN_FILE)
    };
    let tied = |i: &usize| graph.ties.connections(*i) > 0;
    let mut number: BTreeMap<&str, u32> = BTreeMap::new();
    for i in (0..graph.n_people()).filter(tied) {
        let next = number.len() as u32;
        number.entry(given(i)).or_insert(next);
    }
    let labels: Vec<u32> = (0..graph.n_people())
        .map(|i| {
            let label = tied(&i).then(|| number.get(given(i)).copied()).flatten();
            label.unwrap_or(Partition::NOWHERE)
        })
        .collect();
    let partition = Partition::numbered(&labels, number.len());
    let mut names = vec![String::new(); partition.n()];
    for (i, &c) in partition.of.iter().enumerate() {
        if let Some(name) = names.get_mut(c as usize)
            && name.is_empty()
        {
            given(i).clone_into(name);
        }
    }
    Runs {
        partitions: vec![partition],
        shown: 0,
        resolution: 1.0,
        given_names: Some(names),
    }
}
