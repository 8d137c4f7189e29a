//! The bars of the time line: drawn, pointed at, brushed with the pointer or the keys.

use std::ops::Range;

use eframe::egui::{
    self, Align2, CursorIcon, EventFilter, Key, Modifiers, Pos2, Rect, Response, RichText, Sense,
    Stroke, StrokeKind, TextStyle, Tooltip, Ui, WidgetInfo, WidgetType, pos2, vec2,
};

use super::figures;
use super::shown::Shown;
use super::time_line::{Drag, TimeBrush, choose, chosen, chosen_steps};
use super::widgets::dot;
use crate::app::command::{Command, TimeCommand};
use crate::explore::{TimeCounts, TimeLine, TimeStep};

/// Room for the numbers beside and below the bars, in points.
const AXES: [f32; 2] = [44.0, 20.0];
/// So near an end of the span the pointer takes it, in points.
const HANDLE: f32 = 5.0;
/// Room of one date below the bars, in points.
const DATE: f32 = 84.0;

/// The room of the bars, and how many steps are in it.
#[derive(Clone, Copy)]
struct Room {
    rect: Rect,
    n: usize,
}

impl Room {
    /// Where so many steps from the first are.
    fn x(self, steps: f64) -> f32 {
        let share = (steps / self.n.max(1) as f64) as f32;
        self.rect.left() + self.rect.width() * share.clamp(0.0, 1.0)
    }

    /// The step at `x`; the first or last beside them.
    fn step(self, x: f32) -> usize {
        let share = (x - self.rect.left()) / self.rect.width().max(1.0);
        ((share.max(0.0) * self.n as f32) as usize).min(self.n.saturating_sub(1))
    }
}

/// Draws the bars and takes what is done with them.
pub(super) fn chart_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    line: &TimeLine,
    brush: &mut TimeBrush,
    inbox: &mut Vec<Command>,
) {
    let room = ui.available_rect_before_wrap();
    let rect = Rect::from_min_max(
        room.min + vec2(AXES[0], 6.0),
        pos2(room.right() - 6.0, room.bottom() - AXES[1]),
    );
    if rect.width() < 40.0 || rect.height() < 30.0 {
        return;
    }
    let id = ui.id().with("posts over time");
    let response = ui.interact(rect, id, Sense::click_and_drag());
    brush.chart = Some(id);
    let name = described(shown, line);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Slider, true, &name));
    if response.has_focus() {
        let filter = EventFilter {
            horizontal_arrows: true,
            escape: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    }
    let room = Room {
        rect,
        n: line.n_steps(),
    };
    let most = line.all.most().max(1);
    axes_ui(ui, shown, line, room, most);
    bars_ui(ui, shown, line, room, most);
    brush_ui(ui, shown, line, (room, &response), brush, inbox);
    cursor_ui(ui, shown, room);
    if brush.drag.is_none() {
        pointer_ui(ui, shown, line, (room, &response), inbox);
    }
}

/// What a screen reader says of it.
fn described(shown: Shown<'_>, line: &TimeLine) -> String {
    let timing = &shown.model.timing;
    let (first, last) = line.span;
    let posts = figures::counted(line.n_posts - line.n_timeless, "post", "posts");
    let mut words = format!(
        "Posts over time, {posts} from {} to {}",
        timing.day(first),
        timing.day(last)
    );
    if let Some(span) = shown.model.campaign.map.filter.time {
        words.push_str(", chosen ");
        words.push_str(&timing.span_words(span.from, span.until));
    }
    words
}

