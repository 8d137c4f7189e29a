//! Threads for pictures: what a person waits for now does not queue behind work that takes seconds.

use rayon::{ThreadPool, ThreadPoolBuilder};

use super::tasks::STEPS_BACK;
use crate::system;

/// As many threads as there are cores, apart from those of the analysis and the layout, and before them.
pub(super) struct Painters(Option<ThreadPool>);

impl Painters {
    /// Where the system starts no more threads, pictures are made among everything else.
    pub(super) fn new() -> Self {
        let named = |i| format!("painter {i}");
        let pool = ThreadPoolBuilder::new()
            .thread_name(named)
            .start_handler(|_| system::let_others_first(STEPS_BACK / 2));
        Self(pool.build().ok())
    }

    /// Does `work` on one of these, soon.
    pub(super) fn spawn(&self, work: impl FnOnce() + Send + 'static) {
        match &self.0 {
            Some(pool) => pool.spawn(work),
            None => work(),
        }
    }

    /// Does `work` here; what it shares among threads goes to these.
    pub(super) fn run<R: Send>(&self, work: impl FnOnce() -> R + Send) -> R {
        match &self.0 {
            Some(pool) => pool.install(work),
            None => work(),
        }
    }
}
