//! The posts, below the map.

use eframe::egui::Ui;

use super::PanelState;
use super::shown::Shown;
use crate::app::command::Command;

/// What belongs on the line of the tabs.
pub(super) fn head_ui(
    _ui: &mut Ui,
    _shown: Shown<'_>,
    _state: &mut PanelState,
    _inbox: &mut Vec<Command>,
) {
}

/// Draws it.
pub(super) fn posts_ui(
    _ui: &mut Ui,
    _shown: Shown<'_>,
    _state: &mut PanelState,
    _inbox: &mut Vec<Command>,
) {
}
