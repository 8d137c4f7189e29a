//! The program without a window: arguments as typed, checked, and run.

use std::process::ExitCode;

/// Runs the program with the process's arguments.
pub fn main() -> ExitCode {
    ExitCode::from(2)
}
