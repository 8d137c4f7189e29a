//! Undo and redo: two stacks of edits that take back what was done.

use super::Campaign;
use super::edit::{Edit, EditError};

/// One step: what takes it back, and what the menu calls it.
#[derive(Debug, Clone, PartialEq)]
struct Step {
    words: String,
    done: Edit,
    back: Edit,
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
        self.redo.clear();
        last.words.clone_from(&words);
        last.done = edit; // the way back already leads to before the step
        Ok(words)
    }

    /// Takes back the last step as if it had never been: what it asked for was cancelled.
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

    /// Where it stands: while this is the same, nothing was done, undone or done again.
    pub fn mark(&self) -> (usize, usize) {
        (self.undo.len(), self.redo.len())
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
