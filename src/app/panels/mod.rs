//! The panels: each reads the model and asks for commands; none changes anything.

mod answer;
mod belonging;
mod bridges;
mod changes;
mod communities;
mod community;
mod community_menu;
mod community_times;
mod community_words;
mod connections;
mod drawer;
mod facts;
pub(super) mod figures;
mod filter_editors;
mod filter_offers;
mod filters;
mod find;
mod fold;
mod found;
mod help;
mod icons;
mod import;
mod keys;
mod list;
mod map_export;
mod matching;
mod meter;
mod pair;
mod pairs;
mod palette;
mod parts;
mod paste;
mod people_table;
mod person;
mod person_about;
mod person_posts;
mod plain_words;
pub(super) mod plan;
mod plots;
mod post_row;
mod post_text;
mod posts;
mod problems;
mod project;
mod prompt;
mod resolution;
mod rows;
mod selection;
mod shown;
mod status;
mod time_chart;
mod time_line;
mod top_bar;
mod touched;
pub(super) mod tour;
mod welcome;
pub(super) mod widgets;

use eframe::egui::{self, Event, Frame, Id, Key, Margin, Modifiers, Panel, RichText};

use super::command::{Command, SidePanel, Tab, TourStep};
use super::model::{Model, Sheet};
use super::shortcuts;
use super::theme;
use crate::campaign::Status;
use shown::Shown;
pub(super) use widgets::capital;

/// In narrower windows the drawer lies below the panel of communities too.
const WIDE_DRAWER: f32 = 1000.0;
/// Points between the words of two tabs.
const TAB_GAP: f32 = 20.0;

/// View state that belongs to widgets alone: text being typed, scroll positions, open menus.
#[derive(Debug, Default)]
pub struct PanelState {
    /// A path typed instead of using the system's dialog.
    pub typed_path: String,
    /// What is looked for.
    pub find: String,
    /// The last [`Model::find_requests`] that was answered with the focus.
    pub find_seen: u64,
    /// Whom the typed text finds.
    found: find::Finding,
    /// The window has its look.
    dressed: bool,
    /// How wide the window was in the last picture, and how large its text.
    window_width: f32,
    text_size: f32,
    /// The panel whose edge is being dragged, with its width in the last picture.
    dragged_panel: Option<(SidePanel, f32)>,
    /// The text field that had the focus in the last picture.
    typed_in: Option<Id>,
    /// Tab, arrows or a screen reader moved the focus last, not the pointer.
    by_keys: bool,
    /// What lay over the window in the last picture.
    sheet: Option<Sheet>,
    /// The palette.
    palette: palette::Typed,
    /// Which row of the table or of the list has the keys.
    rows: rows::Rows,
    /// What is being done with the table of everybody.
    people_table: people_table::Held,
    /// What is being done with the selection.
    selection: selection::Held,
    /// Of the list only those with this status are shown; `None`: everybody.
    pub list_status: Option<Status>,
    /// Places of those who are shown of the list: made anew in every picture, in the same memory.
    listed: Vec<usize>,
    /// The handles being pasted.
    paste: paste::Typed,
    /// *Export CSV…* writes the bytes by which Excel knows UTF-8.
    for_excel: bool,
    /// What is folded on the page of changes.
    changes: changes::Folded,
    /// What is typed in the Plan tab.
    plan: plan::Typed,
    /// The tab of the import window.
    import_file: usize,
    /// What is typed in the import window.
    import_typed: import::Typed,
    /// The person shown last, with everything that takes time to look up.
    facts: Option<facts::Facts>,
    /// What the two people who were shown last have in common.
    pair: Option<pair::Pair>,
    /// Which pair of communities is looked at.
    chosen_pair: pairs::Chosen,
    /// What is being done with the filter.
    filters: filters::Typed,
    /// The community that is being given a name.
    renaming: communities::Renaming,
    /// What is being done with the card of a community.
    community: community::View,
    /// What is being done with the scatter plots.
    brush: plots::Brush,
    /// What is being done with the time line.
    time: time_line::TimeBrush,
    /// What is done with the list of posts.
    posts: posts::Read,
    /// The path being typed where the system has no file dialog.
    prompt: prompt::Typed,
    /// What is looked for in the help.
    help: help::Typed,
    /// The card of the tour.
    tour: tour::TourCard,
    /// Counts of the open map.
    counts: Option<status::Counts>,
}

