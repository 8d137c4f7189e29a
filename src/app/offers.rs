//! What may be asked for now, in the words of now: the menus and the palette take their lines from here.

use super::command::{
    AskCommand, Command, Drawer, FilterCommand, FlowCommand, GroupCommand, GuideCommand,
    PlanCommand, RankBy, SelectCommand, Tab, Table, TableCommand, TextSize,
};
use super::model::{LayoutNow, Model};
use super::shortcuts::{other_picture, selection_on_list};
use super::words;
use crate::analysis::{CommunityId, Resolution};
use crate::campaign::Analysed;
use crate::explore::{Question, When};

/// A line of a menu or of the palette.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Offer {
    /// What it is called now.
    pub(super) label: String,
    /// Whether it would do anything.
    pub(super) enabled: bool,
    /// What it asks for, in this order.
    pub(super) commands: Vec<Command>,
}

impl Offer {
    fn of(model: &Model, command: Command) -> Self {
        Self {
            label: command.title(model),
            enabled: is_possible(&command, model),
            commands: vec![command],
        }
    }
}

/// Whether `command` would do anything now.
pub(super) fn is_possible(command: &Command, model: &Model) -> bool {
    let open = model.map.is_some();
    match command {
        Command::CloseMap
        | Command::Save
        | Command::ShowSaveAs(true)
        | Command::ShowProject(true)
        | Command::AskToForget(Some(_))
        | Command::UpdateDialog
        | Command::ShowReport(true)
        | Command::ShowCommunities(_)
        | Command::FitAll
        | Command::SetPicture(_)
        | Command::SetSizeBy(_)
        | Command::Isolate(_)
        | Command::SetCommunityShown(..)
        | Command::SetSmallGroupsShown(_)
        | Command::NameCommunity(..)
        | Command::ColourCommunity(..)
        | Command::MergeCommunities(..)
        | Command::SetResolution(_)
        | Command::ShowTab(_)
        | Command::RankBy(_)
        | Command::Find
        | Command::Plan(PlanCommand::Propose)
        | Command::ShowMapExport(true)
        | Command::ExportMapDialog
        | Command::ExportGraphDialog
        | Command::ExportReportDialog
        | Command::CopyMap
        | Command::CopyTable(Table::Bridges)
        | Command::ImportListDialog
        | Command::ShowOverview(_)
        | Command::ShowDrawer(_)
        | Command::Read(_)
        | Command::ShowCommunity(Some(_))
        | Command::ShowPairs(_) => open,
        Command::Filter(asked) => asked.is_possible(model),
        Command::Group(asked) => asked.is_possible(model),
        Command::Table(asked) => asked.is_possible(model),
        Command::Selection(asked) => asked.is_possible(model),
        Command::Ask(asked) => asked.is_possible(model),
        Command::Time(asked) => asked.is_possible(model),
        Command::Guide(asked) => asked.is_possible(model),
        Command::Flow(asked) => asked.is_possible(model),
        Command::CopyTable(Table::Changes) => model.changes.is_some(),
        Command::ShowPaste(true) => open && !model.name_mask.hides(),
        Command::Plan(PlanCommand::Compare) => model.plan.is_some(),
        Command::Plan(PlanCommand::ShowTouches(None)) => model.touches_of.is_some(),
        Command::Plan(PlanCommand::SuggestWaves | PlanCommand::SuggestSwaps) => {
            open && !model.campaign.outreach_list.is_empty()
        }
        Command::ExportListDialog { .. }
        | Command::ExportWorkbookDialog
        | Command::CopyTable(Table::List(_)) => open && !model.campaign.outreach_list.is_empty(),
        Command::PartCommunity(id) => model.is_joined(*id),
        Command::RecallSelection(number) => open && model.selections.contains_key(number),
        Command::Select(people) if people.is_empty() => !model.selected.is_empty(),
        Command::AddToList(people) => open && !people.is_empty(),
        Command::FitSelection | Command::StoreSelection(_) => open && !model.selected.is_empty(),
        Command::PauseLayout => model.layout != LayoutNow::Rests,
        Command::LayOutAgain => open && model.working.is_none(),
        Command::Undo => model.history.undo_words().is_some(),
        Command::Redo => model.history.redo_words().is_some(),
        Command::Cancel => model.working.is_some(),
        _ => true,
    }
}

/// The lines of a menu, in groups.
pub(super) type Menu = Vec<Vec<Offer>>;

