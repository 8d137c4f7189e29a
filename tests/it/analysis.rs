//! The measures against values that other programs computed, and the Leiden method against known best groupings.

use std::path::Path;

use isthmus::analysis::{
    AnalysisSettings, Betweenness, BetweennessMode, BridgeSettings, Bridging, Flows, Partition,
    PersonScore, Resolution, adjusted_mutual_information, analyse, analyse_showing, betweenness,
    components, leiden, modularity, page_rank,
};
use isthmus::people::{ConversationGraph, Person, Posts, Ties};
use isthmus::progress::{Cancelled, Progress};
use proptest::prelude::*;
use serde_json::Value;

const GOLDEN: [&str; 6] = [
    "handmade12",
    "karate_factions",
    "karate_unweighted_leiden",
    "lesmis",
    "one_community",
    "star_two_cliques",
];

/// A golden graph: its values, its ties as the program damps them, the same ties with their plain weights.
struct Golden {
    name: &'static str,
    values: Value,
    damped: Ties,
    plain: Ties,
    partition: Partition,
}

impl Golden {
    fn read(name: &'static str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/golden/analysis")
            .join(format!("{name}.json"));
        let text = std::fs::read_to_string(&path).expect("the golden file is there");
        let values: Value = serde_json::from_str(&text).expect("the golden file is JSON");
        let n = values["nodes"].as_array().expect("nodes").len();
        let pairs: Vec<(u32, u32, f64)> = numbers2(&values["edges"])
            .iter()
            .map(|e| (e[0] as u32, e[1] as u32, e[2]))
            .collect();
        let damped = Ties::from_pairs(n, &pairs);
        let mut plain = damped.clone();
        for strength in &mut plain.strength {
            *strength = (strength.exp2() - 1.0).round();
        }
        // Numbers as in the file, not by size: the tables are in that order.
        let of: Vec<u32> = numbers(&values["community"])
            .iter()
            .map(|&c| c as u32)
            .collect();
        let k = *of.iter().max().expect("people") as usize + 1;
        let mut sizes = vec![0; k];
        for &c in &of {
            sizes[c as usize] += 1;
        }
        Self {
            name,
            values,
            damped,
            plain,
            partition: Partition { of, sizes },
        }
    }

    fn all() -> impl Iterator<Item = Self> {
        GOLDEN.into_iter().map(Self::read)
    }

    fn column(&self, name: &str) -> Vec<f64> {
        numbers(&self.values["per_node"][name])
    }

    fn close(&self, what: &str, ours: &[f64], golden: &[f64]) {
        assert_eq!(ours.len(), golden.len(), "{}: {what}", self.name);
        for (i, (a, b)) in ours.iter().zip(golden).enumerate() {
            assert!(
                (a - b).abs() <= 1e-9,
                "{}: {what} of person {i} is {a}, not {b}",
                self.name
            );
        }
    }
}

fn numbers(value: &Value) -> Vec<f64> {
    let list = value.as_array().expect("a list");
    list.iter().map(|v| v.as_f64().expect("a number")).collect()
}

fn numbers2(value: &Value) -> Vec<Vec<f64>> {
    value
        .as_array()
        .expect("a list")
        .iter()
        .map(numbers)
        .collect()
}

/// Scores with every community a target, and the tables s and X.
fn scores(ties: &Ties, partition: &Partition) -> (Vec<PersonScore>, Vec<Vec<f64>>, Vec<Vec<f64>>) {
    let flows = Flows::of(ties, partition, &Progress::new()).expect("nobody cancels");
    let every = vec![true; partition.n()];
    let bridging = Bridging {
        ties,
        grouping: (partition, &*every),
        flows: &flows,
        settings: BridgeSettings::default(),
    };
    let table = |value: &dyn Fn(&isthmus::analysis::Share) -> f64| {
        (0..ties.n_people())
            .map(|i| {
                let mut row = vec![0.0; partition.n()];
                for share in bridging.shares(i) {
                    row[share.community as usize] = value(&share);
                }
                row
            })
            .collect()
    };
    (
        bridging.scores(&Progress::new()).expect("nobody cancels"),
        table(&|share| share.strength),
        table(&|share| share.surplus),
    )
}

