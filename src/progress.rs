//! How long work tells whoever waits for it how far it is, and how it learns that nobody waits any more.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};

/// Nobody waits for the result any more: the work stopped and left nothing behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("cancelled")]
pub struct Cancelled;

/// The parts of the walk, in order, as the status line names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Nothing has begun yet.
    Waiting,
    /// Bytes become posts.
    Read,
    /// Posts become the conversation graph.
    Build,
    /// People are grouped.
    Communities,
    /// Bridge scores.
    Bridges,
    /// Betweenness, where asked for.
    Betweenness,
    /// Scenarios of who joins, one unit a run.
    Forecast,
    /// Positions.
    Layout,
    /// The people whom the planner proposes.
    Plan,
    /// What somebody asked.
    Answer,
    /// The picture.
    Render,
    /// Files.
    Write,
}

const STAGES: [Stage; 12] = [
    Stage::Waiting,
    Stage::Read,
    Stage::Build,
    Stage::Communities,
    Stage::Bridges,
    Stage::Betweenness,
    Stage::Forecast,
    Stage::Layout,
    Stage::Plan,
    Stage::Answer,
    Stage::Render,
    Stage::Write,
];

impl Stage {
    /// What the status line says while this stage runs.
    pub fn words(self) -> &'static str {
        match self {
            Self::Waiting => "Starting…",
            Self::Read => "Reading posts…",
            Self::Build => "Building the conversation graph…",
            Self::Communities => "Finding communities…",
            Self::Bridges => "Finding bridges…",
            Self::Betweenness => "Measuring betweenness…",
            Self::Forecast => "Playing scenarios…",
            Self::Layout => "Laying out the map…",
            Self::Plan => "Planning…",
            Self::Answer => "Looking for the answer…",
            Self::Render => "Drawing the map…",
            Self::Write => "Writing files…",
        }
    }
}

/// Where some work stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// The part of the walk that runs.
    pub stage: Stage,
    /// Units done in this stage.
    pub done: u64,
    /// Units of this stage in all; 0 when unknown.
    pub total: u64,
}

impl Standing {
    /// Share done, `0.0..=1.0`; `None` when the total is unknown.
    pub fn share(&self) -> Option<f32> {
        (self.total > 0).then(|| (self.done as f32 / self.total as f32).min(1.0))
    }
}

#[derive(Debug, Default)]
struct Counter {
    stage: AtomicUsize,
    done: AtomicU64,
    total: AtomicU64,
}

/// A counter and a stop sign, shared by the work and whoever waits for it. Cloning shares it.
///
/// Long loops call [`Progress::advance`] at least every few milliseconds: that is what makes cancel quick.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    counter: Arc<Counter>,
    cancelled: Arc<AtomicBool>,
}

impl Progress {
    /// A new counter at [`Stage::Waiting`].
    pub fn new() -> Self {
        Self::default()
    }

    /// The same stop sign with a counter of its own: for work on the side that nobody is told of.
    #[must_use]
    pub fn aside(&self) -> Self {
        Self {
            counter: Arc::default(),
            cancelled: Arc::clone(&self.cancelled),
        }
    }

    /// Begins a stage of `total` units (0: unknown).
    ///
    /// # Errors
    /// [`Cancelled`] when nobody waits any more.
    pub fn begin(&self, stage: Stage, total: u64) -> Result<(), Cancelled> {
        let place = STAGES.iter().position(|s| *s == stage).unwrap_or(0);
        self.counter.done.store(0, Ordering::Relaxed);
        self.counter.total.store(total, Ordering::Relaxed);
        self.counter.stage.store(place, Ordering::Relaxed);
        self.check()
    }

    /// Counts `n` units as done.
    ///
    /// # Errors
    /// [`Cancelled`] when nobody waits any more.
    pub fn advance(&self, n: u64) -> Result<(), Cancelled> {
        self.counter.done.fetch_add(n, Ordering::Relaxed);
        self.check()
    }

    /// Looks at the stop sign without counting.
    ///
    /// # Errors
    /// [`Cancelled`] when nobody waits any more.
    pub fn check(&self) -> Result<(), Cancelled> {
        if self.is_cancelled() {
            Err(Cancelled)
        } else {
            Ok(())
        }
    }

    /// True once [`Progress::cancel`] was called: for loops inside rayon that cannot use `?`.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// Puts up the stop sign.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Where the work stands now.
    pub fn standing(&self) -> Standing {
        Standing {
            stage: STAGES[self.counter.stage.load(Ordering::Relaxed)],
            done: self.counter.done.load(Ordering::Relaxed),
            total: self.counter.total.load(Ordering::Relaxed),
        }
    }
}
