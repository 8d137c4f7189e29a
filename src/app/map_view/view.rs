//! Where the map view looks: following the map while it is laid out, panning, zooming, flying.

use super::places::is_same;
use crate::render::Camera;

/// Smallest and largest corner, in map units.
pub(super) type Bounds = ([f32; 2], [f32; 2]);

/// Points left free round a map that is shown whole.
const MARGIN: f32 = 36.0;
/// The whole map keeps clear of the legend where that makes it smaller by no more than this.
const LEAST_BESIDE: f32 = 0.65;
/// Nobody needs to look closer than this, in points a map unit.
const LARGEST_ZOOM: f32 = 60.0;
/// Seconds a flight takes.
pub(super) const FLIGHT_SECS: f64 = 0.2;
/// Seconds after the last movement until the map counts as resting.
pub(super) const REST_SECS: f64 = 0.15;
/// Points that one person gets to each side when flown to: the person with their surroundings.
const SURROUNDINGS: f32 = 40.0;

#[derive(Debug, Clone, Copy)]
struct Flight {
    from: Camera,
    to: Camera,
    start: f64,
}

/// The camera in points, and what moves it.
#[derive(Debug, Clone)]
pub(super) struct View {
    camera: Option<Camera>,
    flight: Option<Flight>,
    /// Where to fly as soon as the room is known.
    fly_to: Option<Bounds>,
    /// Show the whole map, and go on doing so while it grows, until a person moves the camera.
    follows: bool,
    /// What was fitted last: fitted again only when this changes.
    fitted: Option<(Bounds, [f32; 2], [f32; 2])>,
    /// Points at the left that the whole map leaves free where that costs it little: the legend.
    inset: [f32; 2],
    moved_at: f64,
}

impl View {
    pub(super) fn new() -> Self {
        Self {
            camera: None,
            flight: None,
            fly_to: None,
            follows: true,
            fitted: None,
            inset: [0.0; 2],
            moved_at: f64::NEG_INFINITY,
        }
    }

    /// Shows the whole map from the next picture on, flying there from where it looks now.
    pub(super) fn fit_all(&mut self) {
        self.follows = true;
        self.fitted = None;
        self.fly_to = None;
    }

    /// Flies to `bounds` with the next picture.
    pub(super) fn fly_to(&mut self, bounds: Bounds) {
        self.follows = false;
        self.fly_to = Some(bounds);
    }

    /// Forgets everything, as for another map.
    pub(super) fn reset(&mut self) {
        *self = Self::new();
    }

    /// The zoom at which the whole map is shown.
    pub(super) fn fit_zoom(bounds: Bounds, size: [f32; 2]) -> f32 {
        Camera::fit(bounds, size, MARGIN).zoom
    }

    /// The zooms a person can reach, in points a map unit.
    pub(super) fn zoom_limits(bounds: Bounds, size: [f32; 2]) -> (f32, f32) {
        let fit = Self::fit_zoom(bounds, size);
        (fit * 0.4, LARGEST_ZOOM.max(fit * 4.0))
    }

    /// The camera of this frame. `flies`: with animation. Returns it with whether it will have moved by the next frame.
    pub(super) fn step(
        &mut self,
        bounds: Bounds,
        size: [f32; 2],
        now: f64,
        flies: bool,
    ) -> (Camera, bool) {
        if let Some(target) = self.fly_to.take() {
            let to = self.camera_for(target, bounds, size);
            self.start(to, now, flies);
        }
        let wanted = (bounds, size, self.inset);
        if self.follows && self.fitted != Some(wanted) {
            // Only the first fit after a wish flies; while the map grows the camera keeps up without delay.
            let wished = self.fitted.is_none() && self.camera.is_some();
            self.fitted = Some(wanted);
            let to = self.whole(bounds, size);
            self.start(to, now, flies && wished);
        }
        let mut camera = self.camera.unwrap_or_else(|| self.whole(bounds, size));
        if let Some(flight) = self.flight {
            let share = ((now - flight.start) / FLIGHT_SECS).clamp(0.0, 1.0) as f32;
            camera = between(flight.from, flight.to, share);
            if share >= 1.0 {
                self.flight = None;
            }
            self.moved_at = now;
        }
        self.camera = Some(camera);
        (camera, self.flight.is_some())
    }

