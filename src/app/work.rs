//! The long jobs that commands start: each a plain function that runs in the background and brings back a [`Finished`].

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use eframe::egui;

use super::announcing::{Announcement, NewMap};
use super::changed::Changed;
use super::closer::Found;
use super::command::{PathPurpose, RankBy};
use super::filter_work::Filtered;
use super::finding;
use super::fonts::Letters;
use super::grouping::{Grouped, Regrouped};
use super::keeping::{self, LeftWork, OpenedProject, SavedAs};
use super::model::{Pasted, PendingImport};
use super::one_person::{NewPeople, Parts};
use super::plan_work::Planned;
use super::program::hiding::HiddenMap;
use super::selected::SelectedFacts;
use super::selection::Selection;
use super::tabled::NewRows;
use super::tasks::Outbox;
use crate::analysis::{self, Analysis, Betweenness, BetweennessMode, DotSizes, SizeBy};
use crate::campaign::{CommunityLook, MapChoices};
use crate::explore::{Answer, FlowMap};
use crate::files::{self, DataFolder};
use crate::import::{self, HeaderChoices, ImportSettings, Preview, Source};
use crate::layout::{self, Positions};
use crate::people::{ConversationGraph, PersonId};
use crate::problem::Problem;
use crate::progress::{Cancelled, Progress, Stage};
use crate::render::{self, MapScene, MapStyle, Pixels};
use crate::session::{self, Earlier, Home, ListRead, Outlook, Past, Results, Start, WalkSettings};
use crate::system;

