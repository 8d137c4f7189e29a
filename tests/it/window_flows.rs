//! The map of communities in the whole window: one key away, reached by pointer and keys, and it follows what is shown.

use std::path::Path;

use eframe::egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};
use isthmus::analysis::CommunityId;
use isthmus::app::{App, Command, FlowCommand, MapOf, MotionChoice, Tab};
use isthmus::session::NameMask;

use super::window::{ask, is_ready, until, window};

fn with_sample(data: &Path) -> Harness<'static, App> {
    let first = vec![
        Command::SetMotion(MotionChoice::Reduced),
        Command::OpenSample,
    ];
    let mut window = window(data, first);
    until(&mut window, "the finished map", is_ready);
    window
}

fn bubbles(window: &mut Harness<'static, App>) {
    window.key_press(Key::M);
    window.run_steps(2);
    until(window, "the map of communities", |app| {
        app.model().flows.is_some()
    });
    window.run_steps(3);
}

/// What a screen reader calls the bubble of a community.
fn label(app: &App, at: usize) -> String {
    let model = app.model();
    let flows = model.flows.as_ref().expect("flows");
    let list = &model
        .map
        .as_ref()
        .expect("a map")
        .results
        .analysis
        .communities
        .list;
    let name = |at: usize| &list[flows.bubbles[at].community.index()].name;
    let strongest = flows.flows.iter().find(|flow| flow.bubbles.contains(&at));
    let [a, b] = strongest.expect("tied to others").bubbles;
    let other = if a == at { b } else { a };
    format!(
        "{}, {} people, tied most to {}",
        name(at),
        flows.bubbles[at].people,
        name(other)
    )
}

fn focused(window: &Harness<'_, App>) -> String {
    let has_keys = By::new().predicate(|node| node.is_focused() && node.label().is_some());
    let node = window.query(has_keys);
    node.and_then(|node| node.accesskit_node().label())
        .unwrap_or_default()
}

#[test]
fn communities_are_one_key_or_one_click_away_and_so_is_the_way_back() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    assert!(
        window.state().model().flows.is_none(),
        "made when somebody looks"
    );
    bubbles(&mut window);
    let model = window.state().model();
    let n_large = model
        .map
        .as_ref()
        .expect("a map")
        .results
        .analysis
        .communities
        .n_large();
    let flows = model.flows.clone().expect("there");
    assert_eq!(flows.bubbles.len(), n_large);
    let words = format!(
        "Conversation map of communities: {n_large} communities, {} flows between them",
        flows.flows.len()
    );
    window.get_by_label(&words);
    for at in 0..flows.bubbles.len() {
        window.get_by_label(&label(window.state(), at));
    }
    let strongest = flows.readable();
    window.get_by_label(&format!(
        "Strongest {strongest} of {} flows",
        flows.flows.len()
    ));
    window.run(); // a window at rest asks for no picture

    window.get_by_label("Map of people").click();
    window.run_steps(3);
    assert_eq!(window.state().model().flow_view.of, MapOf::People);
    window.get_by_label("Map of communities").click();
    window.run_steps(3);
    assert_eq!(window.state().model().flow_view.of, MapOf::Communities);
    window.key_press(Key::Escape);
    window.run_steps(3);
    assert_eq!(window.state().model().flow_view.of, MapOf::People);
    window.get_by_label_contains("Conversation map: ");
}

#[test]
fn a_click_shows_the_card_a_double_click_opens_and_escape_leads_back() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    bubbles(&mut window);
    let first = label(window.state(), 0);
    window.get_by_label(&first).click();
    window.run_steps(3);
    let model = window.state().model();
    assert_eq!(model.community, Some(CommunityId(0)));
    assert_eq!((model.tab, model.isolated), (Tab::Community, None));

    // A picture takes a quarter of a second here.
    window
        .ctx
        .options_mut(|options| options.input_options.max_double_click_delay = 5.0);
    let at = window.get_by_label(&first).rect().center();
    for _ in 0..2 {
        window.drag_at(at);
        window.step();
        window.drop_at(at);
        window.step();
    }
    window.run_steps(3);
    let model = window.state().model();
    assert_eq!(model.isolated, Some(CommunityId(0)));
    assert_eq!(model.flow_view.of, MapOf::People);
    assert_eq!(
        model.history.undo_words().map(|w| w.starts_with("isolate")),
        Some(true)
    );

    window.key_press(Key::Escape);
    window.run_steps(3);
    let model = window.state().model();
    assert_eq!(
        (model.isolated, model.flow_view.of),
        (None, MapOf::Communities)
    );
    window.key_press(Key::Escape);
    window.run_steps(3);
    assert_eq!(window.state().model().flow_view.of, MapOf::People);
    // Isolated by other ways it leads to nothing but all communities.
    ask(&mut window, [Command::Isolate(Some(CommunityId(1)))]);
    window.key_press(Key::Escape);
    window.run_steps(3);
    let model = window.state().model();
    assert_eq!((model.isolated, model.flow_view.of), (None, MapOf::People));
}

