//! The ground floor: posts, people, ties and the graph they make. Values only: no files, no clock, no threads of our own.

mod build;
mod graph;
mod posts;
mod tie;

pub(crate) use build::strongest;
pub use build::{TieSettings, build};
pub use graph::{ConversationGraph, Interaction, Person, PersonId, Ties};
pub use posts::{Account, AccountId, Addressed, GivenTie, Post, Posts, key_of};
pub use tie::{TieKind, TieKinds};
