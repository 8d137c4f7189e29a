//! The people of a plan in the order of work, each with the reason and what can be done about them.

use eframe::egui::{
    Align, Id, Layout, Rect, Response, RichText, Sense, TextStyle, Ui, UiBuilder, WidgetInfo,
    WidgetType, pos2,
    text::{LayoutJob, TextWrapping},
    vec2,
};

use super::instead::instead_button;
use super::person::InPlan;
use crate::app::command::{Among, Command};
use crate::app::panels::figures;
use crate::app::panels::icons::Icon;
use crate::app::panels::rows::Rows;
use crate::app::panels::shown::Shown;
use crate::app::panels::widgets::{cell, icon_button, row_ground};
use crate::app::planning::ShownPlan;
use crate::campaign::plan::Pick;
use crate::people::{Person, PersonId};

/// Height of a row, in points.
const ROW: f32 = 80.0;
/// Rows drawn beyond what is seen, so that the keys can go there.
const MARGIN: usize = 2;
/// Room for the four buttons of a row, in points.
const BUTTONS: f32 = 108.0;

/// Draws the rows that are seen.
pub(super) fn picks_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    plan: &ShownPlan,
    rows: &mut Rows,
    inbox: &mut Vec<Command>,
) {
    let picks = &plan.plan.picks;
    let n = picks.len();
    let size = vec2(ui.available_width(), ROW * n as f32);
    let (_, all) = ui.allocate_space(size);
    let row_at = |at: usize| {
        let top = all.top() + ROW * at as f32;
        Rect::from_min_size(pos2(all.left(), top), vec2(all.width(), ROW))
    };
    let seen = ui.clip_rect();
    let at = |y: f32| ((y - all.top()) / ROW).max(0.0) as usize;
    let first = at(seen.top()).saturating_sub(MARGIN).min(n);
    let last = (at(seen.bottom()) + 1 + MARGIN).min(n);
    rows.begin();
    // A room of its own: the parts of a row leave the cursor behind the last one.
    let ui = &mut ui.new_child(UiBuilder::new().id_salt("picks").max_rect(all));
    for (at, pick) in picks.iter().enumerate().take(last).skip(first) {
        let response = pick_ui(ui, shown, (at, plan), (pick, row_at(at)), inbox);
        rows.row(ui, &response, (at, n), Some(pick.person));
    }
    if let Some(to) = rows.wanted() {
        ui.scroll_to_rect(row_at(to), None);
        ui.ctx().request_repaint();
    }
}

fn pick_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    (at, plan): (usize, &ShownPlan),
    (pick, rect): (&Pick, Rect),
    inbox: &mut Vec<Command>,
) -> Response {
    let colours = shown.colours;
    let row = ui.interact(rect, Id::new(("pick", at)), Sense::click());
    let name = shown.name(pick.person);
    let selected = shown.model.is_selected(pick.person);
    row.widget_info(|| {
        let label = format!("{name}, pick {}", at + 1);
        WidgetInfo::selected(WidgetType::Button, true, selected, label)
    });
    if row.gained_focus() {
        row.scroll_to_me(None);
    }
    row_ground(ui, rect, &row, selected, colours);
    let number = Rect::from_x_y_ranges(
        rect.left()..=rect.left() + 24.0,
        rect.top() + 6.0..=rect.top() + 26.0,
    );
    let text = RichText::new(figures::whole(at as u64 + 1)).small();
    cell(ui, number, text, colours.weak, Align::Max);
    let cut = who_ui(ui, shown, (pick, plan), rect);
    if row.clicked() {
        inbox.push(Command::ShowPerson(pick.person));
    }
    let row = match cut {
        Some(reason) => row.on_hover_text(format!("{name}\n{reason}")),
        None => row,
    };
    buttons_ui(ui, shown, rect, pick.person, inbox);
    let line = eframe::egui::Stroke::new(1.0, colours.line.gamma_multiply(0.7));
    ui.painter()
        .hline(rect.x_range().shrink(4.0), rect.bottom() - 0.5, line);
    row
}

