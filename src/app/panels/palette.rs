//! The palette: commands, people and questions by typing, over the upper middle of the window.

use eframe::egui::{
    self, Align, Align2, Color32, Frame, Id, Key, Margin, Modal, Modifiers, Rect, RichText,
    ScrollArea, Sense, TextEdit, Ui, WidgetInfo, WidgetType, pos2,
    text::{CCursor, CCursorRange},
    text_edit::TextEditState,
    vec2,
};

use super::PanelState;
use super::find::result_ui;
use super::found::Found;
use super::icons::{Icon, paint};
use super::matching::{Match, fold};
use super::plain_words::called;
use super::shown::Shown;
use super::widgets::{cell, named, row_ground};
use crate::app::command::{AskCommand, Command};
use crate::app::model::{Model, Sheet};
use crate::app::offers::{self, Offer};
use crate::app::shortcuts::keys_of;
use crate::app::theme::{self, Colours};
use crate::explore::{Likeness, Names, Question, Suggestion, Then, person_in, suggestions};
use crate::people::PersonId;

/// Lines shown at most.
const MOST: usize = 10;
/// Lines that commands leave to people where there are more of both.
const FOR_PEOPLE: usize = 4;
/// Lines that commands leave to questions that may be meant.
const FOR_QUESTIONS: usize = 6;
/// Questions offered where nothing is found.
const ASKED_MOST: usize = 6;
/// Commands kept as used lately.
const KEPT: usize = 5;
/// What screen readers call the field.
const NAME: &str = "Command, person or question";

fn field_id() -> Id {
    Id::new("palette field")
}

/// What is being typed, and what was used lately.
#[derive(Debug, Default)]
pub(super) struct Typed {
    text: String,
    found: Found,
    /// The line that Enter takes.
    at: usize,
    /// Labels of what was asked for here, the latest first; gone when the window closes.
    recent: Vec<String>,
    /// What had the keys before.
    before: Option<Id>,
    /// Nothing was found in the last picture: what is asked most stands there instead.
    found_nothing: bool,
    /// An arrow went there since something was typed.
    walked: bool,
}

/// A line below the field.
#[derive(Debug, Clone)]
enum Line {
    Offer(Offer),
    Person(PersonId),
    Question(Suggestion),
}

/// Draws the palette while the model says so.
pub(super) fn palette_ui(ui: &Ui, model: &Model, state: &mut PanelState, inbox: &mut Vec<Command>) {
    if model.sheet != Some(Sheet::Palette) {
        give_back(ui, &mut state.palette);
        return;
    }
    let fresh = state.sheet != model.sheet;
    if fresh {
        state.palette.text.clear();
        state.palette.at = 0;
        state.palette.before = ui.memory(egui::Memory::focused);
    }
    let id = Id::new("palette");
    let room = ui.ctx().content_rect().size();
    let area = Modal::default_area(id).anchor(Align2::CENTER_TOP, vec2(0.0, room.y * 0.09));
    let modal = Modal::new(id)
        .area(area)
        .backdrop_color(Color32::from_black_alpha(70))
        .frame(Frame::window(ui.style()).inner_margin(Margin::same(10)));
    let height = (room.y * 0.91 - 90.0).max(theme::CONTROL);
    let mut chosen = None;
    let response = modal.show(ui.ctx(), |ui| {
        ui.set_width((room.x - 40.0).min(560.0));
        chosen = field_ui(ui, model, &mut state.palette, fresh);
        let lines = lines(model, &mut state.palette, inbox);
        state.palette.at = state.palette.at.min(lines.len().saturating_sub(1));
        ScrollArea::vertical()
            .max_height(height)
            .min_scrolled_height(height) // also where fewer lines stood before
            .show(ui, |ui| {
                let palette = &state.palette;
                let (nothing, walked) = (palette.found_nothing, palette.walked);
                if nothing {
                    nothing_ui(ui, model);
                }
                let lit = (!nothing || walked).then_some(palette.at);
                lines_ui(ui, model, &lines, lit, &mut chosen);
            });
        chosen.and_then(|at| lines.get(at).cloned())
    });
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    let closes = pressed(Modifiers::NONE, Key::Escape) || pressed(Modifiers::COMMAND, Key::K);
    if let Some(line) = response.inner {
        take(ui, line, model, state, inbox);
    } else if !fresh && (closes || response.backdrop_response.clicked()) {
        inbox.push(Command::ShowPalette(false));
    }
}

