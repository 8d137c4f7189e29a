//! What the panels may read. Only `App` changes it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::changed::Changed;
use super::closer::Closer;
use super::command::{
    Corner, Drawer, FlowView, MotionChoice, PathPurpose, RankBy, Tab, ThemeChoice,
};
use super::comparing::Compared;
use super::exports::MapExport;
use super::finding::Findings;
use super::guide::Tour;
use super::keeping::LeftWork;
use super::planning::{Advice, Basis, ListMeter, ShownPlan};
use super::reading::Reading;
use super::selected::SelectedFacts;
use super::selection::Selection;
use super::tabled::Tabled;
use super::timing::Timing;
use crate::analysis::{CommunityId, DotSizes, RESOLUTIONS, Resolution, SizeBy};
use crate::campaign::{
    Campaign, CommunityLook, Condition, History, Named, Status, Wave, community_of,
};
use crate::explore::{Answer, FilterChoices, FlowMap, ShownPart};
use crate::import::{HeaderChoices, ImportSettings, Preview, Source};
use crate::layout::Positions;
use crate::people::PersonId;
use crate::problem::Problem;
use crate::progress::Standing;
use crate::project::{Kept, LogEntry, ReadOnly};
use crate::render::{MapScene, Picture, Theme, TouchedPeople};
use crate::session::{NameMask, Outlook, Results};

/// A file that was looked at but not built yet: what the import window shows.
#[derive(Debug, Clone)]
pub struct PendingImport {
    /// The files.
    pub sources: Arc<Vec<Source>>,
    /// Where they came from, for the list of recent files.
    pub paths: Vec<PathBuf>,
    /// What the person chose so far.
    pub settings: ImportSettings,
    /// What each file is, under these settings.
    pub previews: Arc<Vec<Preview>>,
    /// What several files give together, or why they give nothing; `None` until that is counted, and for a file alone.
    pub together: Option<Result<Outlook, Problem>>,
    /// The choices kept from earlier imports, as they were when the files were opened.
    pub remembered: Arc<Vec<HeaderChoices>>,
    /// They take the place of the files of the open map.
    pub updates: bool,
}

/// The map that is open: derived, replaced as a whole.
#[derive(Debug, Clone)]
pub struct OpenMap {
    /// Graph and facts, with the names and colours that the person gave.
    pub results: Arc<Results>,
    /// The same as the analysis has it.
    pub found: Arc<Results>,
    /// The looks of communities that were put on.
    pub looks: BTreeMap<String, CommunityLook>,
    /// Where everybody stands now; `None` until the layout sends the first picture.
    pub positions: Option<Arc<Positions>>,
    /// Counts up with every change of `positions`.
    pub positions_version: u64,
    /// How large the dots are drawn.
    pub sizes: Arc<DotSizes>,
    /// The scene for the current style; `None` until it is made.
    pub scene: Option<Arc<MapScene>>,
    /// Counts up with every change of `scene`.
    pub scene_version: u64,
    /// The title: the file's name, or "sushi sample".
    pub title: String,
    /// People in the order of the bridges table, best first, by [`Model::rank_by`].
    pub ranking: Arc<Vec<PersonId>>,
    /// What was made for somebody who looked closer.
    pub closer: Closer,
}

/// A field to type a path into: shown where the system has no file dialog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathPrompt {
    /// What the path is for.
    pub purpose: PathPurpose,
    /// What stands in the field at first.
    pub suggested: PathBuf,
}

/// Work that runs in the background, for the status line. *Cancel* stops it, whatever it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Working {
    /// Where it stands.
    pub standing: Standing,
}

/// What is shown over the window until it is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// What became of every row of the files.
    Report,
    /// The field that takes commands, people and questions.
    Palette,
    /// Every key and gesture.
    Keys,
    /// The method in plain words.
    Help,
    /// How the picture of the map shall look.
    MapExport,
    /// The field that handles are pasted into.
    Paste,
    /// What goes into a project file.
    SaveAs,
    /// What was done, where it is kept, and for how long.
    Project,
    /// Whether somebody shall be forgotten.
    Forget,
}

