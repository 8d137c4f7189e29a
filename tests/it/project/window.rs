//! The window and its file: kept from the first change on, there again after a crash, saved under a name, looked at by two.

use std::fs;
use std::path::{Path, PathBuf};

use eframe::egui;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use isthmus::app::{App, Command};
use isthmus::campaign::{Edit, Status};
use isthmus::people::PersonId;
use isthmus::progress::Progress;
use isthmus::project::{ENDING, Kept, lock_of, open};

use crate::window::{ask, is_ready, until, window};

fn with_sample(data: &Path) -> Harness<'static, App> {
    let mut window = window(data, vec![Command::OpenSample]);
    until(&mut window, "the finished map", is_ready);
    window
}

fn best(window: &Harness<'_, App>, at: usize) -> (PersonId, String) {
    let map = window.state().model().map.as_ref().expect("a map");
    let person = map.ranking[at];
    (
        person,
        map.results.graph.people[person.index()].key.to_string(),
    )
}

fn saved(window: &mut Harness<'_, App>) {
    until(window, "everything on the disk", |app| {
        app.model().saved && app.model().project.begun
    });
}

/// Files of work without a name.
fn unnamed(data: &Path) -> Vec<PathBuf> {
    let folder = fs::read_dir(data.join("unnamed"));
    let entries = folder
        .into_iter()
        .flatten()
        .map(|entry| entry.expect("a file").path());
    entries
        .filter(|path| path.extension().is_some_and(|e| e == ENDING))
        .collect()
}

/// Whether something in the window says so.
pub(super) fn shows(window: &Harness<'_, App>, words: &str) -> bool {
    window.query_all_by_label_contains(words).next().is_some()
}

fn listed(window: &Harness<'_, App>) -> Vec<String> {
    let list = &window.state().model().campaign.outreach_list;
    list.entries()
        .iter()
        .map(|entry| entry.person.clone())
        .collect()
}

#[test]
fn looking_leaves_nothing_behind_and_the_first_change_begins_a_file_with_everything() {
    let data = tempfile::tempdir().expect("a folder");
    let mut window = with_sample(data.path());
    window.key_press(egui::Key::B);
    window.run_steps(3);
    assert_eq!(unnamed(data.path()), Vec::<PathBuf>::new());
    let (person, key) = best(&window, 0);
    ask(&mut window, [Command::ToggleOnList(person)]);
    saved(&mut window);
    window.get_by_label("All saved");
    let files = unnamed(data.path());
    assert_eq!(files.len(), 1);
    let there = open(&files[0], false, &Progress::new()).expect("a project");
    assert_eq!(there.warnings, Vec::<String>::new());
    assert!(there.project.campaign.outreach_list.has(&key));
    let results = there.project.results.expect("posts, people and ties too");
    let shown = window.state().model().map.as_ref().expect("a map");
    assert_eq!(results.analysis, shown.found.analysis);
    let positions = shown.positions.as_ref().expect("places");
    let kept = &there.project.layouts[&0];
    assert!(
        kept.xy
            .iter()
            .zip(&positions.xy)
            .all(|(a, b)| a.map(f32::to_bits) == b.map(f32::to_bits))
    );
    let log = &there.project.log[0].what;
    assert!(log.starts_with("Read ") && log.contains("rows as"), "{log}");
}

#[test]
fn a_project_opens_as_it_was_left_and_undo_goes_on_where_it_was() {
    let data = tempfile::tempdir().expect("a folder");
    let path = data.path().join("sushi.isthmus");
    let mut first = with_sample(data.path());
    let (person, key) = best(&first, 0);
    let edit = |status| {
        Command::Edit(Edit::SetStatus {
            person: key.clone(),
            status,
        })
    };
    ask(
        &mut first,
        [
            Command::ToggleOnList(person),
            edit(Status::Contacted),
            edit(Status::Answered),
            Command::Undo,
            Command::Pin(person, [12.0, 34.0]),
        ],
    );
    until(&mut first, "a layout at rest", is_ready);
    ask(&mut first, [Command::SaveAs(path.clone())]);
    until(&mut first, "the project", |app| {
        app.model().project.name.as_deref() == Some("sushi.isthmus") && app.model().saved
    });
    // It has a name now, so the file without one goes.
    until(&mut first, "one file", |_| unnamed(data.path()).is_empty());
    // What is changed after saving is in the named file.
    ask(
        &mut first,
        [edit(Status::Ambassador), Command::StoreSelection(3)],
    );
    ask(
        &mut first,
        [Command::Select(vec![person]), Command::StoreSelection(4)],
    );
    saved(&mut first);
    let model = first.state().model();
    let steps: Vec<_> = model.history.steps().cloned().collect();
    let positions = model
        .map
        .as_ref()
        .expect("a map")
        .positions
        .clone()
        .expect("places");
    let campaign = model.campaign.clone();
    let log = model.log.clone();
    drop(first);
    assert!(!lock_of(&path).exists());

    let mut again = window(data.path(), vec![Command::OpenPaths(vec![path.clone()])]);
    until(&mut again, "the project again", is_ready);
    let model = again.state().model();
    assert_eq!(model.campaign, campaign);
    assert_eq!(model.log, log);
    assert_eq!(model.selections[&4], std::slice::from_ref(&key));
    assert_eq!(model.history.steps().cloned().collect::<Vec<_>>(), steps);
    let map = model.map.as_ref().expect("a map");
    let places = |of: &isthmus::layout::Positions| -> Vec<[u32; 2]> {
        of.xy.iter().map(|at| at.map(f32::to_bits)).collect()
    };
    let there = map.positions.as_ref().expect("places");
    assert!(places(there) == places(&positions), "no layout ran");
    assert_eq!(model.pinned, [(person, [12.0, 34.0])]);
    assert_eq!(model.problems, []);
    assert_eq!(
        model
            .history
            .undo_words()
            .map(|words| words.starts_with("mark")),
        Some(true)
    );
    ask(&mut again, [Command::Undo, Command::Undo]);
    until(&mut again, "the place before", is_ready);
    let model = again.state().model();
    assert_eq!(model.pinned, []);
    let entry = &model.campaign.outreach_list.entries()[0];
    assert_eq!(entry.status, Status::Contacted);
}

