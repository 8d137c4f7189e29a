//! The part of a map that a filter lets through.

/// What a filter lets through, and how much it keeps back.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ShownPart {
    /// By person: whether they are shown.
    pub people: Vec<bool>,
    /// By post: whether it is among the chosen ones; `None` where nothing is asked of posts.
    pub posts: Option<Vec<bool>>,
}
