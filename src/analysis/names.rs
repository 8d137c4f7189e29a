//! What communities are called: the words that set their people apart from everybody else.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::language::{Language, is_small_word};
use super::readable::readable;
use super::word_use::{Use, Written, hash};
use super::{Partition, WordUse};
use crate::people::{ConversationGraph, Posts};
use crate::progress::{Cancelled, Progress};

/// Below this a word may be distinctive by chance.
const LEAST_Z: f64 = 1.96;
/// Share of the words that may stand out by chance all the same.
const FALSE_SHARE: f64 = 0.1;
/// Candidates kept for each community, of which fragments and repeats fall out.
const CANDIDATES: usize = 64;
/// Words kept as evidence.
const MOST_WORDS: usize = 10;
/// Words in a name.
const IN_NAME: usize = 3;
/// Other names for a community.
const ALTERNATIVES: usize = 2;
/// Fewer members with text than this say nothing about a community.
const LEAST_WRITERS: usize = 5;

/// A community's name and the evidence.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Name {
    /// The name itself.
    pub(super) chosen: String,
    pub(super) alternatives: Vec<String>,
    pub(super) words: Vec<WordUse>,
}

/// A word that stands out in a community.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    hash: u64,
    /// How far it stands out.
    pub(super) z: f64,
    /// Members whose own use counts.
    pub(super) writers: u32,
    /// Members who used it, and others.
    members: u32,
    others: u32,
}

/// Names the communities of `partition`, by number.
///
/// People are counted, not words: `u_cw` members of c used w, in posts, hashtags and in what they say of themselves; a text that
/// many of a community pass on counts for five of them at most. A word stands out by its log-likelihood ratio ([`z_score`]) against everybody
/// else, or, where several communities write the same language, against those. The name is the best 3 with z ≥ 1.96 and
/// `u_cw` ≥ 2 that also stand out beyond what so many words do by chance. Where a community writes another
/// language than others, words in over 20 % of that language's posts are left out. Small groups, communities with fewer
/// than 5 people who wrote words, and those without such words are called after their best connected person. People without
/// ties count among the others. How well that finds what people talk about: `benches/topics.rs`, docs/quality.md.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// O(words log words), on all cores.
pub(super) fn name_communities(
    graph: &ConversationGraph,
    posts: &Posts,
    partition: &Partition,
    progress: &Progress,
) -> Result<Vec<Name>, Cancelled> {
    let small = partition.small();
    let written = Written::new(graph, posts);
    let (offsets, members) = partition.members();
    let members = |c: usize| &members[offsets[c]..offsets[c + 1]];
    // Largest first: those that are no small groups come first, and the pool of all others has the number behind them.
    let n_named = small.iter().take_while(|small| !**small).count();
    let spoken: Vec<Option<Language>> = (0..n_named)
        .into_par_iter()
        .map(|c| {
            progress.check()?;
            Ok(written.language(members(c)))
        })
        .collect::<Result<_, Cancelled>>()?;
    let used = written.count(partition, n_named as u32, progress)?;
    let candidates = candidates_of_all(&used.buckets, &spoken, progress)?;
    let words = candidates
        .into_par_iter()
        .enumerate()
        .map(|(c, found)| {
            progress.check()?;
            let writers = members(c).iter().filter(|&&i| used.writes[i as usize]);
            if writers.count() < LEAST_WRITERS {
                return Ok(Vec::new());
            }
            let wanted = found.into_iter().map(|c| (c.hash, c)).collect();
            Ok(readable(written.spell(members(c), wanted)))
        })
        .collect::<Result<Vec<_>, Cancelled>>()?;
    let words = without_common_words(&written, words, &spoken, progress)?;
    let mut names: Vec<Name> = words.into_iter().map(name_of_words).collect();
    names.resize_with(partition.n(), Name::default);
    for (c, name) in names.iter_mut().enumerate() {
        let around = around(graph, posts, members(c));
        if name.chosen.is_empty() {
            name.chosen = (around.first().cloned()).unwrap_or_else(|| format!("community {c}"));
        }
        if c < n_named {
            name.alternatives = alternatives(name, around);
        }
    }
    tell_apart(&mut names);
    Ok(names)
}

