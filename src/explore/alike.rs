//! Names that are nearly what was typed: one letter off, or the same letters in this order.

use memchr::memmem::Finder;

use super::find::Likeness;
use super::names::{Beginning, Entry, begins_with_letter, bytes_of, letters_of};

/// Fewer letters than this are not taken for misspelt: too many names are one letter from them.
const LEAST_MISSPELT: usize = 4;
/// Fewer letters than this are not looked for one by one.
const LEAST_LETTERS: usize = 3;
/// Longer words are no names.
const LONGEST: usize = 64;

/// One word that is looked for.
struct Word {
    text: String,
    letters: Vec<char>,
    finder: Finder<'static>,
    bits: u64,
    /// Whether it is long enough to be taken for misspelt, and no longer than names.
    may_be_misspelt: bool,
    /// What tells most places where it may not begin: by its first letter, and where that is right, by its second.
    glances: [Glance; 2],
}

/// What a text begins with that is a word but for one letter, if not with its first one. Names are compared with these eight bytes at
/// once instead of letter by letter.
struct Glance {
    /// The first letter.
    first: Beginning,
    /// The word: for a letter too many before it.
    whole: Beginning,
    /// The word without its first letter: for one that is wrong or missing there.
    behind: Beginning,
    /// The word with its first two letters swapped.
    swapped: Beginning,
}

/// The text without its first letter.
fn without_first(text: u128) -> u128 {
    text >> (8 * bytes_of(text as u8))
}

impl Glance {
    fn of(word: &[u8]) -> Self {
        let (first, behind) = first_letter(word);
        let (second, rest) = first_letter(behind);
        Self {
            first: Beginning::of(first),
            whole: Beginning::of(word),
            behind: Beginning::of(behind),
            swapped: Beginning::of(&[second, first, rest].concat()),
        }
    }

    /// Whether `text` may begin with the word but for its first letter: all behind it is as it should be.
    fn may_be(&self, text: u128) -> bool {
        let next = without_first(text);
        self.whole.begins(next)
            || self.behind.begins(next)
            || self.behind.begins(text)
            || self.swapped.begins(text)
    }
}

impl Word {
    fn of(text: &str) -> Self {
        let letters: Vec<char> = text.chars().collect();
        let (_, behind) = first_letter(text.as_bytes());
        Self {
            text: text.to_owned(),
            finder: Finder::new(text).into_owned(),
            bits: letters_of(text),
            may_be_misspelt: (LEAST_MISSPELT..=LONGEST).contains(&letters.len()),
            glances: [text.as_bytes(), behind].map(Glance::of),
            letters,
        }
    }

    /// How many letters of it are not among `letters`.
    fn lacks(&self, letters: u64) -> u32 {
        (self.bits & !letters).count_ones()
    }

    fn stands_in(&self, entry: Entry<'_>) -> bool {
        self.finder.find(entry.bytes()).is_some()
    }

    /// Whether its first letter stands at byte `at` of `entry`.
    fn has_first(&self, entry: Entry<'_>, at: usize) -> bool {
        let [glance, _] = &self.glances;
        match entry.ahead(at) {
            Some(ahead) => glance.first.begins(ahead),
            None => first_letter(entry.rest(at)).0 == first_letter(self.text.as_bytes()).0,
        }
    }

    /// Whether it begins a word of `entry` at byte `at` but for one letter.
    fn is_misspelt(&self, entry: Entry<'_>, at: usize) -> bool {
        let [first, second] = &self.glances;
        let may_be = entry.ahead(at).is_none_or(|ahead| {
            if first.first.begins(ahead) {
                let ahead = without_first(ahead);
                second.first.begins(ahead) || second.may_be(ahead)
            } else {
                first.may_be(ahead)
            }
        });
        may_be && {
            let text = entry.rest(at);
            begins_with_letter(text) && is_one_off(self.text.as_bytes(), text)
        }
    }
}

/// What is looked for among names that are only alike.
pub(super) struct Alike {
    /// The longest first: the fewest have it.
    words: Vec<Word>,
}

impl Alike {
    /// `words`: folded, not empty.
    pub(super) fn of<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut words: Vec<Word> = words.map(Word::of).collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.text.len()));
        Self { words }
    }

    /// Whether names with these letters may be alike: a word that is long enough lacks one letter at most, the others none.
    pub(super) fn may_be(&self, letters: u64) -> bool {
        let fits = |word: &Word| word.lacks(letters) <= u32::from(word.may_be_misspelt);
        self.words.iter().all(fits)
    }

    /// How much the names in `entry`, whose letters are `letters`, are alike, and how far apart the letters are; `None` where they are
    /// not, and where all that was typed stands in them.
    pub(super) fn likeness(&self, entry: Entry<'_>, letters: u64) -> Option<(Likeness, u8)> {
        let found = match self.words.as_slice() {
            [word] => likeness_of(word, entry, letters),
            words => words_are_alike(words, entry, letters).then_some((Likeness::Misspelt, 0)),
        }?;
        let is_whole = self.words.iter().all(|word| word.stands_in(entry));
        (!is_whole).then_some(found)
    }
}

