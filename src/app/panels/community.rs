//! The card of one community: what it is about, who matters in it, to whom it is tied.

use std::sync::Arc;

use eframe::egui::{
    self, Align, Layout, Rect, RichText, ScrollArea, Sense, Ui, WidgetInfo, WidgetType, pos2, vec2,
};

use super::PanelState;
use super::communities::{Renaming, name_ui};
use super::community_times::times_ui;
use super::community_words::{read_ui, words_ui};
use super::figures;
use super::icons::Icon;
use super::person::person_link;
use super::shown::{Shown, figure};
use super::widgets::{
    bar, cell, dot, explained_section, half, halves, icon_button, named, nothing_here, notice,
    row_ground, section, small_button, title,
};
use crate::analysis::{Community, CommunityId};
use crate::app::command::Command;
use crate::app::theme;
use crate::explore::{CommunityFacts, Neighbour, Shared, by_sound};
use crate::people::{PersonId, Sentiment};

/// Height of a row with a bar, in points.
const ROW: f32 = 20.0;
/// Room for the words before a bar and for the figures behind it, in points.
const BEFORE: f32 = 118.0;
const BEHIND: f32 = 112.0;

/// By what the people of the card are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum By {
    #[default]
    Connections,
    Reach,
    Bridges,
}

/// What is being done with the card.
#[derive(Debug, Default)]
pub(super) struct View {
    by: By,
    renaming: Renaming,
}

/// Draws the card.
pub(super) fn community_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    state: &mut PanelState,
    inbox: &mut Vec<Command>,
) {
    let about = (shown.model.community).and_then(|id| Some((id, shown.community(id)?)));
    let Some((id, community)) = about else {
        nothing_here(
            ui,
            "No community",
            "Choose About in the menu of a community to see what it talks about",
        );
        return;
    };
    let view = &mut state.community;
    let facts = shown.map.closer.facts_of(id).map(Arc::as_ref);
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .id_salt(id.0)
        .show(ui, |ui| {
            head_ui(ui, shown, (id, community), &mut view.renaming, inbox);
            figures_ui(ui, shown, community, facts);
            alternatives_ui(ui, shown, (id, community), inbox);
            words_ui(ui, shown, (id, community), inbox);
            let Some(facts) = facts else {
                ui.add_space(theme::FAR);
                ui.label(RichText::new("Looking through the posts…").weak());
                return;
            };
            shared_ui(ui, shown, facts);
            people_ui(ui, shown, facts, &mut view.by, inbox);
            neighbours_ui(ui, shown, facts, inbox);
            sounds_ui(ui, shown, facts);
            languages_ui(ui, shown, facts);
            times_ui(ui, shown, facts);
            ui.add_space(theme::FAR);
        });
}

/// What it is called, and what can be done with it.
fn head_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    (id, community): (CommunityId, &Community),
    renaming: &mut Renaming,
    inbox: &mut Vec<Command>,
) {
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        dot(ui, shown.community_colour(Some(id)), 8.0);
        let is_typed = renaming.of.as_ref().is_some_and(|(of, _)| *of == id);
        if is_typed {
            let size = vec2(ui.available_width(), 24.0);
            let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
            name_ui(ui, rect, Some(id), renaming, inbox);
        } else {
            title(ui, &community.name);
        }
    });
    if community.small {
        let words =
            "A small group: too few people to count as a community, so it has no colour of its own";
        notice(ui, words, shown.colours);
    }
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        let lit = shown.model.isolated == Some(id);
        let isolate = Command::Isolate((!lit).then_some(id));
        let label = if lit { "Show all" } else { "Isolate" };
        let response = ui.button(label).on_hover_text(isolate.words().tooltip);
        if response.clicked() {
            inbox.push(isolate);
        }
        read_ui(ui, shown, id, inbox);
        let response = ui.button("Select all");
        let tip = format!(
            "Select its {}",
            figures::people(u64::from(community.people))
        );
        if response.on_hover_text(tip).clicked() {
            let of = &shown.analysis().communities.of;
            let members = of.iter().zip(0..).filter(|(home, _)| **home == Some(id));
            let members = members.map(|(_, person)| PersonId(person)).collect();
            inbox.push(Command::Select(members));
        }
        if !community.small {
            let rename = Command::NameCommunity(id, String::new()).words();
            let response = ui.button(rename.label).on_hover_text(rename.tooltip);
            if response.clicked() {
                renaming.of = Some((id, community.name.clone()));
                renaming.begins = true;
            }
        }
        let close = Command::ShowCommunity(None);
        let response = ui.button("Close");
        named(&response, "Close the card");
        if response.on_hover_text("Close this card").clicked() {
            inbox.push(close);
        }
    });
}

