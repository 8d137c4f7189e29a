//! Commands about the plan, and keeping plan and meter in step with the list.

use std::sync::{Arc, Weak};

use eframe::egui;

use super::App;
use crate::app::command::{Among, PlanCommand, Tab};
use crate::app::plan_work::{self, PlanOrder, Planned};
use crate::app::planning::{Advice, Basis, Instead};
use crate::app::tasks::Lane;
use crate::campaign::{Edit, EditError, Entry, Status};
use crate::people::{PersonId, counted};
use crate::session::Results;

/// The map and the campaign that plan and meter were last brought up to.
#[derive(Debug, Default)]
pub(super) struct Follows {
    of: Weak<Results>,
    /// The campaign has changed since.
    behind: bool,
    /// Who shall take whose place in the plan that is shown.
    swaps: Vec<(PersonId, PersonId)>,
    /// The meter could not be made: the next change tries again.
    gave_up: bool,
    /// Counts up with every change of campaign or map.
    version: u64,
}

impl Follows {
    pub(super) fn campaign_changed(&mut self) {
        (self.behind, self.gave_up) = (true, false);
        self.version += 1;
    }

    /// Which campaign and map these are: from 1.
    pub(super) fn version(&self) -> u64 {
        self.version
    }
}

impl App {
    pub(super) fn ask_planner(
        &mut self,
        asked: PlanCommand,
        ctx: &egui::Context,
    ) -> Result<(), EditError> {
        match asked {
            PlanCommand::Propose => self.propose(ctx),
            PlanCommand::AskInstead(about) => self.ask_instead(about, ctx),
            PlanCommand::PutInstead { among, out, new } => {
                self.put_instead(among, (out, new))?;
            }
            PlanCommand::SuggestSwaps => self.suggest_swaps(ctx),
            PlanCommand::Compare => self.compare(ctx),
            PlanCommand::PlayScenarios => self.play_scenarios(ctx),
            PlanCommand::ShowTouches(of) => {
                self.model.touches_of = of;
                self.show_people();
            }
            PlanCommand::SuggestWaves => self.suggest_waves(ctx),
            PlanCommand::OrderByWaves => self.order_by_waves()?,
        }
        Ok(())
    }

    pub(super) fn plan_order(&self) -> Option<PlanOrder> {
        let map = self.model.map.as_ref()?;
        Some(PlanOrder {
            results: map.results.clone(),
            campaign: self.model.campaign.clone(),
            basis: self.model.basis.clone(),
        })
    }

    /// Finds the people of a plan, and shows the tab where they will stand.
    fn propose(&mut self, ctx: &egui::Context) {
        self.model.tab = Tab::Plan;
        self.plan_again(ctx);
    }

    /// Finds the people of a plan, wherever they are looked at.
    pub(super) fn plan_again(&mut self, ctx: &egui::Context) {
        self.model.advice.instead = None;
        self.follow_campaign(ctx); // edits of this very frame count
        let Some(order) = self.plan_order() else {
            return;
        };
        self.follows.swaps.clear();
        self.tasks.cancel(Lane::Replace);
        self.tasks.cancel(Lane::Instead);
        self.start(ctx, Lane::Plan, true, move |progress, _| {
            plan_work::propose(&order, progress)
        });
    }

    /// Takes in what the planner found.
    pub(super) fn planned(&mut self, planned: Planned) {
        let Some(map) = &self.model.map else { return };
        match planned {
            Planned::Plan(shown) => {
                let n = counted(shown.plan.picks.len() as u64, "person", "people");
                self.model.said = format!("{n} proposed");
                let touchpoints = self.model.campaign.plan.touchpoints;
                let what = format!("Plan of {n} for {touchpoints} touchpoints");
                self.model.plan = Some(Arc::new(shown));
                self.note_done(what, None);
            }
            Planned::Replaced(shown) => self.model.plan = Some(Arc::new(shown)),
            Planned::Meter(mut meter) => {
                // The list may have changed while the meter was made.
                let people = plan_work::carriers(&map.results.graph, &self.model.campaign);
                meter.meter.set(&people);
                meter.count(&map.results.analysis.communities);
                if let Some(before) = self.model.meter.take() {
                    meter.next = before.next;
                }
                self.model.meter = Some(meter);
            }
            Planned::Next(next) => {
                if let Some(meter) = &mut self.model.meter {
                    (meter.next, meter.next_is_old) = (next, false);
                }
            }
            Planned::Instead(among, out, choices) => {
                let instead = self.model.advice.instead.as_mut();
                let asked = instead.filter(|i| (i.among, i.out) == (among, out));
                if let Some(instead) = asked {
                    instead.choices = Some(choices);
                }
            }
            Planned::Swaps(swaps) => self.model.advice.swaps = Some(swaps),
            Planned::Compared(compared) => self.compared(compared),
            Planned::Waves(waves) => self.model.waves = Some(waves),
        }
    }

