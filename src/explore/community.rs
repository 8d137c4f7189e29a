//! One community looked at closely: who is in it, what they wrote and shared, who matters, to whom it is tied, and when.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::activity::Activity;
use crate::analysis::{Analysis, CommunityId, bridge_parts, for_each_word};
use crate::people::{ConversationGraph, PersonId, Posts, Sentiment};
use crate::progress::{Cancelled, Progress};

/// Hashtags and addresses kept.
const SHARED: usize = 8;
/// People kept of each order.
const TOP: usize = 8;
/// Other communities kept.
const NEIGHBOURS: usize = 6;
/// People kept who join the community with another one.
const JOINING: usize = 3;
/// Languages kept; all others are counted together.
const LANGUAGES: usize = 6;
/// Longer addresses are left out, in bytes.
const LONGEST: usize = 300;
/// Posts that one core goes through at a time.
const AT_A_TIME: usize = 4096;

/// Something that members share, and how many of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// A hashtag with its #, in lower case; or a web address without protocol, `www.`, question and fragment.
    pub what: String,
    /// Members in whose posts it stands.
    pub people: u32,
}

/// Another community that this one is tied to.
#[derive(Debug, Clone, PartialEq)]
pub struct Neighbour {
    /// Which.
    pub community: CommunityId,
    /// Ties between members of the two.
    pub ties: u64,
    /// Damped strength of those ties, as in the bridge score.
    pub strength: f64,
    /// Interactions between the two, in both directions; for ties of a file their weights.
    pub interactions: f64,
    /// Members with the largest surplus into the other one, in damped ties, largest first, at most 3.
    pub joining: Vec<(PersonId, f64)>,
}

/// Members in three orders, at most 8 each, best first; equals by number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TopPeople {
    /// By connections.
    pub connections: Vec<PersonId>,
    /// By reach; whose reach is unknown is left out.
    pub reach: Vec<PersonId>,
    /// By place among the bridges; who bridges nothing is left out.
    pub bridges: Vec<PersonId>,
}

/// What is known of one community.
#[derive(Debug, Clone, PartialEq)]
pub struct CommunityFacts {
    /// Which.
    pub community: CommunityId,
    /// Members whose reach the files do not tell.
    pub reach_unknown: u32,
    /// Posts of members.
    pub posts: u64,
    /// Members who posted.
    pub writers: u32,
    /// Hashtags in those posts, those of most members first, then by letter; at most 8.
    pub hashtags: Vec<Shared>,
    /// Web addresses in those posts, likewise.
    pub addresses: Vec<Shared>,
    /// Who matters.
    pub top: TopPeople,
    /// The communities it is tied to most strongly, at most 6; small groups are left out.
    pub neighbours: Vec<Neighbour>,
    /// How the posts sound, by place in [`Sentiment::ALL`]; posts of which nothing is known are left out.
    pub sounds: [u64; 3],
    /// Posts by language as the file writes it, most first, at most 6.
    pub languages: Vec<(String, u64)>,
    /// Posts in other languages than those.
    pub other_languages: u64,
    /// When members posted.
    pub activity: Activity,
}

impl CommunityFacts {
    /// The same without anything that comes from texts, for when names are hidden.
    #[must_use]
    pub fn without_texts(&self) -> Self {
        Self {
            hashtags: Vec::new(),
            addresses: Vec::new(),
            ..self.clone()
        }
    }
}

/// What one part of the posts tells.
#[derive(Default)]
struct Told {
    posts: u64,
    writers: Vec<u32>,
    tags: BTreeMap<String, Vec<u32>>,
    addresses: BTreeMap<String, Vec<u32>>,
    sounds: [u64; 3],
    languages: Vec<u64>,
    times: Vec<i64>,
}

impl Told {
    fn see(&mut self, posts: &Posts, at: usize, person: u32) {
        let Some(post) = posts.posts.get(at) else {
            return;
        };
        self.posts += 1;
        self.writers.push(person);
        self.times.extend(post.time());
        if let Some(sound) = posts.sentiment(at) {
            self.sounds[sound as usize] += 1;
        }
        if let Some(language) = posts.language_number(at) {
            let at = usize::from(language);
            if self.languages.len() <= at {
                self.languages.resize(at + 1, 0);
            }
            self.languages[at] += 1;
        }
        let text = posts.text(post);
        if text.contains(['#', '＃']) {
            let tags = &mut self.tags;
            for_each_word(text, |word| {
                if word.starts_with('#') {
                    note(tags, word, person);
                }
            });
        }
        if text.contains("://") {
            for_each_address(text, |address| note(&mut self.addresses, address, person));
        }
    }

    fn take_in(&mut self, other: Self) {
        self.posts += other.posts;
        self.writers.extend(other.writers);
        self.times.extend(other.times);
        for (all, some) in self.sounds.iter_mut().zip(other.sounds) {
            *all += some;
        }
        if self.languages.len() < other.languages.len() {
            self.languages.resize(other.languages.len(), 0);
        }
        for (all, some) in self.languages.iter_mut().zip(other.languages) {
            *all += some;
        }
        for (all, some) in [
            (&mut self.tags, other.tags),
            (&mut self.addresses, other.addresses),
        ] {
            for (what, people) in some {
                all.entry(what).or_default().extend(people);
            }
        }
    }
}

