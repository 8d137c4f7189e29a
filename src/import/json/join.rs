//! Joins ids, handles and posts over all records and files: who is meant, also where that is told later or elsewhere.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::super::post_facts;
use super::super::told::Into;
use super::aliases;
use super::draft::{Aim, Draft, Item, To, Who};
use super::shape::Shape;
use crate::people::{AccountId, Addressed, Posts, TieKind, key_of};

/// Numbers by text. The hash differs in every run, so that no file can be made to be slow; nothing is read in its order.
type Map<V> = std::collections::HashMap<Box<str>, V, foldhash::fast::RandomState>;

/// What the files read so far told, by platform, and what still waits for a later file.
#[derive(Debug, Default)]
pub(in super::super) struct Joins {
    known: BTreeMap<&'static str, Known>,
    pending: Vec<Pending>,
    /// Posts by file that address somebody whom nothing explains.
    lost: BTreeMap<String, u64>,
}

/// A reply or quote of a post that no file held so far.
#[derive(Debug)]
struct Pending {
    post: u32,
    kind: TieKind,
    platform: &'static str,
    to: Box<str>,
    file: String,
}

/// Everybody whom the files of one platform speak of.
#[derive(Debug, Default)]
pub(super) struct Known {
    people: Vec<Person>,
    by_id: Map<u32>,
    by_handle: Map<u32>,
    /// `None` for a name that several bear.
    by_name: Map<Option<u32>>,
    authors: Map<u32>,
    /// Some author goes by a handle: then bare ids are nobody.
    has_handles: bool,
}

#[derive(Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four facts that come from different records, each asked for by itself"
)]
struct Person {
    handle: Option<Box<str>>,
    by_owner: bool,
    id: Option<Box<str>>,
    name: Option<(Option<i64>, Box<str>)>,
    reach: Option<(Option<i64>, f64)>,
    bio: Option<(Option<i64>, Box<str>)>,
    account: Option<AccountId>,
    /// Some post is theirs.
    wrote: bool,
    /// The account was made with the handle as its owner writes it.
    is_own: bool,
    /// The account knows name, reach and what they say of themselves.
    is_told: bool,
}

impl Known {
    /// The person whom `who` describes, as of `time`; made where it is new. `None` for nobody.
    fn learn(&mut self, who: &Who<'_>, time: Option<i64>) -> Option<u32> {
        let number = if let Some(number) = self.met_before(who) {
            number
        } else {
            let handle = who.handle.as_deref().map(key_of);
            let handle = handle.filter(|key| !key.is_empty());
            let number = self.find(who, handle.as_deref())?;
            let person = self.people.get_mut(number as usize)?;
            if let (Some(handle), true) = (&who.handle, handle.is_some()) {
                if person.handle.is_none() || (who.by_owner && !person.by_owner) {
                    person.handle = Some(handle.trim().trim_start_matches('@').into());
                }
                person.by_owner |= who.by_owner;
            }
            number
        };
        let person = self.people.get_mut(number as usize)?;
        if let Some(id) = who.id.as_deref().filter(|_| person.id.is_none()) {
            person.id = Some(id.into());
        }
        if let Some(name) = who.name.as_deref()
            && person
                .name
                .as_ref()
                .is_none_or(|(at, known)| time >= *at && **known != *name)
        {
            person.name = Some((time, name.into()));
            person.is_told = false;
        }
        if let Some(reach) = who.reach
            && person.reach.is_none_or(|(at, _)| time >= at)
        {
            person.reach = Some((time, reach));
            person.is_told = false;
        }
        if let Some(bio) = who.bio.as_deref().filter(|bio| !bio.trim().is_empty())
            && person
                .bio
                .as_ref()
                .is_none_or(|(at, known)| time >= *at && **known != *bio)
        {
            person.bio = Some((time, bio.into()));
            person.is_told = false;
        }
        Some(number)
    }

    /// Whoever has the id of `who` and went by the same handle before: of them there is nothing new to find out.
    fn met_before(&self, who: &Who<'_>) -> Option<u32> {
        let known = self.by_id.get(who.id.as_deref()?).copied()?;
        let person = self.people.get(known as usize)?;
        let handle = person.handle.as_deref()?;
        let is_same = who.handle.as_deref().is_some_and(|new| new == handle);
        (is_same && !handle.is_empty() && (person.by_owner || !who.by_owner)).then_some(known)
    }

