//! Who belongs together as the person says: communities split, people moved, accounts made one person.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use isthmus::analysis::{
    Analysis, AnalysisSettings, ByHand, CommunityId, Resolution, Split, analyse, parts_of,
};
use isthmus::campaign::{Campaign, Edit, Entry, MapChoices, Status, one_person};
use isthmus::export::csv;
use isthmus::import::{ImportSettings, Source};
use isthmus::layout::Positions;
use isthmus::people::{ConversationGraph, Posts, SameAccounts, TieSettings, build, build_joined};
use isthmus::progress::Progress;
use isthmus::project::{self, Project};
use isthmus::session::{self, Home, NameMask, Results, WalkSettings};

/// Three circles of ten that are tied to one another by single ties.
fn circles() -> ConversationGraph {
    let mut text = String::from("source,target,weight\n");
    for circle in ["a", "b", "c"] {
        for i in 0..10 {
            for j in i + 1..10 {
                let tie = format!("{circle}{i},{circle}{j},4\n");
                text.push_str(&tie);
            }
        }
    }
    text.push_str("a0,b0,1\nb1,c0,1\na1,c1,1\n");
    let source = Source {
        name: "ties.csv".to_owned(),
        bytes: text.into_bytes(),
    };
    let progress = Progress::new();
    let (posts, _) =
        isthmus::import::read(&[source], &ImportSettings::default(), &progress).expect("ties");
    build(&posts, &TieSettings::default(), &progress).expect("nobody cancels")
}

fn found(graph: &ConversationGraph, settings: &AnalysisSettings) -> Analysis {
    let (analysis, _) =
        analyse(graph, &Posts::default(), settings, &Progress::new()).expect("nobody cancels");
    analysis
}

/// So coarse that all are one community.
fn coarse() -> AnalysisSettings {
    AnalysisSettings {
        resolution: Resolution::Fixed(0.01),
        ..AnalysisSettings::default()
    }
}

fn split(of: &str, parts: &[&str]) -> Split {
    Split {
        of: of.to_owned(),
        parts: parts.iter().map(|part| (*part).to_owned()).collect(),
    }
}

/// The first letters of everybody, community by community.
fn letters(graph: &ConversationGraph, analysis: &Analysis) -> Vec<String> {
    let mut groups: BTreeMap<CommunityId, String> = BTreeMap::new();
    for (person, of) in graph.people.iter().zip(&analysis.communities.of) {
        groups
            .entry(of.expect("has ties"))
            .or_default()
            .push_str(&person.key[..1]);
    }
    let mut groups: Vec<String> = groups.into_values().collect();
    groups.sort();
    groups
}

#[test]
fn a_community_falls_into_those_that_its_people_form_and_a_clique_into_none() {
    let graph = circles();
    let whole = found(&graph, &coarse());
    assert_eq!(whole.communities.list.len(), 1);
    let first = CommunityId(0);
    let progress = Progress::new();
    let parts = parts_of(&graph, &whole.communities, (first, 1), &progress).expect("goes on");
    let circle = |id: &isthmus::people::PersonId| graph.people[id.index()].key[..1].to_owned();
    let of: BTreeSet<String> = parts.iter().map(circle).collect();
    assert_eq!(of, ["a", "b", "c"].map(str::to_owned).into());

    let settings = AnalysisSettings {
        by_hand: ByHand {
            splits: vec![split("b7", &["a0", "b0", "c0"])],
            ..ByHand::default()
        },
        ..coarse()
    };
    let apart = found(&graph, &settings);
    let tens = ["a", "b", "c"].map(|letter| letter.repeat(10));
    assert_eq!(letters(&graph, &apart), tens);
    assert_eq!(found(&graph, &settings), apart, "two runs say the same");
    // Everybody in a circle is tied to everybody else there: no part of it holds together better than the whole.
    for id in 0..3 {
        let asked = (CommunityId(id), 1);
        let parts = parts_of(&graph, &apart.communities, asked, &progress).expect("goes on");
        assert_eq!(parts, []);
    }
    let again = AnalysisSettings {
        by_hand: ByHand {
            splits: vec![split("b7", &["a0", "b0", "c0"]), split("a3", &[])],
            ..ByHand::default()
        },
        ..coarse()
    };
    assert_eq!(letters(&graph, &found(&graph, &again)), tens);
}

