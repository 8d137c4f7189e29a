//! People who come onto the list from outside: from handles that are pasted, or from a list in a file.

use std::path::PathBuf;

use eframe::egui;

use super::App;
use super::list::no_map;
use crate::app::command::Tab;
use crate::app::model::{Pasted, Sheet};
use crate::app::tasks::Lane;
use crate::app::work::Finished;
use crate::campaign::{self, Edit, Entry};
use crate::files;
use crate::people::key_of;
use crate::problem::Problem;
use crate::render::thousands;
use crate::session::{self, ListRead};

impl App {
    pub(super) fn show_paste(&mut self, shown: bool) {
        let open = shown && self.model.map.is_some() && !self.model.name_mask.hides();
        self.model.sheet = open.then_some(Sheet::Paste);
        self.model.pasted = None;
        self.tasks.cancel(Lane::Names);
    }

    /// Looks up, beside the window, whom `text` names on the map: with many people that takes longer than a picture.
    pub(super) fn look_up_handles(&mut self, text: String, ctx: &egui::Context) {
        let Some(map) = &self.model.map else {
            return;
        };
        let graph = map.results.graph.clone();
        let list = self.model.campaign.outreach_list.clone();
        self.start(ctx, Lane::Names, false, move |progress, _| {
            let named = campaign::people_in(&text, &graph, progress)?;
            let people = named.people.iter();
            let listed = people.filter(|id| list.has(&graph.people[id.index()].key));
            let others = named.unknown.iter();
            let others = others.filter(|written| list.has(&campaign::key_in(written)));
            let n_listed = listed.count() + others.count();
            Ok(Finished::Named(Pasted {
                text,
                named,
                n_listed,
            }))
        });
    }

    /// Reads the list at `path` in the background.
    pub(super) fn import_list(
        &mut self,
        path: PathBuf,
        ctx: &egui::Context,
    ) -> Result<(), Problem> {
        if self.model.map.is_none() {
            return Err(no_map_for_list());
        }
        self.start(ctx, Lane::List, true, move |progress, _| {
            let source = files::read(&path)?;
            let list = session::read_list(&source, progress)
                .map_err(|problem| problem.about(path.display().to_string()))?;
            Ok(Finished::ListRead(list))
        });
        Ok(())
    }

    /// Puts everybody on the outreach list who is not on it yet, as one step; the others keep what they have.
    pub(super) fn take_list(&mut self, list: ListRead) {
        let Some(map) = &self.model.map else {
            return;
        };
        let graph = &map.results.graph;
        let n = list.entries.len();
        let mut n_elsewhere = 0u64;
        let mut new: Vec<(usize, Entry)> = Vec::new();
        for mut entry in list.entries {
            let person = graph
                .find(&entry.person)
                .map(|id| &graph.people[id.index()]);
            n_elsewhere += u64::from(person.is_none());
            if self.model.campaign.outreach_list.has(&entry.person) {
                continue;
            }
            if let Some(person) = person.filter(|_| key_of(&entry.name) == entry.person) {
                entry.name = person.name.to_string();
            }
            new.push((usize::MAX, entry));
        }
        let n_new = new.len();
        let mut said = format!(
            "List imported: {} new, {} on the list already, {} not on this map",
            thousands(n_new as u64),
            thousands((n - n_new) as u64),
            thousands(n_elsewhere)
        );
        if list.without_person > 0 {
            let rows = if list.without_person == 1 {
                "row"
            } else {
                "rows"
            };
            said = format!(
                "{said}; {} {rows} without a handle",
                thousands(list.without_person)
            );
        }
        self.model.tab = Tab::List;
        if !new.is_empty() {
            self.model.history.close_step();
            if let Err(error) = self.edit(Edit::Insert(new)) {
                self.model.problems.push(error.into());
                return;
            }
        }
        self.model.said = said;
    }
}

fn no_map_for_list() -> Problem {
    Problem::new(
        "There is no map whose list this could become",
        no_map().advice,
    )
}
