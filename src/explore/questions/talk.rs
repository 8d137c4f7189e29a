//! Questions about what is said: what a community talks about, and who talks about something.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::{
    About, AnswerColumn, Found, Ground, ROWS, Row, column, keep_best, n_people, percent, whole,
};
use crate::analysis::{CommunityId, for_each_word};
use crate::explore::find_posts::{SoughtWords, writers};
use crate::people::{PersonId, counted};
use crate::progress::{Cancelled, Progress};

/// Posts that one core goes through at a time.
const POSTS_AT_A_TIME: usize = 1 << 12;
/// Hashtags told beside the words of a community.
const HASHTAGS: usize = 10;
/// Members who must use a hashtag.
const LEAST_MEMBERS: u32 = 2;
/// People selected at most where an answer is about many.
pub(super) const MOST_SELECTED: usize = 500;
/// Posts shown.
pub(super) const POSTS: usize = 3;

const NO_TEXTS: &str = "There are no texts to read";

/// Whether any post has a text.
pub(super) fn has_texts(ground: &Ground<'_>) -> bool {
    let posts = &ground.posts.posts;
    posts.iter().any(|post| !ground.posts.text(post).is_empty())
}

/// How much a word is used.
#[derive(Debug, Clone, Copy, Default)]
struct Use {
    /// Posts of members with it.
    posts: u32,
    /// Of all others.
    posts_elsewhere: u32,
    /// Members who wrote it.
    members: u32,
    /// The member who wrote it last.
    last: Option<PersonId>,
}

/// What some posts use of words, and how many posts there were of members and of others.
#[derive(Default)]
struct Uses {
    of: BTreeMap<String, Use>,
    posts: [u32; 2],
}

/// The words of a community that set it apart, and its hashtags, each with who uses it.
pub(super) fn talks_about(
    ground: &Ground<'_>,
    community: CommunityId,
    progress: &Progress,
) -> Result<Found, Cancelled> {
    const HOW: &str = "First the words that set the community's people apart from everybody else (log-likelihood ratio, beyond chance), then its \
        hashtags by members; selected are the members who wrote any of them, most posts first";
    const MEMBERS: AnswerColumn = column("Members", "Who wrote it");
    const OF_POSTS: AnswerColumn = column("Posts", "Posts of members with it");
    const TIMES: AnswerColumn = column(
        "Beside others",
        "Its share of the members' posts as a multiple of its share of everybody else's",
    );
    let name = ground.community(community);
    let Some(facts) = ground.analysis.communities.list.get(community.index()) else {
        return Ok(Found::nothing("There is no such community any more", HOW));
    };
    if !has_texts(ground) {
        return Ok(Found::nothing(NO_TEXTS, HOW));
    }
    let (uses, by_member) = uses_in(ground, community, &facts.words, progress)?;
    let rate = |n: u32, of: u32| (f64::from(n) + 0.5) / (f64::from(of) + 1.0);
    let times = |word: &Use| {
        let times = rate(word.posts, uses.posts[0]) / rate(word.posts_elsewhere, uses.posts[1]);
        format!("{}×", super::amount(times))
    };
    let row = |word: &str, used: &Use| Row {
        about: About::Word(word.to_owned()),
        title: word.to_owned(),
        below: String::new(),
        cells: vec![whole(used.members), whole(used.posts), times(used)],
    };
    let words = facts.words.iter().filter(|word| !word.starts_with('#'));
    let words = words.filter_map(|word| Some(row(word, uses.of.get(word)?)));
    let mut tags: Vec<(&String, &Use)> = (uses.of.iter())
        .filter(|(word, used)| word.starts_with('#') && used.members >= LEAST_MEMBERS)
        .collect();
    keep_best(&mut tags, HASHTAGS, |(word, used)| {
        (
            std::cmp::Reverse((used.members, used.posts)),
            (*word).clone(),
        )
    });
    let rows: Vec<Row> = words
        .chain(tags.iter().map(|(word, used)| row(word, used)))
        .collect();
    let mut writers: Vec<(PersonId, u32)> = by_member.into_iter().collect();
    let n_writers = writers.len();
    keep_best(&mut writers, MOST_SELECTED, |(id, n)| {
        (std::cmp::Reverse(*n), *id)
    });
    if rows.is_empty() {
        let sentence =
            format!("No word sets {name} apart, and no hashtag is used by two of its members");
        return Ok(Found::nothing(sentence, HOW));
    }
    let first: Vec<&str> = rows.iter().take(4).map(|row| row.title.as_str()).collect();
    let sentence = format!(
        "In {name} they talk about {}; {} of {} wrote one of its words or hashtags; its posts are {}",
        first.join(", "),
        whole(n_writers as u64),
        n_people(facts.people as usize),
        whole(uses.posts[0]),
    );
    let listed: Vec<&str> = rows.iter().map(|row| row.title.as_str()).collect();
    let of_member = |_: usize, id| ground.home(id) == Some(community);
    let posts = best_posts(ground, &listed, of_member, progress)?;
    Ok(Found {
        sentence,
        how: HOW,
        of: "Word",
        columns: &[MEMBERS, OF_POSTS, TIMES],
        rows,
        people: writers.into_iter().map(|(id, _)| id).collect(),
        posts,
    })
}

