//! What the organizer decides: the outreach list with notes and statuses, and what a plan shall do; every change undoable.

mod edit;
mod file;
mod history;
mod outreach_list;
pub mod plan;

pub use edit::{Edit, EditError};
pub use file::{CampaignFileError, from_json, to_json};
pub use history::History;
pub use outreach_list::{Entry, OutreachList, Status};
pub use plan::PlanSettings;

/// The ground state that belongs to the person, not to the file: saved, and undoable.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Campaign {
    /// People in the order of work.
    pub outreach_list: OutreachList,
    /// What a plan shall do.
    pub plan: PlanSettings,
}
