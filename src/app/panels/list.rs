//! The outreach list: people in the order of work, each with status and note, and the way out as CSV.

use eframe::egui::{
    self, Align, CursorIcon, Id, Layout, Rect, Response, RichText, ScrollArea, Sense, TextEdit,
    TextStyle, Ui, UiBuilder, WidgetInfo, WidgetType, pos2, vec2,
};

use super::PanelState;
use super::figures;
use super::icons::{Icon, paint};
use super::meter;
use super::plan::instead_of_ui;
use super::shown::Shown;
use super::widgets::{
    cell, icon_button, main_button, menu_button, menu_choice, named, nothing_here, row_ground,
};
use crate::app::command::Command;
use crate::app::theme;
use crate::campaign::{Edit, Entry, Status};

/// Height of an entry, in points.
const ROW: f32 = 84.0;

/// The place from which an entry is dragged.
#[derive(Clone)]
struct Dragged(String);

/// Draws the list.
pub(super) fn list_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    state: &mut PanelState,
    inbox: &mut Vec<Command>,
) {
    let entries = shown.model.campaign.outreach_list.entries();
    if entries.is_empty() {
        nothing_here(
            ui,
            "Nobody is on the list yet",
            "Press + beside a person under Bridges, double-click a dot on the map, or press A while somebody is selected",
        );
        return;
    }
    head_ui(ui, shown, entries, state, inbox);
    meter::meter_ui(ui, shown, inbox);
    ui.add_space(2.0);
    ui.spacing_mut().item_spacing.y = 2.0;
    let (rows, n) = (&mut state.rows, entries.len());
    rows.begin();
    let pitch = ROW + ui.spacing().item_spacing.y;
    let area = ScrollArea::vertical()
        .auto_shrink([false, false])
        .show_rows(ui, ROW, n, |ui, places| {
            for at in places {
                if let Some(entry) = entries.get(at) {
                    let row = entry_ui(ui, shown, (at, n), entry, inbox);
                    let person = shown.map.results.graph.find(&entry.person);
                    rows.row(ui, &row, (at, n), person);
                }
            }
        });
    rows.end(ui.ctx(), &area, pitch);
}

fn row_id(entry: &Entry) -> Id {
    Id::new(("entry", &entry.person))
}

fn head_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    entries: &[Entry],
    state: &mut PanelState,
    inbox: &mut Vec<Command>,
) {
    let n = entries.len() as u64;
    ui.horizontal(|ui| {
        let export = Command::ExportListDialog {
            for_excel: state.for_excel,
        };
        let button = main_button(ui, "Export CSV…", shown.colours);
        if button.on_hover_text(export.words().tooltip).clicked() {
            inbox.push(export);
        }
        ui.checkbox(&mut state.for_excel, "for Excel")
            .on_hover_text("Begins with the bytes by which Excel finds every letter right");
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let tip = format!(
                "Takes all {} off the list; Undo brings them back with status and note",
                figures::people(n)
            );
            if ui.button("Clear").on_hover_text(tip).clicked() {
                let everybody = entries.iter().map(|entry| entry.person.clone());
                inbox.push(Command::Edit(Edit::Remove(everybody.collect())));
            }
            ui.label(RichText::new(figures::people(n)).weak());
        });
    });
}

