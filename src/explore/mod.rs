//! Asking the map: what a filter lets through, who and what is found, what a community or a person is about, when it was said.
//!
//! Reads posts, graph, analysis and campaign, and gives values; knows no files, no window and no clock.

mod choices;
mod chosen_posts;
mod filter;
mod fold;
mod part;
mod part_graph;
mod tie_weights;

pub use choices::{FilterChoices, filter_choices};
pub use filter::{Subject, hides_alone, shown_part, without_communities};
pub use fold::fold;
pub use part::{PartCounts, ShownPart};
pub use part_graph::part_graph;
