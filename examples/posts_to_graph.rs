//! Reads an export and builds its graph, nothing more: what `benches/peers/import.py` measures against other programs.
//!
//! ```text
//! cargo run --release --example posts_to_graph -- posts.csv                  texts are not kept
//! cargo run --release --example posts_to_graph -- posts.csv --keep-texts
//! cargo run --release --example posts_to_graph -- posts.csv --cancel-after 300     milliseconds
//! ```
//!
//! Prints one line of JSON: seconds for each step, counts, largest memory in MB; or how many milliseconds the reading went on
//! after it was cancelled, and how far it was. `RAYON_NUM_THREADS` limits the cores.

use std::path::Path;
use std::time::{Duration, Instant};

use isthmus::import::ImportSettings;
use isthmus::people::{self, TieSettings};
use isthmus::problem::Problem;
use isthmus::progress::Progress;
use isthmus::{files, session};

fn main() {
    let typed: Vec<String> = std::env::args().skip(1).collect();
    let keep_texts = typed.iter().any(|word| word == "--keep-texts");
    let cancel_after = typed
        .iter()
        .position(|word| word == "--cancel-after")
        .and_then(|at| typed.get(at + 1))
        .and_then(|millis| millis.parse().ok());
    let result = match (typed.first(), cancel_after) {
        (Some(path), Some(millis)) => cancelled(Path::new(path), keep_texts, millis),
        (Some(path), None) => measured(Path::new(path), keep_texts),
        (None, _) => Err(Problem::new("no file was given", "Name an export")),
    };
    match result {
        Ok(line) => println!("{line}"),
        Err(problem) => {
            eprintln!("{problem:?}");
            std::process::exit(1);
        }
    }
}

fn cancelled(path: &Path, keep_texts: bool, millis: u64) -> Result<serde_json::Value, Problem> {
    let sources = [files::read(path)?];
    let settings = ImportSettings {
        keep_texts,
        ..ImportSettings::default()
    };
    let progress = Progress::new();
    let (result, answer, standing) = std::thread::scope(|scope| {
        let waiting = scope.spawn(|| {
            std::thread::sleep(Duration::from_millis(millis));
            progress.cancel();
            (Instant::now(), progress.standing())
        });
        let result = session::read(&sources, &settings, &progress).map(drop);
        let answered = Instant::now();
        let (asked, standing) = waiting.join().expect("waiting does not fail");
        (result, answered.saturating_duration_since(asked), standing)
    });
    Ok(serde_json::json!({
        "cancelled": result.is_err(),
        "answered_ms": answer.as_secs_f64() * 1000.0,
        "share": standing.share(),
    }))
}

fn measured(path: &Path, keep_texts: bool) -> Result<serde_json::Value, Problem> {
    let start = Instant::now();
    let sources = [files::read(path)?];
    let file = start.elapsed().as_secs_f64();
    let settings = ImportSettings {
        keep_texts,
        ..ImportSettings::default()
    };
    let conversation = session::read(&sources, &settings, &Progress::new())?;
    drop(sources);
    let build_start = Instant::now();
    let graph = people::build(
        &conversation.posts,
        &TieSettings::default(),
        &Progress::new(),
    )?;
    let build = build_start.elapsed().as_secs_f64();
    Ok(serde_json::json!({
        "total": start.elapsed().as_secs_f64(),
        "file": file,
        "read": conversation.seconds,
        "build": build,
        "peak_mb": files::peak_memory_mb(),
        "posts": conversation.report.posts,
        "rows_read": conversation.report.rows_read,
        "people": graph.n_people(),
        "ties": graph.ties.n_ties(),
        "interactions": graph.interactions.len(),
    }))
}
