//! Who joins communities that would otherwise hardly meet.
//!
//! A *bridge* here is a person. For one grouping, with `s_ic` the damped strength of person i into community c:
//!
//! ```text
//! V_c = Σ_{i in c} s_i      M = Σ_c V_c      W_hc = Σ_{i in h} s_ic
//! q_ic = ( W_{h(i)c} − s_ic + α·V_c/M ) / ( V_{h(i)} − s_i + α )     what i's community-mates, without i, send to c
//! X_ic = max(0, s_ic − λ·s_i·q_ic)   for c ≠ h(i), c a target; 0 otherwise
//! B_i  = Σ_c X_ic² / (s_i + a)
//! ```

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::patience::check_at;
use super::{Communities, Partition};
use crate::people::Ties;
use crate::progress::{Cancelled, Progress};

/// The three numbers of the bridge score, chosen by experiment on planted and real graphs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BridgeSettings {
    /// λ: how many times the habit of one's community counts as nothing special.
    pub lambda: f64,
    /// α: strength of the belief that a community talks with others in proportion to their size.
    pub alpha: f64,
    /// a: damps the score of people with few ties.
    pub a: f64,
}

impl Default for BridgeSettings {
    fn default() -> Self {
        Self {
            lambda: 2.5,
            alpha: 5.0,
            a: 5.0,
        }
    }
}

/// How strongly communities are tied to one another: what the expected part of the bridge score is made from.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Flows {
    /// `V_c`: strength of the members of each community.
    pub volume: Vec<f64>,
    /// `M`: all strength, from both ends.
    pub total: f64,
    offsets: Vec<usize>,
    to: Vec<u32>,
    strength: Vec<f64>,
}

impl Flows {
    /// Adds up the ties of a grouping. People who belong nowhere are left out. O(n + m), on all cores.
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub fn of(ties: &Ties, partition: &Partition, progress: &Progress) -> Result<Self, Cancelled> {
        let (offsets, members) = partition.members();
        let n = partition.n();
        let rows: Vec<Vec<(u32, f64)>> = (0..n)
            .into_par_iter()
            .with_min_len(n / 64) // few pieces: each has scratch as long as there are communities
            .map_init(
                || vec![0.0f64; n],
                |sum, h| {
                    let mut touched: Vec<u32> = Vec::new();
                    let mut seen = 0;
                    for &i in &members[offsets[h]..offsets[h + 1]] {
                        seen += 1;
                        check_at(progress, seen)?;
                        for (j, t) in ties.of(i as usize) {
                            let c = partition.of[j as usize];
                            if let Some(sum) = sum.get_mut(c as usize) {
                                if *sum == 0.0 {
                                    touched.push(c);
                                }
                                *sum += t;
                            }
                        }
                    }
                    touched.sort_unstable();
                    touched.dedup();
                    Ok((touched.into_iter())
                        .map(|c| (c, std::mem::take(&mut sum[c as usize])))
                        .collect())
                },
            )
            .collect::<Result<_, Cancelled>>()?;
        let mut flows = Self {
            offsets: vec![0],
            ..Self::default()
        };
        for row in rows {
            let volume: f64 = row.iter().map(|(_, t)| t).sum();
            flows.volume.push(volume);
            flows.total += volume;
            flows.to.extend(row.iter().map(|(c, _)| c));
            flows.strength.extend(row.iter().map(|(_, t)| t));
            flows.offsets.push(flows.to.len());
        }
        Ok(flows)
    }

    /// `W_hc`: strength from the members of `h` to those of `c`; inside a community from both ends. O(log communities).
    pub fn between(&self, h: u32, c: u32) -> f64 {
        let Some(&[from, to]) = self.offsets.get(h as usize..h as usize + 2) else {
            return 0.0;
        };
        match self.to[from..to].binary_search(&c) {
            Ok(at) => self.strength[from + at],
            Err(_) => 0.0,
        }
    }
}

/// What one person has in one community.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// The community.
    pub community: u32,
    /// People there the person is tied to.
    pub connections: u32,
    /// `s_ic`, in damped ties.
    pub strength: f64,
    /// `λ·s_i·q_ic`, what the person's community-mates would send there.
    pub expected: f64,
    /// `X_ic`, the surplus; 0 at home and outside the targets.
    pub surplus: f64,
    /// The strongest tie there.
    pub strongest: f64,
    /// The person at its other end, the one with the smallest number among equals.
    pub through: u32,
}

/// One person in one grouping.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PersonScore {
    /// Bridge score B, `0 ≤ B < strength`, in damped ties.
    pub score: f64,
    /// `s_i`.
    pub strength: f64,
    /// `s_i − s_ih`.
    pub strength_outside: f64,
    /// People outside the own community the person is tied to.
    pub connections_across: u32,
    /// Communities the person is tied to, the own included.
    pub communities_touched: u32,
    /// Communities with a surplus of at least 1.
    pub communities_reached: u32,
    /// `1 − Σ_c (s_ic/s_i)²`, 0 for people without ties.
    pub participation: f64,
}

impl PersonScore {
    /// `1 − s_ih/s_i`; 0 for people without ties.
    pub fn cross_share(&self) -> f64 {
        if self.strength > 0.0 {
            self.strength_outside / self.strength
        } else {
            0.0
        }
    }
}

/// Who belongs where, and which communities count: all that the bridge score asks of a grouping.
pub trait Grouping: Sync {
    /// The community of a person, [`Partition::NOWHERE`] for none.
    fn community_of(&self, person: u32) -> u32;

