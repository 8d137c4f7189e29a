//! Which language a post is in, as far as its script and its smallest words tell.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::word_use::hash;

/// A language, or a script that stands for its languages here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Language {
    English,
    Spanish,
    Portuguese,
    French,
    German,
    Italian,
    Dutch,
    Swedish,
    Polish,
    Turkish,
    Indonesian,
    Russian,
    Ukrainian,
    Greek,
    Hebrew,
    Arabic,
    Devanagari,
    Thai,
    Korean,
    Japanese,
    Chinese,
}

use Language::{
    Arabic, Chinese, Devanagari, Dutch, English, French, German, Greek, Hebrew, Indonesian,
    Italian, Japanese, Korean, Polish, Portuguese, Russian, Spanish, Swedish, Thai, Turkish,
    Ukrainian,
};

/// The smallest and most frequent words of languages that share a script. Words that two of them share count for both.
const SMALL_WORDS: [(Language, &str); 13] = [
    (
        English,
        "the and of to is that it you for was with this are have not my be but what they a an i me your he she him her his \
         them their our we us who how when if or so by at on from as out up about its it's i'm he's she's that's don't just \
         do does did has had been will would can could should all no get gets got there than then were more very",
    ),
    (
        Spanish,
        "el la los las que de y en es un una por con para no se lo como pero muy más del al",
    ),
    (
        Portuguese,
        "o a os as que de e em um uma do da dos das não com para por mais mas é na no foi isso",
    ),
    (
        French,
        "le la les des que de et en est un une du pas pour dans qui sur je il au avec ce c'est sont",
    ),
    (
        German,
        "der die das und ist nicht ich ein eine zu mit den von auf für auch es sich dem im wir wie",
    ),
    (
        Italian,
        "il la che di e è un una per non con del della sono ma mi si anche come più gli ha nel",
    ),
    (
        Dutch,
        "de het een en van ik is dat niet op te zijn met voor maar ook aan die er wat wel naar",
    ),
    (
        Swedish,
        "och att det som en på är av för med den inte till ett jag har om men var vi så",
    ),
    (
        Polish,
        "i w nie na się że z to jest do jak ale co o tak za od czy po ma już tylko",
    ),
    (
        Turkish,
        "bir ve bu da de için çok ne ile daha gibi ben var mı ama olarak kadar değil en sonra",
    ),
    (
        Indonesian,
        "yang di dan ini itu ada dengan untuk tidak dari ke saya akan juga bisa aku kamu gak sudah",
    ),
    (
        Russian,
        "и в не на что я с это как а то все он но по из у за так же мы был",
    ),
    (
        Ukrainian,
        "і в не на що я з це як а та до у він але про для за так від ми був є",
    ),
];

/// Which languages have each small word, a bit each by place in [`SMALL_WORDS`].
static SPEAKERS: LazyLock<HashMap<&str, u16>> = LazyLock::new(|| {
    let mut speakers = HashMap::new();
    for (place, (_, words)) in SMALL_WORDS.iter().enumerate() {
        for word in words.split(' ') {
            *speakers.entry(word).or_insert(0) |= 1 << place;
        }
    }
    speakers
});

/// The language of a text; `None` when it can't be told: too short, or a mixture. Links and handles don't count.
pub(super) fn language_of(text: &str) -> Option<Language> {
    let words = text
        .split_whitespace()
        .filter(|w| !w.contains("://") && !w.starts_with(['@', '#']));
    let mut hits = [0u32; SMALL_WORDS.len()];
    let mut scripts = [0u32; 8];
    let (mut n_words, mut kana) = (0u32, 0u32);
    let mut lower = String::new();
    for word in words.take(60) {
        n_words += 1;
        for c in word.chars() {
            match script_of(c) {
                Some(Japanese) => kana += 1,
                Some(script) => scripts[place_of(script)] += 1,
                None => {}
            }
        }
        lower.clear();
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        lower.extend(bare.chars().flat_map(char::to_lowercase));
        let languages = SPEAKERS.get(lower.as_str()).copied().unwrap_or(0);
        for (place, hits) in hits.iter_mut().enumerate() {
            *hits += u32::from(languages >> place & 1);
        }
    }
    if kana >= 2 {
        return Some(Japanese);
    }
    let (place, &n) = scripts.iter().enumerate().max_by_key(|(_, n)| **n)?;
    if n >= 4 {
        return Some(SCRIPTS[place]);
    }
    let (place, &most) = hits
        .iter()
        .enumerate()
        .max_by_key(|(place, n)| (**n, std::cmp::Reverse(*place)))?;
    let second = hits
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != place)
        .map(|(_, n)| *n)
        .max();
    (most >= 2 && most * 8 >= n_words && second < Some(most)).then(|| SMALL_WORDS[place].0)
}

/// The smallest words of all languages, by [`hash`].
pub(super) struct SmallWords(Vec<(u64, u16)>);

impl SmallWords {
    pub(super) fn new() -> Self {
        let words = SPEAKERS.iter();
        let mut by_hash: Vec<(u64, u16)> = words
            .map(|(word, speakers)| (hash(word), *speakers))
            .collect();
        by_hash.sort_unstable();
        Self(by_hash)
    }

    /// Which languages have it among their smallest words, a bit each.
    pub(super) fn speakers(&self, word: u64) -> u16 {
        let place = self.0.binary_search_by_key(&word, |(hash, _)| *hash);
        place.map_or(0, |place| self.0[place].1)
    }

    /// Whether a word of these `speakers` is one of the smallest of `language`; without one, as in a mixture, of any, and so beside
    /// a language with a script of its own.
    pub(super) fn is_small(speakers: u16, language: Option<Language>) -> bool {
        match SMALL_WORDS.iter().position(|(l, _)| Some(*l) == language) {
            Some(place) => speakers >> place & 1 == 1,
            None => speakers != 0,
        }
    }
}

const SCRIPTS: [Language; 8] = [
    Greek, Hebrew, Arabic, Devanagari, Thai, Korean, Chinese, Japanese,
];

fn place_of(script: Language) -> usize {
    SCRIPTS.iter().position(|s| *s == script).unwrap_or(0)
}

fn script_of(c: char) -> Option<Language> {
    Some(match c {
        '\u{370}'..='\u{3ff}' => Greek,
        '\u{590}'..='\u{5ff}' => Hebrew,
        '\u{600}'..='\u{6ff}' => Arabic,
        '\u{900}'..='\u{97f}' => Devanagari,
        '\u{e00}'..='\u{e7f}' => Thai,
        '\u{ac00}'..='\u{d7af}' => Korean,
        '\u{3040}'..='\u{30ff}' => Japanese,
        '\u{3400}'..='\u{9fff}' => Chinese,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Language, SmallWords, hash};

    #[test]
    fn small_words_are_those_of_the_language_spoken() {
        let small = SmallWords::new();
        let is_small =
            |word: &str, language| SmallWords::is_small(small.speakers(hash(word)), language);
        // "die" says something in English.
        assert!(is_small("die", Some(Language::German)));
        assert!(!is_small("die", Some(Language::English)));
        // Among people who write Japanese nobody's "the" tells a topic, nor where nobody knows what they write.
        for language in [Some(Language::Japanese), Some(Language::English), None] {
            assert!(is_small("the", language), "{language:?}");
            assert!(!is_small("sushi", language), "{language:?}");
        }
    }
}
