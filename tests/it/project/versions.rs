//! Files of earlier versions open, newer ones are refused, and the tables do not change without a new version.

use std::fs;
use std::path::PathBuf;

use isthmus::progress::Progress;
use isthmus::project::{Project, ProjectError, VERSION, open, save};

use super::made_up::{few, project};

fn fixture(version: i32, name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/project");
    folder.join(format!("version-{version}")).join(name)
}

/// Writes the fixture of the version of now, where there is none yet and `UPDATE_FIXTURES` asks for it: once for each version.
fn write_fixture() {
    let path = fixture(VERSION, "few.isthmus");
    if path.exists() || std::env::var_os("UPDATE_FIXTURES").is_none() {
        return;
    }
    fs::create_dir_all(path.parent().expect("a folder")).expect("room");
    save(&path, &project(few()), &Progress::new()).expect("room");
    fs::write(fixture(VERSION, "tables.sql"), tables(&path)).expect("room");
}

/// The tables of the database at `path`, as it tells them.
fn tables(path: &std::path::Path) -> String {
    let db = rusqlite::Connection::open(path).expect("a database");
    let mut select = db
        .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
        .expect("a statement");
    let rows = select
        .query_map([], |row| row.get::<_, String>(0))
        .expect("rows");
    rows.map(|row| row.expect("text") + ";\n").collect()
}

#[test]
fn the_tables_are_those_that_were_written_down_for_this_version() {
    write_fixture();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.isthmus");
    save(&path, &Project::default(), &Progress::new()).expect("room");
    let written_down = fs::read_to_string(fixture(VERSION, "tables.sql"));
    let written_down = written_down.expect("each version has its tables in tests/fixtures/project");
    assert_eq!(
        tables(&path),
        written_down,
        "the tables changed: give them a new version, a step in `migrate`, and a fixture"
    );
}

#[test]
fn every_earlier_version_opens() {
    for version in 1..=VERSION {
        let kept = fixture(version, "few.isthmus");
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.isthmus");
        fs::copy(&kept, &path).expect("each version has a file in tests/fixtures/project");
        let opened = open(&path, true, &Progress::new()).expect("a project");
        assert_eq!(opened.warnings, Vec::<String>::new());
        assert!(opened.store.is_some());
        let there = opened.project;
        let results = there.results.as_ref().expect("people and ties");
        let keys: Vec<&str> = results.graph.people.iter().map(|p| &*p.key).collect();
        assert_eq!(keys, ["ana", "ben", "cleo", "dan", "eve"]);
        let list = there.campaign.outreach_list.entries();
        let list: Vec<(&str, &str)> = list
            .iter()
            .map(|e| (&*e.person, e.status.words()))
            .collect();
        let expected = ["to contact", "answered", "to contact", "to contact"];
        assert_eq!(
            list,
            ["ana", "ben", "cleo", "dan"]
                .into_iter()
                .zip(expected)
                .collect::<Vec<_>>()
        );
        assert_eq!(there.history.undo_words(), Some("change the map"));
        assert_eq!(there.history.redo_words(), Some("remove Name of dan"));
        assert_eq!(there.delete_after.as_deref(), Some("2027-01-31"));
        assert_eq!(
            there.campaign.map.looks["cleo"].name.as_deref(),
            Some("Ramen people")
        );
    }
}

#[test]
fn a_newer_version_is_refused_and_stays_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.isthmus");
    save(&path, &project(few()), &Progress::new()).expect("room");
    let db = rusqlite::Connection::open(&path).expect("a database");
    db.pragma_update(None, "user_version", VERSION + 1)
        .expect("room");
    drop(db);
    let before = fs::read(&path).expect("a file");
    let refused = open(&path, true, &Progress::new());
    assert!(matches!(refused, Err(ProjectError::Newer(version)) if version == VERSION + 1));
    assert_eq!(fs::read(&path).expect("a file"), before);
}
