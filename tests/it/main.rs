//! The one integration binary (linking a window is slow): features through the public API, by subject.

#![expect(
    clippy::disallowed_methods,
    clippy::float_cmp,
    reason = "tests decide no positions, and mean equal when they say equal"
)]

mod analysis;
mod analysis_names;
mod analysis_shown;
mod campaign;
mod changes;
mod cli;
mod cli_plan;
mod cli_reading;
mod cli_since;
mod cli_window;
mod containers;
mod explore_community;
mod filters;
mod find;
mod find_exact;
mod flows;
mod forecast;
mod graph_export;
mod graph_file;
mod grouping;
mod handles;
mod hidden_names;
mod hostile;
mod hostile_bounds;
mod hostile_damage;
mod import;
mod json;
mod keyboard;
mod layout;
mod list_files;
mod list_window;
mod map_choices;
mod map_view;
mod pairs;
mod panels;
mod people;
mod person_posts;
mod post_facts;
mod posts_found;
mod project;
mod questions;
mod real_files;
mod render;
mod report;
mod report_part;
mod sample;
mod screenshots;
mod selecting;
mod settings;
mod table;
mod tidy;
mod time_line;
mod waves;
mod window;
mod window_choices;
mod window_closer;
mod window_community;
mod window_compare;
mod window_explored;
mod window_files;
mod window_filters;
mod window_find;
mod window_flows;
mod window_grouping;
mod window_guide;
mod window_hidden;
mod window_import;
mod window_kept;
mod window_layout;
mod window_painted;
mod window_pictures;
mod window_plan;
mod window_time;
mod window_update;
mod window_wishes;
mod wording;
mod words_in_posts;
