//! The words that set some people apart from everybody else.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::analysis::{Language, for_each_word, is_gram, is_small_word, language_of};
use crate::people::{ConversationGraph, PersonId, Posts};
use crate::progress::{Cancelled, Progress};

/// a0: how many words of everybody's the prior is worth.
const PRIOR: f64 = 1000.0;
/// Below this a word may be distinctive by chance.
const LEAST_Z: f64 = 1.96;
/// Fewer people with text than this say nothing about a set.
const LEAST_WRITERS: usize = 5;
/// Candidates of which repeats and small words fall out.
const CANDIDATES: usize = 64;
/// Words told at most.
const MOST: usize = 10;
/// Of more people on either side only so many are read, evenly among them by number.
const READ: usize = 60_000;
/// People whose words one task counts.
const CHUNK: usize = 512;

/// A word that sets people apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetWord {
    /// In lower case; a hashtag with its #.
    pub word: String,
    /// How many of those who were read used it.
    pub people: u32,
}

/// The words that set `people` apart from everybody else, best first, at most ten; none where fewer than five of them wrote.
///
/// People are counted, not words, as where communities are named, but compared otherwise than there: a word's z-score is its log odds among them against everybody else, with
/// everybody's use as the prior; z ≥ 1.96, used by two at least, without the smallest words of their language. Of more than
/// 60,000 people inside, or outside, every k-th is read.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// O(posts + words of those who are read, log of those), on all cores.
/// # Source
/// Monroe, Colaresi, Quinn, *Fightin' Words*, Political Analysis 16 (2008).
pub fn words_of(
    graph: &ConversationGraph,
    posts: &Posts,
    people: &[PersonId],
    progress: &Progress,
) -> Result<Vec<SetWord>, Cancelled> {
    let written = Written::of(graph, posts, progress)?;
    let (inside, outside) = written.sides(people);
    let own = inside.par_chunks(CHUNK).map(|part| {
        let mut words = Vec::new();
        let mut writers = 0;
        for &person in part {
            let theirs = written.words(person, progress)?;
            writers += usize::from(!theirs.is_empty());
            words.extend(theirs);
        }
        Ok((writers, words))
    });
    let own: Vec<(usize, Vec<u64>)> = own.collect::<Result<_, Cancelled>>()?;
    if own.iter().map(|(writers, _)| writers).sum::<usize>() < LEAST_WRITERS {
        return Ok(Vec::new());
    }
    let mut words: Vec<u64> = own.into_iter().flat_map(|(_, words)| words).collect();
    words.par_sort_unstable();
    progress.check()?;
    let runs = words.chunk_by(|a, b| a == b).filter(|run| run.len() >= 2);
    let counted: Vec<(u64, u32)> = runs
        .filter_map(|run| Some((*run.first()?, run.len() as u32)))
        .collect();
    let (others, n_others) = written.uses(&outside, &counted, progress)?;
    let (n_own, all) = (words.len() as f64, words.len() as f64 + n_others as f64);
    let mut found: Vec<(f64, u64, u32)> = counted
        .iter()
        .zip(others)
        .map(|(&(hash, own), other)| {
            let (own_uses, uses) = (f64::from(own), f64::from(own) + f64::from(other));
            (z_score(own_uses, n_own, uses, all), hash, own)
        })
        .filter(|(z, ..)| *z >= LEAST_Z)
        .collect();
    found.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(b.2.cmp(&a.2)).then(a.1.cmp(&b.1)));
    found.truncate(CANDIDATES);
    let spelled = written.spell(&inside, &found, progress)?;
    let language = written.main_language(&inside);
    Ok(readable(spelled, language))
}

/// Log odds of a word among some people against the others, over its standard deviation, with the informative prior.
///
/// `u_cw` of their `u_c` counts and `u_w` of all `u` are of this word.
fn z_score(u_cw: f64, u_c: f64, u_w: f64, u: f64) -> f64 {
    let prior = PRIOR * u_w / u;
    let odds = |part: f64, whole: f64| libm::log((part + prior) / (whole + PRIOR - part - prior));
    let difference = odds(u_cw, u_c) - odds(u_w - u_cw, u - u_c);
    difference / libm::sqrt(1.0 / (u_cw + prior) + 1.0 / (u_w - u_cw + prior))
}

