//! What the pointer means on the map: click, drag, box, lasso, wheel, legend and card.

use eframe::egui::{
    Event, Key, Modifiers, MouseWheelUnit, PointerButton, Pos2, TouchPhase, Vec2, vec2,
};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use isthmus::analysis::CommunityId;
use isthmus::app::Command;
use isthmus::people::PersonId;
use isthmus::render::MapStyle;

use super::made_up::{Window, in_map, made_up, place, settle, two_islands, window};

fn button(harness: &Harness<'_, Window>, pos: Pos2, pressed: bool, modifiers: Modifiers) {
    harness.event(Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers,
    });
}

/// Presses at the first of `way`, moves along it, and lets go at its end; all in frames of their own.
pub(super) fn drag(harness: &mut Harness<'_, Window>, way: &[Pos2], modifiers: Modifiers) {
    harness.event(Event::ModifiersChanged(modifiers));
    harness.hover_at(way[0]);
    button(harness, way[0], true, modifiers);
    for pos in way {
        harness.hover_at(*pos);
    }
    button(harness, way[way.len() - 1], false, modifiers);
    harness.event(Event::ModifiersChanged(Modifiers::NONE));
    harness.step();
}

pub(super) fn click(harness: &mut Harness<'_, Window>, pos: Pos2, modifiers: Modifiers) {
    drag(harness, &[pos], modifiers);
}

pub(super) fn asked(harness: &mut Harness<'_, Window>) -> Vec<Command> {
    std::mem::take(&mut harness.state_mut().asked)
}

fn empty_water(harness: &Harness<'_, Window>) -> Pos2 {
    place(harness, 1).lerp(place(harness, 4), 0.5)
}

#[test]
fn a_click_on_a_dot_selects_the_person() {
    let mut harness = window(two_islands());
    let at = place(&harness, 4);
    click(&mut harness, at, Modifiers::NONE);
    assert_eq!(asked(&mut harness), [Command::Select(vec![PersonId(4)])]);
}

#[test]
fn a_click_on_the_water_clears_the_selection() {
    let mut harness = window(two_islands());
    let at = empty_water(&harness);
    click(&mut harness, at, Modifiers::NONE);
    assert_eq!(asked(&mut harness), [Command::Select(Vec::new())]);
}

#[test]
fn shift_adds_and_ctrl_toggles() {
    let mut harness = window(two_islands());
    let at = place(&harness, 3);
    click(&mut harness, at, Modifiers::SHIFT);
    click(&mut harness, at, Modifiers::COMMAND);
    let wanted = [
        Command::SelectMore(vec![PersonId(3)]),
        Command::ToggleSelected(PersonId(3)),
    ];
    assert_eq!(asked(&mut harness), wanted);
}

#[test]
fn a_double_click_puts_the_person_on_the_list() {
    let mut harness = window(two_islands());
    let at = place(&harness, 0);
    click(&mut harness, at, Modifiers::NONE);
    click(&mut harness, at, Modifiers::NONE);
    let wanted = [
        Command::Select(vec![PersonId(0)]),
        Command::ToggleOnList(PersonId(0)),
    ];
    assert_eq!(asked(&mut harness), wanted);
}

#[test]
fn two_slow_clicks_are_no_double_click() {
    let mut harness = window(two_islands());
    let at = place(&harness, 0);
    click(&mut harness, at, Modifiers::NONE);
    harness.run_steps(40);
    click(&mut harness, at, Modifiers::NONE);
    let twice = [0, 0].map(|i| Command::Select(vec![PersonId(i)]));
    assert_eq!(asked(&mut harness), twice);
}

#[test]
fn a_move_under_four_points_is_a_click() {
    let mut harness = window(two_islands());
    let at = place(&harness, 3);
    drag(&mut harness, &[at, at + vec2(3.0, 0.0)], Modifiers::NONE);
    assert_eq!(asked(&mut harness), [Command::Select(vec![PersonId(3)])]);
    drag(&mut harness, &[at, at + vec2(5.0, 0.0)], Modifiers::NONE);
    assert!(matches!(
        asked(&mut harness)[..],
        [Command::Pin(PersonId(3), _)]
    ));
}

