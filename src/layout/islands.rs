//! Which island everybody belongs to, and who stands in the water between islands.

use super::levels::bundle;
use super::random::Random;
use super::web::Web;
use crate::progress::{Cancelled, Progress};

/// Number of the island of somebody who stands in the water.
pub(super) const WATER: u32 = u32::MAX;
/// Connections into each of two islands, at least, of somebody between them: one stray tie is chance.
const ENOUGH: u32 = 2;
/// Strength into another island over strength into the own one, from which on somebody stands between.
const EVEN: f32 = 0.5;
/// Largest share of all people in the water; above it only those with the strongest ties both ways stay there.
const SHARE_IN_WATER: f32 = 0.06;

/// Numbers the islands `0..k` of a web's bodies: one for each group, in order of group numbers; bodies without a group
/// (`u32::MAX`) are bundled by their ties into islands of their own.
///
/// # Errors
/// [`Cancelled`] only.
pub(super) fn number(
    web: &Web,
    group: &[u32],
    random: &mut Random,
    progress: &Progress,
) -> Result<(Vec<u32>, usize), Cancelled> {
    let mut groups: Vec<u32> = group.iter().copied().filter(|&g| g != u32::MAX).collect();
    groups.sort_unstable();
    groups.dedup();
    let mut island: Vec<u32> = group
        .iter()
        .map(|g| groups.binary_search(g).map_or(WATER, |at| at as u32))
        .collect();
    let missing: Vec<u32> = (0..web.len() as u32)
        .filter(|&i| island[i as usize] == WATER)
        .collect();
    if missing.is_empty() {
        return Ok((island, groups.len()));
    }
    let mut place = vec![u32::MAX; web.len()];
    for (k, &i) in missing.iter().enumerate() {
        place[i as usize] = k as u32;
    }
    let mut rest = Web::default();
    for &i in &missing {
        let (others, strength) = web.row(i as usize);
        let threads = others.iter().zip(strength);
        let threads = threads.filter_map(|(&o, &s)| {
            let at = place[o as usize];
            (at != u32::MAX).then_some((at, s))
        });
        rest.push(web.mass[i as usize], [0.0; 2], threads);
    }
    let mut found: Vec<u32> = (0..missing.len() as u32).collect();
    loop {
        let before = rest.len();
        let (bundle_of, n_bundles) = bundle(&rest, random, progress)?;
        for f in &mut found {
            *f = bundle_of[*f as usize];
        }
        rest = rest.bundled(&bundle_of, n_bundles);
        if n_bundles == before {
            break;
        }
    }
    for (&i, f) in missing.iter().zip(found) {
        island[i as usize] = groups.len() as u32 + f;
    }
    Ok((island, groups.len() + rest.len()))
}

/// Somebody who stands in the water, and what holds them there.
#[derive(Debug)]
pub(super) struct Between {
    /// Number of the body.
    pub(super) body: u32,
    /// The island of their group.
    pub(super) own: u32,
    /// Strength into the own island.
    pub(super) inward: f32,
    /// The other islands with at least two connections, and the strength into each.
    pub(super) others: Vec<(u32, f32)>,
}

/// Finds the people who stand between islands: tied about as strongly to another island as to their own, with at least two
/// connections into each. By number. O(m).
pub(super) fn between(web: &Web, island: &[u32], n_islands: usize) -> Vec<Between> {
    let mut sum = vec![(0f32, 0u32); n_islands];
    let mut touched: Vec<u32> = Vec::new();
    let mut found: Vec<Between> = Vec::new();
    for i in 0..web.len() {
        let (others, strength) = web.row(i);
        for (&other, &s) in others.iter().zip(strength) {
            let to = island[other as usize];
            let (all, count) = &mut sum[to as usize];
            if *count == 0 {
                touched.push(to);
            }
            *all += s;
            *count += 1;
        }
        let (inward, n_inward) = sum[island[i] as usize];
        if n_inward >= ENOUGH {
            touched.sort_unstable();
            let outward: Vec<(u32, f32)> = touched
                .iter()
                .filter(|&&t| t != island[i] && sum[t as usize].1 >= ENOUGH)
                .map(|&t| (t, sum[t as usize].0))
                .collect();
            let best = outward.iter().map(|o| o.1).fold(0f32, f32::max);
            if best >= EVEN * inward {
                found.push(Between {
                    body: i as u32,
                    own: island[i],
                    inward,
                    others: outward,
                });
            }
        }
        for t in touched.drain(..) {
            sum[t as usize] = (0.0, 0);
        }
    }
    let most = (SHARE_IN_WATER * web.len() as f32) as usize;
    if found.len() > most {
        let held = |b: &Between| b.inward.min(b.others.iter().map(|o| o.1).sum());
        found.sort_by(|a, b| held(b).total_cmp(&held(a)).then(a.body.cmp(&b.body)));
        found.truncate(most);
        found.sort_by_key(|b| b.body);
    }
    found
}
