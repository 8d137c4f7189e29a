//! Forgetting a person: a project as if they had never been in it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Project;
use crate::analysis::{self, ByHand, SizeBy};
use crate::campaign::{Campaign, CommunityLook, Filter, History, MapChoices, OutreachList};
use crate::layout::Positions;
use crate::people::{ConversationGraph, Interaction, PersonId, Posts, TieKind, Ties};
use crate::progress::{Cancelled, Progress};
use crate::session::{self, Conversation, Earlier, Results, WalkSettings};

/// Stands where a name stood in somebody else's words.
const BLOT: &str = "…";
/// Texts of at least so many bytes are found again in what others wrote.
const OWN_TEXT: usize = 12;
/// A display name of fewer letters is left in the words of others: too many other words look like it.
const NAME: usize = 3;

/// By what somebody is known.
struct Known {
    /// The keys of all their accounts.
    keys: BTreeSet<String>,
    /// Handle and name, in lower case, letter by letter.
    words: Vec<Vec<char>>,
    /// What they wrote.
    texts: Vec<String>,
}

impl Known {
    fn names(&self, people: &[String]) -> bool {
        people.iter().any(|person| self.keys.contains(person))
    }

    /// What is said of others.
    fn others_in(&self, by_hand: &ByHand) -> ByHand {
        by_hand.under_keys(|key| (!self.keys.contains(key)).then(|| key.to_owned()))
    }
}

/// `project` without the person `key`: their posts, ties, place on the list and every setting that names them go; where others passed on
/// what they wrote, that text goes; where others name them, the name is blotted out. Communities and scores are found anew, the others keep their
/// places. The history goes as a whole, since steps of it name them.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// As the analysis, and O(letters of all texts).
pub fn forget(project: &Project, key: &str, progress: &Progress) -> Result<Project, Cancelled> {
    let known = known(project, key);
    let results = match &project.results {
        Some(results) => Some(Arc::new(without(results, &known, progress)?)),
        None => None,
    };
    let blot = |text: &str| blotted(text, &known.words).into_owned();
    let mut log = project.log.clone();
    for entry in &mut log {
        entry.what = blot(&entry.what);
    }
    let number = project.campaign.map.layout;
    let mut layouts = BTreeMap::new();
    if let (Some(before), Some(after)) = (&project.results, &results)
        && let Some(positions) = project.layouts.get(&number)
    {
        layouts.insert(number, Arc::new(places(before, positions, after)));
    }
    let selections = project.selections.iter().map(|(slot, people)| {
        let others = people.iter().filter(|person| !known.keys.contains(*person));
        (*slot, others.cloned().collect())
    });
    let names = |text: &str| blotted(text, &known.words) != text;
    Ok(Project {
        title: blot(&project.title),
        paths: (project.paths.iter())
            .filter(|path| !names(&path.to_string_lossy()))
            .cloned()
            .collect(),
        results,
        layouts,
        campaign: campaign_without(&project.campaign, &known),
        history: History::default(),
        selections: selections.collect(),
        selection_names: (project.selection_names.iter())
            .map(|(slot, name)| (*slot, blot(name)))
            .collect(),
        view: project.view,
        log,
        kept: project.kept,
        changes: project.changes.clone().filter(|changes| !names(changes)),
        delete_after: project.delete_after.clone(),
    })
}

fn known(project: &Project, key: &str) -> Known {
    let mut words = vec![key.to_owned()];
    let mut texts = Vec::new();
    let mut keys = BTreeSet::from([key.to_owned()]);
    let same = project.campaign.map.same.iter();
    keys.extend(
        same.filter(|(_, by)| *by == key)
            .map(|(other, _)| other.to_owned()),
    );
    if let Some(results) = &project.results {
        let person = results.graph.find(key);
        if let Some(id) = person
            && let Some(person) = results.graph.people.get(id.index())
        {
            let also = results.graph.also(id);
            keys.extend(also.map(|account| account.key.to_string()));
            keys.insert(person.key.to_string());
            words.push(person.handle.to_string());
            if person.name.chars().count() >= NAME {
                words.push(person.name.to_string());
            }
        }
        let posts = &results.conversation.posts;
        let accounts: BTreeSet<u32> = keys.iter().filter_map(|key| posts.find(key)).collect();
        let theirs = accounts
            .iter()
            .filter_map(|id| posts.accounts.get(*id as usize));
        for account in theirs {
            words.extend([&account.key, &account.handle].map(ToString::to_string));
            let name = account
                .name
                .as_ref()
                .filter(|name| name.chars().count() >= NAME);
            words.extend(name.map(ToString::to_string));
        }
        let own = posts
            .posts
            .iter()
            .filter(|post| accounts.contains(&post.author));
        let own = own.map(|post| posts.text(post).trim().to_owned());
        texts.extend(own.filter(|text| text.len() >= OWN_TEXT));
    }
    let entries = project.campaign.outreach_list.entries().iter();
    let named =
        entries.filter(|entry| keys.contains(&entry.person) && entry.name.chars().count() >= NAME);
    words.extend(named.map(|entry| entry.name.clone()));
    let mut words: Vec<Vec<char>> = (words.iter())
        .map(|word| word.trim().chars().flat_map(char::to_lowercase).collect())
        .filter(|word: &Vec<char>| !word.is_empty())
        .collect();
    words.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    words.dedup();
    texts.sort_unstable();
    texts.dedup();
    Known { keys, words, texts }
}

