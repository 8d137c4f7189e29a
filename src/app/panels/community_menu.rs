//! The menu of one community: what it is called, its colour, with which others it is one, what is shown.

use eframe::egui::{
    Button, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, vec2,
};

use super::communities::Renaming;
use super::community::other_names;
use super::shown::Shown;
use super::widgets::{capital, named};
use crate::analysis::CommunityId;
use crate::app::command::{Command, GroupCommand};
use crate::app::offers::is_possible;
use crate::app::theme::{self, colour};
use crate::render::{COLOUR_NAMES, palette};

/// Side of a square of colour, in points.
const SQUARE: f32 = 22.0;
/// Squares in a row.
const IN_A_ROW: usize = 4;
/// The others to merge with take no more height than this, in points.
const TALLEST: f32 = 320.0;

/// Draws the menu of `id`.
pub(super) fn community_menu_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    id: CommunityId,
    renaming: &mut Renaming,
    inbox: &mut Vec<Command>,
) {
    ui.set_min_width(150.0);
    let Some(community) = shown.community(id) else {
        return;
    };
    command_item(ui, shown, Command::ShowCommunity(Some(id)), inbox);
    let rename = Command::NameCommunity(id, String::new()).words();
    if item(ui, true, rename.label, rename.tooltip) {
        renaming.of = Some((id, community.name.clone()));
        renaming.begins = true;
    }
    for other in other_names(shown, id, community) {
        let label = format!("Call it {other}");
        if item(ui, true, &label, "Another name that fits") {
            inbox.push(Command::NameCommunity(id, other.clone()));
        }
    }
    let words = Command::ColourCommunity(id, None).words();
    let opens = ui.menu_button(words.label, |ui| {
        colours_ui(ui, shown, id, community.colour, inbox);
    });
    named(&opens.response, words.label);
    let words = Command::MergeCommunities(id, id).words();
    let others = others(shown, id);
    ui.add_enabled_ui(!others.is_empty(), |ui| {
        let opens = ui.menu_button(words.label, |ui| {
            ScrollArea::vertical().max_height(TALLEST).show(ui, |ui| {
                for (other, name) in others {
                    if item(ui, true, name, words.tooltip) {
                        inbox.push(Command::MergeCommunities(id, other));
                    }
                }
            });
        });
        named(&opens.response, words.label);
    });
    command_item(ui, shown, Command::PartCommunity(id), inbox);
    for asked in [GroupCommand::Split(id), GroupCommand::TakeSplitBack(id)] {
        command_item(ui, shown, Command::Group(asked), inbox);
    }
    ui.separator();
    let hidden = shown.model.hidden.contains(&id);
    command_item(ui, shown, Command::SetCommunityShown(id, hidden), inbox);
    let lit = shown.model.isolated == Some(id);
    let label = if lit { "Show all" } else { "Only this one" };
    let isolate = Command::Isolate((!lit).then_some(id));
    if item(ui, true, label, isolate.words().tooltip) {
        inbox.push(isolate);
    }
}

/// The other communities that are no small groups.
fn others(shown: Shown<'_>, id: CommunityId) -> Vec<(CommunityId, &str)> {
    let list = shown.analysis().communities.list.iter().zip(0..);
    let others = list.map(|(community, at)| (CommunityId(at), community));
    let others = others.filter(|(other, community)| *other != id && !community.small);
    let named = others.map(|(other, community)| (other, community.name.as_str()));
    named.collect()
}

fn command_item(ui: &mut Ui, shown: Shown<'_>, command: Command, inbox: &mut Vec<Command>) {
    let words = command.words();
    let enabled = is_possible(&command, shown.model);
    if item(ui, enabled, words.label, words.tooltip) {
        inbox.push(command);
    }
}

fn item(ui: &mut Ui, enabled: bool, label: &str, tip: &str) -> bool {
    let response = ui.add_enabled(enabled, Button::new(label));
    let clicked = response.on_hover_text(tip).clicked();
    if clicked {
        ui.close(); // Enter does not do that by itself
    }
    clicked
}

/// The twelve colours of the palette, and the one by size.
fn colours_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    id: CommunityId,
    chosen: Option<u8>,
    inbox: &mut Vec<Command>,
) {
    let palette = palette(shown.model.theme);
    let twelve: Vec<_> = COLOUR_NAMES
        .iter()
        .zip(palette.communities)
        .zip(0u8..)
        .collect();
    for row in twelve.chunks(IN_A_ROW) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            for ((name, rgb), place) in row {
                let (rect, square) = ui.allocate_exact_size(vec2(SQUARE, SQUARE), Sense::click());
                let is_chosen = chosen == Some(*place);
                let name = capital(name);
                square.widget_info(|| {
                    WidgetInfo::selected(WidgetType::Button, true, is_chosen, &name)
                });
                ui.painter().rect_filled(rect, theme::ROUND, colour(*rgb));
                if is_chosen || square.hovered() || square.has_focus() {
                    let ring = Stroke::new(2.0, shown.colours.text);
                    ui.painter()
                        .rect_stroke(rect, theme::ROUND, ring, StrokeKind::Inside);
                }
                if square.on_hover_text(name).clicked() {
                    inbox.push(Command::ColourCommunity(id, Some(*place)));
                    ui.close();
                }
            }
        });
    }
    if item(
        ui,
        chosen.is_some(),
        "By size",
        "The colour that follows from its place",
    ) {
        inbox.push(Command::ColourCommunity(id, None));
    }
}
