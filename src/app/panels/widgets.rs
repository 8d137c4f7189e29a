//! Small parts that all panels are made of: named buttons, cut texts with their tooltip, bars, empty states.

use std::sync::Arc;

use eframe::egui::{
    self, Align, Button, Color32, CornerRadius, Frame, Galley, Id, Margin, Popup, Rect, Response,
    RichText, Sense, Stroke, StrokeKind, TextEdit, TextStyle, TextWrapMode, Ui, WidgetInfo,
    WidgetText, WidgetType, pos2,
    text::LayoutJob,
    text::{CCursor, CCursorRange},
    text_edit::TextEditState,
    vec2,
};

use super::icons::{Icon, paint};
use crate::app::command::Command;
use crate::app::offers::Offer;
use crate::app::shortcuts::keys_of;
use crate::app::theme::{self, Colours};

/// Side of an icon, in points.
const ICON: f32 = 13.0;

/// The name by which screen readers and tests know `response`.
pub(in crate::app) fn named(response: &Response, name: &str) {
    response
        .ctx
        .accesskit_node_builder(response.id, |node| node.set_label(name));
}

/// A button that is only an icon. `name` is its tooltip too.
pub(super) fn icon_button(ui: &mut Ui, icon: Icon, name: &str, colour: Color32) -> Response {
    let side = theme::CONTROL - 4.0;
    let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::click());
    icon_button_at(ui, rect, &response, icon, colour);
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, enabled, name));
    response.on_hover_text(name).on_disabled_hover_text(name)
}

/// The look of an icon button whose room and response are there already.
pub(super) fn icon_button_at(
    ui: &Ui,
    rect: Rect,
    response: &Response,
    icon: Icon,
    colour: Color32,
) {
    if !ui.is_rect_visible(rect) {
        return;
    }
    let visuals = ui.style().interact(response);
    if response.hovered() || response.has_focus() || response.is_pointer_button_down_on() {
        ui.painter()
            .rect_filled(rect, theme::ROUND, visuals.weak_bg_fill);
    }
    let place = Rect::from_center_size(rect.center(), vec2(ICON, ICON));
    paint(ui.painter(), place, icon, colour);
}

/// The main button of a view: filled with the accent.
pub(super) fn main_button(ui: &mut Ui, label: &str, colours: &Colours) -> Response {
    ui.add(
        Button::new(RichText::new(label).color(colours.on_accent))
            .fill(colours.accent)
            .stroke(Stroke::NONE)
            .min_size(vec2(0.0, theme::CONTROL)),
    )
}

/// A button with the words, tooltip and keys of `command`, which a click asks for.
pub(super) fn command_button(
    ui: &mut Ui,
    enabled: bool,
    command: Command,
    inbox: &mut Vec<Command>,
) -> Response {
    let words = command.words();
    let keys = keys_of(ui.ctx(), &command);
    let tip = if keys.is_empty() {
        words.tooltip.to_owned()
    } else {
        format!("{} ({keys})", words.tooltip)
    };
    let response = ui
        .add_enabled(enabled, Button::new(words.label))
        .on_hover_text(&tip)
        .on_disabled_hover_text(&tip);
    if response.clicked() {
        inbox.push(command);
    }
    response
}

/// A line of a menu with the words and keys of what is offered.
pub(super) fn menu_item(ui: &mut Ui, offer: Offer, inbox: &mut Vec<Command>) {
    let first = offer.commands.first();
    let keys = first.map_or_else(String::new, |command| keys_of(ui.ctx(), command));
    let mut button = Button::new(&offer.label);
    if !keys.is_empty() {
        button = button.shortcut_text(RichText::new(keys).weak());
    }
    let tip = first.map_or("", |command| command.words().tooltip);
    let response = ui.add_enabled(offer.enabled, button).on_hover_text(tip);
    if response.clicked() {
        ui.close(); // Enter does not do that by itself
        inbox.extend(offer.commands);
    }
}

/// Whether the menu that is being drawn was opened just now, so that the keys shall go to what is chosen in it.
fn just_opened() -> Id {
    Id::new("menu just opened")
}

/// A line of a menu of which one is chosen: that has the keys when the menu opens.
pub(super) fn menu_choice(ui: &mut Ui, chosen: bool, label: &str) -> Response {
    let response = ui.selectable_label(chosen, label);
    if response.clicked() {
        ui.close(); // Enter does not do that by itself
    }
    if chosen && ui.data(|data| data.get_temp::<bool>(just_opened())) == Some(true) {
        response.request_focus();
    }
    response
}