/// What finished work brings back.
pub(super) enum Finished {
    /// Files were looked at.
    Looked(PendingImport),
    /// What several files give together, or why they give nothing.
    Counted(Result<Outlook, Problem>),
    /// A map is there, without positions yet.
    Analysed(Box<NewMap>),
    /// All runs are done: better facts about the people of the map that is there, and the looks of its communities after an
    /// update.
    Refined(Grouped, Option<Looks>),
    /// The same people under other names and colours, or in other communities.
    Regrouped(Box<Regrouped>),
    /// Other accounts are one person than before.
    NewPeople(Box<NewPeople>),
    /// Into which parts a community falls.
    Parts(Parts),
    /// Newer positions are in the slot.
    Moved,
    /// The layout is done; what the status line says.
    Arranged(Arc<Positions>, Option<&'static str>),
    /// The scene for a style, and the sizes its dots have.
    Scene(Arc<MapScene>, Arc<DotSizes>),
    /// The table in its order.
    Ranked(RankBy, Arc<Vec<PersonId>>),
    /// What somebody looks closer at.
    Closer(Found),
    /// Rows of the table of everybody.
    Tabled(Box<NewRows>),
    /// A selection was made.
    Selected(Selection),
    /// Something was found out about the selection.
    SelectedFacts(Box<SelectedFacts>),
    /// What somebody looks for.
    Found(finding::Found),
    /// A question was answered, or answered again since the facts have changed.
    Answered(Box<Answer>, bool),
    /// The map of communities.
    Flows(Arc<FlowMap>),
    /// What has changed since the file before.
    Changed(Box<Changed>),
    /// What a filter lets through.
    Filtered(Filtered),
    /// Betweenness was measured.
    Measured(Betweenness),
    /// The planner found something.
    Planned(Box<Planned>),
    /// A file was written; what the status line says.
    Exported(String),
    /// The open map under other names.
    Hidden(Box<HiddenMap>),
    /// A picture for the clipboard.
    Copied(Pixels),
    /// Rows for the clipboard, and what the status line says.
    CopiedTable { text: String, said: String },
    /// A list of people was read.
    ListRead(ListRead),
    /// Whom a pasted text names.
    Named(Pasted),
    /// Changes, or the preferences, are on disk.
    Kept,
    /// A project was opened.
    ProjectOpened(Box<OpenedProject>),
    /// A project was saved under a name.
    SavedAs(Box<SavedAs>),
    /// Work that was open when the program ended unexpectedly.
    Left(Vec<LeftWork>),
    /// Whether the system asks for less motion.
    Motion(bool),
    /// Fonts for what is to be written.
    Fonts(NewFonts),
    /// The person chose paths for a purpose; none when they changed their mind.
    Chosen(PathPurpose, Vec<PathBuf>),
    /// The system has no file dialog.
    NoDialog(PathPurpose),
}

/// Fonts for what is to be written.
pub(super) struct NewFonts {
    /// None when those in use do.
    pub(super) fonts: Option<egui::FontDefinitions>,
    /// What they are made for.
    pub(super) letters: Letters,
    /// Letters that nothing on this system can draw.
    pub(super) n_missing: usize,
}

impl NewFonts {
    /// Fonts for `known` and the letters of `sample`; `None` where nothing new is among those.
    fn also_for(mut known: Letters, sample: &str) -> Option<Self> {
        if !known.add(sample) {
            return None;
        }
        let (fonts, n_missing) = known.fonts();
        Some(Self {
            fonts,
            letters: known,
            n_missing,
        })
    }
}

/// The looks of communities, by a member.
pub(super) type Looks = BTreeMap<String, CommunityLook>;

/// What a map that takes the place of another one has to know of it.
pub(super) struct Update {
    /// The map.
    pub(super) past: Arc<Past>,
    /// What the person decided about it.
    pub(super) choices: MapChoices,
}

impl Update {
    pub(super) fn looks(&self, results: &Results) -> Looks {
        self.past.looks_for(results, &self.choices)
    }
}

/// What to build a map from.
pub(super) struct MapOrder {
    pub(super) sources: Arc<Vec<Source>>,
    pub(super) paths: Vec<PathBuf>,
    pub(super) title: String,
    pub(super) settings: WalkSettings,
    pub(super) data_folder: DataFolder,
    /// The map that is open when the work begins.
    pub(super) earlier: Option<Earlier>,
    /// The list that is open then, and what the person decided about its map.
    pub(super) open: Option<(PathBuf, MapChoices)>,
    /// The files take the place of those of that map.
    pub(super) update: Option<Update>,
}

/// The newest positions, for whoever looks next: the last counts, not all.
pub(super) type PositionsSlot = Arc<Mutex<Option<Arc<Positions>>>>;

/// Whether the layout shall stand still.
pub(super) type PauseSwitch = Arc<AtomicBool>;

/// Whether the window shows the newest map.
pub(super) type ShownSwitch = Arc<AtomicBool>;

/// What the work and the window tell each other while a map is laid out.
#[derive(Debug, Clone, Default)]
pub(super) struct Link {
    /// The newest positions.
    pub(super) slot: PositionsSlot,
    /// Whether the layout shall stand still.
    pub(super) pause: PauseSwitch,
    /// Whether the window shows the map.
    pub(super) shown: ShownSwitch,
}

/// For so long the other runs wait until the first picture is drawn: it needs the cores for a moment.
const FIRST_PICTURE: Duration = Duration::from_millis(400);

impl Link {
    /// Waits until the window shows the map, but not for ever.
    fn wait_for_picture(&self, progress: &Progress) {
        let end = Instant::now() + FIRST_PICTURE;
        while !self.shown.load(Ordering::Relaxed)
            && Instant::now() < end
            && !progress.is_cancelled()
        {
            std::thread::sleep(Duration::from_millis(4));
        }
    }
}

/// Reads `paths` and tells what they are. `updates`: they take the place of the open map's files; `remembered`: what the person
/// chose for columns in earlier imports; `letters`: what the window's fonts are made for.
pub(super) fn look_at_paths(
    (paths, updates): (Vec<PathBuf>, bool),
    remembered: Vec<HeaderChoices>,
    letters: Letters,
    progress: &Progress,
    outbox: &Outbox<Finished>,
) -> Result<Finished, Problem> {
    progress.begin(Stage::Read, 0)?;
    if let Some(project) = paths.iter().find(|path| keeping::is_project(path)) {
        if paths.len() > 1 {
            let what = "A project cannot be joined with other files";
            return Err(Problem::new(what, "Open it alone").about(project.display().to_string()));
        }
        return keeping::open(project, progress);
    }
    let sources = files::read_all(&paths)?;
    let pending = PendingImport {
        sources: Arc::new(sources),
        paths,
        settings: ImportSettings {
            by_header: remembered.clone(),
            ..ImportSettings::default()
        },
        previews: Arc::default(),
        together: None,
        remembered: Arc::new(remembered),
        updates,
    };
    look_at(pending, letters, progress, outbox)
}

/// Tells what the sources of `pending` are under its settings; first each alone, then what several give together.
pub(super) fn look_at(
    mut pending: PendingImport,
    letters: Letters,
    progress: &Progress,
    outbox: &Outbox<Finished>,
) -> Result<Finished, Problem> {
    let (sources, settings) = (pending.sources.clone(), pending.settings.clone());
    let bytes = sources.iter().map(|s| s.bytes.len() as u64).sum();
    progress.begin(Stage::Read, bytes)?;
    let previews = import::preview(&sources, &settings, progress)
        .map_err(|error| session::about_sources(error.into(), &sources))?;
    if let Some(fonts) = NewFonts::also_for(letters, &written(&previews)) {
        outbox.send(Finished::Fonts(fonts));
    }
    let several = previews.len() > 1;
    pending.previews = Arc::new(previews);
    pending.together = None;
    if !several {
        return Ok(Finished::Looked(pending));
    }
    outbox.send(Finished::Looked(pending));
    let outlook = session::outlook(&sources, &settings, progress);
    progress.check()?;
    Ok(Finished::Counted(outlook))
}

/// Everything of `previews` that the import window writes and that may need fonts of its own.
fn written(previews: &[Preview]) -> String {
    let mut text = String::new();
    for preview in previews {
        let columns = preview.columns.iter();
        let cells = columns.flat_map(|c| std::iter::once(&c.name).chain(&c.samples));
        let rows = preview.first_rows.iter().flatten();
        let words = [&preview.file, &preview.why].into_iter();
        for part in words.chain(cells).chain(rows).filter(|p| !p.is_ascii()) {
            text.push_str(part);
        }
    }
    text
}

/// From so many people on, a map is shown after the first runs, while the others go on.
const SKETCHED: usize = 20_000;

/// The walk from sources to positions; tells of the map as soon as something is known, and of positions as they come.
pub(super) fn build_map(
    order: MapOrder,
    link: &Link,
    progress: &Progress,
    outbox: &Outbox<Finished>,
) -> Result<Finished, Problem> {
    let conversation = session::read(&order.sources, &order.settings.import, progress)?;
    let mut settings = order.settings.clone();
    let mut announcement = Announcement::new(order);
    announcement.choices.put_into(&mut settings.analysis);
    settings.same.clone_from(&announcement.choices.same);
    let first = |results: Results| {
        if results.graph.n_people() < SKETCHED {
            return Ok(());
        }
        announcement.make(&Arc::new(results.clone()), outbox);
        if let Some(places) = &announcement.start.positions {
            put(&link.slot, places);
        } else {
            let request = session::layout_request(&results, &Start::default());
            put(&link.slot, &layout::sketch(&request, &progress.aside())?);
        }
        outbox.send(Finished::Moved);
        link.wait_for_picture(progress);
        Ok(())
    };
    let conversation = Arc::new(conversation);
    let mut results = session::analyse_showing(&conversation, &settings, progress, first)?;
    if !Home::is_first(&results.settings.analysis) {
        Home::of(&results, progress)?.colour(&mut results);
    }
    let found = Arc::new(results.clone());
    if announcement.order.is_none() {
        let looks = (announcement.update.as_ref()).map(|update| update.looks(&found));
        if let Some(looks) = &looks {
            announcement.choices.looks.clone_from(looks);
        }
        let facts = Grouped::of(found, &announcement.choices);
        outbox.send(Finished::Refined(facts, looks));
    } else {
        announcement.make(&found, outbox);
    }
    let said = Some("Map ready");
    let start = &announcement.start;
    lay_out(&mut results, start, link, (progress, outbox), said)
}

/// Lays `results` out from `start` on, tells of positions as they come, and at the end what the status line shall say.
pub(super) fn lay_out(
    results: &mut Results,
    start: &Start,
    link: &Link,
    (progress, outbox): (&Progress, &Outbox<Finished>),
    said: Option<&'static str>,
) -> Result<Finished, Problem> {
    link.shown.store(true, Ordering::Relaxed); // the first one is sent
    let show = |positions: &Positions| {
        // As many pictures as the window gets drawn: others would only take time.
        if link.shown.swap(false, Ordering::Relaxed) {
            put(&link.slot, positions);
            outbox.send(Finished::Moved);
        }
        while link.pause.load(Ordering::Relaxed) && !progress.is_cancelled() {
            std::thread::sleep(Duration::from_millis(20));
        }
    };
    if let Some(positions) = &start.positions {
        show(positions);
    }
    let positions = session::arrange(results, start, progress, &show)?;
    system::give_memory_back();
    Ok(Finished::Arranged(Arc::new(positions), said))
}

fn put(slot: &PositionsSlot, positions: &Positions) {
    // A poisoned lock means that another reader panicked between two plain moves: the value is whole all the same.
    *slot
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner) = Some(Arc::new(positions.clone()));
}

