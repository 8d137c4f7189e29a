//! Finding people, words of posts and communities, checked against looking through everything by hand.

use isthmus::analysis::{Communities, Community, CommunityId};
use isthmus::explore::{
    FoundCommunity, Likeness, NameIndex, PostsFound, Wanted, communities_called, communities_meant,
    fold, posts_with,
};
use isthmus::people::{ConversationGraph, PersonId, Posts, TieSettings, build};
use isthmus::progress::{Cancelled, Progress};

/// People with these handles and names, in the order of their keys.
fn people(names: &[(&str, &str)]) -> ConversationGraph {
    let mut posts = Posts::default();
    for (handle, name) in names {
        let account = posts.account(handle).expect("a handle");
        posts.accounts[account as usize].name = Some((*name).into());
        posts.push(account, None, "", &[]);
    }
    build(&posts, &TieSettings::default(), &Progress::new()).expect("nobody cancels")
}

fn index(graph: &ConversationGraph) -> NameIndex {
    NameIndex::of(graph, &Progress::new()).expect("nobody cancels")
}

/// The keys found, best first, and how.
fn found(graph: &ConversationGraph, text: &str) -> Vec<(String, Likeness)> {
    let rank: Vec<u32> = (0..graph.n_people() as u32).collect();
    let found = index(graph).find(&rank, text, 8, &Progress::new());
    let best = found.expect("nobody cancels").best;
    let key = |id: PersonId| graph.people[id.index()].key.to_string();
    best.into_iter().map(|(id, how)| (key(id), how)).collect()
}

fn keys(graph: &ConversationGraph, text: &str) -> Vec<String> {
    found(graph, text).into_iter().map(|(key, _)| key).collect()
}

/// Numbers that look drawn by chance, the same every time.
fn numbers(mut seed: u64) -> impl Iterator<Item = u64> {
    std::iter::repeat_with(move || {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        seed >> 33
    })
}

const PARTS: [&str; 16] = [
    "an", "na", "su", "shi", "ma", "ki", "lee", "Ö", "é", "寿", "司", "li", "ben", "K", "12", "7",
];

/// Made-up handles and names of a few syllables.
fn made_up(n: usize) -> Vec<(String, String)> {
    let mut numbers = numbers(7);
    let mut word = |least: u64| {
        let n = least + numbers.next().expect("endless") % 3;
        let part = |number: u64| PARTS[number as usize % PARTS.len()];
        (0..n)
            .map(|_| part(numbers.next().expect("endless")))
            .collect::<String>()
    };
    let mut all = Vec::with_capacity(n);
    for at in 0..n {
        let handle = format!("{}_{}{at}", word(1), word(1));
        let name = match at % 3 {
            0 => handle.clone(),
            1 => word(2),
            _ => format!("{} {}", word(1), word(2)),
        };
        all.push((handle, name));
    }
    all
}

/// How somebody is found, by looking at every place of every word.
fn by_hand(handle: &str, name: &str, typed: &str) -> Option<Likeness> {
    let (handle, name, typed) = (fold(handle), fold(name), fold(typed));
    let words: Vec<&str> = typed.split_whitespace().collect();
    let phrase = words.join(" ");
    let anywhere = |word: &&str| handle.contains(word) || name.contains(word);
    if !words.iter().all(anywhere) {
        return None;
    }
    let begins = |text: &str, word: &str| {
        let letters: Vec<char> = text.chars().collect();
        let word: Vec<char> = word.chars().collect();
        (0..letters.len()).any(|at| {
            letters[at..].starts_with(&word) && (at == 0 || !letters[at - 1].is_alphanumeric())
        })
    };
    Some(if handle == phrase {
        Likeness::Handle
    } else if name == phrase {
        Likeness::Name
    } else if handle.starts_with(&phrase) {
        Likeness::HandleBegins
    } else if name.starts_with(&phrase) {
        Likeness::NameBegins
    } else if words
        .iter()
        .all(|word| begins(&handle, word) || begins(&name, word))
    {
        Likeness::WordsBegin
    } else {
        Likeness::Within
    })
}

