//! The program itself on hostile files: one sentence, exit status 1, bounded memory, nothing written.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::hostile::{fixtures, zipped};

const POSTS: &[u8] = b"Author,Text\nana,hello @ben\nben,hi @ana\n";

/// A folder with one file in it, and what is there after the program ran.
struct Place {
    folder: tempfile::TempDir,
    file: PathBuf,
}

impl Place {
    fn with(name: &str, bytes: &[u8]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join(name);
        fs::write(&file, bytes).expect("written");
        Self { folder, file }
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_isthmus"))
            .current_dir(self.folder.path())
            .env("ISTHMUS_DATA_DIR", self.folder.path().join("data"))
            .env("ISTHMUS_CONFIG_DIR", self.folder.path().join("config"))
            .args(arguments)
            .output()
            .expect("the program runs")
    }

    /// Nothing but the one file is there.
    fn is_untouched(&self) -> bool {
        let mut there = Vec::new();
        fixtures(self.folder.path(), &mut there);
        there == [self.file.clone()]
    }
}

/// Runs `export` on a file that cannot be used; gives what it said.
fn refused(name: &str, bytes: &[u8]) -> String {
    let place = Place::with(name, bytes);
    for arguments in [
        vec!["inspect", name],
        vec!["export", name, "--people", "p.csv", "--map", "m.png"],
    ] {
        let run = place.run(&arguments);
        let said = String::from_utf8_lossy(&run.stderr).into_owned();
        assert_eq!(run.status.code(), Some(1), "{arguments:?}: {said}");
        assert!(said.contains("try:"), "advice: {said}");
        assert!(said.contains(name), "the file's name: {said}");
        assert!(!said.contains("panicked"), "{said}");
        assert!(said.len() < 3000, "{said}");
        assert!(run.stdout.is_empty());
        assert!(place.is_untouched(), "{arguments:?}");
    }
    let run = place.run(&["inspect", name]);
    String::from_utf8_lossy(&run.stderr).into_owned()
}

#[test]
fn a_refusal_is_a_sentence_and_leaves_nothing_behind() {
    let mut nested = POSTS.to_vec();
    for i in 0..5 {
        nested = zipped(&[(if i == 0 { "p.csv" } else { "in.zip" }, &nested)]);
    }
    let said = refused("nested.zip", &nested);
    assert!(said.contains("archive inside an archive"), "{said}");

    let broken = b"<gexf><graph><nodes>\n<node id=\"a\"/>\n<node id=";
    let said = refused("cut.gexf", broken);
    assert!(said.contains("line 3"), "the place: {said}");

    refused("empty.csv", b"");
    refused("one.json", b"{");
    refused("deep.json", &b"[".repeat(1_000_000));
    refused("deep.gml", &b"graph [ ".repeat(100_000));
}

/// Readers of other projects panic on some files; a person sees one sentence all the same.
#[test]
fn a_reader_that_panics_is_told_as_damage() {
    for (name, sample) in [
        ("edges.parquet", "containers/parquet-edges/edges.parquet"),
        ("edges.arrow", "containers/parquet-edges/edges.arrow"),
        (
            "book.xlsx",
            "containers/crimson-hexagon-xlsx/CH_export.xlsx",
        ),
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
        let bytes = fs::read(path.join(sample)).expect("a fixture");
        let half = bytes.get(..bytes.len() / 2).expect("half of it");
        refused(name, half);
    }
}

/// Inspects `bytes` with no more memory than `times` their size and 512 MB of addresses (the system counts what is only
/// reserved, for threads and the program itself). Who asks for more is ended by the system, with another status than 0 or 1.
#[cfg(target_os = "linux")]
fn fits_into(times: usize, name: &str, bytes: &[u8]) -> Option<i32> {
    let place = Place::with(name, bytes);
    let most_kib = times * (bytes.len() >> 10) + (512 << 10);
    let run = Command::new("sh")
        .current_dir(place.folder.path())
        .env("RAYON_NUM_THREADS", "2")
        .arg("-c")
        .arg(format!(
            "ulimit -v {most_kib} && exec '{}' inspect '{name}'",
            env!("CARGO_BIN_EXE_isthmus")
        ))
        .output()
        .expect("the program runs");
    assert!(place.is_untouched(), "{name}");
    run.status.code()
}

