//! Posts as they were read: who wrote, when, what, and whom they addressed.

use std::collections::HashMap;
use std::ops::Range;

use super::TieKind;

/// Number of an account in [`Posts::accounts`], in order of first appearance. Not a [`super::PersonId`].
pub type AccountId = u32;

/// A handle as the platform wrote it, and what the file says of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Account {
    /// The key: handle in lower case without @, or the file's id.
    pub key: Box<str>,
    /// The handle as its owner writes it, without @; where only others name it, as one of them writes it.
    pub handle: Box<str>,
    /// The display name, where the file tells.
    pub name: Option<Box<str>>,
    /// Followers, or the audience figure of the export; `None` when unknown.
    pub reach: Option<f64>,
    /// The community that the file itself gives, where it does.
    pub given_community: Option<Box<str>>,
    /// Where the file itself draws the account, in units of the file, x to the right and y downwards; finite.
    pub given_place: Option<[f32; 2]>,
    /// The colour in which the file itself draws the account: red, green, blue.
    pub given_colour: Option<[u8; 3]>,
}

/// Somebody whom a post addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Addressed {
    /// The account addressed.
    pub account: AccountId,
    /// How.
    pub kind: TieKind,
}

/// One message of the export.
#[derive(Debug, Clone, PartialEq)]
pub struct Post {
    /// Who wrote it.
    pub author: AccountId,
    /// When, in seconds since 1970 UTC; `None` when the file does not tell or the date could not be read.
    pub time: Option<i64>,
    text: Range<usize>,
    addressed: Range<usize>,
}

/// A tie that the file states itself (edge lists, graph files).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GivenTie {
    /// Where it starts.
    pub from: AccountId,
    /// Where it ends.
    pub to: AccountId,
    /// Its kind, [`TieKind::Tie`] where the file does not say.
    pub kind: TieKind,
    /// Interactions or weight; finite and > 0.
    pub count: f64,
    /// Whether the direction means something.
    pub directed: bool,
}

/// Everything read from the files: accounts, posts, ties the files state, texts in one arena.
#[derive(Debug, Clone, Default)]
pub struct Posts {
    /// Everybody who posts, is addressed, or stands in a table of people.
    pub accounts: Vec<Account>,
    /// The posts, in file order.
    pub posts: Vec<Post>,
    /// Ties that the files state themselves.
    pub given_ties: Vec<GivenTie>,
    by_key: HashMap<Box<str>, AccountId>,
    addressed: Vec<Addressed>,
    texts: String,
    sources: Vec<Told>,
}

/// From where an account's values come: what a later row must beat.
#[derive(Debug, Clone, Copy, Default)]
struct Told {
    /// The handle stands as its owner writes it.
    by_owner: bool,
    /// The handle was written in more than one way.
    varied: bool,
    reach_at: Option<i64>,
    name_at: Option<i64>,
}

impl Posts {
    /// The account of `handle`, made where it is new. `None` when nothing but marks is left of the handle.
    ///
    /// The key is made by [`key_of`]. Of several ways to write a handle the owner's wins ([`Posts::own_account`]), else the
    /// first by letter, so that the order of rows changes nothing. Cost: one hash look-up.
    pub fn account(&mut self, handle: &str) -> Option<AccountId> {
        self.account_written(handle, false)
    }

    /// As [`Posts::account`], for a handle as its owner writes it: in the author column, or in a table of people.
    pub fn own_account(&mut self, handle: &str) -> Option<AccountId> {
        self.account_written(handle, true)
    }

    fn account_written(&mut self, handle: &str, by_owner: bool) -> Option<AccountId> {
        let key = key_of(handle);
        if key.is_empty() {
            return None;
        }
        if let Some(&id) = self.by_key.get(key.as_str()) {
            let (account, told) = (
                &mut self.accounts[id as usize],
                &mut self.sources[id as usize],
            );
            let new = written(handle);
            let same = *account.handle == *new;
            told.varied |= !same;
            let wins =
                by_owner && !told.by_owner || by_owner == told.by_owner && *new < *account.handle;
            if wins && !same {
                account.handle = new.into();
            }
            told.by_owner |= by_owner;
            return Some(id);
        }
        let id = self.accounts.len() as AccountId;
        let key: Box<str> = key.into();
        self.accounts.push(Account {
            key: key.clone(),
            handle: written(handle).into(),
            ..Account::default()
        });
        self.sources.push(Told {
            by_owner,
            ..Told::default()
        });
        self.by_key.insert(key, id);
        Some(id)
    }

    /// Says what `account` reaches, as of `time`. The latest counts; without times, the last said.
    pub fn tell_reach(&mut self, account: AccountId, reach: f64, time: Option<i64>) {
        let told = &mut self.sources[account as usize];
        if time >= told.reach_at {
            told.reach_at = time;
            self.accounts[account as usize].reach = Some(reach);
        }
    }

    /// Says what `account` is called, as of `time`. The latest counts; without times, the last said.
    pub fn tell_name(&mut self, account: AccountId, name: &str, time: Option<i64>) {
        let told = &mut self.sources[account as usize];
        let name = name.trim();
        if time >= told.name_at && !name.is_empty() {
            told.name_at = time;
            let known = &mut self.accounts[account as usize].name;
            if known.as_deref() != Some(name) {
                *known = Some(name.into());
            }
        }
    }

