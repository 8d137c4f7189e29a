//! Made-up conversations with given places, and a window that holds nothing but the map.

use std::sync::Arc;
use std::time::{Duration, Instant};

use eframe::egui;
use egui_kittest::{Harness, HarnessBuilder};
use isthmus::analysis::{Analysis, Communities, Community, CommunityId, DotSizes};
use isthmus::app::{Command, MapView, Model, OpenMap};
use isthmus::layout::Positions;
use isthmus::people::{ConversationGraph, Person, PersonId, Posts, Ties};
use isthmus::render::{MapStyle, Theme, scene};
use isthmus::session::{Conversation, Results, Seconds, WalkSettings};

/// Nothing but the map; what it asks for is written down.
pub(super) struct Window {
    pub(super) view: MapView,
    pub(super) model: Model,
    pub(super) asked: Vec<Command>,
}

impl eframe::App for Window {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.view.ui(ui, &self.model, &mut self.asked);
    }
}

/// A window of 800 × 600 points that draws `map` on the CPU, fitted and drawn.
pub(super) fn window(map: OpenMap) -> Harness<'static, Window> {
    let mut harness = builder().build_eframe(|cc| Window {
        view: MapView::drawn_by_cpu(cc),
        model: model(map, Theme::Dark),
        asked: Vec::new(),
    });
    settle(&mut harness);
    harness
}

pub(super) fn builder() -> HarnessBuilder<Window> {
    Harness::builder()
        .with_size([800.0, 600.0])
        .with_step_dt(1.0 / 60.0)
}

pub(super) fn model(map: OpenMap, theme: Theme) -> Model {
    Model {
        map: Some(map),
        theme,
        ..Model::default()
    }
}

/// Steps until the newest picture is there.
pub(super) fn settle(harness: &mut Harness<'_, Window>) {
    let start = Instant::now();
    harness.run_steps(3);
    while !harness.state().view.is_settled() {
        harness.step();
        std::thread::yield_now();
        assert!(
            start.elapsed() < Duration::from_mins(1),
            "the picture never came"
        );
    }
    harness.step();
}

/// The centre of a person's dot on the screen.
pub(super) fn place(harness: &Harness<'_, Window>, person: u32) -> egui::Pos2 {
    let view = &harness.state().view;
    view.place_of(PersonId(person))
        .expect("the person is shown")
        .0
}

/// A person's place in the map.
pub(super) fn in_map(harness: &Harness<'_, Window>, person: u32) -> [f32; 2] {
    let map = harness.state().model.map.as_ref().expect("a map is open");
    let positions = map.positions.as_ref().expect("it is laid out");
    positions
        .of(person as usize)
        .expect("the person has a place")
}

/// Two communities, three people each, far apart; everybody tied within, and 0 with 3 across.
///
/// ```text
/// 0 (-100, -60)   3 (100, -60)
/// 1 (-100,   0)   4 (100,   0)
/// 2 (-100,  60)   5 (100,  60)
/// ```
pub(super) fn two_islands() -> OpenMap {
    two_islands_in(&MapStyle::default())
}

/// The same map, drawn in another style.
pub(super) fn two_islands_in(style: &MapStyle) -> OpenMap {
    let at = |i: u32| {
        let x = if i < 3 { -100.0 } else { 100.0 };
        [x, (i % 3) as f32 * 60.0 - 60.0]
    };
    let pairs = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (0, 3)];
    made_up(
        (0..6).map(at).collect(),
        &[0, 0, 0, 1, 1, 1],
        vec![5.0; 6],
        &pairs.map(|(a, b)| (a, b, 2.0)),
        style,
    )
}

/// `n` people on islands like sunflower heads, sizes and ties drawn by a fixed sequence.
pub(super) fn archipelago(n: usize, ties: usize, style: &MapStyle) -> OpenMap {
    const ISLANDS: usize = 11;
    let mut dice = Dice(7);
    let weights: Vec<usize> = (0..ISLANDS).map(|k| 24 / (k + 2) + 1).collect();
    let all: usize = weights.iter().sum();
    let mut group = Vec::with_capacity(n);
    for (k, weight) in weights.iter().enumerate() {
        group.extend(std::iter::repeat_n(k as u32, n * weight / all));
    }
    group.resize(n, 0);
    group.sort_unstable();
    let mut at = Vec::with_capacity(n);
    let spread = (n as f32).sqrt() * 7.0;
    let mut seen = [0usize; ISLANDS];
    for &k in &group {
        let turn = k as f32 * 2.399_963;
        let far = spread * (k as f32 / ISLANDS as f32).sqrt();
        let i = &mut seen[k as usize];
        let (angle, off) = (*i as f32 * 2.399_963, 5.2 * (*i as f32).sqrt());
        *i += 1;
        at.push([
            far * turn.cos() + off * angle.cos(),
            far * turn.sin() * 0.72 + off * angle.sin(),
        ]);
    }
    let radius = (0..n)
        .map(|_| 1.0 + 4.5 * (dice.share() as f32).powi(5))
        .collect();
    let mut pairs = Vec::with_capacity(ties);
    while pairs.len() < ties {
        // One person in the middle whom many talk with.
        let a = if dice.share() < 0.02 {
            3
        } else {
            dice.below(n)
        };
        let b = if dice.share() < 0.9 {
            let first = group.partition_point(|g| *g < group[a]);
            let last = group.partition_point(|g| *g <= group[a]);
            first + dice.below(last - first)
        } else {
            dice.below(n)
        };
        if a != b {
            pairs.push((a as u32, b as u32, 1.0 + 6.0 * dice.share().powi(4)));
        }
    }
    made_up(at, &group, radius, &pairs, style)
}

