//! The one integration binary (linking a window is slow): features through the public API, by subject.

mod analysis;
mod analysis_names;
mod analysis_shown;
mod campaign;
mod cli;
mod import;
mod layout;
mod map_view;
mod panels;
mod people;
mod render;
mod sample;
mod screenshots;
mod tidy;
mod window;
