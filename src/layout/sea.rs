//! Places the islands in the sea, and the people between them in the water.

use libm::{atan2f, cosf, sinf};

use super::crowd::{Crowd, Home};
use super::islands::Between;
use super::levels::{Settled, settle};
use super::random::Random;
use super::web::Web;
use crate::progress::{Cancelled, Progress};

/// Water round an island, as a share of its radius.
const WATER_SHARE: f32 = 0.3;
/// Water round the smallest island, in map units.
const WATER_LEAST: f32 = 2.0;
/// Share of the sea's area that islands and their water take before they are pushed apart.
const FULL: f32 = 0.62;
/// How far islands move from where the forces left them (0) to an even filling of the sea (1).
const EVEN: f32 = 0.55;
/// Width over height that the sea is stretched to.
const LANDSCAPE: f32 = 1.35;
/// Steps of the forces between islands.
const STEPS: usize = 400;
/// Rounds of pushing islands apart, at most.
const ROUNDS: usize = 400;

/// Middles for islands of the given radii; `web` holds the ties between them. Centred on 0,0.
///
/// # Errors
/// [`Cancelled`] only.
pub(super) fn place(
    web: Web,
    radius: &[f32],
    random: &mut Random,
    progress: &Progress,
) -> Result<Vec<[f32; 2]>, Cancelled> {
    let n = radius.len();
    if n < 2 {
        return Ok(vec![[0.0; 2]; n]);
    }
    let Settled {
        web,
        mut motion,
        heat,
    } = settle(web, random, progress)?;
    let steps = (STEPS * 1000 / n.max(1000)).max(60);
    motion.rest(&web, steps, heat, progress)?;
    let outer: Vec<f32> = radius
        .iter()
        .map(|r| r * (1.0 + WATER_SHARE) + WATER_LEAST)
        .collect();
    let area: Vec<f32> = outer.iter().map(|r| r * r).collect();
    let mut places: Vec<[f32; 2]> = motion
        .x
        .iter()
        .zip(&motion.y)
        .map(|(&x, &y)| [x, y])
        .collect();
    lie_down(&mut places, &area);
    fill_sea(&mut places, &area, random);
    let ease: Vec<f32> = area.iter().map(|a| 1.0 / a).collect();
    let mut crowd = Crowd::new(places, &outer, &ease, &[], &[]);
    for _ in 0..ROUNDS {
        progress.check()?;
        if crowd.part(0.3) == 0 {
            break;
        }
    }
    let mut places = crowd.xy;
    centre(&mut places, &area);
    Ok(places)
}

fn centre(places: &mut [[f32; 2]], area: &[f32]) {
    let all: f32 = area.iter().sum();
    let mut middle = [0f32; 2];
    for (p, a) in places.iter().zip(area) {
        middle = [middle[0] + p[0] * a / all, middle[1] + p[1] * a / all];
    }
    for p in places {
        *p = [p[0] - middle[0], p[1] - middle[1]];
    }
}

/// Centres the islands and turns their longest extent level: screens are wider than high.
fn lie_down(places: &mut [[f32; 2]], area: &[f32]) {
    centre(places, area);
    let (mut xx, mut xy, mut yy) = (0f32, 0f32, 0f32);
    for (p, a) in places.iter().zip(area) {
        xx += p[0] * p[0] * a;
        xy += p[0] * p[1] * a;
        yy += p[1] * p[1] * a;
    }
    let angle = 0.5 * atan2f(2.0 * xy, xx - yy);
    let (sin, cos) = (sinf(angle), cosf(angle));
    for p in places {
        *p = [p[0] * cos + p[1] * sin, p[1] * cos - p[0] * sin];
    }
}

/// Scales the islands so that their areas fill the sea, drawing far ones in and packed ones apart on the way.
fn fill_sea(places: &mut [[f32; 2]], area: &[f32], random: &mut Random) {
    let all: f32 = area.iter().sum();
    let spread: f32 = places
        .iter()
        .zip(area)
        .map(|(p, a)| (p[0] * p[0] + p[1] * p[1]) * a)
        .sum();
    let sea = (all / FULL).sqrt();
    let scale = sea / (2.0 * spread / all).sqrt().max(1e-6);
    let distance = |p: &[f32; 2]| (p[0] * p[0] + p[1] * p[1]).sqrt();
    let mut order: Vec<u32> = (0..places.len() as u32).collect();
    order.sort_by(|&a, &b| {
        distance(&places[a as usize])
            .total_cmp(&distance(&places[b as usize]))
            .then(a.cmp(&b))
    });
    let mut taken = 0f32;
    for i in order {
        let i = i as usize;
        let [x, y] = places[i];
        let d = distance(&places[i]).max(1e-6);
        let even = sea * ((taken + area[i] * 0.5) / all).sqrt();
        taken += area[i];
        let r = (1.0 - EVEN) * (d * scale).min(1.6 * sea) + EVEN * even;
        // A hair of noise: two islands in exactly one place could not be parted.
        let [nx, ny] = random.in_disc();
        let stretch = LANDSCAPE.sqrt();
        places[i] = [
            x / d * r * stretch + nx * 0.01,
            y / d * r / stretch + ny * 0.01,
        ];
    }
}

/// Where the people between islands stand: on the way from their island towards the others they are tied to, the nearer to
/// those the stronger the ties, and never on land.
pub(super) fn stand(between: &[Between], islands: &[Home], random: &mut Random) -> Vec<[f32; 2]> {
    between
        .iter()
        .map(|person| {
            let [nx, ny] = random.in_disc();
            let spot = spot(person, islands);
            [spot[0] + nx, spot[1] + ny]
        })
        .collect()
}

fn spot(person: &Between, islands: &[Home]) -> [f32; 2] {
    let own = islands[person.own as usize];
    let outward: f32 = person.others.iter().map(|o| o.1).sum();
    let mut goal = [0f32; 2];
    let mut far = 0f32;
    for &(island, strength) in &person.others {
        let share = strength / outward;
        let island = islands[island as usize];
        goal = [
            goal[0] + island.centre[0] * share,
            goal[1] + island.centre[1] * share,
        ];
        far += island.radius * share;
    }
    let (dx, dy) = (goal[0] - own.centre[0], goal[1] - own.centre[1]);
    let d = (dx * dx + dy * dy).sqrt();
    if d < 1e-3 {
        return [own.centre[0] + own.radius, own.centre[1]];
    }
    let shore = own.radius + WATER_LEAST;
    let end = (d - far - WATER_LEAST).max(shore);
    let mut at = shore + (end - shore) * outward / (outward + person.inward);
    let step = (end - shore) / 24.0;
    let place = |at: f32| [own.centre[0] + dx / d * at, own.centre[1] + dy / d * at];
    // Back towards the own shore while on somebody else's land.
    while at > shore && on_land(place(at), islands) {
        at -= step.max(0.1);
    }
    place(at.max(shore))
}

fn on_land(p: [f32; 2], islands: &[Home]) -> bool {
    islands.iter().any(|island| {
        let (dx, dy) = (p[0] - island.centre[0], p[1] - island.centre[1]);
        let land = island.radius + WATER_LEAST * 0.5;
        dx * dx + dy * dy < land * land
    })
}
