//! Everybody in rows, below the map: as many rows as there are people, of which only those in sight are drawn.
//!
//! The offset is kept in rows, with 64 bits: in points, a million rows are more than a float of 32 bits tells apart.

mod head;
mod header;
mod row;
mod scroll;

use std::collections::BTreeMap;
use std::sync::{Arc, Weak};

use eframe::egui::{Rect, RichText, ScrollArea, Sense, Stroke, Ui, UiBuilder, pos2, vec2};

use self::scroll::Scroll;
use super::PanelState;
use super::rows::Rows;
use super::shown::Shown;
use super::widgets::nothing_here;
use crate::app::command::{Command, TableCommand};
use crate::app::selection::Mark;
use crate::app::tabled::PeopleRows;
use crate::explore::{Column, Everybody, Statuses};
use crate::people::PersonId;

pub(super) use head::head_ui;

/// Height of a row, in points.
const ROW: f32 = 24.0;
/// Height of the line of titles, in points.
const HEADER: f32 = 26.0;
/// Width of the bar to scroll with, in points.
const BAR: f32 = 12.0;
/// Selections of more people do not move the rows.
const FOLLOWED: usize = 2000;

/// What is being done with the table.
#[derive(Debug, Default)]
pub(in crate::app::panels) struct Held {
    /// Which row has the keys.
    pub(in crate::app::panels) rows: Rows,
    scroll: Scroll,
    /// Widths that the person gave to columns, in points.
    widths: BTreeMap<Column, f32>,
    /// From here a click with Shift selects.
    anchor: Option<PersonId>,
    /// The selection of the last picture.
    seen: Mark,
    /// The rows of the last picture.
    drawn: Weak<PeopleRows>,
}

/// A column where it is drawn: from where to where, in points from the left of all columns.
#[derive(Debug, Clone, Copy)]
struct Place {
    column: Column,
    left: f32,
    width: f32,
}

/// Where everything in the table is drawn.
struct Sheet<'a> {
    shown: Shown<'a>,
    everybody: Everybody<'a>,
    places: Vec<Place>,
    /// Titles.
    top: Rect,
    /// Rows.
    body: Rect,
    /// Where the columns begin: left of `body` where it is scrolled.
    left: f32,
}

impl Sheet<'_> {
    /// The room of `place` within the line `line`. The first column stays where it is.
    fn room(&self, place: &Place, line: Rect) -> Rect {
        let left = if place.left <= 0.0 {
            self.body.left()
        } else {
            self.left + place.left
        };
        Rect::from_x_y_ranges(left..=left + place.width, line.y_range())
    }

    /// What of `line` the columns behind the first are seen in.
    fn behind_first(&self, line: Rect) -> Rect {
        let first = self.places.first().map_or(0.0, |place| place.width);
        let left = (line.left() + first).min(line.right());
        Rect::from_min_max(pos2(left, line.top()), line.max)
    }
}

/// The width that a column has at first, in points.
fn usual_width(column: Column) -> f32 {
    match column {
        Column::Name => 190.0,
        Column::Person => 130.0,
        Column::Community => 170.0,
        Column::Status => 110.0,
        Column::CommunityNumber | Column::Betweenness | Column::TiesIn => 106.0,
        Column::Connections | Column::TiesOut | Column::Language | Column::Reach => 96.0,
        _ => 78.0,
    }
}

/// Everything that cells are read from. Who is on the list is asked row by row.
fn everybody<'a>(shown: Shown<'a>, none: &'a Statuses) -> Everybody<'a> {
    let results = &shown.map.results;
    Everybody {
        graph: &results.graph,
        analysis: &results.analysis,
        posts: &results.conversation.posts,
        facts: shown.model.table.facts.as_deref(),
        statuses: none,
    }
}

/// Draws it.
pub(super) fn people_table_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    state: &mut PanelState,
    inbox: &mut Vec<Command>,
) {
    let held = &mut state.people_table;
    let table = &shown.model.table;
    let Some(rows) = &table.rows else {
        held.rows.give_keys();
        ui.add_space(8.0);
        ui.label(RichText::new("Putting everybody in order…").weak());
        return;
    };
    if rows.people.is_empty() {
        held.rows.give_keys();
        nobody_ui(ui, shown, inbox);
        return;
    }
    let area = ui.available_rect_before_wrap();
    let none = Statuses::new();
    let everybody = everybody(shown, &none);
    let known = table.columns.iter().copied();
    let columns: Vec<Column> = known.filter(|column| everybody.has(*column)).collect();
    let places = places(&columns, &held.widths, area.width() - BAR);
    let total = places.last().map_or(0.0, |place| place.left + place.width);
    let room = Rect::from_min_max(area.min, pos2(area.right() - BAR, area.bottom()));
    let mut inner = ui.new_child(UiBuilder::new().max_rect(room));
    let mut body = room;
    let sideways = ScrollArea::horizontal().auto_shrink(false);
    sideways.show(&mut inner, |ui| {
        let (all, _) = ui.allocate_exact_size(vec2(total, ui.available_height()), Sense::hover());
        let seen = ui.clip_rect().intersect(all);
        let top = Rect::from_min_size(seen.min, vec2(seen.width(), HEADER));
        body = Rect::from_min_max(pos2(seen.left(), top.bottom()), seen.max);
        let sheet = Sheet {
            shown,
            everybody,
            places,
            top,
            body,
            left: all.left(),
        };
        follow(held, shown, rows, body.height());
        header::header_ui(ui, &sheet, held, inbox);
        rows_ui(ui, &sheet, held, rows, inbox);
    });
    let bar = Rect::from_min_max(
        pos2(room.right() + 2.0, body.top()),
        pos2(area.right(), body.bottom()),
    );
    let in_sight = f64::from(body.height() / ROW);
    held.scroll.bar_ui(ui, bar, in_sight, rows.people.len());
    ui.advance_cursor_after_rect(area);
}

