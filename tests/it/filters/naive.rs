//! What a naive reader of the definition of `Filter` finds, post by post and pair by pair.

use std::collections::{BTreeMap, BTreeSet};

use isthmus::analysis::{Communities, CommunityId};
use isthmus::campaign::{Filter, Listed, OutreachList};
use isthmus::explore::{ShownPart, Subject, shown_part};
use isthmus::people::{ConversationGraph, PersonId, Posts, TieKind, TieKinds};
use isthmus::progress::Progress;

use crate::words_in_posts::by_hand;

/// A conversation and who belongs together in it.
#[derive(Debug)]
pub(super) struct World {
    pub(super) posts: Posts,
    pub(super) graph: ConversationGraph,
    pub(super) communities: Communities,
    pub(super) kinds: TieKinds,
    pub(super) list: OutreachList,
}

impl World {
    pub(super) fn subject(&self) -> Subject<'_> {
        Subject {
            graph: &self.graph,
            posts: &self.posts,
            communities: &self.communities,
            kinds: self.kinds,
            list: &self.list,
        }
    }

    pub(super) fn part(&self, filter: &Filter) -> ShownPart {
        shown_part(&self.subject(), filter, &Progress::new()).expect("nobody cancels")
    }

    pub(super) fn key(&self, account: u32) -> &str {
        &self.posts.accounts[account as usize].key
    }

    pub(super) fn home(&self, key: &str) -> Option<CommunityId> {
        let person = self.graph.find(key)?;
        self.communities.of[person.index()]
    }
}

/// What a naive reader of the definition finds.
#[derive(Debug, PartialEq)]
pub(super) struct Recount {
    pub(super) people: BTreeSet<String>,
    /// By pair, smaller key first: interactions.
    pub(super) ties: BTreeMap<(String, String), f64>,
    pub(super) posts: Option<Vec<bool>>,
}

/// Whom each post makes a tie with, and how: a repost gives only the repost, a target counts once with its strongest kind.
pub(super) fn targets(world: &World, number: usize) -> BTreeMap<String, TieKind> {
    let post = &world.posts.posts[number];
    let addressed = world.posts.addressed(post);
    let reposts = addressed.iter().any(|a| a.kind == TieKind::Repost);
    let mut targets: BTreeMap<String, TieKind> = BTreeMap::new();
    for a in addressed {
        if reposts && a.kind != TieKind::Repost {
            continue;
        }
        let key = world.key(a.account).to_owned();
        if key == world.key(post.author) {
            continue;
        }
        let kind = targets.entry(key).or_insert(a.kind);
        *kind = (*kind).min(a.kind);
    }
    targets
}

pub(super) fn is_chosen(world: &World, number: usize, filter: &Filter) -> bool {
    let post = &world.posts.posts[number];
    if let Some(span) = filter.time
        && !post
            .time()
            .is_some_and(|t| t >= span.from && t < span.until)
    {
        return false;
    }
    if !by_hand(world.posts.text(post), &filter.words) {
        return false;
    }
    let among = |wanted: &BTreeSet<String>, has: Option<&str>| {
        wanted.is_empty() || has.is_some_and(|has| wanted.contains(has))
    };
    among(&filter.languages, world.posts.language(number))
        && among(&filter.platforms, world.posts.platform(number))
}

pub(super) fn pair(a: &str, b: &str) -> (String, String) {
    (a.min(b).to_owned(), a.max(b).to_owned())
}

/// The ties that are left, before people are asked about.
pub(super) fn ties_left(
    world: &World,
    chosen: Option<&[bool]>,
    filter: &Filter,
) -> BTreeMap<(String, String), f64> {
    let counts = |kind| world.kinds.has(kind) && filter.kinds.is_none_or(|kinds| kinds.has(kind));
    let mut ties: BTreeMap<(String, String), f64> = BTreeMap::new();
    for number in 0..world.posts.posts.len() {
        if chosen.is_some_and(|chosen| !chosen[number]) {
            continue;
        }
        let author = world.key(world.posts.posts[number].author);
        for (target, kind) in targets(world, number) {
            if counts(kind) {
                *ties.entry(pair(author, &target)).or_default() += 1.0;
            }
        }
    }
    if chosen.is_none() {
        for tie in &world.posts.given_ties {
            let (from, to) = (world.key(tie.from), world.key(tie.to));
            if from != to && counts(tie.kind) {
                *ties.entry(pair(from, to)).or_default() += tie.count;
            }
        }
    }
    ties.retain(|(a, b), n| {
        filter.least_interactions.is_none_or(|least| *n >= least)
            && (!filter.across || world.home(a) != world.home(b))
    });
    ties
}

