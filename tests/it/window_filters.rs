//! Filters in the window: what is drawn, what undo takes back, what a project keeps, and the analysis of what is shown.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use eframe::egui;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use isthmus::app::{App, Command, FilterCommand, OpenMap};
use isthmus::campaign::{Analysed, Condition, Filter, MapChoices, ReachRange, TimeSpan};
use isthmus::people::{PersonId, TieKind};
use isthmus::render::Light;
use isthmus::session::Results;

use super::window::{ask, is_ready, until, window};
use super::words_in_posts::by_hand;

fn with_sample(data: &Path) -> Harness<'static, App> {
    let mut window = window(data, vec![Command::OpenSample]);
    until(&mut window, "the finished map", is_ready);
    window
}

fn map<'w>(window: &'w Harness<'_, App>) -> &'w OpenMap {
    window.state().model().map.as_ref().expect("a map")
}

fn choices<'w>(window: &'w Harness<'_, App>) -> &'w MapChoices {
    &window.state().model().campaign.map
}

fn set(filter: Filter, words: &str) -> Command {
    Command::Filter(FilterCommand::Set(Box::new(filter), words.to_owned()))
}

fn replies() -> Filter {
    Filter {
        kinds: Some([TieKind::Reply].into_iter().collect()),
        ..Filter::default()
    }
}

/// Waits until the picture shows what the filter lets through, and the analysis is what it asks for.
fn rest(window: &mut Harness<'_, App>, what: &str) {
    until(window, what, is_ready);
    until(window, what, |app| {
        let model = app.model();
        let map = model.map.as_ref().expect("a map");
        let filter = &model.campaign.map.filter;
        let of_part = !Arc::ptr_eq(&map.results.graph, &map.found.graph);
        let wants_part = filter.narrows() && filter.analysed == Analysed::Shown;
        let any = filter.conditions().next().is_some();
        let scene = map.scene.as_ref().expect("a scene");
        let drawn = match (&scene.part, &model.part) {
            (Some(drawn), Some(part)) => drawn == part,
            (None, part) => part.is_none() || !filter.narrows(),
            (Some(_), None) => false,
        };
        model.working.is_none() && any == model.part.is_some() && of_part == wants_part && drawn
    });
    until(window, "the counts of each condition", |app| {
        let model = app.model();
        model.hides_alone.len() == model.campaign.map.filter.conditions().count()
    });
}

fn drawn(window: &Harness<'_, App>) -> BTreeSet<PersonId> {
    let scene = map(window).scene.as_ref().expect("a scene");
    scene.dots.iter().map(|dot| dot.person).collect()
}

/// Whoever has an interaction of the kind with somebody else, read off the graph's rows.
fn with_kind(window: &Harness<'_, App>, kind: TieKind) -> BTreeSet<PersonId> {
    let rows = map(window).found.graph.interactions.iter();
    let rows = rows.filter(|row| row.kind == kind);
    rows.flat_map(|row| [row.from, row.to]).collect()
}

#[test]
fn what_a_filter_hides_is_not_drawn_and_undo_brings_it_back() {
    let data = tempfile::tempdir().expect("a folder");
    let mut window = with_sample(data.path());
    let all = drawn(&window);
    ask(&mut window, [set(replies(), "show only replies")]);
    rest(&mut window, "replies");
    let expected = with_kind(&window, TieKind::Reply);
    assert!(!expected.is_empty() && expected.len() < all.len());
    assert_eq!(drawn(&window), expected);
    let model = window.state().model();
    assert_eq!(model.history.undo_words(), Some("show only replies"));
    let counts = model.part.as_ref().expect("a part").counts;
    assert_eq!(counts.people, expected.len() as u64);
    let scene = map(&window).scene.as_ref().expect("a scene");
    assert_eq!(scene.ties.len() as u64, counts.ties);
    assert!(
        scene
            .legend
            .notes
            .iter()
            .any(|note| note == "Part: Replies")
    );
    window.get_by_label("Filter Replies");

    ask(&mut window, [Command::Filter(FilterCommand::Dim(true))]);
    until(&mut window, "the dimmed picture", |app| {
        let map = app.model().map.as_ref().expect("a map");
        map.scene.as_ref().expect("a scene").dots.len() == all.len()
    });
    rest(&mut window, "dimmed");
    assert_eq!(drawn(&window), all);
    let scene = map(&window).scene.as_ref().expect("a scene");
    for dot in &scene.dots {
        assert_eq!(dot.light == Light::Dimmed, !expected.contains(&dot.person));
    }
    let lit = scene.ties.iter().filter(|tie| tie.light != Light::Dimmed);
    assert_eq!(lit.count() as u64, counts.ties);

    ask(&mut window, [Command::Undo, Command::Undo]);
    rest(&mut window, "everybody");
    assert_eq!(drawn(&window), all);
    ask(&mut window, [Command::Redo]);
    rest(&mut window, "replies again");
    assert_eq!(drawn(&window), expected);
    window.run(); // a window at rest asks for no picture
}