/// A button with a small arrow that opens a menu. `name` is what screen readers and tests call it.
pub(super) fn menu_button(
    ui: &mut Ui,
    width: f32,
    text: &str,
    name: &str,
    add: impl FnOnce(&mut Ui),
) -> Response {
    let size = vec2(width, theme::CONTROL);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, enabled, name));
    if ui.is_rect_visible(rect) {
        let visuals = *ui.style().interact(&response);
        ui.painter().rect(
            rect,
            visuals.corner_radius,
            visuals.weak_bg_fill,
            visuals.bg_stroke,
            StrokeKind::Inside,
        );
        let arrow =
            Rect::from_center_size(pos2(rect.right() - 14.0, rect.center().y), vec2(9.0, 9.0));
        paint(
            ui.painter(),
            arrow,
            Icon::Down,
            ui.visuals().weak_text_color(),
        );
        let room = Rect::from_min_max(
            pos2(rect.left() + 10.0, rect.top()),
            pos2(arrow.left() - 4.0, rect.bottom()),
        );
        let colour = visuals.fg_stroke.color;
        cell(
            ui,
            room,
            RichText::new(text).text_style(TextStyle::Button),
            colour,
            Align::Min,
        );
    }
    let id = Popup::default_response_id(&response);
    let was_open = Popup::is_id_open(ui.ctx(), id);
    let opens = response.clicked() && response.has_focus() && !was_open;
    ui.data_mut(|data| data.insert_temp(just_opened(), opens));
    Popup::menu(&response)
        .width(width.max(160.0))
        .show(|ui| add(ui));
    ui.data_mut(|data| data.insert_temp(just_opened(), false));
    let by_pointer = ui.input(|input| input.pointer.any_click());
    if was_open && !by_pointer && !Popup::is_id_open(ui.ctx(), id) {
        response.request_focus(); // what was chosen with the keys is gone: they go on from here
    }
    response
}

/// Marks all of the text in the field `id`, so that what is typed next takes its place.
pub(super) fn mark_all(ctx: &egui::Context, id: Id, text: &str) {
    let mut state = TextEditState::load(ctx, id).unwrap_or_default();
    let range = CCursorRange::two(CCursor::new(0), CCursor::new(text.chars().count()));
    state.cursor.set_char_range(Some(range));
    state.store(ctx, id);
}

/// Draws a ring round what has the keyboard's focus, in whichever panel it is. A field that is typed in shows it by itself.
pub(super) fn focus_ring(ctx: &egui::Context, colours: &Colours) {
    if ctx.text_edit_focused() {
        return;
    }
    let focused = ctx.memory(egui::Memory::focused);
    let Some(response) = focused.and_then(|id| ctx.read_response(id)) else {
        return;
    };
    let ring = Stroke::new(2.0, colours.accent);
    let room = response.interact_rect.expand(ring.width);
    ctx.layer_painter(response.layer_id)
        .with_clip_rect(room)
        .rect_stroke(response.rect, theme::ROUND, ring, StrokeKind::Outside);
}

/// Draws `text` into `rect`, cut with `…` where it is longer. Returns whether it was cut.
pub(super) fn cell(
    ui: &Ui,
    rect: Rect,
    text: impl Into<WidgetText>,
    colour: Color32,
    align: Align,
) -> bool {
    let galley: Arc<Galley> = text.into().into_galley(
        ui,
        Some(TextWrapMode::Truncate),
        rect.width().max(0.0),
        TextStyle::Body,
    );
    let free = rect.width() - galley.size().x;
    let x = match align {
        Align::Min => rect.left(),
        Align::Center => rect.left() + free / 2.0,
        Align::Max => rect.left() + free,
    };
    let y = rect.center().y - galley.size().y / 2.0;
    let cut = galley.elided;
    ui.painter().galley(pos2(x, y), galley, colour);
    cut
}

/// A label on one line, cut with `…` and then with the whole text as tooltip.
pub(super) fn one_line(ui: &mut Ui, text: impl Into<WidgetText>) -> Response {
    ui.add(egui::Label::new(text).truncate())
}

/// What a panel is about: on two lines where one has no room for it, and what is cut then as tooltip.
pub(super) fn title(ui: &mut Ui, name: &str) {
    let font = TextStyle::Heading.resolve(ui.style());
    let colour = ui.visuals().strong_text_color();
    let mut job = LayoutJob::simple(name.to_owned(), font, colour, ui.available_width());
    job.wrap.max_rows = 2;
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let is_cut = galley.elided;
    let label = ui.label(galley);
    if is_cut {
        label.on_hover_text(name);
    }
}

/// A field in which words to search for are typed.
pub(super) fn search_field(
    ui: &mut Ui,
    typed: &mut String,
    id: Id,
    (hint, name): (&str, &str),
    width: f32,
) -> Response {
    let field = TextEdit::singleline(typed)
        .id(id)
        .hint_text(hint)
        .margin(Margin {
            left: 26,
            right: 6,
            top: 4,
            bottom: 4,
        })
        .desired_width(width);
    let response = ui.add(field);
    named(&response, name);
    let middle = pos2(response.rect.left() + 14.0, response.rect.center().y);
    let glass = Rect::from_center_size(middle, vec2(12.0, 12.0));
    let colour = ui.visuals().weak_text_color();
    paint(ui.painter(), glass, Icon::Search, colour);
    response
}

