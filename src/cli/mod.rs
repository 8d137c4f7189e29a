//! The program without a window: arguments as typed, checked, and run.

mod arguments;
mod from_project;
mod progress_line;
mod request;
mod run;
mod words;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser as _;

use crate::problem::Problem;
use crate::progress::Progress;

/// What the window shall open with; the command line leaves it to whoever has a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenWindow {
    /// Files to open.
    pub files: Vec<PathBuf>,
    /// Open the built-in sample.
    pub sample: bool,
    /// Who draws.
    pub renderer: Renderer,
}

/// Who draws the window, and the map in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Renderer {
    /// Whoever is best of those there are.
    #[default]
    Auto,
    /// wgpu, the map too.
    Gpu,
    /// OpenGL the window, the processor the map.
    Gl,
    /// The processor the map; the window whoever can.
    Cpu,
}

/// Exit status when the data or the disk has a problem.
const PROBLEM: u8 = 1;
/// Exit status when the program was called wrongly.
const WRONG_USAGE: u8 = 2;

/// Runs the program with the process's arguments. `window` opens the window and returns when it is closed.
pub fn main(window: impl FnOnce(&OpenWindow) -> Result<(), Problem>) -> ExitCode {
    let arguments = arguments::Arguments::parse();
    let done = match arguments.command {
        None => {
            let open = OpenWindow {
                files: arguments.window.files,
                sample: arguments.window.sample,
                renderer: match arguments.window.renderer {
                    arguments::RendererTyped::Auto => Renderer::Auto,
                    arguments::RendererTyped::Gpu => Renderer::Gpu,
                    arguments::RendererTyped::Gl => Renderer::Gl,
                    arguments::RendererTyped::Cpu => Renderer::Cpu,
                },
            };
            window(&open)
        }
        Some(arguments::CommandTyped::Export(typed)) => {
            match request::ExportRequest::try_from(*typed) {
                Ok(request) => progress_line::shown(|progress| run::export(&request, progress)),
                Err(error) => return wrong_usage(&error),
            }
        }
        Some(arguments::CommandTyped::Inspect(typed)) => {
            match request::import_settings(&typed.column, &typed.leave_out) {
                Ok(settings) => run::inspect(&typed.files, &settings, typed.json, &Progress::new()),
                Err(error) => return wrong_usage(&error),
            }
        }
        Some(arguments::CommandTyped::Sample { out }) => run::sample(&out),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::from(PROBLEM)
        }
    }
}

fn wrong_usage(error: &request::UsageError) -> ExitCode {
    eprintln!("error: {error}\n\nFor more, try 'isthmus --help'");
    ExitCode::from(WRONG_USAGE)
}
