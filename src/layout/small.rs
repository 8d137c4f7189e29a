//! Components with a shape of their own: pairs, stars, paths, rings; and small ones that the forces lay out flat.

use libm::{cosf, sinf};
use std::f32::consts::PI;

use super::crowd::{Crowd, GAP};
use super::force::{Heat, Motion};
use super::random::Random;
use super::web::Web;
use crate::progress::{Cancelled, Progress};

/// Paths up to this length are one line; longer ones turn.
const ONE_LINE: usize = 6;
/// Rings above this size would be mostly empty.
const LARGEST_RING: usize = 60;
/// Share of a star's circle up to which the rest still joins it.
const STRAGGLERS: f32 = 0.35;
/// Free water between two people of a small component: ties between them shall be seen.
const TIE_SEEN: f32 = 1.2;

/// Places for a component of a known shape: pair, star, path or ring, of any size; `None` for all others. O(n log n).
pub(super) fn known_shape(web: &Web, radius: &[f32]) -> Option<Vec<[f32; 2]>> {
    let n = web.len();
    let connections = |i: usize| web.row(i).0.len();
    let of = |wanted: usize| (0..n).filter(|&i| connections(i) == wanted).count();
    if n == 1 {
        return Some(vec![[0.0; 2]]);
    }
    if n >= 4 && of(1) == n - 1 && of(n - 1) == 1 {
        return Some(star(web, radius));
    }
    if of(1) == 2 && of(2) == n - 2 {
        let ends = (0..n).find(|&i| connections(i) == 1)?;
        return Some(path(&walk(web, ends), radius));
    }
    if (3..=LARGEST_RING).contains(&n) && of(2) == n {
        return Some(ring(&walk(web, 0), radius));
    }
    None
}

/// Bodies along a path or ring, from `first` on.
fn walk(web: &Web, first: usize) -> Vec<usize> {
    let mut seen = vec![false; web.len()];
    let mut way = vec![first];
    seen[first] = true;
    let mut here = first;
    while let Some(&next) = web.row(here).0.iter().find(|&&o| !seen[o as usize]) {
        here = next as usize;
        seen[here] = true;
        way.push(here);
    }
    way
}

/// The hub in the middle, the others on circles round it.
fn star(web: &Web, radius: &[f32]) -> Vec<[f32; 2]> {
    let n = web.len();
    let hub = (0..n)
        .max_by_key(|&i| (web.row(i).0.len(), std::cmp::Reverse(i)))
        .unwrap_or(0);
    let mut places = vec![[0f32; 2]; n];
    let leaves: Vec<usize> = (0..n).filter(|&i| i != hub).collect();
    let mut inner = radius[hub] + TIE_SEEN;
    let mut next = 0;
    let mut left: f32 = leaves.iter().map(|&leaf| 2.0 * radius[leaf] + GAP).sum();
    while next < leaves.len() {
        // A circle takes people while their widths fit; the widest decides how far out the next circle lies.
        let (mut end, mut widest, mut used) = (next, 0f32, 0f32);
        while let Some(&leaf) = leaves.get(end) {
            let wide = widest.max(radius[leaf]);
            let with = used + 2.0 * radius[leaf] + GAP;
            if end > next && with > 2.0 * PI * (inner + wide) * 0.97 {
                break;
            }
            (widest, used, end) = (wide, with, end + 1);
        }
        // A few stragglers join this circle, which widens for them: they would look lost on the next one.
        if left - used < STRAGGLERS * used {
            while let Some(&leaf) = leaves.get(end) {
                widest = widest.max(radius[leaf]);
                used += 2.0 * radius[leaf] + GAP;
                end += 1;
            }
        }
        left -= used;
        let circle = (inner + widest).max(used / (2.0 * PI));
        let stretch = 2.0 * PI / used;
        // A lone circle of few starts at the left, so that three-person stars lie flat.
        let mut angle = PI;
        for &leaf in &leaves[next..end] {
            let half = (radius[leaf] + GAP * 0.5) * stretch;
            let turn = angle + half - (radius[leaves[next]] + GAP * 0.5) * stretch;
            places[leaf] = [circle * cosf(turn), circle * sinf(turn)];
            angle += 2.0 * half;
        }
        inner = circle + widest + GAP;
        next = end;
    }
    places
}

