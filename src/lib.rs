//! Isthmus turns a conversation exported from a social-media monitoring tool into a map of who talks with whom,
//! and finds the *bridges*: the people tied to most others across communities.
//!
//! The walk, each arrow a plain function on values:
//!
//! ```text
//! bytes → posts → conversation graph → analysis (communities, bridges) → layout → map → outreach list → CSV
//! ```
//!
//! Read the modules in this order: [`people`], [`import`], [`analysis`], [`layout`], [`campaign`], [`changes`], [`explore`], [`render`],
//! [`export`], [`session`], [`cli`], and `app` (the window, feature `window`).
//!
//! # One word for one thing
//!
//! | word | means | in code |
//! |---|---|---|
//! | account | a handle as the platform wrote it | [`people::Account`] |
//! | person | whom we score and write to, under one key | [`people::Person`], [`people::PersonId`] |
//! | post | one message of the export | [`people::Post`] |
//! | tie | how two people answered, named or passed on one another, added up; strength = damped weight | [`people::Ties`] |
//! | community | people who talk mostly among themselves | [`analysis::CommunityId`] |
//! | reach | followers, or the audience figure of the export; may be unknown | [`people::Person::reach`] |
//! | bridge | a **person** who joins communities (an edge whose loss splits the graph is a *cut tie*) | [`analysis::Bridges`] |
//! | ambassador | a person who said yes to carry the message | [`campaign::Status::Ambassador`] |
//! | touch, touchpoint | somebody on the list is tied to this person | – |
//! | outreach list | people in the order of work, each with a reason | [`campaign::OutreachList`] |
//! | campaign | what the user decides: list, notes, statuses | [`campaign::Campaign`] |

pub mod analysis;
#[cfg(feature = "window")]
pub mod app;
pub mod campaign;
pub mod changes;
pub mod cli;
pub mod explore;
pub mod export;
pub mod files;
pub mod import;
pub mod layout;
pub mod people;
pub mod problem;
pub mod progress;
pub mod project;
pub mod render;
pub mod session;
pub mod system;
