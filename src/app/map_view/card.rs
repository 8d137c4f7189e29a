//! The short card beside the selected dot.

use eframe::egui::{self, Frame, Pos2, Rect, RichText, Sense, UiBuilder, Vec2};

use super::super::command::Command;
use super::super::model::{Model, OpenMap};
use super::look;
use super::places::Places;
use super::sight::Sight;
use crate::people::PersonId;
use crate::render::{palette, thousands};

const WIDTH: f32 = 216.0;
/// Points between the dot and the card.
const GAP: f32 = 10.0;
const MARGIN: i8 = 10;
/// Room for the ring round the dot, which the card does not cover either.
const RING: f32 = 6.0;

/// Which card is open, and how high it was.
#[derive(Debug, Clone)]
pub(super) struct Card {
    height: f32,
    /// Where it was shown in the last frame.
    shown: Option<Rect>,
    /// Whose card was closed by hand; theirs opens again when they are selected anew.
    closed: Option<PersonId>,
}

impl Card {
    pub(super) fn new() -> Self {
        Self {
            height: 118.0,
            shown: None,
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

    /// Shows the card of the one selected person, where that person is in sight.
    pub(super) fn ui(
        &mut self,
        ui: &mut egui::Ui,
        model: &Model,
        map: &OpenMap,
        sight: &Sight,
        places: &Places,
        inbox: &mut Vec<Command>,
    ) {
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
        let size = Vec2::new(WIDTH + 2.0 * f32::from(MARGIN), self.height);
        let rect = beside(sight.rect.shrink(6.0), at, radius, size);
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
                ui.set_width(WIDTH);
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
        if ui.button(words).clicked() {
            inbox.push(Command::ToggleOnList(id));
        }
    }
}

/// The name, and the button that closes the card; whether that was clicked.
fn head(ui: &mut egui::Ui, name: &str) -> bool {
    let row = ui.horizontal(|ui| {
        let name = RichText::new(name).strong().size(15.0);
        let room = Vec2::new(WIDTH - 26.0, 20.0);
        let left = egui::Layout::left_to_right(egui::Align::Center);
        ui.allocate_ui_with_layout(room, left, |ui| {
            ui.set_min_width(room.x);
            ui.add(egui::Label::new(name).truncate());
        });
        let close = ui.add(egui::Button::new("×").frame(false));
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

/// Where a card of `size` goes: beside the dot, within `room` where it fits, and never over the dot.
pub(super) fn beside(room: Rect, dot: Pos2, radius: f32, size: Vec2) -> Rect {
    let off = radius + GAP;
    let top = (dot.y - size.y / 3.0)
        .min(room.bottom() - size.y)
        .max(room.top());
    let left = (dot.x - size.x / 2.0)
        .min(room.right() - size.x)
        .max(room.left());
    let corners = [
        Pos2::new(dot.x + off, top),
        Pos2::new(dot.x - off - size.x, top),
        Pos2::new(left, dot.y + off),
        Pos2::new(left, dot.y - off - size.y),
    ];
    let rects = corners.map(|corner| Rect::from_min_size(corner, size));
    let [first, ..] = rects;
    rects
        .into_iter()
        .find(|rect| room.contains_rect(*rect))
        .unwrap_or(first)
}
