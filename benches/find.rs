//! How long it takes to find people while somebody types, and what the names in memory cost.
//!
//! `cargo bench --bench find` makes 1,000,000 people with handles and names; `cargo bench --bench find -- 100000` as many as told. For each
//! text the middle of several runs, with how many people have it and how many of those shown are only alike; then the slowest of many
//! texts made from names: each letter, each pair of letters, what is typed wrong and what is left out. The same for people whose names
//! are all written in another script. With `RAYON_NUM_THREADS=1` the times are those of one processor.

use std::time::Instant;

use isthmus::explore::{FoundPeople, Likeness, NameIndex};
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

/// Latin letters as Cyrillic ones, each another.
fn cyrillic(text: &str) -> String {
    let letter = |c: char| match c {
        'a'..='z' => char::from_u32(0x430 + c as u32 - 'a' as u32).unwrap_or(c),
        _ => c,
    };
    text.chars().map(letter).collect()
}

/// What is typed.
const TEXTS: [&str; 16] = [
    "a",
    "а",
    "_",
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

/// As real handles are: two words, a mark between, digits behind some.
fn person(number: usize, is_cyrillic: bool) -> Person {
    let mixed = (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20;
    let (first, last) = (FIRST[mixed as usize % 32], LAST[(mixed >> 8) as usize % 16]);
    let mark = ["_", ".", "", "-"][(mixed >> 14) as usize % 4];
    let handle = format!("{first}{mark}{last}{number}");
    Person {
        key: handle.to_lowercase().into(),
        handle: handle.into(),
        name: if is_cyrillic {
            cyrillic(&format!("{first} {last}")).into()
        } else {
            format!("{first} {last} {}", mixed % 1000).into()
        },
        reach: None,
        posts: 1,
        given_community: None,
        given_place: None,
        given_colour: None,
    }
}

/// What people may type who look for somebody: each letter, pairs of letters, beginnings, wrong letters, letters left out.
fn texts_of(people: &[Person]) -> Vec<String> {
    let letters: Vec<char> = ('a'..='z')
        .chain('0'..='9')
        .chain("_.-'#é寿ан".chars())
        .collect();
    let mut texts: Vec<String> = letters.iter().map(char::to_string).collect();
    let pairs = letters.iter().zip(letters.iter().cycle().skip(5));
    texts.extend(pairs.clone().map(|(a, b)| format!("{a}{b}")));
    texts.extend(pairs.map(|(a, b)| format!("{a} {b}")));
    for person in people.iter().step_by(people.len() / 12 + 1) {
        for name in [&person.handle, &person.name] {
            let few = |n: usize| name.chars().take(n).collect::<String>();
            let without = |n: usize| {
                let left = name.chars().enumerate().filter(|(at, _)| at % n != 1);
                left.map(|(_, letter)| letter).collect::<String>()
            };
            let wrong = |at: usize| {
                let letters = name.chars().enumerate();
                let letters = letters.map(|(i, c)| if i == at { 'e' } else { c });
                letters.take(at + 4).collect::<String>()
            };
            texts.extend([few(3), few(4), few(7), name.to_string()]);
            texts.extend([without(2), without(3), without(4)]);
            let begins = |n: usize| {
                let words = name.split([' ', '_', '.', '-']);
                let words = words.map(|word| word.chars().take(n).collect::<String>());
                words.collect::<Vec<String>>().join(" ")
            };
            texts.extend([begins(1), begins(2)]);
            texts.extend([wrong(0), wrong(1), wrong(2), wrong(5), wrong(9)]);
        }
    }
    texts
}

/// The middle and the worst time in milliseconds, with who was found.
fn timed(
    index: &NameIndex,
    rank: &[u32],
    text: &str,
    runs: usize,
) -> Result<(f64, f64, FoundPeople), Cancelled> {
    let progress = Progress::new();
    let mut times = Vec::with_capacity(runs);
    let mut found = index.find(rank, text, SHOWN, &progress)?;
    for _ in 0..runs {
        let start = Instant::now();
        found = index.find(rank, text, SHOWN, &progress)?;
        times.push(start.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    Ok((times[runs / 2], times[runs - 1], found))
}

fn main() -> Result<(), Cancelled> {
    let told = std::env::args().skip(1).find_map(|a| a.parse().ok());
    let n: usize = told.unwrap_or(1_000_000);
    for is_cyrillic in [false, true] {
        let mut people: Vec<Person> = (0..n).map(|i| person(i, is_cyrillic)).collect();
        people.sort_by(|a, b| a.key.cmp(&b.key));
        // Not in the order of names, as ranks are.
        let rank: Vec<u32> = (0..n as u32).map(|i| i.wrapping_mul(0x9e37_79b1)).collect();
        let graph = ConversationGraph {
            people,
            ..ConversationGraph::default()
        };
        let start = Instant::now();
        let index = NameIndex::of(&graph, &Progress::new())?;
        let made = start.elapsed();
        println!(
            "{n} people, {}, {} threads: names ready after {:.0} ms, {:.1} MB, {:.1} bytes a person",
            if is_cyrillic {
                "Cyrillic names"
            } else {
                "many scripts"
            },
            rayon::current_num_threads(),
            made.as_secs_f64() * 1e3,
            index.bytes() as f64 / 1e6,
            index.bytes() as f64 / n as f64,
        );
        for text in TEXTS {
            let (middle, worst, found) = timed(&index, &rank, text, RUNS)?;
            let is_alike = |how: Likeness| how >= Likeness::Misspelt;
            let alike = found.best.iter().filter(|(_, how)| is_alike(*how)).count();
            println!(
                "{text:>14}  {middle:>6.1} ms, at worst {worst:>6.1}; {} have it, {alike} alike",
                found.all.len()
            );
        }
        let mut slowest = Vec::new();
        for text in texts_of(&graph.people) {
            slowest.push((timed(&index, &rank, &text, 3)?.0, text));
        }
        slowest.sort_by(|a, b| b.0.total_cmp(&a.0));
        println!("the slowest of {} more texts:", slowest.len());
        for (middle, text) in slowest.iter().take(6) {
            println!("{text:>24}  {middle:>6.1} ms");
        }
    }
    Ok(())
}
