//! Scenarios of who joins: outcomes that can be worked out by hand, the same chance for all that is compared.

use isthmus::analysis::{Communities, Community, CommunityId};
use isthmus::campaign::{Forecast, ForecastSettings, STRENGTHS, forecast};
use isthmus::people::{PersonId, Ties};
use isthmus::progress::{Progress, Stage};

/// So many interactions that a tie is live in every run: 0.95 to the millionth is nothing.
const ALWAYS: f64 = 1e6;

fn people(numbers: &[u32]) -> Vec<PersonId> {
    numbers.iter().copied().map(PersonId).collect()
}

fn play(ties: &Ties, sets: &[Vec<PersonId>], runs: u32) -> Forecast {
    let settings = ForecastSettings { runs, seed: 4 };
    let nobody = Communities::default();
    forecast(ties, &nobody, sets, settings, &Progress::new()).expect("nobody cancels")
}

/// 600 people with about six ties each, half of them to those near by, of one to three interactions.
fn made_up() -> Ties {
    let n = 600u64;
    let mut state = 77u64;
    let mut next = |below: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let pairs: Vec<(u32, u32, f64)> = (0..1_800)
        .map(|k| {
            let a = next(n);
            let b = if k % 2 == 0 {
                (a + 1 + next(5)) % n
            } else {
                next(n)
            };
            (a as u32, b as u32, 1.0 + next(3) as f64)
        })
        .collect();
    Ties::from_pairs(n as usize, &pairs)
}

/// Ten communities of sixty.
fn tens() -> Communities {
    let community = |k: usize| Community {
        name: format!("community {k}"),
        words: Vec::new(),
        alternatives: Vec::new(),
        evidence: Vec::new(),
        people: 60,
        reach: 0.0,
        ties_inside: 0,
        ties_outside: 0,
        small: false,
        member: PersonId(0),
        colour: None,
    };
    Communities {
        of: (0..600).map(|i| Some(CommunityId(i / 60))).collect(),
        sure: vec![1.0; 600],
        list: (0..10).map(community).collect(),
        ..Communities::default()
    }
}

#[test]
fn where_every_tie_is_live_those_join_who_hear_from_enough() {
    // 0 and 1 begin. 2 hears from both, then 3 from 1 and 2. 4 hears from 3 alone, which is too few. 5 and 6 have 20
    // connections and need three: 5 hears from two, 6 from three. Whoever has one connection hears from one at most.
    let mut pairs = vec![
        (2, 0),
        (2, 1),
        (3, 1),
        (3, 2),
        (4, 3),
        (5, 0),
        (5, 1),
        (6, 0),
        (6, 1),
        (6, 2),
    ];
    pairs.extend((7..25).map(|other| (5, other)));
    pairs.extend((25..42).map(|other| (6, other)));
    let pairs: Vec<(u32, u32, f64)> = pairs.into_iter().map(|(a, b)| (a, b, ALWAYS)).collect();
    let ties = Ties::from_pairs(42, &pairs);
    let result = play(&ties, &[people(&[0, 1]), people(&[0])], 20);
    for outcome in &result.sets[0] {
        assert_eq!(outcome.joined, [3; 20], "2, 3 and 6");
        // 5 % of 42 people are 2.1, so three are enough.
        assert_eq!(
            (outcome.median, outcome.low, outcome.high, outcome.took_off),
            (3, 3, 3, 20)
        );
    }
    let alone = &result.sets[1];
    assert!(alone.iter().all(|o| o.joined == [0; 20] && o.took_off == 0));
}

#[test]
fn two_ties_are_live_as_often_as_the_formula_says() {
    // 2 is tied to both who begin and needs both ties: (1 − (1 − p0)^w)², here for w = 1 and w = 3.
    let runs = 20_000;
    for w in [1, 3] {
        let weight = f64::from(w);
        let ties = Ties::from_pairs(3, &[(0, 2, weight), (1, 2, weight), (0, 1, weight)]);
        let result = play(&ties, &[people(&[0, 1])], runs);
        for (outcome, p0) in result.sets[0].iter().zip(STRENGTHS) {
            let live = 1.0 - (1.0 - p0).powi(w);
            let expected = live * live;
            let error = (expected * (1.0 - expected) / f64::from(runs)).sqrt();
            let found = f64::from(outcome.joined.iter().sum::<u32>()) / f64::from(runs);
            assert!(
                (found - expected).abs() < 4.0 * error,
                "w {w}, p0 {p0}: {found} for {expected}"
            );
        }
    }
}

#[test]
fn more_people_at_the_start_or_a_stronger_message_never_reach_fewer_in_the_same_run() {
    let ties = made_up();
    let few: Vec<u32> = (0..600).step_by(20).collect();
    let more: Vec<u32> = (0..600).step_by(10).collect();
    let result = play(&ties, &[people(&few), people(&more)], 100);
    let mut somebody_joined = false;
    for (of_few, of_more) in result.sets[0].iter().zip(&result.sets[1]) {
        for (a, b) in of_few.joined.iter().zip(&of_more.joined) {
            assert!(a + 30 <= b + 60, "{a} and the 30, {b} and the 60");
            somebody_joined |= *a > 0;
        }
    }
    assert!(somebody_joined);
    for weaker_and_stronger in result.sets[1].windows(2) {
        let [weaker, stronger] = weaker_and_stronger else {
            unreachable!("windows of two")
        };
        assert!(
            weaker
                .joined
                .iter()
                .zip(&stronger.joined)
                .all(|(a, b)| a <= b)
        );
        assert!(weaker.median < stronger.median);
    }
}