/// Lines and numbers beside the bars, dates below.
fn axes_ui(ui: &Ui, shown: Shown<'_>, line: &TimeLine, room: Room, most: u64) {
    let (painter, colours, rect) = (ui.painter(), shown.colours, room.rect);
    let font = TextStyle::Small.resolve(ui.style());
    let stroke = Stroke::new(1.0, colours.line);
    for share in [0.5, 1.0] {
        let y = rect.bottom() - rect.height() * share;
        painter.hline(
            rect.x_range(),
            y,
            Stroke::new(1.0, colours.line.gamma_multiply(0.6)),
        );
        let number = most as f64 * f64::from(share);
        if number.fract() == 0.0 {
            let at = pos2(rect.left() - 6.0, y);
            let words = figures::short(number);
            painter.text(at, Align2::RIGHT_CENTER, words, font.clone(), colours.weak);
        }
    }
    painter.hline(rect.x_range(), rect.bottom(), stroke);
    let zero = pos2(rect.left() - 6.0, rect.bottom());
    painter.text(zero, Align2::RIGHT_BOTTOM, "0", font.clone(), colours.weak);
    let each = rect.width() / room.n.max(1) as f32;
    let every = every(line.step, (DATE / each).ceil() as usize);
    let begins = (0..room.n.min(every))
        .find(|step| is_round(shown, line, *step))
        .unwrap_or(0);
    let mut year = String::new();
    for step in (begins..room.n).step_by(every.max(1)) {
        let Some((from, _)) = line.bounds(step) else {
            break;
        };
        let x = room.x(step as f64);
        painter.vline(x, rect.bottom()..=rect.bottom() + 3.0, stroke);
        if x + DATE * 0.8 > rect.right() + 6.0 {
            break; // its date would stand out
        }
        let words = shown
            .model
            .timing
            .written(from, date_format(line.step, every));
        let this_year = shown.model.timing.written(from, "%Y");
        let tells = date_format(line.step, every) == "%-d %b" && this_year != year;
        let words = if tells {
            format!("{words} {this_year}")
        } else {
            words
        };
        year = this_year;
        let at = pos2(x, rect.bottom() + 4.0);
        painter.text(at, Align2::LEFT_TOP, words, font.clone(), colours.weak);
    }
}

/// How a date below the bars is written that stands at every so-manieth; with its hour where there are several a day.
fn date_format(step: TimeStep, every: usize) -> &'static str {
    match step {
        TimeStep::Hour if every.is_multiple_of(24) => "%-d %b",
        TimeStep::SixHours if every.is_multiple_of(4) => "%-d %b",
        TimeStep::Hour | TimeStep::SixHours => "%-d %b %H:%M",
        TimeStep::Day | TimeStep::Week => "%-d %b",
        TimeStep::Month => "%b %Y",
        TimeStep::Year => "%Y",
    }
}

/// Whether a date may begin the row of dates: midnight, Monday, January.
fn is_round(shown: Shown<'_>, line: &TimeLine, step: usize) -> bool {
    let Some((from, _)) = line.bounds(step) else {
        return false;
    };
    let written = |format: &str| shown.model.timing.written(from, format);
    match line.step {
        TimeStep::Hour | TimeStep::SixHours => written("%H") == "00",
        TimeStep::Day => written("%u") == "1",
        TimeStep::Week => true,
        TimeStep::Month => written("%m") == "01",
        TimeStep::Year => written("%Y").ends_with('0'),
    }
}

/// A round number of steps from one date to the next, at least `least`.
fn every(step: TimeStep, least: usize) -> usize {
    let rounds: &[usize] = match step {
        TimeStep::Hour => &[1, 2, 3, 6, 12, 24, 48, 96, 168],
        TimeStep::SixHours => &[1, 2, 4, 8, 12, 28, 56],
        TimeStep::Day => &[1, 7, 14, 28, 56],
        TimeStep::Week => &[1, 2, 4, 8, 13, 26, 52],
        TimeStep::Month => &[1, 2, 3, 6, 12, 24, 60, 120],
        TimeStep::Year => &[1, 2, 5, 10, 20, 50, 100, 500, 1000],
    };
    let round = rounds.iter().copied().find(|round| *round >= least);
    round.unwrap_or(least.max(1))
}

