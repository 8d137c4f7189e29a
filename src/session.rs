//! The whole walk, in order: files → posts → conversation graph → analysis → positions → map, shared by window and command line.

mod choices;
mod home;
mod masking;
mod past;
mod report;

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Instant;

pub use choices::{analysed_alone, dressed, places_kept, rebuilt, regrouped};
pub use home::Home;
pub use masking::{MaskedCampaign, NameMask, masked, masked_campaign};
pub use past::{Past, snapshot};
pub use report::{ReportOrder, report};

use crate::analysis::{self, Analysis, AnalysisSettings, DotSizes, SizeBy};
use crate::campaign::plan::{self, Audience, OldWay, Plan};
use crate::campaign::{
    self, Campaign, Edit, Entry, ForecastSettings, Outcome, PlanSettings, STRENGTHS, Status,
};
use crate::import::{self, ImportError, ImportReport, ImportSettings, Source};
use crate::layout::{self, LayoutRequest, Positions};
use crate::people::{self, ConversationGraph, PersonId, Posts, SameAccounts, TieSettings};
use crate::problem::Problem;
use crate::progress::{Cancelled, Progress, Stage};

/// The made-up conversation that the program brings along.
pub const SAMPLE: &[u8] = include_bytes!("../assets/sushi-sample.csv");

/// The name the sample goes by.
pub const SAMPLE_NAME: &str = "sushi-sample.csv";

/// Everything the walk depends on besides the files.
#[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct WalkSettings {
    /// Which column plays which role.
    pub import: ImportSettings,
    /// Which ties count.
    pub ties: TieSettings,
    /// Communities, runs, seed.
    pub analysis: AnalysisSettings,
    /// Accounts that are one person.
    pub same: SameAccounts,
}

/// Seconds each stage took.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Seconds {
    /// Bytes to posts.
    pub read: f64,
    /// Posts to graph.
    pub build: f64,
    /// Communities, bridges, betweenness.
    pub analysis: analysis::AnalysisSeconds,
    /// Positions.
    pub layout: f64,
}

/// What was read: ground state, never changed afterwards.
#[derive(Debug, Clone)]
pub struct Conversation {
    /// Names of the files.
    pub files: Vec<String>,
    /// The posts.
    pub posts: Posts,
    /// What became of every row.
    pub report: ImportReport,
    /// Seconds the reading took.
    pub seconds: f64,
}

/// Everything derived from a conversation and the settings: thrown away and made again, never edited.
#[derive(Debug, Clone)]
pub struct Results {
    /// What was read.
    pub conversation: Arc<Conversation>,
    /// What the rest was made with.
    pub settings: WalkSettings,
    /// Who talks with whom.
    pub graph: Arc<ConversationGraph>,
    /// Communities and bridges.
    pub analysis: Arc<Analysis>,
    /// Sizes the layout kept room for.
    pub sizes: Arc<DotSizes>,
    /// Seconds each stage took.
    pub seconds: Seconds,
}

/// What files give together, before anything is analysed.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    /// People to come.
    pub people: u64,
    /// Ties to come (pairs of people).
    pub ties: u64,
    /// What becomes of every row.
    pub report: ImportReport,
}

/// The sample as a source.
pub fn sample() -> Source {
    Source {
        name: SAMPLE_NAME.to_owned(),
        bytes: SAMPLE.to_vec(),
    }
}

/// Files → posts.
///
/// # Errors
/// A [`Problem`] when a file cannot be read as a whole, or the work was cancelled.
pub fn read(
    sources: &[Source],
    settings: &ImportSettings,
    progress: &Progress,
) -> Result<Conversation, Problem> {
    let start = Instant::now();
    let bytes = sources.iter().map(|s| s.bytes.len() as u64).sum();
    progress.begin(Stage::Read, bytes)?;
    let (posts, report) = import::read(sources, settings, progress)
        .map_err(|error| about_sources(error.into(), sources))?;
    Ok(Conversation {
        files: sources.iter().map(|s| s.name.clone()).collect(),
        posts,
        report,
        seconds: start.elapsed().as_secs_f64(),
    })
}

/// What `sources` give together: they are read and the graph is built, nothing more.
///
/// # Errors
/// As [`read`].
pub fn outlook(
    sources: &[Source],
    settings: &ImportSettings,
    progress: &Progress,
) -> Result<Outlook, Problem> {
    let conversation = read(sources, settings, progress)?;
    progress.begin(Stage::Build, 0)?;
    let graph = people::build(&conversation.posts, &TieSettings::default(), progress)?;
    Ok(Outlook {
        people: graph.n_people() as u64,
        ties: graph.ties.n_ties() as u64,
        report: conversation.report,
    })
}

