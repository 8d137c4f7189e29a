//! A small made-up conversation as an open map, and a window that does what the panels ask for.

use std::path::PathBuf;
use std::sync::Arc;

use eframe::egui;
use egui_kittest::{Harness, HarnessBuilder};
use isthmus::analysis::{
    Analysis, Bridges, Communities, Community, CommunityId, Components, DotSizes,
};
use isthmus::app::{
    Command, Model, OpenMap, PanelState, PendingImport, PostsRead, PostsWanted, ReadCommand, Sheet,
    TimeCommand, TimeRead, TimeWanted, window_ui,
};
use isthmus::campaign::{Edit, Entry};
use isthmus::import::{ImportReport, ImportSettings, LeftOut, Place, Preview, PreviewColumn, Role};
use isthmus::people::{Addressed, PersonId, Posts, TieKind, TieSettings, build};
use isthmus::progress::Progress;
use isthmus::render::{Legend, LegendCommunity, MapScene, Rgb, Theme};
use isthmus::session::{Conversation, Results, WalkSettings, by_bridge_rank};

/// Who talks: handle, name, community, followers (0: unknown).
const PEOPLE: [(&str, &str, u32, f64); 9] = [
    ("ana_sushi", "Ana Sushi", 0, 12_400.0),
    ("ben", "Ben", 0, 800.0),
    ("cleo", "Cleo", 0, 0.0),
    (
        "dora",
        "Dora the long-named gardener of Lisbon",
        1,
        2_300_000.0,
    ),
    ("emil", "Emil", 1, 90.0),
    ("fay", "Fay", 1, 410.0),
    ("寿司太郎", "寿司太郎", 2, 5_100.0),
    ("gus", "Gus", 2, 77.0),
    ("lone", "Lone", 9, 12.0),
];

/// Who addresses whom.
const TIES: [(usize, usize); 10] = [
    (0, 1),
    (1, 2),
    (2, 0),
    (3, 4),
    (4, 5),
    (5, 3),
    (0, 3),
    (0, 6),
    (6, 7),
    (4, 6),
];

fn posts() -> Posts {
    let mut posts = Posts::default();
    let mut accounts = Vec::new();
    for (handle, name, _, reach) in PEOPLE {
        let account = posts.account(handle).expect("a handle");
        let entry = &mut posts.accounts[account as usize];
        entry.name = Some(name.into());
        entry.reach = (reach > 0.0).then_some(reach);
        accounts.push(account);
    }
    for (at, (from, to)) in TIES.into_iter().enumerate() {
        let to = Addressed {
            account: accounts[to],
            kind: TieKind::Reply,
        };
        let time = 1_780_000_000 + 3600 * at as i64;
        let text = format!("post {at} about sushi");
        posts.push(accounts[from], Some(time), &text, &[to]);
    }
    posts
}

fn community(name: &str, people: u32, reach: f64, member: PersonId) -> Community {
    Community {
        name: name.into(),
        words: vec!["sushi".into(), "rice".into()],
        alternatives: Vec::new(),
        evidence: Vec::new(),
        people,
        reach,
        ties_inside: 3,
        ties_outside: 2,
        small: false,
        member,
        colour: None,
    }
}

/// The map of the made-up conversation; facts are given, not measured.
pub(super) fn open_map() -> OpenMap {
    let posts = posts();
    let graph = build(&posts, &TieSettings::default(), &Progress::new()).expect("nobody cancels");
    let n = graph.n_people();
    let id = |handle: &str| graph.find(handle).expect("in the file").index();
    let mut of = vec![None; n];
    let mut rank: Vec<u32> = vec![0; n];
    for (at, (handle, _, community, _)) in PEOPLE.into_iter().enumerate() {
        of[id(handle)] = (community < 9).then_some(CommunityId(community));
        rank[id(handle)] = at as u32 + 1; // Ana is the best bridge, Lone the last
    }
    let connections: Vec<u32> = (0..n).map(|i| graph.ties.connections(i) as u32).collect();
    let score = rank.iter().map(|rank| 4.0 / f64::from(*rank)).collect();
    let bridges = Bridges {
        score,
        rank,
        stability: vec![0.8; n],
        runs: 5,
        connections_across: connections.iter().map(|c| c / 2).collect(),
        communities_reached: vec![1; n],
        strength: vec![2.0; n],
        strength_outside: vec![1.0; n],
        connections,
    };
    let first = |community: u32| {
        let at = of.iter().position(|c| *c == Some(CommunityId(community)));
        PersonId(at.expect("somebody is in it") as u32)
    };
    let list = vec![
        community("Foodies", 3, 13_200.0, first(0)),
        community("Gardeners", 3, 2_300_500.0, first(1)),
        community("東京", 2, 5_177.0, first(2)),
    ];
    let analysis = Analysis {
        communities: Communities {
            sure: (0..of.len())
                .map(|i| if i == 0 { 0.8 } else { 1.0 })
                .collect(),
            of,
            list,
            modularity: 0.4,
            resolution: 1.0,
        },
        bridges,
        components: Components::default(),
        flows: isthmus::analysis::Flows::default(),
        betweenness: None,
        thin_data: true,
    };
    as_open_map(posts, graph, analysis)
}

