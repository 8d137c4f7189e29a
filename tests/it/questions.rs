//! Plain questions on made conversations whose answers are known by hand.

use std::collections::BTreeSet;

use isthmus::analysis::{Analysis, Bridges, Communities, Community, CommunityId, Flows, Partition};
use isthmus::explore::{About, Answer, Ground, Question, When, answer};
use isthmus::people::{
    Addressed, ConversationGraph, PersonId, Posts, TieKind, TieKinds, TieSettings, build,
};
use isthmus::progress::{Cancelled, Progress};

const DAY: i64 = 86_400;
/// 2 March 2026, 00:00 UTC.
const START: i64 = 1_772_409_600;

/// A conversation and what is known of it.
struct World {
    posts: Posts,
    graph: ConversationGraph,
    analysis: Analysis,
    settled: BTreeSet<PersonId>,
    planned: Vec<PersonId>,
}

impl World {
    fn ground(&self) -> Ground<'_> {
        Ground {
            posts: &self.posts,
            graph: &self.graph,
            analysis: &self.analysis,
            kinds: TieKinds::EVERY,
            settled: &self.settled,
            planned: &self.planned,
        }
    }

    #[allow(
        clippy::needless_pass_by_value,
        reason = "questions are written where they are asked"
    )]
    fn ask(&self, question: Question) -> Answer {
        answer(&self.ground(), &question, &Progress::new()).expect("nobody cancels")
    }

    fn id(&self, key: &str) -> PersonId {
        self.graph.find(key).expect("in the file")
    }

    fn keys(&self, people: &[PersonId]) -> Vec<&str> {
        people
            .iter()
            .map(|id| &*self.graph.people[id.index()].key)
            .collect()
    }
}

/// Author, day, kind, whom, text.
type Row<'a> = (&'a str, i64, TieKind, &'a str, &'a str);

