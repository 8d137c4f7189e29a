//! Which posts are read: whose, with which words, in which order.

use std::sync::Arc;

use jiff::tz::TimeZone;

use super::model::Model;
use crate::analysis::CommunityId;
use crate::explore::{
    self, FoundPosts, ShownPart, TimeLine, TimeStep, Wanted, Writers, find_posts, newest_first,
};
use crate::progress::{Cancelled, Progress};
use crate::session::Results;

/// Whose posts are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PostScope {
    /// Everybody's that the filter lets through.
    #[default]
    Shown,
    /// Those of the selected people.
    Selected,
    /// Those of the selected people, and those that address them.
    AroundSelected,
    /// Those of the community whose card is shown, or that is lit alone.
    Community,
}

impl PostScope {
    /// All, in the order of the menu.
    pub const ALL: [Self; 4] = [
        Self::Shown,
        Self::Selected,
        Self::AroundSelected,
        Self::Community,
    ];
}

/// In which order posts are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PostOrder {
    /// The newest first.
    #[default]
    Newest,
    /// The oldest first.
    Oldest,
}

/// Which posts are read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// Whose.
    pub scope: PostScope,
    /// Only those with all of these words; empty: all.
    pub words: String,
    /// In which order.
    pub order: PostOrder,
}

/// The same part of the map: made anew, it is another.
fn same_part(a: Option<&Arc<ShownPart>>, b: Option<&Arc<ShownPart>>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => Arc::ptr_eq(a, b),
        (None, None) => true,
        _ => false,
    }
}

/// Which posts are wanted.
#[derive(Debug, Clone)]
pub struct PostsWanted {
    /// Whose.
    pub writers: Writers,
    /// With which words.
    pub words: String,
    /// What the filter lets through.
    pub part: Option<Arc<ShownPart>>,
}

impl PartialEq for PostsWanted {
    fn eq(&self, other: &Self) -> bool {
        self.words == other.words
            && same_part(self.part.as_ref(), other.part.as_ref())
            && self.writers == other.writers
    }
}

impl PostsWanted {
    /// What the model asks for.
    pub fn by(model: &Model) -> Self {
        let selected = || model.selected.to_vec();
        Self {
            writers: match model.reading.scope {
                PostScope::Shown => Writers::Anybody,
                PostScope::Selected => Writers::Of(selected()),
                PostScope::AroundSelected => Writers::Around(selected()),
                PostScope::Community => {
                    let nobody = || Writers::Of(Vec::new());
                    community_read(model).map_or_else(nobody, Writers::Community)
                }
            },
            words: words_read(model).to_owned(),
            part: model.part.clone(),
        }
    }

    /// Whether that is what the model asks for now. As [`PostsWanted::by`], without a copy of who is selected.
    pub fn is_by(&self, model: &Model) -> bool {
        let whose = match (&self.writers, model.reading.scope) {
            (Writers::Anybody, PostScope::Shown) => true,
            (Writers::Of(people), PostScope::Selected)
            | (Writers::Around(people), PostScope::AroundSelected) => {
                people.as_slice() == model.selected.as_slice()
            }
            (Writers::Community(id), PostScope::Community) => community_read(model) == Some(*id),
            (Writers::Of(people), PostScope::Community) => {
                people.is_empty() && community_read(model).is_none()
            }
            _ => false,
        };
        whose
            && self.words == words_read(model)
            && same_part(self.part.as_ref(), model.part.as_ref())
    }
}

/// The words that posts are looked for by. While names are hidden, texts are not to be seen, and who is found would tell them.
fn words_read(model: &Model) -> &str {
    if model.name_mask.hides() {
        ""
    } else {
        model.reading.words.trim()
    }
}

/// The community whose posts are read where those of one are: the one whose card is shown, else the one that is lit alone.
pub fn community_read(model: &Model) -> Option<CommunityId> {
    model.community.or(model.isolated)
}

/// The posts that were wanted last.
#[derive(Debug, Clone)]
pub struct PostsRead {
    /// What was wanted.
    pub wanted: PostsWanted,
    /// Every post of the map, newest first.
    pub order: Arc<Vec<u32>>,
    /// The posts.
    pub found: FoundPosts,
}

impl PostsRead {
    /// Finds them. `order`: every post, newest first, where that is known.
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub fn of(
        results: &Results,
        wanted: PostsWanted,
        order: Option<Arc<Vec<u32>>>,
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let posts = &results.conversation.posts;
        let order = match order {
            Some(order) => order,
            None => Arc::new(newest_first(posts, progress)?),
        };
        let words = Wanted::new(&wanted.words);
        let found = find_posts(
            (posts, &results.graph),
            &results.analysis.communities,
            wanted.part.as_deref(),
            (&order, &wanted.writers, &words),
            progress,
        )?;
        Ok(Self {
            wanted,
            order,
            found,
        })
    }
}

/// Which time line is wanted.
#[derive(Debug, Clone)]
pub struct TimeWanted {
    /// How long a bar lasts; `None`: what fits.
    pub step: Option<TimeStep>,
    /// Where days begin at midnight.
    pub zone: TimeZone,
    /// What the filter lets through.
    pub part: Option<Arc<ShownPart>>,
}

impl PartialEq for TimeWanted {
    fn eq(&self, other: &Self) -> bool {
        self.step == other.step
            && self.zone == other.zone
            && same_part(self.part.as_ref(), other.part.as_ref())
    }
}

impl TimeWanted {
    /// What the model asks for.
    pub fn by(model: &Model) -> Self {
        Self {
            step: model.timing.step,
            zone: model.timing.zone(),
            part: model.part.clone(),
        }
    }
}

/// The time line that was wanted last.
#[derive(Debug, Clone)]
pub struct TimeRead {
    /// What was wanted.
    pub wanted: TimeWanted,
    /// The time line; `None` where no post has a time.
    pub line: Option<TimeLine>,
}

impl TimeRead {
    /// Makes it.
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub fn of(
        results: &Results,
        wanted: TimeWanted,
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let line = explore::time_line(
            (&results.conversation.posts, &results.graph),
            &results.analysis.communities,
            wanted.part.as_deref(),
            (wanted.step, &wanted.zone),
            progress,
        )?;
        Ok(Self { wanted, line })
    }
}