/// Notes that `person` has `what`; many times one after the other as once.
fn note(of: &mut BTreeMap<String, Vec<u32>>, what: &str, person: u32) {
    if let Some(people) = of.get_mut(what) {
        if people.last() != Some(&person) {
            people.push(person);
        }
    } else {
        of.insert(what.to_owned(), vec![person]);
    }
}

/// Calls `each` with every web address of `text`: site in lower case and path, without protocol, `www.`, question, fragment and
/// what closes a sentence. One that a trailing "…" cuts is none.
fn for_each_address(text: &str, mut each: impl FnMut(&str)) {
    let closes = |c: char| !(c.is_alphanumeric() || matches!(c, '/' | '_' | '-' | '='));
    for word in text.split_whitespace() {
        let Some((before, rest)) = word.split_once("://") else {
            continue;
        };
        let is_web = ["http", "https"].iter().any(|scheme| {
            let at = before.len().checked_sub(scheme.len());
            let end = at.and_then(|at| before.get(at..));
            end.is_some_and(|end| end.eq_ignore_ascii_case(scheme))
        });
        if !is_web || rest.ends_with('…') {
            continue;
        }
        let end = rest.find(['?', '#', '"', '<', '>']).unwrap_or(rest.len());
        let address = rest.get(..end).unwrap_or(rest);
        let address = address.trim_end_matches(closes).trim_end_matches('/');
        let (site, path) = address.split_at(address.find('/').unwrap_or(address.len()));
        let site = site.to_lowercase();
        let site = site.strip_prefix("www.").unwrap_or(&site);
        if site.contains('.') && address.len() <= LONGEST {
            each(&format!("{site}{path}"));
        }
    }
}

/// Those that most people have, then by letter.
fn most_shared(of: BTreeMap<String, Vec<u32>>) -> Vec<Shared> {
    let mut all: Vec<Shared> = (of.into_iter())
        .map(|(what, mut people)| {
            people.sort_unstable();
            people.dedup();
            let people = people.len() as u32;
            Shared { what, people }
        })
        .collect();
    all.sort_by(|a, b| b.people.cmp(&a.people).then_with(|| a.what.cmp(&b.what)));
    all.truncate(SHARED);
    all
}

/// Looks closely at `community`; `None` where there is no such.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// O(posts + letters of the members' posts + interactions + ties of members), on all cores; the same for any number of them.
pub fn community_facts(
    (posts, graph, analysis): (&Posts, &ConversationGraph, &Analysis),
    community: CommunityId,
    progress: &Progress,
) -> Result<Option<CommunityFacts>, Cancelled> {
    let communities = &analysis.communities;
    if communities.list.len() <= community.index() {
        return Ok(None);
    }
    let is_member =
        |person: usize| communities.of.get(person).copied().flatten() == Some(community);
    let told = told(posts, graph, &is_member, progress)?;
    let members: Vec<u32> = (0..graph.n_people() as u32)
        .filter(|&i| is_member(i as usize))
        .collect();
    let unknown = |&&i: &&u32| {
        graph
            .people
            .get(i as usize)
            .is_none_or(|p| p.reach.is_none())
    };
    let mut writers = told.writers;
    writers.par_sort_unstable();
    writers.dedup();
    let mut languages: Vec<(String, u64)> = (posts.languages().iter().zip(told.languages))
        .filter(|(_, n)| *n > 0)
        .map(|(language, n)| (language.to_string(), n))
        .collect();
    languages.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let other_languages = languages.iter().skip(LANGUAGES).map(|(_, n)| n).sum();
    languages.truncate(LANGUAGES);
    Ok(Some(CommunityFacts {
        community,
        reach_unknown: members.iter().filter(unknown).count() as u32,
        posts: told.posts,
        writers: writers.len() as u32,
        hashtags: most_shared(told.tags),
        addresses: most_shared(told.addresses),
        top: top_people(graph, analysis, &members),
        neighbours: neighbours(graph, analysis, community, &members, progress)?,
        sounds: told.sounds,
        languages,
        other_languages,
        activity: Activity::of(told.times),
    }))
}

fn told(
    posts: &Posts,
    graph: &ConversationGraph,
    is_member: &(impl Fn(usize) -> bool + Sync),
    progress: &Progress,
) -> Result<Told, Cancelled> {
    let parts: Vec<Told> = (posts.posts.par_chunks(AT_A_TIME).enumerate())
        .map(|(chunk, part)| {
            progress.check()?;
            let mut told = Told::default();
            for (at, post) in part.iter().enumerate() {
                let person = graph.person_of_account.get(post.author as usize);
                if let Some(person) = person.filter(|person| is_member(person.index())) {
                    told.see(posts, chunk * AT_A_TIME + at, person.0);
                }
            }
            Ok(told)
        })
        .collect::<Result<_, Cancelled>>()?;
    let mut all = Told::default();
    for part in parts {
        progress.check()?;
        all.take_in(part);
    }
    Ok(all)
}

