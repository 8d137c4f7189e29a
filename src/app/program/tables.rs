//! What is asked of the table of everybody.

use eframe::egui;

use super::App;
use crate::app::command::TableCommand;
use crate::problem::Problem;

impl App {
    /// Carries it out.
    #[allow(
        clippy::unnecessary_wraps,
        clippy::unused_self,
        clippy::needless_pass_by_value,
        reason = "one shape for all"
    )]
    pub(super) fn ask_table(
        &mut self,
        asked: TableCommand,
        _: &egui::Context,
    ) -> Result<(), Problem> {
        match asked {}
    }
}
