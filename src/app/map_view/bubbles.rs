//! The map of communities on the screen: where its bubbles and flows are, what is lit, what the pointer and the keys mean.

use eframe::egui::{
    CursorIcon, EventFilter, Id, Key, Modifiers, Pos2, Rect, Response, Sense, Ui, Vec2, WidgetInfo,
    WidgetType, pos2,
};

use super::super::command::{Command, FlowCommand, Tab};
use super::super::model::{Model, OpenMap};
use super::bubble_look::{Look, Names};
use super::flow_words;
use crate::analysis::CommunityId;
use crate::explore::{Bubble, FlowMap, on_curve};
use crate::people::PersonId;
use crate::render::Camera;

/// Points left free round all bubbles, for names beside them.
const MARGIN: f32 = 46.0;
/// Points between a bubble and a card.
const CARD_AIR: f32 = 10.0;
/// Points of the widest band, where the map is 800 points wide or high.
const WIDEST: f32 = 22.0;
/// Points of the thinnest.
const THINNEST: f32 = 1.2;
/// A thin band is under the pointer from as far away as this, in points.
const NEAR: f32 = 6.0;
/// Straight parts that a band is drawn as.
const PARTS: u8 = 28;
/// Seconds in which dots become bubbles.
const CHANGE_SECS: f32 = 0.28;

/// A bubble on the screen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Disc {
    pub(super) community: CommunityId,
    pub(super) people: u32,
    pub(super) at: Pos2,
    pub(super) radius: f32,
}

/// A flow on the screen.
#[derive(Debug, Clone)]
pub(super) struct Band {
    /// Its place in [`FlowMap::flows`].
    pub(super) flow: usize,
    pub(super) bubbles: [usize; 2],
    pub(super) line: Vec<Pos2>,
    pub(super) width: f32,
}

/// What is lit while all else steps back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lit {
    /// Everything as usual.
    All,
    /// A bubble with its flows, by place.
    Bubble(usize),
    /// A flow with its two bubbles, by place among the flows.
    Flow(usize),
}

/// View state of the map of communities.
#[derive(Debug, Clone, Default)]
pub(super) struct Bubbles {
    /// It was drawn in the last picture.
    was_shown: bool,
    /// What has the keys is lit: they moved last, not the pointer.
    keys_lead: bool,
    names: Names,
}

/// How far dots have become bubbles, 0..=1: at once where nothing may move.
pub(super) fn changed(ui: &Ui, communities: bool) -> f32 {
    let moves = ui.style().animation_time > 0.0;
    let secs = if moves { CHANGE_SECS } else { 0.0 };
    let id = Id::new("dots become bubbles");
    let share = ui.ctx().animate_bool_with_time(id, communities, secs);
    share * share * (3.0 - 2.0 * share)
}

/// The button of a bubble.
fn bubble_id(community: CommunityId) -> Id {
    Id::new(("community bubble", community))
}

