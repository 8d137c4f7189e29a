//! What there is to choose from in a filter: languages, platforms, kinds and times of a conversation, each with how often.

use super::filter::Subject;
use crate::people::TieKind;
use crate::progress::{Cancelled, Progress};

/// Posts, interactions or people between two looks at whether anybody still waits.
const AT_A_TIME: usize = 1 << 14;

/// What a filter can be made of.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FilterChoices {
    /// Languages as the file writes them, with their posts; most first.
    pub languages: Vec<(String, u64)>,
    /// Platforms as the file writes them, with their posts; most first.
    pub platforms: Vec<(String, u64)>,
    /// The first and the last post with a time, seconds since 1970 UTC.
    pub time: Option<(i64, i64)>,
    /// Kinds of ties that there are, strongest first, with their interactions.
    pub kinds: Vec<(TieKind, f64)>,
    /// The smallest and the largest known reach.
    pub reach: Option<(f64, f64)>,
    /// People whose reach is unknown.
    pub unknown_reach: u64,
    /// The most people that anybody is tied to.
    pub most_connections: u32,
    /// All posts.
    pub posts: u64,
    /// There are texts to look for words in.
    pub has_texts: bool,
}

/// What there is to choose from.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// O(posts + interactions + people).
pub fn filter_choices(
    subject: &Subject<'_>,
    progress: &Progress,
) -> Result<FilterChoices, Cancelled> {
    let (graph, posts) = (subject.graph, subject.posts);
    let mut languages = vec![0; posts.languages().len()];
    let mut platforms = vec![0; posts.platforms().len()];
    let mut time: Option<(i64, i64)> = None;
    for (at, post) in posts.posts.iter().enumerate() {
        if at.is_multiple_of(AT_A_TIME) {
            progress.check()?;
        }
        count(&mut languages, posts.language_number(at));
        count(&mut platforms, posts.platform_number(at));
        if let Some(now) = post.time() {
            let (first, last) = time.unwrap_or((now, now));
            time = Some((first.min(now), last.max(now)));
        }
    }
    let mut kinds = TieKind::ALL.map(|kind| (kind, 0.0));
    for rows in graph.interactions.chunks(AT_A_TIME) {
        progress.check()?;
        for row in rows {
            kinds[row.kind as usize].1 += row.count;
        }
    }
    progress.check()?;
    let reaches = graph.people.iter().filter_map(|person| person.reach);
    let known = reaches.clone().count() as u64;
    let reach = reaches.fold(None, |range: Option<(f64, f64)>, reach| {
        let (least, most) = range.unwrap_or((reach, reach));
        Some((least.min(reach), most.max(reach)))
    });
    let connections = (0..graph.ties.n_people()).map(|i| graph.ties.connections(i));
    Ok(FilterChoices {
        languages: most_first(posts.languages(), &languages),
        platforms: most_first(posts.platforms(), &platforms),
        time,
        kinds: kinds.into_iter().filter(|(_, n)| *n > 0.0).collect(),
        reach,
        unknown_reach: graph.n_people() as u64 - known,
        most_connections: connections.max().unwrap_or(0) as u32,
        posts: posts.posts.len() as u64,
        has_texts: posts.keeps_texts() && !posts.posts.is_empty(),
    })
}

fn count(counts: &mut [u64], number: Option<u16>) {
    let slot = number.and_then(|number| counts.get_mut(usize::from(number)));
    if let Some(slot) = slot {
        *slot += 1;
    }
}

fn most_first(texts: &[Box<str>], counts: &[u64]) -> Vec<(String, u64)> {
    let all = texts
        .iter()
        .map(ToString::to_string)
        .zip(counts.iter().copied());
    let mut all: Vec<(String, u64)> = all.filter(|(_, n)| *n > 0).collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    all
}