fn entry_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    (at, n): (usize, usize),
    entry: &Entry,
    inbox: &mut Vec<Command>,
) -> Response {
    let colours = shown.colours;
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), ROW));
    let row = ui.interact(rect, row_id(entry), Sense::click());
    let person = shown.map.results.graph.find(&entry.person);
    row.widget_info(|| {
        let label = format!("{}, place {} on the list", entry.name, at + 1);
        WidgetInfo::labeled(WidgetType::Button, true, label)
    });
    let selected = person.is_some_and(|person| shown.model.is_selected(person));
    row_ground(ui, rect, &row, selected, colours);
    if row.clicked()
        && let Some(person) = person
    {
        inbox.push(Command::ShowPerson(person));
    }
    drop_ui(ui, &row, rect, (at, entry), inbox);
    let inner = rect.shrink2(vec2(6.0, 9.0));
    let upper = Rect::from_min_size(inner.min, vec2(inner.width(), 32.0));
    let lower = Rect::from_min_max(
        pos2(inner.left() + 20.0, inner.bottom() - theme::CONTROL),
        inner.max,
    );
    upper_ui(ui, shown, upper, (at, n), entry, inbox);
    let builder = UiBuilder::new()
        .max_rect(lower)
        .id_salt(&entry.person)
        .layout(Layout::left_to_right(Align::Center));
    ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        status_ui(ui, entry, inbox);
        instead_of_ui(ui, shown, entry, inbox);
        note_ui(ui, entry, inbox);
    });
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
    (at, n): (usize, usize),
    entry: &Entry,
    inbox: &mut Vec<Command>,
) {
    grip_ui(ui, shown, rect, entry);
    let person = shown.map.results.graph.find(&entry.person);
    let colours = shown.colours;
    let y = rect.y_range();
    let number = Rect::from_x_y_ranges(rect.left() + 16.0..=rect.left() + 40.0, y);
    let text = RichText::new(figures::whole(at as u64 + 1)).small();
    cell(ui, number, text, colours.weak, Align::Max);
    let x = rect.left() + 52.0;
    let colour = person.map_or(colours.line, |person| shown.person_colour(person));
    ui.painter()
        .circle_filled(pos2(x, rect.center().y - 7.0), 4.5, colour);
    let room = x + 10.0..=rect.right() - 84.0;
    let middle = rect.center().y;
    let name = Rect::from_x_y_ranges(room.clone(), middle - 17.0..=middle + 2.0);
    let text = if person.is_some() {
        colours.text
    } else {
        colours.weak
    };
    let cut = cell(ui, name, &entry.name, text, Align::Min);
    let below = Rect::from_x_y_ranges(room, middle..=middle + 17.0);
    let community = person.map_or("Not in the file that is open now", |person| {
        shown.community_name(shown.community_of(person))
    });
    let community_text = RichText::new(community).text_style(TextStyle::Small);
    let cut = cell(ui, below, community_text, colours.weak, Align::Min) || cut;
    if cut {
        let whole = Rect::from_min_max(name.min, below.max);
        ui.interact(whole, ui.id().with(("name", at)), Sense::hover())
            .on_hover_text(format!("{}\n{community}", entry.name));
    }
    let buttons = Rect::from_min_max(pos2(rect.right() - 80.0, rect.top()), rect.max);
    let builder = UiBuilder::new()
        .max_rect(buttons)
        .id_salt(("buttons", &entry.person))
        .layout(Layout::right_to_left(Align::Center));
    ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        place_buttons_ui(ui, shown, (at, n), entry, inbox);
    });
}

fn place_buttons_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    (at, n): (usize, usize),
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
                inbox.push(Command::Edit(Edit::Move {
                    person: entry.person.clone(),
                    to,
                }));
            }
        });
    };
    moves(
        ui,
        Icon::Down,
        at + 1 < n,
        at + 1,
        format!("Move {name} down"),
    );
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

/// Where a dragged entry would go, and putting it there.
fn drop_ui(
    ui: &Ui,
    row: &egui::Response,
    rect: Rect,
    (at, entry): (usize, &Entry),
    inbox: &mut Vec<Command>,
) {
    let hovering = row.dnd_hover_payload::<Dragged>();
    if hovering.is_some_and(|dragged| dragged.0 != entry.person) {
        let stroke = egui::Stroke::new(2.0, ui.visuals().selection.stroke.color);
        ui.painter().hline(rect.x_range(), rect.top(), stroke);
    }
    if let Some(dragged) = row.dnd_release_payload::<Dragged>()
        && dragged.0 != entry.person
    {
        inbox.push(Command::Edit(Edit::Move {
            person: dragged.0.clone(),
            to: at,
        }));
    }
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

/// `words` with a capital first letter, as menus have it.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
