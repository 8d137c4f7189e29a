//! What is asked of the map of communities, and bringing it up to the open map.

use eframe::egui;

use super::App;
use crate::analysis::CommunityId;
use crate::app::command::{FlowCommand, MapOf};
use crate::app::flow_work::{self, FlowOrder};
use crate::app::tasks::Lane;
use crate::people::PersonId;
use crate::problem::Problem;

impl App {
    /// Carries it out.
    #[allow(clippy::needless_pass_by_value, reason = "one shape for all")]
    pub(super) fn ask_flows(
        &mut self,
        asked: FlowCommand,
        _: &egui::Context,
    ) -> Result<(), Problem> {
        match asked {
            FlowCommand::Show(of) => {
                self.model.flow_view.of = of;
                self.model.flow_view.opened = None;
            }
            FlowCommand::ShowStrongest(most) => self.model.flow_view.most = most,
            FlowCommand::Open(id) => self.open_community(id)?,
            FlowCommand::GoBack => {
                self.isolate(None)?;
                self.model.flow_view.of = MapOf::Communities;
                self.model.flow_view.opened = None;
                self.map_view.fit_all();
            }
        }
        Ok(())
    }

    /// Shows the people of a community alone, as large as fits. O(people).
    fn open_community(&mut self, id: CommunityId) -> Result<(), Problem> {
        let Some(map) = &self.model.map else {
            return Ok(());
        };
        let of = map.results.analysis.communities.of.iter().enumerate();
        let members = of.filter(|(_, of)| **of == Some(id));
        let members: Vec<PersonId> = members.map(|(i, _)| PersonId(i as u32)).collect();
        if members.is_empty() {
            return Ok(());
        }
        self.map_view.fly_to(&members, map);
        self.isolate(Some(id))?;
        let view = &mut self.model.flow_view;
        (view.of, view.opened) = (MapOf::People, Some(id));
        Ok(())
    }

    /// Something was asked for that is seen on the map of people.
    pub(super) fn show_people(&mut self) {
        self.model.flow_view.of = MapOf::People;
    }

    /// What the map of communities shall be made from now; `None` where nobody looks at it, or people have no places yet.
    fn wanted_flows(&self) -> Option<FlowOrder> {
        let model = &self.model;
        let map = model.map.as_ref()?;
        (model.flow_view.of == MapOf::Communities).then_some(())?;
        Some(FlowOrder {
            results: map.results.clone(),
            positions: map.positions.clone()?,
            part: model.part.clone(),
            hidden: model.hidden.clone(),
        })
    }

    /// Orders the map of communities anew where something has changed that it shows. While people still move, the next one is
    /// ordered when the one before is there.
    pub(super) fn follow_flows(&mut self, ctx: &egui::Context) {
        let Some(wanted) = self.wanted_flows() else {
            if self.model.map.is_none() {
                self.model.flows = None;
                self.flow_order = None;
            }
            return;
        };
        let key = wanted.key();
        if let Some(last) = &self.flow_order {
            if last.is_of(&key) {
                return;
            }
            if last.counts_as(&key) && self.tasks.runs(Lane::Flows) {
                return;
            }
            if !last.numbers_as(&key) {
                self.model.flows = None;
            }
        }
        self.flow_order = Some(key);
        self.start(ctx, Lane::Flows, false, move |progress, _| {
            flow_work::make(&wanted, progress)
        });
    }

    /// Another map: nothing of the one before is looked at.
    pub(super) fn forget_flows(&mut self) {
        self.tasks.cancel(Lane::Flows);
        self.flow_order = None;
        self.model.flows = None;
        self.model.flow_view = crate::app::command::FlowView::default();
    }
}
