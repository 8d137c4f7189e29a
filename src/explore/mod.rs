//! Asking the map: what a filter lets through, who and what is found, what a community or a person is about, when it was said.
//!
//! Reads posts, graph, analysis and campaign, and gives values; knows no files, no window and no clock.

mod bubbles;
mod flows;
mod part;

pub use bubbles::on_curve;
pub use flows::{Bubble, Flow, FlowMap, FlowQuestion, NotDrawn, flow_map};
pub use part::ShownPart;
