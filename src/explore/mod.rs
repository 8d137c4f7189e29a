//! Asking the map: what a filter lets through, who and what is found, what a community or a person is about, when it was said.
//!
//! Reads posts, graph, analysis and campaign, and gives values; knows no files, no window and no clock.

mod activity;
mod alike;
mod bubbles;
mod calendar;
mod choices;
mod chosen_posts;
mod community;
mod filter;
mod find;
mod find_communities;
mod find_posts;
mod flows;
mod fold;
mod kin;
mod order;
mod part;
mod part_graph;
mod posts;
mod questions;
mod selecting;
mod set_facts;
mod table;
mod tie_weights;
mod time;
mod words;
mod words_of;

pub use activity::Activity;
pub use bubbles::on_curve;
pub use calendar::TimeStep;
pub use choices::{FilterChoices, filter_choices};
pub use community::{CommunityFacts, Neighbour, Shared, TopPeople, by_sound, community_facts};
pub use filter::{Subject, hides_alone, shown_part, without_communities};
pub use find::{FoundPeople, Likeness, NameIndex};
pub use find_communities::{FoundCommunity, communities_called};
pub use find_posts::{PostsFound, SoughtWords, posts_with};
pub use flows::{Bubble, Flow, FlowMap, FlowQuestion, NotDrawn, flow_map};
pub use fold::{fold, fold_into, is_unspaced, place};
pub use kin::{kin_communities, kin_words};
pub use order::{order, rows};
pub use part::{PartCounts, ShownPart};
pub use part_graph::part_graph;
pub use posts::{FoundPosts, Writers, find_posts, newest_first};
pub use questions::{
    About, Answer, AnswerColumn, Ground, Names, Question, Row, Suggestion, Template, Then, When,
    answer, person_in, suggestions,
};
pub use selecting::Selectable;
pub use set_facts::SetFacts;
pub use table::{Column, Everybody, Statuses, TableFacts, Value, statuses};
pub use time::{SERIES, TimeCounts, TimeLine, time_line};
pub use words::Wanted;
pub use words_of::words_of;
