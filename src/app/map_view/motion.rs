//! New positions far from the last ones are not jumped to: everybody moves there within a moment, so that the eye can follow.

use std::sync::Arc;

use crate::layout::Positions;

/// Seconds of a move.
const MOVE_SECS: f64 = 0.3;
/// A middle dot that goes farther than this share of the map's width jumps; less is seen as motion anyway.
const JUMP: f32 = 0.02;
/// The same for the last positions: nothing follows that would make a motion of them.
const LAST_JUMP: f32 = 0.002;
/// With more people than this, a move costs more time than it is worth.
const MOST: usize = 200_000;

/// Where people are shown, on their way to where they stand.
#[derive(Debug, Default)]
pub(super) struct Motion {
    /// Where they are shown, for which positions, and whose number that is.
    shown: Option<(Arc<Positions>, Arc<Positions>, u64)>,
    /// From where, and since when.
    from: Option<(Arc<Positions>, f64)>,
}

impl Motion {
    /// Where people are shown at `now`, on their way to `to`, positions number `version`. With `moves` false they are there at
    /// once; `last`: no others are on their way. O(n) while somebody moves and once for new positions, else nothing.
    pub(super) fn step(
        &mut self,
        to: &Arc<Positions>,
        version: u64,
        now: f64,
        (moves, last): (bool, bool),
    ) -> Arc<Positions> {
        let before = self.shown.take();
        if let Some((shown, target, number)) = &before
            && (*number != version || !Arc::ptr_eq(target, to))
            && self.from.is_none()
            && jumps(shown, to, if last { LAST_JUMP } else { JUMP })
        {
            self.from = Some((shown.clone(), now));
        }
        if !moves {
            self.from = None;
        }
        let shown = match &self.from {
            Some((from, since)) if now - since < MOVE_SECS => {
                let share = ((now - since) / MOVE_SECS).max(0.0) as f32;
                Arc::new(between(from, to, share * share * (3.0 - 2.0 * share)))
            }
            _ => {
                self.from = None;
                to.clone()
            }
        };
        self.shown = Some((shown.clone(), to.clone(), version));
        shown
    }

    /// Whether the next frame shows people elsewhere.
    pub(super) fn goes_on(&self) -> bool {
        self.from.is_some()
    }

    /// The next positions are shown at once.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }
}

/// Whether the eye loses track of who is where. Both are taken as the window shows them, each filling it.
fn jumps(from: &Positions, to: &Positions, least: f32) -> bool {
    let (Some(a), Some(b)) = (from.bounds(), to.bounds()) else {
        return false;
    };
    if from.xy.len() != to.xy.len() || to.xy.len() > MOST {
        return false;
    }
    let width =
        |(low, high): ([f32; 2], [f32; 2])| (high[0] - low[0]).max(high[1] - low[1]).max(1e-6);
    let (wide_a, wide_b) = (width(a), width(b));
    // Every so manieth is enough to know the middle one.
    let every = (to.xy.len() / 2_000).max(1);
    let mut ways: Vec<f32> = (0..to.xy.len())
        .step_by(every)
        .filter_map(|i| Some((from.of(i)?, to.of(i)?)))
        .map(|(p, q)| {
            let off = |k: usize| (p[k] - a.0[k]) / wide_a - (q[k] - b.0[k]) / wide_b;
            libm::hypotf(off(0), off(1))
        })
        .collect();
    if ways.is_empty() {
        return false;
    }
    let middle = ways.len() / 2;
    *ways.select_nth_unstable_by(middle, f32::total_cmp).1 > least
}

fn between(from: &Positions, to: &Positions, share: f32) -> Positions {
    let xy = from.xy.iter().zip(&to.xy).map(|(a, b)| {
        if a[0].is_finite() && b[0].is_finite() {
            [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share]
        } else {
            *b
        }
    });
    Positions { xy: xy.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(step: f32) -> Arc<Positions> {
        let xy = (0..100)
            .map(|i| [i as f32, step * (i % 7) as f32])
            .collect();
        Arc::new(Positions { xy })
    }

    #[test]
    fn people_move_to_far_places_and_are_at_near_ones_at_once() {
        let mut motion = Motion::default();
        let (first, near, far) = (row(0.0), row(0.1), row(9.0));
        assert_eq!(motion.step(&first, 1, 0.0, (true, false)), first);
        assert_eq!(motion.step(&near, 2, 1.0, (true, false)), near);
        assert!(!motion.goes_on());
        assert_eq!(
            motion.step(&far, 3, 2.0, (true, false)),
            near,
            "nobody has moved yet"
        );
        let half = motion.step(&far, 3, 2.0 + MOVE_SECS / 2.0, (true, false));
        assert!(motion.goes_on());
        let middle = f32::midpoint(near.xy[6][1], far.xy[6][1]);
        assert!((half.xy[6][1] - middle).abs() < 1e-3);
        assert_eq!(motion.step(&far, 3, 2.01 + MOVE_SECS, (true, false)), far);
        assert!(!motion.goes_on());
    }

    #[test]
    fn the_last_positions_are_gone_to_also_where_they_are_near() {
        let mut motion = Motion::default();
        let (first, near) = (row(0.0), row(0.1));
        motion.step(&first, 1, 0.0, (true, false));
        assert_eq!(motion.step(&near, 2, 1.0, (true, true)), first);
        assert!(motion.goes_on());
        assert_eq!(motion.step(&near, 2, 1.01 + MOVE_SECS, (true, true)), near);
    }

    #[test]
    fn who_wants_no_motion_gets_none_and_a_new_map_begins_where_it_is() {
        let (first, far) = (row(0.0), row(9.0));
        let mut motion = Motion::default();
        motion.step(&first, 1, 0.0, (false, false));
        assert_eq!(motion.step(&far, 2, 1.0, (false, false)), far);
        motion.forget();
        assert_eq!(motion.step(&first, 3, 2.0, (true, false)), first);
        assert!(!motion.goes_on());
    }

    #[test]
    fn people_without_a_place_get_theirs_at_once() {
        let mut motion = Motion::default();
        let mut partly = (*row(0.0)).clone();
        partly.xy[0] = [f32::NAN; 2];
        motion.step(&Arc::new(partly), 1, 0.0, (true, false));
        let far = row(9.0);
        let shown = motion.step(&far, 2, 0.0, (true, false));
        assert_eq!(shown.of(0), far.of(0));
    }
}
