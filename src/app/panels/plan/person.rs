//! What a plan does with one person: chosen in the Person tab, in the map's card and in the rows of a plan.

use eframe::egui::{DragValue, RichText, Ui};

use super::settings::{choose, field};
use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::panels::widgets::{menu_button, menu_choice, named, small_button};
use crate::campaign::PlanSettings;
use crate::campaign::plan::Limit;
use crate::people::Person;

/// Below this width the menu says little.
const SHORT: f32 = 160.0;

/// What a plan does with a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InPlan {
    /// Picked where that helps.
    May,
    /// Picked whatever they bring.
    Must,
    /// Never picked.
    Never,
    /// Not picked: they carry the message already.
    Contacted,
}

impl InPlan {
    const ALL: [Self; 4] = [Self::May, Self::Must, Self::Never, Self::Contacted];

    fn words(self) -> &'static str {
        match self {
            Self::May => "May be picked",
            Self::Must => "Must be in",
            Self::Never => "Never pick",
            Self::Contacted => "Contacted already",
        }
    }

    fn tip(self) -> &'static str {
        match self {
            Self::May => "The planner picks this person where that helps most",
            Self::Must => "Every plan holds this person, whatever they bring",
            Self::Never => "The own brand, somebody who asked not to be contacted, a competitor",
            Self::Contacted => {
                "Carries the message already: counted from the start, and not picked"
            }
        }
    }

    /// What `settings` say of the person with this key.
    pub(super) fn of(settings: &PlanSettings, key: &str) -> Self {
        if settings.excluded.contains(key) {
            Self::Never
        } else if settings.contacted.contains(key) {
            Self::Contacted
        } else if settings.pinned.contains(key) {
            Self::Must
        } else {
            Self::May
        }
    }

    /// Asks for this in the settings, for the person with this key.
    pub(super) fn ask(self, model: &Model, key: &str, inbox: &mut Vec<Command>) {
        choose(model, inbox, |settings| {
            for people in [
                &mut settings.pinned,
                &mut settings.excluded,
                &mut settings.contacted,
            ] {
                people.remove(key);
            }
            let people = match self {
                Self::May => return,
                Self::Must => &mut settings.pinned,
                Self::Never => &mut settings.excluded,
                Self::Contacted => &mut settings.contacted,
            };
            people.insert(key.to_owned());
        });
    }
}

/// A menu of what a plan does with `person`, in few words where there is little `width`.
pub(in crate::app) fn in_plan_ui(
    ui: &mut Ui,
    model: &Model,
    person: &Person,
    width: f32,
    inbox: &mut Vec<Command>,
) {
    let settings = &model.campaign.plan;
    let now = InPlan::of(settings, &person.key);
    let words = now.words().to_lowercase();
    let text = match now {
        InPlan::May if width < SHORT => "Plan".to_owned(),
        _ if width < SHORT => now.words().to_owned(),
        _ => format!("Plan: {words}"),
    };
    let name = format!("In a plan: {} {words}", person.name);
    menu_button(ui, width, &text, &name, |ui| {
        for choice in InPlan::ALL {
            if menu_choice(ui, choice == now, choice.words())
                .on_hover_text(choice.tip())
                .clicked()
            {
                choice.ask(model, &person.key, inbox);
            }
        }
    })
    .on_hover_text(now.tip());
}

/// What `person` costs where a budget is asked for: as everybody, or a cost of their own.
pub(in crate::app::panels) fn cost_ui(
    ui: &mut Ui,
    model: &Model,
    person: &Person,
    inbox: &mut Vec<Command>,
) {
    let settings = &model.campaign.plan;
    if !matches!(settings.limit, Limit::Budget(_)) {
        return;
    }
    let own = settings.costs.of.contains_key(&*person.key);
    ui.horizontal(|ui| {
        ui.label(RichText::new("Costs").small().weak());
        let mut cost = settings.costs.of_person(person);
        let value = DragValue::new(&mut cost).range(0.0..=1e9).speed(0.5);
        let response = ui
            .add(value)
            .on_hover_text("What it costs to win this person");
        named(&response, &format!("What {} costs", person.name));
        field(model, &response, inbox, |settings| {
            settings.costs.of.insert(person.key.to_string(), cost);
        });
        if !own {
            ui.label(RichText::new("as everybody").small().weak());
        } else if ui.add(small_button("As everybody")).clicked() {
            choose(model, inbox, |settings| {
                settings.costs.of.remove(&*person.key);
            });
        }
    });
}
