//! Plain questions about a conversation, each answered with a table, the people in it, and a sentence with the figures and how they were found.

mod communities;
mod naming_times;
mod people;
mod reading;
mod shapes;
mod talk;
mod times;
mod topics;
mod ways;
mod wording;

pub use shapes::Template;
pub use wording::{Names, Suggestion, Then, person_in, suggestions};

use std::collections::BTreeSet;

use crate::analysis::{Analysis, CommunityId};
use crate::campaign::TimeSpan;
use crate::people::{ConversationGraph, Person, PersonId, Posts, TieKinds, counted, thousands};
use crate::progress::{Cancelled, Progress};

/// Rows of an answer at most.
const ROWS: usize = 25;

/// When something was said, counted from the day of the first post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// The day with this number, from 1.
    Day(u32),
    /// The last day.
    LastDay,
    /// The seven days with this number, from 1.
    Week(u32),
    /// The last seven days that began, as weeks are counted here.
    LastWeek,
}

/// What can be asked. People and communities by number: it means something on one map only.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Question {
    /// Who connects the most communities?
    Connects,
    /// Who is big but isolated?
    BigButIsolated,
    /// Who is small but well connected?
    SmallButConnected,
    /// Who links these two communities?
    Joins([CommunityId; 2]),
    /// Who could replace this person?
    Replaces(PersonId),
    /// What are the communities about?
    Topics,
    /// What does this community talk about?
    TalksAbout(CommunityId),
    /// Who talks about these words?
    WhoSays(String),
    /// Who speaks for this community?
    SpeaksFor(CommunityId),
    /// Which communities never talk?
    NeverTalk,
    /// Which communities talk most with each other?
    TalkMost,
    /// Who should I ask first?
    AskFirst,
    /// Who answers whom most?
    AnswersMost,
    /// Who answers this person most?
    Answers(PersonId),
    /// How are these two connected?
    Way([PersonId; 2]),
    /// Who is new to this person's circle?
    NewTo(PersonId),
    /// When was it busiest?
    Busiest,
    /// What was said then?
    Said(When),
}

/// What a row of an answer is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// A person.
    Person(PersonId),
    /// Two people.
    People([PersonId; 2]),
    /// A community.
    Community(CommunityId),
    /// Two communities.
    Communities([CommunityId; 2]),
    /// A word of posts.
    Word(String),
    /// A time.
    Time(TimeSpan),
}

/// A column of figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnswerColumn {
    /// What stands above it.
    pub title: &'static str,
    /// What it means, one sentence without its full stop.
    pub meaning: &'static str,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is about.
    pub about: About,
    /// What that is called.
    pub title: String,
    /// What else is to be said of it, in few words; may be empty.
    pub below: String,
    /// The figures, one a column.
    pub cells: Vec<String>,
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What was asked.
    pub question: Question,
    /// That in words.
    pub asked: String,
    /// The answer with its figures, or why there is none; one sentence without its full stop.
    pub sentence: String,
    /// How it was found, one sentence without its full stop.
    pub how: &'static str,
    /// What the rows are about.
    pub of: &'static str,
    /// The figures of the rows.
    pub columns: Vec<AnswerColumn>,
    /// The rows, first what answers best; empty where nothing does.
    pub rows: Vec<Row>,
    /// The people of the answer, the best first.
    pub people: Vec<PersonId>,
    /// Posts that show it, by place in [`Posts::posts`].
    pub posts: Vec<u32>,
    /// The time that was asked about, where posts have times.
    pub span: Option<TimeSpan>,
}

/// What questions are asked about.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// What was written.
    pub posts: &'a Posts,
    /// Who talks with whom.
    pub graph: &'a ConversationGraph,
    /// What is known of that.
    pub analysis: &'a Analysis,
    /// The kinds of ties that count.
    pub kinds: TieKinds,
    /// People who need not be proposed: on the list already, or never to be asked.
    pub settled: &'a BTreeSet<PersonId>,
    /// The people of the plan that is shown, in its order; empty where there is none.
    pub planned: &'a [PersonId],
}

