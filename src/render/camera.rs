//! Where a picture looks, and how large its dots are on the screen.

/// Where the picture looks: map point `centre` in the middle, `zoom` pixels (or points) a map unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Camera {
    /// The map point in the middle of the picture.
    pub centre: [f32; 2],
    /// Pixels a map unit, > 0.
    pub zoom: f32,
}

impl Camera {
    /// Up to this zoom dots grow with the map, beyond it with the square root: dots stay dots.
    pub const STEADY_ZOOM: f32 = 6.0;
    /// [`Camera::fit`] goes no closer than this: three people are not blown up to fill the picture.
    pub const CLOSEST_FIT: f32 = 16.0;

    /// The camera that shows `bounds` whole in a picture of `size` pixels, with `margin` pixels round it.
    pub fn fit(bounds: ([f32; 2], [f32; 2]), size: [f32; 2], margin: f32) -> Self {
        let (low, high) = bounds;
        let (w, h) = ((high[0] - low[0]).max(1.0), (high[1] - low[1]).max(1.0));
        let zoom = ((size[0] - 2.0 * margin).max(1.0) / w)
            .min((size[1] - 2.0 * margin).max(1.0) / h)
            .min(Self::CLOSEST_FIT);
        Self {
            centre: [
                f32::midpoint(low[0], high[0]),
                f32::midpoint(low[1], high[1]),
            ],
            zoom,
        }
    }

    /// Where map point `at` is in a picture of `size` pixels.
    pub fn screen_from_map(&self, at: [f32; 2], size: [f32; 2]) -> [f32; 2] {
        [
            (at[0] - self.centre[0]) * self.zoom + size[0] / 2.0,
            (at[1] - self.centre[1]) * self.zoom + size[1] / 2.0,
        ]
    }

    /// Which map point is at `at` in a picture of `size` pixels.
    pub fn map_from_screen(&self, at: [f32; 2], size: [f32; 2]) -> [f32; 2] {
        [
            (at[0] - size[0] / 2.0) / self.zoom + self.centre[0],
            (at[1] - size[1] / 2.0) / self.zoom + self.centre[1],
        ]
    }

    /// Pixels that a dot of `radius` map units gets: grows with the zoom, never under a visible minimum, and slower than the
    /// map when far in, so that dots stay dots. The one rule for every renderer and for picking.
    pub fn radius_px(&self, radius: f32) -> f32 {
        (radius * self.growth()).max(Self::least_radius_px(radius))
    }

    /// Pixels a map unit of a dot's radius: the zoom, and less than it far in.
    pub(super) fn growth(&self) -> f32 {
        self.zoom.min((self.zoom * Self::STEADY_ZOOM).sqrt())
    }

    /// Pixels that a dot of `radius` map units gets at least, however far out.
    pub(super) fn least_radius_px(radius: f32) -> f32 {
        0.8 + 0.25 * radius
    }

    /// Whether positions through this camera are numbers at all.
    pub(super) fn is_sound(&self) -> bool {
        self.zoom.is_finite()
            && self.zoom > 0.0
            && self.centre[0].is_finite()
            && self.centre[1].is_finite()
    }
}