    /// What runs in `lane` came to nothing.
    pub(super) fn not_planned(&mut self, lane: Lane) {
        match lane {
            Lane::Meter => self.follows.gave_up = true,
            Lane::Instead => self.model.advice.instead = None,
            _ => {
                if let Some(meter) = &mut self.model.meter {
                    (meter.next, meter.next_is_old) = (Vec::new(), false);
                }
            }
        }
    }

    /// Stops what the person waits for.
    pub(super) fn cancel_plan(&mut self) {
        for lane in [Lane::Plan, Lane::Instead, Lane::Swaps, Lane::Compare] {
            self.tasks.cancel(lane);
        }
        let advice = &mut self.model.advice;
        if advice.instead.as_ref().is_some_and(|i| i.choices.is_none()) {
            advice.instead = None;
        }
    }

    /// Brings plan and meter up to the map and the campaign as they are now. What depends on the list alone is right at once;
    /// the rest is made beside the window.
    pub(super) fn follow_campaign(&mut self, ctx: &egui::Context) {
        self.follow_map();
        if std::mem::take(&mut self.follows.behind) {
            self.follow_settings();
            self.count_list();
            self.age_comparison();
            self.model.advice.swaps = None;
            self.model.waves = None;
            self.tasks.cancel(Lane::Swaps);
        }
        self.order_swaps(ctx);
        self.order_meter(ctx);
        self.order_next_best(ctx);
        let advice = &mut self.model.advice;
        advice.proposing = self.tasks.standing_of(Lane::Plan);
        advice.looks_for_swaps = self.tasks.runs(Lane::Swaps);
        advice.compares = self.tasks.runs(Lane::Compare);
    }

    /// Other people, or other communities: what was said of them before means nothing.
    fn follow_map(&mut self) {
        let of = (self.model.map.as_ref()).map_or_else(Weak::new, |m| Arc::downgrade(&m.results));
        if self.follows.of.ptr_eq(&of) {
            return;
        }
        for lane in [
            Lane::Plan,
            Lane::Meter,
            Lane::Next,
            Lane::Replace,
            Lane::Instead,
            Lane::Swaps,
            Lane::Compare,
        ] {
            self.tasks.cancel(lane);
        }
        self.follows.swaps.clear();
        let model = &mut self.model;
        model.advice = Advice::default();
        (model.touches_of, model.waves) = (None, None);
        let plan = model.plan.take_if(|plan| !plan.of.ptr_eq(&of));
        let meter = model.meter.take();
        let compared = model.compared.take();
        if plan.is_some() || meter.is_some() || compared.is_some() {
            self.discard((plan, meter, compared));
        }
        self.follows.of = of;
        self.follows.campaign_changed();
    }

    /// More is known of the same people in the same communities: plan and meter stay.
    pub(super) fn same_people(&mut self) {
        let Some(map) = &self.model.map else { return };
        let of = Arc::downgrade(&map.results);
        if let Some(plan) = &mut self.model.plan {
            Arc::make_mut(plan).of = of.clone();
        }
        if let Some(meter) = &mut self.model.meter {
            meter.of = of.clone();
        }
        self.follows.of = of;
    }

    /// One value for equal bases: whether a plan is made with the settings of now is told by looking at which it has.
    fn follow_settings(&mut self) {
        let model = &mut self.model;
        let now = Basis::of(&model.campaign);
        if *model.basis == now {
            return;
        }
        let shown = model.plan.as_ref().map(|plan| &plan.basis);
        let known = shown.filter(|basis| ***basis == now).cloned();
        model.basis = known.unwrap_or_else(|| Arc::new(now));
    }

    fn count_list(&mut self) {
        let (Some(map), Some(meter)) = (&self.model.map, &mut self.model.meter) else {
            return;
        };
        let people = plan_work::carriers(&map.results.graph, &self.model.campaign);
        if meter.meter.people() != people {
            meter.meter.set(&people);
            meter.count(&map.results.analysis.communities);
            self.tasks.cancel(Lane::Next);
        }
    }

