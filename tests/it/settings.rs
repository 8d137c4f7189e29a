//! Settings outlive the window, in a folder of their own; damage to them is told, and costs nothing else.

use std::fs;
use std::path::Path;

use isthmus::app::{Command, MotionChoice, SidePanel, TextSize, ThemeChoice};

use super::window::{ask, until, window};

fn settings(data: &Path) -> std::path::PathBuf {
    data.join("config/settings.json")
}

fn percent(window: &egui_kittest::Harness<'_, isthmus::app::App>) -> u16 {
    (window.ctx.zoom_factor() * 100.0).round() as u16
}

#[test]
fn theme_motion_text_and_widths_come_back_with_the_next_window() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut first = window(data.path(), Vec::new());
    assert_eq!(percent(&first), 100);
    ask(
        &mut first,
        [
            Command::SetTheme(ThemeChoice::Dark),
            Command::SetMotion(MotionChoice::Reduced),
            Command::SetPanelWidth(SidePanel::Left, 231),
            Command::SetText(TextSize::Larger),
        ],
    );
    first.run_steps(3);
    assert_eq!(percent(&first), 110);
    let file = settings(data.path());
    until(&mut first, "the settings on the disk", |_| {
        let text = fs::read_to_string(&file).unwrap_or_default();
        ["Dark", "Reduced", "231", "110"]
            .iter()
            .all(|part| text.contains(part))
    });
    drop(first);
    assert!(!data.path().join("preferences.json").exists());

    let mut second = window(data.path(), Vec::new());
    second.run_steps(3);
    let model = second.state().model();
    assert_eq!(model.theme_choice, ThemeChoice::Dark);
    assert_eq!(model.motion, MotionChoice::Reduced);
    assert_eq!(model.panel_widths.left, 231);
    assert_eq!(percent(&second), 110);
    assert_eq!(model.problems, []);
    second.run(); // nothing asks for another picture
}

#[test]
fn damaged_settings_are_put_aside_untouched_and_said() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let file = settings(data.path());
    fs::create_dir_all(data.path().join("config")).expect("made");
    let half = "{\"theme\": \"Da";
    fs::write(&file, half).expect("written");

    let mut first = window(data.path(), Vec::new());
    first.run_steps(2);
    let model = first.state().model();
    assert_eq!(model.theme_choice, ThemeChoice::System);
    let [problem] = model.problems.as_slice() else {
        panic!("one problem: {:?}", model.problems);
    };
    let said = problem.to_string();
    assert!(said.contains("settings could not be read"), "{said}");
    assert!(said.contains("settings.json.damaged"), "{said}");
    let aside = data.path().join("config/settings.json.damaged");
    assert_eq!(fs::read_to_string(&aside).expect("put aside"), half);
    ask(&mut first, [Command::SetTheme(ThemeChoice::Light)]);
    until(&mut first, "new settings", |_| file.exists());
    drop(first);

    let second = window(data.path(), Vec::new());
    assert_eq!(second.state().model().theme_choice, ThemeChoice::Light);
    assert_eq!(second.state().model().problems, []);
    assert_eq!(fs::read_to_string(&aside).expect("still there"), half);
}

#[test]
fn settings_of_earlier_versions_are_taken_over_once() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let earlier = data.path().join("preferences.json");
    let text = r#"{"recent": [], "theme": "Dark", "motion": "Full",
        "panel_widths": {"left": 0, "right": 377}}"#;
    fs::write(&earlier, text).expect("written");

    let mut first = window(data.path(), Vec::new());
    let model = first.state().model();
    assert_eq!(model.theme_choice, ThemeChoice::Dark);
    assert_eq!(model.panel_widths.right, 377);
    assert_eq!(model.problems, []);
    let file = settings(data.path());
    until(&mut first, "settings of their own", |_| {
        file.exists() && !earlier.exists()
    });
    drop(first);

    // What an older version writes later is not taken over a second time.
    fs::write(&earlier, r#"{"theme": "Light"}"#).expect("written");
    let second = window(data.path(), Vec::new());
    let model = second.state().model();
    assert_eq!(model.theme_choice, ThemeChoice::Dark);
    assert_eq!(model.motion, MotionChoice::Full);
    assert_eq!(model.panel_widths.right, 377);
}

#[test]
fn settings_that_cannot_be_written_are_told_and_the_window_goes_on() {
    let data = tempfile::tempdir().expect("a temporary folder");
    // A file stands where the folder should be: nobody can write into that, whatever their rights.
    fs::write(data.path().join("config"), "in the way").expect("written");
    let mut window = window(data.path(), Vec::new());
    ask(&mut window, [Command::SetTheme(ThemeChoice::Dark)]);
    until(&mut window, "a message", |app| {
        !app.model().problems.is_empty()
    });
    let model = window.state().model();
    assert_eq!(model.theme_choice, ThemeChoice::Dark, "chosen all the same");
    let said = model.problems[0].to_string();
    assert!(said.contains("cannot be"), "{said}");
    let names = fs::read_dir(data.path()).expect("there");
    let names: Vec<_> = names
        .map(|entry| entry.expect("readable").file_name())
        .filter(|name| name != "unnamed")
        .collect();
    assert_eq!(names, ["config"], "nothing half-written");
    let text = fs::read_to_string(data.path().join("config"));
    assert_eq!(text.expect("untouched"), "in the way");
}
