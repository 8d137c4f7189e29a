//! Hostile and broken files: each gives a sentence or an honest report, never a panic, and nothing is written.

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use isthmus::files;
use isthmus::import::{self, ImportError, ImportSettings, Preview, Source};
use isthmus::people::Posts;
use isthmus::progress::Progress;
use zip::write::SimpleFileOptions;

const POSTS: &[u8] = b"Author,Text\nana,hello @ben\nben,hi @ana\n";

/// Every ending that a file of some known format has.
const ENDINGS: [&str; 32] = [
    "csv", "tsv", "txt", "json", "jsonl", "ndjson", "zip", "gz", "zst", "bz2", "xlsx", "xls",
    "xlsb", "ods", "parquet", "arrow", "feather", "gexf", "graphml", "gml", "net", "dot", "gv",
    "dl", "vna", "gdf", "graph", "mtx", "cyjs", "cx2", "xml", "edges",
];

/// The beginnings that files are told by.
const BEGINNINGS: [&[u8]; 14] = [
    b"",
    b"PK\x03\x04",
    b"\x1f\x8b\x08\0",
    b"\x28\xb5\x2f\xfd",
    b"BZh91AY&SY",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"PAR1",
    b"ARROW1\0\0",
    b"\xff\xff\xff\xff\x40\0\0\0",
    b"{\"data\": [",
    b"<?xml version=\"1.0\"?><gexf>",
    b"*Vertices 3\n",
    b"%%MatrixMarket matrix coordinate real general\n",
    b"\xff\xfe",
];

/// Reads twice and previews; whatever comes back has to be a sentence or a report that adds up, the same both times.
pub(super) fn try_it(name: &str, bytes: &[u8]) -> Result<Posts, ImportError> {
    let sources = [Source {
        name: name.to_owned(),
        bytes: bytes.to_vec(),
    }];
    let settings = ImportSettings::default();
    let previews =
        import::preview(&sources, &settings, &Progress::new()).inspect_err(|e| told(name, e));
    let read = import::read(&sources, &settings, &Progress::new()).inspect_err(|e| told(name, e));
    match (&read, &previews) {
        (Ok(_), Err(error)) => panic!("{name}: read, but not previewed: {error}"),
        (Err(error), Err(other)) => assert_eq!(error, other, "{name}"),
        // Several tables are looked at one by one: only together do they say the sentence of the whole.
        (Err(error), Ok(previews)) => {
            // In other words than the error's: a window has menus where a terminal has flags.
            let says = |p: &Preview| !p.warnings.is_empty() && p.report.rows_read == 0;
            assert!(
                previews.len() > 1 || previews.iter().all(says),
                "{name}: {error}"
            );
        }
        (Ok((_, report)), Ok(previews)) => {
            assert!(!previews.is_empty(), "{name}");
            let differs = |p: &Preview| p.report.rows_read != report.rows_read;
            assert!(
                previews.len() > 1 || !previews.iter().any(differs),
                "{name}"
            );
        }
    }
    let (posts, report) = read?;
    assert_eq!(report.posts, posts.posts.len() as u64, "{name}");
    crate::import::adds_up(&posts, &report);
    for tie in &posts.given_ties {
        assert!(tie.count.is_finite() && tie.count > 0.0, "{name}: {tie:?}");
    }
    Ok(posts)
}

/// A refusal is one sentence of bounded length, with advice.
fn told(name: &str, error: &ImportError) {
    let sentence = error.to_string();
    assert!(
        !sentence.is_empty() && sentence.len() < 8000,
        "{name}: {sentence}"
    );
    assert!(!error.advice().is_empty(), "{name}");
}

pub(super) fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, SimpleFileOptions::default())
            .expect("memory takes members");
        zip.write_all(bytes).expect("memory takes bytes");
    }
    zip.finish().expect("memory takes the end").into_inner()
}

/// Bytes that look like noise but are the same in every run.
pub(super) fn noise(n: usize, seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(2).wrapping_add(1);
    let mut byte = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    };
    (0..n).map(|_| byte()).collect()
}

pub(super) fn fixtures(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the fixtures") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            fixtures(&path, found);
        } else if path.file_name().is_some_and(|n| n != "expected.json") {
            found.push(path);
        }
    }
    found.sort();
}

