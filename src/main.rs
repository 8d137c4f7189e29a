//! The one program: opens the window, or runs the walk without one.

use std::process::ExitCode;

fn main() -> ExitCode {
    isthmus::system::prepare_memory();
    isthmus::cli::main(open_window)
}

#[cfg(feature = "window")]
fn open_window(open: &isthmus::cli::OpenWindow) -> Result<(), isthmus::problem::Problem> {
    use isthmus::{app, cli};
    let renderer = match open.renderer {
        cli::Renderer::Auto => app::Renderer::Auto,
        cli::Renderer::Gpu => app::Renderer::Gpu,
        cli::Renderer::Gl => app::Renderer::Gl,
        cli::Renderer::Cpu => app::Renderer::Cpu,
    };
    app::open(&open.files, open.sample, renderer)
}

#[cfg(not(feature = "window"))]
fn open_window(_: &isthmus::cli::OpenWindow) -> Result<(), isthmus::problem::Problem> {
    Err(isthmus::problem::Problem::new(
        "This build of Isthmus has no window",
        "Use isthmus export, or build with the feature `window`",
    ))
}