#[test]
fn dragging_a_dot_pins_the_person_there() {
    let mut harness = window(two_islands());
    let (from, old) = (place(&harness, 5), in_map(&harness, 5));
    let zoom = (place(&harness, 4).x - place(&harness, 1).x) / 200.0;
    let by = vec2(-70.0, -40.0);
    drag(
        &mut harness,
        &[from, from + by / 2.0, from + by],
        Modifiers::NONE,
    );
    let asked = asked(&mut harness);
    let [Command::Pin(PersonId(5), at)] = asked[..] else {
        panic!("not pinned: {asked:?}");
    };
    assert!((at[0] - (old[0] + by.x / zoom)).abs() < 0.5, "{at:?}");
    assert!((at[1] - (old[1] + by.y / zoom)).abs() < 0.5, "{at:?}");
}

#[test]
fn dragging_the_water_pans() {
    let mut harness = window(two_islands());
    let (from, before) = (empty_water(&harness), place(&harness, 2));
    let by = vec2(30.0, -50.0);
    drag(&mut harness, &[from, from + by], Modifiers::NONE);
    let moved = place(&harness, 2) - before;
    assert!((moved - by).length() < 0.5, "{moved:?}");
    assert_eq!(asked(&mut harness), []);
}

/// Pans by `by` in `moves` equal moves, one a frame, and lets go in the frame after the last.
fn throw(harness: &mut Harness<'_, Window>, from: Pos2, by: Vec2, moves: u8) {
    let way: Vec<Pos2> = (0..=moves)
        .map(|i| from + by * (f32::from(i) / f32::from(moves)))
        .collect();
    drag(harness, &way, Modifiers::NONE);
}

/// A window like [`window`], for a person who likes motion.
fn lively_window() -> Harness<'static, Window> {
    let mut harness = window(two_islands());
    harness
        .ctx
        .all_styles_mut(|style| style.animation_time = 0.1);
    settle(&mut harness);
    harness
}

#[test]
fn a_quick_pan_glides_on_and_then_stands_without_asking_for_frames() {
    let mut harness = lively_window();
    let from = empty_water(&harness);
    throw(&mut harness, from, vec2(-60.0, 0.0), 6);
    let let_go = place(&harness, 2);
    harness.run_steps(30);
    let stands = place(&harness, 2);
    assert!(stands.x < let_go.x - 10.0, "{let_go:?} {stands:?}");
    harness.run_steps(30);
    assert_eq!(place(&harness, 2), stands);
    for viewport in harness.output().viewport_output.values() {
        assert!(viewport.repaint_delay > std::time::Duration::from_hours(1));
    }
}

#[test]
fn a_press_stops_the_glide_and_reduced_motion_knows_none() {
    let mut harness = lively_window();
    let from = empty_water(&harness);
    throw(&mut harness, from, vec2(-60.0, 0.0), 6);
    let let_go = place(&harness, 2);
    harness.run_steps(3);
    button(&harness, from, true, Modifiers::NONE);
    harness.step();
    let held = place(&harness, 2);
    assert!(held.x < let_go.x - 1.0, "it was gliding");
    harness.run_steps(10);
    assert!((place(&harness, 2) - held).length() < 0.01);
    button(&harness, from, false, Modifiers::NONE);
    harness.run_steps(60);

    harness
        .ctx
        .all_styles_mut(|style| style.animation_time = 0.0);
    harness.step();
    let before = place(&harness, 2);
    throw(&mut harness, from, vec2(-60.0, 0.0), 6);
    harness.run_steps(30);
    let moved = place(&harness, 2) - before;
    assert!((moved - vec2(-60.0, 0.0)).length() < 0.5, "{moved:?}");
}

