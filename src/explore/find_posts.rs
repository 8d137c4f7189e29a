//! Which posts have the words that are looked for, and how many people wrote them.

use memchr::memmem::Finder;
use rayon::prelude::*;

use super::find::begins_word;
use super::fold::{fold, fold_into, is_unspaced};
use crate::people::{ConversationGraph, PersonId, Posts};
use crate::progress::{Cancelled, Progress};

/// Posts that one core goes through at a time.
const POSTS_AT_A_TIME: usize = 1 << 12;
/// Fewer letters stand in nearly every post.
const LEAST_LETTERS: usize = 2;

/// Words that a post must all have: each begins a word of it, or stands anywhere in it where its script has no spaces. Case, marks
/// and forms of letters do not matter.
#[derive(Debug)]
pub struct SoughtWords {
    words: Vec<(Finder<'static>, String)>,
}

/// How much was written with some words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PostsFound {
    /// Posts that have them all.
    pub posts: u64,
    /// Different people who wrote those.
    pub people: u64,
}

impl SoughtWords {
    /// The words of `text`; `None` where there is none that is long enough to be looked for.
    pub fn of(text: &str) -> Option<Self> {
        let typed = fold(text);
        let words: Vec<&str> = typed.split_whitespace().collect();
        let is_enough =
            |word: &&str| word.chars().count() >= LEAST_LETTERS || word.chars().any(is_unspaced);
        if words.is_empty() || !words.iter().all(is_enough) {
            return None;
        }
        let finder = |word: &&str| {
            (
                Finder::new(word.as_bytes()).into_owned(),
                (*word).to_owned(),
            )
        };
        Some(Self {
            words: words.iter().map(finder).collect(),
        })
    }

    /// Whether `text`, folded, has all words.
    fn are_in(&self, text: &str) -> bool {
        self.words.iter().all(|(finder, word)| {
            finder.find(text.as_bytes()).is_some()
                && (word.chars().next().is_some_and(is_unspaced) || begins_word(text, word))
        })
    }
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
    words: &SoughtWords,
    progress: &Progress,
) -> Result<Vec<PersonId>, Cancelled> {
    let parts: Vec<Vec<PersonId>> = posts
        .posts
        .par_chunks(POSTS_AT_A_TIME)
        .map(|some| {
            progress.check()?;
            let (mut text, mut found) = (String::new(), Vec::new());
            for post in some {
                text.clear();
                fold_into(posts.text(post), &mut text);
                if words.are_in(&text) {
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
    words: &SoughtWords,
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