#[test]
fn bridge_scores_and_their_tables_are_golden() {
    for golden in Golden::all() {
        let (people, strength, surplus) = scores(&golden.damped, &golden.partition);
        let of = |value: fn(&PersonScore) -> f64| people.iter().map(value).collect::<Vec<_>>();
        golden.close("B", &of(|p| p.score), &golden.column("bridge_score_B"));
        golden.close(
            "damped strength",
            &of(|p| p.strength),
            &golden.column("damped_strength"),
        );
        golden.close(
            "cross share",
            &of(PersonScore::cross_share),
            &golden.column("cross_share"),
        );
        golden.close(
            "external degree",
            &of(|p| f64::from(p.connections_across)),
            &golden.column("external_degree"),
        );
        golden.close(
            "communities touched",
            &of(|p| f64::from(p.communities_touched)),
            &golden.column("n_communities_touched"),
        );
        golden.close(
            "communities reached",
            &of(|p| f64::from(p.communities_reached)),
            &golden.column("communities_reached"),
        );
        let total: Vec<f64> = surplus.iter().map(|row| row.iter().sum()).collect();
        golden.close("surplus", &total, &golden.column("excess_ties_total"));
        let s_table = numbers2(&golden.values["damped_strength_by_community"]);
        let x_table = numbers2(&golden.values["excess_by_community"]);
        for i in 0..people.len() {
            golden.close("s_ic", &strength[i], &s_table[i]);
            golden.close("X_ic", &surplus[i], &x_table[i]);
        }
    }
}

#[test]
fn strength_participation_and_connections_are_golden() {
    for golden in Golden::all() {
        let (plain, ..) = scores(&golden.plain, &golden.partition);
        let strength: Vec<f64> = plain.iter().map(|p| p.strength).collect();
        golden.close("strength", &strength, &golden.column("strength"));
        let participation: Vec<f64> = plain.iter().map(|p| p.participation).collect();
        golden.close(
            "participation",
            &participation,
            &golden.column("participation_weighted"),
        );
        let mut even = golden.plain.clone();
        even.strength.fill(1.0);
        let (even, ..) = scores(&even, &golden.partition);
        let participation: Vec<f64> = even.iter().map(|p| p.participation).collect();
        golden.close(
            "participation by connections",
            &participation,
            &golden.column("participation_unweighted"),
        );
        let connections: Vec<f64> = (0..plain.len())
            .map(|i| golden.damped.connections(i) as f64)
            .collect();
        golden.close("degree", &connections, &golden.column("degree"));
    }
}

#[test]
fn modularity_page_rank_and_betweenness_are_golden() {
    for golden in Golden::all() {
        for (ties, key) in [
            (&golden.plain, "modularity_raw_weights"),
            (&golden.damped, "modularity_damped_weights"),
        ] {
            let ours =
                modularity(ties, &golden.partition, 1.0, &Progress::new()).expect("nobody cancels");
            let expected = golden.values[key].as_f64().expect("a number");
            golden.close(key, &[ours], &[expected]);
        }
        let progress = Progress::new();
        let rank = page_rank(&golden.plain, &progress).expect("nobody cancels");
        golden.close("PageRank", &rank, &golden.column("pagerank_weighted"));
        for mode in [BetweennessMode::Exact, BetweennessMode::Sampled] {
            // Fewer people than the sample wants: both are exact.
            let found = betweenness(&golden.damped, mode, 1, &progress)
                .expect("nobody cancels")
                .expect("asked for");
            let expected = golden.column("betweenness_unweighted");
            golden.close("betweenness", &found.value, &expected);
            assert_eq!(found.sources as usize, expected.len());
            assert!(found.error.iter().all(|e| *e == 0.0));
        }
    }
}

#[test]
fn the_order_by_bridge_score_is_golden() {
    for golden in Golden::all() {
        let (people, ..) = scores(&golden.damped, &golden.partition);
        let mut order: Vec<usize> = (0..people.len())
            .filter(|&i| people[i].score > 1e-9)
            .collect();
        order.sort_by(|&a, &b| people[b].score.total_cmp(&people[a].score));
        let name = |i: usize| golden.values["nodes"][i].as_str().expect("a name");
        let ours: Vec<&str> = order.into_iter().map(name).collect();
        let expected = golden.values["rank_by_B"].as_array().expect("a list");
        let scored = golden.column("bridge_score_B");
        let scored = scored.iter().filter(|score| **score > 1e-9).count();
        assert_eq!(ours.len(), scored, "{}", golden.name);
        // The golden list is the first ten; those without a score stand in it by an order of their own.
        for (place, expected) in expected.iter().take(scored).enumerate() {
            assert_eq!(
                ours[place],
                expected.as_str().expect("a name"),
                "{}",
                golden.name
            );
        }
    }
}

