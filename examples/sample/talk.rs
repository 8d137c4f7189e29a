//! Who addresses whom, when, and with which words: posts in order of time.

use super::later::{Planted, a_month_later};
use super::people::{Part, Person, everybody};
use super::phrases::{ANYWHERE, BEFORE_QUOTE, BEFORE_QUOTE_JAPANESE, OTHER_LANGUAGES, Phrases};
use super::random::Random;
use super::slots::filled;
use super::voices::{JAPANESE, MEDIA, TRADE, VOICES};

/// Posts in the file, within a few (everybody writes at least one).
const POSTS: f64 = 3_000.0;
/// Far beyond the ids that platforms have given out.
const FIRST_ID: u64 = 9_100_000_000_000_000_000;
/// Everything random starts here.
const SEED: u64 = 20_260_309;
const DAYS: usize = 21;
/// Days from the first day of the sample to the first of the file of a month later.
const LATER: u64 = 28;
/// How busy each day of the week is, from Monday.
const WEEK: [f64; 7] = [0.8, 0.8, 0.9, 1.0, 1.3, 1.7, 1.3];

/// One post.
pub(super) struct Row {
    /// Seconds since the first midnight.
    seconds: u64,
    pub(super) author: String,
    pub(super) name: String,
    pub(super) followers: u64,
    pub(super) text: String,
    pub(super) language: &'static str,
    pub(super) sentiment: &'static str,
    pub(super) reply_to: Option<String>,
    pub(super) repost_of: Option<String>,
    answered: Option<String>,
    pub(super) id: u64,
}

impl Row {
    /// `2026-03-02 08:15:00`.
    pub(super) fn date(&self) -> String {
        let (day, rest) = (self.seconds / 86_400, self.seconds % 86_400);
        let (hour, minute, second) = (rest / 3_600, rest / 60 % 60, rest % 60);
        let (month, day) = match day + 2 {
            day @ ..=31 => (3, day),
            day => (4, day - 31),
        };
        format!("2026-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
    }

    pub(super) fn entry_type(&self) -> &'static str {
        if self.repost_of.is_some() {
            "share"
        } else if self.reply_to.is_some() {
            "reply"
        } else {
            "post"
        }
    }

    /// Everybody whom the post names or answers, without @: a cell that begins with @ is a formula to some spreadsheets.
    pub(super) fn mentioned(&self) -> Vec<String> {
        let mut all: Vec<String> = self.answered.iter().cloned().collect();
        let mut before = ' ';
        for (at, c) in self.text.char_indices() {
            if c == '@' && !before.is_alphanumeric() {
                let handle: String = self.text[at + 1..]
                    .chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
                    .collect();
                if !all.contains(&handle) {
                    all.push(handle);
                }
            }
            before = c;
        }
        all
    }
}

/// Where a post stands on the platform.
pub(super) fn address(handle: &str, id: u64) -> String {
    format!("https://x.com/{handle}/status/{id}")
}

/// The whole conversation, by time.
pub(super) fn conversation() -> Vec<Row> {
    let mut random = Random::new(SEED);
    let people = everybody(&mut random);
    talk(people, random).rows
}

/// The conversation of the same people a month later, and what was changed in between.
pub(super) fn conversation_later() -> (Vec<Row>, Vec<Planted>) {
    let mut random = Random::new(SEED);
    let mut people = everybody(&mut random);
    let before = talk(people.clone(), random);
    let mut random = Random::new(SEED + 1);
    let planted = a_month_later(&mut people, &mut random);
    let mut table = Table::new(people, Random::new(SEED + 2));
    table.remember(&before, &planted);
    (table.talk(LATER).rows, planted)
}

fn talk(people: Vec<Person>, mut random: Random) -> Table {
    let authors = turns(&people, &mut random);
    let times = times(authors.len(), &mut random);
    Table::new(people, random).talk_in(authors, times, 0)
}

/// Who writes, in order: each as often as their activity says, at least once.
fn turns(people: &[Person], random: &mut Random) -> Vec<usize> {
    let mut total = 0.0;
    for person in people {
        total += person.activity;
    }
    let mut turns = Vec::new();
    for (i, person) in people.iter().enumerate().filter(|(_, p)| p.activity > 0.0) {
        let n = (person.activity * POSTS / total).round().max(1.0) as usize;
        turns.extend(std::iter::repeat_n(i, n));
    }
    random.shuffle(&mut turns);
    turns
}

