//! What a filter asks for, in words: chips, menus, legends and the steps of the history say the same.

use std::collections::BTreeMap;

use crate::analysis::CommunityId;
use crate::app::panels::{capital, figures};
use crate::campaign::{
    CommunityLook, Condition, Filter, Listed, MapChoices, Near, ReachRange, TimeSpan, community_of,
};
use crate::people::{TieKind, TieKinds, counted};
use crate::session::Results;

/// So many names stand in a chip; more are counted.
const NAMES: usize = 2;
/// Letters of a name in a chip.
const LETTERS: usize = 24;

/// Which posts have the words that are looked for, wherever somebody looks for some: [`crate::explore::Wanted`] in a sentence.
pub(in crate::app) const WORDS_RULE: &str = "Posts with words that begin with each of these: rice finds ricecake and #rice, not price. \
    Letter case and accents do not matter; in scripts without spaces a word may begin anywhere";

/// Whom a filter names, by what they are called on the screen.
pub(in crate::app) struct Named<'a> {
    /// Those whose communities the filter means; `None` where they may not be named.
    results: Option<&'a Results>,
    looks: BTreeMap<CommunityId, CommunityLook>,
    /// Everybody on the screen.
    people: &'a Results,
}

impl<'a> Named<'a> {
    /// `results`: what is on the screen, beside `choices`; `found`: all of the map, and whether what is on the screen is of a part of it.
    pub(in crate::app) fn new(
        choices: &MapChoices,
        results: &'a Results,
        (found, of_part): (&'a Results, bool),
        hides: bool,
    ) -> Self {
        let of = match (of_part, hides) {
            (false, _) => Some(results),
            (true, false) => Some(found),
            (true, true) => None,
        };
        let looks = of.filter(|_| of_part);
        let looks = looks.map(|of| choices.looks_of(&of.graph, &of.analysis.communities));
        Self {
            results: of,
            looks: looks.unwrap_or_default(),
            people: results,
        }
    }

    /// The community of this member.
    pub(in crate::app) fn community_of(&self, member: &str) -> Option<CommunityId> {
        let of = self.results?;
        community_of(member, &of.graph, &of.analysis.communities)
    }

    /// What the community is called.
    pub(in crate::app) fn community(&self, id: CommunityId) -> Option<String> {
        let worn = self.looks.get(&id).and_then(|look| look.name.clone());
        let list = &self.results?.analysis.communities.list;
        let community = list.get(id.index())?;
        if community.small {
            return Some("a small group".to_owned());
        }
        Some(worn.unwrap_or_else(|| community.name.clone()))
    }

    /// What whoever has this key is called.
    fn person(&self, key: &str) -> Option<&'a str> {
        let person = self.people.graph.find(key)?;
        let people = &self.people.graph.people;
        people.get(person.index()).map(|person| &*person.name)
    }
}

/// What the condition is called where it is offered.
pub(in crate::app) fn condition_name(condition: Condition) -> &'static str {
    match condition {
        Condition::Hidden => "Hidden communities",
        Condition::SmallGroups => "Small groups",
        Condition::Communities => "Communities",
        Condition::Kinds => "Kinds of ties",
        Condition::LeastInteractions => "Interactions",
        Condition::LeastConnections => "Connections",
        Condition::Reach => "Reach",
        Condition::Time => "Time",
        Condition::Words => "Words in posts",
        Condition::Languages => "Languages",
        Condition::Platforms => "Platforms",
        Condition::Across => "Only ties across",
        Condition::LargestPart => "Largest part",
        Condition::Near => "Near the selection",
        Condition::Listed => "Outreach list",
    }
}

/// What it does, where it is offered.
pub(in crate::app) fn condition_tip(condition: Condition) -> &'static str {
    match condition {
        Condition::Hidden => "Communities that were hidden by hand",
        Condition::SmallGroups => "Groups too small to count as a community are hidden",
        Condition::Communities => "Only people of some communities",
        Condition::Kinds => "Only reposts, quotes, replies or mentions",
        Condition::LeastInteractions => "Only ties with so many interactions, both ways together",
        Condition::LeastConnections => "Only people tied to so many others",
        Condition::Reach => "Only people with so much reach",
        Condition::Time => "Only what was posted in some days",
        Condition::Words => "Only posts with these words, and who wrote or got them",
        Condition::Languages => "Only posts in some languages",
        Condition::Platforms => "Only posts of some platforms",
        Condition::Across => "Only ties between people of different communities",
        Condition::LargestPart => "Only the largest group in which all are tied together",
        Condition::Near => "Only who is tied to the selected people, or to one who is",
        Condition::Listed => "Only people on the outreach list, or not on it",
    }
}

