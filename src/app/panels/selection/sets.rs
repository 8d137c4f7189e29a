//! Selections that were kept, as numbered chips: a click selects those people again, the arrow beside it does everything else.

use eframe::egui::{
    Button, Frame, Key, Popup, PopupCloseBehavior, RichText, Stroke, TextEdit, Ui, WidgetInfo,
    WidgetType,
};

use super::super::figures;
use super::super::icons::Icon;
use super::super::shown::Shown;
use super::super::widgets::{icon_button, named, section};
use super::Held;
use crate::app::command::{Command, SelectCommand};
use crate::app::offers::is_possible;
use crate::app::shortcuts::keys_of;
use crate::app::theme;

/// Letters of a name that a chip has room for.
const SHORT: usize = 18;
/// Letters of a name.
const LONGEST: usize = 60;

/// Draws them, and the way to keep this selection too.
pub(super) fn sets_ui(ui: &mut Ui, shown: Shown<'_>, held: &mut Held, inbox: &mut Vec<Command>) {
    let model = shown.model;
    let free = (1..=9).find(|number| !model.selections.contains_key(number));
    if model.selections.is_empty() && model.selected.is_empty() {
        return;
    }
    section(ui, "Kept selections");
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for number in model.selections.keys() {
            chip_ui(ui, shown, *number, held, inbox);
        }
        if let Some(number) = free.filter(|_| !model.selected.is_empty()) {
            let command = Command::StoreSelection(number);
            let keys = keys_of(ui.ctx(), &command);
            let tip = format!("To come back to as selection {number} ({keys})");
            if ui.button("Keep this one").on_hover_text(tip).clicked() {
                inbox.push(command);
            }
        }
    });
}

fn chip_ui(ui: &mut Ui, shown: Shown<'_>, number: u8, held: &mut Held, inbox: &mut Vec<Command>) {
    let model = shown.model;
    let n = model.selections.get(&number).map_or(0, Vec::len) as u64;
    let name = model.selection_names.get(&number).map(String::as_str);
    let recall = Command::RecallSelection(number);
    let text = match name {
        Some(name) => format!("{number}  {} · {}", short(name), figures::whole(n)),
        None => format!("{number} · {}", figures::whole(n)),
    };
    let chip = ui.add(Button::new(text));
    let said = match name {
        Some(name) => format!("Selection {number}, {name}, {}", figures::people(n)),
        None => format!("Selection {number}, {}", figures::people(n)),
    };
    chip.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &said));
    let keys = keys_of(ui.ctx(), &recall);
    if chip
        .on_hover_text(format!("{said}; select them again ({keys})"))
        .clicked()
    {
        inbox.push(recall);
    }
    let label = format!("What to do with selection {number}");
    let arrow = icon_button(ui, Icon::Down, &label, shown.colours.weak);
    if arrow.clicked() {
        held.naming = Some((number, name.unwrap_or_default().to_owned()));
    }
    Popup::menu(&arrow)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .width(240.0)
        .show(|ui| set_menu(ui, shown, number, held, inbox));
}

/// The first letters of a long name.
fn short(name: &str) -> String {
    if name.chars().count() <= SHORT {
        return name.to_owned();
    }
    let first: String = name.chars().take(SHORT - 1).collect();
    format!("{}…", first.trim_end())
}

/// Everything that can be done with a kept selection.
fn set_menu(ui: &mut Ui, shown: Shown<'_>, number: u8, held: &mut Held, inbox: &mut Vec<Command>) {
    let asked = Command::Selection;
    let lines = [
        ("Select again", Command::RecallSelection(number)),
        ("Add to the selection", asked(SelectCommand::Add(number))),
        (
            "Take out of the selection",
            asked(SelectCommand::TakeOut(number)),
        ),
        ("Replace with these", Command::StoreSelection(number)),
        ("Forget", asked(SelectCommand::ForgetSet(number))),
    ];
    for (label, command) in lines {
        let keys = keys_of(ui.ctx(), &command);
        let mut button = Button::new(label);
        if !keys.is_empty() {
            button = button.shortcut_text(RichText::new(keys).weak());
        }
        let possible = is_possible(&command, shown.model);
        if ui.add_enabled(possible, button).clicked() {
            ui.close();
            inbox.push(command);
        }
    }
    if shown.model.name_mask.hides() {
        return; // a name may be somebody's
    }
    ui.separator();
    let Some((_, typed)) = held.naming.as_mut().filter(|(of, _)| *of == number) else {
        return;
    };
    ui.horizontal(|ui| {
        let field = TextEdit::singleline(typed)
            .hint_text("Name")
            .char_limit(LONGEST)
            .desired_width(150.0);
        let field = Frame::new()
            .stroke(Stroke::new(1.0, shown.colours.line))
            .corner_radius(theme::ROUND)
            .show(ui, |ui| ui.add(field))
            .inner;
        named(&field, &format!("Name of selection {number}"));
        let enter = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if ui.button("Name it").clicked() || enter {
            let name = SelectCommand::NameSet(number, typed.clone());
            ui.close();
            inbox.push(Command::Selection(name));
        }
    });
}
