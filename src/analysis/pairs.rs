//! Which communities are joined, by whom, and which pairs nobody joins.
//!
//! Reads the ties and the shown communities; gives one [`Pair`] for each two of the largest communities. Surplus `X` and small
//! groups are those of the bridge score.

use rayon::prelude::*;

use super::bridges::{BridgeSettings, Bridging, Grouping as _, Share};
use super::{Analysis, Communities, CommunityId};
use crate::people::{PersonId, Ties};
use crate::progress::{Cancelled, Progress};

/// Communities that are compared: the largest.
const MOST: usize = 20;
/// People kept of those who join a pair.
const CONNECTORS: usize = 8;
/// People kept of those who are nearest to joining a pair.
const NEAREST: usize = 5;
/// A surplus from which on somebody joins two communities: that of "communities reached".
const JOINS: f64 = 1.0;
/// People that one core goes through at a time.
const PEOPLE_AT_A_TIME: usize = 1 << 12;

/// Somebody with more ties into a community of a pair than expected.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Connector {
    /// Who.
    pub person: PersonId,
    /// Surplus `X` into the other community, in damped ties, > 0; of somebody from a third one the lesser of the two.
    pub surplus: f64,
    /// People of the first and of the second community the person is tied to.
    pub connections: [u32; 2],
}

/// Somebody who is nearest to joining a pair.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nearest {
    /// Who: a member of one of the two.
    pub person: PersonId,
    /// People of the other community the person is tied to; where there are none, contacts who are tied to some.
    pub connections: u32,
    /// Damped strength of those ties.
    pub strength: f64,
    /// The person is tied to the other community, not only to somebody who is.
    pub tied: bool,
}

/// What lies between two communities.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The two, the larger first.
    pub communities: [CommunityId; 2],
    /// Ties between members of the one and of the other.
    pub ties: u64,
    /// Damped strength of those ties, `W`.
    pub strength: f64,
    /// `W·M / (V·V')`: the strength as a multiple of what chance would give communities as talkative as these; 0 without ties.
    pub times_chance: f64,
    /// Members of either with a surplus of at least 1 into the other.
    pub joined_by: u32,
    /// People of other communities with a surplus of at least 1 into both.
    pub joined_from_outside: u32,
    /// Those with the largest surplus, largest first, at most 8.
    pub connectors: Vec<Connector>,
    /// Where it is a gap: who is nearest to joining the two, at most 5. Those tied to the other community come first, the
    /// strongest first.
    pub nearest: Vec<Nearest>,
}

impl Pair {
    /// Whether nobody of either community joins the two.
    pub fn is_gap(&self) -> bool {
        self.joined_by == 0
    }
}

/// Every two of the largest communities.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pairs {
    /// The communities compared, largest first: at most 20, no small groups.
    pub communities: Vec<CommunityId>,
    /// One for each two, by the place of the first and then of the second in `communities`.
    pub list: Vec<Pair>,
}

impl Pairs {
    /// The pair of the communities in these places of [`Pairs::communities`]; `None` for a community with itself.
    pub fn of(&self, a: usize, b: usize) -> Option<&Pair> {
        let n = self.communities.len();
        if a == b || a.max(b) >= n {
            return None;
        }
        self.list.get(place(n, a, b))
    }
}

/// Where the pair of `a` and `b`, both under `n` and different, stands in [`Pairs::list`].
fn place(n: usize, a: usize, b: usize) -> usize {
    let (a, b) = (a.min(b), a.max(b));
    a * (2 * n - a - 1) / 2 + (b - a - 1)
}

/// What lies between each two of the largest communities in the shown run.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// O(m log communities + people · communities touched), on all cores; the same for any number of them.
pub fn pairs(ties: &Ties, analysis: &Analysis, progress: &Progress) -> Result<Pairs, Cancelled> {
    let compared = Compared::of(ties, analysis);
    let n = compared.communities.len();
    let chunks: Vec<(Vec<Found>, Vec<u32>)> = chunks(ties.n_people())
        .map(|people| compared.join(people, progress))
        .collect::<Result<_, Cancelled>>()?;
    let mut found = vec![Found::default(); n * n.saturating_sub(1) / 2];
    let mut touched = Vec::with_capacity(ties.n_people());
    for (part, mask) in chunks {
        progress.check()?;
        for (all, some) in found.iter_mut().zip(part) {
            all.take_in(some);
        }
        touched.extend(mask);
    }
    compared.look_further(&mut found, &touched, progress)?;
    let flows = &analysis.flows;
    let volume = |c: CommunityId| flows.volume.get(c.index()).copied().unwrap_or(0.0);
    let twos = (0..n).flat_map(|a| (a + 1..n).map(move |b| (a, b)));
    let list = twos.zip(found).map(|((a, b), found)| {
        let communities = [compared.communities[a], compared.communities[b]];
        let strength = flows.between(communities[0].0, communities[1].0);
        let chance = volume(communities[0]) * volume(communities[1]) / flows.total;
        let gap = found.joined_by == 0;
        Pair {
            communities,
            ties: found.ties,
            strength,
            times_chance: if chance > 0.0 { strength / chance } else { 0.0 },
            joined_by: found.joined_by,
            joined_from_outside: found.joined_from_outside,
            connectors: found.connectors,
            nearest: if gap { found.nearest } else { Vec::new() },
        }
    });
    let list = list.collect();
    Ok(Pairs {
        communities: compared.communities,
        list,
    })
}

