//! Hidden names in the window: nothing on the screen, in files or on the clipboard tells them, and what is done meanwhile is done to the true people.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use eframe::egui;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, Node};
use isthmus::app::{App, Command, Drawer, PlanCommand, Tab, Table};
use isthmus::campaign::Status;
use isthmus::session::NameMask;

use super::hidden_names::{inside, marked_posts, tells};
use super::window::{ask, is_ready, until, window};

fn write_down(node: &Node<'_>, all: &mut String) {
    let facts = node.accesskit_node();
    for words in [facts.label(), facts.value(), facts.description()] {
        writeln!(all, "{}", words.unwrap_or_default()).expect("memory takes all");
    }
    for child in node.children() {
        write_down(&child, all);
    }
}

/// Everything that a screen reader finds in the window, and everything written on the map.
fn on_screen(window: &mut Harness<'_, App>) -> String {
    window.run_steps(4);
    let mut all = String::new();
    write_down(&window.root(), &mut all);
    let map = window.state().model().map.as_ref();
    let scene = map.and_then(|map| map.scene.as_ref());
    writeln!(all, "{scene:?}").expect("memory takes all");
    all
}

/// The map of the marked conversation, with three people on the list, the first with a note, and a community with a name.
fn with_decisions(data: &Path) -> Harness<'static, App> {
    let posts = data.join("zqx.csv");
    fs::write(&posts, marked_posts()).expect("written");
    let mut window = window(data, vec![Command::OpenPaths(vec![posts])]);
    until(&mut window, "the import window", |app| {
        app.model().import.is_some()
    });
    ask(&mut window, [Command::BuildMap]);
    until(&mut window, "the map", is_ready);
    let map = window.state().model().map.as_ref().expect("a map");
    let people: Vec<_> = map.ranking.iter().copied().take(3).collect();
    let community = map.results.analysis.communities.of[people[1].index()].expect("tied");
    let name = "Zqx friends".to_owned();
    ask(
        &mut window,
        [
            Command::AddToList(people.clone()),
            Command::NameCommunity(community, name),
            Command::Select(vec![people[0]]),
        ],
    );
    let list = window.state().model().campaign.outreach_list.entries();
    let first = list[0].person.clone();
    let note = isthmus::campaign::Edit::SetNote {
        person: first,
        note: "met at zqx fair".to_owned(),
    };
    ask(&mut window, [Command::Edit(note), Command::CloseStep]);
    until(&mut window, "the name of the community", |app| {
        let map = app.model().map.as_ref().expect("a map");
        let list = &map.results.analysis.communities.list;
        app.model().working.is_none() && list.iter().any(|c| c.name == "Zqx friends")
    });
    window
}

fn hide(window: &mut Harness<'_, App>, mask: NameMask) {
    ask(window, [Command::SetNameMask(mask)]);
    until(window, "the map under other names", is_ready);
}

#[test]
fn no_part_of_the_window_tells_a_hidden_name() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_decisions(data.path());
    assert!(
        tells(on_screen(&mut window).as_bytes()),
        "the test sees names"
    );
    for mask in [NameMask::Numbers, NameMask::Initials] {
        hide(&mut window, mask);
        let seen = on_screen(&mut window);
        assert!(seen.contains("Community 1"), "the map is shown");
        let file = Command::ExportList {
            path: data.path().join("zqx.csv"),
            for_excel: false,
        };
        let states: [(&str, Vec<Command>); 12] = [
            ("a problem", vec![file]),
            ("bridges", vec![Command::ShowTab(Tab::Bridges)]),
            ("person", vec![Command::ShowTab(Tab::Person)]),
            ("list", vec![Command::ShowTab(Tab::List)]),
            ("plan", vec![Command::Plan(PlanCommand::Propose)]),
            ("palette", vec![Command::ShowPalette(true)]),
            ("report", vec![Command::ShowReport(true)]),
            ("picture", vec![Command::ShowMapExport(true)]),
            ("project", vec![Command::ShowProject(true)]),
            (
                "path",
                vec![Command::ShowProject(false), Command::ExportReportDialog],
            ),
            (
                "plots",
                vec![
                    Command::ClosePathPrompt,
                    Command::ShowDrawer(Some(Drawer::Plots)),
                ],
            ),
            (
                "undo",
                vec![Command::ShowDrawer(None), Command::Undo, Command::Redo],
            ),
        ];
        for (state, commands) in states {
            ask(&mut window, commands);
            until(&mut window, state, |app| app.model().working.is_none());
            assert!(
                !tells(on_screen(&mut window).as_bytes()),
                "{mask:?}: {state}"
            );
        }
        window.get_by_label("File").click();
        assert!(!tells(on_screen(&mut window).as_bytes()), "{mask:?}: File");
        window.key_press(egui::Key::Escape);
    }
    window.run_steps(4);
    assert!(!window.state().model().problems.is_empty(), "there was one");
    hide(&mut window, NameMask::Shown);
    let seen = on_screen(&mut window);
    assert!(tells(seen.as_bytes()), "names are shown again");
    assert!(seen.contains("Zqx friends"));
}

