//! What is asked of the selection beside choosing people.

use crate::app::model::Model;
use crate::people::counted;

/// Of more people nobody asks who is near them.
const MOST_NEAR: usize = 1000;

/// What is asked of the selection beside choosing people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SelectCommand {
    /// Select everybody who is shown.
    All,
    /// Select everybody who is shown and was not selected.
    Others,
    /// Select also whoever is shown and tied to somebody who is selected.
    Neighbours,
    /// Select also whoever is shown and in a community of somebody who is selected.
    Communities,
    /// Put everybody selected on the outreach list. What is offered holds nobody: a selection may be a million people.
    PutOnList,
    /// Show only who is so many ties away from the selection, 1 or 2.
    ShowNear(u8),
    /// Select also those who are kept under this number.
    Add(u8),
    /// Take those who are kept under this number out of the selection.
    TakeOut(u8),
    /// Call the selection that is kept under this number so; empty: only by its number.
    NameSet(u8, String),
    /// Keep nobody under this number any more.
    ForgetSet(u8),
}

impl SelectCommand {
    /// Label and tooltip.
    pub(in crate::app) fn words(&self) -> (&'static str, &'static str) {
        match self {
            Self::All => ("Select everybody shown", "All people whom the map shows"),
            Self::Others => (
                "Invert the selection",
                "Everybody who is shown and was not selected",
            ),
            Self::Neighbours => (
                "Select neighbours too",
                "Whoever is tied to somebody who is selected",
            ),
            Self::Communities => (
                "Select their communities",
                "Whoever is in a community of somebody who is selected",
            ),
            Self::PutOnList => (
                "Add selection to list",
                "Put everybody selected on the outreach list, at the end",
            ),
            Self::ShowNear(2..) => (
                "Show only two ties around",
                "The selection, whoever is tied to it, and whoever is tied to those",
            ),
            Self::ShowNear(_) => (
                "Show only their neighbours",
                "The selection and whoever is tied to it; everybody else is filtered out",
            ),
            Self::Add(_) => (
                "Add to the selection",
                "Those who are kept under this number",
            ),
            Self::TakeOut(_) => (
                "Take out of the selection",
                "Those who are kept under this number",
            ),
            Self::NameSet(..) => ("Name…", "What this kept selection is called"),
            Self::ForgetSet(_) => ("Forget", "Keep nobody under this number any more"),
        }
    }

    /// What menu and palette call it now.
    pub(in crate::app) fn title(&self, model: &Model) -> String {
        let label = self.words().0;
        let named = |number: &u8| {
            let people = model.selections.get(number).map_or(0, Vec::len);
            let n = counted(people as u64, "person", "people");
            let name = model.selection_names.get(number);
            name.map_or_else(|| n.clone(), |name| format!("{name}, {n}"))
        };
        match self {
            Self::Add(number) => format!("Add {number} to the selection: {}", named(number)),
            Self::TakeOut(number) => {
                format!("Take {number} out of the selection: {}", named(number))
            }
            Self::ForgetSet(number) => format!("Forget selection {number}: {}", named(number)),
            _ => label.to_owned(),
        }
    }

    /// Whether it would do anything now.
    pub(in crate::app) fn is_possible(&self, model: &Model) -> bool {
        let (open, n) = (model.map.is_some(), model.selected.len());
        let kept = |number: &u8| model.selections.contains_key(number);
        open && match self {
            Self::All | Self::Others => true,
            Self::Neighbours | Self::Communities | Self::PutOnList => n > 0,
            Self::ShowNear(_) => (1..=MOST_NEAR).contains(&n),
            Self::Add(number) | Self::ForgetSet(number) => kept(number),
            Self::NameSet(number, _) => kept(number) && !model.name_mask.hides(),
            Self::TakeOut(number) => kept(number) && n > 0,
        }
    }

    /// What is meant by it where somebody asked who sees hidden names; `None`: nothing. A name may be somebody's, so names are given
    /// where they are shown.
    pub(in crate::app) fn meant(self) -> Option<Self> {
        (!matches!(self, Self::NameSet(..))).then_some(self)
    }
}
