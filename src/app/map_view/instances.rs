//! The scene as plain words for the GPU's vertex buffers.

use std::ops::Range;

use crate::render::{Dot, Light, MapScene, Rgb, TieLine};

/// Words a dot's look takes: radius, colour, marks.
pub(super) const DOT_WORDS: usize = 3;
/// Words a tie's look takes: width, colour, light.
pub(super) const TIE_WORDS: usize = 3;

const HOLLOW: u32 = 4;
const RINGED: u32 = 8;

/// What does not change while dots move.
pub(super) fn dot_looks(dots: &[Dot]) -> Vec<[u32; DOT_WORDS]> {
    dots.iter()
        .map(|dot| {
            let marks = light(dot.light)
                | if dot.hollow { HOLLOW } else { 0 }
                | if dot.ringed { RINGED } else { 0 };
            [dot.radius.to_bits(), colour(dot.colour), marks]
        })
        .collect()
}

/// What does not change while the ends of ties move.
pub(super) fn tie_looks(ties: &[TieLine]) -> Vec<[u32; TIE_WORDS]> {
    ties.iter()
        .map(|tie| {
            [
                width_pt(tie).to_bits(),
                colour(tie.colour),
                light(tie.light),
            ]
        })
        .collect()
}

/// Both ends of each tie in `range`. Ties whose ends the scene does not have become points at the origin.
pub(super) fn tie_ends(scene: &MapScene, at: &[[f32; 2]], range: Range<usize>) -> Vec<[f32; 4]> {
    let ties = scene.ties.get(range).unwrap_or_default();
    ties.iter()
        .map(|tie| {
            let ends = (at.get(tie.a as usize), at.get(tie.b as usize));
            let (Some(a), Some(b)) = ends else {
                return [0.0; 4];
            };
            [a[0], a[1], b[0], b[1]]
        })
        .collect()
}

/// Points a tie is wide: the stronger the wider, those across communities a little more.
pub(super) fn width_pt(tie: &TieLine) -> f32 {
    let width = 0.45 + 0.22 * tie.strength;
    let width = if tie.light == Light::Lit {
        width + 0.5
    } else {
        width
    };
    width.clamp(0.4, 2.4)
}

/// Which ties to draw so that about `k` of all are: the same share of each light, but every lit one.
///
/// The scene has its ties dimmed first, lit last, and each of these three in a fair order.
pub(super) fn sample(ties: &[TieLine], k: usize) -> [Range<usize>; 3] {
    let plain = ties.partition_point(|tie| tie.light == Light::Dimmed);
    let lit = ties.partition_point(|tie| tie.light != Light::Lit);
    let share = if k >= ties.len() {
        1.0
    } else {
        k as f64 / ties.len() as f64
    };
    let part = |start: usize, end: usize| start..start + ((end - start) as f64 * share) as usize;
    [part(0, plain), part(plain, lit), lit..ties.len()]
}

fn light(light: Light) -> u32 {
    match light {
        Light::Dimmed => 0,
        Light::Plain => 1,
        Light::Lit => 2,
    }
}

fn colour(colour: Rgb) -> u32 {
    u32::from_le_bytes([colour.0, colour.1, colour.2, 255])
}
