//! Where bubbles stand: as near as can be to where their communities are on the map, and none on another.

/// A bubble before it is arranged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Circle {
    /// Tells it from all others; where two are as heavy, the smaller one goes first.
    pub(super) key: u32,
    /// Its area is in proportion to this.
    pub(super) weight: u32,
    /// Where it would like to be.
    pub(super) at: [f32; 2],
}

/// A bubble in its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Placed {
    /// Its middle.
    pub(super) at: [f32; 2],
    /// Its radius.
    pub(super) radius: f32,
}

/// What all bubbles together fill of the square round them, about.
const FILLED: f64 = 0.24;
/// The least room between two bubbles, in sides of that square: a flow must be seen there.
const GAP: f64 = 0.055;
/// No bubble is smaller than this share of the largest one's radius: it could not be seen or hit.
const SMALLEST: f64 = 0.14;
/// Rounds of pushing while each is drawn back to where it would like to be, and without.
const ROUNDS: [u32; 2] = [240, 160];
/// How far a bubble goes back in one round, of its way.
const BACK: f64 = 0.03;
/// Directions of bubbles that stand in the same place follow one another by this angle, so that no two are the same.
const GOLDEN_ANGLE: f64 = 2.399_963_229_728_653;
/// How far a flow may bend, in lengths of it: the first that goes round all other bubbles is taken.
const BENDS: [f32; 8] = [0.1, -0.1, 0.22, -0.22, 0.36, -0.36, 0.52, -0.52];
/// Points on a curve that are looked at.
const LOOKS: u8 = 24;

/// A bubble while it is pushed about.
#[derive(Debug, Clone, Copy)]
struct Moving {
    home: [f64; 2],
    at: [f64; 2],
    radius: f64,
}

/// Places bubbles so that none touches another: heavy ones move least, all stay as near to where they would like to be as that
/// allows. The same for any order of `circles`; the answers are in the order given. O(n²) a round, for a few dozen.
pub(super) fn arrange(circles: &[Circle]) -> Vec<Placed> {
    let mut order: Vec<usize> = (0..circles.len()).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(circles[i].weight), circles[i].key));
    let homes: Vec<[f64; 2]> = (order.iter()).map(|&i| circles[i].at.map(home)).collect();
    let side = side(&homes);
    let total: f64 = circles.iter().map(|c| f64::from(c.weight.max(1))).sum();
    let per = side * (FILLED / (std::f64::consts::PI * total.max(1.0))).sqrt();
    let largest = order
        .first()
        .map_or(0.0, |&i| per * root(circles[i].weight));
    let mut moving: Vec<Moving> = order
        .iter()
        .zip(&homes)
        .map(|(&i, home)| Moving {
            home: *home,
            at: *home,
            radius: (per * root(circles[i].weight)).max(largest * SMALLEST),
        })
        .collect();
    let gap = side * GAP;
    for round in 0..ROUNDS[0] + ROUNDS[1] {
        if round < ROUNDS[0] {
            for bubble in &mut moving {
                let Moving { home, at, .. } = *bubble;
                bubble.at = [0, 1].map(|axis| at[axis] + (home[axis] - at[axis]) * BACK);
            }
        }
        if !push(&mut moving, gap) && round >= ROUNDS[0] {
            break;
        }
    }
    spread(&mut moving, gap);
    let mut placed = vec![
        Placed {
            at: [0.0; 2],
            radius: 0.0,
        };
        circles.len()
    ];
    for (&i, bubble) in order.iter().zip(&moving) {
        placed[i] = Placed {
            at: bubble.at.map(|v| v as f32),
            radius: bubble.radius as f32,
        };
    }
    placed
}

fn home(value: f32) -> f64 {
    if value.is_finite() {
        f64::from(value)
    } else {
        0.0
    }
}

fn root(weight: u32) -> f64 {
    f64::from(weight.max(1)).sqrt()
}

