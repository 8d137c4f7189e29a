//! What is asked of the filter that says which people, ties and posts are shown.

use crate::app::model::Model;
use crate::app::words::filters::step_of;
use crate::campaign::{Analysed, Condition, Filter};

/// What is asked of the filter that says which people, ties and posts are shown.
#[derive(Debug, Clone, PartialEq)]
pub enum FilterCommand {
    /// Shows what this filter lets through, as a step that the menu calls so.
    Set(Box<Filter>, String),
    /// The same while somebody types or drags: what follows under the same words is the same step, until [`super::Command::CloseStep`].
    Adjust(Box<Filter>, String),
    /// Shows everybody again, hidden communities too.
    Lift,
    /// Lifts one condition.
    LiftOne(Condition),
    /// Dims what is not shown, or hides it.
    Dim(bool),
    /// What communities and scores are made of.
    Analyse(Analysed),
    /// Keeps the filter under this name.
    Keep(String),
    /// Shows what the filter of this name lets through.
    Recall(String),
    /// Forgets the filter of this name.
    Drop(String),
}

impl FilterCommand {
    /// Label and tooltip.
    pub(in crate::app) fn words(&self) -> (&'static str, &'static str) {
        match self {
            Self::Set(..) | Self::Adjust(..) => ("Filter", "Show only a part of the map"),
            Self::Lift => (
                "Lift all filters",
                "Show everybody again; Undo brings the filter back",
            ),
            Self::LiftOne(_) => ("Lift", "Show again what this hides"),
            Self::Dim(true) => (
                "Dim the rest",
                "What the filter leaves out stays in sight, far back",
            ),
            Self::Dim(false) => ("Hide the rest", "What the filter leaves out is not drawn"),
            Self::Analyse(Analysed::Whole) => (
                "Analyse the whole conversation",
                "Communities and scores of everybody, shown or not",
            ),
            Self::Analyse(Analysed::Shown) => (
                "Analyse what is shown",
                "Find communities and bridges again, among the shown people and ties alone",
            ),
            Self::Keep(_) => ("Keep the filter as…", "Under a name, to come back to"),
            Self::Recall(_) => ("Show the filter", "What the kept filter lets through"),
            Self::Drop(_) => ("Forget the filter", "It is no longer kept"),
        }
    }

    /// What menu and palette call it now.
    pub(in crate::app) fn title(&self, _model: &Model) -> String {
        let label = self.words().0;
        match self {
            Self::LiftOne(condition) => format!("{label} {}", step_of(*condition)),
            Self::Recall(name) | Self::Drop(name) => format!("{label} {name}"),
            _ => label.to_owned(),
        }
    }

    /// Whether it would do anything now.
    pub(in crate::app) fn is_possible(&self, model: &Model) -> bool {
        let choices = &model.campaign.map;
        let filter = &choices.filter;
        let does = match self {
            Self::Set(..) | Self::Adjust(..) => true,
            Self::Lift => filter.conditions().next().is_some() || filter.isolated.is_some(),
            Self::LiftOne(condition) => filter.asks(*condition),
            Self::Dim(dims) => filter.narrows() && filter.dims != *dims,
            Self::Analyse(analysed) => filter.narrows() && filter.analysed != *analysed,
            Self::Keep(_) => filter.narrows(),
            Self::Recall(name) => choices
                .kept_filters
                .get(name)
                .is_some_and(|kept| kept != filter),
            Self::Drop(name) => choices.kept_filters.contains_key(name),
        };
        model.map.is_some() && does
    }

    /// What is meant by it where somebody asked who sees hidden names; `None`: nothing. `filter` says what is meant by a filter, `name` by
    /// the name of a kept one.
    pub(in crate::app) fn meant(
        self,
        filter: impl Fn(&Filter) -> Filter,
        name: impl Fn(&str) -> Option<String>,
    ) -> Option<Self> {
        Some(match self {
            Self::Set(seen, words) => Self::Set(Box::new(filter(&seen)), words),
            Self::Adjust(seen, words) => Self::Adjust(Box::new(filter(&seen)), words),
            Self::Recall(seen) => Self::Recall(name(&seen)?),
            Self::Drop(seen) => Self::Drop(name(&seen)?),
            other => other,
        })
    }
}
