//! Projects made of made-up people, and how two are compared.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use isthmus::campaign::{
    Analysed, Campaign, CommunityLook, Edit, Entry, Filter, History, Listed, Near, ReachRange,
    Status, TimeSpan,
};
use isthmus::import::{ImportSettings, Source};
use isthmus::layout::Positions;
use isthmus::people::{PersonId, TieKind};
use isthmus::progress::Progress;
use isthmus::project::{LogEntry, Project, View};
use isthmus::session::{self, Results, Start, WalkSettings};

/// What a walk gives.
pub(super) type Walked = (Arc<Results>, Arc<Positions>);

/// What the walk makes of `source`.
pub(super) fn walked(source: Source) -> Walked {
    let progress = Progress::new();
    let read = session::read(&[source], &ImportSettings::default(), &progress).expect("posts");
    let settings = WalkSettings::default();
    let mut results = session::analyse(&Arc::new(read), &settings, &progress).expect("goes on");
    let positions = session::arrange(&mut results, &Start::default(), &progress, &|_| {});
    (Arc::new(results), Arc::new(positions.expect("goes on")))
}

/// The sample, walked once.
pub(super) fn sample() -> Walked {
    static SAMPLE: OnceLock<Walked> = OnceLock::new();
    SAMPLE.get_or_init(|| walked(session::sample())).clone()
}

/// A handful of posts, with what makes columns odd: no time, no text, letters of three scripts, a reach of somebody only.
const POSTS: &str = "\
Author,Author Name,Full Text,Date,X Followers,URL
Ana,Ana Lima,hello @ben and @cleo 🍣,2026-03-01T12:00:00Z,120,https://x.com/Ana/status/1
ben,\"Ben, \"\"B\"\"\",@ana thanks,2026-03-02T12:00:00Z,90.5,https://x.com/ben/status/2
cleo,寿司,@ana and @dan,,,https://bsky.app/profile/cleo/post/3
dan,مريم,,2026-03-03T12:00:00Z,7,
eve,Eve,RT @ana: hello @ben and @cleo 🍣,2026-03-04T12:00:00Z,0,
";

/// Few people, walked once.
pub(super) fn few() -> Walked {
    static FEW: OnceLock<Walked> = OnceLock::new();
    let source = || Source {
        name: "posts.csv".into(),
        bytes: POSTS.as_bytes().to_vec(),
    };
    FEW.get_or_init(|| walked(source())).clone()
}

/// A filter that asks for everything.
fn full_filter(keys: &[String]) -> Filter {
    Filter {
        communities: keys[..2].iter().cloned().collect(),
        kinds: Some([TieKind::Reply, TieKind::Tie].into_iter().collect()),
        least_interactions: Some(1.0 / 3.0),
        least_connections: Some(2),
        reach: Some(ReachRange {
            from: Some(0.1),
            to: None,
            unknown: false,
        }),
        time: Some(TimeSpan {
            from: -1,
            until: 1_772_366_400,
        }),
        words: "“hello” 🍣".to_owned(),
        languages: ["en".to_owned()].into(),
        platforms: ["Twitter".to_owned()].into(),
        across: true,
        largest_part: true,
        near: Some(Near {
            people: [keys[1].clone()].into(),
            steps: 2,
        }),
        listed: [Listed::Not, Listed::As(Status::Answered)].into(),
        dims: true,
        analysed: Analysed::Shown,
        ..Filter::default()
    }
}

/// A project of `walked` in which everything that can be kept is kept.
pub(super) fn project((results, positions): Walked) -> Project {
    let (mut campaign, mut history) = (Campaign::default(), History::default());
    let keys: Vec<String> = results
        .graph
        .people
        .iter()
        .take(4)
        .map(|p| p.key.to_string())
        .collect();
    let mut run = |edit: Edit| {
        history
            .run(&mut campaign, edit)
            .expect("an edit that can be made");
        history.close_step();
    };
    for key in &keys {
        run(Edit::add(Entry::new(
            key.as_str(),
            format!("Name of {key}"),
        )));
    }
    run(Edit::SetStatus {
        person: keys[1].clone(),
        status: Status::Answered,
    });
    run(Edit::SetNote {
        person: keys[0].clone(),
        note: "a note\nof two lines, with \"quotes\" and 🍣".to_owned(),
    });
    let full = full_filter(&keys);
    let map = isthmus::campaign::MapChoices {
        kept_filters: [("All of it".to_owned(), full.clone())].into(),
        resolution: isthmus::analysis::Resolution::Fixed(1.4),
        joined: [[keys[0].clone(), keys[1].clone()]].into(),
        looks: [(
            keys[2].clone(),
            CommunityLook {
                name: Some("Ramen people".to_owned()),
                colour: Some(7),
            },
        )]
        .into(),
        filter: isthmus::campaign::Filter {
            hidden: [keys[3].clone()].into(),
            isolated: Some(keys[2].clone()),
            small_groups: true,
            // What nobody meets has no table.
            analysed: Analysed::Whole,
            ..full
        },
        pinned: [(keys[0].clone(), [0.1, -7.25])].into(),
        layout: 2,
        ..isthmus::campaign::MapChoices::default()
    };
    run(Edit::SetMap {
        map: Box::new(map),
        words: "change the map".to_owned(),
    });
    run(Edit::Remove(vec![keys[3].clone()]));
    history.undo(&mut campaign).expect("goes back");
    let mut moved = (*positions).clone();
    moved.xy[0] = [0.1, -7.25];
    let mut elsewhere = moved.clone();
    elsewhere.xy.iter_mut().for_each(|at| at[0] += 1.0);
    Project {
        title: "posts.csv".to_owned(),
        paths: vec![PathBuf::from("/somewhere/posts.csv")],
        results: Some(results),
        layouts: BTreeMap::from([
            (0, positions),
            (1, Arc::new(moved)),
            (2, Arc::new(elsewhere)),
        ]),
        campaign,
        history,
        selections: BTreeMap::from([(1, keys[..2].to_vec()), (9, vec![keys[2].clone()])]),
        view: View {
            camera: Some(([1.5, -2.25], 0.333)),
        },
        log: vec![
            LogEntry {
                at: 1_772_366_400,
                what: "Read 5 posts of posts.csv".to_owned(),
                seconds: Some(0.1 + 0.2),
            },
            LogEntry {
                at: 1_772_366_401,
                what: "A plan for 20 people".to_owned(),
                seconds: None,
            },
        ],
        changes: Some("{\"new\":3}".to_owned()),
        delete_after: Some("2027-01-31".to_owned()),
        ..Project::default()
    }
}