/// How many people and posts, and how far they reach.
fn figures_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    community: &Community,
    facts: Option<&CommunityFacts>,
) {
    let results = &shown.map.results;
    let share = |part: f64, all: usize| figures::percent(part / (all.max(1) as f64));
    let mut rows = vec![(
        "People",
        figures::whole(u64::from(community.people)),
        format!(
            "{} of all",
            share(f64::from(community.people), results.graph.n_people())
        ),
    )];
    let unknown = facts.map_or(0, |facts| facts.reach_unknown);
    let of_unknown = if unknown > 0 {
        format!("unknown for {}", figures::whole(u64::from(unknown)))
    } else {
        String::new()
    };
    let reach = if facts.is_some() && unknown >= community.people {
        "unknown".to_owned()
    } else {
        figures::short(community.reach)
    };
    rows.push(("Reach", reach, of_unknown));
    if let Some(facts) = facts {
        let all = results.conversation.posts.posts.len();
        let posts = if all == 0 {
            (
                "Posts",
                "none".to_owned(),
                "the file has only ties".to_owned(),
            )
        } else {
            let writers = figures::people(u64::from(facts.writers));
            let share = share(facts.posts as f64, all);
            let below = format!("{share} of all, by {writers}");
            ("Posts", figures::whole(facts.posts), below)
        };
        rows.push(posts);
    }
    rows.push((
        "Ties",
        figures::whole(community.ties_inside),
        format!(
            "inside, {} to others",
            figures::whole(community.ties_outside)
        ),
    ));
    ui.add_space(8.0);
    for (label, value, below) in rows {
        let size = vec2(ui.available_width(), 18.0);
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        let room = |left: f32, right: f32| {
            Rect::from_x_y_ranges(rect.left() + left..=rect.left() + right, rect.y_range())
        };
        let colours = shown.colours;
        cell(ui, room(0.0, 58.0), label, colours.weak, Align::Min);
        let strong = RichText::new(&value).strong();
        cell(ui, room(60.0, 128.0), strong, colours.text, Align::Min);
        let rest = room(132.0, rect.width());
        cell(ui, rest, &below, colours.weak, Align::Min);
        let spoken = format!("{label} {value} {below}");
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, spoken.trim()));
    }
}

/// What it might be called instead, each one click away.
fn alternatives_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    (id, community): (CommunityId, &Community),
    inbox: &mut Vec<Command>,
) {
    let others = other_names(shown, id, community);
    if community.small || others.is_empty() {
        return;
    }
    section(ui, "Could also be called");
    ui.horizontal_wrapped(|ui| {
        for other in others {
            let response = ui.add(small_button(other).truncate());
            named(&response, &format!("Call it {other}"));
            if response.on_hover_text("Call it so").clicked() {
                inbox.push(Command::NameCommunity(id, other.clone()));
            }
        }
    });
}

/// Names that are not in use: the alternatives, and where the person gave it another name, the one that the program found.
pub(super) fn other_names<'a>(
    shown: Shown<'a>,
    id: CommunityId,
    community: &'a Community,
) -> Vec<&'a String> {
    let found = &shown.map.found.analysis.communities;
    let same = (found.list.get(id.index())).filter(|found| found.member == community.member);
    let first = same.map(|found| &found.name).into_iter();
    let all = first.chain(&community.alternatives);
    all.filter(|name| **name != community.name).collect()
}

/// Words, a bar and figures on one line.
pub(super) fn bar_row_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    (before, behind): (&str, &str),
    (share, colour): (f64, egui::Color32),
    spoken: &str,
) {
    let size = vec2(ui.available_width(), ROW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let (left, right) = (rect.left() + BEFORE, rect.right() - BEHIND);
    let room = Rect::from_x_y_ranges(rect.left()..=left - 6.0, rect.y_range());
    cell(ui, room, before, shown.colours.text, Align::Min);
    if right > left {
        let track = Rect::from_min_max(
            pos2(left, rect.center().y - 3.0),
            pos2(right, rect.center().y + 3.0),
        );
        bar(ui, track, share as f32, colour, shown.colours.bar);
    }
    let room = Rect::from_x_y_ranges(right + 6.0..=rect.right(), rect.y_range());
    let text = RichText::new(behind).small();
    cell(ui, room, text, shown.colours.weak, Align::Max);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, spoken));
    response.on_hover_text(spoken);
}

