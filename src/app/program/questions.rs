//! Plain questions, and looking for people, words and communities.

use std::collections::BTreeSet;
use std::sync::{Arc, Weak};

use eframe::egui;

use super::App;
use crate::app::command::{AskCommand, Tab};
use crate::app::finding::{self, Found, Ready};
use crate::app::tasks::Lane;
use crate::app::work::Finished;
use crate::explore::{self, Answer, Ground, Question};
use crate::export::csv;
use crate::people::{ConversationGraph, PersonId, counted};
use crate::problem::Problem;
use crate::progress::Stage;
use crate::session::Results;

/// How far looking for a text has come, and what was asked.
#[derive(Debug, Default)]
pub(super) struct Asking {
    /// The names of the map that is shown, once somebody looked for one.
    ready: Option<Ready>,
    /// Whose names are being made ready.
    making: Weak<ConversationGraph>,
    /// What was typed last.
    typed: String,
    /// What was asked last, and on which map: that with the true names.
    asked: Option<(Question, Weak<Results>)>,
}

impl App {
    /// Carries it out.
    pub(super) fn ask_question(
        &mut self,
        asked: AskCommand,
        ctx: &egui::Context,
    ) -> Result<(), Problem> {
        match asked {
            AskCommand::Find(text) => self.look_for(text, ctx),
            AskCommand::Question(question) => self.answer(*question, false, ctx),
            AskCommand::SelectAnswer => self.select_answer(),
            AskCommand::CopyAnswer => self.copy_answer(ctx)?,
            AskCommand::CloseAnswer => self.forget_answer(),
        }
        Ok(())
    }

    /// Looks for `text`; where the names are not ready yet, once they are.
    fn look_for(&mut self, text: String, ctx: &egui::Context) {
        let Some(results) = self.shown_results() else {
            return;
        };
        self.asking.typed = text;
        if self
            .asking
            .ready
            .as_ref()
            .is_some_and(|ready| ready.is_of(&results))
        {
            self.look_now(results, ctx);
            return;
        }
        if self.asking.making.ptr_eq(&Arc::downgrade(&results.graph)) {
            return; // what was typed last is looked for as soon as they are ready
        }
        self.asking.making = Arc::downgrade(&results.graph);
        self.start(ctx, Lane::Index, false, move |progress, _| {
            let ready = Ready::of(&results, progress)?;
            Ok(Finished::Found(Found::Ready(ready)))
        });
    }

    fn look_now(&mut self, results: Arc<Results>, ctx: &egui::Context) {
        let Some(ready) = &self.asking.ready else {
            return;
        };
        let (names, text) = (ready.names.clone(), self.asking.typed.clone());
        self.start(ctx, Lane::Find, false, move |progress, outbox| {
            finding::find_aside(&results, &names, &text, (progress, outbox))
        });
    }

    /// Takes in what was found.
    pub(super) fn found(&mut self, found: Found, ctx: &egui::Context) {
        match found {
            Found::Findings(findings) => self.model.findings = Some(findings),
            Found::Ready(ready) => {
                self.asking.making = Weak::new();
                let before = self.asking.ready.replace(ready);
                self.discard(before);
                let ready = self.asking.ready.as_ref();
                let results = self.shown_results();
                let results = results.filter(|of| ready.is_some_and(|ready| ready.is_of(of)));
                if let Some(results) = results
                    && !self.asking.typed.trim().is_empty()
                {
                    self.look_now(results, ctx);
                }
            }
        }
    }

    /// Answers `question` beside the window; `again`: the answer takes the place of the one that is shown, and nothing else happens.
    fn answer(&mut self, question: Question, again: bool, ctx: &egui::Context) {
        let (Some(map), Some(results)) = (&self.model.map, self.shown_results()) else {
            return;
        };
        self.asking.asked = Some((question.clone(), Arc::downgrade(&map.results)));
        let settled = self.settled();
        let plan = self.model.plan.as_ref();
        let planned = plan.filter(|plan| plan.of.ptr_eq(&Arc::downgrade(&map.results)));
        let planned: Vec<PersonId> = planned
            .map(|plan| plan.plan.picks.iter().map(|pick| pick.person).collect())
            .unwrap_or_default();
        self.start(ctx, Lane::Question, !again, move |progress, _| {
            progress.begin(Stage::Answer, 0)?;
            let ground = Ground {
                posts: &results.conversation.posts,
                graph: &results.graph,
                analysis: &results.analysis,
                kinds: results.settings.ties.kinds,
                settled: &settled,
                planned: &planned,
            };
            let answer = explore::answer(&ground, &question, progress)?;
            Ok(Finished::Answered(Box::new(answer), again))
        });
    }

