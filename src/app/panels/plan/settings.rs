//! What the organizer asks of a plan: the three settings used most, then who may be asked and who should hear.

use std::collections::BTreeSet;

use std::sync::Weak;

use eframe::egui::{
    Align, CollapsingHeader, DragValue, Layout, Response, RichText, ScrollArea, Slider, Ui,
};

use super::handles::{Handles, handles_ui};
use crate::analysis::CommunityId;
use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::panels::shown::Shown;
use crate::app::panels::widgets::{dot, menu_button, menu_choice, named, one_line};
use crate::app::planning::ShownPlan;
use crate::app::theme;
use crate::campaign::community_of;
use crate::campaign::plan::{Limit, PlanSettings};
use crate::campaign::{Edit, Status};

/// Touches that can be asked for here.
const MOST_TOUCHPOINTS: u32 = 5;
/// A step of the slider between most people and as even as possible.
const SPREAD_STEP: f64 = 0.05;
/// Steps of that slider, from 1 to 0.25.
const SPREAD_STEPS: u32 = 15;
/// The reach cap where it is switched on.
const FIRST_CAP: f64 = 10_000.0;
/// How much a community may count, with what that means.
const WEIGHTS: [(f64, &str); 5] = [
    (0.0, "0, need not hear"),
    (0.5, "½, counts half"),
    (1.0, "1, as others"),
    (2.0, "2, counts twice"),
    (3.0, "3, counts three times"),
];

/// What is typed in the fields of people.
#[derive(Debug, Default)]
pub(in crate::app::panels) struct Typed {
    pinned: Handles,
    excluded: Handles,
    contacted: Handles,
    /// The plan that was shown while another one was being made.
    pub(super) before: Option<Weak<ShownPlan>>,
}

/// Asks for the settings with `change` made.
fn set(model: &Model, inbox: &mut Vec<Command>, change: impl FnOnce(&mut PlanSettings)) {
    let mut settings = model.campaign.plan.clone();
    change(&mut settings);
    if settings != model.campaign.plan {
        inbox.push(Command::Edit(Edit::SetPlan(Box::new(settings))));
    }
}

/// Asks for `change` as a step of its own: a button or a box was pressed.
pub(super) fn choose(
    model: &Model,
    inbox: &mut Vec<Command>,
    change: impl FnOnce(&mut PlanSettings),
) {
    inbox.push(Command::CloseStep);
    set(model, inbox, change);
    inbox.push(Command::CloseStep);
}

/// Asks for `change` where a field or a slider was moved; all until it is let go is one step.
pub(super) fn field(
    model: &Model,
    response: &Response,
    inbox: &mut Vec<Command>,
    change: impl FnOnce(&mut PlanSettings),
) {
    if response.changed() {
        set(model, inbox, change);
    }
    let held = response.dragged() || response.has_focus();
    if response.drag_stopped() || response.lost_focus() || (response.changed() && !held) {
        inbox.push(Command::CloseStep);
    }
}

/// Draws all settings.
pub(super) fn settings_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    typed: &mut Typed,
    inbox: &mut Vec<Command>,
) {
    limit_ui(ui, shown.model, inbox);
    touchpoints_ui(ui, shown.model, inbox);
    spread_ui(ui, shown, inbox);
    ui.add_space(theme::NEAR);
    CollapsingHeader::new("Who may be asked")
        .id_salt("who may be asked")
        .show_unindented(ui, |ui| {
            reach_ui(ui, shown, inbox);
            people_ui(ui, shown, typed, inbox);
            pick_from_ui(ui, shown, inbox);
            ui.add_space(theme::NEAR);
        })
        .header_response
        .on_hover_text("Reach, connections, communities, and people by name");
    CollapsingHeader::new("Who should hear")
        .id_salt("who should hear")
        .show_unindented(ui, |ui| weights_ui(ui, shown, inbox))
        .header_response
        .on_hover_text("How much it counts that the people of each community hear");
}

/// The small name of a setting, above it.
fn title(ui: &mut Ui, words: &str, tip: &str) {
    ui.add_space(4.0);
    ui.label(RichText::new(words).small().weak())
        .on_hover_text(tip);
}

/// One of a few choices on a line.
fn pick(ui: &mut Ui, chosen: bool, words: &str, name: &str, tip: &str) -> bool {
    let response = ui.selectable_label(chosen, words);
    named(&response, name);
    response.on_hover_text(tip).clicked() && !chosen
}

