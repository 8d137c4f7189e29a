//! What a set of people brings: who is touched in each community, and what each person adds to those before.

use super::audience::Audience;
use super::planner;
use super::touches::{Touched, Touches};
use crate::analysis::{Communities, CommunityId};
use crate::people::{PersonId, counted, thousands};
use crate::progress::{Cancelled, Progress};

/// Communities named in the reason for a person.
const MOST_NAMED: usize = 2;

/// What a person brings to one community, besides those before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Brings {
    /// The community.
    pub community: CommunityId,
    /// People there who are touched for the first time.
    pub first: u32,
    /// People there who are touched often enough now.
    pub enough: u32,
}

/// One person of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Pick {
    /// Who.
    pub person: PersonId,
    /// By community: most of those who are touched often enough first, then most first touches.
    pub brings: Vec<Brings>,
}

/// The people of a plan, in the order of work, and what they bring.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// In the order in which each adds most.
    pub picks: Vec<Pick>,
    /// Touches asked for.
    pub touchpoints: u32,
    /// Everybody.
    pub touched: Touched,
    /// By community, small groups included.
    pub by_community: Vec<Touched>,
    /// F.
    pub worth: f64,
    /// What the people cost together: how many they are where people are counted.
    pub cost: f64,
}

impl Plan {
    /// The people, in order.
    pub fn people(&self) -> Vec<PersonId> {
        self.picks.iter().map(|pick| pick.person).collect()
    }

    /// "These 20 people share a tie with 1,240 people; 410 of them would hear from at least two".
    pub fn words(&self) -> String {
        let (n, touched) = (self.picks.len() as u64, u64::from(self.touched.touched()));
        let these = if n == 1 {
            "This person shares".to_owned()
        } else {
            format!("These {} share", people(n))
        };
        let hear = match self.touchpoints {
            1 => String::new(),
            m => format!(
                "; {} of them would hear from at least {}",
                thousands(u64::from(self.touched.enough)),
                number_word(m)
            ),
        };
        format!("{these} a tie with {}{hear}", people(touched))
    }
}

impl Pick {
    /// Why this person, after those before: "Second touch for 63 people in Foodies and 12 in News, first touch for 140 people".
    pub fn reason(&self, communities: &Communities, touchpoints: u32) -> String {
        let first: u32 = self.brings.iter().map(|b| b.first).sum();
        let enough: u32 = self.brings.iter().map(|b| b.enough).sum();
        let touch = |word: &str, n: &dyn Fn(&Brings) -> u32| {
            format!("{word} touch for {}", listed(&self.brings, communities, n))
        };
        if touchpoints == 1 {
            return match enough {
                0 => "Touches nobody whom the others do not touch".to_owned(),
                _ => format!(
                    "Touches {}",
                    listed(&self.brings, communities, &|b| b.enough)
                ),
            };
        }
        let last = ordinal(touchpoints);
        match (enough, first) {
            (0, 0) => "Only touches people who are touched often enough, or not often enough yet"
                .to_owned(),
            (0, _) => touch("First", &|b| b.first),
            (_, 0) => touch(last, &|b| b.enough),
            _ => {
                let sum = people(u64::from(first));
                let last = touch(last, &|b| b.enough);
                let between = if last.contains(',') { ";" } else { "," };
                format!("{last}{between} first touch for {sum}")
            }
        }
    }
}

