//! Hidden names: what is drawn and exported is made from masked values, and what is asked for by whoever sees those is meant for the true people.

use std::collections::BTreeMap;
use std::sync::Arc;

use eframe::egui;

use super::App;
use crate::app::Command;
use crate::app::changed::Changed;
use crate::app::command::Tab;
use crate::app::keeping::LeftWork;
use crate::app::model::{Model, OpenMap, PendingImport};
use crate::app::panels::PanelState;
use crate::app::tasks::Lane;
use crate::app::work::Finished;
use crate::campaign::{Campaign, CommunityLook, Edit, Filter, History, MapChoices, Step};
use crate::explore::CommunityFacts;
use crate::problem::Problem;
use crate::project::LogEntry;
use crate::session::{self, Conversation, MaskedCampaign, NameMask, Results};

/// What a map is called that may not say which file it was made from.
pub(super) const TITLE: &str = "Conversation, names hidden";

/// So many people and posts get other names within a frame; with more of them a worker does it.
const AT_ONCE: usize = 20_000;

/// What the status line says that names nobody.
const SAID: [&str; 11] = [
    super::accounts::HOLDS_TOGETHER,
    "Names are hidden",
    "Cancelled",
    "Map ready",
    "Map closed",
    "Map laid out again",
    "Already on the list",
    "Answered",
    "Propose a plan first",
    "Select somebody first",
    "Every change is saved as it is made",
];

/// The open map under other names.
pub(in crate::app) struct HiddenMap {
    /// The map with the true names.
    of: Arc<Results>,
    mask: NameMask,
    results: Arc<Results>,
}

impl HiddenMap {
    /// `known`: the same posts under other names, where they are there already. O(people + posts).
    fn new(of: Arc<Results>, mask: NameMask, known: Option<Arc<Conversation>>) -> Self {
        let mut results = session::masked(&of, mask);
        if let Some(known) = known {
            results.conversation = known;
        }
        Self {
            of,
            mask,
            results: Arc::new(results),
        }
    }

    fn is_of(&self, results: &Arc<Results>, mask: NameMask) -> bool {
        Arc::ptr_eq(&self.of, results) && self.mask == mask
    }
}

/// What stands in for the true values while the window is drawn, and holds the true ones meanwhile.
#[derive(Default)]
struct Front {
    /// Facts and looks of the open map; `None` until they are made: then no map is shown.
    facts: Option<(Arc<Results>, Arc<Results>)>,
    looks: BTreeMap<String, CommunityLook>,
    title: String,
    map: Option<OpenMap>,
    history: History,
    said: String,
    problems: Vec<Problem>,
    recent: Vec<std::path::PathBuf>,
    left: Vec<LeftWork>,
    import: Option<PendingImport>,
    log: Vec<LogEntry>,
    /// Stays empty: they may be those of people.
    selection_names: BTreeMap<u8, String>,
    project: Option<String>,
    /// Stays empty: what has changed names people.
    changes: Option<Arc<Changed>>,
    /// The community that is looked at, without what comes from texts.
    community: Option<Arc<CommunityFacts>>,
}

/// Everything under other names, while names are hidden.
#[derive(Default)]
pub(super) struct Hiding {
    map: Option<HiddenMap>,
    /// What is being given other names.
    making: Option<(Arc<Results>, NameMask)>,
    /// The campaign under other names; of this campaign, beside this map.
    campaign: MaskedCampaign,
    of: Campaign,
    beside: Option<Arc<Results>>,
    /// Notes that are written since names are hidden, with what stood there before.
    written: BTreeMap<String, String>,
    front: Front,
}

impl Hiding {
    /// Puts the masked values in the place of the true ones, or these back: called before and after the window is drawn. O(1).
    fn exchange(&mut self, model: &mut Model) {
        use std::mem::swap;
        let front = &mut self.front;
        match (&mut model.map, &mut front.facts) {
            (Some(map), Some((results, found))) => {
                swap(&mut map.results, results);
                swap(&mut map.found, found);
                swap(&mut map.looks, &mut front.looks);
                swap(&mut map.title, &mut front.title);
                swap(&mut map.closer.community, &mut front.community);
            }
            (map, _) => swap(map, &mut front.map),
        }
        swap(&mut model.campaign, &mut self.campaign.campaign);
        swap(&mut model.history, &mut front.history);
        swap(&mut model.said, &mut front.said);
        swap(&mut model.problems, &mut front.problems);
        swap(&mut model.recent, &mut front.recent);
        swap(&mut model.left, &mut front.left);
        swap(&mut model.import, &mut front.import);
        swap(&mut model.log, &mut front.log);
        swap(&mut model.selection_names, &mut front.selection_names);
        swap(&mut model.changes, &mut front.changes);
        swap(&mut model.project.name, &mut front.project);
    }

