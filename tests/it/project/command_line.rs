//! Projects on the command line: saved, exported from, looked at; and the disk that is full.

use std::fs;
use std::process::Command;

use crate::cli::{errors, folder, isthmus, rows};

#[test]
fn what_is_exported_from_a_project_is_what_was_exported_before_it_was_saved() {
    let folder = folder();
    fs::write(folder.path().join("posts.csv"), isthmus::session::SAMPLE).expect("room");
    let all = |from: &str, to: &str| {
        let names = [
            ("--people", format!("{to}-people.csv")),
            ("--ties", format!("{to}-ties.csv")),
            ("--communities", format!("{to}-communities.csv")),
            ("--list", format!("{to}-list.csv")),
            ("--map", format!("{to}-map.png")),
        ];
        let mut arguments = vec!["export".to_owned(), from.to_owned()];
        for (flag, name) in &names {
            arguments.extend([(*flag).to_owned(), name.clone()]);
        }
        if from == "posts.csv" {
            let plan = ["--plan", "12", "--save", "saved.isthmus"];
            arguments.extend(plan.map(str::to_owned));
        }
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let output = isthmus(folder.path(), &arguments);
        assert!(output.status.success(), "{}", errors(&output));
        names.map(|(_, name)| fs::read(folder.path().join(name)).expect("a file"))
    };
    let before = all("posts.csv", "before");
    let after = all("saved.isthmus", "after");
    assert_eq!(before, after);
    let (_, list) = rows(&folder.path().join("after-list.csv"));
    assert_eq!(list.len(), 12, "the list of the project, not the usual one");
}

