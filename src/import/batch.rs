//! Posts of one block of rows on their way to all posts: what many threads can find out before the order of rows matters.

use std::ops::Range;

use super::post_facts::{FewWords, KnownWords, RowFacts};
use super::report::{ImportReport, LeftOut};
use super::seen::Seen;
use crate::people::{
    AccountId, Addressed, Index, Posts, Print, Printing, Site, Spelling, TextPlace, TieKind,
    capitals, spelled,
};

/// Bytes of texts and words after which a batch is full.
const FULL: usize = 16 << 20;

/// Different handles that there is room for from the start: about as many as a block names.
const N_HANDLES: usize = 1 << 11;

/// Part of a string of the batch.
type Part = Range<u32>;

/// One post as its row tells it. Handles are numbers in the batch.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    /// Who wrote it.
    pub author: u32,
    /// When.
    pub time: Option<i64>,
    /// By what the same post is known again, where anything tells.
    pub print: Option<Print>,
    /// The author's name; empty where the row does not tell.
    pub name: Part,
    /// What tells whether the name is a new one.
    pub named: u64,
    /// Whom the author reaches; not a number where the row does not tell.
    pub reach: f64,
    /// The author's community; empty where the row does not tell.
    pub community: Part,
    /// Where the author's profile is, where the post's own address tells that.
    pub site: Option<Site>,
    /// It addresses somebody whom nothing in the files names.
    pub lost: bool,
    /// Language, platform and tone.
    pub facts: RowFacts,
    /// Its text, and where those whom it addresses end: told by [`Batch::push`].
    pub text: Part,
    pub addressed_end: u32,
}

/// A handle, written in one way.
#[derive(Debug)]
struct Handle {
    print: Print,
    capitals: u64,
    written: Part,
    key: Part,
}

/// The posts of one block, in the order of its rows.
#[derive(Debug)]
pub(super) struct Batch {
    printing: Printing,
    keeps_texts: bool,
    handles: Vec<Handle>,
    by_hash: Index,
    rows: Vec<Row>,
    addressed: Vec<(u32, TieKind)>,
    /// Handles, keys, names, communities.
    words: String,
    texts: String,
    /// Languages and platforms that rows name.
    pub(super) languages: FewWords,
    pub(super) platforms: FewWords,
    /// What authors say of themselves: the row, and what tells whether it is said anew.
    bios: Vec<(u32, Part, u64)>,
    /// By handle, what was said last.
    bio_of: Vec<u64>,
    left_out: Vec<LeftOut>,
    /// The key that is being made.
    key: String,
}

impl Batch {
    /// An empty batch; `printing` is that of the posts it is for.
    pub(super) fn new(printing: &Printing, keeps_texts: bool) -> Self {
        Self {
            printing: printing.clone(),
            keeps_texts,
            handles: Vec::new(),
            by_hash: Index::with_room(N_HANDLES),
            rows: Vec::new(),
            addressed: Vec::new(),
            words: String::new(),
            texts: String::new(),
            languages: FewWords::default(),
            platforms: FewWords::default(),
            bios: Vec::new(),
            bio_of: Vec::new(),
            left_out: Vec::new(),
            key: String::new(),
        }
    }

    /// What was gathered; the batch is empty afterwards.
    pub(super) fn take(&mut self) -> Self {
        let next = Self::new(&self.printing, self.keeps_texts);
        std::mem::replace(self, next)
    }

    /// True when there should be another batch for the next row.
    pub(super) fn is_full(&self) -> bool {
        self.texts.len() + self.words.len() + self.addressed.len() >= FULL
    }

    /// Counts a row as left out.
    pub(super) fn leave_out(&mut self, reason: &str, file: &str, line: u64) {
        LeftOut::count_in(&mut self.left_out, reason, file, line);
    }

    /// The number of a handle as written; `None` when nothing but marks is left of it.
    pub(super) fn handle(&mut self, handle: &str) -> Option<u32> {
        self.key.clear();
        let written = spelled(handle, &mut self.key);
        if self.key.is_empty() {
            return None;
        }
        let hash = self.printing.short(&self.key);
        let (handles, words) = (&self.handles, &self.words);
        let is_it = |n: u32| {
            handles
                .get(n as usize)
                .is_some_and(|h| part(words, &h.written) == written)
        };
        if let Some(known) = self.by_hash.find(hash, is_it) {
            return Some(known);
        }
        let number = self.handles.len() as u32;
        let place = add(&mut self.words, written);
        let key = if self.key == written {
            place.clone()
        } else {
            add(&mut self.words, &self.key)
        };
        self.handles.push(Handle {
            print: self.printing.of(self.key.as_str()),
            capitals: capitals(written, &self.key, &self.printing),
            written: place,
            key,
        });
        self.by_hash.insert(hash, number);
        Some(number)
    }