/// Where each of `columns` is drawn; the first is stretched where there is more room than they take.
fn places(columns: &[Column], widths: &BTreeMap<Column, f32>, room: f32) -> Vec<Place> {
    let width = |column: &Column| {
        let given = widths.get(column).copied();
        given.unwrap_or_else(|| usual_width(*column))
    };
    let total: f32 = columns.iter().map(width).sum();
    let free = (room - total).max(0.0);
    let mut left = 0.0;
    let place = |(at, column): (usize, &Column)| {
        let more = if at == 0 { free.min(160.0) } else { 0.0 };
        let place = Place {
            column: *column,
            left,
            width: width(column) + more,
        };
        left += place.width;
        place
    };
    columns.iter().enumerate().map(place).collect()
}

/// Brings the row into sight that the keys go to, or somebody who was selected elsewhere; other rows begin at the top.
fn follow(held: &mut Held, shown: Shown<'_>, rows: &Arc<PeopleRows>, height: f32) {
    let in_sight = f64::from(height / ROW);
    let before = held.drawn.upgrade();
    if !before
        .as_ref()
        .is_some_and(|before| Arc::ptr_eq(before, rows))
    {
        if before.is_none_or(|before| before.order != rows.order) {
            held.scroll.go_to_top();
        }
        held.drawn = Arc::downgrade(rows);
    }
    let selected = &shown.model.selected;
    if !held.seen.is_of(selected) {
        held.seen = selected.mark();
        // Whoever walks through the rows with the keys stays where they are.
        let follows = selected.len() <= FOLLOWED && !held.rows.have_keys();
        let last = selected.last().filter(|_| follows);
        let at = last.and_then(|last| rows.people.iter().position(|person| person == last));
        if let Some(at) = at {
            held.scroll.show(at, in_sight);
        }
    }
    if let Some(at) = held.rows.wanted() {
        held.scroll.show(at.min(rows.people.len() - 1), in_sight);
    }
    held.scroll.stay_within(in_sight, rows.people.len());
}

/// Draws the rows in sight.
fn rows_ui(
    ui: &mut Ui,
    sheet: &Sheet<'_>,
    held: &mut Held,
    rows: &Arc<PeopleRows>,
    inbox: &mut Vec<Command>,
) {
    let (n, body) = (rows.people.len(), sheet.body);
    if ui.rect_contains_pointer(body) {
        let wheel = ui.input(|input| input.smooth_scroll_delta().y);
        held.scroll.by(-f64::from(wheel / ROW));
        held.scroll.stay_within(f64::from(body.height() / ROW), n);
    }
    let whole = ui.clip_rect();
    ui.set_clip_rect(body.intersect(whole));
    held.rows.begin();
    let (first, part) = held.scroll.first();
    let mut y = body.top() - part * ROW;
    let mut lines = Vec::new();
    for at in first..n {
        if y >= body.bottom() {
            break;
        }
        let line = Rect::from_x_y_ranges(body.x_range(), y..=y + ROW);
        y += ROW;
        let Some(person) = rows.people.get(at).copied() else {
            break;
        };
        row::row_ui(ui, sheet, held, rows, (at, person, line), inbox);
        lines.push((person, line));
    }
    ui.set_clip_rect(sheet.behind_first(body).intersect(whole));
    for (person, line) in &lines {
        let behind = sheet.places.iter().skip(1);
        behind.for_each(|place| row::cell_ui(ui, sheet, place, *person, *line));
    }
    ui.set_clip_rect(body.intersect(whole));
    for (person, line) in lines {
        row::first_ui(ui, sheet, person, line, inbox);
    }
    if sheet.left < body.left() {
        let x = sheet.behind_first(body).left();
        let line = Stroke::new(1.0, sheet.shown.colours.line);
        ui.painter().vline(x, body.y_range(), line);
    }
    ui.set_clip_rect(whole);
    if held.rows.wanted().is_some() {
        ui.ctx().request_repaint(); // only what is drawn can have the keys
    }
}

/// Why nobody is in the table, and what to do.
fn nobody_ui(ui: &mut Ui, shown: Shown<'_>, inbox: &mut Vec<Command>) {
    let table = &shown.model.table;
    let typed = table.filter.trim();
    let (title, sentence, way) = if !typed.is_empty() {
        (
            format!("Nobody has “{typed}” in their name or handle"),
            "Type less, or clear the search",
            Some(("Clear the search", TableCommand::SetFilter(String::new()))),
        )
    } else if table.selected_only {
        (
            "Nobody who is shown is selected".to_owned(),
            "Select people on the map, or show all rows again",
            Some(("Show all rows", TableCommand::ShowSelectedOnly(false))),
        )
    } else {
        (
            "Nobody is shown".to_owned(),
            "The filter leaves nobody; take a part of it away",
            None,
        )
    };
    nothing_here(ui, &title, sentence);
    if let Some((label, command)) = way {
        ui.vertical_centered(|ui| {
            if ui.button(label).clicked() {
                inbox.push(Command::Table(command));
            }
        });
    }
}
