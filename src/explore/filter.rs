//! What a filter lets through: first posts, then ties, then people, and last the largest part of what is left.

use rayon::prelude::*;

use super::chosen_posts::chosen_posts;
use super::part::{PartCounts, ShownPart};
use super::tie_weights::strengths;
use crate::analysis::{Communities, CommunityId};
use crate::campaign::{Condition, Filter, Listed, Near, OutreachList, ReachRange, community_of};
use crate::people::{ConversationGraph, PersonId, Posts, TieKinds, Ties};
use crate::progress::{Cancelled, Progress};

/// People that one core goes through at a time.
const PEOPLE_AT_A_TIME: usize = 1 << 12;

/// What a filter is asked of.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// Who talks with whom.
    pub graph: &'a ConversationGraph,
    /// The posts that the graph was built from.
    pub posts: &'a Posts,
    /// Who belongs together.
    pub communities: &'a Communities,
    /// The kinds of ties that the graph was built with.
    pub kinds: TieKinds,
    /// Whom the organizer works with.
    pub list: &'a OutreachList,
}

/// What `filter` lets through of `subject`, as [`Filter`] defines it; whether that is dimmed or hidden, and what is lit, plays no part.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// O(people), O(ties · log ties) where ties are asked about, O(letters of all posts) where words are; on all cores.
pub fn shown_part(
    subject: &Subject<'_>,
    filter: &Filter,
    progress: &Progress,
) -> Result<ShownPart, Cancelled> {
    let posts = chosen_posts(subject.posts, filter, progress)?;
    let strengths = strengths(subject, posts.as_deref(), filter, progress)?;
    let people = people(
        subject,
        (posts.as_deref(), strengths.as_deref()),
        filter,
        progress,
    )?;
    let mut part = ShownPart {
        people,
        posts,
        strengths,
        counts: PartCounts::default(),
    };
    if filter.largest_part {
        keep_largest(&mut part, &subject.graph.ties, progress)?;
    }
    part.counts = counts(&part, subject.graph, subject.posts.posts.len(), progress)?;
    Ok(part)
}

/// For each condition of `filter`: how many people it alone hides.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// One [`shown_part`] a condition.
pub fn hides_alone(
    subject: &Subject<'_>,
    filter: &Filter,
    progress: &Progress,
) -> Result<Vec<(Condition, u64)>, Cancelled> {
    let alone = |condition| {
        let part = shown_part(subject, &filter.only(condition), progress)?;
        Ok((condition, part.counts.hidden_people()))
    };
    filter.conditions().map(alone).collect()
}

/// `part` of `graph` without the people of the communities that are `hidden`, a flag for each.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// O(people + ties).
pub fn without_communities(
    part: &ShownPart,
    (graph, communities): (&ConversationGraph, &Communities),
    hidden: &[bool],
    progress: &Progress,
) -> Result<ShownPart, Cancelled> {
    let mut part = part.clone();
    for (shown, home) in part.people.iter_mut().zip(&communities.of) {
        let is_hidden = home.is_some_and(|c| hidden.get(c.index()).copied().unwrap_or(false));
        *shown &= !is_hidden;
    }
    let all = part.counts;
    part.counts = PartCounts {
        all_ties: all.all_ties,
        posts: all.posts,
        ..counts(&part, graph, all.all_posts as usize, progress)?
    };
    Ok(part)
}

/// What is asked of people alone, looked up once.
struct Asked<'a> {
    filter: &'a Filter,
    /// By community: whether it is shown.
    communities: Vec<bool>,
    /// Whether people without a community are shown.
    without_community: bool,
    /// By person, where somebody is asked for who is near others.
    near: Option<Vec<bool>>,
    /// By person, where the list is asked: how they stand with it.
    listed: Option<Vec<Listed>>,
    /// By person, where only posts are asked about, not ties: whether they wrote a chosen one.
    wrote: Option<Vec<bool>>,
    /// Whoever has no tie left must have written, or is not shown.
    needs_tie: bool,
}