#[test]
fn parts_of_a_split_community_can_be_merged_and_a_stranger_splits_nothing() {
    let graph = circles();
    let settings = AnalysisSettings {
        joined: [["a5".to_owned(), "c5".to_owned()]].into(),
        by_hand: ByHand {
            splits: vec![split("nobody", &[]), split("a0", &["a0", "b0", "c0"])],
            ..ByHand::default()
        },
        ..coarse()
    };
    let analysis = found(&graph, &settings);
    assert_eq!(
        letters(&graph, &analysis),
        ["a".repeat(10) + &"c".repeat(10), "b".repeat(10)]
    );
}

#[test]
fn taking_a_split_back_takes_back_the_splits_of_its_parts() {
    let by_hand = ByHand {
        splits: vec![
            split("a", &["a", "b"]),
            split("x", &["x", "y"]),
            split("b", &["b", "c"]),
            split("c", &["c", "d"]),
        ],
        ..ByHand::default()
    };
    assert_eq!(by_hand.split_of(|key| key == "d"), Some(3));
    assert_eq!(by_hand.split_of(|key| key == "a"), Some(0));
    assert_eq!(by_hand.without_split(0).splits, [split("x", &["x", "y"])]);
    assert_eq!(by_hand.without_split(2).splits.len(), 2);
}

#[test]
fn whoever_is_moved_counts_there_in_everything_and_goes_back() {
    let graph = circles();
    let plain = found(&graph, &AnalysisSettings::default());
    let home = |analysis: &Analysis, key: &str| {
        let person = graph.find(key).expect("is there");
        analysis.communities.of[person.index()].expect("has ties")
    };
    let mut settings = AnalysisSettings::default();
    settings.by_hand.moved = [("b3", "a4"), ("a4", "c2"), ("zed", "a1"), ("c9", "zed")]
        .map(|(who, to)| (who.to_owned(), to.to_owned()))
        .into();
    let moved = found(&graph, &settings);
    // b3 goes to where a4 was found, although a4 went elsewhere; who is not here moves nobody.
    assert_eq!(home(&moved, "b3"), home(&moved, "a1"));
    assert_eq!(home(&moved, "a4"), home(&moved, "c9"));
    let sizes = |analysis: &Analysis| -> BTreeSet<u32> {
        analysis.communities.list.iter().map(|c| c.people).collect()
    };
    assert_eq!(sizes(&moved), [9, 10, 11].into());
    let a4 = graph.find("a4").expect("is there").index();
    assert_eq!(
        moved.bridges.connections_across[a4], 9,
        "all of the first circle"
    );
    settings.by_hand.moved.clear();
    assert_eq!(found(&graph, &settings), plain);
}

/// Posts in which Ana writes under two accounts.
const POSTS: &str = "\
Author,Author Name,Full Text,Date,X Followers
ana,Ana Lima,hello @ben,2026-03-01T12:00:00Z,120
ana2,Ana at work,@cleo and @ben see @ana,2026-03-02T12:00:00Z,900
ben,Ben,@ana @ana2 thanks,2026-03-03T12:00:00Z,90
cleo,Cleo,RT @ana2: @cleo and @ben see @ana,2026-03-04T12:00:00Z,10
dan,Dan,@ana2 @cleo,2026-03-05T12:00:00Z,7
";

