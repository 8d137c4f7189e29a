//! The settings of a plan, used by label: each asks for one step, and undo takes back what was done last.

use std::collections::{BTreeMap, BTreeSet};

use eframe::egui::Key;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use isthmus::analysis::CommunityId;
use isthmus::app::{Command, PlanCommand, Tab};
use isthmus::campaign::plan::{Limit, PlanSettings};

use super::fixture::{self, Window, harness};
use super::{SIZE, asked, click};

fn open() -> Harness<'static, Window> {
    let mut first = Window::with_map();
    first.model.tab = Tab::Plan;
    first.list("ben", "Ben");
    harness(first, SIZE)
}

fn settings<'w>(window: &'w Harness<'_, Window>) -> &'w PlanSettings {
    &window.state().model.campaign.plan
}

/// Opens a part that is folded at first.
fn unfold(window: &mut Harness<'_, Window>, part: &str) {
    window.get_by_label(part).click();
    window.run();
}

fn undo(window: &mut Harness<'_, Window>) {
    window
        .get_by_label_contains("Undo change the plan's settings")
        .click();
    window.run();
}

fn keys(people: &[&str]) -> BTreeSet<String> {
    people.iter().map(|key| (*key).to_owned()).collect()
}

#[test]
fn propose_is_asked_by_its_button_and_by_its_keys() {
    let propose = || Command::Plan(PlanCommand::Propose);
    let mut window = open();
    window.get_by_label("No plan yet");
    assert_eq!(click(&mut window, "Propose"), [propose()]);
    window.key_press_modifiers(eframe::egui::Modifiers::COMMAND, Key::P);
    assert_eq!(asked(&mut window), [propose()]);
}

#[test]
fn each_button_of_the_settings_is_a_step_of_its_own() {
    let mut window = open();
    click(&mut window, "Touchpoints 3");
    click(&mut window, "Touchpoints 4");
    assert_eq!(settings(&window).touchpoints, 4);
    undo(&mut window);
    assert_eq!(settings(&window).touchpoints, 3);
    undo(&mut window);
    assert_eq!(settings(&window).touchpoints, 2);
}

#[test]
fn a_slider_that_is_dragged_is_one_step() {
    let mut window = open();
    let slider = window.get_by_label("Most people, or as even as possible");
    let (from, to) = (slider.rect().left_center(), slider.rect().right_center());
    window.drag_at(from);
    window.run();
    assert!(
        settings(&window).spread > 0.99,
        "most people, wherever they are"
    );
    for x in [0.3, 0.6, 1.0] {
        window.hover_at(from + (to - from) * x);
        window.run();
    }
    window.drop_at(to);
    window.run();
    assert!((settings(&window).spread - 0.25).abs() < 1e-9);
    click(&mut window, "Touchpoints 1");
    undo(&mut window);
    assert!((settings(&window).spread - 0.25).abs() < 1e-9);
    undo(&mut window);
    assert!(
        (settings(&window).spread - 0.75).abs() < 1e-9,
        "all the way back"
    );
}

#[test]
fn a_budget_takes_the_place_of_a_number_of_people_and_back() {
    let mut window = open();
    click(&mut window, "Limit by budget");
    // Twenty people at 1 each.
    assert_eq!(settings(&window).limit, Limit::Budget(20.0));
    window.get_by_label("Cost of each person");
    window.get_by_label("Cost per 1,000 reach");
    click(&mut window, "Limit by people");
    assert_eq!(settings(&window).limit, Limit::People(20));
    assert!(window.query_by_label("Cost of each person").is_none());
}

