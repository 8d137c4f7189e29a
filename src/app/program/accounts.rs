//! What is asked of who belongs to which community, and of which accounts are one person.

use std::collections::BTreeSet;
use std::sync::Arc;

use eframe::egui;

use super::App;
use super::choices::Asked;
use crate::analysis::{CommunityId, Split};
use crate::app::closer::Closer;
use crate::app::command::GroupCommand;
use crate::app::one_person::{self, NewPeople, Parts, PeopleOrder};
use crate::app::tasks::Lane;
use crate::campaign::{Edit, EditError, MapChoices, one_person as made_one};
use crate::people::{ConversationGraph, PersonId, counted};
use crate::problem::Problem;
use crate::progress::Stage;
use crate::project::Change;
use crate::session::Start;

/// What is said where a community does not fall apart.
pub(super) const HOLDS_TOGETHER: &str =
    "This community does not fall apart: its people are tied to each other all over";

/// The map with other people that is being made.
#[derive(Debug)]
pub(super) struct Joining {
    choices: MapChoices,
    asked: Option<Asked>,
}

impl App {
    /// Carries it out.
    pub(super) fn ask_group(
        &mut self,
        asked: GroupCommand,
        ctx: &egui::Context,
    ) -> Result<(), Problem> {
        if !asked.is_possible(&self.model) {
            return Ok(());
        }
        match asked {
            GroupCommand::Split(id) => self.look_for_parts(id, ctx)?,
            GroupCommand::TakeSplitBack(id) => self.take_split_back(id)?,
            GroupCommand::Move(person, to) => self.move_person(person, to)?,
            GroupCommand::MoveBack(person) => self.move_back(person)?,
            GroupCommand::MakeOne(people) => self.make_one(&people)?,
            GroupCommand::TakeApart(person) => self.take_apart(person)?,
            GroupCommand::ByFile(by_file) => self.group_by_file(by_file)?,
        }
        Ok(())
    }

    fn graph(&self) -> Option<&Arc<ConversationGraph>> {
        Some(&self.model.map.as_ref()?.results.graph)
    }

    /// The key and the name of somebody on the open map.
    fn who(&self, person: PersonId) -> Option<(String, String)> {
        let person = self.graph()?.people.get(person.index())?;
        Some((person.key.to_string(), person.name.to_string()))
    }

    fn look_for_parts(&mut self, id: CommunityId, ctx: &egui::Context) -> Result<(), EditError> {
        self.may_change(None)?;
        let Some(map) = &self.model.map else {
            return Ok(());
        };
        let of = map.found.clone();
        self.start(ctx, Lane::Parts, true, move |progress, _| {
            progress.begin(Stage::Communities, 0)?;
            one_person::parts(of, id, progress)
        });
        Ok(())
    }

    /// Splits a community of which the parts are known, or says that there are none.
    pub(super) fn split(&mut self, parts: &Parts) {
        let same_map = |map: &crate::app::OpenMap| Arc::ptr_eq(&map.found, &parts.of);
        if !self.model.map.as_ref().is_some_and(same_map) {
            return; // grouped otherwise meanwhile
        }
        if parts.leads.len() < 2 {
            HOLDS_TOGETHER.clone_into(&mut self.model.said);
            return;
        }
        let (Some(of), name) = (
            self.member_of(parts.community),
            self.name_of(parts.community),
        ) else {
            return;
        };
        let mut map = self.model.campaign.map.clone();
        let leads = parts.leads.iter().filter_map(|lead| self.who(*lead));
        map.by_hand.splits.push(Split {
            of: found_there(&map, of),
            parts: leads.map(|(key, _)| key).collect(),
        });
        if let Err(error) = self.choose(map, format!("split {name}")) {
            self.model.problems.push(error.into());
        }
    }

    fn take_split_back(&mut self, id: CommunityId) -> Result<(), EditError> {
        let Some(place) = self.model.split_of(id) else {
            return Ok(());
        };
        let words = format!("take back the split of {}", self.name_of(id));
        let mut map = self.model.campaign.map.clone();
        map.by_hand = map.by_hand.without_split(place);
        self.choose(map, words).map(|_| ())
    }

