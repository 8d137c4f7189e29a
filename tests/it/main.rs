//! The one integration binary (linking a window is slow): features through the public API, by subject.

mod campaign;
mod cli;
mod people;
mod sample;
mod tidy;
mod window;
//! x

mod analysis;
mod analysis_names;
mod analysis_shown;
//! All integration tests, in one binary: linking the window is slow.

mod render;