/// The palette is closed: what had the keys before has them again, if it is still there.
fn give_back(ui: &Ui, palette: &mut Typed) {
    let Some(before) = palette.before.take() else {
        return;
    };
    let focused = ui.memory(egui::Memory::focused);
    let free = focused.is_none_or(|id| id == field_id());
    if free && ui.ctx().read_response(before).is_some() {
        ui.memory_mut(|memory| memory.request_focus(before));
        ui.ctx().request_repaint();
    }
}

/// Asks for what the line offers.
fn take(ui: &Ui, line: Line, model: &Model, state: &mut PanelState, inbox: &mut Vec<Command>) {
    let ask = |question| Command::Ask(AskCommand::Question(Box::new(question)));
    let offer = match line {
        Line::Question(Suggestion {
            then: Then::Type(text),
            ..
        }) => {
            return go_on(ui, text, &mut state.palette);
        }
        Line::Question(Suggestion {
            then: Then::Ask(question),
            ..
        }) => {
            let command = ask(question);
            Offer {
                label: command.title(model),
                enabled: true,
                commands: vec![command],
            }
        }
        Line::Person(person) => {
            state.palette.before = None;
            return inbox.extend([Command::ShowPalette(false), Command::ShowPerson(person)]);
        }
        Line::Offer(offer) => offer,
    };
    inbox.push(Command::ShowPalette(false));
    state.palette.before = None; // what is done now may take the keys
    let shows_tab = |command: &Command| matches!(command, Command::ShowTab(_));
    if offer.commands.iter().any(shows_tab) {
        state.rows.take_keys();
    }
    let recent = &mut state.palette.recent;
    recent.retain(|label| *label != offer.label);
    recent.insert(0, offer.label);
    recent.truncate(KEPT);
    inbox.extend(offer.commands);
}

/// Has `text` stand in the field, to be gone on with at its end.
fn go_on(ui: &Ui, text: String, palette: &mut Typed) {
    let id = field_id();
    let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    let end = CCursor::new(text.chars().count());
    state.cursor.set_char_range(Some(CCursorRange::one(end)));
    state.store(ui.ctx(), id);
    palette.text = text;
    palette.at = 0;
    ui.memory_mut(|memory| memory.request_focus(id));
    ui.ctx().request_repaint();
}

/// The field. Returns the line that Enter takes, if it was pressed.
fn field_ui(ui: &mut Ui, model: &Model, palette: &mut Typed, fresh: bool) -> Option<usize> {
    let id = field_id();
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::ArrowDown) {
        let first = palette.found_nothing && !palette.walked;
        palette.at = if first {
            0
        } else {
            palette.at.saturating_add(1)
        };
        palette.walked = true;
    }
    if pressed(Key::ArrowUp) {
        palette.at = palette.at.saturating_sub(1);
    }
    let takes = !palette.found_nothing || palette.walked;
    let chosen = (!fresh && pressed(Key::Enter) && takes).then_some(palette.at);
    let field = TextEdit::singleline(&mut palette.text)
        .id(id)
        .hint_text(NAME)
        .margin(Margin {
            left: 30,
            right: 8,
            top: 7,
            bottom: 7,
        })
        .desired_width(ui.available_width());
    let response = ui.add(field);
    named(&response, NAME);
    let middle = response.rect.left_center() + vec2(16.0, 0.0);
    let glass = Rect::from_center_size(middle, vec2(13.0, 13.0));
    let colours = theme::colours(model.theme);
    paint(ui.painter(), glass, Icon::Search, colours.weak);
    if !response.has_focus() {
        response.request_focus(); // there is nothing else here to type into
    }
    if response.changed() {
        palette.at = 0;
        palette.walked = false;
    }
    ui.add_space(2.0);
    chosen.map(|at| if response.changed() { 0 } else { at })
}

