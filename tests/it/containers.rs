//! Archives, workbooks, columnar tables and folders give what the files inside them hold.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};

use isthmus::files;
use isthmus::import::{self, ImportError, ImportReport, ImportSettings, Source};
use isthmus::people::{self, ConversationGraph, Posts, TieKind, TieSettings};
use isthmus::progress::Progress;
use serde_json::Value;
use zip::write::SimpleFileOptions;

const POSTS: &str = "Author,Text,Followers\nana,hello @ben,10\nben,hi @ana and @cy,20\n";

fn source(name: &str, bytes: &[u8]) -> Source {
    Source {
        name: name.to_owned(),
        bytes: bytes.to_vec(),
    }
}

fn read(sources: &[Source]) -> Result<(Posts, ImportReport), ImportError> {
    import::read(sources, &ImportSettings::default(), &Progress::new())
}

fn graph(posts: &Posts) -> ConversationGraph {
    people::build(posts, &TieSettings::default(), &Progress::new()).expect("nobody cancels")
}

fn keys(posts: &Posts) -> Vec<String> {
    let graph = graph(posts);
    graph.people.iter().map(|p| p.key.to_string()).collect()
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, SimpleFileOptions::default())
            .expect("memory takes members");
        zip.write_all(bytes).expect("memory takes bytes");
    }
    zip.finish().expect("memory takes the end").into_inner()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(bytes).expect("memory takes bytes");
    gz.finish().expect("memory takes the end")
}

fn bzipped(bytes: &[u8]) -> Vec<u8> {
    let mut bz = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    bz.write_all(bytes).expect("memory takes bytes");
    bz.finish().expect("memory takes the end")
}

fn zstd_of(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).expect("memory takes bytes")
}

fn fixture(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/containers")
        .join(path)
}

/// Reads a fixture and compares people, reach, posts and ties with what the sample is known to hold.
fn check(folder: &str, file: &str) {
    let bytes = fs::read(fixture(folder).join(file)).expect("a fixture");
    let (posts, report) = read(&[source(file, &bytes)]).expect("readable");
    let json = fs::read(fixture(folder).join("expected.json")).expect("expected.json");
    let expected: Value = serde_json::from_slice(&json).expect("valid JSON");
    let graph = graph(&posts);
    let accounts = expected["accounts"].as_array().expect("accounts");
    assert_eq!(graph.n_people(), accounts.len(), "{file}");
    for account in accounts {
        let key = account["key"].as_str().expect("a key");
        let person = &graph.people[graph.find(key).expect("a person of the sample").index()];
        if let Some(reach) = account.get("followers") {
            assert_eq!(person.reach, reach.as_f64(), "{key}");
        }
        if let Some(n) = account.get("posts").and_then(Value::as_u64) {
            assert_eq!(u64::from(person.posts), n, "{key}");
        }
    }
    let mut need = BTreeMap::new();
    for tie in expected["ties"].as_array().expect("ties") {
        let word = |field: &str| tie[field].as_str().expect("a word").to_owned();
        *need
            .entry((word("source"), word("target"), word("kind")))
            .or_insert(0.0) += tie["count"].as_f64().expect("a count");
    }
    let mut got = BTreeMap::new();
    for tie in &graph.interactions {
        let key = |p: people::PersonId| graph.people[p.index()].key.to_string();
        *got.entry((key(tie.from), key(tie.to), tie.kind.word().to_owned()))
            .or_insert(0.0) += tie.count;
    }
    assert_eq!(got, need, "{file}");
    if let Some(rows) = expected.get("rows").and_then(Value::as_u64) {
        assert_eq!(report.posts, rows);
    }
    crate::import::adds_up(&posts, &report);
    let by_kind: u64 = report.tie_kinds.iter().map(|(_, n)| n).sum();
    let total: f64 = need.values().sum();
    let weighted = !posts.given_ties.is_empty();
    assert!(
        by_kind as f64 == total || (weighted && by_kind > 0 && (by_kind as f64) < total),
        "{:?}",
        report.tie_kinds
    );
}

#[test]
fn samples_in_archives_workbooks_and_columns_give_their_people_and_ties() {
    check("brandwatch-old-zip", "Sushi_20251116.zip");
    check("crimson-hexagon-xlsx", "CH_export.xlsx");
    check("nodexl-xlsx", "sushi_nodexl.xlsx");
    check("parquet-edges", "edges.parquet");
    check("parquet-edges", "edges.arrow");
}

#[test]
fn a_list_column_names_whom_a_post_mentions() {
    let file = "posts_with_list_column.parquet";
    let bytes = fs::read(fixture("parquet-edges").join(file)).expect("a fixture");
    let (posts, report) = read(&[source("renamed", &bytes)]).expect("readable");
    assert_eq!((report.posts, report.rows_left_out()), (52, 0));
    // 22 people of the tie list, and two who post without addressing anybody.
    assert_eq!(posts.accounts.len(), 24);
    let graph = graph(&posts);
    let id = |key: &str| graph.find(key).expect("a person");
    let ties = graph
        .interactions
        .iter()
        .find(|i| (i.from, i.to) == (id("rollwithmaya"), id("ricecookerpro")));
    assert_eq!(ties.map(|t| t.kind), Some(TieKind::Mention));
}

