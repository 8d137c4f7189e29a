//! The left panel: communities with colour, name, people and reach; a click lights one alone, the eye hides it, a menu names,
//! colours and merges them.

use eframe::egui::{
    Align, Id, Key, Popup, Rect, Response, RichText, ScrollArea, Sense, TextEdit, TextStyle, Ui,
    UiBuilder, WidgetInfo, WidgetType, pos2, vec2,
};

use super::community_menu::community_menu_ui;
use super::figures;
use super::filters::is_of_part;
use super::icons::Icon;
use super::resolution::resolution_ui;
use super::shown::Shown;
use super::widgets::{
    cell, heading_text, icon_button_at, mark_all, named, nothing_here, row_ground, small_button,
};
use crate::analysis::CommunityId;
use crate::app::command::{Command, Tab};
use crate::people::PersonId;

/// Height of a row, in points.
const ROW: f32 = 44.0;

/// The community that is being given a name.
#[derive(Debug, Default)]
pub(super) struct Renaming {
    /// Which, and what is typed.
    pub(super) of: Option<(CommunityId, String)>,
    /// It was asked for just now: the field takes the keys.
    pub(super) begins: bool,
    /// The step to which how finely people are grouped is being drawn.
    pub(super) step: Option<usize>,
}

/// One line of the panel.
#[derive(Clone, Copy)]
enum Line {
    Community(CommunityId),
    SmallGroups,
    NoTies,
}

/// What a line says.
struct Said {
    name: String,
    below: String,
    tip: String,
}

/// Draws the panel.
pub(super) fn communities_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    renaming: &mut Renaming,
    inbox: &mut Vec<Command>,
) {
    ui.take_available_width(); // a panel is as wide as what it holds
    let lines = lines(shown);
    ui.horizontal(|ui| {
        ui.label(heading_text("Communities"));
        let all = shown.model.isolated.is_none() && shown.model.hidden.is_empty();
        ui.with_layout(eframe::egui::Layout::right_to_left(Align::Center), |ui| {
            if !all && ui.add(small_button("Show all")).clicked() {
                show_all(shown, inbox);
            }
        });
    });
    if lines.is_empty() {
        nothing_here(
            ui,
            "No communities",
            "Nobody in this file addresses anybody else, so there is nobody to group",
        );
        return;
    }
    resolution_ui(ui, shown, &mut renaming.step, inbox);
    ui.add_space(2.0);
    ui.spacing_mut().item_spacing.y = 2.0;
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .show_rows(ui, ROW, lines.len(), |ui, rows| {
            for line in lines.get(rows).unwrap_or_default() {
                line_ui(ui, shown, *line, renaming, inbox);
            }
        });
}

fn show_all(shown: Shown<'_>, inbox: &mut Vec<Command>) {
    if shown.model.isolated.is_some() {
        inbox.push(Command::Isolate(None));
    }
    let hidden = shown.model.hidden.iter().copied();
    let (small, large): (Vec<_>, Vec<_>) =
        hidden.partition(|&id| shown.community(id).is_some_and(|c| c.small));
    let show = |community| Command::SetCommunityShown(community, true);
    inbox.extend(large.into_iter().map(show));
    if !small.is_empty() {
        inbox.push(Command::SetSmallGroupsShown(true));
    }
}

/// Large communities by size, then what is left over, where there is such.
fn lines(shown: Shown<'_>) -> Vec<Line> {
    let list = &shown.analysis().communities.list;
    let mut lines: Vec<Line> = (0..list.len() as u32)
        .map(CommunityId)
        .filter(|&id| shown.community(id).is_some_and(|c| !c.small))
        .map(Line::Community)
        .collect();
    if list.iter().any(|community| community.small) {
        lines.push(Line::SmallGroups);
    }
    if no_ties(shown) > 0 {
        lines.push(Line::NoTies);
    }
    lines
}

fn no_ties(shown: Shown<'_>) -> u64 {
    let part = shown.model.part.as_ref().filter(|_| is_of_part(shown));
    if let Some(part) = part {
        return part.counts.people.saturating_sub(part.counts.tied); // of those who are shown
    }
    let communities = &shown.analysis().communities;
    // Everybody else is a member of one: not counted one by one in every picture.
    let members: u64 = communities.list.iter().map(|c| u64::from(c.people)).sum();
    (communities.of.len() as u64).saturating_sub(members)
}

/// Everybody who is shown and has no tie, in order.
fn without_ties(shown: Shown<'_>) -> Vec<PersonId> {
    let part = shown.model.part.as_ref().filter(|_| is_of_part(shown));
    let of = shown.analysis().communities.of.iter().zip(0..);
    let alone = of.filter(|(home, _)| home.is_none());
    let alone = alone.map(|(_, person)| PersonId(person));
    alone
        .filter(|person| part.is_none_or(|part| part.has(*person)))
        .collect()
}

fn small_groups(shown: Shown<'_>) -> impl Iterator<Item = CommunityId> {
    let list = &shown.analysis().communities.list;
    (0..list.len() as u32)
        .map(CommunityId)
        .filter(move |&id| shown.community(id).is_some_and(|c| c.small))
}

