//! What the card of a community tells, against counting by hand and by brute force.

use std::collections::{BTreeMap, BTreeSet};

use isthmus::analysis::{AnalysisSettings, CommunityId, analyse, bridge_parts};
use isthmus::explore::{CommunityFacts, community_facts};
use isthmus::import::ImportSettings;
use isthmus::people::{Addressed, PersonId, Posts, Sentiment, TieKind, TieSettings, build};
use isthmus::progress::Progress;
use isthmus::session::{self, Results, WalkSettings};

/// The first second of 1 June 2026, a Monday.
const MONDAY: i64 = 20_605 * 86_400;

/// Two groups whose communities the file gives: Red with five people, Blue with five; Red's first speaks with two of Blue.
struct Made {
    posts: Posts,
    accounts: Vec<u32>,
}

impl Made {
    fn new() -> Self {
        let mut posts = Posts::default();
        let accounts: Vec<u32> = (0..10)
            .map(|i| {
                let account = posts.own_account(&format!("p{i}")).expect("a handle");
                posts.tell_community(account, if i < 5 { "Red" } else { "Blue" });
                if i != 3 {
                    posts.tell_reach(account, 100.0 * (i + 1) as f64, None);
                }
                account
            })
            .collect();
        Self { posts, accounts }
    }

    fn say(&mut self, from: usize, to: usize, day: i64, text: &str) -> usize {
        let kind = TieKind::Reply;
        let to = Addressed {
            account: self.accounts[to],
            kind,
        };
        let time = Some(MONDAY + day * 86_400 + 3600);
        self.posts.push(self.accounts[from], time, text, &[to]);
        self.posts.posts.len() - 1
    }

    fn facts(&self, name: &str) -> CommunityFacts {
        let progress = Progress::new();
        let graph = build(&self.posts, &TieSettings::default(), &progress).expect("not cancelled");
        let settings = AnalysisSettings {
            communities_from_file: true,
            ..AnalysisSettings::default()
        };
        let (analysis, _) =
            analyse(&graph, &self.posts, &settings, &progress).expect("not cancelled");
        let list = &analysis.communities.list;
        let at = list.iter().position(|c| c.name == name).expect("there");
        let id = CommunityId(at as u32);
        community_facts((&self.posts, &graph, &analysis), id, &progress)
            .expect("not cancelled")
            .expect("there is such a community")
    }
}

fn shared(list: &[isthmus::explore::Shared]) -> Vec<(&str, u32)> {
    list.iter().map(|s| (s.what.as_str(), s.people)).collect()
}

/// Five of each group answer the next of their own; one of Red answers two of Blue, one of them twice.
fn conversation() -> Made {
    let mut made = Made::new();
    for i in 0..5 {
        made.say(i, (i + 1) % 5, 0, "red #Tide https://Example.org/a?x=1");
        made.say(
            5 + i,
            5 + (i + 1) % 5,
            1,
            "blue #other https://example.net/b",
        );
    }
    // The same person with the same hashtag and address again counts once.
    made.say(0, 5, 2, "#tide #boats https://www.example.org/a.");
    made.say(0, 5, 2, "once more");
    made.say(0, 6, 4, "and #boats");
    made.say(7, 1, 4, "an answer");
    made
}

#[test]
fn a_card_counts_people_and_posts() {
    let mut made = conversation();
    for (at, sentiment) in [
        (0, Sentiment::Positive),
        (2, Sentiment::Positive),
        (4, Sentiment::Negative),
        (1, Sentiment::Neutral),
    ] {
        made.posts.tell_sentiment(at, sentiment);
    }
    for (at, language) in [(0, "en"), (2, "en"), (4, "EN"), (6, "pt"), (1, "de")] {
        made.posts.tell_language(at, language);
    }
    let red = made.facts("Red");
    assert_eq!((red.posts, red.writers, red.reach_unknown), (8, 5, 1));
    assert_eq!(shared(&red.hashtags), [("#tide", 5), ("#boats", 1)]);
    assert_eq!(shared(&red.addresses), [("example.org/a", 5)]);
    assert_eq!(red.sounds, [1, 0, 2]);
    assert_eq!(red.languages, [("en".to_owned(), 3), ("pt".to_owned(), 1)]);
    assert_eq!(red.other_languages, 0);
    let activity = &red.activity;
    assert_eq!((activity.first_day, activity.days), (20_605, 1));
    assert_eq!(activity.counts, [5, 0, 2, 0, 1]);
    assert_eq!(red.activity.left_out, 0);

    let blue = made.facts("Blue");
    assert_eq!((blue.posts, blue.writers, blue.reach_unknown), (6, 5, 0));
    assert_eq!(blue.sounds, [0, 1, 0]);
    assert_eq!(shared(&blue.hashtags), [("#other", 5)]);
    let nothing = blue.without_texts();
    assert!(nothing.hashtags.is_empty() && nothing.addresses.is_empty());
    assert_eq!(nothing.top, blue.top);
}

#[test]
fn a_card_tells_who_matters_and_who_joins() {
    let made = conversation();
    let red = made.facts("Red");
    let person = |i: u32| PersonId(i); // keys stand in the order of numbers
    // p0: p1, p4, p5, p6; p1: p0, p2, p7; the others two each.
    let by_connections = [0, 1, 2, 3, 4].map(person);
    assert_eq!(red.top.connections, by_connections);
    assert_eq!(red.top.reach, [4, 2, 1, 0].map(person), "p3 tells no reach");
    assert_eq!(red.neighbours.len(), 1);
    let blue = &red.neighbours[0];
    // p0 with p5 and p6, p1 with p7; four posts between the two.
    assert_eq!((blue.ties, blue.interactions), (3, 4.0));
    assert!(
        blue.joining
            .iter()
            .all(|(who, surplus)| who.0 < 5 && *surplus > 0.0)
    );
    assert!(red.top.bridges.iter().all(|who| who.0 < 5));
}