    fn find(&mut self, who: &Who<'_>, handle: Option<&str>) -> Option<u32> {
        let by_handle = handle.and_then(|key| self.by_handle.get(key).copied());
        if let Some(id) = who.id.as_deref().filter(|id| !id.is_empty()) {
            if let Some(&known) = self.by_id.get(id) {
                if let (Some(key), None) = (handle, by_handle) {
                    self.by_handle.insert(key.into(), known);
                }
                return Some(known);
            }
            // Somebody known by handle only; one with another id took the handle over.
            let free = |n: &u32| self.people.get(*n as usize).is_some_and(|p| p.id.is_none());
            let number = by_handle.filter(free).unwrap_or_else(|| self.add());
            self.by_id.insert(id.into(), number);
            if let (Some(key), None) = (handle, by_handle) {
                self.by_handle.insert(key.into(), number);
            }
            return Some(number);
        }
        if let Some(key) = handle {
            return Some(by_handle.unwrap_or_else(|| {
                let number = self.add();
                self.by_handle.insert(key.into(), number);
                number
            }));
        }
        let name = key_of(who.name.as_deref()?);
        if name.is_empty() {
            return None;
        }
        if let Some(Some(known)) = self.by_name.get(name.as_str()) {
            return Some(*known);
        }
        let number = self.add();
        self.by_name.insert(name.into(), Some(number));
        Some(number)
    }

    fn add(&mut self) -> u32 {
        self.people.push(Person::default());
        self.people.len() as u32 - 1
    }

    fn learn_name(&mut self, name: &str, number: u32) {
        let known = self
            .by_name
            .entry(key_of(name).into())
            .or_insert(Some(number));
        if *known != Some(number) {
            *known = None;
        }
    }

