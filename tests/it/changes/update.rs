//! The made-up world and the same world a month later: what was planted is found, whatever the order and the threads.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use isthmus::campaign::Campaign;
use isthmus::changes::{Changes, Fate, Snapshot, changes};
use isthmus::import::Source;
use isthmus::people::ConversationGraph;
use isthmus::progress::Progress;
use isthmus::session::{self, Results, WalkSettings};

use crate::sample::generator;

fn analysed(bytes: Vec<u8>) -> Results {
    let source = Source {
        name: "posts.csv".to_owned(),
        bytes,
    };
    let (settings, progress) = (WalkSettings::default(), Progress::new());
    let conversation =
        session::read(&[source], &settings.import, &progress).expect("a proper table");
    session::analyse(&Arc::new(conversation), &settings, &progress).expect("nobody cancels")
}

fn snapshot(results: &Results) -> Snapshot<'_> {
    Snapshot {
        title: "sushi",
        graph: &results.graph,
        analysis: &results.analysis,
        time_range: results.conversation.report.time_range,
    }
}

fn of(before: &Results, after: &Results) -> Changes {
    changes(&snapshot(before), &snapshot(after), &Campaign::default())
}

fn later() -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/update");
    std::fs::read(path.join("sushi-sample-later.csv")).expect("a file of the project")
}

/// Whom or what the generator has planted, by key.
fn planted(what: &str) -> Vec<String> {
    let all = generator::later().1;
    let these = all.into_iter().filter(|(planted, _)| *planted == what);
    these.map(|(_, who)| who.to_lowercase()).collect()
}

/// Those of `keys` who post: whoever is only written to may be missing by chance.
fn who_post(keys: &[Box<str>], graph: &ConversationGraph) -> BTreeSet<String> {
    let posts = |key: &&str| {
        let id = graph.find(key).expect("somebody of this file");
        graph.people[id.index()].posts > 0
    };
    let keys = keys.iter().map(|key| &**key);
    keys.filter(posts).map(str::to_owned).collect()
}

/// What the community of somebody is called.
fn home(results: &Results, key: &str) -> String {
    let id = results.graph.find(key).expect("somebody of this file");
    results.analysis.communities.name_of(id).to_owned()
}

#[test]
fn the_kept_files_are_what_the_generator_writes() {
    // On a difference: cargo run --release --example make_sample
    let (bytes, planted) = generator::later();
    assert!(bytes == later(), "sushi-sample-later.csv is out of date");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/update/planted.csv");
    let kept = std::fs::read(path).expect("a file of the project");
    assert!(
        generator::planted_csv(&planted) == kept,
        "planted.csv is out of date"
    );
}

#[test]
fn what_was_planted_is_found() {
    let (before, after) = (analysed(session::SAMPLE.to_vec()), analysed(later()));
    let changes = of(&before, &after);

    let set = |what| planted(what).into_iter().collect::<BTreeSet<String>>();
    assert_eq!(who_post(&changes.new.keys, &after.graph), set("new"));
    assert_eq!(who_post(&changes.gone.keys, &before.graph), set("gone"));

    let mover = &planted("moved")[0];
    let moved = changes.moved.iter().find(|m| m.person == *mover);
    let moved = moved.unwrap_or_else(|| panic!("{mover} among {:?}", changes.moved));
    assert_eq!(moved.community.before, home(&before, mover));
    let host = &planted("moved into the community of")[0];
    assert_eq!(moved.community.after, home(&after, host));

    let who = |bridges: &[isthmus::changes::BridgeChange]| -> Vec<String> {
        bridges.iter().map(|b| b.who.person.clone()).collect()
    };
    let (new, lost) = (who(&changes.new_bridges), who(&changes.lost_bridges));
    assert!(new.contains(&planted("new bridge")[0]), "{new:?}");
    assert!(lost.contains(&planted("lost bridge")[0]), "{lost:?}");

    let merged = planted("merged");
    let (from, into) = (home(&before, &merged[0]), home(&after, &merged[1]));
    let name = |then: &Option<isthmus::changes::CommunityThen>| then.clone().map(|c| c.name);
    let is_that = |row: &&isthmus::changes::CommunityChange| {
        row.fate == Fate::Merged && name(&row.before).as_ref() == Some(&from)
    };
    let row = changes.matched.iter().find(is_that);
    let row = row.unwrap_or_else(|| panic!("{from} among {:?}", changes.matched));
    assert_eq!(name(&row.after), Some(into));
    // Eight were made up, of which two are one now.
    assert_eq!(changes.n_of(Fate::Same), 7);
    assert_eq!(
        changes.warnings(),
        [""; 0],
        "a month later, of the same length, with the same people"
    );
}

#[test]
fn whoever_writes_their_handle_in_other_letter_case_stays() {
    let (before, after) = (analysed(session::SAMPLE.to_vec()), analysed(later()));
    let key = &planted("other letter case")[0];
    let handle = |results: &Results| {
        let id = results.graph.find(key).expect("the same key");
        results.graph.people[id.index()].handle.to_string()
    };
    assert_ne!(handle(&before), handle(&after));
    assert!(!of(&before, &after).is_new(key));
}

#[test]
fn shuffled_posts_and_fewer_threads_give_the_same_changes() {
    let text = String::from_utf8(later()).expect("the sample is UTF-8");
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let lines: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("a row")).collect();
    let header = lines
        .iter()
        .position(|l| l.get(0) == Some("Date"))
        .expect("a header");
    let mut shuffled = csv::Writer::from_writer(Vec::new());
    shuffled
        .write_record(&lines[header])
        .expect("memory takes it");
    // Every seventh first, and so on: another order, the same in every run.
    for first in 0..7 {
        for line in lines[header + 1..].iter().skip(first).step_by(7) {
            shuffled.write_record(line).expect("memory takes it");
        }
    }
    let shuffled = shuffled.into_inner().expect("memory takes it");
    let with_threads = |n: usize, bytes: Vec<u8>| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(n).build();
        pool.expect("a pool")
            .install(|| of(&analysed(session::SAMPLE.to_vec()), &analysed(bytes)))
    };
    let changes = with_threads(2, later());
    assert!(with_threads(1, later()) == changes, "threads");
    assert!(with_threads(2, shuffled) == changes, "order");
}
