//! Who belongs together, in the window: each thing a person says of it is a step, taken back and done again, and there when it is opened again.

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use isthmus::analysis::{CommunityId, Resolution};
use isthmus::app::{App, Command, GroupCommand, OpenMap, Tab};
use isthmus::people::PersonId;
use isthmus::session::NameMask;

use super::window::{ask, is_ready, until, window};

fn with_sample(data: &std::path::Path) -> Harness<'static, App> {
    let mut window = window(data, vec![Command::OpenSample]);
    until(&mut window, "the finished map", is_ready);
    window
}

fn map<'w>(window: &'w Harness<'_, App>) -> &'w OpenMap {
    window.state().model().map.as_ref().expect("a map")
}

/// Asks, and waits until the map is as the campaign says.
fn done(window: &mut Harness<'_, App>, command: Command) {
    ask(window, [command]);
    until(window, "what was decided", |app| {
        let model = app.model();
        let map = model.map.as_ref().expect("a map");
        let (made, wanted) = (&map.found.settings, &model.campaign.map);
        is_ready(app)
            && map.looks == wanted.looks
            && wanted.agree_with(&made.analysis)
            && made.same == wanted.same
    });
}

fn group(window: &mut Harness<'_, App>, asked: GroupCommand) {
    done(window, Command::Group(asked));
}

/// Who is where, as text: equal texts, equal groupings.
fn grouping(window: &Harness<'_, App>) -> String {
    format!("{:?}", map(window).results.analysis.communities.of)
}

fn home(window: &Harness<'_, App>, key: &str) -> CommunityId {
    let results = &map(window).results;
    let person = results.graph.find(key).expect("is there");
    results.analysis.communities.of[person.index()].expect("has ties")
}

fn undo_words(window: &Harness<'_, App>) -> Option<String> {
    let history = &window.state().model().history;
    history.undo_words().map(str::to_owned)
}

#[test]
fn a_community_is_split_and_the_split_taken_back() {
    let data = tempfile::tempdir().expect("a folder");
    let mut window = with_sample(data.path());
    done(&mut window, Command::SetResolution(Resolution::Fixed(0.5)));
    let (n, before) = (
        map(&window).results.analysis.communities.n_large(),
        grouping(&window),
    );
    let first = CommunityId(0);
    let name = map(&window).results.analysis.communities.list[0]
        .name
        .clone();
    assert_eq!(window.state().model().split_of(first), None);
    ask(&mut window, [Command::Group(GroupCommand::Split(first))]);
    until(&mut window, "the split", |app| {
        is_ready(app) && !app.model().campaign.map.by_hand.splits.is_empty()
    });
    done(&mut window, Command::CloseStep);
    assert!(map(&window).results.analysis.communities.n_large() > n);
    assert_eq!(undo_words(&window), Some(format!("split {name}")));
    let split = grouping(&window);
    done(&mut window, Command::Undo);
    assert_eq!(grouping(&window), before);
    done(&mut window, Command::Redo);
    assert_eq!(grouping(&window), split);
    // Any of the parts leads back.
    let lead = window.state().model().campaign.map.by_hand.splits[0].parts[1].clone();
    let part = home(&window, &lead);
    group(&mut window, GroupCommand::TakeSplitBack(part));
    assert_eq!(grouping(&window), before);
    assert!(window.state().model().campaign.map.by_hand.is_empty());
}

#[test]
fn somebody_is_moved_from_their_card_and_goes_back() {
    let data = tempfile::tempdir().expect("a folder");
    let mut window = with_sample(data.path());
    let person = map(&window).ranking[0];
    let key = map(&window).results.graph.people[person.index()]
        .key
        .to_string();
    let before = grouping(&window);
    let from = home(&window, &key);
    let to = CommunityId(u32::from(from.0 == 0));
    let there = map(&window).results.analysis.communities.list[to.index()].member;
    let there = map(&window).results.graph.people[there.index()]
        .key
        .to_string();
    ask(
        &mut window,
        [Command::Select(vec![person]), Command::ShowTab(Tab::Person)],
    );
    window.run_steps(4);
    window.get_by_label("Move to another community");
    assert!(
        window
            .query_by_label("Back to where they were found")
            .is_none()
    );
    group(&mut window, GroupCommand::Move(person, to));
    assert_eq!(home(&window, &key), home(&window, &there));
    let moved = grouping(&window);
    window.run_steps(4);
    window.get_by_label("Back to where they were found").click();
    window.run_steps(4);
    until(&mut window, "the way back", |app| {
        is_ready(app)
            && app
                .model()
                .map
                .as_ref()
                .is_some_and(|map| map.found.settings.analysis.by_hand.is_empty())
    });
    assert_eq!(grouping(&window), before);
    done(&mut window, Command::Undo);
    assert_eq!(grouping(&window), moved);
}

