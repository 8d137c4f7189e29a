//! The rules of the house that a compiler does not know: layers, one sentence a file, sizes, forbidden names.

use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// Each room and the rooms of ours it may use.
const LAYERS: [(&str, &[&str]); 17] = [
    ("system", &[]),
    ("progress", &[]),
    ("problem", &["progress"]),
    ("people", &["progress"]),
    ("import", &["people", "progress", "problem"]),
    ("analysis", &["people", "progress"]),
    ("layout", &["people", "progress"]),
    ("campaign", &["people", "progress", "problem", "analysis"]),
    ("changes", &["people", "analysis", "campaign"]),
    ("explore", &["people", "progress", "analysis", "campaign"]),
    (
        "render",
        &[
            "people", "progress", "analysis", "layout", "campaign", "explore",
        ],
    ),
    (
        "export",
        &[
            "people", "progress", "problem", "analysis", "layout", "campaign", "changes",
            "explore", "render", "import",
        ],
    ),
    ("files", &["problem", "import"]),
    (
        "session",
        &[
            "people", "progress", "problem", "import", "analysis", "layout", "campaign", "changes",
            "explore", "render", "export", "files",
        ],
    ),
    (
        "project",
        &[
            "people", "progress", "problem", "import", "analysis", "layout", "campaign", "explore",
            "session",
        ],
    ),
    (
        "cli",
        &[
            "people", "progress", "problem", "import", "analysis", "layout", "campaign", "changes",
            "explore", "render", "export", "files", "session", "project",
        ],
    ),
    (
        "app",
        &[
            "system", "people", "progress", "problem", "import", "analysis", "layout", "campaign",
            "changes", "explore", "render", "export", "files", "session", "project",
        ],
    ),
];

/// The longest a file may be before it has two subjects.
const MOST_LINES: usize = 600;

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let entries = fs::read_dir(folder).expect("the project's own folder");
    for path in entries.map(|e| e.expect("readable").path()) {
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The room a file of `src` belongs to; `None` for `lib.rs` and `main.rs`, which see all.
fn room_of(file: &Path) -> Option<String> {
    let inside = file
        .strip_prefix(project().join("src"))
        .expect("a file of src");
    let first = inside
        .components()
        .next()?
        .as_os_str()
        .to_str()?
        .trim_end_matches(".rs")
        .to_owned();
    (first != "lib" && first != "main").then_some(first)
}

/// Lines of `text` that are code, with their numbers from 1.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(i, line)| (i + 1, line))
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
}

#[test]
fn rooms_use_only_the_rooms_below_them() {
    let path = Regex::new(r"\bcrate::(\{[^}]*\}|\w+)").expect("a valid pattern");
    let mut broken = Vec::new();
    for file in rust_files(&project().join("src")) {
        let Some(room) = room_of(&file) else { continue };
        let text = fs::read_to_string(&file).expect("readable");
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == room) else {
            broken.push(format!(
                "{}:1: room `{room}` stands in no layer",
                file.display()
            ));
            continue;
        };
        for (number, line) in code_lines(&text) {
            for found in path.captures_iter(line) {
                for used in found[1].trim_matches(['{', '}']).split(',') {
                    let used = used.trim().split("::").next().unwrap_or_default();
                    let known = LAYERS.iter().any(|(name, _)| *name == used);
                    if known && used != room && !allowed.contains(&used) {
                        broken.push(format!(
                            "{}:{number}: {room} may not use {used}",
                            file.display()
                        ));
                    }
                }
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn only_the_window_room_knows_a_window() {
    let window =
        Regex::new(r"\b(egui|eframe|egui_wgpu|wgpu|egui_graphs|egui_extras|egui_plot|rfd)::")
            .expect("a valid pattern");
    let mut broken = Vec::new();
    for file in rust_files(&project().join("src")) {
        if room_of(&file).as_deref() == Some("app") {
            continue;
        }
        let text = fs::read_to_string(&file).expect("readable");
        broken.extend(
            code_lines(&text)
                .filter(|(_, line)| window.is_match(line))
                .map(|(number, line)| format!("{}:{number}: {}", file.display(), line.trim())),
        );
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for_and_has_one_subject() {
    let mut broken = Vec::new();
    for folder in ["src", "tests", "benches", "examples"] {
        let folder = project().join(folder);
        for file in if folder.is_dir() {
            rust_files(&folder)
        } else {
            Vec::new()
        } {
            let text = fs::read_to_string(&file).expect("readable");
            if !text.starts_with("//! ") {
                broken.push(format!(
                    "{}:1: begins without a `//!` sentence",
                    file.display()
                ));
            }
            let lines = text.lines().count();
            if lines > MOST_LINES {
                broken.push(format!(
                    "{}:{lines}: past {MOST_LINES} lines a file has two subjects",
                    file.display()
                ));
            }
            let name = file
                .file_stem()
                .and_then(|s| s.to_str())
                .unwrap_or_default();
            if [
                "utils", "util", "helper", "helpers", "manager", "common", "misc",
            ]
            .contains(&name)
            {
                broken.push(format!(
                    "{}:1: `{name}` says nothing of what is inside",
                    file.display()
                ));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn one_word_for_one_thing_in_window_and_command_line() {
    // Words that the house has another word for, where a person would read them: in string literals.
    let never =
        Regex::new(r#""[^"]*\b(nodes?|edges?|clusters?|influencers?|tweets?|users?)\b[^"]*""#)
            .expect("a valid pattern");
    let mut broken = Vec::new();
    for room in ["app", "cli", "campaign", "analysis", "session.rs"] {
        let place = project().join("src").join(room);
        let files = if place.is_dir() {
            rust_files(&place)
        } else {
            vec![place]
        };
        for file in files {
            let text = fs::read_to_string(&file).expect("readable");
            for (number, line) in code_lines(&text) {
                if never.is_match(line) && !line.contains("file word") {
                    broken.push(format!("{}:{number}: {}", file.display(), line.trim()));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