/// The name that words give; empty where there are none.
fn name_of_words(words: Vec<(String, Candidate)>) -> Name {
    let words = words.into_iter().take(MOST_WORDS);
    let words: Vec<WordUse> = words
        .map(|(word, of)| WordUse {
            word,
            members: of.members,
            others: of.others,
            z: of.z,
        })
        .collect();
    Name {
        chosen: joined(words.iter().take(IN_NAME)),
        alternatives: Vec::new(),
        words,
    }
}

fn joined<'a>(words: impl Iterator<Item = &'a WordUse>) -> String {
    let words: Vec<&str> = words.map(|word| word.word.as_str()).collect();
    words.join(", ")
}

/// Two other names: the hashtags, the next words, the best connected people; each only where it says something else.
fn alternatives(name: &Name, around: Vec<String>) -> Vec<String> {
    let tags = name.words.iter().filter(|word| word.word.starts_with('#'));
    let next = name.words.iter().skip(IN_NAME).take(IN_NAME);
    let others = [joined(tags.take(IN_NAME)), joined(next)].into_iter();
    let mut kept: Vec<String> = Vec::with_capacity(ALTERNATIVES);
    for other in others.chain(around) {
        if kept.len() < ALTERNATIVES
            && !other.is_empty()
            && other != name.chosen
            && !kept.contains(&other)
        {
            kept.push(other);
        }
    }
    kept
}

/// "around @ana": the three members with most connections, the smallest number first among equals; without the @ where nobody
/// posts, since people of plain ties have labels, not handles.
fn around(graph: &ConversationGraph, posts: &Posts, members: &[u32]) -> Vec<String> {
    let mut best: Vec<(std::cmp::Reverse<usize>, u32)> = Vec::with_capacity(ALTERNATIVES + 2);
    for &member in members {
        let place = (
            std::cmp::Reverse(graph.ties.connections(member as usize)),
            member,
        );
        if best.len() <= ALTERNATIVES || best.last().is_some_and(|last| place < *last) {
            let at = best.partition_point(|other| *other < place);
            best.insert(at, place);
            best.truncate(ALTERNATIVES + 1);
        }
    }
    let people = best
        .into_iter()
        .filter_map(|(_, i)| graph.people.get(i as usize));
    people
        .map(|person| {
            if posts.posts.is_empty() {
                format!("around {}", person.name)
            } else {
                format!("around @{}", person.handle)
            }
        })
        .collect()
}

/// Adds a number to names that occurred before.
fn tell_apart(names: &mut [Name]) {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for name in names {
        let times = seen.entry(name.chosen.clone()).or_insert(0);
        *times += 1;
        if *times > 1 {
            name.chosen = format!("{} ({times})", name.chosen);
        }
    }
}

/// With whom each community is compared: a number for each group of them, and how many groups there are. Communities of one
/// language are compared with each other; those whose language nobody else writes, or cannot be told, with everybody.
struct Compared {
    /// By community, the pool of all others last: its group; 0 are those compared with everybody.
    group: Vec<usize>,
    n: usize,
}

impl Compared {
    fn of(spoken: &[Option<Language>]) -> Self {
        let mut numbers: BTreeMap<Language, usize> = BTreeMap::new();
        for language in spoken.iter().flatten() {
            *numbers.entry(*language).or_insert(0) += 1;
        }
        let mut n = 1;
        for number in numbers.values_mut() {
            if *number > 1 {
                *number = n;
                n += 1;
            } else {
                *number = 0;
            }
        }
        let group = |language: &Option<Language>| {
            language.and_then(|l| numbers.get(&l).copied()).unwrap_or(0)
        };
        let mut group: Vec<usize> = spoken.iter().map(group).collect();
        group.push(0);
        Self { group, n }
    }

    /// Everybody is compared with everybody.
    fn with_all(n: usize) -> Self {
        Self {
            group: vec![0; n + 1],
            n: 1,
        }
    }

    /// Whether all who can be told apart write one language: then everybody counts.
    fn is_one(&self) -> bool {
        self.n <= 2 && !self.group[..self.group.len() - 1].contains(&0)
    }
}

