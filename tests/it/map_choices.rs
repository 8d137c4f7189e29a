//! What the person decided about the map: names, colours, merges, another grouping, in facts, pictures and files.

use std::collections::BTreeSet;
use std::sync::Arc;

use isthmus::analysis::{Analysis, AnalysisSettings, Resolution, analyse};
use isthmus::campaign::{CommunityLook, MapChoices};
use isthmus::export::csv;
use isthmus::layout::Positions;
use isthmus::people::{ConversationGraph, Person, PersonId, Posts, Ties};
use isthmus::progress::Progress;
use isthmus::render::{Camera, MapStyle, PictureStyle, Theme, palette, raster, scene, svg};
use isthmus::session::{self, Conversation, Results, Seconds, WalkSettings};

/// People of one circle, all tied to each other.
const CIRCLE: usize = 10;

fn person(i: usize) -> Person {
    let name = format!("{}{}", ["a", "b", "c"][i / CIRCLE], i % CIRCLE);
    Person {
        key: name.as_str().into(),
        handle: name.as_str().into(),
        name: name.as_str().into(),
        reach: None,
        posts: 1,
        given_community: None,
        given_place: None,
        given_colour: None,
    }
}

/// Three circles of ten. a0 is tied to five of the second and five of the third, a1 to five of the second.
fn circles() -> ConversationGraph {
    let mut pairs = Vec::new();
    for circle in 0..3 {
        for i in 0..CIRCLE {
            for j in i + 1..CIRCLE {
                let at = |i: usize| (circle * CIRCLE + i) as u32;
                pairs.push((at(i), at(j), 4.0));
            }
        }
    }
    for i in 0..5 {
        pairs.push((0, 10 + i, 2.0));
        pairs.push((0, 20 + i, 2.0));
        pairs.push((1, 15 + i, 2.0));
    }
    ConversationGraph {
        people: (0..3 * CIRCLE).map(person).collect(),
        ties: Arc::new(Ties::from_pairs(3 * CIRCLE, &pairs)),
        ..ConversationGraph::default()
    }
}

fn analysed(graph: &ConversationGraph, settings: &AnalysisSettings) -> Analysis {
    let (analysis, _) =
        analyse(graph, &Posts::default(), settings, &Progress::new()).expect("nobody cancels");
    analysis
}

fn results(graph: ConversationGraph) -> Results {
    let settings = WalkSettings::default();
    let analysis = analysed(&graph, &settings.analysis);
    let sizes = isthmus::analysis::dot_sizes(&graph, &analysis, isthmus::analysis::SizeBy::Reach);
    Results {
        conversation: Arc::new(Conversation {
            files: Vec::new(),
            posts: Posts::default(),
            report: isthmus::import::ImportReport::default(),
            seconds: 0.0,
        }),
        settings,
        graph: Arc::new(graph),
        analysis: Arc::new(analysis),
        sizes: Arc::new(sizes),
        seconds: Seconds::default(),
    }
}

fn joined(a: &str, b: &str) -> BTreeSet<[String; 2]> {
    [[a.to_owned(), b.to_owned()]].into()
}

fn look(name: Option<&str>, colour: Option<u8>) -> CommunityLook {
    CommunityLook {
        name: name.map(str::to_owned),
        colour,
    }
}

/// Everybody at the corner of a square of their own.
fn places(n: usize) -> Positions {
    let place = |i: usize| [(i % CIRCLE) as f32 * 30.0, (i / CIRCLE) as f32 * 60.0];
    Positions {
        xy: (0..n).map(place).collect(),
    }
}

/// Which of the first letters are together, and how large each community is.
fn sizes(analysis: &Analysis) -> Vec<u32> {
    analysis.communities.list.iter().map(|c| c.people).collect()
}

