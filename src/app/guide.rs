//! The tour for newcomers: which step is shown, and whether what it asks for was done.

use super::command::{Drawer, TourStep};
use super::model::Model;
use crate::analysis::CommunityId;
use crate::render::Picture;

/// The tour while it is taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Tour {
    /// The step that is shown.
    pub step: TourStep,
    /// What it asks for was done: now there is something to look at.
    pub done: bool,
    /// How things stood when the step began.
    begun: Standing,
}

/// What the steps ask about.
#[derive(Debug, Clone, PartialEq, Default)]
struct Standing {
    /// The community that is lit, and the one whose card is shown.
    community: [Option<CommunityId>; 2],
    bridges: bool,
    drawer: Option<Drawer>,
    n_listed: usize,
    n_finds: u64,
    palette: bool,
}

impl Standing {
    fn now(model: &Model) -> Self {
        Self {
            community: [model.isolated, model.community],
            bridges: matches!(model.picture(), Picture::Bridges(_)),
            drawer: model.drawer,
            n_listed: model.campaign.outreach_list.len(),
            n_finds: model.find_requests,
            palette: model.sheet == Some(super::model::Sheet::Palette),
        }
    }
}

impl Tour {
    /// The tour at `step`, as things are now.
    pub(super) fn at(step: TourStep, model: &Model) -> Self {
        Self {
            step,
            done: false,
            begun: Standing::now(model),
        }
    }

    /// Whether what the step asks for was done since it began.
    pub(super) fn is_done(&self, model: &Model) -> bool {
        let (then, now) = (&self.begun, Standing::now(model));
        let became =
            |at: usize| now.community[at].is_some() && now.community[at] != then.community[at];
        match self.step {
            TourStep::Islands => became(0) || became(1),
            TourStep::Bridges => now.bridges && !then.bridges,
            TourStep::Time => {
                matches!(now.drawer, Some(Drawer::Time | Drawer::Posts))
                    && now.drawer != then.drawer
            }
            TourStep::List => now.n_listed > then.n_listed,
            TourStep::Ask => now.n_finds > then.n_finds || (now.palette && !then.palette),
        }
    }
}
