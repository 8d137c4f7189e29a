//! The tour for newcomers and the help page.

use crate::app::model::Model;

/// A step of the tour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TourStep {
    /// What the islands are.
    Islands,
    /// The picture of bridges.
    Bridges,
    /// What was said, and when.
    Time,
    /// Somebody goes onto the list.
    List,
    /// Asking the map.
    Ask,
}

impl TourStep {
    /// All, in order.
    pub const ALL: [Self; 5] = [
        Self::Islands,
        Self::Bridges,
        Self::Time,
        Self::List,
        Self::Ask,
    ];

    /// Its number, from 1.
    pub fn number(self) -> usize {
        self as usize + 1
    }

    /// The one behind it.
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self as usize + 1).copied()
    }

    /// The one before it.
    pub fn before(self) -> Option<Self> {
        (self as usize).checked_sub(1).map(|at| Self::ALL[at])
    }
}

/// The tour for newcomers and the help page.
#[derive(Debug, Clone, PartialEq)]
pub enum GuideCommand {
    /// Show the help page, or close it.
    ShowHelp(bool),
    /// Begin the tour: on the open map, else on the sample.
    StartTour,
    /// Go to this step.
    StepTour(TourStep),
    /// End the tour.
    EndTour,
    /// No tour is wanted; it is not offered again.
    DeclineTour,
}

impl GuideCommand {
    /// Label and tooltip.
    pub(in crate::app) fn words(&self) -> (&'static str, &'static str) {
        match self {
            Self::ShowHelp(true) => ("Help", "The method in plain words, and every measure"),
            Self::ShowHelp(false) => ("Close", "Back to the map"),
            Self::StartTour => ("Take the tour", "The main job in five steps, on a real map"),
            Self::StepTour(_) => ("Next", "To this step of the tour"),
            Self::EndTour => ("End the tour", "The Help menu brings it back"),
            Self::DeclineTour => ("Not now", "The Help menu has it at any time"),
        }
    }

    /// What menu and palette call it now.
    pub(in crate::app) fn title(&self, _model: &Model) -> String {
        match self {
            Self::ShowHelp(true) => "How Isthmus works".to_owned(),
            _ => self.words().0.to_owned(),
        }
    }

    /// Whether it would do anything now.
    pub(in crate::app) fn is_possible(&self, model: &Model) -> bool {
        match self {
            Self::ShowHelp(_) | Self::DeclineTour => true,
            Self::StartTour => model.tour.is_none() && model.import.is_none(),
            Self::StepTour(_) | Self::EndTour => model.tour.is_some(),
        }
    }

    /// What is meant by it where somebody asked who sees hidden names; `None`: nothing. It names nobody.
    #[allow(
        clippy::unnecessary_wraps,
        reason = "one shape for all kinds of commands"
    )]
    pub(in crate::app) fn meant(self) -> Option<Self> {
        Some(self)
    }
}