/// Short paths in one line, long ones in rows that turn at the ends, three wide to two high.
fn path(way: &[usize], radius: &[f32]) -> Vec<[f32; 2]> {
    let largest = radius.iter().copied().fold(0f32, f32::max);
    let pitch = 2.0 * largest + TIE_SEEN;
    let n = way.len();
    let columns = if n <= ONE_LINE {
        n
    } else {
        ((1.5 * n as f32).sqrt().ceil() as usize).max(2)
    };
    let mut places = vec![[0f32; 2]; n];
    if n <= ONE_LINE {
        let mut at = 0.0;
        let mut before = None;
        for &i in way {
            at += before.map_or(0.0, |r: f32| r + TIE_SEEN + radius[i]);
            before = Some(radius[i]);
            places[i] = [at, 0.0];
        }
        return places;
    }
    for (k, &i) in way.iter().enumerate() {
        let (row, column) = (k / columns, k % columns);
        let column = if row.is_multiple_of(2) {
            column
        } else {
            columns - 1 - column
        };
        places[i] = [column as f32 * pitch, row as f32 * pitch];
    }
    places
}

/// Everybody on one circle, by their widths.
fn ring(way: &[usize], radius: &[f32]) -> Vec<[f32; 2]> {
    let width = |i: usize| 2.0 * radius[i] + TIE_SEEN;
    let around: f32 = way.iter().map(|&i| width(i)).sum();
    // Chords are shorter than arcs; for few people by a lot.
    let largest = way.iter().map(|&i| width(i)).fold(0f32, f32::max);
    let circle =
        (around / (2.0 * PI)).max(largest * 0.58) * if way.len() < 12 { 1.12 } else { 1.0 };
    let mut places = vec![[0f32; 2]; way.len()];
    let mut at = 0.0;
    for &i in way {
        let angle = (at + width(i) * 0.5) / around * 2.0 * PI - PI * 0.5;
        places[i] = [circle * cosf(angle), circle * sinf(angle)];
        at += width(i);
    }
    places
}

/// Lays out a small component by forces and parts its people: no islands, the shape of the ties is what one sees.
///
/// # Errors
/// [`Cancelled`] only.
pub(super) fn small(
    web: &Web,
    radius: &[f32],
    seed: u64,
    progress: &Progress,
) -> Result<Vec<[f32; 2]>, Cancelled> {
    let n = web.len();
    let mut motion = Motion::scattered(web, &mut Random::new(seed, n as u64));
    motion.rest(web, 250, Heat::SCATTERED, progress)?;
    // Ties shall be about as long as two people and the water between them.
    let mean = radius.iter().sum::<f32>() / n as f32;
    let mut lengths: Vec<f32> = (0..n)
        .flat_map(|i| web.row(i).0.iter().map(move |&o| (i, o as usize)))
        .filter(|(i, o)| i < o)
        .map(|(i, o)| {
            let (a, b) = (motion.at[i], motion.at[o]);
            libm::hypotf(a[0] - b[0], a[1] - b[1])
        })
        .collect();
    lengths.sort_by(f32::total_cmp);
    let median = lengths.get(lengths.len() / 2).copied().unwrap_or(1.0);
    let scale = (2.0 * mean + 1.5 * TIE_SEEN) / median.max(1e-3);
    let xy = motion.at.iter().map(|p| p.map(|c| c * scale)).collect();
    let wide: Vec<f32> = radius.iter().map(|r| r + TIE_SEEN * 0.5).collect();
    let ease = vec![1.0; n];
    let mut crowd = Crowd::new(xy, wide, ease);
    for _ in 0..150 {
        progress.check()?;
        if crowd.part(0.1, progress) == 0 {
            break;
        }
    }
    Ok(crowd.xy)
}
