//! The slots of the search and the meter against counting from scratch, and what no plan may do.

use std::sync::Arc;

use proptest::prelude::*;

use super::objective::Objective;
use super::search::{Price, Search};
use super::*;
use crate::people::{PersonId, Ties};
use crate::progress::Progress;

/// Ties and communities of up to 40 people, made from numbers.
fn audience(n: usize, ends: &[(u32, u32)], communities: u32, m: u32, spread: f64) -> Audience {
    let pairs: Vec<(u32, u32, f64)> = (ends.iter())
        .map(|(a, b)| (a % n as u32, b % n as u32, 1.0))
        .collect();
    let ties = Arc::new(Ties::from_pairs(n, &pairs));
    let community = (0..n as u32).map(|i| i % communities).collect();
    Audience::of_everybody(ties, community, m, spread)
}

/// How often each person is touched, and how many of each community how often, counted from nothing.
fn recount(audience: &Audience, people: &[PersonId]) -> (Vec<u32>, Vec<Touched>) {
    let n = audience.community.len();
    let touching = |i: usize| audience.lit[i] || people.contains(&PersonId(i as u32));
    let times: Vec<u32> = (0..n)
        .map(|j| {
            let others = audience.ties.row(j).0.iter();
            others.filter(|i| touching(**i as usize)).count() as u32
        })
        .collect();
    let mut counted = vec![Touched::default(); audience.n_communities()];
    for j in (0..n).filter(|j| !touching(*j)) {
        let touched = &mut counted[audience.community[j] as usize];
        match times[j] {
            0 => touched.not += 1,
            t if t < audience.touchpoints => touched.some += 1,
            _ => touched.enough += 1,
        }
    }
    (times, counted)
}

/// F as measures has it, from counts made from nothing.
fn worth(audience: &Audience, people: &[PersonId]) -> f64 {
    let (_, counted) = recount(audience, people);
    let parts = counted.iter().zip(&audience.members).zip(&audience.weight);
    parts
        .map(|((touched, n), weight)| {
            let n = f64::from(*n);
            weight * n * libm::pow(f64::from(touched.enough) / n.max(1.0), audience.spread)
        })
        .sum()
}

fn planned(audience: &Audience) -> Vec<PersonId> {
    let plan = plan(audience, &Progress::new()).expect("nobody cancels");
    plan.people()
}

/// The best set of `k` people at most, by trying all.
fn best_by_trying(audience: &Audience, k: usize) -> f64 {
    fn tried(audience: &Audience, people: &mut Vec<PersonId>, from: u32, k: usize) -> f64 {
        let mut best = worth(audience, people);
        if k > 0 {
            for i in from..audience.community.len() as u32 {
                people.push(PersonId(i));
                best = best.max(tried(audience, people, i + 1, k - 1));
                people.pop();
            }
        }
        best
    }
    tried(audience, &mut Vec::new(), 0, k)
}

