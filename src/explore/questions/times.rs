//! Questions about time: when it was busiest, what was said then, who is new to somebody's circle.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::talk::{MOST_SELECTED, best_posts, has_texts};
use super::{
    About, AnswerColumn, Found, Ground, ROWS, Row, When, column, keep_best, largest_first,
    n_people, whole,
};
use crate::analysis::{CommunityId, for_each_word};
use crate::campaign::TimeSpan;
use crate::people::{PersonId, counted};
use crate::progress::{Cancelled, Progress};

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;
/// Conversations shorter than this are told by the hour.
const BY_HOUR: i64 = 3 * DAY;
/// The last part of the time in which somebody counts as new.
const NEW: i64 = 4;
/// Posts that one core goes through at a time.
const POSTS_AT_A_TIME: usize = 1 << 12;
/// A word may stand out by chance below this.
const LEAST_Z: f64 = 1.96;
/// Posts in which a word must stand to be told.
const LEAST_POSTS: u32 = 2;

const NO_TIMES: &str = "The file does not tell when posts were written";

/// The first and the last moment of any post.
fn span(ground: &Ground<'_>) -> Option<(i64, i64)> {
    let times = ground
        .posts
        .posts
        .iter()
        .filter_map(crate::people::Post::time);
    times.fold(None, |span, time| {
        Some(span.map_or((time, time), |(first, last): (i64, i64)| {
            (first.min(time), last.max(time))
        }))
    })
}

fn words_of(seconds: i64, by_hour: bool) -> String {
    let pattern = if by_hour {
        "%-d %b %Y, %H:00"
    } else {
        "%-d %b %Y"
    };
    jiff::Timestamp::from_second(seconds).map_or_else(
        |_| "an unknown day".to_owned(),
        |time| time.strftime(pattern).to_string(),
    )
}

/// Days, or hours of a short conversation, by posts.
pub(super) fn busiest(ground: &Ground<'_>, progress: &Progress) -> Result<Found, Cancelled> {
    const HOW: &str = "By posts a day in UTC, of a conversation shorter than 3 days by the hour; selected are those who wrote most in \
        the busiest";
    const N_POSTS: AnswerColumn = column("Posts", "Posts of that time");
    const N_PEOPLE: AnswerColumn = column("People", "Different people who wrote them");
    let Some((first, last)) = span(ground) else {
        return Ok(Found::nothing(NO_TIMES, HOW));
    };
    let by_hour = last.saturating_sub(first) < BY_HOUR;
    let step = if by_hour { HOUR } else { DAY };
    let mut wrote: Vec<(i64, PersonId)> = Vec::new();
    for (at, post) in ground.posts.posts.iter().enumerate() {
        if at.is_multiple_of(1 << 14) {
            progress.check()?;
        }
        if let (Some(time), Some(author)) = (post.time(), ground.author(at)) {
            wrote.push((time.div_euclid(step), author));
        }
    }
    let n_posts = wrote.len();
    wrote.par_sort_unstable();
    progress.check()?;
    let mut all: Vec<(i64, u64, u64)> = (wrote.chunk_by(|a, b| a.0 == b.0))
        .filter_map(|run| {
            let people = run.chunk_by(|a, b| a.1 == b.1).count();
            Some((run.first()?.0, run.len() as u64, people as u64))
        })
        .collect();
    let n_times = all.len();
    keep_best(&mut all, ROWS, |(at, posts, _)| {
        (std::cmp::Reverse(*posts), *at)
    });
    let Some((best, posts, people)) = all.first().copied() else {
        return Ok(Found::nothing(NO_TIMES, HOW));
    };
    let mut writers: Vec<(PersonId, usize)> = (wrote.chunk_by(|a, b| a == b))
        .filter_map(|run| {
            run.first()
                .filter(|(at, _)| *at == best)
                .map(|(_, id)| (*id, run.len()))
        })
        .collect();
    keep_best(&mut writers, MOST_SELECTED, |(id, n)| {
        (std::cmp::Reverse(*n), *id)
    });
    let unit = if by_hour { "hours" } else { "days" };
    let sentence = format!(
        "Busiest was {}, with {} by {}; {} were written on average in the {} {unit} with any",
        words_of(best * step, by_hour),
        counted(posts, "post", "posts"),
        n_people(people as usize),
        super::amount(n_posts as f64 / n_times.max(1) as f64),
        whole(n_times as u64),
    );
    let rows = all.iter().map(|(at, posts, people)| {
        let from = at.saturating_mul(step);
        Row {
            about: About::Time(TimeSpan {
                from,
                until: from.saturating_add(step),
            }),
            title: words_of(from, by_hour),
            below: String::new(),
            cells: vec![whole(*posts), whole(*people)],
        }
    });
    let rows = rows.collect();
    Ok(Found {
        sentence,
        how: HOW,
        of: if by_hour { "Hour" } else { "Day" },
        columns: &[N_POSTS, N_PEOPLE],
        rows,
        people: writers.into_iter().map(|(id, _)| id).collect(),
        posts: Vec::new(),
    })
}

