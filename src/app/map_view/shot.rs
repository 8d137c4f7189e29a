//! What a picture of the map shows: two equal shots look the same, so the picture need not be drawn again.

use super::sight::Sight;
use crate::render::{Camera, Theme};

/// One picture of the map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Shot {
    /// Where it looks; its zoom is in points a map unit.
    pub(super) camera: Camera,
    /// Width and height in pixels.
    pub(super) size: [u32; 2],
    /// Pixels a point.
    pub(super) pixels_per_point: f32,
    /// Light or dark.
    pub(super) theme: Theme,
    /// Which positions and scene: [`super::places::Places::revision`].
    pub(super) revision: u64,
    /// How many ties are drawn at most.
    pub(super) ties: usize,
}

impl Default for Shot {
    fn default() -> Self {
        Self {
            camera: Camera {
                centre: [0.0; 2],
                zoom: 1.0,
            },
            size: [1, 1],
            pixels_per_point: 1.0,
            theme: Theme::default(),
            revision: 0,
            ties: 0,
        }
    }
}

impl Shot {
    /// Width and height in points.
    pub(super) fn size_pt(&self) -> [f32; 2] {
        self.size.map(|side| side as f32 / self.pixels_per_point)
    }

    /// Whether this is `wanted`, with as many ties or more.
    pub(super) fn covers(&self, wanted: &Self) -> bool {
        let ties = wanted.ties;
        self.ties >= ties && Self { ties, ..*self } == *wanted
    }

    /// The corners of this picture in the picture that `now` shows, in points.
    pub(super) fn corners_in(&self, now: &Self) -> [[f32; 2]; 2] {
        let size = self.size_pt();
        [[0.0, 0.0], size].map(|corner| {
            let at = self.camera.map_from_screen(corner, size);
            now.camera.screen_from_map(at, now.size_pt())
        })
    }
}

/// The picture that `sight` wants; smaller than the screen's pixels where the device cannot draw one so large.
pub(super) fn shot_of(sight: &Sight, largest_side: u32) -> Shot {
    let [w, h] = sight.size();
    let most = largest_side.max(1) as f32;
    let scale = sight.pixels_per_point.min(most / w).min(most / h);
    Shot {
        camera: sight.camera,
        size: [w, h].map(|side| ((side * scale).round() as u32).clamp(1, largest_side.max(1))),
        pixels_per_point: scale,
        ..Shot::default()
    }
}
