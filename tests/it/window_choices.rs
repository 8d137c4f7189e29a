//! What a person decides about the map in the window: each is a step that undo takes back and redo does again, on the screen.

use std::collections::BTreeSet;
use std::fs;

use egui_kittest::Harness;
use isthmus::analysis::{Community, CommunityId, RESOLUTIONS, Resolution};
use isthmus::app::{App, Command, OpenMap, PlanCommand, Tab};
use isthmus::people::PersonId;
use isthmus::render::palette;

use super::window::{ask, is_ready, until, window};

const FIRST: CommunityId = CommunityId(0);
const SECOND: CommunityId = CommunityId(1);

fn with_sample(data: &std::path::Path) -> Harness<'static, App> {
    let mut window = window(data, vec![Command::OpenSample]);
    until(&mut window, "the finished map", is_ready);
    window
}

fn map<'w>(window: &'w Harness<'_, App>) -> &'w OpenMap {
    window.state().model().map.as_ref().expect("a map")
}

fn communities(app: &App) -> &[Community] {
    let map = app.model().map.as_ref().expect("a map");
    &map.results.analysis.communities.list
}

fn name(window: &Harness<'_, App>, id: CommunityId) -> String {
    communities(window.state())[id.index()].name.clone()
}

/// Where everybody stands, by number; whoever has no ties stands nowhere.
fn places(window: &Harness<'_, App>) -> Vec<Option<[f32; 2]>> {
    let positions = map(window).positions.as_ref().expect("positions");
    (0..positions.xy.len()).map(|i| positions.of(i)).collect()
}

fn words(window: &Harness<'_, App>) -> (Option<String>, Option<String>) {
    let history = &window.state().model().history;
    let own = |words: Option<&str>| words.map(str::to_owned);
    (own(history.undo_words()), own(history.redo_words()))
}

/// Asks, and waits until everything that follows is on the screen.
fn done(window: &mut Harness<'_, App>, command: Command) {
    ask(window, [command]);
    rest(window);
}

fn rest(window: &mut Harness<'_, App>) {
    until(window, "a map at rest", is_ready);
    let shown = |app: &App| {
        let model = app.model();
        let map = model.map.as_ref().expect("a map");
        let made = &map.found.settings.analysis;
        let wanted = &model.campaign.map;
        map.looks == wanted.looks
            && made.resolution == wanted.resolution
            && made.joined == wanted.joined
    };
    until(window, "what was decided", |app| {
        shown(app) && is_ready(app)
    });
}

/// Waits until the picture shows a legend in which `line` has the first place, or is missing where that is asked for.
fn until_legend(window: &mut Harness<'_, App>, line: &str, first: bool) {
    let what = format!("a legend with {line}: {first}");
    until(window, &what, |app| {
        let scene = app.model().map.as_ref().and_then(|map| map.scene.as_ref());
        let mut lines = scene.into_iter().flat_map(|s| &s.legend.communities);
        if first {
            lines.next().is_some_and(|top| top.name == line)
        } else {
            lines.all(|other| other.name != line)
        }
    });
}

#[test]
fn what_is_hidden_or_lit_alone_comes_back_with_undo_and_goes_with_redo() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    let first = name(&window, FIRST);
    done(&mut window, Command::SetCommunityShown(FIRST, false));
    assert_eq!(window.state().model().hidden, BTreeSet::from([FIRST]));
    assert_eq!(words(&window).0, Some(format!("hide {first}")));
    until_legend(&mut window, &first, false);

    done(&mut window, Command::Undo);
    assert!(window.state().model().hidden.is_empty());
    assert_eq!(words(&window), (None, Some(format!("hide {first}"))));
    until_legend(&mut window, &first, true);
    done(&mut window, Command::Redo);
    assert_eq!(window.state().model().hidden, BTreeSet::from([FIRST]));

    done(&mut window, Command::Isolate(Some(SECOND)));
    assert_eq!(window.state().model().isolated, Some(SECOND));
    // What one click asks for is one step.
    let all = [
        Command::Isolate(None),
        Command::SetCommunityShown(FIRST, true),
    ];
    ask(&mut window, all);
    assert!(window.state().model().hidden.is_empty());
    assert_eq!(words(&window).0.as_deref(), Some("show everybody"));
    done(&mut window, Command::Undo);
    assert_eq!(window.state().model().isolated, Some(SECOND));
    assert_eq!(window.state().model().hidden, BTreeSet::from([FIRST]));
}

