//! What two selected people have in common: their tie, and who is tied to both.

use std::sync::{Arc, Weak};

use eframe::egui::{self, Sense, Ui, WidgetInfo, WidgetType};

use super::figures;
use super::shown::Shown;
use super::widgets::{dot, section};
use crate::app::command::Command;
use crate::people::PersonId;
use crate::session::Results;

/// People tied to both who are listed.
const LISTED: usize = 8;

/// What was looked up about two people: kept until they or the map change.
#[derive(Debug)]
pub(super) struct Pair {
    people: [PersonId; 2],
    of: Weak<Results>,
    tie: String,
    both: String,
    /// Strongest first.
    listed: Vec<PersonId>,
}

impl Pair {
    fn of(shown: Shown<'_>, people: [PersonId; 2]) -> Self {
        let results = &shown.map.results;
        let [one, other] = people;
        let ties = &results.graph.ties;
        let tied = ties.between(one, other).is_some();
        let interactions = results.graph.interactions_between(one, other);
        let both = ties.tied_to_both(one, other);
        Self {
            people,
            of: Arc::downgrade(results),
            tie: tie_words(tied, interactions),
            both: both_words(both.len()),
            listed: both.iter().take(LISTED).map(|&(id, _)| id).collect(),
        }
    }

    fn is_about(&self, shown: Shown<'_>, people: [PersonId; 2]) -> bool {
        self.people == people && std::ptr::eq(self.of.as_ptr(), Arc::as_ptr(&shown.map.results))
    }
}

/// Draws it. `kept`: what was looked up in the last frame.
pub(super) fn pair_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    people: [PersonId; 2],
    kept: &mut Option<Pair>,
    inbox: &mut Vec<Command>,
) {
    if !kept
        .as_ref()
        .is_some_and(|pair| pair.is_about(shown, people))
    {
        *kept = Some(Pair::of(shown, people));
    }
    let Some(pair) = kept else { return };
    section(ui, "Between the two");
    ui.label(&pair.tie);
    ui.label(&pair.both);
    for &id in &pair.listed {
        person_ui(ui, shown, id, inbox);
    }
}

/// One of those tied to both: a click selects.
fn person_ui(ui: &mut Ui, shown: Shown<'_>, id: PersonId, inbox: &mut Vec<Command>) {
    let name = shown.name(id);
    let row = ui.horizontal(|ui| {
        dot(ui, shown.person_colour(id), 4.5);
        let text = egui::RichText::new(name).color(shown.colours.accent);
        ui.add(
            egui::Label::new(text)
                .truncate()
                .sense(Sense::click())
                .selectable(false),
        )
    });
    let response = row.inner.on_hover_cursor(egui::CursorIcon::PointingHand);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Link, true, format!("Select {name}")));
    if response.has_focus() {
        let line = egui::Stroke::new(1.5, shown.colours.accent);
        let y = response.rect.bottom();
        ui.painter().hline(response.rect.x_range(), y, line);
    }
    if response.clicked() {
        inbox.push(Command::Select(vec![id]));
    }
}

fn tie_words(tied: bool, interactions: f64) -> String {
    if !tied {
        return "Not tied to each other".to_owned();
    }
    let whole = interactions.round();
    if (interactions - whole).abs() > 1e-6 {
        let amount = figures::amount(interactions);
        return format!("Tied to each other: {amount} interactions");
    }
    match whole as u64 {
        // A file of ties may not say how often.
        0 => "Tied to each other".to_owned(),
        n => {
            let counted = figures::counted(n, "interaction", "interactions");
            format!("Tied to each other: {counted}")
        }
    }
}

fn both_words(n: usize) -> String {
    match n {
        0 => "Nobody is tied to both".to_owned(),
        1 => "1 person is tied to both".to_owned(),
        n => format!("{} are tied to both", figures::people(n as u64)),
    }
}
