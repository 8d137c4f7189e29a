//! What stands on the line of the tabs while the table of everybody is open: the search, how many are shown, columns, the way out.

use eframe::egui::{
    self, Align, Button, Key, Layout, Modifiers, Popup, PopupCloseBehavior, Rect, RichText,
    ScrollArea, TextEdit, Ui, WidgetInfo, WidgetType, pos2, vec2,
};

use super::super::PanelState;
use super::super::figures;
use super::super::icons::{Icon, paint};
use super::super::shown::Shown;
use super::super::widgets::{icon_button, named};
use super::everybody;
use crate::app::command::{Command, TableCommand};
use crate::app::offers::is_possible;
use crate::app::words::columns;
use crate::explore::{Column, Statuses};

/// Draws it.
pub(in crate::app::panels) fn head_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    state: &mut PanelState,
    inbox: &mut Vec<Command>,
) {
    ui.add_space(4.0);
    search_ui(ui, shown, state, inbox);
    let narrow = ui.available_width() < 330.0;
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        more_ui(ui, shown, narrow, inbox);
        columns_ui(ui, shown, inbox);
        if !narrow {
            selected_only_ui(ui, shown, inbox);
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let n = ui.available_width();
            if n > 40.0 {
                let mut said = count(shown, false);
                if n < 7.5 * said.len() as f32 {
                    said = count(shown, true);
                }
                ui.add(egui::Label::new(RichText::new(said).weak()).truncate());
            }
        });
    });
}

/// How many are shown, of how many.
fn count(shown: Shown<'_>, short: bool) -> String {
    let all = shown.map.results.graph.n_people() as u64;
    let Some(rows) = &shown.model.table.rows else {
        return String::new();
    };
    let n = rows.people.len() as u64;
    let said = match (n == all, short) {
        (true, true) => figures::whole(all),
        (true, false) => figures::people(all),
        (false, true) => format!("{} of {}", figures::whole(n), figures::whole(all)),
        (false, false) => format!("{} of {}", figures::whole(n), figures::people(all)),
    };
    if shown.model.table.is_behind {
        format!("{said}…")
    } else {
        said
    }
}

/// The field to search with.
fn search_ui(ui: &mut Ui, shown: Shown<'_>, state: &mut PanelState, inbox: &mut Vec<Command>) {
    let words = TableCommand::SetFilter(String::new()).words();
    let id = egui::Id::new("search the table");
    let mut typed = shown.model.table.filter.clone();
    if ui.memory(|memory| memory.has_focus(id)) {
        let down = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::ArrowDown));
        if down {
            state.people_table.rows.take_keys();
        }
    }
    let width = (ui.available_width() * 0.3).clamp(96.0, 190.0);
    let hint = if width < 130.0 {
        "Search"
    } else {
        "Search people"
    };
    let field = TextEdit::singleline(&mut typed)
        .id(id)
        .hint_text(hint)
        .margin(egui::Margin {
            left: 26,
            right: 22,
            top: 3,
            bottom: 3,
        })
        .desired_width(width);
    let response = ui.add(field).on_hover_text(words.1);
    named(&response, "Search people in the table");
    let middle = response.rect.center().y;
    let glass = Rect::from_center_size(pos2(response.rect.left() + 13.0, middle), vec2(12.0, 12.0));
    paint(ui.painter(), glass, Icon::Search, shown.colours.weak);
    if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
        state.people_table.rows.take_keys();
    }
    if response.changed() {
        let typed = TableCommand::SetFilter(typed.clone());
        inbox.push(Command::Table(typed));
    }
    if !typed.is_empty() {
        let place =
            Rect::from_center_size(pos2(response.rect.right() - 12.0, middle), vec2(18.0, 18.0));
        let clear = ui.interact(place, id.with("clear"), egui::Sense::click());
        super::super::widgets::icon_button_at(ui, place, &clear, Icon::Close, shown.colours.weak);
        clear.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, "Clear the search"));
        if clear.clicked() {
            let nothing = TableCommand::SetFilter(String::new());
            inbox.push(Command::Table(nothing));
        }
    }
}

