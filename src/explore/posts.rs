//! Posts in the order of their time, and those of them that somebody looks for.

use rayon::prelude::*;

use super::{ShownPart, Wanted};
use crate::analysis::{Communities, CommunityId};
use crate::people::{ConversationGraph, PersonId, Post, Posts};
use crate::progress::{Cancelled, Progress};

/// Posts put in order, or looked at, between two looks at the stop sign.
const AT_A_TIME: usize = 1 << 14;

/// Whose posts are meant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Writers {
    /// Everybody's.
    #[default]
    Anybody,
    /// Those that these people wrote.
    Of(Vec<PersonId>),
    /// Those that these people wrote, and those that address them.
    Around(Vec<PersonId>),
    /// Those that the people of a community wrote.
    Community(CommunityId),
}

/// Posts that were looked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FoundPosts {
    /// Their places in [`Posts::posts`], newest first.
    pub posts: Vec<u32>,
    /// How many there were to look through: posts of the writers that the filter lets through.
    pub n_looked_at: usize,
}

/// Whether the filter lets through post number `at`, which `author` wrote: it is among the chosen ones, and its author is shown.
pub(super) fn is_shown(part: Option<&ShownPart>, at: usize, author: Option<PersonId>) -> bool {
    let Some(part) = part else { return true };
    let chosen = |posts: &Vec<bool>| posts.get(at).copied().unwrap_or(false);
    let seen = |author: PersonId| part.people.get(author.index()).copied();
    part.posts.as_ref().is_none_or(chosen) && author.and_then(seen).unwrap_or(false)
}

/// Every post, newest first: those without a time behind all others; of two of the same time the one that stands later in the file
/// first.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// O(posts · log posts).
pub fn newest_first(posts: &Posts, progress: &Progress) -> Result<Vec<u32>, Cancelled> {
    let age = |at: &u32| {
        let time = posts.posts.get(*at as usize).and_then(Post::time);
        std::cmp::Reverse((time, *at))
    };
    let mut order: Vec<u32> = (0..posts.posts.len() as u32).collect();
    order.par_chunks_mut(AT_A_TIME).try_for_each(|part| {
        progress.check()?;
        part.sort_unstable_by_key(age);
        Ok(())
    })?;
    let mut sorted = AT_A_TIME;
    while sorted < order.len() {
        let merged: Result<Vec<Vec<u32>>, Cancelled> = order
            .par_chunks(2 * sorted)
            .map(|pair| {
                let (a, b) = pair.split_at(sorted.min(pair.len()));
                merge(a, b, age, progress)
            })
            .collect();
        order = merged?.concat();
        sorted *= 2;
    }
    Ok(order)
}

/// Two rows, each in the order of `key`, as one.
fn merge<K: Ord>(
    mut a: &[u32],
    mut b: &[u32],
    key: impl Fn(&u32) -> K,
    progress: &Progress,
) -> Result<Vec<u32>, Cancelled> {
    let mut merged = Vec::with_capacity(a.len() + b.len());
    while let (Some((first, rest_a)), Some((second, rest_b))) = (a.split_first(), b.split_first()) {
        if merged.len().is_multiple_of(AT_A_TIME) {
            progress.check()?;
        }
        if key(first) <= key(second) {
            merged.push(*first);
            a = rest_a;
        } else {
            merged.push(*second);
            b = rest_b;
        }
    }
    merged.extend_from_slice(a);
    merged.extend_from_slice(b);
    Ok(merged)
}

/// The posts of `writers` that `part` lets through (`None`: all) and that have every word of `wanted`, in the order of `order`.
///
/// * `order`: as [`newest_first`] gives it.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// O(posts + people + letters of the posts looked at); the letters only where words are wanted.
pub fn find_posts(
    (posts, graph): (&Posts, &ConversationGraph),
    communities: &Communities,
    part: Option<&ShownPart>,
    (order, writers, wanted): (&[u32], &Writers, &Wanted),
    progress: &Progress,
) -> Result<FoundPosts, Cancelled> {
    let meant = meant(graph, communities, writers);
    let addresses = matches!(writers, Writers::Around(_));
    let person = |account: u32| graph.person_of_account.get(account as usize).copied();
    let is_meant = |who: Option<PersonId>| {
        let Some(meant) = &meant else { return true };
        who.and_then(|who| meant.get(who.index()).copied())
            .unwrap_or(false)
    };
    let is_looked_at = |at: usize, post: &Post| {
        let author = person(post.author);
        if !is_shown(part, at, author) {
            return false;
        }
        let mut addressed = posts.addressed(post).iter();
        is_meant(author) || addresses && addressed.any(|to| is_meant(person(to.account)))
    };
    let parts: Result<Vec<(Vec<u32>, usize)>, Cancelled> = order
        .par_chunks(AT_A_TIME)
        .map(|part| {
            progress.check()?;
            let (mut found, mut n, mut room) = (Vec::new(), 0, String::new());
            for (number, at) in part.iter().enumerate() {
                if number.is_multiple_of(1024) {
                    progress.check()?;
                }
                let Some(post) = posts.posts.get(*at as usize) else {
                    continue;
                };
                if is_looked_at(*at as usize, post) {
                    n += 1;
                    if wanted.is_in(posts.text(post), &mut room) {
                        found.push(*at);
                    }
                }
            }
            Ok((found, n))
        })
        .collect();
    let mut found = FoundPosts::default();
    for (part, n) in parts? {
        found.posts.extend(part);
        found.n_looked_at += n;
    }
    Ok(found)
}

/// By person: whether their posts are meant; `None`: everybody's.
fn meant(
    graph: &ConversationGraph,
    communities: &Communities,
    writers: &Writers,
) -> Option<Vec<bool>> {
    let n = graph.n_people();
    match writers {
        Writers::Anybody => None,
        Writers::Of(people) | Writers::Around(people) => {
            let mut meant = vec![false; n];
            for person in people {
                if let Some(slot) = meant.get_mut(person.index()) {
                    *slot = true;
                }
            }
            Some(meant)
        }
        Writers::Community(id) => {
            let home = |i: usize| communities.of.get(i).copied().flatten();
            Some((0..n).map(|i| home(i) == Some(*id)).collect())
        }
    }
}
