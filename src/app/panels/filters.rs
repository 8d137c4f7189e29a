//! The row above the map: each condition of the filter as a chip, what else could be asked, and how much is shown.

use std::sync::Arc;

use eframe::egui::{
    Button, Context, Frame, Galley, Id, Key, Label, Margin, Panel, Popup, PopupCloseBehavior, Rect,
    Response, RichText, ScrollArea, Sense, TextEdit, TextStyle, TextWrapMode, Ui, WidgetInfo,
    WidgetText, WidgetType, pos2, vec2,
};

use eframe::egui::style::StyleModifier;

use super::filter_editors::{Editing, editor_ui};
use super::icons::{Icon, paint};
use super::shown::Shown;
use super::widgets::{half, halves, icon_button, named};
use super::{figures, filter_offers};
use crate::app::command::{Command, FilterCommand};
use crate::app::model::Model;
use crate::app::shortcuts::keys_of;
use crate::app::theme;
use crate::app::words::filters::{Named, chip_words, condition_name, condition_tip};
use crate::campaign::{Analysed, Condition};

/// Height of a chip, in points.
const CHIP: f32 = 24.0;
/// Room for the cross of a chip.
const CROSS: f32 = 20.0;
/// Under this width the switches stand on two lines, in points.
const NARROW: f32 = 640.0;
/// Under this width on four.
const VERY_NARROW: f32 = 270.0;
/// Of the height above the drawer, what chips and switches take at the most: the map needs the rest.
const MOST: f32 = 0.52;

/// What is being done with the filter.
#[derive(Debug, Default)]
pub(super) struct Typed {
    /// The condition that was asked for and is not set yet.
    adding: Option<Condition>,
    /// The popup of this one shall open.
    opens: Option<Condition>,
    /// What is being typed or dragged in the popup of this one.
    pub(super) editing: Option<Editing>,
    /// The name under which the filter shall be kept.
    name: String,
}

/// Draws the row.
pub(super) fn filters_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    typed: &mut Typed,
    inbox: &mut Vec<Command>,
) {
    let frame = Frame::new()
        .fill(shown.colours.panel)
        .inner_margin(Margin::symmetric(theme::MARGIN, 5));
    let narrows = shown
        .model
        .campaign
        .map
        .filter
        .conditions()
        .next()
        .is_some();
    let room = (ui.available_height() * MOST).max(CHIP * 2.0);
    Panel::top("filters").frame(frame).show(ui, |ui| {
        // A panel is as high as it was: as far as the room goes, this one is as high as what it holds.
        let rows = ScrollArea::vertical()
            .max_height(room)
            .min_scrolled_height(room);
        rows.auto_shrink([false, true])
            .show(ui, |ui| rows_ui(ui, shown, narrows, typed, inbox));
    });
}

/// The chips, and below them what is done with what they let through.
fn rows_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    narrows: bool,
    typed: &mut Typed,
    inbox: &mut Vec<Command>,
) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 5.0);
        ui.spacing_mut().interact_size.y = CHIP;
        chips_ui(ui, shown, typed, inbox);
        let button = ui.add(Button::new("Add filter…").small().min_size(vec2(0.0, CHIP)));
        let button = button.on_hover_text("Show only a part of the map");
        Popup::menu(&button).show(|ui| add_ui(ui, shown, typed, inbox));
        kept_ui(ui, shown, inbox);
        if narrows {
            counts_ui(ui, shown.model);
        }
    });
    if narrows {
        ui.add_space(3.0);
        switches_ui(ui, shown, typed, inbox);
    }
}