#[test]
fn the_map_stays_in_sight_however_far_it_is_panned() {
    let mut harness = window(two_islands());
    for _ in 0..8 {
        throw(&mut harness, Pos2::new(700.0, 20.0), vec2(-650.0, 0.0), 5);
        harness.run_steps(30);
    }
    let right = (3..6).map(|person| place(&harness, person).x);
    assert!(right.fold(f32::NEG_INFINITY, f32::max) > 0.0);
}

#[test]
fn a_double_click_on_the_water_zooms_in_there() {
    let mut harness = lively_window();
    let at = place(&harness, 0) + vec2(60.0, 40.0);
    let before = place(&harness, 0) - at;
    click(&mut harness, at, Modifiers::NONE);
    click(&mut harness, at, Modifiers::NONE);
    harness.run_steps(30);
    let after = place(&harness, 0) - at;
    assert!(
        (after - before * 2.0).length() < 0.5,
        "{before:?} {after:?}"
    );
    assert_eq!(asked(&mut harness), [Command::Select(Vec::new())]);
}

#[test]
fn plus_and_minus_fly_and_lead_back() {
    let mut harness = lively_window();
    let at = empty_water(&harness);
    click(&mut harness, at, Modifiers::NONE);
    let wide = |harness: &Harness<'_, Window>| place(harness, 4).x - place(harness, 1).x;
    let before = wide(&harness);
    harness.key_press(Key::Plus);
    harness.run_steps(3);
    let on_its_way = wide(&harness) / before;
    assert!(on_its_way > 1.0 && on_its_way < 1.24, "{on_its_way}");
    harness.run_steps(30);
    assert!((wide(&harness) / before - 1.25).abs() < 0.001);
    harness.key_press(Key::Minus);
    harness.run_steps(30);
    assert!((wide(&harness) / before - 1.0).abs() < 0.001);
}

#[test]
fn a_box_selects_everybody_in_it() {
    let mut harness = window(two_islands());
    let margin = Vec2::splat(12.0);
    let way = [place(&harness, 3) - margin, place(&harness, 5) + margin];
    drag(&mut harness, &way, Modifiers::SHIFT);
    let island = vec![PersonId(3), PersonId(4), PersonId(5)];
    assert_eq!(asked(&mut harness), [Command::Select(island)]);
}

#[test]
fn a_lasso_selects_everybody_it_goes_round() {
    let mut harness = window(two_islands());
    let (upper, middle) = (place(&harness, 0), place(&harness, 1));
    let way = [
        upper + vec2(-20.0, -20.0),
        upper + vec2(20.0, -20.0),
        middle + vec2(20.0, 20.0),
        middle + vec2(-20.0, 20.0),
    ];
    drag(&mut harness, &way, Modifiers::SHIFT | Modifiers::ALT);
    let both = vec![PersonId(0), PersonId(1)];
    assert_eq!(asked(&mut harness), [Command::Select(both)]);
}

#[test]
fn the_wheel_zooms_to_the_pointer() {
    let mut harness = window(two_islands());
    let (still, before) = (place(&harness, 0), place(&harness, 5) - place(&harness, 0));
    harness.hover_at(still);
    harness.event(Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, 60.0),
        phase: TouchPhase::Move,
        modifiers: Modifiers::NONE,
    });
    harness.run_steps(40);
    assert!((place(&harness, 0) - still).length() < 0.5);
    let after = place(&harness, 5) - place(&harness, 0);
    assert!(after.length() > before.length() * 1.05, "{after:?}");
}

