//! Who and what is found while somebody types: at once on a small map, beside the window on a large one.

use std::sync::{Arc, Weak};

use super::tasks::Outbox;
use super::work::Finished;
use crate::explore::{
    FoundCommunity, FoundPeople, NameIndex, PostsFound, Wanted, communities_meant, posts_with,
};
use crate::people::ConversationGraph;
use crate::problem::Problem;
use crate::progress::{Cancelled, Progress};
use crate::session::Results;

/// People shown at most.
pub(super) const PEOPLE: usize = 8;
/// So many people and posts are looked through within a frame; of larger maps a worker does it.
const AT_ONCE: usize = 8_000;

/// What a text finds on a map.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    /// The text.
    pub text: String,
    /// The map.
    pub(super) of: Weak<Results>,
    /// Who is called so.
    pub people: FoundPeople,
    /// Which communities are called so, or have such a word.
    pub communities: Vec<FoundCommunity>,
    /// How many posts have all the words; `None` where no word is long enough, and until they are counted.
    pub posts: Option<PostsFound>,
    /// Nothing more is to come.
    pub whole: bool,
}

impl Findings {
    /// Whether this is what `text` finds on the map with these facts.
    pub(super) fn are_for(&self, results: &Arc<Results>, text: &str) -> bool {
        self.text == text && self.of.ptr_eq(&Arc::downgrade(results))
    }

    /// Whether nobody and nothing was found.
    pub(super) fn is_nothing(&self) -> bool {
        self.people.best.is_empty()
            && self.communities.is_empty()
            && self.posts.is_none_or(|found| found.posts == 0)
    }
}

/// Names ready to be searched, and whose they are.
#[derive(Debug, Clone, Default)]
pub(super) struct Ready {
    of: Weak<ConversationGraph>,
    pub(super) names: Arc<NameIndex>,
}

impl Ready {
    /// Makes the names of a map ready.
    pub(super) fn of(results: &Results, progress: &Progress) -> Result<Self, Cancelled> {
        Ok(Self {
            of: Arc::downgrade(&results.graph),
            names: Arc::new(NameIndex::of(&results.graph, progress)?),
        })
    }

    /// Whether these are the names of this map.
    pub(super) fn is_of(&self, results: &Results) -> bool {
        self.of.ptr_eq(&Arc::downgrade(&results.graph))
    }
}

/// What a worker has for whoever types.
pub(super) enum Found {
    /// The names are ready.
    Ready(Ready),
    /// What a text finds, so far or all of it.
    Findings(Arc<Findings>),
}

/// Whether looking through everything takes longer than a frame.
pub(super) fn is_long(results: &Results) -> bool {
    results.graph.n_people() + results.conversation.posts.posts.len() > AT_ONCE
}

/// People and communities that `text` finds; posts are not counted yet.
fn names_found(
    results: &Arc<Results>,
    names: &NameIndex,
    text: &str,
    progress: &Progress,
) -> Result<Findings, Cancelled> {
    let rank = &results.analysis.bridges.rank;
    Ok(Findings {
        text: text.to_owned(),
        of: Arc::downgrade(results),
        people: names.find(rank, text, PEOPLE, progress)?,
        communities: communities_meant(&results.analysis.communities, text),
        posts: None,
        whole: false,
    })
}

/// How many posts have all words of `text`.
fn posts_found(
    results: &Results,
    text: &str,
    progress: &Progress,
) -> Result<Option<PostsFound>, Cancelled> {
    let posts = &results.conversation.posts;
    let words = Wanted::new(text);
    (words.is_enough() && !posts.posts.is_empty())
        .then(|| posts_with(posts, &results.graph, &words, progress))
        .transpose()
}

/// Everything that `text` finds. O(letters of names and posts).
pub(super) fn find(
    results: &Arc<Results>,
    names: &NameIndex,
    text: &str,
    progress: &Progress,
) -> Result<Findings, Cancelled> {
    let mut findings = names_found(results, names, text, progress)?;
    findings.posts = posts_found(results, text, progress)?;
    findings.whole = true;
    Ok(findings)
}

/// As [`find`], for a worker: people are told of before posts are counted.
pub(super) fn find_aside(
    results: &Arc<Results>,
    names: &NameIndex,
    text: &str,
    (progress, outbox): (&Progress, &Outbox<Finished>),
) -> Result<Finished, Problem> {
    let mut findings = names_found(results, names, text, progress)?;
    outbox.send(Finished::Found(Found::Findings(Arc::new(findings.clone()))));
    findings.posts = posts_found(results, text, progress)?;
    findings.whole = true;
    Ok(Finished::Found(Found::Findings(Arc::new(findings))))
}
