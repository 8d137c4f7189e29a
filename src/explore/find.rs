//! Who is called so: everybody by handle or name, misspelt too, fast enough to ask again with every letter typed.
//!
//! [`NameIndex`] holds the folded names of a map in large texts, in which a vectorized search finds words; who has a letter is told by
//! bits. How well somebody is found is asked only as far as they may be among the best. What is found nowhere is looked for among
//! those with nearly the same letters.

use memchr::memmem::Finder;
use rayon::prelude::*;

use super::alike::Alike;
use super::fold::fold;
use super::names::{BETWEEN, Entry, Names, Opening, letters_of, telling_bit};
use crate::people::{ConversationGraph, PersonId};
use crate::progress::{Cancelled, Progress};

/// People in one text: small enough that cores share the work evenly and cancelling is quick.
const PEOPLE_AT_A_TIME: usize = 1 << 13;

/// How well somebody is found, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Likeness {
    /// The handle is it.
    Handle,
    /// The name is it.
    Name,
    /// The handle begins with it.
    HandleBegins,
    /// The name begins with it.
    NameBegins,
    /// Each word begins a word of handle or name.
    WordsBegin,
    /// Each word stands somewhere in handle or name.
    Within,
    /// Each word but for one letter that is wrong, missing, too many, or swapped with the next.
    Misspelt,
    /// Its letters stand in the handle or the name in this order.
    Letters,
}

/// Who is called so.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FoundPeople {
    /// The best, best first, with how they are found.
    pub best: Vec<(PersonId, Likeness)>,
    /// Everybody in whose handle or name all that was typed stands, by number; nobody of those who are only alike.
    pub all: Vec<PersonId>,
}

/// Everybody's handles and names, ready to be searched. Uses about the bytes of both, folded, an eighth of that, and 14 bytes for each
/// person.
#[derive(Debug, Clone, Default)]
pub struct NameIndex {
    parts: Vec<Part>,
}

/// Some people's names.
#[derive(Debug, Clone)]
struct Part {
    /// The number of the first of them.
    first: u32,
    names: Names,
}

/// What is looked for.
struct Sought {
    /// All of it, words one space apart.
    phrase: String,
    /// That, to be looked for where words begin.
    opening: Opening,
    words: Vec<Word>,
    /// The longest word: the fewest people have it.
    rarest: usize,
    /// The letters of all words, as bits.
    letters: u64,
    /// Whether these say who has all words.
    told_by_letters: bool,
}

/// A word that is looked for.
struct Word {
    text: String,
    opening: Opening,
    finder: Finder<'static>,
}

impl Sought {
    /// `None` where nothing is typed.
    fn of(text: &str) -> Option<Self> {
        let typed = fold(text);
        let words: Vec<&str> = typed
            .split_whitespace()
            .map(|word| word.trim_start_matches('@'))
            .filter(|word| !word.is_empty())
            .collect();
        let rarest = (0..words.len()).max_by_key(|at| words.get(*at).map_or(0, |w| w.len()))?;
        let word = |word: &&str| Word {
            text: (*word).to_owned(),
            opening: Opening::of(word),
            finder: Finder::new(*word).into_owned(),
        };
        let phrase = words.join(" ");
        Some(Self {
            opening: Opening::of(&phrase),
            phrase,
            rarest,
            letters: words.iter().fold(0, |bits, word| bits | letters_of(word)),
            told_by_letters: words.iter().all(|word| telling_bit(word).is_some()),
            words: words.iter().map(word).collect(),
        })
    }

    /// Whether all words stand in `entry`, in which the rarest does.
    fn are_in(&self, entry: Entry<'_>) -> bool {
        let mut words = self.words.iter().enumerate();
        words.all(|(at, word)| at == self.rarest || word.finder.find(entry.bytes()).is_some())
    }

