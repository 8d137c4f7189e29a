//! Posts become the conversation graph: who addressed whom, by the tie rules.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::graph::by_first;
use super::same::joined_accounts;
use super::{
    Addressed, ConversationGraph, Interaction, Person, PersonId, Posts, SameAccounts, TieKind,
    TieKinds, Ties,
};
use crate::progress::{Cancelled, Progress};

/// Which ties count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct TieSettings {
    /// The kinds that count; a target's strongest kind decides, before this.
    pub kinds: TieKinds,
}

/// Posts that one core goes through at a time.
const POSTS_AT_A_TIME: usize = 1 << 14;
/// People between two looks at whether anybody still waits, about.
const PEOPLE_AT_A_TIME: u32 = 1 << 10;
/// Rows between two looks at whether anybody still waits.
pub(super) const ROWS_AT_A_TIME: usize = 1 << 17;

/// Builds the graph of who talks with whom, by all cores; the same for any number of them.
///
/// Within one post a target counts once, with its strongest kind (repost, quote, reply, mention); a repost gives only the
/// repost tie, since the names in a reposted text belong to its author. People addressed but never posting become people
/// too. Self ties are counted, not drawn. People are numbered by key, so shuffled posts give the same graph.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// O(p log p) for p posts and ties together; memory O(p).
pub fn build(
    posts: &Posts,
    settings: &TieSettings,
    progress: &Progress,
) -> Result<ConversationGraph, Cancelled> {
    build_joined(posts, settings, &SameAccounts::default(), progress)
}

/// As [`build`], where accounts that are the `same` are one person: their ties and posts are added up, the largest reach counts, and
/// key and name are those of the account that the others go by.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// As [`build`], and O(joined accounts · log accounts).
pub fn build_joined(
    posts: &Posts,
    settings: &TieSettings,
    same: &SameAccounts,
    progress: &Progress,
) -> Result<ConversationGraph, Cancelled> {
    let heads = same.heads(posts);
    let (order, person_of_account) = number_by_key(posts, &heads, progress)?;
    let (mut parts, mut self_ties) = addressed(
        (posts, &heads),
        *settings,
        (None, &person_of_account),
        progress,
    )?;
    let (given, to_themselves) = given(posts, *settings, &person_of_account, progress)?;
    parts.push(given);
    self_ties += to_themselves;
    let n = order.len();
    let (ties, people) = rayon::join(
        || {
            let interactions = added_up(n, parts, progress)?;
            let ties = Ties::of_interactions(n, &interactions, progress)?;
            Ok((interactions, Arc::new(ties)))
        },
        || people(posts, &order, &person_of_account, progress),
    );
    let (interactions, ties) = ties?;
    let mut people = people?;
    for (account, head) in &heads {
        also_known(posts, (*account, *head), &person_of_account, &mut people);
    }
    Ok(ConversationGraph {
        joined: joined_accounts(&posts.accounts, &people, &person_of_account),
        people,
        interactions,
        ties,
        self_ties,
        person_of_account,
    })
}

/// Adds to a person what one of their other accounts tells: the largest reach, and whatever else is not known of them yet.
fn also_known(
    posts: &Posts,
    (account, head): (u32, u32),
    person_of_account: &[PersonId],
    people: &mut [Person],
) {
    let id = person_of_account.get(head as usize);
    let (Some(other), Some(person)) = (
        posts.accounts.get(account as usize),
        id.and_then(|id| people.get_mut(id.index())),
    ) else {
        return;
    };
    person.reach = match (person.reach, other.reach) {
        (Some(a), Some(b)) => Some(a.max(b)),
        (a, b) => a.or(b),
    };
    if person.name == person.handle
        && let Some(name) = &other.name
    {
        person.name.clone_from(name);
    }
    if person.given_community.is_none() {
        person.given_community.clone_from(&other.given_community);
    }
    person.given_place = person.given_place.or(other.given_place);
    person.given_colour = person.given_colour.or(other.given_colour);
}

/// The ties that the files list themselves; and how many of them tie somebody to themselves.
fn given(
    posts: &Posts,
    settings: TieSettings,
    person_of_account: &[PersonId],
    progress: &Progress,
) -> Result<(Vec<Interaction>, u64), Cancelled> {
    let (mut given, mut self_ties) = (Vec::new(), 0);
    for part in posts.given_ties.chunks(ROWS_AT_A_TIME) {
        progress.check()?;
        for tie in part.iter().filter(|tie| settings.kinds.has(tie.kind)) {
            let from = person_of_account[tie.from as usize];
            let to = person_of_account[tie.to as usize];
            if from == to {
                self_ties += 1;
                continue;
            }
            given.push(Interaction {
                from,
                to,
                kind: tie.kind,
                count: tie.count,
                directed: tie.directed,
            });
        }
    }
    Ok((given, self_ties))
}

