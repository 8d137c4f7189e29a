//! The help page: contents at the left, the text at the right, and a field to search in it.

use std::ops::Range;
use std::sync::Arc;

use eframe::egui::text::{CCursor, LayoutJob, TextFormat};
use eframe::egui::{
    Align, Color32, CursorIcon, FontId, Frame, Galley, Id, Key, Label, Layout, Margin, Modal,
    Modifiers, Pos2, Rect, RichText, ScrollArea, Sense, Stroke, TextEdit, TextStyle, Ui,
    WidgetInfo, WidgetType, vec2,
};

use super::PanelState;
use super::keys;
use super::widgets::{main_button, named};
use crate::app::command::{Command, GuideCommand};
use crate::app::manual::{Block, Section, Span, manual};
use crate::app::model::{Model, Sheet};
use crate::app::shortcuts::Group;
use crate::app::theme::{self, Colours};
use crate::app::words::{Measure, measure_tip};

/// The widest text, in points: longer lines are hard to read.
const TEXT: f32 = 600.0;
/// Width of the contents, in points.
const CONTENTS: f32 = 200.0;
/// Narrower windows have the contents in a row of their own above the text.
const NARROW: f32 = 700.0;
/// Points of a letter of the text.
const LETTER: f32 = 15.0;
/// Height of a line of the text, in points.
const LINE: f32 = 21.0;
/// How far apart the two are that make a letter bold, in points.
const BOLD: f32 = 0.45;

/// What is typed in the help page, and which section is wanted.
#[derive(Debug, Default)]
pub(super) struct Typed {
    search: String,
    /// The section that shall come into sight.
    wanted: Option<String>,
    /// The section at the top of what is seen.
    at: String,
}

/// Draws the page while the model says so.
pub(super) fn help_ui(ui: &Ui, model: &Model, state: &mut PanelState, inbox: &mut Vec<Command>) {
    if model.sheet != Some(Sheet::Help) {
        return;
    }
    let fresh = state.sheet != model.sheet;
    let colours = theme::colours(model.theme);
    let room = ui.ctx().content_rect().size();
    let frame = Frame::window(ui.style()).inner_margin(Margin::same(20));
    let modal = Modal::new(Id::new("help page")).frame(frame);
    let width = (room.x - 80.0).min(TEXT + CONTENTS + 3.0 * theme::FAR);
    let height = (room.y - 170.0).max(110.0);
    let mut closes = false;
    if fresh {
        state.help = Typed::default();
    }
    let typed = &mut state.help;
    let response = modal.show(ui.ctx(), |ui| {
        ui.set_width(width);
        head_ui(ui, typed, fresh);
        ui.add_space(8.0);
        let wanted = typed.search.trim().to_lowercase();
        let found: Vec<&Section> = manual().iter().filter(|s| s.has(&wanted)).collect();
        if width < NARROW {
            text_ui(ui, (&found, height), typed, colours);
        } else {
            ui.horizontal_top(|ui| {
                let down = Layout::top_down(Align::Min);
                ui.allocate_ui_with_layout(vec2(CONTENTS, height), down, |ui| {
                    ui.set_width(CONTENTS);
                    contents_ui(ui, &found, typed);
                });
                ui.add_space(theme::FAR);
                let rest = vec2(ui.available_width(), height);
                ui.allocate_ui_with_layout(rest, down, |ui| {
                    text_ui(ui, (&found, height), typed, colours);
                });
            });
        }
        ui.add_space(8.0);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let close = Command::Guide(GuideCommand::ShowHelp(false));
            closes = main_button(ui, close.words().label, colours).clicked();
        });
    });
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let key = pressed(Key::Escape) || pressed(Key::F1);
    if closes || !fresh && (key || response.backdrop_response.clicked()) {
        inbox.push(Command::Guide(GuideCommand::ShowHelp(false)));
    }
}

fn head_ui(ui: &mut Ui, typed: &mut Typed, fresh: bool) {
    ui.horizontal(|ui| {
        ui.label(RichText::new("How Isthmus works").text_style(TextStyle::Heading));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let field = TextEdit::singleline(&mut typed.search)
                .hint_text("Search")
                .margin(Margin::symmetric(10, 5))
                .desired_width(ui.available_width().min(200.0));
            let response = ui.add(field);
            named(&response, "Search the help");
            if fresh {
                response.request_focus();
            }
        });
    });
}

/// The headings of what is found; a click brings the section into sight.
fn contents_ui(ui: &mut Ui, found: &[&Section], typed: &mut Typed) {
    ui.spacing_mut().item_spacing.y = 2.0;
    ScrollArea::vertical()
        .id_salt("help contents")
        .show(ui, |ui| {
            for section in found {
                let chosen = typed.at == section.anchor;
                let response = ui.selectable_label(chosen, &section.title);
                named(&response, &format!("Go to {}", section.title));
                if response.clicked() {
                    typed.wanted = Some(section.anchor.clone());
                }
            }
        });
}

