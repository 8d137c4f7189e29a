//! What the window writes where: beside the opened file, and never over it.

use std::fs;

use isthmus::app::Command;

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
