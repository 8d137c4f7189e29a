//! The ground floor: posts, people, ties and the graph they make. Values only: no files, no clock, no threads of our own.

mod address;
mod build;
mod figures;
mod graph;
mod handle;
mod hours;
mod index;
mod post_facts;
mod posts;
mod print;
mod restored;
mod same;
mod texts;
mod tie;

pub(crate) use address::{Address, Site};
pub use build::{TieSettings, build, build_joined};
pub(crate) use build::{chosen_interactions, strongest};
pub use figures::{counted, thousands};
pub use graph::{ConversationGraph, Interaction, Person, PersonId, Ties};
pub use handle::key_of;
pub(crate) use handle::{capitals, spelled};
pub use hours::{DaysSpanned, HourCounts, hours_of};
pub(crate) use index::Index;
pub(crate) use post_facts::FactColumns;
pub use post_facts::Sentiment;
pub(crate) use posts::Spelling;
pub use posts::{Account, AccountId, Addressed, GivenTie, Post, Posts};
pub(crate) use print::{Print, Printing};
pub(crate) use restored::{PostColumns, Restored};
pub(crate) use same::joined_accounts;
pub use same::{JoinedAccount, SameAccounts};
pub(crate) use texts::TextPlace;
pub use tie::{TieKind, TieKinds};
