//! Selections under a number, to come back to.

use eframe::egui;

use super::App;
use crate::app::command::SelectCommand;
use crate::app::selection::Selection;
use crate::people::{PersonId, counted};
use crate::problem::Problem;
use crate::project::Change;

/// People in a kept selection, at most.
const MOST_KEPT: usize = 100_000;
/// So many people are looked up within a frame; of more the way for large ones is taken.
const AT_ONCE: usize = 2_000;

impl App {
    /// Keeps who is selected under this number. O(selected).
    pub(super) fn store_selection(&mut self, number: u8) -> Result<(), Problem> {
        let Some(map) = &self.model.map else {
            return Ok(());
        };
        if self.model.selected.len() > MOST_KEPT {
            return Err(Problem::new(
                "More than 100,000 people cannot be kept as a selection",
                "Select fewer, or keep a filter that shows them",
            ));
        }
        let people = &map.results.graph.people;
        let selected = self.model.selected.iter();
        let keys = selected.filter_map(|p| Some(people.get(p.index())?.key.to_string()));
        let keys: Vec<String> = keys.collect();
        if keys.is_empty() {
            "Select somebody first".clone_into(&mut self.model.said);
            return Ok(());
        }
        let n = counted(keys.len() as u64, "person", "people");
        self.model.said = format!("{n} kept as selection {number}");
        self.surely_keep(Change::Selection(number, keys.clone()));
        self.model.selections.insert(number, keys);
        Ok(())
    }

    /// Selects those again who are kept under this number. O(kept · log n).
    pub(super) fn recall_selection(&mut self, number: u8, ctx: &egui::Context) {
        let Some(map) = &self.model.map else { return };
        let Some(keys) = self.model.selections.get(&number) else {
            self.model.said = format!("Nobody is kept as selection {number}");
            return;
        };
        if keys.len() > AT_ONCE {
            self.set_selected(Selection::default());
            // Those and nobody else.
            if self.ask_selection(SelectCommand::Add(number), ctx).is_ok() {
                self.model.said = format!("Selection {number}");
            }
            return;
        }
        let graph = &map.results.graph;
        let mut people: Vec<PersonId> = keys.iter().filter_map(|key| graph.find(key)).collect();
        let n_missing = keys.len() - people.len();
        // Of two who became one person both are kept.
        let mut seen = std::collections::BTreeSet::new();
        people.retain(|person| seen.insert(*person));
        let n = counted(people.len() as u64, "person", "people");
        self.model.said = match n_missing {
            0 => format!("Selection {number}: {n}"),
            1 => format!("Selection {number}: {n}; 1 is not on this map"),
            more => format!("Selection {number}: {n}; {more} are not on this map"),
        };
        self.set_selected(people.into());
    }
}
