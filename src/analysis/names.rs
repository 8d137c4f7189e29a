//! What communities are called: the words that set their people apart from everybody else.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Partition;
use super::language::{Language, is_small_word, language_of};
use super::partition::grouped;
use super::tokens::{for_each_word, is_gram};
use crate::people::{ConversationGraph, Posts};
use crate::progress::{Cancelled, Progress};

/// a0: how many words of everybody's the prior is worth.
const PRIOR: f64 = 1000.0;
/// Below this a word may be distinctive by chance.
const LEAST_Z: f64 = 1.96;
/// Candidates kept for each community, of which fragments and repeats fall out.
const CANDIDATES: usize = 64;
/// Words kept as evidence.
const MOST_WORDS: usize = 10;
/// Words in a name.
const IN_NAME: usize = 3;
/// Fewer members with text than this say nothing about a community.
const LEAST_WRITERS: u32 = 5;
/// A word used in more than this share of a language's posts is part of the language.
const COMMON: f64 = 0.2;
/// Bits of a word's hash kept; the community takes the others of 64.
const HASH_BITS: u32 = 43;
const COMMUNITY_MASK: u64 = (1 << (64 - HASH_BITS)) - 1;
/// Words are sorted in this many parts.
const BUCKETS: u64 = 1 << (64 - BUCKET_SHIFT);
const BUCKET_SHIFT: u32 = 57;
/// People whose words one task counts.
const CHUNK: usize = 512;

/// A community's name and the evidence.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Name {
    pub(super) name: String,
    pub(super) words: Vec<String>,
}

/// Names the communities of `partition`, by number.
///
/// People are counted, not words: `u_cw` members of c used w. A word's z-score is its log odds in c against everybody else,
/// with everybody's use as the prior; the name is the best 3 with z ≥ 1.96 and `u_cw` ≥ 2. Where a community writes another
/// language than others, words in over 20 % of that language's posts are left out. Small groups, communities with fewer
/// than 5 people who wrote words, and those without such words are called after their best connected person. People without
/// ties count among the others.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// O(words log words), on all cores.
/// # Source
/// Monroe, Colaresi, Quinn, *Fightin' Words*, Political Analysis 16 (2008).
pub(super) fn name_communities(
    graph: &ConversationGraph,
    posts: &Posts,
    partition: &Partition,
    progress: &Progress,
) -> Result<Vec<Name>, Cancelled> {
    let small = partition.small();
    let written = Written::new(graph, posts);
    let around = |c: usize, members: &[u32]| around(graph, posts, c, members);
    let (offsets, members) = partition.members();
    // Largest first: those that are no small groups come first, and the pool of all others has the number behind them.
    let n_named = small.iter().take_while(|small| !**small).count();
    let used = written.count(partition, n_named as u32, progress)?;
    let candidates = candidates(&used.buckets, n_named, progress)?;
    let names = candidates
        .into_par_iter()
        .enumerate()
        .map(|(c, found)| {
            progress.check()?;
            let members = &members[offsets[c]..offsets[c + 1]];
            let writers = members.iter().filter(|&&i| used.writes[i as usize]).count();
            if writers < LEAST_WRITERS as usize {
                return Ok(Name::default());
            }
            let found = written.spell(members, found);
            Ok(Name {
                name: String::new(),
                words: readable(found),
            })
        })
        .collect::<Result<Vec<Name>, Cancelled>>()?;
    let mut names = written.without_common_words(names, &members, &offsets, progress)?;
    names.resize_with(partition.n(), Name::default);
    for (c, name) in names.iter_mut().enumerate() {
        name.name = if name.words.is_empty() {
            around(c, &members[offsets[c]..offsets[c + 1]])
        } else {
            name.words[..name.words.len().min(IN_NAME)].join(", ")
        };
        name.words.truncate(MOST_WORDS);
    }
    tell_apart(&mut names);
    Ok(names)
}

/// "around @ana": the member with most connections, the smallest number among equals; without the @ where nobody posts,
/// since people of plain ties have labels, not handles.
fn around(graph: &ConversationGraph, posts: &Posts, community: usize, members: &[u32]) -> String {
    let best = (members.iter().copied())
        .max_by_key(|&i| (graph.ties.connections(i as usize), std::cmp::Reverse(i)));
    match best.and_then(|i| graph.people.get(i as usize)) {
        Some(person) if posts.posts.is_empty() => format!("around {}", person.name),
        Some(person) => format!("around @{}", person.handle),
        None => format!("community {community}"),
    }
}

