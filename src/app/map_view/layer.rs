//! The picture of ties and dots: drawn by the GPU or by the CPU, kept as a texture, drawn again only when it would differ.

use eframe::egui;
use egui_wgpu::{RenderState, wgpu};

use super::budget::TieBudget;
use super::gpu::Gpu;
use super::places::Places;
use super::raster_worker::RasterWorker;
use super::shot::Shot;

/// Who draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Drawer {
    /// The GPU, or the system's imitation of one.
    Gpu,
    /// The program's own rasteriser, in a thread.
    Cpu,
}

impl Drawer {
    /// The GPU where there is one. One that the CPU imitates is slower than our own rasteriser and blocks the window.
    pub(super) fn for_adapter(adapter: &wgpu::Adapter) -> Self {
        if adapter.get_info().device_type == wgpu::DeviceType::Cpu {
            Self::Cpu
        } else {
            Self::Gpu
        }
    }
}

/// The kept picture, and who draws it.
pub(super) struct Layer {
    gpu: Option<Gpu>,
    worker: Option<RasterWorker>,
    /// What the CPU drew last.
    shown: Option<(Shot, egui::TextureHandle)>,
    budget: TieBudget,
    /// Pictures drawn so far.
    pub(super) n_drawn: u64,
}

impl Layer {
    /// `wanted` wins where it can be had.
    pub(super) fn new(state: Option<&RenderState>, wanted: Option<Drawer>) -> Self {
        let gpu = state.and_then(|state| {
            let drawer = wanted.unwrap_or_else(|| Drawer::for_adapter(&state.adapter));
            (drawer == Drawer::Gpu).then(|| Gpu::new(state)).flatten()
        });
        Self {
            worker: if gpu.is_none() {
                RasterWorker::start()
            } else {
                None
            },
            gpu,
            shown: None,
            budget: TieBudget::new(),
            n_drawn: 0,
        }
    }

    /// Who draws.
    pub(super) fn drawer(&self) -> Drawer {
        if self.gpu.is_some() {
            Drawer::Gpu
        } else {
            Drawer::Cpu
        }
    }

    /// Forgets what was drawn, and gives back the memory of it.
    pub(super) fn forget(&mut self) {
        self.shown = None;
        if let Some(gpu) = &mut self.gpu {
            gpu.forget();
        }
        if let Some(worker) = &mut self.worker {
            worker.forget();
        }
    }

    /// How many of `all` ties the next shot should have.
    pub(super) fn ties(&self, all: usize, rests: bool) -> usize {
        self.budget.ties(all, rests)
    }

    /// The largest picture that can be drawn, in pixels a side.
    pub(super) fn largest_side(&self, ctx: &egui::Context) -> u32 {
        match &self.gpu {
            Some(gpu) => gpu.largest_side(),
            None => ctx.input(|i| i.max_texture_side) as u32,
        }
    }

    /// A texture of `shot`, or the newest there is until that one is drawn, with what it shows.
    ///
    /// `waits`: more like it follow, and other work needs the cores: the CPU draws a third of the time only. `frame_secs`: how long the last frame took, where frames follow each other without a pause.
    pub(super) fn picture(
        &mut self,
        ctx: &egui::Context,
        places: &Places,
        shot: Shot,
        waits: bool,
        frame_secs: Option<f64>,
    ) -> Option<(egui::TextureId, Shot)> {
        if let Some(gpu) = &mut self.gpu {
            let (id, drawn) = gpu.picture(places, shot);
            self.n_drawn += u64::from(drawn);
            if let Some(seconds) = frame_secs.filter(|_| drawn) {
                self.budget.learn(shot.ties, seconds);
            }
            return Some((id, shot));
        }
        let worker = self.worker.as_mut()?;
        worker.ask(ctx, places, shot, waits);
        if let Some(finished) = worker.take() {
            self.n_drawn += 1;
            if finished.shot.ties < places.scene.ties.len() || finished.seconds < 0.02 {
                self.budget.learn(finished.shot.ties, finished.seconds);
            }
            let options = egui::TextureOptions::LINEAR;
            if let Some((shown, texture)) = &mut self.shown {
                texture.set(finished.image, options);
                *shown = finished.shot;
            } else {
                let texture = ctx.load_texture("map", finished.image, options);
                self.shown = Some((finished.shot, texture));
            }
        }
        let (shown, texture) = self.shown.as_ref()?;
        Some((texture.id(), *shown))
    }

    /// Whether the picture is of places with this revision.
    pub(super) fn shows_revision(&self, revision: u64) -> bool {
        self.gpu.is_some()
            || self
                .shown
                .as_ref()
                .is_some_and(|(shown, _)| shown.revision == revision)
    }

    /// Whether there is a picture at all.
    pub(super) fn shows_any(&self) -> bool {
        self.gpu.is_some() || self.shown.is_some()
    }

    /// Whether the newest picture shows `shot`: nothing better is on its way.
    pub(super) fn shows(&self, shot: &Shot) -> bool {
        self.gpu.is_some()
            || self
                .shown
                .as_ref()
                .is_some_and(|(shown, _)| shown.covers(shot))
    }
}