    /// General words in the place of those that may name people or files.
    fn prepare(&mut self, model: &Model) {
        let front = &mut self.front;
        let map = self.map.as_ref().zip(model.map.as_ref());
        let ready = map.filter(|(hidden, map)| hidden.is_of(&map.results, model.name_mask));
        front.facts = ready.map(|(hidden, _)| (hidden.results.clone(), hidden.results.clone()));
        let community = (model.map.as_ref()).and_then(|map| map.closer.community.as_ref());
        front.community = community.map(|facts| Arc::new(facts.without_texts()));
        TITLE.clone_into(&mut front.title);
        general_said(model, front.facts.is_some()).clone_into(&mut front.said);
        front.problems.resize_with(model.problems.len(), || {
            Problem::new(
                "Something went wrong, and saying what may name people or files",
                "Show names to read it",
            )
        });
        let steps = (
            model.history.undo_words().is_some(),
            model.history.redo_words().is_some(),
        );
        let shown = (
            front.history.undo_words().is_some(),
            front.history.redo_words().is_some(),
        );
        if steps != shown {
            front.history = unnamed(steps);
        }
    }
}

/// What the status line says, where that names nobody; else only that something was done.
fn general_said(model: &Model, ready: bool) -> &'static str {
    if model.import.is_some() {
        return "Show names to go on with the import";
    }
    if model.map.is_some() && !ready {
        return "Hiding names…";
    }
    if model.said.is_empty() {
        return "";
    }
    let known = SAID.into_iter().find(|said| *said == model.said);
    known.unwrap_or("Done")
}

/// A history that can be gone through in the same directions, without words that name anybody.
fn unnamed((undo, redo): (bool, bool)) -> History {
    let nothing = || Edit::Order(Vec::new());
    let step = || Step {
        words: "the last change".to_owned(),
        done: nothing(),
        back: nothing(),
    };
    let n = usize::from(undo) + usize::from(redo);
    let steps = std::iter::repeat_with(step).take(n).collect();
    History::of_steps(steps, usize::from(redo))
}

impl App {
    /// Hides names, or shows them again.
    pub(super) fn set_name_mask(&mut self, mask: NameMask) {
        let before = std::mem::replace(&mut self.model.name_mask, mask);
        if before == mask {
            return;
        }
        // Whatever holds a name on the screen is made anew.
        let mut panels = PanelState::default();
        panels.find_seen = self.model.find_requests;
        self.panels = panels;
        self.forget_table(); // what is typed there may be a name
        self.forget_asking();
        let model = &mut self.model;
        (model.path_prompt, model.pasted, model.sheet) = (None, None, None);
        self.tasks.cancel(Lane::Names);
        self.tasks.cancel(Lane::Scene);
        self.scene_order = None;
        self.hiding.beside = None;
        self.map_view.forget_names();
        if let Some(map) = &mut model.map {
            map.scene = None;
            self.map_view.go_on_with(&map.results.conversation);
        }
        if mask.hides() {
            if model.tab == Tab::Changes {
                model.tab = Tab::default();
            }
            model.map_export.title.clear(); // somebody typed it
            "Names are hidden".clone_into(&mut model.said);
        } else {
            "Names are shown".clone_into(&mut model.said);
            let hidden = std::mem::take(&mut self.hiding).map;
            self.tasks.cancel(Lane::Hide);
            self.discard(hidden.map(|hidden| hidden.results));
        }
    }

    /// Brings the masked values up to the open map and the campaign.
    pub(super) fn follow_names(&mut self, ctx: &egui::Context) {
        let mask = self.model.name_mask;
        if !mask.hides() {
            return;
        }
        let Some(results) = self.model.map.as_ref().map(|map| map.results.clone()) else {
            let hidden = std::mem::take(&mut self.hiding).map;
            if hidden.is_some() {
                self.discard(hidden.map(|hidden| hidden.results));
            }
            return;
        };
        self.hide_map(&results, mask, ctx);
        let hiding = &mut self.hiding;
        let beside = (hiding.beside.as_ref()).is_some_and(|beside| Arc::ptr_eq(beside, &results));
        if !beside || hiding.of != self.model.campaign {
            let campaign = &self.model.campaign;
            hiding.campaign =
                session::masked_campaign(campaign, &results.graph, mask, &hiding.written);
            hiding.of.clone_from(campaign);
            hiding.beside = Some(results);
        }
    }

