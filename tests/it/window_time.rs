//! The time line in the whole window: what is brushed is a filter that can be taken back, and what plays lights the right people.

use std::path::Path;
use std::sync::Arc;

use eframe::egui::pos2;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use isthmus::app::{App, Command, Drawer, PostScope, ReadCommand, TimeCommand};
use isthmus::explore::{TimeLine, TimeStep};
use isthmus::people::PersonId;
use isthmus::session::NameMask;

use super::window::{ask, is_ready, until, window};

fn with_sample(data: &Path, drawer: Drawer) -> Harness<'static, App> {
    let mut window = window(data, vec![Command::OpenSample]);
    until(&mut window, "the finished map", is_ready);
    ask(&mut window, [Command::ShowDrawer(Some(drawer))]);
    window
}

fn line(app: &App) -> Option<&TimeLine> {
    let map = app.model().map.as_ref()?;
    map.closer.time.as_ref()?.line.as_ref()
}

fn with_times(data: &Path) -> Harness<'static, App> {
    let mut window = with_sample(data, Drawer::Time);
    until(&mut window, "the time line", |app| line(app).is_some());
    window
}

#[test]
fn what_is_brushed_is_one_step_that_can_be_taken_back() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_times(data.path());
    window.run(); // a window at rest asks for no picture
    let rect = window.get_by_label_contains("Posts over time").rect();
    let at = |share: f32| pos2(rect.left() + rect.width() * share, rect.center().y);
    let (steps, _) = window.state().model().history.mark();
    window.drag_at(at(0.26));
    window.run();
    for share in [0.3, 0.4, 0.5] {
        window.hover_at(at(share));
        window.run();
    }
    assert_eq!(window.state().model().campaign.map.filter.time, None);
    window.drop_at(at(0.5));
    window.run();
    let span = window.state().model().campaign.map.filter.time;
    let span = span.expect("a span is chosen");
    let starts = &line(window.state()).expect("there").starts;
    assert!(starts.contains(&span.from) && starts.contains(&span.until));
    assert_eq!(window.state().model().history.mark().0, steps + 1);
    let undo = window.state().model().history.undo_words();
    assert!(undo.is_some_and(|words| words.starts_with("show posts of ")));
    ask(&mut window, [Command::Undo]);
    assert_eq!(window.state().model().campaign.map.filter.time, None);
    assert_eq!(window.state().model().history.mark(), (steps, 1));
    ask(&mut window, [Command::Redo]);
    assert_eq!(window.state().model().campaign.map.filter.time, Some(span));
    ask(&mut window, [Command::Time(TimeCommand::Show(None))]);
    assert_eq!(window.state().model().campaign.map.filter.time, None);
}

/// Who wrote or is addressed from one moment to another, by a plain look at every post.
fn there(app: &App, (from, until): (i64, i64)) -> Vec<PersonId> {
    let results = &app.model().map.as_ref().expect("a map").results;
    let posts = &results.conversation.posts;
    let mut people = Vec::new();
    for post in &posts.posts {
        if post
            .time()
            .is_some_and(|time| (from..until).contains(&time))
        {
            let named = posts.addressed(post).iter().map(|to| to.account);
            let accounts = std::iter::once(post.author).chain(named);
            people.extend(accounts.map(|a| results.graph.person_of_account[a as usize]));
        }
    }
    people.sort_unstable();
    people.dedup();
    people
}

