//! A part of the map in the scene: what is left out or dimmed, and what the legend says of it.

use std::sync::Arc;

use isthmus::explore::{PartCounts, ShownPart};
use isthmus::people::PersonId;
use isthmus::render::{Light, MapStyle, PartStyle};

use super::{bridges, world};

/// Ana, Ben, Chiara and Dan, without the tie between Ana and Ben; that between Ben and Dan is weaker than in the graph.
fn style(dims: bool) -> MapStyle {
    let world = world();
    let ties = &world.graph.ties;
    let mut strengths = ties.strength.clone();
    for i in 0..ties.n_people() {
        for at in ties.offsets[i]..ties.offsets[i + 1] {
            let at = at as usize;
            match (i, ties.neighbours[at]) {
                (0, 1) | (1, 0) => strengths[at] = 0.0,
                (1, 3) | (3, 1) => strengths[at] = 1.0,
                _ => {}
            }
        }
    }
    let part = ShownPart {
        people: vec![true, true, true, true, false, false, false],
        posts: None,
        strengths: Some(strengths),
        counts: PartCounts {
            people: 4,
            tied: 4,
            all_people: 7,
            ties: 3,
            all_ties: 6,
            ..PartCounts::default()
        },
    };
    MapStyle {
        part: Some(PartStyle {
            part: Arc::new(part),
            dims,
            words: "replies".to_owned(),
        }),
        ..MapStyle::default()
    }
}

fn ties(style: &MapStyle, light: impl Fn(Light) -> bool) -> Vec<(u32, u32, f32)> {
    let scene = world().scene(style);
    let person = |dot: u32| scene.dots[dot as usize].person.0;
    let lines = scene.ties.iter().filter(|tie| light(tie.light));
    let mut ties: Vec<(u32, u32, f32)> = lines
        .map(|tie| {
            let (a, b) = (person(tie.a), person(tie.b));
            (a.min(b), a.max(b), tie.strength)
        })
        .collect();
    ties.sort_by_key(|(a, b, _)| (*a, *b));
    ties
}

#[test]
fn what_is_not_in_the_part_is_left_out() {
    let scene = world().scene(&style(false));
    let mut people: Vec<u32> = scene.dots.iter().map(|dot| dot.person.0).collect();
    people.sort_unstable();
    assert_eq!(people, [0, 1, 2, 3]);
    // log2(1 + 3) and log2(1 + 1) as in the graph, and the weaker one.
    let expected = [(0, 2, 2.0), (1, 2, 1.0), (1, 3, 1.0)];
    assert_eq!(ties(&style(false), |_| true), expected);
}

#[test]
fn or_it_is_dimmed_and_so_are_its_ties() {
    let scene = world().scene(&style(true));
    let dimmed = |dot: &&isthmus::render::Dot| dot.light == Light::Dimmed;
    let mut people: Vec<u32> = scene
        .dots
        .iter()
        .filter(dimmed)
        .map(|d| d.person.0)
        .collect();
    people.sort_unstable();
    assert_eq!(people, [4, 5]);
    let plain = [(0, 2, 2.0), (1, 2, 1.0), (1, 3, 1.0)];
    assert_eq!(ties(&style(true), |light| light == Light::Plain), plain);
    let behind: Vec<(u32, u32)> = ties(&style(true), |light| light == Light::Dimmed)
        .iter()
        .map(|(a, b, _)| (*a, *b))
        .collect();
    assert_eq!(behind, [(0, 1), (0, 5), (3, 4)]);
}

#[test]
fn the_legend_counts_the_part_and_says_what_it_is() {
    for dims in [false, true] {
        let legend = world().scene(&style(dims)).legend;
        let lines: Vec<(&str, u32)> = (legend.communities.iter())
            .map(|line| (line.name.as_str(), line.people))
            .collect();
        assert_eq!(lines, [("sushi", 3), ("ramen", 1)]);
        assert_eq!(legend.notes[0], "Part: replies");
        assert_eq!(legend.notes[1], "4 of 7 people shown");
        let told = |words: &str| legend.notes.iter().any(|note| note.contains(words));
        assert!(!told("not drawn") && !told("hidden"));
    }
}

#[test]
fn only_people_of_the_part_are_named_and_communities_with_some_there() {
    let mut style = style(true);
    let part = &mut style.part.as_mut().expect("a part").part;
    Arc::make_mut(part).people[3] = false;
    let mut named: Vec<String> = (world().scene(&style).labels.into_iter())
        .map(|label| label.text)
        .collect();
    named.sort();
    assert_eq!(named, ["Ana", "Ben", "Chiara", "sushi"]);
}

#[test]
fn only_bridges_of_the_part_are_ringed() {
    let mut ringed = MapStyle {
        part: style(true).part,
        ..bridges(4)
    };
    let people = |style: &MapStyle| -> Vec<PersonId> {
        let scene = world().scene(style);
        let dots = scene.dots.iter().filter(|dot| dot.ringed);
        dots.map(|dot| dot.person).collect()
    };
    let mut all = people(&ringed);
    all.sort_unstable();
    assert_eq!(all, [0, 1, 3].map(PersonId), "those with a score");
    let part = &mut ringed.part.as_mut().expect("a part").part;
    Arc::make_mut(part).people[1] = false;
    let mut fewer = people(&ringed);
    fewer.sort_unstable();
    assert_eq!(fewer, [0, 3].map(PersonId));
}