fn said(shown: Shown<'_>, line: Line) -> Said {
    match line {
        Line::Community(id) => {
            let Some(community) = shown.community(id) else {
                return Said {
                    name: String::new(),
                    below: String::new(),
                    tip: String::new(),
                };
            };
            let words = if community.words.is_empty() {
                String::new()
            } else {
                format!("\nWords: {}", community.words.join(", "))
            };
            Said {
                name: community.name.clone(),
                below: format!(
                    "{} · reach {}",
                    figures::people(u64::from(community.people)),
                    figures::short(community.reach)
                ),
                tip: format!(
                    "{}\n{}, {} inside, {} to others{words}\nClick to light it alone and read about it",
                    community.name,
                    figures::people(u64::from(community.people)),
                    figures::counted(community.ties_inside, "tie", "ties"),
                    figures::whole(community.ties_outside),
                ),
            }
        }
        Line::SmallGroups => {
            let list = &shown.analysis().communities.list;
            let small = list.iter().filter(|community| community.small);
            let people: u64 = small.clone().map(|c| u64::from(c.people)).sum();
            Said {
                name: "Small groups".to_owned(),
                below: format!(
                    "{} in {}",
                    figures::people(people),
                    figures::counted(small.count() as u64, "group", "groups")
                ),
                tip: "Groups too small to count as a community".to_owned(),
            }
        }
        Line::NoTies => Said {
            name: "No ties".to_owned(),
            below: format!("{}, not drawn", figures::people(no_ties(shown))),
            tip: "People who address nobody and whom nobody addresses\nClick to select them: the Person tab tells how far they \
                  reach and what they write about"
                .to_owned(),
        },
    }
}

/// As much of what is said of a community as fits: what has no room is in the tooltip, and a word cut in half says nothing.
fn fitting<'a>(ui: &Ui, said: &'a Said, room: f32) -> &'a str {
    let font = TextStyle::Small.resolve(ui.style());
    let fits = |words: &str| {
        let colour = ui.visuals().text_color();
        let galley = ui
            .painter()
            .layout_no_wrap(words.to_owned(), font.clone(), colour);
        galley.size().x <= room
    };
    let shorter = said.below.split(" · ").next().unwrap_or_default();
    if shorter.is_empty() || fits(&said.below) {
        &said.below
    } else {
        shorter
    }
}

fn line_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    line: Line,
    renaming: &mut Renaming,
    inbox: &mut Vec<Command>,
) {
    let said = said(shown, line);
    let colours = shown.colours;
    let (id, hidden) = match line {
        Line::Community(id) => (Some(id), shown.model.hidden.contains(&id)),
        Line::SmallGroups => (
            None,
            small_groups(shown).all(|id| shown.model.hidden.contains(&id)),
        ),
        Line::NoTies => (None, false),
    };
    let is_button = !matches!(line, Line::SmallGroups);
    let sense = if is_button {
        Sense::click()
    } else {
        Sense::hover()
    };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), sense);
    response.widget_info(|| {
        let kind = if is_button {
            WidgetType::Button
        } else {
            WidgetType::Label
        };
        WidgetInfo::labeled(kind, true, format!("{}, {}", said.name, said.below))
    });
    let lit = id.is_some() && shown.model.isolated == id;
    row_ground(ui, rect, &response, lit, colours);
    let text = if hidden { colours.weak } else { colours.text };
    let mark = if hidden {
        colours.line
    } else {
        shown.community_colour(id)
    };
    ui.painter()
        .circle_filled(pos2(rect.left() + 14.0, rect.top() + 14.5), 5.5, mark);
    let below_eye = pos2(rect.right() - 16.0, rect.bottom() - 9.5);
    let eye = Rect::from_center_size(
        pos2(rect.right() - 16.0, rect.top() + 15.0),
        vec2(26.0, 26.0),
    );
    let room = rect.left() + 28.0..=eye.left() - 4.0;
    let upper = Rect::from_x_y_ranges(room, rect.top() + 4.0..=rect.top() + 24.0);
    if id.is_none() || !name_ui(ui, upper, id, renaming, inbox) {
        cell(ui, upper, &said.name, text, Align::Min);
    }
    let is_near = ui.rect_contains_pointer(rect);
    let about = id.filter(|_| is_near || about_shown(ui, shown, id));
    let gap = if about.is_some() { 32.0 } else { 4.0 };
    let room = rect.left() + 28.0..=eye.left() - gap;
    let lower = Rect::from_x_y_ranges(room, rect.top() + 23.0..=rect.bottom() - 4.0);
    let below = RichText::new(fitting(ui, &said, lower.width())).text_style(TextStyle::Small);
    cell(ui, lower, below, colours.weak, Align::Min);
    if let Some(id) = id.filter(|_| response.clicked()) {
        // A second click lights all again, and its page stays. The second of a double-click is not another wish: what the first did
        // stays, one step to be undone.
        let is_double = response.double_clicked();
        if !is_double {
            inbox.push(Command::Isolate((!lit).then_some(id)));
        }
        if !lit || is_double {
            inbox.push(Command::ShowCommunity(Some(id)));
        }
    }
    if matches!(line, Line::NoTies) && response.clicked() {
        inbox.push(Command::Select(without_ties(shown)));
        inbox.push(Command::ShowTab(Tab::Person));
    }
    if let Some(id) = id {
        Popup::context_menu(&response).show(|ui| community_menu_ui(ui, shown, id, renaming, inbox));
    }
    response.on_hover_text(&said.tip);
    eye_ui(ui, shown, eye, line, (&said.name, hidden), inbox);
    if let Some(id) = id {
        let place = Rect::from_center_size(below_eye, vec2(26.0, 17.0));
        let at = place.translate(vec2(-28.0, 0.0));
        about_ui(ui, shown, (at, about.is_some()), (id, &said.name), inbox);
        let button = more_ui(ui, shown, place, id, &said.name);
        Popup::menu(&button).show(|ui| community_menu_ui(ui, shown, id, renaming, inbox));
    }
}