    fn spelling(&self, handle: &Handle) -> Spelling<'_> {
        Spelling {
            written: part(&self.words, &handle.written),
            key: part(&self.words, &handle.key),
            print: handle.print,
            capitals: handle.capitals,
        }
    }

    /// The key of a handle of this batch.
    pub(super) fn key(&self, handle: u32) -> &str {
        let handle = self.handles.get(handle as usize);
        handle.map_or("", |h| part(&self.words, &h.key))
    }

    /// Notes that the row which is pushed next addresses `handle`. False when nothing but marks is left of that.
    pub(super) fn address(&mut self, handle: &str, kind: TieKind) -> bool {
        let number = self.handle(handle);
        self.addressed.extend(number.map(|number| (number, kind)));
        number.is_some()
    }

    /// Keeps a name; with what tells whether it is a new one.
    pub(super) fn name(&mut self, name: &str) -> (Part, u64) {
        let name = name.trim();
        (add(&mut self.words, name), self.printing.short(name))
    }

    /// Keeps a word.
    pub(super) fn word(&mut self, word: &str) -> Part {
        add(&mut self.words, word)
    }

    /// Notes what the author of the row which is pushed next says of themselves, where that is not what they said last here.
    pub(super) fn bio(&mut self, author: u32, bio: &str) {
        let said = self.printing.short(bio);
        let author = author as usize;
        if self.bio_of.len() <= author {
            self.bio_of.resize(author + 1, 0);
        }
        let known = self.bio_of.get_mut(author);
        if known.is_some_and(|known| std::mem::replace(known, said) != said) {
            let bio = add(&mut self.words, bio);
            self.bios.push((self.rows.len() as u32, bio, said));
        }
    }

    /// Adds a row with its text; whom it addresses was noted before.
    pub(super) fn push(&mut self, mut row: Row, text: &str) {
        if self.keeps_texts {
            row.text = add(&mut self.texts, text);
        }
        row.addressed_end = self.addressed.len() as u32;
        self.rows.push(row);
    }
}

/// Adds `text` to `all`. What lies beyond 2 GiB of it is cut off.
fn add(all: &mut String, text: &str) -> Part {
    let text = text
        .get(..text.floor_char_boundary(i32::MAX as usize))
        .unwrap_or(text);
    let from = all.len() as u32; // below `FULL`, plus what one row holds
    all.push_str(text);
    from..all.len() as u32
}

fn part<'a>(all: &'a str, part: &Part) -> &'a str {
    all.get(part.start as usize..part.end as usize)
        .unwrap_or_default()
}

/// Adds a batch to all posts, as if its rows were read now, one after the other. Returns how many of them address somebody whom
/// nothing in the files names.
pub(super) fn take_in(
    mut batch: Batch,
    seen: &mut Seen,
    posts: &mut Posts,
    report: &mut ImportReport,
) -> u64 {
    report.leave_out_all(std::mem::take(&mut batch.left_out));
    let texts = posts.add_texts(&batch.texts);
    // All look-ups of a kind together: waiting for memory overlaps.
    let mut placed = Placed::new(&batch, posts);
    seen.touch(batch.rows.iter().filter_map(|row| row.print));
    let is_new = |row: &Row| row.print.is_none_or(|print| seen.add(print));
    let new: Vec<bool> = batch.rows.iter().map(is_new).collect();
    let (mut lost, mut from) = (0, 0);
    let (mut languages, mut platforms) = (
        KnownWords::new(&batch.languages),
        KnownWords::new(&batch.platforms),
    );
    let mut bios = batch.bios.iter().peekable();
    for ((row, is_new), number) in batch.rows.iter().zip(new).zip(0u32..) {
        let bio = bios.next_if(|(of, ..)| *of == number);
        let range = from..row.addressed_end as usize;
        from = range.end;
        report.rows_read += 1;
        if !is_new {
            report.duplicates_removed += 1;
            continue;
        }
        let author = placed.account(posts, row.author, true);
        if !row.name.is_empty() {
            let name = part(&batch.words, &row.name);
            posts.tell_printed_name(author, (name, row.named), row.time);
        }
        if !row.reach.is_nan() {
            posts.tell_reach(author, row.reach, row.time);
        }
        if !row.community.is_empty() {
            posts.tell_community(author, part(&batch.words, &row.community));
        }
        if let Some(site) = row.site {
            posts.tell_site(author, site);
        }
        if let Some((_, bio, said)) = bio {
            posts.tell_printed_bio(author, (part(&batch.words, bio), *said), row.time);
        }
        placed.addressed.clear();
        for &(handle, kind) in batch.addressed.get(range).unwrap_or_default() {
            let account = placed.account(posts, handle, false);
            placed.addressed.push(Addressed { account, kind });
        }
        let text = TextPlace {
            chunk: texts.chunk,
            from: texts.from + row.text.start,
            len: row.text.end.saturating_sub(row.text.start),
        };
        let facts = row.facts;
        let told = (
            languages.number(facts.language, |word| posts.number_of_language(word)),
            platforms.number(facts.platform, |word| posts.number_of_platform(word)),
        );
        posts.put_facts(posts.posts.len(), told, facts.sentiment);
        posts.push_placed(author, row.time, text, &placed.addressed);
        report.posts += 1;
        report.widen_time(row.time);
        lost += u64::from(row.lost);
    }
    lost
}

/// Which accounts the handles of a batch turned out to be.
struct Placed<'b> {
    batch: &'b Batch,
    accounts: Vec<Account>,
    addressed: Vec<Addressed>,
}

#[derive(Clone, Copy)]
struct Account {
    id: Option<AccountId>,
    /// By whether its owner wrote it so: once told, it need not be told again.
    told: [bool; 2],
}

impl<'b> Placed<'b> {
    fn new(batch: &'b Batch, posts: &Posts) -> Self {
        let known = posts.known(batch.handles.iter().map(|h| batch.spelling(h)));
        let account = |id| Account {
            id,
            told: [false; 2],
        };
        Self {
            batch,
            accounts: known.into_iter().map(account).collect(),
            addressed: Vec::new(),
        }
    }

    fn account(&mut self, posts: &mut Posts, handle: u32, by_owner: bool) -> AccountId {
        let account = &mut self.accounts[handle as usize];
        let told = std::mem::replace(&mut account.told[usize::from(by_owner)], true);
        if let (Some(id), true) = (account.id, told) {
            return id;
        }
        let spelling = self.batch.spelling(&self.batch.handles[handle as usize]);
        let id = match account.id {
            Some(id) => {
                posts.note_spelling(id, spelling, by_owner);
                id
            }
            None => posts.place(spelling, by_owner),
        };
        account.id = Some(id);
        id
    }
}
