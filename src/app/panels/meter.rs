//! The touchpoint meter above the list: whom the list touches, and who would add most to it.

use eframe::egui::{
    self, Align, CollapsingHeader, CursorIcon, Label, Layout, RichText, ScrollArea, Sense, Ui,
    WidgetInfo, WidgetType, vec2,
};

use super::icons::Icon;
use super::shown::Shown;
use super::touched::{adds, adds_words, communities_ui, head_ui, sentence, touched_bar};
use super::widgets::{cell, dot, icon_button, one_line};
use crate::app::command::Command;
use crate::app::planning::ListMeter;
use crate::app::theme;
use crate::app::words::{Measure, measure_tip};
use crate::campaign::plan::Choice;

/// Draws the meter.
pub(super) fn meter_ui(ui: &mut Ui, shown: Shown<'_>, inbox: &mut Vec<Command>) {
    ui.add_space(2.0);
    // The same lines before the meter is there: nothing below may move under the pointer.
    let meter = shown.model.meter.as_ref();
    let counts = meter.map(|meter| &meter.counts);
    let touchpoints = meter.map_or(2, |meter| meter.meter.audience().touchpoints);
    let all = counts.map(|counts| counts.all).unwrap_or_default();
    let words = counts.map_or_else(
        || "Counting whom the list touches…".to_owned(),
        |counts| sentence(counts.all, touchpoints),
    );
    one_line(ui, words).on_hover_text(format!(
        "{}\nWhoever declined or is not to be contacted counts for nothing",
        measure_tip(Measure::Touches)
    ));
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 6.0), Sense::hover());
    touched_bar(ui, rect, all, shown.colours.accent, shown.colours.bar);
    match meter {
        Some(meter) => next_ui(ui, shown, meter, inbox),
        None => nobody_next_ui(ui, ""),
    }
    let title = RichText::new("By community").small();
    CollapsingHeader::new(title)
        .id_salt("list by community")
        .show_unindented(ui, |ui| {
            let height = (ui.ctx().content_rect().height() * 0.3).max(120.0);
            ScrollArea::vertical().max_height(height).show(ui, |ui| {
                head_ui(ui, shown, touchpoints);
                if let Some(counts) = counts {
                    communities_ui(ui, shown, counts, touchpoints);
                }
            });
        });
    ui.separator();
}

/// *Next best*, and on demand the two behind.
fn next_ui(ui: &mut Ui, shown: Shown<'_>, meter: &ListMeter, inbox: &mut Vec<Command>) {
    let listed = |choice: &&Choice| shown.model.is_on_list(choice.person);
    let mut open = meter.next.iter().filter(|choice| !listed(choice));
    let Some(first) = open.next() else {
        let words = if meter.next_is_old {
            "Looking for the next best…"
        } else {
            "Nobody else would add anything"
        };
        nobody_next_ui(ui, words);
        return;
    };
    let id = ui.id().with("more next best");
    let more = ui.data(|data| data.get_temp::<bool>(id)).unwrap_or(false);
    choice_ui(
        ui,
        shown,
        (first, meter),
        "Next best",
        Some((id, more)),
        inbox,
    );
    if more {
        for choice in open {
            choice_ui(ui, shown, (choice, meter), "Then", None, inbox);
        }
    }
}

/// As high as the line of the next best.
fn nobody_next_ui(ui: &mut Ui, words: &str) {
    ui.horizontal(|ui| {
        ui.set_min_height(theme::CONTROL - 4.0);
        ui.label(RichText::new(words).weak());
    });
}

/// One of them: name, what they would add, and onto the list.
fn choice_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    (choice, meter): (&Choice, &ListMeter),
    title: &str,
    more: Option<(egui::Id, bool)>,
    inbox: &mut Vec<Command>,
) {
    let person = choice.person;
    let name = shown.name(person);
    let touchpoints = meter.meter.audience().touchpoints;
    let weak = shown.colours.weak;
    ui.horizontal(|ui| {
        ui.set_min_height(theme::CONTROL - 4.0);
        let (room, _) = ui.allocate_exact_size(vec2(56.0, 18.0), Sense::hover());
        cell(ui, room, RichText::new(title).small(), weak, Align::Min);
        dot(ui, shown.person_colour(person), 4.5);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            if let Some((id, open)) = more {
                let (icon, words) = if open {
                    (Icon::Up, "Only the next best")
                } else {
                    (Icon::Down, "Two more")
                };
                if icon_button(ui, icon, words, weak).clicked() {
                    ui.data_mut(|data| data.insert_temp(id, !open));
                }
            } else {
                ui.add_space(theme::CONTROL);
            }
            if icon_button(ui, Icon::Plus, &format!("Add {name} to list"), weak).clicked() {
                inbox.push(Command::AddToList(vec![person]));
            }
            if !meter.next_is_old {
                let text = RichText::new(adds(choice, touchpoints)).size(13.0);
                ui.label(text)
                    .on_hover_text(adds_words(choice, touchpoints));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let link = Label::new(name).truncate().sense(Sense::click());
                let link = ui.add(link).on_hover_cursor(CursorIcon::PointingHand);
                let label = || format!("{title}: {name}");
                link.widget_info(|| WidgetInfo::labeled(WidgetType::Link, true, label()));
                if link.clicked() {
                    inbox.push(Command::ShowPerson(person));
                }
            });
        });
    });
}
