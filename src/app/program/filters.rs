//! Commands about what is shown, and who finds out what that is.

use std::sync::Arc;

use eframe::egui;

use super::App;
use crate::app::command::FilterCommand;
use crate::app::filter_work::{self, Filtered, PartAsked, PartOrder, Redone};
use crate::app::model::OpenMap;
use crate::app::tasks::Lane;
use crate::app::words::filters::{Named, part_words, step_of};
use crate::campaign::{Analysed, Condition, Edit, EditError, Filter, MapChoices, OutreachList};
use crate::problem::Problem;
use crate::render::PartStyle;
use crate::session::Results;

/// The longest name of a kept filter, in letters.
const LONGEST_NAME: usize = 60;

/// How far what is shown is from what the campaign says of it.
#[derive(Default)]
pub(super) struct Filtering {
    /// What was ordered last.
    order: Option<PartOrder>,
    /// The analysis of the part that was made last; it counts while it is of the open map.
    pub(super) redone: Option<Arc<Redone>>,
}

impl App {
    /// Carries out what is asked of the filter.
    pub(super) fn ask_filter(
        &mut self,
        asked: FilterCommand,
        _: &egui::Context,
    ) -> Result<(), Problem> {
        match asked {
            FilterCommand::Set(filter, words) => self.set_filter(*filter, words)?,
            FilterCommand::Adjust(filter, words) => self.adjust_filter(*filter, words)?,
            FilterCommand::Lift => self.lift_filter()?,
            FilterCommand::LiftOne(condition) => {
                let filter = self.model.campaign.map.filter.without(condition);
                self.set_filter(filter, format!("lift {}", step_of(condition)))?;
            }
            FilterCommand::Dim(dims) => {
                let verb = if dims { "dim" } else { "hide" };
                let filter = Filter {
                    dims,
                    ..self.model.campaign.map.filter.clone()
                };
                self.set_filter(filter, format!("{verb} what is not shown"))?;
            }
            FilterCommand::Analyse(analysed) => {
                let what = match analysed {
                    Analysed::Whole => "analyse the whole conversation",
                    Analysed::Shown => "analyse what is shown",
                };
                let filter = Filter {
                    analysed,
                    ..self.model.campaign.map.filter.clone()
                };
                self.set_filter(filter, what.to_owned())?;
            }
            FilterCommand::Keep(name) => self.keep_filter(&name)?,
            FilterCommand::Recall(name) => self.recall_filter(&name)?,
            FilterCommand::Drop(name) => {
                let mut map = self.model.campaign.map.clone();
                map.kept_filters.remove(&name);
                self.choose(map, format!("forget the filter {name}"))?;
            }
        }
        Ok(())
    }

    fn set_filter(&mut self, filter: Filter, words: String) -> Result<(), EditError> {
        let mut map = self.model.campaign.map.clone();
        map.filter = filter;
        self.choose_shown(map, words)
    }

    /// As [`App::set_filter`], by a step that may still grow: typing, or dragging a number.
    fn adjust_filter(&mut self, filter: Filter, words: String) -> Result<(), EditError> {
        let mut map = self.model.campaign.map.clone();
        map.filter = filter;
        if map == self.model.campaign.map {
            return Ok(());
        }
        let map = Box::new(map);
        self.edit(Edit::SetMap { map, words })
    }

    /// Shows everybody again, communities that were hidden by hand too.
    fn lift_filter(&mut self) -> Result<(), EditError> {
        let now = &self.model.campaign.map.filter;
        let filter = Filter {
            dims: now.dims,
            analysed: now.analysed,
            ..Filter::default()
        };
        self.set_filter(filter, "show everybody".to_owned())
    }

    fn keep_filter(&mut self, name: &str) -> Result<(), EditError> {
        let letters = name.chars().filter(|letter| !letter.is_control());
        let name: String = letters.take(LONGEST_NAME).collect();
        let name = name.trim();
        if name.is_empty() {
            return Ok(());
        }
        let mut map = self.model.campaign.map.clone();
        let filter = map.filter.clone();
        map.kept_filters.insert(name.to_owned(), filter);
        self.choose(map, format!("keep the filter {name}"))
            .map(|_| ())
    }

    fn recall_filter(&mut self, name: &str) -> Result<(), EditError> {
        let kept = self.model.campaign.map.kept_filters.get(name);
        match kept.cloned() {
            Some(filter) => self.set_filter(filter, format!("show the filter {name}")),
            None => Ok(()),
        }
    }

    /// Another map, or another campaign: what was shown before means nothing.
    pub(super) fn filter_anew(&mut self) {
        self.tasks.cancel(Lane::Filter);
        self.filtering.order = None;
        self.model.part = None;
        self.model.hides_alone.clear();
        self.model.filter_choices = None;
    }

