//! Accounts and posts as columns, and back, a stretch of posts at a time.

use rayon::prelude::*;
use rusqlite::Connection;

use super::arrays::{
    self, BYTES_IN_PART, Part, Plain as _, Strings, decoded, numbers, pack, pack_strings, packed,
    unpacked,
};
use super::base::Figures;
use super::post_facts;
use crate::people::{Account, Addressed, GivenTie, PostColumns, Posts, Restored, Site, TieKind};

/// Posts in one stretch, at most; one also ends where its texts are as long as one part.
const POSTS_IN_STRETCH: usize = 1 << 14;
/// Stretches that are unpacked at a time.
const AT_A_TIME: usize = 64;
/// Stands where a post has no time.
const NO_TIME: i64 = i64::MIN;
const NONE: u32 = u32::MAX;

/// The columns of a stretch of posts.
const COLUMNS: [&str; 7] = [
    "posts/author",
    "posts/time",
    "posts/addressed",
    "posts/text_len",
    "posts/text",
    "addressed/account",
    "addressed/kind",
];

/// The columns of accounts and of ties that the files state.
pub(super) fn account_parts(posts: &Posts) -> Vec<Part> {
    let accounts = &posts.accounts;
    let text = |name, of: fn(&Account) -> Option<&str>| pack_strings(name, accounts.iter().map(of));
    let reach: Vec<f64> = accounts
        .iter()
        .map(|a| a.reach.unwrap_or(f64::NAN))
        .collect();
    let place = |a: &Account| a.given_place.unwrap_or([f32::NAN; 2]);
    let colour = |a: &Account| {
        a.given_colour
            .map_or(NONE, |[r, g, b]| u32::from_be_bytes([0, r, g, b]))
    };
    let site = |site: Option<Site>| {
        let at = site.and_then(|site| Site::ALL.iter().position(|known| *known == site));
        at.map_or(u8::MAX, |at| at as u8)
    };
    let mut parts = text("accounts/key", |a| Some(&a.key));
    parts.extend(text("accounts/handle", |a| Some(&a.handle)));
    parts.extend(text("accounts/name", |a| a.name.as_deref()));
    parts.extend(text("accounts/given_community", |a| {
        a.given_community.as_deref()
    }));
    parts.extend(pack("accounts/reach", &reach));
    parts.extend(pack(
        "accounts/given_place",
        &accounts.iter().map(place).collect::<Vec<_>>(),
    ));
    parts.extend(pack(
        "accounts/given_colour",
        &accounts.iter().map(colour).collect::<Vec<_>>(),
    ));
    parts.extend(pack(
        "accounts/site",
        &posts.sites().map(site).collect::<Vec<_>>(),
    ));
    let ties = &posts.given_ties;
    parts.extend(pack(
        "given/from",
        &ties.iter().map(|t| t.from).collect::<Vec<_>>(),
    ));
    parts.extend(pack(
        "given/to",
        &ties.iter().map(|t| t.to).collect::<Vec<_>>(),
    ));
    parts.extend(pack(
        "given/kind",
        &ties.iter().map(|t| t.kind as u8).collect::<Vec<_>>(),
    ));
    parts.extend(pack(
        "given/count",
        &ties.iter().map(|t| t.count).collect::<Vec<_>>(),
    ));
    parts.extend(pack(
        "given/directed",
        &ties
            .iter()
            .map(|t| u8::from(t.directed))
            .collect::<Vec<_>>(),
    ));
    parts
}

/// Where the stretches of `posts` begin, and the end of the last. O(posts).
pub(super) fn stretches(posts: &Posts, texts: bool) -> Vec<usize> {
    let (mut starts, mut bytes, mut n) = (vec![0], 0usize, 0usize);
    for (i, post) in posts.posts.iter().enumerate() {
        let len = if texts { posts.text(post).len() } else { 0 };
        if n > 0 && (n >= POSTS_IN_STRETCH || bytes + len > BYTES_IN_PART) {
            starts.push(i);
            (bytes, n) = (0, 0);
        }
        bytes += len;
        n += 1;
    }
    if !posts.posts.is_empty() {
        starts.push(posts.posts.len());
    }
    starts
}