/// What a step about the condition is called: "show only some communities" begins with it.
pub(in crate::app) fn step_of(condition: Condition) -> &'static str {
    match condition {
        Condition::Hidden => "hidden communities",
        Condition::SmallGroups => "hidden small groups",
        Condition::Communities => "the choice of communities",
        Condition::Kinds => "the choice of kinds",
        Condition::LeastInteractions => "the least interactions",
        Condition::LeastConnections => "the least connections",
        Condition::Reach => "the choice by reach",
        Condition::Time => "the choice of time",
        Condition::Words => "the words in posts",
        Condition::Languages => "the choice of languages",
        Condition::Platforms => "the choice of platforms",
        Condition::Across => "only ties across",
        Condition::LargestPart => "only the largest part",
        Condition::Near => "the people near some",
        Condition::Listed => "the choice by list",
    }
}

/// What `filter` asks by `condition`, as its chip says it.
pub(in crate::app) fn chip_words(
    filter: &Filter,
    condition: Condition,
    named: &Named<'_>,
) -> String {
    match condition {
        Condition::Hidden => {
            let n = filter.hidden.len() as u64;
            format!("{} hidden", counted(n, "community", "communities"))
        }
        Condition::SmallGroups => "Small groups hidden".to_owned(),
        Condition::Communities => {
            let mut ids: Vec<CommunityId> = (filter.communities.iter())
                .filter_map(|member| named.community_of(member))
                .collect();
            ids.sort_unstable();
            ids.dedup();
            let names: Option<Vec<String>> = ids.iter().map(|id| named.community(*id)).collect();
            match names {
                Some(names) if !names.is_empty() && names.len() <= NAMES => {
                    let names: Vec<String> = names.iter().map(|name| short(name)).collect();
                    names.join(", ")
                }
                Some(names) if !names.is_empty() => communities(names.len()),
                _ => communities(filter.communities.len()),
            }
        }
        Condition::Kinds => kinds_words(filter.kinds.unwrap_or(TieKinds::EVERY)),
        Condition::LeastInteractions => {
            let least = filter.least_interactions.unwrap_or_default();
            format!("≥ {} interactions", plain(least))
        }
        Condition::LeastConnections => {
            let least = u64::from(filter.least_connections.unwrap_or_default());
            format!("≥ {}", counted(least, "connection", "connections"))
        }
        Condition::Reach => filter.reach.map_or_else(String::new, reach_words),
        Condition::Time => filter.time.map_or_else(String::new, time_words),
        Condition::Words => format!("contains “{}”", short(filter.words.trim())),
        Condition::Languages => few(filter.languages.iter().map(String::as_str), "languages"),
        Condition::Platforms => few(filter.platforms.iter().map(String::as_str), "platforms"),
        Condition::Across => "Only ties across".to_owned(),
        Condition::LargestPart => "Largest part".to_owned(),
        Condition::Near => {
            (filter.near.as_ref()).map_or_else(String::new, |near| near_words(near, named))
        }
        Condition::Listed => listed_words(filter),
    }
}

/// All that `filter` asks for but communities hidden by hand, one after the other.
pub(in crate::app) fn part_words(filter: &Filter, named: &Named<'_>) -> String {
    let narrowing = filter
        .conditions()
        .filter(|condition| !condition.is_hiding());
    let words: Vec<String> = narrowing
        .map(|condition| chip_words(filter, condition, named))
        .collect();
    words.join(", ")
}

fn communities(n: usize) -> String {
    counted(n as u64, "community", "communities")
}

/// `text` cut with `…`.
fn short(text: &str) -> String {
    crate::render::shorten(text, LETTERS)
}

/// A number without digits that say nothing.
fn plain(value: f64) -> String {
    if (value - value.round()).abs() < 1e-9 && value.abs() < 1e15 {
        figures::whole(value.max(0.0).round() as u64)
    } else {
        figures::amount(value)
    }
}

