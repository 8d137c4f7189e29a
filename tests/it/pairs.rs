//! Bridges by pair on made-up conversations whose answer follows from counting, and on a golden one.

use std::path::Path;

use isthmus::analysis::{
    Analysis, Communities, Community, CommunityId, Flows, Pair, Pairs, Partition, pairs,
};
use isthmus::people::{PersonId, Ties};
use isthmus::progress::{Cancelled, Progress};
use serde_json::Value;

/// Communities of six in which everybody is tied to everybody, and the ties across.
fn circles(n: u32, across: &[(u32, u32)]) -> (Ties, Analysis) {
    let mut ties: Vec<(u32, u32, f64)> = Vec::new();
    for circle in 0..n {
        let first = circle * 6;
        for a in first..first + 6 {
            ties.extend((a + 1..first + 6).map(|b| (a, b, 1.0)));
        }
    }
    ties.extend(across.iter().map(|(a, b)| (*a, *b, 1.0)));
    let of: Vec<u32> = (0..n * 6).map(|i| i / 6).collect();
    grouped(Ties::from_pairs(of.len(), &ties), of, |_| false)
}

fn grouped(ties: Ties, of: Vec<u32>, small: impl Fn(u32) -> bool) -> (Ties, Analysis) {
    let n = of.iter().max().expect("people") + 1;
    let mut sizes = vec![0; n as usize];
    for c in &of {
        sizes[*c as usize] += 1;
    }
    let list = sizes.iter().zip(0..).map(|(people, c)| Community {
        name: format!("c{c}"),
        words: Vec::new(),
        alternatives: Vec::new(),
        evidence: Vec::new(),
        people: *people,
        reach: 0.0,
        ties_inside: 0,
        ties_outside: 0,
        small: small(c),
        member: PersonId(0),
        colour: None,
    });
    let communities = Communities {
        of: of.iter().map(|c| Some(CommunityId(*c))).collect(),
        list: list.collect(),
        ..Communities::default()
    };
    let partition = Partition { of, sizes };
    let flows = Flows::of(&ties, &partition, &Progress::new()).expect("nobody cancels");
    let analysis = Analysis {
        communities,
        flows,
        ..Analysis::default()
    };
    (ties, analysis)
}

fn found((ties, analysis): &(Ties, Analysis)) -> Pairs {
    pairs(ties, analysis, &Progress::new()).expect("nobody cancels")
}

fn between(pairs: &Pairs, a: u32, b: u32) -> &Pair {
    let both = [CommunityId(a), CommunityId(b)];
    let pair = pairs.list.iter().find(|pair| pair.communities == both);
    pair.expect("compared")
}

fn who(people: impl Iterator<Item = PersonId>) -> Vec<u32> {
    people.map(|person| person.0).collect()
}

#[test]
fn one_person_joins_two_communities_and_a_single_tie_leaves_a_gap() {
    // 0 of the first talks with four of the second; 11 of the second has one tie with 12 of the third.
    let across = [(0, 8), (0, 9), (0, 10), (0, 11), (11, 12)];
    let pairs = found(&circles(3, &across));
    assert_eq!(pairs.communities.len(), 3);
    assert_eq!(pairs.list.len(), 3);

    let joined = between(&pairs, 0, 1);
    assert_eq!((joined.ties, joined.strength), (4, 4.0));
    assert!(!joined.is_gap());
    assert_eq!((joined.joined_by, joined.joined_from_outside), (1, 0));
    assert_eq!(who(joined.connectors.iter().map(|c| c.person)), [0]);
    assert_eq!(joined.connectors[0].connections, [5, 4]);
    // s = 9, V = 34, 35 and 31: 4 − 2.5 · 9 · (0 + 5 · 35/100) / (34 − 9 + 5)
    assert!((joined.connectors[0].surplus - 2.6875).abs() < 1e-12);
    assert!((joined.times_chance - 4.0 * 100.0 / (34.0 * 35.0)).abs() < 1e-12);
    assert!(joined.nearest.is_empty(), "only gaps need somebody near");

    let weak = between(&pairs, 1, 2);
    assert_eq!(weak.ties, 1);
    assert!(weak.is_gap());
    // Both ends of the tie have a little more than expected, the one with fewer ties in its own community more.
    assert_eq!(who(weak.connectors.iter().map(|c| c.person)), [11, 12]);
    assert!(weak.connectors.iter().all(|c| c.surplus < 1.0));
    // First the two ends, then those who know one of them.
    assert_eq!(
        who(weak.nearest.iter().map(|n| n.person)),
        [11, 12, 6, 7, 8]
    );
    let tied: Vec<bool> = weak.nearest.iter().map(|n| n.tied).collect();
    assert_eq!(tied, [true, true, false, false, false]);

    let apart = between(&pairs, 0, 2);
    assert_eq!((apart.ties, apart.times_chance), (0, 0.0));
    assert!(apart.is_gap() && apart.connectors.is_empty());
    // 0 and 12 both know 11, who is tied to the other side of each.
    assert_eq!(who(apart.nearest.iter().map(|n| n.person)), [0, 12]);
    assert!(apart.nearest.iter().all(|n| !n.tied && n.connections == 1));
}

