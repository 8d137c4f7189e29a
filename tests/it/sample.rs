//! The built-in sample: the shipped file is what its generator writes, and it has what a first look at the program needs.

use std::collections::{BTreeMap, BTreeSet};

use isthmus::session;

#[path = "../../examples/sample/mod.rs"]
pub(crate) mod generator;

/// `n` posts in the wide shape of a real export.
pub(crate) fn large(n: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    generator::large::write(n, &mut bytes).expect("memory takes it");
    bytes
}

/// The posts of the sample as header → cell.
fn rows() -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(session::SAMPLE);
    let mut lines = reader
        .records()
        .map(|line| line.expect("the sample is a proper table"));
    let header = lines
        .by_ref()
        .find(|line| line.get(0) == Some("Date"))
        .expect("the sample has a header");
    lines
        .map(|line| {
            assert_eq!(line.len(), header.len(), "{line:?}");
            header
                .iter()
                .map(str::to_owned)
                .zip(line.iter().map(str::to_owned))
                .collect()
        })
        .collect()
}

/// The handle in a status address.
fn handle_in(address: &str) -> &str {
    address
        .strip_prefix("https://x.com/")
        .and_then(|rest| rest.split_once("/status/"))
        .unwrap_or_else(|| panic!("no status address: {address:?}"))
        .0
}

/// Everybody whom a post addresses, keys.
fn addressed(row: &BTreeMap<String, String>) -> Vec<String> {
    let targets = [&row["X Reply to"], &row["X Repost of"]];
    let named = row["Mentioned Authors"].split(", ");
    targets
        .into_iter()
        .filter(|a| !a.is_empty())
        .map(|a| handle_in(a))
        .chain(named.filter(|n| !n.is_empty()))
        .map(str::to_lowercase)
        .collect()
}

#[test]
fn the_shipped_sample_is_what_its_generator_writes() {
    // On a difference: cargo run --release --example make_sample
    assert!(
        generator::csv() == session::SAMPLE,
        "assets/sushi-sample.csv is out of date"
    );
    assert!(
        session::SAMPLE.len() < 1_200_000,
        "{} bytes",
        session::SAMPLE.len()
    );
}

#[test]
fn it_is_a_conversation_of_three_weeks() {
    let rows = rows();
    assert!(
        (2_800..=3_200).contains(&rows.len()),
        "{} posts",
        rows.len()
    );
    let authors: BTreeSet<String> = rows.iter().map(|r| r["Author"].to_lowercase()).collect();
    assert!(
        (650..=750).contains(&authors.len()),
        "{} authors",
        authors.len()
    );
    let days: BTreeSet<&str> = rows
        .iter()
        .filter_map(|r| r["Date"].split(' ').next())
        .collect();
    assert_eq!(days.len(), 21);
    assert!(days.contains("2026-03-02") && days.contains("2026-03-22"));
    assert!(rows.is_sorted_by_key(|r| r["Date"].clone()), "by time");
    let ids: BTreeSet<&str> = rows.iter().map(|r| r["Resource Id"].as_str()).collect();
    assert_eq!(ids.len(), rows.len(), "every post has its own id");
}

#[test]
fn its_names_need_more_than_latin_letters() {
    let rows = rows();
    let somebody = |test: fn(char) -> bool| rows.iter().any(|r| r["Full Name"].chars().any(test));
    assert!(somebody(|c| ('\u{3040}'..='\u{30ff}').contains(&c)), "kana");
    assert!(
        somebody(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)),
        "kanji"
    );
    assert!(somebody(|c| ('\u{600}'..='\u{6ff}').contains(&c)), "Arabic");
    assert!(somebody(|c| "éüøçŻ".contains(c)), "accents");
    assert!(
        somebody(|c| ('\u{1f300}'..='\u{1faff}').contains(&c)),
        "emoji"
    );
}

#[test]
fn some_people_are_only_addressed_so_nobody_knows_their_reach() {
    let rows = rows();
    let authors: BTreeSet<String> = rows.iter().map(|r| r["Author"].to_lowercase()).collect();
    let silent: BTreeSet<String> = rows
        .iter()
        .flat_map(addressed)
        .filter(|handle| !authors.contains(handle))
        .collect();
    assert!(
        (20..=80).contains(&silent.len()),
        "{} silent people",
        silent.len()
    );
    for row in &rows {
        let reach: u64 = row["X Followers"].parse().expect("reach is a whole number");
        assert!(reach > 0);
    }
}

#[test]
fn some_people_talk_to_nobody() {
    let rows = rows();
    let mut alone: BTreeSet<String> = rows.iter().map(|r| r["Author"].to_lowercase()).collect();
    for row in &rows {
        let author = row["Author"].to_lowercase();
        for other in addressed(row).into_iter().filter(|other| *other != author) {
            alone.remove(&other);
            alone.remove(&author);
        }
    }
    assert!(
        (30..=60).contains(&alone.len()),
        "{} people without ties",
        alone.len()
    );
}

#[test]
fn no_cell_is_a_formula_and_no_link_leads_to_a_real_place() {
    for row in rows() {
        for (column, cell) in &row {
            let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
            assert!(!formula, "{column}: {cell:?}");
        }
        let text = &row["Full Text"];
        assert!(!text.contains(['{', '}']), "an open gap: {text:?}");
        for link in text.split("://").skip(1) {
            assert!(link.starts_with("example.com/"), "{text:?}");
        }
        for (before, after) in text.match_indices('@').map(|(at, _)| text.split_at(at)) {
            let is_mail = before.ends_with(|c: char| c.is_ascii_alphanumeric());
            assert!(!is_mail || after.starts_with("@example.com"), "{text:?}");
        }
    }
}

#[test]
fn every_mention_in_a_text_stands_in_its_column_too() {
    for row in rows() {
        let named: BTreeSet<&str> = row["Mentioned Authors"].split(", ").collect();
        let text = row["Full Text"].replace("@example.com", "");
        for after in text.split('@').skip(1) {
            let end = after
                .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .unwrap_or(after.len());
            assert!(named.contains(&after[..end]), "{text:?} names {named:?}");
        }
    }
}