#[test]
fn two_circles_joined_are_one_community_and_bridges_count_what_is_left_outside() {
    let graph = circles();
    let apart = analysed(&graph, &AnalysisSettings::default());
    assert_eq!(sizes(&apart), [10, 10, 10]);
    assert!(apart.bridges.score[0] > apart.bridges.score[1]);
    assert!(apart.bridges.score[1] > 0.0);

    let settings = AnalysisSettings {
        joined: joined("a5", "b7"),
        ..AnalysisSettings::default()
    };
    let one = analysed(&graph, &settings);
    assert_eq!(sizes(&one), [20, 10]);
    // What a file would give that says so: another way to the same grouping.
    let mut told = circles();
    for (i, person) in told.people.iter_mut().enumerate() {
        let name = if i < 2 * CIRCLE { "both" } else { "third" };
        person.given_community = Some(name.into());
    }
    let settings = AnalysisSettings {
        communities_from_file: true,
        ..AnalysisSettings::default()
    };
    let given = analysed(&told, &settings);
    assert_eq!(one.communities.of, given.communities.of);
    for (ours, theirs) in one.bridges.score.iter().zip(&given.bridges.score) {
        // All five runs are joined: the mean over them is the one grouping's score.
        assert!((ours - theirs).abs() < 1e-12, "{ours} and {theirs}");
    }
    assert_eq!(one.bridges.score[1], 0.0, "a1 reaches nobody outside now");
    assert_eq!(one.bridges.connections_across[1], 0);
    assert_eq!(one.bridges.connections_across[0], 5, "those of the third");
    assert_eq!(one.bridges.communities_reached[0], 1);
    assert!(one.communities.sure.iter().all(|sure| *sure >= 1.0));
}

#[test]
fn pairs_hang_together_and_a_stranger_joins_nothing() {
    let graph = circles();
    let mut both = joined("a1", "b1");
    both.insert(["b9".into(), "c0".into()]);
    both.insert(["nobody".into(), "c0".into()]);
    let settings = AnalysisSettings {
        joined: both,
        ..AnalysisSettings::default()
    };
    assert_eq!(sizes(&analysed(&graph, &settings)), [30]);
    let settings = AnalysisSettings {
        joined: joined("nobody", "a1"),
        ..AnalysisSettings::default()
    };
    assert_eq!(
        analysed(&graph, &settings),
        analysed(&graph, &AnalysisSettings::default())
    );
}

#[test]
fn a_look_is_worn_where_its_member_sits_and_can_be_taken_off() {
    let found = results(circles());
    let mut choices = MapChoices::default();
    assert!(Arc::ptr_eq(
        &session::dressed(&found, &choices).analysis,
        &found.analysis
    ));
    choices
        .looks
        .insert("b3".into(), look(Some("Ramen people"), Some(7)));
    let of = |results: &Results, key: &str| {
        let person = results.graph.find(key).expect("is there");
        results.analysis.communities.of[person.index()].expect("has ties")
    };
    let dressed = session::dressed(&found, &choices);
    let home = of(&dressed, "b0");
    let community = &dressed.analysis.communities.list[home.index()];
    assert_eq!(
        (&*community.name, community.colour),
        ("Ramen people", Some(7))
    );
    let others = dressed.analysis.communities.list.iter().enumerate();
    for (at, other) in others.filter(|(at, _)| *at != home.index()) {
        assert_eq!(other, &found.analysis.communities.list[at]);
    }

    // Another grouping has other numbers; the look is where b3 is.
    let both = joined("b3", "c0");
    let wanted = MapChoices {
        joined: both.clone(),
        ..MapChoices::default()
    };
    let again = session::regrouped(&found, &wanted, &Progress::new());
    let again = again.expect("nobody cancels");
    assert!(Arc::ptr_eq(&again.graph, &found.graph));
    assert_eq!(again.settings.analysis.joined, both);
    let dressed = session::dressed(&again, &choices);
    let list = &dressed.analysis.communities.list;
    assert_eq!(list[of(&dressed, "c9").index()].name, "Ramen people");
    assert_ne!(list[of(&dressed, "a9").index()].name, "Ramen people");
}