    /// Everything that some records of a file tell of accounts and of who wrote which post.
    pub(super) fn learn_from(&mut self, items: &mut [Item<'_>], shape: Shape) {
        for item in items {
            match item {
                Item::Post(draft, _) => {
                    let number = self.learn(&draft.author, draft.time);
                    draft.number = number;
                    let Some(number) = number else { continue };
                    self.has_handles |= draft.author.handle.is_some();
                    if let Some(person) = self.people.get_mut(number as usize) {
                        person.wrote = true;
                    }
                    if let Some(id) = draft.id.as_deref().filter(|_| draft.joins()) {
                        self.authors.entry(id.into()).or_insert(number);
                    }
                    if let (Some(name), Shape::Telegram) = (draft.author.name.as_deref(), shape) {
                        self.learn_name(name, number);
                    }
                }
                Item::Person(who, time) => {
                    self.learn(who, *time);
                }
                Item::Author(post, who) => {
                    if let Some(number) = self.learn(who, None) {
                        self.authors.entry(post.as_ref().into()).or_insert(number);
                    }
                }
                Item::LeftOut(..) => {}
            }
        }
    }

    /// To be called when all records of a file were learned from.
    fn learned_all(&mut self) {
        let known = self.people.iter().any(|p| p.handle.is_some() && p.by_owner);
        self.has_handles |= known;
    }

    /// Who wrote the post with this id.
    pub(super) fn author_of(&self, post: &str) -> Option<u32> {
        self.authors.get(post).copied()
    }

    /// The number of whom `who` describes, where it is known.
    pub(super) fn number_of(&self, who: &Who<'_>) -> Option<u32> {
        let id = who.id.as_deref().and_then(|id| self.by_id.get(id));
        id.copied()
    }

    /// Display names by person, in the order they were met.
    pub(super) fn names(&self) -> impl Iterator<Item = (u32, &str)> {
        let named = |(n, p): (usize, _)| {
            let person: &Person = p;
            Some((n as u32, &*person.name.as_ref()?.1))
        };
        self.people.iter().enumerate().filter_map(named)
    }

    /// Says that a handle found in texts belongs to somebody.
    pub(super) fn call(&mut self, handle: &str, person: u32) {
        self.by_handle.insert(key_of(handle).into(), person);
    }

    /// True for people who go by more than an id.
    fn is_called(&self, number: u32) -> bool {
        let person = self.people.get(number as usize);
        person.is_some_and(|p| p.handle.is_some() || p.wrote)
    }

    /// Finds out whom a post names, as far as everybody met so far tells it.
    fn look_up(&self, draft: &mut Draft<'_>) {
        for aim in &mut draft.aims {
            // Only the first way that leads to somebody counts; the others may still tell a handle.
            aim.ways.iter_mut().any(|way| self.looked_up(way));
        }
        for to in &mut draft.mentions {
            self.looked_up(to);
        }
    }

    fn looked_up(&self, to: &mut To<'_>) -> bool {
        let number = match to {
            To::Handle(handle) => self.by_handle.get(key_of(handle).as_str()).copied(),
            To::Person(id) => {
                let known = self.by_id.get(id.as_ref()).copied();
                known.filter(|number| self.is_called(*number))
            }
            To::Post(post) => self.author_of(post),
            To::Name(name) => self.by_name.get(key_of(name).as_str()).copied().flatten(),
            To::Number(number) => Some(*number),
        };
        if let Some(number) = number {
            *to = To::Number(number);
        }
        number.is_some()
    }

    /// Whom one way of naming leads to.
    fn resolve(&mut self, to: &To<'_>, ids_name_people: bool) -> Option<u32> {
        match to {
            To::Handle(handle) => {
                let key = key_of(handle);
                if key.is_empty() {
                    return None;
                }
                let known = self.by_handle.get(key.as_str()).copied();
                known.or_else(|| {
                    let who = Who {
                        handle: Some(handle.as_ref().into()),
                        ..Who::default()
                    };
                    self.learn(&who, None)
                })
            }
            To::Person(id) => {
                let known = self.by_id.get(id.as_ref()).copied();
                if let Some(number) = known.filter(|number| self.is_called(*number)) {
                    return Some(number);
                }
                if !ids_name_people && self.has_handles {
                    return None;
                }
                let who = Who {
                    id: Some(id.as_ref().into()),
                    ..Who::default()
                };
                self.learn(&who, None)
            }
            To::Post(post) => self.author_of(post),
            To::Number(number) => Some(*number),
            To::Name(name) => {
                if let Some(known) = self.by_name.get(key_of(name).as_str()) {
                    return *known;
                }
                let who = Who {
                    name: Some(name.as_ref().into()),
                    ..Who::default()
                };
                self.learn(&who, None)
            }
        }
    }

    /// A repost begins with the handle of whom it passes on: that tells the handle of somebody known by id alone.
    fn learn_reposted(&mut self, aim: &Aim<'_>, number: u32) {
        let in_text = aim.ways.iter().find_map(|way| match way {
            To::Handle(handle) if aim.kind == TieKind::Repost => Some(handle),
            _ => None,
        });
        let person = self.people.get(number as usize);
        let Some(id) = person
            .filter(|p| p.handle.is_none())
            .and_then(|p| p.id.clone())
        else {
            return;
        };
        if let Some(handle) = in_text {
            let who = Who {
                handle: Some(handle.as_ref().into()),
                id: Some(id.as_ref().into()),
                ..Who::default()
            };
            self.learn(&who, None);
        }
    }

    /// What the person goes by: handle, else id, else name.
    fn key_text(&self, number: u32) -> &str {
        let Some(person) = self.people.get(number as usize) else {
            return "";
        };
        let name = person.name.as_ref().map(|(_, name)| name);
        let called = person.handle.as_ref().or(person.id.as_ref()).or(name);
        called.map_or("", |text| text)
    }

    /// The account of a person, made when it is first needed, with all that is known of it.
    fn account(&mut self, number: u32, is_author: bool, posts: &mut Posts) -> Option<AccountId> {
        let person = self.people.get(number as usize)?;
        let known = person.account.filter(|_| person.is_own || !is_author);
        let account = match known {
            Some(account) => account,
            None if is_author || person.by_owner => match person.account {
                Some(account) => account,
                None => posts.own_account(self.key_text(number))?,
            },
            None => posts.account(self.key_text(number))?,
        };
        let person = self.people.get_mut(number as usize)?;
        person.account = Some(account);
        person.is_own |= is_author;
        if !person.is_told {
            person.is_told = true;
            if let Some((time, name)) = &person.name {
                posts.tell_name(account, name, *time);
            }
            if let Some((time, reach)) = person.reach {
                posts.tell_reach(account, reach, time);
            }
            if let Some((time, bio)) = &person.bio {
                posts.tell_bio(account, bio, *time);
            }
        }
        Some(account)
    }
}

impl Known {
    /// Those who went by their id when they were met first, and whose handle a later file told.
    fn give_handles(&self, posts: &mut Posts) {
        for person in &self.people {
            let (Some(account), Some(id), Some(handle)) =
                (person.account, &person.id, &person.handle)
            else {
                continue;
            };
            let goes_by_id = posts
                .accounts
                .get(account as usize)
                .is_some_and(|known| *known.key == *key_of(id));
            if goes_by_id {
                posts.rename(account, handle);
            }
        }
    }
}

impl Draft<'_> {
    /// Whether others may answer it by its id: nobody answers a repost.
    fn joins(&self) -> bool {
        !self.aims.iter().any(|aim| aim.kind == TieKind::Repost)
    }
}

impl Joins {
    /// Everybody whom the files so far spoke of, to [learn](Known::learn_from) more; [`Joins::add`] takes them back.
    pub(super) fn known(&mut self, shape: Shape) -> Known {
        self.known.remove(shape.platform()).unwrap_or_default()
    }

