//! What is asked of the map of communities.

use eframe::egui;

use super::App;
use crate::app::command::FlowCommand;
use crate::problem::Problem;

impl App {
    /// Carries it out.
    #[allow(
        clippy::unnecessary_wraps,
        clippy::unused_self,
        clippy::needless_pass_by_value,
        reason = "one shape for all"
    )]
    pub(super) fn ask_flows(
        &mut self,
        asked: FlowCommand,
        _: &egui::Context,
    ) -> Result<(), Problem> {
        match asked {}
    }
}