impl Bubbles {
    /// Draws bubbles and flows into `room`, takes what the pointer and the keys mean. `change`: how far dots have become bubbles,
    /// and the camera over the people.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        (model, map): (&Model, &OpenMap),
        flows: &FlowMap,
        (room, keep_out): (Rect, &[Rect]),
        (share, people): (f32, Option<Camera>),
        inbox: &mut Vec<Command>,
    ) {
        let discs = discs(flows, (room, keep_out), share, people);
        let bands = bands(flows, &discs, n_flows(model, flows), room, share);
        if share < 1.0 {
            let mut look = Look::new(ui, model, map, Lit::All, share);
            look.bands(&bands, &discs);
            look.discs(&discs, &mut self.names, room, keep_out);
            ui.ctx().request_repaint();
            return;
        }
        let fresh = !std::mem::replace(&mut self.was_shown, true);
        self.follow_keys(ui, &discs);
        let responses = buttons(ui, (model, map), (flows, &discs), inbox);
        if fresh && ui.memory(|memory| memory.focused().is_none()) {
            let largest = discs
                .iter()
                .max_by_key(|disc| (disc.people, std::cmp::Reverse(disc.community)));
            if let Some(disc) = largest {
                ui.memory_mut(|memory| memory.request_focus(bubble_id(disc.community)));
            }
        }
        let covered = |pos: Pos2| keep_out.iter().any(|card| card.contains(pos));
        let pointer = ui
            .input(|i| i.pointer.hover_pos())
            .filter(|pos| !covered(*pos));
        let focused = responses.iter().position(Response::has_focus);
        let focused = focused.filter(|_| self.keys_lead);
        let lit = lit(
            ui,
            (model, pointer, focused),
            (flows, &discs, &bands),
            &responses,
        );
        let mut look = Look::new(ui, model, map, lit, share);
        look.bands(&bands, &discs);
        look.discs(&discs, &mut self.names, room, keep_out);
        if let Lit::Flow(at) = lit
            && !responses.iter().any(Response::hovered)
        {
            flow_ui(ui, (model, map), (flows, at), room, inbox);
        }
    }

    /// The keys light a bubble once they walk; the pointer takes over when it moves.
    fn follow_keys(&mut self, ui: &Ui, discs: &[Disc]) {
        let walks = [
            Key::Tab,
            Key::ArrowLeft,
            Key::ArrowRight,
            Key::ArrowUp,
            Key::ArrowDown,
        ];
        let (walked, moved) = ui.input(|i| {
            let walked = walks.iter().any(|key| i.num_presses(*key) > 0);
            (
                walked,
                i.pointer.delta() != Vec2::ZERO || i.pointer.any_pressed(),
            )
        });
        let focused = ui.memory(eframe::egui::Memory::focused);
        let here = |disc: &Disc| focused == Some(bubble_id(disc.community));
        if walked && discs.iter().any(here) {
            self.keys_lead = true;
        } else if moved {
            self.keys_lead = false;
        }
    }

    /// The map of communities is not drawn now.
    pub(super) fn rest(&mut self) {
        (self.was_shown, self.keys_lead) = (false, false);
    }
}

/// A button over each bubble: a click shows its card, a double-click or Enter its people, arrows go to the next one.
fn buttons(
    ui: &mut Ui,
    (model, map): (&Model, &OpenMap),
    (flows, discs): (&FlowMap, &[Disc]),
    inbox: &mut Vec<Command>,
) -> Vec<Response> {
    let mut responses = Vec::with_capacity(discs.len());
    for (at, disc) in discs.iter().enumerate() {
        // The square inside the circle and a little more: the corners of two do not meet.
        let rect = Rect::from_center_size(disc.at, Vec2::splat(disc.radius * 1.75));
        let response = ui.interact(rect, bubble_id(disc.community), Sense::click());
        let chosen = model.community == Some(disc.community);
        response.widget_info(|| {
            let words = flow_words::of_bubble(map, flows, at);
            WidgetInfo::selected(WidgetType::Button, true, chosen, words)
        });
        let enter = response.has_focus() && ui.input(|i| i.key_pressed(Key::Enter));
        if enter || response.double_clicked() {
            inbox.push(Command::Flow(FlowCommand::Open(disc.community)));
        } else if response.clicked() {
            inbox.push(Command::ShowCommunity(Some(disc.community)));
        }
        if response.has_focus() {
            arrows(ui, &response, at, discs);
        }
        let response = response
            .on_hover_cursor(CursorIcon::PointingHand)
            .on_hover_ui(|ui| flow_words::bubble_ui(ui, (model, map), flows, at));
        responses.push(response);
    }
    responses
}

/// What flows there, beside the pointer; a click selects the people who bridge it.
fn flow_ui(
    ui: &mut Ui,
    (model, map): (&Model, &OpenMap),
    (flows, at): (&FlowMap, usize),
    room: Rect,
    inbox: &mut Vec<Command>,
) {
    let Some(flow) = flows.flows.get(at) else {
        return;
    };
    let Some(pos) = ui.input(|i| i.pointer.hover_pos()) else {
        return;
    };
    let spot = Rect::from_center_size(pos, Vec2::splat(2.0)).intersect(room);
    let id = Id::new(("flow under the pointer", at));
    let response = ui.interact(spot, id, Sense::click());
    let response = response
        .on_hover_cursor(CursorIcon::PointingHand)
        .on_hover_ui_at_pointer(|ui| flow_words::flow_ui(ui, (model, map), flows, flow));
    if response.clicked() && !flow.bridges.is_empty() {
        let people: Vec<PersonId> = flow.bridges.iter().map(|(person, _)| *person).collect();
        inbox.push(Command::Select(people));
        inbox.push(Command::ShowTab(Tab::Person));
    }
}

