//! The tour for newcomers and the help page.

use eframe::egui;

use super::App;
use crate::app::command::{Command, GuideCommand, Tab, TourStep};
use crate::app::guide::Tour;
use crate::app::model::Sheet;
use crate::problem::Problem;

impl App {
    /// Carries it out.
    #[allow(
        clippy::unnecessary_wraps,
        clippy::needless_pass_by_value,
        reason = "one shape for all"
    )]
    pub(super) fn ask_guide(
        &mut self,
        asked: GuideCommand,
        ctx: &egui::Context,
    ) -> Result<(), Problem> {
        match asked {
            GuideCommand::ShowHelp(shown) => self.model.sheet = shown.then_some(Sheet::Help),
            GuideCommand::StartTour => {
                self.offer_no_tour();
                self.model.sheet = None;
                if self.model.map.is_none() && self.model.working.is_none() {
                    self.open_sample(ctx);
                }
                self.step_tour(TourStep::Islands);
            }
            GuideCommand::StepTour(step) => {
                if self.model.tour.is_some() {
                    self.step_tour(step);
                }
            }
            GuideCommand::EndTour => self.end_tour(),
            GuideCommand::DeclineTour => self.offer_no_tour(),
        }
        Ok(())
    }

    fn step_tour(&mut self, step: TourStep) {
        self.show_people();
        if step != TourStep::Islands && self.model.isolated.is_some() {
            self.ask(Command::Isolate(None)); // what comes is about all of them
        }
        if matches!(step, TourStep::Bridges | TourStep::List) && self.model.map.is_some() {
            self.model.tab = Tab::Bridges;
            self.model.pairs_shown = false;
        }
        self.model.tour = Some(Tour::at(step, &self.model));
    }

    fn end_tour(&mut self) {
        if self.model.tour.take().is_some() {
            "The tour is over; the Help menu brings it back".clone_into(&mut self.model.said);
        }
    }

    /// The tour was taken or is not wanted: the empty window offers it no more, now and after the next start.
    fn offer_no_tour(&mut self) {
        self.model.offers_tour = false;
        if !self.preferences.knows_tour {
            self.preferences.knows_tour = true;
            self.unsaved_preferences = true;
        }
    }

    /// Goes on with the tour where what it asks for was done, and ends it where the map was closed.
    pub(super) fn follow_tour(&mut self) {
        let Some(tour) = &self.model.tour else {
            return;
        };
        if self.model.map.is_none() {
            if self.model.working.is_none() && !self.tasks.runs(crate::app::tasks::Lane::Walk) {
                self.model.tour = None;
            }
            return;
        }
        if tour.done || !tour.is_done(&self.model) {
            return;
        }
        // What came of it is to be looked at before the next one: whoever reads goes on when they have.
        if tour.step.next().is_none() {
            self.end_tour();
        } else if let Some(tour) = &mut self.model.tour {
            tour.done = true;
        }
    }
}