/// The best of `found`, equal ones with hashtags first, then longer ones; without small words of `language`, a word beside its hashtag, and
/// parts of words that are there.
fn readable(mut found: Vec<(String, f64, u32)>, language: Option<Language>) -> Vec<SetWord> {
    found.sort_by(|a, b| {
        let telling = |w: &str| (w.starts_with('#'), w.chars().count());
        (b.1.total_cmp(&a.1))
            .then_with(|| telling(&b.0).cmp(&telling(&a.0)))
            .then_with(|| a.0.cmp(&b.0))
    });
    let mut kept: Vec<SetWord> = Vec::new();
    for (word, _, people) in found {
        let bare = word.trim_start_matches('#');
        let repeats = kept.iter().any(|other| {
            let other = other.word.trim_start_matches('#');
            other == bare
                || is_gram(bare) && is_gram(other) && (other.contains(bare) || bare.contains(other))
        });
        let small = language.is_some() && is_small_word(&word, language);
        if !repeats && !small && kept.len() < MOST {
            kept.push(SetWord { word, people });
        }
    }
    kept
}

/// The posts by person.
struct Written<'a> {
    posts: &'a Posts,
    /// n + 1 offsets into `places`.
    offsets: Vec<usize>,
    /// Places of posts.
    places: Vec<u32>,
}

impl<'a> Written<'a> {
    fn of(
        graph: &ConversationGraph,
        posts: &'a Posts,
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let author = |post: &crate::people::Post| {
            let person = graph.person_of_account.get(post.author as usize);
            person.map(|person| person.index())
        };
        let mut offsets = vec![0usize; graph.n_people() + 1];
        for part in posts.posts.chunks(1 << 16) {
            progress.check()?;
            for person in part.iter().filter_map(author) {
                if let Some(count) = offsets.get_mut(person + 1) {
                    *count += 1;
                }
            }
        }
        let mut sum = 0;
        for offset in &mut offsets {
            sum += *offset;
            *offset = sum;
        }
        let mut next = offsets.clone();
        let mut places = vec![0u32; sum];
        for (place, post) in posts.posts.iter().enumerate() {
            let Some(next) = author(post).and_then(|person| next.get_mut(person)) else {
                continue;
            };
            if let Some(slot) = places.get_mut(*next) {
                *slot = place as u32;
                *next += 1;
            }
        }
        progress.check()?;
        Ok(Self {
            posts,
            offsets,
            places,
        })
    }

    fn texts(&self, person: u32) -> impl Iterator<Item = &'a str> + '_ {
        let i = person as usize;
        let range = self.offsets.get(i..i + 2).unwrap_or(&[0, 0]);
        let places = match range {
            [from, to] => self.places.get(*from..*to).unwrap_or_default(),
            _ => &[],
        };
        let posts = places
            .iter()
            .filter_map(|&p| self.posts.posts.get(p as usize));
        posts.map(|post| self.posts.text(post))
    }

    /// Those of `people` and of everybody else who are read, by number. People without posts are passed over.
    fn sides(&self, people: &[PersonId]) -> (Vec<u32>, Vec<u32>) {
        let n = self.offsets.len().saturating_sub(1);
        let mut inside = vec![false; n];
        for person in people {
            if let Some(inside) = inside.get_mut(person.index()) {
                *inside = true;
            }
        }
        let writes = |i: &u32| {
            let range = self.offsets.get(*i as usize..*i as usize + 2);
            range.is_some_and(|range| range.first() < range.last())
        };
        let all = (0..n as u32).filter(writes);
        let (inside, outside): (Vec<u32>, Vec<u32>) =
            all.partition(|i| inside.get(*i as usize).copied().unwrap_or(false));
        (some_of(inside), some_of(outside))
    }

    /// The different words of `person`.
    fn words(&self, person: u32, progress: &Progress) -> Result<Vec<u64>, Cancelled> {
        progress.check()?;
        let mut words = Vec::new();
        for (at, text) in self.texts(person).enumerate() {
            if at % 256 == 255 {
                progress.check()?;
            }
            for_each_word(text, |word| words.push(hash(word)));
        }
        words.sort_unstable();
        words.dedup();
        Ok(words)
    }

