//! What a filter costs the worker that runs it: each condition alone, all together, and the analysis of a part.
//!
//! `cargo bench --bench filter` (arguments after `--`: people; there are twelve posts for each). Wall times, medians of five; the texts of the
//! posts are those of `conversation`.

mod conversation;

use std::sync::Arc;
use std::time::Instant;

use isthmus::campaign::{Condition, Filter, Near, OutreachList, ReachRange, TimeSpan};
use isthmus::explore::{self, Subject};
use isthmus::import::{ImportSettings, Source};
use isthmus::people::TieKind;
use isthmus::progress::Progress;
use isthmus::session::{self, Results, WalkSettings};

fn main() {
    let mut numbers = std::env::args()
        .skip(1)
        .filter_map(|a| a.parse::<usize>().ok());
    let people = numbers.next().unwrap_or(10_000);
    let results = walked(people);
    let posts = &results.conversation.posts;
    println!(
        "{} people, {} ties, {} posts",
        results.graph.n_people(),
        results.graph.ties.n_ties(),
        posts.posts.len()
    );
    let list = OutreachList::default();
    let subject = Subject {
        graph: &results.graph,
        posts,
        communities: &results.analysis.communities,
        kinds: results.settings.ties.kinds,
        list: &list,
    };
    let progress = Progress::new();
    let all = filters(&results);
    for (name, filter) in &all {
        let part = explore::shown_part(&subject, filter, &progress).expect("nobody cancels");
        let seconds = median(|| {
            explore::shown_part(&subject, filter, &progress).expect("nobody cancels");
        });
        println!(
            "{name:14} {:7.1} ms   {} people, {} ties, {} posts",
            seconds * 1e3,
            part.counts.people,
            part.counts.ties,
            part.counts.posts
        );
    }
    let (_, every) = all.last().expect("filters");
    let alone = median(|| {
        explore::hides_alone(&subject, every, &progress).expect("nobody cancels");
    });
    println!("each alone     {:7.1} ms", alone * 1e3);
    let (_, words) = &all[0];
    let part = explore::shown_part(&subject, words, &progress).expect("nobody cancels");
    let graph = median(|| {
        explore::part_graph(&subject, (&part, words), &progress).expect("nobody cancels");
    });
    println!("graph of words {:7.1} ms", graph * 1e3);
}

/// A made-up conversation of so many people, walked.
fn walked(people: usize) -> Results {
    let source = |seed| Source {
        name: format!("made-up-{seed}.csv"),
        bytes: conversation::table(people, seed),
    };
    let progress = Progress::new();
    let sources = [source(1), source(2)];
    let read = session::read(&sources, &ImportSettings::default(), &progress).expect("posts");
    let settings = WalkSettings::default();
    session::analyse(&Arc::new(read), &settings, &progress).expect("nobody cancels")
}

/// Each condition alone, then all of them.
fn filters(results: &Results) -> Vec<(&'static str, Filter)> {
    let communities = &results.analysis.communities.list;
    let key = |id: usize| {
        let member = communities.get(id).expect("a community").member;
        results.graph.people[member.index()].key.to_string()
    };
    let posts = &results.conversation.posts;
    let text = posts.posts.first().map_or("", |post| posts.text(post));
    let word = text.split_whitespace().max_by_key(|word| word.len());
    let times = results.conversation.report.time_range.unwrap_or((0, 1));
    let every = Filter {
        words: word.unwrap_or("rice").to_uppercase(),
        time: Some(TimeSpan {
            from: times.0,
            until: times.0 + (times.1 - times.0) / 2 + 1,
        }),
        kinds: Some([TieKind::Reply].into_iter().collect()),
        least_interactions: Some(2.0),
        least_connections: Some(3),
        reach: Some(ReachRange {
            from: Some(100.0),
            ..ReachRange::default()
        }),
        communities: [key(0), key(1)].into(),
        across: true,
        largest_part: true,
        near: Some(Near {
            people: [key(0)].into(),
            steps: 2,
        }),
        ..Filter::default()
    };
    let names = [
        ("words", Condition::Words),
        ("time", Condition::Time),
        ("kinds", Condition::Kinds),
        ("interactions", Condition::LeastInteractions),
        ("connections", Condition::LeastConnections),
        ("reach", Condition::Reach),
        ("communities", Condition::Communities),
        ("across", Condition::Across),
        ("largest part", Condition::LargestPart),
        ("near", Condition::Near),
    ];
    let alone = names.map(|(name, condition)| (name, every.only(condition)));
    let mut filters = alone.to_vec();
    filters.push(("all together", every));
    filters
}

/// Seconds, the middle one of five.
fn median(mut work: impl FnMut()) -> f64 {
    let mut seconds: Vec<f64> = (0..5)
        .map(|_| {
            let begin = Instant::now();
            work();
            begin.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_unstable_by(f64::total_cmp);
    seconds[2]
}
