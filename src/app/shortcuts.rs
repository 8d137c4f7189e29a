//! Which keys ask for what, and every gesture: the keyboard, the menus and the sheet of keys all read this.

use eframe::egui::{self, Key, KeyboardShortcut, Modifiers};

use super::command::{
    Command, FilterCommand, FlowCommand, GuideCommand, MapOf, PlanCommand, SelectCommand, TextSize,
};
use super::model::Model;
use super::offers::is_possible;
use super::words::RINGED;
use crate::people::PersonId;
use crate::render::Picture;

/// What keys and gestures are about, in the order of the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    /// What is seen of the map.
    Map,
    /// Who is selected.
    Selection,
    /// The outreach list, and tables.
    List,
    /// Files.
    File,
    /// Everything else.
    Window,
}

impl Group {
    /// Every group, in the order of the sheet.
    pub(super) const ALL: [Self; 5] = [
        Self::Map,
        Self::Selection,
        Self::List,
        Self::File,
        Self::Window,
    ];

    /// Its heading.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Map => "Map",
            Self::Selection => "Selection",
            Self::List => "List",
            Self::File => "File",
            Self::Window => "Window",
        }
    }
}

/// What the sheet says of a shortcut.
enum Does {
    /// What this command is called.
    As(Command),
    /// Where the keys mean more than one command.
    Says(&'static str),
    /// Nothing: other keys for the same.
    Again,
}

/// One line of the table.
struct Shortcut {
    keys: KeyboardShortcut,
    group: Group,
    /// Works while a text field has the focus.
    while_typing: bool,
    does: Does,
    /// Whether `command` is of the kind that these keys ask for.
    names: fn(&Command) -> bool,
    /// What it asks for now; `None` when there is nothing to ask.
    command: fn(&Model) -> Option<Command>,
}

/// The keys of the numbers 1 to 9.
const NUMBERS: [Key; 9] = [
    Key::Num1,
    Key::Num2,
    Key::Num3,
    Key::Num4,
    Key::Num5,
    Key::Num6,
    Key::Num7,
    Key::Num8,
    Key::Num9,
];

const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

const fn shortcut(
    (modifiers, key): (Modifiers, Key),
    group: Group,
    does: Does,
    names: fn(&Command) -> bool,
    command: fn(&Model) -> Option<Command>,
) -> Shortcut {
    Shortcut {
        keys: KeyboardShortcut::new(modifiers, key),
        group,
        while_typing: matches!(
            key,
            Key::O
                | Key::S
                | Key::F
                | Key::Q
                | Key::K
                | Key::Plus
                | Key::Equals
                | Key::Minus
                | Key::Num0
        ) && modifiers.command
            || matches!(key, Key::F1),
        does,
        names,
        command,
    }
}

/// Longer chords stand before the shorter ones they contain. In a text field Ctrl+Z belongs to the field.
static SHORTCUTS: [Shortcut; 30] = [
    shortcut(
        (Modifiers::NONE, Key::B),
        Group::Map,
        Does::Says("Everyone or the bridges"),
        |c| matches!(c, Command::SetPicture(_)),
        |model| Some(Command::SetPicture(other_picture(model))),
    ),
    shortcut(
        (Modifiers::NONE, Key::M),
        Group::Map,
        Does::Says("People or communities"),
        |c| matches!(c, Command::Flow(FlowCommand::Show(_))),
        |model| Some(Command::Flow(FlowCommand::Show(model.flow_view.of.other()))),
    ),
    shortcut(
        (Modifiers::NONE, Key::Num0),
        Group::Map,
        Does::As(Command::FitAll),
        |c| matches!(c, Command::FitAll),
        |_| Some(Command::FitAll),
    ),
    shortcut(
        (Modifiers::NONE, Key::Num9),
        Group::Map,
        Does::As(Command::FitSelection),
        |c| matches!(c, Command::FitSelection),
        |_| Some(Command::FitSelection),
    ),
    shortcut(
        (Modifiers::NONE, Key::P),
        Group::Map,
        Does::Says("Pause the layout, or go on"),
        |c| matches!(c, Command::PauseLayout),
        |_| Some(Command::PauseLayout),
    ),
    shortcut(
        (Modifiers::NONE, Key::X),
        Group::Map,
        Does::As(Command::Filter(FilterCommand::Lift)),
        |c| matches!(c, Command::Filter(FilterCommand::Lift)),
        |_| Some(Command::Filter(FilterCommand::Lift)),
    ),
    shortcut(
        (CTRL, Key::F),
        Group::Selection,
        Does::As(Command::Find),
        |c| matches!(c, Command::Find),
        |_| Some(Command::Find),
    ),
    shortcut(
        (Modifiers::NONE, Key::Escape),
        Group::Selection,
        Does::Says("One step back: what lies on top, what is typed, selected, isolated"),
        |c| matches!(c, Command::Select(people) if people.is_empty()),
        one_step_back,
    ),
    shortcut(
        (CTRL, Key::A),
        Group::Selection,
        Does::As(Command::Selection(SelectCommand::All)),
        |c| matches!(c, Command::Selection(SelectCommand::All)),
        |_| Some(Command::Selection(SelectCommand::All)),
    ),
    shortcut(
        (CTRL, Key::I),
        Group::Selection,
        Does::As(Command::Selection(SelectCommand::Others)),
        |c| matches!(c, Command::Selection(SelectCommand::Others)),
        |_| Some(Command::Selection(SelectCommand::Others)),
    ),
    shortcut(
        (Modifiers::NONE, Key::N),
        Group::Selection,
        Does::As(Command::Selection(SelectCommand::Neighbours)),
        |c| matches!(c, Command::Selection(SelectCommand::Neighbours)),
        |_| Some(Command::Selection(SelectCommand::Neighbours)),
    ),
    shortcut(
        (Modifiers::NONE, Key::C),
        Group::Selection,
        Does::As(Command::Selection(SelectCommand::Communities)),
        |c| matches!(c, Command::Selection(SelectCommand::Communities)),
        |_| Some(Command::Selection(SelectCommand::Communities)),
    ),
    shortcut(
        (Modifiers::NONE, Key::A),
        Group::List,
        Does::As(Command::ToggleOnList(PersonId(0))),
        |c| {
            matches!(
                c,
                Command::ToggleOnList(_)
                    | Command::AddToList(_)
                    | Command::Selection(SelectCommand::PutOnList)
            )
        },
        selection_on_list,
    ),
    shortcut(
        (CTRL, Key::P),
        Group::List,
        Does::As(Command::Plan(PlanCommand::Propose)),
        |c| matches!(c, Command::Plan(PlanCommand::Propose)),
        |_| Some(Command::Plan(PlanCommand::Propose)),
    ),
    shortcut(
        (CTRL_SHIFT, Key::Z),
        Group::List,
        Does::As(Command::Redo),
        |c| matches!(c, Command::Redo),
        |_| Some(Command::Redo),
    ),
    shortcut(
        (CTRL, Key::Y),
        Group::List,
        Does::Again,
        |_| false,
        |_| Some(Command::Redo),
    ),
    shortcut(
        (CTRL, Key::Z),
        Group::List,
        Does::As(Command::Undo),
        |c| matches!(c, Command::Undo),
        |_| Some(Command::Undo),
    ),
    shortcut(
        (CTRL, Key::O),
        Group::File,
        Does::As(Command::OpenDialog),
        |c| matches!(c, Command::OpenDialog),
        |_| Some(Command::OpenDialog),
    ),
    shortcut(
        (CTRL_SHIFT, Key::S),
        Group::File,
        Does::As(Command::ShowSaveAs(true)),
        |c| matches!(c, Command::ShowSaveAs(true)),
        |_| Some(Command::ShowSaveAs(true)),
    ),
    shortcut(
        (CTRL, Key::S),
        Group::File,
        Does::As(Command::Save),
        |c| matches!(c, Command::Save),
        |_| Some(Command::Save),
    ),
    // Most systems hand these keys on as a wish to copy: see `panels::copy_keys`.
    shortcut(
        (CTRL, Key::C),
        Group::File,
        Does::As(Command::CopyMap),
        |c| matches!(c, Command::CopyMap),
        |_| Some(Command::CopyMap),
    ),
    shortcut(
        (CTRL, Key::W),
        Group::File,
        Does::As(Command::CloseMap),
        |c| matches!(c, Command::CloseMap),
        |_| Some(Command::CloseMap),
    ),
    shortcut(
        (CTRL, Key::Q),
        Group::File,
        Does::As(Command::Quit),
        |c| matches!(c, Command::Quit),
        |_| Some(Command::Quit),
    ),
    shortcut(
        (CTRL, Key::K),
        Group::Window,
        Does::As(Command::ShowPalette(true)),
        |c| matches!(c, Command::ShowPalette(true)),
        |_| Some(Command::ShowPalette(true)),
    ),
    shortcut(
        (Modifiers::NONE, Key::Questionmark),
        Group::Window,
        Does::As(Command::ShowKeys(true)),
        |c| matches!(c, Command::ShowKeys(true)),
        |_| Some(Command::ShowKeys(true)),
    ),
    shortcut(
        (Modifiers::NONE, Key::F1),
        Group::Window,
        Does::As(Command::Guide(GuideCommand::ShowHelp(true))),
        |c| matches!(c, Command::Guide(GuideCommand::ShowHelp(true))),
        |_| Some(Command::Guide(GuideCommand::ShowHelp(true))),
    ),
    shortcut(
        (CTRL, Key::Plus),
        Group::Window,
        Does::As(Command::SetText(TextSize::Larger)),
        |c| matches!(c, Command::SetText(TextSize::Larger)),
        |_| Some(Command::SetText(TextSize::Larger)),
    ),
    shortcut(
        (CTRL, Key::Equals),
        Group::Window,
        Does::Again,
        |_| false,
        |_| Some(Command::SetText(TextSize::Larger)),
    ),
    shortcut(
        (CTRL, Key::Minus),
        Group::Window,
        Does::As(Command::SetText(TextSize::Smaller)),
        |c| matches!(c, Command::SetText(TextSize::Smaller)),
        |_| Some(Command::SetText(TextSize::Smaller)),
    ),
    shortcut(
        (CTRL, Key::Num0),
        Group::Window,
        Does::As(Command::SetText(TextSize::Normal)),
        |c| matches!(c, Command::SetText(TextSize::Normal)),
        |_| Some(Command::SetText(TextSize::Normal)),
    ),
];

/// What is done without a command behind it: the keys or the gesture, and what it does.
const GESTURES: [(Group, &str, &str); 22] = [
    (Group::Map, "Drag", "Move the map"),
    (Group::Map, "Drag a dot", "Move it and keep it there"),
    (Group::Map, "Wheel, pinch", "Zoom to the pointer"),
    (
        Group::Map,
        "Arrows, + and −",
        "Move and zoom, while the map has the keys",
    ),
    (
        Group::Map,
        "← →, Shift",
        "Move the span of the time line, or its end",
    ),
    (Group::Selection, "Click", "Select a person"),
    (Group::Selection, "Shift click", "Select more people"),
    (Group::Selection, "Ctrl click", "Into the selection, or out"),
    (Group::Selection, "Shift drag", "Select everybody in a box"),
    (
        Group::Selection,
        "Alt Shift drag",
        "Select everybody in a loop",
    ),
    (
        Group::Selection,
        "Ctrl Shift 1 to 9",
        "Keep the selection under a number",
    ),
    (Group::Selection, "Ctrl 1 to 9", "Select those again"),
    (
        Group::List,
        "Double-click",
        "On the list, or off; on the ground: zoom in",
    ),
    (
        Group::List,
        "↑ ↓ Home End",
        "Go through the rows of a table",
    ),
    (Group::List, "Enter", "Show the person of the row"),
    (
        Group::List,
        "Space",
        "In the people table: into the selection, or out",
    ),
    (
        Group::List,
        "Shift click",
        "In the people table: select from there to here",
    ),
    (Group::List, "+", "Put the person of the row on the list"),
    (Group::List, "Alt ↑ ↓", "Move the row of the list"),
    (Group::List, "Ctrl C", "In a table: copy its rows"),
    (Group::File, "Drop", "Open files or a folder"),
    (
        Group::Window,
        "Tab, Enter",
        "Walk through rows and buttons, press one",
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
pub(super) fn selection_on_list(model: &Model) -> Option<Command> {
    match model.selected.as_slice() {
        [] => None,
        [one] => Some(Command::ToggleOnList(*one)),
        _ => Some(Command::Selection(SelectCommand::PutOnList)),
    }
}

/// Nobody is selected any more; where nobody is, the map of communities gives way to that of people, or comes back where one of
/// them was opened; else every community is lit again; then colours are those of communities again.
fn one_step_back(model: &Model) -> Option<Command> {
    if !model.selected.is_empty() {
        return Some(Command::Select(Vec::new()));
    }
    let view = model.flow_view;
    if view.of == MapOf::Communities {
        return Some(Command::Flow(FlowCommand::Show(MapOf::People)));
    }
    if model.isolated.is_some() {
        let from_communities = view.opened == model.isolated;
        return Some(if from_communities {
            Command::Flow(FlowCommand::GoBack)
        } else {
            Command::Isolate(None)
        });
    }
    let by_touches = model.touches_of.is_some();
    by_touches.then_some(Command::Plan(PlanCommand::ShowTouches(None)))
}

/// The keys that ask for `command`, as this system writes them; empty where there are none.
pub(super) fn keys_of(ctx: &egui::Context, command: &Command) -> String {
    if let Command::StoreSelection(number) | Command::RecallSelection(number) = command {
        let modifiers = match command {
            Command::StoreSelection(_) => CTRL_SHIFT,
            _ => CTRL,
        };
        let at = usize::from(number.saturating_sub(1));
        let keys = NUMBERS
            .get(at)
            .map(|key| KeyboardShortcut::new(modifiers, *key));
        return keys.map_or_else(String::new, |keys| written(ctx, keys));
    }
    SHORTCUTS
        .iter()
        .find(|shortcut| (shortcut.names)(command))
        .map_or_else(String::new, |shortcut| written(ctx, shortcut.keys))
}

/// Keys as this system writes them, signs as signs: `Ctrl++`, `?`.
fn written(ctx: &egui::Context, keys: KeyboardShortcut) -> String {
    let text = ctx.format_shortcut(&keys);
    let (name, sign) = (keys.logical_key.name(), keys.logical_key.symbol_or_name());
    match text.strip_suffix(name) {
        Some(before) => format!("{before}{sign}"),
        None => text,
    }
}

/// Every key and gesture of `group`, and what it does.
pub(super) fn lines(ctx: &egui::Context, group: Group) -> Vec<(String, &'static str)> {
    let keys = SHORTCUTS
        .iter()
        .filter(|shortcut| shortcut.group == group)
        .filter_map(|shortcut| {
            let says = match &shortcut.does {
                Does::As(command) => command.words().label.trim_end_matches('…'),
                Does::Says(words) => words,
                Does::Again => return None,
            };
            Some((written(ctx, shortcut.keys), says))
        });
    let gestures = GESTURES
        .iter()
        .filter(|(of, ..)| *of == group)
        .map(|(_, keys, does)| ((*keys).to_owned(), *does));
    keys.chain(gestures).collect()
}

/// Asks for what the keys pressed since the last picture mean. Single letters only while no text field has the focus.
pub(super) fn shortcuts(ui: &egui::Ui, model: &Model, inbox: &mut Vec<Command>) {
    let typing = ui.ctx().text_edit_focused();
    let popup = egui::Popup::is_any_open(ui.ctx());
    if !typing && !popup {
        let asked = ui.input_mut(numbered_selection);
        inbox.extend(asked.filter(|_| model.map.is_some()));
    }
    for shortcut in &SHORTCUTS {
        if typing && !shortcut.while_typing {
            continue;
        }
        if popup && shortcut.keys.logical_key == Key::Escape {
            continue; // it closes the menu
        }
        if ui.input_mut(|input| input.consume_shortcut(&shortcut.keys)) {
            let asked = (shortcut.command)(model);
            inbox.extend(asked.filter(|command| is_possible(command, model) || is_step(command)));
        }
    }
}

/// Ctrl with a number brings a selection back, with Shift too it keeps one. By where the key lies: with Shift a number is another
/// sign on every keyboard.
fn numbered_selection(input: &mut egui::InputState) -> Option<Command> {
    let mut asked = None;
    input.events.retain(|event| {
        let egui::Event::Key {
            key,
            physical_key,
            pressed: true,
            modifiers,
            ..
        } = event
        else {
            return true;
        };
        let number = |key: Key| NUMBERS.iter().position(|number| *number == key);
        let at = physical_key.and_then(number).or_else(|| number(*key));
        let Some(at) = at.filter(|_| modifiers.command && !modifiers.alt) else {
            return true;
        };
        let number = at as u8 + 1;
        asked = Some(if modifiers.shift {
            Command::StoreSelection(number)
        } else {
            Command::RecallSelection(number)
        });
        false
    });
    asked
}

/// Taking back what was not done does nothing, and asking costs nothing.
fn is_step(command: &Command) -> bool {
    matches!(command, Command::Undo | Command::Redo)
}
