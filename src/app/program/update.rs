//! A new file in the place of the open map's: what stays, and what has changed.

use std::path::PathBuf;
use std::sync::Arc;

use eframe::egui;

use super::App;
use super::choices::Way;
use super::filters::is_of_part;
use crate::app::changed::Changed;
use crate::app::command::Tab;
use crate::app::tasks::Lane;
use crate::app::work::{Finished, Looks, Update};
use crate::campaign::{Edit, EditError};
use crate::project::Change;
use crate::session::{Past, dressed};

/// The map before, and how far the comparison with it has come.
#[derive(Debug, Default)]
pub(super) struct Compares {
    /// `None` where the open map was opened by itself.
    pub(super) past: Option<Arc<Past>>,
    /// The campaign that was followed last.
    seen: u64,
}

impl App {
    pub(super) fn update_with(
        &mut self,
        paths: Vec<PathBuf>,
        ctx: &egui::Context,
    ) -> Result<(), EditError> {
        self.may_change(None)?;
        let updates = self.model.map.is_some();
        self.look_at(paths, updates, ctx);
        Ok(())
    }

    /// What a map that takes the place of the open one has to know of it.
    pub(super) fn update_now(&self) -> Option<Update> {
        let map = self.model.map.as_ref()?;
        let whole = is_of_part(map).then(|| dressed(&map.found, &self.model.campaign.map));
        let results = whole.as_ref().unwrap_or(&map.results);
        Some(Update {
            past: Arc::new(Past::of(results, &map.title)),
            choices: self.model.campaign.map.clone(),
        })
    }

    /// Communities keep names and colours: the person did not ask for others, so this is no step of theirs to be undone.
    pub(super) fn carry_looks(&mut self, looks: Looks) {
        let mut map = self.model.campaign.map.clone();
        map.looks = looks;
        if map == self.model.campaign.map {
            return;
        }
        let edit = Edit::SetMap {
            map: Box::new(map),
            words: "keep names and colours of communities".to_owned(),
        };
        let (history, campaign) = (&mut self.model.history, &mut self.model.campaign);
        if let Err(error) = history.beside(campaign, edit) {
            self.model.problems.push(error.into());
        }
        self.choices_changed(Way::Edit);
    }

    /// The work stays where it is kept; its posts come from `paths` from now on. Returns where they came from before.
    pub(super) fn keep_update(&mut self, paths: Vec<PathBuf>) -> Vec<PathBuf> {
        self.keeping.base = None;
        let title = self.model.map_title().to_owned();
        self.also_keep(Change::Sources(title, paths.clone()));
        std::mem::replace(&mut self.keeping.sources, paths)
    }

    /// Brings what has changed up to map and campaign: the list at once, the rest beside the window.
    pub(super) fn follow_changes(&mut self, ctx: &egui::Context) {
        let (Some(past), Some(map)) = (&self.compares.past, &self.model.map) else {
            return;
        };
        let version = self.follows.version();
        if self.compares.seen == version {
            return;
        }
        self.compares.seen = version;
        let campaign = &self.model.campaign;
        if let Some(changed) = &mut self.model.changes
            && changed.of.ptr_eq(&Arc::downgrade(&map.results))
        {
            Arc::make_mut(changed).follow(past, &map.results, campaign);
            return;
        }
        let (past, campaign) = (past.clone(), campaign.clone());
        let (results, title) = (map.results.clone(), map.title.clone());
        self.start(ctx, Lane::Changes, false, move |_, _| {
            let changed = Changed::of(&past, (&results, &title), &campaign);
            Ok(Finished::Changed(Box::new(changed)))
        });
    }

    /// Takes in what has changed; the page is shown when it comes for the first time.
    pub(super) fn take_changes(&mut self, changed: Changed) {
        if self.model.changes.is_none() && !self.model.name_mask.hides() {
            self.model.tab = Tab::Changes;
        }
        self.surely_keep(Change::Changes(
            serde_json::to_string(&changed.changes).ok(),
        ));
        self.model.changes = Some(Arc::new(changed));
        self.compares.seen = 0; // the list may have changed meanwhile
    }

    /// What has changed is told anew.
    pub(super) fn compares_anew(&mut self) {
        self.compares.seen = 0;
    }

    /// What had changed when the project was left; its people on the list are told as they were then.
    pub(super) fn show_kept_changes(&mut self, kept: Option<&str>) {
        let changes = kept.and_then(|kept| serde_json::from_str(kept).ok());
        if let (Some(changes), Some(map)) = (changes, &self.model.map) {
            self.model.changes = Some(Arc::new(Changed::ready(changes, &map.results)));
        }
    }

    /// The map was opened by itself, or is gone: nothing is compared.
    pub(super) fn forget_changes(&mut self) {
        self.tasks.cancel(Lane::Changes);
        self.compares = Compares::default();
        if self.model.tab == Tab::Changes {
            self.model.tab = Tab::default();
        }
        if let Some(changes) = self.model.changes.take() {
            self.discard(changes);
        }
    }
}
