//! The sheet that asks how the picture of the map shall look, before it asks where to save it.

use eframe::egui::{
    Align, Checkbox, ComboBox, Frame, Grid, Id, Key, Label, Layout, Margin, Modal, Modifiers,
    RichText, TextEdit, Ui,
};

use super::widgets::{main_button, named};
use crate::app::command::{Command, MapOf};
use crate::app::exports::MapExport;
use crate::app::model::{Model, Sheet};
use crate::app::theme;
use crate::export::map::MapFormat;
use crate::render::{MAX_SIDE, Theme};

/// Draws the sheet while the model says so.
pub(super) fn map_export_ui(ui: &Ui, model: &Model, inbox: &mut Vec<Command>) {
    let shown = model.sheet == Some(Sheet::MapExport);
    if !shown || model.map.is_none() || model.path_prompt.is_some() {
        return;
    }
    let frame = Frame::window(ui.style()).inner_margin(Margin::same(20));
    let modal = Modal::new(Id::new("map export")).frame(frame);
    let width = (ui.ctx().content_rect().width() - 120.0).min(430.0);
    let mut chosen = model.map_export.clone();
    let response = modal.show(ui.ctx(), |ui| {
        ui.set_width(width);
        ui.label(RichText::new("Export the map").text_style(theme::title()));
        ui.add_space(8.0);
        if model.flow_view.of == MapOf::Communities {
            let words = "The picture is of the map of people; the communities as bubbles are on the screen only";
            ui.add(Label::new(RichText::new(words).weak()).wrap());
            ui.add_space(8.0);
        }
        choices_ui(ui, &mut chosen);
        ui.add_space(12.0);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let colours = theme::colours(model.theme);
            if main_button(ui, "Save as…", colours).clicked() {
                inbox.push(Command::ExportMapDialog);
            }
            if ui.button("Cancel").clicked() {
                inbox.push(Command::ShowMapExport(false));
            }
        });
    });
    if chosen != model.map_export {
        inbox.push(Command::SetMapExport(Box::new(chosen)));
    }
    let escape =
        response.is_top_modal && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape));
    if escape || response.backdrop_response.clicked() {
        inbox.push(Command::ShowMapExport(false));
    }
}

fn choices_ui(ui: &mut Ui, chosen: &mut MapExport) {
    Grid::new("map export choices")
        .num_columns(2)
        .spacing([18.0, 10.0])
        .show(ui, |ui| {
            ui.label("Format");
            ui.horizontal(|ui| {
                for format in MapFormat::ALL {
                    let name = format.ending().to_uppercase();
                    ui.selectable_value(&mut chosen.format, format, name)
                        .on_hover_text(about(format));
                }
            });
            ui.end_row();
            ui.label("What");
            ui.horizontal(|ui| {
                ui.selectable_value(&mut chosen.as_shown, false, "Whole map");
                ui.selectable_value(&mut chosen.as_shown, true, "As shown")
                    .on_hover_text("The part of the map that the window shows");
            });
            ui.end_row();
            ui.label("Size");
            size_ui(ui, chosen);
            ui.end_row();
            ui.label("Ground");
            ground_ui(ui, chosen);
            ui.end_row();
            ui.label("With");
            ui.horizontal(|ui| {
                ui.checkbox(&mut chosen.names, "Names");
                ui.checkbox(&mut chosen.legend, "Legend");
                ui.checkbox(&mut chosen.caption, "Caption")
                    .on_hover_text("One line: people, posts, days and seed");
            });
            ui.end_row();
            ui.label("Title");
            let field = TextEdit::singleline(&mut chosen.title)
                .hint_text("None")
                .margin(Margin::symmetric(8, 4))
                .desired_width(f32::INFINITY);
            let field = ui.add(field);
            named(&field, "Title of the picture");
            ui.end_row();
        });
}

fn size_ui(ui: &mut Ui, chosen: &mut MapExport) {
    ui.horizontal(|ui| {
        if !chosen.as_shown {
            let known = MapExport::SIZES
                .iter()
                .find(|(_, size)| *size == chosen.size);
            let text = known.map_or("Own", |(name, _)| *name);
            let menu = ComboBox::from_id_salt("size of the picture").selected_text(text);
            let response = menu.show_ui(ui, |ui| {
                for (name, size) in MapExport::SIZES {
                    let words = format!("{name}, {} x {}", size[0], size[1]);
                    ui.selectable_value(&mut chosen.size, size, words);
                }
            });
            named(&response.response, "Size of the picture");
        }
        for scale in 1..=MapExport::MOST_SCALE {
            let fits = chosen.as_shown
                || chosen
                    .size
                    .iter()
                    .all(|side| side * u32::from(scale) <= MAX_SIDE);
            ui.add_enabled_ui(fits, |ui| {
                ui.selectable_value(&mut chosen.scale, scale, format!("{scale}×"))
                    .on_hover_text("So many times as large and as fine");
            });
        }
        if !chosen.as_shown {
            let [w, h] = chosen.size.map(|side| side * u32::from(chosen.scale));
            ui.label(RichText::new(format!("{w} x {h}")).weak());
        }
    });
}

fn ground_ui(ui: &mut Ui, chosen: &mut MapExport) {
    ui.horizontal(|ui| {
        for (theme, words) in [
            (None, "As the window"),
            (Some(Theme::Light), "Light"),
            (Some(Theme::Dark), "Dark"),
        ] {
            ui.selectable_value(&mut chosen.theme, theme, words);
        }
        let none = Checkbox::new(&mut chosen.transparent, "See-through");
        ui.add(none)
            .on_hover_text("No ground: the picture can be laid over another");
    });
}

fn about(format: MapFormat) -> &'static str {
    match format {
        MapFormat::Png => "Pixels, for slides and messages",
        MapFormat::Svg => "Shapes and text, for drawing programs and web pages",
        MapFormat::Pdf => "One page for print; names can be searched",
    }
}
