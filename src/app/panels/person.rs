//! The card of one person: who, why, how they connect, what they wrote, and onto the list.

use eframe::egui::{
    self, Align, Layout, Rect, RichText, ScrollArea, Sense, Ui, WidgetInfo, WidgetType, pos2, vec2,
};

use super::PanelState;
use super::connections::connections_ui;
use super::facts::Facts;
use super::figures;
use super::plan;
use super::shown::{Shown, figure};
use super::widgets::{bar, dot, headline, main_button, one_line, section};
use crate::analysis::BridgePart;
use crate::app::command::Command;
use crate::app::theme;
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
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .id_salt(id.0)
        .show(ui, |ui| {
            head_ui(ui, shown, id, person, inbox);
            if !facts.why.is_empty() {
                ui.add_space(6.0);
                headline(ui, &facts.why, shown.colours);
            }
            figures_ui(ui, shown, id, person);
            section(ui, "Connections");
            let about = (id, facts.contacts.as_slice());
            connections_ui(ui, shown, about, &mut facts.picture, inbox);
            parts_ui(ui, shown, id, &facts.parts, inbox);
            contacts_ui(ui, shown, &facts.contacts, inbox);
            posts_ui(ui, person, &facts.posts);
            ui.add_space(theme::FAR);
        });
}

fn head_ui(ui: &mut Ui, shown: Shown<'_>, id: PersonId, person: &Person, inbox: &mut Vec<Command>) {
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        dot(ui, shown.person_colour(id), 8.0);
        let name = RichText::new(&*person.name).text_style(egui::TextStyle::Heading);
        one_line(ui, name);
    });
    let handle = format!("@{}", person.handle);
    let key = if person.key.eq_ignore_ascii_case(&person.handle) {
        handle
    } else {
        format!("{handle} · {}", person.key)
    };
    one_line(ui, RichText::new(key).weak());
    let community = shown.community_name(shown.community_of(id));
    let sure = shown.sure_of(id);
    if sure < 1.0 {
        let words = format!("{community} · {} sure", figures::percent(f64::from(sure)));
        one_line(ui, RichText::new(words).weak())
            .on_hover_text("In so many of the runs this person was grouped with the same people");
    } else {
        one_line(ui, RichText::new(community).weak());
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
                format!("1 is the best of {n} people"),
            ),
            (
                "Bridge score",
                figures::amount(score),
                "Ties across communities beyond what community-mates would send".to_owned(),
            ),
            (
                "Steady",
                figures::percent(share),
                "Share of the runs in which this person is among the 50 best bridges".to_owned(),
            ),
        ],
        [
            (
                "Reach",
                figures::reach(person.reach),
                "Followers, or the audience figure of the export".to_owned(),
            ),
            (
                "Connections",
                format!(
                    "{} · {} across",
                    count(&bridges.connections),
                    count(&bridges.connections_across)
                ),
                "Different people tied to, and those outside the own community".to_owned(),
            ),
            (
                "Communities reached",
                count(&bridges.communities_reached),
                "Communities tied to more than expected".to_owned(),
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

fn parts_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    id: PersonId,
    parts: &[BridgePart],
    inbox: &mut Vec<Command>,
) {
    if parts.is_empty() {
        return;
    }
    section(ui, "Ties by community, and through whom");
    let most = parts
        .iter()
        .map(|part| part.strength.max(part.expected))
        .fold(0.0, f64::max);
    let home = shown.community_of(id);
    for part in parts.iter().take(12) {
        part_ui(ui, shown, part, (home == Some(part.community), most), inbox);
    }
}

/// One community: its name and the strongest go-between, below a bar of the strength with a mark where it was expected.
fn part_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    part: &BridgePart,
    (home, most): (bool, f64),
    inbox: &mut Vec<Command>,
) {
    let colours = shown.colours;
    let colour = shown.community_colour(Some(part.community));
    ui.add_space(2.0);
    ui.horizontal(|ui| {
        dot(ui, colour, 4.5);
        let name = shown.community_name(Some(part.community));
        let own = if home { ", own" } else { "" };
        let people = figures::people(u64::from(part.connections));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(RichText::new(format!("{people}{own}")).small().weak());
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                one_line(ui, name);
            });
        });
    });
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 8.0), Sense::hover());
    let share = |value: f64| (value / most.max(f64::MIN_POSITIVE)) as f32;
    let track = Rect::from_center_size(rect.center(), vec2(rect.width(), 6.0));
    bar(ui, track, share(part.strength), colour, colours.bar);
    if !home && part.expected > 0.0 {
        let x = track.left() + track.width() * share(part.expected).clamp(0.0, 1.0);
        let mark = egui::Stroke::new(2.0, colours.text);
        ui.painter().vline(x, rect.y_range(), mark);
    }
    let tip = format!(
        "Strength {}, expected {}",
        figures::amount(part.strength),
        figures::amount(part.expected)
    );
    response.on_hover_text(format!("{tip}\nThe mark shows what was expected"));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.label(RichText::new("through").small().weak());
        person_link(ui, shown, part.through, inbox);
    });
}

/// A person's name that shows them when clicked.
fn person_link(ui: &mut Ui, shown: Shown<'_>, id: PersonId, inbox: &mut Vec<Command>) {
    let name = shown.name(id);
    let text = RichText::new(name).small().color(shown.colours.accent);
    let response = ui.add(
        egui::Label::new(text)
            .truncate()
            .sense(Sense::click())
            .selectable(false),
    );
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Link, true, format!("Show {name}")));
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
    section(ui, "Strongest contacts");
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
            response.on_hover_text(format!("Strength {}", figures::amount(*strength)));
            person_link(ui, shown, *contact, inbox);
        });
    }
}

fn posts_ui(ui: &mut Ui, person: &Person, posts: &[(Option<i64>, String)]) {
    let title = match person.posts {
        0 => "No posts of their own in this file".to_owned(),
        n if n as usize <= posts.len() => figures::counted(u64::from(n), "post", "posts"),
        n => format!(
            "Latest of {}",
            figures::counted(u64::from(n), "post", "posts")
        ),
    };
    section(ui, &title);
    for (time, text) in posts {
        let shown: String = text.chars().take(280).collect();
        let cut = if shown.len() < text.len() { "…" } else { "" };
        if let Some(time) = time {
            ui.label(RichText::new(date(*time)).small().weak());
        }
        let label = ui.add(egui::Label::new(format!("{shown}{cut}")).wrap());
        if !cut.is_empty() {
            label.on_hover_text(text);
        }
        ui.add_space(4.0);
    }
}

/// Day and minute of a post, in UTC; nothing for times outside the calendar.
fn date(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds).map_or_else(
        |_| String::new(),
        |time| time.strftime("%-d %b %Y, %H:%M").to_string(),
    )
}