/// What is done with those whom the filter does not let through, and what is found among the others.
fn switches_ui(ui: &mut Ui, shown: Shown<'_>, typed: &mut Typed, inbox: &mut Vec<Command>) {
    let room = ui.available_width();
    let changes = shown.model.campaign.map.filter.narrows();
    ui.spacing_mut().item_spacing = vec2(8.0, 5.0);
    if room >= NARROW {
        ui.horizontal(|ui| {
            if changes {
                dims_ui(ui, shown, inbox);
                analysed_ui(ui, shown, "Communities and scores of", inbox);
            }
            keep_and_lift_ui(ui, shown, typed, inbox);
        });
        return;
    }
    ui.horizontal_wrapped(|ui| {
        if changes {
            dims_ui(ui, shown, inbox);
        }
        keep_and_lift_ui(ui, shown, typed, inbox);
    });
    if changes && room >= VERY_NARROW {
        ui.horizontal(|ui| analysed_ui(ui, shown, "Scores of", inbox));
    } else if changes {
        analysed_ui(ui, shown, "Scores of", inbox);
    }
}

/// The communities as the filter means them: `None` where they may not be named.
pub(super) fn named_of(shown: Shown<'_>) -> Named<'_> {
    let (model, map) = (shown.model, shown.map);
    let hides = model.name_mask.hides();
    Named::new(
        &model.campaign.map,
        &map.results,
        (&map.found, is_of_part(shown)),
        hides,
    )
}

/// Whether what is on the screen was found in a part of the map.
pub(super) fn is_of_part(shown: Shown<'_>) -> bool {
    let filter = &shown.model.campaign.map.filter;
    let other = !Arc::ptr_eq(&shown.map.results.graph, &shown.map.found.graph);
    // While names are hidden the whole is not at hand.
    other || shown.model.name_mask.hides() && filter.analysed == Analysed::Shown && filter.narrows()
}

fn chips_ui(ui: &mut Ui, shown: Shown<'_>, typed: &mut Typed, inbox: &mut Vec<Command>) {
    let filter = &shown.model.campaign.map.filter;
    let named = named_of(shown);
    for condition in Condition::ALL {
        let is_set = filter.asks(condition);
        if !is_set && typed.adding != Some(condition) {
            continue;
        }
        let text = if is_set {
            chip_words(filter, condition, &named)
        } else {
            format!("{}…", condition_name(condition))
        };
        let (chip, cross) = chip_ui(ui, shown, condition, &text);
        if cross.clicked() {
            if typed.adding == Some(condition) {
                typed.adding = None;
            }
            if is_set {
                inbox.push(Command::Filter(FilterCommand::LiftOne(condition)));
            }
        }
        popup_ui(&chip, shown, condition, typed, inbox);
        chip.on_hover_text(chip_tip(shown.model, condition));
    }
}

/// What stands behind a chip: what it does, and how much of it.
fn chip_tip(model: &Model, condition: Condition) -> String {
    let alone = model.hides_alone.get(&condition);
    let alone = alone.map_or_else(String::new, |n| {
        format!("\nHides {} by itself", figures::people(*n))
    });
    format!("{}{alone}\nClick to change it", condition_tip(condition))
}

/// A chip and its cross.
fn chip_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    condition: Condition,
    text: &str,
) -> (Response, Response) {
    let colours = shown.colours;
    let words = RichText::new(text).text_style(TextStyle::Button);
    let galley: Arc<Galley> = WidgetText::from(words).into_galley(
        ui,
        Some(TextWrapMode::Truncate),
        280.0,
        TextStyle::Button,
    );
    let size = vec2(
        galley.size().x + 12.0 + CROSS,
        CHIP.max(galley.size().y + 6.0),
    );
    let (_, rect) = ui.allocate_space(size);
    let chip = ui.interact(rect, Id::new(("filter chip", condition)), Sense::click());
    let enabled = ui.is_enabled();
    chip.widget_info(|| WidgetInfo::labeled(WidgetType::Button, enabled, format!("Filter {text}")));
    let place = Rect::from_min_max(pos2(rect.right() - CROSS, rect.top()), rect.max);
    let cross = ui.interact(place, Id::new(("filter cross", condition)), Sense::click());
    cross.widget_info(|| WidgetInfo::labeled(WidgetType::Button, enabled, format!("Lift {text}")));
    if ui.is_rect_visible(rect) {
        let fill = if chip.hovered() && !cross.hovered() {
            colours.hovered
        } else {
            colours.accent_soft
        };
        ui.painter().rect_filled(rect, CHIP / 2.0, fill);
        let at = pos2(rect.left() + 10.0, rect.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, colours.text);
        let colour = if cross.hovered() || cross.has_focus() {
            colours.text
        } else {
            colours.weak
        };
        let mark = Rect::from_center_size(place.center() - vec2(2.0, 0.0), vec2(9.0, 9.0));
        paint(ui.painter(), mark, Icon::Close, colour);
    }
    let cross = cross.on_hover_text(format!("Lift {text}"));
    (chip, cross)
}