/// Posts → conversation graph → analysis.
///
/// # Errors
/// [`Cancelled`] only.
pub fn analyse(
    conversation: &Arc<Conversation>,
    settings: &WalkSettings,
    progress: &Progress,
) -> Result<Results, Cancelled> {
    analyse_showing(conversation, settings, progress, |_| Ok(()))
}

/// As [`analyse`]; `first` gets what the first runs say, as [`analysis::analyse_showing`] tells it.
///
/// # Errors
/// [`Cancelled`], and what `first` returns.
pub fn analyse_showing(
    conversation: &Arc<Conversation>,
    settings: &WalkSettings,
    progress: &Progress,
    mut first: impl FnMut(Results) -> Result<(), Cancelled>,
) -> Result<Results, Cancelled> {
    let start = Instant::now();
    progress.begin(Stage::Build, 0)?;
    let (posts, same) = (&conversation.posts, &settings.same);
    let graph = people::build_joined(posts, &settings.ties, same, progress)?;
    let graph = Arc::new(graph);
    let mut seconds = Seconds {
        read: conversation.seconds,
        build: start.elapsed().as_secs_f64(),
        ..Seconds::default()
    };
    let results = |analysis: Analysis, seconds: Seconds| Results {
        conversation: conversation.clone(),
        settings: settings.clone(),
        graph: graph.clone(),
        sizes: Arc::new(analysis::dot_sizes(&graph, &analysis, SizeBy::Reach)),
        analysis: Arc::new(analysis),
        seconds,
    };
    let (analysis, analysis_seconds) =
        analysis::analyse_showing(&graph, posts, &settings.analysis, progress, |analysis| {
            first(results(analysis, seconds))
        })?;
    progress.check()?;
    seconds.analysis = analysis_seconds;
    let results = results(analysis, seconds);
    progress.check()?;
    Ok(results)
}

/// A map as it stands: what the next one begins from.
#[derive(Debug, Clone)]
pub struct Earlier {
    /// Its people.
    pub graph: Arc<ConversationGraph>,
    /// Where they stand.
    pub positions: Arc<Positions>,
    /// Those whom the person put somewhere.
    pub pinned: Vec<(PersonId, [f32; 2])>,
}

/// Where a layout begins.
#[derive(Debug, Clone, Default)]
pub struct Start {
    /// Where people stand already; `None`: nowhere.
    pub positions: Option<Arc<Positions>>,
    /// Who stays where the person put them.
    pub pinned: Vec<(PersonId, [f32; 2])>,
    /// Everybody with ties stands where they shall: nobody is moved.
    pub is_final: bool,
}

/// A map in which fewer people than this share are known from the one before is laid out from nothing.
const KNOWN: f64 = 0.6;

/// The same for a file that takes the place of another one: there the person looks for those whom they know, and newcomers stand
/// beside those they are tied to. With fewer, nothing of the map would be left but scattered dots.
const KNOWN_AFTER_UPDATE: f64 = 0.2;

impl Earlier {
    /// Where the people of `graph` stand in this map, by their keys; `None` when too few of those with ties do.
    ///
    /// # Cost
    /// O(n): both graphs have their people in the order of the keys.
    pub fn start_of(&self, graph: &ConversationGraph) -> Option<Start> {
        self.start_if(KNOWN, graph)
    }

    /// As [`Earlier::start_of`], for a file that takes the place of another one: fewer people have to be known.
    pub fn start_of_update(&self, graph: &ConversationGraph) -> Option<Start> {
        self.start_if(KNOWN_AFTER_UPDATE, graph)
    }

    fn start_if(&self, least: f64, graph: &ConversationGraph) -> Option<Start> {
        let mut xy = vec![[f32::NAN; 2]; graph.n_people()];
        let mut now_of = vec![None; self.graph.n_people()];
        let (mut tied, mut known) = (0usize, 0usize);
        let mut before = self.graph.people.iter().zip(0..).peekable();
        for (i, person) in graph.people.iter().enumerate() {
            let has_ties = !graph.ties.row(i).0.is_empty();
            tied += usize::from(has_ties);
            while before.next_if(|(b, _)| b.key < person.key).is_some() {}
            let Some((_, b)) = before.next_if(|(b, _)| b.key == person.key) else {
                continue;
            };
            now_of[b] = Some(PersonId(i as u32));
            if let Some(place) = self.positions.of(b).filter(|_| has_ties) {
                xy[i] = place;
                known += 1;
            }
        }
        let pinned = self.pinned.iter().filter_map(|&(person, place)| {
            let now = now_of.get(person.index()).copied().flatten()?;
            Some((now, place))
        });
        (known > 0 && known as f64 >= least * tied as f64).then(|| Start {
            positions: Some(Arc::new(Positions { xy })),
            pinned: pinned.collect(),
            is_final: false,
        })
    }
}

