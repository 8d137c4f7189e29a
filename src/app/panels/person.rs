//! The card of one person: who, why, how they connect, what they wrote, and onto the list.

use eframe::egui::{
    self, Frame, Margin, Rect, RichText, ScrollArea, Sense, Ui, WidgetInfo, WidgetType, pos2, vec2,
};

use super::PanelState;
use super::belonging::{also_ui, belonging_ui};
use super::connections::connections_ui;
use super::facts::Facts;
use super::figures;
use super::fold::folded_ui;
use super::parts::parts_ui;
use super::person_about::{about_ui, kinds_ui};
use super::person_posts::person_posts_ui;
use super::plan;
use super::shown::{Shown, figure};
use super::widgets::{bar, dot, main_button, one_line, title};
use crate::analysis::PersonPosts;
use crate::app::command::Command;
use crate::app::theme;
use crate::app::words::{Measure, measure_tip};
use crate::people::{Person, PersonId};

/// Contacts named in the list.
const NAMED: usize = 8;

/// Draws the card.
pub(super) fn person_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    id: PersonId,
    state: &mut PanelState,
    inbox: &mut Vec<Command>,
) {
    let Some(person) = shown.person(id) else {
        return;
    };
    if !state.facts.as_ref().is_some_and(|f| f.is_about(shown, id)) {
        state.facts = Some(Facts::of(shown, id));
    }
    let Some(facts) = &mut state.facts else {
        return;
    };
    facts.look_at_posts(shown);
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .id_salt(id.0)
        .show(ui, |ui| {
            head_ui(ui, shown, id, person, inbox);
            about_ui(ui, shown, (id, person), inbox);
            if !facts.why.is_empty() {
                why_ui(ui, shown, id, &facts.why);
            }
            figures_ui(ui, shown, id, person);
            let colours = shown.colours;
            folded_ui(ui, ("connections", "Connections"), colours, |ui| {
                let about = (id, facts.contacts.as_slice());
                connections_ui(ui, shown, about, &mut facts.picture, inbox);
                parts_ui(ui, shown, id, facts, inbox);
            });
            if let Some(found) = &facts.posts {
                folded_ui(ui, ("kinds", "Given and received"), colours, |ui| {
                    kinds_ui(ui, &found.kinds);
                });
            }
            if !facts.contacts.is_empty() {
                folded_ui(ui, ("contacts", "Strongest contacts"), colours, |ui| {
                    contacts_ui(ui, shown, &facts.contacts, inbox);
                });
            }
            let title = posts_title(person, facts.posts.as_deref());
            folded_ui(ui, ("posts", &title), colours, |ui| {
                person_posts_ui(ui, shown, facts.posts.as_ref(), &mut facts.finding, inbox);
            });
            ui.add_space(theme::FAR);
            let forget = Command::AskToForget(Some(id));
            let words = forget.words();
            if ui
                .button(words.label)
                .on_hover_text(words.tooltip)
                .clicked()
            {
                inbox.push(forget);
            }
            ui.add_space(theme::FAR);
        });
}

fn head_ui(ui: &mut Ui, shown: Shown<'_>, id: PersonId, person: &Person, inbox: &mut Vec<Command>) {
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        dot(ui, shown.person_colour(id), 8.0);
        title(ui, &person.name);
    });
    let handle = format!("@{}", person.handle);
    let key = if person.key.eq_ignore_ascii_case(&person.handle) {
        handle
    } else {
        format!("{handle} · {}", person.key)
    };
    one_line(ui, RichText::new(key).weak());
    also_ui(ui, shown, id, inbox);
    belonging_ui(ui, shown, id, inbox);
    if let Some(changes) = &shown.model.changes
        && let Some(words) = changes.words_on(id, &person.key)
    {
        one_line(ui, RichText::new(words).color(shown.colours.accent));
    }
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        let listed = shown.model.is_on_list(id);
        let (response, command) = if listed {
            let response = ui.button("Remove from list");
            (response, Command::ToggleOnList(id))
        } else {
            let response = main_button(ui, "Add to list", shown.colours);
            (response, Command::AddToList(vec![id]))
        };
        let tip = format!("{} (A)", command.words().tooltip);
        if response.on_hover_text(tip).clicked() {
            inbox.push(command);
        }
        let show = ui.button("Show on the map");
        if show.on_hover_text("Fly to this person (9)").clicked() {
            inbox.push(Command::ShowPerson(id));
        }
        if shown.model.pinned.iter().any(|(p, _)| *p == id) {
            let unpin = Command::Unpin(id);
            let button = ui.button(unpin.words().label);
            if button.on_hover_text(unpin.words().tooltip).clicked() {
                inbox.push(unpin);
            }
        }
        plan::in_plan_ui(ui, shown.model, person, 190.0, inbox);
    });
    plan::cost_ui(ui, shown.model, person, inbox);
}