#[test]
fn with_a_budget_one_person_may_cost_what_others_do_not() {
    let mut first = Window::with_map();
    let ana = first.id("ana_sushi");
    first.model.selected = vec![ana].into();
    first.model.tab = Tab::Person;
    let mut window = harness(first, SIZE);
    assert!(window.query_by_label("What Ana Sushi costs").is_none());
    let settings_with_budget = PlanSettings {
        limit: Limit::Budget(100.0),
        ..PlanSettings::default()
    };
    window.state_mut().model.campaign.plan = settings_with_budget;
    window.run();
    window.get_by_label("as everybody");
    window.get_by_label("What Ana Sushi costs").click();
    window.run();
    let field = window.get_by_label("What Ana Sushi costs");
    field.type_text("7");
    window.run();
    window.key_press(Key::Enter);
    asked(&mut window);
    let cost = |window: &Harness<'_, Window>| settings(window).costs.of.get("ana_sushi").copied();
    // 1 stood there, all of it marked: what is typed takes its place.
    assert_eq!(cost(&window), Some(7.0));
    click(&mut window, "As everybody");
    assert_eq!(cost(&window), None);
}

#[test]
fn people_are_typed_one_a_line_and_unknown_ones_are_told() {
    let mut window = open();
    unfold(&mut window, "Who may be asked");
    click(&mut window, "Edit… Never pick");
    window.get_by_label("Never pick: handles").focus();
    window.run();
    for text in ["@Ana_Sushi\n", "nobody_here\n"] {
        window.event(eframe::egui::Event::Text(text.to_owned()));
        window.run();
    }
    assert_eq!(
        settings(&window).excluded,
        keys(&["ana_sushi", "nobody_here"])
    );
    window.get_by_label("2 people");
    window.get_by_label("Not on this map: @nobody_here");
    click(&mut window, "Done Never pick");
    undo(&mut window);
    assert_eq!(settings(&window).excluded, keys(&[]), "typed as one step");
}

#[test]
fn the_people_on_the_list_are_put_in_by_one_click() {
    let mut window = open();
    unfold(&mut window, "Who may be asked");
    click(&mut window, "The people on my list must be in");
    assert_eq!(settings(&window).pinned, keys(&["ben"]));
    let offer = window.query_by_label("The people on my list must be in");
    assert!(offer.is_none(), "they are in");
}

#[test]
fn people_are_picked_from_the_communities_that_are_ticked() {
    let mut window = open();
    unfold(&mut window, "Who may be asked");
    click(&mut window, "Pick from chosen communities");
    let members = |some: &[usize]| -> BTreeSet<String> {
        let map = fixture::open_map();
        let list = &map.results.analysis.communities.list;
        let members = some.iter().map(|at| list[*at].member.index());
        let keys = members.map(|person| map.results.graph.people[person].key.to_string());
        keys.collect()
    };
    let all = members(&[0, 1, 2]);
    assert_eq!(settings(&window).pick_from, Some(all.clone()));
    click(&mut window, "Pick from Gardeners");
    let without = members(&[0, 2]);
    assert_eq!(settings(&window).pick_from, Some(without));
    undo(&mut window);
    assert_eq!(settings(&window).pick_from, Some(all));
    click(&mut window, "Pick from all communities");
    assert_eq!(settings(&window).pick_from, None);
}

#[test]
fn a_community_counts_as_much_as_is_chosen() {
    let mut window = open();
    unfold(&mut window, "Who should hear");
    click(&mut window, "Weight of Gardeners, 1");
    click(&mut window, "2, counts twice");
    let weights = &settings(&window).weights;
    assert_eq!(weights.values().copied().collect::<Vec<_>>(), [2.0]);
    let map = fixture::open_map();
    let weighed = settings(&window).weighed(&map.results.graph, &map.results.analysis.communities);
    assert_eq!(weighed, BTreeMap::from([(CommunityId(1), 2.0)]));
    click(&mut window, "Weight of Gardeners, 2");
    click(&mut window, "1, as others");
    assert!(settings(&window).weights.is_empty());
}

#[test]
fn the_plan_tab_fits_into_the_smallest_window() {
    let mut first = Window::with_map();
    first.model.tab = Tab::Plan;
    let mut window = harness(first, [900.0, 600.0]);
    window.run();
    for label in ["Plan", "Touchpoints 5", "How many people", "Propose"] {
        let rect = window.get_by_label(label).rect();
        assert!(
            rect.right() <= 900.0 && rect.bottom() <= 600.0,
            "{label} {rect:?}"
        );
    }
}
