//! Undo and redo: two stacks of edits that take back what was done.

use serde::{Deserialize, Serialize};

use super::Campaign;
use super::edit::{Edit, EditError};

/// One step: what was done, what takes it back, and what the menu calls it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// What the menu calls it.
    pub words: String,
    /// What was done.
    pub done: Edit,
    /// What takes it back.
    pub back: Edit,
}

/// Something that happened to a campaign: done in the same order to an equal campaign and history, it gives equal ones.
#[derive(Debug, Clone, PartialEq)]
pub enum Happened {
    /// [`History::run`].
    Run(Edit),
    /// [`History::grow`].
    Grow(Edit),
    /// [`History::close_step`].
    CloseStep,
    /// [`History::undo`].
    Undo,
    /// [`History::redo`].
    Redo,
    /// [`History::take_back`].
    TakeBack,
    /// [`History::beside`].
    Beside(Edit),
}

/// What was done to a campaign, so that it can be taken back. Equal histories have equal steps.
#[derive(Debug, Clone, Default)]
pub struct History {
    undo: Vec<Step>,
    redo: Vec<Step>,
    /// The last step may still grow (typing in a note) until the focus leaves.
    open: bool,
    /// What happened since somebody asked last.
    happened: Vec<Happened>,
}

impl PartialEq for History {
    fn eq(&self, other: &Self) -> bool {
        (&self.undo, &self.redo, self.open) == (&other.undo, &other.redo, other.open)
    }
}

impl History {
    /// The history in which `steps` were done, oldest first, and of these the last `n_undone` were taken back again.
    pub fn of_steps(mut steps: Vec<Step>, n_undone: usize) -> Self {
        let mut redo = steps.split_off(steps.len().saturating_sub(n_undone));
        redo.reverse();
        Self {
            undo: steps,
            redo,
            ..Self::default()
        }
    }

    /// Applies `edit` to `campaign` and remembers how to take it back. Edits of the same note become one step.
    /// Returns the words of the step.
    ///
    /// # Errors
    /// [`EditError`]; nothing has changed then.
    pub fn run(&mut self, campaign: &mut Campaign, edit: Edit) -> Result<String, EditError> {
        let words = edit.words(campaign);
        let back = campaign.apply(edit.clone())?;
        self.happened.push(Happened::Run(edit.clone()));
        self.redo.clear();
        if self.open
            && let Some(last) = self
                .undo
                .last_mut()
                .filter(|last| last.done.continues(&edit))
        {
            last.done = edit; // the first step's way back already leads to before the typing
            return Ok(words);
        }
        self.undo.push(Step {
            words: words.clone(),
            done: edit,
            back,
        });
        self.open = true;
        Ok(words)
    }

    /// Applies `edit` as a part of the last step, which is called by its words from now on: what is asked for in one moment is
    /// taken back in one. Without a step it is one of its own.
    ///
    /// # Errors
    /// [`EditError`]; nothing has changed then.
    pub fn grow(&mut self, campaign: &mut Campaign, edit: Edit) -> Result<String, EditError> {
        let Some(last) = self
            .undo
            .last_mut()
            .filter(|last| last.done.takes_in(&edit))
        else {
            return self.run(campaign, edit);
        };
        let words = edit.words(campaign);
        campaign.apply(edit.clone())?;
        self.happened.push(Happened::Grow(edit.clone()));
        self.redo.clear();
        last.words.clone_from(&words);
        last.done = edit; // the way back already leads to before the step
        Ok(words)
    }

    /// Ends the step that may still grow: called when a text field loses the focus.
    pub fn close_step(&mut self) {
        if std::mem::replace(&mut self.open, false) {
            self.happened.push(Happened::CloseStep);
        }
    }

    /// Takes back the last step and returns its words; `None` when there is none.
    ///
    /// # Errors
    /// [`EditError`]; nothing has changed then.
    pub fn undo(&mut self, campaign: &mut Campaign) -> Result<Option<String>, EditError> {
        let words = self.step_back(campaign)?;
        self.happened
            .extend(words.is_some().then_some(Happened::Undo));
        Ok(words)
    }