/// Puts the pieces together, with a scene that only knows the colours.
pub(super) fn as_open_map(
    posts: Posts,
    graph: isthmus::people::ConversationGraph,
    analysis: Analysis,
) -> OpenMap {
    let sizes = Arc::new(DotSizes {
        radius: vec![3.0; graph.n_people()],
        ..DotSizes::default()
    });
    let palette = [
        Rgb(92, 156, 245),
        Rgb(240, 154, 76),
        Rgb(110, 200, 120),
        Rgb(226, 112, 160),
        Rgb(170, 140, 236),
        Rgb(220, 200, 90),
    ];
    let list = analysis.communities.list.iter().zip(palette).enumerate();
    let communities = list.map(|(at, (community, colour))| LegendCommunity {
        community: Some(CommunityId(at as u32)),
        colour,
        name: community.name.clone(),
        people: community.people,
    });
    let scene = MapScene {
        legend: Legend {
            communities: communities.collect(),
            ..Legend::default()
        },
        ..MapScene::default()
    };
    let ranking = Arc::new(by_bridge_rank(&analysis));
    let report = ImportReport {
        rows_read: 12,
        posts: 10,
        left_out: vec![left_out()],
        ..ImportReport::default()
    };
    let results = Arc::new(Results {
        conversation: Arc::new(Conversation {
            files: vec!["posts.csv".to_owned()],
            posts,
            report,
            seconds: 0.1,
        }),
        settings: WalkSettings::default(),
        graph: Arc::new(graph),
        analysis: Arc::new(analysis),
        sizes: Arc::clone(&sizes),
        seconds: isthmus::session::Seconds::default(),
    });
    OpenMap {
        found: Arc::clone(&results),
        looks: std::collections::BTreeMap::default(),
        results,
        positions: None,
        positions_version: 0,
        sizes,
        scene: Some(Arc::new(scene)),
        scene_version: 1,
        title: "sushi-sample.csv".into(),
        ranking,
        closer: isthmus::app::Closer::default(),
    }
}

fn left_out() -> LeftOut {
    LeftOut {
        reason: "no author".into(),
        count: 2,
        first: Place {
            file: "sushi-sample.csv".into(),
            line: 7,
        },
    }
}

/// A file that was looked at and waits for *Build the map*.
pub(super) fn pending_import() -> PendingImport {
    let column = |name: &str, role, samples: &[&str]| PreviewColumn {
        name: name.into(),
        role,
        why: "its header says so".into(),
        samples: samples.iter().map(|s| (*s).to_owned()).collect(),
    };
    let preview = Preview {
        file: "posts of march.csv".into(),
        format: "Posts table".into(),
        why: "Each row has an author and a text".into(),
        encoding: "UTF-8".into(),
        separator: "semicolon".into(),
        rows_above_header: 2,
        has_header: true,
        roles_open: true,
        columns: vec![
            column(
                "Author Handle",
                Some(Role::Author),
                &["@ana", "@ben", "@cleo"],
            ),
            column(
                "Full Text",
                Some(Role::Text),
                &["@ben the rice was superb", "no"],
            ),
            column("Impressions", None, &["120", "33,000"]),
        ],
        first_rows: vec![
            vec![
                "@ana".into(),
                "@ben the rice was superb".into(),
                "120".into(),
            ],
            vec!["@ben".into(), "no".into(), "33,000".into()],
        ],
        report: ImportReport {
            rows_read: 12,
            posts: 10,
            left_out: vec![left_out()],
            time_range: Some((1_772_366_400, 1_774_699_200)),
            tie_kinds: vec![(TieKind::Reply, 1), (TieKind::Mention, 1200)],
            handles_merged: 3,
            duplicates_removed: 1,
            warnings: vec!["63 % of people have no known reach".into()],
            ..ImportReport::default()
        },
        people: 31,
        ties: 48,
        warnings: vec!["63 % of people have no known reach".into()],
    };
    PendingImport {
        sources: Arc::new(Vec::new()),
        paths: vec![PathBuf::from("posts of march.csv")],
        settings: ImportSettings::default(),
        previews: Arc::new(vec![preview]),
        together: None,
        remembered: Arc::default(),
        updates: false,
    }
}