/// The first few of `members` by `value`, largest first, then by number; without a value they are left out.
fn best(members: &[u32], value: impl Fn(usize) -> Option<f64>) -> Vec<PersonId> {
    let mut kept: Vec<(f64, u32)> = Vec::with_capacity(TOP + 1);
    for &member in members {
        let Some(value) = value(member as usize) else {
            continue;
        };
        let at = kept.partition_point(|(other, _)| other.total_cmp(&value).is_ge());
        if at < TOP {
            kept.insert(at, (value, member));
            kept.truncate(TOP);
        }
    }
    kept.into_iter().map(|(_, i)| PersonId(i)).collect()
}

fn top_people(graph: &ConversationGraph, analysis: &Analysis, members: &[u32]) -> TopPeople {
    let bridges = &analysis.bridges;
    TopPeople {
        connections: best(members, |i| {
            bridges.connections.get(i).map(|n| f64::from(*n))
        }),
        reach: best(members, |i| {
            graph.people.get(i)?.reach.filter(|r| r.is_finite())
        }),
        bridges: best(members, |i| {
            let bridges_something = bridges.score.get(i).is_some_and(|score| *score > 0.0);
            let rank = bridges.rank.get(i).filter(|_| bridges_something)?;
            Some(-f64::from(*rank))
        }),
    }
}

/// What lies between a community and another one.
#[derive(Default, Clone)]
struct Between {
    ties: u64,
    interactions: f64,
    joining: Vec<(PersonId, f64)>,
}

fn neighbours(
    graph: &ConversationGraph,
    analysis: &Analysis,
    community: CommunityId,
    members: &[u32],
    progress: &Progress,
) -> Result<Vec<Neighbour>, Cancelled> {
    let communities = &analysis.communities;
    let home = |i: usize| communities.of.get(i).copied().flatten();
    let is_other = |c: &CommunityId| {
        *c != community && communities.list.get(c.index()).is_some_and(|c| !c.small)
    };
    let mut between: BTreeMap<CommunityId, Between> = BTreeMap::new();
    for some in members.chunks(256) {
        progress.check()?;
        for &member in some {
            let person = PersonId(member);
            if person.index() >= graph.ties.n_people() {
                continue;
            }
            for part in bridge_parts(graph, analysis, person) {
                if !is_other(&part.community) {
                    continue;
                }
                let with = between.entry(part.community).or_default();
                with.ties += u64::from(part.connections);
                if part.surplus > 0.0 {
                    let larger =
                        |(_, other): &(PersonId, f64)| other.total_cmp(&part.surplus).is_ge();
                    let at = with.joining.partition_point(larger);
                    with.joining.insert(at, (person, part.surplus));
                    with.joining.truncate(JOINING);
                }
            }
        }
    }
    for some in graph.interactions.chunks(AT_A_TIME) {
        progress.check()?;
        for row in some {
            let other = match (home(row.from.index()), home(row.to.index())) {
                (Some(a), Some(b)) if a == community => b,
                (Some(a), Some(b)) if b == community => a,
                _ => continue,
            };
            if let Some(with) = between.get_mut(&other) {
                with.interactions += row.count;
            }
        }
    }
    let strength = |other: CommunityId| analysis.flows.between(community.0, other.0);
    let mut all: Vec<Neighbour> = (between.into_iter())
        .map(|(community, between)| Neighbour {
            community,
            ties: between.ties,
            strength: strength(community),
            interactions: between.interactions,
            joining: between.joining,
        })
        .collect();
    all.sort_by(|a, b| {
        let by_strength = b.strength.total_cmp(&a.strength);
        by_strength.then(a.community.cmp(&b.community))
    });
    all.truncate(NEIGHBOURS);
    Ok(all)
}

/// Every way a post can sound, with how many do.
pub fn by_sound(sounds: [u64; 3]) -> impl Iterator<Item = (Sentiment, u64)> {
    Sentiment::ALL.into_iter().zip(sounds)
}

#[cfg(test)]
mod tests {
    use super::for_each_address;

    fn addresses(text: &str) -> Vec<String> {
        let mut all = Vec::new();
        for_each_address(text, |address| all.push(address.to_owned()));
        all
    }

    #[test]
    fn an_address_is_its_site_and_path() {
        let text = "see https://www.Example.org/A/b?from=me, (http://example.net/) and https://example.com/x#top.";
        let found = ["example.org/A/b", "example.net", "example.com/x"];
        assert_eq!(addresses(text), found);
        assert!(addresses("ftp://example.org/a mail://x https://t.co/ab…").is_empty());
        assert!(addresses("https:// http://localhost ://example.org/ https://…").is_empty());
        assert_eq!(addresses("寿司 https://例え.jp/寿司。"), ["例え.jp/寿司"]);
    }
}
