//! Everything a person can ask for. Menus, shortcuts, panels, the map and tests all speak this.

mod asking;
mod bubbling;
mod filtering;
mod grouping;
mod guiding;
mod reading;
mod selecting;
mod tabling;
mod timing;

pub use asking::AskCommand;
pub use bubbling::{FlowCommand, FlowView, MapOf};
pub use filtering::FilterCommand;
pub use grouping::GroupCommand;
pub use guiding::{GuideCommand, TourStep};
pub use reading::ReadCommand;
pub use selecting::SelectCommand;
pub use tabling::TableCommand;
pub use timing::TimeCommand;

use std::path::PathBuf;

use super::exports::MapExport;
use super::keeping::LeftWork;
use crate::analysis::{CommunityId, Resolution, SizeBy};
use crate::campaign::{Edit, Status};
use crate::import::Role;
use crate::people::PersonId;
use crate::project::Kept;
use crate::render::Picture;
use crate::session::NameMask;

/// One wish. Only `App::run` carries it out.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Show the system's dialog for opening files.
    OpenDialog,
    /// Show the system's dialog for opening a folder.
    OpenFolderDialog,
    /// Look at these files and show what they are.
    OpenPaths(Vec<PathBuf>),
    /// Ask for the files that take the place of those of the open map.
    UpdateDialog,
    /// Look at these files, which take the place of those of the open map: list, notes and places stay.
    UpdateWith(Vec<PathBuf>),
    /// Open the built-in sushi conversation, without asking further.
    OpenSample,
    /// In the import window: give a column of the tables with this header a role (or take it away) and look again.
    ChooseColumn {
        /// The names of the table's columns.
        header: Vec<String>,
        /// Which of them.
        column: String,
        /// The role; `None`: it plays none.
        role: Option<Role>,
    },
    /// In the import window: forget every choice about tables with this header and look again.
    ForgetColumns(Vec<String>),
    /// In the import window: leave out the posts and ties of these handles, and look again.
    LeaveOut(Vec<String>),
    /// In the import window: build the map from what is shown.
    BuildMap,
    /// Close the import window; the open map stays.
    CloseImport,
    /// Give the open work a name, where it has none; else say that it is saved.
    Save,
    /// Show what goes into a project file before it is saved, or close that.
    ShowSaveAs(bool),
    /// What of the posts shall go into the project file.
    SetKept(Kept),
    /// Ask where to save the project, then save it there.
    SaveAsDialog,
    /// Save the project there, and go on in it.
    SaveAs(PathBuf),
    /// Show what was done, where it is kept and for how long, or close that.
    ShowProject(bool),
    /// Remind the person to delete the project after this day (`2026-12-31`); `None`: do not.
    SetDeleteAfter(Option<String>),
    /// Ask whether this person shall be forgotten; `None`: close that.
    AskToForget(Option<PersonId>),
    /// Forget this person: in the project and everything that is kept of it.
    Forget(PersonId),
    /// Open work that was left when the program ended unexpectedly (true), or never ask about it again.
    TakeUp(LeftWork, bool),
    /// Close the open map.
    CloseMap,
    /// Close the window.
    Quit,
    /// Show what became of every row of the open map's files, or close that.
    ShowReport(bool),
    /// Show the field that takes commands, people and questions, or close that.
    ShowPalette(bool),
    /// Show every key and gesture, or close that.
    ShowKeys(bool),

    /// Make this the selection.
    Select(Vec<PersonId>),
    /// Add these to the selection.
    SelectMore(Vec<PersonId>),
    /// Add this person to the selection, or take them out of it.
    ToggleSelected(PersonId),
    /// Select this person, show their card and fly there.
    ShowPerson(PersonId),
    /// Show the whole map.
    FitAll,
    /// Show the selection as large as fits.
    FitSelection,
    /// Everyone, or the bridges.
    SetPicture(Picture),
    /// What the size of a dot means.
    SetSizeBy(SizeBy),
    /// Light this community alone; `None`: all again.
    Isolate(Option<CommunityId>),
    /// Show or hide this community.
    SetCommunityShown(CommunityId, bool),
    /// Show or hide all small groups.
    SetSmallGroupsShown(bool),
    /// Call this community so; an empty name: as the program calls it.
    NameCommunity(CommunityId, String),
    /// Give this community this colour of the palette's twelve; `None`: by its size.
    ColourCommunity(CommunityId, Option<u8>),
    /// Make these two communities one.
    MergeCommunities(CommunityId, CommunityId),
    /// Take back every merge that this community is made of.
    PartCommunity(CommunityId),
    /// Group people so finely.
    SetResolution(Resolution),
    /// Keep who is selected under this number, 1 to 9.
    StoreSelection(u8),
    /// Select those again who are kept under this number.
    RecallSelection(u8),
    /// Follow the system, or stay light or dark.
    SetTheme(ThemeChoice),
    /// Put the legend into this corner of the map.
    PutLegend(Corner),
    /// Show the overview while the map is not all in sight, or leave it away.
    ShowOverview(bool),
    /// Let things move, or be there at once.
    SetMotion(MotionChoice),
    /// A panel was made this wide, in points.
    SetPanelWidth(SidePanel, u16),
    /// Write everything larger or smaller.
    SetText(TextSize),
    /// Hide the names of people, or show them.
    SetNameMask(NameMask),
    /// Show the panel of communities, or close it.
    ShowCommunities(bool),
    /// Show this below the map; `None`: leave the room to the map.
    ShowDrawer(Option<Drawer>),
    /// Show the card of this community; `None`: of none.
    ShowCommunity(Option<CommunityId>),
    /// Change what is shown.
    Filter(FilterCommand),
    /// Change who belongs together.
    Group(GroupCommand),
    /// Do this with the table of everybody.
    Table(TableCommand),
    /// Do this with the selection.
    Selection(SelectCommand),
    /// Ask this.
    Ask(AskCommand),
    /// Do this with the time line.
    Time(TimeCommand),
    /// Do this with the posts.
    Read(ReadCommand),
    /// Guide a newcomer.
    Guide(GuideCommand),
    /// Do this with the map of communities.
    Flow(FlowCommand),
    /// Show the bridges by pair of communities, or by person.
    ShowPairs(bool),
    /// Put this person here, in map units, and keep them there.
    Pin(PersonId, [f32; 2]),
    /// Let this person move again.
    Unpin(PersonId),
    /// Stop or go on with the layout.
    PauseLayout,
    /// Lay everybody out from nothing; nobody is pinned any more.
    LayOutAgain,

    /// Show this tab on the right.
    ShowTab(Tab),
    /// Rank the bridges table by this.
    RankBy(RankBy),
    /// Put the cursor into the find field.
    Find,

    /// Change the campaign.
    Edit(Edit),
    /// Put these people at the end of the outreach list; those on it already stay where they are.
    AddToList(Vec<PersonId>),
    /// Put this person on the outreach list, or take them off.
    ToggleOnList(PersonId),
    /// A text field lost the focus: what was typed is one step.
    CloseStep,
    /// Take back the last change.
    Undo,
    /// Do the last undone change again.
    Redo,

    /// Ask the planner.
    Plan(PlanCommand),

    /// Ask where to save the outreach list, then save it there; with the bytes by which Excel knows UTF-8, or without.
    ExportListDialog {
        /// Begin with the byte order mark.
        for_excel: bool,
    },
    /// Save the outreach list there; where its ending says so, as a workbook.
    ExportList {
        /// Where.
        path: PathBuf,
        /// Begin with the byte order mark.
        for_excel: bool,
    },
    /// Ask where to save the outreach list as a workbook, then save it there.
    ExportWorkbookDialog,
    /// Put the rows of this table on the clipboard, for a spreadsheet.
    CopyTable(Table),
    /// Show the field that handles are pasted into, or close that.
    ShowPaste(bool),
    /// Look up whom this text names on the map.
    LookUpHandles(String),
    /// Ask which list to import, then import it.
    ImportListDialog,
    /// Put the people of this list on the outreach list, with status and note.
    ImportList(PathBuf),
    /// Ask how the picture of the map shall look, or close that.
    ShowMapExport(bool),
    /// The picture of the map shall look like this.
    SetMapExport(Box<MapExport>),
    /// Ask where to save the picture, then save it there.
    ExportMapDialog,
    /// Save the picture there; its ending tells as what.
    ExportMap(PathBuf),
    /// Ask where to save the graph for other programs, then save it there.
    ExportGraphDialog,
    /// Save the graph there; its ending tells as what.
    ExportGraph(PathBuf),
    /// Ask where to save the report for a client, then save it there.
    ExportReportDialog,
    /// Save the report there.
    ExportReport(PathBuf),
    /// Put the picture on the clipboard, as the window shows it.
    CopyMap,

    /// In the field for a typed path: go there.
    TakePath(PathBuf),
    /// Close the field for a typed path.
    ClosePathPrompt,

    /// Stop the work that runs.
    Cancel,
    /// Close the message with this place in [`super::model::Model::problems`].
    DismissProblem(usize),
}

