//! How the window keeps up, for whoever wants to measure: a row for each picture, where `ISTHMUS_FRAMES` names a file for them.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use eframe::egui;

use super::model::Model;
use crate::files;
use crate::layout::Positions;
use crate::problem::Problem;

/// The environment variable that names the file.
const VARIABLE: &str = "ISTHMUS_FRAMES";

/// Rows of pictures, written as CSV when the window closes:
///
/// `at` seconds since the window opened; `work` milliseconds that the window's thread worked on the picture before; `pointer` whether
/// the pointer moved for this picture; `stage` what runs in the background; `positions` version of the positions shown, 0 before there is a picture of them; `moved`
/// how far the middle one of all dots went since the version before, as a share of the map's width; `width` of the map, in
/// map units; `drawn` pictures of the map, ties and dots, that there have been.
pub(super) struct FrameLog {
    path: PathBuf,
    start: Instant,
    rows: String,
    shown: Option<(u64, Arc<Positions>)>,
}

impl FrameLog {
    /// A log, where one is wanted.
    pub(super) fn wanted() -> Option<Self> {
        std::env::var_os(VARIABLE).map(|path| Self {
            path: path.into(),
            start: Instant::now(),
            rows: "at,work,pointer,stage,positions,moved,width,drawn\n".to_owned(),
            shown: None,
        })
    }

    /// Notes the picture that begins now.
    pub(super) fn note(
        &mut self,
        ctx: &egui::Context,
        frame: &eframe::Frame,
        model: &Model,
        (shown, drawn): (bool, u64),
    ) {
        let at = self.start.elapsed().as_secs_f64();
        let work = frame.info().cpu_usage.map_or(0.0, |s| s * 1e3);
        let pointer = ctx.input(|i| i.pointer.delta() != egui::Vec2::ZERO);
        let stage = model
            .working
            .map_or("none".to_owned(), |w| format!("{:?}", w.standing.stage));
        let (version, moved, width) = if shown {
            self.moved(model).unwrap_or_default()
        } else {
            Default::default()
        };
        // A string takes everything.
        writeln!(
            self.rows,
            "{at:.4},{work:.2},{},{stage},{version},{moved:.5},{width:.1},{drawn}",
            u8::from(pointer)
        )
        .unwrap_or_default();
    }

    /// Version of the positions, how far the middle dot moved, and how wide the map is.
    fn moved(&mut self, model: &Model) -> Option<(u64, f32, f32)> {
        let map = model.map.as_ref()?;
        let now = map.positions.as_ref()?;
        let (low, high) = now.bounds()?;
        let width = high[0] - low[0];
        let version = map.positions_version;
        let before = self.shown.replace((version, now.clone()));
        let moved = before.filter(|(v, _)| *v != version).map(|(_, before)| {
            let mut ways: Vec<f32> = (0..now.xy.len())
                .filter_map(|i| Some((now.of(i)?, before.of(i)?)))
                .map(|(a, b)| libm::hypotf(a[0] - b[0], a[1] - b[1]))
                .collect();
            let middle = ways.len() / 2;
            if ways.is_empty() {
                return 0.0;
            }
            *ways.select_nth_unstable_by(middle, f32::total_cmp).1
        });
        Some((version, moved.unwrap_or(0.0) / width.max(1e-6), width))
    }

    /// Writes the rows.
    ///
    /// # Errors
    /// A [`Problem`] when the file cannot be written.
    pub(super) fn write(&self) -> Result<(), Problem> {
        files::write(&self.path, self.rows.as_bytes())
    }
}
