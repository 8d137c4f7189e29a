//! Commands about what somebody looks closer at, and who makes it.

use std::sync::Arc;

use eframe::egui;

use super::App;
use crate::app::closer::{Wish, is_long, make};
use crate::app::command::{Drawer, Tab};
use crate::app::reading::{PostsWanted, TimeWanted};
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
        let drawn = match model.drawer {
            Some(Drawer::Plots) => Some(Wish::Plots),
            Some(Drawer::Posts) => self.posts_wished(),
            Some(Drawer::Time) => Some(Wish::Time(Arc::new(TimeWanted::by(model)))),
            Some(Drawer::People) | None => None,
        };
        let pairs = model.tab == Tab::Bridges && model.pairs_shown;
        let community = match model.tab {
            Tab::Community => model.community.map(Wish::Community),
            _ => None,
        };
        [posts, community, drawn, pairs.then_some(Wish::Pairs)]
            .into_iter()
            .flatten()
            .find(|wish| !map.closer.has(wish))
    }

    /// The posts that shall be listed; `None` where they are.
    fn posts_wished(&self) -> Option<Wish> {
        let (model, closer) = (&self.model, &self.model.map.as_ref()?.closer);
        if (closer.read.as_ref()).is_some_and(|read| read.wanted.is_by(model)) {
            return None;
        }
        match &self.wish {
            Some(Wish::Read(wanted)) if wanted.is_by(model) => Some(Wish::Read(wanted.clone())),
            _ => Some(Wish::Read(Arc::new(PostsWanted::by(model)))),
        }
    }

    /// Orders what is looked at and not made yet; what nobody looks at any more is stopped.
    pub(super) fn look_closer(&mut self, ctx: &egui::Context) {
        self.follow_card();
        let wish = self.wished();
        if wish == self.wish {
            return; // it is being made, or came to nothing
        }
        self.wish.clone_from(&wish);
        self.tasks.cancel(Lane::Closer);
        let (Some(wish), Some(map)) = (wish, &self.model.map) else {
            return;
        };
        let (results, known) = (map.results.clone(), map.closer.clone());
        self.start(ctx, Lane::Closer, false, move |progress, _| {
            Ok(Finished::Closer(make(wish, &results, &known, progress)?))
        });
    }
}
