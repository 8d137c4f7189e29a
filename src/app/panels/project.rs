//! Sheets about the file of the open work: what goes into it, what was done, for how long it is kept, and forgetting somebody.

use eframe::egui::{
    Align, Frame, Id, Key, Label, Layout, Margin, Modal, Modifiers, RichText, ScrollArea,
    TextStyle, Ui, vec2,
};

use super::PanelState;
use super::widgets::{main_button, menu_button, section};
use crate::app::command::Command;
use crate::app::days::day_in;
use crate::app::model::{Model, Sheet};
use crate::app::theme::{self, Colours};
use crate::project::Kept;

/// Width of a sheet, in points.
const WIDTH: f32 = 520.0;

/// Draws whichever of these sheets the model asks for.
pub(super) fn project_ui(ui: &Ui, model: &Model, state: &PanelState, inbox: &mut Vec<Command>) {
    match model.sheet {
        Some(Sheet::SaveAs) => {
            let closed = Command::ShowSaveAs(false);
            sheet_ui(
                ui,
                model,
                state,
                ("Save as a project", closed),
                inbox,
                save_as_ui,
            );
        }
        Some(Sheet::Project) => {
            let closed = Command::ShowProject(false);
            sheet_ui(ui, model, state, ("Project", closed), inbox, about_ui);
        }
        Some(Sheet::Forget) => {
            let closed = Command::AskToForget(None);
            sheet_ui(
                ui,
                model,
                state,
                ("Forget this person", closed),
                inbox,
                forget_ui,
            );
        }
        _ => {}
    }
}

/// A sheet in the middle, which Escape and a click beside it close.
fn sheet_ui(
    ui: &Ui,
    model: &Model,
    state: &PanelState,
    (title, closed): (&str, Command),
    inbox: &mut Vec<Command>,
    inside: fn(&mut Ui, &Model, bool, &mut Vec<Command>),
) {
    let fresh = state.sheet != model.sheet;
    let room = ui.ctx().content_rect().size();
    let frame = Frame::window(ui.style()).inner_margin(Margin::same(20));
    let modal = Modal::new(Id::new(title)).frame(frame);
    let response = modal.show(ui.ctx(), |ui| {
        ui.set_width((room.x - 80.0).min(WIDTH));
        ui.label(RichText::new(title).text_style(TextStyle::Heading));
        ui.add_space(theme::NEAR);
        inside(ui, model, fresh, inbox);
    });
    let pressed = |key| {
        response.is_top_modal && ui.input_mut(|input| input.consume_key(Modifiers::NONE, key))
    };
    if !fresh && (pressed(Key::Escape) || response.backdrop_response.clicked()) {
        inbox.push(closed);
    }
}

fn sentence(ui: &mut Ui, words: &str) {
    ui.add(Label::new(RichText::new(words).weak()).wrap());
}

fn kept_words(kept: Kept) -> &'static str {
    match kept {
        Kept::Everything => "Everything, so that posts can be read and communities named again",
        Kept::WithoutTexts => "Who wrote when and to whom, but not what",
        Kept::Nameless => {
            "The map and the figures; nobody can be named from it. Work goes on in the file with names"
        }
    }
}

fn save_as_ui(ui: &mut Ui, model: &Model, fresh: bool, inbox: &mut Vec<Command>) {
    sentence(
        ui,
        "One ordinary file with the map, the list and everything you decide. From then on every change is saved as you make it.",
    );
    ui.add_space(theme::NEAR);
    for kept in Kept::ALL {
        if ui.radio(model.save_kept == kept, kept.words()).clicked() {
            inbox.push(Command::SetKept(kept));
        }
        ui.indent(kept.words(), |ui| sentence(ui, kept_words(kept)));
    }
    ui.add_space(theme::NEAR);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let save = main_button(ui, "Save…", theme::colours(model.theme));
        if fresh {
            save.request_focus();
        }
        if save.clicked() {
            inbox.push(Command::SaveAsDialog);
        }
        if ui.button("Cancel").clicked() {
            inbox.push(Command::ShowSaveAs(false));
        }
    });
}