#[test]
fn files_and_clipboard_tell_no_hidden_name() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_decisions(data.path());
    for (mask, tell) in [
        (NameMask::Shown, true),
        (NameMask::Numbers, false),
        (NameMask::Initials, false),
    ] {
        hide(&mut window, mask);
        let files =
            ["zqx list.csv", "l.xlsx", "r.html", "m.svg"].map(|name| data.path().join(name));
        let [csv, workbook, report, map] = files.clone();
        let list = |path| Command::ExportList {
            path,
            for_excel: false,
        };
        ask(
            &mut window,
            [
                list(csv),
                list(workbook),
                Command::ExportReport(report),
                Command::ExportMap(map),
            ],
        );
        until(&mut window, "four files", |app| {
            app.model().working.is_none() && app.model().said.starts_with("Map exported")
        });
        for file in files {
            assert_eq!(tells(&inside(&file)), tell, "{mask:?}: {}", file.display());
            fs::remove_file(file).expect("there");
        }
        for table in [Table::List(None), Table::Bridges] {
            let text = copied(&mut window, table);
            assert!(text.lines().count() >= 3, "{text}");
            assert_eq!(tells(text.as_bytes()), tell, "{mask:?}: {table:?}");
        }
    }
}

fn copied(window: &mut Harness<'_, App>, table: Table) -> String {
    window.state_mut().ask(Command::CopyTable(table));
    let start = Instant::now();
    loop {
        assert!(
            start.elapsed() < Duration::from_mins(1),
            "nothing was copied"
        );
        window.step();
        let commands = &window.output().platform_output.commands;
        let text = commands.iter().find_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        });
        if let Some(text) = text {
            return text;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn what_is_done_while_names_are_hidden_is_done_to_the_true_people() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_decisions(data.path());
    let before: Vec<_> = window
        .state()
        .model()
        .campaign
        .outreach_list
        .entries()
        .to_vec();
    let map = window.state().model().map.as_ref().expect("a map");
    let graph = map.results.graph.clone();
    let shown = |person: &str| {
        let id = graph.find(person).expect("on the map");
        format!("Person {}", id.0 + 1)
    };
    let [first, second, third] = before.as_slice() else {
        panic!("three people on the list");
    };
    hide(&mut window, NameMask::Numbers);
    ask(&mut window, [Command::ShowTab(Tab::List)]);
    window.run_steps(3);

    for (entry, words) in [(first, "said yes"), (second, "zqx call")] {
        let field = format!("Note on {}", shown(&entry.person));
        window.get_by_label(&field).click();
        window.run_steps(2);
        for letter in words.chars() {
            window.get_by_label(&field).type_text(&letter.to_string());
            window.run_steps(2);
        }
        let node = window.get_by_label(&field);
        assert_eq!(
            node.accesskit_node().value().as_deref(),
            Some(words),
            "as typed"
        );
    }
    let status = format!("Status of {}, to contact", shown(&second.person));
    window.get_by_label(&status).click();
    window.run_steps(3);
    window.get_by_label("Answered").click();
    window.run_steps(3);
    let remove = format!("Remove {} from list", shown(&third.person));
    let nodes: Vec<_> = window.query_all_by_label(&remove).collect();
    nodes.last().expect("a button").click();
    window.run_steps(3);

    hide(&mut window, NameMask::Shown);
    let after = window.state().model().campaign.outreach_list.entries();
    assert_eq!(after.len(), 2, "the third was removed");
    assert_eq!(after[0].person, first.person);
    assert_eq!(after[0].name, first.name);
    assert_eq!(after[0].note, "met at zqx fair said yes");
    assert_eq!(after[1].person, second.person);
    assert_eq!(after[1].note, "zqx call");
    assert_eq!(after[1].status, Status::Answered);
}

#[test]
fn hiding_names_changes_nothing_of_the_picture_but_what_is_written() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_decisions(data.path());
    let scene = |window: &Harness<'_, App>| {
        let map = window.state().model().map.as_ref().expect("a map");
        map.scene.clone().expect("a scene")
    };
    let before = scene(&window);
    hide(&mut window, NameMask::Initials);
    let hidden = scene(&window);
    assert_eq!(hidden.dots, before.dots);
    assert_eq!(hidden.ties, before.ties);
    assert_eq!(hidden.bounds, before.bounds);
    window.run(); // nothing asks for another picture
}
