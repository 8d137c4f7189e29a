//! Days as people write them in files: `2026-12-31`, by the clock of Greenwich.

use crate::campaign::day_of;

/// The day in so many days from now; 0: today.
pub(super) fn day_in(days: i64) -> String {
    let now = jiff::Timestamp::now().as_second();
    day_of(now.saturating_add(days.saturating_mul(86_400)))
}
