//! Plain questions, and looking for people, words and communities.

use eframe::egui;

use super::App;
use crate::app::command::AskCommand;
use crate::problem::Problem;

impl App {
    /// Carries it out.
    #[allow(
        clippy::unnecessary_wraps,
        clippy::unused_self,
        clippy::needless_pass_by_value,
        reason = "one shape for all"
    )]
    pub(super) fn ask_question(
        &mut self,
        asked: AskCommand,
        _: &egui::Context,
    ) -> Result<(), Problem> {
        match asked {}
    }
}
