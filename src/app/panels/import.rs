//! The import window: what each file is, which column plays which role, what would be left out, before anything is built.

use eframe::egui::{self, Align, Frame, Id, Layout, Margin, Modal, RichText, ScrollArea, Ui, vec2};
use egui_extras::{Column, TableBuilder};

use super::PanelState;
use super::figures;
use super::status::working_ui;
use super::widgets::{main_button, menu_button, notice, one_line, section};
use crate::app::command::Command;
use crate::app::model::{Model, PendingImport};
use crate::app::theme::{self, Colours};
use crate::import::{ColumnChoice, ImportReport, Preview, PreviewColumn, Role};

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
        (room.y - 72.0).min(wanted).min(780.0),
    );
    let frame = Frame::window(ui.style()).inner_margin(Margin::same(20));
    let modal = Modal::new(Id::new("import")).frame(frame);
    let response = modal.show(ui.ctx(), |ui| {
        ui.set_width(size.x - 40.0);
        ui.set_height(size.y - 40.0);
        ui.label(RichText::new("Before the map is built").text_style(egui::TextStyle::Heading));
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
                    preview_ui(ui, preview, colours, inbox);
                } else {
                    ui.label("Looking at the file…");
                }
            });
        ui.separator();
        foot_ui(ui, model, (pending, state.import_file), inbox);
    });
    // A click beside the window closes nothing: roles chosen with care would be lost.
    let escape = response.is_top_modal
        && !response.any_popup_open
        && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape));
    if escape {
        inbox.push(Command::CloseImport);
    }
}

/// About how high the window is that shows all of `preview`, in points.
fn height(preview: &Preview) -> f32 {
    let notices = preview.warnings.len() + preview.report.warnings.len();
    let rows = preview.first_rows.len() + preview.report.left_out.len();
    330.0 + 34.0 * preview.columns.len() as f32 + 44.0 * notices as f32 + 26.0 * rows as f32
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

fn preview_ui(ui: &mut Ui, preview: &Preview, colours: &Colours, inbox: &mut Vec<Command>) {
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(&preview.format).text_style(theme::title()));
        ui.label(RichText::new(&preview.file).weak());
    });
    ui.add(egui::Label::new(RichText::new(&preview.why).weak()).wrap());
    ui.add(egui::Label::new(RichText::new(reading(preview)).small().weak()).wrap());
    for warning in preview.warnings.iter().chain(&preview.report.warnings) {
        ui.add_space(2.0);
        notice(ui, warning, colours);
    }
    section(ui, "Columns, and what they mean");
    for (at, column) in preview.columns.iter().enumerate() {
        column_ui(ui, at, column, inbox);
    }
    if !preview.first_rows.is_empty() {
        section(ui, "First rows");
        rows_ui(ui, preview);
    }
    left_out_ui(ui, &preview.report);
    ui.add_space(8.0);
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

/// One column: its name, its role to choose, and some of its values.
fn column_ui(ui: &mut Ui, at: usize, column: &PreviewColumn, inbox: &mut Vec<Command>) {
    ui.push_id(at, |ui| {
        ui.horizontal(|ui| {
            let width = ui.available_width();
            fixed(ui, width * 0.26, |ui| one_line(ui, &column.name));
            role_menu(ui, column, inbox);
            let samples = column.samples.join("  ·  ");
            let rest = ui.available_width();
            fixed(ui, rest, |ui| {
                one_line(ui, RichText::new(samples).small().weak())
            });
        });
    });
}

/// A cell of fixed width in a row.
fn fixed(ui: &mut Ui, width: f32, add: impl FnOnce(&mut Ui) -> egui::Response) {
    let size = vec2(width, theme::CONTROL);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_width(width);
        add(ui);
    });
}

fn role_menu(ui: &mut Ui, column: &PreviewColumn, inbox: &mut Vec<Command>) {
    let text = column.role.map_or("not used", role_words);
    let name = format!("Role of {}, {text}", column.name);
    let response = menu_button(ui, 168.0, text, &name, |ui| {
        ScrollArea::vertical().max_height(420.0).show(ui, |ui| {
            let none = ui.selectable_label(column.role.is_none(), "not used");
            if none.clicked()
                && let Some(role) = column.role
            {
                inbox.push(Command::ChooseColumn(ColumnChoice {
                    role,
                    column: String::new(),
                }));
            }
            for role in Role::ALL {
                let chosen = column.role == Some(role);
                if ui.selectable_label(chosen, role_words(role)).clicked() && !chosen {
                    inbox.push(Command::ChooseColumn(ColumnChoice {
                        role,
                        column: column.name.clone(),
                    }));
                }
            }
        });
    });
    if !column.why.is_empty() {
        response.on_hover_text(&column.why);
    }
}

