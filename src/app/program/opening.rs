//! Building a map: what is read and what becomes of the one before.

use std::sync::Arc;

use eframe::egui;

use super::App;
use crate::app::tasks::Lane;
use crate::app::work::{self, Link, MapOrder};
use crate::session::{self, WalkSettings};

impl App {
    pub(super) fn open_sample(&mut self, ctx: &egui::Context) {
        let order = MapOrder {
            sources: Arc::new(vec![session::sample()]),
            paths: Vec::new(),
            title: "Sushi sample".to_owned(),
            settings: WalkSettings::default(),
            data_folder: self.around.data_folder.clone(),
            earlier: None,
            open: None,
            update: None,
        };
        self.building = None;
        self.build(order, ctx);
    }

    pub(super) fn build(&mut self, mut order: MapOrder, ctx: &egui::Context) {
        self.restore_before();
        self.restore_places();
        order.earlier = self.earlier();
        order.open = (self.model.map.is_some()).then(|| {
            let path = self.keeping.path.clone();
            (path, self.model.campaign.map.clone())
        });
        let updates = (self.building.as_ref()).is_some_and(|pending| pending.updates);
        order.update = self.update_now().filter(|_| updates);
        self.set_paused(false);
        // One of its own: a walk that is cancelled may still put positions of another map into the old one.
        self.link = Link::default();
        let link = self.link.clone();
        self.start(ctx, Lane::Walk, true, move |progress, outbox| {
            work::build_map(order, &link, progress, outbox)
        });
    }
}
