//! The window: panels and map ask for commands, one place carries them out, long work runs in the background.

mod announcing;
mod changed;
mod closer;
mod command;
mod comparing;
mod days;
mod dialog;
mod exports;
mod filter_work;
mod finding;
mod flow_work;
mod fonts;
mod frames;
mod grouping;
mod guide;
mod keeping;
mod kept;
mod manual;
mod map_view;
mod model;
mod offers;
mod one_person;
mod painters;
mod panels;
mod plan_work;
mod planning;
mod plots;
mod program;
mod reading;
mod selected;
mod selection;
mod shortcuts;
mod tabled;
mod tasks;
mod theme;
mod timing;
mod words;
mod work;

use std::path::PathBuf;

use eframe::egui;

pub use changed::Changed;
pub use closer::Closer;
pub use command::{
    Among, AskCommand, Command, Corner, Drawer, FilterCommand, FlowCommand, FlowView, GroupCommand,
    GuideCommand, MapOf, MotionChoice, PathPurpose, PlanCommand, RankBy, ReadCommand,
    SelectCommand, SidePanel, Tab, Table, TableCommand, TextSize, ThemeChoice, TimeCommand,
    TourStep,
};
pub use comparing::{Compared, Rival};
pub use exports::MapExport;
pub use finding::Findings;
pub use fonts::fonts_for;
pub use guide::Tour;
pub use map_view::MapView;
pub use model::{
    LayoutNow, MapCards, Model, OpenMap, PanelWidths, Pasted, PathPrompt, PendingImport, Sheet,
    Working,
};
pub use panels::{PanelState, window_ui};
pub use planning::{Advice, Basis, Instead, ListMeter, MayBePicked, ShownPlan, TouchCounts};
pub use plots::{Plots, Region, Scatter, Series};
pub use program::{App, Surroundings};
pub use reading::{
    PostOrder, PostScope, PostsRead, PostsWanted, Reading, TimeRead, TimeWanted, community_read,
};
pub use selected::SelectedFacts;
pub use selection::{Mark, Selection};
pub use tabled::{Order, PeopleRows, Tabled};
pub use timing::{Pace, Play, Timing, ZoneChoice};
pub use words::Words;

use crate::files::DataFolder;
use crate::problem::Problem;

/// The name the desktop knows the window by.
const APP_ID: &str = "isthmus";

/// Who draws the window, and the map in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Renderer {
    /// wgpu, or glow where wgpu finds nothing to draw with; a real GPU draws the map, else the processor.
    #[default]
    Auto,
    /// wgpu, the map too.
    Gpu,
    /// glow the window, the processor the map.
    Gl,
    /// The processor the map; the window as with `Auto`.
    Cpu,
}

impl Renderer {
    /// Who may draw the window, in the order to try them.
    fn windows(self) -> &'static [eframe::Renderer] {
        match self {
            Self::Auto | Self::Cpu => &[eframe::Renderer::Wgpu, eframe::Renderer::Glow],
            Self::Gpu => &[eframe::Renderer::Wgpu],
            Self::Gl => &[eframe::Renderer::Glow],
        }
    }
}

/// Opens the window, with `files` or the built-in sample if asked for, and returns when it is closed.
///
/// # Errors
/// A [`Problem`] when none of those who may draw can open a window.
pub fn open(files: &[PathBuf], sample: bool, renderer: Renderer) -> Result<(), Problem> {
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
    let mut reasons = Vec::new();
    for window in renderer.windows() {
        match run(*window, renderer, wish()) {
            Ok(()) => return Ok(()),
            Err(error) => {
                let no_screen = matches!(error, eframe::Error::WinitEventLoop(_));
                reasons.push(reason(&error));
                if no_screen {
                    break; // whoever draws, there is nothing to draw on
                }
            }
        }
    }
    Err(no_window(renderer, &reasons))
}

/// Why there is no window, on one line.
fn reason(error: &eframe::Error) -> String {
    let words = error.to_string();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn no_window(renderer: Renderer, reasons: &[String]) -> Problem {
    let what = format!("No window could be opened ({})", reasons.join("; "));
    match renderer {
        Renderer::Auto | Renderer::Cpu => Problem::new(
            what,
            "Install the packages that README.md names for running, or use isthmus export, which needs no screen",
        ),
        Renderer::Gpu | Renderer::Gl => Problem::new(
            what,
            "Let Isthmus choose who draws, or use isthmus export, which needs no screen",
        )
        .with_flag("--renderer auto"),
    }
}

/// Has all work that is shared among the cores step back for the window.
fn step_back() {
    let pool = rayon::ThreadPoolBuilder::new()
        .start_handler(|_| crate::system::let_others_first(tasks::STEPS_BACK));
    // It fails where there is a pool already: that one does the work as well.
    pool.build_global().unwrap_or_default();
}

fn run(
    window: eframe::Renderer,
    renderer: Renderer,
    wish: Vec<Command>,
) -> Result<(), eframe::Error> {
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
        renderer: window,
        dithering: false, // there are no gradients, and where the CPU draws it costs time
        ..Default::default()
    };
    let around = Surroundings {
        data_folder: DataFolder::of_the_system(),
        config_folder: DataFolder::of_settings(),
        file_dialogs: true,
    };
    eframe::run_native(
        APP_ID,
        options,
        Box::new(move |cc| Ok(Box::new(App::drawn_by(cc, wish, around, renderer)))),
    )
}