/// The columns of one stretch.
pub(super) fn stretch_parts(
    posts: &Posts,
    range: std::ops::Range<usize>,
    number: u32,
    texts: bool,
) -> Vec<Part> {
    let rows = posts.posts.get(range).unwrap_or_default();
    let (mut author, mut time, mut n_addressed, mut len) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut text, mut account, mut kind) = (Vec::new(), Vec::new(), Vec::new());
    for post in rows {
        post.author.put(&mut author);
        post.time().unwrap_or(NO_TIME).put(&mut time);
        let addressed = posts.addressed(post);
        (addressed.len() as u32).put(&mut n_addressed);
        for one in addressed {
            one.account.put(&mut account);
            (one.kind as u8).put(&mut kind);
        }
        let own = if texts { posts.text(post) } else { "" };
        (own.len() as u32).put(&mut len);
        text.extend_from_slice(own.as_bytes());
    }
    let n = rows.len() as u64;
    let counts = [
        n,
        n,
        n,
        n,
        text.len() as u64,
        kind.len() as u64,
        kind.len() as u64,
    ];
    let raw = [author, time, n_addressed, len, text, account, kind];
    let parts = COLUMNS.iter().zip(counts).zip(&raw);
    parts
        .map(|((name, n), raw)| packed(name, number, n, raw))
        .collect()
}

/// Accounts and posts as they were kept; `None` where the accounts are
/// damaged.
pub(super) fn posts(db: &Connection, texts: bool, figures: Option<&Figures>) -> Option<ReadPosts> {
    let mut restored = Restored::new(texts);
    let has_bios = accounts(db, &mut restored)?;
    let from: Vec<u32> = numbers(db, "given/from")?;
    let to: Vec<u32> = numbers(db, "given/to")?;
    let kind: Vec<u8> = numbers(db, "given/kind")?;
    let count: Vec<f64> = numbers(db, "given/count")?;
    let directed: Vec<u8> = numbers(db, "given/directed")?;
    for ((((from, to), kind), count), directed) in
        from.into_iter().zip(to).zip(kind).zip(count).zip(directed)
    {
        let kind = TieKind::ALL.get(kind as usize).copied()?;
        restored.given_tie(GivenTie {
            from,
            to,
            kind,
            count,
            directed: directed != 0,
        });
    }
    let mut n_lost = stretches_into(db, &mut restored)?;
    // Where posts are missing nobody knows any more which of them a language was told of.
    let facts_are_whole = has_bios && (n_lost > 0 || post_facts::facts_into(db, &mut restored));
    let (mut posts, left_out) = restored.finish();
    n_lost += left_out;
    if let Some(figures) = figures {
        posts.exported_here = figures.exported_here;
        if posts.accounts.len() != figures.accounts {
            return None;
        }
        let missing = |should: usize, is: usize| should.saturating_sub(is) as u64;
        let missing = missing(figures.posts, posts.posts.len())
            + missing(figures.given_ties, posts.given_ties.len());
        n_lost = n_lost.max(missing);
    }
    Some(ReadPosts {
        posts,
        n_lost,
        facts_are_whole,
    })
}

/// Accounts and posts that were kept.
pub(super) struct ReadPosts {
    pub(super) posts: Posts,
    /// Posts and ties that could not be put together.
    pub(super) n_lost: u64,
    /// What is told of posts and accounts besides could be read.
    pub(super) facts_are_whole: bool,
}

