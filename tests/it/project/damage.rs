//! Damaged files: a sentence, or what is left with a warning; never a panic, and never a changed file.

use std::fs;
use std::path::Path;

use isthmus::progress::Progress;
use isthmus::project::{Project, ReadOnly, open, save};

use super::kill::random_edits::Chance;
use super::made_up::{Walked, difference, few, project, quick_folder, sample};

/// What became of a file.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    Refused,
    Warned,
    /// Nothing of what it holds is another.
    Harmless,
}

/// Opens `bytes` as a project, which must be refused, open with a warning, or hold exactly what `whole` holds.
fn outcome(path: &Path, bytes: &[u8], whole: &Project) -> Outcome {
    fs::write(path, bytes).expect("room");
    match open(path, true, &Progress::new()) {
        Err(error) => {
            assert!(!error.to_string().is_empty() && !error.advice().is_empty());
            assert_eq!(fs::read(path).expect("a file"), bytes, "{error}");
            Outcome::Refused
        }
        Ok(opened) if opened.warnings.is_empty() => {
            assert_eq!(difference(&opened.project, whole), None);
            Outcome::Harmless
        }
        Ok(opened) => {
            assert_eq!(opened.read_only, Some(ReadOnly::Damaged));
            assert!(opened.store.is_none());
            drop(opened);
            assert_eq!(fs::read(path).expect("a file"), bytes);
            Outcome::Warned
        }
    }
}

fn whole(of: Walked) -> (tempfile::TempDir, Vec<u8>, Project) {
    let folder = quick_folder();
    let path = folder.path().join("a.isthmus");
    let project = project(of);
    save(&path, &project, &Progress::new()).expect("room");
    let bytes = fs::read(&path).expect("a file");
    (folder, bytes, project)
}

#[test]
fn a_thousand_changed_bits_are_each_told_or_harm_nothing() {
    let (folder, bytes, project) = whole(sample());
    let path = folder.path().join("b.isthmus");
    let mut chance = Chance(1);
    let (mut told, mut n_harmless) = (0, 0);
    for _ in 0..1000 {
        let mut damaged = bytes.clone();
        let bit = chance.below(bytes.len() as u64 * 8);
        damaged[(bit / 8) as usize] ^= 1 << (bit % 8);
        match outcome(&path, &damaged, &project) {
            Outcome::Harmless => n_harmless += 1,
            Outcome::Refused | Outcome::Warned => told += 1,
        }
    }
    // Room that holds nothing may change and nobody is the worse for it; what is written must not change unseen.
    assert!(told > 300, "{told} told, {n_harmless} harmless");
}

#[test]
fn changed_bytes_in_every_row_are_told() {
    let (folder, bytes, project) = whole(few());
    let path = folder.path().join("b.isthmus");
    for text in [
        "a note",
        "Name of ana",
        "answered",
        "Ramen people",
        "Read 5 posts",
        "2027-01-31",
        "change the map",
    ] {
        let at = bytes
            .windows(text.len())
            .position(|window| window == text.as_bytes());
        let mut damaged = bytes.clone();
        damaged[at.expect(text) + 1] ^= 1;
        assert_eq!(
            outcome(&path, &damaged, &project),
            Outcome::Warned,
            "{text}"
        );
    }
}

#[test]
fn a_file_cut_short_is_told() {
    let (folder, bytes, project) = whole(few());
    let path = folder.path().join("b.isthmus");
    let mut chance = Chance(2);
    for _ in 0..100 {
        let len = chance.below(bytes.len() as u64) as usize;
        let outcome = outcome(&path, &bytes[..len], &project);
        assert_ne!(outcome, Outcome::Harmless, "{len} of {} bytes", bytes.len());
    }
}

#[test]
fn a_damaged_list_leaves_the_map_and_damaged_scores_are_found_again() {
    let (folder, bytes, project) = whole(few());
    let path = folder.path().join("b.isthmus");
    let damaged = |sql: &str| {
        fs::write(&path, &bytes).expect("room");
        let db = rusqlite::Connection::open(&path).expect("a database");
        assert!(db.execute(sql, []).expect("a statement") > 0, "{sql}");
        drop(db);
        open(&path, true, &Progress::new()).expect("something is left")
    };
    let results = project.results.clone().expect("walked");
    let list = damaged("UPDATE entry SET note = 'another' WHERE place = 0");
    assert_eq!(
        list.warnings,
        ["Of the people on the list, 1 could not be read"]
    );
    assert_eq!(
        list.project.results.expect("still there").analysis,
        results.analysis
    );
    let scores = damaged("DELETE FROM array WHERE name = 'analysis/bridge_score'");
    assert_eq!(
        scores.warnings,
        ["Communities and scores could not be read; they were found again"]
    );
    assert_eq!(
        scores.project.results.expect("found again").analysis,
        results.analysis
    );
    let people = damaged("DELETE FROM array WHERE name = 'people/key/text'");
    assert_eq!(
        people
            .project
            .results
            .expect("put together again")
            .graph
            .people,
        results.graph.people
    );
    let posts = damaged("DELETE FROM array WHERE name = 'accounts/key/text'");
    assert_eq!(posts.warnings, ["The posts could not be read"]);
    assert_eq!(
        posts.project.results.expect("still there").graph.people,
        results.graph.people
    );
    let all = damaged("DELETE FROM array");
    assert!(all.project.results.is_none());
    assert_eq!(all.project.campaign, project.campaign);
}
