//! Files of graph programs: the samples, the traps that real files set, and damaged copies.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use isthmus::import::{self, ImportError, ImportReport, ImportSettings, Source};
use isthmus::people::{self, Account, ConversationGraph, PersonId, Posts, TieSettings};
use isthmus::progress::Progress;
use proptest::prelude::*;
use serde_json::Value;

use crate::import::adds_up;

mod damaged;
mod json;
mod tables;
mod xml;

fn read_bytes(bytes: &[u8]) -> Result<(Posts, ImportReport), ImportError> {
    let source = Source {
        name: "file".to_owned(),
        bytes: bytes.to_vec(),
    };
    import::read(&[source], &ImportSettings::default(), &Progress::new())
}

fn read(text: &str) -> (Posts, ImportReport) {
    let (posts, report) = read_bytes(text.as_bytes()).expect("a graph that can be read");
    adds_up(&posts, &report);
    (posts, report)
}

fn refused(text: &str) -> String {
    read_bytes(text.as_bytes())
        .expect_err("a file that is refused")
        .to_string()
}

fn graph(posts: &Posts) -> ConversationGraph {
    people::build(posts, &TieSettings::default(), &Progress::new()).expect("nobody cancels")
}

/// `ana>ben reply 2` for directed ties and `ana-ben tie 1`, by key, for others; sorted.
fn ties(posts: &Posts) -> Vec<String> {
    let graph = graph(posts);
    let key = |p: PersonId| graph.people[p.index()].key.to_string();
    let mut all: Vec<String> = graph
        .interactions
        .iter()
        .map(|i| {
            let arrow = if i.directed { '>' } else { '-' };
            let (mut from, mut to) = (key(i.from), key(i.to));
            if !i.directed && to < from {
                std::mem::swap(&mut from, &mut to);
            }
            format!("{from}{arrow}{to} {} {}", i.kind.word(), i.count)
        })
        .collect();
    all.sort();
    all
}

fn keys(posts: &Posts) -> Vec<&str> {
    let mut all: Vec<&str> = posts.accounts.iter().map(|a| &*a.key).collect();
    all.sort_unstable();
    all
}

fn account<'p>(posts: &'p Posts, key: &str) -> &'p Account {
    &posts.accounts[posts.find(key).expect("a known account") as usize]
}

fn left_out(report: &ImportReport) -> Vec<(&str, u64, u64)> {
    report
        .left_out
        .iter()
        .map(|l| (l.reason.as_str(), l.count, l.first.line))
        .collect()
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/graph_file")
}

/// Every sample: its folder, its file's bytes, and what it is known to hold.
fn samples() -> Vec<(String, Vec<u8>, Value)> {
    let mut all: Vec<_> = fs::read_dir(fixtures())
        .expect("the fixtures")
        .map(|e| e.expect("an entry").path())
        .map(|folder| {
            let json = fs::read(folder.join("expected.json")).expect("expected.json");
            let expected: Value = serde_json::from_slice(&json).expect("valid JSON");
            let file = expected["files"][0].as_str().expect("a file");
            let bytes = fs::read(folder.join(file)).expect("a fixture");
            let name = folder.file_name().expect("a name").to_string_lossy();
            (name.into_owned(), bytes, expected)
        })
        .collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    assert_eq!(all.len(), 12);
    all
}