#[test]
fn one_key_lifts_all_and_one_undo_brings_all_back() {
    let data = tempfile::tempdir().expect("a folder");
    let mut window = with_sample(data.path());
    let all = drawn(&window);
    let hide = Command::SetCommunityShown(isthmus::analysis::CommunityId(0), false);
    let filter = Filter {
        reach: Some(ReachRange {
            from: Some(500.0),
            ..ReachRange::default()
        }),
        ..replies()
    };
    ask(&mut window, [set(filter, "show some")]);
    ask(&mut window, [hide]);
    rest(&mut window, "a part");
    let (few, before) = (drawn(&window), choices(&window).clone());
    assert!(few.len() < all.len());
    let members = &map(&window).results.analysis.communities.of;
    let hidden = Some(isthmus::analysis::CommunityId(0));
    assert!(few.iter().all(|person| members[person.index()] != hidden));
    window.key_press(egui::Key::X);
    window.step();
    rest(&mut window, "everybody");
    assert_eq!(drawn(&window), all);
    assert_eq!(choices(&window).filter, Filter::default());
    ask(&mut window, [Command::Undo]);
    rest(&mut window, "the part again");
    assert_eq!(drawn(&window), few);
    assert_eq!(*choices(&window), before);
}

#[test]
fn a_chip_lifts_its_condition_and_the_menu_offers_what_makes_sense() {
    let data = tempfile::tempdir().expect("a folder");
    let mut window = with_sample(data.path());
    let filter = Filter {
        across: true,
        ..replies()
    };
    ask(&mut window, [set(filter, "show some")]);
    rest(&mut window, "a part");
    window.get_by_label("Lift Only ties across").click();
    window.run_steps(3);
    rest(&mut window, "replies");
    assert_eq!(choices(&window).filter, replies());
    window.get_by_label("Add filter…").click();
    window.run_steps(3);
    window.get_by_label("Largest part").click();
    window.run_steps(3);
    rest(&mut window, "the largest part");
    let filter = &choices(&window).filter;
    let set: Vec<Condition> = filter.conditions().collect();
    assert_eq!(set, [Condition::Kinds, Condition::LargestPart]);
    window.get_by_label("Add filter…").click();
    window.run_steps(3);
    // Nobody is selected.
    assert!(
        window
            .get_by_label("Near the selection")
            .accesskit_node()
            .is_disabled()
    );
}

#[test]
fn words_that_are_typed_are_one_step() {
    let data = tempfile::tempdir().expect("a folder");
    let mut window = with_sample(data.path());
    for typed in ["r", "ri", "ric", "rice"] {
        let filter = Filter {
            words: typed.to_owned(),
            ..Filter::default()
        };
        let words = "show only posts with some words".to_owned();
        let adjust = FilterCommand::Adjust(Box::new(filter), words);
        ask(&mut window, [Command::Filter(adjust)]);
    }
    ask(&mut window, [Command::CloseStep]);
    rest(&mut window, "rice");
    assert_eq!(choices(&window).filter.words, "rice");
    assert_eq!(window.state().model().history.mark(), (1, 0));
    let posts = &map(&window).found.conversation.posts;
    let with_rice = posts.posts.iter();
    let with_rice = with_rice.filter(|post| by_hand(posts.text(post), "rice"));
    let counts = window.state().model().part.as_ref().expect("a part").counts;
    assert_eq!(counts.posts, with_rice.count() as u64);
    ask(&mut window, [Command::Undo]);
    rest(&mut window, "everybody");
    assert_eq!(choices(&window).filter, Filter::default());
}