    fn hide_map(&mut self, results: &Arc<Results>, mask: NameMask, ctx: &egui::Context) {
        let map = self.hiding.map.as_ref();
        if map.is_some_and(|map| map.is_of(results, mask)) {
            return;
        }
        let making = self.hiding.making.as_ref();
        if making.is_some_and(|(of, by)| Arc::ptr_eq(of, results) && *by == mask) {
            return;
        }
        let same = map.filter(|map| {
            // Masked posts name people by number.
            Arc::ptr_eq(&map.of.conversation, &results.conversation)
                && Arc::ptr_eq(&map.of.graph, &results.graph)
        });
        let known = same.map(|map| map.results.conversation.clone());
        let conversation = map.map(|map| &map.of.conversation);
        if !conversation.is_some_and(|of| Arc::ptr_eq(of, &results.conversation)) {
            self.hiding.written.clear(); // they were about another conversation
        }
        let n = results.graph.n_people() + results.conversation.posts.posts.len();
        let of = results.clone();
        if n <= AT_ONCE {
            self.hidden(HiddenMap::new(of, mask, known));
            return;
        }
        self.hiding.making = Some((of.clone(), mask));
        self.start(ctx, Lane::Hide, false, move |_, _| {
            let hidden = HiddenMap::new(of, mask, known);
            Ok(Finished::Hidden(Box::new(hidden)))
        });
    }

    /// The open map has other names.
    pub(super) fn hidden(&mut self, hidden: HiddenMap) {
        self.hiding.making = None;
        self.map_view.go_on_with(&hidden.results.conversation);
        let before = self.hiding.map.replace(hidden);
        self.discard(before.map(|before| before.results));
    }

    /// The open map as it may be shown and exported; `None` where there is none, or none yet.
    pub(super) fn shown_results(&self) -> Option<Arc<Results>> {
        let (map, mask) = (self.model.map.as_ref()?, self.model.name_mask);
        if !mask.hides() {
            return Some(map.results.clone());
        }
        let hidden = self.hiding.map.as_ref();
        let hidden = hidden.filter(|hidden| hidden.is_of(&map.results, mask))?;
        Some(hidden.results.clone())
    }

    /// The campaign as it may be exported beside [`App::shown_results`].
    pub(super) fn shown_campaign(&self) -> Campaign {
        let (model, mask) = (&self.model, self.model.name_mask);
        match &model.map {
            Some(map) if mask.hides() => {
                let (graph, written) = (&map.results.graph, &self.hiding.written);
                session::masked_campaign(&model.campaign, graph, mask, written).campaign
            }
            _ => model.campaign.clone(),
        }
    }

    /// What is decided about the map, as it may be told of beside [`App::shown_results`].
    pub(super) fn seen_choices(&self) -> &MapChoices {
        if self.model.name_mask.hides() {
            &self.hiding.campaign.campaign.map
        } else {
            &self.model.campaign.map
        }
    }

    /// Draws with `draw`, which sees the masked values while names are hidden.
    pub(super) fn draw(&mut self, draw: impl FnOnce(&mut Self, &mut Vec<Command>)) {
        let mut asked = std::mem::take(&mut self.inbox);
        let n_before = asked.len();
        if self.model.name_mask.hides() {
            self.hiding.prepare(&self.model);
            self.hiding.exchange(&mut self.model);
            draw(self, &mut asked);
            self.hiding.exchange(&mut self.model);
            let new = asked.split_off(n_before);
            let meant = new.into_iter().filter_map(|command| self.meant(command));
            let meant: Vec<Command> = meant.collect();
            asked.extend(meant);
        } else {
            draw(self, &mut asked);
        }
        self.inbox = asked;
    }

