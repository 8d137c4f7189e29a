//! The window.

mod command;
mod fonts;
mod map_view;
mod model;
mod panels;
mod tasks;
mod theme;
mod words;

pub use command::{Command, RankBy, Tab, ThemeChoice};
pub use fonts::fonts_for;
pub use map_view::MapView;
pub use model::{Model, OpenMap, PendingImport, Working};
pub use panels::{PanelState, window_ui};
pub use theme::apply as apply_theme;
pub use words::Words;