#[test]
fn two_accounts_become_one_person_with_one_note_and_come_apart_again() {
    let data = tempfile::tempdir().expect("a folder");
    let mut window = with_sample(data.path());
    let two: Vec<PersonId> = map(&window).ranking[..2].to_vec();
    let key = |window: &Harness<'_, App>, id: PersonId| {
        map(window).results.graph.people[id.index()].key.to_string()
    };
    let keys = [key(&window, two[0]), key(&window, two[1])];
    let n = map(&window).results.graph.n_people();
    let before = map(&window).positions.clone().expect("positions");
    let people = map(&window).results.graph.people.clone();
    ask(
        &mut window,
        [
            Command::AddToList(two.clone()),
            Command::Select(two.clone()),
            Command::ShowTab(Tab::Person),
        ],
    );
    window.run_steps(4);
    window.get_by_label("Make them one person").click();
    window.run_steps(2);
    done(&mut window, Command::CloseStep);
    let graph = map(&window).results.graph.clone();
    assert_eq!(graph.n_people(), n - 1);
    assert_eq!(graph.find(&keys[0]), graph.find(&keys[1]));
    let model = window.state().model();
    assert_eq!(model.campaign.outreach_list.len(), 1);
    assert_eq!(model.selected, [graph.find(&keys[0]).expect("is there")]);
    // Everybody else stands where they stood.
    let now = map(&window).positions.clone().expect("positions");
    for (i, person) in graph.people.iter().enumerate() {
        let was = people
            .iter()
            .position(|p| p.key == person.key)
            .expect("was there");
        assert_eq!(now.of(i), before.of(was), "{}", person.key);
    }
    window.run_steps(4);
    let also = graph.joined[0].handle.to_string();
    window.get_by_label(&format!("also @{also}"));
    done(&mut window, Command::Undo);
    assert_eq!(map(&window).results.graph.people, people);
    let back = map(&window).positions.clone().expect("positions");
    let bits = |at: &[f32; 2]| at.map(f32::to_bits);
    assert!(
        back.xy.iter().map(bits).eq(before.xy.iter().map(bits)),
        "to the last bit"
    );
    assert_eq!(window.state().model().campaign.outreach_list.len(), 2);
    done(&mut window, Command::Redo);
    let joined = grouping(&window);
    until(&mut window, "everything on the disk", |app| {
        app.model().saved
    });
    drop(window);

    // Opened again it is as it was left.
    let mut window = with_sample(data.path());
    done(&mut window, Command::CloseStep);
    assert_eq!(map(&window).results.graph.n_people(), n - 1);
    assert_eq!(grouping(&window), joined);
    assert_eq!(window.state().model().campaign.outreach_list.len(), 1);
    let person = map(&window).results.graph.find(&keys[0]).expect("is there");
    group(&mut window, GroupCommand::TakeApart(person));
    assert_eq!(map(&window).results.graph.n_people(), n);
    let positions = map(&window).positions.as_ref().expect("positions");
    assert!(keys.iter().all(|key| {
        let person = map(&window).results.graph.find(key).expect("is there");
        positions.of(person.index()).is_some()
    }));
}

#[test]
fn a_cancelled_union_of_accounts_takes_its_step_back() {
    let data = tempfile::tempdir().expect("a folder");
    let mut window = with_sample(data.path());
    let two: Vec<PersonId> = map(&window).ranking[..2].to_vec();
    let n = map(&window).results.graph.n_people();
    window
        .state_mut()
        .ask(Command::Group(GroupCommand::MakeOne(two)));
    window.step();
    ask(&mut window, [Command::Cancel]);
    until(&mut window, "rest", is_ready);
    // The work may have been quicker than the wish to stop it: then it is whole.
    let (model, joined) = (
        window.state().model(),
        map(&window).results.graph.n_people() == n - 1,
    );
    assert_eq!(model.campaign.map.same.is_empty(), !joined);
    assert_eq!(model.history.redo_words(), None);
}

