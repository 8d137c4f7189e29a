//! What a person sees of the analysis: parts and reasons, dot sizes, communities of the file, the ranking.

use isthmus::analysis::{
    Analysis, AnalysisSettings, Bridges, Communities, Community, CommunityId, DotSizes, SizeBy,
    analyse, bridge_parts, dot_sizes, why,
};
use isthmus::people::{ConversationGraph, Person, PersonId, Posts, Ties};
use isthmus::progress::Progress;
use proptest::prelude::*;

fn person(i: usize) -> Person {
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
}

fn graph(n: usize, pairs: &[(u32, u32)]) -> ConversationGraph {
    let pairs: Vec<(u32, u32, f64)> = pairs.iter().map(|&(a, b)| (a, b, 1.0)).collect();
    ConversationGraph {
        people: (0..n).map(person).collect(),
        ties: std::sync::Arc::new(Ties::from_pairs(n, &pairs)),
        ..ConversationGraph::default()
    }
}

fn analysed(graph: &ConversationGraph, settings: &AnalysisSettings) -> Analysis {
    let found = analyse(graph, &Posts::default(), settings, &Progress::new());
    found.expect("nobody cancels").0
}

/// Person 0 is tied to everybody else; the others belong to the communities given, person 0 to community 0.
fn star(communities: &[(&str, bool)], of: &[u32]) -> (ConversationGraph, Analysis) {
    let n = of.len() + 1;
    let pairs: Vec<(u32, u32)> = (1..n as u32).map(|i| (0, i)).collect();
    let communities = Communities {
        of: std::iter::once(&0)
            .chain(of)
            .map(|&c| Some(CommunityId(c)))
            .collect(),
        sure: vec![1.0; n],
        list: communities
            .iter()
            .map(|&(name, small)| Community {
                name: name.to_owned(),
                words: Vec::new(),
                alternatives: Vec::new(),
                evidence: Vec::new(),
                people: 1,
                reach: 0.0,
                ties_inside: 0,
                ties_outside: 0,
                small,
                member: PersonId(0),
                colour: None,
            })
            .collect(),
        ..Communities::default()
    };
    let analysis = Analysis {
        communities,
        ..Analysis::default()
    };
    (graph(n, &pairs), analysis)
}

#[test]
fn reasons_are_sentences() {
    let check = |communities: &[(&str, bool)], of: &[u32], expected: &str| {
        let (graph, analysis) = star(communities, of);
        assert_eq!(why(&graph, &analysis, PersonId(0)), expected);
    };
    let four = [
        ("Home", false),
        ("Foodies", false),
        ("News", false),
        ("Chefs", false),
    ];
    check(
        &four,
        &[0, 1, 1, 1, 2, 2, 3],
        "Talks with 6 people in 3 communities besides their own: 3 in Foodies, 2 in News, 1 in Chefs",
    );
    check(
        &four,
        &[0, 2, 2],
        "Talks with 2 people in 1 community besides their own: News",
    );
    check(
        &four,
        &[1],
        "Talks with 1 person in 1 community besides their own: Foodies",
    );
    check(
        &four,
        &[0, 0],
        "Talks with 2 people, all in their own community",
    );
    check(
        &[("a", true), ("b", false), ("c", true)],
        &[1, 1, 2, 0],
        "Talks with 3 people in 1 community and small groups besides their own group: 2 in b, 1 in small groups",
    );
    check(
        &[("a", false), ("c", true)],
        &[1, 1],
        "Talks with 2 people in small groups besides their own",
    );
    check(
        &[("a", false), ("x, y, z", false), ("b", false)],
        &[1, 1, 2],
        "Talks with 3 people in 2 communities besides their own: 2 in x, y, z; 1 in b",
    );
    let many: Vec<(&str, bool)> = ["h", "a", "b", "c", "d", "e", "f"]
        .map(|n| (n, false))
        .to_vec();
    check(
        &many,
        &[1, 1, 1, 2, 2, 3, 4, 5, 6],
        "Talks with 9 people in 6 communities besides their own: 3 in a, 2 in b, 1 in c, 1 in d, 2 in 2 others",
    );
    let crowd = vec![1; 1240];
    check(
        &four,
        &crowd,
        "Talks with 1,240 people in 1 community besides their own: Foodies",
    );
}

#[test]
fn who_has_no_ties_is_told_so() {
    let graph = graph(3, &[(0, 1)]);
    let analysis = analysed(&graph, &AnalysisSettings::default());
    assert_eq!(
        why(&graph, &analysis, PersonId(2)),
        "No ties in this conversation"
    );
    assert_eq!(bridge_parts(&graph, &analysis, PersonId(2)), []);
    assert_eq!(
        why(&graph, &analysis, PersonId(99)),
        "No ties in this conversation"
    );
    assert_eq!(analysis.bridges.rank[2], 3);
}