/// The time that is meant, in a conversation from `first` to `last`; `None` where it was over by then.
fn span_of(when: When, (first, last): (i64, i64)) -> Option<TimeSpan> {
    let begin = first.div_euclid(DAY) * DAY;
    let (at, days) = match when {
        When::Day(n) => (i64::from(n.max(1)) - 1, 1),
        When::LastDay => ((last - begin).div_euclid(DAY), 1),
        When::Week(n) => ((i64::from(n.max(1)) - 1) * 7, 7),
        When::LastWeek => ((last - begin).div_euclid(7 * DAY) * 7, 7),
    };
    let from = begin + at * DAY;
    (from <= last).then_some(TimeSpan {
        from,
        until: from + days * DAY,
    })
}

/// Posts in which a word stands: in the time, and in all other time.
type InPosts = BTreeMap<String, [u32; 2]>;

/// How many posts of `span`, and of all other time, have each word; and how many posts those are.
fn count_words(
    ground: &Ground<'_>,
    span: TimeSpan,
    progress: &Progress,
) -> Result<(InPosts, [u32; 2]), Cancelled> {
    let parts: Vec<(InPosts, [u32; 2])> = ground
        .posts
        .posts
        .par_chunks(POSTS_AT_A_TIME)
        .map(|some| {
            progress.check()?;
            let (mut counts, mut n) = (InPosts::new(), [0u32; 2]);
            let mut own: Vec<String> = Vec::new();
            for post in some {
                let Some(time) = post.time() else { continue };
                let place = usize::from(!(span.from..span.until).contains(&time));
                n[place] += 1;
                own.clear();
                for_each_word(ground.posts.text(post), |word| {
                    if !own.iter().any(|w| w == word) {
                        own.push(word.to_owned());
                    }
                });
                for word in own.drain(..) {
                    counts.entry(word).or_default()[place] += 1;
                }
            }
            Ok((counts, n))
        })
        .collect::<Result<_, Cancelled>>()?;
    let (mut all, mut n) = (InPosts::new(), [0u32; 2]);
    for (counts, some) in parts {
        progress.check()?;
        add(&mut n, some);
        for (word, count) in counts {
            add(all.entry(word).or_default(), count);
        }
    }
    Ok((all, n))
}

fn add(sum: &mut [u32; 2], more: [u32; 2]) {
    sum[0] += more[0];
    sum[1] += more[1];
}

/// How surely a word stands out in the time: its log odds there against all other time, by their standard error, with half a post added
/// to each count. O(1).
fn z_of([inside, elsewhere]: [u32; 2], [n_inside, n_elsewhere]: [u32; 2]) -> f64 {
    let count = |n: u32| f64::from(n) + 0.5;
    let odds = |n: u32, of: u32| libm::log(count(n) / count(of - n.min(of)));
    let error = libm::sqrt(1.0 / count(inside) + 1.0 / count(elsewhere));
    (odds(inside, n_inside) - odds(elsewhere, n_elsewhere)) / error
}