/// The best words of each community. Where nothing stands out against those of the same language, as in a large community beside
/// a small one, everybody is compared with.
fn candidates_of_all(
    buckets: &[Vec<Use>],
    spoken: &[Option<Language>],
    progress: &Progress,
) -> Result<Vec<Vec<Candidate>>, Cancelled> {
    let compared = Compared::of(spoken);
    let mut best = candidates(buckets, &compared, progress)?;
    if best.iter().any(Vec::is_empty) && compared.n > 1 && !compared.is_one() {
        let others = candidates(buckets, &Compared::with_all(spoken.len()), progress)?;
        for (best, other) in best.iter_mut().zip(others) {
            if best.is_empty() {
                *best = other;
            }
        }
    }
    Ok(best)
}

/// The best words of each community, best first, at most [`CANDIDATES`] each.
fn candidates(
    buckets: &[Vec<Use>],
    compared: &Compared,
    progress: &Progress,
) -> Result<Vec<Vec<Candidate>>, Cancelled> {
    let n = compared.group.len() - 1;
    let mut in_community = vec![0u64; n + 1];
    for entry in buckets
        .iter()
        .flatten()
        .filter(|entry| !entry.is_passed_on())
    {
        in_community[entry.community()] += 1;
    }
    let found: Vec<StandingOut> = buckets
        .par_iter()
        .map(|bucket| {
            progress.check()?;
            Ok(standing_out(bucket, &in_community, compared))
        })
        .collect::<Result<_, Cancelled>>()?;
    let mut best: Vec<Vec<Candidate>> = vec![Vec::new(); n];
    let mut tested = vec![0u64; n];
    for found in found {
        for (all, some) in tested.iter_mut().zip(found.tested) {
            *all += some;
        }
        for (c, candidate) in found.words {
            best[c].push(candidate);
        }
    }
    for (best, tested) in best.iter_mut().zip(tested) {
        best.sort_unstable_by(|a, b| {
            (b.z.total_cmp(&a.z))
                .then(b.writers.cmp(&a.writers))
                .then(a.hash.cmp(&b.hash))
        });
        best.truncate(beyond_chance(best, tested).min(CANDIDATES));
    }
    Ok(best)
}

/// How many of the best candidates stand out beyond chance, of `tested` words: where so many are tried, some seem to. Of those
/// that are left one in ten may still be one of them.
///
/// Benjamini, Hochberg, *Controlling the false discovery rate*, J. R. Stat. Soc. B 57 (1995).
fn beyond_chance(best: &[Candidate], tested: u64) -> usize {
    let by_chance = |z: f64| 0.5 * libm::erfc(z / std::f64::consts::SQRT_2);
    let holds = |at: &usize| {
        let place = (at + 1) as f64;
        by_chance(best[*at].z) <= FALSE_SHARE * place / tested as f64
    };
    (0..best.len()).rev().find(holds).map_or(0, |at| at + 1)
}

/// What stands out among the words of one bucket.
struct StandingOut {
    words: Vec<(usize, Candidate)>,
    /// By community: words that at least two members used.
    tested: Vec<u64>,
}

/// The words of one bucket that stand out, and where.
fn standing_out(bucket: &[Use], in_community: &[u64], compared: &Compared) -> StandingOut {
    let pool = in_community.len() - 1;
    let alone = compared.is_one();
    let group = |c: usize| if alone { 0 } else { compared.group[c] };
    // Group 0 is everybody.
    let mut all = vec![0u64; compared.n];
    for (c, n) in in_community.iter().enumerate() {
        all[0] += n;
        if group(c) > 0 {
            all[group(c)] += n;
        }
    }
    let mut found = StandingOut {
        words: Vec::new(),
        tested: vec![0; pool],
    };
    let mut of_word = vec![0u64; compared.n];
    for word in bucket.chunk_by(|a, b| a.word() == b.word()) {
        of_word.fill(0);
        for entry in word.iter().filter(|entry| !entry.is_passed_on()) {
            of_word[0] += 1;
            let group = group(entry.community());
            if group > 0 {
                of_word[group] += 1;
            }
        }
        for same in word.chunk_by(|a, b| a.community() == b.community()) {
            let c = same[0].community();
            let own = same.partition_point(|entry| !entry.is_passed_on());
            if c == pool || own < 2 {
                continue;
            }
            found.tested[c] += 1;
            let (u_c, group) = (in_community[c] as f64, group(c));
            let z = z_score(own as f64, u_c, of_word[group] as f64, all[group] as f64);
            if z >= LEAST_Z {
                let candidate = Candidate {
                    hash: same[0].word(),
                    z,
                    writers: own as u32,
                    members: same.len() as u32,
                    others: (word.len() - same.len()) as u32,
                };
                found.words.push((c, candidate));
            }
        }
    }
    found
}

