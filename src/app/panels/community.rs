//! The card of one community: what it is about, who matters in it, to whom it is tied.

use eframe::egui::Ui;

use super::PanelState;
use super::shown::Shown;
use crate::app::command::Command;

/// Draws the card.
pub(super) fn community_ui(
    _ui: &mut Ui,
    _shown: Shown<'_>,
    _state: &mut PanelState,
    _inbox: &mut Vec<Command>,
) {
}
