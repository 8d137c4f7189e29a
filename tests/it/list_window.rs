//! The outreach list in the window: chips, moving, pasted handles, imported lists, rows for the clipboard.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use calamine::{Reader as _, Xlsx};
use eframe::egui::{self, Key, Modifiers, OutputCommand, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use isthmus::app::{App, Command, PathPurpose, Sheet, Tab, Table};
use isthmus::campaign::{Edit, Entry, Status};

use super::window::{ask, is_ready, until, window};

/// The sample with these people on the list, and the List tab in front.
fn with_list(data: &Path, people: &[(&str, Status)]) -> Harness<'static, App> {
    let mut window = window(data, vec![Command::OpenSample]);
    until(&mut window, "the map", is_ready);
    let entry = |&(person, status): &(&str, Status)| Entry {
        status,
        ..Entry::new(person, person.to_uppercase())
    };
    let entries = people.iter().map(|who| (usize::MAX, entry(who)));
    ask(
        &mut window,
        [
            Command::Edit(Edit::Insert(entries.collect())),
            Command::ShowTab(Tab::List),
        ],
    );
    window.run_steps(3);
    window
}

fn order(window: &Harness<'_, App>) -> Vec<String> {
    let list = &window.state().model().campaign.outreach_list;
    list.entries().iter().map(|e| e.person.clone()).collect()
}

fn click(window: &mut Harness<'_, App>, label: &str) {
    window.get_by_label(label).click();
    window.run_steps(4);
}

fn sees(window: &Harness<'_, App>, label: &str) -> bool {
    window.query_all_by_label_contains(label).next().is_some()
}

fn focused(window: &Harness<'_, App>) -> String {
    let has_keys = egui_kittest::kittest::By::new()
        .predicate(|node| node.is_focused() && node.label().is_some());
    let node = window.query(has_keys);
    node.and_then(|node| node.accesskit_node().label())
        .unwrap_or_default()
}

const FIVE: [(&str, Status); 5] = [
    ("a", Status::ToContact),
    ("b", Status::Contacted),
    ("c", Status::ToContact),
    ("d", Status::Contacted),
    ("e", Status::ToContact),
];

#[test]
fn chips_count_each_status_and_show_only_those() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_list(data.path(), &FIVE);
    assert!(sees(&window, "To contact 3"));
    assert!(!sees(&window, "Ambassador"), "nobody has that status");
    click(&mut window, "Contacted 2");
    assert!(sees(&window, "B, place 2 on the list"));
    assert!(sees(&window, "D, place 4 on the list"));
    assert!(!sees(&window, "A, place 1 on the list"));
    // Down past the one who is shown next, over whoever stands between.
    click(&mut window, "Move B down");
    assert_eq!(order(&window), ["a", "c", "d", "b", "e"]);
    click(&mut window, "Move B up");
    assert_eq!(order(&window), ["a", "c", "b", "d", "e"]);

    // Nobody is left with the status.
    let answered = |person: &str| {
        Command::Edit(Edit::SetStatus {
            person: person.into(),
            status: Status::Answered,
        })
    };
    ask(&mut window, [answered("b"), answered("d")]);
    window.run_steps(3);
    assert!(sees(&window, "Nobody is marked contacted"));
    assert!(sees(&window, "This choice hides 5 people on the list"));
    click(&mut window, "Show everybody");
    assert!(sees(&window, "A, place 1 on the list"));
    // The chip that is lit lets everybody back in too.
    click(&mut window, "Answered 2");
    assert!(!sees(&window, "A, place 1 on the list"));
    click(&mut window, "Answered 2");
    assert!(sees(&window, "A, place 1 on the list"));
}

#[test]
fn alt_with_an_arrow_moves_the_row_that_has_the_keys_one_step_of_undo_each() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_list(data.path(), &FIVE);
    window.get_by_label("A, place 1 on the list").focus();
    window.run_steps(2);
    let press = |window: &mut Harness<'_, App>, key| {
        window.key_press_modifiers(Modifiers::ALT, key);
        window.run_steps(4);
    };
    press(&mut window, Key::ArrowUp);
    assert_eq!(order(&window), ["a", "b", "c", "d", "e"], "the first stays");
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::ArrowDown);
    assert_eq!(order(&window), ["b", "c", "a", "d", "e"]);
    assert_eq!(
        focused(&window),
        "A, place 3 on the list",
        "the keys go along"
    );
    press(&mut window, Key::ArrowUp);
    assert_eq!(order(&window), ["b", "a", "c", "d", "e"]);
    window.key_press(Key::ArrowDown);
    window.run_steps(4);
    assert_eq!(
        focused(&window),
        "C, place 3 on the list",
        "without Alt only the keys"
    );
    for expected in ["bcade", "bacde", "abcde"] {
        ask(&mut window, [Command::Undo]);
        assert_eq!(order(&window).concat(), expected);
    }
}

