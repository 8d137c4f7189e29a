//! The Person tab while nobody, or more than one person, is selected.

use eframe::egui::{RichText, ScrollArea, Ui};

use super::figures;
use super::pair::{Pair, pair_ui};
use super::shown::Shown;
use super::widgets::{bar, dot, main_button, nothing_here, one_line, section};
use crate::analysis::CommunityId;
use crate::app::command::{Command, GroupCommand};
use crate::app::theme;
use crate::people::PersonId;
use eframe::egui::{Align, Layout, Sense, vec2};

/// Draws the summary, or how to select somebody.
pub(super) fn selection_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    people: &[PersonId],
    pair: &mut Option<Pair>,
    inbox: &mut Vec<Command>,
) {
    if people.is_empty() {
        nothing_here(
            ui,
            "Nobody is selected",
            "Click a dot on the map or a row under Bridges to see who it is and how they connect",
        );
        return;
    }
    ui.add_space(4.0);
    let n = people.len() as u64;
    ui.heading(format!("{} selected", figures::people(n)));
    let known: Vec<f64> = people
        .iter()
        .filter_map(|&id| shown.person(id).and_then(|person| person.reach))
        .collect();
    let unknown = people.len() - known.len();
    let mut reach = format!("Reach {}", figures::short(known.iter().sum()));
    if unknown > 0 {
        reach.push_str(", unknown for ");
        reach.push_str(&figures::whole(unknown as u64));
    }
    ui.label(RichText::new(reach).weak());
    buttons_ui(ui, shown, people, inbox);
    if let &[one, other] = people {
        pair_ui(ui, shown, [one, other], pair, inbox);
    }
    communities_ui(ui, shown, people);
}

fn buttons_ui(ui: &mut Ui, shown: Shown<'_>, people: &[PersonId], inbox: &mut Vec<Command>) {
    let new = people
        .iter()
        .filter(|&&id| !shown.model.is_on_list(id))
        .count();
    ui.add_space(4.0);
    ui.horizontal(|ui| {
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
    });
    let one = GroupCommand::MakeOne(people.to_vec());
    let (label, tip) = one.words();
    ui.add_enabled_ui(one.is_possible(shown.model), |ui| {
        if ui.button(label).on_hover_text(tip).clicked() {
            inbox.push(Command::Group(one));
        }
    });
}

/// How the selected people spread over communities, most first.
fn communities_ui(ui: &mut Ui, shown: Shown<'_>, people: &[PersonId]) {
    let mut of: Vec<Option<CommunityId>> =
        people.iter().map(|&id| shown.community_of(id)).collect();
    of.sort_unstable();
    let mut counts: Vec<(u64, Option<CommunityId>)> = of
        .chunk_by(|a, b| a == b)
        .filter_map(|run| run.first().map(|community| (run.len() as u64, *community)))
        .collect();
    counts.sort_by_key(|&(n, community)| (std::cmp::Reverse(n), community));
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