#[test]
fn a_map_that_plays_lights_who_was_there_step_by_step() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_times(data.path());
    ask(
        &mut window,
        [Command::Time(TimeCommand::SetStep(Some(TimeStep::Week)))],
    );
    until(&mut window, "weeks", |app| {
        line(app).is_some_and(|line| line.step == TimeStep::Week)
    });
    let made = line(window.state()).expect("there").clone();
    assert!(made.n_steps() >= 3, "{}", made.n_steps());
    let before = window.state().model().campaign.clone();
    ask(&mut window, [Command::Time(TimeCommand::Play)]);
    let mut seen = Vec::new();
    until(&mut window, "the end", |app| {
        let play = app.model().timing.play.expect("it plays");
        play.paused || play.step > 1
    });
    // What was lit on the way is asked of every step that can be stood at.
    for step in 0..made.n_steps() {
        ask(&mut window, [Command::Time(TimeCommand::Stand(step))]);
        let model = window.state().model();
        let lit = model.lit_people().expect("somebody is asked for").to_vec();
        assert!(lit == there(window.state(), made.bounds(step).expect("a week")));
        seen.push(lit.len());
        let n = isthmus::people::counted(lit.len() as u64, "person", "people");
        window.step();
        window.get_by_label_contains(&format!("· {n} lit"));
    }
    assert!(seen.iter().any(|n| *n > 0));
    window.run(); // it stands: no picture is asked for
    assert_eq!(
        window.state().model().campaign,
        before,
        "playing decides nothing"
    );
    ask(&mut window, [Command::Time(TimeCommand::Stop)]);
    assert_eq!(window.state().model().lit_people(), None);
    // Whoever closes the time line stops it too.
    ask(
        &mut window,
        [
            Command::Time(TimeCommand::Play),
            Command::ShowDrawer(Some(Drawer::People)),
        ],
    );
    assert_eq!(window.state().model().timing.play, None);
}

#[test]
fn posts_are_listed_searched_and_follow_the_selection() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path(), Drawer::Posts);
    let read = |app: &App| app.model().map.as_ref()?.closer.read.clone();
    until(&mut window, "the posts", |app| read(app).is_some());
    let results = window
        .state()
        .model()
        .map
        .as_ref()
        .expect("a map")
        .results
        .clone();
    let posts = &results.conversation.posts;
    let all = read(window.state()).expect("there");
    assert_eq!(all.found.posts.len(), posts.posts.len());
    let times: Vec<_> = all
        .found
        .posts
        .iter()
        .map(|at| posts.posts[*at as usize].time())
        .collect();
    assert!(times.is_sorted_by(|a, b| a >= b));
    window.run();

    ask(
        &mut window,
        [Command::Read(ReadCommand::Search("Sea bream".into()))],
    );
    until(&mut window, "what was searched", |app| {
        read(app).is_some_and(|read| read.wanted.words == "Sea bream")
    });
    let found = read(window.state()).expect("there");
    let has =
        |text: &str| text.to_lowercase().contains("sea") && text.to_lowercase().contains("bream");
    let n = posts
        .posts
        .iter()
        .filter(|post| has(posts.text(post)))
        .count();
    assert!(n > 0);
    assert_eq!(found.found.posts.len(), n);
    assert!(Arc::ptr_eq(&found.order, &all.order), "put in order once");

    let author = results.graph.person_of_account[posts.posts[0].author as usize];
    ask(
        &mut window,
        [
            Command::Read(ReadCommand::Search(String::new())),
            Command::Read(ReadCommand::SetScope(PostScope::Selected)),
            Command::Select(vec![author]),
        ],
    );
    let own = results.graph.people[author.index()].posts as usize;
    until(&mut window, "the posts of one", |app| {
        read(app).is_some_and(|read| read.found.posts.len() == own)
    });
    window.run();
}

#[test]
fn while_names_are_hidden_no_text_is_shown_or_searched() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path(), Drawer::Posts);
    let read = |app: &App| app.model().map.as_ref()?.closer.read.clone();
    let searched = Command::Read(ReadCommand::Search("sea bream".into()));
    ask(&mut window, [searched]);
    until(&mut window, "what was searched", |app| {
        read(app).is_some_and(|read| read.wanted.words == "sea bream")
    });
    window.step();
    assert!(window.query_all_by_label_contains("sea bream").count() > 0);
    ask(&mut window, [Command::SetNameMask(NameMask::Numbers)]);
    // Who is found would tell what the texts say: everything is listed again.
    until(&mut window, "all posts", |app| {
        is_ready(app) && read(app).is_some_and(|read| read.wanted.words.is_empty())
    });
    window.run_steps(4);
    window.get_by_label("Texts are not shown while names are hidden");
    assert_eq!(window.query_all_by_label_contains("bream").count(), 0);
    assert!(window.query_by_label("Search in posts").is_none());
}