fn chunks(n: usize) -> impl IndexedParallelIterator<Item = std::ops::Range<usize>> {
    (0..n.div_ceil(PEOPLE_AT_A_TIME))
        .into_par_iter()
        .map(move |chunk| chunk * PEOPLE_AT_A_TIME..n.min((chunk + 1) * PEOPLE_AT_A_TIME))
}

/// What some of the people say of one pair.
#[derive(Debug, Clone, Default)]
struct Found {
    ties: u64,
    joined_by: u32,
    joined_from_outside: u32,
    connectors: Vec<Connector>,
    nearest: Vec<Nearest>,
}

impl Found {
    fn take_in(&mut self, other: Self) {
        self.ties += other.ties;
        self.joined_by += other.joined_by;
        self.joined_from_outside += other.joined_from_outside;
        for connector in other.connectors {
            self.connects(connector);
        }
        for nearest in other.nearest {
            self.is_near(nearest);
        }
    }

    fn connects(&mut self, new: Connector) {
        keep(&mut self.connectors, new, CONNECTORS, |a, b| {
            (b.surplus.total_cmp(&a.surplus)).then(a.person.cmp(&b.person))
        });
    }

    fn is_near(&mut self, new: Nearest) {
        keep(&mut self.nearest, new, NEAREST, |a, b| {
            (b.tied.cmp(&a.tied))
                .then(b.strength.total_cmp(&a.strength))
                .then(a.person.cmp(&b.person))
        });
    }
}

/// Puts `new` into `list`, which is in `order` and no longer than `most`.
fn keep<T: Copy>(
    list: &mut Vec<T>,
    new: T,
    most: usize,
    order: impl Fn(&T, &T) -> std::cmp::Ordering,
) {
    let at = list.partition_point(|old| order(old, &new).is_lt());
    if at < most {
        list.truncate(most - 1);
        list.insert(at.min(list.len()), new);
    }
}

/// The communities that are compared, ready to be asked about people.
struct Compared<'a> {
    bridging: Bridging<'a, &'a Communities>,
    communities: Vec<CommunityId>,
    /// The place of each community among those compared.
    at: Vec<Option<usize>>,
}

impl<'a> Compared<'a> {
    fn of(ties: &'a Ties, analysis: &'a Analysis) -> Self {
        let list = &analysis.communities.list;
        let communities: Vec<CommunityId> = (0..list.len() as u32)
            .map(CommunityId)
            .filter(|c| !list[c.index()].small)
            .take(MOST)
            .collect();
        let mut at = vec![None; list.len()];
        for (place, community) in communities.iter().enumerate() {
            at[community.index()] = Some(place);
        }
        Self {
            bridging: Bridging {
                ties,
                grouping: &analysis.communities,
                flows: &analysis.flows,
                settings: BridgeSettings::default(),
            },
            communities,
            at,
        }
    }

    fn place_of(&self, community: u32) -> Option<usize> {
        self.at.get(community as usize).copied().flatten()
    }

    fn home(&self, person: usize) -> Option<usize> {
        self.place_of(self.bridging.grouping.community_of(person as u32))
    }