/// The time that is meant; `None` where nothing was written then. O(posts).
pub(super) fn asked(ground: &Ground<'_>, when: When) -> Option<TimeSpan> {
    span_of(when, span(ground)?)
}

/// The community whose people wrote most, of those that have a name, and how many posts; of equals the larger one.
fn loudest(ground: &Ground<'_>, posts: &BTreeMap<PersonId, u32>) -> Option<(CommunityId, u32)> {
    let list = &ground.analysis.communities.list;
    let mut counts = vec![0_u32; list.len()];
    for (person, n) in posts {
        let home = ground.home(*person);
        if let Some(count) = home.and_then(|home| counts.get_mut(home.index())) {
            *count += n;
        }
    }
    let named = list.iter().zip(0..).zip(counts);
    let named = named.filter(|((community, _), n)| !community.small && *n > 0);
    let best = named.max_by_key(|((_, at), n)| (*n, std::cmp::Reverse(*at)));
    best.map(|((_, at), n)| (CommunityId(at), n))
}

/// The words that set the posts of a time apart from all others.
pub(super) fn said(
    ground: &Ground<'_>,
    when: When,
    progress: &Progress,
) -> Result<Found, Cancelled> {
    const HOW: &str = "Words that stand in more of the posts of that time than of all others (log odds, z ≥ 1.96), the surest first; \
        days in UTC, weeks counted from the day of the first post";
    const HERE: AnswerColumn = column("Posts then", "Posts of that time with it");
    const ELSE: AnswerColumn = column("At other times", "Posts of all other time with it");
    let Some(times) = span(ground) else {
        return Ok(Found::nothing(NO_TIMES, HOW));
    };
    let Some(span) = span_of(when, times) else {
        let sentence = format!(
            "Nothing was written {}: the last post is of {}",
            when.words(),
            words_of(times.1, false)
        );
        return Ok(Found::nothing(sentence, HOW));
    };
    if !has_texts(ground) {
        return Ok(Found::nothing("There are no texts to read", HOW));
    }
    let (counts, n) = count_words(ground, span, progress)?;
    let days = format!(
        "{} to {}",
        words_of(span.from, false),
        words_of(span.until - 1, false)
    );
    let days = if span.until - span.from == DAY {
        words_of(span.from, false)
    } else {
        days
    };
    if n[1] == 0 {
        let sentence = format!(
            "All {} are of {days}: there is nothing to compare them with",
            counted(n[0].into(), "post", "posts")
        );
        return Ok(Found::nothing(sentence, HOW));
    }
    let mut all: Vec<(String, [u32; 2], f64)> = counts
        .into_iter()
        .map(|(word, count)| (z_of(count, n), word, count))
        .filter(|(z, _, count)| *z >= LEAST_Z && count[0] >= LEAST_POSTS)
        .map(|(z, word, count)| (word, count, z))
        .collect();
    keep_best(&mut all, ROWS, |(word, _, z)| {
        (largest_first(*z), word.clone())
    });
    let about = counted(n[0].into(), "post", "posts");
    if all.is_empty() {
        let sentence = format!("No word sets the {about} of {days} apart from the others");
        return Ok(Found::nothing(sentence, HOW));
    }
    let first: Vec<&str> = all.iter().take(4).map(|(word, ..)| word.as_str()).collect();
    let listed: Vec<&str> = all.iter().map(|(word, ..)| word.as_str()).collect();
    let mut people: BTreeMap<PersonId, u32> = BTreeMap::new();
    for (at, post) in ground.posts.posts.iter().enumerate() {
        if at.is_multiple_of(1 << 14) {
            progress.check()?;
        }
        let inside = post
            .time()
            .is_some_and(|time| (span.from..span.until).contains(&time));
        if let (true, Some(author)) = (inside, ground.author(at)) {
            *people.entry(author).or_insert(0) += 1;
        }
    }
    let mut sentence = format!("{days}: {about}, set apart by {}", first.join(", "));
    if let Some((community, n)) = loudest(ground, &people) {
        let name = ground.community(community);
        let n = whole(n);
        sentence = format!("{sentence}; the loudest community was {name} with {n}");
    }
    let mut writers: Vec<(PersonId, u32)> = people.into_iter().collect();
    keep_best(&mut writers, MOST_SELECTED, |(id, n)| {
        (std::cmp::Reverse(*n), *id)
    });
    let then = |at: usize, _| {
        let post = ground.posts.posts.get(at);
        let time = post.and_then(crate::people::Post::time);
        time.is_some_and(|time| (span.from..span.until).contains(&time))
    };
    let posts = best_posts(ground, &listed, then, progress)?;
    let rows = all.iter().map(|(word, count, _)| Row {
        about: About::Word(word.clone()),
        title: word.clone(),
        below: String::new(),
        cells: vec![whole(count[0]), whole(count[1])],
    });
    let rows = rows.collect();
    Ok(Found {
        sentence,
        how: HOW,
        of: "Word",
        columns: &[HERE, ELSE],
        rows,
        people: writers.into_iter().map(|(id, _)| id).collect(),
        posts,
    })
}

