//! What rows and records tell of a post beside who, when and what: its language, its platform, and how it sounds.

use std::borrow::Cow;
use std::collections::HashMap;

use super::Role;
use super::columns::Roles;
use super::learn::first_filled;
use super::numbers::is_missing;
use super::scan::Record;
use super::table::Table;
use crate::people::{Posts, Sentiment};

/// Ways to say that nobody knows the language, besides those that say that nothing is there at all. Those with a `q` are what X
/// writes of posts without words: only names, only tags, only pictures.
const NO_LANGUAGE: [&str; 13] = [
    "und",
    "unknown",
    "undefined",
    "undetermined",
    "other",
    "zxx",
    "mis",
    "mul",
    "qam",
    "qct",
    "qht",
    "qme",
    "qst",
];

/// Ways to say that nobody knows the platform.
const NO_PLATFORM: [&str; 3] = ["unknown", "undefined", "not available"];

/// The longest text that is kept of either, in letters.
const LONGEST: usize = 60;

/// The language that a cell or a member names: the first part of a tag (`en` of `en-US`), or a name as it is written, in lower case.
/// Of several the first. `None` where nobody knows it.
pub(super) fn language_in(cell: &str) -> Option<Cow<'_, str>> {
    let first = cell
        .split([',', ';', '|'])
        .map(|part| {
            part.trim_matches(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '"' | '\''))
        })
        .find(|part| !is_missing(part))?;
    let (begin, rest) = first.split_once(['-', '_']).unwrap_or((first, ""));
    let is_tag = matches!(begin.len(), 2 | 3)
        && begin.bytes().all(|b| b.is_ascii_alphabetic())
        && rest
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    let language = cut(if is_tag { begin } else { first });
    let is_lower = !language.chars().any(char::is_uppercase);
    let language = if is_lower {
        Cow::Borrowed(language)
    } else {
        Cow::Owned(language.to_lowercase())
    };
    (!NO_LANGUAGE.contains(&language.as_ref())).then_some(language)
}

/// The platform that a cell names, as it is written. `None` where nobody knows it.
fn platform_in(cell: &str) -> Option<&str> {
    let platform = cut(cell.trim());
    let is_known = !NO_PLATFORM
        .iter()
        .any(|none| platform.eq_ignore_ascii_case(none));
    (is_known && !is_missing(platform)).then_some(platform)
}

fn cut(text: &str) -> &str {
    let end = text
        .char_indices()
        .nth(LONGEST)
        .map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or(text).trim_end()
}

/// How tools call the three tones, in the languages they are sold in. Whole words, in lower case.
const TONES: [(Sentiment, &[&str]); 3] = [
    (
        Sentiment::Positive,
        &[
            "positive",
            "pos",
            "positiv",
            "positif",
            "positivo",
            "positiva",
            "positief",
            "pozytywny",
            "positivt",
            "pozitif",
            "olumlu",
            "позитивный",
            "положительный",
            "позитив",
            "正面",
            "积极",
            "ポジティブ",
            "肯定的",
            "긍정",
            "긍정적",
            "إيجابي",
        ],
    ),
    (
        Sentiment::Negative,
        &[
            "negative",
            "neg",
            "negativ",
            "négatif",
            "negativo",
            "negativa",
            "negatief",
            "negatywny",
            "negativt",
            "negatif",
            "olumsuz",
            "негативный",
            "отрицательный",
            "негатив",
            "负面",
            "消极",
            "ネガティブ",
            "否定的",
            "부정",
            "부정적",
            "سلبي",
        ],
    ),
    (
        Sentiment::Neutral,
        &[
            "neutral",
            "neu",
            "neutre",
            "neutro",
            "neutra",
            "neutraal",
            "neutralny",
            "neutralt",
            "nötr",
            "tarafsız",
            "нейтральный",
            "нейтрально",
            "中性",
            "中立",
            "ニュートラル",
            "중립",
            "중립적",
            "محايد",
        ],
    ),
];

/// What the numbers of a column mean.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
enum Scale {
    /// Nothing that its values would show.
    #[default]
    None,
    /// From −this to this, 0 between good and bad.
    Around(f64),
    /// From 0 to 100, 50 between good and bad.
    Percent,
}

/// Numbers nearer to the middle than this share of the way to an end are neither good nor bad: what VADER, from which many such
/// columns come, proposes for −1 to 1.
const MIDDLE: f64 = 0.05;

/// The same from 0 to 100, where 50 stands for nothing in particular.
const MIDDLE_OF_PERCENT: f64 = 0.2;