#[test]
fn communities_come_from_the_column_of_the_file_and_are_found_again() {
    let data = tempfile::tempdir().expect("a folder");
    let mut text = String::from("id,label,community\n");
    let mut ties = String::from("source,target\n");
    for i in 0..12 {
        let side = if i % 2 == 0 { "even" } else { "odd" };
        let row = format!("p{i:02},P{i},{side}\n");
        text.push_str(&row);
        for j in 0..i {
            if (i < 6) == (j < 6) || (i, j) == (6, 5) {
                let tie = format!("p{i:02},p{j:02}\n");
                ties.push_str(&tie);
            }
        }
    }
    let (people, tied) = (data.path().join("people.csv"), data.path().join("ties.csv"));
    std::fs::write(&people, text).expect("written");
    std::fs::write(&tied, ties).expect("written");
    let mut window = window(data.path(), vec![Command::OpenPaths(vec![people, tied])]);
    until(&mut window, "the import window", |app| {
        app.model().import.is_some()
    });
    until(&mut window, "what they give", |app| {
        app.model()
            .import
            .as_ref()
            .is_some_and(|import| import.together.is_some())
    });
    ask(&mut window, [Command::BuildMap]);
    until(&mut window, "the map", is_ready);
    let found = grouping(&window);
    assert_eq!(home(&window, "p00"), home(&window, "p01"));
    window.run_steps(2);
    window.get_by_label("Communities from the file").click();
    window.run_steps(2);
    done(&mut window, Command::CloseStep);
    let names: Vec<String> = {
        let list = &map(&window).results.analysis.communities.list;
        list.iter()
            .map(|community| community.name.clone())
            .collect()
    };
    assert_eq!(names, ["even", "odd"]);
    assert_ne!(home(&window, "p00"), home(&window, "p01"));
    assert_eq!(
        undo_words(&window).as_deref(),
        Some("communities from the file")
    );
    group(&mut window, GroupCommand::ByFile(false));
    assert_eq!(grouping(&window), found);
}

#[test]
fn the_slider_says_how_many_there_are_and_colours_stay_to_and_fro() {
    let data = tempfile::tempdir().expect("a folder");
    let mut window = with_sample(data.path());
    let colours = |window: &Harness<'_, App>| -> Vec<Option<u8>> {
        let list = &map(window).results.analysis.communities.list;
        list.iter().map(|community| community.colour).collect()
    };
    let (first, before) = (colours(&window), grouping(&window));
    assert!(first.iter().all(Option::is_none));
    window.get_by_label("How many communities");
    let n = map(&window).results.analysis.communities.n_large();
    let said = format!("{n} communities");
    assert!(window.query_all_by_label(&said).next().is_some(), "{said}");
    let mut at_two = None;
    for resolution in [2.0, 0.5, 2.0, 2.8, 2.0, 1.0] {
        done(
            &mut window,
            Command::SetResolution(Resolution::Fixed(resolution)),
        );
        if (resolution - 2.0).abs() < 1e-9 {
            let now = (grouping(&window), colours(&window));
            assert_eq!(*at_two.get_or_insert_with(|| now.clone()), now);
        }
    }
    assert_eq!((grouping(&window), colours(&window)), (before, first));
}

#[test]
fn while_names_are_hidden_people_are_moved_and_joined_all_the_same() {
    let data = tempfile::tempdir().expect("a folder");
    let mut window = with_sample(data.path());
    let two: Vec<PersonId> = map(&window).ranking[..2].to_vec();
    let n = map(&window).results.graph.n_people();
    ask(
        &mut window,
        [
            Command::SetNameMask(NameMask::Numbers),
            Command::Select(two),
        ],
    );
    ask(&mut window, [Command::ShowTab(Tab::Person)]);
    until(&mut window, "hidden names", is_ready);
    window.run_steps(6);
    window.get_by_label("Make them one person").click();
    window.run_steps(2);
    done(&mut window, Command::CloseStep);
    assert_eq!(map(&window).results.graph.n_people(), n - 1);
    window.run_steps(6);
    let handle = map(&window).results.graph.joined[0].handle.to_string();
    assert!(
        window.query_by_label_contains(&handle).is_none(),
        "{handle} is shown"
    );
    window.get_by_label_contains("also @person-");
    window.get_by_label("Take the accounts apart").click();
    window.run_steps(2);
    done(&mut window, Command::CloseStep);
    assert_eq!(map(&window).results.graph.n_people(), n);
}