/// Circles of `size` people in which everybody is tied to all others, and person `0` of the first tied to three of each other.
fn circles(n_circles: u32, size: u32) -> ConversationGraph {
    let mut pairs = Vec::new();
    for circle in 0..n_circles {
        for a in 0..size {
            for b in a + 1..size {
                pairs.push((circle * size + a, circle * size + b));
            }
        }
        if circle > 0 {
            pairs.extend((0..3).map(|k| (0, circle * size + k)));
        }
    }
    graph((n_circles * size) as usize, &pairs)
}

#[test]
fn a_person_on_top_in_all_of_ten_runs_is_steady_without_a_remainder() {
    let settings = AnalysisSettings {
        runs: 10,
        ..AnalysisSettings::default()
    };
    let stability = analysed(&circles(4, 12), &settings).bridges.stability;
    assert_eq!(stability[0].to_bits(), 1.0f64.to_bits());
}

#[test]
fn parts_add_up_to_the_score() {
    let graph = circles(4, 12);
    let analysis = analysed(&graph, &AnalysisSettings::default());
    assert_eq!(analysis.communities.list.len(), 4);
    assert_eq!(analysis.bridges.rank[0], 1);
    assert_eq!(analysis.bridges.communities_reached[0], 3);
    assert_eq!(analysis.bridges.connections_across[0], 9);
    assert!((analysis.bridges.stability[0] - 1.0).abs() < 1e-9);
    let parts = bridge_parts(&graph, &analysis, PersonId(0));
    assert_eq!(parts.len(), 4);
    assert_eq!(Some(parts[0].community), analysis.communities.of[0]);
    assert!(parts.windows(2).all(|w| w[0].strength >= w[1].strength));
    let squares: f64 = parts.iter().map(|p| p.surplus * p.surplus).sum();
    let score = squares / (analysis.bridges.strength[0] + 5.0);
    // All runs find the circles, so the mean is the score of the shown run.
    assert!((score - analysis.bridges.score[0]).abs() < 1e-9);
    for part in &parts {
        let through = analysis.communities.of[part.through.index()];
        assert_eq!(through, Some(part.community));
    }
}

#[test]
fn small_groups_are_no_targets() {
    // Two circles of 12 and a pair that person 0 is tied to.
    let mut pairs: Vec<(u32, u32)> = circles(2, 12)
        .ties
        .pairs()
        .map(|(a, b, _)| (a, b))
        .collect();
    pairs.extend([(24, 25), (25, 26), (24, 26), (0, 24)]);
    let graph = graph(27, &pairs);
    let analysis = analysed(&graph, &AnalysisSettings::default());
    let list = &analysis.communities.list;
    assert_eq!(
        list.iter().map(|c| (c.people, c.small)).collect::<Vec<_>>(),
        [(12, false), (12, false), (3, true)]
    );
    assert_eq!(analysis.communities.n_large(), 2);
    assert_eq!(analysis.communities.name_of(PersonId(25)), "Small groups");
    let parts = bridge_parts(&graph, &analysis, PersonId(0));
    let small = parts
        .iter()
        .find(|p| list[p.community.index()].small)
        .expect("a part");
    assert!(small.strength > 0.0 && small.surplus == 0.0);
}

#[test]
fn thin_data_is_noticed() {
    let pairs: Vec<(u32, u32)> = (0..10).map(|i| (2 * i, 2 * i + 1)).collect();
    assert!(analysed(&graph(20, &pairs), &AnalysisSettings::default()).thin_data);
    assert!(!analysed(&circles(3, 8), &AnalysisSettings::default()).thin_data);
    assert!(!analysed(&graph(3, &[]), &AnalysisSettings::default()).thin_data);
}

#[test]
fn equal_scores_are_ranked_by_strength_outside_then_connections_then_key() {
    // Nobody bridges: two circles, one tie between them, and one more connection for person 5.
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for a in 0..6 {
        for b in a + 1..6 {
            pairs.extend([(a, b), (a + 6, b + 6)]);
        }
    }
    pairs.push((3, 9));
    let graph = graph(14, &[pairs, vec![(5, 12)]].concat());
    let analysis = analysed(&graph, &AnalysisSettings::default());
    let Bridges { rank, score, .. } = &analysis.bridges;
    assert!(score.iter().all(|s| *s == 0.0), "{score:?}");
    let mut order: Vec<usize> = (0..14).collect();
    order.sort_by_key(|&i| rank[i]);
    assert_eq!(order, [3, 9, 5, 0, 1, 2, 4, 6, 7, 8, 10, 11, 12, 13]);
}