#[test]
fn keys_alone_walk_among_the_bubbles_and_open_one() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    bubbles(&mut window);
    let labels: Vec<String> = {
        let n = window
            .state()
            .model()
            .flows
            .as_ref()
            .expect("there")
            .bubbles
            .len();
        (0..n).map(|at| label(window.state(), at)).collect()
    };
    assert_eq!(focused(&window), labels[0], "the largest has the keys");
    let place = |window: &Harness<'_, App>, label: &str| window.get_by_label(label).rect().center();
    let mut met = std::collections::BTreeSet::from([labels[0].clone()]);
    for key in [
        Key::ArrowRight,
        Key::ArrowDown,
        Key::ArrowLeft,
        Key::ArrowUp,
    ] {
        let from = focused(&window);
        let before = place(&window, &from);
        window.key_press(key);
        window.run_steps(2);
        let to = focused(&window);
        assert!(labels.contains(&to), "{to}");
        let off = place(&window, &to) - before;
        if to != from {
            let ahead = match key {
                Key::ArrowRight => off.x,
                Key::ArrowLeft => -off.x,
                Key::ArrowDown => off.y,
                _ => -off.y,
            };
            assert!(ahead > 0.0, "{key:?}: {off:?}");
        }
        met.insert(to);
    }
    assert!(met.len() > 2, "{met:?}");
    let chosen = labels.iter().position(|label| *label == focused(&window));
    let flows = window.state().model().flows.clone().expect("there");
    let community = flows.bubbles[chosen.expect("a bubble")].community;
    window.key_press(Key::Enter);
    window.run_steps(3);
    assert_eq!(window.state().model().isolated, Some(community));
    assert_eq!(window.state().model().flow_view.of, MapOf::People);
}

#[test]
fn bubbles_follow_what_is_shown_named_and_hidden() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    bubbles(&mut window);
    let n = window
        .state()
        .model()
        .flows
        .as_ref()
        .expect("there")
        .bubbles
        .len();
    ask(
        &mut window,
        [Command::SetCommunityShown(CommunityId(1), false)],
    );
    until(&mut window, "one bubble less", |app| {
        let flows = app.model().flows.as_ref();
        flows.is_some_and(|flows| flows.bubbles.len() == n - 1)
    });
    let flows = window.state().model().flows.clone().expect("there");
    assert_eq!(flows.bubble_of(CommunityId(1)), None);

    ask(
        &mut window,
        [Command::NameCommunity(CommunityId(0), "Makers".to_owned())],
    );
    until(&mut window, "the new name", |app| {
        let map = app.model().map.as_ref().expect("a map");
        let named = map.results.analysis.communities.list[0].name == "Makers";
        named && app.model().flows.is_some()
    });
    window.run_steps(3);
    let makers = window.query_all_by_label_contains("Makers, ");
    assert!(makers.count() > 0);

    ask(&mut window, [Command::SetNameMask(NameMask::Numbers)]);
    until(&mut window, "hidden names", |app| {
        app.model().flows.is_some()
    });
    window.run_steps(3);
    assert_eq!(window.query_all_by_label_contains("Makers, ").count(), 0);
}

#[test]
fn another_map_begins_with_its_people() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    bubbles(&mut window);
    let strongest = Command::Flow(FlowCommand::ShowStrongest(Some(3)));
    ask(&mut window, [strongest]);
    window.run_steps(2);
    window.get_by_label_contains("Strongest 3 of ");
    window.key_press_modifiers(Modifiers::COMMAND, Key::W);
    until(&mut window, "the empty window", |app| {
        app.model().map.is_none()
    });
    let model = window.state().model();
    assert!(model.flows.is_none());
    assert_eq!(model.flow_view, isthmus::app::FlowView::default());
}
