//! The window while nothing is open: where to drop a file, what to try, what kind of file it takes.

use std::path::PathBuf;

use eframe::egui::{
    self, Align, Button, CollapsingHeader, Frame, Key, Layout, Margin, Rect, RichText, ScrollArea,
    Shape, Stroke, TextEdit, Ui, vec2,
};

use super::PanelState;
use super::icons::{Icon, paint};
use super::status::working_ui;
use super::widgets::{main_button, named, one_line, section};
use crate::app::command::{Command, GuideCommand};
use crate::app::model::{Model, Working};
use crate::app::theme;

/// Width of the column in the middle, in points.
const WIDTH: f32 = 560.0;

/// Draws the empty state.
pub(super) fn welcome_ui(
    ui: &mut Ui,
    model: &Model,
    state: &mut PanelState,
    inbox: &mut Vec<Command>,
) {
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .show(ui, |ui| {
            let spare = ui.available_width() - WIDTH;
            let side = (spare / 2.0).max(8.0);
            ui.horizontal_top(|ui| {
                ui.add_space(side);
                ui.vertical(|ui| {
                    ui.set_width(ui.available_width().min(WIDTH) - if spare < 0.0 { 8.0 } else { 0.0 });
                    let above = (ui.ctx().content_rect().height() * 0.08).clamp(12.0, 110.0);
                    ui.add_space(above);
                    let title = RichText::new("Who brings the conversation together?").size(27.0);
                    ui.label(title);
                    ui.add_space(2.0);
                    let sentence = "Open an export of posts. Isthmus draws who talks with whom, finds the communities, \
                                    and shows the people who bridge them.";
                    ui.add(egui::Label::new(RichText::new(sentence).weak()).wrap());
                    ui.add_space(theme::FAR);
                    if let Some(working) = &model.working {
                        busy_ui(ui, model, working, inbox);
                    } else {
                        left_ui(ui, model, inbox);
                        tour_offer_ui(ui, model, inbox);
                        drop_area_ui(ui, model, inbox);
                        typed_ui(ui, state, inbox);
                        recent_ui(ui, model, inbox);
                    }
                    help_ui(ui);
                });
            });
        });
}

/// Room for the drop area or, in the same place, for what is being read.
fn area(ui: &mut Ui, model: &Model, lit: bool, add: impl FnOnce(&mut Ui)) {
    let colours = theme::colours(model.theme);
    let fill = if lit {
        colours.accent_soft
    } else {
        colours.field
    };
    let frame = Frame::new()
        .fill(fill)
        .corner_radius(12)
        .inner_margin(Margin::symmetric(24, 26));
    let response = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.set_min_height(120.0);
        ui.vertical_centered(add);
    });
    let colour = if lit {
        colours.accent
    } else {
        colours.grey.gamma_multiply(0.7)
    };
    dashed(ui, response.response.rect.shrink(1.0), colour);
}

fn dashed(ui: &Ui, rect: Rect, colour: egui::Color32) {
    let stroke = Stroke::new(1.5, colour);
    let r = 12.0;
    let mut path = Vec::new();
    for (corner, from) in [
        (rect.right_top() + vec2(-r, r), -90.0f32),
        (rect.right_bottom() + vec2(-r, -r), 0.0),
        (rect.left_bottom() + vec2(r, -r), 90.0),
        (rect.left_top() + vec2(r, r), 180.0),
    ] {
        for step in 0..=6u8 {
            let angle = (from + 15.0 * f32::from(step)).to_radians();
            path.push(corner + vec2(libm::cosf(angle), libm::sinf(angle)) * r);
        }
    }
    path.extend(path.first().copied());
    ui.painter()
        .extend(Shape::dashed_line(&path, stroke, 7.0, 6.0));
}

fn drop_area_ui(ui: &mut Ui, model: &Model, inbox: &mut Vec<Command>) {
    let colours = theme::colours(model.theme);
    let lit = ui.input(|input| !input.raw.hovered_files.is_empty());
    area(ui, model, lit, |ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(30.0, 30.0), egui::Sense::hover());
        let colour = if lit { colours.accent } else { colours.weak };
        paint(ui.painter(), rect, Icon::File, colour);
        ui.add_space(4.0);
        let words = if lit {
            "Let go to open it"
        } else {
            "Drop files or a folder here"
        };
        ui.label(RichText::new(words).text_style(theme::title()));
        ui.add_space(8.0);
        // Centred by hand: a row of two buttons.
        let width = 268.0_f32.min(ui.available_width());
        ui.allocate_ui_with_layout(
            vec2(width, theme::CONTROL + 4.0),
            Layout::left_to_right(Align::Center),
            |ui| {
                ui.spacing_mut().item_spacing.x = 8.0;
                let open = main_button(ui, "Open a file…", colours);
                if open
                    .on_hover_text("Choose the files of a conversation (Ctrl+O)")
                    .clicked()
                {
                    inbox.push(Command::OpenDialog);
                }
                let sample =
                    Button::new("Try the sushi sample").min_size(vec2(160.0, theme::CONTROL));
                let response = ui.add(sample);
                if response
                    .on_hover_text(Command::OpenSample.words().tooltip)
                    .clicked()
                {
                    inbox.push(Command::OpenSample);
                }
            },
        );
    });
}

