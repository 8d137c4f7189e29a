//! Which words set some people apart from others, and in which order they are told.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::language::{Language, SmallWords};
use super::word_use::Use;
use crate::progress::{Cancelled, Progress};

/// Below this a word may be distinctive by chance.
const LEAST_Z: f64 = 1.96;
/// Share of the words told that may stand out by chance.
const FALSE_SHARE: f64 = 0.1;
/// The same where so little is written that [`FEW_LONE`] holds.
const FALSE_SHARE_OF_LITTLE: f64 = 0.5;
/// Share of the words by which a community is told at all.
const FALSE_SHARE_OF_FIRST: f64 = 0.15;
/// Liked a little more than elsewhere is no topic: a community is told by words used more often than so many times as much.
const LIKED: f64 = 1.5;
/// So many times as often as elsewhere, beyond [`CLEAR_Z`], is clearly of a community.
const CLEARLY: f64 = 2.0;
const CLEAR_Z: f64 = 3.0;
/// Of the words that are not clear, those come first that are hardly used elsewhere: by how far they are above this.
const HARDLY_ELSEWHERE: f64 = 4.0;
/// A word of one person says something where a community has so few that nobody else uses; of more, none can be told from chance.
const FEW_LONE: u32 = 10;
/// Candidates kept for each community, of which fragments and repeats fall out.
const CANDIDATES: usize = 64;
/// Of a word used so often in a community the likelihood ratio tells the chance well; of one used less often it calls too much unlikely.
const MUCH: f64 = 60.0;
/// The logarithm of a chance below which a number cannot tell it any more.
const SMALLEST: f64 = -600.0;
/// What is left of a sum when its next part is smaller than this share of it.
const NEGLIGIBLE: f64 = 1e-9;

/// A word that stands out in a community.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    /// As [`super::word_use::hash`] says.
    pub(super) hash: u64,
    /// How far it stands out.
    pub(super) z: f64,
    /// How far beyond twice as often as elsewhere.
    clear: f64,
    /// How far beyond four times as often as elsewhere; 0 where it is not.
    alone: f64,
    /// How likely that is by chance.
    chance: f64,
    /// How likely by chance at one and a half times as often; `None` where it is used but once.
    liked: Option<f64>,
    /// Members whose own use counts.
    pub(super) writers: u32,
    /// Members who used it, and others.
    pub(super) members: u32,
    pub(super) others: u32,
}

impl Candidate {
    fn is_clear(&self) -> bool {
        self.clear >= CLEAR_Z
    }

