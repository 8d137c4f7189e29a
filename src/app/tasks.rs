//! Background work: one thread a lane, newer work replaces older, a panic becomes a sentence. Nothing else spawns threads.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use crate::problem::Problem;
use crate::progress::{Progress, Standing};
use crate::system;

/// Kinds of work. In each lane at most one run counts: starting another cancels the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Lane {
    /// Reading files and looking at them.
    Import,
    /// Posts to analysis to positions.
    Walk,
    /// Grouping the people of the open map otherwise, putting names and colours on.
    Group,
    /// Looking into which parts a community falls.
    Parts,
    /// Finding out what a filter lets through.
    Filter,
    /// The scene for the current style.
    Scene,
    /// Putting the table in order, measuring betweenness for it.
    Order,
    /// Giving the people of a large map other names.
    Hide,
    /// What somebody looks closer at.
    Closer,
    /// The rows of the table of everybody.
    Table,
    /// Selections made from selections.
    Select,
    /// What is found out about the selection.
    SelectedFacts,
    /// The map of communities.
    Flows,
    /// What has changed since the file before.
    Changes,
    /// Finding the people of a plan.
    Plan,
    /// Counting a plan with somebody in another's place.
    Replace,
    /// Looking up whom the list touches.
    Meter,
    /// Who would add most to the list.
    Next,
    /// Who could stand in for somebody.
    Instead,
    /// Swaps that would help the list.
    Swaps,
    /// Comparing ways to choose people, scenarios, waves.
    Compare,
    /// Saving what the person exports.
    Export,
    /// Reading a list that goes onto the outreach list.
    List,
    /// Making the names of a map ready to be searched.
    Index,
    /// Looking for what somebody types.
    Find,
    /// Answering a question.
    Question,
    /// Looking up whom pasted handles name.
    Names,
    /// Putting on the disk what was changed.
    Keep,
    /// Putting posts, people and ties into the file of the open work.
    Base,
    /// Closing a file that is no longer worked on.
    Close,
    /// Looking for work that was left.
    Left,
    /// Keeping the preferences on disk.
    Remember,
    /// Looking for fonts.
    Fonts,
    /// The system's file dialog.
    Dialog,
    /// Freeing what was thrown away.
    Discard,
    /// Asking the system how it wants things.
    Ask,
}

/// As many as there are: the last one says it.
const LANES: usize = Lane::Ask as usize + 1;

/// How far background work steps back for the window's thread and its pictures.
pub(super) const STEPS_BACK: u8 = 19;

struct Running {
    run: u64,
    progress: Progress,
    /// Whether the status line tells of it and cancel stops it.
    shown: bool,
    thread: Option<JoinHandle<()>>,
}

/// All background work of the window. `T` is what finished work brings back.
pub(super) struct Tasks<T> {
    lanes: [Option<Running>; LANES],
    runs: u64,
    sender: Sender<Message<T>>,
    inbox: Receiver<Message<T>>,
}

struct Message<T> {
    lane: Lane,
    run: u64,
    /// The run sends no more after this.
    last: bool,
    result: Result<T, Problem>,
}

/// The other end for work that tells something before it is finished.
pub(super) struct Outbox<T> {
    lane: Lane,
    run: u64,
    sender: Sender<Message<T>>,
    wake: Box<dyn Fn() + Send + Sync>,
}

impl<T> Outbox<T> {
    /// Sends a part of the result on the way.
    pub(super) fn send(&self, part: T) {
        self.pass_on(false, Ok(part));
    }

    fn pass_on(&self, last: bool, result: Result<T, Problem>) {
        // The window may be gone already; then nobody misses the result.
        if self
            .sender
            .send(Message {
                lane: self.lane,
                run: self.run,
                last,
                result,
            })
            .is_ok()
        {
            (self.wake)();
        }
    }
}

