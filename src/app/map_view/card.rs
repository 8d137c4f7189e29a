//! The short card beside the selected dot.

use eframe::egui::{self, Frame, Pos2, Rect, RichText, Sense, UiBuilder, Vec2};

use super::super::command::{Command, Tab};
use super::super::model::{Model, OpenMap};
use super::super::panels::plan::in_plan_ui;
use super::look;
use super::overlay::Overlay;
use crate::people::PersonId;
use crate::render::{palette, thousands};

const WIDTH: f32 = 216.0;
/// Width where the map has less room, at the least.
const LEAST_WIDTH: f32 = 120.0;
/// Width of the menu of what a plan does with the person, in points.
const PLAN: f32 = 110.0;
/// Points between the dot and the card.
const GAP: f32 = 10.0;
const MARGIN: i8 = 10;
/// Room for the ring round the dot, which the card does not cover either.
const RING: f32 = 6.0;

/// Lit neighbours that the card keeps clear of, at most: the nearest.
const MOST_NEAR: usize = 12;
/// Points round a neighbour that stay clear.
const NEAR_GAP: f32 = 6.0;
/// What covering the nearest neighbour costs; the next ones cost less.
const NEAR_COST: f32 = 1.0;
/// The card stays on its side of the dot unless another is better by more than this: it would hop about while the map moves.
const STAYS: f32 = 0.3;
/// What a point farther from the dot costs.
const A_POINT_COST: f32 = 0.02;
/// What covering the legend or the overview costs: more than all neighbours.
const CARD_COST: f32 = 1_000.0;

/// What the card keeps clear of besides its own dot.
pub(super) struct Around<'a> {
    /// Legend and overview.
    pub(super) keep_out: &'a [Rect],
    /// Lit neighbours on the screen, nearest first.
    pub(super) near: Vec<Pos2>,
}

impl Overlay<'_> {
    /// Where those of `others` are on the screen who are nearest to the one selected person.
    pub(super) fn nearest(&self, selected: &[PersonId], others: &[(PersonId, usize)]) -> Vec<Pos2> {
        let [person] = selected else {
            return Vec::new();
        };
        let centre = self.places.dot_of(*person).and_then(|i| self.pos(i));
        let Some(centre) = centre else {
            return Vec::new();
        };
        let room = self.sight.rect;
        let mut near: Vec<Pos2> = others
            .iter()
            .filter_map(|&(_, i)| self.pos(i).filter(|at| room.contains(*at)))
            .collect();
        near.sort_by(|a, b| {
            let off = |p: &Pos2| p.distance_sq(centre);
            off(a).total_cmp(&off(b))
        });
        near.truncate(MOST_NEAR);
        near
    }
}

/// Which card is open, and how high it was.
#[derive(Debug, Clone)]
pub(super) struct Card {
    height: f32,
    /// Where it was shown in the last frame.
    shown: Option<Rect>,
    /// Whose card it was, and on which side of the dot.
    side: Option<(PersonId, usize)>,
    /// Whose card was closed by hand; theirs opens again when they are selected anew.
    closed: Option<PersonId>,
}

impl Card {
    pub(super) fn new() -> Self {
        Self {
            height: 118.0,
            shown: None,
            side: None,
            closed: None,
        }
    }

    /// The room the card takes.
    pub(super) fn rect(&self) -> Option<Rect> {
        self.shown
    }

    /// Closes the card for this frame, because something is being dragged.
    pub(super) fn give_way(&mut self) {
        self.shown = None;
    }