/// Who was first in touch with `person` in the last quarter of the time.
pub(super) fn new_to(
    ground: &Ground<'_>,
    person: PersonId,
    progress: &Progress,
) -> Result<Found, Cancelled> {
    const HOW: &str = "People whose first post to or from the person is of the last quarter of the time from the first to the last \
        post of the file";
    const BETWEEN: AnswerColumn = column(
        "Posts between",
        "Posts from one to the other, in both directions",
    );
    let name = ground.name(person);
    let Some((first, last)) = span(ground) else {
        return Ok(Found::nothing(NO_TIMES, HOW));
    };
    let bound = last - (last - first) / NEW;
    let mut met: BTreeMap<PersonId, (i64, u32)> = BTreeMap::new();
    for (at, post) in ground.posts.posts.iter().enumerate() {
        if at.is_multiple_of(1 << 14) {
            progress.check()?;
        }
        let (Some(time), Some(author)) = (post.time(), ground.author(at)) else {
            continue;
        };
        let mut others: Vec<PersonId> = Vec::new();
        for addressed in ground.posts.addressed(post) {
            let of = &ground.graph.person_of_account;
            let to = of.get(addressed.account as usize).copied();
            let Some(to) = to.filter(|_| ground.kinds.has(addressed.kind)) else {
                continue;
            };
            if author == person || to == person {
                others.push(if author == person { to } else { author });
            }
        }
        others.sort_unstable();
        others.dedup();
        for other in others.into_iter().filter(|other| *other != person) {
            let seen = met.entry(other).or_insert((time, 0));
            *seen = (seen.0.min(time), seen.1 + 1);
        }
    }
    if met.is_empty() {
        let sentence = format!("No post with a time goes to {name} or comes from there");
        return Ok(Found::nothing(sentence, HOW));
    }
    let n_met = met.len();
    let mut all: Vec<(PersonId, i64, u32)> = (met.into_iter())
        .map(|(id, (first, n))| (id, first, n))
        .filter(|(_, first, _)| *first > bound)
        .collect();
    let n = all.len();
    let since = words_of(bound, false);
    keep_best(&mut all, ROWS, |(id, first, n)| {
        (std::cmp::Reverse(*n), std::cmp::Reverse(*first), *id)
    });
    if all.is_empty() {
        let sentence = format!(
            "Nobody is new: {name} was in touch with all {} before {since}",
            n_people(n_met)
        );
        return Ok(Found::nothing(sentence, HOW));
    }
    let sentence = format!(
        "{} of the {} in touch with {name} {} new since {since}",
        whole(n as u64),
        n_people(n_met),
        if n == 1 { "is" } else { "are" },
    );
    let rows = all.iter().map(|(id, first, n)| {
        let mut row = ground.row(*id, vec![whole(*n)]);
        row.below = format!("{} · since {}", row.below, words_of(*first, false));
        row
    });
    Ok(Found::people(sentence, HOW, &[BETWEEN], rows.collect()))
}
