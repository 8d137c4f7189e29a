//! What was done once, with its time and counts: the log of the work.

use serde::{Deserialize, Serialize};

/// What was done once: read, grouped, planned, exported. Counts, never people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LogEntry {
    /// When, in seconds since 1970 UTC.
    pub at: i64,
    /// A sentence without its full stop: "Read 711 posts of sushi-sample.csv, 10 rows left out".
    pub what: String,
    /// Seconds it took, where that was measured.
    pub seconds: Option<f64>,
}

impl LogEntry {
    /// The day, by the clock of Greenwich, as `2026-12-31`.
    pub fn day(&self) -> String {
        day_of(self.at)
    }
}

/// The day of a moment in seconds since 1970 UTC, as `2026-12-31`.
pub fn day_of(at: i64) -> String {
    let moment = jiff::Timestamp::from_second(at).unwrap_or_default();
    moment.strftime("%Y-%m-%d").to_string()
}
