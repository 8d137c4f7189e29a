//! What is typed as a question, in many wordings, and what it is taken for.

use isthmus::analysis::{Communities, Community, CommunityId};
use isthmus::explore::{Names, Question, Then, When, person_in, suggestions};
use isthmus::people::{ConversationGraph, PersonId, Posts, TieSettings, build};
use isthmus::progress::Progress;

fn graph() -> ConversationGraph {
    let mut posts = Posts::default();
    for handle in ["ana_sushi", "ben", "cleo"] {
        let account = posts.account(handle).expect("a handle");
        posts.push(account, None, "", &[]);
    }
    build(&posts, &TieSettings::default(), &Progress::new()).expect("nobody cancels")
}

fn communities() -> Communities {
    let names = ["Foodies", "News", "sushi, rice, roll", "Food and wine"];
    let community = |name: &&str| Community {
        alternatives: Vec::new(),
        evidence: Vec::new(),
        name: (*name).to_owned(),
        words: vec!["ramen".to_owned()],
        people: 5,
        reach: 0.0,
        ties_inside: 0,
        ties_outside: 0,
        member: PersonId(0),
        colour: None,
        small: false,
    };
    Communities {
        list: names.iter().map(community).collect(),
        ..Communities::default()
    }
}

/// The first that is suggested for `text`; whoever is called so in it is looked up by handle.
fn first(text: &str, selected: Option<PersonId>) -> Option<Then> {
    let (graph, communities) = (graph(), communities());
    let names = Names {
        graph: &graph,
        communities: &communities,
        selected,
    };
    let part = person_in(text, &names).unwrap_or_default();
    let part = part.trim_start_matches('@');
    let found: Vec<PersonId> = (0..3)
        .map(PersonId)
        .filter(|id| {
            !part.is_empty()
                && graph.people[id.index()]
                    .key
                    .starts_with(&part.replace(' ', "_"))
        })
        .collect();
    let first = suggestions(text, &names, &found).into_iter().next();
    first.map(|suggestion| suggestion.then)
}