/// One row a direction and kind, by (from, to, kind), of what the `chosen` posts alone say, a flag for each; the rules of [`build`] hold.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// O(p log p) for p posts.
pub(crate) fn chosen_interactions(
    posts: &Posts,
    kinds: TieKinds,
    (chosen, person_of_account): (&[bool], &[PersonId]),
    progress: &Progress,
) -> Result<Vec<Interaction>, Cancelled> {
    let settings = TieSettings { kinds };
    let heads = first_accounts(person_of_account);
    let of_posts = (posts, &heads);
    let (parts, _) = addressed(
        of_posts,
        settings,
        (Some(chosen), person_of_account),
        progress,
    )?;
    added_up(posts.accounts.len(), parts, progress)
}

/// Of people with several accounts: by account, the first of the person's accounts. O(accounts).
fn first_accounts(person_of_account: &[PersonId]) -> BTreeMap<u32, u32> {
    let mut first = vec![u32::MAX; person_of_account.len()];
    let mut heads = BTreeMap::new();
    for (account, person) in (0..).zip(person_of_account) {
        match first.get_mut(person.index()) {
            Some(head) if *head == u32::MAX => *head = account,
            Some(head) => {
                heads.insert(account, *head);
            }
            None => {}
        }
    }
    heads
}

/// One row for each time that a post addresses somebody else (that is `chosen`, where only some are), in parts that stand in the order of the posts; and how often
/// somebody addressed themselves.
fn addressed(
    (posts, heads): (&Posts, &BTreeMap<u32, u32>),
    settings: TieSettings,
    (chosen, person_of_account): (Option<&[bool]>, &[PersonId]),
    progress: &Progress,
) -> Result<(Vec<Vec<Interaction>>, u64), Cancelled> {
    let parts: Result<Vec<(Vec<Interaction>, u64)>, Cancelled> = posts
        .posts
        .par_chunks(POSTS_AT_A_TIME)
        .enumerate()
        .map(|(number, part)| {
            progress.check()?;
            let (mut rows, mut self_ties) = (Vec::new(), 0);
            let (mut targets, mut named): (Vec<Addressed>, Vec<Addressed>) =
                (Vec::new(), Vec::new());
            let is_chosen = |at: &usize| {
                let chosen = chosen.map(|chosen| chosen.get(number * POSTS_AT_A_TIME + at));
                chosen.is_none_or(|chosen| chosen == Some(&true))
            };
            for (_, post) in part.iter().enumerate().filter(|(at, _)| is_chosen(at)) {
                let mut written = posts.addressed(post);
                if !heads.is_empty() {
                    // Whoever is named by two of their accounts is named once.
                    named.clear();
                    named.extend(written.iter().map(|a| Addressed {
                        account: heads.get(&a.account).copied().unwrap_or(a.account),
                        ..*a
                    }));
                    written = &named;
                }
                strongest(written, &mut targets);
                let from = person_of_account[post.author as usize];
                for target in targets.iter().filter(|t| settings.kinds.has(t.kind)) {
                    let to = person_of_account[target.account as usize];
                    if from == to {
                        self_ties += 1;
                        continue;
                    }
                    rows.push(Interaction {
                        from,
                        to,
                        kind: target.kind,
                        count: 1.0,
                        directed: true,
                    });
                }
            }
            Ok((rows, self_ties))
        })
        .collect();
    let parts = parts?;
    let self_ties = parts.iter().map(|part| part.1).sum();
    let rows = parts.into_iter().map(|part| part.0).collect();
    Ok((rows, self_ties))
}

/// Numbers the accounts by key, byte by byte, but for those that go by one of the `heads`: the others in that order, and the number
/// of each.
fn number_by_key(
    posts: &Posts,
    heads: &BTreeMap<u32, u32>,
    progress: &Progress,
) -> Result<(Vec<u32>, Vec<PersonId>), Cancelled> {
    let key = |account: u32| posts.accounts[account as usize].key.as_bytes();
    // Most keys differ in their first sixteen bytes: these stand beside the number, so that few comparisons wait for memory.
    let mut order: Vec<(u128, u32)> = (0..posts.accounts.len() as u32)
        .into_par_iter()
        .map(|account| {
            let mut first = [0; 16];
            let n = key(account).len().min(16);
            first[..n].copy_from_slice(&key(account)[..n]);
            (u128::from_be_bytes(first), account)
        })
        .collect();
    progress.check()?;
    order.par_sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| key(a.1).cmp(key(b.1))));
    progress.check()?;
    let order = order.into_iter().map(|(_, account)| account);
    let order: Vec<u32> = if heads.is_empty() {
        order.collect()
    } else {
        order
            .filter(|account| !heads.contains_key(account))
            .collect()
    };
    let mut person_of_account = vec![PersonId(0); posts.accounts.len()];
    for (number, &account) in order.iter().enumerate() {
        person_of_account[account as usize] = PersonId(number as u32);
    }
    for (&account, &head) in heads {
        person_of_account[account as usize] = person_of_account[head as usize];
    }
    Ok((order, person_of_account))
}

