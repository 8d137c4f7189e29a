//! What communities are called.

use isthmus::analysis::{Analysis, AnalysisSettings, analyse};
use isthmus::people::{Addressed, Posts, TieKind, TieSettings, build};
use isthmus::progress::Progress;

/// A conversation of several groups: `say(group, person, post)` is the text; each of the `people` of a group addresses the next
/// few of their own group, so that the groups are the communities.
fn conversation(
    groups: usize,
    people: usize,
    say: impl Fn(usize, usize, usize) -> String,
) -> Analysis {
    let mut posts = Posts::default();
    for group in 0..groups {
        for person in 0..people {
            let author = posts
                .account(&format!("g{group}p{person:02}"))
                .expect("a handle");
            for post in 0..3 {
                let other = format!("g{group}p{:02}", (person + post + 1) % people);
                let account = posts.account(&other).expect("a handle");
                let kind = TieKind::Reply;
                posts.push(
                    author,
                    None,
                    &say(group, person, post),
                    &[Addressed { account, kind }],
                );
            }
        }
    }
    let graph = build(&posts, &TieSettings::default(), &Progress::new()).expect("nobody cancels");
    let settings = AnalysisSettings::default();
    let (analysis, _) =
        analyse(&graph, &posts, &settings, &Progress::new()).expect("nobody cancels");
    assert_eq!(analysis.communities.list.len(), groups);
    analysis
}

fn names(analysis: &Analysis) -> Vec<&str> {
    let list = &analysis.communities.list;
    list.iter().map(|c| c.name.as_str()).collect()
}

fn words(analysis: &Analysis) -> String {
    let list = &analysis.communities.list;
    let words: Vec<&str> = list
        .iter()
        .flat_map(|c| &c.words)
        .map(String::as_str)
        .collect();
    words.join(" ")
}

const TOPICS: [[&str; 3]; 3] = [
    ["sushi", "ramen", "wasabi"],
    ["election", "minister", "parliament"],
    ["football", "goalkeeper", "penalty"],
];

/// Small words that everybody uses, about as often in every group.
const SMALL: [&str; 7] = ["the", "and", "of", "really", "today", "with", "was"];

#[test]
fn the_words_that_set_people_apart_name_them() {
    let analysis = conversation(3, 20, |group, person, post| {
        let topic = TOPICS[group];
        let small = |k: usize| SMALL[(person + post + k) % SMALL.len()];
        format!(
            "RT @g0p01: {} {} {} {} 2024 https://example.org/{} {} cutoff{group}…",
            small(0),
            topic[post],
            small(2),
            topic[(post + person) % 3],
            topic[(group + 1) % 3],
            small(3)
        )
    });
    for name in names(&analysis) {
        let of_topic = TOPICS
            .iter()
            .filter(|topic| name.split(", ").all(|w| topic.contains(&w)));
        assert_eq!(of_topic.count(), 1, "{name}");
        assert_eq!(name.split(", ").count(), 3);
    }
    for never in SMALL
        .iter()
        .chain(&["rt", "2024", "https", "example.org", "g0p01", "cutoff0"])
    {
        assert!(!words(&analysis).split(' ').any(|w| w == *never), "{never}");
    }
}

#[test]
fn hashtags_stay_whole_and_stand_for_their_word() {
    let tags = ["#SushiTime", "#Vote2026", "#カップ戦"];
    let analysis = conversation(3, 15, |group, _, post| {
        let tag = tags[group];
        format!(
            "{} hello {tag}! {}",
            if post == 0 { "well" } else { "so" },
            &tag[1..]
        )
    });
    let mut first: Vec<&str> = names(&analysis);
    first.sort_unstable();
    assert!(
        first[0].contains("sushitime") && first[1].contains("vote2026"),
        "{first:?}"
    );
    let all = words(&analysis);
    let uses = |word: &str| {
        all.split(' ')
            .filter(|w| w.trim_start_matches('#') == word)
            .count()
    };
    assert_eq!((uses("sushitime"), uses("vote2026")), (1, 1), "{all}");
}

#[test]
fn scripts_without_spaces_give_whole_words() {
    let words_of = ["寿司屋さん", "ワールドカップ", "politics today"];
    let analysis = conversation(3, 15, |group, person, post| {
        let filler = ["今日は", "また", "good"][post];
        let k = person % 4;
        format!("{filler}{k} {} {k}{filler}", words_of[group])
    });
    let names = names(&analysis);
    assert!(
        names
            .iter()
            .any(|n| n.split(", ").any(|w| w == "寿司屋さん")),
        "{names:?}"
    );
    assert!(
        names
            .iter()
            .any(|n| n.split(", ").any(|w| w == "ワールドカップ")),
        "{names:?}"
    );
}

#[test]
fn few_writers_and_no_text_are_named_after_the_best_connected() {
    let silent = conversation(2, 10, |_, _, _| String::new());
    for name in names(&silent) {
        assert!(name.starts_with("around @g"), "{name}");
    }
    let same = conversation(2, 10, |_, _, post| {
        format!("the same words from everybody {post}")
    });
    assert!(names(&same).iter().all(|name| name.starts_with("around @")));
    assert_ne!(names(&same)[0], names(&same)[1]);
    let few = conversation(2, 10, |_, person, _| {
        if person < 4 {
            "only four people write this".to_owned()
        } else {
            String::new()
        }
    });
    assert!(names(&few).iter().all(|name| name.starts_with("around @")));
}

#[test]
fn the_small_words_of_a_language_name_nobody() {
    let english = [
        "the match of the day and the goal was good for you",
        "this is what you have to see of the team and they are good",
    ];
    let spanish = [
        "el partido de la semana y el portero es muy bueno para los que lo ven",
        "no se lo que hay en la cocina pero el arroz con pollo es de lo mejor",
    ];
    let topics = ["kickers", "strikers", "portería", "paella"];
    let analysis = conversation(4, 20, |group, person, post| {
        let texts = if group < 2 { english } else { spanish };
        let topic = if (person + post) % 3 == 0 {
            topics[group]
        } else {
            ""
        };
        format!("{} {topic}", texts[(person + post) % 2])
    });
    for small in ["el", "la", "de", "los", "que", "y", "the", "of", "and"] {
        assert!(
            !words(&analysis).split(' ').any(|w| w == small),
            "{small} in {}",
            words(&analysis)
        );
    }
    for topic in topics {
        assert!(
            names(&analysis).iter().any(|n| n.contains(topic)),
            "{topic} in {:?}",
            names(&analysis)
        );
    }
}
