//! Every change of the campaign, each with the edit that takes it back.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::Campaign;
use super::map_choices::MapChoices;
use super::outreach_list::{Entry, OutreachList, Status};
use super::plan::PlanSettings;
use crate::problem::Problem;

/// One change. Carries keys, not numbers, so that it still means the same after the graph was made again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edit {
    /// Puts people on the list, each at its place (0 first; places past the end mean the end).
    Insert(Vec<(usize, Entry)>),
    /// Takes people off the list.
    Remove(Vec<String>),
    /// Puts one person in the place of another, who leaves the list.
    Replace {
        /// Who leaves.
        person: String,
        /// Who comes.
        by: Entry,
    },
    /// Puts these people, in this order, into the places that they hold among them.
    Order(Vec<String>),
    /// Moves a person to another place.
    Move {
        /// Who.
        person: String,
        /// The place afterwards, from 0.
        to: usize,
    },
    /// Changes how far the talk is.
    SetStatus {
        /// Who.
        person: String,
        /// The status afterwards.
        status: Status,
    },
    /// Changes the note.
    SetNote {
        /// Who.
        person: String,
        /// The note afterwards.
        note: String,
    },
    /// Changes what a plan shall do.
    SetPlan(Box<PlanSettings>),
    /// Changes how the map is grouped and shown.
    SetMap {
        /// Everything about it, afterwards.
        map: Box<MapChoices>,
        /// What the menu calls it: "rename Foodies".
        words: String,
    },
    /// Changes the map and with it who stands on the list: accounts became one person, or are several again.
    SetPeople {
        /// Everything about the map, afterwards.
        map: Box<MapChoices>,
        /// The list, afterwards.
        list: Vec<Entry>,
        /// What the menu calls it: "make Ana and Ben one person".
        words: String,
    },
}

/// Why an edit could not be made; nothing has changed then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The person is not on the list.
    #[error("@{0} is not on the list")]
    NotOnList(String),
    /// The project may only be looked at.
    #[error("this project can only be looked at here")]
    ReadOnly,
    /// The person is on the list already.
    #[error("@{0} is on the list already")]
    AlreadyOnList(String),
}

impl EditError {
    /// What the person can do about it.
    pub fn advice(&self) -> &'static str {
        match self {
            Self::ReadOnly => {
                "Close it where else it is open, or go on under another name with Save as…"
            }
            Self::NotOnList(_) => "Add the person to the list first",
            Self::AlreadyOnList(_) => "Change the entry that is there",
        }
    }
}

impl From<EditError> for Problem {
    fn from(error: EditError) -> Self {
        Self::new(error.to_string(), error.advice())
    }
}

impl Edit {
    /// Adds one person at the end.
    pub fn add(entry: Entry) -> Self {
        Self::Insert(vec![(usize::MAX, entry)])
    }

    /// What the menu calls it, after *Undo* or *Redo*: "add Ana", "change the note on Ana".
    pub fn words(&self, campaign: &Campaign) -> String {
        let name = |key: &str| {
            let list = &campaign.outreach_list;
            let entry = list.place_of(key).and_then(|at| list.entries().get(at));
            entry.map_or_else(|| format!("@{key}"), |entry| entry.name.clone())
        };
        match self {
            Self::Insert(entries) => match entries.as_slice() {
                [(_, entry)] => format!("add {}", entry.name),
                _ => format!("add {} people", entries.len()),
            },
            Self::Remove(keys) => match keys.as_slice() {
                [key] => format!("remove {}", name(key)),
                _ => format!("remove {} people", keys.len()),
            },
            Self::Replace { person, by } => format!("swap {} for {}", name(person), by.name),
            Self::Order(people) => format!("order {} people", people.len()),
            Self::Move { person, .. } => format!("move {}", name(person)),
            Self::SetStatus { person, status } => {
                format!("mark {} as {}", name(person), status.words())
            }
            Self::SetNote { person, .. } => format!("change the note on {}", name(person)),
            Self::SetPlan(_) => "change the plan's settings".to_owned(),
            Self::SetMap { words, .. } | Self::SetPeople { words, .. } => words.clone(),
        }
    }

    /// Whether it is about the map, not about the list or a plan.
    pub fn is_of_map(&self) -> bool {
        matches!(self, Self::SetMap { .. })
    }

    /// Whether it changes the map, and maybe more.
    pub fn changes_map(&self) -> bool {
        self.is_of_map() || matches!(self, Self::SetPeople { .. })
    }

    /// Whether `next`, in the place of this edit, does what both do one after the other.
    pub(super) fn takes_in(&self, next: &Self) -> bool {
        self.is_of_map() && next.is_of_map()
    }

    /// Whether `next` continues this edit, so that both are one step of undo: typing in one note, dragging one slider.
    pub(super) fn continues(&self, next: &Self) -> bool {
        match (self, next) {
            (Self::SetNote { person: a, .. }, Self::SetNote { person: b, .. }) => a == b,
            (Self::SetPlan(_), Self::SetPlan(_)) => true,
            (
                Self::SetMap { map, words },
                Self::SetMap {
                    map: next,
                    words: same,
                },
            ) => words == same && map.is_but_for_filter(next),
            _ => false,
        }
    }
}