/// How far a word stands out: the root of twice the log-likelihood ratio of "used here as often as among the others", which by
/// chance is distributed like a normal deviate; negative where it is used less. 0 where nothing can be told.
///
/// `u_cw` of the community's `u_c` counts and `u_w` of all `u` are of this word. Small counts need no prior here.
///
/// Dunning, *Accurate methods for the statistics of surprise and coincidence*, Computational Linguistics 19 (1993); for words of
/// two texts, Rayson and Garside (2000).
fn z_score(u_cw: f64, u_c: f64, u_w: f64, u: f64) -> f64 {
    let expected = u_w * u_c / u;
    let part = |seen: f64, expected: f64| {
        if seen > 0.0 && expected > 0.0 {
            seen * libm::log(seen / expected)
        } else {
            0.0
        }
    };
    let ratio = 2.0 * (part(u_cw, expected) + part(u_w - u_cw, u_w - expected));
    libm::copysign(libm::sqrt(ratio.max(0.0)), u_cw - expected)
}

/// Drops the smallest words of each community's language; and, where communities write different languages, the words that over
/// 20 % of that language's posts use: they set the language apart, not the people.
fn without_common_words(
    written: &Written<'_>,
    mut words: Vec<Vec<(String, Candidate)>>,
    spoken: &[Option<Language>],
    progress: &Progress,
) -> Result<Vec<Vec<(String, Candidate)>>, Cancelled> {
    for (words, language) in words.iter_mut().zip(spoken) {
        // Of a mixture the small words of all languages go.
        words.retain(|(word, _)| !is_small_word(word, *language));
    }
    let mut languages: Vec<Language> = spoken.iter().flatten().copied().collect();
    languages.sort_unstable();
    languages.dedup();
    if languages.len() < 2 {
        return Ok(words);
    }
    for language in languages {
        let speaks = |c: &usize| spoken[*c] == Some(language);
        let wanted = (0..words.len()).filter(speaks);
        let wanted = wanted.flat_map(|c| words[c].iter().map(|(word, _)| hash(word)));
        let common = written.common_words(language, wanted.collect(), progress)?;
        for c in (0..words.len()).filter(speaks) {
            let words = &mut words[c];
            // A conversation with one topic in one language: rather its common words than none.
            if words.iter().any(|(word, _)| !common.contains(&hash(word))) {
                words.retain(|(word, _)| !common.contains(&hash(word)));
            }
        }
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::z_score;

    #[test]
    fn a_word_stands_out_as_far_as_its_likelihood_says() {
        // By hand: 10 of 100 here, 10 of 900 elsewhere; 2 expected here and 18 there.
        // 2 (10 ln 5 + 10 ln (10/18)) = 2 (16.0944 - 5.8779) = 20.4330
        assert!((z_score(10.0, 100.0, 20.0, 1000.0) - 20.4330_f64.sqrt()).abs() < 1e-4);
        // As often as elsewhere, and less often.
        assert!(z_score(2.0, 100.0, 20.0, 1000.0).abs() < 1e-9);
        assert!(z_score(1.0, 100.0, 20.0, 1000.0) < 0.0);
        // Nowhere else: 2 · 3 ln 10.
        assert!((z_score(3.0, 100.0, 3.0, 1000.0) - 13.815_5_f64.sqrt()).abs() < 1e-4);
        assert!(z_score(3.0, 3.0, 3.0, 3.0).abs() < 1e-9);
    }
}
