//! What became of every row of the files that the open map was made from, to be read again at any time.

use eframe::egui::{
    Align, Frame, Id, Key, Layout, Margin, Modal, Modifiers, RichText, ScrollArea, TextStyle, Ui,
    vec2,
};

use super::outcome::outcome_ui;
use crate::app::command::Command;
use crate::app::model::{Model, OpenMap, Sheet};
use crate::app::panels::widgets::{main_button, notice};
use crate::app::theme;

/// Draws the report over everything else while the model says so.
pub(in crate::app::panels) fn report_ui(ui: &Ui, model: &Model, inbox: &mut Vec<Command>) {
    let Some(map) = model
        .map
        .as_ref()
        .filter(|_| model.sheet == Some(Sheet::Report))
    else {
        return;
    };
    let room = ui.ctx().content_rect().size();
    let width = (room.x - 104.0).min(680.0);
    let frame = Frame::window(ui.style()).inner_margin(Margin::same(20));
    let modal = Modal::new(Id::new("import report")).frame(frame);
    let response = modal.show(ui.ctx(), |ui| {
        ui.set_width(width);
        ui.label(RichText::new("What was read").text_style(TextStyle::Heading));
        ScrollArea::vertical()
            .max_height((room.y - 220.0).max(120.0))
            .show(ui, |ui| read_ui(ui, model, map));
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let close = main_button(ui, "Close", theme::colours(model.theme));
                if close.clicked() {
                    inbox.push(Command::ShowReport(false));
                }
            });
        });
    });
    let pressed = |key| {
        response.is_top_modal && ui.input_mut(|input| input.consume_key(Modifiers::NONE, key))
    };
    if pressed(Key::Escape) || pressed(Key::Enter) || response.backdrop_response.clicked() {
        inbox.push(Command::ShowReport(false));
    }
}

fn read_ui(ui: &mut Ui, model: &Model, map: &OpenMap) {
    ui.set_min_width(ui.available_width());
    let report = &map.results.conversation.report;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(10.0, 2.0);
        ui.label(RichText::new(&report.format).text_style(theme::title()));
        ui.label(RichText::new(&map.title).weak());
    });
    ui.add_space(6.0);
    for warning in &report.warnings {
        notice(ui, warning, theme::colours(model.theme));
        ui.add_space(2.0);
    }
    ui.add_space(4.0);
    outcome_ui(ui, report, "report");
}
