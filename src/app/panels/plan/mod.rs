//! The Plan tab: what is asked of a plan, the people it proposes with their reasons, and swaps for the list.

mod comparison;
mod handles;
mod instead;
mod person;
mod picks;
mod settings;

use std::sync::{Arc, Weak};

use eframe::egui::{Align, Label, Layout, Rect, RichText, ScrollArea, Sense, Ui, vec2};

pub(super) use instead::instead_of_ui;
pub(super) use person::cost_ui;
pub(in crate::app) use person::in_plan_ui;
pub(super) use settings::Typed;

use super::PanelState;
use super::figures;
use super::rows::Rows;
use super::shown::Shown;
use super::touched::{gains, table_ui};
use super::widgets::{bar, headline, main_button, named, nothing_here, notice, one_line, section};
use crate::app::command::{Among, Command, PlanCommand};
use crate::app::planning::ShownPlan;
use crate::app::shortcuts::keys_of;
use crate::app::theme;
use crate::campaign::plan::{Limit, Swap};
use crate::progress::Standing;

/// Room for the sentence on a plan, in points.
const HEADLINE: f32 = 60.0;

/// Draws the tab.
pub(super) fn plan_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    state: &mut PanelState,
    inbox: &mut Vec<Command>,
) {
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .show(ui, |ui| {
            settings::settings_ui(ui, shown, &mut state.plan, inbox);
            ui.add_space(theme::NEAR);
            propose_ui(ui, shown, &mut state.rows, inbox);
            let new = is_new(shown, &mut state.plan);
            match &shown.model.plan {
                Some(plan) => {
                    let top = ui.cursor();
                    if new && !ui.clip_rect().contains(top.min + vec2(0.0, HEADLINE)) {
                        let headline = Rect::from_min_size(top.min, vec2(1.0, HEADLINE));
                        ui.scroll_to_rect(headline, Some(Align::Center));
                    }
                    result_ui(ui, shown, plan, &mut state.rows, inbox);
                }
                None => empty_ui(ui),
            }
            if shown.model.has_to_contact() {
                swaps_ui(ui, shown, inbox);
                comparison::waves_ui(ui, shown, inbox);
            }
            ui.add_space(theme::FAR);
        });
}

/// Whether the plan that is shown has just been made: then it comes into sight.
fn is_new(shown: Shown<'_>, typed: &mut Typed) -> bool {
    let plan = shown.model.plan.as_ref();
    let plan = plan.map_or_else(Weak::new, Arc::downgrade);
    if shown.model.advice.proposing.is_some() {
        typed.before = Some(plan);
        return false;
    }
    let before = typed.before.take();
    before.is_some_and(|before| !before.ptr_eq(&plan))
}

/// The main button, or how far the plan is that is being made.
fn propose_ui(ui: &mut Ui, shown: Shown<'_>, rows: &mut Rows, inbox: &mut Vec<Command>) {
    let advice = &shown.model.advice;
    if let Some(standing) = advice.proposing {
        running_ui(ui, shown, standing, inbox);
        return;
    }
    let propose = Command::Plan(PlanCommand::Propose);
    let keys = keys_of(ui.ctx(), &propose);
    let tip = format!("{} ({keys})", propose.words().tooltip);
    let button = main_button(ui, "Propose", shown.colours).on_hover_text(tip);
    let no_rows = shown
        .model
        .plan
        .as_ref()
        .is_none_or(|p| p.plan.picks.is_empty());
    if no_rows && rows.give_keys() {
        button.request_focus();
    }
    if button.clicked() {
        inbox.push(propose);
    }
}

fn running_ui(ui: &mut Ui, shown: Shown<'_>, standing: Standing, inbox: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        ui.set_min_height(theme::CONTROL);
        let words = standing.stage.words();
        let share = standing.share();
        let text = share.map_or_else(
            || words.to_owned(),
            |share| format!("{words} {}", figures::percent(f64::from(share))),
        );
        ui.label(text);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let button = ui.button("Cancel");
            named(&button, "Cancel the plan");
            if button
                .on_hover_text("The plan that is shown stays")
                .clicked()
            {
                inbox.push(Command::Cancel);
            }
            let size = vec2(ui.available_width(), 6.0);
            let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
            let colours = shown.colours;
            bar(ui, rect, share.unwrap_or(0.0), colours.accent, colours.bar);
        });
    });
}

fn empty_ui(ui: &mut Ui) {
    nothing_here(
        ui,
        "No plan yet",
        "Propose finds people to ask who together touch as many others as possible, each of them often enough, and says why \
         each of them",
    );
}

