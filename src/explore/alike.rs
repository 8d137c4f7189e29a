//! Names that are nearly what was typed: one letter off, or the same letters in this order.

use super::find::Likeness;

/// Fewer letters than this are not taken for misspelt: too many names are one letter from them.
const LEAST_MISSPELT: usize = 4;
/// Fewer letters than this are not looked for one by one.
const LEAST_LETTERS: usize = 3;
/// Longer words are no names.
const LONGEST: usize = 64;

/// The letters of a text as bits: one for each letter of Latin and each digit, others share the rest. What is contained in another
/// text has no bit that the other has not.
pub(super) fn letters_of(text: &str) -> u64 {
    text.chars().fold(0, |bits, letter| bits | bit_of(letter))
}

fn bit_of(letter: char) -> u64 {
    match letter {
        'a'..='z' => 1 << (letter as u32 - 'a' as u32),
        '0'..='9' => 1 << (26 + letter as u32 - '0' as u32),
        letter if letter.is_ascii() => 0, // marks between words
        letter => 1 << (36 + (letter as u32).wrapping_mul(0x9e37_79b1) % 28),
    }
}

/// One word that is looked for.
struct Word {
    text: String,
    letters: Vec<char>,
    bytes: Option<Vec<u8>>,
    bits: u64,
}

/// What is looked for among names that are only alike.
pub(super) struct Alike {
    words: Vec<Word>,
}

impl Alike {
    /// `words`: folded, not empty.
    pub(super) fn of(words: &[String]) -> Self {
        let word = |word: &String| Word {
            text: word.clone(),
            letters: word.chars().collect(),
            bytes: word.is_ascii().then(|| word.clone().into_bytes()),
            bits: letters_of(word),
        };
        Self {
            words: words.iter().map(word).collect(),
        }
    }

    /// Whether names with these letters may be alike: each word lacks one letter at most.
    pub(super) fn may_be(&self, letters: u64) -> bool {
        let lacks = |word: &Word| (word.bits & !letters).count_ones();
        self.words.iter().all(|word| lacks(word) <= 1)
    }

    /// How much the names in `entry` are alike, and how far apart their letters are; `None` where they are not, and where all that
    /// was typed stands in them. `room`: any memory, for the letters.
    pub(super) fn likeness(&self, entry: &str, room: &mut Vec<char>) -> Option<(Likeness, u8)> {
        let is_ascii = entry.is_ascii();
        if !is_ascii {
            room.clear();
            room.extend(entry.chars());
        }
        let mut is_whole = true;
        for word in &self.words {
            if entry.contains(word.text.as_str()) {
                continue;
            }
            is_whole = false;
            let n = word.letters.len();
            let fits = (LEAST_MISSPELT..=LONGEST).contains(&n)
                && match &word.bytes {
                    Some(bytes) if is_ascii => {
                        is_misspelt(bytes, entry.as_bytes(), |b| !b.is_ascii_alphanumeric())
                    }
                    _ if is_ascii => {
                        room.clear();
                        room.extend(entry.chars());
                        is_misspelt(&word.letters, room, |c| !c.is_alphanumeric())
                    }
                    _ => is_misspelt(&word.letters, room, |c| !c.is_alphanumeric()),
                };
            if !fits {
                return self.spread(entry).map(|spread| (Likeness::Letters, spread));
            }
        }
        (!is_whole).then_some((Likeness::Misspelt, 0))
    }

    /// How far apart the letters of the one word stand in a handle or a name in this order, the first where a word begins; `None` where
    /// they do not.
    fn spread(&self, entry: &str) -> Option<u8> {
        let [word] = self.words.as_slice() else {
            return None;
        };
        let n = word.letters.len();
        if !(LEAST_LETTERS..=LONGEST).contains(&n) || entry.len() < word.text.len() {
            return None;
        }
        let names = entry.split('\t');
        names
            .filter_map(|name| spread_in(&word.letters, name))
            .min()
    }
}

/// Letters between those of `wanted` in `name`, where they stand there in this order and the first begins a word.
fn spread_in(wanted: &[char], name: &str) -> Option<u8> {
    let first = wanted.first()?;
    let mut before = ' ';
    let mut best: Option<usize> = None;
    for (at, letter) in name.char_indices() {
        let begins = !before.is_alphanumeric();
        before = letter;
        if letter != *first || !begins {
            continue;
        }
        if let Some(span) = span_of(wanted, name.get(at..)?) {
            best = Some(best.map_or(span, |best| best.min(span)));
        }
    }
    best.map(|span| u8::try_from(span - wanted.len()).unwrap_or(u8::MAX))
}

