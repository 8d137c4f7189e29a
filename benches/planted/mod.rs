//! Made-up conversations whose topics are known, because they were planted: for measuring how well communities are named.
//!
//! Everybody writes posts of a background that all communities of a language share, drawn by Zipf's law, so that a word such as
//! "the" is every twentieth word. A part of the members of each community also use its topic: 10 to 12 words and 2 or 3
//! hashtags, again by Zipf's law. Noise: topic words of other communities, words of the background that one community likes
//! better, and one person in a hundred who repeats one word a hundred times.

pub(crate) mod eastern;
pub(crate) mod words;

use std::collections::BTreeMap;

use isthmus::people::{Addressed, Posts, TieKind};

use words::Speech;

/// How one setting differs from the others.
pub(crate) struct Setting {
    /// What it is called in the table.
    pub(crate) name: &'static str,
    /// Communities: which language, which of its topics.
    pub(crate) communities: Vec<(&'static Speech, usize)>,
    /// Fewest and most members of a community.
    pub(crate) members: [usize; 2],
    /// Most posts of a person; the fewest are one.
    pub(crate) posts: usize,
    /// Share of members who speak of the topic.
    pub(crate) on_topic: f64,
    /// Share of their posts that do.
    pub(crate) posts_on_topic: f64,
    /// Texts are bios: each person has one, and posts without words.
    pub(crate) only_bios: bool,
    /// People in each community who repeat a word of their own a hundred times.
    pub(crate) spammers: usize,
    /// Share of posts with a word that nobody else ever uses.
    pub(crate) rare: f64,
    /// Posts of each community that a third of it passes on, each with four words that nobody else ever uses.
    pub(crate) passed_on: usize,
}

/// A conversation and what was planted in it.
pub(crate) struct Planted {
    /// The posts; the file gives everybody's community, so that names are measured and not the grouping.
    pub(crate) posts: Posts,
    /// The words planted in each community, by its name in the file.
    pub(crate) topics: BTreeMap<String, Vec<String>>,
}

/// All settings.
pub(crate) fn settings() -> Vec<Setting> {
    use eastern::{CHINESE, JAPANESE};
    use words::{ENGLISH, GERMAN, SPANISH};
    let of = |speech: &'static Speech, n: usize| (0..n).map(move |topic| (speech, topic));
    let usual = |name, communities| Setting {
        name,
        communities,
        members: [30, 220],
        posts: 10,
        on_topic: 0.6,
        posts_on_topic: 0.5,
        only_bios: false,
        spammers: 1,
        rare: 0.0,
        passed_on: 0,
    };
    let mixed = (of(&ENGLISH, 4).chain(of(&SPANISH, 3))).chain(of(&GERMAN, 3));
    vec![
        usual("English", of(&ENGLISH, 8).collect()),
        usual("English, Spanish, German", mixed.collect()),
        usual("Chinese", of(&CHINESE, 6).collect()),
        usual("Japanese", of(&JAPANESE, 6).collect()),
        Setting {
            only_bios: true,
            ..usual("short bios only", of(&ENGLISH, 8).collect())
        },
        Setting {
            spammers: 8,
            ..usual("spammers", of(&ENGLISH, 8).collect())
        },
        Setting {
            members: [5, 12],
            on_topic: 0.8,
            posts: 16,
            spammers: 0,
            ..usual("tiny groups", of(&ENGLISH, 14).collect())
        },
        Setting {
            members: [5, 12],
            on_topic: 0.8,
            posts: 16,
            spammers: 0,
            rare: 0.5,
            ..usual("tiny groups, rare words", of(&ENGLISH, 14).collect())
        },
        Setting {
            passed_on: 6,
            ..usual("passed on by many", of(&ENGLISH, 8).collect())
        },
    ]
}

/// Words of the background that one community likes better.
const LIKED: usize = 10;
/// How much more likely.
const LIKED_MORE: f64 = 1.6;
/// Share of posts with a topic word of another community.
const ASTRAY: f64 = 0.06;

/// The conversation of a setting, from `seed`. The same for every run and machine.
pub(crate) fn planted(setting: &Setting, seed: u64) -> Planted {
    let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x51ED_270B);
    let mut made = Planted {
        posts: Posts::default(),
        topics: BTreeMap::new(),
    };
    for (number, &(speech, topic)) in setting.communities.iter().enumerate() {
        let [least, most] = setting.members;
        let n = least + (random.unit() * random.unit() * (most - least + 1) as f64) as usize;
        let others: Vec<usize> = (setting.communities.iter())
            .filter(|(other, at)| std::ptr::eq(*other, speech) && *at != topic)
            .map(|(_, at)| *at)
            .collect();
        let name = format!("community {number:02}");
        let words = speech.topic(topic);
        let lower = words.iter().map(|word| word.to_lowercase()).collect();
        made.topics.insert(name.clone(), lower);
        let mut voice = Voice::new(speech, words, &others, &mut random);
        let members: Vec<String> = (0..n).map(|i| format!("c{number:02}p{i:03}")).collect();
        community(
            &mut made.posts,
            setting,
            (&name, &members),
            &mut voice,
            &mut random,
        );
    }
    made
}