fn times(n: usize, random: &mut Random) -> Vec<u64> {
    let days: Vec<f64> = (0..DAYS).map(|day| WEEK[day % 7]).collect();
    // More at noon and in the evening, few at night.
    let hours: Vec<f64> = [
        1, 1, 1, 1, 1, 2, 4, 6, 7, 7, 8, 11, 13, 10, 7, 7, 8, 10, 14, 17, 16, 12, 7, 3,
    ]
    .map(f64::from)
    .to_vec();
    let mut times: Vec<u64> = (0..n)
        .map(|_| {
            let (day, hour) = (random.weighted(&days), random.weighted(&hours));
            (day * 86_400 + hour * 3_600 + random.below(3_600)) as u64
        })
        .collect();
    times.sort_unstable();
    times
}

/// The conversation while it goes on.
struct Table {
    people: Vec<Person>,
    random: Random,
    rows: Vec<Row>,
    /// Rows that each person has written: what others answer and pass on. Reposts are left out.
    written: Vec<Vec<usize>>,
    /// Whom each person has come to know: chosen again more often than strangers.
    known: Vec<Vec<usize>>,
    /// How likely somebody comes back to those whom they know.
    loyalty: f64,
    /// Who can be met in each community: its people and the ambassadors who talk there.
    met_in: Vec<Vec<usize>>,
}

impl Table {
    fn new(people: Vec<Person>, random: Random) -> Self {
        let met_in = (0..VOICES.len())
            .map(|c| {
                (0..people.len())
                    .filter(|&i| people[i].community == c || people[i].also.contains(&c))
                    .filter(|&i| !matches!(people[i].part, Part::Alone | Part::Circle(_)))
                    .collect()
            })
            .collect();
        Self {
            written: vec![Vec::new(); people.len()],
            known: vec![Vec::new(); people.len()],
            rows: Vec::new(),
            loyalty: 0.4,
            met_in,
            people,
            random,
        }
    }

    /// Everybody talks, from this day on.
    fn talk(mut self, first_day: u64) -> Self {
        let authors = turns(&self.people, &mut self.random);
        let times = times(authors.len(), &mut self.random);
        self.talk_in(authors, times, first_day)
    }

    fn talk_in(mut self, authors: Vec<usize>, times: Vec<u64>, first_day: u64) -> Self {
        for (author, seconds) in authors.into_iter().zip(times) {
            self.speak(author, seconds + first_day * 86_400);
        }
        self
    }

    /// Everybody knows whom they knew in `before`, but for those with whom something else was planted.
    fn remember(&mut self, before: &Self, planted: &[Planted]) {
        let place = |people: &[Person], handle: &str| {
            let mut all = people.iter();
            all.position(|p| p.handle.eq_ignore_ascii_case(handle))
        };
        let anew = ["moved", "new bridge", "lost bridge"];
        let starts_anew = |handle: &str| {
            let mut planted = planted.iter();
            planted.any(|(what, who)| anew.contains(what) && who == handle)
        };
        for (i, person) in before.people.iter().enumerate() {
            let Some(now) = place(&self.people, &person.handle) else {
                continue;
            };
            if starts_anew(&person.handle) {
                continue;
            }
            for &other in &before.known[i] {
                let handle = &before.people[other].handle;
                if let Some(other) = place(&self.people, handle)
                    && !starts_anew(handle)
                {
                    self.known[now].push(other);
                }
            }
        }
        self.loyalty = 0.75;
    }

    fn speak(&mut self, author: usize, seconds: u64) {
        // Own post, naming, answer, quote, repost.
        let weights = match self.people[author].part {
            Part::Big => [0.74, 0.13, 0.04, 0.03, 0.06],
            Part::Ambassador => [0.10, 0.34, 0.36, 0.12, 0.08],
            Part::Alone => [1.0, 0.0, 0.0, 0.0, 0.0],
            Part::Circle(_) => [0.1, 0.4, 0.4, 0.0, 0.1],
            Part::Member | Part::Silent => [0.12, 0.20, 0.30, 0.10, 0.28],
        };
        let way = self.random.weighted(&weights);
        let target = if way == 0 { None } else { self.target(author) };
        let row = match (way, target) {
            (1, Some(target)) => self.naming(author, target),
            (2, Some(target)) => self.answer(author, target),
            (3, Some(target)) => self.quote(author, target),
            (4, Some(target)) => self.repost(author, target),
            _ => self.own_post(author),
        };
        let passed_on = row.repost_of.is_some();
        let number = self.rows.len();
        let person = &self.people[author];
        let day = seconds as f64 / 86_400.0;
        self.rows.push(Row {
            seconds,
            followers: (person.reach * (1.0 + person.growth * day)).round() as u64,
            // Ids grow with time, one step a post at least.
            id: FIRST_ID + seconds * 1_000_000 + number as u64,
            ..row
        });
        if !passed_on {
            self.written[author].push(number);
        }
    }

