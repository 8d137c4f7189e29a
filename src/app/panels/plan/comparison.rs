//! Old way against new way: counts beside each other, by community, on the map; scenarios; outreach waves.

use eframe::egui::{
    Align, Button, CollapsingHeader, Label, Layout, Rect, RichText, Sense, Ui, vec2,
};

use super::super::figures;
use super::super::shown::Shown;
use super::super::touched::{sentence, touched_bar};
use super::super::widgets::{cell, dot, headline, named, notice, one_line, section};
use crate::app::command::{Command, PlanCommand};
use crate::app::comparing::{Compared, Rival};
use crate::app::planning::ShownPlan;
use crate::campaign::Wave;
use crate::campaign::plan::Touched;

/// More communities than this are folded away at first.
const MOST_OPEN: usize = 12;
/// Height of a line of the table of communities, in points.
const LINE: f32 = 30.0;

/// Draws the comparison, or the button that asks for it.
pub(super) fn comparison_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    plan: &ShownPlan,
    inbox: &mut Vec<Command>,
) {
    section(ui, "Old way against new way");
    let Some(compared) = &shown.model.compared else {
        let words =
            "As many people by reach, by connections and by bridge score, and what each set brings";
        ui.add(Label::new(RichText::new(words).weak()).wrap());
        ask_ui(ui, shown, PlanCommand::Compare, inbox);
        return;
    };
    if !shown.model.compares_now() {
        notice(ui, "The plan or the list has changed since", shown.colours);
        ask_ui(ui, shown, PlanCommand::Compare, inbox);
    }
    headline(ui, &compared.words(), shown.colours);
    for (at, rival) in compared.rivals.iter().enumerate() {
        rival_ui(ui, shown, (at, rival), plan.plan.touchpoints, inbox);
    }
    let weak = "Lighter: touched at least once. Unknown reach is never among the top; the old ways know no cap and no minimum";
    ui.add(Label::new(RichText::new(weak).small().weak()).wrap());
    CollapsingHeader::new(RichText::new("By community").small())
        .id_salt("compared")
        .default_open(
            compared
                .rivals
                .iter()
                .any(|r| r.counts.communities.len() <= MOST_OPEN),
        )
        .show_unindented(ui, |ui| communities_ui(ui, shown, compared));
    scenarios_ui(ui, shown, compared, inbox);
}

/// A button that asks the planner; it rests while that runs.
fn ask_ui(ui: &mut Ui, shown: Shown<'_>, asked: PlanCommand, inbox: &mut Vec<Command>) {
    let command = Command::Plan(asked);
    let words = command.words();
    ui.add_enabled_ui(!shown.model.advice.compares, |ui| {
        let button = ui.button(words.label);
        let button = button
            .on_hover_text(words.tooltip)
            .on_disabled_hover_text("This runs already");
        if button.clicked() {
            inbox.push(command);
        }
    });
}

/// One way: how many people, whom they touch, and a switch that colours the map by it.
fn rival_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    (at, rival): (usize, &Rival),
    touchpoints: u32,
    inbox: &mut Vec<Command>,
) {
    ui.add_space(4.0);
    let on_map = shown.model.touches_of == Some(at);
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let button = ui.add(Button::new("On the map").selected(on_map));
            named(&button, &format!("Touches of {} on the map", rival.name));
            let tip = "Colours people by how often they are touched; again: by community";
            if button.on_hover_text(tip).clicked() {
                let wanted = (!on_map).then_some(at);
                inbox.push(Command::Plan(PlanCommand::ShowTouches(wanted)));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let n = figures::people(rival.plan.picks.len() as u64);
                one_line(ui, format!("{} · {n}", rival.name));
            });
        });
    });
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 7.0), Sense::hover());
    let colours = shown.colours;
    touched_bar(ui, rect, rival.plan.touched, colours.accent, colours.bar);
    let words = if rival.plan.picks.is_empty() {
        "Nobody: the file does not tell it".to_owned()
    } else {
        sentence(rival.plan.touched, touchpoints)
    };
    ui.label(RichText::new(words).small().weak());
}

/// How many people of each community are touched often enough, one column a way.
fn communities_ui(ui: &mut Ui, shown: Shown<'_>, compared: &Compared) {
    let n = compared.rivals.len().max(1) as f32;
    let width = ui.available_width();
    let column = (width * 0.68 / n).min(64.0);
    let head = RichText::new("").small();
    columns_ui(
        ui,
        (column, 18.0),
        |ui, rects| {
            cell(ui, rects[0], head.clone(), shown.colours.weak, Align::Min);
            for (rival, rect) in compared.rivals.iter().zip(&rects[1..]) {
                let text = RichText::new(rival.short).small();
                cell(ui, *rect, text, shown.colours.weak, Align::Max);
            }
        },
        compared.rivals.len(),
    );
    let Some(first) = compared.rivals.first() else {
        return;
    };
    for (row, (id, _)) in first.counts.communities.iter().enumerate() {
        let about = (
            shown.community_name(Some(*id)),
            shown.community_colour(Some(*id)),
        );
        let touched: Vec<Touched> = (compared.rivals.iter())
            .filter_map(|rival| rival.counts.communities.get(row).map(|(_, t)| *t))
            .collect();
        columns_ui(
            ui,
            (column, LINE),
            |ui, rects| {
                let name = rects[0];
                let line = Rect::from_min_size(name.min, vec2(name.width(), 18.0));
                cell(
                    ui,
                    line,
                    RichText::new(about.0).small(),
                    shown.colours.text,
                    Align::Min,
                );
                for (touched, rect) in touched.iter().zip(&rects[1..]) {
                    let number = RichText::new(figures::whole(u64::from(touched.enough))).small();
                    let upper = Rect::from_min_size(rect.min, vec2(rect.width(), 18.0));
                    cell(ui, upper, number, shown.colours.text, Align::Max);
                    let bar = Rect::from_min_max(
                        rect.left_bottom() - vec2(0.0, 8.0),
                        rect.right_bottom() - vec2(0.0, 3.0),
                    );
                    touched_bar(
                        ui,
                        bar.shrink2(vec2(3.0, 0.0)),
                        *touched,
                        about.1,
                        shown.colours.bar,
                    );
                }
            },
            touched.len(),
        );
    }
}