/// By person: whether they are shown, before the largest part is looked for.
fn people(
    subject: &Subject<'_>,
    (chosen, strengths): (Option<&[bool]>, Option<&[f64]>),
    filter: &Filter,
    progress: &Progress,
) -> Result<Vec<bool>, Cancelled> {
    let ties = &*subject.graph.ties;
    let asked = asked(subject, (chosen, strengths), filter, progress)?;
    let is_left = |at: usize| strengths.is_none_or(|t| t.get(at).is_some_and(|t| *t > 0.0));
    let connections = |i: usize| {
        if i >= ties.n_people() {
            return 0;
        }
        let row = ties.offsets[i] as usize..ties.offsets[i + 1] as usize;
        if strengths.is_none() {
            row.len()
        } else {
            row.filter(|at| is_left(*at)).count()
        }
    };
    let mut shown = vec![false; subject.graph.n_people()];
    let looked: Result<(), Cancelled> = shown
        .par_chunks_mut(PEOPLE_AT_A_TIME)
        .enumerate()
        .try_for_each(|(part, shown)| {
            progress.check()?;
            for (slot, i) in shown.iter_mut().zip(part * PEOPLE_AT_A_TIME..) {
                *slot = asked.has(subject, i, connections(i));
            }
            Ok(())
        });
    looked?;
    Ok(shown)
}

fn asked<'a>(
    subject: &Subject<'_>,
    (chosen, strengths): (Option<&[bool]>, Option<&[f64]>),
    filter: &'a Filter,
    progress: &Progress,
) -> Result<Asked<'a>, Cancelled> {
    let n = subject.graph.n_people();
    let home = |key: &String| community_of(key, subject.graph, subject.communities);
    let list = &subject.communities.list;
    let mut communities = vec![filter.communities.is_empty(); list.len()];
    let mut put = |id: CommunityId, shown: bool| {
        if let Some(flag) = communities.get_mut(id.index()) {
            *flag = shown;
        }
    };
    for id in filter.communities.iter().filter_map(home) {
        put(id, true);
    }
    for id in filter.hidden.iter().filter_map(home) {
        put(id, false);
    }
    if filter.small_groups {
        for (id, _) in (0u32..).zip(list).filter(|(_, community)| community.small) {
            put(CommunityId(id), false);
        }
    }
    let near = filter.near.as_ref();
    let near = near.map(|near| who_is_near(subject.graph, strengths, near, progress));
    // A condition on ties is not met by having written something: else two conditions would show more than one of them.
    let asks_posts_only = chosen.is_some() && !filter.asks_ties();
    let wrote = chosen.filter(|_| asks_posts_only);
    Ok(Asked {
        filter,
        communities,
        without_community: filter.communities.is_empty(),
        near: near.transpose()?,
        listed: (!filter.listed.is_empty()).then(|| listed(subject, n)),
        wrote: wrote.map(|chosen| wrote_chosen(subject, chosen, n)),
        needs_tie: strengths.is_some(),
    })
}

impl Asked<'_> {
    fn has(&self, subject: &Subject<'_>, i: usize, connections: usize) -> bool {
        let flag = |flags: &[bool]| flags.get(i).copied().unwrap_or(false);
        let home = subject.communities.of.get(i).copied().flatten();
        let in_community = home.map_or(self.without_community, |c| {
            self.communities.get(c.index()).copied().unwrap_or(false)
        });
        let reach = subject.graph.people.get(i).and_then(|person| person.reach);
        let wrote = || self.wrote.as_deref().is_some_and(flag);
        in_community
            && self
                .filter
                .reach
                .is_none_or(|range| has_reach(range, reach))
            && (self.filter.least_connections).is_none_or(|least| connections >= least as usize)
            && self.near.as_deref().is_none_or(flag)
            && (self.listed.as_ref()).is_none_or(|listed| {
                listed
                    .get(i)
                    .is_some_and(|how| self.filter.listed.contains(how))
            })
            && (!self.needs_tie || connections > 0 || wrote())
    }
}

fn has_reach(range: ReachRange, reach: Option<f64>) -> bool {
    reach.map_or(range.unknown, |reach| {
        range.from.is_none_or(|from| reach >= from) && range.to.is_none_or(|to| reach <= to)
    })
}

/// By person: how they stand with the list.
fn listed(subject: &Subject<'_>, n: usize) -> Vec<Listed> {
    let mut listed = vec![Listed::Not; n];
    for entry in subject.list.entries() {
        let person = subject.graph.find(&entry.person);
        if let Some(slot) = person.and_then(|person| listed.get_mut(person.index())) {
            *slot = Listed::As(entry.status);
        }
    }
    listed
}

