//! When it was said: posts counted by hour, day, week or month, and who wrote or was addressed in each.

use jiff::tz::TimeZone;
use rayon::prelude::*;

use super::calendar::in_calendar;
use super::posts::is_shown;
use super::{ShownPart, TimeStep};
use crate::analysis::{Communities, CommunityId};
use crate::people::{ConversationGraph, PersonId, Post, Posts};
use crate::progress::{Cancelled, Progress};

/// Communities with a colour of their own in the bars; all others are counted together.
pub const SERIES: usize = 8;
/// Posts looked at between two looks at the stop sign.
const AT_A_TIME: usize = 1 << 14;
/// Stands for a post that is in no step.
const NOWHERE: u32 = u32::MAX;

/// Posts by step of time and by community.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TimeCounts {
    /// By step, then by place in [`TimeLine::series`]; behind those, all other people.
    of: Vec<u32>,
    /// Numbers a step.
    width: usize,
}

impl TimeCounts {
    fn new(n_steps: usize, width: usize) -> Self {
        Self {
            of: vec![0; n_steps * width],
            width,
        }
    }

    /// The posts of step number `step`: by place in [`TimeLine::series`], then those of all other people.
    pub fn at(&self, step: usize) -> &[u32] {
        let from = step.saturating_mul(self.width);
        self.of.get(from..from + self.width).unwrap_or_default()
    }

    /// All posts of step number `step`.
    pub fn total(&self, step: usize) -> u64 {
        self.at(step).iter().copied().map(u64::from).sum()
    }

    /// The most posts that any step has.
    pub fn most(&self) -> u64 {
        let steps = self.of.len() / self.width.max(1);
        (0..steps).map(|step| self.total(step)).max().unwrap_or(0)
    }

    fn count(&mut self, step: u32, column: usize) {
        if let Some(slot) = self.of.get_mut(step as usize * self.width + column) {
            *slot += 1;
        }
    }

    fn add(&mut self, other: &Self) {
        for (sum, more) in self.of.iter_mut().zip(&other.of) {
            *sum += more;
        }
    }
}

/// When the posts were written, step by step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeLine {
    /// How long a step lasts.
    pub step: TimeStep,
    /// Where each step begins, and the end of the last: seconds since 1970, rising.
    pub starts: Vec<i64>,
    /// The first and the last moment at which something was posted.
    pub span: (i64, i64),
    /// The largest communities, largest first, at most [`SERIES`].
    pub series: Vec<CommunityId>,
    /// Every post.
    pub all: TimeCounts,
    /// What the filter lets through; `None` where that is everything.
    pub shown: Option<TimeCounts>,
    /// Posts in all.
    pub n_posts: u64,
    /// Those without a time.
    pub n_timeless: u64,
    /// What the filter lets through, of those with a time.
    pub n_shown: u64,
    people_from: Vec<u32>,
    people: Vec<PersonId>,
}