/// Takes in the accounts; says whether what they say of themselves could be read.
fn accounts(db: &Connection, restored: &mut Restored) -> Option<bool> {
    let strings = |name| Strings::read(db, name);
    let (keys, handles) = (strings("accounts/key")?, strings("accounts/handle")?);
    let (names, given) = (
        strings("accounts/name")?,
        strings("accounts/given_community")?,
    );
    let n = keys.iter().len();
    if [&handles, &names, &given]
        .iter()
        .any(|column| column.iter().len() != n)
    {
        return None;
    }
    let reach: Vec<f64> = numbers(db, "accounts/reach")?;
    let places: Vec<[f32; 2]> = numbers(db, "accounts/given_place")?;
    let colours: Vec<u32> = numbers(db, "accounts/given_colour")?;
    let sites: Vec<u8> = numbers(db, "accounts/site")?;
    let bios = post_facts::bios(db, n);
    let has_bios = bios.is_some();
    let mut bios = bios.unwrap_or_default();
    let rows = keys
        .iter()
        .zip(handles.iter())
        .zip(names.iter())
        .zip(given.iter());
    for (i, (((key, handle), name), given)) in rows.enumerate() {
        let account = Account {
            key: key?.into(),
            handle: handle?.into(),
            name: name.map(Into::into),
            bio: bios.get_mut(i).and_then(Option::take),
            reach: reach.get(i).copied().filter(|reach| reach.is_finite()),
            given_community: given.map(Into::into),
            given_place: places
                .get(i)
                .copied()
                .filter(|p| p[0].is_finite() && p[1].is_finite()),
            given_colour: colours.get(i).filter(|c| **c != NONE).map(|c| {
                let [_, r, g, b] = c.to_be_bytes();
                [r, g, b]
            }),
        };
        let site = sites
            .get(i)
            .and_then(|site| Site::ALL.get(*site as usize))
            .copied();
        if !restored.account(account, site) {
            return None;
        }
    }
    Some(has_bios)
}

/// The parts of a column as they stand in the file: rows, and packed bytes.
type Column = Vec<(u64, Vec<u8>)>;

/// A stretch, unpacked.
struct Stretch {
    author: Vec<u32>,
    time: Vec<i64>,
    n_addressed: Vec<u32>,
    text_len: Vec<u32>,
    text: String,
    addressed: Vec<Addressed>,
}

/// Takes in every stretch; returns how many posts were in stretches that are damaged.
fn stretches_into(db: &Connection, restored: &mut Restored) -> Option<u64> {
    let columns: Option<Vec<Column>> = COLUMNS.iter().map(|name| arrays::parts(db, name)).collect();
    let columns = columns?;
    let n = columns.first()?.len();
    if columns.iter().any(|column| column.len() != n) {
        return None;
    }
    let mut n_lost = 0;
    let numbers: Vec<usize> = (0..n).collect();
    for some in numbers.chunks(AT_A_TIME) {
        let read: Vec<Option<Stretch>> = some.par_iter().map(|&i| stretch(&columns, i)).collect();
        for (stretch, &i) in read.into_iter().zip(some) {
            let Some(stretch) = stretch else {
                n_lost += columns.first()?.get(i)?.0;
                continue;
            };
            let rows = PostColumns {
                author: &stretch.author,
                time: &stretch.time,
                n_addressed: &stretch.n_addressed,
                text_len: &stretch.text_len,
            };
            restored.posts(&rows, &stretch.text, &stretch.addressed);
        }
    }
    Some(n_lost)
}

fn stretch(columns: &[Column], i: usize) -> Option<Stretch> {
    let part = |column: usize| columns.get(column)?.get(i);
    let n = part(0)?.0;
    let four = |column| {
        part(column)
            .and_then(|(rows, data)| decoded::<u32>(*rows, data))
            .filter(|rows| rows.len() as u64 == n)
    };
    let (rows, data) = part(1)?;
    let time: Vec<i64> = decoded(*rows, data).filter(|_| *rows == n)?;
    let text = String::from_utf8(unpacked(&part(4)?.1)?).ok()?;
    let (rows, data) = part(5)?;
    let account: Vec<u32> = decoded(*rows, data)?;
    let (rows, data) = part(6)?;
    let kind: Vec<u8> = decoded(*rows, data)?;
    if kind.len() != account.len() {
        return None;
    }
    let addressed = account.into_iter().zip(kind).map(|(account, kind)| {
        let kind = TieKind::ALL.get(kind as usize).copied()?;
        Some(Addressed { account, kind })
    });
    Some(Stretch {
        author: four(0)?,
        time,
        n_addressed: four(2)?,
        text_len: four(3)?,
        text,
        addressed: addressed.collect::<Option<_>>()?,
    })
}
