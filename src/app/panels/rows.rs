//! Rows that the keys go through: arrows move, Enter shows the person, A and + put them on the list.

use eframe::egui::{
    self, EventFilter, FocusDirection, Id, Key, Modifiers, Response, Ui,
    scroll_area::ScrollAreaOutput,
};

use super::PanelState;
use crate::app::command::{AskCommand, Command, Tab, Table, TableCommand};
use crate::app::model::Model;
use crate::people::PersonId;

/// Rows that Page up and Page down pass.
const PAGE: usize = 10;

/// Which row has the keys, in the table or in the list: only one of them is shown.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// The row that had the focus in the last picture, and who stands in it, if anybody of the map.
    at: Option<(Id, Option<PersonId>)>,
    /// The row that the keys shall go to as soon as it is drawn.
    to: Option<usize>,
    /// The row that the one with the keys becomes.
    becomes: Option<usize>,
}

impl Rows {
    /// Has the first row take the keys.
    pub(super) fn take_keys(&mut self) {
        self.to = Some(0);
    }

    /// Keeps the row that has the keys in sight, which becomes row `at` with the next picture.
    pub(super) fn follow(&mut self, at: usize) {
        self.becomes = Some(at);
    }

    /// The row that the keys shall go to as soon as it is drawn.
    pub(super) fn wanted(&self) -> Option<usize> {
        self.to
    }

    /// Whether one of the rows had the keys in the last picture.
    pub(super) fn have_keys(&self) -> bool {
        self.at.is_some()
    }

    /// Where there are no rows: whether the keys were to go to them.
    pub(super) fn give_keys(&mut self) -> bool {
        self.at = None;
        self.to.take().is_some()
    }

    /// Before the rows are drawn.
    pub(super) fn begin(&mut self) {
        self.at = None;
    }

    /// Gives the row `at` of `n` the focus where it shall have it, and takes the keys where it has.
    pub(super) fn row(
        &mut self,
        ui: &Ui,
        response: &Response,
        (at, n): (usize, usize),
        person: Option<PersonId>,
    ) {
        if self.to == Some(at) {
            self.to = None;
            response.request_focus();
        } else if !response.has_focus() {
            return;
        }
        let arrows = EventFilter {
            vertical_arrows: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
        self.at = Some((response.id, person));
        let last = n.saturating_sub(1);
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let steps = [
            (Key::ArrowDown, at.saturating_add(1)),
            (Key::ArrowUp, at.saturating_sub(1)),
            (Key::PageDown, at.saturating_add(PAGE)),
            (Key::PageUp, at.saturating_sub(PAGE)),
            (Key::Home, 0),
            (Key::End, last),
        ];
        for (key, to) in steps {
            if pressed(key) {
                self.to = Some(to.min(last));
                // The filter holds from the second picture on; until then egui would move the focus too.
                ui.memory_mut(|memory| memory.move_focus(FocusDirection::None));
            }
        }
    }

    /// After the rows are drawn, `pitch` points from one to the next: brings the row that the keys go to into sight, for the
    /// next picture. Only what is drawn can have the focus.
    pub(super) fn end(&mut self, ctx: &egui::Context, area: &ScrollAreaOutput<()>, pitch: f32) {
        let Some(row) = self.to.or(self.becomes.take()) else {
            return;
        };
        let mut state = area.state;
        let (top, room) = (row as f32 * pitch, area.inner_rect.height());
        state.offset.y = state.offset.y.min(top).max(top + pitch - room).max(0.0);
        state.store(ctx, area.id);
        ctx.request_repaint();
    }
}

/// A and + are about the row that has the keys, whoever is selected; Ctrl+C is about its table.
pub(super) fn keys(ui: &Ui, model: &Model, state: &PanelState, inbox: &mut Vec<Command>) {
    let Some((_, person)) = with_keys(ui, state).filter(|_| model.map.is_some()) else {
        return;
    };
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if let Some(person) = person {
        if pressed(Key::A) {
            inbox.push(Command::ToggleOnList(person));
        }
        if pressed(Key::Plus) {
            inbox.push(Command::AddToList(vec![person]));
        }
    }
    // Most systems hand these keys on as a wish to copy instead.
    if ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::C)) {
        inbox.extend(copied_table(ui, model, state));
    }
}

/// Whether the row that has the keys is one of the table of everybody, and who stands in it.
fn with_keys(ui: &Ui, state: &PanelState) -> Option<(bool, Option<PersonId>)> {
    let tables = [(false, &state.rows), (true, &state.people_table.rows)];
    tables.into_iter().find_map(|(of_everybody, rows)| {
        let (id, person) = rows.at?;
        let has_keys = ui.memory(|memory| memory.has_focus(id));
        has_keys.then_some((of_everybody, person))
    })
}

/// What copies the table of which a row has the keys.
pub(super) fn copied_table(ui: &Ui, model: &Model, state: &PanelState) -> Option<Command> {
    let (of_everybody, _) = with_keys(ui, state)?;
    if of_everybody {
        return Some(Command::Table(TableCommand::Copy));
    }
    let table = match model.tab {
        Tab::List => Table::List(state.list_status),
        Tab::Bridges => Table::Bridges,
        Tab::Changes => Table::Changes,
        Tab::Answer => return Some(Command::Ask(AskCommand::CopyAnswer)),
        Tab::Person | Tab::Community | Tab::Plan => return None,
    };
    Some(Command::CopyTable(table))
}