/// Draws everything but the map: menu and tool bar (top), status line (bottom), communities (left), tabs (right), the
/// empty state and the import window; gives the room in the middle to `map`.
pub fn window_ui(
    ui: &mut egui::Ui,
    model: &Model,
    state: &mut PanelState,
    inbox: &mut Vec<Command>,
    map: &mut dyn FnMut(&mut egui::Ui, &mut Vec<Command>),
) {
    let asked = inbox.len();
    dress(ui, model, state);
    if !model.is_covered() {
        leave_fields(ui, state);
        tour::keys(ui, model, &state.tour, inbox);
        rows::keys(ui, model, state, inbox);
        time_keys(ui, model, state, inbox);
        shortcuts::shortcuts(ui, model, inbox);
        copy_keys(ui, model, state, inbox);
    }
    let colours = theme::colours(model.theme);
    top_bar::top_bar_ui(ui, model, state, inbox);
    status::status_ui(ui, model, state, inbox);
    if let Some(open) = &model.map {
        let shown = Shown {
            model,
            map: open,
            colours,
        };
        fit_panels(ui, state);
        panels_ui(ui, shown, state, inbox);
        filters::filters_ui(ui, shown, &mut state.filters, inbox);
        let middle = egui::CentralPanel::no_frame().show(ui, |ui| map(ui, inbox));
        problems::problems_ui(ui, middle.response.rect, model, inbox);
    } else {
        let middle = egui::CentralPanel::default_margins()
            .show(ui, |ui| welcome::welcome_ui(ui, model, state, inbox));
        problems::problems_ui(ui, middle.response.rect, model, inbox);
    }
    over_ui(ui, model, state, inbox);
    show_focus(ui, model, state);
    if inbox.len() > asked {
        ui.ctx().request_repaint(); // to show what the commands have changed
    }
}

/// The panels at the sides and the drawer. In a narrow window the drawer lies below the communities too: between the
/// panels it would have no room.
fn panels_ui(
    ui: &mut egui::Ui,
    shown: Shown<'_>,
    state: &mut PanelState,
    inbox: &mut Vec<Command>,
) {
    let model = shown.model;
    let window = ui.ctx().content_rect().width();
    let drawer_is_wide = model.drawer.is_some() && window < WIDE_DRAWER;
    if !drawer_is_wide {
        left_ui(ui, shown, state, inbox);
    }
    let bounds = [0.35, 300.0, 560.0];
    let drawn = side(
        Panel::right(SidePanel::Right.id()),
        (shown, window, model.panel_widths.right),
        bounds,
    )
    .show(ui, |ui| tabs_ui(ui, shown, state, inbox));
    for step in [TourStep::Islands, TourStep::Bridges] {
        tour::seen(ui.ctx(), model, step, drawn.response.rect);
    }
    if model.tab == Tab::Bridges {
        tour::here(ui.ctx(), model, TourStep::List, drawn.response.rect);
    }
    keep_width(ui, SidePanel::Right, drawn.response.rect, state, inbox);
    drawer::drawer_ui(ui, shown, state, inbox);
    if drawer_is_wide {
        left_ui(ui, shown, state, inbox);
    }
}

/// The panel of communities, where the window has room for it.
fn left_ui(ui: &mut egui::Ui, shown: Shown<'_>, state: &mut PanelState, inbox: &mut Vec<Command>) {
    let model = shown.model;
    let window = ui.ctx().content_rect().width();
    if model.communities_closed || window < 760.0 {
        return;
    }
    let bounds = [0.16, 204.0, 250.0];
    let drawn = side(
        Panel::left(SidePanel::Left.id()),
        (shown, window, model.panel_widths.left),
        bounds,
    )
    .show(ui, |ui| {
        communities::communities_ui(ui, shown, &mut state.renaming, inbox);
    });
    tour::here(ui.ctx(), model, TourStep::Islands, drawn.response.rect);
    keep_width(ui, SidePanel::Left, drawn.response.rect, state, inbox);
}

/// In a window of another size, or with text of another size, the panels take their share anew.
fn fit_panels(ui: &egui::Ui, state: &mut PanelState) {
    let window = ui.ctx().content_rect().width();
    if (window - state.window_width).abs() < 0.5 {
        return;
    }
    let text = ui.ctx().zoom_factor();
    let of_text = (text - state.text_size).abs() > 0.001;
    (state.window_width, state.text_size) = (window, text);
    ui.data_mut(|data| {
        for side in [SidePanel::Left, SidePanel::Right] {
            data.remove::<egui::PanelState>(egui::Id::new(side.id()));
        }
        if of_text {
            data.remove::<egui::PanelState>(egui::Id::new(drawer::ID));
        }
    });
}

