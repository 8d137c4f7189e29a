//! The real binary on the command line: exit statuses, sentences, nothing half-written.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

pub(super) fn isthmus(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_isthmus"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("the binary starts")
}

pub(super) fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

pub(super) fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Names of everything in `folder`, hidden files too.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("readable")
        .map(|e| {
            e.expect("readable")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}

pub(super) fn rows(path: &Path) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_path(path).expect("a CSV file");
    let header = reader
        .headers()
        .expect("a header")
        .iter()
        .map(str::to_owned)
        .collect();
    let rows = reader
        .records()
        .map(|r| r.expect("a row").iter().map(str::to_owned).collect())
        .collect();
    (header, rows)
}

/// Ana talks with Ben and Cleo; Dan is only addressed; Eve talks to nobody.
const POSTS: &str = "\
Author,Full Text,X Followers,Date
ana,hello @ben and @cleo,120,2026-03-01
ben,@ana thanks,90,2026-03-02
cleo,\"@ana =SUM(A1) and @dan\",50,2026-03-03
eve,nobody listens,10,2026-03-03
";

pub(super) fn with_posts() -> (TempDir, PathBuf) {
    let folder = folder();
    let file = folder.path().join("posts.csv");
    fs::write(&file, POSTS).expect("writable");
    (folder, file)
}

#[test]
fn the_whole_walk_writes_every_file_that_was_asked_for() {
    let (folder, _) = with_posts();
    let output = isthmus(
        folder.path(),
        &[
            "export",
            "posts.csv",
            "--people",
            "people.csv",
            "--ties",
            "ties.csv",
            "--communities",
            "communities.csv",
            "--list",
            "list.csv",
            "--map",
            "map.png",
            "--size",
            "300x200",
            "--summary",
            "summary.json",
        ],
    );
    assert!(output.status.success(), "{}", errors(&output));
    assert_eq!(
        names(folder.path()),
        [
            "communities.csv",
            "list.csv",
            "map.png",
            "people.csv",
            "posts.csv",
            "summary.json",
            "ties.csv"
        ]
    );
    let (header, people) = rows(&folder.path().join("people.csv"));
    assert_eq!(
        header.join(","),
        "person,name,community,community_name,reach,posts,connections,connections_across,communities_reached,\
         bridge_score,bridge_rank,betweenness,stability,x,y,component"
    );
    let keys: Vec<&str> = people.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(keys, ["ana", "ben", "cleo", "dan", "eve"]);
    assert_eq!(people[3][4], "", "Dan's reach is unknown, not 0");
    assert_eq!(
        (
            people[4][2].as_str(),
            people[4][3].as_str(),
            people[4][13].as_str()
        ),
        ("", "No ties", "")
    );
    let (header, ties) = rows(&folder.path().join("ties.csv"));
    assert_eq!(header, ["from", "to", "kind", "count"]);
    assert_eq!(ties.len(), 5);
    let picture = fs::read(folder.path().join("map.png")).expect("written");
    let reader = png::Decoder::new(std::io::Cursor::new(picture))
        .read_info()
        .expect("a PNG");
    assert_eq!((reader.info().width, reader.info().height), (300, 200));
    let summary: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.path().join("summary.json")).expect("written"))
            .expect("JSON");
    assert_eq!(
        (&summary["people"], &summary["ties"], &summary["isolates"]),
        (&5.into(), &3.into(), &1.into())
    );
    assert_eq!(
        (&summary["rows_read"], &summary["posts"]),
        (&4.into(), &4.into())
    );
    for stage in [
        "read",
        "build",
        "communities",
        "bridges",
        "betweenness",
        "layout",
        "plan",
        "render",
        "write",
        "total",
    ] {
        assert!(
            summary["seconds"][stage].is_number(),
            "seconds.{stage} is missing"
        );
    }
}

