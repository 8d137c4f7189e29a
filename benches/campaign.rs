//! How long a plan for fifty people takes, an edit of the list with its meter, and the scenarios for four sets of fifty; and how
//! soon the scenarios stop.
//!
//! ```text
//! cargo bench --bench campaign                        a made-up conversation of 100,000 people
//! cargo bench --bench campaign -- edges.csv           this file of posts or ties
//! ```

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use isthmus::analysis::AnalysisSettings;
use isthmus::campaign::plan::{Audience, Limit, Meter, OldWay, PlanSettings, old_way, plan};
use isthmus::campaign::{Campaign, Forecast, ForecastSettings, forecast};
use isthmus::import::Source;
use isthmus::people::PersonId;
use isthmus::problem::Problem;
use isthmus::progress::{Cancelled, Progress};
use isthmus::session::{self, Results, WalkSettings};
use isthmus::{files, people};

mod conversation;

/// People of each set.
const K: usize = 50;
/// Moments at which the work is cancelled.
const MOMENTS: u32 = 12;

fn main() -> Result<(), String> {
    let file = std::env::args().skip(1).find(|a| a != "--bench");
    bench(file.as_deref().map(Path::new)).map_err(|problem| problem.to_string())
}

/// A plan; the meter of its people; then each of them leaves the list and comes back.
fn plan_and_meter(results: &Results, none: &Progress) -> Result<(), Problem> {
    let campaign = Campaign {
        plan: PlanSettings {
            limit: Limit::People(K as u32),
            ..PlanSettings::default()
        },
        ..Campaign::default()
    };
    let start = Instant::now();
    let audience = Arc::new(Audience::new(&results.graph, &results.analysis, &campaign));
    let planned = plan(&audience, none)?;
    println!("plan for {K}: {:.3} s", start.elapsed().as_secs_f64());
    let start = Instant::now();
    let mut meter = Meter::new(audience);
    let people = planned.people();
    meter.set(&people);
    println!("meter made: {:.1} ms", millis(start.elapsed()));
    let (mut edits, mut nexts) = (Vec::new(), Vec::new());
    for out in 0..people.len() {
        let mut rest = people.clone();
        rest.remove(out);
        for list in [&rest, &people] {
            let start = Instant::now();
            meter.set(list);
            std::hint::black_box(meter.touches().total(meter.audience()));
            edits.push(millis(start.elapsed()));
            let start = Instant::now();
            meter.next_best(3, &[], none)?;
            nexts.push(millis(start.elapsed()));
        }
    }
    println!("an edit of the list: {}", spread(&mut edits));
    println!("the next best three: {}", spread(&mut nexts));
    let start = Instant::now();
    meter.swaps(5, none)?;
    println!(
        "swaps for {K} people: {:.3} s",
        start.elapsed().as_secs_f64()
    );
    Ok(())
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// The middle and the longest of `times`, in milliseconds.
fn spread(times: &mut [f64]) -> String {
    times.sort_by(f64::total_cmp);
    let middle = times.get(times.len() / 2).copied().unwrap_or(0.0);
    let longest = times.last().copied().unwrap_or(0.0);
    format!("{middle:.3} ms in the middle, {longest:.3} ms at the longest")
}

fn bench(file: Option<&Path>) -> Result<(), Problem> {
    let source = match file {
        Some(file) => files::read(file)?,
        None => Source {
            name: "posts.csv".to_owned(),
            bytes: conversation::table(100_000, 7),
        },
    };
    let settings = WalkSettings {
        analysis: AnalysisSettings {
            runs: 1,
            ..AnalysisSettings::default()
        },
        ..WalkSettings::default()
    };
    let none = Progress::new();
    let conversation = session::read(&[source], &settings.import, &none)?;
    let results = session::analyse(&Arc::new(conversation), &settings, &none)?;
    let ties = &results.graph.ties;
    println!(
        "{} people, {} ties",
        people::thousands(ties.n_people() as u64),
        people::thousands(ties.n_ties() as u64)
    );
    plan_and_meter(&results, &none)?;
    let sets = sets(&results);
    let start = Instant::now();
    let forecast = play(&results, &sets, &none)?;
    let seconds = start.elapsed().as_secs_f64();
    println!("{seconds:.2} s for {} sets of {K}", sets.len());
    for outcome in forecast.sets.iter().flatten() {
        println!("  {}: {}", outcome.assumption(), outcome.words());
    }
    let delays = (0..MOMENTS).filter_map(|moment| {
        let after = seconds * (f64::from(moment) + 0.5) / f64::from(MOMENTS);
        delay(&results, &sets, after)
    });
    let worst = delays.max().unwrap_or_default();
    println!("cancelled: {:.1} ms at worst", worst.as_secs_f64() * 1e3);
    Ok(())
}

/// The old ways, and people spread over all numbers.
fn sets(results: &Results) -> Vec<Vec<PersonId>> {
    let (graph, analysis) = (&results.graph, &results.analysis);
    let audience = Audience::new(graph, analysis, &Campaign::default());
    let ways = OldWay::ALL.map(|way| old_way(graph, analysis, &audience, way, K));
    let step = (graph.n_people() / K).max(1);
    let spread = (0..graph.n_people()).step_by(step).take(K);
    let spread = spread.map(|i| PersonId(i as u32)).collect();
    ways.into_iter().chain([spread]).collect()
}

fn play(
    results: &Results,
    sets: &[Vec<PersonId>],
    progress: &Progress,
) -> Result<Forecast, Cancelled> {
    let communities = &results.analysis.communities;
    let settings = ForecastSettings::new(1);
    forecast(&results.graph.ties, communities, sets, settings, progress)
}

/// From cancelling after so many seconds until the work has returned; `None` when it was done by then.
fn delay(results: &Results, sets: &[Vec<PersonId>], seconds: f64) -> Option<Duration> {
    let progress = Progress::new();
    std::thread::scope(|scope| {
        let handle = scope.spawn(|| {
            let stopped = play(results, sets, &progress).is_err();
            (stopped, Instant::now())
        });
        std::thread::sleep(Duration::from_secs_f64(seconds));
        let cancelled = Instant::now();
        progress.cancel();
        let (stopped, at) = handle.join().ok()?;
        stopped.then(|| at.duration_since(cancelled))
    })
}
