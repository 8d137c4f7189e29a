//! Where the map view looks: following the map while it is laid out, panning, gliding, zooming, flying.

use std::sync::Arc;

use super::places::is_same;
use crate::render::Camera;

/// Smallest and largest corner, in map units.
pub(super) type Bounds = ([f32; 2], [f32; 2]);

/// Points left free round a map that is shown whole.
const MARGIN: f32 = 36.0;
/// The whole map keeps clear of the legend where that makes it smaller by no more than this.
const LEAST_BESIDE: f32 = 0.65;
/// Points between the legend and whoever stands next to it.
const LEGEND_AIR: f32 = 6.0;
/// Steps in which the map makes way for the legend.
const STEPS: u8 = 8;
/// Nobody needs to look closer than this, in points a map unit.
const LARGEST_ZOOM: f32 = 60.0;
/// Seconds a flight takes.
pub(super) const FLIGHT_SECS: f64 = 0.2;
/// Seconds after the last movement until the map counts as resting.
pub(super) const REST_SECS: f64 = 0.15;
/// Points that one person gets to each side when flown to: the person with their surroundings.
const SURROUNDINGS: f32 = 40.0;

/// Seconds that a quick pan glides on when it is let go.
pub(super) const GLIDE_SECS: f64 = 0.3;
/// A pan that is slower when it is let go, in points a second, stays where it is.
const SLOWEST_GLIDE: f32 = 150.0;
/// No glide is faster, in points a second.
const FASTEST_GLIDE: f32 = 5_000.0;
/// Points of the map that stay in view however far it is panned.
const STAYS: f32 = 60.0;
/// What a step asks for beyond the nearest or farthest zoom is given back by the next step the other way, up to this factor: a
/// turn of the wheel in and one out lead back to where they began.
const MOST_BEYOND: f32 = 1.3;

#[derive(Debug, Clone, Copy)]
struct Flight {
    from: Camera,
    to: Camera,
    start: f64,
    /// One map point stays where it is on the screen.
    about_a_point: bool,
}

/// A pan that was let go while it was quick.
#[derive(Debug, Clone, Copy)]
struct Glide {
    from: Camera,
    /// Points a second.
    speed: [f32; 2],
    start: f64,
}

/// The camera in points, and what moves it.
#[derive(Debug, Clone)]
pub(super) struct View {
    camera: Option<Camera>,
    flight: Option<Flight>,
    glide: Option<Glide>,
    /// Where to fly as soon as the room is known.
    fly_to: Option<Bounds>,
    /// Where to zoom with the next picture.
    zoom_to: Option<Camera>,
    /// By which factor steps have asked for more than the nearest or farthest zoom.
    beyond: f32,
    /// What holds everybody, and the size of the room, as they were last.
    room: Option<(Bounds, [f32; 2])>,
    /// Show the whole map, and go on doing so while it grows, until a person moves the camera.
    follows: bool,
    /// What was fitted last: fitted again only when this changes.
    fitted: Option<(Bounds, [f32; 2], [f32; 2])>,
    /// Points at the left and at the bottom that the whole map leaves free where that costs it little: the legend. Below 0: at
    /// the right, at the top.
    inset: [f32; 2],
    /// Where people stand whom the legend shall not cover.
    people: Arc<Vec<[f32; 3]>>,
    moved_at: f64,
}

impl View {
    pub(super) fn new() -> Self {
        Self {
            camera: None,
            flight: None,
            glide: None,
            fly_to: None,
            zoom_to: None,
            beyond: 1.0,
            room: None,
            follows: true,
            fitted: None,
            inset: [0.0; 2],
            people: Arc::default(),
            moved_at: f64::NEG_INFINITY,
        }
    }

    /// Shows the whole map from the next picture on, flying there from where it looks now.
    pub(super) fn fit_all(&mut self) {
        self.stop();
        self.follows = true;
        self.fitted = None;
    }

    /// Where it looks, where a person chose that; `None` while it shows the whole map.
    pub(super) fn chosen(&self) -> Option<Camera> {
        self.camera.filter(|_| !self.follows)
    }

    /// Looks from `camera` from the next picture on.
    pub(super) fn look_from(&mut self, camera: Camera) {
        self.stop();
        self.follows = false;
        self.camera = Some(camera);
    }

    /// Flies to `bounds` with the next picture.
    pub(super) fn fly_to(&mut self, bounds: Bounds) {
        self.stop();
        self.follows = false;
        self.fly_to = Some(bounds);
    }

    /// Looks at map point `at` from now on, or as near to it as leaves the map in sight.
    pub(super) fn look_at(&mut self, at: [f32; 2], now: f64) {
        let Some(from) = self.camera else { return };
        let to = self.in_view(from, Camera { centre: at, ..from });
        let stands = self.flight.is_none() && self.glide.is_none();
        if !(stands && is_same(to.centre, from.centre)) {
            self.take_over(now);
            self.camera = Some(to);
        }
    }

