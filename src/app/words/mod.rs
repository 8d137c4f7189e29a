//! What every command is called: buttons, menus, tooltips, the palette and the sheet of keys all read this.

pub(super) mod columns;
pub(super) mod filters;
mod measures;
mod places;

pub(super) use measures::{Measure, measure_tip};

use super::command::{Command, MotionChoice, PlanCommand, RankBy, Table, TextSize, ThemeChoice};
use super::model::{LayoutNow, Model};
use crate::analysis::{CommunityId, Resolution, SizeBy};
use crate::campaign::Edit;
use crate::people::counted;
use crate::render::Picture;
use crate::session::NameMask;

/// People who are ringed in the bridges picture.
pub(super) const RINGED: u32 = 25;

/// What a command is called on buttons and in menus, and what its tooltip says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// On the button: sentence case, `…` where more is asked first.
    pub label: &'static str,
    /// One sentence without its full stop.
    pub tooltip: &'static str,
}

impl Command {
    /// The words of this command. A new command does not compile without them.
    #[allow(
        clippy::too_many_lines,
        reason = "each command has its words, so that a new one does not compile without"
    )]
    pub fn words(&self) -> Words {
        let (label, tooltip) = match self {
            Self::Edit(edit) => edit_words(edit),
            Self::SetPicture(picture) => picture_words(*picture),
            Self::Plan(asked) => plan_words(*asked),
            Self::OpenDialog
            | Self::OpenFolderDialog
            | Self::OpenPaths(_)
            | Self::OpenSample
            | Self::UpdateDialog
            | Self::UpdateWith(_) => open_words(self),
            Self::ChooseColumn { .. } => ("Role", "What this column means"),
            Self::ForgetColumns(_) => (
                "Back to the guess",
                "Forget the roles you chose for these columns",
            ),
            Self::LeaveOut(_) => (
                "Leave out",
                "Their posts and every tie to them stay out of the map",
            ),
            Self::BuildMap => ("Build the map", "Make the map from what is shown"),
            Self::CloseImport => ("Cancel", "Close this; the open map stays"),
            Self::CloseMap => ("Close the map", "Its list is kept"),
            Self::Save
            | Self::ShowSaveAs(_)
            | Self::SetKept(_)
            | Self::SaveAsDialog
            | Self::SaveAs(_)
            | Self::ShowProject(_)
            | Self::SetDeleteAfter(_)
            | Self::AskToForget(_)
            | Self::Forget(_)
            | Self::TakeUp(..) => project_words(self),
            Self::Quit => ("Quit", "Close the window; the list is kept"),
            Self::ShowReport(true) => ("Import report…", "What became of every row of the files"),
            Self::ShowReport(false) | Self::ShowPalette(false) | Self::ShowKeys(false) => {
                ("Close", "Back to the map")
            }
            Self::ShowPalette(true) => {
                ("Command palette…", "Type a command, a person or a question")
            }
            Self::ShowKeys(true) => ("Keys and gestures", "Every key and what it does"),
            Self::Select(_) => ("Clear selection", "Nobody is selected"),
            Self::SelectMore(_) => ("Select too", "Add these people to the selection"),
            Self::ToggleSelected(_) => ("Select", "Into the selection, or out of it"),
            Self::ShowPerson(_) => ("Show on the map", "Select this person and fly there"),
            Self::FitAll => ("Show the whole map", "Fit everybody into the window"),
            Self::FitSelection => ("Show the selection", "As large as fits"),
            Self::SetSizeBy(_) => ("Size of dots", "What the size of a dot means"),
            Self::Isolate(Some(_)) => ("Isolate", "Dim all other communities"),
            Self::Isolate(None) => ("Light all communities", "Nobody is dimmed any more"),
            Self::SetCommunityShown(..)
            | Self::SetSmallGroupsShown(_)
            | Self::NameCommunity(..)
            | Self::ColourCommunity(..)
            | Self::MergeCommunities(..)
            | Self::PartCommunity(_)
            | Self::SetResolution(_) => community_words(self),
            Self::StoreSelection(_) => ("Keep the selection", "To come back to by its number"),
            Self::RecallSelection(_) => ("Select again", "Those who are kept under this number"),
            Self::SetTheme(_) => ("Theme", "Light, dark, or as the system has it"),
            Self::SetMotion(_) => (
                "Motion",
                "Whether the map flies and glides, or is there at once",
            ),
            Self::SetPanelWidth(..) => ("Width", "How wide this panel is"),
            Self::PutLegend(_) => ("Move the legend", "Into another corner of the map"),
            Self::ShowOverview(true) => (
                "Open the overview",
                "All of the map in small, while only a part is in sight",
            ),
            Self::ShowOverview(false) => ("Close the overview", "The View menu opens it again"),
            Self::SetText(size) => text_words(*size),
            Self::SetNameMask(_) => (
                "Names",
                "What people are called on the screen and in everything that is exported",
            ),
            Self::ShowCommunities(true) => (
                "Open the communities panel",
                "Every community with its people and reach, on the left",
            ),
            Self::ShowCommunities(false) => {
                ("Close the communities panel", "Leave the room to the map")
            }
            Self::ShowDrawer(drawer) => places::drawer_words(*drawer),
            Self::ShowCommunity(_) => ("About", "What it is about, and who matters in it"),
            Self::Filter(asked) => asked.words(),
            Self::Group(asked) => asked.words(),
            Self::Table(asked) => asked.words(),
            Self::Selection(asked) => asked.words(),
            Self::Ask(asked) => asked.words(),
            Self::Time(asked) => asked.words(),
            Self::Read(asked) => asked.words(),
            Self::Guide(asked) => asked.words(),
            Self::Flow(asked) => asked.words(),
            Self::ShowPairs(shown) => pairs_words(*shown),
            Self::Pin(..) | Self::Unpin(_) | Self::PauseLayout | Self::LayOutAgain => {
                layout_words(self)
            }
            Self::ShowTab(_) => ("Show tab", "Show this on the right"),
            Self::RankBy(_) => ("Rank by", "What the table is ranked by"),
            Self::Find => ("Find a person", "By name or handle"),
            Self::AddToList(_) => ("Add to list", "Put on the outreach list, at the end"),
            Self::ToggleOnList(_) => ("Add to list or remove", "On the outreach list, or off"),
            Self::CloseStep | Self::Undo | Self::Redo => step_words(self),
            Self::ExportListDialog { .. }
            | Self::ExportList { .. }
            | Self::ExportWorkbookDialog
            | Self::CopyTable(_)
            | Self::ShowPaste(_)
            | Self::LookUpHandles(_)
            | Self::ImportListDialog
            | Self::ImportList(_) => list_words(self),
            Self::ShowMapExport(_)
            | Self::SetMapExport(_)
            | Self::ExportMapDialog
            | Self::ExportMap(_)
            | Self::ExportGraphDialog
            | Self::ExportGraph(_)
            | Self::ExportReportDialog
            | Self::ExportReport(_)
            | Self::CopyMap => export_words(self),
            Self::TakePath(_) => ("Go there", "Use the path that was typed"),
            Self::ClosePathPrompt => ("Cancel", "Close this; nothing is opened or saved"),
            Self::Cancel => ("Cancel", "Stop what runs in the background"),
            Self::DismissProblem(_) => ("Dismiss", "Close this note"),
        };
        Words { label, tooltip }
    }

    /// What it is called now, with whom or what it is about: a line of a menu or of the palette.
    pub(super) fn title(&self, model: &Model) -> String {
        let label = self.words().label;
        match self {
            Self::Undo => with_step(label, model.history.undo_words()),
            Self::Redo => with_step(label, model.history.redo_words()),
            Self::SetPicture(_) => format!("Show {}", label.to_lowercase()),
            Self::SetSizeBy(by) => format!("{label}: {}", size_words(*by).to_lowercase()),
            Self::SetTheme(choice) => format!("{label}: {}", theme_words(*choice).to_lowercase()),
            Self::SetMotion(choice) => {
                format!("{label}: {}", motion_words(*choice).to_lowercase())
            }
            Self::SetNameMask(NameMask::Shown) => "Show names".to_owned(),
            Self::SetNameMask(NameMask::Initials) => "Hide names, show initials".to_owned(),
            Self::SetNameMask(NameMask::Numbers) => "Hide names, show numbers".to_owned(),
            Self::RankBy(by) => format!("{label} {}", by.words().to_lowercase()),
            Self::ShowTab(tab) => format!("Show the {} tab", tab.words()),
            Self::ShowCommunity(Some(id))
            | Self::Isolate(Some(id))
            | Self::SetCommunityShown(id, _)
            | Self::PartCommunity(id) => {
                format!("{label} {}", community_name(model, *id))
            }
            Self::StoreSelection(number) => format!("{label} as {number}"),
            Self::RecallSelection(number) => {
                let kept = model.selections.get(number).map_or(0, Vec::len);
                let n = counted(kept as u64, "person", "people");
                match model.selection_names.get(number) {
                    Some(name) => format!("Select {number} again: {name}, {n}"),
                    None => format!("Select {number} again: {n}"),
                }
            }
            Self::Filter(asked) => asked.title(model),
            Self::Group(asked) => asked.title(model),
            Self::Table(asked) => asked.title(model),
            Self::Selection(asked) => asked.title(model),
            Self::Ask(asked) => asked.title(model),
            Self::Time(asked) => asked.title(model),
            Self::Read(asked) => asked.title(model),
            Self::Guide(asked) => asked.title(model),
            Self::Flow(asked) => asked.title(model),
            Self::SetResolution(Resolution::Fixed(to)) if *to > model.resolution() => {
                "More, smaller communities".to_owned()
            }
            Self::SetResolution(Resolution::Fixed(_)) => "Fewer, larger communities".to_owned(),
            Self::OpenPaths(paths) => {
                let name = paths.first().and_then(|path| path.file_name());
                format!("{label} {}", name.unwrap_or_default().to_string_lossy())
            }
            Self::PauseLayout if model.layout == LayoutNow::Paused => {
                "Go on with the layout".to_owned()
            }
            Self::Cancel => "Cancel what runs in the background".to_owned(),
            _ => label.to_owned(),
        }
    }
}