fn menu<const N: usize>(model: &Model, groups: [Vec<Command>; N]) -> Menu {
    let offers = |group: Vec<Command>| group.into_iter().map(|c| Offer::of(model, c)).collect();
    groups.into_iter().map(offers).collect()
}

/// The lines of *File*; the files opened lately belong behind the first group.
pub(super) fn file(model: &Model) -> Menu {
    let groups = [
        vec![
            Command::OpenDialog,
            Command::OpenFolderDialog,
            Command::UpdateDialog,
        ],
        vec![
            Command::Save,
            Command::ShowSaveAs(true),
            Command::ShowProject(true),
        ],
        vec![Command::OpenSample, Command::CloseMap],
        vec![Command::ShowReport(true), Command::Quit],
    ];
    menu(model, groups)
}

/// The lines of *Export*, inside *File*.
pub(super) fn export(model: &Model) -> Menu {
    let list = |for_excel| Command::ExportListDialog { for_excel };
    let groups = [
        vec![list(false), list(true), Command::ExportWorkbookDialog],
        vec![Command::Table(TableCommand::ExportDialog)],
        vec![
            Command::ShowMapExport(true),
            Command::ExportGraphDialog,
            Command::ExportReportDialog,
        ],
    ];
    menu(model, groups)
}

/// The files opened lately.
pub(super) fn recent(model: &Model) -> impl Iterator<Item = Offer> {
    let open = |path| Offer::of(model, Command::OpenPaths(vec![path]));
    model.recent.iter().cloned().map(open)
}

/// The lines of *Edit*.
pub(super) fn edit(model: &Model) -> Menu {
    let mut selection = vec![
        Command::AddToList(model.selected.to_vec()),
        Command::Select(Vec::new()),
    ];
    let ways = [
        SelectCommand::All,
        SelectCommand::Others,
        SelectCommand::Neighbours,
        SelectCommand::Communities,
        SelectCommand::ShowNear(1),
        SelectCommand::ShowNear(2),
    ];
    selection.extend(ways.map(Command::Selection));
    if model.selected.len() <= GroupCommand::MOST_ACCOUNTS {
        let one_person = GroupCommand::MakeOne(model.selected.to_vec());
        selection.push(Command::Group(one_person));
    }
    if let [one] = model.selected.as_slice() {
        let back = [GroupCommand::TakeApart(*one), GroupCommand::MoveBack(*one)];
        let possible = back.into_iter().filter(|asked| asked.is_possible(model));
        selection.extend(possible.map(Command::Group));
    }
    let free = (1..=9).find(|number| !model.selections.contains_key(number));
    let mut kept = vec![Command::StoreSelection(free.unwrap_or(9))];
    let numbers = model.selections.keys().copied();
    kept.extend(numbers.map(Command::RecallSelection));
    let groups = [
        vec![Command::Undo, Command::Redo],
        selection,
        kept,
        vec![
            Command::ShowPaste(true),
            Command::ImportListDialog,
            Command::CopyMap,
            Command::CopyTable(Table::List(None)),
            Command::CopyTable(Table::Bridges),
            Command::Table(TableCommand::Copy),
        ],
        vec![
            Command::Plan(PlanCommand::Propose),
            Command::Plan(PlanCommand::Compare),
            Command::Plan(PlanCommand::SuggestWaves),
        ],
        vec![Command::Find],
    ];
    menu(model, groups)
}

/// The lines of *View*, but for themes and sizes of text.
pub(super) fn view(model: &Model) -> Menu {
    let groups = [
        vec![
            Command::SetPicture(other_picture(model)),
            Command::Flow(FlowCommand::Show(model.flow_view.of.other())),
            Command::FitAll,
            Command::FitSelection,
            Command::PauseLayout,
            Command::LayOutAgain,
            Command::ShowCommunities(model.communities_closed),
            Command::ShowOverview(model.map_cards.overview_closed),
        ],
        groupings(model),
        vec![
            Command::Plan(PlanCommand::ShowTouches(None)),
            Command::ShowPairs(!model.pairs_shown),
        ],
        drawers(model),
        Tab::all(model).map(Command::ShowTab).collect(),
        vec![Command::ShowPalette(true)],
    ];
    menu(model, groups)
}