/// A slider whose rail is seen on the panel.
fn slider_ui(ui: &mut Ui, shown: Shown<'_>, slider: Slider<'_>) -> Response {
    let look = ui.visuals().widgets.inactive;
    ui.visuals_mut().widgets.inactive.bg_fill = shown.colours.bar;
    let response = ui.add(slider);
    ui.visuals_mut().widgets.inactive = look;
    response
}

fn limit_ui(ui: &mut Ui, model: &Model, inbox: &mut Vec<Command>) {
    let settings = &model.campaign.plan;
    let tip = "The most people whom the plan may propose, or what asking them may cost together";
    title(ui, "How many", tip);
    ui.horizontal(|ui| {
        let by_people = matches!(settings.limit, Limit::People(_));
        if pick(
            ui,
            by_people,
            "People",
            "Limit by people",
            "So many people at most",
        ) {
            choose(model, inbox, |settings| {
                settings.limit = as_people(settings);
            });
        }
        let tip = "As many people as a budget pays for";
        if pick(ui, !by_people, "Budget", "Limit by budget", tip) {
            choose(model, inbox, |settings| {
                settings.limit = as_budget(settings);
            });
        }
        ui.add_space(4.0);
        match settings.limit {
            Limit::People(mut n) => {
                let most = PlanSettings::MOST_PEOPLE;
                let value = DragValue::new(&mut n).range(1..=most).speed(0.2);
                let response = ui.add(value).on_hover_text("Drag, or click and type");
                named(&response, "How many people");
                field(model, &response, inbox, |s| s.limit = Limit::People(n));
                ui.label(RichText::new("people").weak());
            }
            Limit::Budget(mut budget) => {
                let value = DragValue::new(&mut budget).range(0.0..=1e12).speed(1.0);
                let tip = "In the unit of the costs below: money, or hours";
                let response = ui.add(value).on_hover_text(tip);
                named(&response, "Budget");
                field(model, &response, inbox, |s| s.limit = Limit::Budget(budget));
            }
        }
    });
    if matches!(settings.limit, Limit::Budget(_)) {
        costs_ui(ui, model, inbox);
    }
}

fn as_people(settings: &PlanSettings) -> Limit {
    let usual = PlanSettings::default().limit;
    match settings.limit {
        Limit::Budget(budget) if settings.costs.each > 0.0 => {
            let people = (budget / settings.costs.each).floor();
            let most = f64::from(PlanSettings::MOST_PEOPLE);
            Limit::People(people.clamp(1.0, most) as u32)
        }
        Limit::Budget(_) => usual,
        people @ Limit::People(_) => people,
    }
}

fn as_budget(settings: &PlanSettings) -> Limit {
    match settings.limit {
        Limit::People(n) => Limit::Budget(f64::from(n) * settings.costs.each),
        budget @ Limit::Budget(_) => budget,
    }
}

fn costs_ui(ui: &mut Ui, model: &Model, inbox: &mut Vec<Command>) {
    let mut costs = model.campaign.plan.costs.clone();
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new("Each costs").weak());
        let value = DragValue::new(&mut costs.each).range(0.0..=1e9).speed(0.1);
        let tip = "What it costs to win anybody; the Person tab takes another cost for one person";
        let response = ui.add(value).on_hover_text(tip);
        named(&response, "Cost of each person");
        field(model, &response, inbox, |s| s.costs.each = costs.each);
        ui.label(RichText::new("and per 1,000 reach").weak());
        let value = DragValue::new(&mut costs.per_thousand_reach);
        let tip = "Besides, for each thousand of known reach: large accounts ask for more";
        let response = ui
            .add(value.range(0.0..=1e9).speed(0.05))
            .on_hover_text(tip);
        named(&response, "Cost per 1,000 reach");
        field(model, &response, inbox, |s| {
            s.costs.per_thousand_reach = costs.per_thousand_reach;
        });
    });
}

fn touchpoints_ui(ui: &mut Ui, model: &Model, inbox: &mut Vec<Command>) {
    let tip = "Few people believe a message that they hear once, from one person";
    title(ui, "Each person should hear from at least", tip);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for n in 1..=MOST_TOUCHPOINTS {
            let chosen = model.campaign.plan.touchpoints == n;
            let name = format!("Touchpoints {n}");
            let tip = match n {
                1 => "One person they share a tie with is enough".to_owned(),
                _ => format!("{n} different people they share a tie with"),
            };
            if pick(ui, chosen, &format!("  {n}  "), &name, &tip) {
                choose(model, inbox, |settings| settings.touchpoints = n);
            }
        }
    });
}