/// How many flows are drawn.
pub(super) fn n_flows(model: &Model, flows: &FlowMap) -> usize {
    let most = model.flow_view.most.map(usize::from);
    most.unwrap_or_else(|| flows.readable())
        .min(flows.flows.len())
}

/// What is lit: what the pointer or the keys are on, else the community whose card is shown or that is isolated.
fn lit(
    ui: &Ui,
    (model, pointer, focused): (&Model, Option<Pos2>, Option<usize>),
    (flows, discs, bands): (&FlowMap, &[Disc], &[Band]),
    responses: &[Response],
) -> Lit {
    if let Some(at) = responses.iter().position(Response::hovered) {
        return Lit::Bubble(at);
    }
    let free = pointer.filter(|pos| {
        let on_top = ui.ctx().layer_id_at(*pos) == Some(ui.layer_id());
        on_top && ui.clip_rect().contains(*pos) && !discs.iter().any(|disc| disc.has(*pos))
    });
    if let Some(pos) = free
        && let Some(band) = band_at(bands, pos)
    {
        return Lit::Flow(band.flow);
    }
    if let Some(at) = focused {
        return Lit::Bubble(at);
    }
    let chosen = model.community.or(model.isolated);
    let chosen = chosen.and_then(|id| flows.bubble_of(id));
    chosen.map_or(Lit::All, Lit::Bubble)
}

/// The band that is nearest to `pos`, of those it is on.
fn band_at(bands: &[Band], pos: Pos2) -> Option<&Band> {
    let off = |band: &Band| {
        let parts = band.line.windows(2);
        let off = parts.map(|part| distance(pos, part[0], part[1]));
        off.fold(f32::INFINITY, f32::min)
    };
    let near = bands.iter().map(|band| (band, off(band)));
    let on = near.filter(|(band, off)| *off <= (band.width / 2.0).max(NEAR));
    on.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(band, _)| band)
}

