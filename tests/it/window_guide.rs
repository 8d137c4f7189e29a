//! The tour and the help page in the whole window: offered once, gone through by doing, and always left with one key.

use std::path::Path;

use eframe::egui::{Event, Key, Rect};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use isthmus::analysis::CommunityId;
use isthmus::app::{App, Command, Drawer, GuideCommand, Sheet, TourStep};
use isthmus::render::Picture;

use super::window::{ask, is_ready, until, window};

fn step(app: &App) -> Option<TourStep> {
    app.model().tour.as_ref().map(|tour| tour.step)
}

fn on_tour(data: &Path) -> Harness<'static, App> {
    let mut window = window(data, Vec::new());
    window.run_steps(2);
    window.get_by_label("Take the tour").click();
    until(&mut window, "the sample", is_ready);
    window.run_steps(3);
    window
}

#[test]
fn the_first_start_offers_the_tour_and_no_later_one_does() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut first = on_tour(data.path());
    assert_eq!(step(first.state()), Some(TourStep::Islands));
    first.get_by_label("Islands are communities");
    first.key_press(Key::Escape);
    first.run_steps(3);
    assert_eq!(step(first.state()), None);
    let settings = data.path().join("config/settings.json");
    until(&mut first, "the settings on the disk", |_| {
        let text = std::fs::read_to_string(&settings).unwrap_or_default();
        text.contains("\"knows_tour\": true")
    });
    drop(first);

    let mut second = window(data.path(), Vec::new());
    second.run_steps(3);
    assert!(second.query_by_label("Take the tour").is_none());
    second.get_by_label("Try the sushi sample");
    // The Help menu has it still.
    second.get_by_label("Help").click();
    second.run_steps(3);
    second.get_by_label("Take the tour");
}

#[test]
fn who_wants_no_tour_is_asked_once() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = window(data.path(), Vec::new());
    window.run_steps(2);
    window.get_by_label("Not now").click();
    window.run_steps(3);
    assert!(window.query_by_label("Take the tour").is_none());
    assert!(window.state().model().map.is_none());
}

#[test]
fn each_step_says_what_came_of_its_thing_and_goes_on_when_that_was_read() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = on_tour(data.path());
    let best = window.state().model().map.as_ref().expect("a map").ranking[0];
    let community = Some(CommunityId(0));
    let done = [
        (
            TourStep::Islands,
            Command::Isolate(community),
            "What it is about",
        ),
        (
            TourStep::Bridges,
            Command::SetPicture(Picture::Bridges(25)),
            "Who ties which two",
        ),
        (
            TourStep::Time,
            Command::ShowDrawer(Some(Drawer::Time)),
            "One week, and its posts",
        ),
        (
            TourStep::List,
            Command::ToggleOnList(best),
            "Take it with you",
        ),
    ];
    for (at, command, came) in done {
        assert_eq!(step(window.state()), Some(at));
        window.get_by_label_contains(&format!("step {} of 5", at.number()));
        // What has nothing to do with it changes nothing.
        ask(&mut window, [Command::FitAll]);
        assert!(window.query_by_label(came).is_none(), "{at:?}");
        ask(&mut window, [command]);
        window.run_steps(2);
        assert_eq!(step(window.state()), Some(at), "to be looked at first");
        window.get_by_label(came);
        window.key_press(Key::Enter);
        window.run_steps(3);
        let model = window.state().model();
        assert_eq!(model.isolated, None, "what comes is about all communities");
    }
    assert_eq!(step(window.state()), Some(TourStep::Ask));
    ask(&mut window, [Command::Find]);
    window.run_steps(2);
    assert_eq!(step(window.state()), None);
    assert_eq!(window.state().model().campaign.outreach_list.len(), 1);
}

#[test]
fn keys_and_buttons_go_on_and_back_and_nothing_else_is_asked() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = on_tour(data.path());
    let press = |window: &mut Harness<'_, App>, key: Key| {
        window.key_press(key);
        window.run_steps(3);
    };
    press(&mut window, Key::Enter);
    assert_eq!(step(window.state()), Some(TourStep::Bridges));
    press(&mut window, Key::ArrowRight);
    assert_eq!(step(window.state()), Some(TourStep::Time));
    press(&mut window, Key::ArrowLeft);
    assert_eq!(step(window.state()), Some(TourStep::Bridges));
    window.get_by_label("Back").click();
    window.run_steps(3);
    assert_eq!(step(window.state()), Some(TourStep::Islands));
    window.get_by_label_contains("Next, step 1 of 5").click();
    window.run_steps(3);
    assert_eq!(step(window.state()), Some(TourStep::Bridges));
    // It is done by the key it names.
    press(&mut window, Key::B);
    window.get_by_label("Who ties which two");
    press(&mut window, Key::Enter);
    assert_eq!(step(window.state()), Some(TourStep::Time));
    window.get_by_label("Skip the tour").click();
    window.run_steps(3);
    assert_eq!(step(window.state()), None);
    let model = window.state().model();
    assert!(model.history.undo_words().is_none() && model.selected.is_empty());
}

#[test]
fn the_card_lies_whole_in_small_windows_and_at_twice_the_size() {
    for (size, zoom) in [
        ([900.0, 600.0], 1.0),
        ([900.0, 600.0], 2.0),
        ([1600.0, 1000.0], 2.0),
    ] {
        let data = tempfile::tempdir().expect("a temporary folder");
        let mut window = on_tour(data.path());
        window.set_size(size.into());
        window.ctx.set_zoom_factor(zoom);
        window.run_steps(4);
        for at in TourStep::ALL {
            ask(&mut window, [Command::Guide(GuideCommand::StepTour(at))]);
            window.run_steps(4);
            let room = window.ctx.content_rect();
            let places: Vec<Rect> = ["Skip the tour", "Back"]
                .map(|label| window.get_by_label(label).rect())
                .into_iter()
                .chain([window
                    .get_by_label_contains(&format!("step {} of 5", at.number()))
                    .rect()])
                .collect();
            for rect in &places {
                assert!(
                    room.contains_rect(*rect),
                    "{at:?} {size:?} {zoom}: {rect:?}"
                );
            }
        }
    }
}

#[test]
fn the_help_opens_by_key_finds_and_leads_from_section_to_section() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = window(data.path(), Vec::new());
    window.run_steps(2);
    window.key_press(Key::F1);
    window.run_steps(4);
    assert_eq!(window.state().model().sheet, Some(Sheet::Help));
    window.get_by_label("How Isthmus works");
    window.get_by_label("Go to Bridges and their score");
    // The field has the keys.
    window.event(Event::Text("standard errors".to_owned()));
    window.run_steps(4);
    window.get_by_label("Go to Every measure");
    assert!(window.query_by_label("Go to The plan").is_none());
    window.get_by_label("The plan").click_accesskit(); // a way inside the text
    window.run_steps(5);
    window.get_by_label("Go to The plan");
    window.key_press(Key::Escape);
    window.run_steps(3);
    if window.state().model().sheet.is_some() {
        window.key_press(Key::Escape); // the first one left the field
        window.run_steps(3);
    }
    assert_eq!(window.state().model().sheet, None);
}

#[test]
fn the_help_has_one_word_for_one_thing() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/help.md");
    let text = std::fs::read_to_string(file)
        .expect("the help")
        .to_lowercase();
    let never = [
        "node",
        "nodes",
        "edge",
        "edges",
        "cluster",
        "clusters",
        "user",
        "users",
        "influencer",
        "influencers",
        "tweet",
        "tweets",
    ];
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        assert!(!never.contains(&word), "{word}");
    }
}