    /// Shows the card of the one selected person, where that person is in sight. Where the map has no room for it, the Person tab
    /// says the same alone.
    pub(super) fn ui(
        &mut self,
        ui: &mut egui::Ui,
        model: &Model,
        map: &OpenMap,
        overlay: &Overlay<'_>,
        around: &Around<'_>,
        inbox: &mut Vec<Command>,
    ) {
        let (sight, places) = (overlay.sight, overlay.places);
        self.shown = None;
        let [person] = model.selected[..] else {
            self.closed = None;
            return;
        };
        if self.closed != Some(person) {
            self.closed = None;
        }
        let place = places.dot_of(person).and_then(|i| {
            let dot = places.scene.dots.get(i)?;
            Some((sight.screen_from_map(places.of(i)?), dot))
        });
        let Some((at, dot)) = place else { return };
        if self.closed.is_some() || !sight.rect.contains(at) {
            return;
        }
        let radius = sight.radius(dot.radius) + RING;
        let room = sight.rect.shrink(6.0);
        let around_it = 2.0 * f32::from(MARGIN);
        let width = WIDTH.min(room.width() - around_it).max(LEAST_WIDTH);
        let size = Vec2::new(width + around_it, self.height);
        let before = self.side.filter(|(who, _)| *who == person);
        let (rect, side) = beside(
            room,
            (at, radius),
            size,
            around,
            before.map(|(_, side)| side),
        );
        self.side = Some((person, side));
        let covers = around.keep_out.iter().any(|other| other.intersects(rect));
        if model.tab == Tab::Person && (covers || !room.contains_rect(rect)) {
            return;
        }
        // Clicks on the card are not clicks on the map below it.
        ui.interact(rect, ui.id().with("card"), Sense::click_and_drag());
        let mut inside = ui.new_child(UiBuilder::new().id_salt("card").max_rect(rect));
        let colours = palette(model.theme);
        inside.visuals_mut().override_text_color = Some(look::opaque(colours.text));
        let shown = Frame::popup(inside.style())
            .fill(look::opaque(colours.card))
            .stroke(egui::Stroke::new(1.0, look::opaque(colours.hairline)))
            .corner_radius(8)
            .inner_margin(MARGIN)
            .show(&mut inside, |ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing.y = 3.0;
                self.content(ui, model, map, person, look::opaque(dot.colour), inbox);
            });
        self.shown = Some(shown.response.rect);
        let height = shown.response.rect.height();
        if (height - self.height).abs() > 0.5 {
            self.height = height;
            ui.ctx().request_repaint();
        }
    }

    fn content(
        &mut self,
        ui: &mut egui::Ui,
        model: &Model,
        map: &OpenMap,
        id: PersonId,
        colour: egui::Color32,
        inbox: &mut Vec<Command>,
    ) {
        let results = &map.results;
        let Some(person) = results.graph.people.get(id.index()) else {
            return;
        };
        if head(ui, &person.name) {
            self.closed = Some(id);
        }
        if person.name != person.handle {
            let dim = look::opaque(palette(model.theme).dim_text);
            let handle = RichText::new(format!("@{}", person.handle)).color(dim);
            ui.add(egui::Label::new(handle).truncate());
        }
        ui.horizontal(|ui| {
            let (spot, _) = ui.allocate_exact_size(Vec2::splat(10.0), Sense::hover());
            ui.painter().circle_filled(spot.center(), 5.0, colour);
            ui.add(egui::Label::new(community_of(map, id)).truncate());
        });
        if let Some(words) =
            (model.changes.as_ref()).and_then(|changes| changes.words_on(id, &person.key))
        {
            ui.add(egui::Label::new(words).truncate());
        }
        let reach = person.reach.map_or_else(
            || "Reach unknown".to_owned(),
            |reach| format!("Reach {}", thousands(reach.max(0.0).round() as u64)),
        );
        ui.label(reach);
        let bridges = &results.analysis.bridges;
        if let (Some(&all), Some(&across)) = (
            bridges.connections.get(id.index()),
            bridges.connections_across.get(id.index()),
        ) {
            let (all, across) = (u64::from(all), u64::from(across));
            ui.label(format!(
                "{} connections, {} across",
                thousands(all),
                thousands(across)
            ));
        }
        ui.add_space(4.0);
        let words = if model.is_on_list(id) {
            "Remove from list"
        } else {
            "Add to list"
        };
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            if ui.button(words).clicked() {
                inbox.push(Command::ToggleOnList(id));
            }
            let width = ui.available_width().min(PLAN);
            in_plan_ui(ui, model, person, width, inbox);
        });
    }
}

