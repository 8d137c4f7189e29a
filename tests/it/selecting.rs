//! Selections made from selections, against counting by hand; kept ones in the whole window.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use eframe::egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use isthmus::analysis::{Analysis, Communities, Community, CommunityId};
use isthmus::app::{App, Command, SelectCommand, Tab};
use isthmus::explore::{Selectable, SetFacts, ShownPart, words_of};
use isthmus::people::{ConversationGraph, Person, PersonId, Posts, TieSettings, Ties, build};
use isthmus::progress::Progress;
use isthmus::session::NameMask;
use proptest::prelude::*;

use super::window::{ask, is_ready, until, window};

fn person(i: usize) -> Person {
    let key: Box<str> = format!("p{i:04}").into();
    Person {
        key: key.clone(),
        handle: key.clone(),
        name: key,
        reach: (!i.is_multiple_of(3)).then_some(i as f64),
        posts: 0,
        given_community: None,
        given_place: None,
        given_colour: None,
    }
}

/// People with ties, communities of seven in turn; every tenth is in none.
fn world(n: usize, ties: &[(u32, u32)]) -> (ConversationGraph, Communities) {
    let ties: Vec<(u32, u32, f64)> = ties.iter().map(|&(a, b)| (a, b, 1.0)).collect();
    let graph = ConversationGraph {
        people: (0..n).map(person).collect(),
        ties: Arc::new(Ties::from_pairs(n, &ties)),
        ..ConversationGraph::default()
    };
    let community = |c: u32| Community {
        alternatives: Vec::new(),
        evidence: Vec::new(),
        name: format!("c{c}"),
        words: Vec::new(),
        people: 1,
        reach: 0.0,
        ties_inside: 0,
        ties_outside: 0,
        small: false,
        member: PersonId(0),
        colour: None,
    };
    let of = (0..n as u32).map(|i| (i % 10 != 9).then_some(CommunityId(i % 7)));
    let communities = Communities {
        of: of.collect(),
        list: (0..7).map(community).collect(),
        ..Communities::default()
    };
    (graph, communities)
}

fn ids(numbers: impl IntoIterator<Item = u32>) -> Vec<PersonId> {
    numbers.into_iter().map(PersonId).collect()
}

fn set(people: &[PersonId]) -> BTreeSet<u32> {
    people.iter().map(|person| person.0).collect()
}

