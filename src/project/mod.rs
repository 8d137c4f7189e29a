//! The project file `NAME.isthmus`: one `SQLite` database with everything a person worked on, committed edit by edit.
//!
//! What stands where in it is told in `docs/project-file.md`, so that others can read it. Large columns are written once and packed;
//! what people edit stands in rows, one transaction an edit, on the disk when [`Store::commit`] returns.

mod arrays;
mod base;
mod error;
mod forget;
mod held;
mod nameless;
mod open;
mod post_facts;
mod posts;
mod rows;
mod save;
mod schema;
mod store;
mod tables;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use crate::campaign::LogEntry;
pub use error::ProjectError;
pub use forget::forget;
pub use held::{Held, backup_of, lock_of};
pub use open::{
    Opened, Peeked, ReadOnly, is_project, open, open_again, open_decisions, peek, remove,
    remove_backups,
};
pub use save::{Kept, save};
pub use schema::{APPLICATION_ID, VERSION};
pub use store::{Change, Store, WithStore};

use crate::campaign::{Campaign, History};
use crate::layout::Positions;
use crate::session::Results;

/// The ending of a project file.
pub const ENDING: &str = "isthmus";

/// How the map was last looked at.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct View {
    /// The place in the middle, in map units, and points a map unit.
    pub camera: Option<([f32; 2], f32)>,
}

/// Everything that a project file holds.
#[derive(Debug, Clone, Default)]
pub struct Project {
    /// What the window calls it: the name of the file it was made from.
    pub title: String,
    /// Where the posts were read from.
    pub paths: Vec<PathBuf>,
    /// Posts, people, ties, communities and scores, as the analysis found them, without what the person called communities.
    /// `None` in work that has no name yet and whose posts were not written before it ended.
    pub results: Option<Arc<Results>>,
    /// Where people stood, by [`crate::campaign::MapChoices::layout`].
    pub layouts: BTreeMap<u64, Arc<Positions>>,
    /// List, plan, and what was decided about the map.
    pub campaign: Campaign,
    /// What was done, to be taken back.
    pub history: History,
    /// Selections that were kept, 1 to 9, by key.
    pub selections: BTreeMap<u8, Vec<String>>,
    /// What those are called that have a name.
    pub selection_names: BTreeMap<u8, String>,
    /// How the map was last looked at.
    pub view: View,
    /// What was done, oldest first.
    pub log: Vec<LogEntry>,
    /// What of the posts is in the file.
    pub kept: Kept,
    /// What changed when the file was last updated, as JSON of its own.
    pub changes: Option<String>,
    /// The day after which the file should be deleted, as `2026-12-31`.
    pub delete_after: Option<String>,
}