fn world(rows: &[Row<'_>], group: impl Fn(&str) -> Option<u32>, names: &[&str]) -> World {
    let mut posts = Posts::default();
    for (author, day, kind, whom, text) in rows {
        let author = posts.own_account(author).expect("a handle");
        let to: Vec<Addressed> = (posts.account(whom).into_iter())
            .map(|account| Addressed {
                account,
                kind: *kind,
            })
            .collect();
        posts.push(author, Some(START + day * DAY), text, &to);
    }
    let graph = build(&posts, &TieSettings::default(), &Progress::new()).expect("nobody cancels");
    let n = graph.n_people();
    let of: Vec<Option<u32>> = graph
        .people
        .iter()
        .map(|person| group(&person.key))
        .collect();
    let count = |c: u32| of.iter().filter(|of| **of == Some(c)).count() as u32;
    let sizes: Vec<u32> = (0..names.len() as u32).map(count).collect();
    let first = |c: u32| of.iter().position(|of| *of == Some(c)).unwrap_or(0);
    let list = names.iter().zip(0..).map(|(name, c)| Community {
        alternatives: Vec::new(),
        evidence: Vec::new(),
        name: (*name).to_owned(),
        words: Vec::new(),
        people: sizes[c as usize],
        reach: 0.0,
        ties_inside: 0,
        ties_outside: 0,
        small: false,
        member: PersonId(first(c) as u32),
        colour: None,
    });
    let list = list.collect();
    let partition = Partition {
        of: of
            .iter()
            .map(|of| of.unwrap_or(Partition::NOWHERE))
            .collect(),
        sizes,
    };
    let flows = Flows::of(&graph.ties, &partition, &Progress::new()).expect("nobody cancels");
    let analysis = Analysis {
        communities: Communities {
            of: of.iter().map(|of| of.map(CommunityId)).collect(),
            sure: vec![1.0; n],
            list,
            ..Communities::default()
        },
        bridges: Bridges {
            score: vec![0.0; n],
            rank: (1..=n as u32).collect(),
            connections: (0..n).map(|i| graph.ties.connections(i) as u32).collect(),
            connections_across: vec![0; n],
            communities_reached: vec![0; n],
            ..Bridges::default()
        },
        flows,
        ..Analysis::default()
    };
    World {
        posts,
        graph,
        analysis,
        settled: BTreeSet::new(),
        planned: Vec::new(),
    }
}

/// Three circles of six in which everybody answered everybody once (a0 … a5, b0 …, c0 …): a0 is tied to four of the second as well, b5 to
/// c0, and lone to nobody. The nth person has a reach of n hundred.
fn circles() -> World {
    let handles: Vec<String> = ["a", "b", "c"]
        .iter()
        .flat_map(|circle| (0..6).map(move |at| format!("{circle}{at}")))
        .collect();
    let mut rows: Vec<Row<'_>> = Vec::new();
    for circle in handles.chunks(6) {
        for (at, one) in circle.iter().enumerate() {
            rows.extend(
                circle[at + 1..]
                    .iter()
                    .map(|other| (one.as_str(), 0, TieKind::Reply, other.as_str(), "")),
            );
        }
    }
    for to in ["b2", "b3", "b4", "b5"] {
        rows.push(("a0", 0, TieKind::Reply, to, ""));
    }
    rows.push(("b5", 0, TieKind::Reply, "c0", ""));
    rows.push(("lone", 0, TieKind::Reply, "", ""));
    let group = |key: &str| {
        ["a", "b", "c"]
            .iter()
            .position(|c| key.len() == 2 && key.starts_with(c))
            .map(|c| c as u32)
    };
    let mut world = world(&rows, group, &["Foodies", "Gardeners", "News"]);
    for (at, person) in world.graph.people.iter_mut().enumerate().take(18) {
        person.reach = Some(100.0 * (at + 1) as f64);
    }
    let bridges = &mut world.analysis.bridges;
    for (at, reached, score) in [(0, 2, 3.0), (11, 1, 1.5), (12, 1, 0.5)] {
        bridges.communities_reached[at] = reached;
        bridges.score[at] = score;
    }
    world
}

#[test]
fn who_connects_most_is_who_reaches_most_communities() {
    let world = circles();
    let answer = world.ask(Question::Connects);
    assert_eq!(world.keys(&answer.people), ["a0", "b5", "c0"]);
    assert_eq!(
        answer.sentence,
        "a0 reaches 2 communities besides their own; 3 people reach at least one, 1 two or more"
    );
    assert_eq!(answer.rows[0].cells, ["2", "0", "3.00"]);
    assert_eq!(answer.rows[0].below, "Foodies");
}

#[test]
fn large_and_small_people_are_told_by_the_ranks_that_the_sentence_names() {
    let world = circles();
    // The tenth of 18 known reaches, rounded up, are two: 1,800 and 1,700. The middle one of all connections is 5.
    let big = world.ask(Question::BigButIsolated);
    assert_eq!(world.keys(&big.people), ["c5", "c4"]);
    assert_eq!(
        big.sentence,
        "2 of the 2 people with the largest reach are isolated: a reach of 1,700 or more, at most 5 connections, no other community reached"
    );
    // The middle reach is 900: of those up to it only a0 reaches another community.
    let small = world.ask(Question::SmallButConnected);
    assert_eq!(world.keys(&small.people), ["a0"]);
    assert!(
        small.sentence.contains("a reach of 900 or less"),
        "{}",
        small.sentence
    );

    let mut few = circles();
    few.graph
        .people
        .iter_mut()
        .for_each(|person| person.reach = None);
    let none = few.ask(Question::BigButIsolated);
    assert!(
        none.rows.is_empty() && none.sentence.contains("only 0 people"),
        "{}",
        none.sentence
    );
}

#[test]
fn who_links_two_communities_is_who_is_tied_to_both() {
    let world = circles();
    let [a, b, c] = [0, 1, 2].map(CommunityId);
    let joined = world.ask(Question::Joins([a, b]));
    // a0 has 4 ties there; each of the four has one back.
    assert_eq!(world.keys(&joined.people)[0], "a0");
    assert_eq!(joined.people.len(), 5);
    // As the pairs of communities have it: 4 − 2.5 · 9 · (0 + 5 · 35/100) / (34 − 9 + 5) = 2.6875
    assert_eq!(joined.rows[0].cells, ["5", "4", "2.69"]);
    assert_eq!(
        joined.sentence,
        "1 person joins Foodies and Gardeners by a tie or more beyond chance, of 5 tied to both: a0 is tied to 5 in Foodies and 4 in Gardeners"
    );
    // The other way round it is the same, with the figures of each in their column.
    let back = world.ask(Question::Joins([b, a]));
    assert_eq!(back.rows[0].cells, ["4", "5", "2.69"]);

    // b5 of the Gardeners has one tie to each: no more than chance would give.
    let outside = world.ask(Question::Joins([a, c]));
    assert_eq!(world.keys(&outside.people), ["b5"]);
    let begin = "0 people join Foodies and News by a tie or more beyond chance, of 1 tied to both";
    assert!(outside.sentence.starts_with(begin), "{}", outside.sentence);
    assert!(world.ask(Question::Joins([a, a])).rows.is_empty());
}

#[test]
fn who_could_replace_somebody_shares_their_contacts() {
    let world = circles();
    let answer = world.ask(Question::Replaces(world.id("a1")));
    // a2 … a5 share 4 of the 4 others: 4/√(4·4) = 1. a0 has four contacts more: 4/√(4·8) = 0.71.
    assert_eq!(world.keys(&answer.people), ["a2", "a3", "a4", "a5", "a0"]);
    assert_eq!(answer.rows[0].cells, ["4", "1 of 1", "100 %"]);
    assert_eq!(answer.rows[4].cells, ["4", "1 of 1", "71 %"]);
    // a0 has contacts in two communities, of which nobody of its own has both: 0.71 · 1/2.
    let of_a0 = world.ask(Question::Replaces(world.id("a0")));
    assert_eq!(of_a0.rows[0].cells, ["4", "1 of 2", "35 %"]);
    let lone = world.ask(Question::Replaces(world.id("lone")));
    assert_eq!(lone.sentence, "lone is tied to nobody");
}

#[test]
fn the_way_between_two_people_is_the_shortest() {
    let world = circles();
    let way = world.ask(Question::Way([world.id("a1"), world.id("c1")]));
    assert_eq!(world.keys(&way.people), ["a1", "a0", "b5", "c0", "c1"]);
    assert_eq!(
        way.sentence,
        "a1 and c1 are 4 ties apart, through a0, b5, c0; no other way is as short"
    );
    assert_eq!(way.rows[1].cells, ["1", "1"]);
    let near = world.ask(Question::Way([world.id("a1"), world.id("a2")]));
    assert_eq!(near.sentence, "a1 and a2 are tied to each other");
    // b0 is tied to b2 … b5, each of which is tied to a0.
    let several = world.ask(Question::Way([world.id("b0"), world.id("a0")]));
    assert!(
        several.sentence.contains("one of 4 ways as short"),
        "{}",
        several.sentence
    );
    let none = world.ask(Question::Way([world.id("a1"), world.id("lone")]));
    assert_eq!(none.sentence, "lone is tied to nobody");
}

#[test]
fn communities_that_never_talk_and_those_that_talk_most() {
    let world = circles();
    let never = world.ask(Question::NeverTalk);
    assert_eq!(
        never.sentence,
        "1 of 3 pairs of communities has no tie at all; the largest are Foodies and News"
    );
    assert_eq!(never.rows.len(), 1);
    assert_eq!(
        never.rows[0].about,
        About::Communities([CommunityId(0), CommunityId(2)])
    );
    assert_eq!(never.rows[0].below, "nearest: a0");
    let most = world.ask(Question::TalkMost);
    // 4 · 100 / (34 · 35) and 1 · 100 / (35 · 31)
    let cells: Vec<&[String]> = most.rows.iter().map(|row| row.cells.as_slice()).collect();
    assert_eq!(cells, [["4", "0.34", "1"], ["1", "0.09", "0"]]);
    assert!(
        most.sentence.starts_with("Foodies and Gardeners talk most"),
        "{}",
        most.sentence
    );
}

#[test]
fn who_speaks_for_a_community_is_tied_to_most_of_it() {
    let world = circles();
    let answer = world.ask(Question::SpeaksFor(CommunityId(1)));
    assert_eq!(
        answer.sentence,
        "b0 is tied to 5 of the 5 other members of Gardeners, more than anybody there"
    );
    assert_eq!(answer.rows.len(), 6);
    assert_eq!(answer.rows[0].cells, ["5", "100 %", "700"]);
}

#[test]
fn whom_to_ask_first_is_the_plan_without_those_who_are_listed() {
    let mut world = circles();
    let by_rank = world.ask(Question::AskFirst);
    assert_eq!(world.keys(&by_rank.people), ["a0", "b5", "c0"]);
    world.settled.insert(world.id("a0"));
    let without = world.ask(Question::AskFirst);
    assert_eq!(world.keys(&without.people), ["b5", "c0"]);
    world.planned = ["c3", "a0", "b5"].map(|key| world.id(key)).to_vec();
    let planned = world.ask(Question::AskFirst);
    assert_eq!(world.keys(&planned.people), ["c3", "b5"]);
    assert!(
        planned
            .sentence
            .starts_with("c3 first: talks with 5 people"),
        "{}",
        planned.sentence
    );
}

#[test]
fn two_communities_without_anybody_between_say_so() {
    let reply = TieKind::Reply;
    let rows = [("a", 0, reply, "b", ""), ("c", 0, reply, "d", "")];
    let apart = world(&rows, |key| Some(u32::from(key > "b")), &["One", "Two"]);
    let answer = apart.ask(Question::Joins([0, 1].map(CommunityId)));
    assert_eq!(
        answer.sentence,
        "Nobody is tied to both One and Two, and nobody is near it"
    );
    let way = apart.ask(Question::Way([apart.id("a"), apart.id("c")]));
    let begin = "No chain of ties leads from a to c";
    assert!(way.sentence.starts_with(begin), "{}", way.sentence);
}

/// Ben answers Ana three times and she him once; Cleo names Ana five times, late.
fn talk() -> World {
    let (reply, mention) = (TieKind::Reply, TieKind::Mention);
    let mut rows: Vec<Row<'_>> = vec![
        ("ben", 0, reply, "ana", "rice is nice"),
        ("ben", 1, reply, "ana", "more rice #sushi"),
        ("ben", 1, reply, "ana", "good morning"),
        ("ana", 2, reply, "ben", "rice again #Sushi"),
        ("dora", 8, mention, "ben", "roses are red"),
        ("dora", 9, mention, "ben", "roses again"),
        ("emil", 9, mention, "dora", "roses for sale"),
    ];
    rows.extend((0..5).map(|_| ("cleo", 19, mention, "ana", "hello there")));
    rows.push(("ben", 20, reply, "cleo", "hello back"));
    let group = |key: &str| Some(u32::from(matches!(key, "dora" | "emil")));
    let mut world = world(&rows, group, &["Foodies", "Gardeners"]);
    world.analysis.communities.list[0].words = vec!["rice".to_owned(), "unused".to_owned()];
    world
}

