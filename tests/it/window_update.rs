//! A new file in the place of the open one: what stays, what is told, and that nothing is lost on the way.

use std::fs;
use std::path::{Path, PathBuf};

use eframe::egui;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use isthmus::app::{App, Command, Tab, Table};
use isthmus::campaign::{Edit, Status};
use isthmus::people::PersonId;

use super::window::{ask, is_ready, until, window};

const FIXTURE: &str = "tests/fixtures/update/sushi-sample-later.csv";

/// The sample a month later, beside what the window keeps.
fn later(data: &Path) -> PathBuf {
    let file = data.join("later.csv");
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join(FIXTURE);
    fs::copy(kept, &file).expect("writable");
    file
}

fn sample(data: &Path) -> Harness<'static, App> {
    let mut window = window(data, vec![Command::OpenSample]);
    until(&mut window, "the map", is_ready);
    window
}

/// Asks for the update and takes what the import window shows.
fn update(window: &mut Harness<'_, App>, file: PathBuf) {
    ask(window, [Command::UpdateWith(vec![file])]);
    until(window, "the import window", |app| {
        let import = app.model().import.as_ref();
        import.is_some_and(|pending| !pending.previews.is_empty())
    });
    ask(window, [Command::BuildMap]);
    until(window, "the new map", |app| {
        is_ready(app) && app.model().changes.is_some()
    });
}

fn id(app: &App, key: &str) -> PersonId {
    let map = app.model().map.as_ref().expect("a map");
    map.results.graph.find(key).expect("somebody of this map")
}

fn title(app: &App) -> String {
    app.model().map.as_ref().expect("a map").title.clone()
}

/// The list with the status of each.
fn list(app: &App) -> Vec<(String, Status)> {
    let entries = app.model().campaign.outreach_list.entries().iter();
    entries.map(|e| (e.person.clone(), e.status)).collect()
}

/// Where everybody with ties stands, by key.
fn places(app: &App) -> Vec<(String, [f32; 2])> {
    let map = app.model().map.as_ref().expect("a map");
    let positions = map.positions.as_ref().expect("positions");
    let people = map.results.graph.people.iter().enumerate();
    people
        .filter_map(|(i, person)| Some((person.key.to_string(), positions.of(i)?)))
        .collect()
}

#[test]
fn an_update_keeps_list_notes_history_and_places_and_tells_what_has_changed() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = sample(data.path());
    let people = ["chef_ines", "yuki_bridges"].map(|key| id(window.state(), key));
    let contacted = Edit::SetStatus {
        person: "chef_ines".into(),
        status: Status::Contacted,
    };
    ask(
        &mut window,
        [
            Command::AddToList(people.to_vec()),
            Command::Edit(contacted),
            Command::Select(people.to_vec()),
        ],
    );
    let (before, stood) = (list(window.state()), places(window.state()));
    let number_of = |app: &App, key: &str| {
        let map = app.model().map.as_ref().expect("a map");
        map.results.analysis.communities.of[id(app, key).index()]
    };
    let home = number_of(window.state(), "kento_sushi35");

    update(&mut window, later(data.path()));
    let app = window.state();
    assert_eq!(title(app), "later.csv");
    assert_eq!(list(app), before);
    assert_eq!(app.model().selected, []);
    assert_eq!(app.model().tab, Tab::Changes);
    assert_eq!(app.model().problems, []);

    // Under 5 % of the width of the map on average.
    let stand = places(app);
    let xs = || stood.iter().map(|(_, p)| p[0]);
    let width = xs().fold(f32::MIN, f32::max) - xs().fold(f32::MAX, f32::min);
    let moved: Vec<f32> = (stood.iter())
        .filter_map(|(key, from)| {
            let at = stand.binary_search_by(|(k, _)| k.cmp(key)).ok()?;
            let to = stand[at].1;
            Some((from[0] - to[0]).hypot(from[1] - to[1]))
        })
        .collect();
    assert!(moved.len() > 500, "{} stayed", moved.len());
    let mean = moved.iter().sum::<f32>() / moved.len() as f32;
    assert!(mean < 0.05 * width, "{mean} of {width}");

    // Kento's community has another number now and keeps its colour.
    let choices = &app.model().campaign.map;
    let map = app.model().map.as_ref().expect("a map");
    let communities = &map.results.analysis.communities;
    let now = number_of(app, "kento_sushi35").expect("tied");
    let look = choices.looks_of(&map.results.graph, communities);
    let place = look.get(&now).and_then(|look| look.colour);
    let before = home.expect("tied");
    assert_ne!(now, before, "else there is nothing to keep");
    assert_eq!(place, Some(before.0 as u8));

    // What was done before can still be taken back.
    let status = |window: &Harness<'_, App>| list(window.state())[0].1;
    ask(&mut window, [Command::Undo]);
    assert_eq!(status(&window), Status::ToContact);
    ask(&mut window, [Command::Undo]);
    assert_eq!(list(window.state()), []);
    window.run(); // and then it rests: `run` panics when it goes on asking for pictures
}

#[test]
fn the_page_tells_it_and_its_rows_lead_to_people_with_keys_alone() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = sample(data.path());
    update(&mut window, later(data.path()));
    window.run_steps(3);
    window.get_by_label_contains("New bridges, ");
    let changes = window.state().model().changes.clone().expect("just made");
    let first = &changes.changes.new_bridges[0].who;
    let row = format!("{}: Rank", first.name);
    window.get_by_label_contains(&row);

    // The tab takes the keys with Enter; down to the first row below the head of new bridges.
    window.get_by_label("Changes").focus();
    window.step();
    window.key_press(egui::Key::Enter);
    window.run_steps(3);
    let n_lines = changes.changes.matched.len() + 2;
    let mut presses = 0;
    while !window.get_by_label_contains(&row).is_focused() {
        assert!(presses < 2 * n_lines, "the keys never come to {row}");
        window.key_press(egui::Key::ArrowDown);
        window.run_steps(3);
        presses += 1;
    }
    window.key_press(egui::Key::Enter);
    window.run_steps(2);
    assert_eq!(
        window.state().model().selected,
        [id(window.state(), &first.person)]
    );

    // Enter on a head folds its part.
    window.get_by_label_contains("New bridges, ").click();
    window.run_steps(3);
    assert!(window.query_by_label_contains(&row).is_none());
}