    /// Says which community the file itself puts `account` in; the last said counts.
    pub fn tell_community(&mut self, account: AccountId, community: &str) {
        self.accounts[account as usize].given_community = Some(community.trim().into());
    }

    /// Says where the file itself draws `account`, as in [`Account::given_place`]; the last said counts.
    pub fn tell_place(&mut self, account: AccountId, place: [f32; 2]) {
        if place.iter().all(|v| v.is_finite()) {
            self.accounts[account as usize].given_place = Some(place);
        }
    }

    /// Says in which colour the file itself draws `account`; the last said counts.
    pub fn tell_colour(&mut self, account: AccountId, colour: [u8; 3]) {
        self.accounts[account as usize].given_colour = Some(colour);
    }

    /// Accounts whose handle was written in more than one way.
    pub fn handles_merged(&self) -> u64 {
        self.sources.iter().filter(|told| told.varied).count() as u64
    }

    /// The account with exactly this key, if there is one.
    pub fn find(&self, key: &str) -> Option<AccountId> {
        self.by_key.get(key).copied()
    }

    /// Adds a post. `addressed` may name the same account several times and the author too: [`super::build`] sorts that out.
    pub fn push(
        &mut self,
        author: AccountId,
        time: Option<i64>,
        text: &str,
        addressed: &[Addressed],
    ) {
        let (t, a) = (self.texts.len(), self.addressed.len());
        self.texts.push_str(text);
        self.addressed.extend_from_slice(addressed);
        self.posts.push(Post {
            author,
            time,
            text: t..self.texts.len(),
            addressed: a..self.addressed.len(),
        });
    }

    /// Adds somebody whom the post at place `post` of [`Posts::posts`] addresses too: a later file told who that is.
    ///
    /// Cost: what the post addressed so far is written once more.
    pub fn address_also(&mut self, post: u32, addressed: Addressed) {
        let Some(post) = self.posts.get_mut(post as usize) else {
            return;
        };
        let start = self.addressed.len();
        self.addressed.extend_from_within(post.addressed.clone());
        self.addressed.push(addressed);
        post.addressed = start..self.addressed.len();
    }

    /// Gives an account its handle, which a later file told; until then it went by an id. Nothing happens where somebody has
    /// that handle already.
    pub fn rename(&mut self, account: AccountId, handle: &str) {
        let key = key_of(handle);
        let Some(known) = self.accounts.get_mut(account as usize) else {
            return;
        };
        if key.is_empty() || self.by_key.contains_key(key.as_str()) {
            return;
        }
        self.by_key.remove(&known.key);
        known.key = key.as_str().into();
        known.handle = written(handle).into();
        self.by_key.insert(key.into(), account);
    }

    /// Takes everybody out for whom `leaves` says so: their posts, the ties they give and get, and that others address them.
    /// Returns how many posts and how many ties that the files state went. O(everything), a copy of what stays.
    pub fn without(&mut self, leaves: &dyn Fn(&Account) -> bool) -> (u64, u64) {
        let old = std::mem::take(self);
        let mut new_id = vec![None; old.accounts.len()];
        for ((account, told), slot) in old.accounts.into_iter().zip(old.sources).zip(&mut new_id) {
            if leaves(&account) {
                continue;
            }
            let id = self.accounts.len() as AccountId;
            *slot = Some(id);
            self.by_key.insert(account.key.clone(), id);
            self.accounts.push(account);
            self.sources.push(told);
        }
        let renumbered = |id: AccountId| new_id.get(id as usize).copied().flatten();
        let (n_posts, n_ties) = (old.posts.len(), old.given_ties.len());
        let mut addressed = Vec::new();
        for post in old.posts {
            let Some(author) = renumbered(post.author) else {
                continue;
            };
            addressed.clear();
            let stays = |a: &Addressed| {
                let account = renumbered(a.account)?;
                Some(Addressed { account, ..*a })
            };
            addressed.extend(old.addressed[post.addressed].iter().filter_map(stays));
            self.push(author, post.time, &old.texts[post.text], &addressed);
        }
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

    /// The text of `post`, which must be one of these posts.
    pub fn text(&self, post: &Post) -> &str {
        &self.texts[post.text.clone()]
    }

    /// Whom `post` addresses, as read; `post` must be one of these posts.
    pub fn addressed(&self, post: &Post) -> &[Addressed] {
        &self.addressed[post.addressed.clone()]
    }

    /// True when nothing was read at all.
    pub fn is_empty(&self) -> bool {
        self.accounts.is_empty()
    }
}

/// True for marks that cannot be seen and that exports scatter round handles: bidi marks, joiners, BOM, NUL.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
        || c.is_control()
}

/// `handle` without what surrounds it: spaces, invisible marks, one leading @ (half or full width).
fn written(handle: &str) -> &str {
    let bare = |c: char| c.is_whitespace() || is_invisible(c);
    let trimmed = handle.trim_matches(bare);
    trimmed
        .strip_prefix(['@', '＠'])
        .unwrap_or(trimmed)
        .trim_matches(bare)
}

/// The key of a handle: without surrounding spaces, invisible marks and the leading @, in lower case.
///
/// ```
/// assert_eq!(isthmus::people::key_of(" @Ana_Sushi\u{200f}"), "ana_sushi");
/// ```
pub fn key_of(handle: &str) -> String {
    written(handle).to_lowercase()
}