    /// People who need not be proposed: on the list, asked before, or never to be asked.
    fn settled(&self) -> BTreeSet<PersonId> {
        let Some(map) = &self.model.map else {
            return BTreeSet::new();
        };
        let campaign = &self.model.campaign;
        let listed = campaign.outreach_list.entries().iter();
        let keys = listed.map(|entry| &entry.person);
        let keys = keys
            .chain(&campaign.plan.excluded)
            .chain(&campaign.plan.contacted);
        keys.filter_map(|key| map.results.graph.find(key)).collect()
    }

    /// Shows an answer, with its people selected on the map.
    pub(super) fn answered(&mut self, answer: Answer, again: bool) {
        self.model.answer = Some(Arc::new(answer));
        if !again {
            "Answered".clone_into(&mut self.model.said);
            self.model.tab = Tab::Answer;
            self.select_answer();
        }
    }

    fn select_answer(&mut self) {
        let answer = self.model.answer.as_ref();
        let people = answer
            .map(|answer| answer.people.clone())
            .unwrap_or_default();
        if !people.is_empty() {
            self.select(people);
            self.fly_to_selection();
        }
    }

    fn copy_answer(&mut self, ctx: &egui::Context) -> Result<(), Problem> {
        let Some(answer) = &self.model.answer else {
            return Ok(());
        };
        let Some(results) = self.shown_results() else {
            return Ok(());
        };
        let mut bytes = Vec::new();
        let (header, rows) = table(answer, &results.graph);
        let n = rows.len() as u64;
        csv::tab_separated_rows(&header, rows, &mut bytes).map_err(|error| {
            Problem::new(
                format!("The table could not be put together ({error})"),
                "Try again",
            )
        })?;
        ctx.copy_text(String::from_utf8_lossy(&bytes).into_owned());
        self.model.said = format!("{} copied, for a spreadsheet", counted(n, "row", "rows"));
        Ok(())
    }

    /// Closes the answer, and stops what is being answered.
    pub(super) fn forget_answer(&mut self) {
        self.tasks.cancel(Lane::Question);
        self.asking.asked = None;
        self.model.answer = None;
        if self.model.tab == Tab::Answer {
            self.model.tab = Tab::default();
        }
    }

    /// Another map, or other names: nothing that was found or answered means anything any more.
    pub(super) fn forget_asking(&mut self) {
        self.forget_answer();
        self.tasks.cancel(Lane::Find);
        self.tasks.cancel(Lane::Index);
        self.model.findings = None;
        let before = std::mem::take(&mut self.asking);
        self.discard(before.ready);
    }

    /// Brings the answer up to the facts of the open map: where people were grouped otherwise it is asked again, unless it is about
    /// communities by number, which are others now.
    pub(super) fn follow_answer(&mut self, ctx: &egui::Context) {
        let (Some((question, of)), Some(map)) = (&self.asking.asked, &self.model.map) else {
            return;
        };
        let now = Arc::downgrade(&map.results);
        let waited_for = self.model.answer.is_some() || self.tasks.runs(Lane::Question);
        if of.ptr_eq(&now) || !waited_for {
            return;
        }
        let same_groups = of.upgrade().is_some_and(|before| {
            before.analysis.communities.of == map.results.analysis.communities.of
        });
        let question = question.clone();
        let by_number = matches!(
            question,
            Question::Joins(_) | Question::TalksAbout(_) | Question::SpeaksFor(_)
        );
        if by_number && !same_groups {
            self.forget_answer();
        } else if self.shown_results().is_some() {
            self.answer(question, self.model.answer.is_some(), ctx);
        }
    }
}

/// The rows of an answer as cells, and their header.
fn table(answer: &Answer, graph: &ConversationGraph) -> (Vec<String>, Vec<Vec<String>>) {
    let of_people = answer
        .rows
        .iter()
        .any(|row| matches!(row.about, explore::About::Person(_)));
    let has_below = answer.rows.iter().any(|row| !row.below.is_empty());
    let mut header = vec![answer.of.to_lowercase()];
    if of_people {
        header.insert(0, "handle".to_owned());
    }
    if has_below {
        header.push(if of_people { "community" } else { "note" }.to_owned());
    }
    header.extend(
        answer
            .columns
            .iter()
            .map(|column| column.title.to_lowercase()),
    );
    let rows = answer.rows.iter().map(|row| {
        let mut cells = Vec::with_capacity(header.len());
        if of_people {
            let person = match row.about {
                explore::About::Person(id) => graph.people.get(id.index()),
                _ => None,
            };
            cells.push(person.map_or(String::new(), |person| person.handle.to_string()));
        }
        cells.push(row.title.clone());
        if has_below {
            cells.push(row.below.clone());
        }
        cells.extend(row.cells.iter().cloned());
        cells
    });
    let rows = rows.collect();
    (header, rows)
}