    fn step_back(&mut self, campaign: &mut Campaign) -> Result<Option<String>, EditError> {
        let Some(step) = self.undo.last() else {
            return Ok(None);
        };
        campaign.apply(step.back.clone())?;
        self.open = false;
        let words = step.words.clone();
        self.redo.extend(self.undo.pop());
        Ok(Some(words))
    }

    /// Does the last undone step again and returns its words; `None` when there is none.
    ///
    /// # Errors
    /// [`EditError`]; nothing has changed then.
    pub fn redo(&mut self, campaign: &mut Campaign) -> Result<Option<String>, EditError> {
        let Some(step) = self.redo.last() else {
            return Ok(None);
        };
        campaign.apply(step.done.clone())?;
        self.happened.push(Happened::Redo);
        self.open = false;
        let words = step.words.clone();
        self.undo.extend(self.redo.pop());
        Ok(Some(words))
    }

    /// Takes back the last step as if it had never been: what it asked for was cancelled.
    ///
    /// # Errors
    /// [`EditError`]; nothing has changed then.
    pub fn take_back(&mut self, campaign: &mut Campaign) -> Result<Option<String>, EditError> {
        let words = self.step_back(campaign)?;
        if words.is_some() {
            self.redo.pop();
            self.happened.push(Happened::TakeBack);
        }
        Ok(words)
    }

    /// Applies `edit` beside the steps: the person did not ask for it, so *Undo* takes back what they did before it.
    ///
    /// # Errors
    /// [`EditError`]; nothing has changed then.
    pub fn beside(&mut self, campaign: &mut Campaign, edit: Edit) -> Result<(), EditError> {
        campaign.apply(edit.clone())?;
        self.happened.push(Happened::Beside(edit));
        Ok(())
    }

    /// Does what happened to another history, to this one. Says nothing where there was nothing to undo or to redo.
    ///
    /// # Errors
    /// [`EditError`]; nothing has changed then.
    pub fn repeat(
        &mut self,
        campaign: &mut Campaign,
        happened: &Happened,
    ) -> Result<(), EditError> {
        match happened {
            Happened::Run(edit) => self.run(campaign, edit.clone()).map(drop),
            Happened::Grow(edit) => self.grow(campaign, edit.clone()).map(drop),
            Happened::CloseStep => {
                self.close_step();
                Ok(())
            }
            Happened::Undo => self.undo(campaign).map(drop),
            Happened::Redo => self.redo(campaign).map(drop),
            Happened::TakeBack => self.take_back(campaign).map(drop),
            Happened::Beside(edit) => self.beside(campaign, edit.clone()),
        }
    }

    /// What happened since this was asked last, in order.
    pub fn take_happened(&mut self) -> Vec<Happened> {
        std::mem::take(&mut self.happened)
    }

    /// Every step, oldest first: those that were done, then those that were taken back.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.undo.iter().chain(self.redo.iter().rev())
    }

    /// Where it stands, as steps that can be taken back and steps that can be done again: while this is the same, nothing was done,
    /// undone or done again.
    pub fn mark(&self) -> (usize, usize) {
        (self.undo.len(), self.redo.len())
    }

    /// The step that *Undo* would take back.
    pub fn last_step(&self) -> Option<&Step> {
        self.undo.last()
    }

    /// The step that *Redo* would do again.
    pub fn next_step(&self) -> Option<&Step> {
        self.redo.last()
    }

    /// The edit that *Undo* would take back.
    pub fn last(&self) -> Option<&Edit> {
        self.undo.last().map(|step| &step.done)
    }

    /// The edit that *Redo* would do again.
    pub fn next(&self) -> Option<&Edit> {
        self.redo.last().map(|step| &step.done)
    }

    /// What *Undo* would take back.
    pub fn undo_words(&self) -> Option<&str> {
        self.undo.last().map(|s| s.words.as_str())
    }

    /// What *Redo* would do again.
    pub fn redo_words(&self) -> Option<&str> {
        self.redo.last().map(|s| s.words.as_str())
    }
}
