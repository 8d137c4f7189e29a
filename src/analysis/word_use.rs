//! Who uses which word, in posts and in what people say of themselves.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::language::{Language, language_of};
use super::partition::grouped;
use super::tokens::for_each_word;
use crate::people::{ConversationGraph, Posts};
use crate::progress::{Cancelled, Progress};

/// A word used in more than this share of a language's posts is part of the language.
const COMMON: f64 = 0.2;
/// A text that many pass on counts as the words of so many people of a community.
const PASSED_ON: usize = 5;
/// Shorter texts, in bytes, may be the same by chance: "good morning".
const LEAST_TEXT: usize = 40;
/// Texts that begin with the same bytes are one text: exports cut what is passed on.
const BEGINNING: usize = 80;
/// A person's own posts with a word that count.
const POSTS_OF_ONE: u64 = 2;
/// Bits of a word's hash kept. Below them in an entry: the community, then how many posts count.
const HASH_BITS: u32 = 42;
const WORD_SHIFT: u32 = 64 - HASH_BITS;
const USES_BITS: u32 = 2;
const COMMUNITY_MASK: u64 = (1 << (WORD_SHIFT - USES_BITS)) - 1;
/// While the words of one person are counted there stands in the place of community and uses: the post, from its end on whether
/// others had passed it on before.
const POST_MASK: u64 = (1 << (WORD_SHIFT - 1)) - 1;
/// Words are sorted in this many parts.
const BUCKETS: u64 = 1 << (64 - BUCKET_SHIFT);
const BUCKET_SHIFT: u32 = 57;
/// People whose words one task counts.
const CHUNK: usize = 512;
/// Posts gone through at a time.
const POSTS_AT_A_TIME: usize = 4096;

/// That somebody of a community used a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Use(u64);

impl Use {
    fn new(word: u64, community: u32, uses: u64) -> Self {
        let community = u64::from(community) & COMMUNITY_MASK;
        Self(word << WORD_SHIFT | community << USES_BITS | uses)
    }

    /// The word, as [`hash`] says.
    pub(super) fn word(self) -> u64 {
        self.0 >> WORD_SHIFT
    }

    pub(super) fn community(self) -> usize {
        (self.0 >> USES_BITS & COMMUNITY_MASK) as usize
    }

    /// In how many of their own posts they used it, two at most.
    pub(super) fn uses(self) -> u64 {
        self.0 & ((1 << USES_BITS) - 1)
    }

    /// They only passed it on, in a text that others of the community had passed on before.
    pub(super) fn is_passed_on(self) -> bool {
        self.uses() == 0
    }
}

/// The words of one person while they are counted: each with the post it stands in.
#[derive(Default)]
struct OwnWords(Vec<u64>);

impl OwnWords {
    /// The words of the person's text number `at`.
    fn read(&mut self, text: &str, at: usize, passed_on: bool) {
        let place = (at as u64 & POST_MASK) << 1 | u64::from(passed_on);
        for_each_word(text, |word| self.0.push(hash(word) << WORD_SHIFT | place));
    }

    /// Moves them, once each, to `entries`. Returns whether there were any.
    fn count(&mut self, community: u32, entries: &mut Vec<Use>) -> bool {
        self.0.sort_unstable();
        self.0.dedup();
        for same in self.0.chunk_by(|a, b| a >> WORD_SHIFT == b >> WORD_SHIFT) {
            let own = same.iter().filter(|place| *place & 1 == 0).count() as u64;
            let word = same[0] >> WORD_SHIFT;
            entries.push(Use::new(word, community, own.min(POSTS_OF_ONE)));
        }
        let any = !self.0.is_empty();
        self.0.clear();
        any
    }
}

/// Who uses which word.
pub(super) struct Counts {
    /// One entry for each person and different word, sorted, in buckets by the upper bits.
    pub(super) buckets: Vec<Vec<Use>>,
    /// Whether each person wrote any word.
    pub(super) writes: Vec<bool>,
}

/// The posts by person.
pub(super) struct Written<'a> {
    posts: &'a Posts,
    offsets: Vec<usize>,
    places: Vec<u32>,
    /// By person: the account with what they say of themselves, or none.
    bios: Vec<u32>,
}

/// In the place of the community of people whose words are not read.
pub(super) const NOT_READ: u32 = u32::MAX;
/// Stands where there is no account.
const NO_ACCOUNT: u32 = u32::MAX;