    /// Whether the camera shows all of `bounds` in a room of `size`; a point more or less is not seen.
    pub(super) fn shows_all(camera: Camera, bounds: Bounds, size: [f32; 2]) -> bool {
        let (low, high) = (
            camera.screen_from_map(bounds.0, size),
            camera.screen_from_map(bounds.1, size),
        );
        (0..2).all(|axis| low[axis] >= -1.0 && high[axis] <= size[axis] + 1.0)
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
        self.room = Some((bounds, size));
        if let Some(target) = self.fly_to.take() {
            let to = self.camera_for(target, bounds, size);
            self.start(to, now, flies);
        }
        if let Some(to) = self.zoom_to.take() {
            self.start(to, now, flies);
            if let Some(flight) = &mut self.flight {
                flight.about_a_point = true;
            }
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
            camera = flight.at(share);
            if share >= 1.0 {
                self.flight = None;
            }
            self.moved_at = now;
        }
        if let Some(glide) = self.glide.filter(|_| flies) {
            let share = ((now - glide.start) / GLIDE_SECS).clamp(0.0, 1.0) as f32;
            camera = self.in_view(glide.from, glide.at(share));
            self.glide = (share < 1.0).then_some(glide);
            self.moved_at = now;
        } else {
            self.glide = None;
        }
        self.camera = Some(camera);
        (camera, self.flight.is_some() || self.glide.is_some())
    }

    /// Moves the map by `by` points, but not out of sight.
    pub(super) fn pan(&mut self, by: [f32; 2], now: f64) {
        self.take_over(now);
        if let Some(from) = self.camera {
            self.camera = Some(self.in_view(from, panned(from, by)));
        }
    }

    /// A pan was let go with `speed`, in points a second: a quick one goes on for a moment.
    pub(super) fn let_go(&mut self, speed: [f32; 2], now: f64) {
        let fast = speed[0].hypot(speed[1]);
        if fast < SLOWEST_GLIDE || !fast.is_finite() {
            return;
        }
        let slower = (FASTEST_GLIDE / fast).min(1.0);
        self.glide = self.camera.map(|from| Glide {
            from,
            speed: speed.map(|s| s * slower),
            start: now,
        });
    }

    /// The map was taken hold of: it glides no farther.
    pub(super) fn hold(&mut self) {
        self.glide = None;
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
        let asked = factor * self.beyond;
        self.take_over(now);
        if let Some(from) = self.camera {
            let (to, beyond) = zoomed(from, asked, at, size, limits);
            (self.camera, self.beyond) = (Some(to), beyond);
        }
    }

    /// The same as a flight. Several such wishes one after the other add up.
    pub(super) fn fly_zoom(
        &mut self,
        factor: f32,
        at: [f32; 2],
        size: [f32; 2],
        limits: (f32, f32),
    ) {
        let on_its_way = self.flight.map(|flight| flight.to);
        let Some(from) = self.zoom_to.or(on_its_way).or(self.camera) else {
            return;
        };
        let (to, beyond) = zoomed(from, factor * self.beyond, at, size, limits);
        self.stop();
        self.follows = false;
        (self.zoom_to, self.beyond) = (Some(to), beyond);
    }

    /// Seconds until the map counts as resting; `None` when it does.
    pub(super) fn rests_in(&self, now: f64) -> Option<f64> {
        let left = self.moved_at + REST_SECS - now;
        (left > 0.0).then_some(left)
    }

    /// Leaves free `inset` points at the left of the whole map, or at its bottom, whichever leaves it larger. Below 0: at the
    /// right, or at the top.
    ///
    /// `people`: where some of them stand, with their radius, in map units; nobody of them shall be covered.
    pub(super) fn leave_free(&mut self, inset: [f32; 2], people: &Arc<Vec<[f32; 3]>>) {
        self.inset = inset;
        self.people = Arc::clone(people);
    }

    /// The camera that shows the whole map: as large as it can be without anybody behind the legend. Where that costs too much,
    /// the legend lies over the map.
    fn whole(&self, bounds: Bounds, size: [f32; 2]) -> Camera {
        let full = Camera::fit(bounds, size, MARGIN);
        let [left, bottom] = self.inset;
        let beside = |share: f32| {
            let free = left * share;
            let mut camera = Camera::fit(bounds, [size[0] - free.abs(), size[1]], MARGIN);
            camera.centre[0] -= free / 2.0 / camera.zoom;
            camera
        };
        let above = |share: f32| {
            let free = bottom * share;
            let mut camera = Camera::fit(bounds, [size[0], size[1] - free.abs()], MARGIN);
            camera.centre[1] += free / 2.0 / camera.zoom;
            camera
        };
        let shares = || (0..=STEPS).map(|step| f32::from(step) / f32::from(STEPS));
        let clear = |camera: &Camera| !self.covers_somebody(*camera, size);
        let first = [
            shares()
                .map(beside)
                .find(clear)
                .unwrap_or_else(|| beside(1.0)),
            shares()
                .map(above)
                .find(clear)
                .unwrap_or_else(|| above(1.0)),
        ];
        let [beside, above] = first;
        let best = if above.zoom > beside.zoom {
            above
        } else {
            beside
        };
        if best.zoom < full.zoom * LEAST_BESIDE {
            full
        } else {
            best
        }
    }

