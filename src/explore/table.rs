//! Everybody in a table: its columns, and what stands in each cell.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::analysis::Analysis;
use crate::campaign::{OutreachList, Status};
use crate::people::{ConversationGraph, PersonId, Posts};
use crate::progress::{Cancelled, Progress};

/// Rows of interactions or posts gone through between two looks at the stop sign.
const AT_A_TIME: usize = 1 << 16;

/// A column of the table of everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// The display name.
    Name,
    /// The key: handle in lower case, or the file's id.
    Person,
    /// What the community is called.
    Community,
    /// The community's number by size.
    CommunityNumber,
    /// Followers, or the audience figure of the export.
    Reach,
    /// Posts in the file.
    Posts,
    /// Different people tied to.
    Connections,
    /// Of those, outside the own community.
    Across,
    /// Communities tied to more than expected.
    Reached,
    /// Bridge score.
    Score,
    /// Bridge rank.
    Rank,
    /// Betweenness.
    Betweenness,
    /// Share of the runs among the best bridges.
    Stability,
    /// Different people who addressed this one.
    TiesIn,
    /// Different people whom this one addressed.
    TiesOut,
    /// Language of most of the posts.
    Language,
    /// Number of the connected part.
    Component,
    /// How far the talk is, for people on the outreach list.
    Status,
}

impl Column {
    /// Every column, in the order of the menu.
    pub const ALL: [Self; 18] = [
        Self::Name,
        Self::Person,
        Self::Community,
        Self::CommunityNumber,
        Self::Reach,
        Self::Posts,
        Self::Connections,
        Self::Across,
        Self::Reached,
        Self::Score,
        Self::Rank,
        Self::Betweenness,
        Self::Stability,
        Self::TiesIn,
        Self::TiesOut,
        Self::Language,
        Self::Component,
        Self::Status,
    ];

    /// Those that are shown until somebody chooses.
    pub const USUAL: [Self; 10] = [
        Self::Name,
        Self::Person,
        Self::Community,
        Self::Score,
        Self::Rank,
        Self::Reach,
        Self::Connections,
        Self::Across,
        Self::Reached,
        Self::Status,
    ];

    /// The name in the header of files; where `people.csv` has the column, its name there.
    pub fn header(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Person => "person",
            Self::Community => "community_name",
            Self::CommunityNumber => "community",
            Self::Reach => "reach",
            Self::Posts => "posts",
            Self::Connections => "connections",
            Self::Across => "connections_across",
            Self::Reached => "communities_reached",
            Self::Score => "bridge_score",
            Self::Rank => "bridge_rank",
            Self::Betweenness => "betweenness",
            Self::Stability => "stability",
            Self::TiesIn => "ties_in",
            Self::TiesOut => "ties_out",
            Self::Language => "language",
            Self::Component => "component",
            Self::Status => "status",
        }
    }

    /// The column with this name in the header of files.
    pub fn of_header(header: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.header() == header)
    }

    /// Whether its cells are words, not numbers.
    pub fn is_text(self) -> bool {
        matches!(
            self,
            Self::Name | Self::Person | Self::Community | Self::Language | Self::Status
        )
    }

    /// Whether more of it is better, so that a first click puts the largest on top.
    pub fn is_best_largest(self) -> bool {
        !self.is_text() && !matches!(self, Self::CommunityNumber | Self::Rank | Self::Component)
    }
}

/// What stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// Nothing: unknown, or not measured.
    Nothing,
    /// Words as they are.
    Text(&'a str),
    /// A number.
    Number(f64),
}

impl Value<'_> {
    fn known(value: Option<f64>) -> Self {
        value.map_or(Self::Nothing, Self::Number)
    }
}

/// Who of a map stands on the outreach list, and as what.
pub type Statuses = BTreeMap<PersonId, Status>;

/// Who of `graph` stands on `list`, and as what. O(list · log n).
pub fn statuses(graph: &ConversationGraph, list: &OutreachList) -> Statuses {
    let known = list.entries().iter();
    let known = known.filter_map(|entry| Some((graph.find(&entry.person)?, entry.status)));
    known.collect()
}

/// What is counted for the table alone; by [`PersonId`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TableFacts {
    /// Different people who addressed each; undirected ties count for both ends, here and below.
    pub ties_in: Vec<u32>,
    /// Different people whom each addressed.
    pub ties_out: Vec<u32>,
    /// The language of most of their posts, as a place in [`Posts::languages`]; the first of several. Empty where the files tell
    /// none.
    pub language: Vec<Option<u16>>,
}

impl TableFacts {
    /// Counts. O(interactions + posts log posts).
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub fn of(
        graph: &ConversationGraph,
        posts: &Posts,
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let n = graph.n_people();
        let (mut ties_in, mut ties_out) = (vec![0u32; n], vec![0u32; n]);
        let mut last = None;
        for rows in graph.interactions.chunks(AT_A_TIME) {
            progress.check()?;
            for row in rows {
                // By pair: the same two people in several kinds stand behind one another.
                if last.replace((row.from, row.to)) == Some((row.from, row.to)) {
                    continue;
                }
                let count = |column: &mut Vec<u32>, person: PersonId| {
                    if let Some(count) = column.get_mut(person.index()) {
                        *count += 1;
                    }
                };
                count(&mut ties_out, row.from);
                count(&mut ties_in, row.to);
                if !row.directed {
                    count(&mut ties_out, row.to);
                    count(&mut ties_in, row.from);
                }
            }
        }
        Ok(Self {
            ties_in,
            ties_out,
            language: languages(graph, posts, progress)?,
        })
    }
}

