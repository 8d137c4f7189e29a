//! The tour for newcomers: a ring round the thing that a step is about, and a card that says what to do with it.

use eframe::egui::{
    self, Align, Area, Button, Color32, Context, EventFilter, Frame, Id, Key, Layout, Margin,
    Modifiers, Order, Popup, Pos2, Rect, Response, RichText, Stroke, StrokeKind, Ui, Vec2,
    WidgetInfo, WidgetType, vec2,
};

use super::find;
use super::widgets::main_button;
use crate::app::command::{Command, GuideCommand, TourStep};
use crate::app::model::Model;
use crate::app::shortcuts::keys_of;
use crate::app::theme;

/// Width of the card, in points, where the window has room for it.
const WIDTH: f32 = 316.0;
/// Points between the card and what it is about, and the edges of the window.
const GAP: f32 = 14.0;
/// Points round what is ringed.
const ROUND: f32 = 5.0;
/// How much the rest of the window steps back, of 255.
const VEIL: u8 = 62;

/// View state of the tour.
#[derive(Debug, Default)]
pub(super) struct TourCard {
    /// The step whose card was drawn last, and whether it was done.
    step: Option<(TourStep, bool)>,
    /// How high it was, in points.
    height: f32,
    /// Its buttons.
    buttons: Vec<Id>,
}

fn mark_id(step: TourStep, done: bool) -> Id {
    Id::new(("what the tour is about", step, done))
}

/// Says where the thing is that `step` is about, in this picture.
pub(in crate::app) fn here(ctx: &Context, model: &Model, step: TourStep, rect: Rect) {
    mark(ctx, model, (step, false), rect);
}

/// Says where to look once it was done what `step` asks for.
pub(super) fn seen(ctx: &Context, model: &Model, step: TourStep, rect: Rect) {
    mark(ctx, model, (step, true), rect);
}

fn mark(ctx: &Context, model: &Model, (step, done): (TourStep, bool), rect: Rect) {
    if model.tour.as_ref().is_some_and(|tour| tour.step == step) {
        let now = ctx.cumulative_pass_nr();
        ctx.data_mut(|data| data.insert_temp(mark_id(step, done), (now, rect)));
    }
}

/// Where it is; `None` where it is not in this picture.
fn place(ctx: &Context, (step, done): (TourStep, bool)) -> Option<Rect> {
    if step == TourStep::Ask {
        let field = ctx.read_response(find::field_id());
        return field.map(|field| field.rect);
    }
    let now = ctx.cumulative_pass_nr();
    let marked = |done| -> Option<Rect> {
        let (at, rect): (u64, Rect) = ctx.data(|data| data.get_temp(mark_id(step, done)))?;
        (at == now).then_some(rect)
    };
    marked(done).or_else(|| marked(false))
}

/// What the card of a step is called, and what it says: first what to do, then what came of it.
fn words(ctx: &Context, (step, done): (TourStep, bool)) -> (&'static str, String) {
    let (title, text) = match (step, done) {
        (TourStep::Islands, false) => (
            "Islands are communities",
            "Every dot is a person, every line a tie. Those who talk with each other stand together. Click a community in the \
             list: what is it about?",
        ),
        (TourStep::Islands, true) => (
            "What it is about",
            "Its page tells by which words it stands out, who matters in it and to whom it is tied. A click on a word, or Read \
             posts, shows what was written. The next click in the list shows the next community.",
        ),
        (TourStep::Bridges, false) => (
            "Bridges join them",
            "Press B, or Bridges up here. The 25 people who carry most conversation across communities get a ring.",
        ),
        (TourStep::Bridges, true) => (
            "Who ties which two",
            "The table ranks them; a click on a name shows with whom they talk. Press Pairs above it and then a square to see who \
             ties those two communities.",
        ),
        (TourStep::Time, false) => (
            "What was said, and when",
            "Below the map are all people, all posts and their times. Press Time.",
        ),
        (TourStep::Time, true) => (
            "One week, and its posts",
            "Choose Weeks for one bar a week. A click on a bar lights who took part and counts each community; Read these posts \
             lists what they wrote.",
        ),
        (TourStep::List, false) => (
            "Put them on your list",
            "Press + behind a name in the table, or click a dot and press A. The list keeps order, status and notes, and every \
             change can be taken back.",
        ),
        (TourStep::List, true) => (
            "Take it with you",
            "Export list saves it as CSV, with the reason for each person. The List tab has it for Excel, and on the clipboard.",
        ),
        (TourStep::Ask, _) => {
            let keys = keys_of(ctx, &Command::ShowPalette(true));
            let text = format!(
                "{keys} takes plain questions, such as “who links two communities” or “what was said in the second week”, and \
                 every command. This field finds people, communities and words in posts."
            );
            return ("Ask the map", text);
        }
    };
    (title, text.to_owned())
}

