//! The time line, used as a person would: brushed, walked with the keys, read.

use std::sync::Arc;

use eframe::egui::{Key, Modifiers, Rect, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use isthmus::app::{Command, Drawer, Pace, TimeCommand, ZoneChoice};
use isthmus::campaign::TimeSpan;
use isthmus::explore::{ShownPart, TimeStep};

use super::fixture::{Window, harness};
use super::{SIZE, asked, click};

/// When the first of the ten posts was written; the others follow an hour after each other. 28 May 2026, 20:26:40 UTC.
const FIRST: i64 = 1_780_000_000;
/// The beginning of the hour of the first post.
const HOUR: i64 = FIRST - 26 * 60 - 40;

fn with_times() -> Harness<'static, Window> {
    let mut window = Window::with_map();
    window.model.drawer = Some(Drawer::Time);
    window.look_closer();
    harness(window, SIZE)
}

fn bars(window: &Harness<'_, Window>) -> Rect {
    window
        .get_by_label_contains("Posts over time, 10 posts")
        .rect()
}

/// The hours from `from` to `until`, counted from the one of the first post.
fn hours(from: i64, until: i64) -> Command {
    let span = TimeSpan {
        from: HOUR + 3600 * from,
        until: HOUR + 3600 * until,
    };
    Command::Time(TimeCommand::Show(Some(span)))
}

fn drag(window: &mut Harness<'_, Window>, from: f32, to: f32) -> Vec<Command> {
    let rect = bars(window);
    let at = |hours: f32| pos2(rect.left() + rect.width() * hours / 10.0, rect.center().y);
    window.drag_at(at(from));
    window.run();
    window.hover_at(at(f32::midpoint(from, to)));
    window.run();
    window.hover_at(at(to));
    window.run();
    assert_eq!(
        asked(window),
        [],
        "nothing is asked for while it is dragged"
    );
    window.drop_at(at(to));
    asked(window)
}

#[test]
fn a_span_is_brushed_moved_and_taken_by_its_ends() {
    let mut window = with_times();
    assert_eq!(drag(&mut window, 2.5, 5.5), [hours(2, 6)]);
    assert_eq!(
        drag(&mut window, 4.5, 6.5),
        [hours(4, 8)],
        "moved as a whole"
    );
    assert_eq!(drag(&mut window, 8.0, 5.5), [hours(4, 6)], "by its end");
    assert_eq!(
        drag(&mut window, 4.0, 1.5),
        [hours(1, 6)],
        "by its beginning"
    );
    window.get_by_label_contains("chosen 28 May 2026, 21:00 to 29 May 2026, 02:00");
    assert_eq!(
        click(&mut window, "Show all times"),
        [Command::Time(TimeCommand::Show(None))]
    );
    assert!(window.query_by_label_contains("chosen").is_none());
}

#[test]
fn keys_move_the_span_and_lift_it() {
    let mut window = with_times();
    window.get_by_label_contains("Posts over time").focus();
    window.run();
    let mut press = |modifiers, key| {
        window.key_press_modifiers(modifiers, key);
        asked(&mut window)
    };
    let (plain, shift) = (Modifiers::NONE, Modifiers::SHIFT);
    assert_eq!(press(plain, Key::ArrowRight), [hours(0, 1)]);
    assert_eq!(press(shift, Key::ArrowRight), [hours(0, 2)]);
    assert_eq!(press(shift, Key::ArrowRight), [hours(0, 3)]);
    assert_eq!(press(plain, Key::ArrowRight), [hours(1, 4)]);
    assert_eq!(press(shift, Key::ArrowLeft), [hours(1, 3)]);
    assert_eq!(press(plain, Key::End), [hours(8, 10)]);
    assert_eq!(press(plain, Key::Home), [hours(0, 2)]);
    assert_eq!(press(plain, Key::Space), [Command::Time(TimeCommand::Play)]);
    assert_eq!(
        press(plain, Key::Escape),
        [Command::Time(TimeCommand::Show(None))]
    );
    // With nothing to lift, Escape is everybody's again.
    assert_eq!(press(plain, Key::Escape), []);
}

#[test]
fn a_click_lights_one_step_and_a_double_click_lifts_all() {
    let mut window = with_times();
    let at = bars(&window).lerp_inside(vec2(0.75, 0.5));
    window.drag_at(at);
    window.drop_at(at);
    assert_eq!(asked(&mut window), [Command::Time(TimeCommand::Stand(7))]);
}

#[test]
fn bars_clock_and_pace_are_chosen_in_menus() {
    let mut window = with_times();
    let time = |asked| [Command::Time(asked)];
    window.get_by_label("Bars, hours").click();
    window.run();
    window.get_by_label("As fits (hours)");
    let days = click(&mut window, "Days");
    assert_eq!(days, time(TimeCommand::SetStep(Some(TimeStep::Day))));
    window.get_by_label("Pace, steady").click();
    window.run();
    let fast = click(&mut window, "Fast");
    assert_eq!(fast, time(TimeCommand::SetPace(Pace::Fast)));
    assert_eq!(click(&mut window, "Play"), time(TimeCommand::Play));
    window.get_by_label("Times in UTC").click();
    window.run();
    // Nobody told the zone of this computer.
    assert_eq!(click(&mut window, "This computer's time"), []);
    window.key_press(Key::Escape);
    window.run();

    let model = &mut window.state_mut().model;
    model.timing.system_zone = jiff::tz::TimeZone::posix("EST5EDT,M3.2.0,M11.1.0").ok();
    window.run();
    window.get_by_label("Times in UTC").click();
    window.run();
    let local = click(&mut window, "This computer's time");
    assert_eq!(local, time(TimeCommand::SetZone(ZoneChoice::System)));
}

#[test]
fn what_the_filter_lets_through_is_told() {
    let mut window = Window::with_map();
    window.model.drawer = Some(Drawer::Time);
    let n = window
        .model
        .map
        .as_ref()
        .expect("a map")
        .results
        .graph
        .n_people();
    window.model.part = Some(Arc::new(ShownPart {
        people: vec![true; n],
        posts: Some((0..10).map(|at| at < 4).collect()),
        ..ShownPart::default()
    }));
    window.look_closer();
    let window = harness(window, SIZE);
    window.get_by_label("4 of 10 posts shown, 28 May 2026 to 29 May 2026");
}

#[test]
fn without_times_a_sentence_stands_there() {
    let mut window = Window::with_map();
    window.model.drawer = Some(Drawer::Time);
    let waiting = harness(window, SIZE);
    waiting.get_by_label("Counting the posts by time…");

    let mut window = Window::with_map();
    window.model.drawer = Some(Drawer::Time);
    window.look_closer();
    let map = window.model.map.as_mut().expect("a map");
    let mut time = (**map.closer.time.as_ref().expect("made")).clone();
    time.line = None;
    map.closer.time = Some(Arc::new(time));
    let window = harness(window, SIZE);
    window.get_by_label("No times");
    window.get_by_label_contains("No post of this file has a time");
}