/// Adds a number to names that occurred before.
fn tell_apart(names: &mut [Name]) {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for name in names {
        let times = seen.entry(name.name.clone()).or_insert(0);
        *times += 1;
        if *times > 1 {
            name.name = format!("{} ({times})", name.name);
        }
    }
}

/// A word that stands out in a community.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    hash: u64,
    z: f64,
    writers: u32,
}

/// The best words of each of the `n` communities, best first, at most [`CANDIDATES`] each.
fn candidates(
    buckets: &[Vec<u64>],
    n: usize,
    progress: &Progress,
) -> Result<Vec<Vec<Candidate>>, Cancelled> {
    let mut in_community = vec![0u64; n + 1];
    for entry in buckets.iter().flatten() {
        in_community[(entry & COMMUNITY_MASK) as usize] += 1;
    }
    let all: usize = buckets.iter().map(Vec::len).sum();
    let found: Vec<Vec<(u32, Candidate)>> = buckets
        .par_iter()
        .map(|bucket| {
            progress.check()?;
            Ok(standing_out(bucket, &in_community, all))
        })
        .collect::<Result<_, Cancelled>>()?;
    let mut best: Vec<Vec<Candidate>> = vec![Vec::new(); n];
    for (c, candidate) in found.into_iter().flatten() {
        best[c as usize].push(candidate);
    }
    for best in &mut best {
        best.sort_unstable_by(|a, b| {
            (b.z.total_cmp(&a.z))
                .then(b.writers.cmp(&a.writers))
                .then(a.hash.cmp(&b.hash))
        });
        best.truncate(CANDIDATES);
    }
    Ok(best)
}

/// The words of one bucket that stand out, and where. The last of `in_community` is the pool, which needs no name.
fn standing_out(bucket: &[u64], in_community: &[u64], all: usize) -> Vec<(u32, Candidate)> {
    let pool = in_community.len() - 1;
    let mut found = Vec::new();
    for word in bucket.chunk_by(|a, b| a & !COMMUNITY_MASK == b & !COMMUNITY_MASK) {
        for same in word.chunk_by(|a, b| a == b).filter(|same| same.len() >= 2) {
            let c = (same[0] & COMMUNITY_MASK) as usize;
            if c == pool {
                continue;
            }
            let u_c = in_community[c] as f64;
            let z = z_score(same.len() as f64, u_c, word.len() as f64, all as f64);
            if z >= LEAST_Z {
                let candidate = Candidate {
                    hash: same[0] & !COMMUNITY_MASK,
                    z,
                    writers: same.len() as u32,
                };
                found.push((c as u32, candidate));
            }
        }
    }
    found
}

/// Log odds of a word in a community against the others, over its standard deviation, with the informative prior.
///
/// `u_cw` of the community's `u_c` counts and `u_w` of all `u` are of this word.
fn z_score(u_cw: f64, u_c: f64, u_w: f64, u: f64) -> f64 {
    let prior = PRIOR * u_w / u;
    let odds = |part: f64, whole: f64| libm::log((part + prior) / (whole + PRIOR - part - prior));
    let difference = odds(u_cw, u_c) - odds(u_w - u_cw, u - u_c);
    difference / libm::sqrt(1.0 / (u_cw + prior) + 1.0 / (u_w - u_cw + prior))
}

