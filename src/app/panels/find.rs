//! The find field: people by handle or name while one types, the best match first.

use std::sync::Weak;

use eframe::egui::{
    self, Align, Key, Modifiers, Popup, PopupCloseBehavior, Rect, RichText, Sense, TextEdit, Ui,
    WidgetInfo, WidgetType, pos2, vec2,
};

use super::PanelState;
use super::icons::{Icon, paint};
use super::matching::{fold, place};
use super::shown::Shown;
use super::widgets::{cell, mark_all, named, row_ground};
use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::theme;
use crate::people::{ConversationGraph, PersonId};
use crate::session::Results;

/// People found at most.
const MOST: usize = 8;

/// The field.
pub(super) fn field_id() -> egui::Id {
    egui::Id::new("find a person")
}

/// Whom a text finds, kept until the text or the map changes.
#[derive(Debug, Default)]
pub(super) struct Found {
    text: String,
    of: Weak<Results>,
    people: Vec<PersonId>,
    /// The line that Enter takes.
    at: usize,
    open: bool,
}

impl Found {
    /// The people whom `text` finds in the map as it is now; everybody is looked through only when either has changed.
    pub(super) fn look_up(&mut self, shown: Shown<'_>, text: &str) -> &[PersonId] {
        let now = std::sync::Arc::downgrade(&shown.map.results);
        if self.text != text || !self.of.ptr_eq(&now) {
            let rank = &shown.analysis().bridges.rank;
            self.people = find(&shown.map.results.graph, rank, text);
            text.clone_into(&mut self.text);
            self.of = now;
            self.at = 0;
        }
        &self.people
    }

    /// Shows nobody until something is typed again.
    pub(super) fn close(&mut self) {
        self.open = false;
    }
}

/// Draws the field and, below it, who is found.
pub(super) fn find_ui(
    ui: &mut Ui,
    model: &Model,
    state: &mut PanelState,
    inbox: &mut Vec<Command>,
) {
    let Some(map) = &model.map else { return };
    let shown = Shown {
        model,
        map,
        colours: theme::colours(model.theme),
    };
    let id = field_id();
    if ui.memory(|memory| memory.has_focus(id)) {
        move_through(ui, state);
    }
    let width = ui.available_width().clamp(90.0, 230.0);
    let field = TextEdit::singleline(&mut state.find)
        .id(id)
        .hint_text("Find a person")
        .margin(egui::Margin {
            left: 28,
            right: 8,
            top: 5,
            bottom: 5,
        })
        .desired_width(width);
    let response = ui.add(field);
    named(&response, "Find a person");
    let glass = Rect::from_center_size(
        pos2(response.rect.left() + 15.0, response.rect.center().y),
        vec2(13.0, 13.0),
    );
    paint(ui.painter(), glass, Icon::Search, shown.colours.weak);
    if model.find_requests != state.find_seen {
        state.find_seen = model.find_requests;
        response.request_focus();
        mark_all(ui.ctx(), id, &state.find);
        state.found.open = true;
    }
    if response.changed() || response.gained_focus() {
        state.found.open = true;
        state.found.at = 0;
    }
    state.found.look_up(shown, &state.find);
    if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
        let chosen = state.found.people.get(state.found.at).copied();
        take(chosen, state, inbox);
    }
    results_ui(&response, shown, state, inbox);
}

fn take(chosen: Option<PersonId>, state: &mut PanelState, inbox: &mut Vec<Command>) {
    if let Some(person) = chosen {
        inbox.push(Command::ShowPerson(person));
        state.found.open = false;
    }
}

/// Arrow keys go through the lines while the cursor stays in the field.
fn move_through(ui: &Ui, state: &mut PanelState) {
    let last = state.found.people.len().saturating_sub(1);
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::ArrowDown) {
        state.found.at = (state.found.at + 1).min(last);
    }
    if pressed(Key::ArrowUp) {
        state.found.at = state.found.at.saturating_sub(1);
    }
}

fn results_ui(
    field: &egui::Response,
    shown: Shown<'_>,
    state: &mut PanelState,
    inbox: &mut Vec<Command>,
) {
    let mut open = state.found.open && !state.find.trim().is_empty();
    if !open {
        return;
    }
    let people = state.found.people.clone();
    let mut chosen = None;
    Popup::from_response(field)
        .id(egui::Id::new("people found"))
        .width(field.rect.width().max(260.0))
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .open_bool(&mut open)
        .show(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            if people.is_empty() {
                ui.label(RichText::new("Nobody has this in their name or handle").weak());
            }
            for (at, &person) in people.iter().enumerate() {
                if result_ui(ui, shown, person, at == state.found.at).clicked() {
                    chosen = Some(person);
                }
            }
        });
    state.found.open = open;
    take(chosen, state, inbox);
}

/// One person found: dot, name, handle.
pub(super) fn result_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    person: PersonId,
    lit: bool,
) -> egui::Response {
    let size = vec2(ui.available_width(), theme::CONTROL);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let name = shown.name(person);
    let handle = shown.person(person).map_or("", |p| &p.handle);
    response
        .widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, format!("{name} @{handle}")));
    row_ground(ui, rect, &response, lit, shown.colours);
    let left = rect.left() + 8.0;
    ui.painter().circle_filled(
        pos2(left + 4.0, rect.center().y),
        4.0,
        shown.person_colour(person),
    );
    let middle = rect.left() + rect.width() * 0.64;
    let name_rect = Rect::from_x_y_ranges(left + 16.0..=middle - 6.0, rect.y_range());
    cell(ui, name_rect, name, shown.colours.text, Align::Min);
    let handle_rect = Rect::from_x_y_ranges(middle..=rect.right() - 8.0, rect.y_range());
    let handle = RichText::new(format!("@{handle}")).small();
    cell(ui, handle_rect, handle, shown.colours.weak, Align::Max);
    response
}

/// People whose handle or name holds `text`, at most [`MOST`]: handles that are it, then begin with it, then names, then
/// the rest; better bridges first among equals. O(letters of all names).
fn find(graph: &ConversationGraph, rank: &[u32], text: &str) -> Vec<PersonId> {
    let wanted = fold(text.trim().trim_start_matches('@'));
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut best: Vec<(u8, u32, PersonId)> = Vec::with_capacity(MOST + 1);
    for (i, person) in graph.people.iter().enumerate() {
        let class = match (place(&person.key, &wanted), place(&person.name, &wanted)) {
            (Some(_), _) if person.key.len() == wanted.len() => 0,
            (Some(0), _) => 1,
            (_, Some(0)) => 2,
            (Some(_), _) | (_, Some(_)) => 3,
            (None, None) => continue,
        };
        let entry = (
            class,
            rank.get(i).copied().unwrap_or(u32::MAX),
            PersonId(i as u32),
        );
        let at = best.partition_point(|other| *other < entry);
        if at < MOST {
            best.insert(at, entry);
            best.truncate(MOST);
        }
    }
    best.into_iter().map(|(_, _, person)| person).collect()
}