#[test]
#[allow(clippy::too_many_lines, reason = "a line for each wording")]
fn many_wordings_mean_the_same_question() {
    let [foodies, news, sushi, wine] = [0, 1, 2, 3].map(CommunityId);
    let [ana, ben, cleo] = [0, 1, 2].map(PersonId);
    let cases: [(&str, Question); 57] = [
        ("second week", Question::Said(When::Week(2))),
        ("posts of the last week", Question::Said(When::LastWeek)),
        ("What are the communities about?", Question::Topics),
        ("what are the groups about", Question::Topics),
        ("what do the groups talk about", Question::Topics),
        (
            "Who ties the foodies to the press?",
            Question::Joins([foodies, news]),
        ),
        (
            "who connects media and food and wine",
            Question::Joins([news, wine]),
        ),
        (
            "what did they say in the second week",
            Question::Said(When::Week(2)),
        ),
        ("what do journalists talk about", Question::TalksAbout(news)),
        ("Who connects the most communities?", Question::Connects),
        ("who conects most comunities", Question::Connects),
        ("who bridges most groups", Question::Connects),
        ("Who is big but isolated?", Question::BigButIsolated),
        (
            "who has a large reach but is alone",
            Question::BigButIsolated,
        ),
        (
            "who is small but well connected",
            Question::SmallButConnected,
        ),
        ("hidden gems", Question::SmallButConnected),
        (
            "Who links Foodies and News?",
            Question::Joins([foodies, news]),
        ),
        (
            "who links news with foodies",
            Question::Joins([news, foodies]),
        ),
        (
            "who is between foodies and news",
            Question::Joins([foodies, news]),
        ),
        (
            "who joins sushi, rice, roll and News",
            Question::Joins([sushi, news]),
        ),
        (
            "who connects food and wine to news?",
            Question::Joins([wine, news]),
        ),
        ("Who could replace @ana_sushi?", Question::Replaces(ana)),
        ("who is like ben", Question::Replaces(ben)),
        ("who could stand in for ana sushi", Question::Replaces(ana)),
        ("who instead of cleo?", Question::Replaces(cleo)),
        ("What do Foodies talk about?", Question::TalksAbout(foodies)),
        ("what is news about", Question::TalksAbout(news)),
        ("foodies topics", Question::TalksAbout(foodies)),
        (
            "what do they say in food and wine?",
            Question::TalksAbout(wine),
        ),
        (
            "Who talks about rice?",
            Question::WhoSays("rice".to_owned()),
        ),
        (
            "who mentions eel rolls",
            Question::WhoSays("eel rolls".to_owned()),
        ),
        (
            "who wrote about tuna?",
            Question::WhoSays("tuna".to_owned()),
        ),
        ("Who speaks for Foodies?", Question::SpeaksFor(foodies)),
        ("who represents news", Question::SpeaksFor(news)),
        (
            "who are the leaders of foodies",
            Question::SpeaksFor(foodies),
        ),
        ("Which communities never talk?", Question::NeverTalk),
        (
            "which groups do not talk to each other",
            Question::NeverTalk,
        ),
        ("which communities don't talk", Question::NeverTalk),
        (
            "Which communities talk most with each other?",
            Question::TalkMost,
        ),
        ("which communities are closest", Question::TalkMost),
        ("Who should I ask first?", Question::AskFirst),
        ("whom to contact next", Question::AskFirst),
        ("where do i start", Question::AskFirst),
        ("Who answers whom most?", Question::AnswersMost),
        ("who replies to whom most often", Question::AnswersMost),
        ("Who answers @ben most?", Question::Answers(ben)),
        ("who replies to cleo", Question::Answers(cleo)),
        (
            "How are @ana_sushi and @ben connected?",
            Question::Way([ana, ben]),
        ),
        ("how is ben connected to cleo", Question::Way([ben, cleo])),
        (
            "what is the path from @ben to @cleo",
            Question::Way([ben, cleo]),
        ),
        ("Who is new to @ana_sushi's circle?", Question::NewTo(ana)),
        ("who is new in the circle of ben", Question::NewTo(ben)),
        ("When was it busiest?", Question::Busiest),
        ("when was the peak", Question::Busiest),
        (
            "What did they say in the second week?",
            Question::Said(When::Week(2)),
        ),
        (
            "what was discussed in week 3",
            Question::Said(When::Week(3)),
        ),
        (
            "what happened on the last day",
            Question::Said(When::LastDay),
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(first(text, None), Some(Then::Ask(expected)), "{text}");
    }
}

#[test]
fn what_is_typed_halfway_is_completed_with_the_communities_and_people_that_there_are() {
    let [foodies, news, ..] = [0, 1, 2].map(CommunityId);
    let [ana, ben, cleo] = [0, 1, 2].map(PersonId);
    let ask = |question| Some(Then::Ask(question));
    let typed = |text: &str| Some(Then::Type(text.to_owned()));
    assert_eq!(first("who links", None), typed("Who links "));
    assert_eq!(
        first("who links foodies and ne", None),
        ask(Question::Joins([foodies, news]))
    );
    assert_eq!(
        first("who could replace", None),
        typed("Who could replace @")
    );
    assert_eq!(
        first("who could replace", Some(ben)),
        ask(Question::Replaces(ben))
    );
    assert_eq!(
        first("who could replace @an", None),
        ask(Question::Replaces(ana))
    );
    assert_eq!(
        first("how are @ana_sushi and", None),
        typed("How are @ana_sushi and @")
    );
    assert_eq!(
        first("how are @ana_sushi and @cl", None),
        ask(Question::Way([ana, cleo]))
    );
    assert_eq!(
        first("who speaks for", None),
        ask(Question::SpeaksFor(foodies))
    );
}

#[test]
fn where_one_community_is_called_as_none_is_the_other_is_offered_with_each() {
    let (graph, communities) = (graph(), communities());
    let names = Names {
        graph: &graph,
        communities: &communities,
        selected: None,
    };
    let asked = |text: &str| -> Vec<Then> {
        let all = suggestions(text, &names, &[]).into_iter();
        all.map(|suggestion| suggestion.then).collect()
    };
    let [foodies, news, sushi, wine] = [0, 1, 2, 3].map(CommunityId);
    let joins = |pair| Then::Ask(Question::Joins(pair));
    assert_eq!(
        asked("who ties the dancers to the press"),
        [foodies, sushi, wine].map(|other| joins([other, news]))
    );
    assert_eq!(
        asked("who ties the press to the dancers"),
        [foodies, sushi, wine].map(|other| joins([news, other]))
    );
    assert_eq!(asked("who ties the dancers to the singers"), []);
}

#[test]
fn what_is_no_question_is_not_taken_for_one() {
    for text in [
        "",
        "who",
        "the",
        "ana_su",
        "isolate food",
        "theme light",
        "export map",
        "sushi",
        "size of dots",
        "what is the weather like tomorrow in the second half",
        "?",
    ] {
        let taken = first(text, None);
        assert!(!matches!(taken, Some(Then::Ask(_))), "{text}: {taken:?}");
    }
}
