//! Ties as gentle curves, where there are few enough for each to be followed with the eye.

use super::MapScene;

/// With more ties than this they are straight: a thicket of curves is no clearer, and costs more to draw.
const MOST: usize = 6_000;
/// Straight parts that a curve is drawn as.
pub const PARTS: usize = 8;
/// How far the control point stands from the middle of a tie, in lengths of it. The curve goes half as far.
const BEND: f32 = 0.12;

/// How the ties of a scene are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bends {
    curved: bool,
}

impl Bends {
    /// For the ties of `scene`, which may be a part of those of the map.
    pub fn of(scene: &MapScene) -> Self {
        Self {
            curved: scene.n_ties.max(scene.ties.len()) <= MOST,
        }
    }

    /// Straight parts that each tie is drawn as.
    pub fn parts(self) -> usize {
        if self.curved { PARTS } else { 1 }
    }

    /// The control point of the tie between two `dots` that are drawn at `a` and `b`; `None` where it is straight. The curve
    /// follows from the two people alone: from the one with the smaller number it bends to the left.
    pub fn control(
        self,
        scene: &MapScene,
        dots: [usize; 2],
        [a, b]: [[f32; 2]; 2],
    ) -> Option<[f32; 2]> {
        if !self.curved {
            return None;
        }
        let [one, other] = dots.map(|dot| scene.dots.get(dot).map(|dot| dot.person));
        let side = if one < other { BEND } else { -BEND };
        Some(control(a, b, side))
    }
}

fn control(a: [f32; 2], b: [f32; 2], side: f32) -> [f32; 2] {
    let along = [b[0] - a[0], b[1] - a[1]];
    [
        f32::midpoint(a[0], b[0]) - along[1] * side,
        f32::midpoint(a[1], b[1]) + along[0] * side,
    ]
}

/// The points of a tie from `a` to `b` by way of `control`: its ends, and between them those of a quadratic curve.
pub fn curve(
    [a, b]: [[f32; 2]; 2],
    control: Option<[f32; 2]>,
) -> impl Iterator<Item = [[f32; 2]; 2]> {
    let parts = if control.is_some() { PARTS } else { 1 };
    let point = move |i: usize| {
        let Some(c) = control.filter(|_| i > 0 && i < parts) else {
            return if i == 0 { a } else { b };
        };
        let t = i as f32 / parts as f32;
        let u = 1.0 - t;
        [0, 1].map(|k| u * u * a[k] + 2.0 * u * t * c[k] + t * t * b[k])
    };
    (0..parts).map(move |i| [point(i), point(i + 1)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_begins_and_ends_where_its_people_stand_and_bends_gently() {
        let ends = [[10.0, 20.0], [110.0, 20.0]];
        let parts: Vec<[[f32; 2]; 2]> =
            curve(ends, Some(control(ends[0], ends[1], BEND))).collect();
        assert_eq!(parts.len(), PARTS);
        let bits = |p: [f32; 2]| p.map(f32::to_bits);
        assert_eq!(bits(parts[0][0]), bits(ends[0]));
        assert_eq!(bits(parts[PARTS - 1][1]), bits(ends[1]));
        assert!(
            parts
                .windows(2)
                .all(|two| bits(two[0][1]) == bits(two[1][0])),
            "no gaps"
        );
        let off = parts.iter().map(|part| part[1][1] - 20.0);
        let most = off.fold(0.0f32, |m, v| m.max(v.abs()));
        // Half of the way to the control point, which stands 12 from a line of 100.
        assert!((most - 6.0).abs() < 0.01, "{most}");
        // From the other end it is the same curve.
        let back = control(ends[1], ends[0], -BEND);
        let there = control(ends[0], ends[1], BEND);
        assert!((0..2).all(|k| (back[k] - there[k]).abs() < 1e-4));
        let straight: Vec<[[f32; 2]; 2]> = curve(ends, None).collect();
        assert_eq!(straight.len(), 1);
        assert_eq!(straight[0].map(bits), ends.map(bits));
    }
}