/// The targets of one post, each once with its strongest kind; only the repost where there is one.
pub(crate) fn strongest(addressed: &[Addressed], out: &mut Vec<Addressed>) {
    out.clear();
    out.extend_from_slice(addressed);
    if out.iter().any(|a| a.kind == TieKind::Repost) {
        out.retain(|a| a.kind == TieKind::Repost);
    }
    out.sort_unstable_by_key(|a| (a.account, a.kind));
    out.dedup_by_key(|a| a.account);
}

/// One row a direction and kind, by (from, to, kind), for n people. Counts add up in file order, so sums never depend on the
/// sort.
fn added_up(
    n: usize,
    rows: Vec<Vec<Interaction>>,
    progress: &Progress,
) -> Result<Vec<Interaction>, Cancelled> {
    let (offsets, mut sorted) = by_first(n, &rows, |row| ends(row).0.0, progress)?;
    drop(rows);
    let mut lists = lists_of(&mut sorted, &offsets);
    let parts: Result<Vec<Vec<Interaction>>, Cancelled> = lists
        .par_chunks_mut(POSTS_AT_A_TIME)
        .map(|lists| {
            progress.check()?;
            let mut kept: Vec<Interaction> = Vec::new();
            for list in lists {
                // Stable: of an undirected tie that is listed both ways the first row comes first, and gives its ends.
                list.sort_by_key(|r| (ends(r).1, r.kind, !r.directed));
                let begin = kept.len();
                for row in list.iter() {
                    match kept.get_mut(begin..).and_then(<[_]>::last_mut) {
                        Some(last) if same_row(last, row) => last.count += row.count,
                        _ => kept.push(*row),
                    }
                }
            }
            Ok(kept)
        })
        .collect();
    let parts = parts?;
    drop(lists);
    drop(sorted);
    progress.check()?;
    if parts.iter().flatten().all(|r| r.directed) {
        return Ok(parts.concat());
    }
    // Undirected rows go by their smaller end until here, and by the end that the file writes first from now on.
    let (offsets, mut rows) = by_first(n, &parts, |row| row.from.0, progress)?;
    drop(parts);
    let sorted: Result<(), Cancelled> = lists_of(&mut rows, &offsets)
        .par_chunks_mut(POSTS_AT_A_TIME)
        .try_for_each(|lists| {
            progress.check()?;
            for list in lists {
                list.sort_by_key(|r| (r.to, r.kind, !r.directed));
            }
            Ok(())
        });
    sorted?;
    Ok(rows)
}

/// The parts of `rows` that begin at the `offsets`, of which the last is the end of all.
fn lists_of<'a, T>(rows: &'a mut [T], offsets: &[u32]) -> Vec<&'a mut [T]> {
    let mut lists = Vec::with_capacity(offsets.len());
    let mut rest = rows;
    for ends in offsets.windows(2) {
        let (list, behind) = rest.split_at_mut((ends[1] - ends[0]) as usize);
        lists.push(list);
        rest = behind;
    }
    lists
}

/// Where a row starts and ends; of an undirected one the smaller person first.
fn ends(row: &Interaction) -> (PersonId, PersonId) {
    if row.directed {
        (row.from, row.to)
    } else {
        (row.from.min(row.to), row.from.max(row.to))
    }
}

fn same_row(a: &Interaction, b: &Interaction) -> bool {
    (ends(a), a.kind, a.directed) == (ends(b), b.kind, b.directed)
}

/// The people behind the accounts in `order`.
fn people(
    posts: &Posts,
    order: &[u32],
    person_of_account: &[PersonId],
    progress: &Progress,
) -> Result<Vec<Person>, Cancelled> {
    let mut n_posts = vec![0u32; order.len()];
    for part in posts.posts.chunks(ROWS_AT_A_TIME) {
        progress.check()?;
        for post in part {
            n_posts[person_of_account[post.author as usize].index()] += 1;
        }
    }
    order
        .par_iter()
        .zip(n_posts)
        .map(|(&account, posts_written)| {
            if account.is_multiple_of(PEOPLE_AT_A_TIME) {
                progress.check()?;
            }
            let account = &posts.accounts[account as usize];
            Ok(Person {
                key: account.key.clone(),
                handle: account.handle.clone(),
                name: account
                    .name
                    .clone()
                    .unwrap_or_else(|| account.handle.clone()),
                reach: account.reach,
                posts: posts_written,
                given_community: account.given_community.clone(),
                given_place: account.given_place,
                given_colour: account.given_colour,
            })
        })
        .collect()
}
