//! Finding people gives exactly what its order says: names in many scripts and thousands of typed texts, against looking at every
//! letter of everybody.

use std::collections::HashSet;

use isthmus::explore::{FoundPeople, Likeness, NameIndex, fold};
use isthmus::people::{ConversationGraph, Person, PersonId};
use isthmus::progress::Progress;

/// Numbers that look drawn by chance, the same every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = self.0.wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }

    fn one_of<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

/// Syllables that share many letters, so that much is nearly the same.
const LATIN: [&str; 14] = [
    "an", "na", "su", "shi", "ma", "ki", "lee", "ö", "é", "ben", "k", "12", "7", "ric",
];
const OTHERS: [&str; 18] = [
    "寿",
    "司",
    "太郎",
    "ガ",
    "か",
    "ма",
    "ри",
    "я",
    "أح",
    "مد",
    "김",
    "민수",
    "ใจ",
    "นม",
    "नम",
    "स्ते",
    "🎉",
    "Ω",
];
const MARKS: [&str; 12] = [
    "_", ".", "-", " ", "", "", "  ", "'", "·", "__", "\u{a0}", "#",
];

fn word(chance: &mut Chance, most: usize) -> String {
    let syllables: &[&str] = if chance.below(4) == 0 {
        &OTHERS
    } else {
        &LATIN
    };
    let n = 1 + chance.below(most);
    let mixed = chance.below(8) == 0;
    let part = |chance: &mut Chance| {
        let other = mixed && chance.below(2) == 0;
        chance.one_of(if other { &OTHERS } else { syllables })
    };
    (0..n).map(|_| part(chance)).collect()
}

fn name(chance: &mut Chance) -> String {
    let mut name = word(chance, 3);
    for _ in 0..chance.below(3) {
        name.push_str(chance.one_of(&MARKS));
        name.push_str(&word(chance, 3));
    }
    name
}

/// Handles and names of `n` people.
fn crowd(n: usize, chance: &mut Chance) -> ConversationGraph {
    let mut person = |at: usize| {
        let handle = match chance.below(9) {
            0 => word(chance, 1),
            _ => format!("{}{}", name(chance), at % 97),
        };
        let name = match chance.below(5) {
            0 => handle.clone(),
            1 => String::new(),
            _ => name(chance),
        };
        Person {
            key: handle.to_lowercase().into(),
            handle: handle.into(),
            name: name.into(),
            reach: None,
            posts: 1,
            given_community: None,
            given_place: None,
            given_colour: None,
        }
    };
    ConversationGraph {
        people: (0..n).map(&mut person).collect(),
        ..ConversationGraph::default()
    }
}

/// One letter changed, left out, put in, or swapped with the next.
fn misspelt(word: &str, chance: &mut Chance) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.is_empty() {
        return String::new();
    }
    let at = chance.below(letters.len());
    let letter = chance.one_of(&["a", "n", "x", "司", "7", "_"]);
    let letter = letter.chars().next().expect("a letter");
    match chance.below(4) {
        0 => letters[at] = letter,
        1 => drop(letters.remove(at)),
        2 => letters.insert(at, letter),
        _ if at + 1 < letters.len() => letters.swap(at, at + 1),
        _ => letters.push(letter),
    }
    letters.into_iter().collect()
}

/// What somebody may type who looks for one of these.
fn typed(of: &ConversationGraph, chance: &mut Chance) -> String {
    let person = &of.people[chance.below(of.people.len())];
    let whole = if chance.below(2) == 0 {
        &person.handle
    } else {
        &person.name
    };
    let words: Vec<&str> = whole.split_whitespace().collect();
    let some = words.get(chance.below(words.len().max(1))).unwrap_or(&"");
    match chance.below(12) {
        0 => whole.to_string(),
        1 => format!("@{whole}"),
        2 => some.chars().take(1 + chance.below(3)).collect(),
        3 => some.chars().skip(1).collect(),
        4 | 5 => misspelt(some, chance),
        6 => misspelt(whole, chance),
        7 => misspelt(&misspelt(some, chance), chance),
        8 => whole.chars().filter(|_| chance.below(2) == 0).collect(),
        9 => (some.chars().enumerate())
            .filter_map(|(at, letter)| (at == 0 || chance.below(3) == 0).then_some(letter))
            .collect(),
        10 => words.iter().rev().copied().collect::<Vec<_>>().join(" "),
        _ => {
            let other = misspelt(&word(chance, 2), chance);
            format!("{some} {other}")
        }
    }
}

/// Whether a word may begin at each letter: none that belongs to one stands before.
fn begins(text: &[char]) -> Vec<usize> {
    let is_begin = |at: &usize| *at == 0 || !text[*at - 1].is_alphanumeric();
    (0..text.len()).filter(is_begin).collect()
}