impl<'a> Ground<'a> {
    fn person(&self, id: PersonId) -> Option<&'a Person> {
        self.graph.people.get(id.index())
    }

    fn name(&self, id: PersonId) -> &'a str {
        self.person(id).map_or("?", |person| &person.name)
    }

    fn home(&self, id: PersonId) -> Option<CommunityId> {
        let of = &self.analysis.communities.of;
        of.get(id.index()).copied().flatten()
    }

    fn community(&self, id: CommunityId) -> &'a str {
        let community = self.analysis.communities.list.get(id.index());
        community.map_or("?", |community| {
            if community.small {
                "a small group"
            } else {
                &community.name
            }
        })
    }

    /// What the community of a person is called.
    fn home_name(&self, id: PersonId) -> &'a str {
        match self
            .home(id)
            .and_then(|c| self.analysis.communities.list.get(c.index()))
        {
            None => "No ties",
            Some(community) if community.small => "Small groups",
            Some(community) => &community.name,
        }
    }

    fn rank(&self, id: PersonId) -> u32 {
        let rank = &self.analysis.bridges.rank;
        rank.get(id.index()).copied().unwrap_or(u32::MAX)
    }

    fn is_tied(&self, id: PersonId) -> bool {
        id.index() < self.graph.ties.n_people() && self.graph.ties.connections(id.index()) > 0
    }

    /// Everybody.
    fn people(&self) -> impl Iterator<Item = PersonId> + Clone {
        (0..self.graph.n_people() as u32).map(PersonId)
    }

    /// A row about a person.
    fn row(&self, id: PersonId, cells: Vec<String>) -> Row {
        Row {
            about: About::Person(id),
            title: self.name(id).to_owned(),
            below: self.home_name(id).to_owned(),
            cells,
        }
    }

    /// Who wrote the post in this place.
    fn author(&self, post: usize) -> Option<PersonId> {
        let account = self.posts.posts.get(post)?.author;
        let of = &self.graph.person_of_account;
        of.get(account as usize).copied()
    }

    /// The question in words.
    pub fn words(&self, question: &Question) -> String {
        let name = |id: &PersonId| self.name(*id);
        let called = |id: &CommunityId| self.community(*id);
        match question {
            Question::Joins([a, b]) => format!("Who links {} and {}?", called(a), called(b)),
            Question::Replaces(id) => format!("Who could replace {}?", name(id)),
            Question::TalksAbout(id) => format!("What is talked about in {}?", called(id)),
            Question::WhoSays(words) => format!("Who talks about {words}?"),
            Question::SpeaksFor(id) => format!("Who speaks for {}?", called(id)),
            Question::Answers(id) => format!("Who answers {} most?", name(id)),
            Question::Way([a, b]) => format!("How are {} and {} connected?", name(a), name(b)),
            Question::NewTo(id) => format!("Who is new to the circle of {}?", name(id)),
            Question::Said(when) => format!("What was talked about {}?", when.words()),
            Question::Connects => "Who connects the most communities?".to_owned(),
            Question::BigButIsolated => "Who is big but isolated?".to_owned(),
            Question::SmallButConnected => "Who is small but well connected?".to_owned(),
            Question::Topics => "What are the communities about?".to_owned(),
            Question::NeverTalk => "Which communities never talk?".to_owned(),
            Question::TalkMost => "Which communities talk most with each other?".to_owned(),
            Question::AskFirst => "Who should I ask first?".to_owned(),
            Question::AnswersMost => "Who answers whom most?".to_owned(),
            Question::Busiest => "When was it busiest?".to_owned(),
        }
    }
}

impl When {
    /// As it stands in a sentence: "in the second week".
    pub fn words(self) -> String {
        let number = |n: u32| match n {
            1 => "first".to_owned(),
            2 => "second".to_owned(),
            3 => "third".to_owned(),
            4 => "fourth".to_owned(),
            5 => "fifth".to_owned(),
            n => {
                let ending = match (n % 100, n % 10) {
                    (11..=13, _) => "th",
                    (_, 1) => "st",
                    (_, 2) => "nd",
                    (_, 3) => "rd",
                    _ => "th",
                };
                format!("{n}{ending}")
            }
        };
        match self {
            Self::Day(n) => format!("on the {} day", number(n)),
            Self::LastDay => "on the last day".to_owned(),
            Self::Week(n) => format!("in the {} week", number(n)),
            Self::LastWeek => "in the last week".to_owned(),
        }
    }
}

