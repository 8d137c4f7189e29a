//! The field for a typed path, shown where the system has no file dialog.

use std::path::PathBuf;

use eframe::egui::{self, Align, Frame, Id, Key, Layout, Margin, Modal, RichText, TextEdit, Ui};

use super::PanelState;
use super::widgets::{main_button, mark_all, named};
use crate::app::command::{Command, PathPurpose};
use crate::app::model::{Model, PathPrompt};
use crate::app::theme;

/// What is being typed, and for which question.
#[derive(Debug, Default)]
pub(super) struct Typed {
    asked: Option<PathPrompt>,
    text: String,
}

/// Draws the field while the model asks for a path.
pub(super) fn prompt_ui(ui: &Ui, model: &Model, state: &mut PanelState, inbox: &mut Vec<Command>) {
    let fresh = state.prompt.asked != model.path_prompt;
    if fresh {
        state.prompt.asked.clone_from(&model.path_prompt);
        state.prompt.text = model
            .path_prompt
            .as_ref()
            .map_or_else(String::new, |prompt| prompt.suggested.display().to_string());
    }
    let Some(prompt) = &model.path_prompt else {
        return;
    };
    let frame = Frame::window(ui.style()).inner_margin(Margin::same(20));
    let modal = Modal::new(Id::new("path")).frame(frame);
    let width = (ui.ctx().content_rect().width() - 120.0).min(520.0);
    let response = modal.show(ui.ctx(), |ui| {
        ui.set_width(width);
        let (question, verb) = words(prompt.purpose);
        ui.label(RichText::new(question).text_style(theme::title()));
        ui.add_space(6.0);
        let id = Id::new("typed path");
        let field = TextEdit::singleline(&mut state.prompt.text)
            .id(id)
            .margin(Margin::symmetric(10, 5))
            .desired_width(width);
        let field = ui.add(field);
        named(&field, "Path");
        if fresh {
            field.request_focus();
            mark_all(ui.ctx(), id, &state.prompt.text);
        }
        let enter = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        ui.add_space(8.0);
        let typed = state.prompt.text.trim().trim_matches('"');
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_enabled_ui(!typed.is_empty(), |ui| {
                let go = main_button(ui, verb, theme::colours(model.theme));
                if go.clicked() || (enter && !typed.is_empty()) {
                    inbox.push(Command::TakePath(PathBuf::from(typed)));
                }
            });
            if ui.button("Cancel").clicked() {
                inbox.push(Command::ClosePathPrompt);
            }
        });
    });
    let escape = response.is_top_modal
        && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::Escape));
    if escape {
        inbox.push(Command::ClosePathPrompt);
    }
}

/// The question, and what the button says.
fn words(purpose: PathPurpose) -> (&'static str, &'static str) {
    match purpose {
        PathPurpose::Open => ("Which file?", "Open"),
        PathPurpose::Update => ("Which new file?", "Look at it"),
        PathPurpose::OpenFolder => ("Which folder?", "Open"),
        PathPurpose::OpenList => ("Which list?", "Import"),
        PathPurpose::SaveList { .. } | PathPurpose::SaveWorkbook => {
            ("Where shall the list be saved?", "Save")
        }
        PathPurpose::SaveMap => ("Where shall the map be saved?", "Save"),
        PathPurpose::SaveProject => ("Where shall the project be saved?", "Save"),
        PathPurpose::SaveGraph => ("Where shall the graph be saved?", "Save"),
        PathPurpose::SaveTable => ("Where shall the people be saved?", "Save"),
        PathPurpose::SaveReport => ("Where shall the report be saved?", "Save"),
    }
}