/// The keys of the time line, while it has them.
fn time_keys(ui: &egui::Ui, model: &Model, state: &mut PanelState, inbox: &mut Vec<Command>) {
    if let Some(map) = &model.map {
        let colours = theme::colours(model.theme);
        let shown = Shown {
            model,
            map,
            colours,
        };
        time_line::keys(ui, shown, &mut state.time, inbox);
    }
}

/// Draws what lies over the window.
fn over_ui(ui: &egui::Ui, model: &Model, state: &mut PanelState, inbox: &mut Vec<Command>) {
    if let Some(pending) = &model.import {
        import::import_ui(ui, model, pending, state, inbox);
    }
    import::report_ui(ui, model, inbox);
    map_export::map_export_ui(ui, model, inbox);
    paste::paste_ui(ui, model, state, inbox);
    prompt::prompt_ui(ui, model, state, inbox);
    keys::keys_ui(ui, model, state, inbox);
    help::help_ui(ui, model, state, inbox);
    project::project_ui(ui, model, state, inbox);
    palette::palette_ui(ui, model, state, inbox);
    tour::tour_ui(ui, model, &mut state.tour, inbox);
    state.sheet = model.sheet;
}

/// Rings what has the keys, where they were used last, and remembers the field that is typed in.
fn show_focus(ui: &egui::Ui, model: &Model, state: &mut PanelState) {
    let typing = ui.ctx().text_edit_focused();
    state.typed_in = ui.memory(egui::Memory::focused).filter(|_| typing);
    state.by_keys = focus_by_keys(ui).unwrap_or(state.by_keys);
    if state.by_keys {
        widgets::focus_ring(ui.ctx(), theme::colours(model.theme));
    }
}

/// Escape leaves the field that is typed in, and empties the find field; only what is left of it is a shortcut.
fn leave_fields(ui: &egui::Ui, state: &mut PanelState) {
    let popup = egui::Popup::is_any_open(ui.ctx());
    let pressed = ui.input(|input| input.key_pressed(Key::Escape));
    if popup || !pressed {
        return;
    }
    let finding = !state.find.is_empty();
    if state.typed_in.is_some() || finding {
        ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    }
    // egui has taken the focus already.
    if finding && state.typed_in.is_none_or(|id| id == find::field_id()) {
        state.find.clear();
        state.found.close();
    }
}

/// Whether the keys (or a screen reader) moved the focus since the last picture, or the pointer; `None` where neither did.
fn focus_by_keys(ui: &egui::Ui) -> Option<bool> {
    let walks = |key: &Key| {
        matches!(
            key,
            Key::Tab
                | Key::ArrowUp
                | Key::ArrowDown
                | Key::ArrowLeft
                | Key::ArrowRight
                | Key::Enter
        )
    };
    let says = |event: &Event| match event {
        Event::Key { key, pressed, .. } => (*pressed && walks(key)).then_some(true),
        Event::AccessKitActionRequest(_) => Some(true),
        Event::PointerButton { .. } => Some(false),
        _ => None,
    };
    ui.input(|input| input.raw.events.iter().rev().find_map(says))
}

/// Gives the window its look: once for the context, and this frame's root the style of the model's theme.
fn dress(ui: &mut egui::Ui, model: &Model, state: &mut PanelState) {
    if !state.dressed {
        theme::apply(ui.ctx());
        state.dressed = true;
    }
    let stands_still = ui
        .ctx()
        .style_of(theme::egui_theme(model.theme))
        .animation_time
        <= 0.0;
    if stands_still != model.reduces_motion() {
        theme::set_motion(ui.ctx(), model.reduces_motion());
    }
    let style = ui.ctx().style_of(theme::egui_theme(model.theme));
    ui.set_style(style);
}

/// Ctrl+C copies the picture, or the rows of the table of which one has the keys, unless a text field has the focus: the system
/// hands these keys on as a wish of its own.
fn copy_keys(ui: &egui::Ui, model: &Model, state: &PanelState, inbox: &mut Vec<Command>) {
    let wished = |i: &egui::InputState| i.events.contains(&egui::Event::Copy);
    let typing = ui.ctx().text_edit_focused();
    if model.map.is_some() && !typing && ui.input(wished) {
        let table = rows::copied_table(ui, model, state);
        inbox.push(table.unwrap_or(Command::CopyMap));
    }
}

