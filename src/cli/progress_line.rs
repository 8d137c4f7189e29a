//! One line on standard error that tells how far the work is, when somebody sits at a terminal.

use std::io::{self, IsTerminal as _};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::problem::Problem;
use crate::progress::Progress;

/// How often the line is drawn again.
const EVERY: Duration = Duration::from_millis(100);

/// Runs `work` and shows its progress while it lasts.
pub(super) fn shown(work: impl FnOnce(&Progress) -> Result<(), Problem>) -> Result<(), Problem> {
    let progress = Progress::new();
    if !io::stderr().is_terminal() {
        return work(&progress);
    }
    let finished = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let line = scope.spawn(|| draw_until(&finished, &progress));
        let result = catch_unwind(AssertUnwindSafe(|| work(&progress)));
        finished.store(true, Ordering::Relaxed);
        line.thread().unpark();
        result.unwrap_or_else(|panic| resume_unwind(panic))
    })
}

fn draw_until(finished: &AtomicBool, progress: &Progress) {
    let line = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
        line.set_style(style);
    }
    while !finished.load(Ordering::Relaxed) {
        let standing = progress.standing();
        let share = standing
            .share()
            .map_or_else(String::new, |share| format!(" {:.0} %", share * 100.0));
        line.set_message(format!("{}{share}", standing.stage.words()));
        line.tick();
        std::thread::park_timeout(EVERY);
    }
    line.finish_and_clear();
}
