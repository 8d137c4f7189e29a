//! Finding and asking in the whole window: what a worker finds arrives, the typed text wins, answers are shown, hidden names stay hidden.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use eframe::egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use isthmus::app::{App, AskCommand, Command, Tab};
use isthmus::explore::Question;
use isthmus::session::NameMask;

use super::window::{ask, is_ready, until, window};

/// More people and posts than are looked through within a frame: `mia_0` … answers the next of her block.
fn large(data: &Path) -> Harness<'static, App> {
    let mut text = String::from("Author,Author Name,Full Text\n");
    for i in 0..9_000u32 {
        let (author, block) = (i % 900, i % 900 / 90);
        let target = block * 90 + (i * 7 + 1) % 90;
        let word = if i % 3 == 0 { "rice" } else { "tea" };
        writeln!(
            text,
            "mia_{author},Mia Number {author},{word} for @mia_{target} take {i}"
        )
        .expect("memory");
    }
    let file = data.join("many.csv");
    fs::write(&file, text).expect("writable");
    let mut window = window(data, vec![Command::OpenPaths(vec![file])]);
    until(&mut window, "the import window", |app| {
        app.model().import.is_some()
    });
    ask(&mut window, [Command::BuildMap]);
    until(&mut window, "the map", is_ready);
    window
}

fn with_sample(data: &Path) -> Harness<'static, App> {
    let mut window = window(data, vec![Command::OpenSample]);
    until(&mut window, "the finished map", is_ready);
    window
}

fn types(window: &mut Harness<'_, App>, text: &str) {
    window.event(Event::Text(text.to_owned()));
    window.step();
}

fn find(window: &mut Harness<'_, App>, text: &str) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::F);
    window.run_steps(3);
    types(window, text);
}

fn selected(app: &App) -> Vec<String> {
    let model = app.model();
    let people = &model.map.as_ref().expect("a map").results.graph.people;
    model
        .selected
        .iter()
        .map(|id| people[id.index()].key.to_string())
        .collect()
}

#[test]
fn what_is_typed_on_a_large_map_is_found_beside_the_window_and_the_last_letters_win() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = large(data.path());
    find(&mut window, "mia");
    for letter in ["_", "8", "9"] {
        types(&mut window, letter); // results of what was typed before arrive meanwhile
    }
    types(&mut window, "9");
    window.key_press(Key::Enter); // before anything can have been found
    until(&mut window, "the person", |app| {
        !app.model().selected.is_empty()
    });
    assert_eq!(selected(window.state()), ["mia_899"]);

    // Everybody who is called so: 88 and 880 to 889.
    find(&mut window, "mia_88");
    until(&mut window, "all found", |app| {
        let findings = app.model().findings.as_ref();
        findings.is_some_and(|found| found.text == "mia_88" && found.whole)
    });
    window.run_steps(2);
    let line = window.get_by_label("Select all 11").rect();
    assert!(
        line.width() > 300.0,
        "a name has room beside a handle: {line:?}"
    );
    window.key_press_modifiers(Modifiers::SHIFT, Key::Enter);
    window.run_steps(4);
    assert_eq!(selected(window.state()).len(), 11);

    find(&mut window, "rice");
    until(&mut window, "counted posts", |app| {
        let findings = app.model().findings.as_ref();
        findings.is_some_and(|found| found.text == "rice" && found.whole)
    });
    window.run_steps(2);
    // 900 is a multiple of 3: every third person always says rice.
    window.get_by_label("rice · 3,000 posts by 300 people");
    window.key_press(Key::Escape);
    window.run_steps(2);
}

#[test]
fn questions_are_answered_with_a_table_a_selection_and_a_sentence_and_nothing_is_to_be_undone() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    window.run_steps(3);
    types(&mut window, "who conects most comunities");
    window.run_steps(2);
    window.get_by_label("Who connects the most communities?");
    window.key_press(Key::Enter);
    until(&mut window, "the answer", |app| {
        app.model().answer.is_some()
    });
    window.run_steps(3);
    let model = window.state().model();
    assert_eq!(model.tab, Tab::Answer);
    let answer = model.answer.clone().expect("there");
    assert_eq!(model.selected, answer.people);
    let reached = &model
        .map
        .as_ref()
        .expect("a map")
        .results
        .analysis
        .bridges
        .communities_reached;
    let most = reached.iter().max().expect("people");
    assert_eq!(answer.rows[0].cells[0], most.to_string());
    assert!(
        model.history.undo_words().is_none(),
        "an answer is looked at, not decided"
    );
    window.get_by_label(&answer.sentence);
    window.get_by_label("How it was found");
    // What the people of the answer are for.
    window.get_by_label("Add to list").click();
    window.run_steps(3);
    let listed = window.state().model().campaign.outreach_list.len();
    assert_eq!(listed, answer.people.len());
    window.get_by_label("Copy table").click();
    window.run_steps(3);
    let said = &window.state().model().said;
    assert_eq!(
        *said,
        format!("{} rows copied, for a spreadsheet", answer.rows.len())
    );
    window.get_by_label("Close").click();
    window.run_steps(3);
    let model = window.state().model();
    assert!(model.answer.is_none() && model.tab == Tab::Bridges);
    until(&mut window, "the list on disk", |app| app.model().saved);
    window.run(); // a window at rest asks for no picture
}