/// What may be shown below the map, and the way to close it.
fn drawers(model: &Model) -> Vec<Command> {
    let others = Drawer::ALL.into_iter().map(Some);
    let others = others.filter(|drawer| *drawer != model.drawer);
    let close = model.drawer.map(|_| None);
    others.chain(close).map(Command::ShowDrawer).collect()
}

/// What may be done with the filter that is set, and the filters that were kept.
fn filters(model: &Model) -> Vec<Command> {
    let choices = &model.campaign.map;
    let mut asked = Vec::new();
    if FilterCommand::Lift.is_possible(model) {
        asked.push(FilterCommand::Lift);
    }
    if choices.filter.narrows() {
        let other = match choices.filter.analysed {
            Analysed::Whole => Analysed::Shown,
            Analysed::Shown => Analysed::Whole,
        };
        asked.push(FilterCommand::Dim(!choices.filter.dims));
        asked.push(FilterCommand::Analyse(other));
    }
    let kept = choices.kept_filters.keys().cloned();
    asked.extend(kept.map(FilterCommand::Recall));
    asked.into_iter().map(Command::Filter).collect()
}

/// Other numbers of communities.
fn groupings(model: &Model) -> Vec<Command> {
    let steps = [false, true].into_iter();
    let steps = steps.filter_map(|finer| model.next_resolution(finer));
    let steps = steps.map(Resolution::Fixed);
    let auto = (model.campaign.map.resolution != Resolution::Auto).then_some(Resolution::Auto);
    let by_file = GroupCommand::ByFile(!model.campaign.map.by_file);
    let by_file = by_file
        .is_possible(model)
        .then_some(Command::Group(by_file));
    let steps = steps.chain(auto).map(Command::SetResolution);
    steps.chain(by_file).collect()
}

/// The sizes of text.
pub(super) fn text(model: &Model) -> Menu {
    menu(model, [TextSize::ALL.map(Command::SetText).to_vec()])
}

/// The lines of *Help*.
pub(super) fn help(model: &Model) -> Menu {
    let guide = [GuideCommand::ShowHelp(true), GuideCommand::StartTour];
    let guide = guide.map(Command::Guide).into_iter();
    menu(model, [guide.chain([Command::ShowKeys(true)]).collect()])
}

/// Plain questions, each with the table that answers it.
const QUESTIONS: [(&str, RankBy); 6] = [
    ("Who are the best bridges?", RankBy::BridgeScore),
    ("Who reaches most people?", RankBy::Reach),
    ("Who is tied to most people?", RankBy::Connections),
    (
        "Who is tied to most people in other communities?",
        RankBy::ConnectionsAcross,
    ),
    ("Who reaches most communities?", RankBy::CommunitiesReached),
    ("Who lies on most ways between others?", RankBy::Betweenness),
];

/// Questions about the whole conversation that are answered with a table of their own; others are offered as they are typed.
const ANSWERED: [Question; 6] = [
    Question::Connects,
    Question::BigButIsolated,
    Question::SmallButConnected,
    Question::NeverTalk,
    Question::TalkMost,
    Question::AnswersMost,
];

/// The four things that people come for, in the order in which they ask: what it is about, who stands between, what was said when,
/// and whom to write to.
const FIRST: [Question; 4] = [
    Question::Topics,
    Question::Said(When::LastWeek),
    Question::Busiest,
    Question::AskFirst,
];

