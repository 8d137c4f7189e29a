//! Posts as JSON: every platform's sample, the shapes and traps of each, and damaged copies.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use isthmus::import::{self, Holding, ImportError, ImportReport, ImportSettings, Source};
use isthmus::people::{self, ConversationGraph, PersonId, Posts, TieSettings};
use isthmus::progress::Progress;
use proptest::prelude::*;
use serde_json::Value;

use crate::import::{adds_up, ties_of as ties};

mod platforms;

/// Folder and files of each sample, in the order in which a person would give them.
const SAMPLES: [(&str, &[&str], &str); 10] = [
    (
        "twitter-v2-pages-jsonl",
        &["search.jsonl"],
        "X posts (API v2)",
    ),
    ("twitter-v1-jsonl", &["stream.jsonl"], "X posts (API v1.1)"),
    ("bluesky-feed-json", &["feed.json"], "Bluesky posts"),
    (
        "bluesky-jetstream-jsonl",
        &["jetstream.jsonl"],
        "Bluesky event stream",
    ),
    ("mastodon-json", &["statuses.json"], "Mastodon posts"),
    ("reddit-ndjson", &["items.ndjson"], "Reddit posts"),
    ("telegram-result-json", &["result.json"], "Telegram chat"),
    ("discord-json", &["messages.json"], "Discord messages"),
    ("hackernews-jsonl", &["items.jsonl"], "Hacker News posts"),
    (
        "slack-export",
        &[
            "users.json",
            "channels.json",
            "sushi/2025-11-14.json",
            "sushi/2025-11-15.json",
        ],
        "Slack export",
    ),
];

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/json")
}

fn sources(folder: &str, files: &[&str]) -> Vec<Source> {
    let read = |name: &&str| Source {
        name: (*name).to_owned(),
        bytes: fs::read(fixtures().join(folder).join(name)).expect("a fixture"),
    };
    files.iter().map(read).collect()
}

fn read_all(sources: &[Source]) -> Result<(Posts, ImportReport), ImportError> {
    import::read(sources, &ImportSettings::default(), &Progress::new())
}

fn try_read(text: &str) -> Result<(Posts, ImportReport), ImportError> {
    read_all(&[Source {
        name: "posts.json".to_owned(),
        bytes: text.as_bytes().to_vec(),
    }])
}

fn read(text: &str) -> (Posts, ImportReport) {
    try_read(text).expect("a file that can be read")
}

fn graph(posts: &Posts) -> ConversationGraph {
    people::build(posts, &TieSettings::default(), &Progress::new()).expect("nobody cancels")
}

fn left_out(report: &ImportReport) -> Vec<(&str, u64, u64)> {
    report
        .left_out
        .iter()
        .map(|l| (l.reason.as_str(), l.count, l.first.line))
        .collect()
}

#[test]
fn every_sample_gives_its_expected_people_and_ties() {
    for (folder, files, format) in SAMPLES {
        let (posts, report) = read_all(&sources(folder, files)).expect(folder);
        adds_up(&posts, &report);
        assert_eq!(report.format, format);
        compare(folder, &graph(&posts), &report);
    }
}

fn compare(folder: &str, graph: &ConversationGraph, report: &ImportReport) {
    let json = fs::read(fixtures().join(folder).join("expected.json")).expect("expected.json");
    let expected: Value = serde_json::from_slice(&json).expect("valid JSON");
    let text = |value: &Value| value.as_str().expect("a string").to_lowercase();
    let accounts = expected["accounts"].as_array().expect("accounts");
    // Telegram tells ids and display names only: there the name says who is meant.
    let by_name: BTreeMap<String, String> = accounts
        .iter()
        .filter(|a| a["name"].is_string())
        .map(|a| (text(&a["name"]), text(&a["key"])))
        .collect();
    let keys: BTreeSet<String> = accounts.iter().map(|a| text(&a["key"])).collect();
    let key_of = |p: &people::Person| {
        if keys.contains(&*p.key) {
            p.key.to_string()
        } else {
            by_name
                .get(&p.name.to_lowercase())
                .cloned()
                .unwrap_or_else(|| p.key.to_string())
        }
    };
    let got: Vec<String> = graph.people.iter().map(key_of).collect();
    assert_eq!(
        got.iter().cloned().collect::<BTreeSet<_>>(),
        keys,
        "{folder}"
    );
    assert_eq!(
        got.len(),
        keys.len(),
        "{folder}: somebody stands there twice"
    );
    let mut n_posts = 0;
    for account in accounts {
        let at = got
            .iter()
            .position(|k| *k == text(&account["key"]))
            .expect("checked");
        let person = &graph.people[at];
        assert_eq!(
            person.reach,
            account["followers"].as_f64(),
            "{folder}: reach of {}",
            person.key
        );
        assert_eq!(
            Some(u64::from(person.posts)),
            account["posts"].as_u64(),
            "{folder}: {}",
            person.key
        );
        // Hacker News tells handles only.
        if let Some(name) = account["name"]
            .as_str()
            .filter(|_| folder != "hackernews-jsonl")
        {
            assert_eq!(&*person.name, name, "{folder}");
        }
        n_posts += u64::from(person.posts);
    }
    let count = |p: PersonId| got[p.index()].clone();
    let ties: BTreeSet<(String, String, String, u64)> = graph
        .interactions
        .iter()
        .map(|i| {
            (
                count(i.from),
                count(i.to),
                i.kind.word().to_owned(),
                i.count as u64,
            )
        })
        .collect();
    let need: BTreeSet<(String, String, String, u64)> = expected["ties"]
        .as_array()
        .expect("ties")
        .iter()
        .map(|t| {
            let n = t["count"].as_u64().expect("a count");
            (text(&t["source"]), text(&t["target"]), text(&t["kind"]), n)
        })
        .collect();
    assert_eq!(ties, need, "{folder}");
    assert_eq!(
        Some(graph.self_ties),
        expected["self_ties"].as_u64(),
        "{folder}"
    );
    assert_eq!(report.posts, n_posts, "{folder}");
    let skipped = expected["skipped_rows"].as_u64().expect("a count");
    assert_eq!(report.rows_left_out() > 0, skipped > 0, "{folder}");
}