/// `Undo remove Ana`, or only `Undo`.
fn with_step(verb: &str, step: Option<&str>) -> String {
    step.map_or_else(|| verb.to_owned(), |step| format!("{verb} {step}"))
}

fn community_name(model: &Model, id: CommunityId) -> &str {
    let list = model
        .map
        .as_ref()
        .map(|map| &map.results.analysis.communities.list);
    let community = list.and_then(|list| list.get(id.index()));
    community.map_or("", |community| &community.name)
}

/// The words of steps in the history.
fn step_words(command: &Command) -> (&'static str, &'static str) {
    match command {
        Command::Undo => ("Undo", "Take back the last change"),
        Command::Redo => ("Redo", "Do the last undone change again"),
        _ => ("Done typing", "What was typed is one step"),
    }
}

/// The words of what moves people.
fn layout_words(command: &Command) -> (&'static str, &'static str) {
    match command {
        Command::Pin(..) => ("Pin", "Keep this person in this place"),
        Command::Unpin(_) => ("Unpin", "Let this person make way for others again"),
        Command::PauseLayout => (
            "Pause the layout",
            "Hold everybody still, or let them go on",
        ),
        _ => ("Lay out again", "From nothing; nobody stays pinned"),
    }
}

/// The words of what is decided about communities.
fn community_words(command: &Command) -> (&'static str, &'static str) {
    match command {
        Command::SetCommunityShown(_, true) => ("Show", "Show this community on the map"),
        Command::SetCommunityShown(_, false) => ("Hide", "Leave this community out"),
        Command::SetSmallGroupsShown(true) => ("Show small groups", "Show them on the map"),
        Command::SetSmallGroupsShown(false) => ("Hide small groups", "Leave them out"),
        Command::NameCommunity(..) => ("Rename…", "Give this community a name of your own"),
        Command::ColourCommunity(..) => ("Colour", "Give this community a colour of your own"),
        Command::MergeCommunities(..) => ("Merge with", "Make these two communities one"),
        Command::PartCommunity(_) => (
            "Take apart",
            "The communities that were merged into this one are on their own again",
        ),
        Command::SetResolution(Resolution::Auto) => (
            "Automatic communities",
            "As many communities as the runs agree on best",
        ),
        _ => ("Communities", "How finely people are grouped"),
    }
}

