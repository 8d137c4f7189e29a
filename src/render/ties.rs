//! The ties of the scene: their colour, their light, and an order whose every beginning is a fair sample.

use rayon::prelude::*;

use super::scene::{Cast, NOWHERE};
use super::{Dot, Light, Picture, Rgb, TieLine, palette};

/// Ties between people who are on the map. Dimmed first, lit last; within a light sorted by `-ln(u) / strength` with a `u`
/// that follows from the two people alone: sampling without replacement in proportion to strength, so that the first k
/// ties are a fair sample and the same for every k. (Efraimidis, Spirakis 2006.)
pub(super) fn lines(cast: &Cast<'_>, dots: &[Dot], place_of: &[u32]) -> Vec<TieLine> {
    // Sorted are keys and numbers alone: a third of what the ties take. In order of the pairs, so that the number decides
    // between equals as the pair would.
    let (mut keys, lines): (Vec<(u64, u32)>, Vec<TieLine>) = (0..cast.lights.len())
        .into_par_iter()
        .flat_map_iter(|i| {
            cast.ties_of(i)
                .filter(move |&(j, ..)| (i as u32) < j)
                .filter_map(move |(j, strength, in_part)| {
                    let mut line = line(cast, dots, place_of, (i, j as usize), strength)?;
                    if !in_part {
                        line.light = Light::Dimmed;
                    }
                    let pair = (i as u64) << 32 | u64::from(j);
                    let waits = -libm::log(uniform(pair)) / strength.max(1e-9);
                    Some(((key(line.light, waits), 0), line))
                })
        })
        .unzip();
    for (number, (_, at)) in (0u32..).zip(&mut keys) {
        *at = number;
    }
    keys.par_sort_unstable();
    keys.into_par_iter()
        .map(|(_, at)| lines[at as usize])
        .collect()
}

/// Light first, then `waits`, a positive number, without its two last bits.
fn key(light: Light, waits: f64) -> u64 {
    (light as u64) << 62 | waits.max(0.0).to_bits() >> 2
}

fn line(
    cast: &Cast<'_>,
    dots: &[Dot],
    place_of: &[u32],
    (i, j): (usize, usize),
    strength: f64,
) -> Option<TieLine> {
    let (a, b) = (*place_of.get(i)?, *place_of.get(j)?);
    if a == NOWHERE || b == NOWHERE {
        return None;
    }
    let (one, other) = (dots.get(a as usize)?, dots.get(b as usize)?);
    let across = cast.community(i) != cast.community(j);
    let light = match (cast.style.picture, cast.style.isolated) {
        _ if cast.style.touches.is_some() => {
            if one.ringed || other.ringed {
                Light::Lit
            } else {
                Light::Dimmed
            }
        }
        (Picture::Bridges(_), _) if across && (one.ringed || other.ringed) => Light::Lit,
        (Picture::Everyone, None) => Light::Plain,
        (Picture::Everyone, here) if here == cast.community(i) && !across => Light::Lit,
        _ => Light::Dimmed,
    };
    Some(TieLine {
        a,
        b,
        strength: strength as f32,
        colour: if across {
            blend(one.colour, other.colour, palette(cast.style.theme).text)
        } else {
            one.colour
        },
        across,
        light,
    })
}

/// Half of each, then a little towards the text's colour: the plain mean of two opposite colours is mud.
fn blend(one: Rgb, other: Rgb, text: Rgb) -> Rgb {
    one.mix(other, 0.5).mix(text, 0.15)
}

/// A number in (0, 1) that follows from `pair` alone (the finaliser of splitmix64).
fn uniform(pair: u64) -> f64 {
    let mut z = pair.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^= z >> 31;
    ((z >> 11) as f64 + 0.5) / (1u64 << 53) as f64
}
