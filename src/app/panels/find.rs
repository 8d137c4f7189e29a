//! The find field: people by handle or name, communities and words of posts while one types, the best match first.

use eframe::egui::{
    self, Align, Key, Modifiers, Popup, PopupCloseBehavior, Rect, RichText, Sense, TextEdit, Ui,
    WidgetInfo, WidgetType, pos2, vec2,
};

use super::PanelState;
use super::found::{Found, Line, about_community, about_posts, lines, said, taken};
use super::icons::{Icon, paint};
use super::shown::Shown;
use super::widgets::{cell, mark_all, named, row_ground};
use crate::app::command::Command;
use crate::app::finding::Findings;
use crate::app::model::Model;
use crate::app::theme;
use crate::app::words::filters::WORDS_RULE;
use crate::explore::Likeness;
use crate::people::PersonId;

/// The least width of what is found, in points.
const WIDTH: f32 = 380.0;

/// The field.
pub(super) fn field_id() -> egui::Id {
    egui::Id::new("find a person")
}

/// What the field shows.
#[derive(Debug, Default)]
pub(super) struct Finding {
    found: Found,
    /// The line that Enter takes.
    at: usize,
    open: bool,
    /// Enter was pressed before what is typed was found: then the line that was lit is taken, or everybody.
    waits: Option<Take>,
}

/// What is taken of what is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Take {
    /// The line that is lit.
    Lit,
    /// Everybody.
    All,
}

impl Finding {
    /// Shows nobody until something is typed again.
    pub(super) fn close(&mut self) {
        self.open = false;
        self.waits = None;
    }
}

/// Draws the field and, below it, who is found.
pub(super) fn find_ui(
    ui: &mut Ui,
    model: &Model,
    state: &mut PanelState,
    inbox: &mut Vec<Command>,
) {
    let Some(map) = &model.map else { return };
    let shown = Shown {
        model,
        map,
        colours: theme::colours(model.theme),
    };
    let id = field_id();
    if ui.memory(|memory| memory.has_focus(id)) {
        move_through(ui, shown, state);
    }
    let width = ui.available_width().clamp(90.0, 230.0);
    let field = TextEdit::singleline(&mut state.find)
        .id(id)
        .hint_text("Find people or words")
        .margin(egui::Margin {
            left: 28,
            right: 8,
            top: 5,
            bottom: 5,
        })
        .desired_width(width);
    let response = ui.add(field);
    named(&response, "Find a person");
    let glass = Rect::from_center_size(
        pos2(response.rect.left() + 15.0, response.rect.center().y),
        vec2(13.0, 13.0),
    );
    paint(ui.painter(), glass, Icon::Search, shown.colours.weak);
    let finding = &mut state.found;
    if model.find_requests != state.find_seen {
        state.find_seen = model.find_requests;
        response.request_focus();
        mark_all(ui.ctx(), id, &state.find);
        finding.open = true;
    }
    if response.changed() || response.gained_focus() {
        finding.open = true;
        finding.at = 0;
        finding.waits = None;
    }
    if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
        finding.waits = Some(Take::Lit);
    }
    if !finding.open || state.find.trim().is_empty() {
        return;
    }
    finding.found.look_up(shown, &state.find, inbox);
    take_waiting(shown, (&state.find, finding), inbox);
    results_ui(&response, shown, (&state.find, finding), inbox);
}

/// Takes what Enter was pressed for, once what is typed is found.
fn take_waiting(shown: Shown<'_>, (text, finding): (&str, &mut Finding), inbox: &mut Vec<Command>) {
    let (Some(take), Some(findings)) = (finding.waits, finding.found.now(shown, text)) else {
        return;
    };
    let lines = lines(findings);
    if lines.is_empty() && !findings.whole {
        return; // posts are still to come
    }
    let line = match take {
        Take::Lit => lines
            .get(finding.at.min(lines.len().saturating_sub(1)))
            .cloned(),
        Take::All => all_of(findings),
    };
    finding.waits = None;
    if let Some(line) = line {
        inbox.extend(taken(&line, findings, shown));
        finding.open = false;
    }
}

/// The line that selects everybody found, of one person alone that person.
fn all_of(findings: &Findings) -> Option<Line> {
    match findings.people.all.as_slice() {
        [] => None,
        [one] => Some(Line::Person(*one)),
        all => Some(Line::All(all.len())),
    }
}

/// Arrow keys go through the lines while the cursor stays in the field; Shift+Enter takes everybody.
fn move_through(ui: &Ui, shown: Shown<'_>, state: &mut PanelState) {
    let finding = &mut state.found;
    let n = finding
        .found
        .latest(shown)
        .map_or(0, |findings| lines(findings).len());
    let last = n.saturating_sub(1);
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    if pressed(Modifiers::SHIFT, Key::Enter) {
        finding.waits = Some(Take::All);
        finding.open = true;
    }
    if pressed(Modifiers::NONE, Key::ArrowDown) {
        finding.at = (finding.at + 1).min(last);
    }
    if pressed(Modifiers::NONE, Key::ArrowUp) {
        finding.at = finding.at.min(last).saturating_sub(1);
    }
}

