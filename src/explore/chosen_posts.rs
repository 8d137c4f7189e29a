//! Which posts a filter chooses: by time, words, language and platform.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::words::Wanted;
use crate::campaign::Filter;
use crate::people::Posts;
use crate::progress::{Cancelled, Progress};

/// Posts that one core goes through at a time.
const POSTS_AT_A_TIME: usize = 1 << 12;

/// What a filter asks of one post.
struct Asked<'a> {
    filter: &'a Filter,
    /// What must be in the text.
    words: Wanted,
    /// By place in [`Posts::languages`]; `None`: every language will do.
    languages: Option<Vec<bool>>,
    /// By place in [`Posts::platforms`]; `None`: every platform will do.
    platforms: Option<Vec<bool>>,
}

/// By post: whether `filter` chooses it; `None` where it asks nothing of posts.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// O(posts), and O(letters) where words are asked for; on all cores.
pub(super) fn chosen_posts(
    posts: &Posts,
    filter: &Filter,
    progress: &Progress,
) -> Result<Option<Vec<bool>>, Cancelled> {
    if !filter.is_on_posts() {
        return Ok(None);
    }
    let asked = Asked {
        filter,
        words: Wanted::new(&filter.words),
        languages: among(posts.languages(), &filter.languages, |language| {
            language.trim().to_lowercase()
        }),
        platforms: among(posts.platforms(), &filter.platforms, str::to_owned),
    };
    let parts: Result<Vec<Vec<bool>>, Cancelled> = (0..posts.posts.len())
        .into_par_iter()
        .step_by(POSTS_AT_A_TIME)
        .map(|first| {
            progress.check()?;
            let last = (first + POSTS_AT_A_TIME).min(posts.posts.len());
            let mut folded = String::new();
            let chosen = (first..last).map(|at| asked.has(posts, at, &mut folded));
            Ok(chosen.collect())
        })
        .collect();
    Ok(Some(parts?.concat()))
}

/// By place in `known`: whether it is among `wanted`, written as `plain` writes it; `None` where nothing is wanted.
fn among(
    known: &[Box<str>],
    wanted: &BTreeSet<String>,
    plain: impl Fn(&str) -> String,
) -> Option<Vec<bool>> {
    if wanted.is_empty() {
        return None;
    }
    let wanted: BTreeSet<String> = wanted.iter().map(|text| plain(text)).collect();
    Some(known.iter().map(|text| wanted.contains(&**text)).collect())
}

impl Asked<'_> {
    fn has(&self, posts: &Posts, at: usize, folded: &mut String) -> bool {
        let Some(post) = posts.posts.get(at) else {
            return false;
        };
        let in_time = (self.filter.time).is_none_or(|span| {
            (post.time()).is_some_and(|time| span.from <= time && time < span.until)
        });
        let is_among = |wanted: &Option<Vec<bool>>, number: Option<u16>| {
            wanted.as_ref().is_none_or(|wanted| {
                let number = number.map(usize::from);
                number.is_some_and(|number| wanted.get(number).copied().unwrap_or(false))
            })
        };
        if !in_time
            || !is_among(&self.languages, posts.language_number(at))
            || !is_among(&self.platforms, posts.platform_number(at))
        {
            return false;
        }
        self.words.is_in(posts.text(post), folded)
    }
}
