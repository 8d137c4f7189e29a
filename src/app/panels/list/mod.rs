//! The outreach list: people in the order of work, each with status and note, and the ways in and out.

mod entry;
mod head;
mod order;

use eframe::egui::{ScrollArea, Ui};

use super::PanelState;
use super::meter;
use super::shown::Shown;
use super::widgets::{command_button, nothing_here};
use crate::app::command::Command;
use crate::campaign::{Entry, Status};

/// Height of an entry, in points.
const ROW: f32 = 76.0;

/// Those of the list who are shown.
#[derive(Clone, Copy)]
struct Listed<'a> {
    /// The whole list.
    entries: &'a [Entry],
    /// The places of those who are shown, in order.
    places: &'a [usize],
}

impl<'a> Listed<'a> {
    fn get(&self, row: usize) -> Option<(usize, &'a Entry)> {
        let place = *self.places.get(row)?;
        Some((place, self.entries.get(place)?))
    }

    /// The row in which a person is shown.
    fn row_of(&self, person: &str) -> Option<usize> {
        let is_it = |place: &usize| self.entries.get(*place).is_some_and(|e| e.person == person);
        self.places.iter().position(is_it)
    }
}

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
        ui.add_space(8.0);
        ui.vertical_centered(|ui| {
            command_button(ui, true, Command::ShowPaste(true), inbox);
            command_button(ui, true, Command::ImportListDialog, inbox);
        });
        return;
    }
    head::head_ui(ui, shown, entries, state, inbox);
    meter::meter_ui(ui, shown, inbox);
    ui.add_space(2.0);
    let mut places = std::mem::take(&mut state.listed);
    places.clear();
    let wanted = |entry: &Entry| {
        state
            .list_status
            .is_none_or(|status| entry.status == status)
    };
    let all = entries.iter().enumerate();
    places.extend(all.filter(|(_, entry)| wanted(entry)).map(|(at, _)| at));
    if let Some(status) = state.list_status.filter(|_| places.is_empty()) {
        nobody_ui(ui, status, entries.len(), state);
    } else {
        let listed = Listed {
            entries,
            places: &places,
        };
        rows_ui(ui, shown, listed, state, inbox);
    }
    state.listed = places;
}

/// What stands where nobody has the status that is asked for.
fn nobody_ui(ui: &mut Ui, status: Status, n: usize, state: &mut PanelState) {
    let hidden = super::figures::people(n as u64);
    nothing_here(
        ui,
        &format!("Nobody is marked {}", status.words()),
        &format!("This choice hides {hidden} on the list"),
    );
    ui.add_space(8.0);
    ui.vertical_centered(|ui| {
        if ui.button("Show everybody").clicked() {
            state.list_status = None;
        }
    });
}

fn rows_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    listed: Listed<'_>,
    state: &mut PanelState,
    inbox: &mut Vec<Command>,
) {
    ui.spacing_mut().item_spacing.y = 2.0;
    let (rows, n) = (&mut state.rows, listed.places.len());
    rows.begin();
    let pitch = ROW + ui.spacing().item_spacing.y;
    let area = ScrollArea::vertical()
        .auto_shrink([false, false])
        .show_rows(ui, ROW, n, |ui, drawn| {
            for at in drawn {
                let Some((_, entry)) = listed.get(at) else {
                    continue;
                };
                let row = entry::entry_ui(ui, shown, (at, listed), entry, inbox);
                order::keys(ui, &row, (at, listed), rows, inbox);
                let person = shown.map.results.graph.find(&entry.person);
                rows.row(ui, &row, (at, n), person);
            }
        });
    rows.end(ui.ctx(), &area, pitch);
    order::drop_ui(ui, &area, pitch, listed, inbox);
}
