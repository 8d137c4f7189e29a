//! Fills a disc evenly: everybody gets room in proportion to their area, and neighbours stay neighbours.
//!
//! People are halved by area along the longer side of the room again and again, and the room with them; the square that
//! comes out is bent to a disc without changing areas. So the filling is even at once, at any density of the start, and
//! only small overlaps are left to [`super::crowd`].

use libm::{cosf, sinf};
use std::f32::consts::{FRAC_PI_2, FRAC_PI_4, PI};

/// People above which the halves go to different threads.
const SHARED: usize = 2048;
/// Room of a person over the hexagon round their dot: at 1.0 everybody would have to stand in a perfect lattice.
const SLACK: f32 = 1.18;
/// Free water between two dots of one island, in map units.
pub(super) const GAP: f32 = 0.6;

/// The room that a dot of radius `r` takes within an island, in square map units.
pub(super) fn room(r: f32) -> f32 {
    let side = 2.0 * r + GAP;
    0.866_025_4 * SLACK * side * side
}

/// The radius of a disc with this area.
pub(super) fn disc_radius(area: f32) -> f32 {
    (area / PI).sqrt()
}

/// A place for each of `n` people with room `area` in a disc round 0,0, near where `x`, `y` put them. O(n log² n).
pub(super) fn fill_disc(x: &[f32], y: &[f32], area: &[f32]) -> Vec<[f32; 2]> {
    let n = x.len();
    let radius = disc_radius(area.iter().sum());
    if n == 1 {
        return vec![[0.0; 2]];
    }
    let mut order: Vec<u32> = (0..n as u32).collect();
    let mut places = vec![[0f32; 2]; n];
    let square = ([-1.0, -1.0], [1.0, 1.0]);
    Cut { x, y, area }.halve(&mut order, &mut places, square);
    let mut filled = vec![[0f32; 2]; n];
    for (&i, place) in order.iter().zip(&places) {
        filled[i as usize] = bent(*place).map(|c| c * radius);
    }
    filled
}

/// Places in a disc for people of whom nothing is known but their room: the seeds of a sunflower.
pub(super) fn sunflower(area: &[f32]) -> Vec<[f32; 2]> {
    const GOLDEN: f32 = 2.399_963_2;
    let mut taken = 0.0;
    let seeds = area.iter().enumerate().map(|(k, a)| {
        let r = disc_radius(taken + a * 0.5);
        taken += a;
        let angle = (k as f32 * GOLDEN) % (2.0 * PI);
        [r * cosf(angle), r * sinf(angle)]
    });
    if area.len() == 1 {
        vec![[0.0; 2]]
    } else {
        seeds.collect()
    }
}

struct Cut<'a> {
    x: &'a [f32],
    y: &'a [f32],
    area: &'a [f32],
}

type Room = ([f32; 2], [f32; 2]);

impl Cut<'_> {
    fn halve(&self, people: &mut [u32], places: &mut [[f32; 2]], (low, high): Room) {
        if let [place] = places {
            *place = [(low[0] + high[0]) * 0.5, (low[1] + high[1]) * 0.5];
            return;
        }
        if people.is_empty() {
            return;
        }
        let axis = usize::from(high[1] - low[1] > high[0] - low[0]);
        let along = if axis == 0 { self.x } else { self.y };
        people.sort_unstable_by(|&a, &b| {
            along[a as usize]
                .total_cmp(&along[b as usize])
                .then(a.cmp(&b))
        });
        let all: f32 = people.iter().map(|&i| self.area[i as usize]).sum();
        let (mut at, mut taken) = (0, 0.0);
        while at + 1 < people.len() {
            let next = self.area[people[at] as usize];
            if at > 0 && taken + next * 0.5 > all * 0.5 {
                break;
            }
            taken += next;
            at += 1;
        }
        let cut = low[axis] + (high[axis] - low[axis]) * (taken / all);
        let (mut left_high, mut right_low) = (high, low);
        left_high[axis] = cut;
        right_low[axis] = cut;
        let big = people.len() > SHARED;
        let (left, right) = people.split_at_mut(at);
        let (left_places, right_places) = places.split_at_mut(at);
        if big {
            rayon::join(
                || self.halve(left, left_places, (low, left_high)),
                || self.halve(right, right_places, (right_low, high)),
            );
        } else {
            self.halve(left, left_places, (low, left_high));
            self.halve(right, right_places, (right_low, high));
        }
    }
}

/// The square −1..1 onto the unit disc, areas kept. Shirley and Chiu, *A low distortion map between disk and square* (1997).
fn bent([a, b]: [f32; 2]) -> [f32; 2] {
    if a == 0.0 && b == 0.0 {
        return [0.0; 2];
    }
    let (r, angle) = if a.abs() > b.abs() {
        (a, FRAC_PI_4 * (b / a))
    } else {
        (b, FRAC_PI_2 - FRAC_PI_4 * (a / b))
    };
    [r * cosf(angle), r * sinf(angle)]
}