    /// Whether this one is told before the other: clear ones by how far they stand out, then the others by how little they are
    /// used elsewhere. Equal where nothing of that tells them apart.
    pub(super) fn place(&self, other: &Self) -> Ordering {
        let by_z = other.z.total_cmp(&self.z);
        match (self.is_clear(), other.is_clear()) {
            (true, true) => by_z,
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => other.alone.total_cmp(&self.alone).then(by_z),
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

    /// Whether a community wrote more than all it is compared with, who are not everybody.
    fn is_most(&self, c: usize, in_community: &[u64]) -> bool {
        let same = self.group.iter().zip(in_community);
        let with: u64 = same
            .filter(|(group, _)| **group == self.group[c])
            .map(|(_, n)| n)
            .sum();
        self.group[c] > 0 && !self.is_one() && 2 * in_community[c] > with
    }

    /// Whether all who can be told apart write one language: then everybody counts.
    fn is_one(&self) -> bool {
        self.n <= 2 && !self.group[..self.group.len() - 1].contains(&0)
    }
}

/// The best words of each community, best first, at most 64 each; none where a community cannot be told by words. `spoken` is the
/// language of each. Where nothing stands out against those of the same language because they wrote
/// less than the community itself, everybody is compared with.
///
/// A word stands out by its [`z_score`] ≥ 1.96, used by two members at least; words of one only where the community has few
/// of them. Of so many words some seem to stand out: a community is told where some do beyond that, at one and a half times as
/// often as elsewhere (false discovery rate 0.15), and by those that do at all (0.1; 0.5 where little is written).
///
/// Small words of the language, or of any where it is a mixture, are left out.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// O(uses), on all cores.
/// # Source
/// Benjamini, Hochberg, *Controlling the false discovery rate*, J. R. Stat. Soc. B 57 (1995). How well that finds what people talk
/// about: `benches/topics.rs`, docs/quality.md.
pub(super) fn candidates_of_all(
    buckets: &[Vec<Use>],
    spoken: &[Option<Language>],
    progress: &Progress,
) -> Result<Vec<Vec<Candidate>>, Cancelled> {
    let small = SmallWords::new();
    let mut in_community = vec![0u64; spoken.len() + 1];
    for entry in buckets.iter().flatten() {
        in_community[entry.community()] += entry.uses();
    }
    let compared = Compared::of(spoken);
    let languages = (spoken, &small);
    let mut best = candidates(buckets, languages, (&compared, &in_community), progress)?;
    let says_little = |c: usize| best[c].is_empty() && compared.is_most(c, &in_community);
    let again: Vec<usize> = (0..best.len()).filter(|c| says_little(*c)).collect();
    if !again.is_empty() {
        let all = Compared::with_all(spoken.len());
        let mut others = candidates(buckets, languages, (&all, &in_community), progress)?;
        for c in again {
            best[c] = std::mem::take(&mut others[c]);
        }
    }
    Ok(best)
}

fn candidates(
    buckets: &[Vec<Use>],
    languages: (&[Option<Language>], &SmallWords),
    (compared, in_community): (&Compared, &[u64]),
    progress: &Progress,
) -> Result<Vec<Vec<Candidate>>, Cancelled> {
    let n = compared.group.len() - 1;
    let words = Words {
        in_community,
        compared,
        languages,
    };
    let found: Vec<StandingOut> = buckets
        .par_iter()
        .map(|bucket| {
            progress.check()?;
            Ok(words.standing_out(bucket))
        })
        .collect::<Result<_, Cancelled>>()?;
    let mut all = StandingOut::new(n);
    for found in found {
        all.add(found);
    }
    Ok(all.best())
}

/// What stands out among some words.
struct StandingOut {
    /// By community: words that two members used.
    shared: Vec<Found>,
    /// By community: words of one member.
    lone: Vec<Found>,
    /// By community: words that nobody else used.
    n_lone: Vec<u32>,
}

/// Words of one community.
#[derive(Default, Clone)]
struct Found {
    best: Vec<Candidate>,
    /// Words that were looked at.
    tested: u64,
    /// Those of them used at least twice.
    tested_twice: u64,
}

impl Found {
    fn add(&mut self, other: Self) {
        self.best.extend(other.best);
        self.tested += other.tested;
        self.tested_twice += other.tested_twice;
    }

    /// The best of them in order, without those that stand out no more than so many words do by chance.
    fn beyond_chance(mut self, false_share: f64) -> Vec<Candidate> {
        let mut liked: Vec<f64> = self.best.iter().filter_map(|c| c.liked).collect();
        liked.sort_unstable_by(f64::total_cmp);
        if beyond_chance(liked.into_iter(), self.tested_twice, FALSE_SHARE_OF_FIRST) == 0 {
            return Vec::new();
        }
        self.best
            .sort_unstable_by(|a, b| a.chance.total_cmp(&b.chance));
        let chances = self.best.iter().map(|c| c.chance);
        let kept = beyond_chance(chances, self.tested, false_share);
        let most = self.best[..kept].last().map_or(0.0, |c| c.chance);
        self.best.retain(|c| kept > 0 && c.chance <= most);
        self.best.sort_unstable_by(|a, b| {
            (a.place(b))
                .then(b.writers.cmp(&a.writers))
                .then(a.hash.cmp(&b.hash))
        });
        self.best.truncate(CANDIDATES);
        self.best
    }
}

/// How many of the least likely stand out beyond chance, of `tested`; from the least likely on.
fn beyond_chance(chances: impl Iterator<Item = f64>, tested: u64, false_share: f64) -> usize {
    let mut kept = 0;
    for (place, chance) in (1u32..).zip(chances) {
        if chance <= false_share * f64::from(place) / tested as f64 {
            kept = place as usize;
        }
    }
    kept
}

/// How likely it is that by chance at least `u_cw` of `u_w` uses are the community's, of exactly so many half (mid-p), where it is
/// expected to use the word `times` as often as the others. Counts as [`z_score`] has them, which `z` is: good enough where much is used.
///
/// # Cost
/// O(`u_cw` + expected uses).
fn chance([u_cw, u_c, u_w, u]: [f64; 4], times: f64, z: f64) -> f64 {
    let share = times * u_c / (times * u_c + (u - u_c));
    let none = u_w * libm::log1p(-share);
    if u_cw > MUCH || none < SMALLEST {
        return 0.5 * libm::erfc(z / std::f64::consts::SQRT_2);
    }
    // The binomial distribution from none on.
    let odds = share / (1.0 - share);
    let (mut of_k, mut k) = (libm::exp(none), 0.0);
    let next = |of_k: f64, k: f64| of_k * odds * (u_w - k) / (k + 1.0);
    while k < u_cw {
        of_k = next(of_k, k);
        k += 1.0;
    }
    let mut tail = of_k * 0.5;
    while k < u_w && of_k > tail * NEGLIGIBLE {
        of_k = next(of_k, k);
        k += 1.0;
        tail += of_k;
    }
    tail
}

impl StandingOut {
    fn new(n: usize) -> Self {
        Self {
            shared: vec![Found::default(); n],
            lone: vec![Found::default(); n],
            n_lone: vec![0; n],
        }
    }

    fn add(&mut self, other: Self) {
        for (all, some) in self.shared.iter_mut().zip(other.shared) {
            all.add(some);
        }
        for (all, some) in self.lone.iter_mut().zip(other.lone) {
            all.add(some);
        }
        for (all, some) in self.n_lone.iter_mut().zip(other.n_lone) {
            *all += some;
        }
    }

    fn best(self) -> Vec<Vec<Candidate>> {
        let counts = self.lone.into_iter().zip(self.n_lone);
        let all = self.shared.into_iter().zip(counts);
        all.map(|(mut found, (lone, n_lone))| {
            if n_lone > FEW_LONE {
                return found.beyond_chance(FALSE_SHARE);
            }
            found.add(lone);
            found.beyond_chance(FALSE_SHARE_OF_LITTLE)
        })
        .collect()
    }
}

/// What is known beside the words themselves.
struct Words<'a> {
    /// Uses of all words by community, those of all others last.
    in_community: &'a [u64],
    compared: &'a Compared,
    languages: (&'a [Option<Language>], &'a SmallWords),
}

impl Words<'_> {
    /// The words of one bucket that stand out, and where.
    fn standing_out(&self, bucket: &[Use]) -> StandingOut {
        let pool = self.in_community.len() - 1;
        let alone = self.compared.is_one();
        let group = |c: usize| if alone { 0 } else { self.compared.group[c] };
        // Group 0 is everybody.
        let mut all = vec![0u64; self.compared.n];
        for (c, n) in self.in_community.iter().enumerate() {
            all[0] += n;
            if group(c) > 0 {
                all[group(c)] += n;
            }
        }
        let mut found = StandingOut::new(pool);
        let mut of_word = vec![0u64; self.compared.n];
        for word in bucket.chunk_by(|a, b| a.word() == b.word()) {
            of_word.fill(0);
            for entry in word {
                of_word[0] += entry.uses();
                let group = group(entry.community());
                if group > 0 {
                    of_word[group] += entry.uses();
                }
            }
            let speakers = self.languages.1.speakers(word[0].word());
            for same in word.chunk_by(|a, b| a.community() == b.community()) {
                let c = same[0].community();
                if c == pool || SmallWords::is_small(speakers, self.languages.0[c]) {
                    continue;
                }
                let group = group(c);
                let counts = [self.in_community[c], of_word[group], all[group]];
                found.see(word, same, counts, of_word[0]);
            }
        }
        found
    }
}

