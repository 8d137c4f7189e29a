//! Posts with something left out: people, names, texts.

use super::{Account, AccountId, Addressed, GivenTie, Post, Posts};
use crate::people::print::hash_of;
use crate::people::texts::Texts;

impl Posts {
    /// The same posts without texts, by accounts under other keys, all different: `key_of` says which; those for which it says nothing
    /// go by their number. Names, addresses and communities are left out.
    pub(crate) fn under_keys(&self, key_of: impl Fn(usize) -> Option<String>) -> Self {
        let mut other = Self {
            posts: self.posts.clone(),
            given_ties: self.given_ties.clone(),
            addressed: self.addressed.clone(),
            facts: self.facts.clone(),
            tells_communities: self.tells_communities,
            ..Self::default()
        }
        .without_texts();
        for (number, account) in self.accounts.iter().enumerate() {
            let by_number = || format!("account-{:010}", number + 1);
            let key = key_of(number).filter(|key| other.find(key).is_none());
            let key = key.unwrap_or_else(by_number);
            let account = Account {
                handle: key.as_str().into(),
                key: key.into(),
                name: None,
                bio: None,
                given_community: None,
                ..*account
            };
            other.restore(account, None);
        }
        other
    }

    /// Takes everybody out for whom `leaves` says so: their posts, the ties they give and get, and that others address them.
    /// Returns how many posts and how many ties that the files state went. O(everything), a copy of what stays.
    pub fn without(&mut self, leaves: &dyn Fn(&Account) -> bool) -> (u64, u64) {
        let mut old = std::mem::take(self);
        self.printing = old.printing.clone();
        self.exported_here = old.exported_here;
        self.tells_communities = old.tells_communities;
        if !old.keeps_texts() {
            self.texts.stop_keeping();
        }
        let mut new_id = vec![None; old.accounts.len()];
        let accounts = std::mem::take(&mut old.accounts);
        let sources = std::mem::take(&mut old.sources);
        for ((account, told), slot) in accounts.into_iter().zip(sources).zip(&mut new_id) {
            if leaves(&account) {
                continue;
            }
            let id = self.accounts.len() as AccountId;
            *slot = Some(id);
            self.index.insert(hash_of(told.print), id);
            self.accounts.push(account);
            self.sources.push(told);
        }
        let renumbered = |id: AccountId| new_id.get(id as usize).copied().flatten();
        let (n_posts, n_ties) = (old.posts.len(), old.given_ties.len());
        let (mut addressed, mut stayed) = (Vec::new(), Vec::new());
        for (number, post) in old.posts.iter().enumerate() {
            let Some(author) = renumbered(post.author) else {
                continue;
            };
            stayed.push(number);
            addressed.clear();
            let stays = |a: &Addressed| {
                let account = renumbered(a.account)?;
                Some(Addressed { account, ..*a })
            };
            addressed.extend(old.addressed(post).iter().filter_map(stays));
            self.push(author, post.time(), old.text(post), &addressed);
        }
        self.facts = old.facts.of_those(&stayed);
        for tie in old.given_ties {
            if let (Some(from), Some(to)) = (renumbered(tie.from), renumbered(tie.to)) {
                self.given_ties.push(GivenTie { from, to, ..tie });
            }
        }
        let gone = |before: usize, now: usize| (before - now) as u64;
        (
            gone(n_posts, self.posts.len()),
            gone(n_ties, self.given_ties.len()),
        )
    }

    /// Gives these posts new texts: `text_of` says of each post of `old`, with its text, what stands there from now on; those for which it
    /// gives `None` are the ones that are missing here. Nothing happens where texts are not kept. O(letters).
    pub(crate) fn reword<'a>(
        &mut self,
        old: &'a Posts,
        mut text_of: impl FnMut(&Post, &'a str) -> Option<std::borrow::Cow<'a, str>>,
    ) {
        if !self.keeps_texts() {
            return;
        }
        let mut texts = Texts::default();
        texts.expect(self.posts.len());
        let new = old
            .posts
            .iter()
            .filter_map(|post| text_of(post, old.text(post)));
        for (post, text) in self.posts.iter_mut().zip(new) {
            post.text = texts.push(&text);
        }
        self.texts = texts;
    }
}
