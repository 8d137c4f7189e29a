//! The sheet of keys: every key and gesture in groups, in the middle of the window.

use eframe::egui::{
    Align, Frame, Id, Key, Layout, Margin, Modal, Modifiers, RichText, ScrollArea, TextStyle, Ui,
    vec2,
};

use super::PanelState;
use super::widgets::main_button;
use crate::app::command::Command;
use crate::app::model::{Model, Sheet};
use crate::app::shortcuts::{Group, lines};
use crate::app::theme::{self, Colours};

/// Width of a column of groups, in points.
const COLUMN: f32 = 356.0;
/// Width of the keys before what they do, in points.
const KEYS: f32 = 112.0;

/// Draws the sheet while the model says so.
pub(super) fn keys_ui(ui: &Ui, model: &Model, state: &PanelState, inbox: &mut Vec<Command>) {
    if model.sheet != Some(Sheet::Keys) {
        return;
    }
    let fresh = state.sheet != model.sheet;
    let colours = theme::colours(model.theme);
    let room = ui.ctx().content_rect().size();
    let frame = Frame::window(ui.style()).inner_margin(Margin::same(20));
    let modal = Modal::new(Id::new("keys and gestures")).frame(frame);
    let halves: &[&[Group]] = if room.x > 2.0 * COLUMN + 96.0 {
        let (left, right) = Group::ALL.split_at(2);
        &[left, right]
    } else {
        &[&Group::ALL]
    };
    let gap = theme::FAR * 1.5;
    let width = (COLUMN + gap) * halves.len() as f32 - gap;
    let height = (room.y - 170.0).max(120.0);
    let mut closes = false;
    let title = Command::ShowKeys(true).words().label;
    let response = modal.show(ui.ctx(), |ui| {
        ui.set_width(width.min(room.x - 80.0));
        ui.label(RichText::new(title).text_style(TextStyle::Heading));
        ScrollArea::vertical()
            .max_height(height)
            .min_scrolled_height(height) // also where the window was smaller before
            .show(ui, |ui| {
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = gap;
                    let width = ui.available_width().min(COLUMN);
                    for half in halves {
                        ui.allocate_ui(vec2(width, 0.0), |ui| half_ui(ui, half, colours));
                    }
                });
            });
        ui.add_space(10.0);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let close = main_button(ui, Command::ShowKeys(false).words().label, colours);
            if fresh {
                close.request_focus(); // screen readers begin here
            }
            closes = close.clicked();
        });
    });
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let key = pressed(Key::Escape) || pressed(Key::Questionmark);
    if closes || !fresh && (key || response.backdrop_response.clicked()) {
        inbox.push(Command::ShowKeys(false));
    }
}

/// The keys and gestures of `groups`, each below its heading.
pub(super) fn half_ui(ui: &mut Ui, groups: &[Group], colours: &Colours) {
    ui.vertical(|ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing = vec2(8.0, 4.0);
        for group in groups {
            ui.add_space(10.0);
            let title = RichText::new(group.words()).color(colours.accent).strong();
            ui.label(title);
            for (keys, does) in lines(ui.ctx(), *group) {
                line_ui(ui, &keys, does);
            }
        }
    });
}

fn line_ui(ui: &mut Ui, keys: &str, does: &str) {
    ui.horizontal_top(|ui| {
        let room = vec2(KEYS, 0.0);
        ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Min), |ui| {
            ui.set_min_width(KEYS);
            ui.label(RichText::new(keys).strong());
        });
        ui.add(eframe::egui::Label::new(RichText::new(does).weak()).wrap());
    });
}