/// The fewest changes from `word` to a beginning of `text`, a swap of neighbours counted as one: by the table.
fn changes(word: &[char], text: &[char]) -> usize {
    let text = &text[..text.len().min(word.len() + 2)];
    let mut rows = vec![vec![0usize; text.len() + 1]; word.len() + 1];
    for i in 0..=word.len() {
        for j in 0..=text.len() {
            if i == 0 || j == 0 {
                rows[i][j] = i.max(j);
                continue;
            }
            let differs = usize::from(word[i - 1] != text[j - 1]);
            let mut least = (rows[i - 1][j] + 1)
                .min(rows[i][j - 1] + 1)
                .min(rows[i - 1][j - 1] + differs);
            if i > 1 && j > 1 && word[i - 1] == text[j - 2] && word[i - 2] == text[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = least;
        }
    }
    rows[word.len()].iter().copied().min().expect("a row")
}

/// Letters between those of `word` in one of `names`, where they stand there in this order and the first begins a word.
fn spread(word: &[char], names: &[Vec<char>; 2]) -> Option<u8> {
    let of = |name: &Vec<char>| {
        let from = |start: usize| {
            let mut at = start;
            (name[start] == word[0]).then_some(())?;
            for letter in &word[1..] {
                at += 1 + name[at + 1..].iter().position(|other| other == letter)?;
            }
            Some(at + 1 - start - word.len())
        };
        begins(name).into_iter().filter_map(from).min()
    };
    let least = names.iter().filter_map(of).min()?;
    Some(u8::try_from(least).unwrap_or(u8::MAX))
}

/// How somebody is found, and how far apart the letters are, as the documentation of [`Likeness`] says it.
fn by_hand(names: &[Vec<char>; 2], words: &[Vec<char>]) -> Option<(Likeness, u8)> {
    let phrase = words.join(&' ');
    let [handle, name] = names;
    let stands =
        |text: &Vec<char>, word: &Vec<char>| text.windows(word.len()).any(|part| part == word);
    let within = |word: &Vec<char>| names.iter().any(|text| stands(text, word));
    let begin = |word: &Vec<char>| {
        let of = |text: &Vec<char>| {
            (begins(text).iter()).any(|at| text[*at..].starts_with(word.as_slice()))
        };
        names.iter().any(of)
    };
    if words.iter().all(within) {
        let how = if *handle == phrase {
            Likeness::Handle
        } else if *name == phrase {
            Likeness::Name
        } else if handle.starts_with(&phrase) {
            Likeness::HandleBegins
        } else if name.starts_with(&phrase) {
            Likeness::NameBegins
        } else if words.iter().all(begin) {
            Likeness::WordsBegin
        } else {
            Likeness::Within
        };
        return Some((how, 0));
    }
    let off = |word: &Vec<char>| {
        let of = |text: &Vec<char>| {
            let starts = begins(text).into_iter();
            let mut starts = starts.filter(|at| text[*at].is_alphanumeric());
            starts.any(|at| changes(word, &text[at..]) <= 1)
        };
        (4..=64).contains(&word.len()) && names.iter().any(of)
    };
    if words.iter().all(|word| within(word) || off(word)) {
        return Some((Likeness::Misspelt, 0));
    }
    match words {
        [word] if (3..=64).contains(&word.len()) => {
            spread(word, names).map(|spread| (Likeness::Letters, spread))
        }
        _ => None,
    }
}

/// Everybody who is found by looking at all, as [`NameIndex::find`] promises it.
fn found_by_hand(folded: &[[Vec<char>; 2]], rank: &[u32], text: &str, most: usize) -> FoundPeople {
    let words: Vec<Vec<char>> = fold(text)
        .split_whitespace()
        .map(|word| word.trim_start_matches('@').chars().collect())
        .filter(|word: &Vec<char>| !word.is_empty())
        .collect();
    let mut found = FoundPeople::default();
    if words.is_empty() {
        return found;
    }
    let mut hits: Vec<(Likeness, u8, u32, PersonId)> = Vec::new();
    for (at, names) in folded.iter().enumerate() {
        let person = PersonId(at as u32);
        if let Some((how, spread)) = by_hand(names, &words) {
            if how < Likeness::Misspelt {
                found.all.push(person);
            }
            hits.push((how, spread, rank[at], person));
        }
    }
    if found.all.len() >= most {
        hits.retain(|hit| hit.0 < Likeness::Misspelt);
    }
    hits.sort_unstable();
    hits.truncate(most);
    found.best = hits.into_iter().map(|(how, _, _, id)| (id, how)).collect();
    found
}

#[test]
fn thousands_of_typed_texts_find_whom_a_look_at_every_letter_finds_in_the_same_order() {
    let mut chance = Chance(41);
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    let one = one.expect("a thread");
    let mut ways: HashSet<Likeness> = HashSet::new();
    // Many small crowds, and one in more than one piece of the index.
    for (people, texts) in [(300, 1_500), (60, 1_500), (9_000, 40)] {
        let graph = crowd(people, &mut chance);
        let index = NameIndex::of(&graph, &Progress::new()).expect("nobody cancels");
        let rank: Vec<u32> = (0..people).map(|_| chance.below(50) as u32).collect();
        let letters = |text: &str| fold(text).chars().collect::<Vec<char>>();
        let folded: Vec<[Vec<char>; 2]> = (graph.people.iter())
            .map(|person| [letters(&person.key), letters(&person.name)])
            .collect();
        for _ in 0..texts {
            let text = typed(&graph, &mut chance);
            let most = [1, 3, 8, 200][chance.below(4)];
            let expected = found_by_hand(&folded, &rank, &text, most);
            let found = index.find(&rank, &text, most, &Progress::new());
            assert_eq!(found.as_ref(), Ok(&expected), "{text:?}, the best {most}");
            let again = one.install(|| index.find(&rank, &text, most, &Progress::new()));
            assert_eq!(again, found, "any number of threads: {text:?}");
            ways.extend(expected.best.iter().map(|(_, how)| how));
        }
    }
    assert_eq!(ways.len(), 8, "each way of being found was met: {ways:?}");
}
