//! Bytes become posts: every shape of export in the fixtures, and the traps that real exports set.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use isthmus::import::{
    self, ColumnChoice, Foreign, ImportError, ImportReport, ImportSettings, Role, Source,
};
use isthmus::people::{self, ConversationGraph, Posts, TieSettings};
use isthmus::progress::Progress;
use proptest::prelude::*;
use serde_json::Value;

type Ties = BTreeMap<(String, String, String), f64>;

fn source(name: &str, bytes: &[u8]) -> Source {
    Source {
        name: name.to_owned(),
        bytes: bytes.to_vec(),
    }
}

fn read_all(sources: &[Source]) -> Result<(Posts, ImportReport), ImportError> {
    import::read(sources, &ImportSettings::default(), &Progress::new())
}

fn read(text: &str) -> (Posts, ImportReport) {
    read_bytes(text.as_bytes())
}

fn read_bytes(bytes: &[u8]) -> (Posts, ImportReport) {
    read_all(&[source("file.csv", bytes)]).expect("a file that can be read")
}

fn graph(posts: &Posts) -> ConversationGraph {
    people::build(posts, &TieSettings::default())
}

/// `ana>ben reply 2`, one a tie, sorted.
fn ties(text: &str) -> Vec<String> {
    ties_of(&read(text).0)
}

fn ties_of(posts: &Posts) -> Vec<String> {
    let graph = graph(posts);
    let key = |p: people::PersonId| graph.people[p.index()].key.to_string();
    let mut all: Vec<String> = graph
        .interactions
        .iter()
        .map(|i| {
            format!(
                "{}>{} {} {}",
                key(i.from),
                key(i.to),
                i.kind.word(),
                i.count
            )
        })
        .collect();
    all.sort();
    all
}

fn reach_of(posts: &Posts, key: &str) -> Option<f64> {
    let id = posts.find(key).expect("a known account");
    posts.accounts[id as usize].reach
}

fn name_of(posts: &Posts, key: &str) -> Option<String> {
    let id = posts.find(key).expect("a known account");
    posts.accounts[id as usize]
        .name
        .as_deref()
        .map(str::to_owned)
}

fn left_out(report: &ImportReport) -> Vec<(String, u64, u64)> {
    report
        .left_out
        .iter()
        .map(|l| (l.reason.clone(), l.count, l.first.line))
        .collect()
}

fn adds_up(posts: &Posts, report: &ImportReport) {
    let used = report.posts + posts.given_ties.len() as u64;
    assert_eq!(
        report.rows_read,
        used + report.duplicates_removed + report.rows_left_out(),
        "{report:?}"
    );
}

// --- the samples ---

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import")
}

