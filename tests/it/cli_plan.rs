//! Plans from the command line: who is picked, who never is, and what the summary tells.

use std::fs;

use serde_json::Value;

use super::cli::{errors, folder, isthmus, rows};

/// Runs `isthmus export` on the sample with `more`, and reads list and summary.
fn planned(more: &[&str], handles: &[(&str, &str)]) -> (Vec<Vec<String>>, Value) {
    let folder = folder();
    assert!(
        isthmus(folder.path(), &["sample", "posts.csv"])
            .status
            .success()
    );
    for (name, text) in handles {
        fs::write(folder.path().join(name), text).expect("written");
    }
    let mut arguments = vec![
        "export",
        "posts.csv",
        "--list",
        "list.csv",
        "--summary",
        "s.json",
    ];
    arguments.extend(more);
    let output = isthmus(folder.path(), &arguments);
    assert!(output.status.success(), "{}", errors(&output));
    let (header, list) = rows(&folder.path().join("list.csv"));
    assert_eq!(header[..3], ["position", "person", "name"]);
    let summary = fs::read_to_string(folder.path().join("s.json")).expect("written");
    (list, serde_json::from_str(&summary).expect("JSON"))
}

fn people(list: &[Vec<String>]) -> Vec<String> {
    list.iter().map(|row| row[1].clone()).collect()
}

fn count(plan: &Value, name: &str) -> u64 {
    plan[name]
        .as_u64()
        .unwrap_or_else(|| panic!("{name} of {plan}"))
}

#[test]
fn a_plan_is_a_list_and_a_part_of_the_summary() {
    let (list, summary) = planned(&["--plan", "15"], &[]);
    let plan = &summary["plan"];
    let told: Vec<&str> = plan["people"]
        .as_array()
        .expect("people")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    assert_eq!(told, people(&list));
    assert_eq!(list.len(), 15);
    assert_eq!(count(plan, "touchpoints"), 2);
    assert!(count(plan, "touched") >= count(plan, "touched_enough"));
    // The old way is among the sets the plan may choose from, and reach bounds nothing here.
    assert!(count(plan, "touched_enough") > count(plan, "top_reach_touched_enough"));
    assert!(summary["seconds"]["plan"].as_f64().expect("seconds") > 0.0);
    assert!(
        list.iter()
            .all(|row| row[10] == "to contact" && !row[9].is_empty())
    );
}

#[test]
fn a_run_without_a_plan_says_so() {
    let (list, summary) = planned(&["--top", "5"], &[]);
    assert_eq!(list.len(), 5);
    assert!(summary["plan"].is_null());
    assert!(summary["seconds"]["plan"].as_f64().expect("seconds").abs() < f64::EPSILON);
}

#[test]
fn whoever_was_contacted_or_is_excluded_is_not_picked_and_a_longer_plan_is_no_worse() {
    let (first, summary) = planned(&["--plan", "6"], &[]);
    let first = people(&first);
    let contacted = format!("# March\n@{}\n{}\n", first[0], first[1].to_uppercase());
    let excluded = format!("@{}\nnobody_of_this_file\n", first[2]);
    let files = [
        ("contacted.txt", contacted.as_str()),
        ("never.txt", excluded.as_str()),
    ];
    let with_files = [
        "--plan",
        "6",
        "--contacted",
        "contacted.txt",
        "--exclude",
        "never.txt",
    ];
    let (second, second_summary) = planned(&with_files, &files);
    let second = people(&second);
    assert_eq!(second.len(), 6);
    assert!(
        first[..3].iter().all(|person| !second.contains(person)),
        "{first:?} {second:?}"
    );
    // Two who burn already and six more light more than six.
    let enough = |summary: &Value| count(&summary["plan"], "touched_enough");
    assert!(enough(&second_summary) > enough(&summary));
    let (_, longer) = planned(&["--plan", "7"], &[]);
    assert!(longer["plan"]["worth"].as_f64() >= summary["plan"]["worth"].as_f64());
}

#[test]
fn a_cap_on_reach_holds_and_spread_and_touchpoints_are_taken() {
    let (capped, _) = planned(&["--plan", "10", "--reach-cap", "2000"], &[]);
    assert_eq!(capped.len(), 10);
    for row in &capped {
        let reach = row[4].parse::<f64>();
        assert!(
            reach.is_err() || reach.is_ok_and(|reach| reach <= 2000.0),
            "{row:?}"
        );
    }
    let (_, once) = planned(
        &["--plan", "10", "--touchpoints", "1", "--spread", "1"],
        &[],
    );
    let plan = &once["plan"];
    assert_eq!(count(plan, "touchpoints"), 1);
    assert_eq!(count(plan, "touched"), count(plan, "touched_enough"));
}

#[test]
fn plans_that_cannot_be_are_usage_errors_with_advice() {
    let folder = folder();
    assert!(
        isthmus(folder.path(), &["sample", "posts.csv"])
            .status
            .success()
    );
    let bad: [(&[&str], &str); 6] = [
        (&["--people", "p.csv", "--plan", "5"], "--plan goes into"),
        (&["--list", "l.csv", "--plan", "0"], "1..=500"),
        (
            &["--list", "l.csv", "--plan", "5", "--top", "5"],
            "cannot be used with",
        ),
        (
            &["--list", "l.csv", "--plan", "5", "--spread", "2"],
            "0.25 to 1",
        ),
        (
            &["--list", "l.csv", "--plan", "5", "--touchpoints", "0"],
            "1..=9",
        ),
        (&["--list", "l.csv", "--exclude", "never.txt"], "--plan"),
    ];
    for (more, words) in bad {
        let output = isthmus(folder.path(), &[&["export", "posts.csv"], more].concat());
        assert_eq!(output.status.code(), Some(2), "{more:?}");
        assert!(
            errors(&output).contains(words),
            "{more:?}: {}",
            errors(&output)
        );
    }
    let missing = [
        "export",
        "posts.csv",
        "--list",
        "l.csv",
        "--plan",
        "5",
        "--exclude",
        "gone.txt",
    ];
    let output = isthmus(folder.path(), &missing);
    assert_eq!(output.status.code(), Some(1));
    assert!(errors(&output).contains("gone.txt"), "{}", errors(&output));
    assert!(!folder.path().join("l.csv").exists());
}
