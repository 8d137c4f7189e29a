//! The two lines on top: menus with the title, and the tools used all the time.

use eframe::egui::{self, Align, Button, Frame, Layout, Margin, Panel, RichText, Ui};

use super::icons::Icon;
use super::widgets::{command_button, icon_button, menu_button, menu_item, named, one_line};
use super::{PanelState, find};
use crate::analysis::SizeBy;
use crate::app::command::{Command, ThemeChoice};
use crate::app::model::Model;
use crate::app::theme;
use crate::app::words::{self, HELP, RINGED};
use crate::render::Picture;

/// Draws both lines.
pub(super) fn top_bar_ui(
    ui: &mut Ui,
    model: &Model,
    state: &mut PanelState,
    inbox: &mut Vec<Command>,
) {
    let panel = theme::colours(model.theme).panel;
    let frame = Frame::new()
        .fill(panel)
        .inner_margin(Margin::symmetric(theme::MARGIN, 5));
    Panel::top("menus")
        .frame(frame)
        .show_separator_line(false)
        .show(ui, |ui| {
            egui::MenuBar::new()
                .style(menu_look)
                .ui(ui, |ui| menus_ui(ui, model, state, inbox));
        });
    if model.map.is_some() {
        let frame = Frame::new().fill(panel).inner_margin(Margin {
            left: theme::MARGIN,
            right: theme::MARGIN,
            top: 2,
            bottom: 8,
        });
        Panel::top("tools").frame(frame).show(ui, |ui| {
            ui.horizontal(|ui| tools_ui(ui, model, state, inbox))
        });
    }
}

fn menu_look(style: &mut egui::Style) {
    style.spacing.button_padding = egui::vec2(8.0, 2.0);
    style.visuals.widgets.inactive.weak_bg_fill = egui::Color32::TRANSPARENT;
    for widget in [
        &mut style.visuals.widgets.inactive,
        &mut style.visuals.widgets.hovered,
        &mut style.visuals.widgets.open,
        &mut style.visuals.widgets.active,
    ] {
        widget.bg_stroke = egui::Stroke::NONE;
    }
}

fn menus_ui(ui: &mut Ui, model: &Model, state: &mut PanelState, inbox: &mut Vec<Command>) {
    let colours = theme::colours(model.theme);
    ui.label(RichText::new("Isthmus").color(colours.accent).strong());
    ui.add_space(4.0);
    ui.menu_button("File", |ui| file_menu(ui, model, inbox));
    ui.menu_button("Edit", |ui| edit_menu(ui, model, inbox));
    ui.menu_button("View", |ui| view_menu(ui, model, state, inbox));
    ui.menu_button("Help", help_menu);
    if let Some(map) = &model.map {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            one_line(ui, RichText::new(&map.title).weak());
        });
    }
}

fn file_menu(ui: &mut Ui, model: &Model, inbox: &mut Vec<Command>) {
    let item = |ui: &mut Ui, enabled, command: Command, inbox: &mut Vec<Command>| {
        menu_item(ui, enabled, command.words().label, command, inbox);
    };
    item(ui, true, Command::OpenDialog, inbox);
    item(ui, true, Command::OpenFolderDialog, inbox);
    if !model.recent.is_empty() {
        ui.menu_button("Open recent", |ui| recent_menu(ui, model, inbox));
    }
    item(ui, true, Command::OpenSample, inbox);
    item(ui, model.map.is_some(), Command::CloseMap, inbox);
    ui.separator();
    item(ui, model.map.is_some(), Command::ShowReport(true), inbox);
    ui.separator();
    let listed = model.map.is_some() && !model.campaign.outreach_list.is_empty();
    for for_excel in [false, true] {
        item(ui, listed, Command::ExportListDialog { for_excel }, inbox);
    }
    item(ui, model.map.is_some(), Command::ShowMapExport(true), inbox);
    item(ui, model.map.is_some(), Command::CopyMap, inbox);
    ui.separator();
    item(ui, true, Command::Quit, inbox);
}

fn recent_menu(ui: &mut Ui, model: &Model, inbox: &mut Vec<Command>) {
    for path in &model.recent {
        let name = path.file_name().unwrap_or(path.as_os_str());
        let response = ui.button(name.to_string_lossy());
        if response.on_hover_text(path.display().to_string()).clicked() {
            inbox.push(Command::OpenPaths(vec![path.clone()]));
        }
    }
}

/// `Undo remove Ana`, or only `Undo`.
fn step_label(verb: &str, step: Option<&str>) -> String {
    step.map_or_else(|| verb.to_owned(), |step| format!("{verb} {step}"))
}

fn edit_menu(ui: &mut Ui, model: &Model, inbox: &mut Vec<Command>) {
    let (undo, redo) = (model.history.undo_words(), model.history.redo_words());
    let label = step_label("Undo", undo);
    menu_item(ui, undo.is_some(), &label, Command::Undo, inbox);
    let label = step_label("Redo", redo);
    menu_item(ui, redo.is_some(), &label, Command::Redo, inbox);
    ui.separator();
    let some = !model.selected.is_empty();
    let add = Command::AddToList(model.selected.clone());
    menu_item(ui, some, "Add selection to list", add, inbox);
    let clear = Command::Select(Vec::new());
    menu_item(ui, some, "Clear selection", clear, inbox);
    ui.separator();
    menu_item(
        ui,
        model.map.is_some(),
        "Find a person",
        Command::Find,
        inbox,
    );
}

