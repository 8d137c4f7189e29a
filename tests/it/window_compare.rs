//! Old way against new way in the whole window: counted, on the map, in scenarios; waves of the list.

use std::path::Path;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use isthmus::app::{App, Command, Compared, PlanCommand};
use isthmus::campaign::plan::{Audience, Limit, OldWay, PlanSettings, old_way, outcome};
use isthmus::campaign::{Campaign, Edit, Status};
use isthmus::render::{Touch, palette};

use super::window::{ask, is_ready, until, window};
use super::window_plan::click_shown;

/// The sample with a plan of fifteen, compared.
fn compared_sample(data: &Path) -> Harness<'static, App> {
    let mut window = window(data, vec![Command::OpenSample]);
    until(&mut window, "the finished map", is_ready);
    let settings = PlanSettings {
        limit: Limit::People(15),
        ..PlanSettings::default()
    };
    let set = Command::Edit(Edit::SetPlan(Box::new(settings)));
    ask(&mut window, [set, Command::Plan(PlanCommand::Propose)]);
    until(&mut window, "the plan", |app| {
        app.model().plan.is_some() && app.model().working.is_none()
    });
    ask(&mut window, [Command::Plan(PlanCommand::Compare)]);
    until(&mut window, "the comparison", |app| {
        app.model().compared.is_some() && app.model().working.is_none()
    });
    window.run_ok();
    window
}

fn compared(app: &App) -> &Compared {
    app.model().compared.as_ref().expect("compared")
}

#[test]
fn as_many_people_are_compared_and_each_is_counted_as_it_is() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = compared_sample(data.path());
    let app = window.state();
    let names: Vec<&str> = compared(app).rivals.iter().map(|r| r.name).collect();
    assert_eq!(
        names,
        [
            "The plan",
            "Top reach",
            "Top connections",
            "Top bridge score"
        ]
    );
    let results = &app.model().map.as_ref().expect("a map").results;
    let audience = Audience::new(&results.graph, &results.analysis, &app.model().campaign);
    for (rival, way) in compared(app).rivals[1..].iter().zip(OldWay::ALL) {
        let people = old_way(&results.graph, &results.analysis, &audience, way, 15);
        assert_eq!(rival.plan.people(), people);
        assert_eq!(rival.plan.touched, outcome(&audience, &people).touched);
    }
    assert!(app.model().compares_now());
    let words = compared(app).words();
    window.get_by_label(&words);

    // Somebody on the list: what was compared is old, and the list is one of the ways from then on.
    let first = window.state().model().map.as_ref().expect("a map").ranking[0];
    ask(&mut window, [Command::AddToList(vec![first])]);
    window.run_ok();
    assert!(!window.state().model().compares_now());
    window.get_by_label("The plan or the list has changed since");
    ask(&mut window, [Command::Plan(PlanCommand::Compare)]);
    until(&mut window, "the comparison", |app| {
        app.model().compares_now() && app.model().working.is_none()
    });
    let rivals = &compared(window.state()).rivals;
    assert_eq!(rivals[1].name, "My list");
    assert_eq!(rivals[1].plan.people(), [first]);
}

#[test]
fn the_map_is_coloured_by_whom_a_way_touches_and_back() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = compared_sample(data.path());
    click_shown(&mut window, "Touches of The plan on the map");
    until(&mut window, "the map of touches", |app| {
        let map = app.model().map.as_ref().expect("a map");
        let scene = map.scene.as_ref().expect("a scene");
        let legend = &scene.legend.communities;
        legend
            .iter()
            .any(|line| line.name == "touched at least twice")
    });
    let app = window.state();
    let touched = app.model().touched().expect("coloured by touches");
    let plan = &compared(app).rivals[0].plan;
    let count = |kind| touched.of.iter().filter(|t| **t == kind).count() as u32;
    assert_eq!(count(Touch::Enough), plan.touched.enough);
    assert_eq!(count(Touch::Some), plan.touched.some);
    assert_eq!(count(Touch::Chosen), 15);
    let scene = app.model().map.as_ref().and_then(|m| m.scene.clone());
    let scene = scene.expect("a scene");
    let fire = palette(app.model().theme).fire;
    let burning = scene.dots.iter().filter(|dot| dot.colour == fire).count();
    assert_eq!(burning as u32, plan.touched.enough);

    click_shown(&mut window, "Touches of The plan on the map");
    until(&mut window, "the map of communities", |app| {
        let map = app.model().map.as_ref().expect("a map");
        let scene = map.scene.as_ref().expect("a scene");
        scene
            .legend
            .communities
            .iter()
            .all(|l| !l.name.starts_with("touched"))
    });
    assert!(window.state().model().touches_of.is_none());
}

#[test]
fn scenarios_are_played_for_every_way_and_called_assumptions() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = compared_sample(data.path());
    click_shown(&mut window, "Play 300 runs");
    until(&mut window, "the scenarios", |app| {
        app.model().working.is_none() && !compared(app).rivals[0].outcomes.is_empty()
    });
    for rival in &compared(window.state()).rivals {
        let strengths: Vec<f64> = rival.outcomes.iter().map(|o| o.strength).collect();
        assert_eq!(strengths, [0.05, 0.15, 0.30], "{}", rival.name);
        assert!(rival.outcomes.iter().all(|o| o.joined.len() == 300));
    }
    window.run_ok();
    window.get_by_label("Scenarios, each an assumption");
    window.get_by_label("If 5 of 100 exchanges carry the message on");
}

#[test]
fn waves_hold_everybody_to_contact_once_and_order_the_list_in_one_step() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = compared_sample(data.path());
    let people = compared(window.state()).rivals[0].plan.people();
    ask(&mut window, [Command::AddToList(people.clone())]);
    let entries = |app: &App| -> Vec<String> {
        let entries = app.model().campaign.outreach_list.entries().iter();
        entries.map(|e| e.person.clone()).collect()
    };
    let before = entries(window.state());
    let declined = Edit::SetStatus {
        person: before[3].clone(),
        status: Status::Declined,
    };
    ask(&mut window, [Command::Edit(declined)]);
    ask(&mut window, [Command::Plan(PlanCommand::SuggestWaves)]);
    until(&mut window, "the waves", |app| app.model().waves.is_some());
    let waves = window.state().model().waves.clone().expect("waves");
    let mut all: Vec<_> = waves.iter().flat_map(|w| w.people.clone()).collect();
    assert_eq!(all.len(), 14, "whoever declined is in none");
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 14);

    ask(&mut window, [Command::Plan(PlanCommand::OrderByWaves)]);
    let after = entries(window.state());
    assert_eq!(after[3], before[3], "whoever declined stays in their place");
    let graph = window
        .state()
        .model()
        .map
        .as_ref()
        .expect("a map")
        .results
        .graph
        .clone();
    let waves = waves.iter().flat_map(|w| &w.people);
    let wanted: Vec<String> = waves
        .map(|p| graph.people[p.index()].key.to_string())
        .collect();
    let ordered: Vec<String> = after.into_iter().filter(|key| *key != before[3]).collect();
    assert_eq!(ordered, wanted);
    ask(&mut window, [Command::Undo]);
    assert_eq!(entries(window.state()), before);
    assert_ne!(window.state().model().campaign, Campaign::default());
}