#[test]
fn every_question_about_the_sample_has_an_answer_that_the_window_can_show() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    let best = window.state().model().map.as_ref().expect("a map").ranking[..2].to_vec();
    let [one, other] = [0, 1].map(isthmus::analysis::CommunityId);
    let questions = [
        Question::BigButIsolated,
        Question::SmallButConnected,
        Question::Joins([one, other]),
        Question::Replaces(best[0]),
        Question::TalksAbout(one),
        Question::WhoSays("rice".to_owned()),
        Question::SpeaksFor(other),
        Question::NeverTalk,
        Question::TalkMost,
        Question::AskFirst,
        Question::AnswersMost,
        Question::Answers(best[1]),
        Question::Way([best[0], best[1]]),
        Question::NewTo(best[0]),
        Question::Busiest,
        Question::Said(isthmus::explore::When::Week(2)),
    ];
    for question in questions {
        ask(
            &mut window,
            [Command::Ask(AskCommand::Question(Box::new(
                question.clone(),
            )))],
        );
        until(&mut window, "the answer", |app| {
            app.model()
                .answer
                .as_ref()
                .is_some_and(|answer| answer.question == question)
        });
        window.run_steps(2);
        let answer = window.state().model().answer.clone().expect("there");
        // Whether anybody is new, large and isolated, or a word stands out, is up to the sample.
        let may_be_none = matches!(
            question,
            Question::NewTo(_) | Question::Said(_) | Question::BigButIsolated
        );
        let is_answered = may_be_none || !answer.rows.is_empty();
        assert!(is_answered, "{question:?}: {}", answer.sentence);
        window.get_by_label(&answer.asked);
        window.get_by_label(&answer.sentence);
        if let Some(first) = answer.rows.first() {
            let label = window.query_all_by_label_contains(&first.title).count();
            assert!(label > 0, "{question:?}");
        }
    }
    // Another map: the answer was about the one before.
    ask(&mut window, [Command::CloseMap]);
    assert!(window.state().model().answer.is_none());
}

#[test]
fn hidden_names_are_neither_found_nor_told_by_an_answer() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = large(data.path());
    ask(
        &mut window,
        [Command::Ask(AskCommand::Question(Box::new(
            Question::Connects,
        )))],
    );
    until(&mut window, "the answer", |app| {
        app.model().answer.is_some()
    });
    ask(&mut window, [Command::SetNameMask(NameMask::Numbers)]);
    assert!(window.state().model().answer.is_none(), "it told names");
    until(&mut window, "the map under other names", is_ready);
    let settled = |app: &App| {
        app.model()
            .findings
            .as_ref()
            .is_some_and(|found| found.whole)
    };
    find(&mut window, "mia");
    until(&mut window, "nobody", settled);
    let found = window.state().model().findings.clone().expect("there");
    assert!(found.people.best.is_empty() && found.people.all.is_empty());
    window.run_steps(2);
    window.get_by_label("Nobody is called so, no community is, and no post has it");
    window.key_press(Key::Escape);
    window.run_steps(2);
    find(&mut window, "person 12");
    until(&mut window, "a number", |app| {
        app.model()
            .findings
            .as_ref()
            .is_some_and(|found| found.text == "person 12")
    });
    let found = window.state().model().findings.clone().expect("there");
    assert_eq!(
        found.people.best[0].0.index(),
        11,
        "by the number that is shown"
    );
    ask(
        &mut window,
        [Command::Ask(AskCommand::Question(Box::new(
            Question::AnswersMost,
        )))],
    );
    until(&mut window, "the answer", |app| {
        app.model().answer.is_some()
    });
    let answer = window.state().model().answer.clone().expect("there");
    let told = format!("{} {:?}", answer.sentence, answer.rows).to_lowercase();
    assert!(told.contains("person ") && !told.contains("mia"), "{told}");
}