fn text_ui(ui: &mut Ui, (found, height): (&[&Section], f32), typed: &mut Typed, colours: &Colours) {
    ScrollArea::vertical()
        .id_salt("help text")
        .max_height(height)
        .min_scrolled_height(height)
        .auto_shrink([false, false])
        .show(ui, |ui| {
            ui.set_max_width((ui.available_width() - 10.0).min(TEXT));
            if found.is_empty() {
                ui.label(RichText::new("Nothing about that; try another word").weak());
            }
            let wanted = typed.wanted.take();
            let top = ui.clip_rect().top() + theme::FAR * 2.0;
            for section in found {
                let title = RichText::new(&section.title).text_style(theme::title());
                let heading = ui.add(Label::new(title.strong()));
                heading.widget_info(|| {
                    WidgetInfo::labeled(WidgetType::Label, true, section.title.as_str())
                });
                if wanted.as_ref() == Some(&section.anchor) {
                    heading.scroll_to_me(Some(Align::Min));
                }
                if heading.rect.top() <= top {
                    typed.at.clone_from(&section.anchor);
                }
                ui.add_space(2.0);
                for block in &section.blocks {
                    block_ui(ui, block, typed, colours);
                }
                ui.add_space(theme::FAR);
            }
        });
}

fn block_ui(ui: &mut Ui, block: &Block, typed: &mut Typed, colours: &Colours) {
    match block {
        Block::Paragraph(spans) => {
            spans_ui(ui, spans, typed, colours);
            ui.add_space(5.0);
        }
        Block::Line(spans) => {
            ui.horizontal_top(|ui| {
                let (rect, _) = ui.allocate_exact_size(vec2(12.0, LINE), Sense::hover());
                ui.painter()
                    .circle_filled(rect.center(), 2.2, colours.accent);
                ui.vertical(|ui| spans_ui(ui, spans, typed, colours));
            });
        }
        Block::Measures => {
            for measure in Measure::ALL {
                ui.label(RichText::new(measure.title()).size(LETTER).strong());
                let words = RichText::new(measure_tip(measure)).size(LETTER);
                ui.add(Label::new(words.color(colours.weak)).wrap());
                ui.add_space(4.0);
            }
        }
        Block::Keys => keys::half_ui(ui, &Group::ALL, colours),
    }
}

/// A text with its marks, wrapped as one. The fonts have no bold letters: what matters is written twice, a hair apart.
fn spans_ui(ui: &mut Ui, spans: &[Span], typed: &mut Typed, colours: &Colours) {
    let width = ui.available_width();
    let all: String = spans.iter().map(Span::words).collect();
    let galley = laid_out(ui, spans, width, |span| span_colour(span, colours));
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, all.trim()));
    if ui.is_rect_visible(rect) {
        ui.painter().galley(rect.min, galley.clone(), colours.text);
        if spans.iter().any(|span| matches!(span, Span::Strong(_))) {
            let strong = laid_out(ui, spans, width, |span| match span {
                Span::Strong(_) => colours.text,
                _ => Color32::TRANSPARENT,
            });
            let beside = rect.min + vec2(BOLD, 0.0);
            ui.painter().galley(beside, strong, colours.text);
        }
    }
    let mut at = 0;
    for (nth, span) in spans.iter().enumerate() {
        let from = at;
        at += span.words().chars().count();
        if let Span::Way(words, to) = span {
            let id = response.id.with(nth);
            let place = (&*galley, rect.min, from..at);
            if way_ui(ui, place, id, words) {
                typed.wanted = Some(to.clone());
                typed.search.clear();
            }
        }
    }
}

/// The letters of `spans`, each in its colour.
fn laid_out(ui: &Ui, spans: &[Span], width: f32, colour: impl Fn(&Span) -> Color32) -> Arc<Galley> {
    let mut job = LayoutJob::default();
    job.wrap.max_width = width;
    for span in spans {
        let colour = colour(span);
        let mut format = TextFormat::simple(FontId::proportional(LETTER), colour);
        format.line_height = Some(LINE);
        format.italics = matches!(span, Span::Called(_));
        if matches!(span, Span::Way(..)) {
            format.underline = Stroke::new(1.0, colour);
        }
        job.append(span.words(), 0.0, format);
    }
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

fn span_colour(span: &Span, colours: &Colours) -> Color32 {
    match span {
        Span::Strong(_) => colours.text,
        Span::Plain(_) | Span::Called(_) => colours.weak.lerp_to_gamma(colours.text, 0.55),
        Span::Way(..) => colours.accent,
    }
}

/// The room on each line of the letters that lead to another section. Returns whether one of it was clicked.
fn way_ui(
    ui: &Ui,
    (galley, origin, letters): (&Galley, Pos2, Range<usize>),
    id: Id,
    words: &str,
) -> bool {
    let mut rooms: Vec<Rect> = Vec::new();
    for at in letters {
        let from = galley.pos_from_cursor(CCursor::new(at));
        let until = galley.pos_from_cursor(CCursor::new(at + 1));
        let letter = if until.top() > from.top() {
            from // the last of its line
        } else {
            from.union(until)
        };
        let letter = letter.translate(origin.to_vec2());
        match rooms.last_mut() {
            Some(room) if (room.top() - letter.top()).abs() < 1.0 => *room = room.union(letter),
            _ => rooms.push(letter),
        }
    }
    let mut clicked = false;
    for (line, room) in rooms.into_iter().enumerate() {
        let response = ui.interact(room, id.with(line), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Link, true, words));
        if response.gained_focus() {
            response.scroll_to_me(None);
        }
        clicked |= response.clicked();
        response.on_hover_cursor(CursorIcon::PointingHand);
    }
    clicked
}
