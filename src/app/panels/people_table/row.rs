//! One row of the table of everybody: what stands in it, and what a click on it does.

use std::sync::Arc;

use eframe::egui::{
    Align, Id, Key, Rect, Response, RichText, Sense, Ui, WidgetInfo, WidgetType, pos2, vec2,
};

use super::super::figures;
use super::super::icons::Icon;
use super::super::shown::Shown;
use super::super::widgets::{cell, icon_button_at, row_ground};
use super::{Held, Place, Sheet};
use crate::app::command::{Command, SelectCommand};
use crate::app::tabled::PeopleRows;
use crate::app::words::columns;
use crate::explore::{Column, Value};
use crate::people::PersonId;

/// Room for the + at the end of the first column, in points.
const ADD: f32 = 26.0;
/// Size of figures, in points.
const FIGURE: f32 = 13.0;

/// What stands in `column`; `None`: nobody knows.
pub(super) fn words(sheet: &Sheet<'_>, column: Column, person: PersonId) -> Option<String> {
    if column == Column::Status {
        return status(sheet.shown, person).map(ToOwned::to_owned);
    }
    match sheet.everybody.value(column, person) {
        Value::Nothing => None,
        Value::Text(text) => Some(text.to_owned()),
        Value::Number(value) => Some(match column {
            Column::Score => figures::amount(value),
            Column::Stability => figures::percent(value),
            Column::Betweenness if value < 99.95 => figures::amount(value),
            _ => figures::whole(value.max(0.0).round() as u64),
        }),
    }
}

