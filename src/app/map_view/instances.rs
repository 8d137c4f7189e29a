//! The scene as plain words for the GPU's vertex buffers.

use std::ops::Range;

use crate::render::{
    Bends, Dot, DotInk, Light, MapScene, Rgb, Theme, TieLine, curve, palette, tie_emphasis,
    tie_width_pt,
};

/// Words a dot's look takes: radius, colours inside and of the rim, marks.
pub(super) const DOT_WORDS: usize = 4;
/// Words a tie's look takes: width, colour, light.
pub(super) const TIE_WORDS: usize = 3;

const HOLLOW: u32 = 4;
const RINGED: u32 = 8;
/// The alpha of a tie's colour holds its emphasis, 0 to 2.
const EMPHASIS: f32 = 127.5;

/// What does not change while dots move.
pub(super) fn dot_looks(dots: &[Dot], theme: Theme) -> Vec<[u32; DOT_WORDS]> {
    let colours = palette(theme);
    dots.iter()
        .map(|dot| {
            let ink = DotInk::of(dot, colours, dot.radius);
            let marks = light(dot.light)
                | if dot.hollow { HOLLOW } else { 0 }
                | if dot.ringed { RINGED } else { 0 };
            let (fill, rim) = (colour(ink.fill, 255), colour(ink.rim, 255));
            [dot.radius.to_bits(), fill, rim, marks]
        })
        .collect()
}

/// What does not change while the ends of ties move, for each straight part of each tie.
pub(super) fn tie_looks(scene: &MapScene) -> Vec<[u32; TIE_WORDS]> {
    let parts = Bends::of(scene).parts();
    let looks = scene.ties.iter().flat_map(|tie| {
        let emphasis = (tie_emphasis(tie) * EMPHASIS).round() as u8;
        let look = [
            tie_width_pt(tie).to_bits(),
            colour(tie.colour, emphasis),
            light(tie.light),
        ];
        std::iter::repeat_n(look, parts)
    });
    looks.collect()
}

/// Both ends of each straight part of each tie in `range`. Ties whose ends the scene does not have become points at the origin.
pub(super) fn tie_ends(scene: &MapScene, at: &[[f32; 2]], range: Range<usize>) -> Vec<[f32; 4]> {
    let bends = Bends::of(scene);
    let ties = scene.ties.get(range).unwrap_or_default();
    let parts = ties.iter().flat_map(|tie| {
        let dots = [tie.a as usize, tie.b as usize];
        let ends = match dots.map(|dot| at.get(dot).copied()) {
            [Some(a), Some(b)] => [a, b],
            _ => [[0.0; 2]; 2],
        };
        let control = bends.control(scene, dots, ends);
        curve(ends, control)
    });
    parts.map(|[a, b]| [a[0], a[1], b[0], b[1]]).collect()
}

/// Dots by light: dimmed, plain, lit, as the scene has them in order.
pub(super) fn dots_by_light(dots: &[Dot]) -> [Range<usize>; 3] {
    let plain = dots.partition_point(|dot| dot.light == Light::Dimmed);
    let lit = dots.partition_point(|dot| dot.light != Light::Lit);
    [0..plain, plain..lit.max(plain), lit.max(plain)..dots.len()]
}

/// Which ties to draw so that about `k` of all are: the same share of each light, but every lit one.
///
/// The scene has its ties dimmed first, lit last, and each of these three in a fair order.
pub(super) fn sample(ties: &[TieLine], k: usize) -> [Range<usize>; 3] {
    let plain = ties.partition_point(|tie| tie.light == Light::Dimmed);
    let lit = ties
        .partition_point(|tie| tie.light != Light::Lit)
        .max(plain);
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

fn colour(colour: Rgb, alpha: u8) -> u32 {
    u32::from_le_bytes([colour.0, colour.1, colour.2, alpha])
}
