//! What is asked of the selection beside choosing people: selections made from selections, and what is found out about one.

use std::sync::{Arc, Weak};

use eframe::egui;

use super::App;
use crate::app::command::{FilterCommand, SelectCommand, Tab};
use crate::app::selected;
use crate::app::selection::{Mark, Selection};
use crate::app::tasks::Lane;
use crate::app::work::Finished;
use crate::campaign::Near;
use crate::explore::{Selectable, ShownPart};
use crate::people::{PersonId, counted};
use crate::problem::Problem;
use crate::progress::{Cancelled, Progress};
use crate::project::Change;
use crate::session::Results;

/// Among so many people a selection is made within a frame; among more a worker does it.
const AT_ONCE: usize = 20_000;

/// The selection that was last found out about, or is being.
#[derive(Default)]
pub(super) struct FoundOut {
    of: Option<(Mark, Weak<Results>)>,
}

/// What a selection is made from.
struct Making {
    results: Arc<Results>,
    part: Option<Arc<ShownPart>>,
    hidden: std::collections::BTreeSet<crate::analysis::CommunityId>,
    selected: Selection,
    asked: SelectCommand,
    /// Those who are kept under the number it is about.
    kept: Vec<String>,
}

impl Making {
    fn make(&self, progress: &Progress) -> Result<Selection, Cancelled> {
        let (graph, selected) = (&self.results.graph, &self.selected);
        let among = Selectable {
            graph,
            communities: &self.results.analysis.communities,
            part: self.part.as_deref(),
            hidden: &self.hidden,
        };
        let people = match self.asked {
            SelectCommand::All => among.all(progress)?,
            SelectCommand::Others => among.others(selected, progress)?,
            SelectCommand::Neighbours => among.with_neighbours(selected, progress)?,
            SelectCommand::Communities => among.with_communities(selected, progress)?,
            SelectCommand::Add(_) => {
                let mut all = selected.to_vec();
                all.extend(self.found(progress)?);
                all
            }
            SelectCommand::TakeOut(_) => {
                let out = Selection::from(self.found(progress)?);
                let stays = selected.iter().copied();
                stays.filter(|person| !out.has(*person)).collect()
            }
            _ => selected.to_vec(),
        };
        Ok(people.into())
    }

    /// Those of the kept who are on the map.
    fn found(&self, progress: &Progress) -> Result<Vec<PersonId>, Cancelled> {
        let mut found = Vec::with_capacity(self.kept.len());
        for part in self.kept.chunks(1 << 12) {
            progress.check()?;
            found.extend(part.iter().filter_map(|key| self.results.graph.find(key)));
        }
        Ok(found)
    }
}

impl App {
    /// Carries it out.
    pub(super) fn ask_selection(
        &mut self,
        asked: SelectCommand,
        ctx: &egui::Context,
    ) -> Result<(), Problem> {
        match asked {
            SelectCommand::ShowNear(steps) => self.show_near(steps, ctx)?,
            SelectCommand::NameSet(number, name) => self.name_set(number, &name),
            SelectCommand::ForgetSet(number) => self.forget_set(number),
            SelectCommand::PutOnList => {
                let selected = self.model.selected.clone(); // shared
                self.add_to_list(&selected)?;
            }
            _ => self.make_selection(asked, ctx),
        }
        Ok(())
    }

    /// The one place where the selection changes: what was being made of the one before is not wanted any more.
    pub(super) fn set_selected(&mut self, selection: Selection) {
        self.tasks.cancel(Lane::Select);
        let before = std::mem::replace(&mut self.model.selected, selection);
        if before.len() > AT_ONCE {
            self.discard(before);
        }
    }

    fn make_selection(&mut self, asked: SelectCommand, ctx: &egui::Context) {
        let Some(map) = &self.model.map else { return };
        let kept = match asked {
            SelectCommand::Add(number) | SelectCommand::TakeOut(number) => {
                self.model.selections.get(&number).cloned()
            }
            _ => None,
        };
        let making = Making {
            results: map.results.clone(),
            part: self.model.part.clone(),
            hidden: self.model.hidden.clone(),
            selected: self.model.selected.clone(),
            asked,
            kept: kept.unwrap_or_default(),
        };
        if making.results.graph.n_people() <= AT_ONCE {
            if let Ok(selection) = making.make(&Progress::new()) {
                self.selected(selection);
            }
            return;
        }
        self.start(ctx, Lane::Select, false, move |progress, _| {
            Ok(Finished::Selected(making.make(progress)?))
        });
    }

    /// A selection was made.
    pub(super) fn selected(&mut self, selection: Selection) {
        let n = counted(selection.len() as u64, "person", "people");
        self.model.said = format!("{n} selected");
        self.set_selected(selection);
    }

    /// Shows only who is near the selection.
    fn show_near(&mut self, steps: u8, ctx: &egui::Context) -> Result<(), Problem> {
        let Some(map) = &self.model.map else {
            return Ok(());
        };
        let people = &map.results.graph.people;
        let selected = self.model.selected.iter();
        let known = selected.filter_map(|p| Some(people.get(p.index())?.key.to_string()));
        let mut filter = self.model.campaign.map.filter.clone();
        filter.near = Some(Near {
            people: known.collect(),
            steps: steps.clamp(1, 2),
        });
        let words = "show only who is near the selection".to_owned();
        self.ask_filter(FilterCommand::Set(Box::new(filter), words), ctx)
    }

    fn name_set(&mut self, number: u8, name: &str) {
        let (model, name) = (&mut self.model, name.trim());
        if !model.selections.contains_key(&number) {
            return;
        }
        let before = model.selection_names.clone();
        if name.is_empty() {
            model.selection_names.remove(&number);
        } else {
            model.selection_names.insert(number, name.to_owned());
        }
        if model.selection_names != before {
            self.keep_selection_names();
        }
    }

    fn forget_set(&mut self, number: u8) {
        let model = &mut self.model;
        if model.selections.remove(&number).is_none() {
            return;
        }
        model.said = format!("Selection {number} is forgotten");
        let named = model.selection_names.remove(&number).is_some();
        self.surely_keep(Change::Selection(number, Vec::new()));
        if named {
            self.keep_selection_names();
        }
    }

    fn keep_selection_names(&mut self) {
        let names = self.model.selection_names.clone();
        self.surely_keep(Change::SelectionNames(names));
    }

    /// Finds out about the selection while somebody looks at what it is.
    pub(super) fn follow_selected(&mut self, ctx: &egui::Context) {
        let model = &self.model;
        let looked_at = model.tab == Tab::Person && model.selected.len() > 1;
        let Some(results) = self.shown_results().filter(|_| looked_at) else {
            if self.tasks.runs(Lane::SelectedFacts) {
                self.tasks.cancel(Lane::SelectedFacts);
                self.found_out.of = None;
            }
            return;
        };
        let now = (model.selected.mark(), Arc::downgrade(&results));
        let known = self.found_out.of.as_ref();
        if known.is_some_and(|(of, on)| *of == now.0 && on.ptr_eq(&now.1)) {
            return;
        }
        self.found_out.of = Some(now);
        let selection = model.selected.clone();
        self.start(ctx, Lane::SelectedFacts, false, move |progress, outbox| {
            selected::find_out(&selection, &results, progress, outbox)
        });
    }
}