impl Scale {
    /// What these values show: a number below 0 says that 0 is the middle; without one, numbers up to 100 are hundredths. Numbers
    /// from 0 to 1 may as well say how sure somebody is, and those from 1 to 5 count stars: they mean nothing here.
    fn of<'a>(cells: impl Iterator<Item = &'a str>) -> Self {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in cells.filter_map(number_in) {
            (low, high) = (low.min(value), high.max(value));
        }
        let most = high.max(-low);
        let end = [1.0, 5.0, 10.0, 100.0].into_iter().find(|end| most <= *end);
        match end {
            Some(end) if low < 0.0 => Self::Around(end),
            Some(end) if end > 10.0 && low >= 0.0 => Self::Percent,
            _ => Self::None,
        }
    }

    fn tone(self, value: f64) -> Option<Sentiment> {
        let from_middle = match self {
            Self::None => return None,
            Self::Around(end) => value / end / MIDDLE,
            Self::Percent if value < 0.0 => return None,
            Self::Percent => (value - 50.0) / 50.0 / MIDDLE_OF_PERCENT,
        };
        let most = match self {
            Self::Percent => 1.0 / MIDDLE_OF_PERCENT,
            _ => 1.0 / MIDDLE,
        };
        Some(match from_middle {
            x if x.abs() > most + 1e-9 => return None,
            x if x > 1.0 => Sentiment::Positive,
            x if x < -1.0 => Sentiment::Negative,
            _ => Sentiment::Neutral,
        })
    }
}

fn number_in(cell: &str) -> Option<f64> {
    let cell = cell.trim();
    let starts =
        cell.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | '−'));
    let value: f64 = if !starts || cell.len() > 32 {
        return None;
    } else if cell.contains([',', '−']) {
        cell.replace(',', ".").replace('−', "-").parse().ok()?
    } else {
        cell.parse().ok()?
    };
    value.is_finite().then_some(value)
}

/// The tone that the words of a cell name: `positive`, `slightly negative`. `None` where they name none, or two.
fn tone_in_words(cell: &str) -> Option<Sentiment> {
    let cell = cell.trim();
    if cell.is_empty() || cell.len() > 80 {
        return None;
    }
    let lower = cell.to_lowercase();
    let named = |word: &str| {
        let known = TONES.iter().find(|(_, words)| words.contains(&word));
        known.map(|(tone, _)| *tone)
    };
    if let Some(tone) = named(&lower) {
        return Some(tone);
    }
    let words = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let mut tones = words.filter_map(named);
    let first = tones.next()?;
    tones.all(|tone| tone == first).then_some(first)
}

/// So many different cells of a column are remembered with what they mean.
const MOST_KNOWN: usize = 256;

/// Which columns of a table tell what of its posts.
#[derive(Debug, Clone, Default)]
pub(super) struct FactReader {
    scale: Scale,
    /// By cell of the column of tones.
    tones: HashMap<Box<str>, Option<Sentiment>, foldhash::fast::RandomState>,
}

/// What one row tells, texts by number in [`FewWords`].
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct RowFacts {
    /// 0 where it does not tell.
    pub language: u16,
    /// 0 where it does not tell.
    pub platform: u16,
    /// `None` where it does not tell.
    pub sentiment: Option<Sentiment>,
}

impl FactReader {
    /// For one table: the numbers of its column of tones are told from its first rows.
    pub(super) fn of(table: &Table<'_>, roles: &Roles) -> Self {
        let column = roles.first(Role::Sentiment);
        let cells = column.map(|i| table.sample.iter().filter_map(move |row| row.get(i)));
        let scale = cells.map(|cells| Scale::of(cells.map(String::as_str)));
        Self {
            scale: scale.unwrap_or_default(),
            tones: HashMap::default(),
        }
    }

    /// What a row tells of its post.
    pub(super) fn read(
        &mut self,
        record: &Record<'_>,
        roles: &Roles,
        (languages, platforms): (&mut FewWords, &mut FewWords),
    ) -> RowFacts {
        let filled = |role| first_filled(record, roles.of(role));
        RowFacts {
            language: filled(Role::Language).map_or(0, |cell| languages.number(cell, language_in)),
            platform: filled(Role::Platform).map_or(0, |cell| {
                platforms.number(cell, |cell| platform_in(cell).map(Cow::Borrowed))
            }),
            sentiment: roles
                .first(Role::Sentiment)
                .and_then(|i| self.tone(record.get(i))),
        }
    }

    fn tone(&mut self, cell: &str) -> Option<Sentiment> {
        if let Some(value) = number_in(cell) {
            return self.scale.tone(value);
        }
        if let Some(known) = self.tones.get(cell) {
            return *known;
        }
        let tone = tone_in_words(cell);
        if self.tones.len() < MOST_KNOWN {
            self.tones.insert(cell.into(), tone);
        }
        tone
    }
}

/// The few different words of a column, by number from 1, as one batch of rows meets them.
#[derive(Debug, Clone, Default)]
pub(super) struct FewWords {
    words: Vec<Box<str>>,
    /// By cell as written; 0 where it says nothing.
    of_cell: HashMap<Box<str>, u16, foldhash::fast::RandomState>,
}

