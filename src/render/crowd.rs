//! Maps of very many people: dots smaller than a pixel are as faint as they are small, so that a crowd becomes a picture of how
//! densely its people stand.

use std::f32::consts::PI;

use super::{Camera, Dot};

/// Dots that are looked at to know how large a usual one is.
const SAMPLE: usize = 1_000;
/// Share of the map that dots of their least size would cover, from which they begin to give that up.
const BEGINS: f32 = 0.35;
/// The same, from which they have given it up.
const WHOLE: f32 = 1.0;
/// The radius in pixels below which a dot gets fainter instead of smaller.
const SMALLEST: f32 = 0.5;
/// However small, a dot is as opaque as this.
const FAINTEST: f32 = 0.2;

/// How crowded the map is at some zoom. The same for all of it, wherever the camera looks, so that panning changes nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crowd {
    /// 0: everybody is a dot that can be seen and hit; 1: the map is a picture of densities.
    pub share: f32,
    /// Pixels a map unit of a dot's radius, without least size.
    pub growth: f32,
}

impl Crowd {
    /// How crowded `dots` within `bounds` are through `camera`. O(1): a sample tells how large they are.
    pub fn of(dots: &[Dot], bounds: ([f32; 2], [f32; 2]), camera: Camera) -> Self {
        let every = dots.len().div_ceil(SAMPLE).max(1);
        let radii = dots.iter().step_by(every).map(|dot| dot.radius);
        let n = dots.len().div_ceil(every).max(1) as f32;
        let typical = radii.sum::<f32>() / n;
        let (low, high) = bounds;
        let side = |k: usize| ((high[k] - low[k]) * camera.zoom).max(1.0);
        let least = Camera::least_radius_px(typical);
        let covered = dots.len() as f32 * PI * least * least / (side(0) * side(1));
        let rise = ((covered - BEGINS) / (WHOLE - BEGINS)).clamp(0.0, 1.0);
        Self {
            share: if rise.is_finite() {
                rise * rise * (3.0 - 2.0 * rise)
            } else {
                0.0
            },
            growth: camera.growth(),
        }
    }

    /// Pixels that a dot of `radius` map units gets instead of `plain`, what it gets where there is room.
    pub fn radius_px(&self, radius: f32, plain: f32) -> f32 {
        let true_size = (radius * self.growth).max(SMALLEST);
        plain + (true_size.min(plain) - plain) * self.share
    }

    /// How opaque such a dot is, 0..=1.
    pub fn opacity(&self, radius: f32) -> f32 {
        let part = (radius * self.growth / SMALLEST).min(1.0);
        1.0 + ((part * part).max(FAINTEST) - 1.0) * self.share
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::PersonId;
    use crate::render::{Light, Rgb};

    fn dots(n: u32) -> Vec<Dot> {
        let dot = |i| Dot {
            person: PersonId(i),
            at: [0.0; 2],
            radius: 2.0,
            colour: Rgb(0, 0, 0),
            hollow: false,
            ringed: false,
            light: Light::Plain,
        };
        (0..n).map(dot).collect()
    }

    fn at(n: u32, zoom: f32) -> Crowd {
        // Room for everybody: 5 map units to each side.
        let side = (n as f32).sqrt() * 5.0;
        let camera = Camera {
            centre: [0.0; 2],
            zoom,
        };
        Crowd::of(&dots(n), ([0.0; 2], [side; 2]), camera)
    }

    #[test]
    fn where_there_is_room_dots_are_dots() {
        let crowd = at(10_000, 1.0);
        assert!(crowd.share <= 0.0);
        let plain = Camera::least_radius_px(2.0);
        assert!((crowd.radius_px(2.0, plain) - plain).abs() < 1e-6);
        assert!((crowd.opacity(2.0) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn a_million_people_on_one_screen_are_a_picture_of_density() {
        // 5,000 map units on 1,000 pixels.
        let crowd = at(1_000_000, 0.2);
        assert!(crowd.share >= 1.0);
        // A dot of 0.4 pixels covers 0.64 of what one of 0.5 covers.
        assert!((crowd.radius_px(2.0, 1.3) - 0.5).abs() < 1e-6);
        assert!((crowd.opacity(2.0) - 0.64).abs() < 1e-3);
        // Large dots stay what they are.
        assert!((crowd.radius_px(40.0, 8.0) - 8.0).abs() < 1e-6);
        assert!((crowd.opacity(40.0) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn zooming_in_lets_the_dots_appear_little_by_little() {
        let shares: Vec<f32> = (0..60)
            .map(|step| at(1_000_000, 0.2 * libm::powf(1.05, step as f32)).share)
            .collect();
        assert!(shares[0] >= 1.0 && shares[59] <= 0.0);
        assert!(
            shares
                .windows(2)
                .all(|w| w[1] <= w[0] && w[0] - w[1] < 0.25)
        );
    }
}
