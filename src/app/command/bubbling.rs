//! What is asked of the map of communities.

use crate::analysis::CommunityId;
use crate::app::model::Model;

/// What the map draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum MapOf {
    /// Every person a dot.
    #[default]
    People,
    /// Every community a bubble.
    Communities,
}

impl MapOf {
    /// What is not drawn now.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::People => Self::Communities,
            Self::Communities => Self::People,
        }
    }
}

/// How the map of communities is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FlowView {
    /// What the map draws.
    pub of: MapOf,
    /// This many of the strongest flows; `None`: as many as can be read.
    pub most: Option<u16>,
    /// The community that was opened from there: one step back leads there again.
    pub opened: Option<CommunityId>,
}

/// What is asked of the map of communities.
#[derive(Debug, Clone, PartialEq)]
pub enum FlowCommand {
    /// Draw people, or communities.
    Show(MapOf),
    /// Show this many of the strongest flows; `None`: as many as can be read.
    ShowStrongest(Option<u16>),
    /// Show the people of this community, alone and as large as fits.
    Open(CommunityId),
    /// From the people of a community back to all communities.
    GoBack,
}

impl FlowCommand {
    /// Label and tooltip.
    pub(in crate::app) fn words(&self) -> (&'static str, &'static str) {
        match self {
            Self::Show(MapOf::People) => ("People", "Every person a dot"),
            Self::Show(MapOf::Communities) => (
                "Communities",
                "Every community a bubble, with the conversation that flows between them",
            ),
            Self::ShowStrongest(_) => (
                "Strongest flows",
                "How many of the flows between communities are drawn, the strongest first",
            ),
            Self::Open(_) => ("Open community", "Show its people alone, as large as fits"),
            Self::GoBack => ("Back to the communities", "All of them as bubbles again"),
        }
    }

    /// What menu and palette call it now.
    pub(in crate::app) fn title(&self, _model: &Model) -> String {
        match self {
            Self::Show(MapOf::People) => "Show people as dots".to_owned(),
            Self::Show(MapOf::Communities) => "Show communities as bubbles".to_owned(),
            _ => self.words().0.to_owned(),
        }
    }

    /// Whether it would do anything now.
    pub(in crate::app) fn is_possible(&self, model: &Model) -> bool {
        let view = model.flow_view;
        model.map.is_some()
            && match self {
                Self::Show(of) => view.of != *of,
                Self::GoBack => view.opened.is_some(),
                Self::ShowStrongest(_) | Self::Open(_) => true,
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
