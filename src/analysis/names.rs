//! What communities are called: the words that set their people apart from everybody else.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::language::Language;
use super::readable::readable;
use super::standing_out::{Candidate, candidates_of_all};
use super::word_use::{NOT_READ, Written, hash};
use super::{Partition, WordUse};
use crate::people::{ConversationGraph, Posts};
use crate::progress::{Cancelled, Progress};

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

/// Names the communities of `partition`, by number.
///
/// People's posts are counted, not words: `u_cw` posts of members of c use w, two of a person at most, in what they wrote, hashtags
/// and what they say of themselves; a text that many of a community pass on counts for five of them at most. The name is the best
/// three of the words that stand out ([`candidates_of_all`]) against everybody else, or, where several communities write the same
/// language, against those. Where a community writes another
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
    let home: Vec<u32> = (partition.of.iter())
        .map(|c| (*c).min(n_named as u32))
        .collect();
    let named: Vec<&[u32]> = (0..n_named).map(members).collect();
    let words = words_of_each(&written, &home, &named, progress)?;
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

/// The words that set the people `inside` apart from those `outside`, best first, at most ten, as where communities are named; none
/// where fewer than five of them wrote. Numbers of people, each in one of the two or in none.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// O(posts + words of those people, log of those), on all cores.
pub fn words_that_set_apart(
    graph: &ConversationGraph,
    posts: &Posts,
    [inside, outside]: [&[u32]; 2],
    progress: &Progress,
) -> Result<Vec<WordUse>, Cancelled> {
    let written = Written::new(graph, posts);
    let mut home = vec![NOT_READ; graph.n_people()];
    for (people, side) in [(inside, 0), (outside, 1)] {
        for &person in people {
            if let Some(home) = home.get_mut(person as usize) {
                *home = side;
            }
        }
    }
    let words = words_of_each(&written, &home, &[inside], progress)?;
    Ok(words.into_iter().flat_map(word_uses).collect())
}

/// The words of each community, best first; `home` is the community of each person, the number behind the last for all
/// others.
fn words_of_each(
    written: &Written<'_>,
    home: &[u32],
    members: &[&[u32]],
    progress: &Progress,
) -> Result<Vec<Vec<(String, Candidate)>>, Cancelled> {
    let spoken: Vec<Option<Language>> = members
        .par_iter()
        .map(|members| {
            progress.check()?;
            Ok(written.language(members))
        })
        .collect::<Result<_, Cancelled>>()?;
    let used = written.count(home, progress)?;
    let candidates = candidates_of_all(&used.buckets, &spoken, progress)?;
    let words = candidates
        .into_par_iter()
        .zip(members)
        .map(|(found, members)| {
            progress.check()?;
            let writers = members.iter().filter(|&&i| used.writes[i as usize]);
            if writers.count() < LEAST_WRITERS {
                return Ok(Vec::new());
            }
            let wanted = found.into_iter().map(|c| (c.hash, c)).collect();
            Ok(readable(written.spell(members, wanted)))
        })
        .collect::<Result<Vec<_>, Cancelled>>()?;
    without_common_words(written, words, &spoken, progress)
}

/// The name that words give; empty where there are none.
fn name_of_words(words: Vec<(String, Candidate)>) -> Name {
    let words = word_uses(words);
    Name {
        chosen: joined(words.iter().take(IN_NAME)),
        alternatives: Vec::new(),
        words,
    }
}

fn word_uses(words: Vec<(String, Candidate)>) -> Vec<WordUse> {
    let words = words.into_iter().take(MOST_WORDS);
    let told = words.map(|(word, of)| WordUse {
        word,
        members: of.members,
        others: of.others,
        z: of.z,
    });
    told.collect()
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

/// Where communities write different languages, drops the words that over 20 % of that language's posts use: they set the language
/// apart, not the people.
fn without_common_words(
    written: &Written<'_>,
    mut words: Vec<Vec<(String, Candidate)>>,
    spoken: &[Option<Language>],
    progress: &Progress,
) -> Result<Vec<Vec<(String, Candidate)>>, Cancelled> {
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
