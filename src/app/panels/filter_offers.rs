//! Which conditions make sense in the open map, and with what each begins.

use super::shown::Shown;
use crate::app::command::{Command, FilterCommand};
use crate::campaign::{Condition, Filter, Listed, Near, Status};

/// With what conditions on counts begin.
const BEGINS: u32 = 2;

/// Why this may not be asked of the open map; `None` where it may.
pub(super) fn reason_against(shown: Shown<'_>, condition: Condition) -> Option<&'static str> {
    let model = shown.model;
    let Some(choices) = model.filter_choices.as_deref() else {
        return Some("The map is still being looked through");
    };
    let no_ties = choices.kinds.is_empty();
    let no_people = "Nobody in this file is tied to anybody else";
    let (is_missing, reason) = match condition {
        Condition::Hidden | Condition::SmallGroups => (false, ""),
        Condition::Communities => (
            shown.analysis().communities.n_large() == 0,
            "This map has no communities",
        ),
        Condition::Kinds => (
            choices.kinds.len() < 2,
            "All ties of this file are of one kind",
        ),
        Condition::LeastInteractions
        | Condition::LeastConnections
        | Condition::Across
        | Condition::LargestPart => (no_ties, no_people),
        Condition::Reach => (choices.reach.is_none(), "This file tells nobody's reach"),
        Condition::Time => (
            choices.time.is_none(),
            "The posts of this file have no times",
        ),
        Condition::Words => (!choices.has_texts, "There are no texts of posts here"),
        Condition::Languages => (
            choices.languages.is_empty(),
            "This file does not tell the languages of posts",
        ),
        Condition::Platforms => (
            choices.platforms.is_empty(),
            "This file does not tell the platforms of posts",
        ),
        Condition::Near => (model.selected.is_empty(), "Select people on the map first"),
        Condition::Listed => (
            model.campaign.outreach_list.is_empty(),
            "Nobody is on the outreach list",
        ),
    };
    is_missing.then_some(reason)
}

/// What is asked at once when the condition is chosen; `None` where it has to be said first what.
pub(super) fn begin(shown: Shown<'_>, condition: Condition) -> Option<Command> {
    let mut filter = shown.model.campaign.map.filter.clone();
    let words = match condition {
        Condition::LeastInteractions => {
            filter.least_interactions = Some(f64::from(BEGINS));
            least_interactions_step()
        }
        Condition::LeastConnections => {
            filter.least_connections = Some(BEGINS);
            least_connections_step()
        }
        Condition::Across => {
            filter.across = true;
            "show only ties across"
        }
        Condition::LargestPart => {
            filter.largest_part = true;
            "show only the largest part"
        }
        Condition::Near => {
            filter.near = Some(Near {
                people: selected_keys(shown).collect(),
                steps: 1,
            });
            near_step()
        }
        Condition::Listed => {
            filter.listed = Status::ALL.map(Listed::As).into();
            listed_step()
        }
        _ => return None,
    };
    Some(set(filter, words))
}

/// Whether there is more to say once it is chosen.
pub(super) fn has_more_to_ask(condition: Condition) -> bool {
    !matches!(condition, Condition::Across | Condition::LargestPart)
}

/// The keys of whom is selected.
pub(super) fn selected_keys(shown: Shown<'_>) -> impl Iterator<Item = String> {
    let people = shown.model.selected.iter();
    people.filter_map(move |id| shown.person(*id).map(|person| person.key.to_string()))
}

/// Asks for `filter`, as a step of its own.
pub(super) fn set(filter: Filter, words: &str) -> Command {
    Command::Filter(FilterCommand::Set(Box::new(filter), words.to_owned()))
}

/// Asks for `filter`, as a step that may still grow.
pub(super) fn adjust(filter: Filter, words: &str) -> Command {
    Command::Filter(FilterCommand::Adjust(Box::new(filter), words.to_owned()))
}

pub(super) fn least_interactions_step() -> &'static str {
    "show only ties with enough interactions"
}

pub(super) fn least_connections_step() -> &'static str {
    "show only people with enough connections"
}

pub(super) fn near_step() -> &'static str {
    "show only people near the selection"
}

pub(super) fn listed_step() -> &'static str {
    "show people by the list"
}