/// The popup of a chip; what was typed in it is one step once it is closed.
fn popup_ui(
    chip: &Response,
    shown: Shown<'_>,
    condition: Condition,
    typed: &mut Typed,
    inbox: &mut Vec<Command>,
) {
    let id = Popup::default_response_id(chip);
    if typed.opens == Some(condition) {
        typed.opens = None;
        Popup::open_id(&chip.ctx, id);
    }
    Popup::menu(chip)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .style(StyleModifier::default()) // it has fields and boxes, which menus draw without a frame
        .frame(form_frame(&chip.ctx))
        .width(280.0)
        .show(|ui| editor_ui(ui, shown, condition, &mut typed.editing, inbox));
    if Popup::is_id_open(&chip.ctx, id) {
        return;
    }
    if typed.adding == Some(condition) {
        typed.adding = None;
    }
    if (typed.editing.as_ref()).is_some_and(|editing| editing.condition == condition) {
        typed.editing = None;
        inbox.push(Command::CloseStep);
    }
}

/// What stands round a popup with fields in it.
fn form_frame(ctx: &Context) -> Frame {
    Frame::popup(&ctx.global_style()).inner_margin(Margin::symmetric(12, 10))
}

/// What else may be asked: what makes no sense here is there too, with the reason.
fn add_ui(ui: &mut Ui, shown: Shown<'_>, typed: &mut Typed, inbox: &mut Vec<Command>) {
    let filter = &shown.model.campaign.map.filter;
    let free = Condition::ALL.into_iter().filter(|c| !c.is_hiding());
    for condition in free.filter(|condition| !filter.asks(*condition)) {
        let reason = filter_offers::reason_against(shown, condition);
        let button = Button::new(condition_name(condition));
        let response = ui
            .add_enabled(reason.is_none(), button)
            .on_hover_text(condition_tip(condition))
            .on_disabled_hover_text(reason.unwrap_or_default());
        if response.clicked() {
            ui.close(); // Enter does not do that by itself
            if let Some(command) = filter_offers::begin(shown, condition) {
                inbox.push(command);
            } else {
                typed.adding = Some(condition);
            }
            typed.opens = filter_offers::has_more_to_ask(condition).then_some(condition);
        }
    }
}

/// Filters that were kept: shown again, or forgotten.
fn kept_ui(ui: &mut Ui, shown: Shown<'_>, inbox: &mut Vec<Command>) {
    let kept = &shown.model.campaign.map.kept_filters;
    if kept.is_empty() {
        return;
    }
    let button = ui.add(
        Button::new("Kept filters")
            .small()
            .min_size(vec2(0.0, CHIP)),
    );
    let button = button.on_hover_text("Filters that were kept under a name");
    Popup::menu(&button).show(|ui| {
        for name in kept.keys() {
            ui.horizontal(|ui| {
                let chosen = kept.get(name) == Some(&shown.model.campaign.map.filter);
                if ui.selectable_label(chosen, name).clicked() {
                    ui.close();
                    let recall = FilterCommand::Recall(name.clone());
                    inbox.push(Command::Filter(recall));
                }
                let words = format!("Forget the filter {name}");
                if icon_button(ui, Icon::Close, &words, shown.colours.weak).clicked() {
                    ui.close();
                    inbox.push(Command::Filter(FilterCommand::Drop(name.clone())));
                }
            });
        }
    });
}