#[test]
fn who_has_what_is_typed_is_whom_a_look_at_everybody_finds_in_the_same_order() {
    let names = made_up(20_000); // more than one part of the index
    let pairs: Vec<(&str, &str)> = names
        .iter()
        .map(|(h, n)| (h.as_str(), n.as_str()))
        .collect();
    let graph = people(&pairs);
    let index = index(&graph);
    let n = graph.n_people() as u32;
    let rank: Vec<u32> = (0..n).map(|i| n - i).collect();
    let typed = [
        "a", "sushi", "@anna", "maki su", "SU MAKI", "lee 寿", "寿司", "oma", "e", "ben_ki", "1",
        "n 7",
    ];
    for text in typed {
        let mut expected: Vec<(Likeness, u32, PersonId)> = Vec::new();
        for (at, person) in graph.people.iter().enumerate() {
            let plain = text.trim_start_matches('@');
            if let Some(how) = by_hand(&person.key, &person.name, plain) {
                expected.push((how, rank[at], PersonId(at as u32)));
            }
        }
        let all: Vec<PersonId> = expected.iter().map(|(_, _, id)| *id).collect();
        expected.sort_unstable();
        let once = index
            .find(&rank, text, 10, &Progress::new())
            .expect("nobody cancels");
        assert_eq!(once.all, all, "{text}");
        let sure = once
            .best
            .iter()
            .filter(|(_, how)| *how < Likeness::Misspelt);
        let best: Vec<(Likeness, PersonId)> = sure.map(|(id, how)| (*how, *id)).collect();
        let expected = expected.into_iter().map(|(how, _, id)| (how, id));
        assert_eq!(best, expected.take(10).collect::<Vec<_>>(), "{text}");
        let one = rayon::ThreadPoolBuilder::new()
            .num_threads(1)
            .build()
            .expect("a thread");
        let again = one.install(|| index.find(&rank, text, 10, &Progress::new()));
        assert_eq!(
            again.expect("nobody cancels"),
            once,
            "any number of threads: {text}"
        );
    }
}

#[test]
fn names_in_any_script_are_found_as_people_type_them() {
    let graph = people(&[
        ("hmueller", "Hans Müller"),
        ("sushi_maki", "Sushi Maki"),
        ("annalee", "Anna Lee"),
        ("ahmad", "أَحْمَد"),
        ("odysseus", "Ὀδυσσεύς"),
        ("somchai", "สมชาย ใจดี"),
        ("taro", "寿司太郎"),
        ("hanako", "はなこ・ガーデン"),
        ("party", "Party 🎉 Queen"),
        ("wide", "ＷＩＤＥ　ｎａｍｅ"),
        ("lukasz", "Łukasz Żak"),
        ("minsu", "김민수"),
    ]);
    let cases = [
        ("muller", "hmueller"),
        ("MÜLLER", "hmueller"),
        ("lee anna", "annalee"),
        ("احمد", "ahmad"),
        ("οδυσσευς", "odysseus"),
        ("ΟΔΥΣΣΕΥΣ", "odysseus"),
        ("ใจดี", "somchai"),
        ("太郎", "taro"),
        ("ガーデン", "hanako"),
        ("ｶﾞｰﾃﾞﾝ", "hanako"),
        ("🎉", "party"),
        ("wide name", "wide"),
        ("lukasz zak", "lukasz"),
        ("김민", "minsu"),
        ("@Sushi_Maki", "sushi_maki"),
    ];
    for (typed, expected) in cases {
        assert_eq!(
            keys(&graph, typed).first().map(String::as_str),
            Some(expected),
            "{typed}"
        );
    }
}

#[test]
fn misspelt_names_and_letters_in_order_are_found_behind_what_is_spelt_right() {
    let graph = people(&[
        ("sushi_maki", "Sushi Maki"),
        ("sushi", "Sushi"),
        ("suhsi_fan", "Suhsi Fan"),
        ("annalee", "Anna Lee"),
        ("samuel_mark", "Samuel Mark"),
        ("bob", "Bob"),
        ("太郎", "東京太郎"),
    ]);
    let how = |typed: &str, key: &str| {
        let all = found(&graph, typed);
        all.into_iter().find(|(k, _)| k == key).map(|(_, how)| how)
    };
    // wrong, missing, too many, swapped; from the first letter to the last
    for typed in [
        "susho_maki",
        "sush_maki",
        "susshi_maki",
        "sushi_mkai",
        "xushi_maki",
        "sushimaki",
    ] {
        assert_eq!(
            how(typed, "sushi_maki"),
            Some(Likeness::Misspelt),
            "{typed}"
        );
    }
    assert_eq!(how("smk", "sushi_maki"), Some(Likeness::Letters));
    assert_eq!(how("smk", "samuel_mark"), Some(Likeness::Letters));
    assert_eq!(how("leee anna", "annalee"), Some(Likeness::Misspelt));
    assert_eq!(how("sxshx", "sushi"), None, "two letters are too many");
    assert_eq!(keys(&graph, "suhsi"), ["suhsi_fan", "sushi", "sushi_maki"]);
    assert_eq!(how("東京次郎", "太郎"), Some(Likeness::Misspelt));
    assert_eq!(keys(&graph, "qqqq"), Vec::<String>::new());
    for nothing in ["", "  ", "@", " @ "] {
        assert_eq!(keys(&graph, nothing), Vec::<String>::new());
    }
}