    /// How many of `people` use each of the `wanted` words, which are in order; and the different words of all of them.
    fn uses(
        &self,
        people: &[u32],
        wanted: &[(u64, u32)],
        progress: &Progress,
    ) -> Result<(Vec<u32>, usize), Cancelled> {
        let parts = people.par_chunks(CHUNK).map(|part| {
            let (mut hits, mut n) = (Vec::new(), 0);
            for &person in part {
                let words = self.words(person, progress)?;
                n += words.len();
                let place = |word: &u64| wanted.binary_search_by_key(word, |(hash, _)| *hash).ok();
                hits.extend(words.iter().filter_map(place).map(|place| place as u32));
            }
            Ok((n, hits))
        });
        let parts: Vec<(usize, Vec<u32>)> = parts.collect::<Result<_, Cancelled>>()?;
        let mut uses = vec![0u32; wanted.len()];
        for hit in parts.iter().flat_map(|(_, hits)| hits) {
            if let Some(uses) = uses.get_mut(*hit as usize) {
                *uses += 1;
            }
        }
        Ok((uses, parts.iter().map(|(n, _)| n).sum()))
    }

    /// Finds the words behind the hashes in the texts of `people`.
    fn spell(
        &self,
        people: &[u32],
        found: &[(f64, u64, u32)],
        progress: &Progress,
    ) -> Result<Vec<(String, f64, u32)>, Cancelled> {
        let mut wanted: BTreeMap<u64, (f64, u32)> =
            found.iter().map(|&(z, hash, n)| (hash, (z, n))).collect();
        let mut spelled = Vec::with_capacity(wanted.len());
        for &person in people {
            if wanted.is_empty() {
                break;
            }
            progress.check()?;
            for text in self.texts(person) {
                for_each_word(text, |word| {
                    if let Some((z, n)) = wanted.remove(&hash(word)) {
                        spelled.push((word.to_owned(), z, n));
                    }
                });
            }
        }
        Ok(spelled)
    }

    /// The language of over half of the texts whose language can be told, out of the first 400 of them.
    fn main_language(&self, people: &[u32]) -> Option<Language> {
        let texts = people.iter().flat_map(|&person| self.texts(person));
        let mut count: BTreeMap<Language, usize> = BTreeMap::new();
        for language in texts.take(2000).filter_map(language_of).take(400) {
            *count.entry(language).or_insert(0) += 1;
        }
        let all: usize = count.values().sum();
        let most = count.into_iter().max_by_key(|(_, n)| *n);
        most.filter(|(_, n)| *n >= 3 && n * 2 > all)
            .map(|(language, _)| language)
    }
}

/// All of them, or, of very many, every k-th.
fn some_of(people: Vec<u32>) -> Vec<u32> {
    let step = people.len().div_ceil(READ).max(1);
    people.into_iter().step_by(step).collect()
}

/// FNV-1a with a final mix: the same everywhere.
fn hash(word: &str) -> u64 {
    let mut h = 0xcbf2_9ce4_8422_2325u64;
    for byte in word.bytes() {
        h = (h ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    h ^= h >> 32;
    h = h.wrapping_mul(0xd6e8_feb8_6659_fd93);
    h ^ (h >> 32)
}

#[cfg(test)]
mod tests {
    use super::{some_of, z_score};

    #[test]
    fn a_word_that_only_they_use_stands_out_and_one_that_all_use_does_not() {
        // 20 of 100 words of theirs are this one, and none of the 900 of the others.
        assert!(z_score(20.0, 100.0, 20.0, 1000.0) > 1.96);
        // One in ten everywhere.
        assert!(z_score(10.0, 100.0, 100.0, 1000.0).abs() < 0.1);
        assert!(z_score(1.0, 100.0, 200.0, 1000.0) < -1.0);
    }

    #[test]
    fn of_very_many_some_are_read_evenly() {
        assert_eq!(some_of((0..5).collect()), [0, 1, 2, 3, 4]);
        let some = some_of((0..130_000).collect());
        assert_eq!(some.len(), 43_334);
        assert!(some.windows(2).all(|pair| pair[1] - pair[0] == 3));
    }
}
