//! Which names are shown and where: the most important that fit, and those shown before keep their place.

use eframe::egui::{Pos2, Rect, Vec2};

use crate::render::LabelOf;

/// Points between a dot and its name.
const GAP: f32 = 3.0;
/// Points that names keep from each other.
const APART: f32 = 2.0;

/// A name that would like to be shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Wish {
    /// Whose name.
    pub(super) of: LabelOf,
    /// Where the subject is.
    pub(super) at: Pos2,
    /// Keep this clear round it.
    pub(super) clear: f32,
    /// Width and height of the text.
    pub(super) size: Vec2,
}

/// Where a name stands beside its subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Over the subject: communities.
    Middle,
    Right,
    Left,
    Above,
    Below,
}

const BESIDE: [Side; 4] = [Side::Right, Side::Left, Side::Above, Side::Below];

/// A name that is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Placed {
    /// Its place in the wishes.
    pub(super) wish: usize,
    /// On which side.
    pub(super) side: Side,
    /// The room it takes.
    pub(super) rect: Rect,
}

/// Chooses at most `budget` of `wishes` (most important first) so that none overlap and all are within `room`.
///
/// `before`: what was shown last. Those keep their side, and stand half a budget higher in the order, so that names neither
/// hop nor blink while the map moves. O(wishes · budget).
pub(super) fn place(
    wishes: &[Wish],
    before: &[(LabelOf, Side)],
    room: Rect,
    budget: usize,
) -> Vec<Placed> {
    let mut order: Vec<(usize, usize, Option<Side>)> = wishes
        .iter()
        .enumerate()
        .map(|(i, wish)| {
            let kept = before.iter().find(|(of, _)| *of == wish.of);
            let rank = 2 * i + usize::from(kept.is_none()) * budget;
            (rank, i, kept.map(|(_, side)| *side))
        })
        .collect();
    order.sort_unstable_by_key(|&(rank, i, _)| (rank, i));
    let mut placed: Vec<Placed> = Vec::with_capacity(budget);
    for (_, i, kept) in order {
        if placed.len() >= budget {
            break;
        }
        let Some(wish) = wishes.get(i) else { continue };
        let sides = match wish.of {
            LabelOf::Community(_) => &[Side::Middle][..],
            LabelOf::Person(_) => &BESIDE[..],
        };
        let free = kept
            .into_iter()
            .chain(sides.iter().copied())
            .find_map(|side| {
                let rect = rect_at(wish, side);
                let fits = room.contains_rect(rect)
                    && placed
                        .iter()
                        .all(|p| !p.rect.expand(APART).intersects(rect));
                fits.then_some(Placed {
                    wish: i,
                    side,
                    rect,
                })
            });
        placed.extend(free);
    }
    placed
}

/// The room a name takes on this side of its subject.
pub(super) fn rect_at(wish: &Wish, side: Side) -> Rect {
    let off = wish.clear + GAP;
    let half = wish.size / 2.0;
    let centre = match side {
        Side::Middle => wish.at,
        Side::Right => wish.at + Vec2::new(off + half.x, 0.0),
        Side::Left => wish.at - Vec2::new(off + half.x, 0.0),
        Side::Above => wish.at - Vec2::new(0.0, off + half.y),
        Side::Below => wish.at + Vec2::new(0.0, off + half.y),
    };
    Rect::from_center_size(centre, wish.size)
}