fn project_words(command: &Command) -> (&'static str, &'static str) {
    match command {
        Command::Save => (
            "Save",
            "Give this work a name; from then on every change is saved",
        ),
        Command::ShowSaveAs(true) => ("Save as…", "A project file with everything, under a name"),
        Command::SetKept(_) => ("What goes into it", "What of the posts is kept"),
        Command::SaveAsDialog | Command::SaveAs(_) => ("Save…", "Choose a name and a folder"),
        Command::ShowProject(true) => (
            "Project…",
            "What was done, where it is kept, and for how long",
        ),
        Command::SetDeleteAfter(_) => ("Delete after", "Be reminded when this day has passed"),
        Command::AskToForget(Some(_)) => (
            "Forget this person…",
            "Take them out of this project for good, posts and history included",
        ),
        Command::Forget(_) => ("Forget for good", "This cannot be undone"),
        Command::TakeUp(_, true) => ("Open it", "Go on where it ended"),
        Command::TakeUp(_, false) => (
            "Not now",
            "It stays where it is, and comes back with its file",
        ),
        _ => ("Close", "Back to the map"),
    }
}

fn text_words(size: TextSize) -> (&'static str, &'static str) {
    match size {
        TextSize::Larger => ("Larger text", "Everything in the window a step larger"),
        TextSize::Smaller => ("Smaller text", "Everything in the window a step smaller"),
        TextSize::Normal => ("Normal text", "As large as at first"),
    }
}

