//! Above the list: the ways out and in, and how many have which status.

use eframe::egui::{
    Align, Button, CornerRadius, Layout, Popup, RichText, Stroke, Ui, WidgetInfo, WidgetType, vec2,
};

use super::super::PanelState;
use super::super::figures;
use super::super::icons::Icon;
use super::super::shown::Shown;
use super::super::widgets::{capital, icon_button, main_button, menu_item};
use crate::app::command::{Command, Table};
use crate::app::offers::{Offer, is_possible};
use crate::campaign::{Edit, Entry, Status};

/// Height of a chip, in points.
const CHIP: f32 = 24.0;

/// Draws buttons and chips.
pub(super) fn head_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    entries: &[Entry],
    state: &mut PanelState,
    inbox: &mut Vec<Command>,
) {
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
            more_ui(ui, shown, state.list_status, inbox);
            let tip = format!(
                "Takes all {} off the list; Undo brings them back with status and note",
                figures::people(entries.len() as u64)
            );
            if ui.button("Clear").on_hover_text(tip).clicked() {
                let everybody = entries.iter().map(|entry| entry.person.clone());
                inbox.push(Command::Edit(Edit::Remove(everybody.collect())));
            }
        });
    });
    chips_ui(ui, shown, entries, &mut state.list_status);
}

/// The menu of what else can be done with the list.
fn more_ui(ui: &mut Ui, shown: Shown<'_>, status: Option<Status>, inbox: &mut Vec<Command>) {
    let name = "More for the list";
    let button = icon_button(ui, Icon::More, name, shown.colours.weak);
    Popup::menu(&button).width(190.0).show(|ui| {
        let groups = [
            vec![
                ("Excel workbook…", Command::ExportWorkbookDialog),
                ("Copy as a table", Command::CopyTable(Table::List(status))),
            ],
            vec![
                ("Paste handles…", Command::ShowPaste(true)),
                ("Import a list…", Command::ImportListDialog),
            ],
        ];
        for (at, group) in groups.into_iter().enumerate() {
            if at > 0 {
                ui.separator();
            }
            for (label, command) in group {
                let offer = Offer {
                    label: label.to_owned(),
                    enabled: is_possible(&command, shown.model),
                    commands: vec![command],
                };
                menu_item(ui, offer, inbox);
            }
        }
    });
}

/// One chip for each status that somebody has: a click shows only those, another one everybody again.
fn chips_ui(ui: &mut Ui, shown: Shown<'_>, entries: &[Entry], chosen: &mut Option<Status>) {
    let mut counts = [0u64; Status::ALL.len()];
    for entry in entries {
        counts[entry.status as usize] += 1;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(5.0, 5.0);
        ui.spacing_mut().interact_size.y = CHIP;
        ui.spacing_mut().button_padding = vec2(9.0, 2.0);
        for (status, n) in Status::ALL.into_iter().zip(counts) {
            let is_chosen = *chosen == Some(status);
            if n == 0 && !is_chosen {
                continue;
            }
            let label = format!("{} {}", capital(status.words()), figures::whole(n));
            let colours = shown.colours;
            let (text, fill, line) = if is_chosen {
                (colours.text, colours.accent_soft, colours.accent)
            } else {
                (colours.weak, colours.panel, colours.line)
            };
            let chip = Button::new(RichText::new(&label).small().color(text))
                .fill(fill)
                .stroke(Stroke::new(1.0, line))
                .corner_radius(CornerRadius::same((CHIP / 2.0) as u8))
                .min_size(vec2(0.0, CHIP));
            let response = ui.add(chip);
            let info = || WidgetInfo::selected(WidgetType::Button, true, is_chosen, &label);
            response.widget_info(info);
            let tip = if is_chosen {
                "Show everybody again"
            } else {
                "Show only these"
            };
            if response.on_hover_text(tip).clicked() {
                *chosen = (!is_chosen).then_some(status);
            }
        }
    });
}