impl TimeLine {
    /// How many steps there are.
    pub fn n_steps(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Where step number `step` begins, and where it ends: seconds since 1970.
    pub fn bounds(&self, step: usize) -> Option<(i64, i64)> {
        Some((*self.starts.get(step)?, *self.starts.get(step + 1)?))
    }

    /// Who wrote or was addressed in step number `step`, in posts that the filter lets through; by number, each once.
    pub fn people(&self, step: usize) -> &[PersonId] {
        let at = |step: usize| self.people_from.get(step).map(|at| *at as usize);
        let range = at(step).zip(at(step.saturating_add(1)));
        range
            .and_then(|(from, to)| self.people.get(from..to))
            .unwrap_or_default()
    }

    /// Where a moment lies: the number of its step and the share of it that is past; before the first step 0, behind the last the
    /// number of steps.
    pub fn place(&self, time: i64) -> f64 {
        let behind = self.starts.partition_point(|start| *start <= time);
        let Some(step) = behind.checked_sub(1) else {
            return 0.0;
        };
        let Some((from, to)) = self.bounds(step) else {
            return self.n_steps() as f64;
        };
        step as f64 + (time - from) as f64 / (to - from).max(1) as f64
    }
}

/// The times of posts that have one in the calendar.
fn time_of(post: &Post) -> Option<i64> {
    post.time().filter(|time| in_calendar(*time))
}

/// The first and the last moment, and how many posts have none; `None` where no post has one.
fn span_of(posts: &Posts, progress: &Progress) -> Result<Option<(i64, i64, u64)>, Cancelled> {
    let wide = |a: (i64, i64, u64), b: (i64, i64, u64)| (a.0.min(b.0), a.1.max(b.1), a.2 + b.2);
    let nothing = (i64::MAX, i64::MIN, 0);
    let parts: Result<Vec<(i64, i64, u64)>, Cancelled> = posts
        .posts
        .par_chunks(AT_A_TIME)
        .map(|part| {
            progress.check()?;
            let of = |post: &Post| time_of(post).map_or((i64::MAX, i64::MIN, 1), |t| (t, t, 0));
            Ok(part.iter().map(of).fold(nothing, wide))
        })
        .collect();
    let all = parts?.into_iter().fold(nothing, wide);
    Ok(Some(all).filter(|(first, last, _)| first <= last))
}

/// The largest communities, and for each community the place of its posts in a row of counts.
fn series_of(communities: &Communities) -> (Vec<CommunityId>, Vec<usize>) {
    let large = (0u32..).zip(&communities.list).filter(|(_, c)| !c.small);
    let series: Vec<CommunityId> = large.take(SERIES).map(|(i, _)| CommunityId(i)).collect();
    let mut columns = vec![series.len(); communities.list.len()];
    for (column, id) in series.iter().enumerate() {
        if let Some(slot) = columns.get_mut(id.index()) {
            *slot = column;
        }
    }
    (series, columns)
}

/// The time line of `posts`; `None` where no post has a time.
///
/// * `part`: what the filter lets through; `None`: everything.
/// * `step`: how long a bar lasts; `None`, or too short for the span: the shortest that fits.
/// * `zone`: where days begin at midnight.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// O(posts · log steps + whom they address); memory 4 bytes a post, and 4 for everybody in each step.
pub fn time_line(
    (posts, graph): (&Posts, &ConversationGraph),
    communities: &Communities,
    part: Option<&ShownPart>,
    (step, zone): (Option<TimeStep>, &TimeZone),
    progress: &Progress,
) -> Result<Option<TimeLine>, Cancelled> {
    let Some((first, last, n_timeless)) = span_of(posts, progress)? else {
        return Ok(None);
    };
    let possible = step.filter(|step| step.is_possible(first, last));
    let step = possible.unwrap_or_else(|| TimeStep::fitting(first, last));
    let starts = step.starts((first, last), zone);
    let n_steps = starts.len() - 1;
    let (series, columns) = series_of(communities);
    let counting = Counting {
        posts,
        graph,
        part,
        starts: &starts,
        column_of: &|person: PersonId| {
            let home = communities.of.get(person.index()).copied().flatten();
            let column = home.and_then(|home| columns.get(home.index()).copied());
            column.unwrap_or(series.len())
        },
        width: series.len() + 1,
        progress,
    };
    let (all, shown, steps) = counting.count()?;
    let (people_from, people) = counting.people(&steps)?;
    let n_shown = (0..n_steps).map(|step| shown.total(step)).sum();
    Ok(Some(TimeLine {
        step,
        span: (first, last),
        n_posts: posts.posts.len() as u64,
        n_timeless,
        n_shown,
        shown: part.is_some().then_some(shown),
        all,
        series,
        starts,
        people_from,
        people,
    }))
}

/// What posts are counted by.
struct Counting<'a> {
    posts: &'a Posts,
    graph: &'a ConversationGraph,
    part: Option<&'a ShownPart>,
    starts: &'a [i64],
    column_of: &'a (dyn Fn(PersonId) -> usize + Sync),
    width: usize,
    progress: &'a Progress,
}

/// Counts of all posts, of those that are shown, and the step of each that is shown.
type Counted = (TimeCounts, TimeCounts, Vec<u32>);