/// One community writes.
fn community(
    posts: &mut Posts,
    setting: &Setting,
    (name, members): (&str, &[String]),
    voice: &mut Voice,
    random: &mut Random,
) {
    let chains: Vec<String> = (0..setting.passed_on)
        .map(|chain| {
            let rare: Vec<String> = (0..4).map(|_| random.word()).collect();
            let about = voice.post(1.0, random);
            format!(
                "RT @{}: {about} {}",
                members[chain % members.len()],
                rare.join(" ")
            )
        })
        .collect();
    for (i, member) in members.iter().enumerate() {
        let on_topic = random.unit() < setting.on_topic;
        let share = if on_topic {
            setting.posts_on_topic
        } else {
            0.0
        };
        let n = 1 + (random.unit() * random.unit() * setting.posts as f64) as usize;
        let mut texts: Vec<String> = if setting.only_bios {
            vec![String::new(); 2]
        } else {
            (0..n).map(|_| voice.post(share, random)).collect()
        };
        if setting.rare > 0.0 {
            for text in &mut texts {
                if random.unit() < setting.rare {
                    text.push(' ');
                    text.push_str(&random.word());
                }
            }
        }
        if i < setting.spammers {
            let word = random.word();
            texts.push(vec![word.as_str(); 100].join(" "));
        }
        texts.extend(chains.iter().filter(|_| random.unit() < 0.33).cloned());
        let bio = setting.only_bios.then(|| voice.bio(on_topic, random));
        let author = posts.own_account(member).expect("a handle");
        posts.tell_community(author, name);
        if let Some(account) = posts.accounts.get_mut(author as usize) {
            account.bio = bio.map(Into::into);
        }
        for (at, text) in texts.iter().enumerate() {
            let other = &members[(i + 1 + at * at) % members.len()];
            let account = posts.account(other).expect("a handle");
            let kind = TieKind::Reply;
            posts.push(author, None, text, &[Addressed { account, kind }]);
        }
    }
}

/// What one community draws its words from.
struct Voice {
    speech: &'static Speech,
    background: Draw,
    topic: Draw,
    astray: Vec<Draw>,
}

impl Voice {
    fn new(
        speech: &'static Speech,
        topic: Vec<&'static str>,
        others: &[usize],
        random: &mut Random,
    ) -> Self {
        let common = speech.common();
        let mut weights: Vec<f64> = (0..common.len())
            .map(|rank| 1.0 / (rank as f64 + 2.0))
            .collect();
        for _ in 0..LIKED {
            let liked = (random.unit() * weights.len() as f64) as usize;
            weights[liked] *= LIKED_MORE;
        }
        Self {
            speech,
            background: Draw::new(common, &weights),
            topic: Draw::zipf(topic),
            astray: others
                .iter()
                .map(|at| Draw::zipf(speech.topic(*at)))
                .collect(),
        }
    }

