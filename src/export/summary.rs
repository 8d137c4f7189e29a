//! Counts, settings, seed, quality and seconds as JSON: the names are a contract for scripts and benches.

use serde_json::{Value, json};

use crate::analysis::Analysis;
use crate::campaign::plan::{OldWay, Plan};
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

/// A plan, and what as many people bring who are chosen in the old ways.
pub type PlanAndOldWays<'a> = (&'a Plan, &'a [(OldWay, Plan)]);

/// The part of the summary about a plan: its people by key, and counts.
fn plan_part(graph: &ConversationGraph, (plan, old_ways): PlanAndOldWays<'_>) -> Value {
    let people = plan.people();
    let keys = people.iter().map(|p| &*graph.people[p.index()].key);
    let enough_of = |way: OldWay| {
        let plan = old_ways.iter().find(|(w, _)| *w == way);
        plan.map(|(_, plan)| plan.touched.enough)
    };
    json!({
        "people": keys.collect::<Vec<&str>>(),
        "touchpoints": plan.touchpoints,
        "touched": plan.touched.touched(),
        "touched_enough": plan.touched.enough,
        "top_reach_touched_enough": enough_of(OldWay::Reach),
        "top_connections_touched_enough": enough_of(OldWay::Connections),
        "top_bridge_score_touched_enough": enough_of(OldWay::BridgeScore),
        "worth": plan.worth,
    })
}

/// The summary of one run; `plan`, where one was asked for.
pub fn summary(
    graph: &ConversationGraph,
    analysis: &Analysis,
    report: &ImportReport,
    plan: Option<PlanAndOldWays<'_>>,
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
        "plan": plan.map(|plan| plan_part(graph, plan)),
        "seconds": seconds,
        "peak_memory_mb": run.peak_memory_mb,
    })
}