struct Dice(u64);

impl Dice {
    fn share(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }

    fn below(&mut self, n: usize) -> usize {
        ((self.share() * n as f64) as usize).min(n - 1)
    }
}

pub(super) fn made_up(
    at: Vec<[f32; 2]>,
    group: &[u32],
    radius: Vec<f32>,
    pairs: &[(u32, u32, f64)],
    style: &MapStyle,
) -> OpenMap {
    let n = at.len();
    let graph = ConversationGraph {
        people: (0..n).map(person).collect(),
        ties: std::sync::Arc::new(Ties::from_pairs(n, pairs)),
        ..ConversationGraph::default()
    };
    let analysis = analysis(&graph, group);
    let sizes = Arc::new(DotSizes {
        examples: vec![(100.0, 1.5), (1_000.0, 3.0), (10_000.0, 5.0)],
        radius,
        ..DotSizes::default()
    });
    let positions = Positions { xy: at };
    let picture = scene(&graph, &analysis, &positions, &sizes, style);
    let conversation = Conversation {
        files: Vec::new(),
        posts: Posts::default(),
        report: isthmus::import::ImportReport::default(),
        seconds: 0.0,
    };
    let results = Arc::new(Results {
        conversation: Arc::new(conversation),
        settings: WalkSettings::default(),
        graph: Arc::new(graph),
        analysis: Arc::new(analysis),
        sizes: Arc::clone(&sizes),
        seconds: Seconds::default(),
    });
    OpenMap {
        found: Arc::clone(&results),
        looks: std::collections::BTreeMap::default(),
        results,
        positions: Some(Arc::new(positions)),
        positions_version: 1,
        sizes,
        scene: Some(Arc::new(picture)),
        scene_version: 1,
        title: "made up".to_owned(),
        ranking: Arc::new(Vec::new()),
        closer: isthmus::app::Closer::default(),
    }
}

fn person(i: usize) -> Person {
    const FIRST: [&str; 8] = [
        "Ana", "Ben", "Chloé", "Dmitri", "Emeka", "Fatima", "Gustav", "Hana",
    ];
    const LAST: [&str; 7] = [
        "Okafor", "Silva", "Nowak", "Tanaka", "Lund", "Moreau", "Weiss",
    ];
    Person {
        key: format!("person{i:06}").into(),
        handle: format!("person{i:06}").into(),
        name: format!("{} {}", FIRST[i % 8], LAST[(i / 3) % 7]).into(),
        reach: (i % 9 != 4).then_some((i * i % 90_000) as f64),
        posts: 1,
        given_community: None,
        given_place: None,
        given_colour: None,
    }
}

fn analysis(graph: &ConversationGraph, group: &[u32]) -> Analysis {
    const NAMES: [&str; 11] = [
        "sushi, rice, nori",
        "knives, steel",
        "ramen, broth",
        "sake",
        "fishing, quota",
        "vegan",
        "matcha",
        "bento, lunch",
        "travel, tokyo",
        "robots",
        "anime",
    ];
    let n_groups = group.iter().max().map_or(0, |g| *g as usize + 1);
    let list = (0..n_groups).map(|g| Community {
        name: NAMES[g].to_owned(),
        words: Vec::new(),
        alternatives: Vec::new(),
        evidence: Vec::new(),
        people: group.iter().filter(|k| **k as usize == g).count() as u32,
        reach: 0.0,
        ties_inside: 0,
        ties_outside: 0,
        small: false,
        member: PersonId(0),
        colour: None,
    });
    let mut analysis = Analysis {
        communities: Communities {
            of: group.iter().map(|g| Some(CommunityId(*g))).collect(),
            list: list.collect(),
            ..Communities::default()
        },
        ..Analysis::default()
    };
    let bridges = &mut analysis.bridges;
    for i in 0..graph.n_people() {
        let across = graph
            .ties
            .of(i)
            .filter(|(j, _)| group[*j as usize] != group[i])
            .count() as u32;
        bridges.connections.push(graph.ties.connections(i) as u32);
        bridges.connections_across.push(across);
        bridges.score.push(f64::from(across));
    }
    let mut order: Vec<usize> = (0..graph.n_people()).collect();
    order.sort_by(|a, b| bridges.score[*b].total_cmp(&bridges.score[*a]));
    bridges.rank = vec![0; order.len()];
    for (place, i) in order.into_iter().enumerate() {
        bridges.rank[i] = place as u32 + 1;
    }
    analysis
}