    /// The analysis that is shown, where it is of a part of the open map.
    pub(super) fn redone(&self) -> Option<&Arc<Redone>> {
        let map = self.model.map.as_ref()?;
        let redone = self.filtering.redone.as_ref()?;
        (Arc::ptr_eq(&redone.of, &map.found) && is_of_part(map)).then_some(redone)
    }

    /// What the analysis shall be of, where that is a part: of these choices beside the list of now.
    pub(super) fn part_asked(&self, choices: &MapChoices) -> Option<PartAsked> {
        let filter = &choices.filter;
        let asks = filter.analysed == Analysed::Shown && filter.narrows();
        asks.then(|| PartAsked::new(filter, &self.model.campaign.outreach_list))
    }

    /// What is shown from now on is of other ties: until it is known who that is, what was found with them counts.
    pub(super) fn ties_changed(&mut self, redone: Option<Arc<Redone>>) {
        let before = std::mem::replace(&mut self.filtering.redone, redone);
        let narrows = self.model.campaign.map.filter.narrows();
        let part = match (&self.filtering.redone, before) {
            (Some(now), _) => Some(now.part.clone()),
            (None, Some(before)) => Some(before.of_whole.clone()),
            (None, None) => None,
        };
        self.model.part = part.filter(|_| narrows);
        self.filtering.order = None;
    }

    /// Finds out who and what is shown, where campaign or map have changed.
    pub(super) fn follow_filter(&mut self, ctx: &egui::Context) {
        let Some(map) = &self.model.map else {
            return;
        };
        let redone = self.redone().cloned();
        let campaign = &self.model.campaign;
        let asked = self.part_asked(&campaign.map);
        let list_differs =
            (redone.as_ref().zip(asked)).is_some_and(|(redone, asked)| redone.list != asked.list);
        let filter = Filter {
            isolated: None,
            dims: false,
            analysed: Analysed::default(),
            ..campaign.map.filter.clone()
        };
        let order = PartOrder {
            whole: map.found.clone(),
            redone,
            list: if filter.asks(Condition::Listed) {
                campaign.outreach_list.clone()
            } else {
                OutreachList::default()
            },
            filter,
        };
        if list_differs {
            self.groups_are_behind();
        }
        let wants_choices = self.model.filter_choices.is_none();
        let is_asked = order.filter.conditions().next().is_some();
        if self.filtering.order.as_ref() == Some(&order) {
            return;
        }
        self.model.hides_alone.clear();
        if !is_asked {
            self.model.part = None;
            self.tasks.cancel(Lane::Filter);
        }
        self.filtering.order = Some(order.clone());
        if is_asked || wants_choices {
            let before = self.model.part.clone();
            self.start(ctx, Lane::Filter, false, move |progress, outbox| {
                filter_work::filter(&order, (before, wants_choices), progress, outbox)
            });
        }
    }

    /// Takes in what a filter lets through.
    pub(super) fn filtered(&mut self, filtered: Filtered) {
        let found = self.model.map.as_ref().map(|map| &map.found);
        let is_open = |whole: &Arc<Results>| found.is_some_and(|found| Arc::ptr_eq(found, whole));
        match filtered {
            Filtered::Part(whole, part) if is_open(&whole) => self.model.part = Some(part),
            Filtered::Choices(whole, choices) if is_open(&whole) => {
                self.model.filter_choices = Some(choices);
            }
            Filtered::Alone(alone) => self.model.hides_alone = alone,
            Filtered::Part(..) | Filtered::Choices(..) => {} // of a map that is open no more
        }
    }

    /// How the part that is shown is told from the rest; `None` while all of the map is shown. Communities that are hidden by hand are no
    /// part.
    pub(super) fn part_style(&self) -> Option<PartStyle> {
        let filter = &self.model.campaign.map.filter;
        let part = self.model.part.as_ref().filter(|_| filter.narrows())?;
        Some(PartStyle {
            part: part.clone(),
            dims: filter.dims,
            words: self.shown_part_words(),
        })
    }

    /// What is shown, in words that name nobody while names are hidden.
    pub(super) fn shown_part_words(&self) -> String {
        let (Some(map), Some(results)) = (&self.model.map, self.shown_results()) else {
            return String::new();
        };
        let seen = self.seen_choices();
        let hides = self.model.name_mask.hides();
        let named = Named::new(seen, &results, (&map.found, is_of_part(map)), hides);
        part_words(&seen.filter, &named)
    }
}

/// Whether the facts on the screen are those of a part of the map.
pub(super) fn is_of_part(map: &OpenMap) -> bool {
    !Arc::ptr_eq(&map.results.graph, &map.found.graph)
}
