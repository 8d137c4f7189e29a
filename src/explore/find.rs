//! Who is called so: everybody by handle or name, misspelt too, fast enough to ask again with every letter typed.
//!
//! [`NameIndex`] holds the folded names of a map in large texts, in which a vectorized search finds words; only the people in whose
//! names all of them stand are looked at. What is found nowhere is looked for among those with nearly the same letters.

use memchr::memmem::Finder;
use rayon::prelude::*;

use super::alike::{Alike, letters_of};
use super::fold::{fold, fold_into};
use crate::people::{ConversationGraph, PersonId};
use crate::progress::{Cancelled, Progress};

/// People in one text: small enough that cores share the work evenly and cancelling is quick.
const PEOPLE_AT_A_TIME: usize = 1 << 13;
/// Letters of a name that are looked at: longer ones are no names.
const LONGEST: usize = 200;
/// Between a handle and a name.
const BETWEEN: char = '\t';

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

/// Some people's names, one behind the other.
#[derive(Debug, Clone)]
struct Part {
    /// The number of the first of them.
    first: u32,
    /// Of each the folded handle, where the name is another a tab and that, and a line break.
    text: String,
    /// Where each begins, and the end of the last.
    starts: Vec<u32>,
    /// The letters of each, as bits.
    letters: Vec<u64>,
}

/// Everybody's handles and names, ready to be searched. Uses about the bytes of both, folded, and 14 bytes for each person.
#[derive(Debug, Clone, Default)]
pub struct NameIndex {
    parts: Vec<Part>,
}

/// What is looked for.
struct Sought {
    /// All of it, words one space apart.
    phrase: String,
    words: Vec<String>,
    /// The longest word: the fewest people have it.
    rarest: usize,
}

impl Sought {
    /// `None` where nothing is typed.
    fn of(text: &str) -> Option<Self> {
        let typed = fold(text);
        let words: Vec<String> = typed
            .split_whitespace()
            .map(|word| word.trim_start_matches('@').to_owned())
            .filter(|word| !word.is_empty())
            .collect();
        let rarest = (0..words.len()).max_by_key(|at| words.get(*at).map_or(0, String::len))?;
        Some(Self {
            phrase: words.join(" "),
            words,
            rarest,
        })
    }

    /// How well somebody is found in whose `entry` the rarest word stands; `None`: not.
    fn likeness(&self, entry: &str) -> Option<Likeness> {
        let (handle, name) = entry.split_once(BETWEEN).unwrap_or((entry, entry));
        let phrase = self.phrase.as_str();
        if handle.starts_with(phrase) {
            return Some(if handle.len() == phrase.len() {
                Likeness::Handle
            } else if name == phrase {
                Likeness::Name
            } else {
                Likeness::HandleBegins
            });
        }
        if name.starts_with(phrase) {
            return Some(if name.len() == phrase.len() {
                Likeness::Name
            } else {
                Likeness::NameBegins
            });
        }
        let mut all_begin = true;
        for word in &self.words {
            if !begins_word(entry, word) {
                all_begin = false;
                if !entry.contains(word.as_str()) {
                    return None;
                }
            }
        }
        Some(if all_begin {
            Likeness::WordsBegin
        } else {
            Likeness::Within
        })
    }
}

/// Whether a word of `text` begins with `word`; both folded.
pub(super) fn begins_word(text: &str, word: &str) -> bool {
    let (bytes, sought) = (text.as_bytes(), word.as_bytes());
    let Some(first) = sought.first() else {
        return true;
    };
    memchr::memchr_iter(*first, bytes).any(|at| {
        bytes.get(at..).is_some_and(|rest| rest.starts_with(sought)) && is_begin(text, at)
    })
}