proptest! {
    #[test]
    fn selections_are_what_counting_by_hand_gives(
        n in 1usize..60,
        ties in prop::collection::vec((0u32..60, 0u32..60), 0..120),
        picked in prop::collection::btree_set(0u32..60, 0..20),
        shown in prop::collection::vec(prop::bool::weighted(0.7), 60),
        hides in prop::option::of(0u32..7),
    ) {
        let inside = |i: &u32| (*i as usize) < n;
        let ties: Vec<(u32, u32)> = ties.into_iter().filter(|(a, b)| inside(a) && inside(b) && a != b).collect();
        let (graph, communities) = world(n, &ties);
        let part = ShownPart { people: shown[..n].to_vec(), ..ShownPart::default() };
        let hidden: BTreeSet<CommunityId> = hides.map(CommunityId).into_iter().collect();
        let among = Selectable { graph: &graph, communities: &communities, part: Some(&part), hidden: &hidden };
        let progress = Progress::new();
        let of = |i: u32| (i % 10 != 9).then_some(i % 7);
        let is_shown = |i: u32| shown[i as usize] && (hides.is_none() || of(i) != hides);
        let visible: BTreeSet<u32> = (0..n as u32).filter(|i| is_shown(*i)).collect();
        // Whoever is selected is shown.
        let selected = ids(picked.iter().copied().filter(|i| visible.contains(i)));
        let own = set(&selected);

        prop_assert_eq!(set(&among.all(&progress).expect("nobody cancels")), visible.clone());
        let others = among.others(&selected, &progress).expect("nobody cancels");
        prop_assert_eq!(set(&others), visible.difference(&own).copied().collect::<BTreeSet<_>>());
        let again = among.others(&others, &progress).expect("nobody cancels");
        prop_assert_eq!(set(&again), own.clone(), "inverted twice");

        let near = among.with_neighbours(&selected, &progress).expect("nobody cancels");
        let tied = |i: u32| ties.iter().any(|(a, b)| (*a == i && own.contains(b)) || (*b == i && own.contains(a)));
        let by_hand = visible.iter().copied().filter(|i| own.contains(i) || tied(*i));
        prop_assert_eq!(set(&near), by_hand.collect::<BTreeSet<_>>());
        prop_assert_eq!(&near[..selected.len()], &selected[..], "the order of before");

        let same = among.with_communities(&selected, &progress).expect("nobody cancels");
        let theirs: BTreeSet<u32> = own.iter().filter_map(|i| of(*i)).collect();
        let in_theirs = |i: u32| of(i).is_some_and(|c| theirs.contains(&c));
        let by_hand = visible.iter().copied().filter(|i| own.contains(i) || in_theirs(*i));
        prop_assert_eq!(set(&same), by_hand.collect::<BTreeSet<_>>());
        prop_assert_eq!(same.len(), set(&same).len(), "nobody twice");

        let analysis = Analysis { communities, ..Analysis::default() };
        let facts = SetFacts::of(&graph, &analysis, &same, &progress).expect("nobody cancels");
        let mut counts: BTreeMap<Option<u32>, u64> = BTreeMap::new();
        for person in &same {
            *counts.entry(of(person.0)).or_default() += 1;
        }
        let told: BTreeMap<Option<u32>, u64> = facts.communities.iter().map(|(n, c)| (c.map(|c| c.0), *n)).collect();
        prop_assert_eq!(told, counts);
        prop_assert!(facts.communities.windows(2).all(|pair| pair[0].0 >= pair[1].0));
        let reach: f64 = same.iter().filter(|p| p.0 % 3 > 0).map(|p| f64::from(p.0)).sum();
        prop_assert_eq!(facts.reach, reach);
        prop_assert_eq!(facts.unknown, same.iter().filter(|p| p.0 % 3 == 0).count());
    }
}

#[test]
fn the_words_of_a_selection_are_those_that_the_others_do_not_use() {
    let mut posts = Posts::default();
    for i in 0..300 {
        let author = posts.account(&format!("p{i:03}")).expect("a handle");
        // All write of the market; the first sixty of #miso and miso too, two of them of yuzu, one of nori.
        let own = match i {
            0 | 1 => "#miso yuzu market",
            2 => "miso #miso nori market",
            3..60 => "#miso miso market",
            _ => "market kitchen evening",
        };
        posts.push(author, None, own, &[]);
    }
    let graph = build(&posts, &TieSettings::default(), &Progress::new()).expect("nobody cancels");
    let find = |i: u32| graph.find(&format!("p{i:03}")).expect("there");
    let sixty: Vec<PersonId> = (0..60).map(find).collect();
    let found = |people: &[PersonId]| {
        words_of(&graph, &posts, people, &Progress::new()).expect("nobody cancels")
    };
    let words = found(&sixty);
    assert_eq!(words[0].word, "#miso");
    assert_eq!(words[0].members, 60);
    let all: Vec<&str> = words.iter().map(|word| &*word.word).collect();
    for word in ["miso", "market", "nori", "kitchen"] {
        assert!(!all.contains(&word), "{word} in {all:?}");
    }
    // Four people are too few to say anything of, and everybody is set apart from nobody.
    assert_eq!(found(&sixty[..4]), []);
    let everybody: Vec<PersonId> = (0..300).map(find).collect();
    assert_eq!(found(&everybody), []);
}

fn with_sample(data: &Path) -> Harness<'static, App> {
    let mut window = window(data, vec![Command::OpenSample]);
    until(&mut window, "the finished map", is_ready);
    window
}