#[test]
fn every_sample_gives_its_expected_people_and_ties() {
    let mut wrong = Vec::new();
    let mut folders: Vec<_> = fs::read_dir(fixtures())
        .expect("the fixtures")
        .map(|e| e.expect("an entry").path())
        .collect();
    folders.sort();
    assert!(folders.len() >= 11);
    for folder in folders {
        let json = fs::read(folder.join("expected.json")).expect("expected.json");
        let expected: Value = serde_json::from_slice(&json).expect("valid JSON");
        let files: Vec<String> = expected["files"]
            .as_array()
            .expect("files")
            .iter()
            .map(|f| f.as_str().expect("a name").to_owned())
            .collect();
        let together = folder.ends_with("gephi-tables");
        let groups: Vec<Vec<String>> = if together {
            vec![files]
        } else {
            files.into_iter().map(|f| vec![f]).collect()
        };
        for group in groups {
            for difference in differences(&folder, &group, &expected) {
                wrong.push(format!("{}: {difference}", group.join(" + ")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn differences(folder: &Path, files: &[String], expected: &Value) -> Vec<String> {
    let sources: Vec<Source> = files
        .iter()
        .map(|f| source(f, &fs::read(folder.join(f)).expect("a fixture")))
        .collect();
    let (posts, report) = match read_all(&sources) {
        Ok(read) => read,
        Err(error) => return vec![error.to_string()],
    };
    adds_up(&posts, &report);
    let graph = graph(&posts);
    let mut wrong = Vec::new();
    let accounts = expected["accounts"].as_array().expect("accounts");
    let keys: BTreeSet<String> = accounts.iter().map(|a| text(&a["key"])).collect();
    let got: BTreeSet<String> = graph.people.iter().map(|p| p.key.to_string()).collect();
    if keys != got {
        wrong.push(format!("people {got:?}, expected {keys:?}"));
        return wrong;
    }
    for account in accounts {
        let person = &graph.people[graph.find(&text(&account["key"])).expect("checked").index()];
        if let Some(reach) = account.get("followers")
            && person.reach != reach.as_f64()
        {
            wrong.push(format!(
                "reach of {}: {:?}, expected {reach}",
                person.key, person.reach
            ));
        }
        if let Some(n) = account.get("posts").and_then(Value::as_u64)
            && u64::from(person.posts) != n
        {
            wrong.push(format!(
                "posts of {}: {}, expected {n}",
                person.key, person.posts
            ));
        }
        let community = account
            .get("community")
            .and_then(Value::as_str)
            .filter(|c| !c.is_empty());
        if person.given_community.as_deref() != community {
            wrong.push(format!(
                "community of {}: {:?}",
                person.key, person.given_community
            ));
        }
    }
    wrong.extend(wrong_ties(&graph, expected));
    if let Some(rows) = expected.get("rows").and_then(Value::as_u64) {
        if report.posts != rows {
            wrong.push(format!("{} posts, expected {rows}", report.posts));
        }
        // YouTube's replies under one's own comment are told by the file, but not counted in its expected.json.
        if !folder.ends_with("ytdt-comments-csv")
            && Some(graph.self_ties) != expected["self_ties"].as_u64()
        {
            wrong.push(format!("{} self ties", graph.self_ties));
        }
    }
    wrong
}

fn wrong_ties(graph: &ConversationGraph, expected: &Value) -> Vec<String> {
    let list = expected["ties"].as_array().expect("ties");
    let plain = list.iter().all(|t| t["kind"] == "tie");
    let mut need = Ties::new();
    for tie in list {
        let key = (
            text(&tie["source"]),
            text(&tie["target"]),
            text(&tie["kind"]),
        );
        *need.entry(key).or_default() += tie["count"].as_f64().expect("a count");
    }
    let mut got = Ties::new();
    for tie in &graph.interactions {
        let key = |p: people::PersonId| graph.people[p.index()].key.to_string();
        let kind = if plain { "tie" } else { tie.kind.word() };
        *got.entry((key(tie.from), key(tie.to), kind.to_owned()))
            .or_default() += tie.count;
    }
    let missing = need
        .iter()
        .filter(|(k, n)| got.get(*k) != Some(n))
        .map(|(k, n)| format!("missing {k:?} {n}"));
    let extra = got
        .keys()
        .filter(|k| !need.contains_key(*k))
        .map(|k| format!("extra {k:?}"));
    missing.chain(extra).take(5).collect()
}

fn text(value: &Value) -> String {
    value.as_str().expect("a string").to_lowercase()
}

#[test]
fn samples_are_recognised_by_their_columns() {
    for (folder, file, format, encoding, separator, above) in [
        (
            "brandwatch-csv",
            "Sushi_mentions_2025-11-16.csv",
            "Brandwatch posts",
            "UTF-8",
            "comma",
            5,
        ),
        (
            "meltwater-classic",
            "Sushi - Nov 16, 2025 - 5 12 53 PM.csv",
            "Meltwater posts",
            "UTF-16 LE",
            "tab",
            0,
        ),
        (
            "talkwalker-csv",
            "talkwalker_export.csv",
            "Talkwalker posts",
            "UTF-8",
            "semicolon",
            0,
        ),
        (
            "twitteR-csv",
            "tweets_R.csv",
            "Posts from R (twitteR)",
            "Windows-1252",
            "comma",
            0,
        ),
        (
            "edges-only-tsv",
            "retweets.tsv",
            "Tie list",
            "UTF-8",
            "tab",
            0,
        ),
        (
            "adjacency-matrix",
            "matrix.csv",
            "Matrix of ties",
            "UTF-8",
            "semicolon",
            0,
        ),
        (
            "snap-edgelist",
            "with_header_words.txt",
            "Tie list",
            "UTF-8",
            "spaces",
            0,
        ),
    ] {
        let bytes = fs::read(fixtures().join(folder).join(file)).expect("a fixture");
        let one = [source("renamed.dat", &bytes)];
        let seen =
            import::preview(&one, &ImportSettings::default(), &Progress::new()).expect("a preview");
        let p = &seen[0];
        assert_eq!(
            (
                p.format.as_str(),
                p.encoding.as_str(),
                p.separator.as_str(),
                p.rows_above_header
            ),
            (format, encoding, separator, above),
            "{folder}"
        );
        assert!(p.first_rows.len() <= 8 && p.first_rows.iter().all(|r| r.len() == p.columns.len()));
        assert!(p.people > 0, "{folder}");
    }
}

#[test]
fn the_preview_says_which_column_plays_which_role() {
    let text = "Handle;Beitrag;Datum;Follower;Notiz\nana;@ben hallo du da;14.11.2025 08:00;1,2K;x\nben;danke dir sehr;15.11.2025 09:00;2.310;y\n";
    let seen = import::preview(
        &[source("a.csv", text.as_bytes())],
        &ImportSettings::default(),
        &Progress::new(),
    )
    .expect("a preview");
    let roles: Vec<_> = seen[0].columns.iter().map(|c| c.role).collect();
    assert_eq!(
        roles,
        [
            Some(Role::Author),
            Some(Role::Text),
            Some(Role::Time),
            Some(Role::Reach),
            None
        ]
    );
    assert_eq!(seen[0].columns[3].samples, ["1,2K", "2.310"]);
    assert_eq!((seen[0].people, seen[0].ties), (2, 1));
}

// --- encodings, separators, quotes ---

const SIMPLE: &str = "author,text,followers\nJosé,hello @ben,12\nben,café @José,7\n";

#[test]
fn any_encoding_gives_the_same_posts() {
    let expected = ties(SIMPLE);
    let utf16 = |big: bool, mark: bool| -> Vec<u8> {
        let units = mark
            .then_some(0xfeff)
            .into_iter()
            .chain(SIMPLE.encode_utf16());
        units
            .flat_map(|u: u16| {
                if big {
                    u.to_be_bytes()
                } else {
                    u.to_le_bytes()
                }
            })
            .collect()
    };
    let latin: Vec<u8> = SIMPLE.chars().map(|c| c as u8).collect();
    let marked = [b"\xef\xbb\xbf".as_slice(), SIMPLE.as_bytes()].concat();
    let with_nuls = SIMPLE.replace("hello", "he\0llo");
    for (what, bytes) in [
        ("UTF-8 with mark", marked),
        ("UTF-16 LE with mark", utf16(false, true)),
        ("UTF-16 BE with mark", utf16(true, true)),
        ("UTF-16 LE", utf16(false, false)),
        ("UTF-16 BE", utf16(true, false)),
        ("Windows-1252", latin),
        ("NULs", with_nuls.into_bytes()),
    ] {
        assert_eq!(ties_of(&read_bytes(&bytes).0), expected, "{what}");
    }
}

#[test]
fn any_separator_and_line_break_gives_the_same_posts() {
    let expected = vec![
        "ana>ben mention 1".to_owned(),
        "ben>ana mention 1".to_owned(),
    ];
    let base = "author,text,followers\nana,hello @ben,12\nben,thanks @ana,7\n";
    for separator in [",", ";", "\t", "|"] {
        for line_break in ["\n", "\r\n", "\r\r\n", "\r", "\n\n"] {
            let text = base.replace(',', separator).replace('\n', line_break);
            let (posts, report) = read(&text);
            assert_eq!(ties_of(&posts), expected, "{text:?}");
            assert_eq!(report.rows_read, 2, "{text:?}");
        }
    }
    assert_eq!(
        ties(&format!("sep=;\n{}", base.replace(',', ";"))),
        expected
    );
}

#[test]
fn line_breaks_inside_quotes_belong_to_the_text_and_count_as_lines() {
    let (posts, report) =
        read("author,text\nana,\"one\n\ntwo \"\"x\"\" @ben\"\n,nobody wrote this\nben,yes\n");
    assert_eq!(posts.text(&posts.posts[0]), "one\n\ntwo \"x\" @ben");
    assert_eq!(left_out(&report), [("no author".to_owned(), 1, 5)]);
    adds_up(&posts, &report);
}

#[test]
fn a_quote_that_never_closes_swallows_nothing() {
    let (posts, report) = read(
        "author,text,likes\nana,\"hello @ben,1\nben,hi @ana,2\ncara,\"quoted, @ana\",3\ndan,hey @cara,4\n",
    );
    assert_eq!(report.posts, 4);
    assert_eq!(
        ties_of(&posts),
        [
            "ana>ben mention 1",
            "ben>ana mention 1",
            "cara>ana mention 1",
            "dan>cara mention 1"
        ]
    );
    assert!(
        report.warnings.iter().any(|w| w.contains("never closed")),
        "{:?}",
        report.warnings
    );
    let (posts, report) = read("author,text,likes\nana,\"hello, @ben,1\nben,hi @ana,2\n");
    assert_eq!(
        left_out(&report),
        [("a quote that never closes".to_owned(), 1, 2)]
    );
    assert_eq!(ties_of(&posts), ["ben>ana mention 1"]);
    adds_up(&posts, &report);
}

#[test]
fn quotes_inside_quotes_that_nobody_doubled_stay_in_the_text() {
    let (posts, _) = read(
        "author,text,likes\n\"ana\",\"he said \"hi, there\" to me\",\"1\"\n\"ben\",\"x y\",\"2\"\n",
    );
    assert_eq!(posts.text(&posts.posts[0]), "he said \"hi, there\" to me");
}

// --- which rows count ---

#[test]
fn label_rows_totals_and_blank_lines_are_no_posts() {
    let (posts, report) = read(
        "Report,Sushi weekend\nFrom,2025-11-14\n\nAuthor,Full Text,Followers,Date\nana,hi @ben,5,2025-11-14\n,,,\nben,yo,7,2025-11-15\nTotal,,12,\n",
    );
    assert_eq!((report.posts, report.rows_read), (2, 3));
    assert_eq!(left_out(&report), [("totals row".to_owned(), 1, 8)]);
    assert_eq!(ties_of(&posts), ["ana>ben mention 1"]);
    assert_eq!(report.time_range, Some((1_763_078_400, 1_763_164_800)));
}

#[test]
fn the_same_post_counts_once_in_one_file_and_in_several() {
    let first = source("a.csv", b"id,author,text\n1990000000000000001,ana,hi @ben\n1990000000000000001,ana,hi @ben\n1990000000000000002,ben,yo\n");
    let second = source(
        "b.csv",
        b"author,text,id\nben,yo,1990000000000000002\ncara,@ana,1990000000000000003\n",
    );
    let (posts, report) = read_all(&[first, second]).expect("two files");
    assert_eq!(
        (report.rows_read, report.posts, report.duplicates_removed),
        (5, 3, 2)
    );
    assert_eq!(ties_of(&posts), ["ana>ben mention 1", "cara>ana mention 1"]);
    let (_, report) = read(
        "Author,Text,Url\nana,hi,https://x.com/ana/status/1\nana,hi,https://x.com/ana/status/1\n",
    );
    assert_eq!(report.duplicates_removed, 1);
}

#[test]
fn row_numbers_are_no_proof_that_posts_are_the_same() {
    let first = source("a.csv", b"id,author,text\n1,ana,hi @ben\n2,ben,yo there\n");
    let second = source(
        "b.csv",
        b"id,author,text\n1,ana,something else\n2,cara,yo there\n",
    );
    assert_eq!(read_all(&[first, second]).expect("two files").1.posts, 4);
}

// --- people ---

#[test]
fn reach_in_every_dress_and_the_latest_counts() {
    let (posts, report) = read(
        "author,followers,date,text\nana,1.2K,2025-11-14,x\nana,900,2025-11-13,x\nben,\"48,2K\",2025-11-14,x\ncara,\"12,345\",2025-11-14,x\ndan,48210.0,2025-11-14,x\nemi,-,2025-11-14,x\nfay,NA,2025-11-14,x\n",
    );
    let reach = |key| reach_of(&posts, key);
    assert_eq!(reach("ana"), Some(1200.0));
    assert_eq!(reach("ben"), Some(48200.0));
    assert_eq!(reach("cara"), Some(12345.0));
    assert_eq!(reach("dan"), Some(48210.0));
    assert_eq!((reach("emi"), reach("fay")), (None, None));
    assert!(
        report
            .warnings
            .contains(&"33 % of people have no known reach".to_owned()),
        "{:?}",
        report.warnings
    );
    let (posts, _) = read("author,followers,text\nana,5,x\nana,7,y\n");
    assert_eq!(reach_of(&posts, "ana"), Some(7.0));
}

#[test]
fn handles_that_differ_in_case_are_one_person_written_as_its_owner_does() {
    let (posts, report) =
        read("author,text\nben,hi @ANA_Sushi\n@Ana_Sushi\u{200f},hey\ncara,@ana_sushi @ben\n");
    let ana = posts.find("ana_sushi").expect("ana") as usize;
    assert_eq!(&*posts.accounts[ana].handle, "Ana_Sushi");
    assert_eq!((posts.accounts.len(), report.handles_merged), (3, 1));
}

#[test]
fn ids_are_keys_only_where_there_are_no_handles() {
    let (posts, _) =
        read("author_id,author_name,text,in_reply_to_user_id\n101,Ana,hi,\n102,Ben,yo,101\n");
    assert_eq!(ties_of(&posts), ["102>101 reply 1"]);
    assert_eq!(name_of(&posts, "101").as_deref(), Some("Ana"));
    let (posts, _) = read(
        "author_id,username,text,in_reply_to_user_id\n44196397,ana,hi,\n44196398,ben,yo,44196397.0\n",
    );
    assert_eq!(ties_of(&posts), ["ben>ana reply 1"]);
    assert_eq!(
        ties("Name,Text\nAna Lima,hi\nBen,yo @cara\n"),
        ["ben>cara mention 1"]
    );
}

#[test]
fn ids_damaged_by_a_spreadsheet_are_never_keys() {
    let (posts, report) = read(
        "id,author_id,author,text,url\n8.01E+17,1.2E+18,ana,hi @ben,https://x.com/ana/status/801\n8.01E+17,1.2E+18,ana,yo,https://x.com/ana/status/802\n8.01E+17,1.2E+18,ben,yo,https://x.com/ben/status/803\n",
    );
    assert_eq!((report.posts, posts.accounts.len()), (3, 2));
    assert!(
        report.warnings.iter().any(|w| w.contains("8.01E+17")),
        "{:?}",
        report.warnings
    );
}

// --- ties ---

#[test]
fn what_a_reply_column_holds_is_told_by_its_values() {
    for (what, table) in [
        (
            "handle",
            "id,author,text,reply_to\n901,ana,x y,\n902,ben,z w,ana\n",
        ),
        (
            "@handle",
            "id,author,text,reply_to\n901,ana,x y,\n902,ben,z w,@Ana\n",
        ),
        (
            "status URL",
            "id,author,text,reply_to\n901,ana,x y,\n902,ben,z w,https://twitter.com/ana/status/901\n",
        ),
        (
            "status URL without handle",
            "id,author,text,reply_to\n901,ana,x y,\n902,ben,z w,https://x.com/i/web/status/901\n",
        ),
        (
            "post id",
            "id,author,text,reply_to\n902,ben,z w,901\n901,ana,x y,\n",
        ),
        (
            "post id, reddit",
            "id,author,text,parent_id\nabc,ana,x y,t3_zzz\nabd,ben,z w,t1_abc\n",
        ),
        (
            "person id",
            "id,author,user_id,text,reply_to\n901,ana,7001,x y,\n902,ben,7002,z w,7001\n",
        ),
        (
            "DID",
            "uri,author.handle,author.did,text,to_user_did\nat://1,ana,did:plc:a,x y,\nat://2,ben,did:plc:b,z w,did:plc:a\n",
        ),
        (
            "start of the text",
            "id,author,text,in_reply_to_user_id\n901,ana,x y,\n902,ben,@ana z w,555000555\n",
        ),
    ] {
        assert_eq!(ties(table), ["ben>ana reply 1"], "{what}");
    }
}

#[test]
fn reposts_give_only_the_repost_tie() {
    assert_eq!(
        ties(
            "author,text\nana,RT @ben: thanks @cara\nben,RT @cara thanks @dan\ncara,so true RT @ana: x\n"
        ),
        [
            "ana>ben repost 1",
            "ben>cara repost 1",
            "cara>ana mention 1"
        ]
    );
    assert_eq!(
        ties(
            "author,text,retweeted_username,quoted_username,in_reply_to_username,mentions\nana,look @dan,ben,,,\"@dan, @emi\"\nana,look @cara,,ben,cara,\nana,x,,,ben,ben|dan\n"
        ),
        [
            "ana>ben quote 1",
            "ana>ben reply 1",
            "ana>ben repost 1",
            "ana>cara reply 1",
            "ana>dan mention 1"
        ]
    );
    assert_eq!(
        ties("author,text,is_retweet\nana,look @dan,TRUE\nana,look @dan,FALSE\n"),
        ["ana>dan mention 1"]
    );
}

#[test]
fn texts_are_unescaped_and_addresses_in_them_name_nobody() {
    let (posts, _) =
        read("author,text\nana,rice &amp; fish &lt;3 bob@example.com https://t.co/@x\n");
    assert_eq!(
        posts.text(&posts.posts[0]),
        "rice & fish <3 bob@example.com https://t.co/@x"
    );
    assert_eq!(posts.accounts.len(), 1);
}

#[test]
fn edge_lists_with_and_without_headers() {
    assert_eq!(
        ties("1 2\n2 3\n3 1\n"),
        ["1>2 tie 1", "2>3 tie 1", "3>1 tie 1"]
    );
    assert_eq!(
        ties("ana,ben\nben,cara\n"),
        ["ana>ben tie 1", "ben>cara tie 1"]
    );
    assert_eq!(ties("nd nw\n1 2\n2 3\n"), ["1>2 tie 1", "2>3 tie 1"]);
    assert_eq!(
        ties("1\t2\t0.5\n2\t3\t2.310\n"),
        ["1>2 tie 0.5", "2>3 tie 2.31"]
    );
    assert_eq!(
        ties("1 2 1082040961\n2 3 1082155839\n"),
        ["1>2 tie 1", "2>3 tie 1"]
    );
    assert_eq!(ties("src dst time\n1 2 1082040961\n"), ["1>2 tie 1"]);
    assert_eq!(
        ties("source,target,weight,timestamp\na,b,2,1082040961\n"),
        ["a>b tie 2"]
    );
    assert_eq!(
        ties("% sym weighted\n1 2 3\n2 3 1\n"),
        ["1>2 tie 3", "2>3 tie 1"]
    );
    assert_eq!(
        ties("Source;Target;Weight\nana;ben;1,5\n"),
        ["ana>ben tie 1.5"]
    );
    assert_eq!(
        ties("username,retweeted_user,count\nana,ben,3\n"),
        ["ana>ben repost 3"]
    );
    assert_eq!(
        ties(
            "Source,Target,Type,Kind\nana,ben,Undirected,mention\nben,ana,Undirected,mention\nana,ben,Directed,Replies to\n"
        ),
        ["ana>ben mention 2", "ana>ben reply 1"]
    );
}

#[test]
fn columns_behind_the_ends_are_weights_kinds_or_times() {
    assert_eq!(
        ties("0 4 {'weight': 0.5}\n4 1 {'weight': 2}\n"),
        ["0>4 tie 0.5", "4>1 tie 2"]
    );
    assert_eq!(
        ties("7 9 1341100972 MT\n9 7 1341100973 RT\n"),
        ["7>9 mention 1", "9>7 repost 1"]
    );
    let seconds: Vec<String> = (0..30).map(|i| format!("1 2 {}", i * 97)).collect();
    assert_eq!(ties(&seconds.join("\n")), ["1>2 tie 30"]);
    assert_eq!(
        ties("6,2,4,1289241911.728\n2,6,1,1289241911.9\n"),
        ["2>6 tie 1", "6>2 tie 4"]
    );
}

#[test]
fn weights_that_make_no_tie_are_left_out_with_their_reason() {
    let (posts, report) =
        read("source,target,weight\na,b,1\na,c,0\na,d,-2\na,e,NaN\na,f,inf\na,g,\n,h,1\n");
    assert_eq!(ties_of(&posts), ["a>b tie 1", "a>g tie 1"]);
    let reasons: BTreeSet<String> = report.left_out.iter().map(|l| l.reason.clone()).collect();
    assert_eq!(
        reasons.iter().map(String::as_str).collect::<Vec<_>>(),
        [
            "one end of the tie is empty",
            "weight is 0",
            "weight is infinite",
            "weight is negative",
            "weight is not a number"
        ]
    );
    assert_eq!((report.posts, report.rows_read), (0, 7));
    adds_up(&posts, &report);
}

#[test]
fn people_and_ties_in_two_files_are_joined_in_any_order() {
    let people = source(
        "n.csv",
        b"Id,Label,modularity_class\na,Ana,3\nb,Ben,3\nz,Zoe,1\n",
    );
    let ties = source("e.csv", b"Source,Target\na,b\n");
    for files in [[people.clone(), ties.clone()], [ties, people]] {
        let (posts, report) = read_all(&files).expect("two tables");
        assert_eq!((posts.accounts.len(), report.rows_read), (3, 1));
        assert_eq!(name_of(&posts, "z").as_deref(), Some("Zoe"));
        assert_eq!(ties_of(&posts), ["a>b tie 1"]);
    }
}

#[test]
fn a_square_that_is_its_own_mirror_has_no_direction() {
    let (posts, _) = read(",ana,ben,cara\nana,0,2,0\nben,2,0,1\ncara,0,1,0\n");
    assert_eq!(ties_of(&posts), ["ana>ben tie 2", "ben>cara tie 1"]);
    assert!(posts.given_ties.iter().all(|t| !t.directed));
}

// --- dates ---

#[test]
fn the_whole_column_decides_whether_the_day_comes_first() {
    let range = |dates: [&str; 3]| {
        let rows: Vec<String> = dates.iter().map(|d| format!("ana,hello,\"{d}\"")).collect();
        read(&format!("author,text,date\n{}\n", rows.join("\n")))
            .1
            .time_range
    };
    // 2025-03-04, 2025-03-14 and 2025-03-24, 00:00 UTC
    assert_eq!(
        range(["04/03/2025", "14/03/2025", "24/03/2025"]),
        Some((1_741_046_400, 1_742_774_400))
    );
    assert_eq!(
        range(["03/04/2025", "03/14/2025", "03/24/2025"]),
        Some((1_741_046_400, 1_742_774_400))
    );
    assert_eq!(
        range(["04.03.25", "14.03.25", "yesterday"]),
        Some((1_741_046_400, 1_741_910_400))
    );
    let (_, report) = read("author,text,date\nana,hello,03/04/2025\n");
    assert!(
        report
            .warnings
            .iter()
            .any(|w| w.contains("day or the month")),
        "{:?}",
        report.warnings
    );
    let (_, report) =
        read("Author Handle,Hit Sentence,Document ID,Date,Time\nana,hi,d1,14-Nov-25,08:00 AM\n");
    assert_eq!(report.time_range, Some((1_763_107_200, 1_763_107_200)));
}

// --- shapes of exports ---

#[test]
fn header_generations_and_tools() {
    for (what, expected, table) in [
        (
            "Brandwatch before X",
            vec!["ana>ben reply 1", "ben>ana repost 1"],
            "Report:,Bulk Mentions Download\n\nQuery Id,Query Name,Date,Author,Full Text,Thread Entry Type,Resource Id,Twitter Author ID,Twitter Followers,Twitter Reply to,Twitter Retweet of,Thread Author\n1,Sushi,2020-01-01 00:00:00.0,ana,yes,reply,501,11,5,http://twitter.com/ben/statuses/499,,ben\n1,Sushi,2020-01-01 00:00:00.0,ben,RT @ana: yes,share,502,12,6,,http://twitter.com/ana/statuses/501,ana\n",
        ),
        (
            "Meltwater 2025",
            vec!["ana>ben mention 1", "ben>ana repost 1"],
            "Exported by Sushi Bar\nDate,Time,Document ID,URL,Source Domain,Author Name,Author Handle,Opening Text,Hit Sentence,Reach\n2025-11-14,08:00 AM,d1,https://x.com/ana/status/1,x.com,Ana,@ana,,hi @ben,5\n2025-11-14,09:00 AM,d2,https://x.com/ben/status/2,x.com,Ben,@ben,,RT @ana: hi,6\n",
        ),
        (
            "minet",
            vec!["ana>ben reply 1", "ana>cara mention 1", "ben>ana repost 1"],
            "id,timestamp_utc,local_time,user_screen_name,text,user_name,user_id,user_followers,to_username,to_userid,to_tweetid,retweeted_user,retweeted_id,quoted_user,quoted_id,mentioned_names\n9001,1763107200,2025-11-14T09:00:00,ana,@ben hi,Ana,11,5,ben,12,,,,,,ben|cara\n9002,1763107300,2025-11-14T09:01:00,ben,RT @ana: hi,Ben,12,6,,,,ana,9001,,,\n",
        ),
        (
            "TCAT",
            vec!["ana>ben reply 1", "ben>ana quote 1"],
            "id,time,created_at,from_user_name,text,lang,to_user_name,in_reply_to_status_id,quoted_status_id,from_user_id,from_user_realname,from_user_followercount\n9001,1763107200,2025-11-14 08:00:00,ana,@ben hi,en,ben,,,11,Ana,5\n9002,1763107300,2025-11-14 08:01:40,ben,look,en,,,9001,12,Ben,6\n",
        ),
        (
            "4CAT",
            vec!["ana>ben reply 1", "ben>ana repost 1", "cara>dan mention 1"],
            "id,thread_id,timestamp,unix_timestamp,body,author,author_fullname,author_id,author_followers,replied_user,retweeted_user,quoted_user,mentions\n1,1,2025-11-14 08:00:00,1763107200,hi,ana,Ana,11,5,ben,,,\n2,1,2025-11-14 08:00:00,1763107200,RT @ana: hi,ben,Ben,12,6,,ana,,ana\n3,3,2025-11-14 08:00:00,1763107200,hi,cara,Cara,13,6,,,,\"dan\"\n",
        ),
        (
            "snscrape",
            vec!["ana>ben reply 1", "ana>cara mention 1"],
            "url,date,rawContent,id,user.username,user.displayname,user.followersCount,inReplyToUser,mentionedUsers\nhttps://twitter.com/ana/status/9001,2025-11-14 08:00:00+00:00,hi,9001,ana,Ana,5,\"{'username': 'ben', 'id': 12}\",\"[{'username': 'cara', 'id': 13}]\"\n",
        ),
        (
            "TAGS",
            vec!["ana>ben reply 1"],
            "id_str,from_user,text,created_at,time,in_reply_to_screen_name,from_user_id_str,user_followers_count,status_url\n9001,ana,hi,Fri Nov 14 08:00:00 +0000 2025,14/11/2025 08:00:00,ben,11,5,http://twitter.com/ana/statuses/9001\n",
        ),
        (
            "German Excel",
            vec!["ana>ben mention 1"],
            "Autor;Beitrag;Datum;Abonnenten\nana;Hallo @ben, wie geht es dir;14.11.2025 08:00;1.234\nben;gut, danke der Nachfrage;14.11.2025 09:00;7\n",
        ),
        (
            "Crimson Hexagon",
            vec!["ana>ben repost 1"],
            "GUID,Date (GMT),URL,Contents,Author,Name,Klout Score,Posts,Followers,Following\ng1,2025-11-14 08:00:00,http://twitter.com/ana/status/1,RT @ben rice @cara,@ana,Ana,40,9,5,6\n",
        ),
        (
            "YouTube Data Tools, older",
            vec!["uc2>uc1 reply 1"],
            "id,publishedAt,authorName,text,authorChannelId,isReply,isReplyTo,isReplyToName\nA1,2025-11-14 08:00:00,Ana Lima,nice video,UC1,0,,\nA1.1,2025-11-14 08:00:00,Ben Y,so true,UC2,1,A1,Ana Lima\n",
        ),
        (
            "no header at all",
            vec!["ana_k>ben_l mention 1"],
            "2025-11-14 08:00:00,ana_k,this is for you @ben_l and nobody else\n2025-11-14 09:00:00,ben_l,that is so very kind of you my friend\n2025-11-14 09:30:00,cara_m,what are you two talking about today\n",
        ),
        (
            "unknown headers",
            vec!["ana>ben mention 1"],
            "wann,wer,was\n2025-11-14 08:00:00,@ana,this is for you @ben and nobody else\n2025-11-14 09:00:00,@ben,that is so very kind of you my friend\n",
        ),
    ] {
        assert_eq!(ties(table), expected, "{what}");
    }
}

#[test]
fn tools_that_scrape() {
    assert_eq!(
        ties(
            "user_id,status_id,created_at,screen_name,text,reply_to_status_id,reply_to_user_id,reply_to_screen_name,is_retweet,mentions_screen_name,name,followers_count\nx11,x901,2018-01-01 00:00:00,ana,hi,x1,x12,ben,FALSE,ben cara,Ana,5\n"
        ),
        ["ana>ben reply 1", "ana>cara mention 1"],
        "rtweet"
    );
    assert_eq!(
        ties(
            "id,date,time,user_id,username,name,tweet,mentions,quote_url,reply_to\n901,2020-11-06,22:58:49,11,ana,Ana,hi,['cara'],https://twitter.com/dan/status/7,\"[{'screen_name': 'ben', 'name': 'Ben', 'id': '12'}]\"\n"
        ),
        ["ana>ben reply 1", "ana>cara mention 1", "ana>dan quote 1"],
        "twint"
    );
    assert_eq!(
        ties(
            "date,username,to,replies,retweets,favorites,text,mentions,id,permalink\n2018-01-01 00:00:00,ana,ben,0,0,0,hi,@ben,901,https://twitter.com/ana/status/901\n"
        ),
        ["ana>ben reply 1"],
        "GetOldTweets"
    );
    assert_eq!(
        ties(
            "tweet_id,airline_sentiment,name,retweet_count,text,tweet_created\n5703,neutral,cairdin,0,@VirginAmerica What @dhepburn said.,2015-02-24 11:35:52 -0800\n5704,neutral,ana,0,hello,2015-02-24 11:35:52 -0800\n"
        ),
        [
            "cairdin>dhepburn mention 1",
            "cairdin>virginamerica mention 1"
        ],
        "a table with names only"
    );
    assert_eq!(
        ties(
            "\"0\",\"1467810369\",\"Mon Apr 06 22:19:45 PDT 2009\",\"NO_QUERY\",\"_ana_\",\"@ben that is a bummer, you should have seen it\"\n\"0\",\"1467810370\",\"Mon Apr 06 22:19:49 PDT 2009\",\"NO_QUERY\",\"ben\",\"is upset that the page cannot be updated today\"\n"
        ),
        ["_ana_>ben mention 1"],
        "no header, six columns"
    );
    assert_eq!(
        ties(
            "SOURCE_SUBREDDIT\tTARGET_SUBREDDIT\tPOST_ID\tTIMESTAMP\tLINK_SENTIMENT\nsushi\trice\t1u4nrps\t2013-12-31 16:39:58\t-1\n"
        ),
        ["sushi>rice tie 1"]
    );
}

// --- what the person decides, and what cannot be read ---

fn choose(text: &str, choices: &[(Role, &str)]) -> Result<(Posts, ImportReport), ImportError> {
    let columns = choices
        .iter()
        .map(|(role, column)| ColumnChoice {
            role: *role,
            column: (*column).to_owned(),
        })
        .collect();
    import::read(
        &[source("f.csv", text.as_bytes())],
        &ImportSettings { columns },
        &Progress::new(),
    )
}

#[test]
fn the_person_decides_about_columns() {
    let text = "author,other,text\nana,zoe,hi @ben\n";
    let (posts, _) = choose(text, &[(Role::Author, "Other")]).expect("read");
    assert_eq!(ties_of(&posts), ["zoe>ben mention 1"]);
    let (posts, _) = choose(text, &[(Role::Text, ""), (Role::ReplyTo, "other")]).expect("read");
    assert_eq!(ties_of(&posts), ["ana>zoe reply 1"]);
    let (posts, _) = choose(
        "wer,wen,x\nana,ben,1\n",
        &[(Role::Source, "wer"), (Role::Target, "wen")],
    )
    .expect("read");
    assert_eq!(ties_of(&posts), ["ana>ben tie 1"]);
    let error = choose(text, &[(Role::Author, "nobody")]).expect_err("no such column");
    assert_eq!(
        error.to_string(),
        "there is no column \"nobody\"; the columns are \"author\", \"other\", \"text\""
    );
}

#[test]
fn files_that_cannot_be_read_say_why() {
    let error = |bytes: &[u8]| read_all(&[source("f.csv", bytes)]).expect_err("no posts in it");
    assert!(matches!(error(b""), ImportError::Empty { .. }));
    assert!(matches!(
        error(b"\xef\xbb\xbf \n\n"),
        ImportError::Empty { .. }
    ));
    for (bytes, expected) in [
        (&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], Foreign::Picture),
        (
            b"PK\x03\x04\x14\0\0\0[Content_Types].xml",
            Foreign::Workbook,
        ),
        (b"PK\x03\x04\x14\0\0\0tweets.csv", Foreign::Archive),
        (b"PAR1\x15\x04\x15", Foreign::Database),
        (b"{\"data\": [{\"id\": \"1\"}]}", Foreign::Json),
        (b"[{\"id\": \"1\"}]", Foreign::Json),
        (b"<?xml version=\"1.0\"?><gexf>", Foreign::Graph),
        (
            b"\x01\x02\x03\x04\x05\x06\x07\x08\x01\x02\x03",
            Foreign::Bytes,
        ),
    ] {
        let got = error(bytes);
        assert!(
            matches!(&got, ImportError::NotText { what, .. } if *what == expected),
            "{got:?}"
        );
        assert!(!got.advice().is_empty());
    }
    let no_author = error(b"date,text\n2025-11-14,hello there my friends of rice\n2025-11-15,another long text with words\n");
    assert!(
        no_author.to_string().contains("\"date\", \"text\""),
        "{no_author}"
    );
    assert!(no_author.advice().contains("--column author="));
    assert!(matches!(
        error(b"author,text\n,hello\n,you\n"),
        ImportError::NothingUsable { rows: 2, .. } | ImportError::NoAuthor { .. }
    ));
    let stopped = Progress::new();
    stopped.cancel();
    let cancelled = import::read(
        &[source("f.csv", SIMPLE.as_bytes())],
        &ImportSettings::default(),
        &stopped,
    );
    assert!(matches!(cancelled, Err(ImportError::Cancelled(_))));
}

#[test]
fn a_file_without_ties_says_so() {
    let (_, report) = read("author,text\nana,hello\nben,yo\n");
    assert!(
        report
            .warnings
            .iter()
            .any(|w| w.starts_with("No post here addresses anybody: ")),
        "{:?}",
        report.warnings
    );
}

// --- properties ---

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        if let Ok((posts, report)) = read_all(&[source("f", &bytes)]) {
            adds_up(&posts, &report);
        }
    }

    #[test]
    fn any_text_of_the_signs_of_tables_is_read_or_refused(text in "[ab@\",;\t\r\n0-9. #é]{0,200}") {
        if let Ok((posts, report)) = read_all(&[source("f", text.as_bytes())]) {
            adds_up(&posts, &report);
        }
        let preview = import::preview(&[source("f", text.as_bytes())], &ImportSettings::default(), &Progress::new());
        prop_assert!(preview.is_err() || preview.is_ok_and(|p| p.len() == 1));
    }

    #[test]
    fn a_damaged_export_is_read_or_refused(
        at in proptest::collection::vec((0usize..20_000, any::<u8>()), 1..20),
        cut in 100usize..20_000,
        which in 0usize..4,
    ) {
        let file = [
            "brandwatch-csv/Sushi_mentions_2025-11-16.csv",
            "meltwater-classic/Sushi - Nov 16, 2025 - 5 12 53 PM.csv",
            "twarc-csv/tweets.csv",
            "gephi-tables/edges.csv",
        ][which];
        let mut bytes = fs::read(fixtures().join(file)).expect("a fixture");
        for (place, byte) in at {
            let n = bytes.len();
            bytes[place % n] = byte;
        }
        bytes.truncate(cut);
        if let Ok((posts, report)) = read_all(&[source("f", &bytes)]) {
            adds_up(&posts, &report);
        }
    }

    #[test]
    fn the_order_of_rows_changes_nothing(rows in Just((0..12).collect::<Vec<usize>>()).prop_shuffle()) {
        let all: Vec<String> = (0..12)
            .map(|i| format!("{}, p{i} hello @P{} , 2025-11-{:02}, {}", ["Ana", "ben", "ana", "Cara"][i % 4], (i * 5) % 12, i + 1, i * 10))
            .collect();
        let build = |order: &[usize]| {
            let lines: Vec<&str> = order.iter().map(|&i| all[i].as_str()).collect();
            graph(&read(&format!("author,text,date,followers\n{}\n", lines.join("\n"))).0)
        };
        let straight = build(&(0..12).collect::<Vec<_>>());
        let shuffled = build(&rows);
        prop_assert_eq!(straight.people, shuffled.people);
        prop_assert_eq!(straight.interactions, shuffled.interactions);
    }
}