#[test]
fn answers_are_counted_by_direction() {
    let world = talk();
    let most = world.ask(Question::AnswersMost);
    assert_eq!(most.rows[0].title, "ben → ana");
    assert_eq!(most.rows[0].cells, ["3", "1"]);
    assert_eq!(
        most.sentence,
        "ben answered ana 3 times, and was answered once in return"
    );
    assert_eq!(most.rows.len(), 3, "naming somebody is no answer");
    let ana = world.ask(Question::Answers(world.id("ana")));
    assert_eq!(world.keys(&ana.people), ["ben"]);
    let emil = world.ask(Question::Answers(world.id("emil")));
    assert_eq!(emil.sentence, "Nobody answered emil");
}

#[test]
fn new_people_first_met_in_the_last_quarter_of_the_time() {
    let world = talk();
    // 20 days: the last quarter begins with 17 March.
    let ana = world.ask(Question::NewTo(world.id("ana")));
    assert_eq!(world.keys(&ana.people), ["cleo"]);
    assert_eq!(
        ana.sentence,
        "1 of the 2 people in touch with ana is new since 17 Mar 2026"
    );
    assert_eq!(ana.rows[0].cells, ["5"]);
    assert_eq!(ana.rows[0].below, "Foodies · since 21 Mar 2026");
    let dora = world.ask(Question::NewTo(world.id("dora")));
    assert!(
        dora.sentence.starts_with("Nobody is new: dora"),
        "{}",
        dora.sentence
    );
}

