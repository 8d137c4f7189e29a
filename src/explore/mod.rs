//! Asking the map: what a filter lets through, who and what is found, what a community or a person is about, when it was said.
//!
//! Reads posts, graph, analysis and campaign, and gives values; knows no files, no window and no clock.

mod alike;
mod find;
mod find_communities;
mod find_posts;
mod fold;
mod part;
mod questions;

pub use find::{FoundPeople, Likeness, NameIndex};
pub use find_communities::{FoundCommunity, communities_called};
pub use find_posts::{PostsFound, SoughtWords, posts_with};
pub use fold::{fold_into, folded, is_unspaced};
pub use part::ShownPart;
pub use questions::{
    About, Answer, Column, Ground, Names, Question, Row, Suggestion, Template, Then, When, answer,
    person_in, suggestions,
};