#[test]
fn every_sample_gives_its_people_ties_and_positions() {
    for (name, bytes, expected) in samples() {
        let (posts, report) = read_bytes(&bytes).expect(&name);
        adds_up(&posts, &report);
        let graph = graph(&posts);
        let text = |v: &Value| v.as_str().expect("a word").to_lowercase();
        let id_to_key = expected["id_to_key"].as_object();
        // A file without handles goes by its ids.
        let resolved = |key: &str| {
            let known = id_to_key.and_then(|ids| ids.get(key)).map(&text);
            known.unwrap_or_else(|| key.to_owned())
        };
        let accounts = expected["accounts"].as_array().expect("accounts");
        let by_key: BTreeMap<String, &Value> =
            accounts.iter().map(|a| (text(&a["key"]), a)).collect();
        let got: BTreeSet<String> = graph.people.iter().map(|p| resolved(&p.key)).collect();
        assert_eq!(got, by_key.keys().cloned().collect(), "{name}");
        for person in &graph.people {
            let account = by_key[&resolved(&person.key)];
            let followers = account.get("followers").and_then(Value::as_f64);
            assert_eq!(person.reach, followers, "{name} {}", person.key);
            let community = account.get("community").and_then(Value::as_str);
            let community = community.filter(|c| !c.is_empty());
            assert_eq!(person.given_community.as_deref(), community, "{name}");
            // Files of bare numbers bring no names, and Pajek has no double quotes in its names.
            if !matches!(name.as_str(), "matrix-market" | "metis-graph") {
                let label = text(&account["label"]).replace('"', "'");
                assert_eq!(
                    person.name.to_lowercase().replace('"', "'"),
                    label,
                    "{name}"
                );
            }
        }
        let directed = expected["directed"] == Value::Bool(true);
        let pair = |a: String, b: String| {
            if directed || a < b { (a, b) } else { (b, a) }
        };
        let mut need: BTreeMap<_, f64> = BTreeMap::new();
        for tie in expected["ties"].as_array().expect("ties") {
            let ends = pair(text(&tie["source"]), text(&tie["target"]));
            let count = tie["count"].as_f64().expect("a count");
            *need.entry((ends, text(&tie["kind"]))).or_default() += count;
        }
        let mut have: BTreeMap<_, f64> = BTreeMap::new();
        for tie in &posts.given_ties {
            let key = |a: u32| resolved(&posts.accounts[a as usize].key);
            let ends = pair(key(tie.from), key(tie.to));
            *have.entry((ends, tie.kind.word().to_owned())).or_default() += tie.count;
        }
        assert_eq!(have, need, "{name}");
    }
}

#[test]
fn samples_are_recognised_by_content() {
    let titles: Vec<(String, String)> = samples()
        .into_iter()
        .map(|(name, bytes, _)| (name, read_bytes(&bytes).expect("a sample").1.format))
        .collect();
    let expected = [
        ("cytoscape-cyjs", "Cytoscape JSON"),
        ("dot", "DOT (Graphviz)"),
        ("gdf", "GDF"),
        ("gexf-1.2", "GEXF"),
        ("gexf-1.3", "GEXF"),
        ("gml", "GML"),
        ("graphml", "GraphML"),
        ("graphology-json", "graphology JSON"),
        ("matrix-market", "Matrix Market"),
        ("metis-graph", "METIS graph"),
        ("pajek-net", "Pajek network"),
        ("ucinet-dl", "UCINET DL"),
    ];
    let titles: Vec<(&str, &str)> = titles.iter().map(|t| (&*t.0, &*t.1)).collect();
    assert_eq!(titles, expected);
}

#[test]
fn positions_and_colours_of_the_file_are_kept() {
    for (folder, key, place, colour) in [
        // GEXF, GraphML and graphology write y upwards, GML and Cytoscape downwards.
        (
            "gexf-1.2",
            "bluefinwatch",
            [-140.934, 209.49],
            Some([44, 160, 44]),
        ),
        (
            "gexf-1.3",
            "datadiner",
            [28.706, 80.587],
            Some([0x94, 0x67, 0xbd]),
        ),
        ("graphml", "n0", [-140.934, 209.49], None),
        (
            "graphology-json",
            "bluefinwatch",
            [-140.934, 209.49],
            Some([0x2c, 0xa0, 0x2c]),
        ),
        ("gml", "bluefinwatch", [-140.934, -209.49], None),
        ("cytoscape-cyjs", "bluefinwatch", [-140.934, -209.49], None),
        ("pajek-net", "1", [0.3591, 0.2905], Some([255, 0, 0])),
    ] {
        let all = samples();
        let sample = all.iter().find(|s| s.0 == folder).expect("a sample");
        let (posts, _) = read_bytes(&sample.1).expect("a sample");
        let account = account(&posts, key);
        assert_eq!(account.given_place, Some(place), "{folder}");
        assert_eq!(account.given_colour, colour, "{folder}");
    }
}