/// Where the people of `results` stand in the file, when this program wrote it: then the map is the one that was exported, and
/// no layout runs. `None` where somebody with ties has no place there, or all have the same.
///
/// # Cost
/// O(n).
pub fn start_in_file(results: &Results) -> Option<Start> {
    let graph = &results.graph;
    if !results.conversation.posts.exported_here {
        return None;
    }
    let mut xy = vec![[f32::NAN; 2]; graph.n_people()];
    for (i, person) in graph.people.iter().enumerate() {
        if graph.ties.connections(i) > 0 {
            xy[i] = person.given_place.filter(|at| layout::on_map(*at))?;
        }
    }
    let positions = Positions { xy };
    let (low, high) = positions.bounds()?;
    let spread = high[0] > low[0] || high[1] > low[1];
    spread.then(|| Start {
        positions: Some(Arc::new(positions)),
        pinned: Vec::new(),
        is_final: true,
    })
}

/// What the layout of `results` depends on. Two equal requests: the map is up to date.
pub fn layout_request(results: &Results, start: &Start) -> LayoutRequest {
    let analysis = &results.analysis;
    LayoutRequest {
        ties: results.graph.ties.clone(),
        group: Arc::new(
            analysis
                .communities
                .of
                .iter()
                .map(|c| c.map_or(u32::MAX, |c| c.0))
                .collect(),
        ),
        component: Arc::new(analysis.components.of.clone()),
        radius: Arc::new(results.sizes.radius.clone()),
        seed: results.settings.analysis.seed,
        start: start.positions.clone(),
        pinned: start.pinned.iter().map(|&(p, at)| (p.0, at)).collect(),
    }
}

/// Analysis → positions, from `start` on. `each` receives them on the way. Where `start` is final, it is taken as it is.
///
/// # Errors
/// [`Cancelled`] only.
pub fn arrange(
    results: &mut Results,
    start: &Start,
    progress: &Progress,
    each: &(dyn Fn(&Positions) + Sync),
) -> Result<Positions, Cancelled> {
    let began = Instant::now();
    progress.begin(Stage::Layout, 0)?;
    let positions = match &start.positions {
        Some(positions) if start.is_final => Positions::clone(positions),
        _ => layout::arrange(&layout_request(results, start), progress, each)?,
    };
    results.seconds.layout = began.elapsed().as_secs_f64();
    Ok(positions)
}

/// People by bridge rank, best first. O(n).
pub fn by_bridge_rank(analysis: &Analysis) -> Vec<PersonId> {
    let mut order = vec![PersonId(0); analysis.bridges.rank.len()];
    for (i, &rank) in analysis.bridges.rank.iter().enumerate() {
        order[rank as usize - 1] = PersonId(i as u32);
    }
    order
}

/// A campaign whose outreach list is the `n` best bridges; people with a score of 0 join nothing and are never on it.
pub fn top_list(graph: &ConversationGraph, analysis: &Analysis, n: usize) -> Campaign {
    let mut campaign = Campaign::default();
    let best = by_bridge_rank(analysis)
        .into_iter()
        .filter(|p| analysis.bridges.score[p.index()] > 0.0)
        .take(n);
    put_on_list(&mut campaign, graph, best);
    campaign
}

/// Puts `people` of `graph` at the end of the list, in order; none of them is on it.
fn put_on_list(
    campaign: &mut Campaign,
    graph: &ConversationGraph,
    people: impl Iterator<Item = PersonId>,
) {
    let entries = people.map(|p| {
        let person = &graph.people[p.index()];
        (usize::MAX, Entry::new(&*person.key, &*person.name))
    });
    campaign
        .apply(Edit::Insert(entries.collect()))
        .expect("people of a graph are all different");
}

/// A plan, what it was made for, and what as many people bring who are chosen in the old ways.
#[derive(Debug, Clone)]
pub struct Planned {
    /// Who may be asked and who should hear.
    pub audience: Audience,
    /// The people and what they bring.
    pub plan: Plan,
    /// Top reach, top connections, top bridge score.
    pub old_ways: Vec<(OldWay, Plan)>,
    /// Seconds it took.
    pub seconds: f64,
}

