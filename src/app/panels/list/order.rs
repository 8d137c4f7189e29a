//! Putting the people of the list into another order: by dragging, by keys.

use eframe::egui::{
    Context, CursorIcon, DragAndDrop, Key, Modifiers, Rect, Response, Stroke, Ui,
    scroll_area::ScrollAreaOutput, vec2,
};

use super::super::rows::Rows;
use super::Listed;
use crate::app::command::Command;
use crate::campaign::Edit;

/// So near an edge, in points, what is dragged moves the list along.
const EDGE: f32 = 40.0;
/// How fast at the edge itself, in points a second.
const SPEED: f32 = 900.0;
/// So far beside the list, in points, it still means the list.
const BESIDE: f32 = 24.0;

/// Who is dragged, by key.
#[derive(Clone)]
pub(super) struct Dragged(pub(super) String);

/// Moves a person to where somebody else stands who is shown: those between make way.
pub(super) fn move_to(listed: Listed<'_>, person: &str, row: usize) -> Option<Command> {
    let (to, _) = listed.get(row)?;
    Some(Command::Edit(Edit::Move {
        person: person.to_owned(),
        to,
    }))
}

/// Alt with an arrow moves the row that has the keys past its neighbour.
pub(super) fn keys(
    ui: &Ui,
    response: &Response,
    (at, listed): (usize, Listed<'_>),
    rows: &mut Rows,
    inbox: &mut Vec<Command>,
) {
    if !response.has_focus() {
        return;
    }
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::ALT, key));
    let to = if pressed(Key::ArrowUp) {
        at.checked_sub(1)
    } else if pressed(Key::ArrowDown) {
        Some(at + 1).filter(|to| *to < listed.places.len())
    } else {
        None
    };
    let Some(to) = to else {
        return;
    };
    if let Some((_, entry)) = listed.get(at) {
        inbox.extend(move_to(listed, &entry.person, to));
        rows.follow(to);
    }
}

/// Where what is dragged would go, and putting it there.
pub(super) fn drop_ui(
    ui: &Ui,
    area: &ScrollAreaOutput<()>,
    pitch: f32,
    listed: Listed<'_>,
    inbox: &mut Vec<Command>,
) {
    let Some(dragged) = DragAndDrop::payload::<Dragged>(ui.ctx()) else {
        return;
    };
    let room = area.inner_rect;
    let (pointer, released) = ui.input(|input| {
        let pointer = &input.pointer;
        (pointer.latest_pos(), pointer.any_released())
    });
    let near = room.expand2(vec2(0.0, BESIDE));
    let (Some(pointer), Some(from)) = (
        pointer.filter(|pointer| near.contains(*pointer)),
        listed.row_of(&dragged.0),
    ) else {
        return;
    };
    ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
    let offset = area.state.offset.y;
    let below_top = (pointer.y - room.top() + offset).max(0.0);
    let last = listed.places.len().saturating_sub(1);
    let over = ((below_top / pitch) as usize).min(last);
    if released {
        DragAndDrop::clear_payload(ui.ctx());
        if over != from {
            inbox.extend(move_to(listed, &dragged.0, over));
        }
        return;
    }
    if over != from {
        // It takes the place of whom it is over: from above it goes behind them, from below before them.
        let gap = if over > from { over + 1 } else { over };
        let y = room.top() - offset + gap as f32 * pitch - 1.0;
        let stroke = Stroke::new(2.0, ui.visuals().selection.stroke.color);
        ui.painter().with_clip_rect(room.expand(2.0)).hline(
            room.x_range(),
            y.clamp(room.top(), room.bottom()),
            stroke,
        );
    }
    scroll_along(ui.ctx(), area, pointer.y, room);
}

/// Moves the list along while something is held near its upper or lower edge.
fn scroll_along(ctx: &Context, area: &ScrollAreaOutput<()>, pointer: f32, room: Rect) {
    let near_top = (room.top() + EDGE - pointer).clamp(0.0, EDGE);
    let near_bottom = (pointer - (room.bottom() - EDGE)).clamp(0.0, EDGE);
    let share = (near_bottom - near_top) / EDGE;
    let seconds = ctx.input(|input| input.stable_dt).min(0.1);
    let most = (area.content_size.y - room.height()).max(0.0);
    let mut state = area.state;
    let before = state.offset.y;
    state.offset.y = (before + share * SPEED * seconds).clamp(0.0, most);
    if (state.offset.y - before).abs() > 0.01 {
        state.store(ctx, area.id);
        ctx.request_repaint();
    }
}
