//! Who is shown, in which light, in which order; what the legend says.

use isthmus::analysis::{Analysis, CommunityId, DotSizes, SizeBy};
use isthmus::campaign::Campaign;
use isthmus::campaign::plan::{Audience, outcome};
use isthmus::layout::Positions;
use isthmus::people::{ConversationGraph, PersonId, Ties};
use isthmus::render::{LabelOf, Light, MapScene, MapStyle, Theme, TieLine, TouchedPeople, palette};

use super::{World, bridges, community, person, world};

fn lights(map: &MapScene) -> Vec<(u32, Light)> {
    let mut lights: Vec<_> = map.dots.iter().map(|d| (d.person.0, d.light)).collect();
    lights.sort_unstable_by_key(|l| l.0);
    lights
}

/// The two people of a tie, smaller number first.
fn ends(map: &MapScene, tie: &TieLine) -> (u32, u32) {
    let (a, b) = (
        map.dots[tie.a as usize].person.0,
        map.dots[tie.b as usize].person.0,
    );
    (a.min(b), a.max(b))
}

#[test]
fn everybody_with_a_place_is_shown_large_before_small() {
    let map = world().scene(&MapStyle::default());
    let order: Vec<u32> = map.dots.iter().map(|d| d.person.0).collect();
    assert_eq!(order, [1, 3, 0, 4, 5, 2], "by radius; Gus has no place");
    assert!(
        map.dots
            .iter()
            .all(|d| d.light == Light::Plain && !d.ringed)
    );
    assert_eq!(map.ties.len(), 6);
    assert_eq!(map.bounds, ([-31.2, -6.0], [81.5, 21.0]));
    let hollow: Vec<u32> = map
        .dots
        .iter()
        .filter(|d| d.hollow)
        .map(|d| d.person.0)
        .collect();
    assert_eq!(hollow, [2], "only Chiara's reach is unknown");
}

#[test]
fn colours_follow_the_community_and_ties_across_blend() {
    let map = world().scene(&MapStyle::default());
    let colours = palette(Theme::Dark);
    for dot in &map.dots {
        let expected = match dot.person.0 {
            0..=2 => colours.communities[0],
            3 | 4 => colours.communities[1],
            _ => colours.small,
        };
        assert_eq!(dot.colour, expected, "{:?}", dot.person);
    }
    for tie in &map.ties {
        let across = matches!(ends(&map, tie), (1, 3) | (0, 5));
        assert_eq!(tie.across, across);
        let plain = colours.communities.contains(&tie.colour);
        assert_eq!(plain, !across, "across no community's own colour is used");
    }
}

#[test]
fn bridges_are_lit_and_their_neighbours_across_stay_plain() {
    let map = world().scene(&bridges(1));
    let (dimmed, plain, lit) = (Light::Dimmed, Light::Plain, Light::Lit);
    assert_eq!(
        lights(&map),
        [
            (0, dimmed),
            (1, lit),
            (2, dimmed),
            (3, plain),
            (4, dimmed),
            (5, dimmed)
        ]
    );
    assert!(map.dots.iter().all(|d| d.ringed == (d.person.0 == 1)));
    let last = map.dots.last().expect("six people");
    assert_eq!(last.person, PersonId(1), "lit ones are drawn last");
    for tie in &map.ties {
        let expected = if ends(&map, tie) == (1, 3) {
            lit
        } else {
            dimmed
        };
        assert_eq!(tie.light, expected);
    }
    assert_eq!(ends(&map, &map.ties[5]), (1, 3), "lit ties come last");
    assert_eq!(map.labels[0].of, LabelOf::Person(PersonId(1)));
}

#[test]
fn nobody_without_a_score_is_a_bridge() {
    let map = world().scene(&bridges(25));
    let mut ringed: Vec<u32> = map
        .dots
        .iter()
        .filter(|d| d.ringed)
        .map(|d| d.person.0)
        .collect();
    ringed.sort_unstable();
    assert_eq!(ringed, [0, 1, 3]);
    assert_eq!(map.legend.notes[0], "ring: one of the 3 best bridges");
}

#[test]
fn hidden_communities_are_left_out_and_colours_stay() {
    let style = MapStyle {
        hidden: vec![CommunityId(0), CommunityId(99)],
        ..MapStyle::default()
    };
    let map = world().scene(&style);
    let people: Vec<u32> = map.dots.iter().map(|d| d.person.0).collect();
    assert_eq!(people, [3, 4, 5]);
    assert_eq!(map.ties.len(), 1);
    assert_eq!(map.dots[0].colour, palette(Theme::Dark).communities[1]);
    assert!(map.legend.notes.contains(&"3 people are hidden".to_owned()));
    assert!(map.legend.communities.iter().all(|c| c.name != "sushi"));
    assert!(
        map.labels
            .iter()
            .all(|l| l.of != LabelOf::Community(CommunityId(0)))
    );
}

#[test]
fn an_isolated_community_is_lit_and_the_rest_dimmed() {
    let style = MapStyle {
        isolated: Some(CommunityId(1)),
        ..MapStyle::default()
    };
    let map = world().scene(&style);
    for dot in &map.dots {
        let inside = matches!(dot.person.0, 3 | 4);
        assert_eq!(dot.light == Light::Lit, inside);
        assert_eq!(dot.light == Light::Dimmed, !inside);
    }
    for tie in &map.ties {
        assert_eq!(tie.light == Light::Lit, ends(&map, tie) == (3, 4));
    }
}