impl<'a> Written<'a> {
    pub(super) fn new(graph: &ConversationGraph, posts: &'a Posts) -> Self {
        let person_of = |account: u32| {
            let person = graph.person_of_account.get(account as usize);
            person.map_or(u32::MAX, |p| p.0)
        };
        let author = posts.posts.iter().map(|post| person_of(post.author));
        let author: Vec<u32> = author.collect();
        let (offsets, places) = grouped(&author, graph.n_people());
        let mut bios = vec![NO_ACCOUNT; graph.n_people()];
        for (account, number) in posts.accounts.iter().zip(0u32..) {
            let Some(slot) = bios.get_mut(person_of(number) as usize) else {
                continue;
            };
            if *slot == NO_ACCOUNT && account.bio.is_some() {
                *slot = number;
            }
        }
        Self {
            posts,
            offsets,
            places,
            bios,
        }
    }

    fn bio(&self, person: u32) -> Option<&'a str> {
        let account = self.bios.get(person as usize)?;
        self.posts.accounts.get(*account as usize)?.bio.as_deref()
    }

    fn places_of(&self, person: u32) -> &[u32] {
        let i = person as usize;
        &self.places[self.offsets[i]..self.offsets[i + 1]]
    }

    /// What a person wrote: what they say of themselves first.
    fn texts(&self, person: u32) -> impl Iterator<Item = &'a str> + '_ {
        let text = |&p: &u32| self.posts.text(&self.posts.posts[p as usize]);
        (self.bio(person).into_iter()).chain(self.places_of(person).iter().map(text))
    }

    /// By post: whether so many people of the author's community passed the same text on that it does not count once more.
    fn passed_on(&self, home: &[u32], progress: &Progress) -> Result<Vec<bool>, Cancelled> {
        let mut keys: Vec<(u64, u32, u32)> = (0..home.len().div_ceil(CHUNK))
            .into_par_iter()
            .map(|chunk| {
                progress.check()?;
                let mut keys = Vec::new();
                let people = (0u32..).zip(home).skip(chunk * CHUNK).take(CHUNK);
                for (person, home) in people.filter(|(_, home)| **home != NOT_READ) {
                    for &place in self.places_of(person) {
                        let text = self.posts.text(&self.posts.posts[place as usize]);
                        let key = beginning(text).map(|text| hash_with(text, *home));
                        keys.extend(key.map(|key| (key, person, place)));
                    }
                }
                Ok(keys)
            })
            .collect::<Result<Vec<_>, Cancelled>>()?
            .concat();
        progress.check()?;
        keys.par_sort_unstable();
        let mut passed_on = vec![false; self.posts.posts.len()];
        for same in keys.chunk_by(|a, b| a.0 == b.0) {
            let by_person = same.chunk_by(|a, b| a.1 == b.1);
            for (_, _, place) in by_person.skip(PASSED_ON).flatten() {
                passed_on[*place as usize] = true;
            }
        }
        Ok(passed_on)
    }

    /// Counts who uses which word; `home` is the community of each person, or [`NOT_READ`].
    pub(super) fn count(&self, home: &[u32], progress: &Progress) -> Result<Counts, Cancelled> {
        let passed_on = self.passed_on(home, progress)?;
        let chunks: Vec<(Vec<Use>, Vec<bool>)> = (0..home.len().div_ceil(CHUNK))
            .into_par_iter()
            .map(|chunk| {
                progress.check()?;
                let people = chunk * CHUNK..home.len().min((chunk + 1) * CHUNK);
                let (mut entries, mut own) = (Vec::new(), OwnWords::default());
                let mut writes = Vec::with_capacity(people.len());
                for i in people {
                    if home[i] == NOT_READ {
                        writes.push(false);
                        continue;
                    }
                    if let Some(bio) = self.bio(i as u32) {
                        own.read(bio, 0, false);
                    }
                    for (at, &place) in self.places_of(i as u32).iter().enumerate() {
                        if at % 256 == 255 {
                            progress.check()?;
                        }
                        let text = self.posts.text(&self.posts.posts[place as usize]);
                        own.read(text, at + 1, passed_on[place as usize]);
                    }
                    writes.push(own.count(home[i], &mut entries));
                }
                entries.sort_unstable();
                Ok((entries, writes))
            })
            .collect::<Result<_, Cancelled>>()?;
        // Bucket by bucket, so that no sort is long and all cores have work.
        let buckets = (0..BUCKETS)
            .into_par_iter()
            .map(|bucket| {
                progress.check()?;
                let part = |entry: &Use| entry.0 >> BUCKET_SHIFT;
                let mut entries = Vec::new();
                for (chunk, _) in &chunks {
                    let from = chunk.partition_point(|entry| part(entry) < bucket);
                    let len = chunk[from..].partition_point(|entry| part(entry) == bucket);
                    entries.extend_from_slice(&chunk[from..from + len]);
                }
                entries.sort_unstable();
                Ok(entries)
            })
            .collect::<Result<_, Cancelled>>()?;
        Ok(Counts {
            buckets,
            writes: chunks.into_iter().flat_map(|(_, writes)| writes).collect(),
        })
    }

    /// Finds the words behind the hashes in the texts of `members`; each with what is known of it.
    pub(super) fn spell<T>(
        &self,
        members: &[u32],
        mut wanted: BTreeMap<u64, T>,
    ) -> Vec<(String, T)> {
        let mut found = Vec::with_capacity(wanted.len());
        for &member in members {
            for text in self.texts(member) {
                if wanted.is_empty() {
                    return found;
                }
                for_each_word(text, |word| {
                    if let Some(known) = wanted.remove(&hash(word)) {
                        found.push((word.to_owned(), known));
                    }
                });
            }
        }
        found
    }

    /// The language of over half of what `members` wrote whose language can be told, out of the first 400 of them.
    pub(super) fn language(&self, members: &[u32]) -> Option<Language> {
        let texts = members.iter().flat_map(|&i| self.texts(i));
        let mut count: BTreeMap<Language, usize> = BTreeMap::new();
        for language in texts.take(2000).filter_map(language_of).take(400) {
            *count.entry(language).or_insert(0) += 1;
        }
        let all: usize = count.values().sum();
        let most = count.into_iter().max_by_key(|(_, n)| *n);
        most.filter(|(_, n)| *n >= 3 && n * 2 > all).map(|(l, _)| l)
    }

    /// Which of the `wanted` words stand in over 20 % of the posts in `language`.
    pub(super) fn common_words(
        &self,
        language: Language,
        mut wanted: Vec<u64>,
        progress: &Progress,
    ) -> Result<Vec<u64>, Cancelled> {
        wanted.sort_unstable();
        wanted.dedup();
        let counts: Vec<(u64, Vec<u32>)> = self
            .posts
            .posts
            .par_chunks(POSTS_AT_A_TIME)
            .map(|posts| {
                progress.check()?;
                let (mut n, mut uses) = (0, vec![0u32; wanted.len()]);
                let mut own: Vec<usize> = Vec::new();
                for post in posts {
                    let text = self.posts.text(post);
                    if language_of(text) != Some(language) {
                        continue;
                    }
                    n += 1;
                    own.clear();
                    for_each_word(text, |word| own.extend(wanted.binary_search(&hash(word))));
                    own.sort_unstable();
                    own.dedup();
                    for &place in &own {
                        uses[place] += 1;
                    }
                }
                Ok((n, uses))
            })
            .collect::<Result<_, Cancelled>>()?;
        let n: u64 = counts.iter().map(|(n, _)| n).sum();
        let uses = |place: usize| counts.iter().map(|(_, u)| u64::from(u[place])).sum::<u64>();
        Ok((0..wanted.len())
            .filter(|&place| uses(place) as f64 > COMMON * n as f64)
            .map(|place| wanted[place])
            .collect())
    }
}

