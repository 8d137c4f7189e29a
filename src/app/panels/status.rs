//! The line at the bottom: how much is shown, what runs in the background, what was done last.

use std::sync::{Arc, Weak};

use eframe::egui::{
    Align, Frame, Layout, Margin, Panel, Rect, RichText, Sense, Ui, WidgetInfo, WidgetType, vec2,
};

use super::PanelState;
use super::figures;
use super::widgets::{bar, one_line, small_button};
use crate::app::command::Command;
use crate::app::model::{Model, OpenMap, Working};
use crate::app::theme;
use crate::import::ImportReport;
use crate::session::Results;

/// Counts of one map: looking through everybody once is enough.
#[derive(Debug, Default)]
pub(super) struct Counts {
    of: Weak<Results>,
    parts: Vec<String>,
}

/// Draws the line.
pub(super) fn status_ui(
    ui: &mut Ui,
    model: &Model,
    state: &mut PanelState,
    inbox: &mut Vec<Command>,
) {
    let frame = Frame::new()
        .fill(theme::colours(model.theme).panel)
        .inner_margin(Margin::symmetric(theme::MARGIN, 4));
    Panel::bottom("status").frame(frame).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.set_min_height(24.0);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if model.map.is_some() {
                    saved_ui(ui, model);
                }
                if let Some(working) = &model.working {
                    working_ui(ui, model, working, inbox);
                } else if !model.said.is_empty() {
                    ui.label(RichText::new(&model.said).small());
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    if let Some(map) = &model.map {
                        counts_ui(ui, (model, map), state, inbox);
                    } else if model.working.is_none() {
                        let sentence = "Everything stays on this computer";
                        one_line(ui, RichText::new(sentence).small().weak());
                    }
                });
            });
        });
    });
}

/// Whether all is on the disk, or why nothing is.
fn saved_ui(ui: &mut Ui, model: &Model) {
    let colours = theme::colours(model.theme);
    let project = &model.project;
    let (text, colour, tip) = match (project.read_only, model.saved, project.begun) {
        (Some(read_only), _, _) => ("Only to look at", colours.warn, read_only.words()),
        (None, true, true) => (
            "All saved",
            colours.weak,
            "Every change is on disk as soon as it is made",
        ),
        (None, true, false) => return, // nothing was changed yet
        (None, false, _) => (
            "Saving…",
            colours.warn,
            "The last change is not on disk yet",
        ),
    };
    ui.label(RichText::new(text).small().color(colour))
        .on_hover_text(tip);
}

/// What runs, how far it is, and how to stop it.
pub(super) fn working_ui(ui: &mut Ui, model: &Model, working: &Working, inbox: &mut Vec<Command>) {
    let colours = theme::colours(model.theme);
    let button = ui.add(small_button("Cancel"));
    if button.on_hover_text("Stop; what is open stays").clicked() {
        inbox.push(Command::Cancel);
    }
    let (rect, response) = ui.allocate_exact_size(vec2(120.0, 6.0), Sense::hover());
    let share = working.standing.share();
    if let Some(share) = share {
        bar(ui, rect, share, colours.accent, colours.bar);
    } else {
        unknown_bar(ui, rect, colours);
    }
    let words = working.standing.stage.words();
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(WidgetType::ProgressIndicator, true, words);
        info.value = share.map(f64::from);
        info
    });
    let text = share.map_or_else(
        || words.to_owned(),
        |share| format!("{words} {}", figures::percent(f64::from(share))),
    );
    ui.label(RichText::new(text).small());
}

/// A piece that goes to and fro: something happens, nobody knows how long.
fn unknown_bar(ui: &Ui, rect: Rect, colours: &theme::Colours) {
    bar(ui, rect, 0.0, colours.accent, colours.bar);
    let time = ui.input(|input| input.time) as f32;
    let swing = (time * 0.7).fract() * 2.0;
    let at = if swing > 1.0 { 2.0 - swing } else { swing };
    let piece = vec2(rect.width() * 0.3, rect.height());
    let left = rect.min + vec2((rect.width() - piece.x) * at, 0.0);
    bar(
        ui,
        Rect::from_min_size(left, piece),
        1.0,
        colours.accent,
        colours.bar,
    );
}

fn counts_ui(
    ui: &mut Ui,
    (model, map): (&Model, &OpenMap),
    state: &mut PanelState,
    inbox: &mut Vec<Command>,
) {
    let now = Arc::downgrade(&map.results);
    let counts = state.counts.get_or_insert_default();
    if !counts.of.ptr_eq(&now) {
        counts.of = now;
        counts.parts = parts(map);
    }
    report_button(ui, &map.results.conversation.report, inbox);
    ui.label(RichText::new("·").small().weak());
    if let Some(part) = &model.part {
        let words = format!(
            "{} of {} shown, {} hidden  ·  ",
            figures::whole(part.counts.people),
            figures::people(part.counts.all_people),
            figures::whole(part.counts.hidden_people()),
        );
        ui.label(RichText::new(words).small());
    }
    one_line(ui, RichText::new(counts.parts.join("  ·  ")).small().weak());
}

fn parts(map: &OpenMap) -> Vec<String> {
    let graph = &map.results.graph;
    let large = map.results.analysis.communities.n_large();
    let mut parts = vec![
        figures::people(graph.n_people() as u64),
        figures::counted(graph.ties.n_ties() as u64, "tie", "ties"),
        figures::counted(large as u64, "community", "communities"),
    ];
    let is_of_part = !Arc::ptr_eq(&graph.ties, &map.found.graph.ties);
    match graph.n_isolates() as u64 {
        _ if is_of_part => {} // nobody but those who are shown has ties there
        0 => {}
        1 => parts.push("1 person without ties is not drawn".to_owned()),
        n => parts.push(format!(
            "{} people without ties are not drawn",
            figures::whole(n)
        )),
    }
    parts.push(format!("seed {}", map.results.settings.analysis.seed));
    parts
}

/// *13 rows left out*, or how much was read: opens the report.
fn report_button(ui: &mut Ui, report: &ImportReport, inbox: &mut Vec<Command>) {
    let (rows, left_out) = (report.rows_read, report.rows_left_out());
    let label = if left_out > 0 {
        format!("{} left out", figures::counted(left_out, "row", "rows"))
    } else {
        format!("{} read", figures::counted(rows, "row", "rows"))
    };
    let button = ui.add(small_button(RichText::new(label).small()));
    let tip = Command::ShowReport(true).words().tooltip;
    if button.on_hover_text(tip).clicked() {
        inbox.push(Command::ShowReport(true));
    }
}