/// Analysis → plan, as `campaign` asks for it.
///
/// # Errors
/// [`Cancelled`] only.
pub fn plan(
    results: &Results,
    campaign: &Campaign,
    progress: &Progress,
) -> Result<Planned, Cancelled> {
    let start = Instant::now();
    let audience = Audience::new(&results.graph, &results.analysis, campaign);
    let plan = plan::plan(&audience, progress)?;
    let old_ways = plan::old_ways(
        &results.graph,
        &results.analysis,
        &audience,
        plan.picks.len(),
    );
    Ok(Planned {
        audience,
        plan,
        old_ways,
        seconds: start.elapsed().as_secs_f64(),
    })
}

/// What might come of each of `plans`, by strength: whoever was contacted already carries the message in all of them.
///
/// # Errors
/// [`Cancelled`] only.
pub fn scenarios(
    results: &Results,
    audience: &Audience,
    plans: &[&Plan],
    progress: &Progress,
) -> Result<Vec<Vec<Outcome>>, Cancelled> {
    let settings = ForecastSettings::new(results.settings.analysis.seed);
    let runs = u64::from(settings.runs) * STRENGTHS.len() as u64;
    progress.begin(Stage::Forecast, runs)?;
    let lit = (audience.lit.iter().zip(0..)).filter(|(lit, _)| **lit);
    let lit: Vec<PersonId> = lit.map(|(_, i)| PersonId(i)).collect();
    let sets = plans
        .iter()
        .map(|plan| [plan.people(), lit.clone()].concat());
    let sets: Vec<Vec<PersonId>> = sets.collect();
    let (ties, communities) = (&results.graph.ties, &results.analysis.communities);
    let forecast = campaign::forecast(ties, communities, &sets, settings, progress)?;
    Ok(forecast.sets)
}

/// A campaign that asks for what `settings` say, and whose outreach list is the people of `plan`, in order.
pub fn plan_list(graph: &ConversationGraph, plan: &Plan, settings: PlanSettings) -> Campaign {
    let mut campaign = Campaign {
        plan: settings,
        ..Campaign::default()
    };
    put_on_list(&mut campaign, graph, plan.people().into_iter());
    campaign
}

/// A list of people, read again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListRead {
    /// Its people in order, each once: whoever stands in it twice counts where they stand first.
    pub entries: Vec<Entry>,
    /// Rows that name nobody.
    pub without_person: u64,
}

/// Reads a list of people with status and note: one that was exported, or any table with a column of handles. A status in
/// words of its own goes into the note; whoever has no name goes by what the list calls them.
///
/// # Errors
/// A [`Problem`] when there is no such column, or the file cannot be read.
pub fn read_list(source: &Source, progress: &Progress) -> Result<ListRead, Problem> {
    let list = import::read_list(source, progress).map_err(|error| no_list(error, source))?;
    let mut read = ListRead {
        entries: Vec::new(),
        without_person: list.without_person,
    };
    let mut seen = HashSet::new();
    for row in list.rows {
        let person = campaign::key_in(&row.person);
        if person.is_empty() {
            read.without_person += 1;
            continue;
        }
        if !seen.insert(person.clone()) {
            continue;
        }
        let status = Status::from_words(&row.status);
        let own_words = if status.is_none() { &*row.status } else { "" };
        let note = [own_words, &row.note].map(str::trim);
        read.entries.push(Entry {
            name: if row.name.is_empty() {
                person.clone()
            } else {
                row.name
            },
            person,
            status: status.unwrap_or_default(),
            note: note
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join("; "),
        });
    }
    Ok(read)
}

/// What a person is told of a file that is no list: where it came from does not matter, other than with posts.
fn no_list(error: ImportError, source: &Source) -> Problem {
    let is_other = matches!(
        error,
        ImportError::Empty { .. }
            | ImportError::NoRows { .. }
            | ImportError::NotText { .. }
            | ImportError::NothingInside { .. }
    );
    let mut problem = about_sources(error.into(), std::slice::from_ref(source));
    if is_other {
        "Choose a list that was exported here, or a table with a column of handles"
            .clone_into(&mut problem.advice);
    }
    problem
}

/// `problem`, naming the file it is about where there is only one.
pub fn about_sources(problem: Problem, sources: &[Source]) -> Problem {
    match sources {
        [only] if problem.file.is_none() => problem.about(only.name.clone()),
        _ => problem,
    }
}
