//! Bridges by pair: a square for each two communities, and below who joins the two, or who is nearest to it.

use std::sync::{Arc, Weak};

use eframe::egui::{
    self, Align, Align2, Color32, Id, Layout, Rect, Response, RichText, ScrollArea, Sense, Stroke,
    StrokeKind, TextStyle, Ui, UiBuilder, WidgetInfo, WidgetType, pos2, vec2,
};

use super::figures;
use super::icons::Icon;
use super::person::person_link;
use super::shown::Shown;
use super::widgets::{cell, dot, icon_button, nothing_here, one_line};
use crate::analysis::{CommunityId, Connector, Nearest, Pair, Pairs};
use crate::app::command::Command;
use crate::app::theme;
use crate::app::words::{Measure, measure_tip};
use crate::people::PersonId;

/// Sides of a square: the least and the most, in points.
const SIDE: [f32; 2] = [13.0, 40.0];
/// Room for names before the rows: the least and the most, in points.
const NAMES: [f32; 2] = [96.0, 170.0];
/// Room for names above the columns, in points.
const ABOVE: f32 = 104.0;
/// Squares from this side on have room for a number, in points.
const NUMBERED: f32 = 27.0;

/// Which pair is looked at.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    pair: Option<[CommunityId; 2]>,
    /// Among these; of another map communities have other numbers.
    of: Weak<Pairs>,
}

/// Draws the squares, and what lies between the two communities of the chosen one.
pub(super) fn pairs_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    chosen: &mut Chosen,
    inbox: &mut Vec<Command>,
) {
    let Some(pairs) = &shown.map.closer.pairs else {
        ui.label(RichText::new("Counting the ties between communities…").weak());
        return;
    };
    if !std::ptr::eq(chosen.of.as_ptr(), Arc::as_ptr(pairs)) {
        *chosen = Chosen {
            pair: None,
            of: Arc::downgrade(pairs),
        };
    }
    let pairs = pairs.as_ref();
    if pairs.list.is_empty() {
        nothing_here(
            ui,
            "No pairs yet",
            "It takes two communities that are no small groups to see what lies between them",
        );
        return;
    }
    ui.label(RichText::new(summary(shown, pairs)).small().weak());
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .show(ui, |ui| {
            matrix_ui(ui, shown, pairs, chosen);
            marks_ui(ui, shown);
            let pair = chosen
                .pair
                .and_then(|both| pairs.list.iter().find(|pair| pair.communities == both));
            if let Some(pair) = pair {
                pair_ui(ui, shown, pair, inbox);
            } else {
                ui.add_space(theme::NEAR);
                let hint = "Click a square to see who joins the two, or who is nearest to it";
                ui.add(egui::Label::new(RichText::new(hint).weak()).wrap());
            }
        });
}

/// How many pairs are joined, and how many communities are not shown.
fn summary(shown: Shown<'_>, pairs: &Pairs) -> String {
    let gaps = pairs.list.iter().filter(|pair| pair.is_gap()).count() as u64;
    let all = figures::counted(pairs.list.len() as u64, "pair", "pairs");
    let words = if gaps == 0 {
        format!("Somebody joins each of {all} of communities")
    } else {
        let gaps = figures::whole(gaps);
        format!("Nobody joins {gaps} of {all} of communities")
    };
    let large = shown.analysis().communities.n_large();
    let n = pairs.communities.len();
    if large > n {
        return format!("{words}; the {n} largest of {large} are shown");
    }
    words
}

/// Where everything stands.
struct Grid {
    side: f32,
    names: f32,
    from: egui::Pos2,
    n: usize,
}

impl Grid {
    fn of(ui: &mut Ui, n: usize) -> Self {
        let width = ui.available_width() - 10.0;
        let names = (width * 0.34).clamp(NAMES[0], NAMES[1]);
        let side = ((width - names) / n as f32).clamp(SIDE[0], SIDE[1]).floor();
        let size = vec2(names + side * n as f32, ABOVE + side * n as f32);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        Self {
            side,
            names,
            from: rect.min + vec2(names, ABOVE),
            n,
        }
    }

    fn square(&self, row: usize, column: usize) -> Rect {
        let at = vec2(column as f32, row as f32) * self.side;
        Rect::from_min_size(self.from + at, vec2(self.side, self.side)).shrink(1.0)
    }

    fn whole(&self) -> Rect {
        let side = self.side * self.n as f32;
        Rect::from_min_size(self.from, vec2(side, side))
    }