impl StandingOut {
    /// A word, `same` those of one community who used it. Uses of all words there, of this word by those it is compared with, and
    /// of all words by them; and of this word by everybody.
    fn see(&mut self, word: &[Use], same: &[Use], [u_c, u_w, u]: [u64; 3], everywhere: u64) {
        let c = same[0].community();
        let writers = same.iter().filter(|entry| !entry.is_passed_on()).count();
        let own: u64 = same.iter().map(|entry| entry.uses()).sum();
        let found = match writers {
            0 => return,
            1 => {
                self.n_lone[c] += u32::from(everywhere == own);
                if self.n_lone[c] > FEW_LONE {
                    return;
                }
                &mut self.lone[c]
            }
            _ => &mut self.shared[c],
        };
        found.tested += 1;
        found.tested_twice += u64::from(own >= 2);
        let counts = [own as f64, u_c as f64, u_w as f64, u as f64];
        let z = z_score(counts, 1.0);
        if z >= LEAST_Z {
            found.best.push(Candidate {
                hash: same[0].word(),
                z,
                clear: z_score(counts, CLEARLY),
                alone: z_score(counts, HARDLY_ELSEWHERE).max(0.0),
                chance: chance(counts, 1.0, z),
                liked: (own >= 2).then(|| chance(counts, LIKED, z_score(counts, LIKED))),
                writers: writers as u32,
                members: same.len() as u32,
                others: (word.len() - same.len()) as u32,
            });
        }
    }
}