fn selected_only_ui(ui: &mut Ui, shown: Shown<'_>, inbox: &mut Vec<Command>) {
    let on = shown.model.table.selected_only;
    let command = TableCommand::ShowSelectedOnly(!on);
    let response = ui.add(Button::new("Selected only").selected(on));
    let kind = WidgetType::Button;
    response.widget_info(|| WidgetInfo::selected(kind, true, on, "Selected only"));
    if response.on_hover_text(command.words().1).clicked() {
        inbox.push(Command::Table(command));
    }
}

/// Which columns there are, and in which order.
fn columns_ui(ui: &mut Ui, shown: Shown<'_>, inbox: &mut Vec<Command>) {
    let button = ui.add(Button::new("Columns"));
    let words = TableCommand::SetColumns(Vec::new()).words();
    let button = button.on_hover_text(words.1);
    Popup::menu(&button)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .width(250.0)
        .show(|ui| {
            let chosen = &shown.model.table.columns;
            let none = Statuses::new();
            let everybody = everybody(shown, &none);
            let others = Column::ALL.into_iter().filter(|c| !chosen.contains(c));
            let all = chosen.iter().copied().chain(others);
            let room = (ui.ctx().content_rect().height() - 140.0).max(160.0);
            ScrollArea::vertical().max_height(room).show(ui, |ui| {
                for column in all.filter(|column| everybody.has(*column)) {
                    column_ui(ui, shown, column, inbox);
                }
            });
            ui.separator();
            if ui.button("The usual columns").clicked() {
                set(Column::USUAL.to_vec(), inbox);
            }
        });
}

fn set(columns: Vec<Column>, inbox: &mut Vec<Command>) {
    inbox.push(Command::Table(TableCommand::SetColumns(columns)));
}

/// One column: whether it is shown, and the way to another place.
fn column_ui(ui: &mut Ui, shown: Shown<'_>, column: Column, inbox: &mut Vec<Command>) {
    let chosen = &shown.model.table.columns;
    let at = chosen.iter().position(|other| *other == column);
    let title = columns::title(column);
    ui.horizontal(|ui| {
        ui.set_min_width(230.0);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if let Some(at) = at {
                let ways = [
                    (
                        Icon::Down,
                        "right",
                        at.checked_add(1).filter(|to| *to < chosen.len()),
                    ),
                    (Icon::Up, "left", at.checked_sub(1)),
                ];
                for (icon, way, to) in ways {
                    let label = format!("Move {title} to the {way}");
                    ui.add_enabled_ui(to.is_some(), |ui| {
                        let button = icon_button(ui, icon, &label, shown.colours.weak);
                        if let Some(to) = to.filter(|_| button.clicked()) {
                            let mut columns = chosen.clone();
                            columns.swap(at, to);
                            set(columns, inbox);
                        }
                    });
                }
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let mut on = at.is_some();
                let last = on && chosen.len() == 1;
                let box_ = ui.add_enabled(!last, egui::Checkbox::new(&mut on, title));
                if box_.on_hover_text(columns::tip(column)).clicked() {
                    let mut columns = chosen.clone();
                    match at {
                        Some(at) => drop(columns.remove(at)),
                        None => columns.push(column),
                    }
                    set(columns, inbox);
                }
            });
        });
    });
}

/// What leads out of the table; and, where there is little room, what else belongs to it.
fn more_ui(ui: &mut Ui, shown: Shown<'_>, narrow: bool, inbox: &mut Vec<Command>) {
    let button = icon_button(
        ui,
        Icon::More,
        "Copy or export the table",
        shown.colours.weak,
    );
    let mut lines = vec![TableCommand::ExportDialog, TableCommand::Copy];
    if narrow {
        let on = shown.model.table.selected_only;
        lines.push(TableCommand::ShowSelectedOnly(!on));
    }
    Popup::menu(&button).width(230.0).show(|ui| {
        for line in lines {
            let (label, tip) = line.words();
            let command = Command::Table(line);
            let possible = is_possible(&command, shown.model);
            let response = ui.add_enabled(possible, Button::new(label));
            if response.on_hover_text(tip).clicked() {
                ui.close();
                inbox.push(command);
            }
        }
    });
}