/// A role as a person says it.
fn role_words(role: Role) -> &'static str {
    match role {
        Role::Author => "who wrote it",
        Role::AuthorId => "who wrote it (id)",
        Role::Name => "display name",
        Role::Reach => "reach",
        Role::Text => "text",
        Role::Time => "time",
        Role::ReplyTo => "answers",
        Role::RepostOf => "passes on",
        Role::QuoteOf => "quotes",
        Role::Mentions => "names",
        Role::Url => "address of the post",
        Role::Language => "language",
        Role::Platform => "platform",
        Role::Sentiment => "tone",
        Role::PostId => "id of the post",
        Role::PostKind => "kind of post",
        Role::Source => "tie from",
        Role::Target => "tie to",
        Role::Weight => "strength of the tie",
        Role::Kind => "kind of tie",
        Role::Id => "id of the person",
        Role::Label => "name of the person",
        Role::Community => "community",
    }
}

fn rows_ui(ui: &mut Ui, preview: &Preview) {
    ScrollArea::horizontal().id_salt("rows").show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(12.0, 2.0);
        TableBuilder::new(ui)
            .striped(true)
            .vscroll(false)
            .cell_layout(Layout::left_to_right(Align::Center))
            .columns(
                Column::auto().at_least(60.0).at_most(220.0).clip(true),
                preview.columns.len(),
            )
            .header(22.0, |mut header| {
                for column in &preview.columns {
                    header.col(|ui| {
                        one_line(ui, RichText::new(&column.name).small().weak());
                    });
                }
            })
            .body(|mut body| {
                for cells in &preview.first_rows {
                    body.row(22.0, |mut row| {
                        for at in 0..preview.columns.len() {
                            row.col(|ui| {
                                let text = cells.get(at).map_or("", String::as_str);
                                one_line(ui, RichText::new(text).small());
                            });
                        }
                    });
                }
            });
    });
}

fn left_out_ui(ui: &mut Ui, report: &ImportReport) {
    let left_out = report.rows_left_out();
    let merged = report.duplicates_removed;
    if left_out == 0 && merged == 0 {
        return;
    }
    section(ui, "Left out");
    for reason in &report.left_out {
        ui.label(format!(
            "{} × {}, first in {}",
            figures::whole(reason.count),
            reason.reason,
            reason.first
        ));
    }
    if merged > 0 {
        let rows = figures::counted(merged, "row", "rows");
        ui.label(format!("{rows} with a post that is there already"));
    }
}

fn foot_ui(
    ui: &mut Ui,
    model: &Model,
    (pending, at): (&PendingImport, usize),
    inbox: &mut Vec<Command>,
) {
    let colours = theme::colours(model.theme);
    let of_file = pending.previews.get(at);
    let (people, ties) = of_file.map_or((0, 0), |preview| (preview.people, preview.ties));
    // Each file is previewed alone, and what they have in common is known only when they are joined.
    let rest = if pending.previews.len() > 1 {
        "in this file"
    } else {
        "to come"
    };
    let anybody = pending.previews.iter().any(|preview| preview.people > 0);
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_enabled_ui(anybody && model.working.is_none(), |ui| {
                let build = main_button(ui, "Build the map", colours);
                let build = build.on_disabled_hover_text(
                    "Choose which column says who wrote it, or both ends of the ties",
                );
                if build.clicked() {
                    inbox.push(Command::BuildMap);
                }
            });
            let cancel = Command::CloseImport;
            if ui
                .button("Cancel")
                .on_hover_text(cancel.words().tooltip)
                .clicked()
            {
                inbox.push(cancel);
            }
            if let Some(working) = &model.working {
                working_ui(ui, model, working, inbox);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let (people, ties) = (
                    figures::people(people),
                    figures::counted(ties, "tie", "ties"),
                );
                one_line(ui, format!("{people} and {ties} {rest}"));
            });
        });
    });
}
