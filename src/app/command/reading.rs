//! What is asked of the posts and of the cards that show them.

use crate::app::model::Model;
use crate::app::reading::{PostOrder, PostScope};
use crate::people::PersonId;

/// What is asked of the posts and of the cards that show them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadCommand {
    /// List these people's posts.
    SetScope(PostScope),
    /// List only posts with all of these words; empty: all.
    Search(String),
    /// List posts in this order.
    SetOrder(PostOrder),
    /// Put the text of the post with this place on the clipboard.
    CopyText(u32),
    /// Put the address of this person's profile on the clipboard.
    CopyProfile(PersonId),
}

impl ReadCommand {
    /// Label and tooltip.
    pub(in crate::app) fn words(&self) -> (&'static str, &'static str) {
        match self {
            Self::SetScope(PostScope::Shown) => {
                ("All posts", "Everything that the filter lets through")
            }
            Self::SetScope(PostScope::Selected) => {
                ("By the selection", "What the selected people wrote")
            }
            Self::SetScope(PostScope::AroundSelected) => (
                "By or to the selection",
                "What the selected people wrote, and what addresses them",
            ),
            Self::SetScope(PostScope::Community) => (
                "By the community",
                "What the people wrote whose community is looked at, or lit alone",
            ),
            Self::Search(_) => ("Search in posts", "Only posts with all of these words"),
            Self::SetOrder(PostOrder::Newest) => ("Newest first", "The newest post first"),
            Self::SetOrder(PostOrder::Oldest) => ("Oldest first", "The oldest post first"),
            Self::CopyText(_) => ("Copy text", "Put the text of the post on the clipboard"),
            Self::CopyProfile(_) => (
                "Copy profile address",
                "Put it on the clipboard; nothing is opened",
            ),
        }
    }

    /// What menu and palette call it now.
    pub(in crate::app) fn title(&self, _model: &Model) -> String {
        self.words().0.to_owned()
    }

    /// What is meant by it where somebody asked who sees hidden names; `None`: nothing. Texts and addresses name people.
    pub(in crate::app) fn meant(self) -> Option<Self> {
        match self {
            Self::Search(_) | Self::CopyText(_) | Self::CopyProfile(_) => None,
            Self::SetScope(_) | Self::SetOrder(_) => Some(self),
        }
    }
}