#[test]
fn a_name_and_a_colour_are_shown_everywhere_and_taken_back() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    done(&mut window, Command::Plan(PlanCommand::Propose));
    let plan = window.state().model().plan.clone().expect("a plan");
    let before = name(&window, FIRST);
    let rename = Command::NameCommunity(FIRST, "  Ramen people ".to_owned());
    done(&mut window, rename);
    assert_eq!(name(&window, FIRST), "Ramen people");
    until_legend(&mut window, "Ramen people", true);
    assert_eq!(
        words(&window).0,
        Some(format!("rename {before} to Ramen people"))
    );
    let after = window
        .state()
        .model()
        .plan
        .as_ref()
        .expect("the plan stays");
    assert_eq!(after.plan.picks, plan.plan.picks);

    done(&mut window, Command::ColourCommunity(FIRST, Some(9)));
    assert_eq!(
        words(&window).0.as_deref(),
        Some("colour Ramen people mauve")
    );
    let chosen = palette(window.state().model().theme).communities[9];
    let wear = |app: &App| {
        let scene = app.model().map.as_ref().and_then(|map| map.scene.as_ref());
        let dots = scene.into_iter().flat_map(|scene| &scene.dots);
        dots.filter(|dot| dot.colour == chosen).count()
    };
    assert!(
        communities(window.state())[9].small,
        "nobody else wears the tenth"
    );
    let people = communities(window.state())[0].people as usize;
    until(&mut window, "all of them in it", |app| wear(app) == people);
    done(&mut window, Command::Undo);
    until(&mut window, "nobody in it", |app| wear(app) == 0);
    done(&mut window, Command::Undo);
    assert_eq!(name(&window, FIRST), before);
    until_legend(&mut window, &before, true);
    done(&mut window, Command::Redo);
    assert_eq!(name(&window, FIRST), "Ramen people");
    // Without a name it has its own again.
    done(&mut window, Command::NameCommunity(FIRST, " ".to_owned()));
    assert_eq!(name(&window, FIRST), before);
}

#[test]
fn merged_communities_are_one_until_they_are_taken_apart_and_people_keep_their_places() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    let before = communities(window.state()).to_vec();
    let stand = places(&window);
    let person = map(&window).ranking[3];
    ask(
        &mut window,
        [
            Command::Select(vec![person]),
            Command::AddToList(vec![person]),
        ],
    );
    let (a, b) = (before[0].people, before[1].people);
    done(&mut window, Command::MergeCommunities(FIRST, SECOND));
    let step = format!("merge {} and {}", before[0].name, before[1].name);
    assert_eq!(words(&window).0, Some(step.clone()));
    let one = communities(window.state());
    assert_eq!(one.len(), before.len() - 1);
    assert_eq!(one[0].people, a + b);
    until(&mut window, "a legend of one", |app| {
        let scene = app.model().map.as_ref().and_then(|map| map.scene.as_ref());
        scene.is_some_and(|scene| scene.legend.communities[0].people == a + b)
    });
    assert!(places(&window) == stand, "nobody moves");
    assert_eq!(window.state().model().selected, [person]);
    assert_eq!(window.state().model().campaign.outreach_list.len(), 1);
    assert!(window.state().model().is_joined(FIRST));

    done(&mut window, Command::Undo);
    assert_eq!(communities(window.state()), before);
    assert_eq!(words(&window).1, Some(step));
    done(&mut window, Command::Redo);
    assert_eq!(communities(window.state())[0].people, a + b);
    done(&mut window, Command::PartCommunity(FIRST));
    assert_eq!(communities(window.state()), before);
    assert!(!window.state().model().is_joined(FIRST));
}

