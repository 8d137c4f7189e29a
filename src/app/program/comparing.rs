//! Commands about old way against new way, scenarios and outreach waves.

use std::sync::Arc;

use eframe::egui;

use super::App;
use crate::app::command::Tab;
use crate::app::comparing::{self, Compared};
use crate::app::tasks::Lane;
use crate::campaign::{Edit, EditError};

impl App {
    /// Puts the plan that is shown beside the old ways; without a plan there is nothing to compare.
    pub(super) fn compare(&mut self, ctx: &egui::Context) {
        self.model.tab = Tab::Plan;
        self.follow_campaign(ctx);
        let (Some(order), Some(plan)) = (self.plan_order(), self.model.plan.clone()) else {
            "Propose a plan first".clone_into(&mut self.model.said);
            return;
        };
        let list = order.campaign.to_contact(&order.results.graph);
        self.start(ctx, Lane::Compare, true, move |progress, _| {
            comparing::compare(&order, (&plan, list), progress)
        });
    }

    /// Takes in what was compared. The map stays coloured by the same way, where it is still there.
    pub(super) fn compared(&mut self, compared: Compared) {
        let model = &mut self.model;
        let name_at = |compared: &Compared, at: usize| compared.rivals.get(at).map(|r| r.name);
        let before = model.compared.take();
        let shown = before.as_ref().zip(model.touches_of);
        let name = shown.and_then(|(before, at)| name_at(before, at));
        model.touches_of =
            name.and_then(|name| compared.rivals.iter().position(|r| r.name == name));
        model.compared = Some(Arc::new(compared));
        self.age_comparison();
        self.discard(before);
    }

    /// Looks whether the list is the one that was compared. O(list).
    pub(super) fn age_comparison(&mut self) {
        let (Some(map), Some(compared)) = (&self.model.map, &self.model.compared) else {
            return;
        };
        let list = self.model.campaign.to_contact(&map.results.graph);
        self.model.compared_is_old = compared.list != list;
    }

    /// Plays the scenarios for everything that is compared.
    pub(super) fn play_scenarios(&mut self, ctx: &egui::Context) {
        let (Some(map), Some(compared)) = (&self.model.map, self.model.compared.clone()) else {
            return;
        };
        let results = map.results.clone();
        self.start(ctx, Lane::Compare, true, move |progress, _| {
            comparing::play(&results, &compared, progress)
        });
    }

    /// Looks for people of the list to write to together: those nobody has written to yet.
    pub(super) fn suggest_waves(&mut self, ctx: &egui::Context) {
        self.model.tab = Tab::Plan;
        self.follow_campaign(ctx);
        let Some(map) = &self.model.map else { return };
        let results = map.results.clone();
        let list = self.model.campaign.to_contact(&results.graph);
        self.start(ctx, Lane::Compare, true, move |progress, _| {
            comparing::suggest_waves(&results, &list, progress)
        });
    }

    /// Puts the people of the waves in their order on the list, as one step of undo.
    pub(super) fn order_by_waves(&mut self) -> Result<(), EditError> {
        let (Some(map), Some(waves)) = (&self.model.map, &self.model.waves) else {
            return Ok(());
        };
        let people = &map.results.graph.people;
        let keys = waves.iter().flat_map(|wave| &wave.people);
        let keys = keys.filter_map(|p| people.get(p.index()).map(|p| p.key.to_string()));
        let edit = Edit::Order(keys.collect());
        self.model.history.close_step();
        self.edit(edit)?;
        self.model.history.close_step();
        Ok(())
    }
}
