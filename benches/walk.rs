//! How long each part of the walk takes, for 1,000, 10,000 and 100,000 people.
//!
//! ```text
//! cargo bench --bench walk                 everything
//! cargo bench --bench walk -- layout       one part
//! ```

use divan::Bencher;
use isthmus::analysis::{self, Analysis, AnalysisSettings, DotSizes, SizeBy};
use isthmus::import::{ImportSettings, Source};
use isthmus::layout::{self, LayoutRequest, Positions};
use isthmus::people::{self, Addressed, ConversationGraph, Posts, TieSettings};
use isthmus::progress::Progress;
use isthmus::render::{self, Camera, MapStyle};
use isthmus::{import, session};
use std::sync::Arc;

mod conversation;

const PEOPLE: [usize; 3] = [1_000, 10_000, 100_000];
const SEED: u64 = 7;
/// Seconds for one part and size; at least one run is always made.
const MAX_TIME: u64 = 20;

fn main() {
    divan::main();
}

/// Bytes of a monitoring export → posts.
#[divan::bench(args = PEOPLE, max_time = MAX_TIME, sample_size = 1)]
fn read(bencher: Bencher<'_, '_>, n: usize) {
    let bytes = conversation::table(n, SEED);
    let size = divan::counter::BytesCount::new(bytes.len());
    let source = Source {
        name: "posts.csv".to_owned(),
        bytes,
    };
    let sources = [source];
    bencher.counter(size).bench_local(|| {
        import::read(&sources, &ImportSettings::default(), &Progress::new())
            .expect("the bench's own table can be read")
    });
}

/// Posts → conversation graph.
#[divan::bench(args = PEOPLE, max_time = MAX_TIME, sample_size = 1)]
fn build(bencher: Bencher<'_, '_>, n: usize) {
    let posts = posts(n, SEED);
    bencher.bench_local(|| {
        people::build(&posts, &TieSettings::default(), &Progress::new()).expect("nobody cancels")
    });
}

/// Graph → communities with their names, and bridges, from one Leiden run.
#[divan::bench(args = PEOPLE, max_time = MAX_TIME, sample_size = 1)]
fn analysis_one_run(bencher: Bencher<'_, '_>, n: usize) {
    let posts = posts(n, SEED);
    let graph =
        people::build(&posts, &TieSettings::default(), &Progress::new()).expect("nobody cancels");
    bencher.bench_local(|| analysed(&graph, &posts, 1));
}

/// The same as the program does it: five runs, so that scores are steady.
#[divan::bench(args = PEOPLE, max_time = MAX_TIME, sample_size = 1)]
fn analysis_five_runs(bencher: Bencher<'_, '_>, n: usize) {
    let posts = posts(n, SEED);
    let graph =
        people::build(&posts, &TieSettings::default(), &Progress::new()).expect("nobody cancels");
    bencher.bench_local(|| analysed(&graph, &posts, 5));
}

/// The parts of the bridge score and the reason, for the 25 best: what the ranking shows when one clicks through it.
#[divan::bench(args = PEOPLE, max_time = MAX_TIME, sample_size = 1)]
fn bridges_explained(bencher: Bencher<'_, '_>, n: usize) {
    let walk = Walk::to_analysis(n);
    let best = session::by_bridge_rank(&walk.analysis);
    bencher.bench_local(|| {
        for &person in best.iter().take(25) {
            divan::black_box(analysis::bridge_parts(&walk.graph, &walk.analysis, person));
            divan::black_box(analysis::why(&walk.graph, &walk.analysis, person));
        }
    });
}

/// What lies between each two of the largest communities: what the window makes when pairs are first looked at.
#[divan::bench(args = PEOPLE, max_time = MAX_TIME, sample_size = 1)]
fn pairs(bencher: Bencher<'_, '_>, n: usize) {
    let walk = Walk::to_analysis(n);
    bencher.bench_local(|| {
        analysis::pairs(&walk.graph.ties, &walk.analysis, &Progress::new()).expect("nobody cancels")
    });
}

