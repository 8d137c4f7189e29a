//! Posts over time, below the map: bars, what is chosen of them, and the controls by which the map plays.

use std::ops::Range;

use eframe::egui::{self, Align, Id, Layout, RichText, Ui};

use super::PanelState;
use super::figures;
use super::posts::read_all;
use super::shown::Shown;
use super::time_chart;
use super::widgets::{menu_button, menu_choice, nothing_here, one_line, small_button};
use crate::app::command::{Command, Drawer, TimeCommand};
use crate::app::timing::{Pace, ZoneChoice};
use crate::campaign::TimeSpan;
use crate::explore::{TimeLine, TimeStep};

/// Room that the controls need beside the tabs, in points, without the name of the clock.
const CONTROLS: f32 = 316.0;
/// Room of that, where it is short and where it is long.
const ZONE: [f32; 2] = [64.0, 140.0];

/// What is being done with the time line.
#[derive(Debug, Default)]
pub(super) struct TimeBrush {
    /// What is dragged.
    pub(super) drag: Option<Drag>,
    /// The steps that are chosen as soon as button or keys are let go.
    pub(super) pending: Option<Range<usize>>,
    /// The bars as they were drawn last: what has the keys.
    pub(super) chart: Option<Id>,
    /// Beside the tabs is no room for the controls.
    below: bool,
}

/// What is dragged of the bars, by number of step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Drag {
    /// A new span from this step on.
    New(usize),
    /// The beginning of a span that ends with this step.
    From(usize),
    /// The end of a span that begins with this step.
    Until(usize),
    /// A whole span: where it was taken, where it began, how many steps it has.
    Whole {
        /// The step under the pointer at first.
        grabbed: usize,
        /// The first step at first.
        from: usize,
        /// How many steps it has.
        len: usize,
    },
}

/// The time line that was made last.
enum Made<'a> {
    /// There is none yet.
    Coming,
    /// No post has a time.
    Timeless,
    /// Here it is.
    Line(&'a TimeLine),
}

fn made(shown: Shown<'_>) -> Made<'_> {
    match shown.map.closer.time.as_deref() {
        None => Made::Coming,
        Some(time) => time.line.as_ref().map_or(Made::Timeless, Made::Line),
    }
}

/// The span that is chosen, in steps from the first; `None`: all times.
pub(super) fn chosen(shown: Shown<'_>, line: &TimeLine) -> Option<(f64, f64)> {
    let span = shown.model.campaign.map.filter.time?;
    Some((line.place(span.from), line.place(span.until)))
}

/// The steps that lie in the span that is chosen, wholly or in part.
pub(super) fn chosen_steps(shown: Shown<'_>, line: &TimeLine) -> Option<Range<usize>> {
    let (from, until) = chosen(shown, line)?;
    let n = line.n_steps();
    let from = (from as usize).min(n.saturating_sub(1));
    Some(from..(until.ceil() as usize).clamp(from + 1, n.max(from + 1)))
}

/// Asks for posts of these steps.
pub(super) fn choose(line: &TimeLine, steps: &Range<usize>, inbox: &mut Vec<Command>) {
    let from = line.bounds(steps.start).map(|(from, _)| from);
    let until = line
        .bounds(steps.end.saturating_sub(1))
        .map(|(_, until)| until);
    if let (Some(from), Some(until)) = (from, until) {
        let span = TimeSpan { from, until };
        inbox.push(Command::Time(TimeCommand::Show(Some(span))));
    }
}

/// What belongs on the line of the tabs.
pub(super) fn head_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    state: &mut PanelState,
    inbox: &mut Vec<Command>,
) {
    state.time.below = ui.available_width() < CONTROLS + zone_width(shown);
    if let (false, Made::Line(line)) = (state.time.below, made(shown)) {
        controls_ui(ui, shown, line, inbox);
    }
}

/// Draws it.
pub(super) fn time_line_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    state: &mut PanelState,
    inbox: &mut Vec<Command>,
) {
    let line = match made(shown) {
        Made::Line(line) => line,
        Made::Coming => {
            ui.label(RichText::new("Counting the posts by time…").weak());
            return;
        }
        Made::Timeless => {
            timeless_ui(ui, shown);
            return;
        }
    };
    if state.time.below {
        ui.horizontal_wrapped(|ui| controls_ui(ui, shown, line, inbox));
    }
    summary_ui(ui, shown, line, inbox);
    time_chart::chart_ui(ui, shown, line, &mut state.time, inbox);
}

