//! Hidden names: nothing that leaves the program tells who anybody is, and everything else is as it was.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read as _};
use std::path::Path;
use std::sync::Arc;

use isthmus::campaign::{Campaign, CommunityLook, Edit, Entry, Status};
use isthmus::import::Source;
use isthmus::progress::Progress;
use isthmus::session::{self, NameMask, Results, WalkSettings};

use super::cli::{errors, folder, isthmus, rows};

/// Two circles of people with one who stands between, every name, handle and text with the marker.
pub(super) fn marked_posts() -> String {
    let mut text = "Author,Full Name,Full Text,X Followers,Date,Url\n".to_owned();
    let mut post = |from: &str, to: &str| {
        let row = format!(
            "zqx_{from},{from} Zqxson,\"@zqx_{to} zqxword of {from}\",{},2026-03-01,https://x.com/zqx_{from}/status/{}\n",
            from.len() * 10,
            from.len() * 100 + to.len()
        );
        text.push_str(&row);
    };
    for circle in ["a", "b"] {
        for i in 0..9 {
            for j in 0..9 {
                if i != j {
                    post(&format!("{circle}{i}"), &format!("{circle}{j}"));
                }
            }
        }
    }
    for to in ["a1", "a2", "b1", "b2"] {
        post("between", to);
    }
    text
}

/// Whether `bytes` hold the marker, in any case.
pub(super) fn tells(bytes: &[u8]) -> bool {
    let lower = bytes.to_ascii_lowercase();
    lower.windows(3).any(|three| three == b"zqx")
}

/// Everything in a file, what is packed in it unpacked; without pictures that are written as letters, which may hold any three of them.
pub(super) fn inside(path: &Path) -> Vec<u8> {
    let bytes = fs::read(path).expect("written");
    if path.extension().is_some_and(|ending| ending == "html") {
        let page = String::from_utf8(bytes).expect("a page is text");
        let picture = regex::Regex::new("base64,[A-Za-z0-9+/=]+").expect("a valid pattern");
        return picture.replace_all(&page, "").into_owned().into_bytes();
    }
    if !bytes.starts_with(b"PK") {
        return bytes;
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a workbook");
    let mut all = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).expect("a part");
        part.read_to_end(&mut all).expect("readable");
    }
    all
}

fn walked() -> Results {
    let source = Source {
        name: "zqx.csv".to_owned(),
        bytes: marked_posts().into_bytes(),
    };
    let (settings, progress) = (WalkSettings::default(), Progress::new());
    let conversation = session::read(&[source], &settings.import, &progress).expect("posts");
    session::analyse(&Arc::new(conversation), &settings, &progress).expect("nobody cancels")
}

#[test]
fn no_file_of_the_command_line_tells_a_hidden_name() {
    let folder = folder();
    fs::write(folder.path().join("zqx.csv"), marked_posts()).expect("written");
    let files = [
        "--people=p.csv",
        "--ties=t.csv",
        "--communities=c.csv",
        "--list=l.csv",
        "--map=m.svg",
        "--report=r.html",
        "--summary=s.json",
    ];
    let export = |more: &[&str], names: &[&str]| {
        let arguments = [&["export", "zqx.csv"], names, more].concat();
        let output = isthmus(folder.path(), &arguments);
        assert!(output.status.success(), "{}", errors(&output));
    };
    let file = |argument: &str| {
        let (_, name) = argument.split_once('=').expect("a file");
        folder.path().join(name)
    };
    export(&["--list=l.xlsx"], &[]);
    assert!(tells(&inside(&folder.path().join("l.xlsx"))));
    export(&[], &files);
    for named in files {
        assert!(tells(&inside(&file(named))), "{named}: the test sees names");
    }
    let (_, true_people) = rows(&folder.path().join("p.csv"));
    for mask in ["initials", "numbers"] {
        let hide = ["--hide-names", mask];
        export(&hide, &files);
        for hidden in files {
            assert!(!tells(&inside(&file(hidden))), "{mask}: {hidden}");
        }
        let (header, people) = rows(&folder.path().join("p.csv"));
        assert_eq!(people.len(), true_people.len());
        let score = header.iter().position(|h| h == "bridge_score");
        let score = score.expect("a column");
        let scores = |people: &[Vec<String>]| -> Vec<String> {
            people.iter().map(|row| row[score].clone()).collect()
        };
        assert_eq!(scores(&people), scores(&true_people), "in the same order");
        export(&hide, &["--list=l.xlsx", "--plan=3"]);
        assert!(!tells(&inside(&folder.path().join("l.xlsx"))), "{mask}");
    }
}

#[test]
fn hidden_people_keep_their_places_and_are_found_under_their_new_keys() {
    let results = walked();
    let masked = session::masked(&results, NameMask::Initials);
    assert_eq!(masked.graph.n_people(), results.graph.n_people());
    assert_eq!(masked.graph.ties, results.graph.ties);
    assert_eq!(masked.analysis.bridges, results.analysis.bridges);
    for (before, now) in results.graph.people.iter().zip(&masked.graph.people) {
        let id = masked.graph.find(&now.key).expect("found by bisection");
        assert_eq!(id, results.graph.find(&before.key).expect("known"));
        assert_eq!(now.reach, before.reach);
        assert_eq!(masked.conversation.posts.profile(&now.key), None);
        assert!(masked.conversation.posts.find(&now.key).is_some());
    }
    let between = results.graph.find("zqx_between").expect("there");
    assert_eq!(&*masked.graph.people[between.index()].name, "B. Z.");
    let numbers = session::masked(&results, NameMask::Numbers);
    let name = &numbers.graph.people[between.index()].name;
    assert_eq!(**name, format!("Person {}", between.0 + 1));
    let posts = &masked.conversation.posts;
    assert_eq!(posts.posts.len(), results.conversation.posts.posts.len());
    assert!(posts.posts.iter().all(|post| posts.text(post).is_empty()));
    assert!(!tells(format!("{masked:?}").as_bytes()));
}