#[test]
fn work_that_was_left_is_offered_and_comes_back() {
    let data = tempfile::tempdir().expect("a folder");
    let mut first = with_sample(data.path());
    let people: Vec<PersonId> = (0..3).map(|at| best(&first, at).0).collect();
    ask(&mut first, [Command::AddToList(people)]);
    saved(&mut first);
    let keys = listed(&first);
    drop(first);
    let file = unnamed(data.path()).remove(0);
    // As a program leaves it that was killed: the lock is there, and nobody holds it.
    fs::write(lock_of(&file), "").expect("room");

    let mut again = window(data.path(), Vec::new());
    until(&mut again, "the offer", |app| !app.model().left.is_empty());
    again.get_by_label_contains("Isthmus ended unexpectedly; here is your list of 3 people");
    again.get_by_label("Open it").click();
    until(&mut again, "the map again", is_ready);
    assert_eq!(listed(&again), keys);
    assert!(again.state().model().left.is_empty());
    drop(again);

    fs::write(lock_of(&file), "").expect("room");
    let mut once_more = window(data.path(), Vec::new());
    until(&mut once_more, "the offer", |app| {
        !app.model().left.is_empty()
    });
    once_more.get_by_label("Not now").click();
    once_more.run_steps(3);
    assert!(!lock_of(&file).exists(), "nobody asks again");
    assert!(file.exists(), "and nothing is lost");
}

#[test]
fn a_second_window_looks_and_says_so() {
    let data = tempfile::tempdir().expect("a folder");
    let path = data.path().join("shared.isthmus");
    let mut first = with_sample(data.path());
    let (person, key) = best(&first, 0);
    ask(
        &mut first,
        [Command::ToggleOnList(person), Command::SaveAs(path.clone())],
    );
    until(&mut first, "the project", |app| {
        app.model().project.name.is_some()
    });
    let other_data = tempfile::tempdir().expect("a folder");
    let mut second = window(
        other_data.path(),
        vec![Command::OpenPaths(vec![path.clone()])],
    );
    until(&mut second, "the project", is_ready);
    second.get_by_label("Only to look at");
    assert_eq!(listed(&second), std::slice::from_ref(&key));
    let (other, _) = best(&second, 1);
    ask(&mut second, [Command::ToggleOnList(other), Command::Undo]);
    assert_eq!(
        listed(&second),
        std::slice::from_ref(&key),
        "nothing was changed"
    );
    assert!(shows(&second, "This project can only be looked at here"));
    // Under another name it can be changed.
    let copy = other_data.path().join("copy.isthmus");
    ask(&mut second, [Command::SaveAs(copy.clone())]);
    until(&mut second, "the copy", |app| {
        app.model().project.read_only.is_none()
    });
    ask(&mut second, [Command::ToggleOnList(other)]);
    saved(&mut second);
    assert_eq!(listed(&second).len(), 2);
    assert_eq!(listed(&first), [key]);
    drop(second);
    let there = open(&copy, false, &Progress::new()).expect("a project");
    assert_eq!(there.project.campaign.outreach_list.len(), 2);
}

