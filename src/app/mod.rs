//! The window.

mod command;
mod map_view;
mod model;
mod panels;
mod tasks;

pub use command::{Command, RankBy, Tab, ThemeChoice};
pub use map_view::MapView;
pub use model::{Model, OpenMap, PendingImport, Working};
pub use panels::{PanelState, window_ui};

/// stub
pub fn open(_files: Vec<std::path::PathBuf>, _sample: bool) -> Result<(), crate::problem::Problem> {
    Ok(())
}
