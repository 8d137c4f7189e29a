//! What the typed text finds, kept until the text or the map changes: the typed text always wins over what arrives late.

use std::sync::{Arc, Weak};

use super::figures::{counted, whole};
use super::shown::Shown;
use crate::app::command::{AskCommand, Command, Drawer, FilterCommand, Tab};
use crate::app::finding::{self, Findings, Ready};
use crate::explore::{FoundCommunity, PostsFound};
use crate::people::PersonId;
use crate::progress::Progress;
use crate::session::Results;

/// Communities shown at most.
const COMMUNITIES: usize = 4;

/// What a text finds.
#[derive(Debug, Default)]
pub(super) struct Found {
    findings: Option<Arc<Findings>>,
    /// The names of a small map.
    ready: Option<Ready>,
    /// What a worker was asked for, about which map, and what stood in the model then.
    asked: Option<(String, Weak<Results>, Weak<Findings>)>,
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    /// Somebody.
    Person(PersonId),
    /// All so many people.
    All(usize),
    /// A community.
    Community(FoundCommunity),
    /// Posts.
    Posts(PostsFound),
}

impl Found {
    /// What `text` finds on the map as it is now: looked up at once on a small map, else asked for; `None` until that is there.
    pub(super) fn look_up(
        &mut self,
        shown: Shown<'_>,
        text: &str,
        inbox: &mut Vec<Command>,
    ) -> Option<&Arc<Findings>> {
        let results = &shown.map.results;
        let fresh = (self.findings.as_ref()).is_some_and(|found| found.are_for(results, text));
        if !fresh && text.trim().is_empty() {
            self.findings = None;
        } else if !fresh && finding::is_long(results) {
            self.ask(shown, text, inbox);
        } else if !fresh {
            self.find_now(results, text);
        } else if finding::is_long(results) {
            self.take_in(shown, text); // it may know more by now
        }
        self.now(shown, text)
    }

    /// What was found, where that is what `text` finds on the map as it is now.
    pub(super) fn now(&self, shown: Shown<'_>, text: &str) -> Option<&Arc<Findings>> {
        let results = &shown.map.results;
        let findings = self.findings.as_ref();
        findings.filter(|found| found.are_for(results, text))
    }

    /// What was found last, whatever it was for.
    pub(super) fn latest(&self, shown: Shown<'_>) -> Option<&Arc<Findings>> {
        let now = Arc::downgrade(&shown.map.results);
        self.findings.as_ref().filter(|found| found.of.ptr_eq(&now))
    }

    fn take_in(&mut self, shown: Shown<'_>, text: &str) -> bool {
        let findings = shown.model.findings.as_ref();
        let ours = findings.filter(|found| found.are_for(&shown.map.results, text));
        if let Some(findings) = ours {
            self.findings = Some(findings.clone());
        }
        ours.is_some()
    }

    /// Asks a worker, unless it was asked already and nobody else asked for something else since.
    fn ask(&mut self, shown: Shown<'_>, text: &str, inbox: &mut Vec<Command>) {
        if self.take_in(shown, text) {
            return;
        }
        let results = Arc::downgrade(&shown.map.results);
        let stands = shown
            .model
            .findings
            .as_ref()
            .map(Arc::downgrade)
            .unwrap_or_default();
        let waits = self.asked.as_ref().is_some_and(|(asked, of, stood)| {
            asked == text && of.ptr_eq(&results) && stood.ptr_eq(&stands)
        });
        if !waits {
            self.asked = Some((text.to_owned(), results, stands));
            inbox.push(Command::Ask(AskCommand::Find(text.to_owned())));
        }
    }

    fn find_now(&mut self, results: &Arc<Results>, text: &str) {
        // Nobody else knows this progress, so nobody cancels it.
        let progress = Progress::new();
        if !self
            .ready
            .as_ref()
            .is_some_and(|ready| ready.is_of(results))
        {
            self.ready = Ready::of(results, &progress).ok();
        }
        let found = (self.ready.as_ref())
            .and_then(|ready| finding::find(results, &ready.names, text, &progress).ok());
        self.findings = found.map(Arc::new);
    }
}

/// What was found as lines: people, communities, posts.
pub(super) fn lines(findings: &Findings) -> Vec<Line> {
    let people = &findings.people;
    let mut lines: Vec<Line> = people
        .best
        .iter()
        .map(|(id, _)| Line::Person(*id))
        .collect();
    if people.all.len() > 1 {
        lines.push(Line::All(people.all.len()));
    }
    let communities = findings.communities.iter().take(COMMUNITIES);
    lines.extend(communities.cloned().map(Line::Community));
    let posts = findings.posts.filter(|found| found.posts > 0);
    lines.extend(posts.map(Line::Posts));
    lines
}

/// What is asked for when a line is taken.
pub(super) fn taken(line: &Line, findings: &Findings, shown: Shown<'_>) -> Vec<Command> {
    match line {
        Line::Person(person) => vec![Command::ShowPerson(*person)],
        Line::All(_) => vec![
            Command::Select(findings.people.all.clone()),
            Command::ShowTab(Tab::Person),
            Command::FitSelection,
        ],
        Line::Community(found) => {
            let id = Some(found.community);
            vec![Command::Isolate(id), Command::ShowCommunity(id)]
        }
        Line::Posts(_) => show_posts(shown, &findings.text),
    }
}

/// Shows only posts with these words, and reads them.
pub(super) fn show_posts(shown: Shown<'_>, words: &str) -> Vec<Command> {
    let mut filter = shown.model.campaign.map.filter.clone();
    words.trim().clone_into(&mut filter.words);
    let step = format!("show posts with {}", words.trim());
    vec![
        Command::Filter(FilterCommand::Set(Box::new(filter), step)),
        Command::ShowDrawer(Some(Drawer::Posts)),
    ]
}

/// A line in words, as screen readers have it; what is said second stands behind a dot.
pub(super) fn said(line: &Line, findings: &Findings, shown: Shown<'_>) -> String {
    match line {
        Line::Person(person) => {
            let handle = shown.person(*person).map_or("", |p| &p.handle);
            format!("{} @{handle}", shown.name(*person))
        }
        Line::All(n) => format!("Select all {}", whole(*n as u64)),
        Line::Community(found) => {
            let people = shown.community(found.community).map_or(0, |c| c.people);
            let name = shown.community_name(Some(found.community));
            format!("{name} · {}", about_community(found, people))
        }
        Line::Posts(found) => format!("{} · {}", findings.text.trim(), about_posts(*found)),
    }
}

/// What is said of a community beside its name.
pub(super) fn about_community(found: &FoundCommunity, people: u32) -> String {
    let people = counted(people.into(), "person", "people");
    match &found.word {
        Some(word) => format!("says {word}, {people}"),
        None => people,
    }
}

/// What is said of posts beside their words.
pub(super) fn about_posts(found: PostsFound) -> String {
    let posts = counted(found.posts, "post", "posts");
    format!("{posts} by {}", counted(found.people, "person", "people"))
}