/// The posts of the best bridge and those behind their ties: what the card of a person asks for.
#[divan::bench(args = PEOPLE, max_time = MAX_TIME, sample_size = 1)]
fn person_posts(bencher: Bencher<'_, '_>, n: usize) {
    let posts = posts(n, SEED);
    let walk = Walk::to_analysis(n);
    let best = session::by_bridge_rank(&walk.analysis)[0];
    let (kinds, progress) = (TieSettings::default().kinds, Progress::new());
    bencher.bench_local(|| {
        let communities = &walk.analysis.communities;
        analysis::person_posts((&posts, &walk.graph), communities, kinds, best, &progress)
            .expect("nobody cancels")
    });
}

/// Analysis → positions.
#[divan::bench(args = PEOPLE, max_time = MAX_TIME, sample_size = 1)]
fn layout(bencher: Bencher<'_, '_>, n: usize) {
    let request = Walk::to_analysis(n).layout_request();
    bencher.bench_local(|| arranged(&request));
}

/// Everything → the map as one value.
#[divan::bench(args = PEOPLE, max_time = MAX_TIME, sample_size = 1)]
fn scene(bencher: Bencher<'_, '_>, n: usize) {
    let walk = Walk::to_analysis(n);
    let positions = arranged(&walk.layout_request());
    let style = MapStyle::default();
    bencher.bench_local(|| {
        render::scene(&walk.graph, &walk.analysis, &positions, &walk.sizes, &style)
    });
}

/// The map → 1920 × 1200 pixels, on the CPU.
#[divan::bench(args = PEOPLE, max_time = MAX_TIME, sample_size = 1)]
fn raster(bencher: Bencher<'_, '_>, n: usize) {
    let walk = Walk::to_analysis(n);
    let positions = arranged(&walk.layout_request());
    let style = MapStyle::default();
    let scene = render::scene(&walk.graph, &walk.analysis, &positions, &walk.sizes, &style);
    let camera = Camera::fit(scene.bounds, [1920.0, 1200.0], 40.0);
    bencher.bench_local(|| {
        render::raster(&scene, camera, style.theme, [1920, 1200], &Progress::new())
    });
}

/// Everything before the layout.
struct Walk {
    graph: ConversationGraph,
    analysis: Analysis,
    sizes: DotSizes,
}

impl Walk {
    fn to_analysis(n: usize) -> Self {
        let posts = posts(n, SEED);
        let graph = people::build(&posts, &TieSettings::default(), &Progress::new())
            .expect("nobody cancels");
        let analysis = analysed(&graph, &posts, 1);
        let sizes = analysis::dot_sizes(&graph, &analysis, SizeBy::Reach);
        Self {
            graph,
            analysis,
            sizes,
        }
    }

    fn layout_request(&self) -> LayoutRequest {
        let communities = self.analysis.communities.of.iter();
        LayoutRequest {
            ties: self.graph.ties.clone(),
            group: Arc::new(communities.map(|c| c.map_or(u32::MAX, |c| c.0)).collect()),
            component: Arc::new(self.analysis.components.of.clone()),
            radius: Arc::new(self.sizes.radius.clone()),
            seed: SEED,
            start: None,
            pinned: Vec::new(),
        }
    }
}

fn analysed(graph: &ConversationGraph, posts: &Posts, runs: u32) -> Analysis {
    let settings = AnalysisSettings {
        seed: SEED,
        runs,
        ..AnalysisSettings::default()
    };
    analysis::analyse(graph, posts, &settings, &Progress::new())
        .expect("nobody cancels a bench")
        .0
}

fn arranged(request: &LayoutRequest) -> Positions {
    layout::arrange(request, &Progress::new(), &|_| {}).expect("nobody cancels a bench")
}

/// The conversation as [`Posts`], as the importer would make them.
fn posts(n: usize, seed: u64) -> Posts {
    let mut posts = Posts::default();
    for (time, post) in conversation::conversation(n, seed).into_iter().enumerate() {
        let mut account = |number: usize| {
            let id = posts
                .account(&conversation::handle(number))
                .expect("handles are never empty");
            posts.accounts[id as usize].reach = Some(conversation::reach(number));
            id
        };
        let (author, target) = (account(post.author), account(post.target));
        let addressed = [Addressed {
            account: target,
            kind: post.kind,
        }];
        posts.push(
            author,
            Some(1_772_409_600 + time as i64),
            &post.text,
            &addressed,
        );
    }
    posts
}
