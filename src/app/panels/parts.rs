//! Why this person, community by community: how strong the ties are, through whom they run, and the posts behind them.

use eframe::egui::{
    self, Align, Frame, Layout, Margin, Rect, RichText, Sense, Ui, WidgetInfo, WidgetType, vec2,
};

use super::facts::Facts;
use super::figures;
use super::person::person_link;
use super::shown::Shown;
use super::widgets::{bar, dot, explained_section, one_line};
use crate::analysis::{BridgePart, CommunityId, CommunityPosts, TiePost};
use crate::app::command::Command;
use crate::app::words::{Measure, measure_tip};
use crate::people::PersonId;

/// Communities shown.
pub(super) const SHOWN: usize = 12;
/// Letters of a post before it is cut.
const LETTERS: usize = 180;
/// Letters of a go-between's name before it is cut.
const NAME: usize = 22;

/// Draws the section, where there is anything to say.
pub(super) fn parts_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    id: PersonId,
    facts: &mut Facts,
    inbox: &mut Vec<Command>,
) {
    if facts.parts.is_empty() {
        return;
    }
    let tip = match shown.analysis().bridges.runs {
        0 | 1 => "Bars and bridge score are of one run".to_owned(),
        runs => format!(
            "The bars are of the run that the map shows; the bridge score is the mean of all {runs} runs"
        ),
    };
    explained_section(ui, "Ties by community, and through whom", &tip);
    let home = shown.community_of(id);
    // At home no mark is drawn, so that needs no room.
    let longest = |part: &BridgePart| {
        if home == Some(part.community) {
            part.strength
        } else {
            part.strength.max(part.expected)
        }
    };
    let most = facts.parts.iter().map(longest).fold(0.0, f64::max);
    let parts = facts.parts.iter().zip(&facts.through);
    for (part, through) in parts {
        part_ui(ui, shown, part, (home == Some(part.community), most));
        let posts = facts.posts.as_ref();
        let behind = posts.and_then(|posts| posts.behind(part.community));
        let open = facts.opened == Some(part.community);
        let about = (part.community, through.as_slice(), behind);
        if through_ui(ui, shown, about, open, inbox) {
            facts.opened = (!open).then_some(part.community);
        }
        if let Some(behind) = behind.filter(|_| open) {
            behind_ui(ui, shown, id, behind);
        }
    }
}

/// One community: its name above a bar of the strength, with a mark where it was expected.
fn part_ui(ui: &mut Ui, shown: Shown<'_>, part: &BridgePart, (home, most): (bool, f64)) {
    let colours = shown.colours;
    let colour = shown.community_colour(Some(part.community));
    ui.add_space(2.0);
    ui.horizontal(|ui| {
        ui.set_height(20.0);
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
    let [strength, expected] = [Measure::Strength, Measure::Expected].map(measure_tip);
    response.on_hover_text(format!(
        "{tip}\nThe mark shows what was expected\nStrength: {strength}\nExpected: {expected}"
    ));
}

/// The strongest go-betweens, and the button that opens the posts behind these ties. Returns whether that was pressed.
fn through_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    (community, through, behind): (CommunityId, &[(PersonId, f64)], Option<&CommunityPosts>),
    open: bool,
    inbox: &mut Vec<Command>,
) -> bool {
    let mut pressed = false;
    let community = shown.community_name(Some(community));
    let height = std::mem::replace(&mut ui.spacing_mut().interact_size.y, 16.0);
    ui.horizontal_top(|ui| {
        let posts = behind.map_or(0, |behind| behind.posts);
        let room = if posts > 0 { 84.0 } else { 0.0 };
        let width = (ui.available_width() - room).max(60.0);
        ui.allocate_ui(vec2(width, 0.0), |ui| {
            ui.set_width(width);
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(4.0, 2.0);
                ui.label(RichText::new("through").small().weak());
                for (at, (person, _)) in through.iter().enumerate() {
                    let name = shown.name(*person);
                    let mut text = cut(name, NAME);
                    if at + 1 < through.len() {
                        text.push(',');
                    }
                    let label = format!("Show {name}, go-between to {community}");
                    person_link(ui, shown, (*person, &text, &label), inbox);
                }
            });
        });
        if posts > 0 {
            ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                pressed = opener_ui(ui, shown, (community, posts), open);
            });
        }
    });
    ui.spacing_mut().interact_size.y = height;
    pressed
}

/// "12 posts" with a triangle that tells whether they are open.
fn opener_ui(ui: &mut Ui, shown: Shown<'_>, (community, posts): (&str, u32), open: bool) -> bool {
    let sign = if open { "⏷" } else { "⏵" };
    let posts = figures::counted(u64::from(posts), "post", "posts");
    let text = RichText::new(format!("{posts} {sign}"))
        .small()
        .color(shown.colours.accent);
    let label = egui::Label::new(text)
        .sense(Sense::click())
        .selectable(false)
        .extend();
    let response = ui.add(label);
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    let name = format!("{posts} behind the ties with {community}");
    response.widget_info(|| WidgetInfo::selected(WidgetType::Button, true, open, &name));
    let response =
        response.on_hover_text("The latest posts between this person and that community");
    response.clicked()
}

/// The latest posts between the person and one community.
fn behind_ui(ui: &mut Ui, shown: Shown<'_>, id: PersonId, behind: &CommunityPosts) {
    Frame::new()
        .fill(shown.colours.hovered.gamma_multiply(0.4))
        .corner_radius(6)
        .inner_margin(Margin::symmetric(10, 7))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 2.0;
            let n = behind.latest.len();
            if (n as u32) < behind.posts {
                ui.label(RichText::new(format!("The latest {n}")).small().weak());
            }
            for post in &behind.latest {
                post_ui(ui, shown, id, *post);
            }
        });
}

/// Who wrote to whom, how and when; below, what.
fn post_ui(ui: &mut Ui, shown: Shown<'_>, id: PersonId, tie: TiePost) {
    let posts = &shown.map.results.conversation.posts;
    let Some(post) = posts.posts.get(tie.post as usize) else {
        return;
    };
    let (from, to) = if tie.by_person {
        (id, tie.other)
    } else {
        (tie.other, id)
    };
    let mut head = format!(
        "{} to {} · {}",
        shown.name(from),
        shown.name(to),
        tie.kind.word()
    );
    if let Some(time) = post.time() {
        head.push_str(" · ");
        head.push_str(&shown.model.timing.day(time));
    }
    ui.add_space(2.0);
    one_line(ui, RichText::new(head).small().weak());
    let text = posts.text(post).trim();
    if !text.is_empty() {
        let short = cut(text, LETTERS);
        let whole = short.len() >= text.len();
        let label = ui.add(egui::Label::new(RichText::new(short).small()).wrap());
        if !whole {
            label.on_hover_text(text);
        }
    }
}

/// `text`, cut with `…` after so many letters.
fn cut(text: &str, letters: usize) -> String {
    match text.char_indices().nth(letters) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text).trim_end()),
        None => text.to_owned(),
    }
}