#[test]
fn leiden_finds_the_best_known_groupings() {
    let progress = Progress::new();
    let karate = Golden::read("karate_unweighted_leiden");
    let lesmis = Golden::read("lesmis");
    let best = |ties: &Ties| {
        let found = (1..=5).map(|seed| leiden(ties, 1.0, seed, &progress).expect("nobody cancels"));
        found
            .map(|p| modularity(ties, &p, 1.0, &progress).expect("nobody cancels"))
            .fold(f64::NEG_INFINITY, f64::max)
    };
    let q = best(&karate.damped);
    assert!((q - 0.4198).abs() < 1e-4, "karate {q}");
    let q = best(&lesmis.damped);
    let least = lesmis.values["modularity_damped_weights"]
        .as_f64()
        .expect("a number");
    assert!(q >= least - 1e-9, "Les Misérables {q} < {least}");
}

/// Four and more groups with a share `mixing` of the ties going anywhere: Bernoulli draws from a generator of the test's own.
fn planted(n: u32, groups: u32, ties_each: u32, mixing: f64) -> (Ties, Partition) {
    let mut state = 12345u64;
    let mut draw = move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / (1u64 << 31) as f64
    };
    let mut pairs = Vec::new();
    for i in 0..n {
        for _ in 0..ties_each {
            let other = (draw() * f64::from(n)) as u32;
            let mate = other - other % groups + i % groups;
            let to = if draw() < mixing {
                other
            } else {
                mate.min(n - 1)
            };
            pairs.push((i, to, 1.0));
        }
    }
    let of: Vec<u32> = (0..n).map(|i| i % groups).collect();
    (
        Ties::from_pairs(n as usize, &pairs),
        Partition::numbered(&of, groups as usize),
    )
}

#[test]
fn leiden_finds_planted_groups() {
    let (ties, truth) = planted(2000, 10, 8, 0.1);
    let found = leiden(&ties, 1.0, 7, &Progress::new()).expect("nobody cancels");
    let agreement = adjusted_mutual_information(&truth, &found);
    assert!(agreement >= 0.95, "{agreement}");
}

#[test]
fn auto_takes_the_resolution_on_which_runs_agree() {
    let (ties, truth) = planted(2000, 10, 8, 0.1);
    let settings = AnalysisSettings {
        resolution: Resolution::Auto,
        ..AnalysisSettings::default()
    };
    let found = analyse(
        &graph_of(ties),
        &Posts::default(),
        &settings,
        &Progress::new(),
    );
    let communities = found.expect("nobody cancels").0.communities;
    assert_eq!(communities.n_large(), truth.n());
    // One community has too few for "auto" at any resolution: plain modularity.
    let (ties, _) = planted(20, 1, 8, 0.0);
    let found = analyse(
        &graph_of(ties),
        &Posts::default(),
        &settings,
        &Progress::new(),
    );
    let resolution = found.expect("nobody cancels").0.communities.resolution;
    assert!((resolution - 1.0).abs() < 1e-12);
}

#[test]
fn leiden_communities_are_connected() {
    let (ties, _) = planted(3000, 30, 2, 0.4);
    for (seed, resolution) in [(1, 0.5), (2, 1.0), (3, 2.8)] {
        let found = leiden(&ties, resolution, seed, &Progress::new()).expect("nobody cancels");
        let inside: Vec<(u32, u32, f64)> = ties
            .pairs()
            .filter(|&(a, b, _)| found.of[a as usize] == found.of[b as usize])
            .collect();
        let parts = components(
            &Ties::from_pairs(ties.n_people(), &inside),
            &Progress::new(),
        )
        .expect("nobody cancels");
        let tied = (0..ties.n_people()).filter(|&i| ties.connections(i) > 0);
        let isolates = ties.n_people() - tied.count();
        assert_eq!(parts.sizes.len() - isolates, found.n());
    }
}

