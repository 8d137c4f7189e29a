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

mod guesses;
mod large;
mod posts;
mod properties;
mod rows;
mod samples;
mod shapes;

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
    people::build(posts, &TieSettings::default(), &Progress::new()).expect("nobody cancels")
}

/// `ana>ben reply 2`, one a tie, sorted.
fn ties(text: &str) -> Vec<String> {
    ties_of(&read(text).0)
}

pub(crate) fn ties_of(posts: &Posts) -> Vec<String> {
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

/// Every row is used, a duplicate, or left out.
pub(crate) fn adds_up(posts: &Posts, report: &ImportReport) {
    let used = report.posts + posts.given_ties.len() as u64;
    assert_eq!(
        report.rows_read,
        used + report.duplicates_removed + report.rows_left_out(),
        "{report:?}"
    );
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import")
}
