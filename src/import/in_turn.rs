//! Things are made by all cores and taken in one at a time, in order.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Things for each core that may be made before the first of them is taken in: bounds the memory of what waits.
const EACH: usize = 12;

/// Makes things number 0 to n − 1 on all cores, and takes them in by their number, on whichever core has nothing better to do.
///
/// No core waits for another as long as there is something to make: where the system lets one stand still for a while, the
/// others go on.
///
/// # Errors
/// The first that `make` or `take` gives; nothing more is made then.
pub(super) fn in_turn<T: Send, E: Send>(
    n: usize,
    make: impl Fn(usize) -> Result<T, E> + Sync,
    take: impl FnMut(T) -> Result<(), E> + Send,
) -> Result<(), E> {
    let n_cores = rayon::current_num_threads();
    let line = Line {
        n,
        room: EACH * n_cores,
        state: Mutex::new(State {
            next: 0,
            taken: 0,
            made: VecDeque::new(),
            taking: false,
            stopped: false,
            error: None,
        }),
        moved: Condvar::new(),
    };
    let take = Mutex::new(take);
    rayon::scope(|scope| {
        for _ in 1..n_cores.min(n) {
            scope.spawn(|_| line.work(&make, &take));
        }
        line.work(&make, &take);
    });
    let state = line.state.into_inner();
    let error = state.unwrap_or_else(PoisonError::into_inner).error;
    error.map_or(Ok(()), Err)
}

struct Line<T, E> {
    n: usize,
    /// Things that may be in `made`.
    room: usize,
    state: Mutex<State<T, E>>,
    /// Told when there is room again.
    moved: Condvar,
}

struct State<T, E> {
    /// The next to be made.
    next: usize,
    /// Things that left `made`.
    taken: usize,
    /// Those from number `taken` on; `None` while it is being made.
    made: VecDeque<Option<T>>,
    /// One is being taken in.
    taking: bool,
    stopped: bool,
    error: Option<E>,
}

impl<T, E> Line<T, E> {
    fn state(&self) -> MutexGuard<'_, State<T, E>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn stop(&self, state: &mut State<T, E>, error: Option<E>) {
        state.stopped = true;
        state.error = state.error.take().or(error);
        self.moved.notify_all();
    }

    /// What each core does: takes in what is next, makes what is next, or waits for room.
    fn work(
        &self,
        make: &impl Fn(usize) -> Result<T, E>,
        take: &Mutex<impl FnMut(T) -> Result<(), E>>,
    ) {
        let _guard = StopAtPanic(self);
        let mut state = self.state();
        while !state.stopped {
            if let Some(thing) = next_to_take(&mut state) {
                self.moved.notify_all();
                drop(state);
                let took = (*take.lock().unwrap_or_else(PoisonError::into_inner))(thing);
                state = self.state();
                state.taking = false;
                if let Err(error) = took {
                    self.stop(&mut state, Some(error));
                }
            } else if state.next < self.n && state.made.len() < self.room {
                let number = state.next;
                state.next += 1;
                state.made.push_back(None);
                drop(state);
                let thing = make(number);
                state = self.state();
                let place = number - state.taken;
                match (thing, state.made.get_mut(place)) {
                    (Ok(thing), Some(slot)) => *slot = Some(thing),
                    (Ok(_), None) => {}
                    (Err(error), _) => self.stop(&mut state, Some(error)),
                }
            } else if state.next < self.n {
                // Whoever makes or takes in the first of them goes on with the next.
                let moved = self.moved.wait(state);
                state = moved.unwrap_or_else(PoisonError::into_inner);
            } else {
                return;
            }
        }
    }
}

/// The first thing, if it is made and nobody takes another.
fn next_to_take<T, E>(state: &mut State<T, E>) -> Option<T> {
    if state.taking {
        return None;
    }
    let thing = state.made.front_mut()?.take()?;
    state.made.pop_front();
    state.taken += 1;
    state.taking = true;
    Some(thing)
}

/// Lets nobody wait for a core that panicked.
struct StopAtPanic<'a, T, E>(&'a Line<T, E>);

impl<T, E> Drop for StopAtPanic<'_, T, E> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.stop(&mut self.0.state(), None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_taken_once_and_in_order() {
        for n_cores in [1, 2, 5] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(n_cores).build();
            for n in [0, 1, 3, 1000] {
                let mut taken = Vec::new();
                let make = |i: usize| {
                    // Some take longer than others.
                    let work = (0..i * 7919 % 5000).fold(0u64, |sum, x| sum ^ x as u64);
                    std::hint::black_box(work);
                    Ok::<_, ()>(i)
                };
                let take = |i| {
                    taken.push(i);
                    Ok(())
                };
                let done = pool
                    .as_ref()
                    .expect("threads")
                    .install(|| in_turn(n, make, take));
                assert_eq!(done, Ok(()));
                assert!(taken.into_iter().eq(0..n));
            }
        }
    }

    #[test]
    fn an_error_ends_it() {
        let make = |i| if i == 70 { Err("made") } else { Ok(i) };
        assert_eq!(in_turn(1000, make, |_| Ok(())), Err("made"));
        let mut last = 0;
        let take = |i| {
            last = i;
            if i == 30 { Err("taken") } else { Ok(()) }
        };
        assert_eq!(in_turn(1000, Ok, take), Err("taken"));
        assert_eq!(last, 30);
    }

    #[test]
    fn a_panic_leaves_nobody_waiting() {
        let make = |i| {
            assert!(i != 5, "on purpose");
            Ok::<_, ()>(i)
        };
        let all = || in_turn(1000, make, |_| Ok(()));
        assert!(std::panic::catch_unwind(all).is_err());
    }
}