fn about_ui(ui: &mut Ui, model: &Model, fresh: bool, inbox: &mut Vec<Command>) {
    let colours = theme::colours(model.theme);
    let where_it_is = match (&model.project.name, model.project.begun) {
        (Some(name), _) => format!("Every change is saved in {name} as you make it."),
        (None, true) => "Every change is kept on this computer as you make it. It has no name yet: Save as… gives it one.".to_owned(),
        (None, false) => "Nothing was changed yet, so nothing is kept. The first change begins a file on this computer.".to_owned(),
    };
    sentence(ui, &where_it_is);
    if let Some(read_only) = model.project.read_only {
        ui.label(RichText::new(read_only.words()).color(colours.warn));
    }
    section(ui, "What is in it");
    ui.label(model.project.kept.words());
    section(ui, "Delete it after");
    delete_after_ui(ui, model, inbox);
    section(ui, "What was done");
    log_ui(ui, model, colours);
    ui.add_space(theme::NEAR);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let close = main_button(ui, "Close", colours);
        if fresh {
            close.request_focus();
        }
        if close.clicked() {
            inbox.push(Command::ShowProject(false));
        }
        if ui.button("Save as…").clicked() {
            inbox.push(Command::ShowSaveAs(true));
        }
    });
}

fn delete_after_ui(ui: &mut Ui, model: &Model, inbox: &mut Vec<Command>) {
    let text = model.delete_after.as_deref().unwrap_or("No day is set");
    let name = format!("Delete it after, {text}");
    menu_button(ui, 180.0, text, &name, |ui| {
        for (words, days) in [("In 30 days", 30), ("In 90 days", 90), ("In a year", 365)] {
            if ui.button(words).clicked() {
                inbox.push(Command::SetDeleteAfter(Some(day_in(days))));
            }
        }
        if ui.button("No day").clicked() {
            inbox.push(Command::SetDeleteAfter(None));
        }
    });
    sentence(
        ui,
        "You are reminded when you open it after that day. Nothing is deleted by itself.",
    );
}

fn log_ui(ui: &mut Ui, model: &Model, colours: &Colours) {
    if model.log.is_empty() {
        sentence(ui, "Nothing yet.");
        return;
    }
    let height = ui.text_style_height(&TextStyle::Body) + ui.spacing().item_spacing.y;
    ScrollArea::vertical()
        .max_height(220.0)
        .auto_shrink([false, true])
        .show_rows(ui, height, model.log.len(), |ui, rows| {
            for entry in model.log.iter().rev().skip(rows.start).take(rows.len()) {
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing = vec2(theme::NEAR, 2.0);
                    ui.label(
                        RichText::new(entry.day())
                            .monospace()
                            .small()
                            .color(colours.weak),
                    );
                    ui.add(Label::new(&entry.what).truncate());
                    if let Some(seconds) = entry.seconds {
                        let seconds = format!("{seconds:.1} s");
                        ui.label(RichText::new(seconds).small().color(colours.weak));
                    }
                });
            }
        });
}

fn forget_ui(ui: &mut Ui, model: &Model, fresh: bool, inbox: &mut Vec<Command>) {
    let map = model.map.as_ref();
    let person = model.to_forget;
    let known = person.and_then(|id| map?.results.graph.people.get(id.index()));
    let (Some(id), Some(person)) = (person, known) else {
        inbox.push(Command::AskToForget(None));
        return;
    };
    let name = format!("{} (@{})", person.name, person.handle);
    ui.add(Label::new(RichText::new(name).strong()).wrap());
    ui.add_space(theme::NEAR);
    for words in [
        "Taken out of this project for good: the person, what they wrote, their ties, their place on the list, notes that name them. Where others pass on or name them in posts, that is blotted out.",
        "This cannot be undone, and what you did before cannot be undone any more either: the steps may name them.",
        "Communities and scores are found again without them; everybody else keeps their place.",
        "Files outside Isthmus stay as they are: the export that you opened, and what you exported.",
    ] {
        sentence(ui, words);
        ui.add_space(2.0);
    }
    ui.add_space(theme::NEAR);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        if ui.button("Forget for good").clicked() {
            inbox.push(Command::Forget(id));
        }
        let keep = main_button(ui, "Keep", theme::colours(model.theme));
        if fresh {
            keep.request_focus();
        }
        if keep.clicked() {
            inbox.push(Command::AskToForget(None));
        }
    });
}
