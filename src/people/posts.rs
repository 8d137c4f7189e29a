//! Posts as they were read: who wrote, when, what, and whom they addressed.

mod changed;

use super::TieKind;
use super::address::Site;
use super::handle::{capitals, capitals_first, key_of, spelled, written};
use super::index::Index;
use super::post_facts::PostFacts;
use super::print::{Print, Printing, hash_of};
use super::texts::{TextPlace, Texts};

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
    /// What they say of themselves, where the file tells.
    pub bio: Option<Box<str>>,
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
    /// Seconds since 1970 UTC, or [`NO_TIME`].
    time: i64,
    /// Number in [`Texts`].
    text: u32,
    addressed_from: u32,
    n_addressed: u32,
}

/// Stands where a post has no time. Half the memory of an option, a million times.
const NO_TIME: i64 = i64::MIN;

impl Post {
    /// When, in seconds since 1970 UTC; `None` when the file does not tell or the date could not be read.
    pub fn time(&self) -> Option<i64> {
        Some(self.time).filter(|time| *time != NO_TIME)
    }
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
    /// This program wrote the file, alone: places, and names of communities, are those of a map that stood here before.
    pub exported_here: bool,
    index: Index,
    printing: Printing,
    addressed: Vec<Addressed>,
    texts: Texts,
    sources: Vec<Told>,
    pub(super) facts: PostFacts,
    tells_communities: bool,
}

/// What tells whether a row says anything new of an account. It stands apart from the account, and holds no letters, so that
/// most rows wait for memory once. In this order what every row asks for stands together.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
struct Told {
    /// The fingerprint of the key.
    print: Print,
    /// The handle stands as its owner writes it.
    by_owner: bool,
    /// The handle was written in more than one way.
    varied: bool,
    /// Where their profile is, by the addresses of their posts.
    site: Option<Site>,
    /// The handle as [`Spelling::capitals`] says.
    capitals: u64,
    /// The name, by [`Printing::short`]; 0 before there is one.
    named: u64,
    /// Not a number before it is known.
    reach: f64,
    /// When that was said, as [`rank_of`] says.
    reach_at: i64,
    name_at: i64,
    /// What they say of themselves, by [`Printing::short`]; 0 before they say anything.
    bio: u64,
    bio_at: i64,
}

/// Times in order, no time before all others.
fn rank_of(time: Option<i64>) -> i64 {
    time.unwrap_or(i64::MIN)
}

