//! Commands about files before they are a map: looking at them, roles of columns, whom to leave out.

use std::path::PathBuf;

use eframe::egui;

use super::App;
use crate::app::model::PendingImport;
use crate::app::tasks::Lane;
use crate::app::work::{self, MapOrder};
use crate::import::{HeaderChoices, Role};
use crate::session::WalkSettings;

impl App {
    /// Looks at files. `updates`: they take the place of those of the open map.
    pub(super) fn look_at(&mut self, paths: Vec<PathBuf>, updates: bool, ctx: &egui::Context) {
        self.model.path_prompt = None;
        let paths: Vec<PathBuf> = paths.into_iter().map(super::list::from_home).collect();
        let (remembered, letters) = (self.kept_columns.tables.clone(), self.letters.clone());
        self.start(ctx, Lane::Import, true, move |progress, outbox| {
            work::look_at_paths((paths, updates), remembered, letters, progress, outbox)
        });
    }

    /// The files were looked at: the window shows them.
    pub(super) fn show_import(&mut self, pending: PendingImport) {
        self.looked_with.clone_from(&pending.settings);
        self.model.sheet = None;
        self.model.import = Some(pending);
    }

    /// Looks again at the files of the import window, under what the person chose now.
    fn look_again(&mut self, ctx: &egui::Context) {
        let Some(pending) = &mut self.model.import else {
            return;
        };
        pending.together = None;
        let (pending, letters) = (pending.clone(), self.letters.clone());
        self.start(ctx, Lane::Import, true, move |progress, outbox| {
            work::look_at(pending, letters, progress, outbox)
        });
    }

    pub(super) fn choose_column(
        &mut self,
        header: Vec<String>,
        column: &str,
        role: Option<Role>,
        ctx: &egui::Context,
    ) {
        let Some(pending) = &mut self.model.import else {
            return;
        };
        let shown = pending.previews.iter().find(|preview| {
            let names = preview.columns.iter().map(|c| &c.name);
            names.eq(&header)
        });
        let Some(shown) = shown else {
            return;
        };
        let now: Vec<Option<Role>> = shown.columns.iter().map(|c| c.role).collect();
        // Kept at once: the next choice may come before the previews of this one.
        let chosen = &mut pending.settings.by_header;
        let at = chosen.iter().position(|choices| choices.header == header);
        let mut choices = at.map_or_else(|| HeaderChoices::new(header), |at| chosen.remove(at));
        choices.choose(column, role, &now);
        chosen.insert(0, choices);
        self.look_again(ctx);
    }

    pub(super) fn forget_columns(&mut self, header: &[String], ctx: &egui::Context) {
        if let Some(pending) = &mut self.model.import {
            let chosen = &mut pending.settings.by_header;
            chosen.retain(|choices| choices.header != header);
            self.look_again(ctx);
        }
    }

    pub(super) fn leave_out(&mut self, handles: Vec<String>, ctx: &egui::Context) {
        if let Some(pending) = &mut self.model.import
            && pending.settings.left_out_handles != handles
        {
            pending.settings.left_out_handles = handles;
            self.look_again(ctx);
        }
    }

    /// Closes the import window; what is still being looked at does not open it again.
    pub(super) fn close_import(&mut self) {
        self.model.import = None;
        self.tasks.cancel(Lane::Import);
    }

    /// Goes back to the roles that the import window shows, after a choice that came to nothing.
    pub(super) fn forget_choice(&mut self) {
        if let Some(pending) = &mut self.model.import {
            pending.settings.clone_from(&self.looked_with);
        }
    }

    pub(super) fn build_pending(&mut self, ctx: &egui::Context) {
        let Some(pending) = self.model.import.take() else {
            return;
        };
        self.tasks.cancel(Lane::Import);
        self.remember_columns(&pending);
        let title = pending
            .sources
            .first()
            .map_or_else(String::new, |s| s.name.clone());
        let order = MapOrder {
            sources: pending.sources.clone(),
            paths: pending.paths.clone(),
            title,
            settings: WalkSettings {
                import: pending.settings.clone(),
                ..WalkSettings::default()
            },
            data_folder: self.around.data_folder.clone(),
            earlier: None,
            open: None,
            update: None,
        };
        self.building = Some(pending);
        self.build(order, ctx);
    }

    /// Keeps what the person chose for each header, and forgets what they went back from. Columns without names say nothing
    /// about the next file.
    fn remember_columns(&mut self, pending: &PendingImport) {
        let tables = pending.previews.iter();
        for preview in tables.filter(|p| p.roles_open && p.has_header) {
            let header: Vec<String> = preview.columns.iter().map(|c| c.name.clone()).collect();
            let mut chosen = pending.settings.by_header.iter();
            let choices = chosen.find(|c| c.header == header);
            if self.kept_columns.remember(&header, choices) {
                self.unsaved_columns = Some(self.kept_columns.clone());
            }
        }
    }
}
