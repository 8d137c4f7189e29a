//! How long it takes to find people while somebody types, and what the names in memory cost.
//!
//! `cargo bench --bench find` makes 1,000,000 people with handles and names; `cargo bench --bench find -- 100000` as many as told. For each
//! text the middle of several runs, with how many people have it and how many of those shown are only alike.

use std::time::Instant;

use isthmus::explore::{Likeness, NameIndex};
use isthmus::people::{ConversationGraph, Person};
use isthmus::progress::{Cancelled, Progress};

/// Runs of each.
const RUNS: usize = 9;
/// People asked for.
const SHOWN: usize = 8;

const FIRST: [&str; 32] = [
    "anna",
    "ben",
    "cleo",
    "dora",
    "emil",
    "fay",
    "gus",
    "hana",
    "ines",
    "jose",
    "kenji",
    "lee",
    "maki",
    "nora",
    "omar",
    "pia",
    "quinn",
    "rosa",
    "sushi",
    "taro",
    "uma",
    "vera",
    "wang",
    "ximena",
    "yuki",
    "zoë",
    "müller",
    "søren",
    "мария",
    "寿司",
    "أحمد",
    "김민수",
];
const LAST: [&str; 16] = [
    "maki", "rice", "garden", "news", "fan", "official", "tokyo", "lisbon", "chef", "daily",
    "lover", "kitchen", "stories", "club", "world", "team",
];

/// As real handles are: two words, a mark between, digits behind some.
fn person(number: usize) -> Person {
    let mixed = (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20;
    let (first, last) = (FIRST[mixed as usize % 32], LAST[(mixed >> 8) as usize % 16]);
    let mark = ["_", ".", "", "-"][(mixed >> 14) as usize % 4];
    let handle = format!("{first}{mark}{last}{number}");
    Person {
        key: handle.to_lowercase().into(),
        handle: handle.into(),
        name: format!("{first} {last} {}", mixed % 1000).into(),
        reach: None,
        posts: 1,
        given_community: None,
        given_place: None,
        given_colour: None,
    }
}

fn main() -> Result<(), Cancelled> {
    let told = std::env::args().skip(1).find_map(|a| a.parse().ok());
    let n: usize = told.unwrap_or(1_000_000);
    let mut people: Vec<Person> = (0..n).map(person).collect();
    people.sort_by(|a, b| a.key.cmp(&b.key));
    let graph = ConversationGraph {
        people,
        ..ConversationGraph::default()
    };
    let rank: Vec<u32> = (0..n as u32).collect();
    let progress = Progress::new();
    let start = Instant::now();
    let index = NameIndex::of(&graph, &progress)?;
    let made = start.elapsed();
    println!(
        "{n} people, {} threads: names ready after {:.0} ms, {:.1} MB, {:.1} bytes a person",
        rayon::current_num_threads(),
        made.as_secs_f64() * 1e3,
        index.bytes() as f64 / 1e6,
        index.bytes() as f64 / n as f64,
    );
    let texts = [
        "a",
        "su",
        "sus",
        "sush",
        "sushi",
        "sushi_maki",
        "maki sushi",
        "muller",
        "寿司",
        "@anna_rice77",
        "suhsi_makk",
        "smk",
        "xqzw",
        "tokyo 12 lee",
    ];
    for text in texts {
        let mut times = Vec::with_capacity(RUNS);
        let mut found = index.find(&rank, text, SHOWN, &progress)?;
        for _ in 0..RUNS {
            let start = Instant::now();
            found = index.find(&rank, text, SHOWN, &progress)?;
            times.push(start.elapsed().as_secs_f64() * 1e3);
        }
        times.sort_by(f64::total_cmp);
        let alike = found
            .best
            .iter()
            .filter(|(_, how)| *how >= Likeness::Misspelt)
            .count();
        println!(
            "{text:>14}  {:>6.1} ms, at worst {:>6.1}; {} have it, {alike} alike",
            times[RUNS / 2],
            times[RUNS - 1],
            found.all.len()
        );
    }
    Ok(())
}
