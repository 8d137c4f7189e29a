//! The same people in other communities, or under other names and colours: made beside the window.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::command::RankBy;
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
}

impl Grouped {
    /// `found` with the looks of `choices`. O(n).
    pub(super) fn of(found: Arc<Results>, choices: &MapChoices) -> Self {
        let results = session::dressed(&found, choices);
        let results = if Arc::ptr_eq(&results.analysis, &found.analysis) {
            found.clone()
        } else {
            Arc::new(results)
        };
        Self {
            found,
            results,
            looks: choices.looks.clone(),
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
}

impl GroupOrder {
    /// Whether people have to be grouped anew, not only names and colours put on.
    pub(super) fn is_other_grouping(&self) -> bool {
        !self.choices.agree_with(&self.found.settings.analysis)
    }

    /// Whether `other` gives the same map.
    pub(super) fn gives_the_same(&self, other: &Self) -> bool {
        let [a, b] = [&self.choices, &other.choices];
        Arc::ptr_eq(&self.found, &other.found)
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
    if order.is_other_grouping() {
        let mut again = session::regrouped(&found, &order.choices, progress)?;
        let first = match order.home.clone().filter(|home| home.is_of(&found)) {
            Some(home) => home,
            None => Arc::new(Home::of(&found, progress)?),
        };
        first.colour(&mut again);
        home = Some(first);
        let by = order.rank_by;
        ranking = Some((by, Arc::new(rank(&again.graph, &again.analysis, by))));
        found = Arc::new(again);
    }
    let map = Grouped::of(found, &order.choices);
    progress.check()?;
    Ok(Finished::Regrouped(Box::new(Regrouped {
        map,
        ranking,
        home,
    })))
}
