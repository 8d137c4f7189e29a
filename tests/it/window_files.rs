//! What the window writes where: beside the opened file, and never over it.

use std::fs;
use std::time::{Duration, Instant};

use eframe::egui;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use isthmus::app::{App, Command, MotionChoice, Sheet};
use isthmus::export::map::MapFormat;

use super::window::{ask, is_ready, until, window};

#[test]
fn an_exported_file_is_offered_beside_the_file_the_map_was_made_from() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let file = data.path().join("march.csv");
    fs::write(&file, "Author,Full Text\nana,hi @ben\nben,hi @cleo\n").expect("writable");
    let mut window = window(data.path(), vec![Command::OpenPaths(vec![file])]);
    until(&mut window, "the import window", |app| {
        app.model().import.is_some()
    });
    ask(&mut window, [Command::BuildMap]);
    until(&mut window, "the map", is_ready);
    ask(&mut window, [Command::ExportMapDialog]);
    until(&mut window, "the field for a path", |app| {
        app.model().path_prompt.is_some()
    });
    let prompt = window.state().model().path_prompt.clone();
    assert_eq!(
        prompt.expect("just seen").suggested,
        data.path().join("march - map.png")
    );
}

#[test]
fn an_opened_file_is_never_written_over() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let file = data.path().join("posts.csv");
    let text = "Author,Full Text\nana,hi @ben\nben,hi @cleo\n";
    fs::write(&file, text).expect("writable");
    let mut window = window(data.path(), vec![Command::OpenPaths(vec![file.clone()])]);
    until(&mut window, "the import window", |app| {
        app.model().import.is_some()
    });
    ask(&mut window, [Command::BuildMap]);
    until(&mut window, "the map", is_ready);
    let list = Command::ExportList {
        path: file.clone(),
        for_excel: false,
    };
    ask(&mut window, [list, Command::ExportMap(file.clone())]);
    until(&mut window, "two messages", |app| {
        app.model().problems.len() == 2 && app.model().working.is_none()
    });
    assert_eq!(fs::read_to_string(&file).expect("still there"), text);
}

#[test]
fn the_export_sheet_asks_how_the_picture_shall_look_and_the_file_is_so() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = window(data.path(), vec![Command::OpenSample]);
    until(&mut window, "the map", is_ready);
    window.get_by_label("Export map…").click();
    window.run_steps(5); // until the sheet stands where it stays
    assert!(window.state().model().sheet == Some(Sheet::MapExport));
    for choice in ["SVG", "Caption"] {
        window.get_by_label(choice).click();
        window.step();
        window.step();
    }
    let chosen = window.state().model().map_export.clone();
    assert!(
        chosen.format == MapFormat::Svg && chosen.caption,
        "{chosen:?}"
    );
    window.get_by_label("Save as…").click();
    until(&mut window, "the field for a path", |app| {
        app.model().path_prompt.is_some()
    });
    let prompt = window.state().model().path_prompt.clone();
    let ending = prompt.expect("just seen").suggested;
    assert!(ending.ends_with("Sushi sample - map.svg"), "{ending:?}");
    let target = data.path().join("mine");
    ask(&mut window, [Command::TakePath(target)]);
    let file = data.path().join("mine.svg");
    until(&mut window, "the file", |_| file.exists());
    let text = fs::read_to_string(&file).expect("written");
    assert!(text.starts_with("<svg") && text.contains(" · seed 1</text>"));
    assert!(window.state().model().sheet.is_none(), "the sheet is gone");
}

#[test]
fn escape_closes_the_export_sheet_and_nothing_is_saved() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = window(data.path(), vec![Command::OpenSample]);
    until(&mut window, "the map", is_ready);
    ask(&mut window, [Command::ShowMapExport(true)]);
    window.step();
    window.key_press(egui::Key::Escape);
    window.step();
    window.step();
    assert!(window.state().model().sheet.is_none());
    assert!(window.state().model().path_prompt.is_none());
}