    /// How well somebody is found in whose `entry` all words stand; `None`: not so well that it `is_worth` a closer look.
    fn likeness(&self, entry: Entry<'_>, is_worth: impl Fn(Likeness) -> bool) -> Option<Likeness> {
        if !is_worth(Likeness::Handle) {
            return None;
        }
        let (from, until) = entry.ends();
        if self.opening.stands_at(entry, from) {
            let all = entry.bytes();
            let tab = memchr::memchr(BETWEEN, all);
            let name = tab.and_then(|at| all.get(at + 1..)).unwrap_or(all);
            return Some(if tab.unwrap_or(all.len()) == self.opening.len() {
                Likeness::Handle
            } else if name == self.phrase.as_bytes() {
                Likeness::Name
            } else {
                Likeness::HandleBegins
            });
        }
        if !is_worth(Likeness::Name) {
            return None;
        }
        let mut begins_word = false;
        for at in entry.begins() {
            if self.opening.stands_at(entry, at) {
                if entry.is_name_at(at) {
                    return Some(if until - at == self.opening.len() {
                        Likeness::Name
                    } else {
                        Likeness::NameBegins
                    });
                }
                begins_word = true;
            }
        }
        let begins = |word: &Word| (entry.begins()).any(|at| word.opening.stands_at(entry, at));
        Some(match self.words.as_slice() {
            [_] if begins_word => Likeness::WordsBegin,
            [_] => Likeness::Within,
            words if is_worth(Likeness::WordsBegin) && words.iter().all(begins) => {
                Likeness::WordsBegin
            }
            _ => Likeness::Within,
        })
    }
}

/// Somebody found, in the order in which the better stands first.
type Hit = (Likeness, u8, u32, PersonId);

/// The best few of many, best first.
struct Best {
    most: usize,
    hits: Vec<Hit>,
}

impl Best {
    fn new(most: usize) -> Self {
        Self {
            most,
            hits: Vec::with_capacity(most.min(1 << 10) + 1),
        }
    }

    /// Whether `hit` would be kept.
    fn is_worth(&self, hit: Hit) -> bool {
        self.hits.len() < self.most || self.hits.last().is_some_and(|last| hit < *last)
    }

    fn see(&mut self, hit: Hit) {
        if !self.is_worth(hit) {
            return;
        }
        let at = self.hits.partition_point(|other| *other < hit);
        self.hits.insert(at, hit);
        self.hits.truncate(self.most);
    }
}

impl NameIndex {
    /// Makes it for everybody of `graph`.
    ///
    /// # Errors
    /// [`Cancelled`] only.
    /// # Cost
    /// O(letters of all names), on all cores.
    pub fn of(graph: &ConversationGraph, progress: &Progress) -> Result<Self, Cancelled> {
        let parts = graph
            .people
            .par_chunks(PEOPLE_AT_A_TIME)
            .enumerate()
            .map(|(at, people)| {
                progress.check()?;
                let names = people.iter().map(|person| (&*person.key, &*person.name));
                Ok(Part {
                    first: (at * PEOPLE_AT_A_TIME) as u32,
                    names: Names::of(names),
                })
            })
            .collect::<Result<_, Cancelled>>()?;
        Ok(Self { parts })
    }

    /// Bytes it uses.
    pub fn bytes(&self) -> usize {
        self.parts.iter().map(|part| part.names.bytes()).sum()
    }

