//! A new file in the place of the open map's: what stays, and what has changed.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use eframe::egui;

use super::App;
use crate::app::changed::Changed;
use crate::app::command::Tab;
use crate::app::tasks::Lane;
use crate::app::work::{Finished, Update};
use crate::campaign::{CommunityLook, Edit};
use crate::session::Past;

/// The map before, and how far the comparison with it has come.
#[derive(Debug, Default)]
pub(super) struct Compares {
    /// `None` where the open map was opened by itself.
    pub(super) past: Option<Arc<Past>>,
    /// The campaign that was followed last.
    seen: u64,
}

impl App {
    pub(super) fn update_with(&mut self, paths: Vec<PathBuf>, ctx: &egui::Context) {
        let updates = self.model.map.is_some();
        self.look_at(paths, updates, ctx);
    }

    /// What a map that takes the place of the open one has to know of it.
    pub(super) fn update_now(&self) -> Option<Update> {
        let map = self.model.map.as_ref()?;
        Some(Update {
            past: Arc::new(Past::of(&map.results, &map.title)),
            choices: self.model.campaign.map.clone(),
        })
    }

    /// Communities keep names and colours: the person did not ask for others, so this is no step of theirs to be undone.
    pub(super) fn carry_looks(&mut self, looks: BTreeMap<String, CommunityLook>) {
        let campaign = &mut self.model.campaign;
        if campaign.map.looks == looks {
            return;
        }
        let mut map = campaign.map.clone();
        map.looks = looks;
        let edit = Edit::SetMap {
            map: Box::new(map),
            words: "keep names and colours".to_owned(),
        };
        match campaign.apply(edit) {
            Ok(_) => self.unsaved = true,
            Err(error) => self.model.problems.push(error.into()),
        }
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
        if self.model.changes.is_none() {
            self.model.tab = Tab::Changes;
        }
        self.model.changes = Some(Arc::new(changed));
        self.compares.seen = 0; // the list may have changed meanwhile
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