/// One line: a name, then `n` columns at the right.
fn columns_ui(
    ui: &mut Ui,
    (column, height): (f32, f32),
    draw: impl FnOnce(&mut Ui, &[Rect]),
    n: usize,
) {
    let size = vec2(ui.available_width(), height);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    if !ui.is_rect_visible(rect) {
        return;
    }
    let left = rect.right() - column * n as f32;
    let mut rects = vec![Rect::from_x_y_ranges(
        rect.left()..=left - 6.0,
        rect.y_range(),
    )];
    rects.extend((0..n).map(|i| {
        let from = left + column * i as f32;
        Rect::from_x_y_ranges(from..=from + column, rect.y_range())
    }));
    draw(ui, &rects);
}

/// What comes of each way in the scenarios, always beside what they assume.
fn scenarios_ui(ui: &mut Ui, shown: Shown<'_>, compared: &Compared, inbox: &mut Vec<Command>) {
    section(ui, "Scenarios, each an assumption");
    let words = "What if people join once several of those they talk with have joined? Nobody knows how catching the \
                 message is: the same three strengths, and the same chance, for every way";
    ui.add(Label::new(RichText::new(words).small().weak()).wrap());
    let played = compared.rivals.iter().any(|r| !r.outcomes.is_empty());
    if !played {
        ask_ui(ui, shown, PlanCommand::PlayScenarios, inbox);
        return;
    }
    let strengths = compared
        .rivals
        .iter()
        .map(|r| r.outcomes.len())
        .max()
        .unwrap_or(0);
    for strength in 0..strengths {
        let first = compared
            .rivals
            .iter()
            .find_map(|r| r.outcomes.get(strength));
        if let Some(first) = first {
            ui.add_space(4.0);
            ui.add(Label::new(RichText::new(capital(&first.assumption())).small()).wrap());
        }
        for rival in &compared.rivals {
            let Some(outcome) = rival
                .outcomes
                .get(strength)
                .filter(|_| !rival.plan.picks.is_empty())
            else {
                continue;
            };
            let n = |n: u32| figures::whole(u64::from(n));
            let runs = outcome.joined.len().max(1) as f64;
            let took_off = figures::percent(f64::from(outcome.took_off) / runs);
            ui.spacing_mut().interact_size.y = 18.0;
            let line = ui.horizontal(|ui| {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let range = format!(
                        "{} ({}–{})",
                        n(outcome.median),
                        n(outcome.low),
                        n(outcome.high)
                    );
                    ui.label(RichText::new(format!("{range} · {took_off}")).small());
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        one_line(ui, RichText::new(rival.name).small().weak());
                    });
                });
            });
            line.response.on_hover_text(outcome.words());
        }
    }
    let weak = "People who join besides: the middle run (80 of 100 runs between), and the share of runs that take off";
    ui.add(Label::new(RichText::new(weak).small().weak()).wrap());
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    format!("{}{}", first.unwrap_or_default(), letters.as_str())
}

/// Whom of the list to write to together.
pub(super) fn waves_ui(ui: &mut Ui, shown: Shown<'_>, inbox: &mut Vec<Command>) {
    section(ui, "Outreach waves");
    let Some(waves) = &shown.model.waves else {
        let words = "Whom of the list to write to at about the same time, so that touches come close together";
        ui.add(Label::new(RichText::new(words).weak()).wrap());
        ask_ui(ui, shown, PlanCommand::SuggestWaves, inbox);
        return;
    };
    let communities = &shown.analysis().communities;
    for (at, wave) in waves.iter().enumerate() {
        ui.add_space(4.0);
        ui.label(format!("Wave {}", at + 1));
        ui.horizontal_wrapped(|ui| {
            for person in &wave.people {
                dot(ui, shown.person_colour(*person), 4.0);
                let link = ui.link(RichText::new(shown.name(*person)).small());
                if link.clicked() {
                    inbox.push(Command::ShowPerson(*person));
                }
            }
        });
        let words = RichText::new(wave.words(communities)).small().weak();
        ui.add(Label::new(words).wrap());
    }
    order_ui(ui, waves, inbox);
}

/// The button that puts the list in the order of the waves.
fn order_ui(ui: &mut Ui, waves: &[Wave], inbox: &mut Vec<Command>) {
    if waves.is_empty() {
        ui.label(RichText::new("Nobody of the list is on this map and to contact").weak());
        return;
    }
    ui.add_space(4.0);
    let command = Command::Plan(PlanCommand::OrderByWaves);
    let words = command.words();
    if ui
        .button(words.label)
        .on_hover_text(words.tooltip)
        .clicked()
    {
        inbox.push(command);
    }
}