    /// Whom `author` addresses; `None` where there is nobody.
    fn target(&mut self, author: usize) -> Option<usize> {
        if let Part::Circle(_) = self.people[author].part {
            return self.of_circle(author);
        }
        // Ambassadors meet new people all the time; others come back to those they know.
        let keeps = if self.people[author].part == Part::Ambassador {
            0.3
        } else {
            self.loyalty
        };
        if !self.known[author].is_empty() && self.random.chance(keeps) {
            let n = self.known[author].len();
            return Some(self.known[author][self.random.below(n)]);
        }
        let community = self.community_to_talk_in(author);
        let community = self.met_at(community);
        let target = self.somebody_in(community, author);
        self.known[author].push(target);
        // Whoever is spoken to often turns round and answers.
        let turns = if self.people[author].part == Part::Ambassador {
            0.9
        } else {
            0.5
        };
        if self.people[target].part != Part::Big && self.random.chance(turns) {
            self.known[target].push(author);
        }
        Some(target)
    }

    fn of_circle(&mut self, author: usize) -> Option<usize> {
        let others: Vec<usize> = (0..self.people.len())
            .filter(|&i| i != author && self.people[i].part == self.people[author].part)
            .collect();
        (!others.is_empty()).then(|| others[self.random.below(others.len())])
    }

    fn community_to_talk_in(&mut self, author: usize) -> usize {
        let person = &self.people[author];
        let home = person.community;
        if person.part == Part::Ambassador {
            let also = person.also;
            return if self.random.chance(0.34) {
                home
            } else {
                also[self.random.below(also.len())]
            };
        }
        // Big accounts keep to themselves and their own audience.
        let inside = if person.part == Part::Big { 0.96 } else { 0.86 };
        if self.random.chance(inside) {
            home
        } else {
            self.random.weighted(&VOICES[home].outside)
        }
    }

    /// Where `community` meets: with the trade, once the two have become one.
    fn met_at(&self, community: usize) -> usize {
        let lives = |c: usize| self.people.iter().any(|p| p.community == c);
        if lives(community) { community } else { TRADE }
    }

    fn somebody_in(&mut self, community: usize, author: usize) -> usize {
        let outside = self.people[author].community != community;
        let weights: Vec<f64> = self.met_in[community]
            .iter()
            .map(|&i| match self.people[i].part {
                _ if i == author => 0.0,
                // Other communities know a big account, but talk about it little.
                Part::Big if outside => 1.0,
                _ if outside => libm::sqrt(self.people[i].popularity),
                _ => self.people[i].popularity,
            })
            .collect();
        self.met_in[community][self.random.weighted(&weights)]
    }

