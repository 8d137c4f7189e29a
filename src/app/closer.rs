//! What is made only where somebody looks closer, beside the window: bridges by pair, scatter plots, posts, the time line, a community.

use std::sync::Arc;

use super::plots::{Plots, plots};
use super::reading::{PostsRead, PostsWanted, TimeRead, TimeWanted};
use crate::analysis::{self, CommunityId, Pairs, PersonPosts};
use crate::explore::{CommunityFacts, community_facts};
use crate::people::PersonId;
use crate::progress::{Cancelled, Progress};
use crate::session::Results;

/// So many posts are gone through within a frame; of larger files a worker looks up the posts of a person.
const AT_ONCE: usize = 20_000;
/// The same of interactions.
const TIES_AT_ONCE: usize = 200_000;

/// What was made so far, about the facts of the open map.
#[derive(Debug, Clone, Default)]
pub struct Closer {
    /// Bridges by pair of communities.
    pub pairs: Option<Arc<Pairs>>,
    /// Everybody in two scatter plots.
    pub plots: Option<Arc<Plots>>,
    /// The posts of the person who was looked at last.
    pub posts: Option<Arc<PersonPosts>>,
    /// The posts that were listed last.
    pub read: Option<Arc<PostsRead>>,
    /// The time line that was drawn last.
    pub time: Option<Arc<TimeRead>>,
    /// The community that was looked at last.
    pub community: Option<Arc<CommunityFacts>>,
}

/// One thing to make.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Wish {
    /// Bridges by pair.
    Pairs,
    /// The scatter plots.
    Plots,
    /// The posts of this person.
    Posts(PersonId),
    /// These posts as a list.
    Read(Arc<PostsWanted>),
    /// This time line.
    Time(Arc<TimeWanted>),
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
    /// Posts as a list.
    Read(Arc<PostsRead>),
    /// A time line.
    Time(Arc<TimeRead>),
    /// What is known of a community; nothing where there is no such.
    Community(Option<Arc<CommunityFacts>>),
}

impl Closer {
    /// Whether `wish` is fulfilled.
    pub(super) fn has(&self, wish: &Wish) -> bool {
        match wish {
            Wish::Pairs => self.pairs.is_some(),
            Wish::Plots => self.plots.is_some(),
            Wish::Posts(person) => self.posts_of(*person).is_some(),
            Wish::Read(wanted) => (self.read.as_ref()).is_some_and(|read| read.wanted == **wanted),
            Wish::Time(wanted) => (self.time.as_ref()).is_some_and(|time| time.wanted == **wanted),
            Wish::Community(community) => self.facts_of(*community).is_some(),
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
            Found::Read(read) => self.read = Some(read),
            Found::Time(time) => self.time = Some(time),
            Found::Community(facts) => self.community = facts,
        }
    }
}

/// Whether looking up the posts of a person takes longer than a frame.
pub(super) fn is_long(results: &Results) -> bool {
    results.conversation.posts.posts.len() > AT_ONCE
        || results.graph.interactions.len() > TIES_AT_ONCE
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

/// Makes what is wished for; `known`: what was made before.
pub(super) fn make(
    wish: Wish,
    results: &Results,
    known: &Closer,
    progress: &Progress,
) -> Result<Found, Cancelled> {
    Ok(match wish {
        Wish::Pairs => {
            let pairs = analysis::pairs(&results.graph.ties, &results.analysis, progress)?;
            Found::Pairs(Arc::new(pairs))
        }
        Wish::Plots => Found::Plots(Arc::new(plots(results, progress)?)),
        Wish::Posts(person) => Found::Posts(Arc::new(posts_of(results, person, progress)?)),
        Wish::Read(wanted) => {
            let order = known.read.as_ref().map(|read| read.order.clone());
            let wanted = (*wanted).clone();
            Found::Read(Arc::new(PostsRead::of(results, wanted, order, progress)?))
        }
        Wish::Time(wanted) => {
            let wanted = (*wanted).clone();
            Found::Time(Arc::new(TimeRead::of(results, wanted, progress)?))
        }
        Wish::Community(community) => {
            let posts = &results.conversation.posts;
            let about = (posts, &*results.graph, &*results.analysis);
            Found::Community(community_facts(about, community, progress)?.map(Arc::new))
        }
    })
}