fn spread_ui(ui: &mut Ui, shown: Shown<'_>, inbox: &mut Vec<Command>) {
    let model = shown.model;
    let tip = "Most people: wherever they are. As even as possible: in every community a like share of its people";
    title(ui, "Who is reached", tip);
    let spread = model.campaign.plan.spread;
    let mut step = ((1.0 - spread) / SPREAD_STEP).round() as u32;
    let room = ui.available_width();
    let gap = std::mem::replace(&mut ui.spacing_mut().item_spacing.y, 0.0);
    let width = std::mem::replace(&mut ui.spacing_mut().slider_width, room.max(60.0));
    let slider = Slider::new(&mut step, 0..=SPREAD_STEPS).show_value(false);
    let response = slider_ui(ui, shown, slider).on_hover_text(tip);
    named(&response, "Most people, or as even as possible");
    field(model, &response, inbox, |settings| {
        settings.spread = 1.0 - f64::from(step) * SPREAD_STEP;
    });
    ui.horizontal(|ui| {
        ui.label(RichText::new("Most people").small().weak());
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(RichText::new("As even as possible").small().weak());
        });
    });
    ui.spacing_mut().item_spacing.y = gap;
    ui.spacing_mut().slider_width = width;
}

fn reach_ui(ui: &mut Ui, shown: Shown<'_>, inbox: &mut Vec<Command>) {
    let model = shown.model;
    let settings = &model.campaign.plan;
    ui.horizontal(|ui| {
        let mut capped = settings.reach_cap.is_some();
        let tip = "Nobody with more reach is picked: the largest accounts seldom answer. Unknown reach is under every cap";
        let response = ui.checkbox(&mut capped, "Reach up to").on_hover_text(tip);
        if response.changed() {
            choose(model, inbox, |s| s.reach_cap = capped.then_some(FIRST_CAP));
        }
        if let Some(mut cap) = settings.reach_cap {
            ui.spacing_mut().slider_width = (ui.available_width() - 100.0).clamp(40.0, 160.0);
            let slider = Slider::new(&mut cap, 100.0..=10_000_000.0);
            let slider = slider.logarithmic(true).fixed_decimals(0).step_by(1.0);
            let response = slider_ui(ui, shown, slider).on_hover_text(tip);
            named(&response, "Most reach");
            field(model, &response, inbox, |s| s.reach_cap = Some(cap));
        }
    });
    ui.horizontal(|ui| {
        ui.label("At least");
        let mut least = settings.least_connections.max(1);
        let value = DragValue::new(&mut least).range(1..=1000).speed(0.1);
        let tip = "Nobody with fewer connections is picked";
        let response = ui.add(value).on_hover_text(tip);
        named(&response, "Fewest connections");
        field(model, &response, inbox, |s| s.least_connections = least);
        ui.label(if least == 1 {
            "connection"
        } else {
            "connections"
        });
    });
}

/// The three fields of people.
fn people_ui(ui: &mut Ui, shown: Shown<'_>, typed: &mut Typed, inbox: &mut Vec<Command>) {
    let model = shown.model;
    let settings = &model.campaign.plan;
    let tip = "Every plan holds these people, whatever they bring";
    let about = ("Must be in", tip, &settings.pinned);
    handles_ui(ui, shown, about, &mut typed.pinned, inbox, |s, keys| {
        s.pinned = keys;
    });
    let entries = model.campaign.outreach_list.entries();
    let open = |settings: &PlanSettings| {
        let mut open = entries.iter().filter(|e| e.status == Status::ToContact);
        open.any(|entry| !settings.pinned.contains(&entry.person))
    };
    if open(settings) {
        let tip = "Everybody on the outreach list whom nobody has written to yet";
        let button = ui.button("The people on my list must be in");
        if button.on_hover_text(tip).clicked() {
            let open = entries.iter().filter(|e| e.status == Status::ToContact);
            choose(model, inbox, |s| {
                s.pinned.extend(open.map(|entry| entry.person.clone()));
            });
        }
    }
    let tip = "The own brand, people who asked not to be contacted, competitors";
    let about = ("Never pick", tip, &settings.excluded);
    handles_ui(ui, shown, about, &mut typed.excluded, inbox, |s, keys| {
        s.excluded = keys;
    });
    let tip = "They carry the message already: counted from the start, and not picked. Statuses of the list count too";
    let about = ("Contacted already", tip, &settings.contacted);
    handles_ui(ui, shown, about, &mut typed.contacted, inbox, |s, keys| {
        s.contacted = keys;
    });
}