    /// Adds the records of one file to the posts; `known` has learned from all of them, in order.
    pub(super) fn add(
        &mut self,
        (file, shape): (&str, Shape),
        items: &mut [Vec<Item<'_>>],
        mut known: Known,
        into: &mut Into<'_>,
    ) {
        known.learned_all();
        if shape == Shape::Telegram {
            aliases::learn(items, &mut known);
        }
        items.par_iter_mut().flatten().for_each(|item| {
            if let Item::Post(draft, _) = item {
                known.look_up(draft);
            }
        });
        let mut addressed = Vec::new();
        for item in items.iter().flatten() {
            match item {
                Item::Post(draft, line) => {
                    addressed.clear();
                    self.post(
                        draft,
                        (file, *line, shape),
                        (&mut known, &mut addressed),
                        into,
                    );
                }
                Item::LeftOut(reason, line) => into.report.leave_out(reason, file, *line),
                Item::Person(..) | Item::Author(..) => {}
            }
        }
        self.known.insert(shape.platform(), known);
    }

    fn post(
        &mut self,
        draft: &Draft<'_>,
        (file, line, shape): (&str, u64, Shape),
        (known, addressed): (&mut Known, &mut Vec<Addressed>),
        into: &mut Into<'_>,
    ) {
        let author = draft.number;
        let key = author
            .map(|n| key_of(known.key_text(n)))
            .unwrap_or_default();
        let Some(author) = author.filter(|_| !key.is_empty()) else {
            return into.report.leave_out("no author", file, line);
        };
        into.report.rows_read += 1;
        if let Some(id) = draft.id.as_deref()
            && !into.seen.is_new(id, &key, draft.time, &draft.text)
        {
            into.report.duplicates_removed += 1;
            return;
        }
        let Some(account) = known.account(author, true, into.posts) else {
            into.report.rows_read -= 1;
            return into.report.leave_out("no author", file, line);
        };
        let ids_name_people = shape.ids_name_people();
        let post = into.posts.posts.len() as u32;
        for aim in &draft.aims {
            let found = aim
                .ways
                .iter()
                .find_map(|way| known.resolve(way, ids_name_people));
            if let Some(number) = found {
                known.learn_reposted(aim, number);
            }
            match found.and_then(|n| known.account(n, false, into.posts)) {
                Some(account) => addressed.push(Addressed {
                    account,
                    kind: aim.kind,
                }),
                None => self.wait_for(aim, post, file, shape),
            }
        }
        if draft.joins() {
            for to in &draft.mentions {
                let found = known.resolve(to, ids_name_people);
                if let Some(account) = found.and_then(|n| known.account(n, false, into.posts)) {
                    addressed.push(Addressed {
                        account,
                        kind: TieKind::Mention,
                    });
                }
            }
        }
        post_facts::tell(
            into.posts,
            post as usize,
            draft.language.as_deref(),
            shape.platform_name(),
        );
        into.posts.push(account, draft.time, &draft.text, addressed);
        into.report.posts += 1;
        into.report.widen_time(draft.time);
    }

    /// A later file may hold the post that is answered.
    fn wait_for(&mut self, aim: &Aim<'_>, post: u32, file: &str, shape: Shape) {
        let by_post = aim.ways.iter().find_map(|way| match way {
            To::Post(id) => Some(id),
            _ => None,
        });
        match by_post {
            Some(id) => self.pending.push(Pending {
                post,
                kind: aim.kind,
                platform: shape.platform(),
                to: id.as_ref().into(),
                file: file.to_owned(),
            }),
            None => *self.lost.entry(file.to_owned()).or_default() += 1,
        }
    }

    /// Resolves what waited for later files, gives handles to those who went by ids, and says what nothing explained.
    pub(super) fn finish(mut self, into: &mut Into<'_>) {
        for pending in std::mem::take(&mut self.pending) {
            let known = self.known.get_mut(pending.platform);
            let account = known.and_then(|known| {
                let number = known.author_of(&pending.to)?;
                known.account(number, false, into.posts)
            });
            match account {
                Some(account) => into.posts.address_also(
                    pending.post,
                    Addressed {
                        account,
                        kind: pending.kind,
                    },
                ),
                None => *self.lost.entry(pending.file).or_default() += 1,
            }
        }
        for known in self.known.values() {
            known.give_handles(into.posts);
        }
        for (file, lost) in self.lost {
            let (noun, verb) = if lost == 1 {
                ("post", "answers")
            } else {
                ("posts", "answer")
            };
            into.report.warn(format!(
                "{lost} {noun} of {file} {verb} or pass on a post that no file holds; these make no tie"
            ));
        }
    }
}
