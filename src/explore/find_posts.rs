//! Which posts have the words that are looked for, and how many people wrote them.

use rayon::prelude::*;

use super::words::Wanted;
use crate::people::{ConversationGraph, PersonId, Posts};
use crate::progress::{Cancelled, Progress};

/// Posts that one core goes through at a time.
const POSTS_AT_A_TIME: usize = 1 << 12;

/// How much was written with some words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PostsFound {
    /// Posts that have them all.
    pub posts: u64,
    /// Different people who wrote those.
    pub people: u64,
}

/// Who wrote the posts that have all of `words`: of each such post its author, in the order of the posts.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// O(letters of all posts), on all cores.
pub(super) fn writers(
    posts: &Posts,
    graph: &ConversationGraph,
    words: &Wanted,
    progress: &Progress,
) -> Result<Vec<PersonId>, Cancelled> {
    let parts: Vec<Vec<PersonId>> = posts
        .posts
        .par_chunks(POSTS_AT_A_TIME)
        .map(|some| {
            progress.check()?;
            let (mut room, mut found) = (String::new(), Vec::new());
            for post in some {
                if words.is_in(posts.text(post), &mut room) {
                    let of = &graph.person_of_account;
                    found.extend(of.get(post.author as usize).copied());
                }
            }
            Ok(found)
        })
        .collect::<Result<_, Cancelled>>()?;
    Ok(parts.concat())
}

/// How many posts have all of `words`, and how many people wrote them.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// As the letters of all posts, on all cores.
pub fn posts_with(
    posts: &Posts,
    graph: &ConversationGraph,
    words: &Wanted,
    progress: &Progress,
) -> Result<PostsFound, Cancelled> {
    let mut writers = writers(posts, graph, words, progress)?;
    let n = writers.len() as u64;
    progress.check()?;
    writers.par_sort_unstable();
    writers.dedup();
    Ok(PostsFound {
        posts: n,
        people: writers.len() as u64,
    })
}
