//! A file and that of last time on the command line: places stay, and the report tells what has changed.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::cli::{errors, folder, isthmus, rows};

const BEFORE: &str = "\
Author,Full Text,Date
ana,hello @ben and @cleo,2026-03-01
ben,@ana and @cleo,2026-03-02
cleo,@ben hi,2026-03-03
dan,@ana bye,2026-03-04
";
const AFTER: &str = "\
Author,Full Text,Date
Ana,hello @ben and @cleo,2026-04-01
ben,@ana and @cleo,2026-04-02
cleo,@ben hi,2026-04-03
zoe,@ana hi all,2026-04-04
";

fn places(path: &Path) -> BTreeMap<String, [f64; 2]> {
    let (header, rows) = rows(path);
    let column = |name: &str| header.iter().position(|h| h == name).expect(name);
    let (person, x, y) = (column("person"), column("x"), column("y"));
    let place = |row: &[String], at: usize| row[at].parse().expect("a number");
    rows.iter()
        .map(|row| (row[person].clone(), [place(row, x), place(row, y)]))
        .collect()
}

#[test]
fn since_last_time_keeps_places_and_tells_changes_in_the_report() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("march.csv"), BEFORE).expect("writable");
    fs::write(at("april.csv"), AFTER).expect("writable");
    let first = isthmus(
        folder.path(),
        &["export", "march.csv", "--people", "p1.csv"],
    );
    assert!(first.status.success(), "{}", errors(&first));
    let arguments = [
        "export",
        "april.csv",
        "--since",
        "march.csv",
        "--people",
        "p2.csv",
        "--report",
        "r.html",
        "--list",
        "l.csv",
    ];
    let second = isthmus(folder.path(), &arguments);
    assert!(second.status.success(), "{}", errors(&second));
    let (before, after) = (places(&at("p1.csv")), places(&at("p2.csv")));
    for who in ["ana", "ben", "cleo"] {
        let (from, to) = (before[who], after[who]);
        let way = (from[0] - to[0]).hypot(from[1] - to[1]);
        // Dots have a radius of 1 at least: nobody is further away than what newcomers push them aside.
        assert!(way < 15.0, "{who} moved by {way}");
    }
    let page = fs::read_to_string(at("r.html")).expect("written");
    for words in [
        r#"<section id="changes">"#,
        "march.csv",
        "3 people stayed, 1 new, 1 gone",
        "New people",
        "People who are gone",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let alone = isthmus(
        folder.path(),
        &["export", "april.csv", "--report", "alone.html"],
    );
    assert!(alone.status.success(), "{}", errors(&alone));
    let page = fs::read_to_string(at("alone.html")).expect("written");
    assert!(!page.contains("What has changed"));
}

#[test]
fn since_asks_for_something_that_shows_it_and_for_a_file_that_is_there() {
    let folder = folder();
    fs::write(folder.path().join("april.csv"), AFTER).expect("writable");
    let since = |more: &[&str]| {
        let arguments = [&["export", "april.csv", "--since"], more].concat();
        isthmus(folder.path(), &arguments)
    };
    let nothing = since(&["april.csv", "--ties", "t.csv"]);
    assert_eq!(nothing.status.code(), Some(2));
    assert!(errors(&nothing).contains("--since goes into --people, --map and --report"));
    let missing = since(&["march.csv", "--people", "p.csv"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(
        errors(&missing).contains("march.csv"),
        "{}",
        errors(&missing)
    );
    assert!(!folder.path().join("p.csv").exists());
    let over = since(&["april.csv", "--people", "april.csv"]);
    assert_eq!(over.status.code(), Some(1));
}