fn view_menu(ui: &mut Ui, model: &Model, state: &mut PanelState, inbox: &mut Vec<Command>) {
    let open = model.map.is_some();
    let other = words::other_picture(model);
    let label = format!(
        "Show {}",
        Command::SetPicture(other).words().label.to_lowercase()
    );
    menu_item(ui, open, &label, Command::SetPicture(other), inbox);
    menu_item(ui, open, "Show the whole map", Command::FitAll, inbox);
    let some = !model.selected.is_empty();
    menu_item(ui, some, "Show the selection", Command::FitSelection, inbox);
    let pause = if model.layout_paused {
        "Go on with the layout"
    } else {
        "Pause the layout"
    };
    menu_item(ui, open, pause, Command::PauseLayout, inbox);
    let again = open && model.working.is_none();
    menu_item(ui, again, "Lay out again", Command::LayOutAgain, inbox);
    let panel = if state.communities_closed {
        "Open the communities panel"
    } else {
        "Close the communities panel"
    };
    if ui.add_enabled(open, Button::new(panel)).clicked() {
        state.communities_closed = !state.communities_closed;
    }
    let overview = Command::ShowOverview(model.map_cards.overview_closed);
    menu_item(ui, open, overview.words().label, overview, inbox);
    ui.separator();
    ui.menu_button("Theme", |ui| theme_menu(ui, model.theme_choice, inbox));
    ui.menu_button("Text", egui::gui_zoom::zoom_menu_buttons);
}

fn theme_menu(ui: &mut Ui, chosen: ThemeChoice, inbox: &mut Vec<Command>) {
    for (choice, label) in words::THEMES {
        if ui.selectable_label(chosen == choice, label).clicked() {
            inbox.push(Command::SetTheme(choice));
        }
    }
}

fn help_menu(ui: &mut Ui) {
    ui.set_min_width(330.0);
    ui.label(RichText::new("Keys and gestures").strong());
    ui.add_space(2.0);
    egui::Grid::new("keys")
        .num_columns(2)
        .spacing([18.0, 4.0])
        .show(ui, |ui| {
            for (keys, what) in HELP {
                ui.label(RichText::new(keys).strong());
                ui.label(RichText::new(what).weak());
                ui.end_row();
            }
        });
    ui.separator();
    ui.label(RichText::new(concat!("Isthmus ", env!("CARGO_PKG_VERSION"))).weak());
}

fn tools_ui(ui: &mut Ui, model: &Model, state: &mut PanelState, inbox: &mut Vec<Command>) {
    command_button(ui, true, Command::OpenDialog, inbox);
    history_button(ui, model, Icon::Undo, Command::Undo, inbox);
    history_button(ui, model, Icon::Redo, Command::Redo, inbox);
    ui.add_space(theme::NEAR);
    picture_switch(ui, model, inbox);
    ui.add_space(theme::NEAR);
    size_menu(ui, model.size_by, inbox);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        if ui.available_width() > 520.0 {
            command_button(ui, true, Command::ShowMapExport(true), inbox);
            let listed = !model.campaign.outreach_list.is_empty();
            let export = Command::ExportListDialog {
                for_excel: state.for_excel,
            };
            let enabled = ui.add_enabled(listed, Button::new("Export list…"));
            let enabled = enabled
                .on_hover_text(export.words().tooltip)
                .on_disabled_hover_text("Nobody is on the list yet");
            if enabled.clicked() {
                inbox.push(export);
            }
        }
        find::find_ui(ui, model, state, inbox);
    });
}

fn history_button(
    ui: &mut Ui,
    model: &Model,
    icon: Icon,
    command: Command,
    inbox: &mut Vec<Command>,
) {
    let colours = theme::colours(model.theme);
    let step = if command == Command::Undo {
        model.history.undo_words()
    } else {
        model.history.redo_words()
    };
    let keys = words::keys_of(ui.ctx(), &command);
    let name = step_label(command.words().label, step);
    ui.add_enabled_ui(step.is_some(), |ui| {
        let colour = if step.is_some() {
            colours.text
        } else {
            colours.weak
        };
        let response = icon_button(ui, icon, &format!("{name} ({keys})"), colour);
        named(&response, &name);
        if response.clicked() {
            inbox.push(command);
        }
    });
}

/// Two halves of one button: everyone, or the bridges.
fn picture_switch(ui: &mut Ui, model: &Model, inbox: &mut Vec<Command>) {
    let colours = theme::colours(model.theme);
    Frame::new()
        .fill(colours.field)
        .stroke(egui::Stroke::new(1.0, colours.line))
        .corner_radius(theme::ROUND)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            let bridges = matches!(model.picture(), Picture::Bridges(_));
            for (picture, chosen) in [
                (Picture::Everyone, !bridges),
                (Picture::Bridges(RINGED), bridges),
            ] {
                let command = Command::SetPicture(picture);
                let words = command.words();
                let keys = words::keys_of(ui.ctx(), &command);
                let text = if chosen {
                    colours.on_accent
                } else {
                    colours.weak
                };
                let fill = if chosen {
                    colours.accent
                } else {
                    egui::Color32::TRANSPARENT
                };
                let button = Button::new(RichText::new(words.label).color(text))
                    .fill(fill)
                    .stroke(egui::Stroke::NONE);
                let response = ui.add(button);
                if response
                    .on_hover_text(format!("{} ({keys})", words.tooltip))
                    .clicked()
                {
                    inbox.push(command);
                }
            }
        });
}

fn size_menu(ui: &mut Ui, chosen: SizeBy, inbox: &mut Vec<Command>) {
    let text = format!("Size: {}", words::size_words(chosen).to_lowercase());
    let name = format!("Size of dots, {}", words::size_words(chosen));
    menu_button(ui, 158.0, &text, &name, |ui| {
        for by in words::SIZES {
            if ui
                .selectable_label(chosen == by, words::size_words(by))
                .clicked()
            {
                inbox.push(Command::SetSizeBy(by));
            }
        }
    })
    .on_hover_text(Command::SetSizeBy(chosen).words().tooltip);
}