/// The words in the order of their z-scores (equal ones, as in a post that many passed on: hashtags first, then longer words),
/// without repeats (a word and its hashtag), fragments of longer words, and with
/// overlapping grams put together.
fn readable(mut found: Vec<(String, Candidate)>) -> Vec<String> {
    found.sort_by(|(a, with_a), (b, with_b)| {
        let telling = |w: &str| (w.starts_with('#'), w.chars().count());
        (with_b.z.total_cmp(&with_a.z))
            .then_with(|| telling(b).cmp(&telling(a)))
            .then_with(|| a.cmp(b))
    });
    let mut kept: Vec<(String, Candidate)> = Vec::new();
    let all = found.clone();
    for (word, candidate) in found {
        // Grams that follow one another in nearly all texts are one word: ワール, ールド, ルド… become ワールド….
        let word = if is_gram(&word) {
            grown(&word, candidate.writers, &all)
        } else {
            word
        };
        let bare = word.trim_start_matches('#');
        let repeats = kept.iter().any(|(other, with)| {
            let other = other.trim_start_matches('#');
            other == bare
                || (is_gram(bare)
                    && is_gram(other)
                    && (overlap(other, bare)
                        && f64::from(with.writers) >= 0.8 * f64::from(candidate.writers)
                        || other.contains(bare)))
        });
        if !repeats {
            kept.push((word, candidate));
        }
    }
    kept.into_iter().map(|(word, _)| word).collect()
}

/// A gram extended to both sides by grams that at least 80 % of its writers share.
fn grown(gram: &str, writers: u32, all: &[(String, Candidate)]) -> String {
    let mut word: Vec<char> = gram.chars().collect();
    let enough = |c: &Candidate| f64::from(c.writers) >= 0.8 * f64::from(writers);
    while word.len() < 16 {
        let longer = all
            .iter()
            .filter(|(g, c)| is_gram(g) && enough(c))
            .find_map(|(g, _)| {
                let g: Vec<char> = g.chars().collect();
                // All but one character of the gram have to agree, and at least two.
                let common = g.len() - 1;
                if common < 2 || common > word.len() {
                    return None;
                }
                if word.ends_with(&g[..common]) && !word.starts_with(&g[1..]) {
                    return Some((g[common], true));
                }
                (word.starts_with(&g[1..]) && !word.ends_with(&g[..common]))
                    .then_some((g[0], false))
            });
        match longer {
            Some((c, true)) => word.push(c),
            Some((c, false)) => word.insert(0, c),
            None => break,
        }
    }
    word.into_iter().collect()
}

/// Whether one gram goes on where the other ends, by at least two characters, or they contain one another.
fn overlap(a: &str, b: &str) -> bool {
    let (x, y): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let follows =
        |x: &[char], y: &[char]| (2..=x.len().min(y.len())).any(|n| x[x.len() - n..] == y[..n]);
    a.contains(b) || b.contains(a) || follows(&x, &y) || follows(&y, &x)
}

/// Who uses which word.
struct Counts {
    /// One entry for each person and different word: hash above, community below. Sorted, in buckets by the upper bits.
    buckets: Vec<Vec<u64>>,
    /// Whether each person wrote any word.
    writes: Vec<bool>,
}

/// The posts by person.
struct Written<'a> {
    posts: &'a Posts,
    offsets: Vec<usize>,
    places: Vec<u32>,
}

impl<'a> Written<'a> {
    fn new(graph: &ConversationGraph, posts: &'a Posts) -> Self {
        let author: Vec<u32> = posts
            .posts
            .iter()
            .map(|post| {
                let person = graph.person_of_account.get(post.author as usize);
                person.map_or(u32::MAX, |p| p.0)
            })
            .collect();
        let (offsets, places) = grouped(&author, graph.n_people());
        Self {
            posts,
            offsets,
            places,
        }
    }

    fn texts(&self, person: u32) -> impl Iterator<Item = &'a str> + '_ {
        let i = person as usize;
        let places = &self.places[self.offsets[i]..self.offsets[i + 1]];
        places
            .iter()
            .map(|&p| self.posts.text(&self.posts.posts[p as usize]))
    }