#[test]
fn what_is_left_out_says_why_and_where() {
    for (folder, expected) in [
        ("twitter-v1-jsonl", vec![("a notice, no post", 2, 21)]),
        ("reddit-ndjson", vec![("deleted author", 1, 41)]),
        (
            "telegram-result-json",
            vec![("a service message, no post", 1, 6)],
        ),
        ("hackernews-jsonl", vec![("a deleted post", 1, 38)]),
    ] {
        let (_, files, _) = SAMPLES.iter().find(|s| s.0 == folder).expect("a sample");
        let (_, report) = read_all(&sources(folder, files)).expect(folder);
        assert_eq!(left_out(&report), expected, "{folder}");
    }
}

#[test]
fn a_bad_line_is_counted_and_a_cut_one_too() {
    let post = |n: u32| {
        format!(
            "{{\"id\":\"{n}\",\"text\":\"@ben hi {n}\",\"author\":{{\"id\":\"1\",\"username\":\"ana\"}}}}"
        )
    };
    let text = format!(
        "{}\n{{\"id\": oops}}\n\n{}\n{}",
        post(1),
        post(2),
        &post(3)[..30]
    );
    let (posts, report) = read(&text);
    adds_up(&posts, &report);
    assert_eq!(report.posts, 2);
    assert_eq!(left_out(&report), [("no valid JSON", 2, 2)]);
    let list = format!("[\n{},\n{},\n{}", post(1), post(2), &post(3)[..30]);
    let (posts, report) = read(&list);
    adds_up(&posts, &report);
    assert_eq!(report.posts, 2);
    assert_eq!(
        left_out(&report),
        [("cut off by the end of the file", 1, 4)]
    );
}

#[test]
fn files_of_a_platform_without_posts_are_refused_with_a_sentence() {
    for (text, expected) in [
        (
            r#"{"data":[{"start":"2021","end":"2021","tweet_count":3}],"meta":{}}"#,
            Holding::Counts,
        ),
        (
            r#"{"data":[{"id":"1","name":"sushi","member_count":3,"owner_id":"2"}]}"#,
            Holding::Lists,
        ),
        (
            r#"{"data":[{"id":"1","username":"ana","name":"A","public_metrics":{"followers_count":3}}]}"#,
            Holding::Accounts,
        ),
        (
            "\n{\"id\":\"1\",\"action\":\"delete\",\"created_at\":\"2019-09-06T17:25:54Z\"}\n",
            Holding::Compliance,
        ),
    ] {
        let error = try_read(text).expect_err("no posts");
        assert!(
            matches!(&error, ImportError::NoPosts { holds, .. } if *holds == expected),
            "{error}"
        );
        assert!(error.advice().len() > 20);
    }
    assert!(matches!(try_read(" \n"), Err(ImportError::Empty { .. })));
}

#[test]
fn deep_and_odd_json_is_read_or_refused() {
    for text in [
        "[".repeat(1_000_000),
        "{\"a\":".repeat(1_000_000),
        "[{}]".to_owned(),
        "[]".to_owned(),
        "{}".to_owned(),
        "[1,2,3]".to_owned(),
        "{\"a\":\"\u{1f363}\\".to_owned(),
        "[{\"text\":1},{\"author\":null}]".to_owned(),
        "{\"data\":[]}".to_owned(),
    ] {
        assert!(try_read(&text).is_err(), "{}", &text[..text.len().min(20)]);
    }
}

#[test]
fn any_number_of_threads_gives_the_same() {
    let one =
        rayon_pool(1).install(|| read_all(&sources("twitter-v2-pages-jsonl", &["search.jsonl"])));
    let four =
        rayon_pool(4).install(|| read_all(&sources("twitter-v2-pages-jsonl", &["search.jsonl"])));
    let (one, four) = (one.expect("posts"), four.expect("posts"));
    assert_eq!(one.0.accounts, four.0.accounts);
    assert_eq!(one.0.posts, four.0.posts);
    assert_eq!(one.1, four.1);
}

fn rayon_pool(threads: usize) -> rayon::ThreadPool {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .expect("threads")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_damaged_export_is_read_or_refused(
        at in proptest::collection::vec((0usize..200_000, any::<u8>()), 0..20),
        cut in 0usize..200_000,
        which in 0usize..SAMPLES.len(),
    ) {
        let (folder, files, _) = SAMPLES[which];
        let mut all = sources(folder, files);
        let last = all.last_mut().expect("a file");
        for (place, byte) in at {
            let n = last.bytes.len();
            last.bytes[place % n] = byte;
        }
        last.bytes.truncate(cut);
        if let Ok((posts, report)) = read_all(&all) {
            adds_up(&posts, &report);
        }
    }

    #[test]
    fn any_text_of_the_signs_of_json_is_read_or_refused(text in "[\\[{][\\[\\]{}\",:a1\\\\ué \n]{0,120}") {
        if let Ok((posts, report)) = try_read(&text) {
            adds_up(&posts, &report);
        }
    }
}
