//! What is made only where somebody looks closer, beside the window: bridges by pair, scatter plots, the posts of one person, a community.

use std::sync::Arc;

use super::plots::{Plots, plots};
use crate::analysis::{self, CommunityId, Pairs, PersonPosts};
use crate::explore::{CommunityFacts, community_facts};
use crate::people::PersonId;
use crate::progress::{Cancelled, Progress};
use crate::session::Results;

/// So many posts are gone through within a frame; of larger files a worker looks up the posts of a person.
const AT_ONCE: usize = 20_000;

/// What was made so far, about the facts of the open map.
#[derive(Debug, Clone, Default)]
pub struct Closer {
    /// Bridges by pair of communities.
    pub pairs: Option<Arc<Pairs>>,
    /// Everybody in two scatter plots.
    pub plots: Option<Arc<Plots>>,
    /// The posts of the person who was looked at last.
    pub posts: Option<Arc<PersonPosts>>,
    /// The community that was looked at last.
    pub community: Option<Arc<CommunityFacts>>,
}

/// One thing to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    /// Bridges by pair.
    Pairs,
    /// The scatter plots.
    Plots,
    /// The posts of this person.
    Posts(PersonId),
    /// What is known of this community.
    Community(CommunityId),
}

/// One thing that was made.
pub(super) enum Found {
    /// Bridges by pair.
    Pairs(Arc<Pairs>),
    /// The scatter plots.
    Plots(Arc<Plots>),
    /// The posts of a person.
    Posts(Arc<PersonPosts>),
    /// What is known of a community; nothing where there is no such.
    Community(Option<Arc<CommunityFacts>>),
}

impl Closer {
    /// Whether `wish` is fulfilled.
    pub(super) fn has(&self, wish: Wish) -> bool {
        match wish {
            Wish::Pairs => self.pairs.is_some(),
            Wish::Plots => self.plots.is_some(),
            Wish::Posts(person) => self.posts_of(person).is_some(),
            Wish::Community(community) => self.facts_of(community).is_some(),
        }
    }

    /// The posts of `person`, where a worker has looked them up.
    pub(super) fn posts_of(&self, person: PersonId) -> Option<&Arc<PersonPosts>> {
        self.posts.as_ref().filter(|posts| posts.person == person)
    }

    /// What is known of `community`, once a worker has looked it up.
    pub(super) fn facts_of(&self, community: CommunityId) -> Option<&Arc<CommunityFacts>> {
        let facts = self.community.as_ref();
        facts.filter(|facts| facts.community == community)
    }

    /// Keeps what was made.
    pub(super) fn take_in(&mut self, found: Found) {
        match found {
            Found::Pairs(pairs) => self.pairs = Some(pairs),
            Found::Plots(plots) => self.plots = Some(plots),
            Found::Posts(posts) => self.posts = Some(posts),
            Found::Community(facts) => self.community = facts,
        }
    }
}

/// Whether looking up the posts of a person takes longer than a frame.
pub(super) fn is_long(results: &Results) -> bool {
    results.conversation.posts.posts.len() > AT_ONCE
}

/// The posts of `person` and those behind their ties. O(posts).
pub(super) fn posts_of(
    results: &Results,
    person: PersonId,
    progress: &Progress,
) -> Result<PersonPosts, Cancelled> {
    analysis::person_posts(
        (&results.conversation.posts, &results.graph),
        &results.analysis.communities,
        results.settings.ties.kinds,
        person,
        progress,
    )
}

/// Makes what is wished for.
pub(super) fn make(wish: Wish, results: &Results, progress: &Progress) -> Result<Found, Cancelled> {
    Ok(match wish {
        Wish::Pairs => {
            let pairs = analysis::pairs(&results.graph.ties, &results.analysis, progress)?;
            Found::Pairs(Arc::new(pairs))
        }
        Wish::Plots => Found::Plots(Arc::new(plots(results, progress)?)),
        Wish::Posts(person) => Found::Posts(Arc::new(posts_of(results, person, progress)?)),
        Wish::Community(community) => {
            let posts = &results.conversation.posts;
            let about = (posts, &*results.graph, &*results.analysis);
            Found::Community(community_facts(about, community, progress)?.map(Arc::new))
        }
    })
}