/// A handle made ready to be looked up; many threads can do that at once.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spelling<'a> {
    /// The handle without what surrounds it.
    pub(crate) written: &'a str,
    /// Its key.
    pub(crate) key: &'a str,
    /// The fingerprint of the key, by [`Posts::printing`].
    pub(crate) print: Print,
    /// As [`capitals`] says.
    pub(crate) capitals: u64,
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
        let mut key = String::new();
        let written = spelled(handle, &mut key);
        if key.is_empty() {
            return None;
        }
        let spelling = Spelling {
            written,
            key: &key,
            print: self.printing.of(key.as_str()),
            capitals: capitals(written, &key, &self.printing),
        };
        Some(self.place(spelling, by_owner))
    }

    /// How [`Spelling::print`] is made. Different in every program run, so that no file can be made to be slow.
    pub(crate) fn printing(&self) -> &Printing {
        &self.printing
    }

    /// As [`Posts::account`], or as [`Posts::own_account`] when written `by_owner`; the key must not be empty.
    pub(crate) fn place(&mut self, spelling: Spelling<'_>, by_owner: bool) -> AccountId {
        if let Some(id) = self.find_print(spelling.print) {
            self.note_spelling(id, spelling, by_owner);
            return id;
        }
        let id = self.accounts.len() as AccountId;
        self.accounts.push(Account {
            key: spelling.key.into(),
            handle: spelling.written.into(),
            ..Account::default()
        });
        self.sources.push(Told {
            print: spelling.print,
            by_owner,
            varied: false,
            site: None,
            capitals: spelling.capitals,
            named: 0,
            reach: f64::NAN,
            reach_at: i64::MIN,
            name_at: i64::MIN,
            bio: 0,
            bio_at: i64::MIN,
        });
        self.index.insert(hash_of(spelling.print), id);
        id
    }

    /// Notes that the handle of account `id` was written in this way, by its owner or by somebody else.
    pub(crate) fn note_spelling(&mut self, id: AccountId, spelling: Spelling<'_>, by_owner: bool) {
        let told = &mut self.sources[id as usize];
        let wins_over_others = by_owner && !told.by_owner;
        let is_equal = by_owner == told.by_owner;
        told.by_owner |= by_owner;
        if told.capitals == spelling.capitals {
            return;
        }
        told.varied = true;
        let is_first = || {
            capitals_first(spelling.capitals, told.capitals)
                .unwrap_or_else(|| *spelling.written < *self.accounts[id as usize].handle)
        };
        if wins_over_others || is_equal && is_first() {
            self.accounts[id as usize].handle = spelling.written.into();
            told.capitals = spelling.capitals;
        }
    }

    fn find_print(&self, print: Print) -> Option<AccountId> {
        let is_it = |id: u32| {
            let told = self.sources.get(id as usize);
            told.is_some_and(|told| told.print == print)
        };
        self.index.find(hash_of(print), is_it)
    }

    /// The accounts of many handles, those that there are. One after the other they would each wait for memory; asked for
    /// together, the waiting overlaps.
    pub(crate) fn known<'a>(
        &self,
        spellings: impl Iterator<Item = Spelling<'a>> + Clone,
    ) -> Vec<Option<AccountId>> {
        let hashes = spellings.clone().map(|spelling| hash_of(spelling.print));
        std::hint::black_box(self.index.touch(hashes));
        let likely: Vec<Option<u32>> = spellings
            .clone()
            .map(|spelling| self.index.find(hash_of(spelling.print), |_| true))
            .collect();
        let touched = likely.iter().flatten();
        let touched = touched.filter_map(|id| self.sources.get(*id as usize));
        std::hint::black_box(touched.fold(0, |sum, told| sum ^ told.capitals ^ told.named));
        let same_key = |(spelling, id): (Spelling<'a>, Option<u32>)| {
            let told = self.sources.get(id? as usize)?;
            if told.print == spelling.print {
                return id;
            }
            self.find_print(spelling.print)
        };
        spellings.zip(likely).map(same_key).collect()
    }

    /// Says what `account` reaches, as of `time`. The latest counts; without times, the last said.
    pub fn tell_reach(&mut self, account: AccountId, reach: f64, time: Option<i64>) {
        let told = &mut self.sources[account as usize];
        if rank_of(time) >= told.reach_at {
            told.reach_at = rank_of(time);
            if told.reach.to_bits() != reach.to_bits() {
                told.reach = reach;
                self.accounts[account as usize].reach = Some(reach);
            }
        }
    }

    /// Says what `account` is called, as of `time`. The latest counts; without times, the last said.
    pub fn tell_name(&mut self, account: AccountId, name: &str, time: Option<i64>) {
        let name = name.trim();
        self.tell_printed_name(account, (name, self.printing.short(name)), time);
    }

    /// As [`Posts::tell_name`], for a trimmed name with its [`Printing::short`].
    pub(crate) fn tell_printed_name(
        &mut self,
        account: AccountId,
        (name, named): (&str, u64),
        time: Option<i64>,
    ) {
        let told = &mut self.sources[account as usize];
        if rank_of(time) >= told.name_at && !name.is_empty() {
            told.name_at = rank_of(time);
            if told.named != named {
                told.named = named;
                self.accounts[account as usize].name = Some(name.into());
            }
        }
    }

    /// Says what `account` says of themselves, as of `time`. The latest counts; without times, the last said.
    pub fn tell_bio(&mut self, account: AccountId, bio: &str, time: Option<i64>) {
        let bio = bio.trim();
        self.tell_printed_bio(account, (bio, self.printing.short(bio)), time);
    }

    /// As [`Posts::tell_bio`], for a trimmed text with its [`Printing::short`].
    pub(crate) fn tell_printed_bio(
        &mut self,
        account: AccountId,
        (bio, said): (&str, u64),
        time: Option<i64>,
    ) {
        let told = &mut self.sources[account as usize];
        if rank_of(time) >= told.bio_at && !bio.is_empty() {
            told.bio_at = rank_of(time);
            if told.bio != said {
                told.bio = said;
                self.accounts[account as usize].bio = Some(bio.into());
            }
        }
    }

    /// Says that a post of `account` stands on `site` under their own handle. Of several sites the first of [`Site`] counts, so
    /// that the order of rows changes nothing.
    pub(crate) fn tell_site(&mut self, account: AccountId, site: Site) {
        let told = &mut self.sources[account as usize];
        told.site = Some(told.site.map_or(site, |known| known.min(site)));
    }

    /// The address of the profile of whom `key` names, where the addresses of their posts tell it.
    pub fn profile(&self, key: &str) -> Option<String> {
        let id = self.find(key)? as usize;
        self.sources
            .get(id)?
            .site?
            .profile(&self.accounts.get(id)?.handle)
    }

    /// Says which community the file itself puts `account` in; the last said counts.
    pub fn tell_community(&mut self, account: AccountId, community: &str) {
        self.accounts[account as usize].given_community = Some(community.trim().into());
        self.tells_communities = true;
    }

    /// Whether the files put anybody into a community.
    pub fn tells_communities(&self) -> bool {
        self.tells_communities
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

    /// The site of each account's profile, where the addresses of their posts told it; by [`AccountId`].
    pub(crate) fn sites(&self) -> impl ExactSizeIterator<Item = Option<Site>> + '_ {
        self.sources.iter().map(|told| told.site)
    }

    /// Takes in an account as it was kept, with the site of its profile. `None` where there is one with this key already.
    pub(super) fn restore(&mut self, account: Account, site: Option<Site>) -> Option<AccountId> {
        let print = self.printing.of(&*account.key);
        if self.find_print(print).is_some() {
            return None;
        }
        let id = self.accounts.len() as AccountId;
        self.sources.push(Told {
            print,
            by_owner: true,
            varied: false,
            site,
            capitals: capitals(&account.handle, &account.key, &self.printing),
            named: account
                .name
                .as_ref()
                .map_or(0, |name| self.printing.short(name)),
            reach: account.reach.unwrap_or(f64::NAN),
            reach_at: i64::MAX,
            name_at: i64::MAX,
            bio: 0,
            bio_at: i64::MAX,
        });
        self.index.insert(hash_of(print), id);
        self.tells_communities |= account.given_community.is_some();
        self.accounts.push(account);
        Some(id)
    }

    /// The account with exactly this key, if there is one.
    pub fn find(&self, key: &str) -> Option<AccountId> {
        self.find_print(self.printing.of(key))
    }

    /// Adds a post. `addressed` may name the same account several times and the author too: [`super::build`] sorts that out.
    pub fn push(
        &mut self,
        author: AccountId,
        time: Option<i64>,
        text: &str,
        addressed: &[Addressed],
    ) {
        let text = self.texts.push(text);
        self.push_numbered(author, time, text, addressed);
    }

    /// Makes room for about `n` more posts at once: growing step by step leaves gaps in memory.
    pub(crate) fn expect(&mut self, n: usize) {
        self.posts.reserve_exact(n);
        self.addressed.reserve_exact(n);
        self.texts.expect(n);
    }

    /// Nothing but who, when and whom is kept of posts that are pushed from now on: no texts.
    #[must_use]
    pub fn without_texts(mut self) -> Self {
        self.texts.stop_keeping();
        self
    }

    /// True unless [`Posts::without_texts`].
    pub fn keeps_texts(&self) -> bool {
        self.texts.are_kept()
    }

    /// Takes in the texts of many posts at once; returns where they begin, for [`Posts::push_placed`].
    pub(crate) fn add_texts(&mut self, texts: &str) -> TextPlace {
        self.texts.add(texts)
    }

    /// As [`Posts::push`], for a text that stands at `text` already.
    pub(crate) fn push_placed(
        &mut self,
        author: AccountId,
        time: Option<i64>,
        text: TextPlace,
        addressed: &[Addressed],
    ) {
        let text = self.texts.push_place(text);
        self.push_numbered(author, time, text, addressed);
    }

    fn push_numbered(
        &mut self,
        author: AccountId,
        time: Option<i64>,
        text: u32,
        addressed: &[Addressed],
    ) {
        let (from, n_addressed) = (self.addressed.len(), addressed.len());
        self.addressed.extend_from_slice(addressed);
        self.posts.push(Post {
            author,
            time: time.unwrap_or(NO_TIME),
            text,
            // Beyond four thousand million nobody is found, which no memory reaches.
            addressed_from: u32::try_from(from).unwrap_or(u32::MAX),
            n_addressed: u32::try_from(n_addressed).unwrap_or(u32::MAX),
        });
    }

    /// Adds somebody whom the post at place `post` of [`Posts::posts`] addresses too: a later file told who that is.
    ///
    /// Cost: what the post addressed so far is written once more.
    pub fn address_also(&mut self, post: u32, addressed: Addressed) {
        let Some(post) = self.posts.get_mut(post as usize) else {
            return;
        };
        let from = post.addressed_from as usize;
        let range = from..from + post.n_addressed as usize;
        if range.end <= self.addressed.len() {
            post.addressed_from = self.addressed.len() as u32;
            post.n_addressed += 1;
            self.addressed.extend_from_within(range);
            self.addressed.push(addressed);
        }
    }

    /// Gives an account its handle, which a later file told; until then it went by an id. Nothing happens where somebody has
    /// that handle already.
    pub fn rename(&mut self, account: AccountId, handle: &str) {
        let key = key_of(handle);
        if key.is_empty() || self.find(&key).is_some() {
            return;
        }
        let Some(known) = self.accounts.get_mut(account as usize) else {
            return;
        };
        let (print, written) = (self.printing.of(key.as_str()), written(handle));
        let told = &mut self.sources[account as usize];
        told.print = print;
        told.capitals = capitals(written, &key, &self.printing);
        // The old place in the index stays: whoever looks there finds another fingerprint.
        self.index.insert(hash_of(print), account);
        known.key = key.into();
        known.handle = written.into();
    }

    /// The text of `post`, which must be one of these posts; empty where texts are not kept.
    pub fn text(&self, post: &Post) -> &str {
        self.texts.get(post.text)
    }

    /// Whom `post` addresses, as read; `post` must be one of these posts.
    pub fn addressed(&self, post: &Post) -> &[Addressed] {
        let from = post.addressed_from as usize;
        let range = from..from + post.n_addressed as usize;
        self.addressed.get(range).unwrap_or_default()
    }

    /// True when nothing was read at all.
    pub fn is_empty(&self) -> bool {
        self.accounts.is_empty()
    }
}