#[test]
fn somebody_from_a_third_community_may_join_two_others() {
    let across = [(12, 0), (12, 1), (12, 2), (12, 6), (12, 7), (12, 8)];
    let pairs = found(&circles(3, &across));
    let pair = between(&pairs, 0, 1);
    assert!(pair.is_gap(), "nobody of the two joins them");
    assert_eq!(pair.joined_from_outside, 1);
    assert_eq!(who(pair.connectors.iter().map(|c| c.person)), [12]);
    assert_eq!(pair.connectors[0].connections, [3, 3]);
    // Whoever knows 12 is one step from the other community.
    assert_eq!(who(pair.nearest.iter().map(|n| n.person)), [0, 1, 2, 6, 7]);
    assert_eq!(between(&pairs, 0, 2).joined_by, 1);
    assert_eq!(between(&pairs, 1, 2).joined_by, 1);
}

#[test]
fn the_twenty_largest_are_compared_and_small_groups_are_not() {
    let (ties, mut analysis) = circles(24, &[(0, 6), (0, 7)]);
    analysis.communities.list[1].small = true;
    let pairs = found(&(ties, analysis));
    let compared: Vec<u32> = pairs.communities.iter().map(|c| c.0).collect();
    let expected: Vec<u32> = std::iter::once(0).chain(2..21).collect();
    assert_eq!(compared, expected);
    assert_eq!(pairs.list.len(), 20 * 19 / 2);
    for (a, b) in [(0, 1), (3, 17), (18, 19)] {
        let pair = pairs.of(a, b).expect("two of them");
        let both = [pairs.communities[a], pairs.communities[b]];
        assert_eq!(pair.communities, both);
        assert_eq!(pairs.of(b, a), Some(pair));
    }
    assert_eq!((pairs.of(4, 4), pairs.of(0, 20)), (None, None));
    assert!(pairs.list.iter().all(|pair| pair.ties == 0));
}

#[test]
fn the_same_for_any_number_of_threads_and_cancelled_when_nobody_waits() {
    let across: Vec<(u32, u32)> = (0..9_000u32)
        .map(|i| {
            let (a, b) = (i.wrapping_mul(2_654_435_761), i.wrapping_mul(40_503) >> 3);
            (a % 12_000, b % 12_000)
        })
        .collect();
    let world = circles(2_000, &across);
    let by = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.expect("threads").install(|| found(&world))
    };
    let one = by(1);
    assert!(one.list.iter().any(|pair| pair.ties > 0));
    assert_eq!(one, by(3));
    let progress = Progress::new();
    progress.cancel();
    assert_eq!(pairs(&world.0, &world.1, &progress), Err(Cancelled));
}

#[test]
fn the_handmade_conversation_has_its_one_connector() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/analysis/handmade12.json");
    let text = std::fs::read_to_string(path).expect("the golden file handmade12.json is there");
    let golden: Value = serde_json::from_str(&text).expect("the golden file is JSON");
    let rows = |name: &str| golden[name].as_array().expect("a list").clone();
    let ties: Vec<(u32, u32, f64)> = rows("edges")
        .iter()
        .map(|row| {
            let number = |at: usize| row[at].as_f64().expect("a number");
            (number(0) as u32, number(1) as u32, number(2))
        })
        .collect();
    let of: Vec<u32> = rows("community")
        .iter()
        .map(|c| c.as_u64().expect("a number") as u32)
        .collect();
    let surplus = golden["excess_by_community"][5][1].as_f64();
    let pairs = found(&grouped(Ties::from_pairs(12, &ties), of, |_| false));
    let pair = between(&pairs, 0, 1);
    assert_eq!((pair.ties, pair.joined_by), (4, 1));
    assert_eq!(who(pair.connectors.iter().map(|c| c.person)), [5]);
    assert!((pair.connectors[0].surplus - surplus.expect("a number")).abs() < 1e-9);
    assert_eq!(pair.connectors[0].connections, [3, 3]);
    // The community of the one without ties is joined with nothing, and nobody is near.
    let apart = between(&pairs, 0, 2);
    assert!(apart.is_gap() && apart.nearest.is_empty());
}
