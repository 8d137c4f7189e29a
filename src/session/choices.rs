//! What the person decided about the map, put over what was found: names and colours, another grouping of the same people.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Results;
use crate::analysis::{self, Resolution, SizeBy};
use crate::campaign::MapChoices;
use crate::people::ConversationGraph;
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
        community.colour = look.colour;
    }
    results
}

/// The same conversation and graph as `found`, grouped at `resolution` with the communities of `joined` as one. Betweenness
/// that was measured stays: it knows nothing of communities.
///
/// # Errors
/// [`Cancelled`] only.
pub fn regrouped(
    found: &Results,
    resolution: Resolution,
    joined: &BTreeSet<[String; 2]>,
    progress: &Progress,
) -> Result<Results, Cancelled> {
    let mut results = found.clone();
    let settings = &mut results.settings.analysis;
    settings.resolution = resolution;
    settings.joined.clone_from(joined);
    let posts = &found.conversation.posts;
    let (mut analysis, seconds) = analysis::analyse(&found.graph, posts, settings, progress)?;
    analysis.betweenness = (analysis.betweenness).or_else(|| found.analysis.betweenness.clone());
    results.sizes = Arc::new(analysis::dot_sizes(&found.graph, &analysis, SizeBy::Reach));
    results.analysis = Arc::new(analysis);
    results.seconds.analysis = seconds;
    progress.check()?;
    Ok(results)
}

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