/// What a path is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PathPurpose {
    /// To open it.
    Open,
    /// To open every file in it.
    OpenFolder,
    /// To open it in the place of the open map's files.
    Update,
    /// To save the outreach list there.
    SaveList {
        /// Begin with the byte order mark.
        for_excel: bool,
    },
    /// To save the outreach list there as a workbook.
    SaveWorkbook,
    /// To import a list from there.
    OpenList,
    /// To save the picture there.
    SaveMap,
    /// To save the graph there.
    SaveGraph,
    /// To save the rows of the table of everybody there.
    SaveTable,
    /// To save the report there.
    SaveReport,
    /// To save the project there.
    SaveProject,
}

/// A table whose rows can be copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// The outreach list; only those with this status where one is given.
    List(Option<Status>),
    /// The first rows of the table of bridges.
    Bridges,
    /// Everybody who is told of in what has changed.
    Changes,
}

/// What the planner is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanCommand {
    /// Find the people who together touch most others often enough.
    Propose,
    /// Look for people who could stand in for this one; `None`: close that.
    AskInstead(Option<(Among, PersonId)>),
    /// Put one person in the place of another: among these, and on the list where the other is on it.
    PutInstead {
        /// Where.
        among: Among,
        /// Who makes way.
        out: PersonId,
        /// Who comes.
        new: PersonId,
    },
    /// Look for swaps that would help the list.
    SuggestSwaps,
    /// Put the plan beside as many people chosen in the old ways.
    Compare,
    /// Play the scenarios for everything that is compared.
    PlayScenarios,
    /// Colour the map by whom this one of what is compared touches; `None`: by community again.
    ShowTouches(Option<usize>),
    /// Look for people of the list to write to together.
    SuggestWaves,
    /// Put the list in the order of the waves.
    OrderByWaves,
}

