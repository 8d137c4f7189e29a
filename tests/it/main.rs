//! All integration tests in one binary: linking it is what takes time.

mod analysis;
mod analysis_names;
mod analysis_shown;
