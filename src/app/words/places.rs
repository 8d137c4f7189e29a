//! The words of what stands where: tabs at the right, drawers below the map.

use crate::app::command::{Drawer, Tab};
use crate::app::model::Model;

impl Drawer {
    /// What stands on its tab.
    pub(in crate::app) fn words(self) -> &'static str {
        match self {
            Self::People => "People",
            Self::Posts => "Posts",
            Self::Time => "Time",
            Self::Plots => "Plots",
        }
    }
}

impl Tab {
    /// Every tab, from the left.
    const ALL: [Self; 7] = [
        Self::Bridges,
        Self::Person,
        Self::Community,
        Self::List,
        Self::Plan,
        Self::Changes,
        Self::Answer,
    ];

    /// Those that there are now, from the left.
    pub(in crate::app) fn all(model: &Model) -> impl Iterator<Item = Self> {
        let told = model.changes.is_some();
        let answered = model.answer.is_some();
        let all = Self::ALL.into_iter();
        let community = model.community.is_some();
        all.filter(move |tab| match tab {
            Self::Changes => told,
            Self::Answer => answered,
            Self::Community => community,
            _ => true,
        })
    }

    /// What stands on it.
    pub(in crate::app) fn words(self) -> &'static str {
        match self {
            Self::Bridges => "Bridges",
            Self::Person => "Person",
            Self::Community => "Community",
            Self::List => "List",
            Self::Plan => "Plan",
            Self::Changes => "Changes",
            Self::Answer => "Answer",
        }
    }
}

/// Label and tooltip of what opens a drawer, or closes it.
pub(super) fn drawer_words(drawer: Option<Drawer>) -> (&'static str, &'static str) {
    match drawer {
        Some(Drawer::People) => (
            "Open the people table",
            "Everybody in rows, to sort and search",
        ),
        Some(Drawer::Posts) => ("Open the posts", "What was written, newest first"),
        Some(Drawer::Time) => (
            "Open the time line",
            "When it was written, to choose a time or play it",
        ),
        Some(Drawer::Plots) => (
            "Open the scatter plots",
            "Everybody by reach and bridge score, and by connections and communities reached",
        ),
        None => ("Close what is below the map", "Leave the room to the map"),
    }
}