    /// What `people` say of each pair, and for each of them a bit for every compared community they are tied to.
    fn join(
        &self,
        people: std::ops::Range<usize>,
        progress: &Progress,
    ) -> Result<(Vec<Found>, Vec<u32>), Cancelled> {
        progress.check()?;
        let n = self.communities.len();
        let mut found = vec![Found::default(); n * n.saturating_sub(1) / 2];
        let mut touched = Vec::with_capacity(people.len());
        for person in people {
            let mut shares: Vec<(usize, Share)> = (self.bridging.shares(person).into_iter())
                .filter_map(|share| Some((self.place_of(share.community)?, share)))
                .collect();
            touched.push(shares.iter().fold(0, |mask, (c, _)| mask | 1 << c));
            let home = self.home(person);
            if let Some(home) = home {
                member(&mut found, (n, home), PersonId(person as u32), &shares);
            }
            shares.retain(|(c, share)| Some(*c) != home && share.surplus > 0.0);
            from_outside(&mut found, n, PersonId(person as u32), &shares);
        }
        Ok((found, touched))
    }

    /// Where too few members of a gap are tied to the other community: those whose contacts are.
    fn look_further(
        &self,
        found: &mut [Found],
        touched: &[u32],
        progress: &Progress,
    ) -> Result<(), Cancelled> {
        let n = self.communities.len();
        let short = |found: &Found| found.joined_by == 0 && found.nearest.len() < NEAREST;
        let mut wanted = vec![0u32; n];
        for a in 0..n {
            for b in (0..n).filter(|b| *b != a) {
                wanted[a] |= u32::from(short(&found[place(n, a, b)])) << b;
            }
        }
        if wanted.iter().all(|mask| *mask == 0) {
            return Ok(());
        }
        let parts: Vec<Vec<(usize, Nearest)>> = chunks(touched.len())
            .map(|people| {
                progress.check()?;
                let mut near = Vec::new();
                for person in people {
                    self.through_others(person, (&wanted, touched), &mut near);
                }
                Ok(near)
            })
            .collect::<Result<_, Cancelled>>()?;
        for (pair, nearest) in parts.into_iter().flatten() {
            found[pair].is_near(nearest);
        }
        Ok(())
    }

    /// Adds how `person` is tied to people who are tied to a community that their own wants to be joined with.
    fn through_others(
        &self,
        person: usize,
        (wanted, touched): (&[u32], &[u32]),
        near: &mut Vec<(usize, Nearest)>,
    ) {
        let Some(home) = self.home(person) else {
            return;
        };
        let open = wanted[home] & !touched[person];
        if open == 0 {
            return;
        }
        let mut sums = [(0u32, 0.0f64); MOST];
        for (contact, strength) in self.bridging.ties.of(person) {
            let mut mask = open & touched[contact as usize];
            while mask != 0 {
                let (n, sum) = &mut sums[mask.trailing_zeros() as usize];
                *n += 1;
                *sum += strength;
                mask &= mask - 1;
            }
        }
        for (other, (connections, strength)) in sums.into_iter().enumerate() {
            if connections > 0 {
                let nearest = Nearest {
                    person: PersonId(person as u32),
                    connections,
                    strength,
                    tied: false,
                };
                near.push((place(self.communities.len(), home, other), nearest));
            }
        }
    }
}

/// What somebody from the compared community `home` says of the pairs that it is part of.
fn member(
    found: &mut [Found],
    (n, home): (usize, usize),
    person: PersonId,
    shares: &[(usize, Share)],
) {
    let own = shares.iter().find(|(c, _)| *c == home);
    let at_home = own.map_or(0, |(_, share)| share.connections);
    for &(other, ref share) in shares.iter().filter(|(c, _)| *c != home) {
        let pair = &mut found[place(n, home, other)];
        let connections = if home < other {
            pair.ties += u64::from(share.connections); // each tie is met from both ends
            [at_home, share.connections]
        } else {
            [share.connections, at_home]
        };
        pair.joined_by += u32::from(share.surplus >= JOINS);
        if share.surplus > 0.0 {
            pair.connects(Connector {
                person,
                surplus: share.surplus,
                connections,
            });
        }
        pair.is_near(Nearest {
            person,
            connections: share.connections,
            strength: share.strength,
            tied: true,
        });
    }
}

/// What somebody says of pairs of which neither is their own: `shares` are those with a surplus.
fn from_outside(found: &mut [Found], n: usize, person: PersonId, shares: &[(usize, Share)]) {
    for (at, (a, one)) in shares.iter().enumerate() {
        for (b, other) in &shares[at + 1..] {
            let pair = &mut found[place(n, *a, *b)];
            let surplus = one.surplus.min(other.surplus);
            pair.joined_from_outside += u32::from(surplus >= JOINS);
            let mut connections = [one.connections, other.connections];
            if a > b {
                connections.reverse();
            }
            pair.connects(Connector {
                person,
                surplus,
                connections,
            });
        }
    }
}