    /// Moves the map by `by` points.
    pub(super) fn pan(&mut self, by: [f32; 2], now: f64) {
        self.take_over(now);
        if let Some(camera) = &mut self.camera {
            camera.centre[0] -= by[0] / camera.zoom;
            camera.centre[1] -= by[1] / camera.zoom;
        }
    }

    /// Zooms by `factor`, within `limits`, so that what is at point `at` of a picture of `size` points stays there.
    pub(super) fn zoom_at(
        &mut self,
        factor: f32,
        at: [f32; 2],
        size: [f32; 2],
        limits: (f32, f32),
        now: f64,
    ) {
        if !factor.is_finite() || factor <= 0.0 {
            return;
        }
        self.take_over(now);
        if let Some(camera) = &mut self.camera {
            let still = camera.map_from_screen(at, size);
            camera.zoom = (camera.zoom * factor).clamp(limits.0, limits.1);
            let moved = camera.map_from_screen(at, size);
            camera.centre[0] += still[0] - moved[0];
            camera.centre[1] += still[1] - moved[1];
        }
    }

    /// Seconds until the map counts as resting; `None` when it does.
    pub(super) fn rests_in(&self, now: f64) -> Option<f64> {
        let left = self.moved_at + REST_SECS - now;
        (left > 0.0).then_some(left)
    }

    /// Leaves free `inset` points at the left of the whole map, or at its bottom, whichever leaves it larger.
    pub(super) fn leave_free(&mut self, inset: [f32; 2]) {
        self.inset = inset;
    }

    /// The camera that shows the whole map.
    fn whole(&self, bounds: Bounds, size: [f32; 2]) -> Camera {
        let full = Camera::fit(bounds, size, MARGIN);
        let [left, bottom] = self.inset;
        let mut beside = Camera::fit(bounds, [size[0] - left, size[1]], MARGIN);
        beside.centre[0] -= left / 2.0 / beside.zoom;
        let mut above = Camera::fit(bounds, [size[0], size[1] - bottom], MARGIN);
        above.centre[1] += bottom / 2.0 / above.zoom;
        let clear = if above.zoom > beside.zoom {
            above
        } else {
            beside
        };
        if clear.zoom < full.zoom * LEAST_BESIDE {
            full
        } else {
            clear
        }
    }

    fn take_over(&mut self, now: f64) {
        self.follows = false;
        self.flight = None;
        self.moved_at = now;
    }

    fn start(&mut self, to: Camera, now: f64, flies: bool) {
        match self.camera {
            Some(from) if flies && from != to => {
                self.flight = Some(Flight {
                    from,
                    to,
                    start: now,
                });
            }
            from => {
                if from != Some(to) {
                    self.moved_at = now;
                }
                self.flight = None;
                self.camera = Some(to);
            }
        }
    }

    /// The camera that shows `target`: never farther out than the whole map, and no farther out than now for one place.
    fn camera_for(&self, target: Bounds, all: Bounds, size: [f32; 2]) -> Camera {
        let one = is_same(target.0, target.1);
        let wide = if one {
            let ([x, y], by) = (target.0, SURROUNDINGS);
            ([x - by, y - by], [x + by, y + by])
        } else {
            target
        };
        let mut to = Camera::fit(wide, size, MARGIN);
        to.zoom = to.zoom.max(Self::fit_zoom(all, size));
        if one {
            let now = self.camera.map_or(0.0, |camera| camera.zoom);
            to.zoom = to.zoom.max(now);
        }
        to
    }
}

/// The camera `share` of the way: the centre along a line, the zoom by equal factors, both eased in and out.
fn between(from: Camera, to: Camera, share: f32) -> Camera {
    if share >= 1.0 {
        return to;
    }
    let eased = share * share * (3.0 - 2.0 * share);
    let mix = |a: f32, b: f32| a + (b - a) * eased;
    Camera {
        centre: [
            mix(from.centre[0], to.centre[0]),
            mix(from.centre[1], to.centre[1]),
        ],
        zoom: from.zoom * (to.zoom / from.zoom).powf(eased),
    }
}
