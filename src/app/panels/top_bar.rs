//! The two lines on top: menus with the title, and the tools used all the time.

use eframe::egui::{self, Align, Button, Frame, Layout, Margin, Panel, RichText, Ui};

use super::icons::Icon;
use super::widgets::{
    command_button, half, halves, icon_button, menu_button, menu_choice, menu_item, named, one_line,
};
use super::{PanelState, find, tour};
use crate::analysis::SizeBy;
use crate::app::command::{Command, MotionChoice, ThemeChoice, TourStep};
use crate::app::model::Model;
use crate::app::offers::{self, Menu};
use crate::app::shortcuts::keys_of;
use crate::app::theme;
use crate::app::words::{self, RINGED};
use crate::render::Picture;
use crate::session::NameMask;

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
                .ui(ui, |ui| menus_ui(ui, model, inbox));
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

fn menus_ui(ui: &mut Ui, model: &Model, inbox: &mut Vec<Command>) {
    let colours = theme::colours(model.theme);
    ui.label(RichText::new("Isthmus").color(colours.accent).strong());
    ui.add_space(4.0);
    ui.menu_button("File", |ui| file_menu(ui, model, inbox));
    ui.menu_button("Edit", |ui| {
        let names = ["", "", "Kept selections", "Copy and paste", "", ""];
        folded_ui(ui, names, offers::edit(model), inbox);
    });
    ui.menu_button("View", |ui| view_menu(ui, model, inbox));
    ui.menu_button("Help", |ui| help_menu(ui, model, inbox));
    if let Some(map) = &model.map {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let name = model.project.name.as_ref().unwrap_or(&map.title);
            one_line(ui, RichText::new(name).weak());
        });
    }
}

/// Groups of lines with a rule between them.
fn menu_ui(ui: &mut Ui, groups: Menu, inbox: &mut Vec<Command>) {
    for (at, group) in groups.into_iter().enumerate() {
        if at > 0 {
            ui.separator();
        }
        for offer in group {
            menu_item(ui, offer, inbox);
        }
    }
}

/// As [`menu_ui`], but groups with a name are menus of their own: a menu is to be whole in a small window.
fn folded_ui<const N: usize>(
    ui: &mut Ui,
    names: [&str; N],
    groups: Menu,
    inbox: &mut Vec<Command>,
) {
    let mut open_before = false;
    for (at, (name, group)) in names.into_iter().zip(groups).enumerate() {
        if name.is_empty() {
            if at > 0 {
                ui.separator();
            }
            menu_ui(ui, vec![group], inbox);
        } else {
            if open_before {
                ui.separator();
            }
            ui.menu_button(name, |ui| menu_ui(ui, vec![group], inbox));
        }
        open_before = name.is_empty();
    }
}

fn file_menu(ui: &mut Ui, model: &Model, inbox: &mut Vec<Command>) {
    let mut groups = offers::file(model).into_iter();
    menu_ui(ui, groups.by_ref().take(1).collect(), inbox);
    if !model.recent.is_empty() {
        ui.menu_button("Open recent", |ui| recent_menu(ui, model, inbox));
    }
    menu_ui(ui, groups.by_ref().take(1).collect(), inbox);
    ui.menu_button("Export", |ui| menu_ui(ui, offers::export(model), inbox));
    ui.separator();
    menu_ui(ui, groups.collect(), inbox);
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

fn view_menu(ui: &mut Ui, model: &Model, inbox: &mut Vec<Command>) {
    let names = ["", "Number of communities", "", "Below the map", "Tabs", ""];
    folded_ui(ui, names, offers::view(model), inbox);
    ui.separator();
    ui.menu_button("Names", |ui| names_menu(ui, model.name_mask, inbox));
    ui.menu_button("Theme", |ui| theme_menu(ui, model.theme_choice, inbox));
    ui.menu_button("Motion", |ui| motion_menu(ui, model.motion, inbox));
    ui.menu_button("Text", |ui| menu_ui(ui, offers::text(model), inbox));
}

fn motion_menu(ui: &mut Ui, chosen: MotionChoice, inbox: &mut Vec<Command>) {
    for (choice, label) in words::MOTIONS {
        if ui.selectable_label(chosen == choice, label).clicked() {
            inbox.push(Command::SetMotion(choice));
        }
    }
}

fn names_menu(ui: &mut Ui, chosen: NameMask, inbox: &mut Vec<Command>) {
    for (mask, label) in words::NAME_MASKS {
        if menu_choice(ui, chosen == mask, label).clicked() {
            inbox.push(Command::SetNameMask(mask));
        }
    }
}

fn theme_menu(ui: &mut Ui, chosen: ThemeChoice, inbox: &mut Vec<Command>) {
    for (choice, label) in words::THEMES {
        if menu_choice(ui, chosen == choice, label).clicked() {
            inbox.push(Command::SetTheme(choice));
        }
    }
}

fn help_menu(ui: &mut Ui, model: &Model, inbox: &mut Vec<Command>) {
    menu_ui(ui, offers::help(model), inbox);
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
            tour::seen(ui.ctx(), model, TourStep::List, enabled.rect);
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
    let possible = offers::is_possible(&command, model);
    let keys = keys_of(ui.ctx(), &command);
    let name = command.title(model);
    ui.add_enabled_ui(possible, |ui| {
        let colour = if possible { colours.text } else { colours.weak };
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
    let before = ui.cursor().min;
    halves(ui, colours, |ui| {
        let bridges = matches!(model.picture(), Picture::Bridges(_));
        for (picture, chosen) in [
            (Picture::Everyone, !bridges),
            (Picture::Bridges(RINGED), bridges),
        ] {
            let command = Command::SetPicture(picture);
            let words = command.words();
            let keys = keys_of(ui.ctx(), &command);
            let response = half(ui, colours, chosen, words.label);
            if response
                .on_hover_text(format!("{} ({keys})", words.tooltip))
                .clicked()
            {
                inbox.push(command);
            }
        }
    });
    let behind = egui::pos2(ui.cursor().left(), before.y + theme::CONTROL);
    let rect = egui::Rect::from_two_pos(before, behind);
    tour::here(ui.ctx(), model, TourStep::Bridges, rect);
}

fn size_menu(ui: &mut Ui, chosen: SizeBy, inbox: &mut Vec<Command>) {
    let text = format!("Size: {}", words::size_words(chosen).to_lowercase());
    let name = format!("Size of dots, {}", words::size_words(chosen));
    menu_button(ui, 158.0, &text, &name, |ui| {
        for by in words::SIZES {
            if menu_choice(ui, chosen == by, words::size_words(by)).clicked() {
                inbox.push(Command::SetSizeBy(by));
            }
        }
    })
    .on_hover_text(Command::SetSizeBy(chosen).words().tooltip);
}
