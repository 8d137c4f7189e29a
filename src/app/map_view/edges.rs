//! Arrows at the edge of the map that point to selected people who are out of sight.

use eframe::egui::{
    self, CursorIcon, Pos2, Rect, Sense, Shape, Stroke, Vec2, WidgetInfo, WidgetType,
};

use super::look;
use super::overlay::{MOST_MARKS, Overlay};
use crate::people::{Person, PersonId};
use crate::render::{palette, shorten};

/// Arrows at most.
const MOST: usize = 12;
/// Points from an arrow's middle to the edge.
const OFF: f32 = 14.0;
/// People whose arrows would be nearer to each other than this many points share one.
const APART: f32 = 20.0;
/// Points from an arrow's middle to its tip.
const LENGTH: f32 = 7.0;
/// Points of a step in which an arrow makes way for a card.
const STEP: f32 = 4.0;
/// The longest name in a tooltip, in graphemes.
const LONGEST_NAME: usize = 28;

/// One arrow.
pub(super) struct Arrow {
    at: Pos2,
    /// Of length 1.
    towards: Vec2,
    /// Whom it points to; the first one gives it its colour.
    people: Vec<PersonId>,
    dot: usize,
}

impl Arrow {
    /// The room it takes.
    pub(super) fn rect(&self) -> Rect {
        Rect::from_center_size(self.at, Vec2::splat(2.0 * LENGTH + 4.0))
    }
}

impl Overlay<'_> {
    /// The arrows to those of `selected` who are out of sight; they keep out of `keep_out`.
    pub(super) fn arrows(&self, selected: &[PersonId], keep_out: &[Rect]) -> Vec<Arrow> {
        let mut arrows: Vec<Arrow> = Vec::new();
        let edge = self.sight.rect.shrink(OFF);
        if !edge.is_positive() {
            return arrows;
        }
        for &person in selected.iter().take(MOST_MARKS) {
            let place = self
                .places
                .dot_of(person)
                .and_then(|dot| Some((dot, self.pos(dot)?)));
            let Some((dot, there)) = place else { continue };
            if self.sight.rect.contains(there) {
                continue;
            }
            let (at, towards) = at_edge(edge, there, keep_out);
            if let Some(near) = arrows.iter_mut().find(|a| a.at.distance(at) < APART) {
                near.people.push(person);
            } else if arrows.len() < MOST {
                arrows.push(Arrow {
                    at,
                    towards,
                    people: vec![person],
                    dot,
                });
            }
        }
        arrows
    }

    /// Draws the arrows. Returns the people of the one that was clicked.
    pub(super) fn arrows_ui(
        &self,
        ui: &egui::Ui,
        arrows: Vec<Arrow>,
        people: &[Person],
    ) -> Option<Vec<PersonId>> {
        let mut clicked = None;
        let colours = palette(self.theme);
        for arrow in arrows {
            let name = arrow.name(people);
            let id = ui.id().with(("arrow", arrow.dot));
            // A drag from here is none of the map below.
            let response = ui.interact(arrow.rect(), id, Sense::click_and_drag());
            response.widget_info(|| {
                WidgetInfo::labeled(WidgetType::Button, true, format!("Fly to {name}"))
            });
            let dot = self.places.scene.dots.get(arrow.dot);
            let fill = look::opaque(dot.map_or(colours.text, |dot| dot.colour));
            let strong = response.hovered() || response.has_focus();
            let line = look::opaque(if strong { colours.text } else { colours.ground });
            let side = arrow.towards.rot90() * (LENGTH * 0.75);
            let back = arrow.at - arrow.towards * LENGTH;
            let corners = vec![arrow.at + arrow.towards * LENGTH, back + side, back - side];
            let stroke = Stroke::new(1.5, line);
            self.painter
                .add(Shape::convex_polygon(corners, fill, stroke));
            let response = response.on_hover_cursor(CursorIcon::PointingHand);
            if response.on_hover_text(name).clicked() {
                clicked = Some(arrow.people);
            }
        }
        clicked
    }
}

impl Arrow {
    /// `Ana`, or `Ana and 2 more`.
    fn name(&self, people: &[Person]) -> String {
        let first = self.people.first().and_then(|p| people.get(p.index()));
        let name = first.map_or_else(String::new, |p| shorten(&p.name, LONGEST_NAME));
        match self.people.len().saturating_sub(1) {
            0 => name,
            more => format!("{name} and {more} more"),
        }
    }
}

/// Where the way from the middle of `edge` to `there` leaves it, or a little before where something lies in the way; and in which
/// direction that is.
fn at_edge(edge: Rect, there: Pos2, keep_out: &[Rect]) -> (Pos2, Vec2) {
    let middle = edge.center();
    let way = there - middle;
    let half = edge.size() / 2.0;
    let share = (half.x / way.x.abs().max(1e-3)).min(half.y / way.y.abs().max(1e-3));
    let towards = way.normalized();
    let mut far = way.length() * share.min(1.0);
    let free = |at: Pos2| !keep_out.iter().any(|r| r.expand(LENGTH + 2.0).contains(at));
    while far > STEP && !free(middle + towards * far) {
        far -= STEP;
    }
    (middle + towards * far, towards)
}
