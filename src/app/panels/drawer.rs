//! What stands below the map, one of several at a time, and the line on which it is chosen.

use eframe::egui::{Align, Frame, Layout, Margin, Panel, Ui};

use super::icons::Icon;
use super::shown::Shown;
use super::widgets::{half, halves, icon_button, named};
use super::{PanelState, people_table, plots, posts, time_line, tour};
use crate::app::command::{Command, Drawer, TourStep};
use crate::app::theme;

/// Height at first, and the least, in points.
const HEIGHT: [f32; 2] = [290.0, 190.0];
/// Width of the tabs while nothing is open, in points.
const DOORS: f32 = 250.0;

/// What egui knows the panel by.
pub(super) const ID: &str = "drawer";

/// Draws what the model says stands below the map.
pub(super) fn drawer_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    state: &mut PanelState,
    inbox: &mut Vec<Command>,
) {
    let Some(open) = shown.model.drawer else {
        closed_ui(ui, shown, inbox);
        return;
    };
    let most = (ui.available_height() * 0.6).max(HEIGHT[1]);
    let drawn = Panel::bottom(ID)
        .resizable(true)
        .default_size(HEIGHT[0].min(ui.available_height() * 0.5))
        .size_range(HEIGHT[1]..=most)
        .frame(
            Frame::new()
                .fill(shown.colours.panel)
                .inner_margin(Margin::symmetric(theme::MARGIN, 8)),
        )
        .show(ui, |ui| {
            ui.take_available_space();
            head_ui(ui, shown, open, state, inbox);
            ui.push_id(open, |ui| match open {
                Drawer::People => people_table::people_table_ui(ui, shown, state, inbox),
                Drawer::Posts => posts::posts_ui(ui, shown, state, inbox),
                Drawer::Time => time_line::time_line_ui(ui, shown, state, inbox),
                Drawer::Plots => plots::plots_ui(ui, shown, &mut state.brush, inbox),
            });
        });
    tour::here(ui.ctx(), shown.model, TourStep::Time, drawn.response.rect);
}

/// What might stand below the map, while nothing does: where the tabs will stand.
fn closed_ui(ui: &mut Ui, shown: Shown<'_>, inbox: &mut Vec<Command>) {
    let frame = Frame::new()
        .fill(shown.colours.panel)
        .inner_margin(Margin::symmetric(theme::MARGIN, 4));
    let drawn = Panel::bottom("doors below the map")
        .frame(frame)
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                halves(ui, shown.colours, |ui| {
                    for drawer in Drawer::ALL {
                        let command = Command::ShowDrawer(Some(drawer));
                        let response = half(ui, shown.colours, false, drawer.words());
                        named(&response, &format!("{} below the map", drawer.words()));
                        if response.on_hover_text(command.words().tooltip).clicked() {
                            inbox.push(command);
                        }
                    }
                });
            });
        });
    let rect = drawn.response.rect.shrink(2.0);
    let doors = rect.with_max_x(rect.left() + DOORS.min(rect.width()));
    tour::here(ui.ctx(), shown.model, TourStep::Time, doors);
}

/// Which of them is open, what belongs to it on the same line, and the way out.
fn head_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    open: Drawer,
    state: &mut PanelState,
    inbox: &mut Vec<Command>,
) {
    let width = ui.available_width();
    ui.horizontal(|ui| {
        ui.set_height(theme::CONTROL - 4.0);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let close = Command::ShowDrawer(None);
            let button = icon_button(ui, Icon::Close, close.words().label, shown.colours.weak);
            if button.clicked() {
                inbox.push(close);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                halves(ui, shown.colours, |ui| {
                    for drawer in Drawer::ALL {
                        let command = Command::ShowDrawer(Some(drawer));
                        let response = half(ui, shown.colours, drawer == open, drawer.words());
                        if response.on_hover_text(command.words().tooltip).clicked() {
                            inbox.push(command);
                        }
                    }
                });
                match open {
                    Drawer::People => people_table::head_ui(ui, shown, state, inbox),
                    Drawer::Posts => posts::head_ui(ui, shown, state, inbox),
                    Drawer::Time => time_line::head_ui(ui, shown, state, inbox),
                    Drawer::Plots => plots::head_ui(ui, shown, width),
                }
            });
        });
    });
}