/// Whom a pasted text names on the open map.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pasted {
    /// The text.
    pub text: String,
    /// The people of the map in it, and how many names are nobody's.
    pub named: Named,
    /// People in it who are on the outreach list already.
    pub n_listed: usize,
}

/// What the layout of the open map does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LayoutNow {
    /// Everybody has a place.
    #[default]
    Rests,
    /// People are being moved.
    Runs,
    /// It would run, but the person paused it.
    Paused,
}

/// What lies on the map, and where: kept from one start to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct MapCards {
    /// Where the legend lies.
    pub legend: Corner,
    /// The overview was closed by hand.
    pub overview_closed: bool,
}

/// How wide the person made the panels at the sides, in points; 0: as wide as they are at first. Kept from one start to the
/// next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PanelWidths {
    /// The communities.
    pub left: u16,
    /// The tabs.
    pub right: u16,
}

/// The file of the open work.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProjectState {
    /// Its name; `None` while the person gave it none.
    pub name: Option<String>,
    /// Why nothing may be changed.
    pub read_only: Option<ReadOnly>,
    /// There is a file.
    pub begun: bool,
    /// What of the posts is in it.
    pub kept: Kept,
}

/// Everything on the screen comes from here.
#[derive(Debug, Default)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each says of one thing whether it is so"
)]
pub struct Model {
    // ground
    /// What the person decides.
    pub campaign: Campaign,
    /// What was done, to be taken back.
    pub history: History,
    /// Selections to come back to, by number; people by key.
    pub selections: BTreeMap<u8, Vec<String>>,
    /// What the person calls those that have a name.
    pub selection_names: BTreeMap<u8, String>,

    /// What was done, oldest first.
    pub log: Vec<LogEntry>,
    /// The day after which the project should be deleted, as `2026-12-31`.
    pub delete_after: Option<String>,

    // derived
    /// The file of the open work.
    pub project: ProjectState,
    /// Work that was open when the program ended unexpectedly.
    pub left: Vec<LeftWork>,
    /// People whom the person put somewhere, with their places; from the campaign.
    pub pinned: Vec<(PersonId, [f32; 2])>,
    /// The one community that is lit; from the campaign.
    pub isolated: Option<CommunityId>,
    /// Communities that are not shown; from the campaign.
    pub hidden: BTreeSet<CommunityId>,
    /// The open map.
    pub map: Option<OpenMap>,
    /// The import window, when it is open.
    pub import: Option<PendingImport>,
    /// What plans depend on besides the map, as it is now.
    pub basis: Arc<Basis>,
    /// The plan that is shown.
    pub plan: Option<Arc<ShownPlan>>,
    /// Whom the list touches; `None` until somebody looks.
    pub meter: Option<ListMeter>,
    /// The plan beside the old ways.
    pub compared: Option<Arc<Compared>>,
    /// The list has changed since it was compared.
    pub compared_is_old: bool,
    /// Which of what is compared colours the map by its touches.
    pub touches_of: Option<usize>,
    /// Whom of the list to write to together; `None` until somebody asks, and once the list has changed.
    pub waves: Option<Vec<Wave>>,
    /// What the planner says when it is asked.
    pub advice: Advice,
    /// What has changed since the file before; `None` where the map was opened by itself, and until it is known.
    pub changes: Option<Arc<Changed>>,

    /// What the filter lets through; `None` where everything is shown, and until it is known.
    pub part: Option<Arc<ShownPart>>,
    /// How many people each condition of the filter hides alone; empty until it is counted.
    pub hides_alone: BTreeMap<Condition, u64>,
    /// What there is to choose from in a filter; `None` until it is counted.
    pub filter_choices: Option<Arc<FilterChoices>>,