/// Takes the newest positions out of the slot.
pub(super) fn take(slot: &PositionsSlot) -> Option<Arc<Positions>> {
    slot.lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
        .take()
}

/// Fonts of this system for the names of people and communities, where those in use cannot write them. `letters`: what those
/// were made for.
pub(super) fn find_fonts(results: &Results, letters: Letters) -> Finished {
    let mut sample = String::new();
    for community in &results.analysis.communities.list {
        sample.push_str(&community.name);
    }
    for person in &results.graph.people {
        if !person.name.is_ascii() {
            sample.push_str(&person.name);
        }
    }
    NewFonts::also_for(letters, &sample).map_or(Finished::Kept, Finished::Fonts)
}

/// What a scene is made from: two equal orders give the same scene.
#[derive(Clone)]
pub(super) struct SceneOrder {
    pub(super) results: Arc<Results>,
    pub(super) positions: Arc<Positions>,
    pub(super) size_by: SizeBy,
    pub(super) style: MapStyle,
}

impl PartialEq for SceneOrder {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.positions, &other.positions) && self.same_but_for_positions(other)
    }
}

impl SceneOrder {
    /// Whether only the positions differ.
    pub(super) fn same_but_for_positions(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.results, &other.results)
            && self.size_by == other.size_by
            && self.style == other.style
    }
}

