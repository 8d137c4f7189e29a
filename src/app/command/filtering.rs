//! What is asked of the filter that says which people, ties and posts are shown.

use crate::app::model::Model;
use crate::campaign::Filter;

/// What is asked of the filter that says which people, ties and posts are shown.
#[derive(Debug, Clone, PartialEq)]
pub enum FilterCommand {
    /// Shows what this filter lets through, as a step that the menu calls so.
    Set(Box<Filter>, String),
}

impl FilterCommand {
    /// Label and tooltip.
    pub(in crate::app) fn words(&self) -> (&'static str, &'static str) {
        match self {
            Self::Set(..) => ("Filter", "Show only a part"),
        }
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