    /// One post; with the chance `share` it speaks of the topic.
    fn post(&self, share: f64, random: &mut Random) -> String {
        let length = 7 + (random.unit() * 12.0) as usize;
        let mut words: Vec<&str> = (0..length).map(|_| self.background.one(random)).collect();
        let n = if random.unit() < share {
            1 + usize::from(random.unit() < 0.5)
        } else {
            0
        };
        for _ in 0..n {
            put(&mut words, self.topic.one(random), random);
        }
        if random.unit() < ASTRAY && !self.astray.is_empty() {
            let other = (random.unit() * self.astray.len() as f64) as usize;
            put(&mut words, self.astray[other].one(random), random);
        }
        self.written(&words, random)
    }

    /// What somebody says of themselves: a few words, two of the topic where they care about it.
    fn bio(&self, on_topic: bool, random: &mut Random) -> String {
        let length = 3 + (random.unit() * 6.0) as usize;
        let mut words: Vec<&str> = (0..length).map(|_| self.background.one(random)).collect();
        for _ in 0..if on_topic { 2 } else { 0 } {
            put(&mut words, self.topic.one(random), random);
        }
        if random.unit() < ASTRAY && !self.astray.is_empty() {
            put(&mut words, self.astray[0].one(random), random);
        }
        self.written(&words, random)
    }

    /// The words as the language writes them: with spaces, or run together with a comma here and there.
    fn written(&self, words: &[&str], random: &mut Random) -> String {
        if self.speech.spaced {
            return words.join(" ");
        }
        let (mut text, mut after_tag) = (String::new(), false);
        for word in words {
            let is_tag = word.starts_with('#');
            if std::mem::replace(&mut after_tag, is_tag) || is_tag {
                text.push(' ');
            } else if random.unit() < 0.12 {
                text.push('，');
            }
            text.push_str(word);
        }
        text
    }
}

/// Puts a word somewhere among others, hashtags at the end.
fn put(words: &mut Vec<&'static str>, word: &'static str, random: &mut Random) {
    let at = (random.unit() * (words.len() + 1) as f64) as usize;
    words.insert(
        if word.starts_with('#') {
            words.len()
        } else {
            at.min(words.len())
        },
        word,
    );
}

/// Draws words by their weights.
struct Draw {
    words: Vec<&'static str>,
    until: Vec<f64>,
}

impl Draw {
    fn new(words: Vec<&'static str>, weights: &[f64]) -> Self {
        let mut sum = 0.0;
        let until = weights.iter().map(|weight| {
            sum += weight;
            sum
        });
        let until = until.collect();
        Self { words, until }
    }

    /// Words by Zipf's law, hashtags as often as the third word.
    fn zipf(words: Vec<&'static str>) -> Self {
        let weight = |(rank, word): (usize, &&str)| {
            1.0 / (if word.starts_with('#') {
                3.0
            } else {
                rank as f64 + 1.5
            })
        };
        let weights: Vec<f64> = words.iter().enumerate().map(weight).collect();
        Self::new(words, &weights)
    }

    fn one(&self, random: &mut Random) -> &'static str {
        let all = self.until.last().copied().unwrap_or(0.0);
        let at = random.unit() * all;
        let place = self.until.partition_point(|until| *until <= at);
        self.words[place.min(self.words.len() - 1)]
    }
}

/// Numbers that look drawn by chance (SplitMix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// 0 ≤ x < 1.
    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A word that nobody else has.
    fn word(&mut self) -> String {
        const PARTS: [&str; 16] = [
            "ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "zu", "dra", "fle", "gri", "plo",
            "sta", "tru",
        ];
        (0..4).map(|_| PARTS[(self.next() % 16) as usize]).collect()
    }
}