/// What the typed text finds, the best first; what was used lately where nothing is typed.
fn lines(model: &Model, palette: &mut Typed, inbox: &mut Vec<Command>) -> Vec<Line> {
    let wanted = fold(palette.text.trim());
    let place = |offer: &Offer| {
        let recent = palette
            .recent
            .iter()
            .position(|label| *label == offer.label);
        recent.unwrap_or(KEPT)
    };
    let mut offers: Vec<(Match, usize, Offer)> = offers::all(model)
        .into_iter()
        .filter_map(|offer| Some((called(&offer.label, &wanted)?, place(&offer), offer)))
        .collect();
    // A stable sort: among equals what is asked for most stays first.
    offers.sort_by_key(|(how, place, _)| (*how, *place));
    let better = offers.partition_point(|(how, ..)| *how == Match::Beginnings);
    let (people, mut questions) = people_and_questions(model, palette, offers.is_empty(), inbox);
    let is_offered = |suggestion: &Suggestion| {
        offers.iter().any(
            |(.., offer)| match (&suggestion.then, offer.commands.as_slice()) {
                (Then::Ask(question), [Command::Ask(AskCommand::Question(other))]) => {
                    question == &**other
                }
                _ => false,
            },
        )
    };
    questions.retain(|suggestion| !is_offered(suggestion));
    let n_questions = questions.len().min(MOST - better.min(MOST - FOR_QUESTIONS));
    let room = MOST - n_questions;
    let n_people = people
        .len()
        .min(room - better.min(room.saturating_sub(FOR_PEOPLE)));
    let mut offers = offers.into_iter().map(|(.., offer)| Line::Offer(offer));
    let mut lines: Vec<Line> = offers.by_ref().take(better.min(room - n_people)).collect();
    lines.extend(questions.into_iter().take(n_questions).map(Line::Question));
    lines.extend(people.into_iter().take(n_people).map(Line::Person));
    let left = MOST - lines.len().min(MOST);
    lines.extend(offers.take(left));
    palette.found_nothing = lines.is_empty();
    if palette.found_nothing {
        // No dead end: what is asked most, none of which Enter takes before an arrow went there.
        let asked = offers::all(model).into_iter().take(ASKED_MOST);
        lines.extend(asked.map(Line::Offer));
    }
    lines
}

/// Who is called as is typed, and the questions that may be meant: these are about whoever is called as a part of it. People whose names
/// are only alike come where nothing else is found (`alike_too`).
fn people_and_questions(
    model: &Model,
    palette: &mut Typed,
    alike_too: bool,
    inbox: &mut Vec<Command>,
) -> (Vec<PersonId>, Vec<Suggestion>) {
    let Some(shown) = shown(model) else {
        return (Vec::new(), Vec::new());
    };
    let names = Names {
        graph: &shown.map.results.graph,
        communities: &shown.analysis().communities,
        selected: match model.selected.as_slice() {
            [one] => Some(*one),
            _ => None,
        },
    };
    let part = person_in(&palette.text, &names);
    let wanted = part.as_deref().unwrap_or(&palette.text).to_owned();
    let found = palette.found.look_up(shown, &wanted, inbox);
    let best = found.map_or_else(Vec::new, |found| found.people.best.clone());
    let people: Vec<PersonId> = best.iter().map(|(id, _)| *id).collect();
    let questions = suggestions(&palette.text, &names, &people);
    if part.is_some() && !questions.is_empty() {
        (Vec::new(), questions)
    } else {
        let is_so = |how: Likeness| alike_too || how < Likeness::Misspelt;
        let so = best.iter().filter(|(_, how)| is_so(*how));
        (so.map(|(id, _)| *id).collect(), questions)
    }
}

fn shown(model: &Model) -> Option<Shown<'_>> {
    let map = model.map.as_ref()?;
    let colours = theme::colours(model.theme);
    Some(Shown {
        model,
        map,
        colours,
    })
}

/// That nothing is called so, and what else there is.
fn nothing_ui(ui: &mut Ui, model: &Model) {
    let words = if model.map.is_some() {
        let keys = keys_of(ui.ctx(), &Command::Find);
        format!("Nothing here is called so; {keys} looks into the posts. These are asked most")
    } else {
        "No command is called so; these are asked most".to_owned()
    };
    ui.add(egui::Label::new(RichText::new(words).weak()).wrap());
    ui.add_space(4.0);
}