#[test]
fn nothing_one_byte_and_noise_under_every_ending() {
    for (i, ending) in ENDINGS.iter().enumerate() {
        let name = format!("file.{ending}");
        assert!(try_it(&name, b"").is_err());
        for byte in [0, b'\n', b'{', b'<', b'"', b'a', 0xff] {
            assert!(try_it(&name, &[byte]).is_err(), "{name} {byte}");
        }
        for (j, beginning) in BEGINNINGS.iter().enumerate() {
            let noise = noise(1500, (i * 100 + j) as u64);
            // Noise may look like a table by chance; what counts is that it is told.
            drop(try_it(&name, &[beginning, noise.as_slice()].concat()));
        }
    }
}

#[test]
fn every_fixture_cut_at_every_tenth() {
    let mut all = Vec::new();
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    fixtures(&tests, &mut all);
    assert!(all.len() > 15);
    for path in all {
        let bytes = fs::read(&path).expect("a fixture");
        let name = path.file_name().expect("a name").to_string_lossy();
        for tenth in 1..10 {
            let part = bytes.get(..bytes.len() * tenth / 10).expect("a part");
            drop(try_it(&name, part));
        }
        // One broken byte in the middle of things.
        for at in [
            7,
            bytes.len() / 3,
            bytes.len() / 2,
            bytes.len().saturating_sub(20),
        ] {
            let mut broken = bytes.clone();
            if let Some(byte) = broken.get_mut(at) {
                *byte ^= 0x55;
            }
            drop(try_it(&name, &broken));
        }
    }
}

#[test]
fn a_bomb_is_refused_before_it_fills_the_memory() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("zeros.csv", SimpleFileOptions::default())
        .expect("a member");
    let zeros = vec![0; 1 << 20];
    for _ in 0..1024 {
        zip.write_all(&zeros).expect("memory takes zeros");
    }
    let bomb = zip.finish().expect("memory takes the end").into_inner();
    assert!(bomb.len() < 2 << 20);
    let limit = (bomb.len() as u64 * 200 + (64 << 20)) >> 20;
    for (name, bytes) in [
        ("bomb.zip", bomb.clone()),
        ("inner.zip", zipped(&[("bomb.zip", &bomb)])),
    ] {
        let error = try_it(name, &bytes).expect_err("a bomb");
        // What lies round the bomb adds a little to what may come out.
        assert!(
            matches!(&error, ImportError::TooMuchInside { limit_mb, .. } if *limit_mb <= limit + 1),
            "{error:?}"
        );
    }
}

#[test]
fn ten_thousand_members_are_the_most() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..10_001 {
        zip.start_file(format!("{i}.csv"), SimpleFileOptions::default())
            .expect("a member");
    }
    let bytes = zip.finish().expect("memory takes the end").into_inner();
    let error = try_it("many.zip", &bytes).expect_err("too many");
    assert!(
        matches!(error, ImportError::TooManyInside { .. }),
        "{error:?}"
    );
}

#[test]
fn names_that_climb_out_are_only_names() {
    let bytes = zipped(&[("../../evil.csv", POSTS), ("/etc/evil.csv", POSTS)]);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let inner = folder.path().join("a/b");
    fs::create_dir_all(&inner).expect("folders");
    fs::write(inner.join("x.zip"), &bytes).expect("written");
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_isthmus"))
        .current_dir(&inner)
        .args(["inspect", "x.zip"])
        .output()
        .expect("the program runs");
    assert!(run.status.success());
    let mut there = Vec::new();
    fixtures(folder.path(), &mut there);
    assert_eq!(there, [inner.join("x.zip")]);
    assert!(!Path::new("/etc/evil.csv").exists());
    assert_eq!(try_it("x.zip", &bytes).expect("posts").accounts.len(), 2);
}

#[test]
fn entities_neither_grow_nor_fetch() {
    let mut laughs = "<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY a0 \"lol\">".to_owned();
    for i in 1..12 {
        let ten = format!("&a{};", i - 1).repeat(10);
        laughs.extend(["<!ENTITY a", &i.to_string(), " \"", &ten, "\">"]);
    }
    laughs += "]><gexf><graph><nodes><node id=\"a\" label=\"&a11;\"/></nodes></graph></gexf>";
    drop(try_it("laughs.gexf", laughs.as_bytes()));
    let fetch = "<?xml version=\"1.0\"?><!DOCTYPE g [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><graphml><graph edgedefault=\"directed\"><node id=\"&x;\"/><node id=\"b\"/><edge source=\"&x;\" target=\"b\"/></graph></graphml>";
    if let Ok(posts) = try_it("fetch.graphml", fetch.as_bytes()) {
        let fetched = posts.accounts.iter().any(|a| a.key.contains("root:"));
        assert!(!fetched);
    }
}