#[test]
fn a_row_is_dragged_up_or_down_to_the_place_of_another() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_list(data.path(), &FIVE);
    let row = |window: &Harness<'_, App>, label: &str| window.get_by_label(label).rect();
    let [a, b] = ["A, place 1 on the list", "B, place 2 on the list"].map(|l| row(&window, l));
    assert!(
        a.bottom() < b.top() && b.top() < a.bottom() + 4.0,
        "{a:?}, {b:?}"
    );
    let mut drag = |from: &str, to: &str| {
        let grip = row(&window, from).left_center() + vec2(13.0, -16.0);
        let to = row(&window, to).center();
        window.drag_at(grip);
        window.run_steps(2);
        window.hover_at(to);
        window.run_steps(2);
        window.drop_at(to);
        window.run_steps(3);
        order(&window)
    };
    let down = drag("A, place 1 on the list", "C, place 3 on the list");
    assert_eq!(down, ["b", "c", "a", "d", "e"]);
    let up = drag("E, place 5 on the list", "B, place 1 on the list");
    assert_eq!(up, ["e", "b", "c", "a", "d"]);
    assert_eq!(
        drag("C, place 3 on the list", "C, place 3 on the list"),
        up,
        "onto itself"
    );
    ask(&mut window, [Command::Undo]);
    assert_eq!(order(&window), ["b", "c", "a", "d", "e"]);
}

#[test]
fn a_long_list_moves_along_while_something_is_held_at_its_edge_and_draws_few_rows() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let names: Vec<String> = (0..10_000).map(|i| format!("p{i:04}")).collect();
    let people: Vec<(&str, Status)> = names
        .iter()
        .map(|name| (name.as_str(), Status::ToContact))
        .collect();
    let mut window = with_list(data.path(), &people);
    let drawn = window.query_all_by_label_contains(" on the list").count();
    assert!((5..40).contains(&drawn), "{drawn} rows");
    let first = window.get_by_label("P0000, place 1 on the list").rect();
    let edge = egui::pos2(first.center().x, 855.0);
    window.drag_at(first.left_center() + vec2(13.0, -16.0));
    window.run_steps(2);
    window.hover_at(edge);
    for _ in 0..60 {
        window.step();
    }
    assert!(
        !sees(&window, "P0000, place 1 on the list"),
        "the list has moved along"
    );
    window.drop_at(edge);
    window.run_steps(4);
    let list = &window.state().model().campaign.outreach_list;
    let place = list.place_of("p0000").expect("still on the list");
    assert!((9..200).contains(&place), "{place}");
}

#[test]
fn handles_are_pasted_looked_up_and_put_on_the_list_as_one_step() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_list(data.path(), &[]);
    let map = window.state().model().map.as_ref().expect("a map");
    let people = &map.results.graph.people;
    let at = |at: usize| people[map.ranking[at].index()].clone();
    let (first, second, third) = (at(0), at(1), at(2));
    let text = format!(
        "@{}\nhttps://x.com/{}\n{}, nobody_at_all",
        first.handle.to_uppercase(),
        second.handle,
        third.name
    );
    ask(
        &mut window,
        [Command::Edit(Edit::add(Entry::new(&*first.key, "First")))],
    );
    click(&mut window, "More for the list");
    click(&mut window, "Paste handles…");
    assert!(window.state().model().sheet == Some(Sheet::Paste));
    window.run_steps(4);
    assert_eq!(focused(&window), "Handles");
    window.event(egui::Event::Paste(text));
    until(&mut window, "the look-up", |app| {
        app.model().pasted.is_some()
    });
    window.run_steps(3);
    assert!(sees(
        &window,
        "3 on the map, 1 not on the map, 1 already on the list"
    ));
    assert!(sees(&window, "Not on the map: nobody_at_all"));
    click(&mut window, "Add those on the map");
    let expected = [&first.key, &second.key, &third.key].map(|key| (**key).to_owned());
    assert_eq!(order(&window), expected);
    assert!(window.state().model().sheet.is_none(), "the sheet is gone");
    ask(&mut window, [Command::Undo]);
    assert_eq!(order(&window), expected[..1]);

    // The same to select them.
    ask(
        &mut window,
        [
            Command::ShowPaste(true),
            Command::LookUpHandles(format!("{} {}", second.handle, third.handle)),
        ],
    );
    let n_found = |app: &App| app.model().pasted.as_ref().map(|p| p.named.people.len());
    until(&mut window, "the look-up", |app| n_found(app) == Some(2));
    window.key_press(Key::Escape);
    window.run_steps(3);
    assert!(window.state().model().sheet.is_none(), "Escape closes it");
    assert!(window.state().model().pasted.is_none());
}