#[test]
fn a_workbook_tells_its_hidden_sheets_and_the_row_of_what_it_left_out() {
    let bytes = fs::read(fixture("nodexl-xlsx/sushi_nodexl.xlsx")).expect("a fixture");
    let (_, report) = read(&[source("net.xlsx", &bytes)]).expect("readable");
    let hidden = "The hidden sheets Do Not Delete, Misc of net.xlsx were not read";
    assert!(report.warnings.iter().any(|w| w == hidden), "{report:?}");
    let seen = import::preview(
        &[source("net.xlsx", &bytes)],
        &ImportSettings::default(),
        &Progress::new(),
    )
    .expect("a preview");
    let names: Vec<&str> = seen.iter().map(|p| p.file.as_str()).collect();
    assert_eq!(
        names,
        [
            "net.xlsx › Edges",
            "net.xlsx › Vertices",
            "net.xlsx › Group Vertices"
        ]
    );
    assert_eq!(seen[0].rows_above_header, 1);
    assert_eq!(seen[0].encoding, "Excel workbook");
}

#[test]
fn every_packing_is_told_by_its_content() {
    let plain = read(&[source("posts.csv", POSTS.as_bytes())]).expect("readable");
    let two_frames: Vec<u8> = {
        let (a, b) = POSTS.split_at(30);
        [zstd_of(a.as_bytes()), zstd_of(b.as_bytes())].concat()
    };
    for (what, bytes) in [
        ("gzip", gzipped(POSTS.as_bytes())),
        ("two members", {
            let (a, b) = POSTS.split_at(30);
            [gzipped(a.as_bytes()), gzipped(b.as_bytes())].concat()
        }),
        ("zstd", zstd_of(POSTS.as_bytes())),
        ("two frames", two_frames),
        ("bzip2", bzipped(POSTS.as_bytes())),
        ("zip", zipped(&[("posts.csv", POSTS.as_bytes())])),
        (
            "zip in zip",
            zipped(&[("a.zip", &zipped(&[("posts.csv", POSTS.as_bytes())]))]),
        ),
        (
            "gzip in zip",
            zipped(&[("a.gz", &gzipped(POSTS.as_bytes()))]),
        ),
    ] {
        let (posts, report) = read(&[source("no ending", &bytes)]).expect(what);
        assert_eq!(keys(&posts), keys(&plain.0), "{what}");
        assert_eq!(report.posts, 2, "{what}");
        assert_eq!(
            report.tie_kinds,
            [(TieKind::Mention, 3)],
            "{what}: ana to ben, ben to ana and cy"
        );
    }
}

#[test]
fn a_window_of_two_gibibytes_is_no_obstacle() {
    let mut zst = zstd::stream::write::Encoder::new(Vec::new(), 1).expect("an encoder");
    zst.window_log(31).expect("zstd knows windows of 2 GiB");
    zst.write_all(POSTS.as_bytes()).expect("memory takes bytes");
    let bytes = zst.finish().expect("memory takes the end");
    let (_, report) = read(&[source("reddit.zst", &bytes)]).expect("readable");
    assert_eq!(report.posts, 2);
}

