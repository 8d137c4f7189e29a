//! The open map with other accounts as one person: made beside the window.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::command::RankBy;
use super::grouping::Grouped;
use super::work::{Finished, rank};
use crate::analysis::{self, CommunityId};
use crate::campaign::MapChoices;
use crate::layout::Positions;
use crate::people::{PersonId, SameAccounts};
use crate::problem::Problem;
use crate::progress::Progress;
use crate::session::{self, Conversation, Home, Results};

/// The places of layouts, by number.
pub(super) type Layouts = BTreeMap<u64, Arc<Positions>>;

/// What a map with other people is made from.
#[derive(Debug, Clone)]
pub(super) struct PeopleOrder {
    /// The open map, as the analysis has it.
    pub(super) found: Arc<Results>,
    /// What the person decided.
    pub(super) choices: MapChoices,
    /// What the table is ranked by.
    pub(super) rank_by: RankBy,
    /// Where everybody stands now.
    pub(super) positions: Option<Arc<Positions>>,
    /// Where they stand in each layout.
    pub(super) layouts: Layouts,
    /// How people stood when the accounts were the same once before.
    pub(super) stood: Option<Stood>,
    /// A layout was under way.
    pub(super) moves: bool,
}

/// Where people stood while these accounts were one person.
#[derive(Debug, Clone)]
pub(super) struct Stood {
    pub(super) conversation: Arc<Conversation>,
    pub(super) same: SameAccounts,
    pub(super) layouts: Layouts,
}

/// A map with other people.
pub(super) struct NewPeople {
    pub(super) map: Grouped,
    pub(super) ranking: (RankBy, Arc<Vec<PersonId>>),
    pub(super) positions: Option<Arc<Positions>>,
    pub(super) layouts: Layouts,
    /// How people stood before.
    pub(super) stood: Stood,
    /// Somebody stands where they were put until a layout finds their place.
    pub(super) is_to_be_laid_out: bool,
    pub(super) home: Arc<Home>,
}

/// Makes the map as ordered.
pub(super) fn new_people(order: &PeopleOrder, progress: &Progress) -> Result<Finished, Problem> {
    let found = &order.found;
    let mut again = session::rebuilt(found, &order.choices, progress)?;
    let home = Home::of(&again, progress)?;
    home.colour(&mut again);
    let by = order.rank_by;
    let ranking = (by, Arc::new(rank(&again.graph, &again.analysis, by)));
    let mut parted = false;
    let mut kept = |positions: &Arc<Positions>| {
        let (places, are_parted) = session::places_kept((&found.graph, positions), &again.graph);
        parted |= are_parted;
        Arc::new(places)
    };
    let positions = order.positions.as_ref().map(&mut kept);
    let mut layouts: Layouts = (order.layouts.iter())
        .map(|(number, positions)| (*number, kept(positions)))
        .collect();
    let stood = order.stood.as_ref().filter(|stood| {
        Arc::ptr_eq(&stood.conversation, &found.conversation) && stood.same == order.choices.same
    });
    let mut shown = positions;
    let mut is_to_be_laid_out = parted || order.moves || shown.is_none();
    if let Some(stood) = stood {
        // The same people as once before: they stand where they stood.
        let n = again.graph.n_people();
        let fits = |positions: &&Arc<Positions>| positions.xy.len() == n;
        if let Some(there) = stood.layouts.get(&order.choices.layout).filter(fits) {
            shown = Some(there.clone());
            is_to_be_laid_out = false;
        }
        let there = stood
            .layouts
            .iter()
            .filter(|(_, positions)| fits(positions));
        layouts.extend(there.map(|(number, positions)| (*number, positions.clone())));
    }
    progress.check()?;
    let map = Grouped::of(Arc::new(again), &order.choices);
    Ok(Finished::NewPeople(Box::new(NewPeople {
        map,
        ranking,
        positions: shown,
        layouts,
        stood: Stood {
            conversation: found.conversation.clone(),
            same: found.settings.same.clone(),
            layouts: order.layouts.clone(),
        },
        is_to_be_laid_out,
        home: Arc::new(home),
    })))
}

/// Into which parts a community falls.
pub(super) struct Parts {
    /// The map that it is about.
    pub(super) of: Arc<Results>,
    pub(super) community: CommunityId,
    /// Who leads each part; none where it does not fall apart.
    pub(super) leads: Vec<PersonId>,
}

/// Looks into which parts `community` falls.
pub(super) fn parts(
    of: Arc<Results>,
    community: CommunityId,
    progress: &Progress,
) -> Result<Finished, Problem> {
    let seed = of.settings.analysis.seed;
    let communities = &of.analysis.communities;
    let leads = analysis::parts_of(&of.graph, communities, (community, seed), progress)?;
    Ok(Finished::Parts(Parts {
        of,
        community,
        leads,
    }))
}
