//! A map from the one that is there: nobody jumps, newcomers join those they are tied to.

use super::crowd::GAP;
use super::fresh::{Chart, part};
use super::ground::Ground;
use super::on_map;
use super::random::Random;
use super::request::Positions;
use super::stream::Stream;
use crate::progress::{Cancelled, Progress};

/// Continues from `start`: people keep their places, newcomers stand beside their neighbours, components of newcomers
/// alone are laid out below the map; then everybody is parted. Ties that changed between people who stay move nobody.
///
/// # Errors
/// [`Cancelled`] only.
pub(super) fn continued(
    ground: &Ground<'_>,
    start: &Positions,
    pinned: &[(u32, [f32; 2])],
    progress: &Progress,
    stream: &mut Stream<'_>,
) -> Result<Vec<[f32; 2]>, Cancelled> {
    let n = ground.n_people();
    let mut xy = vec![[f32::NAN; 2]; n];
    for i in (0..n).filter(|&i| ground.local[i] != u32::MAX) {
        if let Some(p) = start.of(i).filter(|&p| on_map(p)) {
            xy[i] = p;
        }
    }
    for &(i, p) in pinned {
        xy[i as usize] = p;
    }
    let new_components: Vec<usize> = (0..ground.components.len())
        .filter(|&c| {
            let mut people = ground.components[c].iter();
            people.all(|&i| xy[i as usize][0].is_nan())
        })
        .collect();
    join(ground, &mut xy, progress)?;
    if !new_components.is_empty() {
        let mut chart = Chart::new(ground, new_components, progress)?;
        chart.people(ground, progress, |_| ())?;
        let below = Positions { xy: xy.clone() }.bounds();
        let mut added = vec![[f32::NAN; 2]; n];
        chart.write(ground, &mut added);
        let added_bounds = Positions { xy: added.clone() }.bounds();
        if let (Some((low, high)), Some((added_low, _))) = (below, added_bounds) {
            // As far below as the largest dots of both reach, and some water.
            let water = 2.0 * ground.radius.iter().copied().fold(1.0, f32::max) + 4.0;
            chart.shift([(low[0] + high[0]) * 0.5, high[1] + water - added_low[1]]);
            chart.write(ground, &mut added);
        }
        for (p, a) in xy.iter_mut().zip(&added).filter(|(_, a)| a[0].is_finite()) {
            *p = *a;
        }
    }
    stream.offer(|| xy.clone());
    part(xy, &ground.kept_free(), pinned, progress, stream)
}

/// Puts newcomers at the middle of those neighbours who have a place, in turns outward from them.
fn join(ground: &Ground<'_>, xy: &mut [[f32; 2]], progress: &Progress) -> Result<(), Cancelled> {
    let mut random = Random::new(ground.seed, 3);
    let homeless = |xy: &[[f32; 2]], i: usize| ground.local[i] != u32::MAX && xy[i][0].is_nan();
    let mut front: Vec<u32> = (0..xy.len() as u32)
        .filter(|&i| {
            let mut others = ground.ties.row(i as usize).0.iter();
            homeless(xy, i as usize) && others.any(|&o| xy[o as usize][0].is_finite())
        })
        .collect();
    while !front.is_empty() {
        progress.check()?;
        let found: Vec<[f32; 2]> = front
            .iter()
            .map(|&i| {
                let (mut sum, mut all) = ([0f32; 2], 0f32);
                for (o, s) in ground.ties.of(i as usize) {
                    let p = xy[o as usize];
                    if p[0].is_finite() {
                        let s = s.clamp(1e-3, 64.0) as f32;
                        sum = [sum[0] + p[0] * s, sum[1] + p[1] * s];
                        all += s;
                    }
                }
                let near = ground.radius[i as usize] + GAP;
                let [dx, dy] = random.in_disc();
                [sum[0] / all + dx * near, sum[1] / all + dy * near]
            })
            .collect();
        for (&i, p) in front.iter().zip(found) {
            xy[i as usize] = p;
        }
        let mut next: Vec<u32> = front
            .iter()
            .flat_map(|&i| ground.ties.row(i as usize).0.iter().copied())
            .filter(|&o| homeless(xy, o as usize))
            .collect();
        next.sort_unstable();
        next.dedup();
        front = next;
    }
    Ok(())
}
