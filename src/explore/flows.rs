//! The map of communities: each community a bubble, and what flows between each two, counted from ties and interactions.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::bubbles::{self, Circle};
use crate::analysis::{Analysis, BridgeSettings, Bridging, Communities, CommunityId};
use crate::people::{ConversationGraph, Interaction, PersonId};
use crate::progress::{Cancelled, Progress};

/// Bubbles at most: the largest communities. More cannot be told apart.
const MOST: usize = 40;
/// Bridges kept of each flow.
const BRIDGES: usize = 5;
/// People that one core goes through at a time.
const PEOPLE_AT_A_TIME: usize = 1 << 12;
/// Rows of interactions that one core goes through at a time.
const ROWS_AT_A_TIME: usize = 1 << 16;

/// What the map of communities is made from.
#[derive(Debug, Clone, Copy)]
pub struct FlowQuestion<'a> {
    /// Who talks with whom.
    pub graph: &'a ConversationGraph,
    /// The communities.
    pub analysis: &'a Analysis,
    /// Where everybody stands, by person; not finite for people who are not on the map.
    pub places: &'a [[f32; 2]],
    /// By person: whether they are shown; `None`: everybody is.
    pub people: Option<&'a [bool]>,
    /// Communities that are not shown.
    pub hidden: &'a BTreeSet<CommunityId>,
}

/// A community as a bubble.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bubble {
    /// Which.
    pub community: CommunityId,
    /// Its members who are shown.
    pub people: u32,
    /// The mean of their places, in map units.
    pub centre: [f32; 2],
    /// Where the bubble is drawn so that none covers another, in map units.
    pub at: [f32; 2],
    /// In map units; the area is in proportion to `people`, but for the smallest, which are as large as can still be seen.
    pub radius: f32,
}

/// What flows between two communities, in both directions.
#[derive(Debug, Clone, PartialEq)]
pub struct Flow {
    /// Places of the two in [`FlowMap::bubbles`], the larger community first.
    pub bubbles: [usize; 2],
    /// Damped strength of the ties between their shown members, > 0.
    pub strength: f64,
    /// Those ties.
    pub ties: u64,
    /// Interactions of the first with the second, and of the second with the first. Those without a direction are in neither.
    pub interactions: [f64; 2],
    /// Interactions that the file gives no direction.
    pub undirected: f64,
    /// People of either community with such a tie.
    pub people: u32,
    /// Members of either with a surplus (that of the bridge score) into the other, in damped ties: the largest first, at most 5.
    pub bridges: Vec<(PersonId, f64)>,
    /// The control point of the quadratic curve that it is drawn as, from middle to middle, in map units.
    pub control: [f32; 2],
}

/// How many people are not in any bubble, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NotDrawn {
    /// Small groups that have shown people.
    pub small_groups: u32,
    /// Shown people in small groups.
    pub in_small_groups: u32,
    /// Communities beyond the largest 40.
    pub communities: u32,
    /// Shown people in those.
    pub in_communities: u32,
    /// Shown people without ties.
    pub without_ties: u32,
}

/// Every community as a bubble, and what flows between them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FlowMap {
    /// By community: those with a name and shown people on the map, the largest 40.
    pub bubbles: Vec<Bubble>,
    /// Strongest first; equal ones by their bubbles.
    pub flows: Vec<Flow>,
    /// Who is in none of the bubbles.
    pub not_drawn: NotDrawn,
}

impl FlowMap {
    /// The place of a community among the bubbles.
    pub fn bubble_of(&self, community: CommunityId) -> Option<usize> {
        let by = |bubble: &Bubble| bubble.community;
        self.bubbles.binary_search_by_key(&community, by).ok()
    }

    /// So many flows are shown unless somebody asks for more or fewer: few enough to read.
    pub fn readable(&self) -> usize {
        self.flows.len().min((2 * self.bubbles.len()).max(12))
    }
}