#[test]
fn regrouped_is_as_if_it_had_been_asked_for_at_first() {
    let found = results(circles());
    let progress = Progress::new();
    for resolution in [
        Resolution::Fixed(0.5),
        Resolution::Fixed(2.8),
        Resolution::Auto,
    ] {
        let wanted = MapChoices {
            resolution,
            ..MapChoices::default()
        };
        let again = session::regrouped(&found, &wanted, &progress);
        let settings = AnalysisSettings {
            resolution,
            ..AnalysisSettings::default()
        };
        let again = again.expect("nobody cancels");
        assert_eq!(*again.analysis, analysed(&found.graph, &settings));
        assert_eq!(again.settings.analysis, settings);
    }
}

#[test]
fn a_chosen_colour_is_the_same_in_picture_file_and_legend() {
    let found = results(circles());
    let mut choices = MapChoices::default();
    choices
        .looks
        .insert("a0".into(), look(Some("Mine"), Some(11)));
    let dressed = session::dressed(&found, &choices);
    let positions = places(30);
    let style = MapStyle {
        theme: Theme::Light,
        ..MapStyle::default()
    };
    let drawn = |results: &Results| {
        let (graph, analysis) = (&results.graph, &results.analysis);
        scene(graph, analysis, &positions, &results.sizes, &style)
    };
    let map = drawn(&dressed);
    let chosen = palette(Theme::Light).communities[11];
    let line = map
        .legend
        .communities
        .iter()
        .find(|line| line.name == "Mine");
    assert_eq!(line.map(|line| line.colour), Some(chosen));

    // The first person's dot, on the CPU.
    let camera = Camera {
        centre: positions.xy[0],
        zoom: 4.0,
    };
    let pixels = raster(&map, camera, Theme::Light, [40, 40], &Progress::new());
    let pixels = pixels.expect("nobody cancels");
    let at = (20 * 40 + 20) * 4;
    assert_eq!(
        pixels.rgba[at..at + 3],
        [chosen.0, chosen.1, chosen.2],
        "the middle of the dot"
    );

    let hex = format!("#{:02x}{:02x}{:02x}", chosen.0, chosen.1, chosen.2);
    let file = |map| {
        let size = PictureStyle::new(Theme::Light, [900, 600]);
        let bytes = svg(map, &size, &Progress::new()).expect("nobody cancels");
        String::from_utf8(bytes).expect("text")
    };
    assert!(file(&map).contains(&hex));
    assert!(
        !file(&drawn(&found)).contains(&hex),
        "not without the choice"
    );
}

#[test]
fn a_colour_beyond_the_twelve_is_none_and_a_small_group_stays_grey() {
    let mut found = results(circles());
    let colours = palette(Theme::Dark);
    let at = |results: &Results, id: u32| {
        let id = isthmus::analysis::CommunityId(id);
        colours.community(&results.analysis.communities, id)
    };
    let analysis = Arc::make_mut(&mut found.analysis);
    analysis.communities.list[1].colour = Some(12);
    analysis.communities.list[2].colour = Some(3);
    assert_eq!(at(&found, 1), colours.communities[1]);
    assert_eq!(at(&found, 2), colours.communities[3]);
    Arc::make_mut(&mut found.analysis).communities.list[2].small = true;
    assert_eq!(at(&found, 2), colours.small);
}

#[test]
fn tables_call_communities_as_the_person_does() {
    let found = results(circles());
    let mut choices = MapChoices::default();
    choices
        .looks
        .insert("c4".into(), look(Some("Night shift"), None));
    let dressed = session::dressed(&found, &choices);
    let mut people = Vec::new();
    csv::people(&dressed.graph, &dressed.analysis, &places(30), &mut people).expect("memory");
    let people = String::from_utf8(people).expect("text");
    let named = people.lines().filter(|row| row.contains("Night shift"));
    assert_eq!(named.count(), CIRCLE);
    let mut communities = Vec::new();
    csv::communities(&dressed.analysis, &mut communities).expect("memory");
    let communities = String::from_utf8(communities).expect("text");
    assert_eq!(communities.matches("Night shift").count(), 1);
    assert_eq!(found.graph.find("c4"), Some(PersonId(24)));
}