#[test]
fn the_file_may_bring_its_communities() {
    let mut graph = circles(3, 10);
    for (i, person) in graph.people.iter_mut().enumerate() {
        person.given_community = match i {
            0..15 => Some(" Red ".into()),
            15..22 => Some("Blue".into()),
            22..24 => Some("  ".into()),
            _ => None,
        };
    }
    let settings = AnalysisSettings {
        communities_from_file: true,
        ..AnalysisSettings::default()
    };
    let analysis = analysed(&graph, &settings);
    let list: Vec<(&str, u32)> = analysis
        .communities
        .list
        .iter()
        .map(|c| (c.name.as_str(), c.people))
        .collect();
    assert_eq!(
        list,
        [("Red", 15), ("No community in the file", 8), ("Blue", 7)]
    );
    assert_eq!(analysis.communities.of[29], Some(CommunityId(1)));
}

fn with_reach(reach: &[Option<f64>]) -> ConversationGraph {
    let n = reach.len();
    let pairs: Vec<(u32, u32)> = (1..n as u32).map(|i| (i - 1, i)).collect();
    let mut graph = graph(n, &pairs);
    for (person, reach) in graph.people.iter_mut().zip(reach) {
        person.reach = *reach;
    }
    graph
}

#[test]
fn dot_sizes_follow_the_formula() {
    // 0..=1000 in steps of 5: the 5th percentile is 50, the 99.5th 995.
    let reach: Vec<Option<f64>> = (0..=200).map(|i| Some(f64::from(i) * 5.0)).collect();
    let sizes = dot_sizes(&with_reach(&reach), &Analysis::default(), SizeBy::Reach);
    assert_eq!((sizes.by, sizes.unknown), (SizeBy::Reach, 0));
    // 995/50 is under 20: true areas.
    for (f, radius) in [
        (0.0f64, 1.0f64),
        (995.0, 7.0),
        (1000.0, 7.0),
        (500.0, 7.0 * (500.0f64 / 995.0).sqrt()),
    ] {
        assert!(
            (f64::from(sizes.radius[(f / 5.0) as usize]) - radius).abs() < 1e-5,
            "{f}"
        );
    }
    // The same squared: 2,500 to 990,025, logarithmic.
    let reach: Vec<Option<f64>> = (0..=200)
        .map(|i| Some((f64::from(i) * 5.0).powi(2)))
        .collect();
    let sizes = dot_sizes(&with_reach(&reach), &Analysis::default(), SizeBy::Reach);
    let u = (250_001f64.log10() - 2_501f64.log10()) / (990_026f64.log10() - 2_501f64.log10());
    assert!((f64::from(sizes.radius[100]) - (1.0 + 6.0 * u * u)).abs() < 1e-5);
    let values: Vec<f64> = sizes.examples.iter().map(|e| e.0).collect();
    assert_eq!(values.len(), 3);
    assert!(
        values
            .iter()
            .all(|v| [1.0, 2.0, 5.0].contains(&(v / 10f64.powf(v.log10().floor())).round())),
        "{values:?}"
    );
    let f = values[1];
    let u = ((1.0 + f).log10() - 2_501f64.log10()) / (990_026f64.log10() - 2_501f64.log10());
    assert!((f64::from(sizes.examples[1].1) - (1.0 + 6.0 * u * u)).abs() < 1e-5);
}

#[test]
fn unknown_reach_is_unknown() {
    let mostly = dot_sizes(
        &with_reach(&[Some(9.0), Some(90.0), None, Some(900.0)]),
        &Analysis::default(),
        SizeBy::Reach,
    );
    assert_eq!(
        (mostly.by, mostly.unknown, mostly.radius[2]),
        (SizeBy::Reach, 1, DotSizes::SMALLEST)
    );
    let hardly = dot_sizes(
        &with_reach(&[Some(9.0), None, None]),
        &Analysis::default(),
        SizeBy::Reach,
    );
    assert_eq!((hardly.by, hardly.unknown), (SizeBy::Connections, 2));
    assert!(hardly.radius[1] > hardly.radius[0]);
    let same = dot_sizes(
        &with_reach(&[None, None]),
        &Analysis::default(),
        SizeBy::Same,
    );
    assert!(same.examples.is_empty() && same.radius[0] == same.radius[1]);
}

proptest! {
    #[test]
    fn larger_reach_is_never_drawn_smaller(mut reach in proptest::collection::vec(0u64..5_000_000, 2..60)) {
        reach.sort_unstable();
        let known: Vec<Option<f64>> = reach.iter().map(|&f| Some(f as f64)).collect();
        for by in [SizeBy::Reach, SizeBy::ReachArea] {
            let sizes = dot_sizes(&with_reach(&known), &Analysis::default(), by);
            prop_assert!(sizes.radius.windows(2).all(|w| w[0] <= w[1]));
            prop_assert!(sizes.radius.iter().all(|r| (DotSizes::SMALLEST..=DotSizes::LARGEST).contains(r)));
            prop_assert_eq!(sizes.examples.len(), 3);
            prop_assert!(sizes.examples.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 <= w[1].1));
        }
    }
}