/// "63 people in Foodies, 12 in News and 9 elsewhere".
fn listed(brings: &[Brings], communities: &Communities, n: &dyn Fn(&Brings) -> u32) -> String {
    let mut parts: Vec<(u32, Option<&str>)> = Vec::new();
    let mut elsewhere = 0;
    let mut sorted: Vec<&Brings> = brings.iter().filter(|b| n(b) > 0).collect();
    sorted.sort_by_key(|b| std::cmp::Reverse(n(b)));
    for b in sorted {
        let community = communities.list.get(b.community.index());
        match community.filter(|c| !c.small && parts.len() < MOST_NAMED) {
            Some(community) => parts.push((n(b), Some(&community.name))),
            None => elsewhere += n(b),
        }
    }
    if elsewhere > 0 {
        parts.push((elsewhere, None));
    }
    let words = parts.iter().enumerate().map(|(at, (n, name))| {
        let n = if at == 0 {
            people(u64::from(*n))
        } else {
            thousands(u64::from(*n))
        };
        match name {
            Some(name) => format!("{n} in {name}"),
            None if at == 0 => format!("{n} in small groups"),
            None => format!("{n} elsewhere"),
        }
    });
    let words: Vec<String> = words.collect();
    if parts.iter().any(has_comma) {
        return words.join("; ");
    }
    match words.as_slice() {
        [before @ .., last] if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => words.concat(),
    }
}

/// Names of communities may hold commas themselves.
fn has_comma((_, name): &(u32, Option<&str>)) -> bool {
    name.is_some_and(|name| name.contains(','))
}

fn ordinal(n: u32) -> &'static str {
    const ORDINALS: [&str; 10] = [
        "", "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth",
    ];
    ORDINALS.get(n as usize).copied().unwrap_or("Last")
}

fn number_word(n: u32) -> String {
    const WORDS: [&str; 10] = [
        "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    ];
    WORDS
        .get(n as usize)
        .map_or_else(|| n.to_string(), |word| (*word).to_owned())
}

fn people(n: u64) -> String {
    counted(n, "person", "people")
}

/// What `people` bring, in this order. Nobody stands in it twice; whoever was contacted already brings nothing more. O(their
/// connections + n).
pub fn outcome(audience: &Audience, people: &[PersonId]) -> Plan {
    let mut touches = Touches::new(audience);
    let mut picks = Vec::with_capacity(people.len());
    let mut cost = 0.0;
    for &person in people {
        if person.index() >= audience.community.len() || touches.has(person) {
            continue;
        }
        cost += audience.cost_of(person);
        picks.push(Pick {
            person,
            brings: brings(audience, &touches, person),
        });
        touches.add(audience, person);
    }
    let communities = 0..audience.n_communities();
    Plan {
        picks,
        touchpoints: audience.touchpoints,
        touched: touches.total(audience),
        by_community: communities
            .map(|c| touches.in_community(audience, c))
            .collect(),
        worth: touches.worth(audience),
        cost,
    }
}

/// What `person` brings to each community beside the set of `touches`.
fn brings(audience: &Audience, touches: &Touches, person: PersonId) -> Vec<Brings> {
    let mut by_community: std::collections::BTreeMap<u32, Brings> =
        std::collections::BTreeMap::new();
    if audience.lit[person.index()] {
        return Vec::new();
    }
    for &j in audience.ties.row(person.index()).0 {
        if touches.chosen[j as usize] || audience.lit[j as usize] {
            continue;
        }
        let times = touches.times[j as usize];
        let (first, enough) = (times == 0, times + 1 == audience.touchpoints);
        if first || enough {
            let c = audience.community[j as usize];
            let brings = by_community.entry(c).or_insert(Brings {
                community: CommunityId(c),
                first: 0,
                enough: 0,
            });
            brings.first += u32::from(first);
            brings.enough += u32::from(enough);
        }
    }
    let mut brings: Vec<Brings> = by_community.into_values().collect();
    brings.sort_by_key(|b| std::cmp::Reverse((b.enough, b.first)));
    brings
}

/// The people whom the planner proposes, with what they bring.
///
/// # Errors
/// [`Cancelled`] only.
///
/// # Cost
/// For 50 people of 100,000 with 500,000 ties: docs/performance.md.
///
/// # Source
/// The aim is F of this room; checked against brute force on small graphs and against an exact solver on larger ones
/// (docs/quality.md).
pub fn plan(audience: &Audience, progress: &Progress) -> Result<Plan, Cancelled> {
    let people = planner::best_people(audience, progress)?;
    Ok(outcome(audience, &people))
}
