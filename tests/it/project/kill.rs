//! Killed at any moment: every edit that was said to be on the disk is there.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use isthmus::campaign::{Campaign, History};
use isthmus::progress::Progress;
use isthmus::project::{Project, open, save};

use super::made_up::{campaign_text, few};

#[path = "../../../examples/edit_until_killed/random_edits.rs"]
pub(super) mod random_edits;
use random_edits::{Chance, random_edit};

const KILLS: usize = 200;
const STEPS: usize = 500;

/// The program that edits, which `cargo test` builds with the examples.
pub(super) fn editor() -> PathBuf {
    let tests = std::env::current_exe().expect("this program has a path");
    let target = tests
        .parent()
        .and_then(Path::parent)
        .expect("target/PROFILE/deps");
    let editor = target
        .join("examples")
        .join(format!("edit_until_killed{}", std::env::consts::EXE_SUFFIX));
    assert!(
        editor.exists(),
        "{} is missing: `cargo test` builds it, `cargo test --test it` needs --examples",
        editor.display()
    );
    editor
}

/// The campaign after so many random edits.
fn after(steps: usize) -> Campaign {
    let (mut campaign, mut history) = (Campaign::default(), History::default());
    for number in 0..steps {
        let edit = random_edit(number as u64, &campaign);
        history
            .run(&mut campaign, edit)
            .expect("an edit that can be made");
        history.close_step();
    }
    campaign
}

/// Lets the editor work until it has said so many edits and a little longer, kills it, and returns the last edit it said.
fn killed(path: &Path, chance: &mut Chance) -> usize {
    let mut editor = Command::new(editor())
        .arg(path)
        .stdout(Stdio::piped())
        .spawn()
        .expect("the editor starts");
    // Read to the end of this function: who has nobody to tell would end by itself.
    let mut lines = BufReader::new(editor.stdout.take().expect("piped")).lines();
    let enough = chance.below(12) as usize;
    let mut said = 0;
    for (i, line) in lines.by_ref().enumerate() {
        said = line.expect("text").parse().expect("a number");
        if i >= enough {
            break;
        }
    }
    std::thread::sleep(Duration::from_micros(chance.below(3000)));
    editor.kill().expect("it can be killed");
    editor.wait().expect("it ends");
    // What it still said before it was killed counts too.
    let rest = lines
        .map_while(Result::ok)
        .filter_map(|line| line.parse().ok());
    rest.last().unwrap_or(said)
}

#[test]
fn killed_two_hundred_times_no_edit_is_lost() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.isthmus");
    let (results, positions) = few();
    let new = Project {
        results: Some(results),
        layouts: [(0, positions)].into(),
        ..Project::default()
    };
    save(&path, &new, &Progress::new()).expect("room");
    let mut chance = Chance(7);
    let mut n_interrupted = 0;
    for _ in 0..KILLS {
        let said = killed(&path, &mut chance);
        let db = rusqlite::Connection::open(&path).expect("a database");
        let whole: String = db
            .query_row("PRAGMA integrity_check", [], |row| row.get(0))
            .expect("an answer");
        assert_eq!(whole, "ok");
        drop(db);
        let opened = open(&path, true, &Progress::new()).expect("a project");
        assert_eq!(opened.warnings, Vec::<String>::new());
        let there = opened.project.history.mark().0;
        assert!(there >= said, "said {said}, found {there}");
        assert!(
            there <= said + 1,
            "said {said}, found {there}: one may be on its way"
        );
        assert_eq!(
            campaign_text(&opened.project.campaign),
            campaign_text(&after(there))
        );
        n_interrupted += usize::from(opened.ended_unexpectedly);
        drop(opened);
        if there == STEPS {
            save(&path, &new, &Progress::new()).expect("room");
        }
    }
    assert!(
        n_interrupted * 10 >= KILLS * 9,
        "killed while it worked {n_interrupted} times"
    );
}