#[test]
fn a_million_levels_of_json() {
    for bytes in [
        "[".repeat(1_000_000),
        "{\"a\":".repeat(1_000_000),
        format!("{}{}", "[".repeat(1_000_000), "]".repeat(1_000_000)),
    ] {
        assert!(try_it("deep.json", bytes.as_bytes()).is_err());
    }
}

/// Quotes, entities and names that never end must not be looked for from each place again.
#[test]
fn signs_without_end_are_looked_at_once() {
    let start = Instant::now();
    let gexf = format!(
        "<gexf><graph><nodes><node id=\"a\" label=\"{}\"/></nodes></graph></gexf>",
        "&".repeat(4_000_000)
    );
    assert!(try_it("g.gexf", gexf.as_bytes()).is_ok());
    let pajek = format!("*Vertices 1\n1 {}\n", "\"a ".repeat(1_000_000));
    drop(try_it("g.net", pajek.as_bytes()));
    let vna = format!("*node data\nid name\n{}\n", "'a ".repeat(1_000_000));
    drop(try_it("g.vna", vna.as_bytes()));
    let header = format!("Author,Text,{}\nana,hi @ben,1\n", "x".repeat(4_000_000));
    assert!(try_it("h.csv", header.as_bytes()).is_ok());
    let elapsed = start.elapsed();
    assert!(elapsed < Duration::from_secs(30), "{elapsed:?}");
}

#[test]
fn entities_of_its_own_are_told() {
    let xml = "<!DOCTYPE g [\n<!ENTITY x SYSTEM \"file:///etc/passwd\">]><graphml><graph><node id=\"&x;\"/></graph></graphml>";
    let sources = [Source {
        name: "own.graphml".to_owned(),
        bytes: xml.as_bytes().to_vec(),
    }];
    let (_, report) =
        import::read(&sources, &ImportSettings::default(), &Progress::new()).expect("one person");
    let told = |w: &String| w.contains("own.graphml") && w.contains("line 2");
    assert!(report.warnings.iter().any(told), "{:?}", report.warnings);
}