/// The heading of a part of a panel.
pub(super) fn section(ui: &mut Ui, title: &str) {
    ui.add_space(theme::FAR - 2.0);
    ui.label(heading_text(title));
}

/// As [`section`], with a tooltip.
pub(super) fn explained_section(ui: &mut Ui, title: &str, tip: &str) {
    ui.add_space(theme::FAR - 2.0);
    ui.label(heading_text(title)).on_hover_text(tip);
}

/// How the heading of a part of a panel is written: larger than what stands below it, smaller than the panel's title.
pub(super) fn heading_text(title: &str) -> RichText {
    RichText::new(title).size(15.5).strong()
}

/// A button beside words: lower than others, and still easily hit.
pub(super) fn small_button<'a>(label: impl eframe::egui::IntoAtoms<'a>) -> Button<'a> {
    Button::new(label).small().min_size(vec2(0.0, theme::SMALL))
}

/// Two or more halves of one button, side by side in a frame; `add` draws each with [`half`].
pub(in crate::app) fn halves(ui: &mut Ui, colours: &Colours, add: impl FnOnce(&mut Ui)) {
    Frame::new()
        .fill(colours.field)
        .stroke(Stroke::new(1.0, colours.line))
        .corner_radius(theme::ROUND)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            add(ui);
        });
}

/// One half of a button of which one is chosen.
pub(in crate::app) fn half(ui: &mut Ui, colours: &Colours, chosen: bool, label: &str) -> Response {
    let (text, fill) = if chosen {
        (colours.on_accent, colours.accent)
    } else {
        (colours.weak, Color32::TRANSPARENT)
    };
    let button = Button::new(RichText::new(label).color(text))
        .fill(fill)
        .stroke(Stroke::NONE);
    let response = ui.add(button);
    response.widget_info(|| WidgetInfo::selected(WidgetType::Button, true, chosen, label));
    response
}

/// A dot of a community's colour, in line with text.
pub(super) fn dot(ui: &mut Ui, colour: Color32, radius: f32) {
    let (rect, _) = ui.allocate_exact_size(vec2(radius * 2.0 + 2.0, radius * 2.0), Sense::hover());
    ui.painter().circle_filled(rect.center(), radius, colour);
}

/// A bar filled to `share` of one.
pub(super) fn bar(ui: &Ui, rect: Rect, share: f32, fill: Color32, empty: Color32) {
    let round = CornerRadius::same((rect.height() / 2.0) as u8);
    ui.painter().rect_filled(rect, round, empty);
    let share = if share.is_finite() {
        share.clamp(0.0, 1.0)
    } else {
        0.0
    };
    if share > 0.0 {
        let mut filled = rect;
        filled.set_width((rect.width() * share).max(rect.height()));
        ui.painter().rect_filled(filled, round, fill);
    }
}

/// The ground of a row that is selected or under the pointer.
pub(super) fn row_ground(ui: &Ui, rect: Rect, response: &Response, lit: bool, colours: &Colours) {
    if lit {
        ui.painter()
            .rect_filled(rect, theme::ROUND, colours.accent_soft);
    } else if response.hovered() {
        let fill = colours.hovered.gamma_multiply(0.6);
        ui.painter().rect_filled(rect, theme::ROUND, fill);
    }
}

/// What stands where nothing is to be shown: what it would be, and how to get there.
pub(super) fn nothing_here(ui: &mut Ui, title: &str, sentence: &str) {
    ui.add_space((ui.available_height() * 0.22).clamp(12.0, 140.0));
    ui.vertical_centered(|ui| {
        ui.set_max_width(300.0);
        ui.label(RichText::new(title).text_style(theme::title()));
        ui.add_space(4.0);
        ui.add(egui::Label::new(RichText::new(sentence).weak()).wrap());
    });
}

/// The sentence that a view is about, on a breath of the accent.
pub(super) fn headline(ui: &mut Ui, sentence: &str, colours: &Colours) {
    Frame::new()
        .fill(colours.accent_soft)
        .corner_radius(8)
        .inner_margin(Margin::symmetric(12, 9))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.add(egui::Label::new(RichText::new(sentence).color(colours.text)).wrap());
        });
}

/// A sentence that deserves attention, on a soft ground with a sign before it.
pub(super) fn notice(ui: &mut Ui, sentence: &str, colours: &Colours) {
    Frame::new()
        .fill(colours.warn.gamma_multiply(0.14))
        .corner_radius(theme::ROUND)
        .inner_margin(Margin::symmetric(10, 8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal_top(|ui| {
                let (rect, _) = ui.allocate_exact_size(vec2(16.0, 18.0), Sense::hover());
                let place = Rect::from_center_size(rect.center(), vec2(ICON, ICON));
                paint(ui.painter(), place, Icon::Warning, colours.warn);
                ui.add(egui::Label::new(RichText::new(sentence).color(colours.text)).wrap());
            });
        });
}

/// `words` with a capital first letter, as menus have it.
pub(in crate::app) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