/// The communities that are no small groups.
fn large(shown: Shown<'_>) -> impl Iterator<Item = CommunityId> {
    let list = shown.analysis().communities.list.iter().enumerate();
    let large = list.filter(|(_, community)| !community.small);
    large.map(|(at, _)| CommunityId(at as u32))
}

/// The key of a member by whom the community is named.
fn member(shown: Shown<'_>, id: CommunityId) -> Option<String> {
    let community = shown.analysis().communities.list.get(id.index())?;
    let person = shown.person(community.member)?;
    Some(person.key.to_string())
}

/// The communities of now that members name.
fn homes(shown: Shown<'_>) -> impl Fn(&String) -> Option<CommunityId> {
    let (graph, communities) = (&shown.map.results.graph, &shown.analysis().communities);
    move |member| community_of(member, graph, communities)
}

fn pick_from_ui(ui: &mut Ui, shown: Shown<'_>, inbox: &mut Vec<Command>) {
    let model = shown.model;
    let from = &model.campaign.plan.pick_from;
    title(
        ui,
        "Pick from",
        "The communities whose people may be picked",
    );
    ui.horizontal(|ui| {
        let tip = "People of every community, and of small groups";
        if pick(
            ui,
            from.is_none(),
            "All communities",
            "Pick from all communities",
            tip,
        ) {
            choose(model, inbox, |settings| settings.pick_from = None);
        }
        let tip = "Only people of the communities that are ticked";
        if pick(
            ui,
            from.is_some(),
            "Chosen ones",
            "Pick from chosen communities",
            tip,
        ) {
            let all = large(shown).filter_map(|id| member(shown, id)).collect();
            choose(model, inbox, |settings| settings.pick_from = Some(all));
        }
    });
    let home = homes(shown);
    let Some(from) = from else { return };
    let from: BTreeSet<CommunityId> = from.iter().filter_map(&home).collect();
    ScrollArea::vertical()
        .id_salt("pick from")
        .max_height(190.0)
        .show(ui, |ui| {
            for id in large(shown) {
                let mut ticked = from.contains(&id);
                ui.horizontal(|ui| {
                    let name = shown.community_name(Some(id));
                    let response = ui.checkbox(&mut ticked, "");
                    named(&response, &format!("Pick from {name}"));
                    dot(ui, shown.community_colour(Some(id)), 4.5);
                    one_line(ui, name);
                    if response.changed() {
                        choose(model, inbox, |settings| {
                            let from = settings.pick_from.get_or_insert_default();
                            from.retain(|member| home(member) != Some(id));
                            from.extend(member(shown, id).filter(|_| ticked));
                        });
                    }
                });
            }
        });
}

fn weights_ui(ui: &mut Ui, shown: Shown<'_>, inbox: &mut Vec<Command>) {
    let model = shown.model;
    let results = &shown.map.results;
    let weights = model
        .campaign
        .plan
        .weighed(&results.graph, &results.analysis.communities);
    title(
        ui,
        "How much it counts that a community hears",
        "0: its people need not hear; 2: each of them counts as two",
    );
    ScrollArea::vertical()
        .id_salt("weights")
        .max_height(240.0)
        .show(ui, |ui| {
            for id in large(shown) {
                let weight = weights.get(&id).copied().unwrap_or(1.0);
                let name = shown.community_name(Some(id));
                ui.horizontal(|ui| {
                    dot(ui, shown.community_colour(Some(id)), 4.5);
                    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                        weight_ui(ui, shown, (id, name, weight), inbox);
                        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                            one_line(ui, name);
                        });
                    });
                });
            }
        });
}

fn weight_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    (id, name, weight): (CommunityId, &str, f64),
    inbox: &mut Vec<Command>,
) {
    let is = |value: f64| (weight - value).abs() < 1e-9;
    let known = WEIGHTS.iter().find(|(value, _)| is(*value));
    let words = known.map_or_else(
        || format!("{weight}"),
        |(_, words)| words.split(',').next().unwrap_or_default().to_owned(),
    );
    let label = format!("Weight of {name}, {words}");
    menu_button(ui, 64.0, &words, &label, |ui| {
        for (value, words) in WEIGHTS {
            if menu_choice(ui, is(value), words).clicked() {
                let home = homes(shown);
                choose(shown.model, inbox, |settings| {
                    settings
                        .weights
                        .retain(|member, _| home(member) != Some(id));
                    let weighs = (value - 1.0).abs() > 1e-9;
                    let member = member(shown, id).filter(|_| weighs);
                    settings
                        .weights
                        .extend(member.map(|member| (member, value)));
                });
            }
        }
    });
}
