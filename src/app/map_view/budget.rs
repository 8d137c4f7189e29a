//! How many ties are drawn: fewer while the map moves, as many as the machine keeps up with.

/// Ties drawn while moving until something was measured.
const FIRST: f64 = 30_000.0;
/// However slow the machine, this many show what the map is like.
const FEWEST: f64 = 3_000.0;
/// However fast it is, more than this only makes mist.
const MOST: f64 = 1_000_000.0;
/// Resting pictures may take this many times as long as moving ones.
const PATIENCE: f64 = 10.0;
/// Resting pictures have at least so many ties, if the map has.
const AT_REST: f64 = 200_000.0;
/// A moving picture should take less than this: 30 a second.
const SLOW_SECS: f64 = 1.0 / 30.0;
/// Under this there is room for more ties. Well under a 30 Hz screen's frame, or nothing would ever grow there.
const QUICK_SECS: f64 = 1.0 / 55.0;

/// The number of ties that keeps moving pictures smooth, learned from how long pictures take.
#[derive(Debug, Clone, Copy)]
pub(super) struct TieBudget {
    moving: f64,
}

impl TieBudget {
    pub(super) fn new() -> Self {
        Self { moving: FIRST }
    }

    /// How many of `all` ties to draw.
    pub(super) fn ties(self, all: usize, rests: bool) -> usize {
        let most = if rests {
            (self.moving * PATIENCE).max(AT_REST)
        } else {
            self.moving
        };
        all.min(most as usize)
    }

    /// Learns that a moving picture of `ties` ties took `seconds`.
    pub(super) fn learn(&mut self, ties: usize, seconds: f64) {
        // A pause between two gestures is no slow picture.
        if !(0.0..1.0).contains(&seconds) {
            return;
        }
        let drawn = ties as f64;
        if seconds > SLOW_SECS * 1.2 {
            // Not all at once: one slow picture may be another program's doing.
            let fitting = drawn * (SLOW_SECS / seconds).max(0.6);
            self.moving = self.moving.min(fitting.max(self.moving * 0.6));
        } else if seconds < QUICK_SECS && drawn >= self.moving * 0.9 {
            self.moving *= 1.1;
        }
        self.moving = self.moving.clamp(FEWEST, MOST);
    }
}
