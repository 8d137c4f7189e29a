//! A made-up conversation of any size for the benches: communities of unequal size, few with many ties, most with few.
//!
//! Degree-corrected blocks: who writes and who is addressed are both drawn from heavy tails, four interactions in five stay
//! in the community. The same for every run and machine.

use std::fmt::Write as _;

use isthmus::people::{Addressed, Posts, TieKind};

/// Posts for each person, on average.
const POSTS_A_PERSON: usize = 6;
/// Share of interactions within the community.
const INSIDE: f64 = 0.8;
/// Words for texts; each community uses some of them more often.
const WORDS: [&str; 24] = [
    "sushi", "rice", "counter", "knife", "market", "season", "recipe", "tuna", "salmon", "nori",
    "ginger", "miso", "evening", "friends", "kitchen", "guide", "episode", "stocks", "vegan",
    "tea", "sake", "harbour", "chef", "roll",
];

/// One post: who writes, whom they address and how, and what.
pub(crate) struct MadeUpPost {
    /// Number of the author.
    pub(crate) author: usize,
    /// Number of the person addressed.
    pub(crate) target: usize,
    /// How.
    pub(crate) kind: TieKind,
    /// The text.
    pub(crate) text: String,
}

/// `n` people, six posts for each, from `seed`.
pub(crate) fn conversation(n: usize, seed: u64) -> Vec<MadeUpPost> {
    let mut random = Random(seed);
    let blocks = blocks(n);
    let writes: Vec<Draw> = blocks
        .iter()
        .map(|b| Draw::new(b.clone(), 1.4, &mut random))
        .collect();
    let addressed: Vec<Draw> = blocks
        .iter()
        .map(|b| Draw::new(b.clone(), 1.1, &mut random))
        .collect();
    let sizes = Draw::weighted(0, blocks.iter().map(|b| b.len() as f64));
    (0..n * POSTS_A_PERSON)
        .map(|_| {
            let home = sizes.one(&mut random);
            let there = if random.unit() < INSIDE {
                home
            } else {
                sizes.one(&mut random)
            };
            let kind = TieKind::ALL[(random.unit() * 4.0) as usize];
            MadeUpPost {
                author: writes[home].one(&mut random),
                target: addressed[there].one(&mut random),
                kind,
                text: text(home, &mut random),
            }
        })
        .collect()
}

/// The conversation as [`Posts`], as the importer would make them.
pub(crate) fn posts(n: usize, seed: u64) -> Posts {
    let mut posts = Posts::default();
    for (time, post) in conversation(n, seed).into_iter().enumerate() {
        let mut account = |number: usize| {
            let id = posts
                .account(&handle(number))
                .expect("handles are never empty");
            posts.accounts[id as usize].reach = Some(reach(number));
            id
        };
        let (author, target) = (account(post.author), account(post.target));
        let addressed = [Addressed {
            account: target,
            kind: post.kind,
        }];
        posts.push(
            author,
            Some(1_772_409_600 + time as i64),
            &post.text,
            &addressed,
        );
    }
    posts
}

/// The conversation as a table of posts, as monitoring tools export it.
pub(crate) fn table(n: usize, seed: u64) -> Vec<u8> {
    let mut table = String::from(
        "Date,Author,Full Text,X Followers,X Reply to,X Repost of,Mentioned Authors\n",
    );
    for (number, post) in conversation(n, seed).into_iter().enumerate() {
        let (author, target) = (handle(post.author), handle(post.target));
        let address = format!(
            "https://x.com/{target}/status/{}",
            9_100_000_000_u64 + number as u64
        );
        let (reply, repost, mention) = match post.kind {
            TieKind::Reply => (address.as_str(), "", ""),
            TieKind::Repost => ("", address.as_str(), ""),
            _ => ("", "", target.as_str()),
        };
        let (day, second) = (1 + number / 3_600 % 28, number % 3_600);
        writeln!(
            table,
            "2026-03-{day:02} 12:{:02}:{:02},{author},{},{},{reply},{repost},{mention}",
            second / 60,
            second % 60,
            post.text,
            reach(post.author),
        )
        .expect("writing to a string cannot fail");
    }
    table.into_bytes()
}

fn handle(number: usize) -> String {
    format!("person_{number}")
}

/// Log-normal-like: the number's bits, mixed, decide.
fn reach(number: usize) -> f64 {
    let mut random = Random(number as u64 + 1);
    let normal = (0..12).fold(-6.0, |sum, _| sum + random.unit());
    libm::round(400.0 * libm::exp(1.6 * normal))
}

/// Consecutive people, community by community: the k-th has 1/k of the first one's size, at least 12 people.
fn blocks(n: usize) -> Vec<std::ops::Range<usize>> {
    let mut blocks = Vec::new();
    let mut start = 0;
    while start < n {
        let size = (n / 5 / (blocks.len() + 1)).max(12).min(n - start);
        blocks.push(start..start + size);
        start += size;
    }
    blocks
}

fn text(community: usize, random: &mut Random) -> String {
    let words: Vec<&str> = (0..9)
        .map(|_| {
            let own = random.unit() < 0.4;
            let any = (random.unit() * WORDS.len() as f64) as usize;
            WORDS[if own {
                (community * 5 + any % 3) % WORDS.len()
            } else {
                any
            }]
        })
        .collect();
    words.join(" ")
}

/// Draws numbers in proportion to weights, by binary search in the running sums.
struct Draw {
    first: usize,
    sums: Vec<f64>,
}

impl Draw {
    /// Numbers of `range` with Pareto weights of exponent `alpha`.
    fn new(range: std::ops::Range<usize>, alpha: f64, random: &mut Random) -> Self {
        let first = range.start;
        let weights = range.map(|_| libm::pow(1.0 - random.unit(), -1.0 / alpha).min(2_000.0));
        Self::weighted(first, weights)
    }

    fn weighted(first: usize, weights: impl Iterator<Item = f64>) -> Self {
        let mut sum = 0.0;
        let sums = weights
            .map(|w| {
                sum += w;
                sum
            })
            .collect();
        Self { first, sums }
    }

    fn one(&self, random: &mut Random) -> usize {
        let at = random.unit() * self.sums.last().copied().unwrap_or(0.0);
        let place = self.sums.partition_point(|&sum| sum <= at);
        self.first + place.min(self.sums.len().saturating_sub(1))
    }
}

/// `SplitMix64`.
struct Random(u64);

impl Random {
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }
}