fn pairs_words(shown: bool) -> (&'static str, &'static str) {
    if shown {
        (
            "Show bridges by pair",
            "Which communities are joined, by whom, and which are not",
        )
    } else {
        ("Show bridges by person", "The ranked table of people")
    }
}

fn picture_words(picture: Picture) -> (&'static str, &'static str) {
    match picture {
        Picture::Everyone => ("Everyone", "Everybody, coloured by community"),
        Picture::Bridges(_) => (
            "Bridges",
            "The best bridges with their ties across, all else dimmed",
        ),
    }
}

/// Of the commands that open something.
fn open_words(command: &Command) -> (&'static str, &'static str) {
    match command {
        Command::OpenDialog => ("Open…", "Choose the files of a conversation"),
        Command::OpenFolderDialog => ("Open folder…", "Choose a folder; every file in it is read"),
        Command::OpenSample => ("Try the sushi sample", "Open a made-up conversation"),
        Command::UpdateDialog => (
            "Update with a new file…",
            "The same people keep place, colour, status and notes; what has changed is told",
        ),
        Command::UpdateWith(_) => (
            "Update",
            "Look at these files, which take the place of the open ones",
        ),
        _ => ("Open", "Look at these files"),
    }
}

/// The words of what leads out of the list and into it.
fn list_words(command: &Command) -> (&'static str, &'static str) {
    match command {
        Command::ExportListDialog { for_excel: false } => {
            ("Export list…", "Save the outreach list as CSV")
        }
        Command::ExportListDialog { for_excel: true } => (
            "Export list for Excel…",
            "As CSV in which Excel finds every letter",
        ),
        Command::ExportWorkbookDialog => (
            "Export list as a workbook…",
            "As XLSX, with numbers as numbers and a header that stays",
        ),
        Command::CopyTable(Table::List(_)) => (
            "Copy the list as a table",
            "Its rows for a spreadsheet, cell by cell",
        ),
        Command::CopyTable(Table::Bridges) => (
            "Copy the bridges as a table",
            "The first 100 rows for a spreadsheet, cell by cell",
        ),
        Command::CopyTable(Table::Changes) => (
            "Copy the changes as a table",
            "Everybody who is told of, for a spreadsheet, cell by cell",
        ),
        Command::ShowPaste(true) => (
            "Paste handles…",
            "Find people by their handles, and put them on the list",
        ),
        Command::ShowPaste(false) => ("Cancel", "Close this; the list stays as it is"),
        Command::LookUpHandles(_) => ("Look up", "Whom these handles name on the map"),
        Command::ImportListDialog => (
            "Import a list…",
            "Put the people of a CSV or workbook on the list, with status and note",
        ),
        Command::ImportList(_) => ("Import a list", "Put its people on the outreach list"),
        _ => (
            "Export list",
            "Save the outreach list, as CSV or as a workbook",
        ),
    }
}

