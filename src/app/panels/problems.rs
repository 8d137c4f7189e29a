//! What went wrong: notes in a corner of the map, each to be dismissed; the map stays in use.

use eframe::egui::{
    self, Align, Align2, Area, Frame, Id, Layout, Margin, Order, Rect, RichText, Sense, Stroke, Ui,
    vec2,
};

use super::icons::{Icon, paint};
use super::widgets::{icon_button, one_line};
use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::theme::{self, Colours};
use crate::problem::Problem;

/// Notes shown at a time, the newest ones.
const MOST: usize = 3;

/// Draws the notes into the upper right corner of `room`.
pub(super) fn problems_ui(ui: &Ui, room: Rect, model: &Model, inbox: &mut Vec<Command>) {
    if model.problems.is_empty() {
        return;
    }
    let colours = theme::colours(model.theme);
    let order = if model.import.is_some() {
        Order::Tooltip
    } else {
        Order::Foreground
    };
    let width = (room.width() - 24.0).clamp(180.0, 360.0);
    Area::new(Id::new("problems"))
        .order(order)
        .pivot(Align2::RIGHT_TOP)
        .fixed_pos(room.right_top() + vec2(-12.0, 12.0))
        .constrain(true)
        .show(ui.ctx(), |ui| {
            ui.set_width(width);
            let hidden = model.problems.len().saturating_sub(MOST);
            for (at, problem) in model.problems.iter().enumerate().skip(hidden).rev() {
                note_ui(ui, colours, (at, problem), inbox);
            }
            if hidden > 0 {
                ui.label(RichText::new(format!("and {hidden} more")).small().weak());
            }
        });
}

fn note_ui(
    ui: &mut Ui,
    colours: &Colours,
    (at, problem): (usize, &Problem),
    inbox: &mut Vec<Command>,
) {
    Frame::popup(ui.style())
        .fill(colours.raised)
        .stroke(Stroke::new(1.0, colours.warn.gamma_multiply(0.6)))
        .inner_margin(Margin::symmetric(12, 10))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                let name = format!("Dismiss: {}", problem.what);
                if icon_button(ui, Icon::Close, &name, colours.weak).clicked() {
                    inbox.push(Command::DismissProblem(at));
                }
                ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
                    let (rect, _) = ui.allocate_exact_size(vec2(16.0, 20.0), Sense::hover());
                    let sign = Rect::from_center_size(rect.center(), vec2(15.0, 15.0));
                    paint(ui.painter(), sign, Icon::Warning, colours.warn);
                    ui.vertical(|ui| {
                        ui.spacing_mut().item_spacing.y = 3.0;
                        ui.add(egui::Label::new(RichText::new(&problem.what).strong()).wrap());
                        ui.add(egui::Label::new(RichText::new(&problem.advice).weak()).wrap());
                        if let Some(file) = &problem.file {
                            one_line(ui, RichText::new(file).small().weak());
                        }
                    });
                });
            });
        });
    ui.add_space(2.0);
}