/// Everything that may be asked for now, first what is asked for most; what would do nothing is left out.
pub(super) fn all(model: &Model) -> Vec<Offer> {
    let tab = |tab| Offer::of(model, Command::ShowTab(tab));
    let shows_tab = |offer: &Offer| matches!(offer.commands[..], [Command::ShowTab(_)]);
    let mut offers: Vec<Offer> = Vec::new();
    offers.extend(questions(model));
    offers.extend(selection(model));
    offers.extend(Tab::all(model).map(tab));
    for menu in [view(model), file(model), export(model), edit(model)] {
        let lines = menu.into_iter().flatten();
        offers.extend(lines.filter(|offer| !shows_tab(offer)));
    }
    offers.extend(recent(model));
    // The row above the map has these too; the menu would be longer than a small window is high.
    let filters = filters(model).into_iter();
    offers.extend(filters.map(|command| Offer::of(model, command)));
    let rank = |by| Offer {
        label: Command::RankBy(by).title(model),
        enabled: true,
        commands: ranked(by),
    };
    if model.map.is_some() {
        offers.extend(RankBy::ALL.map(rank));
    }
    let sizes = words::SIZES.into_iter().filter(|by| *by != model.size_by);
    let themes = words::THEMES.into_iter().map(|(theme, _)| theme);
    let themes = themes.filter(|theme| *theme != model.theme_choice);
    let motions = words::MOTIONS.into_iter().map(|(motion, _)| motion);
    let motions = motions.filter(|motion| *motion != model.motion);
    let masks = words::NAME_MASKS.into_iter().map(|(mask, _)| mask);
    let masks = masks.filter(|mask| *mask != model.name_mask);
    let choices = sizes
        .map(Command::SetSizeBy)
        .chain(themes.map(Command::SetTheme))
        .chain(motions.map(Command::SetMotion))
        .chain(masks.map(Command::SetNameMask))
        .chain([Command::Cancel]);
    offers.extend(choices.map(|command| Offer::of(model, command)));
    for menu in [text(model), help(model)] {
        offers.extend(menu.into_iter().flatten());
    }
    offers.extend(kept_selections(model));
    let only = TableCommand::ShowSelectedOnly(!model.table.selected_only);
    offers.push(Offer::of(model, Command::Table(only)));
    offers.extend(communities(model));
    let asks = |offer: &Offer| !offer.commands.contains(&Command::ShowPalette(true));
    offers.retain(|offer| offer.enabled && asks(offer));
    offers
}

fn ranked(by: RankBy) -> Vec<Command> {
    vec![Command::RankBy(by), Command::ShowTab(Tab::Bridges)]
}

fn questions(model: &Model) -> impl Iterator<Item = Offer> {
    let enabled = model.map.is_some();
    let ask = move |(label, by): (&str, RankBy)| Offer {
        label: label.to_owned(),
        enabled,
        commands: ranked(by),
    };
    let answered = move |question: Question| {
        Offer::of(
            model,
            Command::Ask(AskCommand::Question(Box::new(question))),
        )
    };
    let between = Offer {
        label: "Who links two communities?".to_owned(),
        enabled,
        commands: vec![Command::ShowTab(Tab::Bridges), Command::ShowPairs(true)],
    };
    let first = FIRST.map(answered).into_iter();
    let mut questions: Vec<Offer> = first.chain(QUESTIONS.map(ask)).collect();
    questions.insert(1, between);
    questions.extend(ANSWERED.map(answered));
    questions.into_iter()
}

/// One selected person on the list or off it; of several the *Edit* menu speaks.
fn selection(model: &Model) -> Option<Offer> {
    let [person] = model.selected.as_slice() else {
        return None;
    };
    let people = &model.map.as_ref()?.results.graph.people;
    let name = &people.get(person.index())?.name;
    let label = if model.is_on_list(*person) {
        format!("Remove {name} from list")
    } else {
        format!("Add {name} to list")
    };
    Some(Offer {
        label,
        enabled: true,
        commands: selection_on_list(model).into_iter().collect(),
    })
}

/// What can be done with each selection that was kept.
fn kept_selections(model: &Model) -> impl Iterator<Item = Offer> {
    let ways = |number: u8| {
        [
            SelectCommand::Add(number),
            SelectCommand::TakeOut(number),
            SelectCommand::ForgetSet(number),
        ]
    };
    let all = model.selections.keys().copied().flat_map(ways);
    all.map(|way| Offer::of(model, Command::Selection(way)))
}

/// What can be done with each community that has a name.
fn communities(model: &Model) -> Vec<Offer> {
    let Some(map) = &model.map else {
        return Vec::new();
    };
    let mut offers = Vec::new();
    if model.isolated.is_some() {
        offers.push(Offer::of(model, Command::Isolate(None)));
    }
    let list = map.results.analysis.communities.list.iter().enumerate();
    for (at, _) in list.filter(|(_, community)| !community.small) {
        let id = CommunityId(at as u32);
        let hidden = model.hidden.contains(&id);
        offers.push(Offer::of(model, Command::ShowCommunity(Some(id))));
        if model.isolated != Some(id) {
            offers.push(Offer::of(model, Command::Isolate(Some(id))));
        }
        offers.push(Offer::of(model, Command::SetCommunityShown(id, hidden)));
        offers.push(Offer::of(model, Command::PartCommunity(id)));
        for asked in [GroupCommand::Split(id), GroupCommand::TakeSplitBack(id)] {
            offers.push(Offer::of(model, Command::Group(asked)));
        }
    }
    offers
}
