//! The Changes tab: what has become of communities, bridges, the list and people since the file before.

use eframe::egui::{
    Align, Id, Rect, Response, RichText, ScrollArea, Sense, TextStyle, Ui, UiBuilder, WidgetInfo,
    WidgetType, pos2, vec2,
};

use super::PanelState;
use super::figures;
use super::rows::Rows;
use super::shown::Shown;
use super::widgets::{cell, command_button, headline, notice, row_ground};
use crate::app::changed::Changed;
use crate::app::command::{Command, Table};
use crate::app::theme;
use crate::changes::{Both, BridgeChange, Changes, CommunityChange, Fate, Listed};
use crate::people::PersonId;

/// Height of a line, in points.
const LINE: f32 = 42.0;
/// Lines drawn beyond what is seen, so that the keys can go there.
const MARGIN: usize = 2;

/// A part of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Communities,
    NewBridges,
    LostBridges,
    List,
    Moved,
    New,
    Gone,
}

/// The parts that are folded.
#[derive(Debug, Default)]
pub(super) struct Folded([bool; Part::ALL.len()]);

/// What stands in one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    /// The head of a part.
    Head(Part),
    /// The row in this place of a part.
    Row(Part, usize),
    /// That there is nothing in this part.
    Nothing(Part),
}

impl Part {
    const ALL: [Self; 7] = [
        Self::Communities,
        Self::NewBridges,
        Self::LostBridges,
        Self::List,
        Self::Moved,
        Self::New,
        Self::Gone,
    ];

    fn title(self) -> &'static str {
        match self {
            Self::Communities => "Communities",
            Self::NewBridges => "New bridges",
            Self::LostBridges => "Lost bridges",
            Self::List => "People on the list",
            Self::Moved => "Moved to another community",
            Self::New => "New people",
            Self::Gone => "People who are gone",
        }
    }

    /// What is said where there is no row.
    fn nothing(self) -> &'static str {
        match self {
            Self::Communities => "Neither file has communities",
            Self::NewBridges => "Nobody became a bridge who was none before",
            Self::LostBridges => "Everybody who was a bridge is still one",
            Self::List => "Nobody is on the outreach list",
            Self::Moved => "Nobody is surely in another community",
            Self::New => "Nobody is new",
            Self::Gone => "Nobody is gone",
        }
    }

    fn n_rows(self, changes: &Changes) -> usize {
        match self {
            Self::Communities => changes.matched.len(),
            Self::NewBridges => changes.new_bridges.len(),
            Self::LostBridges => changes.lost_bridges.len(),
            Self::List => changes.list.len(),
            Self::Moved => changes.moved.len(),
            Self::New => changes.new.first.len(),
            Self::Gone => changes.gone.first.len(),
        }
    }

    /// How many there are in all: of many people only the first have a row.
    fn n(self, changes: &Changes) -> usize {
        match self {
            Self::New => changes.new.keys.len(),
            Self::Gone => changes.gone.keys.len(),
            _ => self.n_rows(changes),
        }
    }

    /// Lines besides the head.
    fn n_lines(self, changes: &Changes, folded: &Folded) -> usize {
        if folded.0[self as usize] {
            0
        } else {
            self.n_rows(changes).max(1)
        }
    }
}

/// The line in this place.
fn line_at(mut at: usize, changes: &Changes, folded: &Folded) -> Option<Line> {
    for part in Part::ALL {
        if at == 0 {
            return Some(Line::Head(part));
        }
        at -= 1;
        let n = part.n_lines(changes, folded);
        if at < n {
            let empty = part.n_rows(changes) == 0;
            return Some(if empty {
                Line::Nothing(part)
            } else {
                Line::Row(part, at)
            });
        }
        at -= n;
    }
    None
}

