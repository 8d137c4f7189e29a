//! Which language a post is in, as far as its script and its smallest words tell.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A language, or a script that stands for its languages here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Language {
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
pub(crate) fn language_of(text: &str) -> Option<Language> {
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

/// Whether `word`, in lower case, is one of the smallest words of `language`; without one, of any.
pub(crate) fn is_small_word(word: &str, language: Option<Language>) -> bool {
    let speakers = SPEAKERS.get(word).copied().unwrap_or(0);
    let Some(language) = language else {
        return speakers != 0;
    };
    let place = SMALL_WORDS.iter().position(|(l, _)| *l == language);
    place.is_some_and(|place| speakers >> place & 1 == 1)
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