#[test]
fn what_is_compared_meets_the_same_chance_on_any_number_of_threads() {
    let ties = made_up();
    let set = people(&(0..600).step_by(12).collect::<Vec<_>>());
    let other = people(&[3, 4, 5, 6, 7, 8]);
    let on = |threads: usize, sets: &[Vec<PersonId>]| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("threads");
        pool.install(|| {
            let settings = ForecastSettings::new(9);
            forecast(&ties, &tens(), sets, settings, &Progress::new()).expect("nobody cancels")
        })
    };
    let twice = on(1, &[set.clone(), other.clone(), set.clone()]);
    assert_eq!(twice.sets[0], twice.sets[2]);
    assert_eq!(
        on(2, std::slice::from_ref(&set)).sets[0],
        twice.sets[0],
        "alone, on two threads"
    );
    assert_eq!(on(2, &[set.clone(), other, set]), twice);
}

#[test]
fn quantiles_and_communities_are_those_of_the_runs() {
    let set = people(&(0..600).step_by(12).collect::<Vec<_>>());
    let settings = ForecastSettings { runs: 100, seed: 2 };
    let result = forecast(&made_up(), &tens(), &[set], settings, &Progress::new());
    let outcome = &result.expect("nobody cancels").sets[0][2];
    let at_least = |n: u32| outcome.joined.iter().filter(|joined| **joined >= n).count();
    assert!(at_least(outcome.median) >= 50 && at_least(outcome.median + 1) <= 50);
    let between = (outcome.low..=outcome.high).fold(0, |sum, n| {
        sum + outcome.joined.iter().filter(|joined| **joined == n).count()
    });
    assert!(between >= 80 && outcome.low <= outcome.median && outcome.median <= outcome.high);
    assert_eq!(outcome.took_off as usize, at_least(30), "5 % of 600 people");
    let parts: Vec<u32> = outcome.by_community.iter().map(|(_, n)| *n).collect();
    assert_eq!(parts.len(), 10);
    // Middles do not add up exactly, but ten even communities share what joins.
    let sum: u32 = parts.iter().sum();
    assert!(
        sum.abs_diff(outcome.median) <= outcome.median / 4,
        "{parts:?} for {}",
        outcome.median
    );
}

#[test]
fn the_sentence_calls_it_a_scenario_and_promises_nothing() {
    let set = people(&(0..600).step_by(8).collect::<Vec<_>>());
    let result = play(&made_up(), &[set, people(&[1])], 300);
    let strong = &result.sets[0][2];
    let expected = format!(
        "In 300 runs of this scenario half of the time at least {} more people join (80 of 100 runs: {} to {}); ",
        strong.median, strong.low, strong.high
    );
    assert!(strong.words().starts_with(&expected), "{}", strong.words());
    assert_eq!(
        strong.assumption(),
        "if 30 of 100 exchanges carry the message on"
    );
    let nobody = &result.sets[1][0];
    assert_eq!(
        nobody.words(),
        "In 300 runs of this scenario half of the time or more nobody else joins (80 of 100 runs: 0); it never takes off"
    );
    for outcome in result.sets.iter().flatten() {
        assert!(!outcome.words().contains("will"), "{}", outcome.words());
    }
}

#[test]
fn it_counts_its_runs_and_stops_when_nobody_waits() {
    let ties = made_up();
    let settings = ForecastSettings { runs: 7, seed: 1 };
    let progress = Progress::new();
    progress.begin(Stage::Forecast, 21).expect("nobody cancels");
    let sets = [people(&[1, 2]), people(&[3])];
    let nobody = Communities::default();
    assert!(forecast(&ties, &nobody, &sets, settings, &progress).is_ok());
    assert_eq!(
        progress.standing().done,
        21,
        "seven runs at three strengths"
    );
    progress.cancel();
    assert!(forecast(&ties, &nobody, &sets, settings, &progress).is_err());
}

#[test]
fn people_who_are_not_in_the_graph_and_empty_sets_are_nothing_to_fear() {
    let nobody = play(&Ties::from_pairs(0, &[]), &[people(&[5]), Vec::new()], 3);
    assert!(
        nobody
            .sets
            .iter()
            .flatten()
            .all(|o| o.joined == [0; 3] && o.took_off == 0)
    );
    let ties = Ties::from_pairs(3, &[(0, 2, ALWAYS), (1, 2, ALWAYS)]);
    let twice = play(&ties, &[people(&[0, 0, 99, 1])], 3);
    assert!(twice.sets[0].iter().all(|o| o.joined == [1; 3]));
}