    /// Whether the legend lies over one of those who were told.
    fn covers_somebody(&self, camera: Camera, size: [f32; 2]) -> bool {
        let [left, bottom] = self.inset;
        if left.abs() <= 0.0 || bottom.abs() <= 0.0 {
            return false;
        }
        self.people.iter().any(|&[x, y, radius]| {
            let at = camera.screen_from_map([x, y], size);
            let radius = camera.radius_px(radius) + LEGEND_AIR;
            let across = if left > 0.0 {
                at[0] - radius < left
            } else {
                at[0] + radius > size[0] + left
            };
            let down = if bottom > 0.0 {
                at[1] + radius > size[1] - bottom
            } else {
                at[1] - radius < -bottom
            };
            across && down
        })
    }

    fn take_over(&mut self, now: f64) {
        self.stop();
        self.follows = false;
        self.flight = None;
        self.moved_at = now;
    }

    /// Forgets what was wished before; a flight goes on until the next one starts.
    fn stop(&mut self) {
        self.glide = None;
        self.fly_to = None;
        self.zoom_to = None;
        self.beyond = 1.0;
    }

    /// `to`, or the nearest place where enough of the map is in view. What zooming has brought out of view may stay there, but
    /// goes no farther.
    fn in_view(&self, from: Camera, to: Camera) -> Camera {
        let Some((bounds, size)) = self.room else {
            return to;
        };
        let held = |axis: usize| {
            let reach = (size[axis] / 2.0 - STAYS.min(size[axis] / 4.0)) / to.zoom;
            let (low, high) = (bounds.0[axis] - reach, bounds.1[axis] + reach);
            let now = from.centre[axis];
            to.centre[axis].max(low.min(now)).min(high.max(now))
        };
        Camera {
            centre: [held(0), held(1)],
            ..to
        }
    }

    fn start(&mut self, to: Camera, now: f64, flies: bool) {
        match self.camera {
            Some(from) if flies && from != to => {
                self.flight = Some(Flight {
                    from,
                    to,
                    start: now,
                    about_a_point: false,
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

impl Flight {
    /// The camera `share` of the way, eased in and out: the zoom by equal factors, the centre along a line.
    fn at(&self, share: f32) -> Camera {
        let (from, to) = (self.from, self.to);
        if share >= 1.0 {
            return to;
        }
        let eased = share * share * (3.0 - 2.0 * share);
        let zoom = from.zoom * libm::powf(to.zoom / from.zoom, eased);
        let lengths = 1.0 / to.zoom - 1.0 / from.zoom;
        // A point that stays where it is moves the centre as much as the length of a point of the screen changes.
        let way = if self.about_a_point && lengths.abs() > 1e-6 / from.zoom {
            (1.0 / zoom - 1.0 / from.zoom) / lengths
        } else {
            eased
        };
        let mix = |a: f32, b: f32| a + (b - a) * way;
        Camera {
            centre: [
                mix(from.centre[0], to.centre[0]),
                mix(from.centre[1], to.centre[1]),
            ],
            zoom,
        }
    }
}

impl Glide {
    /// The camera `share` of the way: evenly slower, until it stands.
    fn at(&self, share: f32) -> Camera {
        let left = 1.0 - share;
        let secs = GLIDE_SECS as f32 / 3.0 * (1.0 - left * left * left);
        panned(self.from, self.speed.map(|speed| speed * secs))
    }
}

/// `camera` after the map was moved by `by` points.
fn panned(camera: Camera, by: [f32; 2]) -> Camera {
    let [x, y] = camera.centre;
    Camera {
        centre: [x - by[0] / camera.zoom, y - by[1] / camera.zoom],
        ..camera
    }
}

/// `camera` zoomed by `factor` within `limits`, with what is at point `at` of the screen staying there; and by which factor that
/// is less than was asked for.
fn zoomed(
    camera: Camera,
    factor: f32,
    at: [f32; 2],
    size: [f32; 2],
    limits: (f32, f32),
) -> (Camera, f32) {
    let asked = camera.zoom * factor;
    let zoom = asked.clamp(limits.0, limits.1);
    let still = camera.map_from_screen(at, size);
    let mut to = Camera { zoom, ..camera };
    let moved = to.map_from_screen(at, size);
    to.centre[0] += still[0] - moved[0];
    to.centre[1] += still[1] - moved[1];
    let beyond = (asked / zoom).clamp(1.0 / MOST_BEYOND, MOST_BEYOND);
    (to, beyond)
}