/// `text` where each of `words` that stands there by itself, in any case, is blotted out. O(letters · words).
fn blotted<'a>(text: &'a str, words: &[Vec<char>]) -> Cow<'a, str> {
    let mut out = String::new();
    let (mut copied, mut before) = (0, ' ');
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = text.get(at..).unwrap_or_default();
        let is_start = !is_of_word(before) || !is_of_word(c);
        let found = words
            .iter()
            .filter(|_| is_start)
            .find_map(|word| len_of(rest, word));
        if let Some(len) = found {
            out.push_str(text.get(copied..at).unwrap_or_default());
            out.push_str(BLOT);
            at += len;
            copied = at;
            before = ' ';
        } else {
            before = c;
            at += c.len_utf8();
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    Cow::Owned(out)
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The bytes of `word` at the beginning of `text`, in any case, where it ends there too.
fn len_of(text: &str, word: &[char]) -> Option<usize> {
    let mut letters = text.char_indices();
    let (mut matched, mut len) = (0, 0);
    while matched < word.len() {
        let (at, c) = letters.next()?;
        for lower in c.to_lowercase() {
            if word.get(matched) != Some(&lower) {
                return None;
            }
            matched += 1;
        }
        len = at + c.len_utf8();
    }
    let last_is_of_word = word.last().copied().is_some_and(is_of_word);
    let goes_on = letters.next().is_some_and(|(_, c)| is_of_word(c));
    (!(goes_on && last_is_of_word)).then_some(len)
}

fn without(results: &Results, known: &Known, progress: &Progress) -> Result<Results, Cancelled> {
    let settings = settings_without(&results.settings, known);
    let conversation = &results.conversation;
    let mut report = conversation.report.clone();
    report
        .handles_not_found
        .retain(|handle| !known.keys.contains(&crate::people::key_of(handle)));
    for warning in &mut report.warnings {
        *warning = blotted(warning, &known.words).into_owned();
    }
    let posts = posts_without(&conversation.posts, known);
    let n_gone = conversation
        .posts
        .posts
        .len()
        .saturating_sub(posts.posts.len()) as u64;
    report.posts = report.posts.saturating_sub(n_gone);
    report.rows_read = report.rows_read.saturating_sub(n_gone);
    let there = Arc::new(Conversation {
        files: (conversation.files.iter())
            .map(|file| blotted(file, &known.words).into_owned())
            .collect(),
        posts,
        report,
        seconds: conversation.seconds,
    });
    if !conversation.posts.is_empty() {
        return session::analyse(&there, &settings, progress);
    }
    // A project that was saved without posts: its ties are all there is.
    let graph = graph_without(&results.graph, known);
    let (analysis, _) = analysis::analyse(&graph, &there.posts, &settings.analysis, progress)?;
    Ok(Results {
        conversation: there,
        settings,
        sizes: Arc::new(analysis::dot_sizes(&graph, &analysis, SizeBy::Reach)),
        graph: Arc::new(graph),
        analysis: Arc::new(analysis),
        seconds: results.seconds,
    })
}

fn settings_without(settings: &WalkSettings, known: &Known) -> WalkSettings {
    let mut settings = settings.clone();
    let left_out = &mut settings.import.left_out_handles;
    left_out.retain(|handle| !known.keys.contains(&crate::people::key_of(handle)));
    let analysis = &mut settings.analysis;
    analysis.joined.retain(|pair| !known.names(pair));
    analysis.by_hand = known.others_in(&analysis.by_hand);
    settings.same = settings.same.without(&known.keys);
    settings
}

/// The posts that are left, as others wrote them but for what came from the person or names them.
fn posts_without(posts: &Posts, known: &Known) -> Posts {
    let gone: BTreeSet<u32> = known
        .keys
        .iter()
        .filter_map(|key| posts.find(key))
        .collect();
    let mut left = posts.clone();
    left.without(&|account| known.keys.contains(&*account.key));
    for account in &mut left.accounts {
        if let Some(bio) = &account.bio
            && let Cow::Owned(blotted) = blotted(bio, &known.words)
        {
            account.bio = Some(blotted.into());
        }
    }
    left.reword(posts, |post, text| {
        if gone.contains(&post.author) {
            return None;
        }
        let passed_on = posts.addressed(post).iter().any(|addressed| {
            gone.contains(&addressed.account)
                && matches!(addressed.kind, TieKind::Repost | TieKind::Quote)
        });
        if passed_on || known.texts.iter().any(|own| text.contains(own.as_str())) {
            return Some(Cow::Borrowed(""));
        }
        Some(blotted(text, &known.words))
    });
    left
}

fn graph_without(graph: &ConversationGraph, known: &Known) -> ConversationGraph {
    let Some(gone) = known.keys.iter().find_map(|key| graph.find(key)) else {
        return graph.clone();
    };
    let new = |person: PersonId| PersonId(person.0 - u32::from(person > gone));
    let mut people = graph.people.clone();
    people.remove(gone.index());
    let others = graph
        .interactions
        .iter()
        .filter(|i| i.from != gone && i.to != gone);
    let interactions: Vec<Interaction> = others
        .map(|i| Interaction {
            from: new(i.from),
            to: new(i.to),
            ..*i
        })
        .collect();
    let ties = Ties::of_interactions(people.len(), &interactions, &Progress::new())
        .expect("nobody else knows this progress, so nobody cancels it");
    ConversationGraph {
        people,
        interactions,
        ties: Arc::new(ties),
        self_ties: graph.self_ties,
        person_of_account: Vec::new(),
        joined: Vec::new(),
    }
}

/// Where the people of `after` stand who stood in `before`.
fn places(before: &Results, positions: &Arc<Positions>, after: &Results) -> Positions {
    let earlier = Earlier {
        graph: before.graph.clone(),
        positions: positions.clone(),
        pinned: Vec::new(),
    };
    let start = earlier.start_of(&after.graph);
    let there = start.and_then(|start| start.positions);
    there.map_or_else(Positions::default, |positions| (*positions).clone())
}

fn campaign_without(campaign: &Campaign, known: &Known) -> Campaign {
    let blot = |text: &str| blotted(text, &known.words).into_owned();
    let entries = campaign.outreach_list.entries().iter();
    let entries = entries
        .filter(|entry| !known.keys.contains(&entry.person))
        .cloned();
    let outreach_list = OutreachList::of_entries(entries.map(|mut entry| {
        entry.note = blot(&entry.note);
        entry
    }));
    let mut plan = campaign.plan.clone();
    for people in [&mut plan.contacted, &mut plan.excluded, &mut plan.pinned] {
        people.retain(|person| !known.keys.contains(person));
    }
    for key in &known.keys {
        plan.costs.of.remove(key);
        plan.weights.remove(key);
        if let Some(from) = &mut plan.pick_from {
            from.remove(key);
        }
    }
    let map = &campaign.map;
    let look = |(member, look): (&String, &CommunityLook)| {
        let name = look.name.as_deref().map(blot);
        (!known.keys.contains(member)).then(|| (member.clone(), CommunityLook { name, ..*look }))
    };
    let mut choices = MapChoices {
        joined: (map.joined.iter())
            .filter(|pair| !known.names(*pair))
            .cloned()
            .collect(),
        by_hand: known.others_in(&map.by_hand),
        same: map.same.without(&known.keys),
        looks: map.looks.iter().filter_map(look).collect(),
        pinned: (map.pinned.iter())
            .filter(|(person, _)| !known.keys.contains(*person))
            .map(|(person, at)| (person.clone(), *at))
            .collect(),
        ..map.clone()
    };
    // Words that are looked for, and names of filters, may be about the person too.
    let rest = |filter: &Filter| Filter {
        words: blot(&filter.words),
        ..filter.under_keys(|key| (!known.keys.contains(key)).then(|| key.to_owned()))
    };
    choices.filter = rest(&map.filter);
    choices.kept_filters = (map.kept_filters.iter())
        .map(|(name, filter)| (blot(name), rest(filter)))
        .collect();
    Campaign {
        outreach_list,
        plan,
        map: choices,
    }
}