    fn move_person(&mut self, person: PersonId, to: CommunityId) -> Result<(), EditError> {
        let (Some((key, name)), Some(member)) = (self.who(person), self.member_of(to)) else {
            return Ok(());
        };
        let mut map = self.model.campaign.map.clone();
        let there = found_there(&map, member);
        let words = format!("move {name} to {}", self.name_of(to));
        map.by_hand.moved.insert(key, there);
        self.choose(map, words).map(|_| ())
    }

    fn move_back(&mut self, person: PersonId) -> Result<(), EditError> {
        let Some((key, name)) = self.who(person) else {
            return Ok(());
        };
        let mut map = self.model.campaign.map.clone();
        map.by_hand.moved.remove(&key);
        self.choose(map, format!("move {name} back")).map(|_| ())
    }

    fn group_by_file(&mut self, by_file: bool) -> Result<(), EditError> {
        let map = MapChoices {
            by_file,
            ..self.model.campaign.map.clone()
        };
        let words = if by_file {
            "communities from the file"
        } else {
            "find communities"
        };
        self.choose(map, words.to_owned()).map(|_| ())
    }

    fn make_one(&mut self, people: &[PersonId]) -> Result<(), EditError> {
        let Some(graph) = self.graph() else {
            return Ok(());
        };
        let all: BTreeSet<PersonId> = people.iter().copied().collect();
        let known = all.into_iter().filter(|id| id.index() < graph.n_people());
        let mut known: Vec<PersonId> = known.collect();
        known.sort_by_key(|id| (std::cmp::Reverse(graph.ties.connections(id.index())), *id));
        let named: Vec<(String, String)> = known.iter().filter_map(|id| self.who(*id)).collect();
        let [(keeps, name), others @ ..] = named.as_slice() else {
            return Ok(());
        };
        let words = match others {
            [] => return Ok(()),
            [(_, other)] => format!("make {name} and {other} one person"),
            more => format!("make {name} and {} others one person", more.len()),
        };
        let keys: Vec<String> = others.iter().map(|(key, _)| key.clone()).collect();
        let edit = made_one(&self.model.campaign, (keeps, name), &keys, words);
        self.model.history.close_step();
        self.edit(edit)
    }

    fn take_apart(&mut self, person: PersonId) -> Result<(), EditError> {
        let Some((key, name)) = self.who(person) else {
            return Ok(());
        };
        let mut map = self.model.campaign.map.clone();
        // The one they go by may not be in these files: then another of them stands in.
        let also = self
            .graph()
            .into_iter()
            .flat_map(|graph| graph.also(person));
        let others: Vec<String> = also.map(|account| account.key.to_string()).collect();
        map.same = map.same.without(&others.into_iter().collect());
        map.same.take_apart(&key);
        let list = self.model.campaign.outreach_list.entries().to_vec();
        let words = format!("take the accounts of {name} apart");
        self.model.history.close_step();
        self.edit(Edit::SetPeople {
            map: Box::new(map),
            list,
            words,
        })
    }

    /// Brings the people of the open map up to which accounts are one person. Says whether that is being done: then groups and looks
    /// follow with it.
    pub(super) fn follow_people(&mut self, ctx: &egui::Context) -> bool {
        let Some(map) = &self.model.map else {
            return false;
        };
        let choices = &self.model.campaign.map;
        if map.found.settings.same == choices.same || map.found.conversation.posts.is_empty() {
            if self.joining.take().is_some() {
                self.tasks.cancel(Lane::Walk); // asked for, and taken back meanwhile
            }
            return false;
        }
        if self
            .joining
            .as_ref()
            .is_some_and(|made| made.choices.same == choices.same)
        {
            return true;
        }
        let walk = self.tasks.standing_of(Lane::Walk);
        let is_new_map = walk.is_some_and(|walk| walk.stage != Stage::Layout);
        if is_new_map && self.joining.is_none() {
            self.groups_are_behind(); // another map, or better facts about this one, may still come
            return true;
        }
        let order = PeopleOrder {
            found: map.found.clone(),
            choices: choices.clone(),
            rank_by: self.model.rank_by,
            positions: map.positions.clone(),
            layouts: self.layouts.clone(),
            stood: self.stood.clone(),
            moves: self.tasks.runs(Lane::Walk),
        };
        self.joining = Some(Joining {
            choices: choices.clone(),
            asked: self.choosing.last(),
        });
        let before = (self.before.take(), self.laid_out.take());
        self.discard(before);
        self.set_paused(false);
        self.tasks.cancel(Lane::Walk);
        self.tasks.cancel(Lane::Group);
        self.start(ctx, Lane::Walk, true, move |progress, _| {
            one_person::new_people(&order, progress)
        });
        true
    }