#[test]
fn a_step_to_finer_communities_is_taken_back_and_names_stay_with_their_people() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    let before = communities(window.state()).to_vec();
    let rename = Command::NameCommunity(FIRST, "Ramen people".to_owned());
    done(&mut window, rename);
    done(&mut window, Command::Plan(PlanCommand::Propose));
    ask(&mut window, [Command::ShowTab(Tab::Bridges)]);
    let model = window.state().model();
    assert_eq!(model.next_resolution(true), Some(RESOLUTIONS[3]));
    assert_eq!(model.next_resolution(false), Some(RESOLUTIONS[1]));
    let finest = RESOLUTIONS[RESOLUTIONS.len() - 1];
    done(
        &mut window,
        Command::SetResolution(Resolution::Fixed(finest)),
    );
    assert_eq!(words(&window).0.as_deref(), Some("finer communities"));
    assert_eq!(window.state().model().next_resolution(true), None);
    let now = communities(window.state());
    assert!(
        now.len() > before.len(),
        "{} and {}",
        now.len(),
        before.len()
    );
    let named: Vec<&Community> = now.iter().filter(|c| c.name == "Ramen people").collect();
    assert_eq!(named.len(), 1);
    let member = before[0].member;
    let home = map(&window).results.analysis.communities.of[member.index()];
    let home = home.expect("has ties");
    assert_eq!(
        now[home.index()].name,
        "Ramen people",
        "where the member sits"
    );
    let model = window.state().model();
    assert!(model.plan.is_some(), "a plan for the communities of now");
    assert_eq!(model.tab, Tab::Bridges, "nobody is led away");
    let ranking = isthmus::session::by_bridge_rank(&map(&window).results.analysis);
    assert_eq!(*map(&window).ranking, ranking);

    done(&mut window, Command::Undo);
    assert_eq!(name(&window, FIRST), "Ramen people");
    assert_eq!(communities(window.state()).len(), before.len());
    done(&mut window, Command::SetResolution(Resolution::Auto));
    assert_eq!(words(&window).0.as_deref(), Some("automatic communities"));
}

#[test]
fn cancelled_grouping_takes_its_edit_back_and_leaves_no_redo() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    let before = communities(window.state()).to_vec();
    let person = map(&window).ranking[0];
    ask(&mut window, [Command::AddToList(vec![person])]);
    let steps = words(&window);
    ask(&mut window, [Command::MergeCommunities(FIRST, SECOND)]);
    // Where the grouping is done already, there is nothing to cancel.
    let running = window.state().model().working.is_some();
    ask(&mut window, [Command::Cancel]);
    rest(&mut window);
    if running && communities(window.state()).len() == before.len() {
        assert_eq!(words(&window), steps);
        assert!(window.state().model().campaign.map.joined.is_empty());
    }
    assert_eq!(window.state().model().campaign.outreach_list.len(), 1);
}

#[test]
fn moving_somebody_and_a_new_layout_are_taken_back_to_where_everybody_stood() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    let fresh = places(&window);
    let person = map(&window).ranking[0];
    let key = map(&window).results.graph.people[person.index()]
        .name
        .clone();
    let at = {
        let (low, high) = map(&window)
            .positions
            .as_ref()
            .and_then(|p| p.bounds())
            .expect("people");
        [high[0] + (high[0] - low[0]), high[1]]
    };
    done(&mut window, Command::Pin(person, at));
    let moved = places(&window);
    assert_eq!(moved[person.index()], Some(at));
    assert_eq!(words(&window).0, Some(format!("move {key}")));

    done(&mut window, Command::Undo);
    assert!(places(&window) == fresh);
    assert_eq!(window.state().model().pinned, []);
    done(&mut window, Command::Redo);
    assert!(places(&window) == moved);
    assert_eq!(window.state().model().pinned, [(person, at)]);

    done(&mut window, Command::LayOutAgain);
    assert_eq!(words(&window).0.as_deref(), Some("lay out the map again"));
    assert!(places(&window) == fresh, "the map from nothing");
    done(&mut window, Command::Undo);
    assert!(places(&window) == moved);
    assert_eq!(window.state().model().pinned, [(person, at)]);
    done(&mut window, Command::Undo);
    assert!(places(&window) == fresh);
    let left = window.state().model().campaign.map.clone();
    assert_eq!(left, isthmus::campaign::MapChoices::default());
}