pub(super) fn recount(world: &World, filter: &Filter) -> Recount {
    let asks_posts = filter.time.is_some()
        || !filter.words.trim().is_empty()
        || !filter.languages.is_empty()
        || !filter.platforms.is_empty();
    let asks_ties = filter.kinds.is_some() || filter.least_interactions.is_some() || filter.across;
    let n_posts = world.posts.posts.len();
    let posts: Option<Vec<bool>> =
        asks_posts.then(|| (0..n_posts).map(|n| is_chosen(world, n, filter)).collect());
    let ties = ties_left(world, posts.as_deref(), filter);
    let neighbours = |key: &str| -> BTreeSet<&str> {
        let ends = ties.keys().filter_map(|(a, b)| match (a == key, b == key) {
            (true, _) => Some(b.as_str()),
            (_, true) => Some(a.as_str()),
            _ => None,
        });
        ends.collect()
    };
    let near: Option<BTreeSet<String>> = filter.near.as_ref().map(|near| {
        let mut found: BTreeSet<String> = near.people.clone();
        for _ in 0..near.steps {
            let next: Vec<String> = found
                .iter()
                .flat_map(|key| {
                    neighbours(key)
                        .into_iter()
                        .map(str::to_owned)
                        .collect::<Vec<_>>()
                })
                .collect();
            found.extend(next);
        }
        found
    });
    let homes = |keys: &BTreeSet<String>| -> BTreeSet<CommunityId> {
        keys.iter().filter_map(|key| world.home(key)).collect()
    };
    let (hidden, only) = (homes(&filter.hidden), homes(&filter.communities));
    let mut people = BTreeSet::new();
    for person in &world.graph.people {
        let key = &*person.key;
        let home = world.home(key);
        let small = home.is_some_and(|c| world.communities.list[c.index()].small);
        let entry = world
            .list
            .entries()
            .iter()
            .find(|entry| entry.person == key);
        let how = entry.map_or(Listed::Not, |entry| Listed::As(entry.status));
        let wrote = || {
            let of = |n: &usize| world.key(world.posts.posts[*n].author) == key;
            let chosen = posts.as_ref().expect("asked of posts");
            (0..n_posts).filter(of).any(|n| chosen[n])
        };
        let has_reach = filter.reach.is_none_or(|range| match person.reach {
            None => range.unknown,
            Some(reach) => {
                range.from.is_none_or(|from| from <= reach) && range.to.is_none_or(|to| reach <= to)
            }
        });
        let tied = !neighbours(key).is_empty();
        let takes_part = if asks_ties {
            tied
        } else if asks_posts {
            tied || wrote()
        } else {
            true
        };
        let by_hand = home.is_some_and(|c| hidden.contains(&c)) || filter.small_groups && small;
        let shown = !by_hand
            && (filter.communities.is_empty() || home.is_some_and(|c| only.contains(&c)))
            && has_reach
            && filter
                .least_connections
                .is_none_or(|least| neighbours(key).len() >= least as usize)
            && near.as_ref().is_none_or(|near| near.contains(key))
            && (filter.listed.is_empty() || filter.listed.contains(&how))
            && takes_part;
        if shown {
            people.insert(key.to_owned());
        }
    }
    let between = |people: &BTreeSet<String>| -> BTreeMap<(String, String), f64> {
        let both = ties
            .iter()
            .filter(|((a, b), _)| people.contains(a) && people.contains(b));
        both.map(|(pair, n)| (pair.clone(), *n)).collect()
    };
    if filter.largest_part {
        people = largest(&people, &between(&people));
    }
    Recount {
        ties: between(&people),
        people,
        posts,
    }
}

/// The largest group of people who are tied together; of equal ones that with the first person.
pub(super) fn largest(
    people: &BTreeSet<String>,
    ties: &BTreeMap<(String, String), f64>,
) -> BTreeSet<String> {
    let mut best = BTreeSet::new();
    for person in people {
        let mut group: BTreeSet<String> = [person.clone()].into();
        loop {
            let before = group.len();
            for (a, b) in ties.keys() {
                if group.contains(a) || group.contains(b) {
                    group.insert(a.clone());
                    group.insert(b.clone());
                }
            }
            if group.len() == before {
                break;
            }
        }
        if group.len() > best.len() {
            best = group;
        }
    }
    best
}

/// The same of what the program found, by keys; ties with the strengths as interactions.
pub(super) fn found(world: &World, part: &ShownPart) -> Recount {
    let graph = &world.graph;
    let key = |i: usize| graph.people[i].key.to_string();
    let people = (0..graph.n_people()).filter(|i| part.has(PersonId(*i as u32)));
    let mut ties = BTreeMap::new();
    for i in 0..graph.n_people() {
        for (j, strength) in part.ties_of(&graph.ties, i) {
            let mirrored = part.between(&graph.ties, PersonId(j), PersonId(i as u32));
            assert_eq!(mirrored, Some(strength), "the same from both ends");
            ties.insert(pair(&key(i), &key(j as usize)), strength.exp2() - 1.0);
        }
    }
    Recount {
        people: people.map(key).collect(),
        ties,
        posts: part.posts.clone(),
    }
}
