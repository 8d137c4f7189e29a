//! What the organizer decides: the outreach list with notes and statuses, every change of it undoable.

mod edit;
mod file;
mod handles;
mod history;
mod outreach_list;

pub use edit::{Edit, EditError};
pub use file::{CampaignFileError, from_json, to_json};
pub use handles::{Named, handles_in, key_in, people_in};
pub use history::History;
pub use outreach_list::{Entry, OutreachList, Status};

/// The ground state that belongs to the person, not to the file: saved, and undoable.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Campaign {
    /// People in the order of work.
    pub outreach_list: OutreachList,
}