/// How a text begins, without "RT @ana:"; `None` for one so short that two people may write it by chance.
fn beginning(text: &str) -> Option<&[u8]> {
    let own = match text.strip_prefix("RT @") {
        Some(rest) => rest.split_once(": ").map_or(text, |(_, own)| own),
        None => text,
    };
    let own = own.trim_end_matches('…').as_bytes();
    (own.len() >= LEAST_TEXT).then(|| &own[..own.len().min(BEGINNING)])
}

fn hash_with(text: &[u8], community: u32) -> u64 {
    fnv(text.iter().copied().chain(community.to_le_bytes()))
}

/// Of a word, the same everywhere; in as many bits as an entry has for it.
pub(super) fn hash(word: &str) -> u64 {
    fnv(word.bytes()) >> WORD_SHIFT
}

/// FNV-1a with a final mix.
fn fnv(bytes: impl Iterator<Item = u8>) -> u64 {
    let mut h = 0xcbf2_9ce4_8422_2325u64;
    for byte in bytes {
        h = (h ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    h ^= h >> 32;
    h = h.wrapping_mul(0xd6e8_feb8_6659_fd93);
    h ^ h >> 32
}

#[cfg(test)]
mod tests {
    use super::beginning;

    #[test]
    fn a_text_passed_on_begins_like_the_first() {
        let said = "The tide brings in the nets, and the market opens before the sun is up; come early, says the harbour";
        let passed = format!("RT @ana: {said}");
        let cut = format!("RT @ana_bo: {}…", &said[..85]);
        assert!(beginning(said).is_some());
        assert_eq!(beginning(said), beginning(&passed));
        assert_eq!(beginning(said), beginning(&cut));
        assert_eq!(beginning("RT @ana: good morning"), None);
        assert_ne!(beginning(said), beginning(&said[4..]));
    }
}
