//! One person on the list: grip, place, name, community, status and note.

use eframe::egui::{
    self, Align, CursorIcon, DragAndDrop, Id, Layout, Rect, Response, RichText, Sense, TextEdit,
    TextStyle, Ui, UiBuilder, WidgetInfo, WidgetType, pos2,
    text::{LayoutJob, TextFormat},
    vec2,
};

use super::super::figures;
use super::super::icons::{Icon, paint};
use super::super::plan::instead_of_ui;
use super::super::shown::Shown;
use super::super::widgets::{
    capital, cell, icon_button, menu_button, menu_choice, named, row_ground,
};
use super::order::{Dragged, move_to};
use super::{Listed, ROW};
use crate::app::command::Command;
use crate::app::theme;
use crate::campaign::{Edit, Entry, Status};
use crate::people::PersonId;

/// The row of this person, wherever they stand: whoever is moved keeps the keys.
fn row_id(entry: &Entry) -> Id {
    Id::new(("entry", &entry.person))
}

/// Draws the entry in row `at`.
pub(super) fn entry_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    (at, listed): (usize, Listed<'_>),
    entry: &Entry,
    inbox: &mut Vec<Command>,
) -> Response {
    let colours = shown.colours;
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), ROW));
    let row = ui.interact(rect, row_id(entry), Sense::click());
    let person = shown.map.results.graph.find(&entry.person);
    row.widget_info(|| {
        let place = listed.places.get(at).map_or(0, |place| place + 1);
        let label = format!("{}, place {place} on the list", entry.name);
        WidgetInfo::labeled(WidgetType::Button, true, label)
    });
    let selected = person.is_some_and(|person| shown.model.is_selected(person))
        || DragAndDrop::payload::<Dragged>(ui.ctx()).is_some_and(|who| who.0 == entry.person);
    row_ground(ui, rect, &row, selected, colours);
    if row.clicked()
        && let Some(person) = person
    {
        inbox.push(Command::ShowPerson(person));
    }
    let inner = rect.shrink2(vec2(6.0, 5.0));
    let upper = Rect::from_min_size(inner.min, vec2(inner.width(), 32.0));
    let lower = Rect::from_min_max(
        pos2(inner.left() + 20.0, inner.bottom() - theme::CONTROL),
        inner.max,
    );
    upper_ui(ui, shown, upper, (at, listed), entry, inbox);
    let builder = UiBuilder::new()
        .max_rect(lower)
        // Whoever has the keys keeps them when something above comes or goes.
        .id(row_id(entry).with("below"))
        .layout(Layout::left_to_right(Align::Center));
    // Rooms of their own: a scope would take the next row up to where it ends.
    let mut below = ui.new_child(builder);
    below.spacing_mut().item_spacing.x = 6.0;
    status_ui(&mut below, entry, inbox);
    instead_of_ui(&mut below, shown, entry, inbox);
    note_ui(&mut below, entry, inbox);
    let line = egui::Stroke::new(1.0, colours.line.gamma_multiply(0.7));
    ui.painter()
        .hline(inner.x_range(), rect.bottom() + 1.0, line);
    row
}

/// Grip, place, dot, name and community; arrows and the way off the list.
fn upper_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    rect: Rect,
    (at, listed): (usize, Listed<'_>),
    entry: &Entry,
    inbox: &mut Vec<Command>,
) {
    grip_ui(ui, shown, rect, entry);
    let person = shown.map.results.graph.find(&entry.person);
    let colours = shown.colours;
    let y = rect.y_range();
    let number = Rect::from_x_y_ranges(rect.left() + 16.0..=rect.left() + 40.0, y);
    let place = listed.places.get(at).map_or(0, |place| *place as u64 + 1);
    let text = RichText::new(figures::whole(place)).small();
    cell(ui, number, text, colours.weak, Align::Max);
    let x = rect.left() + 52.0;
    let colour = person.map_or(colours.line, |person| shown.person_colour(person));
    ui.painter()
        .circle_filled(pos2(x, rect.center().y - 7.0), 4.5, colour);
    let room = x + 10.0..=rect.right() - 84.0;
    let middle = rect.center().y;
    let name = Rect::from_x_y_ranges(room.clone(), middle - 17.0..=middle + 2.0);
    let handle = handle_of(shown, entry, person);
    let text = name_and_handle(ui, shown, entry, (person, handle));
    let cut = cell(ui, name, text, colours.text, Align::Min);
    let below = Rect::from_x_y_ranges(room, middle..=middle + 17.0);
    let community = person.map_or("Not in the file that is open now", |person| {
        shown.community_name(shown.community_of(person))
    });
    let community_text = RichText::new(community).text_style(TextStyle::Small);
    let cut = cell(ui, below, community_text, colours.weak, Align::Min) || cut;
    if cut {
        let whole = Rect::from_min_max(name.min, below.max);
        ui.interact(whole, ui.id().with(("name", at)), Sense::hover())
            .on_hover_text(match handle {
                Some(handle) => format!("{} @{handle}\n{community}", entry.name),
                None => format!("{}\n{community}", entry.name),
            });
    }
    let buttons = Rect::from_min_max(pos2(rect.right() - 80.0, rect.top()), rect.max);
    let builder = UiBuilder::new()
        .max_rect(buttons)
        .id(row_id(entry).with("buttons"))
        .layout(Layout::right_to_left(Align::Center));
    let mut beside = ui.new_child(builder);
    beside.spacing_mut().item_spacing.x = 2.0;
    place_buttons_ui(&mut beside, shown, (at, listed), entry, inbox);
}