/// Hashtags and web addresses that most members share.
fn shared_ui(ui: &mut Ui, shown: Shown<'_>, facts: &CommunityFacts) {
    if facts.posts == 0 {
        return;
    }
    if shown.model.name_mask.hides() {
        section(ui, "Hashtags and web addresses");
        let words = "Not shown while names are hidden: they come from posts";
        ui.add(egui::Label::new(RichText::new(words).weak()).wrap());
        return;
    }
    for (title, list) in [
        ("Hashtags", &facts.hashtags),
        ("Web addresses", &facts.addresses),
    ] {
        if list.is_empty() {
            continue;
        }
        explained_section(ui, title, "By how many members share it; a click copies");
        for shared in list {
            shared_row_ui(ui, shown, shared);
        }
    }
    if facts.hashtags.is_empty() && facts.addresses.is_empty() {
        section(ui, "Hashtags and web addresses");
        ui.label(RichText::new("None stands in these posts").weak());
    }
}

fn shared_row_ui(ui: &mut Ui, shown: Shown<'_>, shared: &Shared) {
    let n = figures::people(u64::from(shared.people));
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let ground = rect.expand2(vec2(3.0, 0.0));
    row_ground(ui, ground, &response, false, shown.colours);
    let behind = rect.with_min_x(rect.right() - 76.0);
    let before = rect.with_max_x(behind.left() - 6.0);
    cell(ui, before, &shared.what, shown.colours.text, Align::Min);
    let text = RichText::new(&n).small();
    cell(ui, behind, text, shown.colours.weak, Align::Max);
    let name = format!("Copy {}, shared by {n}", shared.what);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &name));
    if response.clicked() {
        ui.ctx().copy_text(shared.what.clone());
    }
    response.on_hover_text(format!("{}\nClick to copy", shared.what));
}

/// Who matters, in one of three orders.
fn people_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    facts: &CommunityFacts,
    by: &mut By,
    inbox: &mut Vec<Command>,
) {
    section(ui, "Who matters here");
    ui.horizontal(|ui| {
        halves(ui, shown.colours, |ui| {
            for (label, order) in [
                ("Connections", By::Connections),
                ("Reach", By::Reach),
                ("Bridge score", By::Bridges),
            ] {
                if half(ui, shown.colours, *by == order, label).clicked() {
                    *by = order;
                }
            }
        });
    });
    let (people, nobody) = match by {
        By::Connections => (&facts.top.connections, "Nobody"),
        By::Reach => (
            &facts.top.reach,
            "The file tells of nobody here how many people follow them",
        ),
        By::Bridges => (
            &facts.top.bridges,
            "Nobody here joins this community with others",
        ),
    };
    if people.is_empty() {
        ui.add(egui::Label::new(RichText::new(nobody).weak()).wrap());
    }
    for person in people {
        let bridges = &shown.analysis().bridges;
        let value = match by {
            By::Connections => {
                let n = figure(&bridges.connections, *person).unwrap_or(0);
                figures::counted(u64::from(n), "connection", "connections")
            }
            By::Reach => {
                let reach = shown.person(*person).and_then(|person| person.reach);
                format!("reach {}", figures::short(reach.unwrap_or(0.0)))
            }
            By::Bridges => {
                let rank = figure(&bridges.rank, *person).unwrap_or(0);
                let score = figure(&bridges.score, *person).unwrap_or(0.0);
                format!("bridge {rank}, score {}", figures::amount(score))
            }
        };
        person_row_ui(ui, shown, *person, &value, inbox);
    }
}

fn person_row_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    person: PersonId,
    value: &str,
    inbox: &mut Vec<Command>,
) {
    ui.horizontal(|ui| {
        let name = shown.name(person);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let listed = shown.model.is_on_list(person);
            let (icon, label, colour) = if listed {
                (
                    Icon::Check,
                    format!("{name} is on the list"),
                    shown.colours.accent,
                )
            } else {
                (
                    Icon::Plus,
                    format!("Add {name} to the list"),
                    shown.colours.weak,
                )
            };
            if icon_button(ui, icon, &label, colour).clicked() && !listed {
                inbox.push(Command::AddToList(vec![person]));
            }
            ui.label(RichText::new(value).small().weak());
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let label = format!("Show {name}, {value}");
                person_link(ui, shown, (person, name, &label), inbox);
            });
        });
    });
}