    /// Whom `text` finds: a handle with or without @, names or parts of them, words in any order. The best `most`, better ones by
    /// [`Likeness`], then by `rank` (a value a person, the smallest first), then by number; those who are only alike are looked for
    /// where there are fewer.
    ///
    /// # Errors
    /// [`Cancelled`] only.
    /// # Cost
    /// O(bytes of the index), on all cores; the same for any number of them.
    pub fn find(
        &self,
        rank: &[u32],
        text: &str,
        most: usize,
        progress: &Progress,
    ) -> Result<FoundPeople, Cancelled> {
        let Some(sought) = Sought::of(text) else {
            return Ok(FoundPeople::default());
        };
        let parts: Vec<(Vec<Hit>, Vec<PersonId>)> = self
            .parts
            .par_iter()
            .map(|part| {
                progress.check()?;
                Ok(part.find(&sought, (rank, most)))
            })
            .collect::<Result<_, Cancelled>>()?;
        let mut best = Best::new(most);
        let mut all = Vec::with_capacity(parts.iter().map(|(_, all)| all.len()).sum());
        for (hits, people) in parts {
            for hit in hits {
                best.see(hit);
            }
            all.extend(people);
        }
        if all.len() < most {
            let most = most - all.len(); // whoever has all of it is better
            let alike = Alike::of(sought.words.iter().map(|word| word.text.as_str()));
            let parts: Vec<Vec<Hit>> = self
                .parts
                .par_iter()
                .map(|part| {
                    progress.check()?;
                    Ok(part.alike(&alike, (rank, most)))
                })
                .collect::<Result<_, Cancelled>>()?;
            parts.into_iter().flatten().for_each(|hit| best.see(hit));
        }
        Ok(FoundPeople {
            best: (best.hits.into_iter())
                .map(|(likeness, _, _, person)| (person, likeness))
                .collect(),
            all,
        })
    }
}

impl Part {
    fn person(&self, at: usize) -> PersonId {
        PersonId(self.first + at as u32)
    }

    /// The best of those who have all that is sought, and all of them.
    fn find(&self, sought: &Sought, (rank, most): (&[u32], usize)) -> (Vec<Hit>, Vec<PersonId>) {
        let (mut best, mut all) = (Best::new(most), Vec::new());
        let mut see = |at: usize| {
            let person = self.person(at);
            all.push(person);
            let hit = |likeness| (likeness, 0, rank_of(rank, person), person);
            let is_worth = |likeness| best.is_worth(hit(likeness));
            if let Some(likeness) = sought.likeness(self.names.entry(at), is_worth) {
                best.see(hit(likeness));
            }
        };
        let letters = self.names.letters();
        let has_letters = |at: usize| {
            let letters = letters.get(at).copied().unwrap_or_default();
            letters & sought.letters == sought.letters
        };
        if sought.told_by_letters {
            (0..letters.len())
                .filter(|at| has_letters(*at))
                .for_each(see);
            return (best.hits, all);
        }
        let Some(rarest) = sought.words.get(sought.rarest) else {
            return (best.hits, all);
        };
        let bytes = self.names.text();
        let (mut from, mut at) = (0, 0);
        while let Some(hit) = bytes.get(from..).and_then(|rest| rarest.finder.find(rest)) {
            let hit = from + hit;
            while self.names.start(at + 1).is_some_and(|next| next <= hit) {
                at += 1;
            }
            if has_letters(at) && sought.are_in(self.names.entry(at)) {
                see(at);
            }
            at += 1;
            from = self.names.start(at).unwrap_or(bytes.len());
        }
        (best.hits, all)
    }

    /// The best of those who are only alike.
    fn alike(&self, alike: &Alike, (rank, most): (&[u32], usize)) -> Vec<Hit> {
        let mut best = Best::new(most);
        for (at, letters) in self.names.letters().iter().enumerate() {
            if !alike.may_be(*letters) {
                continue;
            }
            let person = self.person(at);
            let hit = |likeness, spread| (likeness, spread, rank_of(rank, person), person);
            if !best.is_worth(hit(Likeness::Misspelt, 0)) {
                continue; // no better than those there are, however alike
            }
            if let Some((likeness, spread)) = alike.likeness(self.names.entry(at), *letters) {
                best.see(hit(likeness, spread));
            }
        }
        best.hits
    }
}

fn rank_of(rank: &[u32], person: PersonId) -> u32 {
    rank.get(person.index()).copied().unwrap_or(u32::MAX)
}