#[test]
fn a_damaged_project_shows_what_is_left_and_stays_as_it_is() {
    let data = tempfile::tempdir().expect("a folder");
    let path = data.path().join("damaged.isthmus");
    let project = super::made_up::project(super::made_up::sample());
    isthmus::project::save(&path, &project, &Progress::new()).expect("room");
    let db = rusqlite::Connection::open(&path).expect("a database");
    db.execute("UPDATE entry SET note = 'another' WHERE place = 1", [])
        .expect("a row");
    drop(db);
    let bytes = fs::read(&path).expect("a file");
    let mut window = window(data.path(), vec![Command::OpenPaths(vec![path.clone()])]);
    until(&mut window, "what is left", is_ready);
    window.get_by_label("Only to look at");
    assert!(shows(
        &window,
        "Of the people on the list, 1 could not be read"
    ));
    let (person, _) = best(&window, 0);
    ask(&mut window, [Command::ToggleOnList(person)]);
    window.run_steps(5);
    drop(window);
    assert_eq!(fs::read(&path).expect("a file"), bytes);
}

#[test]
fn lists_that_earlier_versions_kept_are_taken_over() {
    let data = tempfile::tempdir().expect("a folder");
    let csv = data.path().join("posts.csv");
    fs::write(&csv, isthmus::session::SAMPLE).expect("room");
    // Where version 0.1.0 kept the list of this file.
    let full = csv.canonicalize().expect("a file");
    let hash = full
        .to_string_lossy()
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    let lists = data.path().join("lists");
    fs::create_dir_all(&lists).expect("room");
    let document =
        r#"{"isthmus_campaign":1,"outreach_list":[{"person":"somebody","name":"Some Body"}]}"#;
    fs::write(lists.join(format!("posts_csv-{hash:016x}.json")), document).expect("room");
    let mut window = window(data.path(), vec![Command::OpenPaths(vec![csv])]);
    until(&mut window, "the import window", |app| {
        app.model().import.is_some()
    });
    ask(&mut window, [Command::BuildMap]);
    until(&mut window, "the map", is_ready);
    assert_eq!(listed(&window), ["somebody"]);
    let (person, _) = best(&window, 0);
    ask(&mut window, [Command::ToggleOnList(person)]);
    saved(&mut window);
    let there = open(&unnamed(data.path())[0], false, &Progress::new()).expect("a project");
    assert!(there.project.campaign.outreach_list.has("somebody"));
}

#[test]
fn a_project_without_names_is_a_copy_and_work_goes_on_with_names() {
    let data = tempfile::tempdir().expect("a folder");
    let path = data.path().join("nameless.isthmus");
    let mut window = with_sample(data.path());
    let (person, key) = best(&window, 0);
    ask(&mut window, [Command::ToggleOnList(person)]);
    saved(&mut window);
    ask(
        &mut window,
        [
            Command::SetKept(Kept::Nameless),
            Command::SaveAs(path.clone()),
        ],
    );
    until(&mut window, "the copy", |app| {
        app.model().said.contains("without names")
    });
    assert_eq!(window.state().model().project.name, None);
    assert_eq!(listed(&window), std::slice::from_ref(&key));
    let there = open(&path, false, &Progress::new())
        .expect("a project")
        .project;
    assert_eq!(there.campaign.outreach_list.len(), 1);
    assert!(!there.campaign.outreach_list.has(&key));
}

#[test]
fn an_update_stays_in_the_project_with_what_has_changed() {
    let data = tempfile::tempdir().expect("a folder");
    let path = data.path().join("spring.isthmus");
    let later =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/update/sushi-sample-later.csv");
    let mut first = with_sample(data.path());
    let (person, key) = best(&first, 0);
    ask(
        &mut first,
        [Command::ToggleOnList(person), Command::SaveAs(path.clone())],
    );
    until(&mut first, "the project", |app| {
        app.model().project.name.is_some()
    });
    ask(&mut first, [Command::UpdateWith(vec![later])]);
    until(&mut first, "the import window", |app| {
        app.model().import.is_some()
    });
    ask(&mut first, [Command::BuildMap]);
    until(&mut first, "what has changed", |app| {
        app.model().changes.is_some() && is_ready(app)
    });
    saved(&mut first);
    let model = first.state().model();
    assert_eq!(model.project.name.as_deref(), Some("spring.isthmus"));
    assert_eq!(listed(&first), std::slice::from_ref(&key));
    let changes = model.changes.as_ref().expect("changes").changes.clone();
    let people = model.map.as_ref().expect("a map").results.graph.n_people();
    drop(first);

    let mut again = window(data.path(), vec![Command::OpenPaths(vec![path])]);
    until(&mut again, "the project again", is_ready);
    let model = again.state().model();
    assert_eq!(model.problems, []);
    assert_eq!(
        model.map.as_ref().expect("a map").results.graph.n_people(),
        people
    );
    assert_eq!(listed(&again), [key]);
    let kept = model.changes.as_ref().expect("they are still told");
    assert_eq!(kept.changes, changes);
}