#[test]
fn the_sample_is_written_and_can_be_read_again() {
    let folder = folder();
    assert!(
        isthmus(folder.path(), &["sample", "sushi.csv"])
            .status
            .success()
    );
    let output = isthmus(
        folder.path(),
        &["export", "sushi.csv", "--list", "list.csv", "--top", "12"],
    );
    assert!(output.status.success(), "{}", errors(&output));
    let (header, list) = rows(&folder.path().join("list.csv"));
    assert_eq!(
        header.join(","),
        "position,person,name,community,reach,connections,connections_across,communities_reached,bridge_score,why,status,note"
    );
    assert_eq!(list.len(), 12);
    for (i, row) in list.iter().enumerate() {
        assert_eq!(row[0], (i + 1).to_string());
        assert_eq!(row[10], "to contact");
        assert!(!row[9].is_empty(), "every row says why");
        assert!(
            row.iter()
                .all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])),
            "{row:?}"
        );
    }
}

#[test]
fn what_cannot_be_read_is_one_sentence_with_advice_and_writes_nothing() {
    let folder = folder();
    let write =
        |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).expect("writable");
    write("empty.csv", b"");
    write(
        "picture.csv",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89",
    );
    write("no-author.csv", b"colour,amount\nred,3\nblue,4\ngreen,9\n");
    fs::create_dir(folder.path().join("a-folder")).expect("writable");
    let before = names(folder.path());
    for name in [
        "empty.csv",
        "picture.csv",
        "no-author.csv",
        "missing.csv",
        "a-folder",
    ] {
        let output = isthmus(
            folder.path(),
            &[
                "export",
                name,
                "--people",
                "out.csv",
                "--summary",
                "out.json",
            ],
        );
        let said = errors(&output);
        assert_eq!(output.status.code(), Some(1), "{name}: {said}");
        assert!(
            said.starts_with("error: ") && said.contains("\n  try: "),
            "{name}: {said}"
        );
        assert!(said.lines().count() <= 3, "{name}: {said}");
        assert!(said.contains(name), "the file is named: {said}");
        assert_eq!(names(folder.path()), before, "{name}");
    }
}

#[cfg(unix)]
#[test]
fn a_read_only_target_stays_as_it_is() {
    use std::os::unix::fs::PermissionsExt as _;
    let (folder, _) = with_posts();
    let target = folder.path().join("kept.csv");
    fs::write(&target, "mine").expect("writable");
    fs::set_permissions(&target, fs::Permissions::from_mode(0o444)).expect("our own file");
    let output = isthmus(
        folder.path(),
        &[
            "export",
            "posts.csv",
            "--ties",
            "ties.csv",
            "--people",
            "kept.csv",
        ],
    );
    assert_eq!(output.status.code(), Some(1));
    assert!(errors(&output).contains("read-only"), "{}", errors(&output));
    assert_eq!(names(folder.path()), ["kept.csv", "posts.csv"]);
    assert_eq!(fs::read_to_string(&target).expect("still there"), "mine");

    let locked = folder.path().join("locked");
    fs::create_dir(&locked).expect("writable");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o555)).expect("our own folder");
    let output = isthmus(
        folder.path(),
        &["export", "posts.csv", "--people", "locked/people.csv"],
    );
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(names(&locked), Vec::<String>::new());
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).expect("our own folder");
}

#[test]
fn wrong_usage_is_exit_status_two() {
    let (folder, _) = with_posts();
    for arguments in [
        &["export", "posts.csv"][..],
        &["export"],
        &[
            "export",
            "posts.csv",
            "--people",
            "p.csv",
            "--tie-kinds",
            "hug",
        ],
        &[
            "export",
            "posts.csv",
            "--people",
            "p.csv",
            "--column",
            "writer=Author",
        ],
        &[
            "export",
            "posts.csv",
            "--people",
            "p.csv",
            "--column",
            "Author",
        ],
        &[
            "export",
            "posts.csv",
            "--people",
            "p.csv",
            "--resolution",
            "many",
        ],
        &["export", "posts.csv", "--people", "p.csv", "--seed", "-1"],
        &["export", "posts.csv", "--map", "map.bmp"],
        &["export", "posts.csv", "--map", "m.png", "--size", "0x0"],
        &[
            "export",
            "posts.csv",
            "--map",
            "m.png",
            "--size",
            "16385x100",
        ],
        &[
            "export",
            "posts.csv",
            "--map",
            "m.png",
            "--size",
            "9000x100",
            "--scale",
            "2",
        ],
        &["export", "posts.csv", "--map", "m.png", "--scale", "5"],
        &["export", "posts.csv", "--map", "m.png", "--dpi", "0"],
        &[
            "export",
            "posts.csv",
            "--people",
            "same.csv",
            "--ties",
            "same.csv",
        ],
        &["--no-such-flag"],
    ] {
        let output = isthmus(folder.path(), arguments);
        assert_eq!(
            output.status.code(),
            Some(2),
            "{arguments:?}: {}",
            errors(&output)
        );
        assert_eq!(names(folder.path()), ["posts.csv"], "{arguments:?}");
    }
}

