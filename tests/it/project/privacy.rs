//! Somebody who was forgotten is nowhere any more: not in the file, beside it, in packed columns, in the log or among recent files.

use std::fs;
use std::path::{Path, PathBuf};

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use isthmus::app::{App, Command, FilterCommand};
use isthmus::campaign::{Edit, Filter, Near};
use isthmus::people::PersonId;
use isthmus::progress::Progress;
use isthmus::project::{backup_of, open};

use super::window::shows;
use crate::window::{ask, is_ready, until, window};

/// In the handle, the name and the texts of one person.
const MARKER: &str = "zqxmarker";

/// Six people who talk in a ring, and the one who is forgotten: written about, answered, passed on, quoted and named.
const POSTS: &str = "\
Author,Author Name,Full Text,Date,X Followers
Ana,Ana Lima,hello @ben how are you,2026-03-01T12:00:00Z,120
ben,Ben,@ana thanks and you,2026-03-02T12:00:00Z,90
cleo,Cleo,@ben and @dan are here,2026-03-03T12:00:00Z,10
dan,Dan,@cleo @eve @ana,2026-03-03T13:00:00Z,7
eve,Eve,@dan what a day,2026-03-04T12:00:00Z,5
Zed_ZQXmarker,Zed ZQXMarker,my own words are zqxmarker words @ana @ben,2026-03-05T12:00:00Z,3
ana,Ana Lima,RT @zed_zqxmarker: my own words are zqxmarker words @ana @ben,2026-03-06T12:00:00Z,120
ben,Ben,@Zed_ZQXmarker I do not agree with Zed ZQXMarker at all,2026-03-07T12:00:00Z,90
cleo,Cleo,somebody said: my own words are zqxmarker words @ana @ben,2026-03-08T12:00:00Z,10
eve,Eve,#sushi with @ZED_ZQXMARKER and @dan,2026-03-09T12:00:00Z,5
";

fn has_marker(bytes: &[u8]) -> bool {
    let lower = bytes.to_ascii_lowercase();
    lower
        .windows(MARKER.len())
        .any(|window| window == MARKER.as_bytes())
}

/// Every place below `folder`, and every packed column of a project, where the marker stands.
fn traces(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("a file").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            if has_marker(&fs::read(&path).expect("a file"))
                || has_marker(path.to_string_lossy().as_bytes())
            {
                found.push(path.display().to_string());
            }
            if isthmus::project::is_project(&path) {
                found.extend(traces_in_columns(&path));
            }
        }
    }
    found
}

fn traces_in_columns(path: &Path) -> Vec<String> {
    let copy = tempfile::tempdir().expect("a folder");
    let copied = copy.path().join("copy");
    fs::copy(path, &copied).expect("room");
    let db = rusqlite::Connection::open(&copied).expect("a database");
    let mut select = db
        .prepare("SELECT name, data FROM array")
        .expect("a statement");
    let rows = select.query_map([], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?))
    });
    let rows = rows.expect("rows").map(|row| row.expect("a row"));
    let unpacked = rows.map(|(name, data)| {
        let raw = zstd::stream::decode_all(&data[..]).expect("a whole frame");
        (name, raw)
    });
    unpacked
        .filter(|(_, raw)| has_marker(raw))
        .map(|(name, _)| format!("{} {name}", path.display()))
        .collect()
}

fn find(window: &Harness<'_, App>, key: &str) -> Option<PersonId> {
    window.state().model().map.as_ref()?.results.graph.find(key)
}

/// A window with everything done to the person that leaves a trace.
fn worked(data: &Path, csv: PathBuf) -> Harness<'static, App> {
    let mut window = window(data, vec![Command::OpenPaths(vec![csv])]);
    until(&mut window, "the import window", |app| {
        app.model().import.is_some()
    });
    ask(&mut window, [Command::BuildMap]);
    until(&mut window, "the map", is_ready);
    let marked = find(&window, "zed_zqxmarker").expect("there at first");
    let ana = find(&window, "ana").expect("there");
    let note = |person: &str, note: &str| {
        Command::Edit(Edit::SetNote {
            person: person.to_owned(),
            note: note.to_owned(),
        })
    };
    let mut plan = window.state().model().campaign.plan.clone();
    plan.excluded.insert("zed_zqxmarker".to_owned());
    ask(
        &mut window,
        [
            Command::AddToList(vec![marked, ana]),
            note("zed_zqxmarker", "a note on zqxmarker"),
            Command::CloseStep,
            note("ana", "knows Zed ZQXMarker well"),
            Command::Edit(Edit::SetPlan(Box::new(plan))),
            Command::Pin(marked, [1.0, 2.0]),
        ],
    );
    until(&mut window, "a layout at rest", is_ready);
    ask(
        &mut window,
        [
            Command::Select(vec![marked, ana]),
            Command::StoreSelection(2),
        ],
    );
    until(&mut window, "the disk", |app| {
        app.model().saved && app.model().project.begun
    });
    window
}

