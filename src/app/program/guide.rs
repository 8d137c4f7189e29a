//! The tour for newcomers and the help page.

use eframe::egui;

use super::App;
use crate::app::command::GuideCommand;
use crate::problem::Problem;

impl App {
    /// Carries it out.
    #[allow(
        clippy::unnecessary_wraps,
        clippy::unused_self,
        clippy::needless_pass_by_value,
        reason = "one shape for all"
    )]
    pub(super) fn ask_guide(
        &mut self,
        asked: GuideCommand,
        _: &egui::Context,
    ) -> Result<(), Problem> {
        match asked {}
    }
}