/// Why there is nothing to show.
fn timeless_ui(ui: &mut Ui, shown: Shown<'_>) {
    let sentence = if shown.map.results.conversation.posts.posts.is_empty() {
        "This file holds ties, and no posts that were written at some time"
    } else {
        "No post of this file has a time, so there is nothing to show here. Where the file has a column of times, open it again and choose that column"
    };
    nothing_here(ui, "No times", sentence);
}

/// Playing, the length of the bars, the clock.
fn controls_ui(ui: &mut Ui, shown: Shown<'_>, line: &TimeLine, inbox: &mut Vec<Command>) {
    let timing = &shown.model.timing;
    let playing = timing.play.is_some_and(|play| !play.paused);
    let (sign, command) = if playing {
        ("⏸", TimeCommand::Pause)
    } else {
        ("⏵", TimeCommand::Play)
    };
    let (label, tip) = command.words();
    let button = ui.button(format!("{sign} {label}"));
    super::widgets::named(&button, label);
    if button.on_hover_text(format!("{tip} (Space)")).clicked() {
        inbox.push(Command::Time(command));
    }
    let (label, tip) = TimeCommand::Stop.words();
    let stop = ui.add_enabled(timing.play.is_some(), egui::Button::new("⏹"));
    super::widgets::named(&stop, label);
    if stop.on_hover_text(format!("{tip} (Esc)")).clicked() {
        inbox.push(Command::Time(TimeCommand::Stop));
    }
    let pace = format!("Pace, {}", pace_words(timing.pace).to_lowercase());
    menu_button(ui, 82.0, pace_words(timing.pace), &pace, |ui| {
        for choice in Pace::ALL {
            if menu_choice(ui, timing.pace == choice, pace_words(choice)).clicked() {
                inbox.push(Command::Time(TimeCommand::SetPace(choice)));
            }
        }
    });
    steps_ui(ui, shown, line, inbox);
    zones_ui(ui, shown, inbox);
}

/// How long a bar lasts.
fn steps_ui(ui: &mut Ui, shown: Shown<'_>, line: &TimeLine, inbox: &mut Vec<Command>) {
    let now = step_words(line.step);
    let (first, last) = line.span;
    let chosen = shown.model.timing.step;
    menu_button(
        ui,
        92.0,
        now,
        &format!("Bars, {}", now.to_lowercase()),
        |ui| {
            let fits = step_words(TimeStep::fitting(first, last)).to_lowercase();
            if menu_choice(ui, chosen.is_none(), &format!("As fits ({fits})")).clicked() {
                inbox.push(Command::Time(TimeCommand::SetStep(None)));
            }
            for step in TimeStep::ALL {
                if !step.is_possible(first, last) {
                    continue;
                }
                if menu_choice(ui, chosen == Some(step), step_words(step)).clicked() {
                    inbox.push(Command::Time(TimeCommand::SetStep(Some(step))));
                }
            }
        },
    )
    .on_hover_text("How long a bar lasts, and a step of playing");
}

/// Room of the menu of clocks.
fn zone_width(shown: Shown<'_>) -> f32 {
    match shown.model.timing.zone {
        ZoneChoice::Utc => ZONE[0],
        ZoneChoice::System => ZONE[1],
    }
}

/// The clock by which times are shown.
fn zones_ui(ui: &mut Ui, shown: Shown<'_>, inbox: &mut Vec<Command>) {
    let timing = &shown.model.timing;
    let name = timing.zone_name(timing.zone).unwrap_or("UTC");
    menu_button(
        ui,
        zone_width(shown),
        name,
        &format!("Times in {name}"),
        |ui| {
            for choice in [ZoneChoice::Utc, ZoneChoice::System] {
                let Some(name) = timing.zone_name(choice) else {
                    let unknown = egui::Button::new("This computer's time");
                    ui.add_enabled(false, unknown)
                        .on_disabled_hover_text("This computer does not tell its time zone");
                    continue;
                };
                if menu_choice(ui, timing.zone == choice, name).clicked() {
                    inbox.push(Command::Time(TimeCommand::SetZone(choice)));
                }
            }
        },
    )
    .on_hover_text("The clock by which times are shown, here and wherever posts are");
}

