//! The map as a scene, as pixels, with names and a legend: what the tests share.

mod colours;
mod names;
mod part;
mod pictures;
mod pixels;
mod scene;
mod vectors;
mod views;

use isthmus::analysis::{Analysis, Bridges, Communities, Community, CommunityId, DotSizes, SizeBy};
use isthmus::layout::Positions;
use isthmus::people::{ConversationGraph, Person, PersonId, Ties};
use isthmus::render::{
    Camera, Dot, Light, MapScene, MapStyle, Picture, Placed, Placing, Rgb, TieLine,
};

pub(super) struct World {
    pub(super) graph: ConversationGraph,
    pub(super) analysis: Analysis,
    pub(super) positions: Positions,
    pub(super) sizes: DotSizes,
}

impl World {
    pub(super) fn scene(&self, style: &MapStyle) -> MapScene {
        isthmus::render::scene(
            &self.graph,
            &self.analysis,
            &self.positions,
            &self.sizes,
            style,
        )
    }
}

pub(super) fn person(name: &str, reach: Option<f64>) -> Person {
    Person {
        key: name.to_lowercase().into(),
        handle: name.into(),
        name: name.into(),
        reach,
        posts: 1,
        given_community: None,
        given_place: None,
        given_colour: None,
    }
}

pub(super) fn community(name: &str, people: u32, small: bool) -> Community {
    Community {
        name: name.to_owned(),
        words: Vec::new(),
        alternatives: Vec::new(),
        evidence: Vec::new(),
        people,
        reach: 0.0,
        ties_inside: 0,
        ties_outside: 0,
        small,
        member: PersonId(0),
        colour: None,
    }
}

/// Ana, Ben, Chiara (community 0), Dan, Eli (1), Fay (2, a small group), Gus (no ties). Ben joins 0 with 1; Fay hangs on Ana.
pub(super) fn world() -> World {
    let names = ["Ana", "Ben", "Chiara", "Dan", "Eli", "Fay", "Gus"];
    let reach = [
        Some(50.0),
        Some(9_000.0),
        None,
        Some(700.0),
        Some(20.0),
        Some(10.0),
        Some(1.0),
    ];
    let ties = [
        (0, 1, 1.0),
        (0, 2, 3.0),
        (1, 2, 1.0),
        (1, 3, 7.0),
        (3, 4, 1.0),
        (0, 5, 1.0),
    ];
    let of = [Some(0), Some(0), Some(0), Some(1), Some(1), Some(2), None];
    World {
        graph: ConversationGraph {
            people: names.iter().zip(reach).map(|(n, r)| person(n, r)).collect(),
            ties: std::sync::Arc::new(Ties::from_pairs(7, &ties)),
            ..ConversationGraph::default()
        },
        analysis: Analysis {
            communities: Communities {
                of: of.iter().map(|c| c.map(CommunityId)).collect(),
                list: vec![
                    community("sushi", 3, false),
                    community("ramen", 2, false),
                    community("pets", 1, true),
                ],
                ..Communities::default()
            },
            bridges: Bridges {
                score: vec![0.5, 3.0, 0.0, 2.0, 0.0, 0.0, 0.0],
                rank: vec![3, 1, 4, 2, 5, 6, 7],
                ..Bridges::default()
            },
            ..Analysis::default()
        },
        positions: Positions {
            xy: vec![
                [0.0, 0.0],
                [20.0, 0.0],
                [0.0, 20.0],
                [60.0, 0.0],
                [80.0, 10.0],
                [-30.0, 0.0],
                [f32::NAN; 2],
            ],
        },
        sizes: DotSizes {
            radius: vec![2.0, 6.0, 1.0, 4.0, 1.5, 1.2, 1.0],
            by: SizeBy::Reach,
            unknown: 1,
            examples: vec![(100.0, 2.0), (1_000.0, 4.0), (1_500_000.0, 7.0)],
        },
    }
}

pub(super) fn bridges(n: u32) -> MapStyle {
    MapStyle {
        picture: Picture::Bridges(n),
        ..MapStyle::default()
    }
}

pub(super) fn dot(i: u32, at: [f32; 2], radius: f32, colour: Rgb) -> Dot {
    Dot {
        person: PersonId(i),
        at,
        radius,
        colour,
        hollow: false,
        ringed: false,
        light: Light::Plain,
    }
}

pub(super) fn one_dot() -> MapScene {
    MapScene {
        dots: vec![dot(0, [0.0, 0.0], 5.0, Rgb(200, 30, 90))],
        bounds: ([-5.0, -5.0], [5.0, 5.0]),
        ..MapScene::default()
    }
}

pub(super) const CAMERA: Camera = Camera {
    centre: [0.0, 0.0],
    zoom: 2.0,
};

pub(super) fn tie(a: u32, b: u32, light: Light) -> TieLine {
    TieLine {
        a,
        b,
        strength: 1.0,
        colour: Rgb(10, 200, 30),
        across: false,
        light,
    }
}

/// A map of 3,000 dots and 9,000 ties, some far outside.
pub(super) fn crowd() -> MapScene {
    let mut state = 7u32;
    let mut next = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / (1u32 << 24) as f32
    };
    let lights = [Light::Dimmed, Light::Plain, Light::Lit];
    let dots: Vec<Dot> = (0..3_000)
        .map(|i| Dot {
            hollow: i % 7 == 0,
            ringed: i % 50 == 0,
            light: lights[i as usize / 1_000],
            ..dot(
                i,
                [next() * 600.0 - 300.0, next() * 400.0 - 200.0],
                1.0 + 6.0 * next(),
                Rgb((next() * 255.0) as u8, 120, 80),
            )
        })
        .collect();
    let ties = (0..9_000)
        .map(|i| {
            let (a, b) = ((next() * 2_999.0) as u32, (next() * 2_999.0) as u32);
            tie(a, b, lights[i / 3_000])
        })
        .collect();
    MapScene {
        dots,
        ties,
        bounds: ([-300.0, -200.0], [300.0, 200.0]),
        ..MapScene::default()
    }
}

pub(super) fn placing(previous: &[Placed]) -> Placing<'_> {
    Placing {
        size: [640.0, 400.0],
        people: 60,
        keep_out: &[],
        previous,
    }
}