/// Draws the tab.
pub(super) fn changes_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    state: &mut PanelState,
    inbox: &mut Vec<Command>,
) {
    let Some(changed) = &shown.model.changes else {
        return;
    };
    let changes = &changed.changes;
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .show(ui, |ui| {
            headline(ui, &changes.words(), shown.colours);
            for warning in changes.warnings() {
                notice(ui, &warning, shown.colours);
            }
            ui.add_space(4.0);
            let before = format!("Before: {}", changes.titles.before);
            ui.add(eframe::egui::Label::new(RichText::new(before).small().weak()).truncate());
            command_button(ui, true, Command::CopyTable(Table::Changes), inbox);
            ui.add_space(theme::NEAR);
            lines_ui(
                ui,
                shown,
                changed,
                (&mut state.changes, &mut state.rows),
                inbox,
            );
            ui.add_space(theme::FAR);
        });
}

/// Draws the lines that are seen.
fn lines_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    changed: &Changed,
    (folded, rows): (&mut Folded, &mut Rows),
    inbox: &mut Vec<Command>,
) {
    let changes = &changed.changes;
    let lines = Part::ALL.map(|part| 1 + part.n_lines(changes, folded));
    let n: usize = lines.iter().sum();
    let (_, all) = ui.allocate_space(vec2(ui.available_width(), LINE * n as f32));
    let line_rect = |at: usize| {
        let top = all.top() + LINE * at as f32;
        Rect::from_min_size(pos2(all.left(), top), vec2(all.width(), LINE - 1.0))
    };
    let seen = ui.clip_rect();
    let at = |y: f32| ((y - all.top()) / LINE).max(0.0) as usize;
    let first = at(seen.top()).saturating_sub(MARGIN).min(n);
    let last = (at(seen.bottom()) + 1 + MARGIN).min(n);
    rows.begin();
    let mut fold = None;
    let ui = &mut ui.new_child(UiBuilder::new().id_salt("changes").max_rect(all));
    for at in first..last {
        let rect = line_rect(at);
        let Some(line) = line_at(at, changes, folded) else {
            continue;
        };
        let (response, person) = match line {
            Line::Head(part) => {
                let response = head_ui(ui, shown, (part, changes), !folded.0[part as usize], rect);
                if response.clicked() {
                    fold = Some(part);
                }
                (response, None)
            }
            Line::Nothing(part) => (nothing_ui(ui, shown, part, rect), None),
            Line::Row(part, place) => row_ui(ui, shown, changes, (part, place), rect, inbox),
        };
        rows.row(ui, &response, (at, n), person);
    }
    if let Some(to) = rows.wanted() {
        ui.scroll_to_rect(line_rect(to), None);
        ui.ctx().request_repaint();
    }
    if let Some(part) = fold {
        folded.0[part as usize] ^= true;
        ui.ctx().request_repaint();
    }
}

/// The head of a part: a click folds it.
fn head_ui(
    ui: &Ui,
    shown: Shown<'_>,
    (part, changes): (Part, &Changes),
    open: bool,
    rect: Rect,
) -> Response {
    let colours = shown.colours;
    let response = ui.interact(
        rect,
        Id::new(("change head", part as usize)),
        Sense::click(),
    );
    let (n, n_rows) = (part.n(changes), part.n_rows(changes));
    let count = figures::whole(n as u64);
    let label = format!("{}, {count}", part.title());
    response.widget_info(|| WidgetInfo::selected(WidgetType::CollapsingHeader, true, open, &label));
    if response.hovered() {
        row_ground(ui, rect, &response, false, colours);
    }
    let text_rect = Rect::from_min_max(pos2(rect.left() + 4.0, rect.top() + 14.0), rect.max);
    let title = RichText::new(part.title()).strong();
    cell(
        ui,
        text_rect.with_max_x(rect.right() - 96.0),
        title,
        colours.text,
        Align::Min,
    );
    let count = if n > n_rows {
        format!("first {n_rows} of {count}")
    } else {
        count
    };
    let count_rect = text_rect.with_min_x(rect.right() - 150.0);
    let count_rect = count_rect.with_max_x(rect.right() - 26.0);
    cell(
        ui,
        count_rect,
        RichText::new(count).small(),
        colours.weak,
        Align::Max,
    );
    let sign = if open { "⏷" } else { "⏵" };
    let place = text_rect.with_min_x(rect.right() - 22.0);
    cell(ui, place, sign, colours.weak, Align::Center);
    response
}

