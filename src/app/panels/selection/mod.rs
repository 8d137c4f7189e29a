//! The Person tab while nobody, or more than one person, is selected.

mod listed;
mod sets;

use eframe::egui::{Align, Button, Label, Layout, Popup, RichText, ScrollArea, Sense, Ui, vec2};

use self::listed::Listed;
use self::sets::sets_ui;
use super::PanelState;
use super::figures;
use super::pair::pair_ui;
use super::shown::Shown;
use super::widgets::{
    bar, command_button, dot, explained_section, main_button, nothing_here, one_line, section,
};
use crate::analysis::WordUse;
use crate::app::command::{Command, GroupCommand, SelectCommand};
use crate::app::offers::is_possible;
use crate::app::shortcuts::keys_of;
use crate::app::theme;
use crate::explore::SetFacts;
use crate::people::PersonId;
use crate::progress::Progress;

/// The facts of so many people are counted within a frame; of more a worker tells.
const AT_ONCE: usize = 2000;

/// What is being done with the selection.
#[derive(Debug, Default)]
pub(in crate::app::panels) struct Held {
    /// The kept selection that is being given a name, and what is typed.
    naming: Option<(u8, String)>,
    /// Who of the selection is on the list.
    listed: Listed,
}

/// Draws the summary, or how to select somebody.
pub(super) fn selection_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    people: &[PersonId],
    state: &mut PanelState,
    inbox: &mut Vec<Command>,
) {
    if people.is_empty() {
        sets_ui(ui, shown, &mut state.selection, inbox);
        nothing_here(
            ui,
            "Nobody is selected",
            "Click a dot on the map or a row under Bridges to see who it is and how they connect",
        );
        return;
    }
    ui.add_space(4.0);
    ui.heading(format!("{} selected", figures::people(people.len() as u64)));
    let found = shown.model.selected_facts.as_deref();
    let results = &shown.map.results;
    let found = found.filter(|found| found.is_about(&shown.model.selected, results));
    let counted = match found {
        Some(found) => Some(found.facts.clone()),
        None if people.len() <= AT_ONCE => {
            // Nobody else knows this progress, so nobody cancels it.
            SetFacts::of(&results.graph, shown.analysis(), people, &Progress::new()).ok()
        }
        None => None,
    };
    let reach = counted
        .as_ref()
        .map_or_else(|| "Counting…".to_owned(), reach_words);
    ui.label(RichText::new(reach).weak());
    state.selection.listed.renew(shown);
    let listed = &state.selection.listed;
    buttons_ui(ui, shown, people, listed.len(), inbox);
    if listed.len() > 0 {
        ui.add(Label::new(RichText::new(listed.words()).weak()).wrap());
    }
    sets_ui(ui, shown, &mut state.selection, inbox);
    if let &[one, other] = people {
        pair_ui(ui, shown, [one, other], &mut state.pair, inbox);
    }
    let words = found.and_then(|found| found.words.as_deref());
    words_ui(ui, words.unwrap_or_default());
    if let Some(counted) = &counted {
        communities_ui(ui, shown, counted);
    }
}

fn reach_words(facts: &SetFacts) -> String {
    let mut reach = format!("Reach {}", figures::short(facts.reach));
    if facts.unknown > 0 {
        reach.push_str(", unknown for ");
        reach.push_str(&figures::whole(facts.unknown as u64));
    }
    reach
}

fn buttons_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    people: &[PersonId],
    n_listed: usize,
    inbox: &mut Vec<Command>,
) {
    let new = people.len().saturating_sub(n_listed);
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        ui.add_enabled_ui(new > 0, |ui| {
            let response = main_button(ui, "Add all to list", shown.colours);
            let response = response
                .on_hover_text(format!(
                    "{} not on the list yet (A)",
                    figures::people(new as u64)
                ))
                .on_disabled_hover_text("All of them are on the list");
            if response.clicked() {
                inbox.push(Command::AddToList(people.to_vec()));
            }
        });
        if ui.button("Clear selection").on_hover_text("Esc").clicked() {
            inbox.push(Command::Select(Vec::new()));
        }
        let more = ui
            .button("More…")
            .on_hover_text("Select more, others, or only those near");
        Popup::menu(&more)
            .width(230.0)
            .show(|ui| more_ui(ui, shown, inbox));
    });
    if (2..=GroupCommand::MOST_ACCOUNTS).contains(&people.len()) {
        let one = GroupCommand::MakeOne(people.to_vec());
        let (label, tip) = one.words();
        ui.add_enabled_ui(one.is_possible(shown.model), |ui| {
            if ui.button(label).on_hover_text(tip).clicked() {
                inbox.push(Command::Group(one));
            }
        });
    }
}

/// Other selections from this one.
fn more_ui(ui: &mut Ui, shown: Shown<'_>, inbox: &mut Vec<Command>) {
    let groups = [
        [
            SelectCommand::Neighbours,
            SelectCommand::Communities,
            SelectCommand::Others,
        ]
        .as_slice(),
        &[SelectCommand::ShowNear(1), SelectCommand::ShowNear(2)],
    ];
    for (at, group) in groups.into_iter().enumerate() {
        if at > 0 {
            ui.separator();
        }
        for asked in group {
            let (label, tip) = asked.words();
            let command = Command::Selection(asked.clone());
            let keys = keys_of(ui.ctx(), &command);
            let mut button = Button::new(label);
            if !keys.is_empty() {
                button = button.shortcut_text(RichText::new(keys).weak());
            }
            let possible = is_possible(&command, shown.model);
            let response = ui.add_enabled(possible, button).on_hover_text(tip);
            if response.clicked() {
                ui.close();
                inbox.push(command);
            }
        }
    }
    ui.separator();
    command_button(ui, true, Command::FitSelection, inbox);
}

/// The words that set them apart.
fn words_ui(ui: &mut Ui, words: &[WordUse]) {
    if words.is_empty() {
        return;
    }
    explained_section(
        ui,
        "Words that set them apart",
        "Used by more of them than everybody else's use would let expect, most telling first",
    );
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 10.0;
        for WordUse { word, members, .. } in words {
            let used = format!("Used by {} of them", figures::people(u64::from(*members)));
            ui.label(word).on_hover_text(used);
        }
    });
}

/// How the selected people spread over communities, most first.
fn communities_ui(ui: &mut Ui, shown: Shown<'_>, facts: &SetFacts) {
    let counts = &facts.communities;
    let title = figures::counted(counts.len() as u64, "community", "communities");
    section(ui, &title);
    let most = counts.first().map_or(1, |(n, _)| *n);
    ScrollArea::vertical().show_rows(ui, theme::CONTROL, counts.len(), |ui, rows| {
        for (n, community) in counts.get(rows).unwrap_or_default() {
            ui.horizontal(|ui| {
                ui.set_height(theme::CONTROL);
                let colour = shown.community_colour(*community);
                dot(ui, colour, 4.5);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    ui.label(figures::whole(*n));
                    let (rect, _) = ui.allocate_exact_size(vec2(72.0, 6.0), Sense::hover());
                    let share = *n as f32 / most as f32;
                    bar(ui, rect, share, colour, shown.colours.bar);
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        one_line(ui, shown.community_name(*community));
                    });
                });
            });
        }
    });
}