#[test]
fn the_legend_tells_marks_while_the_page_is_open_and_a_card_tells_who_is_new_or_moved() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = sample(data.path());
    assert!(
        window.query_by_label("Changes").is_none(),
        "no page before an update"
    );
    update(&mut window, later(data.path()));
    // The legend comes with the first picture.
    for _ in 0..2000 {
        window.step();
        if window.query_by_label("Legend").is_some() {
            break;
        }
    }
    window.get_by_label("Legend").click();
    window.run_steps(3);
    window.get_by_label("new since last time");
    window.get_by_label("moved from another community");
    let new = id(window.state(), "bo_came_in");
    ask(
        &mut window,
        [Command::Select(vec![new]), Command::ShowTab(Tab::Person)],
    );
    window.run_steps(3);
    // In the tab, and on the map where they are in sight.
    let told =
        |window: &Harness<'_, App>, words: &str| window.query_all_by_label(words).next().is_some();
    assert!(told(&window, "New since last time"));
    assert!(
        window.query_by_label("new since last time").is_none(),
        "the marks are gone"
    );
    let changes = window.state().model().changes.clone().expect("just made");
    let moved = changes.changes.moved[0].clone();
    let mover = id(window.state(), &moved.person);
    ask(&mut window, [Command::Select(vec![mover])]);
    window.run_steps(3);
    let was = format!("Was in {}", moved.community.before);
    assert!(told(&window, &was), "{was}");
}

#[test]
fn the_list_on_the_page_follows_the_list() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = sample(data.path());
    update(&mut window, later(data.path()));
    let listed = |window: &Harness<'_, App>| {
        let changes = window.state().model().changes.clone().expect("made");
        let list = changes.changes.list.iter();
        list.map(|l| l.person.clone()).collect::<Vec<_>>()
    };
    assert_eq!(listed(&window), [""; 0]);
    let person = id(window.state(), "yuki_bridges");
    ask(&mut window, [Command::ToggleOnList(person)]);
    window.step();
    assert_eq!(listed(&window), ["yuki_bridges"]);
    ask(&mut window, [Command::Undo]);
    window.step();
    assert_eq!(listed(&window), [""; 0]);
}

#[test]
fn rows_of_the_changes_can_be_copied() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = sample(data.path());
    update(&mut window, later(data.path()));
    ask(&mut window, [Command::CopyTable(Table::Changes)]);
    let mut text = None;
    for _ in 0..2000 {
        window.step();
        let commands = &window.output().platform_output.commands;
        text = commands.iter().find_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        });
        if text.is_some() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    let text = text.expect("something was copied");
    assert!(text.starts_with("what\tperson\tname\t"), "{text}");
    let gone = text.lines().filter(|line| line.starts_with("gone\t"));
    let changes = window.state().model().changes.clone().expect("made");
    assert_eq!(gone.count(), changes.changes.gone.first.len());
}

#[test]
fn a_cancelled_update_and_another_file_leave_nothing_of_the_comparison() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = sample(data.path());
    let file = later(data.path());
    ask(&mut window, [Command::UpdateWith(vec![file.clone()])]);
    until(&mut window, "the import window", |app| {
        app.model().import.is_some()
    });
    window.run_steps(2);
    window.get_by_label("Before the map is updated");
    window.get_by_label("Update the map");
    ask(&mut window, [Command::CloseImport]);
    assert_eq!(title(window.state()), "Sushi sample");

    update(&mut window, file);
    ask(&mut window, [Command::OpenSample]);
    until(&mut window, "the sample again", |app| {
        is_ready(app) && title(app) == "Sushi sample"
    });
    assert!(window.state().model().changes.is_none());
    assert_eq!(window.state().model().tab, Tab::Bridges);
}

#[test]
fn the_list_of_another_file_is_never_written_over_by_an_update() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let file = later(data.path());
    let mut window = window(data.path(), vec![Command::OpenPaths(vec![file.clone()])]);
    let build = |window: &mut Harness<'_, App>| {
        until(window, "the import window", |app| {
            app.model().import.is_some()
        });
        ask(window, [Command::BuildMap]);
        until(window, "the map", is_ready);
    };
    build(&mut window);
    let own = id(window.state(), "bo_came_in");
    ask(&mut window, [Command::ToggleOnList(own)]);
    until(&mut window, "the kept list", |app| app.model().saved);

    ask(&mut window, [Command::OpenSample]);
    until(&mut window, "the sample", |app| {
        is_ready(app) && title(app) == "Sushi sample"
    });
    let other = id(window.state(), "yuki_bridges");
    ask(&mut window, [Command::ToggleOnList(other)]);
    update(&mut window, file.clone());
    assert_eq!(list(window.state())[0].0, "yuki_bridges");
    until(&mut window, "the kept list", |app| app.model().saved);

    ask(&mut window, [Command::OpenPaths(vec![file])]);
    build(&mut window);
    let kept: Vec<String> = list(window.state()).into_iter().map(|l| l.0).collect();
    assert_eq!(kept, ["bo_came_in"]);
}