fn nothing_ui(ui: &Ui, shown: Shown<'_>, part: Part, rect: Rect) -> Response {
    let response = ui.interact(
        rect,
        Id::new(("no change", part as usize)),
        Sense::focusable_noninteractive(),
    );
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, part.nothing()));
    let room = rect.with_min_x(rect.left() + 4.0);
    let text = RichText::new(part.nothing());
    cell(ui, room, text, shown.colours.weak, Align::Min);
    response
}

/// One row: a click shows the person, or lights the community, where they are on the map.
fn row_ui(
    ui: &Ui,
    shown: Shown<'_>,
    changes: &Changes,
    (part, place): (Part, usize),
    rect: Rect,
    inbox: &mut Vec<Command>,
) -> (Response, Option<PersonId>) {
    let words = row_words(changes, part, place).unwrap_or_default();
    let graph = &shown.map.results.graph;
    let known = words.key.as_deref().and_then(|key| graph.find(key));
    let person = known.filter(|_| part != Part::Communities);
    let sense = if known.is_some() {
        Sense::click()
    } else {
        Sense::focusable_noninteractive() // the keys come past it
    };
    let response = ui.interact(rect, Id::new(("change", part as usize, place)), sense);
    let selected = person.is_some_and(|id| shown.model.is_selected(id));
    let label = format!("{}: {}", words.title, words.below);
    response.widget_info(|| {
        if known.is_some() {
            WidgetInfo::selected(WidgetType::Button, true, selected, &label)
        } else {
            WidgetInfo::labeled(WidgetType::Label, true, &label)
        }
    });
    row_ground(ui, rect, &response, selected, shown.colours);
    let cut = row_text(ui, shown, (&words, known), rect);
    if response.clicked() {
        inbox.extend(match (person, known) {
            (Some(id), _) => Some(Command::ShowPerson(id)),
            (None, Some(member)) => {
                let community = shown.community_of(member);
                let lit = shown.model.isolated == community;
                Some(Command::Isolate(community.filter(|_| !lit)))
            }
            (None, None) => None,
        });
    }
    let response = if cut {
        response.on_hover_text(format!("{}\n{}", words.title, words.below))
    } else {
        response
    };
    (response, person)
}

/// Dot, title and what stands below. Returns whether any of it was cut.
fn row_text(
    ui: &Ui,
    shown: Shown<'_>,
    (words, known): (&RowWords, Option<PersonId>),
    rect: Rect,
) -> bool {
    let colours = shown.colours;
    let spot = pos2(rect.left() + 9.0, rect.top() + 13.0);
    if let Some(id) = known {
        ui.painter()
            .circle_filled(spot, 4.5, shown.person_colour(id));
    } else {
        // Nobody of this map.
        let line = eframe::egui::Stroke::new(1.2, colours.weak);
        ui.painter().circle_stroke(spot, 3.8, line);
    }
    let (top, bottom) = (rect.top(), rect.bottom());
    let x = rect.left() + 20.0..=rect.right() - 4.0;
    let upper = Rect::from_x_y_ranges(x.clone(), top + 3.0..=top + 24.0);
    let lower = Rect::from_x_y_ranges(x, top + 22.0..=bottom - 1.0);
    let small = RichText::new(&words.below).text_style(TextStyle::Small);
    let cut = cell(ui, upper, &words.title, colours.text, Align::Min);
    cell(ui, lower, small, colours.weak, Align::Min) || cut
}

/// What stands in a row.
#[derive(Debug, Default)]
struct RowWords {
    /// Who it is about; of a community one member now.
    key: Option<String>,
    title: String,
    below: String,
}