/// The longer side of what holds all; 1 where all stand in one place.
fn side(homes: &[[f64; 2]]) -> f64 {
    let span = |axis: usize| {
        let values = homes.iter().map(|at| at[axis]);
        let low = values.clone().fold(f64::INFINITY, f64::min);
        let high = values.fold(f64::NEG_INFINITY, f64::max);
        high - low
    };
    let side = span(0).max(span(1));
    if side.is_finite() && side > 1e-6 {
        side
    } else {
        1.0
    }
}

/// Pushes each two apart that are too near; the larger one moves less. Returns whether any were.
fn push(moving: &mut [Moving], gap: f64) -> bool {
    let mut pushed = false;
    for i in 0..moving.len() {
        for j in i + 1..moving.len() {
            let (one, other) = (moving[i], moving[j]);
            let (way, distance) = way(one.at, other.at, i + j * moving.len());
            let missing = one.radius + other.radius + gap - distance;
            if missing <= gap * 1e-6 {
                continue;
            }
            pushed = true;
            let (a, b) = (one.radius * one.radius, other.radius * other.radius);
            let share = b / (a + b);
            let step = way.map(|v| v * missing);
            moving[i].at = [0, 1].map(|axis| one.at[axis] - step[axis] * share);
            moving[j].at = [0, 1].map(|axis| other.at[axis] + step[axis] * (1.0 - share));
        }
    }
    pushed
}

/// The direction from `a` to `b`, of length 1, and how far it is; some direction, told by `which`, where they are in one place.
fn way(a: [f64; 2], b: [f64; 2], which: usize) -> ([f64; 2], f64) {
    let off = [b[0] - a[0], b[1] - a[1]];
    let distance = libm::hypot(off[0], off[1]);
    if distance > 1e-9 {
        (off.map(|v| v / distance), distance)
    } else {
        let (sine, cosine) = libm::sincos(GOLDEN_ANGLE * (which + 1) as f64);
        ([cosine, sine], 0.0)
    }
}

/// Where pushing has left some too near, all move away from the middle by one factor: then nobody is.
fn spread(moving: &mut [Moving], gap: f64) {
    let mut factor = 1.0f64;
    for (i, one) in moving.iter().enumerate() {
        for other in &moving[i + 1..] {
            let distance = libm::hypot(one.at[0] - other.at[0], one.at[1] - other.at[1]);
            let needed = one.radius + other.radius + gap;
            factor = factor.max(needed / distance.max(gap * 1e-3));
        }
    }
    if factor <= 1.0 + 1e-9 {
        return;
    }
    let n = moving.len().max(1) as f64;
    let middle = [0, 1].map(|axis| moving.iter().map(|m| m.at[axis]).sum::<f64>() / n);
    for bubble in moving {
        let at = bubble.at;
        bubble.at = [0, 1].map(|axis| middle[axis] + (at[axis] - middle[axis]) * factor);
    }
}

/// The control point of the curve between two of the bubbles: bent as little as keeps it clear of all others.
pub(super) fn control(placed: &[Placed], two: [usize; 2]) -> [f32; 2] {
    let [Some(a), Some(b)] = two.map(|i| placed.get(i)) else {
        return [0.0; 2];
    };
    let bent = |bend: f32| {
        let along = [b.at[0] - a.at[0], b.at[1] - a.at[1]];
        [
            f32::midpoint(a.at[0], b.at[0]) - along[1] * bend,
            f32::midpoint(a.at[1], b.at[1]) + along[0] * bend,
        ]
    };
    let mut best = (f32::INFINITY, bent(BENDS[0]));
    for bend in BENDS {
        let control = bent(bend);
        let covered = covered(placed, two, control);
        if covered < best.0 {
            best = (covered, control);
        }
        if covered <= 0.0 {
            break;
        }
    }
    best.1
}

/// How much of other bubbles the curve goes through.
fn covered(placed: &[Placed], two: [usize; 2], control: [f32; 2]) -> f32 {
    let [Some(a), Some(b)] = two.map(|i| placed.get(i)) else {
        return 0.0;
    };
    let others = placed.iter().enumerate().filter(|(i, _)| !two.contains(i));
    let mut sum = 0.0;
    for (_, other) in others {
        for look in 0..=LOOKS {
            let [x, y] = on_curve([a.at, control, b.at], f32::from(look) / f32::from(LOOKS));
            let off = libm::hypotf(x - other.at[0], y - other.at[1]);
            sum += (other.radius * 1.1 - off).max(0.0);
        }
    }
    sum
}