/// Why this person, and how sure that is.
fn why_ui(ui: &mut Ui, shown: Shown<'_>, id: PersonId, why: &str) {
    ui.add_space(6.0);
    Frame::new()
        .fill(shown.colours.accent_soft)
        .corner_radius(8)
        .inner_margin(Margin::symmetric(12, 9))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.add(egui::Label::new(RichText::new(why).color(shown.colours.text)).wrap());
            if let Some(steady) = shown.steady(id) {
                let colour = if steady.is_unsteady {
                    shown.colours.warn
                } else {
                    shown.colours.weak
                };
                let words = RichText::new(steady.words).small().color(colour);
                ui.add(egui::Label::new(words).wrap());
            }
        });
}

/// What the bridge score is.
fn score_tip(runs: u32) -> String {
    let tip = measure_tip(Measure::BridgeScore);
    match runs {
        0 | 1 => tip.to_owned(),
        runs => format!(
            "{tip}\nThe mean of all {runs} runs; the bars below are of the run that the map shows"
        ),
    }
}

/// Six figures in two lines.
fn figures_ui(ui: &mut Ui, shown: Shown<'_>, id: PersonId, person: &Person) {
    let bridges = &shown.analysis().bridges;
    let count = |column: &[u32]| {
        let value = figure(column, id).unwrap_or(0);
        figures::whole(u64::from(value))
    };
    let share = figure(&bridges.stability, id).unwrap_or(0.0);
    let rank = figure(&bridges.rank, id);
    let score = figure(&bridges.score, id).unwrap_or(0.0);
    let n = figures::whole(shown.map.results.graph.n_people() as u64);
    let rows = [
        [
            (
                "Bridge rank",
                rank.map_or_else(|| "–".to_owned(), |r| figures::whole(u64::from(r))),
                format!("{}\nOf {n} people", measure_tip(Measure::BridgeRank)),
            ),
            (
                "Bridge score",
                figures::amount(score),
                score_tip(bridges.runs),
            ),
            (
                "Steady",
                figures::percent(share),
                measure_tip(Measure::Stability).to_owned(),
            ),
        ],
        [
            (
                "Reach",
                figures::reach(person.reach),
                measure_tip(Measure::Reach).to_owned(),
            ),
            (
                "Connections",
                format!(
                    "{} · {} across",
                    count(&bridges.connections),
                    count(&bridges.connections_across)
                ),
                format!(
                    "{}\nAcross: {}",
                    measure_tip(Measure::Connections),
                    measure_tip(Measure::ConnectionsAcross)
                ),
            ),
            (
                "Communities reached",
                count(&bridges.communities_reached),
                measure_tip(Measure::CommunitiesReached).to_owned(),
            ),
        ],
    ];
    for row in rows {
        ui.add_space(8.0);
        ui.columns(3, |columns| {
            for (ui, (label, value, tip)) in columns.iter_mut().zip(row) {
                ui.spacing_mut().item_spacing.y = 1.0;
                one_line(ui, RichText::new(label).small().weak());
                one_line(ui, RichText::new(value).size(15.0)).on_hover_text(tip);
            }
        });
    }
}

/// A person's name that shows them when clicked: what is written, and what screen readers call it.
pub(super) fn person_link(
    ui: &mut Ui,
    shown: Shown<'_>,
    (id, text, label): (PersonId, &str, &str),
    inbox: &mut Vec<Command>,
) {
    let text = RichText::new(text).small().color(shown.colours.accent);
    let response = ui.add(
        egui::Label::new(text)
            .truncate()
            .sense(Sense::click())
            .selectable(false),
    );
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Link, true, label));
    if response.clicked() {
        inbox.push(Command::ShowPerson(id));
    }
}

fn contacts_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    contacts: &[(PersonId, f64)],
    inbox: &mut Vec<Command>,
) {
    let Some((_, strongest)) = contacts.first() else {
        return;
    };
    ui.spacing_mut().interact_size.y = 18.0;
    for (contact, strength) in contacts.iter().take(NAMED) {
        ui.horizontal(|ui| {
            dot(ui, shown.person_colour(*contact), 4.5);
            let (rect, response) = ui.allocate_exact_size(vec2(64.0, 14.0), Sense::hover());
            let track = Rect::from_min_max(
                pos2(rect.left(), rect.center().y - 2.5),
                pos2(rect.right(), rect.center().y + 2.5),
            );
            let share = (strength / strongest.max(f64::MIN_POSITIVE)) as f32;
            bar(ui, track, share, shown.colours.weak, shown.colours.bar);
            let tip = measure_tip(Measure::Strength);
            let strength = figures::amount(*strength);
            response.on_hover_text(format!("Strength {strength}\n{tip}"));
            let name = shown.name(*contact);
            let label = format!("Show {name}");
            person_link(ui, shown, (*contact, name, &label), inbox);
        });
    }
}

/// How many posts they wrote, and how many address them.
fn posts_title(person: &Person, found: Option<&PersonPosts>) -> String {
    let own = figures::counted(u64::from(person.posts), "post", "posts");
    let Some(found) = found else {
        return own;
    };
    let others = (found.around.len() as u64).saturating_sub(u64::from(person.posts));
    format!("{own}, {} to them", figures::whole(others))
}