fn n_selected(window: &Harness<'_, App>) -> usize {
    window.state().model().selected.len()
}

#[test]
fn keys_select_everybody_others_and_neighbours() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    let map = window.state().model().map.as_ref().expect("a map");
    let graph = map.results.graph.clone();
    let person = *map.ranking.first().expect("a bridge");
    ask(&mut window, [Command::Select(vec![person])]);

    window.key_press(Key::N);
    window.run_steps(3);
    let near = graph.ties.connections(person.index());
    assert_eq!(n_selected(&window), near + 1);
    window.key_press_modifiers(Modifiers::COMMAND, Key::I);
    window.run_steps(3);
    assert_eq!(n_selected(&window), graph.n_people() - near - 1);
    assert!(!window.state().model().is_selected(person));
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(3);
    assert_eq!(n_selected(&window), graph.n_people());
    // In a text field these keys belong to the field.
    ask(&mut window, [Command::Select(Vec::new()), Command::Find]);
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(3);
    assert_eq!(n_selected(&window), 0);
}

#[test]
fn kept_selections_are_chips_with_names_that_come_back_and_are_hidden_with_names() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    let ids = |range: std::ops::Range<u32>| range.map(PersonId).collect::<Vec<_>>();
    ask(
        &mut window,
        [
            Command::ShowTab(Tab::Person),
            Command::Select(ids(0..5)),
            Command::StoreSelection(1),
            Command::Select(ids(3..10)),
            Command::StoreSelection(2),
            Command::Selection(SelectCommand::NameSet(2, " Ana's cooks ".to_owned())),
        ],
    );
    window.run_steps(3);
    window.get_by_label("Selection 1, 5 people");
    window.get_by_label("Selection 2, Ana's cooks, 7 people");
    window.get_by_label("Selection 1, 5 people").click();
    window.run_steps(3);
    assert_eq!(window.state().model().selected, ids(0..5));
    ask(&mut window, [Command::Selection(SelectCommand::Add(2))]);
    assert_eq!(window.state().model().selected, ids(0..10));
    ask(&mut window, [Command::Selection(SelectCommand::TakeOut(1))]);
    assert_eq!(window.state().model().selected, ids(5..10));

    ask(&mut window, [Command::SetNameMask(NameMask::Numbers)]);
    window.run_steps(4);
    window.get_by_label("Selection 2, 7 people");
    assert!(window.query_by_label_contains("Ana's cooks").is_none());
    ask(&mut window, [Command::SetNameMask(NameMask::Shown)]);
    window.run_steps(4);

    ask(
        &mut window,
        [Command::Selection(SelectCommand::ForgetSet(1))],
    );
    until(&mut window, "the disk", |app| app.model().saved);
    assert!(window.query_by_label("Selection 1, 5 people").is_none());
    ask(&mut window, [Command::CloseMap]);
    window.run_steps(3);
    ask(&mut window, [Command::OpenSample]);
    until(&mut window, "the map again", is_ready);
    let model = window.state().model();
    assert_eq!(model.selections.keys().copied().collect::<Vec<_>>(), [2]);
    assert_eq!(
        model.selection_names.get(&2).map(String::as_str),
        Some("Ana's cooks")
    );
}

#[test]
fn only_who_is_near_the_selection_becomes_the_filter_as_a_step_that_can_be_undone() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    let person = PersonId(7);
    let near = |window: &Harness<'_, App>| window.state().model().campaign.map.filter.near.clone();
    ask(
        &mut window,
        [
            Command::Select(vec![person]),
            Command::Selection(SelectCommand::ShowNear(2)),
        ],
    );
    let map = window.state().model().map.as_ref().expect("a map");
    let key = map.results.graph.people[7].key.to_string();
    let filter = near(&window).expect("a filter");
    assert_eq!((filter.steps, filter.people), (2, BTreeSet::from([key])));
    ask(&mut window, [Command::Undo]);
    assert_eq!(near(&window), None);
}
