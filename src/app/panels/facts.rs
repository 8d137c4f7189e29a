//! What the card of one person tells and takes time to look up: kept until person or map changes.

use std::sync::{Arc, Weak};

use super::connections::Picture;
use super::parts::SHOWN;
use super::person_posts::Finding;
use super::shown::Shown;
use crate::analysis::{self, BridgePart, CommunityId, PersonPosts};
use crate::app::closer;
use crate::people::PersonId;
use crate::progress::Progress;
use crate::session::Results;

/// Go-betweens named for each community.
const THROUGH: usize = 3;
/// Contacts looked up: for the picture, and the first of them as a list.
pub(super) const CONTACTS: usize = 40;

/// Everything on one person.
#[derive(Debug)]
pub(super) struct Facts {
    pub(super) person: PersonId,
    of: Weak<Results>,
    /// Why this person, one sentence; empty where there is nothing to say.
    pub(super) why: String,
    /// Where the score comes from, strongest first.
    pub(super) parts: Vec<BridgePart>,
    /// The strongest contacts with the strength of the tie, strongest first.
    pub(super) contacts: Vec<(PersonId, f64)>,
    /// The strongest go-betweens to the community of each of the first parts, which are shown.
    pub(super) through: Vec<Vec<(PersonId, f64)>>,
    /// The latest posts, and those behind the ties; `None` while a worker looks for them.
    pub(super) posts: Option<Arc<PersonPosts>>,
    /// The community whose posts are open.
    pub(super) opened: Option<CommunityId>,
    /// The small picture, once it was drawn.
    pub(super) picture: Option<Picture>,
    /// What is looked for in the posts.
    pub(super) finding: Finding,
}

impl Facts {
    /// Looks everything up but the posts. O(connections · communities shown).
    pub(super) fn of(shown: Shown<'_>, person: PersonId) -> Self {
        let results = &shown.map.results;
        let known = person.index() < results.graph.ties.n_people();
        let (why, parts) = if known {
            (
                analysis::why(&results.graph, &results.analysis, person),
                analysis::bridge_parts(&results.graph, &results.analysis, person),
            )
        } else {
            (String::new(), Vec::new())
        };
        let through = |part: &BridgePart| {
            let to = part.community;
            analysis::go_betweens(&results.graph, &results.analysis, person, to, THROUGH)
        };
        Self {
            person,
            of: Arc::downgrade(results),
            why,
            through: parts.iter().take(SHOWN).map(through).collect(),
            parts,
            contacts: contacts(shown, person),
            posts: None,
            opened: None,
            picture: None,
            finding: Finding::default(),
        }
    }

    /// Looks the posts up, where that was not done: of a large file they are there once a worker has found them.
    pub(super) fn look_at_posts(&mut self, shown: Shown<'_>) {
        if self.posts.is_none() {
            self.posts = posts(shown, self.person);
        }
    }

    /// Whether these are the facts on `person` of this map.
    pub(super) fn is_about(&self, shown: Shown<'_>, person: PersonId) -> bool {
        self.person == person && self.of.ptr_eq(&Arc::downgrade(&shown.map.results))
    }
}

fn contacts(shown: Shown<'_>, person: PersonId) -> Vec<(PersonId, f64)> {
    let ties = &shown.map.results.graph.ties;
    if person.index() >= ties.n_people() {
        return Vec::new();
    }
    let mut all: Vec<(PersonId, f64)> = ties
        .of(person.index())
        .map(|(other, strength)| (PersonId(other), strength))
        .collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    all.truncate(CONTACTS);
    all
}

fn posts(shown: Shown<'_>, person: PersonId) -> Option<Arc<PersonPosts>> {
    let results = &shown.map.results;
    if closer::is_long(results) {
        return shown.map.closer.posts_of(person).cloned();
    }
    // Nobody else knows this progress, so nobody cancels it.
    let posts = closer::posts_of(results, person, &Progress::new()).ok();
    posts.map(Arc::new)
}