#[test]
fn more_resolution_gives_more_communities() {
    let (ties, _) = planted(2000, 40, 5, 0.6);
    let n = |resolution| {
        leiden(&ties, resolution, 1, &Progress::new())
            .expect("nobody cancels")
            .n()
    };
    assert!(
        n(0.3) < n(1.0) && n(1.0) < n(9.0),
        "{} {} {}",
        n(0.3),
        n(1.0),
        n(9.0)
    );
}

fn in_pool<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.expect("threads can be had").install(work)
}

#[test]
fn any_number_of_threads_gives_the_same() {
    let (ties, _) = planted(3000, 12, 4, 0.3);
    let graph = graph_of(ties);
    let settings = AnalysisSettings {
        resolution: Resolution::Auto,
        runs: 3,
        betweenness: BetweennessMode::Sampled,
        ..AnalysisSettings::default()
    };
    let run = || {
        let posts = Posts::default();
        let (analysis, _) =
            analyse(&graph, &posts, &settings, &Progress::new()).expect("nobody cancels");
        let rank = page_rank(&graph.ties, &Progress::new()).expect("nobody cancels");
        (analysis, rank)
    };
    let one = in_pool(1, run);
    assert_eq!(one, in_pool(2, run));
    assert_eq!(one, in_pool(8, run));
}

/// People p0000, p0001, … with these ties.
fn graph_of(ties: Ties) -> ConversationGraph {
    let people = (0..ties.n_people())
        .map(|i| {
            let key: Box<str> = format!("p{i:04}").into();
            Person {
                key: key.clone(),
                handle: key.clone(),
                name: key,
                reach: None,
                posts: 0,
                given_community: None,
                given_place: None,
                given_colour: None,
            }
        })
        .collect();
    ConversationGraph {
        people,
        ties: std::sync::Arc::new(ties),
        ..ConversationGraph::default()
    }
}

#[test]
fn sampled_betweenness_stays_within_its_error() {
    let (ties, _) = planted(2000, 5, 4, 0.2);
    let found = |mode| -> Betweenness {
        let found = betweenness(&ties, mode, 3, &Progress::new());
        found.expect("nobody cancels").expect("asked for")
    };
    let (exact, sampled) = (
        found(BetweennessMode::Exact),
        found(BetweennessMode::Sampled),
    );
    assert_eq!((exact.sources, sampled.sources), (2000, 256));
    // Unbiased: over all people the squared errors are as large as the standard errors say.
    let errors = (0..2000).map(|i| (exact.value[i] - sampled.value[i]).powi(2));
    let expected = sampled.error.iter().map(|e| e * e);
    let ratio = errors.sum::<f64>() / expected.sum::<f64>();
    assert!((0.7..1.4).contains(&ratio), "{ratio}");
}

#[test]
fn cancelled_work_stops() {
    let (ties, _) = planted(500, 5, 4, 0.2);
    let progress = Progress::new();
    progress.cancel();
    let settings = AnalysisSettings::default();
    let stopped = analyse(&graph_of(ties), &Posts::default(), &settings, &progress);
    assert_eq!(stopped.err(), Some(Cancelled));
}

#[test]
fn equal_groupings_agree_and_random_ones_do_not() {
    let a = Partition::numbered(&(0..600).map(|i| i % 6).collect::<Vec<_>>(), 6);
    let same = Partition::numbered(&(0..600).map(|i| (i + 3) % 6).collect::<Vec<_>>(), 6);
    let across = Partition::numbered(&(0..600).map(|i| i / 100).collect::<Vec<_>>(), 6);
    assert!((adjusted_mutual_information(&a, &same) - 1.0).abs() < 1e-9);
    assert!(adjusted_mutual_information(&a, &across) < 0.01);
    // From scikit-learn 1.9, adjusted_mutual_info_score([0, 0, 1, 1, 2, 2], [0, 0, 1, 2, 2, 2]).
    let x = Partition::numbered(&[0, 0, 1, 1, 2, 2], 3);
    let y = Partition::numbered(&[0, 0, 1, 2, 2, 2], 3);
    assert!((adjusted_mutual_information(&x, &y) - 0.502_360_702_720_273_8).abs() < 1e-9);
}

fn random_graph() -> impl Strategy<Value = (usize, Vec<(u32, u32, f64)>, Vec<u32>)> {
    (2usize..40).prop_flat_map(|n| {
        let person = 0..n as u32;
        let tie = (person.clone(), person, 0.5f64..20.0);
        let communities = proptest::collection::vec(0u32..5, n);
        (Just(n), proptest::collection::vec(tie, 0..120), communities)
    })
}