impl<T: Send + 'static> Tasks<T> {
    pub(super) fn new() -> Self {
        let (sender, inbox) = channel();
        Self {
            lanes: std::array::from_fn(|_| None),
            runs: 0,
            sender,
            inbox,
        }
    }

    /// Starts `work` in `lane`; what ran there is cancelled and will not be heard of again. `shown`: the status line tells of
    /// it. `wake` is called after each message so that the window looks.
    pub(super) fn start(
        &mut self,
        lane: Lane,
        shown: bool,
        wake: impl Fn() + Send + Sync + 'static,
        work: impl FnOnce(&Progress, &Outbox<T>) -> Result<T, Problem> + Send + 'static,
    ) {
        self.cancel(lane);
        self.runs += 1;
        let progress = Progress::new();
        let outbox = Outbox {
            lane,
            run: self.runs,
            sender: self.sender.clone(),
            wake: Box::new(wake),
        };
        let mut running = Running {
            run: self.runs,
            progress: progress.clone(),
            shown,
            thread: None,
        };
        let name = format!("{lane:?}").to_lowercase();
        #[expect(
            clippy::disallowed_methods,
            reason = "this is the one place that starts threads"
        )]
        let started = std::thread::Builder::new().name(name).spawn(move || {
            system::let_others_first(STEPS_BACK);
            let result = catch_unwind(AssertUnwindSafe(|| work(&progress, &outbox)))
                .unwrap_or_else(|panic| {
                    Err(Problem::new(
                        format!(
                            "Isthmus made a mistake in the background ({})",
                            words_of(panic.as_ref())
                        ),
                        "Your list is safe; try again, and report it if it happens again",
                    ))
                });
            outbox.pass_on(true, result);
        });
        match started {
            Ok(thread) => running.thread = Some(thread),
            Err(error) => {
                let what = format!("The system starts no more background work ({error})");
                let result = Err(Problem::new(what, "Close some programs and try again"));
                // Our own receiver is alive as long as we are.
                drop(self.sender.send(Message {
                    lane,
                    run: self.runs,
                    last: true,
                    result,
                }));
            }
        }
        self.lanes[lane as usize] = Some(running);
    }

    /// The next thing that arrived, but for what cancelled or overtaken runs still sent.
    ///
    /// One at a time: what is done about one message may cancel the run that sent another one behind it.
    pub(super) fn next(&mut self) -> Option<(Lane, Result<T, Problem>)> {
        while let Ok(message) = self.inbox.try_recv() {
            let slot = &mut self.lanes[message.lane as usize];
            if slot
                .as_ref()
                .is_some_and(|running| running.run == message.run)
            {
                if message.last {
                    *slot = None;
                }
                return Some((message.lane, message.result));
            }
        }
        None
    }

    /// Stops what runs in `lane`; what it still sends is dropped.
    pub(super) fn cancel(&mut self, lane: Lane) {
        if let Some(running) = self.lanes[lane as usize].take() {
            running.progress.cancel();
        }
    }

    /// Waits until what runs in `lane` is done, and forgets it: for the few moments in which nothing else may happen.
    pub(super) fn wait(&mut self, lane: Lane) {
        if let Some(thread) = self.lanes[lane as usize]
            .take()
            .and_then(|running| running.thread)
        {
            // A panic inside was already turned into a message.
            drop(thread.join());
        }
    }

    /// Whether something runs in `lane`.
    pub(super) fn runs(&self, lane: Lane) -> bool {
        self.lanes[lane as usize].is_some()
    }

    /// Where the work the person waits for stands.
    pub(super) fn standing(&self) -> Option<Standing> {
        self.lanes
            .iter()
            .flatten()
            .find(|running| running.shown)
            .map(|running| running.progress.standing())
    }

    /// Where the work in `lane` stands; `None` when nothing runs there.
    pub(super) fn standing_of(&self, lane: Lane) -> Option<Standing> {
        let running = self.lanes[lane as usize].as_ref();
        running.map(|running| running.progress.standing())
    }

    /// Stops everything.
    pub(super) fn cancel_all(&mut self) {
        for lane in &mut self.lanes {
            if let Some(running) = lane.take() {
                running.progress.cancel();
            }
        }
    }
}

impl<T> Drop for Tasks<T> {
    fn drop(&mut self) {
        for running in self.lanes.iter().flatten() {
            running.progress.cancel();
        }
    }
}

fn words_of(panic: &(dyn std::any::Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no words were left")
}

#[cfg(test)]
mod tests {
    use super::{Lane, Tasks};

    #[test]
    fn the_last_lane_has_its_place() {
        let mut tasks: Tasks<()> = Tasks::new();
        tasks.start(Lane::Ask, false, || (), |_, _| Ok(()));
        assert!(tasks.runs(Lane::Ask));
    }

    #[test]
    fn what_arrived_from_a_run_is_dropped_once_that_run_is_cancelled() {
        let mut tasks: Tasks<&str> = Tasks::new();
        let (wake, woken) = std::sync::mpsc::channel();
        for (lane, word) in [(Lane::Walk, "a new map"), (Lane::Order, "an old order")] {
            let wake = wake.clone();
            tasks.start(
                lane,
                false,
                move || wake.send(()).expect("the test waits"),
                move |_, _| Ok(word),
            );
            woken.recv().expect("the work is done");
        }
        assert!(matches!(tasks.next(), Some((Lane::Walk, Ok("a new map")))));
        // The new map has no use for an order of the old one, which waits in the queue already.
        tasks.cancel(Lane::Order);
        assert!(tasks.next().is_none());
    }
}