#[test]
fn where_nobody_matches_the_map_says_so_and_lifts_the_filter() {
    let data = tempfile::tempdir().expect("a folder");
    let mut window = with_sample(data.path());
    let filter = Filter {
        words: "nobody ever says this".to_owned(),
        ..Filter::default()
    };
    ask(&mut window, [set(filter, "show nobody")]);
    rest(&mut window, "nobody");
    window.run_steps(3);
    window.get_by_label("Nobody matches the filter");
    window.get_by_label("Lift all filters").click();
    window.run_steps(3);
    rest(&mut window, "everybody");
    assert_eq!(choices(&window).filter, Filter::default());
}

#[test]
fn kept_filters_and_everything_that_is_shown_come_back_with_the_project() {
    let data = tempfile::tempdir().expect("a folder");
    let path = data.path().join("sushi.isthmus");
    let mut first = with_sample(data.path());
    let times = map(&first)
        .found
        .conversation
        .report
        .time_range
        .expect("times");
    let full = Filter {
        least_interactions: Some(2.0),
        time: Some(TimeSpan {
            from: times.0,
            until: times.1,
        }),
        dims: true,
        ..replies()
    };
    ask(&mut first, [set(full.clone(), "show some")]);
    ask(
        &mut first,
        [Command::Filter(FilterCommand::Keep("Calm talk".to_owned()))],
    );
    ask(
        &mut first,
        [Command::Filter(FilterCommand::LiftOne(Condition::Time))],
    );
    rest(&mut first, "a part");
    ask(&mut first, [Command::SaveAs(path.clone())]);
    until(&mut first, "the project", |app| {
        app.model().project.name.is_some() && app.model().saved
    });
    let (campaign, seen) = (first.state().model().campaign.clone(), drawn(&first));
    let part = first.state().model().part.clone();
    drop(first);

    let mut again = window(data.path(), vec![Command::OpenPaths(vec![path])]);
    until(&mut again, "the project again", is_ready);
    rest(&mut again, "the part again");
    assert_eq!(again.state().model().campaign, campaign);
    assert_eq!(again.state().model().part, part);
    assert_eq!(drawn(&again), seen);
    assert_eq!(choices(&again).kept_filters["Calm talk"], full);
    ask(&mut again, [Command::Undo]);
    rest(&mut again, "the time again");
    assert_eq!(choices(&again).filter, full);
    ask(&mut again, [Command::Filter(FilterCommand::Lift)]);
    ask(
        &mut again,
        [Command::Filter(FilterCommand::Recall(
            "Calm talk".to_owned(),
        ))],
    );
    rest(&mut again, "the kept filter");
    assert_eq!(choices(&again).filter, full);
    ask(
        &mut again,
        [Command::Filter(FilterCommand::Drop("Calm talk".to_owned()))],
    );
    assert!(choices(&again).kept_filters.is_empty());
}

/// Who is in which community, what those are called, and every bridge score.
fn groups(results: &Results) -> (Vec<Option<u32>>, Vec<&str>, &[f64]) {
    let communities = &results.analysis.communities;
    let of = communities.of.iter().map(|home| home.map(|home| home.0));
    let names = communities.list.iter().map(|c| c.name.as_str());
    (
        of.collect(),
        names.collect(),
        &results.analysis.bridges.score,
    )
}