    /// The row and the column of the square at this place, but for a community with itself.
    fn at(&self, place: egui::Pos2) -> Option<(usize, usize)> {
        let at = (place - self.from) / self.side;
        let (column, row) = (at.x.floor(), at.y.floor());
        let inside = |v: f32| v >= 0.0 && v < self.n as f32;
        let found = (row as usize, column as usize);
        (inside(row) && inside(column) && found.0 != found.1).then_some(found)
    }
}

/// The squares with the communities along both sides. Each pair stands in it twice; below the middle it has a name and takes the
/// keys, above it only the pointer.
fn matrix_ui(ui: &mut Ui, shown: Shown<'_>, pairs: &Pairs, chosen: &mut Chosen) {
    let grid = Grid::of(ui, pairs.communities.len());
    sides_ui(ui, shown, pairs, &grid);
    let most = pairs.list.iter().map(|pair| pair.times_chance);
    let most = most.fold(0.0, f64::max).max(f64::MIN_POSITIVE);
    let whole = ui.interact(grid.whole(), Id::new("pairs"), Sense::CLICK);
    let mut pressed = whole
        .clicked()
        .then(|| whole.interact_pointer_pos())
        .flatten();
    for row in 0..grid.n {
        for column in 0..grid.n {
            let square = grid.square(row, column);
            let Some(pair) = pairs.of(row, column) else {
                let colour = shown.community_colour(pairs.communities.get(row).copied());
                ui.painter().circle_filled(square.center(), 3.0, colour);
                continue;
            };
            let share = (pair.times_chance / most) as f32;
            let is_chosen = chosen.pair == Some(pair.communities);
            square_ui(ui, shown, (pair, share), square, is_chosen);
            if column < row {
                let id = Id::new(("pair", row, column));
                let response = ui.interact(square, id, Sense::click());
                let name = said(shown, pair);
                response.widget_info(|| {
                    WidgetInfo::selected(WidgetType::Button, true, is_chosen, &name)
                });
                if response.gained_focus() {
                    response.scroll_to_me(None);
                }
                if response.clicked() {
                    pressed = Some(square.center());
                }
                tip_ui(response, shown, pair);
            }
        }
    }
    let over = whole.hover_pos().and_then(|at| grid.at(at));
    if let Some((row, column)) = over {
        let colour = shown.colours.text;
        let square = grid.square(row, column);
        let line = Stroke::new(1.0, colour);
        ui.painter()
            .rect_stroke(square, 3, line, StrokeKind::Inside);
        if let Some(pair) = pairs.of(row, column) {
            tip_ui(whole, shown, pair);
        }
    }
    if let Some(pair) = pressed
        .and_then(|at| grid.at(at))
        .and_then(|(row, column)| pairs.of(row, column))
    {
        let again = chosen.pair == Some(pair.communities);
        chosen.pair = (!again).then_some(pair.communities);
    }
}

fn tip_ui(response: Response, shown: Shown<'_>, pair: &Pair) {
    response.on_hover_ui(|ui| {
        ui.label(said(shown, pair));
        ui.label(RichText::new(chance(pair)).weak());
    });
}

/// Colour and name of every community, before its row and above its column.
fn sides_ui(ui: &Ui, shown: Shown<'_>, pairs: &Pairs, grid: &Grid) {
    let colours = shown.colours;
    let font = TextStyle::Small.resolve(ui.style());
    for (at, community) in pairs.communities.iter().enumerate() {
        let (name, colour) = (
            shown.community_name(Some(*community)),
            shown.community_colour(Some(*community)),
        );
        let square = grid.square(at, 0);
        let left = square.left() - grid.names;
        let middle = square.center().y;
        ui.painter()
            .circle_filled(pos2(left + 6.0, middle), 4.5, colour);
        let room = Rect::from_min_max(
            pos2(left + 15.0, square.top()),
            pos2(square.left() - 6.0, square.bottom()),
        );
        let text = RichText::new(name).font(font.clone());
        cell(ui, room, text, colours.text, Align::Min);

        let square = grid.square(0, at);
        let foot = pos2(square.center().x, square.top() - 4.0);
        let galley = egui::WidgetText::from(RichText::new(name).font(font.clone())).into_galley(
            ui,
            Some(egui::TextWrapMode::Truncate),
            ABOVE - 10.0,
            TextStyle::Small,
        );
        let at = foot - vec2(galley.size().y / 2.0, 0.0);
        let text = egui::epaint::TextShape::new(at, galley, colours.text);
        ui.painter()
            .add(text.with_angle(-std::f32::consts::FRAC_PI_2));
    }
}