#[test]
fn files_of_an_archive_are_joined_and_strangers_left_out_with_a_reason() {
    let bytes = zipped(&[
        ("__MACOSX/._edges.csv", b"\0\x05\x16\x07"),
        ("logo.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        ("edges.csv", b"Source,Target,Weight\n1,2,3\n2,3,1\n"),
        (
            "nodes.csv",
            b"Id,Label,Followers\n1,Ana,5\n2,Ben,6\n3,Cy,7\n",
        ),
    ]);
    let (posts, report) = read(&[source("net.zip", &bytes)]).expect("readable");
    let graph = graph(&posts);
    let names: Vec<&str> = graph.people.iter().map(|p| &*p.name).collect();
    assert_eq!(names, ["Ana", "Ben", "Cy"]);
    assert_eq!(graph.ties.n_ties(), 2);
    let of_logo: Vec<&String> = report
        .warnings
        .iter()
        .filter(|w| w.contains("logo.png"))
        .collect();
    assert_eq!(
        of_logo,
        [
            "net.zip › logo.png was left out: the file is a picture, film, sound or PDF, not a file of posts or ties"
        ]
    );
    assert!(!report.warnings.iter().any(|w| w.contains("MACOSX")));
}

#[test]
fn deeper_archives_are_left_out_with_a_reason() {
    let deep = zipped(&[(
        "b.zip",
        &zipped(&[("c.zip", &zipped(&[("p.csv", POSTS.as_bytes())]))]),
    )]);
    let both = zipped(&[("posts.csv", POSTS.as_bytes()), ("a.zip", &deep)]);
    let (_, report) = read(&[source("all.zip", &both)]).expect("readable");
    assert_eq!(report.posts, 2);
    assert!(
        report
            .warnings
            .iter()
            .any(|w| w.starts_with("all.zip › a.zip › b.zip was left out: ")),
        "{:?}",
        report.warnings
    );
}

#[test]
fn a_stream_that_breaks_off_gives_what_came_out_and_says_so() {
    let text: String = (0..20_000).fold("Author,Text\n".to_owned(), |text, i| {
        text + &format!("ana{i},hello {} @ben{i}\n", i * 7919 % 10_007)
    });
    let whole = gzipped(text.as_bytes());
    let half = whole.get(..whole.len() / 2).expect("a half");
    let (_, report) = read(&[source("posts.csv.gz", half)]).expect("readable");
    assert!(report.posts > 1000 && report.posts < 20_000);
    let said =
        "posts.csv.gz is cut off or damaged towards its end; what could be unpacked was read";
    assert!(report.warnings.iter().any(|w| w == said), "{report:?}");
}

#[test]
fn a_part_without_header_borrows_that_of_the_first() {
    let first = "Author,Text,Date,Followers\nana,hello @ben,2025-11-14,10\n";
    let second = "ben,hi @cy how are you all,2025-11-15,20\ncy,fine thanks @ana,2025-11-16,30\n";
    let sources = [
        source("part1.csv", first.as_bytes()),
        source("part2.csv", second.as_bytes()),
    ];
    let (posts, report) = read(&sources).expect("readable");
    assert_eq!((report.posts, report.rows_left_out()), (3, 0));
    assert_eq!(keys(&posts), ["ana", "ben", "cy"]);
}

#[test]
fn a_folder_is_read_whole_and_circles_of_links_end() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let export = folder.path().join("export");
    fs::create_dir_all(export.join("more/.git")).expect("folders");
    fs::write(export.join("b.csv"), "Author,Text\nana,hello @ben\n").expect("written");
    fs::write(export.join("more/a.csv"), "Author,Text\nben,hi @cy\n").expect("written");
    fs::write(export.join(".hidden.csv"), "Author,Text\nx,y\n").expect("written");
    fs::write(export.join("more/.git/x.csv"), "Author,Text\nx,y\n").expect("written");
    fs::write(export.join("notes.txt"), "remember\n").expect("written");
    #[cfg(unix)]
    std::os::unix::fs::symlink(&export, export.join("more/again")).expect("a link");
    let sources = files::read_all(std::slice::from_ref(&export)).expect("readable");
    let names: Vec<&str> = sources.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(
        names,
        ["export/b.csv", "export/more/a.csv", "export/notes.txt"]
    );
    let (posts, report) = read(&sources).expect("readable");
    assert_eq!(keys(&posts), ["ana", "ben", "cy"]);
    assert!(
        report
            .warnings
            .iter()
            .any(|w| w.starts_with("export/notes.txt was left out: ")),
        "{:?}",
        report.warnings
    );
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).expect("a folder");
    let problem = files::read_all(&[empty]).expect_err("nothing there");
    assert_eq!(problem.what, "There is no file to read in this folder");
}

#[test]
fn ones_own_brand_is_left_out_everywhere() {
    let settings = ImportSettings {
        left_out_handles: vec!["@Ben".to_owned()],
        ..ImportSettings::default()
    };
    let ties = "Source,Target\nana,ben\nana,cy\n";
    let sources = [
        source("posts.csv", POSTS.as_bytes()),
        source("ties.csv", ties.as_bytes()),
    ];
    let (posts, report) = import::read(&sources, &settings, &Progress::new()).expect("readable");
    assert_eq!(keys(&posts), ["ana", "cy"]);
    assert_eq!(report.posts, 1);
    let left_out: Vec<(&str, u64)> = report
        .left_out
        .iter()
        .map(|l| (l.reason.as_str(), l.count))
        .collect();
    assert_eq!(left_out, [("own brand", 2)]);
    assert_eq!(
        report.rows_read,
        1 + 1 + 2,
        "a post, a tie, and two left out"
    );
    assert_eq!(report.tie_kinds, [(TieKind::Tie, 1)]);
}

#[test]
fn cancelling_stops_unpacking_at_once() {
    let zeros = vec![b'x'; 60 << 20];
    let bytes = gzipped(&zeros);
    let progress = Progress::new();
    progress.cancel();
    let start = std::time::Instant::now();
    let stopped = import::read(
        &[source("x.gz", &bytes)],
        &ImportSettings::default(),
        &progress,
    );
    assert!(matches!(stopped, Err(ImportError::Cancelled(_))));
    assert!(start.elapsed().as_millis() < 100);
}
