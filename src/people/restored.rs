//! Posts as columns of numbers and letters, and back: how they are kept in a file of our own.

use super::address::Site;
use super::post_facts::{FactColumns, PostFacts};
use super::posts::{Account, AccountId, Addressed, GivenTie, Posts};
use super::texts::TextPlace;

/// Posts of one stretch as they were kept; whatever does not fit together is left out and counted.
#[derive(Debug, Default)]
pub(crate) struct PostColumns<'a> {
    /// Who wrote each.
    pub(crate) author: &'a [u32],
    /// Seconds since 1970 UTC; `i64::MIN`: none.
    pub(crate) time: &'a [i64],
    /// How many each addresses.
    pub(crate) n_addressed: &'a [u32],
    /// Bytes of each text.
    pub(crate) text_len: &'a [u32],
}

/// Posts that are put together again.
#[derive(Debug, Default)]
pub(crate) struct Restored {
    posts: Posts,
    n_left_out: u64,
}

impl Restored {
    /// Nothing yet; with `texts`, or without any.
    pub(crate) fn new(texts: bool) -> Self {
        let posts = Posts::default();
        Self {
            posts: if texts { posts } else { posts.without_texts() },
            n_left_out: 0,
        }
    }

    /// Takes in the next account. Accounts keep their numbers, so one that cannot be is an error: false.
    pub(crate) fn account(&mut self, account: Account, site: Option<Site>) -> bool {
        self.posts.restore(account, site).is_some()
    }

    /// Takes in a stretch of posts, with the texts one behind the other and whom they address. Posts by somebody unknown are left out.
    pub(crate) fn posts(
        &mut self,
        columns: &PostColumns<'_>,
        texts: &str,
        addressed: &[Addressed],
    ) {
        let n_accounts = self.posts.accounts.len();
        self.posts.expect(columns.author.len());
        let keeps = self.posts.keeps_texts();
        let place = if keeps {
            self.posts.add_texts(texts)
        } else {
            TextPlace::default()
        };
        let (mut text_from, mut addressed_from) = (0usize, 0usize);
        for (i, &author) in columns.author.iter().enumerate() {
            let n = columns.n_addressed.get(i).copied().unwrap_or(0) as usize;
            let whom = addressed.get(addressed_from..addressed_from.saturating_add(n));
            addressed_from = addressed_from.saturating_add(n);
            let len = columns.text_len.get(i).copied().unwrap_or(0) as usize;
            let from = text_from;
            text_from = text_from.saturating_add(len);
            let text_is_whole = !keeps || texts.get(from..text_from).is_some();
            let known =
                |whom: &&[Addressed]| whom.iter().all(|a| (a.account as usize) < n_accounts);
            let whom = whom.filter(known).filter(|_| text_is_whole);
            let (Some(whom), true) = (whom, (author as usize) < n_accounts) else {
                self.n_left_out += 1;
                continue;
            };
            let time = columns
                .time
                .get(i)
                .copied()
                .filter(|time| *time != i64::MIN);
            let text = TextPlace {
                from: place.from + from as u32,
                len: len as u32,
                ..place
            };
            self.posts.push_placed(author, time, text, whom);
        }
    }

    /// Takes in a tie that the file stated.
    pub(crate) fn given_tie(&mut self, tie: GivenTie) {
        let n = self.posts.accounts.len() as AccountId;
        if tie.from < n && tie.to < n && tie.count.is_finite() && tie.count > 0.0 {
            self.posts.given_ties.push(tie);
        } else {
            self.n_left_out += 1;
        }
    }

    /// Takes in what is told of the posts; false, and nothing is known, where that does not fit them all.
    pub(crate) fn facts(&mut self, kept: FactColumns) -> bool {
        let read =
            PostFacts::restored(kept, self.posts.posts.len()).filter(|_| self.n_left_out == 0);
        let fits = read.is_some();
        self.posts.facts = read.unwrap_or_default();
        fits
    }

    /// The posts, and how many of them and of the ties could not be put together.
    pub(crate) fn finish(self) -> (Posts, u64) {
        (self.posts, self.n_left_out)
    }
}