#[test]
fn the_legend_counts_people_and_says_what_things_mean() {
    let mut world = world();
    let legend = world.scene(&MapStyle::default()).legend;
    let lines: Vec<_> = legend
        .communities
        .iter()
        .map(|c| (c.name.as_str(), c.people, c.community.map(|c| c.0)))
        .collect();
    assert_eq!(
        lines,
        [
            ("sushi", 3, Some(0)),
            ("ramen", 2, Some(1)),
            ("Small groups", 1, None)
        ]
    );
    assert_eq!(legend.size, "size: followers");
    let sizes: Vec<&str> = legend.sizes.iter().map(|(text, _)| text.as_str()).collect();
    assert_eq!(sizes, ["100", "1,000", "1.5M"]);
    assert_eq!(
        legend.notes,
        [
            "hollow: followers unknown (1)",
            "1 person without ties is not drawn",
            "tie colour: within a community its colour, across a blend"
        ]
    );
    world.sizes.by = SizeBy::BridgeScore;
    world.sizes.examples = vec![(0.02, 2.0), (0.5, 4.0), (5.0, 7.0)];
    let legend = world.scene(&MapStyle::default()).legend;
    let sizes: Vec<&str> = legend.sizes.iter().map(|(text, _)| text.as_str()).collect();
    assert_eq!(sizes, ["0.02", "0.5", "5"]);
    world.sizes.by = SizeBy::Connections;
    world.sizes.unknown = 4;
    let map = world.scene(&MapStyle::default());
    assert_eq!(
        map.legend.size,
        "size: connections (followers are unknown for most)"
    );
    assert!(
        map.dots.iter().all(|d| !d.hollow),
        "size is not about reach"
    );
}

#[test]
fn communities_beyond_the_twelfth_share_one_line_and_one_grey() {
    let mut world = world();
    world.analysis.communities.list = (0..15)
        .map(|i| community(&format!("c{i}"), 100 - i, false))
        .collect();
    world.analysis.communities.of[4] = Some(CommunityId(13));
    let map = world.scene(&MapStyle::default());
    let last = &map.legend.communities[12];
    assert_eq!(map.legend.communities.len(), 13);
    assert_eq!(
        (last.name.as_str(), last.people),
        ("Other communities", 88 + 87 + 86)
    );
    let eli = map.dots.iter().find(|d| d.person.0 == 4).expect("Eli");
    assert_eq!(eli.colour, palette(Theme::Dark).other);
}

#[test]
fn the_first_ties_are_a_fair_sample_by_strength() {
    // 2,000 ties of strength 1 (w = 1) and 4 (w = 15), alternating. The first draw is a strong one with 4/5; by the 500th
    // about 390 of 1,000 strong ones are gone, so about 0.77 of the first 500 are strong. Standard deviation below 0.02.
    let n = 4_000;
    let pairs: Vec<(u32, u32, f64)> = (0..2_000u32)
        .map(|i| (2 * i, 2 * i + 1, if i % 2 == 0 { 1.0 } else { 15.0 }))
        .collect();
    let world = World {
        graph: ConversationGraph {
            people: (0..n).map(|i| person(&format!("p{i:04}"), None)).collect(),
            ties: std::sync::Arc::new(Ties::from_pairs(n, &pairs)),
            ..ConversationGraph::default()
        },
        analysis: Analysis::default(),
        positions: Positions {
            xy: (0..n).map(|i| [i as f32, 0.0]).collect(),
        },
        sizes: DotSizes::default(),
    };
    let map = world.scene(&MapStyle::default());
    assert_eq!(map.ties.len(), 2_000);
    let strong = map.ties[..500].iter().filter(|t| t.strength > 2.0).count();
    assert!((350..=420).contains(&strong), "{strong} of 500");
    assert_eq!(map, world.scene(&MapStyle::default()));
}

#[test]
fn a_map_of_touches_is_coloured_by_how_often_people_are_touched() {
    let world = world();
    // Ana is tied to Ben and Chiara, Dan to Ben alone, Eli and Fay to neither.
    let audience = Audience::new(&world.graph, &world.analysis, &Campaign::default());
    let plan = outcome(&audience, &[PersonId(1), PersonId(2)]);
    let touched = TouchedPeople::of_plan(&audience, &plan, "My list");
    let map = world.scene(&MapStyle {
        touches: Some(std::sync::Arc::new(touched)),
        ..MapStyle::default()
    });
    let colours = palette(Theme::Dark);
    let of = |i: u32| {
        map.dots
            .iter()
            .find(|d| d.person.0 == i)
            .expect("on the map")
    };
    assert_eq!((of(0).colour, of(0).light), (colours.fire, Light::Plain));
    assert_eq!((of(3).colour, of(3).light), (colours.ember, Light::Plain));
    for nobody in [4, 5] {
        assert_eq!(
            (of(nobody).colour, of(nobody).light),
            (colours.small, Light::Dimmed)
        );
    }
    for chosen in [1, 2] {
        assert!(of(chosen).ringed && of(chosen).light == Light::Lit);
        assert_eq!(of(chosen).colour, colours.communities[0]);
    }
    for tie in &map.ties {
        let (a, b) = ends(&map, tie);
        let lit = [a, b].iter().any(|i| matches!(i, 1 | 2));
        assert_eq!(tie.light == Light::Lit, lit);
    }
    let lines = map
        .legend
        .communities
        .iter()
        .map(|c| (c.name.as_str(), c.people));
    assert_eq!(
        lines.collect::<Vec<_>>(),
        [
            ("touched at least twice", 1),
            ("touched once", 1),
            ("touched by nobody", 2)
        ]
    );
    assert_eq!(map.legend.notes[0], "ring: My list (2 people)");
}