fn forget(window: &mut Harness<'_, App>) {
    let marked = find(window, "zed_zqxmarker").expect("still there");
    ask(window, [Command::AskToForget(Some(marked))]);
    window.run_steps(2);
    window.get_by_label_contains("cannot be undone");
    window.get_by_label("Forget for good").click();
    until(window, "a map without them", |app| {
        let map = app.model().map.as_ref();
        is_ready(app) && map.is_some_and(|map| map.results.graph.find("zed_zqxmarker").is_none())
    });
    until(window, "the disk", |app| app.model().saved);
}

#[test]
fn whoever_is_forgotten_leaves_no_trace() {
    let data = tempfile::tempdir().expect("a folder");
    let files = tempfile::tempdir().expect("a folder");
    let csv = files.path().join("posts.csv");
    fs::write(&csv, POSTS).expect("room");
    let mut window = worked(data.path(), csv);
    let filter = Filter {
        near: Some(Near {
            people: ["ana".to_owned(), "zed_zqxmarker".to_owned()].into(),
            steps: 2,
        }),
        words: "Zed_ZQXmarker day".to_owned(),
        ..Filter::default()
    };
    let set = FilterCommand::Set(Box::new(filter), format!("show {MARKER}"));
    let keep = FilterCommand::Keep("About Zed ZQXMarker".to_owned());
    ask(&mut window, [set, keep].map(Command::Filter));
    let path = files.path().join("work.isthmus");
    ask(&mut window, [Command::SaveAs(path.clone())]);
    until(&mut window, "the project", |app| {
        app.model().project.name.is_some() && app.model().saved
    });
    assert!(
        !traces(data.path()).is_empty() || !traces(files.path()).is_empty(),
        "the search finds what is there"
    );
    // A backup as it is made before an older version is brought up to date.
    fs::copy(&path, backup_of(&path, 1)).expect("room");
    fs::remove_file(files.path().join("posts.csv")).expect("a file of the person's own");
    let before: Vec<_> = places(&window);

    forget(&mut window);
    let model = window.state().model();
    assert_eq!(model.history.undo_words(), None);
    assert_eq!(model.campaign.outreach_list.len(), 1);
    assert_eq!(
        model.campaign.outreach_list.entries()[0].note,
        "knows … well"
    );
    let near = model.campaign.map.filter.near.as_ref().expect("asked for");
    assert_eq!(near.people, ["ana".to_owned()].into());
    assert_eq!(model.campaign.map.kept_filters.len(), 1);
    let after = places(&window);
    assert!(
        after.iter().all(|place| before.contains(place)),
        "the others keep their places"
    );
    let text = format!("{:?} {:?} {:?}", model.campaign, model.log, model.said);
    assert!(!has_marker(text.as_bytes()), "{text}");
    // While the window is open, and after it was closed.
    assert_eq!(traces(data.path()), Vec::<String>::new());
    assert_eq!(traces(files.path()), Vec::<String>::new());
    drop(window);
    assert_eq!(traces(data.path()), Vec::<String>::new());
    assert_eq!(traces(files.path()), Vec::<String>::new());
    let there = open(&path, true, &Progress::new()).expect("a project");
    assert_eq!(there.warnings, Vec::<String>::new());
    let results = there.project.results.expect("the others");
    assert_eq!(results.graph.n_people(), 5);
    let posts = &results.conversation.posts;
    let texts: Vec<&str> = posts.posts.iter().map(|post| posts.text(post)).collect();
    assert!(
        texts.contains(&"hello @ben how are you"),
        "what others said stays"
    );
    assert!(texts.contains(&"#sushi with @… and @dan"));
}

/// Where everybody stands but the person who is forgotten, by key.
fn places(window: &Harness<'_, App>) -> Vec<(String, [u32; 2])> {
    let map = window.state().model().map.as_ref().expect("a map");
    let positions = map.positions.as_ref().expect("places");
    let people = map.results.graph.people.iter().zip(&positions.xy);
    people
        .filter(|(person, _)| !person.key.contains(MARKER))
        .map(|(person, at)| (person.key.to_string(), at.map(f32::to_bits)))
        .collect()
}

#[test]
fn work_without_a_name_forgets_too() {
    let data = tempfile::tempdir().expect("a folder");
    let files = tempfile::tempdir().expect("a folder");
    let csv = files.path().join("posts.csv");
    fs::write(&csv, POSTS).expect("room");
    let mut window = worked(data.path(), csv);
    forget(&mut window);
    drop(window);
    assert_eq!(traces(data.path()), Vec::<String>::new());
}

#[test]
fn a_day_that_has_passed_is_told_when_the_project_is_opened() {
    let data = tempfile::tempdir().expect("a folder");
    let path = data.path().join("old.isthmus");
    for (day, is_told) in [("2020-01-31", true), ("2999-12-31", false)] {
        let mut project = super::made_up::project(super::made_up::few());
        project.delete_after = Some(day.to_owned());
        project.campaign.map = isthmus::campaign::MapChoices::default();
        isthmus::project::save(&path, &project, &Progress::new()).expect("room");
        let mut window = window(data.path(), vec![Command::OpenPaths(vec![path.clone()])]);
        until(&mut window, "the project", is_ready);
        let words = "This project was to be deleted after 2020-01-31";
        assert_eq!(shows(&window, words), is_told, "{day}");
        until(&mut window, "the disk", |app| app.model().saved);
    }
}