/// How many letters of `text` it takes to meet those of `wanted` in this order.
fn span_of(wanted: &[char], text: &str) -> Option<usize> {
    let mut left = wanted.iter();
    let mut next = left.next()?;
    for (at, letter) in text.chars().enumerate() {
        if letter == *next {
            match left.next() {
                Some(more) => next = more,
                None => return Some(at + 1),
            }
        }
    }
    None
}

/// Whether `wanted` begins a word of `text` but for one letter that is wrong, missing, too many, or swapped with the next.
fn is_misspelt<T: Copy + PartialEq>(
    wanted: &[T],
    text: &[T],
    is_between: impl Fn(T) -> bool,
) -> bool {
    let mut begins = true;
    for (at, letter) in text.iter().enumerate() {
        let is_between = is_between(*letter);
        if begins && !is_between && text.get(at..).is_some_and(|rest| is_one_off(wanted, rest)) {
            return true;
        }
        begins = is_between;
    }
    false
}

/// Whether `text` begins with `wanted` but for one letter. Up to the first difference everything is equal, so that only what may
/// stand there is tried: exact for one change.
pub(super) fn is_one_off<T: Copy + PartialEq>(wanted: &[T], text: &[T]) -> bool {
    let same = wanted.iter().zip(text).take_while(|(a, b)| a == b).count();
    if same == wanted.len() {
        return true;
    }
    let behind = |w: usize, t: usize| {
        let wanted = wanted.get(w..).unwrap_or_default();
        text.get(t..).is_some_and(|text| text.starts_with(wanted))
    };
    let is_swapped = || {
        let at = |of: &[T], at: usize| of.get(at).copied();
        at(wanted, same).is_some()
            && at(wanted, same) == at(text, same + 1)
            && at(wanted, same + 1).is_some()
            && at(wanted, same + 1) == at(text, same)
            && behind(same + 2, same + 2)
    };
    behind(same + 1, same + 1) || behind(same + 1, same) || behind(same, same + 1) || is_swapped()
}

#[cfg(test)]
mod tests {
    use super::{Alike, Likeness, is_one_off, letters_of};

    /// The fewest changes from `a` to a beginning of `b`, counting a swap of neighbours as one: by the table, for checking.
    fn changes(a: &[u8], b: &[u8]) -> usize {
        let mut table = vec![vec![0usize; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                table[i][j] = if i == 0 || j == 0 {
                    i.max(j)
                } else {
                    let differs = usize::from(a[i - 1] != b[j - 1]);
                    let mut best = (table[i - 1][j] + 1)
                        .min(table[i][j - 1] + 1)
                        .min(table[i - 1][j - 1] + differs);
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        best = best.min(table[i - 2][j - 2] + 1);
                    }
                    best
                };
            }
        }
        table[a.len()].iter().copied().min().expect("not empty")
    }

    #[test]
    fn one_letter_off_is_what_the_table_of_changes_says() {
        // Every word of up to 4 letters of three, against every text of up to 5.
        let words = |most: u32| {
            (0..=most).flat_map(|n| {
                (0..3usize.pow(n)).map(move |number| {
                    let letter = |at| b'a' + (number / 3usize.pow(at) % 3) as u8;
                    (0..n).map(letter).collect::<Vec<u8>>()
                })
            })
        };
        for wanted in words(4).filter(|w| w.len() > 1) {
            for text in words(5) {
                let expected = changes(&wanted, &text) <= 1;
                assert_eq!(is_one_off(&wanted, &text), expected, "{wanted:?} {text:?}");
            }
        }
    }

    fn likeness(typed: &str, entry: &str) -> Option<(Likeness, u8)> {
        let words: Vec<String> = typed.split(' ').map(str::to_owned).collect();
        let alike = Alike::of(&words);
        let found = alike.likeness(entry, &mut Vec::new());
        if found.is_some() {
            assert!(
                alike.may_be(letters_of(entry)),
                "the letters do not rule it out"
            );
        }
        found
    }

    #[test]
    fn misspelt_words_and_letters_in_order_are_alike() {
        let misspelt = Some((Likeness::Misspelt, 0));
        for typed in [
            "suhsi",
            "sjshi",
            "sushhi",
            "xushi_m",
            "sushimaki",
            "maki sushu",
        ] {
            assert_eq!(likeness(typed, "the.sushi_maki"), misspelt, "{typed}");
        }
        assert_eq!(likeness("smk", "sushi_maki"), Some((Likeness::Letters, 6)));
        assert_eq!(likeness("smk", "xs_maki"), None, "the first begins a word");
        assert_eq!(
            likeness("sush", "sushi_maki"),
            None,
            "it stands there as it is"
        );
        assert_eq!(likeness("sux", "sushi"), None, "three letters are too few");
        assert_eq!(likeness("寿司次郎", "寿司太郎"), misspelt);
        assert_eq!(likeness("ahmad", "ahmed\tأحمد"), misspelt);
    }
}