/// A campaign that names somebody everywhere; one of them is not on the map.
fn marked_campaign() -> Campaign {
    let mut campaign = Campaign::default();
    for person in ["zqx_a1", "zqx_b1", "zqx_gone"] {
        let entry = Entry {
            note: "ask zqx_a2 first".to_owned(),
            ..Entry::new(person, "Zqx Somebody")
        };
        campaign.apply(Edit::add(entry)).expect("all different");
    }
    campaign.plan.excluded.insert("zqx_a3".to_owned());
    campaign.plan.contacted.insert("zqx_elsewhere".to_owned());
    campaign.plan.pinned.insert("zqx_b3".to_owned());
    campaign.plan.costs.of.insert("zqx_b4".to_owned(), 3.0);
    let map = &mut campaign.map;
    let look = CommunityLook {
        name: Some("Friends of zqx_a1".to_owned()),
        colour: Some(3),
    };
    map.looks.insert("zqx_a1".to_owned(), look);
    map.joined
        .insert(["zqx_a5".to_owned(), "zqx_missing".to_owned()]);
    map.filter.hidden.insert("zqx_b5".to_owned());
    map.filter.isolated = Some("zqx_a6".to_owned());
    map.pinned.insert("zqx_a7".to_owned(), [1.0, 2.0]);
    campaign
}

#[test]
fn what_is_decided_about_hidden_people_is_meant_for_the_true_ones() {
    let (results, campaign) = (walked(), marked_campaign());
    let graph = &results.graph;
    let hidden = session::masked_campaign(&campaign, graph, NameMask::Numbers, &BTreeMap::new());
    assert!(!tells(format!("{:?}", hidden.campaign).as_bytes()));
    let people = session::masked(&results, NameMask::Numbers);
    let shown = |key: &str| {
        let id = graph.find(key).expect("on the map");
        people.graph.people[id.index()].key.to_string()
    };
    let entries = hidden.campaign.outreach_list.entries();
    assert_eq!(entries[0].person, shown("zqx_a1"));
    let statuses: Vec<Status> = entries.iter().map(|entry| entry.status).collect();
    assert_eq!(statuses, [Status::ToContact; 3]);

    // Plan and map as they are shown mean the true ones.
    let back = |edit| hidden.true_edit(edit, &campaign, graph);
    let plan = back(Edit::SetPlan(Box::new(hidden.campaign.plan.clone())));
    assert_eq!(plan, Edit::SetPlan(Box::new(campaign.plan.clone())));
    let map = Box::new(hidden.campaign.map.clone());
    let words = "show".to_owned();
    let wanted = Box::new(campaign.map.clone());
    assert_eq!(
        back(Edit::SetMap {
            map,
            words: words.clone()
        }),
        Edit::SetMap { map: wanted, words }
    );
    // So do edits of people, on the map or not.
    for (at, person) in ["zqx_a1", "zqx_b1", "zqx_gone"].into_iter().enumerate() {
        let of = entries[at].person.clone();
        assert_eq!(
            back(Edit::Remove(vec![of.clone()])),
            Edit::Remove(vec![person.to_owned()])
        );
        let status = Status::Answered;
        assert_eq!(
            back(Edit::SetStatus {
                person: of.clone(),
                status
            }),
            Edit::SetStatus {
                person: person.to_owned(),
                status
            }
        );
        assert_eq!(
            back(Edit::Move {
                person: of.clone(),
                to: 2
            }),
            Edit::Move {
                person: person.to_owned(),
                to: 2
            }
        );
        // A note that cannot be read is not written over.
        assert_eq!(
            back(Edit::SetNote {
                person: of,
                note: "said yes".to_owned()
            }),
            Edit::SetNote {
                person: person.to_owned(),
                note: "ask zqx_a2 first said yes".to_owned()
            }
        );
    }
    let entry = Entry::new(shown("zqx_b7"), "Person 17");
    let Edit::Insert(added) = back(Edit::add(entry)) else {
        panic!("still an insert");
    };
    assert_eq!(added[0].1.person, "zqx_b7");
    assert_eq!(added[0].1.name, "b7 Zqxson");
}

#[test]
fn what_is_written_while_names_are_hidden_can_be_read() {
    let (results, mut campaign) = (walked(), marked_campaign());
    let written = BTreeMap::from([("zqx_a1".to_owned(), "ask zqx_a2 first".to_owned())]);
    let note = "ask zqx_a2 first said yes".to_owned();
    let person = "zqx_a1".to_owned();
    campaign
        .apply(Edit::SetNote { person, note })
        .expect("on the list");
    let hidden = session::masked_campaign(&campaign, &results.graph, NameMask::Initials, &written);
    let notes: Vec<&str> = (hidden.campaign.outreach_list.entries().iter())
        .map(|entry| entry.note.as_str())
        .collect();
    assert_eq!(notes, ["said yes", "", ""]);
}