#[test]
fn the_analysis_of_what_is_shown_knows_nothing_of_the_rest_and_is_taken_back() {
    let data = tempfile::tempdir().expect("a folder");
    let path = data.path().join("sushi.isthmus");
    let mut window = with_sample(data.path());
    let (whole, places) = (map(&window).results.clone(), map(&window).positions.clone());
    ask(&mut window, [set(replies(), "show only replies")]);
    rest(&mut window, "replies");
    assert!(
        Arc::ptr_eq(&map(&window).results, &whole),
        "the analysis stays"
    );
    let redo = Command::Filter(FilterCommand::Analyse(Analysed::Shown));
    ask(&mut window, [redo]);
    rest(&mut window, "the analysis of the replies");
    let part = with_kind(&window, TieKind::Reply);
    let shown = map(&window).results.clone();
    assert!(Arc::ptr_eq(&map(&window).found.graph, &whole.graph));
    for i in 0..shown.graph.n_people() {
        let has = part.contains(&PersonId(i as u32));
        assert_eq!(shown.graph.ties.connections(i) > 0, has, "ties of {i}");
        assert_eq!(shown.analysis.communities.of[i].is_some(), has);
    }
    assert!(
        shown
            .graph
            .interactions
            .iter()
            .all(|row| row.kind == TieKind::Reply)
    );
    assert!(shown.graph.ties.n_ties() < whole.graph.ties.n_ties());
    let ranked: BTreeSet<PersonId> = map(&window).ranking.iter().copied().collect();
    assert_eq!(ranked, part, "the table is about those who are shown");
    let still = map(&window).positions.as_ref().zip(places.as_ref());
    assert!(
        still.is_some_and(|(now, before)| Arc::ptr_eq(now, before)),
        "nobody moves"
    );
    assert_eq!(drawn(&window), part);

    ask(&mut window, [Command::SaveAs(path.clone())]);
    until(&mut window, "the project", |app| {
        app.model().project.name.is_some() && app.model().saved
    });
    ask(&mut window, [Command::Undo]);
    rest(&mut window, "the whole");
    assert_eq!(groups(&map(&window).results), groups(&whole));
    ask(&mut window, [Command::Redo]);
    rest(&mut window, "the part");
    assert_eq!(groups(&map(&window).results), groups(&shown));
    until(&mut window, "all saved", |app| app.model().saved);
    drop(window);

    let mut again = super::window::window(data.path(), vec![Command::OpenPaths(vec![path])]);
    until(&mut again, "the project again", is_ready);
    rest(&mut again, "the part again");
    assert_eq!(groups(&map(&again).results), groups(&shown));
    assert_eq!(groups(&map(&again).found), groups(&whole));
    ask(&mut again, [Command::Filter(FilterCommand::Lift)]);
    rest(&mut again, "everybody");
    assert_eq!(groups(&map(&again).results), groups(&whole));
}

#[test]
fn names_that_are_hidden_are_not_told_by_a_filter() {
    let data = tempfile::tempdir().expect("a folder");
    let mut window = with_sample(data.path());
    let person = map(&window).ranking[0];
    let (key, name) = {
        let person = &map(&window).results.graph.people[person.index()];
        (person.key.to_string(), person.name.to_string())
    };
    let filter = Filter {
        near: Some(isthmus::campaign::Near {
            people: [key.clone()].into(),
            steps: 2,
        }),
        words: "rice".to_owned(),
        ..Filter::default()
    };
    ask(&mut window, [set(filter.clone(), "show some")]);
    ask(
        &mut window,
        [Command::Filter(FilterCommand::Keep(format!(
            "Friends of {name}"
        )))],
    );
    rest(&mut window, "a part");
    window.get_by_label(&format!("Filter Near {name}, 2 steps"));
    window.get_by_label("Filter contains “rice”");
    ask(
        &mut window,
        [Command::SetNameMask(isthmus::session::NameMask::Numbers)],
    );
    until(&mut window, "other names", is_ready);
    rest(&mut window, "the part under other names");
    window.run_steps(3);
    assert!(window.query_by_label("Filter contains “rice”").is_none());
    let scene = format!("{:?}", map(&window).scene.as_ref().expect("a scene").legend);
    assert!(!scene.contains(&name) && !scene.contains("rice"), "{scene}");
    // What is lifted there is lifted of the true filter, and what is kept means the same people.
    window.get_by_label("Lift contains “…”").click();
    window.run_steps(3);
    rest(&mut window, "only near");
    assert_eq!(choices(&window).filter.words, "");
    assert_eq!(choices(&window).filter.near, filter.near);
    window.get_by_label("Kept filters").click();
    window.run_steps(3);
    window.get_by_label("Filter 01").click();
    window.run_steps(3);
    rest(&mut window, "the kept filter");
    assert_eq!(choices(&window).filter, filter);
}
