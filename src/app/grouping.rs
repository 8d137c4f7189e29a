//! The same people in other communities, or under other names and colours: made beside the window.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::command::RankBy;
use super::filter_work::{self, PartAsked, Redone};
use super::work::{Finished, rank};
use crate::campaign::{CommunityLook, MapChoices};
use crate::people::PersonId;
use crate::problem::Problem;
use crate::progress::Progress;
use crate::session::{self, Home, Results};

/// What was found, and what the window shows of it.
#[derive(Clone)]
pub(super) struct Grouped {
    /// As the analysis has it.
    pub(super) found: Arc<Results>,
    /// The same with the names and colours that the person gave.
    pub(super) results: Arc<Results>,
    /// The looks that were put on.
    pub(super) looks: BTreeMap<String, CommunityLook>,
    /// The analysis of a part of it, where that is what the window shows.
    pub(super) redone: Option<Arc<Redone>>,
}

impl Grouped {
    /// `found` with the looks of `choices`. O(n).
    pub(super) fn of(found: Arc<Results>, choices: &MapChoices) -> Self {
        Self::of_part(found, None, choices)
    }

    /// The same where the window shows the analysis of a part.
    fn of_part(found: Arc<Results>, redone: Option<Arc<Redone>>, choices: &MapChoices) -> Self {
        let plain = redone.as_ref().map_or(&found, |redone| &redone.results);
        let results = session::dressed(plain, choices);
        let results = if Arc::ptr_eq(&results.analysis, &plain.analysis) {
            plain.clone()
        } else {
            Arc::new(results)
        };
        Self {
            found,
            results,
            looks: choices.looks.clone(),
            redone,
        }
    }
}

/// What groups and looks are made from.
#[derive(Debug, Clone)]
pub(super) struct GroupOrder {
    /// The open map, as the analysis has it.
    pub(super) found: Arc<Results>,
    /// What the person decided.
    pub(super) choices: MapChoices,
    /// What the table is ranked by.
    pub(super) rank_by: RankBy,
    /// By what communities keep their colours, where that is known.
    pub(super) home: Option<Arc<Home>>,
    /// The analysis of a part that is there already.
    pub(super) redone: Option<Arc<Redone>>,
    /// What part the analysis shall be of; `None`: all of it.
    pub(super) part: Option<PartAsked>,
    /// What is on the screen is neither all of it nor `redone`.
    pub(super) is_astray: bool,
}

impl GroupOrder {
    /// Whether people have to be grouped anew, not only names and colours put on.
    pub(super) fn is_other_grouping(&self) -> bool {
        !self.choices.agree_with(&self.found.settings.analysis) || self.is_other_part()
    }

    /// Whether the analysis shall be of another part than it is.
    pub(super) fn is_other_part(&self) -> bool {
        let same = match (&self.redone, &self.part) {
            (Some(redone), Some(part)) => redone.answers(&self.found, part),
            (None, None) => true,
            _ => false,
        };
        self.is_astray || !same
    }

    /// Whether `other` gives the same map.
    pub(super) fn gives_the_same(&self, other: &Self) -> bool {
        let [a, b] = [&self.choices, &other.choices];
        Arc::ptr_eq(&self.found, &other.found)
            && self.part == other.part
            && (a.resolution, a.by_file, &a.joined) == (b.resolution, b.by_file, &b.joined)
            && (&a.by_hand, &a.looks) == (&b.by_hand, &b.looks)
    }
}

/// What came of a [`GroupOrder`].
pub(super) struct Regrouped {
    pub(super) map: Grouped,
    /// The table in its order, where people were grouped anew.
    pub(super) ranking: Option<(RankBy, Arc<Vec<PersonId>>)>,
    /// By what communities keep their colours, where people were grouped anew.
    pub(super) home: Option<Arc<Home>>,
}

/// Groups the people as ordered, and puts names and colours on.
pub(super) fn group(order: &GroupOrder, progress: &Progress) -> Result<Finished, Problem> {
    let mut found = order.found.clone();
    let (mut ranking, mut home) = (None, None);
    let mut redone = order.redone.clone();
    if order.is_other_grouping() {
        let first = match order.home.clone().filter(|home| home.is_of(&found)) {
            Some(home) => home,
            None => Arc::new(Home::of(&found, progress)?),
        };
        if !order.choices.agree_with(&found.settings.analysis) {
            let mut again = session::regrouped(&found, &order.choices, progress)?;
            first.colour(&mut again);
            found = Arc::new(again);
        }
        let redo = |asked| filter_work::redo(&found, (asked, &first), progress).map(Arc::new);
        redone = order.part.as_ref().map(redo).transpose()?;
        home = Some(first);
        let by = order.rank_by;
        let shown = redone.as_ref().map_or(&found, |redone| &redone.results);
        let mut people = rank(&shown.graph, &shown.analysis, by);
        if let Some(redone) = &redone {
            people.retain(|person| redone.part.has(*person));
        }
        ranking = Some((by, Arc::new(people)));
    }
    let map = Grouped::of_part(found, redone, &order.choices);
    progress.check()?;
    Ok(Finished::Regrouped(Box::new(Regrouped {
        map,
        ranking,
        home,
    })))
}
