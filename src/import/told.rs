//! What the readers of structured files share: where they put what they read, and what they tell about the file.

use super::{ImportReport, PreviewColumn, json, posts_table};
use crate::people::Posts;

/// What a reader of structured files told about a file, for the preview.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Told {
    /// The format in words.
    pub title: String,
    /// Why it was taken for that, one sentence.
    pub why: String,
    /// Fields that play a role, as columns.
    pub columns: Vec<PreviewColumn>,
    /// The first rows as read, at most 8, each as long as `columns`.
    pub first_rows: Vec<Vec<String>>,
}

/// Where what is read goes.
pub(super) struct Into<'a> {
    /// Accounts, posts, ties.
    pub posts: &'a mut Posts,
    /// What became of every row.
    pub report: &'a mut ImportReport,
    /// Posts met so far, in all files.
    pub seen: &'a mut posts_table::Seen,
    /// What JSON files told of accounts and posts that others speak of.
    pub joins: &'a mut json::Joins,
}