fn row_words(changes: &Changes, part: Part, place: usize) -> Option<RowWords> {
    Some(match part {
        Part::Communities => community_words(changes.matched.get(place)?),
        Part::NewBridges => bridge_words(changes, changes.new_bridges.get(place)?),
        Part::LostBridges => bridge_words(changes, changes.lost_bridges.get(place)?),
        Part::List => listed_words(changes.list.get(place)?),
        Part::Moved => {
            let moved = changes.moved.get(place)?;
            let Both { before, after } = &moved.community;
            person_words(&moved.person, &moved.name, format!("{before} → {after}"))
        }
        Part::New | Part::Gone => {
            let people = if part == Part::New {
                &changes.new
            } else {
                &changes.gone
            };
            let who = people.first.get(place)?;
            let ties = figures::counted(who.connections.into(), "connection", "connections");
            person_words(
                &who.person,
                &who.name,
                format!("{} · {ties}", who.community),
            )
        }
    })
}

fn person_words(key: &str, name: &str, below: String) -> RowWords {
    RowWords {
        key: Some(key.to_owned()),
        title: name.to_owned(),
        below,
    }
}

fn community_words(row: &CommunityChange) -> RowWords {
    let people = |n: u32| figures::people(n.into());
    let (before, after) = (row.before.as_ref(), row.after.as_ref());
    let name = |then: Option<&crate::changes::CommunityThen>| {
        then.map_or_else(String::new, |then| then.name.clone())
    };
    let (was, is) = (name(before), name(after));
    let n = |then: Option<&crate::changes::CommunityThen>| then.map_or(0, |then| then.people);
    let shared = figures::whole(row.shared);
    let (title, below) = match row.fate {
        Fate::Same => {
            let title = if was == is {
                is
            } else {
                format!("{was} → {is}")
            };
            let counts = format!(
                "{} → {}",
                figures::whole(n(before).into()),
                people(n(after))
            );
            (title, format!("Still there · {counts}, {shared} in both"))
        }
        Fate::New => (is, format!("New · {}", people(n(after)))),
        Fate::Gone => (was, format!("Gone · {}", people(n(before)))),
        Fate::SplitOff => (
            is,
            format!(
                "Split off from {was} · {}, {shared} of them from there",
                people(n(after))
            ),
        ),
        Fate::Merged => (
            was,
            format!(
                "Merged into {is} · {}, {shared} of them there now",
                people(n(before))
            ),
        ),
    };
    RowWords {
        key: after.map(|then| then.member.clone()),
        title,
        below,
    }
}

fn bridge_words(changes: &Changes, bridge: &BridgeChange) -> RowWords {
    let Both { before, after } = changes.rank_words(bridge);
    let below = format!("Rank {before} → {after} · {}", bridge.who.community);
    person_words(&bridge.who.person, &bridge.who.name, below)
}

fn listed_words(listed: &Listed) -> RowWords {
    let status = listed.status.words();
    let words = match (listed.standing.before, listed.standing.after) {
        (Some(before), Some(after)) => {
            let pair = |a: u32, b: u32| {
                format!(
                    "{} → {}",
                    figures::whole(a.into()),
                    figures::whole(b.into())
                )
            };
            format!(
                "rank {}, {} connections, {} across, {} communities reached, bridge score {} → {}",
                pair(before.rank, after.rank),
                pair(before.connections, after.connections),
                pair(before.connections_across, after.connections_across),
                pair(before.communities_reached, after.communities_reached),
                figures::amount(before.score),
                figures::amount(after.score)
            )
        }
        (Some(before), None) => format!("gone, was rank {}", figures::whole(before.rank.into())),
        (None, Some(after)) => format!("new, rank {}", figures::whole(after.rank.into())),
        (None, None) => "in neither file".to_owned(),
    };
    person_words(&listed.person, &listed.name, format!("{status} · {words}"))
}
