//! What is asked of who belongs to which community, and of which accounts are one person.

use eframe::egui;

use super::App;
use crate::app::command::GroupCommand;
use crate::problem::Problem;

impl App {
    /// Carries it out.
    #[allow(
        clippy::unnecessary_wraps,
        clippy::unused_self,
        clippy::needless_pass_by_value,
        reason = "one shape for all"
    )]
    pub(super) fn ask_group(
        &mut self,
        asked: GroupCommand,
        _: &egui::Context,
    ) -> Result<(), Problem> {
        match asked {}
    }
}