    /// Counts who uses which word; `n` is the number that stands for all communities without a name of their own.
    fn count(
        &self,
        partition: &Partition,
        n: u32,
        progress: &Progress,
    ) -> Result<Counts, Cancelled> {
        let n_people = partition.of.len();
        let chunks: Vec<(Vec<u64>, Vec<bool>)> = (0..n_people.div_ceil(CHUNK))
            .into_par_iter()
            .map(|chunk| {
                progress.check()?;
                let people = chunk * CHUNK..n_people.min((chunk + 1) * CHUNK);
                let (mut entries, mut own) = (Vec::new(), Vec::new());
                let mut writes = Vec::with_capacity(people.len());
                for i in people {
                    let community = u64::from(partition.of[i].min(n)) & COMMUNITY_MASK;
                    for (place, text) in self.texts(i as u32).enumerate() {
                        if place % 256 == 255 {
                            progress.check()?;
                        }
                        for_each_word(text, |word| own.push(hash(word) | community));
                    }
                    own.sort_unstable();
                    own.dedup();
                    writes.push(!own.is_empty());
                    entries.append(&mut own);
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
                let mut entries = Vec::new();
                for (chunk, _) in &chunks {
                    let from = chunk.partition_point(|entry| entry >> BUCKET_SHIFT < bucket);
                    let len =
                        chunk[from..].partition_point(|entry| entry >> BUCKET_SHIFT == bucket);
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

    /// Finds the words behind the hashes in the texts of `members`.
    fn spell(&self, members: &[u32], candidates: Vec<Candidate>) -> Vec<(String, Candidate)> {
        let mut wanted: BTreeMap<u64, Candidate> =
            candidates.into_iter().map(|c| (c.hash, c)).collect();
        let mut found = Vec::with_capacity(wanted.len());
        for &member in members {
            for text in self.texts(member) {
                if wanted.is_empty() {
                    return found;
                }
                for_each_word(text, |word| {
                    if let Some(candidate) = wanted.remove(&hash(word)) {
                        found.push((word.to_owned(), candidate));
                    }
                });
            }
        }
        found
    }

    /// Drops the smallest words of each community's language, which a post passed on often may push up; and, where
    /// communities write different languages, the words that over 20 % of that language's posts use: they set the language
    /// apart, not the people.
    fn without_common_words(
        &self,
        mut names: Vec<Name>,
        members: &[u32],
        offsets: &[usize],
        progress: &Progress,
    ) -> Result<Vec<Name>, Cancelled> {
        let spoken: Vec<Option<Language>> = (0..names.len())
            .into_par_iter()
            .map(|c| {
                progress.check()?;
                let members = &members[offsets[c]..offsets[c + 1]];
                Ok(main_language(members.iter().flat_map(|&i| self.texts(i))))
            })
            .collect::<Result<_, Cancelled>>()?;
        for (name, language) in names.iter_mut().zip(&spoken) {
            if let Some(language) = *language {
                name.words.retain(|w| !is_small_word(w, language));
            }
        }
        let mut languages: Vec<Language> = spoken.iter().flatten().copied().collect();
        languages.sort_unstable();
        languages.dedup();
        if languages.len() < 2 {
            return Ok(names);
        }
        for language in languages {
            let speaks = |c: &usize| spoken[*c] == Some(language);
            let wanted: Vec<u64> = (0..names.len())
                .filter(speaks)
                .flat_map(|c| names[c].words.iter().map(|w| hash(w)))
                .collect();
            let common = self.common_words(language, wanted, progress)?;
            for c in (0..names.len()).filter(speaks) {
                let words = &mut names[c].words;
                // A conversation with one topic in one language: rather its common words than none.
                if words.iter().any(|w| !common.contains(&hash(w))) {
                    words.retain(|w| !common.contains(&hash(w)));
                }
            }
        }
        Ok(names)
    }

    /// Which of the `wanted` words stand in over 20 % of the posts in `language`.
    fn common_words(
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
            .par_chunks(4096)
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

/// The language of over half of the texts whose language can be told, out of the first 400 of them.
fn main_language<'a>(texts: impl Iterator<Item = &'a str>) -> Option<Language> {
    let mut count: BTreeMap<Language, usize> = BTreeMap::new();
    for language in texts.take(2000).filter_map(language_of).take(400) {
        *count.entry(language).or_insert(0) += 1;
    }
    let all: usize = count.values().sum();
    let most = count.into_iter().max_by_key(|(_, n)| *n);
    most.filter(|(_, n)| *n >= 3 && n * 2 > all).map(|(l, _)| l)
}

/// FNV-1a with a final mix: the same everywhere; its upper bits, with room for the community below.
fn hash(word: &str) -> u64 {
    let mut h = 0xcbf2_9ce4_8422_2325u64;
    for byte in word.bytes() {
        h = (h ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    h ^= h >> 32;
    h = h.wrapping_mul(0xd6e8_feb8_6659_fd93);
    h ^= h >> 32;
    h & !COMMUNITY_MASK
}