/// The name, and the button that closes the card; whether that was clicked.
fn head(ui: &mut egui::Ui, name: &str) -> bool {
    let row = ui.horizontal(|ui| {
        let name = RichText::new(name).strong().size(15.0);
        let room = Vec2::new(ui.available_width() - 26.0, 20.0);
        let left = egui::Layout::left_to_right(egui::Align::Center);
        ui.allocate_ui_with_layout(room, left, |ui| {
            ui.set_min_width(room.x);
            ui.add(egui::Label::new(name).truncate());
        });
        let cross = egui::Button::new("×").frame(false);
        let close = ui.add(cross.min_size(Vec2::splat(20.0)));
        close.widget_info(|| {
            egui::WidgetInfo::labeled(egui::WidgetType::Button, true, "Close card")
        });
        close.clicked()
    });
    row.inner
}

/// The name of the person's community; nothing indexes past what the analysis has.
fn community_of(map: &OpenMap, id: PersonId) -> &str {
    let communities = &map.results.analysis.communities;
    if id.index() < communities.of.len() {
        communities.name_of(id)
    } else {
        "No community"
    }
}

/// Where a card of `size` goes: beside the dot of `radius`, within `room`, never over the dot; clear of what is `around` as far as
/// there is room elsewhere. Also which of the places tried that is; the one `before` stays where it is about as good.
pub(super) fn beside(
    room: Rect,
    (dot, radius): (Pos2, f32),
    size: Vec2,
    around: &Around<'_>,
    before: Option<usize>,
) -> (Rect, usize) {
    let off = radius + GAP;
    let within = |low: f32, high: f32, at: f32| at.min(high).max(low);
    let top = |share: f32| within(room.top(), room.bottom() - size.y, dot.y - size.y * share);
    let left = |share: f32| within(room.left(), room.right() - size.x, dot.x - size.x * share);
    let mut places = Vec::with_capacity(12);
    for (down, along) in [(1.0 / 3.0, 0.5), (0.9, 0.1), (0.1, 0.9)] {
        places.push(Pos2::new(dot.x + off, top(down)));
        places.push(Pos2::new(dot.x - off - size.x, top(down)));
        places.push(Pos2::new(left(along), dot.y + off));
        places.push(Pos2::new(left(along), dot.y - off - size.y));
    }
    // Where none of those is free: beside what lies in the way.
    for other in around.keep_out {
        places.push(Pos2::new(other.right() + GAP, top(1.0 / 3.0)));
        places.push(Pos2::new(other.left() - GAP - size.x, top(1.0 / 3.0)));
        places.push(Pos2::new(left(0.5), other.top() - GAP - size.y));
        places.push(Pos2::new(left(0.5), other.bottom() + GAP));
    }
    let cost = |(side, rect): &(usize, Rect)| {
        let covers = |other: &&Rect| other.intersects(*rect);
        let cards = around.keep_out.iter().filter(covers).count() as f32;
        let near: f32 = (1u16..)
            .zip(&around.near)
            .filter(|(_, at)| rect.expand(NEAR_GAP).contains(**at))
            .map(|(nth, _)| NEAR_COST / f32::from(nth))
            .sum();
        let moved = if before.is_none_or(|b| b == *side) {
            0.0
        } else {
            STAYS
        };
        let far = (rect.distance_to_pos(dot) - off).max(0.0) * A_POINT_COST;
        cards * CARD_COST + near + moved + far
    };
    places
        .into_iter()
        .map(|corner| Rect::from_min_size(corner, size))
        .enumerate()
        .filter(|(_, rect)| room.contains_rect(*rect) && rect.distance_to_pos(dot) > radius)
        .min_by(|a, b| cost(a).total_cmp(&cost(b)))
        .map_or_else(
            || (farthest_corner(room, dot, size), 0),
            |(side, rect)| (rect, side),
        )
}

/// For a dot that leaves no room beside it: as far from its middle as can be.
fn farthest_corner(room: Rect, dot: Pos2, size: Vec2) -> Rect {
    let right = dot.x < room.center().x;
    let below = dot.y < room.center().y;
    let align = match (right, below) {
        (true, true) => egui::Align2::RIGHT_BOTTOM,
        (true, false) => egui::Align2::RIGHT_TOP,
        (false, true) => egui::Align2::LEFT_BOTTOM,
        (false, false) => egui::Align2::LEFT_TOP,
    };
    align.align_size_within_rect(size, room)
}
