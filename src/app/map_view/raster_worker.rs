//! Draws the map on the CPU, in one thread of its own that always works on the newest wish.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use eframe::egui;

use super::super::painters::Painters;
use super::instances::sample;
use super::places::{Places, is_same};
use super::shot::Shot;
use super::view::Bounds;
use crate::progress::Progress;
use crate::render::{self, Dot, Land, MapScene};

/// A picture that the thread has finished.
pub(super) struct Finished {
    pub(super) shot: Shot,
    pub(super) image: egui::ColorImage,
    pub(super) seconds: f64,
}

/// The window's end: one slot for the newest wish, one for the newest picture.
pub(super) struct RasterWorker {
    shared: Arc<Shared>,
    asked: Option<Shot>,
    /// What was asked for last is still being drawn.
    busy: bool,
    /// Who has time waits until then: a rest twice as long as the last picture took.
    rests_until: Option<Instant>,
}

#[derive(Default)]
struct Shared {
    slots: Mutex<Slots>,
    wake: Condvar,
}

#[derive(Default)]
struct Slots {
    order: Option<Order>,
    finished: Option<Finished>,
    /// What the thread draws now, and its stop sign.
    running: Option<(Shot, Progress)>,
    closed: bool,
}

struct Order {
    shot: Shot,
    scene: Arc<MapScene>,
    at: Arc<Vec<[f32; 2]>>,
    land: Arc<Land>,
    bounds: Bounds,
    ctx: egui::Context,
}

impl Shared {
    /// A panic while the lock was held leaves nothing half done here: every change is one assignment.
    fn lock(&self) -> MutexGuard<'_, Slots> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl RasterWorker {
    /// Starts the thread; `None` where the system starts no more.
    pub(super) fn start() -> Option<Self> {
        let shared = Arc::new(Shared::default());
        let theirs = Arc::clone(&shared);
        #[allow(
            clippy::disallowed_methods,
            reason = "one thread for the map's whole life, which Tasks' lanes of single runs are not made for"
        )]
        let started = std::thread::Builder::new()
            .name("map picture".to_owned())
            .spawn(move || work(&theirs));
        started.is_ok().then_some(Self {
            shared,
            asked: None,
            busy: false,
            rests_until: None,
        })
    }

    /// Asks for `shot` unless it was asked for last. What waits is forgotten; what runs goes on, so that a moving map shows
    /// something, unless it is slower than the new wish. With `waits` the thread rests between pictures.
    pub(super) fn ask(&mut self, ctx: &egui::Context, places: &Places, shot: Shot, waits: bool) {
        if self.asked.is_some_and(|asked| asked.covers(&shot)) {
            return;
        }
        if waits && self.busy {
            return; // its end asks for a frame, and that one asks again
        }
        let rest = self
            .rests_until
            .map(|end| end.saturating_duration_since(Instant::now()));
        if let Some(rest) = rest.filter(|rest| waits && !rest.is_zero()) {
            ctx.request_repaint_after(rest);
            return;
        }
        self.asked = Some(shot);
        self.busy = true;
        let mut slots = self.shared.lock();
        if let Some((running, progress)) = &slots.running
            && running.ties > shot.ties
        {
            progress.cancel();
        }
        slots.order = Some(Order {
            shot,
            scene: Arc::clone(&places.scene),
            at: Arc::clone(&places.at),
            land: Arc::clone(&places.land),
            bounds: places.bounds,
            ctx: ctx.clone(),
        });
        drop(slots);
        self.shared.wake.notify_one();
    }

    /// Takes back what was asked for, and forgets what was drawn.
    pub(super) fn forget(&mut self) {
        (self.asked, self.busy, self.rests_until) = (None, false, None);
        let mut slots = self.shared.lock();
        if let Some((_, progress)) = &slots.running {
            progress.cancel();
        }
        (slots.order, slots.finished) = (None, None);
    }

    /// The newest picture since the last call.
    pub(super) fn take(&mut self) -> Option<Finished> {
        let finished = self.shared.lock().finished.take()?;
        self.busy = self.asked != Some(finished.shot);
        let rest = Duration::from_secs_f64(2.0 * finished.seconds);
        self.rests_until = Some(Instant::now() + rest);
        Some(finished)
    }
}

impl Drop for RasterWorker {
    fn drop(&mut self) {
        let mut slots = self.shared.lock();
        slots.closed = true;
        if let Some((_, progress)) = &slots.running {
            progress.cancel();
        }
        drop(slots);
        self.shared.wake.notify_one();
    }
}

fn work(shared: &Shared) {
    let painters = Painters::new();
    while let Some((order, progress)) = next(shared) {
        let start = Instant::now();
        // A panic in the drawing costs this picture; the next one may do better.
        let image = catch_unwind(AssertUnwindSafe(|| {
            painters.run(|| draw(&order, &progress))
        }));

        let mut slots = shared.lock();
        slots.running = None;
        if let Ok(Some(image)) = image {
            slots.finished = Some(Finished {
                shot: order.shot,
                image,
                seconds: start.elapsed().as_secs_f64(),
            });
            drop(slots);
            order.ctx.request_repaint();
        }
    }
}

/// Waits for the next wish; `None` when the window is gone.
fn next(shared: &Shared) -> Option<(Order, Progress)> {
    let mut slots = shared.lock();
    loop {
        if slots.closed {
            return None;
        }
        if let Some(order) = slots.order.take() {
            let progress = Progress::new();
            slots.running = Some((order.shot, progress.clone()));
            return Some((order, progress));
        }
        slots = shared
            .wake
            .wait(slots)
            .unwrap_or_else(PoisonError::into_inner);
    }
}

fn draw(order: &Order, progress: &Progress) -> Option<egui::ColorImage> {
    let shot = &order.shot;
    let scene = scene_of(order);
    let pixels = render::raster_scaled(
        &scene,
        shot.camera,
        shot.theme,
        shot.size,
        shot.pixels_per_point,
        progress,
    )
    .ok()?;
    let size = [pixels.width as usize, pixels.height as usize];
    (pixels.rgba.len() == size[0] * size[1] * 4)
        .then(|| egui::ColorImage::from_rgba_premultiplied(size, &pixels.rgba))
}

/// The scene with everybody where they stand now, and only as many ties as wished for.
fn scene_of(order: &Order) -> Cow<'_, MapScene> {
    let (scene, shot) = (&order.scene, &order.shot);
    let stands = scene.dots.iter().zip(order.at.iter());
    if shot.ties >= scene.ties.len() && stands.clone().all(|(dot, at)| is_same(dot.at, *at)) {
        return Cow::Borrowed(scene);
    }
    let dots = stands.map(|(dot, &at)| Dot { at, ..*dot }).collect();
    let parts = sample(&scene.ties, shot.ties);
    let ties = parts
        .into_iter()
        .flat_map(|range| scene.ties.get(range).unwrap_or_default());
    Cow::Owned(MapScene {
        dots,
        ties: ties.copied().collect(),
        n_ties: scene.ties.len(),
        land: (*order.land).clone(),
        bounds: order.bounds,
        ..MapScene::default()
    })
}
