//! What is asked of the selection beside choosing people.

use eframe::egui;

use super::App;
use crate::app::command::SelectCommand;
use crate::problem::Problem;

impl App {
    /// Carries it out.
    #[allow(
        clippy::unnecessary_wraps,
        clippy::unused_self,
        clippy::needless_pass_by_value,
        reason = "one shape for all"
    )]
    pub(super) fn ask_selection(
        &mut self,
        asked: SelectCommand,
        _: &egui::Context,
    ) -> Result<(), Problem> {
        match asked {}
    }
}
