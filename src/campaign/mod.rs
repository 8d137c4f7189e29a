//! What the organizer decides: the outreach list with notes and statuses, what a plan shall do, how the map looks; every change undoable.

mod condition;
mod edit;
mod file;
mod filter;
mod forecast;
mod handles;
mod history;
mod log;
mod map_choices;
mod one_person;
mod outreach_list;
pub mod plan;
mod waves;

pub use condition::Condition;
pub use edit::{Edit, EditError};
pub use file::{CampaignFileError, from_json, to_json};
pub use filter::{Analysed, Filter, KeptFilters, Listed, Near, ReachRange, TimeSpan};
pub use forecast::{Forecast, ForecastSettings, Outcome, STRENGTHS, TAKES_OFF_PERCENT, forecast};
pub use handles::{Named, handles_in, key_in, people_in};
pub use history::{Happened, History, Step};
pub use log::{LogEntry, day_of};
pub use map_choices::{CommunityLook, MapChoices, community_of};
pub use one_person::one_person;
pub use outreach_list::{Entry, OutreachList, Status};
pub use plan::PlanSettings;
pub use waves::{Days, HourWindow, LARGEST_WAVE, SMALLEST_WAVE, USUAL_WAVE, Wave, waves};

use crate::people::{ConversationGraph, PersonId};

/// The ground state that belongs to the person, not to the file: saved, and undoable.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Campaign {
    /// People in the order of work.
    pub outreach_list: OutreachList,
    /// What a plan shall do.
    pub plan: PlanSettings,
    /// Names, colours and merges of communities, what is shown, who stands where.
    pub map: MapChoices,
}

impl Campaign {
    /// The people of the list who are in `graph` and whom nobody has written to yet, in the order of work. O(list · log n).
    pub fn to_contact(&self, graph: &ConversationGraph) -> Vec<PersonId> {
        let entries = self.outreach_list.entries().iter();
        entries
            .filter(|entry| entry.status == Status::ToContact)
            .filter_map(|entry| graph.find(&entry.person))
            .collect()
    }
}