fn results_ui(
    field: &egui::Response,
    shown: Shown<'_>,
    (text, finding): (&str, &mut Finding),
    inbox: &mut Vec<Command>,
) {
    let mut open = finding.open;
    if !open {
        return;
    }
    // What was found before stays until there is more to show, so that nothing flickers; it cannot be taken.
    let fresh = finding.found.now(shown, text).is_some();
    let findings = finding.found.latest(shown).cloned();
    let mut chosen = None;
    let width = field.rect.width().max(WIDTH);
    Popup::from_response(field)
        .id(egui::Id::new("people found"))
        .width(width)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .open_bool(&mut open)
        .show(|ui| {
            ui.set_min_width(width); // also while a word alone stands there: a popup keeps the width it has first
            ui.spacing_mut().item_spacing.y = 2.0;
            match &findings {
                None => {
                    ui.label(RichText::new("Looking…").weak());
                }
                Some(findings) => chosen = lines_ui(ui, shown, findings, finding.at),
            }
        });
    finding.open = open;
    if let (Some(line), Some(findings), true) = (chosen, &findings, fresh) {
        inbox.extend(taken(&line, findings, shown));
        finding.open = false;
    }
}

/// Everything found, in sections. Returns the line that was clicked.
fn lines_ui(ui: &mut Ui, shown: Shown<'_>, findings: &Findings, lit: usize) -> Option<Line> {
    let mut chosen = None;
    let lines = lines(findings);
    if findings.is_nothing() {
        ui.label(RichText::new(nothing_words(findings)).weak());
        return None;
    }
    let lit = lit.min(lines.len().saturating_sub(1));
    let mut before: Option<&str> = None;
    for (at, line) in lines.iter().enumerate() {
        let section = section_of(line, findings);
        if before.is_none_or(|before| before != section) {
            if before.is_some() {
                ui.add_space(4.0);
            }
            ui.label(RichText::new(section).small().weak());
            before = Some(section);
        }
        let response = match line {
            Line::Person(person) => result_ui(ui, shown, *person, at == lit),
            other => line_ui(ui, shown, (other, findings), at == lit),
        };
        if response.clicked() {
            chosen = Some(line.clone());
        }
        if matches!(line, Line::Posts(_)) {
            response.on_hover_text(WORDS_RULE);
        }
    }
    if !findings.whole {
        ui.add_space(4.0);
        ui.label(RichText::new("Counting posts…").small().weak());
    }
    chosen
}

fn nothing_words(findings: &Findings) -> &'static str {
    if findings.whole {
        "Nobody is called so, no community is, and no post has it"
    } else {
        "Nobody is called so; looking through the posts…"
    }
}

/// The section that a line belongs to.
fn section_of(line: &Line, findings: &Findings) -> &'static str {
    let first = findings.people.best.first();
    let alike = |likeness| matches!(likeness, Likeness::Misspelt | Likeness::Letters);
    match line {
        Line::Person(_) | Line::All(_) if first.is_some_and(|(_, how)| alike(*how)) => {
            "Nobody is called exactly so; people with names alike"
        }
        Line::Person(_) | Line::All(_) => "People",
        Line::Community(_) => "Communities",
        Line::Posts(_) => "In posts",
    }
}

/// A line that is about no single person.
fn line_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    (line, findings): (&Line, &Findings),
    lit: bool,
) -> egui::Response {
    let size = vec2(ui.available_width(), theme::CONTROL);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let label = said(line, findings, shown);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &label));
    row_ground(ui, rect, &response, lit, shown.colours);
    let colours = shown.colours;
    let spot = pos2(rect.left() + 12.0, rect.center().y);
    let (words, right) = match line {
        Line::Community(found) => {
            let colour = shown.community_colour(Some(found.community));
            ui.painter().circle_filled(spot, 4.0, colour);
            let people = shown.community(found.community).map_or(0, |c| c.people);
            let name = shown.community_name(Some(found.community));
            (name.to_owned(), about_community(found, people))
        }
        Line::Posts(found) => {
            let glass = Rect::from_center_size(spot, vec2(10.0, 10.0));
            paint(ui.painter(), glass, Icon::Search, colours.weak);
            (findings.text.trim().to_owned(), about_posts(*found))
        }
        Line::All(_) | Line::Person(_) => (label, "Shift+Enter".to_owned()),
    };
    let middle = rect.left() + rect.width() * 0.52;
    let left = Rect::from_x_y_ranges(rect.left() + 24.0..=middle - 6.0, rect.y_range());
    cell(ui, left, words, colours.text, Align::Min);
    let room = Rect::from_x_y_ranges(middle..=rect.right() - 8.0, rect.y_range());
    cell(
        ui,
        room,
        RichText::new(right).small(),
        colours.weak,
        Align::Max,
    );
    response
}

/// One person found: dot, name, handle.
pub(super) fn result_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    person: PersonId,
    lit: bool,
) -> egui::Response {
    let size = vec2(ui.available_width(), theme::CONTROL);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let name = shown.name(person);
    let handle = shown.person(person).map_or("", |p| &p.handle);
    response
        .widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, format!("{name} @{handle}")));
    row_ground(ui, rect, &response, lit, shown.colours);
    let left = rect.left() + 8.0;
    ui.painter().circle_filled(
        pos2(left + 4.0, rect.center().y),
        4.0,
        shown.person_colour(person),
    );
    let middle = rect.left() + rect.width() * 0.6;
    let name_rect = Rect::from_x_y_ranges(left + 16.0..=middle - 6.0, rect.y_range());
    cell(ui, name_rect, name, shown.colours.text, Align::Min);
    let handle_rect = Rect::from_x_y_ranges(middle..=rect.right() - 8.0, rect.y_range());
    let handle = RichText::new(format!("@{handle}")).small();
    cell(ui, handle_rect, handle, shown.colours.weak, Align::Max);
    response
}
