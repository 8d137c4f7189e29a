//! Commands about what is shown.

use eframe::egui;

use super::App;
use crate::app::command::FilterCommand;
use crate::campaign::{EditError, Filter};
use crate::problem::Problem;

impl App {
    /// Carries out what is asked of the filter.
    pub(super) fn ask_filter(
        &mut self,
        asked: FilterCommand,
        _: &egui::Context,
    ) -> Result<(), Problem> {
        match asked {
            FilterCommand::Set(filter, words) => self.set_filter(*filter, words)?,
        }
        Ok(())
    }

    fn set_filter(&mut self, filter: Filter, words: String) -> Result<(), EditError> {
        let mut map = self.model.campaign.map.clone();
        map.filter = filter;
        self.choose_shown(map, words)
    }
}