impl FewWords {
    /// The number of what a cell says, as `read` has it; 0 where that is nothing.
    fn number<'a>(&mut self, cell: &'a str, read: impl Fn(&'a str) -> Option<Cow<'a, str>>) -> u16 {
        if let Some(known) = self.of_cell.get(cell) {
            return *known;
        }
        let number = match read(cell) {
            Some(word) => self.number_of(&word),
            None => 0,
        };
        if self.of_cell.len() < usize::from(u16::MAX) {
            self.of_cell.insert(cell.into(), number);
        }
        number
    }

    fn number_of(&mut self, word: &str) -> u16 {
        let place = self.words.iter().position(|known| **known == *word);
        let place = place.unwrap_or_else(|| {
            self.words.push(word.into());
            self.words.len() - 1
        });
        u16::try_from(place + 1).unwrap_or(0)
    }
}

/// The numbers that the words of a batch have among all posts, each looked up once.
#[derive(Debug)]
pub(super) struct KnownWords<'b> {
    words: &'b FewWords,
    number: Vec<Option<u16>>,
}

impl<'b> KnownWords<'b> {
    pub(super) fn new(words: &'b FewWords) -> Self {
        Self {
            words,
            number: vec![None; words.words.len()],
        }
    }

    /// The number among all posts, by `ask` where it is not known yet.
    pub(super) fn number(&mut self, of_batch: u16, ask: impl FnOnce(&str) -> u16) -> u16 {
        let Some(place) = usize::from(of_batch).checked_sub(1) else {
            return 0;
        };
        match (self.number.get_mut(place), self.words.words.get(place)) {
            (Some(slot), Some(word)) => *slot.get_or_insert_with(|| ask(word)),
            _ => 0,
        }
    }
}

/// Says what a record tells of post number `post`.
pub(super) fn tell(posts: &mut Posts, post: usize, language: Option<&str>, platform: Option<&str>) {
    let language = language.and_then(language_in);
    let language = language.map_or(0, |language| posts.number_of_language(&language));
    let platform = platform.map_or(0, |platform| posts.number_of_platform(platform));
    posts.put_facts(post, (language, platform), None);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_as_files_write_them() {
        for (cell, language) in [
            ("en", Some("en")),
            ("en-US", Some("en")),
            ("pt_BR", Some("pt")),
            ("zh-Hans-CN", Some("zh")),
            ("FIL", Some("fil")),
            ("English", Some("english")),
            ("Chinese (Simplified)", Some("chinese (simplified)")),
            ("Serbo-Croatian", Some("serbo-croatian")),
            ("日本語", Some("日本語")),
            ("[\"ja\", \"en\"]", Some("ja")),
            ("['de']", Some("de")),
            ("de;en", Some("de")),
            ("und", None),
            ("Unknown", None),
            ("n/a", None),
            ("qme", None),
            ("", None),
            ("[]", None),
        ] {
            assert_eq!(language_in(cell).as_deref(), language, "{cell}");
        }
    }

    #[test]
    fn tones_in_words() {
        use Sentiment::{Negative, Neutral, Positive};
        for (cell, tone) in [
            ("positive", Some(Positive)),
            ("POS", Some(Positive)),
            ("Very positive", Some(Positive)),
            ("slightly_negative", Some(Negative)),
            ("Négatif", Some(Negative)),
            ("neutro", Some(Neutral)),
            ("ポジティブ", Some(Positive)),
            ("positive and negative", None),
            ("mixed", None),
            ("Not rated", None),
            ("position", None),
            ("", None),
        ] {
            assert_eq!(tone_in_words(cell), tone, "{cell}");
        }
    }

    #[test]
    fn numbers_mean_what_their_column_shows() {
        use Sentiment::{Negative, Neutral, Positive};
        let read = |cells: &[&str], asked: &[f64]| -> Vec<Option<Sentiment>> {
            let scale = Scale::of(cells.iter().copied());
            asked.iter().map(|value| scale.tone(*value)).collect()
        };
        let signs = [Some(Negative), Some(Neutral), Some(Positive)];
        assert_eq!(read(&["-1", "0", "1"], &[-1.0, 0.0, 1.0]), signs);
        assert_eq!(read(&["-0,4", "0.9"], &[-0.4, 0.04, 0.06]), signs);
        assert_eq!(read(&["-5", "3"], &[-1.0, 0.0, 5.0]), signs);
        assert_eq!(read(&["−2", "2"], &[-2.0, 0.1, 2.0]), signs);
        assert_eq!(read(&["12", "97"], &[12.0, 50.0, 97.0]), signs);
        assert_eq!(
            read(&["0.2", "0.9"], &[0.9]),
            [None],
            "how sure somebody is"
        );
        assert_eq!(read(&["1", "5", "4"], &[5.0]), [None], "stars");
        assert_eq!(read(&["12", "9000"], &[12.0]), [None], "no tone at all");
        assert_eq!(read(&["positive"], &[1.0]), [None]);
        assert_eq!(
            read(&["-1", "1"], &[7.0]),
            [None],
            "beyond what the column shows"
        );
    }
}