/// The bars: what the filter lets through in the colours of communities, all else grey.
fn bars_ui(ui: &Ui, shown: Shown<'_>, line: &TimeLine, room: Room, most: u64) {
    let rect = room.rect;
    let painter = ui.painter().with_clip_rect(rect);
    let each = rect.width() / room.n.max(1) as f32;
    let gap = if each >= 5.0 { 1.0 } else { 0.0 };
    // Where there are more steps than points, the highest of each point is drawn.
    let columns = room.n.min(rect.width() as usize).max(1);
    let colours: Vec<egui::Color32> = (line.series.iter())
        .map(|id| shown.community_colour(Some(*id)))
        .chain([shown.colours.grey])
        .collect();
    let height = |n: u64| (n as f64 / most as f64) as f32 * rect.height();
    for column in 0..columns {
        let steps = column * room.n / columns..((column + 1) * room.n / columns).max(1);
        let highest = |counts: &TimeCounts| {
            let totals = steps.clone().map(|step| (counts.total(step), step));
            totals.max_by_key(|(total, step)| (*total, std::cmp::Reverse(*step)))
        };
        let Some((total, step)) = highest(&line.all).filter(|(total, _)| *total > 0) else {
            continue;
        };
        let (left, right) = (room.x(steps.start as f64), room.x(steps.end as f64));
        let bar = |from: f32, to: f32| {
            let (from, to) = (rect.bottom() - from, rect.bottom() - to);
            Rect::from_min_max(pos2(left, to), pos2((right - gap).max(left + 0.6), from))
        };
        let coloured = line.shown.as_ref().unwrap_or(&line.all);
        if line.shown.is_some() {
            let all = bar(0.0, height(total).max(1.0));
            painter.rect_filled(all, 0.0, shown.colours.bar);
        }
        let step = if line.shown.is_some() {
            highest(coloured).map_or(step, |(_, step)| step)
        } else {
            step
        };
        let mut below = 0u64;
        for (count, colour) in coloured.at(step).iter().zip(&colours) {
            if *count == 0 {
                continue;
            }
            let above = below + u64::from(*count);
            let to = height(above).max(if below == 0 { 1.0 } else { 0.0 });
            painter.rect_filled(bar(height(below), to), 0.0, *colour);
            below = above;
        }
    }
}

/// The span that is chosen, or that is being dragged; once it is let go, it is asked for.
fn brush_ui(
    ui: &Ui,
    shown: Shown<'_>,
    line: &TimeLine,
    (room, response): (Room, &Response),
    brush: &mut TimeBrush,
    inbox: &mut Vec<Command>,
) {
    let steps = chosen_steps(shown, line);
    let near = |x: f32, at: usize| (room.x(at as f64) - x).abs() <= HANDLE;
    let taken = |at: Pos2| {
        let step = room.step(at.x);
        match &steps {
            Some(steps) if near(at.x, steps.start) => Drag::From(steps.end),
            Some(steps) if near(at.x, steps.end) => Drag::Until(steps.start),
            Some(steps) if steps.contains(&step) && steps.len() < room.n => Drag::Whole {
                grabbed: step,
                from: steps.start,
                len: steps.len(),
            },
            _ => Drag::New(step),
        }
    };
    if response.drag_started() {
        brush.drag = ui.input(|input| input.pointer.press_origin()).map(taken);
        response.request_focus();
    }
    if let Some(drag) = brush.drag {
        if let Some(at) = ui.input(|input| input.pointer.latest_pos()) {
            brush.pending = Some(dragged(drag, room.step(at.x), room.n));
        }
        if !response.dragged() {
            brush.drag = None;
            if let Some(steps) = brush.pending.take() {
                choose(line, &steps, inbox);
                span_ui(ui, shown, room, (steps.start as f64, steps.end as f64));
                return;
            }
        }
    }
    if response.double_clicked() {
        inbox.push(Command::Time(TimeCommand::Stop));
        inbox.push(Command::Time(TimeCommand::Show(None)));
    }
    if let Some(at) = response.hover_pos() {
        ui.set_cursor_icon(match brush.drag.unwrap_or_else(|| taken(at)) {
            Drag::From(_) | Drag::Until(_) => CursorIcon::ResizeHorizontal,
            Drag::Whole { .. } if brush.drag.is_some() => CursorIcon::Grabbing,
            Drag::Whole { .. } => CursorIcon::Grab,
            Drag::New(_) => CursorIcon::Crosshair,
        });
    }
    let pending = (brush.pending.as_ref()).map(|steps| (steps.start as f64, steps.end as f64));
    if let Some(span) = pending.or_else(|| chosen(shown, line)) {
        span_ui(ui, shown, room, span);
    }
}

/// The steps that a drag to `step` of `n` chooses: at least one.
fn dragged(drag: Drag, step: usize, n: usize) -> Range<usize> {
    match drag {
        Drag::New(first) => first.min(step)..first.max(step) + 1,
        Drag::From(end) => step.min(end.saturating_sub(1))..end,
        Drag::Until(start) => start..(step + 1).max(start + 1),
        Drag::Whole { grabbed, from, len } => {
            let start = (from + step)
                .saturating_sub(grabbed)
                .min(n.saturating_sub(len));
            start..start + len
        }
    }
}

