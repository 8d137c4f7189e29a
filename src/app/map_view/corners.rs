//! Where what lies in a corner of the map goes.

use eframe::egui::{Align2, Pos2, Rect, Vec2};

use super::super::command::Corner;

/// Points between a card and the edges of the map.
pub(super) const OFF: f32 = 10.0;

/// The room of something of `size` in a corner of `room`.
pub(super) fn in_corner(room: Rect, size: Vec2, corner: Corner) -> Rect {
    let align = match corner {
        Corner::LowerLeft => Align2::LEFT_BOTTOM,
        Corner::LowerRight => Align2::RIGHT_BOTTOM,
        Corner::UpperLeft => Align2::LEFT_TOP,
        Corner::UpperRight => Align2::RIGHT_TOP,
    };
    align.align_size_within_rect(size, room.shrink(OFF))
}

/// The corner of `room` that `at` is nearest to.
pub(super) fn nearest(room: Rect, at: Pos2) -> Corner {
    let middle = room.center();
    match (at.x < middle.x, at.y < middle.y) {
        (true, false) => Corner::LowerLeft,
        (false, false) => Corner::LowerRight,
        (true, true) => Corner::UpperLeft,
        (false, true) => Corner::UpperRight,
    }
}