/// Asks to keep the width of a panel once its edge was dragged and let go.
fn keep_width(
    ui: &egui::Ui,
    panel: SidePanel,
    rect: egui::Rect,
    state: &mut PanelState,
    inbox: &mut Vec<Command>,
) {
    let edge = match panel {
        SidePanel::Left => rect.right(),
        SidePanel::Right => rect.left(),
    };
    let (pressed, released, at) = ui.input(|i| {
        let pointer = &i.pointer;
        (
            pointer.primary_pressed(),
            pointer.primary_released(),
            pointer.press_origin(),
        )
    });
    let on_edge =
        at.is_some_and(|at| (at.x - edge).abs() <= ui.style().interaction.resize_grab_radius_side);
    if pressed && on_edge && rect.y_range().contains(at.unwrap_or_default().y) {
        state.dragged_panel = Some((panel, rect.width()));
    }
    if let Some((dragged, before)) = state.dragged_panel
        && dragged == panel
        && released
    {
        state.dragged_panel = None;
        if (rect.width() - before).abs() >= 1.0 {
            inbox.push(Command::SetPanelWidth(panel, rect.width().round() as u16));
        }
    }
}

/// A panel at the side whose width is what the person made it, else a share of the window's, within bounds.
fn side(
    panel: Panel,
    (shown, window, kept): (Shown<'_>, f32, u16),
    [share, least, most]: [f32; 3],
) -> Panel {
    let width = (window * share).clamp(least, most);
    let first = if kept > 0 { f32::from(kept) } else { width };
    panel
        .resizable(true)
        .default_size(first)
        .size_range(least.min(width)..=(window * 0.45).max(width))
        .frame(
            Frame::new()
                .fill(shown.colours.panel)
                .inner_margin(Margin::same(theme::MARGIN)),
        )
}

/// The tabs on the right and what the chosen one shows.
fn tabs_ui(ui: &mut egui::Ui, shown: Shown<'_>, state: &mut PanelState, inbox: &mut Vec<Command>) {
    ui.take_available_width(); // a panel is as wide as what it holds
    let n_listed = shown.model.campaign.outreach_list.len();
    let list = if n_listed == 0 {
        Tab::List.words().to_owned()
    } else {
        format!("{} ({n_listed})", Tab::List.words())
    };
    ui.horizontal(|ui| {
        // The words of the first stand over those below them.
        ui.spacing_mut().button_padding.x = 0.0;
        ui.spacing_mut().item_spacing.x = TAB_GAP;
        for tab in Tab::all(shown.model) {
            let label = match tab {
                Tab::List => list.as_str(),
                _ => tab.words(),
            };
            let response = tab_ui(ui, shown, tab, label);
            if response.clicked() {
                inbox.push(Command::ShowTab(tab));
                if response.has_focus() {
                    state.rows.take_keys();
                }
            }
        }
    });
    ui.add_space(4.0);
    ui.push_id(Id::new(shown.model.tab as u8), |ui| match shown.model.tab {
        Tab::Bridges => bridges::bridges_ui(ui, shown, state, inbox),
        Tab::Person => match shown.model.selected.as_slice() {
            [one] => person::person_ui(ui, shown, *one, state, inbox),
            several => selection::selection_ui(ui, shown, several, state, inbox),
        },
        Tab::Community => community::community_ui(ui, shown, state, inbox),
        Tab::List => list::list_ui(ui, shown, state, inbox),
        Tab::Plan => plan::plan_ui(ui, shown, state, inbox),
        Tab::Changes => changes::changes_ui(ui, shown, state, inbox),
        Tab::Answer => answer::answer_ui(ui, shown, state, inbox),
    });
}

fn tab_ui(ui: &mut egui::Ui, shown: Shown<'_>, tab: Tab, label: &str) -> egui::Response {
    let chosen = shown.model.tab == tab;
    let colours = shown.colours;
    let text = RichText::new(label).color(if chosen { colours.text } else { colours.weak });
    let button = egui::Button::new(text)
        .selected(false)
        .fill(egui::Color32::TRANSPARENT)
        .stroke(egui::Stroke::NONE);
    let response = ui.add(button);
    let info = || egui::WidgetInfo::selected(egui::WidgetType::Button, true, chosen, label);
    response.widget_info(info);
    if chosen {
        let rect = response.rect;
        let line = egui::Stroke::new(2.0, colours.accent);
        ui.painter()
            .hline(rect.x_range(), rect.bottom() + 1.0, line);
    }
    response
}