/// The point of a quadratic curve `share` of its way, 0..=1, by its two ends and the control point between them.
pub fn on_curve([a, control, b]: [[f32; 2]; 3], share: f32) -> [f32; 2] {
    let rest = 1.0 - share;
    [0, 1].map(|axis| {
        rest * rest * a[axis] + 2.0 * rest * share * control[axis] + share * share * b[axis]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made-up circles: some on one another, some on a line.
    fn crowd(n: u32, seed: u32) -> Vec<Circle> {
        (0..n)
            .map(|i| {
                let h = i
                    .wrapping_mul(2_654_435_761)
                    .wrapping_add(seed.wrapping_mul(97))
                    >> 7;
                let at = match (i + seed) % 3 {
                    0 => [0.0, 0.0],
                    1 => [(h % 50) as f32, 3.0],
                    _ => [(h % 90) as f32, (h / 90 % 90) as f32],
                };
                Circle {
                    key: i,
                    weight: 5 + h % (40 * (1 + i % 5)),
                    at,
                }
            })
            .collect()
    }

    #[test]
    fn no_bubble_touches_another_and_areas_tell_the_people() {
        for n in [0, 1, 2, 7, 20, 40] {
            for seed in 0..6 {
                let circles = crowd(n, seed);
                let placed = arrange(&circles);
                assert_eq!(placed.len(), circles.len());
                for (i, a) in placed.iter().enumerate() {
                    assert!(a.at.iter().all(|v| v.is_finite()) && a.radius > 0.0);
                    for b in &placed[i + 1..] {
                        let off = libm::hypotf(a.at[0] - b.at[0], a.at[1] - b.at[1]);
                        assert!(off > a.radius + b.radius, "{n} {seed}: {a:?} {b:?}");
                    }
                }
                let largest = placed.iter().map(|p| p.radius).fold(0.0, f32::max);
                for (circle, placed) in circles.iter().zip(&placed) {
                    let heaviest = circles.iter().map(|c| c.weight).max().unwrap_or(1);
                    let share = (circle.weight as f32 / heaviest as f32).sqrt().max(0.14);
                    assert!((placed.radius / largest - share).abs() < 1e-3);
                }
            }
        }
    }

    #[test]
    fn the_order_in_which_they_are_told_changes_nothing() {
        let circles = crowd(23, 4);
        let placed = arrange(&circles);
        let mut backwards = circles.clone();
        backwards.reverse();
        let mut again = arrange(&backwards);
        again.reverse();
        assert_eq!(placed, again);
    }

    #[test]
    fn bubbles_that_have_room_stay_where_they_are() {
        let far = |key: u32, x: f32| Circle {
            key,
            weight: 10,
            at: [x, 0.0],
        };
        let placed = arrange(&[far(0, -100.0), far(1, 0.0), far(2, 100.0)]);
        for (placed, x) in placed.iter().zip([-100.0f32, 0.0, 100.0]) {
            assert!((placed.at[0] - x).abs() < 1e-3 && placed.at[1].abs() < 1e-3);
        }
    }

    #[test]
    fn a_flow_goes_round_a_bubble_that_stands_between() {
        let at = |x: f32, y: f32| Placed {
            at: [x, y],
            radius: 6.0,
        };
        // Straight on the way, and a little to the side to which flows bend first.
        let placed = [at(0.0, 0.0), at(100.0, 0.0), at(50.0, 4.0)];
        let control = control(&placed, [0, 1]);
        for look in 0..=100u8 {
            let [x, y] = on_curve(
                [placed[0].at, control, placed[1].at],
                f32::from(look) / 100.0,
            );
            assert!(libm::hypotf(x - 50.0, y - 4.0) > 6.0, "{x} {y}");
        }
    }
}
