//! What panels read of an open map: looked up with care, since hand-made and damaged values must not stop the window.

use eframe::egui::Color32;

use crate::analysis::{Analysis, Community, CommunityId};
use crate::app::model::{Model, OpenMap};
use crate::app::theme::{Colours, colour};
use crate::people::{Person, PersonId};
use crate::render::palette;

/// How many of the best bridges [`crate::analysis::Bridges::stability`] is about.
const BEST: u32 = 50;
/// A share of the runs under which a place among them is unsteady.
const STEADY: f64 = 0.6;

/// How steady somebody's place among the best bridges is.
pub(super) struct Steady {
    /// In too few of the runs to rely on it.
    pub(super) is_unsteady: bool,
    /// That in words.
    pub(super) words: String,
}

/// An open map with everything a panel needs to show it.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    pub(super) model: &'a Model,
    pub(super) map: &'a OpenMap,
    pub(super) colours: &'static Colours,
}

impl<'a> Shown<'a> {
    /// The person with this number.
    pub(super) fn person(&self, id: PersonId) -> Option<&'a Person> {
        self.map.results.graph.people.get(id.index())
    }

    /// What the person is called.
    pub(super) fn name(&self, id: PersonId) -> &'a str {
        self.person(id).map_or("?", |person| &person.name)
    }

    /// The facts of the map.
    pub(super) fn analysis(&self) -> &'a Analysis {
        &self.map.results.analysis
    }

    /// The community of a person; `None` without ties.
    pub(super) fn community_of(&self, id: PersonId) -> Option<CommunityId> {
        let of = &self.analysis().communities.of;
        of.get(id.index()).copied().flatten()
    }

    /// How sure a person's community is, 0..=1.
    pub(super) fn sure_of(&self, id: PersonId) -> f32 {
        let sure = &self.analysis().communities.sure;
        sure.get(id.index()).copied().unwrap_or(1.0)
    }

    /// How steady the person's place among the bridges is; `None` where one run tells nothing of it, or there is no score.
    pub(super) fn steady(&self, id: PersonId) -> Option<Steady> {
        let bridges = &self.analysis().bridges;
        let score = figure(&bridges.score, id)?;
        if score <= 0.0 || bridges.runs < 2 {
            return None;
        }
        let share = figure(&bridges.stability, id)?;
        let runs = bridges.runs;
        let times = (share * f64::from(runs)).round() as u32;
        // Whoever is among the best in no run, and not by the mean either, steadily is not.
        let counts = times > 0 || figure(&bridges.rank, id).is_some_and(|rank| rank <= BEST);
        let is_unsteady = share < STEADY && counts;
        let words = if is_unsteady {
            format!("Among the {BEST} best bridges in only {times} of {runs} runs: take with care")
        } else if times == 0 {
            format!("Among the {BEST} best bridges in none of {runs} runs")
        } else {
            format!("Among the {BEST} best bridges in {times} of {runs} runs")
        };
        Some(Steady { is_unsteady, words })
    }

    /// The community with this number.
    pub(super) fn community(&self, id: CommunityId) -> Option<&'a Community> {
        self.analysis().communities.list.get(id.index())
    }

    /// What the community is called: its name, "Small groups", or "No ties".
    pub(super) fn community_name(&self, id: Option<CommunityId>) -> &'a str {
        match id.and_then(|id| self.community(id)) {
            None => "No ties",
            Some(community) if community.small => "Small groups",
            Some(community) => &community.name,
        }
    }

    /// The colour that the map gives the community; grey for all without one of their own.
    pub(super) fn community_colour(&self, id: Option<CommunityId>) -> Color32 {
        let named = id.filter(|id| !self.model.hidden.contains(id));
        let communities = &self.analysis().communities;
        let is_small = |id: &CommunityId| communities.list.get(id.index()).is_none_or(|c| c.small);
        named
            .filter(|id| !is_small(id))
            .map_or(self.colours.grey, |id| {
                colour(palette(self.model.theme).community(communities, id))
            })
    }

    /// The colour of the person's community.
    pub(super) fn person_colour(&self, id: PersonId) -> Color32 {
        self.community_colour(self.community_of(id))
    }
}

/// The person's value in a column with one value a person.
pub(super) fn figure<T: Copy>(column: &[T], id: PersonId) -> Option<T> {
    column.get(id.index()).copied()
}
