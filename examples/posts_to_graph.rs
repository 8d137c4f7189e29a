//! Reads an export and builds its graph, nothing more: what `benches/peers/import.py` measures against other programs.
//!
//! ```text
//! cargo run --release --example posts_to_graph -- posts.csv                  texts are not kept
//! cargo run --release --example posts_to_graph -- posts.csv --keep-texts
//! ```
//!
//! Prints one line of JSON: seconds for each step, counts, largest memory in MB. `RAYON_NUM_THREADS` limits the cores.

use std::path::Path;
use std::time::Instant;

use isthmus::import::ImportSettings;
use isthmus::people::{self, TieSettings};
use isthmus::problem::Problem;
use isthmus::progress::Progress;
use isthmus::{files, session};

fn main() {
    let typed: Vec<String> = std::env::args().skip(1).collect();
    let keep_texts = typed.iter().any(|word| word == "--keep-texts");
    let result = match typed.iter().find(|word| !word.starts_with("--")) {
        Some(path) => measured(Path::new(path), keep_texts),
        None => Err(Problem::new("no file was given", "Name an export")),
    };
    match result {
        Ok(line) => println!("{line}"),
        Err(problem) => {
            eprintln!("{problem:?}");
            std::process::exit(1);
        }
    }
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
    let graph = people::build(&conversation.posts, &TieSettings::default());
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