fn about_id(ui: &Ui, id: CommunityId) -> Id {
    ui.id().with(("about", id.0))
}

/// Whether the small button by which the card is opened is drawn though the pointer is elsewhere: the card is open, or the
/// button has the keys.
fn about_shown(ui: &Ui, shown: Shown<'_>, id: Option<CommunityId>) -> bool {
    id.is_some_and(|id| {
        let has_keys = ui.memory(|memory| memory.has_focus(about_id(ui, id)));
        has_keys || shown.model.community == Some(id)
    })
}

/// The small button by which the card of a community is opened. It is always there for the keys, and drawn where it is `drawn`.
fn about_ui(
    ui: &Ui,
    shown: Shown<'_>,
    (rect, drawn): (Rect, bool),
    (id, name): (CommunityId, &str),
    inbox: &mut Vec<Command>,
) {
    let button = ui.interact(rect, about_id(ui, id), Sense::click());
    let open = shown.model.community == Some(id);
    let colours = shown.colours;
    let colour = if open { colours.accent } else { colours.weak };
    if drawn {
        icon_button_at(ui, rect, &button, Icon::About, colour);
    }
    let words = format!("About {name}");
    button.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &words));
    let command = Command::ShowCommunity(Some(id));
    let button = button.on_hover_text(command.words().tooltip);
    if button.clicked() {
        inbox.push(command);
    }
}

/// The small button by which the menu of a community is opened.
fn more_ui(ui: &Ui, shown: Shown<'_>, rect: Rect, id: CommunityId, name: &str) -> Response {
    let button = ui.interact(rect, ui.id().with(("more", id.0)), Sense::click());
    icon_button_at(ui, rect, &button, Icon::More, shown.colours.weak);
    let words = format!("Menu of {name}");
    button.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &words));
    button.on_hover_text("Rename, colour, merge, split")
}

/// The field in the place of the name while that is being typed: Enter gives it, Escape leaves it as it was. False where no
/// name is being typed.
pub(super) fn name_ui(
    ui: &mut Ui,
    rect: Rect,
    id: Option<CommunityId>,
    renaming: &mut Renaming,
    inbox: &mut Vec<Command>,
) -> bool {
    let Some((of, typed)) = renaming.of.as_mut().filter(|(of, _)| Some(*of) == id) else {
        return false;
    };
    let of = *of;
    let field = Id::new(("name of community", of.0));
    if std::mem::take(&mut renaming.begins) {
        ui.memory_mut(|memory| memory.request_focus(field));
        mark_all(ui.ctx(), field, typed);
    }
    let edit = TextEdit::singleline(typed)
        .id(field)
        .margin(vec2(2.0, 0.0))
        .desired_width(rect.width());
    // In a room of its own, so that the rows below stay where they are.
    let mut room = ui.new_child(UiBuilder::new().id_salt(field).max_rect(rect));
    let response = room.put(rect, edit);
    named(&response, "Name of the community");
    if response.lost_focus() {
        if ui.input(|input| input.key_pressed(Key::Enter)) {
            inbox.push(Command::NameCommunity(of, std::mem::take(typed)));
        }
        renaming.of = None;
    }
    true
}

fn eye_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    rect: Rect,
    line: Line,
    (name, hidden): (&str, bool),
    inbox: &mut Vec<Command>,
) {
    let (command, at) = match line {
        Line::NoTies => return,
        Line::Community(id) => (Command::SetCommunityShown(id, hidden), Some(id.0)),
        Line::SmallGroups => (Command::SetSmallGroupsShown(hidden), None),
    };
    let id = ui.id().with(("eye", name, at));
    let eye = ui.interact(rect, id, Sense::click());
    let (icon, verb) = if hidden {
        (Icon::EyeOff, "Show")
    } else {
        (Icon::Eye, "Hide")
    };
    icon_button_at(ui, rect, &eye, icon, shown.colours.weak);
    eye.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, format!("{verb} {name}")));
    if eye.clicked() {
        inbox.push(command);
    }
    eye.on_hover_text(format!("{verb} {name}"));
}
