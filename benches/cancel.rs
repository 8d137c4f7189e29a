//! How long work goes on after it was cancelled: each stage of the walk, and what is asked of a map, is stopped at evenly spread
//! moments.
//!
//! ```text
//! cargo run --release --example make_graph -- planted 1000000 5000000 edges.csv
//! cargo bench --bench cancel -- edges.csv [moments, 20 unless told]
//! ```

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use isthmus::campaign::{Filter, OutreachList};
use isthmus::explore::{self, NameIndex, Subject, Wanted};
use isthmus::import::Source;
use isthmus::people::PersonId;
use isthmus::progress::Progress;
use isthmus::session::{self, Conversation, Results, Start, WalkSettings};
use isthmus::{files, problem::Problem};
use jiff::tz::TimeZone;

fn main() -> Result<(), String> {
    let mut arguments = std::env::args().skip(1).filter(|a| a != "--bench");
    let Some(file) = arguments.next() else {
        // `cargo bench` runs every bench: without a file there is nothing to time.
        println!("cancel: name a file of posts or ties");
        return Ok(());
    };
    let moments = match arguments.next() {
        Some(n) => n
            .parse()
            .map_err(|error| format!("{n} is no number ({error})"))?,
        None => 20,
    };
    bench(Path::new(&file), moments).map_err(|problem| problem.to_string())
}

fn bench(file: &Path, moments: u32) -> Result<(), Problem> {
    let sources = [files::read(file)?];
    let settings = WalkSettings::default();
    println!("stage      whole/s  median/ms  worst/ms  at/s");
    let conversation = Arc::new(timed("read", moments, |p| read(&sources, &settings, p))?);
    let results = timed("analyse", moments, |p| {
        Ok(session::analyse(&conversation, &settings, p)?)
    })?;
    timed("lay out", moments, |p| arrange(&results, p))?;
    asked(&results, moments)
}

/// What somebody asks of the map: who has some words, a filter, the time line, names to search in, what sets people apart.
fn asked(results: &Results, moments: u32) -> Result<(), Problem> {
    let (posts, graph) = (&results.conversation.posts, &*results.graph);
    let communities = &results.analysis.communities;
    let wanted = Wanted::new("the s");
    timed("words", moments, |p| {
        Ok(explore::posts_with(posts, graph, &wanted, p)?)
    })?;
    let list = OutreachList::default();
    let subject = Subject {
        graph,
        posts,
        communities,
        kinds: results.settings.ties.kinds,
        list: &list,
    };
    let filter = Filter {
        words: "the".to_owned(),
        least_connections: Some(3),
        across: true,
        largest_part: true,
        ..Filter::default()
    };
    timed("filter", moments, |p| {
        Ok(explore::shown_part(&subject, &filter, p)?)
    })?;
    timed("time line", moments, |p| {
        let zone = (None, &TimeZone::UTC);
        Ok(explore::time_line(
            (posts, graph),
            communities,
            None,
            zone,
            p,
        )?)
    })?;
    timed("names", moments, |p| Ok(NameIndex::of(graph, p)?))?;
    let some: Vec<PersonId> = (0..graph.n_people() as u32)
        .step_by(10)
        .map(PersonId)
        .collect();
    timed("selection", moments, |p| {
        Ok(explore::words_of(graph, posts, &some, p)?)
    })?;
    Ok(())
}

fn read(
    sources: &[Source],
    settings: &WalkSettings,
    progress: &Progress,
) -> Result<Conversation, Problem> {
    session::read(sources, &settings.import, progress)
}

fn arrange(results: &Results, progress: &Progress) -> Result<(), Problem> {
    session::arrange(&mut results.clone(), &Start::default(), progress, &|_| ())?;
    Ok(())
}

/// Runs `work` whole, then cancels it at `moments` moments; prints how long it went on, and returns what the first run gave.
fn timed<T>(
    name: &str,
    moments: u32,
    work: impl Fn(&Progress) -> Result<T, Problem> + Sync,
) -> Result<T, Problem> {
    let start = Instant::now();
    let whole = work(&Progress::new())?;
    let seconds = start.elapsed().as_secs_f64();
    let mut delays: Vec<(Duration, f64)> = (0..moments)
        .filter_map(|k| {
            let after = seconds * (f64::from(k) + 0.5) / f64::from(moments);
            delay(&work, after).map(|delay| (delay, after))
        })
        .collect();
    delays.sort_by_key(|(delay, _)| *delay);
    if let (Some(worst), Some(median)) = (delays.last(), delays.get(delays.len() / 2)) {
        let ms = |d: Duration| d.as_secs_f64() * 1e3;
        println!(
            "{name:<10} {seconds:7.2} {:10.1} {:9.1} {:5.2}",
            ms(median.0),
            ms(worst.0),
            worst.1
        );
    }
    Ok(whole)
}

/// From cancelling after so many seconds until the work has returned and freed what it made; `None` when it was done by then.
fn delay<T>(
    work: &(impl Fn(&Progress) -> Result<T, Problem> + Sync),
    seconds: f64,
) -> Option<Duration> {
    let progress = Progress::new();
    std::thread::scope(|scope| {
        let handle = scope.spawn(|| {
            let result = work(&progress);
            (result.is_err(), Instant::now())
        });
        std::thread::sleep(Duration::from_secs_f64(seconds));
        let cancelled = Instant::now();
        progress.cancel();
        let (stopped, at) = handle.join().ok()?;
        stopped.then(|| at.duration_since(cancelled))
    })
}