    /// Takes in the map with other people.
    pub(super) fn take_people(&mut self, new: NewPeople, ctx: &egui::Context) {
        self.joining = None;
        let Some(map) = &mut self.model.map else {
            return;
        };
        let before = map.results.graph.clone();
        let graph = new.map.results.graph.clone();
        let n = counted(graph.n_people() as u64, "person", "people");
        map.sizes = new.map.results.sizes.clone();
        map.looks = new.map.looks;
        let thrown_away = (
            std::mem::replace(&mut map.found, new.map.found),
            std::mem::replace(&mut map.results, new.map.results),
            std::mem::replace(&mut map.ranking, new.ranking.1),
            std::mem::take(&mut map.closer),
            map.scene.take(),
        );
        map.closer = Closer::default();
        map.positions = new.positions;
        map.positions_version += 1;
        map.scene_version += 1;
        self.discard(thrown_away);
        self.ranked_by = new.ranking.0;
        self.layouts = new.layouts;
        self.stood = Some(new.stood);
        self.home = Some(new.home);
        let mut seen = BTreeSet::new();
        let now = |id: &PersonId| graph.find(&before.people.get(id.index())?.key);
        let selected = self.model.selected.iter().filter_map(now);
        self.model.selected = selected.filter(|id| seen.insert(*id)).collect();
        self.model.plan = None; // it was for other people
        self.forget_people();
        self.keep_people();
        self.choose_anew();
        self.follows.campaign_changed();
        self.note_done(format!("Joined accounts or took them apart: {n}"), None);
        self.find_fonts(ctx);
        if new.is_to_be_laid_out {
            let start = Start {
                positions: self
                    .model
                    .map
                    .as_ref()
                    .and_then(|map| map.positions.clone()),
                pinned: self.model.pinned.clone(),
                is_final: false,
            };
            self.lay_out_from(start, None, ctx);
        }
    }

    /// What was looked up about people by number means nothing any more.
    fn forget_people(&mut self) {
        self.scene_order = None;
        for lane in [
            Lane::Scene,
            Lane::Order,
            Lane::Names,
            Lane::Closer,
            Lane::Parts,
        ] {
            self.tasks.cancel(lane);
        }
        self.wish = None;
        self.compares_anew();
        let model = &mut self.model;
        model.pasted = None;
        model.to_forget = None;
        model.community = None;
        if model.tab == crate::app::command::Tab::Community {
            model.tab = crate::app::command::Tab::default();
        }
        if let Some(map) = &model.map {
            self.map_view.go_on_with(&map.results.conversation);
        }
    }

    /// The file gets these people in the place of those it has.
    fn keep_people(&mut self) {
        self.keeping.base = None;
        self.also_keep(Change::DropBase);
        for (number, positions) in self.layouts.clone() {
            self.also_keep(Change::Layout(number, positions));
        }
    }

    /// Takes back what asked for other people, when making them was cancelled or came to nothing.
    pub(super) fn cancel_people(&mut self) {
        let Some(joining) = self.joining.take() else {
            return;
        };
        let Some(map) = &self.model.map else {
            return;
        };
        let made = map.found.settings.same.clone();
        self.take_back(joining.asked, |map| map.same = made);
    }
}

/// By whom a community is named of which `member` is the most connected: whoever was moved there stands for where they were moved.
fn found_there(map: &MapChoices, member: String) -> String {
    map.by_hand.moved.get(&member).cloned().unwrap_or(member)
}