    /// Whether surplus ties into this community count: false for small groups.
    fn is_target(&self, community: u32) -> bool;
}

/// A partition, with whether each of its communities is a target.
impl Grouping for (&Partition, &[bool]) {
    fn community_of(&self, person: u32) -> u32 {
        self.0.of[person as usize]
    }

    fn is_target(&self, community: u32) -> bool {
        self.1[community as usize]
    }
}

/// The shown communities: those that are no small groups are targets.
impl Grouping for &Communities {
    fn community_of(&self, person: u32) -> u32 {
        let of = self.of.get(person as usize).copied().flatten();
        of.map_or(Partition::NOWHERE, |c| c.0)
    }

    fn is_target(&self, community: u32) -> bool {
        self.list.get(community as usize).is_some_and(|c| !c.small)
    }
}

/// One grouping, ready to be asked about people.
#[derive(Debug, Clone, Copy)]
pub struct Bridging<'a, G> {
    /// Who talks with whom.
    pub ties: &'a Ties,
    /// Who belongs where.
    pub grouping: G,
    /// Ties between communities, of the same grouping.
    pub flows: &'a Flows,
    /// λ, α, a.
    pub settings: BridgeSettings,
}

impl<G: Grouping> Bridging<'_, G> {
    /// What `person` has in each community they are tied to, by community. O(k log k) for k connections.
    pub fn shares(&self, person: usize) -> Vec<Share> {
        let mut place: BTreeMap<u32, usize> = BTreeMap::new();
        let mut shares = Vec::new();
        self.gather(person, &mut shares, |c, n| *place.entry(c).or_insert(n));
        shares.sort_unstable_by_key(|share| share.community);
        shares
    }

    /// Scores of everybody, by person. O(m log communities), on all cores.
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub fn scores(&self, progress: &Progress) -> Result<Vec<PersonScore>, Cancelled> {
        const CHUNK: usize = 1024;
        let n = self.ties.n_people();
        let n_communities = self.flows.volume.len();
        let chunks: Vec<Vec<PersonScore>> = (0..n.div_ceil(CHUNK))
            .into_par_iter()
            .map_init(
                || (vec![u32::MAX; n_communities], Vec::new()),
                |(place, shares), chunk| {
                    progress.check()?;
                    let people = chunk * CHUNK..n.min((chunk + 1) * CHUNK);
                    Ok(people
                        .map(|i| {
                            shares.clear();
                            self.gather(i, shares, |c, n| {
                                let place = &mut place[c as usize];
                                if *place == u32::MAX {
                                    *place = n as u32;
                                }
                                *place as usize
                            });
                            for share in &*shares {
                                place[share.community as usize] = u32::MAX;
                            }
                            shares.sort_unstable_by_key(|share| share.community);
                            self.score(i, shares)
                        })
                        .collect())
                },
            )
            .collect::<Result<_, Cancelled>>()?;
        Ok(chunks.concat())
    }

    /// Fills `shares` in order of first tie; `place_of(c, next)` tells where community c stands, `next` if it is new.
    fn gather(
        &self,
        person: usize,
        shares: &mut Vec<Share>,
        mut place_of: impl FnMut(u32, usize) -> usize,
    ) {
        let mut total = 0.0;
        for (j, t) in self.ties.of(person) {
            total += t;
            let c = self.grouping.community_of(j);
            if c == Partition::NOWHERE {
                continue;
            }
            let at = place_of(c, shares.len());
            if at == shares.len() {
                shares.push(Share {
                    community: c,
                    connections: 0,
                    strength: 0.0,
                    expected: 0.0,
                    surplus: 0.0,
                    strongest: 0.0,
                    through: j,
                });
            }
            let share = &mut shares[at];
            share.connections += 1;
            share.strength += t;
            if t > share.strongest {
                (share.strongest, share.through) = (t, j);
            }
        }
        let home = self.grouping.community_of(person as u32);
        for share in shares {
            self.expect(share, home, total);
        }
    }

    /// Fills in what is expected of a person of `home` with strength `total`, and the surplus over it.
    fn expect(&self, share: &mut Share, home: u32, total: f64) {
        let (flows, BridgeSettings { lambda, alpha, .. }) = (self.flows, self.settings);
        let (Some(home_volume), Some(volume)) = (
            flows.volume.get(home as usize),
            flows.volume.get(share.community as usize),
        ) else {
            return;
        };
        let mates = flows.between(home, share.community) - share.strength;
        let prior = alpha * volume / flows.total;
        let habit = (mates.max(0.0) + prior) / ((home_volume - total).max(0.0) + alpha);
        share.expected = lambda * total * habit;
        if share.community != home && self.grouping.is_target(share.community) {
            share.surplus = (share.strength - share.expected).max(0.0);
        }
    }

    fn score(&self, person: usize, shares: &[Share]) -> PersonScore {
        let home = self.grouping.community_of(person as u32);
        let mut score = PersonScore {
            strength: self.ties.row(person).1.iter().sum(),
            communities_touched: shares.len() as u32,
            ..PersonScore::default()
        };
        let (mut surplus_squares, mut squares) = (0.0, 0.0);
        for share in shares {
            squares += share.strength * share.strength;
            if share.community != home {
                score.strength_outside += share.strength;
                score.connections_across += share.connections;
                surplus_squares += share.surplus * share.surplus;
                score.communities_reached += u32::from(share.surplus >= 1.0);
            }
        }
        score.score = surplus_squares / (score.strength + self.settings.a);
        if score.strength > 0.0 {
            score.participation = 1.0 - squares / (score.strength * score.strength);
        }
        score
    }
}
