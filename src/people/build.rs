//! Posts become the conversation graph: who addressed whom, by the tie rules.

use std::sync::Arc;

use super::{
    Addressed, ConversationGraph, Interaction, Person, PersonId, Posts, TieKind, TieKinds, Ties,
};

/// Which ties count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TieSettings {
    /// The kinds that count; a target's strongest kind decides, before this.
    pub kinds: TieKinds,
}

/// Builds the graph of who talks with whom.
///
/// Within one post a target counts once, with its strongest kind (repost, quote, reply, mention); a repost gives only the
/// repost tie, since the names in a reposted text belong to its author. People addressed but never posting become people
/// too. Self ties are counted, not drawn. People are numbered by key, so shuffled posts give the same graph.
///
/// # Cost
/// O(p log p) for p posts and ties together; memory O(p).
pub fn build(posts: &Posts, settings: &TieSettings) -> ConversationGraph {
    let person_of_account = number_by_key(posts);
    let mut n_posts = vec![0u32; posts.accounts.len()];
    let mut rows: Vec<Interaction> = Vec::new();
    let mut self_ties = 0;
    let mut targets: Vec<Addressed> = Vec::new();
    for post in &posts.posts {
        n_posts[post.author as usize] += 1;
        strongest(posts.addressed(post), &mut targets);
        let from = person_of_account[post.author as usize];
        for target in &targets {
            let to = person_of_account[target.account as usize];
            if !settings.kinds.has(target.kind) {
                continue;
            }
            if from == to {
                self_ties += 1;
            } else {
                rows.push(Interaction {
                    from,
                    to,
                    kind: target.kind,
                    count: 1.0,
                    directed: true,
                });
            }
        }
    }
    for tie in posts
        .given_ties
        .iter()
        .filter(|tie| settings.kinds.has(tie.kind))
    {
        let (from, to) = (
            person_of_account[tie.from as usize],
            person_of_account[tie.to as usize],
        );
        if from == to {
            self_ties += 1;
            continue;
        }
        rows.push(Interaction {
            from,
            to,
            kind: tie.kind,
            count: tie.count,
            directed: tie.directed,
        });
    }
    let interactions = added_up(rows);
    let pairs: Vec<(u32, u32, f64)> = interactions
        .iter()
        .map(|i| (i.from.0, i.to.0, i.count))
        .collect();
    let ties = Arc::new(Ties::from_pairs(posts.accounts.len(), &pairs));
    ConversationGraph {
        people: people(posts, &person_of_account, &n_posts),
        interactions,
        ties,
        self_ties,
        person_of_account,
    }
}

/// Numbers the accounts by key, byte by byte.
fn number_by_key(posts: &Posts) -> Vec<PersonId> {
    let mut order: Vec<u32> = (0..posts.accounts.len() as u32).collect();
    order.sort_unstable_by(|&a, &b| {
        posts.accounts[a as usize]
            .key
            .cmp(&posts.accounts[b as usize].key)
    });
    let mut person_of_account = vec![PersonId(0); order.len()];
    for (number, &account) in order.iter().enumerate() {
        person_of_account[account as usize] = PersonId(number as u32);
    }
    person_of_account
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

/// One row a direction and kind, by (from, to, kind). Counts add up in file order, so sums never depend on the sort.
fn added_up(mut rows: Vec<Interaction>) -> Vec<Interaction> {
    let ends = |r: &Interaction| match r.directed {
        true => (r.from, r.to),
        false => (r.from.min(r.to), r.from.max(r.to)),
    };
    // Stable: of an undirected tie that is listed both ways the first row comes first, and gives its ends.
    rows.sort_by_key(|r| (ends(r), r.kind, !r.directed));
    rows.dedup_by(|next, kept| {
        let same = (ends(next), next.kind, next.directed) == (ends(kept), kept.kind, kept.directed);
        if same {
            kept.count += next.count;
        }
        same
    });
    rows.sort_by_key(|r| (r.from, r.to, r.kind, !r.directed));
    rows
}

fn people(posts: &Posts, person_of_account: &[PersonId], n_posts: &[u32]) -> Vec<Person> {
    let mut order: Vec<u32> = (0..posts.accounts.len() as u32).collect();
    order.sort_unstable_by_key(|&a| person_of_account[a as usize]);
    order
        .into_iter()
        .map(|a| {
            let account = &posts.accounts[a as usize];
            Person {
                key: account.key.clone(),
                handle: account.handle.clone(),
                name: account
                    .name
                    .clone()
                    .unwrap_or_else(|| account.handle.clone()),
                reach: account.reach,
                posts: n_posts[a as usize],
                given_community: account.given_community.clone(),
                given_place: account.given_place,
                given_colour: account.given_colour,
            }
        })
        .collect()
}