#[test]
fn a_project_is_told_and_brings_its_own_settings() {
    let folder = folder();
    fs::write(folder.path().join("posts.csv"), isthmus::session::SAMPLE).expect("room");
    let saved = isthmus(
        folder.path(),
        &["export", "posts.csv", "--save", "a.isthmus"],
    );
    assert!(saved.status.success(), "{}", errors(&saved));
    let told = isthmus(folder.path(), &["inspect", "a.isthmus"]);
    let told = String::from_utf8_lossy(&told.stdout).into_owned();
    assert!(
        told.contains("project of Isthmus, made from posts.csv"),
        "{told}"
    );
    let json = isthmus(folder.path(), &["inspect", "a.isthmus", "--json"]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(json["kept"], "everything");
    let refused = |arguments: &[&str]| {
        let output = isthmus(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(1));
        errors(&output)
    };
    let seed = refused(&["export", "a.isthmus", "--people", "p.csv", "--seed", "7"]);
    assert!(
        seed.contains("A project brings the settings that it was made with"),
        "{seed}"
    );
    let joined = refused(&["export", "a.isthmus", "posts.csv", "--people", "p.csv"]);
    assert!(
        joined.contains("A project cannot be joined with other files"),
        "{joined}"
    );
    fs::write(folder.path().join("b.isthmus"), "no database").expect("room");
    let other = refused(&["export", "b.isthmus", "--people", "p.csv"]);
    assert!(
        other.contains("This is no project file of Isthmus"),
        "{other}"
    );
    // A plan alone goes into a project too, and in the place of the list of one that there is.
    for from in ["posts.csv", "a.isthmus"] {
        let arguments = ["export", from, "--plan", "5", "--save", "planned.isthmus"];
        let planned = isthmus(folder.path(), &arguments);
        assert!(planned.status.success(), "{}", errors(&planned));
        let json = isthmus(folder.path(), &["inspect", "planned.isthmus", "--json"]);
        let json: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
        assert_eq!(json["on_list"], 5, "{from}");
    }
    let usage = isthmus(folder.path(), &["export", "posts.csv", "--save", "a.zip"]);
    assert_eq!(usage.status.code(), Some(2));
    assert!(!folder.path().join("p.csv").exists());
}

/// Runs `script` with a folder of 16 MB in memory as `$SMALL`; `None` where this system lets nobody make one.
#[cfg(target_os = "linux")]
fn on_a_small_disk(folder: &std::path::Path, script: &str) -> Option<std::process::Output> {
    let small = folder.join("small");
    fs::create_dir_all(&small).expect("room");
    let mount = format!("mount -t tmpfs -o size=16m none '{}'", small.display());
    let with = |script: &str| {
        Command::new("unshare")
            .args(["--map-root-user", "--mount", "sh", "-c", script])
            .env("SMALL", &small)
            .env("ISTHMUS", env!("CARGO_BIN_EXE_isthmus"))
            .env("EDITOR", super::kill::editor())
            .current_dir(folder)
            .output()
    };
    let can = with(&mount).is_ok_and(|output| output.status.success());
    can.then(|| with(&format!("{mount} && {script}")).expect("it ran a moment ago"))
}

#[test]
#[cfg(target_os = "linux")]
fn on_a_full_disk_a_sentence_is_said_and_the_old_file_stays_whole() {
    let folder = folder();
    fs::write(folder.path().join("posts.csv"), isthmus::session::SAMPLE).expect("room");
    let script = r#"
        "$ISTHMUS" export posts.csv --save "$SMALL/a.isthmus" || exit 10
        cp "$SMALL/a.isthmus" before
        head -c 20000000 /dev/zero > "$SMALL/filler" 2>/dev/null
        "$ISTHMUS" export posts.csv --seed 2 --save "$SMALL/a.isthmus" 2> said && exit 11
        cmp before "$SMALL/a.isthmus" || exit 12
        "$ISTHMUS" export posts.csv --people "$SMALL/p.csv" 2>> said && exit 13
        test ! -e "$SMALL/p.csv" || exit 14
        ls -A "$SMALL" > left
    "#;
    let Some(output) = on_a_small_disk(folder.path(), script) else {
        eprintln!("skipped: this system lets nobody mount a small disk (unshare)");
        return;
    };
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    let said = fs::read_to_string(folder.path().join("said")).expect("a file");
    assert!(said.contains("The disk is full"), "{said}");
    assert!(said.contains("p.csv"), "{said}");
    let left = fs::read_to_string(folder.path().join("left")).expect("a file");
    assert_eq!(
        left.lines().collect::<Vec<_>>(),
        ["a.isthmus", "filler"],
        "nothing half-written"
    );
}

#[test]
#[cfg(target_os = "linux")]
fn edits_on_a_full_disk_are_refused_and_those_before_are_kept() {
    let folder = folder();
    fs::write(folder.path().join("posts.csv"), isthmus::session::SAMPLE).expect("room");
    // The editor says of each edit when it is on the disk, and ends where the disk refuses one.
    let script = r#"
        "$ISTHMUS" export posts.csv --save "$SMALL/a.isthmus" || exit 10
        head -c 20000000 /dev/zero > "$SMALL/filler" 2>/dev/null
        "$EDITOR" "$SMALL/a.isthmus" > kept 2> said && exit 11
        rm "$SMALL/filler"
        "$ISTHMUS" inspect "$SMALL/a.isthmus" --json > told || exit 12
        "$EDITOR" "$SMALL/a.isthmus" > later || exit 13
        "$ISTHMUS" inspect "$SMALL/a.isthmus" --json > whole || exit 14
    "#;
    let Some(output) = on_a_small_disk(folder.path(), script) else {
        eprintln!("skipped: this system lets nobody mount a small disk (unshare)");
        return;
    };
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    let text = |name: &str| fs::read_to_string(folder.path().join(name)).expect("a file");
    assert!(text("said").contains("DiskFull"), "{}", text("said"));
    let kept: u64 = text("kept")
        .lines()
        .last()
        .map_or(0, |n| n.parse().expect("a number"));
    let steps =
        |name: &str| -> serde_json::Value { serde_json::from_str(&text(name)).expect("JSON") };
    let told = steps("told");
    assert_eq!(
        told["steps"], kept,
        "what was said to be on the disk, and no more"
    );
    assert_eq!(told["warnings"], serde_json::json!([]));
    assert_eq!(steps("whole")["steps"], 500, "with room again it goes on");
}