/// A window without a screen.
#[derive(Default)]
pub(super) struct Window {
    pub(super) model: Model,
    state: PanelState,
    /// Everything that was asked for since the start.
    pub(super) asked: Vec<Command>,
}

impl Window {
    /// An open map, dark.
    pub(super) fn with_map() -> Self {
        let mut window = Self::default();
        window.model.map = Some(open_map());
        window.model.theme = Theme::Dark;
        window
    }

    /// Puts a person on the list, so that it can be undone.
    pub(super) fn list(&mut self, key: &str, name: &str) {
        self.run(&Command::Edit(Edit::add(Entry::new(key, name))));
    }

    pub(super) fn id(&self, key: &str) -> PersonId {
        let map = self.model.map.as_ref().expect("a map is open");
        map.results.graph.find(key).expect("in the file")
    }

    /// What the program would do, as far as panels notice.
    fn run(&mut self, command: &Command) {
        let model = &mut self.model;
        match command {
            Command::Edit(edit) => {
                let done = model.history.run(&mut model.campaign, edit.clone());
                done.expect("an edit of what is shown");
            }
            Command::CloseStep => model.history.close_step(),
            Command::Undo => drop(model.history.undo(&mut model.campaign)),
            Command::ShowTab(tab) => model.tab = *tab,
            Command::Select(people) => model.selected = people.clone().into(),
            Command::ShowReport(shown) => model.sheet = shown.then_some(Sheet::Report),
            Command::ShowPalette(shown) => model.sheet = shown.then_some(Sheet::Palette),
            Command::ShowKeys(shown) => model.sheet = shown.then_some(Sheet::Keys),
            Command::Isolate(community) => model.isolated = *community,
            Command::ShowDrawer(drawer) => model.drawer = *drawer,
            Command::ShowPairs(shown) => model.pairs_shown = *shown,
            Command::Find => model.find_requests += 1,
            Command::Read(asked) => self.read(asked),
            Command::Time(TimeCommand::Show(span)) => model.campaign.map.filter.time = *span,
            _ => {}
        }
    }

    /// Lists posts and makes the time line, as the worker would.
    pub(super) fn look_closer(&mut self) {
        let progress = Progress::new();
        let (posts, time) = (PostsWanted::by(&self.model), TimeWanted::by(&self.model));
        let map = self.model.map.as_mut().expect("a map is open");
        let read = PostsRead::of(&map.results, posts, None, &progress).expect("nobody cancels");
        let time = TimeRead::of(&map.results, time, &progress).expect("nobody cancels");
        map.closer.read = Some(Arc::new(read));
        map.closer.time = Some(Arc::new(time));
    }

    fn read(&mut self, asked: &ReadCommand) {
        let reading = &mut self.model.reading;
        match asked {
            ReadCommand::SetScope(scope) => reading.scope = *scope,
            ReadCommand::Search(words) => reading.words.clone_from(words),
            ReadCommand::SetOrder(order) => reading.order = *order,
            ReadCommand::CopyText(_) | ReadCommand::CopyProfile(_) => return,
        }
        self.look_closer();
    }

    /// One picture, and then what was asked for.
    pub(super) fn frame(&mut self, ui: &mut egui::Ui) {
        let mut inbox = Vec::new();
        window_ui(
            ui,
            &self.model,
            &mut self.state,
            &mut inbox,
            &mut |ui, _| {
                let (rect, _) = ui.allocate_exact_size(ui.available_size(), egui::Sense::hover());
                let ground = ui.visuals().extreme_bg_color;
                ui.painter().rect_filled(rect, 0.0, ground);
            },
        );
        for command in inbox {
            self.run(&command);
            self.asked.push(command);
        }
    }
}

/// `window`, ready to be clicked.
pub(super) fn harness(window: Window, size: [f32; 2]) -> Harness<'static, Window> {
    build_harness(Harness::builder().with_size(size), window)
}

pub(super) fn build_harness(
    builder: HarnessBuilder<Window>,
    window: Window,
) -> Harness<'static, Window> {
    builder.build_ui_state(|ui, window: &mut Window| window.frame(ui), window)
}