/// How far a word stands out: the root of twice the log-likelihood ratio of "used here `times` as often as among the others",
/// which by chance is distributed like a normal deviate; negative where it is used less. 0 where nothing can be told.
///
/// `u_cw` of the community's `u_c` counts and `u_w` of all `u` are of this word. Small counts need no prior here.
///
/// Dunning, *Accurate methods for the statistics of surprise and coincidence*, Computational Linguistics 19 (1993); for words of
/// two texts, Rayson and Garside (2000).
fn z_score([u_cw, u_c, u_w, u]: [f64; 4], times: f64) -> f64 {
    let expected = u_w * (times * u_c) / (times * u_c + (u - u_c));
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

#[cfg(test)]
mod tests {
    use super::{beyond_chance, chance, z_score};

    #[test]
    fn a_word_stands_out_as_far_as_its_likelihood_says() {
        let z = |own, of, all, whole| z_score([own, of, all, whole], 1.0);
        // By hand: 10 of 100 here, 10 of 900 elsewhere; 2 expected here and 18 there.
        // 2 (10 ln 5 + 10 ln (10/18)) = 2 (16.0944 - 5.8779) = 20.4330
        assert!((z(10.0, 100.0, 20.0, 1000.0) - 20.4330_f64.sqrt()).abs() < 1e-4);
        // As often as elsewhere, and less often.
        assert!(z(2.0, 100.0, 20.0, 1000.0).abs() < 1e-9);
        assert!(z(1.0, 100.0, 20.0, 1000.0) < 0.0);
        // Nowhere else: 2 · 3 ln 10.
        assert!((z(3.0, 100.0, 3.0, 1000.0) - 13.815_5_f64.sqrt()).abs() < 1e-4);
        assert!(z(3.0, 3.0, 3.0, 3.0).abs() < 1e-9);
    }

    #[test]
    fn used_twice_as_often_is_nothing_beyond_twice_as_often() {
        // 20 of 100 here and 90 of 900 elsewhere: twice as often.
        assert!(z_score([20.0, 100.0, 110.0, 1000.0], 2.0).abs() < 1e-9);
        assert!(z_score([20.0, 100.0, 110.0, 1000.0], 4.0) < 0.0);
        // By hand: only here, three times; at four times as often 3 · 400/1300 of it are expected here. 2 · 3 ln (13/4) = 7.0719
        assert!((z_score([3.0, 100.0, 3.0, 1000.0], 4.0) - 7.0719_f64.sqrt()).abs() < 1e-4);
    }

    #[test]
    fn the_chance_of_a_word_is_that_of_throws() {
        let of = |own, of, all, whole, times| {
            let counts = [own, of, all, whole];
            chance(counts, times, z_score(counts, times))
        };
        // One in ten words is the community's. All three uses there: 0.1³, and half of that.
        assert!((of(3.0, 100.0, 3.0, 1000.0, 1.0) - 0.0005).abs() < 1e-12);
        // Two or more of three: 0.001 + half of 3 · 0.1² · 0.9.
        assert!((of(2.0, 100.0, 3.0, 1000.0, 1.0) - (0.001 + 0.0135)).abs() < 1e-12);
        // One and a half times as often as the others: 150 of 1050 words, one in seven.
        assert!((of(2.0, 100.0, 2.0, 1000.0, 1.5) - 0.5 / 49.0).abs() < 1e-12);
        // Where much is used both ways of counting meet.
        let normal = of(61.0, 1000.0, 400.0, 10_000.0, 1.0);
        let throws = of(60.0, 1000.0, 400.0, 10_000.0, 1.0);
        assert!(
            normal < throws && normal > 0.5 * throws,
            "{normal} {throws}"
        );
        // A community of nearly everybody, and one of everybody.
        for whole in [1_000_000.0, 1_000_001.0] {
            let all = of(60.0, 1_000_000.0, 60.0, whole, 1.0);
            assert!((0.0..=1.0).contains(&all), "{all}");
        }
    }

    #[test]
    fn what_is_beyond_chance_are_those_less_likely_than_their_share_of_all() {
        // Benjamini and Hochberg (1995), table of 15 chances, share 0.05: the first four are kept.
        let chances = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
            0.5719, 0.6528, 0.7590, 1.0,
        ];
        assert_eq!(beyond_chance(chances.into_iter(), 15, 0.05), 4);
        // One too likely for its place stands, where a later one is unlikely enough.
        assert_eq!(beyond_chance([0.04, 0.05].into_iter(), 2, 0.05), 2);
        assert_eq!(beyond_chance([0.04, 0.06].into_iter(), 2, 0.05), 0);
    }
}
