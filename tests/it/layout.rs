//! The map: everybody placed, communities apart, nobody covered, the same on any number of threads.

use std::sync::{Arc, Mutex};

use isthmus::layout::{LayoutRequest, Positions, arrange};
use isthmus::people::Ties;
use isthmus::progress::{Cancelled, Progress};
use proptest::prelude::*;

/// A small generator of its own, so that the tests do not follow the library's.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n
    }
}

fn request(n: usize, pairs: &[(u32, u32, f64)]) -> LayoutRequest {
    let ties = Ties::from_pairs(n, pairs);
    let component = components(&ties);
    LayoutRequest {
        group: Arc::new(
            (0..n)
                .map(|i| {
                    if ties.connections(i) == 0 {
                        u32::MAX
                    } else {
                        component[i]
                    }
                })
                .collect(),
        ),
        component: Arc::new(component),
        radius: Arc::new(vec![1.0; n]),
        ties: Arc::new(ties),
        seed: 1,
        start: None,
        pinned: Vec::new(),
    }
}

/// Component numbers, the largest 0.
fn components(ties: &Ties) -> Vec<u32> {
    let n = ties.n_people();
    let mut of = vec![usize::MAX; n];
    let mut sizes: Vec<(usize, usize)> = Vec::new();
    for first in 0..n {
        if of[first] != usize::MAX {
            continue;
        }
        let (number, mut size, mut open) = (sizes.len(), 0, vec![first]);
        of[first] = number;
        while let Some(i) = open.pop() {
            size += 1;
            for (o, _) in ties.of(i) {
                if of[o as usize] == usize::MAX {
                    of[o as usize] = number;
                    open.push(o as usize);
                }
            }
        }
        sizes.push((size, number));
    }
    sizes.sort_by_key(|&(size, number)| (std::cmp::Reverse(size), number));
    let mut rank = vec![0; n];
    for (r, &(_, number)) in sizes.iter().enumerate() {
        rank[number] = r as u32;
    }
    of.iter().map(|&c| rank[c]).collect()
}

fn lay_out(request: &LayoutRequest) -> Positions {
    arrange(request, &Progress::new(), &|_| ()).expect("nobody cancels")
}

/// Communities of `size` people: 5 ties inside and 1 outside a person, and dots of 1 to 4.
fn planted(n_communities: usize, size: usize, seed: u64) -> LayoutRequest {
    let mut dice = Dice(seed);
    let n = n_communities * size;
    let mut pairs = Vec::new();
    for i in 0..n {
        let own = i / size * size;
        for _ in 0..5 {
            pairs.push((i as u32, (own + dice.roll(size)) as u32, 1.0));
        }
        pairs.push((i as u32, dice.roll(n) as u32, 1.0));
    }
    let mut request = request(n, &pairs);
    request.group = Arc::new((0..n).map(|i| (i / size) as u32).collect());
    request.radius = Arc::new((0..n).map(|_| 1.0 + dice.roll(30) as f32 * 0.1).collect());
    request
}

fn distance(a: [f32; 2], b: [f32; 2]) -> f32 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

/// Share of people whose dot another dot covers in part.
fn covered(request: &LayoutRequest, positions: &Positions) -> f32 {
    let here: Vec<usize> = (0..positions.xy.len())
        .filter(|&i| positions.of(i).is_some())
        .collect();
    let hit = here.iter().filter(|&&i| {
        here.iter().any(|&j| {
            let apart = request.radius[i] + request.radius[j];
            i != j && distance(positions.xy[i], positions.xy[j]) < apart * 0.999
        })
    });
    hit.count() as f32 / here.len().max(1) as f32
}

/// Share of the ten nearest who are of the same group.
fn purity(request: &LayoutRequest, positions: &Positions) -> f32 {
    let n = positions.xy.len();
    let mut same = 0;
    for i in 0..n {
        let mut near: Vec<usize> = (0..n).filter(|&j| j != i).collect();
        let from = positions.xy[i];
        near.sort_by(|&a, &b| {
            distance(from, positions.xy[a]).total_cmp(&distance(from, positions.xy[b]))
        });
        same += near[..10]
            .iter()
            .filter(|&&j| request.group[j] == request.group[i])
            .count();
    }
    same as f32 / (10 * n) as f32
}

fn check_placed(request: &LayoutRequest) -> Positions {
    let positions = lay_out(request);
    assert_eq!(positions.xy.len(), request.ties.n_people());
    for i in 0..positions.xy.len() {
        let tied = request.ties.connections(i) > 0;
        assert_eq!(
            positions.of(i).is_some(),
            tied,
            "person {i}: {:?}",
            positions.xy[i]
        );
        assert!(tied || positions.xy[i].iter().all(|c| c.is_nan()));
    }
    positions
}

