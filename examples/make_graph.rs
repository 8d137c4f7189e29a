//! Writes an invented conversation as a list of ties, for the benches: `benches/peers/graphs.py` reads them.
//!
//! ```text
//! cargo run --release --example make_graph -- planted 100000 /tmp/g100k         a file of ties, and who belongs where
//! cargo run --release --example make_graph -- real 1000000 /tmp/real            shaped like real topic conversations
//! ```
//!
//! `planted`: five ties a person; sizes of communities and numbers of ties have heavy tails; a quarter of the ties leave their
//! community; two people in a hundred belong to several communities. `real`: three quarters of the people have a single tie, there
//! are hundreds of thousands of components, and one hub has 10,000 ties. Writes `NAME_edges.csv` (source, target, weight) and, for
//! `planted`, `NAME_truth.csv` (id, community, memberships, topic, bridge). The same arguments give the same bytes.

use std::fmt::Write as _;
use std::path::Path;

const FITS: &str = "a string takes everything";

/// `SplitMix64` (Steele, Lea and Flood, 2014).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// `0.0..1.0`.
    fn unit(&mut self) -> f64 {
        (self.roll() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.roll()) * n as u128) >> 64) as usize
    }

    /// Power law of exponent `a` from 1 up to `most`.
    fn tail(&mut self, a: f64, most: f64) -> f64 {
        libm::pow(1.0 - self.unit(), -1.0 / (a - 1.0)).min(most)
    }
}

/// People who can be drawn in proportion to how active they are.
struct Urn {
    people: Vec<u32>,
    sums: Vec<f64>,
}

impl Urn {
    fn new(people: Vec<u32>, activity: &[f64]) -> Self {
        let mut all = 0.0;
        let sums = people.iter().map(|&i| {
            all += activity[i as usize];
            all
        });
        Self {
            sums: sums.collect(),
            people,
        }
    }

    fn draw(&self, dice: &mut Dice) -> u32 {
        let at = dice.unit() * self.sums.last().copied().unwrap_or_default();
        let place = self.sums.partition_point(|sum| *sum <= at);
        self.people[place.min(self.people.len() - 1)]
    }
}

/// Ties, and the truth where there is one.
type Files = (String, Option<String>);

fn planted(n: usize) -> Files {
    let mut dice = Dice(7);
    let most = libm::pow(n as f64, 0.45);
    let activity: Vec<f64> = (0..n).map(|_| dice.tail(2.5, most)).collect();
    let mut sizes = Vec::new();
    let mut placed = 0;
    while placed < n {
        let size = (dice.tail(1.5, 25.0) * libm::pow(n as f64, 0.5) * 0.6) as usize;
        let size = size.clamp(15, n - placed + 15).min(n - placed);
        sizes.push(size);
        placed += size;
    }
    let n_topics = (libm::log2(n as f64) * 0.7) as usize;
    let topic: Vec<usize> = sizes.iter().map(|_| dice.below(n_topics)).collect();
    let mut communities: Vec<Vec<u32>> = vec![Vec::new(); sizes.len()];
    let mut home = Vec::with_capacity(n);
    for (c, &size) in sizes.iter().enumerate() {
        home.extend(std::iter::repeat_n(c, size));
    }
    // People get numbers that say nothing about their community.
    for i in (1..n).rev() {
        home.swap(i, dice.below(i + 1));
    }
    let mut memberships: Vec<Vec<usize>> = home.iter().map(|&c| vec![c]).collect();
    for own in &mut memberships {
        if dice.unit() < 0.02 {
            for _ in 0..=dice.below(3) {
                own.push(dice.below(sizes.len()));
            }
            own.sort_unstable();
            own.dedup();
        }
    }
    for (i, own) in memberships.iter().enumerate() {
        for &c in own {
            communities[c].push(i as u32);
        }
    }
    let everybody = Urn::new((0..n as u32).collect(), &activity);
    let of_topic = |t: usize| {
        let people = (0..n as u32).filter(|&i| topic[home[i as usize]] == t);
        Urn::new(people.collect(), &activity)
    };
    let topics: Vec<Urn> = (0..n_topics).map(of_topic).collect();
    let urns: Vec<Urn> = communities
        .into_iter()
        .map(|people| Urn::new(people, &activity))
        .collect();
    let mut ties = String::from("source,target,weight\n");
    let mut tie = |a: u32, b: u32, dice: &mut Dice| {
        if a != b {
            writeln!(ties, "{a},{b},{}", dice.tail(2.2, 200.0) as u32).expect(FITS);
        }
    };
    // Everybody has one tie at home; the others by activity.
    for (i, own) in memberships.iter().enumerate() {
        for &c in own {
            let other = urns[c].draw(&mut dice);
            tie(i as u32, other, &mut dice);
        }
    }
    for _ in 0..4 * n {
        let a = everybody.draw(&mut dice);
        let own = &memberships[a as usize];
        let b = match dice.unit() {
            u if u < 0.75 => urns[own[dice.below(own.len())]].draw(&mut dice),
            u if u < 0.875 => topics[topic[home[a as usize]]].draw(&mut dice),
            _ => everybody.draw(&mut dice),
        };
        tie(a, b, &mut dice);
    }
    let mut truth = String::from("id,community,memberships,topic,bridge\n");
    for (i, own) in memberships.iter().enumerate() {
        let all: Vec<String> = own.iter().map(ToString::to_string).collect();
        let bridge = u8::from(own.len() > 1);
        let c = home[i];
        writeln!(truth, "{i},{c},{},{},{bridge}", all.join(";"), topic[c]).expect(FITS);
    }
    (ties, Some(truth))
}