fn plan_words(asked: PlanCommand) -> (&'static str, &'static str) {
    match asked {
        PlanCommand::Propose => (
            "Propose a plan",
            "Find the people who together touch most others often enough",
        ),
        PlanCommand::AskInstead(Some(_)) => (
            "Who instead…",
            "The five people who would add most in this person's place",
        ),
        PlanCommand::AskInstead(None) => ("Close", "Nobody is swapped"),
        PlanCommand::PutInstead { .. } => ("Swap", "One person in the place of another"),
        PlanCommand::SuggestSwaps => (
            "Suggest swaps",
            "Look for people who would add more to the list than some who are on it",
        ),
        PlanCommand::Compare => (
            "Compare",
            "Beside as many people by reach, by connections and by bridge score",
        ),
        PlanCommand::PlayScenarios => (
            "Play 300 runs",
            "What might come of each way, at three assumed strengths",
        ),
        PlanCommand::ShowTouches(Some(_)) => (
            "Map of touches",
            "Colour people by how often they are touched",
        ),
        PlanCommand::ShowTouches(None) => ("Colour by community", "Not by touches any more"),
        PlanCommand::SuggestWaves => (
            "Suggest waves",
            "Whom of the list to write to at about the same time",
        ),
        PlanCommand::OrderByWaves => (
            "Order the list by waves",
            "Those who are written to together stand together",
        ),
    }
}

/// Of the commands that write what is shown.
fn export_words(command: &Command) -> (&'static str, &'static str) {
    match command {
        Command::ShowMapExport(false) => ("Cancel", "Close this; nothing is saved"),
        Command::ShowMapExport(true) => ("Export map…", "Save the map as PNG, SVG or PDF"),
        Command::SetMapExport(_) => ("Choose", "How the picture shall look"),
        Command::ExportMapDialog => ("Save as…", "Choose where to save the picture"),
        Command::ExportGraphDialog => (
            "Export graph…",
            "For Gephi and other programs: GEXF, GraphML, graphology JSON or CSV",
        ),
        Command::ExportGraph(_) => ("Export graph", "Save people and ties for other programs"),
        Command::ExportReportDialog => ("Export a report…", "Save one page for a client"),
        Command::ExportReport(_) => ("Export a report", "Save one page for a client"),
        Command::CopyMap => (
            "Copy the picture",
            "What the window shows of the map, twice as fine",
        ),
        _ => ("Export map", "Save the map as PNG, SVG or PDF"),
    }
}