#[test]
fn a_list_of_last_month_is_imported_as_one_step_and_nobody_on_the_list_changes() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_list(data.path(), &[]);
    let map = window.state().model().map.as_ref().expect("a map");
    let best = &map.results.graph.people[map.ranking[0].index()];
    let (key, name) = (best.key.to_string(), best.name.to_string());
    let second = &map.results.graph.people[map.ranking[1].index()];
    let second = second.key.to_string();
    ask(
        &mut window,
        [Command::Edit(Edit::add(Entry::new(&*second, "Second")))],
    );
    let file = data.path().join("last month.csv");
    let text = format!(
        "person,status,note\n{key},answered,'=rice\n{second},declined,no\nlong_gone,do not contact,\n,contacted,\n"
    );
    fs::write(&file, text).expect("writable");
    click(&mut window, "More for the list");
    click(&mut window, "Import a list…");
    until(&mut window, "the field for a path", |app| {
        app.model().path_prompt.is_some()
    });
    let prompt = window.state().model().path_prompt.clone();
    assert_eq!(prompt.expect("just seen").purpose, PathPurpose::OpenList);
    ask(&mut window, [Command::TakePath(file)]);
    until(&mut window, "the list", |app| {
        app.model().campaign.outreach_list.len() == 3
    });
    let model = window.state().model();
    let entries = model.campaign.outreach_list.entries();
    let told: Vec<_> = entries
        .iter()
        .map(|e| {
            (
                e.person.as_str(),
                e.name.as_str(),
                e.status,
                e.note.as_str(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (second.as_str(), "Second", Status::ToContact, ""),
            (key.as_str(), name.as_str(), Status::Answered, "=rice"),
            ("long_gone", "long_gone", Status::DoNotContact, ""),
        ]
    );
    assert_eq!(
        model.said,
        "List imported: 2 new, 1 on the list already, 1 not on this map; 1 row without a handle"
    );
    ask(&mut window, [Command::Undo]);
    assert_eq!(order(&window), [second]);

    // What is no list is told, and changes nothing.
    ask(
        &mut window,
        [Command::ImportList(data.path().join("nowhere.csv"))],
    );
    until(&mut window, "a message", |app| {
        !app.model().problems.is_empty()
    });
    let problem = &window.state().model().problems[0];
    assert!(
        problem
            .file
            .as_deref()
            .is_some_and(|file| file.ends_with("nowhere.csv"))
    );
    assert_eq!(window.state().model().campaign.outreach_list.len(), 1);
}

/// The text on the clipboard after these steps.
fn copied(window: &mut Harness<'_, App>) -> String {
    let start = Instant::now();
    loop {
        assert!(start.elapsed() < Duration::from_mins(1), "nothing copied");
        window.step();
        let commands = &window.output().platform_output.commands;
        let text = commands.iter().find_map(|command| match command {
            OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        });
        if let Some(text) = text {
            return text;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn ctrl_c_copies_the_rows_of_the_table_that_has_the_keys() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_list(data.path(), &FIVE);
    window.get_by_label("A, place 1 on the list").focus();
    window.run_steps(2);
    window.event(egui::Event::Copy);
    let text = copied(&mut window);
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with("position\tperson\tname\tcommunity\t"));
    assert_eq!(lines.len(), 6);
    assert!(lines[1].starts_with("1\ta\tA\t"), "{}", lines[1]);
    assert_eq!(
        window.state().model().said,
        "5 rows copied, for a spreadsheet"
    );
    // Only those who are shown.
    click(&mut window, "Contacted 2");
    click(&mut window, "More for the list");
    window.get_by_label("Copy as a table").click();
    let text = copied(&mut window);
    let people: Vec<&str> = text.lines().filter_map(|l| l.split('\t').nth(1)).collect();
    assert_eq!(people, ["person", "b", "d"]);

    // The bridges: those who stand on top of the table.
    ask(&mut window, [Command::CopyTable(Table::Bridges)]);
    let text = copied(&mut window);
    let model = window.state().model();
    let map = model.map.as_ref().expect("a map");
    let best = &map.results.graph.people[map.ranking[0].index()];
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 101);
    assert!(
        lines[1].starts_with(&format!("1\t{}\t", best.key)),
        "{}",
        lines[1]
    );
}

#[test]
fn the_workbook_is_offered_under_its_own_ending_and_written_as_one() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_list(data.path(), &FIVE);
    click(&mut window, "More for the list");
    click(&mut window, "Excel workbook…");
    until(&mut window, "the field for a path", |app| {
        app.model().path_prompt.is_some()
    });
    let prompt = window.state().model().path_prompt.clone();
    let suggested = prompt.expect("just seen").suggested;
    assert!(suggested.ends_with("Sushi sample - outreach list.xlsx"));
    ask(&mut window, [Command::TakePath(data.path().join("mine"))]);
    until(&mut window, "the export", |app| {
        app.model().said.contains("5 people exported to")
    });
    let bytes = fs::read(data.path().join("mine.xlsx")).expect("with its ending");
    let mut book = Xlsx::new(std::io::Cursor::new(bytes)).expect("a workbook");
    let sheet = book.worksheet_range("Outreach list").expect("its sheet");
    assert_eq!(sheet.rows().count(), 6);
}

#[test]
fn an_empty_list_offers_the_ways_in() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_list(data.path(), &[]);
    assert!(sees(&window, "Nobody is on the list yet"));
    assert!(sees(&window, "Import a list…"));
    click(&mut window, "Paste handles…");
    assert!(window.state().model().sheet == Some(Sheet::Paste));
}