/// Answers `question`.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// At most a few walks over people and ties, or over the words of all posts where posts are asked about: not on the window's thread.
pub fn answer(
    ground: &Ground<'_>,
    question: &Question,
    progress: &Progress,
) -> Result<Answer, Cancelled> {
    let found = match question {
        Question::Connects => people::connects(ground, progress)?,
        Question::BigButIsolated => people::big_but_isolated(ground, progress)?,
        Question::SmallButConnected => people::small_but_connected(ground, progress)?,
        Question::SpeaksFor(community) => people::speaks_for(ground, *community, progress)?,
        Question::AskFirst => people::ask_first(ground, progress)?,
        Question::Replaces(person) => ways::replaces(ground, *person, progress)?,
        Question::Way(people) => ways::way(ground, *people, progress)?,
        Question::Joins(pair) => communities::joins(ground, *pair, progress)?,
        Question::NeverTalk => communities::never_talk(ground, progress)?,
        Question::TalkMost => communities::talk_most(ground, progress)?,
        Question::Topics => topics::topics(ground, progress)?,
        Question::TalksAbout(community) => talk::talks_about(ground, *community, progress)?,
        Question::WhoSays(words) => talk::who_says(ground, words, progress)?,
        Question::AnswersMost => ways::answers_most(ground, None, progress)?,
        Question::Answers(person) => ways::answers_most(ground, Some(*person), progress)?,
        Question::NewTo(person) => times::new_to(ground, *person, progress)?,
        Question::Busiest => times::busiest(ground, progress)?,
        Question::Said(when) => times::said(ground, *when, progress)?,
    };
    progress.check()?;
    Ok(Answer {
        question: question.clone(),
        asked: ground.words(question),
        sentence: found.sentence,
        how: found.how,
        of: found.of,
        columns: found.columns.to_vec(),
        rows: found.rows,
        people: found.people,
        posts: found.posts,
        span: match question {
            Question::Said(when) => times::asked(ground, *when),
            _ => None,
        },
    })
}

/// What was found, before it is put together with what was asked.
struct Found {
    sentence: String,
    how: &'static str,
    of: &'static str,
    columns: &'static [AnswerColumn],
    rows: Vec<Row>,
    people: Vec<PersonId>,
    posts: Vec<u32>,
}

impl Found {
    /// That there is nothing, and why.
    fn nothing(sentence: impl Into<String>, how: &'static str) -> Self {
        Self {
            sentence: sentence.into(),
            how,
            of: "",
            columns: &[],
            rows: Vec::new(),
            people: Vec::new(),
            posts: Vec::new(),
        }
    }

    /// A table of people, who are the people of the answer too.
    fn people(
        sentence: String,
        how: &'static str,
        columns: &'static [AnswerColumn],
        rows: Vec<Row>,
    ) -> Self {
        let person = |row: &Row| match row.about {
            About::Person(id) => Some(id),
            _ => None,
        };
        Self {
            people: rows.iter().filter_map(person).collect(),
            sentence,
            how,
            of: "Person",
            columns,
            rows,
            posts: Vec::new(),
        }
    }
}

const fn column(title: &'static str, meaning: &'static str) -> AnswerColumn {
    AnswerColumn { title, meaning }
}

fn whole(n: impl Into<u64>) -> String {
    thousands(n.into())
}

fn n_people(n: usize) -> String {
    counted(n as u64, "person", "people")
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// A measure with three digits or so.
fn amount(value: f64) -> String {
    let digits = match value.abs() {
        size if size >= 99.95 => 0,
        size if size >= 9.995 => 1,
        _ => 2,
    };
    format!("{value:.digits$}")
}

fn reach(value: Option<f64>) -> String {
    value.map_or_else(
        || "unknown".to_owned(),
        |reach| thousands(reach.max(0.0).round() as u64),
    )
}

/// Keeps the best of `all`, in the order that `key` gives, smallest first. O(n + k log k).
fn keep_best<T, K: Ord>(all: &mut Vec<T>, most: usize, key: impl Fn(&T) -> K) {
    if all.len() > most {
        all.select_nth_unstable_by_key(most, &key);
        all.truncate(most);
    }
    all.sort_by_key(key);
}

/// A figure as a key by which larger ones come first; figures are finite and ≥ 0, whose bits are in their order.
fn largest_first(value: f64) -> std::cmp::Reverse<u64> {
    std::cmp::Reverse(value.max(0.0).to_bits())
}