/// By person: whether they wrote a chosen post.
fn wrote_chosen(subject: &Subject<'_>, chosen: &[bool], n: usize) -> Vec<bool> {
    let mut wrote = vec![false; n];
    let people = &subject.graph.person_of_account;
    let posts = subject.posts.posts.iter().zip(chosen);
    for (post, _) in posts.filter(|(_, chosen)| **chosen) {
        let author = people.get(post.author as usize);
        if let Some(slot) = author.and_then(|author| wrote.get_mut(author.index())) {
            *slot = true;
        }
    }
    wrote
}

/// By person: whether they are among the people of `near` or within its steps of them, over ties that are left.
fn who_is_near(
    graph: &ConversationGraph,
    strengths: Option<&[f64]>,
    near: &Near,
    progress: &Progress,
) -> Result<Vec<bool>, Cancelled> {
    let ties = &*graph.ties;
    let mut is_near = vec![false; graph.n_people()];
    let mut edge: Vec<usize> = Vec::new();
    for person in near.people.iter().filter_map(|key| graph.find(key)) {
        if !std::mem::replace(&mut is_near[person.index()], true) {
            edge.push(person.index());
        }
    }
    for _ in 0..near.steps {
        let mut next = Vec::new();
        for i in edge.into_iter().filter(|i| *i < ties.n_people()) {
            progress.check()?;
            for at in ties.offsets[i] as usize..ties.offsets[i + 1] as usize {
                let is_left = strengths.is_none_or(|t| t.get(at).is_some_and(|t| *t > 0.0));
                let other = ties.neighbours[at] as usize;
                if is_left && !std::mem::replace(&mut is_near[other], true) {
                    next.push(other);
                }
            }
        }
        edge = next;
    }
    Ok(is_near)
}

/// Leaves of the shown people only those of the largest part in which all are tied together; of equal ones the one with the smallest
/// person. O(people + ties).
fn keep_largest(part: &mut ShownPart, ties: &Ties, progress: &Progress) -> Result<(), Cancelled> {
    let n = part.people.len();
    let mut label = vec![u32::MAX; n];
    let (mut largest, mut most, mut labels) = (u32::MAX, 0, 0);
    let mut waiting = Vec::new();
    let mut seen = 0usize;
    for start in 0..n {
        if label[start] != u32::MAX || !part.has(PersonId(start as u32)) {
            continue;
        }
        let mut size = 0;
        label[start] = labels;
        waiting.push(start);
        while let Some(i) = waiting.pop() {
            seen += 1;
            if seen.is_multiple_of(PEOPLE_AT_A_TIME) {
                progress.check()?;
            }
            size += 1;
            for (j, _) in part.ties_of(ties, i) {
                let slot = &mut label[j as usize];
                if *slot == u32::MAX {
                    *slot = labels;
                    waiting.push(j as usize);
                }
            }
        }
        if size > most {
            (largest, most) = (labels, size);
        }
        labels += 1;
    }
    for (shown, label) in part.people.iter_mut().zip(label) {
        *shown &= label == largest;
    }
    Ok(())
}

fn counts(
    part: &ShownPart,
    graph: &ConversationGraph,
    all_posts: usize,
    progress: &Progress,
) -> Result<PartCounts, Cancelled> {
    let n = graph.n_people();
    let ties: Result<Vec<(u64, u64)>, Cancelled> = (0..n)
        .into_par_iter()
        .step_by(PEOPLE_AT_A_TIME)
        .map(|first| {
            progress.check()?;
            let (mut ties, mut tied) = (0, 0);
            for i in first..(first + PEOPLE_AT_A_TIME).min(n) {
                let mut any = false;
                for (j, _) in part.ties_of(&graph.ties, i) {
                    any = true;
                    ties += u64::from(j as usize > i);
                }
                tied += u64::from(any);
            }
            Ok((ties, tied))
        })
        .collect();
    let ties = ties?;
    let trues = |flags: &[bool]| flags.iter().filter(|flag| **flag).count() as u64;
    Ok(PartCounts {
        people: trues(&part.people),
        tied: ties.iter().map(|(_, tied)| tied).sum(),
        all_people: n as u64,
        ties: ties.iter().map(|(ties, _)| ties).sum(),
        all_ties: graph.ties.n_ties() as u64,
        posts: part.posts.as_deref().map_or(all_posts as u64, trues),
        all_posts: all_posts as u64,
    })
}
