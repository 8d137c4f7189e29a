//! When a picture on the way is worth sending. The clock decides when, never what.

use std::time::{Duration, Instant};

use super::request::Positions;

/// Time between two pictures, at least.
const FRAME: Duration = Duration::from_millis(33);

/// Sends pictures to whoever watches, and keeps the cost of making them small.
pub(super) struct Stream<'a> {
    each: &'a (dyn Fn(&Positions) + Sync),
    next: Instant,
}

impl<'a> Stream<'a> {
    pub(super) fn new(each: &'a (dyn Fn(&Positions) + Sync)) -> Self {
        Self {
            each,
            next: Instant::now(),
        }
    }

    /// Sends what `picture` makes, if it is time; pictures never take more than about a tenth of all time.
    pub(super) fn offer(&mut self, picture: impl FnOnce() -> Vec<[f32; 2]>) {
        let began = Instant::now();
        if began < self.next {
            return;
        }
        (self.each)(&Positions { xy: picture() });
        self.next = Instant::now() + FRAME.max(began.elapsed() * 9);
    }
}