#[test]
fn chats_in_chats_are_not_opened_level_by_level() {
    let bytes = "{\"chats\":{\"list\":[{\"id\":1,\"messages\":[]},".repeat(50_000);
    let start = Instant::now();
    assert!(try_it("chats.json", bytes.as_bytes()).is_err());
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[test]
fn one_line_of_a_hundred_megabytes() {
    let words = "lorem ipsum dolor sit amet ".repeat(4_000_000);
    drop(try_it("words.txt", words.as_bytes()));
    let one = [
        b"Author,Text\nana,hi @ben\nben,".as_slice(),
        &vec![b'x'; 100 << 20],
    ]
    .concat();
    let posts = try_it("long.csv", &one).expect("two posts, one of them long");
    assert_eq!(posts.posts.len(), 2);
}

#[test]
fn a_hundred_thousand_columns() {
    let header: Vec<String> = (0..100_000).map(|i| format!("c{i}")).collect();
    let row = vec!["x"; 100_000].join(",");
    let wide = format!("{}\n{row}\n{row}\n", header.join(","));
    drop(try_it("wide.csv", wide.as_bytes()));
    let known = format!("Author,Text,{}\nana,hi @ben,{row}\n", header.join(","));
    let posts = try_it("wide.csv", known.as_bytes()).expect("one post");
    assert_eq!(posts.posts.len(), 1);
}

#[test]
fn nuls_and_weights_that_are_no_numbers() {
    let posts = try_it("nul.csv", b"Author,Text\na\0na,he\0llo @ben\n").expect("one post");
    assert!(posts.find("ana").is_some() && posts.find("ben").is_some());
    let ties = "Source,Target,Weight\na,b,NaN\nb,c,inf\nc,d,-1\nd,e,1e999\ne,f,2\n";
    let posts = try_it("ties.csv", ties.as_bytes()).expect("one tie");
    assert_eq!(posts.given_ties.len(), 1);
}

/// Each file names people 9, -1, 0 and 99999999999999999999 of three, or has weights that are no numbers, and one good tie.
#[test]
fn people_out_of_range_and_weights_without_end_leave_their_rows_out() {
    let matrix = "%%MatrixMarket matrix coordinate real general\n3 3 5\n";
    let wrong = "1 9 1\n-1 2 1\n0 1 1\n99999999999999999999 1 1\n1 2 1\n";
    let weights = "1 2 NaN\n2 3 inf\n3 1 -inf\n3 2 1e999\n1 2 -1\n1 3 2\n";
    for rows in [wrong, weights] {
        for (name, text) in [
            ("i.mtx", format!("{matrix}{rows}")),
            ("i.net", format!("*Vertices 3\n*Arcs\n{rows}")),
            ("i.dl", format!("dl n=3 format=edgelist1\ndata:\n{rows}")),
        ] {
            let posts = try_it(name, text.as_bytes()).expect("one tie");
            assert_eq!(posts.given_ties.len(), 1, "{name} {rows}");
        }
    }
    let edge = |w: &str| format!("<edge source=\"a\" target=\"b\" weight=\"{w}\"/>");
    let gexf = format!(
        "<gexf><graph><nodes><node id=\"a\"/><node id=\"b\"/></nodes><edges>{}{}{}</edges></graph></gexf>",
        edge("NaN"),
        edge("INF"),
        edge("2")
    );
    let gml = "graph [ node [ id 1 ] node [ id 2 ] edge [ source 1 target 2 weight nan ] edge [ source 1 target 2 weight inf ] edge [ source 1 target 2 weight 2 ] ]";
    let dot = "digraph { a -> b [weight=nan]; a -> b [weight=inf]; a -> b [weight=2] }";
    for (name, text) in [("w.gexf", gexf.as_str()), ("w.gml", gml), ("w.dot", dot)] {
        let posts = try_it(name, text.as_bytes()).expect("one tie");
        assert_eq!(posts.given_ties.len(), 1, "{name}");
    }
}

#[test]
fn corners_of_a_sheet_that_lie_far_apart() {
    let sheet = |cells: &str| {
        let parts: [(&str, String); 5] = [
            ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>".to_owned()),
            ("_rels/.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>".to_owned()),
            ("xl/workbook.xml", "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>".to_owned()),
            ("xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>".to_owned()),
            ("xl/worksheets/sheet1.xml", format!("<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData>{cells}</sheetData></worksheet>")),
        ];
        let members: Vec<(&str, &[u8])> = parts.iter().map(|(n, t)| (*n, t.as_bytes())).collect();
        zipped(&members)
    };
    let text = |at: &str, t: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{t}</t></is></c>");
    let posts = format!(
        "<row r=\"1\">{}{}</row><row r=\"2\">{}{}</row><row r=\"1048576\">{}</row>",
        text("A1", "Author"),
        text("B1", "Text"),
        text("A2", "ana"),
        text("B2", "hello @ben"),
        text("XFD1048576", "x")
    );
    let read = try_it("corners.xlsx", &sheet(&posts)).expect("one post");
    assert!(read.find("ana").is_some());
}

#[test]
fn a_sheet_that_never_ends() {
    // The workbook's reader would look for its end for ever.
    let content = "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\"><office:body><office:spreadsheet><table:table table:name=\"Posts\"><table:table-row/></office:spreadsheet></office:body></office:document-content>";
    let manifest = "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
    let book = zipped(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("META-INF/manifest.xml", manifest.as_bytes()),
        ("content.xml", content.as_bytes()),
    ]);
    let error = try_it("endless.ods", &book).expect_err("it ends in a sheet");
    assert!(
        error.to_string().contains("in the middle of a sheet"),
        "{error}"
    );
}

#[test]
fn what_may_not_be_read_is_said() {
    let missing = files::read_all(&[PathBuf::from("/nowhere/at/all.csv")]).expect_err("missing");
    assert!(!missing.advice.is_empty());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("secret.csv");
        fs::write(&file, POSTS).expect("written");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o0)).expect("rights");
        // Some may read everything, whatever the rights say.
        if fs::read(&file).is_err() {
            let problem = files::read_all(&[file]).expect_err("not allowed");
            assert!(problem.what.contains("cannot be read"), "{problem:?}");
        }
    }
}