proptest! {
    #[test]
    fn scores_are_bounded_and_follow_the_people(
        (n, pairs, of) in random_graph(),
        turn in 1usize..40,
    ) {
        let ties = Ties::from_pairs(n, &pairs);
        let partition = Partition { of: of.clone(), sizes: vec![1; 5] };
        let (people, ..) = scores(&ties, &partition);
        for person in &people {
            prop_assert!(person.score >= 0.0);
            prop_assert!(person.score < person.strength || person.strength == 0.0 && person.score == 0.0);
        }
        // Person i becomes person (i + turn) mod n, community c becomes 4 − c.
        let moved = |i: u32| (i + turn as u32) % n as u32;
        let pairs: Vec<_> = pairs.iter().map(|&(a, b, w)| (moved(a), moved(b), w)).collect();
        let mut turned = vec![0; n];
        for (i, c) in of.iter().enumerate() {
            turned[moved(i as u32) as usize] = 4 - c;
        }
        let partition = Partition { of: turned, sizes: vec![1; 5] };
        let (again, ..) = scores(&Ties::from_pairs(n, &pairs), &partition);
        for (i, person) in people.iter().enumerate() {
            let other = again[moved(i as u32) as usize];
            prop_assert!((person.score - other.score).abs() < 1e-9);
            prop_assert_eq!(person.connections_across, other.connections_across);
        }
    }

    #[test]
    fn an_analysis_fits_any_graph((n, pairs, _) in random_graph(), seed in 0u64..50) {
        let graph = graph_of(Ties::from_pairs(n, &pairs));
        let settings = AnalysisSettings { seed, runs: 2, ..AnalysisSettings::default() };
        let (found, _) = analyse(&graph, &Posts::default(), &settings, &Progress::new())
            .expect("nobody cancels");
        let mut ranks = found.bridges.rank.clone();
        ranks.sort_unstable();
        prop_assert_eq!(ranks, (1..=n as u32).collect::<Vec<_>>());
        let members: u32 = found.communities.list.iter().map(|c| c.people).sum();
        prop_assert_eq!(members as usize + graph.n_isolates(), n);
        prop_assert_eq!(found.components.sizes.iter().sum::<u32>() as usize, n);
        for i in 0..n {
            let tied = graph.ties.connections(i) > 0;
            prop_assert_eq!(found.communities.of[i].is_some(), tied);
            prop_assert!((0.0..=1.0).contains(&found.bridges.stability[i]));
            for j in graph.ties.row(i).0 {
                prop_assert_eq!(found.components.of[i], found.components.of[*j as usize]);
            }
        }
        let inside: u64 = found.communities.list.iter().map(|c| c.ties_inside).sum();
        let outside: u64 = found.communities.list.iter().map(|c| c.ties_outside).sum();
        prop_assert_eq!((inside * 2 + outside) as usize, graph.ties.neighbours.len());
    }
}

#[test]
fn what_the_first_runs_say_is_told_once_and_changes_nothing() {
    let (ties, _) = planted(400, 8, 6, 0.1);
    let graph = graph_of(ties);
    let (settings, posts) = (AnalysisSettings::default(), Posts::default());
    let progress = Progress::new();
    let whole = analyse(&graph, &posts, &settings, &progress).expect("nobody cancels");
    for (threads, told) in [(1, 1), (2, 1), (settings.runs as usize, 0)] {
        let mut first = Vec::new();
        let shown = in_pool(threads, || {
            analyse_showing(&graph, &posts, &settings, &progress, |analysis| {
                first.push(analysis);
                Ok(())
            })
        });
        assert_eq!(shown.expect("nobody cancels").0, whole.0, "{threads}");
        assert_eq!(first.len(), told, "{threads}");
        for analysis in first {
            assert_eq!(analysis.communities.of.len(), 400);
            assert_eq!(analysis.bridges.rank.len(), 400);
            assert!(analysis.communities.modularity > 0.5);
        }
    }
    let stopped = in_pool(1, || {
        analyse_showing(&graph, &posts, &settings, &progress, |_| Err(Cancelled))
    });
    assert_eq!(stopped.err(), Some(Cancelled));
}