impl Counting<'_> {
    fn n_steps(&self) -> usize {
        self.starts.len() - 1
    }

    fn person(&self, account: u32) -> Option<PersonId> {
        let of = &self.graph.person_of_account;
        of.get(account as usize).copied()
    }

    /// Counts every post. Whole numbers: whoever adds them up, the sums are the same.
    fn count(&self) -> Result<Counted, Cancelled> {
        let counts = || TimeCounts::new(self.n_steps(), self.width);
        // As many parts as keep their counts small beside the posts.
        let size = (self.posts.posts.len() / 64).max(AT_A_TIME);
        let parts: Result<Vec<Counted>, Cancelled> = self
            .posts
            .posts
            .par_chunks(size)
            .enumerate()
            .map(|(number, part)| {
                let (mut all, mut shown) = (counts(), counts());
                let mut steps = Vec::with_capacity(part.len());
                for (at, post) in (number * size..).zip(part) {
                    if at.is_multiple_of(AT_A_TIME) {
                        self.progress.check()?;
                    }
                    steps.push(self.count_one(at, post, &mut all, &mut shown));
                }
                Ok((all, shown, steps))
            })
            .collect();
        let mut sum = (counts(), counts(), Vec::new());
        for (all, shown, steps) in parts? {
            self.progress.check()?;
            sum.0.add(&all);
            sum.1.add(&shown);
            sum.2.extend(steps);
        }
        Ok(sum)
    }

    fn count_one(
        &self,
        at: usize,
        post: &Post,
        all: &mut TimeCounts,
        shown: &mut TimeCounts,
    ) -> u32 {
        let Some(time) = time_of(post) else {
            return NOWHERE;
        };
        let behind = self.starts.partition_point(|start| *start <= time);
        let step = behind.saturating_sub(1).min(self.n_steps() - 1) as u32;
        let author = self.person(post.author);
        let column = author.map_or(self.width - 1, self.column_of);
        all.count(step, column);
        if !is_shown(self.part, at, author) {
            return NOWHERE;
        }
        shown.count(step, column);
        step
    }

    /// Who wrote or was addressed in each step: where those of each begin, and the end of the last; then the people.
    fn people(&self, steps: &[u32]) -> Result<(Vec<u32>, Vec<PersonId>), Cancelled> {
        let n = self.n_steps();
        let mut from = vec![0usize; n + 1];
        for part in steps.chunks(AT_A_TIME) {
            self.progress.check()?;
            for step in part {
                if let Some(slot) = from.get_mut(*step as usize + 1) {
                    *slot += 1;
                }
            }
        }
        for i in 0..n {
            from[i + 1] += from[i];
        }
        let mut fill = from.clone();
        let mut sorted = vec![0u32; from.last().copied().unwrap_or(0)];
        for (number, step) in steps.iter().enumerate() {
            if number.is_multiple_of(AT_A_TIME) {
                self.progress.check()?;
            }
            if let Some(at) = fill.get_mut(*step as usize).filter(|_| *step != NOWHERE) {
                sorted[*at] = number as u32;
                *at += 1;
            }
        }
        let lists: Result<Vec<Vec<PersonId>>, Cancelled> = (0..n)
            .into_par_iter()
            .map(|step| self.people_of(&sorted[from[step]..from[step + 1]]))
            .collect();
        let mut offsets = vec![0u32];
        let mut people = Vec::new();
        for list in lists? {
            self.progress.check()?;
            people.extend(list);
            offsets.push(u32::try_from(people.len()).unwrap_or(u32::MAX));
        }
        Ok((offsets, people))
    }

    /// Who wrote these posts or is addressed by them, by number, each once.
    fn people_of(&self, posts: &[u32]) -> Result<Vec<PersonId>, Cancelled> {
        let n_people = self.graph.n_people();
        let all = posts.iter().enumerate().filter_map(|(number, at)| {
            let post = self.posts.posts.get(*at as usize)?;
            Some((number, post))
        });
        let mut few = Vec::new();
        // Many posts name most people again and again: then everybody has a mark.
        let mut marks = (posts.len() > n_people / 8).then(|| vec![false; n_people]);
        for (number, post) in all {
            if number.is_multiple_of(AT_A_TIME) {
                self.progress.check()?;
            }
            let addressed = self.posts.addressed(post).iter().map(|to| to.account);
            let named = std::iter::once(post.author).chain(addressed);
            for person in named.filter_map(|account| self.person(account)) {
                match &mut marks {
                    None => few.push(person),
                    Some(marks) => {
                        if let Some(mark) = marks.get_mut(person.index()) {
                            *mark = true;
                        }
                    }
                }
            }
        }
        if let Some(marks) = marks {
            let marked = (0u32..).zip(marks).filter(|(_, mark)| *mark);
            return Ok(marked.map(|(i, _)| PersonId(i)).collect());
        }
        few.sort_unstable();
        few.dedup();
        Ok(few)
    }
}
