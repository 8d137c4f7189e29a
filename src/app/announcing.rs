//! Telling the window of a map that is being made: its facts, and the work that was done with the same files before.

use std::path::PathBuf;
use std::sync::Arc;

use super::grouping::Grouped;
use super::keeping::{EarlierWork, earlier_work};
use super::tasks::Outbox;
use super::work::{Finished, Looks, MapOrder, Update};
use crate::campaign::MapChoices;
use crate::people::PersonId;
use crate::session::{self, Past, Results, Start};

/// A map that was just made.
pub(super) struct NewMap {
    pub(super) facts: Grouped,
    pub(super) title: String,
    /// What was done with the same files before, and where it is kept.
    pub(super) work: EarlierWork,
    pub(super) paths: Vec<PathBuf>,
    /// Its people begin where they stood in the map before.
    pub(super) goes_on: bool,
    /// It takes the place of this map, and its communities look like this.
    pub(super) update: Option<(Arc<Past>, Looks)>,
}

/// Tells the window of a map.
pub(super) struct Announcement {
    work: EarlierWork,
    /// What the person decided about the map: the list in the window is newer than the one on disk.
    pub(super) choices: MapChoices,
    /// The list is open already.
    same_work: bool,
    /// `None` once the window was told.
    pub(super) order: Option<MapOrder>,
    /// The map whose place it takes.
    pub(super) update: Option<Update>,
    /// Where people begin, once the window was told.
    pub(super) start: Start,
}

impl Announcement {
    pub(super) fn new(mut order: MapOrder) -> Self {
        let open = order.open.as_ref();
        let is_open = open.map(|(path, _)| path.as_path());
        let mut work = earlier_work(&order.data_folder, &order.paths, &order.title, is_open);
        let decided = &mut work.project.campaign.map;
        if *decided == MapChoices::default() {
            decided.resolution = order.settings.analysis.resolution;
            decided.by_file = order.settings.analysis.communities_from_file;
        }
        let updates = order.update.is_some();
        let open = open.filter(|(path, _)| *path == work.path || updates);
        Self {
            choices: open.map_or_else(|| decided.clone(), |(_, choices)| choices.clone()),
            same_work: open.is_some(),
            work,
            update: order.update.take(),
            order: Some(MapOrder {
                sources: Arc::default(), // they may be large, and were read
                ..order
            }),
            start: Start::default(),
        }
    }

    pub(super) fn make(&mut self, found: &Arc<Results>, outbox: &Outbox<Finished>) {
        let Some(order) = self.order.take() else {
            return;
        };
        let graph = &found.graph;
        // A map that was exported is shown as it was, whatever stands on the screen.
        let in_file = session::start_in_file(found);
        let earlier = order.earlier.filter(|_| in_file.is_none());
        let start = earlier.and_then(|earlier| match self.update {
            Some(_) => earlier.start_of_update(graph),
            None => earlier.start_of(graph),
        });
        let goes_on = start.is_some();
        self.start = in_file.or(start).unwrap_or_default();
        let mut work = std::mem::take(&mut self.work);
        // Those whom the person put somewhere on the map before stay there, where this one knows nothing better.
        if !self.same_work && self.choices.pinned.is_empty() {
            let key = |(person, at): &(PersonId, [f32; 2])| {
                Some((graph.people.get(person.index())?.key.to_string(), *at))
            };
            self.choices.pinned = self.start.pinned.iter().filter_map(key).collect();
            let pinned = &mut work.project.campaign.map.pinned;
            pinned.clone_from(&self.choices.pinned);
        }
        let pinned = self.choices.pinned.iter();
        let pinned = pinned.filter_map(|(key, at)| Some((graph.find(key)?, *at)));
        self.start.pinned = pinned.collect();
        let update = (self.update.as_ref()).map(|u| (u.past.clone(), u.looks(found)));
        if let Some((_, looks)) = &update {
            self.choices.looks.clone_from(looks);
        }
        outbox.send(Finished::Analysed(Box::new(NewMap {
            facts: Grouped::of(found.clone(), &self.choices),
            title: order.title,
            work,
            paths: order.paths,
            goes_on,
            update,
        })));
    }
}
