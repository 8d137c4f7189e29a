//! Work that fails or is cancelled: what it stood for is taken back.

use super::App;
use crate::app::tasks::Lane;
use crate::problem::Problem;

impl App {
    pub(super) fn failed(&mut self, lane: Lane, problem: Problem) {
        match lane {
            Lane::Keep => self.refused(),
            Lane::Base => self.keeping.base = None,
            Lane::Walk => {
                self.set_paused(false);
                self.restore_before();
                self.restore_places();
                self.cancel_people();
                // What was chosen with care is not lost to files that came to nothing.
                self.model.import = self.model.import.take().or(self.building.take());
            }
            Lane::Import => self.forget_choice(),
            Lane::Group => self.cancel_groups(),
            Lane::Order => self.model.rank_by = self.ranked_by,
            Lane::Table => self.model.table.is_behind = false,
            Lane::Meter | Lane::Next | Lane::Instead => self.not_planned(lane),
            _ => {}
        }
        self.model.problems.push(problem);
    }

    pub(super) fn cancel(&mut self) {
        self.set_paused(false);
        if self.tasks.runs(Lane::Import) {
            self.tasks.cancel(Lane::Import);
            self.forget_choice();
        }
        self.exports.clear();
        self.tasks.cancel(Lane::Export);
        self.tasks.cancel(Lane::List);
        self.tasks.cancel(Lane::Parts);
        self.tasks.cancel(Lane::Question);
        if self.tasks.runs(Lane::Order) {
            self.tasks.cancel(Lane::Order);
            self.model.rank_by = self.ranked_by;
        }
        self.cancel_plan();
        // What was asked for last is taken back first.
        if self.layout_was_asked_last() {
            self.cancel_walk();
        }
        self.cancel_groups();
        self.cancel_walk();
        "Cancelled".clone_into(&mut self.model.said);
    }

    pub(super) fn cancel_walk(&mut self) {
        if self.tasks.runs(Lane::Walk) {
            self.tasks.cancel(Lane::Walk);
            self.building = None;
            self.restore_before();
            self.restore_places();
            self.cancel_people();
        }
    }
}