#[test]
fn the_busiest_day_has_most_posts() {
    let world = talk();
    let busiest = world.ask(Question::Busiest);
    assert_eq!(busiest.rows[0].title, "21 Mar 2026");
    assert_eq!(busiest.rows[0].cells, ["5", "1"]);
    assert_eq!(world.keys(&busiest.people), ["cleo"]);
    // 13 posts on 7 days
    assert!(
        busiest.sentence.contains("1.86 were written"),
        "{}",
        busiest.sentence
    );
    let About::Time(span) = busiest.rows[0].about else {
        panic!("a day");
    };
    assert_eq!(
        (span.from, span.until),
        (START + 19 * DAY, START + 20 * DAY)
    );
}

#[test]
fn what_was_said_in_a_week_are_the_words_that_set_it_apart() {
    let world = talk();
    let second = world.ask(Question::Said(When::Week(2)));
    // 3 posts of the second week have it, none of the 10 others: log(3.5/0.5) − log(0.5/10.5) by √(1/3.5 + 1/0.5) is 3.3.
    assert_eq!(second.rows[0].title, "roses");
    assert_eq!(second.rows[0].cells, ["3", "0"]);
    assert!(
        second
            .sentence
            .starts_with("9 Mar 2026 to 15 Mar 2026: 3 posts, set apart by roses"),
        "{}",
        second.sentence
    );
    assert!(
        second
            .sentence
            .ends_with("; the loudest community was Gardeners with 3"),
        "{}",
        second.sentence
    );
    assert_eq!(world.keys(&second.people), ["dora", "emil"]);
    assert!(
        second.posts.iter().all(|at| (4..7).contains(at)),
        "{:?}",
        second.posts
    );
    let span = second.span.map(|span| (span.from, span.until));
    assert_eq!(span, Some((START + 7 * DAY, START + 14 * DAY)));
    let beyond = world.ask(Question::Said(When::Week(5)));
    assert_eq!(beyond.span, None);
    assert_eq!(
        beyond.sentence,
        "Nothing was written in the fifth week: the last post is of 22 Mar 2026"
    );
    let last = world.ask(Question::Said(When::LastWeek));
    assert_eq!(last.rows[0].title, "hello");
}

