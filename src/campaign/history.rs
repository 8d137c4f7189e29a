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

/// What was done to a campaign, so that it can be taken back.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct History {
    undo: Vec<Step>,
    redo: Vec<Step>,
    /// The last step may still grow (typing in a note) until the focus leaves.
    open: bool,
}

impl History {
    /// Applies `edit` to `campaign` and remembers how to take it back. Edits of the same note become one step.
    /// Returns the words of the step.
    ///
    /// # Errors
    /// [`EditError`]; nothing has changed then.
    pub fn run(&mut self, campaign: &mut Campaign, edit: Edit) -> Result<String, EditError> {
        let words = edit.words(campaign);
        let back = campaign.apply(edit.clone())?;
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

    /// Ends the step that may still grow: called when a text field loses the focus.
    pub fn close_step(&mut self) {
        self.open = false;
    }

    /// Takes back the last step and returns its words; `None` when there is none.
    ///
    /// # Errors
    /// [`EditError`]; nothing has changed then.
    pub fn undo(&mut self, campaign: &mut Campaign) -> Result<Option<String>, EditError> {
        let Some(step) = self.undo.last() else {
            return Ok(None);
        };
        campaign.apply(step.back.clone())?;
        self.open = false;
        let words = step.words.clone();
        self.redo.extend(self.undo.pop());
        Ok(Some(words))
    }

    /// Takes back the last step as if it had never been done: it cannot be done again. Returns its words; `None` when there is none.
    ///
    /// # Errors
    /// [`EditError`]; nothing has changed then.
    pub fn take_back(&mut self, campaign: &mut Campaign) -> Result<Option<String>, EditError> {
        let words = self.undo(campaign)?;
        if words.is_some() {
            self.redo.pop();
        }
        Ok(words)
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
        self.open = false;
        let words = step.words.clone();
        self.undo.extend(self.redo.pop());
        Ok(Some(words))
    }

    /// The history in which `steps` were done, oldest first, and of these the last `n_undone` were taken back again.
    pub fn of_steps(mut steps: Vec<Step>, n_undone: usize) -> Self {
        let mut redo = steps.split_off(steps.len().saturating_sub(n_undone));
        redo.reverse();
        Self {
            undo: steps,
            redo,
            open: false,
        }
    }

    /// Every step, oldest first: those that were done, then those that were taken back.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.undo.iter().chain(self.redo.iter().rev())
    }

    /// Steps that can be taken back.
    pub fn n_done(&self) -> usize {
        self.undo.len()
    }

    /// Steps that can be done again.
    pub fn n_undone(&self) -> usize {
        self.redo.len()
    }

    /// The last step that was done.
    pub fn last(&self) -> Option<&Step> {
        self.undo.last()
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