#[test]
fn nothing_is_told_of_a_community_that_is_not_there_and_work_stops() {
    let made = conversation();
    let progress = Progress::new();
    let graph = build(&made.posts, &TieSettings::default(), &progress).expect("not cancelled");
    let settings = AnalysisSettings::default();
    let (analysis, _) = analyse(&graph, &made.posts, &settings, &progress).expect("not cancelled");
    let of = |id, progress: &Progress| {
        community_facts((&made.posts, &graph, &analysis), CommunityId(id), progress)
    };
    assert!(of(99, &progress).expect("not cancelled").is_none());
    let stopped = Progress::new();
    stopped.cancel();
    assert!(of(0, &stopped).is_err());
}

fn sample() -> Results {
    let (settings, progress) = (WalkSettings::default(), Progress::new());
    let source = session::sample();
    let read = session::read(&[source], &ImportSettings::default(), &progress).expect("readable");
    session::analyse(&std::sync::Arc::new(read), &settings, &progress).expect("not cancelled")
}

#[test]
fn the_cards_of_the_sample_are_as_counted_by_brute_force() {
    let results = sample();
    let (posts, graph, analysis) = (
        &results.conversation.posts,
        &results.graph,
        &results.analysis,
    );
    let communities = &analysis.communities;
    for (at, community) in communities.list.iter().enumerate() {
        let id = CommunityId(at as u32);
        let about = (posts, &**graph, &**analysis);
        let facts = community_facts(about, id, &Progress::new());
        let facts = facts.expect("not cancelled").expect("there");
        let home = |who: PersonId| communities.of[who.index()] == Some(id);
        let mut tags: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
        let mut n = 0;
        let mut dated = 0;
        for post in &posts.posts {
            let who = graph.person_of_account[post.author as usize];
            if !home(who) {
                continue;
            }
            n += 1;
            dated += u32::from(post.time().is_some());
            let text = posts.text(post).to_lowercase();
            let mut chunks: Vec<&str> = text.split_whitespace().collect();
            if text.trim_end().ends_with('…') {
                chunks.pop(); // cut by the export
            }
            for chunk in chunks.into_iter().filter(|chunk| !chunk.contains("://")) {
                // What stands right before an ellipsis is cut by whoever quotes.
                let cut = chunk.split('…').filter(|_| chunk.contains('…'));
                let cut: Vec<&str> = cut.filter_map(|part| part.rsplit('#').next()).collect();
                for word in chunk.split(|c: char| !(c.is_alphanumeric() || c == '#' || c == '_')) {
                    if word.starts_with('#')
                        && !cut.contains(&word.trim_start_matches('#'))
                        && word.len() > 2
                        && word.chars().any(char::is_alphabetic)
                    {
                        tags.entry(word.to_owned()).or_default().insert(who.0);
                    }
                }
            }
        }
        assert_eq!(facts.posts, n);
        assert_eq!(facts.activity.counts.iter().sum::<u32>(), dated);
        let mut most: Vec<(usize, &String)> = tags.iter().map(|(t, who)| (who.len(), t)).collect();
        most.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        let wanted: Vec<(&str, u32)> = most
            .iter()
            .take(8)
            .map(|(n, tag)| (tag.as_str(), *n as u32))
            .collect();
        assert_eq!(shared(&facts.hashtags), wanted, "{}", community.name);
        // Every member's ties, one by one.
        let mut ties: BTreeMap<CommunityId, u64> = BTreeMap::new();
        for i in (0..graph.n_people()).filter(|i| home(PersonId(*i as u32))) {
            for (j, _) in graph.ties.of(i) {
                let other = communities.of[j as usize].expect("tied people are in one");
                if other != id && !communities.list[other.index()].small {
                    *ties.entry(other).or_default() += 1;
                }
            }
        }
        assert_eq!(facts.neighbours.len(), ties.len().min(6));
        for neighbour in &facts.neighbours {
            assert_eq!(neighbour.ties, ties[&neighbour.community]);
            assert!(neighbour.strength > 0.0);
            let surplus = |i: &usize| {
                let parts = bridge_parts(graph, analysis, PersonId(*i as u32));
                let part = parts
                    .iter()
                    .find(|part| part.community == neighbour.community);
                part.map_or(0.0, |part| part.surplus)
            };
            let members = (0..graph.n_people()).filter(|i| home(PersonId(*i as u32)));
            let most = members.map(|i| surplus(&i)).fold(0.0, f64::max);
            let first = neighbour
                .joining
                .first()
                .map_or(0.0, |(_, surplus)| *surplus);
            assert_eq!(first.to_bits(), most.to_bits());
            for (who, surplus) in &neighbour.joining {
                let parts = bridge_parts(graph, analysis, *who);
                let part = parts
                    .iter()
                    .find(|part| part.community == neighbour.community);
                assert_eq!(part.map(|part| part.surplus), Some(*surplus));
            }
        }
        assert!(
            facts
                .neighbours
                .windows(2)
                .all(|two| two[0].strength >= two[1].strength)
        );
    }
}

#[test]
fn the_cards_are_the_same_for_any_number_of_threads() {
    let results = sample();
    let about = (
        &results.conversation.posts,
        &*results.graph,
        &*results.analysis,
    );
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let facts = || community_facts(about, CommunityId(0), &Progress::new());
        pool.expect("threads")
            .install(facts)
            .expect("not cancelled")
    };
    assert_eq!(with(1), with(4));
}
