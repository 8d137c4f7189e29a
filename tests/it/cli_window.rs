//! What the command line says of the window, as far as that can be seen without a screen.

use std::process::{Command, Output};

use super::cli::{errors, folder, isthmus};

/// The real binary where there is no screen: `DISPLAY` as given.
fn without_screen(arguments: &[&str], display: Option<&str>) -> Output {
    let folder = folder();
    let mut command = Command::new(env!("CARGO_BIN_EXE_isthmus"));
    command
        .current_dir(folder.path())
        .args(arguments)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET");
    if let Some(display) = display {
        command.env("DISPLAY", display);
    }
    command.output().expect("the binary starts")
}

#[test]
#[cfg(target_os = "linux")]
fn without_a_screen_every_renderer_says_so_and_what_to_do_instead() {
    for display in [None, Some(":4711"), Some("nonsense")] {
        for renderer in ["auto", "gpu", "gl", "cpu"] {
            let output = without_screen(&["--renderer", renderer], display);
            let said = errors(&output);
            assert_eq!(output.status.code(), Some(1), "{renderer}: {said}");
            assert!(
                said.starts_with("error: No window could be opened ("),
                "{said}"
            );
            assert!(said.contains("\n  try: "), "{said}");
            assert!(
                said.contains("isthmus export, which needs no screen"),
                "{said}"
            );
            assert!(!said.contains("panicked"), "{said}");
            assert_eq!(said.lines().count(), 2, "{said}");
            let other = matches!(renderer, "gpu" | "gl");
            assert_eq!(said.contains("(--renderer auto)"), other, "{said}");
            assert!(output.stdout.is_empty());
        }
    }
}

#[test]
fn a_renderer_is_one_of_four_and_only_the_window_has_one() {
    let folder = folder();
    let output = isthmus(folder.path(), &["--renderer", "vulkan"]);
    assert_eq!(output.status.code(), Some(2));
    let said = errors(&output);
    for name in ["auto", "gpu", "gl", "cpu"] {
        assert!(said.contains(name), "{said}");
    }
    let said = |arguments: &[&str]| {
        let output = isthmus(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(0));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    assert!(said(&["--help"]).contains("--renderer"));
    for command in ["export", "inspect", "sample"] {
        assert!(!said(&[command, "--help"]).contains("--renderer"));
        let output = isthmus(folder.path(), &[command, "posts.csv", "--renderer", "cpu"]);
        assert_eq!(output.status.code(), Some(2), "{command}");
    }
}
