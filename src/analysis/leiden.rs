//! Finds communities: the Leiden method for modularity.
//!
//! Traag, Waltman, van Eck, *From Louvain to Leiden: guaranteeing well-connected communities*, Sci. Rep. 9, 5233 (2019).

use super::Partition;
use super::leiden_level::Level;
use super::leiden_moves::{Mover, Objective};
use super::leiden_refine::refine;
use super::partition::grouped;
use super::patience::check_at;
use super::random::Random;
use crate::people::Ties;
use crate::progress::{Cancelled, Progress};

/// More rounds than any graph we saw needed (at most 20); a bound on time, not on quality.
const MOST_ROUNDS: usize = 100;

/// A round that adds less modularity than this is the last, from [`MANY`] people on. At 100,000 people the rounds after it add
/// 10⁻³ together and take as long as those before; fewer people are moved to the very end, to 10⁻¹⁰ a person.
const LEAST_ROUND: f64 = 5e-4;
const MANY: usize = 5_000;
const LEAST_OF_FEW: f64 = 1e-10;

/// Communities of the people with ties, by modularity at `resolution` on the strengths of `ties`; others belong nowhere.
///
/// * `resolution`: finite and > 0; 1 is plain modularity, larger gives more, smaller communities.
/// * `seed`: decides the order of visits and the random merges; the same seed gives the same communities everywhere.
///
/// Rounds of local moves, refinement and aggregation, repeated until a round adds hardly any modularity. Every
/// community is connected.
/// Local moves run on one thread; refinement and aggregation use idle cores too. The result depends on neither.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// Time O(m) a level and round, a few rounds; memory O(n + m).
/// # Source
/// Traag et al. (2019). Checked by the known best modularity of Zachary's karate club, 0.41979.
pub fn leiden(
    ties: &Ties,
    resolution: f64,
    seed: u64,
    progress: &Progress,
) -> Result<Partition, Cancelled> {
    let (mut ground, mut people) = Level::from_ties(ties, progress)?;
    let mut random = Random::new(seed, 0);
    let objective = Objective {
        total: ground.strength.iter().sum(),
        resolution,
    };
    let mut mover = Mover::new(ground.n());
    let mut community: Vec<u32> = (0..ground.n() as u32).collect();
    let least = if ground.n() < MANY {
        LEAST_OF_FEW * ground.n() as f64
    } else {
        LEAST_ROUND
    };
    for number in 0..MOST_ROUNDS {
        mover.gained = 0.0;
        round(
            &ground,
            &mut community,
            objective,
            &mut mover,
            &mut random,
            progress,
        )?;
        if mover.gained * 2.0 / objective.total < least || mover.gained <= 0.0 {
            break;
        }
        if number == 0 {
            // Neighbours in memory from here on: people of a community stand together, for the caches' sake.
            let k = compact(&mut community);
            let order = grouped(&community, k).1;
            ground = ground.reordered(&order, progress)?;
            people = order.iter().map(|&i| people[i as usize]).collect();
            community = order.iter().map(|&i| community[i as usize]).collect();
        }
    }
    let n_parts = split_disconnected(&ground, &mut community, progress)?;
    let mut labels = vec![Partition::NOWHERE; ties.n_people()];
    for (&person, &c) in people.iter().zip(&community) {
        labels[person as usize] = c;
    }
    Ok(Partition::numbered(&labels, n_parts))
}

/// One round over all levels, starting from `community` (any labels under n).
fn round(
    ground: &Level,
    community: &mut [u32],
    objective: Objective,
    mover: &mut Mover,
    random: &mut Random,
    progress: &Progress,
) -> Result<(), Cancelled> {
    let mut upper: Option<Level> = None;
    // Where each place of the ground level stands on this level, and the community of each place of this level.
    let mut place_of: Vec<u32> = (0..ground.n() as u32).collect();
    let mut here: Vec<u32> = community.to_vec();
    compact(&mut here);
    loop {
        let level = upper.as_ref().unwrap_or(ground);
        mover.move_locally(level, &mut here, objective, random, progress)?;
        let n_communities = compact(&mut here);
        if n_communities == level.n() {
            break;
        }
        let mut refined = refine(level, &here, n_communities, objective, random, progress)?;
        let mut n_refined = compact(&mut refined);
        if n_refined == level.n() {
            // Chance left everybody alone: go on with whole communities, or this level would come back unchanged.
            refined.clone_from(&here);
            n_refined = n_communities;
        }
        let next = level.aggregate(&refined, n_refined, progress)?;
        let mut above = vec![0u32; n_refined];
        for (&r, &c) in refined.iter().zip(&here) {
            above[r as usize] = c;
        }
        for place in &mut place_of {
            *place = refined[*place as usize];
        }
        here = above;
        upper = Some(next);
    }
    for (community, &place) in community.iter_mut().zip(&place_of) {
        *community = here[place as usize];
    }
    Ok(())
}

/// Renames labels (all under their number) to `0..k` in order of first appearance; returns k.
fn compact(labels: &mut [u32]) -> usize {
    let mut new = vec![u32::MAX; labels.len()];
    let mut k = 0;
    for label in labels {
        let name = &mut new[*label as usize];
        if *name == u32::MAX {
            *name = k;
            k += 1;
        }
        *label = *name;
    }
    k as usize
}

/// Gives each connected part of a community its own label; returns the number of labels.
///
/// Refined parts are connected, but a level that goes on with whole communities may join parts that a later move tears
/// apart. Splitting such a community always raises modularity.
fn split_disconnected(
    level: &Level,
    community: &mut [u32],
    progress: &Progress,
) -> Result<usize, Cancelled> {
    let mut part = vec![u32::MAX; community.len()];
    let mut n_parts = 0;
    let mut waiting = Vec::new();
    let mut seen = 0;
    for start in 0..community.len() {
        if part[start] != u32::MAX {
            continue;
        }
        part[start] = n_parts;
        waiting.push(start as u32);
        while let Some(i) = waiting.pop() {
            seen += 1;
            check_at(progress, seen)?;
            for arc in level.row(i as usize) {
                let j = arc.to as usize;
                if part[j] == u32::MAX && community[j] == community[start] {
                    part[j] = n_parts;
                    waiting.push(arc.to);
                }
            }
        }
        n_parts += 1;
    }
    community.copy_from_slice(&part);
    Ok(n_parts as usize)
}
