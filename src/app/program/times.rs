//! Carries out what is asked of the time line, and lets the map play.

use std::ops::Range;
use std::time::Duration;

use eframe::egui;

use super::App;
use crate::app::command::{Drawer, FilterCommand, TimeCommand};
use crate::app::model::Model;
use crate::app::timing::{Play, Timing, ZoneChoice};
use crate::campaign::TimeSpan;
use crate::explore::TimeLine;
use crate::problem::Problem;
use crate::system;

/// The time line of the open map, once it is made.
fn line(model: &Model) -> Option<&TimeLine> {
    let time = model.map.as_ref()?.closer.time.as_ref()?;
    time.line.as_ref()
}

/// The steps that are played: those of the time that is shown, else all.
fn played(line: &TimeLine, span: Option<TimeSpan>) -> Range<usize> {
    let n = line.n_steps();
    let Some(span) = span else { return 0..n };
    let from = (line.place(span.from) as usize).min(n.saturating_sub(1));
    let until = line.place(span.until.saturating_sub(1)) as usize + 1;
    from..until.clamp(from + 1, n.max(from + 1))
}

impl App {
    /// How time is shown at the start.
    pub(super) fn timing(zone: ZoneChoice) -> Timing {
        Timing {
            zone,
            system_zone: system::time_zone(),
            ..Timing::default()
        }
    }

    /// Carries it out.
    pub(super) fn ask_time(
        &mut self,
        asked: TimeCommand,
        ctx: &egui::Context,
    ) -> Result<(), Problem> {
        let timing = &mut self.model.timing;
        match asked {
            TimeCommand::Show(span) => self.show_time(span, ctx)?,
            TimeCommand::SetStep(step) => (timing.step, timing.play) = (step, None),
            TimeCommand::SetZone(zone) => {
                (timing.zone, timing.play) = (zone, None);
                self.preferences.zone = zone;
                self.unsaved_preferences = true;
            }
            TimeCommand::Play => self.play(ctx),
            TimeCommand::Pause => {
                if let Some(play) = &mut timing.play {
                    play.paused = true;
                }
            }
            TimeCommand::Stop => timing.play = None,
            TimeCommand::Stand(step) => {
                timing.play = Some(Play {
                    step,
                    paused: true,
                    due: 0.0,
                });
            }
            TimeCommand::SetPace(pace) => timing.pace = pace,
        }
        Ok(())
    }

    /// Lets only posts of `span` through. What is asked for while names are hidden holds no names: the filter is the true one.
    fn show_time(&mut self, span: Option<TimeSpan>, ctx: &egui::Context) -> Result<(), Problem> {
        let mut filter = self.model.campaign.map.filter.clone();
        if filter.time == span {
            return Ok(());
        }
        filter.time = span;
        let words = span.map_or_else(
            || "show posts of any time".to_owned(),
            |span| {
                let words = self.model.timing.span_words(span.from, span.until);
                format!("show posts of {words}")
            },
        );
        self.ask_filter(FilterCommand::Set(Box::new(filter), words), ctx)
    }

    /// Plays from the first step, or goes on.
    fn play(&mut self, ctx: &egui::Context) {
        let Some(line) = line(&self.model) else {
            return;
        };
        let steps = played(line, self.model.campaign.map.filter.time);
        let timing = &mut self.model.timing;
        let now = ctx.input(|input| input.time);
        let goes_on = |play: &Play| steps.contains(&play.step) && play.step + 1 < steps.end;
        let step = timing
            .play
            .filter(goes_on)
            .map_or(steps.start, |play| play.step);
        timing.play = Some(Play {
            step,
            paused: false,
            due: now + timing.pace.secs(),
        });
    }

    /// Takes the map that plays to the next step when that is due. O(1).
    pub(super) fn follow_play(&mut self, ctx: &egui::Context) {
        let Some(mut play) = self.model.timing.play else {
            return;
        };
        let shown = line(&self.model).filter(|_| self.model.drawer == Some(Drawer::Time));
        let Some(line) = shown.filter(|line| play.step < line.n_steps()) else {
            self.model.timing.play = None;
            return;
        };
        if play.paused {
            return;
        }
        let steps = played(line, self.model.campaign.map.filter.time);
        let (now, pace) = (ctx.input(|input| input.time), self.model.timing.pace.secs());
        if now >= play.due {
            if play.step + 1 < steps.end {
                play.step += 1;
            } else {
                play.paused = true;
            }
            play.due = now + pace;
        }
        if !play.paused {
            let wait = (play.due - now).clamp(0.0, pace);
            ctx.request_repaint_after(Duration::from_secs_f64(wait));
        }
        self.model.timing.play = Some(play);
    }
}
