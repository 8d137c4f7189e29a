//! The posts behind one person's ties: what they wrote last, and for each community the posts that go there and come from there.

use std::collections::BTreeMap;

use super::patience::check_at;
use super::{Communities, CommunityId, KindCounts, kind_counts};
use crate::people::{AccountId, ConversationGraph, PersonId, Posts, TieKind, TieKinds, strongest};
use crate::progress::{Cancelled, Progress};

/// Own posts kept, and posts kept for each community.
const KEPT: usize = 5;

/// A post that addresses somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TiePost {
    /// Its place in [`Posts::posts`].
    pub post: u32,
    /// Who is addressed by the person, or addresses them; of several the one who stands first in the file.
    pub other: PersonId,
    /// The person wrote it; else the other did.
    pub by_person: bool,
    /// The kind of tie it makes.
    pub kind: TieKind,
}

/// The posts between one person and the people of one community.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommunityPosts {
    /// The community.
    pub community: CommunityId,
    /// Posts in both directions.
    pub posts: u32,
    /// The latest of them, newest first, at most 5.
    pub latest: Vec<TiePost>,
}

/// The posts of one person and those that address them.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonPosts {
    /// The person.
    pub person: PersonId,
    /// The latest posts of the person's own, newest first, at most 5: places in [`Posts::posts`].
    pub latest: Vec<u32>,
    /// What stands behind the ties, by community; communities without posts are left out.
    pub behind: Vec<CommunityPosts>,
    /// Every post that the person wrote or that addresses them, newest first: places in [`Posts::posts`].
    pub around: Vec<u32>,
    /// How often the person addressed others and was addressed, by kind.
    pub kinds: KindCounts,
}

impl PersonPosts {
    /// The posts between the person and `community`.
    pub fn behind(&self, community: CommunityId) -> Option<&CommunityPosts> {
        self.behind.iter().find(|of| of.community == community)
    }
}

/// A post by time and place, in the order in which they are newer: without a time older than all others, later ones in the file
/// newer.
type Age = (Option<i64>, u32);

/// The newest few of many, with their ages; newest first.
struct Newest<T> {
    kept: Vec<(Age, T)>,
}

impl<T> Newest<T> {
    fn new() -> Self {
        Self { kept: Vec::new() }
    }

    fn see(&mut self, age: Age, what: T) {
        let at = self.kept.partition_point(|(kept, _)| *kept > age);
        if at < KEPT {
            self.kept.truncate(KEPT - 1);
            self.kept.insert(at, (age, what));
        }
    }

    fn list(self) -> Vec<T> {
        self.kept.into_iter().map(|(_, what)| what).collect()
    }
}

/// Looks up the posts of `person`, and those behind their ties of the given `kinds`.
///
/// Within a post the rules of [`crate::people::build()`] hold: a target counts once with its strongest kind, a repost gives only
/// the repost. A post to several people of one community counts once.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// O(posts + whom they address + interactions): for a large file not on the window's thread.
pub fn person_posts(
    (posts, graph): (&Posts, &ConversationGraph),
    communities: &Communities,
    kinds: TieKinds,
    person: PersonId,
    progress: &Progress,
) -> Result<PersonPosts, Cancelled> {
    let person_of = |account: AccountId| {
        let of = &graph.person_of_account;
        of.get(account as usize).copied()
    };
    let home = |who: PersonId| communities.of.get(who.index()).copied().flatten();
    let mut own = Newest::new();
    let mut around: Vec<Age> = Vec::new();
    let mut behind: BTreeMap<CommunityId, (u32, Newest<TiePost>)> = BTreeMap::new();
    let mut targets = Vec::new();
    for (at, post) in posts.posts.iter().enumerate() {
        check_at(progress, at)?;
        let author = person_of(post.author);
        let by_person = author == Some(person);
        let addressed = posts.addressed(post);
        let is_named = || (addressed.iter()).any(|a| person_of(a.account) == Some(person));
        if !by_person && !is_named() {
            continue;
        }
        let age = (post.time(), at as u32);
        around.push(age);
        if by_person {
            own.see(age, at as u32);
        }
        strongest(addressed, &mut targets);
        let mut told: Vec<CommunityId> = Vec::new();
        for target in targets.iter().filter(|target| kinds.has(target.kind)) {
            let to = person_of(target.account);
            let (Some(other), true) = (
                if by_person { to } else { author },
                by_person != (to == Some(person)),
            ) else {
                continue;
            };
            let Some(community) = home(other).filter(|c| !told.contains(c)) else {
                continue;
            };
            told.push(community);
            let (n, newest) = behind
                .entry(community)
                .or_insert_with(|| (0, Newest::new()));
            *n += 1;
            newest.see(
                age,
                TiePost {
                    post: at as u32,
                    other,
                    by_person,
                    kind: target.kind,
                },
            );
        }
    }
    let behind = behind.into_iter().map(|(community, (posts, newest))| {
        let latest = newest.list();
        CommunityPosts {
            community,
            posts,
            latest,
        }
    });
    around.sort_unstable_by_key(|age| std::cmp::Reverse(*age));
    Ok(PersonPosts {
        person,
        latest: own.list(),
        behind: behind.collect(),
        around: around.into_iter().map(|(_, at)| at).collect(),
        kinds: kind_counts(graph, person, progress)?,
    })
}