/// A word, who wrote it, and whether they are a member.
type Seen = (String, PersonId, bool);

/// How the members of a community, and all others, use its `words` and hashtags; and how many posts of each member have one of the
/// words.
#[allow(
    clippy::type_complexity,
    reason = "both are made in one walk over all posts"
)]
fn uses_in(
    ground: &Ground<'_>,
    community: CommunityId,
    words: &[String],
    progress: &Progress,
) -> Result<(Uses, BTreeMap<PersonId, u32>), Cancelled> {
    let posts = &ground.posts.posts;
    let parts: Vec<(Vec<Seen>, [u32; 2])> = posts
        .par_chunks(POSTS_AT_A_TIME)
        .enumerate()
        .map(|(part, some)| {
            progress.check()?;
            let (mut seen, mut n) = (Vec::new(), [0u32; 2]);
            let mut own: Vec<String> = Vec::new();
            for (at, post) in some.iter().enumerate() {
                let Some(author) = ground.author(part * POSTS_AT_A_TIME + at) else {
                    continue;
                };
                let inside = ground.home(author) == Some(community);
                n[usize::from(!inside)] += 1;
                own.clear();
                for_each_word(ground.posts.text(post), |word| {
                    let counts = word.starts_with('#') || words.iter().any(|w| w == word);
                    if counts && !own.iter().any(|w| w == word) {
                        own.push(word.to_owned());
                    }
                });
                seen.extend(own.drain(..).map(|word| (word, author, inside)));
            }
            Ok((seen, n))
        })
        .collect::<Result<_, Cancelled>>()?;
    let mut uses = Uses::default();
    let mut by_member: BTreeMap<PersonId, u32> = BTreeMap::new();
    let mut writers: BTreeSet<(String, PersonId)> = BTreeSet::new();
    for (seen, n) in parts {
        progress.check()?;
        uses.posts[0] += n[0];
        uses.posts[1] += n[1];
        for (word, author, inside) in seen {
            let used = uses.of.entry(word.clone()).or_default();
            if !inside {
                used.posts_elsewhere += 1;
                continue;
            }
            used.posts += 1;
            *by_member.entry(author).or_insert(0) += 1;
            if used.last != Some(author) {
                used.last = Some(author);
                used.members += u32::from(writers.insert((word, author)));
            }
        }
    }
    Ok((uses, by_member))
}