/// Whether the tour is on the screen.
fn shown(model: &Model) -> Option<(TourStep, bool)> {
    let tour = model.tour.as_ref()?;
    let free = model.map.is_some() && !model.is_covered();
    free.then_some((tour.step, tour.done))
}

fn onwards(step: TourStep) -> Command {
    Command::Guide(match step.next() {
        Some(next) => GuideCommand::StepTour(next),
        None => GuideCommand::EndTour,
    })
}

fn back(step: TourStep) -> Option<Command> {
    let before = step.before()?;
    Some(Command::Guide(GuideCommand::StepTour(before)))
}

/// Takes the keys of the tour: Escape ends it; arrows and Enter go through it while nothing else has the keys.
pub(super) fn keys(ui: &Ui, model: &Model, card: &TourCard, inbox: &mut Vec<Command>) {
    let Some((step, _)) = shown(model) else {
        return;
    };
    if ui.ctx().text_edit_focused() || Popup::is_any_open(ui.ctx()) {
        return;
    }
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::Escape) {
        inbox.push(Command::Guide(GuideCommand::EndTour));
        return;
    }
    let focused = ui.memory(egui::Memory::focused);
    if focused.is_some_and(|id| !card.buttons.contains(&id)) {
        return;
    }
    if pressed(Key::ArrowRight) || focused.is_none() && pressed(Key::Enter) {
        inbox.push(onwards(step));
    } else if pressed(Key::ArrowLeft) {
        inbox.extend(back(step));
    }
}

/// Draws ring and card while the tour is taken.
pub(super) fn tour_ui(ui: &Ui, model: &Model, card: &mut TourCard, inbox: &mut Vec<Command>) {
    let Some(now) = shown(model) else {
        card.step = None;
        return;
    };
    let ctx = ui.ctx();
    let window = ctx.content_rect();
    let about = place(ctx, now).map(|rect| rect.expand(ROUND).intersect(window.shrink(1.0)));
    let about = about.filter(Rect::is_positive);
    ring(ctx, model, window, about);
    let fresh = card.step != Some(now);
    let size = vec2(
        WIDTH.min(window.width() - 2.0 * GAP),
        card.height.max(120.0),
    );
    let at = beside(window.shrink(GAP), about, size);
    card.buttons.clear();
    let shown = Area::new(Id::new("tour"))
        .order(Order::Foreground)
        .fixed_pos(at)
        .constrain_to(window.shrink(4.0))
        .show(ctx, |ui| {
            let colours = theme::colours(model.theme);
            Frame::window(ui.style())
                .fill(colours.raised)
                .stroke(Stroke::new(1.5, colours.accent))
                .inner_margin(Margin::same(14))
                .show(ui, |ui| {
                    ui.set_width(size.x - 28.0);
                    card_ui(ui, model, (now, fresh), card, inbox);
                });
        });
    let height = shown.response.rect.height();
    if (height - card.height).abs() > 0.5 {
        card.height = height;
        ctx.request_repaint();
    }
    card.step = Some(now);
}

