//! Makes the places of large maps in the background: a grid over a million people takes longer than a frame.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};

use eframe::egui;

use super::super::painters::Painters;
use super::places::{Places, PlacesOrder};

/// For which map, and the places; none after a panic, which leaves the places as they were.
type Made = (u64, Option<Places>);

/// One order at a time.
pub(super) struct PlacesWorker {
    painters: Painters,
    sender: Sender<Made>,
    finished: Receiver<Made>,
    /// Counts the maps: what was made for an earlier one is thrown away.
    map: u64,
    busy: bool,
}

impl PlacesWorker {
    pub(super) fn new() -> Self {
        let (sender, finished) = channel();
        Self {
            painters: Painters::new(),
            sender,
            finished,
            map: 0,
            busy: false,
        }
    }

    /// The places that were made since the last call, if any.
    pub(super) fn take(&mut self) -> Option<Places> {
        while let Ok((map, places)) = self.finished.try_recv() {
            if map == self.map {
                self.busy = false;
                return places;
            }
        }
        None
    }

    /// Takes an order, unless one is being worked on: then ask again when that is taken. Returns what was made at once.
    pub(super) fn ask(&mut self, ctx: &egui::Context, order: PlacesOrder) -> Option<Places> {
        if self.busy {
            return None;
        }
        if order.is_quick() {
            return Some(order.make());
        }
        self.busy = true;
        let (map, sender, ctx) = (self.map, self.sender.clone(), ctx.clone());
        self.painters.spawn(move || {
            let made = catch_unwind(AssertUnwindSafe(|| order.make())).ok();
            // The window may be gone: then nobody misses them.
            if sender.send((map, made)).is_ok() {
                ctx.request_repaint();
            }
        });
        None
    }

    /// Another map is open: what is being made is of no use.
    pub(super) fn forget(&mut self) {
        self.map += 1;
        self.busy = false;
    }
}
