//! The line of titles of the table of everybody: a click sorts, the edge of a column makes it wider.

use eframe::egui::{
    Align, CursorIcon, Rect, RichText, Sense, Stroke, Ui, WidgetInfo, WidgetType, pos2, vec2,
};

use super::super::icons::{Icon, paint};
use super::super::widgets::cell;
use super::{Held, Place, Sheet, usual_width};
use crate::app::command::{Command, TableCommand};
use crate::app::words::columns;

/// Width of the edge that is dragged, in points.
const EDGE: f32 = 8.0;
/// The least and the largest width of a column, in points.
const WIDTHS: [f32; 2] = [44.0, 640.0];

/// Draws it.
pub(super) fn header_ui(ui: &mut Ui, sheet: &Sheet<'_>, held: &mut Held, inbox: &mut Vec<Command>) {
    let whole = ui.clip_rect();
    for (at, place) in sheet.places.iter().enumerate() {
        let seen = if at == 0 {
            sheet.top
        } else {
            sheet.behind_first(sheet.top)
        };
        ui.set_clip_rect(seen.intersect(whole));
        title_ui(ui, sheet, place, inbox);
        edge_ui(ui, sheet, place, held);
    }
    ui.set_clip_rect(whole);
    let line = Stroke::new(1.0, sheet.shown.colours.line);
    let below = sheet.top.bottom() - 0.5;
    ui.painter().hline(sheet.top.x_range(), below, line);
}

fn title_ui(ui: &Ui, sheet: &Sheet<'_>, place: &Place, inbox: &mut Vec<Command>) {
    let (column, colours) = (place.column, sheet.shown.colours);
    let room = sheet.room(place, sheet.top);
    let order = sheet.shown.model.table.order;
    let sorted = order.column == column;
    let title = columns::title(column);
    let response = ui.interact(room, ui.id().with(("title", column)), Sense::click());
    let label = match (sorted, order.down) {
        (false, _) => format!("Sort by {title}"),
        (true, true) => format!("Sort by {title}, now the largest first"),
        (true, false) => format!("Sort by {title}, now the least first"),
    };
    response.widget_info(|| WidgetInfo::selected(WidgetType::Button, true, sorted, &label));
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    let colour = if sorted || response.hovered() {
        colours.text
    } else {
        colours.weak
    };
    let mut text = room.shrink2(vec2(6.0, 0.0));
    let arrow = 12.0;
    let align = if column.is_text() {
        text.max.x -= arrow;
        Align::Min
    } else {
        text.min.x += arrow;
        Align::Max
    };
    cell(ui, text, RichText::new(title).small(), colour, align);
    if sorted {
        let galley = ui.painter().layout_no_wrap(
            title.to_owned(),
            eframe::egui::TextStyle::Small.resolve(ui.style()),
            colour,
        );
        let width = galley.size().x.min(text.width());
        let x = match align {
            Align::Min => text.left() + width + 7.0,
            _ => text.right() - width - 7.0,
        };
        let icon = if order.down { Icon::Down } else { Icon::Up };
        let place = Rect::from_center_size(pos2(x, text.center().y), vec2(8.0, 8.0));
        paint(ui.painter(), place, icon, colours.accent);
    }
    if response.clicked() {
        let order = order.clicked(column);
        inbox.push(Command::Table(TableCommand::SortBy(order)));
    }
    response.on_hover_text(format!("{}\nClick to sort", columns::tip(column)));
}

/// The edge on the right of a column; a double-click gives it its usual width.
fn edge_ui(ui: &Ui, sheet: &Sheet<'_>, place: &Place, held: &mut Held) {
    let room = sheet.room(place, sheet.top);
    let middle = pos2(room.right(), room.center().y);
    let edge = Rect::from_center_size(middle, vec2(EDGE, room.height()));
    // Not there for the keys: what is cut can be read in the tooltips.
    let response = ui.interact(
        edge,
        ui.id().with(("width", place.column)),
        Sense::CLICK | Sense::DRAG,
    );
    let strong = response.hovered() || response.dragged();
    if response.double_clicked() {
        held.widths.remove(&place.column);
    } else if response.dragged() {
        let by = response.drag_delta().x;
        let width = held.widths.entry(place.column).or_insert(place.width);
        *width = (*width + by).clamp(WIDTHS[0].min(usual_width(place.column)), WIDTHS[1]);
    }
    let colour = if strong {
        sheet.shown.colours.accent
    } else {
        sheet.shown.colours.line
    };
    let line = Stroke::new(1.0, colour);
    ui.painter()
        .vline(room.right() - 0.5, room.shrink(6.0).y_range(), line);
    response.on_hover_cursor(CursorIcon::ResizeHorizontal);
}