/// The communities it is tied to, how strongly, and through whom.
fn neighbours_ui(ui: &mut Ui, shown: Shown<'_>, facts: &CommunityFacts, inbox: &mut Vec<Command>) {
    explained_section(
        ui,
        "Tied to",
        "Other communities, the strongest ties first; below each, who joins the two",
    );
    if facts.neighbours.is_empty() {
        let words = "Nobody here is tied to another community";
        ui.label(RichText::new(words).weak());
        return;
    }
    let most = facts
        .neighbours
        .iter()
        .map(|n| n.strength)
        .fold(0.0, f64::max);
    for neighbour in &facts.neighbours {
        neighbour_ui(ui, shown, neighbour, most, inbox);
    }
}

fn neighbour_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    neighbour: &Neighbour,
    most: f64,
    inbox: &mut Vec<Command>,
) {
    let id = neighbour.community;
    let colour = shown.community_colour(Some(id));
    let name = shown.community_name(Some(id));
    let ties = figures::counted(neighbour.ties, "tie", "ties");
    ui.add_space(2.0);
    ui.horizontal(|ui| {
        ui.set_height(20.0);
        dot(ui, colour, 4.5);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let interactions = figures::whole(neighbour.interactions.round() as u64);
            let text = RichText::new(format!("{ties}, {interactions} interactions"));
            ui.label(text.small().weak());
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let text = egui::Label::new(name).truncate();
                let text = text.sense(Sense::click()).selectable(false);
                let response = ui.add(text);
                let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
                let label = format!("About {name}, {ties}");
                response.widget_info(|| WidgetInfo::labeled(WidgetType::Link, true, &label));
                if response.clicked() {
                    inbox.push(Command::ShowCommunity(Some(id)));
                }
            });
        });
    });
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 8.0), Sense::hover());
    let track = Rect::from_center_size(rect.center(), vec2(rect.width(), 6.0));
    let share = (neighbour.strength / most.max(f64::MIN_POSITIVE)) as f32;
    bar(ui, track, share, colour, shown.colours.bar);
    response.on_hover_text(format!("Strength {}", figures::amount(neighbour.strength)));
    if neighbour.joining.is_empty() {
        ui.label(RichText::new("nobody here joins the two").small().weak());
        return;
    }
    let height = std::mem::replace(&mut ui.spacing_mut().interact_size.y, 16.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 2.0);
        ui.label(RichText::new("joined by").small().weak());
        let last = neighbour.joining.len().saturating_sub(1);
        for (at, (person, _)) in neighbour.joining.iter().enumerate() {
            let who = shown.name(*person);
            let text = if at < last {
                format!("{who},")
            } else {
                who.to_owned()
            };
            let label = format!("Show {who}, who joins it with {name}");
            person_link(ui, shown, (*person, &text, &label), inbox);
        }
    });
    ui.spacing_mut().interact_size.y = height;
}

/// How the posts sound, where the file tells.
fn sounds_ui(ui: &mut Ui, shown: Shown<'_>, facts: &CommunityFacts) {
    if !shown.map.results.conversation.posts.has_sentiment() {
        return;
    }
    explained_section(ui, "How posts sound", "Sentiment as the file tells it");
    let known: u64 = facts.sounds.iter().sum();
    if known == 0 {
        ui.label(RichText::new("The file does not tell it of these posts").weak());
        return;
    }
    for (sound, n) in by_sound(facts.sounds) {
        let (word, colour) = match sound {
            Sentiment::Negative => ("Negative", shown.colours.warn),
            Sentiment::Neutral => ("Neutral", shown.colours.grey),
            Sentiment::Positive => ("Positive", shown.colours.accent),
        };
        split_row_ui(ui, shown, (word, n, known), colour);
    }
}

/// In which languages, where the file tells.
fn languages_ui(ui: &mut Ui, shown: Shown<'_>, facts: &CommunityFacts) {
    let first: u64 = facts.languages.iter().map(|(_, n)| n).sum();
    let known = first + facts.other_languages;
    if known == 0 {
        return;
    }
    explained_section(ui, "Languages", "As the file writes them");
    for (language, n) in &facts.languages {
        split_row_ui(ui, shown, (language, *n, known), shown.colours.accent);
    }
    if facts.other_languages > 0 {
        let row = ("others", facts.other_languages, known);
        split_row_ui(ui, shown, row, shown.colours.grey);
    }
}

fn split_row_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    (word, n, all): (&str, u64, u64),
    colour: egui::Color32,
) {
    let share = n as f64 / all.max(1) as f64;
    let percent = figures::percent(share);
    let behind = format!("{} · {percent}", figures::whole(n));
    let posts = figures::counted(n, "post", "posts");
    let spoken = format!("{word}, {posts}, {percent}");
    bar_row_ui(ui, shown, (word, &behind), (share, colour), &spoken);
}