/// Makes the map of communities.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// O(n + m log k + interactions) on all cores, for k connections of a person; then O(flows · bubbles). The same for any number
/// of cores.
pub fn flow_map(question: &FlowQuestion<'_>, progress: &Progress) -> Result<FlowMap, Cancelled> {
    let (circles, not_drawn) = circles(question, progress)?;
    let mut at = vec![None; question.analysis.communities.list.len()];
    for (place, circle) in circles.iter().enumerate() {
        if let Some(at) = at.get_mut(circle.key as usize) {
            *at = Some(place);
        }
    }
    let counted = Counted {
        question,
        bridging: Bridging {
            ties: &question.graph.ties,
            grouping: &question.analysis.communities,
            flows: &question.analysis.flows,
            settings: BridgeSettings::default(),
        },
        at,
        n: circles.len(),
    };
    let between = counted.between(progress)?;
    let placed = bubbles::arrange(&circles);
    let bubbles = circles.iter().zip(&placed).map(|(circle, placed)| Bubble {
        community: CommunityId(circle.key),
        people: circle.weight,
        centre: circle.at,
        at: placed.at,
        radius: placed.radius,
    });
    let bubbles = bubbles.collect();
    let n = circles.len();
    let twos = (0..n).flat_map(|a| (a + 1..n).map(move |b| [a, b]));
    let mut flows: Vec<Flow> = twos
        .zip(between)
        .filter(|(_, found)| found.ties > 0)
        .map(|(two, found)| Flow {
            bubbles: two,
            strength: found.strength,
            ties: found.ties,
            interactions: found.interactions,
            undirected: found.undirected,
            people: found.people,
            bridges: found.bridges,
            control: bubbles::control(&placed, two),
        })
        .collect();
    flows.sort_by(|a, b| (b.strength.total_cmp(&a.strength)).then(a.bubbles.cmp(&b.bubbles)));
    Ok(FlowMap {
        bubbles,
        flows,
        not_drawn,
    })
}

/// The bubbles before they are arranged, by community, and who is in none.
fn circles(
    question: &FlowQuestion<'_>,
    progress: &Progress,
) -> Result<(Vec<Circle>, NotDrawn), Cancelled> {
    let communities = &question.analysis.communities;
    let n = communities.list.len();
    // In order, not in parallel: sums of places must not depend on the number of cores, and this is quick.
    let mut sums = vec![(0u32, 0u32, [0.0f64; 2]); n];
    let mut not_drawn = NotDrawn::default();
    for (i, of) in communities.of.iter().enumerate() {
        if i % PEOPLE_AT_A_TIME == 0 {
            progress.check()?;
        }
        if !question.shows(i) {
            continue;
        }
        let Some((people, placed, sum)) = of.and_then(|c| sums.get_mut(c.index())) else {
            not_drawn.without_ties += 1;
            continue;
        };
        *people += 1;
        let place = question.places.get(i).copied();
        if let Some([x, y]) = place.filter(|place| place.iter().all(|v| v.is_finite())) {
            *placed += 1;
            *sum = [sum[0] + f64::from(x), sum[1] + f64::from(y)];
        }
    }
    let mut circles = Vec::new();
    for (at, (people, placed, sum)) in sums.into_iter().enumerate() {
        let id = CommunityId(at as u32);
        if people == 0 || question.hidden.contains(&id) {
            continue;
        }
        if is_small(communities, at) {
            not_drawn.small_groups += 1;
            not_drawn.in_small_groups += people;
        } else if circles.len() < MOST && placed > 0 {
            circles.push(Circle {
                key: id.0,
                weight: people,
                at: sum.map(|v| (v / f64::from(placed)) as f32),
            });
        } else {
            not_drawn.communities += 1;
            not_drawn.in_communities += people;
        }
    }
    Ok((circles, not_drawn))
}

fn is_small(communities: &Communities, at: usize) -> bool {
    communities.list.get(at).is_none_or(|c| c.small)
}

impl FlowQuestion<'_> {
    fn shows(&self, person: usize) -> bool {
        self.people
            .is_none_or(|shown| shown.get(person).copied().unwrap_or(true))
    }
}

/// What was counted of one pair of bubbles.
#[derive(Debug, Clone, Default)]
struct Between {
    strength: f64,
    ties: u64,
    interactions: [f64; 2],
    undirected: f64,
    people: u32,
    bridges: Vec<(PersonId, f64)>,
}

impl Between {
    /// Takes in what was counted of people with larger numbers.
    fn take_in(&mut self, other: Self) {
        self.strength += other.strength;
        self.ties += other.ties;
        self.people += other.people;
        for (person, surplus) in other.bridges {
            self.bridged_by(person, surplus);
        }
    }

    fn bridged_by(&mut self, person: PersonId, surplus: f64) {
        let before =
            |old: &(PersonId, f64)| surplus.total_cmp(&old.1).then(old.0.cmp(&person)).is_le();
        let at = self.bridges.partition_point(before);
        if at < BRIDGES {
            self.bridges.truncate(BRIDGES - 1);
            self.bridges
                .insert(at.min(self.bridges.len()), (person, surplus));
        }
    }
}

/// Where the pair of `a` and `b`, both under `n` and different, stands.
fn place(n: usize, a: usize, b: usize) -> usize {
    let (a, b) = (a.min(b), a.max(b));
    a * (2 * n - a - 1) / 2 + (b - a - 1)
}

