//! What the map says in words: to a screen reader, and where there is nothing to draw.

use eframe::egui::{self, Rect};

use super::super::command::MapOf;
use super::super::model::Model;
use crate::render::thousands;

/// A line in the middle of the room that does not ask for attention.
pub(super) fn quiet(ui: &mut egui::Ui, rect: Rect, words: &str) {
    let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(rect));
    inside.centered_and_justified(|ui| {
        let words = egui::RichText::new(words).weak().size(16.0);
        ui.add(egui::Label::new(words).selectable(false));
    });
}

/// What a screen reader says of the map.
pub(super) fn described(model: &Model) -> String {
    let Some(map) = &model.map else {
        return "Conversation map: empty".to_owned();
    };
    let results = &map.results;
    let count = |n: usize| thousands(n as u64);
    if model.flow_view.of == MapOf::Communities {
        let flows = model.flows.as_deref();
        let [bubbles, flows] =
            flows.map_or([0; 2], |flows| [flows.bubbles.len(), flows.flows.len()]);
        return format!(
            "Conversation map of communities: {} communities, {} flows between them",
            count(bubbles),
            count(flows)
        );
    }
    let mut words = format!(
        "Conversation map: {} people, {} ties, {} communities",
        count(results.graph.n_people()),
        count(results.graph.ties.n_ties()),
        count(results.analysis.communities.n_large()),
    );
    if !model.selected.is_empty() {
        words.push_str(", ");
        words.push_str(&count(model.selected.len()));
        words.push_str(" selected");
    }
    words
}