/// Among whom somebody is looked for who could stand in for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Among {
    /// The people of the plan that is shown.
    Plan,
    /// The people on the outreach list.
    List,
}

/// What may stand below the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Drawer {
    /// Everybody in a table.
    People,
    /// The posts.
    Posts,
    /// Posts over time.
    Time,
    /// Everybody in two scatter plots.
    Plots,
}

impl Drawer {
    /// All, from the left.
    pub const ALL: [Self; 4] = [Self::People, Self::Posts, Self::Time, Self::Plots];
}

/// The tabs on the right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Tab {
    /// The ranked table.
    #[default]
    Bridges,
    /// The selected person.
    Person,
    /// A community; only there while one is looked at.
    Community,
    /// The outreach list.
    List,
    /// Whom to ask.
    Plan,
    /// What has changed since the file before; only there after an update.
    Changes,
    /// The answer to a question; only there while there is one.
    Answer,
}

/// What the bridges table is ranked by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum RankBy {
    /// Bridge score.
    #[default]
    BridgeScore,
    /// Connections across communities.
    ConnectionsAcross,
    /// Communities reached.
    CommunitiesReached,
    /// Connections.
    Connections,
    /// Betweenness.
    Betweenness,
    /// Reach: the old way.
    Reach,
}

impl RankBy {
    /// Every ranking, in the menu's order.
    pub const ALL: [Self; 6] = [
        Self::BridgeScore,
        Self::ConnectionsAcross,
        Self::CommunitiesReached,
        Self::Connections,
        Self::Betweenness,
        Self::Reach,
    ];

    /// The words in the menu.
    pub fn words(self) -> &'static str {
        match self {
            Self::BridgeScore => "Bridge score",
            Self::ConnectionsAcross => "Connections across",
            Self::CommunitiesReached => "Communities reached",
            Self::Connections => "Connections",
            Self::Betweenness => "Betweenness",
            Self::Reach => "Reach",
        }
    }
}

/// A corner of the map.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize,
)]
pub enum Corner {
    /// At the bottom, left.
    #[default]
    LowerLeft,
    /// At the bottom, right.
    LowerRight,
    /// At the top, left.
    UpperLeft,
    /// At the top, right.
    UpperRight,
}

/// Whether things on the screen move to where they go, or are there at once.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize,
)]
pub enum MotionChoice {
    /// As the system has it.
    #[default]
    System,
    /// They move.
    Full,
    /// They are there at once.
    Reduced,
}

/// A panel at the side of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SidePanel {
    /// The communities.
    Left,
    /// The tabs.
    Right,
}

impl SidePanel {
    /// What egui knows the panel by.
    pub(in crate::app) fn id(self) -> &'static str {
        match self {
            Self::Left => "communities",
            Self::Right => "tabs",
        }
    }
}

/// Light, dark, or as the system has it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize,
)]
pub enum ThemeChoice {
    /// As the system has it.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// How large everything is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TextSize {
    /// A step larger.
    Larger,
    /// A step smaller.
    Smaller,
    /// As at first.
    Normal,
}

impl TextSize {
    /// Every step, in the menu's order.
    pub const ALL: [Self; 3] = [Self::Larger, Self::Smaller, Self::Normal];
}