/// Name, community with reach, and the reason on two lines at most. Returns the reason where any of that was cut.
fn who_ui(
    ui: &Ui,
    shown: Shown<'_>,
    (pick, plan): (&Pick, &ShownPlan),
    rect: Rect,
) -> Option<String> {
    let colours = shown.colours;
    let (x, top) = (rect.left() + 34.0, rect.top());
    ui.painter().circle_filled(
        pos2(x + 4.0, top + 16.0),
        4.5,
        shown.person_colour(pick.person),
    );
    let right = rect.right() - BUTTONS - 4.0;
    let upper = Rect::from_x_y_ranges(x + 15.0..=right, top + 6.0..=top + 26.0);
    let cut = cell(ui, upper, shown.name(pick.person), colours.text, Align::Min);
    let reach = shown.person(pick.person).and_then(|who| who.reach);
    let reach = reach.map_or_else(|| "unknown".to_owned(), figures::short);
    let community = shown.community_name(shown.community_of(pick.person));
    let below = format!("Reach {reach} · {community}");
    let lower = Rect::from_x_y_ranges(x..=rect.right() - 6.0, top + 26.0..=top + 43.0);
    let below = RichText::new(below).text_style(TextStyle::Small);
    let cut = cell(ui, lower, below, colours.weak, Align::Min) || cut;
    let communities = &shown.analysis().communities;
    let reason = pick.reason(communities, plan.plan.touchpoints);
    let font = TextStyle::Small.resolve(ui.style());
    let mut job = LayoutJob::simple(reason.clone(), font, colours.text, 0.0);
    job.wrap = TextWrapping {
        max_width: rect.right() - 6.0 - x,
        max_rows: 2,
        ..TextWrapping::default()
    };
    let galley = ui.painter().layout_job(job);
    let cut = galley.elided || cut;
    ui.painter()
        .galley(pos2(x, top + 45.0), galley, colours.text);
    cut.then_some(reason)
}

/// Onto the list, must be in, who instead, never.
fn buttons_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    row: Rect,
    person: PersonId,
    inbox: &mut Vec<Command>,
) {
    let Some(who) = shown.person(person) else {
        return;
    };
    let right = row.right() - 4.0;
    let room = Rect::from_x_y_ranges(right - BUTTONS..=right, row.top() + 4.0..=row.top() + 28.0);
    let builder = UiBuilder::new()
        .max_rect(room)
        .id_salt(("pick buttons", person.0))
        .layout(Layout::right_to_left(Align::Center));
    ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        never_ui(ui, shown, who, inbox);
        instead_button(ui, shown, (Among::Plan, person), &who.name, inbox);
        pin_ui(ui, shown, who, inbox);
        add_ui(ui, shown, (person, &who.name), inbox);
    });
}

fn never_ui(ui: &mut Ui, shown: Shown<'_>, who: &Person, inbox: &mut Vec<Command>) {
    let label = format!("Never pick {}", who.name);
    if icon_button(ui, Icon::Never, &label, shown.colours.weak).clicked() {
        InPlan::Never.ask(shown.model, &who.key, inbox);
    }
}

fn pin_ui(ui: &mut Ui, shown: Shown<'_>, who: &Person, inbox: &mut Vec<Command>) {
    let pinned = InPlan::of(&shown.model.campaign.plan, &who.key) == InPlan::Must;
    let (label, colour, to) = if pinned {
        let label = format!("{} need not be in", who.name);
        (label, shown.colours.accent, InPlan::May)
    } else {
        let label = format!("{} must be in", who.name);
        (label, shown.colours.weak, InPlan::Must)
    };
    if icon_button(ui, Icon::Pin, &label, colour).clicked() {
        to.ask(shown.model, &who.key, inbox);
    }
}

fn add_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    (person, name): (PersonId, &str),
    inbox: &mut Vec<Command>,
) {
    let listed = shown.model.is_on_list(person);
    let (icon, colour, label) = if listed {
        let label = format!("Remove {name} from list");
        (Icon::Check, shown.colours.accent, label)
    } else {
        let label = format!("Add {name} to list");
        (Icon::Plus, shown.colours.weak, label)
    };
    if icon_button(ui, icon, &label, colour).clicked() {
        inbox.push(Command::ToggleOnList(person));
    }
}
