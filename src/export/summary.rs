//! Counts, settings, seed, quality and seconds as JSON: the names are a contract for scripts and benches.

use serde_json::{Value, json};

use crate::analysis::Analysis;
use crate::import::ImportReport;
use crate::people::ConversationGraph;

/// What the summary tells besides what the results know.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Run {
    /// Names of the files read.
    pub files: Vec<String>,
    /// The session seed.
    pub seed: u64,
    /// Seconds each stage took, by name, in order; absent stages are 0.
    pub seconds: Vec<(&'static str, f64)>,
    /// Largest memory the process used, in MB; `None` where the system does not tell.
    pub peak_memory_mb: Option<f64>,
}

/// The summary of one run.
pub fn summary(
    graph: &ConversationGraph,
    analysis: &Analysis,
    report: &ImportReport,
    run: &Run,
) -> Value {
    let left_out: Vec<Value> = report
        .left_out
        .iter()
        .map(|l| json!({"reason": l.reason, "count": l.count, "first": l.first.to_string()}))
        .collect();
    let tie_kinds: serde_json::Map<String, Value> = report
        .tie_kinds
        .iter()
        .map(|(kind, n)| (kind.word().to_owned(), json!(n)))
        .collect();
    let seconds: serde_json::Map<String, Value> = run
        .seconds
        .iter()
        .map(|(stage, seconds)| ((*stage).to_owned(), json!(seconds)))
        .collect();
    let communities = &analysis.communities;
    let large = communities.n_large();
    json!({
        "isthmus": env!("CARGO_PKG_VERSION"),
        "files": run.files,
        "format": report.format,
        "rows_read": report.rows_read,
        "posts": report.posts,
        "rows_left_out": report.rows_left_out(),
        "left_out": left_out,
        "duplicates_removed": report.duplicates_removed,
        "handles_merged": report.handles_merged,
        "tie_kinds": tie_kinds,
        "self_ties": graph.self_ties,
        "people": graph.n_people(),
        "ties": graph.ties.n_ties(),
        "interactions": graph.n_interactions(),
        "isolates": graph.n_isolates(),
        "components": analysis.components.sizes.len(),
        "communities": large,
        "small_groups": communities.list.len() - large,
        "modularity": communities.modularity,
        "seed": run.seed,
        "resolution": communities.resolution,
        "thin_data": analysis.thin_data,
        "warnings": report.warnings,
        "seconds": seconds,
        "peak_memory_mb": run.peak_memory_mb,
    })
}