    /// Has the meter made again where settings or statuses are other ones; not before somebody looks.
    fn order_meter(&mut self, ctx: &egui::Context) {
        let model = &self.model;
        let wanted = model.meter.is_some() || model.tab == Tab::List;
        let basis = model.meter.as_ref().map(|meter| &meter.basis);
        let current = basis.is_some_and(|basis| Arc::ptr_eq(basis, &model.basis));
        if !wanted || current || self.follows.gave_up || self.tasks.runs(Lane::Meter) {
            return;
        }
        let Some(order) = self.plan_order() else {
            return;
        };
        self.start(ctx, Lane::Meter, false, move |_, _| {
            Ok(plan_work::look_up_list(&order))
        });
    }

    /// Has the next best people looked for while the list is shown.
    fn order_next_best(&mut self, ctx: &egui::Context) {
        let model = &self.model;
        let meter = (model.meter.as_ref())
            .filter(|meter| meter.next_is_old && Arc::ptr_eq(&meter.basis, &model.basis));
        let Some(meter) = meter else { return };
        if model.tab != Tab::List || self.tasks.runs(Lane::Next) {
            return;
        }
        let meter = meter.meter.clone();
        self.start(ctx, Lane::Next, false, move |progress, _| {
            plan_work::next_best(&meter, progress)
        });
    }

    /// Looks for people who could stand in for somebody; `None`: nobody asks any more.
    fn ask_instead(&mut self, about: Option<(Among, PersonId)>, ctx: &egui::Context) {
        self.tasks.cancel(Lane::Instead);
        self.model.advice.instead = None;
        let Some((among, out)) = about else { return };
        self.follow_campaign(ctx);
        let Some(order) = self.plan_order() else {
            return;
        };
        match among {
            Among::List => self.start(ctx, Lane::Instead, false, move |progress, _| {
                plan_work::instead_on_list(&order, out, progress)
            }),
            Among::Plan => {
                let Some(shown) = self.model.plan.clone() else {
                    return;
                };
                self.start(ctx, Lane::Instead, false, move |progress, _| {
                    plan_work::instead_in_plan(&shown, out, progress)
                });
            }
        }
        self.model.advice.instead = Some(Instead {
            among,
            out,
            choices: None,
        });
    }

    /// Puts `new` in the place of `out`: in the plan that is shown, where it is asked for there, and on the list.
    fn put_instead(
        &mut self,
        among: Among,
        (out, new): (PersonId, PersonId),
    ) -> Result<(), EditError> {
        self.tasks.cancel(Lane::Instead);
        self.model.advice.instead = None;
        if among == Among::Plan {
            self.follows.swaps.push((out, new));
        }
        if let Some(edit) = self.edit_instead(out, new) {
            self.model.history.close_step();
            self.edit(edit)?;
            self.model.history.close_step();
        }
        Ok(())
    }

    /// What that means for the list; `None` where `out` is not on it. Whoever said no stays on it behind the new one, so that nobody
    /// asks them again.
    fn edit_instead(&self, out: PersonId, new: PersonId) -> Option<Edit> {
        let people = &self.model.map.as_ref()?.results.graph.people;
        let (out, new) = (people.get(out.index())?, people.get(new.index())?);
        let list = &self.model.campaign.outreach_list;
        let at = list.place_of(&out.key)?;
        let open = list.entries().get(at)?.status == Status::ToContact;
        let by = Entry::new(&*new.key, &*new.name);
        match (open, list.has(&new.key)) {
            (true, false) => Some(Edit::Replace {
                person: out.key.to_string(),
                by,
            }),
            (true, true) => Some(Edit::Remove(vec![out.key.to_string()])),
            (false, false) => Some(Edit::Insert(vec![(at, by)])),
            (false, true) => None,
        }
    }

    /// Puts people in the places of others in the plan that is shown, one swap after the other.
    fn order_swaps(&mut self, ctx: &egui::Context) {
        if self.follows.swaps.is_empty() || self.tasks.runs(Lane::Replace) {
            return;
        }
        let swaps = std::mem::take(&mut self.follows.swaps);
        let (Some(map), Some(shown)) = (&self.model.map, self.model.plan.clone()) else {
            return;
        };
        let results = map.results.clone();
        self.start(ctx, Lane::Replace, false, move |_, _| {
            Ok(plan_work::replaced(&shown, &results, &swaps))
        });
    }

    /// Looks for swaps that would help the list.
    fn suggest_swaps(&mut self, ctx: &egui::Context) {
        self.follow_campaign(ctx);
        let Some(order) = self.plan_order() else {
            return;
        };
        self.start(ctx, Lane::Swaps, true, move |progress, _| {
            plan_work::swaps(&order, progress)
        });
    }
}