#[cfg(target_os = "linux")]
#[test]
fn memory_is_bounded_by_the_size_of_the_file() {
    let posts = b"Author,Text\nana,hi @ben\nben,".as_slice();
    let mb = 1 << 20;
    let mut people = String::new();
    for i in 0..40_000 {
        people.push_str("<node id=\"");
        people.push_str(&i.to_string());
        people.push_str("\"/>");
    }
    for (name, bytes, status) in [
        ("letters.txt", vec![b'x'; 16 * mb], 1),
        ("commas.csv", b"a,".repeat(8 * mb), 1),
        ("signs.csv", [posts, &b"@a ".repeat(5 * mb)].concat(), 0),
        (
            "quote.csv",
            [posts, b"\"", &vec![b'y'; 16 * mb]].concat(),
            0,
        ),
        ("deep.json", b"[".repeat(16 * mb), 1),
        (
            "deep.dot",
            [b"digraph {".as_slice(), &b"{".repeat(16 * mb)].concat(),
            1,
        ),
        (
            "defaults.graphml",
            format!(
                "<graphml><key id=\"d\" for=\"node\" attr.name=\"label\"><default>{}</default></key><graph>{}</graph></graphml>",
                "x".repeat(mb),
                people
            )
            .into_bytes(),
            0,
        ),
        (
            "promise.mtx",
            b"%%MatrixMarket matrix coordinate real general\n4000000000 4000000000 1\n1 2 1\n"
                .to_vec(),
            0,
        ),
    ] {
        assert_eq!(fits_into(8, name, &bytes), Some(status), "{name}");
    }
}

#[test]
fn a_file_that_shrinks_while_it_is_read_ends_where_it_ends() {
    let place = Place::with("s.csv", b"Author,Text\n");
    for wait in [0, 2, 5, 10, 20, 50] {
        let rows = b"ana,hello @ben\n".repeat(3_000_000);
        fs::write(&place.file, [b"Author,Text\n".as_slice(), &rows].concat()).expect("written");
        let run = Command::new(env!("CARGO_BIN_EXE_isthmus"))
            .args(["inspect".as_ref(), place.file.as_os_str()])
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .expect("the program runs");
        std::thread::sleep(std::time::Duration::from_millis(wait));
        let file = fs::OpenOptions::new().write(true).open(&place.file);
        file.and_then(|f| f.set_len(1000)).expect("cut");
        let run = run.wait_with_output().expect("it ends");
        let said = String::from_utf8_lossy(&run.stderr).into_owned();
        assert!(matches!(run.status.code(), Some(0 | 1)), "{said}");
        assert!(!said.contains("panicked"), "{said}");
    }
}

#[cfg(unix)]
#[test]
fn folders_that_lead_back_to_themselves_end() {
    use std::os::unix::fs::symlink;
    let place = Place::with("p.csv", POSTS);
    let root = place.folder.path();
    let inner = root.join("in");
    fs::create_dir(&inner).expect("a folder");
    for (to, from) in [
        ("..", inner.join("up")),
        (".", root.join("self")),
        ("nowhere", root.join("dead")),
        ("itself", root.join("itself")),
    ] {
        symlink(to, from).expect("a link");
    }
    let run = place.run(&["inspect", "."]);
    assert_eq!(
        run.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    assert_eq!(
        String::from_utf8_lossy(&run.stdout)
            .matches("2 people")
            .count(),
        1
    );
    let run = place.run(&["inspect", "itself"]);
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert_eq!(run.status.code(), Some(1), "{said}");
    assert!(said.contains("try:"), "{said}");
}
