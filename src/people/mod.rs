//! The ground floor: posts, people, ties and the graph they make. Values only: no files, no clock, no threads of our own.

mod build;
mod figures;
mod graph;
mod hours;
mod index;
mod posts;
mod print;
mod texts;
mod tie;

pub(crate) use build::strongest;
pub use build::{TieSettings, build};
pub use figures::{counted, thousands};
pub use graph::{ConversationGraph, Interaction, Person, PersonId, Ties};
pub use hours::{DaysSpanned, HourCounts, hours_of};
pub(crate) use index::Index;
pub use posts::{Account, AccountId, Addressed, GivenTie, Post, Posts, key_of};
pub(crate) use posts::{Spelling, capitals, spelled};
pub(crate) use print::{Print, Printing};
pub(crate) use texts::TextPlace;
pub use tie::{TieKind, TieKinds};