/// A chosen span: what lies beside it is veiled, its ends can be taken.
fn span_ui(ui: &Ui, shown: Shown<'_>, room: Room, (from, until): (f64, f64)) {
    let (rect, colours) = (room.rect, shown.colours);
    let (left, right) = (room.x(from), room.x(until).max(room.x(from) + 1.0));
    let painter = ui.painter().with_clip_rect(rect.expand(HANDLE));
    let veil = colours.panel.gamma_multiply(0.55);
    painter.rect_filled(rect.with_max_x(left), 0.0, veil);
    painter.rect_filled(rect.with_min_x(right), 0.0, veil);
    let span = rect.with_min_x(left).with_max_x(right);
    let accent = colours.accent;
    painter.rect(
        span,
        0.0,
        accent.gamma_multiply(0.10),
        Stroke::new(1.0, accent.gamma_multiply(0.7)),
        StrokeKind::Inside,
    );
    for x in [left, right] {
        let grip = Rect::from_center_size(pos2(x, rect.center().y), vec2(5.0, 22.0));
        painter.rect_filled(grip, 2.5, accent);
    }
}

/// Where the map stands that plays.
fn cursor_ui(ui: &Ui, shown: Shown<'_>, room: Room) {
    let id = ui.id().with("cursor of time");
    let Some(play) = shown.model.timing.play else {
        return;
    };
    let wanted = room.x(play.step as f64 + 0.5);
    let secs = ui
        .style()
        .animation_time
        .min(shown.model.timing.pace.secs() as f32 * 0.6);
    let x = ui.ctx().animate_value_with_time(id, wanted, secs);
    let accent = shown.colours.accent;
    let (top, bottom) = (room.rect.top() - 4.0, room.rect.bottom());
    ui.painter()
        .vline(x, top..=bottom, Stroke::new(2.0, accent));
    ui.painter().circle_filled(pos2(x, top), 4.0, accent);
}

/// Tells what the bar under the pointer is, and stands there when it is clicked.
fn pointer_ui(
    ui: &Ui,
    shown: Shown<'_>,
    line: &TimeLine,
    (room, response): (Room, &Response),
    inbox: &mut Vec<Command>,
) {
    let Some(at) = response.hover_pos() else {
        return;
    };
    let step = room.step(at.x);
    let Some(bounds) = line.bounds(step) else {
        return;
    };
    let (left, right) = (room.x(step as f64), room.x(step as f64 + 1.0));
    let column = room.rect.with_min_x(left).with_max_x(right.max(left + 1.0));
    let fill = shown.colours.text.gamma_multiply(0.07);
    ui.painter().rect_filled(column, 0.0, fill);
    if response.clicked() && !response.double_clicked() {
        response.request_focus();
        inbox.push(Command::Time(TimeCommand::Stand(step)));
    }
    Tooltip::for_widget(response)
        .at_pointer()
        .gap(14.0)
        .show(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.spacing_mut().interact_size.y = 15.0;
            let words = shown.model.timing.step_words(line.step, bounds);
            ui.label(RichText::new(words).strong());
            let posts = figures::counted(line.all.total(step), "post", "posts");
            ui.label(match &line.shown {
                Some(part) => format!("{} of {posts} shown", figures::whole(part.total(step))),
                None => posts,
            });
            let counts = line.shown.as_ref().unwrap_or(&line.all).at(step);
            let names = line.series.iter().map(|id| Some(*id)).chain([None]);
            for (count, id) in counts.iter().zip(names).filter(|(count, _)| **count > 0) {
                ui.horizontal(|ui| {
                    dot(ui, shown.community_colour(id), 4.0);
                    let name = match id {
                        Some(_) => shown.community_name(id),
                        None => "All others",
                    };
                    let count = figures::whole(u64::from(*count));
                    ui.label(RichText::new(format!("{name} {count}")).small());
                });
            }
            ui.label(
                RichText::new("Click to light who was there, drag to choose a span")
                    .small()
                    .weak(),
            );
        });
}