/// Everything that counting asks for.
struct Counted<'a> {
    question: &'a FlowQuestion<'a>,
    bridging: Bridging<'a, &'a Communities>,
    /// By community: its place among the bubbles.
    at: Vec<Option<usize>>,
    /// Bubbles.
    n: usize,
}

impl Counted<'_> {
    /// The bubble of a person; `None` where they are in none, or not shown.
    fn bubble(&self, person: usize) -> Option<usize> {
        let of = self.question.analysis.communities.of.get(person)?;
        let at = self.at.get((*of)?.index()).copied()??;
        self.question.shows(person).then_some(at)
    }

    fn pairs(&self) -> usize {
        self.n * self.n.saturating_sub(1) / 2
    }

    /// What lies between each two bubbles, by their places.
    fn between(&self, progress: &Progress) -> Result<Vec<Between>, Cancelled> {
        let n_people = self.question.graph.ties.n_people();
        let chunks: Vec<Vec<Between>> = (0..n_people.div_ceil(PEOPLE_AT_A_TIME))
            .into_par_iter()
            .map(|chunk| {
                let first = chunk * PEOPLE_AT_A_TIME;
                self.people(first..n_people.min(first + PEOPLE_AT_A_TIME), progress)
            })
            .collect::<Result<_, Cancelled>>()?;
        let mut all = vec![Between::default(); self.pairs()];
        // In order: people are kept in the order of their numbers where their surplus is the same, and floats add up the same.
        for chunk in chunks {
            progress.check()?;
            for (all, some) in all.iter_mut().zip(chunk) {
                all.take_in(some);
            }
        }
        let rows = &self.question.graph.interactions;
        let chunks: Vec<Vec<[f64; 3]>> = rows
            .par_chunks(ROWS_AT_A_TIME)
            .map(|rows| {
                progress.check()?;
                Ok(self.rows(rows))
            })
            .collect::<Result<_, Cancelled>>()?;
        for chunk in chunks {
            for (all, [there, back, undirected]) in all.iter_mut().zip(chunk) {
                all.interactions[0] += there;
                all.interactions[1] += back;
                all.undirected += undirected;
            }
        }
        Ok(all)
    }

    /// What the ties of these people say.
    fn people(
        &self,
        people: std::ops::Range<usize>,
        progress: &Progress,
    ) -> Result<Vec<Between>, Cancelled> {
        progress.check()?;
        let mut found = vec![Between::default(); self.pairs()];
        let mut sums = vec![(0u32, 0.0f64); self.n];
        for person in people {
            let Some(home) = self.bubble(person) else {
                continue;
            };
            let mut across = false;
            for (other, strength) in self.question.graph.ties.of(person) {
                let Some(away) = self.bubble(other as usize).filter(|away| *away != home) else {
                    continue;
                };
                across = true;
                if let Some((ties, sum)) = sums.get_mut(away) {
                    *ties += 1;
                    *sum += strength;
                }
            }
            if across {
                self.member((person, home), &mut sums, &mut found);
            }
        }
        Ok(found)
    }

    /// Adds what somebody at `home` has in the other bubbles; leaves `sums` empty.
    fn member(
        &self,
        (person, home): (usize, usize),
        sums: &mut [(u32, f64)],
        found: &mut [Between],
    ) {
        for (away, sum) in sums.iter_mut().enumerate() {
            let (ties, strength) = std::mem::take(sum);
            if ties == 0 {
                continue;
            }
            let Some(between) = found.get_mut(place(self.n, home, away)) else {
                continue;
            };
            between.people += 1;
            if home < away {
                // Each tie is met from both ends.
                between.ties += u64::from(ties);
                between.strength += strength;
            }
        }
        for share in self.bridging.shares(person) {
            let away = self.at.get(share.community as usize).copied().flatten();
            if let Some(away) = away.filter(|away| *away != home && share.surplus > 0.0)
                && let Some(between) = found.get_mut(place(self.n, home, away))
            {
                between.bridged_by(PersonId(person as u32), share.surplus);
            }
        }
    }

    /// What these rows of interactions add to each pair: there, back, and without a direction.
    fn rows(&self, rows: &[Interaction]) -> Vec<[f64; 3]> {
        let mut sums = vec![[0.0; 3]; self.pairs()];
        for row in rows {
            let ends = [row.from, row.to].map(|person| self.bubble(person.index()));
            let [Some(from), Some(to)] = ends else {
                continue;
            };
            if from == to {
                continue;
            }
            let which = match (row.directed, from < to) {
                (false, _) => 2,
                (true, true) => 0,
                (true, false) => 1,
            };
            if let Some(sum) = sums.get_mut(place(self.n, from, to)) {
                sum[which] += row.count;
            }
        }
        sums
    }
}