fn card_ui(
    ui: &mut Ui,
    model: &Model,
    ((step, done), fresh): ((TourStep, bool), bool),
    card: &mut TourCard,
    inbox: &mut Vec<Command>,
) {
    let colours = theme::colours(model.theme);
    let (title, text) = words(ui.ctx(), (step, done));
    let n = TourStep::ALL.len();
    let number = format!("Step {} of {n}", step.number());
    ui.label(RichText::new(&number).small().color(colours.accent));
    ui.label(RichText::new(title).text_style(theme::title()));
    ui.add_space(2.0);
    ui.add(egui::Label::new(text).wrap());
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        let skip = ui.add(Button::new(RichText::new("Skip").color(colours.weak)).frame(false));
        skip.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, "Skip the tour"));
        if skip.on_hover_text("Esc").clicked() {
            inbox.push(Command::Guide(GuideCommand::EndTour));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let label = if step.next().is_some() {
                "Next"
            } else {
                "Finish"
            };
            let next = main_button(ui, label, colours);
            let name = format!("{label}, {}: {title}", number.to_lowercase());
            next.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &name));
            if fresh && !ui.ctx().text_edit_focused() {
                next.request_focus();
            }
            keep_arrows(ui, &next, card);
            if next.on_hover_text("Enter or →").clicked() {
                inbox.push(onwards(step));
            }
            let before = back(step);
            let button = ui.add_enabled(before.is_some(), Button::new("Back"));
            keep_arrows(ui, &button, card);
            if button.on_hover_text("←").clicked() {
                inbox.extend(before);
            }
        });
    });
}

/// The arrows on this button are the tour's.
fn keep_arrows(ui: &Ui, button: &Response, card: &mut TourCard) {
    card.buttons.push(button.id);
    let filter = EventFilter {
        horizontal_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(button.id, filter));
}

/// The rest of the window steps back, and a ring lies round what the step is about.
fn ring(ctx: &Context, model: &Model, window: Rect, about: Option<Rect>) {
    let Some(about) = about else { return };
    let colours = theme::colours(model.theme);
    let layer = egui::LayerId::new(Order::Middle, Id::new("tour ring"));
    let painter = ctx.layer_painter(layer);
    let veil = Color32::from_black_alpha(VEIL);
    let rects = [
        window.with_max_y(about.top()),
        window.with_min_y(about.bottom()),
        Rect::from_x_y_ranges(window.left()..=about.left(), about.y_range()),
        Rect::from_x_y_ranges(about.right()..=window.right(), about.y_range()),
    ];
    for rect in rects.into_iter().filter(Rect::is_positive) {
        painter.rect_filled(rect, 0, veil);
    }
    let line = Stroke::new(2.5, colours.accent);
    painter.rect_stroke(about, theme::ROUND + 2, line, StrokeKind::Inside);
}

/// Where a card of `size` goes: beside what it is about, whole in the window, and not over it; else into the lower right corner.
fn beside(window: Rect, about: Option<Rect>, size: Vec2) -> Pos2 {
    let corner = window.max - size;
    let Some(about) = about else {
        return corner.max(window.min);
    };
    let middle = about.center();
    let inside = |at: Pos2| at.min(corner).max(window.min);
    let places = [
        Pos2::new(about.right() + GAP, middle.y - size.y / 2.0),
        Pos2::new(middle.x - size.x / 2.0, about.bottom() + GAP),
        Pos2::new(about.left() - GAP - size.x, middle.y - size.y / 2.0),
        Pos2::new(middle.x - size.x / 2.0, about.top() - GAP - size.y),
    ];
    let free = |at: &Pos2| !Rect::from_min_size(*at, size).intersects(about);
    let found = places.into_iter().map(inside).find(free);
    found.unwrap_or_else(|| inside(corner))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_card_lies_in_the_window_and_beside_what_it_is_about() {
        let window = Rect::from_min_size(Pos2::ZERO, vec2(900.0, 600.0));
        let size = vec2(300.0, 160.0);
        for about in [
            Rect::from_min_size(Pos2::new(4.0, 90.0), vec2(210.0, 480.0)),
            Rect::from_min_size(Pos2::new(180.0, 30.0), vec2(160.0, 30.0)),
            Rect::from_min_size(Pos2::new(700.0, 20.0), vec2(190.0, 30.0)),
            Rect::from_min_size(Pos2::new(430.0, 560.0), vec2(30.0, 30.0)),
        ] {
            let card = Rect::from_min_size(beside(window, Some(about), size), size);
            assert!(window.contains_rect(card), "{about:?} {card:?}");
            assert!(!card.intersects(about), "{about:?} {card:?}");
        }
        // Where nothing is free it lies in the window all the same.
        let all = Rect::from_min_size(Pos2::new(5.0, 5.0), vec2(880.0, 590.0));
        let card = Rect::from_min_size(beside(window, Some(all), size), size);
        assert!(window.contains_rect(card));
    }
}
