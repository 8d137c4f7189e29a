//! One wish is one thing: a double-click is one step to be undone, Ctrl+C on a row copies its table, the selection goes onto the list as
//! a whole, and what is found has its width from the first picture on.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use eframe::egui::{self, Key, Modifiers, OutputCommand};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use isthmus::analysis::CommunityId;
use isthmus::app::{App, AskCommand, Command, SelectCommand, Tab};
use isthmus::explore::Question;

use super::window::{ask, is_ready, until, window};

fn with_sample(data: &Path) -> Harness<'static, App> {
    let mut window = window(data, vec![Command::OpenSample]);
    until(&mut window, "the finished map", is_ready);
    window
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
fn ctrl_c_on_a_row_of_an_answer_copies_its_rows() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    let question = Box::new(Question::Connects);
    ask(&mut window, [Command::Ask(AskCommand::Question(question))]);
    until(&mut window, "the answer", |app| {
        app.model().answer.is_some()
    });
    window.run_steps(3);
    let answer = window.state().model().answer.clone().expect("there");
    let row = format!("{}, {}: ", answer.rows[0].title, answer.rows[0].below);
    window.get_by_label_contains(&row).focus();
    window.run_steps(2);
    window.event(egui::Event::Copy);
    let text = copied(&mut window);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), answer.rows.len() + 1, "{text}");
    for (line, row) in lines[1..].iter().zip(&answer.rows) {
        let cells: Vec<&str> = line.split('\t').collect();
        assert!(cells.contains(&row.title.as_str()), "{line}");
        assert!(
            cells.ends_with(&[row.cells.last().expect("a figure")]),
            "{line}"
        );
    }
    let said = &window.state().model().said;
    assert!(said.ends_with("rows copied, for a spreadsheet"), "{said}");
}

#[test]
fn a_double_click_on_a_community_is_one_step() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    // A picture takes a quarter of a second here.
    window
        .ctx
        .options_mut(|options| options.input_options.max_double_click_delay = 5.0);
    let map = window.state().model().map.as_ref().expect("a map");
    let name = map.results.analysis.communities.list[1].name.clone();
    let before = window.state().model().campaign.map.clone();
    let name = format!("{name}, ");
    let row = window.query_all_by_label_contains(&name);
    let row = row.min_by(|a, b| a.rect().left().total_cmp(&b.rect().left()));
    let at = row.expect("a row of the panel").rect().center();
    for _ in 0..2 {
        window.drag_at(at);
        window.step();
        window.drop_at(at);
        window.step();
    }
    window.run_steps(3);
    let model = window.state().model();
    assert_eq!(
        (model.tab, model.community),
        (Tab::Community, Some(CommunityId(1)))
    );
    assert_eq!(model.history.mark(), (1, 0), "one step");
    ask(&mut window, [Command::Undo]);
    let model = window.state().model();
    assert_eq!(model.campaign.map, before);
    assert!(model.history.undo_words().is_none());
}

#[test]
fn whoever_is_selected_goes_onto_the_list_as_one_step() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    let put = || Command::Selection(SelectCommand::PutOnList);
    let best = window.state().model().map.as_ref().expect("a map").ranking[..40].to_vec();
    ask(&mut window, [Command::Select(best), put()]);
    let model = window.state().model();
    assert_eq!(model.campaign.outreach_list.len(), 40);
    assert_eq!(model.history.mark(), (1, 0));
    ask(&mut window, [Command::Undo]);
    // By the key of it, too.
    window.key_press(Key::A);
    window.run_steps(2);
    assert_eq!(window.state().model().campaign.outreach_list.len(), 40);
    ask(
        &mut window,
        [Command::Undo, Command::Select(Vec::new()), put()],
    );
    assert!(window.state().model().campaign.outreach_list.is_empty());
}

#[test]
fn what_is_found_has_its_width_though_a_word_alone_stood_there_first() {
    let data = tempfile::tempdir().expect("a temporary folder");
    // More people and posts than are looked through within a frame.
    let mut text = String::from("Author,Author Name,Full Text\n");
    for i in 0..9_000u32 {
        let (author, target) = (i % 900, (i * 7 + 1) % 900);
        writeln!(text, "mia_{author},Mia,for @mia_{target} take {i}").expect("memory");
    }
    let file = data.path().join("many.csv");
    fs::write(&file, text).expect("writable");
    let mut window = window(data.path(), vec![Command::OpenPaths(vec![file])]);
    until(&mut window, "the import window", |app| {
        app.model().import.is_some()
    });
    ask(&mut window, [Command::BuildMap]);
    until(&mut window, "the map", is_ready);
    window.key_press_modifiers(Modifiers::COMMAND, Key::F);
    window.run_steps(3);
    window.event(egui::Event::Text("mia_8".to_owned()));
    // The names are made ready beside the window first: the word that stands there meanwhile is drawn.
    window.step();
    window.get_by_label("Looking…");
    until(&mut window, "all found", |app| {
        let findings = app.model().findings.as_ref();
        findings.is_some_and(|found| found.whole)
    });
    window.run_steps(2);
    let line = window.get_by_label("Select all 111").rect();
    assert!(line.width() > 350.0, "{line:?}");
}
