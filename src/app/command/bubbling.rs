//! What is asked of the map of communities.

use crate::app::model::Model;

/// What is asked of the map of communities.
#[derive(Debug, Clone, PartialEq)]
pub enum FlowCommand {}

impl FlowCommand {
    /// Label and tooltip.
    pub(in crate::app) fn words(&self) -> (&'static str, &'static str) {
        match *self {}
    }

    /// What menu and palette call it now.
    pub(in crate::app) fn title(&self, _model: &Model) -> String {
        self.words().0.to_owned()
    }

    /// Whether it would do anything now.
    pub(in crate::app) fn is_possible(&self, model: &Model) -> bool {
        model.map.is_some()
    }

    /// What is meant by it where somebody asked who sees hidden names; `None`: nothing.
    pub(in crate::app) fn meant(self) -> Option<Self> {
        Some(self)
    }
}
