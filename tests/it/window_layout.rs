//! Where people and cards stand in the window: pinned, going on from the map before, laid out again, kept.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::sync::Arc;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use isthmus::app::{App, Command, Corner, MapCards};
use isthmus::people::PersonId;
use isthmus::progress::{Progress, Stage};
use isthmus::session::{self, Start, WalkSettings};

use super::window::{ask, is_ready, until, window};

type Places = BTreeMap<String, [f32; 2]>;

fn places(app: &App) -> Places {
    let map = app.model().map.as_ref().expect("a map");
    let positions = map.positions.as_ref().expect("positions");
    let people = map.results.graph.people.iter().enumerate();
    people
        .filter_map(|(i, person)| Some((person.key.to_string(), positions.of(i)?)))
        .collect()
}

fn distance(a: [f32; 2], b: [f32; 2]) -> f32 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

/// Share of the people of `now` who stand within `near` of where they stood.
fn share_staying(before: &Places, now: &Places, near: f32) -> f64 {
    let known = now
        .iter()
        .filter_map(|(key, p)| Some((before.get(key)?, p)));
    let far: Vec<bool> = known.map(|(b, p)| distance(*b, *p) <= near).collect();
    far.iter().filter(|stays| **stays).count() as f64 / far.len() as f64
}

fn width(places: &Places) -> f32 {
    let x = || places.values().map(|p| p[0]);
    x().fold(f32::MIN, f32::max) - x().fold(f32::MAX, f32::min)
}

/// The sample, opened as a file: how a person opens the same posts again with other settings.
fn with_file(folder: &std::path::Path) -> Harness<'static, App> {
    let file = folder.join("sushi.csv");
    fs::write(&file, isthmus::session::SAMPLE).expect("writable");
    let mut window = window(folder, vec![Command::OpenPaths(vec![file])]);
    until(&mut window, "the import window", |app| {
        app.model().import.is_some()
    });
    ask(&mut window, [Command::BuildMap]);
    until(&mut window, "the map", is_ready);
    window
}

fn someone(app: &App) -> (PersonId, String) {
    let map = app.model().map.as_ref().expect("a map");
    let person = map.ranking[0];
    (
        person,
        map.results.graph.people[person.index()].key.to_string(),
    )
}

#[test]
fn a_pinned_person_stays_and_those_beside_make_way() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_file(data.path());
    let before = places(window.state());
    let (person, key) = someone(window.state());
    // Onto somebody else's dot.
    let (other, onto) = before
        .iter()
        .find(|(k, p)| **k != key && distance(**p, before[&key]) > 0.2 * width(&before))
        .expect("somebody far away");
    ask(&mut window, [Command::Pin(person, *onto)]);
    until(&mut window, "a map at rest", is_ready);
    let now = places(window.state());
    assert_eq!(now[&key], *onto);
    assert!(
        distance(now[other], *onto) > 1.0,
        "nobody stays under the dot"
    );
    assert!(share_staying(&before, &now, 0.001 * width(&before)) > 0.9);

    ask(&mut window, [Command::ShowPerson(person)]);
    ask(&mut window, [Command::ShowTab(isthmus::app::Tab::Person)]);
    window.step();
    window.get_by_label("Unpin").click();
    window.step();
    until(&mut window, "a map at rest", is_ready);
    assert!(window.state().model().pinned.is_empty());
    assert!(window.query_by_label("Unpin").is_none());
}

#[test]
fn the_same_posts_with_other_settings_go_on_from_where_everybody_stands() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_file(data.path());
    let (person, key) = someone(window.state());
    let at = [width(&places(window.state())), 0.0];
    ask(&mut window, [Command::Pin(person, at)]);
    until(&mut window, "a map at rest", is_ready);
    let before = places(window.state());
    let left_out = {
        let app = window.state();
        let map = app.model().map.as_ref().expect("a map");
        map.results.graph.people[map.ranking[4].index()]
            .key
            .to_string()
    };

    let file = data.path().join("sushi.csv");
    ask(&mut window, [Command::OpenPaths(vec![file])]);
    until(&mut window, "the import window", |app| {
        app.model().import.is_some()
    });
    ask(&mut window, [Command::LeaveOut(vec![left_out.clone()])]);
    until(&mut window, "the second look", |app| {
        app.model().working.is_none()
    });
    ask(&mut window, [Command::BuildMap]);
    until(&mut window, "the smaller map", |app| {
        let map = app.model().map.as_ref();
        is_ready(app) && map.is_some_and(|m| m.results.graph.find(&left_out).is_none())
    });
    let now = places(window.state());
    assert!(now.len() < before.len());
    assert_eq!(now[&key], at, "pinned people stay pinned, by who they are");
    let pinned = &window.state().model().pinned;
    let graph = &window
        .state()
        .model()
        .map
        .as_ref()
        .expect("a map")
        .results
        .graph;
    assert_eq!(
        pinned.as_slice(),
        [(graph.find(&key).expect("still there"), at)]
    );
    let staying = share_staying(&before, &now, 0.02 * width(&before));
    assert!(staying > 0.95, "{staying} stay");
}

