//! What the card of one person tells and takes time to look up: kept until person or map changes.

use std::sync::{Arc, Weak};

use super::connections::Picture;
use super::shown::Shown;
use crate::analysis::{self, BridgePart};
use crate::people::PersonId;
use crate::session::Results;

/// Posts shown.
const POSTS: usize = 5;
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
    /// The latest posts, newest first: when (seconds since 1970 UTC), and what.
    pub(super) posts: Vec<(Option<i64>, String)>,
    /// The small picture, once it was drawn.
    pub(super) picture: Option<Picture>,
}

impl Facts {
    /// Looks everything up. O(posts + connections).
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
        Self {
            person,
            of: Arc::downgrade(results),
            why,
            parts,
            contacts: contacts(shown, person),
            posts: latest_posts(shown, person),
            picture: None,
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

/// Posts without a time count as older than all others, later ones in the file as newer.
fn latest_posts(shown: Shown<'_>, person: PersonId) -> Vec<(Option<i64>, String)> {
    let results = &shown.map.results;
    let posts = &results.conversation.posts;
    let of = &results.graph.person_of_account;
    let mut own: Vec<_> = posts
        .posts
        .iter()
        .enumerate()
        .filter(|(_, post)| of.get(post.author as usize) == Some(&person))
        .map(|(at, post)| (post.time(), at, post))
        .collect();
    own.sort_by_key(|&(time, at, _)| std::cmp::Reverse((time, at)));
    own.into_iter()
        .take(POSTS)
        .map(|(time, _, post)| (time, posts.text(post).trim().to_owned()))
        .collect()
}