/// The handle, where it is not the name.
fn handle_of<'a>(shown: Shown<'a>, entry: &'a Entry, person: Option<PersonId>) -> Option<&'a str> {
    let known = person.and_then(|person| shown.person(person));
    let handle = known.map_or(entry.person.as_str(), |person| &person.handle);
    let differs = handle.to_lowercase() != entry.name.to_lowercase();
    differs.then_some(handle)
}

fn name_and_handle(
    ui: &Ui,
    shown: Shown<'_>,
    entry: &Entry,
    (person, handle): (Option<PersonId>, Option<&str>),
) -> LayoutJob {
    let colours = shown.colours;
    let style =
        |text_style: TextStyle, colour| TextFormat::simple(text_style.resolve(ui.style()), colour);
    let name = if person.is_some() {
        colours.text
    } else {
        colours.weak
    };
    let mut job = LayoutJob::default();
    job.append(&entry.name, 0.0, style(TextStyle::Body, name));
    if let Some(handle) = handle {
        let mut format = style(TextStyle::Small, colours.weak);
        format.valign = Align::Center;
        job.append(&format!("@{handle}"), 6.0, format);
    }
    job
}

fn place_buttons_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    (at, listed): (usize, Listed<'_>),
    entry: &Entry,
    inbox: &mut Vec<Command>,
) {
    let colour = shown.colours.weak;
    let name = &entry.name;
    let button = icon_button(ui, Icon::Close, &format!("Remove {name} from list"), colour);
    if button.clicked() {
        inbox.push(Command::Edit(Edit::Remove(vec![entry.person.clone()])));
    }
    let mut moves = |ui: &mut Ui, icon, enabled, to: usize, words: String| {
        ui.add_enabled_ui(enabled, |ui| {
            if icon_button(ui, icon, &words, colour).clicked() {
                inbox.extend(move_to(listed, &entry.person, to));
            }
        });
    };
    let below = at + 1 < listed.places.len();
    moves(ui, Icon::Down, below, at + 1, format!("Move {name} down"));
    let above = at.saturating_sub(1);
    moves(ui, Icon::Up, at > 0, above, format!("Move {name} up"));
}

/// The grip by which an entry is dragged to another place.
fn grip_ui(ui: &Ui, shown: Shown<'_>, rect: Rect, entry: &Entry) {
    let place = Rect::from_center_size(pos2(rect.left() + 7.0, rect.center().y), vec2(18.0, 26.0));
    let id = Id::new(("grip", &entry.person));
    let grip = ui.interact(place, id, Sense::drag());
    grip.dnd_set_drag_payload(Dragged(entry.person.clone()));
    let colour = if grip.hovered() || grip.dragged() {
        shown.colours.text
    } else {
        shown.colours.grey.gamma_multiply(0.7)
    };
    let icon = Rect::from_center_size(place.center(), vec2(13.0, 13.0));
    paint(ui.painter(), icon, Icon::Grip, colour);
    grip.on_hover_and_drag_cursor(CursorIcon::Grab)
        .on_hover_text("Drag to another place");
}

fn status_ui(ui: &mut Ui, entry: &Entry, inbox: &mut Vec<Command>) {
    let name = format!("Status of {}, {}", entry.name, entry.status.words());
    let text = capital(entry.status.words());
    menu_button(ui, 132.0, &text, &name, |ui| {
        for status in Status::ALL {
            let chosen = entry.status == status;
            if menu_choice(ui, chosen, &capital(status.words())).clicked() {
                inbox.push(Command::Edit(Edit::SetStatus {
                    person: entry.person.clone(),
                    status,
                }));
            }
        }
    });
}

fn note_ui(ui: &mut Ui, entry: &Entry, inbox: &mut Vec<Command>) {
    let mut note = entry.note.clone();
    let field = TextEdit::singleline(&mut note)
        .id(Id::new(("note", &entry.person)))
        .hint_text("Note")
        .margin(egui::Margin::symmetric(8, 5))
        .desired_width(ui.available_width());
    let mut response = ui.add(field);
    named(&response, &format!("Note on {}", entry.name));
    if response.changed() {
        inbox.push(Command::Edit(Edit::SetNote {
            person: entry.person.clone(),
            note,
        }));
    }
    if response.lost_focus() {
        inbox.push(Command::CloseStep);
    }
    if !entry.note.is_empty() && !response.has_focus() {
        response = response.on_hover_text(&entry.note);
    }
    drop(response);
}