#[test]
fn hostile_names_and_texts_are_only_letters() {
    let long = "x".repeat(5_000);
    let graph = people(&[
        ("tabby", "tab\there\nand a line"),
        ("long", &long),
        ("empty", ""),
        ("marks", "\u{301}\u{301}\u{200d}"),
    ]);
    assert_eq!(keys(&graph, "here and"), ["tabby"]);
    assert_eq!(keys(&graph, "tab\there"), ["tabby"]);
    assert_eq!(
        keys(&graph, &long),
        Vec::<String>::new(),
        "longer than any name"
    );
    for typed in ["\u{301}", "\n", "\t", "\u{0}", "(.*", "\u{10ffff}"] {
        keys(&graph, typed);
    }
    let progress = Progress::new();
    progress.cancel();
    assert!(matches!(NameIndex::of(&graph, &progress), Err(Cancelled)));
    assert!(matches!(
        index(&graph).find(&[], "a", 8, &progress),
        Err(Cancelled)
    ));
}

#[test]
fn posts_are_counted_whose_words_begin_so_with_the_people_who_wrote_them() {
    let mut posts = Posts::default();
    let texts = [
        ("ana", "RICE and more rice"),
        ("ana", "the price of tuna"),
        ("ben", "Rícecake, please"),
        ("ben", "#rice"),
        ("cleo", "寿司太郎です"),
        ("cleo", "Ｒｉｃｅ with eel"),
        ("dora", ""),
    ];
    for (handle, text) in texts {
        let account = posts.account(handle).expect("a handle");
        posts.push(account, None, text, &[]);
    }
    let graph = build(&posts, &TieSettings::default(), &Progress::new()).expect("nobody cancels");
    let count = |text: &str| {
        let words = Wanted::new(text);
        (words.is_enough())
            .then(|| posts_with(&posts, &graph, &words, &Progress::new()).expect("nobody cancels"))
    };
    let is = |posts, people| Some(PostsFound { posts, people });
    assert_eq!(count("rice"), is(4, 3), "price has it inside a word");
    assert_eq!(count("ricecake"), is(1, 1));
    assert_eq!(count("eel RICE"), is(1, 1));
    assert_eq!(count("#rice"), is(1, 1));
    assert_eq!(count("太郎"), is(1, 1), "a word may begin anywhere");
    assert_eq!(count("nothing"), is(0, 0));
    assert_eq!(count("x"), None, "one letter stands everywhere");
    assert_eq!(count(" "), None);
}

fn community(name: &str, words: &[&str], small: bool) -> Community {
    Community {
        alternatives: Vec::new(),
        evidence: Vec::new(),
        name: name.into(),
        words: words.iter().map(|word| (*word).to_owned()).collect(),
        people: 5,
        reach: 0.0,
        ties_inside: 0,
        ties_outside: 0,
        member: PersonId(0),
        colour: None,
        small,
    }
}

#[test]
fn communities_with_other_words_for_the_same_people_are_found_behind_those_called_so() {
    let communities = Communities {
        list: vec![
            community("Lisbon restaurants", &["gourmet"], false),
            community("Wine", &["vintage", "gourmet"], false),
            community("Foodies of Porto", &[], false),
            community("Morning newspaper", &["headline"], false),
            community("Tea", &["leaf"], false),
        ],
        ..Communities::default()
    };
    let found = |text: &str| -> Vec<(u32, Option<String>)> {
        let found = communities_meant(&communities, text);
        let both = |found: FoundCommunity| (found.community.0, found.word);
        found.into_iter().map(both).collect()
    };
    let gourmet = || Some("gourmet".to_owned());
    assert_eq!(
        found("Foodies"),
        [(2, None), (0, gourmet()), (1, gourmet())]
    );
    assert_eq!(found("media"), [(3, None)]);
    // No word for people, or not only such: nothing is guessed.
    assert_eq!(found("tea"), [(4, None)]);
    assert_eq!(found("foodies lisbon"), []);
    assert_eq!(found(" "), []);
}

#[test]
fn communities_are_found_by_name_then_by_word() {
    let communities = Communities {
        list: vec![
            community("Gardeners", &["roses", "news"], false),
            community("Food news", &["rice"], false),
            community("News", &[], false),
            community("Café-Freunde", &["kaffee"], false),
            community("newsless", &["news"], true),
        ],
        ..Communities::default()
    };
    let found = |text: &str| -> Vec<(u32, Option<String>)> {
        let found = communities_called(&communities, text);
        found
            .into_iter()
            .map(|found| (found.community.0, found.word))
            .collect()
    };
    assert_eq!(
        found("NEWS"),
        [(2, None), (1, None), (0, Some("news".to_owned()))]
    );
    assert_eq!(found("freunde cafe"), [(3, None)]);
    assert_eq!(found("ric"), [(1, Some("rice".to_owned()))]);
    assert_eq!(found(""), []);
    assert_eq!(
        CommunityId(2),
        communities_called(&communities, "news")[0].community
    );
}