/// What people edit, as text: equal texts, equal campaigns.
pub(super) fn campaign_text(campaign: &Campaign) -> String {
    let entries = campaign.outreach_list.entries();
    format!("{entries:#?} {:#?} {:#?}", campaign.plan, campaign.map)
}

/// Says where `a` and `b` are not the same, to the last bit; `None` where they are.
pub(super) fn difference(a: &Project, b: &Project) -> Option<&'static str> {
    let edited = |p: &Project| {
        let steps: Vec<_> = p.history.steps().cloned().collect();
        let counts = p.history.mark();
        format!(
            "{} {steps:?} {counts:?} {:?} {:?} {:?} {:?}",
            campaign_text(&p.campaign),
            p.selections,
            p.selection_names,
            p.view,
            p.log
        )
    };
    let about = |p: &Project| {
        let (title, changes) = (p.title.clone(), p.changes.clone());
        (
            title,
            p.paths.clone(),
            p.kept,
            changes,
            p.delete_after.clone(),
        )
    };
    if about(a) != about(b) {
        return Some("about");
    }
    if edited(a) != edited(b) {
        return Some("edited");
    }
    if bits(a) != bits(b) {
        return Some("layouts");
    }
    match (&a.results, &b.results) {
        (None, None) => None,
        (Some(a), Some(b)) => different_results(a, b),
        _ => Some("results"),
    }
}

fn bits(project: &Project) -> BTreeMap<u64, Vec<[u32; 2]>> {
    let layouts = project.layouts.iter();
    let bits = |xy: &Positions| xy.xy.iter().map(|at| at.map(f32::to_bits)).collect();
    layouts.map(|(number, xy)| (*number, bits(xy))).collect()
}

fn different_results(a: &Results, b: &Results) -> Option<&'static str> {
    let (x, y) = (&a.graph, &b.graph);
    if x.people != y.people {
        return Some("people");
    }
    if (&x.interactions, &x.ties, x.self_ties, &x.person_of_account)
        != (&y.interactions, &y.ties, y.self_ties, &y.person_of_account)
    {
        return Some("ties");
    }
    if a.analysis != b.analysis {
        return Some("analysis");
    }
    if a.sizes != b.sizes || a.settings != b.settings {
        return Some("settings");
    }
    let (c, d) = (&a.conversation, &b.conversation);
    if c.files != d.files || c.report != d.report {
        return Some("report");
    }
    let (p, q) = (&c.posts, &d.posts);
    if p.accounts != q.accounts || p.given_ties != q.given_ties || p.posts.len() != q.posts.len() {
        return Some("accounts");
    }
    let same = |(one, other): (&isthmus::people::Post, &isthmus::people::Post)| {
        one.author == other.author
            && one.time() == other.time()
            && p.text(one) == q.text(other)
            && p.addressed(one) == q.addressed(other)
    };
    if !p.posts.iter().zip(&q.posts).all(same) {
        return Some("posts");
    }
    let profiles = |r: &Results| {
        let keys = r.graph.people.iter().map(|p| &*p.key);
        keys.map(|key| r.conversation.posts.profile(key))
            .collect::<Vec<_>>()
    };
    (profiles(a) != profiles(b)).then_some("profiles")
}

/// A folder for files that are written often: in memory where the system has such a place.
pub(super) fn quick_folder() -> tempfile::TempDir {
    let memory = std::path::Path::new("/dev/shm");
    let folder = if memory.is_dir() {
        tempfile::tempdir_in(memory).or_else(|_| tempfile::tempdir())
    } else {
        tempfile::tempdir()
    };
    folder.expect("a folder")
}

/// The first person of `results`.
pub(super) fn first(results: &Results) -> &str {
    &results.graph.people[PersonId(0).index()].key
}
