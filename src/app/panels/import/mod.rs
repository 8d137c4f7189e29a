//! The import window: what each file is, which column plays which role, what would be left out, before anything is built.

mod columns;
mod outcome;
mod report;

use eframe::egui::{
    self, Align, Frame, Id, Key, Layout, Margin, Modal, Modifiers, RichText, ScrollArea, TextEdit,
    Ui, vec2,
};

use super::PanelState;
use super::figures;
use super::status::working_ui;
use super::widgets::{main_button, named, notice, one_line, section};
use crate::app::command::Command;
use crate::app::model::{Model, PendingImport};
use crate::app::theme::{self, Colours};
use crate::import::{ImportReport, Preview};
use columns::{columns_ui, rows_ui};
use outcome::outcome_ui;
pub(super) use report::report_ui;

/// What is typed in the import window.
#[derive(Debug, Default)]
pub(super) struct Typed {
    /// Handles to leave out, as written.
    handles: String,
    /// What was last asked for, to know when the model says something else.
    asked: Vec<String>,
    /// The files that the text is about.
    files: Vec<std::path::PathBuf>,
    /// The size of the window in the last picture, in points.
    size: egui::Vec2,
}

/// Draws the window over everything else.
pub(super) fn import_ui(
    ui: &Ui,
    model: &Model,
    pending: &PendingImport,
    state: &mut PanelState,
    inbox: &mut Vec<Command>,
) {
    let colours = theme::colours(model.theme);
    let room = ui.ctx().content_rect().size();
    // As high as the file needs, so that a small one does not leave a hole.
    let wanted = pending.previews.iter().map(height).fold(320.0, f32::max);
    let size = vec2(
        (room.x - 64.0).min(900.0),
        (room.y - 56.0).min(wanted).min(820.0),
    );
    if state.import_typed.size != size {
        state.import_typed.size = size;
        // It is put in the middle by the size it had before: only the next picture has it there.
        ui.ctx().request_repaint();
    }
    let frame = Frame::window(ui.style()).inner_margin(Margin::same(20));
    let modal = Modal::new(Id::new("import")).frame(frame);
    if state.import_typed.files != pending.paths {
        begin(ui, pending, state);
    }
    // On a button or in a field the keys belong to that, also when the key takes the focus away.
    let anywhere = ui.memory(|memory| memory.focused().is_none());
    let mut build = false;
    let response = modal.show(ui.ctx(), |ui| {
        ui.set_width(size.x - 40.0);
        ui.set_height(size.y - 40.0);
        let heading = if pending.updates {
            "Before the map is updated"
        } else {
            "Before the map is built"
        };
        ui.label(RichText::new(heading).text_style(egui::TextStyle::Heading));
        if let Some(open) = model.map.as_ref().filter(|_| pending.updates) {
            let words = format!(
                "This takes the place of {}: the list, notes and statuses stay, and people keep their places and colours",
                open.title
            );
            ui.add(egui::Label::new(words).wrap());
        }
        let last = pending.previews.len().saturating_sub(1);
        state.import_file = state.import_file.min(last);
        files_ui(ui, pending, state, colours);
        let foot = theme::CONTROL + 22.0;
        let height = ui.available_height() - foot;
        ScrollArea::vertical()
            .auto_shrink([false, false])
            .max_height(height)
            .id_salt(state.import_file)
            .show(ui, |ui| {
                if let Some(preview) = pending.previews.get(state.import_file) {
                    preview_ui(ui, pending, preview, colours, inbox);
                    leave_out_ui(ui, pending, &mut state.import_typed, inbox);
                    ui.add_space(8.0);
                } else {
                    ui.label("Looking at the file…");
                }
            });
        ui.separator();
        build = foot_ui(ui, model, (pending, state.import_file), inbox);
    });
    // A click beside the window closes nothing: roles chosen with care would be lost.
    let free = response.is_top_modal && !response.any_popup_open;
    let pressed = |key| free && ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::Escape) {
        inbox.push(Command::CloseImport);
    }
    if anywhere && build && pressed(Key::Enter) {
        inbox.push(Command::BuildMap);
    }
}