/// Puts the scene together.
pub(super) fn make_scene(order: &SceneOrder, progress: &Progress) -> Result<Finished, Problem> {
    let (scene, sizes) = scene_of(order, progress)?;
    Ok(Finished::Scene(Arc::new(scene), sizes))
}

/// The scene as ordered, and the sizes its dots have.
pub(super) fn scene_of(
    order: &SceneOrder,
    progress: &Progress,
) -> Result<(MapScene, Arc<DotSizes>), Cancelled> {
    progress.begin(Stage::Render, 0)?;
    let (graph, analysis) = (&order.results.graph, &order.results.analysis);
    let sizes = if order.size_by == SizeBy::Reach {
        order.results.sizes.clone() // the layout kept room for these
    } else {
        Arc::new(analysis::dot_sizes(graph, analysis, order.size_by))
    };
    let scene = render::scene(graph, analysis, &order.positions, &sizes, &order.style);
    progress.check()?;
    Ok((scene, sizes))
}

/// Puts the people in the table's order, best first; unknown reach last; the bridge rank decides between equals.
pub(super) fn rank(graph: &ConversationGraph, analysis: &Analysis, by: RankBy) -> Vec<PersonId> {
    let mut order = session::by_bridge_rank(analysis);
    let bridges = &analysis.bridges;
    let counts = |values: &[u32], order: &mut Vec<PersonId>| {
        order.sort_by_key(|p| std::cmp::Reverse(values[p.index()]));
    };
    // Stable sorts: people with equal figures stay in bridge order.
    match by {
        RankBy::BridgeScore => {}
        RankBy::ConnectionsAcross => counts(&bridges.connections_across, &mut order),
        RankBy::CommunitiesReached => counts(&bridges.communities_reached, &mut order),
        RankBy::Connections => counts(&bridges.connections, &mut order),
        RankBy::Betweenness => {
            if let Some(betweenness) = &analysis.betweenness {
                order.sort_by(|a, b| {
                    betweenness.value[b.index()].total_cmp(&betweenness.value[a.index()])
                });
            }
        }
        RankBy::Reach => {
            let reach = |p: &PersonId| graph.people[p.index()].reach.unwrap_or(-1.0);
            order.sort_by(|a, b| reach(b).total_cmp(&reach(a)));
        }
    }
    order
}

/// Measures betweenness for the open map: exactly where that takes seconds at most, from a sample otherwise.
pub(super) fn measure_betweenness(
    results: &Results,
    progress: &Progress,
) -> Result<Finished, Problem> {
    let (n, m) = (
        results.graph.n_people() as u64,
        results.graph.ties.n_ties() as u64,
    );
    let mode = if n.saturating_mul(m) < 20_000_000 {
        BetweennessMode::Exact
    } else {
        BetweennessMode::Sampled
    };
    let measured = analysis::betweenness(
        &results.graph.ties,
        mode,
        results.settings.analysis.seed,
        progress,
    )?;
    measured.map(Finished::Measured).ok_or_else(|| {
        Problem::new(
            "Betweenness could not be measured",
            "Open a file with people who are tied to each other",
        )
    })
}