fn lines_ui(
    ui: &mut Ui,
    model: &Model,
    lines: &[Line],
    lit: Option<usize>,
    chosen: &mut Option<usize>,
) {
    ui.spacing_mut().item_spacing.y = 1.0;
    let colours = theme::colours(model.theme);
    let moved = ui.input(|input| input.raw.events.iter().any(is_key));
    for (at, line) in lines.iter().enumerate() {
        let is_lit = Some(at) == lit;
        let response = match line {
            Line::Offer(offer) => offer_ui(ui, offer, is_lit, colours),
            Line::Question(suggestion) => question_ui(ui, model, suggestion, is_lit),
            Line::Person(person) => match shown(model) {
                Some(shown) => result_ui(ui, shown, *person, is_lit),
                None => continue,
            },
        };
        if response.clicked() {
            *chosen = Some(at);
        }
        if is_lit && moved {
            response.scroll_to_me(None);
        }
    }
}

fn is_key(event: &egui::Event) -> bool {
    matches!(event, egui::Event::Key { .. })
}

/// One command: what it is called, and its keys at the right.
fn offer_ui(ui: &mut Ui, offer: &Offer, lit: bool, colours: &Colours) -> egui::Response {
    let size = vec2(ui.available_width(), theme::CONTROL);
    // Arrows choose a line while the field keeps the focus.
    let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
    response
        .widget_info(|| WidgetInfo::selected(WidgetType::Button, true, lit, offer.label.as_str()));
    row_ground(ui, rect, &response, lit, colours);
    let keys = match offer.commands.as_slice() {
        [command] => keys_of(ui.ctx(), command),
        _ => String::new(),
    };
    let split = rect.right() - if keys.is_empty() { 8.0 } else { 120.0 };
    let label = Rect::from_x_y_ranges(rect.left() + 8.0..=split, rect.y_range());
    cell(ui, label, &offer.label, colours.text, Align::Min);
    let right = Rect::from_min_max(pos2(split, rect.top()), rect.max - vec2(8.0, 0.0));
    let keys = RichText::new(keys).small();
    cell(ui, right, keys, colours.weak, Align::Max);
    response
}

/// One question that may be meant: what is asked, and at the right about whom, or that there is more to type.
fn question_ui(ui: &mut Ui, model: &Model, suggestion: &Suggestion, lit: bool) -> egui::Response {
    let (label, right) = match &suggestion.then {
        Then::Type(text) => (
            format!("{}…", text.trim_end_matches(['@', ' '])),
            "go on typing".to_owned(),
        ),
        Then::Ask(question) => {
            let command = Command::Ask(AskCommand::Question(Box::new(question.clone())));
            (command.title(model), handle_in(model, question))
        }
    };
    let size = vec2(ui.available_width(), theme::CONTROL);
    let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
    response.widget_info(|| WidgetInfo::selected(WidgetType::Button, true, lit, &label));
    let colours = theme::colours(model.theme);
    row_ground(ui, rect, &response, lit, colours);
    let split = rect.right() - if right.is_empty() { 8.0 } else { 130.0 };
    let room = Rect::from_x_y_ranges(rect.left() + 8.0..=split, rect.y_range());
    cell(ui, room, &label, colours.text, Align::Min);
    let room = Rect::from_min_max(pos2(split, rect.top()), rect.max - vec2(8.0, 0.0));
    cell(
        ui,
        room,
        RichText::new(right).small(),
        colours.weak,
        Align::Max,
    );
    response
}

/// The handle of the person whom a question is about: several may have one name.
fn handle_in(model: &Model, question: &Question) -> String {
    let id = match question {
        Question::Replaces(id)
        | Question::Answers(id)
        | Question::NewTo(id)
        | Question::Way([_, id]) => *id,
        _ => return String::new(),
    };
    let people = model.map.as_ref().map(|map| &map.results.graph.people);
    let person = people.and_then(|people| people.get(id.index()));
    person.map_or(String::new(), |person| format!("@{}", person.handle))
}
