//! Asking the map: what a filter lets through, who and what is found, what a community or a person is about, when it was said.
//!
//! Reads posts, graph, analysis and campaign, and gives values; knows no files, no window and no clock.

mod activity;
mod community;
mod part;

pub use activity::Activity;
pub use community::{CommunityFacts, Neighbour, Shared, TopPeople, by_sound, community_facts};
pub use part::ShownPart;