/// Other files than before: nothing of what was typed and focused is about them.
fn begin(ui: &Ui, pending: &PendingImport, state: &mut PanelState) {
    state.import_file = 0;
    state.import_typed = Typed {
        files: pending.paths.clone(),
        size: state.import_typed.size,
        ..Typed::default()
    };
    ui.memory_mut(|memory| {
        if let Some(focused) = memory.focused() {
            memory.surrender_focus(focused);
        }
    });
}

/// About how high the window is that shows all of `preview`, in points.
fn height(preview: &Preview) -> f32 {
    let notices = preview.warnings.len();
    let rows = preview.first_rows.len() + preview.report.left_out.len();
    490.0 + 34.0 * preview.columns.len() as f32 + 44.0 * notices as f32 + 26.0 * rows as f32
}

/// A tab for each file, where there are several.
fn files_ui(ui: &mut Ui, pending: &PendingImport, state: &mut PanelState, colours: &Colours) {
    if pending.previews.len() < 2 {
        return;
    }
    ScrollArea::horizontal().id_salt("files").show(ui, |ui| {
        ui.horizontal(|ui| {
            for (at, preview) in pending.previews.iter().enumerate() {
                let chosen = at == state.import_file;
                let colour = if chosen { colours.text } else { colours.weak };
                let text = RichText::new(&preview.file).color(colour);
                if ui.selectable_label(chosen, text).clicked() {
                    state.import_file = at;
                }
            }
        });
    });
}

fn preview_ui(
    ui: &mut Ui,
    pending: &PendingImport,
    preview: &Preview,
    colours: &Colours,
    inbox: &mut Vec<Command>,
) {
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(&preview.format).text_style(theme::title()));
        ui.label(RichText::new(&preview.file).weak());
    });
    ui.add(egui::Label::new(RichText::new(&preview.why).weak()).wrap());
    ui.add(egui::Label::new(RichText::new(reading(preview)).small().weak()).wrap());
    for warning in &preview.warnings {
        ui.add_space(2.0);
        notice(ui, warning, colours);
    }
    let not_found = not_found(pending, preview);
    if let Some(sentence) = &not_found {
        ui.add_space(2.0);
        notice(ui, sentence, colours);
    }
    choices_ui(ui, pending, preview, colours, inbox);
    if preview.people > 0 {
        section(ui, "What comes out of it");
        outcome_ui(ui, &preview.report, "outcome");
    }
    columns_ui(ui, preview, inbox);
    if !preview.first_rows.is_empty() {
        rows_ui(ui, preview);
    }
}

/// Handles to leave out that are in none of the files.
fn not_found(pending: &PendingImport, preview: &Preview) -> Option<String> {
    let whole: Option<&ImportReport> = match &pending.together {
        Some(Ok(outlook)) => Some(&outlook.report),
        _ if pending.previews.len() == 1 => Some(&preview.report),
        _ => None,
    };
    whole?.not_found_words()
}

/// Says whose choice the roles are, where they are not the guess, with the way back.
fn choices_ui(
    ui: &mut Ui,
    pending: &PendingImport,
    preview: &Preview,
    colours: &Colours,
    inbox: &mut Vec<Command>,
) {
    let is_of = |header: &[String]| header.iter().eq(preview.columns.iter().map(|c| &c.name));
    let mut chosen = pending.settings.by_header.iter();
    let Some(choices) = chosen.find(|c| is_of(&c.header)) else {
        return;
    };
    if choices.is_empty() || !preview.roles_open {
        return;
    }
    let sentence = if pending.remembered.contains(choices) {
        "The roles that you chose last time for this header are used again"
    } else if preview.has_header {
        "You chose roles; they are kept for the next file with the same header"
    } else {
        "You chose roles"
    };
    ui.add_space(4.0);
    Frame::new()
        .fill(colours.accent_soft)
        .corner_radius(theme::ROUND)
        .inner_margin(Margin::symmetric(10, 6))
        .show(ui, |ui| {
            // One line high: a layout from the right takes all the height that it is given.
            ui.horizontal(|ui| {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let back = Command::ForgetColumns(choices.header.clone());
                    let words = back.words();
                    let button = ui.button(words.label).on_hover_text(words.tooltip);
                    if button.clicked() {
                        inbox.push(back);
                    }
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        one_line(ui, sentence);
                    });
                });
            });
        });
}