/// How much is shown.
fn counts_ui(ui: &mut Ui, model: &Model) {
    let Some(counts) = model.part.as_ref().map(|part| part.counts) else {
        ui.label(RichText::new("Counting…").weak());
        return;
    };
    let words = format!(
        "{} of {} shown",
        figures::whole(counts.people),
        figures::people(counts.all_people)
    );
    let mut tip = vec![format!(
        "{} of {} shown",
        figures::whole(counts.ties),
        figures::counted(counts.all_ties, "tie", "ties")
    )];
    if counts.posts < counts.all_posts {
        let all = figures::counted(counts.all_posts, "post", "posts");
        tip.push(format!("{} of {all} chosen", figures::whole(counts.posts)));
    }
    let alone = counts.people.saturating_sub(counts.tied);
    if alone > 0 {
        let people = figures::people(alone);
        tip.push(format!("{people} of the shown without a tie, not drawn"));
    }
    // Whole, on the next line where this one is full.
    ui.add(Label::new(words).extend())
        .on_hover_text(tip.join("\n"));
}

/// Hide or dim what is not let through.
fn dims_ui(ui: &mut Ui, shown: Shown<'_>, inbox: &mut Vec<Command>) {
    let dims_now = shown.model.campaign.map.filter.dims;
    halves(ui, shown.colours, |ui| {
        for (dims, label) in [(false, "Hide"), (true, "Dim")] {
            let command = FilterCommand::Dim(dims);
            let response = half(ui, shown.colours, dims_now == dims, label);
            let clicked = response.on_hover_text(command.words().1).clicked();
            if clicked && dims_now != dims {
                inbox.push(Command::Filter(command));
            }
        }
    });
}

/// Whether communities and scores are those of the whole or of what is shown.
fn analysed_ui(ui: &mut Ui, shown: Shown<'_>, words: &str, inbox: &mut Vec<Command>) {
    let now = shown.model.campaign.map.filter.analysed;
    ui.label(RichText::new(words).weak());
    halves(ui, shown.colours, |ui| {
        for (analysed, label) in [
            (Analysed::Whole, "the whole"),
            (Analysed::Shown, "what is shown"),
        ] {
            let command = FilterCommand::Analyse(analysed);
            let response = half(ui, shown.colours, now == analysed, label);
            let clicked = response.on_hover_text(command.words().1).clicked();
            if clicked && now != analysed {
                inbox.push(Command::Filter(command));
            }
        }
    });
}

/// Keep the filter under a name, or lift all of it.
fn keep_and_lift_ui(ui: &mut Ui, shown: Shown<'_>, typed: &mut Typed, inbox: &mut Vec<Command>) {
    if shown.model.campaign.map.filter.narrows() {
        let keep = ui.button("Keep as…");
        let keep = keep.on_hover_text(FilterCommand::Keep(String::new()).words().1);
        Popup::menu(&keep)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .style(StyleModifier::default())
            .frame(form_frame(ui.ctx()))
            .show(|ui| keep_ui(ui, &mut typed.name, inbox));
    }
    let lift = Command::Filter(FilterCommand::Lift);
    let tip = format!("{} ({})", lift.words().tooltip, keys_of(ui.ctx(), &lift));
    if ui.button("Lift all").on_hover_text(tip).clicked() {
        inbox.push(lift);
    }
}

/// The field for the name of a filter.
fn keep_ui(ui: &mut Ui, name: &mut String, inbox: &mut Vec<Command>) {
    let field = Id::new("name of the filter");
    let edit = TextEdit::singleline(name)
        .id(field)
        .hint_text("Name of the filter");
    let response = ui.add(edit.desired_width(200.0));
    named(&response, "Name of the filter");
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let has_name = !name.trim().is_empty();
    let keep = ui.add_enabled(has_name, Button::new("Keep"));
    let keep = keep.on_disabled_hover_text("Give it a name first");
    if (keep.clicked() || entered) && has_name {
        let name = std::mem::take(name).trim().to_owned();
        inbox.push(Command::Filter(FilterCommand::Keep(name)));
        ui.close();
    }
}
