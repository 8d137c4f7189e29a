//! Plain questions, and looking for people, words and communities.

use std::collections::BTreeSet;

use crate::app::model::Model;
use crate::explore::{Ground, Question};

/// Plain questions, and looking for people, words and communities.
#[derive(Debug, Clone, PartialEq)]
pub enum AskCommand {
    /// Look whom and what this text finds.
    Find(String),
    /// Answer this question.
    Question(Box<Question>),
    /// Select the people of the answer, and show them.
    SelectAnswer,
    /// Put the rows of the answer on the clipboard, for a spreadsheet.
    CopyAnswer,
    /// Close the answer.
    CloseAnswer,
}

impl AskCommand {
    /// Label and tooltip.
    pub(in crate::app) fn words(&self) -> (&'static str, &'static str) {
        match self {
            Self::Find(_) => ("Find", "By name or handle, in posts, and among communities"),
            Self::Question(_) => (
                "Ask",
                "Answered with a table, and with the people selected on the map",
            ),
            Self::SelectAnswer => ("Select", "Select these people, and show them on the map"),
            Self::CopyAnswer => (
                "Copy table",
                "Put its rows on the clipboard, for a spreadsheet",
            ),
            Self::CloseAnswer => ("Close", "Close the answer; the list and the map stay"),
        }
    }

    /// What menu and palette call it now.
    pub(in crate::app) fn title(&self, model: &Model) -> String {
        match (self, &model.map) {
            (Self::Question(question), Some(map)) => {
                let results = &map.results;
                let ground = Ground {
                    posts: &results.conversation.posts,
                    graph: &results.graph,
                    analysis: &results.analysis,
                    kinds: results.settings.ties.kinds,
                    settled: &BTreeSet::new(),
                    planned: &[],
                };
                ground.words(question)
            }
            (Self::SelectAnswer, _) => "Select the people of the answer".to_owned(),
            (Self::CopyAnswer, _) => "Copy the table of the answer".to_owned(),
            (Self::CloseAnswer, _) => "Close the answer".to_owned(),
            _ => self.words().0.to_owned(),
        }
    }

    /// Whether it would do anything now.
    pub(in crate::app) fn is_possible(&self, model: &Model) -> bool {
        let answer = model.answer.as_deref();
        match self {
            Self::Find(_) | Self::Question(_) => model.map.is_some(),
            Self::CloseAnswer => answer.is_some(),
            Self::SelectAnswer => answer.is_some_and(|answer| !answer.people.is_empty()),
            Self::CopyAnswer => answer.is_some_and(|answer| !answer.rows.is_empty()),
        }
    }
}
