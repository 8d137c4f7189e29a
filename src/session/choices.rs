//! What the person decided about the map, put over what was found: names and colours, another grouping of the same people.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Results;
use crate::analysis::{self, SizeBy};
use crate::campaign::MapChoices;
use crate::layout::Positions;
use crate::people::{ConversationGraph, Person, PersonId};
use crate::progress::{Cancelled, Progress};

/// `found` with the names and colours that the person gave. Where there are none, everything is shared.
///
/// # Cost
/// O(looks · log n), and O(n) where a look is worn.
pub fn dressed(found: &Results, choices: &MapChoices) -> Results {
    let mut results = found.clone();
    if choices.looks.is_empty() {
        return results;
    }
    let looks = choices.looks_of(&found.graph, &found.analysis.communities);
    if looks.is_empty() {
        return results;
    }
    let analysis = Arc::make_mut(&mut results.analysis);
    for (id, look) in looks {
        let Some(community) = analysis.communities.list.get_mut(id.index()) else {
            continue;
        };
        if let Some(name) = look.name {
            community.name = name;
        }
        community.colour = look.colour.or(community.colour);
    }
    results
}

/// The same conversation and graph as `found`, grouped as `choices` say. Betweenness that was measured stays: it knows nothing of
/// communities.
///
/// # Errors
/// [`Cancelled`] only.
pub fn regrouped(
    found: &Results,
    choices: &MapChoices,
    progress: &Progress,
) -> Result<Results, Cancelled> {
    let mut results = found.clone();
    let settings = &mut results.settings.analysis;
    choices.put_into(settings);
    let posts = &found.conversation.posts;
    let (mut analysis, seconds) = analysis::analyse(&found.graph, posts, settings, progress)?;
    analysis.betweenness = (analysis.betweenness).or_else(|| found.analysis.betweenness.clone());
    results.sizes = Arc::new(analysis::dot_sizes(&found.graph, &analysis, SizeBy::Reach));
    results.analysis = Arc::new(analysis);
    results.seconds.analysis = seconds;
    progress.check()?;
    Ok(results)
}

/// The same conversation as `found`, with the accounts of `choices` that are one person as one, and grouped as they say.
///
/// # Errors
/// [`Cancelled`] only.
pub fn rebuilt(
    found: &Results,
    choices: &MapChoices,
    progress: &Progress,
) -> Result<Results, Cancelled> {
    let mut settings = found.settings.clone();
    settings.same.clone_from(&choices.same);
    choices.put_into(&mut settings.analysis);
    super::analyse(&found.conversation, &settings, progress)
}

/// Where the people of `now` stand, by where they stood in `before`: whoever is a person of their own now stands beside whom they went
/// by. Says whether there is such a person.
///
/// # Cost
/// O(n log n).
pub fn places_kept(
    (before, positions): (&ConversationGraph, &Positions),
    now: &ConversationGraph,
) -> (Positions, bool) {
    let mut parted: BTreeMap<PersonId, u32> = BTreeMap::new();
    let place = |person: &Person| {
        let Some(was) = before.find(&person.key) else {
            return [f32::NAN; 2];
        };
        let there = positions.of(was.index()).unwrap_or([f32::NAN; 2]);
        let goes_by_own = before
            .people
            .get(was.index())
            .is_some_and(|p| p.key == person.key);
        if goes_by_own {
            return there;
        }
        let beside = parted.entry(was).or_default();
        *beside += 1;
        // The layout that follows finds the place; nobody may stand on somebody else meanwhile.
        [there[0] + *beside as f32 * BESIDE, there[1]]
    };
    let xy = now.people.iter().map(place).collect();
    (Positions { xy }, !parted.is_empty())
}

/// So far apart people stand who were one, in map units.
const BESIDE: f32 = 4.0;
/// The same conversation as `whole`, analysed as `graph` alone has it: the same people with some of the ties.
///
/// # Errors
/// [`Cancelled`] only.
pub fn analysed_alone(
    whole: &Results,
    graph: ConversationGraph,
    progress: &Progress,
) -> Result<Results, Cancelled> {
    let posts = &whole.conversation.posts;
    let settings = &whole.settings.analysis;
    let (analysis, seconds) = analysis::analyse(&graph, posts, settings, progress)?;
    let mut results = whole.clone();
    results.sizes = Arc::new(analysis::dot_sizes(&graph, &analysis, SizeBy::Reach));
    results.graph = Arc::new(graph);
    results.analysis = Arc::new(analysis);
    results.seconds.analysis = seconds;
    progress.check()?;
    Ok(results)
}
