//! What has changed since the file before, made ready for the page that tells it and for the marks on the map.

use std::cmp::Reverse;
use std::sync::{Arc, Weak};

use crate::campaign::Campaign;
use crate::changes::Changes;
use crate::people::PersonId;
use crate::session::{self, Past, Results};

/// People marked on the map, at most: those with most connections.
const MARKED: usize = 2000;

/// What has changed on a map.
#[derive(Debug, Clone)]
pub struct Changed {
    /// The map.
    pub of: Weak<Results>,
    /// By keys, as it is kept.
    pub changes: Changes,
    /// Who is new and has ties, most connections first; no more than are marked.
    pub new: Vec<PersonId>,
    /// Who sits in another community now, by number, with the place in [`Changes::moved`].
    pub moved: Vec<(PersonId, usize)>,
}

impl Changed {
    /// Compares the map before with this one.
    pub(super) fn of(
        past: &Past,
        (results, title): (&Arc<Results>, &str),
        campaign: &Campaign,
    ) -> Self {
        Self::ready(past.changes_to(results, title, campaign), results)
    }

    /// Makes ready what has changed on this map.
    pub(super) fn ready(changes: Changes, results: &Arc<Results>) -> Self {
        let graph = &results.graph;
        let new = changes.new.keys.iter().filter_map(|key| graph.find(key));
        let connections = |id: &PersonId| graph.ties.connections(id.index());
        let mut new: Vec<PersonId> = new.filter(|id| connections(id) > 0).collect();
        new.sort_by_key(|id| Reverse(connections(id)));
        new.truncate(MARKED);
        let moved = changes.moved.iter().enumerate();
        let mut moved: Vec<(PersonId, usize)> = moved
            .filter_map(|(at, moved)| Some((graph.find(&moved.person)?, at)))
            .collect();
        moved.sort_unstable();
        Self {
            of: Arc::downgrade(results),
            changes,
            new,
            moved,
        }
    }

    /// Looks up the people of the list again, which has changed since.
    pub(super) fn follow(&mut self, past: &Past, results: &Results, campaign: &Campaign) {
        let after = session::snapshot(results, "");
        self.changes.follow(&past.snapshot(), &after, campaign);
    }

    /// What has become of somebody, for their card; `None` where nothing has. O(log n).
    pub(super) fn words_on(&self, id: PersonId, key: &str) -> Option<String> {
        if self.changes.is_new(key) {
            return Some("New since last time".to_owned());
        }
        let at = self.moved.binary_search_by_key(&id, |moved| moved.0).ok()?;
        let moved = self.changes.moved.get(self.moved.get(at)?.1)?;
        Some(format!("Was in {}", moved.community.before))
    }
}