prop_compose! {
    fn audiences()(
        n in 2usize..40,
        ends in prop::collection::vec((0u32..40, 0u32..40), 0..160),
        communities in 1u32..5,
        m in 1u32..4,
        spread in prop::sample::select(vec![0.25, 0.5, 0.75, 1.0]),
        lit in prop::collection::vec(0usize..40, 0..4),
        left_out in prop::collection::vec(0usize..40, 0..6),
        zero in prop::option::of(0usize..5),
    ) -> Audience {
        let mut audience = audience(n, &ends, communities, m, spread);
        for i in lit {
            audience.lit[i % n] = true;
            audience.eligible[i % n] = false;
        }
        for i in left_out {
            audience.eligible[i % n] = false;
        }
        if let Some(c) = zero.filter(|c| *c < audience.n_communities()) {
            audience.weight[c] = 0.0;
        }
        audience
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// After a thousand edits the meter, and the slots of the search, say what counting from nothing says.
    #[test]
    fn edits_leave_the_same_counts_as_counting_again(
        audience in audiences(),
        edits in prop::collection::vec(0u32..40, 1000),
    ) {
        let audience = Arc::new(audience);
        let n = audience.community.len() as u32;
        let aim = Objective::aim(&audience);
        let mut search = Search::new(&audience, &aim, &Progress::new()).expect("nobody cancels");
        let mut meter = Meter::new(audience.clone());
        let mut list: Vec<PersonId> = Vec::new();
        for (step, edit) in edits.iter().enumerate() {
            let person = PersonId(edit % n);
            if audience.lit[person.index()] {
                continue;
            }
            if let Some(at) = list.iter().position(|p| *p == person) {
                list.remove(at);
                search.remove(person);
            } else {
                list.push(person);
                search.add(person);
            }
            meter.set(&list);
            if step % 100 != 99 {
                continue;
            }
            let (times, counted) = recount(&audience, &list);
            prop_assert_eq!(&meter.touches().times, &times);
            for (c, touched) in counted.iter().enumerate() {
                prop_assert_eq!(meter.touches().in_community(&audience, c), *touched);
            }
            prop_assert!((meter.touches().worth(&audience) - worth(&audience, &list)).abs() < 1e-9);
            prop_assert_eq!(&search.touches, meter.touches());
        }
        // What one more would add: by the slots, by the meter, and by counting twice.
        let mut finer = Objective::aim(&audience);
        finer.look(&search.touches);
        let before = worth(&audience, &list);
        for person in (0..n).map(PersonId).filter(|p| !list.contains(p) && !audience.lit[p.index()]) {
            let mut more = list.clone();
            more.push(person);
            let added = worth(&audience, &more) - before;
            prop_assert!((search.gain(&finer, person) - added).abs() < 1e-9);
        }
    }

    /// The best candidate is the best of all, although most are never looked at closely.
    #[test]
    fn nobody_better_is_passed_over(audience in audiences(), chosen in prop::collection::vec(0u32..40, 0..6)) {
        let n = audience.community.len() as u32;
        let mut objective = Objective::aim_and_surrogate(&audience, 0.3);
        let mut search = Search::new(&audience, &objective, &Progress::new()).expect("nobody cancels");
        let mut meter = Meter::new(Arc::new(audience.clone()));
        let chosen: Vec<PersonId> = chosen.iter().map(|i| PersonId(i % n)).collect();
        search.become_set(&chosen);
        meter.set(&chosen);
        objective.look(&search.touches);
        let free = |p: &PersonId| audience.eligible[p.index()] && !search.touches.has(*p);
        let mut all: Vec<(f64, PersonId)> = (0..n).map(PersonId).filter(free)
            .map(|p| (search.gain(&objective, p), p)).collect();
        all.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let found = search.best(&objective, 3, Price::ANY);
        let expected: Vec<PersonId> = all.iter().take(3).map(|(_, p)| *p).collect();
        prop_assert_eq!(found.iter().map(|c| c.person).collect::<Vec<_>>(), expected);
    }

    /// More people never give less, whoever is left out stays out, and whoever was contacted is not picked again.
    #[test]
    fn longer_plans_are_never_worse(mut audience in audiences()) {
        let mut before = 0.0;
        for k in 1..6 {
            audience.limit = Limit::People(k);
            let people = planned(&audience);
            prop_assert!(people.len() <= k as usize);
            prop_assert!(people.iter().all(|p| audience.eligible[p.index()] && !audience.lit[p.index()]));
            let now = worth(&audience, &people);
            // The planner's own sums run in another order than the recount's: of two sets with the same worth either may have the
            // larger last digit.
            prop_assert!(now >= before * (1.0 - 1e-13), "{k} people: {now} after {before}");
            before = now;
        }
    }

    /// Close to the best of all sets, and never better than it.
    #[test]
    fn plans_are_close_to_the_best(
        ends in prop::collection::vec((0u32..14, 0u32..14), 10..60),
        communities in 1u32..4,
        k in 1u32..4,
    ) {
        let mut audience = audience(14, &ends, communities, 2, 0.75);
        audience.limit = Limit::People(k);
        let best = best_by_trying(&audience, k as usize);
        let found = worth(&audience, &planned(&audience));
        prop_assert!(found <= best + 1e-9);
        prop_assert!(found >= 0.8 * best, "{found} of {best}");
    }

    /// A budget is kept, and whoever must be in is in.
    #[test]
    fn budgets_are_kept(mut audience in audiences(), costs in prop::collection::vec(0u32..9, 40), pinned in 0u32..40) {
        let n = audience.community.len();
        audience.cost = costs[..n].iter().map(|c| f64::from(*c)).collect();
        let pinned = PersonId(pinned % n as u32);
        audience.pinned = if audience.lit[pinned.index()] { Vec::new() } else { vec![pinned] };
        audience.limit = Limit::Budget(10.0);
        let people = planned(&audience);
        let spent: f64 = people.iter().map(|p| audience.cost_of(*p)).sum();
        prop_assert!(spent <= 10.0);
        prop_assert!(audience.pinned.iter().all(|p| people.contains(p)));
    }
}

/// Two groups of five, and two people tied to all of one group each, besides one who is tied to both groups.
///
/// 0 and 1 are tied to everybody of 2..=6, 7 and 8 to everybody of 9..=13, all in two communities.
fn two_fires() -> Audience {
    let mut pairs = Vec::new();
    for (matches, group) in [([0, 1], 2..7), ([7, 8], 9..14)] {
        for j in group {
            pairs.extend(matches.map(|i| (i, j, 1.0)));
        }
    }
    let ties = Arc::new(Ties::from_pairs(14, &pairs));
    let community = (0..14).map(|i| u32::from(i >= 7)).collect();
    Audience::of_everybody(ties, community, 2, 0.75)
}

#[test]
fn two_matches_light_one_fire_and_four_light_two() {
    let mut audience = two_fires();
    for (k, expected, enough) in [(2, vec![0, 1], 5), (4, vec![0, 1, 7, 8], 10)] {
        audience.limit = Limit::People(k);
        let plan = plan(&audience, &Progress::new()).expect("nobody cancels");
        let mut people: Vec<u32> = plan.people().iter().map(|p| p.0).collect();
        people.sort_unstable();
        assert_eq!(people, expected);
        assert_eq!(plan.touched.enough, enough);
    }
}

#[test]
fn the_second_match_has_the_second_touch_as_its_reason() {
    let plan = outcome(&two_fires(), &[PersonId(0), PersonId(1)]);
    let brings: Vec<(u32, u32)> = (plan.picks.iter())
        .map(|pick| (pick.brings[0].first, pick.brings[0].enough))
        .collect();
    assert_eq!(brings, [(5, 0), (0, 5)]);
    assert_eq!(
        plan.words(),
        "These 2 people share a tie with 5 people; 5 of them would hear from at least two"
    );
}

#[test]
fn whoever_was_contacted_already_gives_the_first_touch() {
    let mut audience = two_fires();
    audience.lit[7] = true;
    audience.eligible[7] = false;
    audience.limit = Limit::People(1);
    // One more match beside the one that burns: 8 completes the second touch of five people, nobody else of any.
    assert_eq!(planned(&audience), [PersonId(8)]);
}

#[test]
fn the_swap_for_a_useless_person_is_the_missing_match() {
    let meter = {
        let mut meter = Meter::new(Arc::new(two_fires()));
        meter.set(&[PersonId(0), PersonId(3)]);
        meter
    };
    let swaps = meter.swaps(3, &Progress::new()).expect("nobody cancels");
    let swap = swaps.first().expect("there is a better person");
    assert_eq!(
        (swap.out, swap.new, swap.enough),
        (PersonId(3), PersonId(1), 5)
    );
}

#[test]
fn whoever_declines_is_replaced_by_the_next_best() {
    let mut meter = Meter::new(Arc::new(two_fires()));
    meter.set(&[PersonId(0), PersonId(1)]);
    let found = meter
        .alternatives(PersonId(1), 2, &Progress::new())
        .expect("nobody cancels");
    // Beside 0 alone nobody but 1 gives second touches: what is left are first touches in the other group.
    assert!(
        found
            .iter()
            .all(|c| c.person != PersonId(1) && c.enough <= 0)
    );
    assert_eq!(found[0].person, PersonId(7));
    assert_eq!(found[0].first, 5);
}

#[test]
fn one_thread_and_two_plan_the_same() {
    let ends: Vec<(u32, u32)> = (0..4000u32)
        .map(|i| {
            (
                i.wrapping_mul(2_654_435_761) >> 16,
                i.wrapping_mul(40_503) >> 3,
            )
        })
        .collect();
    let mut audience = audience(900, &ends, 7, 2, 0.75);
    audience.limit = Limit::People(12);
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.expect("a pool").install(|| planned(&audience))
    };
    assert_eq!(with(1), with(2));
}