/// How far the talk is with somebody on the list.
fn status(shown: Shown<'_>, person: PersonId) -> Option<&'static str> {
    let key = &shown.person(person)?.key;
    let list = &shown.model.campaign.outreach_list;
    let entry = list.entries().get(list.place_of(key)?)?;
    Some(entry.status.words())
}

/// Everything that the row tells, for those who hear it.
fn spoken(sheet: &Sheet<'_>, at: usize, person: PersonId) -> String {
    let mut said = format!(
        "{}, row {}",
        sheet.shown.name(person),
        figures::whole(at as u64 + 1)
    );
    let others = sheet.places.iter().map(|place| place.column);
    for column in others.filter(|column| *column != Column::Name) {
        let words = words(sheet, column, person);
        said.push_str(", ");
        said.push_str(columns::title(column));
        said.push(' ');
        said.push_str(words.as_deref().unwrap_or("unknown"));
    }
    said
}

/// The row itself: its ground, and what is asked with it.
pub(super) fn row_ui(
    ui: &mut Ui,
    sheet: &Sheet<'_>,
    held: &mut Held,
    rows: &Arc<PeopleRows>,
    (at, person, line): (usize, PersonId, Rect),
    inbox: &mut Vec<Command>,
) {
    let shown = sheet.shown;
    let response = ui.interact(line, Id::new(("person in the table", at)), Sense::click());
    let selected = shown.model.is_selected(person);
    response.widget_info(|| {
        let label = spoken(sheet, at, person);
        WidgetInfo::selected(WidgetType::Button, true, selected, label)
    });
    row_ground(ui, line, &response, selected, shown.colours);
    held.rows
        .row(ui, &response, (at, rows.people.len()), Some(person));
    if response.double_clicked() {
        inbox.push(Command::ShowPerson(person));
    } else if response.clicked() {
        response.request_focus();
        clicked(ui, &response, held, rows, (at, person), inbox);
    }
    let menu = |ui: &mut Ui| menu_ui(ui, shown, person, inbox);
    response.context_menu(menu);
}

/// A click, with which keys, or Enter or Space on the row that has the keys.
fn clicked(
    ui: &Ui,
    response: &Response,
    held: &mut Held,
    rows: &PeopleRows,
    (at, person): (usize, PersonId),
    inbox: &mut Vec<Command>,
) {
    let has_keys = response.has_focus(); // not asked inside of `input`, which holds the lock
    let (modifiers, enter, space) = ui.input(|input| {
        let pressed = |key| has_keys && input.key_pressed(key);
        (input.modifiers, pressed(Key::Enter), pressed(Key::Space))
    });
    if enter {
        inbox.push(Command::ShowPerson(person));
        return;
    }
    let anchor = held.anchor.filter(|_| modifiers.shift);
    let from = anchor.and_then(|anchor| rows.people.iter().position(|other| *other == anchor));
    if let Some(from) = from {
        let range = rows.people.get(from.min(at)..=from.max(at));
        let range = range.unwrap_or_default().to_vec();
        inbox.push(if modifiers.command {
            Command::SelectMore(range)
        } else {
            Command::Select(range)
        });
        return; // the next range begins there too
    }
    held.anchor = Some(person);
    inbox.push(if space || modifiers.command {
        Command::ToggleSelected(person)
    } else {
        Command::Select(vec![person])
    });
}

/// What can be done with the person of a row.
fn menu_ui(ui: &mut Ui, shown: Shown<'_>, person: PersonId, inbox: &mut Vec<Command>) {
    let listed = shown.model.is_on_list(person);
    let on_list = if listed {
        "Remove from list"
    } else {
        "Add to list"
    };
    let several = shown.model.selected.len() > 1 && shown.model.is_selected(person);
    let mut lines = vec![
        ("Show on the map", Command::ShowPerson(person)),
        (on_list, Command::ToggleOnList(person)),
    ];
    if several {
        let all = SelectCommand::PutOnList;
        lines.push((all.words().0, Command::Selection(all)));
    }
    for (label, command) in lines {
        if ui.button(label).clicked() {
            ui.close();
            inbox.push(command);
        }
    }
    if shown.model.is_selected(person) {
        for command in [SelectCommand::Neighbours, SelectCommand::Communities] {
            if ui.button(command.words().0).clicked() {
                ui.close();
                inbox.push(Command::Selection(command));
            }
        }
    }
}

/// A cell behind the first column.
pub(super) fn cell_ui(ui: &Ui, sheet: &Sheet<'_>, place: &Place, person: PersonId, line: Rect) {
    let room = sheet.room(place, line);
    if room.right() < sheet.body.left() || room.left() > sheet.body.right() {
        return;
    }
    cell_in(
        ui,
        sheet,
        place.column,
        person,
        room.shrink2(vec2(6.0, 0.0)),
    );
}

fn cell_in(ui: &Ui, sheet: &Sheet<'_>, column: Column, person: PersonId, room: Rect) {
    let colours = sheet.shown.colours;
    let align = if column.is_text() {
        Align::Min
    } else {
        Align::Max
    };
    let Some(text) = words(sheet, column, person) else {
        if column != Column::Status {
            cell(
                ui,
                room,
                RichText::new("–").size(FIGURE),
                colours.weak,
                align,
            );
        }
        return;
    };
    let mut room = room;
    if column == Column::Community {
        let colour = sheet.shown.person_colour(person);
        let at = pos2(room.left() + 4.0, room.center().y);
        ui.painter().circle_filled(at, 3.5, colour);
        room.min.x += 13.0;
    }
    let colour = if column == Column::Person {
        colours.weak
    } else {
        colours.text
    };
    cell(ui, room, RichText::new(text).size(FIGURE), colour, align);
}

/// The first column, which stays in sight: over what is scrolled under it; with the way onto the list.
pub(super) fn first_ui(
    ui: &mut Ui,
    sheet: &Sheet<'_>,
    person: PersonId,
    line: Rect,
    inbox: &mut Vec<Command>,
) {
    let Some(place) = sheet.places.first() else {
        return;
    };
    let shown = sheet.shown;
    let room = sheet.room(place, line).shrink2(vec2(6.0, 0.0));
    let name = Rect::from_min_max(room.min, pos2(room.right() - ADD, room.bottom()));
    if place.column == Column::Name {
        let at = pos2(name.left() + 4.0, name.center().y);
        ui.painter()
            .circle_filled(at, 4.0, shown.person_colour(person));
        let text = Rect::from_min_max(pos2(name.left() + 14.0, name.top()), name.max);
        cell(ui, text, shown.name(person), shown.colours.text, Align::Min);
    } else {
        cell_in(ui, sheet, place.column, person, name);
    }
    add_ui(ui, shown, room, person, inbox);
}

/// + or ✓.
fn add_ui(ui: &Ui, shown: Shown<'_>, room: Rect, person: PersonId, inbox: &mut Vec<Command>) {
    let middle = pos2(room.right() - ADD / 2.0, room.center().y);
    let rect = Rect::from_center_size(middle, vec2(22.0, 22.0));
    let button = ui.interact(rect, ui.id().with(("add", person.0)), Sense::click());
    let listed = shown.model.is_on_list(person);
    let name = shown.name(person);
    let (icon, colour, label) = if listed {
        let label = format!("Remove {name} from list");
        (Icon::Check, shown.colours.accent, label)
    } else {
        (
            Icon::Plus,
            shown.colours.weak,
            format!("Add {name} to list"),
        )
    };
    icon_button_at(ui, rect, &button, icon, colour);
    button.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &label));
    if button.clicked() {
        inbox.push(Command::ToggleOnList(person));
    }
    button.on_hover_text(label);
}