impl Campaign {
    /// Applies `edit` and returns the edit that takes it back.
    ///
    /// # Errors
    /// [`EditError`]; nothing has changed then.
    pub fn apply(&mut self, edit: Edit) -> Result<Edit, EditError> {
        match edit {
            Edit::Insert(entries) => self.insert(entries),
            Edit::Remove(people) => self.remove(&people),
            Edit::Replace { person, by } => self.replace(&person, by),
            Edit::Order(people) => self.order(&people),
            Edit::Move { person, to } => {
                let from = self.place(&person)?;
                self.outreach_list.shift(from, to);
                Ok(Edit::Move { person, to: from })
            }
            Edit::SetStatus { person, status } => {
                let entry = self.entry(&person)?;
                let before = std::mem::replace(&mut entry.status, status);
                Ok(Edit::SetStatus {
                    person,
                    status: before,
                })
            }
            Edit::SetNote { person, note } => {
                let entry = self.entry(&person)?;
                let before = std::mem::replace(&mut entry.note, note);
                Ok(Edit::SetNote {
                    person,
                    note: before,
                })
            }
            Edit::SetPlan(settings) => {
                let before = std::mem::replace(&mut self.plan, *settings);
                Ok(Edit::SetPlan(Box::new(before)))
            }
            Edit::SetMap { map, words } => {
                let before = std::mem::replace(&mut self.map, *map);
                let map = Box::new(before);
                Ok(Edit::SetMap { map, words })
            }
            Edit::SetPeople { map, list, words } => self.set_people(map, list, words),
        }
    }

    fn set_people(
        &mut self,
        map: Box<MapChoices>,
        list: Vec<Entry>,
        words: String,
    ) -> Result<Edit, EditError> {
        let mut people: Vec<&str> = list.iter().map(|entry| entry.person.as_str()).collect();
        people.sort_unstable();
        if let Some(twice) = people.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(EditError::AlreadyOnList(twice[0].to_owned()));
        }
        let list = OutreachList::of_entries(list.into_iter());
        let list = std::mem::replace(&mut self.outreach_list, list);
        let map = Box::new(std::mem::replace(&mut self.map, *map));
        Ok(Edit::SetPeople {
            map,
            list: list.entries().to_vec(),
            words,
        })
    }

    fn place(&self, person: &str) -> Result<usize, EditError> {
        self.outreach_list
            .place_of(person)
            .ok_or_else(|| EditError::NotOnList(person.to_owned()))
    }

    fn entry(&mut self, person: &str) -> Result<&mut Entry, EditError> {
        let at = self.place(person)?;
        let entry = self.outreach_list.entry_mut(at);
        entry.ok_or_else(|| EditError::NotOnList(person.to_owned()))
    }

    fn insert(&mut self, mut entries: Vec<(usize, Entry)>) -> Result<Edit, EditError> {
        let mut seen: Vec<&str> = entries.iter().map(|(_, e)| e.person.as_str()).collect();
        seen.sort_unstable();
        if let Some(twice) = seen.windows(2).find(|w| w[0] == w[1]) {
            return Err(EditError::AlreadyOnList(twice[0].to_owned()));
        }
        if let Some((_, entry)) = entries
            .iter()
            .find(|(_, e)| self.outreach_list.has(&e.person))
        {
            return Err(EditError::AlreadyOnList(entry.person.clone()));
        }
        entries.sort_by_key(|(at, _)| *at); // ascending, so that each place is the one after the insert
        let people = entries.iter().map(|(_, e)| e.person.clone()).collect();
        self.outreach_list.put_in(entries);
        Ok(Edit::Remove(people))
    }

    fn replace(&mut self, person: &str, by: Entry) -> Result<Edit, EditError> {
        let at = self.place(person)?;
        if by.person != person && self.outreach_list.has(&by.person) {
            return Err(EditError::AlreadyOnList(by.person));
        }
        let new = by.person.clone();
        let mut out = self.outreach_list.take_out(&[person].into());
        self.outreach_list.put_in(vec![(at, by)]);
        let (_, old) = out
            .pop()
            .ok_or_else(|| EditError::NotOnList(person.to_owned()))?;
        Ok(Edit::Replace {
            person: new,
            by: old,
        })
    }

    fn order(&mut self, people: &[String]) -> Result<Edit, EditError> {
        let mut seen: Vec<&String> = people.iter().collect();
        seen.sort_unstable();
        if let Some(twice) = seen.windows(2).find(|w| w[0] == w[1]) {
            return Err(EditError::AlreadyOnList(twice[0].clone()));
        }
        if let Some(missing) = people.iter().find(|p| !self.outreach_list.has(p)) {
            return Err(EditError::NotOnList(missing.clone()));
        }
        let keys: HashSet<&str> = people.iter().map(String::as_str).collect();
        let taken = self.outreach_list.take_out(&keys);
        let before = taken
            .iter()
            .map(|(_, entry)| entry.person.clone())
            .collect();
        let places: Vec<usize> = taken.iter().map(|(at, _)| *at).collect();
        let mut entries: HashMap<String, Entry> = (taken.into_iter())
            .map(|(_, entry)| (entry.person.clone(), entry))
            .collect();
        let ordered = people.iter().filter_map(|person| entries.remove(person));
        self.outreach_list
            .put_in(places.into_iter().zip(ordered).collect());
        Ok(Edit::Order(before))
    }

    fn remove(&mut self, people: &[String]) -> Result<Edit, EditError> {
        if let Some(missing) = people.iter().find(|p| !self.outreach_list.has(p)) {
            return Err(EditError::NotOnList(missing.clone()));
        }
        let people = people.iter().map(String::as_str).collect();
        Ok(Edit::Insert(self.outreach_list.take_out(&people)))
    }
}
