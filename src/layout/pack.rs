//! Packs the pictures of components: the largest in the middle, the others in tidy shelves round it.

/// Free water between two components, in map units.
const BETWEEN: f32 = 6.0;
/// Width over height of the whole picture.
const LANDSCAPE: f32 = 1.5;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Side {
    Right,
    Below,
    Left,
    Above,
}

/// A rectangle: smallest and largest corner.
type Box2 = ([f32; 2], [f32; 2]);

/// Middles for boxes of `sizes`, largest first, and the box round all of them.
///
/// The first stands in the middle; the others fill shelves along its sides, each shelf as long as the picture is by then,
/// on the side that brings the whole nearest to 3 : 2. No two boxes overlap. `margin`: free water round the first. O(n).
pub(super) fn pack(sizes: &[[f32; 2]], margin: f32) -> (Vec<[f32; 2]>, Box2) {
    let mut middles = vec![[0.0; 2]; sizes.len()];
    let Some(first) = sizes.first() else {
        return (middles, ([0.0; 2], [0.0; 2]));
    };
    let half = [first[0] * 0.5 + margin, first[1] * 0.5 + margin];
    let mut all: Box2 = ([-half[0], -half[1]], half);
    let mut next = 1;
    let (mut beside, mut stacked) = (Side::Left, Side::Above);
    while next < sizes.len() {
        let (width, height) = (all.1[0] - all.0[0], all.1[1] - all.0[1]);
        let side = if width < LANDSCAPE * height {
            beside = if beside == Side::Left {
                Side::Right
            } else {
                Side::Left
            };
            beside
        } else {
            stacked = if stacked == Side::Above {
                Side::Below
            } else {
                Side::Above
            };
            stacked
        };
        next = shelf(sizes, next, side, &mut all, &mut middles);
    }
    (middles, all)
}

/// Fills one shelf from box `next` on; returns the first box that found no place on it.
fn shelf(
    sizes: &[[f32; 2]],
    next: usize,
    side: Side,
    all: &mut Box2,
    middles: &mut [[f32; 2]],
) -> usize {
    let upright = matches!(side, Side::Right | Side::Left);
    let (along, across) = if upright { (1, 0) } else { (0, 1) };
    let length = all.1[along] - all.0[along];
    let (mut end, mut used, mut depth) = (next, 0.0, 0f32);
    while let Some(size) = sizes.get(end) {
        let with = used + size[along] + if end > next { BETWEEN } else { 0.0 };
        if end > next && with > length {
            break;
        }
        used = with;
        depth = depth.max(size[across]);
        end += 1;
    }
    let full = end < sizes.len();
    let n = end - next;
    let spare = (length - used).max(0.0);
    // A full shelf is justified; what is left over stands together in the middle.
    let (mut at, step) = if full && n > 1 {
        (all.0[along], spare / (n - 1) as f32)
    } else {
        (all.0[along] + (length - used) * 0.5, 0.0)
    };
    let line = match side {
        Side::Right | Side::Below => all.1[across] + BETWEEN + depth * 0.5,
        Side::Left | Side::Above => all.0[across] - BETWEEN - depth * 0.5,
    };
    for (size, middle) in sizes[next..end].iter().zip(&mut middles[next..end]) {
        middle[along] = at + size[along] * 0.5;
        middle[across] = line;
        at += size[along] + BETWEEN + step;
    }
    match side {
        Side::Right | Side::Below => all.1[across] = line + depth * 0.5,
        Side::Left | Side::Above => all.0[across] = line - depth * 0.5,
    }
    if used > length {
        all.0[along] -= (used - length) * 0.5;
        all.1[along] += (used - length) * 0.5;
    }
    end
}
