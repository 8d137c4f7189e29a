//! The card of a community, used by label as a person would.

use std::sync::Arc;

use egui_kittest::kittest::Queryable as _;
use isthmus::analysis::{CommunityId, WordUse};
use isthmus::app::{Command, Tab};
use isthmus::explore::{Activity, CommunityFacts, Neighbour, Shared, TopPeople};

use super::fixture::{Window, harness};
use super::{SIZE, click};

const FOODIES: CommunityId = CommunityId(0);
const GARDENERS: CommunityId = CommunityId(1);

/// The made-up map, with the card of Foodies open.
fn window() -> Window {
    let mut window = Window::with_map();
    let (ana, ben) = (window.id("ana_sushi"), window.id("ben"));
    let map = window.model.map.as_mut().expect("a map");
    let mut results = (*map.results).clone();
    let mut analysis = (*results.analysis).clone();
    let foodies = &mut analysis.communities.list[0];
    foodies.alternatives = vec!["#sushilove".to_owned(), "around @ana_sushi".to_owned()];
    foodies.evidence = vec![WordUse {
        word: "sushi".to_owned(),
        members: 3,
        others: 2,
        z: 4.0,
    }];
    results.analysis = Arc::new(analysis);
    map.results = Arc::new(results);
    map.found = map.results.clone();
    let shared = |what: &str, people| Shared {
        what: what.to_owned(),
        people,
    };
    map.closer.community = Some(Arc::new(CommunityFacts {
        community: FOODIES,
        reach_unknown: 1,
        posts: 5,
        writers: 3,
        hashtags: vec![shared("#sushilove", 2)],
        addresses: vec![shared("example.org/menu", 1)],
        top: TopPeople {
            connections: vec![ana, ben],
            reach: vec![ana],
            bridges: Vec::new(),
        },
        neighbours: vec![Neighbour {
            community: GARDENERS,
            ties: 1,
            strength: 0.7,
            interactions: 1.0,
            joining: vec![(ana, 0.4)],
        }],
        sounds: [0; 3],
        languages: vec![("en".to_owned(), 4), ("pt".to_owned(), 1)],
        other_languages: 0,
        activity: Activity {
            first_day: 20_605,
            days: 1,
            counts: vec![2, 0, 3],
            left_out: 0,
        },
    }));
    window.model.community = Some(FOODIES);
    window.model.tab = Tab::Community;
    window
}

#[test]
fn the_card_tells_figures_words_and_days() {
    let window = harness(window(), [1400.0, 1500.0]);
    window.get_by_label("People 3 33 % of all");
    window.get_by_label("Reach 13.2k unknown for 1");
    window.get_by_label("Posts 5 50 % of all, by 3 people");
    window.get_by_label("sushi, used by 3 people here and 2 elsewhere");
    window.get_by_label("en, 4 posts, 80 %");
    window.get_by_label("pt, 1 post, 20 %");
    window.get_by_label(
        "Posts by day (UTC): 5 posts from 1 Jun 2026 to 3 Jun 2026, most of them, 3, on 3 Jun 2026",
    );
    // The file tells of no post how it sounds.
    assert!(window.query_by_label("How posts sound").is_none());
}

#[test]
fn another_name_isolating_and_selecting_are_one_click() {
    let mut window = harness(window(), [1400.0, 1500.0]);
    let name = "#sushilove".to_owned();
    assert_eq!(
        click(&mut window, "Call it #sushilove"),
        [Command::NameCommunity(FOODIES, name)]
    );
    assert_eq!(
        click(&mut window, "Isolate"),
        [Command::Isolate(Some(FOODIES))]
    );
    let members = ["ana_sushi", "ben", "cleo"].map(|key| window.state().id(key));
    assert_eq!(
        click(&mut window, "Select all"),
        [Command::Select(members.to_vec())]
    );
    assert_eq!(
        click(&mut window, "Close the card"),
        [Command::ShowCommunity(None)]
    );
}

#[test]
fn people_and_neighbours_lead_further() {
    let mut window = harness(window(), [1400.0, 1500.0]);
    let (ana, ben) = (window.state().id("ana_sushi"), window.state().id("ben"));
    assert_eq!(
        click(&mut window, "Show Ben, 2 connections"),
        [Command::ShowPerson(ben)]
    );
    assert_eq!(
        click(&mut window, "Add Ben to the list"),
        [Command::AddToList(vec![ben])]
    );
    click(&mut window, "Reach");
    assert!(window.query_by_label_contains("Show Ben,").is_none());
    window.get_by_label("Show Ana Sushi, reach 12.4k");
    click(&mut window, "Bridge score");
    assert_eq!(
        click(&mut window, "About Gardeners, 1 tie"),
        [Command::ShowCommunity(Some(GARDENERS))]
    );
    assert_eq!(
        click(&mut window, "Show Ana Sushi, who joins it with Gardeners"),
        [Command::ShowPerson(ana)]
    );
}

#[test]
fn the_panel_of_communities_opens_the_card() {
    let mut window = harness(Window::with_map(), SIZE);
    assert_eq!(
        click(&mut window, "About Foodies"),
        [Command::ShowCommunity(Some(FOODIES))]
    );
    window.get_by_label("Menu of Foodies").click();
    window.run_ok();
    assert_eq!(
        click(&mut window, "About"),
        [Command::ShowCommunity(Some(FOODIES))]
    );
}
