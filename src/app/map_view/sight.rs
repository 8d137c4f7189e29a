//! Where things of the map are on the screen in this frame.

use eframe::egui::{Pos2, Rect};

use super::MapView;
use super::card::Card;
use super::lit::Lights;
use super::names::Names;
use crate::render::Camera;

/// One frame's camera and room.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sight {
    /// The room on the screen, in points.
    pub(super) rect: Rect,
    /// Its zoom is in points a map unit.
    pub(super) camera: Camera,
    /// Pixels a point.
    pub(super) pixels_per_point: f32,
}

impl Sight {
    /// Width and height in points.
    pub(super) fn size(&self) -> [f32; 2] {
        self.rect.size().into()
    }

    /// Where map point `at` is.
    pub(super) fn screen_from_map(&self, at: [f32; 2]) -> Pos2 {
        let [x, y] = self.camera.screen_from_map(at, self.size());
        Pos2::new(self.rect.left() + x, self.rect.top() + y)
    }

    /// Which map point is at `pos`.
    pub(super) fn map_from_screen(&self, pos: Pos2) -> [f32; 2] {
        self.camera.map_from_screen(self.inside(pos), self.size())
    }

    /// `pos` from the room's corner.
    pub(super) fn inside(&self, pos: Pos2) -> [f32; 2] {
        [pos.x - self.rect.left(), pos.y - self.rect.top()]
    }

    /// Points that a dot of `radius` map units gets.
    pub(super) fn radius(&self, radius: f32) -> f32 {
        self.camera.radius_px(radius)
    }
}

impl MapView {
    /// Forgets what is written on the map: people and communities are called otherwise from now on.
    pub(in crate::app) fn forget_names(&mut self) {
        self.names = Names::default();
        self.card = Card::new();
        self.lights = Lights::default();
        self.places = None;
        self.coming.forget();
    }

    /// The map point in the middle and the points a map unit, where a person chose them; `None` while the whole map is shown.
    pub(in crate::app) fn looks_at(&self) -> Option<([f32; 2], f32)> {
        let camera = self.view.chosen()?;
        Some((camera.centre, camera.zoom))
    }

    /// Looks at the map as it was looked at before.
    pub(in crate::app) fn look_from(&mut self, (centre, zoom): ([f32; 2], f32)) {
        let is_sound = centre.iter().all(|v| v.is_finite()) && zoom.is_finite() && zoom > 0.0;
        if is_sound {
            self.view.look_from(Camera { centre, zoom });
        }
    }
}