fn edit_words(edit: &Edit) -> (&'static str, &'static str) {
    match edit {
        Edit::Insert(_) => ("Add to list", "Put on the outreach list"),
        Edit::Remove(_) => ("Remove from list", "Undo brings back status and note"),
        Edit::Replace { .. } => ("Swap", "One person in the place of another"),
        Edit::Move { .. } => ("Move", "To another place on the list"),
        Edit::SetStatus { .. } => ("Status", "How far the talk is"),
        Edit::SetNote { .. } => ("Note", "Your own words on this person"),
        Edit::Order(_) => ("Order", "These people in this order"),
        Edit::SetPlan(_) => ("Plan settings", "What a plan shall do"),
        Edit::SetMap { .. } => ("Map", "How the map is grouped and shown"),
        Edit::SetPeople { .. } => ("People", "Which accounts are one person"),
    }
}

/// What the size of a dot means, in the menu's words.
pub(super) fn size_words(by: SizeBy) -> &'static str {
    match by {
        SizeBy::Reach => "Reach",
        SizeBy::ReachArea => "Reach, true areas",
        SizeBy::Same => "All the same",
        SizeBy::Connections => "Connections",
        SizeBy::BridgeScore => "Bridge score",
    }
}

/// Every meaning of size, in the menu's order.
pub(super) const SIZES: [SizeBy; 5] = [
    SizeBy::Reach,
    SizeBy::ReachArea,
    SizeBy::Connections,
    SizeBy::BridgeScore,
    SizeBy::Same,
];

/// The themes in the menu's words and order.
pub(super) const THEMES: [(ThemeChoice, &str); 3] = [
    (ThemeChoice::System, "As the system has it"),
    (ThemeChoice::Light, "Light"),
    (ThemeChoice::Dark, "Dark"),
];

/// The kinds of motion in the menu's words and order.
pub(super) const MOTIONS: [(MotionChoice, &str); 3] = [
    (MotionChoice::System, "As the system has it"),
    (MotionChoice::Full, "Full"),
    (MotionChoice::Reduced, "Reduced"),
];

/// What people are called, in the menu's words and order.
pub(super) const NAME_MASKS: [(NameMask, &str); 3] = [
    (NameMask::Shown, "Shown"),
    (NameMask::Initials, "Hidden, initials"),
    (NameMask::Numbers, "Hidden, numbers"),
];

fn motion_words(choice: MotionChoice) -> &'static str {
    let line = MOTIONS.iter().find(|(motion, _)| *motion == choice);
    line.map_or("", |(_, words)| words)
}

fn theme_words(choice: ThemeChoice) -> &'static str {
    let line = THEMES.iter().find(|(theme, _)| *theme == choice);
    line.map_or("", |(_, words)| words)
}

/// What a ranking means, for its tooltip.
pub(super) fn rank_words(by: RankBy) -> &'static str {
    measure_tip(match by {
        RankBy::BridgeScore => Measure::BridgeScore,
        RankBy::ConnectionsAcross => Measure::ConnectionsAcross,
        RankBy::CommunitiesReached => Measure::CommunitiesReached,
        RankBy::Connections => Measure::Connections,
        RankBy::Betweenness => Measure::Betweenness,
        RankBy::Reach => Measure::Reach,
    })
}

/// What a ranking finds, and what it misses: one short sentence.
pub(super) fn rank_finds(by: RankBy) -> &'static str {
    match by {
        RankBy::BridgeScore => {
            "Finds who ties communities together; misses who is large in one alone"
        }
        RankBy::ConnectionsAcross => {
            "Finds who has many ties outside; misses how usual that is in their community"
        }
        RankBy::CommunitiesReached => {
            "Finds who is at home in many communities; misses how strong those ties are"
        }
        RankBy::Connections => {
            "Finds the busiest people; misses whether their ties leave one community"
        }
        RankBy::Betweenness => "Finds who lies between others; one odd tie can count for very much",
        RankBy::Reach => "The old way: the biggest accounts, often all in one or two communities",
    }
}
