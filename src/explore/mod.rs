//! Asking the map: what a filter lets through, who and what is found, what a community or a person is about, when it was said.
//!
//! Reads posts, graph, analysis and campaign, and gives values; knows no files, no window and no clock.

mod calendar;
mod part;
mod posts;
mod time;
mod words;

pub use calendar::TimeStep;
pub use part::ShownPart;
pub use posts::{FoundPosts, Writers, find_posts, newest_first};
pub use time::{SERIES, TimeCounts, TimeLine, time_line};
pub use words::{Wanted, fold};