#[test]
fn a_cancelled_layout_takes_its_edit_back_and_an_undone_one_is_stopped() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    let fresh = places(&window);
    let person = map(&window).ranking[0];
    ask(
        &mut window,
        [Command::Pin(person, [900.0, 0.0]), Command::Cancel],
    );
    rest(&mut window);
    assert!(places(&window) == fresh);
    assert_eq!(window.state().model().pinned, []);
    assert_eq!(words(&window), (None, None));

    // Undone while people still move.
    ask(&mut window, [Command::Pin(person, [900.0, 0.0])]);
    ask(&mut window, [Command::Undo]);
    rest(&mut window);
    assert!(places(&window) == fresh);
    assert_eq!(
        words(&window),
        (None, Some(words(&window).1.expect("a redo")))
    );
    // Its layout never came to rest: done again, people go there from where they stand.
    done(&mut window, Command::Redo);
    assert_eq!(places(&window)[person.index()], Some([900.0, 0.0]));

    // More was done since the layout began: cancelling it leaves that alone.
    done(&mut window, Command::Undo);
    let add = Command::AddToList(vec![person]);
    ask(&mut window, [Command::LayOutAgain, add, Command::Cancel]);
    rest(&mut window);
    assert!(places(&window) == fresh);
    assert_eq!(window.state().model().campaign.outreach_list.len(), 1);
}

#[test]
fn what_was_decided_comes_back_with_the_file() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut first = with_sample(data.path());
    let joined_name = "All of them".to_owned();
    done(&mut first, Command::MergeCommunities(FIRST, SECOND));
    done(
        &mut first,
        Command::NameCommunity(FIRST, joined_name.clone()),
    );
    done(&mut first, Command::SetCommunityShown(SECOND, false));
    let person = map(&first).ranking[0];
    done(&mut first, Command::Pin(person, [700.0, 20.0]));
    let list = communities(first.state()).to_vec();
    let choices = first.state().model().campaign.map.clone();
    until(&mut first, "the list on disk", |app| app.model().saved);
    drop(first);
    let kept = fs::read_dir(data.path().join("unnamed")).expect("a folder");
    assert_eq!(kept.count(), 1);

    let mut again = with_sample(data.path());
    rest(&mut again);
    assert_eq!(again.state().model().campaign.map, choices);
    assert_eq!(communities(again.state()), list);
    assert_eq!(name(&again, FIRST), joined_name);
    assert_eq!(again.state().model().hidden, BTreeSet::from([SECOND]));
    assert_eq!(places(&again)[person.index()], Some([700.0, 20.0]));
    again.run(); // at rest nothing asks for another picture
}

#[test]
fn selections_are_kept_under_a_number() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    let some: Vec<PersonId> = map(&window).ranking[..3].to_vec();
    ask(&mut window, [Command::RecallSelection(4)]);
    let said = |window: &Harness<'_, App>| window.state().model().said.clone();
    assert_eq!(said(&window), "Nobody is kept as selection 4");
    ask(
        &mut window,
        [Command::Select(some.clone()), Command::StoreSelection(4)],
    );
    assert_eq!(said(&window), "3 people kept as selection 4");
    ask(
        &mut window,
        [Command::Select(Vec::new()), Command::StoreSelection(5)],
    );
    assert_eq!(said(&window), "Select somebody first");
    ask(&mut window, [Command::RecallSelection(4)]);
    assert_eq!(window.state().model().selected, some);
    assert_eq!(said(&window), "Selection 4: 3 people");
    assert_eq!(words(&window), (None, None), "no step of undo");
}
