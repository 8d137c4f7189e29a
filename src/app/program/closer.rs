//! Commands about what somebody looks closer at, and who makes it.

use eframe::egui;

use super::App;
use crate::app::closer::{Wish, is_long, make};
use crate::app::command::{Drawer, Tab};
use crate::app::tasks::Lane;
use crate::app::work::Finished;

impl App {
    pub(super) fn show_pairs(&mut self, shown: bool) {
        self.model.pairs_shown = shown;
        self.model.tab = Tab::Bridges;
    }

    /// What is looked at and not made yet, one at a time.
    fn wished(&self) -> Option<Wish> {
        let model = &self.model;
        let map = model.map.as_ref()?;
        let posts = match (model.tab, model.selected.as_slice()) {
            (Tab::Person, [one]) if is_long(&map.results) => Some(Wish::Posts(*one)),
            _ => None,
        };
        let plots = (model.drawer == Some(Drawer::Plots)).then_some(Wish::Plots);
        let pairs = model.tab == Tab::Bridges && model.pairs_shown;
        let community = match model.tab {
            Tab::Community => model.community.map(Wish::Community),
            _ => None,
        };
        [posts, community, plots, pairs.then_some(Wish::Pairs)]
            .into_iter()
            .flatten()
            .find(|wish| !map.closer.has(*wish))
    }

    /// Orders what is looked at and not made yet; what nobody looks at any more is stopped.
    pub(super) fn look_closer(&mut self, ctx: &egui::Context) {
        self.follow_card();
        let wish = self.wished();
        if wish == self.wish {
            return; // it is being made, or came to nothing
        }
        self.wish = wish;
        self.tasks.cancel(Lane::Closer);
        let (Some(wish), Some(map)) = (wish, &self.model.map) else {
            return;
        };
        let results = map.results.clone();
        self.start(ctx, Lane::Closer, false, move |progress, _| {
            Ok(Finished::Closer(make(wish, &results, progress)?))
        });
    }
}
