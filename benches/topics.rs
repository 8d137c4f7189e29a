//! How well communities are named: the share of their five best words that were planted in them, beside c-TF-IDF.
//!
//! ```text
//! cargo bench --bench topics               the table
//! cargo bench --bench topics -- words      and the words of the first seed
//! cargo bench --bench topics -- held       seeds 101 to 125, on which nothing was tuned
//! cargo bench --bench topics -- nothing    how many communities are called after words where no topic is planted
//! ```
//!
//! What counts, decided before any tuning: a word is right where it was planted in that community, with or without its #; in
//! Chinese and Japanese also where it is a part of a planted word, two characters at least. A longer run that holds a planted
//! word and something else is wrong. A community for which fewer than five words are shown has wrong ones in their place; the
//! column *of shown* divides by the words that are there instead.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use isthmus::analysis::{AnalysisSettings, analyse, for_each_word};
use isthmus::people::{ConversationGraph, TieSettings, build};
use isthmus::progress::{Cancelled, Progress};

mod planted;

use planted::{Planted, Setting, planted, settings};

/// Words looked at in each community.
const FIRST: usize = 5;
const SEEDS: RangeInclusive<u64> = 1..=5;
/// On which nothing was tuned.
const HELD: RangeInclusive<u64> = 101..=125;

/// The words of each community, by its name in the file.
type Words = BTreeMap<String, Vec<String>>;

fn main() -> Result<(), Cancelled> {
    let told = |word: &str| std::env::args().any(|argument| argument == word);
    if told("nothing") {
        return nothing_planted();
    }
    let tells_words = told("words");
    let seeds = if told("held") { HELD } else { SEEDS };
    println!(
        "{:26} {:>8} {:>8} {:>8} {:>8} {:>8} {:>8}",
        "setting", "Isthmus", "least", "c-TF-IDF", "ahead", "shown", "of shown"
    );
    for setting in settings() {
        let (mut ours, mut theirs, mut shown) = (Vec::new(), Vec::new(), Vec::new());
        for seed in seeds.clone() {
            let made = planted(&setting, seed);
            let graph = build(&made.posts, &TieSettings::default(), &Progress::new())?;
            let (named, rival) = (named(&made, &graph)?, c_tf_idf(&made));
            ours.push(precision(&made, &named));
            theirs.push(precision(&made, &rival));
            shown.push(mean(named.values().map(|w| w.len().min(FIRST) as f64)));
            if tells_words && seed == *seeds.start() {
                for name in made.topics.keys() {
                    println!(
                        "  {name}: {}  |  {}",
                        first(&named, name).join(" "),
                        first(&rival, name).join(" ")
                    );
                }
            }
        }
        let all = |values: &[f64]| mean(values.iter().copied());
        let (a, b, n) = (all(&ours), all(&theirs), all(&shown));
        let least = ours.iter().copied().fold(1.0, f64::min);
        let of_shown = a * FIRST as f64 / n;
        println!(
            "{:26} {a:8.3} {least:8.3} {b:8.3} {:8.3} {n:8.2} {of_shown:8.3}",
            setting.name,
            a - b,
        );
    }
    Ok(())
}

/// The share of communities that are called after words although nobody there speaks of the topic: what is left are words that one likes
/// a little more, and words astray.
fn nothing_planted() -> Result<(), Cancelled> {
    println!("{:26} {:>8}", "setting", "by words");
    for setting in settings() {
        let setting = Setting {
            on_topic: 0.0,
            passed_on: 0,
            ..setting
        };
        let mut by_words = Vec::new();
        for seed in HELD {
            let made = planted(&setting, seed);
            let graph = build(&made.posts, &TieSettings::default(), &Progress::new())?;
            let named = named(&made, &graph)?;
            by_words.extend(named.values().map(|words| f64::from(!words.is_empty())));
        }
        println!("{:26} {:8.3}", setting.name, mean(by_words.into_iter()));
    }
    Ok(())
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, n) = values.fold((0.0, 0u32), |(sum, n), value| (sum + value, n + 1));
    sum / f64::from(n.max(1))
}

fn first<'a>(words: &'a Words, name: &str) -> &'a [String] {
    let words = words.get(name).map_or(&[][..], Vec::as_slice);
    &words[..words.len().min(FIRST)]
}

/// The share of the first five words that are of the topic, as a mean over the communities.
fn precision(made: &Planted, words: &Words) -> f64 {
    mean(made.topics.iter().map(|(name, topic)| {
        let right = first(words, name).iter().filter(|word| is_of(word, topic));
        right.count() as f64 / FIRST as f64
    }))
}

fn is_of(word: &str, topic: &[String]) -> bool {
    let bare = word.trim_start_matches('#');
    let eastern = bare.chars().all(|c| c >= '\u{3000}') && bare.chars().count() >= 2;
    topic.iter().any(|planted| {
        let planted = planted.trim_start_matches('#');
        planted == bare || eastern && planted.contains(bare)
    })
}

/// The words by which Isthmus names each community, as the file calls it.
fn named(made: &Planted, graph: &ConversationGraph) -> Result<Words, Cancelled> {
    let settings = AnalysisSettings {
        communities_from_file: true,
        ..AnalysisSettings::default()
    };
    let (analysis, _) = analyse(graph, &made.posts, &settings, &Progress::new())?;
    let list = analysis.communities.list.into_iter();
    Ok(list
        .map(|community| (community.name, community.words))
        .collect())
}

/// The best words of each community by c-TF-IDF: how often a word occurs there, times ln(1 + A / f), where f is how often it
/// occurs anywhere and A how many words a community has on average. The same words of the same texts.
///
/// Grootendorst, *`BERTopic`: Neural topic modeling with a class-based TF-IDF procedure* (2022).
fn c_tf_idf(made: &Planted) -> Words {
    let mut uses: BTreeMap<&str, BTreeMap<String, f64>> = BTreeMap::new();
    let mut count = |account: usize, text: &str| {
        let home = made.posts.accounts[account].given_community.as_deref();
        let words = uses.entry(home.unwrap_or_default()).or_default();
        for_each_word(text, |word| {
            *words.entry(word.to_owned()).or_default() += 1.0;
        });
    };
    for post in &made.posts.posts {
        count(post.author as usize, made.posts.text(post));
    }
    for (number, account) in made.posts.accounts.iter().enumerate() {
        count(number, account.bio.as_deref().unwrap_or_default());
    }
    let mut everywhere: BTreeMap<&str, f64> = BTreeMap::new();
    for (word, n) in uses.values().flatten() {
        *everywhere.entry(word).or_default() += n;
    }
    let average = everywhere.values().sum::<f64>() / uses.len().max(1) as f64;
    let best = |words: &BTreeMap<String, f64>| {
        let score =
            |(word, n): (&String, &f64)| n * libm::log(1.0 + average / everywhere[word.as_str()]);
        let mut all: Vec<(f64, &String)> = words.iter().map(|word| (score(word), word.0)).collect();
        all.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        all.into_iter()
            .take(FIRST)
            .map(|(_, word)| word.clone())
            .collect()
    };
    (uses.iter())
        .map(|(name, words)| ((*name).to_owned(), best(words)))
        .collect()
}
