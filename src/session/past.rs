//! A map that another one takes the place of: what the new one is compared with.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Results;
use crate::analysis::Analysis;
use crate::campaign::{Campaign, CommunityLook, MapChoices};
use crate::changes::{self, Changes, Snapshot};
use crate::people::ConversationGraph;

/// What is remembered of the map before: its posts are not.
#[derive(Debug, Clone)]
pub struct Past {
    /// What it was called.
    pub title: String,
    /// Its people and ties.
    pub graph: Arc<ConversationGraph>,
    /// Its communities and bridges.
    pub analysis: Arc<Analysis>,
    /// Earliest and latest post, seconds since 1970 UTC.
    pub time_range: Option<(i64, i64)>,
}

impl Past {
    /// What is remembered of `results`.
    pub fn of(results: &Results, title: &str) -> Self {
        Self {
            title: title.to_owned(),
            graph: results.graph.clone(),
            analysis: results.analysis.clone(),
            time_range: results.conversation.report.time_range,
        }
    }

    /// As one side of a comparison.
    pub fn snapshot(&self) -> Snapshot<'_> {
        Snapshot {
            title: &self.title,
            graph: &self.graph,
            analysis: &self.analysis,
            time_range: self.time_range,
        }
    }

    /// What has changed from this map to `results`, and what became of the list of `campaign`.
    pub fn changes_to(&self, results: &Results, title: &str, campaign: &Campaign) -> Changes {
        changes::changes(&self.snapshot(), &snapshot(results, title), campaign)
    }

    /// Gives the communities of `results` the colours that they have on this map.
    pub fn keep_colours(&self, results: &mut Results) {
        let looks = self.looks_for(results, &MapChoices::default());
        let choices = MapChoices {
            looks,
            ..MapChoices::default()
        };
        let looks = choices.looks_of(&results.graph, &results.analysis.communities);
        let communities = &mut Arc::make_mut(&mut results.analysis).communities;
        for (id, look) in looks {
            communities.list[id.index()].colour = look.colour;
        }
    }

    /// The looks by which the communities of `results` keep the names and colours that they have on this map.
    pub fn looks_for(
        &self,
        results: &Results,
        choices: &MapChoices,
    ) -> BTreeMap<String, CommunityLook> {
        changes::looks_carried(&self.snapshot(), &snapshot(results, ""), choices)
    }
}

/// `results` as one side of a comparison.
pub fn snapshot<'a>(results: &'a Results, title: &'a str) -> Snapshot<'a> {
    Snapshot {
        title,
        graph: &results.graph,
        analysis: &results.analysis,
        time_range: results.conversation.report.time_range,
    }
}
