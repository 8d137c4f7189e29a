//! The project file: how long saving and reopening take, how large it is, and how long an edit takes to be on the disk.
//!
//! `cargo bench --bench project` (arguments after `--`: people, then edits). Wall times; the file lies in the folder that
//! `TMPDIR` names, so that it says which disk is measured. Beside the commits stands what the same disk needs to sync a file of one block.

mod conversation;

use std::io::{Seek as _, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use isthmus::campaign::{Edit, Entry, Happened, Status};
use isthmus::import::{ImportSettings, Source};
use isthmus::progress::Progress;
use isthmus::project::{Change, Project, open, save};
use isthmus::session::{self, Start, WalkSettings};

fn main() {
    let mut numbers = std::env::args()
        .skip(1)
        .filter_map(|a| a.parse::<usize>().ok());
    let people = numbers.next().unwrap_or(100_000);
    let edits = numbers.next().unwrap_or(500);
    let project = project(people);
    let results = project.results.clone().expect("walked");
    println!(
        "{} people, {} ties, {} posts",
        results.graph.n_people(),
        results.graph.ties.n_ties(),
        results.conversation.posts.posts.len()
    );
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("made-up.isthmus");
    let begin = Instant::now();
    save(&path, &project, &Progress::new()).expect("room");
    println!("save             {:.2} s", begin.elapsed().as_secs_f64());
    let bytes = std::fs::metadata(&path).expect("a file").len();
    println!("size             {:.1} MB", bytes as f64 / 1e6);
    let mut times: Vec<f64> = (0..5).map(|_| reopened(&path)).collect();
    times.sort_unstable_by(f64::total_cmp);
    println!(
        "reopen           median {:.2} s, slowest {:.2} s",
        times[2], times[4]
    );
    print_commits(&path, &results, edits);
    print_syncs(folder.path(), edits);
}

/// A made-up conversation of so many people, walked.
fn project(people: usize) -> Project {
    let progress = Progress::new();
    let source = Source {
        name: "made-up.csv".to_owned(),
        bytes: conversation::table(people, 1),
    };
    let read = session::read(&[source], &ImportSettings::default(), &progress).expect("posts");
    let settings = WalkSettings::default();
    let results = session::analyse(&Arc::new(read), &settings, &progress);
    let mut results = results.expect("nobody cancels");
    let positions = session::arrange(&mut results, &Start::default(), &progress, &|_| {});
    Project {
        title: "made-up.csv".to_owned(),
        results: Some(Arc::new(results)),
        layouts: [(0, Arc::new(positions.expect("nobody cancels")))].into(),
        ..Project::default()
    }
}

/// Seconds from the path to a map that can be shown and changed.
fn reopened(path: &Path) -> f64 {
    let begin = Instant::now();
    let opened = open(path, true, &Progress::new()).expect("a project");
    assert!(opened.warnings.is_empty() && opened.store.is_some());
    begin.elapsed().as_secs_f64()
}

fn print(what: &str, mut ms: Vec<f64>) {
    ms.sort_unstable_by(f64::total_cmp);
    let (median, most) = (ms[ms.len() / 2], ms[ms.len() * 99 / 100]);
    println!("{what:<16} median {median:.2} ms, 99th of 100 {most:.2} ms");
}

/// Puts people on the list and gives each a status, one commit each.
fn print_commits(path: &Path, results: &session::Results, edits: usize) {
    let opened = open(path, true, &Progress::new()).expect("a project");
    let mut store = opened.store.expect("nobody else has it");
    let mut ms = Vec::with_capacity(edits);
    for i in 0..edits {
        let person = &results.graph.people[i / 2 * 3];
        let edit = if i % 2 == 0 {
            Edit::add(Entry::new(&*person.key, &*person.name))
        } else {
            Edit::SetStatus {
                person: person.key.to_string(),
                status: Status::Contacted,
            }
        };
        let begin = Instant::now();
        store
            .commit(&Change::Happened(Happened::Run(edit)))
            .expect("room");
        ms.push(begin.elapsed().as_secs_f64() * 1e3);
    }
    print("commit an edit", ms);
}

/// What the disk itself needs: one block written and synced.
fn print_syncs(folder: &Path, times: usize) {
    let mut file = tempfile::tempfile_in(folder).expect("a file");
    let ms = (0..times).map(|i| {
        let begin = Instant::now();
        file.rewind().expect("a file");
        file.write_all(&[i as u8; 4096]).expect("room");
        file.sync_data().expect("a disk");
        begin.elapsed().as_secs_f64() * 1e3
    });
    print("sync one block", ms.collect());
}