/// One square: the stronger the ties beside chance, the fuller; gaps have a frame.
fn square_ui(
    ui: &Ui,
    shown: Shown<'_>,
    (pair, share): (&Pair, f32),
    square: Rect,
    is_chosen: bool,
) {
    let colours = shown.colours;
    if !ui.is_rect_visible(square) {
        return;
    }
    let fill = shade(colours.bar, colours.accent, share);
    ui.painter().rect_filled(square, 3, fill);
    if pair.is_gap() {
        gap_mark(ui, square, colours.warn);
    }
    if square.width() >= NUMBERED {
        let font = TextStyle::Small.resolve(ui.style());
        let text = figures::short(pair.ties as f64);
        let apart = |colour: &Color32| (colour.intensity() - fill.intensity()).abs();
        let colour = if apart(&colours.on_accent) > apart(&colours.text) {
            colours.on_accent
        } else {
            colours.text
        };
        ui.painter()
            .text(square.center(), Align2::CENTER_CENTER, text, font, colour);
    }
    if is_chosen {
        let line = Stroke::new(2.0, colours.text);
        ui.painter()
            .rect_stroke(square, 3, line, StrokeKind::Outside);
    }
}

fn gap_mark(ui: &Ui, square: Rect, colour: Color32) {
    let line = Stroke::new(1.5, colour);
    ui.painter()
        .rect_stroke(square.shrink(0.5), 3, line, StrokeKind::Inside);
}

/// Between two colours: 0 gives the first, 1 the second.
fn shade(from: Color32, to: Color32, share: f32) -> Color32 {
    from.lerp_to_gamma(to, share.clamp(0.0, 1.0).sqrt())
}

/// What shade and frame mean.
fn marks_ui(ui: &mut Ui, shown: Shown<'_>) {
    let colours = shown.colours;
    ui.add_space(2.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 5.0;
        for share in [0.0, 0.3, 1.0] {
            let (rect, _) = ui.allocate_exact_size(vec2(11.0, 11.0), Sense::hover());
            let fill = shade(colours.bar, colours.accent, share);
            ui.painter().rect_filled(rect, 3, fill);
        }
        ui.label(RichText::new("stronger ties for their size").small().weak())
            .on_hover_text(measure_tip(Measure::TimesChance));
        ui.add_space(8.0);
        let (rect, _) = ui.allocate_exact_size(vec2(11.0, 11.0), Sense::hover());
        gap_mark(ui, rect, colours.warn);
        ui.label(RichText::new("gap").small().weak()).on_hover_text(
            "Nobody in either community has at least one tie more into the other than expected",
        );
    });
}

/// "Foodies and News: 132 ties, 4 connectors".
fn said(shown: Shown<'_>, pair: &Pair) -> String {
    let [one, other] = pair.communities.map(|c| shown.community_name(Some(c)));
    let ties = figures::counted(pair.ties, "tie", "ties");
    let joined = if pair.is_gap() {
        "gap".to_owned()
    } else {
        figures::counted(u64::from(pair.joined_by), "connector", "connectors")
    };
    format!("{one} and {other}: {ties}, {joined}")
}

fn chance(pair: &Pair) -> String {
    let times = figures::amount(pair.times_chance);
    format!("{times} times as strong as by chance")
}

/// What lies between the chosen two.
fn pair_ui(ui: &mut Ui, shown: Shown<'_>, pair: &Pair, inbox: &mut Vec<Command>) {
    ui.add_space(theme::NEAR);
    let height = std::mem::replace(&mut ui.spacing_mut().interact_size.y, 18.0);
    for community in pair.communities {
        ui.horizontal(|ui| {
            dot(ui, shown.community_colour(Some(community)), 5.0);
            one_line(
                ui,
                RichText::new(shown.community_name(Some(community))).strong(),
            );
        });
    }
    ui.spacing_mut().interact_size.y = height;
    let ties = figures::counted(pair.ties, "tie", "ties");
    let words = if pair.ties == 0 {
        "No ties between them".to_owned()
    } else {
        format!("{ties} between them, {}", chance(pair))
    };
    ui.add(egui::Label::new(RichText::new(words).weak()).wrap());
    if pair.is_gap() {
        ui.add_space(theme::NEAR);
        let words = match pair.joined_from_outside {
            0 => "A gap: nobody joins the two".to_owned(),
            n => format!(
                "A gap: nobody of the two joins them, but {} from elsewhere",
                figures::people(u64::from(n))
            ),
        };
        ui.add(egui::Label::new(RichText::new(words).color(shown.colours.warn)).wrap());
        nearest_ui(ui, shown, pair, inbox);
    }
    if !pair.connectors.is_empty() {
        ui.add_space(theme::NEAR);
        let title = if pair.is_gap() {
            "More ties than expected"
        } else {
            "Best connectors"
        };
        ui.label(RichText::new(title).small().weak());
        for connector in &pair.connectors {
            let words = connector_words(shown, pair, connector);
            let figures = Figures::Connector(pair.communities, connector);
            line_ui(ui, shown, (connector.person, &words, figures), inbox);
        }
    }
}