/// The language in which each person writes most.
fn languages(
    graph: &ConversationGraph,
    posts: &Posts,
    progress: &Progress,
) -> Result<Vec<Option<u16>>, Cancelled> {
    if posts.languages().is_empty() {
        return Ok(Vec::new());
    }
    let mut written: Vec<(PersonId, u16)> = Vec::new();
    for (start, part) in (0..).step_by(AT_A_TIME).zip(posts.posts.chunks(AT_A_TIME)) {
        progress.check()?;
        let known = part.iter().enumerate().filter_map(|(i, post)| {
            let person = graph.person_of_account.get(post.author as usize)?;
            Some((*person, posts.language_number(start + i)?))
        });
        written.extend(known);
    }
    written.par_sort_unstable();
    progress.check()?;
    let mut most: Vec<Option<(usize, u16)>> = vec![None; graph.n_people()];
    for same in written.chunk_by(|a, b| a == b) {
        let Some(&(person, language)) = same.first() else {
            continue;
        };
        if let Some(best) = most.get_mut(person.index())
            && best.is_none_or(|(n, _)| same.len() > n)
        {
            *best = Some((same.len(), language));
        }
    }
    Ok(most
        .into_iter()
        .map(|best| best.map(|(_, language)| language))
        .collect())
}

/// Everything that the table is read from.
#[derive(Clone, Copy)]
pub struct Everybody<'a> {
    /// Who there is.
    pub graph: &'a ConversationGraph,
    /// What is known of them.
    pub analysis: &'a Analysis,
    /// What they wrote.
    pub posts: &'a Posts,
    /// What is counted for the table; `None` until that is done: those cells stay empty.
    pub facts: Option<&'a TableFacts>,
    /// Who is on the list.
    pub statuses: &'a Statuses,
}

impl<'a> Everybody<'a> {
    /// Whether the map has anything to say in `column`.
    pub fn has(&self, column: Column) -> bool {
        match column {
            Column::Betweenness => self.analysis.betweenness.is_some(),
            Column::Language => !self.posts.languages().is_empty(),
            _ => true,
        }
    }

    /// What stands in `column` for person `id`; nothing where there is no such person. O(1), for the status O(log list).
    pub fn value(&self, column: Column, id: PersonId) -> Value<'a> {
        let (i, bridges) = (id.index(), &self.analysis.bridges);
        let count = |column: &[u32]| Value::known(column.get(i).map(|v| f64::from(*v)));
        let amount = |column: &[f64]| Value::known(column.get(i).copied());
        let counted = |of: fn(&TableFacts) -> &Vec<u32>| {
            let facts = self.facts.map(of);
            Value::known(facts.and_then(|v| v.get(i)).map(|v| f64::from(*v)))
        };
        let person = self.graph.people.get(i);
        let communities = &self.analysis.communities;
        match column {
            Column::Name => person.map_or(Value::Nothing, |p| Value::Text(&p.name)),
            Column::Person => person.map_or(Value::Nothing, |p| Value::Text(&p.key)),
            Column::Community if i < communities.of.len() => Value::Text(communities.name_of(id)),
            Column::Community => Value::Nothing,
            Column::CommunityNumber => {
                let of = communities.of.get(i).copied().flatten();
                Value::known(of.map(|c| f64::from(c.0)))
            }
            Column::Reach => Value::known(person.and_then(|p| p.reach)),
            Column::Posts => Value::known(person.map(|p| f64::from(p.posts))),
            Column::Connections => count(&bridges.connections),
            Column::Across => count(&bridges.connections_across),
            Column::Reached => count(&bridges.communities_reached),
            Column::Score => amount(&bridges.score),
            Column::Rank => count(&bridges.rank),
            Column::Betweenness => {
                let measured = self.analysis.betweenness.as_ref();
                measured.map_or(Value::Nothing, |measured| amount(&measured.value))
            }
            Column::Stability => amount(&bridges.stability),
            Column::TiesIn => counted(|facts| &facts.ties_in),
            Column::TiesOut => counted(|facts| &facts.ties_out),
            Column::Language => {
                let of = self.facts.and_then(|facts| facts.language.get(i).copied());
                let text = of
                    .flatten()
                    .and_then(|l| self.posts.languages().get(usize::from(l)));
                text.map_or(Value::Nothing, |text| Value::Text(text))
            }
            Column::Component => count(&self.analysis.components.of),
            Column::Status => {
                let status = self.statuses.get(&id);
                status.map_or(Value::Nothing, |status| Value::Text(status.words()))
            }
        }
    }
}
