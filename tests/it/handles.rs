//! Pasted handles: what people paste, and whom it names.

use isthmus::campaign::{Named, handles_in, key_in, people_in};
use isthmus::people::{ConversationGraph, Posts, TieSettings, build};
use isthmus::progress::Progress;

/// People by handle and name.
fn graph(people: &[(&str, &str)]) -> ConversationGraph {
    let mut posts = Posts::default();
    for (handle, name) in people {
        let account = posts.own_account(handle).expect("a handle");
        posts.tell_name(account, name, None);
    }
    build(&posts, &TieSettings::default(), &Progress::new()).expect("nobody cancels")
}

fn named(text: &str, graph: &ConversationGraph) -> (Vec<String>, Vec<String>) {
    let Named { people, unknown } = people_in(text, graph, &Progress::new()).expect("goes on");
    let key = |id: &isthmus::people::PersonId| graph.people[id.index()].key.to_string();
    (people.iter().map(key).collect(), unknown)
}

#[test]
fn handles_are_found_in_whatever_people_paste() {
    for (text, expected) in [
        ("ana", vec!["ana"]),
        ("@Ana\n@ben\r\nCLEO", vec!["ana", "ben", "cleo"]),
        (
            "ana, ben;cleo\tdan eve",
            vec!["ana", "ben", "cleo", "dan", "eve"],
        ),
        ("@ana, @ANA, ana", vec!["ana"]),
        ("# our friends\nana\n  # more\nben", vec!["ana", "ben"]),
        ("https://x.com/Ana", vec!["ana"]),
        ("https://twitter.com/ana/status/19?s=20", vec!["ana"]),
        ("x.com/ana www.instagram.com/ben/", vec!["ana", "ben"]),
        ("instagram.com/cleo", vec!["cleo"]),
        (
            "https://bsky.app/profile/ana.bsky.social",
            vec!["ana.bsky.social"],
        ),
        ("BSKY.APP/profile/ben.example.org", vec!["ben.example.org"]),
        ("https://mastodon.social/@ana", vec!["ana"]),
        ("@ana@mastodon.social", vec!["ana@mastodon.social"]),
        ("(@ana), \"ben\": <cleo>.", vec!["ana", "ben", "cleo"]),
        ("'@ana", vec!["ana"]),
        ("寿司太郎、@はな", vec!["寿司太郎", "はな"]),
        (" \n,;\t@ \n", vec![]),
        ("", vec![]),
    ] {
        assert_eq!(handles_in(text), expected, "{text:?}");
    }
}

#[test]
fn a_cell_is_one_key_with_its_blanks_and_dots() {
    assert_eq!(key_in(" @Ana_Sushi "), "ana_sushi");
    assert_eq!(key_in("Ana Kim"), "ana kim");
    assert_eq!(key_in("j.r."), "j.r.");
    assert_eq!(key_in("https://x.com/Ana/"), "ana");
    assert_eq!(key_in("and/or"), "and/or");
}

#[test]
fn people_are_named_by_handle_link_key_or_exact_name() {
    let graph = graph(&[
        ("ana_k", "Ana Kim"),
        ("ben", "Ben"),
        ("cleo sakai", "Cleo"),
        ("d1", "Dan Ito"),
        ("d2", "Dan Ito"),
    ]);
    // Whole lines: a name, and a key that has a blank in it.
    let (people, unknown) = named("Ana Kim\n@BEN\nCleo Sakai\n", &graph);
    assert_eq!(people, ["ana_k", "ben", "cleo sakai"]);
    assert!(unknown.is_empty(), "{unknown:?}");
    // Between commas, and by blanks.
    let (people, unknown) = named("Ana Kim, https://x.com/ben d1, d2", &graph);
    assert_eq!(people, ["ana_k", "ben", "d1", "d2"]);
    assert!(unknown.is_empty(), "{unknown:?}");
    // In another order, and twice.
    assert_eq!(named("ben ana_k ben", &graph).0, ["ben", "ana_k"]);
}

#[test]
fn what_names_nobody_or_several_people_is_told_as_written() {
    let graph = graph(&[("ana", "Ana"), ("d1", "Dan Ito"), ("d2", "Dan Ito")]);
    // Two people are called Dan Ito: neither is meant for sure.
    let (people, unknown) = named("Dan Ito\n@Zoe\nzoe\nana kim_\nana", &graph);
    assert_eq!(people, ["ana"]);
    assert_eq!(unknown, ["Dan Ito", "@Zoe", "kim_"]);
    // Small letters are handles, not a name.
    assert_eq!(named("foo bar", &graph).1, ["foo", "bar"]);
    assert_eq!(named("# ana", &graph), (vec![], vec![]));
}