fn few<'a>(texts: impl ExactSizeIterator<Item = &'a str>, many: &str) -> String {
    match texts.len() {
        n if n > 3 => format!("{n} {many}"),
        _ => texts.map(short).collect::<Vec<_>>().join(", "),
    }
}

/// The kinds by their names: "Replies and mentions".
fn kinds_words(kinds: TieKinds) -> String {
    let names: Vec<&str> = TieKind::ALL
        .into_iter()
        .filter(|kind| kinds.has(*kind))
        .map(kind_words)
        .collect();
    match names.as_slice() {
        [] => "No ties".to_owned(),
        [one] => capital(one),
        [first @ .., last] => capital(&format!("{} and {last}", first.join(", "))),
    }
}

/// Several ties of a kind.
pub(in crate::app) fn kind_words(kind: TieKind) -> &'static str {
    match kind {
        TieKind::Repost => "reposts",
        TieKind::Quote => "quotes",
        TieKind::Reply => "replies",
        TieKind::Mention => "mentions",
        TieKind::Tie => "other ties",
    }
}

fn reach_words(range: ReachRange) -> String {
    let number = |value: f64| figures::whole(value.max(0.0).round() as u64);
    let unknown = if range.unknown { ", unknown too" } else { "" };
    match (range.from, range.to) {
        (None, None) if range.unknown => "Any reach".to_owned(),
        (None, None) => "Reach known".to_owned(),
        (Some(from), None) => format!("Reach ≥ {}{unknown}", number(from)),
        (None, Some(to)) => format!("Reach ≤ {}{unknown}", number(to)),
        (Some(from), Some(to)) => format!("Reach {}–{}{unknown}", number(from), number(to)),
    }
}

/// The days, or the hours where it is less than a day.
fn time_words(span: TimeSpan) -> String {
    let last = span.until.saturating_sub(1).max(span.from);
    let time = |seconds: i64, format: &str| {
        let time = jiff::Timestamp::from_second(seconds);
        time.map_or_else(|_| "?".to_owned(), |time| time.strftime(format).to_string())
    };
    let is_whole_days = span.from.rem_euclid(86_400) == 0 && span.until.rem_euclid(86_400) == 0;
    if !is_whole_days {
        let from = time(span.from, "%-d %b %H:%M");
        let until = time(span.until, "%-d %b %H:%M");
        return format!("{from}–{until}");
    }
    let (first, second) = (time(span.from, "%Y-%m"), time(last, "%Y-%m"));
    let day = "%-d %b %Y";
    if time(span.from, day) == time(last, day) {
        time(last, day)
    } else if first == second {
        format!("{}–{}", time(span.from, "%-d"), time(last, day))
    } else if time(span.from, "%Y") == time(last, "%Y") {
        format!("{} – {}", time(span.from, "%-d %b"), time(last, day))
    } else {
        format!("{} – {}", time(span.from, day), time(last, day))
    }
}

fn near_words(near: &Near, named: &Named<'_>) -> String {
    let steps = counted(u64::from(near.steps), "step", "steps");
    let mut people = near.people.iter();
    let whom = match (people.next(), people.next()) {
        (Some(one), None) => named
            .person(one)
            .map_or_else(|| "1 person".to_owned(), short),
        _ => counted(near.people.len() as u64, "person", "people"),
    };
    format!("Near {whom}, {steps}")
}

fn listed_words(filter: &Filter) -> String {
    let all = crate::campaign::Status::ALL.len();
    let on = filter
        .listed
        .iter()
        .filter(|how| **how != Listed::Not)
        .count();
    let not = filter.listed.contains(&Listed::Not);
    let statuses = filter.listed.iter().filter_map(|how| match how {
        Listed::As(status) => Some(status.words()),
        Listed::Not => None,
    });
    let which = match on {
        0 => return "Not on list".to_owned(),
        n if n == all => "On list".to_owned(),
        n if n > NAMES => format!("On list, {n} statuses"),
        _ => format!("On list, {}", statuses.collect::<Vec<_>>().join(", ")),
    };
    if not {
        format!("{which}, or not on it")
    } else {
        which
    }
}
