//! What the command line tells of files before and after they are read: kinds, dates, the own brand, all files together.

use std::fs;

use serde_json::{Value, json};

use super::cli::{errors, folder, isthmus, rows, with_posts};

fn said(arguments: &[&str]) -> String {
    let (folder, _) = with_posts();
    fs::write(
        folder.path().join("more.csv"),
        "Author,Full Text\nben,hi @Ana\nfay,hi @sushibar\n",
    )
    .expect("writable");
    let output = isthmus(folder.path(), arguments);
    assert!(output.status.success(), "{}", errors(&output));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn inspect_tells_kinds_dates_and_what_several_files_give_together() {
    let one = said(&["inspect", "posts.csv"]);
    assert!(one.contains("kinds        5 mention"), "{one}");
    assert!(
        one.contains("dates        2026-03-01 to 2026-03-03"),
        "{one}"
    );
    assert!(!one.contains("all files together"), "{one}");
    let two = said(&["inspect", "posts.csv", "more.csv"]);
    let (_, together) = two.split_once("all files together").expect("told");
    // Ana, Ben, Cleo, Dan, Eve; Fay and the bar.
    assert!(together.contains("to come      7 people, 4 ties"), "{two}");
    assert!(together.contains("merged       1 handle written"), "{two}");
}

#[test]
fn inspect_and_export_leave_the_own_brand_out() {
    let text = said(&[
        "inspect",
        "more.csv",
        "--leave-out",
        "@SushiBar",
        "--leave-out",
        "fay,nobody",
    ]);
    assert!(text.contains("2 people, 1 ties"), "{text}");
    assert!(text.contains("1 × own brand"), "{text}");
    assert!(text.contains("Nobody here is called nobody"), "{text}");
    let value: Value = serde_json::from_str(&said(&[
        "inspect",
        "more.csv",
        "--leave-out",
        "fay",
        "--json",
    ]))
    .expect("JSON");
    let report = &value[0]["report"];
    assert_eq!(report["left_out"][0]["reason"], json!("own brand"));
    assert_eq!(report["tie_kinds"], json!([["mention", 1]]));
    assert_eq!(
        value[0]["people"],
        json!(3),
        "Ana, Ben and the bar: {value}"
    );

    let (folder, _) = with_posts();
    let output = isthmus(
        folder.path(),
        &[
            "export",
            "posts.csv",
            "--leave-out",
            "ana",
            "--leave-out",
            "zoe",
            "--people",
            "people.csv",
            "--summary",
            "summary.json",
        ],
    );
    assert!(output.status.success(), "{}", errors(&output));
    let (_, people) = rows(&folder.path().join("people.csv"));
    let keys: Vec<&str> = people.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(keys, ["ben", "cleo", "dan", "eve"]);
    let bytes = fs::read(folder.path().join("summary.json")).expect("written");
    let summary: Value = serde_json::from_slice(&bytes).expect("JSON");
    assert_eq!(summary["tie_kinds"], json!({"mention": 1}));
    assert_eq!(
        summary["left_out"],
        json!([{"reason": "own brand", "count": 1, "first": "posts.csv"}])
    );
    let warnings = summary["warnings"].to_string();
    assert!(warnings.contains("Nobody here is called zoe"), "{warnings}");
    let wrong = isthmus(folder.path(), &["inspect", "posts.csv", "--leave-out", "@"]);
    assert_eq!(wrong.status.code(), Some(2));
}

#[test]
fn a_file_without_an_author_names_the_flag_that_helps() {
    let folder = folder();
    let text =
        "date,text\n2025-11-14,hello there my friends of rice\n2025-11-15,another long text\n";
    fs::write(folder.path().join("odd.csv"), text).expect("writable");
    let output = isthmus(folder.path(), &["export", "odd.csv", "--ties", "t.csv"]);
    assert_eq!(output.status.code(), Some(1));
    let told = errors(&output);
    assert!(
        told.contains("(--column author=\"Author Handle\")"),
        "{told}"
    );
    let output = isthmus(folder.path(), &["inspect", "odd.csv"]);
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(told.contains("--column author=\"date\""), "{told}");
}