/// Whether no letter or digit stands before the byte `at` of `text`.
fn is_begin(text: &str, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|at| text.as_bytes().get(at)) else {
        return true;
    };
    if before.is_ascii() {
        return !before.is_ascii_alphanumeric();
    }
    let letter = text.get(..at).and_then(|before| before.chars().next_back());
    letter.is_some_and(|letter| !letter.is_alphanumeric())
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

    fn see(&mut self, hit: Hit) {
        if self.hits.len() == self.most && self.hits.last().is_none_or(|last| *last <= hit) {
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
                Ok(Part::of((at * PEOPLE_AT_A_TIME) as u32, names))
            })
            .collect::<Result<_, Cancelled>>()?;
        Ok(Self { parts })
    }

    /// Bytes it uses.
    pub fn bytes(&self) -> usize {
        let of = |part: &Part| {
            part.text.capacity() + part.starts.capacity() * 4 + part.letters.capacity() * 8
        };
        self.parts.iter().map(of).sum()
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
        let finder = Finder::new(sought.words.get(sought.rarest).map_or("", |word| word));
        let parts: Vec<(Vec<Hit>, Vec<PersonId>)> = self
            .parts
            .par_iter()
            .map(|part| {
                progress.check()?;
                Ok(part.find(&sought, &finder, (rank, most)))
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
            let alike = Alike::of(&sought.words);
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
    fn of<'a>(first: u32, names: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut part = Self {
            first,
            text: String::new(),
            starts: vec![0],
            letters: Vec::new(),
        };
        let mut name_folded = String::new();
        for (handle, name) in names {
            let from = part.text.len();
            fold_into(first_letters(handle), &mut part.text);
            name_folded.clear();
            fold_into(first_letters(name), &mut name_folded);
            if part.text.get(from..) != Some(name_folded.as_str()) {
                part.text.push(BETWEEN);
                part.text.push_str(&name_folded);
            }
            let entry = part.text.get(from..).unwrap_or_default();
            part.letters.push(letters_of(entry));
            part.text.push('\n');
            part.starts.push(part.text.len() as u32);
        }
        part.text.shrink_to_fit();
        part.starts.shrink_to_fit();
        part.letters.shrink_to_fit();
        part
    }

    /// The names of the person in place `at`.
    fn entry(&self, at: usize) -> &str {
        let (Some(from), Some(until)) = (self.starts.get(at), self.starts.get(at + 1)) else {
            return "";
        };
        let text = self.text.get(*from as usize..(*until as usize).max(1) - 1);
        text.unwrap_or_default()
    }

    fn find(
        &self,
        sought: &Sought,
        finder: &Finder<'_>,
        (rank, most): (&[u32], usize),
    ) -> (Vec<Hit>, Vec<PersonId>) {
        let (mut best, mut all) = (Best::new(most), Vec::new());
        let bytes = self.text.as_bytes();
        let (mut from, mut at) = (0, 0);
        while let Some(hit) = bytes.get(from..).and_then(|rest| finder.find(rest)) {
            let hit = (from + hit) as u32;
            while self.starts.get(at + 1).is_some_and(|next| *next <= hit) {
                at += 1;
            }
            if let Some(likeness) = sought.likeness(self.entry(at)) {
                let person = PersonId(self.first + at as u32);
                all.push(person);
                best.see((likeness, 0, rank_of(rank, person), person));
            }
            at += 1;
            from = self
                .starts
                .get(at)
                .map_or(bytes.len(), |next| *next as usize);
        }
        (best.hits, all)
    }

    fn alike(&self, alike: &Alike, (rank, most): (&[u32], usize)) -> Vec<Hit> {
        let mut best = Best::new(most);
        let mut room = Vec::new();
        for (at, letters) in self.letters.iter().enumerate() {
            if !alike.may_be(*letters) {
                continue;
            }
            if let Some((likeness, spread)) = alike.likeness(self.entry(at), &mut room) {
                let person = PersonId(self.first + at as u32);
                best.see((likeness, spread, rank_of(rank, person), person));
            }
        }
        best.hits
    }
}

fn rank_of(rank: &[u32], person: PersonId) -> u32 {
    rank.get(person.index()).copied().unwrap_or(u32::MAX)
}

/// The first letters of a name, of which the folded form stays small too.
fn first_letters(name: &str) -> &str {
    let end = name.floor_char_boundary(LONGEST);
    name.get(..end).unwrap_or_default()
}