#[test]
fn the_card_names_the_person_beside_the_dot() {
    let mut harness = window(two_islands());
    harness.state_mut().model.selected = vec![PersonId(4)].into();
    settle(&mut harness);
    let card = harness.get_by_label("Add to list").rect();
    assert!(!card.expand(10.0).contains(place(&harness, 4)));
    harness.get_by_label_contains("connections");
    harness.get_by_label("Add to list").click();
    harness.run_steps(2);
    assert_eq!(asked(&mut harness), [Command::ToggleOnList(PersonId(4))]);
    harness.get_by_label("Close card").click();
    harness.run_steps(2);
    assert!(harness.query_by_label("Add to list").is_none());
}

#[test]
fn the_legend_isolates_and_hides() {
    let mut harness = window(two_islands());
    let line = "knives, steel, 3 people";
    harness.get_by_label("Legend").click();
    settle(&mut harness);
    harness.get_by_label(line).click();
    harness.run_steps(2);
    assert_eq!(
        asked(&mut harness),
        [Command::Isolate(Some(CommunityId(1)))]
    );
    harness.state_mut().model.isolated = Some(CommunityId(1));
    harness.get_by_label(line).click();
    harness.run_steps(2);
    assert_eq!(asked(&mut harness), [Command::Isolate(None)]);
    harness.get_by_label(line).click_modifiers(Modifiers::SHIFT);
    harness.run_steps(2);
    assert_eq!(
        asked(&mut harness),
        [Command::SetCommunityShown(CommunityId(1), false)]
    );
}

#[test]
fn the_legend_begins_folded_in_a_small_room_unfolds_and_folds() {
    let mut harness = window(two_islands());
    let line = "knives, steel, 3 people";
    assert!(harness.query_by_label(line).is_none());
    harness.get_by_label("Legend").click();
    settle(&mut harness);
    harness.get_by_label(line);
    harness.get_by_label("Legend").click();
    settle(&mut harness);
    assert!(harness.query_by_label(line).is_none());
}

#[test]
fn a_screen_reader_hears_what_the_map_shows() {
    let harness = window(two_islands());
    harness.get_by_label("Conversation map: 6 people, 7 ties, 2 communities");
}

#[test]
fn until_it_is_laid_out_the_map_says_so() {
    let mut map = two_islands();
    map.positions = None;
    let mut harness = super::made_up::builder().build_eframe(|cc| Window {
        view: isthmus::app::MapView::new(cc),
        model: super::made_up::model(map, isthmus::render::Theme::Light),
        asked: Vec::new(),
    });
    harness.run_steps(2);
    harness.get_by_label("Laying out the map…");
}

#[test]
fn flying_to_a_person_brings_them_to_the_middle_and_fit_all_goes_back() {
    let mut harness = window(two_islands());
    let before = place(&harness, 2);
    let window = harness.state_mut();
    let map = window.model.map.clone().expect("a map is open");
    window.view.fly_to(&[PersonId(2)], &map);
    harness.run_steps(30);
    let middle = Pos2::new(400.0, 300.0);
    assert!((place(&harness, 2) - middle).length() < 12.0);
    harness.state_mut().view.fit_all();
    harness.run_steps(30);
    assert!((place(&harness, 2) - before).length() < 0.5);
}

#[test]
fn the_whole_map_holds_whole_dots() {
    let at = vec![[-20.0, 0.0], [20.0, 0.0], [0.0, 10.0]];
    let pairs = [(0, 1, 2.0), (1, 2, 2.0)];
    let big = vec![1.0, 16.0, 1.0];
    let harness = window(made_up(at, &[0, 0, 0], big, &pairs, &MapStyle::default()));
    let (place, radius) = harness
        .state()
        .view
        .place_of(PersonId(1))
        .expect("the person is shown");
    assert!(radius > 50.0, "{radius}");
    assert!(place.x + radius <= 800.0, "{place:?} {radius}");
}

#[test]
fn a_map_at_rest_asks_for_no_frame() {
    let mut harness = window(two_islands());
    harness.hover_at(place(&harness, 1));
    harness.run_steps(60);
    for viewport in harness.output().viewport_output.values() {
        assert!(viewport.repaint_delay > std::time::Duration::from_hours(1));
    }
}
