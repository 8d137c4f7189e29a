//! Files of many blocks: read by all cores, and the same as by one.

use super::*;
use crate::sample::large;

/// Everything that reading gives, as text that can be compared.
fn all_of((posts, report): &(Posts, ImportReport)) -> String {
    let said: Vec<_> = posts
        .posts
        .iter()
        .map(|p| (p.author, p.time(), posts.text(p), posts.addressed(p)))
        .collect();
    let graph = graph(posts);
    format!(
        "{report:?}\n{:?}\n{said:?}\n{:?}\n{:?}",
        posts.accounts, graph.interactions, graph.ties
    )
}

fn with_threads(n: usize, bytes: &[u8]) -> (Posts, ImportReport) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(n).build();
    pool.expect("threads").install(|| read_bytes(bytes))
}

#[test]
fn every_post_of_a_large_file_is_read_with_its_author_and_its_names() {
    let bytes = large(12_000);
    assert!(bytes.len() > 3 << 20, "several blocks: {}", bytes.len());
    let (posts, report) = read_bytes(&bytes);
    assert_eq!((report.posts, report.rows_read), (12_000, 12_000));
    let mut rows = csv::Reader::from_reader(bytes.as_slice());
    let header = rows.headers().expect("a header").clone();
    let column = |name| header.iter().position(|h| h == name).expect("a column");
    let (author, text, named) = (
        column("Author"),
        column("Full Text"),
        column("Mentioned Authors"),
    );
    for (row, post) in rows.records().zip(&posts.posts) {
        let row = row.expect("a row");
        let handle = |account: u32| &*posts.accounts[account as usize].handle;
        assert_eq!(row[author], *handle(post.author));
        assert_eq!(row[text], *posts.text(post));
        let all: Vec<&str> = posts
            .addressed(post)
            .iter()
            .map(|a| handle(a.account))
            .collect();
        if !row[text].starts_with("RT ") {
            let expected = row[named].split(", ").filter(|n| !n.is_empty());
            assert!(
                expected
                    .into_iter()
                    .all(|n| all.contains(&n.trim_start_matches('@'))),
                "{row:?}"
            );
        }
    }
}

#[test]
fn any_number_of_threads_gives_the_same() {
    let bytes = large(12_000);
    let one = all_of(&with_threads(1, &bytes));
    assert!(one == all_of(&with_threads(3, &bytes)), "whole");
    // Quotes that nobody closes, and rows that stand there twice, wherever they fall.
    let mut damaged = bytes.clone();
    for at in (70_001..damaged.len()).step_by(70_001) {
        damaged[at] = b'"';
    }
    damaged.extend_from_slice(&bytes[bytes.len() / 2..]);
    let one = with_threads(1, &damaged);
    adds_up(&one.0, &one.1);
    assert!(one.1.duplicates_removed > 5_000, "{:?}", one.1);
    assert!(
        all_of(&one) == all_of(&with_threads(3, &damaged)),
        "damaged"
    );
}

#[test]
fn lines_are_counted_across_blocks() {
    let mut bytes = large(12_000);
    let lines = memchr::memchr_iter(b'\n', &bytes).count() as u64;
    let n_columns = 25;
    bytes.extend_from_slice(format!("{}\n", ",".repeat(n_columns - 1)).as_bytes());
    let nobody = format!("{}words{}\n", ",".repeat(12), ",".repeat(n_columns - 13));
    bytes.extend_from_slice(nobody.as_bytes());
    let (posts, report) = read_bytes(&bytes);
    adds_up(&posts, &report);
    assert_eq!(left_out(&report), [("no author".to_owned(), 1, lines + 2)]);
}

#[test]
fn without_texts_everything_else_is_the_same() {
    let sources = [source("file.csv", &large(3_000))];
    let settings = ImportSettings {
        keep_texts: false,
        ..ImportSettings::default()
    };
    let lean = import::read(&sources, &settings, &Progress::new()).expect("readable");
    let full = read_all(&sources).expect("readable");
    assert!(lean.0.posts.iter().all(|p| lean.0.text(p).is_empty()));
    assert!(full.0.posts.iter().all(|p| !full.0.text(p).is_empty()));
    assert_eq!(lean.1, full.1);
    assert_eq!(ties_of(&lean.0), ties_of(&full.0));
}

#[test]
fn cancelling_stops_the_reading() {
    let sources = [source("file.csv", &large(12_000))];
    let progress = Progress::new();
    progress.cancel();
    let stopped = import::read(&sources, &ImportSettings::default(), &progress);
    assert!(matches!(stopped, Err(ImportError::Cancelled(_))));
}