#[test]
fn columns_can_be_named_and_an_unknown_one_is_told() {
    let folder = folder();
    fs::write(
        folder.path().join("odd.csv"),
        "c1,c2,c3\nana,@ben hi,5\nben,@ana hey,7\n",
    )
    .expect("writable");
    let named = [
        "export",
        "odd.csv",
        "--column",
        "author=c1",
        "--column",
        "text=c2",
        "--column",
        "reach=c3",
        "--ties",
        "t.csv",
    ];
    let output = isthmus(folder.path(), &named);
    assert!(output.status.success(), "{}", errors(&output));
    let (_, ties) = rows(&folder.path().join("t.csv"));
    assert_eq!(
        ties,
        [
            ["ana", "ben", "mention", "1"],
            ["ben", "ana", "mention", "1"]
        ]
    );
    let output = isthmus(
        folder.path(),
        &[
            "export",
            "odd.csv",
            "--column",
            "author=c9",
            "--ties",
            "t2.csv",
        ],
    );
    assert_eq!(output.status.code(), Some(1));
    assert!(
        errors(&output).contains("c9") && errors(&output).contains("c1"),
        "{}",
        errors(&output)
    );
}

#[test]
fn switched_off_kinds_make_no_ties() {
    let (folder, _) = with_posts();
    let output = isthmus(
        folder.path(),
        &[
            "export",
            "posts.csv",
            "--tie-kinds",
            "repost,quote",
            "--ties",
            "t.csv",
        ],
    );
    assert!(output.status.success(), "{}", errors(&output));
    assert_eq!(
        rows(&folder.path().join("t.csv")).1,
        Vec::<Vec<String>>::new()
    );
}

#[test]
fn one_thread_or_two_make_the_same_files_byte_for_byte() {
    let folder = folder();
    assert!(
        isthmus(folder.path(), &["sample", "sushi.csv"])
            .status
            .success()
    );
    let export = |threads: &str| {
        let out = folder.path().join(threads);
        fs::create_dir(&out).expect("writable");
        let output = Command::new(env!("CARGO_BIN_EXE_isthmus"))
            .current_dir(&out)
            .env("RAYON_NUM_THREADS", threads)
            .args([
                "export",
                "../sushi.csv",
                "--people",
                "people.csv",
                "--ties",
                "ties.csv",
                "--list",
                "list.csv",
            ])
            .args([
                "--map",
                "map.png",
                "--size",
                "900x600",
                "--communities",
                "communities.csv",
            ])
            .output()
            .expect("the binary starts");
        assert!(output.status.success(), "{}", errors(&output));
        out
    };
    let (one, two) = (export("1"), export("2"));
    for name in [
        "people.csv",
        "ties.csv",
        "list.csv",
        "map.png",
        "communities.csv",
    ] {
        let (a, b) = (
            fs::read(one.join(name)).expect("written"),
            fs::read(two.join(name)).expect("written"),
        );
        assert!(
            !a.is_empty() && a == b,
            "{name} differs between 1 and 2 threads"
        );
    }
}

