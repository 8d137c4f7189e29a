//! The one program: opens the window, or runs the walk without one.

use std::process::ExitCode;

fn main() -> ExitCode {
    isthmus::cli::main()
}