/// What the keys do while the bars have them.
pub(super) fn keys(
    ui: &Ui,
    shown: Shown<'_>,
    line: &TimeLine,
    brush: &mut TimeBrush,
    inbox: &mut Vec<Command>,
) {
    let n = line.n_steps();
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    if pressed(Modifiers::NONE, Key::Space) {
        let playing = shown.model.timing.play.is_some_and(|play| !play.paused);
        let command = if playing {
            TimeCommand::Pause
        } else {
            TimeCommand::Play
        };
        inbox.push(Command::Time(command));
    }
    escape(ui, shown, brush, inbox);
    let moves = [
        (Modifiers::SHIFT, Key::ArrowLeft, Move::End(-1)),
        (Modifiers::SHIFT, Key::ArrowRight, Move::End(1)),
        (Modifiers::NONE, Key::ArrowLeft, Move::By(-1)),
        (Modifiers::NONE, Key::ArrowRight, Move::By(1)),
        (Modifiers::NONE, Key::Home, Move::By(i64::MIN / 2)),
        (Modifiers::NONE, Key::End, Move::By(i64::MAX / 2)),
    ];
    for (modifiers, key, by) in moves {
        if pressed(modifiers, key) {
            let now = brush.pending.clone().or_else(|| chosen_steps(shown, line));
            brush.pending = Some(moved(now, by, n));
        }
    }
    let keys = [Key::ArrowLeft, Key::ArrowRight, Key::Home, Key::End];
    let held = ui.input(|input| keys.iter().any(|key| input.key_down(*key)));
    if brush.drag.is_none()
        && !held
        && let Some(steps) = brush.pending.take()
    {
        choose(line, &steps, inbox); // all that was moved at once is one step
    }
}

/// One step back: what is dragged, what plays, what is chosen.
fn escape(ui: &Ui, shown: Shown<'_>, brush: &mut TimeBrush, inbox: &mut Vec<Command>) {
    let dragging = brush.pending.is_some();
    let playing = shown.model.timing.play.is_some();
    let spanned = shown.model.campaign.map.filter.time.is_some();
    let any = dragging || playing || spanned;
    if !any || !ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        return;
    }
    if dragging {
        (brush.drag, brush.pending) = (None, None);
    } else if playing {
        inbox.push(Command::Time(TimeCommand::Stop));
    } else {
        inbox.push(Command::Time(TimeCommand::Show(None)));
    }
}

/// What a key moves.
#[derive(Clone, Copy)]
enum Move {
    /// The whole span, by so many steps.
    By(i64),
    /// Its end.
    End(i64),
}

/// The span after a key, of `n` steps; where there was none, the step at the end from which it is moved.
fn moved(now: Option<Range<usize>>, by: Move, n: usize) -> Range<usize> {
    let n = n.max(1);
    let (Move::By(steps) | Move::End(steps)) = by;
    let Some(now) = now else {
        return if steps < 0 { n - 1..n } else { 0..1 };
    };
    let len = now.len().clamp(1, n);
    let shifted = |at: usize| i64::try_from(at).unwrap_or(i64::MAX).saturating_add(steps);
    match by {
        Move::By(_) => {
            let last = (n - len) as i64;
            let start = shifted(now.start).clamp(0, last) as usize;
            start..start + len
        }
        Move::End(_) => {
            let end = shifted(now.end).clamp(now.start as i64 + 1, n as i64);
            now.start..end as usize
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drag_chooses_whole_steps_and_never_none() {
        assert_eq!(dragged(Drag::New(4), 7, 10), 4..8);
        assert_eq!(dragged(Drag::New(4), 2, 10), 2..5);
        assert_eq!(dragged(Drag::New(4), 4, 10), 4..5);
        assert_eq!(dragged(Drag::From(6), 3, 10), 3..6);
        assert_eq!(dragged(Drag::From(6), 9, 10), 5..6);
        assert_eq!(dragged(Drag::Until(3), 8, 10), 3..9);
        assert_eq!(dragged(Drag::Until(3), 0, 10), 3..4);
        let whole = Drag::Whole {
            grabbed: 4,
            from: 3,
            len: 3,
        };
        assert_eq!(dragged(whole, 6, 10), 5..8);
        assert_eq!(dragged(whole, 0, 10), 0..3);
        assert_eq!(dragged(whole, 9, 10), 7..10);
    }

    #[test]
    fn keys_move_the_span_and_its_end_within_the_line() {
        assert_eq!(moved(None, Move::By(1), 10), 0..1);
        assert_eq!(moved(None, Move::End(-1), 10), 9..10);
        assert_eq!(moved(Some(2..5), Move::By(1), 10), 3..6);
        assert_eq!(moved(Some(0..3), Move::By(-1), 10), 0..3);
        assert_eq!(moved(Some(2..5), Move::By(i64::MAX / 2), 10), 7..10);
        assert_eq!(moved(Some(2..5), Move::By(i64::MIN / 2), 10), 0..3);
        assert_eq!(moved(Some(2..5), Move::End(1), 10), 2..6);
        assert_eq!(moved(Some(2..3), Move::End(-1), 10), 2..3);
        assert_eq!(moved(Some(7..10), Move::End(1), 10), 7..10);
    }
}