/// What is shown: of which time, and how much of how much; or where the map stands that plays.
fn summary_ui(ui: &mut Ui, shown: Shown<'_>, line: &TimeLine, inbox: &mut Vec<Command>) {
    let span = shown.model.campaign.map.filter.time;
    ui.horizontal(|ui| {
        ui.set_height(22.0);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if span.is_some() {
                let (label, tip) = TimeCommand::Show(None).words();
                let lift = ui.add(small_button(label));
                if lift
                    .on_hover_text(format!("{tip} (double-click, Esc)"))
                    .clicked()
                {
                    inbox.push(Command::Time(TimeCommand::Show(None)));
                }
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                // At the left, where no tooltip of a bar lies over it.
                read_ui(ui, shown, line, inbox);
                if let Some(words) = playing_words(shown, line) {
                    one_line(ui, RichText::new(words).color(shown.colours.accent));
                    return;
                }
                let words = RichText::new(summary(shown, line)).small().weak();
                one_line(ui, words);
            });
        });
    });
}

/// The way to the posts of the step on which the map stands, or of the time that is chosen.
fn read_ui(ui: &mut Ui, shown: Shown<'_>, line: &TimeLine, inbox: &mut Vec<Command>) {
    let stands = shown.model.timing.play.filter(|play| play.paused);
    if stands.is_none() && shown.model.campaign.map.filter.time.is_none() {
        return;
    }
    let response = ui.add(small_button("Read these posts"));
    let tip = "Show only what was written then, and list it";
    if response.on_hover_text(tip).clicked() {
        if let Some(play) = stands {
            choose(line, &(play.step..play.step + 1), inbox);
        }
        inbox.extend(read_all());
    }
}

/// When and how much: `1,204 of 12,345 posts, 2 Mar 2026 to 8 Mar 2026, 12 without a time`.
fn summary(shown: Shown<'_>, line: &TimeLine) -> String {
    let n_timed = line.n_posts - line.n_timeless;
    let posts = figures::counted(n_timed, "post", "posts");
    let mut words = match &line.shown {
        Some(_) => format!("{} of {posts} shown", figures::whole(line.n_shown)),
        None => posts,
    };
    let timing = &shown.model.timing;
    let when = match shown.model.campaign.map.filter.time {
        Some(span) => timing.span_words(span.from, span.until),
        None => format!("{} to {}", timing.day(line.span.0), timing.day(line.span.1)),
    };
    words.push_str(", ");
    words.push_str(&when);
    if line.n_timeless > 0 {
        words.push_str(", ");
        words.push_str(&figures::counted(line.n_timeless, "post", "posts"));
        words.push_str(" without a time left out");
    }
    words
}

/// Where the map stands that plays; `None` while it does not.
fn playing_words(shown: Shown<'_>, line: &TimeLine) -> Option<String> {
    let play = shown.model.timing.play?;
    let bounds = line.bounds(play.step)?;
    let counts = line.shown.as_ref().unwrap_or(&line.all);
    Some(format!(
        "{} · {} · {} lit",
        shown.model.timing.step_words(line.step, bounds),
        figures::counted(counts.total(play.step), "post", "posts"),
        figures::people(line.people(play.step).len() as u64)
    ))
}

fn pace_words(pace: Pace) -> &'static str {
    match pace {
        Pace::Slow => "Slow",
        Pace::Steady => "Steady",
        Pace::Fast => "Fast",
    }
}

fn step_words(step: TimeStep) -> &'static str {
    match step {
        TimeStep::Hour => "Hours",
        TimeStep::SixHours => "6 hours",
        TimeStep::Day => "Days",
        TimeStep::Week => "Weeks",
        TimeStep::Month => "Months",
        TimeStep::Year => "Years",
    }
}

/// While the bars have the keys: arrows move the span, with Shift its end; Home and End take it to the ends, Space plays, Escape goes
/// back a step. Before all other keys.
pub(super) fn keys(ui: &Ui, shown: Shown<'_>, brush: &mut TimeBrush, inbox: &mut Vec<Command>) {
    let open = shown.model.drawer == Some(Drawer::Time);
    let focused = |id: Id| ui.memory(|memory| memory.has_focus(id));
    if !open || !brush.chart.is_some_and(focused) {
        brush.chart = brush.chart.filter(|_| open);
        return;
    }
    if let Made::Line(line) = made(shown) {
        time_chart::keys(ui, shown, line, brush, inbox);
    }
}