/// How the bytes were read, in one line.
fn reading(preview: &Preview) -> String {
    let mut parts = vec![preview.encoding.clone()];
    if !preview.separator.is_empty() {
        parts.push(format!("separated by {}", preview.separator));
    }
    if preview.rows_above_header > 0 {
        parts.push(format!(
            "{} above the header left out",
            figures::counted(preview.rows_above_header, "row", "rows")
        ));
    }
    parts.retain(|part| !part.is_empty());
    parts.join("  ·  ")
}

/// The field for handles of one's own brand.
fn leave_out_ui(ui: &mut Ui, pending: &PendingImport, typed: &mut Typed, inbox: &mut Vec<Command>) {
    let now = &pending.settings.left_out_handles;
    if typed.asked != *now {
        typed.asked.clone_from(now);
        typed.handles = now.join(", ");
    }
    section(ui, "Leave out your own brand");
    let field = TextEdit::singleline(&mut typed.handles)
        .hint_text("handles, for example @sushibar, @sushibar_help")
        .margin(Margin::symmetric(10, 5))
        .desired_width(ui.available_width().min(420.0));
    let response = ui.add(field);
    named(&response, "Handles to leave out");
    let tip = "What these handles post and every tie to them stay out: they would stand in the middle of the map, and \
               nobody has to win them over";
    let response = response.on_hover_text(tip);
    let handles = handles_in(&typed.handles);
    if response.lost_focus() && handles != *now {
        typed.asked.clone_from(&handles);
        inbox.push(Command::LeaveOut(handles));
    }
}

/// Handles as people list them: by comma, semicolon or space.
fn handles_in(text: &str) -> Vec<String> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '、' | '，'));
    let named = words.filter(|word| word.chars().any(char::is_alphanumeric));
    named.map(str::to_owned).collect()
}

/// The figures to come, and the buttons. True when the map can be built.
fn foot_ui(
    ui: &mut Ui,
    model: &Model,
    (pending, at): (&PendingImport, usize),
    inbox: &mut Vec<Command>,
) -> bool {
    let colours = theme::colours(model.theme);
    let refused = matches!(pending.together, Some(Err(_)));
    let anybody = !refused && pending.previews.iter().any(|preview| preview.people > 0);
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            // Also while roles are looked at again: they are known already, only the figures are on their way.
            ui.add_enabled_ui(anybody, |ui| {
                let label = if pending.updates {
                    "Update the map"
                } else {
                    "Build the map"
                };
                let build = main_button(ui, label, colours);
                let build = build
                    .on_hover_text("Make the map from what is shown (Enter)")
                    .on_disabled_hover_text(
                        "Choose which column says who wrote it, or both ends of the ties",
                    );
                if build.clicked() {
                    inbox.push(Command::BuildMap);
                }
            });
            let cancel = Command::CloseImport;
            let tip = format!("{} (Esc)", cancel.words().tooltip);
            if ui.button("Cancel").on_hover_text(tip).clicked() {
                inbox.push(cancel);
            }
            if let Some(working) = &model.working {
                working_ui(ui, model, working, inbox);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let words = to_come(model, pending, at, anybody);
                one_line(ui, words);
            });
        });
    });
    anybody
}

/// How many people and ties the map will have, of all files together.
fn to_come(model: &Model, pending: &PendingImport, at: usize, anybody: bool) -> String {
    let counted = |people, ties| {
        let (people, ties) = (
            figures::people(people),
            figures::counted(ties, "tie", "ties"),
        );
        format!("{people} and {ties}")
    };
    match &pending.together {
        Some(Ok(all)) => {
            let files = pending.previews.len();
            let all = counted(all.people, all.ties);
            format!("{all} to come, from {files} files together")
        }
        Some(Err(problem)) => problem.what.clone(),
        None if !anybody && pending.previews.iter().all(|p| p.first_rows.is_empty()) => {
            "There are no rows to draw".to_owned()
        }
        None if !anybody => "Nobody to draw yet: give a column the role “who wrote it”".to_owned(),
        None => match pending.previews.as_slice() {
            [one] => format!("{} to come", counted(one.people, one.ties)),
            _ if model.working.is_some() => "Counting what all files give together…".to_owned(),
            several => several.get(at).map_or_else(String::new, |one| {
                format!("{} in this file", counted(one.people, one.ties))
            }),
        },
    }
}
