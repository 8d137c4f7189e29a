//! The sheet into which handles are pasted: whom they name on the map, and putting those on the list.

use eframe::egui::{
    Align, Frame, Id, Key, Layout, Margin, Modal, Modifiers, RichText, ScrollArea, TextEdit, Ui,
};

use super::PanelState;
use super::figures;
use super::widgets::{main_button, named};
use crate::app::command::{Command, Tab};
use crate::app::model::{Model, Pasted, Sheet};
use crate::app::theme;

/// Names that are nobody's and are shown, at most.
const SHOWN: usize = 200;

/// The handles being pasted.
#[derive(Debug, Default)]
pub(super) struct Typed {
    text: String,
    /// Names that are nobody's, in one line, for the newest look-up.
    unknown: String,
    /// The text of which `unknown` is told.
    told: String,
}

/// Draws the sheet while the model says so.
pub(super) fn paste_ui(ui: &Ui, model: &Model, state: &mut PanelState, inbox: &mut Vec<Command>) {
    if model.sheet != Some(Sheet::Paste) || model.map.is_none() {
        return;
    }
    let fresh = state.sheet != model.sheet;
    let typed = &mut state.paste;
    if fresh {
        *typed = Typed::default();
    }
    let frame = Frame::window(ui.style()).inner_margin(Margin::same(20));
    let modal = Modal::new(Id::new("paste handles")).frame(frame);
    let room = ui.ctx().content_rect().size();
    let response = modal.show(ui.ctx(), |ui| {
        ui.set_width((room.x - 120.0).min(460.0));
        ui.label(RichText::new("Paste handles").text_style(theme::title()));
        let hint = "Handles, profile links or names, one a line or between commas";
        ui.label(RichText::new(hint).weak());
        ui.add_space(6.0);
        let height = (room.y - 330.0).clamp(60.0, 220.0);
        field_ui(ui, typed, (height, fresh), inbox);
        ui.add_space(4.0);
        let newest = model.pasted.as_deref();
        let found = newest.filter(|pasted| pasted.text == typed.text);
        told_ui(ui, newest.filter(|_| !typed.text.trim().is_empty()), typed);
        ui.add_space(12.0);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            buttons_ui(ui, model, found, inbox);
        });
    });
    let escape =
        response.is_top_modal && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape));
    if escape {
        inbox.push(Command::ShowPaste(false));
    }
}

fn field_ui(
    ui: &mut Ui,
    typed: &mut Typed,
    (height, fresh): (f32, bool),
    inbox: &mut Vec<Command>,
) {
    ScrollArea::vertical()
        .max_height(height)
        .min_scrolled_height(height)
        .show(ui, |ui| {
            let field = TextEdit::multiline(&mut typed.text)
                .id(Id::new("pasted handles"))
                .hint_text("@ana\nhttps://x.com/ben\nCleo Sakai")
                .margin(Margin::symmetric(10, 6))
                .desired_width(f32::INFINITY)
                .min_size([0.0, height].into());
            let field = ui.add(field);
            named(&field, "Handles");
            if fresh {
                field.request_focus();
            }
            if field.changed() {
                inbox.push(Command::LookUpHandles(typed.text.clone()));
            }
        });
}

/// How many are found, and who is not.
fn told_ui(ui: &mut Ui, pasted: Option<&Pasted>, typed: &mut Typed) {
    let line = pasted.map_or_else(String::new, |pasted| {
        format!(
            "{} on the map, {} not on the map, {} already on the list",
            figures::whole(pasted.named.people.len() as u64),
            figures::whole(pasted.named.unknown.len() as u64),
            figures::whole(pasted.n_listed as u64)
        )
    });
    ui.label(line);
    let Some(pasted) = pasted.filter(|pasted| !pasted.named.unknown.is_empty()) else {
        return;
    };
    if typed.told != pasted.text {
        typed.told.clone_from(&pasted.text);
        let unknown = &pasted.named.unknown;
        let first = unknown.get(..SHOWN).unwrap_or(unknown).join(", ");
        let more = match unknown.len().saturating_sub(SHOWN) {
            0 => String::new(),
            more => format!(" and {} more", figures::whole(more as u64)),
        };
        typed.unknown = format!("Not on the map: {first}{more}");
    }
    let text = RichText::new(&typed.unknown).weak();
    ScrollArea::vertical()
        .id_salt("not on the map")
        .max_height(72.0)
        .show(ui, |ui| {
            ui.add(eframe::egui::Label::new(text).wrap());
        });
}

/// From the right: the main one first.
fn buttons_ui(ui: &mut Ui, model: &Model, found: Option<&Pasted>, inbox: &mut Vec<Command>) {
    let people = found.map_or(&[][..], |pasted| &pasted.named.people);
    ui.add_enabled_ui(!people.is_empty(), |ui| {
        let colours = theme::colours(model.theme);
        if main_button(ui, "Add those on the map", colours).clicked() {
            inbox.push(Command::AddToList(people.to_vec()));
            inbox.push(Command::ShowPaste(false));
            inbox.push(Command::ShowTab(Tab::List));
        }
        let select = ui.button("Select them on the map");
        if select.clicked() {
            inbox.push(Command::Select(people.to_vec()));
            inbox.push(Command::ShowPaste(false));
            inbox.push(Command::FitSelection);
        }
    });
    let cancel = Command::ShowPaste(false);
    if ui.button(cancel.words().label).clicked() {
        inbox.push(cancel);
    }
}
