//! What every command is called and which keys ask for it: menus, tooltips, help and shortcuts all read this.

use eframe::egui::{self, Key, KeyboardShortcut, Modifiers};

use super::command::{Command, RankBy, ThemeChoice};
use super::model::Model;
use crate::analysis::SizeBy;
use crate::campaign::Edit;
use crate::render::Picture;

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
    pub fn words(&self) -> Words {
        let (label, tooltip) = match self {
            Self::Edit(edit) => edit_words(edit),
            Self::SetPicture(picture) => picture_words(*picture),
            Self::OpenDialog => ("Open…", "Choose the files of a conversation"),
            Self::OpenFolderDialog => ("Open folder…", "Choose a folder; every file in it is read"),
            Self::OpenPaths(_) => ("Open", "Look at these files"),
            Self::OpenSample => ("Try the sushi sample", "Open a made-up conversation"),
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
            Self::CloseMap => ("Close", "Close the map; its list is kept"),
            Self::Quit => ("Quit", "Close the window; the list is kept"),
            Self::ShowReport(true) => ("Import report…", "What became of every row of the files"),
            Self::ShowReport(false) => ("Close", "Back to the map"),
            Self::Select(_) => ("Clear selection", "Nobody is selected"),
            Self::SelectMore(_) => ("Select too", "Add these people to the selection"),
            Self::ToggleSelected(_) => ("Select", "Into the selection, or out of it"),
            Self::ShowPerson(_) => ("Show on the map", "Select this person and fly there"),
            Self::FitAll => ("Show the whole map", "Fit everybody into the window"),
            Self::FitSelection => ("Show the selection", "As large as fits"),
            Self::SetSizeBy(_) => ("Size of dots", "What the size of a dot means"),
            Self::Isolate(Some(_)) => ("Light alone", "Dim all other communities"),
            Self::Isolate(None) => ("Light all", "Light every community again"),
            Self::SetCommunityShown(_, true) => ("Show", "Show this community on the map"),
            Self::SetCommunityShown(_, false) => ("Hide", "Leave this community out"),
            Self::SetTheme(_) => ("Theme", "Light, dark, or as the system has it"),
            Self::PutLegend(_) => ("Move the legend", "Into another corner of the map"),
            Self::ShowOverview(true) => (
                "Open the overview",
                "All of the map in small, while only a part is in sight",
            ),
            Self::ShowOverview(false) => ("Close the overview", "The View menu opens it again"),
            Self::Pin(..) => ("Pin", "Keep this person in this place"),
            Self::Unpin(_) => ("Unpin", "Let this person make way for others again"),
            Self::PauseLayout => ("Pause layout", "Hold everybody still, or let them go on"),
            Self::LayOutAgain => ("Lay out again", "From nothing; nobody stays pinned"),
            Self::ShowTab(_) => ("Show tab", "Show this on the right"),
            Self::RankBy(_) => ("Rank by", "What the table is ranked by"),
            Self::Find => ("Find a person", "By name or handle"),
            Self::AddToList(_) => ("Add to list", "Put on the outreach list, at the end"),
            Self::ToggleOnList(_) => ("Add to list or remove", "On the outreach list, or off"),
            Self::CloseStep => ("Done typing", "What was typed is one step"),
            Self::Undo => ("Undo", "Take back the last change of the list"),
            Self::Redo => ("Redo", "Do the last undone change again"),
            Self::ExportListDialog { for_excel: false } => {
                ("Export list…", "Save the outreach list as CSV")
            }
            Self::ExportListDialog { for_excel: true } => (
                "Export list for Excel…",
                "As CSV in which Excel finds every letter",
            ),
            Self::ExportList { .. } => ("Export list", "Save the outreach list as CSV"),
            Self::ShowMapExport(true) => ("Export map…", "Save the map as PNG, SVG or PDF"),
            Self::ShowMapExport(false) => ("Cancel", "Close this; nothing is saved"),
            Self::SetMapExport(_) => ("Choose", "How the picture shall look"),
            Self::ExportMapDialog => ("Save as…", "Choose where to save the picture"),
            Self::ExportMap(_) => ("Export map", "Save the map as PNG, SVG or PDF"),
            Self::CopyMap => (
                "Copy the picture",
                "What the window shows of the map, twice as fine",
            ),
            Self::TakePath(_) => ("Go there", "Use the path that was typed"),
            Self::ClosePathPrompt => ("Cancel", "Close this; nothing is opened or saved"),
            Self::Cancel => ("Cancel", "Stop what runs in the background"),
            Self::DismissProblem(_) => ("Dismiss", "Close this note"),
        };
        Words { label, tooltip }
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

fn edit_words(edit: &Edit) -> (&'static str, &'static str) {
    match edit {
        Edit::Insert(_) => ("Add to list", "Put on the outreach list"),
        Edit::Remove(_) => ("Remove from list", "Undo brings back status and note"),
        Edit::Move { .. } => ("Move", "To another place on the list"),
        Edit::SetStatus { .. } => ("Status", "How far the talk is"),
        Edit::SetNote { .. } => ("Note", "Your own words on this person"),
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

/// What a ranking means, for its tooltip.
pub(super) fn rank_words(by: RankBy) -> &'static str {
    match by {
        RankBy::BridgeScore => "Ties across communities beyond what community-mates would send",
        RankBy::ConnectionsAcross => "Different people tied to outside the own community",
        RankBy::CommunitiesReached => "Communities tied to more than expected",
        RankBy::Connections => "Different people tied to",
        RankBy::Betweenness => "How often a person lies on a shortest way between two others",
        RankBy::Reach => "Followers, or the audience figure of the export: the old way",
    }
}

/// One line of the shortcut table.
struct Shortcut {
    keys: KeyboardShortcut,
    /// Works while a text field has the focus.
    while_typing: bool,
    /// Whether `command` is of the kind that these keys ask for.
    names: fn(&Command) -> bool,
    /// What it asks for now; `None` when there is nothing to ask.
    command: fn(&Model) -> Option<Command>,
}

const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

const fn shortcut(
    modifiers: Modifiers,
    key: Key,
    names: fn(&Command) -> bool,
    command: fn(&Model) -> Option<Command>,
) -> Shortcut {
    Shortcut {
        keys: KeyboardShortcut::new(modifiers, key),
        while_typing: matches!(key, Key::O | Key::F | Key::Q),
        names,
        command,
    }
}

/// Longer chords stand before the shorter ones they contain. In a text field Ctrl+Z belongs to the field.
const SHORTCUTS: [Shortcut; 13] = [
    shortcut(
        CTRL,
        Key::O,
        |c| matches!(c, Command::OpenDialog),
        |_| Some(Command::OpenDialog),
    ),
    shortcut(
        CTRL,
        Key::W,
        |c| matches!(c, Command::CloseMap),
        |model| model.map.is_some().then_some(Command::CloseMap),
    ),
    shortcut(
        CTRL,
        Key::Q,
        |c| matches!(c, Command::Quit),
        |_| Some(Command::Quit),
    ),
    shortcut(
        CTRL,
        Key::F,
        |c| matches!(c, Command::Find),
        |model| model.map.is_some().then_some(Command::Find),
    ),
    shortcut(
        CTRL_SHIFT,
        Key::Z,
        |c| matches!(c, Command::Redo),
        |_| Some(Command::Redo),
    ),
    shortcut(CTRL, Key::Y, |_| false, |_| Some(Command::Redo)),
    shortcut(
        CTRL,
        Key::Z,
        |c| matches!(c, Command::Undo),
        |_| Some(Command::Undo),
    ),
    shortcut(
        Modifiers::NONE,
        Key::B,
        |c| matches!(c, Command::SetPicture(_)),
        |model| {
            let other = || Command::SetPicture(other_picture(model));
            model.map.is_some().then(other)
        },
    ),
    shortcut(
        Modifiers::NONE,
        Key::A,
        |c| matches!(c, Command::ToggleOnList(_) | Command::AddToList(_)),
        selection_on_list,
    ),
    shortcut(
        Modifiers::NONE,
        Key::Num0,
        |c| matches!(c, Command::FitAll),
        |model| model.map.is_some().then_some(Command::FitAll),
    ),
    shortcut(
        Modifiers::NONE,
        Key::Num9,
        |c| matches!(c, Command::FitSelection),
        |model| (!model.selected.is_empty()).then_some(Command::FitSelection),
    ),
    shortcut(
        Modifiers::NONE,
        Key::P,
        |c| matches!(c, Command::PauseLayout),
        |model| model.map.is_some().then_some(Command::PauseLayout),
    ),
    shortcut(
        Modifiers::NONE,
        Key::Escape,
        |c| matches!(c, Command::Select(people) if people.is_empty()),
        |model| (!model.selected.is_empty()).then(|| Command::Select(Vec::new())),
    ),
];

/// The picture that is not shown now.
pub(super) fn other_picture(model: &Model) -> Picture {
    match model.picture() {
        Picture::Everyone => Picture::Bridges(RINGED),
        Picture::Bridges(_) => Picture::Everyone,
    }
}

/// One selected person goes on the list or off it; several all go on.
fn selection_on_list(model: &Model) -> Option<Command> {
    match model.selected.as_slice() {
        [] => None,
        [one] => Some(Command::ToggleOnList(*one)),
        more => Some(Command::AddToList(more.to_vec())),
    }
}

/// The keys that ask for `command`, as this system writes them; empty where there are none.
pub(super) fn keys_of(ctx: &egui::Context, command: &Command) -> String {
    SHORTCUTS
        .iter()
        .find(|shortcut| (shortcut.names)(command))
        .map_or_else(String::new, |shortcut| ctx.format_shortcut(&shortcut.keys))
}

/// Every key and gesture, for *Help*: the keys, and what they do.
pub(super) const HELP: [(&str, &str); 22] = [
    ("B", "Everyone or the bridges"),
    ("0", "Show the whole map"),
    ("9", "Show the selection"),
    ("A", "Selected person on the list, or off"),
    ("P", "Pause the layout, or go on"),
    ("Esc", "Clear the selection"),
    ("Ctrl F", "Find a person"),
    ("Ctrl O", "Open files"),
    ("Ctrl W", "Close the map"),
    ("Ctrl Q", "Quit"),
    ("Ctrl C", "Copy the picture"),
    ("Ctrl Z", "Undo"),
    ("Ctrl Shift Z", "Redo"),
    ("Ctrl + and −", "Larger and smaller text"),
    ("Tab, Enter", "Walk through rows and buttons, press one"),
    ("Drag", "Move the map; a dot: move and keep it there"),
    ("Wheel, pinch", "Zoom to the pointer"),
    ("Click", "Select a person"),
    ("Double-click", "On the list, or off; the ground: zoom in"),
    ("Shift click", "Select more people"),
    ("Shift drag", "Select everybody in a box"),
    ("Alt Shift drag", "Select everybody in a loop"),
];

/// Asks for what the keys pressed since the last picture mean. Single letters only while no text field has the focus.
pub(super) fn shortcuts(ui: &egui::Ui, model: &Model, inbox: &mut Vec<Command>) {
    let typing = ui.ctx().text_edit_focused();
    let popup = egui::Popup::is_any_open(ui.ctx());
    for shortcut in &SHORTCUTS {
        if typing && !shortcut.while_typing {
            continue;
        }
        if popup && shortcut.keys.logical_key == Key::Escape {
            continue; // it closes the menu
        }
        if ui.input_mut(|input| input.consume_shortcut(&shortcut.keys)) {
            inbox.extend((shortcut.command)(model));
        }
    }
}