#[test]
fn laid_out_again_it_is_the_map_from_nothing_and_cancelled_the_map_before() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_file(data.path());
    let fresh = places(window.state());
    let (person, key) = someone(window.state());
    let at = [2.0 * width(&fresh), 0.0];
    ask(&mut window, [Command::Pin(person, at)]);
    until(&mut window, "a map at rest", is_ready);
    let pinned = places(window.state());

    ask(&mut window, [Command::LayOutAgain, Command::Cancel]);
    until(&mut window, "a map at rest", is_ready);
    assert_eq!(places(window.state()), pinned);
    assert_eq!(window.state().model().pinned.as_slice(), [(person, at)]);

    ask(&mut window, [Command::LayOutAgain]);
    until(&mut window, "a map at rest", is_ready);
    assert_eq!(places(window.state()), fresh);
    assert_ne!(fresh[&key], at);
    assert!(window.state().model().pinned.is_empty());
}

#[test]
fn another_conversation_begins_from_nothing() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_file(data.path());
    let (person, _) = someone(window.state());
    ask(&mut window, [Command::Pin(person, [5.0, 5.0])]);
    until(&mut window, "a map at rest", is_ready);
    let file = data.path().join("others.csv");
    let mut text = String::from("Source,Target\n");
    for i in 0..40 {
        for step in [1, 5] {
            writeln!(text, "other{i},other{}", (i + step) % 40).expect("memory");
        }
    }
    fs::write(&file, text).expect("writable");
    ask(&mut window, [Command::OpenPaths(vec![file])]);
    until(&mut window, "the import window", |app| {
        app.model().import.is_some()
    });
    ask(&mut window, [Command::BuildMap]);
    until(&mut window, "the other map", |app| {
        is_ready(app)
            && app
                .model()
                .map
                .as_ref()
                .is_some_and(|m| m.results.graph.n_people() == 40)
    });
    assert!(window.state().model().pinned.is_empty());
    let (low, high) = window
        .state()
        .model()
        .map
        .as_ref()
        .and_then(|m| m.positions.as_ref()?.bounds())
        .expect("places");
    assert!(
        (low[0] + high[0]).abs() < 1e-2 && (low[1] + high[1]).abs() < 1e-2,
        "centred, as from nothing"
    );
}

/// More people than a map has that is shown only when all runs are done: rings of friends with some ties across.
fn many() -> String {
    let mut text = String::from("Source,Target\n");
    let n = 24_000u64;
    for i in 0..n {
        let home = i / 60 * 60;
        for step in [1, 7, 19] {
            writeln!(text, "p{i},p{}", home + (i - home + step) % 60).expect("memory");
        }
        if i % 11 == 0 {
            writeln!(text, "p{i},p{}", i.wrapping_mul(2_654_435_761) % n).expect("memory");
        }
    }
    text
}

#[test]
fn a_large_map_is_shown_before_all_runs_are_done_and_ends_as_the_walk_without_a_window() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let file = data.path().join("many.csv");
    fs::write(&file, many()).expect("writable");
    let mut window = window(data.path(), vec![Command::OpenPaths(vec![file.clone()])]);
    until(&mut window, "the import window", |app| {
        app.model().import.is_some()
    });
    ask(&mut window, [Command::BuildMap]);
    if rayon::current_num_threads() < 5 {
        // With a core for each run there is nothing to show before.
        until(&mut window, "a map while communities are found", |app| {
            let model = app.model();
            let finding = model
                .working
                .is_some_and(|w| w.standing.stage == Stage::Communities);
            finding && model.map.as_ref().is_some_and(|m| m.positions.is_some())
        });
    }
    until(&mut window, "the finished map", is_ready);
    let map = window.state().model().map.as_ref().expect("a map");

    let progress = Progress::new();
    let settings = WalkSettings::default();
    let sources = isthmus::files::read_all(&[file]).expect("readable");
    let read = session::read(&sources, &settings.import, &progress).expect("a list of ties");
    let mut results =
        session::analyse(&Arc::new(read), &settings, &progress).expect("nobody cancels");
    let start = Start::default();
    let positions =
        session::arrange(&mut results, &start, &progress, &|_| ()).expect("nobody cancels");
    assert_eq!(map.results.analysis, results.analysis);
    assert_eq!(map.positions.as_deref(), Some(&positions));
    assert_eq!(*map.ranking, session::by_bridge_rank(&results.analysis));
}

#[test]
fn where_the_legend_lies_and_that_the_overview_is_closed_outlive_the_window() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut first = window(data.path(), Vec::new());
    assert_eq!(first.state().model().map_cards, MapCards::default());
    let corner = Command::PutLegend(Corner::UpperRight);
    ask(&mut first, [corner, Command::ShowOverview(false)]);
    let kept = first.state().model().map_cards;
    assert_eq!(kept.legend, Corner::UpperRight);
    assert!(kept.overview_closed);
    let file = data.path().join("config/settings.json");
    until(&mut first, "the preferences on disk", |_| file.exists());
    drop(first);
    let again = window(data.path(), Vec::new());
    assert_eq!(again.state().model().map_cards, kept);
}