fn distance(pos: Pos2, a: Pos2, b: Pos2) -> f32 {
    let (along, off) = (b - a, pos - a);
    let length = along.length_sq();
    let share = if length > 0.0 {
        (off.dot(along) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    pos.distance(a + along * share)
}

impl Disc {
    /// Whether `pos` is on it.
    pub(super) fn has(&self, pos: Pos2) -> bool {
        self.at.distance(pos) <= self.radius
    }
}

/// Takes the arrow keys for the bubble that has them: the nearest one in that direction gets them.
fn arrows(ui: &Ui, response: &Response, at: usize, discs: &[Disc]) {
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    // Taken, so that the bubble that gets the keys does not take the same press once more.
    let way = ui.input_mut(|i| {
        let mut pressed = |key| f32::from(u8::from(i.consume_key(Modifiers::NONE, key)));
        Vec2::new(
            pressed(Key::ArrowRight) - pressed(Key::ArrowLeft),
            pressed(Key::ArrowDown) - pressed(Key::ArrowUp),
        )
    });
    if way == Vec2::ZERO {
        return;
    }
    let Some(from) = discs.get(at) else { return };
    if let Some(next) = next_in(way, at, from.at, discs) {
        ui.memory_mut(|memory| memory.request_focus(bubble_id(discs[next].community)));
    }
}

/// The bubble in direction `way`: near, and not far to the side of it.
fn next_in(way: Vec2, at: usize, from: Pos2, discs: &[Disc]) -> Option<usize> {
    let way = way.normalized();
    let cost = |disc: &Disc| {
        let off = disc.at - from;
        let ahead = off.dot(way);
        let aside = (off - way * ahead).length();
        (ahead > 1.0).then_some(ahead + 2.0 * aside)
    };
    let others = discs.iter().enumerate().filter(|(i, _)| *i != at);
    let ahead = others.filter_map(|(i, disc)| Some((i, cost(disc)?)));
    ahead.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(i, _)| i)
}

/// Where the bubbles are on the screen: all of them, as large as fits beside the cards; at first where their people are.
fn discs(
    flows: &FlowMap,
    (room, keep_out): (Rect, &[Rect]),
    share: f32,
    people: Option<Camera>,
) -> Vec<Disc> {
    let Some(bounds) = bounds(&flows.bubbles) else {
        return Vec::new();
    };
    let fitted = |free: Rect| {
        let size: [f32; 2] = free.size().into();
        let margin = MARGIN.min(size[0].min(size[1]) * 0.12);
        Camera::fit(bounds, size, margin)
    };
    let place = |camera: Camera, free: Rect, bubble: &Bubble| {
        let [x, y] = camera.screen_from_map(bubble.at, free.size().into());
        // Bubbles grow as the map does, unlike dots, which would lie on one another.
        (free.min + Vec2::new(x, y), bubble.radius * camera.zoom)
    };
    // The whole room, unless a card would lie over somebody there.
    let camera = fitted(room);
    let covers = |card: &Rect| {
        flows.bubbles.iter().any(|bubble| {
            let (at, radius) = place(camera, room, bubble);
            card.distance_to_pos(at) < radius + CARD_AIR
        })
    };
    let free = if keep_out.iter().any(covers) {
        free_room(room, keep_out)
    } else {
        room
    };
    let camera = fitted(free);
    let whole: [f32; 2] = room.size().into();
    let disc = |bubble: &Bubble| {
        let (there, radius) = place(camera, free, bubble);
        let begins = people.map_or(there, |people| {
            let [x, y] = people.screen_from_map(bubble.centre, whole);
            pos2(room.left() + x, room.top() + y)
        });
        Disc {
            community: bubble.community,
            people: bubble.people,
            at: begins + (there - begins) * share,
            radius: radius * (0.35 + 0.65 * share),
        }
    };
    flows.bubbles.iter().map(disc).collect()
}

/// The room beside the cards in the corners: what is left of `room` when the card that takes most is left out.
fn free_room(room: Rect, keep_out: &[Rect]) -> Rect {
    let mut free = room;
    for card in keep_out {
        // The largest of the four rooms beside it.
        let beside = [
            free.with_max_x(card.left()),
            free.with_min_x(card.right()),
            free.with_max_y(card.top()),
            free.with_min_y(card.bottom()),
        ];
        let room_of = |rect: &Rect| rect.width().max(0.0).min(rect.height().max(0.0) * 1.6);
        let best = beside
            .into_iter()
            .max_by(|a, b| room_of(a).total_cmp(&room_of(b)));
        if let Some(best) = best.filter(|best| room_of(best) > room_of(&free) * 0.6) {
            free = best;
        }
    }
    free
}

fn bounds(bubbles: &[Bubble]) -> Option<([f32; 2], [f32; 2])> {
    if bubbles.is_empty() {
        return None;
    }
    let low = |axis: usize| bubbles.iter().map(move |b| b.at[axis] - b.radius);
    let high = |axis: usize| bubbles.iter().map(move |b| b.at[axis] + b.radius);
    Some((
        [0, 1].map(|axis| low(axis).fold(f32::INFINITY, f32::min)),
        [0, 1].map(|axis| high(axis).fold(f32::NEG_INFINITY, f32::max)),
    ))
}

/// The strongest `n` flows on the screen, weakest first: strong ones are drawn over them. They grow out of their bubbles.
fn bands(flows: &FlowMap, discs: &[Disc], n: usize, room: Rect, share: f32) -> Vec<Band> {
    let strongest = flows.flows.first().map_or(1.0, |flow| flow.strength);
    let widest = WIDEST * (room.width().min(room.height()) / 800.0).clamp(0.5, 1.4);
    let shown = flows.flows.iter().enumerate().take(n).rev();
    let band = |(at, flow): (usize, &crate::explore::Flow)| {
        let [a, b] = flow.bubbles;
        let (from, to) = (discs.get(a)?, discs.get(b)?);
        let control = bent(flows, flow, [from, to])?;
        let ends = [from.at, control, to.at].map(<[f32; 2]>::from);
        let line =
            (0..=PARTS).map(|part| Pos2::from(on_curve(ends, f32::from(part) / f32::from(PARTS))));
        let part = (flow.strength / strongest.max(f64::MIN_POSITIVE)) as f32;
        Some(Band {
            flow: at,
            bubbles: flow.bubbles,
            line: line.collect(),
            width: (THINNEST + (widest - THINNEST) * part) * share,
        })
    };
    shown.filter_map(band).collect()
}

/// The control point of a flow between two bubbles on the screen: bent as much as in map units, wherever they are on the way there.
fn bent(flows: &FlowMap, flow: &crate::explore::Flow, discs: [&Disc; 2]) -> Option<Pos2> {
    let [a, b] = flow.bubbles;
    let [a, b] = [flows.bubbles.get(a)?.at, flows.bubbles.get(b)?.at].map(Vec2::from);
    let along = b - a;
    let middle = a + along / 2.0;
    let bend =
        (Vec2::from(flow.control) - middle).dot(along.rot90()) / along.length_sq().max(1e-12);
    let [from, to] = discs.map(|disc| disc.at);
    let along = to - from;
    Some(from + along / 2.0 + along.rot90() * bend)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn disc(community: u32, x: f32, y: f32) -> Disc {
        Disc {
            community: CommunityId(community),
            people: 10,
            at: pos2(x, y),
            radius: 20.0,
        }
    }

    #[test]
    fn arrows_go_to_the_nearest_bubble_that_way() {
        let discs = [
            disc(0, 0.0, 0.0),
            disc(1, 100.0, 10.0),
            disc(2, 300.0, 0.0),
            disc(3, 10.0, 90.0),
        ];
        let from = |at: usize, x: f32, y: f32| next_in(Vec2::new(x, y), at, discs[at].at, &discs);
        assert_eq!(from(0, 1.0, 0.0), Some(1));
        assert_eq!(from(1, 1.0, 0.0), Some(2));
        assert_eq!(from(0, 0.0, 1.0), Some(3));
        assert_eq!(from(1, -1.0, 0.0), Some(0));
        assert_eq!(from(0, -1.0, 0.0), None);
    }

    #[test]
    fn the_pointer_is_on_the_nearest_of_the_bands_it_touches() {
        let band = |flow: usize, y: f32, width: f32| Band {
            flow,
            bubbles: [0, 1],
            line: vec![pos2(0.0, y), pos2(50.0, y), pos2(100.0, y)],
            width,
        };
        let bands = [band(0, 0.0, 30.0), band(1, 12.0, 2.0)];
        let at = |x: f32, y: f32| band_at(&bands, pos2(x, y)).map(|band| band.flow);
        assert_eq!(at(50.0, 1.0), Some(0));
        assert_eq!(at(50.0, 11.0), Some(1));
        assert_eq!(at(50.0, -14.0), Some(0));
        assert_eq!(at(50.0, -17.0), None);
        assert_eq!(at(130.0, 0.0), None);
    }

    #[test]
    fn bubbles_that_do_not_touch_do_not_on_the_screen_however_wide_their_map_is() {
        let room = Rect::from_min_size(pos2(0.0, 0.0), Vec2::new(700.0, 440.0));
        for side in [8.0, 1_000.0, 60_000.0_f32] {
            let bubble = |i: u32| Bubble {
                community: CommunityId(i),
                people: 100,
                centre: [0.0; 2],
                at: [side * (i % 6) as f32, side * (i / 6) as f32],
                radius: side * 0.45,
            };
            let flows = FlowMap {
                bubbles: (0..24).map(bubble).collect(),
                ..FlowMap::default()
            };
            let discs = discs(&flows, (room, &[]), 1.0, None);
            for (i, one) in discs.iter().enumerate() {
                assert!(room.shrink(one.radius).contains(one.at), "{side} {one:?}");
                for other in &discs[i + 1..] {
                    let apart = one.at.distance(other.at) - one.radius - other.radius;
                    assert!(apart > 0.0, "{side} {one:?} {other:?}");
                }
            }
        }
    }

    #[test]
    fn bubbles_keep_clear_of_a_card_in_a_corner() {
        let room = Rect::from_min_size(pos2(0.0, 0.0), Vec2::new(1000.0, 700.0));
        let card = Rect::from_min_size(pos2(10.0, 500.0), Vec2::new(216.0, 190.0));
        let free = free_room(room, &[card]);
        assert!(
            !free.shrink(1.0).intersects(card) && free.area() > 0.6 * room.area(),
            "{free:?}"
        );
    }
}
