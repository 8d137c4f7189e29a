//! What is asked of the posts and of the cards that show them.

use eframe::egui;

use super::App;
use crate::app::command::ReadCommand;
use crate::problem::Problem;

impl App {
    /// Carries it out.
    #[allow(
        clippy::unnecessary_wraps,
        clippy::unused_self,
        clippy::needless_pass_by_value,
        reason = "one shape for all"
    )]
    pub(super) fn ask_posts(
        &mut self,
        asked: ReadCommand,
        _: &egui::Context,
    ) -> Result<(), Problem> {
        match asked {}
    }
}