fn walked(text: &str, settings: &WalkSettings) -> Results {
    let source = Source {
        name: "posts.csv".to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    let progress = Progress::new();
    let read = session::read(&[source], &ImportSettings::default(), &progress).expect("posts");
    session::analyse(&Arc::new(read), settings, &progress).expect("nobody cancels")
}

fn same(keeps: &str, others: &[&str]) -> SameAccounts {
    let mut same = SameAccounts::default();
    same.join(keeps, others.iter().copied());
    same
}

#[test]
fn two_accounts_that_are_one_person_are_as_if_one_account_had_written_it_all() {
    let apart = walked(POSTS, &WalkSettings::default());
    let settings = WalkSettings {
        same: same("ana", &["ana2"]),
        ..WalkSettings::default()
    };
    let joined = walked(POSTS, &settings);
    // The independent way: the same file with the other handle written over.
    let one = walked(&POSTS.replace("ana2", "ana"), &WalkSettings::default());
    assert_eq!(apart.graph.n_people(), 5);
    assert_eq!(joined.graph.n_people(), 4);
    assert_eq!(joined.graph.ties, one.graph.ties);
    assert_eq!(joined.graph.interactions, one.graph.interactions);
    assert_eq!(joined.graph.self_ties, one.graph.self_ties);
    let id = joined.graph.find("ana2").expect("by the other account too");
    let ana = &joined.graph.people[id.index()];
    assert_eq!((&*ana.key, &*ana.name), ("ana", "Ana Lima"));
    assert_eq!(
        (ana.reach, ana.posts),
        (Some(900.0), 2),
        "the largest reach, all posts"
    );
    let also: Vec<&str> = joined.graph.also(id).map(|a| &*a.handle).collect();
    assert_eq!(also, ["ana2"]);
    let mut file = Vec::new();
    let places = Positions::default();
    csv::people(&joined.graph, &joined.analysis, &places, &mut file).expect("memory");
    let file = String::from_utf8(file).expect("text");
    assert!(!file.contains("ana2"), "{file}");
    assert_eq!(joined.analysis.communities.of, one.analysis.communities.of);
}

#[test]
fn accounts_that_are_not_in_the_file_and_circles_by_hand_do_no_harm() {
    let read = |text: &str| -> SameAccounts { serde_json::from_str(text).expect("accounts") };
    let posts = walked(POSTS, &WalkSettings::default());
    let posts = &posts.conversation.posts;
    let n = |same: &SameAccounts| {
        let settings = TieSettings::default();
        let graph = build_joined(posts, &settings, same, &Progress::new());
        let graph = graph.expect("nobody cancels");
        assert_eq!(graph.ties.n_people(), graph.n_people());
        graph.n_people()
    };
    assert_eq!(n(&same("zed", &["yan"])), 5);
    assert_eq!(
        n(&same("zed", &["ana", "ana2"])),
        4,
        "the first of them stands in"
    );
    assert_eq!(n(&read(r#"{"ana":"ana2","ana2":"ana"}"#)), 5);
    assert_eq!(
        n(&read(r#"{"ana":"ben","ben":"cleo"}"#)),
        3,
        "one after the other"
    );
}

fn entry(person: &str, status: Status, note: &str) -> Entry {
    Entry {
        status,
        note: note.to_owned(),
        ..Entry::new(person, person)
    }
}

#[test]
fn the_list_and_the_map_say_of_one_person_what_they_said_of_both_and_undo_brings_all_back() {
    let mut campaign = Campaign::default();
    let entries = [
        entry("dan", Status::ToContact, ""),
        entry("ana2", Status::Answered, "at work"),
        entry("ben", Status::ToContact, "later"),
        entry("ana", Status::Contacted, "at home"),
    ];
    for entry in entries {
        campaign.apply(Edit::add(entry)).expect("new");
    }
    campaign.map.pinned.insert("ana2".to_owned(), [1.0, 2.0]);
    let before = campaign.clone();
    let others = ["ana2".to_owned()];
    let edit = one_person(&campaign, ("ana", "Ana Lima"), &others, "make".to_owned());
    let back = campaign.apply(edit).expect("fits");
    let list = campaign.outreach_list.entries();
    let people: Vec<&str> = list.iter().map(|entry| &*entry.person).collect();
    assert_eq!(people, ["dan", "ana", "ben"]);
    assert_eq!(
        (&*list[1].note, list[1].status),
        ("at home\nat work", Status::Answered)
    );
    assert_eq!(campaign.map.same, same("ana", &["ana2"]));
    assert!(campaign.map.pinned.is_empty());
    let again = campaign.apply(back).expect("fits");
    assert_eq!(campaign, before);
    campaign.apply(again).expect("fits");
    assert_eq!(campaign.outreach_list.len(), 3);
}

#[test]
fn a_project_keeps_who_belongs_together_and_forgets_every_account_of_somebody() {
    let settings = WalkSettings {
        same: same("ana", &["ana2"]),
        ..WalkSettings::default()
    };
    let results = walked(POSTS, &settings);
    let campaign = Campaign {
        map: MapChoices {
            same: settings.same.clone(),
            by_file: true,
            by_hand: ByHand {
                splits: vec![split("ana2", &["ben", "cleo"])],
                moved: [("dan".to_owned(), "ana".to_owned())].into(),
            },
            ..MapChoices::default()
        },
        ..Campaign::default()
    };
    let project = Project {
        results: Some(results.clone().into()),
        campaign,
        ..Project::default()
    };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.isthmus");
    project::save(&path, &project, &Progress::new()).expect("room");
    let opened = project::open(&path, false, &Progress::new()).expect("a project");
    assert_eq!(opened.warnings, Vec::<String>::new());
    assert_eq!(opened.project.campaign, project.campaign);
    let there = opened.project.results.as_ref().expect("a map");
    assert_eq!(there.settings, results.settings);
    assert_eq!(there.graph.joined, results.graph.joined);
    assert_eq!(there.analysis, results.analysis);

    let left = project::forget(&opened.project, "ana", &Progress::new()).expect("nobody cancels");
    let results = left.results.as_ref().expect("a map");
    for key in ["ana", "ana2"] {
        assert_eq!(results.conversation.posts.find(key), None);
        assert_eq!(results.graph.find(key), None);
    }
    assert!(left.campaign.map.same.is_empty() && left.campaign.map.by_hand.moved.is_empty());
    assert_eq!(
        left.campaign.map.by_hand.splits,
        [split("ben", &["ben", "cleo"])]
    );
    let texts = &results.conversation.posts;
    let named = texts
        .posts
        .iter()
        .any(|post| texts.text(post).contains("ana"));
    assert!(!named);
}

#[test]
fn hidden_names_hide_other_accounts_too() {
    let settings = WalkSettings {
        same: same("ana", &["ana2"]),
        ..WalkSettings::default()
    };
    let results = walked(POSTS, &settings);
    let masked = session::masked(&results, NameMask::Numbers);
    let all = format!("{:?} {:?}", masked.graph, masked.settings);
    for name in ["ana2", "\"ana\"", "Ana Lima", "Ana at work"] {
        assert!(!all.contains(name), "{name} in {all}");
    }
    assert_eq!(masked.graph.joined.len(), 1);
    let id = results.graph.find("ana").expect("is there");
    assert_eq!(masked.graph.also(id).count(), 1);
}

#[test]
fn a_community_has_one_colour_however_finely_people_are_grouped() {
    let graph = Arc::new(circles());
    let at = |resolution: f64| -> Results {
        let mut results = walked(POSTS, &WalkSettings::default());
        results.graph = graph.clone();
        results.settings.analysis.resolution = Resolution::Fixed(resolution);
        results.analysis = found(&graph, &results.settings.analysis).into();
        results
    };
    let first = at(1.0);
    let home = Home::of(&first, &Progress::new()).expect("nobody cancels");
    let colour = |results: &Results, key: &str| {
        let person = graph.find(key).expect("is there");
        let id = results.analysis.communities.of[person.index()].expect("has ties");
        let own = results.analysis.communities.list[id.index()].colour;
        own.map_or(id.0, u32::from)
    };
    // As if somebody had moved the slider to and fro: each grouping is coloured for itself.
    let mut split = at(1.0);
    let hand = &mut split.settings.analysis.by_hand;
    // Seven of the second circle move to the third: that is the largest now, so numbers change.
    for i in 0..7 {
        hand.moved.insert(format!("b{i}"), "c9".to_owned());
    }
    split.analysis = found(&graph, &split.settings.analysis).into();
    assert_ne!(split.analysis.communities.of[0], None);
    home.colour(&mut split);
    assert_eq!(colour(&split, "a0"), colour(&first, "a0"));
    assert_eq!(colour(&split, "c0"), colour(&first, "c0"));
    let mut again = at(1.0);
    home.colour(&mut again);
    assert_eq!(again.analysis, first.analysis, "as at first");
    // Opened again in the middle: what was at first is found again, and it is the same.
    let other = Home::of(&split, &Progress::new()).expect("nobody cancels");
    let mut anew = split.clone();
    for community in &mut Arc::make_mut(&mut anew.analysis).communities.list {
        community.colour = None;
    }
    other.colour(&mut anew);
    assert_eq!(anew.analysis, split.analysis);
}