fn result_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    plan: &ShownPlan,
    rows: &mut Rows,
    inbox: &mut Vec<Command>,
) {
    ui.add_space(theme::NEAR);
    if plan.plan.picks.is_empty() {
        let why = plan.may_be_picked.words(&plan.basis.settings);
        nothing_here(ui, "Nobody to propose", &why);
        return;
    }
    headline(ui, &plan.plan.words(), shown.colours);
    if !Arc::ptr_eq(&plan.basis, &shown.model.basis) {
        notice(
            ui,
            "The settings, or who was contacted, have changed since this plan was made",
            shown.colours,
        );
    }
    if let Some(why) = plan.why_short() {
        notice(ui, &why, shown.colours);
    }
    buttons_ui(ui, shown, plan, inbox);
    section(ui, "Who hears how often");
    let touchpoints = plan.plan.touchpoints;
    table_ui(ui, shown, &plan.counts, touchpoints);
    let people = figures::people(plan.plan.picks.len() as u64);
    let title = match plan.basis.settings.limit {
        Limit::People(_) => format!("{people}, in the order of work"),
        Limit::Budget(budget) => format!(
            "{people}, in the order of work · costs {} of {}",
            figures::amount(plan.plan.cost),
            figures::amount(budget)
        ),
    };
    section(ui, &title);
    picks::picks_ui(ui, shown, plan, rows, inbox);
    comparison::comparison_ui(ui, shown, plan, inbox);
}

fn buttons_ui(ui: &mut Ui, shown: Shown<'_>, plan: &ShownPlan, inbox: &mut Vec<Command>) {
    ui.add_space(2.0);
    ui.horizontal_wrapped(|ui| {
        let picks = &plan.plan.picks;
        let new = picks.iter().filter(|p| !shown.model.is_on_list(p.person));
        let new = new.count() as u64;
        ui.add_enabled_ui(new > 0, |ui| {
            let button = ui.button("Add all to list");
            let button = button
                .on_hover_text(format!("{} not on the list yet", figures::people(new)))
                .on_disabled_hover_text("All of them are on the list");
            if button.clicked() {
                inbox.push(Command::AddToList(plan.plan.people()));
            }
        });
        let show = ui.button("Show all on the map");
        if show.on_hover_text("Selects them").clicked() {
            inbox.push(Command::Select(plan.plan.people()));
            inbox.push(Command::FitSelection);
        }
    });
}

/// Swaps that would help the list as it is now.
fn swaps_ui(ui: &mut Ui, shown: Shown<'_>, inbox: &mut Vec<Command>) {
    let model = shown.model;
    section(ui, "The people on the list");
    let command = Command::Plan(PlanCommand::SuggestSwaps);
    let words = command.words();
    let looks = model.advice.looks_for_swaps;
    ui.add_enabled_ui(!looks, |ui| {
        let label = if looks {
            "Looking for swaps…"
        } else {
            words.label
        };
        let button = ui.button(label);
        let button = button
            .on_hover_text(words.tooltip)
            .on_disabled_hover_text(words.tooltip);
        if button.clicked() {
            inbox.push(command);
        }
    });
    let swaps = model.advice.swaps.as_deref();
    if swaps.is_some_and(<[Swap]>::is_empty) {
        let words = "No swap of one person for another would help";
        ui.add(Label::new(RichText::new(words).weak()).wrap());
    }
    for swap in swaps.unwrap_or_default() {
        swap_ui(ui, shown, swap, inbox);
    }
}

fn swap_ui(ui: &mut Ui, shown: Shown<'_>, swap: &Swap, inbox: &mut Vec<Command>) {
    let touchpoints = shown.model.campaign.plan.touchpoints;
    let (out, new) = (shown.name(swap.out), shown.name(swap.new));
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let button = ui.button("Swap");
            named(&button, &format!("Swap {out} for {new}"));
            if button
                .on_hover_text(format!("{new} takes the place of {out} on the list"))
                .clicked()
            {
                inbox.push(Command::Plan(PlanCommand::PutInstead {
                    among: Among::List,
                    out: swap.out,
                    new: swap.new,
                }));
            }
            let (words, tip) = if swap.enough > 0 {
                let words = gains(swap.enough, touchpoints);
                (words, "So many more people would hear often enough")
            } else {
                let tip =
                    "No more people, but spread better over the communities, or more first touches";
                ("better spread".to_owned(), tip)
            };
            ui.label(RichText::new(words).size(13.0)).on_hover_text(tip);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                one_line(ui, format!("{out} → {new}"));
            });
        });
    });
}