    /// What is meant by `command`, which somebody asked for who sees masked values; `None`: nothing. The one place that knows which
    /// commands carry names.
    #[allow(
        clippy::too_many_lines,
        reason = "each command has its line, so that a new one is thought about"
    )]
    fn meant(&mut self, command: Command) -> Option<Command> {
        match command {
            Command::Edit(edit) => {
                let now = &self.model.campaign;
                let graph = &self.model.map.as_ref()?.results.graph;
                let edit = self.hiding.campaign.true_edit(edit, now, graph);
                if let Edit::SetNote { person, .. } = &edit {
                    let list = &now.outreach_list;
                    let entry = list.place_of(person).and_then(|at| list.entries().get(at));
                    let stood = entry.map(|entry| entry.note.clone()).unwrap_or_default();
                    let written = &mut self.hiding.written;
                    written.entry(person.clone()).or_insert(stood);
                }
                Some(Command::Edit(edit))
            }
            Command::NameCommunity(id, name) => {
                let hidden = self.hiding.map.as_ref()?;
                let shown = hidden.results.analysis.communities.list.get(id.index())?;
                (shown.name != name).then_some(Command::NameCommunity(id, name))
            }
            Command::Filter(asked) => {
                let now = &self.model.campaign.map;
                let graph = &self.model.map.as_ref()?.results.graph;
                let masked = &self.hiding.campaign;
                let filter = |seen: &Filter| masked.true_filter(seen, &now.filter, graph);
                let name = |seen: &str| masked.true_filter_name(seen, now);
                asked.meant(filter, name).map(Command::Filter)
            }
            Command::Group(asked) => asked.meant().map(Command::Group),
            Command::Selection(asked) => asked.meant().map(Command::Selection),
            Command::Time(asked) => asked.meant().map(Command::Time),
            Command::Read(asked) => asked.meant().map(Command::Read),
            Command::Guide(asked) => asked.meant().map(Command::Guide),
            Command::Flow(asked) => asked.meant().map(Command::Flow),
            // Handles are pasted, and work is taken up, where names are shown.
            Command::LookUpHandles(_) | Command::ShowPaste(true) | Command::TakeUp(..) => None,
            // People and communities by number, which are the same, and what names nobody on the screen.
            Command::OpenDialog
            | Command::OpenFolderDialog
            | Command::OpenPaths(_)
            | Command::OpenSample
            | Command::ChooseColumn { .. }
            | Command::UpdateDialog
            | Command::UpdateWith(_)
            | Command::ForgetColumns(_)
            | Command::LeaveOut(_)
            | Command::BuildMap
            | Command::CloseImport
            | Command::Save
            | Command::ShowSaveAs(_)
            | Command::SetKept(_)
            | Command::SaveAsDialog
            | Command::SaveAs(_)
            | Command::ShowProject(_)
            | Command::SetDeleteAfter(_)
            | Command::AskToForget(_)
            | Command::Forget(_)
            | Command::CloseMap
            | Command::Quit
            | Command::ShowReport(_)
            | Command::ShowPalette(_)
            | Command::ShowKeys(_)
            | Command::Select(_)
            | Command::SelectMore(_)
            | Command::ToggleSelected(_)
            | Command::ShowPerson(_)
            | Command::FitAll
            | Command::FitSelection
            | Command::SetPicture(_)
            | Command::SetSizeBy(_)
            | Command::Isolate(_)
            | Command::SetCommunityShown(..)
            | Command::SetSmallGroupsShown(_)
            | Command::ColourCommunity(..)
            | Command::MergeCommunities(..)
            | Command::PartCommunity(_)
            | Command::SetResolution(_)
            | Command::StoreSelection(_)
            | Command::RecallSelection(_)
            | Command::SetTheme(_)
            | Command::PutLegend(_)
            | Command::ShowOverview(_)
            | Command::SetMotion(_)
            | Command::SetPanelWidth(..)
            | Command::SetText(_)
            | Command::SetNameMask(_)
            | Command::ShowCommunities(_)
            | Command::ShowDrawer(_)
            // What is typed there is looked for among what is shown.
            | Command::Table(_)
            | Command::Ask(_)
            | Command::ShowCommunity(_)
            | Command::ShowPairs(_)
            | Command::Pin(..)
            | Command::Unpin(_)
            | Command::PauseLayout
            | Command::LayOutAgain
            | Command::ShowTab(_)
            | Command::RankBy(_)
            | Command::Find
            | Command::AddToList(_)
            | Command::ToggleOnList(_)
            | Command::CloseStep
            | Command::Undo
            | Command::Redo
            | Command::Plan(_)
            | Command::ExportListDialog { .. }
            | Command::ExportList { .. }
            | Command::ExportWorkbookDialog
            | Command::CopyTable(_)
            | Command::ShowPaste(false)
            | Command::ImportListDialog
            | Command::ImportList(_)
            | Command::ShowMapExport(_)
            | Command::SetMapExport(_)
            | Command::ExportMapDialog
            | Command::ExportMap(_)
            | Command::ExportReportDialog
            | Command::ExportReport(_)
            | Command::ExportGraphDialog
            | Command::ExportGraph(_)
            | Command::CopyMap
            | Command::TakePath(_)
            | Command::ClosePathPrompt
            | Command::Cancel
            | Command::DismissProblem(_) => Some(command),
        }
    }
}
