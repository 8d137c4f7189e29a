//! Commands about old way against new way, scenarios and outreach waves.

use eframe::egui;

use super::App;
use crate::app::command::Tab;
use crate::app::comparing;
use crate::app::plan_work;
use crate::app::tasks::Lane;
use crate::campaign::{Edit, EditError, Status};
use crate::people::PersonId;

impl App {
    /// Puts the plan that is shown beside the old ways; without a plan there is nothing to compare.
    pub(super) fn compare(&mut self, ctx: &egui::Context) {
        self.model.tab = Tab::Plan;
        self.follow_campaign(ctx);
        let (Some(order), Some(plan)) = (self.plan_order(), self.model.plan.clone()) else {
            "Propose a plan first".clone_into(&mut self.model.said);
            return;
        };
        let list = plan_work::carriers(&order.results.graph, &order.campaign);
        self.start(ctx, Lane::Compare, true, move |progress, _| {
            comparing::compare(&order, (&plan, list), progress)
        });
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
        let entries = self.model.campaign.outreach_list.entries().iter();
        let list: Vec<PersonId> = entries
            .filter(|entry| entry.status == Status::ToContact)
            .filter_map(|entry| results.graph.find(&entry.person))
            .collect();
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