/// Who starts the program for the first time is shown round, if they like.
fn tour_offer_ui(ui: &mut Ui, model: &Model, inbox: &mut Vec<Command>) {
    if !model.offers_tour || !model.left.is_empty() {
        return;
    }
    let colours = theme::colours(model.theme);
    let frame = Frame::new()
        .fill(colours.accent_soft)
        .corner_radius(8)
        .inner_margin(Margin::symmetric(14, 10));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        let words = "New here? Five steps on an invented conversation show the main job";
        ui.add(egui::Label::new(RichText::new(words).color(colours.text)).wrap());
        ui.horizontal(|ui| {
            for asked in [GuideCommand::StartTour, GuideCommand::DeclineTour] {
                let command = Command::Guide(asked);
                let words = command.words();
                let button = ui.button(words.label);
                if button.on_hover_text(words.tooltip).clicked() {
                    inbox.push(command);
                }
            }
        });
    });
    ui.add_space(10.0);
}

/// Work that was open when the program ended unexpectedly: nothing of it is lost, and here is the way back.
fn left_ui(ui: &mut Ui, model: &Model, inbox: &mut Vec<Command>) {
    let colours = theme::colours(model.theme);
    for left in &model.left {
        let frame = Frame::new()
            .fill(colours.accent_soft)
            .corner_radius(8)
            .inner_margin(Margin::symmetric(14, 10));
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            let list = match left.n_listed {
                0 => "here is your work".to_owned(),
                1 => "here is your list of 1 person".to_owned(),
                n => format!("here is your list of {n} people"),
            };
            let words = format!("Isthmus ended unexpectedly; {list} from {}", left.title);
            ui.add(egui::Label::new(words).wrap());
            ui.horizontal(|ui| {
                for wanted in [true, false] {
                    let command = Command::TakeUp(left.clone(), wanted);
                    let words = command.words();
                    if ui
                        .button(words.label)
                        .on_hover_text(words.tooltip)
                        .clicked()
                    {
                        inbox.push(command);
                    }
                }
            });
        });
        ui.add_space(10.0);
    }
}

fn busy_ui(ui: &mut Ui, model: &Model, working: &Working, inbox: &mut Vec<Command>) {
    area(ui, model, false, |ui| {
        ui.add_space(14.0);
        let words = working.standing.stage.words();
        ui.label(RichText::new(words).text_style(theme::title()));
        ui.add_space(6.0);
        let width = 330.0_f32.min(ui.available_width());
        ui.allocate_ui_with_layout(
            vec2(width, theme::CONTROL),
            Layout::right_to_left(Align::Center),
            |ui| working_ui(ui, model, working, inbox),
        );
    });
}

/// A path typed by hand: the way that always works, also where the system shows no dialog.
fn typed_ui(ui: &mut Ui, state: &mut PanelState, inbox: &mut Vec<Command>) {
    ui.add_space(10.0);
    ui.horizontal(|ui| {
        let field = TextEdit::singleline(&mut state.typed_path)
            .hint_text("or type where the file or folder is")
            .margin(Margin::symmetric(10, 5))
            .desired_width(ui.available_width() - 72.0);
        let response = ui.add(field);
        named(&response, "Path of a file");
        let typed = state.typed_path.trim().trim_matches('"');
        let enter = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let button = Button::new("Open").min_size(vec2(64.0, theme::CONTROL));
        let clicked = ui.add_enabled(!typed.is_empty(), button).clicked();
        if (enter || clicked) && !typed.is_empty() {
            inbox.push(Command::OpenPaths(vec![PathBuf::from(typed)]));
        }
    });
}

fn recent_ui(ui: &mut Ui, model: &Model, inbox: &mut Vec<Command>) {
    if model.recent.is_empty() {
        return;
    }
    section(ui, "Opened lately");
    for path in model.recent.iter().take(6) {
        let name = path.file_name().unwrap_or(path.as_os_str());
        let text = RichText::new(name.to_string_lossy());
        let response = ui.add(Button::new(text).frame_when_inactive(false));
        if response.on_hover_text(path.display().to_string()).clicked() {
            inbox.push(Command::OpenPaths(vec![path.clone()]));
        }
    }
}

/// What people ask before they have a file.
const HELP: [(&str, &str); 6] = [
    (
        "Posts",
        "Export the posts of a topic from your monitoring tool, as CSV, TSV or an Excel workbook; or take what a platform \
         or an archiving tool gives you as JSON. Best with authors, texts, replies, reposts, followers and times.",
    ),
    (
        "What Isthmus looks for",
        "Who answered, passed on, quoted or named whom. It finds the columns itself and shows you what it took for what, \
         before anything is built.",
    ),
    (
        "Ties",
        "Two columns, from and to, do as well; a third one for how strong. A table of people beside it brings names and reach. \
         Files of graph programs (GEXF, GraphML, GML, Pajek, DOT and more) and Parquet or Arrow tables are read too.",
    ),
    (
        "Archives and folders",
        "Zipped files are opened as they are, and so is a whole folder: everything in it is read as one conversation.",
    ),
    (
        "How much",
        "Some hundred posts show something; some thousand show communities. Several files can be opened together; the \
         same post in two files counts once.",
    ),
    (
        "Where it goes",
        "Nowhere. Everything stays on this computer.",
    ),
];

fn help_ui(ui: &mut Ui) {
    ui.add_space(theme::FAR);
    CollapsingHeader::new("What file do I need?").show(ui, |ui| {
        for (title, words) in HELP {
            one_line(ui, RichText::new(title).strong());
            ui.add(egui::Label::new(RichText::new(words).weak()).wrap());
            ui.add_space(6.0);
        }
    });
    ui.add_space(theme::FAR);
}
