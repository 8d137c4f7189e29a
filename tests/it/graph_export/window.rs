//! The graph leaves the window by the File menu and the command line, and comes back as the same map.

use std::fs;

use egui_kittest::kittest::Queryable as _;
use isthmus::app::{App, Command};

use super::super::cli::{errors, isthmus, rows, with_posts};
use super::super::window::{ask, is_ready, until, window};
use super::*;

fn places(app: &App) -> BTreeMap<String, [f32; 2]> {
    let map = app.model().map.as_ref().expect("a map");
    let positions = map.positions.as_ref().expect("positions");
    let people = map.results.graph.people.iter().enumerate();
    people
        .filter_map(|(i, person)| Some((person.key.to_string(), positions.of(i)?)))
        .collect()
}

#[test]
fn the_file_menu_exports_a_graph_that_opens_as_the_same_map() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = window(data.path(), vec![Command::OpenSample]);
    until(&mut window, "the map", is_ready);
    let before = places(window.state());
    window.get_by_label("File").click();
    window.run_steps(5);
    window.get_by_label("Export graph…").click();
    until(&mut window, "the field for a path", |app| {
        app.model().path_prompt.is_some()
    });
    let prompt = window.state().model().path_prompt.clone();
    let suggested = prompt.expect("just seen").suggested;
    assert!(suggested.ends_with("Sushi sample - graph.gexf"));
    let file = data.path().join("mine.gexf");
    // Without an ending it becomes what Gephi reads.
    ask(&mut window, [Command::TakePath(data.path().join("mine"))]);
    until(&mut window, "the file", |app| {
        file.exists() && app.model().working.is_none()
    });
    let said = window.state().model().said.clone();
    assert_eq!(said, format!("Graph exported to {}", file.display()));

    // Somebody moved somebody meanwhile; the file knows better.
    let someone = window.state().model().map.as_ref().expect("a map").ranking[0];
    ask(&mut window, [Command::Pin(someone, [400.0, 400.0])]);
    until(&mut window, "a map at rest", is_ready);
    assert!(places(window.state()) != before);
    ask(&mut window, [Command::OpenPaths(vec![file])]);
    until(&mut window, "the import window", |app| {
        app.model().import.is_some()
    });
    ask(&mut window, [Command::BuildMap]);
    until(&mut window, "the map of the file", |app| {
        is_ready(app)
            && app
                .model()
                .map
                .as_ref()
                .is_some_and(|map| map.title == "mine.gexf")
    });
    assert_eq!(places(window.state()), before);
    assert!(window.state().model().pinned.is_empty());
    // Laid out again it may look otherwise: the file does not hold anybody down.
    ask(&mut window, [Command::Pin(someone, [0.0, 0.0])]);
    until(&mut window, "a map at rest", is_ready);
    assert!(places(window.state()) != before);
}

#[test]
fn a_name_that_asks_for_no_graph_is_told_and_two_tables_are_named() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = window(data.path(), vec![Command::OpenSample]);
    until(&mut window, "the map", is_ready);
    let picture = data.path().join("graph.png");
    ask(&mut window, [Command::ExportGraph(picture.clone())]);
    until(&mut window, "a message", |app| {
        !app.model().problems.is_empty()
    });
    let problem = &window.state().model().problems[0];
    assert_eq!(
        problem.advice,
        "Let the name end in .gexf, .graphml, .json or .csv"
    );
    assert!(!picture.exists());
    ask(
        &mut window,
        [Command::ExportGraph(data.path().join("g.csv"))],
    );
    let [people, ties] = ["g-nodes.csv", "g-edges.csv"].map(|name| data.path().join(name));
    until(&mut window, "both tables", |app| {
        app.model().said.starts_with("Graph exported") && people.exists() && ties.exists()
    });
    let said = &window.state().model().said;
    assert!(
        said.contains("g-nodes.csv and ") && said.ends_with("g-edges.csv"),
        "{said}"
    );
}

#[test]
fn the_command_line_writes_what_the_ending_says() {
    let (folder, _) = with_posts();
    for (name, start) in [
        (
            "g.gexf",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf ",
        ),
        (
            "g.GraphML",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml ",
        ),
        ("g.json", "{\"options\":"),
    ] {
        let output = isthmus(
            folder.path(),
            &["export", "posts.csv", "--graph", name, "--seed", "7"],
        );
        assert!(output.status.success(), "{}", errors(&output));
        let text = fs::read_to_string(folder.path().join(name)).expect("written");
        assert!(text.starts_with(start), "{name}");
        assert!(text.contains("Isthmus"), "{name}");
        let seed = ["seed 7", "key=\"seed\">7<", "\"seed\":7"];
        assert!(seed.iter().any(|seed| text.contains(seed)), "{name}");
    }
    let output = isthmus(folder.path(), &["export", "posts.csv", "--graph", "g.csv"]);
    assert!(output.status.success(), "{}", errors(&output));
    assert!(!folder.path().join("g.csv").exists());
    let (header, people) = rows(&folder.path().join("g-nodes.csv"));
    assert_eq!(header[..2], ["Id", "Label"]);
    let keys: Vec<&str> = people.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(keys, ["ana", "ben", "cleo", "dan", "eve"]);
    let (header, ties) = rows(&folder.path().join("g-edges.csv"));
    assert_eq!(header, ["Source", "Target", "Type", "Kind", "Weight"]);
    assert_eq!(ties[0], ["ana", "ben", "Directed", "mention", "1"]);
}

#[test]
fn the_command_line_refuses_other_endings_and_its_own_input() {
    let (folder, _) = with_posts();
    let output = isthmus(folder.path(), &["export", "posts.csv", "--graph", "g.gml"]);
    assert_eq!(output.status.code(), Some(2));
    let sentence = "--graph g.gml: let the name end in .gexf, .graphml, .json or .csv";
    assert!(errors(&output).contains(sentence), "{}", errors(&output));
    let twice = [
        "export",
        "posts.csv",
        "--graph",
        "g.csv",
        "--ties",
        "g-edges.csv",
    ];
    let output = isthmus(folder.path(), &twice);
    assert_eq!(output.status.code(), Some(2));
    assert!(errors(&output).contains("g-edges.csv is to be written twice"));
    fs::copy(
        folder.path().join("posts.csv"),
        folder.path().join("p-nodes.csv"),
    )
    .expect("copied");
    let output = isthmus(
        folder.path(),
        &["export", "p-nodes.csv", "--graph", "p.csv"],
    );
    assert_eq!(output.status.code(), Some(1), "{}", errors(&output));
    assert!(
        !folder.path().join("p-edges.csv").exists(),
        "nothing half-written"
    );
}
