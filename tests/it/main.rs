//! x

mod analysis;
mod analysis_names;
mod analysis_shown;
