//! Looking closer in the whole window: what is made beside it arrives, and then the window rests.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use isthmus::app::{App, Command, Drawer, RankBy, Tab};

use super::window::{ask, is_ready, until, window};

fn with_sample(data: &Path) -> Harness<'static, App> {
    let mut window = window(data, vec![Command::OpenSample]);
    until(&mut window, "the finished map", is_ready);
    window
}

fn map(app: &App) -> &isthmus::app::OpenMap {
    app.model().map.as_ref().expect("a map")
}

#[test]
fn pairs_and_plots_are_made_when_they_are_first_looked_at() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    assert!(map(window.state()).closer.pairs.is_none());
    assert!(map(window.state()).closer.plots.is_none());
    ask(
        &mut window,
        [
            Command::ShowPairs(true),
            Command::ShowDrawer(Some(Drawer::Plots)),
        ],
    );
    until(&mut window, "pairs and plots", |app| {
        let closer = &map(app).closer;
        closer.pairs.is_some() && closer.plots.is_some()
    });
    let closer = map(window.state()).closer.clone();
    let pairs = closer.pairs.expect("there");
    let gaps = pairs.list.iter().filter(|pair| pair.is_gap()).count();
    let n = pairs.list.len();
    assert!(0 < gaps && gaps < n, "{gaps} of {n}");
    window.get_by_label(&format!("Nobody joins {gaps} of {n} pairs of communities"));
    let people = closer.plots.expect("there").reach.people;
    window.get_by_label(&format!(
        "Scatter plot of reach and bridge score, {people} people"
    ));
    window.run(); // a window at rest asks for no picture

    // Another ranking is about people again.
    ask(&mut window, [Command::RankBy(RankBy::Reach)]);
    window.get_by_label("Ranked by reach");
    // What was made belongs to the map that was open.
    ask(&mut window, [Command::OpenSample]);
    let before = Arc::clone(&map(window.state()).results);
    until(&mut window, "another map", |app| {
        !Arc::ptr_eq(&before, &map(app).results) && is_ready(app)
    });
    until(&mut window, "its plots", |app| {
        map(app).closer.plots.is_some()
    });
    assert!(map(window.state()).closer.pairs.is_none());
}

/// More posts than are gone through within a frame: p1 answers everybody in turn.
fn many_posts(folder: &Path) -> std::path::PathBuf {
    let mut text = String::from("Author,Full Text\n");
    for i in 0..24_000u32 {
        let (author, block) = (i * 7 % 600, i * 7 % 600 / 60);
        let target = block * 60 + i % 60;
        writeln!(text, "p{author},hello @p{target} number {i}").expect("memory");
    }
    let path = folder.join("many.csv");
    fs::write(&path, text).expect("writable");
    path
}

#[test]
fn the_posts_of_a_large_file_are_looked_up_beside_the_window() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let file = many_posts(data.path());
    let mut window = window(data.path(), vec![Command::OpenPaths(vec![file])]);
    until(&mut window, "the import window", |app| {
        app.model().import.is_some()
    });
    ask(&mut window, [Command::BuildMap]);
    until(&mut window, "the map", is_ready);
    let graph = Arc::clone(&map(window.state()).results.graph);
    for key in ["p1", "p8"] {
        let person = graph.find(key).expect("in the file");
        ask(
            &mut window,
            [Command::Select(vec![person]), Command::ShowTab(Tab::Person)],
        );
        until(&mut window, "the posts", |app| {
            let posts = map(app).closer.posts.as_ref();
            posts.is_some_and(|posts| posts.person == person)
        });
        let posts = map(window.state()).closer.posts.clone().expect("there");
        let own = graph.people[person.index()].posts;
        let behind: u32 = posts.behind.iter().map(|of| of.posts).sum();
        assert_eq!((own, posts.latest.len()), (40, 5));
        assert!(behind > own / 2, "{behind}");
        window.step();
        window.get_by_label_contains("40 posts, ");
        let [first, ..] = posts.behind.as_slice() else {
            panic!("somebody is answered");
        };
        let label = format!("{} posts behind the ties with", first.posts);
        assert!(window.query_all_by_label_contains(&label).count() > 0);
    }
    window.run();
}