    /// Whom and what the text finds that was looked for last; on a large map only.
    pub findings: Option<Arc<Findings>>,
    /// Communities as bubbles and what flows between them; `None` until somebody looks.
    pub flows: Option<Arc<FlowMap>>,

    // view
    /// The answer to what was asked.
    pub answer: Option<Arc<Answer>>,
    /// The selection, in the order it was made.
    pub selected: Selection,
    /// Everyone, or the bridges.
    pub picture: Option<Picture>,
    /// Whether people or communities are drawn, and how many flows.
    pub flow_view: FlowView,
    /// What the size of a dot means.
    pub size_by: SizeBy,
    /// What the person chose.
    pub theme_choice: ThemeChoice,
    /// What the person chose.
    pub motion: MotionChoice,
    /// What people are called on the screen and in everything that is exported.
    pub name_mask: NameMask,
    /// The system asks for less motion.
    pub system_reduces_motion: bool,
    /// How wide the person made the panels, in points; 0: as wide as they are at first.
    pub panel_widths: PanelWidths,
    /// What is shown.
    pub theme: Theme,
    /// What lies on the map.
    pub map_cards: MapCards,
    /// The tab on the right.
    pub tab: Tab,
    /// What the bridges table is ranked by.
    pub rank_by: RankBy,
    /// The Bridges tab shows pairs of communities instead of people.
    pub pairs_shown: bool,
    /// The table of everybody: what it shows, in which order.
    pub table: Tabled,
    /// What was found out about the selection, where that takes a moment; tells itself whose it is.
    pub selected_facts: Option<Arc<SelectedFacts>>,
    /// What stands below the map.
    pub drawer: Option<Drawer>,
    /// The community whose card is shown.
    pub community: Option<CommunityId>,
    /// Which posts are read.
    pub reading: Reading,
    /// How time is shown, and where the map stands that plays.
    pub timing: Timing,
    /// Counts up when the find field shall get the focus.
    pub find_requests: u64,
    /// What lies over the window for a moment.
    pub sheet: Option<Sheet>,
    /// The tour, while it is taken.
    pub tour: Option<Tour>,
    /// The empty window offers the tour.
    pub offers_tour: bool,
    /// The panel of communities was closed by hand.
    pub communities_closed: bool,
    /// The field for a typed path, when it is open.
    pub path_prompt: Option<PathPrompt>,
    /// How the next picture of the map shall look.
    pub map_export: MapExport,
    /// Whom the text in the field for pasted handles names; what was typed last may still be looked up.
    pub pasted: Option<Arc<Pasted>>,
    /// Files opened lately, newest first.
    pub recent: Vec<PathBuf>,
    /// What went wrong and was not yet dismissed.
    pub problems: Vec<Problem>,
    /// What was done last, for the status line: "Ana added", "25 people exported to list.csv".
    pub said: String,
    /// Everything that was changed is on the disk.
    pub saved: bool,
    /// What of the posts shall go into the next project file.
    pub save_kept: Kept,
    /// Who shall be forgotten, once the person says so.
    pub to_forget: Option<PersonId>,
    /// Background work the person waits for.
    pub working: Option<Working>,
    /// Whether people are being moved to better places.
    pub layout: LayoutNow,
}

impl Model {
    /// The picture shown.
    pub fn picture(&self) -> Picture {
        self.picture.unwrap_or(Picture::Everyone)
    }

    /// How finely people are grouped, once what was asked for last is there.
    pub fn resolution(&self) -> f64 {
        match (self.campaign.map.resolution, &self.map) {
            (Resolution::Fixed(resolution), _) => resolution,
            (Resolution::Auto, Some(map)) => map.results.analysis.communities.resolution,
            (Resolution::Auto, None) => 1.0,
        }
    }

    /// The next step to more, smaller communities, or to fewer, larger ones; `None` at the end of the steps.
    pub fn next_resolution(&self, finer: bool) -> Option<f64> {
        let now = self.resolution();
        let mut steps = RESOLUTIONS.into_iter();
        if finer {
            steps.find(|step| *step > now)
        } else {
            steps.rfind(|step| *step < now)
        }
    }