fn nearest_ui(ui: &mut Ui, shown: Shown<'_>, pair: &Pair, inbox: &mut Vec<Command>) {
    if pair.nearest.is_empty() {
        let words = "Nobody is near either: no contact of anybody is tied to the other community";
        ui.add(egui::Label::new(RichText::new(words).weak()).wrap());
        return;
    }
    ui.label(RichText::new("Nearest to joining them").small().weak());
    for nearest in &pair.nearest {
        let words = nearest_words(shown, pair, nearest);
        line_ui(ui, shown, (nearest.person, &words, Figures::Words), inbox);
    }
}

/// What stands below a name.
#[derive(Clone, Copy)]
enum Figures<'a> {
    /// The words.
    Words,
    /// As the words, with a dot for the name of each community.
    Connector([CommunityId; 2], &'a Connector),
}

/// "12 in Foodies · 5 in News · surplus 3.2".
fn connector_words(shown: Shown<'_>, pair: &Pair, connector: &Connector) -> String {
    let parts = pair.communities.iter().zip(connector.connections);
    let counts: Vec<String> = parts
        .map(|(community, n)| format!("{n} in {}", shown.community_name(Some(*community))))
        .collect();
    let surplus = figures::amount(connector.surplus);
    format!("{} · surplus {surplus}", counts.join(" · "))
}

fn nearest_words(shown: Shown<'_>, pair: &Pair, nearest: &Nearest) -> String {
    let [one, other] = pair.communities;
    let away = if shown.community_of(nearest.person) == Some(one) {
        other
    } else {
        one
    };
    let away = shown.community_name(Some(away));
    let people = figures::people(u64::from(nearest.connections));
    if nearest.tied {
        format!("tied to {people} in {away}")
    } else {
        let know = if nearest.connections == 1 {
            "knows"
        } else {
            "know"
        };
        format!("tied to {people} who {know} {away}")
    }
}

/// A person with what is said of them, and the button that puts them on the list.
fn line_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    (person, words, figures): (PersonId, &str, Figures<'_>),
    inbox: &mut Vec<Command>,
) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 36.0), Sense::hover());
    let name = shown.name(person);
    let listed = shown.model.is_on_list(person);
    let layout = Layout::right_to_left(Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(rect).layout(layout), |ui| {
        let (icon, colour, label, command) = if listed {
            let label = format!("Remove {name} from list");
            let command = Command::ToggleOnList(person);
            (Icon::Check, shown.colours.accent, label, command)
        } else {
            let label = format!("Add {name} to list");
            let command = Command::AddToList(vec![person]);
            (Icon::Plus, shown.colours.weak, label, command)
        };
        let button = icon_button(ui, icon, &label, colour);
        if button.gained_focus() {
            button.scroll_to_me(None);
        }
        if button.clicked() {
            inbox.push(command);
        }
        ui.with_layout(Layout::top_down(Align::Min), |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            ui.spacing_mut().interact_size.y = 17.0;
            ui.horizontal(|ui| {
                dot(ui, shown.person_colour(person), 4.5);
                let label = format!("Show {name}, {words}");
                person_link(ui, shown, (person, name, &label), inbox);
            });
            match figures {
                Figures::Words => one_line(ui, RichText::new(words).small().weak()),
                Figures::Connector(communities, connector) => {
                    connector_ui(ui, shown, communities, connector)
                }
            }
            .on_hover_text(words);
        });
    });
}

/// "12 ● 5 ● surplus 3.2".
fn connector_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    communities: [CommunityId; 2],
    connector: &Connector,
) -> Response {
    let small = |words: String| RichText::new(words).small().weak();
    let row = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for (community, n) in communities.into_iter().zip(connector.connections) {
            ui.label(small(format!("{} in", figures::whole(u64::from(n)))));
            dot(ui, shown.community_colour(Some(community)), 4.0);
        }
        let surplus = figures::amount(connector.surplus);
        ui.label(small(format!("· surplus {surplus}")))
            .on_hover_text(measure_tip(Measure::Surplus));
    });
    row.response
}
