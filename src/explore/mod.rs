//! Asking the map: what a filter lets through, who and what is found, what a community or a person is about, when it was said.
//!
//! Reads posts, graph, analysis and campaign, and gives values; knows no files, no window and no clock.

mod letters;
mod order;
mod part;
mod selecting;
mod set_facts;
mod table;
mod words_of;

pub use letters::{fold, place};
pub use order::{order, rows};
pub use part::ShownPart;
pub use selecting::Selectable;
pub use set_facts::SetFacts;
pub use table::{Column, Everybody, Statuses, TableFacts, Value, statuses};
pub use words_of::{SetWord, words_of};