fn real(n: usize) -> Files {
    let mut dice = Dice(11);
    let mut ties = String::from("source,target,weight\n");
    let mut tie = |a: usize, b: usize| {
        writeln!(ties, "{a},{b},1").expect(FITS);
    };
    // Seven tenths of the people are in small components: pairs, short threads, and small crowds round one person.
    let small = n * 7 / 10;
    let mut first = 0;
    while first + 1 < small {
        let size = (1.0 + dice.tail(3.2, 60.0)) as usize;
        let size = size.max(2).min(small - first);
        for k in 1..size {
            let to = if dice.unit() < 0.8 { 0 } else { dice.below(k) };
            tie(first + k, first + to);
        }
        first += size;
    }
    // The others: one hub, and communities whose people mostly talk to a few of theirs.
    let rest = n - first;
    let hub = first;
    let fans = (n / 100).min(rest / 2);
    for k in 1..=fans {
        tie(first + k, hub);
    }
    let mut at = first + fans + 1;
    let mut cores = vec![hub];
    while at < n {
        let size = ((dice.tail(1.6, 400.0) * 30.0) as usize).min(n - at);
        for k in 1..size {
            let leader = (size as f64 * libm::pow(dice.unit(), 4.0)) as usize;
            tie(at + k, at + leader.min(k - 1));
            if dice.unit() < 0.3 {
                tie(at + k, at + dice.below(k));
            }
        }
        let linked = cores[dice.below(cores.len())];
        tie(at, linked);
        if size > 200 {
            for _ in 0..size / 50 {
                tie(at + dice.below(size), cores[dice.below(cores.len())]);
            }
        }
        cores.push(at);
        at += size.max(1);
    }
    (ties, None)
}

fn main() {
    let typed: Vec<String> = std::env::args().skip(1).collect();
    let n = typed.get(1).and_then(|n| n.parse().ok());
    let (Some(kind), Some(n), Some(name)) = (typed.first(), n, typed.get(2)) else {
        eprintln!("make_graph planted|real PEOPLE NAME");
        std::process::exit(2);
    };
    let (ties, truth) = match kind.as_str() {
        "real" => real(n),
        _ => planted(n),
    };
    let write = |end: &str, text: &str| {
        let path = format!("{name}_{end}.csv");
        std::fs::write(Path::new(&path), text).expect("the target can be written");
    };
    write("edges", &ties);
    if let Some(truth) = truth {
        write("truth", &truth);
    }
}