#[test]
fn what_a_community_talks_about_and_who_talks_about_something() {
    let world = talk();
    let about = world.ask(Question::TalksAbout(CommunityId(0)));
    let titles: Vec<&str> = about.rows.iter().map(|row| row.title.as_str()).collect();
    assert_eq!(titles, ["rice", "#sushi"], "what nobody wrote is left out");
    assert_eq!(about.rows[0].cells[..2], ["2", "3"]);
    assert_eq!(about.rows[1].cells[..2], ["2", "2"]);
    assert_eq!(world.keys(&about.people), ["ben", "ana"]);
    let rice = world.ask(Question::WhoSays("rice".to_owned()));
    assert_eq!(world.keys(&rice.people), ["ben", "ana"]);
    assert_eq!(rice.rows[0].cells, ["2", "50 %"]);
    assert_eq!(
        rice.sentence,
        "2 people wrote 3 posts with rice; ben did so most, in 2 posts"
    );
    let none = world.ask(Question::WhoSays("tuna".to_owned()));
    assert_eq!(none.sentence, "No post has tuna in it");
}

#[test]
fn all_communities_are_told_in_one_table_each_with_its_words_and_posts() {
    let world = talk();
    let all = world.ask(Question::Topics);
    // Ana, Ben and Cleo wrote 1, 4 and 5 of the 13 posts, Dora and Emil 2 and 1.
    assert_eq!(
        all.sentence,
        "2 communities of 5 people; the largest is Foodies, with 3 of them"
    );
    let told = |at: usize| {
        let row = &all.rows[at];
        (
            row.title.as_str(),
            row.below.as_str(),
            row.cells.join(" · "),
        )
    };
    assert_eq!(
        told(0),
        ("Foodies", "rice, unused", "3 · 10 · 77 %".to_owned())
    );
    assert_eq!(told(1), ("Gardeners", "", "2 · 3 · 23 %".to_owned()));
    assert_eq!(all.rows[1].about, About::Community(CommunityId(1)));
}

#[test]
fn a_conversation_without_texts_times_or_communities_says_so_and_nothing_panics() {
    let empty = world(&[], |_| None, &[]);
    let alone = world(&[("ana", 0, TieKind::Reply, "", "")], |_| None, &[]);
    let nobody = PersonId(0);
    let all = [
        Question::Connects,
        Question::BigButIsolated,
        Question::SmallButConnected,
        Question::Joins([CommunityId(0), CommunityId(1)]),
        Question::Replaces(nobody),
        Question::Topics,
        Question::TalksAbout(CommunityId(0)),
        Question::WhoSays("rice".to_owned()),
        Question::SpeaksFor(CommunityId(3)),
        Question::NeverTalk,
        Question::TalkMost,
        Question::AskFirst,
        Question::AnswersMost,
        Question::Answers(nobody),
        Question::Way([nobody, PersonId(7)]),
        Question::NewTo(nobody),
        Question::Busiest,
        Question::Said(When::LastDay),
    ];
    for question in all {
        let answer = empty.ask(question.clone());
        assert!(
            answer.rows.is_empty() && !answer.sentence.is_empty(),
            "{question:?}"
        );
        alone.ask(question.clone());
        let progress = Progress::new();
        progress.cancel();
        let cancelled = isthmus::explore::answer(&circles().ground(), &question, &progress);
        assert!(matches!(cancelled, Err(Cancelled)), "{question:?}");
    }
}