    /// The words `author` has when talking with `target`.
    fn phrases(&mut self, author: usize, target: usize) -> &'static Phrases {
        let (from, to) = (self.people[author].community, self.people[target].community);
        let speaks = |c: usize| from == c || self.people[author].also.contains(&c);
        if from == to {
            VOICES[from].phrases
        } else if (from == JAPANESE || to == JAPANESE) && !(speaks(JAPANESE) && speaks(to)) {
            &ANYWHERE
        } else if speaks(to) || self.random.chance(0.45) {
            VOICES[to].phrases
        } else {
            &ANYWHERE
        }
    }

    fn row(&mut self, author: usize, phrase: &str) -> Row {
        let (sentiment, phrase) = match phrase.strip_prefix('+') {
            Some(glad) => ("positive", glad),
            None => phrase
                .strip_prefix('!')
                .map_or(("neutral", phrase), |sorry| ("negative", sorry)),
        };
        let person = &self.people[author];
        let text = filled(phrase, &mut self.random);
        Row {
            seconds: 0,
            author: person.handle.clone(),
            name: person.name.clone(),
            followers: 0,
            language: language_of(&text),
            text,
            sentiment,
            reply_to: None,
            repost_of: None,
            answered: None,
            id: 0,
        }
    }

    fn own_post(&mut self, author: usize) -> Row {
        let person = &self.people[author];
        let (part, community, language) = (person.part, person.community, person.language);
        if let Some(language) = language.filter(|_| self.random.chance(0.5)) {
            let own: Vec<&str> = OTHER_LANGUAGES
                .iter()
                .filter(|(l, _)| *l == language)
                .map(|(_, phrase)| *phrase)
                .collect();
            let phrase = self.random.pick(&own);
            return Row {
                language,
                ..self.row(author, phrase)
            };
        }
        // The audience of the big accounts writes about other things; it is the accounts that make headlines.
        let headlines = community != MEDIA || part == Part::Big || self.random.chance(0.3);
        let phrases = if part == Part::Alone || !headlines {
            &ANYWHERE
        } else {
            VOICES[community].phrases
        };
        let phrase = self.random.pick(phrases.posts);
        self.row(author, phrase)
    }

    fn naming(&mut self, author: usize, target: usize) -> Row {
        let phrases = self.phrases(author, target);
        let phrase = self.random.pick(phrases.naming);
        let mut row = self.row(author, phrase);
        let mut named = format!("@{}", self.people[target].handle);
        let several = if self.people[author].part == Part::Ambassador {
            0.45
        } else {
            0.14
        };
        if !phrase.starts_with("{who}")
            && self.random.chance(several)
            && let Some(second) = self.target(author).filter(|&second| second != target)
        {
            let and = if row.language == "ja" {
                " さんと "
            } else {
                " and "
            };
            named = format!("{named}{and}@{}", self.people[second].handle);
        }
        row.text = row.text.replace("{who}", &named);
        if row.text.starts_with('@') {
            // As people do so that not only the named one sees the post; and no cell begins with @.
            row.text.insert(0, '.');
        }
        row
    }

    fn answer(&mut self, author: usize, target: usize) -> Row {
        // Now and then somebody adds to their own thread.
        let own = self.random.chance(0.02) && !self.written[author].is_empty();
        let target = if own { author } else { target };
        let phrases = self.phrases(author, target);
        let phrase = self.random.pick(phrases.replies);
        let mut row = self.row(author, phrase);
        row.reply_to = Some(self.post_of(target).0);
        row.answered = Some(self.people[target].handle.clone());
        row
    }

    fn quote(&mut self, author: usize, target: usize) -> Row {
        let (_, Some(number)) = self.post_of(target) else {
            return self.naming(author, target);
        };
        let quoted = &self.rows[number];
        let japanese = quoted.language == "ja" && self.people[author].community == JAPANESE;
        // Names in the quoted words belong to whoever wrote them.
        let plain = quoted.text.replace('\n', " ").replace('@', "");
        let plain = plain.split("https").next().unwrap_or(&plain);
        let words: String = plain.trim_matches(['.', ' ']).chars().take(64).collect();
        let before = if japanese {
            BEFORE_QUOTE_JAPANESE
        } else {
            BEFORE_QUOTE
        };
        let phrase = self.random.pick(before);
        let mut row = self.row(author, phrase);
        let handle = &self.people[target].handle;
        row.text = format!("{} “{}…” via @{handle}", row.text, words.trim_end());
        row.language = language_of(&row.text);
        row
    }

    fn repost(&mut self, author: usize, target: usize) -> Row {
        let (address, number) = self.post_of(target);
        let (text, language, sentiment) = if let Some(number) = number {
            let row = &self.rows[number];
            (row.text.clone(), row.language, row.sentiment)
        } else {
            // A post from before the export.
            let phrases = VOICES[self.people[target].community].phrases;
            let phrase = self.random.pick(phrases.posts);
            let row = self.row(target, phrase);
            (row.text, row.language, row.sentiment)
        };
        let row = self.row(author, "");
        Row {
            text: format!("RT @{}: {text}", self.people[target].handle),
            language,
            sentiment,
            repost_of: Some(address),
            ..row
        }
    }

    /// One of the latest posts of `person`: its address, and its row where it is in the file.
    fn post_of(&mut self, person: usize) -> (String, Option<usize>) {
        let posts = &self.written[person];
        let handle = &self.people[person].handle;
        if posts.is_empty() {
            let id = FIRST_ID - 1 - self.random.below(1_000_000_000_000) as u64;
            return (address(handle, id), None);
        }
        let latest = &posts[posts.len().saturating_sub(4)..];
        let number = latest[self.random.below(latest.len())];
        (address(handle, self.rows[number].id), Some(number))
    }
}

/// Japanese where there is kana or kanji, else Arabic, else English; other languages are told by who writes.
fn language_of(text: &str) -> &'static str {
    let has = |low: char, high: char| text.chars().any(|c| (low..=high).contains(&c));
    if has('\u{3040}', '\u{9fff}') {
        "ja"
    } else if has('\u{600}', '\u{6ff}') {
        "ar"
    } else {
        "en"
    }
}