/// The posts with most different ones of `words`, the latest first among equals, one for each author; of the posts, by place and author,
/// for which `counts` says so.
pub(super) fn best_posts(
    ground: &Ground<'_>,
    words: &[&str],
    counts: impl Fn(usize, PersonId) -> bool + Sync,
    progress: &Progress,
) -> Result<Vec<u32>, Cancelled> {
    let posts = &ground.posts.posts;
    let parts: Vec<Vec<Rated>> = posts
        .par_chunks(POSTS_AT_A_TIME)
        .enumerate()
        .map(|(part, some)| {
            progress.check()?;
            let mut best: Vec<Rated> = Vec::new();
            let mut has = vec![false; words.len()];
            for (at, post) in some.iter().enumerate() {
                let at = part * POSTS_AT_A_TIME + at;
                let Some(author) = ground.author(at).filter(|id| counts(at, *id)) else {
                    continue;
                };
                has.fill(false);
                for_each_word(ground.posts.text(post), |word| {
                    if let Some(place) = words.iter().position(|w| *w == word) {
                        has[place] = true;
                    }
                });
                let n = has.iter().filter(|has| **has).count();
                if n > 0 {
                    best.push((n, post.time(), at as u32, author));
                }
            }
            keep_best_of_each(&mut best);
            Ok(best)
        })
        .collect::<Result<_, Cancelled>>()?;
    let mut all: Vec<Rated> = parts.concat();
    keep_best_of_each(&mut all);
    Ok(all.into_iter().map(|(_, _, post, _)| post).collect())
}

/// A post: how many words it has, when it was written, its place, its author.
type Rated = (usize, Option<i64>, u32, PersonId);

/// Keeps the best post of each of the best few authors.
fn keep_best_of_each(all: &mut Vec<Rated>) {
    all.sort_unstable_by_key(|rated| std::cmp::Reverse(*rated));
    let mut authors: Vec<PersonId> = Vec::new();
    all.retain(|rated| {
        let new = authors.len() < POSTS && !authors.contains(&rated.3);
        if new {
            authors.push(rated.3);
        }
        new
    });
}

/// Who wrote most posts with these words.
pub(super) fn who_says(
    ground: &Ground<'_>,
    text: &str,
    progress: &Progress,
) -> Result<Found, Cancelled> {
    const HOW: &str = "By the number of somebody's posts in which all the words stand, each at the beginning of a word, whatever \
        their case and marks";
    const WITH: AnswerColumn = column("Posts with it", "Posts in which the words stand");
    const SHARE: AnswerColumn = column("Of their posts", "Share of all posts of the person");
    if !has_texts(ground) {
        return Ok(Found::nothing(NO_TEXTS, HOW));
    }
    let Some(words) = SoughtWords::of(text) else {
        return Ok(Found::nothing("Name a word of two letters or more", HOW));
    };
    let mut all = writers(ground.posts, ground.graph, &words, progress)?;
    let n_posts = all.len();
    progress.check()?;
    all.par_sort_unstable();
    let mut counts: Vec<(PersonId, u64)> = all
        .chunk_by(|a, b| a == b)
        .filter_map(|run| run.first().map(|id| (*id, run.len() as u64)))
        .collect();
    let n = counts.len();
    keep_best(&mut counts, ROWS, |(id, n)| {
        (std::cmp::Reverse(*n), ground.rank(*id), *id)
    });
    let Some((best, most)) = counts.first() else {
        return Ok(Found::nothing(format!("No post has {text} in it"), HOW));
    };
    let sentence = format!(
        "{} wrote {} with {text}; {} did so most, {}",
        n_people(n),
        counted(n_posts as u64, "post", "posts"),
        ground.name(*best),
        match most {
            1 => "once".to_owned(),
            n => format!("in {} posts", whole(*n)),
        },
    );
    let rows = counts.iter().map(|(id, n)| {
        let of = ground.person(*id).map_or(0, |person| person.posts).max(1);
        let share = (*n as f64 / f64::from(of)).min(1.0);
        ground.row(*id, vec![whole(*n), percent(share)])
    });
    Ok(Found::people(sentence, HOW, &[WITH, SHARE], rows.collect()))
}