#[test]
fn the_ending_of_the_map_tells_its_format_and_flags_how_it_looks() {
    let (folder, _) = with_posts();
    let written = |name: &str, flags: &[&str]| {
        let mut arguments = vec!["export", "posts.csv", "--size", "300x200", "--map", name];
        arguments.extend(flags);
        let output = isthmus(folder.path(), &arguments);
        assert!(output.status.success(), "{}", errors(&output));
        fs::read(folder.path().join(name)).expect("written")
    };
    let flags = ["--title", "Rice & tea", "--caption", "auto", "--no-legend"];
    let svg = String::from_utf8(written("m.SVG", &flags)).expect("UTF-8");
    assert!(svg.starts_with("<svg") && svg.contains(">Rice &amp; tea</text>"));
    assert!(svg.contains("people · ") && svg.contains(" · seed 1</text>"));
    assert!(!svg.contains("size: "), "no legend");
    assert!(written("m.pdf", &[]).starts_with(b"%PDF-"));
    let png = written("m.png", &["--scale", "3", "--dpi", "300", "--transparent"]);
    let reader = png::Decoder::new(std::io::Cursor::new(&png))
        .read_info()
        .expect("a PNG file");
    let info = reader.info();
    assert_eq!((info.width, info.height), (900, 600));
    assert_eq!(info.color_type, png::ColorType::Rgba);
    let dots = info.pixel_dims.expect("told");
    // 300 an inch are 11,811 a metre.
    assert_eq!((dots.xppu, dots.yppu), (11_811, 11_811));
}

#[test]
fn inspect_tells_roles_in_words_and_as_json() {
    let (folder, _) = with_posts();
    let output = isthmus(folder.path(), &["inspect", "posts.csv"]);
    assert!(output.status.success(), "{}", errors(&output));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        said.contains("author       Author") && said.contains("reach        X Followers"),
        "{said}"
    );
    let output = isthmus(folder.path(), &["inspect", "posts.csv", "--json"]);
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(value[0]["columns"][1]["role"], "text");
    assert_eq!(
        (&value[0]["people"], &value[0]["ties"]),
        (&5.into(), &3.into())
    );
}

#[test]
fn what_is_read_is_never_written_over() {
    let (folder, file) = with_posts();
    let output = isthmus(
        folder.path(),
        &["export", "posts.csv", "--people", "./posts.csv"],
    );
    assert_eq!(output.status.code(), Some(1));
    assert!(errors(&output).contains("read and written over"));
    assert_eq!(fs::read_to_string(file).expect("readable"), POSTS);
}

#[test]
fn naming_the_author_column_keeps_the_text_that_was_told_by_its_values() {
    use std::fmt::Write as _;
    let folder = folder();
    let mut rows = String::from("Posted by;Das Gesagte;Zahl\n");
    for i in 0..40 {
        let (who, whom) = (
            ["anna", "bert", "carla"][i % 3],
            ["bert", "carla", "anna"][i % 3],
        );
        writeln!(
            rows,
            "{who};hallo @{whom}, wie war der Abend am Tresen Nummer {i}?;{i}"
        )
        .expect("memory");
    }
    fs::write(folder.path().join("odd.csv"), rows).expect("writable");
    let named = [
        "export",
        "odd.csv",
        "--column",
        "author=Posted by",
        "--ties",
        "t.csv",
    ];
    let output = isthmus(folder.path(), &named);
    assert!(output.status.success(), "{}", errors(&output));
    assert_eq!(rows_of_ties(&folder), 3);
}

fn rows_of_ties(folder: &TempDir) -> usize {
    rows(&folder.path().join("t.csv")).1.len()
}

#[test]
fn without_texts_communities_are_named_after_their_people() {
    let (folder, _) = with_posts();
    let export = |name: &str, more: &[&str]| {
        let arguments = [&["export", "posts.csv", "--communities", name], more].concat();
        let output = isthmus(folder.path(), &arguments);
        assert!(output.status.success(), "{}", errors(&output));
        rows(&folder.path().join(name))
    };
    let (header, lean) = export("lean.csv", &["--no-texts"]);
    let at = header.iter().position(|h| h == "name").expect("a name");
    assert_eq!(lean.len(), export("full.csv", &[]).1.len());
    assert!(
        lean.iter().all(|row| row[at].starts_with("around @")),
        "{lean:?}"
    );
}
