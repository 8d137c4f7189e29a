//! Plans against the golden files: exact traces of the greedy surrogate, and optima found by trying every set.

use std::sync::Arc;

use serde_json::Value;

use super::objective::Objective;
use super::search::{Price, Search};
use super::*;
use crate::people::Ties;
use crate::progress::Progress;

const GOLDEN: [&str; 6] = [
    "handmade12",
    "karate_factions",
    "karate_unweighted_leiden",
    "lesmis",
    "one_community",
    "star_two_cliques",
];

fn read(name: &str) -> Value {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden/plan")
        .join(format!("{name}.json"));
    let text = std::fs::read_to_string(path).expect("the golden file is there");
    serde_json::from_str(&text).expect("the golden file is JSON")
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().expect("a list")
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

/// Everybody may be picked and every community counts, as the files have it.
fn audience(golden: &Value, spread: f64) -> Audience {
    let whole = |value: &Value| value.as_u64().expect("a whole number") as u32;
    let rows = list(&golden["edges"]); // file word
    let pairs: Vec<(u32, u32, f64)> = rows
        .iter()
        .map(|e| (whole(&e[0]), whole(&e[1]), number(&e[2])))
        .collect();
    let n = list(&golden["nodes"]).len(); // file word
    let community = list(&golden["community"]).iter().map(whole).collect();
    Audience::of_everybody(Arc::new(Ties::from_pairs(n, &pairs)), community, 2, spread)
}

/// `k3_sqrt` as 3 and β 0.5.
fn case(name: &str) -> (usize, f64) {
    let (k, phi) = name[1..].split_once('_').expect("k and phi");
    let spread = match phi.trim_start_matches("m2_") {
        "linear" => 1.0,
        "sqrt" => 0.5,
        "beta0.75" => 0.75,
        other => panic!("{other} is no phi"),
    };
    (k.trim_end_matches("_m2").parse().expect("a number"), spread)
}

#[test]
fn greedy_surrogates_pick_as_the_golden_traces() {
    let mut steps_seen = 0;
    for name in GOLDEN {
        let golden = read(name);
        for (case_name, trace) in golden["planner"].as_object().expect("cases") {
            let (k, spread) = case(case_name);
            let audience = audience(&golden, spread);
            let mut surrogate = Objective::surrogate(&audience, 0.5);
            let mut search =
                Search::new(&audience, &surrogate, &Progress::new()).expect("nobody cancels");
            let steps = list(&trace["steps"]);
            assert_eq!(steps.len(), k, "{name} {case_name}");
            for step in steps {
                surrogate.look(&search.touches);
                let best = search.best(&surrogate, 1, Price::ANY)[0];
                assert_eq!(
                    u64::from(best.person.0),
                    step["pick"].as_u64().expect("who"),
                    "{name} {case_name}"
                );
                assert!(
                    (best.gain - number(&step["gain"])).abs() < 1e-9,
                    "{name} {case_name}"
                );
                search.add(best.person);
                surrogate.look(&search.touches);
                assert!(
                    (surrogate.worth() - number(&step["F"])).abs() < 1e-9,
                    "{name} {case_name}"
                );
                steps_seen += 1;
            }
            // Of those who were picked the traces do not tell.
            let times = search.touches.times.iter().zip(&search.touches.chosen);
            let touches: Vec<u64> = times
                .map(|(t, chosen)| if *chosen { 0 } else { u64::from(*t) })
                .collect();
            let expected: Vec<u64> = list(&trace["touches"])
                .iter()
                .filter_map(Value::as_u64)
                .collect();
            assert_eq!(touches, expected, "{name} {case_name}");
            let total = search.touches.total(&audience);
            assert_eq!(
                u64::from(total.touched()),
                trace["touched_once"].as_u64().expect("a count")
            );
            assert_eq!(
                u64::from(total.enough),
                trace["touched_m"].as_u64().expect("a count")
            );
        }
    }
    assert!(steps_seen > 50, "{steps_seen} steps");
}

#[test]
fn plans_come_close_to_the_optima_found_by_trying_every_set() {
    let (mut cases, mut sum) = (0, 0.0);
    for name in GOLDEN {
        let golden = read(name);
        let optima = golden["planner_true_optimum_bruteforce"]
            .as_object()
            .expect("cases");
        for (case_name, optimum) in optima {
            let (k, spread) = case(case_name);
            let mut audience = audience(&golden, spread);
            audience.limit = Limit::People(k as u32);
            // The files tell of sets of exactly k people; a plan may hold fewer, where more would only take away.
            let shorter = optima.iter().filter_map(|(name, value)| {
                let (size, phi) = case(name);
                let same = (phi - spread).abs() < 1e-9;
                (same && size <= k).then(|| number(&value["value"]))
            });
            let best = shorter.fold(number(&optimum["value"]), f64::max);
            let found = plan(&audience, &Progress::new())
                .expect("nobody cancels")
                .worth;
            assert!(
                found <= best + 1e-9,
                "{name} {case_name}: {found} above {best}"
            );
            assert!(
                found >= 0.9 * best - 1e-9,
                "{name} {case_name}: {found} of {best}"
            );
            cases += 1;
            sum += if best > 0.0 { found / best } else { 1.0 };
        }
    }
    println!(
        "{cases} cases, {:.4} of the best on average",
        sum / f64::from(cases)
    );
    assert!(cases >= 20, "{cases} cases");
}
