//! What is found out about the selection beside the window: how it spreads, and the words that set it apart.

use std::sync::{Arc, Weak};

use super::selection::{Mark, Selection};
use super::tasks::Outbox;
use super::work::Finished;
use crate::analysis::WordUse;
use crate::explore::{self, SetFacts};
use crate::problem::Problem;
use crate::progress::Progress;
use crate::session::Results;

/// What was found out about a selection.
#[derive(Debug, Clone, Default)]
pub struct SelectedFacts {
    of: Mark,
    on: Weak<Results>,
    /// What they are together.
    pub facts: SetFacts,
    /// The words that set them apart; `None` while they are looked for.
    pub words: Option<Vec<WordUse>>,
}

impl SelectedFacts {
    /// Whether it is about `selection` of this map.
    pub fn is_about(&self, selection: &Selection, results: &Arc<Results>) -> bool {
        self.of.is_of(selection) && std::ptr::eq(self.on.as_ptr(), Arc::as_ptr(results))
    }
}

/// Finds out about `selection`; tells what is counted before it looks for words.
pub(super) fn find_out(
    selection: &Selection,
    results: &Arc<Results>,
    progress: &Progress,
    outbox: &Outbox<Finished>,
) -> Result<Finished, Problem> {
    let (graph, posts) = (&results.graph, &results.conversation.posts);
    let facts = SetFacts::of(graph, &results.analysis, selection, progress)?;
    let mut found = SelectedFacts {
        of: selection.mark(),
        on: Arc::downgrade(results),
        facts,
        words: None,
    };
    outbox.send(Finished::SelectedFacts(Box::new(found.clone())));
    found.words = Some(explore::words_of(graph, posts, selection, progress)?);
    Ok(Finished::SelectedFacts(Box::new(found)))
}
