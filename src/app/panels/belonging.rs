//! Which accounts somebody has, and to which community they are counted, with the ways to change that.

use eframe::egui::containers::menu::MenuButton;
use eframe::egui::{Align, Layout, RichText, ScrollArea, Ui};

use super::figures;
use super::shown::Shown;
use super::widgets::{dot, named, one_line, small_button};
use crate::analysis::CommunityId;
use crate::app::command::{Command, GroupCommand};
use crate::app::words::{Measure, measure_tip};
use crate::people::PersonId;

/// The communities to choose from take no more height than this, in points.
const TALLEST: f32 = 320.0;

/// Other accounts that are named; of more there is a number.
const NAMED: usize = 4;

/// The other accounts of a person, "also @ana2", with the way to take them apart.
pub(super) fn also_ui(ui: &mut Ui, shown: Shown<'_>, id: PersonId, inbox: &mut Vec<Command>) {
    let also = shown.map.results.graph.also(id);
    let handles: Vec<String> = also.map(|account| format!("@{}", account.handle)).collect();
    if handles.is_empty() {
        return;
    }
    let first = handles.get(..NAMED).unwrap_or(&handles).join(", ");
    let more = handles.len().saturating_sub(NAMED);
    let words = if more > 0 {
        format!("also {first} and {more} more")
    } else {
        format!("also {first}")
    };
    let tip = handles.join("\n");
    line_ui(ui, (&words, &tip), |ui| {
        asked_ui(
            ui,
            shown,
            ("Take apart", GroupCommand::TakeApart(id)),
            inbox,
        );
    });
}

/// The community of a person, with the ways to count them to another one.
pub(super) fn belonging_ui(ui: &mut Ui, shown: Shown<'_>, id: PersonId, inbox: &mut Vec<Command>) {
    let community = shown.community_name(shown.community_of(id));
    let sure = shown.sure_of(id);
    let (words, tip) = if sure < 1.0 {
        (
            format!("{community} · {} sure", figures::percent(f64::from(sure))),
            measure_tip(Measure::Certainty),
        )
    } else {
        (community.to_owned(), "")
    };
    line_ui(ui, (&words, tip), |ui| {
        move_ui(ui, shown, id, inbox);
        asked_ui(ui, shown, ("Back", GroupCommand::MoveBack(id)), inbox);
    });
}

/// A line of words with small buttons at its end.
fn line_ui(ui: &mut Ui, (words, tip): (&str, &str), buttons: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            buttons(ui);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let response = one_line(ui, RichText::new(words).weak());
                if !tip.is_empty() {
                    response.on_hover_text(tip);
                }
            });
        });
    });
}

/// A small button, where what it asks for would do anything.
fn asked_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    (label, asked): (&str, GroupCommand),
    inbox: &mut Vec<Command>,
) {
    if !asked.is_possible(shown.model) {
        return;
    }
    let (name, tip) = asked.words();
    let button = ui.add(small_button(label));
    named(&button, name);
    if button.on_hover_text(tip).clicked() {
        inbox.push(Command::Group(asked));
    }
}

/// The menu of other communities.
fn move_ui(ui: &mut Ui, shown: Shown<'_>, id: PersonId, inbox: &mut Vec<Command>) {
    let others = others(shown, id);
    if others.is_empty() {
        return;
    }
    let (_, tip) = GroupCommand::Move(id, CommunityId(0)).words();
    let button = MenuButton::from_button(small_button("Move to…"));
    let (response, _) = button.ui(ui, |ui| {
        ScrollArea::vertical().max_height(TALLEST).show(ui, |ui| {
            for (other, name) in others {
                ui.horizontal(|ui| {
                    dot(ui, shown.community_colour(Some(other)), 5.0);
                    let button = ui.button(name);
                    named(&button, &format!("Move to {name}"));
                    if button.clicked() {
                        inbox.push(Command::Group(GroupCommand::Move(id, other)));
                        ui.close();
                    }
                });
            }
        });
    });
    named(&response, "Move to another community");
    response.on_hover_text(tip);
}

/// The communities to which the person may be counted instead; none for people without ties.
fn others(shown: Shown<'_>, id: PersonId) -> Vec<(CommunityId, &str)> {
    let Some(own) = shown.community_of(id) else {
        return Vec::new();
    };
    let list = shown.analysis().communities.list.iter().zip(0..);
    let others = list.map(|(community, at)| (CommunityId(at), community));
    let others = others.filter(|(other, community)| *other != own && !community.small);
    others
        .map(|(other, community)| (other, community.name.as_str()))
        .collect()
}