    /// Whether community `id` of the open map is one that the person joined from several.
    pub fn is_joined(&self, id: CommunityId) -> bool {
        let Some(map) = &self.map else { return false };
        let (graph, communities) = (&map.results.graph, &map.results.analysis.communities);
        let here = |member: &String| community_of(member, graph, communities) == Some(id);
        (self.campaign.map.joined.iter()).any(|pair| pair.iter().any(here))
    }

    /// The place of the newest split of which community `id` of the open map is a part.
    pub fn split_of(&self, id: CommunityId) -> Option<usize> {
        let map = self.map.as_ref()?;
        let (graph, communities) = (&map.results.graph, &map.results.analysis.communities);
        let by_hand = &self.campaign.map.by_hand;
        by_hand.split_of(|member| community_of(member, graph, communities) == Some(id))
    }

    /// People are being grouped as was asked for last: what is shown is still as before.
    pub fn is_grouping(&self) -> bool {
        let made = self.map.as_ref().map(|map| &map.found.settings.analysis);
        let asked = &self.campaign.map;
        made.is_some_and(|made| {
            (made.resolution, made.communities_from_file) != (asked.resolution, asked.by_file)
        })
    }

    /// What the open map is called; empty when none is open.
    pub fn map_title(&self) -> &str {
        self.map.as_ref().map_or("", |map| &map.title)
    }

    /// Whether somebody on the list is still to be contacted.
    pub fn has_to_contact(&self) -> bool {
        let mut entries = self.campaign.outreach_list.entries().iter();
        entries.any(|entry| entry.status == Status::ToContact)
    }

    /// Whether what is compared is the plan that is shown and the list of now.
    pub fn compares_now(&self) -> bool {
        let (Some(compared), Some(plan)) = (&self.compared, &self.plan) else {
            return false;
        };
        let own = compared.rivals.first();
        !self.compared_is_old && own.is_some_and(|own| own.plan.picks == plan.plan.picks)
    }

    /// Whom the map is coloured by, where it is not by community.
    pub fn touched(&self) -> Option<&Arc<TouchedPeople>> {
        let compared = self.compared.as_ref()?;
        compared
            .rivals
            .get(self.touches_of?)
            .map(|rival| &rival.touched)
    }

    /// What has changed, while the page that tells it is open: then the map marks it too.
    pub fn changes_shown(&self) -> Option<&Changed> {
        let changes = self.changes.as_deref()?;
        (self.tab == Tab::Changes).then_some(changes)
    }

    /// Whether `person` of the open map is on the outreach list.
    pub fn is_on_list(&self, person: PersonId) -> bool {
        self.map
            .as_ref()
            .and_then(|map| map.results.graph.people.get(person.index()))
            .is_some_and(|p| self.campaign.outreach_list.has(&p.key))
    }

    /// Who is lit while the map plays: whoever wrote or was addressed in the step where it stands.
    pub fn lit_people(&self) -> Option<&[PersonId]> {
        let play = self.timing.play?;
        let time = self.map.as_ref()?.closer.time.as_ref()?;
        Some(time.line.as_ref()?.people(play.step))
    }

    /// Whether something lies over the window that takes every key until it is closed.
    pub fn is_covered(&self) -> bool {
        self.import.is_some() || self.path_prompt.is_some() || self.sheet.is_some()
    }

    /// Whether things are there at once instead of moving there.
    pub fn reduces_motion(&self) -> bool {
        match self.motion {
            MotionChoice::System => self.system_reduces_motion,
            MotionChoice::Full => false,
            MotionChoice::Reduced => true,
        }
    }

    /// Whether `person` is selected. O(1).
    pub fn is_selected(&self, person: PersonId) -> bool {
        self.selected.has(person)
    }
}
