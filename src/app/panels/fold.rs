//! A part of a panel that can be folded, and stays so.

use eframe::egui::collapsing_header::CollapsingState;
use eframe::egui::{Id, Rect, Sense, Stroke, Ui, WidgetInfo, WidgetType, pos2, vec2};

use super::icons::{Icon, paint};
use super::widgets::{cell, heading_text};
use crate::app::theme::{self, Colours};

/// Height of the heading, in points.
const HEAD: f32 = 30.0;

/// Draws a heading that folds what `add` draws below it; open at first. `key` names the part, whoever it is about.
pub(super) fn folded_ui(
    ui: &mut Ui,
    (key, title): (&str, &str),
    colours: &Colours,
    add: impl FnOnce(&mut Ui),
) {
    let id = Id::new(("folded", key));
    let mut state = CollapsingState::load_with_default_open(ui.ctx(), id, true);
    ui.add_space(theme::FAR - 8.0);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), HEAD), Sense::click());
    let open = state.is_open();
    response.widget_info(|| WidgetInfo::selected(WidgetType::CollapsingHeader, true, open, title));
    if response.clicked() {
        state.toggle(ui);
    }
    let colour = if response.hovered() || response.has_focus() {
        colours.text
    } else {
        colours.weak
    };
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    let line = Stroke::new(1.0, colours.line.gamma_multiply(0.7));
    ui.painter().hline(rect.x_range(), rect.top(), line);
    let sign = Rect::from_center_size(pos2(rect.right() - 8.0, rect.center().y), vec2(9.0, 9.0));
    let icon = if state.is_open() {
        Icon::Up
    } else {
        Icon::Down
    };
    paint(ui.painter(), sign, icon, colour);
    let text = heading_text(title);
    let room = rect.with_max_x(sign.left() - 4.0);
    cell(ui, room, text, colours.text, eframe::egui::Align::Min);
    state.show_body_unindented(ui, add);
}