/// Two components overlap when the boxes round their dots do.
fn check_components_apart(request: &LayoutRequest, positions: &Positions) {
    let mut boxes = std::collections::BTreeMap::new();
    for (i, &c) in request.component.iter().enumerate() {
        if let Some([x, y]) = positions.of(i) {
            let r = request.radius[i];
            let b = boxes.entry(c).or_insert([x - r, y - r, x + r, y + r]);
            *b = [
                b[0].min(x - r),
                b[1].min(y - r),
                b[2].max(x + r),
                b[3].max(y + r),
            ];
        }
    }
    let boxes: Vec<(u32, [f32; 4])> = boxes.into_iter().collect();
    for (k, (a, p)) in boxes.iter().enumerate() {
        for (b, q) in &boxes[k + 1..] {
            let apart = p[2] <= q[0] || q[2] <= p[0] || p[3] <= q[1] || q[3] <= p[1];
            assert!(apart, "components {a} {p:?} and {b} {q:?} overlap");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn everybody_with_ties_has_a_place(
        n in 1usize..120,
        ties in prop::collection::vec((0u32..120, 0u32..120, 0.1f64..1e12), 0..260),
        groups in prop::collection::vec(prop_oneof![0u32..9, Just(u32::MAX)], 0..130),
        radii in prop::collection::vec(prop_oneof![1f32..7.0, Just(f32::NAN), Just(-1.0)], 0..130),
        seed in any::<u64>(),
    ) {
        let pairs: Vec<_> = ties.iter().map(|&(a, b, w)| (a % n as u32, b % n as u32, w)).collect();
        let mut request = request(n, &pairs);
        // Too few or too many groups and radii are taken as they come.
        request.group = Arc::new(groups);
        request.radius = Arc::new(radii);
        request.seed = seed;
        check_placed(&request);
    }

    #[test]
    fn components_do_not_overlap(
        sizes in prop::collection::vec(2usize..30, 1..40),
        extra in prop::collection::vec((0usize..900, 0usize..30), 0..60),
        seed in any::<u64>(),
    ) {
        let mut pairs = Vec::new();
        let mut dice = Dice(seed);
        let mut first = 0;
        for &size in &sizes {
            for i in 1..size {
                pairs.push(((first + i) as u32, (first + dice.roll(i)) as u32, 1.0));
            }
            for &(a, b) in &extra {
                if a >= first && a < first + size {
                    pairs.push((a as u32, (first + b % size) as u32, 1.0));
                }
            }
            first += size;
        }
        let request = request(first, &pairs);
        let positions = lay_out(&request);
        check_components_apart(&request, &positions);
        prop_assert_eq!(covered(&request, &positions), 0.0);
    }
}

#[test]
fn odd_conversations_get_finite_places() {
    let star: Vec<_> = (1..50_000).map(|i| (0, i, 1.0)).collect();
    let path: Vec<_> = (1..10_000).map(|i| (i - 1, i, 1.0)).collect();
    let ring: Vec<_> = (0..500).map(|i| (i, (i + 1) % 500, 1.0)).collect();
    let everybody: Vec<_> = (0..150u32)
        .flat_map(|i| (0..i).map(move |j| (i, j, 1e12)))
        .collect();
    check_placed(&request(0, &[]));
    check_placed(&request(3, &[]));
    check_placed(&request(2, &[(0, 1, f64::MAX)]));
    check_placed(&request(3, &[(0, 1, 1.0)]));
    check_placed(&request(50_000, &star));
    check_placed(&request(10_000, &path));
    check_placed(&request(500, &ring));
    check_placed(&request(150, &everybody));
    // The same again as islands: without groups, with one each, with one for all.
    let tree: Vec<_> = (1..3000u32).map(|i| (i / 3, i, 1.0)).collect();
    for group in [vec![], (0..3000).collect(), vec![7; 3000]] {
        let mut request = request(3000, &tree);
        request.group = Arc::new(group);
        check_placed(&request);
    }
}

#[test]
fn known_shapes_look_like_themselves() {
    let star: Vec<_> = (1..9).map(|i| (0, i, 1.0)).collect();
    let star = lay_out(&request(9, &star));
    let spokes: Vec<f32> = (1..9).map(|i| distance(star.xy[0], star.xy[i])).collect();
    assert!(
        spokes.iter().all(|d| (d - spokes[0]).abs() < 1e-3),
        "{spokes:?}"
    );
    let pair = lay_out(&request(2, &[(0, 1, 1.0)]));
    assert!(
        (pair.xy[0][1] - pair.xy[1][1]).abs() < 1e-6,
        "a pair lies level: {pair:?}"
    );
    let ring: Vec<_> = (0..10).map(|i| (i, (i + 1) % 10, 1.0)).collect();
    let ring = lay_out(&request(10, &ring));
    let rays: Vec<f32> = (0..10).map(|i| distance([0.0; 2], ring.xy[i])).collect();
    assert!(rays.iter().all(|d| (d - rays[0]).abs() < 0.3), "{rays:?}");
}

#[test]
fn communities_are_islands_and_no_dot_covers_another() {
    let request = planted(12, 80, 5);
    let positions = check_placed(&request);
    let purity = purity(&request, &positions);
    assert!(purity >= 0.85, "purity {purity}");
    let covered = covered(&request, &positions);
    assert!(covered <= 0.01, "covered {covered}");
}

#[test]
fn communities_are_found_where_no_groups_are_given() {
    let planted = planted(12, 80, 6);
    let mut request = planted.clone();
    request.group = Arc::new(vec![u32::MAX; 960]);
    let purity = purity(&planted, &lay_out(&request));
    assert!(purity >= 0.8, "purity {purity}");
}

#[test]
fn islands_grow_with_their_people() {
    // Two communities, one with four times the people: about four times the land.
    let mut dice = Dice(3);
    let mut pairs = Vec::new();
    for i in 0..500usize {
        let (first, size) = if i < 400 { (0, 400) } else { (400, 100) };
        for _ in 0..4 {
            pairs.push((i as u32, (first + dice.roll(size)) as u32, 1.0));
        }
    }
    pairs.push((0, 400, 1.0));
    let mut request = request(500, &pairs);
    request.group = Arc::new((0..500).map(|i| u32::from(i >= 400)).collect());
    let positions = lay_out(&request);
    let spread = |people: std::ops::Range<usize>| {
        let n = people.len() as f32;
        let sum = people.clone().fold([0.0; 2], |s, i| {
            [s[0] + positions.xy[i][0] / n, s[1] + positions.xy[i][1] / n]
        });
        people
            .map(|i| distance(positions.xy[i], sum).powi(2))
            .sum::<f32>()
            / n
    };
    let ratio = spread(0..400) / spread(400..500);
    assert!((3.0..5.0).contains(&ratio), "land in ratio {ratio}");
}

/// Most people have a single tie, thousands of components, one hub: what real topic conversations look like.
fn real_shape(n: usize) -> LayoutRequest {
    let mut dice = Dice(21);
    let mut pairs = Vec::new();
    let mut tie = |a: usize, b: usize| pairs.push((a as u32, b as u32, 1.0));
    let mut first = 0;
    while first < n * 7 / 10 {
        let size = 2 + if dice.roll(4) == 0 { dice.roll(9) } else { 0 };
        for k in 1..size {
            let to = if dice.roll(5) > 0 { 0 } else { dice.roll(k) };
            tie(first + k, first + to);
        }
        first += size;
    }
    let hub = first;
    let fans = n / 30;
    for k in 1..=fans {
        tie(hub + k, hub);
    }
    for i in hub + fans + 1..n {
        let back = 1 + dice.roll(40).min(i - hub - 1);
        tie(i, i - back);
        if dice.roll(3) == 0 {
            tie(i, hub + fans + 1 + dice.roll(i - hub - fans));
        }
    }
    tie(hub, hub + fans + 1);
    let mut request = request(n, &pairs);
    let ties = &request.ties;
    let radius = |i| 1.0 + (ties.connections(i) as f32).sqrt().min(6.0);
    request.radius = Arc::new((0..n).map(radius).collect());
    request
}

#[test]
fn a_conversation_of_real_shape_is_packed_and_its_hub_is_round() {
    let n = 12_000;
    let request = real_shape(n);
    let positions = check_placed(&request);
    check_components_apart(&request, &positions);
    let hub = (0..n)
        .max_by_key(|&i| request.ties.connections(i))
        .expect("people");
    let fans: Vec<[f32; 2]> = (request.ties.of(hub))
        .filter(|&(i, _)| request.ties.connections(i as usize) == 1)
        .map(|(i, _)| positions.xy[i as usize])
        .collect();
    assert!(fans.len() > 300, "{}", fans.len());
    // As long as wide, within half.
    let m = fans.len() as f32;
    let middle = fans
        .iter()
        .fold([0.0; 2], |s, p| [s[0] + p[0] / m, s[1] + p[1] / m]);
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for p in &fans {
        let (dx, dy) = (p[0] - middle[0], p[1] - middle[1]);
        xx += dx * dx / m;
        xy += dx * dy / m;
        yy += dy * dy / m;
    }
    let mean = 0.5 * (xx + yy);
    let apart = (0.25 * (xx - yy) * (xx - yy) + xy * xy).sqrt();
    let ratio = ((mean + apart) / (mean - apart)).sqrt();
    assert!(
        ratio < 1.5,
        "the crowd round the hub is {ratio} times as long as wide"
    );
}

#[test]
fn the_picture_on_the_way_is_whole_and_comes_first() {
    let request = planted(8, 50, 4);
    let pictures = Mutex::new(Vec::new());
    let each = |p: &Positions| pictures.lock().expect("no panic").push(p.clone());
    arrange(&request, &Progress::new(), &each).expect("nobody cancels");
    let pictures = pictures.into_inner().expect("no panic");
    let first = pictures.first().expect("a coarse picture");
    assert!((0..400).all(|i| first.of(i).is_some()));
    assert!(
        purity(&request, first) > 0.8,
        "islands are there from the start"
    );
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let mut request = planted(9, 400, 8);
    // One island above the size at which its people are shared among threads, and a few small components.
    request.group = Arc::new((0..3600).map(|i| u32::from(i < 200)).collect());
    let bytes = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let positions = pool.expect("threads").install(|| lay_out(&request));
        let bits = positions.xy.iter().flat_map(|p| p.map(f32::to_bits));
        bits.collect::<Vec<u32>>()
    };
    let one = bytes(1);
    assert!(one == bytes(2), "1 and 2 threads differ");
    assert!(one == bytes(8), "1 and 8 threads differ");
}

#[test]
fn pinned_people_stay() {
    let mut request = planted(6, 40, 9);
    request.pinned = vec![(0, [12.5, -3.0]), (100, [-60.0, 40.0]), (100_000, [0.0; 2])];
    for start in [None, Some(Arc::new(lay_out(&request)))] {
        request.start = start;
        let positions = lay_out(&request);
        assert_eq!(positions.xy[0], [12.5, -3.0]);
        assert_eq!(positions.xy[100], [-60.0, 40.0]);
        assert!(covered(&request, &positions) < 0.02, "others make way");
    }
}

#[test]
fn nobody_jumps_from_a_finished_map() {
    let mut request = planted(8, 60, 10);
    let before = lay_out(&request);
    request.start = Some(Arc::new(before.clone()));
    let after = lay_out(&request);
    for i in 0..480 {
        let moved = distance(before.xy[i], after.xy[i]);
        assert!(moved < 2.0, "person {i} moved {moved}");
    }
}

#[test]
fn newcomers_join_those_they_are_tied_to() {
    let mut request = planted(8, 60, 11);
    let mut before = lay_out(&request);
    let was = before.xy[5];
    before.xy[5] = [f32::NAN; 2];
    before.xy.truncate(470);
    request.start = Some(Arc::new(before.clone()));
    let after = check_placed(&request);
    assert!(
        (0..470)
            .filter(|&i| i != 5)
            .all(|i| distance(before.xy[i], after.xy[i]) < 20.0)
    );
    assert!(distance(was, after.xy[5]) < 120.0);
}

#[test]
fn a_wild_start_does_no_harm() {
    let mut request = planted(4, 30, 13);
    let wild = (0..120).map(|i| match i % 4 {
        0 => [f32::MAX, f32::MIN],
        1 => [f32::INFINITY, 0.0],
        2 => [3.0, 3.0],
        _ => [i as f32, -(i as f32)],
    });
    request.start = Some(Arc::new(Positions { xy: wild.collect() }));
    request.pinned = vec![(1, [f32::NAN, 0.0]), (2, [1e30, 0.0])];
    let positions = check_placed(&request);
    assert!(
        positions.xy.iter().flatten().all(|c| c.abs() < 1e5),
        "{positions:?}"
    );
}

#[test]
fn new_components_stand_clear_of_the_old_map() {
    let mut request = request(
        12,
        &[
            (0, 1, 1.0),
            (1, 2, 1.0),
            (2, 0, 1.0),
            (3, 4, 1.0),
            (5, 6, 1.0),
        ],
    );
    let mut before = lay_out(&request);
    before.xy[3] = [f32::NAN; 2];
    before.xy[4] = [f32::NAN; 2];
    request.start = Some(Arc::new(before));
    let after = check_placed(&request);
    check_components_apart(&request, &after);
}

#[test]
fn cancel_leaves_nothing_behind() {
    let request = planted(8, 60, 12);
    let progress = Progress::new();
    progress.cancel();
    assert_eq!(arrange(&request, &progress, &|_| ()), Err(Cancelled));
    let progress = Progress::new();
    let each = |_: &Positions| progress.cancel();
    assert_eq!(arrange(&request, &progress, &each), Err(Cancelled));
}
