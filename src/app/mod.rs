//! The window: panels and map ask for commands, one place carries them out, long work runs in the background.

mod command;
mod exports;
mod fonts;
mod frames;
mod kept;
mod map_view;
mod model;
mod painters;
mod panels;
mod program;
mod tasks;
mod theme;
mod words;
mod work;

use std::path::PathBuf;

use eframe::egui;

pub use command::{Command, Corner, PathPurpose, RankBy, Tab, ThemeChoice};
pub use exports::MapExport;
pub use fonts::fonts_for;
pub use map_view::MapView;
pub use model::{MapCards, Model, OpenMap, PathPrompt, PendingImport, Working};
pub use panels::{PanelState, window_ui};
pub use program::{App, Surroundings};
pub use words::Words;

use crate::files::DataFolder;
use crate::problem::Problem;

/// The name the desktop knows the window by.
const APP_ID: &str = "isthmus";

/// Opens the window, with `files` or the built-in sample if asked for, and returns when it is closed.
///
/// Drawing goes through wgpu; where that finds nothing to draw with, through glow.
///
/// # Errors
/// A [`Problem`] when neither can open a window.
pub fn open(files: &[PathBuf], sample: bool) -> Result<(), Problem> {
    let wish = || -> Vec<Command> {
        if sample {
            vec![Command::OpenSample]
        } else if files.is_empty() {
            Vec::new()
        } else {
            vec![Command::OpenPaths(files.to_vec())]
        }
    };
    step_back();
    run(eframe::Renderer::Wgpu, wish()).or_else(|first| {
        run(eframe::Renderer::Glow, wish()).map_err(|second| {
            Problem::new(
                format!("No window could be opened ({first}; {second})"),
                "Install the packages that README.md names for running, or use isthmus export, which needs no screen",
            )
        })
    })
}

/// Has all work that is shared among the cores step back for the window.
fn step_back() {
    let pool = rayon::ThreadPoolBuilder::new()
        .start_handler(|_| crate::system::let_others_first(tasks::STEPS_BACK));
    // It fails where there is a pool already: that one does the work as well.
    pool.build_global().unwrap_or_default();
}

fn run(renderer: eframe::Renderer, wish: Vec<Command>) -> Result<(), eframe::Error> {
    let viewport = egui::ViewportBuilder::default()
        .with_title("Isthmus")
        .with_app_id(APP_ID)
        .with_inner_size([1440.0, 900.0])
        .with_min_inner_size([900.0, 600.0])
        .with_drag_and_drop(true);
    let viewport = match eframe::icon_data::from_png_bytes(include_bytes!("../../assets/icon.png"))
    {
        Ok(icon) => viewport.with_icon(icon),
        Err(_) => viewport, // a window without an icon is still a window
    };
    let options = eframe::NativeOptions {
        viewport,
        renderer,
        dithering: false, // there are no gradients, and where the CPU draws it costs time
        ..Default::default()
    };
    let around = Surroundings {
        data_folder: DataFolder::of_the_system(),
        file_dialogs: true,
    };
    eframe::run_native(
        APP_ID,
        options,
        Box::new(|cc| Ok(Box::new(App::new(cc, wish, around)))),
    )
}