#[test]
fn the_picture_goes_to_the_clipboard_twice_as_fine_as_the_window_shows_it() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = window(data.path(), vec![Command::OpenSample]);
    until(&mut window, "the map", is_ready);
    window.event(egui::Event::Copy);
    let mut copied = None;
    let start = Instant::now();
    while copied.is_none() {
        assert!(
            start.elapsed() < Duration::from_mins(1),
            "nothing was copied"
        );
        window.step();
        let commands = &window.output().platform_output.commands;
        copied = commands.iter().find_map(|command| match command {
            egui::OutputCommand::CopyImage(image) => Some(image.size),
            _ => None,
        });
        std::thread::sleep(Duration::from_millis(5));
    }
    let room = window
        .get_by_label_contains("Conversation map:")
        .rect()
        .size();
    let [w, h] = copied.expect("just seen");
    assert!((w as f32 - 2.0 * room.x).abs() <= 1.0 && (h as f32 - 2.0 * room.y).abs() <= 1.0);
    assert!(window.state().model().said.starts_with("Picture copied"));
}

#[test]
fn motion_and_the_widths_of_panels_are_kept_from_one_window_to_the_next() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let with_map = |data: &std::path::Path| {
        let mut window = window(data, vec![Command::OpenSample]);
        until(&mut window, "the map", is_ready);
        window
    };
    let right_edge = |window: &Harness<'_, App>| {
        let map = window.get_by_label_contains("Conversation map:");
        map.rect().right()
    };
    let seconds = |window: &Harness<'_, App>| window.ctx.style_of(egui::Theme::Dark).animation_time;
    let mut first = with_map(data.path());
    assert!(seconds(&first) > 0.0, "things move at first");
    ask(&mut first, [Command::SetMotion(MotionChoice::Reduced)]);
    first.run_steps(2);
    assert!(seconds(&first) <= 0.0);
    let before = right_edge(&first);
    let from = egui::pos2(before + 2.0, 400.0);
    let to = from - egui::vec2(60.0, 0.0);
    let button = |pos, pressed| egui::Event::PointerButton {
        pos,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: egui::Modifiers::NONE,
    };
    for event in [
        egui::Event::PointerMoved(from),
        button(from, true),
        egui::Event::PointerMoved(to),
        button(to, false),
    ] {
        first.event(event);
        first.run_steps(2);
    }
    let after = right_edge(&first);
    assert!((before - after - 60.0).abs() < 8.0, "{before} {after}");
    let kept = data.path().join("config/settings.json");
    let is_kept = |_: &App| fs::read_to_string(&kept).is_ok_and(|text| text.contains("Reduced"));
    until(&mut first, "the choice on the disk", is_kept);
    until(&mut first, "the width on the disk", |app| {
        let width = app.model().panel_widths.right;
        let text = fs::read_to_string(&kept).unwrap_or_default();
        width > 0 && text.contains(&format!("\"right\": {width}"))
    });
    drop(first);
    let second = with_map(data.path());
    assert!(seconds(&second) <= 0.0, "still nothing moves");
    assert!((right_edge(&second) - after).abs() < 2.0);
}

#[test]
fn the_file_menu_exports_a_report_beside_the_file_and_gives_it_an_ending() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = window(data.path(), vec![Command::OpenSample]);
    until(&mut window, "the map", is_ready);
    let best = window.state().model().map.as_ref().expect("a map");
    let best = best.ranking.iter().copied().take(4).collect();
    ask(&mut window, [Command::AddToList(best)]);
    window.get_by_label("File").click();
    window.run_steps(3);
    window.get_by_label("Export ⏵").click();
    window.run_steps(3);
    window.get_by_label("Export a report…").click();
    until(&mut window, "the field for a path", |app| {
        app.model().path_prompt.is_some()
    });
    let prompt = window.state().model().path_prompt.clone();
    let suggested = prompt.expect("just seen").suggested;
    assert!(
        suggested.ends_with("Sushi sample - report.html"),
        "{suggested:?}"
    );
    ask(
        &mut window,
        [Command::TakePath(data.path().join("for client"))],
    );
    let file = data.path().join("for client.html");
    until(&mut window, "the report", |app| {
        app.model().said.starts_with("Report exported to ")
    });
    let text = fs::read_to_string(&file).expect("written");
    assert!(text.contains("<bdi>Sushi sample</bdi>"));
    assert!(text.contains("4 people to write to, in the order of work"));
}