/// Whether each word stands in `entry`, or is misspelt there.
fn words_are_alike(words: &[Word], entry: Entry<'_>, letters: u64) -> bool {
    words.iter().all(|word| {
        word.lacks(letters) == 0 && word.stands_in(entry)
            || word.may_be_misspelt && entry.begins().any(|at| word.is_misspelt(entry, at))
    })
}

/// How much a word of `entry` is alike.
fn likeness_of(word: &Word, entry: Entry<'_>, letters: u64) -> Option<(Likeness, u8)> {
    let n = word.letters.len();
    let in_order = (LEAST_LETTERS..=LONGEST).contains(&n) && word.lacks(letters) == 0;
    if !in_order && !word.may_be_misspelt {
        return None;
    }
    let mut least: Option<usize> = None;
    for at in entry.begins() {
        if word.may_be_misspelt && word.is_misspelt(entry, at) {
            return Some((Likeness::Misspelt, 0));
        }
        if in_order && word.has_first(entry, at) {
            let span = span_of(&word.letters, entry.name_from(at));
            least = least.into_iter().chain(span).min();
        }
    }
    let spread = u8::try_from(least? - n).unwrap_or(u8::MAX);
    Some((Likeness::Letters, spread))
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

/// Whether `text` begins with `wanted` but for one letter that is wrong, missing, too many, or swapped with the next; both UTF-8. Up to
/// the first difference everything is equal, so that only what may stand there is tried: exact for one change.
pub(super) fn is_one_off(wanted: &[u8], text: &[u8]) -> bool {
    let mut same = wanted.iter().zip(text).take_while(|(a, b)| a == b).count();
    if same == wanted.len() {
        return true;
    }
    // Letters that differ may have their first bytes in common.
    while same > 0 && wanted.get(same).is_some_and(|byte| is_inside(*byte)) {
        same -= 1;
    }
    let wanted = wanted.get(same..).unwrap_or_default();
    let text = text.get(same..).unwrap_or_default();
    let (wanted_letter, wanted_rest) = first_letter(wanted);
    let (letter, rest) = first_letter(text);
    let is_swapped = || {
        let (second, behind) = first_letter(wanted_rest);
        let (after, behind_text) = first_letter(rest);
        !second.is_empty()
            && second == letter
            && wanted_letter == after
            && behind_text.starts_with(behind)
    };
    !letter.is_empty() && (rest.starts_with(wanted_rest) || rest.starts_with(wanted))
        || text.starts_with(wanted_rest)
        || is_swapped()
}

/// Whether a letter goes on with `byte` that began before.
fn is_inside(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}

/// The first letter, and what follows it.
fn first_letter(text: &[u8]) -> (&[u8], &[u8]) {
    let n = text.first().map_or(0, |first| bytes_of(*first));
    text.split_at(n.min(text.len()))
}

#[cfg(test)]
mod tests {
    use super::super::names::Names;
    use super::{Alike, Likeness, is_one_off};

    /// The fewest changes from `a` to a beginning of `b`, counting a swap of neighbours as one: by the table, for checking.
    fn changes(a: &[char], b: &[char]) -> usize {
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
        // Every word of up to 4 letters of three, against every text of up to 5; two of the letters share their first byte.
        let words = |most: u32| {
            (0..=most).flat_map(|n| {
                (0..3usize.pow(n)).map(move |number| {
                    let letter = |at| ['a', 'б', 'в'][number / 3usize.pow(at) % 3];
                    (0..n).map(letter).collect::<Vec<char>>()
                })
            })
        };
        let bytes = |word: &[char]| word.iter().collect::<String>().into_bytes();
        for wanted in words(4).filter(|w| w.len() > 1) {
            for text in words(5) {
                let expected = changes(&wanted, &text) <= 1;
                let found = is_one_off(&bytes(&wanted), &bytes(&text));
                assert_eq!(found, expected, "{wanted:?} {text:?}");
            }
        }
    }

    fn likeness(typed: &str, entry: &str) -> Option<(Likeness, u8)> {
        let alike = Alike::of(typed.split(' '));
        let (handle, name) = entry.split_once('\t').unwrap_or((entry, entry));
        let names = Names::of([(handle, name)].into_iter());
        let letters = names.letters()[0];
        let found = alike.likeness(names.entry(0), letters);
        if found.is_some() {
            assert!(alike.may_be(letters), "the letters do not rule it out");
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
